//! What was published or submitted, compared with the draft, and put back into it.

use super::draft::{self, Draft};
use super::model::{self, Past, Profile, Revision};
use super::words::{self, Difference};
use super::{href, id, list_href, logo};
use crate::access::Can;
use crate::access::permissions::{EditProfile, Permission, ViewInsights};
use crate::access::posted::Posted;
use crate::access::terms::Terms;
use crate::domain::profile::RevisionState;
use crate::error::Result;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Revisions a page.
const SIZE: i64 = 50;

/// A revision as its row shows it.
pub struct Line {
    pub href: String,
    pub number: String,
    pub badge: (&'static str, &'static str),
    pub when: String,
    pub by: String,
    pub reason: String,
    /// It is what everybody sees.
    pub current: bool,
}

/// `/p/{account}/profile/{profile}/history`
#[derive(Template)]
#[template(path = "profile/history.html")]
pub struct HistoryPage {
    pub page: Page,
    pub crumbs: Vec<(String, String)>,
    pub lines: Vec<Line>,
    pub older: Option<String>,
}

/// `/p/{account}/profile/{profile}/history/{revision}`
#[derive(Template)]
#[template(path = "profile/revision.html")]
pub struct RevisionPage {
    pub page: Page,
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub back: String,
    pub base: String,
    pub changes: Vec<Difference>,
    pub reason: String,
    pub why: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Before {
    before: Option<i64>,
}

fn crumbs<P: Permission>(who: &Can<P>, page: &Page, profile: &Profile) -> Vec<(String, String)> {
    let slug = &who.account.slug;
    vec![(list_href(slug), page.t("nav-profile").to_owned()), (href(slug, profile.id), words::country(page, &profile.country))]
}

fn badge(page: &Page, state: RevisionState) -> (&'static str, &'static str) {
    let kind = match state {
        RevisionState::Published => "ok",
        RevisionState::Waiting => "warn",
        RevisionState::Rejected => "bad",
        RevisionState::Withdrawn => "ended",
    };
    (kind, page.word("profile-revision", state.as_str()))
}

/// `GET …/history`
pub async fn show(
    who: Can<ViewInsights>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    query: web::Query<Before>,
) -> Result<HttpResponse> {
    let (id, before) = (id(&path.1)?, query.before.unwrap_or(i64::MAX));
    let read = who.read(move |scope, conn| Ok((model::find(scope, conn, id)?, model::history(scope, conn, id, before, SIZE + 1)?)));
    let (profile, mut past) = read.await?;
    let more = past.len() as i64 > SIZE;
    past.truncate(SIZE as usize);
    let page = Page::member(&req, &who, "profile", who.user.lang.t("profile-history"));
    let line = |one: &Past| Line {
        href: format!("{}/history/{}", href(&who.account.slug, id), one.number),
        number: page.number(one.number),
        badge: badge(&page, one.state),
        when: page.moment(one.created_at),
        by: one.by.clone().unwrap_or_else(|| page.t("audit-by-somebody").to_owned()),
        reason: one.reason.clone(),
        current: profile.published == Some(one.number),
    };
    page::ok(&HistoryPage {
        crumbs: crumbs(&who, &page, &profile),
        lines: past.iter().map(line).collect(),
        older: past.last().filter(|_| more).map(|last| format!("?before={}", last.number)),
        page,
    })
}

/// `GET …/history/{revision}`: what restoring it would change in the draft.
pub async fn compare(who: Can<ViewInsights>, req: HttpRequest, path: web::Path<(String, String, String)>) -> Result<HttpResponse> {
    let (id, number) = (id(&path.1)?, id::<i64>(&path.2)?);
    let read =
        who.read(move |scope, conn| Ok((model::find(scope, conn, id)?, model::revision(scope, conn, id, number)?, Terms::load(conn)?)));
    let (profile, revision, terms) = read.await?;
    let mut page = Page::member(&req, &who, "profile", "");
    page.title = page.t1("profile-revision-title", "number", page.number(number));
    let back = format!("{}/history", href(&who.account.slug, id));
    let mut crumbs = crumbs(&who, &page, &profile);
    crumbs.push((back.clone(), page.t("profile-history").to_owned()));
    page::ok(&RevisionPage {
        crumbs,
        action: format!("{back}/{number}/restore"),
        back,
        base: whole(&profile),
        changes: words::differences(&page, &terms, &profile.draft, &revision.content),
        reason: revision.reason,
        why: page.why_not(who.may(crate::access::may::Action::EditProfile, crate::access::may::Relationship::None)),
        page,
    })
}

/// The mark of the whole draft.
fn whole(profile: &Profile) -> String {
    draft::mark(&(&profile.draft, profile.logo))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RestoreForm {
    base: String,
}

/// `POST …/history/{revision}/restore`: the draft becomes what the revision was. Nothing public changes.
pub async fn restore(
    who: Can<EditProfile>,
    path: web::Path<(String, String, String)>,
    posted: Posted<RestoreForm>,
) -> Result<HttpResponse> {
    let (id, number, base) = (id(&path.1)?, id::<i64>(&path.2)?, posted.form.base);
    let saved = who
        .write(move |scope, conn| {
            let Revision { content, logo, .. } = model::revision(scope, conn, id, number)?;
            // A logo that nothing showed any more may be gone.
            let logo = match logo {
                Some(logo) => logo::exists(scope, conn, logo)?.then_some(logo),
                None => None,
            };
            draft::change(scope, conn, id, "profile.restore", |draft| {
                let fresh = draft::mark(&(&draft.content, draft.logo)) == base;
                *draft = Draft { content: content.clone(), logo };
                Ok(fresh)
            })
        })
        .await?;
    let slug = &who.account.slug;
    match saved {
        draft::Saved::Changed => Ok(page::see(&href(slug, id), Some("flash-profile-restored"))),
        draft::Saved::Unchanged => Ok(page::see(&href(slug, id), Some("flash-profile-unchanged"))),
        draft::Saved::Stale => Ok(page::see(&format!("{}/history/{number}", href(slug, id)), Some("flash-profile-stale"))),
    }
}
