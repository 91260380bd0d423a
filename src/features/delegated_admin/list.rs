//! An account's delegated admin: what holds, what ends soon, what is over; and its extension by
//! six months for many at once, with a result for each.

use super::acts;
use super::model::{self, Granted, Wanted};
use super::{list_href, tab, tab_href, words};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{RequestAdmin, ViewCustomers};
use crate::access::posted::Posted;
use crate::access::{App, Can, Scope, jobs};
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::{AdminId, CustomerId, JobId};
use crate::db::search::{Order, Query, Window};
use crate::domain::relationship::delegated_admin::NotExtended;
use crate::error::{Error, Result};
use crate::features::customers::queries::{self as customers, CAP};
use crate::web::list::{Column, Cursor, Spec, State};
use crate::web::listing::{self, Beside};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The list, declared once. Its filter is its tabs: what holds, unless `expiring` or `over`.
pub const SPEC: Spec = Spec {
    columns: &[Column { key: "customer", default: true, sort: None }],
    filters: &["state"],
    sorts: &[("end", false)],
    sizes: &[25, 50, 100, 200],
};

/// Days before the end in which rights are *expiring*.
const SOON: i64 = 30;
/// Customers that a search of this list looks at.
const SEARCHED: i64 = 1_000;
/// Most rows of one bulk act.
const MOST: i64 = 10_000;

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Holds,
    Expiring,
    Over,
}

fn which(state: &State) -> Which {
    match state.values("state").first().map(String::as_str) {
        Some("expiring") => Which::Expiring,
        Some("over") => Which::Over,
        _ => Which::Holds,
    }
}

/// The customers that a search means, as in their own list; `None` where nothing is searched.
fn searched(scope: &Scope, conn: &mut Conn, state: &State) -> Result<Option<Vec<CustomerId>>> {
    if state.search.is_empty() {
        return Ok(None);
    }
    let window = Window { order: Order::Name, descending: false, after: None, limit: SEARCHED };
    Ok(Some(customers::ids(scope, conn, &Query::new(&state.search, Vec::new()), &window)?))
}

/// What a view wants.
fn wanted<'a>(scope: &Scope, state: &State, customers: Option<&'a [CustomerId]>) -> Wanted<'a> {
    let which = which(state);
    let until = (which == Which::Expiring).then(|| scope.now.plus(SOON * DAY));
    Wanted { over: which == Which::Over, until, customers }
}

/// From where and in which direction a page of a view is read: one row more than it shows.
fn order(state: &State) -> model::Order {
    let after = state.cursor.as_ref().and_then(|cursor| {
        let at = Moment::from_micros(i64::from_be_bytes(cursor.value.as_slice().try_into().ok()?));
        Some((at, AdminId::from_uuid(cursor.id)))
    });
    let backwards = state.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    model::Order { descending: state.descending != backwards, after, limit: i64::from(state.size) + 1 }
}

/// `/p/{account}/delegated-admin`
#[derive(Template)]
#[template(path = "delegated_admin/list.html")]
pub struct ListPage {
    pub page: Page,
    pub base: String,
    pub state: State,
    pub total: String,
    pub tabs: Vec<(&'static str, String, bool)>,
    pub rows: Vec<Line>,
    pub over: bool,
    pub heading: (String, &'static str),
    pub previous: Option<String>,
    pub next: Option<String>,
    /// Why this member extends nothing.
    pub extend: Option<String>,
    pub view: String,
}

/// One row in words.
pub struct Line {
    pub id: String,
    pub company: String,
    pub href: String,
    pub name: String,
    pub roles: String,
    pub until: String,
    pub left: String,
    pub badge: (&'static str, &'static str),
    pub auto: &'static str,
}

fn line(page: &Page, slug: &str, now: Moment, one: &Granted) -> Line {
    let over = one.rights(now).is_empty();
    Line {
        id: one.admin.id.to_string(),
        company: one.company.clone(),
        href: tab_href(slug, one.admin.customer_id),
        name: one.admin.name.clone(),
        roles: words::names(page.lang, &one.admin.roles()),
        until: page.date(one.ends_at()),
        left: if over { words::ended(page, one) } else { words::left(page, one.ends_at(), now) },
        badge: words::badge(page, one.shown(now)),
        auto: page.t(if one.admin.auto_extend { "admin-auto-on" } else { "admin-auto-off" }),
    }
}

fn state(query: &str, who: &Can<ViewCustomers>) -> State {
    State::parse(&SPEC, query, who.preferences.size, None)
}

/// `GET /p/{account}/delegated-admin`
pub async fn show(who: Can<ViewCustomers>, req: HttpRequest) -> Result<HttpResponse> {
    let state = state(req.query_string(), &who);
    let asked = state.clone();
    let (mut rows, count) = who
        .read(move |scope, conn| {
            let customers = searched(scope, conn, &asked)?;
            let wanted = wanted(scope, &asked, customers.as_deref());
            let rows = model::list(scope, conn, &wanted, &order(&asked))?;
            let whole = asked.cursor.is_none() && rows.len() <= usize::from(asked.size);
            let count = if whole { rows.len() } else { model::ids(scope, conn, &wanted, CAP + 1)?.len() };
            Ok((rows, count as i64))
        })
        .await?;
    let beside = listing::cut(&state, &mut rows);
    page::ok(&view(&who, &req, state, &rows, count, beside))
}

fn view(who: &Can<ViewCustomers>, req: &HttpRequest, state: State, rows: &[Granted], count: i64, beside: Beside) -> ListPage {
    let (slug, base) = (&who.account.slug, list_href(&who.account.slug));
    let page = Page::member(req, who, "delegated-admin", who.user.lang.t("admins-title"));
    let total = listing::total(&page, count.min(CAP), count > CAP);
    let which = which(&state);
    let tab = |key, query: String, this| (page.t(key), format!("{base}{query}"), which == this);
    let tabs = vec![
        tab("admins-tab-holds", String::new(), Which::Holds),
        tab("admins-tab-expiring", state.only("state", &["expiring"]), Which::Expiring),
        tab("admins-tab-over", "?state=over&sort=-end".to_owned(), Which::Over),
    ];
    let cursor = |row: Option<&Granted>, backwards| {
        let cursor =
            |row: &Granted| Cursor { backwards, value: row.admin.ends_at.micros().to_be_bytes().to_vec(), id: row.admin.id.uuid() };
        row.map(|row| format!("{base}{}", state.at(cursor(row))))
    };
    ListPage {
        previous: cursor(rows.first().filter(|_| beside.previous), true),
        next: cursor(rows.last().filter(|_| beside.next), false),
        rows: rows.iter().map(|row| line(&page, slug, who.now(), row)).collect(),
        over: which == Which::Over,
        heading: (format!("{base}{}", state.sorted("end")), if state.descending { "descending" } else { "ascending" }),
        extend: page.why_not(who.may(Action::RequestAdmin, Relationship::None)),
        view: state.view_query(),
        tabs,
        total,
        base,
        state,
        page,
    }
}

/// Which rows to extend.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BulkForm {
    id: Vec<String>,
    /// `yes`: all that match `view`, not only the ticked.
    all: String,
    view: String,
}

/// `POST /p/{account}/delegated-admin/extend`: a job, so that three rows and three thousand end in
/// the same result page.
pub async fn extend(who: Can<RequestAdmin>, posted: Posted<BulkForm>) -> Result<HttpResponse> {
    let form = posted.form;
    let back = format!("{}{}", list_href(&who.account.slug), form.view);
    let all = form.all == "yes";
    let ids: Vec<AdminId> = form.id.iter().map(|id| super::id(id)).collect::<Result<_>>()?;
    if posted.review || (ids.is_empty() && !all) {
        return Ok(page::see(&back, (!posted.review).then_some("flash-bulk-none")));
    }
    let base = list_href(&who.account.slug);
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            let ids = match all {
                true => {
                    let state = State::parse(&SPEC, form.view.trim_start_matches('?'), None, None);
                    let customers = searched(scope, conn, &state)?;
                    model::ids(scope, conn, &wanted(scope, &state, customers.as_deref()), MOST)?
                }
                false => model::own(scope, conn, &ids)?,
            };
            let job = jobs::enqueue(scope, conn, EXTEND, &json!({ "ids": ids }))?;
            Ok(format!("{base}/extended/{job}"))
        })
        .await?;
    Ok(page::see(&location, None))
}

/// The kind of the job behind [`extend`].
pub const EXTEND: &str = "admins.extend";
/// Rows of one piece.
const PIECE: usize = 100;

/// How far the job is: rows done, and why the others were not extended.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Progress {
    at: usize,
    failed: Vec<(AdminId, String)>,
}

/// One piece of the job. The last one does nothing but end it, so that what the others found stays.
pub fn run_extend(_app: &App, scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<jobs::Step> {
    let ids: Vec<AdminId> = serde_json::from_value(payload["ids"].clone()).map_err(Error::internal)?;
    let mut progress: Progress = serde_json::from_value(progress.clone()).unwrap_or_default();
    let piece: Vec<AdminId> = ids.iter().skip(progress.at).take(PIECE).copied().collect();
    if piece.is_empty() {
        return Ok(jobs::Step::default());
    }
    let person = model::person(scope, conn)?;
    let (mut done, mut failed) = (0, 0);
    for id in &piece {
        let why = match acts::extend(scope, conn, *id, &person) {
            Ok(Ok(_)) => None,
            Ok(Err(why)) => Some(why.as_str()),
            Err(Error::NotFound) => Some(NotExtended::Over.as_str()),
            Err(other) => return Err(other),
        };
        match why {
            None => done += 1,
            Some(why) => {
                failed += 1;
                progress.failed.push((*id, why.to_owned()));
            }
        }
    }
    progress.at += piece.len();
    Ok(jobs::Step { done, failed, next: Some(serde_json::to_value(&progress).map_err(Error::internal)?), told: Vec::new() })
}

/// `/p/{account}/delegated-admin/extended/{job}`
#[derive(Template)]
#[template(path = "delegated_admin/extended.html")]
pub struct ExtendedPage {
    pub page: Page,
    pub crumbs: Vec<(String, String)>,
    pub base: String,
    pub job: jobs::Job,
    pub running: bool,
    pub lines: Vec<Outcome>,
    pub more: bool,
}

/// What became of one row.
pub struct Outcome {
    pub company: String,
    pub name: String,
    pub href: String,
    pub text: String,
    pub badge: (&'static str, &'static str),
}

/// Results on one page; those that failed come first.
const SHOWN: usize = 500;

/// `GET /p/{account}/delegated-admin/extended/{job}`
pub async fn show_extended(who: Can<ViewCustomers>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id: JobId = path.1.parse().map_err(|()| Error::NotFound)?;
    let (job, ids, failed, rows) = who
        .read(move |scope, conn| {
            let job = jobs::find(scope, conn, id)?;
            if job.kind != EXTEND {
                return Err(Error::NotFound);
            }
            let payload: Value = serde_json::from_str(&job.payload).map_err(Error::internal)?;
            let mut ids: Vec<AdminId> = serde_json::from_value(payload["ids"].clone()).map_err(Error::internal)?;
            let progress: Progress = serde_json::from_str(&job.progress).unwrap_or_default();
            ids.truncate(progress.at);
            let failed = progress.failed;
            ids.sort_by_key(|id| !failed.iter().any(|(one, _)| one == id));
            let shown: Vec<AdminId> = ids.iter().take(SHOWN).copied().collect();
            let rows = model::of(scope, conn, &shown)?;
            Ok((job, ids, failed, rows))
        })
        .await?;
    let slug = &who.account.slug;
    let page = Page::member(&req, &who, "delegated-admin", who.user.lang.t("admins-extended-title"));
    let lines = ids.iter().take(SHOWN).filter_map(|id| {
        let row = rows.iter().find(|row| row.admin.id == *id)?;
        let why = failed.iter().find(|(one, _)| one == id).and_then(|(_, why)| NotExtended::from_text(why));
        Some(outcome(&page, slug, row, why))
    });
    let view = ExtendedPage {
        crumbs: vec![(list_href(slug), page.t("admins-title").to_owned())],
        base: list_href(slug),
        running: matches!(job.state.as_str(), "queued" | "running"),
        lines: lines.collect(),
        more: ids.len() > SHOWN,
        job,
        page,
    };
    page::ok(&view)
}

fn outcome(page: &Page, slug: &str, row: &Granted, why: Option<NotExtended>) -> Outcome {
    let (badge, text) = match why {
        Some(why) => (("warn", page.t("admins-not-extended")), tab::why_not(page, why).to_owned()),
        None => (("ok", page.t("admins-extended")), page.t1("admins-extended-until", "date", page.date(row.ends_at()))),
    };
    Outcome { company: row.company.clone(), name: row.admin.name.clone(), href: tab_href(slug, row.admin.customer_id), text, badge }
}
