//! Publishing: a revision of the draft becomes what everybody sees, at once or when an operator has
//! approved it; and taking it off again, which keeps its address.

use super::model::{self, Profile, Revision};
use crate::access::audit::Fields;
use crate::access::{Scope, moderation};
use crate::db::ids::{LocationId, ProfileId};
use crate::db::schema::{business_profile, listing, listing_location, partner_account, profile_location, profile_revision};
use crate::db::search::directory::rank;
use crate::db::{Conn, dialect};
use crate::domain::insight::NEUTRAL;
use crate::domain::profile::{Location, RevisionState, State, Step, slug, slugs};
use crate::error::{Error, Result};
use crate::features::directory::index;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// What became of pressing *Publish*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    Now,
    /// An operator looks at it first; what was public stays.
    Waiting,
    /// The draft is not the one that was looked at.
    Stale,
    Missing(Vec<Step>),
}

/// Publishes the draft of the version that was shown.
pub fn publish(scope: &Scope, conn: &mut Conn, id: ProfileId, version: i64) -> Result<Published> {
    let profile = model::find(scope, conn, id)?;
    let missing = profile.standing(scope.now).required();
    if !missing.is_empty() {
        return Ok(Published::Missing(missing));
    }
    let moderated = moderation::is_on(conn, scope.cloud())?;
    let number = profile.revision + 1;
    let own = scope.all(business_profile::table).filter(business_profile::id.eq(id));
    let set =
        (business_profile::revision.eq(number), business_profile::confirmed_at.eq(scope.now), business_profile::version.eq(version + 1));
    if diesel::update(own.filter(business_profile::version.eq(version))).set(set).execute(conn)? == 0 {
        return Ok(Published::Stale);
    }
    let after = Fields::from_iter([("revision".to_owned(), number.into())]);
    model::record(scope, conn, if moderated { "profile.submit" } else { "profile.publish" }, &profile, Fields::new(), after)?;
    withdraw_waiting(scope, conn, &profile)?;
    let state = if moderated { RevisionState::Waiting } else { RevisionState::Published };
    let revision = revise(scope, conn, &profile, number, state)?;
    if moderated {
        set_waiting(scope, conn, id, Some(number))?;
        moderation::enqueue(scope, conn, id, number)?;
        return Ok(Published::Waiting);
    }
    release(scope, conn, &profile, &revision)?;
    Ok(Published::Now)
}

/// Keeps the draft as a revision.
fn revise(scope: &Scope, conn: &mut Conn, profile: &Profile, number: i64, state: RevisionState) -> Result<Revision> {
    diesel::insert_into(profile_revision::table)
        .values((
            profile_revision::partner_id.eq(scope.id()),
            profile_revision::profile_id.eq(profile.id),
            profile_revision::number.eq(number),
            profile_revision::state.eq(state),
            profile_revision::content.eq(model::write(&profile.draft)?),
            profile_revision::logo_id.eq(profile.logo),
            profile_revision::created_by.eq(scope.user()),
            profile_revision::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    model::revision(scope, conn, profile.id, number)
}

fn set_waiting(scope: &Scope, conn: &mut Conn, id: ProfileId, number: Option<i64>) -> Result<()> {
    let own = scope.all(business_profile::table).filter(business_profile::id.eq(id));
    diesel::update(own).set(business_profile::waiting.eq(number)).execute(conn)?;
    Ok(())
}

/// Settles the revision that waits, if it is this one that still does; whether it was.
fn settle(scope: &Scope, conn: &mut Conn, id: ProfileId, number: i64, state: RevisionState, reason: &str) -> Result<bool> {
    let waiting = scope
        .all(profile_revision::table)
        .filter(profile_revision::profile_id.eq(id))
        .filter(profile_revision::number.eq(number))
        .filter(profile_revision::state.eq(RevisionState::Waiting));
    let set = (profile_revision::state.eq(state), profile_revision::decided_at.eq(Some(scope.now)), profile_revision::reason.eq(reason));
    let settled = diesel::update(waiting).set(set).execute(conn)? == 1;
    if settled {
        set_waiting(scope, conn, id, None)?;
        moderation::dequeue(scope, conn, id)?;
    }
    Ok(settled)
}

fn withdraw_waiting(scope: &Scope, conn: &mut Conn, profile: &Profile) -> Result<bool> {
    match profile.waiting {
        Some(number) => settle(scope, conn, profile.id, number, RevisionState::Withdrawn, ""),
        None => Ok(false),
    }
}

/// The partner takes back what waits for an operator; whether there was anything.
pub fn withdraw(scope: &Scope, conn: &mut Conn, id: ProfileId) -> Result<bool> {
    let profile = model::find(scope, conn, id)?;
    let done = withdraw_waiting(scope, conn, &profile)?;
    if done {
        model::record(scope, conn, "profile.withdraw", &profile, Fields::new(), Fields::new())?;
    }
    Ok(done)
}

/// An operator lets a waiting revision become public; whether it still waited.
pub fn approve(scope: &Scope, conn: &mut Conn, id: ProfileId, number: i64) -> Result<bool> {
    let profile = model::find(scope, conn, id)?;
    if !settle(scope, conn, id, number, RevisionState::Published, "")? {
        return Ok(false);
    }
    let after = Fields::from_iter([("revision".to_owned(), number.into())]);
    model::record(scope, conn, "profile.approve", &profile, Fields::new(), after)?;
    let revision = model::revision(scope, conn, id, number)?;
    release(scope, conn, &profile, &revision)?;
    Ok(true)
}

/// An operator refuses a waiting revision, and says why; whether it still waited.
pub fn reject(scope: &Scope, conn: &mut Conn, id: ProfileId, number: i64, reason: &str) -> Result<bool> {
    let profile = model::find(scope, conn, id)?;
    if !settle(scope, conn, id, number, RevisionState::Rejected, reason)? {
        return Ok(false);
    }
    let after = Fields::from_iter([("revision".to_owned(), number.into()), ("note".to_owned(), reason.into())]);
    model::record(scope, conn, "profile.reject", &profile, Fields::new(), after)?;
    Ok(true)
}

/// Takes a profile out of the directory. Its row, and so its address, stays for when it comes back.
pub fn unpublish(scope: &Scope, conn: &mut Conn, id: ProfileId) -> Result<bool> {
    let profile = model::find(scope, conn, id)?;
    let own = scope.all(business_profile::table).filter(business_profile::id.eq(id));
    let public = own.filter(business_profile::state.eq(State::Published));
    let set = (business_profile::state.eq(State::Unpublished), business_profile::version.eq(business_profile::version + 1));
    if diesel::update(public).set(set).execute(conn)? == 0 {
        return Ok(false);
    }
    withdraw_waiting(scope, conn, &profile)?;
    let own = scope.all(listing::table).filter(listing::profile_id.eq(id));
    diesel::update(own).set((listing::listed.eq(false), listing::updated_at.eq(scope.now))).execute(conn)?;
    let locations = scope.all(profile_location::table).filter(profile_location::profile_id.eq(id));
    diesel::update(locations).set(profile_location::active.eq(false)).execute(conn)?;
    index::refresh(scope, conn, id)?;
    model::record(scope, conn, "profile.unpublish", &profile, Fields::new(), Fields::new())?;
    Ok(true)
}

/// Makes a revision what everybody sees.
fn release(scope: &Scope, conn: &mut Conn, profile: &Profile, revision: &Revision) -> Result<()> {
    let own = scope.all(business_profile::table).filter(business_profile::id.eq(profile.id));
    diesel::update(own)
        .set((
            business_profile::state.eq(State::Published),
            business_profile::published.eq(Some(revision.number)),
            business_profile::published_at.eq(Some(scope.now)),
        ))
        .execute(conn)?;
    place(scope, conn, profile, revision)?;
    locations(scope, conn, profile.id, &revision.content.locations)
}

/// Writes the listing of a revision. Its place in the order is the directory's to give.
fn place(scope: &Scope, conn: &mut Conn, profile: &Profile, revision: &Revision) -> Result<()> {
    if own_number(scope, conn, profile.id)?.is_none() {
        first_listing(scope, conn, profile, revision)?;
    }
    let own = scope.all(listing::table).filter(listing::profile_id.eq(profile.id));
    diesel::update(own)
        .set((
            listing::name.eq(&revision.content.name),
            listing::content.eq(model::write(&revision.content.clone().public())?),
            listing::logo_id.eq(revision.logo),
            listing::listed.eq(true),
            listing::published_at.eq(revision.created_at),
            listing::updated_at.eq(scope.now),
        ))
        .execute(conn)?;
    index::refresh(scope, conn, profile.id)
}

fn own_number(scope: &Scope, conn: &mut Conn, id: ProfileId) -> Result<Option<i64>> {
    Ok(scope.all(listing::table).filter(listing::profile_id.eq(id)).select(listing::number).first(conn).optional()?)
}

/// Tries at the next number of all listings; another server may take the same one meanwhile.
const TRIES: usize = 5;

/// The listing's row, with a number and an address that nobody else has.
fn first_listing(scope: &Scope, conn: &mut Conn, profile: &Profile, revision: &Revision) -> Result<()> {
    let account_type: String = partner_account::table.find(scope.id()).select(partner_account::account_type).first(conn)?;
    for _ in 0..TRIES {
        let last: Option<i64> = listing::table.select(diesel::dsl::max(listing::number)).first(conn)?;
        let number = last.unwrap_or(0) + 1;
        let address = free_slug(conn, &revision.content.name, &profile.country)?;
        let made = dialect::insert_unless_there(conn, |conn| {
            diesel::insert_into(listing::table)
                .values((
                    listing::partner_id.eq(scope.id()),
                    listing::profile_id.eq(profile.id),
                    listing::number.eq(number),
                    listing::cloud.eq(scope.cloud()),
                    listing::slug.eq(&address),
                    listing::name.eq(&revision.content.name),
                    listing::country.eq(&profile.country),
                    listing::account_type.eq(&account_type),
                    listing::content.eq("{}"),
                    listing::score.eq(NEUTRAL),
                    listing::rank.eq(rank(scope.cloud(), NEUTRAL, number)),
                    listing::listed.eq(true),
                    listing::published_at.eq(scope.now),
                    listing::updated_at.eq(scope.now),
                ))
                .execute(conn)
        })?;
        if made {
            return Ok(());
        }
    }
    Err(Error::overtaken())
}

/// The first address of a name that no listing has.
fn free_slug(conn: &mut Conn, name: &str, country: &str) -> Result<String> {
    for slug in slugs(name, country) {
        let taken: bool = diesel::select(diesel::dsl::exists(listing::table.filter(listing::slug.eq(&slug)))).get_result(conn)?;
        if !taken {
            return Ok(slug);
        }
    }
    Err(Error::internal("no address is free"))
}

/// Writes the locations: public ones, and where the leads of each go. One that is no longer
/// published stays for the referrals that name it.
fn locations(scope: &Scope, conn: &mut Conn, id: ProfileId, locations: &[Location]) -> Result<()> {
    let rows = || scope.all(profile_location::table).filter(profile_location::profile_id.eq(id));
    diesel::update(rows()).set(profile_location::active.eq(false)).execute(conn)?;
    let public = || scope.all(listing_location::table).filter(listing_location::profile_id.eq(id));
    let known: BTreeMap<LocationId, String> =
        public().select((listing_location::id, listing_location::slug)).load::<(LocationId, String)>(conn)?.into_iter().collect();
    diesel::delete(public()).execute(conn)?;
    let mut taken: Vec<String> = Vec::new();
    for (position, location) in (0..).zip(locations) {
        let own = LocationId::from_uuid(location.id);
        lead(scope, conn, id, location)?;
        let address = known.get(&own).cloned().unwrap_or_else(|| free_among(&known, &taken, location));
        show(scope, conn, id, position, location, &address)?;
        taken.push(address);
    }
    Ok(())
}

/// A location's part of its address: the town's name, with a number where another has it.
fn free_among(known: &BTreeMap<LocationId, String>, taken: &[String], location: &Location) -> String {
    let plain = slug(&location.city);
    let is_free = |slug: &String| !taken.contains(slug) && !known.values().any(|other| other == slug);
    let numbered = (2..).map(|number: i64| format!("{plain}-{number}"));
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or(plain.clone())
}

/// Where a location's leads go.
fn lead(scope: &Scope, conn: &mut Conn, id: ProfileId, location: &Location) -> Result<()> {
    let own = LocationId::from_uuid(location.id);
    let set = (
        profile_location::name.eq(&location.name),
        profile_location::city.eq(&location.city),
        profile_location::lead_email.eq(&location.lead_email),
        profile_location::active.eq(true),
    );
    let row = scope.all(profile_location::table).filter(profile_location::id.eq(own));
    if diesel::update(row).set(set).execute(conn)? == 0 {
        let keys = (profile_location::partner_id.eq(scope.id()), profile_location::id.eq(own), profile_location::profile_id.eq(id));
        diesel::insert_into(profile_location::table).values((keys, set)).execute(conn)?;
    }
    Ok(())
}

/// What everybody sees of a location.
pub fn show(scope: &Scope, conn: &mut Conn, id: ProfileId, position: i64, location: &Location, address: &str) -> Result<()> {
    diesel::insert_into(listing_location::table)
        .values((
            listing_location::partner_id.eq(scope.id()),
            listing_location::id.eq(LocationId::from_uuid(location.id)),
            listing_location::profile_id.eq(id),
            listing_location::position.eq(position),
            listing_location::slug.eq(address),
            listing_location::name.eq(&location.name),
            listing_location::address1.eq(&location.address1),
            listing_location::city.eq(&location.city),
            listing_location::state.eq(&location.state),
            listing_location::postal_code.eq(&location.postal_code),
            listing_location::country.eq(&location.country),
            listing_location::phone.eq(&location.phone),
            listing_location::latitude.eq(location.latitude),
            listing_location::longitude.eq(location.longitude),
        ))
        .execute(conn)?;
    Ok(())
}
