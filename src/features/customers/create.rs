//! A new customer: the organisation, and one partner's account of it. The wizard and the
//! acceptance of an invitation make them alike.

use super::index;
use crate::access::Scope;
use crate::access::audit::Fields;
use crate::access::identity::{self, NewUser};
use crate::clock::Moment;
use crate::db::ids::{ContactId, CustomerId, OrganisationId, PartnerId, UserId};
use crate::db::schema::{customer_account, organisation, organisation_admin, organisation_contact};
use crate::db::{Conn, DbResult, dialect};
use crate::domain::collation::sort_key;
use crate::domain::{Cloud, CustomerStatus, Source};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who speaks for an organisation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Person {
    pub first: String,
    pub middle: String,
    pub last: String,
    pub email: String,
    /// The code of the language they read; the portal writes in the nearer of its two.
    pub language: String,
    pub role: String,
}

impl Person {
    pub fn name(&self) -> String {
        [&self.first, &self.middle, &self.last].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }
    fn lang(&self) -> Lang {
        Lang::from_text(&self.language).unwrap_or(Lang::En)
    }
}

/// The facts of a company, each already held against its rule.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Company {
    pub name: String,
    pub alias: String,
    /// Whole, with the cloud's suffix.
    pub domain: String,
    pub country: String,
    pub address1: String,
    pub address2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub phone: String,
    pub registration_number: String,
}

/// Makes the organisation with its first administrator and its contact; `None`, and nothing
/// written, where the domain or the administrator's address is taken.
pub fn organisation(
    scope: &Scope,
    conn: &mut Conn,
    company: &Company,
    comparable_number: &str,
    person: &Person,
) -> Result<Option<OrganisationId>> {
    let id = OrganisationId::new();
    let inserted = dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(organisation::table)
            .values((
                organisation::id.eq(id),
                organisation::cloud.eq(scope.cloud()),
                organisation::domain.eq(&company.domain),
                organisation::legal_name.eq(&company.name),
                organisation::country.eq(&company.country),
                organisation::registration_number.eq(comparable_number),
                organisation::created_at.eq(scope.now),
            ))
            .execute(conn)
    })?;
    if !inserted {
        return Ok(None);
    }
    let administrator = NewUser {
        email: &format!("admin@{}", company.domain),
        name: &person.name(),
        lang: person.lang(),
        time_zone: "UTC",
        operator: false,
        password_hash: None,
    };
    let Some(user) = identity::create_user(conn, &administrator, scope.now)? else {
        diesel::delete(organisation::table.find(id)).execute(conn)?;
        return Ok(None);
    };
    diesel::insert_into(organisation_admin::table)
        .values((
            organisation_admin::organisation_id.eq(id),
            organisation_admin::user_id.eq(user),
            organisation_admin::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    contact(conn, id, person, scope.now)?;
    Ok(Some(id))
}

/// Notes who may act for an organisation without an account, each known by a mail address, kept in
/// lower case.
pub fn contact(conn: &mut Conn, organisation: OrganisationId, person: &Person, now: Moment) -> DbResult<ContactId> {
    let (id, email) = (ContactId::new(), person.email.to_lowercase());
    let known = |conn: &mut Conn| {
        organisation_contact::table
            .filter(organisation_contact::organisation_id.eq(organisation))
            .filter(organisation_contact::email.eq(&email))
            .select(organisation_contact::id)
            .first(conn)
    };
    let inserted = dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(organisation_contact::table)
            .values((
                organisation_contact::organisation_id.eq(organisation),
                organisation_contact::id.eq(id),
                organisation_contact::email.eq(&email),
                organisation_contact::name.eq(person.name()),
                organisation_contact::role.eq(&person.role),
                organisation_contact::language.eq(person.lang().as_str()),
                organisation_contact::created_at.eq(now),
            ))
            .execute(conn)
    })?;
    if inserted { Ok(id) } else { known(conn) }
}

/// How an account came to be and whom it names.
#[derive(Debug, Clone)]
pub struct Origin {
    pub source: Source,
    pub owner: Option<UserId>,
    /// Its reseller or provider.
    pub counterpart: Option<PartnerId>,
    /// `YYYY-MM-DD`, where the customer agreement is attested.
    pub agreed_on: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = customer_account)]
struct Row<'a> {
    partner_id: PartnerId,
    id: CustomerId,
    cloud: Cloud,
    organisation_id: OrganisationId,
    status: CustomerStatus,
    listed: bool,
    source: Source,
    counterpart_id: Option<PartnerId>,
    company_name: &'a str,
    name_key: Vec<u8>,
    alias: &'a str,
    domain: &'a str,
    country: &'a str,
    address1: &'a str,
    address2: &'a str,
    city: &'a str,
    state: &'a str,
    postal_code: &'a str,
    phone: &'a str,
    registration_number: &'a str,
    contact_first: &'a str,
    contact_middle: &'a str,
    contact_last: &'a str,
    contact_email: &'a str,
    language: &'a str,
    owner_id: Option<UserId>,
    agreed_on: Option<&'a str>,
    created_at: Moment,
    activity_at: Moment,
}

/// Makes the partner's account of an organisation, searchable; answers its id, and its fields for
/// the log. A partner has one of each: [`Error::overtaken`] where another made it since the caller
/// looked, so that it looks again.
pub fn account(
    scope: &Scope,
    conn: &mut Conn,
    organisation: OrganisationId,
    company: &Company,
    person: &Person,
    origin: &Origin,
) -> Result<(CustomerId, Fields)> {
    let row = Row {
        partner_id: scope.id(),
        id: CustomerId::new(),
        cloud: scope.cloud(),
        organisation_id: organisation,
        status: CustomerStatus::Active,
        listed: true,
        source: origin.source,
        counterpart_id: origin.counterpart,
        company_name: &company.name,
        name_key: sort_key(&company.name),
        alias: &company.alias,
        domain: &company.domain,
        country: &company.country,
        address1: &company.address1,
        address2: &company.address2,
        city: &company.city,
        state: &company.state,
        postal_code: &company.postal_code,
        phone: &company.phone,
        registration_number: &company.registration_number,
        contact_first: &person.first,
        contact_middle: &person.middle,
        contact_last: &person.last,
        contact_email: &person.email,
        language: &person.language,
        owner_id: origin.owner,
        agreed_on: origin.agreed_on.as_deref(),
        created_at: scope.now,
        activity_at: scope.now,
    };
    match diesel::insert_into(customer_account::table).values(&row).execute(conn) {
        Err(DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => return Err(Error::overtaken()),
        inserted => inserted?,
    };
    index::refresh(scope, conn, row.id)?;
    Ok((row.id, row.fields()))
}

impl Row<'_> {
    fn fields(&self) -> Fields {
        [
            ("company_name", self.company_name),
            ("alias", self.alias),
            ("domain", self.domain),
            ("country", self.country),
            ("address1", self.address1),
            ("address2", self.address2),
            ("city", self.city),
            ("state", self.state),
            ("postal_code", self.postal_code),
            ("phone", self.phone),
            ("registration_number", self.registration_number),
            ("contact_first", self.contact_first),
            ("contact_middle", self.contact_middle),
            ("contact_last", self.contact_last),
            ("contact_email", self.contact_email),
            ("language", self.language),
            ("source", self.source.as_str()),
            ("agreed_on", self.agreed_on.unwrap_or_default()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect()
    }
}
