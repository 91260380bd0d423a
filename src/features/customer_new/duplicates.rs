//! Customers that the new one may be already: why each is shown, and what the user must say before
//! going on.

use super::forms::{AccountForm, REASON_MAX};
use crate::db::ids::CustomerId;
use crate::domain::rule::{Rule, tidy};
use crate::i18n::Lang;
use crate::web::form::Errors;

/// Candidates shown at most.
pub const SHOWN: usize = 5;
/// From this share of common letter triples on, in percent, names count as similar.
pub const SIMILAR: u8 = 70;

/// Why a customer is a candidate; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Registration,
    Domain,
    NameAndCity,
    Name,
}

impl Reason {
    /// The message key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Registration => "customer-new-dupe-registration",
            Self::Domain => "customer-new-dupe-domain",
            Self::NameAndCity => "customer-new-dupe-name-city",
            Self::Name => "customer-new-dupe-name",
        }
    }
}

/// A customer of this partner account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: CustomerId,
    pub company_name: String,
    pub domain: String,
    pub city: String,
    pub reason: Reason,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// Own customers, strongest reason first, [`SHOWN`] at most.
    pub own: Vec<Candidate>,
    /// The organisation is in the cloud. Whose customer it is stays untold.
    pub elsewhere: bool,
}

/// What the user said about the candidates, for the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distinct {
    pub from: Vec<String>,
    pub reason: String,
}

impl Duplicates {
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && !self.elsewhere
    }
    /// Those about which the user must say that it is another company. A taken domain is a mistake
    /// at its own field.
    fn asking(&self) -> impl Iterator<Item = &Candidate> {
        self.own.iter().filter(|candidate| candidate.reason != Reason::Domain)
    }
    /// Must the user confirm?
    pub fn asks(&self) -> bool {
        self.asking().next().is_some()
    }
    /// Must the user say why?
    pub fn asks_reason(&self) -> bool {
        self.own.iter().any(|candidate| candidate.reason == Reason::Registration)
    }
    /// The ids that the page shows, so that a confirmation covers no candidate it did not show.
    pub fn seen(&self) -> String {
        self.own.iter().map(|candidate| candidate.id.to_string()).collect::<Vec<_>>().join(" ")
    }
    /// Did the user confirm for all of these?
    pub fn confirmed(&self, form: &AccountForm) -> bool {
        let seen = |candidate: &Candidate| form.distinct_seen.split(' ').any(|id| id == candidate.id.to_string());
        // The checkbox of the page sends 1.
        matches!(form.distinct.as_str(), "yes" | "1") && self.asking().all(seen)
    }
    /// What the user said, or what is still to be said.
    pub fn judge(&self, form: &AccountForm, lang: Lang, errors: &mut Errors) -> Option<Distinct> {
        if !self.asks() {
            return Some(Distinct::default());
        }
        let reason = tidy(&form.distinct_reason);
        let before = errors.0.len();
        if !self.confirmed(form) {
            errors.message(lang, "distinct", "customer-new-distinct-missing");
        }
        if self.asks_reason() && reason.is_empty() {
            errors.message(lang, "distinct_reason", "customer-new-distinct-reason-missing");
        } else if reason.chars().count() > REASON_MAX {
            errors.rule(lang, "distinct_reason", &Rule::TooLong { max: REASON_MAX });
        }
        let from = self.asking().map(|candidate| candidate.company_name.clone()).collect();
        (errors.0.len() == before).then_some(Distinct { from, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(reasons: &[Reason]) -> Duplicates {
        let candidate = |reason: &Reason| Candidate {
            id: CustomerId::new(),
            company_name: "Contoso".into(),
            domain: "contoso.example".into(),
            city: "Basel".into(),
            reason: *reason,
        };
        Duplicates { own: reasons.iter().map(candidate).collect(), elsewhere: false }
    }

    fn fields(duplicates: &Duplicates, form: &AccountForm) -> Vec<&'static str> {
        let mut errors = Errors::default();
        let said = duplicates.judge(form, Lang::En, &mut errors);
        assert_eq!(said.is_some(), errors.is_empty());
        errors.0.iter().map(|error| error.field).collect()
    }

    #[test]
    fn what_must_be_said_depends_on_the_reason() {
        let silent = AccountForm::default();
        for (reasons, asked) in [
            (&[][..], &[][..]),
            (&[Reason::Domain][..], &[][..]),
            (&[Reason::Name][..], &["distinct"][..]),
            (&[Reason::NameAndCity, Reason::Domain][..], &["distinct"][..]),
            (&[Reason::Registration, Reason::Name][..], &["distinct", "distinct_reason"][..]),
        ] {
            assert_eq!(fields(&found(reasons), &silent), asked, "{reasons:?}");
        }
    }

    #[test]
    fn a_confirmation_covers_what_was_shown_and_nothing_else() {
        let shown = found(&[Reason::Registration]);
        let said =
            AccountForm { distinct: "yes".into(), distinct_seen: shown.seen(), distinct_reason: "a branch".into(), ..Default::default() };
        assert!(fields(&shown, &said).is_empty());
        assert_eq!(fields(&found(&[Reason::Name]), &said), ["distinct"]);
        let wordy = AccountForm { distinct_reason: "x".repeat(REASON_MAX + 1), ..said.clone() };
        assert_eq!(fields(&shown, &wordy), ["distinct_reason"]);
        let wordless = AccountForm { distinct_reason: " ".into(), ..said };
        assert_eq!(fields(&shown, &wordless), ["distinct_reason"]);
    }
}
