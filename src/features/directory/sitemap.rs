//! What search engines are told: which pages there are, in pieces that are written as they are
//! read, and which to leave alone.

use super::{href, location_href};
use crate::access::Visitor;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{PartnerId, ProfileId};
use crate::db::schema::{listing, listing_location, partner_account};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use futures_util::stream;
use std::fmt::Write;

/// Listings of one piece by number: with their locations and the directory itself, in every language,
/// no more than 50,000 addresses.
const PIECE: i64 = (50_000 - Lang::ALL.len() as i64) / (1 + crate::domain::profile::MAX_LOCATIONS as i64) / Lang::ALL.len() as i64;
/// Listings read at once.
const READ: i64 = 250;

type Row = (i64, String, PartnerId, ProfileId, Moment);

/// `GET /robots.txt`
pub async fn robots(visitor: Visitor) -> HttpResponse {
    let public = &visitor.app().config.public_url;
    let text = format!(
        "User-agent: *\nAllow: /directory\nDisallow: /directory/contact\nDisallow: /p/\nDisallow: /operator\nSitemap: {public}/sitemap.xml\n"
    );
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").insert_header((header::CACHE_CONTROL, "public, max-age=3600")).body(text)
}

/// `GET /sitemap.xml`
pub async fn index(visitor: Visitor) -> Result<HttpResponse> {
    let last: Option<i64> = visitor.look_at(|conn| Ok(listing::table.select(diesel::dsl::max(listing::number)).first(conn)?)).await?;
    let public = &visitor.app().config.public_url;
    let pieces = (0..=last.unwrap_or(0) / PIECE).map(|piece| format!("<sitemap><loc>{public}/sitemap/{piece}</loc></sitemap>\n"));
    let body = format!("{XML}<sitemapindex xmlns=\"{SITEMAP}\">\n{}</sitemapindex>\n", pieces.collect::<String>());
    Ok(xml().body(body))
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn xml() -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/xml; charset=utf-8").insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    answer
}

/// `GET /sitemap/{piece}`
pub async fn piece(visitor: Visitor, path: web::Path<i64>) -> Result<HttpResponse> {
    let piece = path.into_inner();
    if !(0..1_000_000).contains(&piece) {
        return Err(Error::NotFound);
    }
    let mut head = format!("{XML}<urlset xmlns=\"{SITEMAP}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    if piece == 0 {
        let directory: Entry = (Box::new(|lang| super::in_lang("/directory".to_owned(), lang)), None);
        entries(&mut head, &visitor.app().config.public_url, &directory);
    }
    let end = (piece + 1) * PIECE;
    let step = move |state: Option<(Visitor, i64, String)>| async move {
        let (visitor, from, before) = state?;
        let (rows, chunk) = match visitor.look(move |conn| read(conn, from, end)).await {
            Ok(rows) => rows,
            Err(error) => return Some((Err(std::io::Error::other(error.to_string())), None)),
        };
        let public = visitor.app().config.public_url.clone();
        let text = chunk.iter().fold(before, |mut text, paths| {
            entries(&mut text, &public, paths);
            text
        });
        Some(match rows {
            Some(last) => (Ok::<_, std::io::Error>(web::Bytes::from(text)), Some((visitor, last + 1, String::new()))),
            None => (Ok(web::Bytes::from(text + "</urlset>\n")), None),
        })
    };
    Ok(xml().streaming(stream::unfold(Some((visitor, piece * PIECE, head)), step)))
}

/// A page: its path in a language or in none, and when it was changed, where one moment says that.
type Entry = (Box<dyn Fn(Option<Lang>) -> String + Send>, Option<Moment>);

/// The pages of the next listings, and the last one's number, if there may be more.
fn read(conn: &mut Conn, from: i64, end: i64) -> Result<(Option<i64>, Vec<Entry>)> {
    let active = partner_account::id.eq(listing::partner_id).and(partner_account::status.eq("active"));
    let rows: Vec<Row> = listing::table
        .inner_join(partner_account::table.on(active))
        .filter(listing::number.ge(from))
        .filter(listing::number.lt(end))
        .filter(listing::listed.eq(true))
        .order(listing::number)
        .limit(READ)
        .select((listing::number, listing::slug, listing::partner_id, listing::profile_id, listing::updated_at))
        .load(conn)?;
    let profiles: Vec<ProfileId> = rows.iter().map(|row| row.3).collect();
    let partners: Vec<PartnerId> = rows.iter().map(|row| row.2).collect();
    let places: Vec<(ProfileId, String)> = listing_location::table
        .filter(crate::db::any_of(listing_location::partner_id, &partners))
        .filter(crate::db::any_of(listing_location::profile_id, &profiles))
        .order((listing_location::profile_id, listing_location::position))
        .select((listing_location::profile_id, listing_location::slug))
        .load(conn)?;
    let last = rows.last().filter(|_| rows.len() as i64 == READ).map(|row| row.0);
    let mut pages: Vec<Entry> = Vec::new();
    for (_, slug, _, profile, updated) in rows {
        for (_, place) in places.iter().filter(|(owner, _)| *owner == profile) {
            let (slug, place) = (slug.clone(), place.clone());
            pages.push((Box::new(move |lang| location_href(&slug, &place, lang)), Some(updated)));
        }
        pages.push((Box::new(move |lang| href(&slug, lang)), Some(updated)));
    }
    Ok((last, pages))
}

/// One entry a language, each with all alternates. Slugs are plain, so nothing needs escaping.
fn entries(text: &mut String, public: &str, (path, updated): &Entry) {
    let mut alternates = String::new();
    for (name, lang) in [("en", Some(Lang::En)), ("fr", Some(Lang::Fr)), ("x-default", None)] {
        let _ = write!(alternates, "<xhtml:link rel=\"alternate\" hreflang=\"{name}\" href=\"{public}{}\"/>", path(lang));
    }
    let changed = updated.map(|at| format!("<lastmod>{}</lastmod>", at.rfc3339())).unwrap_or_default();
    for lang in Lang::ALL {
        let loc = path(Some(lang));
        let _ = writeln!(text, "<url><loc>{public}{loc}</loc>{changed}{alternates}</url>");
    }
}
