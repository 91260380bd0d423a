//! `/p/{account}/referrals/shared/{engagement}`: what two partners share, the same page at either
//! side; the notes and numbers that one keeps for itself are on its own referral's page.

use super::acts::{self, Part};
use super::deal::Typed;
use super::href;
use super::queries::{self, Entry, Open, Seat};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{AnswerReferrals, Permission, ViewReferrals};
use crate::access::posted::Posted;
use crate::access::referral::Sight;
use crate::db::ids::EngagementId;
use crate::domain::referral::Shared;
use crate::domain::rule::prose;
use crate::error::{Error, Result};
use crate::features::handover::badge;
use crate::features::referrals::{self, people, views::called};
use crate::features::sign_in::handlers::Empty;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Longest note, in characters.
const NOTE_MAX: usize = 2_000;

/// One line of the history.
pub struct Line {
    pub who: String,
    pub when: String,
    /// A note's words.
    pub note: Option<String>,
    /// Field, before, after.
    pub changes: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "sharing/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub errors: Errors,
    pub list: String,
    pub own: String,
    pub own_name: String,
    pub href: String,
    pub badge: (&'static str, &'static str),
    pub message: String,
    pub sender: String,
    pub facts: Vec<(&'static str, String)>,
    /// Somebody of the other side was faster.
    pub conflict: bool,
    pub version: i64,
    /// None where it cannot be changed now.
    pub fields: Option<Vec<Field>>,
    pub note: Option<Field>,
    pub history: Vec<Line>,
    pub withdraw: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PartForm {
    version: String,
    title: String,
    value: String,
    currency: String,
    close_on: String,
    stage: String,
    help: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoteForm {
    note: String,
}

/// What a page shows over what is stored.
#[derive(Default)]
struct Shown {
    typed: Option<Typed>,
    note: String,
    conflict: bool,
    errors: Errors,
}

fn id(text: &str) -> Result<EngagementId> {
    text.parse().map_err(|()| Error::NotFound)
}

async fn load<P: Permission>(who: &Can<P>, id: EngagementId) -> Result<(Open, Vec<Entry>)> {
    let sight = Sight::of(who);
    who.read(move |scope, conn| {
        let open = queries::open(scope, conn, sight, id)?;
        let entries = queries::entries(scope, conn, &open)?;
        Ok((open, entries))
    })
    .await
}

/// `GET /p/{account}/referrals/shared/{engagement}`
pub async fn show(who: Can<ViewReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    shown(&who, &req, id(&path.1)?, Shown::default()).await
}

async fn shown<P: Permission>(who: &Can<P>, req: &HttpRequest, id: EngagementId, over: Shown) -> Result<HttpResponse> {
    let (open, entries) = load(who, id).await?;
    let mut page = Page::member(req, who, "referrals", "");
    page.title = page.t1("sharing-with", "partner", &open.other);
    let (slug, now) = (&who.account.slug, who.now());
    let may = who.may(Action::AnswerReferrals, Relationship::None).is_ok();
    let state = open.state(now);
    let between = &open.between;
    let typed = over.typed.unwrap_or_else(|| Typed::of(between));
    let editable = may && open.is_editable(now);
    let note = Field::text("note", page.t("sharing-note"), over.note).kind("textarea").max(NOTE_MAX as u32);
    let view = ShowPage {
        list: referrals::list_href(slug),
        own: referrals::href(slug, open.own.id),
        own_name: called(&page, &open.own),
        href: href(slug, id),
        badge: (badge(state), page.word("shared-state", state.as_str())),
        message: between.message.clone(),
        sender: if open.seat == Seat::Sender { who.account.name.clone() } else { open.other.clone() },
        facts: facts(&page, &open),
        version: between.version,
        fields: editable.then(|| typed.fields(&page, &over.errors, true)),
        note: editable.then(|| note.errors(&over.errors)),
        history: entries.iter().map(|entry| line(&page, who, &open, entry)).collect(),
        withdraw: may && open.seat == Seat::Sender && state == Shared::Received,
        conflict: over.conflict,
        errors: over.errors,
        page,
    };
    let failed = !view.errors.is_empty() || view.conflict;
    page::form(&view, failed)
}

fn facts(page: &Page, open: &Open) -> Vec<(&'static str, String)> {
    let one = &open.between;
    let value = one.value_minor.map(|minor| page.lang.money(minor, &one.currency)).unwrap_or_default();
    vec![
        (page.t("sharing-deal"), one.title.clone()),
        (page.t("field-value"), value),
        (page.t("sharing-close"), in_words(page, "close_on", &one.close_on)),
        (page.t("field-stage"), in_words(page, "stage", &one.stage)),
        (page.t("field-help"), in_words(page, "help", &one.help)),
    ]
}

/// A stored value of the shared part as people say it.
pub fn in_words(page: &Page, field: &str, value: &str) -> String {
    match field {
        _ if value.is_empty() => String::new(),
        "close_on" => value.parse().map_or_else(|_| value.to_owned(), |day| page.lang.day(day)),
        "stage" => page.word("sharing-stage", value).to_owned(),
        "help" => {
            let names: Vec<String> = value.split(' ').map(|help| page.word("help", help).to_owned()).collect();
            page.lang.all_of(&names)
        }
        _ => value.to_owned(),
    }
}

/// A stored change of the shared part, a field a line.
pub fn changed_in_words(page: &Page, body: &str) -> String {
    let changed: Map<String, Value> = serde_json::from_str(body).unwrap_or_default();
    let text = |field: &str, value: &Value| in_words(page, field, value.as_str().unwrap_or_default());
    let line = |(field, pair): (&String, &Value)| {
        format!("{} {} → {}", page.word("sharing-field", field), text(field, &pair[0]), text(field, &pair[1]))
    };
    changed.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line<P: Permission>(page: &Page, who: &Can<P>, open: &Open, entry: &Entry) -> Line {
    let own = (open.seat == Seat::Receiver) == (entry.by == open.between.to_partner_id);
    let account = if own { &who.account.name } else { &open.other };
    let is_note = entry.kind == "note";
    let changed: Map<String, Value> = if is_note { Map::new() } else { serde_json::from_str(&entry.body).unwrap_or_default() };
    let text = |field: &str, value: &Value| match field {
        "value" => value.as_str().unwrap_or_default().to_owned(),
        _ => in_words(page, field, value.as_str().unwrap_or_default()),
    };
    Line {
        who: page.ta("sharing-who", &[("person", entry.person.as_str().into()), ("partner", account.as_str().into())]),
        when: page.moment(entry.created_at),
        note: is_note.then(|| entry.body.clone()),
        changes: changed
            .iter()
            .map(|(field, pair)| (page.word("sharing-field", field), text(field, &pair[0]), text(field, &pair[1])))
            .collect(),
    }
}

/// `POST /p/{account}/referrals/shared/{engagement}`: changes the shared part.
pub async fn save(
    who: Can<AnswerReferrals>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<PartForm>,
) -> Result<HttpResponse> {
    let (id, form, mut errors) = (id(&path.1)?, posted.form, Errors::default());
    let (open, _) = load(&who, id).await?;
    let PartForm { version, title, value, currency, close_on, stage, help } = form;
    let typed = Typed { title, value, currency, close_on, stage, help };
    let part = typed.parse(who.user.lang, &mut errors).filter(|_| errors.is_empty() && !posted.review);
    let Some(part) = part else {
        return shown(&who, &req, id, Shown { typed: Some(typed), errors, ..Shown::default() }).await;
    };
    let version: i64 = version.parse().map_err(|_| Error::BadRequest("version"))?;
    match change(&who, open, version, part).await {
        Ok(()) => Ok(page::see(&href(&who.account.slug, id), Some("flash-sharing-saved"))),
        Err(Error::Conflict) => shown(&who, &req, id, Shown { typed: Some(typed), conflict: true, ..Shown::default() }).await,
        Err(other) => Err(other),
    }
}

async fn change(who: &Can<AnswerReferrals>, open: Open, version: i64, part: Part) -> Result<()> {
    who.write(move |scope, conn| acts::change(scope, conn, &open, version, &part)).await
}

/// `POST /p/{account}/referrals/shared/{engagement}/notes`: a note that both sides read.
pub async fn add_note(
    who: Can<AnswerReferrals>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<NoteForm>,
) -> Result<HttpResponse> {
    let (id, typed, mut errors) = (id(&path.1)?, posted.form.note, Errors::default());
    let (open, _) = load(&who, id).await?;
    let body = errors.take(who.user.lang, "note", prose(&typed, 1, NOTE_MAX));
    let Some(body) = body.filter(|_| !posted.review && open.is_editable(who.now())) else {
        return shown(&who, &req, id, Shown { note: typed, errors, ..Shown::default() }).await;
    };
    let back = href(&who.account.slug, id);
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            people::share_note(scope, conn, open.own.id, &open.between, &body)?;
            Ok(back.clone())
        })
        .await?;
    Ok(page::see(&location, Some("flash-sharing-noted")))
}

/// `POST /p/{account}/referrals/shared/{engagement}/withdraw`
pub async fn withdraw(who: Can<AnswerReferrals>, path: web::Path<(String, String)>, posted: Posted<Empty>) -> Result<HttpResponse> {
    let id = id(&path.1)?;
    let (open, _) = load(&who, id).await?;
    let back = href(&who.account.slug, id);
    if posted.review {
        return Ok(page::see(&back, None));
    }
    match who.write(move |scope, conn| acts::withdraw(scope, conn, &open)).await {
        Ok(()) => Ok(page::see(&back, Some("flash-sharing-withdrawn"))),
        Err(Error::Conflict) => Ok(page::see(&back, Some("flash-handover-decided"))),
        Err(other) => Err(other),
    }
}
