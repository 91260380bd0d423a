//! The inbox: its orders and what it asks of time and of its rows.

use super::numbered::{Asked, Condition, Numbered, Way};
use super::{Bind, Statement};
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::{Conn, DbResult};
use crate::domain::referral::State;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// Where it is.
pub const INBOX: Numbered = Numbered { table: "referral", index: "referral_search" };

/// The order of the list; the second key is always the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Number,
    /// Time left to answer.
    Expiry,
    Company,
    Value,
    Close,
}

impl Order {
    /// The column that leads. Without a value comes before any value.
    pub const fn column(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Expiry => Some("i.expires_at"),
            Self::Company => Some("i.company_key"),
            Self::Value => Some("coalesce(i.value_minor, -1)"),
            Self::Close => Some("i.close_on"),
        }
    }
}

/// Of those that nobody answered: only those that can still be (`open`), or only those whose time is
/// over, whether or not that was noted.
pub fn at(now: Moment, open: bool) -> Condition {
    let sql = if open { "(i.substatus <> 'received' or i.expires_at > ?)" } else { "(i.substatus <> 'received' or i.expires_at <= ?)" };
    Condition::default().and(sql, [Bind::Time(now)])
}

/// Rows of one state alone, by the table's own indexes.
pub fn only(state: State, now: Moment) -> Condition {
    let both = [Bind::Text(state.status().as_str().to_owned()), Bind::Text(state.as_str().to_owned())];
    let condition = Condition::default().and("i.status = ? and i.substatus = ?", both);
    match state {
        State::Received => condition.and("i.expires_at > ?", [Bind::Time(now)]),
        _ => condition,
    }
}

/// The way for a view: rows of one state, which their index has in the wanted order, or postings.
pub fn way(asked: &Asked, alone: Option<State>, order: Order) -> Way {
    let by_index = match (alone, order) {
        (Some(State::Received), Order::Expiry | Order::Number) => true,
        (Some(_), Order::Number) => true,
        // Nothing is asked: every order has its index.
        (None, _) => !asked.query.asks(),
        _ => false,
    };
    if by_index { Way::Rows } else { Way::Postings }
}

/// How many match each of these, in one statement; each counted up to `cap`.
pub fn counts(conn: &mut Conn, tenant: &Tenant, each: &[(Asked, Way)], cap: i64) -> DbResult<Vec<i64>> {
    let (mut parts, mut binds) = (Vec::new(), Vec::new());
    for (place, (asked, way)) in each.iter().enumerate() {
        let (sql, own) = INBOX.matching(conn, tenant, asked, *way);
        parts.push(format!("select cast({place} as bigint) as place, count(*) as found from (select 1 {sql} limit ?) c{place}"));
        binds.extend(own);
        binds.push(Bind::Int(cap));
    }
    let found: Vec<(i64, i64)> = Statement::<(BigInt, BigInt)>::new(parts.join(" union all "), binds).load(conn)?;
    let of = |place: usize| found.iter().find(|(at, _)| *at == place as i64).map_or(0, |(_, count)| *count);
    Ok((0..each.len()).map(of).collect())
}
