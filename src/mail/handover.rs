//! The letters about referrals that go from one partner to another.

use super::compose::{Button, Composed, Links, moment, one_line, quote, unknown};
use crate::domain::letter::Letter;
use crate::error::Result;

/// Puts one of these letters into words.
pub(super) fn compose(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let lang = out.lang;
    let path = match letter {
        Letter::ReferralOffered { from, need, city, message, expires_at, path } => {
            let about = [("partner", one_line(from).into()), ("city", one_line(city).into())];
            out.subject = lang.ta("mail-offered-subject", &about[..1]);
            out.paragraphs.push(lang.ta("mail-offered-text", &about));
            out.quote = quote(lang, message, &one_line(from));
            out.fact(lang.t("mail-offered-need"), one_line(need));
            out.fact(lang.t("mail-offered-until"), moment(lang, *expires_at));
            path
        }
        Letter::HelpAsked { from, title, help, message, expires_at, path } => {
            let about = [("partner", one_line(from).into()), ("title", one_line(title).into())];
            out.subject = lang.ta("mail-help-subject", &about);
            out.paragraphs.push(lang.ta("mail-help-text", &about));
            out.quote = quote(lang, message, &one_line(from));
            let wanted: Vec<String> = help.iter().map(|help| lang.word("help", help).to_owned()).collect();
            out.fact(lang.t("mail-help-wanted"), lang.all_of(&wanted));
            out.fact(lang.t("mail-offered-until"), moment(lang, *expires_at));
            path
        }
        Letter::HandoverOver { company, number, next, path } => {
            let name = match company.is_empty() {
                true => lang.ta("handover-number", &[("number", lang.number(*number).into())]),
                false => one_line(company),
            };
            out.subject = lang.ta("mail-handover-over-subject", &[("name", name.into())]);
            out.paragraphs.push(match next {
                Some(next) => lang.ta("mail-handover-next", &[("partner", one_line(next).into())]),
                None => lang.t("mail-handover-over").to_owned(),
            });
            path
        }
        Letter::CustomerAsked { reseller, person, company, path } => {
            let about =
                [("reseller", one_line(reseller).into()), ("person", one_line(person).into()), ("company", one_line(company).into())];
            out.subject = lang.ta("mail-customer-asked-subject", &about);
            out.paragraphs.push(lang.ta("mail-customer-asked-text", &about));
            path
        }
        Letter::ReferralGone { from, withdrawn, path } => {
            let about = [("partner", one_line(from).into())];
            out.subject = lang.ta("mail-gone-subject", &about);
            out.paragraphs.push(lang.ta(if *withdrawn { "mail-gone-withdrawn" } else { "mail-gone-taken" }, &about));
            path
        }
        _ => return Err(unknown("letter")),
    };
    out.button = Some(Button { label: lang.t("mail-referral-button").to_owned(), href: links.page(path) });
    out.why = lang.t("mail-referral-why").to_owned();
    Ok(())
}
