//! The index of the public directory. A listing's row number is its rank: cloud, score and number,
//! so that a posting list is already in the order of results.
//!
//! Results come in segments, each in that order: matches of the name before matches of a tag, and
//! in either the near before the far, in bands of distance. Cells of a grid find what may lie in
//! a band; the locations of each candidate say whether it does.
//!
//! Where [`few`] match, all are read and put in order; of [`many`], the segments are read one after
//! the other until a page is full.

pub mod few;
pub mod many;

#[cfg(feature = "postgres")]
use super::postgres;
use super::{Bind, Doc, Facet, Sql, Statement, sqlite};
use crate::db::ids::PartnerId;
use crate::db::{Conn, DbResult};
use crate::domain::Cloud;
use crate::domain::place::Point;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeSet;

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
fn cells_at(point: Point) -> [Facet; 2] {
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

impl Segment {
    const fn way(self) -> Match {
        if self.by_tag { Match::Tag } else { Match::Name }
    }
    fn ring(self) -> Option<Ring> {
        self.band.map(|band| (if band == 0 { -1 } else { BANDS[band - 1] }, BANDS[band]))
    }
}

impl Asked {
    /// How far, if near a place.
    fn reach(&self) -> Option<Ring> {
        self.near.map(|_| REACH)
    }
    /// The parts of the results, the first first.
    pub fn segments(&self) -> Vec<Segment> {
        let relevance: &[bool] = if self.words.is_empty() { &[false] } else { &[false, true] };
        let bands: Vec<Option<usize>> = if self.near.is_some() { (0..BANDS.len()).map(Some).collect() } else { vec![None] };
        relevance.iter().flat_map(|by_tag| bands.iter().map(|band| Segment { by_tag: *by_tag, band: *band })).collect()
    }
    /// Is anything asked for that the index must answer?
    pub fn asks(&self) -> bool {
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

/// What the index knows of a listing.
pub struct Entry<'a> {
    pub partner: PartnerId,
    pub name: &'a str,
    /// In the partner's own words.
    pub tags: &'a [String],
    pub values: Vec<Facet>,
    pub points: Vec<Point>,
}

impl Entry<'_> {
    fn doc(&self) -> Doc {
        let mut facets = self.values.clone();
        facets.extend(self.points.iter().flat_map(|point| cells_at(*point)));
        facets.sort();
        facets.dedup();
        let tags: Vec<&str> = self.tags.iter().map(String::as_str).collect();
        Doc::new(&[self.name], &tags, facets)
    }
}

/// Writes what the index knows of a listing that the public sees.
pub fn put(conn: &mut Conn, rank: i64, entry: &Entry<'_>) -> DbResult<()> {
    remove(conn, rank)?;
    let doc = entry.doc();
    let (tags, names) = (doc.text[doc.names..].to_owned(), doc.names().to_owned());
    let (sql, texts) = match conn {
        Conn::Sqlite(_) => {
            ("insert into listing_search (rowid, names, tags, facets) values (?, ?, ?, ?)", [names, tags, sqlite::facets_text(&doc)])
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => {
            let tokens = postgres::listing::tokens(&doc);
            ("insert into listing_search (rank, names, tags, tokens) values (?, ?, ?, ?::text::bigint[])", [names, tags, tokens])
        }
    };
    run(conn, sql, std::iter::once(Bind::Int(rank)).chain(texts.map(Bind::Text)))?;
    let values: Vec<String> = entry.values.iter().map(Facet::text).collect();
    let texts = [entry.name.to_owned(), entry.tags.join("\n"), values.join(" ")].map(Bind::Text);
    let sql = "insert into listing_entry (rank, partner_id, name, tags, facets) values (?, ?, ?, ?, ?)";
    run(conn, sql, [Bind::Int(rank), Bind::Partner(entry.partner)].into_iter().chain(texts))?;
    let places: BTreeSet<(i64, i64)> = entry.points.iter().map(|point| (point.latitude, point.longitude)).collect();
    for (latitude, longitude) in places {
        let cell = few::cell_at(Point { latitude, longitude });
        let sql = "insert into listing_place (cell, rank, latitude, longitude) values (?, ?, ?, ?)";
        run(conn, sql, [cell, rank, latitude, longitude].map(Bind::Int))?;
    }
    Ok(())
}

/// Takes a listing out of the index.
pub fn remove(conn: &mut Conn, rank: i64) -> DbResult<()> {
    let row = match conn {
        Conn::Sqlite(_) => "rowid",
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => "rank",
    };
    for (table, row) in [("listing_search", row), ("listing_entry", "rank"), ("listing_place", "rank")] {
        run(conn, &format!("delete from {table} where {row} = ?"), [Bind::Int(rank)])?;
    }
    Ok(())
}

fn run(conn: &mut Conn, sql: &str, binds: impl IntoIterator<Item = Bind>) -> DbResult<()> {
    Statement::<BigInt>::new(sql, binds.into_iter().collect()).execute(conn).map(|_| ())
}

/// Which matches of the words are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Name,
    /// No name match.
    Tag,
    /// Either.
    Any,
}

/// Which distances are meant, in kilometres: more than the first, at most the second.
type Ring = (i64, i64);

/// All that is near.
const REACH: Ring = (-1, BANDS[BANDS.len() - 1]);

/// The first rank of a cloud, and the first that is not its own.
fn range_of(cloud: Cloud) -> [Bind; 2] {
    [first(cloud), first(cloud) + (1 << CLOUD_BITS)].map(Bind::Int)
}

/// ` from … where …` on the index `s` alone.
fn index(conn: &Conn, asked: &Asked, way: Match, ring: Option<Ring>) -> Sql {
    let mut sql = Sql::new(" from listing_search s", []);
    sql.append(postings(conn, asked, way, ring));
    sql
}

/// ` where …` on the index `s` alone: of a place, all that is in its cells.
fn postings(conn: &Conn, asked: &Asked, way: Match, ring: Option<Ring>) -> Sql {
    let mut sql = Sql::default();
    let range = range_of(asked.cloud);
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

/// How much shorter a degree of longitude is here than one of latitude, in thousandths.
fn shrunk(point: Point) -> i64 {
    ((point.latitude as f64 / 1e6).to_radians().cos() * 1000.0).round() as i64
}

/// So many kilometres of a meridian, in millionths of a degree.
fn micro_degrees(km: i64) -> i64 {
    km * 1_000_000 * 1_000 / 111_195
}

/// The cells that a ring touches, as a document has them.
fn cells(point: Point, ring: Ring) -> Vec<Facet> {
    let (kind, width) = if ring.1 > 50 { COARSE } else { FINE };
    grid(point, ring, width).into_iter().map(|(row, column)| cell(kind, row, column)).collect()
}

/// Rows and columns of the cells, of a width in hundredths of a degree, that a ring touches.
fn grid(point: Point, (inner, outer): Ring, width: i64) -> Vec<(i64, i64)> {
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
    let all = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
    all.filter(|at| !is_inside(at.0, at.1)).map(|(row, column)| (row, (column + half).rem_euclid(around) - half)).collect()
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
    if way == Match::Tag { format!("({found}) NOT ({})", names.join(" AND ")) } else { found }
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
