//! Sample profiles, published: spread over the towns of many countries and over all vocabularies.
//! An account has one a country, so they have accounts of their own.

use super::load::Loader;
use super::make::UNTIL;
use crate::access::terms::Terms;
use crate::access::{App, Scope};
use crate::cli::queries;
use crate::cli::rows::{self, Partner};
use crate::cli::world::company;
use crate::cli::world::random::Random;
use crate::clock::DAY;
use crate::db::ids::{LocationId, PartnerId, ProfileId};
use crate::db::schema::{business_profile, listing, profile_location};
use crate::db::{Conn, search};
use crate::domain::insight::NEUTRAL;
use crate::domain::place::{self, Town};
use crate::domain::profile::{Content, Location, slug};
use crate::domain::term::Kind;
use crate::domain::{AccountType, Cloud, PartnerStatus};
use crate::error::Result;
use crate::features::profile::publish;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Profiles of one account, each of another country.
const EACH: usize = 40;

/// What profiles are made of.
struct Pool {
    /// Countries with the most towns.
    towns: Vec<(&'static str, Vec<Town>)>,
    terms: Terms,
    seed: u64,
}

/// Writes so many profiles; the same for the same seed.
pub fn write(app: &App, loader: &mut Loader, seed: u64, count: i64) -> anyhow::Result<()> {
    if count == 0 {
        return Ok(());
    }
    let terms = app.commands().read(Terms::load)?;
    let pool = Pool { towns: countries(), terms, seed };
    let accounts = (count as usize).div_ceil(EACH);
    let ids = app.commands().write(|conn| partners(conn, seed, accounts))?;
    let first: i64 =
        app.commands().read(|conn| Ok(listing::table.select(diesel::dsl::max(listing::number)).first::<Option<i64>>(conn)?))?.unwrap_or(0);
    for (place, id) in ids.into_iter().enumerate() {
        let scope = app.commands().read_as(id, |scope, _| Ok(*scope))?;
        loader.begin(&scope)?;
        for i in 0..EACH.min(count as usize - place * EACH) {
            one(loader.conn(), &scope, &pool, i, first + (place * EACH + i) as i64 + 1)?;
        }
        loader.commit()?;
    }
    Ok(())
}

fn countries() -> Vec<(&'static str, Vec<Town>)> {
    let mut by_country: BTreeMap<&str, Vec<Town>> = BTreeMap::new();
    for town in place::all() {
        by_country.entry(town.country).or_default().push(town);
    }
    let mut all: Vec<_> = by_country.into_iter().collect();
    all.sort_by_key(|(_, towns)| std::cmp::Reverse(towns.len()));
    all.truncate(EACH);
    all
}

fn partners(conn: &mut Conn, seed: u64, count: usize) -> Result<Vec<PartnerId>> {
    let first = queries::next_number(conn)?;
    let kinds = [AccountType::Direct, AccountType::IndirectProvider, AccountType::IndirectReseller];
    let one = |place: usize| Partner {
        id: PartnerId::from_uuid(Random::new(seed.rotate_left(30), place as u64).id(UNTIL)),
        number: first + place as i64,
        slug: format!("sample-{seed}-p{place}"),
        name: format!("Sample {seed}-P{place}"),
        account_type: kinds[place % kinds.len()],
        status: PartnerStatus::Active,
        cloud: Cloud::Worldwide,
        country: "FR".into(),
        domain: format!("sample-{seed}-p{place}.example"),
        created_at: UNTIL,
    };
    let accounts: Vec<Partner> = (0..count).map(one).collect();
    rows::partners(conn, &accounts)?;
    Ok(accounts.into_iter().map(|account| account.id).collect())
}

fn content(random: &mut Random, pool: &Pool, towns: &[Town], number: i64) -> Content {
    let land = random.below(company::lands() as u64) as usize;
    let made = company::invent(random, land);
    let mut some = |kind: Kind, most: u64| {
        let all: Vec<&str> = pool.terms.all(kind).map(|term| term.key.as_str()).collect();
        let mut keys: Vec<String> = (0..=random.below(most)).map(|_| (*random.pick(&all)).to_owned()).collect();
        keys.sort();
        keys.dedup();
        keys
    };
    let (industries, services, products) = (some(Kind::Industry, 4), some(Kind::Service, 4), some(Kind::Product, 6));
    let (languages, sizes) = (some(Kind::Language, 3), some(Kind::Size, 4));
    let locations = (0..=random.below(3)).map(|_| location(random, towns)).collect();
    Content {
        locations,
        text_en: format!("{} helps companies around here with their IT. We plan, install and look after it.", made.name),
        text_fr: format!("{} accompagne les entreprises de la région. Nous concevons, installons et suivons leur informatique.", made.name),
        website: format!("https://{}{number}.example", made.ascii),
        solutions: vec![format!("Speciality {}", random.below(500)), "On-site help".to_owned()],
        any_size: random.chance(30),
        name: made.name,
        industries,
        services,
        products,
        languages,
        sizes,
        ..Content::default()
    }
}

fn location(random: &mut Random, towns: &[Town]) -> Location {
    let town = *random.pick(towns);
    Location {
        id: random.id(UNTIL),
        name: town.name.to_owned(),
        address1: format!("{} High Street", 1 + random.below(200)),
        city: town.name.to_owned(),
        state: String::new(),
        postal_code: String::new(),
        country: town.country.to_owned(),
        phone: String::new(),
        lead_email: "leads@sample.example".to_owned(),
        latitude: town.point.latitude,
        longitude: town.point.longitude,
    }
}

fn one(conn: &mut Conn, scope: &Scope, pool: &Pool, i: usize, number: i64) -> Result<()> {
    let (country, towns) = &pool.towns[i];
    let mut random = Random::new(pool.seed.rotate_left(50), number as u64);
    let content = content(&mut random, pool, towns, number);
    let (id, at) = (ProfileId::from_uuid(random.id(UNTIL)), UNTIL.plus(-DAY));
    let json = serde_json::to_string(&content).map_err(crate::error::Error::internal)?;
    diesel::insert_into(business_profile::table)
        .values((
            business_profile::partner_id.eq(scope.id()),
            business_profile::id.eq(id),
            business_profile::cloud.eq(scope.cloud()),
            business_profile::country.eq(country),
            business_profile::state.eq("published"),
            business_profile::draft.eq(&json),
            business_profile::revision.eq(1),
            business_profile::published.eq(Some(1)),
            business_profile::created_at.eq(at),
            business_profile::updated_at.eq(at),
            business_profile::published_at.eq(Some(at)),
            business_profile::confirmed_at.eq(at),
        ))
        .execute(conn)?;
    diesel::insert_into(listing::table)
        .values((
            listing::partner_id.eq(scope.id()),
            listing::profile_id.eq(id),
            listing::number.eq(number),
            listing::cloud.eq(scope.cloud()),
            listing::slug.eq(format!("{}-{number}", slug(&content.name))),
            listing::name.eq(&content.name),
            listing::country.eq(country),
            listing::account_type.eq("direct"),
            listing::content.eq(serde_json::to_string(&content.clone().public()).map_err(crate::error::Error::internal)?),
            // As long as nobody has answered an inquiry.
            listing::score.eq(NEUTRAL),
            listing::rank.eq(search::directory::rank(scope.cloud(), NEUTRAL, number)),
            listing::listed.eq(true),
            listing::published_at.eq(at),
            listing::updated_at.eq(at),
        ))
        .execute(conn)?;
    for (position, location) in (0..).zip(&content.locations) {
        place_of(conn, scope, id, position, location)?;
    }
    crate::features::directory::index::refresh(scope, conn, id)
}

fn place_of(conn: &mut Conn, scope: &Scope, profile: ProfileId, position: i64, location: &Location) -> Result<()> {
    let id = LocationId::from_uuid(location.id);
    diesel::insert_into(profile_location::table)
        .values((
            profile_location::partner_id.eq(scope.id()),
            profile_location::id.eq(id),
            profile_location::profile_id.eq(profile),
            profile_location::name.eq(&location.name),
            profile_location::city.eq(&location.city),
            profile_location::lead_email.eq(&location.lead_email),
            profile_location::active.eq(true),
        ))
        .execute(conn)?;
    publish::show(scope, conn, profile, position, location, &format!("{}-{position}", slug(&location.city)))
}
