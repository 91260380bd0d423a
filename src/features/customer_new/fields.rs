//! What the wizard's pages are made of: fields, steps, the panel of duplicates, the review.

use super::duplicates::Duplicates;
use super::forms::{ALIAS_MAX, AccountForm, AgreementForm, ContactForm, Data, NO_RESELLER, REASON_MAX, Step, Whole, languages};
use super::handlers::allows;
use super::queries::Known;
use super::{DupeItem, Panel, ResellerChoice, Section, StepLink, new_href, step_href};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::Permission;
use crate::db::ids::DraftId;
use crate::domain::company_name::CompanyName;
use crate::domain::country::Country;
use crate::domain::{Cloud, address, domain_prefix, person_name};
use crate::web::form::{Choice, Errors, Field, country_choices};
use crate::web::page::Page;
use crate::web::shell::encode;

/// A field of the wizard; its label is the message of its name.
fn field(page: &Page, errors: &Errors, name: &'static str, value: &str) -> Field {
    Field::text(name, page.t(&format!("customer-new-{}", name.replace('_', "-"))), value).errors(errors)
}

/// Every country, in the reader's order.
pub fn country_field(page: &Page, errors: &Errors, form: &AccountForm) -> Field {
    let mut choices = country_choices(page.lang).to_vec();
    if Country::parse(&form.country).is_err() {
        choices.insert(0, Choice::new(form.country.as_str(), page.t("customer-new-choose")));
    }
    let mut field =
        field(page, errors, "country", &form.country).choices("select", choices).hint(page.t("customer-new-country-hint")).width("medium");
    field.autosubmit = "country-apply";
    field
}

/// Name, alias, domain and registration number.
pub fn company_fields(page: &Page, errors: &Errors, form: &AccountForm, cloud: Cloud, slug: &str) -> Vec<Field> {
    let country = Country::parse(&form.country).ok();
    let mut domain =
        field(page, errors, "domain", &form.domain).hint(page.t("customer-new-domain-hint")).max(domain_prefix::MAX as u32).width("medium");
    domain.suffix = format!(".{}", cloud.domain_suffix());
    domain.check_url = format!("{}/check", new_href(slug));
    let mut number = field(page, errors, "registration_number", &form.registration_number)
        .max(60)
        .width("medium")
        .required(country.is_some_and(Country::registration_required));
    if let Some(country) = country {
        number.label = page.t(country.registration_label_key()).to_owned();
    }
    if !number.required {
        number = number.hint(page.t("customer-new-registration-number-hint"));
    }
    vec![
        field(page, errors, "company_name", &form.company_name).hint(page.t("customer-new-company-name-hint")),
        field(page, errors, "alias", &form.alias).hint(page.t("customer-new-alias-hint")).max(ALIAS_MAX as u32).optional(),
        domain,
        number,
    ]
}

/// The address as the country writes it, and the phone.
pub fn address_fields(page: &Page, errors: &Errors, form: &AccountForm) -> Vec<Field> {
    let line = |name, value: &str| field(page, errors, name, value).max(address::LINE_MAX as u32);
    let mut fields = vec![line("address1", &form.address1), line("address2", &form.address2).optional()];
    let Ok(country) = Country::parse(&form.country) else {
        fields.push(line("city", &form.city));
        return fields;
    };
    let mut postal = field(page, errors, "postal_code", &form.postal_code).max(20).width("narrow").required(country.postal_required);
    if !country.postal_example.is_empty() {
        postal = postal.hint(page.t1("customer-new-postal-code-hint", "example", country.postal_example));
    }
    fields.push(postal);
    fields.push(line("city", &form.city).required(country.city_required));
    if country.state_required {
        let mut choices = vec![Choice::new("", page.t("customer-new-choose"))];
        choices.extend(country.states.iter().map(|(code, name)| Choice::new(*code, *name)));
        fields.push(field(page, errors, "state", &form.state).choices("select", choices).width("medium"));
    }
    fields.push(
        field(page, errors, "phone", &form.phone)
            .kind("tel")
            .max(40)
            .width("medium")
            .hint(page.t1("customer-new-phone-hint", "code", country.calling_code))
            .required(country.phone_required()),
    );
    fields
}

/// Which of its resellers a provider sells through.
pub fn reseller_choice(page: &Page, errors: &Errors, form: &AccountForm, known: &Known) -> ResellerChoice {
    let mut choices = vec![Choice::new(NO_RESELLER, page.t("customer-new-reseller-none"))];
    choices.extend(known.resellers.iter().map(|one| Choice::new(one.slug.as_str(), one.name.as_str())));
    ResellerChoice {
        search: field(page, errors, "reseller_search", &form.reseller_search).max(100).width("medium").optional(),
        choice: field(page, errors, "reseller", &form.reseller).choices("radios", choices),
    }
}

/// What to think about a name that holds but looks unusual.
pub fn advice(page: &Page, name: &str) -> Option<&'static str> {
    name.parse::<CompanyName>().ok().and_then(|name| name.advice()).map(|advice| page.t(advice.key()))
}

/// The panel of duplicates, if there is anything to say. Names are shown to who may see customers;
/// others learn that there is one.
pub fn panel<P: Permission>(page: &Page, errors: &Errors, who: &Can<P>, data: &Data, found: &Duplicates) -> Option<Panel> {
    let (form, slug, may_see) = (&data.account, &who.account.slug, allows(who, Action::ViewCustomers));
    if found.is_empty() {
        return None;
    }
    let item = |candidate: &super::duplicates::Candidate| DupeItem {
        name: may_see.then(|| candidate.company_name.clone()),
        detail: if may_see { [candidate.domain.as_str(), &candidate.city].join(" · ") } else { String::new() },
        reason: page.t(candidate.reason.key()),
        open: may_see.then(|| format!("/p/{slug}/customers/{}", candidate.id)),
    };
    let mut confirm = Vec::new();
    if found.asks() {
        let ticked = if found.confirmed(form) { "1" } else { "" };
        confirm.push(field(page, errors, "distinct", ticked).kind("checkbox"));
    }
    if found.asks_reason() {
        confirm.push(field(page, errors, "distinct_reason", &form.distinct_reason).max(REASON_MAX as u32));
    }
    let items: Vec<DupeItem> = found.own.iter().map(item).collect();
    Some(Panel {
        count: items.len() as i64,
        items,
        elsewhere: found.elsewhere,
        seen: found.seen(),
        confirm,
        invite: invite(slug, data),
        invite_why: page.why_not(who.may(Action::InviteCustomer, Relationship::None)),
    })
}

/// Where an invitation of the same company begins.
fn invite(slug: &str, data: &Data) -> String {
    let name = [data.contact.first_name.trim(), data.contact.last_name.trim()].join(" ");
    let pairs = [("company", data.account.company_name.trim()), ("email", data.contact.email.trim()), ("name", name.trim())];
    let said = pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| format!("&{key}={}", encode(value)));
    format!("{}?kind=reseller{}", crate::features::invitations::new_href(slug), said.collect::<String>())
}

/// Step 2.
pub fn contact_fields(page: &Page, errors: &Errors, form: &ContactForm, country: Option<&'static Country>) -> Vec<Field> {
    let name = |name, value: &str| field(page, errors, name, value).max(person_name::MAX as u32).width("medium");
    let codes = country.map_or_else(|| vec!["en", "fr"], languages);
    let spoken = codes.iter().map(|code| Choice::new(*code, page.t(&format!("tongue-{code}")))).collect();
    // The first is what most people of the country speak.
    let language = if form.language.is_empty() { codes[0] } else { form.language.as_str() };
    vec![
        name("first_name", &form.first_name),
        name("middle_name", &form.middle_name).optional(),
        name("last_name", &form.last_name),
        field(page, errors, "email", &form.email).kind("email").hint(page.t("customer-new-email-hint")),
        field(page, errors, "language", language).choices("select", spoken).hint(page.t("customer-new-language-hint")).width("medium"),
    ]
}

/// Step 3.
pub fn agreement_fields(page: &Page, errors: &Errors, form: &AgreementForm) -> Vec<Field> {
    let name = |name, value: &str| field(page, errors, name, value).max(person_name::MAX as u32).width("medium");
    let answers =
        vec![Choice::new("yes", page.t("customer-new-accepted-yes")), Choice::new("later", page.t("customer-new-accepted-later"))];
    vec![
        field(page, errors, "accepted", &form.accepted).choices("radios", answers),
        field(page, errors, "agreed_on", &form.agreed_on).kind("date").hint(page.t("customer-new-agreed-on-hint")).width("narrow"),
        name("first_name", &form.first_name),
        name("last_name", &form.last_name),
        field(page, errors, "email", &form.email).kind("email"),
        field(page, errors, "phone", &form.phone).kind("tel").max(40).width("medium").optional(),
    ]
}

/// The wizard's header. `current` is none on the last page; steps up to `next` can be gone to.
pub fn steps(page: &Page, slug: &str, draft: Option<DraftId>, current: Option<Step>, next: Step) -> Vec<StepLink> {
    let step = |number, step: Step| {
        let is_current = current == Some(step);
        let done = current.is_none() || step < next;
        StepLink {
            number,
            label: page.t(&format!("customer-new-step-{}", step.as_str())),
            href: draft.filter(|_| !is_current && current.is_some() && step <= next).map(|id| step_href(slug, id, step)),
            done: done && !is_current,
            current: is_current,
            off: false,
        }
    };
    let plain = |number, key, current, off| StepLink { number, label: page.t(key), href: None, done: false, current, off };
    vec![
        step("1", Step::Account),
        step("2", Step::Contact),
        step("3", Step::Agreement),
        plain("–", "customer-new-step-subscriptions", false, true),
        step("4", Step::Review),
        plain("5", "customer-new-step-done", current.is_none(), false),
    ]
}

/// The review's blocks.
pub fn sections(page: &Page, slug: &str, draft: DraftId, whole: &Whole, domain: String) -> Vec<Section> {
    let account = &whole.account;
    let country = account.country;
    let state = account.state.as_ref().map(|code| {
        let known = country.states.iter().find(|(known, _)| *known == code.as_str());
        known.map_or_else(|| code.to_string(), |(_, name)| (*name).to_owned())
    });
    let fact = |name: &str, value: Option<String>| value.filter(|value| !value.is_empty()).map(|value| (label(page, name), value));
    let optional = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string);
    let account_facts = vec![
        fact("country", Some(country.name(page.lang.as_str()).to_owned())),
        fact("company-name", Some(account.company_name.to_string())),
        fact("alias", Some(account.alias.clone())),
        fact("domain-whole", Some(domain)),
        account.registration_number.as_ref().map(|number| (page.t(country.registration_label_key()).to_owned(), number.to_string())),
        fact("address1", Some(account.address1.to_string())),
        fact("address2", optional(account.address2.as_ref().map(|value| value as _))),
        fact("postal-code", optional(account.postal_code.as_ref().map(|value| value as _))),
        fact("city", optional(account.city.as_ref().map(|value| value as _))),
        fact("state", state),
        fact("phone", optional(account.phone.as_ref().map(|value| value as _))),
        fact("reseller-short", account.reseller.as_ref().map(|reseller| reseller.name.clone())),
    ];
    let contact = &whole.contact;
    let contact_facts = vec![
        fact("first-name", Some(contact.first.to_string())),
        fact("middle-name", optional(contact.middle.as_ref().map(|value| value as _))),
        fact("last-name", Some(contact.last.to_string())),
        fact("email", Some(contact.email.to_string())),
        fact("language", Some(page.t(&format!("tongue-{}", contact.language)).to_owned())),
    ];
    let section = |step: Step, facts: Vec<Option<(String, String)>>| Section {
        title: page.t(&format!("customer-new-step-{}", step.as_str())),
        edit: step_href(slug, draft, step),
        facts: facts.into_iter().flatten().collect(),
    };
    vec![
        section(Step::Account, account_facts),
        section(Step::Contact, contact_facts),
        section(Step::Agreement, agreement_facts(page, whole)),
    ]
}

fn label(page: &Page, name: &str) -> String {
    page.t(&format!("customer-new-{name}")).to_owned()
}

fn agreement_facts(page: &Page, whole: &Whole) -> Vec<Option<(String, String)>> {
    let Some(attestation) = &whole.attestation else {
        return vec![Some((label(page, "accepted-short"), page.t("customer-new-accepted-not").to_owned()))];
    };
    let (year, month, day) = attestation.agreed_on.parts();
    let date = jiff::civil::Date::new(year, month, day).map_or_else(|_| attestation.agreed_on.to_string(), |date| page.lang.day(date));
    vec![
        Some((label(page, "agreed-on"), date)),
        Some((label(page, "accepted-by"), format!("{} {}", attestation.first, attestation.last))),
        Some((label(page, "email"), attestation.email.to_string())),
        attestation.phone.as_ref().map(|phone| (label(page, "phone"), phone.to_string())),
    ]
}

/// What creating the customer declares, in a sentence each (reference 3.2, attestations).
pub fn statements(page: &Page, whole: &Whole, partner: &str) -> Vec<String> {
    let acts = match &whole.account.reseller {
        Some(reseller) => {
            page.ta("customer-new-states-indirect", &[("partner", partner.to_owned().into()), ("reseller", reseller.name.clone().into())])
        }
        None => page.t1("customer-new-states-direct", "partner", partner),
    };
    vec![acts, page.t1("customer-new-states-affiliates", "partner", partner)]
}
