//! Lists: declared once by their feature ([`Spec`]); what follows from the declaration, the state
//! in the address, its links and its form fields, is written once, here. The address *is* the
//! view: the same query string gives the page, the CSV, the XLSX and the JSON.

use super::shell::encode;
use crate::config::{hex, unhex};
use uuid::Uuid;

/// A column: its key in the address, whether it is shown unless chosen otherwise.
pub struct Column {
    pub key: &'static str,
    pub default: bool,
    /// The sort that its heading switches, if any.
    pub sort: Option<&'static str>,
}

/// What a list is made of.
pub struct Spec {
    pub columns: &'static [Column],
    pub filters: &'static [&'static str],
    /// Sort keys and whether each starts descending; the first is the list's own order.
    pub sorts: &'static [(&'static str, bool)],
    pub sizes: &'static [u16],
}

/// Where a page begins: after or before a row, known by its sort value and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub backwards: bool,
    pub value: Vec<u8>,
    pub id: Uuid,
}

/// A view of a list, as its address says.
#[derive(Clone)]
pub struct State {
    spec: &'static Spec,
    pub search: String,
    /// Chosen values by filter, in the order of the declaration.
    pub filters: Vec<(&'static str, Vec<String>)>,
    pub sort: &'static str,
    pub descending: bool,
    pub cursor: Option<Cursor>,
    pub size: u16,
    pub columns: Vec<&'static str>,
    /// The filter whose choices are open.
    pub open: Option<&'static str>,
    /// Count exactly rather than up to the cap.
    pub exact: bool,
    size_given: bool,
    columns_given: bool,
}

/// Longest search, in characters, and most values of one filter.
const MAX_SEARCH: usize = 100;
const MAX_VALUES: usize = 50;

impl State {
    /// Reads a query string; what it does not know or cannot read is left out, so that an old or
    /// mistyped address still shows a list. Size and columns default to the member's own.
    pub fn parse(spec: &'static Spec, query: &str, size: Option<u16>, columns: Option<&[String]>) -> Self {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let last = |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let values = |name: &str| -> Vec<String> {
            let mut values: Vec<String> = pairs
                .iter()
                .filter(|(key, value)| key == name && !value.is_empty() && value.len() <= 64)
                .map(|(_, value)| value.clone())
                .take(MAX_VALUES)
                .collect();
            values.dedup();
            values
        };
        let column = |key: &str| spec.columns.iter().map(|column| column.key).find(|known| *known == key);
        // One list, or one by one from the boxes of a form.
        let listed = pairs.iter().filter(|(key, _)| key == "columns").flat_map(|(_, list)| list.split(','));
        let chosen: Vec<&'static str> = listed.filter_map(column).collect();
        let preferred =
            || columns.map(|list| list.iter().filter_map(|key| column(key)).collect::<Vec<_>>()).filter(|list| !list.is_empty());
        let defaults = || spec.columns.iter().filter(|column| column.default).map(|column| column.key).collect();
        let allowed = |size: u16| spec.sizes.contains(&size);
        let given = last("size").and_then(|size| size.parse().ok()).filter(|size| allowed(*size));
        let (sort, descending) = last("sort")
            .and_then(|text| {
                let (key, reverse) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
                spec.sorts.iter().find(|(known, _)| *known == key).map(|(known, _)| (*known, reverse))
            })
            .unwrap_or((spec.sorts[0].0, spec.sorts[0].1));
        let cursor = |name: &str, backwards| last(name).and_then(|text| Cursor::parse(text, backwards));
        Self {
            spec,
            search: last("q").unwrap_or_default().trim().chars().filter(|c| !c.is_control()).take(MAX_SEARCH).collect(),
            filters: spec.filters.iter().map(|key| (*key, values(key))).filter(|(_, values)| !values.is_empty()).collect(),
            sort,
            descending,
            cursor: cursor("after", false).or_else(|| cursor("before", true)),
            size: given.or(size.filter(|size| allowed(*size))).unwrap_or(spec.sizes[1]),
            size_given: given.is_some(),
            columns_given: !chosen.is_empty(),
            columns: if chosen.is_empty() { preferred().unwrap_or_else(defaults) } else { chosen },
            open: last("open").and_then(|key| spec.filters.iter().copied().find(|known| *known == key)),
            exact: last("count") == Some("exact"),
        }
    }

    pub fn spec(&self) -> &'static Spec {
        self.spec
    }
    /// The chosen values of one filter.
    pub fn values(&self, filter: &str) -> &[String] {
        self.filters.iter().find(|(key, _)| *key == filter).map_or(&[], |(_, values)| values)
    }
    pub fn has(&self, filter: &str, value: &str) -> bool {
        self.values(filter).iter().any(|one| one == value)
    }
    /// Nothing searched and nothing filtered.
    pub fn is_plain(&self) -> bool {
        self.search.is_empty() && self.filters.is_empty()
    }
    pub fn shows(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }

    /// The query string of this view, with its question mark; empty for the list as it comes.
    pub fn query(&self) -> String {
        let mut pairs = self.pairs();
        if let Some(cursor) = &self.cursor {
            pairs.push((if cursor.backwards { "before" } else { "after" }, cursor.text()));
        }
        to_query(&pairs)
    }
    /// The same view without its place: for exports, saved views and hidden fields.
    pub fn view_query(&self) -> String {
        to_query(&self.pairs())
    }
    /// Search, filters, sort, size and columns as they stand in the address.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.search.is_empty() {
            pairs.push(("q", self.search.clone()));
        }
        for (key, values) in &self.filters {
            pairs.extend(values.iter().map(|value| (*key, value.clone())));
        }
        if (self.sort, self.descending) != self.spec.sorts[0] {
            pairs.push(("sort", format!("{}{}", if self.descending { "-" } else { "" }, self.sort)));
        }
        if self.size_given {
            pairs.push(("size", self.size.to_string()));
        }
        if self.columns_given {
            pairs.push(("columns", self.columns.join(",")));
        }
        pairs
    }
    /// The pairs without those named: the hidden fields of a form that sets them anew.
    pub fn pairs_without(&self, names: &[&str]) -> Vec<(&'static str, String)> {
        self.pairs().into_iter().filter(|(key, _)| !names.contains(key)).collect()
    }

    fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = Self { cursor: None, open: None, exact: false, ..self.clone() };
        change(&mut other);
        let mut pairs = other.pairs();
        if let Some(open) = other.open {
            pairs.push(("open", open.to_owned()));
        }
        if other.exact {
            pairs.push(("count", "exact".to_owned()));
        }
        if let Some(cursor) = &other.cursor {
            pairs.push((if cursor.backwards { "before" } else { "after" }, cursor.text()));
        }
        to_query(&pairs)
    }
    /// Sorted by another column, or the other way round.
    pub fn sorted(&self, sort: &str) -> String {
        self.with(|state| {
            if let Some((key, starts_descending)) = state.spec.sorts.iter().find(|(key, _)| *key == sort) {
                state.descending = if state.sort == *key { !state.descending } else { *starts_descending };
                state.sort = key;
            }
        })
    }
    /// Without one value of a filter.
    pub fn without(&self, filter: &str, value: &str) -> String {
        self.with(|state| {
            for (key, values) in &mut state.filters {
                if *key == filter {
                    values.retain(|one| one != value);
                }
            }
            state.filters.retain(|(_, values)| !values.is_empty());
        })
    }
    /// With nothing searched or filtered.
    pub fn cleared(&self) -> String {
        self.with(|state| {
            state.search.clear();
            state.filters.clear();
        })
    }
    /// The same search with nothing filtered.
    pub fn unfiltered(&self) -> String {
        self.with(|state| state.filters.clear())
    }
    /// With one filter set to some values, for the tabs.
    pub fn only(&self, filter: &'static str, values: &[&str]) -> String {
        self.with(|state| {
            state.search.clear();
            state.filters = vec![(filter, values.iter().map(|value| (*value).to_owned()).collect())];
        })
    }
    /// With the choices of a filter open.
    pub fn opened(&self, filter: &'static str) -> String {
        self.with(|state| state.open = Some(filter))
    }
    /// Counted exactly.
    pub fn counted(&self) -> String {
        self.with(|state| state.exact = true)
    }
    /// Beginning at another row.
    pub fn at(&self, cursor: Cursor) -> String {
        self.with(|state| state.cursor = Some(cursor))
    }
}

impl Cursor {
    fn text(&self) -> String {
        hex(&[self.id.as_bytes(), self.value.as_slice()].concat())
    }
    /// At most a 64-byte sort value; anything else is no cursor.
    fn parse(text: &str, backwards: bool) -> Option<Self> {
        let bytes = unhex(text).filter(|bytes| (16..=80).contains(&bytes.len()))?;
        Some(Self { backwards, id: Uuid::from_slice(&bytes[..16]).ok()?, value: bytes[16..].to_vec() })
    }
}

fn to_query(pairs: &[(&'static str, String)]) -> String {
    let mut text = String::new();
    for (key, value) in pairs {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(key);
        text.push('=');
        text.push_str(&encode(value));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SPEC: Spec = Spec {
        columns: &[Column { key: "company", default: true, sort: Some("name") }, Column { key: "country", default: false, sort: None }],
        filters: &["status", "tag"],
        sorts: &[("name", false), ("created", true)],
        sizes: &[25, 50, 100],
    };

    fn parse(query: &str) -> State {
        State::parse(&SPEC, query, None, None)
    }

    #[test]
    fn an_address_comes_back_as_it_went() {
        let query = "?q=caf%C3%A9&status=active&status=ended&tag=x&sort=-created&size=100&columns=country,company&after=0193000000000000000000000000000001aabb";
        assert_eq!(parse(&query[1..]).query(), query.replace("country,company", "country%2Ccompany"));
        assert_eq!(parse("").query(), "");
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        assert_eq!(parse("sort=password&columns=secret&size=7&open=x&after=zz&owner=1&status=").query(), "");
    }

    #[test]
    fn a_heading_sorts_and_then_turns_round() {
        assert_eq!(parse("").sorted("created"), "?sort=-created");
        assert_eq!(parse("sort=-created").sorted("created"), "?sort=created");
        assert_eq!(parse("sort=created").sorted("name"), "");
        assert_eq!(parse("").sorted("name"), "?sort=-name");
    }

    #[test]
    fn a_changed_view_begins_at_its_first_page() {
        let state = parse("q=a&status=active&after=019300000000000000000000000000000161");
        assert!(!state.without("status", "active").contains("after"));
        assert_eq!(state.cleared(), "");
    }

    proptest! {
        #[test]
        fn no_address_breaks_a_list(query in "\\PC{0,60}|([a-z]{1,7}=[^ ]{0,9}&){0,5}") {
            let state = parse(&query);
            let again = parse(state.query().trim_start_matches('?'));
            prop_assert_eq!(again.query(), state.query());
        }
    }
}
