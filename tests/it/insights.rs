//! Insights: what is counted, what is not, and who sees it.

use crate::harness::TestApp;
use crate::harness::client::Client;
use crate::harness::world::{self, Listed, NANTES, Published, RENNES};
use crate::on_both;
use comptoir::access::insight;
use comptoir::clock::{DAY, HOUR};
use comptoir::db::schema::*;
use diesel::prelude::*;

pub const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

pub fn visitor(app: &TestApp, agent: &str) -> Client {
    let client = app.nobody();
    client.headers.borrow_mut().push(("user-agent".into(), agent.into()));
    client
}

pub fn path(listed: &Published, account: &str) -> String {
    format!("/p/{account}/profile/{}/insights", listed.profile)
}

/// Appearances, views, contact clicks and leads of the first lines of a table.
fn sums(client: &Client, path: &str) -> Vec<String> {
    let page = client.get(path);
    assert_eq!(page.status, 200, "{}", page.text());
    page.texts(".funnel b")
}

on_both! {
    fn what_visitors_see_is_counted_and_what_programs_read_is_not(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES, RENNES]));
        let member = app.signed_in("profile@north.test");
        let own = path(&north, "north");
        assert!(member.get(&own).text().contains("Nothing was counted in this period"));
        let somebody = visitor(app, BROWSER);
        for address in ["/directory", "/directory?near=Nantes", "/directory/north", "/directory/north/nantes", "/directory/north/nantes?lang=fr", "/directory/contact?partner=north&location=nantes"] {
            assert_eq!(somebody.get(address).status, 200, "{address}");
            visitor(app, "Googlebot/2.1").get(address);
            app.nobody().get(address);
        }
        insight::flush(&app.app).expect("written");
        assert_eq!(sums(&member, &own), ["2", "3", "1", "0"]);
        let nantes = format!("{own}?location={}", north.locations[0]);
        assert_eq!(sums(&member, &nantes), ["1", "2", "1", "0"], "near Nantes it appears with what is there");
        // Again on the same day: rows are added to.
        somebody.get("/directory/north");
        insight::flush(&app.app).expect("written");
        assert_eq!(sums(&member, &own), ["2", "4", "1", "0"]);
        let csv = member.get(&format!("{own}.csv?period=30-days")).text();
        assert!(csv.starts_with("From,Appearances,Views,Contacts,Leads\r\n2026-11-02,2,4,1,0\r\n2026-11-01,0,0,0,0\r\n"), "{csv}");
        assert_eq!(csv.lines().count(), 31);
        let places = member.get(&format!("{own}.csv?period=30-days&table=places")).text();
        assert!(places.starts_with("Location,Appearances,Views,Contacts,Leads\r\nThe profile itself,1,2,0,0\r\nNorthwind Handel Nantes,1,2,1,0\r\n"), "{places}");
        let page = member.get(&format!("{own}?period=6-months"));
        assert_eq!(page.texts("svg desc").len(), 4);
        assert_eq!(page.texts("#steps tbody tr").len(), 26);
    }

    fn a_lead_counts_under_the_location_that_was_asked(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES, RENNES]));
        leave(app, &north, "rennes");
        let (member, own) = (app.signed_in("profile@north.test"), path(&north, "north"));
        assert_eq!(sums(&member, &own)[3], "1");
        assert_eq!(sums(&member, &format!("{own}?location={}", north.locations[1]))[3], "1");
        assert_eq!(sums(&member, &format!("{own}?location={}", north.locations[0]))[3], "0");
    }

    fn what_its_sender_takes_back_in_time_is_nobodys_silence(app) {
        let north = world::listing(&app.app, "north", &Listed { score: 50, ..Listed::at(&[NANTES]) });
        let score = || -> i64 {
            let read = app.app.commands().read_as(north.partner, |scope, conn| Ok(scope.all(listing::table).select(listing::score).first(conn)?));
            read.expect("a listing")
        };
        app.run_schedule();
        let new = score();
        leave(app, &north, "");
        let link = app.mailed_link("ana@north.example");
        assert_eq!(app.nobody().post(&format!("{link}/withdraw"), &[]).status, 303);
        app.clock.advance(15 * DAY);
        app.run_schedule();
        assert_eq!(score(), new);
        // What nobody answered does count.
        leave(app, &north, "");
        app.clock.advance(15 * DAY);
        app.run_schedule();
        assert!(score() < new, "{} < {new}", score());
    }

    fn each_partner_sees_its_own_numbers_and_no_others(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let south = world::listing(&app.app, "south", &Listed::at(&[NANTES]));
        visitor(app, BROWSER).get("/directory/north");
        insight::flush(&app.app).expect("written");
        let member = app.signed_in("profile@north.test");
        let before = sums(&member, &path(&north, "north"));
        for _ in 0..3 {
            visitor(app, BROWSER).get("/directory/south");
        }
        insight::flush(&app.app).expect("written");
        assert_eq!(sums(&member, &path(&north, "north")), before);
        assert_eq!(member.get(&path(&south, "north")).status, 404, "another's profile");
        assert_eq!(member.get(&path(&south, "south")).status, 404, "another's account");
    }

    fn what_is_longer_ago_than_the_period_is_left_out(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        visitor(app, BROWSER).get("/directory/north");
        app.clock.advance(40 * DAY);
        visitor(app, BROWSER).get("/directory/north");
        insight::flush(&app.app).expect("written");
        let (member, own) = (app.signed_in("profile@north.test"), path(&north, "north"));
        assert_eq!(sums(&member, &own)[1], "1");
        assert_eq!(sums(&member, &format!("{own}?period=3-months"))[1], "2");
    }

    fn the_response_score_follows_answers_and_silence(app) {
        let north = world::listing(&app.app, "north", &Listed { score: 50, ..Listed::at(&[NANTES]) });
        let south = world::listing(&app.app, "south", &Listed { score: 50, ..Listed::at(&[NANTES]) });
        let names = || app.nobody().get("/directory?q=deployment").texts(".partner h3");
        assert_eq!(names(), ["Northwind Handel", "Southridge N\u{e9}goce"]);
        for listed in [&north, &south] {
            leave(app, listed, "");
        }
        app.clock.advance(2 * HOUR);
        app.app.commands().write_as(south.partner, |scope, conn| {
            let all = scope.all(referral::table);
            diesel::update(all).set((referral::status.eq("closed"), referral::substatus.eq("declined"), referral::reason.eq("no_capacity"), referral::answered_at.eq(Some(scope.now)), referral::closed_at.eq(Some(scope.now)))).execute(conn)?;
            Ok(())
        }).expect("answered");
        app.clock.advance(15 * DAY);
        app.run_schedule();
        assert_eq!(names(), ["Southridge N\u{e9}goce", "Northwind Handel"]);
        assert!(app.nobody().get("/directory/south?lang=en").text().contains("Usually answers within 2 hours"));
        // After 90 days nothing of it counts.
        app.clock.advance(90 * DAY);
        app.run_schedule();
        assert_eq!(names(), ["Northwind Handel", "Southridge N\u{e9}goce"]);
    }
}

/// A visitor's inquiry arrives, for a location if one is named.
fn leave(app: &TestApp, listed: &Published, location: &str) {
    let visitor = app.nobody();
    let page = visitor.get(&format!("/directory/contact?partner={}", listed.slug));
    let key = page.attribute("input[name=_key]", "value").unwrap_or_default();
    let answer = visitor.post(
        "/directory/contact",
        &[
            ("_key", &key),
            ("partner", &listed.slug),
            ("location", location),
            ("need", "Mail for ten people."),
            ("time_frame", "now"),
            ("size", "10to50"),
            ("industry", "retail"),
            ("company", "Caf\u{e9} du Port"),
            ("city", "Nantes"),
            ("country", "FR"),
            ("first_name", "Ana"),
            ("last_name", "Roy"),
            ("email", &format!("ana@{}.example", listed.slug)),
            ("consent", "1"),
        ],
    );
    assert_eq!(answer.status, 303, "{:?}", answer.errors());
}
