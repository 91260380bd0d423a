//! Sample referrals: of every state and source, spread over two years; the newest wait.

use super::load::{self, Loader};
use super::make::{Batch, UNTIL};
use crate::access::Scope;
use crate::cli::world::company;
use crate::cli::world::random::Random;
use crate::clock::{DAY, Moment};
use crate::db::ids::{PartnerId, ReferralId, UserId};
use crate::db::schema::{referral, referral_detail};
use crate::db::search::referrals::INBOX;
use crate::db::{Conn, DbResult};
use crate::domain::collation::sort_key;
use crate::domain::referral::{ANSWER_DAYS, Source, State};
use crate::features::referrals::index::{People, doc};
use crate::features::referrals::model::Referral;
use anyhow::Result;
use diesel::prelude::*;

/// Referrals a transaction.
const TRANSACTION: i64 = 10_000;

/// Writes so many referrals of the first partner account; the same for the same seed.
pub fn write(loader: &mut Loader, scope: &Scope, batch: &Batch, count: i64) -> Result<()> {
    let user = load::owner(batch).user;
    for first in (1..=count).step_by(TRANSACTION as usize) {
        loader.begin(scope)?;
        for number in first..=count.min(first + TRANSACTION - 1) {
            one(loader.conn(), scope, &made(user, batch.seed, number, count))?;
        }
        loader.commit()?;
    }
    Ok(())
}

fn one(conn: &mut Conn, scope: &Scope, row: &Referral) -> DbResult<()> {
    let partner: PartnerId = scope.id();
    diesel::insert_into(referral::table)
        .values((
            (
                referral::partner_id.eq(partner),
                referral::id.eq(row.id),
                referral::cloud.eq(scope.cloud()),
                referral::number.eq(row.number),
                referral::source.eq(row.source),
                referral::status.eq(row.status),
                referral::substatus.eq(row.substatus),
                referral::company.eq(&row.company),
                referral::company_key.eq(&row.company_key),
                referral::country.eq(&row.country),
                referral::city.eq(&row.city),
                referral::industry.eq(&row.industry),
                referral::size.eq(&row.size),
                referral::services.eq(&row.services),
                referral::products.eq(&row.products),
            ),
            (
                referral::need.eq(&row.need),
                referral::time_frame.eq(&row.time_frame),
                referral::wants_call.eq(row.wants_call),
                referral::title.eq(&row.title),
                referral::value_minor.eq(row.value_minor),
                referral::currency.eq(&row.currency),
                referral::close_on.eq(&row.close_on),
                referral::stage.eq(&row.stage),
                referral::sender_name.eq(&row.sender_name),
                referral::owner_id.eq(row.owner_id),
                referral::received_at.eq(row.received_at),
                referral::expires_at.eq(row.expires_at),
                referral::answered_at.eq(row.answered_at),
                referral::closed_at.eq(row.closed_at),
                referral::reason.eq(&row.reason),
            ),
        ))
        .execute(conn)?;
    diesel::insert_into(referral_detail::table)
        .values((
            referral_detail::partner_id.eq(partner),
            referral_detail::referral_id.eq(row.id),
            referral_detail::language.eq("en"),
            referral_detail::reason_note.eq(""),
            referral_detail::next_action.eq(""),
            referral_detail::crm_id.eq(""),
            referral_detail::campaign_id.eq(""),
            referral_detail::contacted.eq(row.answered_at.is_some()),
            referral_detail::routing.eq(""),
            referral_detail::reminded_days.eq(12),
            referral_detail::updated_at.eq(row.received_at),
        ))
        .execute(conn)?;
    INBOX.put(conn, scope, row.number, &doc(row, &People::default()))
}

/// Of a hundred: how many are of each state; the newest fiftieth wait for an answer.
const STATES: [(u64, State); 5] =
    [(12, State::Accepted), (52, State::Won), (76, State::Lost), (92, State::Declined), (100, State::Expired)];
const INDUSTRIES: [&str; 6] = ["retail", "education", "finance", "healthcare", "manufacturing", "services"];
const SIZES: [&str; 4] = ["1to9", "10to50", "51to250", "251to1000"];
const PRODUCTS: [&str; 6] = ["mail", "office", "telephony", "security", "storage", "erp"];
const NEEDS: [&str; 4] = [
    "We want to move our mail and files before the end of the quarter.",
    "Our telephone system is old and nobody maintains it any more.",
    "We look for somebody who looks after our computers and their security.",
    "We open a second office and need network, devices and telephony.",
];

fn pick<'a>(random: &mut Random, list: &[&'a str]) -> &'a str {
    list[random.below(list.len() as u64) as usize]
}

fn made(user: UserId, seed: u64, number: i64, count: i64) -> Referral {
    let mut random = Random::new(seed.rotate_left(41), number as u64);
    let land = random.below(company::lands() as u64) as usize;
    let company = company::invent(&mut random, land);
    let received_at = UNTIL.plus(-730 * DAY + 730 * DAY / count.max(1) * number);
    let drawn = random.below(100);
    let waits = number > count - count / 50;
    let state = if waits { State::Received } else { STATES.iter().find(|(to, _)| drawn < *to).map_or(State::Won, |(_, state)| *state) };
    let source = [Source::Directory, Source::Directory, Source::Provider, Source::Partner][random.below(4) as usize];
    let known = matches!(state, State::Accepted | State::Won | State::Lost);
    let closed = !matches!(state, State::Received | State::Accepted);
    let name = if known { company.name.clone() } else { String::new() };
    // Those that wait do so whenever the sample is looked at, no two equally long.
    let life = if waits { 10_000 * DAY + number } else { ANSWER_DAYS * DAY };
    let answered: Option<Moment> =
        matches!(state, State::Accepted | State::Won | State::Lost | State::Declined).then(|| received_at.plus(DAY));
    Referral {
        id: ReferralId::from_uuid(random.id(received_at)),
        number,
        source,
        status: state.status(),
        substatus: state,
        company_key: sort_key(&name),
        title: if known { format!("{name} {number}") } else { String::new() },
        company: name,
        country: company.country.code.to_owned(),
        city: company.city.clone(),
        industry: pick(&mut random, &INDUSTRIES).to_owned(),
        size: pick(&mut random, &SIZES).to_owned(),
        services: "deployment".to_owned(),
        products: format!("{} {}", pick(&mut random, &PRODUCTS), "cloud"),
        need: pick(&mut random, &NEEDS).to_owned(),
        time_frame: "month".to_owned(),
        wants_call: random.below(5) == 0,
        value_minor: known.then(|| random.below(10_000_000) as i64),
        currency: if known { "EUR".to_owned() } else { String::new() },
        close_on: if known { "2027-03-01".to_owned() } else { String::new() },
        stage: if known { "qualified".to_owned() } else { String::new() },
        sender_name: if source == Source::Directory { String::new() } else { "Grand Comptoir".to_owned() },
        owner_id: known.then_some(user),
        location_id: None,
        received_at,
        expires_at: Some(received_at.plus(life)),
        answered_at: answered,
        closed_at: closed.then(|| received_at.plus(if state == State::Expired { ANSWER_DAYS * DAY } else { 30 * DAY })),
        reason: match state {
            State::Lost => "budget".to_owned(),
            State::Declined => "no_capacity".to_owned(),
            _ => String::new(),
        },
        version: 1,
    }
}
