//! Up to five locations, each editable, with the address that gets its leads. Where a town lies is
//! looked up, never asked of a map service.

use super::draft::{self, Saved};
use super::model::{self, Profile};
use super::words;
use super::{href, id, list_href, location_href};
use crate::access::Can;
use crate::access::permissions::EditProfile;
use crate::access::posted::Posted;
use crate::db::ids::LocationId;
use crate::domain::address::{self, AddressLine, City, PostalCode, StateCode};
use crate::domain::country::Country;
use crate::domain::email::{self, Email};
use crate::domain::phone::Phone;
use crate::domain::place;
use crate::domain::profile::{Location, MAX_LOCATIONS};
use crate::domain::rule::{Rule, line};
use crate::error::{Error, Result};
use crate::features::sign_in::handlers::Empty;
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Longest name of a location, in characters.
const NAME_MAX: usize = 80;

/// `/p/{account}/profile/{profile}/locations/…`
#[derive(Template)]
#[template(path = "profile/location.html")]
pub struct LocationPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub back: String,
    pub base: String,
    pub fields: Vec<Field>,
    /// Where it is removed, and its name; not for a new one.
    pub remove: Option<(String, String)>,
    /// What somebody else saved meanwhile.
    pub theirs: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LocationForm {
    name: String,
    address1: String,
    postal_code: String,
    city: String,
    /// A larger town nearby, where the town itself is not known.
    near: String,
    state: String,
    phone: String,
    lead_email: String,
    base: String,
}

impl LocationForm {
    fn of(location: Option<&Location>, base: String) -> Self {
        let Some(one) = location.cloned() else { return Self { base, ..Self::default() } };
        Self {
            name: one.name,
            address1: one.address1,
            postal_code: one.postal_code,
            city: one.city,
            near: String::new(),
            state: one.state,
            phone: one.phone,
            lead_email: one.lead_email,
            base,
        }
    }

    /// The location, by the rules of its country; every mistake is noted.
    fn read(&self, lang: Lang, country: &Country, before: Option<&Location>, errors: &mut Errors) -> Option<Location> {
        let name = errors.take(lang, "name", line(&self.name, 1, NAME_MAX));
        let address1 = errors.take(lang, "address1", self.address1.parse::<AddressLine>());
        let postal_code = errors.take(lang, "postal_code", PostalCode::parse(&self.postal_code, country));
        let city = errors.take(lang, "city", City::parse(&self.city, country));
        let state = if country.state_required { errors.take(lang, "state", StateCode::parse(&self.state, country)) } else { Some(None) };
        let phone = match Phone::parse(&self.phone, country) {
            Err(Rule::Required) => Some(None),
            other => errors.take(lang, "phone", other),
        };
        let lead_email = errors.take(lang, "lead_email", self.lead_email.parse::<Email>());
        let city = city?.map_or_else(|| country.name("en").to_owned(), City::into_string);
        let point = self.locate(lang, country, &city, before, errors);
        let text = |value: Option<String>| value.unwrap_or_default();
        let location = Location {
            id: before.map_or_else(|| LocationId::new().uuid(), |one| one.id),
            name: name?,
            address1: address1?.into_string(),
            city,
            state: text(state?.map(StateCode::into_string)),
            postal_code: text(postal_code?.map(PostalCode::into_string)),
            country: country.code.to_owned(),
            phone: text(phone?.map(Phone::into_string)),
            lead_email: lead_email?.into_string(),
            latitude: point?.latitude,
            longitude: point?.longitude,
        };
        errors.is_empty().then_some(location)
    }

    /// Where the town lies, or the known one nearby; where it lay before, if it is the same town.
    fn locate(&self, lang: Lang, country: &Country, city: &str, before: Option<&Location>, errors: &mut Errors) -> Option<place::Point> {
        let near = self.near.trim();
        let same = before.filter(|one| near.is_empty() && one.city == city && one.country == country.code);
        let known = || same.map(Location::point);
        let found = if near.is_empty() { place::locate(country.code, city).or_else(known) } else { place::locate(country.code, near) };
        if found.is_none() {
            let key = if near.is_empty() { "profile-town-unknown" } else { "profile-near-unknown" };
            errors.message(lang, "near", key);
        }
        found
    }
}

/// Which location of which profile; a new one has no id yet.
struct Loaded {
    profile: Profile,
    country: &'static Country,
    location: Option<Location>,
}

async fn load(who: &Can<EditProfile>, profile: &str, location: Option<&str>) -> Result<Loaded> {
    let profile_id = id(profile)?;
    let wanted: Option<LocationId> = location.map(id).transpose()?;
    let profile = who.read(move |scope, conn| model::find(scope, conn, profile_id)).await?;
    let location = match wanted {
        Some(wanted) => {
            let found = profile.draft.locations.iter().find(|one| one.id == wanted.uuid());
            Some(found.cloned().ok_or(Error::NotFound)?)
        }
        None => None,
    };
    let country = Country::from_code(&profile.country).ok_or_else(|| Error::internal("a profile of no known country"))?;
    Ok(Loaded { profile, country, location })
}

/// `GET …/locations/new`
pub async fn new(who: Can<EditProfile>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    first(&who, &req, load(&who, &path.1, None).await?)
}

/// `GET …/locations/{location}`
pub async fn show(who: Can<EditProfile>, req: HttpRequest, path: web::Path<(String, String, String)>) -> Result<HttpResponse> {
    first(&who, &req, load(&who, &path.1, Some(&path.2)).await?)
}

fn first(who: &Can<EditProfile>, req: &HttpRequest, loaded: Loaded) -> Result<HttpResponse> {
    let form = LocationForm::of(loaded.location.as_ref(), draft::mark(&loaded.location));
    page::ok(&view(who, req, &loaded, &form, Errors::default()))
}

/// `POST …/locations/new`
pub async fn add(
    who: Can<EditProfile>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<LocationForm>,
) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1, None).await?;
    let mut errors = Errors::default();
    let location = posted.form.read(who.user.lang, loaded.country, None, &mut errors);
    if loaded.profile.draft.locations.len() >= MAX_LOCATIONS {
        errors.message(who.user.lang, "name", "profile-locations-many");
    }
    let Some(location) = location.filter(|_| errors.is_empty() && !posted.review) else {
        return page::form(&view(&who, &req, &loaded, &posted.form, errors), !posted.review);
    };
    let (id, to) = (loaded.profile.id, href(&who.account.slug, loaded.profile.id));
    let to = who
        .write_once(&posted.once, move |scope, conn| {
            draft::change(scope, conn, id, "profile.edit", |draft| {
                if draft.content.locations.len() >= MAX_LOCATIONS {
                    return Err(Error::Conflict);
                }
                draft.content.locations.push(location.clone());
                Ok(true)
            })?;
            Ok(to.clone())
        })
        .await?;
    Ok(page::see(&to, Some("flash-profile-saved")))
}

/// `POST …/locations/{location}`
pub async fn save(
    who: Can<EditProfile>,
    req: HttpRequest,
    path: web::Path<(String, String, String)>,
    posted: Posted<LocationForm>,
) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1, Some(&path.2)).await?;
    let (mut form, mut errors) = (posted.form, Errors::default());
    let location = form.read(who.user.lang, loaded.country, loaded.location.as_ref(), &mut errors);
    let Some(location) = location.filter(|_| !posted.review) else {
        return page::form(&view(&who, &req, &loaded, &form, errors), !posted.review);
    };
    let (id, base) = (loaded.profile.id, form.base.clone());
    let saved = who
        .write(move |scope, conn| {
            draft::change(scope, conn, id, "profile.edit", |draft| {
                let there = draft.content.locations.iter_mut().find(|one| one.id == location.id).ok_or(Error::NotFound)?;
                let fresh = draft::mark(&Some(&*there)) == base;
                *there = location.clone();
                Ok(fresh)
            })
        })
        .await?;
    if saved != Saved::Stale {
        return Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-saved")));
    }
    let loaded = load(&who, &path.1, Some(&path.2)).await?;
    form.base = draft::mark(&loaded.location);
    let mut view = view(&who, &req, &loaded, &form, Errors::default());
    view.theirs = loaded.location.as_ref().map(Location::line);
    page::html(StatusCode::CONFLICT, &view)
}

/// `POST …/locations/{location}/remove`
pub async fn remove(who: Can<EditProfile>, path: web::Path<(String, String, String)>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1, Some(&path.2)).await?;
    let (id, gone) = (loaded.profile.id, loaded.location.map(|one| one.id));
    who.write(move |scope, conn| {
        draft::change(scope, conn, id, "profile.edit", |draft| {
            draft.content.locations.retain(|one| Some(one.id) != gone);
            Ok(true)
        })
    })
    .await?;
    Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-location-removed")))
}

fn view(who: &Can<EditProfile>, req: &HttpRequest, loaded: &Loaded, form: &LocationForm, errors: Errors) -> LocationPage {
    let (slug, profile) = (&who.account.slug, &loaded.profile);
    let mut page = Page::member(req, who, "profile", "");
    page.title = match &loaded.location {
        Some(location) => page.t1("profile-location-title", "name", &location.name),
        None => page.t("profile-location-new").to_owned(),
    };
    let back = href(slug, profile.id);
    let own = loaded.location.as_ref().map(|one| (location_href(slug, profile.id, LocationId::from_uuid(one.id)), one.name.clone()));
    LocationPage {
        crumbs: vec![(list_href(slug), page.t("nav-profile").to_owned()), (back.clone(), words::country(&page, &profile.country))],
        action: own.as_ref().map_or_else(|| format!("{back}/locations/new"), |(own, _)| own.clone()),
        back,
        base: form.base.clone(),
        fields: fields(&page, form, loaded.country, &errors),
        remove: own.map(|(own, name)| (format!("{own}/remove"), name)),
        theirs: None,
        errors,
        page,
    }
}

fn fields(page: &Page, form: &LocationForm, country: &Country, errors: &Errors) -> Vec<Field> {
    let field = |name: &'static str, label: &'static str, value: &str| Field::text(name, page.t(label), value).errors(errors);
    let line = |name, label, value: &str| field(name, label, value).max(address::LINE_MAX as u32);
    let mut postal = field("postal_code", "field-postal-code", &form.postal_code).max(20).width("narrow").required(country.postal_required);
    if !country.postal_example.is_empty() {
        postal = postal.hint(page.t1("customer-new-postal-code-hint", "example", country.postal_example));
    }
    let mut fields = vec![
        field("name", "profile-location-name", &form.name).max(NAME_MAX as u32).hint(page.t("profile-location-name-hint")),
        line("address1", "field-address1", &form.address1),
        postal,
        line("city", "field-city", &form.city).required(country.city_required),
    ];
    if !form.near.is_empty() || errors.of("near").is_some() {
        fields.push(line("near", "profile-near", &form.near).hint(page.t("profile-near-hint")).width("medium").optional());
    }
    if country.state_required {
        let mut choices = vec![Choice::new("", page.t("customer-new-choose"))];
        choices.extend(country.states.iter().map(|(code, name)| Choice::new(*code, *name)));
        fields.push(field("state", "field-state", &form.state).choices("select", choices).width("medium"));
    }
    fields.push(field("phone", "field-phone", &form.phone).kind("tel").max(40).width("medium").optional());
    let leads = field("lead_email", "profile-lead-email", &form.lead_email);
    fields.push(leads.kind("email").max(email::MAX as u32).hint(page.t("profile-lead-email-hint")));
    fields
}
