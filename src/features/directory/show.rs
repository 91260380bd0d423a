//! A profile's page, and those of its locations.

use super::frame::{self, Frame};
use super::insights::{self, Listed, Seen};
use super::listing::{self, Listing};
use super::views::{Body, Links, Spot, beginning};
use super::{contact_href, href, location_href, logo_href};
use crate::access::Visitor;
use crate::access::terms::Terms;
use crate::db::Conn;
use crate::db::ids::LocationId;
use crate::db::schema::listing_location;
use crate::domain::profile::Location;
use crate::error::Result;
use crate::i18n::Lang;
use crate::web::page::Page;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;
use serde::Deserialize;

/// A profile as it is published.
struct Profile {
    listing: Listing,
    /// Part of the address, and id.
    places: Vec<(String, LocationId)>,
    terms: Terms,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Params {
    lang: String,
}

#[derive(Template)]
#[template(path = "directory/profile.html")]
struct Show {
    page: Page,
    frame: Frame,
    body: Body,
    /// Of a location's page; the profile's page has all of them.
    spot: Option<Spot>,
    profile: String,
}

#[derive(Template)]
#[template(path = "directory/gone.html")]
struct Gone {
    page: Page,
    frame: Frame,
}

fn lang(req: &HttpRequest) -> Option<Lang> {
    let params: Params = serde_html_form::from_str(req.query_string()).unwrap_or_default();
    Lang::from_text(&params.lang)
}

fn find(conn: &mut Conn, slug: &str) -> Result<Option<Profile>> {
    let Some(listing) = listing::find(conn, slug)? else { return Ok(None) };
    let places = listing_location::table
        .filter(listing_location::partner_id.eq(listing.partner))
        .filter(listing_location::profile_id.eq(listing.profile))
        .order(listing_location::position)
        .select((listing_location::slug, listing_location::id))
        .load(conn)?;
    Ok(Some(Profile { listing, places, terms: Terms::load(conn)? }))
}

/// `GET /directory/{slug}`
pub async fn profile(req: HttpRequest, visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse> {
    answer(&req, &visitor, path.into_inner(), None).await
}

/// `GET /directory/{slug}/{place}`
pub async fn location(req: HttpRequest, visitor: Visitor, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (slug, place) = path.into_inner();
    answer(&req, &visitor, slug, Some(place)).await
}

async fn answer(req: &HttpRequest, visitor: &Visitor, slug: String, place: Option<String>) -> Result<HttpResponse> {
    let lang = lang(req);
    let asked = slug.clone();
    let found = visitor.look(move |conn| find(conn, &asked)).await?;
    let id = |profile: &Profile, place: &str| profile.places.iter().find(|(slug, _)| slug == place).map(|(_, id)| *id);
    let (profile, place) = match (found, place) {
        (Some(profile), None) => (profile, None),
        (Some(profile), Some(place)) => match id(&profile, &place) {
            Some(id) => (profile, Some((place, id))),
            None => return gone(req, visitor, lang),
        },
        (None, _) => return gone(req, visitor, lang),
    };
    let listed = |location| Listed { partner: profile.listing.partner, profile: profile.listing.profile, location };
    insights::count(visitor, Seen::View, [listed(place.as_ref().map(|(_, id)| *id))]);
    frame::answer(StatusCode::OK, lang, &show(req, visitor, lang, &profile, place.as_ref()))
}

fn show(req: &HttpRequest, visitor: &Visitor, lang: Option<Lang>, profile: &Profile, place: Option<&(String, LocationId)>) -> Show {
    let (slug, content) = (&profile.listing.slug, &profile.listing.content);
    let here = |lang| match place {
        Some((place, _)) => location_href(slug, place, lang),
        None => href(slug, lang),
    };
    let own = place.and_then(|(_, id)| content.locations.iter().find(|location| LocationId::from_uuid(location.id) == *id));
    let title = own.map_or_else(|| content.name.clone(), |location| format!("{}, {}", content.name, location.city));
    let mut frame = Frame::new(req, visitor, lang, &title, here);
    frame.description = beginning(content.text(frame.page.lang));
    let page = frame.page.clone();
    let links = Links {
        profile: href(slug, lang),
        contact: contact_href(slug, place.map(|(place, _)| place.as_str()), lang),
        logo: profile.listing.logo.map(logo_href),
    };
    let spot = |location: &Location| {
        let place = profile.places.iter().find(|(_, id)| LocationId::from_uuid(location.id) == *id).map(|(slug, _)| slug.as_str());
        let link = place.map(|place| location_href(slug, place, lang));
        Spot::of(location, page.lang, link, place.map(|place| contact_href(slug, Some(place), lang)))
    };
    let others = content.locations.iter().filter(|location| own.is_none_or(|own| own.id != location.id)).map(spot).collect();
    Show {
        body: Body::of(&page, &profile.terms, content, links, others, profile.listing.answer_hours, Some(profile.listing.account_type)),
        spot: own.map(spot),
        profile: href(slug, lang),
        frame,
        page,
    }
}

/// A page that says so and leads on: the address is unknown, or nothing is published there any more.
fn gone(req: &HttpRequest, visitor: &Visitor, lang: Option<Lang>) -> Result<HttpResponse> {
    let mut frame = Frame::new(req, visitor, lang, "", |lang| super::in_lang(req.path().to_owned(), lang));
    frame.index = false;
    frame.title(frame.page.t("directory-gone").to_owned());
    frame::answer(StatusCode::NOT_FOUND, lang, &Gone { page: frame.page.clone(), frame })
}
