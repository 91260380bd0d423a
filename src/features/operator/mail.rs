//! The outbox: what waits, what has left, what nobody tries any more. An operator sees to whom a
//! letter goes and what it is about, not what it says.

use crate::access::Operator;
use crate::access::identity::Recipient;
use crate::access::outbox::{Filter, Mail};
use crate::access::posted::Posted;
use crate::db::ids::MailId;
use crate::error::{Error, Result};
use crate::features::sign_in::handlers::Empty;
use crate::mail::subject;
use crate::web::list::{Cursor, Spec, State};
use crate::web::listing::{Tab, cut};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

const BASE: &str = "/operator/mail";

/// The list, declared once: newest first, one state or all, one address or all.
const SPEC: Spec = Spec { columns: &[], filters: &["state"], sorts: &[("newest", true)], sizes: &[25, 50, 100, 200] };

/// A letter as its row shows it.
pub struct Line {
    pub id: MailId,
    pub to: String,
    pub to_name: String,
    pub subject: String,
    /// Kind and text of the badge.
    pub badge: (&'static str, &'static str),
    pub written: String,
    /// When it left, or is tried next.
    pub then: String,
    pub attempts: String,
    pub error: String,
    pub dead: bool,
}

/// `/operator/mail`
#[derive(Template)]
#[template(path = "operator/mail.html")]
pub struct MailPage {
    pub page: Page,
    pub base: &'static str,
    pub state: State,
    pub tabs: Vec<Tab>,
    pub lines: Vec<Line>,
    pub any_dead: bool,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// `GET /operator/mail`
pub async fn show(who: Operator, req: HttpRequest) -> Result<HttpResponse> {
    let state = State::parse(&SPEC, req.query_string(), None, None);
    let filter = Filter {
        state: state.values("state").first().cloned(),
        recipient: Some(state.search.clone()).filter(|text| !text.is_empty()),
        cursor: state.cursor.as_ref().map(|cursor| (MailId::from_uuid(cursor.id), cursor.backwards)),
        limit: i64::from(state.size) + 1,
    };
    let mut rows = who.mail(filter).await?;
    let beside = cut(&state, &mut rows);
    let page = Page::operator(&req, &who, BASE, who.user.lang.t("operator-mail-title"));
    let cursor = |row: Option<&Mail>, backwards| {
        row.map(|row| format!("{BASE}{}", state.at(Cursor { backwards, value: Vec::new(), id: row.id.uuid() })))
    };
    let tab = |key: &str, query: String| Tab::of(&state, BASE, page.t(key), &query);
    page::ok(&MailPage {
        tabs: vec![
            tab("operator-mail-all", state.cleared()),
            tab("operator-mail-queued", state.only("state", &["queued"])),
            tab("operator-mail-dead", state.only("state", &["dead"])),
            tab("operator-mail-sent", state.only("state", &["sent"])),
        ],
        previous: cursor(rows.first().filter(|_| beside.previous), true),
        next: cursor(rows.last().filter(|_| beside.next), false),
        any_dead: rows.iter().any(|row| row.state == "dead"),
        lines: rows.into_iter().map(|row| line(&page, row)).collect(),
        base: BASE,
        state,
        page,
    })
}

fn line(page: &Page, mail: Mail) -> Line {
    let to = Recipient { email: mail.to, name: mail.to_name, lang: page.lang };
    let badge = match (mail.state.as_str(), mail.last_error.is_empty()) {
        ("sent", _) => ("ok", page.t("mail-state-sent")),
        ("dead", _) => ("bad", page.t("mail-state-dead")),
        (_, false) => ("warn", page.t("mail-state-failing")),
        _ => ("info", page.t("mail-state-queued")),
    };
    let dead = mail.state == "dead";
    let then = match mail.sent_at {
        Some(at) => page.moment(at),
        None if dead => String::new(),
        None => page.t1("operator-mail-next", "when", page.moment(mail.next_at)),
    };
    Line {
        id: mail.id,
        subject: subject(&mail.letter, &to).unwrap_or_else(|| page.t("operator-mail-wordless").to_owned()),
        to: to.email,
        to_name: to.name,
        badge,
        written: page.moment(mail.created_at),
        then,
        attempts: page.number(mail.attempts),
        error: mail.last_error,
        dead,
    }
}

/// `POST /operator/mail/{mail}/retry`
pub async fn retry(who: Operator, id: web::Path<String>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let id: MailId = id.parse().map_err(|()| Error::NotFound)?;
    who.retry(id).await?;
    Ok(page::see("/operator/mail?state=dead", Some("flash-mail-retried")))
}

/// `POST /operator/mail/retry-dead`
pub async fn retry_all(who: Operator, _posted: Posted<Empty>) -> Result<HttpResponse> {
    who.retry_all().await?;
    Ok(page::see("/operator/mail?state=queued", Some("flash-mail-retried")))
}
