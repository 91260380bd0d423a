//! The world of every test: two resellers who must never learn of each other, a provider with an
//! indirect reseller, and people of each role.

use comptoir::access::identity::{NewUser, create_user};
use comptoir::access::may::Role;
use comptoir::access::{App, Scope};
use comptoir::db::Conn;
use comptoir::db::ids::{AdminId, CustomerId, InvitationId, LocationId, OrganisationId, PartnerId, ProfileId, UserId};
use comptoir::db::schema::*;
use comptoir::domain::collation::sort_key;
use comptoir::domain::profile::{Content, Location};
use comptoir::domain::relationship::delegated_admin::DirectoryRole;
use comptoir::domain::relationship::invitation::Kind;
use comptoir::domain::{AccountType, Cloud, CustomerStatus, Source};
use comptoir::error::Result;
use comptoir::features::customers::create::{self, Person};
use comptoir::features::customers::index;
use comptoir::features::delegated_admin;
use comptoir::features::invitations::{acts, model};
use comptoir::features::profile::publish;
use comptoir::i18n::Lang;
use diesel::prelude::*;

pub const PASSWORD: &str = "seven quiet otters rowing";

/// Partner accounts: address, name, type, cloud.
pub const PARTNERS: [(&str, &str, AccountType, Cloud); 5] = [
    ("north", "Northwind Handel", AccountType::Direct, Cloud::Worldwide),
    ("south", "Southridge Négoce", AccountType::Direct, Cloud::Worldwide),
    ("provider", "Grand Comptoir Distribution", AccountType::IndirectProvider, Cloud::Worldwide),
    ("reseller", "Petit Revendeur", AccountType::IndirectReseller, Cloud::Worldwide),
    ("federal", "Federal Supply", AccountType::Direct, Cloud::UsGovernment),
];

/// People: who, where, which roles. Each signs in as `{who}@{where}.test`.
pub const PEOPLE: [(&str, &str, &[Role]); 19] = [
    ("global", "north", &[Role::GlobalAdmin]),
    ("usermgmt", "north", &[Role::UserManagementAdmin]),
    ("billing", "north", &[Role::BillingAdmin]),
    ("agent", "north", &[Role::AdminAgent]),
    ("sales", "north", &[Role::SalesAgent]),
    ("helpdesk", "north", &[Role::HelpdeskAgent]),
    ("profile", "north", &[Role::BusinessProfileAdmin]),
    ("referrals", "north", &[Role::ReferralsAdmin]),
    ("referralsuser", "north", &[Role::ReferralsUser]),
    ("agent", "south", &[Role::AdminAgent, Role::GlobalAdmin]),
    ("sales", "south", &[Role::SalesAgent]),
    ("agent", "provider", &[Role::AdminAgent]),
    ("agent", "reseller", &[Role::AdminAgent, Role::GlobalAdmin]),
    ("sales", "reseller", &[Role::SalesAgent]),
    ("agent", "federal", &[Role::AdminAgent]),
    ("referrals", "south", &[Role::ReferralsAdmin]),
    ("referrals", "provider", &[Role::ReferralsAdmin]),
    ("referrals", "reseller", &[Role::ReferralsAdmin]),
    ("referralsuser", "reseller", &[Role::ReferralsUser]),
];

/// Operates the platform, and is a member of nothing.
pub const OPERATOR: &str = "operator@platform.test";

pub fn fill(app: &App) {
    let hash = app.passwords.hash_now(PASSWORD);
    let now = app.now();
    app.commands()
        .write(|conn| {
            for (number, (slug, name, kind, cloud)) in (1..).zip(PARTNERS) {
                diesel::insert_into(partner_account::table)
                    .values((
                        partner_account::id.eq(PartnerId::new()),
                        partner_account::number.eq(number),
                        partner_account::slug.eq(slug),
                        partner_account::name.eq(name),
                        partner_account::account_type.eq(kind),
                        partner_account::status.eq("active"),
                        partner_account::cloud.eq(cloud),
                        partner_account::country.eq("FR"),
                        partner_account::domain.eq(format!("{slug}.test")),
                        partner_account::created_at.eq(now),
                    ))
                    .execute(conn)?;
            }
            for (who, place, roles) in PEOPLE {
                let email = format!("{who}@{place}.test");
                let new = NewUser {
                    email: &email,
                    name: &format!("{who} of {place}"),
                    lang: Lang::En,
                    time_zone: "Europe/Paris",
                    operator: false,
                    password_hash: Some(&hash),
                };
                let user = create_user(conn, &new, now)?.expect("a new address");
                join(conn, place, user, &comptoir::access::may::Roles::of(roles).to_text(), now)?;
            }
            let operator = NewUser {
                email: OPERATOR,
                name: "operator of the platform",
                lang: Lang::En,
                time_zone: "UTC",
                operator: true,
                password_hash: Some(&hash),
            };
            create_user(conn, &operator, now)?;
            diesel::insert_into(partnership::table)
                .values((
                    partnership::provider_id.eq(partner(conn, "provider")?),
                    partnership::reseller_id.eq(partner(conn, "reseller")?),
                    partnership::cloud.eq(Cloud::Worldwide),
                    partnership::status.eq("active"),
                    partnership::created_at.eq(now),
                ))
                .execute(conn)?;
            Ok(())
        })
        .expect("the world");
}

/// Makes a user a member of a partner account.
pub fn join(conn: &mut Conn, slug: &str, user: UserId, roles: &str, now: comptoir::clock::Moment) -> Result<()> {
    diesel::insert_into(membership::table)
        .values((
            membership::partner_id.eq(partner(conn, slug)?),
            membership::user_id.eq(user),
            membership::roles.eq(roles),
            membership::status.eq("active"),
            membership::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn partner(conn: &mut Conn, slug: &str) -> Result<PartnerId> {
    Ok(partner_account::table.filter(partner_account::slug.eq(slug)).select(partner_account::id).first(conn)?)
}

pub fn partner_id(app: &App, slug: &str) -> PartnerId {
    app.commands().read(|conn| partner(conn, slug)).expect("a partner account")
}

/// How many customers of the account's list are not ended, counted.
pub fn listed(app: &App, slug: &str) -> i64 {
    use comptoir::db::schema::customer_account;
    let count = app.commands().read_as(partner_id(app, slug), |scope, conn| {
        Ok(scope.all(customer_account::table).filter(customer_account::listed.eq(true)).count().get_result::<i64>(conn)?)
    });
    count.expect("a count")
}

/// Delegated admin to put into the world.
#[derive(Clone, Copy)]
pub struct Rights<'a> {
    pub name: &'a str,
    pub days: i64,
    pub auto_extend: bool,
    pub roles: &'a [DirectoryRole],
}

impl<'a> Rights<'a> {
    pub fn of(name: &'a str, days: i64) -> Self {
        Self { name, days, auto_extend: false, roles: &[DirectoryRole::HelpdeskAdmin, DirectoryRole::UserAdmin] }
    }
}

/// Rights that a member requested and the customer granted as a whole.
pub fn granted(scope: &Scope, conn: &mut Conn, user: UserId, customer: CustomerId, rights: &Rights<'_>) -> Result<AdminId> {
    let invitation = request(scope, conn, user, customer, rights)?;
    let grant = delegated_admin::acts::Grant { invitation, customer, roles: rights.roles.to_vec(), approved_by: "Claire Dubois".into() };
    delegated_admin::acts::grant(scope, conn, &grant)
}

/// A request for rights.
pub fn request(scope: &Scope, conn: &mut Conn, user: UserId, customer: CustomerId, rights: &Rights<'_>) -> Result<InvitationId> {
    let new = acts::New {
        kind: Kind::DelegatedAdmin,
        open_link: false,
        recipient_name: "Claire Dubois".into(),
        recipient_email: "contact@customer.example".into(),
        company: rights.name.into(),
        customer: Some(customer),
        provider: None,
        lang: Lang::Fr,
        purpose: rights.name.into(),
        note: String::new(),
        message: String::new(),
        roles: rights.roles.to_vec(),
        duration_days: Some(rights.days),
        auto_extend: rights.auto_extend,
    };
    acts::create(scope, conn, user, &new)
}

/// A member, by address.
pub fn member(app: &App, email: &str) -> UserId {
    app.commands().read(|conn| Ok(app_user::table.filter(app_user::email.eq(email)).select(app_user::id).first(conn)?)).expect("a member")
}

/// A customer that the provider has through the reseller: the account of each.
pub fn shared(app: &App, name: &str) -> (CustomerId, CustomerId) {
    let (provider, reseller) = (partner_id(app, "provider"), partner_id(app, "reseller"));
    let own = customer(app, "provider", &NewCustomer::named(name));
    let organisation = app.commands().write_as(provider, |scope, conn| {
        let row = || scope.all(customer_account::table).filter(customer_account::id.eq(own));
        diesel::update(row()).set(customer_account::counterpart_id.eq(Some(reseller))).execute(conn)?;
        index::refresh(scope, conn, own)?;
        Ok(row().select(customer_account::organisation_id).first::<OrganisationId>(conn)?)
    });
    let organisation = organisation.expect("the provider's side");
    let theirs = app.commands().write_as(reseller, |scope, conn| {
        let company = create::Company {
            name: name.into(),
            country: "FR".into(),
            domain: format!("{}.example", organisation.uuid().simple()),
            ..Default::default()
        };
        let person = Person {
            first: "Claire".into(),
            last: "Dubois".into(),
            email: "contact@customer.example".into(),
            language: "fr".into(),
            ..Default::default()
        };
        let origin = create::Origin { source: Source::Added, owner: None, counterpart: Some(provider), agreed_on: None };
        Ok(create::account(scope, conn, organisation, &company, &person, &origin)?.0)
    });
    (own, theirs.expect("the reseller's side"))
}

/// A location in Nantes, of this name; its leads go to an address of that name.
pub fn located(id: comptoir::db::ids::LocationId, name: &str) -> comptoir::domain::profile::Location {
    comptoir::domain::profile::Location {
        id: id.uuid(),
        name: name.into(),
        address1: "1 rue du Port".into(),
        city: "Nantes".into(),
        state: String::new(),
        postal_code: "44000".into(),
        country: "FR".into(),
        phone: String::new(),
        lead_email: format!("{}@leads.example", name.to_lowercase()),
        latitude: 47_218_000,
        longitude: -1_553_000,
    }
}

/// The letters to an address, oldest first, as they are stored.
pub fn letters(app: &App, to: &str) -> Vec<String> {
    let letters = outbox::table.filter(outbox::recipient.eq(to)).order((outbox::created_at, outbox::id)).select(outbox::letter);
    app.commands().read(|conn| Ok(letters.load(conn)?)).expect("letters")
}

/// A customer to put into the world.
#[derive(Clone)]
pub struct NewCustomer<'a> {
    pub name: &'a str,
    pub alias: &'a str,
    pub country: &'a str,
    pub registration: &'a str,
    pub email: &'a str,
    pub status: CustomerStatus,
}

impl<'a> NewCustomer<'a> {
    pub fn named(name: &'a str) -> Self {
        Self { name, alias: "", country: "FR", registration: "", email: "contact@customer.example", status: CustomerStatus::Active }
    }
}

/// Puts a customer into a partner account, with its organisation and its search document.
pub fn customer(app: &App, slug: &str, new: &NewCustomer<'_>) -> CustomerId {
    let partner = partner_id(app, slug);
    app.commands().write_as(partner, |scope, conn| insert(scope, conn, new)).expect("a customer")
}

pub fn insert(scope: &Scope, conn: &mut Conn, new: &NewCustomer<'_>) -> Result<CustomerId> {
    let (organisation, id) = (OrganisationId::new(), CustomerId::new());
    let domain = format!("{}.comptoir.example", &id.uuid().simple().to_string()[18..]);
    diesel::insert_into(organisation::table)
        .values((
            organisation::id.eq(organisation),
            organisation::cloud.eq(scope.cloud()),
            organisation::domain.eq(&domain),
            organisation::legal_name.eq(new.name),
            organisation::country.eq(new.country),
            organisation::registration_number.eq(new.registration),
            organisation::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    diesel::insert_into(customer_account::table)
        .values((
            (
                customer_account::partner_id.eq(scope.id()),
                customer_account::id.eq(id),
                customer_account::cloud.eq(scope.cloud()),
                customer_account::organisation_id.eq(organisation),
                customer_account::status.eq(new.status),
                customer_account::listed.eq(new.status != CustomerStatus::Ended),
                customer_account::source.eq(Source::Added),
                customer_account::company_name.eq(new.name),
                customer_account::name_key.eq(sort_key(new.name)),
                customer_account::alias.eq(new.alias),
                customer_account::domain.eq(&domain),
                customer_account::country.eq(new.country),
                customer_account::address1.eq("1 rue du Port"),
                customer_account::address2.eq(""),
            ),
            (
                customer_account::city.eq("Nantes"),
                customer_account::state.eq(""),
                customer_account::postal_code.eq("44000"),
                customer_account::phone.eq("+33240123456"),
                customer_account::registration_number.eq(new.registration),
                customer_account::contact_first.eq("Claire"),
                customer_account::contact_middle.eq(""),
                customer_account::contact_last.eq("Dubois"),
                customer_account::contact_email.eq(new.email),
                customer_account::language.eq("fr"),
                customer_account::created_at.eq(scope.now),
                customer_account::activity_at.eq(scope.now),
            ),
        ))
        .execute(conn)?;
    let person =
        Person { first: "Claire".into(), last: "Dubois".into(), email: new.email.into(), language: "fr".into(), ..Person::default() };
    create::contact(conn, organisation, &person, scope.now)?;
    index::refresh(scope, conn, id)?;
    Ok(id)
}

/// An invitation as its sender made and sent it, and the token of its newest link.
pub fn invite(app: &App, slug: &str, who: &str, new: &Invited) -> (InvitationId, String) {
    let partner = partner_id(app, slug);
    let id = app.commands().write_as(partner, |scope, conn| {
        let user: UserId = app_user::table.filter(app_user::email.eq(who)).select(app_user::id).first(conn)?;
        let id = acts::create(scope, conn, user, &new.0)?;
        acts::send(scope, conn, id, &acts::From { partner: "the sender", keys: &app.keys })?;
        Ok(id)
    });
    let id = id.expect("an invitation");
    (id, token(app, slug, id))
}

/// The token of an invitation's newest link.
pub fn token(app: &App, slug: &str, id: InvitationId) -> String {
    let row = app.commands().read_as(partner_id(app, slug), |scope, conn| Ok(model::find(scope, conn, id)?)).expect("an invitation");
    app.keys.link("connect", id.uuid(), row.generation)
}

/// An invitation to send.
pub struct Invited(pub acts::New);

impl Invited {
    pub fn to(email: &str, company: &str) -> Self {
        Self(acts::New {
            kind: Kind::Reseller,
            open_link: false,
            recipient_name: "Claire Dubois".into(),
            recipient_email: email.into(),
            company: company.into(),
            customer: None,
            provider: None,
            lang: Lang::En,
            purpose: "first contact".into(),
            note: String::new(),
            message: "As we said on the phone.".into(),
            roles: Vec::new(),
            duration_days: None,
            auto_extend: false,
        })
    }
}

/// A published profile to put into the directory; its address is the account's, with its country
/// where there is more than one.
#[derive(Clone)]
pub struct Listed {
    pub country: &'static str,
    pub score: i64,
    pub answer_hours: Option<i64>,
    pub content: Content,
    /// Towns with millionths of a degree; each is a location, whose address is the town's name.
    pub towns: Vec<(&'static str, i64, i64)>,
}

pub const NANTES: (&str, i64, i64) = ("Nantes", 47_218_000, -1_553_000);
pub const RENNES: (&str, i64, i64) = ("Rennes", 48_117_000, -1_677_000);
pub const LYON: (&str, i64, i64) = ("Lyon", 45_764_000, 4_835_000);

impl Listed {
    pub fn at(towns: &[(&'static str, i64, i64)]) -> Self {
        let content = Content {
            text_en: "We set up mail and telephony.".into(),
            industries: vec!["retail".into()],
            services: vec!["deployment".into()],
            products: vec!["mail".into()],
            languages: vec!["en".into(), "fr".into()],
            sizes: vec!["10to50".into()],
            ..Content::default()
        };
        Self { country: "FR", score: 50, answer_hours: None, content, towns: towns.to_vec() }
    }
}

/// What a listing is found by.
#[derive(Debug, Clone)]
pub struct Published {
    pub partner: PartnerId,
    pub profile: ProfileId,
    pub slug: String,
    pub locations: Vec<LocationId>,
}

/// Publishes a profile of a partner account, as its people would.
pub fn listing(app: &App, slug: &str, new: &Listed) -> Published {
    let partner = partner_id(app, slug);
    let listed = app.commands().write_as(partner, |scope, conn| list(scope, conn, slug, new));
    listed.expect("a listing")
}

fn list(scope: &Scope, conn: &mut Conn, account: &str, new: &Listed) -> Result<Published> {
    let (profile, now) = (ProfileId::new(), scope.now);
    let (name, kind): (String, AccountType) =
        partner_account::table.find(scope.id()).select((partner_account::name, partner_account::account_type)).first(conn)?;
    let before: i64 = scope.all(listing::table).count().get_result(conn)?;
    let number = scope.number() * 1000 + before;
    let slug = if before == 0 { account.to_owned() } else { format!("{account}-{}", new.country.to_lowercase()) };
    let town = |(town, latitude, longitude): &(&str, i64, i64)| Location {
        id: uuid::Uuid::now_v7(),
        name: format!("{name} {town}"),
        address1: "1 rue du Port".into(),
        city: (*town).into(),
        state: String::new(),
        postal_code: "44000".into(),
        country: new.country.into(),
        phone: String::new(),
        lead_email: format!("leads@{account}.test"),
        latitude: *latitude,
        longitude: *longitude,
    };
    let content = Content { name: name.clone(), locations: new.towns.iter().map(town).collect(), ..new.content.clone() };
    let json = |content: &Content| serde_json::to_string(content).expect("a content");
    diesel::insert_into(business_profile::table)
        .values((
            business_profile::partner_id.eq(scope.id()),
            business_profile::id.eq(profile),
            business_profile::cloud.eq(scope.cloud().as_str()),
            business_profile::country.eq(new.country),
            business_profile::state.eq("published"),
            business_profile::draft.eq(json(&content)),
            business_profile::revision.eq(1),
            business_profile::published.eq(Some(1)),
            business_profile::created_at.eq(now),
            business_profile::updated_at.eq(now),
            business_profile::published_at.eq(Some(now)),
            business_profile::confirmed_at.eq(now),
        ))
        .execute(conn)?;
    diesel::insert_into(listing::table)
        .values((
            listing::partner_id.eq(scope.id()),
            listing::profile_id.eq(profile),
            listing::number.eq(number),
            listing::cloud.eq(scope.cloud().as_str()),
            listing::slug.eq(&slug),
            listing::name.eq(&name),
            listing::country.eq(new.country),
            listing::account_type.eq(kind.as_str()),
            listing::content.eq(json(&content.clone().public())),
            listing::score.eq(new.score),
            listing::answer_hours.eq(new.answer_hours),
            listing::rank.eq(comptoir::db::search::directory::rank(scope.cloud(), new.score, number)),
            listing::listed.eq(true),
            listing::published_at.eq(now),
            listing::updated_at.eq(now),
        ))
        .execute(conn)?;
    for (position, location) in (1..).zip(&content.locations) {
        locate(scope, conn, profile, position, location)?;
    }
    comptoir::features::directory::index::refresh(scope, conn, profile)?;
    let locations = content.locations.iter().map(|location| LocationId::from_uuid(location.id)).collect();
    Ok(Published { partner: scope.id(), profile, slug, locations })
}

fn locate(scope: &Scope, conn: &mut Conn, profile: ProfileId, position: i64, location: &Location) -> Result<()> {
    let id = LocationId::from_uuid(location.id);
    diesel::insert_into(profile_location::table)
        .values((
            profile_location::partner_id.eq(scope.id()),
            profile_location::id.eq(id),
            profile_location::profile_id.eq(profile),
            profile_location::name.eq(&location.name),
            profile_location::city.eq(&location.city),
            profile_location::lead_email.eq(&location.lead_email),
            profile_location::active.eq(true),
        ))
        .execute(conn)?;
    publish::show(scope, conn, profile, position, location, &location.city.to_lowercase())
}
