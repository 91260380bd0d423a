//! What the wizard's forms send, and what it means once every rule holds. Each form tells all its
//! mistakes at once, in the order of its fields.

use super::queries;
use crate::access::tenant::Tenant;
use crate::db::ids::{PartnerId, ReferralId};
use crate::domain::acceptance_date::AcceptanceDate;
use crate::domain::address::{AddressLine, City, PostalCode, StateCode};
use crate::domain::company_name::CompanyName;
use crate::domain::country::Country;
use crate::domain::domain_prefix::DomainPrefix;
use crate::domain::email::{ContactEmail, Email};
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::registration_number::RegistrationNumber;
use crate::domain::rule::{Rule, line};
use crate::features::customers::create::{Company, Person};
use crate::i18n::Lang;
use crate::web::form::Errors;
use serde::{Deserialize, Serialize};

/// Longest name in lists, in characters.
pub const ALIAS_MAX: usize = 100;
/// Longest reason why a similar customer is another company, in characters.
pub const REASON_MAX: usize = 300;
/// The choice of a provider that sells to the customer itself.
pub const NO_RESELLER: &str = "none";

macro_rules! form {
    ($(#[$meta:meta])* $name:ident { $($field:ident),+ $(,)? } sent { $($sent:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            $(pub $field: String,)+
            $(#[serde(skip_serializing)] pub $sent: String,)*
        }
    };
}

form! {
    /// Step 1. `rules` is the country whose fields the page showed.
    AccountForm {
        country, company_name, alias, domain, registration_number, address1, address2, city, state, postal_code, phone, reseller,
        distinct, distinct_reason, distinct_seen,
    } sent { action, rules, reseller_search }
}
form! {
    /// Step 2.
    ContactForm { first_name, middle_name, last_name, email, language } sent { action }
}
form! {
    /// Step 3.
    AgreementForm { accepted, agreed_on, first_name, last_name, email, phone } sent { action }
}
form! {
    /// Step 4. `version` is that of the draft the page showed.
    ReviewForm { distinct, distinct_reason, distinct_seen } sent { action, version }
}

/// All that a draft holds: the forms as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Data {
    pub account: AccountForm,
    pub contact: ContactForm,
    pub agreement: AgreementForm,
    /// The won referral that it comes from.
    pub referral: Option<ReferralId>,
}

/// One of the provider's active resellers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reseller {
    pub id: PartnerId,
    pub slug: String,
    pub name: String,
}

/// What the rules need to know beside the form.
#[derive(Debug, Clone)]
pub struct Rules {
    pub lang: Lang,
    pub operator_domains: Vec<String>,
    pub partner_domain: String,
    /// A provider says through which reseller it sells.
    pub provider: bool,
    pub may_attest: bool,
    /// Year, month and day where the user is.
    pub today: (i16, i8, i8),
}

/// What only the database knows about a form.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub domain_taken: bool,
    /// The reseller that the form names, if it is an active one.
    pub reseller: Option<Reseller>,
}

/// Step 1, once it holds.
#[derive(Debug, Clone)]
pub struct Account {
    pub country: &'static Country,
    pub company_name: CompanyName,
    pub alias: String,
    pub domain: DomainPrefix,
    pub registration_number: Option<RegistrationNumber>,
    pub address1: AddressLine,
    pub address2: Option<AddressLine>,
    pub city: Option<City>,
    pub state: Option<StateCode>,
    pub postal_code: Option<PostalCode>,
    pub phone: Option<Phone>,
    pub reseller: Option<Reseller>,
}

/// Step 2, once it holds.
#[derive(Debug, Clone)]
pub struct Contact {
    pub first: PersonName,
    pub middle: Option<PersonName>,
    pub last: PersonName,
    pub email: Email,
    pub language: String,
}

/// Who accepted the agreement, and when.
#[derive(Debug, Clone)]
pub struct Attestation {
    pub agreed_on: AcceptanceDate,
    pub first: PersonName,
    pub last: PersonName,
    pub email: Email,
    pub phone: Option<Phone>,
}

/// Everything that a customer is created from.
#[derive(Debug, Clone)]
pub struct Whole {
    pub account: Account,
    pub contact: Contact,
    pub attestation: Option<Attestation>,
}

/// An optional value as its column holds it.
fn text<T: AsRef<str>>(value: Option<&T>) -> String {
    value.map_or_else(String::new, |value| value.as_ref().to_owned())
}

impl Account {
    /// The company as its rows hold it; the domain is unique in the tenant's cloud.
    pub fn company(&self, tenant: &Tenant) -> Company {
        Company {
            name: self.company_name.to_string(),
            alias: self.alias.clone(),
            domain: queries::full_domain(tenant, &self.domain),
            country: self.country.code.to_owned(),
            address1: self.address1.to_string(),
            address2: text(self.address2.as_ref()),
            city: text(self.city.as_ref()),
            state: text(self.state.as_ref()),
            postal_code: text(self.postal_code.as_ref()),
            phone: text(self.phone.as_ref()),
            registration_number: text(self.registration_number.as_ref()),
        }
    }
    /// What tells two spellings of one registration number to be the same.
    pub fn comparable_number(&self) -> String {
        self.registration_number.as_ref().map(|number| number.comparable()).unwrap_or_default()
    }
}

impl Contact {
    /// The contact as its rows hold it.
    pub fn person(&self) -> Person {
        Person {
            first: self.first.to_string(),
            middle: text(self.middle.as_ref()),
            last: self.last.to_string(),
            email: self.email.to_string(),
            language: self.language.clone(),
            role: String::new(),
        }
    }
}

/// The steps that have a form, in order; their names are parts of addresses and message keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Account,
    Contact,
    Agreement,
    Review,
}

impl Step {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Agreement => "agreement",
            Self::Review => "review",
        }
    }
}

/// The value, or its mistake noted; an empty field is named in its sentence, which stands alone in
/// the summary.
fn take<T>(errors: &mut Errors, lang: Lang, field: &'static str, value: Result<T, Rule>) -> Option<T> {
    match value {
        Err(Rule::Required) => {
            errors.message(lang, field, &format!("customer-new-missing-{}", field.replace('_', "-")));
            None
        }
        other => errors.take(lang, field, other),
    }
}

/// A field that may stay empty.
fn optional<T>(input: &str, parse: impl FnOnce(&str) -> Result<T, Rule>) -> Result<Option<T>, Rule> {
    if input.trim().is_empty() { Ok(None) } else { parse(input).map(Some) }
}

impl AccountForm {
    /// The form as its country wants it. Where the country is another than the one whose fields
    /// were shown, the state belongs to the old list, even if the new one has the same code.
    pub fn settled(mut self) -> Self {
        if !self.rules.is_empty() && self.rules != self.country {
            self.state.clear();
        }
        self
    }

    /// The typed values, or every mistake.
    pub fn parse(&self, rules: &Rules, facts: &Facts, errors: &mut Errors) -> Option<Account> {
        let lang = rules.lang;
        let country = take(errors, lang, "country", Country::parse(&self.country));
        let company_name = take(errors, lang, "company_name", self.company_name.parse());
        let alias = take(errors, lang, "alias", line(&self.alias, 0, ALIAS_MAX));
        let domain = take(errors, lang, "domain", self.domain.parse());
        if domain.is_some() && facts.domain_taken {
            errors.message(lang, "domain", "customer-new-domain-taken");
        }
        // What a number or a code must look like only a country can say.
        let registration_number = country
            .and_then(|country| take(errors, lang, "registration_number", RegistrationNumber::parse(&self.registration_number, country)));
        let address1 = take(errors, lang, "address1", self.address1.parse());
        let address2 = take(errors, lang, "address2", AddressLine::optional(&self.address2));
        let city = country.and_then(|country| take(errors, lang, "city", City::parse(&self.city, country)));
        let state = country.and_then(|country| take(errors, lang, "state", StateCode::parse(&self.state, country)));
        let postal_code = country.and_then(|country| take(errors, lang, "postal_code", PostalCode::parse(&self.postal_code, country)));
        let phone = country.and_then(|country| take(errors, lang, "phone", Phone::parse(&self.phone, country)));
        let reseller = self.parse_reseller(rules, facts, errors);
        Some(Account {
            country: country?,
            company_name: company_name?,
            alias: alias?,
            domain: domain.filter(|_| !facts.domain_taken)?,
            registration_number: registration_number?,
            address1: address1?,
            address2: address2?,
            city: city?,
            state: state?,
            postal_code: postal_code?,
            phone: phone?,
            reseller: reseller?,
        })
    }

    /// A provider chooses one of its active resellers or says that there is none; nobody else is
    /// asked.
    fn parse_reseller(&self, rules: &Rules, facts: &Facts, errors: &mut Errors) -> Option<Option<Reseller>> {
        match (rules.provider, self.reseller.as_str()) {
            (false, _) | (true, NO_RESELLER) => Some(None),
            (true, "") => take(errors, rules.lang, "reseller", Err(Rule::Required)),
            (true, slug) => match &facts.reseller {
                Some(known) if known.slug == slug => Some(Some(known.clone())),
                _ => {
                    errors.message(rules.lang, "reseller", "customer-new-reseller-unknown");
                    None
                }
            },
        }
    }
}

/// A contact's address, which is neither the operator's nor the partner's own.
fn contact_email(input: &str, rules: &Rules) -> Result<Email, Rule> {
    let email: Email = input.parse()?;
    ContactEmail::check(&email, &rules.operator_domains, std::slice::from_ref(&rules.partner_domain))?;
    Ok(email)
}

/// What a customer's contact may speak: the portal's languages and the country's, by code.
pub fn languages(country: &Country) -> Vec<&'static str> {
    let mut codes = country.languages.to_vec();
    codes.extend(Lang::ALL.iter().map(|lang| lang.as_str()).filter(|code| !country.languages.contains(code)));
    codes
}

impl ContactForm {
    /// The typed values, or every mistake.
    pub fn parse(&self, rules: &Rules, country: Option<&'static Country>, errors: &mut Errors) -> Option<Contact> {
        let lang = rules.lang;
        let first = take(errors, lang, "first_name", self.first_name.parse());
        let middle = take(errors, lang, "middle_name", optional(&self.middle_name, str::parse));
        let last = take(errors, lang, "last_name", self.last_name.parse());
        let email = take(errors, lang, "email", contact_email(&self.email, rules));
        let known = country.map_or_else(|| vec!["en", "fr"], languages).contains(&self.language.as_str());
        if !known {
            errors.message(lang, "language", "customer-new-missing-language");
        }
        Some(Contact { first: first?, middle: middle?, last: last?, email: email?, language: known.then(|| self.language.clone())? })
    }
}

impl AgreementForm {
    /// The form as it is first shown: whoever is the contact most likely accepted.
    pub fn or_contact(self, contact: &ContactForm, phone: &str) -> Self {
        let blank = Self { action: self.action.clone(), ..Self::default() };
        if self != blank {
            return self;
        }
        Self {
            first_name: contact.first_name.clone(),
            last_name: contact.last_name.clone(),
            email: contact.email.clone(),
            phone: phone.to_owned(),
            ..self
        }
    }

    /// The attestation or none, or every mistake. Who may not attest is not asked.
    pub fn parse(&self, rules: &Rules, country: Option<&'static Country>, errors: &mut Errors) -> Option<Option<Attestation>> {
        let lang = rules.lang;
        match self.accepted.as_str() {
            _ if !rules.may_attest => return Some(None),
            "later" => return Some(None),
            "yes" => {}
            _ => return take(errors, lang, "accepted", Err(Rule::Required)),
        }
        let agreed_on = take(errors, lang, "agreed_on", AcceptanceDate::parse(&self.agreed_on, rules.today));
        let first = take(errors, lang, "first_name", self.first_name.parse());
        let last = take(errors, lang, "last_name", self.last_name.parse());
        let email = take(errors, lang, "email", contact_email(&self.email, rules));
        // Optional here even where the country wants the customer's own number.
        let phone = take(
            errors,
            lang,
            "phone",
            optional(&self.phone, |input| match country {
                Some(country) => Phone::parse(input, country),
                None => Ok(None),
            }),
        );
        Some(Some(Attestation { agreed_on: agreed_on?, first: first?, last: last?, email: email?, phone: phone?.flatten() }))
    }
}

impl Data {
    /// The country, once it is one.
    pub fn country(&self) -> Option<&'static Country> {
        Country::parse(&self.account.country).ok()
    }

    /// Everything, or the first step that does not hold with its mistakes.
    pub fn parse(&self, rules: &Rules, facts: &Facts) -> Result<Whole, (Step, Errors)> {
        let mut errors = Errors::default();
        let country = self.country();
        let Some(account) = self.account.parse(rules, facts, &mut errors) else {
            return Err((Step::Account, errors));
        };
        let Some(contact) = self.contact.parse(rules, country, &mut errors) else {
            return Err((Step::Contact, errors));
        };
        let Some(attestation) = self.agreement.parse(rules, country, &mut errors) else {
            return Err((Step::Agreement, errors));
        };
        Ok(Whole { account, contact, attestation })
    }
}

#[cfg(test)]
#[path = "forms_tests.rs"]
mod tests;
