//! The job of an import, and the one that undoes it: in pieces, under the rules of the pages.

use super::columns::{Cells, Line, column};
use super::judge::{Judge, Move, Plan, Verdict};
use crate::access::audit::{Event, Fields};
use crate::access::referral::{Sight, of_referral};
use crate::access::store::attempt;
use crate::access::terms::Terms;
use crate::access::{App, Scope, audit, jobs};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{ImportId, JobId, ObjectId, ReferralId, UserId};
use crate::db::schema::{engagement, handover, referral, referral_detail, referral_import, referral_note};
use crate::domain::referral::{Reason, State, Step, step};
use crate::error::{Error, Result};
use crate::features::referrals::acts::{self, Accept, Own, Section};
use crate::features::referrals::model;
use crate::i18n::Lang;
use diesel::dsl::exists;
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

impl Outcome {
    fn of(row: usize) -> Self {
        Self { row, referral: None, created: false, version: 0, before: None, fields: Cells::new(), errors: Vec::new(), left: false }
    }
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
        // Each row by itself: one that somebody or time was faster with leaves the others be.
        outcomes.extend(match attempt(conn, |conn| one(scope, conn, &judge, line, &mut seen, task.id)) {
            Err(Error::Conflict) => {
                let overtaken = judge.lang.t("import-overtaken").to_owned();
                Some(Outcome { errors: vec![(column("id").to_owned(), overtaken)], ..Outcome::of(line.number) })
            }
            other => other?,
        });
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
    let outcome = |referral: Option<ReferralId>| Outcome { referral, ..Outcome::of(line.number) };
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

/// Each section and the step, as the pages do them, on the version that was judged.
pub fn apply(scope: &Scope, conn: &mut Conn, user: UserId, plan: &Plan) -> Result<()> {
    let id = plan.row.id;
    let shown = edit(scope, conn, id, plan.row.version, &plan.sections)?;
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

/// Changes sections, of which each leaves the next version; the last of these.
fn edit(scope: &Scope, conn: &mut Conn, id: ReferralId, mut shown: i64, sections: &[Section]) -> Result<i64> {
    for section in sections {
        acts::edit(scope, conn, Sight::ALL, id, shown, section)?;
        shown += 1;
    }
    Ok(shown)
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
    let (text, since): (String, Moment) = own().select((referral_import::changes, referral_import::created_at)).first(conn)?;
    let mut all: Vec<Outcome> = serde_json::from_str(&text).map_err(Error::internal)?;
    let from = progress.as_u64().unwrap_or(0) as usize;
    let to = (from + PIECE).min(all.len());
    let terms = Terms::load(conn)?;
    let user = scope.user().ok_or_else(|| Error::internal("a job needs a member"))?;
    let judge = Judge { lang: Lang::En, sight: Sight::ALL, user, terms };
    let mut failed = 0;
    for one in &mut all[from..to] {
        let Some(referral) = one.referral else { continue };
        one.left = match attempt(conn, |conn| put_back(scope, conn, &judge, referral, one, since)) {
            Err(Error::Conflict) => true,
            other => !other?,
        };
        failed += i64::from(one.left);
    }
    diesel::update(own()).set(referral_import::changes.eq(serde_json::to_string(&all).map_err(Error::internal)?)).execute(conn)?;
    Ok(jobs::Step { done: (to - from) as i64 - failed, failed, next: (to < all.len()).then(|| to.into()), told: Vec::new() })
}

/// Puts one referral back as it was; `false`, and nothing changed, where somebody has worked on it
/// since, or time does not allow it.
fn put_back(scope: &Scope, conn: &mut Conn, judge: &Judge, id: ReferralId, one: &Outcome, since: Moment) -> Result<bool> {
    let row = model::find(scope, conn, Sight::ALL, id).optional()?;
    let Some(row) = row.filter(|row| row.version == one.version) else { return Ok(false) };
    if is_worked_on(scope, conn, id, if one.created { Moment::from_micros(0) } else { since })? {
        return Ok(false);
    }
    if one.created {
        // Its number is in the log, and stays taken: it is closed, not removed.
        acts::lose(scope, conn, Sight::ALL, id, row.version, Reason::Other, "")?;
        return Ok(true);
    }
    let Some(before) = &one.before else { return Ok(false) };
    let mut shown = row.version;
    if before.moved {
        let came = model::incoming(scope, conn, id)?;
        let followed = model::has_followed(scope, conn, &row, came.as_ref())?;
        // What was accepted stays accepted: its sender knows.
        if row.substatus == State::Accepted || step(&row.facts(followed), Step::Reopen, scope.now).is_err() {
            return Ok(false);
        }
        acts::reopen(scope, conn, Sight::ALL, id, shown)?;
        shown += 1;
    }
    edit(scope, conn, id, shown, &sections(judge, before, &one.fields))?;
    Ok(true)
}

/// Has it been handed over, shared or noted after a moment? None of these changes its version.
fn is_worked_on(scope: &Scope, conn: &mut Conn, id: ReferralId, since: Moment) -> Result<bool> {
    let sent = scope.sent(engagement::table).filter(engagement::from_referral_id.eq(id)).filter(engagement::offered_at.gt(since));
    let handed = scope.all(handover::table).filter(handover::referral_id.eq(id)).filter(handover::created_at.gt(since));
    let noted = scope.all(referral_note::table).filter(referral_note::referral_id.eq(id)).filter(referral_note::created_at.gt(since));
    Ok(diesel::select(exists(sent)).get_result(conn)?
        || diesel::select(exists(handed)).get_result(conn)?
        || diesel::select(exists(noted)).get_result(conn)?)
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
