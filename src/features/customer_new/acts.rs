//! What the wizard writes: drafts, the new customer, and the one link of its administrator.

use super::duplicates::Distinct;
use super::forms::{Attestation, Data, Whole};
use super::queries::{self, LINK_SHOWN};
use crate::access::Scope;
use crate::access::audit::{self, Event, Fields};
use crate::access::identity::{self, NewUser, Purpose};
use crate::clock::Moment;
use crate::db::ids::{AgreementId, CustomerId, DraftId, ObjectId, OrganisationId, PartnerId, UserId};
use crate::db::schema::{agreement_acceptance, customer_account, customer_draft, organisation, organisation_admin};
use crate::db::{Conn, DbError, DbResult, dialect};
use crate::domain::collation::sort_key;
use crate::domain::{Cloud, CustomerStatus, Source};
use crate::error::{Error, Result};
use crate::features::customers::index;
use crate::i18n::Lang;
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use serde_json::Value;

/// The version of the customer agreement that is attested.
pub const TEMPLATE: &str = "customer-agreement-1";

fn pack(data: &Data) -> Result<String> {
    serde_json::to_string(data).map_err(Error::internal)
}

/// Keeps a new draft.
pub fn start_draft(scope: &Scope, conn: &mut Conn, user: UserId, data: &Data) -> Result<DraftId> {
    let id = DraftId::new();
    diesel::insert_into(customer_draft::table)
        .values((
            customer_draft::partner_id.eq(scope.id()),
            customer_draft::id.eq(id),
            customer_draft::user_id.eq(user),
            customer_draft::data.eq(pack(data)?),
            customer_draft::created_at.eq(scope.now),
            customer_draft::updated_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Changes one step of a draft and leaves the others as they are stored; [`Error::NotFound`] for
/// another's draft or one that is done. Runs again where another tab saved in between.
pub fn save_draft(scope: &Scope, conn: &mut Conn, user: UserId, id: DraftId, change: &dyn Fn(&mut Data)) -> Result<()> {
    let draft = queries::draft(scope, conn, user, id)?;
    if draft.customer.is_some() {
        return Err(Error::NotFound);
    }
    let mut data = draft.data;
    change(&mut data);
    let saved = diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(id))
        .filter(customer_draft::user_id.eq(user))
        .filter(customer_draft::customer_id.is_null())
        .filter(customer_draft::version.eq(draft.version))
        .set((
            customer_draft::data.eq(pack(&data)?),
            customer_draft::updated_at.eq(scope.now),
            customer_draft::version.eq(customer_draft::version + 1),
        ))
        .execute(conn)?;
    if saved == 1 {
        return Ok(());
    }
    Err(DbError::DatabaseError(DatabaseErrorKind::SerializationFailure, Box::new(String::from("the draft was saved meanwhile"))).into())
}

/// Removes an unfinished draft.
pub fn discard(scope: &Scope, conn: &mut Conn, user: UserId, id: DraftId) -> Result<()> {
    let gone = diesel::delete(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(id))
        .filter(customer_draft::user_id.eq(user))
        .filter(customer_draft::customer_id.is_null())
        .execute(conn)?;
    if gone == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// What became of a submit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Created(CustomerId),
    /// Nothing was written: the domain was taken, the reseller ended or the draft changed since
    /// its page was read. Looking again tells which.
    Refused,
}

/// What a customer is made from.
#[derive(Debug, Clone)]
pub struct New {
    pub draft: DraftId,
    /// Of the draft that was read and checked.
    pub version: i64,
    pub whole: Whole,
    pub distinct: Distinct,
}

/// Makes the customer of a draft: organisation, account, the reseller's account, administrator,
/// attestation and log; everything or nothing. A draft that is done leads to its customer.
pub fn create(scope: &Scope, conn: &mut Conn, user: UserId, new: &New) -> Result<Outcome> {
    if !claim(scope, conn, user, new)? {
        let draft = queries::draft(scope, conn, user, new.draft)?;
        return Ok(draft.customer.map_or(Outcome::Refused, Outcome::Created));
    }
    let account = &new.whole.account;
    let active = queries::known_reseller(scope, conn, account.reseller.as_ref())?;
    let Some(organisation) = active.then(|| add_organisation(scope, conn, &new.whole)).transpose()?.flatten() else {
        unclaim(scope, conn, new)?;
        return Ok(Outcome::Refused);
    };
    let reseller = account.reseller.as_ref();
    let own = Row::of(scope, organisation, &new.whole, Some(user), reseller.map(|one| one.id));
    insert(scope, conn, &own)?;
    if let Some(attestation) = &new.whole.attestation {
        attest(scope, conn, user, own.id, attestation)?;
    }
    record(scope, conn, &own, &new.distinct, reseller.map(|one| one.name.as_str()))?;
    if let Some(reseller) = reseller {
        let provider = scope.id();
        scope.for_reseller(conn, reseller.id, |scope, conn| {
            // The reseller gives the customer to one of its own people.
            let theirs = Row::of(scope, organisation, &new.whole, None, Some(provider));
            insert(scope, conn, &theirs)?;
            record(scope, conn, &theirs, &Distinct::default(), None)
        })?;
    }
    finish(scope, conn, new, own.id)?;
    Ok(Outcome::Created(own.id))
}

/// Takes the draft, as it was read, for this submit alone: a second one waits here on PostgreSQL.
fn claim(scope: &Scope, conn: &mut Conn, user: UserId, new: &New) -> DbResult<bool> {
    let claimed = diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(new.draft))
        .filter(customer_draft::user_id.eq(user))
        .filter(customer_draft::customer_id.is_null())
        .filter(customer_draft::version.eq(new.version))
        .set(customer_draft::version.eq(new.version + 1))
        .execute(conn)?;
    Ok(claimed == 1)
}

/// Gives the draft back as it was: a refusal leaves nothing changed.
fn unclaim(scope: &Scope, conn: &mut Conn, new: &New) -> DbResult<()> {
    diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(new.draft))
        .set(customer_draft::version.eq(new.version))
        .execute(conn)
        .map(|_| ())
}

/// The organisation with its first administrator; `None`, and nothing written, where the domain
/// or the administrator's address is taken.
fn add_organisation(scope: &Scope, conn: &mut Conn, whole: &Whole) -> Result<Option<OrganisationId>> {
    let account = &whole.account;
    let domain = queries::full_domain(scope, &account.domain);
    let id = OrganisationId::new();
    let inserted = dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(organisation::table)
            .values((
                organisation::id.eq(id),
                organisation::cloud.eq(scope.cloud()),
                organisation::domain.eq(&domain),
                organisation::legal_name.eq(account.company_name.as_str()),
                organisation::country.eq(account.country.code),
                organisation::registration_number.eq(account
                    .registration_number
                    .as_ref()
                    .map(|number| number.comparable())
                    .unwrap_or_default()),
                organisation::created_at.eq(scope.now),
            ))
            .execute(conn)
    })?;
    if !inserted {
        return Ok(None);
    }
    let administrator = NewUser {
        email: &format!("admin@{domain}"),
        name: &format!("{} {}", whole.contact.first, whole.contact.last),
        lang: Lang::from_text(&whole.contact.language).unwrap_or(Lang::En),
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
    Ok(Some(id))
}

/// One partner's side of the new customer.
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
    domain: String,
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
    agreed_on: Option<String>,
    created_at: Moment,
    activity_at: Moment,
}

/// An optional value as its column holds it.
fn text<T: AsRef<str>>(value: Option<&T>) -> &str {
    value.map_or("", AsRef::as_ref)
}

impl<'a> Row<'a> {
    fn of(scope: &Scope, organisation: OrganisationId, whole: &'a Whole, owner: Option<UserId>, counterpart: Option<PartnerId>) -> Self {
        let (account, contact) = (&whole.account, &whole.contact);
        Self {
            partner_id: scope.id(),
            id: CustomerId::new(),
            cloud: scope.cloud(),
            organisation_id: organisation,
            status: CustomerStatus::Active,
            listed: true,
            source: Source::Added,
            counterpart_id: counterpart,
            company_name: account.company_name.as_str(),
            name_key: sort_key(account.company_name.as_str()),
            alias: &account.alias,
            domain: queries::full_domain(scope, &account.domain),
            country: account.country.code,
            address1: account.address1.as_str(),
            address2: text(account.address2.as_ref()),
            city: text(account.city.as_ref()),
            state: text(account.state.as_ref()),
            postal_code: text(account.postal_code.as_ref()),
            phone: text(account.phone.as_ref()),
            registration_number: text(account.registration_number.as_ref()),
            contact_first: contact.first.as_str(),
            contact_middle: text(contact.middle.as_ref()),
            contact_last: contact.last.as_str(),
            contact_email: contact.email.as_str(),
            language: &contact.language,
            owner_id: owner,
            agreed_on: whole.attestation.as_ref().map(|attestation| attestation.agreed_on.to_string()),
            created_at: scope.now,
            activity_at: scope.now,
        }
    }

    /// The fields for the log.
    fn fields(&self) -> Fields {
        [
            ("company_name", self.company_name),
            ("alias", self.alias),
            ("domain", &self.domain),
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
            ("agreed_on", self.agreed_on.as_deref().unwrap_or_default()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect()
    }
}

fn insert(scope: &Scope, conn: &mut Conn, row: &Row<'_>) -> Result<()> {
    diesel::insert_into(customer_account::table).values(row).execute(conn)?;
    Ok(index::refresh(scope, conn, row.id)?)
}

/// Keeps who accepted the agreement, and when; the customer's own row says so too.
pub fn attest(scope: &Scope, conn: &mut Conn, user: UserId, customer: CustomerId, attestation: &Attestation) -> Result<()> {
    diesel::insert_into(agreement_acceptance::table)
        .values((
            agreement_acceptance::partner_id.eq(scope.id()),
            agreement_acceptance::id.eq(AgreementId::new()),
            agreement_acceptance::customer_id.eq(customer),
            agreement_acceptance::template.eq(TEMPLATE),
            agreement_acceptance::agreed_on.eq(attestation.agreed_on.to_string()),
            agreement_acceptance::first_name.eq(attestation.first.as_str()),
            agreement_acceptance::last_name.eq(attestation.last.as_str()),
            agreement_acceptance::email.eq(attestation.email.as_str()),
            agreement_acceptance::phone.eq(text(attestation.phone.as_ref())),
            agreement_acceptance::attested_by.eq(user),
            agreement_acceptance::attested_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

fn record(scope: &Scope, conn: &mut Conn, row: &Row<'_>, distinct: &Distinct, reseller: Option<&str>) -> Result<()> {
    let mut after = row.fields();
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            after.insert(name.to_owned(), Value::from(value));
        }
    };
    add("reseller", reseller.unwrap_or_default());
    add("distinct_from", &distinct.from.join("; "));
    add("distinct_reason", &distinct.reason);
    event(scope, conn, "customer.add", row.id, after)
}

fn event(scope: &Scope, conn: &mut Conn, action: &str, customer: CustomerId, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(customer.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "customer", object, before: Fields::new(), after }).map(|_| ())
}

/// The draft has become the customer; what was typed into it is kept there alone.
fn finish(scope: &Scope, conn: &mut Conn, new: &New, customer: CustomerId) -> Result<()> {
    diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(new.draft))
        .set((
            customer_draft::customer_id.eq(Some(customer)),
            customer_draft::data.eq(pack(&Data::default())?),
            customer_draft::updated_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Makes the link with which the customer's first administrator sets a password: once in the life
/// of a customer, `None` ever after.
pub fn reveal(scope: &Scope, conn: &mut Conn, user: UserId, customer: CustomerId) -> Result<Option<String>> {
    // The row's lock makes a second request wait on PostgreSQL and then see the first one's entry;
    // SQLite has one writer.
    diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::customer_id.eq(customer))
        .filter(customer_draft::user_id.eq(user))
        .set(customer_draft::version.eq(customer_draft::version + 1))
        .execute(conn)?;
    let added = queries::added(scope, conn, user, customer)?;
    if added.shown {
        return Ok(None);
    }
    let administrator = queries::administrator(conn, added.organisation)?;
    let token = identity::issue_token(conn, administrator, Purpose::SetPassword, scope.now)?;
    event(scope, conn, LINK_SHOWN, customer, Fields::new())?;
    Ok(Some(token))
}
