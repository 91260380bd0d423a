//! A provider's customers go from one of its resellers to another: who sees what, before and after.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, NewCustomer};
use crate::on_both;
use crate::partnerships::{account, letters};
use comptoir::access::Scope;
use comptoir::clock::DAY;
use comptoir::db::Conn;
use comptoir::db::ids::{CustomerId, NoteId, PartnerId};
use comptoir::db::schema::*;
use comptoir::domain::relationship::ending::Reason;
use comptoir::domain::{AccountType, Cloud, CustomerStatus, Source};
use comptoir::error::Result;
use comptoir::features::customers::create::{self, Company, Origin, Person};
use comptoir::features::customers::{index, model};
use comptoir::features::ending;
use diesel::prelude::*;

/// What the old reseller alone knows.
const SECRET: &str = "petrichor";

fn id(app: &TestApp, slug: &str) -> PartnerId {
    world::partner_id(&app.app, slug)
}

fn partners(app: &TestApp, provider: &str, reseller: &str) {
    let now = app.clock.now();
    app.app
        .commands()
        .write(|conn| {
            diesel::insert_into(partnership::table)
                .values((
                    partnership::provider_id.eq(world::partner(conn, provider)?),
                    partnership::reseller_id.eq(world::partner(conn, reseller)?),
                    partnership::cloud.eq(Cloud::Worldwide),
                    partnership::status.eq("active"),
                    partnership::created_at.eq(now),
                ))
                .execute(conn)?;
            Ok(())
        })
        .expect("partners");
}

/// The provider's world: `reseller` and `fresh` sell for it.
fn two_resellers(app: &TestApp) {
    account(app, "fresh", AccountType::IndirectReseller, Cloud::Worldwide);
    partners(app, "provider", "fresh");
}

/// Somebody's account of the same organisation.
fn theirs(scope: &Scope, conn: &mut Conn, of: &model::Customer, counterpart: Option<PartnerId>) -> Result<CustomerId> {
    let company = Company { name: of.company_name.clone(), domain: of.domain.clone(), country: of.country.clone(), ..Company::default() };
    let person = Person {
        first: "Claire".into(),
        last: "Dubois".into(),
        email: of.contact_email.clone(),
        language: "fr".into(),
        ..Person::default()
    };
    let origin = Origin { source: Source::Added, owner: None, counterpart, agreed_on: None };
    Ok(create::account(scope, conn, of.organisation_id, &company, &person, &origin)?.0)
}

/// A customer that the provider and its first reseller have in common: the account of each.
fn shared(app: &TestApp, name: &str) -> (CustomerId, CustomerId) {
    let (provider, reseller) = (id(app, "provider"), id(app, "reseller"));
    app.app
        .commands()
        .write_as(provider, |scope, conn| {
            let own = world::insert(scope, conn, &NewCustomer::named(name))?;
            diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(own)))
                .set(customer_account::counterpart_id.eq(Some(reseller)))
                .execute(conn)?;
            index::refresh(scope, conn, own)?;
            let row = model::find(scope, conn, own)?;
            let other = scope.for_reseller(conn, reseller, |scope, conn| theirs(scope, conn, &row, Some(provider)))?;
            Ok((own, other))
        })
        .expect("a customer in common")
}

fn of(app: &TestApp, slug: &str, organisation_of: CustomerId) -> Option<model::Customer> {
    let provider = id(app, "provider");
    let organisation = app.app.commands().read_as(provider, |scope, conn| Ok(model::find(scope, conn, organisation_of)?.organisation_id));
    let organisation = organisation.expect("its organisation");
    app.app
        .commands()
        .read_as(id(app, slug), |scope, conn| {
            let row = scope.all(customer_account::table).filter(customer_account::organisation_id.eq(organisation));
            let found: Option<CustomerId> = row.select(customer_account::id).first(conn).optional()?;
            Ok(found.map(|id| model::find(scope, conn, id)).transpose()?)
        })
        .expect("an account or none")
}

fn path(app: &TestApp) -> String {
    format!("/p/provider/resellers/{}/transfer", id(app, "reseller"))
}

/// Reviews and runs a transfer to `fresh`; the result's page.
fn transfers(app: &TestApp, client: &Client, ids: &[CustomerId]) -> Answer {
    let to = id(app, "fresh").to_string();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    fields.extend([("to", to.as_str()), ("step", "run")]);
    let started = client.post(&path(app), &fields);
    assert_eq!(started.status, 303, "{}", started.text());
    app.run_jobs();
    client.get(started.location())
}

fn told(app: &TestApp, kind: &str) -> Vec<String> {
    let mut told: Vec<String> = letters(app).into_iter().filter(|(_, letter)| letter == kind).map(|(to, _)| to).collect();
    told.sort_unstable();
    told
}

fn note(app: &TestApp, slug: &str, customer: CustomerId) {
    let partner = id(app, slug);
    app.app
        .commands()
        .write_as(partner, |scope, conn| {
            let author: comptoir::db::ids::UserId =
                membership::table.filter(membership::partner_id.eq(partner)).select(membership::user_id).first(conn)?;
            diesel::insert_into(customer_note::table)
                .values((
                    customer_note::partner_id.eq(partner),
                    customer_note::id.eq(NoteId::new()),
                    customer_note::customer_id.eq(customer),
                    customer_note::author_id.eq(author),
                    customer_note::body.eq(SECRET),
                    customer_note::created_at.eq(scope.now),
                    customer_note::updated_at.eq(scope.now),
                ))
                .execute(conn)?;
            diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(customer)))
                .set(customer_account::alias.eq(SECRET))
                .execute(conn)?;
            Ok(index::refresh(scope, conn, customer)?)
        })
        .expect("a note");
}

on_both! {
    fn a_transferred_customer_is_the_new_resellers_and_the_old_ones_former_one(app) {
        two_resellers(app);
        let (own, old) = shared(app, "Boulangerie Moreau");
        let (stays, _) = shared(app, "Café Lumière");
        note(app, "reseller", old);
        let agent = app.signed_in("agent@provider.test");
        let page = agent.get(&path(app));
        assert_eq!(page.texts(".choice label .muted").len(), 2, "both customers are offered: {}", page.text());
        let review = agent.post(&path(app), &[("id", &own.to_string()), ("to", &id(app, "fresh").to_string())]);
        assert!(review.text().contains("Transfer customers to fresh") && review.text().contains("Boulangerie Moreau"));
        assert_eq!(of(app, "provider", own).and_then(|row| row.counterpart_id), Some(id(app, "reseller")), "a review changes nothing");

        let result = transfers(app, &agent, &[own]);
        assert!(result.text().contains("One customer was transferred to:"), "{}", result.text());
        assert_eq!(of(app, "provider", own).and_then(|row| row.counterpart_id), Some(id(app, "fresh")));
        assert_eq!(of(app, "provider", stays).and_then(|row| row.counterpart_id), Some(id(app, "reseller")), "the other stays");
        let gained = of(app, "fresh", own).expect("an account of its own");
        assert_eq!((gained.status, gained.counterpart_id, gained.alias.as_str(), gained.owner_id), (CustomerStatus::Active, Some(id(app, "provider")), "", None));
        assert_eq!((gained.city.as_str(), gained.contact_last.as_str()), ("Nantes", "Dubois"), "what the provider knows");
        assert_eq!(of(app, "reseller", own).expect("its record").status, CustomerStatus::Ended);

        // Each reseller sees its own side, and no word of the other's.
        let (before, after) = (app.signed_in("agent@reseller.test"), app.signed_in("global@fresh.test"));
        assert!(!before.get("/p/reseller/customers").text().contains("Boulangerie Moreau"));
        assert!(before.get(&format!("/p/reseller/customers/{old}/notes")).text().contains(SECRET), "its notes stay, for reading");
        assert!(after.get("/p/fresh/customers").text().contains("Boulangerie Moreau"));
        for page in ["", "/account", "/notes"] {
            let text = after.get(&format!("/p/fresh/customers/{}{page}", gained.id)).text();
            assert!(!text.contains(SECRET) && !text.contains("Petit Revendeur"), "{page}");
        }
        for page in ["/customers", "/customers?status=ended", "/providers", "/audit"] {
            assert!(!before.get(&format!("/p/reseller{page}")).text().contains("fresh &"), "{page}");
        }
        assert_eq!(after.get(&format!("/p/fresh/customers/{old}")).status, 404);
        let log = agent.get("/p/provider/audit").text();
        assert!(log.contains("Petit Revendeur") && log.contains("fresh &#38; Co"), "the provider's log keeps both names");

        assert_eq!(told(app, "reseller_changed"), ["contact@customer.example"]);
        assert_eq!(told(app, "customers_moved"), ["agent@reseller.test", "global@fresh.test"]);
        assert!(told(app, "relationship_ended").is_empty(), "the customer is told once");

        // And back: the old record lives again.
        let back = agent.post(&format!("/p/provider/resellers/{}/transfer", id(app, "fresh")),
            &[("all", "1"), ("to", &id(app, "reseller").to_string()), ("step", "run")]);
        assert_eq!(back.status, 303);
        app.run_jobs();
        let again = of(app, "reseller", own).expect("the old record");
        assert_eq!((again.id, again.status, again.alias.as_str()), (old, CustomerStatus::Active, SECRET));
        assert_eq!(again.source, Source::Added, "nobody invited it");
    }

    fn a_customer_is_moved_neither_against_its_wish_nor_from_another_provider(app) {
        two_resellers(app);
        account(app, "rival", AccountType::IndirectProvider, Cloud::Worldwide);
        partners(app, "rival", "fresh");
        let (elsewhere, _) = shared(app, "Elsewhere already");
        let (left, _) = shared(app, "Left before");
        let (ending, _) = shared(app, "Ending soon");
        let fresh = id(app, "fresh");
        let rival = id(app, "rival");
        let rows: Vec<model::Customer> = app.app.commands().read_as(id(app, "provider"), |scope, conn| {
            Ok([elsewhere, left].map(|id| model::find(scope, conn, id)).into_iter().collect::<std::result::Result<_, _>>()?)
        }).expect("rows");
        let new = |ends_at| ending::acts::New { person: "Claire Dubois".into(), reason: Reason::Other, note: String::new(), ends_at };
        app.app.commands().write_as(fresh, |scope, conn| {
            theirs(scope, conn, &rows[0], Some(rival))?;
            let gone = theirs(scope, conn, &rows[1], None)?;
            ending::acts::by_customer(scope, conn, gone, &new(None))
        }).expect("the new reseller's own");
        let later = app.clock.now().plus(10 * DAY);
        app.app.commands().write_as(id(app, "provider"), |scope, conn| ending::acts::end(scope, conn, ending, &new(Some(later)))).expect("scheduled");

        let agent = app.signed_in("agent@provider.test");
        let result = transfers(app, &agent, &[elsewhere, left, ending]);
        let rows = result.texts("tbody tr");
        assert_eq!(rows.len(), 3, "{}", result.text());
        assert!(!result.text().contains("rival"), "nothing of the new reseller's other partners is told");
        for customer in [elsewhere, left, ending] {
            assert_eq!(of(app, "provider", customer).and_then(|row| row.counterpart_id), Some(id(app, "reseller")));
            assert_eq!(of(app, "reseller", customer).map(|row| row.status), Some(CustomerStatus::Active));
        }
        assert_eq!(of(app, "fresh", elsewhere).and_then(|row| row.counterpart_id), Some(rival));
        assert_eq!(of(app, "fresh", left).map(|row| row.status), Some(CustomerStatus::Ended));
        assert!(told(app, "reseller_changed").is_empty() && told(app, "customers_moved").is_empty());
    }

    fn a_customer_that_joins_the_new_reseller_at_the_same_moment_is_moved_all_the_same(app) {
        two_resellers(app);
        let (own, _) = shared(app, "Boulangerie Moreau");
        let row = app.app.commands().read_as(id(app, "provider"), |scope, conn| Ok(model::find(scope, conn, own)?)).expect("its row");
        let agent = app.signed_in("agent@provider.test");
        let fields = [("id", own.to_string()), ("to", id(app, "fresh").to_string()), ("step", "run".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let started = agent.post(&path(app), &fields);
        assert_eq!(started.status, 303, "{}", started.text());
        let joined = std::thread::scope(|threads| {
            let (joins, joined) = std::sync::mpsc::channel();
            let fresh = threads.spawn(move || {
                app.app.commands().write_as(id(app, "fresh"), |scope, conn| {
                    let made = theirs(scope, conn, &row, None)?;
                    joins.send(()).expect("the transfer waits");
                    // Still open while the transfer looks for the account, and does not see it.
                    std::thread::sleep(std::time::Duration::from_millis(700));
                    Ok(made)
                })
            });
            joined.recv().expect("it joins");
            app.run_jobs();
            fresh.join().expect("it joined").expect("an account")
        });
        assert!(agent.get(started.location()).text().contains("One customer was transferred to:"));
        let gained = of(app, "fresh", own).expect("one account");
        assert_eq!((gained.id, gained.counterpart_id), (joined, Some(id(app, "provider"))));
    }

    fn only_customers_in_common_go_and_only_to_ones_own_partner(app) {
        two_resellers(app);
        account(app, "stranger", AccountType::IndirectReseller, Cloud::Worldwide);
        let (own, _) = shared(app, "Boulangerie Moreau");
        let direct = world::customer(&app.app, "provider", &NewCustomer::named("Served directly"));
        let foreign = world::customer(&app.app, "north", &NewCustomer::named("Northern"));
        let agent = app.signed_in("agent@provider.test");
        let wrong = agent.post(&path(app), &[("id", &own.to_string()), ("to", &id(app, "stranger").to_string()), ("step", "run")]);
        assert_eq!((wrong.status, wrong.errors()), (422, vec!["Choose the reseller that takes the customers over.".to_owned()]));
        let nothing = agent.post(&path(app), &[("to", &id(app, "fresh").to_string())]);
        assert_eq!((nothing.status, nothing.errors()), (422, vec!["Tick at least one customer, or take all.".to_owned()]));
        transfers(app, &agent, &[direct, foreign]);
        assert_eq!(of(app, "provider", direct).and_then(|row| row.counterpart_id), None);
        assert!(of(app, "fresh", direct).is_none());
        let helpdesk = app.signed_in(&crate::partnerships::person(app, "helpdesk", "provider", &[comptoir::access::may::Role::HelpdeskAgent]));
        assert_eq!(helpdesk.get(&path(app)).status, 403);
        assert_eq!(app.signed_in("agent@reseller.test").get(&format!("/p/reseller/resellers/{}/transfer", id(app, "provider"))).status, 403);
    }

    fn customers_of_an_ended_partnership_are_transferred_too_but_not_to_an_ended_one(app) {
        two_resellers(app);
        let (own, _) = shared(app, "Boulangerie Moreau");
        let ends = |slug: &str, at| {
            let pair = (id(app, "provider"), id(app, slug));
            app.app.commands().write(|conn| {
                diesel::update(partnership::table.find(pair)).set((partnership::ends_at.eq(Some(at)), partnership::ended_by.eq(Some(pair.0)))).execute(conn)?;
                Ok(())
            }).expect("a notice");
        };
        ends("reseller", app.clock.now());
        let agent = app.signed_in("agent@provider.test");
        assert!(transfers(app, &agent, &[own]).text().contains("One customer was transferred to:"));
        assert_eq!(of(app, "reseller", own).map(|row| row.status), Some(CustomerStatus::Ended));
        ends("fresh", app.clock.now());
        let back = format!("/p/provider/resellers/{}/transfer", id(app, "fresh"));
        assert!(agent.get(&back).text().contains("There is no other reseller"));
    }

    fn a_reseller_asks_its_customers_instead(app) {
        account(app, "rival", AccountType::IndirectProvider, Cloud::Worldwide);
        partners(app, "rival", "reseller");
        let (_, own) = shared(app, "Boulangerie Moreau");
        let path = format!("/p/reseller/providers/{}/transfer", id(app, "provider"));
        let agent = app.signed_in("agent@reseller.test");
        let fields = [("id", own.to_string()), ("to", id(app, "rival").to_string()), ("step", "run".to_owned()), ("_key", "one".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for _ in 0..2 {
            assert_eq!(agent.post(&path, &fields).location(), "/p/reseller/invitations", "twice is once");
        }
        let made: Vec<(String, Option<PartnerId>, Option<CustomerId>)> = app.app.commands().read_as(id(app, "reseller"), |scope, conn| {
            Ok(scope.all(invitation::table).select((invitation::kind, invitation::provider_id, invitation::customer_id)).load(conn)?)
        }).expect("invitations");
        assert_eq!(made, [("reseller_and_provider".to_owned(), Some(id(app, "rival")), Some(own))]);
        assert_eq!(told(app, "invitation"), ["contact@customer.example"]);
        let named = || of(app, "reseller", own_of(app, own)).and_then(|row| row.counterpart_id);
        assert_eq!(named(), Some(id(app, "provider")), "until the customer decides");
        let asked: comptoir::db::ids::InvitationId = app.app.commands().read_as(id(app, "reseller"), |scope, conn| {
            Ok(scope.all(invitation::table).select(invitation::id).first(conn)?)
        }).expect("the invitation");
        let page = format!("/connect/{}/accept", crate::partnerships::token(app, asked, 1));
        let answer = app.nobody().post(&page, &[("part_reseller", "1"), ("part_provider", "1"), ("first_name", "Claire"), ("last_name", "Dubois"), ("role", "Owner"), ("authority", "1")]);
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(named(), Some(id(app, "rival")), "who accepts goes on with the new provider");
        assert!(of(app, "rival", own_of(app, own)).is_some(), "which has an account of its own");
        assert!(of(app, "provider", own_of(app, own)).is_some_and(|row| row.status == CustomerStatus::Active), "and the former one keeps its");
    }
}

/// The provider's account of the same organisation.
fn own_of(app: &TestApp, theirs: CustomerId) -> CustomerId {
    let organisation = app
        .app
        .commands()
        .read_as(id(app, "reseller"), |scope, conn| Ok(model::find(scope, conn, theirs)?.organisation_id))
        .expect("its organisation");
    app.app
        .commands()
        .read_as(id(app, "provider"), |scope, conn| {
            Ok(scope
                .all(customer_account::table)
                .filter(customer_account::organisation_id.eq(organisation))
                .select(customer_account::id)
                .first(conn)?)
        })
        .expect("the provider's account")
}
