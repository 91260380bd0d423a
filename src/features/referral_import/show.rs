//! `/p/{account}/referrals/import/{import}`: what was created, updated and left out, the file of
//! what to correct, and the way back.

use super::columns::{COLUMNS, Cells};
use super::run::{self, Outcome, Task};
use super::{href, new_href};
use crate::access::permissions::ImportReferrals;
use crate::access::posted::Posted;
use crate::access::referral::Sight;
use crate::access::{Can, Scope};
use crate::clock::Moment;
use crate::db::ids::{ImportId, ReferralId, UserId};
use crate::db::schema::{job, referral_import};
use crate::db::{Conn, DbResult};
use crate::error::{Error, Result};
use crate::features::referrals;
use crate::features::sign_in::handlers::Empty;
use crate::web::export::{self, Format};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;

/// Rows shown of each sort.
const SHOWN: usize = 200;

/// An import as its page reads it.
#[derive(Debug, Clone, Queryable)]
struct Import {
    state: String,
    created: i64,
    updated: i64,
    failed: i64,
    changes: String,
    created_by: UserId,
    created_at: Moment,
}

/// An import of this account; a member who sees but its own referrals finds but its own imports.
fn find(scope: &Scope, conn: &mut Conn, sight: Sight, id: ImportId) -> Result<(Import, Vec<Outcome>)> {
    let row: Import = scope
        .all(referral_import::table)
        .filter(referral_import::id.eq(id))
        .select((
            referral_import::state,
            referral_import::created,
            referral_import::updated,
            referral_import::failed,
            referral_import::changes,
            referral_import::created_by,
            referral_import::created_at,
        ))
        .first(conn)?;
    if sight.own().is_some_and(|user| user != row.created_by) {
        return Err(Error::NotFound);
    }
    let outcomes = serde_json::from_str(&row.changes).map_err(Error::internal)?;
    Ok((row, outcomes))
}

/// The jobs of an import that are not finished, and its rows as they came.
fn jobs_of(scope: &Scope, conn: &mut Conn, since: Moment, id: ImportId) -> DbResult<(bool, Option<Task>)> {
    let rows: Vec<(String, String)> = scope
        .all(job::table)
        .filter(job::kind.eq_any(["referrals.import", "referrals.undo"]))
        .filter(job::created_at.ge(since))
        .order(job::id)
        .limit(50)
        .select((job::state, job::payload))
        .load(conn)?;
    let named = id.to_string();
    let own: Vec<_> = rows.into_iter().filter(|(_, payload)| payload.contains(&named)).collect();
    let running = own.iter().any(|(state, _)| matches!(state.as_str(), "queued" | "running"));
    Ok((running, own.iter().find_map(|(_, payload)| serde_json::from_str(payload).ok())))
}

/// One row in words.
pub struct Line {
    pub row: usize,
    pub href: Option<String>,
    pub words: Vec<(String, String)>,
    pub left: bool,
}

#[derive(Template)]
#[template(path = "referral_import/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub list: String,
    pub again: String,
    pub href: String,
    pub when: String,
    pub running: bool,
    pub undone: bool,
    pub summary: String,
    pub failed: Vec<Line>,
    pub done: Vec<Line>,
    pub more: bool,
    /// What undoing left as it is.
    pub left: i64,
    pub may_undo: bool,
}

fn id(text: &str) -> Result<ImportId> {
    text.parse().map_err(|()| Error::NotFound)
}

/// `GET /p/{account}/referrals/import/{import}`
pub async fn show(who: Can<ImportReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (id, sight) = (id(&path.1)?, Sight::of(&who));
    let (import, outcomes, running) = who
        .read(move |scope, conn| {
            let (import, outcomes) = find(scope, conn, sight, id)?;
            let (running, _) = jobs_of(scope, conn, import.created_at, id)?;
            Ok((import, outcomes, running))
        })
        .await?;
    let page = Page::member(&req, &who, "referrals", who.user.lang.t("import-result"));
    let slug = &who.account.slug;
    let line = |one: &Outcome| Line {
        row: one.row,
        href: one.referral.map(|id: ReferralId| referrals::href(slug, id)),
        words: one.errors.clone(),
        left: one.left,
    };
    let (failed, done): (Vec<&Outcome>, Vec<&Outcome>) = outcomes.iter().partition(|one| !one.errors.is_empty());
    let undone = import.state == "undone";
    let numbers = [("created", import.created), ("updated", import.updated), ("failed", import.failed)];
    let args: Vec<_> = numbers.iter().map(|(name, value)| (*name, page.number(*value).into())).collect();
    page::ok(&ShowPage {
        list: referrals::list_href(slug),
        again: new_href(slug),
        href: href(slug, id),
        when: page.moment(import.created_at),
        summary: page.ta("import-result-summary", &args),
        more: failed.len() > SHOWN || done.len() > SHOWN,
        left: outcomes.iter().filter(|one| one.left).count() as i64,
        may_undo: !running && !undone && !done.is_empty(),
        failed: failed.iter().take(SHOWN).map(|one| line(one)).collect(),
        done: done.iter().take(SHOWN).map(|one| line(one)).collect(),
        running,
        undone,
        page,
    })
}

/// `POST /p/{account}/referrals/import/{import}/undo`
pub async fn undo(who: Can<ImportReferrals>, path: web::Path<(String, String)>, posted: Posted<Empty>) -> Result<HttpResponse> {
    let (id, sight) = (id(&path.1)?, Sight::of(&who));
    let back = href(&who.account.slug, id);
    if posted.review {
        return Ok(page::see(&back, None));
    }
    let undone = who.write(move |scope, conn| {
        find(scope, conn, sight, id)?;
        run::undo(scope, conn, id)
    });
    match undone.await {
        Ok(()) | Err(Error::Conflict) => Ok(page::see(&back, None)),
        Err(other) => Err(other),
    }
}

/// `GET /p/{account}/referrals/import/{import}/errors.csv`: the rows that were left out, to be
/// corrected and imported again.
pub async fn errors(who: Can<ImportReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (id, sight) = (id(&path.1)?, Sight::of(&who));
    let rows = who
        .read(move |scope, conn| {
            let (import, outcomes) = find(scope, conn, sight, id)?;
            let task = jobs_of(scope, conn, import.created_at, id)?.1.ok_or(Error::NotFound)?;
            Ok(rows(&task, &outcomes))
        })
        .await?;
    let head = std::iter::once("Errors").chain(COLUMNS.iter().map(|(column, _)| *column)).collect();
    export::stream("referrals-errors", Format::of(req.path(), req.query_string()), head, export::whole(rows)).await
}

fn rows(task: &Task, outcomes: &[Outcome]) -> Vec<Vec<String>> {
    let cells = |number: usize| task.lines.iter().find(|line| line.number == number).map(|line| &line.cells);
    let row = |one: &Outcome| {
        let errors: Vec<String> = one.errors.iter().map(|(column, message)| format!("{column}: {message}")).collect();
        let empty = Cells::new();
        let cells = cells(one.row).unwrap_or(&empty);
        let values = COLUMNS.iter().map(|(_, field)| cells.get(*field).cloned().unwrap_or_default());
        std::iter::once(errors.join(" ")).chain(values).collect()
    };
    outcomes.iter().filter(|one| !one.errors.is_empty()).map(row).collect()
}
