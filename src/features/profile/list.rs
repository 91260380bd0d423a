//! The profiles of an account, one per country, and starting another.

use super::model::{self, Profile};
use super::words;
use super::{acts, href, list_href};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{EditProfile, Permission, ViewInsights};
use crate::access::posted::Posted;
use crate::domain::country::Country;
use crate::error::Result;
use crate::web::form::{Choice, Errors, Field, country_choices};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

/// A profile as its row shows it.
pub struct Line {
    pub href: String,
    pub country: String,
    pub name: String,
    /// Kind and text of the badge.
    pub badge: (&'static str, &'static str),
    pub score: i64,
    /// The exact next step.
    pub next: Option<&'static str>,
    pub confirmed: String,
}

/// `/p/{account}/profile`
#[derive(Template)]
#[template(path = "profile/list.html")]
pub struct ListPage {
    pub page: Page,
    pub errors: Errors,
    pub base: String,
    pub lines: Vec<Line>,
    pub country: Field,
    /// Why this member starts none.
    pub why: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StartForm {
    country: String,
}

/// `GET /p/{account}/profile`
pub async fn show(who: Can<ViewInsights>, req: HttpRequest) -> Result<HttpResponse> {
    let chosen = who.account.country.clone();
    render(&who, &req, &chosen, Errors::default()).await
}

async fn render<P: Permission>(who: &Can<P>, req: &HttpRequest, chosen: &str, errors: Errors) -> Result<HttpResponse> {
    let profiles = who.read(model::all).await?;
    let page = Page::member(req, who, "profile", who.user.lang.t("profile-title"));
    let has = |choice: &Choice| profiles.iter().any(|profile| profile.country == choice.value);
    let mut choices: Vec<Choice> = country_choices(page.lang).iter().filter(|choice| !has(choice)).cloned().collect();
    if !choices.iter().any(|choice| choice.value == chosen) {
        choices.insert(0, Choice::new("", page.t("customer-new-choose")));
    }
    let country = Field::text("country", page.t("field-country"), chosen).choices("select", choices).width("medium");
    let failed = !errors.is_empty();
    let view = ListPage {
        base: list_href(&who.account.slug),
        lines: profiles.iter().map(|profile| line(who, &page, profile)).collect(),
        country: country.hint(page.t("profile-start-hint")).errors(&errors),
        why: page.why_not(who.may(Action::EditProfile, Relationship::None)),
        errors,
        page,
    };
    page::form(&view, failed)
}

fn line<P: Permission>(who: &Can<P>, page: &Page, profile: &Profile) -> Line {
    let standing = profile.standing(who.now());
    Line {
        href: href(&who.account.slug, profile.id),
        country: words::country(page, &profile.country),
        name: profile.draft.name.clone(),
        badge: words::badge(page, profile),
        score: standing.score,
        next: standing.missing.first().map(|step| page.word("profile-step", step.as_str())),
        confirmed: page.date(profile.confirmed_at),
    }
}

/// `POST /p/{account}/profile`: starts the profile of a country.
pub async fn start(who: Can<EditProfile>, req: HttpRequest, posted: Posted<StartForm>) -> Result<HttpResponse> {
    let mut errors = Errors::default();
    let country = errors.take(who.user.lang, "country", Country::parse(&posted.form.country));
    let Some(country) = country.filter(|_| !posted.review) else {
        return render(&who, &req, &posted.form.country, errors).await;
    };
    let slug = who.account.slug.clone();
    let made = who
        .write_once(&posted.once, move |scope, conn| {
            Ok(acts::start(scope, conn, country.code)?.map(|id| super::edit_href(&slug, id)).unwrap_or_default())
        })
        .await?;
    if made.is_empty() {
        errors.message(who.user.lang, "country", "profile-start-taken");
        return render(&who, &req, &posted.form.country, errors).await;
    }
    Ok(page::see(&made, Some("flash-profile-started")))
}
