//! What the wizard reads.

use super::duplicates::{Candidate, Duplicates, Reason, SHOWN, SIMILAR};
use super::forms::{AccountForm, Data, Facts, Reseller};
use crate::access::Scope;
use crate::access::partnership::holds;
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, DraftId, ObjectId, OrganisationId, UserId};
use crate::db::schema::{audit_event, customer_account, customer_draft, organisation, organisation_admin, partner_account, partnership};
use crate::db::search::{Order, Query, Window};
use crate::db::{Conn, DbResult};
use crate::domain::company_name::CompanyName;
use crate::domain::country::Country;
use crate::domain::domain_prefix::DomainPrefix;
use crate::domain::fold::{fold, significant_words, similarity};
use crate::domain::registration_number::RegistrationNumber;
use crate::error::{Error, Result};
use diesel::prelude::*;

/// Resellers offered at once.
const RESELLERS: usize = 20;
/// Resellers and drafts read at most.
const MANY: i64 = 2_000;
/// Matches of one search whose names are compared.
const COMPARED: i64 = 100;
/// The event that says that the administrator's link was shown.
pub const LINK_SHOWN: &str = "customer.password_link";

/// A draft of this user's.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: DraftId,
    pub data: Data,
    /// The customer that it became.
    pub customer: Option<CustomerId>,
    pub updated_at: Moment,
    pub version: i64,
}

type DraftRow = (DraftId, String, Option<CustomerId>, Moment, i64);

fn read_draft((id, data, customer, updated_at, version): DraftRow) -> Result<Draft> {
    Ok(Draft { id, data: serde_json::from_str(&data).map_err(Error::internal)?, customer, updated_at, version })
}

/// The columns of a [`DraftRow`].
const DRAFT: (customer_draft::id, customer_draft::data, customer_draft::customer_id, customer_draft::updated_at, customer_draft::version) =
    (customer_draft::id, customer_draft::data, customer_draft::customer_id, customer_draft::updated_at, customer_draft::version);

/// A draft by its id; another's is not found.
pub fn draft(tenant: &Tenant, conn: &mut Conn, user: UserId, id: DraftId) -> Result<Draft> {
    let row = tenant
        .all(customer_draft::table)
        .filter(customer_draft::id.eq(id))
        .filter(customer_draft::user_id.eq(user))
        .select(DRAFT)
        .first(conn)?;
    read_draft(row)
}

/// The user's unfinished drafts, last touched first; 100 at most.
pub fn drafts(tenant: &Tenant, conn: &mut Conn, user: UserId) -> Result<Vec<Draft>> {
    let rows: Vec<DraftRow> = tenant
        .all(customer_draft::table)
        .filter(customer_draft::user_id.eq(user))
        .filter(customer_draft::customer_id.is_null())
        .order((customer_draft::updated_at.desc(), customer_draft::id.desc()))
        .limit(100)
        .select(DRAFT)
        .load(conn)?;
    rows.into_iter().map(read_draft).collect()
}

/// What the database knows about an account form.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub facts: Facts,
    /// The resellers to choose from: the chosen one first, then by name.
    pub resellers: Vec<Reseller>,
    pub duplicates: Duplicates,
}

/// Looks up whatever of the form is right already; what is not is told by its rule.
pub fn known(scope: &Scope, conn: &mut Conn, form: &AccountForm, provider: bool) -> DbResult<Known> {
    let mut known = Known { duplicates: duplicates(scope, conn, form)?, ..Known::default() };
    if let Ok(prefix) = form.domain.parse::<DomainPrefix>() {
        known.facts.domain_taken = domain_taken(scope, conn, &prefix)?;
    }
    if provider {
        let all = resellers(scope, conn)?;
        let wanted = fold(&form.reseller_search);
        known.facts.reseller = all.iter().find(|reseller| reseller.slug == form.reseller).cloned();
        known.resellers.extend(known.facts.reseller.clone());
        known.resellers.extend(
            all.into_iter().filter(|reseller| reseller.slug != form.reseller && fold(&reseller.name).contains(&wanted)).take(RESELLERS),
        );
    }
    Ok(known)
}

/// The domain of an organisation in the tenant's cloud.
pub fn full_domain(tenant: &Tenant, prefix: &DomainPrefix) -> String {
    format!("{prefix}.{}", tenant.cloud().domain_suffix())
}

/// Does an organisation of the cloud have this domain?
pub fn domain_taken(tenant: &Tenant, conn: &mut Conn, prefix: &DomainPrefix) -> DbResult<bool> {
    Ok(organisation_of(tenant, conn, prefix)?.is_some())
}

fn organisation_of(tenant: &Tenant, conn: &mut Conn, prefix: &DomainPrefix) -> DbResult<Option<OrganisationId>> {
    organisation::table
        .filter(organisation::cloud.eq(tenant.cloud()))
        .filter(organisation::domain.eq(full_domain(tenant, prefix)))
        .select(organisation::id)
        .first(conn)
        .optional()
}

/// The provider's active resellers, by name.
fn resellers(scope: &Scope, conn: &mut Conn) -> DbResult<Vec<Reseller>> {
    let rows = partnership::table
        .inner_join(partner_account::table.on(partner_account::id.eq(partnership::reseller_id)))
        .filter(partnership::provider_id.eq(scope.id()))
        .filter(holds(scope.now))
        .filter(partner_account::status.eq("active"))
        .order((partner_account::name, partner_account::id))
        .limit(MANY)
        .select((partner_account::id, partner_account::slug, partner_account::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, slug, name)| Reseller { id, slug, name }).collect())
}

/// Is the reseller that a form named still an active one? Nobody to ask about always is.
pub fn known_reseller(scope: &Scope, conn: &mut Conn, reseller: Option<&Reseller>) -> DbResult<bool> {
    match reseller {
        None => Ok(true),
        Some(one) => Ok(resellers(scope, conn)?.iter().any(|known| known.id == one.id)),
    }
}

type Row = (CustomerId, OrganisationId, String, String, String);

macro_rules! row {
    () => {
        (
            customer_account::id,
            customer_account::organisation_id,
            customer_account::company_name,
            customer_account::domain,
            customer_account::city,
        )
    };
}

/// Customers of this account that the form may describe, and whether the cloud knows the
/// organisation beyond them.
fn duplicates(tenant: &Tenant, conn: &mut Conn, form: &AccountForm) -> DbResult<Duplicates> {
    let mut own: Vec<(Reason, u8, Row)> = Vec::new();
    let mut known: Vec<OrganisationId> = Vec::new();
    if let Some((country, number)) = registration(form) {
        own.extend(same_registration(tenant, conn, country, &number)?.into_iter().map(|row| (Reason::Registration, 100, row)));
        known.extend(organisations_of(tenant, conn, country, &number)?);
    }
    if let Ok(prefix) = form.domain.parse::<DomainPrefix>()
        && let Some(organisation) = organisation_of(tenant, conn, &prefix)?
    {
        own.extend(own_account(tenant, conn, organisation)?.map(|row| (Reason::Domain, 100, row)));
        known.push(organisation);
    }
    if let Ok(name) = form.company_name.parse::<CompanyName>() {
        own.extend(similar(tenant, conn, name.as_str(), &form.city)?);
    }
    let elsewhere = known.iter().any(|organisation| !own.iter().any(|(_, _, row)| row.1 == *organisation));
    own.sort_by_key(|(reason, likeness, row)| (*reason, 100 - likeness, row.0));
    let mut shown: Vec<Candidate> = Vec::new();
    for (reason, _, (id, _, company_name, domain, city)) in own {
        // A customer with two reasons is shown with the stronger one.
        if shown.len() < SHOWN && shown.iter().all(|other| other.id != id) {
            shown.push(Candidate { id, company_name, domain, city, reason });
        }
    }
    Ok(Duplicates { own: shown, elsewhere })
}

fn registration(form: &AccountForm) -> Option<(&'static Country, RegistrationNumber)> {
    let country = Country::parse(&form.country).ok()?;
    let number = RegistrationNumber::parse(&form.registration_number, country).ok()??;
    Some((country, number))
}

/// Own customers with the number, as it is stored or without its separators.
fn same_registration(tenant: &Tenant, conn: &mut Conn, country: &Country, number: &RegistrationNumber) -> DbResult<Vec<Row>> {
    tenant
        .all(customer_account::table)
        .filter(customer_account::country.eq(country.code))
        .filter(customer_account::registration_number.eq_any([number.as_str().to_owned(), number.comparable()]))
        .filter(customer_account::registration_number.ne(""))
        .order(customer_account::id)
        .limit(SHOWN as i64)
        .select(row!())
        .load(conn)
}

/// Organisations of the cloud with the number.
fn organisations_of(tenant: &Tenant, conn: &mut Conn, country: &Country, number: &RegistrationNumber) -> DbResult<Vec<OrganisationId>> {
    organisation::table
        .filter(organisation::cloud.eq(tenant.cloud()))
        .filter(organisation::country.eq(country.code))
        .filter(organisation::registration_number.eq_any([number.as_str().to_owned(), number.comparable()]))
        .filter(organisation::registration_number.ne(""))
        .order(organisation::id)
        .limit(SHOWN as i64)
        .select(organisation::id)
        .load(conn)
}

fn own_account(tenant: &Tenant, conn: &mut Conn, organisation: OrganisationId) -> DbResult<Option<Row>> {
    tenant.all(customer_account::table).filter(customer_account::organisation_id.eq(organisation)).select(row!()).first(conn).optional()
}

/// Own customers with a similar name: those that hold its first words, then its first word alone.
fn similar(tenant: &Tenant, conn: &mut Conn, name: &str, city: &str) -> DbResult<Vec<(Reason, u8, Row)>> {
    let words = significant_words(name);
    let mut ids: Vec<CustomerId> = Vec::new();
    let mut asked = String::new();
    for count in [2, 1] {
        let search = words.iter().take(count).cloned().collect::<Vec<_>>().join(" ");
        if search.is_empty() || search == asked {
            continue;
        }
        let window = Window { order: Order::Name, descending: false, after: None, limit: COMPARED };
        ids.extend(crate::features::customers::queries::ids(tenant, conn, &Query::new(&search, Vec::new()), &window)?);
        asked = search;
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> =
        tenant.all(customer_account::table).filter(crate::db::any_of(customer_account::id, &ids)).select(row!()).load(conn)?;
    let judged = rows.into_iter().filter_map(|row| {
        let likeness = similarity(name, &row.2);
        let reason = if !city.trim().is_empty() && fold(&row.4) == fold(city) { Reason::NameAndCity } else { Reason::Name };
        (likeness >= SIMILAR).then_some((reason, likeness, row))
    });
    Ok(judged.collect())
}

/// A customer that this user has just added, for its last page.
#[derive(Debug, Clone)]
pub struct Added {
    pub id: CustomerId,
    pub organisation: OrganisationId,
    pub company_name: String,
    pub domain: String,
    pub agreed_on: Option<String>,
    /// The administrator's link was shown before.
    pub shown: bool,
}

/// The customer that one of the user's own drafts became; any other is not found.
pub fn added(tenant: &Tenant, conn: &mut Conn, user: UserId, id: CustomerId) -> DbResult<Added> {
    let (organisation, company_name, domain, agreed_on) = tenant
        .all(customer_account::table)
        .inner_join(
            customer_draft::table.on(customer_draft::partner_id
                .eq(customer_account::partner_id)
                .and(customer_draft::customer_id.eq(customer_account::id.nullable()))),
        )
        .filter(customer_account::id.eq(id))
        .filter(customer_draft::user_id.eq(user))
        .select((customer_account::organisation_id, customer_account::company_name, customer_account::domain, customer_account::agreed_on))
        .first(conn)?;
    let events: Option<i64> = tenant
        .all(audit_event::table)
        .filter(audit_event::object_id.eq(ObjectId::from_uuid(id.uuid())))
        .filter(audit_event::action.eq(LINK_SHOWN))
        .select(audit_event::seq)
        .first(conn)
        .optional()?;
    Ok(Added { id, organisation, company_name, domain, agreed_on, shown: events.is_some() })
}

/// The first administrator of an organisation.
pub fn administrator(conn: &mut Conn, organisation: OrganisationId) -> DbResult<UserId> {
    organisation_admin::table
        .filter(organisation_admin::organisation_id.eq(organisation))
        .order((organisation_admin::created_at, organisation_admin::user_id))
        .select(organisation_admin::user_id)
        .first(conn)
}
