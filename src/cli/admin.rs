//! `comptoir admin`: what is set up before anybody can sign in. No command takes or shows a
//! password: each prints a single-use link by which the person sets it.

use super::{queries, rows};
use crate::access::App;
use crate::access::audit::{self, Event, Fields};
use crate::access::identity::{self, NewUser, Purpose};
use crate::access::may::{Role, Roles};
use crate::config::Config;
use crate::db::Conn;
use crate::db::ids::{ObjectId, PartnerId, UserId};
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::{AccountType, Cloud, PartnerStatus};
use crate::error;
use crate::i18n::Lang;
use anyhow::{Result, anyhow, bail, ensure};
use clap::{Args, Subcommand};
use serde_json::Value;

/// What to set up.
#[derive(Debug, Subcommand)]
pub enum Act {
    /// Create the platform's operator, or make an existing user one.
    Operator {
        /// Address to sign in with.
        email: String,
        #[command(flatten)]
        person: Person,
    },
    /// Create a partner account.
    Partner(NewPartner),
    /// Create a user in a partner account, or add an existing one to it.
    User {
        /// Address to sign in with.
        email: String,
        /// Partner account, by the name in its addresses.
        #[arg(long, value_name = "SLUG")]
        partner: String,
        /// Roles there, with commas: global_admin, user_management_admin, billing_admin,
        /// admin_agent, sales_agent, helpdesk_agent, business_profile_admin, referrals_admin,
        /// referrals_user.
        #[arg(long, value_name = "ROLES", value_delimiter = ',', required = true)]
        roles: Vec<String>,
        #[command(flatten)]
        person: Person,
    },
    /// Print a link by which a user sets a new password; it lives for 30 minutes.
    ResetPassword {
        /// Address the user signs in with.
        email: String,
    },
}

/// How a new user is called and spoken to.
#[derive(Debug, Args)]
pub struct Person {
    /// The person's name; needed for a new user.
    #[arg(long)]
    name: Option<String>,
    /// Language of the pages: en or fr.
    #[arg(long, default_value = "en")]
    language: String,
    /// Time zone, such as Europe/Paris.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
}

/// A partner account to create.
#[derive(Debug, Args)]
pub struct NewPartner {
    /// Its name.
    #[arg(long)]
    name: String,
    /// Its name in addresses: 2 to 40 small letters, digits and hyphens.
    #[arg(long)]
    slug: String,
    /// direct, indirect_provider or indirect_reseller.
    #[arg(long = "type", value_name = "TYPE")]
    account_type: String,
    /// worldwide, us_government or germany.
    #[arg(long, default_value = "worldwide")]
    cloud: String,
    /// Country code, such as FR.
    #[arg(long)]
    country: String,
    /// Its own domain, which its customers' contacts may not have.
    #[arg(long)]
    domain: String,
}

/// Runs it.
pub fn run(config: &Config, act: &Act) -> Result<()> {
    let app = super::open(config)?;
    match act {
        Act::Operator { email, person } => operator(&app, &address(email)?, person),
        Act::Partner(new) => partner(&app, new),
        Act::User { email, partner, roles, person } => user(&app, &address(email)?, partner, roles, person),
        Act::ResetPassword { email } => reset_password(&app, &address(email)?),
    }
}

fn address(text: &str) -> Result<String> {
    let email: Email = text.parse().map_err(|_| anyhow!("EMAIL: {text:?} is not an e-mail address"))?;
    Ok(email.into_string().to_lowercase())
}

/// The address that links begin with.
fn public_url(app: &App) -> Result<&str> {
    let url = app.config.public_url.as_str();
    ensure!(
        url.starts_with("https://") || url.starts_with("http://"),
        "public_url is missing: the link that this command prints begins with it"
    );
    Ok(url.trim_end_matches('/'))
}

fn print_link(url: &str, token: &str, life: &str) {
    println!("Open this link once, within {life}, to set the password; whoever has it can:");
    println!("{url}/set-password/{token}");
}

impl Person {
    fn check(&self) -> Result<Lang> {
        let lang = Lang::from_text(&self.language).ok_or_else(|| anyhow!("--language must be en or fr, not {:?}", self.language))?;
        ensure!(jiff::tz::TimeZone::get(&self.time_zone).is_ok(), "--time-zone: {:?} is not a time zone", self.time_zone);
        if let Some(name) = &self.name {
            ensure!((1..=100).contains(&name.trim().chars().count()), "--name must have 1 to 100 characters");
        }
        Ok(lang)
    }
}

/// The user of an address, created if need be; the second tells whether a link is needed.
fn find_or_create(
    conn: &mut Conn,
    email: &str,
    person: &Person,
    lang: Lang,
    operator: bool,
    now: crate::clock::Moment,
) -> error::Result<Option<(UserId, bool)>> {
    if let Some((id, has_password)) = queries::user(conn, email)? {
        return Ok(Some((id, !has_password)));
    }
    let Some(name) = person.name.as_deref().map(str::trim) else {
        return Ok(None);
    };
    let new = NewUser { email, name, lang, time_zone: &person.time_zone, operator, password_hash: None };
    Ok(identity::create_user(conn, &new, now)?.map(|id| (id, true)))
}

fn operator(app: &App, email: &str, person: &Person) -> Result<()> {
    let (url, lang, now) = (public_url(app)?, person.check()?, app.now());
    let made = app.commands().write(|conn| {
        let Some((id, needs_link)) = find_or_create(conn, email, person, lang, true, now)? else {
            return Ok(None);
        };
        queries::make_operator(conn, id)?;
        let token = if needs_link { Some(identity::issue_token(conn, id, Purpose::SetPassword, now)?) } else { None };
        Ok(Some(token))
    })?;
    match made {
        None => bail!("--name is missing: {email} is new here"),
        Some(None) => println!("{email} is now an operator, and signs in as before."),
        Some(Some(token)) => {
            println!("{email} is now an operator.");
            print_link(url, &token, "seven days");
        }
    }
    Ok(())
}

fn partner(app: &App, new: &NewPartner) -> Result<()> {
    let row = new.check(app)?;
    let (id, slug) = (row.id, row.slug.clone());
    let created = app.commands().write(|conn| {
        if queries::partner(conn, &slug)?.is_some() {
            return Ok(false);
        }
        let row = rows::Partner { number: queries::next_number(conn)?, ..row.clone() };
        Ok(rows::partners(conn, &[row])? == 1)
    })?;
    ensure!(created, "--slug: there is a partner account {slug} already");
    let after = [("name", new.name.trim()), ("slug", slug.as_str()), ("account_type", &new.account_type), ("cloud", &new.cloud)];
    app.commands().write_as(id, |scope, conn| {
        let event = Event {
            action: "partner.add",
            object_kind: "partner",
            object: Some(ObjectId::from_uuid(id.uuid())),
            before: Fields::new(),
            after: fields(&after),
        };
        audit::record(scope, conn, &event)
    })?;
    println!(
        "The partner account {slug} is there. Its first user: comptoir admin user EMAIL --partner {slug} --name NAME --roles global_admin,admin_agent"
    );
    Ok(())
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
}

impl NewPartner {
    fn check(&self, app: &App) -> Result<rows::Partner> {
        let slug = &self.slug;
        let letters = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let hyphens = slug.starts_with('-') || slug.ends_with('-') || slug.contains("--");
        ensure!(
            (2..=40).contains(&slug.len()) && letters && !hyphens,
            "--slug must be 2 to 40 small letters, digits and single hyphens, not {slug:?}"
        );
        ensure!((2..=200).contains(&self.name.trim().chars().count()), "--name must have 2 to 200 characters");
        let account_type = AccountType::from_text(&self.account_type)
            .ok_or_else(|| anyhow!("--type must be direct, indirect_provider or indirect_reseller, not {:?}", self.account_type))?;
        let cloud = Cloud::from_text(&self.cloud)
            .ok_or_else(|| anyhow!("--cloud must be worldwide, us_government or germany, not {:?}", self.cloud))?;
        let country =
            Country::parse(&self.country).map_err(|_| anyhow!("--country: {:?} is not a country code of ISO 3166-1", self.country))?;
        let domain =
            idna::domain_to_ascii(self.domain.trim()).ok().filter(|domain| domain.contains('.') && !domain.contains(['@', '/', ' ', ':']));
        let domain = domain.ok_or_else(|| anyhow!("--domain: {:?} is not a domain such as contoso.example", self.domain))?;
        Ok(rows::Partner {
            id: PartnerId::new(),
            number: 0,
            slug: slug.clone(),
            name: self.name.trim().to_owned(),
            account_type,
            status: PartnerStatus::Active,
            cloud,
            country: country.code.to_owned(),
            domain,
            created_at: app.now(),
        })
    }
}

/// What became of [`user`].
enum Joined {
    NoName,
    Already,
    Done(Option<String>),
}

fn user(app: &App, email: &str, slug: &str, names: &[String], person: &Person) -> Result<()> {
    let (url, lang) = (public_url(app)?, person.check()?);
    let mut roles = Vec::new();
    for name in names {
        roles.push(Role::from_text(name.trim()).ok_or_else(|| anyhow!("--roles: {name:?} is not a role"))?);
    }
    let roles = Roles::of(&roles).to_text();
    let found = app.commands().read(|conn| Ok(queries::partner(conn, slug)?))?;
    let partner = found.ok_or_else(|| anyhow!("--partner {slug}: there is no such partner account"))?;
    let joined = app.commands().write_as(partner, |scope, conn| {
        let Some((id, needs_link)) = find_or_create(conn, email, person, lang, false, scope.now)? else {
            return Ok(Joined::NoName);
        };
        if queries::roles(conn, partner, id)?.is_some() {
            return Ok(Joined::Already);
        }
        rows::members(
            conn,
            &[rows::Member { partner_id: partner, user_id: id, roles: roles.clone(), status: "active", created_at: scope.now }],
        )?;
        let after = fields(&[("email", email), ("roles", &roles)]);
        let object = Some(ObjectId::from_uuid(id.uuid()));
        audit::record(scope, conn, &Event { action: "member.add", object_kind: "user", object, before: Fields::new(), after })?;
        Ok(Joined::Done(if needs_link { Some(identity::issue_token(conn, id, Purpose::SetPassword, scope.now)?) } else { None }))
    })?;
    match joined {
        Joined::NoName => bail!("--name is missing: {email} is new here"),
        Joined::Already => bail!("{email} is a member of {slug} already"),
        Joined::Done(None) => println!("{email} is now a member of {slug}, and signs in as before."),
        Joined::Done(Some(token)) => {
            println!("{email} is now a member of {slug}.");
            print_link(url, &token, "seven days");
        }
    }
    Ok(())
}

fn reset_password(app: &App, email: &str) -> Result<()> {
    let (url, now) = (public_url(app)?, app.now());
    let token = app.commands().write(|conn| match queries::user(conn, email)? {
        Some((id, _)) => Ok(Some(identity::issue_token(conn, id, Purpose::ResetPassword, now)?)),
        None => Ok(None),
    })?;
    let token = token.ok_or_else(|| anyhow!("EMAIL: there is no user {email}"))?;
    print_link(url, &token, "30 minutes");
    Ok(())
}
