//! One profile: where it stands, what to do next, and what everybody sees.

use super::model::{self, Profile, Revision};
use super::preview::Preview;
use super::publish::{self, Published};
use super::words::{self, Difference};
use super::{acts, edit_href, href, id, list_href, location_href, logo_href};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{EditProfile, ViewInsights};
use crate::access::posted::Posted;
use crate::access::terms::Terms;
use crate::db::ids::LocationId;
use crate::domain::profile::{MAX_LOCATIONS, RevisionState, State, Step};
use crate::error::Result;
use crate::features::sign_in::handlers::Empty;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// What is missing.
pub struct Todo {
    pub text: &'static str,
    pub points: i64,
    pub required: bool,
    /// Where it is done; `None` for the button on this page.
    pub href: Option<String>,
}

/// `/p/{account}/profile/{profile}`
#[derive(Template)]
#[template(path = "profile/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub list: String,
    pub href: String,
    pub edit: String,
    pub country: String,
    /// Kind and text of the badge.
    pub badge: (&'static str, &'static str),
    pub version: i64,
    pub score: i64,
    pub todo: Vec<Todo>,
    /// Name, one line, address of its form.
    pub locations: Vec<(String, String, String)>,
    pub more_locations: bool,
    pub logo: Option<String>,
    /// Label and value.
    pub facts: Vec<(&'static str, String)>,
    pub public: Option<String>,
    pub is_public: bool,
    pub waiting: bool,
    /// Why an operator refused the newest revision.
    pub rejected: Option<String>,
    /// What differs from what is public.
    pub changes: Vec<Difference>,
    pub publishable: bool,
    pub preview: Preview,
    /// Why this member changes nothing.
    pub why: Option<String>,
}

struct Loaded {
    profile: Profile,
    terms: Terms,
    slug: Option<String>,
    newest: Option<Revision>,
    published: Option<Revision>,
}

/// `GET /p/{account}/profile/{profile}`
pub async fn show(who: Can<ViewInsights>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id = id(&path.1)?;
    let loaded = who
        .read(move |scope, conn| {
            let profile = model::find(scope, conn, id)?;
            let mut revision = |number: i64| model::revision(scope, conn, id, number);
            let newest = if profile.revision > 0 { Some(revision(profile.revision)?) } else { None };
            let published = match profile.published {
                Some(number) if number == profile.revision => newest.clone(),
                Some(number) => Some(revision(number)?),
                None => None,
            };
            Ok(Loaded { terms: Terms::load(conn)?, slug: model::public_slug(scope, conn, id)?, profile, newest, published })
        })
        .await?;
    page::ok(&view(&who, &req, &loaded))
}

fn view(who: &Can<ViewInsights>, req: &HttpRequest, loaded: &Loaded) -> ShowPage {
    let (slug, profile) = (&who.account.slug, &loaded.profile);
    let mut page = Page::member(req, who, "profile", "");
    let country = words::country(&page, &profile.country);
    page.title = page.t1("profile-one-title", "country", &country);
    let standing = profile.standing(who.now());
    let is_public = profile.state == State::Published;
    let public = loaded.published.as_ref().filter(|_| is_public);
    let changes = public.map(|one| words::differences(&page, &loaded.terms, &one.content, &profile.draft)).unwrap_or_default();
    let new_logo = public.is_some_and(|one| one.logo != profile.logo);
    let rejected = loaded.newest.as_ref().filter(|one| one.state == RevisionState::Rejected);
    let todo = |step: &Step| Todo {
        text: page.word("profile-step", step.as_str()),
        points: step.points(),
        required: step.is_required(),
        href: step_href(slug, profile, *step),
    };
    let location = |one: &crate::domain::profile::Location| {
        let href = location_href(slug, profile.id, LocationId::from_uuid(one.id));
        (one.name.clone(), one.address(), href)
    };
    ShowPage {
        list: list_href(slug),
        href: href(slug, profile.id),
        edit: edit_href(slug, profile.id),
        badge: words::badge(&page, profile),
        version: profile.version,
        score: standing.score,
        todo: standing.missing.iter().map(todo).collect(),
        locations: profile.draft.locations.iter().map(location).collect(),
        more_locations: profile.draft.locations.len() < MAX_LOCATIONS,
        logo: profile.logo.map(|logo| logo_href(slug, logo)),
        facts: facts(&page, profile),
        public: loaded.slug.as_ref().map(|slug| format!("/directory/{slug}")),
        is_public,
        waiting: profile.waiting.is_some(),
        rejected: rejected.map(|one| one.reason.clone()),
        publishable: standing.required().is_empty() && (!is_public || !changes.is_empty() || new_logo),
        changes,
        preview: Preview::of(
            &page,
            &loaded.terms,
            &profile.draft,
            profile.logo.map(|logo| logo_href(slug, logo)),
            Some(who.account.account_type),
        ),
        why: page.why_not(who.may(Action::EditProfile, Relationship::None)),
        country,
        page,
    }
}

/// Where a step is done.
fn step_href(slug: &str, profile: &Profile, step: Step) -> Option<String> {
    let part = match step {
        Step::Confirm => return None,
        Step::Logo => return Some(format!("{}/logo", href(slug, profile.id))),
        Step::Location => return Some(format!("{}/locations/new", href(slug, profile.id))),
        Step::Text => "f-text_en",
        Step::Services => "f-services",
        Step::Industries => "f-industries",
        Step::Products => "f-products",
        Step::Languages => "f-languages",
        Step::Sizes => "f-sizes",
        Step::Website => "f-website",
    };
    Some(format!("{}#{part}", edit_href(slug, profile.id)))
}

fn facts(page: &Page, profile: &Profile) -> Vec<(&'static str, String)> {
    let mut facts = vec![(page.t("profile-confirmed"), page.moment(profile.confirmed_at))];
    facts.extend(profile.published_at.map(|at| (page.t("profile-published-at"), page.moment(at))));
    facts.push((page.t("profile-edited"), page.moment(profile.updated_at)));
    facts
}

/// The version that was looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PublishForm {
    version: String,
}

/// `POST …/publish`
pub async fn publish(who: Can<EditProfile>, path: web::Path<(String, String)>, posted: Posted<PublishForm>) -> Result<HttpResponse> {
    let id = id(&path.1)?;
    let version = posted.form.version.parse().unwrap_or(0);
    let flash = match who.write(move |scope, conn| publish::publish(scope, conn, id, version)).await? {
        Published::Now => "flash-profile-published",
        Published::Waiting => "flash-profile-waiting",
        Published::Stale => "flash-profile-stale",
        Published::Missing(_) => "flash-profile-missing",
    };
    Ok(page::see(&href(&who.account.slug, id), Some(flash)))
}

/// `POST …/unpublish`
pub async fn unpublish(who: Can<EditProfile>, path: web::Path<(String, String)>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let id = id(&path.1)?;
    who.write(move |scope, conn| publish::unpublish(scope, conn, id)).await?;
    Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-unpublished")))
}

/// `POST …/withdraw`: takes back what waits for an operator.
pub async fn withdraw(who: Can<EditProfile>, path: web::Path<(String, String)>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let id = id(&path.1)?;
    who.write(move |scope, conn| publish::withdraw(scope, conn, id)).await?;
    Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-withdrawn")))
}

/// `POST …/confirm`: still right.
pub async fn confirm(who: Can<EditProfile>, path: web::Path<(String, String)>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let id = id(&path.1)?;
    who.write(move |scope, conn| acts::confirm(scope, conn, id)).await?;
    Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-confirmed")))
}
