//! Partnerships between indirect providers and indirect resellers: each sees the other in its list,
//! a provider invites, a reseller's global admin accepts, either side ends with notice, and the
//! customers in common are transferred. A partnership shares no customer by itself.

pub mod accept;
pub mod acts;
pub mod end;
pub mod invite;
pub mod list;
pub mod moving;
pub mod queries;
pub mod transfer;

use crate::access::Can;
use crate::access::permissions::Permission;
use crate::db::ids::PartnerId;
use crate::domain::relationship::partnership::Side;
use crate::error::{Error, Result};

/// The list of the other side: a provider's resellers, a reseller's providers.
pub fn list_href(slug: &str, side: Side) -> String {
    format!("/p/{slug}/{}", segment(side))
}
/// One partnership's page for an act.
pub fn act_href(slug: &str, side: Side, partner: PartnerId, act: &str) -> String {
    format!("/p/{slug}/{}/{partner}/{act}", segment(side))
}
/// Where a provider invites a reseller.
pub fn invite_href(slug: &str) -> String {
    format!("/p/{slug}/resellers/invite")
}
/// Where a member of a reseller's account answers an invitation.
pub fn accept_href(slug: &str, token: &str) -> String {
    format!("/p/{slug}/providers/accept/{token}")
}
/// Where whoever holds an invitation's link signs in and chooses the account that answers.
pub fn choose_href(token: &str) -> String {
    format!("/connect/{token}/partner")
}

/// What the other side is called in addresses.
const fn segment(side: Side) -> &'static str {
    match side {
        Side::Provider => "resellers",
        Side::Reseller => "providers",
    }
}

/// The side of the account whose page was called; each has its own addresses, and the other's are
/// not found.
fn side<P: Permission>(who: &Can<P>) -> Result<Side> {
    let side = Side::of(who.account.account_type).ok_or(Error::NotFound)?;
    let own = list_href(&who.account.slug, side);
    if who.path.starts_with(&own) { Ok(side) } else { Err(Error::NotFound) }
}

/// The member, as the other side reads who acted.
fn member<P: Permission>(who: &Can<P>) -> acts::Member {
    acts::Member { account: who.account.name.clone(), name: who.user.name.clone(), email: who.user.email.clone() }
}

/// The partner that a path names.
fn partner(text: &str) -> Result<PartnerId> {
    text.parse().map_err(|()| Error::NotFound)
}
