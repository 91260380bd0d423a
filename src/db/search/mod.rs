//! The search index of the customer list: one inverted index for substrings and filter values
//! alike, so that any mix of them costs what its answer costs, and no search reads another
//! partner's entries.
//!
//! SQLite: a full-text table of trigrams whose row numbers are positions in name order inside the
//! partner's own range ([`sqlite`]). PostgreSQL: an array of numbers derived with the partner's
//! own ([`postgres`]). What a document or a query consists of is the same for both and stands
//! here.

pub mod directory;
pub mod invitations;
pub mod numbered;
#[cfg(feature = "postgres")]
mod postgres;
pub mod referrals;
mod sqlite;

pub use sqlite::{Bulk, automatic, rank_of};

use super::ids::{CustomerId, PartnerId};
use super::types::{Guid, Instant};
use super::{Conn, DbResult};
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as DieselQuery, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Binary, HasSqlType, Text};
use std::marker::PhantomData;

/// Most matches that are gathered and sorted; above this an index is walked in the wanted order.
pub const GATHER: i64 = 20_000;

/// A filter value of a document: a kind and what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facet {
    kind: u8,
    value: String,
}

/// Pieces of names: what terms too short for a trigram match.
const PIECE: u8 = 0;

impl Facet {
    /// Kinds are numbered from 1 by the list that declares its filters.
    pub fn new(kind: u8, value: impl Into<String>) -> Self {
        debug_assert!(kind != PIECE);
        Self { kind, value: value.into() }
    }
    /// As a listing's entry holds it.
    pub fn text(&self) -> String {
        format!("{}:{}", self.kind, self.value)
    }
    /// Is it what an entry holds?
    fn is(&self, text: &str) -> bool {
        text.split_once(':').is_some_and(|(kind, value)| value == self.value && kind.parse() == Ok(self.kind))
    }
}

/// What the index knows of one customer.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    text: String,
    /// How much of the text are names, in bytes.
    names: usize,
    facets: Vec<Facet>,
}

/// Between two fields, so that no match spans them.
const FIELD: char = '\u{1}';

impl Doc {
    /// Folded fields; those in `names` are also found by one or two characters.
    pub fn new(names: &[&str], others: &[&str], facets: Vec<Facet>) -> Self {
        let mut text = String::with_capacity(160);
        let mut add = |fields: &[&str]| {
            for field in fields.iter().filter(|field| !field.is_empty()) {
                text.push(FIELD);
                text.push_str(&crate::domain::fold::fold(field));
            }
            text.len()
        };
        let names = add(names);
        add(others);
        text.push(FIELD);
        Self { text, names, facets }
    }

    fn names(&self) -> &str {
        &self.text[..self.names]
    }
}

/// What to find: every term and piece, of each group of facets at least one, and none of `without`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<String>,
    /// Terms of one or two characters.
    pieces: Vec<String>,
    groups: Vec<Vec<Facet>>,
    without: Vec<Facet>,
}

impl Query {
    /// Terms are folded words; one of fewer than three characters matches any substring of the
    /// names, a longer one of any field. Signs between words, as in `A & B`, ask for nothing.
    pub fn new(search: &str, groups: Vec<Vec<Facet>>) -> Self {
        let folded = crate::domain::fold::fold(search);
        let mut query = Self { groups, ..Self::default() };
        let words = || folded.split(' ').filter(|term| !term.is_empty());
        let named = words().any(has_letters);
        for term in words().filter(|term| !named || has_letters(term)).take(8) {
            let short = term.chars().count() < 3;
            if short { &mut query.pieces } else { &mut query.terms }.push(term.to_owned());
        }
        query
    }

    /// Leaves out what has this facet. Where few have it, that is far cheaper than to ask for one of
    /// all the others, which most matches have; but something must be asked for.
    pub fn without(mut self, facet: Facet) -> Self {
        debug_assert!(self.asks());
        self.without.push(facet);
        self
    }
    /// Is anything asked for, by a term or a facet?
    pub fn asks(&self) -> bool {
        !(self.terms.is_empty() && self.pieces.is_empty() && self.groups.is_empty())
    }
}

fn has_letters(term: &str) -> bool {
    term.chars().any(char::is_alphanumeric)
}

/// The order of a list; the second key is always the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Name,
    Created,
    Activity,
}

/// The row after which (or, backwards, before which) a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Name(Vec<u8>),
    Time(Moment),
    Int(i64),
    Text(String),
}

impl Key {
    fn bind(&self) -> Bind {
        match self {
            Self::Name(name) => Bind::Bytes(name.clone()),
            Self::Time(time) => Bind::Time(*time),
            Self::Int(value) => Bind::Int(*value),
            Self::Text(text) => Bind::Text(text.clone()),
        }
    }
}

/// Which rows of the matches: order, direction, where to begin and how many.
#[derive(Debug, Clone)]
pub struct Window {
    pub order: Order,
    pub descending: bool,
    pub after: Option<(Key, CustomerId)>,
    pub limit: i64,
}

/// Makes the document of a customer from its rows.
pub type DocOf<'a> = &'a mut dyn FnMut(&mut Conn, CustomerId) -> DbResult<Doc>;

/// Writes what the index knows of a customer, new or changed.
pub fn put(conn: &mut Conn, tenant: &Tenant, customer: CustomerId, name_key: &[u8], doc_of: DocOf<'_>) -> DbResult<()> {
    match conn {
        Conn::Sqlite(_) => sqlite::put(conn, tenant, customer, name_key, doc_of),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => {
            let doc = doc_of(conn, customer)?;
            postgres::put(conn, tenant, customer, &doc)
        }
    }
}

/// The matches of one page, in order. `matches` is what [`count`] said up to [`enough`]: it
/// decides between gathering the matches and walking the order's index.
pub fn page(conn: &mut Conn, tenant: &Tenant, query: &Query, window: &Window, matches: i64) -> DbResult<Vec<CustomerId>> {
    match conn {
        Conn::Sqlite(_) => sqlite::page(conn, tenant, query, window, matches),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => postgres::page(conn, tenant, query, window, matches),
    }
}

/// How far to count before [`page`] can choose its way; nothing by name on SQLite, whose index
/// already has that order.
pub fn enough(conn: &Conn, order: Order) -> i64 {
    match conn {
        Conn::Sqlite(_) if order == Order::Name => 0,
        _ => GATHER,
    }
}

/// How many match; stops counting at `cap`.
pub fn count(conn: &mut Conn, tenant: &Tenant, query: &Query, cap: i64) -> DbResult<i64> {
    match conn {
        Conn::Sqlite(_) => sqlite::count(conn, tenant, query, cap),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => postgres::count(conn, tenant, query, cap),
    }
}

/// One bound value of a [`Statement`].
#[derive(Debug, Clone)]
enum Bind {
    Text(String),
    Int(i64),
    Partner(PartnerId),
    Customer(CustomerId),
    Bytes(Vec<u8>),
    Time(Moment),
}

/// A piece of SQL with its values.
#[derive(Debug, Clone, Default)]
struct Sql {
    text: String,
    binds: Vec<Bind>,
}

impl Sql {
    fn new(text: impl Into<String>, binds: impl IntoIterator<Item = Bind>) -> Self {
        Self { text: text.into(), binds: binds.into_iter().collect() }
    }
    fn add(&mut self, text: &str, binds: impl IntoIterator<Item = Bind>) {
        self.text += text;
        self.binds.extend(binds);
    }
    fn append(&mut self, other: Self) {
        self.add(&other.text, other.binds);
    }
}

/// How many rows each of these has, ` from … where …`, in one statement; stops counting each at `cap`.
fn capped(conn: &mut Conn, parts: Vec<Sql>, cap: i64) -> DbResult<Vec<i64>> {
    let mut counts = vec![0; parts.len()];
    let mut sql = Sql::default();
    for (place, part) in parts.into_iter().enumerate() {
        let union = if place == 0 { "" } else { " union all " };
        sql.add(&format!("{union}select cast({place} as bigint), count(*) from (select 1"), []);
        sql.append(part);
        sql.add(&format!(" limit ?) c{place}"), [Bind::Int(cap)]);
    }
    let rows: Vec<(i64, i64)> = Statement::<(BigInt, BigInt)>::new(sql.text, sql.binds).load(conn)?;
    for (place, count) in rows {
        counts[place as usize] = count;
    }
    Ok(counts)
}

/// What `in` looks through, and the numbers that it holds as one value.
fn list(conn: &Conn, numbers: &[i64]) -> (&'static str, Bind) {
    let numbers = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    match conn {
        Conn::Sqlite(_) => ("(select value from json_each(?))", Bind::Text(format!("[{numbers}]"))),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => ("(select unnest(?::text::bigint[]))", Bind::Text(format!("{{{numbers}}}"))),
    }
}

/// A statement that diesel's language has no words for. Each `?` of its text is one bound value;
/// unlike `sql_query` it is prepared once and kept.
struct Statement<ST> {
    sql: String,
    binds: Vec<Bind>,
    answers: PhantomData<ST>,
}

impl<ST> Statement<ST> {
    fn new(sql: impl Into<String>, binds: Vec<Bind>) -> Self {
        Self { sql: sql.into(), binds, answers: PhantomData }
    }
}

impl<ST, DB> QueryFragment<DB> for Statement<ST>
where
    DB: Backend + HasSqlType<Guid> + HasSqlType<Instant>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    Vec<u8>: ToSql<Binary, DB>,
    PartnerId: ToSql<Guid, DB>,
    CustomerId: ToSql<Guid, DB>,
    Moment: ToSql<Instant, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let mut binds = self.binds.iter();
        for (i, part) in self.sql.split('?').enumerate() {
            if i > 0 {
                match binds.next() {
                    Some(Bind::Text(value)) => out.push_bind_param::<Text, _>(value)?,
                    Some(Bind::Int(value)) => out.push_bind_param::<BigInt, _>(value)?,
                    Some(Bind::Partner(value)) => out.push_bind_param::<Guid, _>(value)?,
                    Some(Bind::Customer(value)) => out.push_bind_param::<Guid, _>(value)?,
                    Some(Bind::Bytes(value)) => out.push_bind_param::<Binary, _>(value)?,
                    Some(Bind::Time(value)) => out.push_bind_param::<Instant, _>(value)?,
                    None => {
                        return Err(diesel::result::Error::QueryBuilderError("a value is missing".into()));
                    }
                }
            }
            out.push_sql(part);
        }
        Ok(())
    }
}

impl<ST> QueryId for Statement<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST> DieselQuery for Statement<ST> {
    type SqlType = ST;
}

impl<ST, C> RunQueryDsl<C> for Statement<ST> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_terms_are_pieces_and_long_ones_terms() {
        let query = Query::new("  Éc soft x", Vec::new());
        assert_eq!(query.terms, ["soft"]);
        assert_eq!(query.pieces, ["ec", "x"]);
        assert_eq!(Query::new("oak & elm", Vec::new()), Query::new("oak elm", Vec::new()));
        assert_eq!(Query::new("&", Vec::new()).pieces, ["&"]);
        assert!(query.asks() && Query::new("x", Vec::new()).asks() && !Query::new(" ", Vec::new()).asks());
    }

    #[test]
    fn a_document_knows_which_of_its_fields_are_names() {
        let doc = Doc::new(&["Contoso Ltd", "", "Alias"], &["zz@example.org"], Vec::new());
        assert_eq!(doc.names(), "\u{1}contoso ltd\u{1}alias");
        assert!(doc.text.ends_with("\u{1}zz@example.org\u{1}"));
    }
}
