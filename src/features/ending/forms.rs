//! The form that ends a relationship.

use super::acts::New;
use crate::clock::Moment;
use crate::domain::fold::fold;
use crate::domain::relationship::ending::{AHEAD_DAYS, Reason};
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::Page;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// Longest text in a person's own words.
pub const NOTE: usize = 1_000;

/// As it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EndForm {
    /// `now` or `date`.
    pub when: String,
    pub date: String,
    pub reason: String,
    pub note: String,
    /// The customer's name, typed.
    pub name: String,
}

impl EndForm {
    /// The controls, in order.
    pub fn fields(&self, page: &Page, errors: &Errors, company: &str, zone: &str) -> Vec<Field> {
        let when = vec![Choice::new("now", page.t("end-when-now")), Choice::new("date", page.t("end-when-date"))];
        let mut reasons = vec![Choice::new("", page.t("end-reason-choose"))];
        reasons.extend(Reason::ALL.iter().map(|reason| Choice::new(reason.as_str(), page.word("end-reason", reason.as_str()))));
        let name = page.ta("end-name", &[("company", company.into())]);
        let fields = vec![
            Field::text("when", page.t("end-when"), &self.when).choices("radios", when),
            Field::text("date", page.t("end-date"), &self.date)
                .kind("date")
                .hint(page.t1("end-date-hint", "zone", zone))
                .optional()
                .width("narrow"),
            Field::text("reason", page.t("end-reason"), &self.reason)
                .choices("select", reasons)
                .hint(page.t("end-reason-hint"))
                .width("medium"),
            Field::text("note", page.t("end-note"), &self.note).kind("textarea").max(NOTE as u32).hint(page.t("end-note-hint")).optional(),
            Field::text("name", name, &self.name).hint(page.t("end-name-hint")),
        ];
        fields.into_iter().map(|field| field.errors(errors)).collect()
    }

    /// What is decided, or all mistakes at once. `today` and days are where the reader is.
    pub fn parse(&self, page: &Page, now: Moment, company: &str, person: &str, errors: &mut Errors) -> Option<New> {
        let ends_at = match self.when.as_str() {
            "now" => None,
            "date" => self.day(page, now, errors).map(|day| page.start_of(day)),
            _ => {
                errors.message(page.lang, "when", "end-when-missing");
                None
            }
        };
        let reason = Reason::from_text(&self.reason);
        if reason.is_none() {
            errors.message(page.lang, "reason", "end-reason-missing");
        }
        let note = note(&self.note);
        match &note {
            Some(note) if note.is_empty() && reason == Some(Reason::Other) => errors.message(page.lang, "note", "end-note-missing"),
            None => errors.message(page.lang, "note", "end-note-long"),
            _ => {}
        }
        if fold(self.name.trim()) != fold(company.trim()) {
            errors.message(page.lang, "name", "end-name-wrong");
        }
        let new = New { person: person.to_owned(), reason: reason?, note: note?, ends_at };
        errors.is_empty().then_some(new)
    }

    /// A day after today, two years ahead at most.
    fn day(&self, page: &Page, now: Moment, errors: &mut Errors) -> Option<Date> {
        let today = page.today(now);
        let last = today.checked_add(AHEAD_DAYS.days()).unwrap_or(today);
        let day: Option<Date> = self.date.trim().parse().ok();
        let key = match day {
            None => "end-date-missing",
            Some(day) if day <= today => "end-date-past",
            Some(day) if day > last => "end-date-far",
            Some(_) => return day,
        };
        errors.message(page.lang, "date", key);
        None
    }
}

/// A text in a person's own words, without blanks at its ends; `None` where it is too long.
pub fn note(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    (text.chars().count() <= NOTE).then_some(text)
}
