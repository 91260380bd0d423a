//! The editor's form, and what it means once every rule holds.

use super::draft;
use crate::access::terms::Terms;
use crate::domain::fold::fold;
use crate::domain::profile::{Content, MAX_INDUSTRIES, MAX_SOLUTION, MAX_SOLUTIONS, MAX_TEXT};
use crate::domain::rule::{Rule, line, prose};
use crate::domain::term::Kind;
use crate::domain::web_address::{self, WebAddress};
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::Page;
use serde::Deserialize;

/// Longest public name, in characters.
const NAME_MAX: usize = 120;

/// The form as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProfileForm {
    pub name: String,
    pub text_en: String,
    pub text_fr: String,
    pub website: String,
    pub linkedin: String,
    pub industries: Vec<String>,
    pub services: Vec<String>,
    pub products: Vec<String>,
    pub solutions: String,
    pub languages: Vec<String>,
    pub sizes: Vec<String>,
    pub any_size: String,
    /// What the form was made from.
    pub base: String,
    /// `save` or `preview`.
    pub action: String,
}

/// What the rules need to know beside the form.
pub struct Rules<'a> {
    pub lang: Lang,
    pub terms: &'a Terms,
    pub current: &'a Content,
}

/// The part of a draft that the editor edits: all but the locations.
pub fn mark(content: &Content) -> String {
    draft::mark(&Content { locations: Vec::new(), ..content.clone() })
}

impl ProfileForm {
    pub fn of(content: &Content) -> Self {
        Self {
            name: content.name.clone(),
            text_en: content.text_en.clone(),
            text_fr: content.text_fr.clone(),
            website: content.website.clone(),
            linkedin: content.linkedin.clone(),
            industries: content.industries.clone(),
            services: content.services.clone(),
            products: content.products.clone(),
            solutions: content.solutions.join("\n"),
            languages: content.languages.clone(),
            sizes: content.sizes.clone(),
            any_size: if content.any_size { "1".to_owned() } else { String::new() },
            base: mark(content),
            action: String::new(),
        }
    }

    /// The draft with what was typed; what does not hold stays as typed, with its mistake noted.
    pub fn read(&self, rules: &Rules<'_>, errors: &mut Errors) -> Content {
        let lang = rules.lang;
        let any_size = self.any_size == "1";
        let name = errors.take(lang, "name", line(&self.name, 2, NAME_MAX)).unwrap_or_else(|| self.name.clone());
        let mut text = |field, typed: &str| errors.take(lang, field, prose(typed, 0, MAX_TEXT)).unwrap_or_else(|| typed.to_owned());
        let (text_en, text_fr) = (text("text_en", &self.text_en), text("text_fr", &self.text_fr));
        let website = optional(errors, lang, "website", &self.website, str::parse);
        let linkedin = optional(errors, lang, "linkedin", &self.linkedin, WebAddress::linkedin);
        let industries = rules.chosen(Kind::Industry, &self.industries);
        if industries.len() > MAX_INDUSTRIES {
            errors.message(lang, "industries", "profile-industries-many");
        }
        Content {
            name,
            text_en,
            text_fr,
            website,
            linkedin,
            industries,
            services: rules.chosen(Kind::Service, &self.services),
            products: rules.chosen(Kind::Product, &self.products),
            languages: rules.chosen(Kind::Language, &self.languages),
            sizes: if any_size { Vec::new() } else { rules.chosen(Kind::Size, &self.sizes) },
            any_size,
            solutions: solutions(errors, lang, &self.solutions),
            locations: rules.current.locations.clone(),
        }
    }
}

impl Rules<'_> {
    /// The ticked words that are offered, or were chosen before, in the vocabulary's order.
    fn chosen(&self, kind: Kind, ticked: &[String]) -> Vec<String> {
        let offered = |key: &String| self.terms.offers(kind, key) || self.current.terms(kind).contains(key);
        self.terms.all(kind).map(|term| term.key.clone()).filter(|key| ticked.contains(key) && offered(key)).collect()
    }
}

/// An address that may be left out; as typed where it does not hold.
fn optional(
    errors: &mut Errors,
    lang: Lang,
    field: &'static str,
    typed: &str,
    parse: impl FnOnce(&str) -> Result<WebAddress, Rule>,
) -> String {
    match parse(typed) {
        Ok(address) => address.into_string(),
        Err(Rule::Required) => String::new(),
        Err(rule) => {
            errors.rule(lang, field, &rule);
            typed.to_owned()
        }
    }
}

/// Free tags, one a line or between commas, each once.
fn solutions(errors: &mut Errors, lang: Lang, typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for piece in typed.split(['\n', ',', ';']).filter(|piece| !piece.trim().is_empty()) {
        match line(piece, 1, MAX_SOLUTION) {
            Ok(tag) if !tags.iter().any(|known| fold(known) == fold(&tag)) => tags.push(tag),
            Ok(_) => {}
            Err(rule) => {
                if errors.of("solutions").is_none() {
                    errors.rule(lang, "solutions", &rule);
                }
                tags.push(piece.trim().to_owned());
            }
        }
    }
    if tags.len() > MAX_SOLUTIONS {
        errors.message(lang, "solutions", "profile-solutions-many");
    }
    tags
}

/// A part of the form under a heading.
pub struct Group {
    pub title: &'static str,
    pub id: &'static str,
    pub fields: Vec<Field>,
}

/// The form's fields.
pub fn groups(page: &Page, form: &ProfileForm, rules: &Rules<'_>, errors: &Errors) -> Vec<Group> {
    let field = |name: &'static str, value: &str| Field::text(name, page.word("profile-field", name), value).errors(errors);
    let text = |name: &'static str, value: &str| field(name, value).kind("textarea").max(MAX_TEXT as u32).optional();
    let words = |name: &'static str, kind: Kind, ticked: &[String]| {
        let offered = rules.terms.all(kind).filter(|term| term.active || ticked.contains(&term.key));
        let choices = offered.map(|term| Choice::new(&term.key, term.label(page.lang))).collect();
        field(name, &ticked.join(" ")).choices("checkboxes", choices).required(false)
    };
    let any = field("any_size", &form.any_size).kind("checkbox").hint(page.t("profile-any-size-hint"));
    let solutions = field("solutions", &form.solutions).kind("textarea").max(1_000).hint(page.t("profile-solutions-hint")).optional();
    vec![
        Group {
            title: page.t("profile-group-overview"),
            id: "overview",
            fields: vec![
                field("name", &form.name).max(NAME_MAX as u32).hint(page.t("profile-name-hint")),
                text("text_en", &form.text_en).hint(page.t("profile-text-hint")),
                text("text_fr", &form.text_fr).hint(page.t("profile-text-other-hint")),
                field("website", &form.website).max(web_address::MAX as u32).optional(),
                field("linkedin", &form.linkedin).max(web_address::MAX as u32).hint(page.t("profile-linkedin-hint")).optional(),
            ],
        },
        Group {
            title: page.t("profile-group-expertise"),
            id: "expertise",
            fields: vec![
                words("services", Kind::Service, &form.services).hint(page.t("profile-services-hint")),
                words("industries", Kind::Industry, &form.industries).hint(page.t("profile-industries-hint")),
                words("products", Kind::Product, &form.products),
                solutions,
            ],
        },
        Group {
            title: page.t("profile-group-customers"),
            id: "customers",
            fields: vec![
                words("sizes", Kind::Size, &form.sizes),
                Field { label: page.t("profile-any-size").to_owned(), ..any },
                words("languages", Kind::Language, &form.languages),
            ],
        },
    ]
}
