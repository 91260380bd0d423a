//! What ties a referral and its customer together.

use super::queries::Won;
use crate::access::audit::Fields;
use crate::access::{Scope, identity};
use crate::db::Conn;
use crate::db::ids::{CustomerId, DraftId, InvitationId, OrganisationId, PartnerId, ReferralId, UserId};
use crate::db::schema::{customer_account, engagement, referral_detail};
use crate::domain::letter::Letter;
use crate::domain::relationship::invitation::Kind;
use crate::error::{Error, Result};
use crate::features::customer_new::acts::start_draft;
use crate::features::customer_new::forms::{AccountForm, ContactForm, Data, NO_RESELLER};
use crate::features::invitations::acts::{self as invitations, New};
use crate::features::invitations::text;
use crate::features::referrals::acts::{named, record};
use crate::features::referrals::letters::tell;
use crate::i18n::Lang;
use diesel::prelude::*;

/// Begins the wizard with what the referral knows; its end links the two.
pub fn begin(scope: &Scope, conn: &mut Conn, user: UserId, won: &Won, is_provider: bool) -> Result<DraftId> {
    let known = &won.known;
    let reseller = won.reseller.as_ref().map_or(NO_RESELLER, |(slug, _)| slug.as_str());
    let account = AccountForm {
        country: known.country.clone(),
        company_name: known.company.clone(),
        registration_number: known.registration_number.clone(),
        address1: known.address1.clone(),
        address2: known.address2.clone(),
        city: known.city.clone(),
        state: known.state.clone(),
        postal_code: known.postal_code.clone(),
        phone: known.phone.clone(),
        reseller: if is_provider { reseller.to_owned() } else { String::new() },
        ..AccountForm::default()
    };
    let contact = ContactForm {
        first_name: known.first_name.clone(),
        last_name: known.last_name.clone(),
        email: known.email.clone(),
        language: won.language.clone(),
        ..ContactForm::default()
    };
    start_draft(scope, conn, user, &Data { account, contact, referral: Some(won.row.id), ..Data::default() })
}

/// Ties a won referral to a customer, once: [`Error::Conflict`] where it has one.
pub fn link(scope: &Scope, conn: &mut Conn, id: ReferralId, customer: CustomerId) -> Result<()> {
    if tie(scope, conn, id, customer)? { Ok(()) } else { Err(Error::Conflict) }
}

/// The same, where another may have been faster: whether it was tied.
pub fn tie(scope: &Scope, conn: &mut Conn, id: ReferralId, customer: CustomerId) -> Result<bool> {
    let free = scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)).filter(referral_detail::customer_id.is_null());
    let tied = diesel::update(free)
        .set((referral_detail::customer_id.eq(Some(customer)), referral_detail::updated_at.eq(scope.now)))
        .execute(conn)?;
    if tied == 0 {
        return Ok(false);
    }
    let name: String =
        scope.all(customer_account::table).filter(customer_account::id.eq(customer)).select(customer_account::company_name).first(conn)?;
    let after = Fields::from_iter([("company_name".to_owned(), name.into())]);
    record(scope, conn, "referral.customer", id, (Fields::new(), after))?;
    Ok(true)
}

/// In the account of the reseller that won it: its own referral and its own customer.
pub fn tie_at_reseller(scope: &Scope, conn: &mut Conn, id: ReferralId, reseller: PartnerId, of: OrganisationId) -> Result<()> {
    let won: Option<crate::db::ids::EngagementId> = scope
        .sent(engagement::table)
        .filter(engagement::from_referral_id.eq(id))
        .filter(engagement::to_partner_id.eq(reseller))
        .filter(engagement::kind.eq("handover"))
        .filter(engagement::state.eq("won"))
        .select(engagement::id)
        .first(conn)
        .optional()?;
    let Some(won) = won else { return Ok(()) };
    scope.for_engagement(conn, won, |scope, conn, theirs| {
        let customer = scope.all(customer_account::table).filter(customer_account::organisation_id.eq(of));
        let customer: CustomerId = customer.select(customer_account::id).first(conn)?;
        tie(scope, conn, theirs, customer).map(|_| ())
    })
}

/// Ties what an invitation was written for to the customer that accepted it.
pub fn joined(scope: &Scope, conn: &mut Conn, invitation: InvitationId, customer: CustomerId) -> Result<()> {
    let ids: Vec<ReferralId> = scope
        .all(referral_detail::table)
        .filter(referral_detail::invitation_id.eq(invitation))
        .select(referral_detail::referral_id)
        .load(conn)?;
    for id in ids {
        tie(scope, conn, id, customer)?;
    }
    Ok(())
}

/// Writes the draft of an invitation to the customer, for this account or, with a provider, for both.
pub fn invite(scope: &Scope, conn: &mut Conn, user: UserId, won: &Won, provider: Option<PartnerId>) -> Result<InvitationId> {
    let kind = if provider.is_some() { Kind::ResellerAndProvider } else { Kind::Reseller };
    let (known, lang) = (&won.known, Lang::from_text(&won.language).unwrap_or(Lang::En));
    let new = New {
        kind,
        open_link: false,
        recipient_name: [known.first_name.as_str(), known.last_name.as_str()].join(" ").trim().to_owned(),
        recipient_email: known.email.clone(),
        company: known.company.clone(),
        customer: None,
        provider,
        lang,
        purpose: String::new(),
        note: String::new(),
        message: text::usual(kind, lang).to_owned(),
        roles: Vec::new(),
        duration_days: None,
        auto_extend: false,
    };
    let id = invitations::create(scope, conn, user, &new)?;
    diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(won.row.id)))
        .set((referral_detail::invitation_id.eq(Some(id)), referral_detail::updated_at.eq(scope.now)))
        .execute(conn)?;
    record(scope, conn, "referral.invite", won.row.id, (Fields::new(), Fields::new()))?;
    Ok(id)
}

/// Asks the provider that handed it over to make the customer. [`Error::NotFound`] where none did.
pub fn ask_provider(scope: &Scope, conn: &mut Conn, won: &Won, person: &str) -> Result<()> {
    let (came, provider) = won.provider.as_ref().ok_or(Error::NotFound)?;
    let (_, reseller) = identity::slug_and_name(conn, scope.id())?;
    scope.for_engagement(conn, came.id, |scope, conn, theirs| {
        let (slug, _) = identity::slug_and_name(conn, scope.id())?;
        let letter = Letter::CustomerAsked {
            reseller: reseller.clone(),
            person: person.to_owned(),
            company: won.known.company.clone(),
            path: super::href(&slug, theirs),
        };
        tell(scope, conn, None, &letter)?;
        let after = Fields::from_iter([("partner".to_owned(), reseller.as_str().into()), ("person".to_owned(), person.into())]);
        record(scope, conn, "referral.customer_asked", theirs, (Fields::new(), after))
    })?;
    record(scope, conn, "referral.ask_provider", won.row.id, (Fields::new(), named(provider)))
}
