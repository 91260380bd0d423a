//! The letters about business profiles, to the people who keep them.

use super::compose::{Button, Composed, Links, moment, one_line, quote, unknown};
use crate::domain::letter::Letter;
use crate::error::Result;

/// Puts one of these letters into words.
pub(super) fn compose(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let lang = out.lang;
    let path = match letter {
        Letter::ProfileReminder { name, confirmed_at, path } => {
            let about = [("name", one_line(name).into()), ("when", moment(lang, *confirmed_at).into())];
            out.subject = lang.ta("mail-profile-reminder-subject", &about);
            out.paragraphs.push(lang.ta("mail-profile-reminder-text", &about));
            out.paragraphs.push(lang.t("mail-profile-reminder-effect").to_owned());
            path
        }
        Letter::ProfileDecided { name, approved, reason, path } => {
            let about = [("name", one_line(name).into())];
            let (subject, text) = match approved {
                true => ("mail-profile-approved-subject", "mail-profile-approved-text"),
                false => ("mail-profile-rejected-subject", "mail-profile-rejected-text"),
            };
            out.subject = lang.ta(subject, &about);
            out.paragraphs.push(lang.ta(text, &about));
            out.quote = quote(lang, reason, lang.t("mail-profile-operator"));
            path
        }
        _ => return Err(unknown("a profile")),
    };
    out.button = Some(Button { label: lang.t("mail-profile-button").to_owned(), href: links.page(path) });
    out.why = lang.t("mail-profile-why").to_owned();
    Ok(())
}
