//! The user's own page: profile, password, sessions; and the switcher between accounts.

pub mod handlers;

use crate::access::identity::{Membership, OwnSession};
use crate::db::ids::SessionId;
use crate::web::form::{Errors, Field};
use crate::web::page::Page;
use askama::Template;

/// `/me`
#[derive(Template)]
#[template(path = "me/me.html")]
pub struct MePage {
    pub page: Page,
    pub errors: Errors,
    pub email: String,
    pub profile: Vec<Field>,
    pub password: Vec<Field>,
    pub sessions: Vec<OwnSession>,
    pub current: SessionId,
}

/// `/accounts`: the switcher.
#[derive(Template)]
#[template(path = "me/accounts.html")]
pub struct AccountsPage {
    pub page: Page,
    pub memberships: Vec<Membership>,
}
