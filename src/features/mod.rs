//! What people do here, a folder each.

pub mod audit;
pub mod customer;
pub mod customers;
pub mod health;
pub mod home;
pub mod me;
pub mod roles;
pub mod sign_in;
