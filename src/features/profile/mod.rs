//! The business profile: one per country of a partner account, edited as a draft, published as a
//! copy (docs/decisions/0007). What is public changes on *Publish* alone.

pub mod acts;
pub mod draft;
pub mod edit;
pub mod form;
pub mod history;
pub mod letters;
pub mod list;
pub mod locations;
pub mod logo;
pub mod model;
pub mod preview;
pub mod publish;
pub mod show;
pub mod words;

use crate::db::ids::{LocationId, LogoId, ProfileId};
use crate::error::{Error, Result};

/// The profiles of a partner account.
pub fn list_href(slug: &str) -> String {
    format!("/p/{slug}/profile")
}
/// One profile's page.
pub fn href(slug: &str, id: ProfileId) -> String {
    format!("/p/{slug}/profile/{id}")
}
pub fn edit_href(slug: &str, id: ProfileId) -> String {
    format!("{}/edit", href(slug, id))
}
/// A location's form.
pub fn location_href(slug: &str, id: ProfileId, location: LocationId) -> String {
    format!("{}/locations/{location}", href(slug, id))
}
/// A logo, for members.
pub fn logo_href(slug: &str, logo: LogoId) -> String {
    format!("/p/{slug}/logo/{logo}")
}
/// A published logo, for everybody.
pub fn public_logo_href(logo: LogoId) -> String {
    format!("/directory/logo/{logo}")
}

/// The id of a path.
fn id<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::NotFound)
}
