//! The printed matrix: who may do what, asked of the same `may()` that guards every page.

use crate::access::Can;
use crate::access::may::{Action, Because, Relationship, Role, Roles, may};
use crate::access::permissions::ViewRoles;
use crate::error::Result;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// One action and each role's answer.
pub struct Line {
    pub action: Action,
    pub cells: Vec<bool>,
    /// The reader's own answer, and why not.
    pub own: Result<(), Because>,
    /// Never in this type of account or cloud, whatever the role.
    pub never: Option<String>,
}

#[derive(Template)]
#[template(path = "roles/roles.html")]
pub struct RolesPage {
    pub page: Page,
    pub roles: &'static [Role],
    pub own: Roles,
    pub lines: Vec<Line>,
}

/// `GET /p/{account}/roles`
pub async fn show(who: Can<ViewRoles>, req: HttpRequest) -> Result<HttpResponse> {
    let (kind, cloud) = (who.account.account_type, who.account.cloud);
    let page = Page::member(&req, &who, "roles", who.user.lang.t("roles-title"));
    let ask = |roles, action| may(roles, kind, cloud, Relationship::Active, action);
    let lines = Action::ALL
        .iter()
        .map(|&action| Line {
            action,
            cells: Role::ALL.iter().map(|&role| ask(Roles::of(&[role]), action).is_ok()).collect(),
            own: ask(who.roles, action),
            never: ask(Roles::of(Role::ALL), action).err().map(|because| page.why(&because)),
        })
        .collect();
    page::ok(&RolesPage { page, roles: Role::ALL, own: who.roles, lines })
}
