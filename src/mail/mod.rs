//! Mail: what letters say, and how they leave. `access::outbox` takes them in and hands them out.

pub mod compose;
mod handover;
mod inquiry;
pub mod message;
mod partnership;
mod profile;
mod referral;
mod relationship;
pub mod smtp;

use crate::access::App;
use crate::access::outbox::{self, Claimed, Delivered, Failure};
use crate::config::Config;
use crate::domain::letter::Letter;
use crate::error::{Error, Result};
use compose::{Composed, Links};
use message::Sender;
use smtp::{Refused, Smtp};

/// How letters leave.
pub enum Carrier {
    /// Through the mail server.
    Server(Box<Smtp>, Sender),
    /// Into the demonstration's own box; nothing goes outside.
    Box,
}

impl Carrier {
    /// As the configuration says; `None` where no mail server is named.
    pub fn of(config: &Config) -> anyhow::Result<Option<Self>> {
        if config.demo {
            return Ok(Some(Self::Box));
        }
        let Some(smtp) = Smtp::new(config)? else { return Ok(None) };
        Ok(Some(Self::Server(Box::new(smtp), Sender::new(config)?)))
    }

    /// Sends the letter that has waited longest; whether to go on at once.
    pub fn deliver_one(&mut self, app: &App) -> Result<bool> {
        let Some(claimed) = outbox::claim(app)? else {
            if let Self::Server(smtp, _) = self {
                smtp.close();
            }
            return Ok(false);
        };
        let letter = match compose(app, &claimed) {
            Ok(letter) => letter,
            // The database is away: the lease ends, and the letter is tried again.
            Err(error @ Error::Unavailable(_)) => return Err(error),
            Err(error) => {
                tracing::error!(mail = %claimed.id, error = %error, "a letter that cannot be composed");
                outbox::failed(app, &claimed, &Failure::Never(error.to_string()))?;
                return Ok(true);
            }
        };
        let message_id = message::id(&claimed, &app.config);
        match self {
            Self::Box => {
                let (text, html) = (letter.text()?, letter.html()?);
                outbox::keep(app, &claimed, &Delivered { message_id, subject: letter.subject, text, html })?;
                Ok(true)
            }
            Self::Server(smtp, sender) => send(app, &claimed, &letter, &message_id, smtp, sender),
        }
    }
}

fn send(app: &App, claimed: &Claimed, letter: &Composed, message_id: &str, smtp: &mut Smtp, sender: &Sender) -> Result<bool> {
    let outcome = match sender.write(letter, &claimed.to, message_id, claimed.created_at) {
        Ok(message) => smtp.send(&message),
        Err(error) => Err(Refused::Never(error.to_string())),
    };
    let (failure, go_on) = match outcome {
        Ok(()) => {
            tracing::info!(mail = %claimed.id, attempts = claimed.attempts, outcome = "sent", "mail");
            return note_sent(app, claimed).map(|()| true);
        }
        // The other letters would meet the same: they wait, undisturbed.
        Err(Refused::Unreachable(cause)) => (Failure::Later(cause), false),
        Err(Refused::Later(cause)) => (Failure::Later(cause), true),
        Err(Refused::Never(cause)) => (Failure::Never(cause), true),
    };
    let outcome = if matches!(failure, Failure::Never(_)) { "refused" } else { "later" };
    tracing::warn!(mail = %claimed.id, attempts = claimed.attempts, outcome, "mail");
    outbox::failed(app, claimed, &failure)?;
    Ok(go_on)
}

/// The mail server has it: unless this is noted, it goes out again when the lease ends. So a
/// database that is away for a minute is waited for.
fn note_sent(app: &App, claimed: &Claimed) -> Result<()> {
    for _ in 0..30 {
        match outbox::sent(app, claimed) {
            Err(Error::Unavailable(_)) => std::thread::sleep(std::time::Duration::from_secs(2)),
            answer => return answer,
        }
    }
    outbox::sent(app, claimed)
}

fn compose(app: &App, claimed: &Claimed) -> Result<Composed> {
    let letter: Letter = serde_json::from_str(&claimed.letter).map_err(Error::internal)?;
    let links = Links { public_url: &app.config.public_url, token: &|link| outbox::link_token(app, link) };
    compose::compose(&letter, &claimed.to, &links)
}

/// The subject of a letter as stored, for the operator's pages; `None` where it has no words.
pub fn subject(letter: &str, to: &crate::access::identity::Recipient) -> Option<String> {
    let letter: Letter = serde_json::from_str(letter).ok()?;
    let links = Links { public_url: "", token: &|_| Ok(String::new()) };
    compose::compose(&letter, to, &links).ok().map(|letter| letter.subject)
}
