//! The job of an import, and the one that undoes it: in pieces, under the rules of the pages.

use super::columns::{Cells, Line};
use super::judge::{Judge, Move, Plan, Verdict};
use crate::access::audit::{Event, Fields};
use crate::access::referral::{Sight, of_referral};
use crate::access::terms::Terms;
use crate::access::{App, Scope, audit, jobs};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{ImportId, JobId, ObjectId, ReferralId, UserId};
use crate::db::schema::{referral, referral_detail, referral_import};
use crate::domain::referral::{Reason, State, Step, step};
use crate::error::{Error, Result};
use crate::features::referrals::acts::{self, Accept, Own, Section};
use crate::features::referrals::model;
use crate::i18n::Lang;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashSet;

/// Rows of one piece.
const PIECE: usize = 25;

/// What an import is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    pub id: ImportId,
    pub lines: Vec<Line>,
    pub lang: String,
    /// Whose referrals alone, where it is not all.
    pub own: Option<UserId>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub row: usize,
    pub referral: Option<ReferralId>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub created: bool,
    /// The version that it left: changed since where there is another.
    pub version: i64,
    /// The sections before, in full, so that they can be put back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// Fields that were changed, as they were.
    #[serde(default, skip_serializing_if = "Cells::is_empty")]
    pub fields: Cells,
    /// Columns and what is wrong with each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<(String, String)>,
    /// Undoing left it: somebody had worked on it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub left: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// A referral before an import changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The cells of the export.
    pub cells: Cells,
    pub consent_at: Option<i64>,
    pub moved: bool,
}

/// Enqueues an import, and makes its row, by which it is found.
pub fn enqueue(scope: &Scope, conn: &mut Conn, user: UserId, task: &Task) -> Result<JobId> {
    diesel::insert_into(referral_import::table)
        .values((
            referral_import::partner_id.eq(scope.id()),
            referral_import::id.eq(task.id),
            referral_import::state.eq("done"),
            referral_import::created.eq(0),
            referral_import::updated.eq(0),
            referral_import::failed.eq(0),
            referral_import::changes.eq("[]"),
            referral_import::created_by.eq(user),
            referral_import::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    let after = Fields::from_iter([("rows".to_owned(), task.lines.len().to_string().into())]);
    record(scope, conn, "referrals.import", task.id, after)?;
    jobs::enqueue(scope, conn, "referrals.import", &serde_json::to_value(task).map_err(Error::internal)?)
}

/// One piece of an import.
pub fn run(_app: &App, scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<jobs::Step> {
    let task: Task = serde_json::from_value(payload.clone()).map_err(Error::internal)?;
    let user = scope.user().ok_or_else(|| Error::internal("a job needs a member"))?;
    let judge =
        Judge { lang: Lang::from_text(&task.lang).unwrap_or(Lang::En), sight: Sight::from_own(task.own), user, terms: Terms::load(conn)? };
    let from = progress.as_u64().unwrap_or(0) as usize;
    let to = (from + PIECE).min(task.lines.len());
    // An id counts once, also in the rows before.
    let mut seen: HashSet<String> = task.lines[..from].iter().filter_map(|line| line.cells.get("id").cloned()).collect();
    let mut outcomes = Vec::new();
    for line in &task.lines[from..to] {
        outcomes.extend(one(scope, conn, &judge, line, &mut seen, task.id)?);
    }
    let failed = outcomes.iter().filter(|one| !one.errors.is_empty()).count() as i64;
    note(scope, conn, task.id, outcomes)?;
    Ok(jobs::Step { done: (to - from) as i64 - failed, failed, next: (to < task.lines.len()).then(|| to.into()), told: Vec::new() })
}

/// What becomes of one row; nothing to tell where it changes nothing.
fn one(
    scope: &Scope,
    conn: &mut Conn,
    judge: &Judge,
    line: &Line,
    seen: &mut HashSet<String>,
    import: ImportId,
) -> Result<Option<Outcome>> {
    let outcome = |referral: Option<ReferralId>| Outcome {
        row: line.number,
        referral,
        created: false,
        version: 0,
        before: None,
        fields: Cells::new(),
        errors: Vec::new(),
        left: false,
    };
    Ok(match judge.verdict(scope, conn, line, seen)? {
        Verdict::Same => None,
        Verdict::Wrong(errors) => Some(Outcome { errors, ..outcome(None) }),
        Verdict::Create(own) => {
            let id = create(scope, conn, &own, import)?;
            Some(Outcome { created: true, version: version(scope, conn, id)?, ..outcome(Some(id)) })
        }
        Verdict::Update(plan) => {
            let id = plan.row.id;
            let before = before(scope, conn, &plan)?;
            apply(scope, conn, judge.user, &plan)?;
            let fields = plan.before.clone();
            Some(Outcome { version: version(scope, conn, id)?, before: Some(before), fields, ..outcome(Some(id)) })
        }
    })
}

fn create(scope: &Scope, conn: &mut Conn, own: &Own, import: ImportId) -> Result<ReferralId> {
    let id = acts::create_own(scope, conn, own)?;
    diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)))
        .set(referral_detail::import_id.eq(Some(import)))
        .execute(conn)?;
    Ok(id)
}

fn version(scope: &Scope, conn: &mut Conn, id: ReferralId) -> Result<i64> {
    Ok(scope.all(referral::table).filter(referral::id.eq(id)).select(referral::version).first(conn)?)
}

fn before(scope: &Scope, conn: &mut Conn, plan: &Plan) -> Result<Before> {
    let known = of_referral(scope, conn, plan.row.id)?;
    let detail = model::detail(scope, conn, plan.row.id)?;
    let cells = super::judge::cells_of(&plan.row, &detail, &known, plan.row.shown(scope.now));
    Ok(Before { cells, consent_at: known.consent_at.map(Moment::micros), moved: plan.to.is_some() })
}

/// Each section and the step, as the pages do them.
fn apply(scope: &Scope, conn: &mut Conn, user: UserId, plan: &Plan) -> Result<()> {
    let id = plan.row.id;
    for section in &plan.sections {
        let shown = version(scope, conn, id)?;
        acts::edit(scope, conn, Sight::ALL, id, shown, section)?;
    }
    let shown = version(scope, conn, id)?;
    match plan.to {
        None => Ok(()),
        Some(Move::Accept) => {
            let (deal, work) = plan.deal.clone().ok_or_else(|| Error::internal("a deal"))?;
            let owner = plan.row.owner_id.unwrap_or(user);
            acts::accept(scope, conn, Sight::ALL, id, shown, &Accept { deal, work, owner, contacted: false })
        }
        Some(Move::Decline(reason)) => acts::decline(scope, conn, Sight::ALL, id, shown, reason, ""),
        Some(Move::Win) => acts::win(scope, conn, Sight::ALL, id, shown),
        Some(Move::Lose(reason)) => acts::lose(scope, conn, Sight::ALL, id, shown, reason, ""),
    }
}

/// Adds what became of some rows to the import's own row.
fn note(scope: &Scope, conn: &mut Conn, id: ImportId, outcomes: Vec<Outcome>) -> Result<()> {
    let own = || scope.all(referral_import::table).filter(referral_import::id.eq(id));
    let before: String = own().select(referral_import::changes).first(conn)?;
    let mut all: Vec<Outcome> = serde_json::from_str(&before).map_err(Error::internal)?;
    all.extend(outcomes);
    let count = |which: fn(&Outcome) -> bool| all.iter().filter(|one| which(one)).count() as i64;
    diesel::update(own())
        .set((
            referral_import::created.eq(count(|one| one.created)),
            referral_import::updated.eq(count(|one| !one.created && one.errors.is_empty())),
            referral_import::failed.eq(count(|one| !one.errors.is_empty())),
            referral_import::changes.eq(serde_json::to_string(&all).map_err(Error::internal)?),
        ))
        .execute(conn)?;
    Ok(())
}

/// Begins to undo an import, once.
pub fn undo(scope: &Scope, conn: &mut Conn, id: ImportId) -> Result<()> {
    let open = scope.all(referral_import::table).filter(referral_import::id.eq(id)).filter(referral_import::state.eq("done"));
    let begun =
        diesel::update(open).set((referral_import::state.eq("undone"), referral_import::undone_at.eq(Some(scope.now)))).execute(conn)?;
    if begun == 0 {
        return Err(Error::Conflict);
    }
    record(scope, conn, "referrals.undo", id, Fields::new())?;
    jobs::enqueue(scope, conn, "referrals.undo", &serde_json::json!({ "id": id })).map(|_| ())
}

/// One piece of undoing.
pub fn run_undo(_app: &App, scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<jobs::Step> {
    let id: ImportId = serde_json::from_value(payload["id"].clone()).map_err(Error::internal)?;
    let own = || scope.all(referral_import::table).filter(referral_import::id.eq(id));
    let text: String = own().select(referral_import::changes).first(conn)?;
    let mut all: Vec<Outcome> = serde_json::from_str(&text).map_err(Error::internal)?;
    let from = progress.as_u64().unwrap_or(0) as usize;
    let to = (from + PIECE).min(all.len());
    let terms = Terms::load(conn)?;
    let user = scope.user().ok_or_else(|| Error::internal("a job needs a member"))?;
    let judge = Judge { lang: Lang::En, sight: Sight::ALL, user, terms };
    let mut failed = 0;
    for one in &mut all[from..to] {
        let Some(referral) = one.referral else { continue };
        one.left = !put_back(scope, conn, &judge, referral, one)?;
        failed += i64::from(one.left);
    }
    diesel::update(own()).set(referral_import::changes.eq(serde_json::to_string(&all).map_err(Error::internal)?)).execute(conn)?;
    Ok(jobs::Step { done: (to - from) as i64 - failed, failed, next: (to < all.len()).then(|| to.into()), told: Vec::new() })
}

/// Puts one referral back as it was; `false`, and nothing changed, where somebody has worked on it
/// since, or time does not allow it.
fn put_back(scope: &Scope, conn: &mut Conn, judge: &Judge, id: ReferralId, one: &Outcome) -> Result<bool> {
    let row = model::find(scope, conn, Sight::ALL, id).optional()?;
    let Some(row) = row.filter(|row| row.version == one.version) else { return Ok(false) };
    if one.created {
        // Its number is in the log, and stays taken: it is closed, not removed.
        acts::lose(scope, conn, Sight::ALL, id, row.version, Reason::Other, "")?;
        return Ok(true);
    }
    let Some(before) = &one.before else { return Ok(false) };
    if before.moved {
        let came = model::incoming(scope, conn, id)?;
        let followed = model::has_followed(scope, conn, &row, came.as_ref())?;
        // What was accepted stays accepted: its sender knows.
        if row.substatus == State::Accepted || step(&row.facts(followed), Step::Reopen, scope.now).is_err() {
            return Ok(false);
        }
        acts::reopen(scope, conn, Sight::ALL, id, row.version)?;
    }
    for section in sections(judge, before, &one.fields) {
        let shown = version(scope, conn, id)?;
        acts::edit(scope, conn, Sight::ALL, id, shown, &section)?;
    }
    Ok(true)
}

fn sections(judge: &Judge, before: &Before, changed: &Cells) -> Vec<Section> {
    judge.sections(&before.cells, before.consent_at.map(Moment::from_micros), |fields| {
        changed.keys().any(|field| fields.contains(&field.as_str()))
    })
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, id: ImportId, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "import", object, before: Fields::new(), after }).map(|_| ())
}
