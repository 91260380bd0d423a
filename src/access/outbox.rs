//! The outbox: a letter is written in the transaction of what it announces, and leaves when that
//! is committed (`crate::mail` sends). Nothing here is tenant data to read; tenants only add.

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
