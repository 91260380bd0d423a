//! Mail: what letters say, and how they leave. `access::outbox` takes them in.

pub mod compose;
mod partnership;
