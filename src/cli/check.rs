//! `comptoir check`: looks at everything that can be looked at while the portal runs, and says
//! what it looked at.

use super::{audit, backup, queries, serve};
use crate::access::audit::Verified;
#[cfg(feature = "postgres")]
use crate::access::tenant::TENANT_TABLES;
use crate::access::{App, outbox};
use crate::config::Config;
use crate::db::migrate::{self, State};
use crate::db::{Conn, dialect};
use crate::mail::smtp::Smtp;
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::path::Path;

/// What to leave out.
#[derive(Debug, Args)]
pub struct Options {
    /// Do not recompute the audit log's chains, which takes long when they are long.
    #[arg(long)]
    skip_audit: bool,
}

/// Prints one line a look.
#[derive(Default)]
struct Report {
    failed: usize,
}

impl Report {
    /// Notes the answer of one look; what it found, or why it failed.
    fn look(&mut self, what: &str, answer: Result<String>) {
        match answer {
            Ok(found) if found.is_empty() => println!("OK    {what}"),
            Ok(found) => println!("OK    {what}: {found}"),
            Err(error) => {
                self.failed += 1;
                println!("FAIL  {what}: {}", super::sentence(&error));
            }
        }
    }
}

/// Runs every look; an error if one failed.
pub fn run(loaded: Result<Config>, options: &Options) -> Result<()> {
    let mut report = Report::default();
    match loaded {
        Err(error) => report.look("configuration", Err(error)),
        Ok(config) => {
            report.look("configuration", config.check().map(|()| String::new()));
            report.look("mail server", mail_server(&config));
            database(&config, options, &mut report);
        }
    }
    ensure!(report.failed == 0, "{} of these checks failed", report.failed);
    Ok(())
}

/// Can letters leave?
fn mail_server(config: &Config) -> Result<String> {
    config.check_mail()?;
    match Smtp::new(config)? {
        Some(mut smtp) => smtp.try_out().map(|()| "answers".to_owned()).context("smtp_host"),
        None => Ok("smtp_host is not set; mail stays in the outbox".into()),
    }
}

/// How many letters wait, and how many were given up.
fn outbox(app: &App) -> Result<String> {
    let queues = app.commands().read(|conn| Ok(outbox::queues(conn)?))?;
    let warning = if queues.dead > 0 { "; WARNING: see /operator/mail" } else { "" };
    Ok(format!("{} letters wait, {} were given up{warning}", queues.waiting, queues.dead))
}

fn database(config: &Config, options: &Options, report: &mut Report) {
    let there = config.check_database().and_then(|()| match dialect::sqlite_path(&config.database_url) {
        // Connecting would create it.
        Some(path) if !Path::new(path).is_file() => bail!("there is no database {path}; run: comptoir migrate"),
        _ => serve::connect(&config.database_url),
    });
    let mut conn = match there {
        Ok(conn) => conn,
        Err(error) => return report.look("database", Err(error)),
    };
    report.look("database", Ok(serve::without_password(&config.database_url)));
    report.look("migrations", migrations(&mut conn));
    match &conn {
        Conn::Sqlite(_) => sqlite(config, &mut conn, report),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => postgres(&mut conn, report),
    }
    drop(conn);
    match super::open(config) {
        Ok(app) => {
            report.look("outbox", outbox(&app));
            partners(&app, options, report);
        }
        Err(error) => report.look("partner accounts", Err(error)),
    }
}

fn migrations(conn: &mut Conn) -> Result<String> {
    match migrate::state(conn)? {
        State::Current => Ok("up to date".into()),
        State::Behind(names) => bail!("{} to run ({}); run: comptoir migrate", names.len(), names.join(", ")),
        State::Newer(name) => bail!("made by a newer version ({name})"),
    }
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Text)]
    value: String,
}

fn text(conn: &mut Conn, sql: &str) -> Result<String> {
    Ok(diesel::sql_query(sql).get_result::<Value>(conn)?.value)
}

fn texts(conn: &mut Conn, sql: &str) -> Result<Vec<String>> {
    Ok(diesel::sql_query(sql).load::<Value>(conn)?.into_iter().map(|row| row.value).collect())
}

/// Versions before this can lose committed rows when a log is reset while another process checkpoints.
const SQLITE: [u32; 3] = [3, 51, 3];

fn sqlite(config: &Config, conn: &mut Conn, report: &mut Report) {
    let version = text(conn, "select sqlite_version() as value").and_then(|version| {
        let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
        ensure!(parts.as_slice() >= SQLITE.as_slice(), "{version} is older than 3.51.3");
        Ok(version)
    });
    report.look("SQLite library", version);
    for (name, wanted) in [("journal_mode", "wal"), ("foreign_keys", "1"), ("synchronous", "2"), ("secure_delete", "1")] {
        let answer = text(conn, &format!("select cast({name} as text) as value from pragma_{name}")).and_then(|value| {
            ensure!(value == wanted, "{value} instead of {wanted}");
            Ok(value)
        });
        report.look(name, answer);
    }
    let integrity = backup::integrity(conn).and_then(|answer| {
        ensure!(answer == "ok", "{answer}");
        Ok(answer)
    });
    report.look("integrity_check", integrity);
    let broken = texts(conn, "select \"table\" as value from pragma_foreign_key_check limit 1").and_then(|tables| {
        ensure!(tables.is_empty(), "a row of {} points nowhere", tables[0]);
        Ok(String::new())
    });
    report.look("foreign_key_check", broken);
    if let Some(path) = dialect::sqlite_path(&config.database_url) {
        report.look("free space", free_space(Path::new(path)));
    }
}

/// Warns below a tenth; writing stops when nothing is left.
fn free_space(path: &Path) -> Result<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let disk = rustix::fs::statvfs(folder).with_context(|| format!("cannot ask about {}", folder.display()))?;
    let percent = disk.f_bavail * 100 / disk.f_blocks.max(1);
    let mebibytes = disk.f_bavail * disk.f_frsize / (1 << 20);
    let warning = if percent < 10 { "; WARNING: less than 10 % is left" } else { "" };
    Ok(format!("{mebibytes} MiB, {percent} %{warning}"))
}

/// The walls as the catalogue knows them; each query must answer nothing.
#[cfg(feature = "postgres")]
fn postgres(conn: &mut Conn, report: &mut Report) {
    report.look("server's role", dialect::check_role(conn).map(|()| "no superuser, no BYPASSRLS, owns nothing".into()));
    let tables: Vec<String> =
        TENANT_TABLES.iter().chain(&["customer_search", "invitation_search", "referral_search"]).map(|name| format!("'{name}'")).collect();
    let list = tables.join(", ");
    let looks = [
        (
            "row-level security on each tenant table",
            format!(
                "select t.name as value from unnest(array[{list}]) t(name) where not exists (select 1 from pg_class c \
                 join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relname = t.name \
                 and c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid))"
            ),
        ),
        (
            "views run with the reader's rights",
            "select c.relname::text as value from pg_class c join pg_namespace n on n.oid = c.relnamespace \
             where n.nspname = current_schema() and c.relkind = 'v' and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']"
                .to_owned(),
        ),
        (
            "unique indexes of tenant tables hold the partner",
            format!(
                "select i.indexrelid::regclass::text as value from pg_index i join pg_class c on c.oid = i.indrelid \
                 join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and i.indisunique and c.relname in ({list}) \
                 and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'partner_id' and a.attnum = any(i.indkey))"
            ),
        ),
        (
            "the server may not change audit events",
            "select p.privilege_type::text as value from information_schema.table_privileges p where p.grantee = current_user \
             and p.table_schema = current_schema() and p.table_name = 'audit_event' and p.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')"
                .to_owned(),
        ),
    ];
    for (what, sql) in looks {
        let answer = texts(conn, &sql).and_then(|found| {
            ensure!(found.is_empty(), "not so for {}", found.join(", "));
            Ok(String::new())
        });
        report.look(what, answer);
    }
}

/// Index and audit log of each partner account.
fn partners(app: &App, options: &Options, report: &mut Report) {
    let partners = match app.commands().read(|conn| Ok(queries::partners(conn)?)) {
        Ok(partners) => partners,
        Err(error) => return report.look("partner accounts", Err(error.into())),
    };
    let wrong: Vec<String> = partners
        .iter()
        .filter_map(|one| match app.commands().read_as(one.id, |scope, conn| Ok(queries::index_counts(scope, conn)?)) {
            Ok((customers, index)) if customers == index => None,
            Ok((customers, index)) => Some(format!("{} has {customers} customers and {index} in the index", one.slug)),
            Err(error) => Some(format!("{}: {error}", one.slug)),
        })
        .collect();
    let index = if wrong.is_empty() { Ok(format!("{} partner accounts", partners.len())) } else { Err(anyhow::anyhow!(wrong.join("; "))) };
    report.look("search index", index);
    if options.skip_audit {
        println!("SKIP  audit log");
        return;
    }
    let mut events = 0;
    let mut broken = Vec::new();
    for one in &partners {
        match audit::verify(app, one) {
            Ok(Verified::Holds(count)) => events += count,
            Ok(Verified::Broken(number)) => broken.push(format!("{} is broken at event {number}", one.slug)),
            Err(error) => broken.push(format!("{}: {error}", one.slug)),
        }
    }
    let chains = if broken.is_empty() { Ok(format!("{events} events")) } else { Err(anyhow::anyhow!(broken.join("; "))) };
    report.look("audit log", chains);
}
