//! Places: where a town lies, and how far two points are apart. No map service is asked.

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

/// Where a town of a country (ISO 3166-1, two letters) lies; `None` for one that is not known.
pub fn locate(country: &str, town: &str) -> Option<Point> {
    let _ = (country, town);
    None
}
