//! SQLite: FTS5 with trigrams. The row number of a document is its *rank*: the partner's number
//! in the high bits, and in the low 40 a position that follows the order of names. Posting lists
//! are kept in the order of row numbers, so the first fifty matches by name are the first fifty
//! postings of the partner's range, wherever the other partners' rows lie.

use super::{Bind, Doc, DocOf, FIELD, Facet, Key, Order, PIECE, Query, Statement, Window};
use crate::access::tenant::Tenant;
use crate::db::ids::CustomerId;
use crate::db::types::Guid;
use crate::db::{Conn, DbResult, direct};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use diesel::sqlite::SqliteConnection;

/// Bits of a rank below the partner's number.
const BITS: u32 = 40;
/// Distance kept between two neighbours where there is room.
const STEP: i64 = 1 << 20;

pub(super) const fn first(tenant: &Tenant) -> i64 {
    tenant.number() << BITS
}

fn last(tenant: &Tenant) -> i64 {
    first(tenant) + (1 << BITS) - 1
}

/// A filter value as four characters of the private use area: the kind, never used for anything
/// else, and 36 bits of its value. Trigrams that span two values begin with no kind and so match
/// no query.
fn token(facet: &Facet, out: &mut String) {
    let hash = fnv(&[facet.value.as_bytes()]);
    let char_of = |code: u32| char::from_u32(code).expect("private use area");
    out.push(char_of(0xE000 + u32::from(facet.kind)));
    for shift in [0, 12, 24] {
        out.push(char_of(0xE100 + ((hash >> shift) & 0xFFF) as u32));
    }
}

/// FNV-1a, 64 bits, then mixed so that its low bits are as good as its high ones.
pub(super) fn fnv(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.iter().chain(&[0])) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

pub(super) fn quoted_token(facet: &Facet) -> String {
    let mut text = String::new();
    token(facet, &mut text);
    quoted(&text)
}

/// The FTS5 expression of a query; every piece is a quoted string, so nothing in it is syntax.
pub(super) fn expression(query: &Query) -> String {
    let mut parts: Vec<String> = query.terms.iter().map(|term| format!("doc : {}", quoted(&term.replace(FIELD, "")))).collect();
    parts.extend(query.pieces.iter().map(|piece| format!("facets : ({})", piece_expression(piece))));
    for group in &query.groups {
        let any: Vec<String> = group.iter().map(quoted_token).collect();
        parts.push(format!("facets : ({})", any.join(" OR ")));
    }
    let found = parts.join(" AND ");
    query.without.iter().fold(found, |found, facet| format!("({found}) NOT facets : {}", quoted_token(facet)))
}

/// Stands around every character of the names beside the facets, so that one character and two
/// neighbours make a trigram each: `·a·` and `a·b` in `·a·b·`.
const BESIDE: char = '\u{E000}';

/// Where one or two characters stand in a name. A customer not written since the index knew the
/// beginnings of words alone is found by those.
pub(super) fn piece_expression(piece: &str) -> String {
    let mut spaced = String::new();
    for c in piece.chars().filter(|c| *c != FIELD) {
        spaced.extend([BESIDE, c]);
    }
    let trigram: String = if piece.chars().count() == 1 { spaced + "\u{E000}" } else { spaced.chars().skip(1).collect() };
    let mut beginning = String::new();
    token(&Facet { kind: PIECE, value: piece.to_owned() }, &mut beginning);
    format!("{} OR {}", quoted(&trigram), quoted(&beginning))
}

pub(super) fn facets_text(doc: &Doc) -> String {
    let mut text = String::with_capacity(doc.facets.len() * 12 + doc.names().len() * 4);
    for c in doc.names().chars() {
        text.extend([BESIDE, c]);
    }
    text.push(BESIDE);
    doc.facets.iter().for_each(|facet| token(facet, &mut text));
    text
}

pub(super) fn put(conn: &mut Conn, tenant: &Tenant, customer: CustomerId, name_key: &[u8], doc_of: DocOf<'_>) -> DbResult<()> {
    let old = rank_of(conn, tenant, customer)?;
    let (below, above) = neighbours(conn, tenant, customer, name_key)?;
    let rank = match old {
        // Still between its neighbours: the name's place has not changed.
        Some(rank) if below < rank && rank < above => {
            Statement::<BigInt>::new("delete from customer_search where rowid = ?", vec![Bind::Int(rank)]).execute(conn)?;
            rank
        }
        _ => {
            if let Some(rank) = old {
                Statement::<BigInt>::new("delete from customer_search where rowid = ?", vec![Bind::Int(rank)]).execute(conn)?;
                Statement::<BigInt>::new("delete from customer_rank where rank = ?", vec![Bind::Int(rank)]).execute(conn)?;
            }
            let rank = place(conn, tenant, customer, name_key, (below, above), doc_of)?;
            let binds = vec![Bind::Int(rank), Bind::Partner(tenant.id()), Bind::Customer(customer)];
            Statement::<BigInt>::new("insert into customer_rank (rank, partner_id, customer_id) values (?, ?, ?)", binds).execute(conn)?;
            rank
        }
    };
    let doc = doc_of(conn, customer)?;
    insert(conn, rank, &doc)
}

fn insert(conn: &mut Conn, rank: i64, doc: &Doc) -> DbResult<()> {
    let binds = vec![Bind::Int(rank), Bind::Text(doc.text.clone()), Bind::Text(facets_text(doc))];
    Statement::<BigInt>::new("insert into customer_search (rowid, doc, facets) values (?, ?, ?)", binds).execute(conn).map(|_| ())
}

/// Writes a document of another index, whose row numbers stay.
pub(super) fn replace(conn: &mut Conn, index: &str, row: i64, doc: &Doc) -> DbResult<()> {
    Statement::<BigInt>::new(format!("delete from {index} where rowid = ?"), vec![Bind::Int(row)]).execute(conn)?;
    let binds = vec![Bind::Int(row), Bind::Text(doc.text.clone()), Bind::Text(facets_text(doc))];
    Statement::<BigInt>::new(format!("insert into {index} (rowid, doc, facets) values (?, ?, ?)"), binds).execute(conn).map(|_| ())
}

/// The rank of a customer, if it is in the index.
pub fn rank_of(conn: &mut Conn, tenant: &Tenant, customer: CustomerId) -> DbResult<Option<i64>> {
    let binds = vec![Bind::Partner(tenant.id()), Bind::Customer(customer)];
    Statement::<BigInt>::new("select rank from customer_rank where partner_id = ? and customer_id = ?", binds).get_result(conn).optional()
}

/// One end of the neighbourhood in name order, over listed and ended customers alike.
fn neighbour_sql(comparison: &str, direction: &str, aggregate: &str) -> String {
    let one = |listed: u8| {
        format!(
            "select rank from (select r.rank as rank from customer_account c join customer_rank r on r.partner_id = c.partner_id and r.customer_id = c.id \
             where c.partner_id = ? and c.listed = {listed} and c.name_key {comparison}= ? and (c.name_key {comparison} ? or c.id {comparison} ?) \
             order by c.name_key {direction}, c.id {direction} limit 1)"
        )
    };
    format!("select {aggregate}(rank) from ({} union all {})", one(1), one(0))
}

fn neighbour_binds(tenant: &Tenant, customer: CustomerId, name_key: &[u8]) -> Vec<Bind> {
    let one = [Bind::Partner(tenant.id()), Bind::Bytes(name_key.to_vec()), Bind::Bytes(name_key.to_vec()), Bind::Customer(customer)];
    [one.clone(), one].concat()
}

fn neighbours(conn: &mut Conn, tenant: &Tenant, customer: CustomerId, name_key: &[u8]) -> DbResult<(i64, i64)> {
    let mut find =
        |sql: String| Statement::<Nullable<BigInt>>::new(sql, neighbour_binds(tenant, customer, name_key)).get_result::<Option<i64>>(conn);
    let below = find(neighbour_sql("<", "desc", "max"))?;
    let above = find(neighbour_sql(">", "asc", "min"))?;
    Ok((below.unwrap_or(first(tenant)), above.unwrap_or(last(tenant))))
}

/// A free rank between two neighbours. Where there is none, the neighbourhood is spread out: a
/// window that doubles until its rows have room again, so that the work per insert stays small
/// however many names come at one place.
fn place(
    conn: &mut Conn,
    tenant: &Tenant,
    customer: CustomerId,
    name_key: &[u8],
    (below, above): (i64, i64),
    doc_of: DocOf<'_>,
) -> DbResult<i64> {
    let room = above - below;
    if room > 1 {
        // At the end of the list, leave room rather than halve what is left.
        return Ok(below + (room / 2).min(STEP));
    }
    let mut width = 64_i64;
    loop {
        let (low, high) = ((below - width).max(first(tenant)), (below + width).min(last(tenant)));
        let binds = vec![Bind::Partner(tenant.id()), Bind::Int(low), Bind::Int(high)];
        let ranks: Vec<i64> =
            Statement::<BigInt>::new("select rank from customer_rank where partner_id = ? and rank > ? and rank < ? order by rank", binds)
                .load(conn)?;
        let gap = (high - low) / (ranks.len() as i64 + 1);
        if gap >= 8 || (low == first(tenant) && high == last(tenant)) {
            spread(conn, low, gap, &ranks, doc_of)?;
            break;
        }
        width *= 2;
    }
    let (below, above) = neighbours(conn, tenant, customer, name_key)?;
    Ok(below + (above - below) / 2)
}

/// Moves the rows of a window to even distances: all out of the way, then into place. The index
/// holds no text to read back, so the moved documents are made anew.
fn spread(conn: &mut Conn, low: i64, gap: i64, ranks: &[i64], doc_of: DocOf<'_>) -> DbResult<()> {
    let run = |conn: &mut Conn, sql: &str, binds: Vec<Bind>| Statement::<BigInt>::new(sql, binds).execute(conn);
    for rank in ranks {
        run(conn, "delete from customer_search where rowid = ?", vec![Bind::Int(*rank)])?;
        run(conn, "update customer_rank set rank = ? where rank = ?", vec![Bind::Int(-rank), Bind::Int(*rank)])?;
    }
    for (i, old) in ranks.iter().enumerate() {
        let rank = low + gap * (i as i64 + 1);
        run(conn, "update customer_rank set rank = ? where rank = ?", vec![Bind::Int(rank), Bind::Int(-old)])?;
        let customer: CustomerId =
            Statement::<Guid>::new("select customer_id from customer_rank where rank = ?", vec![Bind::Int(rank)]).get_result(conn)?;
        let doc = doc_of(conn, customer)?;
        insert(conn, rank, &doc)?;
    }
    Ok(())
}

pub(super) fn range(tenant: &Tenant) -> [Bind; 2] {
    [Bind::Int(first(tenant)), Bind::Int(last(tenant))]
}

pub(super) fn count(conn: &mut Conn, tenant: &Tenant, query: &Query, cap: i64) -> DbResult<i64> {
    let [low, high] = range(tenant);
    let sql = "select count(*) from (select rowid from customer_search where customer_search match ? and rowid > ? and rowid < ? limit ?)";
    let count = Statement::<BigInt>::new(sql, vec![Bind::Text(expression(query)), low, high, Bind::Int(cap)]);
    direct!(conn, |conn| count.get_result(conn))
}

pub(super) fn page(conn: &mut Conn, tenant: &Tenant, query: &Query, window: &Window, matches: i64) -> DbResult<Vec<CustomerId>> {
    if window.order == Order::Name {
        return by_name(conn, tenant, query, window);
    }
    let column = if window.order == Order::Created { "created_at" } else { "activity_at" };
    let (direction, comparison) = if window.descending { ("desc", "<") } else { ("asc", ">") };
    let dense = matches >= super::GATHER;
    let [low, high] = range(tenant);
    let mut binds = Vec::new();
    let mut sql = if dense {
        binds.extend([Bind::Partner(tenant.id()), Bind::Text(expression(query))]);
        "select c.id from customer_account c join customer_rank r on r.partner_id = c.partner_id and r.customer_id = c.id \
         where c.partner_id = ? and c.listed = 1 and exists (select 1 from customer_search where customer_search match ? and rowid = r.rank)"
            .to_owned()
    } else {
        binds.extend([Bind::Text(expression(query)), low, high]);
        "select c.id from customer_search s join customer_rank r on r.rank = s.rowid \
         join customer_account c on c.partner_id = r.partner_id and c.id = r.customer_id \
         where customer_search match ? and s.rowid > ? and s.rowid < ?"
            .to_owned()
    };
    if let Some((Key::Time(time), id)) = &window.after {
        sql += &format!(" and c.{column} {comparison}= ? and (c.{column} {comparison} ? or c.id {comparison} ?)");
        binds.extend([Bind::Time(*time), Bind::Time(*time), Bind::Customer(*id)]);
    }
    sql += &format!(" order by c.{column} {direction}, c.id {direction} limit ?");
    binds.push(Bind::Int(window.limit));
    direct!(conn, |conn| Statement::<Guid>::new(sql, binds).load(conn))
}

fn by_name(conn: &mut Conn, tenant: &Tenant, query: &Query, window: &Window) -> DbResult<Vec<CustomerId>> {
    let [low, high] = range(tenant);
    let (from, to, direction) = (" and s.rowid > ", " and s.rowid < ", if window.descending { "desc" } else { "asc" });
    let mut binds = vec![Bind::Text(expression(query))];
    let mut sql =
        "select r.customer_id from customer_search s join customer_rank r on r.rank = s.rowid where customer_search match ?".to_owned();
    match &window.after {
        // The place in the order of names, not the row, which may have moved since.
        Some((Key::Name(key), id)) if !window.descending => {
            sql += &format!("{from} coalesce(({}), 0){to} ?", place_sql("<", "desc", "max"));
            binds.extend(neighbour_binds(tenant, *id, key));
            binds.push(high);
        }
        Some((Key::Name(key), id)) => {
            sql += &format!("{from} ?{to} coalesce(({}), 0)", place_sql(">", "asc", "min"));
            binds.push(low);
            binds.extend(neighbour_binds(tenant, *id, key));
        }
        _ => {
            sql += &format!("{from} ?{to} ?");
            binds.extend([low, high]);
        }
    }
    sql += &format!(" order by s.rowid {direction} limit ?");
    binds.push(Bind::Int(window.limit));
    direct!(conn, |conn| Statement::<Guid>::new(sql, binds).load(conn))
}

/// As [`neighbour_sql`], the row itself included.
fn place_sql(comparison: &str, direction: &str, aggregate: &str) -> String {
    neighbour_sql(comparison, direction, aggregate).replace(&format!("c.id {comparison} ?"), &format!("c.id {comparison}= ?"))
}

/// For as long as one process fills the index alone: its pieces are left as they come, since each
/// merge would read what the next one reads again.
const BY_HAND: &str = "insert into customer_search (customer_search, rank) values ('automerge', 0);
    insert into customer_search (customer_search, rank) values ('crisismerge', 1900);";
const AUTOMATIC: &str = "insert into customer_search (customer_search, rank) values ('automerge', 4);
    insert into customer_search (customer_search, rank) values ('crisismerge', 16);";

/// Merges pieces of the index while it is written, as it is unless a load was killed: the setting
/// is kept in the index itself. Asked by every server that starts.
pub fn automatic(conn: &mut Conn) -> DbResult<()> {
    if !matches!(conn, Conn::Sqlite(_)) {
        return Ok(());
    }
    let off: i64 =
        diesel::select(diesel::dsl::sql::<BigInt>("(select count(*) from customer_search_config where k = 'automerge' and v = 0)"))
            .get_result(conn)?;
    if off == 0 { Ok(()) } else { conn.batch_execute(AUTOMATIC) }
}

/// Fills the index of one partner from scratch, in the order of names: for `comptoir sample`.
pub struct Bulk {
    next: i64,
    step: i64,
}

impl Bulk {
    /// For `count` customers that will come in the order of their names.
    pub fn new(tenant: &Tenant, count: i64) -> Self {
        let step = ((1_i64 << BITS) / (count + 1)).min(STEP);
        Self { next: first(tenant) + step, step }
    }
    /// The next rank; the caller inserts the row of `customer_rank` itself.
    pub fn rank(&mut self) -> i64 {
        self.next += self.step;
        self.next - self.step
    }
    /// Stops merging while the index is written.
    pub fn begin(conn: &mut SqliteConnection) -> DbResult<()> {
        conn.batch_execute(BY_HAND)
    }
    /// Merges the new pieces into one, and leaves alone what was there before.
    pub fn merge(conn: &mut SqliteConnection) -> DbResult<()> {
        conn.batch_execute("insert into customer_search (customer_search, rank) values ('merge', 2000000000)")
    }
    /// Merges while the index is written again.
    pub fn end(conn: &mut SqliteConnection) -> DbResult<()> {
        conn.batch_execute(AUTOMATIC)
    }
    /// The two texts of a document, for a statement of the caller's own.
    pub fn texts(doc: &Doc) -> (String, String) {
        (doc.text.clone(), facets_text(doc))
    }
}
