//! Many listings match: a page is read from its segment on, in the order of ranks.

#[cfg(feature = "postgres")]
use super::super::postgres;
use super::super::{Bind, Facet, Sql, Statement, capped};
use super::{Asked, Match, Place, Ring, Segment, Window, Word, index, micro_degrees, postings, shrunk};
use crate::db::{Conn, DbResult};
use crate::domain::Cloud;
use crate::domain::place::Point;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// How many match; stops counting at `cap`.
pub fn count(conn: &mut Conn, asked: &Asked, cap: i64) -> DbResult<i64> {
    let all = matching(conn, asked, Match::Any, asked.reach());
    Ok(capped(conn, vec![all], cap)?[0])
}

/// How many of the matches have each of these groups of facets besides. Without a place the index
/// alone is asked, which has a partner that was suspended until its listings are taken out.
pub fn facet_counts(conn: &mut Conn, asked: &Asked, groups: &[Vec<Facet>], cap: i64) -> DbResult<Vec<i64>> {
    let mut found = Vec::with_capacity(groups.len());
    // A compound statement has its limits.
    for piece in groups.chunks(40) {
        let part = |group: &Vec<Facet>| {
            let mut with = asked.clone();
            with.groups.push(group.clone());
            match with.reach() {
                None => index(conn, &with, Match::Any, None),
                reach => matching(conn, &with, Match::Any, reach),
            }
        };
        let parts = piece.iter().map(part).collect();
        found.extend(capped(conn, parts, cap)?);
    }
    Ok(found)
}

/// The ranks of the first listings whose name has every word.
pub fn named(conn: &mut Conn, cloud: Cloud, words: Vec<Word>, limit: i64) -> DbResult<Vec<i64>> {
    let asked = Asked { cloud, words, groups: Vec::new(), near: None };
    if !asked.asks() {
        return Ok(Vec::new());
    }
    let by_name = Segment { by_tag: false, band: None };
    let places = read(conn, &asked, &[(0, by_name)], &Window { from: None, backwards: false, limit })?;
    Ok(places.into_iter().map(|place| place.rank).collect())
}

/// The places of one page, in the order of the page.
pub fn page(conn: &mut Conn, asked: &Asked, window: &Window) -> DbResult<Vec<Place>> {
    let begin = window.from.map(|place| place.segment);
    let is_left = |number: i64| begin.is_none_or(|begin| if window.backwards { number <= begin } else { number >= begin });
    let mut segments: Vec<(i64, Segment)> = (0..).zip(asked.segments()).filter(|(number, _)| is_left(*number)).collect();
    if window.backwards {
        segments.reverse();
    }
    read(conn, asked, &segments, window)
}

fn read(conn: &mut Conn, asked: &Asked, segments: &[(i64, Segment)], window: &Window) -> DbResult<Vec<Place>> {
    let dense = dense(conn, asked, segments)?;
    let mut found = Vec::new();
    for (run, dense) in runs(segments, &dense) {
        let left = window.limit - found.len() as i64;
        if left <= 0 {
            break;
        }
        found.extend(part(conn, asked, run, &Window { limit: left, ..*window }, dense)?);
    }
    found.sort_unstable();
    if window.backwards {
        found.reverse();
    }
    Ok(found)
}

/// Segments of which few match, together; a dense one, which fills its page, alone.
fn runs<'a>(segments: &'a [(i64, Segment)], dense: &[bool]) -> Vec<(&'a [(i64, Segment)], bool)> {
    let (mut found, mut start) = (Vec::new(), 0);
    for end in 1..=segments.len() {
        if end == segments.len() || dense[end] || dense[end - 1] {
            found.push((&segments[start..end], dense[start]));
            start = end;
        }
    }
    found
}

/// PostgreSQL: of which segments so many match that the order's index is walked; where few do, they
/// are gathered.
fn dense(conn: &mut Conn, asked: &Asked, segments: &[(i64, Segment)]) -> DbResult<Vec<bool>> {
    if matches!(conn, Conn::Sqlite(_)) || asked.near.is_some() || !asked.asks() {
        return Ok(vec![false; segments.len()]);
    }
    let parts = segments.iter().map(|(_, segment)| matching(conn, asked, segment.way(), None)).collect();
    Ok(capped(conn, parts, DENSE)?.into_iter().map(|count| count >= DENSE).collect())
}

/// How many matches are many.
const DENSE: i64 = 1_000;

/// A run of segments in one statement; each is read only where those before it left room.
fn part(conn: &mut Conn, asked: &Asked, segments: &[(i64, Segment)], window: &Window, dense: bool) -> DbResult<Vec<Place>> {
    let (direction, comparison) = if window.backwards { ("desc", "<") } else { ("asc", ">") };
    // A fence, on PostgreSQL: the planner cannot know how few match.
    let fenced = asked.asks() && !dense && !matches!(conn, Conn::Sqlite(_));
    // The index's own row number, which is the rank.
    let rank = if asked.asks() && matches!(conn, Conn::Sqlite(_)) { "s.rowid" } else { "l.rank" };
    let mut sql = Sql::default();
    for (i, (number, segment)) in segments.iter().enumerate() {
        sql.add(if i == 0 { "" } else { " union all " }, []);
        sql.add(&format!("select segment, rank from (select cast({number} as bigint) as segment, {rank} as rank"), []);
        sql.append(matching(conn, asked, segment.way(), segment.ring()));
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
    let rows: Vec<(i64, i64)> = if dense { postgres::walking(conn, |conn| statement.load(conn))? } else { statement.load(conn)? };
    #[cfg(not(feature = "postgres"))]
    let rows: Vec<(i64, i64)> = statement.load(conn)?;
    Ok(rows.into_iter().map(|(segment, rank)| Place { segment, rank }).collect())
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

/// Does a location lie within so many kilometres? On so short a way the earth is flat, and a degree
/// of longitude as long everywhere.
fn within(sql: &mut Sql, exists: &str, point: Point, km: i64) {
    let square = |text: &str| format!("({text}) * ({text})");
    let north = square("n.latitude - ?");
    let east = square("((n.longitude - ? + 540000000) % 360000000 - 180000000) * ? / 1000");
    let (latitude, longitude) = (Bind::Int(point.latitude), [Bind::Int(point.longitude), Bind::Int(shrunk(point))]);
    let reach = micro_degrees(km);
    let binds = [vec![latitude.clone(), latitude], longitude.to_vec(), longitude.to_vec(), vec![Bind::Int(reach * reach)]].concat();
    let own = "n.partner_id = l.partner_id and n.profile_id = l.profile_id";
    sql.add(&format!(" and {exists} (select 1 from listing_location n where {own} and {north} + {east} <= ?)"), binds);
}
