//! The customer list: search, filters, sorts, pages, views, tags, jobs and exports.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client, quote};
use crate::harness::world::{self, NewCustomer};
use crate::on_both;
use comptoir::clock::MINUTE;
use comptoir::domain::CustomerStatus;
use std::collections::BTreeSet;

const SALES: &str = "sales@north.test";

fn names(answer: &Answer) -> Vec<String> {
    answer.texts("tbody th a.cell-main")
}

fn fill(app: &TestApp, names: &[&str]) {
    for name in names {
        app.clock.advance(MINUTE);
        world::customer(&app.app, "north", &NewCustomer::named(name));
    }
}

fn list(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/p/north/customers{query}"));
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    names(&answer)
}

/// Every name over all pages, following *Next*.
fn walk(client: &Client, query: &str) -> Vec<String> {
    let (mut all, mut path) = (Vec::new(), format!("/p/north/customers{query}"));
    loop {
        let page = client.get(&path);
        all.extend(names(&page));
        match page.attribute("a[rel=next]", "href") {
            Some(next) => path = next,
            None => return all,
        }
    }
}

on_both! {
    fn the_list_shows_ones_own_customers_by_name_and_no_one_elses(app) {
        fill(app, &["Zeta", "Éclair SARL", "eclipse", "Ångström", "Alpha"]);
        world::customer(&app.app, "south", &NewCustomer::named("Secret of the south"));
        let client = app.signed_in(SALES);
        assert_eq!(list(&client, ""), ["Alpha", "Ångström", "Éclair SARL", "eclipse", "Zeta"]);
        assert_eq!(list(&client, "?sort=-name"), ["Zeta", "eclipse", "Éclair SARL", "Ångström", "Alpha"]);
        assert_eq!(list(&client, "?sort=-created"), ["Alpha", "Ångström", "eclipse", "Éclair SARL", "Zeta"]);
        assert_eq!(list(&client, "?sort=created"), ["Zeta", "Éclair SARL", "eclipse", "Ångström", "Alpha"]);
        assert!(client.get("/p/north/customers").h1().contains("· 5"));
    }

    fn search_finds_any_substring_without_case_or_accents_in_every_named_field(app) {
        let full = NewCustomer { alias: "the bakers", registration: "732829320", email: "marie@fournil.example", ..NewCustomer::named("Boulangerie Éclair") };
        let id = world::customer(&app.app, "north", &full);
        fill(app, &["Somebody else"]);
        let client = app.signed_in(SALES);
        for search in ["ECLAIR", "langerie", "éclair", "the bak", "2829", "@fourni", "dubois eclair", "bo", "b", "É", "NG", "ir", "ak", "ng ir", &id.to_string(), &id.to_string()[5..20]] {
            let found = list(&client, &format!("?q={}", quote(search)));
            assert!(found.iter().any(|name| name.starts_with("Boulangerie")), "{search}: {found:?}");
        }
        for search in ["nothing here", "eclair zzz", "%", "_", "\"", "* OR doc", "zz", "ee", "z"] {
            assert_eq!(list(&client, &format!("?q={}", quote(search))), Vec::<String>::new(), "{search}");
        }
    }

    fn a_search_never_finds_anothers_customers(app) {
        world::customer(&app.app, "south", &NewCustomer::named("Canary of the south"));
        let client = app.signed_in(SALES);
        let page = client.get("/p/north/customers?q=canary");
        assert_eq!(names(&page), Vec::<String>::new());
        assert_eq!(page.texts("#list h2"), ["Nothing matches"]);
    }

    fn values_of_one_filter_add_up_and_filters_narrow_each_other(app) {
        for (name, country) in [("A", "FR"), ("B", "DE"), ("C", "IT")] {
            world::customer(&app.app, "north", &NewCustomer { country, ..NewCustomer::named(name) });
        }
        world::customer(&app.app, "north", &NewCustomer { status: CustomerStatus::Ended, ..NewCustomer::named("Ended") });
        world::customer(&app.app, "north", &NewCustomer { status: CustomerStatus::Pending, ..NewCustomer::named("Pending") });
        let client = app.signed_in(SALES);
        assert_eq!(list(&client, ""), ["A", "B", "C", "Pending"], "ended ones are hidden");
        assert_eq!(list(&client, "?country=FR&country=DE"), ["A", "B", "Pending"]);
        assert_eq!(list(&client, "?country=FR&country=DE&status=active"), ["A", "B"]);
        assert_eq!(list(&client, "?status=ended"), ["Ended"]);
        assert_eq!(list(&client, "?status=ended&status=pending&sort=-created"), ["Pending", "Ended"]);
        assert_eq!(list(&client, "?agreement=accepted"), Vec::<String>::new());
        assert_eq!(list(&client, "?source=added&owner=none&relationship=direct&country=IT"), ["C"]);
        assert_eq!(list(&client, "?country=FR&q=a&sort=-activity"), ["A"]);
    }

    fn paging_never_skips_or_repeats_while_others_insert(app) {
        let all: Vec<String> = (0..60).map(|n| format!("Company {n:03}")).collect();
        fill(app, &all.iter().map(String::as_str).collect::<Vec<_>>());
        let client = app.signed_in(SALES);
        for query in ["?size=25", "?size=25&sort=-name", "?size=25&sort=created", "?size=25&q=company", "?size=25&q=company&sort=-created", "?size=25&country=FR&sort=-name"] {
            let (mut seen, mut path, mut page_number) = (Vec::new(), format!("/p/north/customers{query}"), 0);
            loop {
                let page = client.get(&path);
                seen.extend(names(&page));
                page_number += 1;
                // Before, between and after the rows already seen.
                for name in ["AAA company new", "Company 030 company new", "Zzz company new"] {
                    world::customer(&app.app, "north", &NewCustomer::named(&format!("{name} {page_number} {query}")));
                }
                match page.attribute("a[rel=next]", "href") {
                    Some(next) => path = next,
                    None => break,
                }
            }
            let old: Vec<_> = seen.iter().filter(|name| !name.contains("new")).collect();
            assert_eq!(old.len(), 60, "{query}");
            assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "{query}: none twice");
        }
    }

    fn going_back_shows_the_page_one_came_from(app) {
        let all: Vec<String> = (0..80).map(|n| format!("Company {n:03}")).collect();
        fill(app, &all.iter().map(String::as_str).collect::<Vec<_>>());
        let client = app.signed_in(SALES);
        for query in ["?size=25", "?size=25&sort=-created", "?size=25&q=company"] {
            let first = client.get(&format!("/p/north/customers{query}"));
            let second = client.get(&first.attribute("a[rel=next]", "href").expect("a second page"));
            let third = client.get(&second.attribute("a[rel=next]", "href").expect("a third page"));
            let back = client.get(&third.attribute("a[rel=prev]", "href").expect("a way back"));
            assert_eq!(names(&back), names(&second), "{query}");
            let back = client.get(&back.attribute("a[rel=prev]", "href").expect("a way back"));
            assert_eq!(names(&back), names(&first), "{query}");
            assert_eq!(back.attribute("a[rel=prev]", "href"), None, "{query}: the first page has none before it");
        }
    }

    fn names_come_in_any_number_at_one_place_and_stay_in_order(app) {
        let client = app.signed_in(SALES);
        world::customer(&app.app, "north", &NewCustomer::named("Same A"));
        world::customer(&app.app, "north", &NewCustomer::named("Same Z"));
        // Each comes just before the one before: the worst case for positions in the index.
        let partner = world::partner_id(&app.app, "north");
        app.app.commands().write_as(partner, |scope, conn| {
            for n in (0..150).rev() {
                world::insert(scope, conn, &NewCustomer::named(&format!("Same B{n:04}")))?;
            }
            Ok(())
        }).expect("150 customers");
        let plain = walk(&client, "?size=200");
        let searched = walk(&client, "?size=25&q=same");
        assert_eq!(plain.len(), 152);
        assert_eq!(plain, searched, "the search index keeps the order of names");
    }

    fn counting_stops_at_a_thousand_and_goes_on_when_asked(app) {
        let partner = world::partner_id(&app.app, "north");
        app.app.commands().write_as(partner, |scope, conn| {
            for n in 0..1_010 {
                world::insert(scope, conn, &NewCustomer::named(&format!("Many {n}")))?;
            }
            Ok(())
        }).expect("many customers");
        let client = app.signed_in(SALES);
        let whole = client.get("/p/north/customers?size=25");
        assert!(whole.h1().ends_with(&comptoir::i18n::Lang::En.number(world::listed(&app.app, "north"))), "the list knows its size: {}", whole.h1());
        let page = client.get("/p/north/customers?q=many");
        assert!(page.h1().ends_with("1,000+"), "{}", page.h1());
        let exact = client.get(&page.attribute("a.total-link", "href").expect("a link that counts"));
        assert!(exact.h1().ends_with("1,010"), "{}", exact.h1());
    }

    fn a_page_takes_at_most_six_statements_and_sixty_kilobytes(app) {
        let partner = world::partner_id(&app.app, "north");
        app.app.commands().write_as(partner, |scope, conn| {
            for n in 0..120 {
                world::insert(scope, conn, &NewCustomer { alias: "an alias", ..NewCustomer::named(&format!("Company with a usual name {n}")) })?;
            }
            Ok(())
        }).expect("customers");
        let client = app.signed_in(SALES);
        client.get("/p/north/customers");
        let columns = "columns=company,relationship,status,owner,tags,agreement,activity,created,country,source,registration,contact";
        let detailed = format!("?size=25&q=usual&{columns}");
        for query in [
            "?size=50", "?size=50&q=usual", "?size=50&q=us", "?size=50&country=FR", "?size=50&q=usual&country=FR&status=active",
            "?size=50&sort=-created", "?size=50&q=usual&sort=-activity", "?size=50&owner=none&relationship=direct&agreement=missing&source=added",
            &format!("?size=25&{columns}"), &detailed,
        ] {
            let page = client.get(&format!("/p/north/customers{query}"));
            let path = page.attribute("a[rel=next]", "href").expect("a second page");
            for path in [format!("/p/north/customers{query}"), path] {
                let before = app.app.statements();
                let page = client.get(&path);
                let ran = app.app.statements() - before;
                assert!(ran <= 6, "{path}: {ran} statements");
                assert!(page.body.len() < 60_000, "{path}: {} bytes", page.body.len());
            }
        }
        let customer = client.get("/p/north/customers").attribute("tbody th a.cell-main", "href").expect("a customer");
        client.get(&customer);
        let before = app.app.statements();
        assert_eq!(client.get(&customer).status, 200);
        let ran = app.app.statements() - before;
        assert!(ran <= 6, "{customer}: {ran} statements");
    }

    fn a_file_is_the_view_it_was_made_from(app) {
        fill(app, &["Alpha", "=HYPERLINK(\"http://evil\")", "Beta, the \"second\""]);
        world::customer(&app.app, "north", &NewCustomer { status: CustomerStatus::Ended, ..NewCustomer::named("Ended") });
        world::customer(&app.app, "south", &NewCustomer::named("Secret of the south"));
        let client = app.signed_in(SALES);
        let rows = |path: &str| -> Vec<Vec<String>> {
            let answer = client.get(path);
            assert_eq!(answer.status, 200, "{path}");
            let text = answer.text();
            csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
        };
        let whole = rows("/p/north/customers.csv");
        assert_eq!(whole[0][..5], ["Microsoft ID", "Company name", "Primary domain name", "Relationship", "Tags"]);
        assert_eq!(whole[1..].iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["'=HYPERLINK(\"http://evil\")", "Alpha", "Beta, the \"second\""]);
        assert_eq!(rows("/p/north/customers.csv?q=alpha&sort=-name").len(), 2);
        assert_eq!(rows("/p/north/customers.csv?q=alpha&scope=everything").len(), 5, "ended ones too");
        assert_eq!(rows("/p/north/customers.csv?columns=company,country")[0][5..], ["Country", "Alias"]);
        assert_eq!(rows("/p/north/customers.csv?which=all")[0].len(), 16);
        let json: serde_json::Value = serde_json::from_slice(&client.get("/p/north/customers.json?q=beta").body).expect("JSON");
        assert_eq!(json["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(json["items"][0]["company_name"], "Beta, the \"second\"");
        let xlsx = client.get("/p/north/customers.xlsx");
        assert_eq!(&xlsx.body[..2], b"PK");
        let bom = client.get("/p/north/customers.csv?bom=1&separator=semicolon");
        assert!(bom.body.starts_with("\u{feff}Microsoft ID;Company name".as_bytes()));
        assert_eq!(app.signed_in("helpdesk@north.test").get("/p/north/customers.csv").status, 403);
    }

    fn tags_are_put_on_ticked_customers_and_on_all_that_match(app) {
        fill(app, &["Alpha one", "Alpha two", "Beta"]);
        let client = app.signed_in(SALES);
        let made = client.post("/p/north/tags", &[("name", "Key account"), ("colour", "3")]);
        assert_eq!(made.status, 303, "{}", made.text());
        assert_eq!(client.post("/p/north/tags", &[("name", "KEY  account"), ("colour", "3")]).status, 422, "the same name");
        let page = client.get("/p/north/tags");
        let tag = page.attribute("tbody a.tag", "href").and_then(|href| href.split("tag=").nth(1).map(str::to_owned)).expect("its id");
        let id = client.get("/p/north/customers").attributes("tbody input[name=id]", "value")[0].clone();
        let choice = client.post("/p/north/customers/bulk", &[("id", &id), ("view", ""), ("act", "tag")]);
        assert_eq!(choice.status, 200, "{}", choice.text());
        let run = client.post("/p/north/customers/bulk/run", &[("id", &id), ("view", ""), ("act", "add-tag"), ("tag", &tag)]);
        assert_eq!(run.status, 303);
        app.run_jobs();
        assert!(client.get(run.location()).text().contains("One customer was processed."));
        assert_eq!(list(&client, &format!("?tag={tag}")), ["Alpha one"]);
        let run = client.post("/p/north/customers/bulk/run", &[("all", "yes"), ("view", "?q=alpha"), ("act", "add-tag"), ("tag", &tag)]);
        app.run_jobs();
        assert!(client.get(run.location()).text().contains("2 customers were processed."));
        assert_eq!(list(&client, &format!("?tag={tag}")), ["Alpha one", "Alpha two"]);
        let gone = client.post(&format!("/p/north/tags/{tag}/remove"), &[]);
        app.run_jobs();
        assert!(client.get(gone.location()).text().contains("2 customers"));
        assert_eq!(list(&client, &format!("?tag={tag}")), Vec::<String>::new());
        assert_eq!(app.app.commands().read_as(world::partner_id(&app.app, "north"), comptoir::access::audit::verify).expect("a chain"), comptoir::access::audit::Verified::Holds(6));
    }

    fn owners_are_assigned_and_filtered(app) {
        fill(app, &["Alpha", "Beta"]);
        let client = app.signed_in(SALES);
        let id = client.get("/p/north/customers").attributes("tbody input[name=id]", "value")[0].clone();
        let choice = client.post("/p/north/customers/bulk", &[("id", &id), ("view", ""), ("act", "owner")]);
        let owner = choice.attributes("select[name=owner] option", "value").pop().expect("a colleague");
        client.post("/p/north/customers/bulk/run", &[("id", &id), ("view", ""), ("act", "set-owner"), ("owner", &owner)]);
        app.run_jobs();
        assert_eq!(list(&client, &format!("?owner={owner}")), ["Alpha"]);
        assert_eq!(list(&client, "?owner=none"), ["Beta"]);
    }

    fn a_view_is_saved_shared_and_removed_by_its_maker(app) {
        fill(app, &["Alpha"]);
        let (client, colleague) = (app.signed_in(SALES), app.signed_in("agent@north.test"));
        client.post("/p/north/customers/views", &[("name", "French ones"), ("view", "?country=FR&sort=-created"), ("shared", "1")]);
        client.post("/p/north/customers/views", &[("name", "My own"), ("view", "?country=DE")]);
        let tabs = |who: &Client| who.get("/p/north/customers").texts("nav.tabs a");
        assert!(tabs(&client).contains(&"My own".to_owned()) && tabs(&client).contains(&"French ones".to_owned()));
        assert!(tabs(&colleague).contains(&"French ones".to_owned()) && !tabs(&colleague).contains(&"My own".to_owned()));
        assert!(!app.signed_in("sales@south.test").get("/p/south/customers").text().contains("French ones"));
        let remove = "form[action$='/remove']";
        let shared = "/p/north/customers?country=FR&sort=-created";
        assert_eq!(colleague.get(shared).attribute(remove, "action"), None, "a shared view is its maker's to remove");
        let action = client.get(shared).attribute(remove, "action").expect("a way to remove the view");
        assert_eq!(colleague.post(&action, &[]).status, 404);
        assert_eq!(client.post(&action, &[]).status, 303);
        assert!(!tabs(&colleague).contains(&"French ones".to_owned()));
    }

    fn the_agreement_of_a_customer_is_recorded_on_its_page_by_who_may(app) {
        let id = world::customer(&app.app, "north", &NewCustomer::named("Alpha"));
        let (client, page) = (app.signed_in(SALES), format!("/p/north/customers/{id}"));
        assert_eq!(app.signed_in("helpdesk@north.test").get(&format!("{page}/agreement")).status, 403);
        let path = client.get(&format!("{page}/account")).attribute("#agreement a.card__edit", "href").expect("a link");
        let whole = [("agreed_on", "2026-11-02"), ("first_name", "Ada"), ("last_name", "Byron"), ("email", "ada@alpha.example"), ("phone", "")];
        let wrong = client.post(&path, &[("agreed_on", "2999-01-01"), whole[1], whole[2], whole[3], whole[4]]);
        assert_eq!((wrong.status, wrong.errors().len()), (422, 1), "not in the future");
        assert_eq!(wrong.attribute("#f-first_name, [name=first_name]", "value").as_deref(), Some("Ada"), "what was typed is kept");
        assert_eq!(client.post(&path, &whole).status, 303);
        let shown = client.get(&format!("{page}/account")).text();
        assert!(shown.contains("Ada Byron") && shown.contains("ada@alpha.example"), "{shown}");
        assert_eq!(list(&client, "?agreement=accepted"), ["Alpha"], "the list's filter knows it");
        assert!(app.signed_in("agent@north.test").get(&format!("{page}/activity")).text().contains("accepted the agreement"));
    }

    fn columns_and_page_size_are_remembered(app) {
        fill(app, &["Alpha"]);
        let client = app.signed_in(SALES);
        client.post("/p/north/customers/display", &[("columns", "country"), ("columns", "contact"), ("size", "100"), ("compact", "1"), ("view", "?q=alpha&size=25")]);
        let page = client.get("/p/north/customers");
        assert_eq!(page.texts("thead th")[1..], ["Company", "Country", "Contact"]);
        assert_eq!(page.attribute("#size option[selected]", "value").as_deref(), Some("100"));
        assert_eq!(client.get("/p/north/customers?columns=status&size=25").texts("thead th")[1..], ["Company", "Status"], "the address wins");
    }

    fn what_a_role_may_not_do_is_refused_with_the_reason(app) {
        let billing = app.signed_in("billing@north.test").get("/p/north/customers");
        assert_eq!(billing.status, 403);
        assert!(billing.text().contains("Sales agent"), "it names who could");
        assert_eq!(app.signed_in("sales@south.test").get("/p/north/customers").status, 404);
        assert_eq!(app.signed_in(SALES).get("/p/nowhere/customers").status, 404);
    }
}
