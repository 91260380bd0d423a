//! Who is told of a referral, and what: nothing that is masked.

use super::href;
use super::model::{Engagement, Referral};
use super::views::name;
use crate::access::identity::{self, Recipient};
use crate::access::may::Role;
use crate::access::outbox::{self, Outgoing};
use crate::access::terms::Terms;
use crate::access::{Scope, referral as seen};
use crate::db::Conn;
use crate::db::ids::{PartnerId, ReferralId, UserId};
use crate::db::schema::{profile_location, referral};
use crate::domain::letter::Letter;
use crate::domain::referral::Shared;
use crate::error::Result;
use crate::i18n::Lang;
use diesel::prelude::*;

/// Who is told of referrals: those who look after all of them, else whoever may answer them.
fn people(conn: &mut Conn, partner: PartnerId) -> Result<Vec<Recipient>> {
    for role in [Role::ReferralsAdmin, Role::SalesAgent, Role::GlobalAdmin] {
        let people = identity::members_with(conn, partner, &[role])?;
        if !people.is_empty() {
            return Ok(people);
        }
    }
    Ok(Vec::new())
}

/// These and the owner, each once; not an owner who has left.
fn with_owner(scope: &Scope, conn: &mut Conn, mut people: Vec<Recipient>, owner: Option<UserId>) -> Result<Vec<Recipient>> {
    if let Some(owner) = owner {
        people.extend(identity::active_member(conn, scope.id(), owner)?);
    }
    people.sort_by(|a, b| a.email.cmp(&b.email));
    people.dedup_by(|a, b| a.email == b.email);
    Ok(people)
}

/// Where the leads of a referral's location go.
fn lead_address(scope: &Scope, conn: &mut Conn, row: &Referral, lang: Lang) -> Result<Option<Recipient>> {
    let Some(location) = row.location_id else { return Ok(None) };
    let found: Option<(String, String)> = scope
        .all(profile_location::table)
        .filter(profile_location::id.eq(location))
        .filter(profile_location::lead_email.ne(""))
        .select((profile_location::lead_email, profile_location::name))
        .first(conn)
        .optional()?;
    Ok(found.map(|(email, name)| Recipient { email, name, lang }))
}

/// Tells that a referral waits: on its arrival (`days` is 0) the address of its location, or those
/// who look after referrals; later all of them, and its owner.
pub fn waits(scope: &Scope, conn: &mut Conn, row: &Referral, days: i64) -> Result<()> {
    let mut people = people(conn, scope.id())?;
    let lang = people.first().map_or(Lang::En, |person| person.lang);
    let lead = lead_address(scope, conn, row, lang)?;
    if days == 0 && lead.is_some() {
        people.clear();
    }
    people.extend(lead);
    let people = with_owner(scope, conn, people, row.owner_id)?;
    let (slug, terms) = (slug(scope, conn)?, Terms::load(conn)?);
    for person in people {
        let letter = Letter::ReferralWaits {
            about: name(person.lang, &terms, row),
            from: row.sender_name.clone(),
            need: row.need.clone(),
            wants_call: row.wants_call,
            days,
            expires_at: row.expires_at.map_or(0, crate::clock::Moment::micros),
            path: href(&slug, row.id),
        };
        post(scope, conn, Some(row.id), &person, &letter)?;
    }
    Ok(())
}

/// Tells the people of the partner that sent a referral what has become of it: whoever owns it there,
/// and those who look after referrals.
pub fn to_sender(scope: &Scope, conn: &mut Conn, came: &Engagement, to: Shared) -> Result<()> {
    if came.from_partner_id.is_none() {
        return Ok(());
    }
    let (receiver, _) = identity::name_and_domain(conn, scope.id())?;
    scope.for_engagement(conn, came.id, |scope, conn, own| {
        let (company, _, _) = seen::about(scope, conn, own)?;
        let letter = Letter::ReferralMoved {
            what: to.as_str().to_owned(),
            partner: receiver.clone(),
            company,
            path: href(&slug(scope, conn)?, own),
        };
        let owner = scope.all(referral::table).filter(referral::id.eq(own)).select(referral::owner_id).first(conn)?;
        let people = people(conn, scope.id())?;
        for person in with_owner(scope, conn, people, owner)? {
            post(scope, conn, Some(own), &person, &letter)?;
        }
        Ok(())
    })
}

/// Tells a member that a colleague gave it a referral, as its owner or into its team; nobody is told
/// of what it did itself.
pub fn assigned(scope: &Scope, conn: &mut Conn, row: &Referral, to: UserId, owner: bool) -> Result<()> {
    let Some(by) = scope.user().filter(|by| *by != to) else { return Ok(()) };
    let (by, to) = (identity::member(conn, scope.id(), by)?, identity::member(conn, scope.id(), to)?);
    let about = name(to.lang, &Terms::load(conn)?, row);
    let letter = Letter::ReferralAssigned { about, by: by.name, owner, path: href(&slug(scope, conn)?, row.id) };
    post(scope, conn, Some(row.id), &to, &letter)
}

/// Tells whoever is told of referrals here; `about` is the referral under which the letter is kept.
pub fn tell(scope: &Scope, conn: &mut Conn, about: Option<ReferralId>, letter: &Letter) -> Result<()> {
    for to in people(conn, scope.id())? {
        post(scope, conn, about, &to, letter)?;
    }
    Ok(())
}

fn slug(scope: &Scope, conn: &mut Conn) -> Result<String> {
    Ok(identity::slug_and_name(conn, scope.id())?.0)
}

fn post(scope: &Scope, conn: &mut Conn, about: Option<ReferralId>, to: &Recipient, letter: &Letter) -> Result<()> {
    let subject = about.map(ReferralId::uuid);
    let mail = Outgoing { partner: Some(scope.id()), subject, to: &to.email, to_name: &to.name, lang: to.lang, letter };
    outbox::post(conn, scope.now, &mail).map(|_| ())
}
