//! Delegated admin: granted, followed, extended, ended; by time, whatever ran.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, NewCustomer, Rights};
use crate::on_both;
use comptoir::access::Scope;
use comptoir::access::schedule::Tick;
use comptoir::clock::{DAY, HOUR, Moment};
use comptoir::db::Conn;
use comptoir::db::ids::{AdminId, CustomerId};
use comptoir::db::schema::delegated_admin;
use comptoir::domain::relationship::delegated_admin::DirectoryRole::{self, GlobalAdmin, GlobalReader, HelpdeskAdmin};
use comptoir::domain::relationship::ending::Reason;
use comptoir::error::Result;
use comptoir::features::delegated_admin::acts::{self, Grant};
use comptoir::features::delegated_admin::tasks::KEEP;
use comptoir::features::ending;
use diesel::prelude::*;

const AGENT: &str = "agent@north.test";
const CONTACT: &str = "contact@customer.example";

fn act<T>(app: &TestApp, work: impl FnMut(&Scope, &mut Conn) -> Result<T>) -> T {
    app.app.commands().write_as(world::partner_id(&app.app, "north"), work).expect("an act")
}

fn customer(app: &TestApp, name: &str) -> CustomerId {
    world::customer(&app.app, "north", &NewCustomer::named(name))
}

fn grant(app: &TestApp, customer: CustomerId, rights: Rights<'_>) -> AdminId {
    let agent = world::member(&app.app, AGENT);
    act(app, |scope, conn| world::granted(scope, conn, agent, customer, &rights))
}

fn ends_at(app: &TestApp, id: AdminId) -> Moment {
    act(app, |scope, conn| {
        Ok(scope.all(delegated_admin::table).filter(delegated_admin::id.eq(id)).select(delegated_admin::ends_at).first(conn)?)
    })
}

fn tab(client: &Client, customer: CustomerId) -> Answer {
    client.get(&format!("/p/north/customers/{customer}/access"))
}

fn list(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/p/north/delegated-admin{query}"));
    assert_eq!(answer.status, 200, "{query}");
    answer.texts("tbody .cell-sub")
}

/// The tasks of this feature and of endings, run once.
fn schedule(app: &TestApp) {
    let tick = Tick::new(&app.app, app.clock.now());
    for task in [KEEP, ending::tasks::END_DUE] {
        (task.run)(&tick).expect("a run");
    }
}

/// Which reminders an address got, by their days.
fn reminders(app: &TestApp, to: &str) -> Vec<i64> {
    let letters = world::letters(&app.app, to);
    let parsed = letters.iter().map(|letter| serde_json::from_str::<serde_json::Value>(letter).expect("a letter"));
    parsed.filter(|letter| letter["letter"] == "access_ending").map(|letter| letter["days"].as_i64().expect("days")).collect()
}

on_both! {
    fn the_customer_grants_some_of_what_was_asked_once_and_never_more(app) {
        let id = customer(app, "Fonderie Morel");
        let agent = world::member(&app.app, AGENT);
        let asked: &[DirectoryRole] = &[GlobalReader, HelpdeskAdmin, GlobalAdmin];
        let rights = Rights { auto_extend: true, roles: asked, ..Rights::of("Support", 90) };
        let request = act(app, |scope, conn| world::request(scope, conn, agent, id, &rights));
        let approve = |roles: &[DirectoryRole]| {
            let grant = Grant { invitation: request, customer: id, roles: roles.to_vec(), approved_by: "Claire Dubois".into() };
            app.app.commands().write_as(world::partner_id(&app.app, "north"), |scope, conn| acts::grant(scope, conn, &grant))
        };
        assert!(approve(&[]).is_err() && approve(&[DirectoryRole::UserAdmin]).is_err(), "nothing, or something else");
        let first = approve(&[GlobalReader, HelpdeskAdmin]).expect("a part");
        assert_eq!(approve(asked).expect("the same"), first, "one request, one grant, as first approved");
        let row: (String, String, bool, i64) = act(app, |scope, conn| {
            let columns = (delegated_admin::name, delegated_admin::roles, delegated_admin::auto_extend, delegated_admin::duration_days);
            Ok(scope.all(delegated_admin::table).select(columns).first(conn)?)
        });
        assert_eq!(row, ("Support".into(), "global_reader helpdesk_admin".into(), true, 90));
        assert_eq!(ends_at(app, first), app.clock.now().plus(90 * DAY));
        // What includes the right to everything never extends itself.
        let whole = grant(app, id, Rights { name: "Everything", ..rights });
        let row: (String, bool) = act(app, |scope, conn| {
            let row = scope.all(delegated_admin::table).filter(delegated_admin::id.eq(whole));
            Ok(row.select((delegated_admin::name, delegated_admin::auto_extend)).first(conn)?)
        });
        assert_eq!(row, ("Everything".into(), false));
        let tells = |to: &str| world::letters(&app.app, to).iter().filter(|letter| letter.contains("\"granted\"")).count();
        assert_eq!((tells(CONTACT), tells(AGENT), tells("sales@north.test")), (2, 2, 0), "both sides are told");
    }

    fn the_tab_says_what_may_be_done_until_when_and_who_approved(app) {
        let id = customer(app, "Fonderie Morel");
        let admin = grant(app, id, Rights::of("Support", 40));
        let client = app.signed_in(AGENT);
        let page = tab(&client, id);
        let text = page.texts("main").join(" ");
        for words in ["Support", "40 days left", "Claire Dubois", "Helpdesk admin", "Resets passwords of people who are not administrators", "12 Dec 2026"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert_eq!(page.texts(".record-head .badge"), ["Active", "Delegated admin until 12 Dec 2026", "Agreement missing"], "three badges, three things");
        assert!(page.attribute("main a.btn--primary", "href").expect("a request").ends_with(&format!("kind=delegated_admin&customer={id}")));
        let base = format!("/p/north/customers/{id}/access/{admin}");
        assert_eq!(client.post(&format!("{base}/auto"), &[("on", "1")]).status, 303);
        assert!(tab(&client, id).texts("button").contains(&"Turn automatic extension off".to_owned()));
        let fields = [("_key", "k1")];
        let (first, second) = (client.post(&format!("{base}/extend"), &fields), client.post(&format!("{base}/extend"), &fields));
        assert_eq!((first.status, second.status), (303, 303));
        assert_eq!(ends_at(app, admin), app.clock.now().plus(220 * DAY), "two presses extend once");
        let confirm = client.get(&format!("{base}/end"));
        assert!(confirm.text().contains("The relationship with Fonderie Morel goes on"));
        assert_eq!(confirm.texts("button.btn--danger"), ["End the rights “Support”"]);
        assert_eq!(client.post(&format!("{base}/end"), &[]).status, 303);
        assert!(tab(&client, id).text().contains("Ended by you on"));
        assert_eq!(client.get(&format!("/p/north/customers/{id}")).texts(".record-head .badge")[0], "Active", "a separate act");
        let helpdesk = app.signed_in("helpdesk@north.test");
        assert_eq!(helpdesk.post(&format!("{base}/extend"), &[]).status, 403);
        assert!(tab(&helpdesk, id).text().contains("This takes the role Admin agent"));
    }

    fn rights_end_by_time_and_what_is_over_is_not_extended(app) {
        let id = customer(app, "Fonderie Morel");
        let admin = grant(app, id, Rights::of("Support", 1));
        let client = app.signed_in(AGENT);
        assert!(tab(&client, id).text().contains("24 hours left"));
        app.clock.advance(DAY - 1);
        let client = app.signed_in(AGENT);
        assert_eq!(list(&client, ""), ["Support"]);
        app.clock.advance(1);
        assert!(tab(&client, id).text().contains("Ran out on"));
        assert_eq!(client.get(&format!("/p/north/customers/{id}")).texts(".record-head .badge").len(), 2);
        assert_eq!((list(&client, ""), list(&client, "?state=over&sort=-end")), (vec![], vec!["Support".to_owned()]));
        let answer = client.post(&format!("/p/north/customers/{id}/access/{admin}/extend"), &[]);
        assert_eq!(answer.status, 303);
        assert_eq!(ends_at(app, admin), app.clock.now(), "nothing has moved");
    }

    fn both_sides_are_reminded_thirty_seven_and_one_days_before_and_on_the_day_once_each(app) {
        let id = customer(app, "Fonderie Morel");
        grant(app, id, Rights::of("Support", 60));
        // Twice an hour's worth of runs a day, for more than its life.
        for _ in 0..(65 * 4) {
            app.clock.advance(6 * HOUR);
            schedule(app);
            schedule(app);
        }
        assert_eq!(reminders(app, CONTACT), [30, 7, 1, 0]);
        assert_eq!(reminders(app, AGENT), [30, 7, 1, 0]);
        assert_eq!(reminders(app, "sales@north.test"), Vec::<i64>::new(), "only who holds delegated admin");
    }

    fn automatic_extension_happens_once_in_the_last_day_and_never_after_the_end(app) {
        let id = customer(app, "Fonderie Morel");
        let start = app.clock.now();
        let auto = grant(app, id, Rights { auto_extend: true, ..Rights::of("Auto", 10) });
        let plain = grant(app, id, Rights::of("Plain", 10));
        app.clock.advance(9 * DAY - 1);
        schedule(app);
        assert_eq!(ends_at(app, auto), start.plus(10 * DAY));
        app.clock.advance(1);
        schedule(app);
        schedule(app);
        assert_eq!(ends_at(app, auto), start.plus(190 * DAY), "once");
        assert_eq!(ends_at(app, plain), start.plus(10 * DAY));
        // A server that was away past the end finds it over.
        app.clock.advance(190 * DAY);
        schedule(app);
        assert_eq!(ends_at(app, auto), start.plus(190 * DAY), "what is over is not restored");
        let extended = world::letters(&app.app, CONTACT).iter().filter(|letter| letter.contains("\"extended\"")).count();
        assert_eq!(extended, 1);
    }

    fn many_are_extended_at_once_with_a_result_for_each(app) {
        let (one, two) = (customer(app, "Alpha"), customer(app, "Beta"));
        let fine = grant(app, one, Rights::of("Fine", 20));
        let far = grant(app, one, Rights::of("Far", 700));
        let everything = grant(app, two, Rights { roles: &[GlobalAdmin], ..Rights::of("Everything", 20) });
        let over = grant(app, two, Rights::of("Over", 1));
        let foreign = {
            let south = world::customer(&app.app, "south", &NewCustomer::named("Canary"));
            let user = world::member(&app.app, "agent@south.test");
            app.app.commands().write_as(world::partner_id(&app.app, "south"), |scope, conn| world::granted(scope, conn, user, south, &Rights::of("Canary", 20))).expect("theirs")
        };
        app.clock.advance(2 * DAY);
        let client = app.signed_in(AGENT);
        let ids: Vec<String> = [fine, far, everything, over, foreign].iter().map(ToString::to_string).collect();
        let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        let answer = client.post("/p/north/delegated-admin/extend", &fields);
        assert_eq!(answer.status, 303);
        app.run_jobs();
        let page = client.get(answer.location());
        let rows: Vec<String> = page.texts("tbody tr");
        assert_eq!(rows.len(), 4, "{rows:?}");
        let row = |name: &str| rows.iter().find(|row| row.contains(name)).expect(name);
        assert!(row("Fine").contains("Extended") && row("Fine").contains("Until 21 May 2027"), "{}", row("Fine"));
        assert!(row("Far").contains("more than two years"));
        assert!(row("Everything").contains("Global admin"));
        assert!(row("Over").contains("cannot be restored"));
        assert!(!page.text().contains("Canary"));
        assert!(page.text().contains("1 was extended") && page.text().contains("3 were not"));
        // All that match a view, without ticking any.
        let again = client.post("/p/north/delegated-admin/extend", &[("all", "yes"), ("view", "?state=expiring")]);
        app.run_jobs();
        assert_eq!(client.get(again.location()).texts("tbody tr").len(), 1, "only what ends in 30 days");
        assert_eq!(client.post("/p/north/delegated-admin/extend", &[]).location(), "/p/north/delegated-admin");
    }

    fn the_list_pages_in_the_order_of_the_end_and_searches_by_customer(app) {
        let (one, two) = (customer(app, "Alpha"), customer(app, "Beta"));
        let names: Vec<String> = (0..60).map(|n| format!("Grant {n:02}")).collect();
        let agent = world::member(&app.app, AGENT);
        act(app, |scope, conn| {
            for (n, name) in names.iter().enumerate() {
                world::granted(scope, conn, agent, if n % 2 == 0 { one } else { two }, &Rights::of(name, 10 + n as i64))?;
            }
            Ok(())
        });
        let client = app.signed_in(AGENT);
        let (mut seen, mut path) = (Vec::new(), "/p/north/delegated-admin?size=25".to_owned());
        loop {
            let before = app.app.statements();
            let page = client.get(&path);
            let ran = app.app.statements() - before;
            assert!(ran <= 6, "{path}: {ran} statements");
            seen.extend(page.texts("tbody .cell-sub"));
            match page.attribute("a[rel=next]", "href") {
                Some(next) => path = next,
                None => {
                    let back = client.get(&page.attribute("a[rel=prev]", "href").expect("a way back"));
                    assert_eq!(back.texts("tbody .cell-sub"), names[25..50].to_vec());
                    break;
                }
            }
        }
        assert_eq!(seen, names);
        assert!(client.get("/p/north/delegated-admin").h1().contains("· 60"));
        assert_eq!(list(&client, "?q=beta&size=200").len(), 30);
        assert_eq!(list(&client, "?state=expiring&size=200").len(), 21, "30 days and no more");
        assert_eq!(list(&client, "?sort=-end&size=25")[0], "Grant 59");
    }

    fn rights_end_with_the_relationship_by_time_and_are_not_extended_towards_it(app) {
        let id = customer(app, "Fonderie Morel");
        let admin = grant(app, id, Rights { auto_extend: true, ..Rights::of("Support", 90) });
        let end = app.clock.now().plus(DAY);
        let new = ending::acts::New { person: "Sam".into(), reason: Reason::Unpaid, note: String::new(), ends_at: Some(end) };
        act(app, |scope, conn| ending::acts::end(scope, conn, id, &new));
        let client = app.signed_in(AGENT);
        let page = tab(&client, id);
        assert!(page.text().contains("24 hours left") && page.text().contains("These rights end with the relationship."));
        assert!(page.text().contains("The end of the relationship is scheduled"));
        app.clock.advance(DAY);
        let client = app.signed_in(AGENT);
        assert!(tab(&client, id).text().contains("Ended with the relationship"), "without any job");
        assert_eq!(list(&client, ""), Vec::<String>::new());
        schedule(app);
        assert_eq!(ends_at(app, admin), end);
    }

    fn the_customer_withdraws_at_once_and_the_partner_is_told(app) {
        let id = customer(app, "Fonderie Morel");
        let (one, two) = (grant(app, id, Rights::of("One", 40)), grant(app, id, Rights::of("Two", 40)));
        assert_eq!(act(app, |scope, conn| acts::withdraw_by_customer(scope, conn, id, Some(one), "Claire Dubois")), 1);
        assert_eq!(act(app, |scope, conn| acts::withdraw_by_customer(scope, conn, id, None, "Claire Dubois")), 1, "the other");
        assert_eq!(act(app, |scope, conn| acts::withdraw_by_customer(scope, conn, id, None, "Claire Dubois")), 0);
        assert_eq!(ends_at(app, two), app.clock.now());
        assert!(tab(&app.signed_in(AGENT), id).text().contains("Withdrawn by the customer"));
        let told = world::letters(&app.app, AGENT).iter().filter(|letter| letter.contains("ended_by_customer")).count();
        assert_eq!(told, 2);
    }
}
