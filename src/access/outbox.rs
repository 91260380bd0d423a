//! The outbox: a letter is written in the transaction of what it announces, and leaves when that
//! is committed (`crate::mail` sends). Nothing here is tenant data to read; tenants only add.

use super::tenant::Tenant;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{MailId, ObjectId, PartnerId};
use crate::db::schema::outbox;
use crate::domain::letter::Letter;
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
            outbox::next_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
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
