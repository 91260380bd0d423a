//! Makes the customers of one partner account, in the order of their names.

use super::super::rows::CustomerTag;
use super::super::world::company;
use super::super::world::random::Random;
use crate::clock::{DAY, Moment};
use crate::db::ids::{CustomerId, OrganisationId, PartnerId, TagId, UserId};
use crate::domain::{Cloud, CustomerStatus, Source, collation};
use crate::features::customers::model::Customer;

/// The end of the two years in which sample customers were added: 1 January 2026. Fixed, so that
/// the same seed makes the same rows on any day.
pub const UNTIL: Moment = Moment::from_micros(1_767_225_600_000_000);

/// Tags a partner account.
pub const TAGS: [&str; 10] =
    ["Key account", "Renewal", "Trial", "Public sector", "Retail", "Health", "Education", "At risk", "Partner event", "Newsletter"];

/// How much for one partner account.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    pub seed: u64,
    /// From 1.
    pub partner: u64,
    pub customers: u64,
}

/// The name of a sample partner account in addresses.
pub fn slug(seed: u64, partner: u64) -> String {
    format!("sample-{seed}-{partner}")
}

/// A stream of its own for each customer, so that one can be made without those before it.
fn random(batch: &Batch, number: u64) -> Random {
    Random::new(batch.seed ^ batch.partner.rotate_left(40), number)
}

/// What comes before the rest, so that the order can be found without making the rest.
struct Start {
    random: Random,
    id: CustomerId,
    created_at: Moment,
    activity_at: Moment,
    land: usize,
}

fn start(batch: &Batch, number: u64) -> Start {
    let mut random = random(batch, number);
    let (created_at, activity_at) = times(&mut random);
    let id = CustomerId::from_uuid(random.id(created_at));
    let land = random.below(company::lands() as u64) as usize;
    Start { random, id, created_at, activity_at, land }
}

/// A place in name order: enough to sort by, and to make the whole customer from.
pub struct Place {
    key: Box<[u8]>,
    id: CustomerId,
    number: u64,
}

fn place(batch: &Batch, number: u64) -> Place {
    let Start { mut random, id, land, .. } = start(batch, number);
    Place { key: collation::sort_key(&company::invent_name(&mut random, land)).into(), id, number }
}

/// The order in which a partner's customers are inserted: that of the search index. Nothing can be
/// written before it is known, so all processors look for it.
pub fn places(batch: &Batch) -> Vec<Place> {
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let share = batch.customers.div_ceil(threads).max(5_000);
    let mut places = Vec::with_capacity(batch.customers as usize);
    std::thread::scope(|scope| {
        let part = |from: u64| (from..(from + share).min(batch.customers)).map(|number| place(batch, number)).collect::<Vec<_>>();
        let parts: Vec<_> = (0..batch.customers).step_by(share as usize).map(|from| scope.spawn(move || part(from))).collect();
        for part in parts {
            places.extend(part.join().expect("inventing does not fail"));
        }
    });
    places.sort_unstable_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
    places
}

/// When the customer was added, and last active.
fn times(random: &mut Random) -> (Moment, Moment) {
    let created = UNTIL.plus(-((1 + random.below(730 * DAY as u64)) as i64));
    let activity = created.plus(random.below(UNTIL.since(created) as u64) as i64);
    (created, activity)
}

/// What the customers of one partner account share.
pub struct Owner {
    pub partner: PartnerId,
    pub user: UserId,
    pub tags: Vec<TagId>,
}

/// One customer with its tags.
pub fn customer(batch: &Batch, owner: &Owner, place: Place) -> (Customer, Vec<CustomerTag>) {
    let Start { mut random, id, created_at, activity_at, land } = start(batch, place.number);
    let company = company::invent(&mut random, land);
    let mut stem = company.ascii;
    stem.truncate(11);
    let stem = stem.trim_end_matches('-');
    let prefix = format!("{stem}-{}-{}-{}", base36(batch.seed), base36(batch.partner), base36(place.number));
    let status = match random.below(100) {
        0..4 => CustomerStatus::Pending,
        4..8 => CustomerStatus::Ended,
        _ => CustomerStatus::Active,
    };
    let customer = Customer {
        id,
        organisation_id: OrganisationId::from_uuid(random.id(created_at)),
        status,
        source: Source::ALL[random.below(Source::ALL.len() as u64) as usize],
        counterpart_id: None,
        name_key: place.key.into(),
        alias: if random.chance(10) { format!("{stem} {}", company.city) } else { String::new() },
        domain: format!("{prefix}.{}", Cloud::Worldwide.domain_suffix()),
        country: company.country.code.to_owned(),
        address1: company.street,
        address2: String::new(),
        city: company.city,
        state: company.state,
        postal_code: company.postal_code,
        phone: company.phone,
        registration_number: company.registration_number,
        contact_email: format!("{}@{prefix}.example", company.mailbox),
        contact_first: company.first,
        contact_middle: String::new(),
        contact_last: company.last,
        language: company.language,
        owner_id: random.chance(50).then_some(owner.user),
        agreed_on: random.chance(80).then(|| created_at.rfc3339()[..10].to_owned()),
        created_at,
        activity_at,
        version: 1,
        ends_at: None,
        company_name: company.name,
    };
    let mut tags = Vec::new();
    if random.chance(33) {
        let first = random.below(TAGS.len() as u64) as usize;
        let more = random.below(2) as usize;
        tags.extend((0..=more).map(|step| owner.tags[(first + 3 * step) % TAGS.len()]));
    }
    let tags = tags.into_iter().map(|tag_id| CustomerTag { partner_id: owner.partner, customer_id: id, tag_id }).collect();
    (customer, tags)
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize]);
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_customers_in_the_order_of_names() {
        let batch = Batch { seed: 7, partner: 2, customers: 300 };
        let id = PartnerId::from_uuid(uuid::Uuid::nil());
        let user = UserId::from_uuid(uuid::Uuid::nil());
        let owner = Owner { partner: id, user, tags: vec![TagId::from_uuid(uuid::Uuid::nil()); TAGS.len()] };
        let make = || places(&batch).into_iter().map(|place| customer(&batch, &owner, place).0).collect::<Vec<_>>();
        let (once, again) = (make(), make());
        assert!(once.iter().zip(&again).all(|(a, b)| a.id == b.id && a.domain == b.domain && a.company_name == b.company_name));
        assert!(once.windows(2).all(|pair| (&pair[0].name_key, pair[0].id) < (&pair[1].name_key, pair[1].id)));
        assert!(once.iter().all(|one| one.name_key == collation::sort_key(&one.company_name)));
        let domains: std::collections::BTreeSet<_> = once.iter().map(|one| &one.domain).collect();
        assert_eq!(domains.len(), 300);
        for one in &once {
            let prefix = one.domain.split('.').next().unwrap_or_default();
            prefix.parse::<crate::domain::domain_prefix::DomainPrefix>().unwrap_or_else(|rule| panic!("{prefix}: {rule:?}"));
        }
    }
}
