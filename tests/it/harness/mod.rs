//! A portal for one test: its own database, clock and world, served on a port of its own.

pub mod client;
pub mod mail;
pub mod smtp;
pub mod world;

use comptoir::access::App;
use comptoir::clock::{Clock, Moment};
use comptoir::config::{Config, SmtpSecurity, random_hex};
use comptoir::db::{Conn, dialect, migrate};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Where a test keeps its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Runs a test on both databases. Without PostgreSQL its half is reported as skipped, and fails
/// where `CI` is set.
#[macro_export]
macro_rules! on_both {
    ($(fn $name:ident($app:ident) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            fn behaves($app: &$crate::harness::TestApp) $body
            #[test]
            fn sqlite() {
                behaves(&$crate::harness::TestApp::start($crate::harness::Backend::Sqlite));
            }
            #[test]
            fn postgres() {
                if $crate::harness::has_postgres() {
                    behaves(&$crate::harness::TestApp::start($crate::harness::Backend::Postgres));
                }
            }
        }
    )+};
}

/// Is there a PostgreSQL for tests? Says so where not.
pub fn has_postgres() -> bool {
    let there = std::env::var("TEST_POSTGRES_URL").is_ok();
    assert!(there || std::env::var("CI").is_err(), "CI needs PostgreSQL: TEST_POSTGRES_URL is not set (run scripts/test)");
    if !there {
        eprintln!("skipped: TEST_POSTGRES_URL is not set (run scripts/test)");
    }
    there
}

/// The portal under test; stops and cleans up when dropped.
pub struct TestApp {
    pub app: Arc<App>,
    pub base: String,
    pub clock: Clock,
    pub backend: Backend,
    handle: actix_web::dev::ServerHandle,
    cleanup: Cleanup,
}

enum Cleanup {
    Folder(PathBuf),
    Schema(String),
}

/// The mock clock's start: 2026-11-02 09:00 UTC.
pub const START: Moment = Moment::from_micros(1_793_610_000_000_000);

impl TestApp {
    /// A portal with the usual world in it.
    pub fn start(backend: Backend) -> Self {
        Self::start_with(backend, |_| {})
    }

    /// As [`Self::start`], with other settings.
    pub fn start_with(backend: Backend, change: impl FnOnce(&mut Config)) -> Self {
        let (database_url, cleanup) = match backend {
            Backend::Sqlite => {
                let folder = std::env::temp_dir().join(format!("comptoir-test-{}", random_hex(8)));
                std::fs::create_dir_all(&folder).expect("a temporary folder");
                let file = folder.join("test.db");
                std::fs::write(&file, template()).expect("a copy of the migrated database");
                (format!("sqlite:{}", file.display()), Cleanup::Folder(folder))
            }
            Backend::Postgres => {
                let schema = format!("t_{}", random_hex(8));
                (postgres_schema(&schema), Cleanup::Schema(schema))
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let mut config = Config {
            database_url,
            public_url: base.clone(),
            secret: random_hex(64),
            operator_domains: vec!["comptoir.test".into()],
            // Letters are delivered when a test says so (`deliver_mail`), and never here.
            smtp_host: Some("127.0.0.1".into()),
            smtp_security: SmtpSecurity::None,
            mail_from: Some("Comptoir <portal@comptoir.test>".into()),
            argon2_memory_kib: 64,
            argon2_passes: 1,
            pool_size: 4,
            workers: 2,
            shutdown_timeout_s: 1,
            // The mock clock stands still, and tests ask fast.
            partner_requests_per_s: 0,
            count_statements: true,
            ..Config::default()
        };
        change(&mut config);
        let clock = Clock::mock(START);
        let app = comptoir::app::state(config, clock.clone()).expect("the state");
        world::fill(&app);
        let (send, receive) = std::sync::mpsc::channel();
        let served = Arc::clone(&app);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = comptoir::app::server(&served, listener).expect("a server");
                send.send(server.handle()).expect("the test waits");
                server.await.expect("the server runs");
            });
        });
        let handle = receive.recv().expect("the server starts");
        Self { app, base, clock, backend, handle, cleanup }
    }

    /// A browser that nobody has signed in with.
    pub fn nobody(&self) -> client::Client {
        client::Client::new(&self.base)
    }

    /// A browser signed in as a persona of the world.
    pub fn signed_in(&self, email: &str) -> client::Client {
        let client = self.nobody();
        let answer = client.sign_in(email, world::PASSWORD);
        assert_eq!(answer.status, 303, "{email} signs in: {}", answer.text());
        client
    }

    /// Runs background jobs until there are none.
    pub fn run_jobs(&self) {
        while comptoir::access::jobs::run_one(&self.app).expect("a job runs") {}
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        match &self.cleanup {
            Cleanup::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Cleanup::Schema(schema) => {
                if let Ok(mut conn) = dialect::connect(&owner_url(), false) {
                    use diesel::connection::SimpleConnection;
                    let _ = conn.batch_execute(&format!("drop schema {schema} cascade"));
                }
            }
        }
    }
}

/// A migrated, empty SQLite database, made once.
fn template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let file = std::env::temp_dir().join(format!("comptoir-template-{}.db", random_hex(8)));
        let mut conn = dialect::connect(&format!("sqlite:{}", file.display()), false).expect("a new database");
        migrate::run(&mut conn, None).expect("it migrates");
        checkpoint(&mut conn);
        drop(conn);
        let bytes = std::fs::read(&file).expect("its bytes");
        let _ = std::fs::remove_file(&file);
        bytes
    })
}

fn checkpoint(conn: &mut Conn) {
    use diesel::connection::SimpleConnection;
    conn.batch_execute("pragma journal_mode = delete").expect("one file");
}

/// The address of the owner of the tests' PostgreSQL.
pub fn owner_url() -> String {
    std::env::var("TEST_POSTGRES_OWNER_URL").expect("TEST_POSTGRES_OWNER_URL goes with TEST_POSTGRES_URL")
}

/// An address whose connections work in one schema.
pub fn in_schema(url: &str, schema: &str) -> String {
    format!("{url}{}options=-csearch_path%3D{schema}", if url.contains('?') { '&' } else { '?' })
}

/// A schema of its own, owned by the owner, used by the server's role; the server's address.
pub fn postgres_schema(schema: &str) -> String {
    use diesel::connection::SimpleConnection;
    let mut owner = dialect::connect(&owner_url(), false).expect("the owner connects");
    owner.batch_execute(&format!("create schema {schema}")).expect("a schema");
    let server = std::env::var("TEST_POSTGRES_URL").expect("checked before");
    let role = server.split("//").nth(1).and_then(|rest| rest.split([':', '@']).next()).expect("a role").to_owned();
    let mut owner = dialect::connect(&in_schema(&owner_url(), schema), false).expect("the owner connects");
    migrate::run(&mut owner, Some(&role)).expect("it migrates");
    in_schema(&server, schema)
}
