//! What the public sees of a profile: its card among results, and the body of its page. An editor's
//! preview shows the same.

use super::filter::Filter;
use crate::access::terms::Terms;
use crate::domain::AccountType;
use crate::domain::country::Country;
use crate::domain::markdown::{self, Block};
use crate::domain::place::Point;
use crate::domain::profile::{Content, Location};
use crate::domain::term::Kind;
use crate::i18n::Lang;
use crate::web::page::Page;

/// Most tags of a card.
const TAGS: usize = 5;
/// About two lines of a card, in characters.
const LINES: usize = 180;

/// Where a profile leads; a preview leads nowhere.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pub profile: String,
    pub contact: String,
    pub logo: Option<String>,
}

/// A profile among results.
pub struct Card {
    pub slug: String,
    pub links: Links,
    pub name: String,
    pub text: String,
    pub kind: Option<String>,
    pub town: String,
    pub distance: Option<String>,
    pub tags: Vec<String>,
    pub answer: Option<String>,
}

impl Card {
    pub fn of(
        page: &Page,
        terms: &Terms,
        content: &Content,
        links: Links,
        near: Option<Point>,
        answer_hours: Option<i64>,
        kind: Option<AccountType>,
    ) -> Self {
        let nearest = content.nearest(near);
        let distance = near.zip(nearest).map(|(point, location)| page.tn("directory-distance", location.point().km_to(point)));
        Self {
            slug: String::new(),
            links,
            name: content.name.clone(),
            text: beginning(content.text(page.lang)),
            kind: kind.map(|kind| account_type(page, kind)),
            town: nearest.map(|location| town(location, page.lang)).unwrap_or_default(),
            distance,
            tags: tags(terms, content, page.lang),
            answer: answer(page, answer_hours),
        }
    }
}

/// "Lyon, France".
fn town(location: &Location, lang: Lang) -> String {
    [location.city.as_str(), Country::name_of(&location.country, lang.as_str())]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Services first, then products and industries: what a visitor looks for; then the partner's own words.
fn tags(terms: &Terms, content: &Content, lang: Lang) -> Vec<String> {
    let kinds = [Kind::Service, Kind::Product, Kind::Industry];
    // One of each in turn, so that no vocabulary takes all the room.
    let lists: Vec<Vec<String>> =
        kinds.iter().map(|kind| terms.names(*kind, content.terms(*kind), lang)).chain([content.solutions.clone()]).collect();
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest).flat_map(|i| lists.iter().filter_map(move |list| list.get(i).cloned())).take(TAGS).collect()
}

/// "Usually answers within 5 hours".
fn answer(page: &Page, hours: Option<i64>) -> Option<String> {
    hours.map(
        |hours| if hours <= 48 { page.tn("directory-answers-hours", hours) } else { page.tn("directory-answers-days", (hours + 23) / 24) },
    )
}

/// The first sentences of a description, as far as they fit: headings left out, marks dropped.
pub fn beginning(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let plain = markdown::plain(&lines.collect::<Vec<_>>().join("\n"));
    if plain.chars().count() <= LINES {
        return plain;
    }
    let cut: String = plain.chars().take(LINES).collect();
    match cut.rfind(['.', '!', '?']) {
        Some(end) if end > 40 => cut[..=end].to_owned(),
        _ => format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words)),
    }
}

/// A list of words under a heading.
pub struct Fact {
    /// Its word's key.
    pub name: &'static str,
    pub values: Vec<String>,
}

/// A location as a page shows it.
pub struct Spot {
    pub name: String,
    pub address1: String,
    pub postal_code: String,
    pub city: String,
    pub state: String,
    pub country: String,
    pub country_code: String,
    pub phone: String,
    /// Degrees.
    pub latitude: String,
    pub longitude: String,
    pub href: Option<String>,
    pub contact: Option<String>,
}

impl Spot {
    pub fn of(location: &Location, lang: Lang, href: Option<String>, contact: Option<String>) -> Self {
        let degrees = |micro: i64| format!("{:.4}", micro as f64 / 1e6);
        Self {
            name: location.name.clone(),
            address1: location.address1.clone(),
            postal_code: location.postal_code.clone(),
            city: location.city.clone(),
            state: location.state.clone(),
            country: Country::name_of(&location.country, lang.as_str()).to_owned(),
            country_code: location.country.clone(),
            phone: location.phone.clone(),
            latitude: degrees(location.latitude),
            longitude: degrees(location.longitude),
            href,
            contact,
        }
    }
}

/// The body of a profile's page.
pub struct Body {
    pub links: Links,
    pub name: String,
    pub blocks: Vec<Block>,
    pub facts: Vec<Fact>,
    pub spots: Vec<Spot>,
    pub website: Option<String>,
    pub linkedin: Option<String>,
    pub answer: Option<String>,
}

impl Body {
    /// `spots`: the locations, which on a public page have pages of their own.
    pub fn of(
        page: &Page,
        terms: &Terms,
        content: &Content,
        links: Links,
        spots: Vec<Spot>,
        answer_hours: Option<i64>,
        kind: Option<AccountType>,
    ) -> Self {
        Self {
            links,
            name: content.name.clone(),
            blocks: markdown::parse(content.text(page.lang)),
            facts: facts(page, terms, content, kind),
            spots,
            website: web_address(&content.website),
            linkedin: web_address(&content.linkedin),
            answer: answer(page, answer_hours),
        }
    }
    /// For a preview: locations without pages.
    pub fn spots(content: &Content, lang: Lang) -> Vec<Spot> {
        content.locations.iter().map(|location| Spot::of(location, lang, None, None)).collect()
    }
}

fn facts(page: &Page, terms: &Terms, content: &Content, kind: Option<AccountType>) -> Vec<Fact> {
    let filters = [Filter::Service, Filter::Product, Filter::Industry, Filter::Size, Filter::Language];
    let of = |filter: Filter| {
        let kind = filter.vocabulary()?;
        let any = filter == Filter::Size && content.any_size;
        let values = if any { vec![page.t("directory-any-size").to_owned()] } else { terms.names(kind, content.terms(kind), page.lang) };
        (!values.is_empty()).then_some(Fact { name: filter.as_str(), values })
    };
    let own = (!content.solutions.is_empty()).then(|| Fact { name: "solution", values: content.solutions.clone() });
    let kind = kind.map(|kind| Fact { name: "type", values: vec![account_type(page, kind)] });
    filters.into_iter().filter_map(of).chain(own).chain(kind).collect()
}

/// "Direct reseller".
fn account_type(page: &Page, kind: AccountType) -> String {
    page.word("account-type", kind.as_str()).to_owned()
}

/// Leads to the web and nowhere else.
fn web_address(text: &str) -> Option<String> {
    (text.starts_with("https://") || text.starts_with("http://")).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_begins_with_whole_sentences_without_marks() {
        assert_eq!(beginning("# Who we are\n\nWe set up **mail**.\nFast."), "We set up mail. Fast.");
        let long = format!("We set up mail for shops and hotels all over Brittany. {}", "And more words ".repeat(20));
        assert_eq!(beginning(&long), "We set up mail for shops and hotels all over Brittany.");
        assert!(beginning(&"word ".repeat(80)).ends_with("word…"));
    }
}
