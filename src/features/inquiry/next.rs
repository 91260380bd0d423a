//! An inquiry moves on: nobody who has it may still answer or has taken it on, and its sender
//! allowed it. At most three rounds; one partner a time after the first.

use super::model::{self, Inquiry, Offer};
use super::send::leave;
use crate::access::directory::Inquiring;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{InquiryId, PartnerId};
use crate::domain::referral::Shared;
use crate::domain::routing::MOST_ROUNDS;
use crate::error::Result;
use crate::features::routing::decide::route;

/// Offers it to the next best partner, if its time has come; that partner's name. Asked again, it
/// changes nothing: the number of the offer is decided on once.
pub fn offer(inquiring: &Inquiring, conn: &mut Conn, id: InquiryId) -> Result<Option<String>> {
    let (inquiry, offers) = (model::find(conn, id)?, model::offers(conn, id)?);
    if !moves_on(&inquiry, &offers, inquiring.now) {
        return Ok(None);
    }
    let asked: Vec<PartnerId> = offers.iter().map(|offer| offer.partner).collect();
    let decision = route(conn, inquiry.cloud, &inquiry.wanted(), &asked, inquiring.now)?;
    let chosen = decision.best(1).next().cloned();
    let number = offers.len() as i64 + 1;
    if !decision.keep(conn, id, number, chosen.as_ref(), inquiring.now)? {
        return Ok(None);
    }
    let Some(chosen) = chosen else { return Ok(None) };
    let incoming = inquiry.incoming(chosen.location, decision.own(&chosen)?, inquiring.now);
    leave(inquiring, conn, (chosen.partner, chosen.profile), &incoming)?;
    Ok(Some(chosen.name))
}

/// Is there nobody left who may take it on, and may somebody else?
pub fn moves_on(inquiry: &Inquiry, offers: &[Offer], now: Moment) -> bool {
    let over = |offer: &Offer| matches!(offer.state(now), Shared::Declined | Shared::Expired);
    may_go_further(inquiry, offers) && offers.iter().all(|offer| !offer.is_alive(now)) && offers.iter().any(over)
}

/// Did its sender allow a next partner, and has it been to fewer than all rounds?
pub fn may_go_further(inquiry: &Inquiry, offers: &[Offer]) -> bool {
    let later = offers.iter().filter(|offer| offer.offered_at > inquiry.created_at).count();
    inquiry.allow_next && inquiry.erased_at.is_none() && 1 + later < MOST_ROUNDS
}
