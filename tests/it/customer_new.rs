//! Adding a customer: the wizard from the first step to the link, its drafts, duplicates and
//! refusals.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, NewCustomer};
use crate::on_both;

const SALES: &str = "sales@north.test";
const NEW: &str = "/p/north/customers/new";

/// The account step of an Irish company, with some fields otherwise.
fn account<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("action", "save"),
        ("rules", "IE"),
        ("country", "IE"),
        ("company_name", "Contoso Trading"),
        ("domain", "contoso"),
        ("address1", "1 Main Street"),
        ("city", "Dublin"),
    ];
    usual.into_iter().filter(|(name, _)| other.iter().all(|(changed, _)| changed != name)).chain(other.iter().copied()).collect()
}

const CONTACT: &[(&str, &str)] =
    &[("first_name", "Anna"), ("last_name", "Brun"), ("email", "anna@contoso.test"), ("language", "en"), ("action", "save")];

/// Posts a step and follows the way out; the answer is the next page's address.
fn go(client: &Client, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = client.post(path, fields);
    assert_eq!(answer.status, 303, "{path}: {:?} {:?}", answer.errors(), answer.h1());
    answer.location().to_owned()
}

/// Goes through the steps to the review; its address.
fn to_review(client: &Client, new: &str, fields: &[(&str, &str)]) -> String {
    let contact = go(client, new, fields);
    let agreement = go(client, &contact, CONTACT);
    go(client, &agreement, &[("accepted", "later"), ("action", "save")])
}

fn create(client: &Client, review: &str) -> Answer {
    let page = client.get(review);
    assert_eq!(page.status, 200, "{review}");
    let version = page.attribute("input[name=version]", "value").expect("a version");
    let key = page.attribute("form[action$=review] input[name=_key]", "value").expect("a key");
    client.post(review, &[("version", &version), ("_key", &key), ("action", "save")])
}

fn count(app: &TestApp, slug: &str) -> usize {
    let page = app.signed_in(&format!("agent@{slug}.test")).get(&format!("/p/{slug}/customers"));
    page.texts("tbody th a.cell-main").len()
}

on_both! {
    fn the_whole_way_makes_one_customer_and_shows_its_link_once(app) {
        let client = app.signed_in(SALES);
        let first = client.get(NEW);
        assert_eq!((first.status, first.attribute("#f-country option[selected]", "value").as_deref()), (200, Some("FR")));
        let contact = go(&client, NEW, &account(&[]));
        assert!(contact.ends_with("/contact"), "{contact}");
        assert_eq!(client.get(&contact.replace("/contact", "/review")).location(), contact, "a step whose turn has not come");
        let agreement = go(&client, &contact, CONTACT);
        let prefilled = client.get(&agreement);
        assert_eq!(prefilled.attribute("#f-first_name", "value").as_deref(), Some("Anna"));
        let attested = [("accepted", "yes"), ("agreed_on", "2026-11-01"), ("first_name", "Anna"), ("last_name", "Brun"), ("email", "anna@contoso.test")];
        let review = go(&client, &agreement, &attested);
        let page = client.get(&review);
        assert!(page.text().contains("contoso.comptoir.example") && page.text().contains("Anna Brun"), "{}", page.text());
        let version = page.attribute("input[name=version]", "value").unwrap();
        let key = page.attribute("form[action$=review] input[name=_key]", "value").unwrap();
        let submit = [("version", version.as_str()), ("_key", key.as_str())];
        let welcome = go(&client, &review, &submit);
        assert!(welcome.ends_with("/welcome"), "{welcome}");
        assert_eq!(go(&client, &review, &submit), welcome, "a second submit leads to the same customer");
        assert_eq!(client.get(&review).location(), welcome, "and so does the draft");
        assert_eq!(count(app, "north"), 1);
        let done = client.get(&welcome);
        assert_eq!(done.status, 200);
        assert!(done.texts(".secret__value").is_empty(), "a GET shows no link");
        let shown = client.post(&welcome, &[]);
        let link = shown.texts(".secret__value").pop().expect("the link");
        assert!(link.starts_with(&format!("{}/set-password/", app.base)), "{link}");
        let again = client.post(&welcome, &[]);
        assert!(again.status == 200 && again.texts(".secret__value").is_empty() && !again.text().contains("set-password/"));
        let set = app.nobody();
        let path = link.strip_prefix(&app.base).unwrap();
        assert!(set.get(path).text().contains("admin@contoso.comptoir.example"));
        let colleague = app.signed_in("agent@north.test");
        assert_eq!(colleague.get(&welcome).status, 404, "only who added the customer gets its link");
        assert_eq!(colleague.post(&welcome, &[]).status, 404);
        let log = colleague.get("/p/north/audit").text();
        assert!(log.contains("Contoso Trading") && log.contains("1\u{a0}Nov\u{a0}2026"));
    }

    fn mistakes_come_all_at_once_with_the_values_kept(app) {
        let client = app.signed_in(SALES);
        let answer = client.post(NEW, &[("country", "BR"), ("company_name", "LLC"), ("domain", "-x")]);
        assert_eq!(answer.status, 422);
        assert_eq!(answer.errors().len(), 8, "{:?}", answer.errors());
        assert_eq!(answer.attribute("#f-company_name", "value").as_deref(), Some("LLC"));
        for href in answer.attributes(".error-summary a", "href") {
            assert!(answer.attribute(&href, "id").is_some(), "{href} is on the page");
        }
        assert!(answer.text().contains("CNPJ"));
        let other = client.post(NEW, &account(&[("action", "country"), ("rules", "IE"), ("country", "US"), ("state", "CA")]));
        assert_eq!((other.status, other.errors().len()), (200, 0));
        assert_eq!(other.attribute("#f-company_name", "value").as_deref(), Some("Contoso Trading"));
        assert!(other.text().contains("EIN") && other.attribute("#f-state option[selected]", "value").as_deref() != Some("CA"));
    }

    fn a_draft_is_kept_resumed_and_discarded_by_its_author_alone(app) {
        let client = app.signed_in(SALES);
        assert_eq!(go(&client, NEW, &[("country", "IE"), ("company_name", "LLC"), ("action", "later")]), "/p/north/customers");
        let drafts = client.get("/p/north/customers/drafts");
        let resume = drafts.attribute("tbody th a", "href").expect("a draft");
        let page = client.visit(&resume);
        assert_eq!(page.attribute("#f-company_name", "value").as_deref(), Some("LLC"));
        let account_step = resume.replace("/review", "/account");
        for other in ["agent@north.test", "agent@south.test"] {
            let other = app.signed_in(other);
            assert_eq!(other.get(&account_step).status, 404);
            assert_eq!(other.post(&resume.replace("/review", "/discard"), &[]).status, 404);
        }
        assert_eq!(go(&client, &resume.replace("/review", "/discard"), &[]), "/p/north/customers/drafts");
        assert_eq!(client.get(&account_step).status, 404);
    }

    fn a_taken_domain_is_told_while_typing_at_the_step_and_when_another_was_faster(app) {
        let (client, rival) = (app.signed_in(SALES), app.signed_in("agent@south.test"));
        let free = client.get(&format!("{NEW}/check?value=Contoso")).text();
        assert!(free.contains("\"free\"") && free.contains("contoso.comptoir.example"), "{free}");
        assert!(client.get(&format!("{NEW}/check?value=a%20b")).text().contains("\"invalid\""));
        let mine = to_review(&client, NEW, &account(&[]));
        let theirs = to_review(&rival, "/p/south/customers/new", &account(&[]));
        let before = client.get(&mine);
        assert_eq!(create(&rival, &theirs).status, 303);
        assert!(client.get(&format!("{NEW}/check?value=contoso")).text().contains("\"taken\""));
        let version = before.attribute("input[name=version]", "value").unwrap();
        let late = client.post(&mine, &[("version", &version), ("_key", "k1")]);
        assert_eq!(late.status, 422);
        assert_eq!(late.attributes(".error-summary a", "href"), ["#f-domain"]);
        assert!(late.text().contains("already known") && !late.text().to_lowercase().contains("southridge"));
        assert_eq!(count(app, "north"), 0);
        assert_eq!(client.post(NEW, &account(&[])).status, 422);
        // Another cloud has domains of its own.
        let federal = app.signed_in("agent@federal.test");
        assert!(federal.get("/p/federal/customers/new/check?value=contoso").text().contains("\"free\""));
    }

    fn a_similar_customer_must_be_told_apart_and_the_same_number_explained(app) {
        world::customer(&app.app, "north", &NewCustomer { registration: "123456782", ..NewCustomer::named("Contoso Trading SARL") });
        world::customer(&app.app, "south", &NewCustomer { registration: "732829320", ..NewCustomer::named("Southern Secret") });
        let client = app.signed_in(SALES);
        let similar = client.post(NEW, &account(&[("company_name", "Contoso Traiding")]));
        assert_eq!((similar.status, similar.attributes(".error-summary a", "href")), (422, vec!["#f-distinct".to_owned()]));
        assert!(similar.texts(".dupes__item .cell-main").contains(&"Contoso Trading SARL".to_owned()));
        let french: Vec<_> = account(&[("rules", "FR"), ("country", "FR"), ("company_name", "Fabrikam"), ("postal_code", "44000"), ("city", "Nantes"), ("registration_number", "123 456 782")]);
        let same = client.post(NEW, &french);
        assert_eq!(same.attributes(".error-summary a", "href"), ["#f-distinct", "#f-distinct_reason"]);
        let seen = same.attribute("input[name=distinct_seen]", "value").expect("what was shown");
        let told: Vec<_> = french.iter().copied().chain([("distinct", "yes"), ("distinct_reason", "a branch"), ("distinct_seen", seen.as_str())]).collect();
        let review = to_review(&client, NEW, &told);
        assert!(client.get(&review).attribute("#f-distinct", "checked").is_some(), "the review shows them once more");
        assert_eq!(create(&client, &review).status, 303);
        let log = app.signed_in("agent@north.test").get("/p/north/audit").text();
        assert!(log.contains("a branch") && log.contains("Contoso Trading SARL"));
        // Another tenant's customer: that it is known, and nothing more.
        let foreign: Vec<_> = french.iter().map(|&(name, value)| match name {
            "registration_number" => (name, "732 829 320"),
            "domain" => (name, "tailspin"),
            "company_name" => (name, "Tailspin"),
            "postal_code" => (name, "x"),
            _ => (name, value),
        }).collect();
        let page = client.post(NEW, &foreign);
        assert!(page.text().contains("already known") && !page.text().contains("Southern Secret"));
        assert_eq!(page.attributes(".error-summary a", "href"), ["#f-postal_code"]);
    }

    fn who_may_add_but_not_see_learns_no_names(app) {
        world::customer(&app.app, "north", &NewCustomer::named("Contoso Trading SARL"));
        let client = app.signed_in("usermgmt@north.test");
        let page = client.post(NEW, &account(&[("company_name", "Contoso Traiding")]));
        assert_eq!(page.status, 422);
        assert!(!page.text().contains("Contoso Trading SARL") && page.texts(".dupes__item a").is_empty());
    }

    fn a_provider_sells_through_its_reseller_who_gets_the_customer_too(app) {
        let client = app.signed_in("agent@provider.test");
        let new = "/p/provider/customers/new";
        let chosen = client.get(&format!("{new}?reseller=reseller"));
        assert_eq!(chosen.attribute("input[name=reseller][checked]", "value").as_deref(), Some("reseller"));
        let none = client.post(new, &account(&[]));
        assert_eq!(none.attributes(".error-summary a", "href"), ["#f-reseller"]);
        assert_eq!(client.post(new, &account(&[("reseller", "north")])).status, 422);
        let found = client.post(new, &account(&[("action", "resellers"), ("reseller_search", "petit rev")]));
        assert!(found.status == 200 && found.text().contains("Petit Revendeur"));
        let nobody = client.post(new, &account(&[("action", "resellers"), ("reseller_search", "zzz")]));
        assert!(!nobody.text().contains("Petit Revendeur"));
        let review = to_review(&client, new, &account(&[("reseller", "reseller")]));
        assert!(client.get(&review).text().contains("Petit Revendeur"));
        assert_eq!(create(&client, &review).status, 303);
        assert_eq!((count(app, "provider"), count(app, "reseller")), (1, 1));
    }

    fn an_indirect_reseller_is_told_whom_to_ask_and_others_which_role_it_takes(app) {
        let reseller = app.signed_in("agent@reseller.test");
        let page = reseller.get("/p/reseller/customers/new");
        assert_eq!(page.status, 403);
        assert!(page.text().contains("Grand Comptoir Distribution") && page.texts("form[action*=customers]").is_empty());
        assert_eq!(reseller.post("/p/reseller/customers/new", &account(&[])).status, 403);
        let billing = app.signed_in("billing@north.test");
        let page = billing.get(NEW);
        assert!(page.status == 403 && page.text().contains("Sales agent"));
    }

    fn a_form_given_back_after_signing_in_is_shown_and_not_acted_upon(app) {
        let client = app.signed_in(SALES);
        let answer = client.post(NEW, &account(&[("_review", "1"), ("company_name", "LLC")]));
        assert_eq!((answer.status, answer.errors().len()), (200, 0));
        assert_eq!(answer.attribute("#f-company_name", "value").as_deref(), Some("LLC"));
        assert!(client.get("/p/north/customers/drafts").texts("tbody tr").is_empty());
    }

    fn of_many_submits_at_once_one_creates(app) {
        let browsers: Vec<Client> = (0..4).map(|_| app.signed_in(SALES)).collect();
        let drafts: Vec<String> = browsers.iter().map(|browser| to_review(browser, NEW, &account(&[]))).collect();
        let answers = at_once(browsers, &drafts, create);
        let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 303);
        assert_eq!((made.len(), count(app, "north")), (1, 1));
        assert!(refused.iter().all(|answer| answer.status == 422 && answer.attributes(".error-summary a", "href").contains(&"#f-domain".to_owned())));

        // The same draft from many windows, each with a key of its own.
        let browsers: Vec<Client> = (0..4).map(|_| app.signed_in(SALES)).collect();
        let draft = to_review(&browsers[0], NEW, &account(&[("domain", "tailspin"), ("company_name", "Tailspin Toys")]));
        let answers = at_once(browsers, &[(); 4].map(|()| draft.clone()), |browser, draft| {
            browser.post(draft, &[("_key", &comptoir::config::random_hex(8)), ("action", "save")])
        });
        let welcome = answers[0].location().to_owned();
        let statuses: Vec<_> = answers.iter().map(|answer| (answer.status, answer.location().to_owned())).collect();
        assert!(welcome.ends_with("/welcome") && answers.iter().all(|answer| answer.location() == welcome), "{statuses:?}");
        assert_eq!(count(app, "north"), 2);

        let browsers: Vec<Client> = (0..4).map(|_| app.signed_in(SALES)).collect();
        let shown = at_once(browsers, &[(); 4].map(|()| welcome.clone()), |browser, welcome| browser.post(welcome, &[]));
        assert_eq!(shown.iter().filter(|answer| !answer.texts(".secret__value").is_empty()).count(), 1);
    }
}

/// Does the same in all browsers at the same time.
fn at_once(browsers: Vec<Client>, paths: &[String], act: fn(&Client, &str) -> Answer) -> Vec<Answer> {
    let gate = std::sync::Barrier::new(browsers.len());
    std::thread::scope(|scope| {
        let gate = &gate;
        let running: Vec<_> = browsers
            .into_iter()
            .zip(paths)
            .map(|(browser, path)| {
                scope.spawn(move || {
                    gate.wait();
                    act(&browser, path)
                })
            })
            .collect();
        running.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}
