//! Sends an inquiry: one row that is nobody's, a referral with each partner that gets it, and a
//! letter with the way back to its sender. All of it, or nothing.

use super::forms::New;
use super::model::{self, Inquiry};
use super::queries::Target;
use crate::access::directory::Inquiring;
use crate::access::inquiry::link;
use crate::access::insight::{self, Listed};
use crate::access::keys::{Keys, link_hash};
use crate::access::outbox::{self, Outgoing};
use crate::clock::{DAY, Moment};
use crate::db::ids::{PartnerId, ProfileId};
use crate::db::schema::inquiry;
use crate::db::{Conn, DbResult, dialect};
use crate::domain::Cloud;
use crate::domain::insight::Seen;
use crate::domain::letter::Letter;
use crate::domain::routing::MOST_AT_ONCE;
use crate::error::Result;
use crate::features::referrals::receive::{Incoming, receive};
use crate::features::routing::decide::route;
use crate::features::routing::gather;
use diesel::prelude::*;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its way, now or since the same form was sent before.
    Sent,
    /// These named partners get no more inquiries today; nothing was sent to anybody.
    Full(Vec<String>),
}

/// Sends it, once for each [`New::id`].
pub fn send(inquiring: &Inquiring, conn: &mut Conn, keys: &Keys, new: &New) -> Result<Outcome> {
    let now = inquiring.now;
    let full = full(conn, &new.targets, now)?;
    if !full.is_empty() {
        return Ok(Outcome::Full(full));
    }
    if !dialect::insert_unless_there(conn, |conn| insert(conn, keys, new, now))? {
        return Ok(Outcome::Sent);
    }
    let inquiry = model::find(conn, new.id)?;
    let mut names: Vec<String> = Vec::new();
    for target in &new.targets {
        let location = target.location.or_else(|| gather::nearest(&target.content, new.point));
        leave(inquiring, conn, (target.partner, target.profile), &inquiry.incoming(location, String::new(), now))?;
        names.push(target.name.clone());
    }
    names.extend(routed(inquiring, conn, new, &inquiry)?);
    let letter = Letter::InquirySent { partners: names, link: link(new.id) };
    let mail =
        Outgoing { partner: None, subject: Some(new.id.uuid()), to: &new.email, to_name: &inquiry.name(), lang: new.lang, letter: &letter };
    outbox::post(conn, now, &mail)?;
    Ok(Outcome::Sent)
}

fn full(conn: &mut Conn, targets: &[Target], now: Moment) -> Result<Vec<String>> {
    let partners: Vec<PartnerId> = targets.iter().map(|target| target.partner).collect();
    let today = gather::since(conn, &partners, now.plus(-DAY))?;
    let is_full = |target: &&Target| today.get(&target.partner).is_some_and(|count| *count >= gather::A_DAY);
    Ok(targets.iter().filter(is_full).map(|target| target.name.clone()).collect())
}

/// Lets routing choose whom the sender did not; the names of those that got it.
fn routed(inquiring: &Inquiring, conn: &mut Conn, new: &New, inquiry: &Inquiry) -> Result<Vec<String>> {
    let named = new.targets.len();
    let most = if new.several { MOST_AT_ONCE } else { 1 };
    if named >= most {
        return Ok(Vec::new());
    }
    let asked: Vec<PartnerId> = new.targets.iter().map(|target| target.partner).collect();
    let decision = route(conn, inquiry.cloud, &inquiry.wanted(), &asked, inquiring.now)?;
    let chosen: Vec<_> = decision.best(most - named).cloned().collect();
    if chosen.is_empty() {
        // Under the number of no offer: the first next one is still to be decided.
        decision.keep(conn, new.id, 0, None, inquiring.now)?;
    }
    for (number, candidate) in (named as i64 + 1..).zip(&chosen) {
        decision.keep(conn, new.id, number, Some(candidate), inquiring.now)?;
        let incoming = inquiry.incoming(candidate.location, decision.own(candidate)?, inquiring.now);
        leave(inquiring, conn, (candidate.partner, candidate.profile), &incoming)?;
    }
    Ok(chosen.into_iter().map(|candidate| candidate.name).collect())
}

/// Leaves a referral with a listed partner.
pub fn leave(inquiring: &Inquiring, conn: &mut Conn, (partner, profile): (PartnerId, ProfileId), incoming: &Incoming) -> Result<()> {
    inquiring.at(conn, partner, profile, |scope, conn| receive(scope, conn, incoming).map(|_| ()))?;
    insight::note(conn, Seen::Lead, Listed { partner, profile, location: incoming.location }, inquiring.now)
}

/// The directory that an inquiry is sent from: that of the partners it names.
fn cloud(new: &New) -> Cloud {
    new.targets.first().map_or(Cloud::Worldwide, |target| target.cloud)
}

fn insert(conn: &mut Conn, keys: &Keys, new: &New, now: Moment) -> DbResult<usize> {
    let link = link(new.id);
    let token = keys.link(link.to.purpose(), link.subject, link.generation);
    diesel::insert_into(inquiry::table)
        .values((
            (
                inquiry::id.eq(new.id),
                inquiry::cloud.eq(cloud(new)),
                inquiry::link_hash.eq(link_hash(link.to.purpose(), &token)),
                inquiry::language.eq(new.lang.as_str()),
                inquiry::company.eq(&new.company),
                inquiry::first_name.eq(&new.first_name),
                inquiry::last_name.eq(&new.last_name),
                inquiry::email.eq(&new.email),
                inquiry::phone.eq(&new.phone),
                inquiry::address1.eq(""),
                inquiry::postal_code.eq(""),
                inquiry::city.eq(&new.city),
                inquiry::country.eq(&new.country),
            ),
            (
                inquiry::latitude.eq(new.point.map(|point| point.latitude)),
                inquiry::longitude.eq(new.point.map(|point| point.longitude)),
                inquiry::industry.eq(&new.industry),
                inquiry::size.eq(&new.size),
                inquiry::services.eq(new.services.join(" ")),
                inquiry::products.eq(new.products.join(" ")),
                inquiry::need.eq(&new.need),
                inquiry::time_frame.eq(new.time_frame.as_str()),
                inquiry::wants_call.eq(new.wants_call),
                inquiry::allow_next.eq(new.allow_next),
                inquiry::named.eq(!new.targets.is_empty()),
                inquiry::consent_at.eq(now),
                inquiry::created_at.eq(now),
            ),
        ))
        .execute(conn)
}
