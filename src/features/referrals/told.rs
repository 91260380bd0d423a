//! What the other side of a referral learns of it.

use super::model::{Engagement, Referral};
use crate::access::Scope;
use crate::db::Conn;
use crate::db::schema::{engagement, referral};
use crate::domain::referral::Shared;
use crate::error::Result;
use crate::features::handover::claim;
use crate::features::inquiry::told as inquiries;
use crate::features::sharing::acts as sharing;
use diesel::prelude::*;

/// Mirrors the state of the receiver's referral, which has just changed, into what its sender sees,
/// and tells the sender; `scope` is the receiver's.
pub fn told(scope: &Scope, conn: &mut Conn, came: &Engagement, to: Shared) -> Result<()> {
    let reason: String = scope.all(referral::table).filter(referral::id.eq(came.to_referral_id)).select(referral::reason).first(conn)?;
    let open = matches!(to, Shared::Received | Shared::Accepted);
    let answered = match to {
        Shared::Received => None,
        Shared::Accepted | Shared::Declined => came.answered_at.or(Some(scope.now)),
        _ => came.answered_at,
    };
    diesel::update(scope.received(engagement::table).filter(engagement::id.eq(came.id)))
        .set((
            engagement::state.eq(to),
            engagement::reason.eq(reason),
            engagement::answered_at.eq(answered),
            engagement::closed_at.eq((!open).then_some(scope.now)),
            engagement::version.eq(engagement::version + 1),
        ))
        .execute(conn)?;
    match came.inquiry_id {
        // What it was reopened from, its sender has been told.
        Some(inquiry) if came.state == Shared::Received => inquiries::told(scope, conn, inquiry, to),
        Some(_) => Ok(()),
        None => {
            claim::follow(scope, conn, came, to)?;
            // Whoever took it back knows, and the winner's letter tells of the others.
            let silent = matches!(to, Shared::Taken | Shared::Withdrawn);
            if silent { Ok(()) } else { super::letters::to_sender(scope, conn, came, to) }
        }
    }
}

/// Brings the shared part between partners up to date with the receiver's deal.
pub fn shared(scope: &Scope, conn: &mut Conn, came: &Engagement, row: &Referral) -> Result<()> {
    if came.from_partner_id.is_none() {
        return Ok(());
    }
    diesel::update(scope.received(engagement::table).filter(engagement::id.eq(came.id)))
        .set((
            engagement::title.eq(&row.title),
            engagement::value_minor.eq(row.value_minor),
            engagement::currency.eq(&row.currency),
            engagement::close_on.eq(&row.close_on),
            engagement::stage.eq(&row.stage),
            engagement::version.eq(engagement::version + 1),
        ))
        .execute(conn)?;
    sharing::follow(scope, conn, came, row)
}
