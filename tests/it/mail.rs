//! Mail that really leaves: through a mail server that works, is down, is slow or refuses; by
//! several workers at once; and after a crash.

use crate::harness::TestApp;
use crate::harness::smtp::{Manner, SmtpServer};
use crate::on_both;
use comptoir::access::outbox::{self, Outgoing};
use comptoir::clock::{DAY, HOUR, MINUTE};
use comptoir::config::{Config, SmtpSecurity};
use comptoir::db::ids::MailId;
use comptoir::db::schema::outbox as table;
use comptoir::domain::letter::Letter;
use comptoir::i18n::Lang;
use comptoir::mail::Carrier;
use diesel::prelude::*;
use std::collections::BTreeSet;
use std::time::Duration;

fn post(app: &TestApp, to: &str) -> MailId {
    let letter = Letter::PasswordChanged { at: app.clock.now().micros() };
    let mail = Outgoing { partner: None, subject: None, to, to_name: "Zoé Reader", lang: Lang::Fr, letter: &letter };
    app.app.commands().write(|conn| outbox::post(conn, app.clock.now(), &mail)).expect("posted")
}

/// The way to a mail server, of one portal server.
fn carrier(app: &TestApp, server: &SmtpServer) -> Carrier {
    let config = Config {
        smtp_host: Some(server.address.ip().to_string()),
        smtp_port: Some(server.address.port()),
        smtp_security: SmtpSecurity::None,
        ..app.app.config.clone()
    };
    Carrier::of(&config).expect("a configuration that holds").expect("a mail server")
}

fn run(app: &TestApp, carrier: &mut Carrier) {
    while carrier.deliver_one(&app.app).expect("the outbox works") {}
}

/// State, attempts and what the mail server said last.
fn state(app: &TestApp, id: MailId) -> (String, i64, String) {
    let row = |conn: &mut _| Ok(table::table.find(id).select((table::state, table::attempts, table::last_error)).first(conn)?);
    app.app.commands().read(row).expect("the letter's row")
}

fn header<'a>(letter: &'a str, name: &str) -> &'a str {
    let line = letter.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("{name} in {letter}"))
}

on_both! {
    fn a_letter_leaves_in_both_parts_and_in_its_readers_language(app) {
        let server = SmtpServer::start(Manner::Takes);
        let id = post(app, "zoe@contoso.example");
        run(app, &mut carrier(app, &server));
        let letter = server.letters().pop().expect("a letter");
        assert_eq!(header(&letter, "Message-ID"), format!("<{id}@127.0.0.1>"));
        assert_eq!(header(&letter, "From"), "Comptoir <portal@comptoir.test>");
        assert!(header(&letter, "To").ends_with("<zoe@contoso.example>"));
        assert_eq!(header(&letter, "Auto-Submitted"), "auto-generated");
        assert_eq!(header(&letter, "Date"), "Mon, 02 Nov 2026 09:00:00 +0000");
        assert!(letter.contains("text/plain; charset=utf-8") && letter.contains("text/html; charset=utf-8"), "{letter}");
        assert!(header(&letter, "Subject").contains("mot de passe"), "{letter}");
        assert_eq!(state(app, id), ("sent".into(), 1, String::new()));
    }

    fn a_letter_waits_for_a_mail_server_that_is_down_longer_each_time_and_leaves_when_it_is_up(app) {
        let server = SmtpServer::start(Manner::Closed(421));
        let id = post(app, "a@contoso.example");
        let mut carrier = carrier(app, &server);
        let mut waited = Vec::new();
        for _ in 0..8 {
            run(app, &mut carrier);
            assert_eq!(state(app, id).0, "queued");
            let tries = state(app, id).1;
            let mut minutes = 0;
            while state(app, id).1 == tries {
                app.clock.advance(MINUTE);
                minutes += 1;
                run(app, &mut carrier);
            }
            waited.push(minutes);
        }
        assert_eq!(waited, [1, 2, 4, 8, 16, 32, 60, 60]);
        server.behave(Manner::Takes);
        app.clock.advance(HOUR);
        run(app, &mut carrier);
        assert_eq!((state(app, id).0.as_str(), server.letters().len()), ("sent", 1));
    }

    fn nobody_listening_is_a_reason_to_wait_and_costs_the_other_letters_no_attempt(app) {
        let server = SmtpServer::start(Manner::Takes);
        let mut nowhere = SmtpServer::start(Manner::Takes);
        // A port that nobody listens on any more.
        nowhere.address = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port");
        let (first, second) = (post(app, "a@contoso.example"), post(app, "b@contoso.example"));
        run(app, &mut carrier(app, &nowhere));
        let (state_of_first, attempts, said) = state(app, first);
        assert_eq!((state_of_first.as_str(), attempts), ("queued", 1));
        assert!(said.to_lowercase().contains("refused"), "{said}");
        assert_eq!(state(app, second), ("queued".into(), 0, String::new()));
        app.clock.advance(MINUTE);
        run(app, &mut carrier(app, &server));
        assert_eq!(server.letters().len(), 2);
        assert_eq!(server.connections(), 1, "one connection serves both");
    }

    fn a_letter_is_dead_after_a_day_and_an_address_that_is_refused_at_once(app) {
        let server = SmtpServer::start(Manner::Refuses(450));
        let id = post(app, "later@contoso.example");
        let mut carrier = carrier(app, &server);
        run(app, &mut carrier);
        assert_eq!(state(app, id).0, "queued");
        app.clock.advance(DAY - MINUTE);
        run(app, &mut carrier);
        assert_eq!(state(app, id).0, "queued", "not yet a day");
        app.clock.advance(HOUR);
        run(app, &mut carrier);
        let (dead, attempts, said) = state(app, id);
        assert_eq!((dead.as_str(), attempts), ("dead", 3));
        assert!(said.contains("450") && said.contains("no such mailbox"), "{said}");
        server.behave(Manner::Refuses(550));
        let refused = post(app, "never@contoso.example");
        run(app, &mut carrier);
        assert_eq!(state(app, refused).0, "dead");
        server.behave(Manner::Takes);
        app.clock.advance(2 * DAY);
        run(app, &mut carrier);
        assert!(server.letters().is_empty(), "the dead stay dead");
    }

    fn a_mail_server_that_wants_a_sign_in_kills_no_letter(app) {
        let server = SmtpServer::start(Manner::Closed(535));
        let id = post(app, "a@contoso.example");
        let mut carrier = carrier(app, &server);
        run(app, &mut carrier);
        assert_eq!(state(app, id).0, "queued");
        server.behave(Manner::Refuses(530));
        app.clock.advance(HOUR);
        run(app, &mut carrier);
        assert_eq!(state(app, id).0, "queued");
    }

    fn a_connection_cut_in_the_middle_of_a_letter_is_tried_again(app) {
        let server = SmtpServer::start(Manner::Drops);
        let id = post(app, "a@contoso.example");
        let mut carrier = carrier(app, &server);
        run(app, &mut carrier);
        assert_eq!(state(app, id).0, "queued");
        server.behave(Manner::Slow(Duration::from_millis(50)));
        app.clock.advance(HOUR);
        run(app, &mut carrier);
        assert_eq!((state(app, id).0.as_str(), server.letters().len()), ("sent", 1));
    }

    fn several_workers_at_once_send_each_letter_once(app) {
        let server = SmtpServer::start(Manner::Takes);
        let ids: Vec<MailId> = (0..40).map(|n| post(app, &format!("r{n}@contoso.example"))).collect();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut carrier = carrier(app, &server);
                    // A worker that finds the last letters claimed comes back, as the thread does.
                    for _ in 0..3 {
                        run(app, &mut carrier);
                    }
                });
            }
        });
        let letters = server.letters();
        let distinct: BTreeSet<&str> = letters.iter().map(|letter| header(letter, "Message-ID")).collect();
        assert_eq!((letters.len(), distinct.len()), (40, 40));
        assert!(ids.iter().all(|id| state(app, *id) == ("sent".into(), 1, String::new())));
    }

    fn a_server_that_dies_after_sending_leaves_a_letter_that_another_sends_again_under_the_same_id(app) {
        let server = SmtpServer::start(Manner::Takes);
        let id = post(app, "a@contoso.example");
        // It has claimed, and is gone.
        let claimed = outbox::claim(&app.app).expect("the outbox").expect("a letter");
        assert_eq!(claimed.id, id);
        let mut other = carrier(app, &server);
        run(app, &mut other);
        assert!(server.letters().is_empty(), "the lease holds");
        app.clock.advance(outbox::LEASE);
        run(app, &mut other);
        // Not dead after all: what it says now counts no more.
        outbox::failed(&app.app, &claimed, &outbox::Failure::Never("too late".into())).expect("no error");
        assert_eq!(state(app, id), ("sent".into(), 2, String::new()));
        assert_eq!(header(&server.letters()[0], "Message-ID"), format!("<{id}@127.0.0.1>"));
    }

    fn a_letter_without_words_is_dead_and_holds_nobody_up(app) {
        let server = SmtpServer::start(Manner::Takes);
        let (broken, whole) = (post(app, "a@contoso.example"), post(app, "b@contoso.example"));
        app.app.commands().write(|conn| {
            diesel::update(table::table.find(broken)).set(table::letter.eq("{\"letter\":\"sonnet\"}")).execute(conn)?;
            Ok(())
        }).expect("spoilt");
        run(app, &mut carrier(app, &server));
        assert_eq!(state(app, broken).0, "dead");
        assert_eq!(state(app, whole).0, "sent");
    }

    fn the_demonstration_keeps_letters_in_its_own_box_once_and_asks_no_mail_server(app) {
        let id = post(app, "a@contoso.example");
        let claimed = outbox::claim(&app.app).expect("the outbox").expect("a letter");
        app.clock.advance(outbox::LEASE);
        app.deliver_mail();
        let again = outbox::Delivered { message_id: format!("<{id}@127.0.0.1>"), subject: "twice".into(), text: String::new(), html: String::new() };
        outbox::keep(&app.app, &claimed, &again).expect("no error");
        let letters = app.mailbox("a@contoso.example");
        assert_eq!(letters.len(), 1);
        assert!(letters[0].html.starts_with("<!doctype html>") && letters[0].html.contains(&letters[0].subject));
        let demo = Config { demo: true, ..app.app.config.clone() };
        assert!(matches!(Carrier::of(&demo).expect("holds"), Some(Carrier::Box)));
    }
}

/// Waits for real, so on one database alone.
#[test]
fn a_mail_server_that_never_answers_is_left_after_fifteen_seconds() {
    let app = TestApp::start(crate::harness::Backend::Sqlite);
    let server = SmtpServer::start(Manner::HangsAfterData);
    let id = post(&app, "a@contoso.example");
    let began = std::time::Instant::now();
    run(&app, &mut carrier(&app, &server));
    assert!((14..25).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    assert_eq!(state(&app, id).0, "queued", "nobody knows whether it was taken");
    server.behave(Manner::Takes);
    app.clock.advance(HOUR);
    run(&app, &mut carrier(&app, &server));
    let letters = server.letters();
    assert_eq!(letters.len(), 2);
    assert_eq!(header(&letters[0], "Message-ID"), header(&letters[1], "Message-ID"));
}
