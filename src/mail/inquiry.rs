//! The letters about inquiries of visitors: to their senders, and to partners.

use super::compose::{Button, Composed, Links, one_line, unknown};
use crate::domain::letter::Letter;
use crate::domain::referral::Shared;
use crate::error::Result;

/// Puts one of these letters into words.
pub(super) fn compose(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let lang = out.lang;
    let link = match letter {
        Letter::InquirySent { partners, link } => {
            let names: Vec<String> = partners.iter().map(|name| one_line(name)).collect();
            out.subject = lang.t("mail-inquiry-sent-subject").to_owned();
            out.paragraphs.push(match names.is_empty() {
                true => lang.t("mail-inquiry-sent-nobody").to_owned(),
                false => lang.ta("mail-inquiry-sent-text", &[("partners", lang.all_of(&names).into())]),
            });
            if !names.is_empty() {
                out.paragraphs.push(lang.t("mail-inquiry-sent-wait").to_owned());
            }
            // No word of the inquiry: whoever gets this may not have written it.
            out.notes = vec![lang.t("mail-inquiry-keep").to_owned(), lang.t("mail-inquiry-not-you").to_owned()];
            link
        }
        Letter::InquiryAnswered { partner, what, next, waiting, link } => {
            let what = Shared::from_text(what).ok_or_else(|| unknown(what))?;
            let about = [("partner", one_line(partner).into())];
            let (subject, text) = match what {
                Shared::Accepted => ("mail-inquiry-accepted-subject", "mail-inquiry-accepted"),
                Shared::Declined => ("mail-inquiry-declined-subject", "mail-inquiry-declined"),
                _ => ("mail-inquiry-expired-subject", "mail-inquiry-expired"),
            };
            out.subject = lang.ta(subject, &about);
            out.paragraphs.push(lang.ta(text, &about));
            out.paragraphs.extend(match (what, next, waiting) {
                (Shared::Accepted, ..) => None,
                (_, Some(next), _) => Some(lang.ta("mail-inquiry-next", &[("partner", one_line(next).into())])),
                (_, None, true) => Some(lang.t("mail-inquiry-others").to_owned()),
                (_, None, false) => Some(lang.t("mail-inquiry-nobody-left").to_owned()),
            });
            link
        }
        Letter::InquiryWithdrawn { city, path } => {
            let about = [("city", one_line(city).into())];
            out.subject = lang.ta("mail-inquiry-withdrawn-subject", &about);
            out.paragraphs.push(lang.ta("mail-inquiry-withdrawn", &about));
            out.button = Some(Button { label: lang.t("mail-referral-button").to_owned(), href: links.page(path) });
            out.why = lang.t("mail-referral-why").to_owned();
            return Ok(());
        }
        _ => return Err(unknown("letter")),
    };
    out.button = Some(Button { label: lang.t("mail-inquiry-button").to_owned(), href: links.opened_by(link)? });
    out.why = lang.t("mail-inquiry-why").to_owned();
    Ok(())
}
