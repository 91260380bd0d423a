//! What the edit forms send, and what of it holds: one small function a field over the values of
//! `domain`.

use super::merge::{self, Keep};
use super::section::{Record, Section, Values};
use crate::domain::address::{AddressLine, City, LINE_MAX, PostalCode, StateCode};
use crate::domain::company_name::CompanyName;
use crate::domain::country::Country;
use crate::domain::email::{ContactEmail, Email};
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::registration_number::RegistrationNumber;
use crate::domain::rule::{Rule, length, tidy, unprintable};
use crate::domain::{company_name, email, person_name};
use crate::error::{Error, Result};
use crate::features::customers::model::{Colleague, Tag};
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field, FieldError};
use crate::web::page::Page;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Longest name in lists, in characters.
pub const ALIAS_MAX: usize = 100;

macro_rules! edit_form {
    ($(#[$meta:meta])* $name:ident { $($field:ident $choose:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Deserialize, Default)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            version: String,
            base: String,
            $($field: Option<String>, $choose: Option<String>,)+
        }

        impl $name {
            fn fields(self) -> (String, String, Vec<(&'static str, Option<String>, Option<String>)>) {
                (self.version, self.base, vec![$((stringify!($field), self.$field, self.$choose)),+])
            }
        }
    };
}

edit_form! {
    /// Company, address or contact; the address says which, and fields of another are refused.
    DetailsForm {
        company_name choose_company_name, registration_number choose_registration_number, phone choose_phone,
        address1 choose_address1, address2 choose_address2, city choose_city, state choose_state, postal_code choose_postal_code,
        contact_first choose_contact_first, contact_middle choose_contact_middle, contact_last choose_contact_last,
        contact_email choose_contact_email, language choose_language,
    }
}

/// Alias, owner and tags; a tag that is not sent is not ticked.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct LabelsForm {
    version: String,
    base: String,
    alias: Option<String>,
    owner: Option<String>,
    tags: Vec<String>,
    choose_alias: Option<String>,
    choose_owner: Option<String>,
    choose_tags: Option<String>,
}

/// One save, wherever it comes from: an edit form, the choice between two versions, a restore.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// The version of the customer that the form was made from.
    pub version: i64,
    /// The section as the form showed it, where it says so.
    pub base: Option<Values>,
    pub typed: Values,
    pub choices: BTreeMap<&'static str, Keep>,
    /// To be shown again, not acted upon.
    pub review: bool,
}

impl Submission {
    fn new(section: Section, version: &str, base: &str, fields: Vec<(&'static str, Option<String>, Option<String>)>) -> Result<Self> {
        let mut sent = Self { version: number(version)?, base: read_base(section.fields(), base), ..Self::default() };
        for (field, value, choice) in fields {
            if section.field(field).is_none() && (value.is_some() || choice.is_some()) {
                return Err(Error::BadRequest("a field of another section"));
            }
            sent.typed.extend(value.map(|value| (field, value)));
            sent.choices.extend(choice.as_deref().and_then(Keep::from_text).map(|keep| (field, keep)));
        }
        Ok(sent)
    }
    /// The version of the section that is to be saved.
    pub fn mixture(&self, section: Section, current: &Values) -> Values {
        merge::mixture(section.fields(), self.base.as_ref(), &self.typed, current, |field| self.choices.get(field).copied())
    }
}

/// A number in a hidden field.
pub fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::BadRequest("a number"))
}

impl DetailsForm {
    pub fn submission(self, section: Section, review: bool) -> Result<Submission> {
        let (version, base, fields) = self.fields();
        Ok(Submission { review, ..Submission::new(section, &version, &base, fields)? })
    }
}

impl LabelsForm {
    pub fn submission(self, review: bool) -> Result<Submission> {
        let fields = vec![
            ("alias", self.alias, self.choose_alias),
            ("owner", self.owner, self.choose_owner),
            ("tags", Some(self.tags.join(" ")), self.choose_tags),
        ];
        Ok(Submission { review, ..Submission::new(Section::Labels, &self.version, &self.base, fields)? })
    }
}

/// The values that a form was made from, for its hidden field.
pub fn write_base(values: &Values) -> String {
    serde_json::to_string(values).unwrap_or_default()
}

/// The same, read back; `None` unless every field is there.
pub fn read_base(fields: &[&'static str], text: &str) -> Option<Values> {
    let mut read: BTreeMap<String, String> = serde_json::from_str(text).ok()?;
    fields.iter().map(|field| Some((*field, read.remove(*field)?))).collect()
}

/// What the rules and the controls need to know beside the values.
pub struct Rules<'a> {
    pub lang: Lang,
    pub country: &'static Country,
    pub operator_domains: &'a [String],
    pub partner_domain: &'a str,
    pub current: &'a Record,
    pub colleagues: &'a [Colleague],
    pub tags: &'a [Tag],
}

impl Rules<'_> {
    /// The section in its stored spelling; what does not hold is noted and stays as typed.
    pub fn check(&self, section: Section, typed: Values, errors: &mut Errors) -> Values {
        let mut checked = Values::new();
        for &field in section.fields() {
            let input = typed.get(field).map(String::as_str).unwrap_or_default();
            let value = match self.read(field, input) {
                Ok(value) => value,
                Err(rule) => {
                    self.note(errors, field, &rule);
                    input.to_owned()
                }
            };
            checked.insert(field, value);
        }
        checked
    }

    /// A mistake; an empty field is named, since its sentence stands alone in the summary.
    fn note(&self, errors: &mut Errors, field: &'static str, rule: &Rule) {
        match (rule, field) {
            (Rule::Required, "owner") => errors.message(self.lang, field, "customer-owner-gone"),
            (Rule::Required, _) => {
                let message = self.lang.ta("customer-missing", &[("field", self.label(field).into())]);
                errors.0.push(FieldError { field, message });
            }
            _ => errors.rule(self.lang, field, rule),
        }
    }

    /// What a field is called; the registration number by its country's word.
    pub fn label(&self, field: &str) -> &'static str {
        match field {
            "registration_number" => self.lang.t(self.country.registration_label_key()),
            _ => self.lang.t(&format!("field-{}", field.replace('_', "-"))),
        }
    }

    fn read(&self, field: &str, input: &str) -> Result<String, Rule> {
        let country = self.country;
        let text = |value: Option<String>| value.unwrap_or_default();
        Ok(match field {
            "company_name" => input.parse::<CompanyName>()?.into_string(),
            "registration_number" => text(RegistrationNumber::parse(input, country)?.map(RegistrationNumber::into_string)),
            "phone" => text(Phone::parse(input, country)?.map(Phone::into_string)),
            "address1" => input.parse::<AddressLine>()?.into_string(),
            "address2" => text(AddressLine::optional(input)?.map(AddressLine::into_string)),
            "city" => text(City::parse(input, country)?.map(City::into_string)),
            "state" => text(StateCode::parse(input, country)?.map(StateCode::into_string)),
            "postal_code" => text(PostalCode::parse(input, country)?.map(PostalCode::into_string)),
            "contact_middle" if input.trim().is_empty() => String::new(),
            "contact_first" | "contact_middle" | "contact_last" => input.parse::<PersonName>()?.into_string(),
            "contact_email" => self.contact_email(input)?,
            "language" => self.language(input)?,
            "alias" => alias(input)?,
            "owner" => self.owner(input)?,
            "tags" => self.known_tags(input),
            _ => String::new(),
        })
    }

    fn contact_email(&self, input: &str) -> Result<String, Rule> {
        let email: Email = input.parse()?;
        ContactEmail::check(&email, self.operator_domains, &[self.partner_domain.to_owned()])?;
        Ok(email.into_string())
    }

    fn language(&self, input: &str) -> Result<String, Rule> {
        if self.languages().contains(&input) { Ok(input.to_owned()) } else { Err(Rule::Required) }
    }

    /// The country's languages, those of the portal, and the present one whatever it is.
    fn languages(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.country.languages.to_vec();
        for code in Lang::ALL.iter().map(|lang| lang.as_str()).chain([self.current.customer.language.as_str()]) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// Nobody, a colleague, or whoever it already is.
    fn owner(&self, input: &str) -> Result<String, Rule> {
        let colleague = self.colleagues.iter().any(|one| one.id.to_string() == input);
        if input.is_empty() || colleague || self.current.value("owner") == input { Ok(input.to_owned()) } else { Err(Rule::Required) }
    }

    /// Those of the sent tags that still exist, in the order of their names.
    fn known_tags(&self, input: &str) -> String {
        let sent: Vec<&str> = input.split(' ').collect();
        let ids = self.tags.iter().map(|tag| tag.id.to_string()).filter(|id| sent.contains(&id.as_str()));
        ids.collect::<Vec<_>>().join(" ")
    }

    /// A value in words.
    pub fn shown(&self, page: &Page, field: &str, value: &str, owner: Option<&str>) -> String {
        match field {
            "state" => state_name(self.country, value).to_owned(),
            "language" => language_name(page, value),
            "owner" if value.is_empty() => String::new(),
            "owner" => {
                let colleague = self.colleagues.iter().find(|one| one.id.to_string() == value);
                colleague.map(|one| one.name.clone()).or_else(|| owner.map(str::to_owned)).unwrap_or_default()
            }
            "tags" => {
                let ids: Vec<&str> = value.split(' ').collect();
                let names = self.tags.iter().filter(|tag| ids.contains(&tag.id.to_string().as_str())).map(|tag| tag.name.as_str());
                names.collect::<Vec<_>>().join(", ")
            }
            _ => value.to_owned(),
        }
    }

    /// The controls of a section; tags are drawn by the page.
    pub fn controls(&self, page: &Page, section: Section, values: &Values, owner: Option<&str>, errors: &Errors) -> Vec<Field> {
        let drawn = section.fields().iter().filter(|field| self.is_drawn(field));
        drawn.map(|field| self.control(page, field, values.get(field).cloned().unwrap_or_default(), owner).errors(errors)).collect()
    }

    fn is_drawn(&self, field: &str) -> bool {
        match field {
            "tags" => false,
            "state" => !self.country.states.is_empty() || self.country.state_required || !self.current.customer.state.is_empty(),
            _ => true,
        }
    }

    fn control(&self, page: &Page, field: &'static str, value: String, owner: Option<&str>) -> Field {
        let country = self.country;
        let control = Field::text(field, self.label(field), value);
        match field {
            "company_name" => control.hint(page.t("customer-hint-company-name")).max(company_name::MAX as u32),
            "registration_number" => control.required(country.registration_required()).max(40).width("medium"),
            "phone" => {
                let hint = page.t1("customer-hint-phone", "code", country.calling_code);
                control.kind("tel").required(country.phone_required()).hint(hint).max(40).width("medium")
            }
            "address1" => control.max(LINE_MAX as u32),
            "address2" => control.optional().max(LINE_MAX as u32),
            "city" => control.required(country.city_required).max(LINE_MAX as u32),
            "state" if country.states.is_empty() => control.required(country.state_required).max(100).width("medium"),
            "state" => control.required(country.state_required).choices("select", states(page, country)).width("medium"),
            "postal_code" if country.postal_example.is_empty() => control.required(country.postal_required).max(20).width("narrow"),
            "postal_code" => {
                let hint = page.t1("customer-hint-postal-code", "example", country.postal_example);
                control.required(country.postal_required).hint(hint).max(20).width("narrow")
            }
            "contact_first" | "contact_last" => control.max(person_name::MAX as u32).width("medium"),
            "contact_middle" => control.optional().max(person_name::MAX as u32).width("medium"),
            "contact_email" => control.kind("email").hint(page.t("customer-hint-contact-email")).max(email::MAX as u32),
            "language" => {
                let choices = self.languages().into_iter().map(|code| Choice::new(code, language_name(page, code))).collect();
                control.hint(page.t("customer-hint-language")).choices("select", choices).width("medium")
            }
            "alias" => control.optional().hint(page.t("customer-hint-alias")).max(ALIAS_MAX as u32),
            "owner" => control.optional().choices("select", self.owners(page, owner)).width("medium"),
            _ => control,
        }
    }

    fn owners(&self, page: &Page, owner: Option<&str>) -> Vec<Choice> {
        let mut choices = vec![Choice::new("", page.t("customer-owner-nobody"))];
        choices.extend(self.colleagues.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone())));
        let current = self.current.value("owner");
        if let Some(name) = owner.filter(|_| !choices.iter().any(|choice| choice.value == current)) {
            choices.push(Choice::new(current, name));
        }
        choices
    }
}

fn states(page: &Page, country: &Country) -> Vec<Choice> {
    let none = Choice::new("", page.t("customer-choose"));
    std::iter::once(none).chain(country.states.iter().map(|(code, name)| Choice::new(*code, *name))).collect()
}

/// A state by its name; the code where the country has no list.
pub fn state_name<'a>(country: &Country, code: &'a str) -> &'a str {
    country.states.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// A language in the reader's words; its code where there are none.
pub fn language_name(page: &Page, code: &str) -> String {
    let key = format!("tongue-{code}");
    if page.lang.has(&key) { page.t(&key).to_owned() } else { code.to_uppercase() }
}

fn alias(input: &str) -> Result<String, Rule> {
    let text = tidy(input);
    length(&text, 0, ALIAS_MAX)?;
    if text.chars().any(unprintable) { Err(Rule::Unprintable) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_comes_back_only_whole() {
        let fields = Section::Address.fields();
        let values: Values = fields.iter().map(|field| (*field, format!("“{field}” & é"))).collect();
        assert_eq!(read_base(fields, &write_base(&values)), Some(values));
        for broken in ["", "[]", "{}", r#"{"city":"Lyon"}"#, r#"{"city":1}"#] {
            assert_eq!(read_base(fields, broken), None, "{broken}");
        }
    }

    #[test]
    fn a_field_of_another_section_is_refused() {
        let form = |city: Option<&str>, name: Option<&str>| DetailsForm {
            version: "3".into(),
            city: city.map(str::to_owned),
            company_name: name.map(str::to_owned),
            ..DetailsForm::default()
        };
        let sent = form(Some("Lyon"), None).submission(Section::Address, false).expect("its own field");
        assert_eq!((sent.version, sent.typed), (3, Values::from([("city", "Lyon".into())])));
        assert!(form(Some("Lyon"), Some("A")).submission(Section::Address, false).is_err());
    }

    #[test]
    fn an_alias_may_be_empty_but_not_endless() {
        assert_eq!(alias("  Bellows   Basel "), Ok("Bellows Basel".into()));
        assert_eq!(alias(""), Ok(String::new()));
        assert_eq!(alias(&"é".repeat(ALIAS_MAX + 1)), Err(Rule::TooLong { max: ALIAS_MAX }));
        assert_eq!(alias("a\u{202e}b"), Err(Rule::Unprintable));
    }
}
