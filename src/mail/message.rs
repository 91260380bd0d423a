//! A letter as a mail message. Headers are the library's: names and addresses are parsed and
//! encoded, never put together as text (N-02).

use super::compose::{Composed, one_line};
use crate::access::identity::Recipient;
use crate::access::outbox::Claimed;
use crate::clock::Moment;
use crate::config::Config;
use crate::error::{Error, Result};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use std::time::{Duration, SystemTime};

/// The same at each attempt, so that mail programs show a letter once however often it came.
pub fn id(claimed: &Claimed, config: &Config) -> String {
    format!("<{}@{}>", claimed.id, host(config))
}

/// The portal's host name without a port.
pub fn host(config: &Config) -> &str {
    let host = config.public_host();
    host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name)
}

/// Who writes.
pub struct Sender(Mailbox);

impl Sender {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        config.sender().map(Self)
    }
    /// A letter with both parts. Its date is that of what it announces, at each attempt the same.
    pub fn write(&self, letter: &Composed, to: &Recipient, id: &str, date: Moment) -> Result<Message> {
        let mut message = Message::builder()
            .from(self.0.clone())
            .to(mailbox(&to.name, &to.email)?)
            .subject(one_line(&letter.subject))
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(date.micros().max(0).unsigned_abs()))
            .message_id(Some(id.to_owned()))
            // Absence notes need not answer (RFC 3834).
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
        if let Some(person) = &letter.reply_to {
            message = message.reply_to(mailbox(&person.person, &person.email)?);
        }
        let parts = MultiPart::alternative_plain_html(letter.text()?, letter.html()?);
        message.multipart(parts).map_err(Error::internal)
    }
}

fn mailbox(name: &str, email: &str) -> Result<Mailbox> {
    let address: Address = email.parse().map_err(|error| Error::internal(format!("not a mail address: {error}")))?;
    let name = one_line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::{self, Letter};
    use crate::i18n::Lang;
    use crate::mail::compose::{Links, compose};
    use proptest::prelude::*;

    fn write(sender: letter::Sender, to: Recipient, company: String) -> Result<String> {
        let letter = Letter::InvitationAnswered {
            company,
            person: sender.person.clone(),
            kind: "reseller".into(),
            accepted: true,
            mismatch: false,
            declined: String::new(),
            reason: String::new(),
            path: "/p/north/invitations".into(),
        };
        let links = Links { public_url: "https://portal.example", token: &|_| Ok(String::new()) };
        let mut letter = compose(&letter, &to, &links)?;
        letter.reply_to = Some(sender);
        let config = Config { mail_from: Some("Comptoir <portal@example.com>".into()), ..Config::default() };
        let from = Sender::new(&config).map_err(Error::internal)?;
        let message = from.write(&letter, &to, "<1@portal.example>", Moment::from_micros(0))?;
        assert_eq!(message.envelope().to().len(), 1);
        Ok(String::from_utf8(message.formatted()).expect("ASCII"))
    }

    /// The names of the headers, folded lines joined; none may follow a bare CR or LF.
    fn headers(message: &str) -> Vec<String> {
        let (head, _) = message.split_once("\r\n\r\n").expect("a head");
        assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "{head:?}");
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        lines.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
    }

    const HEADERS: [&str; 9] =
        ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Reply-To", "MIME-Version", "Content-Type"];

    proptest! {
        #[test]
        fn no_name_subject_or_address_adds_a_header_or_a_recipient(
            name in "(\\PC|[\r\n\t\0<>\",;:@]|\r\nBcc: x@evil\\.example){0,30}",
            company in "(\\PC|[\r\n\t\0]|\r\n\r\n){0,30}",
            person in "(\\PC|[\r\n<>\"]){0,20}",
            email in "[a-z]{1,8}(\r\nBcc: |[\r\n ,<>]){0,2}@[a-z]{1,8}\\.example(\r\nX: y|, z@evil\\.example)?",
        ) {
            let sender = letter::Sender { partner: String::new(), person, email: email.clone() };
            let to = Recipient { email, name, lang: Lang::En };
            // An address that is none is refused; anything else stays where it belongs.
            if let Ok(message) = write(sender, to, company) {
                let mut found = headers(&message);
                found.sort();
                let mut wanted = HEADERS.to_vec();
                wanted.sort_unstable();
                prop_assert_eq!(found, wanted, "{}", message);
            }
        }
    }

    #[test]
    fn a_message_has_its_headers_and_names_of_any_script() {
        let sender = letter::Sender { partner: String::new(), person: "Zoé \"Z\" 王".into(), email: "zoe@north.example".into() };
        let to = Recipient { email: "a@b.example".into(), name: "Ærø, Søn & Co".into(), lang: Lang::En };
        let message = write(sender, to, "Čapek".into()).expect("a message");
        assert_eq!(headers(&message).len(), HEADERS.len(), "{message}");
        assert!(message.contains("<a@b.example>\r\n") && message.contains("<zoe@north.example>\r\n"), "{message}");
    }
}
