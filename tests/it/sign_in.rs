//! Signing in and out, sessions, limits, links, and forms that outlive a session.

use crate::harness::client::Answer;
use crate::harness::world::{self, NewCustomer, PASSWORD};
use crate::on_both;
use comptoir::access::identity::{Purpose, issue_token};
use comptoir::clock::{HOUR, MINUTE, SECOND};
use comptoir::db::schema::{app_user, attempt, user_session};
use diesel::prelude::*;

const SALES: &str = "sales@north.test";

/// What a stranger can tell apart: the status and the words, without tokens and what was typed.
fn seen(answer: &Answer) -> (u16, Vec<String>) {
    (answer.status, answer.texts("main"))
}

on_both! {
    fn a_member_signs_in_and_lands_on_the_customers_of_the_account_used_last(app) {
        let client = app.signed_in(SALES);
        let page = client.visit("/");
        assert_eq!(page.status, 200);
        assert!(page.h1().starts_with("Customers"), "{}", page.h1());
        assert_eq!(client.get("/customers").location(), "/p/north/customers");
    }

    fn an_unknown_address_and_a_wrong_password_look_the_same(app) {
        let wrong = app.nobody().sign_in(SALES, "not the password at all");
        let unknown = app.nobody().sign_in("nobody@nowhere.test", "not the password at all");
        assert_eq!(wrong.status, 422);
        assert_eq!(seen(&wrong), seen(&unknown));
        assert_eq!(wrong.errors(), unknown.errors());
    }

    fn the_key_of_a_session_changes_at_sign_in_and_the_old_one_is_dead(app) {
        let client = app.signed_in(SALES);
        let old = client.cookies.borrow()["sid"].clone();
        assert_eq!(client.sign_in(SALES, PASSWORD).status, 303);
        assert_ne!(client.cookies.borrow()["sid"], old);
        client.cookies.borrow_mut().insert("sid".into(), old);
        assert!(client.get("/me").location().starts_with("/sign-in"));
    }

    fn signing_out_ends_the_session_on_the_server(app) {
        let client = app.signed_in(SALES);
        let cookie = client.cookies.borrow()["sid"].clone();
        assert_eq!(client.post("/sign-out", &[]).status, 303);
        client.cookies.borrow_mut().insert("sid".into(), cookie);
        assert!(client.get("/p/north/customers").location().starts_with("/sign-in"), "the copied cookie is dead");
    }

    fn the_database_holds_no_key_that_would_open_a_session(app) {
        let client = app.signed_in(SALES);
        let hashes: Vec<Vec<u8>> = app.app.commands().read(|conn| Ok(user_session::table.select(user_session::key_hash).load(conn)?)).expect("sessions");
        let cookie = client.cookies.borrow()["sid"].clone();
        for hash in hashes {
            assert!(!cookie.contains(&comptoir::config::hex(&hash)));
            client.cookies.borrow_mut().insert("sid".into(), comptoir::config::hex(&hash));
            assert!(client.get("/me").location().starts_with("/sign-in"));
        }
    }

    fn a_session_ends_after_thirty_idle_minutes_and_after_twelve_hours_in_all(app) {
        let client = app.signed_in(SALES);
        app.clock.advance(29 * MINUTE);
        assert_eq!(client.get("/me").status, 200, "29 minutes");
        app.clock.advance(31 * MINUTE);
        assert_eq!(client.get("/me").status, 303, "31 minutes after the last page");
        let client = app.signed_in(SALES);
        for _ in 0..25 {
            app.clock.advance(29 * MINUTE);
            client.get("/me");
        }
        assert_eq!(client.get("/me").status, 303, "12 hours after signing in");
    }

    fn a_session_of_the_future_does_not_hold(app) {
        let client = app.signed_in(SALES);
        app.clock.advance(-2 * HOUR);
        assert_eq!(client.get("/me").status, 303);
    }

    fn taking_a_membership_away_holds_from_the_next_request_on(app) {
        let client = app.signed_in(SALES);
        assert_eq!(client.get("/p/north/customers").status, 200);
        app.app.commands().write(|conn| {
            use comptoir::db::schema::membership;
            diesel::update(membership::table).set(membership::status.eq("disabled")).execute(conn)?;
            Ok(())
        }).expect("disabled");
        assert_eq!(client.get("/p/north/customers").status, 404);
    }

    fn repeated_failures_are_delayed_and_forgotten_when_the_time_has_passed(app) {
        let client = app.nobody();
        for _ in 0..5 {
            assert_eq!(client.sign_in(SALES, "wrong").status, 422);
        }
        let delayed = client.sign_in(SALES, PASSWORD);
        assert_eq!(delayed.status, 429, "even the right password waits");
        app.clock.advance(2 * SECOND);
        assert_eq!(client.sign_in(SALES, PASSWORD).status, 303);
        let counts: Vec<i64> = app.app.commands().read(|conn| Ok(attempt::table.select(attempt::failures).load(conn)?)).expect("counts");
        assert!(counts.len() < 3, "the account's own count is gone");
    }

    fn a_browser_that_signed_in_before_is_not_slowed_by_strangers(app) {
        let owner = app.signed_in(SALES);
        owner.post("/sign-out", &[]);
        let stranger = app.nobody();
        for _ in 0..8 {
            stranger.sign_in(SALES, "wrong");
        }
        assert_eq!(stranger.sign_in(SALES, PASSWORD).status, 429);
        assert_eq!(owner.sign_in(SALES, PASSWORD).status, 303);
    }

    fn a_form_without_its_token_or_from_another_site_changes_nothing(app) {
        let client = app.signed_in(SALES);
        let other = app.signed_in("agent@south.test");
        let add = [("name", "Forged"), ("colour", "1")];
        assert_eq!(client.post_raw("/p/north/tags", &add).status, 403, "no token");
        let foreign = other.token();
        assert_eq!(client.post_raw("/p/north/tags", &[("_token", foreign.as_str()), add[0], add[1]]).status, 403, "another session's token");
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example"), ("origin", "null")] {
            client.headers.borrow_mut().push((name.into(), value.into()));
            let token = client.token();
            assert_eq!(client.post_raw("/p/north/tags", &[("_token", token.as_str()), add[0], add[1]]).status, 403, "{name}: {value}");
            client.headers.borrow_mut().clear();
        }
        assert!(!client.get("/p/north/tags").text().contains("Forged"));
    }

    fn unknown_and_double_fields_are_refused(app) {
        let client = app.signed_in(SALES);
        assert_eq!(client.post("/p/north/tags", &[("name", "A"), ("colour", "1"), ("partner_id", "x")]).status, 400);
        assert_eq!(client.post("/p/north/tags", &[("name", "A"), ("name", "B"), ("colour", "1")]).status, 400);
    }

    fn a_form_whose_session_ended_comes_back_filled_after_signing_in(app) {
        let client = app.signed_in(SALES);
        client.get("/p/north/tags");
        app.clock.advance(31 * MINUTE);
        let token = "0".repeat(32);
        let expired = client.post_raw("/p/north/tags", &[("_token", token.as_str()), ("_key", "k1"), ("name", "Key account"), ("colour", "3")]);
        assert_eq!(expired.status, 401);
        let action = expired.attribute("input[name=held_action]", "value").expect("the form is kept");
        let fields = expired.attribute("input[name=held_fields]", "value").expect("with its fields");
        let token = expired.attribute("input[name=_token]", "value").expect("a token to sign in with");
        let signed = client.post_raw("/sign-in", &[("_token", &token), ("email", SALES), ("password", PASSWORD), ("to", "/"), ("held_action", &action), ("held_fields", &fields)]);
        assert_eq!(signed.status, 303, "{}", signed.text());
        let resume = client.get(signed.location());
        assert_eq!(resume.status, 200);
        assert_eq!(resume.attribute("main form", "action").as_deref(), Some("/p/north/tags"));
        let token = resume.attribute("main form input[name=_token]", "value").expect("the new session's token");
        let back = client.post_raw("/p/north/tags", &[("_token", &token), ("_review", "1"), ("_key", "k1"), ("name", "Key account"), ("colour", "3")]);
        assert_eq!(back.status, 200, "shown again, nothing done");
        assert_eq!(back.attribute("input[name=name]", "value").as_deref(), Some("Key account"));
        let saved = client.post("/p/north/tags", &[("_key", "k1"), ("name", "Key account"), ("colour", "3")]);
        assert_eq!(saved.status, 303);
    }

    fn a_password_link_works_once_until_it_expires_and_a_new_one_kills_it(app) {
        let issue = || app.app.commands().write(|conn| {
            let user = app_user::table.filter(app_user::email.eq(SALES)).select(app_user::id).first(conn)?;
            issue_token(conn, user, Purpose::ResetPassword, app.clock.now())
        }).expect("a link");
        let client = app.nobody();
        let (first, second) = (issue(), issue());
        assert_eq!(client.get(&format!("/set-password/{first}")).status, 404, "replaced");
        let link = format!("/set-password/{second}");
        assert_eq!(client.get(&link).status, 200);
        let weak = client.post(&link, &[("password", "short"), ("repeated", "short")]);
        assert_eq!(weak.status, 422);
        assert_eq!(weak.errors().len(), 1);
        let new = "a brand new lantern harbour";
        let open = app.signed_in(SALES);
        assert_eq!(client.post(&link, &[("password", new), ("repeated", new)]).status, 303);
        assert_eq!(client.post(&link, &[("password", new), ("repeated", new)]).status, 404, "used");
        assert_eq!(open.get("/me").status, 303, "all sessions have ended");
        assert_eq!(client.get("/me").status, 303, "the link itself does not sign in");
        assert_eq!(client.sign_in(SALES, PASSWORD).status, 422);
        assert_eq!(client.sign_in(SALES, new).status, 303);
        let late = issue();
        app.clock.advance(31 * MINUTE);
        assert_eq!(client.get(&format!("/set-password/{late}")).status, 404, "expired");
        for nothing in ["", "null", "0", &"0".repeat(64)] {
            assert_eq!(client.get(&format!("/set-password/{nothing}")).status, 404, "{nothing:?}");
        }
    }

    fn a_hash_with_weaker_parameters_is_made_anew_at_sign_in(app) {
        use comptoir::config::Config;
        let weak = comptoir::access::password::Passwords::new(&Config { argon2_memory_kib: 32, argon2_passes: 1, ..Config::default() }).expect("parameters").hash_now(PASSWORD);
        let stored = || app.app.commands().read(|conn| Ok(app_user::table.filter(app_user::email.eq(SALES)).select(app_user::password_hash).first::<Option<String>>(conn)?)).expect("a hash").expect("a password");
        app.app.commands().write(|conn| {
            diesel::update(app_user::table.filter(app_user::email.eq(SALES))).set(app_user::password_hash.eq(&weak)).execute(conn)?;
            Ok(())
        }).expect("a weak hash");
        app.signed_in(SALES);
        assert!(stored().contains("m=64,t=1"), "{}", stored());
        app.signed_in(SALES);
    }

    fn one_sees_and_ends_ones_own_sessions_and_nobody_elses(app) {
        let (here, there) = (app.signed_in(SALES), app.signed_in(SALES));
        let stranger = app.signed_in("sales@south.test");
        let page = here.get("/me");
        let ends = page.attributes("form[action^='/me/sessions/']", "action");
        let other = ends.iter().find(|action| !action.ends_with("sessions/end")).expect("the other session").clone();
        assert_eq!(stranger.post(&other, &[]).status, 404, "another user's");
        assert_eq!(there.get("/me").status, 200);
        assert_eq!(here.post("/me/sessions/end", &[]).status, 303);
        assert_eq!(there.get("/me").status, 303);
        assert_eq!(here.get("/me").status, 200);
    }

    fn changing_the_password_asks_for_the_old_one_and_ends_every_session(app) {
        let (here, there) = (app.signed_in(SALES), app.signed_in(SALES));
        let new = "a brand new lantern harbour";
        let wrong = here.post("/me/password", &[("current", "nonsense"), ("password", new), ("repeated", new)]);
        assert_eq!(wrong.status, 422);
        assert_eq!(here.post("/me/password", &[("current", PASSWORD), ("password", new), ("repeated", new)]).status, 303);
        assert_eq!(there.get("/me").status, 303);
        assert_eq!(here.get("/me").status, 303);
        assert_eq!(here.sign_in(SALES, new).status, 303);
    }

    fn two_tabs_work_in_two_accounts(app) {
        app.app.commands().write(|conn| {
            let user = app_user::table.filter(app_user::email.eq(SALES)).select(app_user::id).first(conn)?;
            world::join(conn, "south", user, "sales_agent", app.clock.now())
        }).expect("a second membership");
        world::customer(&app.app, "north", &NewCustomer::named("Only in the north"));
        world::customer(&app.app, "south", &NewCustomer::named("Only in the south"));
        let client = app.signed_in(SALES);
        let (north, south) = (client.get("/p/north/customers").text(), client.get("/p/south/customers").text());
        assert!(north.contains("Only in the north") && !north.contains("Only in the south"));
        assert!(south.contains("Only in the south") && !south.contains("Only in the north"));
        assert_eq!(client.get("/customers").location(), "/p/south/customers", "the account used last");
        assert_eq!(client.get("/accounts").attributes("main a[href^='/p/']", "href").len(), 2);
    }

    fn a_redirect_after_signing_in_stays_on_the_portal(app) {
        for to in ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"] {
            let client = app.nobody();
            let answer = client.post("/sign-in", &[("email", SALES), ("password", PASSWORD), ("to", to)]);
            assert_eq!(answer.location(), "/", "{to}");
        }
    }
}
