//! What the list page shows, made from what the queries found.

use super::list::Row;
use crate::clock::{DAY, Moment};
use crate::domain::relationship::invitation::{Act, Kind, Shown, after};
use crate::i18n::Lang;
use crate::web::form::Choice;
use crate::web::list::State;
use crate::web::listing::{self, Cell, Chip, ColumnChoice, Filter, Head, Tab};
use crate::web::page::Page;
use askama::Template;

/// `/p/{account}/invitations`
#[derive(Template)]
#[template(path = "invitations/list.html")]
pub struct ListPage {
    pub page: Page,
    pub base: String,
    pub state: State,
    pub total: String,
    pub count_link: Option<String>,
    pub tabs: Vec<Tab>,
    pub chips: Vec<Chip>,
    pub filters: Vec<Filter>,
    pub heads: Vec<Head>,
    pub rows: Vec<RowView>,
    pub columns: Vec<ColumnChoice>,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// Why this member writes none.
    pub invite: Option<String>,
    pub export: Option<String>,
    pub compact: bool,
    pub announce: String,
}

/// One row in words.
pub struct RowView {
    pub href: String,
    pub name: String,
    pub sub: String,
    pub over: bool,
    pub cells: Vec<Cell>,
    /// Its link, for who may send it.
    pub link: Option<String>,
    /// What can be done, for who may: none where nothing ever can.
    pub acts: Vec<ActView>,
}

/// One thing to do, or why not now.
pub struct ActView {
    /// The last part of its address and of its message keys: `send`, `remind`, `revoke`.
    pub key: &'static str,
    pub label: &'static str,
    pub hint: String,
    pub off: bool,
}

/// How a state looks.
pub const fn badge(state: Shown) -> &'static str {
    match state {
        Shown::Draft => "draft",
        Shown::Sent | Shown::Opened => "info",
        Shown::Accepted => "ok",
        Shown::Declined => "bad",
        Shown::Expired => "warn",
        Shown::Revoked => "ended",
    }
}

/// How an invitation stands: what decides which acts are possible.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub shown: Shown,
    pub open_link: bool,
    pub generation: i64,
    /// When its link was last sent.
    pub last: Option<Moment>,
}

/// Why an act is not possible now; `None` where it is.
fn why_not(page: &Page, standing: Standing, act: Act, now: Moment) -> Option<String> {
    if after(standing.shown, act).is_err() {
        return Some(page.word("invite-off", standing.shown.as_str()).to_owned());
    }
    let next = standing.last.filter(|_| act == Act::Remind).map(|last| last.plus(DAY));
    next.filter(|next| *next > now).map(|next| page.t1("invite-off-reminded", "when", page.moment(next)))
}

/// What can be done, in the order of use.
pub fn acts(page: &Page, standing: Standing, now: Moment) -> Vec<ActView> {
    let again = standing.generation > 0;
    let one = |act, key, label, hint| {
        let why = why_not(page, standing, act, now);
        ActView { key, label: page.t(label), off: why.is_some(), hint: why.unwrap_or_else(|| page.t(hint).to_owned()) }
    };
    let (send, hint) = match (again, standing.open_link) {
        (_, true) => ("invite-renew", "invite-renew-effect"),
        (true, _) => ("invite-resend", "invite-resend-effect"),
        (false, _) => ("invite-send", "invite-send-effect"),
    };
    let remind = (!standing.open_link).then(|| one(Act::Remind, "remind", "invite-remind", "invite-remind-effect"));
    let others = [one(Act::Send, "send", send, hint), one(Act::Revoke, "revoke", "invite-revoke", "invite-revoke-effect")];
    remind.into_iter().chain(others).collect()
}

/// A kind in words, with the provider where it is about one.
pub fn kind(page: &Page, kind: Kind, provider: Option<&str>) -> String {
    match provider {
        Some(provider) => page.t1("invite-kind-with", "provider", provider),
        None => page.word("invite-kind", kind.as_str()).to_owned(),
    }
}

fn cell(page: &Page, key: &str, label: &'static str, row: &Row, now: Moment) -> Cell {
    let date = |at: Option<Moment>| at.map(|at| page.date(at)).unwrap_or_default();
    let text = match key {
        "expected" => row.company.clone(),
        "kind" => kind(page, row.kind, row.provider.as_deref()),
        "state" => {
            let shown = row.shown(now);
            return Cell { label, text: page.word("invite-state", shown.as_str()).to_owned(), sub: String::new(), badge: badge(shown) };
        }
        "invited" => page.date(row.created_at),
        "sender" => row.sender.clone().unwrap_or_default(),
        "sent" => date(row.standing(now).last),
        "opened" => date(row.opened_at),
        "expires" => date(row.ends_at()),
        "answered" => date(row.answered_at),
        "language" => page.word("tongue", &row.language).to_owned(),
        "purpose" => row.purpose.clone(),
        _ => row.note.clone(),
    };
    let sub = if key == "invited" { row.sender.clone().unwrap_or_default() } else { String::new() };
    Cell { label, text, sub, badge: "" }
}

/// A row in words; `link` and the acts are for who may send it.
pub fn row(page: &Page, state: &State, base: &str, row: &Row, now: Moment, may: bool, link: Option<String>) -> RowView {
    let over = matches!(row.shown(now), Shown::Accepted | Shown::Declined | Shown::Revoked);
    RowView {
        href: format!("{base}/{}", row.id),
        name: name(page, row),
        sub: if row.open_link { page.tn("invite-uses", row.uses) } else { row.recipient_email.clone() },
        over,
        cells: listing::others(state).map(|key| cell(page, key, page.word("column", key), row, now)).collect(),
        link,
        acts: if may && !over { acts(page, row.standing(now), now) } else { Vec::new() },
    }
}

/// Whom it is for: the recipient's name, else the address; of an open link what it is for.
pub fn name(page: &Page, row: &Row) -> String {
    match (row.open_link, row.recipient_name.is_empty()) {
        (true, _) if row.purpose.is_empty() => page.t("invite-open-link").to_owned(),
        (true, _) => page.t1("invite-open-link-for", "purpose", &row.purpose),
        (false, true) => row.recipient_email.clone(),
        (false, false) => row.recipient_name.clone(),
    }
}

/// The tabs: the list and its usual cuts.
pub fn tabs(page: &Page, state: &State, base: &str) -> Vec<Tab> {
    let of = |key: &str, query: String| Tab::of(state, base, page.t(key), &query);
    vec![
        of("invites-tab-all", state.cleared()),
        of("invites-tab-waiting", state.only("state", &["sent", "opened"])),
        of("invites-tab-accepted", state.only("state", &["accepted"])),
        of("invites-tab-declined", state.only("state", &["declined"])),
        of("invites-tab-expired", state.only("state", &["expired"])),
        of("invites-tab-drafts", state.only("state", &["draft"])),
        of("invites-tab-links", state.only("link", &["open"])),
    ]
}

/// One filter value in words; `None` for what this account does not know.
pub fn value_label(page: &Page, filter: &str, value: &str, senders: &[(String, String)]) -> Option<String> {
    match filter {
        "state" => Shown::from_text(value).map(|one| page.word("invite-state", one.as_str()).to_owned()),
        "kind" => Kind::from_text(value).map(|one| page.word("invite-kind", one.as_str()).to_owned()),
        "language" => Lang::from_text(value).map(|one| page.word("tongue", one.as_str()).to_owned()),
        "link" => matches!(value, "open" | "personal").then(|| page.word("invite-link", value).to_owned()),
        _ => senders.iter().find(|(id, _)| id == value).map(|(_, name)| name.clone()),
    }
}

/// The choices of one filter.
pub fn choices(page: &Page, filter: &str, senders: &[(String, String)]) -> Vec<Choice> {
    let words = |values: Vec<&str>| -> Vec<Choice> {
        values.into_iter().filter_map(|value| value_label(page, filter, value, senders).map(|label| Choice::new(value, label))).collect()
    };
    match filter {
        "state" => words(Shown::ALL.iter().map(|one| one.as_str()).collect()),
        "kind" => words(Kind::ALL.iter().map(|one| one.as_str()).collect()),
        "language" => words(Lang::ALL.iter().map(|one| one.as_str()).collect()),
        "link" => words(vec!["personal", "open"]),
        _ => senders.iter().map(|(id, name)| Choice::new(id, name)).collect(),
    }
}
