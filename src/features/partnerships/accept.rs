//! `/p/{account}/providers/accept/{token}`: a reseller's global admin answers a provider's invitation.
//! A GET only shows; the invitation counts as opened once it is answered, or when its public page
//! was looked at.

use super::acts::{self, Answer, Member};
use super::queries::{self, Open};
use super::{accept_href, list_href, member};
use crate::access::invitee::Invitee;
use crate::access::may::Because;
use crate::access::permissions::AcceptPartnership;
use crate::access::posted::Posted;
use crate::access::{Can, SignedIn};
use crate::domain::relationship::invitation::Kind;
use crate::domain::relationship::partnership::Side;
use crate::domain::rule::prose;
use crate::domain::{AccountType, PartnerStatus};
use crate::error::{Error, Result};
use crate::features::connect::{self, Head, Over};
use crate::features::invitations::model;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Longest reason, in characters.
pub const REASON_MAX: usize = 500;

#[derive(Template)]
#[template(path = "partnerships/accept.html")]
pub struct AcceptPage {
    pub page: Page,
    pub errors: Errors,
    pub list: String,
    pub action: String,
    pub head: Head,
    /// Why it cannot be answered, or what was answered.
    pub over: Option<Over>,
    pub confirm: Field,
    pub reason: Field,
}

/// The answer as it was sent: `accept` or `decline`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerForm {
    answer: String,
    confirm: String,
    reason: String,
}

async fn open(who: &Can<AcceptPartnership>, token: &str) -> Result<Open> {
    let token = token.to_owned();
    who.read(move |scope, conn| queries::open(scope, conn, &token)).await
}

/// `GET /p/{account}/providers/accept/{token}`
pub async fn show(who: Can<AcceptPartnership>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let open = open(&who, &path.1).await?;
    shown(&who, &req, &path.1, &open, &AnswerForm::default(), Errors::default())
}

fn shown(
    who: &Can<AcceptPartnership>,
    req: &HttpRequest,
    token: &str,
    open: &Open,
    form: &AnswerForm,
    errors: Errors,
) -> Result<HttpResponse> {
    let slug = &who.account.slug;
    let mut page = Page::member(req, who, "providers", "");
    page.title = connect::fields::title(&page, &open.invitation);
    let over = over(who, &page, open);
    let status = match &over {
        _ if open.connected(who.now()) => StatusCode::OK,
        Some(_) => StatusCode::GONE,
        None if !errors.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let provider = &open.link.sender_name;
    let mut head = connect::fields::head(&page, &open.invitation, &connect::href(token));
    if over.is_some() {
        head.until.clear();
    }
    let view = AcceptPage {
        list: list_href(slug, Side::Reseller),
        action: accept_href(slug, token),
        head,
        confirm: Field::text("confirm", confirm(&page, &who.account.name, provider), &form.confirm).kind("checkbox").errors(&errors),
        reason: Field::text("reason", page.t("partnership-decline-reason"), &form.reason)
            .kind("textarea")
            .max(REASON_MAX as u32)
            .hint(page.t1("partnership-decline-hint", "partner", provider))
            .optional()
            .errors(&errors),
        over,
        errors,
        page,
    };
    page::html(status, &view)
}

fn confirm(page: &Page, account: &str, provider: &str) -> String {
    page.ta("partnership-confirm", &[("account", account.to_owned().into()), ("partner", provider.to_owned().into())])
}

/// Where it stands if it cannot be answered here.
fn over(who: &Can<AcceptPartnership>, page: &Page, open: &Open) -> Option<Over> {
    let when = open.known.as_ref().map(|known| page.date(known.since)).unwrap_or_default();
    let args = [("partner", open.link.sender_name.clone().into()), ("when", when.into())];
    let over = |name: &str, kind| Over {
        title: page.ta(&format!("partnership-over-{name}"), &args),
        text: page.ta(&format!("partnership-over-{name}-text"), &args),
        kind,
        may_ask: false,
    };
    if open.other_cloud {
        let cloud = page.why(&Because::Cloud(who.account.cloud));
        return Some(Over { text: cloud, ..over("cloud", "bad") });
    }
    if open.connected(who.now()) {
        return Some(over("connected", "ok"));
    }
    match open.invitation.live {
        connect::queries::Live::Accepted => Some(over("accepted", "info")),
        _ => connect::fields::over(page, &open.invitation),
    }
}

/// `POST /p/{account}/providers/accept/{token}`
pub async fn answer(
    who: Can<AcceptPartnership>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<AnswerForm>,
) -> Result<HttpResponse> {
    let (form, token) = (posted.form, path.into_inner().1);
    let open = open(&who, &token).await?;
    let mut errors = Errors::default();
    let answer = if open.is_open(who.now()) && !posted.review { parse(&who, &form, &mut errors)? } else { None };
    let Some(answer) = answer else {
        return shown(&who, &req, &token, &open, &form, errors);
    };
    let flash = if answer == Answer::Accept { "flash-partnership-accepted" } else { "flash-partnership-declined" };
    let (member, key): (Member, String) = (member(&who), token.clone());
    match who.write(move |scope, conn| acts::answer(scope, conn, &key, &member, &answer)).await {
        Ok(()) => Ok(page::see(&list_href(&who.account.slug, Side::Reseller), Some(flash))),
        // Somebody was faster: what holds now is shown instead.
        Err(Error::Conflict) => {
            let open = self::open(&who, &token).await?;
            shown(&who, &req, &token, &open, &form, errors)
        }
        Err(other) => Err(other),
    }
}

fn parse(who: &Can<AcceptPartnership>, form: &AnswerForm, errors: &mut Errors) -> Result<Option<Answer>> {
    let lang = who.user.lang;
    match form.answer.as_str() {
        "accept" if form.confirm == "1" => Ok(Some(Answer::Accept)),
        "accept" => {
            errors.message(lang, "confirm", "partnership-confirm-missing");
            Ok(None)
        }
        "decline" => Ok(errors.take(lang, "reason", prose(&form.reason, 0, REASON_MAX)).map(Answer::Decline)),
        _ => Err(Error::BadRequest("answer")),
    }
}

#[derive(Template)]
#[template(path = "partnerships/choose.html")]
pub struct ChoosePage {
    pub page: Page,
    pub sender: String,
    /// Address and name of each account that could answer.
    pub accounts: Vec<(String, String)>,
}

/// `GET /connect/{token}/partner`: which of the reader's accounts answers. Straight on where there
/// is only one.
pub async fn choose(who: SignedIn, invitee: Invitee, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    let link = invitee.link.clone();
    let row = invitee.read(move |scope, conn| Ok(model::find(scope, conn, link.invitation)?)).await?;
    if row.kind != Kind::Partnership {
        return Err(Error::NotFound);
    }
    let own = who.memberships().await?.into_iter().filter(|one| {
        let here = one.cloud == invitee.link.cloud() && one.status == PartnerStatus::Active;
        here && one.account_type == AccountType::IndirectReseller
    });
    let accounts: Vec<(String, String)> = own.map(|one| (accept_href(&one.slug, &token), one.name)).collect();
    if let [(only, _)] = accounts.as_slice() {
        return Ok(page::see(only, None));
    }
    let page = Page::user(&req, &who, who.user.lang.t("partnership-choose-title"));
    page::ok(&ChoosePage { sender: invitee.link.sender_name.clone(), accounts, page })
}
