//! Partnerships: made by a reseller's global admin, ended with notice by either side, in force for
//! exactly as long as they hold.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, PASSWORD};
use crate::on_both;
use comptoir::access::identity::{NewUser, create_user};
use comptoir::access::may::{Role, Roles};
use comptoir::access::schedule::Tick;
use comptoir::clock::DAY;
use comptoir::db::ids::{InvitationId, PartnerId};
use comptoir::db::schema::*;
use comptoir::domain::letter::To;
use comptoir::domain::relationship::invitation::Kind;
use comptoir::domain::{AccountType, Cloud};
use comptoir::features::invitations::acts::{self, From, New};
use comptoir::features::{SCHEDULE, partnerships};
use comptoir::i18n::Lang;
use diesel::prelude::*;

/// One more member of an account, with its address.
pub fn person(app: &TestApp, who: &str, place: &str, roles: &[Role]) -> String {
    let email = format!("{who}@{place}.test");
    let hash = app.app.passwords.hash_now(PASSWORD);
    let (now, made) = (app.clock.now(), email.clone());
    let new = move |conn: &mut comptoir::db::Conn| {
        let name = format!("{who} of {place}");
        let new = NewUser { email: &made, name: &name, lang: Lang::En, time_zone: "UTC", operator: false, password_hash: Some(&hash) };
        let user = create_user(conn, &new, now)?.expect("a new address");
        world::join(conn, place, user, &Roles::of(roles).to_text(), now)
    };
    app.app.commands().write(new).expect("a member");
    email
}

/// One more partner account, with a global admin.
pub fn account(app: &TestApp, slug: &str, kind: AccountType, cloud: Cloud) -> PartnerId {
    let id = PartnerId::new();
    let now = app.clock.now();
    app.app
        .commands()
        .write(|conn| {
            let number: Option<i64> = partner_account::table.select(diesel::dsl::max(partner_account::number)).first(conn)?;
            diesel::insert_into(partner_account::table)
                .values((
                    partner_account::id.eq(id),
                    partner_account::number.eq(number.unwrap_or(0) + 1),
                    partner_account::slug.eq(slug),
                    partner_account::name.eq(format!("{slug} & Co")),
                    partner_account::account_type.eq(kind),
                    partner_account::status.eq("active"),
                    partner_account::cloud.eq(cloud),
                    partner_account::country.eq("FR"),
                    partner_account::domain.eq(format!("{slug}.test")),
                    partner_account::created_at.eq(now),
                ))
                .execute(conn)?;
            Ok(())
        })
        .expect("a partner account");
    person(app, "global", slug, &[Role::GlobalAdmin]);
    id
}

/// Writes and sends an invitation in the name of one of the account's agents; its id and token.
pub fn invitation(app: &TestApp, slug: &str, new: &dyn Fn(&mut New)) -> (InvitationId, String) {
    let partner = world::partner_id(&app.app, slug);
    let mut wanted = New {
        kind: Kind::Partnership,
        open_link: false,
        recipient_name: "Rosa Vente".into(),
        recipient_email: "rosa@elsewhere.example".into(),
        company: "Elsewhere".into(),
        customer: None,
        provider: None,
        lang: Lang::En,
        purpose: String::new(),
        note: String::new(),
        message: "Work with us.".into(),
        roles: Vec::new(),
        duration_days: None,
        auto_extend: false,
    };
    new(&mut wanted);
    let id = app.app.commands().write_as(partner, |scope, conn| {
        let user = membership::table.filter(membership::partner_id.eq(partner)).select(membership::user_id).first(conn)?;
        let id = acts::create(scope, conn, user, &wanted)?;
        acts::send(scope, conn, id, &From { partner: slug, keys: &app.app.keys })?;
        Ok(id)
    });
    let id = id.expect("an invitation");
    (id, token(app, id, 1))
}

pub fn token(app: &TestApp, id: InvitationId, generation: i64) -> String {
    app.app.keys.link(To::Connect.purpose(), id.uuid(), generation)
}

fn sends_again(app: &TestApp, slug: &str, id: InvitationId) {
    let partner = world::partner_id(&app.app, slug);
    let from = From { partner: slug, keys: &app.app.keys };
    app.app.commands().write_as(partner, |scope, conn| acts::send(scope, conn, id, &from)).expect("sent again");
}

fn revokes(app: &TestApp, slug: &str, id: InvitationId) {
    app.app.commands().write_as(world::partner_id(&app.app, slug), |scope, conn| acts::revoke(scope, conn, id)).expect("revoked");
}

fn state(app: &TestApp, slug: &str, id: InvitationId) -> String {
    app.app
        .commands()
        .read_as(world::partner_id(&app.app, slug), |scope, conn| {
            Ok(scope.all(invitation::table).filter(invitation::id.eq(id)).select(invitation::state).first(conn)?)
        })
        .expect("its state")
}

/// The stored state of a partnership, if there is one.
fn stored(app: &TestApp, provider: &str, reseller: &str) -> Option<String> {
    let pair = (world::partner_id(&app.app, provider), world::partner_id(&app.app, reseller));
    app.app.commands().read(|conn| Ok(partnership::table.find(pair).select(partnership::status).first(conn).optional()?)).expect("a row")
}

/// Letters so far: whom to, and which.
pub fn letters(app: &TestApp) -> Vec<(String, String)> {
    let rows: Vec<(String, String)> = app
        .app
        .commands()
        .read(|conn| Ok(outbox::table.order((outbox::created_at, outbox::id)).select((outbox::recipient, outbox::letter)).load(conn)?))
        .expect("the outbox");
    rows.into_iter()
        .map(|(to, letter)| {
            let kind =
                serde_json::from_str::<serde_json::Value>(&letter).expect("a letter")["letter"].as_str().unwrap_or_default().to_owned();
            (to, kind)
        })
        .collect()
}

fn told(app: &TestApp, kind: &str) -> Vec<String> {
    letters(app).into_iter().filter(|(_, letter)| letter == kind).map(|(to, _)| to).collect()
}

fn events(app: &TestApp, slug: &str) -> Vec<String> {
    app.app
        .commands()
        .read_as(world::partner_id(&app.app, slug), |scope, conn| {
            Ok(scope.all(audit_event::table).order(audit_event::seq).select(audit_event::action).load(conn)?)
        })
        .expect("the log")
}

fn run_schedule(app: &TestApp) -> i64 {
    let task = SCHEDULE.iter().find(|task| task.name == "partnership.end").expect("the task");
    (task.run)(&Tick::new(&app.app, app.clock.now())).expect("a run")
}

fn accepts(client: &Client, slug: &str, token: &str) -> Answer {
    client.post(&partnerships::accept_href(slug, token), &[("answer", "accept"), ("confirm", "1")])
}

fn names(answer: &Answer) -> Vec<String> {
    answer.texts("tbody th .cell-main")
}

fn gives_notice(client: &Client, path: &str, name: &str) -> Answer {
    client.post(&format!("{path}/end"), &[("days", "30"), ("reason", "We part as friends."), ("name", name)])
}

on_both! {
    fn a_resellers_global_admin_accepts_and_each_side_sees_the_other(app) {
        account(app, "fresh", AccountType::IndirectReseller, Cloud::Worldwide);
        let agent = person(app, "agent", "fresh", &[Role::AdminAgent, Role::SalesAgent]);
        let (id, token) = invitation(app, "provider", &|_| {});
        let page = partnerships::accept_href("fresh", &token);

        let colleague = app.signed_in(&agent);
        for answer in [colleague.get(&page), accepts(&colleague, "fresh", &token)] {
            assert_eq!(answer.status, 403);
            assert!(answer.text().contains("Global admin"), "and says who could: {}", answer.text());
        }
        let admin = app.signed_in("global@fresh.test");
        let shown = admin.get(&page);
        assert_eq!((shown.status, shown.h1().as_str()), (200, "Grand Comptoir Distribution invites you to work together"));
        assert!(shown.text().contains("see your customers: none is shared by this alone"));
        assert_eq!(state(app, "provider", id), "sent", "looking changes nothing");

        let unticked = admin.post(&page, &[("answer", "accept")]);
        assert_eq!((unticked.status, unticked.errors()), (422, vec!["Tick this box to accept, or decline.".to_owned()]));
        assert_eq!(stored(app, "provider", "fresh"), None);

        let accepted = accepts(&admin, "fresh", &token);
        assert_eq!((accepted.status, accepted.location()), (303, "/p/fresh/providers"));
        assert_eq!(stored(app, "provider", "fresh").as_deref(), Some("active"));
        assert_eq!(state(app, "provider", id), "accepted");
        assert_eq!(names(&admin.get("/p/fresh/providers")), ["Grand Comptoir Distribution"]);
        let provider = app.signed_in("agent@provider.test");
        assert_eq!(names(&provider.get("/p/provider/resellers")), ["fresh & Co", "Petit Revendeur"]);
        assert_eq!(told(app, "invitation_answered"), ["agent@provider.test"]);
        assert!(events(app, "provider").contains(&"invitation.accept".to_owned()));
        assert!(events(app, "fresh").contains(&"partnership.accept".to_owned()));
        let log = provider.get("/p/provider/audit").text();
        assert!(log.contains("fresh &#38; Co") && log.contains("global of fresh"), "the provider's log names account and person");
    }

    fn accepting_again_changes_nothing_and_says_so(app) {
        let (_, token) = invitation(app, "provider", &|_| {});
        account(app, "fresh", AccountType::IndirectReseller, Cloud::Worldwide);
        let admin = app.signed_in("global@fresh.test");
        assert_eq!(accepts(&admin, "fresh", &token).status, 303);
        let (before, letters_before) = (events(app, "fresh"), letters(app));
        let again = accepts(&admin, "fresh", &token);
        assert_eq!(again.status, 200);
        assert!(again.text().contains("You and Grand Comptoir Distribution are partners"));
        // Nor does another invitation to who is a partner already.
        let (second, token) = invitation(app, "provider", &|_| {});
        assert!(accepts(&admin, "fresh", &token).text().contains("There is nothing left to answer."));
        assert_eq!(state(app, "provider", second), "sent");
        assert_eq!((events(app, "fresh"), letters(app).len()), (before, letters_before.len() + 1), "but for the second invitation's letter");
    }

    fn of_two_who_accept_at_once_one_is_a_partner(app) {
        for slug in ["first", "second"] {
            account(app, slug, AccountType::IndirectReseller, Cloud::Worldwide);
        }
        for _ in 0..4 {
            app.app.commands().write(|conn| {
                diesel::delete(partnership::table.filter(partnership::reseller_id.eq_any([world::partner(conn, "first")?, world::partner(conn, "second")?]))).execute(conn)?;
                Ok(())
            }).expect("a fresh start");
            let (id, token) = invitation(app, "provider", &|_| {});
            let clients = ["first", "second"].map(|slug| (slug, app.signed_in(&format!("global@{slug}.test"))));
            let answers: Vec<u16> = std::thread::scope(|threads| {
                let all: Vec<_> = clients.into_iter().map(|(slug, client)| {
                    let token = &token;
                    threads.spawn(move || accepts(&client, slug, token).status)
                }).collect();
                all.into_iter().map(|one| one.join().expect("an answer")).collect()
            });
            let mut sorted = answers.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [303, 410]);
            let made = ["first", "second"].map(|slug| stored(app, "provider", slug).is_some());
            assert_eq!(made, [answers[0] == 303, answers[1] == 303]);
            assert_eq!(state(app, "provider", id), "accepted");
        }
    }

    fn a_dead_link_explains_itself_and_makes_no_partner(app) {
        account(app, "fresh", AccountType::IndirectReseller, Cloud::Worldwide);
        let admin = app.signed_in("global@fresh.test");
        let (revoked, of_revoked) = invitation(app, "provider", &|_| {});
        revokes(app, "provider", revoked);
        let (replaced, of_replaced) = invitation(app, "provider", &|_| {});
        sends_again(app, "provider", replaced);
        for (token, word) in [(&of_revoked, "took this invitation back"), (&of_replaced, "A newer invitation was sent")] {
            for answer in [admin.get(&partnerships::accept_href("fresh", token)), accepts(&admin, "fresh", token)] {
                assert_eq!(answer.status, 410);
                assert!(answer.text().contains(word), "{}", answer.text());
            }
        }
        let (_, expired) = invitation(app, "provider", &|_| {});
        app.clock.advance(30 * DAY);
        let admin = app.signed_in("global@fresh.test");
        let answer = accepts(&admin, "fresh", &expired);
        assert!(answer.status == 410 && answer.text().contains("This invitation has expired"));
        let (_, customers) = invitation(app, "provider", &|new| new.kind = Kind::Reseller);
        for unknown in [customers, "0".repeat(64), "x".to_owned()] {
            assert_eq!(admin.get(&partnerships::accept_href("fresh", &unknown)).status, 404, "not a partnership's");
            assert_eq!(accepts(&admin, "fresh", &unknown).status, 404);
        }
        assert_eq!(stored(app, "provider", "fresh"), None);
    }

    fn declining_says_why(app) {
        account(app, "fresh", AccountType::IndirectReseller, Cloud::Worldwide);
        let (id, token) = invitation(app, "provider", &|_| {});
        let admin = app.signed_in("global@fresh.test");
        let declined = admin.post(&partnerships::accept_href("fresh", &token), &[("answer", "decline"), ("reason", "Not this year.")]);
        assert_eq!(declined.status, 303);
        assert_eq!((state(app, "provider", id).as_str(), stored(app, "provider", "fresh")), ("declined", None));
        assert_eq!(accepts(&admin, "fresh", &token).status, 410);
        assert_eq!(told(app, "invitation_answered"), ["agent@provider.test"]);
    }

    fn partnerships_do_not_cross_clouds(app) {
        account(app, "gov", AccountType::IndirectReseller, Cloud::UsGovernment);
        let (_, token) = invitation(app, "provider", &|_| {});
        let admin = app.signed_in("global@gov.test");
        let answer = accepts(&admin, "gov", &token);
        assert_eq!(answer.status, 410);
        assert!(answer.text().contains("is in another cloud"));
        assert_eq!(stored(app, "provider", "gov"), None);
        let chosen = admin.get(&partnerships::choose_href(&token));
        assert!(chosen.text().contains("No account of yours can answer"));
    }

    fn the_link_of_the_mail_leads_to_the_account_that_answers(app) {
        account(app, "fresh", AccountType::IndirectReseller, Cloud::Worldwide);
        let (_, token) = invitation(app, "provider", &|_| {});
        let choose = partnerships::choose_href(&token);
        assert!(app.nobody().get(&format!("/connect/{token}")).text().contains(&choose));
        let nobody = app.nobody().get(&choose);
        assert!(nobody.status == 303 && nobody.location().starts_with("/sign-in?to="));
        let admin = app.signed_in("global@fresh.test");
        assert_eq!(admin.get(&choose).location(), partnerships::accept_href("fresh", &token));
        assert_eq!(admin.get(&partnerships::choose_href(&"0".repeat(64))).status, 404);
    }

    fn a_notice_is_given_told_and_taken_back_by_the_side_that_gave_it(app) {
        let provider = app.signed_in(&person(app, "global", "provider", &[Role::GlobalAdmin]));
        let reseller = app.signed_in("agent@reseller.test");
        let (p, r) = (world::partner_id(&app.app, "provider"), world::partner_id(&app.app, "reseller"));
        let (ours, theirs) = (format!("/p/provider/resellers/{r}"), format!("/p/reseller/providers/{p}"));

        assert_eq!(app.signed_in("agent@provider.test").get(&format!("{ours}/end")).status, 403, "global admins alone");
        let shown = provider.get(&format!("{ours}/end"));
        assert!(shown.text().contains("you can no longer add customers on behalf of Petit Revendeur"));
        let wrong = provider.post(&format!("{ours}/end"), &[("days", "3"), ("reason", ""), ("name", "Petit")]);
        assert_eq!((wrong.status, wrong.errors().len()), (422, 3));

        assert_eq!(gives_notice(&provider, &ours, "petit revendeur").status, 303);
        assert_eq!(told(app, "partnership_notice"), ["agent@reseller.test"]);
        let seen = reseller.get("/p/reseller/providers").text();
        assert!(seen.contains("Grand Comptoir Distribution ends the partnership with you on 2\u{a0}Dec\u{a0}2026") && seen.contains("We part as friends."), "{seen}");
        assert_eq!(names(&reseller.get("/p/reseller/providers?state=notice")), ["Grand Comptoir Distribution"]);
        assert_eq!(gives_notice(&provider, &ours, "Petit Revendeur").status, 200, "twice is once");
        assert_eq!(told(app, "partnership_notice").len(), 1);

        let refused = reseller.post(&format!("{theirs}/take-back"), &[]);
        assert_eq!(refused.location(), format!("{theirs}/end"), "not the other side's to take back");
        assert!(!reseller.get(&format!("{theirs}/end")).text().contains("take-back"));
        assert_eq!(provider.post(&format!("{ours}/take-back"), &[]).location(), "/p/provider/resellers");
        assert_eq!(told(app, "partnership_notice").len(), 2);
        app.clock.advance(40 * DAY);
        assert_eq!(run_schedule(app), 0);
        let provider = app.signed_in("global@provider.test");
        assert_eq!(names(&provider.get("/p/provider/resellers")), ["Petit Revendeur"], "it goes on");
        for slug in ["provider", "reseller"] {
            let log = events(app, slug);
            assert!(log.contains(&"partnership.notice".to_owned()) && log.contains(&"partnership.take_back".to_owned()), "{slug}: {log:?}");
        }
    }

    fn a_notice_that_has_run_out_ends_it_whether_or_not_a_job_has_run(app) {
        let reseller = app.signed_in("agent@reseller.test");
        let (p, r) = (world::partner_id(&app.app, "provider"), world::partner_id(&app.app, "reseller"));
        let (both, _) = invitation(app, "reseller", &|new| (new.kind, new.provider) = (Kind::ResellerAndProvider, Some(p)));
        let (single, _) = invitation(app, "reseller", &|new| new.kind = Kind::Reseller);
        assert_eq!(gives_notice(&reseller, &format!("/p/reseller/providers/{p}"), "Grand Comptoir Distribution").status, 303);

        let works = || app.app.commands().write_as(p, |scope, conn| scope.for_reseller(conn, r, |_, _| Ok(()))).is_ok();
        let offered = || app.signed_in("agent@provider.test").get("/p/provider/customers/new").text().contains("Petit Revendeur");
        app.clock.advance(30 * DAY - 1);
        assert!(works() && offered(), "until the last moment");
        app.clock.advance(1);
        assert!(!works() && !offered(), "and not a moment longer");
        assert_eq!(stored(app, "provider", "reseller").as_deref(), Some("active"), "nobody has noted it yet");
        let provider = app.signed_in("agent@provider.test");
        assert!(names(&provider.get("/p/provider/resellers")).is_empty());
        assert_eq!(names(&provider.get("/p/provider/resellers?state=ended")), ["Petit Revendeur"]);

        assert_eq!((run_schedule(app), run_schedule(app)), (1, 0), "noted once");
        assert_eq!(stored(app, "provider", "reseller").as_deref(), Some("ended"));
        let mut told = told(app, "partnership_ended");
        told.sort_unstable();
        assert_eq!(told, ["agent@provider.test", "agent@reseller.test"]);
        assert_eq!((state(app, "reseller", both).as_str(), state(app, "reseller", single).as_str()), ("revoked", "sent"));

        let (_, token) = invitation(app, "provider", &|_| {});
        let reseller = app.signed_in("agent@reseller.test");
        assert_eq!(accepts(&reseller, "reseller", &token).status, 303);
        assert!(works(), "an ended partnership is made anew");
    }

    fn each_side_has_its_own_addresses_and_strangers_none(app) {
        let (p, r) = (world::partner_id(&app.app, "provider"), world::partner_id(&app.app, "reseller"));
        account(app, "fresh", AccountType::IndirectReseller, Cloud::Worldwide);
        let fresh = app.signed_in("global@fresh.test");
        let reseller = app.signed_in("agent@reseller.test");
        assert_eq!(reseller.get("/p/reseller/resellers").location(), "/p/reseller/providers");
        for path in [format!("/p/reseller/resellers/{p}/end"), format!("/p/reseller/providers/{r}/end")] {
            assert_eq!(reseller.get(&path).status, 404, "{path}");
        }
        assert_eq!(fresh.get(&format!("/p/fresh/providers/{p}/end")).status, 404, "not a partner of this provider");
        assert_eq!(gives_notice(&fresh, &format!("/p/fresh/providers/{p}"), "Grand Comptoir Distribution").status, 404);
        assert_eq!(fresh.post(&format!("/p/fresh/providers/{p}/take-back"), &[]).status, 404);
        assert!(names(&fresh.get("/p/fresh/providers")).is_empty());
        let direct = app.signed_in("global@north.test");
        assert_eq!(direct.get("/p/north/resellers").status, 403);
        assert!(!direct.get("/p/north/customers").text().contains("/p/north/resellers"));
    }

    fn a_list_of_many_is_searched_and_paged_without_gaps(app) {
        let provider = world::partner_id(&app.app, "provider");
        app.app.commands().write(|conn| {
            for number in 0..120 {
                let id = PartnerId::new();
                diesel::insert_into(partner_account::table).values((
                    partner_account::id.eq(id), partner_account::number.eq(1_000 + number), partner_account::slug.eq(format!("r{number}")),
                    partner_account::name.eq(format!("Révendeur {number:03}")), partner_account::account_type.eq(AccountType::IndirectReseller),
                    partner_account::status.eq("active"), partner_account::cloud.eq(Cloud::Worldwide), partner_account::country.eq("FR"),
                    partner_account::domain.eq("x.test"), partner_account::created_at.eq(app.clock.now()),
                )).execute(conn)?;
                diesel::insert_into(partnership::table).values((
                    partnership::provider_id.eq(provider), partnership::reseller_id.eq(id), partnership::cloud.eq(Cloud::Worldwide),
                    partnership::status.eq("active"), partnership::created_at.eq(app.clock.now()),
                )).execute(conn)?;
            }
            Ok(())
        }).expect("many resellers");
        let client = app.signed_in("agent@provider.test");
        let (mut path, mut seen) = ("/p/provider/resellers?size=50".to_owned(), Vec::new());
        let before = app.app.statements();
        loop {
            let answer = client.get(&path);
            seen.extend(names(&answer));
            match answer.attribute("a[rel=next]", "href") {
                Some(next) => path = next,
                None => break,
            }
        }
        assert!(app.app.statements() - before <= 3 * 6, "six statements a page");
        assert_eq!(seen.len(), 121);
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), 121, "none twice");
        assert_eq!(client.get(&path).attribute("a[rel=prev]", "href").map(|back| names(&client.get(&back)).len()), Some(50));
        assert_eq!(names(&client.get("/p/provider/resellers?q=revendeur+11")).len(), 10, "accents aside");
        assert_eq!(names(&client.get("/p/provider/resellers?sort=-name&size=25"))[0], "Révendeur 119");
    }

    fn the_database_refuses_what_is_no_state_of_a_partnership(app) {
        let pair = (world::partner_id(&app.app, "provider"), world::partner_id(&app.app, "reseller"));
        let now = app.clock.now();
        let tried = |change: &dyn Fn(&mut comptoir::db::Conn) -> QueryResult<usize>| app.app.commands().write(|conn| Ok(change(conn)?)).is_err();
        assert!(tried(&|conn| diesel::update(partnership::table.find(pair)).set(partnership::status.eq("ended")).execute(conn)));
        assert!(tried(&|conn| diesel::update(partnership::table.find(pair)).set(partnership::status.eq("invited")).execute(conn)));
        assert!(tried(&|conn| diesel::update(partnership::table.find(pair)).set(partnership::ends_at.eq(Some(now))).execute(conn)), "a notice that nobody gave");
        let stranger = world::partner_id(&app.app, "north");
        assert!(tried(&|conn| diesel::update(partnership::table.find(pair)).set((partnership::ends_at.eq(Some(now)), partnership::ended_by.eq(Some(stranger)))).execute(conn)));
        assert_eq!(stored(app, "provider", "reseller").as_deref(), Some("active"));
    }
}
