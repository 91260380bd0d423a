//! Asking for a link, coming in by it, the page itself, and what one partner did.

use super::queries::{self, Account};
use super::views::{self, AccessPage, AskPage, EnterPage, PartnerPage};
use super::{HREF, customer};
use crate::access::Visitor;
use crate::access::contact::{Connection, Contact, VISIT, cookie_name};
use crate::access::posted::Posted;
use crate::access::throttle::Guess;
use crate::domain::CustomerStatus;
use crate::domain::email::Email;
use crate::error::{Error, Result};
use crate::features::audit::{Before, Entry, SIZE};
use crate::features::sign_in::handlers::Empty;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Deserialize;

/// `GET /access`: the page on a visit, and without one the way to it.
pub async fn show(who: Visitor, req: HttpRequest) -> Result<HttpResponse> {
    match Contact::extract(&req).await {
        Ok(contact) => access_page(&contact, &req).await,
        Err(Error::NoVisit) => ask_page(&who, &req, "", Errors::default()),
        Err(other) => Err(other),
    }
}

async fn access_page(who: &Contact, req: &HttpRequest) -> Result<HttpResponse> {
    let found = who.read_each(|scope, conn, one| queries::account(scope, conn, one.customer)).await?;
    let title = who.visitor.lang.ta("access-title", &[("company", who.company.clone().into())]);
    let page = Page::visitor(req, &who.visitor, title);
    let over = |(_, account): &(Connection, Account)| account.customer.status == CustomerStatus::Ended;
    let (former, partners): (Vec<_>, Vec<_>) = found.into_iter().partition(over);
    let cards = |list: Vec<(Connection, Account)>| list.iter().map(|(one, account)| views::card(&page, one, account, who.now)).collect();
    page::ok(&AccessPage { company: who.company.clone(), name: who.name.clone(), partners: cards(partners), former: cards(former), page })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Ask {
    email: String,
}

fn ask_page(who: &Visitor, req: &HttpRequest, email: &str, errors: Errors) -> Result<HttpResponse> {
    let page = Page::visitor(req, who, who.lang.t("access-ask-title"));
    let fields = vec![Field::text("email", page.t("access-email"), email).kind("email").autocomplete("email").errors(&errors)];
    let failed = !errors.is_empty();
    page::form(&AskPage { page, errors, fields }, failed)
}

/// `POST /access`: mails a link to an address that is a contact's; the answer is the same for any.
pub async fn ask(who: Visitor, req: HttpRequest, posted: Posted<Ask>) -> Result<HttpResponse> {
    let mut errors = Errors::default();
    let Some(email) = errors.take::<Email>(who.lang, "email", posted.form.email.parse()).filter(|_| !posted.review) else {
        return ask_page(&who, &req, &posted.form.email, errors);
    };
    let address = email.to_string();
    let guess = Guess { email: &format!("access {address}"), peer: &who.peer, known_device: false };
    guess.check(who.app()).await?;
    guess.failed(who.app()).await?;
    who.ask_for_access(&address).await?;
    Ok(page::see(HREF, Some("flash-access-mailed")))
}

/// `GET /access/{token}`
pub async fn show_enter(who: Visitor, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    match who.open_access(&token).await {
        Ok(company) => {
            let page = Page::visitor(&req, &who, who.lang.ta("access-title", &[("company", company.into())]));
            page::ok(&EnterPage { page, action: format!("{HREF}/{token}") })
        }
        Err(Error::NotFound) => Ok(page::see(HREF, Some("flash-access-link-over"))),
        Err(other) => Err(other),
    }
}

/// `POST /access/{token}`: uses the link up.
pub async fn enter(who: Visitor, token: web::Path<String>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let key = match who.begin_visit(&token).await {
        Ok(key) => key,
        Err(Error::NotFound) => return Ok(page::see(HREF, Some("flash-access-link-over"))),
        Err(other) => return Err(other),
    };
    let https = who.app().config.is_https();
    let cookie = Cookie::build(cookie_name(https), key)
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .max_age(actix_web::cookie::time::Duration::microseconds(VISIT))
        .finish();
    let mut answer = page::see(HREF, None);
    answer.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(answer)
}

/// `POST /access/end`
pub async fn end(who: Contact, _posted: Posted<Empty>) -> Result<HttpResponse> {
    who.leave().await?;
    let mut cookie = Cookie::build(cookie_name(who.visitor.app().config.is_https()), "").path("/").finish();
    cookie.make_removal();
    let mut answer = page::see(HREF, Some("flash-access-ended"));
    answer.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(answer)
}

/// `GET /access/partners/{customer}`
pub async fn partner(who: Contact, req: HttpRequest, path: web::Path<String>, query: web::Query<Before>) -> Result<HttpResponse> {
    let (id, before) = (customer(&path)?, query.before);
    let connection = who.connection(id).await?;
    let read = move |scope: &crate::access::Scope, conn: &mut crate::db::Conn| {
        Ok((queries::account(scope, conn, id)?, queries::activity(scope, conn, id, before, SIZE + 1)?))
    };
    let (account, mut events) = who.read_in(&connection, read).await?;
    let more = events.len() as i64 > SIZE;
    events.truncate(SIZE as usize);
    let title = who.visitor.lang.ta("access-partner-title", &[("partner", connection.name.clone().into())]);
    let page = Page::visitor(&req, &who.visitor, title);
    let entry = |event: &crate::access::audit::Shown| Entry { href: None, restorable: false, ..Entry::of(&page, event, "") };
    page::ok(&PartnerPage {
        card: views::card(&page, &connection, &account, who.now),
        entries: events.iter().map(entry).collect(),
        older: events.last().filter(|_| more).map(|last| format!("?before={}", last.seq)),
        page,
    })
}
