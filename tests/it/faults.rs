//! Faults of the table in `docs/security.md`: what a user sees, and what is left behind.

use crate::harness::client::{encode, exchange, parse};
use crate::harness::world::{self, NewCustomer};
use crate::harness::{Backend, TestApp};
use crate::on_both;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use comptoir::clock::SECOND;
use comptoir::db::schema::customer_account;
use comptoir::web::shell;
use diesel::prelude::*;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

const SALES: &str = "sales@north.test";

on_both! {
    fn what_a_page_reads_is_of_one_moment(app) {
        let count = |conn: &mut comptoir::db::Conn| -> comptoir::error::Result<i64> { Ok(customer_account::table.count().get_result(conn)?) };
        let north = world::partner_id(&app.app, "north");
        let (before, after) = app.app.commands().read_as(north, |_, conn| {
            let before = count(conn)?;
            std::thread::scope(|threads| {
                threads.spawn(|| world::customer(&app.app, "north", &NewCustomer::named("Meanwhile"))).join().expect("another customer")
            });
            Ok((before, count(conn)?))
        }).expect("two statements");
        assert_eq!((before, after), (0, 0));
        assert_eq!(app.app.commands().read_as(north, |_, conn| count(conn)).expect("one more"), 1, "the next page sees it");
    }

    // F20
    fn twenty_identical_submits_make_one_object(app) {
        let client = app.signed_in(SALES);
        let token = client.token();
        let cookies = client.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let address = app.base.trim_start_matches("http://").to_owned();
        let post = |name: &str| {
            let body = encode(&[("_token", &token), ("_key", "the-same-key"), ("name", name), ("colour", "1")]);
            format!("POST /p/north/tags HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookies}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        };
        let request = post("Only once");
        let answers: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..20).map(|_| scope.spawn(|| exchange(&address, request.as_bytes()))).collect();
            threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
        });
        for answer in &answers {
            assert_eq!((answer.status, answer.location()), (303, "/p/north/tags"), "{}", answer.text());
        }
        assert_eq!(client.get("/p/north/tags").texts("tbody th").len(), 1);
        assert_eq!(exchange(&address, post("Something else").as_bytes()).status, 409, "the same key with other content");
    }

    // F19
    fn writers_at_once_wait_for_each_other_and_none_sees_a_lock(app) {
        let failures: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..6).map(|thread| scope.spawn(move || {
                let client = app.signed_in(SALES);
                (0..8).filter_map(|n| {
                    let answer = client.post("/p/north/tags", &[("name", &format!("T{thread} {n}")), ("colour", "1")]);
                    (answer.status != 303).then(|| format!("{} {}", answer.status, answer.text()))
                }).collect::<Vec<_>>()
            })).collect();
            threads.into_iter().flat_map(|thread| thread.join().expect("a writer")).collect()
        });
        assert_eq!(failures, Vec::<String>::new());
        assert_eq!(app.signed_in(SALES).get("/p/north/tags").texts("tbody th").len(), 48);
        let verified = app.app.commands().read_as(world::partner_id(&app.app, "north"), comptoir::access::audit::verify).expect("a chain");
        assert_eq!(verified, comptoir::access::audit::Verified::Holds(48));
    }

    //
    fn nothing_changes_or_removes_an_audit_event(app) {
        use diesel::connection::SimpleConnection;
        app.signed_in(SALES).post("/p/north/tags", &[("name", "One"), ("colour", "1")]);
        let partner = world::partner_id(&app.app, "north");
        for sql in ["update audit_event set action = 'x'", "delete from audit_event", "delete from audit_detail", "insert or replace into audit_event select * from audit_event"] {
            if sql.contains("replace") && app.backend == Backend::Postgres {
                continue;
            }
            let tried = app.app.commands().write_as(partner, |_, conn| Ok(conn.batch_execute(sql)?));
            assert!(tried.is_err(), "{sql}");
        }
    }
}

// F13
#[test]
fn an_exhausted_pool_answers_503_in_time_and_pages_without_database_stay() {
    let app = TestApp::start_with(Backend::Sqlite, |config| {
        config.pool_size = 1;
        config.pool_wait_ms = 300;
    });
    let client = app.signed_in(SALES);
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let (started, wait) = std::sync::mpsc::channel();
    let state = Arc::clone(&app.app);
    let holder = std::thread::spawn(move || {
        let answer = state.commands().read(|_| {
            let _ = started.send(());
            let _ = held.recv();
            Ok(())
        });
        answer.expect("the holder");
    });
    wait.recv().expect("held");
    let answer = client.get("/p/north/customers");
    assert_eq!(answer.status, 503);
    assert!(answer.header("retry-after").is_some());
    assert_eq!(answer.texts("h1").len(), 1, "a page, not an empty answer");
    assert_eq!(client.get("/healthz").status, 200);
    assert_eq!(client.get("/readyz").status, 503);
    hold.send(()).expect("released");
    holder.join().expect("the holder");
    assert_eq!(client.get("/p/north/customers").status, 200);
}

// T-12
#[test]
fn an_account_that_asks_too_fast_is_told_to_wait_and_the_others_notice_nothing() {
    let app = TestApp::start_with(Backend::Sqlite, |config| config.partner_requests_per_s = 2);
    let (fast, other) = (app.signed_in(SALES), app.signed_in("sales@south.test"));
    let answers: Vec<u16> = (0..12).map(|_| fast.get("/p/north/customers").status).collect();
    assert_eq!(answers, [vec![200; 10], vec![429; 2]].concat());
    let refused = fast.get("/p/north/customers");
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.texts("h1").len(), 1, "a page, not an empty answer");
    assert_eq!(other.get("/p/south/customers").status, 200);
    app.clock.advance(SECOND);
    assert_eq!([fast.get("/p/north/customers").status, fast.get("/p/north/customers").status], [200, 200]);
    assert_eq!(fast.get("/p/north/customers").status, 429);
}

/// F4, F9 as far as a missing database goes: 503 with a page, and back again.
#[test]
fn a_vanished_database_is_a_page_with_503() {
    let app = TestApp::start_with(Backend::Sqlite, |config| config.pool_wait_ms = 300);
    let client = app.signed_in(SALES);
    let partner = world::partner_id(&app.app, "north");
    let failed: Result<(), _> = app.app.commands().write_as(partner, |scope, conn| {
        world::insert(scope, conn, &NewCustomer::named("Half written"))?;
        Err(comptoir::error::Error::Unavailable("gone in the middle".into()))
    });
    assert!(failed.is_err());
    assert!(!client.get("/p/north/customers?q=half").text().contains("Half written"), "all or nothing");
}

fn read_until_closed(stream: &mut TcpStream, limit: Duration) -> Vec<u8> {
    stream.set_read_timeout(Some(limit)).expect("a time-out");
    let mut raw = Vec::new();
    let _ = stream.read_to_end(&mut raw);
    raw
}

// F14
#[test]
fn a_client_that_never_ends_its_headers_or_body_is_cut_off() {
    let app = TestApp::start(Backend::Sqlite);
    let address = app.base.trim_start_matches("http://").to_owned();
    let mut headers = TcpStream::connect(&address).expect("connected");
    headers.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").expect("sent");
    let client = app.signed_in(SALES);
    let token = client.token();
    let cookies = client.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let mut body = TcpStream::connect(&address).expect("connected");
    let head = format!(
        "POST /p/north/tags HTTP/1.1\r\nhost: {address}\r\ncookie: {cookies}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 500\r\n\r\n_token={token}"
    );
    body.write_all(head.as_bytes()).expect("sent");
    // Both while others are served.
    assert_eq!(client.get("/p/north/customers").status, 200);
    let cut = parse(&read_until_closed(&mut headers, Duration::from_secs(30)));
    assert_eq!(cut.status, 408, "headers");
    let cut = parse(&read_until_closed(&mut body, Duration::from_secs(40)));
    assert_eq!(cut.status, 400, "body");
    assert_eq!(client.get("/p/north/tags").texts("tbody th").len(), 0, "half a form is no form");
}

// F14: more answers asked for than buffers hold, and none read.
#[cfg(target_os = "linux")]
#[test]
fn a_client_that_takes_nothing_of_its_answers_is_cut_off() {
    let app = TestApp::start_with(Backend::Sqlite, |config| config.stalled_reader_s = 2);
    let address = app.base.trim_start_matches("http://").to_owned();
    let css = app.nobody().get("/sign-in").attribute("link[rel=stylesheet]", "href").expect("a stylesheet");
    let mut stalled = TcpStream::connect(&address).expect("connected");
    let requests = format!("GET {css} HTTP/1.1\r\nhost: {address}\r\n\r\n").repeat(2_000);
    // What the server does not read for want of room to answer stays with the client.
    stalled.set_write_timeout(Some(Duration::from_secs(1))).expect("a time-out");
    let _ = stalled.write_all(requests.as_bytes());
    std::thread::sleep(Duration::from_secs(5));
    let (ended, mut answers, mut buffer) = (std::time::Instant::now(), 0, vec![0; 1 << 20]);
    stalled.set_read_timeout(Some(Duration::from_secs(5))).expect("a time-out");
    let end = loop {
        match stalled.read(&mut buffer) {
            Ok(0) => break Ok(()),
            Ok(read) => answers += read,
            Err(error) => break Err(error.kind()),
        }
    };
    assert!(matches!(end, Ok(()) | Err(std::io::ErrorKind::ConnectionReset)), "{end:?} after {answers} bytes");
    assert!(ended.elapsed() < Duration::from_secs(5), "it was over before the client read on");
    assert_eq!(app.nobody().get("/sign-in").status, 200);
}

// F15
#[test]
fn a_body_that_is_too_large_is_refused() {
    let app = TestApp::start(Backend::Sqlite);
    let client = app.signed_in(SALES);
    let large = "x".repeat(70_000);
    assert_eq!(client.post("/p/north/tags", &[("name", &large), ("colour", "1")]).status, 413);
    assert_eq!(client.get("/p/north/customers").status, 200);
}

// F16
#[test]
fn malformed_requests_are_answered_once_and_closed() {
    let app = TestApp::start(Backend::Sqlite);
    let address = app.base.trim_start_matches("http://").to_owned();
    let cases = [
        ("no host", "GET /sign-in HTTP/1.1\r\n\r\n", &[400, 421][..]),
        ("another host", "GET /sign-in HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n", &[421]),
        ("two lengths", "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc", &[400]),
        (
            "length and chunks",
            "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            &[400],
        ),
        ("NUL in a header", "GET / HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n", &[400]),
        ("not HTTP", "\x16\x03\x01\x02\r\n\r\n", &[400]),
        ("TRACE", "TRACE / HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n", &[404]),
        ("PUT", "PUT /me HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", &[404]),
        ("traversal", "GET /static/../../etc/passwd HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n", &[404]),
    ];
    for (name, request, expected) in cases {
        let answer = exchange(&address, request.replace("HOST", &address).as_bytes());
        assert!(expected.contains(&answer.status), "{name}: {}", answer.status);
    }
    let long = format!("GET /sign-in HTTP/1.1\r\nhost: {address}\r\nx-long: {}\r\n\r\n", "x".repeat(200_000));
    assert!([400, 431].contains(&exchange(&address, long.as_bytes()).status));
}

// F28
#[test]
fn a_panic_is_one_users_error_page() {
    let app = TestApp::start(Backend::Sqlite);
    let listener = TcpListener::bind(app.base.trim_start_matches("http://"))
        .err()
        .map(|_| TcpListener::bind("127.0.0.1:0").expect("a port"))
        .expect("the first port is taken");
    let address = listener.local_addr().expect("an address").to_string();
    let state = Arc::clone(&app.app);
    let host = app.base.trim_start_matches("http://").to_owned();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(web::Data::from(Arc::clone(&state)))
                    .route("/panic", web::get().to(|| async { if std::env::args().count() < 1_000 { panic!("on purpose") } else { "" } }))
                    .route("/fine", web::get().to(|| async { "fine" }))
                    .wrap(from_fn(shell::serve))
            })
            .workers(1)
            .listen(listener)
            .expect("listens")
            .run();
            send.send(server.handle()).expect("waited for");
            server.await.expect("runs");
        });
    });
    let handle = receive.recv().expect("started");
    let get = |path: &str| exchange(&address, format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes());
    let answer = get("/panic");
    assert_eq!(answer.status, 500);
    assert!(answer.header("content-security-policy").is_some());
    assert_eq!(answer.texts("h1").len(), 1);
    assert!(!answer.text().contains("on purpose"), "the cause stays in the log");
    assert_eq!(get("/fine").text(), "fine");
    drop(handle.stop(false));
}

// F27
#[test]
fn a_stop_finishes_the_requests_in_flight() {
    let app = TestApp::start(Backend::Sqlite);
    let client = app.signed_in(SALES);
    assert_eq!(client.get("/readyz").status, 200);
    comptoir::features::health::STOPPING.store(true, std::sync::atomic::Ordering::SeqCst);
    let said = client.get("/readyz").status;
    comptoir::features::health::STOPPING.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(said, 503, "load balancers look elsewhere first");
}

#[test]
fn every_answer_carries_the_security_headers() {
    let app = TestApp::start(Backend::Sqlite);
    let client = app.signed_in(SALES);
    let wrong = client.post_raw("/p/north/tags", &[]);
    for (what, answer) in [
        ("page", client.get("/p/north/customers")),
        ("404", client.get("/nowhere")),
        ("403", wrong),
        ("303", client.get("/")),
        ("static", client.get("/static/none.css")),
    ] {
        let csp = answer.header("content-security-policy").unwrap_or_default().to_owned();
        assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"), "{what}: {csp}");
        for (name, value) in
            [("x-content-type-options", "nosniff"), ("cross-origin-opener-policy", "same-origin"), ("cache-control", "no-store")]
        {
            assert_eq!(answer.header(name), Some(value), "{what}: {name}");
        }
        assert_eq!(answer.header("server"), None);
    }
    let sid = app.nobody();
    let answer = sid.sign_in(SALES, world::PASSWORD);
    let cookie = answer
        .headers
        .iter()
        .find(|(name, value)| name.eq_ignore_ascii_case("set-cookie") && value.starts_with("sid="))
        .map(|(_, value)| value.clone())
        .expect("a session");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}
