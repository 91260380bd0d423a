//! The sender of an inquiry learns what a partner made of it, and it moves on.

use super::{model, next};
use crate::access::Scope;
use crate::access::inquiry::link;
use crate::access::outbox::{self, Outgoing};
use crate::db::Conn;
use crate::db::ids::InquiryId;
use crate::db::schema::partner_account;
use crate::domain::letter::Letter;
use crate::domain::referral::Shared;
use crate::error::Result;
use diesel::prelude::*;

/// For whoever changed a received referral's engagement to `to`, in the same transaction; `scope`
/// is the receiver's.
/// The inquiry is held (`referrals::model::held`), so that of the last two to decline one sees the other.
pub fn told(scope: &Scope, conn: &mut Conn, inquiry: InquiryId, to: Shared) -> Result<()> {
    if !matches!(to, Shared::Accepted | Shared::Declined | Shared::Expired) {
        return Ok(());
    }
    let partner: String = partner_account::table.find(scope.id()).select(partner_account::name).first(conn)?;
    scope.at_sender(conn, inquiry, |inquiring, conn| {
        let next = if to == Shared::Accepted { None } else { next::offer(inquiring, conn, inquiry)? };
        let row = model::find(conn, inquiry)?;
        let waiting = model::offers(conn, inquiry)?.iter().any(|offer| offer.waits(inquiring.now));
        let letter = Letter::InquiryAnswered { partner, what: to.as_str().to_owned(), next, waiting, link: link(inquiry) };
        let mail = Outgoing {
            partner: None,
            subject: Some(inquiry.uuid()),
            to: &row.email,
            to_name: &row.name(),
            lang: row.lang(),
            letter: &letter,
        };
        // Nobody is left to write to once it is erased.
        if row.erased_at.is_none() {
            outbox::post(conn, inquiring.now, &mail)?;
        }
        Ok(())
    })
}
