//! What the pages of an invitation send, and what it means once every rule holds.

use super::acts::{Acceptance, Who};
use super::queries::Open;
use crate::access::tenant::Tenant;
use crate::db::ids::OrganisationId;
use crate::domain::email::Email;
use crate::domain::person_name::PersonName;
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::invitation::{Declined, Part};
use crate::domain::rule::{Rule, length, tidy, unprintable};
use crate::features::customer_new::forms::{AccountForm, Facts, Rules};
use crate::features::customers::create::Person;
use crate::i18n::Lang;
use crate::web::form::Errors;
use serde::Deserialize;

/// Longest role or note, in characters.
pub const TEXT_MAX: usize = 300;
/// The choice of an organisation that is not among the known ones.
pub const NEW: &str = "new";

/// The form of an acceptance. `rules` is the country whose fields the page showed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AcceptForm {
    pub action: String,
    pub rules: String,
    pub part_reseller: String,
    pub part_provider: String,
    pub roles: Vec<String>,
    pub first_name: String,
    pub last_name: String,
    pub role: String,
    pub organisation: String,
    pub country: String,
    pub company_name: String,
    pub domain: String,
    pub registration_number: String,
    pub address1: String,
    pub address2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub phone: String,
    pub authority: String,
}

impl AcceptForm {
    /// The form as it is first shown: everything that is asked is ticked, nothing is agreed to.
    pub fn first(open: &Open, country: &str) -> Self {
        let tick = |part| if open.parts.contains(&part) { "1".to_owned() } else { String::new() };
        let (first_name, last_name) = match open.row.recipient_name.split_once(' ') {
            Some((first, last)) => (first.to_owned(), last.to_owned()),
            None => (open.row.recipient_name.clone(), String::new()),
        };
        Self {
            part_reseller: tick(Part::Reseller),
            part_provider: tick(Part::Provider),
            roles: open.row.roles().iter().map(|role| role.as_str().to_owned()).collect(),
            first_name,
            last_name,
            organisation: open.organisations.first().map_or_else(|| NEW.to_owned(), |one| one.id.to_string()),
            country: country.to_owned(),
            company_name: open.row.company.clone(),
            ..Self::default()
        }
    }

    /// Is a new organisation entered?
    pub fn is_new(&self, open: &Open) -> bool {
        open.organisations.is_empty() || (open.settled.is_none() && self.organisation == NEW)
    }

    /// The wizard's form of the same company.
    pub fn account(&self) -> AccountForm {
        AccountForm {
            country: self.country.clone(),
            company_name: self.company_name.clone(),
            domain: self.domain.clone(),
            registration_number: self.registration_number.clone(),
            address1: self.address1.clone(),
            address2: self.address2.clone(),
            city: self.city.clone(),
            state: self.state.clone(),
            postal_code: self.postal_code.clone(),
            phone: self.phone.clone(),
            rules: self.rules.clone(),
            ..AccountForm::default()
        }
        .settled()
    }

    /// The acceptance, or every mistake.
    pub fn parse(&self, open: &Open, tenant: &Tenant, rules: &Rules, facts: &Facts, errors: &mut Errors) -> Option<Acceptance> {
        let lang = rules.lang;
        let (parts, roles) = self.wanted(open, lang, errors);
        let first = missing(errors, lang, "first_name", self.first_name.parse::<PersonName>());
        let last = missing(errors, lang, "last_name", self.last_name.parse::<PersonName>());
        let role = missing(errors, lang, "role", text(&self.role, 1));
        let who = self.who(open, tenant, rules, facts, errors);
        if self.authority != "1" {
            errors.message(lang, "authority", "connect-authority-missing");
        }
        let person = Person {
            first: first?.to_string(),
            middle: String::new(),
            last: last?.to_string(),
            email: open.row.recipient_email.clone(),
            language: open.row.lang().as_str().to_owned(),
            role: role?,
        };
        (errors.is_empty()).then_some(Acceptance { who: who?, person, parts, roles })
    }

    /// What of the asked is accepted: something, or it would be no acceptance.
    fn wanted(&self, open: &Open, lang: Lang, errors: &mut Errors) -> (Vec<Part>, Vec<DirectoryRole>) {
        let ticked = |part: &Part| match part {
            Part::Reseller if open.parts.len() > 1 => self.part_reseller == "1",
            Part::Provider if open.parts.len() > 1 => self.part_provider == "1",
            _ => true,
        };
        let parts: Vec<Part> = open.parts.iter().copied().filter(ticked).collect();
        let roles: Vec<DirectoryRole> =
            open.row.roles().into_iter().filter(|role| self.roles.iter().any(|chosen| chosen == role.as_str())).collect();
        if parts.is_empty() {
            errors.message(lang, "part_reseller", "connect-parts-missing");
        }
        if parts.contains(&Part::Admin) && roles.is_empty() {
            errors.message(lang, "roles", "connect-roles-missing");
        }
        (parts, roles)
    }

    fn who(&self, open: &Open, tenant: &Tenant, rules: &Rules, facts: &Facts, errors: &mut Errors) -> Option<Who> {
        if let Some(settled) = &open.settled {
            return Some(Who::Known(settled.clone()));
        }
        if !self.is_new(open) {
            let id: Option<OrganisationId> = self.organisation.parse().ok();
            let known = open.organisations.iter().find(|one| Some(one.id) == id).cloned();
            if known.is_none() {
                errors.message(rules.lang, "organisation", "connect-organisation-missing");
            }
            return known.map(Who::Known);
        }
        let account = self.account().parse(rules, facts, errors)?;
        Some(Who::New { company: account.company(tenant), comparable_number: account.comparable_number() })
    }
}

/// The form of a refusal.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeclineForm {
    pub reason: String,
    pub name: String,
    pub note: String,
}

impl DeclineForm {
    /// Name, reason and note, or every mistake. Who was not meant need not say who they are.
    pub fn parse(&self, lang: Lang, errors: &mut Errors) -> Option<(String, Declined, String)> {
        let reason = Declined::from_text(&self.reason);
        if reason.is_none() {
            errors.message(lang, "reason", "connect-reason-missing");
        }
        let least = usize::from(reason.is_some_and(|reason| reason != Declined::NotMe));
        let name = missing(errors, lang, "name", text(&self.name, least));
        let note = errors.take(lang, "note", text(&self.note, 0));
        Some((name?, reason?, note?))
    }
}

/// Whoever opened an open link, and where their own invitation goes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpenLinkForm {
    pub name: String,
    pub email: String,
    pub company: String,
}

impl OpenLinkForm {
    /// Name, address and company, or every mistake.
    pub fn parse(&self, lang: Lang, errors: &mut Errors) -> Option<(String, Email, String)> {
        let name = missing(errors, lang, "name", text(&self.name, 2));
        let email = missing(errors, lang, "email", self.email.parse());
        let company = missing(errors, lang, "company", text(&self.company, 2));
        Some((name?, email?, company?))
    }
}

/// The value, or its mistake noted; an empty field is named in its sentence, which stands alone in
/// the summary.
fn missing<T>(errors: &mut Errors, lang: Lang, field: &'static str, value: Result<T, Rule>) -> Option<T> {
    match value {
        Err(Rule::Required) => {
            errors.message(lang, field, &format!("connect-missing-{}", field.replace('_', "-")));
            None
        }
        other => errors.take(lang, field, other),
    }
}

/// A free text: tidied, printable, not too long; empty where `least` is 0.
fn text(input: &str, least: usize) -> Result<String, Rule> {
    let text = tidy(input);
    if text.is_empty() && least > 0 {
        return Err(Rule::Required);
    }
    length(&text, least, TEXT_MAX)?;
    if text.chars().any(unprintable) { Err(Rule::Unprintable) } else { Ok(text) }
}
