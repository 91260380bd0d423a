//! The first reseller to accept a hand-over gets it: exactly one, even at the same moment. What
//! becomes of it then is followed in the provider's own referral.

use super::acts;
use super::queries;
use crate::access::audit::Fields;
use crate::access::referral::Sight;
use crate::access::{Scope, identity};
use crate::db::Conn;
use crate::db::ids::{PartnerId, ReferralId, UserId};
use crate::domain::referral::{Shared, State, Step, step};
use crate::error::{Error, Result};
use crate::features::referrals::acts::{self as referrals, Accept, Deal, named};
use crate::features::referrals::model::{self, Engagement};

/// Takes the hand-over for the reseller that accepts, before anything else of its acceptance is
/// written, and closes what the others were offered. [`Error::Conflict`] where another was first, it
/// was taken back, its time is over, or the partnership is. Whoever comes second waits at the
/// hand-over's row, the first lock of all.
pub fn first(scope: &Scope, conn: &mut Conn, came: &Engagement, deal: &Deal) -> Result<()> {
    let (Some(provider), Some(handover)) = (came.from_partner_id, came.handover_id) else { return Ok(()) };
    if !acts::is_partner(scope, conn, provider)? {
        return Err(Error::Conflict);
    }
    let (winner, _) = identity::name_and_domain(conn, scope.id())?;
    scope.for_engagement(conn, came.id, |scope, conn, own| {
        if !acts::decide(scope, conn, handover, "won", Some(came.id))? {
            return Err(Error::Conflict);
        }
        let maker = queries::maker(scope, conn, handover)?;
        accept_own(scope, conn, own, maker, deal)?;
        acts::close_others(scope, conn, handover, Some(came.id), Shared::Taken)?;
        referrals::record(scope, conn, "referral.handed_over", own, (Fields::new(), named(&winner)))
    })
}

/// What the provider had not accepted itself is accepted by its reseller, on the same terms.
fn accept_own(scope: &Scope, conn: &mut Conn, id: ReferralId, owner: UserId, deal: &Deal) -> Result<()> {
    let row = model::find(scope, conn, Sight::ALL, id)?;
    match row.shown(scope.now) {
        State::Accepted => Ok(()),
        State::Received => {
            let new = Accept { deal: deal.clone(), work: Default::default(), owner: row.owner_id.unwrap_or(owner), contacted: false };
            referrals::accept(scope, conn, Sight::ALL, id, row.version, &new)
        }
        _ => Err(Error::Conflict),
    }
}

/// Follows in the provider's account what has become of a referral that it handed over: a reseller's
/// success is its own; a loss leaves it free to hand it to others; an acceptance taken back, too. That
/// nobody is left who could accept is noted by `tasks::NEXT`: until then a decline can be taken back.
pub fn follow(scope: &Scope, conn: &mut Conn, came: &Engagement, to: Shared) -> Result<()> {
    if came.handover_id.is_none() {
        return Ok(());
    }
    scope.for_engagement(conn, came.id, |scope, conn, own| {
        match to {
            Shared::Won => follow_step(scope, conn, own, Step::Win)?,
            Shared::Accepted if came.state == Shared::Won => follow_step(scope, conn, own, Step::Reopen)?,
            _ => {}
        }
        Ok(())
    })
}

/// Does the same with the provider's own referral, if it still can be done.
fn follow_step(scope: &Scope, conn: &mut Conn, id: ReferralId, what: Step) -> Result<()> {
    let row = model::find(scope, conn, Sight::ALL, id)?;
    let came = model::incoming(scope, conn, id)?;
    let followed = what == Step::Reopen && model::has_followed(scope, conn, &row, came.as_ref())?;
    if step(&row.facts(followed), what, scope.now).is_err() {
        return Ok(());
    }
    match what {
        Step::Win => referrals::win(scope, conn, Sight::ALL, id, row.version),
        _ => referrals::reopen(scope, conn, Sight::ALL, id, row.version),
    }
}

/// Why a reseller cannot accept what its provider handed over: the end of a message key.
pub fn refusal(scope: &Scope, conn: &mut Conn, came: &Engagement) -> Result<Option<&'static str>> {
    let Some(provider) = came.from_partner_id.filter(|_| came.handover_id.is_some()) else { return Ok(None) };
    Ok(match came.state.at(came.expires_at, scope.now) {
        Shared::Taken => Some("taken"),
        Shared::Withdrawn => Some("withdrawn"),
        Shared::Received if !acts::is_partner(scope, conn, provider)? => Some("apart"),
        _ => None,
    })
}

/// The provider through which a referral came, if one did.
pub fn provider(came: &Engagement) -> Option<PartnerId> {
    came.from_partner_id.filter(|_| came.handover_id.is_some())
}
