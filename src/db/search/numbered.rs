//! Lists whose rows are numbered within their partner: documents and queries are those of
//! customers, but what is found has a number of its own. On SQLite the row number of a document is
//! the partner's number and the row's, so a posting list is already in the order of numbers.
//!
//! What the index does not know, above all time, is asked of the row, by a [`Condition`].

#[cfg(feature = "postgres")]
use super::postgres;
use super::{Bind, Doc, Key, Query, Statement, sqlite};
use crate::access::tenant::Tenant;
use crate::db::types::Guid;
use crate::db::{Conn, DbResult, MultiBackend};
use diesel::deserialize::FromSqlRow;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// A table and its index. The row is `i` in conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    pub table: &'static str,
    pub index: &'static str,
}

/// What must hold of a row beside what the index says. Its text is written here and in the
/// modules of the lists alone; each `?` is a value.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    sql: String,
    binds: Vec<Bind>,
}

impl Condition {
    pub(super) fn and(mut self, sql: &str, binds: impl IntoIterator<Item = Bind>) -> Self {
        self.sql += " and ";
        self.sql += sql;
        self.binds.extend(binds);
        self
    }
    pub fn is_empty(&self) -> bool {
        self.sql.is_empty()
    }
}

/// What to find.
#[derive(Debug, Clone)]
pub struct Asked {
    pub query: Query,
    pub condition: Condition,
}

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The index of documents.
    Postings,
    /// The rows that the condition names, which the table's own indexes find.
    Rows,
}

/// Which rows of the matches: order, direction, the row before the first, and how many.
#[derive(Debug, Clone)]
pub struct Window {
    /// The column that leads, never null; none for the order of numbers.
    pub column: Option<&'static str>,
    pub descending: bool,
    /// The sort value, none in the order of numbers, and the number.
    pub after: Option<(Option<Key>, i64)>,
    pub limit: i64,
}

impl Numbered {
    /// Writes what the index knows of a row, new or changed.
    pub fn put(&self, conn: &mut Conn, tenant: &Tenant, number: i64, doc: &Doc) -> DbResult<()> {
        match conn {
            Conn::Sqlite(_) => sqlite::replace(conn, self.index, row_number(tenant, number), doc),
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => {
                let (tokens, text) = postgres::texts(tenant, doc);
                let binds = vec![Bind::Partner(tenant.id()), Bind::Int(number), Bind::Text(tokens), Bind::Text(text)];
                let sql = format!(
                    "insert into {} (partner_id, number, tokens, doc) values (?, ?, ?::text::bigint[], ?) \
                     on conflict (partner_id, number) do update set tokens = excluded.tokens, doc = excluded.doc",
                    self.index
                );
                Statement::<BigInt>::new(sql, binds).execute(conn).map(|_| ())
            }
        }
    }

    /// `from … where …` of the matches.
    pub(super) fn matching(&self, conn: &Conn, tenant: &Tenant, asked: &Asked, way: Way) -> (String, Vec<Bind>) {
        let (table, index) = (self.table, self.index);
        let (mut sql, mut binds) = match conn {
            _ if way == Way::Rows => (format!("from {table} i where i.partner_id = ?"), vec![Bind::Partner(tenant.id())]),
            Conn::Sqlite(_) => {
                let [low, high] = sqlite::range(tenant);
                let binds = vec![Bind::Partner(tenant.id()), low.clone(), Bind::Text(sqlite::expression(&asked.query)), low, high];
                let sql = format!(
                    "from {index} s cross join {table} i on i.partner_id = ? and i.number = s.rowid - ? \
                     where {index} match ? and s.rowid > ? and s.rowid < ?"
                );
                (sql, binds)
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => {
                let (condition, binds) = postgres::condition(tenant, &asked.query);
                let join = format!("from {table} i join {index} s on s.partner_id = i.partner_id and s.number = i.number");
                (format!("{join} where {condition}"), binds)
            }
        };
        sql += &asked.condition.sql;
        binds.extend(asked.condition.binds.iter().cloned());
        (sql, binds)
    }

    /// How many match; stops counting at `cap`.
    pub fn count(&self, conn: &mut Conn, tenant: &Tenant, asked: &Asked, way: Way, cap: i64) -> DbResult<i64> {
        let (mut sql, mut binds) = self.matching(conn, tenant, asked, way);
        if matches!(conn, Conn::Sqlite(_)) && way == Way::Postings && !asked.condition.is_empty() {
            // The newest first: what time still allows is among them.
            sql += " order by s.rowid desc";
        }
        binds.push(Bind::Int(cap));
        Statement::<BigInt>::new(format!("select count(*) from (select 1 {sql} limit ?) capped"), binds).get_result(conn)
    }

    /// The ids of one page's matches, in order. `matches` is what [`Self::count`] said up to [`enough`].
    pub fn page<I>(&self, conn: &mut Conn, tenant: &Tenant, asked: &Asked, way: Way, window: &Window, matches: i64) -> DbResult<Vec<I>>
    where
        I: FromSqlRow<Guid, MultiBackend> + 'static,
    {
        let dense = matches >= super::GATHER;
        let sqlite = matches!(conn, Conn::Sqlite(_));
        let (mut sql, mut binds) = match window.column {
            Some(_) if sqlite && dense && way == Way::Postings => self.walking(tenant, asked),
            _ => self.matching(conn, tenant, asked, way),
        };
        let (comparison, direction) = if window.descending { ("<", "desc") } else { (">", "asc") };
        // Of the posting list itself.
        let posted = sqlite && way == Way::Postings && window.column.is_none();
        match (&window.after, window.column) {
            (Some((_, number)), _) if posted => {
                sql += &format!(" and s.rowid {comparison} ?");
                binds.push(Bind::Int(row_number(tenant, *number)));
            }
            // `<= key and (< key or < number)`: the first condition is a range of the index.
            (Some((Some(key), number)), Some(column)) => {
                sql += &format!(" and {column} {comparison}= ? and ({column} {comparison} ? or i.number {comparison} ?)");
                binds.extend([key.bind(), key.bind(), Bind::Int(*number)]);
            }
            (Some((_, number)), _) => {
                sql += &format!(" and i.number {comparison} ?");
                binds.push(Bind::Int(*number));
            }
            (None, _) => {}
        }
        sql += &match window.column {
            None if posted => format!(" order by s.rowid {direction} limit ?"),
            None => format!(" order by i.number {direction} limit ?"),
            Some(column) => format!(" order by {column} {direction}, i.number {direction} limit ?"),
        };
        binds.push(Bind::Int(window.limit));
        run(conn, Statement::new(format!("select i.id {sql}"), binds), dense && way == Way::Postings)
    }

    /// On SQLite, where many match: the order's own index, each row asked whether it does.
    fn walking(&self, tenant: &Tenant, asked: &Asked) -> (String, Vec<Bind>) {
        let mut binds = vec![Bind::Partner(tenant.id()), Bind::Text(sqlite::expression(&asked.query)), Bind::Int(row_number(tenant, 0))];
        let (table, index) = (self.table, self.index);
        let sql = format!(
            "from {table} i where i.partner_id = ? and exists (select 1 from {index} where {index} match ? and rowid = ? + i.number){}",
            asked.condition.sql
        );
        binds.extend(asked.condition.binds.iter().cloned());
        (sql, binds)
    }
}

/// The row number on SQLite.
pub const fn row_number(tenant: &Tenant, number: i64) -> i64 {
    sqlite::first(tenant) + number
}

/// How far to count before [`Numbered::page`] can choose its way; see `search::enough`.
pub fn enough(conn: &Conn, column: Option<&str>, way: Way) -> i64 {
    match conn {
        _ if way == Way::Rows => 0,
        Conn::Sqlite(_) if column.is_none() => 0,
        _ => super::GATHER,
    }
}

#[cfg_attr(not(feature = "postgres"), allow(unused_variables))]
fn run<I: FromSqlRow<Guid, MultiBackend> + 'static>(conn: &mut Conn, statement: Statement<Guid>, dense: bool) -> DbResult<Vec<I>> {
    #[cfg(feature = "postgres")]
    if dense && matches!(conn, Conn::Postgres(_)) {
        return postgres::walking(conn, |conn| statement.load(conn));
    }
    statement.load(conn)
}
