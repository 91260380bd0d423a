//! The operators' pages of routing: weights and rules, tried before they hold, and why each inquiry
//! went where it did.

use super::dry_run::{self, Case};
use super::form::SettingForm;
use super::queries::{self, Asked, Decision};
use super::{HREF, href, setting};
use crate::access::Operator;
use crate::access::posted::Posted;
use crate::access::terms::Terms;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{InquiryId, PartnerId};
use crate::domain::country::Country;
use crate::domain::routing::{Criterion, Setting};
use crate::domain::term::Kind;
use crate::error::{Error, Result};
use crate::web::form::{Errors, Field};
use crate::web::list::{Cursor, Spec, State};
use crate::web::listing::cut;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use std::collections::HashMap;

/// Inquiries, newest first.
const SPEC: Spec = Spec { columns: &[], filters: &[], sorts: &[("newest", true)], sizes: &[25, 50, 100, 200] };
/// Decisions that a dry run looks at, and rounds that it shows.
const TRIED: i64 = 500;
const SHOWN: usize = 200;

/// An inquiry, as its row shows it.
pub struct Line {
    pub href: String,
    pub when: String,
    pub place: String,
    pub industry: String,
    pub how: &'static str,
    pub receivers: String,
}

/// What a dry run found.
pub struct Tried {
    pub summary: String,
    /// Partner, inquiries it got, inquiries it would get.
    pub totals: Vec<(String, String, String)>,
    pub cases: Vec<CaseLine>,
}

/// A round of an inquiry, as its row shows it.
pub struct CaseLine {
    pub href: String,
    pub when: String,
    pub before: String,
    pub after: String,
    pub changes: bool,
}

/// `/operator/routing`
#[derive(Template)]
#[template(path = "routing/routing.html")]
pub struct RoutingPage {
    pub page: Page,
    pub errors: Errors,
    pub base: &'static str,
    pub weights: Vec<Field>,
    pub rules: Vec<Field>,
    pub tried: Option<Tried>,
    pub lines: Vec<Line>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// `GET /operator/routing`
pub async fn show(who: Operator, req: HttpRequest) -> Result<HttpResponse> {
    let form = SettingForm::of(&who.look(setting::load).await?);
    routing_page(&who, &req, &form, Errors::default(), None).await
}

fn title(req: &HttpRequest, who: &Operator) -> Page {
    Page::operator(req, who, HREF, who.user.lang.t("routing-title"))
}

async fn routing_page(who: &Operator, req: &HttpRequest, form: &SettingForm, errors: Errors, tried: Option<Tried>) -> Result<HttpResponse> {
    let page = title(req, who);
    let state = State::parse(&SPEC, req.query_string(), None, None);
    let from = state.cursor.as_ref().and_then(|cursor| {
        let at = i64::from_be_bytes(cursor.value.as_slice().try_into().ok()?);
        Some((Moment::from_micros(at), InquiryId::from_uuid(cursor.id), cursor.backwards))
    });
    let limit = i64::from(state.size) + 1;
    let read = move |conn: &mut Conn| {
        let rows = queries::inquiries(conn, from, limit)?;
        let ids: Vec<InquiryId> = rows.iter().map(|row| row.id).collect();
        Ok((rows, queries::receivers(conn, &ids)?, Terms::load(conn)?))
    };
    let (mut rows, receivers, terms) = who.look(read).await?;
    let beside = cut(&state, &mut rows);
    let cursor = |row: Option<&Asked>, backwards| {
        let at = |row: &Asked| Cursor { backwards, value: row.created_at.micros().to_be_bytes().to_vec(), id: row.id.uuid() };
        row.map(|row| format!("{HREF}{}", state.at(at(row))))
    };
    let failed = !errors.is_empty();
    let view = RoutingPage {
        base: HREF,
        weights: form.weights(&page, &errors),
        rules: form.rules(&page, &errors),
        previous: cursor(rows.first().filter(|_| beside.previous), true),
        next: cursor(rows.last().filter(|_| beside.next), false),
        lines: rows.iter().map(|row| line(&page, row, &receivers, &terms)).collect(),
        tried,
        errors,
        page,
    };
    page::form(&view, failed)
}

fn place(page: &Page, row: &Asked) -> String {
    let country = Country::name_of(&row.country, page.lang.as_str());
    [row.city.as_str(), country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn line(page: &Page, row: &Asked, receivers: &HashMap<InquiryId, Vec<String>>, terms: &Terms) -> Line {
    Line {
        href: href(row.id),
        when: page.moment(row.created_at),
        place: place(page, row),
        industry: terms.name(Kind::Industry, &row.industry, page.lang).to_owned(),
        how: page.t(if row.named { "routing-how-named" } else { "routing-how-routed" }),
        receivers: receivers.get(&row.id).map_or_else(String::new, |names| names.join(", ")),
    }
}

/// `POST /operator/routing`: tries a setting, or makes it hold.
pub async fn save(who: Operator, req: HttpRequest, posted: Posted<SettingForm>) -> Result<HttpResponse> {
    let (form, mut errors) = (posted.form, Errors::default());
    let page = title(&req, &who);
    let Some(setting) = form.parse(&page, &mut errors).filter(|_| !posted.review) else {
        return routing_page(&who, &req, &form, errors, None).await;
    };
    if form.action == "save" {
        who.set_setting(setting::NAME.to_owned(), serde_json::to_string(&setting).map_err(Error::internal)?).await?;
        return Ok(page::see(HREF, Some("flash-routing-saved")));
    }
    let now = who.app().now();
    let decisions = who.look(move |conn| queries::last_month(conn, now, TRIED)).await?;
    let tried = tried(&page, &dry_run::again(&setting, &decisions));
    routing_page(&who, &req, &form, errors, Some(tried)).await
}

fn tried(page: &Page, cases: &[Case]) -> Tried {
    let changed = cases.iter().filter(|case| case.changes()).count() as i64;
    let count = [("count", changed.into()), ("shown", page.number(changed).into()), ("total", page.number(cases.len() as i64).into())];
    let names = |names: &[String]| if names.is_empty() { page.t("routing-nobody").to_owned() } else { names.join(", ") };
    Tried {
        summary: if cases.is_empty() { page.t("routing-tried-none").to_owned() } else { page.ta("routing-tried", &count) },
        totals: dry_run::totals(cases).into_iter().map(|(name, before, after)| (name, page.number(before), page.number(after))).collect(),
        cases: cases
            .iter()
            .take(SHOWN)
            .map(|case| CaseLine {
                href: href(case.inquiry),
                when: page.moment(case.at),
                before: names(&case.before),
                after: names(&case.after),
                changes: case.changes(),
            })
            .collect(),
    }
}

/// A candidate, as its row shows it.
pub struct Weighed {
    pub place: String,
    pub name: String,
    pub chosen: bool,
    /// Why a rule kept it out.
    pub bar: Option<&'static str>,
    pub total: String,
    /// Points of each criterion, in their order.
    pub points: Vec<String>,
    pub km: String,
    pub open: String,
}

/// A decision, as the page shows it.
pub struct Told {
    pub title: String,
    pub when: String,
    pub most: String,
    pub weights: Vec<(&'static str, String)>,
    pub candidates: Vec<Weighed>,
}

/// `/operator/routing/{inquiry}`
#[derive(Template)]
#[template(path = "routing/inquiry.html")]
pub struct InquiryPage {
    pub page: Page,
    pub crumbs: Vec<(&'static str, &'static str)>,
    pub line: Line,
    pub criteria: Vec<&'static str>,
    pub decisions: Vec<Told>,
}

/// `GET /operator/routing/{inquiry}`
pub async fn explain(who: Operator, req: HttpRequest, id: web::Path<String>) -> Result<HttpResponse> {
    let id: InquiryId = id.parse().map_err(|()| Error::NotFound)?;
    let read = move |conn: &mut Conn| {
        Ok((queries::one(conn, id)?, queries::receivers(conn, &[id])?, queries::of_inquiry(conn, id)?, Terms::load(conn)?))
    };
    let (row, receivers, decisions, terms) = who.look(read).await?;
    let mut page = title(&req, &who);
    page.title = page.t1("routing-inquiry-title", "when", page.moment(row.created_at));
    page::ok(&InquiryPage {
        crumbs: vec![(HREF, page.t("routing-title"))],
        line: line(&page, &row, &receivers, &terms),
        criteria: Criterion::ALL.iter().map(|criterion| page.word("criterion", criterion.as_str())).collect(),
        decisions: decisions.chunk_by(|a, b| a.at == b.at).map(|round| told(&page, round)).collect(),
        page,
    })
}

/// Decisions of one moment are one: the same candidates, of whom the best were chosen.
fn told(page: &Page, round: &[Decision]) -> Told {
    let decision = &round[0];
    let setting: &Setting = &decision.setting;
    let chosen: Vec<PartnerId> = round.iter().filter_map(|one| one.chosen).collect();
    let weighed = |(at, kept): (usize, &super::decide::Kept)| {
        let (measure, bar) = (&kept.measure, setting.bar(&kept.measure));
        let points = Criterion::ALL.iter().map(|criterion| measure.points.get(criterion).copied().unwrap_or(0));
        Weighed {
            place: if bar.is_none() { page.number(at as i64 + 1) } else { String::new() },
            name: kept.name.clone(),
            chosen: chosen.contains(&kept.partner),
            bar: bar.map(|bar| page.word("routing-bar", bar.as_str())),
            total: page.number(setting.total(measure).into()),
            points: points.map(|points| page.number(points.into())).collect(),
            km: measure.km.map_or_else(String::new, |km| page.number(km)),
            open: page.number(measure.open),
        }
    };
    Told {
        title: page.t1("routing-decision", "number", page.number(decision.number)),
        when: page.moment(decision.at),
        most: page.number(setting.most().into()),
        weights: Criterion::ALL
            .iter()
            .map(|criterion| (page.word("criterion", criterion.as_str()), page.number(setting.weight(*criterion).into())))
            .collect(),
        candidates: decision.candidates.iter().enumerate().map(weighed).collect(),
    }
}
