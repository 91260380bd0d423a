//! The two databases have one schema: the same tables, columns, keys and references, the tenant
//! first in every tenant's key, and diesel's picture of it is true.

use crate::harness::{Backend, TestApp, has_postgres, in_schema, owner_url};
use comptoir::access::tenant::{BETWEEN_TABLES, COUNTED_TABLES, PUBLIC_TABLES, TENANT_TABLES};
use comptoir::db::Conn;
use comptoir::db::migrate::{self, State};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeSet;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(app: &TestApp, sql: &str) -> BTreeSet<String> {
    let rows: Vec<Line> = app.app.commands().read(|conn| Ok(diesel::sql_query(sql).load(conn)?)).expect(sql);
    rows.into_iter().map(|row| row.line).collect()
}

const WALLED: [&[&str]; 4] = [TENANT_TABLES, PUBLIC_TABLES, COUNTED_TABLES, BETWEEN_TABLES];

/// Differs by nature, and is declared beside the code that uses it.
fn is_search_index(line: &str) -> bool {
    line.starts_with("customer_search")
        || line.starts_with("customer_rank")
        || line.starts_with("invitation_search")
        || line.starts_with("referral_search")
        || line.starts_with("listing_search")
        || line.starts_with("sqlite_")
}

const SQLITE_COLUMNS: &str = "select m.name || '.' || c.name || case when c.\"notnull\" then ' not null' else '' end as line \
    from sqlite_master m, pragma_table_info(m.name, 'main') c where m.type = 'table'";
const POSTGRES_COLUMNS: &str = "select table_name || '.' || column_name || case when is_nullable = 'NO' then ' not null' else '' end as line \
    from information_schema.columns where table_schema = current_schema()";

const SQLITE_KEYS: &str = "select m.name || ' unique ' || (select group_concat(i.name, ',') from (select name from pragma_index_info(l.name) order by seqno) i) as line \
    from sqlite_master m, pragma_index_list(m.name, 'main') l where m.type = 'table' and l.\"unique\" = 1";
const POSTGRES_KEYS: &str = "select t.relname || ' unique ' || (select string_agg(a.attname, ',' order by k.n) from unnest(i.indkey::int[]) with ordinality k(att, n) \
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.att) as line \
    from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace where i.indisunique and n.nspname = current_schema()";

const SQLITE_INDEXES: &str = "select m.name || ' index ' || (select group_concat(i.name, ',') from (select name from pragma_index_info(l.name) order by seqno) i) as line \
    from sqlite_master m, pragma_index_list(m.name, 'main') l where m.type = 'table' and l.\"unique\" = 0";
const POSTGRES_INDEXES: &str = "select t.relname || ' index ' || (select string_agg(a.attname, ',' order by k.n) from unnest(i.indkey::int[]) with ordinality k(att, n) \
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.att) as line \
    from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace where not i.indisunique and n.nspname = current_schema()";

const SQLITE_REFERENCES: &str = "select line from (select m.name || ' (' || group_concat(f.\"from\", ',') || ') -> ' || f.\"table\" || ' (' || group_concat(f.\"to\", ',') || ')' as line \
    from sqlite_master m, pragma_foreign_key_list(m.name, 'main') f where m.type = 'table' group by m.name, f.id)";
const POSTGRES_REFERENCES: &str = "select t.relname || ' (' || (select string_agg(a.attname, ',' order by k.n) from unnest(c.conkey::int[]) with ordinality k(att, n) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.att) \
    || ') -> ' || r.relname || ' (' || (select string_agg(a.attname, ',' order by k.n) from unnest(c.confkey::int[]) with ordinality k(att, n) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.att) || ')' as line \
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid join pg_namespace n on n.oid = t.relnamespace where c.contype = 'f' and n.nspname = current_schema()";

#[test]
fn both_databases_have_the_same_tables_columns_keys_and_references() {
    if !has_postgres() {
        return;
    }
    let (sqlite, postgres) = (TestApp::start(Backend::Sqlite), TestApp::start(Backend::Postgres));
    let pairs = [
        (SQLITE_COLUMNS, POSTGRES_COLUMNS),
        (SQLITE_KEYS, POSTGRES_KEYS),
        (SQLITE_INDEXES, POSTGRES_INDEXES),
        (SQLITE_REFERENCES, POSTGRES_REFERENCES),
    ];
    for (of_sqlite, of_postgres) in pairs {
        let clean = |lines: BTreeSet<String>| -> BTreeSet<String> { lines.into_iter().filter(|line| !is_search_index(line)).collect() };
        let (a, b) = (clean(lines(&sqlite, of_sqlite)), clean(lines(&postgres, of_postgres)));
        let (only_sqlite, only_postgres): (Vec<_>, Vec<_>) = (a.difference(&b).collect(), b.difference(&a).collect());
        assert!(only_sqlite.is_empty() && only_postgres.is_empty(), "SQLite alone: {only_sqlite:#?}\nPostgreSQL alone: {only_postgres:#?}");
    }
}

#[test]
fn every_table_has_an_owner_or_stands_in_the_reviewed_list() {
    const NOBODYS: [&str; 31] = [
        "app_user",
        "attempt",
        "job_queue",
        "membership",
        "organisation",
        "organisation_admin",
        "partner_account",
        "partnership",
        "schema_migration",
        "single_use_token",
        "user_session",
        "connection",
        "organisation_contact",
        "access_link",
        "access_visit",
        "invitation_link",
        "outbox",
        "demo_mail",
        "schedule",
        "customer_rank",
        "customer_search",
        "invitation_search",
        "referral_search",
        "listing_search",
        "listing_entry",
        "listing_place",
        "term",
        "platform_setting",
        "moderation_queue",
        "inquiry",
        "routing_decision",
    ];
    let app = TestApp::start(Backend::Sqlite);
    for table in lines(
        &app,
        "select name as line from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '%_search_%'",
    ) {
        let owned = WALLED.iter().any(|tables| tables.contains(&table.as_str()));
        assert!(owned != NOBODYS.contains(&table.as_str()), "{table}: declare its owner, or why it has none");
    }
    for line in lines(&app, SQLITE_KEYS).into_iter().filter(|line| TENANT_TABLES.iter().any(|table| line.starts_with(&format!("{table} "))))
    {
        assert!(line.contains("unique partner_id"), "{line}: a tenant table's keys lead with the partner");
    }
    for line in lines(&app, SQLITE_REFERENCES) {
        let (from, to) = line.split_once(" -> ").expect("a reference");
        let to_tenant = TENANT_TABLES.iter().any(|table| to.starts_with(&format!("{table} ")));
        let leads = ["(partner_id,", "(from_partner_id,", "(to_partner_id,"];
        assert!(
            !to_tenant || (leads.iter().any(|lead| from.contains(lead)) && to.contains("(partner_id,")),
            "{line}: references between tenant tables are pairs"
        );
    }
}

#[test]
fn postgresql_has_forced_row_security_on_every_tenant_table_and_a_weak_role() {
    if !has_postgres() {
        return;
    }
    let app = TestApp::start(Backend::Postgres);
    let walled = lines(
        &app,
        "select c.relname::text as line from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relkind in ('r', 'p') \
         and c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid)",
    );
    for table in WALLED.iter().copied().flatten().chain(&["customer_search", "invitation_search", "referral_search"]) {
        assert!(walled.contains(*table), "{table}");
    }
    let power = lines(&app, "select rolname::text as line from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)");
    assert!(power.is_empty(), "{power:?}");
    let views = lines(
        &app,
        "select c.relname::text as line from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relkind = 'v'",
    );
    assert!(views.is_empty(), "a view runs with its owner's rights: {views:?}");
}

// F25: it waits for a lock in the middle of its statements, so that is where it is killed.
#[test]
fn a_migration_killed_between_its_statements_leaves_nothing_of_it_on_postgresql() {
    use diesel::connection::SimpleConnection;
    if !has_postgres() {
        return;
    }
    let schema = format!("t_{}", comptoir::config::random_hex(8));
    let (owner, server) =
        (in_schema(&owner_url(), &schema), in_schema(&std::env::var("TEST_POSTGRES_URL").expect("checked before"), &schema));
    let connect = || comptoir::db::dialect::connect(&owner, false).expect("the owner connects");
    let mut conn = connect();
    for sql in [
        &format!("create schema {schema}"),
        "create table schema_migration (name text not null primary key)",
        include_str!("../../migrations/postgres/0001_identity/up.sql"),
        include_str!("../../migrations/postgres/0002_customers/up.sql"),
        include_str!("../../migrations/postgres/0003_audit_and_jobs/up.sql"),
        include_str!("../../migrations/postgres/0004_customer_total/up.sql"),
        "insert into schema_migration values ('0001_identity'), ('0002_customers'), ('0003_audit_and_jobs'), ('0004_customer_total')",
    ] {
        conn.batch_execute(sql).expect("the older migrations");
    }
    let migrate = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_comptoir"));
        command.arg("migrate").env("DATABASE_URL", &server).env("MIGRATE_DATABASE_URL", &owner);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
        command
    };
    let count = |conn: &mut Conn, what: &str| -> i64 {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("(select count(*) from {what})")))
            .get_result(conn)
            .expect(what)
    };
    let wait = |conn: &mut Conn, what: &str, wanted: i64| {
        for _ in 0..1_500 {
            if count(conn, what) == wanted {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("{what} is not {wanted}");
    };
    let mut reader = connect();
    reader.batch_execute("begin; lock table customer_account in access share mode").expect("a reader");
    let mut child = migrate().spawn().expect("the binary runs");
    wait(&mut conn, "pg_locks where not granted and relation = 'customer_account'::regclass", 1);
    child.kill().expect("killed");
    child.wait().expect("gone");
    reader.batch_execute("rollback").expect("released");
    wait(&mut conn, "pg_locks where relation = 'customer_account'::regclass", 0);
    assert_eq!(
        count(&mut conn, "pg_tables where schemaname = current_schema() and tablename in ('invitation', 'connection', 'outbox')"),
        0
    );
    assert_eq!(count(&mut conn, "schema_migration"), 4);
    let again = migrate().output().expect("the binary runs");
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(migrate::state(&mut conn).expect("a state"), State::Current);
    conn.batch_execute(&format!("drop schema {schema} cascade")).expect("tidied up");
}

// F24, F25
#[test]
fn several_processes_migrate_at_once_and_one_does_the_work() {
    let folder = std::env::temp_dir().join(format!("comptoir-migrate-{}", comptoir::config::random_hex(6)));
    std::fs::create_dir_all(&folder).expect("a folder");
    let url = format!("sqlite:{}", folder.join("x.db").display());
    let connect = |url: &str| comptoir::db::dialect::connect(url, false).expect("a connection");
    drop(connect(&url));
    let ran: usize = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| migrate::run(&mut connect(&url), None).expect("it migrates or waits").len())).collect();
        threads.into_iter().map(|thread| thread.join().expect("a migrator")).sum()
    });
    let mut conn: Conn = connect(&url);
    assert_eq!(migrate::state(&mut conn).expect("a state"), State::Current);
    assert_eq!(ran, 8, "each migration ran once");
    diesel::sql_query("insert into schema_migration (name) values ('9999_later')").execute(&mut conn).expect("a newer version's");
    assert_eq!(migrate::state(&mut conn).expect("a state"), State::Newer("9999_later".into()));
    assert!(migrate::run(&mut conn, None).is_err(), "a newer schema is left alone");
    let _ = std::fs::remove_dir_all(folder);
}
