//! Every test of pages, rules with a database, and of the house itself, in one binary: linking is
//! what costs. Each test of behaviour runs on both databases (`on_both!`).

mod harness;

mod access_page;
mod connect;
mod conversion;
mod customer_new;
mod customers;
mod delegated_admin;
mod directory;
mod ending;
mod faults;
mod handover;
mod house;
mod inquiry;
mod insights;
mod invitations;
mod mail;
mod mail_server;
mod operator;
mod partnerships;
mod profile;
mod referral_import;
mod referrals;
mod reset;
mod routing;
mod schedule;
mod schema;
mod sharing;
mod sign_in;
mod transfer;
mod two_owners;
mod walls;
mod words;
