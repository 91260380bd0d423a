//! What time does to hand-overs: one that nobody has accepted is over, and where its provider wished so
//! it goes on to another of its resellers.

use super::acts::{self, New};
use super::queries::{self, Subject};
use super::{href, new_href};
use crate::access::schedule::{Task, Tick};
use crate::access::{Scope, identity};
use crate::clock::{DAY, MINUTE};
use crate::db::Conn;
use crate::db::ids::{HandoverId, PartnerId};
use crate::db::schema::{engagement, handover};
use crate::domain::PartnerStatus;
use crate::domain::fold::fold;
use crate::domain::letter::Letter;
use crate::domain::relationship::partnership::Side;
use crate::domain::routing::Wanted;
use crate::error::Result;
use crate::features::partnerships::queries as partnerships;
use crate::features::referrals::letters::tell;
use crate::features::routing::decide;
use diesel::prelude::*;

/// Hand-overs looked at in one run.
const PIECE: i64 = 100;

pub const NEXT: Task = Task { name: "handover.next", every: 10 * MINUTE, run: next };

fn next(tick: &Tick<'_>) -> Result<i64> {
    tick.each_partner(
        |scope, conn| Ok(!idle(scope, conn)?.is_empty()),
        |scope, conn| {
            let mut done = 0;
            for id in idle(scope, conn)? {
                done += i64::from(go_on(scope, conn, id)?);
            }
            Ok(done)
        },
    )
}

/// Open hand-overs for which nobody is left to answer.
fn idle(scope: &Scope, conn: &mut Conn) -> Result<Vec<HandoverId>> {
    let waiting = scope
        .sent(engagement::table)
        .filter(engagement::handover_id.eq(handover::id.nullable()))
        .filter(engagement::state.eq("received"))
        .filter(engagement::expires_at.gt(scope.now));
    let open = scope.all(handover::table).filter(handover::state.eq("open"));
    let idle = open.filter(diesel::dsl::not(diesel::dsl::exists(waiting)));
    Ok(idle.order(handover::id).limit(PIECE).select(handover::id).load(conn)?)
}

/// Notes that it has come to nothing, offers the referral to another reseller where it may go on, and
/// tells the provider's people which; whether there was anything to note.
fn go_on(scope: &Scope, conn: &mut Conn, id: HandoverId) -> Result<bool> {
    let before = queries::one(scope, conn, id)?;
    let open = scope.all(handover::table).filter(handover::id.eq(id)).filter(handover::state.eq("open"));
    let over = diesel::update(open).set((handover::state.eq("over"), handover::closed_at.eq(Some(scope.now)))).execute(conn)?;
    if over == 0 {
        return Ok(false);
    }
    let (maker, subject) = (queries::maker(scope, conn, id)?, queries::subject(scope, conn, before.referral)?);
    let mut onward = None;
    if before.allow_next
        && queries::may_hand_over(scope, conn, &subject.row)?.is_ok()
        && let Some((reseller, name)) = best(scope, conn, &subject)?
    {
        let days = ((before.expires_at.since(before.created_at) + DAY - 1) / DAY).clamp(1, 14);
        let new = New { referral: subject.row.id, resellers: vec![reseller], message: before.message.clone(), days, allow_next: true };
        onward = acts::hand_over(scope, conn, maker, &new)?.ok().map(|id| (id, name));
    }
    let (slug, _) = identity::slug_and_name(conn, scope.id())?;
    let letter = Letter::HandoverOver {
        company: subject.row.company.clone(),
        number: subject.row.number,
        next: onward.as_ref().map(|(_, name)| name.clone()),
        path: onward.map_or_else(|| new_href(&slug, subject.row.id), |(id, _)| href(&slug, id)),
    };
    tell(scope, conn, None, &letter)?;
    Ok(true)
}

/// The reseller that fits best of those not asked before: as the directory's routing would order them,
/// then those that it does not list, by name.
fn best(scope: &Scope, conn: &mut Conn, Subject { row, language }: &Subject) -> Result<Option<(PartnerId, String)>> {
    let asked: Vec<PartnerId> =
        scope.sent(engagement::table).filter(engagement::from_referral_id.eq(row.id)).select(engagement::to_partner_id).load(conn)?;
    let mut free = partnerships::all(scope, conn, Side::Provider)?;
    free.retain(|one| one.is_active(scope.now) && one.status == PartnerStatus::Active && !asked.contains(&one.partner));
    free.sort_by_cached_key(|one| (fold(&one.name), one.partner));
    let offers = row.services.split(' ').chain(row.products.split(' ')).filter(|key| !key.is_empty());
    let wanted = Wanted {
        country: row.country.clone(),
        point: None,
        language: language.clone(),
        industry: row.industry.clone(),
        offers: offers.map(str::to_owned).collect(),
    };
    let routed = decide::route(conn, scope.cloud(), &wanted, &asked, scope.now)?;
    let listed = routed.best(usize::MAX).find_map(|one| free.iter().find(|reseller| reseller.partner == one.partner));
    Ok(listed.or(free.first()).map(|one| (one.partner, one.name.clone())))
}
