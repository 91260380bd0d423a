//! What the inbox reads.

use super::list::{self, Reader, shown, window};
use super::model::Referral;
use crate::access::Scope;
use crate::access::referral::{Contact, contacts};
use crate::clock::Moment;
use crate::db::ids::{EngagementId, LocationId, ReferralId, UserId};
use crate::db::schema::{
    app_user, engagement, profile_location, referral, referral_detail, referral_favourite, referral_member, referral_total,
};
use crate::db::search::numbered::{Asked, Window, enough};
use crate::db::search::referrals::INBOX;
use crate::db::{Conn, DbResult, any_of, direct};
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

/// Rows by number, in the order given; all of them were found in sight.
fn numbered(scope: &Scope, conn: &mut Conn, numbers: &[i64], user: UserId) -> DbResult<Vec<Row>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Line> = direct!(conn, |conn| scope
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
        .filter(any_of(referral::number, numbers))
        .select((
            Referral::as_select(),
            app_user::name.nullable(),
            profile_location::name.nullable(),
            referral_favourite::user_id.nullable(),
        ))
        .load(conn))?;
    let mut found: HashMap<i64, Row> = rows
        .into_iter()
        .map(|(referral, owner, location, mark)| (referral.number, Row { referral, owner, location, favourite: mark.is_some() }))
        .collect();
    Ok(numbers.iter().filter_map(|number| found.remove(number)).collect())
}

/// Rows of a window of what is asked.
pub fn rows(scope: &Scope, conn: &mut Conn, asked: &Asked, window: &Window, user: UserId) -> DbResult<Vec<Row>> {
    let matches = match enough(conn, window.column, asked) {
        0 => 0,
        cap => INBOX.count(conn, scope, asked, cap)?,
    };
    let numbers = INBOX.page(conn, scope, asked, window, matches)?;
    numbered(scope, conn, &numbers, user)
}

/// The totals of a partner in the order of [`Shown::ALL`], and how many are over and not noted.
type Kept = ((i64, i64, i64, i64, i64, i64), Option<i64>);

/// How many are in each state.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// In the order of [`Shown::ALL`].
    each: [i64; 6],
    /// No count stopped at [`CAP`] and one more.
    exact: bool,
}

impl Counts {
    /// Of these states together, and whether counting stopped.
    pub fn of(&self, states: &[Shown]) -> (i64, bool) {
        let all = Shown::ALL.iter().zip(self.each).filter(|(state, _)| states.contains(state));
        let sum = all.map(|(_, count)| count).sum();
        if self.exact || sum <= CAP { (sum, false) } else { (CAP, true) }
    }

    /// As the rows themselves keep them, for whoever sees all. Those whose time is over are counted
    /// until that is noted, within minutes.
    fn kept(scope: &Scope, conn: &mut Conn, now: Moment) -> DbResult<Self> {
        use referral_total as total;
        let waiting = || scope.all(referral::table).filter(referral::substatus.eq(Shown::Received));
        let over = || waiting().filter(referral::expires_at.le(Some(now))).count().single_value();
        let each = (total::received, total::accepted, total::won, total::lost, total::declined, total::expired);
        let kept: Option<Kept> = direct!(conn, |conn| scope.all(total::table).select((each, over())).first(conn).optional())?;
        let ((received, accepted, won, lost, declined, expired), over) = kept.unwrap_or_default();
        let over = over.unwrap_or_default();
        Ok(Self { each: [received - over, accepted, won, lost, declined, expired + over], exact: true })
    }

    /// Counted, for whoever sees some.
    fn counted(scope: &Scope, conn: &mut Conn, reader: Reader) -> DbResult<Self> {
        let tabs: Vec<Asked> = Shown::ALL.iter().map(|shown| list::tab(*shown, reader)).collect();
        let mut each = [0; 6];
        each.copy_from_slice(&INBOX.counts(conn, scope, &tabs, CAP + 1)?);
        Ok(Self { each, exact: false })
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

/// A page of the list; `asked` is what its view asks.
pub fn page(scope: &Scope, conn: &mut Conn, state: &State, mut asked: Asked, reader: Reader) -> DbResult<Found> {
    let window = window(state, i64::from(state.size) + 1);
    let counts = if reader.sight.own().is_none() { Counts::kept(scope, conn, reader.now)? } else { Counts::counted(scope, conn, reader)? };
    let (count, capped) = match asked {
        Asked::Ranges(_) => counts.of(&shown(state)),
        Asked::Postings(..) => match INBOX.few(conn, scope, &asked, CAP + 1)? {
            Some((few, count)) => {
                asked = few;
                (count, false)
            }
            None => {
                let cap = if state.exact { i64::MAX } else { enough(conn, window.column, &asked) };
                (if cap > CAP { INBOX.count(conn, scope, &asked, cap)? } else { CAP + 1 }, !state.exact)
            }
        },
    };
    let numbers = if count == 0 { Vec::new() } else { INBOX.page(conn, scope, &asked, &window, count)? };
    let mut rows = numbered(scope, conn, &numbers, reader.user)?;
    let beside = listing::cut(state, &mut rows);
    Ok(Found { rows, count: if capped { CAP } else { count }, capped, beside, counts })
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
pub fn exported(scope: &Scope, conn: &mut Conn, asked: &Asked, window: &Window, user: UserId) -> Result<Vec<Exported>> {
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
