//! EVERY statement that differs between SQLite and PostgreSQL, with the reason (the search index
//! has a module of its own, [`super::search`]).

use super::ids::{MailId, PartnerId};
use super::schema::outbox;
use super::types::Guid;
use super::{Conn, DbResult};
use crate::clock::Moment;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

/// Milliseconds that a SQLite connection waits for a lock, and PostgreSQL for a statement.
const BUSY_TIMEOUT_MS: u32 = 5_000;
const STATEMENT_TIMEOUT_MS: u32 = 8_000;

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable};
    use super::Guid;

    /// SQLite only: the partner of the transaction, in a temporary table of the connection.
    ctx (one) {
        one -> BigInt,
        partner -> Nullable<Guid>,
    }
}

/// The path of a `sqlite:` address; `None` for any other.
pub fn sqlite_path(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))
}

/// Opens one connection and sets what holds for its whole life.
pub fn connect(url: &str, read_only: bool) -> ConnectionResult<Conn> {
    if let Some(path) = sqlite_path(url) {
        // Read-only by the file's mode rather than `query_only`, which would also freeze the
        // temporary table that holds the partner.
        let mode = if read_only { "ro" } else { "rwc" };
        let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let mut conn = SqliteConnection::establish(&format!("file:{path}?mode={mode}"))?;
        // The busy time-out first: switching to WAL itself may have to wait.
        let pragmas = format!(
            "pragma busy_timeout={BUSY_TIMEOUT_MS}; pragma temp_store=memory; pragma foreign_keys=on; \
             pragma recursive_triggers=on; pragma trusted_schema=off; pragma cache_size=-16000; pragma synchronous=full;"
        );
        conn.batch_execute(&pragmas).map_err(ConnectionError::CouldntSetupConfiguration)?;
        if !read_only {
            conn.batch_execute("pragma journal_mode=wal; pragma wal_autocheckpoint=2000; pragma secure_delete=on;")
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
        }
        return Ok(Conn::Sqlite(conn));
    }
    #[cfg(feature = "postgres")]
    {
        let mut conn = diesel::pg::PgConnection::establish(url)?;
        let settings = format!(
            "set statement_timeout={STATEMENT_TIMEOUT_MS}; set idle_in_transaction_session_timeout=15000; set lock_timeout={BUSY_TIMEOUT_MS}; \
             set timezone='UTC'; set client_min_messages=warning"
        );
        conn.batch_execute(&settings).map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(Conn::Postgres(conn))
    }
    #[cfg(not(feature = "postgres"))]
    {
        let _ = STATEMENT_TIMEOUT_MS;
        Err(ConnectionError::BadConnection("this build knows SQLite alone; build with --features postgres".into()))
    }
}

/// The tables behind walls, by who may read and write their rows.
pub struct Walls {
    /// One partner's alone.
    pub tenant: &'static [&'static str],
    /// Read by anybody, written by their partner.
    pub public: &'static [&'static str],
    /// Read by their partner, written by the server outside any tenant.
    pub counted: &'static [&'static str],
    /// Of two partners, read and written by either; what has an inquiry is read by its sender too,
    /// who has no tenant.
    pub between: &'static [&'static str],
}

/// The second wall on SQLite (PostgreSQL has row-level security in its schema). A reader sees
/// each walled table only through a temporary view of the same name that shows one partner; the
/// writer's triggers refuse any row of another partner.
pub fn raise_walls(conn: &mut Conn, walls: &Walls, read_only: bool) -> DbResult<()> {
    #[cfg_attr(not(feature = "postgres"), allow(irrefutable_let_patterns))]
    let Conn::Sqlite(conn) = conn else {
        return Ok(());
    };
    let mut sql =
        String::from("create temp table ctx (one integer primary key check (one = 1), partner blob); insert into ctx values (1, null);");
    let partner = "(select partner from temp.ctx)";
    let mut show = |table: &str, condition: &str| {
        sql += &format!("create temp view {table} as select * from main.{table} where {condition};");
    };
    if read_only {
        for table in walls.tenant.iter().chain(walls.counted).chain(&["customer_rank"]) {
            show(table, &format!("partner_id = {partner}"));
        }
        for table in walls.between {
            let sender = if *table == "engagement" { format!(" or inquiry_id is not null and {partner} is null") } else { String::new() };
            show(table, &format!("from_partner_id = {partner} or to_partner_id = {partner}{sender}"));
        }
    } else {
        let mut guard = |table: &str, others: &dyn Fn(&str) -> String, kept: &str| {
            let stop = "begin select raise(abort, 'tenant wall'); end;";
            sql += &format!(
                "create temp trigger {table}_i before insert on main.{table} when {} {stop}
                 create temp trigger {table}_u before update on main.{table} when {} or {kept} {stop}
                 create temp trigger {table}_d before delete on main.{table} when {} {stop}",
                others("new"),
                others("old"),
                others("old"),
            );
        };
        for table in walls.tenant.iter().chain(walls.public).chain(&["customer_rank"]) {
            guard(table, &|row| format!("{row}.partner_id is not {partner}"), "new.partner_id is not old.partner_id");
        }
        for table in walls.counted {
            guard(table, &|_| format!("{partner} is not null"), "new.partner_id is not old.partner_id");
        }
        for table in walls.between {
            let others = |row: &str| {
                format!("({row}.from_partner_id is not {partner} and {row}.to_partner_id is not {partner} or {partner} is null)")
            };
            guard(table, &others, "new.from_partner_id is not old.from_partner_id or new.to_partner_id is not old.to_partner_id");
        }
    }
    // The tables are missing only before the first migration, which needs no walls.
    let migrated: i64 =
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>("(select count(*) from main.sqlite_master where name = 'job')"))
            .get_result(conn)?;
    if migrated == 1 { conn.batch_execute(&sql) } else { Ok(()) }
}

/// Begins a transaction with its partner set. SQLite: `BEGIN IMMEDIATE` for writing, since a
/// transaction that reads and then writes fails at once when another wrote in between; the
/// partner goes into the connection's temporary table before. PostgreSQL: the setting is local
/// to the transaction and never outlives it; reading is one snapshot, which read committed is not,
/// and cannot fail for it, since it does not write.
pub fn begin(conn: &mut Conn, read_only: bool, partner: Option<PartnerId>, last: &mut Option<PartnerId>) -> DbResult<()> {
    match conn {
        Conn::Sqlite(sqlite) => {
            if *last != partner {
                // Unknown until it has worked.
                *last = None;
                set_sqlite_partner(sqlite, partner)?;
                *last = partner;
            }
            sqlite.batch_execute(if read_only { "begin" } else { "begin immediate" })
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(pg) => {
            let mode = if read_only { "begin isolation level repeatable read read only" } else { "begin isolation level read committed" };
            let id = partner.map(|id| id.to_string()).unwrap_or_default();
            pg.batch_execute(&format!("{mode}; select set_config('app.partner', '{id}', true)"))
        }
    }
}

fn set_sqlite_partner(conn: &mut SqliteConnection, partner: Option<PartnerId>) -> DbResult<()> {
    match diesel::update(ctx::table).set(ctx::partner.eq(partner)).execute(conn) {
        // No table yet: a connection made before the first migration.
        Err(_) if partner.is_none() => Ok(()),
        other => other.map(|_| ()),
    }
}

/// Changes the partner inside a running transaction.
pub fn set_partner(conn: &mut Conn, partner: Option<PartnerId>) -> DbResult<()> {
    match conn {
        Conn::Sqlite(sqlite) => set_sqlite_partner(sqlite, partner),
        #[cfg(feature = "postgres")]
        Conn::Postgres(pg) => {
            let id = partner.map(|id| id.to_string()).unwrap_or_default();
            diesel::sql_query("select set_config('app.partner', $1, true)").bind::<diesel::sql_types::Text, _>(id).execute(pg).map(|_| ())
        }
    }
}

/// Inserts a row unless its key is there; whether it was inserted. `on_conflict` is not to be had
/// under `MultiConnection`; a failed insert would poison a PostgreSQL transaction, hence the
/// savepoint there.
pub fn insert_unless_there(conn: &mut Conn, insert: impl FnOnce(&mut Conn) -> DbResult<usize>) -> DbResult<bool> {
    #[cfg(feature = "postgres")]
    let savepoint = matches!(conn, Conn::Postgres(_));
    #[cfg(not(feature = "postgres"))]
    let savepoint = false;
    if savepoint {
        conn.batch_execute("savepoint unless_there")?;
    }
    match insert(conn) {
        Ok(_) => Ok(true),
        Err(diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _)) => {
            if savepoint {
                conn.batch_execute("rollback to savepoint unless_there")?;
            }
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// The letter that has waited longest, if one is due. To be claimed, it is locked on PostgreSQL, and
/// rows that other servers are claiming at this moment are passed over; on SQLite the writer is
/// alone anyway. The state is part of the text, so that both use the partial index.
pub fn due_letter(conn: &mut Conn, now: Moment, claim: bool) -> DbResult<Option<MailId>> {
    let queued = || diesel::dsl::sql::<diesel::sql_types::Bool>("outbox.state = 'queued'");
    let due = || outbox::table.filter(queued()).filter(outbox::next_at.le(now)).order(outbox::next_at).select(outbox::id).limit(1);
    match conn {
        #[cfg(feature = "postgres")]
        Conn::Postgres(pg) if claim => due().for_update().skip_locked().first(pg).optional(),
        conn => {
            let _ = claim;
            due().first(conn).optional()
        }
    }
}

/// PostgreSQL: the server's role must own nothing, and be neither superuser nor able to bypass
/// row-level security, or the walls would not hold for it. Nothing to check on SQLite.
pub fn check_role(conn: &mut Conn) -> anyhow::Result<()> {
    #[cfg(feature = "postgres")]
    if matches!(conn, Conn::Postgres(_)) {
        let sql = "select (r.rolsuper or r.rolbypassrls or exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace \
            where n.nspname = current_schema() and c.relowner = r.oid)) from pg_roles r where r.rolname = current_user";
        let powerful: bool = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&format!("({sql})"))).get_result(conn)?;
        anyhow::ensure!(
            !powerful,
            "database_url: the server's role must own no table and be neither superuser nor BYPASSRLS; give the owner's address as migrate_database_url"
        );
    }
    let _ = conn;
    Ok(())
}
