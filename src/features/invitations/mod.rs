//! Invitations to connect, as their sender sees them: written, sent, followed, revoked. What the
//! recipient sees is `features::connect`.

pub mod acts;
pub mod index;
pub mod model;

use crate::db::ids::InvitationId;

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
