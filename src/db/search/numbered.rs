//! Lists whose rows are numbered within their partner: documents and queries are those of
//! customers, but what is found has a number of its own. On SQLite the row number of a document is
//! the partner's number and the row's, so a posting list is already in the order of numbers.
//!
//! What the index does not know, above all time, is asked of the row, by a [`Condition`].

#[cfg(feature = "postgres")]
use super::postgres;
use super::{Bind, Doc, Key, Query, Sql, Statement, capped, list, sqlite};
use crate::access::tenant::Tenant;
use crate::db::{Conn, DbResult};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// A table and its index. The row is `i` in conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    pub table: &'static str,
    pub index: &'static str,
}

/// What must hold of a row. Its text is written here and in the modules of the lists alone; each
/// `?` is a value.
#[derive(Debug, Clone, Default)]
pub struct Condition(Sql);

impl Condition {
    pub(super) fn and(mut self, sql: &str, binds: impl IntoIterator<Item = Bind>) -> Self {
        self.0.add(" and ", []);
        self.0.add(sql, binds);
        self
    }
    fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }
}

/// What to find, and where to look.
#[derive(Debug, Clone)]
pub enum Asked {
    /// In the index of documents; and what must hold of each row.
    Postings(Query, Condition),
    /// Ranges of rows, no row in two of them: the table's own indexes have each in every order.
    Ranges(Vec<Condition>),
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

impl Window {
    const fn words(&self) -> (&'static str, &'static str) {
        if self.descending { ("<", "desc") } else { (">", "asc") }
    }
    /// The rows behind its place, in order, of rows `i`; and only so many.
    fn cut(&self, sql: &mut Sql) {
        let (comparison, direction) = self.words();
        match (&self.after, self.column) {
            // `<= key and (< key or < number)`: the first condition is a range of the index.
            (Some((Some(key), number)), Some(column)) => {
                let text = format!(" and {column} {comparison}= ? and ({column} {comparison} ? or i.number {comparison} ?)");
                sql.add(&text, [key.bind(), key.bind(), Bind::Int(*number)]);
            }
            (Some((_, number)), _) => sql.add(&format!(" and i.number {comparison} ?"), [Bind::Int(*number)]),
            (None, _) => {}
        }
        let column = self.column.map_or_else(String::new, |column| format!("{column} {direction}, "));
        sql.add(&format!(" order by {column}i.number {direction} limit ?"), [Bind::Int(self.limit)]);
    }
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

    /// ` from … where …` of matches in the index `s` alone; on SQLite in the order of numbers.
    fn index(&self, conn: &Conn, tenant: &Tenant, query: &Query) -> Sql {
        match conn {
            Conn::Sqlite(_) => {
                let [low, high] = sqlite::range(tenant);
                let text = format!(" from {index} s where {index} match ? and s.rowid > ? and s.rowid < ?", index = self.index);
                Sql::new(text, [Bind::Text(sqlite::expression(query)), low, high])
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => {
                let (condition, binds) = postgres::condition(tenant, query);
                Sql::new(format!(" from {} s where {condition}", self.index), binds)
            }
        }
    }

    /// ` from … where …` of matches in the index, with their rows `i`.
    fn rows(&self, conn: &Conn, tenant: &Tenant, query: &Query, condition: &Condition) -> Sql {
        let table = self.table;
        let mut sql = match conn {
            Conn::Sqlite(_) => {
                let [low, high] = sqlite::range(tenant);
                let text = format!(
                    " from {index} s cross join {table} i on i.partner_id = ? and i.number = s.rowid - ? \
                     where {index} match ? and s.rowid > ? and s.rowid < ?",
                    index = self.index
                );
                Sql::new(text, [Bind::Partner(tenant.id()), low.clone(), Bind::Text(sqlite::expression(query)), low, high])
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => {
                let (found, binds) = postgres::condition(tenant, query);
                let join = format!(" from {table} i join {} s on s.partner_id = i.partner_id and s.number = i.number", self.index);
                Sql::new(format!("{join} where {found}"), binds)
            }
        };
        sql.append(condition.0.clone());
        sql
    }

    /// ` from … where …` of one range.
    fn range(&self, tenant: &Tenant, condition: &Condition) -> Sql {
        let mut sql = Sql::new(format!(" from {} i where i.partner_id = ?", self.table), [Bind::Partner(tenant.id())]);
        sql.append(condition.0.clone());
        sql
    }

    /// The numbers of all matches, as a range of rows, and how many they are; none where they are
    /// `limit` or more. What follows need not search again.
    pub fn few(&self, conn: &mut Conn, tenant: &Tenant, asked: &Asked, limit: i64) -> DbResult<Option<(Asked, i64)>> {
        let Asked::Postings(query, condition) = asked else { return Ok(None) };
        let all = Window { column: None, descending: false, after: None, limit };
        let sql = match conn {
            Conn::Sqlite(_) => self.posted(conn, tenant, query, condition, &all),
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => {
                let mut sql = Sql::new("select i.number", []);
                sql.append(self.rows(conn, tenant, query, condition));
                sql.add(" limit ?", [Bind::Int(limit)]);
                sql
            }
        };
        let numbers: Vec<i64> = numbers(sql).load(conn)?;
        let count = numbers.len() as i64;
        let (list, numbers) = list(conn, &numbers);
        let range = Condition::default().and(&format!("i.number in {list}"), [numbers]);
        Ok((count < limit).then(|| (Asked::Ranges(vec![range]), count)))
    }

    /// How many match each of these, in one statement; stops counting each at `cap`.
    pub fn counts(&self, conn: &mut Conn, tenant: &Tenant, each: &[Asked], cap: i64) -> DbResult<Vec<i64>> {
        let parts = each.iter().map(|asked| self.all(conn, tenant, asked)).collect();
        capped(conn, parts, cap)
    }

    /// ` from … where …` of all matches.
    fn all(&self, conn: &Conn, tenant: &Tenant, asked: &Asked) -> Sql {
        match asked {
            Asked::Postings(query, condition) if condition.is_empty() => self.index(conn, tenant, query),
            Asked::Postings(query, condition) => {
                let mut sql = self.rows(conn, tenant, query, condition);
                // The newest first: what time still allows is among them.
                sql.add(if matches!(conn, Conn::Sqlite(_)) { " order by s.rowid desc" } else { "" }, []);
                sql
            }
            Asked::Ranges(ranges) => {
                let mut sql = Sql::default();
                for (place, range) in ranges.iter().enumerate() {
                    sql.add(if place == 0 { "" } else { " union all select 1" }, []);
                    sql.append(self.range(tenant, range));
                }
                sql
            }
        }
    }

    /// How many match; stops counting at `cap`.
    pub fn count(&self, conn: &mut Conn, tenant: &Tenant, asked: &Asked, cap: i64) -> DbResult<i64> {
        Ok(self.counts(conn, tenant, std::slice::from_ref(asked), cap)?[0])
    }

    /// The numbers of one page's matches, in order. `matches` is what [`Self::count`] said up to [`enough`].
    pub fn page(&self, conn: &mut Conn, tenant: &Tenant, asked: &Asked, window: &Window, matches: i64) -> DbResult<Vec<i64>> {
        let dense = matches >= super::GATHER;
        let (query, condition) = match asked {
            Asked::Postings(query, condition) => (query, condition),
            Asked::Ranges(ranges) => return numbers(self.merged(tenant, ranges, window)).load(conn),
        };
        let sql = match conn {
            Conn::Sqlite(_) if window.column.is_none() => self.posted(conn, tenant, query, condition, window),
            Conn::Sqlite(_) if dense => cut(self.walking(tenant, query, condition), window),
            _ => cut(self.rows(conn, tenant, query, condition), window),
        };
        run(conn, numbers(sql), dense)
    }

    /// The order of each range is its index's; together they are put in order once more.
    fn merged(&self, tenant: &Tenant, ranges: &[Condition], window: &Window) -> Sql {
        if let [range] = ranges {
            return cut(self.range(tenant, range), window);
        }
        let (_, direction) = window.words();
        let mut sql = Sql::new("select number from (", []);
        for (place, range) in ranges.iter().enumerate() {
            let union = if place == 0 { "" } else { " union all " };
            let column = window.column.map_or_else(String::new, |column| format!(", {column} as place"));
            sql.add(&format!("{union}select * from (select i.number{column}"), []);
            let mut part = self.range(tenant, range);
            window.cut(&mut part);
            sql.append(part);
            sql.add(&format!(") r{place}"), []);
        }
        let column = window.column.map_or_else(String::new, |_| format!("place {direction}, "));
        sql.add(&format!(") ranges order by {column}number {direction} limit ?"), [Bind::Int(window.limit)]);
        sql
    }

    /// SQLite, in the order of numbers: that of the posting list itself.
    fn posted(&self, conn: &Conn, tenant: &Tenant, query: &Query, condition: &Condition, window: &Window) -> Sql {
        let (comparison, direction) = window.words();
        let mut sql = Sql::new("select s.rowid - ?", [Bind::Int(sqlite::first(tenant))]);
        sql.append(if condition.is_empty() { self.index(conn, tenant, query) } else { self.rows(conn, tenant, query, condition) });
        if let Some((_, number)) = window.after {
            sql.add(&format!(" and s.rowid {comparison} ?"), [Bind::Int(row_number(tenant, number))]);
        }
        sql.add(&format!(" order by s.rowid {direction} limit ?"), [Bind::Int(window.limit)]);
        sql
    }

    /// On SQLite, where many match: the order's own index, each row asked whether it does.
    fn walking(&self, tenant: &Tenant, query: &Query, condition: &Condition) -> Sql {
        let mut sql = self.range(tenant, &Condition::default());
        let text = format!(" and exists (select 1 from {index} where {index} match ? and rowid = ? + i.number)", index = self.index);
        sql.add(&text, [Bind::Text(sqlite::expression(query)), Bind::Int(sqlite::first(tenant))]);
        sql.append(condition.0.clone());
        sql
    }
}

/// The numbers of a window of rows `i`.
fn cut(rows: Sql, window: &Window) -> Sql {
    let mut sql = Sql::new("select i.number", []);
    sql.append(rows);
    window.cut(&mut sql);
    sql
}

fn numbers(sql: Sql) -> Statement<BigInt> {
    Statement::new(sql.text, sql.binds)
}

/// The row number on SQLite.
pub const fn row_number(tenant: &Tenant, number: i64) -> i64 {
    sqlite::first(tenant) + number
}

/// How far to count before [`Numbered::page`] can choose its way; see `search::enough`.
pub const fn enough(conn: &Conn, column: Option<&str>, asked: &Asked) -> i64 {
    match (conn, asked) {
        (_, Asked::Ranges(_)) => 0,
        (Conn::Sqlite(_), _) if column.is_none() => 0,
        _ => super::GATHER,
    }
}

#[cfg_attr(not(feature = "postgres"), allow(unused_variables))]
fn run(conn: &mut Conn, statement: Statement<BigInt>, dense: bool) -> DbResult<Vec<i64>> {
    #[cfg(feature = "postgres")]
    if dense && matches!(conn, Conn::Postgres(_)) {
        return postgres::walking(conn, |conn| statement.load(conn));
    }
    statement.load(conn)
}
