//! The audit log: who did what, on what, before and after. Written in the transaction of the
//! change, append-only, hash-chained per partner. The chain holds a salted digest of the details,
//! so that erasing a person's data later does not break it.

use super::Scope;
use super::keys::sha256;
use crate::clock::Moment;
use crate::config::random_bytes;
use crate::db::ids::{ContactId, ObjectId, PartnerId, RequestId, UserId};
use crate::db::schema::{audit_detail, audit_event, audit_head};
use crate::db::{Conn, dialect};
use crate::error::{Error, Result};
use diesel::prelude::*;
use serde_json::{Map, Value};

/// In whose name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    User(UserId),
    /// Somebody at the command line of the server.
    Command,
    /// A platform administrator.
    Operator(UserId),
    /// A background job that this user started.
    Job(UserId),
    /// A person who acts for a customer, without an account here.
    Customer(ContactId),
    /// Time itself: the schedule.
    System,
}

impl Actor {
    const fn kind(self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Operator(_) => "operator",
            Self::Command => "command",
            Self::Job(_) => "job",
            Self::Customer(_) => "customer",
            Self::System => "system",
        }
    }
    const fn id(self) -> Option<UserId> {
        match self {
            Self::User(id) | Self::Operator(id) | Self::Job(id) => Some(id),
            Self::Customer(id) => Some(UserId::from_uuid(id.uuid())),
            Self::Command | Self::System => None,
        }
    }
}

/// Field names and their values as text.
pub type Fields = Map<String, Value>;

/// One thing that happened.
pub struct Event<'a> {
    /// Such as `customer.edit`; its message key is `audit-` and this with hyphens.
    pub action: &'a str,
    pub object_kind: &'a str,
    pub object: Option<ObjectId>,
    pub before: Fields,
    pub after: Fields,
}

const GENESIS: [u8; 32] = [0; 32];

/// Appends one event to the partner's chain. The head's row is locked by its update, so that
/// two servers cannot append the same number.
pub fn record(scope: &Scope, conn: &mut Conn, event: &Event<'_>) -> Result<i64> {
    let partner = scope.id();
    let advance = |conn: &mut Conn| -> Result<Option<(i64, Vec<u8>)>> {
        let set = diesel::update(scope.all(audit_head::table)).set(audit_head::seq.eq(audit_head::seq + 1));
        Ok(set.returning((audit_head::seq, audit_head::hash)).get_result(conn).optional()?)
    };
    let (seq, previous) = match advance(conn)? {
        Some(head) => head,
        // The first event of this partner; another server may be at the same point.
        None => {
            dialect::insert_unless_there(conn, |conn| {
                let head = (audit_head::partner_id.eq(partner), audit_head::seq.eq(0), audit_head::hash.eq(&GENESIS[..]));
                diesel::insert_into(audit_head::table).values(head).execute(conn)
            })?;
            advance(conn)?.ok_or_else(|| Error::internal("the head of the audit log"))?
        }
    };
    let salt = random_bytes(16);
    let (before, after) = (Value::Object(event.before.clone()).to_string(), Value::Object(event.after.clone()).to_string());
    let digest = detail_digest(&salt, &before, &after);
    let row = Row {
        seq,
        at: scope.now,
        request_id: scope.request,
        actor_kind: scope.actor.kind().to_owned(),
        actor_id: scope.actor.id(),
        action: event.action.to_owned(),
        object_kind: event.object_kind.to_owned(),
        object_id: event.object,
        detail_digest: digest,
        previous_hash: previous,
        hash: Vec::new(),
    };
    let hash = row.chain_hash(partner);
    diesel::insert_into(audit_event::table)
        .values((
            audit_event::partner_id.eq(partner),
            audit_event::seq.eq(seq),
            audit_event::at.eq(row.at),
            audit_event::request_id.eq(row.request_id),
            audit_event::actor_kind.eq(&row.actor_kind),
            audit_event::actor_id.eq(row.actor_id),
            audit_event::action.eq(&row.action),
            audit_event::object_kind.eq(&row.object_kind),
            audit_event::object_id.eq(row.object_id),
            audit_event::detail_digest.eq(&row.detail_digest),
            audit_event::previous_hash.eq(&row.previous_hash),
            audit_event::hash.eq(&hash),
        ))
        .execute(conn)?;
    diesel::insert_into(audit_detail::table)
        .values((
            audit_detail::partner_id.eq(partner),
            audit_detail::seq.eq(seq),
            audit_detail::salt.eq(&salt),
            audit_detail::before.eq(&before),
            audit_detail::after.eq(&after),
        ))
        .execute(conn)?;
    diesel::update(scope.all(audit_head::table)).set(audit_head::hash.eq(&hash)).execute(conn)?;
    Ok(seq)
}

fn detail_digest(salt: &[u8], before: &str, after: &str) -> Vec<u8> {
    sha256(&[salt, &(before.len() as u64).to_be_bytes(), before.as_bytes(), after.as_bytes()])
}

#[derive(Queryable)]
struct Row {
    seq: i64,
    at: Moment,
    request_id: RequestId,
    actor_kind: String,
    actor_id: Option<UserId>,
    action: String,
    object_kind: String,
    object_id: Option<ObjectId>,
    detail_digest: Vec<u8>,
    previous_hash: Vec<u8>,
    hash: Vec<u8>,
}

impl Row {
    /// SHA-256 of the row before and of every column of this one, each with its length.
    fn chain_hash(&self, partner: PartnerId) -> Vec<u8> {
        let mut canonical = Vec::with_capacity(256);
        let mut put = |bytes: &[u8]| {
            canonical.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
            canonical.extend_from_slice(bytes);
        };
        put(partner.uuid().as_bytes());
        put(&self.seq.to_be_bytes());
        put(&self.at.micros().to_be_bytes());
        put(self.request_id.uuid().as_bytes());
        put(self.actor_kind.as_bytes());
        put(self.actor_id.map_or(&[][..], |_| b"+"));
        put(self.actor_id.map(UserId::uuid).unwrap_or_default().as_bytes());
        put(self.action.as_bytes());
        put(self.object_kind.as_bytes());
        put(self.object_id.map(ObjectId::uuid).unwrap_or_default().as_bytes());
        put(&self.detail_digest);
        sha256(&[&self.previous_hash, &canonical])
    }
}

/// What `comptoir audit verify` found in one partner's log.
#[derive(Debug, PartialEq, Eq)]
pub enum Verified {
    /// So many events, all in order.
    Holds(i64),
    /// The first number at which the chain is broken.
    Broken(i64),
}

/// The salt and the two texts of an event, unless they were erased.
type Detail = Option<(Vec<u8>, String, String)>;

/// Recomputes the whole chain of one partner, in pieces of 1,000.
pub fn verify(scope: &Scope, conn: &mut Conn) -> Result<Verified> {
    let (mut expected, mut previous) = (1, GENESIS.to_vec());
    loop {
        let rows: Vec<(Row, Detail)> = scope
            .all(audit_event::table)
            .left_join(
                audit_detail::table.on(audit_detail::partner_id.eq(audit_event::partner_id).and(audit_detail::seq.eq(audit_event::seq))),
            )
            .filter(audit_event::seq.ge(expected))
            .order(audit_event::seq)
            .limit(1_000)
            .select((
                (
                    audit_event::seq,
                    audit_event::at,
                    audit_event::request_id,
                    audit_event::actor_kind,
                    audit_event::actor_id,
                    audit_event::action,
                    audit_event::object_kind,
                    audit_event::object_id,
                    audit_event::detail_digest,
                    audit_event::previous_hash,
                    audit_event::hash,
                ),
                (audit_detail::salt, audit_detail::before, audit_detail::after).nullable(),
            ))
            .load(conn)?;
        if rows.is_empty() {
            break;
        }
        for (row, detail) in rows {
            // A blanked detail (erasure) keeps its digest in the chain and is no break.
            let detail_holds =
                detail.is_none_or(|(salt, before, after)| before.is_empty() || detail_digest(&salt, &before, &after) == row.detail_digest);
            if row.seq != expected || row.previous_hash != previous || row.chain_hash(scope.id()) != row.hash || !detail_holds {
                return Ok(Verified::Broken(expected));
            }
            previous = row.hash;
            expected += 1;
        }
    }
    let head: Option<(i64, Vec<u8>)> = scope.all(audit_head::table).select((audit_head::seq, audit_head::hash)).first(conn).optional()?;
    match head {
        None if expected == 1 => Ok(Verified::Holds(0)),
        Some((seq, hash)) if seq == expected - 1 && hash == previous => Ok(Verified::Holds(seq)),
        _ => Ok(Verified::Broken(expected)),
    }
}

/// One event as a page shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub seq: i64,
    pub at: Moment,
    pub actor_kind: String,
    pub actor_name: Option<String>,
    pub action: String,
    pub object_kind: String,
    pub object: Option<ObjectId>,
    pub before: Fields,
    pub after: Fields,
}

/// Events, newest first, about one object or all, before a number; one more than a page tells
/// that there are more.
pub fn list(scope: &Scope, conn: &mut Conn, object: Option<ObjectId>, before: Option<i64>, limit: i64) -> Result<Vec<Shown>> {
    find_events(scope, conn, object, None, before, limit)
}

/// As [`list`] about one object, only events of these actions.
pub fn about(scope: &Scope, conn: &mut Conn, object: ObjectId, actions: &[&str], before: Option<i64>, limit: i64) -> Result<Vec<Shown>> {
    find_events(scope, conn, Some(object), Some(actions), before, limit)
}

fn find_events(
    scope: &Scope,
    conn: &mut Conn,
    object: Option<ObjectId>,
    actions: Option<&[&str]>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Shown>> {
    use crate::db::schema::{app_user, membership};
    type Line = (i64, Moment, String, Option<UserId>, String, String, Option<ObjectId>, Option<String>, Option<String>, Option<String>);
    let mut query = scope
        .all(audit_event::table)
        .left_join(audit_detail::table.on(audit_detail::partner_id.eq(audit_event::partner_id).and(audit_detail::seq.eq(audit_event::seq))))
        // Names of this account's own members alone.
        .left_join(
            membership::table
                .on(membership::partner_id.eq(audit_event::partner_id).and(membership::user_id.nullable().eq(audit_event::actor_id))),
        )
        .left_join(app_user::table.on(app_user::id.nullable().eq(membership::user_id.nullable())))
        .filter(audit_event::seq.lt(before.unwrap_or(i64::MAX)))
        .order(audit_event::seq.desc())
        .limit(limit)
        .select((
            audit_event::seq,
            audit_event::at,
            audit_event::actor_kind,
            audit_event::actor_id,
            audit_event::action,
            audit_event::object_kind,
            audit_event::object_id,
            app_user::name.nullable(),
            audit_detail::before.nullable(),
            audit_detail::after.nullable(),
        ))
        .into_boxed();
    if let Some(object) = object {
        query = query.filter(audit_event::object_id.eq(object));
    }
    if let Some(actions) = actions {
        query = query.filter(audit_event::action.eq_any(actions.to_vec()));
    }
    let fields = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let lines: Vec<Line> = query.load(conn)?;
    Ok(lines
        .into_iter()
        .map(|(seq, at, actor_kind, _, action, object_kind, object, actor_name, before, after)| Shown {
            seq,
            at,
            actor_kind,
            actor_name,
            action,
            object_kind,
            object,
            before: fields(before),
            after: fields(after),
        })
        .collect())
}

/// One event of the log by its number.
pub fn find(scope: &Scope, conn: &mut Conn, object: ObjectId, seq: i64) -> Result<Shown> {
    list(scope, conn, Some(object), Some(seq + 1), 1)?.into_iter().find(|event| event.seq == seq).ok_or(Error::NotFound)
}
