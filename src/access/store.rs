//! The pools, private to `access`, and the transactions around every piece of work: begun with
//! the partner set, committed when the work answers `Ok`, rolled back otherwise.

use crate::access::tenant::{Tenant, WALLS};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::ids::PartnerId;
use crate::db::{Conn, dialect};
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// SQL statements run by this process, transaction control apart; counted where asked for.
pub static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// The databases of this process. Cloning shares the pools.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    /// Who asks: sessions, members, links. SQLite keeps them apart from `readers`, whose
    /// connections would otherwise change their partner twice a request.
    askers: Pool<Manager>,
    readers: Pool<Manager>,
    /// SQLite has one writer; on PostgreSQL this is the same pool as the readers'.
    writers: Pool<Manager>,
    /// SQLite.
    is_file: bool,
    clock: Clock,
    statements: Arc<AtomicU64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Read,
    Write,
}

/// A pooled connection and the partner last set on it (SQLite keeps it between transactions).
struct Link {
    conn: Conn,
    partner: Option<PartnerId>,
    broken: bool,
}

struct Manager {
    url: String,
    mode: Mode,
    /// Counts statements, where asked for.
    count: Option<Arc<AtomicU64>>,
}

impl ManageConnection for Manager {
    type Connection = Link;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Link, Self::Error> {
        let mut conn = dialect::connect(&self.url, self.mode == Mode::Read).map_err(diesel::r2d2::Error::ConnectionError)?;
        dialect::raise_walls(&mut conn, &WALLS, self.mode == Mode::Read).map_err(diesel::r2d2::Error::QueryError)?;
        if let Some(own) = self.count.clone() {
            conn.set_instrumentation(move |event: diesel::connection::InstrumentationEvent<'_>| {
                if let diesel::connection::InstrumentationEvent::StartQuery { query, .. } = event {
                    let text = query.to_string().to_lowercase();
                    let control = ["begin", "commit", "rollback", "update `ctx`", "select set_config"];
                    // `select 1` is the pool asking whether a connection still lives.
                    if text != "select 1" && !control.iter().any(|word| text.starts_with(word)) {
                        STATEMENTS.fetch_add(1, Ordering::Relaxed);
                        own.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        Ok(Link { conn, partner: None, broken: false })
    }
    fn is_valid(&self, link: &mut Link) -> Result<(), Self::Error> {
        link.conn.batch_execute("select 1").map_err(diesel::r2d2::Error::QueryError)
    }
    fn has_broken(&self, link: &mut Link) -> bool {
        link.broken || std::thread::panicking()
    }
}

impl Store {
    /// Opens the pools; the database must exist and be migrated.
    pub fn open(config: &Config, clock: Clock) -> anyhow::Result<Self> {
        let statements = Arc::new(AtomicU64::new(0));
        let pool = |mode, size| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(std::time::Duration::from_millis(config.pool_wait_ms))
                .test_on_check_out(!config.is_sqlite())
                .error_handler(Box::new(LogErrors))
                .build(Manager { url: config.database_url.clone(), mode, count: config.count_statements.then(|| Arc::clone(&statements)) })
        };
        // The writer first: it makes the WAL's companion files that read-only connections need.
        let writers = pool(Mode::Write, if config.is_sqlite() { 1 } else { config.pool_size })?;
        let reading = || if config.is_sqlite() { pool(Mode::Read, config.pool_size) } else { Ok(writers.clone()) };
        Ok(Self(Arc::new(Inner { askers: reading()?, readers: reading()?, writers, is_file: config.is_sqlite(), clock, statements })))
    }

    /// SQL statements run through these pools, transaction control apart, if they are counted.
    pub fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::SeqCst)
    }
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Reads outside any tenant: sign-in, sessions, the switcher, organisations. `access` alone.
    pub(super) fn read_system<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        run(&mut *checkout(&self.0.askers)?, Mode::Read, None, work)
    }
    /// As [`Self::read_system`], for a single statement, which is a snapshot of its own and needs
    /// no transaction around it.
    pub(super) fn ask_system<T>(&self, ask: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let link = &mut *checkout(&self.0.askers)?;
        if link.partner.is_some() {
            return run(link, Mode::Read, None, ask);
        }
        ask(&mut link.conn)
    }
    /// As [`Self::ask_system`] without leaving the thread that serves requests: where the database
    /// is a file and a connection idle, a keyed read takes less time than to hand it over. Gives
    /// back what it cannot ask now.
    pub(super) fn glance_system<T, F: FnOnce(&mut Conn) -> Result<T>>(&self, ask: F) -> Result<Result<T>, F> {
        match self.idle(&self.0.askers) {
            Some(mut link) => Ok(ask(&mut link.conn)),
            None => Err(ask),
        }
    }
    /// As [`Self::read_as`], on the same terms.
    pub(super) fn glance_as<T, F: FnOnce(&mut Conn) -> Result<T>>(&self, tenant: &Tenant, work: F) -> Result<Result<T>, F> {
        match self.idle(&self.0.readers) {
            Some(mut link) => Ok(run(&mut link, Mode::Read, Some(tenant.id()), work)),
            None => Err(work),
        }
    }
    /// A connection that answers without waiting for anybody: SQLite's readers.
    fn idle(&self, pool: &Pool<Manager>) -> Option<PooledConnection<Manager>> {
        if self.0.is_file { pool.try_get() } else { None }
    }
    /// Writes outside any tenant. `access` alone.
    pub(super) fn write_system<T>(&self, mut work: impl FnMut(&mut Conn) -> Result<T>) -> Result<T> {
        let link = &mut *checkout(&self.0.writers)?;
        retry(|| run(link, Mode::Write, None, &mut work))
    }
    pub(super) fn read_as<T>(&self, tenant: &Tenant, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        run(&mut *checkout(&self.0.readers)?, Mode::Read, Some(tenant.id()), work)
    }
    pub(super) fn write_as<T>(&self, tenant: &Tenant, mut work: impl FnMut(&mut Conn) -> Result<T>) -> Result<T> {
        let link = &mut *checkout(&self.0.writers)?;
        retry(|| run(link, Mode::Write, Some(tenant.id()), &mut work))
    }
    /// Does the database answer? For `/readyz`.
    pub fn ping(&self) -> Result<()> {
        self.read_system(|conn| Ok(conn.batch_execute("select 1")?))
    }
}

#[derive(Debug)]
struct LogErrors;
impl<E: std::error::Error> diesel::r2d2::HandleError<E> for LogErrors {
    fn handle_error(&self, error: E) {
        tracing::warn!(error = %error, "database connection");
    }
}

fn checkout(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
    pool.get().map_err(|error| Error::Unavailable(error.to_string()))
}

/// Serialisation failures and deadlocks (PostgreSQL) are run again, three times in all; the work
/// is a whole transaction, so nothing of the failed one is left.
fn retry<T>(mut once: impl FnMut() -> Result<T>) -> Result<T> {
    for _ in 0..2 {
        match once() {
            Err(error) if error.is_retryable() => continue,
            answer => return answer,
        }
    }
    once()
}

fn run<T>(link: &mut Link, mode: Mode, partner: Option<PartnerId>, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    let begun = dialect::begin(&mut link.conn, mode == Mode::Read, partner, &mut link.partner);
    if let Err(error) = begun {
        link.broken = link.conn.batch_execute("rollback").is_err();
        return Err(error.into());
    }
    match catch_unwind(AssertUnwindSafe(|| work(&mut link.conn))) {
        Ok(Ok(value)) => match link.conn.batch_execute("commit") {
            Ok(()) => Ok(value),
            Err(error) => {
                link.broken = link.conn.batch_execute("rollback").is_err();
                Err(error.into())
            }
        },
        Ok(Err(error)) => {
            link.broken = link.conn.batch_execute("rollback").is_err();
            Err(error)
        }
        Err(panic) => {
            link.broken = true;
            let _ = link.conn.batch_execute("rollback");
            resume_unwind(panic)
        }
    }
}

/// Within a transaction, works for a moment as another partner, or outside any; the caller has
/// proved that it may (`access::partnership`, `access::invitee`, `access::engagement`,
/// `access::directory`, `access::inquiry`).
pub(super) fn as_other<T>(
    conn: &mut Conn,
    own: Option<PartnerId>,
    other: impl Into<Option<PartnerId>>,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<T> {
    dialect::set_partner(conn, other.into())?;
    let answer = work(conn);
    // After an error the transaction is rolled back, and with it the partner.
    if answer.is_ok() {
        dialect::set_partner(conn, own)?;
    }
    answer
}

/// A part of a transaction that may fail by itself: of an error nothing is left, and the transaction
/// goes on.
pub fn attempt<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    conn.batch_execute("savepoint attempt")?;
    let answer = work(conn);
    if answer.is_err() {
        conn.batch_execute("rollback to savepoint attempt")?;
    }
    conn.batch_execute("release savepoint attempt")?;
    answer
}
