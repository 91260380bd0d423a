//! The customer's access page: every partner with a relationship or delegated rights, since when,
//! until when and what they did; where a customer leaves a partner, withdraws rights and takes its
//! data along. Reached without an account, by a single-use mailed link.

pub mod acts;
