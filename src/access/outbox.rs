//! The outbox: a letter is written in the transaction of what it announces, and leaves when that
//! is committed (`crate::mail` sends). Nothing here is tenant data to read; tenants only add.
//!
//! A row is claimed by moving `next_at` to the end of a lease: whoever else looks sees a row that
//! is not due, and a server that dies leaves one that will be. No transaction is open while a
//! letter is on its way.

use super::identity::{self, Recipient};
use super::keys::link_hash;
use super::tenant::Tenant;
use super::{App, Visitor};
use crate::clock::{DAY, HOUR, MINUTE, Moment};
use crate::db::ids::{MailId, ObjectId, PartnerId};
use crate::db::schema::{access_link, demo_mail, inquiry, invitation_link, outbox, single_use_token};
use crate::db::{Conn, DbResult, dialect};
use crate::domain::letter::{Letter, Link, To};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use diesel::prelude::*;
use uuid::Uuid;

/// A letter and to whom it goes.
pub struct Outgoing<'a> {
    /// Whose act it announces; `None` for the portal's own letters.
    pub partner: Option<PartnerId>,
    /// The object that it is about, so that its page can say what became of the letter.
    pub subject: Option<Uuid>,
    pub to: &'a str,
    pub to_name: &'a str,
    pub lang: Lang,
    pub letter: &'a Letter,
}

/// Puts a letter into the outbox, in the caller's transaction.
pub fn post(conn: &mut Conn, now: Moment, mail: &Outgoing<'_>) -> Result<MailId> {
    let id = MailId::new();
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(id),
            outbox::partner_id.eq(mail.partner),
            outbox::subject_id.eq(mail.subject.map(ObjectId::from_uuid)),
            outbox::recipient.eq(mail.to),
            outbox::recipient_name.eq(mail.to_name),
            outbox::language.eq(mail.lang.as_str()),
            outbox::letter.eq(serde_json::to_string(mail.letter).map_err(Error::internal)?),
            outbox::state.eq("queued"),
            outbox::created_at.eq(now),
            outbox::queued_at.eq(now),
            outbox::next_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// How long one server may be about one letter. A conversation with a mail server is at most a
/// dozen waits of 15 s.
pub const LEASE: i64 = 5 * MINUTE;
/// A letter that could not be sent for so long is dead, until an operator tries it again.
pub const GIVE_UP: i64 = DAY;

/// A letter that is this server's alone until its lease ends.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub id: MailId,
    pub to: Recipient,
    pub letter: String,
    pub created_at: Moment,
    /// This attempt counted.
    pub attempts: i64,
    queued_at: Moment,
    /// The end of the lease, and what tells this claim from any other.
    until: Moment,
}

/// Claims the letter that has waited longest, if one is due.
pub fn claim(app: &App) -> Result<Option<Claimed>> {
    let now = app.now();
    // Asked first on a reader: an idle outbox takes no write lock.
    if app.store.ask_system(|conn| Ok(dialect::due_letter(conn, now, false)?))?.is_none() {
        return Ok(None);
    }
    app.store.write_system(|conn| {
        let Some(id) = dialect::due_letter(conn, now, true)? else { return Ok(None) };
        let until = now.plus(LEASE);
        diesel::update(outbox::table.find(id)).set((outbox::next_at.eq(until), outbox::attempts.eq(outbox::attempts + 1))).execute(conn)?;
        type Row = (String, String, String, String, Moment, Moment, i64);
        let row: Row = outbox::table
            .find(id)
            .select((
                outbox::recipient,
                outbox::recipient_name,
                outbox::language,
                outbox::letter,
                outbox::created_at,
                outbox::queued_at,
                outbox::attempts,
            ))
            .first(conn)?;
        let (email, name, language, letter, created_at, queued_at, attempts) = row;
        let to = Recipient { email, name, lang: Lang::from_text(&language).unwrap_or(Lang::En) };
        Ok(Some(Claimed { id, to, letter, created_at, attempts, queued_at, until }))
    })
}

/// The row, if the claim still holds: after its lease somebody else may have it.
macro_rules! held {
    ($claimed:expr) => {
        outbox::table.find($claimed.id).filter(outbox::state.eq("queued")).filter(outbox::next_at.eq($claimed.until))
    };
}

/// Notes that the mail server has taken it.
pub fn sent(app: &App, claimed: &Claimed) -> Result<()> {
    let now = app.now();
    app.store.write_system(|conn| Ok(mark_sent(conn, claimed, now)?))
}

fn mark_sent(conn: &mut Conn, claimed: &Claimed, now: Moment) -> DbResult<()> {
    let values = (outbox::state.eq("sent"), outbox::sent_at.eq(Some(now)), outbox::last_error.eq(""));
    diesel::update(held!(claimed)).set(values).execute(conn).map(|_| ())
}

/// Why a letter was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Worth another try.
    Later(String),
    /// It will be refused each time.
    Never(String),
}

/// Notes a failure: the letter is tried again after a while, or is dead.
pub fn failed(app: &App, claimed: &Claimed, failure: &Failure) -> Result<()> {
    let now = app.now();
    let (dead, cause) = match failure {
        Failure::Later(cause) => (now.since(claimed.queued_at) >= GIVE_UP, cause),
        Failure::Never(cause) => (true, cause),
    };
    let state = if dead { "dead" } else { "queued" };
    let next = now.plus(pause(claimed.attempts));
    let cause = clean(cause);
    app.store.write_system(|conn| {
        let values = (outbox::state.eq(state), outbox::next_at.eq(next), outbox::last_error.eq(&cause));
        Ok(diesel::update(held!(claimed)).set(values).execute(conn).map(|_| ())?)
    })
}

/// The pause after so many attempts: a minute, doubling to an hour.
fn pause(attempts: i64) -> i64 {
    (MINUTE << (attempts - 1).clamp(0, 6)).min(HOUR)
}

/// What a mail server says may be long, of many lines, and quote the link that it refused.
fn clean(cause: &str) -> String {
    let words = cause.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let hide = |word: &str| {
        let hex = word.split(|c: char| !c.is_ascii_hexdigit()).any(|part| part.len() >= 32);
        if hex { "…".to_owned() } else { word.to_owned() }
    };
    words.map(hide).collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

/// The token of a letter's link, made anew; an error where there is no such link any more.
pub fn link_token(app: &App, link: &Link) -> Result<String> {
    let tokens = app.keys.links(link.to.purpose(), link.subject, link.generation);
    let known = |conn: &mut Conn, token: &str| -> DbResult<bool> {
        let hash = link_hash(link.to.purpose(), token);
        let count: i64 = match link.to {
            To::Connect => invitation_link::table.find(hash).count().get_result(conn)?,
            To::Access => access_link::table.find(hash).count().get_result(conn)?,
            To::ResetPassword => single_use_token::table.find(identity::reset_hash(token)).count().get_result(conn)?,
            To::Inquiry => inquiry::table.filter(inquiry::link_hash.eq(hash)).count().get_result(conn)?,
        };
        Ok(count == 1)
    };
    app.store.read_system(|conn| {
        for token in tokens {
            if known(conn, &token)? {
                return Ok(token);
            }
        }
        Err(Error::internal("the link of this letter is not known any more"))
    })
}

/// A letter as the demonstration's box keeps it.
pub struct Delivered {
    pub message_id: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Delivers into the demonstration's own box instead of sending; once, whatever happens.
pub fn keep(app: &App, claimed: &Claimed, letter: &Delivered) -> Result<()> {
    let now = app.now();
    app.store.write_system(|conn| {
        dialect::insert_unless_there(conn, |conn| {
            diesel::insert_into(demo_mail::table)
                .values((
                    demo_mail::id.eq(MailId::new()),
                    demo_mail::message_id.eq(&letter.message_id),
                    demo_mail::recipient.eq(&claimed.to.email),
                    demo_mail::subject.eq(&letter.subject),
                    demo_mail::text_part.eq(&letter.text),
                    demo_mail::html_part.eq(&letter.html),
                    demo_mail::delivered_at.eq(now),
                ))
                .execute(conn)
        })?;
        Ok(mark_sent(conn, claimed, now)?)
    })
}

/// A letter in the demonstration's box.
#[derive(Debug, Clone, Queryable)]
pub struct BoxLine {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub at: Moment,
}

/// The same with both its parts.
#[derive(Debug, Clone, Queryable)]
pub struct BoxLetter {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub at: Moment,
    pub text: String,
    pub html: String,
}

/// The demonstration's box is open to everybody; elsewhere there is none.
impl Visitor {
    /// Letters, newest first, before one.
    pub async fn demo_mail(&self, before: Option<MailId>, limit: i64) -> Result<Vec<BoxLine>> {
        self.must_be_demo()?;
        let columns = (demo_mail::id, demo_mail::recipient, demo_mail::subject, demo_mail::delivered_at);
        let read = move |conn: &mut Conn| {
            let all = demo_mail::table.order(demo_mail::id.desc()).limit(limit).select(columns).into_boxed();
            Ok(match before {
                Some(id) => all.filter(demo_mail::id.lt(id)).load(conn)?,
                None => all.load(conn)?,
            })
        };
        self.app.block(move |store| store.read_system(read)).await
    }
    /// One letter, whole.
    pub async fn demo_letter(&self, id: MailId) -> Result<BoxLetter> {
        self.must_be_demo()?;
        let columns =
            (demo_mail::id, demo_mail::recipient, demo_mail::subject, demo_mail::delivered_at, demo_mail::text_part, demo_mail::html_part);
        self.app.block(move |store| store.read_system(|conn| Ok(demo_mail::table.find(id).select(columns).first(conn)?))).await
    }
    fn must_be_demo(&self) -> Result<()> {
        if self.app.config.demo { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// A letter as an operator sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Mail {
    pub id: MailId,
    pub to: String,
    pub to_name: String,
    pub letter: String,
    pub state: String,
    pub attempts: i64,
    pub last_error: String,
    pub created_at: Moment,
    pub next_at: Moment,
    pub sent_at: Option<Moment>,
}

/// Which letters, and from where on.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<String>,
    /// A whole address.
    pub recipient: Option<String>,
    /// Begin before this one or, backwards, after it.
    pub cursor: Option<(MailId, bool)>,
    pub limit: i64,
}

/// Letters, newest first (backwards, oldest first): ids follow the time that they were made at.
pub fn list(conn: &mut Conn, filter: &Filter) -> DbResult<Vec<Mail>> {
    let mut rows = outbox::table
        .limit(filter.limit)
        .select((
            outbox::id,
            outbox::recipient,
            outbox::recipient_name,
            outbox::letter,
            outbox::state,
            outbox::attempts,
            outbox::last_error,
            outbox::created_at,
            outbox::next_at,
            outbox::sent_at,
        ))
        .into_boxed();
    if let Some(state) = &filter.state {
        rows = rows.filter(outbox::state.eq(state));
    }
    if let Some(to) = &filter.recipient {
        rows = rows.filter(outbox::recipient.eq_any([to.clone(), to.to_lowercase()]));
    }
    match filter.cursor {
        Some((id, true)) => rows.filter(outbox::id.gt(id)).order(outbox::id).load(conn),
        Some((id, false)) => rows.filter(outbox::id.lt(id)).order(outbox::id.desc()).load(conn),
        None => rows.order(outbox::id.desc()).load(conn),
    }
}

/// What waits, and what went wrong; counted up to [`CAP`].
#[derive(Debug, Clone, Copy)]
pub struct Queues {
    pub waiting: i64,
    /// Waiting after a failure.
    pub failing: i64,
    pub dead: i64,
    /// Since when the oldest waits.
    pub oldest: Option<Moment>,
}

/// Counting stops here.
pub const CAP: i64 = 1_000;

pub fn queues(conn: &mut Conn) -> DbResult<Queues> {
    let waiting: Vec<(i64, Moment)> = outbox::table
        .filter(outbox::state.eq("queued"))
        .order(outbox::id)
        .limit(CAP + 1)
        .select((outbox::attempts, outbox::created_at))
        .load(conn)?;
    let dead: Vec<MailId> = outbox::table.filter(outbox::state.eq("dead")).limit(CAP + 1).select(outbox::id).load(conn)?;
    Ok(Queues {
        waiting: waiting.len() as i64,
        failing: waiting.iter().filter(|(attempts, _)| *attempts > 0).count() as i64,
        dead: dead.len() as i64,
        oldest: waiting.first().map(|(_, at)| *at),
    })
}

/// Dead letters of the account of the first of them, up to [`CAP`], and that account (or none);
/// only such as were queued before `now`, so that a walk through all of them ends.
pub fn dead(conn: &mut Conn, now: Moment) -> DbResult<Option<(Option<PartnerId>, Vec<MailId>)>> {
    let dead = || outbox::table.filter(outbox::state.eq("dead")).filter(outbox::queued_at.lt(now));
    let first: Option<Option<PartnerId>> = dead().order(outbox::id).select(outbox::partner_id).first(conn).optional()?;
    let Some(partner) = first else { return Ok(None) };
    let of_it = dead().order(outbox::id).limit(CAP).select(outbox::id);
    let ids = match partner {
        Some(id) => of_it.filter(outbox::partner_id.eq(id)).load(conn)?,
        None => of_it.filter(outbox::partner_id.is_null()).load(conn)?,
    };
    Ok(Some((partner, ids)))
}

/// Whose a dead letter is, and to whom; [`Error::NotFound`] for any other letter.
pub fn find_dead(conn: &mut Conn, id: MailId) -> DbResult<(Option<PartnerId>, String)> {
    outbox::table.find(id).filter(outbox::state.eq("dead")).select((outbox::partner_id, outbox::recipient)).first(conn)
}

/// Queues dead letters again, with a day of attempts before them; how many still were dead.
pub fn queue_again(conn: &mut Conn, ids: &[MailId], now: Moment) -> DbResult<usize> {
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)).filter(outbox::state.eq("dead")))
        .set((outbox::state.eq("queued"), outbox::attempts.eq(0), outbox::queued_at.eq(now), outbox::next_at.eq(now)))
        .execute(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_from_a_minute_to_an_hour() {
        let minutes: Vec<_> = (1..=9).map(|attempts| pause(attempts) / MINUTE).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn what_a_mail_server_said_is_one_short_line_without_a_token() {
        let said = format!("554 refused\r\n554 link https://portal.example/connect/{} is bad\0", "ab".repeat(32));
        assert_eq!(clean(&said), "554 refused 554 link … is bad");
        assert_eq!(clean(&"x ".repeat(900)).chars().count(), 300);
    }
}

/// What became of a letter.
#[derive(Debug, Clone, Queryable)]
pub struct Fate {
    pub to: String,
    pub state: String,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    letter: String,
}

impl Fate {
    /// What it was; `None` where a later version wrote it.
    pub fn letter(&self) -> Option<Letter> {
        serde_json::from_str(&self.letter).ok()
    }
}

/// The letters about one object of this tenant, newest first; 50 at most.
pub fn about(tenant: &Tenant, conn: &mut Conn, subject: Uuid) -> Result<Vec<Fate>> {
    Ok(outbox::table
        .filter(outbox::subject_id.eq(Some(ObjectId::from_uuid(subject))))
        .filter(outbox::partner_id.eq(Some(tenant.id())))
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(50)
        .select((outbox::recipient, outbox::state, outbox::created_at, outbox::sent_at, outbox::letter))
        .load(conn)?)
}
