//! What an accepted invitation brings about: the customer account, the provider's account beside
//! it, or the delegated rights.

use super::queries::Organisation;
use crate::access::Scope;
use crate::access::audit::{self, Event, Fields};
use crate::db::Conn;
use crate::db::ids::{CustomerId, ObjectId, PartnerId, UserId};
use crate::db::schema::customer_account;
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::invitation::Part;
use crate::domain::{CustomerStatus, Source};
use crate::error::{Error, Result};
use crate::features::conversion::acts as conversion;
use crate::features::customers::create::{self, Company, Origin, Person};
use crate::features::customers::index;
use crate::features::invitations::model::Invitation;
use crate::features::{delegated_admin, ending};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// All that joining needs; kept with the answer while the sender has to decide.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Joining {
    pub organisation: Organisation,
    /// As entered with the acceptance; none for an organisation that was known before.
    pub company: Option<Company>,
    pub person: Person,
    pub parts: Vec<Part>,
    pub roles: Vec<DirectoryRole>,
}

impl Joining {
    /// What a new account says of the company. Of a known organisation only its identity is
    /// shared; the rest is each partner's own.
    fn facts(&self) -> Company {
        self.company.clone().unwrap_or_else(|| Company {
            name: self.organisation.legal_name.clone(),
            domain: self.organisation.domain.clone(),
            country: self.organisation.country.clone(),
            registration_number: self.organisation.registration_number.clone(),
            ..Company::default()
        })
    }
}

/// Carries out what was accepted, in the sender's tenant; answers the customer.
/// [`Error::Conflict`] where the ground has gone meanwhile: the partnership, or the customer whose
/// rights are asked for.
pub fn join(scope: &Scope, conn: &mut Conn, row: &Invitation, joining: &Joining) -> Result<Option<CustomerId>> {
    let has = |part| joining.parts.contains(&part);
    let mut customer = None;
    let provider = row.provider_id.filter(|_| has(Part::Provider));
    if has(Part::Reseller) {
        let joined = account(scope, conn, joining, Some(row.created_by), provider)?;
        conversion::joined(scope, conn, row.id, joined)?;
        customer = Some(joined);
    }
    if let Some(provider) = provider {
        let reseller = has(Part::Reseller).then(|| scope.id());
        let joined = scope.for_provider(conn, provider, |scope, conn| account(scope, conn, joining, None, reseller));
        joined.map_err(|error| if matches!(error, Error::NotFound) { Error::Conflict } else { error })?;
    }
    if has(Part::Admin) {
        let id = own(scope, conn, joining)?.map(|(id, ..)| id).ok_or(Error::Conflict)?;
        let grant = delegated_admin::acts::Grant {
            customer: id,
            invitation: row.id,
            roles: joining.roles.clone(),
            approved_by: joining.person.name(),
        };
        delegated_admin::acts::grant(scope, conn, &grant)?;
        customer = Some(id);
    }
    Ok(customer)
}

type Own = (CustomerId, CustomerStatus, Option<PartnerId>);

/// The partner's account of the organisation, whatever became of it.
fn own(scope: &Scope, conn: &mut Conn, joining: &Joining) -> Result<Option<Own>> {
    Ok(scope
        .all(customer_account::table)
        .filter(customer_account::organisation_id.eq(joining.organisation.id))
        .select((customer_account::id, customer_account::status, customer_account::counterpart_id))
        .first(conn)
        .optional()?)
}

/// The customer account of one partner: a new one, the old record revived, or the one that is
/// there.
fn account(scope: &Scope, conn: &mut Conn, joining: &Joining, owner: Option<UserId>, counterpart: Option<PartnerId>) -> Result<CustomerId> {
    let person = ("person".to_owned(), joining.person.name().into());
    let Some((id, status, known)) = own(scope, conn, joining)? else {
        let origin = Origin { source: Source::Invited, owner, counterpart, agreed_on: None };
        let (id, mut fields) = create::account(scope, conn, joining.organisation.id, &joining.facts(), &joining.person, &origin)?;
        fields.extend([person]);
        record(scope, conn, "customer.join", id, fields)?;
        return Ok(id);
    };
    if status == CustomerStatus::Ended {
        ending::acts::come_back(scope, conn, id, Source::Invited)?;
    }
    // The sender asks for a provider by name and changes to it; a provider that serves the customer
    // through another reseller already goes on so.
    let asks = owner.is_some();
    if counterpart.is_some() && known != counterpart && (asks || known.is_none() || status == CustomerStatus::Ended) {
        diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(id)))
            .set((customer_account::counterpart_id.eq(counterpart), customer_account::version.eq(customer_account::version + 1)))
            .execute(conn)?;
        index::refresh(scope, conn, id)?;
        record(scope, conn, "customer.join", id, Fields::from_iter([person]))?;
    }
    Ok(id)
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, id: CustomerId, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "customer", object, before: Fields::new(), after }).map(|_| ())
}
