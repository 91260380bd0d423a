//! What the address of a page of results asks for; the address is the page.

use super::filter::Filter;
use crate::access::terms::Terms;
use crate::db::search::directory::{Asked, Place, Window, Word};
use crate::domain::fold::fold;
use crate::domain::place::{self, Town};
use crate::domain::{Cloud, country};
use crate::i18n::Lang;
use crate::web::shell::encode;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Partners of one page.
pub const SIZE: i64 = 20;
/// Longest search, in characters, and most of its words.
const LONGEST: usize = 100;
const WORDS: usize = 6;

/// As it comes; whatever else is in an address is not ours.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Params {
    q: String,
    near: String,
    country: String,
    industry: String,
    service: String,
    product: String,
    size: String,
    language: String,
    #[serde(rename = "type")]
    kind: String,
    cloud: String,
    lang: String,
    open: String,
    after: String,
    before: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct State {
    pub q: String,
    pub near: String,
    pub chosen: Vec<(Filter, String)>,
    pub cloud: Option<Cloud>,
    /// The language in the address, if one is.
    pub lang: Option<Lang>,
    /// The filter whose choices are shown.
    pub open: Option<Filter>,
    pub from: Option<Place>,
    pub backwards: bool,
}

/// What a place in the search box means.
#[derive(Debug, Clone)]
pub enum Near {
    Nowhere,
    Town(Town),
    Country(&'static str),
    Unknown,
}

fn place(text: &str) -> Option<Place> {
    let (segment, rank) = text.split_once('-')?;
    Some(Place { segment: segment.parse().ok()?, rank: rank.parse().ok()? })
}

impl State {
    pub fn read(query: &str) -> Self {
        let params: Params = serde_html_form::from_str(query).unwrap_or_default();
        let short = |text: &str| text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>();
        let values = [
            (Filter::Country, &params.country),
            (Filter::Industry, &params.industry),
            (Filter::Service, &params.service),
            (Filter::Product, &params.product),
            (Filter::Size, &params.size),
            (Filter::Language, &params.language),
            (Filter::Type, &params.kind),
        ];
        let backwards = !params.before.is_empty();
        Self {
            q: short(&params.q),
            near: short(&params.near),
            chosen: values.into_iter().filter(|(_, value)| is_key(value)).map(|(filter, value)| (filter, value.clone())).collect(),
            cloud: Cloud::from_text(&params.cloud).filter(|cloud| *cloud != Cloud::Worldwide),
            lang: Lang::from_text(&params.lang),
            open: Filter::from_text(&params.open),
            from: place(if backwards { &params.before } else { &params.after }),
            backwards,
        }
    }

    pub fn cloud(&self) -> Cloud {
        self.cloud.unwrap_or(Cloud::Worldwide)
    }
    pub fn value(&self, filter: Filter) -> Option<&str> {
        self.chosen.iter().find(|(chosen, _)| *chosen == filter).map(|(_, value)| value.as_str())
    }
    /// Is it the whole directory?
    pub fn is_all(&self) -> bool {
        self.q.is_empty() && self.near.is_empty() && self.chosen.is_empty()
    }
    /// A page that a search engine should list.
    pub fn is_landing(&self) -> bool {
        self.is_all() && self.from.is_none() && self.open.is_none()
    }

    /// Where is meant: a town, in a country if one is named or chosen, or a country.
    pub fn place(&self) -> Near {
        if self.near.is_empty() {
            return Near::Nowhere;
        }
        if let Some(code) = country_of(&self.near) {
            return Near::Country(code);
        }
        let (town, land) = match self.near.rsplit_once(',') {
            Some((town, land)) => (town, country_of(land)),
            None => (self.near.as_str(), None),
        };
        let within = land.or_else(|| self.value(Filter::Country));
        place::find(within, town).or_else(|| place::find(land, town)).map_or(Near::Unknown, Near::Town)
    }

    /// The question to the index.
    pub fn asked(&self, terms: &Terms, near: &Near) -> Asked {
        let mut groups: Vec<_> = self.chosen.iter().map(|(filter, value)| filter.group(value)).collect();
        if let Near::Country(code) = near {
            groups.push(Filter::Country.group(code));
        }
        let folded = fold(&self.q);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS);
        Asked {
            cloud: self.cloud(),
            words: words.map(|word| Word { text: word.to_owned(), named: named(terms, word) }).collect(),
            groups,
            near: if let Near::Town(town) = near { Some(town.point) } else { None },
        }
    }
    pub fn window(&self) -> Window {
        Window { from: self.from, backwards: self.backwards, limit: SIZE + 1 }
    }

    /// Every pair of the address but those of paging.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("q", self.q.clone()), ("near", self.near.clone())];
        pairs.extend(self.chosen.iter().map(|(filter, value)| (filter.as_str(), value.clone())));
        pairs.push(("cloud", self.cloud.map(Cloud::as_str).unwrap_or_default().to_owned()));
        pairs.push(("lang", self.lang.map(Lang::as_str).unwrap_or_default().to_owned()));
        pairs.push(("open", self.open.map(Filter::as_str).unwrap_or_default().to_owned()));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }
    /// What the search form keeps beside its own fields.
    pub fn hidden(&self) -> Vec<(&'static str, String)> {
        self.pairs().into_iter().filter(|(name, _)| !matches!(*name, "q" | "near" | "open")).collect()
    }
    fn address(&self, more: Option<(&'static str, String)>) -> String {
        let pairs: Vec<String> = self.pairs().into_iter().chain(more).map(|(name, value)| format!("{name}={}", encode(&value))).collect();
        if pairs.is_empty() { "/directory".to_owned() } else { format!("/directory?{}", pairs.join("&")) }
    }
    /// The first page of what is asked for.
    pub fn href(&self) -> String {
        self.address(None)
    }
    /// This very page.
    pub fn here(&self) -> String {
        match self.from {
            Some(place) => self.at(place, self.backwards),
            None => self.href(),
        }
    }
    /// The page from a place on.
    pub fn at(&self, place: Place, backwards: bool) -> String {
        self.address(Some((if backwards { "before" } else { "after" }, format!("{}-{}", place.segment, place.rank))))
    }
    pub fn without(&self, filter: Filter) -> Self {
        let chosen = self.chosen.iter().filter(|(other, _)| *other != filter).cloned().collect();
        Self { chosen, from: None, ..self.clone() }
    }
    pub fn with(&self, filter: Filter, value: &str) -> Self {
        let mut with = self.without(filter);
        with.chosen.push((filter, value.to_owned()));
        with.chosen.sort_by_key(|(filter, _)| *filter);
        Self { open: None, ..with }
    }
    pub fn opened(&self, open: Option<Filter>) -> Self {
        Self { open, from: None, ..self.clone() }
    }
    pub fn in_lang(&self, lang: Option<Lang>) -> Self {
        Self { lang, ..self.clone() }
    }
}

/// A value of a filter, before one knows whether anything has it.
fn is_key(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// The country of a name in either language.
fn country_of(name: &str) -> Option<&'static str> {
    static CODES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let names = country::all().iter().flat_map(|land| [(fold(land.name_en), land.code), (fold(land.name_fr), land.code)]);
        names.collect()
    });
    CODES.get(&fold(name)).copied()
}

/// The filter values whose names have a word that begins so; a short word stands alone.
fn named(terms: &Terms, word: &str) -> Vec<crate::db::search::Facet> {
    let short = word.chars().count() < 3;
    let fits = |label: &str| {
        let folded = fold(label);
        folded.split(|c: char| !c.is_alphanumeric()).any(|part| if short { part == word } else { part.starts_with(word) })
    };
    let vocabularies = Filter::ALL.iter().filter_map(|filter| filter.vocabulary().map(|kind| (*filter, kind)));
    vocabularies
        .flat_map(|(filter, kind)| terms.all(kind).filter(|term| fits(&term.en) || fits(&term.fr)).map(move |term| filter.facet(&term.key)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_asks_for_and_nothing_else() {
        let state = State::read("q=cloud+mail&near=Lyon&industry=retail&utm_source=x&type=../x&lang=fr&after=1-42");
        assert_eq!(state.href(), "/directory?q=cloud%20mail&near=Lyon&industry=retail&lang=fr");
        assert_eq!(state.here(), "/directory?q=cloud%20mail&near=Lyon&industry=retail&lang=fr&after=1-42");
        assert_eq!(
            state.with(Filter::Country, "FR").without(Filter::Industry).href(),
            "/directory?q=cloud%20mail&near=Lyon&country=FR&lang=fr"
        );
        assert_eq!(State::read("").href(), "/directory");
        assert_eq!(State::read("q=a&q=b").href(), "/directory");
    }

    #[test]
    fn a_place_is_a_town_or_a_country_in_either_language() {
        let near = |query: &str| State::read(query).place();
        assert!(matches!(near("near=Lyon"), Near::Town(town) if town.name == "Lyon"));
        assert!(matches!(near("near=Paris,%20United%20States"), Near::Town(town) if town.country == "US"));
        assert!(matches!(near("near=Paris&country=US"), Near::Town(town) if town.country == "US"));
        assert!(matches!(near("near=allemagne"), Near::Country("DE")));
        assert!(matches!(near("near=Xyzzyburg"), Near::Unknown));
        assert!(matches!(near(""), Near::Nowhere));
    }
}
