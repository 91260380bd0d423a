//! What the pages of an invitation read, all in the sender's tenant.

use crate::access::Scope;
use crate::access::identity::{self, Recipient};
use crate::access::invitee::Found;
use crate::access::partnership::holds;
use crate::db::Conn;
use crate::db::ids::{OrganisationId, PartnerId};
use crate::db::schema::{customer_account, organisation, organisation_contact, partner_account, partnership};
use crate::domain::relationship::invitation::{Kind, Part, Shown};
use crate::error::Result;
use crate::features::invitations::model::{self, Answer, Invitation};
use crate::i18n::Lang;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// Organisations offered to one address at most.
const OFFERED: i64 = 20;

/// An organisation that may answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = organisation)]
pub struct Organisation {
    pub id: OrganisationId,
    pub legal_name: String,
    pub domain: String,
    pub country: String,
    pub registration_number: String,
}

/// How a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// It can be answered.
    Open,
    /// A newer link was sent.
    Replaced,
    Expired,
    Revoked,
    Accepted,
    Declined,
}

/// An invitation with all that its pages show.
#[derive(Debug, Clone)]
pub struct Open {
    pub row: Invitation,
    pub live: Live,
    pub sender: String,
    /// Who sent it: whom to call.
    pub person: Recipient,
    pub provider: Option<String>,
    /// What of the asked can be accepted now: a provider only while the partnership holds.
    pub parts: Vec<Part>,
    /// The organisations for which this recipient may answer.
    pub organisations: Vec<Organisation>,
    /// The organisation that it is about, where the sender invited one of its own customers.
    pub settled: Option<Organisation>,
    pub answer: Option<Answer>,
}

/// How the link stands at `scope.now`.
pub fn live(scope: &Scope, row: &Invitation, generation: i64) -> Live {
    match row.shown(scope.now) {
        Shown::Accepted => Live::Accepted,
        Shown::Declined => Live::Declined,
        Shown::Revoked => Live::Revoked,
        // A draft has no link; whoever gets here with one holds something old.
        _ if generation != row.generation => Live::Replaced,
        Shown::Draft => Live::Replaced,
        Shown::Expired => Live::Expired,
        Shown::Sent | Shown::Opened => Live::Open,
    }
}

/// The invitation behind a link.
pub fn open(scope: &Scope, conn: &mut Conn, link: &Found) -> Result<Open> {
    let row = model::find(scope, conn, link.invitation)?;
    let provider = match row.provider_id {
        Some(id) => provider(scope, conn, id)?,
        None => None,
    };
    let settled = settled(scope, conn, &row)?;
    let organisations = match &settled {
        Some(one) => vec![one.clone()],
        None => organisations(scope, conn, &row)?,
    };
    Ok(Open {
        live: live(scope, &row, link.generation),
        sender: link.sender_name.clone(),
        person: identity::member(conn, scope.id(), row.created_by)?,
        parts: row.kind.parts().iter().copied().filter(|part| *part != Part::Provider || provider.is_some()).collect(),
        provider,
        answer: model::answer(scope, conn, row.id)?,
        organisations,
        settled,
        row,
    })
}

/// The provider's name, while its partnership with the sender holds.
fn provider(scope: &Scope, conn: &mut Conn, provider: PartnerId) -> Result<Option<String>> {
    Ok(partnership::table
        .find((provider, scope.id()))
        .inner_join(partner_account::table.on(partner_account::id.eq(partnership::provider_id)))
        .filter(holds(scope.now))
        .filter(partner_account::status.eq("active"))
        .select(partner_account::name)
        .first(conn)
        .optional()?)
}

fn settled(scope: &Scope, conn: &mut Conn, row: &Invitation) -> Result<Option<Organisation>> {
    let Some(customer) = row.customer_id else { return Ok(None) };
    Ok(scope
        .all(customer_account::table)
        .inner_join(organisation::table.on(organisation::id.eq(customer_account::organisation_id)))
        .filter(customer_account::id.eq(customer))
        .select(Organisation::as_select())
        .first(conn)
        .optional()?)
}

/// The organisations of the sender's cloud that know the recipient's address as a contact; for
/// delegated admin only customers of the sender.
fn organisations(scope: &Scope, conn: &mut Conn, row: &Invitation) -> Result<Vec<Organisation>> {
    let known = organisation_contact::table
        .inner_join(organisation::table.on(organisation::id.eq(organisation_contact::organisation_id)))
        .filter(organisation_contact::email.eq(&row.recipient_email))
        .filter(organisation::cloud.eq(scope.cloud()))
        .order((organisation::legal_name, organisation::id))
        .limit(OFFERED)
        .select(Organisation::as_select());
    let found: Vec<Organisation> = known.load(conn)?;
    if row.kind != Kind::DelegatedAdmin {
        return Ok(found);
    }
    let ids: Vec<OrganisationId> = found.iter().map(|one| one.id).collect();
    let own: Vec<OrganisationId> = scope
        .all(customer_account::table)
        .filter(customer_account::organisation_id.eq_any(ids))
        .select(customer_account::organisation_id)
        .load(conn)?;
    Ok(found.into_iter().filter(|one| own.contains(&one.id)).collect())
}

/// Is this address a known contact of the organisation?
pub fn is_contact(conn: &mut Conn, organisation: OrganisationId, email: &str) -> Result<bool> {
    let found = organisation_contact::table
        .filter(organisation_contact::organisation_id.eq(organisation))
        .filter(organisation_contact::email.eq(email));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Contacts of an organisation told at once, at most.
const CONTACTS: i64 = 20;

/// The people of an organisation, the longest known first.
pub fn contacts(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Recipient>> {
    let rows: Vec<(String, String, String)> = organisation_contact::table
        .filter(organisation_contact::organisation_id.eq(organisation))
        .order((organisation_contact::created_at, organisation_contact::id))
        .limit(CONTACTS)
        .select((organisation_contact::email, organisation_contact::name, organisation_contact::language))
        .load(conn)?;
    let recipient =
        |(email, name, language): (String, String, String)| Recipient { email, name, lang: Lang::from_text(&language).unwrap_or(Lang::En) };
    Ok(rows.into_iter().map(recipient).collect())
}

/// The address part of the scope's own partner account.
pub fn slug(scope: &Scope, conn: &mut Conn) -> Result<String> {
    Ok(partner_account::table.find(scope.id()).select(partner_account::slug).first(conn)?)
}
