//! The command line as an operator meets it: the built binary, on temporary folders.

use comptoir::access::App;
use comptoir::access::store::Store;
use comptoir::clock::Clock;
use comptoir::config::{Config, random_hex};
use comptoir::db::ids::PartnerId;
use comptoir::db::schema::{audit_event, customer_account, partner_account};
use comptoir::db::search::{self, Order, Query, Window};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("comptoir-cli-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }
    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("UTF-8").to_owned()
    }
    fn url(&self) -> String {
        format!("sqlite:{}", self.file("portal.db"))
    }
    /// The binary with this folder's database and nothing of the caller's environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_comptoir"));
        command.args(arguments).env_clear().env("DATABASE_URL", self.url()).current_dir(&self.0);
        command
    }
    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }
    /// Runs what must work; what it printed.
    fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
    fn connect(&self, name: &str) -> SqliteConnection {
        let mut conn = SqliteConnection::establish(&self.file(name)).expect("a connection");
        conn.batch_execute("pragma busy_timeout=10000").expect("a pragma");
        conn
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Exit code 1 and one sentence that names what is wrong.
fn refused(output: &Output, named: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{named}: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "one sentence: {said}");
    assert!(said.contains(named), "{named} is not named: {said}");
    assert!(!said.contains("panicked") && !said.contains("stack"), "{said}");
}

#[test]
fn a_bad_start_is_one_sentence_that_names_the_key() {
    let folder = Folder::new("starts");
    folder.ok(&["migrate"]);
    let secret = random_hex(64);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").to_string();
    fs::write(folder.file("broken.toml"), "listen = \n").expect("a file");
    fs::write(folder.file("typo.toml"), "listen = 8080\n").expect("a file");
    let mut newer = folder.connect("newer.db");
    newer.batch_execute("create table schema_migration (name text); insert into schema_migration values ('9999_later')").expect("tables");
    let newer = format!("sqlite:{}", folder.file("newer.db"));
    let empty = format!("sqlite:{}", folder.file("empty.db"));
    let cases: [(&str, &[(&str, &str)]); 18] = [
        ("database_url", &[("DATABASE_URL", "")]),
        ("database_url", &[("DATABASE_URL", "mysql://localhost/x")]),
        ("database_url", &[("DATABASE_URL", "sqlite:/no/such/folder/x.db")]),
        ("database_url", &[("DATABASE_URL", &newer)]),
        ("database_url", &[("DATABASE_URL", &empty)]),
        ("public_url", &[("COMPTOIR_PUBLIC_URL", "")]),
        ("public_url", &[("COMPTOIR_PUBLIC_URL", "http://portal.example")]),
        ("secret", &[("COMPTOIR_SECRET", "short")]),
        ("secret", &[("COMPTOIR_SECRET", &"ab".repeat(64))]),
        ("secret_file", &[("COMPTOIR_SECRET_FILE", "/no/such/file"), ("COMPTOIR_SECRET", "")]),
        ("secret_file", &[("COMPTOIR_SECRET_FILE", "/no/such/file")]),
        ("previous_secret", &[("COMPTOIR_PREVIOUS_SECRET", &secret)]),
        ("listen", &[("COMPTOIR_LISTEN", "somewhere")]),
        ("listen", &[("COMPTOIR_LISTEN", &port)]),
        ("metrics_listen", &[("COMPTOIR_METRICS_LISTEN", "0.0.0.0:9100")]),
        ("argon2", &[("COMPTOIR_ARGON2_MEMORY_KIB", "1024")]),
        ("log_level", &[("COMPTOIR_LOG_LEVEL", "loud")]),
        ("pasword", &[("COMPTOIR_PASWORD", "x")]),
    ];
    let serve = |named: &str, arguments: &[&str], settings: &[(&str, &str)]| {
        let mut command = folder.command(arguments);
        command.env("COMPTOIR_PUBLIC_URL", "https://portal.example").env("COMPTOIR_SECRET", &secret);
        settings.iter().for_each(|(key, value)| _ = command.env(key, value));
        refused(&command.output().expect("the binary runs"), named);
    };
    for (named, settings) in cases {
        serve(named, &["serve"], settings);
    }
    serve("broken.toml", &["serve", "--config", &folder.file("broken.toml")], &[]);
    serve("listen", &["serve", "--config", &folder.file("typo.toml")], &[]);
    serve("no-such.toml", &["serve", "--config", "no-such.toml"], &[]);
    refused(&folder.run(&["demo", "--listen", &port, "--data", &folder.file("demo")]), "--listen");
}

#[test]
fn several_migrations_at_once_and_killed_ones_leave_a_whole_database() {
    let folder = Folder::new("migrate");
    for delay in [0, 2, 5, 9] {
        let mut child = folder.command(&["migrate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs");
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        let _ = child.wait();
    }
    // Killed in the middle for certain: it waits for the lock that another writer holds.
    let mut writer = folder.connect("portal.db");
    writer.batch_execute("begin immediate").expect("the lock");
    let mut child = folder.command(&["migrate"]).stderr(Stdio::null()).spawn().expect("the binary runs");
    std::thread::sleep(Duration::from_millis(100));
    child.kill().expect("killed");
    child.wait().expect("gone");
    writer.batch_execute("rollback").expect("released");
    drop(writer);
    let both: Vec<Child> =
        (0..2).map(|_| folder.command(&["migrate"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs")).collect();
    for child in both {
        let output = child.wait_with_output().expect("ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(folder.ok(&["migrate"]), "The database is up to date.\n");
}

/// A database as the third migration left it, with customers in it.
fn older(folder: &Folder, customers: u32) {
    let mut conn = folder.connect("portal.db");
    for sql in [
        "create table schema_migration (name text not null primary key); pragma journal_mode=wal;",
        include_str!("../migrations/sqlite/0001_identity/up.sql"),
        include_str!("../migrations/sqlite/0002_customers/up.sql"),
        include_str!("../migrations/sqlite/0003_audit_and_jobs/up.sql"),
        "insert into schema_migration values ('0001_identity'), ('0002_customers'), ('0003_audit_and_jobs');",
    ] {
        conn.batch_execute(sql).expect("the older migrations");
    }
    conn.batch_execute(&format!(
        "insert into partner_account (id, number, slug, name, account_type, status, cloud, country, domain, created_at)
           values (zeroblob(16), 1, 'older', 'Older', 'direct', 'active', 'worldwide', 'FR', 'older.example', 1);
         insert into organisation (id, cloud, domain, legal_name, country, registration_number, created_at)
           with recursive n(n) as (select 1 union all select n + 1 from n where n < {customers})
           select cast(printf('%016d', n) as blob), 'worldwide', n || '.example', 'Company ' || n, 'FR', '', n from n;
         insert into customer_account (partner_id, id, cloud, organisation_id, status, listed, source, company_name, name_key, alias, domain, country,
           address1, address2, city, state, postal_code, phone, registration_number, contact_first, contact_middle, contact_last, contact_email,
           language, created_at, activity_at)
         with recursive n(n) as (select 1 union all select n + 1 from n where n < {customers})
         select zeroblob(16), randomblob(16), 'worldwide', cast(printf('%016d', n) as blob), 'active', 1, 'added', 'Company ' || n, cast(n as blob), '', n || '.example', 'FR',
           '', '', '', '', '', '', '', '', '', '', '', 'fr', n, n from n;
         pragma wal_checkpoint(truncate);"
    ))
    .expect("customers");
}

// F25
#[test]
fn a_migration_killed_between_its_statements_leaves_nothing_of_it() {
    let folder = Folder::new("killed");
    older(&folder, 200_000);
    let written = || fs::metadata(folder.file("portal.db-wal")).map_or(0, |wal| wal.len());
    let mut child = folder.command(&["migrate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs");
    // What no longer fits its cache goes to the log before the end: some statements have run.
    while written() < 1 << 20 && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    let mut conn = folder.connect("portal.db");
    let count = |conn: &mut SqliteConnection, what: &str| -> i64 {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("(select count(*) from {what})")))
            .get_result(conn)
            .expect(what)
    };
    let last = "schema_migration where name = '0006_new_customers'";
    assert!(written() >= 1 << 20, "it had begun");
    assert_eq!(count(&mut conn, last), 0, "it had not ended");
    assert_eq!(count(&mut conn, "sqlite_master where name in ('connection', 'invitation', 'outbox')"), 0);
    drop(conn);
    folder.ok(&["migrate"]);
    let mut conn = folder.connect("portal.db");
    assert_eq!((count(&mut conn, last), count(&mut conn, "connection")), (1, 200_000));
    assert_eq!(count(&mut conn, "pragma_integrity_check where integrity_check <> 'ok'"), 0);
}

/// A served portal; it ends with the test.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(folder: &Folder) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        let mut command = folder.command(&["serve"]);
        command.env("COMPTOIR_LISTEN", &address).env("COMPTOIR_PUBLIC_URL", format!("http://{address}"));
        command.env("COMPTOIR_SECRET", random_hex(64)).env("COMPTOIR_DRAIN_S", "1");
        let served = Self { child: command.stderr(Stdio::null()).spawn().expect("the binary runs"), address };
        for _ in 0..400 {
            if served.get("/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return served;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("the server does not start");
    }
    /// The whole answer; `None` where nobody listens.
    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

// F27
#[cfg(unix)]
#[test]
fn a_request_in_flight_is_answered_although_the_server_was_told_to_stop() {
    let folder = Folder::new("stop");
    folder.ok(&["migrate"]);
    let mut served = Served::start(&folder);
    let page = served.get("/sign-in").expect("a page");
    let between = |from: &str, to: &str| page.split(from).nth(1).and_then(|rest| rest.split(to).next()).expect(from).to_owned();
    let (visitor, token) = (between("visitor=", ";"), between("name=\"_token\" value=\"", "\""));
    let body = format!("_token={token}&email=nobody%40portal.example&password=seven+quiet+otters+row&to=%2F");
    let mut stream = TcpStream::connect(&served.address).expect("connected");
    let (address, length) = (&served.address, body.len());
    write!(stream, "POST /sign-in HTTP/1.1\r\nHost: {address}\r\nCookie: visitor={visitor}\r\n").expect("sent");
    write!(stream, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{}", &body[..20]).expect("sent");
    std::thread::sleep(Duration::from_millis(200));
    let stopped = Command::new("kill").args(["-TERM", &served.child.id().to_string()]).status().expect("kill runs");
    assert!(stopped.success());
    std::thread::sleep(Duration::from_millis(400));
    assert!(served.get("/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 503")), "others are sent elsewhere first");
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(served.get("/readyz"), None, "nobody new is let in");
    assert!(served.child.try_wait().expect("a child").is_none(), "it waits for the form");
    stream.write_all(&body.as_bytes()[20..]).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 422") && answer.trim_end().ends_with("</html>"), "{answer}");
    for _ in 0..200 {
        if let Some(status) = served.child.try_wait().expect("a child") {
            assert!(status.success(), "{status}");
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("it does not end");
}

#[test]
fn a_killed_load_leaves_an_index_that_the_next_server_keeps_in_order() {
    let folder = Folder::new("load");
    folder.ok(&["migrate"]);
    let merging = || -> Option<i64> {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::BigInt>>(
            "(select v from customer_search_config where k = 'automerge')",
        ))
        .get_result(&mut folder.connect("portal.db"))
        .expect("a setting")
    };
    let mut child =
        folder.command(&["sample", "--customers", "200000"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs");
    while merging() != Some(0) {
        assert!(child.try_wait().expect("a child").is_none(), "it loads");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert_eq!(merging(), Some(0), "as the load left it");
    drop(Served::start(&folder));
    assert_eq!(merging(), Some(4));
}

fn app(database: String) -> App {
    let config = Config { database_url: database, secret: random_hex(64), pool_size: 1, ..Config::default() };
    let store = Store::open(&config, Clock::system()).expect("pools");
    App::new(config, store).expect("the app")
}

/// How many customers of the first sample partner account a search finds.
fn found(app: &App, partner: PartnerId, term: &str) -> usize {
    let query = Query::new(term, Vec::new());
    let window = Window { order: Order::Name, descending: false, after: None, limit: 500 };
    app.commands().read_as(partner, |scope, conn| Ok(search::page(conn, scope, &query, &window, 0)?)).expect("a search").len()
}

#[test]
fn a_copy_made_while_others_write_is_whole_and_can_be_searched() {
    let folder = Folder::new("backup");
    folder.ok(&["migrate"]);
    folder.ok(&["sample", "--partners", "2", "--customers", "300", "--seed", "4", "--password", "seven quiet otters row at dawn"]);
    let (writing, written) = (AtomicBool::new(true), std::sync::atomic::AtomicI64::new(0));
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let mut conn = folder.connect("portal.db");
            while writing.load(Ordering::Relaxed) {
                diesel::update(customer_account::table)
                    .set(customer_account::version.eq(customer_account::version + 1))
                    .execute(&mut conn)
                    .expect("a write");
                written.fetch_add(1, Ordering::Relaxed);
            }
        });
        while written.load(Ordering::Relaxed) < 3 {
            std::thread::yield_now();
        }
        let said = folder.ok(&["backup", "copy.db"]);
        writing.store(false, Ordering::Relaxed);
        assert!(said.contains("300 customer accounts"), "{said}");
    });
    refused(&folder.run(&["backup", "copy.db"]), "--force");
    folder.ok(&["backup", "copy.db", "--force"]);
    // Every row of one transaction, or none: all versions are the same in the copy.
    let versions: Vec<i64> =
        customer_account::table.select(customer_account::version).distinct().load(&mut folder.connect("copy.db")).expect("rows");
    assert_eq!(versions.len(), 1, "{versions:?}");

    let partner: PartnerId = partner_account::table
        .filter(partner_account::slug.eq("sample-4-1"))
        .select(partner_account::id)
        .first(&mut folder.connect("copy.db"))
        .expect("a partner");
    let all = found(&app(folder.url()), partner, "example");
    assert_eq!(all, 150, "each customer's domain");
    folder.connect("portal.db").batch_execute("delete from customer_tag; delete from customer_rank;").expect("a disaster");
    assert_eq!(found(&app(folder.url()), partner, "example"), 0);
    let said = folder.ok(&["restore", "copy.db"]);
    assert!(said.contains("300 customer accounts") && said.contains("portal.db.before-restore"), "{said}");
    assert_eq!(found(&app(folder.url()), partner, "example"), all);
    refused(&folder.run(&["restore", "copy.db"]), "before-restore");
    fs::write(folder.file("broken.db"), b"not a database, not at all").expect("a file");
    refused(&folder.run(&["restore", "broken.db"]), "not a sound copy");
    refused(&folder.run(&["sample", "--customers", "1", "--seed", "4"]), "--seed");
}

#[test]
fn a_flipped_byte_in_the_audit_log_is_found() {
    let folder = Folder::new("audit");
    let mut child = demo(&folder);
    let _ = child.0.kill();
    let _ = child.0.wait();
    fs::rename(folder.file("demo/comptoir.db"), folder.file("portal.db")).expect("the database");
    for ending in ["-wal", "-shm"] {
        let _ = fs::rename(folder.file(&format!("demo/comptoir.db{ending}")), folder.file(&format!("portal.db{ending}")));
    }
    let said = folder.ok(&["audit", "verify"]);
    assert!(said.lines().filter(|line| line.starts_with("OK")).count() > 6, "{said}");
    let mut conn = folder.connect("portal.db");
    conn.batch_execute("drop trigger audit_event_no_update").expect("the owner can");
    let partner: PartnerId = partner_account::table
        .filter(partner_account::slug.eq("vauclair"))
        .select(partner_account::id)
        .first(&mut conn)
        .expect("a partner");
    let row = audit_event::table.filter(audit_event::partner_id.eq(partner)).filter(audit_event::seq.eq(7));
    diesel::update(row).set(audit_event::action.eq("customer.adc")).execute(&mut conn).expect("a flipped byte");
    let output = folder.run(&["audit", "verify"]);
    refused(&output, "1 of 50");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("FAIL  vauclair: the chain is broken at event 7"), "{said}");
    refused(&folder.run(&["audit", "verify", "--partner", "vauclair"]), "1 of 1");
    folder.ok(&["audit", "verify", "--partner", "meridienne"]);
    refused(&folder.run(&["audit", "verify", "--partner", "nobody"]), "--partner");
}

/// A running demonstration; it ends with the test.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn demo(folder: &Folder) -> Demo {
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--data", &folder.file("demo"), "--accounts", &folder.file("accounts.json")];
    let mut child = folder.command(&arguments).stdout(Stdio::piped()).spawn().expect("the binary runs");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let ready = lines.by_ref().map_while(Result::ok).find(|line| line.starts_with("Comptoir is at http://127.0.0.1:"));
    let line = ready.expect("the demonstration starts");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address");
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET /sign-in HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut page = String::new();
    stream.read_to_string(&mut page).expect("an answer");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    Demo(child)
}

#[test]
fn the_demonstration_has_its_world_and_lets_nobody_else_in() {
    let folder = Folder::new("demo");
    let running = demo(&folder);
    let accounts: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.file("accounts.json")).expect("the sign-ins")).expect("JSON");
    // The operator belongs to no partner account.
    let everybody = accounts.as_array().expect("a list");
    let accounts: Vec<&serde_json::Value> = everybody.iter().filter(|one| one["partner"] != "").collect();
    assert_eq!(everybody.len() - accounts.len(), 1);
    let values = |key: &str| accounts.iter().map(|one| one[key].to_string()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!((values("account_type").len(), values("cloud").len(), values("partner").len()), (3, 2, 6));
    let roles: std::collections::BTreeSet<&str> =
        accounts.iter().flat_map(|one| one["roles"].as_array().expect("roles")).filter_map(|role| role.as_str()).collect();
    assert_eq!(roles.len(), 9, "{roles:?}");
    assert!(accounts.len() > values("email").len(), "somebody belongs to two partner accounts");

    let mut conn = folder.connect("demo/comptoir.db");
    let countries: Vec<String> = customer_account::table.select(customer_account::country).distinct().load(&mut conn).expect("rows");
    let customers: i64 = customer_account::table.count().get_result(&mut conn).expect("a count");
    assert_eq!((countries.len(), customers), (12, 300));
    let listen = ["demo", "--listen", "127.0.0.1:0", "--data", &folder.file("demo")];
    refused(&folder.run(&listen), "another comptoir");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.file("demo/secret")).expect("the secret").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    drop(running);
    // Served again, with the same sign-ins.
    let before = fs::read(folder.file("accounts.json")).expect("the sign-ins");
    let _again = demo(&folder);
    assert_eq!(fs::read(folder.file("accounts.json")).expect("the sign-ins"), before);
}

#[test]
fn the_first_people_are_let_in_by_links_and_the_check_is_content() {
    let folder = Folder::new("admin");
    folder.ok(&["migrate"]);
    let admin = |arguments: &[&str]| {
        let mut command = folder.command(&[&["admin"], arguments].concat());
        command.env("COMPTOIR_PUBLIC_URL", "https://portal.example").env("COMPTOIR_SECRET", "f00d".repeat(3));
        command.output().expect("the binary runs")
    };
    let ok = |arguments: &[&str]| {
        let output = admin(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let partner = ["partner", "--name", "Halden", "--slug", "halden", "--type", "direct", "--country", "gb", "--domain", "halden.example"];
    ok(&partner);
    refused(&admin(&partner), "--slug");
    let link = |text: &str| text.lines().any(|line| line.starts_with("https://portal.example/set-password/") && line.len() == 100);
    let user = ["user", "Ann@Halden.example", "--partner", "halden", "--roles", "admin_agent,sales_agent"];
    refused(&admin(&user), "--name");
    assert!(link(&ok(&[&user[..], &["--name", "Ann Lee"]].concat())));
    refused(&admin(&user), "already");
    assert!(link(&ok(&["operator", "root@portal.example", "--name", "Op"])));
    assert!(link(&ok(&["reset-password", "ann@halden.example"])));
    for (wrong, named) in [
        (&["reset-password", "bob@halden.example"][..], "bob@halden.example"),
        (&["operator", "nobody"], "EMAIL"),
        (&["operator", "x@y.example", "--name", "X", "--language", "de"], "--language"),
        (&["operator", "x@y.example", "--name", "X", "--time-zone", "Mars/Base"], "--time-zone"),
        (&["user", "x@y.example", "--partner", "nobody", "--roles", "admin_agent"], "--partner"),
        (&["user", "x@y.example", "--partner", "halden", "--roles", "root"], "--roles"),
        (&["partner", "--name", "X Y", "--slug", "X Y", "--type", "direct", "--country", "FR", "--domain", "x.example"], "--slug"),
        (&["partner", "--name", "X Y", "--slug", "xy", "--type", "direct", "--country", "UK", "--domain", "x.example"], "--country"),
    ] {
        refused(&admin(wrong), named);
    }
    let check = |secret: &str| {
        let mut command = folder.command(&["check"]);
        command.env("COMPTOIR_PUBLIC_URL", "https://portal.example").env("COMPTOIR_SECRET", secret).output().expect("runs")
    };
    let output = check(&random_hex(64));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    for look in [
        "configuration",
        "migrations",
        "integrity_check",
        "journal_mode",
        "search index",
        "audit log: 2 events",
        "mail server: smtp_host is not set",
        "outbox: 0 letters wait",
    ] {
        assert!(said.contains(&format!("OK    {look}")), "{look}: {said}");
    }
    let output = check("short");
    refused(&output, "1 of these checks failed");
    assert!(String::from_utf8_lossy(&output.stdout).contains("FAIL  configuration: secret"));
}

#[test]
fn the_check_tries_the_mail_server() {
    let folder = Folder::new("mail");
    folder.ok(&["migrate"]);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let check = |security: &str| {
        let mut command = folder.command(&["check"]);
        command.env("COMPTOIR_PUBLIC_URL", "https://portal.example").env("COMPTOIR_SECRET", random_hex(64));
        command.env("COMPTOIR_SMTP_HOST", "127.0.0.1").env("COMPTOIR_SMTP_PORT", nobody.to_string());
        command.env("COMPTOIR_SMTP_SECURITY", security).env("COMPTOIR_MAIL_FROM", "Comptoir <portal@example.com>");
        // A number is a password too.
        command.env("COMPTOIR_SMTP_USER", "007").env("COMPTOIR_SMTP_PASSWORD", "12345");
        String::from_utf8_lossy(&command.output().expect("the binary runs").stdout).into_owned()
    };
    for security in ["starttls", "tls", "none"] {
        let said = check(security);
        assert!(said.contains("OK    configuration") && said.contains("FAIL  mail server: smtp_host: "), "{security}: {said}");
    }
    assert!(check("opportunistic").contains("FAIL  configuration"), "there is no such thing");
}
