//! Few listings match: all of them are read at once, which says how many they are, their order and
//! their filter values.

use super::super::{Bind, Facet, Sql, Statement, list};
use super::{Asked, BANDS, COARSE, Match, Place, REACH, Segment, Window, grid, index, micro_degrees, range_of, shrunk};
use crate::db::{Conn, DbResult};
use crate::domain::Cloud;
use crate::domain::fold::fold;
use crate::domain::place::Point;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rustc_hash::FxHashMap;

/// Places that are looked at around a point, for each match that is worth reading; where there are
/// more, the search index is asked first.
const AROUND: i64 = 4;

/// A match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub place: Place,
    /// Its values of the filters, each as [`Facet::text`] has it.
    pub facets: String,
}

/// All matches in order; `None` where so many may match that they are not worth reading: `limit`
/// and more.
pub fn find(conn: &mut Conn, asked: &Asked, limit: i64) -> DbResult<Option<Vec<Hit>>> {
    if let Some(point) = asked.near {
        let around = around(conn, asked.cloud, point, AROUND * limit)?;
        if (around.len() as i64) < AROUND * limit {
            let bands = nearest(point, &around);
            let ranks: Vec<i64> = bands.keys().copied().collect();
            let mut entries = entries(conn, asked, &ranks)?;
            entries.retain(|entry| entry.is_asked(asked));
            return Ok(Some(ordered(asked, entries, &bands)));
        }
    }
    let ranks = candidates(conn, asked, limit)?;
    if ranks.len() as i64 >= limit {
        return Ok(None);
    }
    let entries = entries(conn, asked, &ranks)?;
    let bands = match asked.near {
        Some(point) => nearest(point, &places(conn, &ranks)?),
        None => FxHashMap::default(),
    };
    Ok(Some(ordered(asked, entries, &bands)))
}

/// The part of the matches that a page shows, and the one beyond it, in the order that its window
/// reads them.
pub fn page(hits: &[Hit], window: &Window) -> Vec<Place> {
    let places = hits.iter().map(|hit| hit.place);
    let limit = window.limit as usize;
    match (window.from, window.backwards) {
        (None, false) => places.take(limit).collect(),
        (Some(from), false) => places.filter(|place| *place > from).take(limit).collect(),
        (from, true) => places.rev().filter(|place| from.is_none_or(|from| *place < from)).take(limit).collect(),
    }
}

/// What the index alone says: of a place, all that is in its cells.
fn candidates(conn: &mut Conn, asked: &Asked, limit: i64) -> DbResult<Vec<i64>> {
    let mut sql = Sql::new(if matches!(conn, Conn::Sqlite(_)) { "select s.rowid" } else { "select s.rank" }, []);
    sql.append(index(conn, asked, Match::Any, asked.reach()));
    sql.add(" limit ?", [Bind::Int(limit)]);
    Statement::<BigInt>::new(sql.text, sql.binds).load(conn)
}

/// A listing as the search sees it.
struct Entry {
    rank: i64,
    /// Folded, where words are asked for.
    name: String,
    tags: String,
    facets: String,
}

impl Entry {
    /// Has it all that is asked for but the place? As the index has it: `sqlite::expression`.
    fn is_asked(&self, asked: &Asked) -> bool {
        let has = |facet: &Facet| self.facets.split(' ').any(|value| facet.is(value));
        if !asked.groups.iter().all(|group| group.iter().any(has)) {
            return false;
        }
        if asked.words.is_empty() {
            return true;
        }
        let tags: Vec<String> = self.tags.split('\n').map(fold).collect();
        let tagged = |word: &str| word.chars().count() >= 3 && tags.iter().any(|tag| tag.contains(word));
        asked.words.iter().all(|word| self.name.contains(&word.text) || tagged(&word.text) || word.named.iter().any(has))
    }
}

/// Listings by rank, in no order; those of partners that are active.
fn entries(conn: &mut Conn, asked: &Asked, ranks: &[i64]) -> DbResult<Vec<Entry>> {
    let (list, ranks) = list(conn, ranks);
    let sql = format!(
        "select e.rank, e.name, e.tags, e.facets from listing_entry e where e.rank in {list} \
         and exists (select 1 from partner_account p where p.id = e.partner_id and p.status = 'active')"
    );
    let rows: Vec<(i64, String, String, String)> = Statement::<(BigInt, Text, Text, Text)>::new(sql, vec![ranks]).load(conn)?;
    let folded = |name: String| if asked.words.is_empty() { name } else { fold(&name) };
    Ok(rows.into_iter().map(|(rank, name, tags, facets)| Entry { rank, name: folded(name), tags, facets }).collect())
}

/// A listing's rank, and where one of its locations is.
type At = (i64, i64, i64);

/// Where these listings are.
fn places(conn: &mut Conn, ranks: &[i64]) -> DbResult<Vec<At>> {
    let (list, ranks) = list(conn, ranks);
    let sql = format!("select rank, latitude, longitude from listing_place where rank in {list}");
    Statement::<(BigInt, BigInt, BigInt)>::new(sql, vec![ranks]).load(conn)
}

/// What lies in the cells around a point, up to a limit.
fn around(conn: &mut Conn, cloud: Cloud, point: Point, limit: i64) -> DbResult<Vec<At>> {
    let cells: Vec<i64> = grid(point, REACH, COARSE.1).into_iter().map(|(row, column)| numbered(row, column)).collect();
    let (list, cells) = list(conn, &cells);
    let sql = format!("select rank, latitude, longitude from listing_place where cell in {list} and rank >= ? and rank < ? limit ?");
    let [low, high] = range_of(cloud);
    Statement::<(BigInt, BigInt, BigInt)>::new(sql, vec![cells, low, high, Bind::Int(limit)]).load(conn)
}

/// The number of the cell in which a point lies, in `listing_place`.
pub(super) fn cell_at(point: Point) -> i64 {
    let width = COARSE.1 * 10_000;
    numbered(point.latitude.div_euclid(width), point.longitude.div_euclid(width))
}

/// Cells are counted from the south pole and the date line, and there are 720 in a row.
const fn numbered(row: i64, column: i64) -> i64 {
    (row + 180) * 720 + (column + 360) % 720
}

/// The band of each listing's nearest location; none of those that are too far.
fn nearest(point: Point, locations: &[At]) -> FxHashMap<i64, usize> {
    let mut bands: FxHashMap<i64, usize> = FxHashMap::default();
    for (rank, latitude, longitude) in locations {
        if let Some(band) = band(point, Point { latitude: *latitude, longitude: *longitude }) {
            bands.entry(*rank).and_modify(|known| *known = band.min(*known)).or_insert(band);
        }
    }
    bands
}

/// In which band of distance a location lies; on so short a way the earth is flat, as
/// `many::within` has it.
fn band(from: Point, to: Point) -> Option<usize> {
    let north = to.latitude - from.latitude;
    let east = ((to.longitude - from.longitude + 540_000_000) % 360_000_000 - 180_000_000) * shrunk(from) / 1000;
    let square = north * north + east * east;
    BANDS.iter().position(|km| square <= micro_degrees(*km).pow(2))
}

fn ordered(asked: &Asked, entries: Vec<Entry>, bands: &FxHashMap<i64, usize>) -> Vec<Hit> {
    let segments = asked.segments();
    // Without words, every name has them all.
    let is_named = |entry: &Entry| asked.words.iter().all(|word| entry.name.contains(&word.text));
    let place = |entry: &Entry| {
        let band = match asked.near {
            Some(_) => Some(*bands.get(&entry.rank)?),
            None => None,
        };
        let segment = Segment { by_tag: !is_named(entry), band };
        let segment = segments.iter().position(|one| *one == segment)? as i64;
        Some(Place { segment, rank: entry.rank })
    };
    let mut hits: Vec<Hit> = entries.into_iter().filter_map(|entry| Some(Hit { place: place(&entry)?, facets: entry.facets })).collect();
    hits.sort_unstable_by_key(|hit| hit.place);
    hits
}
