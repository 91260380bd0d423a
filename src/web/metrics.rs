//! Counters for Prometheus: a handful of atomics, rendered as text. A metrics library would cost
//! more to build than all of this.

use crate::access::store::STATEMENTS;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

/// Upper edges of the duration histogram, in seconds.
const EDGES: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];

static BUCKETS: [AtomicU64; EDGES.len() + 1] = [const { AtomicU64::new(0) }; EDGES.len() + 1];
static MICROS: AtomicU64 = AtomicU64::new(0);
/// Answers by the first digit of their status, 1 to 5.
static CLASSES: [AtomicU64; 6] = [const { AtomicU64::new(0) }; 6];
static IN_FLIGHT: AtomicI64 = AtomicI64::new(0);

/// A request has begun; dropping the guard ends it.
pub struct InFlight(());

impl InFlight {
    pub fn begin() -> Self {
        IN_FLIGHT.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        IN_FLIGHT.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counts one answer.
pub fn count(status: u16, took: Duration) {
    let bucket = EDGES.iter().position(|edge| took.as_secs_f64() <= *edge).unwrap_or(EDGES.len());
    BUCKETS[bucket].fetch_add(1, Ordering::Relaxed);
    MICROS.fetch_add(took.as_micros() as u64, Ordering::Relaxed);
    CLASSES[usize::from(status / 100).min(5)].fetch_add(1, Ordering::Relaxed);
}

/// The text that Prometheus reads (exposition format 0.0.4).
pub fn render() -> String {
    let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# TYPE comptoir_requests_total counter");
    for (class, counter) in CLASSES.iter().enumerate().skip(1) {
        let _ = writeln!(text, "comptoir_requests_total{{status=\"{class}xx\"}} {}", load(counter));
    }
    let _ = writeln!(text, "# TYPE comptoir_request_duration_seconds histogram");
    let mut total = 0;
    for (edge, bucket) in EDGES.iter().zip(&BUCKETS) {
        total += load(bucket);
        let _ = writeln!(text, "comptoir_request_duration_seconds_bucket{{le=\"{edge}\"}} {total}");
    }
    total += load(&BUCKETS[EDGES.len()]);
    let _ = writeln!(text, "comptoir_request_duration_seconds_bucket{{le=\"+Inf\"}} {total}");
    let _ = writeln!(text, "comptoir_request_duration_seconds_sum {}", load(&MICROS) as f64 / 1e6);
    let _ = writeln!(text, "comptoir_request_duration_seconds_count {total}");
    let _ = writeln!(text, "# TYPE comptoir_requests_in_flight gauge\ncomptoir_requests_in_flight {}", IN_FLIGHT.load(Ordering::Relaxed));
    let _ = writeln!(text, "# TYPE comptoir_statements_total counter\ncomptoir_statements_total {}", load(&STATEMENTS));
    text
}
