//! What is known of the organisation that a referral is about.

use crate::access::Scope;
use crate::access::referral::{Prospect, Sight, of_referral};
use crate::db::ids::{CustomerId, InvitationId, OrganisationId, PartnerId, ReferralId};
use crate::db::schema::{
    customer_account, engagement, invitation, organisation, organisation_contact, partner_account, referral, referral_detail,
};
use crate::db::{Conn, DbResult};
use crate::domain::AccountType;
use crate::domain::country::Country;
use crate::domain::referral::State;
use crate::domain::registration_number::RegistrationNumber;
use crate::error::Result;
use crate::features::partnerships::queries::active_providers;
use crate::features::referrals::model::{self, Detail, Engagement, Referral};
use diesel::prelude::*;

/// What can be done about a won referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// It is not won, or not yet.
    NotWon,
    /// It has become this customer.
    Done(CustomerId),
    /// The customer was invited, and has not answered.
    Invited(InvitationId),
    /// The organisation is a customer of this account already: its name and id.
    Own(CustomerId, String),
    /// The platform knows the organisation. Whose customer it is, if anybody's, stays untold.
    Known,
    /// Nobody has it: the wizard makes it.
    New,
    /// An indirect reseller never adds: it asks its provider, or invites for both.
    Reseller,
}

/// A referral with all that its conversion needs.
#[derive(Debug, Clone)]
pub struct Won {
    pub row: Referral,
    pub known: Prospect,
    pub language: String,
    pub way: Way,
    /// The provider that handed it over.
    pub provider: Option<(Engagement, String)>,
    /// Active providers of a reseller: whom an invitation may ask for too.
    pub providers: Vec<(PartnerId, String)>,
    /// The reseller that won it for its provider: address and name.
    pub reseller: Option<(String, String)>,
}

/// Reads a referral in sight. The organisation is always looked up in the same way, so that neither
/// the answer nor its time tells more than [`Way::Known`]. `customers`: the reader sees the account's
/// customers.
pub fn won(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, customers: bool) -> Result<Won> {
    let row = model::find(scope, conn, sight, id)?;
    let read = (model::detail(scope, conn, id)?, of_referral(scope, conn, id)?, model::incoming(scope, conn, id)?);
    judge(scope, conn, row, read, customers)
}

/// As [`won`], of a referral that was read in sight.
pub fn judge(
    scope: &Scope,
    conn: &mut Conn,
    row: Referral,
    (detail, known, came): (Detail, Prospect, Option<Engagement>),
    customers: bool,
) -> Result<Won> {
    let account: AccountType = partner_account::table.find(scope.id()).select(partner_account::account_type).first(conn)?;
    let found = organisations(scope, conn, &known)?;
    let own = if customers { own_customer(scope, conn, &found, &known.email)? } else { None };
    let invited = detail.invitation_id.map(|id| is_waiting(scope, conn, id)).transpose()?.unwrap_or(false);
    let way = match (detail.customer_id, detail.invitation_id, own) {
        _ if row.substatus != State::Won => Way::NotWon,
        (Some(customer), ..) => Way::Done(customer),
        (_, _, Some((customer, name))) => Way::Own(customer, name),
        (_, Some(invitation), _) if invited => Way::Invited(invitation),
        _ if account == AccountType::IndirectReseller => Way::Reseller,
        _ if !found.is_empty() => Way::Known,
        _ => Way::New,
    };
    let id = row.id;
    let provider = handed_over(conn, came)?;
    let providers = if way == Way::Reseller { active_providers(scope, conn)? } else { Vec::new() };
    let reseller = winner(scope, conn, id)?;
    Ok(Won { row, known, language: detail.language, way, provider, providers, reseller })
}

/// Does the invitation still wait for an answer?
fn is_waiting(scope: &Scope, conn: &mut Conn, id: InvitationId) -> DbResult<bool> {
    let waiting = scope.all(invitation::table).filter(invitation::id.eq(id)).filter(invitation::state.eq_any(["draft", "sent", "opened"]));
    let open = waiting.filter(invitation::expires_at.is_null().or(invitation::expires_at.gt(scope.now)));
    diesel::select(diesel::dsl::exists(open)).get_result(conn)
}

fn handed_over(conn: &mut Conn, came: Option<Engagement>) -> DbResult<Option<(Engagement, String)>> {
    let Some(came) = came.filter(|came| came.handover_id.is_some()) else { return Ok(None) };
    let Some(from) = came.from_partner_id else { return Ok(None) };
    let name = partner_account::table.find(from).select(partner_account::name).first(conn)?;
    Ok(Some((came, name)))
}

/// Organisations of the cloud with the same registration number; 10 at most. Not by the contact's
/// address: anybody can type one, and would learn who is known here.
fn organisations(scope: &Scope, conn: &mut Conn, known: &Prospect) -> DbResult<Vec<OrganisationId>> {
    let number = Country::from_code(&known.country)
        .and_then(|country| RegistrationNumber::parse(&known.registration_number, country).ok().flatten());
    let numbers = number.map(|number| vec![number.as_str().to_owned(), number.comparable()]).unwrap_or_default();
    organisation::table
        .filter(organisation::cloud.eq(scope.cloud()))
        .filter(organisation::country.eq(&known.country))
        .filter(organisation::registration_number.eq_any(numbers))
        .filter(organisation::registration_number.ne(""))
        .order(organisation::id)
        .limit(10)
        .select(organisation::id)
        .load(conn)
}

/// This account's own customer among the organisations, or else the one that knows the contact's
/// address.
fn own_customer(scope: &Scope, conn: &mut Conn, found: &[OrganisationId], email: &str) -> DbResult<Option<(CustomerId, String)>> {
    let columns = (customer_account::id, customer_account::company_name);
    let by_number = scope.all(customer_account::table).filter(crate::db::any_of(customer_account::organisation_id, found));
    let own = by_number.order(customer_account::id).select(columns).first(conn).optional()?;
    if own.is_some() || email.is_empty() {
        return Ok(own);
    }
    scope
        .all(customer_account::table)
        .inner_join(organisation_contact::table.on(organisation_contact::organisation_id.eq(customer_account::organisation_id)))
        .filter(organisation_contact::email.eq(email.to_lowercase()))
        .order(customer_account::id)
        .select(columns)
        .first(conn)
        .optional()
}

/// The reseller that won what this provider handed over.
fn winner(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Option<(String, String)>> {
    scope
        .sent(engagement::table)
        .inner_join(partner_account::table.on(partner_account::id.eq(engagement::to_partner_id)))
        .filter(engagement::from_referral_id.eq(id))
        .filter(engagement::kind.eq("handover"))
        .filter(engagement::state.eq("won"))
        .select((partner_account::slug, partner_account::name))
        .first(conn)
        .optional()
}

/// The referral that a customer came from: its id, number and company.
pub fn origin(scope: &Scope, conn: &mut Conn, sight: Sight, customer: CustomerId) -> DbResult<Option<(ReferralId, i64)>> {
    let linked: Option<ReferralId> = scope
        .all(referral_detail::table)
        .filter(referral_detail::customer_id.eq(customer))
        .order(referral_detail::referral_id)
        .select(referral_detail::referral_id)
        .first(conn)
        .optional()?;
    let Some(linked) = linked else { return Ok(None) };
    sight.rows(scope).filter(referral::id.eq(linked)).select((referral::id, referral::number)).first(conn).optional()
}
