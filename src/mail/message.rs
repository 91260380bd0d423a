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
