//! The fields of the contact form, in its sections.

use super::forms::{CITY_MAX, ContactForm, NEED_MAX};
use super::queries::Target;
use crate::access::terms::Terms;
use crate::domain::referral::TimeFrame;
use crate::domain::routing::MOST_AT_ONCE;
use crate::domain::term::Kind;
use crate::web::form::{Choice, Errors, Field, country_choices};
use crate::web::page::Page;

/// What is wanted.
pub fn need(page: &Page, terms: &Terms, form: &ContactForm, errors: &Errors) -> Vec<Field> {
    let frames = TimeFrame::ALL.iter().map(|frame| Choice::new(frame.as_str(), page.word("time-frame", frame.as_str())));
    vec![
        Field::text("need", page.t("inquiry-need"), form.need.as_str())
            .kind("textarea")
            .max(NEED_MAX as u32)
            .hint(page.t("inquiry-need-hint"))
            .errors(errors),
        Field::text("products", page.t("inquiry-products"), form.products.join(" "))
            .choices("checkboxes", words(page, terms, Kind::Product)),
        Field::text("services", page.t("inquiry-services"), form.services.join(" "))
            .choices("checkboxes", words(page, terms, Kind::Service)),
        Field::text("time_frame", page.t("inquiry-time-frame"), form.time_frame.as_str())
            .choices("radios", frames.collect())
            .errors(errors),
    ]
}

/// The sender's company.
pub fn company(page: &Page, terms: &Terms, form: &ContactForm, errors: &Errors) -> Vec<Field> {
    let choose = |kind, key: &str| {
        let first = Choice::new("", page.t(key));
        std::iter::once(first).chain(words(page, terms, kind)).collect()
    };
    vec![
        Field::text("size", page.t("inquiry-size"), form.size.as_str())
            .choices("select", choose(Kind::Size, "inquiry-choose"))
            .errors(errors),
        Field::text("industry", page.t("inquiry-industry"), form.industry.as_str())
            .choices("select", choose(Kind::Industry, "inquiry-no-industry"))
            .optional(),
        Field::text("company", page.t("inquiry-company"), form.company.as_str()).autocomplete("organization").errors(errors),
    ]
}

/// Who asks, and how to reach them.
pub fn person(page: &Page, form: &ContactForm, errors: &Errors) -> Vec<Field> {
    let text = |name, key: &str, value: &str| Field::text(name, page.t(key), value).errors(errors);
    let none = Choice::new("", page.t("inquiry-choose"));
    let countries = std::iter::once(none).chain(country_choices(page.lang).iter().cloned()).collect();
    vec![
        text("first_name", "connect-first-name", &form.first_name).autocomplete("given-name").max(40),
        text("last_name", "connect-last-name", &form.last_name).autocomplete("family-name").max(40),
        text("email", "inquiry-email", &form.email).kind("email").autocomplete("email").hint(page.t("inquiry-email-hint")),
        text("country", "field-country", &form.country).choices("select", countries).autocomplete("country"),
        text("city", "field-city", &form.city).autocomplete("address-level2").max(CITY_MAX as u32).hint(page.t("inquiry-city-hint")),
        text("phone", "field-phone", &form.phone).kind("tel").autocomplete("tel").max(40).optional(),
        text("wants_call", "inquiry-wants-call", &form.wants_call).kind("checkbox").optional(),
    ]
}

/// Who gets it beside those that are named, and the consent.
pub fn terms(page: &Page, form: &ContactForm, targets: &[Target], errors: &Errors) -> Vec<Field> {
    let tick = |name, key: &str, hint: &str, value: &str| Field::text(name, page.t(key), value).kind("checkbox").hint(page.t(hint));
    let mut fields = Vec::new();
    if targets.len() < MOST_AT_ONCE {
        let (key, hint) = match targets.is_empty() {
            true => ("inquiry-several", "inquiry-several-hint"),
            false => ("inquiry-others", "inquiry-others-hint"),
        };
        fields.push(tick("several", key, hint, &form.several).optional());
    }
    fields.push(tick("allow_next", "inquiry-allow-next", "inquiry-allow-next-hint", &form.allow_next).optional());
    fields.push(tick("consent", "inquiry-consent", "inquiry-consent-hint", &form.consent).errors(errors));
    fields
}

fn words(page: &Page, terms: &Terms, kind: Kind) -> Vec<Choice> {
    terms.choices(kind, page.lang).into_iter().map(|(key, label)| Choice::new(key, label)).collect()
}
