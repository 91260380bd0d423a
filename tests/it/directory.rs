//! The public directory: what anybody finds, in which order, and what nobody does.

use crate::harness::TestApp;
use crate::harness::world::{self, LYON, Listed, NANTES, RENNES};
use crate::on_both;
use comptoir::access::terms::Terms;
use comptoir::db::ids::{PartnerId, ProfileId};
use comptoir::db::schema::*;
use comptoir::db::search::directory::{Window, few, many};
use comptoir::domain::profile::Content;
use comptoir::features::directory::index;
use comptoir::features::directory::state::State;
use diesel::prelude::*;

/// Names in the order of the page.
fn names(app: &TestApp, path: &str) -> Vec<String> {
    let page = app.nobody().get(path);
    assert_eq!(page.status, 200, "{path}: {}", page.text());
    page.texts(".partner h3")
}

fn change(app: &TestApp, partner: PartnerId, profile: ProfileId, change: impl Fn(&mut Content)) {
    let done = app.app.commands().write_as(partner, |scope, conn| {
        let own = || scope.all(listing::table).filter(listing::profile_id.eq(profile));
        let text: String = own().select(listing::content).first(conn)?;
        let mut content: Content = serde_json::from_str(&text).expect("a content");
        change(&mut content);
        let text = serde_json::to_string(&content).expect("JSON");
        diesel::update(own()).set((listing::content.eq(text), listing::name.eq(&content.name))).execute(conn)?;
        index::refresh(scope, conn, profile)
    });
    done.expect("a change");
}

fn named(name: &str) -> impl Fn(&mut Content) {
    let name = name.to_owned();
    move |content| content.name.clone_from(&name)
}

on_both! {
    fn matches_of_the_name_come_before_those_of_a_tag_and_the_near_before_the_far(app) {
        let north = world::listing(&app.app, "north", &Listed { score: 10, ..Listed::at(&[NANTES]) });
        let south = world::listing(&app.app, "south", &Listed { score: 90, ..Listed::at(&[RENNES]) });
        let reseller = world::listing(&app.app, "reseller", &Listed { score: 50, ..Listed::at(&[LYON]) });
        change(app, north.partner, north.profile, named("Quartz Informatique"));
        change(app, south.partner, south.profile, |content| content.solutions = vec!["Quartz clocks".into()]);
        assert_eq!(names(app, "/directory?lang=en"), ["Southridge Négoce", "Petit Revendeur", "Quartz Informatique"]);
        assert_eq!(names(app, "/directory?q=quartz"), ["Quartz Informatique", "Southridge Négoce"]);
        assert_eq!(names(app, "/directory?q=QUARTZ+informatique"), ["Quartz Informatique"]);
        // Words of vocabularies count in both languages; all three do mail and deployment.
        assert_eq!(names(app, "/directory?q=messagerie").len(), 3);
        // Both have a word in a tag alone: the better score first.
        assert_eq!(names(app, "/directory?q=deployment+quartz"), ["Southridge Négoce", "Quartz Informatique"]);
        assert_eq!(names(app, "/directory?near=Nantes"), ["Quartz Informatique"]);
        let near = app.nobody().get("/directory?near=nantes&lang=en");
        assert!(near.texts(".partner .muted")[0].contains("less than 1 km away") || near.texts(".partner .muted")[0].contains("km away"), "{}", near.text());
        // Châteaubriant lies between the two, a little nearer to Rennes.
        assert_eq!(names(app, "/directory?near=Ch%C3%A2teaubriant"), ["Southridge Négoce", "Quartz Informatique"]);
        assert_eq!(names(app, "/directory?near=France").len(), 3);
        assert_eq!(names(app, "/directory?near=Belgique").len(), 0);
        let unknown = app.nobody().get("/directory?near=Nantese&lang=en");
        assert!(unknown.text().contains("We do not know the place"));
        assert_eq!(names(app, "/directory?near=Lyon&q=petit"), ["Petit Revendeur"]);
        assert_eq!(names(app, "/directory?q=pe"), ["Petit Revendeur"]);
        let _ = reseller;
    }

    fn two_names_at_one_distance_are_ordered_by_score_and_a_far_one_comes_last(app) {
        world::listing(&app.app, "north", &Listed { score: 20, ..Listed::at(&[NANTES]) });
        world::listing(&app.app, "south", &Listed { score: 80, ..Listed::at(&[NANTES]) });
        world::listing(&app.app, "reseller", &Listed { score: 100, ..Listed::at(&[("Cholet", 47_059_000, -879_000)]) });
        assert_eq!(names(app, "/directory?near=Nantes"), ["Southridge Négoce", "Northwind Handel", "Petit Revendeur"]);
    }

    fn a_partner_with_two_locations_appears_once_at_its_nearest(app) {
        world::listing(&app.app, "north", &Listed::at(&[LYON, NANTES]));
        world::listing(&app.app, "south", &Listed { score: 90, ..Listed::at(&[("Cholet", 47_059_000, -879_000), NANTES]) });
        assert_eq!(names(app, "/directory?near=Nantes"), ["Southridge Négoce", "Northwind Handel"]);
    }

    fn filters_are_links_that_say_how_many_they_leave(app) {
        let mail = Listed::at(&[NANTES]);
        let shop = Content { products: vec!["ecommerce".into()], sizes: Vec::new(), any_size: true, ..mail.content.clone() };
        world::listing(&app.app, "north", &mail);
        world::listing(&app.app, "south", &Listed { content: shop, ..mail.clone() });
        let page = app.nobody().get("/directory?lang=en");
        let facets = page.texts(".facet__list li");
        for expected in ["France 2", "E-mail and calendar 1", "Online shop 1", "10 to 50 employees 2", "1 to 9 employees 1"] {
            assert!(facets.contains(&expected.to_owned()) || page.text().contains("Show all"), "{expected}: {facets:?}");
        }
        assert!(facets.contains(&"Online shop 1".to_owned()), "{facets:?}");
        assert_eq!(names(app, "/directory?product=ecommerce"), ["Southridge Négoce"]);
        assert_eq!(names(app, "/directory?size=over20000"), ["Southridge Négoce"]);
        assert_eq!(names(app, "/directory?type=indirect_reseller").len(), 0);
        let filtered = app.nobody().get("/directory?product=mail&lang=en");
        assert!(filtered.texts(".chip--on").iter().any(|chip| chip.contains("E-mail")));
        assert!(filtered.texts(".facet__list li").contains(&"Deployment or migration 1".to_owned()), "{:?}", filtered.texts(".facet__list li"));
        // What does not exist is not asked for.
        assert_eq!(names(app, "/directory?industry=../..").len(), 2);
    }

    fn each_cloud_is_apart(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        world::listing(&app.app, "federal", &Listed { country: "US", ..Listed::at(&[("Boston", 42_358_000, -71_060_000)]) });
        assert_eq!(names(app, "/directory"), ["Northwind Handel"]);
        assert_eq!(names(app, "/directory?q=deployment"), ["Northwind Handel"]);
        assert_eq!(names(app, "/directory?cloud=us_government"), ["Federal Supply"]);
        assert_eq!(names(app, "/directory?cloud=us_government&q=deployment"), ["Federal Supply"]);
        assert_eq!(names(app, "/directory?cloud=germany").len(), 0);
    }

    fn an_unlisted_profile_and_an_inactive_partner_are_gone_at_once(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let south = world::listing(&app.app, "south", &Listed::at(&[NANTES]));
        assert_eq!(names(app, "/directory?near=Nantes").len(), 2);
        app.app.commands().write_as(north.partner, |scope, conn| {
            diesel::update(scope.all(listing::table)).set(listing::listed.eq(false)).execute(conn)?;
            index::refresh(scope, conn, north.profile)
        }).expect("unlisted");
        for path in ["/directory", "/directory?near=Nantes", "/directory?q=deployment", "/directory?product=mail"] {
            assert_eq!(names(app, path), ["Southridge Négoce"], "{path}");
        }
        let gone = app.nobody().get("/directory/north?lang=en");
        assert_eq!(gone.status, 404);
        assert_eq!(gone.attribute("main a", "href").as_deref(), Some("/directory?lang=en"));
        app.app.commands().write(|conn| {
            diesel::update(partner_account::table.find(south.partner)).set(partner_account::status.eq("suspended")).execute(conn)?;
            Ok(())
        }).expect("suspended");
        for path in ["/directory", "/directory?near=Nantes", "/directory?q=deployment"] {
            assert_eq!(names(app, path).len(), 0, "{path}");
        }
        assert_eq!(app.nobody().get("/directory/south").status, 404);
        assert!(!app.nobody().get("/sitemap/0").text().contains("/directory/"));
    }

    fn a_draft_is_never_seen(app) {
        let north = world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        app.app.commands().write_as(north.partner, |scope, conn| {
            diesel::update(scope.all(business_profile::table)).set(business_profile::draft.eq("{\"name\":\"canary\",\"text_en\":\"canary\"}")).execute(conn)?;
            index::refresh(scope, conn, north.profile)
        }).expect("a draft");
        for path in ["/directory", "/directory?q=canary", "/directory/north", "/directory/north/nantes", "/sitemap/0"] {
            assert!(!app.nobody().get(path).text().replace("q=canary", "").replace("value=\"canary\"", "").contains("canary"), "{path}");
        }
        assert_eq!(names(app, "/directory?q=canary").len(), 0);
    }

    fn a_profile_and_its_locations_have_an_address_in_each_language(app) {
        let content = Content { text_fr: "Nous installons la messagerie.".into(), website: "https://north.example".into(), ..Listed::at(&[]).content };
        world::listing(&app.app, "north", &Listed { content, answer_hours: Some(5), ..Listed::at(&[NANTES, RENNES]) });
        let page = app.nobody().get("/directory/north?lang=fr");
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("fr"));
        assert_eq!(page.h1(), "Northwind Handel");
        assert!(page.text().contains("Nous installons la messagerie."));
        assert!(page.text().contains("Répond généralement en moins de 5 heures"));
        assert!(!page.text().contains("leads@"), "where leads go is not public");
        let base = &app.base;
        assert_eq!(page.attribute("link[rel=canonical]", "href"), Some(format!("{base}/directory/north?lang=fr")));
        assert_eq!(page.attributes("link[rel=alternate]", "hreflang"), ["en", "fr", "x-default"]);
        assert_eq!(page.header("cache-control"), Some("public, max-age=60"));
        assert_eq!(page.header("set-cookie"), None, "a page that is kept is nobody's");
        assert!(!page.text().contains("_token"));
        let town = app.nobody().get("/directory/north/nantes?lang=en");
        assert_eq!((town.status, town.h1().as_str()), (200, "Northwind Handel, Nantes"));
        assert_eq!(town.attribute("[itemprop=addressLocality]", "itemprop").as_deref(), Some("addressLocality"));
        assert_eq!(town.attribute("a.btn--primary", "href").as_deref(), Some("/directory/contact?partner=north&location=nantes&lang=en"));
        assert_eq!(app.nobody().get("/directory/north/paris").status, 404);
        assert_eq!(app.nobody().get("/directory/nobody").status, 404);
        let own = app.nobody().get("/directory/north");
        assert_eq!(own.header("cache-control"), Some("private, no-cache"));
        assert_eq!(own.header("vary"), Some("accept-language, cookie"));
    }

    fn nothing_of_a_reader_is_in_a_public_page(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let member = app.signed_in("sales@north.test");
        for path in ["/directory?lang=en", "/directory/north?lang=en"] {
            assert_eq!(member.get(path).body, app.nobody().get(path).body, "{path}");
        }
    }

    fn search_engines_are_told_every_page_in_every_language(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES, RENNES]));
        assert!(app.nobody().get("/robots.txt").text().contains("/sitemap.xml"));
        let index = app.nobody().get("/sitemap.xml").text();
        assert!(index.contains(&format!("<loc>{}/sitemap/0</loc>", app.base)), "{index}");
        let map = app.nobody().get("/sitemap/0").text();
        assert_eq!(map.matches("<url>").count(), 8, "{map}");
        assert!(map.contains(&format!("<loc>{}/directory/north/rennes?lang=fr</loc>", app.base)), "{map}");
        assert!(map.contains(&format!("<loc>{}/directory?lang=fr</loc>", app.base)), "the directory itself: {map}");
        assert_eq!(app.nobody().get("/sitemap/-1").status, 404);
    }

    fn whoever_does_not_choose_is_led_to_the_form_that_finds_a_partner(app) {
        let links = |path: &str| app.nobody().get(path).attributes("a", "href").into_iter().filter(|href| href.starts_with("/directory/contact?lang") || href == "/directory/contact").collect::<Vec<_>>();
        assert_eq!(links("/directory"), ["/directory/contact", "/directory/contact"], "above, and where nobody is listed yet");
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        assert_eq!(links("/directory?lang=fr"), ["/directory/contact?lang=fr"]);
        assert_eq!(links("/directory?q=nobody+at+all"), ["/directory/contact", "/directory/contact"], "above, and where nobody matches");
        assert!(app.nobody().get("/sign-in").attributes("a", "href").contains(&"/directory".to_owned()));
    }

    fn card_and_page_say_what_kind_of_partner_it_is(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        assert!(app.nobody().get("/directory?lang=en").texts(".partner .muted").contains(&"Direct reseller".to_owned()));
        assert!(app.nobody().get("/directory/north?lang=fr").texts(".profile__side .tag").contains(&"Revendeur direct".to_owned()));
    }

    fn paging_neither_skips_nor_repeats_while_others_publish(app) {
        let countries = ["AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT"];
        for (score, country) in (40..).zip(countries) {
            world::listing(&app.app, "north", &Listed { country, score, ..Listed::at(&[NANTES]) });
        }
        for path in ["/directory?lang=en", "/directory?lang=en&q=deployment", "/directory?lang=en&near=Nantes", "/directory?lang=en&near=Nantes&q=northwind"] {
            let first = app.nobody().get(path);
            let shown = first.attributes(".partner h3 a", "href");
            assert_eq!(shown.len(), 20, "{path}");
            let country = if path.ends_with("en") { "RO" } else if path.ends_with("deployment") { "SE" } else if path.ends_with("Nantes") { "SI" } else { "SK" };
            world::listing(&app.app, "south", &Listed { country, score: 100, ..Listed::at(&[NANTES]) });
            let next = app.nobody().get(&first.attribute("a[rel=next]", "href").expect("a next page"));
            let more = next.attributes(".partner h3 a", "href");
            assert!(more.iter().all(|href| !shown.contains(href)), "{path}: {shown:?} {more:?}");
            let own = shown.iter().chain(&more).filter(|href| href.contains("north")).count();
            assert_eq!(own, 25, "{path}: {shown:?} {more:?}");
            let back = app.nobody().get(&next.attribute("a[rel=prev]", "href").expect("a previous page"));
            let again = back.attributes(".partner h3 a", "href");
            assert!(again.iter().all(|href| shown.contains(href) || href.contains("south")), "{path}: {again:?}");
            assert!(again.iter().all(|href| !more.contains(href)) && again.len() == 20, "{path}: {again:?}");
        }
    }

    // Both ways to a page have to agree, since a page more may match than before.
    fn few_matches_and_many_are_found_in_the_same_order(app) {
        let countries = ["AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB"];
        let towns = [NANTES, RENNES, LYON, ("Cholet", 47_059_000, -879_000)];
        for (i, country) in countries.into_iter().enumerate() {
            let one = world::listing(&app.app, "north", &Listed { country, score: (i as i64 * 37) % 100, ..Listed::at(&[towns[i % 4], towns[(i + 1 + i % 3) % 4]]) });
            change(app, one.partner, one.profile, |content| {
                if i % 2 == 0 { content.name = format!("Quartz {country}") } else { content.solutions = vec!["Quartz clocks".into()] }
            });
        }
        let questions = ["q=quartz", "q=deployment", "q=qu", "q=quartz+deployment", "near=Nantes", "near=Nantes&q=quartz", "near=Nantes&q=quartz&country=AT", "near=Ch%C3%A2teaubriant&product=mail", "product=mail", "country=AT", "q=nothing+here"];
        for question in questions {
            let state = State::read(question);
            let (hits, fewer, pages) = app.app.commands().read(|conn| {
                let asked = state.asked(&Terms::load(conn)?, &state.place());
                let hits = few::find(conn, &asked, 1_000)?.expect("few");
                // So low that around a place are too many, and the search index is asked.
                let fewer = few::find(conn, &asked, 2)?;
                let mut windows = vec![Window { from: None, backwards: false, limit: 100 }];
                let at = |backwards: bool| hits.iter().map(move |hit| Window { from: Some(hit.place), backwards, limit: 3 });
                windows.extend(at(false).chain(at(true)));
                let mut pages = Vec::new();
                for window in windows {
                    pages.push((window, many::page(conn, &asked, &window)?));
                }
                Ok((hits, fewer, pages))
            }).expect("read");
            assert!(fewer.map_or(hits.len() > 1, |fewer| fewer == hits), "{question}");
            assert_eq!(hits.is_empty(), question.contains("nothing"), "{question}");
            for (window, page) in pages {
                assert_eq!(few::page(&hits, &window), page, "{question} {window:?}");
            }
        }
    }

    fn a_page_takes_few_statements(app) {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        let visitor = app.nobody();
        for path in ["/directory", "/directory?q=deployment&near=Nantes", "/directory?product=mail", "/directory/north"] {
            visitor.get(path);
            let before = app.app.statements();
            visitor.get(path);
            let ran = app.app.statements() - before;
            assert!(ran <= 6, "{path}: {ran}");
        }
    }
}
