//! What the inbox shows, made from what the queries found.

use super::list::CLOSED;
use super::model::Referral;
use super::queries::{Counts, Row};
use crate::access::terms::Terms;
use crate::clock::{DAY, HOUR, MINUTE, Moment};
use crate::domain::country::Country;
use crate::domain::referral::{FLAME, Reason, Source, State as Shown, Urgency, urgency};
use crate::domain::term::Kind;
use crate::i18n::Lang;
use crate::web::form::{self, Choice};
use crate::web::list::State;
use crate::web::listing::{self, Cell, Chip, ColumnChoice, Filter, Head, Tab};
use crate::web::page::Page;
use askama::Template;

/// `/p/{account}/referrals`
#[derive(Template)]
#[template(path = "referrals/list.html")]
pub struct ListPage {
    pub page: Page,
    pub base: String,
    pub state: State,
    pub total: String,
    pub count_link: Option<String>,
    pub tabs: Vec<Tab>,
    /// Those of closed referrals, where the view is of closed ones.
    pub closed: Vec<Tab>,
    pub chips: Vec<Chip>,
    pub filters: Vec<Filter>,
    pub heads: Vec<Head>,
    pub rows: Vec<RowView>,
    pub columns: Vec<ColumnChoice>,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// Why this member writes none of their own.
    pub new: Option<String>,
    pub export: Option<String>,
    pub compact: bool,
    pub announce: String,
    /// What the empty inbox says: title, text.
    pub empty: (&'static str, &'static str),
    pub nothing_at_all: bool,
}

/// One row in words.
pub struct RowView {
    pub href: String,
    pub name: String,
    pub sub: String,
    pub favourite: bool,
    /// Its sender wants to be called, and waits since less than three days.
    pub flame: bool,
    pub over: bool,
    pub cells: Vec<Cell>,
}

/// How a state looks.
pub const fn badge(state: Shown) -> &'static str {
    match state {
        Shown::Received => "info",
        Shown::Accepted => "plain",
        Shown::Won => "ok",
        Shown::Lost => "bad",
        Shown::Declined => "ended",
        Shown::Expired => "warn",
    }
}

/// Whom it is about: the company, or while that is masked the industry and the city.
pub fn name(lang: Lang, terms: &Terms, row: &Referral) -> String {
    if !row.is_masked() {
        return row.company.clone();
    }
    let industry = terms.name(Kind::Industry, &row.industry, lang).to_owned();
    let parts: Vec<String> = [industry, row.city.clone()].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { lang.t("referral-masked-name").to_owned() } else { parts.join(", ") }
}

/// How a referral is called beside others: by its number while it may not say whom it is about.
pub fn called(page: &Page, row: &Referral) -> String {
    if row.is_masked() { page.t1("handover-number", "number", page.number(row.number)) } else { row.company.clone() }
}

/// Does the flame stand?
pub fn flame(row: &Referral, now: Moment) -> bool {
    row.wants_call && row.shown(now) == Shown::Received && now.since(row.received_at) < FLAME
}

/// The time left to answer, and how urgent that looks; none once it is answered or over.
pub fn left(page: &Page, row: &Referral, now: Moment) -> Option<(String, &'static str)> {
    let left = row.expires_at.filter(|_| row.shown(now) == Shown::Received)?.since(now);
    let text = match left {
        _ if left >= 2 * DAY => page.tn("admin-left-days", left / DAY),
        _ if left >= HOUR => page.tn("admin-left-hours", left / HOUR),
        _ => page.tn("referral-left-minutes", (left / MINUTE).max(1)),
    };
    let badge = match urgency(left) {
        Urgency::Calm => "plain",
        Urgency::Soon => "warn",
        Urgency::Now => "bad",
    };
    Some((text, badge))
}

/// The beginning of a need, as one line.
fn line(need: &str) -> String {
    let one: String = need.split_whitespace().collect::<Vec<_>>().join(" ");
    match one.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", one[..at].trim_end()),
        None => one,
    }
}

/// A day as stored, in words.
pub fn day(page: &Page, text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |date| page.lang.day(date))
}

fn cell(page: &Page, terms: &Terms, key: &str, row: &Row, now: Moment) -> Cell {
    let (label, one) = (page.word("column", key), &row.referral);
    let mut cell = Cell { label, text: String::new(), sub: String::new(), badge: "" };
    match key {
        "need" => cell.text = line(&one.need),
        "size" => cell.text = terms.name(Kind::Size, &one.size, page.lang).to_owned(),
        "products" => {
            let keys: Vec<String> = one.products.split(' ').map(str::to_owned).collect();
            cell.text = terms.names(Kind::Product, &keys, page.lang).join(", ");
        }
        "origin" => {
            cell.text = page.word("referral-source", one.source.as_str()).to_owned();
            cell.sub = one.sender_name.clone();
        }
        "received" => cell.text = page.date(one.received_at),
        "left" => {
            if let Some((text, badge)) = left(page, one, now) {
                (cell.text, cell.badge) = (text, badge);
            }
        }
        "standing" => {
            let shown = one.shown(now);
            (cell.text, cell.badge) = (page.word("referral-state", shown.as_str()).to_owned(), badge(shown));
        }
        "title" => cell.text = one.title.clone(),
        "worth" => cell.text = one.value_minor.map(|value| page.lang.money(value, &one.currency)).unwrap_or_default(),
        "closing" => cell.text = day(page, &one.close_on),
        "owner" => cell.text = row.owner.clone().unwrap_or_default(),
        "location" => cell.text = row.location.clone().unwrap_or_default(),
        "country" => cell.text = country(page, &one.country),
        _ => cell.text = if one.reason.is_empty() { String::new() } else { page.word("referral-reason", &one.reason).to_owned() },
    }
    cell
}

fn country(page: &Page, code: &str) -> String {
    Country::name_of(code, page.lang.as_str()).to_owned()
}

/// A row in words.
pub fn row(page: &Page, terms: &Terms, state: &State, base: &str, row: &Row, now: Moment) -> RowView {
    let one = &row.referral;
    let masked = one.is_masked();
    let place: Vec<String> = [one.city.clone(), country(page, &one.country)].into_iter().filter(|part| !part.is_empty()).collect();
    RowView {
        href: format!("{base}/{}", one.id),
        name: name(page.lang, terms, one),
        sub: if masked { page.t("referral-masked").to_owned() } else { place.join(", ") },
        favourite: row.favourite,
        flame: flame(one, now),
        over: CLOSED.contains(&one.shown(now).as_str()),
        cells: listing::others(state).map(|key| cell(page, terms, key, row, now)).collect(),
    }
}

/// A view of some states, in the order that suits them.
fn view(state: &State, states: &[&str], sort: (&'static str, bool)) -> String {
    let mut other = state.clone();
    (other.search, other.cursor) = (String::new(), None);
    other.filters = vec![("state", states.iter().map(|one| (*one).to_owned()).collect())];
    (other.sort, other.descending) = sort;
    other.view_query()
}

/// The tabs: where a referral stands, and whose it is.
pub fn tabs(page: &Page, state: &State, base: &str, counts: &Counts) -> Vec<Tab> {
    let chosen = state.values("state");
    let is = |states: &[&str]| chosen.len() == states.len() && states.iter().all(|one| state.has("state", one));
    let of = |key: &str, states: &[&str], sort| Tab {
        label: format!("{} · {}", page.t(key), counted(page, counts, states)),
        href: format!("{base}{}", view(state, states, sort)),
        current: is(states),
        first_saved: false,
    };
    let mark = |key: &str, value: &str| {
        let mut other = state.clone();
        (other.search, other.cursor, other.filters) = (String::new(), None, vec![("mark", vec![value.to_owned()])]);
        (other.sort, other.descending) = ("number", true);
        let current = chosen.is_empty() && state.has("mark", value);
        Tab { label: page.t(key).to_owned(), href: format!("{base}{}", other.view_query()), current, first_saved: value == "mine" }
    };
    let all: Vec<&str> = Shown::ALL.iter().map(|one| one.as_str()).collect();
    let closed = !chosen.is_empty() && chosen.iter().all(|one| CLOSED.contains(&one.as_str()));
    let mut closed_tab = of("referrals-tab-closed", CLOSED, ("number", true));
    closed_tab.current = closed;
    vec![
        of("referrals-tab-new", &["received"], ("left", false)),
        of("referrals-tab-active", &["accepted"], ("number", true)),
        closed_tab,
        of("referrals-tab-all", &all, ("number", true)),
        mark("referrals-tab-mine", "mine"),
        mark("referrals-tab-favourites", "favourite"),
    ]
}

/// What closed splits into; none where the view is of something else.
pub fn closed_tabs(page: &Page, state: &State, base: &str, counts: &Counts) -> Vec<Tab> {
    let chosen = state.values("state");
    if chosen.is_empty() || !chosen.iter().all(|one| CLOSED.contains(&one.as_str())) {
        return Vec::new();
    }
    let one = |shown: Shown| Tab {
        label: format!("{} · {}", page.word("referral-state", shown.as_str()), counted(page, counts, &[shown.as_str()])),
        href: format!("{base}{}", view(state, &[shown.as_str()], ("number", true))),
        current: chosen == [shown.as_str().to_owned()],
        first_saved: false,
    };
    [Shown::Won, Shown::Lost, Shown::Declined, Shown::Expired].map(one).into()
}

/// How many are in some states.
fn counted(page: &Page, counts: &Counts, states: &[&str]) -> String {
    let states: Vec<Shown> = states.iter().filter_map(|state| Shown::from_text(state)).collect();
    let (count, capped) = counts.of(&states);
    listing::total(page, count, capped)
}

/// What the labels and choices of filters come from.
pub struct Words<'a> {
    pub terms: &'a Terms,
    pub owners: &'a [(String, String)],
    pub locations: &'a [(String, String)],
}

/// One filter value in words; `None` for what this account does not know.
pub fn value_label(page: &Page, words: &Words<'_>, filter: &str, value: &str) -> Option<String> {
    let term = |kind| words.terms.find(kind, value).map(|term| term.label(page.lang).to_owned());
    let named = |list: &[(String, String)]| list.iter().find(|(id, _)| id == value).map(|(_, name)| name.clone());
    match filter {
        "state" => Shown::from_text(value).map(|one| page.word("referral-state", one.as_str()).to_owned()),
        "mark" => matches!(value, "mine" | "favourite").then(|| page.word("referral-mark", value).to_owned()),
        "source" => Source::from_text(value).map(|one| page.word("referral-source", one.as_str()).to_owned()),
        "reason" => Reason::from_text(value).map(|one| page.word("referral-reason", one.as_str()).to_owned()),
        "industry" => term(Kind::Industry),
        "employees" => term(Kind::Size),
        "product" => term(Kind::Product),
        "country" => Country::from_code(value).map(|country| country.name(page.lang.as_str()).to_owned()),
        "owner" => named(words.owners),
        _ => named(words.locations),
    }
}

/// The choices of one filter.
pub fn choices(page: &Page, words: &Words<'_>, filter: &str) -> Vec<Choice> {
    let in_words = |values: Vec<&str>| -> Vec<Choice> {
        values.into_iter().filter_map(|value| Some(Choice::new(value, value_label(page, words, filter, value)?))).collect()
    };
    let terms = |kind| words.terms.choices(kind, page.lang).into_iter().map(|(key, label)| Choice::new(key, label)).collect();
    let named = |list: &[(String, String)]| list.iter().map(|(id, name)| Choice::new(id, name)).collect();
    match filter {
        "state" => in_words(Shown::ALL.iter().map(|one| one.as_str()).collect()),
        "mark" => in_words(vec!["mine", "favourite"]),
        "source" => in_words(Source::ALL.iter().map(|one| one.as_str()).collect()),
        "reason" => in_words(Reason::ALL.iter().map(|one| one.as_str()).collect()),
        "industry" => terms(Kind::Industry),
        "employees" => terms(Kind::Size),
        "product" => terms(Kind::Product),
        "country" => form::country_choices(page.lang).to_vec(),
        "owner" => named(words.owners),
        _ => named(words.locations),
    }
}

/// What an inbox without rows says: title and text.
pub fn empty(state: &State) -> (&'static str, &'static str) {
    match state.values("state") {
        [only] if only == Shown::Received.as_str() => ("referrals-none-new-title", "referrals-none-new"),
        [only] if only == Shown::Accepted.as_str() => ("referrals-none-active-title", "referrals-none-active"),
        _ => ("referrals-none-title", "referrals-none"),
    }
}

/// Is this a tab as it comes, so that no filter explains its emptiness?
pub fn is_tab(state: &State) -> bool {
    let one_filter = matches!(state.filters.as_slice(), [("state" | "mark", _)]);
    state.search.is_empty() && one_filter
}
