//! How fast one partner account may ask, so that none slows the others down. Counted in the memory
//! of each server: an exact count over all of them would cost every page a write.

use crate::clock::{Moment, SECOND};
use crate::db::ids::PartnerId;
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use std::sync::Mutex;

/// A short rush is let through: so many seconds' worth at once.
const RUSH: i64 = 5;

/// The pace of every partner account: when its requests so far would all have been served at the
/// allowed rate (the generic cell rate algorithm, ITU-T I.371).
pub struct Pace {
    /// Microseconds between two requests; `None`: no limit.
    interval: Option<i64>,
    served: Mutex<FxHashMap<PartnerId, Moment>>,
}

impl Pace {
    /// So many requests a second in the long run; 0: no limit.
    pub fn new(per_second: u32) -> Self {
        let interval = (per_second > 0).then(|| SECOND / i64::from(per_second).min(SECOND));
        Self { interval, served: Mutex::default() }
    }

    /// Counts a request; [`Error::TooMany`] with the seconds to wait where the account asks too
    /// fast, and then it does not count.
    pub fn take(&self, partner: PartnerId, now: Moment) -> Result<()> {
        let Some(interval) = self.interval else { return Ok(()) };
        let mut served = self.served.lock().expect("nothing panics while it is held");
        let at = served.entry(partner).or_insert(now);
        let next = now.max(*at).plus(interval);
        if next.since(now) > RUSH * SECOND {
            return Err(Error::TooMany(1));
        }
        *at = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of `tries` requests at one moment get through.
    fn through(pace: &Pace, partner: PartnerId, now: Moment, tries: usize) -> usize {
        (0..tries).filter(|_| pace.take(partner, now).is_ok()).count()
    }

    #[test]
    fn a_rush_is_let_through_and_then_the_rate_holds_for_that_account_alone() {
        let (pace, one, other) = (Pace::new(10), PartnerId::new(), PartnerId::new());
        let mut now = Moment::from_micros(1_000 * SECOND);
        assert_eq!(through(&pace, one, now, 80), 50);
        assert_eq!(through(&pace, other, now, 1), 1);
        for _ in 0..3 {
            now = now.plus(SECOND);
            assert_eq!(through(&pace, one, now, 80), 10);
        }
        assert_eq!(through(&pace, one, now.plus(60 * SECOND), 80), 50);
    }

    #[test]
    fn without_a_rate_nothing_is_counted_and_a_clock_set_back_stops_nobody_for_long() {
        let partner = PartnerId::new();
        assert_eq!(through(&Pace::new(0), partner, Moment::from_micros(0), 100_000), 100_000);
        let pace = Pace::new(10);
        let now = Moment::from_micros(1_000 * SECOND);
        assert!(pace.take(partner, now).is_ok());
        assert!(pace.take(partner, now.plus(-4 * SECOND)).is_ok());
    }
}
