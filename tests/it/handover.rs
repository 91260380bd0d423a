//! A provider hands referrals to its resellers: who sees what, who gets it, what comes of it.

use crate::harness::TestApp;
use crate::harness::client::Answer;
use crate::harness::world::{member, partner_id};
use crate::on_both;
use crate::partnerships::{account, letters, person};
use comptoir::access::may::Role;
use comptoir::access::referral::{Prospect, Sight};
use comptoir::clock::DAY;
use comptoir::db::ids::{HandoverId, PartnerId, ReferralId};
use comptoir::db::schema::*;
use comptoir::domain::referral::{Reason, Stage, State};
use comptoir::domain::{AccountType, Cloud};
use comptoir::error::{Error, Result};
use comptoir::features::handover::acts as handing;
use comptoir::features::handover::acts::New;
use comptoir::features::referrals::acts::{self, Accept, Deal, Need, Own};
use comptoir::features::referrals::model;
use diesel::prelude::*;
use scraper::Selector;

pub const WHO: &str = "referrals@provider.test";

pub fn deal(title: &str) -> Deal {
    Deal { title: title.into(), value_minor: 1_250_000, currency: "EUR".into(), close_on: "2027-03-01".into(), stage: Stage::Accepted }
}

/// An opportunity of an account's own, with a private word in every place that has one.
pub fn opportunity(app: &TestApp, slug: &str, owner: &str, company: &str) -> ReferralId {
    let owner = member(&app.app, owner);
    let new = Own {
        prospect: Prospect {
            company: company.into(),
            country: "FR".into(),
            city: "Nantes".into(),
            first_name: "Zoé".into(),
            last_name: format!("of {company}"),
            email: if company == "Contoso" { "zoe@prospect.example".into() } else { "zoe@elsewhere.example".into() },
            consent_at: Some(app.clock.now()),
            phone: "+33240123456".into(),
            address1: "1 rue du Port".into(),
            postal_code: "44000".into(),
            ..Prospect::default()
        },
        deal: deal(&format!("{company} migration")),
        work: acts::Work { next_action: "call Monday".into(), crm_id: "CRM-7".into(), campaign_id: "spring".into() },
        need: Need { need: "Forty mailboxes move.".into(), industry: "education".into(), size: "10to50".into(), ..Need::default() },
        language: "fr".into(),
        owner,
        team: Vec::new(),
        location: None,
    };
    let made = app.app.commands().write_as(partner_id(&app.app, slug), |scope, conn| acts::create_own(scope, conn, &new));
    made.expect("an opportunity")
}

/// One more active reseller of the provider, with somebody who answers referrals.
pub fn reseller(app: &TestApp, slug: &str) -> PartnerId {
    let id = account(app, slug, AccountType::IndirectReseller, Cloud::Worldwide);
    person(app, "referrals", slug, &[Role::ReferralsAdmin]);
    let (provider, now) = (partner_id(&app.app, "provider"), app.clock.now());
    let join = |conn: &mut comptoir::db::Conn| {
        let row = (
            partnership::provider_id.eq(provider),
            partnership::reseller_id.eq(id),
            partnership::cloud.eq(Cloud::Worldwide),
            partnership::status.eq("active"),
            partnership::created_at.eq(now),
        );
        Ok(diesel::insert_into(partnership::table).values(row).execute(conn)?)
    };
    app.app.commands().write(join).expect("a partnership");
    id
}

/// Hands a referral of the provider's to resellers.
pub fn hands(app: &TestApp, referral: ReferralId, to: &[&str]) -> HandoverId {
    let resellers = to.iter().map(|slug| partner_id(&app.app, slug)).collect();
    let new = New { referral, resellers, message: "A good one.".into(), days: 14, allow_next: false };
    let user = member(&app.app, WHO);
    let made = app.app.commands().write_as(partner_id(&app.app, "provider"), |scope, conn| handing::hand_over(scope, conn, user, &new));
    made.expect("written").expect("allowed")
}

/// The newest referral of an account.
pub fn newest(app: &TestApp, slug: &str) -> model::Referral {
    let row = app.app.commands().read_as(partner_id(&app.app, slug), |scope, conn| {
        let all = scope.all(referral::table).order(referral::number.desc()).select(model::Referral::as_select());
        Ok(all.first(conn)?)
    });
    row.expect("a referral")
}

pub fn accepts(app: &TestApp, slug: &str, owner: &str) -> Result<()> {
    let row = newest(app, slug);
    let new = Accept { deal: deal("Mail for forty"), work: acts::Work::default(), owner: member(&app.app, owner), contacted: false };
    let partner = partner_id(&app.app, slug);
    app.app.commands().write_as(partner, |scope, conn| acts::accept(scope, conn, Sight::ALL, row.id, row.version, &new))
}

fn declines(app: &TestApp, slug: &str) {
    let row = newest(app, slug);
    let done = app.app.commands().write_as(partner_id(&app.app, slug), |scope, conn| {
        acts::decline(scope, conn, Sight::ALL, row.id, row.version, Reason::NoCapacity, "")
    });
    done.expect("declined");
}

fn reopens(app: &TestApp, slug: &str) -> Result<()> {
    let row = newest(app, slug);
    app.app.commands().write_as(partner_id(&app.app, slug), |scope, conn| acts::reopen(scope, conn, Sight::ALL, row.id, row.version))
}

fn state(app: &TestApp, slug: &str) -> State {
    newest(app, slug).substatus
}

/// How the shared part of an account's newest referral stands.
fn shared(app: &TestApp, slug: &str) -> String {
    let id = newest(app, slug).id;
    let state = app.app.commands().read_as(partner_id(&app.app, slug), |scope, conn| {
        Ok(scope.received(engagement::table).filter(engagement::to_referral_id.eq(id)).select(engagement::state).first(conn)?)
    });
    state.expect("an engagement")
}

fn told(app: &TestApp, kind: &str) -> Vec<String> {
    letters(app).into_iter().filter(|(_, letter)| letter == kind).map(|(to, _)| to).collect()
}

fn form_href(id: ReferralId) -> String {
    format!("/p/provider/referrals/{id}/hand-over")
}

/// The choices of resellers that a page offers: name and id.
fn offered(answer: &Answer) -> Vec<(String, String)> {
    let html = answer.html();
    let boxes = Selector::parse("input[name=resellers]").expect("a selector");
    let label = |id: &str| answer.texts(&format!("label[for='{id}']")).concat();
    html.select(&boxes).map(|one| (label(one.attr("id").unwrap_or_default()), one.attr("value").unwrap_or_default().to_owned())).collect()
}

/// The cells of a table's row, from 0, and what stands under them.
pub fn cells(answer: &Answer, row: usize) -> String {
    let at = format!("tbody tr:nth-child({})", row + 1);
    answer.texts(&[".cell-main", ".badge", ".cell-sub", "td:not(:has(*))"].map(|part| format!("{at} {part}")).join(", ")).join("|")
}

on_both! {
    fn a_provider_chooses_resellers_and_each_gets_it_masked(app) {
        reseller(app, "fresh");
        let id = opportunity(app, "provider", WHO, "Contoso");
        let client = app.signed_in(WHO);
        let page = client.get(&form_href(id));
        assert_eq!((page.status, page.h1().as_str()), (200, "Hand over to resellers"));
        let names: Vec<String> = offered(&page).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["fresh & Co", "Petit Revendeur"]);

        let nobody = client.post(&form_href(id), &[("days", "15"), ("action", "send")]);
        assert_eq!((nobody.status, nobody.errors()), (422, vec!["Choose at least one reseller.".to_owned(), "Choose from 1 to 14 days.".into()]));

        // A search keeps what is ticked.
        let petit = partner_id(&app.app, "reseller").to_string();
        let found = client.post(&form_href(id), &[("resellers", &petit), ("search", "fresh"), ("days", "7"), ("action", "search")]);
        assert_eq!(offered(&found).into_iter().map(|(name, _)| name).collect::<Vec<_>>(), ["Petit Revendeur", "fresh & Co"]);
        assert_eq!(found.attributes("input[name=resellers][checked]", "value"), std::slice::from_ref(&petit));

        let fresh = partner_id(&app.app, "fresh").to_string();
        let fields = [("_key", "once"), ("resellers", &petit), ("resellers", &fresh), ("message", "A good one."), ("days", "7"), ("action", "send")];
        let made = client.post(&form_href(id), &fields);
        assert_eq!(made.status, 303, "{}", made.text());
        assert_eq!(client.post(&form_href(id), &fields).location(), made.location(), "the same submit once more");
        let made = client.visit(made.location());
        assert_eq!((cells(&made, 0), cells(&made, 1)), ("Petit Revendeur|Received|Not opened yet||".into(), "fresh & Co|Received|Not opened yet||".into()));
        let mut to = told(app, "referral_offered");
        to.sort();
        assert_eq!(to, ["referrals@fresh.test", "referrals@reseller.test"]);

        for slug in ["reseller", "fresh"] {
            let row = newest(app, slug);
            assert_eq!((row.company.as_str(), row.title.as_str(), row.city.as_str()), ("", "", "Nantes"));
            assert_eq!(row.sender_name, "Grand Comptoir Distribution");
            assert_eq!(row.expires_at, Some(app.clock.now().plus(7 * DAY)));
        }
        // While it waits it is not handed over again.
        assert!(client.get(&form_href(id)).text().contains("already offered to resellers"));
    }

    fn the_first_to_accept_gets_it_and_the_others_are_told(app) {
        reseller(app, "fresh");
        let id = opportunity(app, "provider", WHO, "Contoso");
        let handover = hands(app, id, &["reseller", "fresh"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");

        let row = newest(app, "reseller");
        assert_eq!((row.substatus, row.company.as_str(), row.title.as_str()), (State::Accepted, "Contoso", "Mail for forty"));
        assert_eq!((state(app, "fresh"), shared(app, "fresh").as_str()), (State::Expired, "taken"));
        assert_eq!(newest(app, "fresh").company, "", "and never learns who it was");
        assert_eq!(told(app, "referral_gone"), ["referrals@fresh.test"]);
        assert!(matches!(accepts(app, "fresh", "referrals@fresh.test"), Err(Error::Conflict)));

        let client = app.signed_in(WHO);
        let page = client.get(&format!("/p/provider/referrals/handovers/{handover}"));
        assert!(cells(&page, 0).starts_with("Petit Revendeur|Accepted|"), "{}", cells(&page, 0));
        assert!(cells(&page, 0).ends_with("|12,500 EUR|1 Mar 2027"), "{}", cells(&page, 0));
        assert!(cells(&page, 1).starts_with("fresh & Co|Another was first|"), "{}", cells(&page, 1));
        let withdrawn = client.post(&format!("/p/provider/referrals/handovers/{handover}/withdraw"), &[]);
        assert_eq!(withdrawn.status, 303);
        assert_eq!(state(app, "reseller"), State::Accepted, "what is decided is not taken back");
    }

    fn of_many_resellers_that_accept_at_the_same_moment_exactly_one_gets_it(app) {
        let slugs: Vec<String> = (0..5).map(|one| format!("rival{one}")).collect();
        slugs.iter().for_each(|slug| { reseller(app, slug); });
        let names: Vec<&str> = slugs.iter().map(String::as_str).collect();
        for round in 0..3 {
            let id = opportunity(app, "provider", WHO, &format!("Contoso {round}"));
            hands(app, id, &names);
            let gate = std::sync::Barrier::new(names.len());
            let outcomes: Vec<(&str, Result<()>)> = std::thread::scope(|scope| {
                let gate = &gate;
                let running: Vec<_> = names.iter().map(|slug| scope.spawn(move || {
                    let who = format!("referrals@{slug}.test");
                    gate.wait();
                    (*slug, accepts(app, slug, &who))
                })).collect();
                running.into_iter().map(|one| one.join().expect("an outcome")).collect()
            });
            let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(|(_, outcome)| outcome.is_ok());
            assert_eq!((won.len(), lost.len()), (1, 4));
            assert!(lost.iter().all(|(_, outcome)| matches!(outcome, Err(Error::Conflict))), "{lost:?}");
            for slug in &names {
                let wanted = if *slug == won[0].0 { "accepted" } else { "taken" };
                assert_eq!(shared(app, slug), wanted, "{slug}");
            }
        }
    }

    fn what_is_withdrawn_expired_or_of_a_former_partner_is_not_accepted(app) {
        let client = app.signed_in(WHO);
        let id = opportunity(app, "provider", WHO, "Contoso");
        let handover = hands(app, id, &["reseller"]);
        assert_eq!(client.post(&format!("/p/provider/referrals/handovers/{handover}/withdraw"), &[]).status, 303);
        assert_eq!((state(app, "reseller"), shared(app, "reseller").as_str()), (State::Expired, "withdrawn"));
        assert!(accepts(app, "reseller", "referrals@reseller.test").is_err());
        assert_eq!(told(app, "referral_gone"), ["referrals@reseller.test"]);

        let handover = hands(app, id, &["reseller"]);
        app.clock.advance(14 * DAY);
        assert!(matches!(accepts(app, "reseller", "referrals@reseller.test"), Err(Error::Conflict)));
        let later = app.signed_in(WHO);
        assert_eq!(later.get(&format!("/p/provider/referrals/handovers/{handover}")).texts(".title-row .badge"), ["Nobody accepted"]);

        hands(app, id, &["reseller"]);
        app.app.commands().write(|conn| {
            Ok(diesel::update(partnership::table).set((partnership::status.eq("ended"), partnership::ended_at.eq(Some(app.clock.now())))).execute(conn)?)
        }).expect("apart");
        assert!(matches!(accepts(app, "reseller", "referrals@reseller.test"), Err(Error::Conflict)));
    }

    fn what_nobody_accepted_goes_on_to_the_next_where_its_provider_wished_so(app) {
        reseller(app, "fresh");
        let id = opportunity(app, "provider", WHO, "Contoso");
        let user = member(&app.app, WHO);
        let new = New { referral: id, resellers: vec![partner_id(&app.app, "reseller")], message: String::new(), days: 7, allow_next: true };
        let made = app.app.commands().write_as(partner_id(&app.app, "provider"), |scope, conn| handing::hand_over(scope, conn, user, &new));
        made.expect("written").expect("allowed");
        let run = || (comptoir::features::handover::tasks::NEXT.run)(&comptoir::access::schedule::Tick::new(&app.app, app.clock.now())).expect("a run");
        assert_eq!(run(), 0, "somebody may still answer");
        app.clock.advance(7 * DAY);
        assert_eq!((run(), run()), (1, 0));
        let row = newest(app, "fresh");
        assert_eq!((row.substatus, row.city.as_str()), (State::Received, "Nantes"));
        accepts(app, "fresh", "referrals@fresh.test").expect("accepted");
        assert_eq!(told(app, "handover_over"), [WHO]);
    }

    fn when_all_decline_it_goes_on_and_its_provider_is_told(app) {
        reseller(app, "fresh");
        let id = opportunity(app, "provider", WHO, "Contoso");
        let user = member(&app.app, WHO);
        let new = New { referral: id, resellers: vec![partner_id(&app.app, "reseller")], message: String::new(), days: 7, allow_next: true };
        let made = app.app.commands().write_as(partner_id(&app.app, "provider"), |scope, conn| handing::hand_over(scope, conn, user, &new));
        made.expect("written").expect("allowed");
        let run = || (comptoir::features::handover::tasks::NEXT.run)(&comptoir::access::schedule::Tick::new(&app.app, app.clock.now())).expect("a run");
        declines(app, "reseller");
        reopens(app, "reseller").expect("nothing has followed yet");
        assert_eq!(run(), 0, "somebody may answer again");
        declines(app, "reseller");
        assert_eq!((run(), run()), (1, 0));
        assert_eq!((state(app, "fresh"), told(app, "handover_over").len()), (State::Received, 1));
        declines(app, "fresh");
        assert_eq!((run(), told(app, "handover_over").len()), (1, 2), "nobody is left: its provider decides");
        assert!(matches!(reopens(app, "fresh"), Err(Error::Conflict)));
        assert_eq!(app.signed_in(WHO).get(&form_href(id)).attributes("input[name=resellers]", "value").len(), 2);
    }

    fn what_a_reseller_lost_stays_lost_once_another_has_it(app) {
        reseller(app, "fresh");
        let id = opportunity(app, "provider", WHO, "Contoso");
        hands(app, id, &["reseller"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        let row = newest(app, "reseller");
        let partner = partner_id(&app.app, "reseller");
        app.app.commands().write_as(partner, |scope, conn| acts::lose(scope, conn, Sight::ALL, row.id, row.version, Reason::Budget, "")).expect("lost");
        hands(app, id, &["fresh"]);
        assert!(matches!(reopens(app, "reseller"), Err(Error::Conflict)), "another may accept it");
        accepts(app, "fresh", "referrals@fresh.test").expect("accepted");
        assert!(matches!(reopens(app, "reseller"), Err(Error::Conflict)), "another has it");
        assert_eq!((state(app, "reseller"), state(app, "fresh")), (State::Lost, State::Accepted));
    }

    fn a_provider_that_closes_its_referral_takes_it_back_from_its_resellers(app) {
        let id = opportunity(app, "provider", WHO, "Contoso");
        let handover = hands(app, id, &["reseller"]);
        let version = newest(app, "provider").version;
        app.app.commands().write_as(partner_id(&app.app, "provider"), |scope, conn| acts::win(scope, conn, Sight::ALL, id, version)).expect("won");
        assert_eq!((state(app, "reseller"), shared(app, "reseller").as_str()), (State::Expired, "withdrawn"));
        assert!(accepts(app, "reseller", "referrals@reseller.test").is_err());
        assert_eq!(told(app, "referral_gone"), ["referrals@reseller.test"]);
        let page = app.signed_in(WHO).get(&format!("/p/provider/referrals/handovers/{handover}"));
        assert!(!page.text().contains("Nobody accepted"), "{}", page.text());
    }

    fn what_a_reseller_shares_its_provider_reads_until_it_is_over(app) {
        let id = opportunity(app, "provider", WHO, "Contoso");
        let handover = hands(app, id, &["reseller"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        let row = newest(app, "reseller");
        let (path, reseller) = (format!("/p/reseller/referrals/{}/share", row.id), app.signed_in("referrals@reseller.test"));
        assert_eq!(reseller.post(&path, &[("shared", "They decide in May.")]).status, 303);
        let notes = || app.signed_in(WHO).get(&format!("/p/provider/referrals/handovers/{handover}")).texts(".note__body");
        assert_eq!(notes(), ["A good one.", "They decide in May."].map(str::to_owned).into_iter().rev().collect::<Vec<_>>());
        let partner = partner_id(&app.app, "reseller");
        app.app.commands().write_as(partner, |scope, conn| acts::lose(scope, conn, Sight::ALL, row.id, row.version, Reason::Budget, "")).expect("lost");
        assert_eq!(reseller.post(&path, &[("shared", "One more thing.")]).status, 303);
        assert_eq!(notes().len(), 2);
    }

    fn a_resellers_success_is_its_providers(app) {
        let id = opportunity(app, "provider", WHO, "Contoso");
        hands(app, id, &["reseller"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        let row = newest(app, "reseller");
        let partner = partner_id(&app.app, "reseller");
        app.app.commands().write_as(partner, |scope, conn| acts::win(scope, conn, Sight::ALL, row.id, row.version)).expect("won");
        assert_eq!(state(app, "provider"), State::Won);
        // Taken back within its time, on both sides.
        app.clock.advance(DAY);
        app.app.commands().write_as(partner, |scope, conn| acts::reopen(scope, conn, Sight::ALL, row.id, row.version + 1)).expect("reopened");
        assert_eq!((state(app, "reseller"), state(app, "provider")), (State::Accepted, State::Accepted));
        app.app.commands().write_as(partner, |scope, conn| acts::lose(scope, conn, Sight::ALL, row.id, row.version + 2, Reason::Budget, "secret note")).expect("lost");
        assert_eq!(state(app, "provider"), State::Accepted, "and may hand it to others");
        assert_eq!(app.signed_in(WHO).get(&form_href(id)).attributes("input[name=resellers]", "value").len(), 1);
    }

    fn the_report_counts_what_each_reseller_made_of_its_offers(app) {
        reseller(app, "fresh");
        for company in ["Contoso", "Fabrikam"] {
            hands(app, opportunity(app, "provider", WHO, company), &["reseller", "fresh"]);
            app.clock.advance(2 * 3600 * 1_000_000);
            accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        }
        hands(app, opportunity(app, "provider", WHO, "Tailspin"), &["fresh"]);
        app.clock.advance(15 * DAY);
        let client = app.signed_in(WHO);
        let page = client.get("/p/provider/referrals/handovers/report");
        assert_eq!(cells(&page, 0), "fresh & Co|3|0|0|1|2|0|0|0 %||");
        assert_eq!(cells(&page, 1), "Petit Revendeur|2|2|0|0|0|0|0|100 %||2 h");
        assert_eq!(page.texts("tfoot tr > *").join("|"), "All resellers|5|2|0|1|2|0|0|67 %||2 h");
        let file = client.get("/p/provider/referrals/handovers/report.csv?days=90").text();
        assert!(file.contains("fresh & Co,3,0,0,1,2,0,0,0,,") && file.contains("Petit Revendeur,2,2,0,0,0,0,0,100,,2"), "{file}");
        assert_eq!(client.get("/p/provider/referrals/handovers").texts("tbody th"), ["Tailspin", "Fabrikam", "Contoso"]);
        assert_eq!(client.get("/p/provider/referrals/handovers?state=over").texts("tbody th"), ["Tailspin"]);
        let first = client.get("/p/provider/referrals/handovers?state=won&size=25");
        assert_eq!(first.texts("tbody th"), ["Fabrikam", "Contoso"]);
        app.clock.advance(60 * DAY);
        assert!(app.signed_in(WHO).get("/p/provider/referrals/handovers/report?days=30").text().contains("Nothing was handed over"));
    }

    fn a_provider_sees_nothing_of_a_reseller_but_the_shared_part(app) {
        let id = opportunity(app, "provider", WHO, "Contoso");
        let handover = hands(app, id, &["reseller"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        let row = newest(app, "reseller");
        let partner = partner_id(&app.app, "reseller");
        app.app.commands().write_as(partner, |scope, conn| {
            diesel::update(scope.all(referral_detail::table)).set((
                referral_detail::reason_note.eq("canary"), referral_detail::next_action.eq("canary"),
                referral_detail::crm_id.eq("canary"), referral_detail::campaign_id.eq("canary"),
            )).execute(conn)?;
            diesel::insert_into(referral_note::table).values((
                referral_note::partner_id.eq(partner), referral_note::id.eq(comptoir::db::ids::NoteId::new()), referral_note::referral_id.eq(row.id),
                referral_note::author_id.eq(member(&app.app, "referrals@reseller.test")), referral_note::body.eq("canary"), referral_note::created_at.eq(scope.now),
            )).execute(conn)?;
            Ok(())
        }).expect("private words");
        let client = app.signed_in(WHO);
        for path in [format!("/p/provider/referrals/handovers/{handover}"), "/p/provider/referrals/handovers".into(), "/p/provider/referrals/handovers/report".into(), format!("/p/provider/referrals/{id}"), "/p/provider/referrals".into(), "/p/provider/audit".into()] {
            assert!(!client.get(&path).text().contains("canary"), "{path}");
        }
        // And the reseller nothing of its provider's own words.
        let reseller = app.signed_in("referrals@reseller.test");
        let text = reseller.get(&format!("/p/reseller/referrals/{}", row.id)).text();
        for private in ["call Monday", "CRM-7", "spring", "Contoso migration"] {
            assert!(!text.contains(private), "{private}");
        }
    }

    fn another_providers_hand_over_does_not_exist(app) {
        account(app, "rivals", AccountType::IndirectProvider, Cloud::Worldwide);
        person(app, "referrals", "rivals", &[Role::ReferralsAdmin]);
        let id = opportunity(app, "provider", WHO, "Contoso");
        let handover = hands(app, id, &["reseller"]);
        let stranger = app.signed_in("referrals@rivals.test");
        for path in [format!("/p/rivals/referrals/handovers/{handover}"), format!("/p/rivals/referrals/{id}/hand-over")] {
            assert_eq!(stranger.get(&path).status, 404, "{path}");
        }
        assert_eq!(stranger.post(&format!("/p/rivals/referrals/handovers/{handover}/withdraw"), &[]).status, 404);
        assert!(stranger.get("/p/rivals/referrals/handovers/report").text().contains("Nothing was handed over"));
        // A reseller, or a direct partner, has no hand-overs.
        for (who, slug) in [("referrals@reseller.test", "reseller"), ("referrals@north.test", "north")] {
            assert_eq!(app.signed_in(who).get(&format!("/p/{slug}/referrals/handovers")).status, 403);
        }
    }
}
