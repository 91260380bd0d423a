//! A customer leaves a partner, stays after all, or withdraws rights. Each shows its effects first;
//! the partner sees it and is mailed.

use super::queries;
use super::views::{self, LeavePage, WithdrawPage};
use super::{HREF, customer, leave_href, withdraw_href};
use crate::access::contact::Contact;
use crate::access::posted::Posted;
use crate::clock::{DAY, Moment};
use crate::db::ids::AdminId;
use crate::domain::CustomerStatus;
use crate::domain::relationship::ending::{AskedBy, Reason};
use crate::domain::rule::{length, tidy};
use crate::error::{Error, Result};
use crate::features::delegated_admin::acts as admins;
use crate::features::ending::acts::{self as endings, New};
use crate::features::sign_in::handlers::Empty;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

/// Notices that can be given, in days; none is at once.
const NOTICES: [(&str, i64); 4] = [("now", 0), ("30", 30), ("60", 60), ("90", 90)];
/// Longest note, in characters.
const NOTE_MAX: usize = 500;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LeaveForm {
    notice: String,
    reason: String,
    note: String,
}

impl LeaveForm {
    /// What is decided, or every mistake.
    fn parse(&self, who: &Contact, errors: &mut Errors) -> Option<New> {
        let lang = who.visitor.lang;
        let days = NOTICES.iter().find(|(name, _)| *name == self.notice).map(|(_, days)| *days);
        if days.is_none() {
            errors.message(lang, "notice", "access-notice-missing");
        }
        let reason = Reason::from_text(&self.reason);
        if reason.is_none() {
            errors.message(lang, "reason", "access-reason-missing");
        }
        let note = tidy(&self.note);
        let fits = errors.take(lang, "note", length(&note, 0, NOTE_MAX));
        let ends_at: Option<Moment> = days.filter(|days| *days > 0).map(|days| who.now.plus(days * DAY));
        let _fits = fits?;
        Some(New { person: who.name.clone(), reason: reason?, note, ends_at })
    }
}

/// `GET /access/partners/{customer}/leave`
pub async fn show(who: Contact, req: HttpRequest, path: web::Path<String>) -> Result<HttpResponse> {
    leave_page(&who, &req, &path, &LeaveForm::default(), Errors::default()).await
}

async fn leave_page(who: &Contact, req: &HttpRequest, id: &str, form: &LeaveForm, errors: Errors) -> Result<HttpResponse> {
    let id = customer(id)?;
    let connection = who.connection(id).await?;
    let account = who.read_in(&connection, move |scope, conn| queries::account(scope, conn, id)).await?;
    if account.customer.status == CustomerStatus::Ended || account.customer.ends_at.is_some() {
        return Ok(page::see(HREF, Some("flash-access-over-already")));
    }
    let title = who.visitor.lang.ta("access-leave-title", &[("partner", connection.name.clone().into())]);
    let page = Page::visitor(req, &who.visitor, title);
    let mut effects: Vec<String> = ["sell", "support", "keep", "told"]
        .iter()
        .map(|name| page.t1(&format!("access-leave-{name}"), "partner", &connection.name))
        .collect();
    if account.rights.iter().any(|granted| !granted.rights(who.now).is_empty()) {
        effects.insert(2, page.t("access-leave-rights").to_owned());
    }
    if let Some(counterpart) = &account.counterpart {
        effects.push(page.t1("access-leave-counterpart", "partner", counterpart));
    }
    let notices = NOTICES.iter().map(|(name, days)| Choice::new(*name, notice(&page, *days, who.now))).collect();
    let reasons = Reason::ALL
        .iter()
        .filter(|reason| **reason != Reason::CustomerAsked && **reason != Reason::Unpaid)
        .map(|reason| Choice::new(reason.as_str(), page.word("access-reason", reason.as_str())))
        .collect();
    let fields = vec![
        Field::text("notice", page.t("access-notice"), form.notice.as_str()).choices("radios", notices).errors(&errors),
        Field::text("reason", page.t("access-reason"), form.reason.as_str()).choices("radios", reasons).errors(&errors),
        Field::text("note", page.t("access-note"), form.note.as_str()).kind("textarea").max(NOTE_MAX as u32).optional().errors(&errors),
    ];
    let failed = !errors.is_empty();
    page::form(&LeavePage { partner: connection.name, action: leave_href(id), effects, fields, errors, page }, failed)
}

fn notice(page: &Page, days: i64, now: Moment) -> String {
    match days {
        0 => page.t("access-notice-now").to_owned(),
        days => page.ta("access-notice-days", &[("days", days.into()), ("date", page.date(now.plus(days * DAY)).into())]),
    }
}

/// `POST /access/partners/{customer}/leave`
pub async fn save(who: Contact, req: HttpRequest, path: web::Path<String>, posted: Posted<LeaveForm>) -> Result<HttpResponse> {
    let mut errors = Errors::default();
    let Some(new) = posted.form.parse(&who, &mut errors).filter(|_| !posted.review) else {
        return leave_page(&who, &req, &path, &posted.form, errors).await;
    };
    let id = customer(&path)?;
    let connection = who.connection(id).await?;
    who.write_in(&connection, move |scope, conn| endings::by_customer(scope, conn, id, &new)).await?;
    Ok(page::see(HREF, Some("flash-access-left")))
}

/// `POST /access/partners/{customer}/stay`: takes back the customer's own notice.
pub async fn stay(who: Contact, path: web::Path<String>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let id = customer(&path)?;
    let connection = who.connection(id).await?;
    let person = who.name.clone();
    let outcome = who.write_in(&connection, move |scope, conn| endings::take_back(scope, conn, id, AskedBy::Customer, &person)).await?;
    let flash = if outcome == endings::Outcome::Done { "flash-access-stayed" } else { "flash-access-over-already" };
    Ok(page::see(HREF, Some(flash)))
}

/// `GET /access/partners/{customer}/rights/{admin}`
pub async fn show_withdraw(who: Contact, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (id, admin) = (customer(&path.0)?, admin(&path.1)?);
    let connection = who.connection(id).await?;
    let account = who.read_in(&connection, move |scope, conn| queries::account(scope, conn, id)).await?;
    let title = who.visitor.lang.ta("access-withdraw-title", &[("partner", connection.name.clone().into())]);
    let page = Page::visitor(&req, &who.visitor, title);
    let card = views::card(&page, &connection, &account, who.now);
    let href = withdraw_href(id, admin);
    if !account.rights.iter().any(|granted| granted.admin.id == admin) {
        return Err(Error::NotFound);
    }
    match card.rights.into_iter().find(|rights| rights.withdraw.as_deref() == Some(href.as_str())) {
        Some(rights) => page::ok(&WithdrawPage { partner: connection.name, action: href, rights, page }),
        None => Ok(page::see(HREF, Some("flash-access-over-already"))),
    }
}

/// `POST /access/partners/{customer}/rights/{admin}`
pub async fn withdraw(who: Contact, path: web::Path<(String, String)>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let (id, admin) = (customer(&path.0)?, admin(&path.1)?);
    let connection = who.connection(id).await?;
    let person = who.name.clone();
    let done = who.write_in(&connection, move |scope, conn| admins::withdraw_by_customer(scope, conn, id, Some(admin), &person)).await?;
    Ok(page::see(HREF, Some(if done > 0 { "flash-access-withdrawn" } else { "flash-access-over-already" })))
}

fn admin(text: &str) -> Result<AdminId> {
    text.parse().map_err(|()| Error::NotFound)
}
