//! PostgreSQL: an array of numbers a customer, under a GIN index. Each number is derived from the
//! partner's and a trigram or filter value, so that a posting list holds one partner's rows alone.
//! Substrings are checked once more in the stored text, since their trigrams may stand apart.

use super::sqlite::fnv;
use super::{Bind, Doc, Facet, Order, PIECE, Query, Statement, Window};
use crate::access::tenant::Tenant;
use crate::db::ids::CustomerId;
use crate::db::types::Guid;
use crate::db::{Conn, DbResult};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeSet;

fn facet_token(tenant: &Tenant, facet: &Facet) -> i64 {
    fnv(&[&tenant.number().to_be_bytes(), &[1, facet.kind], facet.value.as_bytes()]) as i64
}

fn trigram_tokens(tenant: &Tenant, text: &str, out: &mut BTreeSet<i64>) {
    let chars: Vec<char> = text.chars().collect();
    for window in chars.windows(3) {
        let trigram: String = window.iter().collect();
        out.insert(fnv(&[&tenant.number().to_be_bytes(), &[0], trigram.as_bytes()]) as i64);
    }
}

fn piece_token(tenant: &Tenant, piece: &str) -> i64 {
    facet_token(tenant, &Facet { kind: PIECE, value: piece.to_owned() })
}

/// Every one and two characters that stand together in the names.
fn piece_tokens(tenant: &Tenant, names: &str, out: &mut BTreeSet<i64>) {
    for word in names.split([super::FIELD, ' ']) {
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        for length in [1, 2] {
            out.extend(starts.windows(length + 1).map(|piece| piece_token(tenant, &word[piece[0]..piece[length]])));
        }
    }
}

/// An array literal; numbers alone, so nothing in it needs escaping.
fn literal(tokens: impl IntoIterator<Item = i64>) -> String {
    let list: Vec<String> = tokens.into_iter().map(|token| token.to_string()).collect();
    format!("{{{}}}", list.join(","))
}

/// The two columns of a document: its tokens and its text.
pub(super) fn texts(tenant: &Tenant, doc: &Doc) -> (String, String) {
    let mut tokens = BTreeSet::new();
    for field in doc.text.split(super::FIELD) {
        trigram_tokens(tenant, field, &mut tokens);
    }
    piece_tokens(tenant, doc.names(), &mut tokens);
    tokens.extend(doc.facets.iter().map(|facet| facet_token(tenant, facet)));
    (literal(tokens), doc.text.clone())
}

pub(super) fn put(conn: &mut Conn, tenant: &Tenant, customer: CustomerId, doc: &Doc) -> DbResult<()> {
    let (tokens, text) = texts(tenant, doc);
    let binds = vec![Bind::Partner(tenant.id()), Bind::Customer(customer), Bind::Text(tokens), Bind::Text(text)];
    let sql = "insert into customer_search (partner_id, customer_id, tokens, doc) values (?, ?, ?::text::bigint[], ?) \
        on conflict (partner_id, customer_id) do update set tokens = excluded.tokens, doc = excluded.doc";
    Statement::<BigInt>::new(sql, binds).execute(conn).map(|_| ())
}

/// The condition on an index `s` and its values.
pub(super) fn condition(tenant: &Tenant, query: &Query) -> (String, Vec<Bind>) {
    let mut all = BTreeSet::new();
    for term in &query.terms {
        trigram_tokens(tenant, term, &mut all);
    }
    all.extend(query.pieces.iter().map(|piece| piece_token(tenant, piece)));
    all.extend(query.groups.iter().filter(|group| group.len() == 1).map(|group| facet_token(tenant, &group[0])));
    let mut sql = "s.partner_id = ?".to_owned();
    let mut binds = vec![Bind::Partner(tenant.id())];
    if !all.is_empty() {
        sql += " and s.tokens @> ?::text::bigint[]";
        binds.push(Bind::Text(literal(all)));
    }
    for group in query.groups.iter().filter(|group| group.len() != 1) {
        sql += " and s.tokens && ?::text::bigint[]";
        binds.push(Bind::Text(literal(group.iter().map(|facet| facet_token(tenant, facet)))));
    }
    if !query.without.is_empty() {
        sql += " and not s.tokens && ?::text::bigint[]";
        binds.push(Bind::Text(literal(query.without.iter().map(|facet| facet_token(tenant, facet)))));
    }
    for term in &query.terms {
        sql += " and strpos(s.doc, ?) > 0";
        binds.push(Bind::Text(term.clone()));
    }
    (sql, binds)
}

pub(super) fn count(conn: &mut Conn, tenant: &Tenant, query: &Query, cap: i64) -> DbResult<i64> {
    let (condition, mut binds) = condition(tenant, query);
    binds.push(Bind::Int(cap));
    Statement::<BigInt>::new(format!("select count(*) from (select 1 from customer_search s where {condition} limit ?) capped"), binds)
        .get_result(conn)
}

/// Many match: the order's index is walked, and left at the first fifty. The planner, which cannot
/// know how often a number occurs, is told.
pub(super) fn walking<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> DbResult<T>) -> DbResult<T> {
    conn.batch_execute("set local enable_sort = off; set local enable_bitmapscan = off")?;
    let answer = work(conn)?;
    conn.batch_execute("set local enable_sort = on; set local enable_bitmapscan = on")?;
    Ok(answer)
}

pub(super) fn page(conn: &mut Conn, tenant: &Tenant, query: &Query, window: &Window, matches: i64) -> DbResult<Vec<CustomerId>> {
    let column = match window.order {
        Order::Name => "name_key",
        Order::Created => "created_at",
        Order::Activity => "activity_at",
    };
    let (direction, comparison) = if window.descending { ("desc", "<") } else { ("asc", ">") };
    let dense = matches >= super::GATHER;
    let (condition, mut binds) = condition(tenant, query);
    let mut sql = format!(
        "select c.id from customer_account c join customer_search s on s.partner_id = c.partner_id and s.customer_id = c.id where {condition}"
    );
    if dense {
        sql += " and c.listed";
    }
    if let Some((key, id)) = &window.after {
        sql += &format!(" and c.{column} {comparison}= ? and (c.{column} {comparison} ? or c.id {comparison} ?)");
        binds.extend([key.bind(), key.bind(), Bind::Customer(*id)]);
    }
    sql += &format!(" order by c.{column} {direction}, c.id {direction} limit ?");
    binds.push(Bind::Int(window.limit));
    let rows = Statement::<Guid>::new(sql, binds);
    if dense { walking(conn, |conn| rows.load(conn)) } else { rows.load(conn) }
}

/// The directory's documents and conditions: as a partner's, but nobody's.
pub(super) mod listing {
    use super::super::Sql;
    use super::super::directory::{Match, Word};
    use super::*;

    /// What a number stands for, so that none is taken for another.
    const TEXT: u8 = 0;
    const FACET: u8 = 1;
    const NAME: u8 = 2;
    const PIECE: u8 = 3;

    fn token(of: u8, text: &str) -> i64 {
        fnv(&[b"listing", &[of], text.as_bytes()]) as i64
    }
    fn facet(facet: &Facet) -> i64 {
        fnv(&[b"listing", &[FACET, facet.kind], facet.value.as_bytes()]) as i64
    }
    fn windows(of: u8, text: &str, length: usize) -> impl Iterator<Item = i64> {
        let chars: Vec<char> = text.chars().collect();
        let all: Vec<i64> = chars.windows(length).map(|window| token(of, &window.iter().collect::<String>())).collect();
        all.into_iter()
    }

    /// A document's tokens.
    pub fn tokens(doc: &Doc) -> String {
        let mut tokens: BTreeSet<i64> = doc.facets.iter().map(facet).collect();
        for field in doc.text.split(super::super::FIELD) {
            tokens.extend(windows(TEXT, field, 3));
        }
        for field in doc.names().split(super::super::FIELD) {
            tokens.extend(windows(NAME, field, 3).chain(windows(PIECE, field, 2)).chain(windows(PIECE, field, 1)));
        }
        literal(tokens)
    }

    /// Adds the conditions on the index `s`.
    pub fn condition(words: &[Word], groups: &[Vec<Facet>], way: Match, sql: &mut Sql) {
        for word in words {
            match way {
                Match::Name => {
                    sql.add(" and ", []);
                    in_name(word, sql);
                }
                Match::Tag | Match::Any => anywhere(word, sql),
            }
        }
        for group in groups {
            sql.add(" and s.tokens && ?::text::bigint[]", [Bind::Text(literal(group.iter().map(facet)))]);
        }
        if way == Match::Tag {
            let places = vec!["strpos(s.names, ?) > 0"; words.len()].join(" and ");
            sql.add(&format!(" and not ({places})"), words.iter().map(|word| Bind::Text(word.text.clone())));
        }
    }

    fn in_name(word: &Word, sql: &mut Sql) {
        let length = word.text.chars().count();
        let (of, length) = if length < 3 { (PIECE, length) } else { (NAME, 3) };
        let tokens = literal(windows(of, &word.text, length));
        sql.add("s.tokens @> ?::text::bigint[] and strpos(s.names, ?) > 0", [Bind::Text(tokens), Bind::Text(word.text.clone())]);
    }

    fn anywhere(word: &Word, sql: &mut Sql) {
        sql.add(" and (", []);
        if word.text.chars().count() < 3 {
            in_name(word, sql);
        } else {
            let tokens = Bind::Text(literal(windows(TEXT, &word.text, 3)));
            let text = || Bind::Text(word.text.clone());
            sql.add("s.tokens @> ?::text::bigint[] and (strpos(s.names, ?) > 0 or strpos(s.tags, ?) > 0)", [tokens, text(), text()]);
        }
        if !word.named.is_empty() {
            sql.add(" or s.tokens && ?::text::bigint[]", [Bind::Text(literal(word.named.iter().map(facet)))]);
        }
        sql.add(")", []);
    }
}
