//! What the list page shows, made from what the queries found.

use super::index::NOBODY;
use super::list::{Detail, Row};
use super::model::Tag;
use super::queries::{SavedView, Tags};
use crate::clock::Moment;
use crate::db::ids::{CustomerId, OrganisationId, UserId, ViewId};
use crate::domain::{CustomerStatus, Source};
use crate::features::ending::banner::by;
use crate::features::ending::model::Ending;
use crate::web::form::{Choice, country_choices};
use crate::web::list::State;
use crate::web::listing::{self, Chip, ColumnChoice, Filter, Head, Tab};
use crate::web::page::{Escaped, Page};
use askama::Template;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

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
    pub shown: Vec<Shown>,
    pub words: Words,
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

/// One row, whose cells are drawn as they are met.
pub struct RowView {
    row: Row,
    detail: Option<Detail>,
    tags: Vec<Tag>,
    ending: Option<Ending>,
    now: Moment,
}

/// A shown column beside the company's: its key, and its name for cards on a phone.
pub struct Shown {
    key: &'static str,
    pub label: Escaped,
}

/// One cell; the column says how it is drawn.
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    /// A word or badge that many rows show.
    Word(&'a Escaped),
    /// Tags, and how many more there are.
    Tags(&'a [Tag], usize),
}

impl Cell<'_> {
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Word(_) => false,
            Self::Tags(tags, _) => tags.is_empty(),
        }
    }
}

/// Tags shown in one cell; the others are counted.
const TAGS_SHOWN: usize = 3;

/// When and by whom a relationship ended.
fn ended(page: &Page, row: &Row, ending: Option<&Ending>) -> String {
    let when = row.ends_at.filter(|_| row.status == CustomerStatus::Ended).map(|end| page.date(end));
    match (when, ending) {
        (Some(when), Some(ending)) => page.ta("customers-ended", &[("when", when.into()), ("by", by(page, ending).into())]),
        (when, _) => when.unwrap_or_default(),
    }
}

#[derive(Template)]
#[template(source = r#"<span class="badge badge--{{ kind }}">{{ word }}</span>"#, ext = "html")]
struct Badge {
    kind: &'static str,
    word: &'static str,
}

/// What rows repeat, looked up and drawn once a page.
pub struct Words {
    direct: Escaped,
    active: Escaped,
    pending: Escaped,
    ended: Escaped,
    accepted: Escaped,
    missing: Escaped,
    /// The reader, whose name the rows leave out.
    reader: (UserId, String),
}

impl Words {
    pub fn of(page: &Page, reader: UserId, name: &str) -> Self {
        let badge = |kind, key| Escaped::of(&Badge { kind, word: page.t(key) });
        Self {
            direct: Escaped::text(page.t("relationship-direct")),
            active: badge("ok", "status-active"),
            pending: badge("info", "status-pending"),
            ended: badge("ended", "status-ended"),
            accepted: badge("ok", "agreement-accepted"),
            missing: badge("warn", "agreement-missing"),
            reader: (reader, name.to_owned()),
        }
    }
}

impl RowView {
    pub fn id(&self) -> CustomerId {
        self.row.id
    }
    pub fn organisation(&self) -> OrganisationId {
        self.row.organisation_id
    }
    pub fn name(&self) -> &str {
        &self.row.company_name
    }
    pub fn alias(&self) -> &str {
        &self.row.alias
    }
    pub fn domain(&self) -> &str {
        &self.row.domain
    }
    pub fn ended(&self) -> bool {
        self.row.status == CustomerStatus::Ended
    }
    pub fn cell<'a>(&'a self, page: &Page, words: &'a Words, column: &Shown) -> Cell<'a> {
        let row = &self.row;
        match (column.key, &self.detail) {
            ("relationship", _) => match &row.counterpart {
                Some(name) => Cell::Text(page.t1("customers-through", "partner", name).into()),
                None => Cell::Word(&words.direct),
            },
            ("status", _) => Cell::Word(match row.status {
                CustomerStatus::Active => &words.active,
                CustomerStatus::Pending => &words.pending,
                CustomerStatus::Ended => &words.ended,
            }),
            ("owner", _) if row.owner_id == Some(words.reader.0) => Cell::Text(words.reader.1.as_str().into()),
            ("owner", _) => Cell::Text(row.owner.as_deref().unwrap_or_default().into()),
            ("tags", _) => Cell::Tags(&self.tags[..self.tags.len().min(TAGS_SHOWN)], self.tags.len().saturating_sub(TAGS_SHOWN)),
            ("agreement", _) => Cell::Word(if row.agreed { &words.accepted } else { &words.missing }),
            ("activity", _) => Cell::Text(page.date(row.activity_at).into()),
            ("created", _) => Cell::Text(page.date(row.created_at).into()),
            ("ended", _) => Cell::Text(ended(page, row, self.ending.as_ref()).into()),
            ("undo", _) => {
                let ending = self.ending.as_ref().filter(|one| one.may_undo(self.now));
                Cell::Text(ending.map(|one| page.date(one.undo_until())).unwrap_or_default().into())
            }
            ("country", Some(detail)) => Cell::Text(country_name(page, &detail.country).into()),
            ("source", Some(detail)) => Cell::Text(page.t(source_key(detail.source)).into()),
            ("registration", Some(detail)) => Cell::Text(detail.registration_number.as_str().into()),
            (_, Some(detail)) => Cell::Text(format!("{} {} {}", detail.contact_first, detail.contact_last, detail.contact_email).into()),
            (_, None) => Cell::Text("".into()),
        }
    }
}

/// The name of a country in the reader's language.
pub fn country_name(page: &Page, code: &str) -> String {
    crate::domain::country::Country::name_of(code, page.lang.as_str()).to_owned()
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

/// The shown columns beside the company's.
pub fn shown(page: &Page, state: &State) -> Vec<Shown> {
    listing::others(state).map(|key| Shown { key, label: Escaped::text(page.word("column", key)) }).collect()
}

/// The rows of a page with what belongs to each.
pub fn rows(now: Moment, rows: Vec<Row>, details: Vec<Detail>, mut tags: Tags, mut endings: FxHashMap<CustomerId, Ending>) -> Vec<RowView> {
    let mut details = details.into_iter();
    let view = |row: Row| RowView {
        tags: tags.remove(&row.id).unwrap_or_default(),
        ending: endings.remove(&row.id),
        detail: details.next(),
        now,
        row,
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
