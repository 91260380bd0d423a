//! How fast invitations are accepted: organisation, account, search index, log and letters in one
//! transaction each, as a ratio to as many bare transactions in the same run. The database is the
//! configuration's, migrated and empty.
//!
//! `acceptance [INVITATIONS]`

use anyhow::{Context, Result, ensure};
use comptoir::access::identity::{NewUser, create_user};
use comptoir::access::{App, invitee};
use comptoir::clock::Clock;
use comptoir::config::{Config, random_hex};
use comptoir::db::ids::{PartnerId, UserId};
use comptoir::db::schema::{app_user, customer_account, membership, partner_account};
use comptoir::domain::relationship::invitation::{Kind, Part};
use comptoir::domain::{AccountType, Cloud};
use comptoir::features::connect::acts::{Acceptance, Who, accept};
use comptoir::features::customers::create::{Company, Person};
use comptoir::features::invitations::acts::{self, From, New};
use comptoir::i18n::Lang;
use diesel::prelude::*;
use std::time::Instant;

/// An acceptance writes some thirty rows and their index entries; a bare transaction one.
const AT_LEAST: f64 = 0.03;

fn main() -> Result<()> {
    let count: usize = std::env::args().nth(1).map_or(Ok(500), |text| text.parse()).context("usage: acceptance [INVITATIONS]")?;
    let config = Config { public_url: "http://127.0.0.1:1".into(), secret: random_hex(64), ..Config::load(None)? };
    let app = comptoir::app::state(config, Clock::system())?;
    let (partner, user) = sender(&app)?;
    let tokens = (0..count).map(|number| invite(&app, partner, user, number)).collect::<Result<Vec<_>>>()?;
    let bare = rate(count, || {
        for token in &tokens {
            app.commands().write(|conn| Ok(diesel::update(app_user::table.find(user)).set(app_user::name.eq(token)).execute(conn)?))?;
        }
        Ok(())
    })?;
    let accepted = rate(count, || {
        for (number, token) in tokens.iter().enumerate() {
            let link = app.commands().read(|conn| invitee::find(conn, token))?;
            let new = acceptance(number);
            app.commands().write_as(partner, |scope, conn| accept(scope, conn, &link, &app.keys, &new))?;
        }
        Ok(())
    })?;
    let made: i64 = app.commands().read_as(partner, |scope, conn| Ok(scope.all(customer_account::table).count().get_result(conn)?))?;
    ensure!(made == count as i64, "{made} customers of {count} acceptances");
    let ratio = accepted / bare;
    let backend = if app.config.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    println!("acceptance, {backend}: {accepted:.0} acceptances/s, {bare:.0} bare transactions/s, ratio {ratio:.3} (at least {AT_LEAST})");
    ensure!(ratio >= AT_LEAST, "accepting is too slow");
    Ok(())
}

fn rate(count: usize, work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let began = Instant::now();
    work()?;
    Ok(count as f64 / began.elapsed().as_secs_f64())
}

fn sender(app: &App) -> Result<(PartnerId, UserId)> {
    let (partner, now) = (PartnerId::new(), app.now());
    let made = app.commands().write(|conn| {
        diesel::insert_into(partner_account::table)
            .values((
                partner_account::id.eq(partner),
                partner_account::number.eq(1),
                partner_account::slug.eq("bench"),
                partner_account::name.eq("Bench"),
                partner_account::account_type.eq(AccountType::Direct),
                partner_account::status.eq("active"),
                partner_account::cloud.eq(Cloud::Worldwide),
                partner_account::country.eq("FR"),
                partner_account::domain.eq("bench.example"),
                partner_account::created_at.eq(now),
            ))
            .execute(conn)?;
        let email = format!("{}@bench.example", random_hex(4));
        let new = NewUser { email: &email, name: "Bench", lang: Lang::En, time_zone: "UTC", operator: false, password_hash: None };
        let user = create_user(conn, &new, now)?.ok_or(comptoir::error::Error::NotFound)?;
        diesel::insert_into(membership::table)
            .values((
                membership::partner_id.eq(partner),
                membership::user_id.eq(user),
                membership::roles.eq("admin_agent"),
                membership::status.eq("active"),
                membership::created_at.eq(now),
            ))
            .execute(conn)?;
        Ok((partner, user))
    });
    Ok(made?)
}

fn invite(app: &App, partner: PartnerId, user: UserId, number: usize) -> Result<String> {
    let new = New {
        kind: Kind::Reseller,
        open_link: false,
        recipient_name: "Zoé Lefèvre".into(),
        recipient_email: format!("zoe@c{number}.example"),
        company: String::new(),
        customer: None,
        provider: None,
        lang: Lang::Fr,
        purpose: String::new(),
        note: String::new(),
        message: String::new(),
        roles: Vec::new(),
        duration_days: None,
        auto_extend: false,
    };
    let id = app.commands().write_as(partner, |scope, conn| {
        let id = acts::create(scope, conn, user, &new)?;
        acts::send(scope, conn, id, &From { partner: "Bench", keys: &app.keys })?;
        Ok(id)
    })?;
    Ok(app.keys.link("connect", id.uuid(), 1))
}

fn acceptance(number: usize) -> Acceptance {
    let company = Company {
        name: format!("Fromagerie Numéro {number}"),
        domain: format!("c{number}.comptoir.example"),
        country: "FR".into(),
        address1: "12 rue de la République".into(),
        city: "Lyon".into(),
        postal_code: "69002".into(),
        phone: "+33472001122".into(),
        ..Company::default()
    };
    let person = Person {
        first: "Zoé".into(),
        last: "Lefèvre".into(),
        email: format!("zoe@c{number}.example"),
        language: "fr".into(),
        role: "Gérante".into(),
        ..Person::default()
    };
    Acceptance { who: Who::New { company, comparable_number: String::new() }, person, parts: vec![Part::Reseller], roles: Vec::new() }
}
