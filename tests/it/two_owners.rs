//! Rows that two partners share, and numbers that one partner counts: on no page, in no file and in
//! no letter of one side is there a private word of the other, and nobody's rows change another's
//! numbers.

use crate::handover::{WHO, accepts, hands, newest, opportunity, reseller};
use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, Listed, NANTES, member, partner_id};
use crate::inquiry::{CLAIRE, of_visitor, status};
use crate::insights;
use crate::on_both;
use crate::partnerships::{account, person};
use crate::referrals::unpacked;
use crate::sharing::together;
use crate::walls::{Ids, in_account, path};
use comptoir::access::insight;
use comptoir::access::may::Role;
use comptoir::access::referral::Sight;
use comptoir::config::random_hex;
use comptoir::db::ids::{EngagementId, HandoverId, NoteId, ReferralId, TagId};
use comptoir::db::schema::*;
use comptoir::domain::referral::Reason;
use comptoir::domain::{AccountType, Cloud};
use comptoir::features::handover::acts::{self as handing, New};
use comptoir::features::referrals::{acts, index, people};
use comptoir::routes::{Method, ROUTES};
use diesel::prelude::*;

/// In what both sides read.
const SHARED: &str = "canary-of-both";

fn canary(slug: &str) -> String {
    format!("canary-of-{slug}")
}

/// Puts a canary into every text that is one side's own; a sender's title too, and a receiver's is
/// what both read.
fn plants(app: &TestApp, slug: &str, id: ReferralId, sender: bool) {
    let (word, partner) = (canary(slug), partner_id(&app.app, slug));
    let colleague = member(&app.app, &person(app, &word, slug, &[Role::ReferralsUser]));
    let planted = app.app.commands().write_as(partner, |scope, conn| {
        let word = word.as_str();
        let row = || scope.all(referral::table).filter(referral::id.eq(id));
        diesel::update(row()).set((referral::company.eq(word), referral::city.eq(word), referral::need.eq(word))).execute(conn)?;
        if sender {
            diesel::update(row()).set(referral::title.eq(word)).execute(conn)?;
        }
        diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)))
            .set((
                referral_detail::reason_note.eq(word),
                referral_detail::next_action.eq(word),
                referral_detail::crm_id.eq(word),
                referral_detail::campaign_id.eq(word),
            ))
            .execute(conn)?;
        let known = scope.all(referral_prospect::table).filter(referral_prospect::referral_id.eq(id));
        let person = (
            referral_prospect::first_name.eq(word),
            referral_prospect::last_name.eq(word),
            referral_prospect::email.eq(word),
            referral_prospect::phone.eq(word),
        );
        let address = (
            referral_prospect::address1.eq(word),
            referral_prospect::address2.eq(word),
            referral_prospect::postal_code.eq(word),
            referral_prospect::state.eq(word),
            referral_prospect::registration_number.eq(word),
        );
        diesel::update(known).set((person, address)).execute(conn)?;
        let note = (
            referral_note::partner_id.eq(partner),
            referral_note::id.eq(NoteId::new()),
            referral_note::referral_id.eq(id),
            referral_note::author_id.eq(colleague),
            referral_note::body.eq(word),
            referral_note::created_at.eq(scope.now),
        );
        diesel::insert_into(referral_note::table).values(note).execute(conn)?;
        people::change_team(scope, conn, Sight::ALL, id, &[colleague])?;
        index::refresh(scope, conn, id)
    });
    planted.expect("private words");
}

/// The engagement of an account's newest referral, whose words both sides read.
fn shares(app: &TestApp, slug: &str) -> EngagementId {
    let id = newest(app, slug).id;
    let made = app.app.commands().write_as(partner_id(&app.app, slug), |scope, conn| {
        let own = || scope.received(engagement::table).filter(engagement::to_referral_id.eq(id));
        diesel::update(own()).set((engagement::message.eq(SHARED), engagement::title.eq(SHARED))).execute(conn)?;
        Ok(own().select(engagement::id).first(conn)?)
    });
    made.expect("an engagement")
}

/// Ids that nobody has, except these.
fn ids(referral: ReferralId, engagement: EngagementId, handover: HandoverId) -> Ids {
    let mut ids: Ids = [
        "customer",
        "slug",
        "tag",
        "view",
        "note",
        "draft",
        "job",
        "admin",
        "request",
        "inquiry",
        "invitation",
        "partner",
        "import",
        "owner",
        "mail",
        "profile",
        "location",
        "logo",
    ]
    .into_iter()
    .map(|key| (key, TagId::new().to_string()))
    .collect();
    ids.insert("token", random_hex(32));
    ids.insert("referral", referral.to_string());
    ids.insert("engagement", engagement.to_string());
    ids.insert("handover", handover.to_string());
    ids
}

fn words(answer: &Answer) -> String {
    if answer.body.starts_with(b"PK") { unpacked(&answer.body) } else { answer.text() }
}

/// Every address of an account that is read, with these ids, and the inbox searched for each word;
/// whether any of it holds what both read.
fn crawls(client: &Client, slug: &str, ids: &Ids, foreign: &[String]) -> bool {
    let mut shared = false;
    for route in ROUTES.iter().filter(in_account).filter(|route| route.method == Method::Get) {
        let at = path(route, slug, ids);
        let text = words(&client.visit(&at));
        for word in foreign {
            assert!(!text.contains(word), "{word} at {at}");
        }
        shared |= text.contains(SHARED);
    }
    for word in foreign {
        for file in ["", ".csv", ".json", ".xlsx"] {
            for more in ["", "&state=received", "&state=accepted", "&state=won&state=lost"] {
                let at = format!("/p/{slug}/referrals{file}?q={word}{more}");
                let answer = client.get(&at);
                assert_eq!(answer.status, 200, "{at}");
                let found = if file.is_empty() { answer.texts("tbody").concat() } else { words(&answer) };
                assert!(!found.contains(word.as_str()), "{at}");
            }
        }
    }
    shared
}

fn everybody(app: &TestApp, slug: &str) -> Client {
    app.signed_in(&person(app, "everything", slug, Role::ALL))
}

/// The referral of a provider that a visitor asked for, handed to two resellers of which one has it.
fn handed(app: &TestApp) -> (ReferralId, HandoverId) {
    world::listing(&app.app, "provider", &Listed::at(&[NANTES]));
    reseller(app, "fresh");
    let asked = of_visitor(app, &["provider"], "Forty mailboxes");
    let may_go_on =
        |conn: &mut comptoir::db::Conn| Ok(diesel::update(inquiry::table.find(asked)).set(inquiry::allow_next.eq(true)).execute(conn)?);
    app.app.commands().write(may_go_on).expect("allowed");
    let id = newest(app, "provider").id;
    let handover = hands(app, id, &["reseller", "fresh"]);
    accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
    (id, handover)
}

on_both! {
    fn what_two_partners_share_shows_neither_a_private_word_of_the_other(app) {
        let (given, handover) = handed(app);
        let deal = together(app);
        let got = |slug: &str| newest(app, slug).id;
        plants(app, "provider", given, true);
        plants(app, "reseller", got("reseller"), false);
        plants(app, "north", got("north"), true);
        plants(app, "south", got("south"), false);
        let offer = shares(app, "reseller");
        assert_eq!(shares(app, "south"), deal);
        // What follows is told in letters.
        let lost = newest(app, "reseller");
        let (reseller, note) = (partner_id(&app.app, "reseller"), canary("reseller"));
        let close = app.app.commands().write_as(reseller, |scope, conn| acts::lose(scope, conn, Sight::ALL, lost.id, lost.version, Reason::Budget, &note));
        close.expect("lost");
        let won = newest(app, "south");
        let win = app.app.commands().write_as(partner_id(&app.app, "south"), |scope, conn| acts::win(scope, conn, Sight::ALL, won.id, won.version));
        win.expect("won");

        let all = ["provider", "reseller", "north", "south"];
        let others = |slug: &str| all.iter().filter(|one| **one != slug).map(|one| canary(one)).collect::<Vec<_>>();
        for (slug, own, theirs, engagement) in [
            ("provider", given, got("reseller"), offer),
            ("reseller", got("reseller"), given, offer),
            ("north", got("north"), got("south"), deal),
            ("south", got("south"), got("north"), deal),
            // It was offered the same, and another was first.
            ("fresh", got("fresh"), given, offer),
        ] {
            let client = everybody(app, slug);
            let page = client.get(&format!("/p/{slug}/referrals/{own}"));
            assert!(slug == "fresh" || page.text().contains(&canary(slug)), "{slug} reads its own");
            let shared = crawls(&client, slug, &ids(own, engagement, handover), &others(slug));
            assert!(shared || slug == "fresh" || slug == "provider", "{slug} reads what both do");
            crawls(&client, slug, &ids(theirs, engagement, handover), &others(slug));
        }

        let visitor = status(app).text();
        assert!(visitor.contains("Forty mailboxes"), "{visitor}");
        let letters: Vec<(String, String)> = app.app.commands().read(|conn| Ok(outbox::table.select((outbox::recipient, outbox::letter)).load(conn)?)).expect("letters");
        assert!(letters.iter().any(|(to, _)| to == CLAIRE));
        for slug in all {
            assert!(!visitor.contains(&canary(slug)), "{slug} on the visitor's page");
            for (to, letter) in &letters {
                assert!(to.ends_with(&format!("@{slug}.test")) || !letter.contains(&canary(slug)), "{slug} to {to}: {letter}");
            }
        }
    }

    fn a_strangers_rows_change_no_number(app) {
        let listed = world::listing(&app.app, "north", &Listed::at(&[NANTES]));
        of_visitor(app, &["north"], "Ours");
        opportunity(app, "north", "referrals@north.test", "Contoso");
        insights::visitor(app, insights::BROWSER).get("/directory/north");
        hands(app, opportunity(app, "provider", WHO, "Fabrikam"), &["reseller"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        insight::flush(&app.app).expect("written");
        let (north, provider) = (everybody(app, "north"), everybody(app, "provider"));
        let pages = [
            (&north, "/p/north/referrals".to_owned()),
            (&north, "/p/north/referrals?state=accepted".into()),
            (&north, insights::path(&listed, "north")),
            (&provider, "/p/provider/referrals".into()),
            (&provider, "/p/provider/referrals/handovers".into()),
            (&provider, "/p/provider/referrals/handovers/report".into()),
            (&provider, "/p/provider/referrals/handovers/report.csv".into()),
        ];
        let numbers = || pages.iter().map(|(client, at)| {
            let answer = client.get(at);
            assert_eq!(answer.status, 200, "{at}");
            if at.ends_with(".csv") { vec![answer.text()] } else { answer.texts("main") }
        }).collect::<Vec<_>>();
        let before = numbers();
        assert!(before[0][0].contains('1') && before[5][0].contains("100 %"), "{before:?}");

        // Another listed partner with inquiries, deals and visitors; another provider of the same reseller.
        world::listing(&app.app, "south", &Listed::at(&[NANTES]));
        of_visitor(app, &["south"], "Theirs");
        opportunity(app, "south", "referrals@south.test", "Tailspin");
        insights::visitor(app, insights::BROWSER).get("/directory/south");
        insight::flush(&app.app).expect("written");
        let rivals = account(app, "rivals", AccountType::IndirectProvider, Cloud::Worldwide);
        let maker = person(app, "referrals", "rivals", &[Role::ReferralsAdmin]);
        let (reseller, now) = (partner_id(&app.app, "reseller"), app.clock.now());
        let join = (
            partnership::provider_id.eq(rivals),
            partnership::reseller_id.eq(reseller),
            partnership::cloud.eq(Cloud::Worldwide),
            partnership::status.eq("active"),
            partnership::created_at.eq(now),
        );
        app.app.commands().write(|conn| Ok(diesel::insert_into(partnership::table).values(join).execute(conn)?)).expect("a partnership");
        for company in ["Adventure", "Litware"] {
            let new = New { referral: opportunity(app, "rivals", &maker, company), resellers: vec![reseller], message: String::new(), days: 14, allow_next: false };
            let user = member(&app.app, &maker);
            app.app.commands().write_as(rivals, |scope, conn| handing::hand_over(scope, conn, user, &new)).expect("written").expect("allowed");
        }
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        assert_eq!(numbers(), before);
    }
}
