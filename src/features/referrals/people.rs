//! Who works on a referral, and what they write: owner, team, favourites, notes.

use super::acts::{record, take};
use super::model::{self, Engagement};
use super::{index, letters};
use crate::access::Scope;
use crate::access::audit::Fields;
use crate::access::identity;
use crate::access::referral::Sight;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{EntryId, NoteId, PartnerId, ReferralId, UserId};
use crate::db::schema::{app_user, engagement_entry, membership, referral, referral_favourite, referral_member, referral_note};
use crate::domain::referral::Shared;
use crate::error::{Error, Result};
use diesel::prelude::*;

/// Gives it to a colleague, or to nobody in particular.
pub fn assign(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64, owner: Option<UserId>) -> Result<()> {
    let row = model::find(scope, conn, sight, id)?;
    take(scope, conn, &row, shown)?;
    diesel::update(scope.all(referral::table).filter(referral::id.eq(id))).set(referral::owner_id.eq(owner)).execute(conn)?;
    index::refresh(scope, conn, id)?;
    if let Some(owner) = owner.filter(|owner| row.owner_id != Some(*owner)) {
        letters::assigned(scope, conn, &row, owner, true)?;
    }
    let mut named = |user: Option<UserId>| -> Result<Fields> {
        let name = user.map(|user| identity::member(conn, scope.id(), user)).transpose()?.map(|person| person.name);
        Ok(Fields::from_iter([("owner".to_owned(), name.unwrap_or_default().into())]))
    };
    let fields = (named(row.owner_id)?, named(owner)?);
    record(scope, conn, "referral.assign", id, fields)
}

/// Who is in the team, by name.
pub fn team(scope: &Scope, conn: &mut Conn, id: ReferralId) -> Result<Vec<(UserId, String)>> {
    Ok(scope
        .all(referral_member::table)
        .inner_join(app_user::table.on(app_user::id.eq(referral_member::user_id)))
        .filter(referral_member::referral_id.eq(id))
        .order(app_user::name)
        .select((app_user::id, app_user::name))
        .load(conn)?)
}

/// Sets the team of a referral in sight.
pub fn change_team(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, wanted: &[UserId]) -> Result<()> {
    let row = model::find(scope, conn, sight, id)?;
    let names = |team: &[(UserId, String)]| {
        let names: Vec<&str> = team.iter().map(|(_, name)| name.as_str()).collect();
        Fields::from_iter([("team".to_owned(), names.join(", ").into())])
    };
    let before = team(scope, conn, id)?;
    set_team(scope, conn, id, wanted)?;
    let after = team(scope, conn, id)?;
    index::refresh(scope, conn, id)?;
    for (user, _) in after.iter().filter(|one| !before.contains(one)) {
        letters::assigned(scope, conn, &row, *user, false)?;
    }
    record(scope, conn, "referral.team", id, (names(&before), names(&after)))
}

pub(super) fn set_team(scope: &Scope, conn: &mut Conn, id: ReferralId, wanted: &[UserId]) -> Result<()> {
    diesel::delete(scope.all(referral_member::table).filter(referral_member::referral_id.eq(id))).execute(conn)?;
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.dedup();
    for user in wanted {
        // Nobody but a member: the database refuses anybody else.
        let row = (referral_member::partner_id.eq(scope.id()), referral_member::referral_id.eq(id), referral_member::user_id.eq(user));
        diesel::insert_into(referral_member::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Marks it as one of the member's favourites, or no more.
pub fn mark(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, favourite: bool) -> Result<()> {
    model::find(scope, conn, sight, id)?;
    let user = scope.user().ok_or(Error::NotFound)?;
    let own = scope.all(referral_favourite::table).filter(referral_favourite::user_id.eq(user));
    let was = diesel::delete(own.filter(referral_favourite::referral_id.eq(id))).execute(conn)? > 0;
    if favourite {
        let row =
            (referral_favourite::partner_id.eq(scope.id()), referral_favourite::user_id.eq(user), referral_favourite::referral_id.eq(id));
        diesel::insert_into(referral_favourite::table).values(row).execute(conn)?;
    }
    index::refresh(scope, conn, id)?;
    let action = if favourite { "referral.favourite" } else { "referral.unfavourite" };
    if was == favourite { Ok(()) } else { record(scope, conn, action, id, Default::default()) }
}

/// A note of colleagues for colleagues.
pub fn add_note(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, body: &str) -> Result<()> {
    model::find(scope, conn, sight, id)?;
    diesel::insert_into(referral_note::table)
        .values((
            referral_note::partner_id.eq(scope.id()),
            referral_note::id.eq(NoteId::new()),
            referral_note::referral_id.eq(id),
            referral_note::author_id.eq(scope.user().ok_or(Error::NotFound)?),
            referral_note::body.eq(body),
            referral_note::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    record(scope, conn, "referral.note", id, Default::default())
}

/// Removes a note of one's own.
pub fn remove_note(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, note: NoteId) -> Result<()> {
    model::find(scope, conn, sight, id)?;
    let user = scope.user().ok_or(Error::NotFound)?;
    let own = scope.all(referral_note::table).filter(referral_note::referral_id.eq(id)).filter(referral_note::author_id.eq(user));
    match diesel::delete(own.filter(referral_note::id.eq(note))).execute(conn)? {
        0 => Err(Error::NotFound),
        _ => record(scope, conn, "referral.unnote", id, Default::default()),
    }
}

/// A note that both sides of an engagement read; the caller has found it as one of its sides.
/// [`Error::NotFound`] for a visitor's, who has no place to read it, [`Error::Conflict`] once it is over.
pub fn share_note(scope: &Scope, conn: &mut Conn, id: ReferralId, between: &Engagement, body: &str) -> Result<()> {
    let from = between.from_partner_id.ok_or(Error::NotFound)?;
    if !matches!(between.state.at(between.expires_at, scope.now), Shared::Received | Shared::Accepted | Shared::Won) {
        return Err(Error::Conflict);
    }
    let person = identity::member(conn, scope.id(), scope.user().ok_or(Error::NotFound)?)?.name;
    enter(scope, conn, between, from, (&person, "note", body))?;
    record(scope, conn, "referral.share", id, Default::default())
}

/// One line of what both sides read: a `note` or a `change`.
pub fn enter(
    scope: &Scope,
    conn: &mut Conn,
    between: &Engagement,
    from: PartnerId,
    (person, kind, body): (&str, &str, &str),
) -> Result<()> {
    diesel::insert_into(engagement_entry::table)
        .values((
            engagement_entry::to_partner_id.eq(between.to_partner_id),
            engagement_entry::engagement_id.eq(between.id),
            engagement_entry::id.eq(EntryId::new()),
            engagement_entry::from_partner_id.eq(from),
            engagement_entry::by_partner_id.eq(scope.id()),
            engagement_entry::person.eq(person),
            engagement_entry::kind.eq(kind),
            engagement_entry::body.eq(body),
            engagement_entry::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// A private note.
#[derive(Debug, Clone, Queryable)]
pub struct Note {
    pub id: NoteId,
    pub author_id: UserId,
    pub author: String,
    pub body: String,
    pub at: Moment,
}

/// The private notes of a referral that was found, the newest first; 200 at most.
pub fn notes(scope: &Scope, conn: &mut Conn, id: ReferralId) -> Result<Vec<Note>> {
    Ok(scope
        .all(referral_note::table)
        .inner_join(app_user::table.on(app_user::id.eq(referral_note::author_id)))
        .filter(referral_note::referral_id.eq(id))
        .order((referral_note::created_at.desc(), referral_note::id.desc()))
        .limit(200)
        .select((referral_note::id, referral_note::author_id, app_user::name, referral_note::body, referral_note::created_at))
        .load(conn)?)
}

/// What both sides read.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub by: PartnerId,
    pub person: String,
    /// `note` or `change`.
    pub kind: String,
    pub body: String,
    pub at: Moment,
}

/// What both sides of a received engagement read, the newest first; 200 at most.
pub fn entries(scope: &Scope, conn: &mut Conn, came: &Engagement) -> Result<Vec<Line>> {
    Ok(scope
        .received(engagement_entry::table)
        .filter(engagement_entry::engagement_id.eq(came.id))
        .order((engagement_entry::created_at.desc(), engagement_entry::id.desc()))
        .limit(200)
        .select((
            engagement_entry::by_partner_id,
            engagement_entry::person,
            engagement_entry::kind,
            engagement_entry::body,
            engagement_entry::created_at,
        ))
        .load(conn)?)
}

/// Is this an active member of the account?
pub fn is_colleague(scope: &Scope, conn: &mut Conn, user: UserId) -> Result<bool> {
    let member = membership::table.filter(membership::partner_id.eq(scope.id())).filter(membership::user_id.eq(user));
    Ok(diesel::select(diesel::dsl::exists(member.filter(membership::status.eq("active")))).get_result(conn)?)
}
