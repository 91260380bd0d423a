//! What the inbox reads.

use super::list::{self, CLOSED, Reader, asked, order, window};
use super::model::Referral;
use crate::access::Scope;
use crate::access::referral::{Contact, contacts};
use crate::db::ids::{EngagementId, LocationId, ReferralId, UserId};
use crate::db::schema::{app_user, engagement, profile_location, referral, referral_detail, referral_favourite, referral_member};
use crate::db::search::numbered::{Asked, Way, Window, enough};
use crate::db::search::referrals::{INBOX, counts};
use crate::db::{Conn, DbResult, any_of};
use crate::domain::referral::State as Shown;
use crate::error::Result;
use crate::web::list::State;
use crate::web::listing::{self, Beside};
use diesel::prelude::*;
use std::collections::HashMap;

/// One row of the list, with the names that it shows.
#[derive(Debug, Clone)]
pub struct Row {
    pub referral: Referral,
    pub owner: Option<String>,
    pub location: Option<String>,
    pub favourite: bool,
}

type Line = (Referral, Option<String>, Option<String>, Option<UserId>);

/// Rows by id, in the order given; all of them were found in sight.
fn by_ids(scope: &Scope, conn: &mut Conn, ids: &[ReferralId], user: UserId) -> DbResult<Vec<Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Line> = scope
        .all(referral::table)
        .left_join(app_user::table.on(app_user::id.nullable().eq(referral::owner_id)))
        .left_join(
            profile_location::table
                .on(profile_location::partner_id.eq(referral::partner_id).and(profile_location::id.nullable().eq(referral::location_id))),
        )
        .left_join(
            referral_favourite::table.on(referral_favourite::partner_id
                .eq(referral::partner_id)
                .and(referral_favourite::referral_id.eq(referral::id))
                .and(referral_favourite::user_id.eq(user))),
        )
        .filter(any_of(referral::id, ids))
        .select((
            Referral::as_select(),
            app_user::name.nullable(),
            profile_location::name.nullable(),
            referral_favourite::user_id.nullable(),
        ))
        .load(conn)?;
    let mut found: HashMap<ReferralId, Row> = rows
        .into_iter()
        .map(|(referral, owner, location, mark)| (referral.id, Row { referral, owner, location, favourite: mark.is_some() }))
        .collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Rows of a window of what is asked.
pub fn rows(scope: &Scope, conn: &mut Conn, (asked, way): &(Asked, Way), window: &Window, user: UserId) -> DbResult<Vec<Row>> {
    let matches = match enough(conn, window.column, *way) {
        0 => 0,
        cap => INBOX.count(conn, scope, asked, *way, cap)?,
    };
    let ids = INBOX.page(conn, scope, asked, *way, window, matches)?;
    by_ids(scope, conn, &ids, user)
}

/// Counts of the tabs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts([i64; 6]);

impl Counts {
    const STATES: [Shown; 6] = [Shown::Received, Shown::Accepted, Shown::Won, Shown::Lost, Shown::Declined, Shown::Expired];
    /// How many are in a state, up to [`CAP`] and one more.
    pub fn of(&self, state: Shown) -> i64 {
        Self::STATES.iter().position(|one| *one == state).map_or(0, |place| self.0[place])
    }
    pub fn closed(&self) -> i64 {
        Self::STATES.iter().filter(|state| CLOSED.contains(&state.as_str())).map(|state| self.of(*state)).sum()
    }
}

/// One page of a view.
pub struct Found {
    pub rows: Vec<Row>,
    /// How many match, and whether counting stopped at the cap.
    pub count: i64,
    pub capped: bool,
    pub beside: Beside,
    pub counts: Counts,
}

/// Counting stops here unless asked to go on.
pub const CAP: i64 = 1_000;

/// A page of the list.
pub fn page(scope: &Scope, conn: &mut Conn, state: &State, reader: Reader) -> DbResult<Found> {
    let window = window(state, i64::from(state.size) + 1);
    let cap = if state.exact { i64::MAX } else { CAP + 1 };
    let (asked, way) = asked(state, reader);
    // One count serves the title and the choice of the way.
    let count = INBOX.count(conn, scope, &asked, way, cap.max(enough(conn, order(state).column(), way)))?;
    let ids = if count == 0 { Vec::new() } else { INBOX.page(conn, scope, &asked, way, &window, count)? };
    let mut rows = by_ids(scope, conn, &ids, reader.user)?;
    let beside = listing::cut(state, &mut rows);
    let capped = !state.exact && count > CAP;
    let tabs = Counts::STATES.map(|shown| list::tab(shown, reader));
    let mut tabbed = [0; 6];
    for (slot, count) in tabbed.iter_mut().zip(counts(conn, scope, &tabs, CAP + 1)?) {
        *slot = count;
    }
    Ok(Found { rows, count: if capped { CAP } else { count }, capped, beside, counts: Counts(tabbed) })
}

/// The locations of this partner's profiles, by name: those that leads may go to, and (`all`) those
/// that they once went to; 100 at most.
pub fn locations(scope: &Scope, conn: &mut Conn, all: bool) -> DbResult<Vec<(LocationId, String)>> {
    let mut query = scope.all(profile_location::table).into_boxed();
    if !all {
        query = query.filter(profile_location::active.eq(true));
    }
    let rows = query.order((profile_location::name, profile_location::city)).limit(100);
    let rows: Vec<(LocationId, String, String)> =
        rows.select((profile_location::id, profile_location::name, profile_location::city)).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, city)| (id, if city.is_empty() || name == city { name } else { format!("{name}, {city}") }))
        .collect())
}

/// A row with all that an export says of it.
#[derive(Debug, Clone)]
pub struct Exported {
    pub row: Row,
    pub known: Contact,
    pub engagement: Option<EngagementId>,
    pub crm_id: String,
    pub campaign_id: String,
    pub next_action: String,
    /// Mail addresses.
    pub team: Vec<String>,
}

/// Rows of a window of what is asked, for an export.
pub fn exported(scope: &Scope, conn: &mut Conn, asked: &(Asked, Way), window: &Window, user: UserId) -> Result<Vec<Exported>> {
    let rows = rows(scope, conn, asked, window, user)?;
    let ids: Vec<ReferralId> = rows.iter().map(|row| row.referral.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut known = contacts(scope, conn, &ids)?;
    let came: Vec<(ReferralId, EngagementId)> = scope
        .received(engagement::table)
        .filter(any_of(engagement::to_referral_id, &ids))
        .select((engagement::to_referral_id, engagement::id))
        .load(conn)?;
    let came: HashMap<ReferralId, EngagementId> = came.into_iter().collect();
    let work: Vec<(ReferralId, (String, String, String))> = scope
        .all(referral_detail::table)
        .filter(any_of(referral_detail::referral_id, &ids))
        .select((referral_detail::referral_id, (referral_detail::crm_id, referral_detail::campaign_id, referral_detail::next_action)))
        .load(conn)?;
    let mut work: HashMap<_, _> = work.into_iter().collect();
    let members: Vec<(ReferralId, String)> = scope
        .all(referral_member::table)
        .inner_join(app_user::table.on(app_user::id.eq(referral_member::user_id)))
        .filter(any_of(referral_member::referral_id, &ids))
        .order(app_user::email)
        .select((referral_member::referral_id, app_user::email))
        .load(conn)?;
    let mut teams: HashMap<ReferralId, Vec<String>> = HashMap::new();
    for (id, email) in members {
        teams.entry(id).or_default().push(email);
    }
    let made = rows.into_iter().map(|row| {
        let id = row.referral.id;
        let (crm_id, campaign_id, next_action) = work.remove(&id).unwrap_or_default();
        let known = known.remove(&id).unwrap_or_default();
        Exported {
            row,
            known,
            engagement: came.get(&id).copied(),
            crm_id,
            campaign_id,
            next_action,
            team: teams.remove(&id).unwrap_or_default(),
        }
    });
    Ok(made.collect())
}

/// Is a referral that was found one of the member's favourites?
pub fn is_favourite(scope: &Scope, conn: &mut Conn, user: UserId, id: ReferralId) -> Result<bool> {
    let own = scope.all(referral_favourite::table).filter(referral_favourite::user_id.eq(user));
    Ok(diesel::select(diesel::dsl::exists(own.filter(referral_favourite::referral_id.eq(id)))).get_result(conn)?)
}
