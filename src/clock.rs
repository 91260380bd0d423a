//! Time, injected: nothing in the product asks the system clock but [`Clock::system`].

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment in UTC, in microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = crate::db::types::Instant)]
pub struct Moment(i64);

pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Moment {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// This moment moved by so many microseconds; stays at the ends of the range.
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }
    /// Microseconds from `earlier` to this moment; negative where it is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
    /// The moment in a time zone; UTC for an unknown name.
    pub fn zoned(self, zone: &str) -> jiff::Zoned {
        let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(zone)
    }
    /// RFC 3339 in UTC, to the second: what exports and logs carry.
    pub fn rfc3339(self) -> String {
        self.zoned("UTC").strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// Where "now" comes from.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }
    /// A clock that stands until a test moves it.
    pub fn mock(at: Moment) -> Self {
        Self(Some(Arc::new(AtomicI64::new(at.0))))
    }
    /// Moves a mock clock; the system's is left alone.
    pub fn advance(&self, micros: i64) {
        if let Some(clock) = &self.0 {
            clock.fetch_add(micros, Ordering::SeqCst);
        }
    }
    pub fn now(&self) -> Moment {
        match &self.0 {
            None => Moment(jiff::Timestamp::now().as_microsecond()),
            Some(clock) => Moment(clock.load(Ordering::SeqCst)),
        }
    }
}
