//! An open link makes invitations: whoever opens it is mailed one of their own, so that each
//! acceptance has a proven address, one outcome and one row.

use super::queries::{self, Live};
use crate::access::Scope;
use crate::access::invitee::Found;
use crate::access::keys::Keys;
use crate::db::Conn;
use crate::db::ids::InvitationId;
use crate::db::schema::invitation;
use crate::domain::relationship::invitation::State;
use crate::error::{Error, Result};
use crate::features::invitations::acts::{self, From, New};
use crate::features::invitations::model;
use crate::i18n::Lang;
use diesel::prelude::*;

/// Sends a personal invitation to who asked for one; asked again while it waits, the same once
/// more. [`Error::Conflict`] where the open link is over.
pub fn invite(scope: &Scope, conn: &mut Conn, link: &Found, keys: &Keys, lang: Lang, asked: &(String, String, String)) -> Result<()> {
    let row = model::find(scope, conn, link.invitation)?;
    if !row.open_link || queries::live(scope, &row, link.generation) != Live::Open {
        return Err(Error::Conflict);
    }
    let (name, email, company) = asked;
    let from = From { partner: &link.sender_name, keys };
    let waiting: Option<InvitationId> = scope
        .all(invitation::table)
        .filter(invitation::from_open_link.eq(row.id))
        .filter(invitation::recipient_email.eq(email))
        .filter(invitation::state.eq_any([State::Sent, State::Opened]))
        .filter(invitation::expires_at.gt(scope.now))
        .select(invitation::id)
        .first(conn)
        .optional()?;
    if let Some(id) = waiting {
        return match acts::remind(scope, conn, id, &from) {
            // It went out within the last day: it is in their mail box.
            Err(Error::TooMany(_)) => Ok(()),
            other => other,
        };
    }
    let new = New {
        kind: row.kind,
        open_link: false,
        recipient_name: name.clone(),
        recipient_email: email.clone(),
        company: company.clone(),
        customer: None,
        provider: row.provider_id,
        lang,
        purpose: row.purpose.clone(),
        note: String::new(),
        message: row.message.clone(),
        roles: row.roles(),
        duration_days: row.duration_days,
        auto_extend: row.auto_extend,
    };
    let id = acts::create(scope, conn, row.created_by, &new)?;
    diesel::update(scope.all(invitation::table).filter(invitation::id.eq(id)))
        .set(invitation::from_open_link.eq(Some(row.id)))
        .execute(conn)?;
    diesel::update(scope.all(invitation::table).filter(invitation::id.eq(row.id)))
        .set(invitation::uses.eq(invitation::uses + 1))
        .execute(conn)?;
    acts::send(scope, conn, id, &from)
}
