//! Sample invitations: of every state and kind, spread over two years.

use super::load::{self, Loader};
use super::make::{Batch, UNTIL};
use crate::access::Scope;
use crate::cli::world::company;
use crate::cli::world::random::Random;
use crate::clock::{DAY, MINUTE, Moment};
use crate::db::ids::{InvitationId, PartnerId, UserId};
use crate::db::schema::{invitation, invitation_link};
use crate::db::{Conn, DbResult};
use crate::domain::Cloud;
use crate::domain::collation::sort_key;
use crate::domain::relationship::invitation::{Kind, State};
use crate::features::invitations::index;
use anyhow::Result;
use diesel::prelude::*;

/// Invitations a transaction.
const TRANSACTION: i64 = 10_000;

#[derive(Insertable)]
#[diesel(table_name = invitation)]
struct Row {
    partner_id: PartnerId,
    id: InvitationId,
    cloud: Cloud,
    number: i64,
    kind: Kind,
    state: State,
    open_link: bool,
    recipient_name: String,
    recipient_email: String,
    company: String,
    company_key: Vec<u8>,
    language: &'static str,
    purpose: String,
    note: &'static str,
    message: &'static str,
    roles: &'static str,
    duration_days: Option<i64>,
    auto_extend: bool,
    generation: i64,
    created_by: UserId,
    created_at: Moment,
    sent_at: Option<Moment>,
    opened_at: Option<Moment>,
    expires_at: Option<Moment>,
    answered_at: Option<Moment>,
}

/// Writes so many invitations of the first partner account; the same for the same seed.
pub fn write(loader: &mut Loader, scope: &Scope, batch: &Batch, count: i64) -> Result<()> {
    let user = load::owner(batch).user;
    for first in (1..=count).step_by(TRANSACTION as usize) {
        loader.begin(scope)?;
        for number in first..=count.min(first + TRANSACTION - 1) {
            one(loader.conn(), scope, &made(scope, user, batch.seed, number, count))?;
        }
        loader.commit()?;
    }
    Ok(())
}

fn one(conn: &mut Conn, scope: &Scope, row: &Row) -> DbResult<()> {
    diesel::insert_into(invitation::table).values(row).execute(conn)?;
    if row.generation > 0 {
        // No secret makes this hash: the links of the sample lead nowhere.
        let hash = [row.id.uuid().as_bytes().as_slice(), &[0; 16]].concat();
        diesel::insert_into(invitation_link::table)
            .values((
                invitation_link::hash.eq(hash),
                invitation_link::partner_id.eq(row.partner_id),
                invitation_link::invitation_id.eq(row.id),
                invitation_link::generation.eq(row.generation),
                invitation_link::created_at.eq(row.created_at),
            ))
            .execute(conn)?;
    }
    index::refresh(scope, conn, row.id)
}

/// Of a hundred: how many are of each state.
const STATES: [(u64, State); 6] =
    [(4, State::Draft), (34, State::Sent), (52, State::Opened), (84, State::Accepted), (95, State::Declined), (100, State::Revoked)];

fn made(scope: &Scope, user: UserId, seed: u64, number: i64, count: i64) -> Row {
    let mut random = Random::new(seed.rotate_left(40), number as u64);
    let land = random.below(company::lands() as u64) as usize;
    let company = company::invent(&mut random, land);
    let created_at = UNTIL.plus(-730 * DAY + 730 * DAY / count.max(1) * number);
    let drawn = random.below(100);
    let state = STATES.iter().find(|(to, _)| drawn < *to).map_or(State::Sent, |(_, state)| *state);
    let kind = match random.below(10) {
        0..7 => Kind::Reseller,
        _ => Kind::DelegatedAdmin,
    };
    let admin = kind == Kind::DelegatedAdmin;
    let open_link = !admin && state != State::Accepted && state != State::Declined && random.below(50) == 0;
    let sent = (state != State::Draft).then(|| created_at.plus(MINUTE));
    let opened = matches!(state, State::Opened | State::Accepted | State::Declined).then(|| created_at.plus(DAY));
    // The newest twentieth waits, whenever the sample is looked at.
    let life = if number > count - count / 20 { 10_000 } else { kind.life_days() };
    Row {
        partner_id: scope.id(),
        id: InvitationId::from_uuid(random.id(created_at)),
        cloud: scope.cloud(),
        number,
        kind,
        state,
        open_link,
        recipient_name: format!("{} {}", company.first, company.last),
        recipient_email: format!("{}@{}{number}.example", company.mailbox, company.ascii),
        company_key: sort_key(&company.name),
        company: company.name,
        language: if company.language == "fr" { "fr" } else { "en" },
        purpose: if admin { format!("Request {number}") } else { String::new() },
        note: "",
        message: "",
        roles: if admin { "helpdesk_admin" } else { "" },
        duration_days: admin.then_some(90),
        auto_extend: false,
        generation: i64::from(sent.is_some()),
        created_by: user,
        created_at,
        sent_at: sent,
        opened_at: opened,
        expires_at: Some(created_at.plus(life * DAY)),
        answered_at: matches!(state, State::Accepted | State::Declined).then(|| created_at.plus(2 * DAY)),
    }
}
