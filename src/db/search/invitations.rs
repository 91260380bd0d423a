//! The index of the invitation list, whose newest come first.
//!
//! Time is not in it: whether an invitation still waits for its answer is asked of its row.

pub use super::numbered::row_number;
use super::numbered::{self, Condition, Numbered};
use super::{Bind, Doc, Key, Query, Statement};
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::{Conn, DbResult};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

const LIST: Numbered = Numbered { table: "invitation", index: "invitation_search" };

/// The order of the list; the second key is always the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Number,
    Expiry,
    Company,
}

impl Order {
    const fn column(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Expiry => Some("i.expires_at"),
            Self::Company => Some("i.company_key"),
        }
    }
}

/// Which rows of the matches: order, direction, the row before the first, and how many.
#[derive(Debug, Clone)]
pub struct Window {
    pub order: Order,
    pub descending: bool,
    /// The sort value, none in the order of numbers, and the number.
    pub after: Option<(Option<Key>, i64)>,
    pub limit: i64,
}

/// Of those that were sent and not answered: which are meant, at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub now: Moment,
    pub sent: bool,
    pub opened: bool,
    pub expired: bool,
}

impl Waiting {
    /// The condition on rows; those that do not wait pass it.
    fn condition(self, before: Condition) -> Condition {
        let mut sql = "(i.state not in ('sent', 'opened')".to_owned();
        let mut binds = Vec::new();
        for state in [("sent", self.sent), ("opened", self.opened)].into_iter().filter(|(_, meant)| *meant).map(|(state, _)| state) {
            sql += &format!(" or i.state = '{state}' and i.expires_at > ?");
            binds.push(Bind::Time(self.now));
        }
        if self.expired {
            sql += " or i.expires_at <= ?";
            binds.push(Bind::Time(self.now));
        }
        sql.push(')');
        before.and(&sql, binds)
    }
}

/// What to find.
#[derive(Debug, Clone)]
pub struct Asked {
    pub query: Query,
    /// None where the state is not asked for, or all that wait are meant.
    pub waiting: Option<Waiting>,
    /// Nothing else is asked than that it still waits: those whose end is to come are few, even
    /// where very many were ever sent.
    pub live: bool,
}

impl Asked {
    fn by(&self, way: Way) -> numbered::Asked {
        let condition = |before| self.waiting.map_or_else(Condition::default, |waiting| waiting.condition(before));
        match (way, self.waiting) {
            (Way::Live, Some(waiting)) => {
                numbered::Asked::Ranges(vec![condition(Condition::default().and("i.expires_at > ?", [Bind::Time(waiting.now)]))])
            }
            _ => numbered::Asked::Postings(self.query.clone(), condition(Condition::default())),
        }
    }
}

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The index of documents.
    Postings,
    /// Rows whose end is to come.
    Live,
}

/// Chooses the way: rows whose end is to come, unless they are many.
pub fn way(conn: &mut Conn, tenant: &Tenant, asked: &Asked) -> DbResult<Way> {
    let Some(waiting) = asked.waiting.filter(|_| asked.live) else { return Ok(Way::Postings) };
    let binds = vec![Bind::Partner(tenant.id()), Bind::Time(waiting.now), Bind::Int(super::GATHER)];
    let sql = "select count(*) from (select 1 from invitation where partner_id = ? and expires_at > ? limit ?) capped";
    let live: i64 = Statement::<BigInt>::new(sql, binds).get_result(conn)?;
    Ok(if live < super::GATHER { Way::Live } else { Way::Postings })
}

/// Writes what the index knows of an invitation, new or changed.
pub fn put(conn: &mut Conn, tenant: &Tenant, number: i64, doc: &Doc) -> DbResult<()> {
    LIST.put(conn, tenant, number, doc)
}

/// How far to count before [`page`] can choose its way; see `search::enough`.
pub fn enough(conn: &Conn, asked: &Asked, way: Way, order: Order) -> i64 {
    numbered::enough(conn, order.column(), &asked.by(way))
}

/// How many match; stops counting at `cap`.
pub fn count(conn: &mut Conn, tenant: &Tenant, asked: &Asked, way: Way, cap: i64) -> DbResult<i64> {
    LIST.count(conn, tenant, &asked.by(way), cap)
}

/// The numbers of one page's matches, in order. `matches` is what [`count`] said up to [`enough`].
pub fn page(conn: &mut Conn, tenant: &Tenant, asked: &Asked, way: Way, window: &Window, matches: i64) -> DbResult<Vec<i64>> {
    let column = window.order.column();
    let window = numbered::Window { column, descending: window.descending, after: window.after.clone(), limit: window.limit };
    LIST.page(conn, tenant, &asked.by(way), &window, matches)
}
