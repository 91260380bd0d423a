//! Mail through a real mail server in a process of its own (aiosmtpd), with TLS and a sign-in;
//! also killed, and started again.

use crate::harness::{Backend, TestApp};
use comptoir::access::outbox::{self, Outgoing};
use comptoir::clock::HOUR;
use comptoir::config::{Config, SmtpSecurity};
use comptoir::db::ids::MailId;
use comptoir::db::schema::outbox as table;
use comptoir::domain::letter::Letter;
use comptoir::i18n::Lang;
use comptoir::mail::Carrier;
use diesel::prelude::*;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A Python that has aiosmtpd, and openssl; says so where not.
fn python() -> Option<&'static str> {
    let works = |program: &str, arguments: &[&str]| {
        let run = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    };
    // Debian's packages are for Debian's Python.
    let python = ["/usr/bin/python3", "python3"].into_iter().find(|python| works(python, &["-c", "import aiosmtpd"]));
    let found = python.filter(|_| works("openssl", &["version"]));
    assert!(found.is_some() || std::env::var("CI").is_err(), "CI needs python3-aiosmtpd and openssl (run scripts/test)");
    if found.is_none() {
        eprintln!("skipped: needs python3-aiosmtpd and openssl (run scripts/test)");
    }
    found
}

/// A certificate for loopback, signed by itself, and its key.
fn certificate(folder: &Path) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=mail.test", "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"])
        .args([Path::new("-out"), &certificate, Path::new("-keyout"), &key])
        .output();
    assert!(made.is_ok_and(|made| made.status.success()), "a certificate");
    (certificate, key)
}

struct Server {
    process: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Server {
    fn start(python: &str, port: u16, (certificate, key): &(PathBuf, PathBuf)) -> Self {
        let mut process = Command::new(python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/harness/mail_server.py"))
            .arg(port.to_string())
            .args([certificate, key])
            .args(["portal", "ten green bottles"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the mail server starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        assert_eq!(lines.next().and_then(Result::ok).as_deref(), Some("ready"));
        Self { process, lines }
    }
    /// The Message-ID and recipients of the next letter that it took.
    fn next(&mut self) -> String {
        self.lines.next().and_then(Result::ok).expect("a letter")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn post(app: &TestApp, to: &str) -> MailId {
    let letter = Letter::PasswordChanged { at: app.clock.now().micros() };
    let mail = Outgoing { partner: None, subject: None, to, to_name: "Zoé", lang: Lang::Fr, letter: &letter };
    app.app.commands().write(|conn| outbox::post(conn, app.clock.now(), &mail)).expect("posted")
}

/// Sends what is due over a new connection; the letter's state, and what went wrong.
fn run(app: &TestApp, config: &Config, id: MailId) -> (String, String) {
    let mut carrier = Carrier::of(config).expect("a configuration that holds").expect("a mail server");
    app.clock.advance(HOUR);
    while carrier.deliver_one(&app.app).expect("the outbox works") {}
    let read = app.app.commands().read(|conn| Ok(table::table.find(id).select((table::state, table::last_error)).first(conn)?));
    read.expect("the letter's row")
}

#[test]
fn letters_go_to_a_mail_server_with_tls_and_a_sign_in_and_to_no_other() {
    let Some(python) = python() else { return };
    let app = TestApp::start(Backend::Sqlite);
    let folder = tempfile::tempdir().expect("a folder");
    let files = certificate(folder.path());
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let mut server = Server::start(python, port, &files);
    let good = Config {
        smtp_port: Some(port),
        smtp_security: SmtpSecurity::StartTls,
        smtp_user: Some("portal".into()),
        smtp_password: Some("ten green bottles".into()),
        smtp_ca_file: Some(files.0.clone()),
        ..app.app.config.clone()
    };
    good.check_mail().expect("a configuration that holds");

    let id = post(&app, "zoe@contoso.example");
    let unknown = run(&app, &Config { smtp_ca_file: None, ..good.clone() }, id);
    assert_eq!(unknown.0, "queued", "a certificate that nobody vouches for: {}", unknown.1);
    assert!(unknown.1.contains("certificate"), "{}", unknown.1);
    let plain = run(&app, &Config { smtp_security: SmtpSecurity::None, smtp_ca_file: None, ..good.clone() }, id);
    assert_eq!(plain.0, "queued", "it takes nothing in plain: {}", plain.1);
    let stranger = run(&app, &Config { smtp_password: Some("wrong".into()), ..good.clone() }, id);
    assert_eq!(stranger.0, "queued", "a wrong password kills no letter: {}", stranger.1);
    assert!(stranger.1.contains("535"), "{}", stranger.1);

    assert_eq!(run(&app, &good, id), ("sent".into(), String::new()));
    assert_eq!(server.next(), format!("<{id}@127.0.0.1> zoe@contoso.example"));

    drop(server);
    let id = post(&app, "kai@contoso.example");
    assert_eq!(run(&app, &good, id).0, "queued", "it is gone");
    let mut server = Server::start(python, port, &files);
    assert_eq!(run(&app, &good, id).0, "sent");
    assert_eq!(server.next(), format!("<{id}@127.0.0.1> kai@contoso.example"));
}
