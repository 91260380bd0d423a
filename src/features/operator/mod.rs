//! The platform's own pages: what waits, what went wrong, and what runs when. To anyone but an
//! operator none of it exists.

pub mod home;
pub mod mail;
pub mod profiles;
pub mod schedule;
pub mod terms;
