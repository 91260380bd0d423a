//! The operators' form of weights and rules.

use crate::domain::routing::{Criterion, MAX_WEIGHT, Setting};
use crate::web::form::{Errors, Field};
use crate::web::page::Page;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Most kilometres, and most open inquiries, that can be set.
const MOST_KM: i64 = 5_000;
const MOST_OPEN: i64 = 1_000;

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SettingForm {
    pub place: String,
    pub language: String,
    pub industry: String,
    pub product: String,
    pub load: String,
    pub speed: String,
    pub abroad_km: String,
    pub most_open: String,
    pub language_required: String,
    /// `try` or `save`.
    pub action: String,
}

impl SettingForm {
    pub fn of(setting: &Setting) -> Self {
        let weight = |criterion| setting.weight(criterion).to_string();
        Self {
            place: weight(Criterion::Place),
            language: weight(Criterion::Language),
            industry: weight(Criterion::Industry),
            product: weight(Criterion::Product),
            load: weight(Criterion::Load),
            speed: weight(Criterion::Speed),
            abroad_km: setting.abroad_km.to_string(),
            most_open: setting.most_open.to_string(),
            language_required: if setting.language_required { "1".into() } else { String::new() },
            action: String::new(),
        }
    }
    fn weight(&self, criterion: Criterion) -> &str {
        match criterion {
            Criterion::Place => &self.place,
            Criterion::Language => &self.language,
            Criterion::Industry => &self.industry,
            Criterion::Product => &self.product,
            Criterion::Load => &self.load,
            Criterion::Speed => &self.speed,
        }
    }

    /// What it sets, or every mistake.
    pub fn parse(&self, page: &Page, errors: &mut Errors) -> Option<Setting> {
        let mut number = |field, text: &str, least: i64, most: i64| {
            let number = text.trim().parse::<i64>().ok().filter(|number| (least..=most).contains(number));
            if number.is_none() {
                let bounds = [("least", page.number(least).into()), ("most", page.number(most).into())];
                errors.0.push(crate::web::form::FieldError { field, message: page.ta("routing-number", &bounds) });
            }
            number.unwrap_or(0)
        };
        let weight = |criterion: &Criterion| {
            (*criterion, number(criterion.as_str(), self.weight(*criterion), 0, MAX_WEIGHT.into()).unsigned_abs() as u32)
        };
        let weights: BTreeMap<Criterion, u32> = Criterion::ALL.iter().map(weight).collect();
        let abroad_km = number("abroad_km", &self.abroad_km, 0, MOST_KM);
        let most_open = number("most_open", &self.most_open, 1, MOST_OPEN);
        if errors.is_empty() && weights.values().all(|weight| *weight == 0) {
            errors.message(page.lang, "place", "routing-no-weight");
        }
        errors.is_empty().then_some(Setting { weights, abroad_km, most_open, language_required: self.language_required == "1" })
    }

    pub fn weights(&self, page: &Page, errors: &Errors) -> Vec<Field> {
        let field = |criterion: &Criterion| {
            let name = criterion.as_str();
            let field = Field::text(name, page.word("criterion", name), self.weight(*criterion)).hint(page.word("criterion-hint", name));
            field.max(3).width("narrow").errors(errors)
        };
        Criterion::ALL.iter().map(field).collect()
    }
    pub fn rules(&self, page: &Page, errors: &Errors) -> Vec<Field> {
        let field = |name, key, hint, value: &str| Field::text(name, page.t(key), value).hint(page.t(hint)).errors(errors);
        vec![
            field("abroad_km", "routing-abroad", "routing-abroad-hint", &self.abroad_km).max(4).width("narrow"),
            field("most_open", "routing-most-open", "routing-most-open-hint", &self.most_open).max(4).width("narrow"),
            field("language_required", "routing-language", "routing-language-hint", &self.language_required).kind("checkbox").optional(),
        ]
    }
}
