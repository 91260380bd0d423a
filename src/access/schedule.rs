//! What time does: small tasks that run again and again, each on one server at a time. A task only
//! tells and tidies; whether something is over follows from the moments in its row, whenever it
//! is looked at.
//!
//! A task's row is claimed by a lease, compare-and-set; a server that dies in a run leaves a task
//! that is still due when its lease ends.

use super::audit::Actor;
use super::keys::Keys;
use super::tenant::Tenant;
use super::{App, Scope};
use crate::clock::{MINUTE, Moment};
use crate::config::Config;
use crate::db::ids::{PartnerId, RequestId};
use crate::db::schema::{partner_account, schedule};
use crate::db::{Conn, dialect};
use crate::domain::Cloud;
use crate::error::{Error, Result};
use diesel::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// One task: its name in the database and on the operator's page, how often it runs
/// (microseconds), and one run, which answers how much it did. A run may be repeated at any time.
pub struct Task {
    pub name: &'static str,
    pub every: i64,
    pub run: fn(&Tick<'_>) -> Result<i64>,
}

/// One run of a task.
pub struct Tick<'a> {
    app: &'a App,
    pub now: Moment,
}

/// How long one server may be about one run.
const LEASE: i64 = 5 * MINUTE;
/// How soon a task that failed is tried again.
const AGAIN: i64 = 5 * MINUTE;

static TASKS: OnceLock<&'static [Task]> = OnceLock::new();

/// Names the tasks; features declare them, `app` puts them together once.
pub fn declare(tasks: &'static [Task]) {
    let _ = TASKS.set(tasks);
}

fn tasks() -> &'static [Task] {
    TASKS.get().copied().unwrap_or_default()
}

/// Runs every task that is due, until none is; how many ran.
pub fn run_due(app: &App) -> Result<usize> {
    let mut ran = 0;
    while run_one(app)? {
        ran += 1;
    }
    Ok(ran)
}

/// Runs the first task that is due and that nobody else is about; whether there was one.
pub fn run_one(app: &App) -> Result<bool> {
    for task in tasks() {
        if let Some(lease) = claim(app, task)? {
            run(app, task, lease)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Claims a task that is due; the end of the lease.
fn claim(app: &App, task: &Task) -> Result<Option<Moment>> {
    let now = app.now();
    // Asked first on a reader: an idle schedule takes no write lock.
    let row: Option<(Moment, Moment)> = app.store.ask_system(|conn| {
        Ok(schedule::table.find(task.name).select((schedule::next_at, schedule::lease_until)).first(conn).optional()?)
    })?;
    if row.is_some_and(|(next, lease)| next > now || lease > now) {
        return Ok(None);
    }
    let until = now.plus(LEASE);
    app.store.write_system(|conn| {
        if row.is_none() {
            let new = (schedule::name.eq(task.name), schedule::next_at.eq(now), schedule::lease_until.eq(now));
            dialect::insert_unless_there(conn, |conn| diesel::insert_into(schedule::table).values(new).execute(conn))?;
        }
        // Of two servers that saw the same row, one gets it.
        let free = schedule::table.find(task.name).filter(schedule::next_at.le(now)).filter(schedule::lease_until.le(now));
        let won = diesel::update(free).set((schedule::lease_until.eq(until), schedule::started_at.eq(Some(now)))).execute(conn)?;
        Ok((won == 1).then_some(until))
    })
}

/// One run, and its note in the row, if the lease still is this run's.
fn run(app: &App, task: &Task, lease: Moment) -> Result<()> {
    let began = app.now();
    let outcome = catch_unwind(AssertUnwindSafe(|| (task.run)(&Tick::new(app, began)))).unwrap_or_else(|_| Err(Error::internal("panic")));
    let now = app.now();
    let (done, error) = match &outcome {
        Ok(done) => (*done, String::new()),
        Err(error) => {
            tracing::error!(task = task.name, error = %error, "a task failed");
            (0, error.to_string().chars().take(300).collect())
        }
    };
    let failed = i64::from(outcome.is_err());
    let next = if outcome.is_ok() { began.plus(task.every) } else { now.plus(task.every.min(AGAIN)) };
    app.store.write_system(|conn| {
        let own = schedule::table.find(task.name).filter(schedule::lease_until.eq(lease));
        diesel::update(own)
            .set((
                schedule::next_at.eq(next),
                schedule::lease_until.eq(now),
                schedule::finished_at.eq(Some(now)),
                schedule::done.eq(done),
                schedule::runs.eq(schedule::runs + 1),
                schedule::failures.eq(schedule::failures + failed),
                schedule::last_error.eq(&error),
            ))
            .execute(conn)?;
        Ok(())
    })
}

/// A task as an operator sees it; without moments where it never ran.
#[derive(Debug, Clone)]
pub struct Row {
    pub name: &'static str,
    pub every: i64,
    pub state: Option<State>,
}

/// What the task's row says.
#[derive(Debug, Clone, Queryable)]
pub struct State {
    name: String,
    pub next_at: Moment,
    pub lease_until: Moment,
    pub started_at: Option<Moment>,
    pub finished_at: Option<Moment>,
    /// How much the last run did.
    pub done: i64,
    pub runs: i64,
    pub failures: i64,
    /// Of the last run; empty where it went well.
    pub last_error: String,
}

impl Row {
    /// Overdue: due for longer than a server that works would leave it.
    pub fn is_overdue(&self, now: Moment) -> bool {
        self.state.as_ref().is_none_or(|state| now.since(state.next_at) > OVERDUE)
    }
    pub fn is_running(&self, now: Moment) -> bool {
        self.state.as_ref().is_some_and(|state| state.lease_until > now)
    }
    pub fn has_failed(&self) -> bool {
        self.state.as_ref().is_some_and(|state| !state.last_error.is_empty())
    }
}

/// How late a task may be before an operator is told.
const OVERDUE: i64 = 10 * MINUTE;

/// Every task of this version, in the order of the declaration.
pub fn list(conn: &mut Conn) -> Result<Vec<Row>> {
    let columns = (
        schedule::name,
        schedule::next_at,
        schedule::lease_until,
        schedule::started_at,
        schedule::finished_at,
        schedule::done,
        schedule::runs,
        schedule::failures,
        schedule::last_error,
    );
    let states: Vec<State> = schedule::table.select(columns).load(conn)?;
    let state = |name: &str| states.iter().find(|state| state.name == name).cloned();
    Ok(tasks().iter().map(|task| Row { name: task.name, every: task.every, state: state(task.name) }).collect())
}

/// Makes a task due now.
pub fn hurry(conn: &mut Conn, name: &str, now: Moment) -> Result<()> {
    let task = tasks().iter().find(|task| task.name == name).ok_or(Error::NotFound)?;
    // One that never ran is due anyway.
    diesel::update(schedule::table.find(task.name)).set(schedule::next_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Partner accounts walked through at once.
const PIECE: i64 = 200;

impl<'a> Tick<'a> {
    pub const fn new(app: &'a App, now: Moment) -> Self {
        Self { app, now }
    }
    pub fn keys(&self) -> &Keys {
        &self.app.keys
    }
    pub fn config(&self) -> &Config {
        &self.app.config
    }
    /// The portal's own rows: outside any tenant.
    pub fn system<T>(&self, work: impl FnMut(&mut Conn) -> Result<T>) -> Result<T> {
        self.app.store.write_system(work)
    }
    /// For every partner account in turn: asks (read-only) whether there is anything to do, and
    /// only then does it, in a transaction of its own. One account's failure is logged and does
    /// not hold up the others.
    pub fn each_partner(
        &self,
        due: impl Fn(&Scope, &mut Conn) -> Result<bool>,
        mut work: impl FnMut(&Scope, &mut Conn) -> Result<i64>,
    ) -> Result<i64> {
        let (mut done, mut after) = (0, None::<PartnerId>);
        loop {
            let piece: Vec<(PartnerId, i64, Cloud)> = self.app.store.read_system(|conn| {
                let rows = partner_account::table.select((partner_account::id, partner_account::number, partner_account::cloud));
                let rows = rows.order(partner_account::id).limit(PIECE).into_boxed();
                Ok(match after {
                    Some(id) => rows.filter(partner_account::id.gt(id)).load(conn)?,
                    None => rows.load(conn)?,
                })
            })?;
            let Some((last, ..)) = piece.last() else { return Ok(done) };
            after = Some(*last);
            for (id, number, cloud) in piece {
                let tenant = Tenant::new(id, number, cloud);
                let scope = Scope { tenant, actor: Actor::System, now: self.now, request: RequestId::new() };
                if !self.app.store.read_as(&scope, |conn| due(&scope, conn))? {
                    continue;
                }
                match self.app.store.write_as(&scope, |conn| work(&scope, conn)) {
                    Ok(count) => done += count,
                    Err(error) => tracing::error!(partner = %id, error = %error, "a task failed for one account"),
                }
            }
        }
    }
}
