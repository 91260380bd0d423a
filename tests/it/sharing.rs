//! Two partners work on one opportunity: two copies, one shared part, and nothing else in common.

use crate::handover::{accepts, hands, newest, opportunity};
use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{member, partner_id};
use crate::on_both;
use crate::partnerships::letters;
use comptoir::access::referral::Sight;
use comptoir::db::ids::{EngagementId, NoteId, ProfileId};
use comptoir::db::schema::*;
use comptoir::db::search::directory as search;
use comptoir::domain::Cloud;
use comptoir::domain::referral::{Reason, State};
use comptoir::error::Error;
use comptoir::features::directory::index;
use comptoir::features::referrals::acts;
use diesel::prelude::*;

const NORTH: &str = "referrals@north.test";
const SOUTH: &str = "referrals@south.test";

/// Puts an account into the public directory under a name; how a form names it.
pub fn listed(app: &TestApp, slug: &str, name: &str) -> String {
    let profile = ProfileId::new();
    let partner = partner_id(&app.app, slug);
    let list = |scope: &comptoir::access::Scope, conn: &mut comptoir::db::Conn| {
        let now = scope.now;
        diesel::insert_into(business_profile::table)
            .values((
                business_profile::partner_id.eq(partner),
                business_profile::id.eq(profile),
                business_profile::cloud.eq("worldwide"),
                business_profile::country.eq("FR"),
                business_profile::state.eq("published"),
                business_profile::draft.eq("{}"),
                business_profile::revision.eq(1),
                business_profile::published.eq(Some(1)),
                business_profile::created_at.eq(now),
                business_profile::updated_at.eq(now),
                business_profile::published_at.eq(Some(now)),
                business_profile::confirmed_at.eq(now),
            ))
            .execute(conn)?;
        let number: Option<i64> = listing::table.select(diesel::dsl::max(listing::number)).first(conn)?;
        let number = number.unwrap_or(0) + 1;
        diesel::insert_into(listing::table)
            .values((
                (
                    listing::partner_id.eq(partner),
                    listing::profile_id.eq(profile),
                    listing::number.eq(number),
                    listing::cloud.eq("worldwide"),
                    listing::slug.eq(format!("{slug}-{number}")),
                    listing::name.eq(name),
                    listing::country.eq("FR"),
                    listing::account_type.eq("direct"),
                    listing::content.eq(serde_json::json!({ "name": name }).to_string()),
                ),
                (
                    listing::score.eq(50),
                    listing::rank.eq(search::rank(Cloud::Worldwide, 50, number)),
                    listing::listed.eq(true),
                    listing::published_at.eq(now),
                    listing::updated_at.eq(now),
                ),
            ))
            .execute(conn)?;
        index::refresh(scope, conn, profile)
    };
    app.app.commands().write_as(partner, list).expect("a listing");
    format!("listing.{profile}")
}

pub fn invites(client: &Client, path: &str, to: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("to", to),
        ("title", "Forty mailboxes"),
        ("value", "12 500"),
        ("currency", "EUR"),
        ("close_on", "2027-03-01"),
        ("help", "quotes"),
        ("help", "proof"),
        ("consent", "1"),
        ("message", "Shall we?"),
        ("action", "send"),
    ];
    fields.extend_from_slice(more);
    client.post(path, &fields)
}

/// North invites south, which accepts; the engagement.
pub fn together(app: &TestApp) -> EngagementId {
    let to = listed(app, "south", "Southridge Cloud");
    let id = opportunity(app, "north", NORTH, "Contoso");
    let made = invites(&app.signed_in(NORTH), &format!("/p/north/referrals/{id}/invite"), &to, &[]);
    assert_eq!(made.status, 303, "{:?}", made.errors());
    accepts(app, "south", SOUTH).expect("accepted");
    made.location().rsplit('/').next().and_then(|id| id.parse().ok()).expect("an engagement")
}

fn changes<'a>(version: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("title", title),
        ("value", "20000"),
        ("currency", "EUR"),
        ("close_on", "2027-04-01"),
        ("stage", "proposed"),
        ("help", "quotes"),
    ]
}

on_both! {
    fn a_partner_is_found_by_name_invited_and_gets_a_masked_copy(app) {
        let to = listed(app, "south", "Southridge Cloud");
        let id = opportunity(app, "north", NORTH, "Contoso");
        let client = app.signed_in(NORTH);
        let path = format!("/p/north/referrals/{id}/invite");
        let found = client.post(&path, &[("search", "ridge"), ("title", "Forty mailboxes"), ("action", "search")]);
        assert_eq!((found.status, found.texts(".choice label")[0].as_str()), (200, "Southridge Cloud"));
        assert_eq!(found.attribute("input[name=title]", "value").as_deref(), Some("Forty mailboxes"), "what was typed stays");
        assert!(client.post(&path, &[("search", "nobody like this"), ("action", "search")]).text().contains("No partner has this in its name"));

        let unsaid = invites(&client, &path, "", &[("consent", "")]);
        assert_eq!(unsaid.status, 400, "a field twice");
        let guessed = invites(&client, &path, &format!("partner.{}", partner_id(&app.app, "south")), &[]);
        assert_eq!((guessed.status, guessed.errors()), (422, vec!["Search for a partner and choose one.".to_owned()]));

        let made = invites(&client, &path, &to, &[]);
        assert_eq!(made.status, 303, "{:?}", made.errors());
        let row = newest(app, "south");
        assert_eq!((row.company.as_str(), row.title.as_str(), row.sender_name.as_str()), ("", "Forty mailboxes", "Northwind Handel"));
        assert!(letters(app).contains(&(SOUTH.to_owned(), "help_asked".to_owned())));
        let twice = invites(&client, &path, &to, &[]);
        assert_eq!((twice.status, twice.errors()), (422, vec!["This partner is invited already.".to_owned()]));

        // Taken back while nobody has answered.
        assert_eq!(client.post(&format!("{}/withdraw", made.location()), &[]).status, 303);
        assert_eq!(newest(app, "south").substatus, State::Expired);
        assert!(accepts(app, "south", SOUTH).is_err());
        assert_eq!(invites(&client, &path, &to, &[]).status, 303, "and may be asked again");
    }

    fn a_partner_is_found_however_its_name_is_typed_unless_it_is_suspended(app) {
        let to = listed(app, "south", "Southridge N\u{e9}goce");
        let id = opportunity(app, "north", NORTH, "Contoso");
        let (client, path) = (app.signed_in(NORTH), format!("/p/north/referrals/{id}/invite"));
        let found = |typed: &str| client.post(&path, &[("search", typed), ("action", "search")]).attributes("input[type=radio][name=to]", "value");
        for typed in ["SOUTH", "negoce", "n\u{c9}GOCE south"] {
            assert_eq!(found(typed), [to.as_str()], "{typed}");
        }
        app.app.commands().write(|conn| {
            let south = partner_account::table.filter(partner_account::slug.eq("south"));
            Ok(diesel::update(south).set(partner_account::status.eq("suspended")).execute(conn)?)
        }).expect("suspended");
        assert!(found("SOUTH").is_empty());
        assert_eq!(invites(&client, &path, &to, &[]).status, 422, "nor by its address");
    }

    fn whoever_owns_what_was_sent_is_told_unless_it_has_left(app) {
        let to = listed(app, "south", "Southridge Cloud");
        let told = || letters(app).iter().filter(|(to, kind)| to == "sales@north.test" && kind == "referral_moved").count();
        for (company, wanted) in [("Contoso", 1), ("Fabrikam", 1)] {
            let id = opportunity(app, "north", "sales@north.test", company);
            assert_eq!(invites(&app.signed_in(NORTH), &format!("/p/north/referrals/{id}/invite"), &to, &[]).status, 303);
            accepts(app, "south", SOUTH).expect("accepted");
            assert_eq!(told(), wanted, "{company}");
            let sales = member(&app.app, "sales@north.test");
            app.app.commands().write(|conn| {
                let own = membership::table.filter(membership::user_id.eq(sales));
                Ok(diesel::update(own).set(membership::status.eq("disabled")).execute(conn)?)
            }).expect("left");
        }
    }

    fn the_activity_log_of_the_account_tells_prospects_to_nobody_who_may_not_see_them(app) {
        opportunity(app, "north", NORTH, "Contoso");
        let row = newest(app, "north");
        let client = app.signed_in(NORTH);
        let noted = client.post(&format!("/p/north/referrals/{}/notes", row.id), &[("note", "canary of a note")]);
        assert_eq!(noted.status, 303, "{:?}", noted.errors());
        let log = app.signed_in("agent@north.test").get("/p/north/audit").text();
        assert!(log.contains("wrote a private note"), "{log}");
        for word in ["Contoso", "zoe@prospect.example", "canary of a note"] {
            assert!(!log.contains(word), "{word}");
        }
        let kept: Vec<String> = app.app.commands().read_as(partner_id(&app.app, "north"), |scope, conn| {
            Ok(scope.all(audit_detail::table).select(audit_detail::after).load(conn)?)
        }).expect("the log");
        assert!(kept.iter().any(|text| text.contains("Contoso")) && !kept.iter().any(|text| text.contains("canary")));
    }

    fn what_came_from_a_partner_goes_no_further(app) {
        together(app);
        let row = newest(app, "south");
        assert_eq!((row.substatus, row.company.as_str()), (State::Accepted, "Contoso"));
        let shown = app.signed_in(SOUTH).get(&format!("/p/south/referrals/{}/invite", row.id));
        assert!(shown.text().contains("alone invites further partners"), "{}", shown.text());
        let handed = opportunity(app, "provider", "referrals@provider.test", "Fabrikam");
        hands(app, handed, &["reseller"]);
        accepts(app, "reseller", "referrals@reseller.test").expect("accepted");
        let shown = app.signed_in("referrals@reseller.test").get(&format!("/p/reseller/referrals/{}/invite", newest(app, "reseller").id));
        assert!(shown.text().contains("alone invites further partners"));
    }

    fn what_is_closed_is_called_back_from_whoever_was_asked(app) {
        let to = listed(app, "south", "Southridge Cloud");
        let close = |company: &str| {
            let id = opportunity(app, "north", NORTH, company);
            assert_eq!(invites(&app.signed_in(NORTH), &format!("/p/north/referrals/{id}/invite"), &to, &[]).status, 303);
            move || {
                let lose = app.app.commands().write_as(partner_id(&app.app, "north"), |scope, conn| {
                    acts::lose(scope, conn, Sight::ALL, id, 1, Reason::Budget, "")
                });
                lose.expect("lost");
            }
        };
        close("Contoso")();
        assert_eq!((newest(app, "south").substatus, newest(app, "south").company.as_str()), (State::Expired, ""));
        assert!(accepts(app, "south", SOUTH).is_err());
        assert!(letters(app).iter().all(|(_, letter)| letter != "referral_moved"), "who closed it knows");

        // What was declined is not reopened either.
        let lose = close("Fabrikam");
        let row = newest(app, "south");
        let south = partner_id(&app.app, "south");
        app.app.commands().write_as(south, |scope, conn| acts::decline(scope, conn, Sight::ALL, row.id, 1, Reason::NoCapacity, "")).expect("declined");
        lose();
        let again = app.app.commands().write_as(south, |scope, conn| acts::reopen(scope, conn, Sight::ALL, row.id, 2));
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
    }

    fn both_change_the_shared_part_and_neither_overwrites_unseen(app) {
        let id = together(app);
        let (north, south) = (app.signed_in(NORTH), app.signed_in(SOUTH));
        let (ours, theirs) = (format!("/p/north/referrals/shared/{id}"), format!("/p/south/referrals/shared/{id}"));
        let version = north.get(&ours).attribute("input[name=version]", "value").expect("a version");
        assert_eq!(south.get(&theirs).attribute("input[name=version]", "value"), Some(version.clone()));

        let saved = south.post(&theirs, &changes(&version, "Fifty mailboxes"));
        assert_eq!(saved.status, 303, "{:?}", saved.errors());
        assert_eq!(newest(app, "south").title, "Fifty mailboxes");
        let late = north.post(&ours, &changes(&version, "Sixty mailboxes"));
        assert_eq!(late.status, 422);
        assert!(late.text().contains("changed it while you were typing") && late.text().contains("Fifty mailboxes"));
        assert_eq!(late.attribute("input[name=title]", "value").as_deref(), Some("Sixty mailboxes"), "and nothing is lost");
        let now = late.attribute("input[name=version]", "value").expect("the version that holds");
        assert_eq!(north.post(&ours, &changes(&now, "Sixty mailboxes")).status, 303);
        let copy = newest(app, "south");
        assert_eq!((copy.title.as_str(), copy.value_minor), ("Sixty mailboxes", Some(2_000_000)), "the other's copy follows");
        assert_eq!(newest(app, "north").title, "Contoso migration", "one's own stays");

        let history = north.get(&ours).texts(".timeline li");
        assert!(history[0].contains("referrals of north (Northwind Handel)") && history[0].contains("Fifty mailboxes → Sixty mailboxes"), "{history:?}");
        assert!(history[1].contains("referrals of south (Southridge Négoce)") && history[1].contains("Fifty mailboxes"), "{history:?}");
        assert_eq!(south.get(&theirs).texts(".timeline li").len(), history.len(), "both read the same");

        assert_eq!(south.post(&format!("{theirs}/notes"), &[("note", "Call them in May.")]).status, 303);
        assert!(north.get(&ours).texts(".timeline .note__body").contains(&"Call them in May.".to_owned()));
        assert_eq!(north.post(&format!("{ours}/notes"), &[("note", " ")]).status, 422);
    }

    fn each_side_sees_its_own_and_nothing_private_of_the_other(app) {
        let id = together(app);
        for (slug, word) in [("north", "canary-of-north"), ("south", "canary-of-south")] {
            let (partner, row) = (partner_id(&app.app, slug), newest(app, slug));
            let author = member(&app.app, &format!("referrals@{slug}.test"));
            app.app.commands().write_as(partner, |scope, conn| {
                let own = scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(row.id));
                diesel::update(own).set((
                    referral_detail::reason_note.eq(word), referral_detail::next_action.eq(word),
                    referral_detail::crm_id.eq(word), referral_detail::campaign_id.eq(word),
                )).execute(conn)?;
                diesel::insert_into(referral_note::table).values((
                    referral_note::partner_id.eq(partner), referral_note::id.eq(NoteId::new()), referral_note::referral_id.eq(row.id),
                    referral_note::author_id.eq(author), referral_note::body.eq(word), referral_note::created_at.eq(scope.now),
                )).execute(conn)?;
                Ok(())
            }).expect("private words");
        }
        for (slug, who, other) in [("north", NORTH, "canary-of-south"), ("south", SOUTH, "canary-of-north")] {
            let client = app.signed_in(who);
            let row = newest(app, slug);
            for path in [format!("/p/{slug}/referrals/shared/{id}"), format!("/p/{slug}/referrals/{}", row.id), format!("/p/{slug}/referrals"), format!("/p/{slug}/referrals.csv"), format!("/p/{slug}/referrals/{}/edit/deal", row.id)] {
                assert!(!client.get(&path).text().contains(other), "{path}");
            }
        }
        // A third partner, a colleague without the referral in sight, and a made-up id: not found.
        for (who, slug) in [("referrals@provider.test", "provider"), ("referralsuser@north.test", "north")] {
            let client = app.signed_in(who);
            let path = format!("/p/{slug}/referrals/shared/{id}");
            assert_eq!(client.get(&path).status, 404, "{who}");
            for act in ["", "/notes", "/withdraw"] {
                assert_eq!(client.post(&format!("{path}{act}"), &[]).status, 404, "{who} {act}");
            }
        }
        let made_up = format!("/p/north/referrals/shared/{}", EngagementId::new());
        assert_eq!(app.signed_in(NORTH).get(&made_up).status, 404);
    }
}
