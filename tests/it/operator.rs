//! What an operator sees and does: the outbox, the schedule; and the demonstration's mailbox.

use crate::harness::TestApp;
use crate::harness::client::Client;
use crate::harness::world::{self, OPERATOR};
use crate::on_both;
use comptoir::access::outbox::{self, Outgoing};
use comptoir::clock::{HOUR, MINUTE};
use comptoir::db::ids::MailId;
use comptoir::db::schema::{audit_event, outbox as table};
use comptoir::domain::letter::Letter;
use comptoir::i18n::Lang;
use diesel::prelude::*;

/// A letter from a partner account, or from the portal itself.
fn post(app: &TestApp, partner: Option<&str>, to: &str) -> MailId {
    let letter = Letter::PasswordChanged { at: app.clock.now().micros() };
    let partner = partner.map(|slug| world::partner_id(&app.app, slug));
    let mail = Outgoing { partner, subject: None, to, to_name: "Zoé", lang: Lang::Fr, letter: &letter };
    app.app.commands().write(|conn| outbox::post(conn, app.clock.now(), &mail)).expect("posted")
}

fn give_up(app: &TestApp, id: MailId) {
    let claimed = outbox::claim(&app.app).expect("the outbox").expect("a letter");
    assert_eq!(claimed.id, id);
    outbox::failed(&app.app, &claimed, &outbox::Failure::Never("550 no such mailbox".into())).expect("noted");
}

fn state(app: &TestApp, id: MailId) -> String {
    app.app.commands().read(|conn| Ok(table::table.find(id).select(table::state).first(conn)?)).expect("a row")
}

/// Recipients in the list, as shown.
fn shown(client: &Client, query: &str) -> Vec<String> {
    client.get(&format!("/operator/mail{query}")).texts("tbody th .cell-main")
}

/// Kinds of actor and actions in a partner's log.
fn log(app: &TestApp, slug: &str) -> Vec<(String, String)> {
    let partner = world::partner_id(&app.app, slug);
    let read = app.app.commands().read_as(partner, |scope, conn| {
        let events = scope.all(audit_event::table).order(audit_event::seq);
        Ok(events.select((audit_event::actor_kind, audit_event::action)).load(conn)?)
    });
    read.expect("the log")
}

on_both! {
    fn an_operator_without_an_account_lands_on_the_platforms_pages(app) {
        let client = app.signed_in(OPERATOR);
        let page = client.visit("/");
        assert_eq!((page.status, page.h1().as_str()), (200, "Overview"));
        assert_eq!(page.texts(".topbar--operator .topbar__place"), ["Platform admin"]);
    }

    fn an_operators_session_ends_after_fifteen_idle_minutes_and_after_eight_hours(app) {
        let client = app.signed_in(OPERATOR);
        app.clock.advance(14 * MINUTE);
        assert_eq!(client.get("/operator").status, 200);
        app.clock.advance(16 * MINUTE);
        assert!(client.get("/operator").location().starts_with("/sign-in"));
        assert!(client.get("/me").location().starts_with("/sign-in"), "wherever it is used");
        let client = app.signed_in(OPERATOR);
        for _ in 0..35 {
            app.clock.advance(14 * MINUTE);
            client.get("/operator");
        }
        assert_eq!(client.get("/operator").status, 303, "8 hours after signing in");
    }

    fn the_overview_says_what_was_given_up_and_what_is_overdue(app) {
        app.run_schedule();
        let client = app.signed_in(OPERATOR);
        assert!(client.get("/operator").text().contains("Nothing needs you"));
        let id = post(app, Some("north"), "a@contoso.example");
        give_up(app, id);
        app.clock.advance(10 * MINUTE);
        assert_eq!(client.get("/operator").texts(".todo b"), ["One letter was given up"]);
        app.clock.advance(2 * HOUR);
        let client = app.signed_in(OPERATOR);
        assert_eq!(client.get("/operator").texts(".todo b").len(), 2, "and a task is overdue");
    }

    fn letters_are_listed_by_state_and_address_without_what_they_say(app) {
        let ids: Vec<MailId> = (0..30).map(|n| post(app, None, &format!("r{n}@contoso.example"))).collect();
        give_up(app, ids[0]);
        let client = app.signed_in(OPERATOR);
        let first = shown(&client, "?size=25");
        assert_eq!((first.len(), first[0].as_str()), (25, "r29@contoso.example"), "newest first");
        let next = client.get("/operator/mail?size=25").attribute("a[rel=next]", "href").expect("a next page");
        let second = client.get(&next);
        assert_eq!(second.texts("tbody th .cell-main").len(), 5);
        let back = client.get(&second.attribute("a[rel=prev]", "href").expect("a page before"));
        assert_eq!(back.texts("tbody th .cell-main"), first);
        assert_eq!(shown(&client, "?state=dead"), ["r0@contoso.example"]);
        assert_eq!(shown(&client, "?q=R7%40contoso.example"), ["r7@contoso.example"]);
        assert!(shown(&client, "?q=r7").is_empty(), "whole addresses alone");
        let page = client.get("/operator/mail?state=dead");
        assert!(page.text().contains("Your password was changed") && page.text().contains("550 no such mailbox"));
        assert!(!page.text().contains("all its sessions have ended"), "not what the letter says");
    }

    fn a_letter_that_was_given_up_is_tried_again_and_the_partners_log_says_by_whom(app) {
        let client = app.signed_in(OPERATOR);
        let id = post(app, Some("north"), "a@contoso.example");
        give_up(app, id);
        let button = client.get("/operator/mail").attribute("td.table__actions form", "action").expect("a button");
        assert_eq!(client.post(&button, &[]).status, 303);
        assert_eq!(state(app, id), "queued");
        assert_eq!(client.post(&button, &[]).status, 404, "not dead any more");
        assert_eq!(app.mailbox("a@contoso.example").len(), 1);
        assert_eq!(log(app, "north"), [("operator".to_owned(), "mail.retry".to_owned())]);
        let page = app.signed_in("agent@north.test").get("/p/north/audit");
        assert!(page.text().contains("The operator") && !page.text().contains("operator of the platform"), "{}", page.text());
    }

    fn all_that_was_given_up_is_tried_again_each_partners_log_telling_of_its_own(app) {
        let mut ids = Vec::new();
        for (partner, to) in [(Some("north"), "a"), (None, "b"), (Some("south"), "c"), (Some("north"), "d")] {
            let id = post(app, partner, &format!("{to}@contoso.example"));
            give_up(app, id);
            ids.push(id);
        }
        app.clock.advance(MINUTE);
        let client = app.signed_in(OPERATOR);
        assert_eq!(client.post("/operator/mail/retry-dead", &[]).status, 303);
        assert!(ids.iter().all(|id| state(app, *id) == "queued"));
        for slug in ["north", "south"] {
            assert_eq!(log(app, slug), [("operator".to_owned(), "mail.retry".to_owned())], "{slug}");
        }
    }

    fn a_task_is_run_when_an_operator_says_so(app) {
        app.run_schedule();
        let client = app.signed_in(OPERATOR);
        let page = client.get("/operator/schedule");
        assert!(page.texts("tbody th .cell-main").contains(&"Clearing away what has expired".to_owned()));
        assert_eq!(client.post("/operator/schedule/sweep/run", &[]).status, 303);
        app.run_schedule();
        let runs = client.get("/operator/schedule").texts("td[data-label=Runs]");
        assert!(runs.contains(&"2".to_owned()), "{runs:?}");
        assert_eq!(client.post("/operator/schedule/nothing/run", &[]).status, 404);
    }

    fn outside_the_demonstration_there_is_no_mailbox(app) {
        post(app, None, "a@contoso.example");
        app.deliver_mail();
        assert_eq!(app.nobody().get("/demo/mail").status, 404);
    }
}

/// The demonstration runs on SQLite alone.
#[test]
fn the_demonstrations_letters_arrive_in_a_box_that_anybody_opens() {
    let app = TestApp::start_with(crate::harness::Backend::Sqlite, |config| config.demo = true);
    let client = app.nobody();
    assert!(client.get("/demo/mail").text().contains("No letter yet"));
    assert!(client.get("/sign-in").attributes("a", "href").contains(&"/demo/mail".to_owned()));
    client.post("/sign-in/forgotten", &[("email", "sales@north.test")]);
    app.deliver_mail();
    let list = client.get("/demo/mail");
    let letter = client.get(&list.attribute(".letters a", "href").expect("a letter"));
    assert_eq!(letter.h1(), "Choose a new password");
    let link = letter.attribute(".letter-text a", "href").expect("a link");
    assert_eq!(client.get(link.strip_prefix(&app.base).expect("of this portal")).status, 200);
    let page = client.get(&letter.attribute("main .actions a[href$='/page']", "href").expect("the HTML part"));
    assert_eq!(page.h1(), "Choose a new password");
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline';") && !policy.contains("script"), "{policy}");
    assert_eq!(client.get(&format!("/demo/mail/{}", MailId::new())).status, 404);
}
