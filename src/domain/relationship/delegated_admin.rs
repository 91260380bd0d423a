//! Delegated admin (reference 3.9): granted rights with an end, apart from the right to transact.

use super::Refused;
use crate::clock::{DAY, Moment};
use crate::text_enum;

text_enum! {
    /// The roles that can be asked for: common directory roles, least first.
    pub enum DirectoryRole {
        DirectoryReader = "directory_reader",
        GlobalReader = "global_reader",
        ServiceSupportAdmin = "service_support_admin",
        HelpdeskAdmin = "helpdesk_admin",
        LicenceAdmin = "licence_admin",
        UserAdmin = "user_admin",
        BillingAdmin = "billing_admin",
        ExchangeAdmin = "exchange_admin",
        SecurityAdmin = "security_admin",
        GlobalAdmin = "global_admin",
    }
}

/// Roles from their stored form, names separated by blanks; unknown names are none.
pub fn roles(text: &str) -> Vec<DirectoryRole> {
    text.split(' ').filter_map(DirectoryRole::from_text).collect()
}

/// The stored form of roles, in the order of the declaration, each once.
pub fn roles_text(roles: &[DirectoryRole]) -> String {
    let names: Vec<_> = DirectoryRole::ALL.iter().filter(|role| roles.contains(role)).map(|role| role.as_str()).collect();
    names.join(" ")
}

/// Shortest and longest duration in days.
pub const DURATION_DAYS: std::ops::RangeInclusive<i64> = 1..=730;
/// Automatic extension and bulk extension add six months (P180D), counted in days of 24 hours.
pub const EXTENSION_DAYS: i64 = 180;
/// Days before the end at which both sides are reminded, and the day itself.
pub const REMINDERS: [i64; 4] = [30, 7, 1, 0];

text_enum! {
    /// The state as stored.
    pub enum State {
        Active = "active",
        Ended = "ended",
    }
}

text_enum! {
    /// The state as it is at a moment.
    pub enum Shown {
        Active = "active",
        Expiring = "expiring",
        Expired = "expired",
        Ended = "ended",
    }
}

/// The state at `now`; *expiring* is the last 30 days.
pub fn shown(state: State, ends_at: Moment, now: Moment) -> Shown {
    match state {
        State::Ended => Shown::Ended,
        State::Active if ends_at <= now => Shown::Expired,
        State::Active if ends_at.since(now) <= 30 * DAY => Shown::Expiring,
        State::Active => Shown::Active,
    }
}

/// May it be extended by itself? Never where it holds the global admin role (reference 3.9).
pub fn may_extend_itself(roles: &[DirectoryRole]) -> bool {
    !roles.contains(&DirectoryRole::GlobalAdmin)
}

/// The end after an extension by six months; [`Refused`] for what is over, which cannot be
/// restored, and past two years from now.
pub fn extended(state: State, ends_at: Moment, now: Moment) -> Result<Moment, Refused> {
    let end = ends_at.plus(EXTENSION_DAYS * DAY);
    let holds = matches!(shown(state, ends_at, now), Shown::Active | Shown::Expiring);
    if holds && end.since(now) <= (*DURATION_DAYS.end()) * DAY { Ok(end) } else { Err(Refused) }
}

/// The reminder that is due: the smallest of [`REMINDERS`] that is reached and was not yet sent.
/// `reminded` is the last one sent, 999 for none.
pub fn reminder_due(ends_at: Moment, reminded: i64, now: Moment) -> Option<i64> {
    let left = ends_at.since(now);
    REMINDERS.into_iter().rev().find(|days| left <= days * DAY).filter(|days| *days < reminded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Moment {
        Moment::from_micros(n * DAY)
    }

    #[test]
    fn the_end_is_enforced_by_time() {
        for (state, end, wanted) in [
            (State::Active, day(31), Shown::Active),
            (State::Active, day(30), Shown::Expiring),
            (State::Active, Moment::from_micros(1), Shown::Expiring),
            (State::Active, day(0), Shown::Expired),
            (State::Ended, day(100), Shown::Ended),
            (State::Ended, day(-1), Shown::Ended),
        ] {
            assert_eq!(shown(state, end, day(0)), wanted);
        }
    }

    #[test]
    fn each_reminder_is_due_once_and_a_late_run_sends_the_nearest_alone() {
        let mut reminded = 999;
        let mut sent = Vec::new();
        for now in 0..=60 {
            if let Some(days) = reminder_due(day(60), reminded, day(now)) {
                sent.push((now, days));
                reminded = days;
            }
        }
        assert_eq!(sent, [(30, 30), (53, 7), (59, 1), (60, 0)]);
        assert_eq!(reminder_due(day(60), 999, day(58)), Some(7));
    }

    #[test]
    fn what_is_over_is_not_extended() {
        assert_eq!(extended(State::Active, day(1), day(0)), Ok(day(181)));
        assert_eq!(extended(State::Active, day(0), day(0)), Err(Refused));
        assert_eq!(extended(State::Ended, day(9), day(0)), Err(Refused));
        assert_eq!(extended(State::Active, day(700), day(0)), Err(Refused));
    }

    #[test]
    fn roles_survive_being_stored_and_a_global_admin_never_extends_itself() {
        assert_eq!(roles(&roles_text(DirectoryRole::ALL)), DirectoryRole::ALL);
        assert_eq!(roles("root helpdesk_admin"), [DirectoryRole::HelpdeskAdmin]);
        assert!(may_extend_itself(&[DirectoryRole::HelpdeskAdmin]));
        assert!(!may_extend_itself(DirectoryRole::ALL));
    }
}
