//! Invitations to connect, as their sender sees them: written, sent, followed, revoked. What the
//! recipient sees is `features::connect`.

pub mod acts;
pub mod bulk;
pub mod export;
pub mod fields;
pub mod form;
pub mod handlers;
pub mod index;
pub mod list;
pub mod model;
pub mod pasted;
pub mod queries;
pub mod show;
pub mod text;
pub mod views;
pub mod write;

use crate::access::Can;
use crate::access::may::{Action, Because, Relationship};
use crate::access::permissions::Permission;
use crate::db::ids::InvitationId;
use crate::domain::AccountType;
use crate::domain::relationship::invitation::Kind;
use crate::error::{Error, Result};

/// The list of an account's invitations.
pub fn list_href(slug: &str) -> String {
    format!("/p/{slug}/invitations")
}
/// One invitation.
pub fn href(slug: &str, id: InvitationId) -> String {
    format!("/p/{slug}/invitations/{id}")
}
/// A new one.
pub fn new_href(slug: &str) -> String {
    format!("/p/{slug}/invitations/new")
}

/// An id of an address.
pub fn id(text: &str) -> Result<InvitationId> {
    text.parse().map_err(|()| Error::NotFound)
}

/// What writing, sending and revoking an invitation of a kind takes.
pub const fn action(kind: Kind) -> Action {
    match kind {
        Kind::Reseller | Kind::ResellerAndProvider => Action::InviteCustomer,
        Kind::DelegatedAdmin => Action::RequestAdmin,
        Kind::Partnership => Action::InvitePartner,
    }
}

/// The kinds that this member may write here, or why none. Partnerships are offered on their own
/// page.
pub fn kinds<P: Permission>(who: &Can<P>) -> Result<Vec<Kind>, Because> {
    let both = who.account.account_type == AccountType::IndirectReseller;
    let offered = [Kind::Reseller, Kind::ResellerAndProvider, Kind::DelegatedAdmin];
    let offered = offered.into_iter().filter(|kind| both || *kind != Kind::ResellerAndProvider);
    let allowed: Vec<Kind> = offered.filter(|kind| who.may(action(*kind), Relationship::None).is_ok()).collect();
    if allowed.is_empty() { who.may(Action::InviteCustomer, Relationship::None).map(|()| allowed) } else { Ok(allowed) }
}
