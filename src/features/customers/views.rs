//! What the list page shows, made from what the queries found.

use super::index::NOBODY;
use super::list::{Row, SPEC};
use super::model::Tag;
use super::queries::SavedView;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, OrganisationId, ViewId};
use crate::domain::{CustomerStatus, Source};
use crate::features::ending::banner::by;
use crate::features::ending::model::Ending;
use crate::web::form::{Choice, country_choices};
use crate::web::list::State;
use crate::web::listing::{Chip, ColumnChoice, Filter, Head, Tab};
use crate::web::page::Page;
use askama::Template;
use std::borrow::Cow;
use std::collections::HashMap;

/// `/p/{account}/customers`
#[derive(Template)]
#[template(path = "customers/list.html")]
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
    pub empty: bool,
    pub add: Option<String>,
    /// Why no invitations, and where they are.
    pub invite: Option<String>,
    pub invitations: String,
    pub export: Option<String>,
    pub label: Option<String>,
    pub compact: bool,
    pub view_query: String,
    pub announce: String,
    /// The member's own saved view that this is.
    pub own_view: Option<(ViewId, String)>,
}

/// One row in words.
pub struct RowView {
    pub id: CustomerId,
    pub name: String,
    pub alias: String,
    pub domain: String,
    pub organisation: OrganisationId,
    pub ended: bool,
    pub cells: Vec<Cell>,
}

/// One cell; the column says how it is drawn.
pub struct Cell {
    /// The column's name, for cards on a phone.
    pub label: &'static str,
    pub text: Cow<'static, str>,
    /// A badge's kind (`ok`, `warn`, …); empty for plain text.
    pub badge: &'static str,
    pub tags: Vec<Tag>,
    pub more_tags: usize,
}

/// Tags shown in one cell; the others are counted.
const TAGS_SHOWN: usize = 3;

/// What of a row comes from other tables, and when it is read.
struct Beside<'a> {
    now: Moment,
    tags: Vec<Tag>,
    ending: Option<&'a Ending>,
}

/// When and by whom a relationship ended.
fn ended(page: &Page, row: &Row, ending: Option<&Ending>) -> String {
    let when = row.ends_at.filter(|_| row.status == CustomerStatus::Ended).map(|end| page.date(end));
    match (when, ending) {
        (Some(when), Some(ending)) => page.ta("customers-ended", &[("when", when.into()), ("by", by(page, ending).into())]),
        (when, _) => when.unwrap_or_default(),
    }
}

fn cell(page: &Page, (key, label): (&'static str, &'static str), row: &mut Row, beside: &mut Beside<'_>) -> Cell {
    let tags = &mut beside.tags;
    let text = |text: String| Cell { label, text: text.into(), badge: "", tags: Vec::new(), more_tags: 0 };
    let word = |kind, word: &'static str| Cell { label, text: word.into(), badge: kind, tags: Vec::new(), more_tags: 0 };
    match key {
        "relationship" => match &row.counterpart {
            Some(name) => text(page.t1("customers-through", "partner", name)),
            None => word("", page.t("relationship-direct")),
        },
        "status" => match row.status {
            CustomerStatus::Active => word("ok", page.t("status-active")),
            CustomerStatus::Pending => word("info", page.t("status-pending")),
            CustomerStatus::Ended => word("ended", page.t("status-ended")),
        },
        "owner" => text(row.owner.take().unwrap_or_default()),
        "tags" => {
            let more_tags = tags.len().saturating_sub(TAGS_SHOWN);
            tags.truncate(TAGS_SHOWN);
            Cell { label, text: "".into(), badge: "", tags: std::mem::take(tags), more_tags }
        }
        "agreement" => match row.agreed_on {
            Some(_) => word("ok", page.t("agreement-accepted")),
            None => word("warn", page.t("agreement-missing")),
        },
        "activity" => text(page.date(row.activity_at)),
        "created" => text(page.date(row.created_at)),
        "country" => text(country_name(page, &row.country)),
        "source" => word("", page.t(source_key(row.source))),
        "ended" => text(ended(page, row, beside.ending)),
        "undo" => text(beside.ending.filter(|one| one.may_undo(beside.now)).map(|one| page.date(one.undo_until())).unwrap_or_default()),
        "registration" => text(std::mem::take(&mut row.registration_number)),
        _ => text(format!("{} {} {}", row.contact_first, row.contact_last, row.contact_email)),
    }
}

/// The name of a country in the reader's language.
pub fn country_name(page: &Page, code: &str) -> String {
    crate::domain::country::Country::from_code(code).map_or_else(|| code.to_owned(), |country| country.name(page.lang.as_str()).to_owned())
}

const fn source_key(source: Source) -> &'static str {
    match source {
        Source::Added => "source-added",
        Source::Invited => "source-invited",
        Source::Imported => "source-imported",
        Source::Api => "source-api",
        Source::Referral => "source-referral",
        Source::Connector => "source-connector",
    }
}

/// The rows of a page in words.
pub fn rows(
    page: &Page,
    state: &State,
    now: Moment,
    rows: Vec<Row>,
    mut tags: HashMap<CustomerId, Vec<Tag>>,
    endings: &HashMap<CustomerId, Ending>,
) -> Vec<RowView> {
    let columns: Vec<(&'static str, &'static str)> = SPEC
        .columns
        .iter()
        .map(|column| column.key)
        .filter(|key| *key != "company" && state.shows(key))
        .map(|key| (key, page.word("column", key)))
        .collect();
    let view = |mut row: Row| {
        let mut beside = Beside { now, tags: tags.remove(&row.id).unwrap_or_default(), ending: endings.get(&row.id) };
        RowView {
            cells: columns.iter().map(|&column| cell(page, column, &mut row, &mut beside)).collect(),
            id: row.id,
            organisation: row.organisation_id,
            ended: row.status == CustomerStatus::Ended,
            name: row.company_name,
            alias: row.alias,
            domain: row.domain,
        }
    };
    rows.into_iter().map(view).collect()
}

/// Tabs that only some have: what is not yet a customer, and what resellers ask to end.
#[derive(Clone, Copy)]
pub struct Also {
    pub drafts: bool,
    pub requests: bool,
}

/// The tabs: the list, its usual cuts, what else there is, then saved views.
pub fn tabs(page: &Page, state: &State, base: &str, user: &str, views: &[SavedView], also: Also) -> Vec<Tab> {
    let tab = |label: &str, query: &str| Tab::of(state, base, label, query);
    let mut tabs = vec![
        tab(page.t("customers-tab-all"), &state.cleared()),
        tab(page.t("customers-tab-mine"), &state.only("owner", &[user])),
        tab(page.t("customers-tab-pending"), &state.only("status", &["pending"])),
        tab(page.t("customers-tab-ended"), &state.only("status", &["ended"])),
    ];
    let requests = format!("{}requests", base.trim_end_matches("customers"));
    for (there, key, href) in
        [(also.drafts, "customers-tab-drafts", format!("{base}/drafts")), (also.requests, "customers-tab-requests", requests)]
    {
        if there {
            tabs.push(Tab { label: page.t(key).to_owned(), href, current: false, first_saved: false });
        }
    }
    tabs.extend(views.iter().enumerate().map(|(i, view)| Tab { first_saved: i == 0, ..tab(&view.name, &view.query) }));
    tabs
}

/// Names of what filters hold, for chips and choices.
pub struct Names<'a> {
    pub tags: &'a [Tag],
    pub owners: &'a [(String, String)],
    pub partners: &'a [(String, String)],
}

/// One filter value in words; `None` for what this account does not know, such as another's id.
pub fn value_label(page: &Page, filter: &str, value: &str, names: &Names<'_>) -> Option<String> {
    let named = |list: &[(String, String)]| list.iter().find(|(id, _)| id == value).map(|(_, name)| name.clone());
    let key = |prefix: &str, known: bool| known.then(|| page.t(&format!("{prefix}-{value}")).to_owned());
    match filter {
        "status" => key("status", CustomerStatus::from_text(value).is_some()),
        "source" => key("source", Source::from_text(value).is_some()),
        "agreement" => key("agreement", matches!(value, "accepted" | "missing")),
        "relationship" => match value {
            "direct" => Some(page.t("relationship-direct").to_owned()),
            "through" => Some(page.t("relationship-through").to_owned()),
            partner => names.partners.iter().find(|(id, _)| id == partner).map(|(_, name)| name.clone()),
        },
        "country" => crate::domain::country::Country::from_code(value).map(|_| country_name(page, value)),
        "owner" if value == NOBODY => Some(page.t("owner-none").to_owned()),
        "owner" => named(names.owners),
        "tag" => names.tags.iter().find(|tag| tag.id.to_string() == value).map(|tag| tag.name.clone()),
        _ => None,
    }
}

/// The choices of one filter.
pub fn choices(page: &Page, filter: &str, names: &Names<'_>) -> Vec<Choice> {
    let texts = |values: &[&str]| -> Vec<Choice> {
        values.iter().filter_map(|value| value_label(page, filter, value, names).map(|label| Choice::new(*value, label))).collect()
    };
    match filter {
        "status" => texts(&["active", "pending", "ended"]),
        "source" => texts(&Source::ALL.iter().map(|source| source.as_str()).collect::<Vec<_>>()),
        "agreement" => texts(&["accepted", "missing"]),
        "relationship" => {
            let mut list = texts(&["direct", "through"]);
            list.extend(names.partners.iter().map(|(id, name)| Choice::new(id, name)));
            list
        }
        "owner" => {
            let mut list = texts(&[NOBODY]);
            list.extend(names.owners.iter().map(|(id, name)| Choice::new(id, name)));
            list
        }
        "country" => country_choices(page.lang).to_vec(),
        _ => names.tags.iter().map(|tag| Choice::new(tag.id.to_string(), &tag.name)).collect(),
    }
}
