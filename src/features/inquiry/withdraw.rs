//! The sender takes an inquiry back.

use super::model;
use super::status::shown;
use crate::access::directory::Inquiring;
use crate::access::posted::Posted;
use crate::access::{Scope, Visitor, identity, request_id};
use crate::db::Conn;
use crate::db::ids::{InquiryId, ReferralId};
use crate::db::schema::{engagement, inquiry};
use crate::domain::letter::Letter;
use crate::domain::referral::Shared;
use crate::error::{Error, Result};
use crate::features::referrals;
use crate::features::referrals::letters::tell;
use crate::features::sign_in::handlers::Empty;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;

/// `/inquiries/{token}/withdraw`
#[derive(Template)]
#[template(path = "inquiry/withdraw.html")]
pub struct WithdrawPage {
    pub page: Page,
    pub href: String,
    pub names: Vec<String>,
    pub allow_next: bool,
}

/// `GET /inquiries/{token}/withdraw`
pub async fn show(who: Visitor, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    let shown = match shown(who, &req, &token).await? {
        Ok(shown) if shown.may_withdraw() => shown,
        Ok(shown) => return Ok(page::see(&shown.href, Some("flash-inquiry-over-already"))),
        Err(dead) => return Ok(dead),
    };
    let page = Page::visitor(&req, &shown.who, shown.who.lang.t("inquiry-withdraw-title"));
    let names = shown.waiting().map(|offer| offer.name.clone()).collect();
    page::ok(&WithdrawPage { names, allow_next: shown.inquiry.allow_next, href: shown.href, page })
}

/// `POST /inquiries/{token}/withdraw`
pub async fn withdraw(who: Visitor, req: HttpRequest, token: web::Path<String>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let href = format!("/inquiries/{}", *token);
    let id = match who.inquiry(&token).await {
        Err(Error::NotFound) => return Ok(page::see(&href, None)),
        other => other?,
    };
    let done = who.inquire(request_id(&req), move |inquiring, conn| take_back(inquiring, conn, id)).await?;
    let flash = if done { "flash-inquiry-withdrawn" } else { "flash-inquiry-over-already" };
    Ok(page::see(&href, Some(flash)))
}

/// Takes an inquiry back from whoever has not answered it or could still reopen it, and keeps it from
/// moving on. Whether anything was left to take back.
fn take_back(inquiring: &Inquiring, conn: &mut Conn, id: InquiryId) -> Result<bool> {
    model::hold(conn, id)?;
    let before = model::find(conn, id)?;
    diesel::update(inquiry::table.find(id)).set(inquiry::allow_next.eq(false)).execute(conn)?;
    let mut done = before.allow_next;
    for offer in model::offers(conn, id)? {
        done |= inquiring.received(conn, id, offer.id, |scope, conn, referral| match offer.state(inquiring.now) {
            Shared::Received => close(scope, conn, referral, &before.city),
            Shared::Declined => keep_closed(scope, conn, referral),
            _ => Ok(false),
        })?;
    }
    Ok(done)
}

/// In the receiver's account: what it declined is not reopened any more.
fn keep_closed(scope: &Scope, conn: &mut Conn, id: ReferralId) -> Result<bool> {
    let declined = scope.received(engagement::table).filter(engagement::to_referral_id.eq(id)).filter(engagement::state.eq("declined"));
    let changed = diesel::update(declined)
        .set((
            engagement::state.eq(Shared::Withdrawn),
            engagement::closed_at.eq(Some(scope.now)),
            engagement::version.eq(engagement::version + 1),
        ))
        .execute(conn)?;
    if changed > 0 {
        referrals::acts::record(scope, conn, "referral.withdrawn", id, Default::default())?;
    }
    Ok(changed > 0)
}

/// In the receiver's account: its referral is over, and its people are told.
fn close(scope: &Scope, conn: &mut Conn, id: ReferralId, city: &str) -> Result<bool> {
    if !referrals::acts::lapse(scope, conn, id, Shared::Withdrawn)? {
        return Ok(false);
    }
    let (slug, _) = identity::slug_and_name(conn, scope.id())?;
    let letter = Letter::InquiryWithdrawn { city: city.to_owned(), path: referrals::href(&slug, id) };
    tell(scope, conn, Some(id), &letter)?;
    Ok(true)
}
