//! A profile's fields in words.

use super::model::Profile;
use crate::access::terms::Terms;
use crate::domain::country::Country;
use crate::domain::profile::{Content, State};
use crate::domain::term::Kind;
use crate::web::page::Page;

/// A field in which two versions differ.
pub struct Difference {
    pub label: &'static str,
    pub before: String,
    pub after: String,
}

/// What differs between two versions, in words.
pub fn differences(page: &Page, terms: &Terms, before: &Content, after: &Content) -> Vec<Difference> {
    let word = |(name, before, after): (&str, String, String)| Difference {
        label: page.word("profile-field", name),
        before: value(page, terms, name, &before),
        after: value(page, terms, name, &after),
    };
    before.differences(after).into_iter().map(word).collect()
}

/// A field's value as people read it.
fn value(page: &Page, terms: &Terms, field: &str, value: &str) -> String {
    let kind = match field {
        "industries" => Kind::Industry,
        "services" => Kind::Service,
        "products" => Kind::Product,
        "languages" => Kind::Language,
        "sizes" => Kind::Size,
        "any_size" if value == "true" => return page.t("profile-any-size").to_owned(),
        _ => return value.to_owned(),
    };
    value.lines().map(|key| terms.name(kind, key, page.lang)).collect::<Vec<_>>().join("\n")
}

/// Kind and text of the badge of a profile's state.
pub fn badge(page: &Page, profile: &Profile) -> (&'static str, &'static str) {
    match (profile.waiting, profile.state) {
        (Some(_), _) => ("warn", page.t("profile-state-waiting")),
        (None, State::Draft) => ("draft", page.t("profile-state-draft")),
        (None, State::Published) => ("ok", page.t("profile-state-published")),
        (None, State::Unpublished) => ("ended", page.t("profile-state-unpublished")),
    }
}

/// A country's name in the reader's language.
pub fn country(page: &Page, code: &str) -> String {
    Country::name_of(code, page.lang.as_str()).to_owned()
}
