//! What became of an inquiry, for whoever holds its link.

use super::model::{self, Inquiry, Offer};
use super::next;
use crate::access::Visitor;
use crate::access::terms::Terms;
use crate::clock::Moment;
use crate::db::Conn;
use crate::domain::country::Country;
use crate::domain::referral::Shared;
use crate::domain::term::Kind;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

/// A partner that got it, as its row shows it.
pub struct Line {
    pub name: String,
    /// Kind and text of the badge.
    pub badge: (&'static str, &'static str),
    pub text: String,
    /// Who got it after this one.
    pub moved: Option<String>,
}

/// `/inquiries/{token}`
#[derive(Template)]
#[template(path = "inquiry/status.html")]
pub struct StatusPage {
    pub page: Page,
    pub href: String,
    pub asked: String,
    pub erased: bool,
    pub need: String,
    /// Label and value.
    pub facts: Vec<(&'static str, String)>,
    pub lines: Vec<Line>,
    pub next: Vec<&'static str>,
    pub may_withdraw: bool,
}

/// In place of an inquiry whose link leads nowhere.
#[derive(Template)]
#[template(path = "inquiry/dead.html")]
pub struct DeadPage {
    pub page: Page,
}

/// An inquiry with its partners, on a page that speaks its language unless its reader has chosen
/// another.
pub(super) struct Shown {
    pub who: Visitor,
    pub inquiry: Inquiry,
    offers: Vec<Offer>,
    terms: Terms,
    pub href: String,
    now: Moment,
}

/// What the link shows, or the page that says that it shows nothing.
pub(super) async fn shown(mut who: Visitor, req: &HttpRequest, token: &str) -> Result<Result<Shown, HttpResponse>> {
    let id = match who.inquiry(token).await {
        Err(Error::NotFound) => {
            let page = Page::visitor(req, &who, who.lang.t("inquiry-dead-title"));
            return Ok(Err(page::html(StatusCode::NOT_FOUND, &DeadPage { page })?));
        }
        other => other?,
    };
    let read = move |conn: &mut Conn| Ok((model::find(conn, id)?, model::offers(conn, id)?, Terms::load(conn)?));
    let (inquiry, offers, terms) = who.look(read).await?;
    let chosen = req.cookie("lang").and_then(|cookie| Lang::from_text(cookie.value()));
    who.lang = chosen.unwrap_or(inquiry.lang());
    let now = who.app().now();
    Ok(Ok(Shown { who, inquiry, offers, terms, href: format!("/inquiries/{token}"), now }))
}

/// `GET /inquiries/{token}`
pub async fn show(who: Visitor, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    let shown = match shown(who, &req, &token).await? {
        Ok(shown) => shown,
        Err(dead) => return Ok(dead),
    };
    let page = Page::visitor(&req, &shown.who, shown.who.lang.t("inquiry-status-title"));
    page::ok(&StatusPage {
        asked: page.moment(shown.inquiry.created_at),
        erased: shown.inquiry.erased_at.is_some(),
        need: shown.inquiry.need.clone(),
        facts: facts(&page, &shown),
        lines: lines(&page, &shown),
        next: what_next(&page, &shown),
        may_withdraw: shown.may_withdraw(),
        href: shown.href,
        page,
    })
}

impl Shown {
    pub fn waiting(&self) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter(|offer| offer.waits(self.now))
    }
    pub fn may_withdraw(&self) -> bool {
        self.waiting().next().is_some() || next::moves_on(&self.inquiry, &self.offers, self.now)
    }
}

fn facts(page: &Page, shown: &Shown) -> Vec<(&'static str, String)> {
    let (one, terms) = (&shown.inquiry, &shown.terms);
    let names = |kind, keys: &str| {
        let keys: Vec<String> = keys.split_whitespace().map(str::to_owned).collect();
        terms.names(kind, &keys, page.lang).join(", ")
    };
    let country = Country::name_of(&one.country, page.lang.as_str());
    let place = [one.city.as_str(), country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let facts = [
        ("inquiry-fact-products", names(Kind::Product, &one.products)),
        ("inquiry-fact-services", names(Kind::Service, &one.services)),
        ("inquiry-fact-time-frame", page.word("time-frame", one.time_frame.as_str()).to_owned()),
        ("inquiry-size", names(Kind::Size, &one.size)),
        ("inquiry-industry", names(Kind::Industry, &one.industry)),
        ("inquiry-company", one.company.clone()),
        ("inquiry-place", place),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (page.t(key), value)).collect()
}

fn lines(page: &Page, shown: &Shown) -> Vec<Line> {
    let line = |(at, offer): (usize, &Offer)| {
        let state = offer.state(shown.now);
        let (kind, when) = match state {
            Shared::Received => ("info", offer.expires_at),
            Shared::Accepted | Shared::Won => ("ok", offer.answered_at.unwrap_or(offer.offered_at)),
            Shared::Expired => ("ended", offer.expires_at),
            _ => ("ended", offer.closed_at.unwrap_or(offer.expires_at)),
        };
        let about = [("partner", offer.name.clone().into()), ("when", page.moment(when).into())];
        let over = matches!(state, Shared::Declined | Shared::Expired);
        let later = shown.offers[at..].iter().find(|later| over && later.offered_at > offer.offered_at);
        Line {
            name: offer.name.clone(),
            badge: (kind, page.word("inquiry-state", state.as_str())),
            text: page.ta(&format!("inquiry-line-{}", state.as_str()), &about),
            moved: later.map(|later| page.t1("inquiry-moved", "partner", &later.name)),
        }
    };
    shown.offers.iter().enumerate().map(line).collect()
}

fn what_next(page: &Page, shown: &Shown) -> Vec<&'static str> {
    let (one, offers, now) = (&shown.inquiry, &shown.offers, shown.now);
    let further = next::may_go_further(one, offers);
    let mut next = Vec::new();
    match () {
        () if one.erased_at.is_some() => {}
        () if shown.waiting().next().is_some() => {
            next.push(page.t("inquiry-next-wait"));
            next.push(page.t(if further { "inquiry-next-moves" } else { "inquiry-next-stays" }));
        }
        () if offers.iter().any(|offer| offer.is_alive(now)) => next.push(page.t("inquiry-next-accepted")),
        () if next::moves_on(one, offers, now) => next.push(page.t("inquiry-next-searching")),
        () if offers.is_empty() => next.push(page.t("inquiry-next-nobody")),
        () => next.push(page.t("inquiry-next-over")),
    }
    next
}
