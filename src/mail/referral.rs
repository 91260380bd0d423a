//! The letters about referrals, to partners' people. What is masked is in none of them.

use super::compose::{Button, Composed, Links, moment, one_line, quote, unknown};
use crate::domain::letter::Letter;
use crate::error::Result;

/// Puts one of these letters into words.
pub(super) fn compose(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let lang = out.lang;
    match letter {
        Letter::ReferralWaits { about, from, need, wants_call, days, expires_at, path } => {
            let args = [("about", one_line(about).into()), ("when", moment(lang, *expires_at).into()), ("days", (*days).into())];
            let (subject, text) = match days {
                0 => ("mail-referral-new-subject", "mail-referral-new-text"),
                _ => ("mail-referral-reminder-subject", "mail-referral-reminder-text"),
            };
            out.subject = lang.ta(subject, &args);
            out.paragraphs.push(lang.ta(text, &args));
            if *wants_call {
                out.paragraphs.push(lang.t("mail-referral-wants-call").to_owned());
            }
            if !from.is_empty() {
                out.fact(lang.t("mail-fact-referred-by"), one_line(from));
            }
            out.quote = quote(lang, need, lang.t("mail-referral-need"));
            out.notes.push(lang.t("mail-referral-masked").to_owned());
            to_partner(out, links, path);
        }
        Letter::ReferralMoved { what, partner, company, path } => {
            let args = [("partner", one_line(partner).into()), ("company", one_line(company).into())];
            out.subject = lang.ta(&format!("mail-referral-moved-{what}-subject"), &args);
            out.paragraphs.push(lang.ta(&format!("mail-referral-moved-{what}-text"), &args));
            to_partner(out, links, path);
        }
        Letter::ReferralAssigned { about, by, owner, path } => {
            let args = [("about", one_line(about).into()), ("person", one_line(by).into())];
            out.subject = lang.ta("mail-referral-assigned-subject", &args);
            out.paragraphs.push(lang.ta(if *owner { "mail-referral-assigned-owner" } else { "mail-referral-assigned-team" }, &args));
            to_partner(out, links, path);
            out.why = lang.t("mail-referral-assigned-why").to_owned();
        }
        _ => return Err(unknown("letter")),
    }
    Ok(())
}

/// To the people of a partner account: where to look, and why they are told.
fn to_partner(out: &mut Composed, links: &Links<'_>, path: &str) {
    out.button = Some(Button { label: out.lang.t("mail-referral-button").to_owned(), href: links.page(path) });
    out.why = out.lang.t("mail-referral-lead-why").to_owned();
}
