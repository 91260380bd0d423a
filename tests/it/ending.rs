//! Ending a relationship: its page, its moment, its undo, its provider and reseller, its return.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, NewCustomer, Rights};
use crate::on_both;
use comptoir::access::audit::Actor;
use comptoir::access::schedule::Tick;
use comptoir::clock::{DAY, HOUR, Moment};
use comptoir::db::ids::{ContactId, CustomerId};
use comptoir::db::schema::{customer_account, delegated_admin, end_request, ending};
use comptoir::domain::relationship::delegated_admin::DirectoryRole;
use comptoir::domain::relationship::ending::{AskedBy, Reason, UNDO};
use comptoir::domain::{CustomerStatus, Source};
use comptoir::features::ending::acts::{self, New};
use comptoir::features::ending::tasks::END_DUE;
use comptoir::features::invitations;
use diesel::prelude::*;

const AGENT: &str = "agent@north.test";
const CONTACT: &str = "contact@customer.example";

fn customer(app: &TestApp, name: &str) -> CustomerId {
    world::customer(&app.app, "north", &NewCustomer::named(name))
}

fn form(name: &str) -> Vec<(&str, &str)> {
    vec![("when", "now"), ("reason", "moves_on"), ("note", "Bon vent."), ("name", name)]
}

fn post(client: &Client, slug: &str, id: CustomerId, fields: &[(&str, &str)]) -> Answer {
    client.post(&format!("/p/{slug}/customers/{id}/end"), fields)
}

fn names(client: &Client, slug: &str, query: &str) -> Vec<String> {
    client.get(&format!("/p/{slug}/customers{query}")).texts("tbody th a.cell-main")
}

/// What the customer account and its latest ending say, whatever anyone shows.
fn stored(app: &TestApp, slug: &str, id: CustomerId) -> (CustomerStatus, bool, Option<Moment>, Vec<String>) {
    let partner = world::partner_id(&app.app, slug);
    app.app
        .commands()
        .read_as(partner, |scope, conn| {
            let row = scope.all(customer_account::table).filter(customer_account::id.eq(id));
            let columns = (customer_account::status, customer_account::listed, customer_account::ends_at);
            let (status, listed, ends_at) = row.select(columns).first(conn)?;
            let endings = scope.all(ending::table).filter(ending::customer_id.eq(id)).order((ending::created_at, ending::id));
            Ok((status, listed, ends_at, endings.select(ending::state).load(conn)?))
        })
        .expect("rows")
}

fn new(person: &str, ends_at: Option<Moment>) -> New {
    New { person: person.into(), reason: Reason::NotNeeded, note: String::new(), ends_at }
}

/// An act in the name of a partner account, by nobody in particular.
fn act<T>(
    app: &TestApp,
    slug: &str,
    work: impl FnMut(&comptoir::access::Scope, &mut comptoir::db::Conn) -> comptoir::error::Result<T>,
) -> T {
    app.app.commands().write_as(world::partner_id(&app.app, slug), work).expect("an act")
}

/// The task that ends what is due, run once.
fn schedule(app: &TestApp) {
    let tick = Tick::new(&app.app, app.clock.now());
    (END_DUE.run)(&tick).expect("a run");
}

on_both! {
    fn the_page_names_what_happens_and_what_is_in_the_way_and_clears_it(app) {
        let id = customer(app, "Fonderie Morel");
        let agent = world::member(&app.app, AGENT);
        let later = app.clock.now().plus(20 * DAY);
        let invitation = act(app, "north", |scope, conn| {
            world::granted(scope, conn, agent, id, &Rights::of("Support", 90))?;
            let request = world::request(scope, conn, agent, id, &Rights::of("More", 30))?;
            invitations::acts::send(scope, conn, request, &invitations::acts::From { partner: "Northwind Handel", keys: &app.app.keys })?;
            Ok(request)
        });
        let client = app.signed_in(AGENT);
        let page = client.get(&format!("/p/north/customers/{id}/end"));
        assert_eq!(page.h1(), "End the relationship with Fonderie Morel");
        assert!(page.text().contains("“Support”, which would hold until"), "rights end too, and do not block");
        let todo = page.texts(".todo li");
        assert_eq!(todo.len(), 1, "{todo:?}");
        assert!(todo[0].contains("has not answered your invitation"));
        assert_eq!(page.attribute(".todo a", "href"), Some(format!("/p/north/invitations/{invitation}")));
        assert_eq!(page.texts("button.btn--danger").len(), 0, "the form waits");
        let blocked = post(&client, "north", id, &form("Fonderie Morel"));
        assert_eq!(blocked.status, 422);
        assert_eq!(blocked.attribute("#f-name", "value").as_deref(), Some("Fonderie Morel"), "and keeps what was typed");
        assert_eq!(client.post(&format!("/p/north/customers/{id}/end/clear"), &[("what", &invitation.to_string())]).status, 303);
        let page = client.get(&format!("/p/north/customers/{id}/end"));
        assert_eq!(page.texts("button.btn--danger"), ["End relationship with Fonderie Morel"]);
        // A scheduled end is in the way of another, and is called off by one press.
        act(app, "north", |scope, conn| acts::end(scope, conn, id, &new("Sam", Some(later))));
        let page = client.get(&format!("/p/north/customers/{id}/end"));
        assert!(page.texts(".todo li")[0].contains("An end is already scheduled"));
        client.post(&format!("/p/north/customers/{id}/end/clear"), &[("what", "scheduled")]);
        assert_eq!(stored(app, "north", id), (CustomerStatus::Active, true, None, vec!["called_off".into()]));
    }

    fn a_form_that_does_not_hold_says_everything_at_once_and_changes_nothing(app) {
        let id = customer(app, "Fonderie Morel");
        let client = app.signed_in(AGENT);
        let answer = post(&client, "north", id, &[("when", "date"), ("date", "2026-11-02"), ("reason", ""), ("note", "kept"), ("name", "Morel")]);
        assert_eq!(answer.status, 422);
        assert_eq!(answer.errors().len(), 3, "{:?}", answer.errors());
        assert_eq!(answer.texts("#f-note"), ["kept"]);
        assert_eq!(answer.attribute("#f-date", "value").as_deref(), Some("2026-11-02"));
        for (date, wrong) in [("", true), ("yesterday", true), ("2028-11-02", true), ("2026-11-03", false), ("2028-10-31", false)] {
            let answer = post(&client, "north", id, &[("when", "date"), ("date", date), ("reason", "other"), ("note", ""), ("name", "x")]);
            assert_eq!(answer.errors().len(), if wrong { 3 } else { 2 }, "{date}: {:?}", answer.errors());
        }
        assert_eq!(stored(app, "north", id).3.len(), 0);
    }

    fn an_end_takes_the_customer_off_every_list_and_keeps_its_record_for_reading(app) {
        let id = customer(app, "Fonderie Morel");
        let client = app.signed_in(AGENT);
        let answer = post(&client, "north", id, &form("Fonderie Morell"));
        assert_eq!(answer.status, 422, "another name");
        let answer = post(&client, "north", id, &form("fonderie  morel"));
        assert_eq!((answer.status, answer.location()), (303, format!("/p/north/customers/{id}").as_str()));
        for query in ["", "?q=fonderie", "?country=FR"] {
            assert_eq!(names(&client, "north", query), Vec::<String>::new(), "{query}");
        }
        assert!(!client.get("/p/north/customers.csv").text().contains("Fonderie"));
        let former = client.get("/p/north/customers?status=ended");
        assert_eq!(former.texts("nav.tabs [aria-current]"), ["Former customers"]);
        assert!(former.texts("tbody td").contains(&"2 Nov 2026, by agent of north".to_owned()), "{:?}", former.texts("tbody td"));
        assert!(former.texts("tbody td").contains(&"2 Dec 2026".to_owned()));
        let page = client.get(&format!("/p/north/customers/{id}"));
        let notice = page.texts(".notices").join(" ");
        for words in ["Ended on", "by agent of north", "The customer moves to another partner", "Bon vent.", "It can be undone until", "can be read"] {
            assert!(notice.contains(words), "{words}: {notice}");
        }
        assert_eq!(page.attribute(".notices a", "href"), Some(format!("/p/north/invitations/new?customer={id}")));
        for path in ["edit/company", "edit/labels", "agreement"] {
            assert_eq!(client.get(&format!("/p/north/customers/{id}/{path}")).status, 403, "{path}");
        }
        assert_eq!(client.post(&format!("/p/north/customers/{id}/notes"), &[("body", "A note")]).status, 403);
        assert_eq!(post(&client, "north", id, &form("Fonderie Morel")).status, 403);
        let mail = world::letters(&app.app, CONTACT);
        assert_eq!(mail.len(), 1);
        for words in ["relationship_ended", "\"over\":true", "moves_on", "Bon vent.", "agent@north.test", "Northwind Handel"] {
            assert!(mail[0].contains(words), "{words}: {}", mail[0]);
        }
        let log = client.get(&format!("/p/north/customers/{id}/activity")).text();
        assert!(log.contains("ended the relationship"));
    }

    fn the_same_form_sent_twice_ends_once(app) {
        let id = customer(app, "Fonderie Morel");
        let client = app.signed_in(AGENT);
        let mut fields = form("Fonderie Morel");
        fields.push(("_key", "k1"));
        let (first, second) = (post(&client, "north", id, &fields), post(&client, "north", id, &fields));
        assert_eq!((first.status, first.location().to_owned()), (second.status, second.location().to_owned()));
        assert_eq!(stored(app, "north", id).3, ["ended"]);
        assert_eq!(world::letters(&app.app, CONTACT).len(), 1);
        let undo = |key| client.post(&format!("/p/north/customers/{id}/end/undo"), &[("_key", key)]);
        assert_eq!((undo("u1").status, undo("u1").status), (303, 303));
        assert_eq!(world::letters(&app.app, CONTACT).len(), 2);
    }

    // F17: the moment decides, not a job.
    fn a_scheduled_end_holds_from_its_moment_on_without_any_job(app) {
        let id = customer(app, "Fonderie Morel");
        let client = app.signed_in(AGENT);
        let fields = [("when", "date"), ("date", "2026-11-05"), ("reason", "not_needed"), ("note", ""), ("name", "Fonderie Morel")];
        assert_eq!(post(&client, "north", id, &fields).status, 303);
        // The reader's midnight: 5 November, 00:00 in Paris.
        let end = Moment::from_micros(1_793_833_200_000_000);
        assert_eq!(stored(app, "north", id).2, Some(end));
        assert!(client.get(&format!("/p/north/customers/{id}")).text().contains("Ends on 5\u{a0}Nov\u{a0}2026, 00:00"));
        assert_eq!(names(&client, "north", ""), ["Fonderie Morel"]);
        app.clock.advance(end.since(app.clock.now()) - 1);
        let client = app.signed_in(AGENT);
        assert_eq!(client.get(&format!("/p/north/customers/{id}/edit/company")).status, 200, "a microsecond before");
        app.clock.advance(1);
        let page = client.get(&format!("/p/north/customers/{id}"));
        assert_eq!(page.texts(".record-head .badge")[0], "Ended");
        assert!(page.texts(".notices").join(" ").contains("Ended on"));
        assert_eq!(client.get(&format!("/p/north/customers/{id}/edit/company")).status, 403);
        assert_eq!(client.post(&format!("/p/north/customers/{id}/notes"), &[("body", "A note")]).status, 403);
        assert_eq!(client.get("/p/north/customers").texts("tbody .badge--ended"), ["Ended"], "the list says so, though the row is still there");
        assert!(client.get("/p/north/customers.csv").text().contains(",ended,"));
        assert!(stored(app, "north", id).1, "and not off the list");
        // The schedule takes it off the list and tells the customer, once.
        schedule(app);
        schedule(app);
        assert_eq!(stored(app, "north", id), (CustomerStatus::Ended, false, Some(end), vec!["ended".into()]));
        assert_eq!(names(&client, "north", ""), Vec::<String>::new());
        let over: Vec<bool> = world::letters(&app.app, CONTACT).iter().map(|letter| letter.contains("\"over\":true")).collect();
        assert_eq!(over, [false, true]);
    }

    fn an_end_can_be_undone_for_thirty_days_of_24_hours_and_not_a_moment_longer(app) {
        let (kept, lost) = (customer(app, "Kept"), customer(app, "Lost"));
        let waiting = world::customer(&app.app, "north", &NewCustomer { status: CustomerStatus::Pending, ..NewCustomer::named("Waiting") });
        let agent = world::member(&app.app, AGENT);
        act(app, "north", |scope, conn| {
            world::granted(scope, conn, agent, kept, &Rights::of("Support", 400))?;
            for id in [kept, lost, waiting] {
                acts::end(scope, conn, id, &new("Sam", None))?;
            }
            Ok(())
        });
        app.clock.advance(UNDO - 1);
        let client = app.signed_in(AGENT);
        for (id, status) in [(kept, CustomerStatus::Active), (waiting, CustomerStatus::Pending)] {
            assert!(client.get(&format!("/p/north/customers/{id}")).texts("button").contains(&"Undo the end".to_owned()));
            assert_eq!(client.post(&format!("/p/north/customers/{id}/end/undo"), &[]).status, 303);
            assert_eq!(stored(app, "north", id), (status, true, None, vec!["undone".into()]), "exactly as it was");
        }
        assert_eq!(names(&client, "north", ""), ["Kept", "Waiting"]);
        assert!(client.get(&format!("/p/north/customers/{kept}/access")).text().contains("Ended with the relationship"), "rights are not restored");
        app.clock.advance(1);
        let client = app.signed_in(AGENT);
        let page = client.get(&format!("/p/north/customers/{lost}"));
        assert!(!page.texts("button").contains(&"Undo the end".to_owned()));
        assert!(page.text().contains("It could be undone until"));
        client.post(&format!("/p/north/customers/{lost}/end/undo"), &[]);
        assert_eq!(stored(app, "north", lost).3, ["ended"]);
    }

    fn two_people_at_once_have_one_outcome(app) {
        let id = customer(app, "Fonderie Morel");
        let clients = [app.signed_in(AGENT), app.signed_in("sales@north.test")];
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = clients.map(|client| scope.spawn(move || post(&client, "north", id, &form("Fonderie Morel")).status)).into_iter().collect();
            threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
        });
        assert!(statuses.contains(&303) && statuses.iter().all(|status| [303, 403, 422].contains(status)), "{statuses:?}");
        assert_eq!(world::letters(&app.app, CONTACT).len(), 1, "and the customer hears of one");
        assert_eq!(stored(app, "north", id).3, ["ended"]);
        let clients = [app.signed_in(AGENT), app.signed_in("sales@north.test")];
        std::thread::scope(|scope| {
            for client in clients {
                scope.spawn(move || client.post(&format!("/p/north/customers/{id}/end/undo"), &[]));
            }
        });
        assert_eq!(stored(app, "north", id), (CustomerStatus::Active, true, None, vec!["undone".into()]));
        assert_eq!(world::letters(&app.app, CONTACT).len(), 2, "one for the end, one for its undo");
    }

    fn an_indirect_reseller_asks_and_does_not_end(app) {
        let (own, theirs) = world::shared(&app.app, "Fonderie Morel");
        let reseller = app.signed_in("sales@reseller.test");
        let refused = post(&reseller, "reseller", theirs, &form("Fonderie Morel"));
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("never does this itself: its indirect provider does"));
        let path = format!("/p/reseller/customers/{theirs}/end");
        let page = reseller.get(&path);
        assert_eq!(page.h1(), "Ask Grand Comptoir Distribution to end the relationship with Fonderie Morel");
        assert_eq!(reseller.post(&format!("{path}/ask"), &[("reason", " ")]).status, 422);
        assert_eq!(reseller.post(&format!("{path}/ask"), &[("reason", "They have closed their shop.")]).status, 303);
        assert!(reseller.get(&path).text().contains("which has not answered yet"));
        reseller.post(&format!("{path}/ask"), &[("reason", "Again")]);
        let mail = world::letters(&app.app, "agent@provider.test");
        assert!(mail.len() == 1 && mail[0].contains("end_asked") && mail[0].contains("They have closed"), "asked once: {mail:?}");
        let provider = app.signed_in("agent@provider.test");
        let page = provider.get(&format!("/p/provider/customers/{own}"));
        assert!(page.text().contains("Petit Revendeur asks you to end this relationship"));
        let list = provider.get("/p/provider/requests");
        assert!(list.text().contains("They have closed their shop.") && list.text().contains("sales of reseller (Petit Revendeur)"));
        let refuse = page.attribute(".notices a:nth-of-type(2)", "href").expect("a link to refuse");
        let id = refuse.split('=').nth(1).expect("a request").to_owned();
        assert_eq!(provider.post(&format!("/p/provider/requests/{id}/refuse"), &[("answer", "")]).status, 422);
        assert_eq!(provider.post(&format!("/p/provider/requests/{id}/refuse"), &[("answer", "They owe us two invoices.")]).status, 303);
        assert!(reseller.get(&path).text().contains("They owe us two invoices."));
        assert!(world::letters(&app.app, "sales@reseller.test")[0].contains("end_refused"));
        // Asked again, and answered by the end itself.
        app.clock.advance(1);
        assert_eq!(reseller.post(&format!("{path}/ask"), &[("reason", "They have paid.")]).status, 303);
        let page = provider.get(&format!("/p/provider/customers/{own}/end"));
        assert!(page.text().contains("It ends for your reseller Petit Revendeur") && page.text().contains("It answers Petit Revendeur’s request"));
        assert_eq!(post(&provider, "provider", own, &form("Fonderie Morel")).status, 303);
        let requests: Vec<String> = act(app, "provider", |scope, conn| Ok(scope.all(end_request::table).order(end_request::created_at).select(end_request::state).load(conn)?));
        assert_eq!(requests, ["refused", "done"]);
    }

    // T-13
    fn a_provider_ends_for_its_reseller_too_and_both_logs_keep_both_names(app) {
        let (own, theirs) = world::shared(&app.app, "Fonderie Morel");
        let (provider, reseller) = (app.signed_in("agent@provider.test"), app.signed_in("agent@reseller.test"));
        assert_eq!(post(&provider, "provider", own, &form("Fonderie Morel")).status, 303);
        for (client, slug, id) in [(&provider, "provider", own), (&reseller, "reseller", theirs)] {
            assert_eq!(stored(app, slug, id).0, CustomerStatus::Ended, "{slug}");
            for query in ["", "?q=fonderie", "?relationship=through"] {
                assert_eq!(names(client, slug, query), Vec::<String>::new(), "{slug}{query}");
            }
            assert_eq!(client.get(&format!("/p/{slug}/customers/{id}/edit/contact")).status, 403, "{slug}");
            let log = client.get(&format!("/p/{slug}/customers/{id}/activity")).text();
            assert!(log.contains(if slug == "provider" { "Petit Revendeur" } else { "Grand Comptoir Distribution" }), "{slug}");
        }
        assert!(world::letters(&app.app, "sales@reseller.test").iter().any(|letter| letter.contains("ended_by_provider")));
        assert_eq!(world::letters(&app.app, CONTACT).len(), 1, "the customer is told once");
        // Only the provider can undo it, for both.
        assert!(reseller.get(&format!("/p/reseller/customers/{theirs}")).text().contains("Only the provider can undo it."));
        assert_eq!(reseller.post(&format!("/p/reseller/customers/{theirs}/end/undo"), &[]).status, 403);
        assert_eq!(provider.post(&format!("/p/provider/customers/{own}/end/undo"), &[]).status, 303);
        for (slug, id) in [("provider", own), ("reseller", theirs)] {
            assert_eq!(stored(app, slug, id), (CustomerStatus::Active, true, None, vec!["undone".into()]), "{slug}");
        }
    }

    fn a_scheduled_end_of_a_provider_holds_for_its_reseller_by_time_too(app) {
        let (own, theirs) = world::shared(&app.app, "Fonderie Morel");
        let end = app.clock.now().plus(HOUR);
        act(app, "provider", |scope, conn| acts::end(scope, conn, own, &new("Sam", Some(end))));
        assert_eq!(stored(app, "reseller", theirs).2, Some(end));
        app.clock.advance(HOUR);
        let reseller = app.signed_in("agent@reseller.test");
        assert_eq!(reseller.get(&format!("/p/reseller/customers/{theirs}/edit/contact")).status, 403);
        schedule(app);
        assert_eq!(stored(app, "reseller", theirs).3, ["ended"]);
    }

    fn a_customer_that_leaves_is_not_held_back_and_only_it_can_undo_that(app) {
        let id = customer(app, "Fonderie Morel");
        let agent = world::member(&app.app, AGENT);
        act(app, "north", |scope, conn| {
            let request = world::request(scope, conn, agent, id, &Rights::of("More", 30))?;
            invitations::acts::send(scope, conn, request, &invitations::acts::From { partner: "Northwind Handel", keys: &app.app.keys })
        });
        act(app, "north", |scope, conn| {
            let contact = scope.by(Actor::Customer(ContactId::new()));
            acts::by_customer(&contact, conn, id, &new("Claire Dubois", None))?;
            acts::by_customer(&contact, conn, id, &new("Claire Dubois", None))
        });
        assert_eq!(stored(app, "north", id).3, ["ended"], "once, though an invitation was open");
        assert!(world::letters(&app.app, "sales@north.test")[0].contains("ended_by_customer"));
        let client = app.signed_in(AGENT);
        let page = client.get(&format!("/p/north/customers/{id}"));
        assert!(page.text().contains("by the customer (Claire Dubois)") && page.text().contains("Only the customer can undo it."));
        client.post(&format!("/p/north/customers/{id}/end/undo"), &[]);
        assert_eq!(stored(app, "north", id).0, CustomerStatus::Ended);
        act(app, "north", |scope, conn| acts::take_back(scope, conn, id, AskedBy::Customer, "Claire Dubois"));
        assert_eq!(stored(app, "north", id), (CustomerStatus::Active, true, None, vec!["undone".into()]));
    }

    fn who_comes_back_finds_the_old_record(app) {
        let id = customer(app, "Fonderie Morel");
        let legacy = world::customer(&app.app, "north", &NewCustomer { status: CustomerStatus::Ended, ..NewCustomer::named("Older") });
        act(app, "north", |scope, conn| acts::end(scope, conn, id, &new("Sam", None)));
        app.clock.advance(400 * DAY);
        for back in [id, legacy] {
            let changed: Vec<bool> = (0..2).map(|_| act(app, "north", |scope, conn| acts::come_back(scope, conn, back, comptoir::domain::Source::Invited))).collect();
            assert_eq!(changed, [true, false], "once");
        }
        assert_eq!(stored(app, "north", id), (CustomerStatus::Active, true, None, vec!["returned".into()]));
        let source: Source = act(app, "north", |scope, conn| Ok(scope.all(customer_account::table).filter(customer_account::id.eq(id)).select(customer_account::source).first(conn)?));
        assert_eq!(source, Source::Invited);
        assert_eq!(names(&app.signed_in(AGENT), "north", ""), ["Fonderie Morel", "Older"]);
        // An end that was only scheduled is called off by it; one that has come is over first.
        let end = app.clock.now().plus(DAY);
        for (wait, wanted) in [(0, "called_off"), (2 * DAY, "returned")] {
            act(app, "north", |scope, conn| acts::end(scope, conn, id, &new("Sam", Some(end.plus(wait)))));
            app.clock.advance(2 * wait);
            assert!(act(app, "north", |scope, conn| acts::come_back(scope, conn, id, comptoir::domain::Source::Invited)));
            assert_eq!(stored(app, "north", id).3.last().map(String::as_str), Some(wanted));
        }
    }

    fn the_database_refuses_what_the_states_refuse(app) {
        let id = customer(app, "Fonderie Morel");
        let agent = world::member(&app.app, AGENT);
        act(app, "north", |scope, conn| {
            world::granted(scope, conn, agent, id, &Rights::of("Support", 90))?;
            acts::end(scope, conn, id, &new("Sam", None))
        });
        let refuses = |work: &dyn Fn(&comptoir::access::Scope, &mut comptoir::db::Conn) -> QueryResult<usize>| {
            app.app.commands().write_as(world::partner_id(&app.app, "north"), |scope, conn| Ok(work(scope, conn)?)).is_err()
        };
        for state in ["scheduled", "called_off"] {
            assert!(refuses(&|scope, conn| diesel::update(scope.all(ending::table)).set(ending::state.eq(state)).execute(conn)), "ended to {state}");
        }
        let late = app.clock.now().plus(UNDO);
        assert!(refuses(&|scope, conn| diesel::update(scope.all(ending::table)).set((ending::state.eq("undone"), ending::closed_at.eq(Some(late)))).execute(conn)), "undone late");
        assert!(refuses(&|scope, conn| diesel::update(scope.all(delegated_admin::table)).set((delegated_admin::state.eq("active"), delegated_admin::ended_by.eq(""), delegated_admin::ended_at.eq(None::<Moment>))).execute(conn)), "rights revived");
        assert!(refuses(&|scope, conn| diesel::update(scope.all(delegated_admin::table)).set(delegated_admin::roles.eq(DirectoryRole::GlobalAdmin.as_str())).execute(conn)), "more roles than granted");
        assert!(refuses(&|scope, conn| diesel::update(scope.all(customer_account::table)).set(customer_account::listed.eq(true)).execute(conn)), "ended and listed");
    }
}
