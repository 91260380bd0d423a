//! A won referral becomes a customer: by the wizard, by an invitation, or through the provider.

use crate::handover::{accepts, hands, newest, opportunity};
use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, NewCustomer, partner_id};
use crate::on_both;
use crate::partnerships::{letters, person};
use comptoir::access::may::Role;
use comptoir::access::referral::Sight;
use comptoir::db::ids::{CustomerId, ReferralId};
use comptoir::db::schema::*;
use comptoir::features::referrals::acts;
use diesel::prelude::*;

/// Sells, and answers referrals.
const SALES: &str = "sales@north.test";

fn wins(app: &TestApp, slug: &str) -> ReferralId {
    let row = newest(app, slug);
    let won = |scope: &comptoir::access::Scope, conn: &mut comptoir::db::Conn| acts::win(scope, conn, Sight::ALL, row.id, row.version);
    app.app.commands().write_as(partner_id(&app.app, slug), won).expect("won");
    row.id
}

fn won(app: &TestApp, slug: &str, owner: &str, company: &str) -> ReferralId {
    opportunity(app, slug, owner, company);
    wins(app, slug)
}

fn linked(app: &TestApp, slug: &str, id: ReferralId) -> Option<CustomerId> {
    let customer = app.app.commands().read_as(partner_id(&app.app, slug), |scope, conn| {
        let row = scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id));
        Ok(row.select(referral_detail::customer_id).first(conn)?)
    });
    customer.expect("a referral")
}

fn convert(client: &Client, slug: &str, id: ReferralId, act: &str, to: &str) -> Answer {
    client.post(&format!("/p/{slug}/referrals/{id}/customer"), &[("act", act), ("to", to)])
}

/// Goes through the wizard from its first step; the last answer.
fn finishes(client: &Client, account: &str, domain: &str) -> Answer {
    let page = client.get(account);
    let value = |name: &str| page.attribute(&format!("[name={name}]"), "value").unwrap_or_default();
    let fields = ["company_name", "registration_number", "address1", "city", "postal_code", "phone"].map(|name| (name, value(name)));
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let chosen = page.attribute("[name=reseller][checked]", "value").unwrap_or_default();
    all.extend([("country", "FR"), ("rules", "FR"), ("domain", domain), ("reseller", &chosen), ("action", "save")]);
    let contact = client.post(account, &all);
    assert_eq!(contact.status, 303, "{:?}", contact.errors());
    let page = client.get(contact.location());
    let value = |name: &str| page.attribute(&format!("[name={name}]"), "value").unwrap_or_default();
    let (first, last, email) = (value("first_name"), value("last_name"), value("email"));
    let fields = [("first_name", first.as_str()), ("last_name", &last), ("email", &email), ("language", "fr"), ("action", "save")];
    let agreement = client.post(contact.location(), &fields);
    assert_eq!(agreement.status, 303, "{:?}", agreement.errors());
    let review = client.post(agreement.location(), &[("accepted", "later"), ("action", "save")]);
    assert_eq!(review.status, 303, "{:?}", review.errors());
    let page = client.get(review.location());
    let version = page.attribute("input[name=version]", "value").expect("a version");
    client.post(review.location(), &[("version", &version), ("_key", "end"), ("action", "save")])
}

fn customer_of(answer: &Answer) -> String {
    answer.location().rsplit('/').nth(1).unwrap_or_default().to_owned()
}

on_both! {
    fn a_won_referral_becomes_a_customer_through_the_prefilled_wizard(app) {
        let open = opportunity(app, "north", SALES, "Contoso");
        let client = app.signed_in(SALES);
        assert!(client.get(&format!("/p/north/referrals/{open}/customer")).text().contains("not won yet"));
        let id = wins(app, "north");
        let page = client.get(&format!("/p/north/referrals/{id}/customer"));
        assert_eq!(page.texts("button[name=act]"), ["Create customer"]);
        // On the referral's own page too: one click.
        let own = format!("/p/north/referrals/{id}");
        assert_eq!(client.get(&own).texts("button[name=act]"), ["Create customer"]);
        let begun = convert(&client, "north", id, "create", "");
        assert!(begun.location().ends_with("/account"), "{}", begun.location());
        let form = client.get(begun.location());
        for (name, wanted) in [("company_name", "Contoso"), ("city", "Nantes"), ("address1", "1 rue du Port"), ("postal_code", "44000")] {
            assert_eq!(form.attribute(&format!("input[name={name}]"), "value").as_deref(), Some(wanted));
        }
        let made = finishes(&client, begun.location(), "contoso");
        assert!(made.location().ends_with("/welcome"), "{} {:?}", made.status, made.errors());
        let customer = customer_of(&made);
        assert_eq!(linked(app, "north", id).map(|id| id.to_string()), Some(customer.clone()));
        // Each shows the other.
        let overview = client.get(&format!("/p/north/customers/{customer}"));
        assert!(overview.attributes("a", "href").contains(&format!("/p/north/referrals/{id}")));
        let done = client.get(&format!("/p/north/referrals/{id}/customer"));
        assert!(done.attributes("a", "href").contains(&format!("/p/north/customers/{customer}")));
        assert!(done.texts("button[name=act]").is_empty(), "and there is nothing left to do");
        assert!(client.get(&own).texts("button[name=act]").is_empty());
        // Whoever may not sell is told who could.
        let other = won(app, "north", SALES, "Fabrikam");
        let admin = app.signed_in("referrals@north.test");
        assert!(admin.get(&format!("/p/north/referrals/{other}/customer")).texts("button[name=act]").is_empty());
        assert_eq!(convert(&admin, "north", other, "create", "").status, 403);
    }

    fn what_is_a_customer_already_is_linked_and_anothers_is_asked(app) {
        // The same contact address is known for a customer of one's own.
        let own = world::customer(&app.app, "north", &NewCustomer { email: "zoe@prospect.example", ..NewCustomer::named("Contoso SA") });
        let id = won(app, "north", SALES, "Contoso");
        let client = app.signed_in(SALES);
        let page = client.get(&format!("/p/north/referrals/{id}/customer"));
        assert_eq!(page.texts("button[name=act]"), ["Link customer"]);
        assert_eq!(convert(&client, "north", id, "link", "").location(), format!("/p/north/customers/{own}"));
        assert_eq!(linked(app, "north", id), Some(own));
        // Whoever does not see customers does not learn of one.
        let other = won(app, "north", "referrals@north.test", "Contoso");
        let told = app.signed_in("referrals@north.test").get(&format!("/p/north/referrals/{other}/customer"));
        assert!(told.status == 200 && !told.text().contains("Contoso SA"), "{}", told.text());
    }

    fn an_address_tells_nobody_who_is_known_here(app) {
        let id = won(app, "north", SALES, "Contoso");
        let client = app.signed_in(SALES);
        let path = format!("/p/north/referrals/{id}/customer");
        let before = client.get(&path).texts("main");
        world::customer(&app.app, "south", &NewCustomer { email: "zoe@prospect.example", ..NewCustomer::named("Secret Name SARL") });
        assert_eq!(client.get(&path).texts("main"), before);
    }

    fn a_conflict_is_told_without_saying_with_whom(app) {
        // The same registration number, of another partner's: which must not be told, nor whether there is one at all.
        let id = won(app, "north", SALES, "Contoso");
        app.app.commands().write_as(partner_id(&app.app, "north"), |scope, conn| {
            let known = scope.all(referral_prospect::table).filter(referral_prospect::referral_id.eq(id));
            Ok(diesel::update(known).set(referral_prospect::registration_number.eq("732829320")).execute(conn)?)
        }).expect("a number");
        let client = app.signed_in(SALES);
        let path = format!("/p/north/referrals/{id}/customer");
        let theirs = world::customer(&app.app, "south", &NewCustomer { registration: "732829320", ..NewCustomer::named("Secret Name SARL") });
        let connected = client.get(&path);
        assert_eq!(connected.texts("button[name=act]"), ["Write the invitation"]);
        for secret in ["Secret Name", "Southridge", "south", &theirs.to_string()] {
            assert!(!connected.text().contains(secret), "{secret}");
        }
        app.app.commands().write_as(partner_id(&app.app, "south"), |scope, conn| {
            Ok(diesel::update(scope.all(customer_account::table)).set((customer_account::status.eq("ended"), customer_account::listed.eq(false))).execute(conn)?)
        }).expect("ended");
        let alone = client.get(&path);
        assert_eq!(alone.texts("main"), connected.texts("main"), "the same answer, whoever serves it");

        let draft = convert(&client, "north", id, "invite", "");
        assert!(draft.location().starts_with("/p/north/invitations/") && draft.location().ends_with("/edit"), "{}", draft.location());
        let form = client.get(draft.location());
        assert_eq!(form.attribute("input[name=recipient_email]", "value").as_deref(), Some("zoe@prospect.example"));
        assert!(client.get(&path).text().contains("The customer is invited"));
    }

    fn an_indirect_reseller_asks_its_provider_who_creates_for_both(app) {
        let provider_sales = person(app, "sales", "provider", &[Role::SalesAgent]);
        opportunity(app, "provider", "referrals@provider.test", "Contoso");
        let handed = newest(app, "provider").id;
        hands(app, handed, &["reseller"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        let theirs = wins(app, "reseller");
        let reseller = app.signed_in("sales@reseller.test");
        let path = format!("/p/reseller/referrals/{theirs}/customer");
        let page = reseller.get(&path);
        assert!(page.text().contains("you do not add customers yourself"));
        assert_eq!(page.texts("button[name=act]"), ["Ask the provider", "Invite for you and Grand Comptoir Distribution"]);
        assert_eq!(convert(&reseller, "reseller", theirs, "create", "").status, 403);
        assert_eq!(convert(&reseller, "reseller", theirs, "ask", "").status, 303);
        assert!(letters(app).contains(&("referrals@provider.test".to_owned(), "customer_asked".to_owned())));

        let provider = app.signed_in(&provider_sales);
        let begun = convert(&provider, "provider", handed, "create", "");
        let form = provider.get(begun.location());
        assert_eq!(form.attribute("[name=reseller][checked]", "value").as_deref(), Some("reseller"));
        let made = finishes(&provider, begun.location(), "contoso");
        assert!(made.location().ends_with("/welcome"), "{} {:?}", made.status, made.errors());
        assert!(linked(app, "provider", handed).is_some());
        let own = linked(app, "reseller", theirs).expect("the reseller's own customer, and its own referral");
        assert_ne!(linked(app, "provider", handed), Some(own));
        assert!(reseller.get(&path).attributes("a", "href").contains(&format!("/p/reseller/customers/{own}")));

        // Or an invitation that asks for both.
        let _ = opportunity(app, "reseller", "sales@reseller.test", "Fabrikam");
        let other = wins(app, "reseller");
        let draft = convert(&reseller, "reseller", other, "both", &partner_id(&app.app, "provider").to_string());
        assert!(draft.location().ends_with("/edit"), "{}", draft.text());
        assert_eq!(convert(&reseller, "reseller", other, "both", &partner_id(&app.app, "north").to_string()).status, 303, "nothing twice");
    }

    fn anothers_referral_becomes_nobodys_customer(app) {
        let id = won(app, "north", SALES, "Contoso");
        let stranger = app.signed_in("sales@south.test");
        assert_eq!(stranger.get(&format!("/p/south/referrals/{id}/customer")).status, 404);
        for act in ["create", "link", "invite"] {
            assert_eq!(convert(&stranger, "south", id, act, "").status, 404, "{act}");
        }
        assert_eq!(linked(app, "north", id), None);
    }
}
