//! One act on many customers: those ticked, or all that match the view. Always a job, so that
//! three rows and three hundred thousand behave the same and end in the same result page.

use super::model::{self, Colleague, Tag};
use super::{export, handlers, queries, tags};
use crate::access::may::Because;
use crate::access::permissions::LabelCustomers;
use crate::access::posted::Posted;
use crate::access::{App, Can, Scope, jobs};
use crate::db::Conn;
use crate::db::ids::{CustomerId, JobId, TagId, UserId};
use crate::db::schema::customer_account;
use crate::db::search::{Key, Order, Window};
use crate::domain::CustomerStatus;
use crate::error::{Error, Result};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Whom and what, as the list's form and the choice page send it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BulkForm {
    id: Vec<String>,
    /// `yes`: all that match `view`, not only the ticked.
    all: String,
    view: String,
    /// `tag` or `owner` from the list; `add-tag`, `remove-tag` or `set-owner` from the choice.
    act: String,
    tag: String,
    owner: String,
}

/// Ticked rows that one form may carry; more is "all that match".
const MOST_TICKED: usize = 200;

/// The customers of an act: those ticked, or all that match a view.
#[derive(Debug, Clone)]
pub enum Chosen {
    Ticked(Vec<CustomerId>),
    Matching(String),
}

impl Chosen {
    /// As the list's form sends them.
    pub fn of(ids: &[String], all: &str, view: &str) -> Result<Self> {
        if all == "yes" {
            return Ok(Self::Matching(view.to_owned()));
        }
        if ids.len() > MOST_TICKED {
            return Err(Error::BadRequest("rows"));
        }
        ids.iter().map(|id| id.parse().map_err(|()| Error::NotFound)).collect::<Result<_>>().map(Self::Ticked)
    }
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Ticked(ids) if ids.is_empty())
    }
    /// What a job needs to find them again; see [`piece`].
    pub fn payload(&self) -> Value {
        match self {
            Self::Ticked(ids) => json!({ "ids": ids }),
            Self::Matching(view) => json!({ "view": view }),
        }
    }
    /// The first names of those ticked, and how many there are, counted up to the cap.
    pub fn names_and_count(&self, scope: &Scope, conn: &mut Conn) -> Result<(Vec<String>, i64)> {
        match self {
            Self::Ticked(ids) => {
                let named = scope.all(customer_account::table).filter(crate::db::any_of(customer_account::id, ids)).limit(10);
                Ok((named.select(customer_account::company_name).load(conn)?, ids.len() as i64))
            }
            Self::Matching(view) => {
                let (_, query) = export::query_of(view);
                Ok((Vec::new(), crate::db::search::count(conn, scope, &query, queries::CAP + 1)?))
            }
        }
    }
}

/// How many are chosen, in words.
pub fn count_words(page: &Page, count: i64) -> String {
    if count > queries::CAP { page.t1("bulk-count-many", "shown", page.number(queries::CAP)) } else { page.tn("bulk-count", count) }
}

/// Which tag, or which owner.
#[derive(Template)]
#[template(path = "customers/bulk.html")]
pub struct BulkPage {
    pub page: Page,
    pub base: String,
    pub back: String,
    pub ids: Vec<String>,
    pub all: bool,
    pub view: String,
    pub act: String,
    pub tags: Vec<Tag>,
    pub colleagues: Vec<Colleague>,
    /// How many, in words.
    pub count: String,
    pub names: Vec<String>,
}

/// `POST /p/{account}/customers/bulk`: changes nothing yet.
pub async fn choose(who: Can<LabelCustomers>, req: HttpRequest, posted: Posted<BulkForm>) -> Result<HttpResponse> {
    let form = posted.form;
    let base = handlers::base(&who.account.slug);
    let chosen = Chosen::of(&form.id, &form.all, &form.view)?;
    let (state, _) = export::query_of(&form.view);
    let back = format!("{base}{}", state.view_query());
    if chosen.is_empty() {
        return Ok(page::see(&back, Some("flash-bulk-none")));
    }
    if !matches!(form.act.as_str(), "tag" | "owner") {
        return Err(Error::BadRequest("act"));
    }
    let wanted = chosen.clone();
    let (tags, colleagues, (names, count)) = who
        .read(move |scope, conn| Ok((model::all_tags(scope, conn)?, model::colleagues(scope, conn)?, wanted.names_and_count(scope, conn)?)))
        .await?;
    let page =
        Page::member(&req, &who, "customers", who.user.lang.t(if form.act == "tag" { "bulk-tag-title" } else { "bulk-owner-title" }));
    let (all, count) = (form.all == "yes", count_words(&page, count));
    page::ok(&BulkPage { page, base, back, ids: form.id, all, view: form.view, act: form.act, tags, colleagues, count, names })
}

/// `POST /p/{account}/customers/bulk/run`
pub async fn run(who: Can<LabelCustomers>, posted: Posted<BulkForm>) -> Result<HttpResponse> {
    let form = posted.form;
    let chosen = Chosen::of(&form.id, &form.all, &form.view)?;
    let (tag, owner) = (form.tag.parse::<TagId>(), form.owner.parse::<UserId>());
    let change = match (form.act.as_str(), tag, owner) {
        ("add-tag", Ok(tag), _) => json!({ "tag": tag, "on": true }),
        ("remove-tag", Ok(tag), _) => json!({ "tag": tag, "on": false }),
        ("set-owner", _, Ok(owner)) => json!({ "owner": owner }),
        ("set-owner", _, _) if form.owner == super::index::NOBODY => json!({ "owner": null }),
        ("add-tag" | "remove-tag" | "set-owner", _, _) => {
            return Ok(page::see(&format!("{}{}", handlers::base(&who.account.slug), form.view), Some("flash-bulk-unchosen")));
        }
        _ => return Err(Error::BadRequest("act")),
    };
    let mut payload = chosen.payload();
    payload["change"] = change.clone();
    let slug = who.account.slug.clone();
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            check_own(scope, conn, &change)?;
            let job = jobs::enqueue(scope, conn, "customers.change", &payload)?;
            Ok(format!("/p/{slug}/jobs/{job}"))
        })
        .await?;
    Ok(page::see(&location, None))
}

/// The tag or owner must be this account's, or the job would only fail row by row.
fn check_own(scope: &Scope, conn: &mut Conn, change: &Value) -> Result<()> {
    if let Ok(tag) = serde_json::from_value::<TagId>(change["tag"].clone()) {
        model::all_tags(scope, conn)?.iter().find(|one| one.id == tag).ok_or(Error::NotFound)?;
    }
    if let Ok(owner) = serde_json::from_value::<UserId>(change["owner"].clone()) {
        model::member_name(scope, conn, owner)?.ok_or(Error::NotFound)?;
    }
    Ok(())
}

/// The job behind [`run`]: one piece.
pub fn run_change(_: &App, scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<jobs::Step> {
    let (ids, next) = piece(scope, conn, payload, progress)?;
    let change = &payload["change"];
    let (mut done, mut failed) = (0, 0);
    for id in ids {
        match apply(scope, conn, id, change) {
            Ok(_) => done += 1,
            Err(Error::NotFound | Error::NotAllowed(_)) => failed += 1,
            Err(other) => return Err(other),
        }
    }
    Ok(jobs::Step { done, failed, next, ..jobs::Step::default() })
}

fn apply(scope: &Scope, conn: &mut Conn, id: CustomerId, change: &Value) -> Result<bool> {
    // A former customer's record is for reading.
    if model::find(scope, conn, id)?.status == CustomerStatus::Ended {
        return Err(Error::NotAllowed(Because::Ended));
    }
    match serde_json::from_value::<TagId>(change["tag"].clone()) {
        Ok(tag) => tags::put(scope, conn, id, tag, change["on"] == true),
        Err(_) => tags::assign(scope, conn, id, serde_json::from_value(change["owner"].clone()).map_err(Error::internal)?),
    }
}

/// The next customers of a job, and where the one after continues.
pub fn piece(scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<(Vec<CustomerId>, Option<Value>)> {
    match payload["view"].as_str() {
        Some(view) => matching(scope, conn, view, progress),
        None => ticked(payload, progress),
    }
}

/// The ticked ids from where the last piece stopped.
fn ticked(payload: &Value, progress: &Value) -> Result<(Vec<CustomerId>, Option<Value>)> {
    let all: Vec<CustomerId> = serde_json::from_value(payload["ids"].clone()).map_err(Error::internal)?;
    let from = progress.as_u64().unwrap_or(0) as usize;
    let piece: Vec<CustomerId> = all.iter().skip(from).take(tags::PIECE as usize).copied().collect();
    let to = from + piece.len();
    Ok((piece, (to < all.len()).then(|| to.into())))
}

/// What matches the view, in the order of names, after the row where the last piece stopped.
fn matching(scope: &Scope, conn: &mut Conn, view: &str, progress: &Value) -> Result<(Vec<CustomerId>, Option<Value>)> {
    let (_, query) = export::query_of(view);
    let after = progress.as_array().and_then(|pair| {
        let key = crate::config::unhex(pair.first()?.as_str()?)?;
        Some((Key::Name(key), pair.get(1)?.as_str()?.parse().ok()?))
    });
    let window = Window { order: Order::Name, descending: false, after, limit: tags::PIECE };
    let ids = queries::ids(scope, conn, &query, &window)?;
    let next = match ids.last() {
        Some(last) if ids.len() as i64 == tags::PIECE => {
            let key: Vec<u8> =
                scope.all(customer_account::table).filter(customer_account::id.eq(last)).select(customer_account::name_key).first(conn)?;
            Some(json!([crate::config::hex(&key), last]))
        }
        _ => None,
    };
    Ok((ids, next))
}

/// `/p/{account}/jobs/{job}`: how far it is, and the result.
#[derive(Template)]
#[template(path = "customers/job.html")]
pub struct JobPage {
    pub page: Page,
    pub base: String,
    pub job: jobs::Job,
    pub running: bool,
}

/// `GET /p/{account}/jobs/{job}`
pub async fn show_job(who: Can<LabelCustomers>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id: JobId = path.1.parse().map_err(|()| Error::NotFound)?;
    let job = who.read(move |scope, conn| jobs::find(scope, conn, id)).await?;
    let page = Page::member(&req, &who, "customers", who.user.lang.t("job-title"));
    let running = matches!(job.state.as_str(), "queued" | "running");
    page::ok(&JobPage { page, base: handlers::base(&who.account.slug), job, running })
}
