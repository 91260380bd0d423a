//! What a sender does: the list, the form, one invitation's page, many at once.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client, quote};
use crate::harness::world::{self, Invited, NewCustomer};
use crate::on_both;
use comptoir::access::keys::link_hash;
use comptoir::clock::{DAY, HOUR, MINUTE};
use comptoir::db::ids::InvitationId;
use comptoir::db::schema::*;
use comptoir::domain::CustomerStatus;
use comptoir::domain::relationship::delegated_admin::DirectoryRole;
use comptoir::domain::relationship::invitation::{Kind, Shown};
use comptoir::features::invitations::model::{self, Invitation};
use diesel::prelude::*;
use std::collections::BTreeSet;

const AGENT: &str = "agent@north.test";
const LIST: &str = "/p/north/invitations";

fn names(answer: &Answer) -> Vec<String> {
    answer.texts("tbody th a.cell-main")
}

fn list(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("{LIST}{query}"));
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    names(&answer)
}

fn row(app: &TestApp, id: InvitationId) -> Invitation {
    let partner = world::partner_id(&app.app, "north");
    app.app.commands().read_as(partner, |scope, conn| Ok(model::find(scope, conn, id)?)).expect("an invitation")
}

fn state(app: &TestApp, id: InvitationId) -> Shown {
    row(app, id).shown(app.clock.now())
}

fn invite(app: &TestApp, name: &str, company: &str) -> InvitationId {
    app.clock.advance(MINUTE);
    let mut new = Invited::to(&format!("{}@{}.example", name.to_lowercase(), "guest"), company);
    name.clone_into(&mut new.0.recipient_name);
    world::invite(&app.app, "north", AGENT, &new).0
}

/// How many letters wait for an address.
fn letters(app: &TestApp, to: &str) -> i64 {
    app.app.commands().read(|conn| Ok(outbox::table.filter(outbox::recipient.eq(to)).count().get_result(conn)?)).expect("a count")
}

fn count(app: &TestApp) -> i64 {
    let partner = world::partner_id(&app.app, "north");
    app.app.commands().read_as(partner, |scope, conn| Ok(scope.all(invitation::table).count().get_result(conn)?)).expect("a count")
}

const FIELDS: [(&str, &str); 7] = [
    ("kind", "reseller"),
    ("recipient_email", "Claire@Lumiere.example"),
    ("recipient_name", "Claire Dubois"),
    ("company", "Café Lumière"),
    ("language", "fr"),
    ("purpose", "Trade fair"),
    ("message", "As we said."),
];

fn write(client: &Client, action: &str, more: &[(&str, &str)]) -> Answer {
    let changed = |name: &str| more.iter().any(|(other, _)| *other == name);
    let mut fields: Vec<(&str, &str)> = FIELDS.into_iter().filter(|(name, _)| !changed(name)).collect();
    fields.extend(more);
    fields.push(("action", action));
    client.post(&format!("{LIST}/new"), &fields)
}

fn id_of(location: &str) -> InvitationId {
    location.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("an invitation in {location}"))
}

on_both! {
    fn an_invitation_is_written_sent_and_found_again(app) {
        let client = app.signed_in(AGENT);
        let sent = write(&client, "send", &[]);
        assert_eq!(sent.status, 303, "{:?}", sent.errors());
        let page = client.get(sent.location());
        assert_eq!(page.h1(), "Café Lumière");
        let text = page.text();
        for words in ["The invitation is on its way.", "As we said.", "souhaite devenir votre revendeur", "In the queue", "claire@lumiere.example", "sent an invitation"] {
            assert!(text.contains(words), "{words}");
        }
        assert_eq!(page.header("cache-control"), Some("no-store"), "the page holds a secret");
        assert_eq!(letters(app, "claire@lumiere.example"), 1);
        assert_eq!(list(&client, ""), ["Claire Dubois"]);
        assert_eq!(list(&client, "?q=lumiere"), ["Claire Dubois"], "without case and accents");
        for query in ["?q=trade", "?q=CLAIRE%40lum", "?state=sent", "?kind=reseller&language=fr", "?link=personal&q=dubois"] {
            assert_eq!(list(&client, query), ["Claire Dubois"], "{query}");
        }
        for query in ["?q=nothing", "?state=draft", "?language=en", "?link=open", "?state=expired", "?kind=partnership"] {
            assert!(list(&client, query).is_empty(), "{query}");
        }
    }

    fn two_presses_of_one_form_make_one_invitation_and_one_letter(app) {
        let client = app.signed_in(AGENT);
        let key = client.get(&format!("{LIST}/new?kind=reseller")).attribute("form[data-preview] input[name=_key]", "value").expect("a key");
        let first = write(&client, "send", &[("_key", &key)]);
        let second = write(&client, "send", &[("_key", &key)]);
        assert_eq!((first.status, first.location()), (303, second.location()));
        assert_eq!((count(app), letters(app, "claire@lumiere.example")), (1, 1));
    }

    fn every_mistake_is_told_at_its_field_with_what_was_typed_kept(app) {
        let client = app.signed_in(AGENT);
        let answer = write(&client, "send", &[("recipient_email", "someone@north.test"), ("company", ""), ("purpose", "kept")]);
        assert_eq!(answer.status, 422);
        assert_eq!(answer.errors().len(), 2, "{:?}", answer.errors());
        assert_eq!(answer.attribute("input[name=purpose]", "value").as_deref(), Some("kept"));
        let admin = write(&client, "send", &[("kind", "delegated_admin"), ("purpose", ""), ("roles", "global_admin"), ("auto_extend", "1"), ("duration_days", "731")]);
        assert_eq!(admin.errors().len(), 3, "{:?}", admin.errors());
        assert_eq!(count(app), 0);
    }

    fn the_preview_is_the_letter_and_changes_nothing(app) {
        let client = app.signed_in(AGENT);
        let preview = write(&client, "preview", &[("message", "These words"), ("company", "")]);
        assert_eq!(preview.status, 200);
        let letter = preview.texts("#preview .letter").concat();
        assert!(letter.contains("These words") && letter.contains("Bonjour Claire Dubois"), "{letter}");
        assert!(letter.contains("/connect/…"), "the link is shown and not yet made");
        assert_eq!(preview.attribute("#preview .letter", "lang").as_deref(), Some("fr"));
        assert_eq!(count(app), 0);
        let first = client.get(&format!("{LIST}/new?kind=reseller&company=Contoso&email=a%40contoso.example"));
        assert_eq!(first.attribute("input[name=company]", "value").as_deref(), Some("Contoso"));
        let words = |lang: &str| write(&client, "preview", &[("message", ""), ("language", lang)]).texts("textarea[name=message]").concat();
        assert_eq!(words("en"), first.texts("textarea[name=message]").concat());
        assert!(words("fr").contains("vos abonnements"), "the usual words follow the language");
    }

    fn a_second_invitation_to_one_address_is_asked_about(app) {
        let client = app.signed_in(AGENT);
        assert_eq!(write(&client, "send", &[]).status, 303);
        let again = write(&client, "send", &[]);
        assert_eq!(again.status, 422);
        assert!(again.texts(".notice--warn").concat().contains("already has an invitation"));
        assert_eq!(write(&client, "send", &[("again", "1")]).status, 303);
        assert_eq!(count(app), 2);
        // What is over is no reason to ask.
        app.clock.advance(31 * DAY);
        assert_eq!(write(&app.signed_in(AGENT), "send", &[]).status, 303);
    }

    fn a_draft_is_edited_by_two_and_the_later_is_told(app) {
        let client = app.signed_in(AGENT);
        let saved = write(&client, "save", &[]);
        let id = id_of(saved.location());
        assert_eq!((state(app, id), letters(app, "claire@lumiere.example")), (Shown::Draft, 0));
        let edit = format!("{LIST}/{id}/edit");
        let version = client.get(&edit).attribute("input[name=version]", "value").expect("a version");
        let save = |company: &str, version: &str| {
            let mut fields = FIELDS.to_vec();
            fields.retain(|(name, _)| *name != "company");
            fields.extend([("company", company), ("version", version), ("action", "save")]);
            client.post(&edit, &fields)
        };
        assert_eq!(save("First Company", &version).status, 303);
        let late = save("Second Company", &version);
        assert_eq!(late.status, 409);
        assert!(late.texts(".notice--warn").concat().contains("First Company"), "theirs is shown");
        assert_eq!(late.attribute("input[name=company]", "value").as_deref(), Some("Second Company"), "mine is kept");
        let next = late.attribute("input[name=version]", "value").expect("a version");
        assert_eq!(save("Second Company", &next).status, 303);
        assert_eq!(row(app, id).company, "Second Company");
        assert_eq!(list(&client, "?q=second"), ["Claire Dubois"]);
        assert!(list(&client, "?q=first").is_empty(), "the index follows");
        // Once sent, it is no draft any more.
        assert_eq!(client.post(&format!("{LIST}/{id}/send"), &[]).status, 303);
        assert_eq!(save("Third Company", &next).location(), format!("{LIST}/{id}"));
        assert_eq!(row(app, id).company, "Second Company");
    }

    fn every_act_in_every_state_does_what_the_states_allow_and_nothing_else(app) {
        let make = |state: Shown| -> InvitationId {
            let client = app.signed_in(AGENT);
            let id = invite(app, "Guest", "Guests");
            let partner = world::partner_id(&app.app, "north");
            let force = |values: (Option<&str>, bool)| {
                app.app.commands().write_as(partner, |scope, conn| {
                    let row = scope.all(invitation::table).filter(invitation::id.eq(id));
                    if values.1 {
                        diesel::update(row).set((invitation::state.eq(values.0.expect("a state")), invitation::answered_at.eq(Some(scope.now)))).execute(conn)?;
                    } else {
                        diesel::update(row).set((invitation::state.eq(values.0.expect("a state")), invitation::opened_at.eq(Some(scope.now)))).execute(conn)?;
                    }
                    Ok(())
                }).expect("a state");
            };
            match state {
                Shown::Draft => return id_of(write(&client, "save", &[]).location()),
                Shown::Sent => {}
                Shown::Opened => force((Some("opened"), false)),
                Shown::Accepted => force((Some("accepted"), true)),
                Shown::Declined => force((Some("declined"), true)),
                Shown::Revoked => assert_eq!(client.post(&format!("{LIST}/{id}/revoke"), &[]).status, 303),
                Shown::Expired => {
                    let end = app.clock.now();
                    app.app.commands().write_as(partner, |scope, conn| {
                        Ok(diesel::update(scope.all(invitation::table).filter(invitation::id.eq(id))).set(invitation::expires_at.eq(Some(end))).execute(conn)?)
                    }).expect("an end");
                }
            }
            id
        };
        for &from in Shown::ALL {
            for (act, allowed) in [
                ("send", [Shown::Draft, Shown::Sent, Shown::Opened, Shown::Expired].contains(&from)),
                ("remind", [Shown::Sent, Shown::Opened].contains(&from)),
                ("revoke", [Shown::Draft, Shown::Sent, Shown::Opened, Shown::Expired].contains(&from)),
            ] {
                let id = make(from);
                assert_eq!(state(app, id), from);
                if act == "remind" && from != Shown::Expired {
                    app.clock.advance(25 * HOUR);
                }
                let client = app.signed_in(AGENT);
                let page = client.get(&format!("{LIST}/{id}"));
                let offered = page.attributes("form", "action").iter().any(|action| action.ends_with(&format!("{id}/{act}")));
                assert_eq!(offered, allowed, "{from:?} {act}: what is offered");
                let before = row(app, id).version;
                let answer = client.post(&format!("{LIST}/{id}/{act}"), &[]);
                assert_eq!(answer.status, 303);
                assert_eq!(row(app, id).version > before, allowed, "{from:?} {act}: what is done");
                let shown = client.get(answer.location()).text();
                assert_eq!(shown.contains("Nothing was done"), !allowed, "{from:?} {act}");
            }
        }
    }

    fn a_reminder_repeats_the_link_once_a_day_and_sending_again_kills_it(app) {
        let id = invite(app, "Claire", "Moreau");
        let first = world::token(&app.app, "north", id);
        let client = app.signed_in(AGENT);
        let act = |client: &Client, act: &str| client.visit(client.post(&format!("{LIST}/{id}/{act}"), &[]).location()).text();
        assert!(act(&client, "remind").contains("one reminder a day"));
        app.clock.advance(DAY);
        let client = app.signed_in(AGENT);
        assert!(act(&client, "remind").contains("The reminder is on its way."));
        assert_eq!(world::token(&app.app, "north", id), first);
        assert_eq!(letters(app, "claire@guest.example"), 2);
        assert!(act(&client, "remind").contains("one reminder a day"));
        assert!(act(&client, "send").contains("The invitation is on its way."));
        let second = world::token(&app.app, "north", id);
        assert_ne!(first, second);
        let known = app.app.commands().read(|conn| {
            let rows = invitation_link::table.filter(invitation_link::invitation_id.eq(id)).order(invitation_link::generation);
            Ok(rows.select(invitation_link::hash).load::<Vec<u8>>(conn)?)
        });
        assert_eq!(known.expect("hashes"), [link_hash("connect", &first), link_hash("connect", &second)], "hashes alone are kept");
        let (old, new) = (app.nobody().get(&format!("/connect/{first}")), app.nobody().get(&format!("/connect/{second}")));
        assert!(!old.text().contains(&format!("/connect/{first}/accept")), "the old link leads nowhere");
        assert!(new.text().contains(&format!("/connect/{second}/accept")));
        assert!(client.get(&format!("{LIST}/{id}")).text().contains(&second), "the sender can copy the link again");
    }

    fn time_alone_expires_and_the_filters_know(app) {
        invite(app, "Early", "One");
        app.clock.advance(20 * DAY);
        invite(app, "Late", "Two");
        let client = app.signed_in(AGENT);
        assert_eq!(list(&client, "?state=sent&state=opened"), ["Late", "Early"]);
        app.clock.advance(15 * DAY);
        let client = app.signed_in(AGENT);
        assert_eq!(list(&client, "?state=sent&state=opened"), ["Late"]);
        assert_eq!(list(&client, "?state=expired"), ["Early"]);
        assert_eq!(list(&client, "?state=expired&state=sent"), ["Late", "Early"]);
        assert_eq!(list(&client, "?state=expired&q=early&sort=company"), ["Early"]);
        assert_eq!(client.get(&format!("{LIST}?state=expired")).texts("tbody .badge"), ["Expired"]);
    }

    fn pages_skip_and_repeat_nothing_while_others_write(app) {
        for number in 0..60 {
            invite(app, &format!("Guest{number}"), &format!("Company {:02}", (number * 37) % 60));
        }
        let client = app.signed_in(AGENT);
        for query in ["", "?q=guest", "?sort=expires", "?sort=company", "?sort=-company&q=guest", "?state=sent&sort=-expires", "?kind=reseller&sort=number"] {
            let mark = if query.is_empty() { "?" } else { "&" };
            let mut path = format!("{LIST}{query}{mark}size=25");
            let (mut seen, mut pages, mut back) = (Vec::new(), 0, None);
            loop {
                let page = client.get(&path);
                seen.extend(names(&page));
                pages += 1;
                back = page.attribute("a[rel=prev]", "href").or(back);
                match page.attribute("a[rel=next]", "href") {
                    Some(next) => path = next,
                    None => break,
                }
                invite(app, "Newcomer", "Zzz");
            }
            let guests: Vec<&String> = seen.iter().filter(|name| name.starts_with("Guest")).collect();
            assert_eq!(guests.iter().collect::<BTreeSet<_>>().len(), 60, "{query}: none is skipped");
            assert_eq!(guests.len(), 60, "{query}: none comes twice");
            assert!(pages >= 3);
            assert_eq!(names(&client.get(&back.expect("a page before"))).len(), 25, "{query}: the way back");
        }
    }

    fn a_page_costs_few_statements_whatever_it_shows(app) {
        for number in 0..60 {
            invite(app, &format!("Guest{number}"), "Company");
        }
        let client = app.signed_in(AGENT);
        for query in ["", "?q=guest", "?state=expired&state=draft", "?open=sender", "?sort=company&q=com"] {
            client.get(&format!("{LIST}{query}"));
            let before = app.app.statements();
            client.get(&format!("{LIST}{query}"));
            let took = app.app.statements() - before;
            assert!(took <= 8, "{query}: {took} statements");
        }
    }

    fn a_file_says_what_the_view_says_and_runs_nothing(app) {
        invite(app, "Anna", "=HYPERLINK(\"evil\")");
        invite(app, "Berta", "Contoso");
        let client = app.signed_in(AGENT);
        let csv = client.get(&format!("{LIST}.csv?q=hyperlink"));
        assert_eq!(csv.status, 200);
        let text = csv.text();
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("\"'=HYPERLINK(\"\"evil\"\")\""), "{text}");
        for query in ["", "?state=sent&sort=company", "?q=contoso", "?state=accepted"] {
            let file: serde_json::Value = serde_json::from_slice(&client.get(&format!("{LIST}.json{query}")).body).expect("JSON");
            let filed: Vec<&str> = file["items"].as_array().expect("items").iter().map(|item| item["recipient"].as_str().expect("a name")).collect();
            assert_eq!(filed, list(&client, query), "{query}");
        }
        assert_eq!(&client.get(&format!("{LIST}.xlsx")).body[..2], b"PK");
        assert_eq!(app.signed_in("helpdesk@north.test").get(&format!("{LIST}.csv")).status, 403);
    }

    fn a_pasted_list_is_judged_first_and_sent_once(app) {
        let client = app.signed_in(AGENT);
        let lines = "Email;Name;Company\nanna@one.example;Anna;One SARL\nnot an address;Bad;Two\nANNA@one.example;Anna again;One\nme@north.test;Me;North\nberta@three.example;Berta;\ncarla@four.example;Carla;Four";
        let form = |action: &'static str| vec![("kind", "reseller"), ("language", "en"), ("lines", lines), ("action", action)];
        let checked = client.post(&format!("{LIST}/bulk"), &form("check"));
        assert_eq!(checked.status, 200);
        assert_eq!(checked.texts("tbody tr").len(), 6);
        let verdicts = checked.texts("tbody tr").join("\n");
        for words in ["not a valid email", "earlier line", "belongs to you", "company is missing"] {
            assert!(verdicts.contains(words), "{words}: {verdicts}");
        }
        assert!(checked.text().contains("Send 2 invitations"));
        assert_eq!(count(app), 0, "nothing is sent by looking");
        let key = checked.attribute("main form.form input[name=_key]", "value").expect("a key");
        let mut send = form("send");
        send.push(("_key", &key));
        let job = client.post(&format!("{LIST}/bulk"), &send);
        assert_eq!(client.post(&format!("{LIST}/bulk"), &send).location(), job.location(), "two presses, one job");
        app.run_jobs();
        let result = client.get(job.location());
        assert!(result.text().contains("2 invitations sent.") && result.text().contains("4 lines were left out."), "{}", result.text());
        assert_eq!(count(app), 2);
        assert_eq!((letters(app, "anna@one.example"), letters(app, "carla@four.example")), (1, 1));
        // Both wait now.
        assert!(client.post(&format!("{LIST}/bulk"), &form("check")).texts("tbody tr").join(" ").contains("still waiting"));
        let empty = client.post(&format!("{LIST}/bulk"), &[("kind", "reseller"), ("language", "en"), ("lines", " \n")]);
        assert_eq!(empty.status, 422);
        let many = "a@b.example;A;B\n".repeat(1_001);
        assert_eq!(client.post(&format!("{LIST}/bulk"), &[("kind", "reseller"), ("language", "en"), ("lines", &many)]).status, 422);
    }

    fn customers_of_the_list_are_asked_each_in_its_own_name(app) {
        let active = world::customer(&app.app, "north", &NewCustomer { email: "a@active.example", ..NewCustomer::named("Active Ltd") });
        let twin = world::customer(&app.app, "north", &NewCustomer { email: "b@active.example", ..NewCustomer::named("Active Ltd") });
        let ended = world::customer(&app.app, "north", &NewCustomer { email: "e@ended.example", status: CustomerStatus::Ended, ..NewCustomer::named("Ended Ltd") });
        let client = app.signed_in(AGENT);
        let ids = [active.to_string(), twin.to_string(), ended.to_string()];
        let chosen: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        let shown = client.post(&format!("{LIST}/customers"), &[&chosen[..], &[("act", "invite"), ("view", "")]].concat());
        assert_eq!(shown.status, 200);
        assert!(shown.text().contains("Active Ltd"));
        let send = |more: &[(&str, &str)]| client.post(&format!("{LIST}/customers"), &[&chosen[..], &[("action", "send")], more].concat());
        assert_eq!(send(&[("kind", "delegated_admin"), ("purpose", "Helpdesk"), ("duration_days", "90")]).status, 422, "no role is chosen");
        let job = send(&[("kind", "delegated_admin"), ("purpose", "Helpdesk"), ("duration_days", "90"), ("roles", "helpdesk_admin")]);
        assert_eq!(job.status, 303);
        app.run_jobs();
        let result = client.get(job.location()).text();
        assert!(result.contains("2 invitations sent.") && result.contains("has ended"), "{result}");
        let partner = world::partner_id(&app.app, "north");
        let named = app.app.commands().read_as(partner, |scope, conn| {
            Ok(scope.all(invitation::table).order(invitation::number).select((invitation::purpose, invitation::language)).load::<(String, String)>(conn)?)
        });
        let pair = |name: &str| (name.to_owned(), "fr".to_owned());
        assert_eq!(named.expect("rows"), [pair("Helpdesk · Active Ltd"), pair("Helpdesk · Active Ltd 2")], "names are unique, the language is the customer's");
        // All that match, for the reseller relationship: only who has left needs it.
        let job = client.post(&format!("{LIST}/customers"), &[("all", "yes"), ("view", "?status=active&status=ended"), ("kind", "reseller"), ("action", "send")]);
        app.run_jobs();
        let result = client.get(job.location()).text();
        assert!(result.contains("One invitation sent.") && result.contains("active already"), "{result}");
        assert_eq!(letters(app, "e@ended.example"), 1);
    }

    fn an_open_link_is_made_listed_used_and_revoked(app) {
        let client = app.signed_in(AGENT);
        let form = client.get(&format!("{LIST}/new?kind=reseller&open=1"));
        assert_eq!(form.h1(), "New open link");
        assert!(form.attribute("input[name=recipient_email]", "value").is_none());
        let made = write(&client, "link", &[("open", "1"), ("recipient_email", ""), ("recipient_name", ""), ("company", "")]);
        assert_eq!(made.status, 303, "{:?}", made.errors());
        let id = id_of(made.location());
        let token = world::token(&app.app, "north", id);
        assert!(client.get(made.location()).text().contains(&token));
        assert_eq!(list(&client, "?link=open"), ["Open link: Trade fair"]);
        let partner = world::partner_id(&app.app, "north");
        let used = invite(app, "Visitor", "Somewhere");
        app.app.commands().write_as(partner, |scope, conn| {
            diesel::update(scope.all(invitation::table).filter(invitation::id.eq(used))).set(invitation::from_open_link.eq(Some(id))).execute(conn)?;
            Ok(diesel::update(scope.all(invitation::table).filter(invitation::id.eq(id))).set(invitation::uses.eq(1)).execute(conn)?)
        }).expect("a use");
        assert!(client.get(made.location()).texts("main .links-list li").concat().contains("Visitor"));
        assert!(client.get(&format!("{LIST}/{used}")).attributes("dd a", "href").contains(&made.location().to_owned()), "it says where it came from");
        assert_eq!(client.post(&format!("{}/remind", made.location()), &[]).status, 303);
        assert_eq!(client.post(&format!("{}/revoke", made.location()), &[]).status, 303);
        assert_eq!(state(app, id), Shown::Revoked);
        assert!(!app.nobody().get(&format!("/connect/{token}")).text().contains("/ask\""));
    }

    fn only_the_link_can_be_made_and_no_letter_is_sent(app) {
        let client = app.signed_in(AGENT);
        let made = write(&client, "link", &[]);
        let id = id_of(made.location());
        assert_eq!((state(app, id), letters(app, "claire@lumiere.example")), (Shown::Sent, 0));
        let page = client.get(made.location());
        let mail = page.attributes("a", "href").into_iter().find(|href| href.starts_with("mailto:")).expect("a way to the mail program");
        assert!(mail.starts_with("mailto:claire@lumiere.example?subject=") && mail.contains(&world::token(&app.app, "north", id)), "{mail}");
        assert!(page.text().contains("No letter has been sent"));
    }

    fn who_may_not_invite_sees_but_holds_no_link(app) {
        let id = invite(app, "Claire", "Moreau");
        let token = world::token(&app.app, "north", id);
        let helpdesk = app.signed_in("helpdesk@north.test");
        for path in [format!("{LIST}/{id}"), LIST.to_owned()] {
            let page = helpdesk.get(&path);
            assert_eq!(page.status, 200);
            assert!(!page.text().contains(&token), "{path}");
            assert!(page.attributes("form", "action").iter().all(|action| !action.contains(&id.to_string())), "{path}");
        }
        // A sales agent invites, but asks for no rights.
        let mut admin = Invited::to("claire@rights.example", "Moreau");
        (admin.0.kind, admin.0.duration_days, admin.0.roles) = (Kind::DelegatedAdmin, Some(90), vec![DirectoryRole::HelpdeskAdmin]);
        let (rights, secret) = world::invite(&app.app, "north", AGENT, &admin);
        let sales = app.signed_in("sales@north.test");
        assert!(sales.get(&format!("{LIST}/{id}")).text().contains(&token));
        assert!(!sales.get(&format!("{LIST}/{rights}")).text().contains(&secret));
        for act in ["send", "remind", "revoke", "note"] {
            assert_eq!(sales.post(&format!("{LIST}/{rights}/{act}"), &[]).status, 403, "{act}");
        }
        assert_eq!(sales.post(&format!("{LIST}/new"), &[("kind", "delegated_admin")]).status, 403);
        assert_eq!(sales.get(&format!("{LIST}/new?kind=delegated_admin")).status, 403);
    }

    fn in_the_clouds_without_invitations_only_rights_can_be_asked_for(app) {
        let agent = app.signed_in("agent@federal.test");
        assert_eq!(agent.get("/p/federal/invitations/new?kind=reseller").status, 403);
        assert_eq!(agent.get("/p/federal/invitations/new?kind=delegated_admin").status, 200);
        let reseller = app.signed_in("agent@reseller.test");
        let page = reseller.get("/p/reseller/invitations/new?kind=reseller_and_provider");
        assert!(page.texts("select[name=provider] option").contains(&"Grand Comptoir Distribution".to_owned()));
    }

    fn another_partners_customer_or_provider_is_not_to_be_had(app) {
        let foreign = world::customer(&app.app, "south", &NewCustomer::named("Secret of the south"));
        let client = app.signed_in(AGENT);
        assert_eq!(client.get(&format!("{LIST}/new?kind=delegated_admin&customer={foreign}")).status, 404);
        assert_eq!(write(&client, "save", &[("customer", &foreign.to_string())]).status, 404);
        let provider = world::partner_id(&app.app, "provider").to_string();
        assert_eq!(write(&client, "save", &[("kind", "reseller_and_provider"), ("provider", &provider)]).status, 400, "only indirect resellers have providers");
        let reseller = app.signed_in("agent@reseller.test");
        let other = world::partner_id(&app.app, "south").to_string();
        let answer = reseller.post(
            "/p/reseller/invitations/new",
            &[("kind", "reseller_and_provider"), ("provider", &other), ("recipient_email", "a@b.example"), ("company", "B"), ("language", "en"), ("action", "save")],
        );
        assert_eq!((answer.status, answer.errors().len()), (422, 1), "not one of its providers");
        let job = client.post(&format!("{LIST}/customers"), &[("id", &foreign.to_string()), ("kind", "reseller"), ("action", "send")]);
        app.run_jobs();
        assert!(client.get(job.location()).text().contains("This customer was not found."));
        let known = client.get(&format!("{LIST}?sender={}", quote("0193"))).status;
        assert_eq!(known, 200);
    }

    fn a_name_of_a_request_is_given_once(app) {
        let client = app.signed_in(AGENT);
        let ask = |email: &str| write(&client, "send", &[("kind", "delegated_admin"), ("recipient_email", email), ("purpose", "Helpdesk"), ("roles", "helpdesk_admin"), ("duration_days", "30")]);
        assert_eq!(ask("a@one.example").status, 303);
        let taken = ask("b@two.example");
        assert_eq!((taken.status, taken.errors().len()), (422, 1));
        let id = row_of(app, "a@one.example");
        assert_eq!(client.post(&format!("{LIST}/{id}/revoke"), &[]).status, 303);
        assert_eq!(ask("b@two.example").status, 303, "what is over holds no name");
    }

    fn a_note_is_for_colleagues_and_kept_with_its_history(app) {
        let id = invite(app, "Claire", "Moreau");
        let client = app.signed_in(AGENT);
        assert_eq!(client.post(&format!("{LIST}/{id}/note"), &[("note", "Call on Monday")]).status, 303);
        let page = client.get(&format!("{LIST}/{id}"));
        assert!(page.text().contains("Call on Monday") && page.text().contains("changed the note of an invitation"));
        let token = world::token(&app.app, "north", id);
        assert!(!app.nobody().get(&format!("/connect/{token}")).text().contains("Call on Monday"));
    }

    fn the_customer_list_leads_to_invitations(app) {
        world::customer(&app.app, "north", &NewCustomer::named("Contoso"));
        let page = app.signed_in(AGENT).get("/p/north/customers");
        assert!(page.attributes("a", "href").contains(&format!("{LIST}/new")));
        assert!(page.attributes("button", "formaction").contains(&format!("{LIST}/customers")));
    }
}

fn row_of(app: &TestApp, email: &str) -> InvitationId {
    let partner = world::partner_id(&app.app, "north");
    let found = app.app.commands().read_as(partner, |scope, conn| {
        Ok(scope.all(invitation::table).filter(invitation::recipient_email.eq(email)).select(invitation::id).first(conn)?)
    });
    found.expect("an invitation")
}
