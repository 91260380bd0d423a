//! Routing: who gets an inquiry that names no partner, who gets it next, and why.

use crate::harness::TestApp;
use crate::harness::world::{self, LYON, Listed, NANTES, RENNES};
use crate::inquiry::{CLAIRE, decline, got, send, status};
use crate::on_both;
use comptoir::clock::DAY;
use comptoir::db::schema::*;
use comptoir::domain::profile::Content;
use comptoir::features::referrals::acts;
use diesel::prelude::*;

/// Closes what has run out, as the schedule does.
fn expire(app: &TestApp, slug: &str) -> bool {
    let id = *got(app, slug).last().expect("a referral");
    let done = app.app.commands().write_as(world::partner_id(&app.app, slug), |scope, conn| {
        acts::lapse(scope, conn, id, comptoir::domain::referral::Shared::Expired)
    });
    done.expect("closed")
}

/// Three partners, each farther away than the one before.
fn three(app: &TestApp) {
    for (slug, town) in [("north", NANTES), ("south", RENNES), ("reseller", LYON)] {
        world::listing(&app.app, slug, &Listed::at(&[town]));
    }
}

fn counts(app: &TestApp) -> [usize; 3] {
    ["north", "south", "reseller"].map(|slug| got(app, slug).len())
}

on_both! {
    fn who_fits_best_gets_it_and_reads_why(app) {
        three(app);
        send(&app.nobody(), &[]);
        assert_eq!(counts(app), [1, 0, 0], "the nearest");
        let routing = app.app.commands().read_as(world::partner_id(&app.app, "north"), |scope, conn| {
            Ok(scope.all(referral_detail::table).select(referral_detail::routing).first::<String>(conn)?)
        }).expect("a reason");
        let own = comptoir::features::routing::explain::Own::from_text(&routing).expect("points");
        assert_eq!(own.km, Some(0));
        assert!(own.percent() > 90, "{own:?}");
        assert!(["Southridge", "Petit", "south"].iter().all(|name| !routing.contains(name)), "nothing of anybody else: {routing}");
        assert!(app.mailbox(CLAIRE)[0].text.contains("Northwind Handel"));
    }

    fn what_is_wanted_counts_for_more_than_some_distance(app) {
        three(app);
        let erp = Content { products: vec!["erp".into()], industries: vec!["energy".into()], ..Listed::at(&[]).content };
        app.app.commands().write_as(world::partner_id(&app.app, "south"), |scope, conn| {
            let content: String = scope.all(listing::table).select(listing::content).first(conn)?;
            let mut content: Content = serde_json::from_str(&content).expect("a content");
            (content.products, content.industries) = (erp.products.clone(), erp.industries.clone());
            let json = serde_json::to_string(&content).expect("json");
            Ok(diesel::update(scope.all(listing::table)).set(listing::content.eq(json)).execute(conn)?)
        }).expect("south does ERP");
        send(&app.nobody(), &[("products", "erp"), ("industry", "energy")]);
        assert_eq!(counts(app), [0, 1, 0]);
    }

    fn three_at_once_where_the_sender_asks_for_them(app) {
        three(app);
        let client = app.nobody();
        send(&client, &[("several", "1")]);
        assert_eq!(counts(app), [1, 1, 1]);
        send(&client, &[("several", "1"), ("partner", "reseller"), ("need", "And once more, to this one and others.")]);
        assert_eq!(counts(app), [2, 2, 2], "the named one among them");
    }

    fn nobody_in_the_country_is_nobody_and_the_sender_reads_so(app) {
        three(app);
        send(&app.nobody(), &[("country", "JP"), ("city", "Tokyo")]);
        assert_eq!(counts(app), [0, 0, 0]);
        assert!(status(app).text().contains("No partner in the directory fitted it"));
        assert!(app.mailbox(CLAIRE)[0].text.contains("no partner in the directory fits it"));
    }

    fn a_partner_of_another_cloud_is_never_asked(app) {
        world::listing(&app.app, "federal", &Listed::at(&[NANTES]));
        send(&app.nobody(), &[]);
        assert!(got(app, "federal").is_empty());
    }

    fn declined_it_moves_on_to_the_next_best_and_the_sender_is_told(app) {
        three(app);
        send(&app.nobody(), &[("allow_next", "1")]);
        decline(app, "north");
        assert_eq!(counts(app), [1, 1, 0]);
        assert!(app.mailbox(CLAIRE)[1].text.contains("moved on to Southridge Négoce"));
        let page = status(app);
        assert!(page.text().contains("It moved on to Southridge Négoce") && page.text().contains("Declined"));
    }

    fn where_nobody_else_fitted_at_first_it_still_moves_on(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        send(&app.nobody(), &[("partner", "north"), ("several", "1"), ("allow_next", "1")]);
        world::listing(&app.app, "south", &Listed::at(&[RENNES]));
        decline(app, "north");
        assert_eq!(counts(app), [1, 1, 0]);
    }

    fn without_leave_it_stays_where_it_was(app) {
        three(app);
        send(&app.nobody(), &[]);
        decline(app, "north");
        assert_eq!(counts(app), [1, 0, 0]);
        assert!(app.mailbox(CLAIRE)[1].text.contains("Nobody else has your inquiry now"));
    }

    fn nobody_else_is_asked_while_somebody_may_still_answer(app) {
        three(app);
        send(&app.nobody(), &[("partner", "north"), ("partner", "south"), ("allow_next", "1")]);
        decline(app, "north");
        assert_eq!(counts(app), [1, 1, 0]);
        decline(app, "south");
        assert_eq!(counts(app), [1, 1, 1]);
    }

    fn unanswered_it_moves_on_at_its_moment_and_not_before(app) {
        three(app);
        send(&app.nobody(), &[("allow_next", "1")]);
        let link = app.mailed_link(CLAIRE);
        app.clock.advance(14 * DAY - 1);
        assert!(app.nobody().get(&link).text().contains("Waiting"));
        app.clock.advance(1);
        let page = app.nobody().get(&link).text();
        assert!(page.contains("No answer") && page.contains("about to move on"), "expiry follows from the moment");
        assert!(expire(app, "north"));
        assert_eq!(counts(app), [1, 1, 0]);
        assert!(!expire(app, "north"), "once");
        assert_eq!(counts(app), [1, 1, 0]);
        assert!(app.mailbox(CLAIRE)[1].text.contains("has not answered your inquiry within 14 days"));
    }

    fn three_partners_one_after_the_other_and_no_fourth(app) {
        three(app);
        world::listing(&app.app, "provider", &Listed::at(&[LYON]));
        send(&app.nobody(), &[("allow_next", "1")]);
        decline(app, "north");
        decline(app, "south");
        let third = if got(app, "reseller").is_empty() { "provider" } else { "reseller" };
        assert_eq!(got(app, "reseller").len() + got(app, "provider").len(), 1);
        decline(app, third);
        assert_eq!(got(app, "reseller").len() + got(app, "provider").len(), 1);
        assert!(app.mailbox(CLAIRE)[3].text.contains("Nobody else has your inquiry now"));
        let asked: i64 = app.app.commands().read(|conn| Ok(engagement::table.count().get_result(conn)?)).expect("a count");
        assert_eq!(asked, 3);
    }

    fn an_operator_reads_every_point_and_no_senders_name(app) {
        three(app);
        send(&app.nobody(), &[("allow_next", "1")]);
        decline(app, "north");
        let operator = app.signed_in(world::OPERATOR);
        let list = operator.get("/operator/routing");
        let href = list.attributes("td a, th a", "href").into_iter().find(|href| href.starts_with("/operator/routing/")).expect("an inquiry");
        let page = operator.get(&href);
        assert_eq!(page.texts("h2").iter().filter(|title| title.starts_with("Decision")).count(), 2);
        let text = page.text();
        for words in ["Northwind Handel", "Southridge Négoce", "Petit Revendeur", "Had it already", "Chosen"] {
            assert!(text.contains(words), "{words}");
        }
        for personal in ["Moreau", "Dubois", CLAIRE, "our mail"] {
            assert!(!text.contains(personal) && !list.text().contains(personal), "{personal}");
        }
    }

    fn other_weights_are_tried_on_what_was_and_change_nothing_until_saved(app) {
        three(app);
        app.app.commands().write_as(world::partner_id(&app.app, "reseller"), |scope, conn| {
            Ok(diesel::update(scope.all(listing::table)).set(listing::answer_hours.eq(Some(2))).execute(conn)?)
        }).expect("the farthest is the fastest");
        send(&app.nobody(), &[]);
        let operator = app.signed_in(world::OPERATOR);
        let weights = |action| {
            let zero = ["place", "language", "industry", "product", "load"].map(|name| (name, "0"));
            let mut form = zero.to_vec();
            form.extend([("speed", "100"), ("abroad_km", "50"), ("most_open", "20"), ("action", action)]);
            form
        };
        let tried = operator.post("/operator/routing", &weights("try"));
        assert_eq!(tried.status, 200);
        assert!(tried.text().contains("One of 1 decisions would change."));
        assert_eq!(tried.attribute("#f-speed", "value").as_deref(), Some("100"), "the form keeps what is tried");
        assert_eq!(operator.get("/operator/routing").attribute("#f-speed", "value").as_deref(), Some("10"));
        assert_eq!(counts(app), [1, 0, 0]);
        send(&app.nobody(), &[("need", "The same weights as before still hold.")]);
        assert_eq!(counts(app), [2, 0, 0]);
        assert_eq!(operator.post("/operator/routing", &weights("save")).status, 303);
        send(&app.nobody(), &[("need", "Now the fastest gets it, far away.")]);
        assert_eq!(counts(app), [2, 0, 1]);
        let wrong = operator.post("/operator/routing", &[("place", "101"), ("speed", "x")]);
        assert_eq!((wrong.status, wrong.errors().len()), (422, 8), "{:?}", wrong.errors());
    }

    fn an_operators_first_page_counts_what_is_about_to_expire(app) {
        three(app);
        send(&app.nobody(), &[]);
        let operator = app.signed_in(world::OPERATOR);
        assert!(!operator.get("/operator").text().contains("expires within two days"));
        app.clock.advance(12 * DAY + 1);
        let operator = app.signed_in(world::OPERATOR);
        assert!(operator.get("/operator").text().contains("One inquiry expires within two days"));
    }
}
