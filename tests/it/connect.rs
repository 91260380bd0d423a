//! What an invited customer sees and answers.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, Invited, NewCustomer};
use crate::on_both;
use comptoir::clock::DAY;
use comptoir::db::ids::InvitationId;
use comptoir::db::schema::*;
use comptoir::domain::relationship::delegated_admin::DirectoryRole;
use comptoir::domain::relationship::invitation::{Kind, Shown};
use comptoir::features::connect::acts::{self, Decision};
use comptoir::features::invitations::{self, model};
use diesel::prelude::*;

const AGENT: &str = "agent@north.test";

const COMPANY: &[(&str, &str)] = &[
    ("rules", "FR"),
    ("country", "FR"),
    ("company_name", "Boulangerie Moreau SARL"),
    ("domain", "moreau"),
    ("registration_number", "732 829 320"),
    ("address1", "3 rue du Port"),
    ("city", "Nantes"),
    ("postal_code", "44000"),
    ("phone", "+33 2 40 12 34 56"),
];
const PERSON: &[(&str, &str)] =
    &[("first_name", "Claire"), ("last_name", "Dubois"), ("role", "Director"), ("authority", "1"), ("action", "accept")];

fn accept(client: &Client, token: &str, more: &[(&str, &str)]) -> Answer {
    let fields: Vec<(&str, &str)> = PERSON.iter().chain(more).copied().collect();
    client.post(&format!("/connect/{token}/accept"), &fields)
}

fn state(app: &TestApp, slug: &str, id: InvitationId) -> Shown {
    let partner = world::partner_id(&app.app, slug);
    app.app.commands().read_as(partner, |scope, conn| Ok(model::find(scope, conn, id)?.shown(scope.now))).expect("an invitation")
}

/// Names of the account's customers, and of whom each is through.
fn customers(app: &TestApp, slug: &str) -> Vec<(String, bool)> {
    let read = app.app.commands().read_as(world::partner_id(&app.app, slug), |scope, conn| {
        let rows = scope.all(customer_account::table).order(customer_account::created_at);
        Ok(rows.select((customer_account::company_name, customer_account::counterpart_id.is_not_null())).load(conn)?)
    });
    read.expect("customers")
}

fn actions(app: &TestApp, slug: &str) -> Vec<(String, String)> {
    let read = app.app.commands().read_as(world::partner_id(&app.app, slug), |scope, conn| {
        Ok(scope.all(audit_event::table).order(audit_event::seq).select((audit_event::action, audit_event::actor_kind)).load(conn)?)
    });
    read.expect("the log")
}

/// Letters to an address, oldest first, as they are kept.
fn letters(app: &TestApp, to: &str) -> Vec<String> {
    let read = app.app.commands().read(|conn| {
        Ok(outbox::table.filter(outbox::recipient.eq(to)).order((outbox::created_at, outbox::id)).select(outbox::letter).load(conn)?)
    });
    read.expect("letters")
}

on_both! {
    fn the_page_says_who_asks_what_for_and_what_it_does_not_allow_and_showing_it_changes_nothing(app) {
        let (id, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", "Boulangerie Moreau"));
        let page = app.nobody().get(&format!("/connect/{token}"));
        assert_eq!(page.status, 200);
        assert_eq!(page.h1(), "Northwind Handel would like to be your reseller");
        let text = page.text();
        for words in ["As we said on the phone.", "If you accept, it may", "It may not", "agent@north.test", "You can answer until"] {
            assert!(text.contains(words), "{words}");
        }
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(state(app, "north", id), Shown::Sent, "scanners of mail open links");
        let browser = app.nobody();
        assert_eq!(browser.post(&format!("/connect/{token}/opened"), &[]).status, 204);
        assert_eq!(browser.post(&format!("/connect/{token}/opened"), &[]).status, 204);
        assert_eq!(state(app, "north", id), Shown::Opened);
        assert_eq!(actions(app, "north").iter().filter(|(action, _)| action == "invitation.open").count(), 1);
    }

    fn who_accepts_with_its_company_becomes_a_customer_and_the_sender_is_told(app) {
        let (id, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", "Boulangerie Moreau"));
        let client = app.nobody();
        let answer = accept(&client, &token, COMPANY);
        assert_eq!(answer.status, 303, "{:?}", answer.errors());
        assert!(client.get(answer.location()).text().contains("You accepted on"));
        assert_eq!(state(app, "north", id), Shown::Accepted);
        assert_eq!(customers(app, "north"), [("Boulangerie Moreau SARL".to_owned(), false)]);
        let agent = app.signed_in(AGENT);
        assert!(agent.get("/p/north/customers?source=invited").text().contains("Boulangerie Moreau SARL"));
        assert!(letters(app, AGENT).iter().any(|letter| letter.contains("invitation_answered") && letter.contains("Claire Dubois")));
        assert!(letters(app, "claire@moreau.example").iter().any(|letter| letter.contains("relationship_accepted") && letter.contains("Access")));
        let log = agent.get("/p/north/audit").texts(".timeline__head > span");
        assert!(log.iter().any(|line| line.contains("Claire Dubois accepted an invitation")), "the log names the accepting person: {log:?}");
        assert_eq!(actions(app, "north").iter().filter(|(action, by)| action == "invitation.accept" && by == "customer").count(), 1);
        // Once more, from another window.
        let again = accept(&client, &token, COMPANY);
        assert_eq!(again.status, 303);
        assert_eq!(customers(app, "north").len(), 1);
    }

    fn every_mistake_is_told_at_its_field_and_nothing_is_changed(app) {
        let (id, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", ""));
        let client = app.nobody();
        let answer = client.post(&format!("/connect/{token}/accept"), &[("country", "FR"), ("rules", "FR"), ("company_name", "x")]);
        assert_eq!(answer.status, 422);
        let errors = answer.errors().join("\n");
        for words in ["first name", "last name", "your role", "may bind the company", "domain"] {
            assert!(errors.contains(words), "{words} in {errors}");
        }
        assert_eq!(answer.attribute("input[name=company_name]", "value").as_deref(), Some("x"));
        assert_eq!(state(app, "north", id), Shown::Sent);
        assert!(customers(app, "north").is_empty());
    }

    fn two_who_accept_at_the_same_moment_leave_one_outcome(app) {
        let (_, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", ""));
        let statuses: Vec<u16> = std::thread::scope(|threads| {
            let tries: Vec<_> = (0..6)
                .map(|n| {
                    let (token, base) = (&token, &app.base);
                    threads.spawn(move || {
                        let client = Client::new(base);
                        let domain = format!("moreau{n}");
                        let company: Vec<(&str, &str)> =
                            COMPANY.iter().map(|&(name, value)| if name == "domain" { (name, domain.as_str()) } else { (name, value) }).collect();
                        accept(&client, token, &company).status
                    })
                })
                .collect();
            tries.into_iter().map(|one| one.join().expect("an answer")).collect()
        });
        assert!(statuses.iter().all(|status| *status == 303), "{statuses:?}");
        assert_eq!(customers(app, "north").len(), 1);
        let organisations: i64 = app.app.commands().read(|conn| Ok(organisation::table.count().get_result(conn)?)).expect("a count");
        assert_eq!(organisations, 1, "the others left nothing half done");
        assert_eq!(actions(app, "north").iter().filter(|(action, _)| action == "invitation.accept").count(), 1);
    }

    fn after_a_revoke_an_expiry_or_a_newer_link_nothing_is_accepted_and_the_page_says_why(app) {
        let send = |company: &str| world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", company));
        let partner = world::partner_id(&app.app, "north");
        let ((revoked, first), (resent, second), (_, third)) = (send("One"), send("Two"), send("Three"));
        let commands = app.app.commands();
        commands.write_as(partner, |scope, conn| invitations::acts::revoke(scope, conn, revoked)).expect("a revoke");
        let from = || invitations::acts::From { partner: "Northwind Handel", keys: &app.app.keys };
        commands.write_as(partner, |scope, conn| invitations::acts::send(scope, conn, resent, &from())).expect("a resend");
        let client = app.nobody();
        let refused = |token: &str, words: &str| {
            assert!(client.get(&format!("/connect/{token}")).text().contains(words), "{words}");
            let answer = accept(&client, token, COMPANY);
            assert_eq!(answer.status, 303);
            assert!(customers(app, "north").is_empty(), "{words}");
        };
        refused(&first, "Northwind Handel took this invitation back");
        refused(&second, "A newer invitation was sent");
        app.clock.advance(30 * DAY);
        refused(&third, "This invitation has expired");
        let newest = world::token(&app.app, "north", resent);
        refused(&newest, "This invitation has expired");
        // The way on: the sender is asked, a few times at most.
        for _ in 0..20 {
            assert_eq!(client.post(&format!("/connect/{third}/again"), &[]).status, 303);
        }
        let asked = letters(app, AGENT).iter().filter(|letter| letter.contains("new_link_asked")).count();
        assert!((1..=6).contains(&asked), "{asked}");
    }

    fn a_token_that_was_never_given_out_leads_nowhere(app) {
        world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", ""));
        for token in ["", "0", "null", &"0".repeat(64), "%00"] {
            assert_eq!(app.nobody().get(&format!("/connect/{token}")).status, 404, "{token}");
            assert_eq!(app.nobody().post(&format!("/connect/{token}/accept"), &[]).status, 404, "{token}");
        }
    }

    fn who_declines_says_why_and_the_sender_reads_it(app) {
        let (id, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", "Boulangerie Moreau"));
        let client = app.nobody();
        assert_eq!(client.post(&format!("/connect/{token}/decline"), &[]).status, 422);
        let fields = [("reason", "other_partner"), ("name", "Claire Dubois"), ("note", "Since March.")];
        assert_eq!(client.post(&format!("/connect/{token}/decline"), &fields).status, 303);
        assert_eq!(state(app, "north", id), Shown::Declined);
        assert!(client.get(&format!("/connect/{token}")).text().contains("You declined on"));
        assert!(letters(app, AGENT).iter().any(|letter| letter.contains("other_partner") && letter.contains("Since March.")));
        assert_eq!(accept(&client, &token, COMPANY).status, 303);
        assert_eq!(state(app, "north", id), Shown::Declined, "what is over stays over");
        // Not me: without a name.
        let (other, token) = world::invite(&app.app, "north", AGENT, &Invited::to("paul@moreau.example", ""));
        assert_eq!(client.post(&format!("/connect/{token}/decline"), &[("reason", "not_me")]).status, 303);
        assert_eq!(state(app, "north", other), Shown::Declined);
    }

    fn another_company_than_expected_joins_only_when_the_sender_confirms(app) {
        let (id, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", "Garage Dupont"));
        let client = app.nobody();
        assert_eq!(accept(&client, &token, COMPANY).status, 303);
        assert!(customers(app, "north").is_empty(), "not silently joined");
        assert!(client.get(&format!("/connect/{token}")).text().contains("still has to confirm"));
        let partner = world::partner_id(&app.app, "north");
        let decide = |decision| app.app.commands().write_as(partner, |scope, conn| acts::confirm(scope, conn, id, decision));
        decide(Decision::Confirm).expect("a confirmation");
        assert_eq!(customers(app, "north"), [("Boulangerie Moreau SARL".to_owned(), false)]);
        assert!(decide(Decision::Refuse).is_err(), "decided once");
        let (id, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", "Garage Dupont"));
        let known = client.get(&format!("/connect/{token}/accept")).attribute("input[name=organisation]", "value").expect("the known company");
        assert_eq!(accept(&client, &token, &[("organisation", &known)]).status, 303);
        app.app.commands().write_as(partner, |scope, conn| acts::confirm(scope, conn, id, Decision::Refuse)).expect("a refusal");
        assert_eq!(customers(app, "north").len(), 1);
        assert!(letters(app, "claire@moreau.example").iter().any(|letter| letter.contains("acceptance_refused")));
    }

    fn a_known_organisation_is_offered_to_its_own_contacts_alone(app) {
        world::customer(&app.app, "south", &NewCustomer { email: "claire@moreau.example", ..NewCustomer::named("Boulangerie Moreau") });
        let (_, token) = world::invite(&app.app, "north", AGENT, &Invited::to("claire@moreau.example", "Boulangerie Moreau"));
        let (_, strangers) = world::invite(&app.app, "north", AGENT, &Invited::to("mallory@else.example", "Boulangerie Moreau"));
        let client = app.nobody();
        let page = client.get(&format!("/connect/{token}/accept"));
        assert!(page.text().contains("Boulangerie Moreau"));
        assert!(!page.text().contains("Southridge"), "whose customer it is stays untold");
        let other = client.get(&format!("/connect/{strangers}/accept"));
        assert!(other.attribute("input[name=organisation]", "value").is_none(), "a stranger's address is offered nothing");
        // The known id in a stranger's form is no id.
        let known = page.attribute("input[name=organisation]", "value").expect("the known company");
        let answer = accept(&client, &strangers, &[("organisation", &known), ("country", "FR"), ("rules", "FR")]);
        assert_eq!(answer.status, 422);
        assert_eq!(accept(&client, &token, &[("organisation", &known)]).status, 303);
        assert_eq!(customers(app, "north"), [("Boulangerie Moreau".to_owned(), false)]);
        let organisations: i64 = app.app.commands().read(|conn| Ok(organisation::table.count().get_result(conn)?)).expect("a count");
        assert_eq!(organisations, 1, "one organisation, two accounts");
        // The domain of a known organisation is not for the taking.
        let domain: String = app.app.commands().read(|conn| Ok(organisation::table.select(organisation::domain).first(conn)?)).expect("a domain");
        let prefix = domain.split('.').next().expect("a prefix");
        let company: Vec<(&str, &str)> = COMPANY.iter().map(|&(name, value)| if name == "domain" { (name, prefix) } else { (name, value) }).collect();
        let answer = accept(&client, &strangers, &company);
        assert_eq!(answer.status, 422);
        assert!(answer.errors().join(" ").contains("known here already"), "{:?}", answer.errors());
    }

    fn reseller_and_provider_are_accepted_in_one_act_or_one_of_them_alone(app) {
        let provider = world::partner_id(&app.app, "provider");
        let double = |email: &str| {
            let mut new = Invited::to(email, "");
            (new.0.kind, new.0.provider) = (Kind::ResellerAndProvider, Some(provider));
            world::invite(&app.app, "reseller", "sales@reseller.test", &new).1
        };
        let company = |domain: &'static str| -> Vec<(&str, &str)> {
            COMPANY.iter().map(|&(name, value)| if name == "domain" { (name, domain) } else { (name, value) }).collect()
        };
        let client = app.nobody();
        let both = double("both@one.example");
        assert!(client.get(&format!("/connect/{both}")).h1().contains("Grand Comptoir Distribution"));
        let none = accept(&client, &both, &company("both"));
        assert_eq!((none.status, customers(app, "reseller").len()), (422, 0), "neither is an acceptance");
        let ticks = [("part_reseller", "1"), ("part_provider", "1")];
        assert_eq!(accept(&client, &both, &[company("both").as_slice(), &ticks].concat()).status, 303);
        assert_eq!(customers(app, "reseller"), [("Boulangerie Moreau SARL".to_owned(), true)]);
        assert_eq!(customers(app, "provider"), [("Boulangerie Moreau SARL".to_owned(), true)]);
        let one = double("one@two.example");
        assert_eq!(accept(&client, &one, &[company("alone").as_slice(), &ticks[..1]].concat()).status, 303);
        assert_eq!((customers(app, "reseller").len(), customers(app, "provider").len()), (2, 1));
        assert!(!customers(app, "reseller")[1].1, "without the provider");
    }

    fn delegated_rights_are_granted_in_whole_or_role_by_role_by_a_customer_alone(app) {
        let customer = world::customer(&app.app, "north", &NewCustomer { email: "claire@moreau.example", ..NewCustomer::named("Boulangerie Moreau") });
        let ask = |email: &str, customer| {
            let mut new = Invited::to(email, "Boulangerie Moreau");
            (new.0.kind, new.0.customer, new.0.duration_days) = (Kind::DelegatedAdmin, customer, Some(90));
            new.0.purpose = format!("Support {email}");
            new.0.roles = vec![DirectoryRole::HelpdeskAdmin, DirectoryRole::UserAdmin];
            world::invite(&app.app, "north", AGENT, &new).1
        };
        let client = app.nobody();
        let token = ask("claire@moreau.example", Some(customer));
        assert_eq!(accept(&client, &token, &[]).status, 422, "no role is no grant");
        assert_eq!(accept(&client, &token, &[("roles", "helpdesk_admin"), ("roles", "global_admin")]).status, 303);
        let granted: Vec<String> = app.app.commands().read_as(world::partner_id(&app.app, "north"), |scope, conn| {
            Ok(scope.all(delegated_admin::table).select(delegated_admin::roles).load(conn)?)
        }).expect("rights");
        assert_eq!(granted, ["helpdesk_admin"], "never more than was asked");
        // Who speaks for no customer of the sender can't grant anything.
        let stranger = ask("mallory@else.example", None);
        assert!(client.get(&format!("/connect/{stranger}")).text().contains("can’t be accepted"));
        let answer = accept(&client, &stranger, &[("roles", "helpdesk_admin")]);
        assert_ne!(answer.status, 500);
    }

    fn an_open_link_sends_each_visitor_an_invitation_of_their_own(app) {
        let mut new = Invited::to("", "");
        new.0.open_link = true;
        let (id, token) = world::invite(&app.app, "north", AGENT, &new);
        let client = app.nobody();
        let ask = |email: &str| client.post(&format!("/connect/{token}/ask"), &[("name", "Claire Dubois"), ("email", email), ("company", "Moreau")]);
        assert_eq!(accept(&client, &token, COMPANY).status, 303);
        assert!(customers(app, "north").is_empty(), "the link itself is accepted by nobody");
        assert_eq!(client.post(&format!("/connect/{token}/ask"), &[("email", "none")]).status, 422);
        assert_eq!(ask("claire@moreau.example").status, 303);
        assert_eq!(ask("claire@moreau.example").status, 303, "the same answer, and no second letter");
        assert_eq!(letters(app, "claire@moreau.example").len(), 1);
        assert_eq!(ask("paul@dupont.example").status, 303);
        let partner = world::partner_id(&app.app, "north");
        let row = app.app.commands().read_as(partner, |scope, conn| Ok(model::find(scope, conn, id)?)).expect("the link");
        assert_eq!(row.uses, 2);
        app.app.commands().write_as(partner, |scope, conn| invitations::acts::revoke(scope, conn, id)).expect("a revoke");
        assert_eq!(ask("late@else.example").status, 303);
        assert!(letters(app, "late@else.example").is_empty());
    }
}
