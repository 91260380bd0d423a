//! The first reseller to accept a hand-over gets it: exactly one, even at the same moment.

use super::acts::{self, fields, record};
use crate::access::Scope;
use crate::access::identity;
use crate::db::Conn;
use crate::db::ids::{EngagementId, HandoverId, PartnerId};
use crate::domain::referral::Shared;
use crate::error::{Error, Result};

/// What is claimed: the reseller's engagement, its provider, and the hand-over it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    pub engagement: EngagementId,
    pub provider: PartnerId,
    pub handover: HandoverId,
}

/// Takes the hand-over for the reseller that accepts, before anything else of its acceptance is
/// written, and closes what the others were offered. [`Error::Conflict`] where another was first, it
/// was taken back, its time is over, or the partnership is. Whoever comes second waits at the
/// hand-over's row, the first lock of all.
pub fn first(scope: &Scope, conn: &mut Conn, claim: Claim) -> Result<()> {
    if !acts::is_partner(scope, conn, claim.provider)? {
        return Err(Error::Conflict);
    }
    let (winner, _) = identity::name_and_domain(conn, scope.id())?;
    scope.for_engagement(conn, claim.engagement, |scope, conn, referral| {
        if !acts::decide(scope, conn, claim.handover, "won", Some(claim.engagement))? {
            return Err(Error::Conflict);
        }
        acts::close_others(scope, conn, claim.handover, Some(claim.engagement), Shared::Taken)?;
        record(scope, conn, "referral.handed_over", referral, fields(&[("partner", winner.clone())]))
    })
}

/// Why a reseller cannot accept what its provider handed over: the end of a message key.
pub fn refusal(scope: &Scope, conn: &mut Conn, provider: PartnerId, state: Shared) -> Result<Option<&'static str>> {
    Ok(match state {
        Shared::Taken => Some("taken"),
        Shared::Withdrawn => Some("withdrawn"),
        Shared::Received if !acts::is_partner(scope, conn, provider)? => Some("apart"),
        _ => None,
    })
}
