//! Profiles and their revisions as they are stored.

use crate::access::Scope;
use crate::access::audit;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{LogoId, ObjectId, ProfileId, UserId};
use crate::db::schema::{app_user, business_profile, listing, membership, profile_revision};
use crate::domain::profile::{Content, RevisionState, Standing, State, is_fresh};
use crate::error::{Error, Result};
use diesel::prelude::*;

/// One profile. `draft` is what its editors see.
#[derive(Debug, Clone)]
pub struct Profile {
    pub id: ProfileId,
    pub country: String,
    pub state: State,
    pub draft: Content,
    pub logo: Option<LogoId>,
    /// The newest revision's number.
    pub revision: i64,
    /// The revision that is, or was last, public.
    pub published: Option<i64>,
    /// The revision that waits for an operator.
    pub waiting: Option<i64>,
    pub updated_at: Moment,
    pub published_at: Option<Moment>,
    pub confirmed_at: Moment,
    pub version: i64,
}

impl Profile {
    /// How complete and fresh the draft is.
    pub fn standing(&self, now: Moment) -> Standing {
        Standing::of(&self.draft, self.logo.is_some(), is_fresh(self.confirmed_at, now))
    }
    pub fn object(&self) -> ObjectId {
        ObjectId::from_uuid(self.id.uuid())
    }
}

type Row = (ProfileId, String, State, String, Option<LogoId>, i64, Option<i64>, Option<i64>, Moment, Option<Moment>, Moment, i64);

fn profile(row: Row) -> Result<Profile> {
    let (id, country, state, draft, logo, revision, published, waiting, updated_at, published_at, confirmed_at, version) = row;
    let draft = read(&draft)?;
    Ok(Profile { id, country, state, draft, logo, revision, published, waiting, updated_at, published_at, confirmed_at, version })
}

/// A stored content.
pub fn read(text: &str) -> Result<Content> {
    serde_json::from_str(text).map_err(Error::internal)
}

/// A content to be stored.
pub fn write(content: &Content) -> Result<String> {
    serde_json::to_string(content).map_err(Error::internal)
}

macro_rules! columns {
    () => {
        (
            business_profile::id,
            business_profile::country,
            business_profile::state,
            business_profile::draft,
            business_profile::logo_id,
            business_profile::revision,
            business_profile::published,
            business_profile::waiting,
            business_profile::updated_at,
            business_profile::published_at,
            business_profile::confirmed_at,
            business_profile::version,
        )
    };
}

/// Every profile of the account, by country.
pub fn all(scope: &Scope, conn: &mut Conn) -> Result<Vec<Profile>> {
    let rows: Vec<Row> = scope.all(business_profile::table).order(business_profile::country).select(columns!()).load(conn)?;
    rows.into_iter().map(profile).collect()
}

pub fn find(scope: &Scope, conn: &mut Conn, id: ProfileId) -> Result<Profile> {
    profile(scope.all(business_profile::table).filter(business_profile::id.eq(id)).select(columns!()).first(conn)?)
}

/// The public address of a profile that is listed.
pub fn public_slug(scope: &Scope, conn: &mut Conn, id: ProfileId) -> Result<Option<String>> {
    let row = scope.all(listing::table).filter(listing::profile_id.eq(id)).filter(listing::listed.eq(true));
    Ok(row.select(listing::slug).first(conn).optional()?)
}

/// Content that was published, or submitted.
#[derive(Debug, Clone)]
pub struct Revision {
    pub number: i64,
    pub state: RevisionState,
    pub content: Content,
    pub logo: Option<LogoId>,
    pub created_by: Option<UserId>,
    pub created_at: Moment,
    pub reason: String,
}

pub fn revision(scope: &Scope, conn: &mut Conn, id: ProfileId, number: i64) -> Result<Revision> {
    type Row = (i64, RevisionState, String, Option<LogoId>, Option<UserId>, Moment, String);
    let (number, state, content, logo, created_by, created_at, reason): Row = scope
        .all(profile_revision::table)
        .filter(profile_revision::profile_id.eq(id))
        .filter(profile_revision::number.eq(number))
        .select((
            profile_revision::number,
            profile_revision::state,
            profile_revision::content,
            profile_revision::logo_id,
            profile_revision::created_by,
            profile_revision::created_at,
            profile_revision::reason,
        ))
        .first(conn)?;
    Ok(Revision { number, state, content: read(&content)?, logo, created_by, created_at, reason })
}

/// A revision as the history lists it.
#[derive(Debug, Clone, Queryable)]
pub struct Past {
    pub number: i64,
    pub state: RevisionState,
    pub created_at: Moment,
    pub reason: String,
    pub by: Option<String>,
}

/// The newest revisions before a number.
pub fn history(scope: &Scope, conn: &mut Conn, id: ProfileId, before: i64, limit: i64) -> Result<Vec<Past>> {
    let names = membership::table
        .on(membership::partner_id.eq(profile_revision::partner_id).and(membership::user_id.nullable().eq(profile_revision::created_by)));
    Ok(scope
        .all(profile_revision::table)
        .left_join(names)
        .left_join(app_user::table.on(app_user::id.nullable().eq(membership::user_id.nullable())))
        .filter(profile_revision::profile_id.eq(id))
        .filter(profile_revision::number.lt(before))
        .order(profile_revision::number.desc())
        .limit(limit)
        .select((
            profile_revision::number,
            profile_revision::state,
            profile_revision::created_at,
            profile_revision::reason,
            app_user::name.nullable(),
        ))
        .load(conn)?)
}

/// Writes that something happened to a profile.
pub fn record(scope: &Scope, conn: &mut Conn, action: &str, profile: &Profile, before: audit::Fields, after: audit::Fields) -> Result<()> {
    let event = audit::Event { action, object_kind: "profile", object: Some(profile.object()), before, after };
    audit::record(scope, conn, &event).map(|_| ())
}
