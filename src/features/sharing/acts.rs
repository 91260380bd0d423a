//! What two partners do with an opportunity that they share.

use super::Help;
use super::queries::{self, Candidate, Open, Problem, Seat, Way};
use crate::access::audit::Fields;
use crate::access::referral::Sight;
use crate::access::{Scope, identity};
use crate::clock::DAY;
use crate::db::Conn;
use crate::db::ids::{EngagementId, ReferralId};
use crate::db::schema::{engagement, referral};
use crate::domain::letter::Letter;
use crate::domain::money;
use crate::domain::referral::{ANSWER_DAYS, Shared, Source, Stage};
use crate::error::{Error, Result};
use crate::features::referrals::acts::{self as referrals, Deal, named};
use crate::features::referrals::letters::tell;
use crate::features::referrals::model::{self, Engagement, Referral};
use crate::features::referrals::receive::{self, Incoming, Sender};
use crate::features::referrals::{index, people as writing};
use diesel::prelude::*;
use serde_json::{Map, Value, json};

/// Whom to ask, and for what.
#[derive(Debug, Clone)]
pub struct New {
    pub referral: ReferralId,
    pub to: Candidate,
    /// What both will share; the title is read before it is accepted.
    pub deal: Deal,
    pub help: Vec<Help>,
    pub message: String,
}

/// Asks another partner. [`Error::Conflict`], and nothing written, where it is neither a partner nor
/// listed any more.
pub fn ask(scope: &Scope, conn: &mut Conn, sight: Sight, new: &New) -> Result<std::result::Result<EngagementId, Problem>> {
    let row = model::find(scope, conn, sight, new.referral)?;
    if let Err(problem) = queries::may_share(&row, scope.now) {
        return Ok(Err(problem));
    }
    if queries::is_asked(scope, conn, row.id, new.to.partner)? {
        return Ok(Err("asked"));
    }
    let detail = model::detail(scope, conn, row.id)?;
    let (_, sender_name) = identity::slug_and_name(conn, scope.id())?;
    let incoming = incoming(scope, &row, detail.language, sender_name, new);
    let arrive = |scope: &Scope, conn: &mut Conn| arrive(scope, conn, &incoming);
    let arrived = match new.to.way {
        Way::Reseller => scope.for_reseller(conn, new.to.partner, arrive),
        Way::Provider => scope.for_provider(conn, new.to.partner, arrive),
        Way::Listed(profile) => scope.for_listed(conn, new.to.partner, profile, arrive),
    };
    let id = match arrived {
        Err(Error::NotFound) => return Err(Error::Conflict),
        other => other?,
    };
    referrals::record(scope, conn, "referral.share_with", row.id, (Fields::new(), named(&new.to.name)))?;
    Ok(Ok(id))
}

fn incoming(scope: &Scope, row: &Referral, language: String, sender_name: String, new: &New) -> Incoming {
    let help: Vec<&str> = new.help.iter().map(|help| help.as_str()).collect();
    let sent = Sender::Partner { partner: scope.id(), referral: row.id };
    Incoming {
        message: new.message.clone(),
        title: new.deal.title.clone(),
        value_minor: Some(new.deal.value_minor),
        currency: new.deal.currency.clone(),
        close_on: new.deal.close_on.clone(),
        help: help.join(" "),
        ..Incoming::of(row, language, sent, sender_name, scope.now.plus(ANSWER_DAYS * DAY))
    }
}

/// In the other partner's account: it arrives, and its people are told.
fn arrive(scope: &Scope, conn: &mut Conn, new: &Incoming) -> Result<EngagementId> {
    let (id, engagement) = receive::receive(scope, conn, new)?;
    let (slug, _) = identity::slug_and_name(conn, scope.id())?;
    let letter = Letter::HelpAsked {
        from: new.sender_name.clone(),
        title: new.title.clone(),
        help: new.help.split(' ').map(str::to_owned).collect(),
        message: new.message.clone(),
        expires_at: new.expires_at.micros(),
        path: crate::features::referrals::href(&slug, id),
    };
    tell(scope, conn, None, &letter)?;
    Ok(engagement)
}

/// Takes a question back that nobody has answered. [`Error::Conflict`] where somebody has.
pub fn withdraw(scope: &Scope, conn: &mut Conn, one: &Open) -> Result<()> {
    if one.seat != Seat::Sender || one.state(scope.now) != Shared::Received {
        return Err(Error::Conflict);
    }
    let lapsed =
        scope.for_engagement(conn, one.between.id, |scope, conn, theirs| referrals::lapse(scope, conn, theirs, Shared::Withdrawn))?;
    if !lapsed {
        return Err(Error::Conflict);
    }
    referrals::record(scope, conn, "referral.withdraw", one.own.id, (Fields::new(), named(&one.other)))
}

/// The shared part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub deal: Deal,
    pub help: Vec<Help>,
}

/// Changes the shared part, from the version that was shown: the receiver's copy follows, the
/// sender's own stays as it is. [`Error::Conflict`] where the other side was faster.
pub fn change(scope: &Scope, conn: &mut Conn, one: &Open, shown: i64, part: &Part) -> Result<()> {
    if !one.is_editable(scope.now) {
        return Err(Error::Conflict);
    }
    let help: Vec<&str> = part.help.iter().map(|help| help.as_str()).collect();
    // `queries::open` has found it as one of its sides.
    let row = engagement::table.find((one.between.to_partner_id, one.between.id));
    let changed = diesel::update(row.filter(engagement::version.eq(shown)).filter(engagement::state.eq(Shared::Accepted)))
        .set((
            engagement::title.eq(&part.deal.title),
            engagement::value_minor.eq(Some(part.deal.value_minor)),
            engagement::currency.eq(&part.deal.currency),
            engagement::close_on.eq(&part.deal.close_on),
            engagement::stage.eq(part.deal.stage.as_str()),
            engagement::help.eq(help.join(" ")),
            engagement::version.eq(shown + 1),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    match one.seat {
        Seat::Receiver => copy(scope, conn, one.own.id, &part.deal)?,
        Seat::Sender => {
            scope.for_engagement(conn, one.between.id, |scope, conn, theirs| copy(scope, conn, theirs, &part.deal))?;
        }
    }
    let changes = changes(&one.between, &part.deal, &help.join(" "));
    note_changes(scope, conn, &one.between, changes.clone())?;
    referrals::record(scope, conn, "referral.change_shared", one.own.id, (side(&changes, 0), side(&changes, 1)))
}

/// The receiver's copy, which lists and exports read.
fn copy(scope: &Scope, conn: &mut Conn, id: ReferralId, deal: &Deal) -> Result<()> {
    diesel::update(scope.all(referral::table).filter(referral::id.eq(id)))
        .set((
            referral::title.eq(&deal.title),
            referral::value_minor.eq(Some(deal.value_minor)),
            referral::currency.eq(&deal.currency),
            referral::close_on.eq(&deal.close_on),
            referral::stage.eq(deal.stage.as_str()),
            referral::version.eq(referral::version + 1),
        ))
        .execute(conn)?;
    index::refresh(scope, conn, id)
}

/// What of the shared part differs: each field's value before and after.
fn changes(before: &Engagement, deal: &Deal, help: &str) -> Map<String, Value> {
    let amount = |minor: Option<i64>, currency: &str| minor.map(|minor| money::plain(minor, currency)).unwrap_or_default();
    let pairs = [
        ("title", before.title.clone(), deal.title.clone()),
        ("value", amount(before.value_minor, &before.currency), amount(Some(deal.value_minor), &deal.currency)),
        ("currency", before.currency.clone(), deal.currency.clone()),
        ("close_on", before.close_on.clone(), deal.close_on.clone()),
        ("stage", before.stage.clone(), deal.stage.as_str().to_owned()),
        ("help", before.help.clone(), help.to_owned()),
    ];
    pairs
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| (name.to_owned(), json!([before, after])))
        .collect()
}

fn side(changes: &Map<String, Value>, at: usize) -> Fields {
    changes.iter().map(|(name, pair)| (name.clone(), pair[at].clone())).collect()
}

/// Writes into the history what has changed, if anything has.
fn note_changes(scope: &Scope, conn: &mut Conn, between: &Engagement, changes: Map<String, Value>) -> Result<()> {
    let (Some(from), Some(user), false) = (between.from_partner_id, scope.user(), changes.is_empty()) else { return Ok(()) };
    let person = identity::member(conn, scope.id(), user)?.name;
    writing::enter(scope, conn, between, from, (&person, "change", &Value::Object(changes).to_string()))
}

/// What the receiver changed in its own copy, for the history of the shared part.
pub fn follow(scope: &Scope, conn: &mut Conn, came: &Engagement, row: &Referral) -> Result<()> {
    if row.source != Source::Partner || came.state != Shared::Accepted {
        return Ok(());
    }
    let stage = Stage::from_text(&row.stage).unwrap_or(Stage::Accepted);
    let deal = Deal {
        title: row.title.clone(),
        value_minor: row.value_minor.unwrap_or_default(),
        currency: row.currency.clone(),
        close_on: row.close_on.clone(),
        stage,
    };
    note_changes(scope, conn, came, changes(came, &deal, &came.help))
}
