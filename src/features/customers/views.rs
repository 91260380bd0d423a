//! What the list page shows, made from what the queries found.

use super::index::NOBODY;
use super::list::{Detail, Row, SPEC};
use super::model::Tag;
use super::queries::{SavedView, Tags};
use crate::db::ids::{CustomerId, OrganisationId, UserId, ViewId};
use crate::domain::{CustomerStatus, Source};
use crate::web::form::{Choice, country_choices};
use crate::web::list::State;
use crate::web::page::{Escaped, Page};
use askama::Template;
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
    pub invite: Option<String>,
    pub export: Option<String>,
    pub label: Option<String>,
    pub compact: bool,
    pub view_query: String,
    pub announce: String,
    /// The member's own saved view that this is.
    pub own_view: Option<(ViewId, String)>,
}

/// A tab: a view one link away.
pub struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
    /// The first saved view is set apart.
    pub first_saved: bool,
}

/// A chosen filter value, and the view without it.
pub struct Chip {
    pub filter: &'static str,
    pub value: String,
    pub href: String,
}

/// A filter's chip; its choices where they are open.
pub struct Filter {
    pub key: &'static str,
    pub href: String,
    pub open: bool,
    pub choices: Vec<(Choice, bool)>,
    pub hidden: Vec<(&'static str, String)>,
}

/// A column's heading.
pub struct Head {
    pub key: &'static str,
    pub href: Option<String>,
    /// `ascending`, `descending`, or empty where it isn't the list's order.
    pub sorted: &'static str,
}

/// A column to choose.
pub struct ColumnChoice {
    pub key: &'static str,
    pub shown: bool,
    pub pinned: bool,
}

/// One row, whose cells are drawn as they are met.
pub struct RowView {
    row: Row,
    detail: Option<Detail>,
    tags: Vec<Tag>,
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

/// The shown columns beside the company's.
pub fn shown(page: &Page, state: &State) -> Vec<Shown> {
    let others = SPEC.columns.iter().map(|column| column.key).filter(|key| *key != "company" && state.shows(key));
    others.map(|key| Shown { key, label: Escaped::text(page.word("column", key)) }).collect()
}

/// The rows of a page with what belongs to each.
pub fn rows(rows: Vec<Row>, details: Vec<Detail>, mut tags: Tags) -> Vec<RowView> {
    let mut details = details.into_iter();
    let view = |row: Row| RowView { tags: tags.remove(&row.id).unwrap_or_default(), detail: details.next(), row };
    rows.into_iter().map(view).collect()
}

/// The headings of the shown columns.
pub fn heads(state: &State, base: &str) -> Vec<Head> {
    SPEC.columns
        .iter()
        .filter(|column| column.key == "company" || state.shows(column.key))
        .map(|column| Head {
            key: column.key,
            href: column.sort.map(|sort| format!("{base}{}", state.sorted(sort))),
            sorted: match column.sort {
                Some(sort) if sort == state.sort && state.descending => "descending",
                Some(sort) if sort == state.sort => "ascending",
                _ => "",
            },
        })
        .collect()
}

/// The tabs: the list, its usual cuts, the drafts, then saved views.
pub fn tabs(page: &Page, state: &State, base: &str, user: &str, views: &[SavedView], drafts: bool) -> Vec<Tab> {
    let here = state.view_query();
    let tab = |label: &str, query: String, first_saved| Tab {
        label: label.to_owned(),
        current: query == here,
        href: format!("{base}{query}"),
        first_saved,
    };
    let mut tabs = vec![
        tab(page.t("customers-tab-all"), state.cleared(), false),
        tab(page.t("customers-tab-mine"), state.only("owner", user), false),
        tab(page.t("customers-tab-pending"), state.only("status", "pending"), false),
        tab(page.t("customers-tab-ended"), state.only("status", "ended"), false),
    ];
    if drafts {
        tabs.push(Tab {
            label: page.t("customers-tab-drafts").to_owned(),
            href: format!("{base}/drafts"),
            current: false,
            first_saved: false,
        });
    }
    tabs.extend(views.iter().enumerate().map(|(i, view)| tab(&view.name, view.query.clone(), i == 0)));
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
