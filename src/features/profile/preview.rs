//! How a profile looks to a visitor: its card among the results, and its page.

use crate::access::terms::Terms;
use crate::domain::markdown::{self, Block};
use crate::domain::profile::Content;
use crate::domain::term::Kind;
use crate::web::page::Page;

/// Card and page of one content.
pub struct Preview {
    pub name: String,
    pub logo: Option<String>,
    /// The first lines of the description, without marks.
    pub lead: String,
    pub towns: String,
    /// The first tags.
    pub tags: Vec<String>,
    pub blocks: Vec<Block>,
    /// What a vocabulary is called, and the chosen words.
    pub facts: Vec<(&'static str, Vec<String>)>,
    /// Name and address.
    pub locations: Vec<(String, String)>,
    pub website: String,
    pub linkedin: String,
}

/// What the card shows of a description, in characters, and of the tags.
const LEAD: usize = 180;
const TAGS: usize = 5;

impl Preview {
    pub fn of(page: &Page, terms: &Terms, content: &Content, logo: Option<String>) -> Self {
        let names = |kind| terms.names(kind, content.terms(kind), page.lang);
        let mut facts = vec![
            (page.t("profile-field-services"), names(Kind::Service)),
            (page.t("profile-field-industries"), names(Kind::Industry)),
            (page.t("profile-field-products"), names(Kind::Product)),
            (page.t("profile-field-solutions"), content.solutions.clone()),
            (page.t("profile-field-languages"), names(Kind::Language)),
        ];
        let sizes = if content.any_size { vec![page.t("profile-any-size").to_owned()] } else { names(Kind::Size) };
        facts.push((page.t("profile-field-sizes"), sizes));
        let tags = names(Kind::Service).into_iter().chain(names(Kind::Industry)).chain(content.solutions.clone());
        let mut towns: Vec<&str> = content.locations.iter().map(|location| location.city.as_str()).collect();
        towns.dedup();
        let address = |one: &crate::domain::profile::Location| {
            let town = format!("{} {}", one.postal_code, one.city);
            [one.address1.as_str(), town.trim(), &one.phone].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        Self {
            name: content.name.clone(),
            logo,
            lead: cut(&markdown::plain(content.text(page.lang))),
            towns: towns.join(" · "),
            tags: tags.take(TAGS).collect(),
            blocks: markdown::parse(content.text(page.lang)),
            facts: facts.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
            locations: content.locations.iter().map(|one| (one.name.clone(), address(one))).collect(),
            website: content.website.clone(),
            linkedin: content.linkedin.clone(),
        }
    }
}

/// The beginning of a text, cut between words.
fn cut(text: &str) -> String {
    if text.chars().count() <= LEAD {
        return text.to_owned();
    }
    let end = text.char_indices().nth(LEAD).map_or(text.len(), |(at, _)| at);
    let whole = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &text[..whole])
}
