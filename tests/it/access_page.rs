//! The customer's access page: who has access, and how a customer ends it.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, Invited, NewCustomer};
use crate::on_both;
use comptoir::clock::{DAY, HOUR};
use comptoir::db::ids::CustomerId;
use comptoir::db::schema::*;
use comptoir::domain::letter::Letter;
use comptoir::domain::relationship::delegated_admin::DirectoryRole;
use comptoir::domain::relationship::invitation::Kind;
use comptoir::domain::{CustomerStatus, Source};
use comptoir::features::customers::create::{self, Origin};
use diesel::prelude::*;
use std::io::Read;

const CLAIRE: &str = "claire@moreau.example";

/// The token of the newest link to the access page that was mailed to an address.
fn link(app: &TestApp, to: &str) -> Option<String> {
    let letters: Vec<String> = app
        .app
        .commands()
        .read(|conn| {
            Ok(outbox::table
                .filter(outbox::recipient.eq(to))
                .order((outbox::created_at.desc(), outbox::id.desc()))
                .select(outbox::letter)
                .load(conn)?)
        })
        .expect("letters");
    letters.iter().find_map(|letter| match serde_json::from_str(letter).expect("a letter") {
        Letter::Access { link, .. } => Some(app.app.keys.link("access", link.subject, link.generation)),
        _ => None,
    })
}

/// A browser on a visit, by a link that was asked for.
fn visit(app: &TestApp, email: &str) -> Client {
    let client = app.nobody();
    assert_eq!(client.post("/access", &[("email", email)]).status, 303);
    let token = link(app, email).expect("a mailed link");
    assert!(client.get(&format!("/access/{token}")).text().contains("Open the page"));
    assert_eq!(client.post(&format!("/access/{token}"), &[]).status, 303);
    client
}

fn page(client: &Client) -> Answer {
    let page = client.get("/access");
    assert_eq!(page.status, 200);
    page
}

/// One organisation that is a customer of the north and of the south.
fn shared(app: &TestApp) -> (CustomerId, CustomerId) {
    // However it was typed, it is one address.
    let north =
        world::customer(&app.app, "north", &NewCustomer { email: "Claire@moreau.example", ..NewCustomer::named("Boulangerie Moreau") });
    let organisation = app.app.commands().read_as(world::partner_id(&app.app, "north"), |scope, conn| {
        Ok(scope.all(customer_account::table).select((customer_account::organisation_id, customer_account::domain)).first(conn)?)
    });
    let (organisation, domain): (comptoir::db::ids::OrganisationId, String) = organisation.expect("an organisation");
    let south = app.app.commands().write_as(world::partner_id(&app.app, "south"), |scope, conn| {
        let company = create::Company {
            name: "Boulangerie Moreau".into(),
            alias: "their secret name".into(),
            domain: domain.clone(),
            country: "FR".into(),
            ..Default::default()
        };
        let person = create::Person {
            first: "Claire".into(),
            last: "Dubois".into(),
            email: CLAIRE.into(),
            language: "en".into(),
            ..Default::default()
        };
        let origin = Origin { source: Source::Invited, owner: None, counterpart: None, agreed_on: None };
        Ok(create::account(scope, conn, organisation, &company, &person, &origin)?.0)
    });
    (north, south.expect("an account"))
}

fn status(app: &TestApp, slug: &str) -> CustomerStatus {
    let read = app.app.commands().read_as(world::partner_id(&app.app, slug), |scope, conn| {
        Ok(scope.all(customer_account::table).select(customer_account::status).first(conn)?)
    });
    read.expect("a status")
}

on_both! {
    fn a_link_comes_to_known_addresses_alone_opens_once_and_its_visit_ends(app) {
        shared(app);
        let stranger = app.nobody();
        let known = app.nobody().post("/access", &[("email", CLAIRE)]);
        let unknown = stranger.post("/access", &[("email", "mallory@else.example")]);
        assert_eq!((known.status, known.location()), (unknown.status, unknown.location()), "the same answer");
        assert!(link(app, "mallory@else.example").is_none());
        let token = link(app, CLAIRE).expect("a link");
        let client = app.nobody();
        assert_eq!(client.get(&format!("/access/{token}")).status, 200, "looking uses nothing up");
        assert_eq!(client.post(&format!("/access/{token}"), &[]).status, 303);
        assert!(page(&client).h1().contains("Boulangerie Moreau"));
        let second = app.nobody();
        second.post(&format!("/access/{token}"), &[]);
        assert!(page(&second).text().contains("Send me the link"), "used once");
        app.clock.advance(2 * HOUR);
        assert!(page(&client).text().contains("Send me the link"), "a visit ends by time");
        assert_eq!(client.get("/access/archive.zip").location(), "/access");
        client.post("/access", &[("email", CLAIRE)]);
        let late = link(app, CLAIRE).expect("a link");
        app.clock.advance(7 * DAY);
        client.post(&format!("/access/{late}"), &[]);
        assert!(page(&client).text().contains("Send me the link"), "a link expires");
    }

    fn the_customer_sees_every_partner_and_no_partners_own_words(app) {
        let (_, south) = shared(app);
        let client = visit(app, CLAIRE);
        let seen = page(&client);
        let text = seen.text();
        assert!(text.contains("Northwind Handel") && text.contains("Southridge Négoce"));
        assert!(!text.contains("their secret name"));
        assert_eq!(seen.header("cache-control"), Some("no-store"));
        let other = world::customer(&app.app, "south", &NewCustomer::named("Somebody else"));
        for path in ["", "/leave"] {
            assert_eq!(client.get(&format!("/access/partners/{south}{path}")).status, 200);
            assert_eq!(client.get(&format!("/access/partners/{other}{path}")).status, 404, "another organisation's account");
        }
        assert_eq!(client.post(&format!("/access/partners/{other}/leave"), &[("notice", "now"), ("reason", "other")]).status, 404);
    }

    fn a_customer_leaves_one_partner_at_once_and_the_other_with_notice_that_it_takes_back(app) {
        let (north, south) = shared(app);
        let client = visit(app, CLAIRE);
        assert_eq!(client.post(&format!("/access/partners/{north}/leave"), &[]).status, 422);
        assert_eq!(client.post(&format!("/access/partners/{north}/leave"), &[("notice", "now"), ("reason", "moves_on"), ("note", "Thank you.")]).status, 303);
        assert_eq!(status(app, "north"), CustomerStatus::Ended);
        assert_eq!(status(app, "south"), CustomerStatus::Active, "and no other");
        assert!(page(&client).text().contains("Former partners"));
        let told: i64 = app.app.commands().read(|conn| Ok(outbox::table.filter(outbox::recipient.eq("agent@north.test")).count().get_result(conn)?)).expect("mail");
        assert!(told > 0, "the partner is mailed");
        let log = app.signed_in("agent@north.test").get(&format!("/p/north/customers/{north}/activity")).text();
        assert!(log.contains("Claire Dubois"), "and sees who left");
        assert_eq!(client.post(&format!("/access/partners/{south}/leave"), &[("notice", "30"), ("reason", "other")]).status, 303);
        assert!(page(&client).text().contains("Stay with Southridge"));
        assert_eq!(client.post(&format!("/access/partners/{south}/stay"), &[]).status, 303);
        app.clock.advance(HOUR);
        assert!(page(&client).text().contains("Leave Southridge"));
    }

    fn rights_are_withdrawn_at_once_and_the_relationship_goes_on(app) {
        let (north, _) = shared(app);
        let mut ask = Invited::to(CLAIRE, "");
        (ask.0.kind, ask.0.customer, ask.0.duration_days, ask.0.purpose) = (Kind::DelegatedAdmin, Some(north), Some(90), "Support".into());
        ask.0.roles = vec![DirectoryRole::HelpdeskAdmin];
        let (_, token) = world::invite(&app.app, "north", "agent@north.test", &ask);
        let client = visit(app, CLAIRE);
        let accept = [("roles", "helpdesk_admin"), ("first_name", "Claire"), ("last_name", "Dubois"), ("role", "Owner"), ("authority", "1"), ("action", "accept")];
        assert_eq!(client.post(&format!("/connect/{token}/accept"), &accept).status, 303);
        let href = page(&client).attributes("a[href*='/rights/']", "href").pop().expect("rights to withdraw");
        assert!(client.get(&href).text().contains("loses these rights at once"));
        assert_eq!(client.post(&href, &[]).status, 303);
        assert_eq!(client.post(&href, &[]).status, 303, "a second press changes nothing");
        let seen = page(&client);
        assert!(seen.attributes("a[href*='/rights/']", "href").is_empty() && seen.text().contains("Ended on"));
        assert_eq!(status(app, "north"), CustomerStatus::Active);
    }

    fn the_archive_holds_everything_but_the_partners_own_work(app) {
        shared(app);
        let client = visit(app, CLAIRE);
        let answer = client.get("/access/archive.zip");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")));
        assert!(answer.header("content-disposition").is_some_and(|text| text.starts_with("attachment")));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer.body.clone())).expect("an archive");
        let mut all = String::new();
        for n in 0..archive.len() {
            archive.by_index(n).expect("a file").read_to_string(&mut all).expect("text");
        }
        assert_eq!(archive.len(), 4);
        for words in ["Boulangerie Moreau", "Northwind Handel", "Southridge Négoce", "Claire@moreau.example"] {
            assert!(all.contains(words), "{words}");
        }
        assert!(!all.contains("their secret name"));
        assert_eq!(client.post("/access/end", &[]).status, 303);
        assert_eq!(client.get("/access/archive.zip").location(), "/access");
    }
}
