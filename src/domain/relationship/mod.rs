//! The objects between a partner and others: invitation, delegated admin, ending, partnership.
//! States and acts as pure functions; the database refuses the same (migration 0005).
//! What time does, it does by itself: [`Shown`](invitation::Shown) states are asked at a moment
//! and never wait for a job to have run.

pub mod delegated_admin;
pub mod ending;
pub mod invitation;
pub mod partnership;

/// An act that the present state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;
