//! The customer account in words: a card a section, and what needs attention.

use super::forms::{language_name, state_name};
use super::head::{Edit, Head};
use super::queries::{Agreement, Frame};
use super::section::Section;
use crate::domain::CustomerStatus;
use crate::domain::country::Country;
use crate::features::customers::model::Customer;
use crate::web::page::Page;

/// A fact: label and lines; how it is copied or called, where it can be.
pub struct Fact {
    pub label: String,
    pub lines: Vec<String>,
    /// What the copy button is called; empty for none.
    pub copy: &'static str,
    /// `mailto:` or `tel:`.
    pub link: Option<String>,
    pub note: Option<&'static str>,
}

impl Fact {
    fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        let lines = Some(value.into()).filter(|value| !value.is_empty()).into_iter().collect();
        Self { label: label.into(), lines, copy: "", link: None, note: None }
    }
    fn copy(self, copy: &'static str) -> Self {
        Self { copy, ..self }
    }
    fn link(self, scheme: &str) -> Self {
        let link = self.lines.first().map(|value| format!("{scheme}:{value}"));
        Self { link, ..self }
    }
    fn note(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// A section in words, with the link that edits it.
pub struct Card {
    pub key: &'static str,
    pub title: &'static str,
    pub edit: Option<Edit>,
    pub facts: Vec<Fact>,
}

fn card(page: &Page, head: &Head, section: Section, facts: Vec<Fact>) -> Card {
    let key = section.as_str();
    Card { key, title: page.word("customer-section", key), edit: Some(head.edit(section)), facts }
}

/// The country of a customer; every stored one is known.
pub fn country(customer: &Customer) -> Option<&'static Country> {
    Country::from_code(&customer.country)
}

fn country_name(page: &Page, customer: &Customer) -> String {
    country(customer).map_or_else(|| customer.country.clone(), |country| country.name(page.lang.as_str()).to_owned())
}

/// The lines of the address: streets, postal code and town, state.
fn address(customer: &Customer) -> Vec<String> {
    let town = [customer.postal_code.as_str(), customer.city.as_str()].join(" ").trim().to_owned();
    let state = country(customer).map_or(customer.state.as_str(), |country| state_name(country, &customer.state)).to_owned();
    let lines = [customer.address1.clone(), customer.address2.clone(), town, state];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn registration(page: &Page, customer: &Customer) -> Fact {
    let label = country(customer).map_or("registration-label-any", Country::registration_label_key);
    Fact::new(page.t(label), customer.registration_number.clone()).copy(page.t("customer-copy-registration"))
}

/// The account's facts of the overview.
pub fn overview(page: &Page, head: &Head, frame: &Frame) -> Vec<Card> {
    let customer = &frame.record.customer;
    let mut address_fact = Fact::new(page.t("customer-section-address"), "");
    address_fact.lines = address(customer);
    let account = vec![
        Fact::new(page.t("field-company-name"), customer.company_name.clone()),
        Fact::new(page.t("field-alias"), customer.alias.clone()),
        Fact::new(page.t("field-country"), country_name(page, customer)),
        registration(page, customer),
        address_fact,
        Fact::new(page.t("field-source"), page.word("source", customer.source.as_str())),
    ];
    let mut company = card(page, head, Section::Company, account);
    company.title = page.t("customer-tab-account");
    let mut contact = contact(page, head, customer);
    contact.facts.push(Fact::new(page.t("field-phone"), customer.phone.clone()).link("tel"));
    vec![company, contact]
}

fn contact(page: &Page, head: &Head, customer: &Customer) -> Card {
    let facts = vec![
        Fact::new(page.t("field-name"), customer.contact_name()),
        Fact::new(page.t("customer-fact-email"), customer.contact_email.clone()).link("mailto").copy(page.t("customer-copy-email")),
        Fact::new(page.t("field-language"), language_name(page, &customer.language)),
    ];
    card(page, head, Section::Contact, facts)
}

/// All of the account, a card a section.
pub fn account(page: &Page, head: &Head, frame: &Frame, agreement: Option<&Agreement>) -> Vec<Card> {
    let customer = &frame.record.customer;
    let company = vec![
        Fact::new(page.t("field-company-name"), customer.company_name.clone()),
        registration(page, customer),
        Fact::new(page.t("field-phone"), customer.phone.clone()).link("tel"),
        Fact::new(page.t("field-country"), country_name(page, customer)).note(page.t("customer-fixed")),
        Fact::new(page.t("field-domain"), customer.domain.clone()).copy(page.t("customer-copy-domain")).note(page.t("customer-fixed")),
        Fact::new(page.t("customer-fact-organisation"), head.organisation.clone())
            .copy(page.t("customer-copy-organisation"))
            .note(page.t("customer-fact-organisation-note")),
        Fact::new(page.t("customer-fact-id"), head.id.clone()).copy(page.t("customer-copy-id")).note(page.t("customer-fixed")),
    ];
    let mut place = Fact::new(page.t("customer-section-address"), "");
    place.lines = address(customer);
    let tags = head.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(", ");
    let labels = vec![
        Fact::new(page.t("field-alias"), customer.alias.clone()).note(page.t("customer-hint-alias")),
        Fact::new(page.t("field-owner"), frame.owner.clone().unwrap_or_default()),
        Fact::new(page.t("field-tags"), tags),
    ];
    vec![
        card(page, head, Section::Company, company),
        card(page, head, Section::Address, vec![place]),
        contact(page, head, customer),
        card(page, head, Section::Labels, labels),
        relationship(page, head, customer),
        agreed(page, head, customer, agreement),
    ]
}

fn relationship(page: &Page, head: &Head, customer: &Customer) -> Card {
    let facts = vec![
        Fact::new(page.t("customer-fact-state"), head.status),
        Fact::new(page.t("customer-fact-relation"), head.relation.clone()),
        Fact::new(page.t("field-source"), page.word("source", customer.source.as_str())),
        Fact::new(page.t("customer-fact-activity"), page.moment(customer.activity_at)),
    ];
    Card { key: "relationship", title: page.t("customer-section-relationship"), edit: None, facts }
}

fn agreed(page: &Page, head: &Head, customer: &Customer, agreement: Option<&Agreement>) -> Card {
    let state = page.t(if customer.agreed_on.is_some() { "agreement-accepted" } else { "agreement-missing" });
    let mut facts = vec![Fact::new(page.t("customer-fact-state"), state)];
    if let Some(day) = &customer.agreed_on {
        let shown = day.parse().map_or_else(|_| day.clone(), |date| page.lang.day(date));
        facts.push(Fact::new(page.t("field-agreed-on"), shown));
    }
    if let Some(agreement) = agreement {
        let by = format!("{} {}", agreement.first_name, agreement.last_name);
        let mut accepted = Fact::new(page.t("customer-fact-accepted-by"), by);
        accepted.lines.push(agreement.email.clone());
        facts.push(accepted);
        let who = agreement.attested_by.as_deref().unwrap_or(page.t("audit-by-somebody"));
        let attested = page.ta("customer-fact-attested", &[("who", who.into()), ("when", page.moment(agreement.attested_at).into())]);
        facts.push(Fact::new(page.t("customer-fact-attested-by"), attested));
    }
    Card { key: "agreement", title: page.t("customer-section-agreement"), edit: Some(head.attest.clone()), facts }
}

/// Something to be done; the link where there is a page for it.
pub struct Todo {
    pub title: String,
    pub text: String,
    pub edit: Option<Edit>,
}

/// What needs attention: nothing of a customer whose relationship has ended.
pub fn todo(page: &Page, head: &Head, customer: &Customer) -> Vec<Todo> {
    let mut found = Vec::new();
    if customer.status == CustomerStatus::Ended {
        return found;
    }
    if customer.agreed_on.is_none() {
        let text = page.t("customer-todo-agreement-text").to_owned();
        found.push(Todo { title: page.t("customer-todo-agreement").to_owned(), text, edit: Some(head.attest.clone()) });
    }
    let mut add = |title: String, text: String, section: Option<Section>| {
        found.push(Todo { title, text, edit: section.map(|section| head.edit(section)) });
    };
    if let Some(country) = country(customer) {
        let text = page.t1("customer-todo-required", "country", country.name(page.lang.as_str()));
        if country.registration_required() && customer.registration_number.is_empty() {
            let number = page.t1("customer-todo-missing", "field", page.t(country.registration_label_key()));
            add(number, text.clone(), Some(Section::Company));
        }
        if country.phone_required() && customer.phone.is_empty() {
            add(page.t1("customer-todo-missing", "field", page.t("field-phone")), text, Some(Section::Company));
        }
    }
    if customer.owner_id.is_none() {
        add(page.t("customer-todo-owner").to_owned(), page.t("customer-todo-owner-text").to_owned(), Some(Section::Labels));
    }
    found
}
