//! A forgotten password, asked for by mail.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::PASSWORD;
use crate::on_both;
use comptoir::clock::{HOUR, MINUTE};
use comptoir::config::random_hex;
use comptoir::db::schema::{app_user, outbox, single_use_token};
use diesel::prelude::*;
use std::time::{Duration, Instant};

const SALES: &str = "sales@north.test";
const NEW: &str = "a brand new lantern harbour";

fn ask(client: &Client, email: &str) -> Answer {
    client.post("/sign-in/forgotten", &[("email", email)])
}

/// What a stranger can tell apart, but for the address that was typed.
fn seen(answer: &Answer, email: &str) -> (u16, Vec<String>) {
    (answer.status, answer.texts("main").into_iter().map(|text| text.replace(email, "…")).collect())
}

fn set(client: &Client, link: &str) -> Answer {
    client.post(link, &[("password", NEW), ("repeated", NEW)])
}

on_both! {
    fn the_mailed_link_sets_a_password_once_ends_all_sessions_and_tells_of_it(app) {
        let (open, client) = (app.signed_in(SALES), app.nobody());
        let asked = ask(&client, " Sales@North.test ");
        assert_eq!(asked.status, 200, "{}", asked.text());
        let link = app.mailed_link(SALES);
        assert!(link.starts_with("/set-password/"), "{link}");
        assert_eq!(client.get(&link).status, 200);
        assert_eq!(client.get(&link).status, 200, "looking uses nothing up: scanners open links");
        assert_eq!(set(&client, &link).status, 303);
        assert_eq!(set(&client, &link).status, 404, "used");
        assert_eq!(open.get("/me").status, 303, "all sessions have ended");
        assert_eq!(client.get("/me").status, 303, "the link itself does not sign in");
        assert_eq!(client.sign_in(SALES, PASSWORD).status, 422);
        assert_eq!(client.sign_in(SALES, NEW).status, 303);
        let notice = app.mailbox(SALES).pop().expect("a notice");
        assert_eq!(notice.subject, "Your password was changed");
        assert!(notice.text.contains("2\u{a0}Nov\u{a0}2026, 09:00\u{a0}UTC"), "{}", notice.text);
    }

    fn only_the_newest_link_works_and_none_after_half_an_hour(app) {
        let client = app.nobody();
        ask(&client, SALES);
        let first = app.mailed_link(SALES);
        ask(&client, SALES);
        let second = app.mailed_link(SALES);
        assert_ne!(first, second);
        assert_eq!(client.get(&first).status, 404);
        assert_eq!(client.get(&second).status, 200);
        app.clock.advance(30 * MINUTE);
        assert_eq!(client.get(&second).status, 404);
    }

    fn no_token_rests_in_the_database(app) {
        ask(&app.nobody(), SALES);
        let (letters, hashes): (Vec<String>, Vec<Vec<u8>>) = app.app.commands().read(|conn| {
            Ok((outbox::table.select(outbox::letter).load(conn)?, single_use_token::table.select(single_use_token::hash).load(conn)?))
        }).expect("rows");
        let link = app.mailed_link(SALES);
        let token = link.trim_start_matches("/set-password/");
        assert_eq!(token.len(), 64);
        assert!(letters.iter().all(|letter| !letter.contains(token)));
        assert!(hashes.iter().all(|hash| comptoir::config::hex(hash) != token));
    }

    fn a_known_and_an_unknown_address_get_the_same_words(app) {
        let client = app.nobody();
        app.app.commands().write(|conn| {
            diesel::update(app_user::table.filter(app_user::email.eq("billing@north.test"))).set(app_user::status.eq("disabled")).execute(conn)?;
            Ok(())
        }).expect("disabled");
        let known = ask(&client, SALES);
        for other in ["nobody@nowhere.test", "billing@north.test"] {
            assert_eq!(seen(&ask(&client, other), other), seen(&known, SALES), "{other}");
            assert!(app.mailbox(other).is_empty());
        }
        assert_eq!(ask(&client, "nonsense").status, 422);
        assert_eq!(ask(&client, "").errors().len(), 1);
    }

    fn letters_to_one_address_and_from_one_network_are_limited_whoever_is_known(app) {
        for email in [SALES, "nobody@nowhere.test"] {
            let client = app.nobody();
            for n in 1..=4 {
                assert_eq!(ask(&client, email).status, 200, "{email} {n}");
            }
            let delayed = ask(&client, email);
            assert_eq!(delayed.status, 429, "{email}");
            app.clock.advance(2 * comptoir::clock::SECOND);
            assert_eq!(ask(&client, email).status, 200);
        }
        assert_eq!(app.mailbox(SALES).len(), 5);
        for n in 0..30 {
            ask(&app.nobody(), &format!("r{n}@nowhere.test"));
        }
        assert_eq!(ask(&app.nobody(), "another@nowhere.test").status, 429, "one network");
        app.clock.advance(HOUR);
        assert_eq!(ask(&app.nobody(), "another@nowhere.test").status, 200);
    }

    fn links_begin_with_the_configured_address_whatever_the_request_says(app) {
        let client = app.nobody();
        client.headers.borrow_mut().push(("x-forwarded-host".into(), "evil.example".into()));
        ask(&client, SALES);
        let letter = app.mailbox(SALES).pop().expect("a letter");
        assert!(!letter.text.contains("evil.example") && letter.text.contains(&app.base));
    }

    fn a_link_mailed_before_the_secret_was_rotated_still_works(app) {
        ask(&app.nobody(), SALES);
        // Another server, already with the new secret, sends the letter.
        let config = comptoir::config::Config { secret: random_hex(64), previous_secret: Some(app.app.config.secret.clone()), ..app.app.config.clone() };
        let rotated = comptoir::app::state(config, app.clock.clone()).expect("the state");
        assert!(comptoir::mail::Carrier::Box.deliver_one(&rotated).expect("delivered"));
        assert_eq!(app.nobody().get(&app.mailed_link(SALES)).status, 200);
    }

    fn changing_ones_password_is_told_by_mail(app) {
        let client = app.signed_in(SALES);
        client.post("/me/password", &[("current", PASSWORD), ("password", NEW), ("repeated", NEW)]);
        assert_eq!(app.mailbox(SALES).len(), 1);
    }
}

/// Times, so on one database alone: medians of known and unknown addresses within a tenth.
#[test]
fn the_time_of_an_answer_tells_nothing() {
    let app = TestApp::start(crate::harness::Backend::Sqlite);
    let median = |email: &dyn Fn(usize) -> String| {
        let mut times: Vec<Duration> = (0..9)
            .map(|n| {
                let (client, email) = (app.nobody(), email(n));
                client.token();
                app.clock.advance(HOUR);
                let began = Instant::now();
                assert_eq!(ask(&client, &email).status, 200);
                began.elapsed()
            })
            .collect();
        times.sort();
        times[4].as_secs_f64()
    };
    let (known, unknown) = (median(&|_| SALES.into()), median(&|n| format!("nobody{n}@nowhere.test")));
    assert!((known / unknown - 1.0).abs() < 0.1, "{known} {unknown}");
}

/// Where no letter can leave, nobody is told that one will.
#[test]
fn without_a_mail_server_the_page_says_whom_to_ask() {
    let app = TestApp::start_with(crate::harness::Backend::Sqlite, |config| config.smtp_host = None);
    let client = app.nobody();
    let page = client.get("/sign-in/forgotten");
    assert!(page.texts("main form input[name=email]").is_empty() && page.text().contains("Ask the operator"), "{}", page.text());
    ask(&client, SALES);
    assert!(app.mailbox(SALES).is_empty());
}
