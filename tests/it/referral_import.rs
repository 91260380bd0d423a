//! Referrals from a file: looked at first, imported as a job, undone as a whole.

use crate::handover::{accepts, hands, newest, opportunity};
use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{member, partner_id};
use crate::on_both;
use crate::sharing::{invites, listed};
use comptoir::access::jobs;
use comptoir::access::referral::Sight;
use comptoir::access::terms::Terms;
use comptoir::db::ids::ReferralId;
use comptoir::db::schema::*;
use comptoir::domain::referral::State;
use comptoir::error::Error;
use comptoir::features::referral_import::columns::{COLUMNS, read};
use comptoir::features::referral_import::judge::{Judge, Plan, Verdict};
use comptoir::features::referral_import::run;
use comptoir::i18n::Lang;
use diesel::prelude::*;
use scraper::Selector;
use std::collections::HashSet;

const WHO: &str = "referrals@north.test";
const PAGE: &str = "/p/north/referrals/import";
const OTHER: &str = "referrals@provider.test";
const OTHER_PAGE: &str = "/p/provider/referrals/import";
const HEAD: &str =
    "Referral ID,Deal name,Customer name,City,Country,Estimated value,Currency,Close date,Partner substatus,Reason,Consent,Contact email";

fn checks(client: &Client, rows: &str) -> Answer {
    client.post(PAGE, &[("rows", rows), ("action", "check")])
}

/// Imports, runs the job, and shows its page.
fn imports(app: &TestApp, client: &Client, rows: &str) -> String {
    let answer = client.post(PAGE, &[("rows", rows), ("_key", &comptoir::config::random_hex(8)), ("action", "import")]);
    assert_eq!(answer.status, 303, "{:?}", answer.errors());
    while jobs::run_one(&app.app).expect("a piece") {}
    answer.location().to_owned()
}

fn summary(client: &Client, path: &str) -> String {
    client.get(path).texts(".notice p:not(.notice__title)").join(" ")
}

fn all(app: &TestApp, slug: &str) -> Vec<(String, String, String)> {
    let rows = app.app.commands().read_as(partner_id(&app.app, slug), |scope, conn| {
        let rows = scope.all(referral::table).order(referral::number);
        Ok(rows.select((referral::company, referral::title, referral::substatus)).load(conn)?)
    });
    rows.expect("referrals")
}

fn row(app: &TestApp, id: ReferralId) -> (String, String) {
    let (_, title, state) = all(app, "north").into_iter().next().expect("a referral");
    let _ = id;
    (title, state)
}

on_both! {
    fn a_file_creates_changes_and_says_what_is_wrong_before_anything_happens(app) {
        let id = opportunity(app, "north", WHO, "Contoso");
        let client = app.signed_in(WHO);
        let rows = format!(
            "{HEAD}\n\
             {id},Contoso goes on,Contoso,Nantes,FR,20000,EUR,04/01/2027,accepted,,Yes,zoe@prospect.example\n\
             ,Fabrikam moves,Fabrikam,Lyon,FR,\"1 500,50\",EUR,2027-05-01,,,,\n\
             ,,Tailspin,Lyon,XX,a lot,EUR,soon,won,,,who@where.example\n\
             {},No such,Nobody,Lyon,FR,1,EUR,2027-05-01,,,,",
            ReferralId::new(),
        );
        let dry = checks(&client, &rows);
        assert_eq!(dry.status, 200);
        assert!(dry.text().contains("1 created, 1 changed, 0 unchanged, 2 left out."), "{:?}", dry.texts(".notice"));
        let wrong = dry.texts("tbody tr").remove(0);
        for column in ["Deal name", "Country", "Estimated value", "Close date", "Partner substatus", "Consent"] {
            assert!(wrong.contains(column), "{column}: {wrong}");
        }
        assert_eq!(all(app, "north").len(), 1, "looking changes nothing");

        let page = imports(app, &client, &rows);
        assert_eq!(summary(&client, &page), "1 created, 1 changed, 2 left out.");
        let now = all(app, "north");
        assert_eq!((now[0].1.as_str(), now[1].0.as_str(), now[1].1.as_str()), ("Contoso goes on", "Fabrikam", "Fabrikam moves"));
        let file = client.get(&format!("{page}/errors.csv")).text();
        assert_eq!(file.lines().count(), 3, "{file}");
        assert!(file.starts_with("Errors,Referral ID,Deal name") && file.contains("Tailspin") && file.contains("Deal name: Fill in this field."), "{file}");

        // Undone as a whole: what was there is back, what was made is closed.
        assert_eq!(client.post(&format!("{page}/undo"), &[]).status, 303);
        while jobs::run_one(&app.app).expect("a piece") {}
        assert!(client.get(&page).text().contains("The import is undone"));
        let now = all(app, "north");
        assert_eq!((now[0].1.as_str(), now[1].2.as_str()), ("Contoso migration", "lost"));
        assert_eq!(client.post(&format!("{page}/undo"), &[]).status, 303, "once");
        assert_eq!(all(app, "north"), now);
    }

    fn a_file_that_says_what_is_so_changes_nothing(app) {
        let id = opportunity(app, "north", WHO, "Contoso");
        let client = app.signed_in(WHO);
        let exported = client.get("/p/north/referrals.csv?state=accepted");
        let dry = checks(&client, &exported.text());
        assert!(dry.text().contains("0 created, 0 changed, 1 unchanged, 0 left out."), "{} {:?}", exported.text(), dry.texts("tbody tr"));
        let same = format!("{HEAD}\n{id},Contoso migration,Contoso,Nantes,FR,12500.00,EUR,03/01/2027,accepted,,Yes,zoe@prospect.example");
        assert!(checks(&client, &same).text().contains("1 unchanged"), "{:?}", checks(&client, &same).texts("tbody tr"));
        imports(app, &client, &same);
        assert_eq!(row(app, id), ("Contoso migration".into(), "accepted".into()));
    }

    fn states_move_as_on_the_pages_and_what_was_worked_on_stays(app) {
        let id = opportunity(app, "north", WHO, "Contoso");
        let client = app.signed_in(WHO);
        let short = "Referral ID,Deal name,Partner substatus,Reason";
        let unreasoned = checks(&client, &format!("{short}\n{id},Contoso migration,lost,"));
        assert!(unreasoned.texts("tbody tr")[0].contains("Reason"), "{:?}", unreasoned.texts("tbody tr"));
        let won = imports(app, &client, &format!("{short}\n{id},Contoso migration,won,"));
        assert_eq!(row(app, id).1, "won");
        let closed = checks(&client, &format!("{short}\n{id},Another name,won,"));
        assert!(closed.texts("tbody tr")[0].contains("closed and cannot be changed"));
        client.post(&format!("{won}/undo"), &[]);
        while jobs::run_one(&app.app).expect("a piece") {}
        assert_eq!(row(app, id).1, "accepted", "reopened");

        let renamed = imports(app, &client, &format!("{short}\n{id},Renamed,accepted,"));
        imports(app, &client, &format!("{short}\n{id},Renamed again,accepted,"));
        client.post(&format!("{renamed}/undo"), &[]);
        while jobs::run_one(&app.app).expect("a piece") {}
        assert_eq!(row(app, id).0, "Renamed again");
        assert!(client.get(&renamed).text().contains("1 referral was left as it is"));
    }

    fn what_is_masked_is_answered_and_nothing_else(app) {
        let handed = opportunity(app, "provider", "referrals@provider.test", "Contoso");
        hands(app, handed, &["reseller"]);
        let id = newest(app, "reseller").id;
        let client = app.signed_in("referrals@reseller.test");
        let check = |rows: &str| client.post("/p/reseller/referrals/import", &[("rows", rows), ("action", "check")]);
        let guessed = check(&format!("Referral ID,Customer name\n{id},Contoso"));
        assert!(guessed.texts("tbody tr")[0].contains("Accept the referral first"), "{:?}", guessed.texts("tbody tr"));
        let rows = format!("Referral ID,Deal name,Estimated value,Currency,Close date,Partner substatus\n{id},Mail,100,EUR,2027-01-01,accepted");
        assert!(check(&rows).text().contains("1 changed"));
        client.post("/p/reseller/referrals/import", &[("rows", &rows), ("action", "import")]);
        while jobs::run_one(&app.app).expect("a piece") {}
        let row = newest(app, "reseller");
        assert_eq!((row.substatus, row.company.as_str()), (State::Accepted, "Contoso"));
        assert!(accepts(app, "reseller", "referrals@reseller.test").is_err());
    }

    fn a_referrals_user_imports_its_own_and_anothers_import_does_not_exist(app) {
        let id = opportunity(app, "north", WHO, "Contoso");
        let user = app.signed_in("referralsuser@north.test");
        let rows = format!("Referral ID,Deal name\n{id},Mine now");
        assert!(checks(&user, &rows).text().contains("You have no referral with this ID"));
        let path = imports(app, &app.signed_in(WHO), &format!("{HEAD}\n,Fabrikam moves,Fabrikam,Lyon,FR,1,EUR,2027-05-01,,,,"));
        assert_eq!(app.signed_in(WHO).get(&path).status, 200);
        let foreign = path.replace("/p/north/", "/p/south/");
        let stranger = app.signed_in("referrals@south.test");
        for client in [&user, &stranger] {
            let path = if std::ptr::eq(client, &stranger) { &foreign } else { &path };
            for answer in [client.get(path), client.get(&format!("{path}/errors.csv")), client.post(&format!("{path}/undo"), &[])] {
                assert_eq!(answer.status, 404, "{path}");
            }
        }
        assert!(!stranger.post("/p/south/referrals/import", &[("rows", &rows), ("action", "check")]).text().contains("Contoso"));
    }

    fn a_file_without_a_head_or_rows_or_with_too_many_is_refused(app) {
        let client = app.signed_in(WHO);
        for (rows, wanted) in [
            ("one,two\nthree,four".to_owned(), "The first row must name the columns, as an export does."),
            (HEAD.to_owned(), "There is no row below the head."),
            (format!("Deal name\n{}", "x\n".repeat(1_001)), "Import 1,000 rows at most at once."),
        ] {
            let answer = checks(&client, &rows);
            assert_eq!((answer.status, answer.errors()), (422, vec![wanted.to_owned()]));
        }
        assert_eq!(COLUMNS.len(), 32);
    }

    fn undoing_leaves_what_others_work_on_already(app) {
        let client = app.signed_in(OTHER);
        let rows = ["Handed", "Noted", "Untouched"].map(|name| format!(",{name} goes,{name},Lyon,FR,1,EUR,2027-05-01,,,,")).join("\n");
        let made = client.post(OTHER_PAGE, &[("rows", &format!("{HEAD}\n{rows}")), ("action", "import")]).location().to_owned();
        while jobs::run_one(&app.app).expect("a piece") {}
        let id = |company: &str| {
            let found = app.app.commands().read_as(partner_id(&app.app, "provider"), |scope, conn| {
                Ok(scope.all(referral::table).filter(referral::company.eq(company)).select(referral::id).first::<ReferralId>(conn)?)
            });
            found.expect("a referral")
        };
        hands(app, id("Handed"), &["reseller"]);
        client.post(&format!("/p/provider/referrals/{}/notes", id("Noted")), &[("note", "Called on Monday.")]);
        client.post(&format!("{made}/undo"), &[]);
        while jobs::run_one(&app.app).expect("a piece") {}
        let states: Vec<(String, String)> = all(app, "provider").into_iter().map(|(company, _, state)| (company, state)).collect();
        let wanted = [("Handed", "accepted"), ("Noted", "accepted"), ("Untouched", "lost")].map(|(company, state)| (company.to_owned(), state.to_owned()));
        assert_eq!(states, wanted);
        assert!(client.get(&made).text().contains("2 referrals were left as they are"));

        let to = listed(app, "south", "Southridge Cloud");
        let north = app.signed_in(WHO);
        let made = imports(app, &north, &format!("{HEAD}\n,Shared goes,Shared,Lyon,FR,1,EUR,2027-05-01,,,,"));
        let asked = invites(&north, &format!("/p/north/referrals/{}/invite", newest(app, "north").id), &to, &[]);
        assert_eq!(asked.status, 303, "{:?}", asked.errors());
        north.post(&format!("{made}/undo"), &[]);
        while jobs::run_one(&app.app).expect("a piece") {}
        assert_eq!(newest(app, "north").substatus, State::Accepted);
    }

    fn one_row_that_is_refused_leaves_the_others(app) {
        let client = app.signed_in("referrals@reseller.test");
        let page = "/p/reseller/referrals/import";
        let head = "Referral ID,Deal name,Customer name,Country,Estimated value,Currency,Close date,Partner substatus";
        let offered = |company: &str| {
            let handed = opportunity(app, "provider", OTHER, company);
            (hands(app, handed, &["reseller"]), newest(app, "reseller").id)
        };
        let (over, first) = offered("Contoso");
        let (_, second) = offered("Fabrikam");
        // Nobody has told the reseller yet.
        let end = app.app.commands().write_as(partner_id(&app.app, "provider"), |scope, conn| {
            let row = scope.all(handover::table).filter(handover::id.eq(over));
            Ok(diesel::update(row).set((handover::state.eq("over"), handover::closed_at.eq(Some(scope.now)))).execute(conn)?)
        });
        assert_eq!(end.expect("over"), 1);
        let rows = format!("{head}\n{first},One,,FR,1,EUR,2027-05-01,accepted\n{second},Two,,FR,1,EUR,2027-05-01,accepted\n,Three,Three,FR,1,EUR,2027-05-01,");
        let made = client.post(page, &[("rows", &rows), ("action", "import")]).location().to_owned();
        while jobs::run_one(&app.app).expect("a piece") {}
        let answer = client.get(&made);
        assert_eq!(summary(&client, &made), "1 created, 1 changed, 1 left out.", "{}", answer.text());
        assert!(answer.text().contains("Somebody has changed this referral meanwhile"));
        let states = |app: &TestApp| all(app, "reseller").into_iter().map(|(company, _, state)| format!("{company} {state}")).collect::<Vec<_>>();
        assert_eq!(states(app), [" received", "Fabrikam accepted", "Three accepted"]);

        // Before anything happens it is said that a partnership is over.
        let (_, third) = offered("Tailspin");
        let provider = partner_id(&app.app, "provider");
        let ended = app.app.commands().write(|conn| {
            let row = partnership::table.filter(partnership::provider_id.eq(provider)).filter(partnership::reseller_id.eq(partner_id(&app.app, "reseller")));
            Ok(diesel::update(row).set((partnership::status.eq("ended"), partnership::ended_at.eq(Some(app.clock.now())))).execute(conn)?)
        });
        assert_eq!(ended.expect("ended"), 1);
        let rows = format!("{head}\n{third},Four,,FR,1,EUR,2027-05-01,accepted\n,Five,Five,FR,1,EUR,2027-05-01,");
        let dry = client.post(page, &[("rows", &rows), ("action", "check")]);
        assert!(dry.texts("tbody tr")[0].contains("Your partnership with the provider has ended"), "{:?}", dry.texts("tbody tr"));
        let made = client.post(page, &[("rows", &rows), ("action", "import")]).location().to_owned();
        while jobs::run_one(&app.app).expect("a piece") {}
        assert_eq!(summary(&client, &made), "1 created, 0 changed, 1 left out.");
    }

    fn a_row_is_done_on_the_version_that_was_judged(app) {
        let id = opportunity(app, "north", WHO, "Contoso");
        let (user, north) = (member(&app.app, WHO), partner_id(&app.app, "north"));
        let line = read(&format!("Referral ID,Deal name,City\n{id},Renamed,Lyon")).lines.remove(0);
        let judged = || {
            let verdict = app.app.commands().read_as(north, |scope, conn| {
                let judge = Judge { lang: Lang::En, sight: Sight::ALL, user, terms: Terms::load(conn)? };
                judge.verdict(scope, conn, &line, &mut HashSet::new())
            });
            let Ok(Verdict::Update(plan)) = verdict else { panic!("{verdict:?}") };
            plan
        };
        let apply = |plan: &Plan| app.app.commands().write_as(north, |scope, conn| run::apply(scope, conn, user, plan));
        let stale = judged();
        assert_eq!(stale.sections.len(), 2);
        let touched = app.app.commands().write_as(north, |scope, conn| {
            Ok(diesel::update(scope.all(referral::table)).set(referral::version.eq(referral::version + 1)).execute(conn)?)
        });
        assert_eq!(touched.expect("touched"), 1);
        assert!(matches!(apply(&stale), Err(Error::Conflict)), "somebody was faster");
        assert_eq!(row(app, id).0, "Contoso migration");
        apply(&judged()).expect("what is judged anew");
        assert_eq!(row(app, id).0, "Renamed");
    }

    fn a_file_is_looked_at_as_if_it_had_been_pasted(app) {
        let client = app.signed_in(WHO);
        let file = format!("\u{feff}{HEAD}\r\n,Château moves,Château,Lyon,FR,1,EUR,2027-05-01,,,,\r\n");
        let sends = |bytes: &[u8]| client.upload(&format!("{PAGE}/file"), &client.token(), "rows.exe", "image/png", bytes);
        let dry = sends(file.as_bytes());
        assert!(dry.status == 200 && dry.text().contains("1 created, 0 changed, 0 unchanged, 0 left out."), "{:?}", dry.errors());
        assert!(all(app, "north").is_empty(), "looking changes nothing");
        let rows = dry.texts("textarea[name=rows]").concat();
        assert!(rows.contains("Château moves"), "{rows}");
        let raw = dry.html().select(&Selector::parse("textarea[name=rows]").expect("a selector")).next().expect("rows").text().collect::<String>();
        imports(app, &client, &raw);
        assert_eq!(all(app, "north")[0].0, "Château");

        let long = format!("{HEAD}\n{}", "x".repeat(1024 * 1024));
        let many = format!("Deal name\n{}", "x\n".repeat(1_001));
        let latin = b"Deal name,City\nMove,Orl\xe9ans\n";
        for (bytes, wanted) in [
            (&b""[..], "Choose a file."),
            (long.as_bytes(), "Choose a file of at most 1 MB."),
            (latin, "Choose a CSV file in UTF-8. In a spreadsheet: Save as, CSV UTF-8."),
            (b"PK\x03\x04\0\0", "Choose a CSV file in UTF-8. In a spreadsheet: Save as, CSV UTF-8."),
            (b"one,two\nthree,four", "The first row must name the columns, as an export does."),
            (many.as_bytes(), "Import 1,000 rows at most at once."),
        ] {
            let answer = sends(bytes);
            assert_eq!((answer.status, answer.errors()), (422, vec![wanted.to_owned()]));
        }
        assert_eq!(client.upload(&format!("{PAGE}/file"), "forged", "a.csv", "text/csv", file.as_bytes()).status, 403);
        assert_eq!(client.get(&format!("{PAGE}/file")).h1(), "Import referrals", "reloaded");
    }
}
