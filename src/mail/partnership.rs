//! The letters about partnerships, and about customers that go from one reseller to another.

use super::compose::{Button, Composed, Links, moment, one_line, quote, unknown};
use crate::domain::letter::Letter;
use crate::error::Result;

/// Puts one of these letters into words.
pub(super) fn compose(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let lang = out.lang;
    match letter {
        Letter::PartnershipNotice { partner, person, reason, ends_at, taken_back, path } => {
            let about =
                [("partner", one_line(partner).into()), ("person", one_line(person).into()), ("when", moment(lang, *ends_at).into())];
            let (subject, text) = match taken_back {
                true => ("mail-partnership-kept-subject", "mail-partnership-kept-text"),
                false => ("mail-partnership-notice-subject", "mail-partnership-notice-text"),
            };
            out.subject = lang.ta(subject, &about);
            out.paragraphs.push(lang.ta(text, &about));
            out.quote = quote(lang, reason, &one_line(person));
            to_partner(out, links, path);
        }
        Letter::PartnershipEnded { partner, path } => {
            out.subject = lang.ta("mail-partnership-ended-subject", &[("partner", one_line(partner).into())]);
            out.paragraphs.push(lang.t("mail-partnership-ended-text").to_owned());
            to_partner(out, links, path);
        }
        Letter::CustomersMoved { provider, customers, gained, path } => {
            let about =
                [("provider", one_line(provider).into()), ("count", (*customers).into()), ("shown", lang.number(*customers).into())];
            let (subject, text) = match gained {
                true => ("mail-customers-gained-subject", "mail-customers-gained-text"),
                false => ("mail-customers-lost-subject", "mail-customers-lost-text"),
            };
            out.subject = lang.ta(subject, &about);
            out.paragraphs.push(lang.ta(text, &about));
            to_partner(out, links, path);
        }
        Letter::ResellerChanged { company, provider, before, after } => {
            let about = [
                ("company", one_line(company).into()),
                ("provider", one_line(provider).into()),
                ("before", one_line(before).into()),
                ("after", one_line(after).into()),
            ];
            out.subject = lang.ta("mail-reseller-changed-subject", &about);
            out.paragraphs.push(lang.ta("mail-reseller-changed-text", &about));
            out.paragraphs.push(lang.ta("mail-reseller-changed-rights", &about));
            out.why = lang.ta("mail-reseller-changed-why", &about);
        }
        _ => return Err(unknown("letter")),
    }
    Ok(())
}

/// To the people of a partner account: where to look, and why they are told.
fn to_partner(out: &mut Composed, links: &Links<'_>, path: &str) {
    out.button = Some(Button { label: out.lang.t("mail-partnership-button").to_owned(), href: links.page(path) });
    out.why = out.lang.t("mail-partnership-why").to_owned();
}
