//! What stands around the rows of a list: tabs, filters and their chips, headings, columns to
//! choose. Made from the list's [`State`]; `templates/ui/list.html` draws it.

use super::form::Choice;
use super::list::State;
use super::page::Page;

/// A tab: a view one link away.
pub struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
    /// The first saved view is set apart.
    pub first_saved: bool,
}

impl Tab {
    /// A view of the list, current where it is the one shown.
    pub fn of(state: &State, base: &str, label: &str, query: &str) -> Self {
        Self { label: label.to_owned(), current: query == state.view_query(), href: format!("{base}{query}"), first_saved: false }
    }
}

/// A chosen filter value, and the view without it.
pub struct Chip {
    pub filter: &'static str,
    pub value: String,
    pub href: String,
}

/// The chosen values, each in words.
pub fn chips(state: &State, base: &str, label: impl Fn(&str, &str) -> String) -> Vec<Chip> {
    let values = state.filters.iter().flat_map(|(filter, values)| values.iter().map(move |value| (*filter, value)));
    values
        .map(|(filter, value)| Chip { filter, value: label(filter, value), href: format!("{base}{}", state.without(filter, value)) })
        .collect()
}

/// A filter's chip; its choices where they are open.
pub struct Filter {
    pub key: &'static str,
    pub href: String,
    pub open: bool,
    pub choices: Vec<(Choice, bool)>,
    pub hidden: Vec<(&'static str, String)>,
}

/// All filters of the list; only the open one is asked for its choices.
pub fn filters(state: &State, base: &str, choices: impl Fn(&str) -> Vec<Choice>) -> Vec<Filter> {
    let filter = |key: &'static str| {
        let open = state.open == Some(key);
        let choices = if open { choices(key) } else { Vec::new() };
        Filter {
            key,
            href: format!("{base}{}", state.opened(key)),
            open,
            choices: choices
                .into_iter()
                .map(|choice| (state.has(key, &choice.value), choice))
                .map(|(chosen, choice)| (choice, chosen))
                .collect(),
            hidden: state.pairs_without(&[key]),
        }
    };
    state.spec().filters.iter().copied().map(filter).collect()
}

/// How many match, as far as was counted.
pub fn total(page: &Page, count: i64, capped: bool) -> String {
    let number = page.number(count);
    if capped { format!("{number}+") } else { number }
}

/// A column's heading.
pub struct Head {
    pub key: &'static str,
    pub href: Option<String>,
    /// `ascending`, `descending`, or empty where it isn't the list's order.
    pub sorted: &'static str,
}

/// The headings of the shown columns; the first is always shown.
pub fn heads(state: &State, base: &str) -> Vec<Head> {
    let head = |column: &super::list::Column| Head {
        key: column.key,
        href: column.sort.map(|sort| format!("{base}{}", state.sorted(sort))),
        sorted: match column.sort {
            Some(sort) if sort == state.sort && state.descending => "descending",
            Some(sort) if sort == state.sort => "ascending",
            _ => "",
        },
    };
    let columns = state.spec().columns.iter().enumerate();
    columns.filter(|(place, column)| *place == 0 || state.shows(column.key)).map(|(_, column)| head(column)).collect()
}

/// The shown columns beside the first.
pub fn others(state: &State) -> impl Iterator<Item = &'static str> {
    state.spec().columns.iter().skip(1).map(|column| column.key).filter(|key| state.shows(key))
}

/// A cell of one of them; a badge where it has a kind.
pub struct Cell {
    pub label: &'static str,
    pub text: String,
    /// A second line.
    pub sub: String,
    pub badge: &'static str,
}

/// A column to choose.
pub struct ColumnChoice {
    pub key: &'static str,
    pub shown: bool,
    pub pinned: bool,
}

/// Every column; the first is pinned.
pub fn columns(state: &State) -> Vec<ColumnChoice> {
    let columns = state.spec().columns.iter().enumerate();
    columns.map(|(place, column)| ColumnChoice { key: column.key, shown: state.shows(column.key), pinned: place == 0 }).collect()
}

/// What lies beside a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    pub previous: bool,
    pub next: bool,
    /// The page is the whole list.
    pub whole: bool,
}

/// Makes a page of one row more than it holds, read in the direction of its cursor.
pub fn cut<R>(state: &State, rows: &mut Vec<R>) -> Beside {
    let backwards = state.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    let more = rows.len() > usize::from(state.size);
    rows.truncate(usize::from(state.size));
    if backwards {
        rows.reverse();
    }
    Beside {
        previous: if backwards { more } else { state.cursor.is_some() },
        next: more || backwards,
        whole: state.cursor.is_none() && !more,
    }
}
