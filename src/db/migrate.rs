//! Migrations: embedded, each whole or not at all, one process at a time.

use super::Conn;
use anyhow::{Context, bail};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

struct Migration {
    name: &'static str,
    sqlite: &'static str,
    #[cfg_attr(not(feature = "postgres"), allow(dead_code))]
    postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration {
            name: $name,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, "/up.sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, "/up.sql")),
        }),+]
    };
}

const MIGRATIONS: &[Migration] = migrations![
    "0001_identity",
    "0002_customers",
    "0003_audit_and_jobs",
    "0004_customer_total",
    "0005_relationships",
    "0006_new_customers",
    "0007_referral_total",
    "0008_listing_entry"
];

/// Any constant that only this product uses: the advisory lock's name on PostgreSQL.
#[cfg(feature = "postgres")]
const LOCK: i64 = 0x636f_6d70_746f_6972;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Where a database stands.
#[derive(Debug, PartialEq, Eq)]
pub enum State {
    Current,
    /// These are still to run.
    Behind(Vec<&'static str>),
    /// Migrated by a newer version: this migration is unknown here.
    Newer(String),
}

/// Compares the database with the migrations of this version; changes nothing.
pub fn state(conn: &mut Conn) -> anyhow::Result<State> {
    // No such table: nothing has run yet.
    let there: Vec<Name> = diesel::sql_query("select name from schema_migration order by name").load(conn).unwrap_or_default();
    if let Some(newer) = there.iter().find(|row| MIGRATIONS.iter().all(|known| known.name != row.name)) {
        return Ok(State::Newer(newer.name.clone()));
    }
    let missing: Vec<_> = MIGRATIONS.iter().map(|known| known.name).filter(|name| there.iter().all(|row| row.name != *name)).collect();
    Ok(if missing.is_empty() { State::Current } else { State::Behind(missing) })
}

/// Runs what is missing and answers the names. Several processes may start at once: SQLite's
/// write lock and PostgreSQL's advisory lock let one through, and the others find nothing to do.
/// On PostgreSQL `server_role` is then granted what the server needs and nothing more.
pub fn run(conn: &mut Conn, server_role: Option<&str>) -> anyhow::Result<Vec<&'static str>> {
    #[cfg(feature = "postgres")]
    if matches!(conn, Conn::Postgres(_)) {
        conn.batch_execute(&format!("set statement_timeout = 0; set lock_timeout = '60s'; select pg_advisory_lock({LOCK})"))?;
    }
    let answer = run_locked(conn, server_role);
    #[cfg(feature = "postgres")]
    if matches!(conn, Conn::Postgres(_)) {
        conn.batch_execute(&format!("select pg_advisory_unlock({LOCK})"))?;
    }
    answer
}

fn run_locked(conn: &mut Conn, server_role: Option<&str>) -> anyhow::Result<Vec<&'static str>> {
    conn.batch_execute("create table if not exists schema_migration (name text not null primary key)")?;
    let mut done = Vec::new();
    for migration in MIGRATIONS {
        let (begin, sql) = match conn {
            Conn::Sqlite(_) => ("begin immediate", migration.sqlite),
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => ("begin", migration.postgres),
        };
        conn.batch_execute(begin)?;
        match apply(conn, migration.name, sql) {
            Ok(ran) => {
                conn.batch_execute("commit")?;
                done.extend(ran.then_some(migration.name));
            }
            Err(error) => {
                conn.batch_execute("rollback")?;
                return Err(error);
            }
        }
    }
    if let State::Newer(name) = state(conn)? {
        bail!("the database was migrated by a newer version ({name}); this version would not understand it");
    }
    if let Some(role) = server_role {
        grant(conn, role)?;
    }
    Ok(done)
}

/// Inside a transaction that holds the write lock, so that the look and the run are one.
fn apply(conn: &mut Conn, name: &'static str, sql: &str) -> anyhow::Result<bool> {
    let there: i64 =
        diesel::select(diesel::dsl::sql::<BigInt>("(select count(*) from schema_migration where name = ").bind::<Text, _>(name).sql(")"))
            .get_result(conn)?;
    if there > 0 {
        return Ok(false);
    }
    conn.batch_execute(sql).with_context(|| format!("migration {name}"))?;
    diesel::sql_query(format!("insert into schema_migration (name) values ('{name}')")).execute(conn)?;
    Ok(true)
}

/// The server owns nothing, and may neither change nor remove audit events.
fn grant(conn: &mut Conn, role: &str) -> anyhow::Result<()> {
    if matches!(conn, Conn::Sqlite(_)) {
        return Ok(());
    }
    let schema: String = diesel::select(diesel::dsl::sql::<Text>("current_schema()::text")).get_result(conn)?;
    let (role, schema) = (role.replace('"', "\"\""), schema.replace('"', "\"\""));
    conn.batch_execute(&format!(
        r#"grant usage on schema "{schema}" to "{role}";
           grant select, insert, update, delete on all tables in schema "{schema}" to "{role}";
           revoke update, delete, truncate on audit_event from "{role}";
           revoke delete, truncate on audit_detail from "{role}";
           revoke insert, update, delete, truncate on schema_migration from "{role}""#
    ))
    .with_context(|| format!("granting the server's role {role} its rights"))
}
