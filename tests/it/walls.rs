//! The walls between tenants, tried: every route of the map, as nobody, as each role, as a
//! stranger, and with a stranger's ids in every place. A route with a parameter that this test
//! does not know how to fill fails it.

use crate::harness::TestApp;
use crate::harness::client::{Answer, Client};
use crate::harness::world::{self, NewCustomer, PEOPLE};
use crate::on_both;
use comptoir::access::identity::{Purpose, issue_token};
use comptoir::access::jobs;
use comptoir::access::may::{Relationship, Roles, may};
use comptoir::access::outbox::Outgoing;
use comptoir::access::tenant::TENANT_TABLES;
use comptoir::config::random_hex;
use comptoir::db::ids::{DraftId, NoteId, PartnerId, TagId, UserId, ViewId};
use comptoir::db::schema::*;
use comptoir::domain::letter::Letter;
use comptoir::domain::{AccountType, Cloud};
use comptoir::i18n::Lang;
use comptoir::routes::{Access, Method, ROUTES, Route};
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// In every text of the south; in no answer to the north.
const CANARY: &str = "canary";

/// One row of each kind that an address may name.
pub type Ids = BTreeMap<&'static str, String>;

/// Fills a partner account with one of everything, named after the account.
fn fill(app: &TestApp, slug: &str, owner: &str) -> Ids {
    let name = if slug == "south" { CANARY } else { "own" };
    let customer =
        world::customer(&app.app, slug, &NewCustomer { alias: name, email: &format!("{name}@{name}.example"), ..NewCustomer::named(name) });
    let partner = world::partner_id(&app.app, slug);
    let user: UserId = app
        .app
        .commands()
        .read(|conn| Ok(app_user::table.filter(app_user::email.eq(owner)).select(app_user::id).first(conn)?))
        .expect("a member");
    let (tag, view, note, draft) = (TagId::new(), ViewId::new(), NoteId::new(), DraftId::new());
    let token = app.app.commands().write(|conn| issue_token(conn, user, Purpose::ResetPassword, app.clock.now())).expect("a link");
    let job = app
        .app
        .commands()
        .write_as(partner, |scope, conn| {
            let now = scope.now;
            diesel::insert_into(tag::table)
                .values((
                    tag::partner_id.eq(partner),
                    tag::id.eq(tag),
                    tag::name.eq(name),
                    tag::name_folded.eq(name),
                    tag::colour.eq(1),
                    tag::created_at.eq(now),
                ))
                .execute(conn)?;
            diesel::insert_into(customer_tag::table)
                .values((customer_tag::partner_id.eq(partner), customer_tag::customer_id.eq(customer), customer_tag::tag_id.eq(tag)))
                .execute(conn)?;
            diesel::insert_into(saved_view::table)
                .values((
                    saved_view::partner_id.eq(partner),
                    saved_view::id.eq(view),
                    saved_view::user_id.eq(user),
                    saved_view::shared.eq(true),
                    saved_view::list.eq("customers"),
                    saved_view::name.eq(name),
                    saved_view::query.eq("?country=FR"),
                    saved_view::created_at.eq(now),
                ))
                .execute(conn)?;
            diesel::insert_into(customer_note::table)
                .values((
                    customer_note::partner_id.eq(partner),
                    customer_note::id.eq(note),
                    customer_note::customer_id.eq(customer),
                    customer_note::author_id.eq(user),
                    customer_note::body.eq(name),
                    customer_note::created_at.eq(now),
                    customer_note::updated_at.eq(now),
                ))
                .execute(conn)?;
            diesel::insert_into(customer_draft::table)
                .values((
                    customer_draft::partner_id.eq(partner),
                    customer_draft::id.eq(draft),
                    customer_draft::user_id.eq(user),
                    customer_draft::data.eq("{}"),
                    customer_draft::created_at.eq(now),
                    customer_draft::updated_at.eq(now),
                ))
                .execute(conn)?;
            let _ = comptoir::access::audit::record(
                scope,
                conn,
                &comptoir::access::audit::Event {
                    action: "customer.edit",
                    object_kind: "customer",
                    object: Some(comptoir::db::ids::ObjectId::from_uuid(customer.uuid())),
                    before: serde_json::Map::from_iter([("alias".to_owned(), name.into())]),
                    after: serde_json::Map::new(),
                },
            )?;
            comptoir::features::customers::index::refresh(scope, conn, customer)?;
            // A job needs a member; commands have none.
            Ok(())
        })
        .and_then(|()| insert_job(app, partner, user))
        .expect("one of everything");
    let (admin, request) = relationship(app, slug, partner, user, customer).expect("a grant and a request");
    between(app, slug, name)
        .into_iter()
        .chain([
            ("admin", admin),
            ("request", request),
            ("account", slug.to_owned()),
            ("customer", customer.to_string()),
            ("tag", tag.to_string()),
            ("view", view.to_string()),
            ("note", note.to_string()),
            ("draft", draft.to_string()),
            ("job", job),
            ("invitation", invitation(app, partner, user, name)),
            ("inquiry", crate::inquiry::of_visitor(app, &[], name).to_string()),
            ("token", token),
            ("owner", user.to_string()),
            ("mail", mail(app, partner, name)),
            ("partner", partner.to_string()),
            ("slug", world::listing(&app.app, slug, &world::Listed { country: "BE", ..world::Listed::at(&[world::NANTES]) }).slug),
            ("referral", referral(app, partner, user, note, name)),
        ])
        .chain(profile(app, partner, name))
        .collect()
}

/// An opportunity that is handed over and shared, and an import.
fn between(app: &TestApp, slug: &str, name: &str) -> Ids {
    use comptoir::db::ids::{HandoverId, ImportId};
    use comptoir::domain::referral::TimeFrame;
    use comptoir::features::referrals::receive::{self, Incoming, Sender};
    let (owner, partner) = (format!("agent@{slug}.test"), world::partner_id(&app.app, slug));
    let user = world::member(&app.app, &owner);
    let referral = crate::handover::opportunity(app, slug, &owner, name);
    let (handover, import) = (HandoverId::new(), ImportId::new());
    let rows = app.app.commands().write_as(partner, |scope, conn| {
        diesel::insert_into(handover::table)
            .values((
                handover::partner_id.eq(partner),
                handover::id.eq(handover),
                handover::referral_id.eq(referral),
                handover::state.eq("open"),
                handover::message.eq(name),
                handover::allow_next.eq(false),
                handover::created_by.eq(user),
                handover::created_at.eq(scope.now),
                handover::expires_at.eq(scope.now.plus(comptoir::clock::DAY)),
            ))
            .execute(conn)?;
        diesel::insert_into(referral_import::table)
            .values((
                referral_import::partner_id.eq(partner),
                referral_import::id.eq(import),
                referral_import::state.eq("done"),
                referral_import::created.eq(0),
                referral_import::updated.eq(0),
                referral_import::failed.eq(0),
                referral_import::changes.eq("[]"),
                referral_import::created_by.eq(user),
                referral_import::created_at.eq(scope.now),
            ))
            .execute(conn)?;
        Ok(())
    });
    rows.expect("a hand-over and an import");
    let other = world::partner_id(&app.app, if slug == "reseller" { "provider" } else { "reseller" });
    let asked = app.app.commands().write_as(other, |scope, conn| {
        let new = Incoming {
            sender: Sender::Partner { partner, referral },
            sender_name: name.to_owned(),
            country: "FR".into(),
            city: name.to_owned(),
            industry: String::new(),
            size: String::new(),
            services: String::new(),
            products: String::new(),
            need: name.to_owned(),
            time_frame: TimeFrame::Now,
            wants_call: false,
            language: "en".into(),
            location: None,
            owner: None,
            message: name.to_owned(),
            routing: String::new(),
            title: name.to_owned(),
            value_minor: Some(1),
            currency: "EUR".into(),
            close_on: "2027-01-01".into(),
            help: "general".into(),
            expires_at: scope.now.plus(comptoir::clock::DAY),
        };
        Ok(receive::receive(scope, conn, &new)?.1)
    });
    Ids::from([
        ("referral", referral.to_string()),
        ("handover", handover.to_string()),
        ("engagement", asked.expect("an engagement").to_string()),
        ("import", import.to_string()),
    ])
}

/// A visitor's inquiry that waits for an answer, with a private note, in the team of the member.
fn referral(app: &TestApp, partner: PartnerId, user: UserId, note: NoteId, name: &str) -> String {
    use comptoir::db::ids::InquiryId;
    use comptoir::features::referrals::{people, receive};
    let (id, now) = (InquiryId::new(), app.clock.now());
    let who = (
        inquiry::company.eq(name),
        inquiry::first_name.eq(name),
        inquiry::last_name.eq(name),
        inquiry::email.eq(format!("{name}@{name}.example")),
    );
    let place = (
        inquiry::phone.eq(name),
        inquiry::address1.eq(name),
        inquiry::postal_code.eq(name),
        inquiry::city.eq(name),
        inquiry::country.eq("FR"),
    );
    let what = (
        inquiry::industry.eq("retail"),
        inquiry::size.eq("1to9"),
        inquiry::services.eq(""),
        inquiry::products.eq("mail"),
        inquiry::need.eq(name),
    );
    let rest = (
        inquiry::cloud.eq(Cloud::Worldwide),
        inquiry::link_hash.eq(random_hex(16).into_bytes()),
        inquiry::language.eq("en"),
        inquiry::time_frame.eq("now"),
        inquiry::wants_call.eq(true),
        inquiry::allow_next.eq(false),
        inquiry::named.eq(true),
        inquiry::consent_at.eq(now),
        inquiry::created_at.eq(now),
    );
    let row = (inquiry::id.eq(id), who, place, what, rest);
    app.app.commands().write(move |conn| Ok(diesel::insert_into(inquiry::table).values(row.clone()).execute(conn)?)).expect("an inquiry");
    let made = app.app.commands().write_as(partner, |scope, conn| {
        let new = comptoir::features::inquiry::model::find(conn, id)?.incoming(None, String::new(), scope.now);
        let (referral, _) = receive::receive(scope, conn, &new)?;
        people::change_team(scope, conn, comptoir::access::referral::Sight::ALL, referral, &[user])?;
        diesel::insert_into(referral_note::table)
            .values((
                referral_note::partner_id.eq(partner),
                referral_note::id.eq(note),
                referral_note::referral_id.eq(referral),
                referral_note::author_id.eq(user),
                referral_note::body.eq(name),
                referral_note::created_at.eq(scope.now),
            ))
            .execute(conn)?;
        Ok(referral)
    });
    made.expect("a referral").to_string()
}

/// A business profile whose first revision waits for an operator, with a location and a logo.
fn profile(app: &TestApp, partner: PartnerId, name: &str) -> Ids {
    use comptoir::db::ids::{LocationId, LogoId};
    use comptoir::features::profile::{acts, draft, publish};
    let (location, picture) = (LocationId::new(), LogoId::new());
    let on = (
        platform_setting::name.eq("moderation.worldwide"),
        platform_setting::value.eq("on"),
        platform_setting::updated_at.eq(app.clock.now()),
    );
    let _ = app.app.commands().write(|conn| Ok(diesel::insert_into(platform_setting::table).values(on).execute(conn)?));
    let made = app.app.commands().write_as(partner, |scope, conn| {
        let id = acts::start(scope, conn, "FR")?.expect("the first of its country");
        diesel::insert_into(logo::table)
            .values((
                logo::partner_id.eq(partner),
                logo::id.eq(picture),
                logo::width.eq(1),
                logo::height.eq(1),
                logo::bytes.eq(name.as_bytes()),
                logo::created_at.eq(scope.now),
            ))
            .execute(conn)?;
        draft::change(scope, conn, id, "profile.edit", |draft| {
            draft.logo = Some(picture);
            draft.content.name = name.to_owned();
            draft.content.text_en = name.to_owned();
            draft.content.services = vec!["consulting".to_owned()];
            draft.content.locations = vec![world::located(location, name)];
            Ok(true)
        })?;
        publish::publish(scope, conn, id, 2)?;
        Ok(id)
    });
    Ids::from([("profile", made.expect("a profile").to_string()), ("location", location.to_string()), ("logo", picture.to_string())])
}

/// Delegated admin with its request, and a request to end.
fn relationship(
    app: &TestApp,
    name: &str,
    partner: PartnerId,
    user: UserId,
    customer: comptoir::db::ids::CustomerId,
) -> comptoir::error::Result<(String, String)> {
    let name = if name == "south" { CANARY } else { "own" };
    app.app.commands().write_as(partner, |scope, conn| {
        let admin = world::granted(scope, conn, user, customer, &world::Rights::of(name, 90))?;
        let request = comptoir::db::ids::EndRequestId::new();
        diesel::insert_into(end_request::table)
            .values((
                end_request::partner_id.eq(partner),
                end_request::id.eq(request),
                end_request::reseller_id.eq(partner),
                end_request::customer_id.eq(customer),
                end_request::person.eq(name),
                end_request::reason.eq(name),
                end_request::state.eq("open"),
                end_request::created_at.eq(scope.now),
            ))
            .execute(conn)?;
        Ok((admin.to_string(), request.to_string()))
    })
}

/// An invitation that waits for its answer.
fn invitation(app: &TestApp, partner: PartnerId, user: UserId, name: &str) -> String {
    use comptoir::domain::relationship::invitation::Kind;
    use comptoir::features::invitations::acts::{self, From, New};
    let new = New {
        kind: Kind::Reseller,
        open_link: false,
        recipient_name: name.to_owned(),
        recipient_email: format!("{name}@invited.example"),
        company: name.to_owned(),
        customer: None,
        provider: None,
        lang: comptoir::i18n::Lang::En,
        purpose: name.to_owned(),
        note: name.to_owned(),
        message: name.to_owned(),
        roles: Vec::new(),
        duration_days: None,
        auto_extend: false,
    };
    let id = app.app.commands().write_as(partner, |scope, conn| {
        let id = acts::create(scope, conn, user, &new)?;
        acts::send(scope, conn, id, &From { partner: name, keys: &app.app.keys })?;
        Ok(id)
    });
    id.expect("an invitation").to_string()
}

/// A letter of this partner that was given up.
fn mail(app: &TestApp, partner: PartnerId, name: &str) -> String {
    let (to, now) = (format!("{name}@{name}.example"), app.clock.now());
    let letter = Letter::PasswordChanged { at: now.micros() };
    let mail = Outgoing { partner: Some(partner), subject: None, to: &to, to_name: name, lang: Lang::En, letter: &letter };
    let post = |conn: &mut comptoir::db::Conn| {
        let id = comptoir::access::outbox::post(conn, now, &mail)?;
        diesel::update(outbox::table.find(id)).set(outbox::state.eq("dead")).execute(conn)?;
        Ok(id.to_string())
    };
    app.app.commands().write(post).expect("a letter")
}

fn insert_job(app: &TestApp, partner: PartnerId, user: UserId) -> comptoir::error::Result<String> {
    let id = comptoir::db::ids::JobId::new();
    app.app.commands().write_as(partner, |scope, conn| {
        diesel::insert_into(job::table)
            .values((
                job::partner_id.eq(partner),
                job::id.eq(id),
                job::kind.eq("customers.change"),
                job::state.eq("done"),
                job::payload.eq("{}"),
                job::progress.eq("null"),
                job::done.eq(1),
                job::failed.eq(0),
                job::created_by.eq(user),
                job::created_at.eq(scope.now),
            ))
            .execute(conn)?;
        let _ = jobs::find(scope, conn, id)?;
        Ok(id.to_string())
    })
}

/// A route's path with its parameters filled; `account` and the other ids may be of two tenants.
pub fn path(route: &Route, account: &str, ids: &Ids) -> String {
    let mut path = String::new();
    for segment in route.path.split('/').skip(1) {
        path.push('/');
        let filled = match segment {
            "{account}" => account,
            "{customer}" => &ids["customer"],
            "{slug}" => &ids["slug"],
            "{place}" => "nantes",
            "{piece}" => "0",
            "{tag}" => &ids["tag"],
            "{view}" => &ids["view"],
            "{note}" => &ids["note"],
            "{draft}" => &ids["draft"],
            "{job}" => &ids["job"],
            "{admin}" => &ids["admin"],
            "{request}" => &ids["request"],
            "{inquiry}" => &ids["inquiry"],
            "{invitation}" => &ids["invitation"],
            "{token}" => &ids["token"],
            "{partner}" => &ids["partner"],
            "{handover}" => &ids["handover"],
            "{engagement}" => &ids["engagement"],
            "{import}" => &ids["import"],
            "{session}" => &ids["owner"],
            "{mail}" => &ids["mail"],
            "{profile}" => &ids["profile"],
            "{location}" => &ids["location"],
            "{logo}" => &ids["logo"],
            "{referral}" => &ids["referral"],
            "{revision}" => "1",
            "{kind}" => "industry",
            "{term}" => "retail",
            "{cloud}" => "worldwide",
            "{task}" => "sweep",
            "{section}" => "company",
            "{step}" => "account",
            "{name}" => "none.css",
            plain => {
                assert!(!plain.contains('{'), "{}: this test does not know how to fill {plain}", route.path);
                plain
            }
        };
        path.push_str(filled);
    }
    path
}

fn call(client: &Client, route: &Route, path: &str) -> Answer {
    match route.method {
        Method::Get => client.get(path),
        Method::Post => client.post(path, &[]),
    }
}

/// What a stranger may compare: status and words, without tokens, ids and the address itself.
fn comparable(answer: &Answer) -> (u16, Vec<String>) {
    (answer.status, answer.texts("main"))
}

fn unknown(ids: &Ids) -> Ids {
    ids.iter()
        .map(|(key, value)| {
            (
                *key,
                if *key == "account" {
                    value.clone()
                } else if *key == "token" {
                    random_hex(32)
                } else {
                    TagId::new().to_string()
                },
            )
        })
        .collect()
}

/// Rows of every tenant table of one partner: nothing tried from outside may change them.
fn rows(app: &TestApp, slug: &str) -> String {
    let partner = world::partner_id(&app.app, slug);
    app.app
        .commands()
        .read_as(partner, |_, conn| {
            let mut text = String::new();
            for table in TENANT_TABLES {
                #[derive(QueryableByName)]
                struct Count {
                    #[diesel(sql_type = diesel::sql_types::BigInt)]
                    n: i64,
                }
                // Through the wall: one partner's rows alone.
                let count: Count = diesel::sql_query(format!("select count(*) as n from {table}")).get_result(conn)?;
                let _ = write!(text, "{table} {} ", count.n);
            }
            let versions: Vec<i64> =
                customer_account::table.filter(customer_account::partner_id.eq(partner)).select(customer_account::version).load(conn)?;
            let _ = write!(text, "{versions:?}");
            Ok(text)
        })
        .expect("rows")
}

pub fn in_account(route: &&Route) -> bool {
    matches!(route.access, Access::Member(_))
}

on_both! {
    fn nobody_gets_past_the_door_of_any_route_that_has_one(app) {
        let ids = fill(app, "north", "agent@north.test");
        for route in ROUTES.iter().filter(|route| route.access != Access::Public) {
            let client = app.nobody();
            let answer = call(&client, route, &path(route, "north", &ids));
            if route.access == Access::Visit {
                assert_eq!((answer.status, answer.location()), (303, "/access"), "{}", route.path);
                continue;
            }
            match route.method {
                Method::Get => assert!(answer.status == 303 && answer.location().starts_with("/sign-in"), "{}: {}", route.path, answer.status),
                Method::Post => assert_eq!(answer.status, 401, "{}", route.path),
            }
        }
    }

    fn the_platforms_pages_do_not_exist_for_anybody_but_an_operator(app) {
        let ids = fill(app, "north", "agent@north.test");
        let platform: Vec<&Route> = ROUTES.iter().filter(|route| route.access == Access::Operator).collect();
        assert!(platform.len() > 3);
        for who in ["global@north.test", "agent@south.test"] {
            let client = app.signed_in(who);
            for route in &platform {
                let tried = call(&client, route, &path(route, "north", &ids));
                let missing = call(&client, route, "/operator/nothing/here");
                assert_eq!(tried.status, 404, "{who} {}", route.path);
                assert_eq!(comparable(&tried), comparable(&missing), "{who} {}", route.path);
            }
            assert!(!client.visit("/customers").text().contains("/operator"), "nothing leads there");
        }
        let operator = app.signed_in(world::OPERATOR);
        for route in &platform {
            let answer = call(&operator, route, &path(route, "north", &ids));
            // An empty form is acted upon, or its mistakes are shown.
            let expected: &[u16] = if route.method == Method::Get { &[200] } else { &[303, 422] };
            assert!(expected.contains(&answer.status), "{}: {}", route.path, answer.status);
            // What was queued again by one route is given up again for the next.
            app.app.commands().write(|conn| Ok(diesel::update(outbox::table).set(outbox::state.eq("dead")).execute(conn)?)).expect("dead");
        }
        for route in ROUTES.iter().filter(in_account) {
            let answer = call(&operator, route, &path(route, "north", &ids));
            assert_eq!(answer.status, 404, "an operator is no member: {}", route.path);
        }
    }

    fn anothers_account_is_an_account_that_does_not_exist(app) {
        let ids = fill(app, "south", "agent@south.test");
        let stranger = app.signed_in("agent@north.test");
        let before = rows(app, "south");
        for route in ROUTES.iter().filter(in_account) {
            let tried = call(&stranger, route, &path(route, "south", &ids));
            let missing = call(&stranger, route, &path(route, "nowhere", &unknown(&ids)));
            assert_eq!(tried.status, 404, "{}", route.path);
            assert_eq!(comparable(&tried), comparable(&missing), "{}", route.path);
            assert!(!tried.text().contains(CANARY), "{}", route.path);
        }
        assert_eq!(rows(app, "south"), before, "and nothing of it has changed");
    }

    fn anothers_id_in_ones_own_account_is_an_id_that_does_not_exist(app) {
        fill(app, "north", "agent@north.test");
        let foreign = fill(app, "south", "agent@south.test");
        let before = rows(app, "south");
        // Every role, and all of them at once through the global admin.
        for (who, place, _) in PEOPLE.iter().filter(|(_, place, _)| *place == "north") {
            let client = app.signed_in(&format!("{who}@{place}.test"));
            for route in ROUTES.iter().filter(in_account).filter(|route| route.path.matches('{').count() > 1) {
                let tried = call(&client, route, &path(route, "north", &foreign));
                let missing = call(&client, route, &path(route, "north", &unknown(&foreign)));
                assert!([400, 403, 404, 422].contains(&tried.status), "{who} {}: {}", route.path, tried.status);
                assert_eq!(comparable(&tried), comparable(&missing), "{who} {}", route.path);
                assert!(!tried.text().contains(CANARY), "{who} {}", route.path);
            }
        }
        assert_eq!(rows(app, "south"), before);
    }

    fn no_page_file_or_search_of_one_partner_holds_a_word_of_anothers(app) {
        // The south first: an inquiry that names nobody goes to whoever is listed.
        let foreign = fill(app, "south", "agent@south.test");
        let own = fill(app, "north", "agent@north.test");
        let client = app.signed_in("agent@north.test");
        for route in ROUTES.iter().filter(|route| route.method == Method::Get && route.access != Access::Public) {
            let answer = client.visit(&path(route, "north", &own));
            assert!(!answer.text().contains(CANARY), "{}", route.path);
        }
        let queries = [
            format!("?q={CANARY}"), format!("?tag={}", foreign["tag"]), format!("?owner={}", foreign["owner"]),
            format!("?relationship={}", world::partner_id(&app.app, "south")), format!("?q={}", foreign["customer"]),
            format!("?after={}", foreign["customer"].replace('-', "")), format!("?before={}", foreign["customer"].replace('-', "")),
            "?open=tag".into(), "?open=owner".into(), "?open=relationship".into(), "?scope=everything".into(),
        ];
        for query in &queries {
            for file in ["", ".csv", ".json"] {
                let answer = client.get(&format!("/p/north/customers{file}{query}"));
                assert_eq!(answer.status, 200, "{file}{query}");
                let text = answer.text().replace(&format!("q={CANARY}"), "").replace(&format!("value=\"{CANARY}\""), "").replace(&format!("“{CANARY}”"), "");
                assert!(!text.contains(CANARY), "{file}{query}");
            }
        }
        let client = app.signed_in("referrals@north.test");
        for query in ["", &format!("?q={CANARY}"), &format!("?q={CANARY}&state=received"), &format!("?owner={}", foreign["owner"]), &format!("?location={}", foreign["location"])] {
            for file in ["", ".csv", ".json"] {
                let answer = client.get(&format!("/p/north/referrals{file}{query}"));
                assert_eq!(answer.status, 200, "{file}{query}");
                let text = if file.is_empty() { answer.texts("tbody").concat() } else { answer.text() };
                assert!(!text.contains(CANARY), "{file}{query}");
            }
        }
    }

    fn anothers_ids_in_a_form_change_nothing(app) {
        let own = fill(app, "north", "agent@north.test");
        let foreign = fill(app, "south", "agent@south.test");
        let before = rows(app, "south");
        let client = app.signed_in("agent@north.test");
        let run = |fields: &[(&str, &str)]| client.post("/p/north/customers/bulk/run", fields);
        assert_eq!(run(&[("id", &own["customer"]), ("act", "add-tag"), ("tag", &foreign["tag"])]).status, 404);
        assert_eq!(run(&[("id", &own["customer"]), ("act", "set-owner"), ("owner", &foreign["owner"])]).status, 404);
        let answer = run(&[("id", &foreign["customer"]), ("act", "add-tag"), ("tag", &own["tag"])]);
        app.run_jobs();
        assert!(client.get(answer.location()).text().contains("One customer was left as it is"));
        let choice = client.post("/p/north/customers/bulk", &[("id", &foreign["customer"]), ("act", "tag")]);
        assert!(!choice.text().contains(CANARY));
        assert_eq!(rows(app, "south"), before);
    }

    fn the_database_itself_refuses_what_a_forgotten_filter_would_let_through(app) {
        fill(app, "north", "agent@north.test");
        let foreign = fill(app, "south", "agent@south.test");
        let (north, south) = (world::partner_id(&app.app, "north"), world::partner_id(&app.app, "south"));
        let seen: i64 = app.app.commands().read_as(north, |_, conn| Ok(customer_account::table.count().get_result(conn)?)).expect("a count without a filter");
        assert_eq!(seen, 1, "a read without its filter sees one partner");
        let foreign_customer: comptoir::db::ids::CustomerId = foreign["customer"].parse().expect("an id");
        let update = app.app.commands().write_as(north, |_, conn| {
            Ok(diesel::update(customer_account::table.filter(customer_account::id.eq(foreign_customer))).set(customer_account::alias.eq("taken")).execute(conn)?)
        });
        assert!(update.as_ref().map_or(true, |changed| *changed == 0), "{update:?}");
        let delete = app.app.commands().write_as(north, |_, conn| Ok(diesel::delete(tag::table).execute(conn)?));
        assert!(delete.as_ref().map_or(true, |changed| *changed <= 1), "{delete:?}");
        let insert = app.app.commands().write_as(north, |scope, conn| {
            Ok(diesel::insert_into(tag::table)
                .values((tag::partner_id.eq(south), tag::id.eq(TagId::new()), tag::name.eq("x"), tag::name_folded.eq("x"), tag::colour.eq(1), tag::created_at.eq(scope.now)))
                .execute(conn)?)
        });
        assert!(insert.is_err(), "a row of another partner");
        let pair = app.app.commands().write_as(north, |_, conn| {
            Ok(diesel::insert_into(customer_tag::table)
                .values((customer_tag::partner_id.eq(north), customer_tag::customer_id.eq(foreign_customer), customer_tag::tag_id.eq(TagId::new())))
                .execute(conn)?)
        });
        assert!(pair.is_err(), "a row that points at another partner's");
        let nobody: i64 = app.app.commands().read(|conn| Ok(customer_account::table.count().get_result(conn)?)).expect("a count without a tenant");
        assert_eq!(nobody, 0, "without a partner nothing is seen");
    }

    fn nothing_crosses_clouds(app) {
        let federal = world::partner_id(&app.app, "federal");
        let crossed = app.app.commands().write_as(federal, |scope, conn| {
            let id = world::insert(scope, conn, &NewCustomer::named("Crossing"))?;
            Ok(diesel::update(customer_account::table.filter(customer_account::partner_id.eq(federal)).filter(customer_account::id.eq(id)))
                .set(customer_account::cloud.eq(comptoir::domain::Cloud::Worldwide)).execute(conn)?)
        });
        assert!(crossed.is_err());
    }

    fn each_role_reaches_what_the_matrix_says(app) {
        let ids = fill(app, "north", "agent@north.test");
        let mut table = String::new();
        for (who, place, roles) in PEOPLE.iter().filter(|(_, place, _)| *place == "north") {
            let client = app.signed_in(&format!("{who}@{place}.test"));
            for route in ROUTES.iter().filter(in_account) {
                let answer = call(&client, route, &path(route, "north", &ids));
                let Access::Member(action) = route.access else { continue };
                let allowed = may(Roles::of(roles), AccountType::Direct, Cloud::Worldwide, Relationship::None, action).is_ok();
                assert_eq!(answer.status == 403, !allowed, "{who} {:?} {}: {}", route.method, route.path, answer.status);
                let _ = writeln!(table, "{who:14} {:?} {} {}", route.method, route.path, if allowed { "may" } else { "403" });
            }
        }
        compare_snapshot("roles.txt", &table);
    }
}

/// Compares with the file in `tests/it/snapshots`, which review reads; `UPDATE_SNAPSHOTS=1` writes it.
fn compare_snapshot(name: &str, text: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots").join(name);
    if std::env::var("UPDATE_SNAPSHOTS").is_ok() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder");
        std::fs::write(&file, text).expect("the snapshot");
    }
    let stored = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(stored == text, "{name} differs; look at the change, then run with UPDATE_SNAPSHOTS=1");
}
