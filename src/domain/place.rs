//! Places: where a town lies, and how far two points are apart. No map service is asked: the towns
//! are a table of ours, made once by `scripts/towns` (GeoNames, CC BY 4.0).

use super::fold::fold;
use flate2::read::GzDecoder;
use std::io::Read;
use std::sync::LazyLock;

/// A point on the earth, in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub latitude: i64,
    pub longitude: i64,
}

/// The mean radius of the earth, in kilometres.
const RADIUS: f64 = 6_371.0;

impl Point {
    /// The distance in whole kilometres, along a great circle (haversine).
    pub fn km_to(self, other: Self) -> i64 {
        let rad = |micro: i64| (micro as f64 / 1e6).to_radians();
        let (lat1, lat2) = (rad(self.latitude), rad(other.latitude));
        let (dlat, dlon) = (lat2 - lat1, rad(other.longitude) - rad(self.longitude));
        let a = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
        (2.0 * RADIUS * a.sqrt().min(1.0).asin()).round() as i64
    }
}

/// A town of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Town {
    pub name: &'static str,
    /// ISO 3166-1, two letters.
    pub country: &'static str,
    pub point: Point,
    /// Ten times the decimal logarithm of its population.
    size: u8,
}

/// Where a town of a country (ISO 3166-1, two letters) lies; `None` for one that is not known.
pub fn locate(country: &str, town: &str) -> Option<Point> {
    find(Some(country), town).map(|town| town.point)
}

/// The largest town of that name, in a country or anywhere.
pub fn find(country: Option<&str>, name: &str) -> Option<Town> {
    let key = key(name);
    from(&key).take_while(|row| row.key() == key).map(Row::town).filter(|town| is_in(town, country)).max_by_key(|town| town.size)
}

/// The largest towns whose name begins so, in a country or anywhere; for a form to offer.
pub fn suggest(country: Option<&str>, beginning: &str, limit: usize) -> Vec<Town> {
    let key = key(beginning);
    if key.chars().count() < 2 {
        return Vec::new();
    }
    let rows = from(&key).take_while(|row| row.key().starts_with(&key));
    let mut found: Vec<Town> = rows.map(Row::town).filter(|town| is_in(town, country)).collect();
    found.sort_by_key(|town| (std::cmp::Reverse(town.size), town.name, town.country));
    // A town is found by each of its names.
    found.dedup_by_key(|town| (town.name, town.country));
    found.truncate(limit);
    found
}

/// Every town once, under its own name.
pub fn all() -> impl Iterator<Item = Town> {
    ROWS.iter().filter(|row| row.0.ends_with('\t')).map(|row| row.town())
}

fn is_in(town: &Town, country: Option<&str>) -> bool {
    country.is_none_or(|country| country == town.country)
}

/// How names are compared: "Nîmes" is "nimes", and "St-Étienne" is "saint etienne".
fn key(name: &str) -> String {
    let folded = fold(name).replace(['-', '\'', '`', '.', ',', '(', ')', '/'], " ");
    let words = folded.split_whitespace().map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        word => word,
    });
    // A French address names a post office for businesses after the town.
    words.take_while(|word| *word != "cedex").collect::<Vec<_>>().join(" ")
}

/// A line of the table: a name, a country, where, how large, and the town's own name if this is another.
#[derive(Clone, Copy)]
struct Row(&'static str);

impl Row {
    fn key(&self) -> String {
        key(self.0.split('\t').next().unwrap_or_default())
    }
    fn town(self) -> Town {
        let mut fields = self.0.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let (name, country) = (next(), next());
        let degrees = |text: &str| text.parse::<i64>().unwrap_or_default() * 10_000;
        let point = Point { latitude: degrees(next()), longitude: degrees(next()) };
        let size = next().parse().unwrap_or_default();
        let own = next();
        Town { name: if own.is_empty() { name } else { own }, country, point, size }
    }
}

static ROWS: LazyLock<Box<[Row]>> = LazyLock::new(|| {
    let packed = &include_bytes!("place/towns.gz")[..];
    // Its length unpacked is what it ends with (RFC 1952, 2.3.1): nothing is moved while it grows.
    let length = packed.last_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let mut text = String::with_capacity(length as usize);
    let read = GzDecoder::new(packed).read_to_string(&mut text);
    debug_assert!(read.is_ok());
    let text: &'static str = text.leak();
    let mut rows = Vec::with_capacity(text.lines().count());
    rows.extend(text.lines().map(Row));
    rows.into_boxed_slice()
});

/// Rows from a key on.
fn from(key: &str) -> impl Iterator<Item = Row> {
    let start = if key.is_empty() { ROWS.len() } else { ROWS.partition_point(|row| row.key().as_str() < key) };
    ROWS[start..].iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(country: &str, town: &str) -> Option<&'static str> {
        find(Some(country), town).map(|town| town.name)
    }

    #[test]
    fn rows_are_in_the_order_of_their_keys() {
        assert!(ROWS.len() > 100_000);
        assert!(ROWS.is_sorted_by_key(|row| (row.key(), row.town().country)));
    }

    #[test]
    fn a_town_is_found_however_it_is_written() {
        for town in ["Nîmes", "nimes", " NIMES ", "Nîmes Cedex 9"] {
            assert_eq!(name("FR", town), Some("Nîmes"), "{town}");
        }
        for town in ["Saint-Étienne", "St Etienne", "SAINT ETIENNE"] {
            assert_eq!(name("FR", town), Some("Saint-Étienne"), "{town}");
        }
        for (country, town) in
            [("CH", "Genève"), ("CH", "Genf"), ("DE", "München"), ("GB", "Londres"), ("BE", "Bruxelles"), ("FR", "L'Haÿ-les-Roses")]
        {
            assert!(find(Some(country), town).is_some(), "{town}");
        }
        for (country, town) in [("FR", "Genève"), ("FR", ""), ("FR", "Cedex"), ("XX", "Paris"), ("FR", "Atlantis")] {
            assert_eq!(name(country, town), None, "{town}");
        }
    }

    #[test]
    fn of_towns_of_one_name_the_largest_is_meant() {
        assert_eq!(find(None, "Paris").map(|town| town.country), Some("FR"));
        assert_eq!(find(Some("US"), "Paris").map(|town| town.country), Some("US"));
    }

    #[test]
    fn what_is_offered_begins_so_and_the_largest_come_first() {
        let names: Vec<_> = suggest(Some("FR"), "mont", 4).into_iter().map(|town| town.name).collect();
        assert_eq!(names[0], "Montpellier");
        assert_eq!(names.len(), 4);
        assert!(suggest(None, "m", 4).is_empty());
    }

    #[test]
    fn distances_are_those_of_the_road_atlas_as_the_crow_flies() {
        let km = |a: (&str, &str), b: (&str, &str)| locate(a.0, a.1).unwrap().km_to(locate(b.0, b.1).unwrap());
        assert!((390..395).contains(&km(("FR", "Paris"), ("FR", "Lyon"))));
        assert!((340..348).contains(&km(("FR", "Paris"), ("GB", "London"))));
        assert_eq!(km(("FR", "Paris"), ("FR", "Paris")), 0);
    }
}
