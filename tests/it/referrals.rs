//! The inbox: what is masked, who sees what, which step leads where, and what time does.

use crate::handover::opportunity;
use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, Listed, NANTES, letters, member, partner_id};
use crate::inquiry::got;
use crate::on_both;
use comptoir::access::directory::Inquiring;
use comptoir::access::referral::Sight;
use comptoir::access::terms::Terms;
use comptoir::clock::{DAY, HOUR, MINUTE};
use comptoir::db::ids::{InquiryId, ReferralId, RequestId};
use comptoir::db::schema::*;
use comptoir::domain::referral::State;
use comptoir::features::inquiry::forms::ContactForm;
use comptoir::features::inquiry::queries;
use comptoir::features::inquiry::send::{self, Outcome};
use comptoir::features::referrals::{model, people};
use comptoir::i18n::Lang;
use comptoir::web::form::Errors;
use diesel::prelude::*;
use std::io::Read;

const ADMIN: &str = "referrals@north.test";
const USER: &str = "referralsuser@north.test";
const LIST: &str = "/p/north/referrals";

/// What a visitor says that stays hidden until somebody accepts.
const HIDDEN: [(&str, &str); 5] = [
    ("company", "Quillfeather Bakery"),
    ("first_name", "Zebedee"),
    ("last_name", "Quillfeather"),
    ("email", "zebedee@quillfeather.example"),
    ("phone", "+33 2 99 11 22 33"),
];

/// An inquiry of a visitor to the north; its referral there.
fn arrives(app: &TestApp, more: &[(&str, &str)]) -> ReferralId {
    if got(app, "north").is_empty() {
        world::listing(&app.app, "north", &Listed::at(&[NANTES]));
    }
    let said = |name: &str, usual: &str| more.iter().find(|(one, _)| *one == name).map_or(usual, |(_, value)| value).to_owned();
    let [(_, company), (_, first_name), (_, last_name), (_, email), (_, phone)] = HIDDEN;
    let form = ContactForm {
        need: said("need", "We move our mail this winter."),
        products: vec!["mail".into()],
        time_frame: "month".into(),
        industry: "retail".into(),
        size: "10to50".into(),
        company: company.into(),
        first_name: first_name.into(),
        last_name: last_name.into(),
        email: email.into(),
        phone: phone.into(),
        wants_call: said("wants_call", ""),
        country: "FR".into(),
        city: "Nantes".into(),
        consent: "1".into(),
        ..ContactForm::default()
    };
    let sent = app.app.commands().write(|conn| {
        let inquiring = Inquiring { now: app.clock.now(), request: RequestId::new() };
        let (targets, terms) = (queries::targets(conn, &["north".to_owned()], "nantes")?, Terms::load(conn)?);
        let new = form.parse(InquiryId::new(), Lang::En, &terms, &targets, &mut Errors::default()).expect("a form that holds");
        send::send(&inquiring, conn, &app.app.keys, &new)
    });
    assert_eq!(sent.expect("sent"), Outcome::Sent);
    *got(app, "north").last().expect("a referral")
}

/// The files in an archive, such as a spreadsheet, one after the other.
pub fn unpacked(body: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(body)).expect("an archive");
    let mut text = String::new();
    for number in 0..archive.len() {
        archive.by_index(number).expect("a file").read_to_string(&mut text).expect("text");
    }
    text
}

fn href(id: ReferralId) -> String {
    format!("{LIST}/{id}")
}

fn row(app: &TestApp, id: ReferralId) -> model::Referral {
    let row = app.app.commands().read_as(partner_id(&app.app, "north"), |scope, conn| Ok(model::find(scope, conn, Sight::ALL, id)?));
    row.expect("a referral")
}

fn version(app: &TestApp, id: ReferralId) -> String {
    row(app, id).version.to_string()
}

/// What an acceptance sends.
fn acceptance<'a>(version: &'a str, owner: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("title", "Winter migration"),
        ("value", "12 500,50"),
        ("currency", "EUR"),
        ("close_on", "2027-03-01"),
        ("owner", owner),
        ("contacted", "yes"),
        ("next_action", "Call on Monday"),
    ]
}

fn accept(app: &TestApp, client: &Client, id: ReferralId) -> Answer {
    let (version, owner) = (version(app, id), member(&app.app, ADMIN).to_string());
    client.post(&format!("{}/accept", href(id)), &acceptance(&version, &owner))
}

/// Posts a step with what it demands.
fn step(app: &TestApp, client: &Client, id: ReferralId, what: &str) -> Answer {
    let version = version(app, id);
    match what {
        "accept" => accept(app, client, id),
        "win" | "reopen" => client.post(&format!("{}/{what}", href(id)), &[("version", &version)]),
        "edit" => {
            let fields =
                [("version", version.as_str()), ("title", "Renamed"), ("value", "1"), ("currency", "EUR"), ("close_on", "2027-03-01")];
            client.post(&format!("{}/edit/deal", href(id)), &fields)
        }
        _ => client.post(&format!("{}/{what}", href(id)), &[("version", &version), ("reason", "other"), ("note", "our own words")]),
    }
}

fn named(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("{LIST}{query}"));
    assert_eq!(answer.status, 200, "{query}");
    answer.texts("tbody th a")
}

/// The totals that the tabs show are those of the rows.
fn kept_are_counted(app: &TestApp) {
    let (kept, counted) = app
        .app
        .commands()
        .read_as(partner_id(&app.app, "north"), |scope, conn| {
            use referral_total as total;
            let each = (total::received, total::accepted, total::won, total::lost, total::declined, total::expired);
            let kept: (i64, i64, i64, i64, i64, i64) = scope.all(total::table).select(each).first(conn)?;
            let rows: Vec<State> = scope.all(referral::table).select(referral::substatus).load(conn)?;
            Ok((kept, State::ALL.iter().map(|state| rows.iter().filter(|row| *row == state).count() as i64).collect::<Vec<_>>()))
        })
        .expect("totals");
    assert_eq!(<[i64; 6]>::from(kept).to_vec(), counted);
}

fn tabs(client: &Client) -> Vec<String> {
    client.get(LIST).texts("nav.tabs a")
}

on_both! {
    fn who_asks_is_nowhere_before_acceptance_and_everywhere_after(app) {
        let id = arrives(app, &[("wants_call", "1")]);
        let (admin, agent) = (app.signed_in(ADMIN), app.signed_in("agent@north.test"));
        assert_eq!(named(&admin, ""), ["Retail and consumer goods, Nantes"]);
        let places = [LIST.to_owned(), format!("{LIST}.csv"), format!("{LIST}.json"), href(id), format!("{}/accept", href(id)), format!("{}/decline", href(id))];
        for place in &places {
            let text = admin.get(place).text();
            for (field, hidden) in HIDDEN {
                assert!(!text.contains(hidden), "{place}: {field}");
            }
        }
        for query in ["?q=quillfeather", "?q=zebedee", "?state=received&q=bakery"] {
            assert!(named(&admin, query).is_empty(), "{query}");
        }
        let log = agent.get("/p/north/audit").text();
        let mails = letters(&app.app, "leads@north.test").join(" ");
        assert!(mails.contains("referral_waits"), "{mails}");
        for (field, hidden) in HIDDEN {
            assert!(!log.contains(hidden) && !mails.contains(hidden), "{field}");
        }
        assert!(admin.get(&href(id)).text().contains("Wants to be called"));

        let done = accept(app, &admin, id);
        assert_eq!((done.status, done.location()), (303, href(id).as_str()), "{:?}", done.errors());
        let page = admin.get(&href(id));
        assert_eq!(page.h1(), "Quillfeather Bakery");
        for shown in ["Quillfeather", "Zebedee", "zebedee@quillfeather.example"] {
            assert!(page.text().contains(shown), "{shown}");
        }
        assert_eq!(named(&admin, "?q=quillf"), ["Quillfeather Bakery"]);
        assert_eq!(named(&admin, "?q=zebedee"), ["Quillfeather Bakery"]);
        assert_eq!(named(&admin, "?q=winter+migration"), ["Quillfeather Bakery"]);
        assert!(admin.get(&format!("{LIST}.csv?state=accepted")).text().contains("zebedee@quillfeather.example"));
    }

    fn an_acceptance_says_all_that_is_missing_and_keeps_what_was_typed(app) {
        let id = arrives(app, &[]);
        let admin = app.signed_in(ADMIN);
        let version = version(app, id);
        let answer = admin.post(&format!("{}/accept", href(id)), &[("version", &version), ("title", ""), ("value", "-1"), ("next_action", "Call on Monday")]);
        assert_eq!(answer.status, 422);
        assert_eq!(answer.errors().len(), 6, "{:?}", answer.errors());
        assert_eq!(answer.attribute("#f-next_action", "value").as_deref(), Some("Call on Monday"));
        let late = [("version", version.as_str()), ("close_on", "2020-01-01")];
        assert!(admin.post(&format!("{}/accept", href(id)), &late).errors().iter().any(|error| error.contains("today or a later day")));
        assert_eq!(row(app, id).substatus.as_str(), "received");
        let other = admin.post(&format!("{}/decline", href(id)), &[("version", &version), ("reason", "other")]);
        assert_eq!((other.status, other.errors().len()), (422, 1), "other demands a note");
    }

    fn each_step_is_taken_from_the_states_that_allow_it_and_no_other(app) {
        let admin = app.signed_in(ADMIN);
        // How one comes to each state, and where each step leads from there.
        type Wrong<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)]);
        let table: [Wrong<'_>; 5] = [
            (&[], &[("accept", "accepted"), ("decline", "declined")]),
            (&["accept"], &[("edit", "accepted"), ("win", "won"), ("lose", "lost")]),
            (&["accept", "win"], &[("reopen", "accepted")]),
            (&["accept", "lose"], &[("reopen", "accepted")]),
            (&["decline"], &[("reopen", "received")]),
        ];
        for (way, allowed) in table {
            for what in ["accept", "decline", "edit", "win", "lose", "reopen"] {
                let id = arrives(app, &[]);
                for before in way {
                    assert_eq!(step(app, &admin, id, before).status, 303, "{way:?}");
                    app.clock.advance(MINUTE);
                }
                let (was, shown) = (row(app, id).substatus, version(app, id));
                let answer = step(app, &admin, id, what);
                let now = row(app, id).substatus.as_str();
                match allowed.iter().find(|(one, _)| *one == what) {
                    Some((_, wanted)) => assert_eq!((answer.status, now), (303, *wanted), "{way:?} {what} {:?}", answer.errors()),
                    None => {
                        assert!(answer.status == 303 || answer.status == 409, "{way:?} {what}: {}", answer.status);
                        assert_eq!((now, version(app, id)), (was.as_str(), shown), "{way:?} {what}");
                    }
                }
            }
        }
        kept_are_counted(app);
    }

    fn it_is_reopened_once_and_its_sender_is_not_written_to_for_ever(app) {
        let id = arrives(app, &[]);
        let admin = app.signed_in(ADMIN);
        for (what, wanted) in [("decline", "declined"), ("reopen", "received"), ("decline", "declined"), ("reopen", "declined")] {
            step(app, &admin, id, what);
            assert_eq!(row(app, id).substatus.as_str(), wanted, "{what}");
        }
        let page = admin.get(&href(id));
        assert!(page.text().contains("can be reopened only once") && !page.text().contains("Closed by mistake?"));
        let told = letters(&app.app, "zebedee@quillfeather.example");
        assert_eq!(told.iter().filter(|letter| letter.contains("declined")).count(), 2);
    }

    fn time_is_over_at_its_microsecond_whether_or_not_anybody_noted_it(app) {
        let id = arrives(app, &[]);
        app.clock.advance(14 * DAY - 1);
        let admin = app.signed_in(ADMIN);
        assert_eq!(named(&admin, "").len(), 1);
        assert_eq!(admin.get(LIST).texts("tbody .badge--bad"), ["1 minute left"], "red");
        assert_eq!(tabs(&admin)[..3], ["New · 1", "Active · 0", "Closed · 0"]);
        assert_eq!(admin.get(&format!("{}/accept", href(id))).status, 200);
        app.clock.advance(1);
        assert!(named(&admin, "").is_empty());
        assert_eq!(named(&admin, "?state=expired").len(), 1);
        assert_eq!(tabs(&admin)[..3], ["New · 0", "Active · 0", "Closed · 1"]);
        assert_eq!(accept(app, &admin, id).location(), href(id));
        assert_eq!(row(app, id).substatus.as_str(), "received", "nothing was noted yet, and nothing was accepted");
        assert!(admin.get(&href(id)).texts("h1 + .badge").contains(&"Expired".to_owned()));

        app.run_schedule();
        assert_eq!(row(app, id).substatus.as_str(), "expired");
        let told = |app: &TestApp| letters(&app.app, "zebedee@quillfeather.example").iter().filter(|letter| letter.contains("expired")).count();
        assert_eq!(told(app), 1, "its sender is told");
        app.clock.advance(HOUR);
        app.run_schedule();
        assert_eq!(told(app), 1, "once");
        assert_eq!(tabs(&app.signed_in(ADMIN))[..4], ["New · 0", "Active · 0", "Closed · 1", "All · 1"]);
        kept_are_counted(app);
    }

    fn how_urgent_it_is_follows_from_the_time_left(app) {
        arrives(app, &[("wants_call", "1")]);
        let admin = app.signed_in(ADMIN);
        let list = admin.get(LIST);
        assert_eq!((list.texts("tbody .badge--plain"), list.texts("tbody .mark--flame").len()), (vec!["14 days left".to_owned()], 1));
        app.clock.advance(3 * DAY);
        assert!(app.signed_in(ADMIN).get(LIST).texts("tbody .mark--flame").is_empty(), "the flame goes out after 72 hours");
        app.clock.advance(10 * DAY + 1);
        assert_eq!(app.signed_in(ADMIN).get(LIST).texts("tbody .badge--warn"), ["23 hours left"]);
        app.clock.advance(20 * HOUR);
        assert_eq!(app.signed_in(ADMIN).get(LIST).texts("tbody .badge--bad"), ["3 hours left"]);
    }

    fn those_who_answer_are_reminded_after_a_day_a_week_and_twelve_days(app) {
        let id = arrives(app, &[]);
        let count = |app: &TestApp| letters(&app.app, ADMIN).iter().filter(|letter| letter.contains("referral_waits")).count();
        assert_eq!((count(app), letters(&app.app, "leads@north.test").len()), (0, 1), "its arrival is told where the location's leads go");
        for (advance, wanted) in [(DAY - HOUR, 0), (HOUR, 1), (HOUR, 1), (6 * DAY, 2), (5 * DAY, 3), (DAY, 3)] {
            app.clock.advance(advance);
            app.run_schedule();
            assert_eq!(count(app), wanted);
        }
        assert_eq!(letters(&app.app, "leads@north.test").len(), 4);
        assert_eq!(row(app, id).substatus.as_str(), "received");
    }

    fn a_closed_referral_is_reopened_for_exactly_a_week(app) {
        let (one, other) = (arrives(app, &[]), arrives(app, &[]));
        let admin = app.signed_in(ADMIN);
        for id in [one, other] {
            assert_eq!(step(app, &admin, id, "accept").status, 303);
            assert_eq!(step(app, &admin, id, "lose").status, 303);
        }
        app.clock.advance(168 * HOUR - 1);
        let admin = app.signed_in(ADMIN);
        assert_eq!(step(app, &admin, one, "reopen").status, 303);
        app.clock.advance(1);
        step(app, &admin, other, "reopen");
        assert_eq!((row(app, one).substatus.as_str(), row(app, other).substatus.as_str()), ("accepted", "lost"));
        assert!(admin.get(&href(one)).text().contains("reopened a referral"));
    }

    fn a_referrals_user_sees_its_own_and_its_teams_and_no_trace_of_others(app) {
        let (mine, teams, others) = (arrives(app, &[]), arrives(app, &[]), arrives(app, &[("need", "Something about walruses.")]));
        let (user, partner) = (member(&app.app, USER), partner_id(&app.app, "north"));
        let given = app.app.commands().write_as(partner, |scope, conn| {
            people::assign(scope, conn, Sight::ALL, mine, 1, Some(user))?;
            people::change_team(scope, conn, Sight::ALL, teams, &[user])
        });
        given.expect("given");
        let client = app.signed_in(USER);
        assert_eq!(named(&client, "").len(), 2);
        assert_eq!(tabs(&client)[0], "New · 2");
        assert!(client.get(LIST).h1().contains("2"), "the title counts its own");
        for query in ["?q=walruses", "?q=%233", "?state=received&source=directory&q=walrus"] {
            assert!(named(&client, query).is_empty(), "{query}");
        }
        for query in ["?state=received&sort=-number", "?state=received&state=accepted&state=won&state=lost&state=declined&state=expired"] {
            assert_eq!(named(&client, query).len(), 2, "{query}");
        }
        assert_eq!(client.get(&format!("{LIST}.csv")).text().lines().count(), 3);
        assert!(!client.get(&format!("{LIST}.json")).text().contains("walruses"));
        assert_eq!((client.get(&href(mine)).status, client.get(&href(teams)).status, client.get(&href(others)).status), (200, 200, 404));
        for what in ["accept", "decline", "win", "reopen", "notes", "team"] {
            assert_eq!(client.post(&format!("{}/{what}", href(others)), &[("version", "1")]).status, 404, "{what}");
        }
        assert_eq!(named(&app.signed_in(ADMIN), "").len(), 3);
    }

    fn two_who_accept_at_once_make_one_acceptance(app) {
        let id = arrives(app, &[]);
        let owner = member(&app.app, ADMIN).to_string();
        let clients = [app.signed_in(ADMIN), app.signed_in("sales@north.test")];
        let answers: Vec<Answer> = clients.iter().map(|client| client.post(&format!("{}/accept", href(id)), &acceptance("1", &owner))).collect();
        assert!(answers.iter().all(|answer| answer.status == 303));
        let told = clients[1].get(&href(id)).text();
        assert!(told.contains("was faster"), "whoever came second is told");
        let accepted: i64 = app
            .app
            .commands()
            .read_as(partner_id(&app.app, "north"), |scope, conn| Ok(scope.all(audit_event::table).filter(audit_event::action.eq("referral.accept")).count().get_result(conn)?))
            .expect("a count");
        assert_eq!(accepted, 1);
    }

    fn who_saves_second_is_told_and_loses_nothing(app) {
        let id = arrives(app, &[]);
        let admin = app.signed_in(ADMIN);
        accept(app, &admin, id);
        let shown = version(app, id);
        let save = |shown: &str, title: &str| {
            let fields = [("version", shown), ("title", title), ("value", "12500.50"), ("currency", "EUR"), ("close_on", "2027-03-01"), ("stage", "qualified")];
            admin.post(&format!("{}/edit/deal", href(id)), &fields)
        };
        assert_eq!(save(&shown, "The first one's").status, 303);
        let second = save(&shown, "The second one's");
        assert_eq!(second.status, 409);
        assert_eq!(second.attribute("#f-title", "value").as_deref(), Some("The second one's"));
        assert!(second.texts("#f-title-hint")[0].contains("The first one's"));
        assert_eq!(row(app, id).title, "The first one's");
        let again = second.attribute("input[name=version]", "value").expect("a version");
        assert_eq!(save(&again, "The second one's").status, 303);
        assert_eq!(row(app, id).title, "The second one's");
    }

    fn an_own_opportunity_is_made_once_however_often_it_is_sent(app) {
        let admin = app.signed_in(ADMIN);
        let form = admin.get(&format!("{LIST}/new"));
        let key = form.attribute("form.form input[name=_key]", "value").expect("a key");
        let owner = member(&app.app, ADMIN).to_string();
        let fields = [
            ("_key", key.as_str()), ("company", "Ateliers Bruno"), ("country", "FR"), ("title", "New shop"), ("value", "900"), ("currency", "EUR"),
            ("close_on", "2027-01-31"), ("stage", "qualified"), ("owner", owner.as_str()), ("team", owner.as_str()),
        ];
        let (one, two) = (admin.post(&format!("{LIST}/new"), &fields), admin.post(&format!("{LIST}/new"), &fields));
        assert_eq!((one.status, one.location()), (303, two.location()), "{:?}", one.errors());
        assert_eq!(named(&admin, "?state=accepted"), ["Ateliers Bruno"]);
        let page = admin.get(one.location());
        assert!(page.text().contains("900\u{a0}EUR") && page.text().contains("Own opportunity"));
        let person = admin.post(&format!("{LIST}/new"), &[("company", "Ateliers Bruno"), ("country", "FR"), ("first_name", "Ann")]);
        assert!(person.errors().iter().any(|error| error.contains("consent")), "a contact person must have agreed");
    }

    fn notes_are_private_and_favourites_ones_own(app) {
        let id = arrives(app, &[]);
        let (admin, sales) = (app.signed_in(ADMIN), app.signed_in("sales@north.test"));
        assert_eq!(admin.post(&format!("{}/notes", href(id)), &[("note", "They know our prices.")]).status, 303);
        assert_eq!(admin.post(&format!("{}/notes", href(id)), &[("note", "  ")]).status, 422);
        assert!(sales.get(&href(id)).text().contains("They know our prices."));
        assert_eq!(admin.post(&format!("{}/favourite", href(id)), &[("favourite", "1")]).status, 303);
        assert_eq!((named(&admin, "?mark=favourite").len(), named(&sales, "?mark=favourite").len()), (1, 0));
        assert_eq!(admin.post(&format!("{}/favourite", href(id)), &[("favourite", "0")]).status, 303);
        assert!(named(&admin, "?mark=favourite").is_empty());
        assert_eq!(admin.post(&format!("{}/share", href(id)), &[("shared", "Hello")]).status, 404, "a visitor reads no notes");
    }

    fn the_first_to_open_it_is_noted_once(app) {
        let id = arrives(app, &[]);
        app.signed_in("sales@north.test").get(&href(id));
        let page = app.signed_in(ADMIN).get(&href(id)).text();
        assert_eq!(page.matches("opened a referral first").count(), 1);
        assert!(page.contains("First opened"));
    }

    fn pages_neither_skip_nor_repeat_and_cost_the_same(app) {
        let ids: Vec<ReferralId> = (0..30).map(|_| arrives(app, &[])).collect();
        let admin = app.signed_in(ADMIN);
        for id in &ids[..3] {
            assert_eq!(step(app, &admin, *id, "decline").status, 303);
        }
        // One range of rows, two, all, and what the search index finds.
        for (view, wanted) in [("state=received", 27), ("state=received&state=declined", 30), ("q=winter", 30), ("q=winter&state=declined", 3)] {
            for sort in ["left", "-number", "number", "company", "-value", "close"] {
                let mut seen = Vec::new();
                let mut next = Some(format!("{LIST}?{view}&size=25&sort={sort}"));
                while let Some(address) = next {
                    let before = app.app.statements();
                    let page = admin.get(&address);
                    assert!(app.app.statements() - before <= 9, "{view} {sort}: {} statements", app.app.statements() - before);
                    let shown = page.attributes("tbody th a", "href");
                    if let Some(back) = page.attribute("a[rel=prev]", "href").filter(|_| !seen.is_empty()) {
                        assert_eq!(admin.get(&back).attributes("tbody th a", "href"), seen, "{view} {sort}");
                    }
                    seen.extend(shown);
                    next = page.attribute("a[rel=next]", "href");
                }
                assert_eq!(seen.len(), wanted, "{view} {sort}");
                seen.sort();
                seen.dedup();
                assert_eq!(seen.len(), wanted, "{view} {sort}");
            }
        }
    }

    fn a_file_is_exactly_the_view(app) {
        for need in ["We move our mail this winter.", "We move our files.", "We move our mail in spring."] {
            arrives(app, &[("need", need)]);
        }
        let admin = app.signed_in(ADMIN);
        accept(app, &admin, got(app, "north")[0]);
        for (company, value) in [("Contoso", 3), ("Fabrikam", 1), ("Tailspin", 2)] {
            let id = opportunity(app, "north", ADMIN, company);
            let set = app.app.commands().write_as(partner_id(&app.app, "north"), |scope, conn| {
                let row = scope.all(referral::table).filter(referral::id.eq(id));
                Ok(diesel::update(row).set((referral::value_minor.eq(Some(value)), referral::title.eq("=1+1"))).execute(conn)?)
            });
            assert_eq!(set.expect("set"), 1);
        }
        let mut sizes = Vec::new();
        for query in [
            "", "?state=received&sort=-number", "?state=accepted&sort=company", "?state=accepted&sort=-value", "?state=accepted&sort=value&source=own",
            "?q=mail&state=received&sort=number", "?q=contoso", "?state=accepted&industry=retail&sort=close", "?q=nobody+at+all",
        ] {
            let rows: Vec<String> = admin.get(&format!("{LIST}{query}")).attributes("tbody th a", "href");
            let rows: Vec<String> = rows.iter().filter_map(|href| href.rsplit('/').next()).map(str::to_owned).collect();
            let csv = admin.get(&format!("{LIST}.csv{query}")).text();
            let records = csv::Reader::from_reader(csv.as_bytes()).into_records().map(|row| row.expect("a row")).collect::<Vec<_>>();
            assert_eq!(records.iter().map(|row| row[2].to_owned()).collect::<Vec<_>>(), rows, "{query}");
            let json: serde_json::Value = serde_json::from_str(&admin.get(&format!("{LIST}.json{query}")).text()).expect("JSON");
            let items = json["items"].as_array().expect("items");
            assert_eq!(items.iter().filter_map(|item| item["referral_id"].as_str()).collect::<Vec<_>>(), rows, "{query}");
            let sheet = admin.get(&format!("{LIST}.xlsx{query}"));
            assert_eq!(sheet.header("content-type"), Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
            let text = unpacked(&sheet.body);
            let places: Vec<usize> = rows.iter().map(|id| text.find(id.as_str()).expect("a row")).collect();
            assert!(places.is_sorted() && text.contains("Customer name"), "{query}");
            assert_eq!(text.matches("<row ").count(), rows.len() + 1, "{query}");
            assert!(!text.contains("<f>"), "no cell is a formula");
            sizes.push(rows.len());
        }
        assert_eq!(sizes, [2, 2, 4, 4, 3, 1, 1, 1, 0]);
    }

    fn who_is_given_a_referral_by_a_colleague_gets_a_letter(app) {
        let id = arrives(app, &[]);
        let admin = app.signed_in(ADMIN);
        let given = |to: &str| letters(&app.app, to).iter().filter(|letter| letter.contains("referral_assigned")).count();
        let gives = |to: &str| admin.post(&format!("{}/owner", href(id)), &[("version", &version(app, id)), ("owner", &member(&app.app, to).to_string())]);
        assert_eq!(gives(USER).status, 303);
        assert_eq!((given(USER), given(ADMIN)), (1, 0));
        gives(USER);
        assert_eq!(given(USER), 1, "no news");
        gives(ADMIN);
        assert_eq!(given(ADMIN), 0, "one knows what one did");
        let sales = "sales@north.test";
        let team: Vec<String> = [ADMIN, sales].map(|who| member(&app.app, who).to_string()).to_vec();
        let added = || admin.post(&format!("{}/team", href(id)), &[("team", &team[0]), ("team", &team[1])]).status;
        assert_eq!((added(), added()), (303, 303));
        assert_eq!((given(sales), given(ADMIN)), (1, 0));
        assert!(!letters(&app.app, sales).concat().contains("Quillfeather"), "masked as before");
    }
}
