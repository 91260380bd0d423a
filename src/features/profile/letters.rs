//! Who is told of a profile, and what; each in the transaction of what it tells.

use super::href;
use super::model::{self, Profile, Revision};
use crate::access::may::Role;
use crate::access::outbox::{self, Outgoing};
use crate::access::schedule::{Task, Tick};
use crate::access::{Scope, identity};
use crate::clock::{DAY, HOUR};
use crate::db::Conn;
use crate::db::ids::ProfileId;
use crate::db::schema::{business_profile, partner_account};
use crate::domain::letter::Letter;
use crate::domain::profile::{FRESH_DAYS, State};
use crate::error::Result;
use diesel::prelude::*;

/// Every six months somebody is asked whether a published profile is still right.
pub const REMIND: Task = Task { name: "profile.remind", every: HOUR, run: remind };

/// Who keeps profiles; where an account has none of the first, the next are asked.
const PEOPLE: [&[Role]; 3] = [&[Role::BusinessProfileAdmin], &[Role::ReferralsAdmin], &[Role::GlobalAdmin]];

fn people(scope: &Scope, conn: &mut Conn) -> Result<Vec<identity::Recipient>> {
    for roles in PEOPLE {
        let people = identity::members_with(conn, scope.id(), roles)?;
        if !people.is_empty() {
            return Ok(people);
        }
    }
    Ok(Vec::new())
}

/// Published profiles that nobody has confirmed for six months, and of which nobody was reminded
/// since.
fn due(scope: &Scope, conn: &mut Conn, limit: i64) -> Result<Vec<ProfileId>> {
    let past = scope.now.plus(-FRESH_DAYS * DAY);
    let due = scope
        .all(business_profile::table)
        .filter(business_profile::state.eq(State::Published))
        .filter(business_profile::confirmed_at.le(past))
        .filter(business_profile::reminded_at.is_null().or(business_profile::reminded_at.le(past)));
    Ok(due.order(business_profile::confirmed_at).limit(limit).select(business_profile::id).load(conn)?)
}

fn remind(tick: &Tick<'_>) -> Result<i64> {
    tick.each_partner(
        |scope, conn| Ok(!due(scope, conn, 1)?.is_empty()),
        |scope, conn| {
            let due = due(scope, conn, 500)?;
            for id in &due {
                let row = scope.all(business_profile::table).filter(business_profile::id.eq(*id));
                diesel::update(row).set(business_profile::reminded_at.eq(Some(scope.now))).execute(conn)?;
                let profile = model::find(scope, conn, *id)?;
                for person in people(scope, conn)? {
                    let letter = Letter::ProfileReminder {
                        name: profile.draft.name.clone(),
                        confirmed_at: profile.confirmed_at.micros(),
                        path: path(scope, conn, &profile)?,
                    };
                    post(scope, conn, &profile, &person, &letter)?;
                }
            }
            Ok(due.len() as i64)
        },
    )
}

/// Tells whoever submitted a revision what an operator decided.
pub fn decided(scope: &Scope, conn: &mut Conn, profile: &Profile, revision: &Revision, approved: bool, reason: &str) -> Result<()> {
    let Some(author) = revision.created_by else { return Ok(()) };
    let letter = Letter::ProfileDecided {
        name: revision.content.name.clone(),
        approved,
        reason: reason.to_owned(),
        path: path(scope, conn, profile)?,
    };
    let author = identity::member(conn, scope.id(), author)?;
    post(scope, conn, profile, &author, &letter)
}

fn path(scope: &Scope, conn: &mut Conn, profile: &Profile) -> Result<String> {
    let slug: String = partner_account::table.find(scope.id()).select(partner_account::slug).first(conn)?;
    Ok(href(&slug, profile.id))
}

fn post(scope: &Scope, conn: &mut Conn, profile: &Profile, to: &identity::Recipient, letter: &Letter) -> Result<()> {
    let mail =
        Outgoing { partner: Some(scope.id()), subject: Some(profile.id.uuid()), to: &to.email, to_name: &to.name, lang: to.lang, letter };
    outbox::post(conn, scope.now, &mail).map(|_| ())
}
