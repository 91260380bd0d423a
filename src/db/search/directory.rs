//! The index of the public directory. A listing's row number is its rank: cloud, score and number,
//! so that a posting list is already in the order of results.
//!
//! Results come in segments, each in that order: matches of the name before matches of a tag, and
//! in either the near before the far, in bands of distance. Cells of a grid find what may lie in
//! a band; the locations of each candidate say whether it does.

#[cfg(feature = "postgres")]
use super::postgres;
use super::{Bind, Doc, Facet, Sql, Statement, sqlite};
use crate::db::{Conn, DbResult};
use crate::domain::Cloud;
use crate::domain::place::Point;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// Bands of distance, in kilometres; what is farther is not near.
pub const BANDS: [i64; 4] = [10, 25, 50, 100];

const SCORE_BITS: u32 = 32;
const CLOUD_BITS: u32 = 40;

/// A listing's place in the order of its cloud: the better score first, then the earlier number.
pub fn rank(cloud: Cloud, score: i64, number: i64) -> i64 {
    first(cloud) | (100 - score) << SCORE_BITS | number
}

fn first(cloud: Cloud) -> i64 {
    let place = Cloud::ALL.iter().position(|known| *known == cloud).unwrap_or_default();
    (place as i64) << CLOUD_BITS
}

/// Kinds of facets that are cells of a grid, by the width of a cell in hundredths of a degree;
/// those of filters are numbered from 1.
const FINE: (u8, i64) = (40, 20);
const COARSE: (u8, i64) = (41, 50);

/// Where a location lies, for its document.
pub fn cells_at(point: Point) -> [Facet; 2] {
    [FINE, COARSE].map(|(kind, width)| cell(kind, point.latitude.div_euclid(width * 10_000), point.longitude.div_euclid(width * 10_000)))
}

fn cell(kind: u8, row: i64, column: i64) -> Facet {
    Facet::new(kind, format!("{row}:{column}"))
}

/// A word that was asked for, and the filter values whose name has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub text: String,
    pub named: Vec<Facet>,
}

/// What to find: every word, of each group of facets one, and near a point.
#[derive(Debug, Clone)]
pub struct Asked {
    pub cloud: Cloud,
    pub words: Vec<Word>,
    pub groups: Vec<Vec<Facet>>,
    pub near: Option<Point>,
}

/// A part of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Some word is in a tag alone.
    by_tag: bool,
    /// Which band of distance, if there is a place.
    band: Option<usize>,
}

impl Asked {
    /// The parts of the results, the first first.
    pub fn segments(&self) -> Vec<Segment> {
        let relevance: &[bool] = if self.words.is_empty() { &[false] } else { &[false, true] };
        let bands: Vec<Option<usize>> = if self.near.is_some() { (0..BANDS.len()).map(Some).collect() } else { vec![None] };
        relevance.iter().flat_map(|by_tag| bands.iter().map(|band| Segment { by_tag: *by_tag, band: *band })).collect()
    }
    /// Is anything asked for that the index must answer?
    fn asks(&self) -> bool {
        !self.words.is_empty() || !self.groups.is_empty() || self.near.is_some()
    }
}

/// Which rows: the place after (or, backwards, before) which the page begins, and how many.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub from: Option<Place>,
    pub backwards: bool,
    pub limit: i64,
}

/// A place in the results: the number of a segment, and a rank in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub segment: i64,
    pub rank: i64,
}

/// Writes what the index knows of a listing that the public sees.
pub fn put(conn: &mut Conn, rank: i64, doc: &Doc) -> DbResult<()> {
    remove(conn, rank)?;
    let (tags, names) = (doc.text[doc.names..].to_owned(), doc.names().to_owned());
    let (sql, texts) = match conn {
        Conn::Sqlite(_) => {
            ("insert into listing_search (rowid, names, tags, facets) values (?, ?, ?, ?)", [names, tags, sqlite::facets_text(doc)])
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => {
            let tokens = postgres::listing::tokens(doc);
            ("insert into listing_search (rank, names, tags, tokens) values (?, ?, ?, ?::text::bigint[])", [names, tags, tokens])
        }
    };
    let binds = std::iter::once(Bind::Int(rank)).chain(texts.map(Bind::Text)).collect();
    Statement::<BigInt>::new(sql, binds).execute(conn).map(|_| ())
}

/// Takes a listing out of the index.
pub fn remove(conn: &mut Conn, rank: i64) -> DbResult<()> {
    let row = match conn {
        Conn::Sqlite(_) => "rowid",
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => "rank",
    };
    Statement::<BigInt>::new(format!("delete from listing_search where {row} = ?"), vec![Bind::Int(rank)]).execute(conn).map(|_| ())
}

/// Which matches of the words are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Name,
    /// No name match.
    Tag,
}

/// Which distances are meant, in kilometres: more than the first, at most the second.
type Ring = (i64, i64);

fn ring(segment: Segment) -> Option<Ring> {
    segment.band.map(|band| (if band == 0 { -1 } else { BANDS[band - 1] }, BANDS[band]))
}

/// ` from … where …` of the matches; a listing is `l`, its rank `l.rank`.
fn matching(conn: &Conn, asked: &Asked, way: Match, ring: Option<Ring>) -> Sql {
    let active = "join partner_account p on p.id = l.partner_id and p.status = 'active'";
    let cloud = Bind::Text(asked.cloud.as_str().into());
    let mut sql = Sql::default();
    if !asked.asks() {
        sql.add(&format!(" from listing l {active} where l.listed and l.cloud = ?"), [cloud]);
        return sql;
    }
    // The cloud again: the index of listings begins with it.
    let row =
        if matches!(conn, Conn::Sqlite(_)) { "cross join listing l on l.rank = s.rowid" } else { "join listing l on l.rank = s.rank" };
    sql.add(&format!(" from listing_search s {row} and l.listed and l.cloud = ? {active}"), [cloud]);
    sql.append(postings(conn, asked, way, ring));
    if let (Some(point), Some((inner, outer))) = (asked.near, ring) {
        within(&mut sql, "exists", point, outer);
        if inner > 0 {
            within(&mut sql, "not exists", point, inner);
        }
    }
    sql
}

/// ` where …` on the index `s` alone: of a place, all that is in its cells.
fn postings(conn: &Conn, asked: &Asked, way: Match, ring: Option<Ring>) -> Sql {
    let mut sql = Sql::default();
    let range = [Bind::Int(first(asked.cloud)), Bind::Int(first(asked.cloud) + (1 << CLOUD_BITS))];
    let mut groups = asked.groups.clone();
    if let (Some(point), Some(ring)) = (asked.near, ring) {
        groups.push(cells(point, ring));
    }
    match conn {
        Conn::Sqlite(_) => {
            sql.add(" where listing_search match ?", [Bind::Text(expression(&asked.words, &groups, way))]);
            sql.add(" and s.rowid >= ? and s.rowid < ?", range);
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => {
            sql.add(" where s.rank >= ? and s.rank < ?", range);
            postgres::listing::condition(&asked.words, &groups, way, &mut sql);
        }
    }
    sql
}

/// Does a location lie within so many kilometres? On so short a way the earth is flat, and a degree
/// of longitude as long everywhere.
fn within(sql: &mut Sql, exists: &str, point: Point, km: i64) {
    let square = |text: &str| format!("({text}) * ({text})");
    let north = square("n.latitude - ?");
    let east = square("((n.longitude - ? + 540000000) % 360000000 - 180000000) * ? / 1000");
    let shrunk = ((point.latitude as f64 / 1e6).to_radians().cos() * 1000.0).round() as i64;
    let (latitude, longitude) = (Bind::Int(point.latitude), [Bind::Int(point.longitude), Bind::Int(shrunk)]);
    let reach = micro_degrees(km);
    let binds = [vec![latitude.clone(), latitude], longitude.to_vec(), longitude.to_vec(), vec![Bind::Int(reach * reach)]].concat();
    let own = "n.partner_id = l.partner_id and n.profile_id = l.profile_id";
    sql.add(&format!(" and {exists} (select 1 from listing_location n where {own} and {north} + {east} <= ?)"), binds);
}

/// So many kilometres of a meridian, in millionths of a degree.
fn micro_degrees(km: i64) -> i64 {
    km * 1_000_000 * 1_000 / 111_195
}

/// The cells that a ring touches.
fn cells(point: Point, (inner, outer): Ring) -> Vec<Facet> {
    let (kind, width) = if outer > 50 { COARSE } else { FINE };
    let width = width * 10_000;
    let reach = micro_degrees(outer);
    let shrunk = (point.latitude as f64 / 1e6).to_radians().cos().max(0.01);
    let reach_east = (reach as f64 / shrunk) as i64;
    // Whole cells of what is nearer are left out.
    let is_inside = |row: i64, column: i64| {
        let far = |low: i64, at: i64| (low - at).abs().max((low + width - at).abs());
        let east = (far(column * width, point.longitude) as f64 * shrunk * 1.02) as i64;
        let north = far(row * width, point.latitude);
        inner > 0 && north * north + east * east < micro_degrees(inner).pow(2)
    };
    let (rows, columns) = (range(point.latitude, reach, width), range(point.longitude, reach_east, width));
    let around = 360_000_000 / width;
    let half = around / 2;
    let mut found: Vec<Facet> = Vec::new();
    for (row, column) in rows.flat_map(|row| columns.clone().map(move |column| (row, column))).filter(|at| !is_inside(at.0, at.1)) {
        found.push(cell(kind, row, (column + half).rem_euclid(around) - half));
    }
    found
}

fn range(at: i64, reach: i64, width: i64) -> std::ops::RangeInclusive<i64> {
    (at - reach).div_euclid(width)..=(at + reach).div_euclid(width)
}

/// SQLite: the FTS5 expression of a segment; everything in it is a quoted string.
fn expression(words: &[Word], groups: &[Vec<Facet>], way: Match) -> String {
    let any = |facets: &[Facet]| facets.iter().map(sqlite::quoted_token).collect::<Vec<_>>().join(" OR ");
    let in_name = |word: &Word| match word.text.chars().count() {
        0..3 => format!("facets : ({})", sqlite::piece_expression(&word.text)),
        _ => format!("names : {}", sqlite::quoted(&word.text)),
    };
    let anywhere = |word: &Word| {
        let mut ways = vec![in_name(word)];
        if word.text.chars().count() >= 3 {
            ways.push(format!("tags : {}", sqlite::quoted(&word.text)));
        }
        if !word.named.is_empty() {
            ways.push(format!("facets : ({})", any(&word.named)));
        }
        format!("({})", ways.join(" OR "))
    };
    let names: Vec<String> = words.iter().map(in_name).collect();
    let mut all = if way == Match::Name { names.clone() } else { words.iter().map(anywhere).collect() };
    all.extend(groups.iter().map(|group| format!("facets : ({})", any(group))));
    let found = all.join(" AND ");
    if way == Match::Name { found } else { format!("({found}) NOT ({})", names.join(" AND ")) }
}

/// How many match, by name and by tag; each stops counting at `cap`.
pub fn counts(conn: &mut Conn, asked: &Asked, cap: i64) -> DbResult<Vec<i64>> {
    let whole = asked.near.map(|_| (-1, BANDS[BANDS.len() - 1]));
    let ways = if asked.words.is_empty() { &[Match::Name][..] } else { &[Match::Name, Match::Tag] };
    let parts = ways.iter().map(|way| matching(conn, asked, *way, whole)).collect();
    capped(conn, parts, cap)
}

/// How many of the matches have each of these groups of facets besides. Without a place the index
/// alone is asked, which has a partner that was suspended until its listings are taken out.
pub fn facet_counts(conn: &mut Conn, asked: &Asked, groups: &[Vec<Facet>], cap: i64) -> DbResult<Vec<i64>> {
    let whole = asked.near.map(|_| (-1, BANDS[BANDS.len() - 1]));
    let mut found = Vec::with_capacity(groups.len());
    // A compound statement has its limits.
    for piece in groups.chunks(40) {
        let part = |group: &Vec<Facet>, way| {
            let mut with = asked.clone();
            with.groups.push(group.clone());
            if whole.is_some() {
                return matching(conn, &with, way, whole);
            }
            let mut sql = Sql::default();
            sql.add(" from listing_search s", []);
            sql.append(postings(conn, &with, way, None));
            sql
        };
        let by_name: Vec<Sql> = piece.iter().map(|group| part(group, Match::Name)).collect();
        let by_tag: Vec<Sql> =
            if asked.words.is_empty() { Vec::new() } else { piece.iter().map(|group| part(group, Match::Tag)).collect() };
        let tagged = if by_tag.is_empty() { vec![0; piece.len()] } else { capped(conn, by_tag, cap)? };
        found.extend(capped(conn, by_name, cap)?.into_iter().zip(tagged).map(|(name, tag)| (name + tag).min(cap)));
    }
    Ok(found)
}

fn capped(conn: &mut Conn, parts: Vec<Sql>, cap: i64) -> DbResult<Vec<i64>> {
    let mut sql = Sql::default();
    let len = parts.len();
    for (i, part) in parts.into_iter().enumerate() {
        sql.add(if i == 0 { "" } else { " union all " }, []);
        sql.add(&format!("select cast({i} as bigint), count(*) from (select 1"), []);
        sql.append(part);
        sql.add(&format!(" limit ?) c{i}"), [Bind::Int(cap)]);
    }
    let rows: Vec<(i64, i64)> = Statement::<(BigInt, BigInt)>::new(sql.text, sql.binds).load(conn)?;
    let mut counts = vec![0; len];
    for (i, count) in rows {
        counts[i as usize] = count;
    }
    Ok(counts)
}

/// The values of the filters of all matches, if they are no more than `cap`.
pub fn facets(conn: &mut Conn, asked: &Asked, cap: i64) -> DbResult<Vec<String>> {
    let whole = asked.near.map(|_| (-1, BANDS[BANDS.len() - 1]));
    let mut sql = Sql::default();
    sql.add("select l.facets", []);
    sql.append(matching(conn, asked, Match::Name, whole));
    if !asked.words.is_empty() {
        sql.add(" union all select l.facets", []);
        sql.append(matching(conn, asked, Match::Tag, whole));
    }
    sql.add(" limit ?", [Bind::Int(cap)]);
    Statement::<Text>::new(sql.text, sql.binds).load(conn)
}

/// The ranks of the first listings whose name has every word.
pub fn named(conn: &mut Conn, cloud: Cloud, words: Vec<Word>, limit: i64) -> DbResult<Vec<i64>> {
    let asked = Asked { cloud, words, groups: Vec::new(), near: None };
    if !asked.asks() {
        return Ok(Vec::new());
    }
    let by_name = matching(conn, &asked, Match::Name, None);
    let mut counts = capped(conn, vec![by_name], DENSE)?;
    // None of the matches of a tag alone.
    counts.push(0);
    Ok(page(conn, &asked, &Window { from: None, backwards: false, limit }, &counts)?.into_iter().map(|place| place.rank).collect())
}

/// The places of one page, in the order of the page. `counts` is what [`counts`] said.
pub fn page(conn: &mut Conn, asked: &Asked, window: &Window, counts: &[i64]) -> DbResult<Vec<Place>> {
    let all = (0..).zip(asked.segments());
    let begin = window.from.map(|place| place.segment);
    let mut segments: Vec<(i64, Segment)> = if window.backwards {
        all.filter(|(number, _)| begin.is_none_or(|begin| *number <= begin)).collect()
    } else {
        all.filter(|(number, _)| begin.is_none_or(|begin| *number >= begin)).collect()
    };
    if window.backwards {
        segments.reverse();
    }
    segments.retain(|(_, segment)| counts.get(usize::from(segment.by_tag)).is_none_or(|count| *count > 0));
    let mut found = Vec::new();
    let dense: Vec<bool> = segments.iter().map(|(_, segment)| is_dense(conn, *segment, counts)).collect();
    for group in runs(&segments, &dense) {
        let left = window.limit - found.len() as i64;
        if left <= 0 {
            break;
        }
        found.extend(part(conn, asked, group, &Window { limit: left, ..*window }, counts)?);
    }
    found.sort_unstable();
    if window.backwards {
        found.reverse();
    }
    Ok(found)
}

/// Segments of which few match, together; a dense one fills its page alone.
fn runs<'a>(segments: &'a [(i64, Segment)], dense: &[bool]) -> Vec<&'a [(i64, Segment)]> {
    let (mut found, mut start) = (Vec::new(), 0);
    for end in 1..=segments.len() {
        if end == segments.len() || dense[end] || dense[end - 1] {
            found.push(&segments[start..end]);
            start = end;
        }
    }
    found
}

/// PostgreSQL: so many match that the order's index is walked; where few do, they are gathered.
#[cfg_attr(not(feature = "postgres"), allow(unused_variables, clippy::missing_const_for_fn))]
fn is_dense(conn: &Conn, segment: Segment, counts: &[i64]) -> bool {
    match conn {
        Conn::Sqlite(_) => false,
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => segment.band.is_none() && counts.get(usize::from(segment.by_tag)).is_some_and(|count| *count >= DENSE),
    }
}

/// How many matches are many.
const DENSE: i64 = 1_000;

/// A run of segments in one statement; each is read only where those before it left room.
fn part(conn: &mut Conn, asked: &Asked, segments: &[(i64, Segment)], window: &Window, counts: &[i64]) -> DbResult<Vec<Place>> {
    let (direction, comparison) = if window.backwards { ("desc", "<") } else { ("asc", ">") };
    let dense = segments.iter().any(|(_, segment)| is_dense(conn, *segment, counts));
    // A fence, on PostgreSQL: the planner cannot know how few match.
    let fenced = asked.asks() && !dense && !matches!(conn, Conn::Sqlite(_));
    // The index's own row number, which is the rank.
    let rank = if asked.asks() && matches!(conn, Conn::Sqlite(_)) { "s.rowid" } else { "l.rank" };
    let mut sql = Sql::default();
    for (i, (number, segment)) in segments.iter().enumerate() {
        let way = if segment.by_tag { Match::Tag } else { Match::Name };
        sql.add(if i == 0 { "" } else { " union all " }, []);
        sql.add(&format!("select segment, rank from (select cast({number} as bigint) as segment, {rank} as rank"), []);
        sql.append(matching(conn, asked, way, ring(*segment)));
        if let Some(place) = window.from.filter(|place| place.segment == *number) {
            sql.add(&format!(" and {rank} {comparison} ?"), [Bind::Int(place.rank)]);
        }
        sql.add(&if fenced { format!(" offset 0) g{i} order by rank {direction}") } else { format!(" order by {rank} {direction}") }, []);
        sql.add(if fenced { " limit ?" } else { " limit ?)" }, [Bind::Int(window.limit)]);
        if !fenced {
            sql.add(&format!(" g{i}"), []);
        }
    }
    if segments.len() > 1 {
        let text = std::mem::take(&mut sql.text);
        sql.text = if fenced { format!("({})", text.replace(" union all ", ") union all (")) } else { text };
        sql.add(" limit ?", [Bind::Int(window.limit)]);
    }
    let statement = Statement::<(BigInt, BigInt)>::new(sql.text, sql.binds);
    #[cfg(feature = "postgres")]
    let rows: Vec<(i64, i64)> =
        if dense && asked.asks() { postgres::walking(conn, |conn| statement.load(conn))? } else { statement.load(conn)? };
    #[cfg(not(feature = "postgres"))]
    let rows: Vec<(i64, i64)> = statement.load(conn)?;
    Ok(rows.into_iter().map(|(segment, rank)| Place { segment, rank }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_scores_come_first_then_earlier_numbers_and_clouds_do_not_mix() {
        let ordered = [
            rank(Cloud::Worldwide, 100, 9),
            rank(Cloud::Worldwide, 90, 2),
            rank(Cloud::Worldwide, 90, 7),
            rank(Cloud::Worldwide, 0, 1),
            rank(Cloud::Germany, 100, 1),
        ];
        assert!(ordered.is_sorted());
    }

    #[test]
    fn a_ring_touches_the_cells_of_every_place_in_it() {
        let lyon = Point { latitude: 45_749_060, longitude: 4_847_890 };
        for (inner, outer) in [(-1, 10), (10, 25), (25, 50), (50, 100)] {
            let cells = cells(lyon, (inner, outer));
            assert!(cells.len() < 60, "{}", cells.len());
            for degrees in 0..360 {
                let angle = f64::from(degrees).to_radians();
                let reach = micro_degrees(outer) as f64 * 0.98;
                let shrunk = (lyon.latitude as f64 / 1e6).to_radians().cos();
                let at = Point {
                    latitude: lyon.latitude + (reach * angle.sin()) as i64,
                    longitude: lyon.longitude + (reach * angle.cos() / shrunk) as i64,
                };
                assert!(cells_at(at).iter().any(|cell| cells.contains(cell)), "{outer} km, {degrees}");
            }
        }
    }

    #[test]
    fn cells_go_on_beyond_the_date_line() {
        let fiji = Point { latitude: -17_000_000, longitude: 179_990_000 };
        let beyond = Point { latitude: -17_000_000, longitude: -179_990_000 };
        assert!(cells_at(beyond).iter().any(|cell| cells(fiji, (-1, 10)).contains(cell)));
    }
}
