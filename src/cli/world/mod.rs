//! The demonstration's world: five partner accounts of all three types in two clouds, their
//! people, 300 customers in 12 countries. The same each day but for its dates, which end today.

mod cast;
pub mod company;
mod customers;
mod directory;
mod invitations;
mod partners;
mod profiles;
pub mod random;
mod referrals;
mod relationships;

use super::rows;
use crate::access::App;
use crate::clock::{DAY, Moment};
use crate::db::ids::{PartnerId, UserId};
use crate::domain::PartnerStatus;
use crate::error::Result;
use cast::{ALSO, DIRECT, GOVERNMENT, OPERATOR, PARTNERS, PEOPLE, PROVIDER, RESELLERS};
use random::Random;

/// Everybody's password in the demonstration.
pub const PASSWORD: &str = "seven quiet otters row at dawn";

/// Seeds the world.
const SEED: u64 = 1_875;

/// A partner account as it was written.
pub struct Placed {
    pub id: PartnerId,
    /// Its people, in the order of the cast, with their roles.
    pub people: Vec<(UserId, &'static str)>,
}

/// Fills an empty, migrated database.
pub fn fill(app: &App) -> Result<()> {
    let today = Moment::from_micros(app.now().micros() / DAY * DAY);
    // One hash for all: each would cost as much as a sign-in.
    let hash = app.passwords.hash_now(PASSWORD);
    let placed = app.commands().write(|conn| {
        let (placed, all) = people(today, &hash);
        rows::partners(conn, &all.partners)?;
        rows::users(conn, &all.users)?;
        rows::members(conn, &all.members)?;
        rows::partnerships(conn, &all.partnerships)?;
        Ok(placed)
    })?;
    let mut maker = customers::Maker::new(today);
    let direct = maker.own(&placed[DIRECT], DIRECT, 140, None);
    let government = maker.own(&placed[GOVERNMENT], GOVERNMENT, 40, Some(company::lands() - 1));
    let mut provider = maker.own(&placed[PROVIDER], PROVIDER, 80, None);
    let shared = RESELLERS.map(|reseller| maker.shared(&mut provider, &placed, reseller, 20));
    let write = |partner: usize, lives: &[customers::Life], provider| {
        let placed = &placed[partner];
        let invited = invitations::story(app, partner, placed, lives, provider, today);
        customers::write(app, placed, lives, invited)
    };
    write(DIRECT, &direct, None)?;
    write(GOVERNMENT, &government, None)?;
    write(PROVIDER, &provider, None)?;
    for (reseller, theirs) in RESELLERS.iter().zip(&shared) {
        write(*reseller, theirs, Some(placed[PROVIDER].id))?;
    }
    relationships::write(app, &placed)?;
    partners::invite(app, &placed)?;
    profiles::publish(app, &placed)?;
    directory::write(app, today.plus(-800 * DAY))?;
    referrals::write(app, &placed)
}

#[derive(Default)]
struct All {
    partners: Vec<rows::Partner>,
    users: Vec<rows::User>,
    members: Vec<rows::Member>,
    partnerships: Vec<rows::Partnership>,
}

fn domain(partner: usize) -> String {
    format!("{}.example", PARTNERS[partner].slug)
}

/// The cast as rows.
fn people(today: Moment, hash: &str) -> (Vec<Placed>, All) {
    let mut random = Random::new(SEED, 0);
    let mut all = All::default();
    let mut placed = Vec::new();
    let opened = today.plus(-800 * DAY);
    for (place, partner) in PARTNERS.iter().enumerate() {
        let id = PartnerId::from_uuid(random.id(opened));
        all.partners.push(rows::Partner {
            id,
            number: place as i64 + 1,
            slug: partner.slug.into(),
            name: partner.name.into(),
            account_type: partner.account_type,
            status: PartnerStatus::Active,
            cloud: partner.cloud,
            country: partner.country.into(),
            domain: domain(place),
            created_at: opened,
        });
        placed.push(Placed { id, people: Vec::new() });
    }
    for (number, (mailbox, name, place, roles)) in PEOPLE.into_iter().enumerate() {
        let joined = opened.plus(number as i64 * DAY / 4);
        let id = UserId::from_uuid(random.id(joined));
        all.users.push(rows::User {
            id,
            email: format!("{mailbox}@{}", domain(place)),
            name: name.into(),
            password_hash: Some(hash.to_owned()),
            language: PARTNERS[place].language.into(),
            time_zone: PARTNERS[place].time_zone.into(),
            operator: false,
            status: "active",
            created_at: joined,
        });
        join(&mut all, &mut placed[place], id, roles, joined);
    }
    for (email, place, roles) in ALSO {
        let user = all.users.iter().find(|user| user.email == email).map(|user| (user.id, user.created_at));
        let (id, joined) = user.expect("one of the cast");
        join(&mut all, &mut placed[place], id, roles, joined);
    }
    let (email, name) = OPERATOR;
    all.users.push(rows::User {
        id: UserId::from_uuid(random.id(opened)),
        email: email.into(),
        name: name.into(),
        password_hash: Some(hash.to_owned()),
        language: "en".into(),
        time_zone: "Europe/Paris".into(),
        operator: true,
        status: "active",
        created_at: opened,
    });
    all.partnerships = partners::rows(&placed, opened, today);
    (placed, all)
}

fn join(all: &mut All, placed: &mut Placed, user_id: UserId, roles: &'static str, created_at: Moment) {
    all.members.push(rows::Member { partner_id: placed.id, user_id, roles: roles.into(), status: "active", created_at });
    placed.people.push((user_id, roles));
}
