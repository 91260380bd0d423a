//! The business profile: drafts and their editors, logos, publishing, moderation, history, reminders.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, OPERATOR};
use crate::on_both;
use comptoir::clock::{DAY, HOUR};
use comptoir::db::ids::LocationId;
use comptoir::db::schema::{listing, listing_location, logo, profile_location};
use comptoir::domain::profile::Content;
use comptoir::features::profile::{acts, draft};
use diesel::prelude::*;
use image::{ImageFormat, RgbaImage};
use std::io::Cursor;

const EDITOR: &str = "profile@north.test";

/// A profile's page, started by its editor.
fn started(client: &Client) -> String {
    let answer = client.post("/p/north/profile", &[("country", "FR")]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().trim_end_matches("/edit").to_owned()
}

/// Puts a location into a draft; where its town lies does not matter here.
fn locate(app: &TestApp, slug: &str, path: &str) {
    let id = path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a profile's page");
    let location = world::located(LocationId::new(), "Siege");
    let added = app.app.commands().write_as(world::partner_id(&app.app, slug), |scope, conn| {
        draft::change(scope, conn, id, "profile.edit", |draft| {
            draft.content.locations.push(location.clone());
            Ok(true)
        })
    });
    added.expect("a location");
}

/// The hidden mark that a form carries.
fn base(client: &Client, form: &str) -> String {
    client.get(form).attribute("input[name=base]", "value").expect("a form")
}

fn edit(client: &Client, path: &str, text: &str) -> Answer {
    let base = base(client, &format!("{path}/edit"));
    let fields = [
        ("name", "Northwind"),
        ("text_en", text),
        ("services", "consulting"),
        ("industries", "retail"),
        ("base", &base),
        ("action", "save"),
    ];
    client.post(&format!("{path}/edit"), &fields)
}

fn publish(client: &Client, path: &str) -> Answer {
    let version = client.get(path).attribute("input[name=version]", "value").expect("a button");
    client.post(&format!("{path}/publish"), &[("version", &version)])
}

/// A profile with all that publishing needs.
fn ready(app: &TestApp, client: &Client) -> String {
    let path = started(client);
    assert_eq!(edit(client, &path, "We help.").status, 303);
    locate(app, "north", &path);
    path
}

/// What everybody sees: slug, whether it is listed, number and content of each listing.
fn listings(app: &TestApp) -> Vec<(String, bool, i64, Content)> {
    let columns = (listing::slug, listing::listed, listing::number, listing::content);
    let rows: Vec<(String, bool, i64, String)> =
        app.app.commands().read(|conn| Ok(listing::table.order(listing::number).select(columns).load(conn)?)).expect("listings");
    rows.into_iter().map(|(slug, listed, number, text)| (slug, listed, number, serde_json::from_str(&text).expect("a content"))).collect()
}

fn badge(client: &Client, path: &str) -> String {
    client.get(path).texts(".title-row .badge").into_iter().next().unwrap_or_default()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    RgbaImage::new(width, height).write_to(&mut Cursor::new(&mut out), ImageFormat::Png).expect("a picture");
    out
}

/// Sends a file as a browser does, with the name and type that the client likes.
fn upload(client: &Client, path: &str, name: &str, kind: &str, file: &[u8]) -> Answer {
    client.upload(&format!("{path}/logo"), &client.token(), name, kind, file)
}

fn log(app: &TestApp) -> Vec<String> {
    use comptoir::db::schema::audit_event;
    let read = app.app.commands().read_as(world::partner_id(&app.app, "north"), |scope, conn| {
        Ok(scope.all(audit_event::table).order(audit_event::seq).select(audit_event::action).load(conn)?)
    });
    read.expect("the log")
}

on_both! {
    fn a_profile_is_started_once_per_country_and_says_its_next_step(app) {
        let client = app.signed_in(EDITOR);
        assert!(client.get("/p/north/profile").text().contains("No profile yet"));
        let path = started(&client);
        let again = client.post("/p/north/profile", &[("country", "FR")]);
        assert_eq!((again.status, again.errors()), (422, vec!["There is a profile for this country already.".to_owned()]));
        let list = client.get("/p/north/profile");
        assert_eq!(list.texts("tbody th .cell-main"), ["France"]);
        assert!(list.text().contains("Describe in at least one language what you do."));
        assert_eq!(edit(&client, &path, "We help.").status, 303);
        let page = client.get(&path);
        assert!(page.texts(".todo li").first().is_some_and(|next| next.contains("Add a location")), "{:?}", page.texts(".todo li"));
        assert_eq!(page.texts(".title-row .badge"), ["Draft"]);
        locate(app, "north", &path);
        assert!(!client.get(&path).texts(".todo li")[0].contains("needed to publish"));
    }

    fn who_may_see_profiles_may_not_always_change_them_and_learns_why(app) {
        let path = started(&app.signed_in(EDITOR));
        let sales = app.signed_in("sales@north.test");
        let page = sales.get(&path);
        assert_eq!(page.status, 200);
        assert!(page.text().contains("You can see this profile but not change it.") && page.text().contains("Business profile admin"));
        assert_eq!(sales.get(&format!("{path}/edit")).status, 403);
        assert_eq!(app.signed_in("helpdesk@north.test").get("/p/north/profile").status, 403);
    }

    fn the_cloud_for_governments_has_no_profiles(app) {
        let answer = app.signed_in("agent@federal.test").get("/p/federal/profile");
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains("US Government"));
    }

    fn mistakes_are_told_all_at_once_and_nothing_typed_is_lost(app) {
        let client = app.signed_in(EDITOR);
        let path = started(&client);
        let long = "x".repeat(2_501);
        let fields = [
            ("name", ""), ("text_en", &long), ("website", "javascript:alert(1)"), ("linkedin", "https://linkedin.com/in/me"),
            ("industries", "retail"), ("industries", "finance"), ("industries", "energy"), ("industries", "travel"),
            ("industries", "services"), ("industries", "education"), ("base", ""), ("action", "save"),
        ];
        let answer = client.post(&format!("{path}/edit"), &fields);
        assert_eq!((answer.status, answer.errors().len()), (422, 5), "{:?}", answer.errors());
        assert_eq!(answer.attribute("input[name=website]", "value").as_deref(), Some("javascript:alert(1)"));
        assert!(answer.texts("#f-text_en")[0].len() == 2_501);
    }

    fn the_preview_shows_what_is_typed_and_saves_nothing(app) {
        let client = app.signed_in(EDITOR);
        let path = started(&client);
        let text = "# We **help**\n- <script>alert(1)</script>\n- [us](https://north.test) [x](javascript:alert(1))";
        let answer = client.post(&format!("{path}/edit"), &[("name", "Northwind"), ("text_en", text), ("action", "preview")]);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.texts("#preview .prose h3"), ["We help"]);
        assert_eq!(answer.texts("#preview .prose li"), ["<script>alert(1)</script>", "us [x](javascript:alert(1))"]);
        assert_eq!(answer.attributes("#preview .prose a", "href"), ["https://north.test"]);
        assert_eq!(answer.attribute("#preview .prose a", "rel").as_deref(), Some("noopener noreferrer nofollow"));
        assert_eq!(client.get(&format!("{path}/edit")).texts("#f-text_en"), [""]);
        assert_eq!(log(app), ["profile.start"]);
    }

    fn nothing_public_changes_before_publish(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        assert!(listings(app).is_empty());
        assert_eq!(publish(&client, &path).status, 303);
        let public = listings(app);
        assert_eq!((public[0].0.as_str(), public[0].1, public[0].3.text_en.as_str()), ("northwind", true, "We help."));
        assert!(public[0].3.locations.iter().all(|one| one.lead_email.is_empty()), "who gets the leads is not public");
        assert_eq!(badge(&client, &path), "Published");
        assert_eq!(edit(&client, &path, "We help more.").status, 303);
        assert_eq!(listings(app)[0].3.text_en, "We help.");
        assert!(client.get(&path).texts(".changes ins, .changes td").iter().any(|text| text.contains("We help more.")), "the page says what is not public");
        assert_eq!(publish(&client, &path).status, 303);
        assert_eq!((listings(app)[0].3.text_en.as_str(), listings(app)[0].0.as_str()), ("We help more.", "northwind"));
    }

    fn what_is_needed_is_needed_and_what_was_not_looked_at_is_not_published(app) {
        let client = app.signed_in(EDITOR);
        let path = started(&client);
        client.post(&format!("{path}/publish"), &[("version", "1")]);
        assert!(listings(app).is_empty(), "no text, no location");
        assert_eq!(edit(&client, &path, "We help.").status, 303);
        locate(app, "north", &path);
        client.post(&format!("{path}/publish"), &[("version", "1")]);
        assert!(listings(app).is_empty(), "another version than the one on the page");
        assert_eq!(publish(&client, &path).status, 303);
        assert_eq!(listings(app).len(), 1);
    }

    fn an_unpublished_profile_is_gone_and_comes_back_at_its_address(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        publish(&client, &path);
        assert!(client.get(&path).texts("button").contains(&"Unpublish the profile for France".to_owned()));
        assert_eq!(client.post(&format!("{path}/unpublish"), &[]).status, 303);
        assert_eq!((badge(&client, &path), listings(app)[0].1), ("Not published any more".to_owned(), false));
        let base = base(&client, &format!("{path}/edit"));
        client.post(&format!("{path}/edit"), &[("name", "Northwind Handel"), ("text_en", "Back."), ("services", "consulting"), ("base", &base), ("action", "save")]);
        publish(&client, &path);
        assert_eq!((listings(app)[0].0.as_str(), listings(app)[0].1), ("northwind", true), "a new name, the old address");
    }

    fn addresses_and_numbers_are_each_listings_own(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        publish(&client, &path);
        let south = app.signed_in("referrals@south.test");
        let other = south.post("/p/south/profile", &[("country", "FR")]).location().trim_end_matches("/edit").to_owned();
        edit(&south, &other, "We too.");
        locate(app, "south", &other);
        publish(&south, &other);
        let all = listings(app);
        assert_eq!((all[0].0.as_str(), all[1].0.as_str()), ("northwind", "northwind-fr"));
        assert_eq!((all[0].2, all[1].2), (1, 2));
    }

    fn a_location_that_is_published_no_more_stays_for_its_referrals(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        locate(app, "north", &path);
        publish(&client, &path);
        let slugs = || app.app.commands().read(|conn| Ok(listing_location::table.order(listing_location::position).select(listing_location::slug).load::<String>(conn)?)).expect("locations");
        assert_eq!(slugs(), ["nantes", "nantes-2"]);
        let first = client.get(&path).attribute(".links-list a", "href").expect("a location");
        assert_eq!(client.post(&format!("{first}/remove"), &[]).status, 303);
        assert_eq!(slugs().len(), 2, "until it is published");
        publish(&client, &path);
        assert_eq!(slugs(), ["nantes-2"], "an address stays with its location");
        let active = app.app.commands().read_as(world::partner_id(&app.app, "north"), |scope, conn| {
            Ok(scope.all(profile_location::table).order(profile_location::id).select(profile_location::active).load::<bool>(conn)?)
        });
        assert_eq!(active.expect("locations"), [false, true]);
    }

    fn a_location_follows_the_rules_of_its_country_and_names_who_gets_its_leads(app) {
        let client = app.signed_in(EDITOR);
        let path = started(&client);
        let form = format!("{path}/locations/new");
        let base = base(&client, &form);
        let wrong = client.post(&form, &[("name", ""), ("address1", ""), ("postal_code", "7500"), ("city", "Nowhere at all"), ("lead_email", "nobody"), ("base", &base)]);
        let fields: Vec<String> = wrong.attributes(".error-summary a", "href");
        assert_eq!((wrong.status, fields), (422, ["#f-name", "#f-address1", "#f-postal_code", "#f-lead_email", "#f-near"].map(String::from).to_vec()));
        assert!(wrong.attribute("#f-near", "name").is_some(), "a town nearby is asked for");
    }

    fn two_editors_get_in_each_others_way_only_at_the_same_part_and_lose_nothing(app) {
        let (one, two) = (app.signed_in(EDITOR), app.signed_in("referrals@north.test"));
        let path = started(&one);
        let shown = base(&two, &format!("{path}/edit"));
        locate(app, "north", &path);
        let fields = |text| [("name", "Northwind"), ("text_en", text), ("base", shown.as_str()), ("action", "save")];
        assert_eq!(two.post(&format!("{path}/edit"), &fields("Two writes.")).status, 303, "a location is another part");
        let stale = one.post(&format!("{path}/edit"), &fields("One writes."));
        assert_eq!(stale.status, 409);
        assert_eq!(stale.texts("#f-text_en"), ["One writes."]);
        assert!(stale.texts(".changes td").contains(&"Two writes.".to_owned()), "{:?}", stale.texts(".changes td"));
        let fresh = stale.attribute("input[name=base]", "value").expect("the mark of what is there now");
        assert_eq!(one.post(&format!("{path}/edit"), &[("name", "Northwind"), ("text_en", "Both write."), ("base", &fresh), ("action", "save")]).status, 303);
        assert_eq!(two.get(&format!("{path}/edit")).texts("#f-text_en"), ["Both write."]);
        assert!(two.get(&path).text().contains("Siege"), "and the location is still there");
    }

    fn the_history_compares_and_puts_back_into_the_draft_alone(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        publish(&client, &path);
        edit(&client, &path, "Second.");
        publish(&client, &path);
        let list = client.get(&format!("{path}/history"));
        assert_eq!(list.texts("tbody th"), ["Version 2", "Version 1"]);
        assert!(list.text().contains("profile of north"));
        let first = client.get(&format!("{path}/history/1"));
        assert!(first.texts(".changes td").contains(&"We help.".to_owned()));
        let base = first.attribute("input[name=base]", "value").expect("a button");
        assert_eq!(client.post(&format!("{path}/history/1/restore"), &[("base", &base)]).status, 303);
        assert_eq!(client.get(&format!("{path}/edit")).texts("#f-text_en"), ["We help."]);
        assert_eq!(listings(app)[0].3.text_en, "Second.");
        assert_eq!(client.post(&format!("{path}/history/2/restore"), &[("base", &base)]).location(), format!("{path}/history/2"), "the draft has changed since");
        assert_eq!(client.get(&format!("{path}/history/9")).status, 404);
    }

    fn a_logo_is_scaled_written_anew_and_public_only_where_it_is_published(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        let answer = upload(&client, &path, "../../etc/passwd", "image/png", &png(900, 300));
        assert_eq!(answer.status, 303, "{}", answer.text());
        let shown = client.get(&path).attribute("#logo img", "src").expect("a logo");
        let file = client.get(&shown);
        assert_eq!((file.status, file.header("content-type"), file.header("x-content-type-options")), (200, Some("image/png"), Some("nosniff")));
        assert_eq!(file.header("content-security-policy"), Some("sandbox"));
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"logo.png\""));
        assert!(file.header("cache-control").is_some_and(|cache| cache.contains("private") && cache.contains("immutable")));
        let (width, height) = image::load_from_memory(&file.body).map(|picture| (picture.width(), picture.height())).expect("a picture");
        assert_eq!((width, height), (300, 100));
        let public = shown.replace("/p/north/logo", "/directory/logo");
        let nobody = app.nobody();
        assert_eq!(nobody.get(&public).status, 404, "not published");
        assert_eq!(app.signed_in("referrals@south.test").get(&shown.replace("north", "south")).status, 404);
        publish(&client, &path);
        let file = nobody.get(&public);
        assert_eq!((file.status, file.header("content-security-policy")), (200, Some("sandbox")));
        assert!(file.header("cache-control").is_some_and(|cache| cache.contains("public")));
        client.post(&format!("{path}/unpublish"), &[]);
        assert_eq!(nobody.get(&public).status, 404);
    }

    fn a_file_that_is_no_picture_changes_nothing_whatever_it_is_called(app) {
        let client = app.signed_in(EDITOR);
        let path = started(&client);
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
        let answer = upload(&client, &path, "x.png", "image/png", svg);
        assert_eq!((answer.status, answer.errors()), (422, vec!["Choose a PNG, JPEG or GIF file. What counts is what is in it, not its name.".to_owned()]));
        let mut bomb = png(1, 1);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert_eq!(upload(&client, &path, "x.png", "image/png", &bomb).status, 422);
        assert_eq!(upload(&client, &path, "x.png", "image/png", &png(5_000, 1)).errors(), ["Choose a picture of at most 4,096 × 4,096 pixels."]);
        assert_eq!(upload(&client, &path, "x.png", "image/png", b"").errors(), ["Choose a file."]);
        assert_eq!(client.upload(&format!("{path}/logo"), "forged", "x.png", "image/png", &png(1, 1)).status, 403);
        assert_eq!(client.post(&format!("{path}/logo"), &[("file", "x")]).status, 400, "no upload");
        assert_eq!(log(app), ["profile.start"]);
    }

    fn a_file_over_five_megabytes_is_refused_with_a_page(app) {
        let client = app.signed_in(EDITOR);
        let path = started(&client);
        let answer = upload(&client, &path, "x.png", "image/png", &vec![0; 5 * 1024 * 1024 + 1]);
        assert_eq!(answer.status, 413);
        assert_eq!(client.get(&path).status, 200);
    }

    fn logos_that_nothing_shows_make_room_for_others(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        upload(&client, &path, "a.png", "image/png", &png(1, 1));
        let public = client.get(&path).attribute("#logo img", "src").expect("a logo").replace("/p/north/logo", "/directory/logo");
        publish(&client, &path);
        for _ in 0..23 {
            assert_eq!(upload(&client, &path, "b.png", "image/png", &png(2, 2)).status, 303);
        }
        let kept = app.app.commands().read(|conn| Ok(logo::table.count().get_result::<i64>(conn)?)).expect("a count");
        assert_eq!(kept, 22, "the newest, and the one that is public");
        assert_eq!(app.nobody().get(&public).status, 200);
    }

    fn with_review_on_the_old_version_stays_public_until_an_operator_approves(app) {
        let (client, operator) = (app.signed_in(EDITOR), app.signed_in(OPERATOR));
        let path = ready(app, &client);
        publish(&client, &path);
        assert_eq!(operator.post("/operator/profiles/moderation/worldwide", &[("on", "1")]).status, 303);
        edit(&client, &path, "Second.");
        publish(&client, &path);
        assert_eq!((badge(&client, &path), listings(app)[0].3.text_en.as_str()), ("Waiting for review".to_owned(), "We help."));
        assert!(operator.get("/operator").texts(".todo b").contains(&"One business profile waits for review".to_owned()));
        let review = operator.get("/operator/profiles").attribute("tbody th a", "href").expect("a profile that waits");
        let page = operator.get(&review);
        assert_eq!(page.texts(".cols--2 .prose"), ["We help.", "Second."], "side by side");
        assert_eq!(operator.post(&format!("{review}/reject"), &[("number", "2")]).status, 422, "a reason is needed");
        assert_eq!(operator.post(&format!("{review}/reject"), &[("number", "2"), ("reason", "Too loud.")]).status, 303);
        let page = client.get(&path);
        assert!(page.text().contains("Too loud.") && page.text().contains("Fix it now"));
        assert!(app.mailbox(EDITOR).last().is_some_and(|letter| letter.text.contains("Too loud.")));
        edit(&client, &path, "Third.");
        publish(&client, &path);
        let stale = operator.post(&format!("{review}/approve"), &[("number", "2")]);
        assert_eq!((stale.status, listings(app)[0].3.text_en.as_str()), (303, "We help."), "another version than the one looked at");
        assert_eq!(operator.post(&format!("{review}/approve"), &[("number", "3")]).status, 303);
        assert_eq!((badge(&client, &path), listings(app)[0].3.text_en.as_str()), ("Published".to_owned(), "Third."));
        assert_eq!(operator.get(&review).status, 404, "nothing waits any more");
        assert!(app.mailbox(EDITOR).last().is_some_and(|letter| letter.subject.contains("is public")));
        let log = log(app);
        assert_eq!(&log[log.len() - 2..], ["profile.submit", "profile.approve"]);
    }

    fn a_submission_is_withdrawn_by_its_partner_or_by_the_next_one(app) {
        let (client, operator) = (app.signed_in(EDITOR), app.signed_in(OPERATOR));
        operator.post("/operator/profiles/moderation/worldwide", &[("on", "1")]);
        let path = ready(app, &client);
        publish(&client, &path);
        assert!(listings(app).is_empty());
        edit(&client, &path, "Second.");
        publish(&client, &path);
        assert_eq!(operator.get("/operator/profiles").texts("tbody th"), ["Northwind Handel"], "once");
        assert_eq!(client.post(&format!("{path}/withdraw"), &[]).status, 303);
        assert!(operator.get("/operator/profiles").text().contains("Nothing waits"));
        assert_eq!(client.get(&format!("{path}/history")).texts("tbody .badge"), ["Withdrawn", "Withdrawn"]);
        assert_eq!(badge(&client, &path), "Draft");
    }

    fn every_six_months_somebody_is_asked_whether_it_is_still_right(app) {
        let client = app.signed_in(EDITOR);
        let path = ready(app, &client);
        publish(&client, &path);
        app.clock.advance(181 * DAY);
        app.run_schedule();
        assert!(app.mailbox(EDITOR).is_empty());
        app.clock.advance(DAY + HOUR);
        app.run_schedule();
        app.clock.advance(HOUR);
        app.run_schedule();
        let letters = app.mailbox(EDITOR);
        assert_eq!(letters.len(), 1, "one letter");
        assert_eq!(letters[0].links(&app.base), [path.as_str()]);
        let client = app.signed_in(EDITOR);
        assert!(client.get(&path).texts(".todo li")[0].contains("confirm that it is still right"));
        assert_eq!(client.post(&format!("{path}/confirm"), &[]).status, 303);
        assert!(!client.get(&path).texts(".todo li")[0].contains("confirm that it is still right"));
        app.run_schedule();
        assert_eq!(app.mailbox(EDITOR).len(), 1);
    }

    fn two_starts_at_once_make_one_profile(app) {
        let partner = world::partner_id(&app.app, "north");
        let start = || app.app.commands().write_as(partner, |scope, conn| acts::start(scope, conn, "FR")).expect("an answer");
        assert!(start().is_some() && start().is_none());
    }

    fn operators_keep_the_vocabularies_and_delete_nothing(app) {
        let (operator, client) = (app.signed_in(OPERATOR), app.signed_in(EDITOR));
        let path = started(&client);
        let base = base(&client, &format!("{path}/edit"));
        client.post(&format!("{path}/edit"), &[("name", "Northwind"), ("industries", "retail"), ("base", &base), ("action", "save")]);
        assert_eq!(operator.post("/operator/terms/industry", &[("en", "Space travel"), ("fr", "Voyages spatiaux")]).status, 303);
        assert_eq!(operator.post("/operator/terms/industry", &[("en", "Space travel"), ("fr", "Autre")]).status, 422);
        assert_eq!(operator.post("/operator/terms/industry", &[("en", "")]).errors().len(), 2);
        assert_eq!(operator.post("/operator/terms/industry/space_travel", &[("en", "Space"), ("fr", "Espace"), ("place", "1"), ("active", "1")]).status, 303);
        assert_eq!(operator.post("/operator/terms/industry/retail", &[("en", "Shops"), ("fr", "Commerces"), ("place", "2")]).status, 303);
        let words = operator.get("/operator/terms/industry").texts("tbody th");
        assert_eq!((words[0].as_str(), words[1].as_str()), ("Space", "Shops"));
        let offered = client.get(&format!("{path}/edit")).attributes("input[name=industries]", "value");
        assert_eq!((offered[0].as_str(), offered[1].as_str()), ("space_travel", "retail"), "what was chosen stays");
        let other = client.post("/p/north/profile", &[("country", "DE")]).location().to_owned();
        assert!(!client.get(&other).attributes("input[name=industries]", "value").contains(&"retail".to_owned()), "and is offered no more");
        assert_eq!(operator.get("/operator/terms/nothing").status, 404);
    }
}
