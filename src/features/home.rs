//! Addresses without an account: they lead to the account used last.

use crate::access::SignedIn;
use crate::error::Result;
use crate::web::page;
use actix_web::{HttpRequest, HttpResponse};

/// `GET /`, `/customers`, `/roles`, …: the same under `/p/{account}`, or the switcher for who has
/// no account; an operator without one is at home on the platform's pages.
pub async fn to_account(who: SignedIn, req: HttpRequest) -> Result<HttpResponse> {
    let path = if req.path() == "/" { "/customers" } else { req.path() };
    let query = req.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    Ok(match who.last_account().await? {
        Some(slug) => page::see(&format!("/p/{slug}{path}{query}"), None),
        None if who.user.operator => page::see("/operator", None),
        None => page::see("/accounts", None),
    })
}
