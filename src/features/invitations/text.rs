//! The words of an invitation: what stands in the form at first, and the letter as its recipient
//! will read it.

use super::acts::letter;
use super::model::Invitation;
use crate::access::identity::Recipient;
use crate::domain::letter::Sender;
use crate::domain::relationship::invitation::Kind;
use crate::error::Result;
use crate::i18n::Lang;
use crate::mail::compose::{Composed, Links, compose};

/// The usual words of a kind.
pub fn usual(kind: Kind, lang: Lang) -> &'static str {
    lang.word("invite-words", kind.as_str())
}

/// Has nobody written words of their own?
pub fn is_usual(kind: Kind, message: &str) -> bool {
    let message = message.replace("\r\n", "\n");
    message.trim().is_empty() || Lang::ALL.iter().any(|lang| usual(kind, *lang) == message.trim())
}

/// Stands for the secret part of a link that is not to be shown, or not made yet.
pub const HIDDEN: &str = "…";

/// The letter of an invitation, with its link or, where there is none to show, with a sign in its
/// place.
pub fn composed(row: &Invitation, sender: Sender, provider: Option<String>, public_url: &str, token: Option<&str>) -> Result<Composed> {
    let to = Recipient { email: row.recipient_email.clone(), name: row.recipient_name.clone(), lang: row.lang() };
    let links = Links { public_url, token: &|_| Ok(token.unwrap_or(HIDDEN).to_owned()) };
    compose(&letter(row, sender, provider, false), &to, &links)
}

/// The letter for the sender's own mail program: an address that opens it there.
pub fn mailto(letter: &Composed, to: &str) -> String {
    let mut paragraphs = vec![letter.greeting.clone()];
    paragraphs.extend(letter.paragraphs.iter().cloned());
    paragraphs.extend(letter.quote.iter().map(|quote| quote.lines.join("\n")));
    paragraphs.extend(letter.button.iter().map(|button| format!("{}\n{}", button.label, button.href)));
    let facts: Vec<String> = letter.facts.iter().map(|(label, value)| format!("{label}\u{a0}: {value}")).collect();
    paragraphs.push(facts.join("\n"));
    let encode = |text: &str| crate::web::shell::encode(text).replace('/', "%2F");
    format!(
        "mailto:{}?subject={}&body={}",
        encode(to).replace("%40", "@"),
        encode(&letter.subject),
        encode(&paragraphs.join("\n\n").replace('\n', "\r\n"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_usual_words_in_both_languages() {
        for &kind in Kind::ALL {
            for lang in Lang::ALL {
                assert!(usual(kind, lang).len() > 60, "{kind:?} {lang:?}");
                assert!(is_usual(kind, &usual(kind, lang).replace('\n', "\r\n")));
            }
            assert!(is_usual(kind, " ") && !is_usual(kind, "Hello"));
        }
    }

    #[test]
    fn an_address_for_the_mail_program_holds_no_second_header() {
        let letter = Composed {
            lang: Lang::En,
            subject: "A & B?".into(),
            greeting: "Hello,".into(),
            paragraphs: vec!["x&bcc=evil@example.org".into()],
            quote: None,
            facts: Vec::new(),
            button: None,
            notes: Vec::new(),
            writer: String::new(),
            reply_to: None,
            why: String::new(),
            public_url: String::new(),
        };
        let address = mailto(&letter, "o'brien&bcc=x@contoso.example");
        assert_eq!(address.matches('&').count(), 1, "{address}");
        assert_eq!(address.matches('?').count(), 1, "{address}");
        assert!(address.starts_with("mailto:o%27brien%26bcc%3Dx@contoso.example?subject=A%20%26%20B%3F&body=Hello"), "{address}");
    }
}
