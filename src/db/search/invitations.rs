//! The index of the invitation list: documents and queries are those of customers, but what it
//! finds has a number of its own, and the newest come first. On SQLite the row number is the
//! partner's number and the invitation's, so a posting list is already in that order.
//!
//! Time is not in it: whether an invitation still waits for its answer is asked of its row.

#[cfg(feature = "postgres")]
use super::postgres;
use super::{Bind, Doc, Key, Query, Statement, sqlite};
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::ids::InvitationId;
use crate::db::types::Guid;
use crate::db::{Conn, DbResult};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// The order of the list; the second key is always the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Number,
    Expiry,
    Company,
}

impl Order {
    const fn column(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry => "expires_at",
            Self::Company => "company_key",
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
    /// The condition on `invitation i`; those that do not wait pass it.
    fn condition(self, sql: &mut String, binds: &mut Vec<Bind>) {
        *sql += " and (i.state not in ('sent', 'opened')";
        for state in [("sent", self.sent), ("opened", self.opened)].into_iter().filter(|(_, meant)| *meant).map(|(state, _)| state) {
            *sql += &format!(" or i.state = '{state}' and i.expires_at > ?");
            binds.push(Bind::Time(self.now));
        }
        if self.expired {
            *sql += " or i.expires_at <= ?";
            binds.push(Bind::Time(self.now));
        }
        sql.push(')');
    }
}

/// What to find.
#[derive(Debug, Clone)]
pub struct Asked {
    pub query: Query,
    /// None where the state is not asked for, or all that wait are meant.
    pub waiting: Option<Waiting>,
}

/// Writes what the index knows of an invitation, new or changed.
pub fn put(conn: &mut Conn, tenant: &Tenant, number: i64, doc: &Doc) -> DbResult<()> {
    match conn {
        Conn::Sqlite(_) => sqlite::replace(conn, "invitation_search", row_number(tenant, number), doc),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => {
            let (tokens, text) = postgres::texts(tenant, doc);
            let binds = vec![Bind::Partner(tenant.id()), Bind::Int(number), Bind::Text(tokens), Bind::Text(text)];
            let sql = "insert into invitation_search (partner_id, number, tokens, doc) values (?, ?, ?::text::bigint[], ?) \
                on conflict (partner_id, number) do update set tokens = excluded.tokens, doc = excluded.doc";
            Statement::<BigInt>::new(sql, binds).execute(conn).map(|_| ())
        }
    }
}

/// The row number on SQLite.
pub const fn row_number(tenant: &Tenant, number: i64) -> i64 {
    sqlite::first(tenant) + number
}

/// How far to count before [`page`] can choose its way; see `search::enough`.
pub fn enough(conn: &Conn, order: Order) -> i64 {
    match conn {
        Conn::Sqlite(_) if order == Order::Number => 0,
        _ => super::GATHER,
    }
}

/// `from … where …` of the matches.
fn matching(conn: &Conn, tenant: &Tenant, asked: &Asked) -> (String, Vec<Bind>) {
    let (mut sql, mut binds) = match conn {
        Conn::Sqlite(_) => {
            let [low, high] = sqlite::range(tenant);
            let binds = vec![Bind::Partner(tenant.id()), low.clone(), Bind::Text(sqlite::expression(&asked.query)), low, high];
            let sql = "from invitation_search s cross join invitation i on i.partner_id = ? and i.number = s.rowid - ? \
                where invitation_search match ? and s.rowid > ? and s.rowid < ?";
            (sql.to_owned(), binds)
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => {
            let (condition, binds) = postgres::condition(tenant, &asked.query);
            let join = "from invitation i join invitation_search s on s.partner_id = i.partner_id and s.number = i.number";
            (format!("{join} where {condition}"), binds)
        }
    };
    if let Some(waiting) = asked.waiting {
        waiting.condition(&mut sql, &mut binds);
    }
    (sql, binds)
}

/// How many match; stops counting at `cap`.
pub fn count(conn: &mut Conn, tenant: &Tenant, asked: &Asked, cap: i64) -> DbResult<i64> {
    let (sql, mut binds) = matching(conn, tenant, asked);
    binds.push(Bind::Int(cap));
    Statement::<BigInt>::new(format!("select count(*) from (select 1 {sql} limit ?) capped"), binds).get_result(conn)
}

/// The matches of one page, in order. `matches` is what [`count`] said up to [`enough`].
pub fn page(conn: &mut Conn, tenant: &Tenant, asked: &Asked, window: &Window, matches: i64) -> DbResult<Vec<InvitationId>> {
    let dense = matches >= super::GATHER;
    let (mut sql, mut binds) = match conn {
        Conn::Sqlite(_) if dense && window.order != Order::Number => walking(tenant, asked),
        _ => matching(conn, tenant, asked),
    };
    let (column, direction) = (window.order.column(), if window.descending { "desc" } else { "asc" });
    let comparison = if window.descending { "<" } else { ">" };
    let posted = matches!(conn, Conn::Sqlite(_)) && window.order == Order::Number;
    match &window.after {
        // A range of the posting list itself.
        Some((_, number)) if posted => {
            sql += &format!(" and s.rowid {comparison} ?");
            binds.push(Bind::Int(row_number(tenant, *number)));
        }
        Some((Some(key), number)) => {
            sql += &format!(" and i.{column} {comparison}= ? and (i.{column} {comparison} ? or i.number {comparison} ?)");
            binds.extend([key.bind(), key.bind(), Bind::Int(*number)]);
        }
        Some((None, number)) => {
            sql += &format!(" and i.number {comparison} ?");
            binds.push(Bind::Int(*number));
        }
        None => {}
    }
    sql += &match window.order {
        Order::Number if posted => format!(" order by s.rowid {direction} limit ?"),
        Order::Number => format!(" order by i.number {direction} limit ?"),
        _ => format!(" order by i.{column} {direction}, i.number {direction} limit ?"),
    };
    binds.push(Bind::Int(window.limit));
    run(conn, Statement::new(format!("select i.id {sql}"), binds), dense)
}

/// On SQLite, where many match: the order's own index, each row asked whether it does.
fn walking(tenant: &Tenant, asked: &Asked) -> (String, Vec<Bind>) {
    let mut binds = vec![Bind::Partner(tenant.id()), Bind::Text(sqlite::expression(&asked.query)), Bind::Int(row_number(tenant, 0))];
    let mut sql = "from invitation i where i.partner_id = ? and exists \
        (select 1 from invitation_search where invitation_search match ? and rowid = ? + i.number)"
        .to_owned();
    if let Some(waiting) = asked.waiting {
        waiting.condition(&mut sql, &mut binds);
    }
    (sql, binds)
}

#[cfg_attr(not(feature = "postgres"), allow(unused_variables))]
fn run(conn: &mut Conn, statement: Statement<Guid>, dense: bool) -> DbResult<Vec<InvitationId>> {
    #[cfg(feature = "postgres")]
    if dense && matches!(conn, Conn::Postgres(_)) {
        return postgres::walking(conn, |conn| statement.load(conn));
    }
    statement.load(conn)
}
