//! Work that outlives its request: enqueued in the transaction of what asked for it, claimed by
//! one server at a time through a lease, done in pieces in the name of the member who asked.

use super::audit::Actor;
use super::{App, Scope};
use crate::clock::MINUTE;
use crate::db::Conn;
use crate::db::ids::{JobId, ObjectId, PartnerId, UserId};
use crate::db::schema::{job, job_queue, job_result};
use crate::error::{Error, Result};
use diesel::prelude::*;
use serde_json::Value;
use std::sync::OnceLock;
use std::time::Duration;

/// What one step of a job did.
#[derive(Default)]
pub struct Step {
    pub done: i64,
    pub failed: i64,
    /// Where the next step continues; `None` at the end.
    pub next: Option<Value>,
    /// What its page tells of each, in order; nothing where only numbers count.
    pub told: Vec<Told>,
}

/// One line of a job's result.
pub struct Told {
    /// What it was about: a name or an address.
    pub subject: String,
    /// The end of a message key that says why it failed; empty where it did not.
    pub problem: &'static str,
    /// What came of it.
    pub object: Option<ObjectId>,
}

/// One piece of a kind of job: from its payload and where the last piece stopped.
pub type Run = fn(&App, &Scope, &mut Conn, payload: &Value, progress: &Value) -> Result<Step>;

static KINDS: OnceLock<&'static [(&'static str, Run)]> = OnceLock::new();

/// Names the kinds of jobs; features declare them, `app` puts them together once.
pub fn declare(kinds: &'static [(&'static str, Run)]) {
    let _ = KINDS.set(kinds);
}

/// Enqueues a job in the caller's transaction.
pub fn enqueue(scope: &Scope, conn: &mut Conn, kind: &str, payload: &Value) -> Result<JobId> {
    let user = scope.user().ok_or_else(|| Error::internal("a job needs a member"))?;
    let id = JobId::new();
    diesel::insert_into(job::table)
        .values((
            job::partner_id.eq(scope.id()),
            job::id.eq(id),
            job::kind.eq(kind),
            job::state.eq("queued"),
            job::payload.eq(payload.to_string()),
            job::progress.eq("null"),
            job::done.eq(0),
            job::failed.eq(0),
            job::created_by.eq(user),
            job::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    diesel::insert_into(job_queue::table)
        .values((
            job_queue::job_id.eq(id),
            job_queue::partner_id.eq(scope.id()),
            job_queue::user_id.eq(user),
            job_queue::run_at.eq(scope.now),
            job_queue::lease_until.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// A job as its page shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub state: String,
    pub payload: String,
    /// Where it stopped last; of a finished job, what it noted last.
    pub progress: String,
    pub done: i64,
    pub failed: i64,
}

/// A job of this partner.
pub fn find(scope: &Scope, conn: &mut Conn, id: JobId) -> Result<Job> {
    Ok(scope
        .all(job::table)
        .filter(job::id.eq(id))
        .select((job::id, job::kind, job::state, job::payload, job::progress, job::done, job::failed))
        .first(conn)?)
}

/// How long one server may hold a job without a sign of life.
const LEASE: i64 = 2 * MINUTE;

/// Runs at most one piece of the next job; whether there was one.
pub fn run_one(app: &App) -> Result<bool> {
    let now = app.now();
    let claimed: Option<(JobId, PartnerId, UserId)> = app.store.write_system(|conn| {
        let next: Option<(JobId, PartnerId, UserId)> = job_queue::table
            .filter(job_queue::run_at.le(now))
            .filter(job_queue::lease_until.le(now))
            .order(job_queue::run_at)
            .select((job_queue::job_id, job_queue::partner_id, job_queue::user_id))
            .first(conn)
            .optional()?;
        let Some(next) = next else { return Ok(None) };
        // Compare and set: of two servers that saw the same row, one gets it.
        let won = diesel::update(job_queue::table.find(next.0).filter(job_queue::lease_until.le(now)))
            .set(job_queue::lease_until.eq(now.plus(LEASE)))
            .execute(conn)?;
        Ok((won == 1).then_some(next))
    })?;
    let Some((id, partner, user)) = claimed else {
        return Ok(false);
    };
    let scope = Scope::of(&app.store, partner, Actor::Job(user), now)?;
    let outcome = app.store.write_as(&scope, |conn| step(app, &scope, conn, id));
    let finished = match outcome {
        Ok(finished) => finished,
        Err(Error::Unavailable(cause)) => {
            tracing::warn!(job = %id, cause, "job postponed");
            std::thread::sleep(Duration::from_secs(1));
            false
        }
        Err(error) => {
            tracing::error!(job = %id, error = %error, "job failed");
            app.store.write_as(&scope, |conn| {
                diesel::update(scope.all(job::table).filter(job::id.eq(id)))
                    .set((job::state.eq("failed"), job::finished_at.eq(Some(now))))
                    .execute(conn)?;
                Ok(())
            })?;
            true
        }
    };
    app.store.write_system(|conn| {
        let row = job_queue::table.find(id);
        match finished {
            true => diesel::delete(row).execute(conn)?,
            false => diesel::update(row).set((job_queue::lease_until.eq(now), job_queue::run_at.eq(now))).execute(conn)?,
        };
        Ok(())
    })?;
    Ok(true)
}

/// One piece and the note of how far it came, in one transaction; whether the job is finished.
fn step(app: &App, scope: &Scope, conn: &mut Conn, id: JobId) -> Result<bool> {
    let own = || scope.all(job::table).filter(job::id.eq(id));
    let (kind, payload, progress, state, before): (String, String, String, String, i64) =
        own().select((job::kind, job::payload, job::progress, job::state, job::done + job::failed)).first(conn)?;
    if state == "done" || state == "failed" {
        return Ok(true);
    }
    let run = KINDS
        .get()
        .and_then(|kinds| kinds.iter().find(|(known, _)| *known == kind))
        .ok_or_else(|| Error::internal(format!("unknown kind of job: {kind}")))?
        .1;
    let parse = |text: &str| serde_json::from_str::<Value>(text).map_err(Error::internal);
    let step = run(app, scope, conn, &parse(&payload)?, &parse(&progress)?)?;
    keep(scope, conn, id, before, &step.told)?;
    let finished = step.next.is_none();
    diesel::update(own())
        .set((
            job::state.eq(if finished { "done" } else { "running" }),
            job::progress.eq(step.next.map_or(progress, |next| next.to_string())),
            job::done.eq(job::done + step.done),
            job::failed.eq(job::failed + step.failed),
            job::finished_at.eq(finished.then_some(scope.now)),
        ))
        .execute(conn)?;
    Ok(finished)
}

/// Keeps what a piece tells, numbered on from what was done before it.
fn keep(scope: &Scope, conn: &mut Conn, id: JobId, before: i64, told: &[Told]) -> Result<()> {
    for (line, one) in (before + 1..).zip(told) {
        diesel::insert_into(job_result::table)
            .values((
                job_result::partner_id.eq(scope.id()),
                job_result::job_id.eq(id),
                job_result::line.eq(line),
                job_result::subject.eq(&one.subject),
                job_result::problem.eq(one.problem),
                job_result::object_id.eq(one.object),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// A line of a job's result, as its page shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub line: i64,
    pub subject: String,
    pub problem: String,
    pub object: Option<ObjectId>,
}

/// Lines shown at most of each sort.
pub const SHOWN: i64 = 500;

/// What a job told: of what failed, or of what went well.
pub fn results(scope: &Scope, conn: &mut Conn, id: JobId, failed: bool) -> Result<Vec<Line>> {
    let own = scope.all(job_result::table).filter(job_result::job_id.eq(id)).order(job_result::line).limit(SHOWN).into_boxed();
    let own = if failed { own.filter(job_result::problem.ne("")) } else { own.filter(job_result::problem.eq("")) };
    Ok(own.select((job_result::line, job_result::subject, job_result::problem, job_result::object_id)).load(conn)?)
}
