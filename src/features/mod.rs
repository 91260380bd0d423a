//! What people do here, a folder each.

pub mod access_page;
pub mod audit;
pub mod connect;
pub mod conversion;
pub mod customer;
pub mod customer_new;
pub mod customers;
pub mod delegated_admin;
pub mod demo_mail;
pub mod directory;
pub mod ending;
pub mod handover;
pub mod health;
pub mod home;
pub mod inquiry;
pub mod invitations;
pub mod me;
pub mod operator;
pub mod partnerships;
pub mod profile;
pub mod referral_import;
pub mod referrals;
pub mod roles;
pub mod routing;
pub mod sharing;
pub mod sign_in;

use crate::access::schedule::Task;

/// The kinds of background jobs, by the name stored with each.
pub const JOBS: &[(&str, crate::access::jobs::Run)] = &[
    ("customers.change", customers::bulk::run_change),
    ("tag.remove", customers::tags::run_remove),
    partnerships::transfer::JOB,
    (delegated_admin::list::EXTEND, delegated_admin::list::run_extend),
    ("invitations.send", invitations::bulk::run_lines),
    ("invitations.customers", invitations::bulk::run_customers),
    ("referrals.import", referral_import::run::run),
    ("referrals.undo", referral_import::run::run_undo),
];

/// What runs again and again, by name.
pub const SCHEDULE: &[Task] = &[
    crate::access::sweep::TASK,
    ending::tasks::END_DUE,
    delegated_admin::tasks::KEEP,
    partnerships::acts::END_RUN_OUT,
    directory::score::TASK,
    referrals::tasks::CLOCK,
    profile::letters::REMIND,
    inquiry::tasks::ERASE,
    handover::tasks::NEXT,
];
