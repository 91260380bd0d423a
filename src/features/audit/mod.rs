//! The activity log of a partner account, newest first.

use crate::access::Can;
use crate::access::audit::{self, Shown};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::ViewActivity;
use crate::access::referral::Sight;
use crate::clock::Moment;
use crate::domain::country::Country;
use crate::domain::relationship::delegated_admin::roles;
use crate::error::Result;
use crate::features::delegated_admin::words;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// One field that an event changed.
pub struct Change {
    pub field: String,
    pub before: String,
    pub after: String,
}

/// An event as the timelines show it.
pub struct Entry {
    pub seq: i64,
    pub when: String,
    pub who: String,
    pub what: String,
    pub changes: Vec<Change>,
    /// Whether there was anything before: not where something was added.
    pub any_before: bool,
    /// The page of what it is about, and the words of the link.
    pub href: Option<(String, &'static str)>,
    /// Fields of an edit can be put back.
    pub restorable: bool,
}

impl Entry {
    /// Puts an event into words.
    pub fn of(page: &Page, event: &Shown, slug: &str) -> Self {
        let text = |value: Option<&serde_json::Value>| match value {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let value = |field: &str, value: Option<&serde_json::Value>| {
            let text = text(value);
            in_words(page, field, &text).unwrap_or(text)
        };
        let label = |field: &str| {
            let name = field.replace('_', "-");
            let own = Some(format!("profile-field-{name}")).filter(|_| event.object_kind == "profile");
            let known = own.into_iter().chain([format!("field-{name}")]).find(|key| page.lang.has(key));
            known.map_or_else(|| field.to_owned(), |key| page.t(&key).to_owned())
        };
        let names: std::collections::BTreeSet<&String> = event.before.keys().chain(event.after.keys()).collect();
        let changes: Vec<Change> = names
            .into_iter()
            .map(|name| Change {
                field: label(name),
                before: value(name, event.before.get(name)),
                after: value(name, event.after.get(name)),
            })
            .filter(|change| change.before != change.after)
            .collect();
        let key = format!("audit-{}", event.action.replace(['.', '_'], "-"));
        let who = match (event.actor_kind.as_str(), &event.actor_name) {
            ("command" | "operator", _) => page.t("audit-by-command").to_owned(),
            ("system", _) => page.t("audit-by-system").to_owned(),
            // No member: whoever it was says the event itself.
            ("customer", _) => match text(event.after.get("person")) {
                person if person.is_empty() => page.t("audit-by-customer").to_owned(),
                person => person,
            },
            (_, Some(name)) => name.clone(),
            // Nor one of another partner's members, whose name this log does not look up.
            _ if event.after.contains_key("person") => text(event.after.get("person")),
            _ => page.t("audit-by-somebody").to_owned(),
        };
        let about = match event.object_kind.as_str() {
            "customer" => Some(("customers", "audit-open-customer")),
            "invitation" => Some(("invitations", "audit-open-invitation")),
            "referral" => Some(("referrals", "audit-open-referral")),
            "profile" => Some(("profile", "audit-open-profile")),
            _ => None,
        };
        Self {
            seq: event.seq,
            when: page.moment(event.at),
            who,
            what: page.t(&key).to_owned(),
            any_before: changes.iter().any(|change| !change.before.is_empty()),
            changes,
            href: about.zip(event.object).map(|((path, label), id)| (format!("/p/{slug}/{path}/{id}"), page.t(label))),
            restorable: event.action == "customer.edit",
        }
    }
}

/// A stored value as people say it, where that differs.
fn in_words(page: &Page, field: &str, value: &str) -> Option<String> {
    let known = |key: String| page.lang.has(&key).then(|| page.t(&key).to_owned());
    match field {
        _ if value.is_empty() => None,
        "country" => Country::from_code(value).map(|country| country.name(page.lang.as_str()).to_owned()),
        "language" => known(format!("tongue-{value}")),
        "kind" => known(format!("invite-kind-{}", value.replace('_', "-"))),
        "source" | "status" | "declined" => known(format!("{field}-{}", value.replace('_', "-")))
            .or_else(|| known(format!("referral-source-{value}")).filter(|_| field == "source")),
        "referral_reason" | "referral_state" => known(format!("{}-{}", field.replace('_', "-"), value.replace('_', "-"))),
        "stage" => known(format!("referral-stage-{value}")),
        "reason" => known(format!("end-reason-{}", value.replace('_', "-"))),
        "ended_by" => known(format!("audit-side-{value}")),
        "ends_at" => value.parse::<jiff::Timestamp>().ok().map(|at| page.moment(Moment::from_micros(at.as_microsecond()))),
        "roles" => Some(words::names(page.lang, &roles(value))).filter(|names| !names.is_empty()),
        "auto_extend" => known(format!("admin-auto-{}", if value == "true" { "on" } else { "off" })),
        _ => value.parse().ok().filter(|_| value.len() == 10).map(|date| page.lang.day(date)),
    }
}

#[derive(Template)]
#[template(path = "audit/audit.html")]
pub struct AuditPage {
    pub page: Page,
    pub entries: Vec<Entry>,
    /// Where older events continue.
    pub older: Option<String>,
}

/// Where a page of events begins.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Before {
    pub before: Option<i64>,
}

/// Events a page.
pub const SIZE: i64 = 50;

/// Does this member see every referral, and so what the log says of it?
fn sees_referrals(who: &Can<ViewActivity>) -> bool {
    who.may(Action::ViewReferrals, Relationship::None).is_ok() && Sight::of(who).own().is_none()
}

/// Leaves that it happened, when, and who did it.
fn leave_out(event: &mut Shown) {
    event.before.clear();
    event.after.retain(|name, _| name == "person");
}

/// `GET /p/{account}/audit`
pub async fn show(who: Can<ViewActivity>, req: HttpRequest, query: web::Query<Before>) -> Result<HttpResponse> {
    let before = query.before;
    let mut events = who.read(move |scope, conn| audit::list(scope, conn, None, before, SIZE + 1)).await?;
    let more = events.len() as i64 > SIZE;
    events.truncate(SIZE as usize);
    let page = Page::member(&req, &who, "audit", who.user.lang.t("audit-title"));
    let older = events.last().filter(|_| more).map(|last| format!("?before={}", last.seq));
    if !sees_referrals(&who) {
        events.iter_mut().filter(|event| event.object_kind == "referral").for_each(leave_out);
    }
    let entries = events.iter().map(|event| Entry::of(&page, event, &who.account.slug)).collect();
    page::ok(&AuditPage { page, entries, older })
}
