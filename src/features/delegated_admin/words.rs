//! Rights in words, the same on every page: what each role is called and what it allows.

use super::model::Granted;
use crate::clock::{DAY, HOUR, Moment};
use crate::domain::relationship::delegated_admin::{DirectoryRole, Shown};
use crate::i18n::Lang;
use crate::web::page::Page;

/// A role in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    pub name: &'static str,
    /// What it allows, in a sentence.
    pub means: &'static str,
}

/// What these roles allow.
pub fn rights(lang: Lang, roles: &[DirectoryRole]) -> Vec<Right> {
    let right = |role: &DirectoryRole| {
        let key = format!("directory-role-{}", role.as_str().replace('_', "-"));
        Right { name: lang.t(&key), means: lang.t(&format!("{key}-means")) }
    };
    roles.iter().map(right).collect()
}

/// The names of roles alone.
pub fn names(lang: Lang, roles: &[DirectoryRole]) -> String {
    rights(lang, roles).iter().map(|right| right.name).collect::<Vec<_>>().join(", ")
}

/// Where rights stand, as a badge.
pub fn badge(page: &Page, shown: Shown) -> (&'static str, &'static str) {
    let kind = match shown {
        Shown::Active => "ok",
        Shown::Expiring => "warn",
        Shown::Expired | Shown::Ended => "ended",
    };
    (kind, page.word("admin-state", shown.as_str()))
}

/// How long they still hold: days, in the last day hours.
pub fn left(page: &Page, ends_at: Moment, now: Moment) -> String {
    let left = ends_at.since(now);
    if left > DAY {
        page.tn("admin-left-days", (left + DAY - 1) / DAY)
    } else {
        page.tn("admin-left-hours", (left.max(0) + HOUR - 1) / HOUR)
    }
}

/// What ended them, in words.
pub fn ended(page: &Page, granted: &Granted) -> String {
    let key = match granted.admin.ended_by.as_str() {
        "partner" => "admin-ended-partner",
        "customer" => "admin-ended-customer",
        "relationship" => "admin-ended-relationship",
        _ if granted.ends_at() < granted.admin.ends_at => "admin-ended-relationship",
        _ => "admin-ended-time",
    };
    page.t1(key, "date", page.date(granted.ends_at()))
}
