//! Inquiries of visitors: from the directory's contact form to the partners that answer.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, LYON, Listed, NANTES, RENNES};
use crate::on_both;
use comptoir::access::directory::Inquiring;
use comptoir::access::referral::Sight;
use comptoir::access::terms::Terms;
use comptoir::clock::{DAY, HOUR, MINUTE};
use comptoir::db::ids::{InquiryId, ReferralId, RequestId};
use comptoir::db::schema::*;
use comptoir::domain::referral::{Reason, Stage};
use comptoir::error::Error;
use comptoir::features::inquiry::forms::ContactForm;
use comptoir::features::inquiry::queries;
use comptoir::features::inquiry::send::{self, Outcome};
use comptoir::features::referrals::acts::{self, Accept, Deal};
use comptoir::i18n::Lang;
use comptoir::web::form::Errors;
use diesel::prelude::*;

pub const CLAIRE: &str = "claire@moreau.example";

/// What Claire types; `more` replaces or adds.
pub fn typed<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("need", "We move our mail to the cloud this winter."),
        ("products", "mail"),
        ("services", "deployment"),
        ("time_frame", "month"),
        ("industry", "retail"),
        ("size", "10to50"),
        ("company", "Boulangerie Moreau"),
        ("first_name", "Claire"),
        ("last_name", "Dubois"),
        ("email", CLAIRE),
        ("country", "FR"),
        ("city", "Nantes"),
        ("consent", "1"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more.iter().copied()).filter(|(_, value)| !value.is_empty()).collect()
}

pub fn send(client: &Client, more: &[(&str, &str)]) -> Answer {
    client.post("/directory/contact", &typed(more))
}

/// The referrals that a partner has got, oldest first.
pub fn got(app: &TestApp, slug: &str) -> Vec<ReferralId> {
    let read = app.app.commands().read_as(world::partner_id(&app.app, slug), |scope, conn| {
        Ok(scope.all(referral::table).order(referral::number).select(referral::id).load(conn)?)
    });
    read.expect("referrals")
}

pub fn decline(app: &TestApp, slug: &str) {
    app.clock.advance(MINUTE);
    let id = *got(app, slug).last().expect("a referral");
    let done = app.app.commands().write_as(world::partner_id(&app.app, slug), |scope, conn| {
        acts::decline(scope, conn, Sight::ALL, id, 1, Reason::NoCapacity, "our own words")
    });
    done.expect("declined");
}

fn accept(app: &TestApp, slug: &str) {
    let id = *got(app, slug).last().expect("a referral");
    let done = app.app.commands().write_as(world::partner_id(&app.app, slug), |scope, conn| {
        let owner = membership::table.filter(membership::partner_id.eq(scope.id())).select(membership::user_id).first(conn)?;
        let deal =
            Deal { title: "Mail".into(), value_minor: 1, currency: "EUR".into(), close_on: "2026-12-24".into(), stage: Stage::Accepted };
        acts::accept(scope, conn, Sight::ALL, id, 1, &Accept { deal, work: Default::default(), owner, contacted: false })
    });
    done.expect("accepted");
}

fn inquiries(app: &TestApp) -> Vec<InquiryId> {
    app.app.commands().read(|conn| Ok(inquiry::table.select(inquiry::id).load(conn)?)).expect("inquiries")
}

/// A visitor's inquiry to these partners, past the limits of the form.
pub fn of_visitor(app: &TestApp, slugs: &[&str], need: &str) -> InquiryId {
    let (id, slugs) = (InquiryId::new(), slugs.iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>());
    let sent = app.app.commands().write(|conn| {
        let inquiring = Inquiring { now: app.clock.now(), request: RequestId::new() };
        let form = ContactForm {
            need: format!("{need}, and nothing else."),
            time_frame: "later".into(),
            size: "10to50".into(),
            company: format!("{need} company"),
            first_name: "Claire".into(),
            last_name: "Dubois".into(),
            email: CLAIRE.into(),
            country: "FR".into(),
            city: "Nantes".into(),
            consent: "1".into(),
            ..ContactForm::default()
        };
        let (targets, terms) = (queries::targets(conn, &slugs, "")?, Terms::load(conn)?);
        let new = form.parse(id, Lang::En, &terms, &targets, &mut Errors::default()).expect("a form that holds");
        send::send(&inquiring, conn, &app.app.keys, &new)
    });
    assert_eq!(sent.expect("sent"), Outcome::Sent);
    id
}

/// The page of the newest inquiry, by the link that was mailed.
pub fn status(app: &TestApp) -> Answer {
    app.nobody().get(&app.mailed_link(CLAIRE))
}

on_both! {
    fn an_inquiry_becomes_a_referral_without_who_asks_and_a_letter_with_the_way_back(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let client = app.nobody();
        let form = client.get(&format!("/directory/contact?partner={}&location=nantes", north.slug));
        assert_eq!(form.h1(), "Contact Northwind Handel");
        let sent = send(&client, &[("partner", &north.slug), ("location", "nantes"), ("phone", "02 40 12 34 56"), ("wants_call", "1")]);
        assert_eq!((sent.status, sent.location()), (303, "/directory/contact/sent"));
        let thanks = client.get("/directory/contact/sent");
        assert!(!thanks.text().contains("/inquiries/"), "an address may be mistyped: no link to strangers");
        let id = *got(app, "north").first().expect("a referral");
        let read = app.app.commands().read_as(north.partner, |scope, conn| {
            let row = scope.all(referral::table).filter(referral::id.eq(id));
            let facts: (String, String, bool, Option<comptoir::db::ids::LocationId>) =
                row.select((referral::company, referral::need, referral::wants_call, referral::location_id)).first(conn)?;
            Ok((facts, scope.all(referral_prospect::table).count().get_result::<i64>(conn)?))
        });
        let ((company, need, wants_call, location), prospects) = read.expect("a row");
        assert_eq!((company.as_str(), wants_call, prospects), ("", true, 0), "who it is is not in the partner's reach");
        assert!(need.contains("our mail"));
        assert_eq!(location, north.locations.first().copied());
        let page = status(app);
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert!(page.text().contains("noindex") && page.text().contains("Northwind Handel") && page.text().contains("16\u{a0}Nov\u{a0}2026"));
    }

    fn every_mistake_is_said_at_once_and_what_was_typed_stays(app) {
        let client = app.nobody();
        let nothing = client.post("/directory/contact", &[]);
        assert_eq!((nothing.status, nothing.errors().len()), (422, 10), "{:?}", nothing.errors());
        let unasked = send(&client, &[("consent", "")]);
        assert_eq!(unasked.status, 422);
        assert_eq!(unasked.errors(), ["Without your agreement we cannot pass your inquiry on"]);
        assert_eq!(unasked.attribute("#f-company", "value").as_deref(), Some("Boulangerie Moreau"));
        let call = send(&client, &[("wants_call", "1")]);
        assert_eq!(call.errors(), ["Enter the number at which you want to be called"]);
        assert!(inquiries(app).is_empty());
    }

    fn three_partners_get_it_and_one_can_be_taken_out_again(app) {
        for slug in ["north", "south", "reseller"] {
            world::listing(&app.app, slug, &Listed::at(&[NANTES]));
        }
        let client = app.nobody();
        let three = [("partner", "north"), ("partner", "south"), ("partner", "reseller")];
        let fewer = client.post("/directory/contact", &typed(&[three[0], three[1], three[2], ("remove", "south")]));
        assert_eq!(fewer.attributes("input[name=partner]", "value"), ["north", "reseller"]);
        assert_eq!(fewer.attribute("#f-company", "value").as_deref(), Some("Boulangerie Moreau"), "and nothing is lost");
        assert_eq!(send(&client, &three).status, 303);
        for slug in ["north", "south", "reseller"] {
            assert_eq!(got(app, slug).len(), 1, "{slug}");
        }
        let text = status(app).text();
        assert!(["Northwind Handel", "Southridge Négoce", "Petit Revendeur"].iter().all(|name| text.contains(name)));
    }

    fn the_same_form_sent_twice_is_one_inquiry_and_changed_another(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let client = app.nobody();
        for _ in 0..2 {
            assert_eq!(send(&client, &[("partner", "north"), ("_key", "a")]).location(), "/directory/contact/sent");
        }
        assert_eq!((inquiries(app).len(), got(app, "north").len(), app.mailbox(CLAIRE).len()), (1, 1, 1));
        send(&client, &[("partner", "north"), ("_key", "a"), ("need", "And telephony, please, for the whole house.")]);
        assert_eq!(got(app, "north").len(), 2);
    }

    fn what_fills_the_hidden_field_is_thanked_and_nothing_comes_of_it(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let client = app.nobody();
        let person = send(&client, &[("partner", "north")]);
        let robot = send(&client, &[("partner", "north"), ("website", "https://spam.example"), ("need", "Buy our pills, all of them.")]);
        assert_eq!((robot.status, robot.location()), (person.status, person.location()));
        assert_eq!((inquiries(app).len(), got(app, "north").len()), (1, 1));
    }

    fn too_many_from_one_person_wait_and_lose_nothing_of_what_they_typed(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let client = app.nobody();
        let one = |n: i32| client.post("/directory/contact", &typed(&[("partner", "north"), ("need", &format!("Inquiry number {n} of many."))]));
        let answers: Vec<u16> = (0..8).map(|n| one(n).status).collect();
        assert_eq!(answers, [303, 303, 303, 303, 303, 303, 429, 429]);
        let last = one(9);
        assert!(last.text().contains("Inquiry number 9 of many.") && last.h1().contains("Northwind"));
        assert_eq!(inquiries(app).len(), 6);
        app.clock.advance(HOUR);
        assert_eq!(one(9).status, 303);
    }

    fn many_at_the_same_moment_are_no_more_than_one_after_the_other(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let statuses: Vec<u16> = std::thread::scope(|threads| {
            let one = |n: i32| {
                let client = Client::new(&app.base);
                move || client.post("/directory/contact", &typed(&[("partner", "north"), ("need", &format!("Inquiry number {n} of many."))])).status
            };
            let tries: Vec<_> = (0..12).map(|n| threads.spawn(one(n))).collect();
            tries.into_iter().map(|one| one.join().expect("an answer")).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 6, "{statuses:?}");
        assert_eq!(inquiries(app).len(), 6);
    }

    fn whoever_comes_by_a_link_in_french_is_answered_in_french(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let client = app.nobody();
        let form = client.get("/directory/contact?partner=north&lang=fr");
        assert_eq!(form.h1(), "Contacter Northwind Handel");
        assert_eq!(form.attribute("input[name=lang]", "value").as_deref(), Some("fr"));
        assert!(form.attributes("a", "href").iter().any(|href| href.starts_with("/directory/contact?lang=en&partner=north")), "and may change it");
        let unasked = send(&client, &[("partner", "north"), ("lang", "fr"), ("consent", "")]);
        assert_eq!((unasked.status, unasked.h1().as_str()), (422, "Contacter Northwind Handel"));
        let sent = send(&client, &[("partner", "north"), ("lang", "fr")]);
        assert_eq!((sent.status, sent.location()), (303, "/directory/contact/sent?lang=fr"));
        assert_eq!(client.get(sent.location()).attribute("html", "lang").as_deref(), Some("fr"));
        let stored: String = app.app.commands().read(|conn| Ok(inquiry::table.select(inquiry::language).first(conn)?)).expect("an inquiry");
        assert_eq!(stored, "fr");
        assert_eq!(app.mailbox(CLAIRE)[0].subject, "Votre demande est transmise");
    }

    fn the_confirmation_repeats_nothing_that_a_stranger_may_have_typed(app) {
        send(&app.nobody(), &[("need", "Buy cheap pills at our shop.")]);
        let letter = &app.mailbox(CLAIRE)[0];
        assert!(!letter.text.contains("pills") && !letter.links(&app.base).is_empty(), "{}", letter.text);
        assert!(status(app).text().contains("Buy cheap pills"), "its page does");
    }

    fn a_fourth_partner_is_too_many_and_that_is_said(app) {
        for slug in ["north", "south", "provider", "reseller"] {
            world::listing(&app.app, slug, &Listed::at(&[NANTES]));
        }
        let four: Vec<(&str, &str)> = ["north", "south", "provider", "reseller"].map(|slug| ("partner", slug)).into();
        let client = app.nobody();
        let chosen = client.get("/directory/contact?partner=north&partner=south&partner=provider&partner=reseller");
        assert!(chosen.errors()[0].starts_with("Three partners at most"), "{:?}", chosen.errors());
        let sent = send(&client, &four);
        assert_eq!((sent.status, sent.attributes("input[name=partner]", "value").len()), (422, 3));
        assert!(sent.errors()[0].starts_with("Three partners at most"), "{:?}", sent.errors());
        assert_eq!(send(&client, &four[..3]).status, 303);
    }

    fn a_partner_gets_only_so_many_a_day_and_others_are_not_held_up(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        world::listing(&app.app, "south", &Listed::at(&[LYON]));
        for n in 0..comptoir::features::routing::gather::A_DAY {
            of_visitor(app, &["north"], &format!("one of many, {n}"));
        }
        let client = app.nobody();
        let full = send(&client, &[("partner", "north")]);
        assert_eq!(full.status, 422);
        assert!(full.errors()[0].contains("Northwind Handel cannot take more inquiries today"));
        assert_eq!(send(&client, &[]).status, 303, "routing passes it by");
        assert_eq!(got(app, "south").len(), 1);
        app.clock.advance(DAY);
        assert_eq!(send(&client, &[("partner", "north"), ("need", "The next day, once more.")]).status, 303);
    }

    fn a_name_or_place_that_is_not_listed_leads_to_nobody(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let south = world::listing(&app.app, "south", &Listed::at(&[RENNES]));
        let client = app.nobody();
        assert_eq!(client.get("/directory/contact?partner=nobody").h1(), "Find a partner for us");
        let gone = send(&client, &[("partner", "nobody"), ("partner", "north")]);
        assert_eq!(gone.status, 422, "never to somebody else than was meant");
        assert!(gone.errors()[0].contains("no longer listed"));
        send(&client, &[("partner", "north"), ("location", "rennes")]);
        let location = app.app.commands().read_as(world::partner_id(&app.app, "north"), |scope, conn| {
            Ok(scope.all(referral::table).select(referral::location_id).first::<Option<comptoir::db::ids::LocationId>>(conn)?)
        });
        assert!(!south.locations.contains(&location.expect("a referral").expect("a location")), "another's location means nothing");
    }

    fn a_link_that_was_never_given_out_shows_nothing(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        send(&app.nobody(), &[("partner", "north")]);
        let id = inquiries(app)[0];
        for token in [id.to_string(), comptoir::config::random_hex(32), String::from("x")] {
            let page = app.nobody().get(&format!("/inquiries/{token}"));
            assert_eq!(page.status, 404);
            assert!(page.text().contains("This link leads nowhere") && !page.text().contains("Northwind"));
            assert_eq!(app.nobody().post(&format!("/inquiries/{token}/withdraw"), &[]).status, 303);
        }
        assert!(status(app).text().contains("Waiting"));
    }

    fn the_sender_takes_it_back_from_whoever_has_not_answered(app) {
        for slug in ["north", "south"] {
            world::listing(&app.app, slug, &Listed::at(&[NANTES]));
        }
        let client = app.nobody();
        send(&client, &[("partner", "north"), ("partner", "south"), ("allow_next", "1")]);
        accept(app, "south");
        let link = app.mailbox(CLAIRE)[0].links(&app.base)[0].clone();
        let ask = client.get(&format!("{link}/withdraw"));
        assert!(ask.text().contains("Northwind Handel can no longer answer") && !ask.text().contains("Southridge"));
        assert_eq!(client.post(&format!("{link}/withdraw"), &[]).status, 303);
        let page = client.get(&link);
        assert!(page.text().contains("Taken back") && page.text().contains("Taken on"));
        let state = app.app.commands().read_as(world::partner_id(&app.app, "north"), |scope, conn| {
            Ok(scope.all(referral::table).select(referral::status).first::<String>(conn)?)
        });
        assert_eq!(state.expect("a referral"), "closed");
        assert_eq!(client.get(&format!("{link}/withdraw")).status, 303, "nothing is left to take back");
    }

    fn whoever_declined_before_it_was_taken_back_cannot_come_back_to_it(app) {
        for slug in ["north", "south"] {
            world::listing(&app.app, slug, &Listed::at(&[NANTES]));
        }
        let client = app.nobody();
        send(&client, &[("partner", "north"), ("partner", "south")]);
        decline(app, "north");
        let link = app.mailbox(CLAIRE)[0].links(&app.base)[0].clone();
        assert_eq!(client.post(&format!("{link}/withdraw"), &[]).status, 303);
        let id = got(app, "north")[0];
        let again = app.app.commands().write_as(world::partner_id(&app.app, "north"), |scope, conn| acts::reopen(scope, conn, Sight::ALL, id, 2));
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
        let page = app.signed_in("referrals@north.test").get(&format!("/p/north/referrals/{id}"));
        assert!(page.text().contains("Its sender took this referral back") && !page.text().contains("Reopen"));
    }

    fn of_two_that_decline_at_the_same_moment_one_moves_it_on(app) {
        for slug in ["north", "south", "reseller"] {
            world::listing(&app.app, slug, &Listed::at(&[NANTES]));
        }
        let client = app.nobody();
        for round in 1..=5 {
            let need = format!("Inquiry number {round} of some.");
            assert_eq!(send(&client, &[("partner", "north"), ("partner", "south"), ("allow_next", "1"), ("need", &need)]).status, 303);
            let gate = std::sync::Barrier::new(2);
            std::thread::scope(|scope| {
                for slug in ["north", "south"] {
                    let gate = &gate;
                    scope.spawn(move || {
                        gate.wait();
                        decline(app, slug);
                    });
                }
            });
            assert_eq!(got(app, "reseller").len(), round);
        }
    }

    fn the_sender_is_told_of_each_answer_in_its_language(app) {
        for slug in ["north", "south"] {
            world::listing(&app.app, slug, &Listed::at(&[NANTES]));
        }
        let client = app.nobody();
        client.headers.borrow_mut().push(("accept-language".into(), "fr".into()));
        send(&client, &[("partner", "north"), ("partner", "south")]);
        decline(app, "north");
        accept(app, "south");
        let letters = app.mailbox(CLAIRE);
        let subjects: Vec<&str> = letters.iter().map(|letter| letter.subject.as_str()).collect();
        assert_eq!(subjects, [
            "Votre demande est transmise",
            "Northwind Handel ne peut pas donner suite à votre demande",
            "Southridge Négoce accepte votre demande",
        ]);
        assert!(letters.iter().all(|letter| !letter.text.contains("our own words")), "a partner's words stay with it");
        assert!(status(app).text().contains("Refusée") && status(app).text().contains("Acceptée"), "the page speaks French too");
    }

    fn half_a_year_after_its_end_nothing_personal_is_left(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        send(&app.nobody(), &[("partner", "north")]);
        let link = app.mailed_link(CLAIRE);
        decline(app, "north");
        app.clock.advance(180 * DAY);
        app.run_schedule();
        assert!(app.nobody().get(&link).text().contains("Boulangerie Moreau"), "not before");
        app.clock.advance(DAY);
        app.run_schedule();
        let page = app.nobody().get(&link);
        assert!(page.text().contains("we have erased who sent it") && !page.text().contains("Moreau") && !page.text().contains("our mail"));
        let left: (String, String, String, String) = app.app.commands().read(|conn| {
            Ok(inquiry::table.select((inquiry::first_name, inquiry::email, inquiry::need, inquiry::city)).first(conn)?)
        }).expect("the row stays");
        assert_eq!(left, Default::default());
    }

    fn what_is_still_open_with_a_partner_is_kept(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        send(&app.nobody(), &[("partner", "north")]);
        accept(app, "north");
        app.clock.advance(400 * DAY);
        app.run_schedule();
        assert!(app.nobody().get(&app.mailed_link(CLAIRE)).text().contains("Boulangerie Moreau"));
    }
}
