//! What a member does with a referral. Each step is one that `domain::referral` allows, decided
//! on the version that was shown ([`Error::Conflict`] where somebody or time was faster), and stands
//! in the audit log.

use super::model::{self, Referral};
use super::{index, told};
use crate::access::audit::{self, Event, Fields};
use crate::access::referral::{Prospect, Sight};
use crate::access::{Scope, audit::Actor};
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::{EngagementId, LocationId, ObjectId, ReferralId, UserId};
use crate::db::schema::{engagement, referral, referral_detail, referral_prospect};
use crate::domain::collation::sort_key;
use crate::domain::referral::{ANSWER_DAYS, Reason, Shared, Source, Stage, State, Step, step};
use crate::error::{Error, Result};
use crate::features::handover::{acts as handing, claim};
use diesel::prelude::*;

/// What it is worth to whom: the part that both sides of an engagement share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    pub title: String,
    pub value_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// A day, as `2026-11-26`.
    pub close_on: String,
    pub stage: Stage,
}

/// What one partner alone keeps beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    pub next_action: String,
    pub crm_id: String,
    pub campaign_id: String,
}

/// What is wanted, in the words of terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Need {
    pub need: String,
    pub industry: String,
    pub size: String,
    /// Keys of terms, separated by blanks.
    pub services: String,
    pub products: String,
    pub time_frame: String,
}

/// What an acceptance demands (reference 3.7; ux.md, section 7).
#[derive(Debug, Clone)]
pub struct Accept {
    pub deal: Deal,
    pub work: Work,
    pub owner: UserId,
    /// Has the customer been contacted?
    pub contacted: bool,
}

/// An opportunity of one's own.
#[derive(Debug, Clone)]
pub struct Own {
    pub prospect: Prospect,
    pub deal: Deal,
    pub work: Work,
    pub need: Need,
    pub language: String,
    pub owner: UserId,
    pub team: Vec<UserId>,
    /// For ever.
    pub location: Option<LocationId>,
}

/// Accepts, and learns who it is about.
pub fn accept(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64, new: &Accept) -> Result<()> {
    let row = model::find(scope, conn, sight, id)?;
    let to = step(&row.facts(false), Step::Accept, scope.now).map_err(|_| Error::Conflict)?;
    let came = model::held(scope, conn, id)?.ok_or(Error::Conflict)?;
    if came.kind == "partner" && !model::is_wanted(scope, conn, &came)? {
        return Err(Error::Conflict);
    }
    claim::first(scope, conn, &came, &new.deal)?;
    take(scope, conn, &row, shown)?;
    set_deal(scope, conn, id, &new.deal)?;
    set_work(scope, conn, id, &new.work)?;
    diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)))
        .set(referral_detail::contacted.eq(new.contacted))
        .execute(conn)?;
    diesel::update(scope.all(referral::table).filter(referral::id.eq(id))).set(referral::owner_id.eq(Some(new.owner))).execute(conn)?;
    set_state(scope, conn, &row, to, "")?;
    told::told(scope, conn, &came, Shared::Accepted)?;
    let prospect = scope.reveal(conn, came.id)?;
    set_prospect(scope, conn, id, &prospect)?;
    let row = model::find(scope, conn, Sight::ALL, id)?;
    told::shared(scope, conn, &came, &row)?;
    index::refresh(scope, conn, id)?;
    record(scope, conn, "referral.accept", id, (Fields::new(), deal_fields(&row)))
}

/// Declines. Its sender is told politely; the note stays here.
pub fn decline(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64, reason: Reason, note: &str) -> Result<()> {
    close(scope, conn, sight, id, shown, Step::Decline, Some((reason, note)))
}

/// Won.
pub fn win(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64) -> Result<()> {
    close(scope, conn, sight, id, shown, Step::Win, None)
}

/// Lost, for a reason.
pub fn lose(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64, reason: Reason, note: &str) -> Result<()> {
    close(scope, conn, sight, id, shown, Step::Lose, Some((reason, note)))
}

fn close(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64, what: Step, why: Option<(Reason, &str)>) -> Result<()> {
    let row = model::find(scope, conn, sight, id)?;
    let to = step(&row.facts(false), what, scope.now).map_err(|_| Error::Conflict)?;
    model::held(scope, conn, id)?;
    call_back(scope, conn, id)?;
    take(scope, conn, &row, shown)?;
    let (reason, note) = why.map_or(("", ""), |(reason, note)| (reason.as_str(), note));
    set_state(scope, conn, &row, to, reason)?;
    set_note(scope, conn, id, note)?;
    tell(scope, conn, id, to)?;
    index::refresh(scope, conn, id)?;
    // Not the note: the log outlives it, and has other readers.
    let after = Some(("referral_reason".to_owned(), reason.into())).filter(|_| !reason.is_empty()).into_iter();
    record(scope, conn, &format!("referral.{}", what.as_str()), id, (Fields::new(), after.collect()))
}

/// Closes one that nobody answered in time, or that has gone to somebody else: `to` is what the
/// sender sees. `false` where it was answered meanwhile.
pub fn lapse(scope: &Scope, conn: &mut Conn, id: ReferralId, to: Shared) -> Result<bool> {
    let came = model::held(scope, conn, id)?;
    let changed = diesel::update(scope.all(referral::table).filter(referral::id.eq(id)).filter(referral::substatus.eq(State::Received)))
        .set((
            referral::status.eq(State::Expired.status()),
            referral::substatus.eq(State::Expired),
            referral::closed_at.eq(Some(scope.now)),
            referral::version.eq(referral::version + 1),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    call_back(scope, conn, id)?;
    if let Some(came) = came {
        told::told(scope, conn, &came, to)?;
    }
    index::refresh(scope, conn, id)?;
    record(scope, conn, &format!("referral.{}", to.as_str()), id, Default::default())?;
    Ok(true)
}

/// Takes a referral that is over back from whoever was offered it and has not answered.
fn call_back(scope: &Scope, conn: &mut Conn, id: ReferralId) -> Result<()> {
    handing::withdraw_of(scope, conn, id)?;
    let waiting: Vec<EngagementId> = scope
        .sent(engagement::table)
        .filter(engagement::from_referral_id.eq(id))
        .filter(engagement::kind.eq("partner"))
        .filter(engagement::state.eq("received"))
        .order(engagement::id)
        .select(engagement::id)
        .load(conn)?;
    for asked in waiting {
        scope.for_engagement(conn, asked, |scope, conn, theirs| lapse(scope, conn, theirs, Shared::Withdrawn))?;
    }
    Ok(())
}

/// Takes back a mistaken close, once, within its time and unless something followed.
pub fn reopen(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64) -> Result<()> {
    let came = model::held(scope, conn, id)?;
    let row = model::find(scope, conn, sight, id)?;
    let followed = model::has_followed(scope, conn, &row, came.as_ref())?;
    let to = step(&row.facts(followed), Step::Reopen, scope.now).map_err(|_| Error::Conflict)?;
    take(scope, conn, &row, shown)?;
    set_state(scope, conn, &row, to, "")?;
    set_note(scope, conn, id, "")?;
    diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)))
        .set(referral_detail::reopened_at.eq(Some(scope.now)))
        .execute(conn)?;
    tell(scope, conn, id, to)?;
    index::refresh(scope, conn, id)?;
    let fields = |state: State, reason: &str| {
        Fields::from_iter([("referral_state".to_owned(), state.as_str().into()), ("referral_reason".to_owned(), reason.into())])
    };
    record(scope, conn, "referral.reopen", id, (fields(row.substatus, &row.reason), fields(to, "")))
}

/// One section of an active referral, as its form says it; the location stays for ever.
#[derive(Debug, Clone)]
pub enum Section {
    Deal(Deal, Work),
    Prospect(Prospect),
    Need(Need),
}

/// Changes one section.
pub fn edit(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId, shown: i64, section: &Section) -> Result<()> {
    let row = model::find(scope, conn, sight, id)?;
    step(&row.facts(false), Step::Edit, scope.now).map_err(|_| Error::Conflict)?;
    let before = section_fields(scope, conn, &row, section)?;
    take(scope, conn, &row, shown)?;
    match section {
        Section::Deal(deal, work) => {
            set_deal(scope, conn, id, deal)?;
            set_work(scope, conn, id, work)?;
        }
        Section::Prospect(prospect) => set_prospect(scope, conn, id, prospect)?,
        Section::Need(need) => set_need(scope, conn, id, need)?,
    }
    let row = model::find(scope, conn, Sight::ALL, id)?;
    if let (Section::Deal(..), Some(came)) = (section, model::incoming(scope, conn, id)?) {
        told::shared(scope, conn, &came, &row)?;
    }
    index::refresh(scope, conn, id)?;
    let after = section_fields(scope, conn, &row, section)?;
    record(scope, conn, "referral.edit", id, (before, after))
}

/// Writes an opportunity of one's own.
pub fn create_own(scope: &Scope, conn: &mut Conn, new: &Own) -> Result<ReferralId> {
    let id = ReferralId::new();
    // The event first: it locks the partner's head of the log, so that no two get one number.
    let fields = [("company_name", new.prospect.company.as_str()), ("title", new.deal.title.as_str())];
    let after = fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    record(scope, conn, "referral.create", id, (Fields::new(), after))?;
    let number = super::receive::next_number(scope, conn)?;
    insert_own(scope, conn, id, number, new)?;
    set_prospect(scope, conn, id, &new.prospect)?;
    super::people::set_team(scope, conn, id, &new.team)?;
    index::refresh(scope, conn, id)?;
    Ok(id)
}

fn insert_own(scope: &Scope, conn: &mut Conn, id: ReferralId, number: i64, new: &Own) -> Result<()> {
    diesel::insert_into(referral::table)
        .values((
            (
                referral::partner_id.eq(scope.id()),
                referral::id.eq(id),
                referral::cloud.eq(scope.cloud()),
                referral::number.eq(number),
                referral::source.eq(Source::Own),
                referral::status.eq(State::Accepted.status()),
                referral::substatus.eq(State::Accepted),
                referral::company.eq(&new.prospect.company),
                referral::company_key.eq(sort_key(&new.prospect.company)),
                referral::country.eq(&new.prospect.country),
                referral::city.eq(&new.prospect.city),
                referral::industry.eq(&new.need.industry),
                referral::size.eq(&new.need.size),
                referral::services.eq(&new.need.services),
                referral::products.eq(&new.need.products),
            ),
            (
                referral::need.eq(&new.need.need),
                referral::time_frame.eq(&new.need.time_frame),
                referral::wants_call.eq(false),
                referral::title.eq(&new.deal.title),
                referral::value_minor.eq(Some(new.deal.value_minor)),
                referral::currency.eq(&new.deal.currency),
                referral::close_on.eq(&new.deal.close_on),
                referral::stage.eq(new.deal.stage.as_str()),
                referral::sender_name.eq(""),
                referral::owner_id.eq(Some(new.owner)),
                referral::location_id.eq(new.location),
                referral::received_at.eq(scope.now),
                // No clock runs, but each has its place in that order.
                referral::expires_at.eq(Some(scope.now.plus(ANSWER_DAYS * DAY))),
                referral::answered_at.eq(Some(scope.now)),
                referral::reason.eq(""),
            ),
        ))
        .execute(conn)?;
    diesel::insert_into(referral_detail::table)
        .values((
            referral_detail::partner_id.eq(scope.id()),
            referral_detail::referral_id.eq(id),
            referral_detail::language.eq(&new.language),
            referral_detail::reason_note.eq(""),
            referral_detail::next_action.eq(&new.work.next_action),
            referral_detail::crm_id.eq(&new.work.crm_id),
            referral_detail::campaign_id.eq(&new.work.campaign_id),
            referral_detail::contacted.eq(true),
            referral_detail::routing.eq(""),
            referral_detail::created_by.eq(scope.user()),
            referral_detail::updated_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes who opened it first, for its sender too.
pub fn open(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId) -> Result<()> {
    model::find(scope, conn, sight, id)?;
    let first = scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)).filter(referral_detail::opened_at.is_null());
    let user = match scope.actor {
        Actor::User(user) => Some(user),
        _ => None,
    };
    let opened =
        diesel::update(first).set((referral_detail::opened_at.eq(Some(scope.now)), referral_detail::opened_by.eq(user))).execute(conn)?;
    if opened == 0 {
        return Ok(());
    }
    diesel::update(scope.received(engagement::table).filter(engagement::to_referral_id.eq(id)))
        .set(engagement::opened_at.eq(Some(scope.now)))
        .execute(conn)?;
    record(scope, conn, "referral.open", id, Default::default())
}

/// Makes the row this transaction's, if nobody has changed it since it was shown.
pub(super) fn take(scope: &Scope, conn: &mut Conn, row: &Referral, shown: i64) -> Result<()> {
    let unchanged = scope
        .all(referral::table)
        .filter(referral::id.eq(row.id))
        .filter(referral::version.eq(shown))
        .filter(referral::substatus.eq(row.substatus));
    let taken = diesel::update(unchanged).set(referral::version.eq(shown + 1)).execute(conn)?;
    diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(row.id)))
        .set(referral_detail::updated_at.eq(scope.now))
        .execute(conn)?;
    if taken == 1 { Ok(()) } else { Err(Error::Conflict) }
}

fn set_state(scope: &Scope, conn: &mut Conn, row: &Referral, to: State, reason: &str) -> Result<()> {
    let closed: Option<Moment> = matches!(to, State::Won | State::Lost | State::Declined | State::Expired).then_some(scope.now);
    let answered = if to == State::Received { None } else { row.answered_at.or(Some(scope.now)) };
    diesel::update(scope.all(referral::table).filter(referral::id.eq(row.id)))
        .set((
            referral::status.eq(to.status()),
            referral::substatus.eq(to),
            referral::reason.eq(reason),
            referral::answered_at.eq(answered),
            referral::closed_at.eq(closed),
        ))
        .execute(conn)?;
    Ok(())
}

fn set_deal(scope: &Scope, conn: &mut Conn, id: ReferralId, deal: &Deal) -> Result<()> {
    diesel::update(scope.all(referral::table).filter(referral::id.eq(id)))
        .set((
            referral::title.eq(&deal.title),
            referral::value_minor.eq(Some(deal.value_minor)),
            referral::currency.eq(&deal.currency),
            referral::close_on.eq(&deal.close_on),
            referral::stage.eq(deal.stage.as_str()),
        ))
        .execute(conn)?;
    Ok(())
}

fn set_work(scope: &Scope, conn: &mut Conn, id: ReferralId, work: &Work) -> Result<()> {
    diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)))
        .set((
            referral_detail::next_action.eq(&work.next_action),
            referral_detail::crm_id.eq(&work.crm_id),
            referral_detail::campaign_id.eq(&work.campaign_id),
        ))
        .execute(conn)?;
    Ok(())
}

fn set_note(scope: &Scope, conn: &mut Conn, id: ReferralId, note: &str) -> Result<()> {
    diesel::update(scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)))
        .set(referral_detail::reason_note.eq(note))
        .execute(conn)?;
    Ok(())
}

fn set_need(scope: &Scope, conn: &mut Conn, id: ReferralId, need: &Need) -> Result<()> {
    diesel::update(scope.all(referral::table).filter(referral::id.eq(id)))
        .set((
            referral::need.eq(&need.need),
            referral::industry.eq(&need.industry),
            referral::size.eq(&need.size),
            referral::services.eq(&need.services),
            referral::products.eq(&need.products),
            referral::time_frame.eq(&need.time_frame),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes who it is about, whether that was known before or not.
fn set_prospect(scope: &Scope, conn: &mut Conn, id: ReferralId, new: &Prospect) -> Result<()> {
    diesel::update(scope.all(referral::table).filter(referral::id.eq(id)))
        .set((
            referral::company.eq(&new.company),
            referral::company_key.eq(sort_key(&new.company)),
            referral::country.eq(&new.country),
            referral::city.eq(&new.city),
        ))
        .execute(conn)?;
    let person = (
        referral_prospect::first_name.eq(&new.first_name),
        referral_prospect::last_name.eq(&new.last_name),
        referral_prospect::email.eq(&new.email),
        referral_prospect::phone.eq(&new.phone),
    );
    let address = (
        referral_prospect::address1.eq(&new.address1),
        referral_prospect::address2.eq(&new.address2),
        referral_prospect::postal_code.eq(&new.postal_code),
        referral_prospect::state.eq(&new.state),
        referral_prospect::registration_number.eq(&new.registration_number),
        referral_prospect::consent_at.eq(new.consent_at),
    );
    let known = scope.all(referral_prospect::table).filter(referral_prospect::referral_id.eq(id));
    if diesel::update(known).set((person, address)).execute(conn)? == 0 {
        let key = (referral_prospect::partner_id.eq(scope.id()), referral_prospect::referral_id.eq(id));
        diesel::insert_into(referral_prospect::table).values((key, person, address)).execute(conn)?;
    }
    Ok(())
}

/// Tells the other side, where there is one, of a state.
fn tell(scope: &Scope, conn: &mut Conn, id: ReferralId, to: State) -> Result<()> {
    let shared = Shared::from_text(to.as_str()).ok_or_else(|| Error::internal("a shared state"))?;
    match model::incoming(scope, conn, id)? {
        Some(came) => told::told(scope, conn, &came, shared),
        None => Ok(()),
    }
}

fn deal_fields(row: &Referral) -> Fields {
    let value = row.value_minor.map(|value| crate::domain::money::plain(value, &row.currency)).unwrap_or_default();
    let fields =
        [("title", &row.title), ("value", &value), ("currency", &row.currency), ("close_on", &row.close_on), ("stage", &row.stage)];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value.as_str().into())).collect()
}

/// What the log says of a section, as the rows have it now.
fn section_fields(scope: &Scope, conn: &mut Conn, row: &Referral, section: &Section) -> Result<Fields> {
    let fields: Vec<(&str, String)> = match section {
        Section::Deal(..) => {
            let detail = model::detail(scope, conn, row.id)?;
            let mut fields = deal_fields(row);
            for (name, value) in [("next_action", detail.next_action), ("crm_id", detail.crm_id), ("campaign_id", detail.campaign_id)] {
                fields.insert(name.to_owned(), value.into());
            }
            return Ok(fields);
        }
        Section::Prospect(_) => {
            let now = crate::access::referral::of_referral(scope, conn, row.id)?;
            vec![
                ("company_name", now.company),
                ("country", now.country),
                ("city", now.city),
                ("first_name", now.first_name),
                ("last_name", now.last_name),
                ("email", now.email),
                ("phone", now.phone),
                ("address1", now.address1),
                ("address2", now.address2),
                ("postal_code", now.postal_code),
                ("state", now.state),
                ("registration_number", now.registration_number),
            ]
        }
        Section::Need(_) => vec![
            ("need", row.need.clone()),
            ("industry", row.industry.clone()),
            ("size", row.size.clone()),
            ("services", row.services.clone()),
            ("products", row.products.clone()),
            ("time_frame", row.time_frame.clone()),
        ],
    };
    Ok(fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect())
}

/// The partner that an event is about, as its log names it.
pub fn named(partner: &str) -> Fields {
    Fields::from_iter([("partner".to_owned(), partner.into())])
}

pub fn record(scope: &Scope, conn: &mut Conn, action: &str, id: ReferralId, (before, after): (Fields, Fields)) -> Result<()> {
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "referral", object, before, after }).map(|_| ())
}
