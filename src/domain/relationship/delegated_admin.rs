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

/// What the partner may do by these roles at a moment: nothing once they are over.
pub fn rights(roles: &[DirectoryRole], shown: Shown) -> &[DirectoryRole] {
    if matches!(shown, Shown::Active | Shown::Expiring) { roles } else { &[] }
}

/// Rights end with the relationship, where that ends first.
pub fn effective_end(ends_at: Moment, relationship_ends: Option<Moment>) -> Moment {
    relationship_ends.map_or(ends_at, |end| ends_at.min(end))
}

text_enum! {
    /// Why rights are not extended.
    pub enum NotExtended {
        /// What is over cannot be restored.
        Over = "over",
        /// Global admin: each time, the customer decides anew.
        GlobalAdmin = "global_admin",
        /// The relationship ends before they would.
        RelationshipEnds = "relationship_ends",
        /// Two years from now are the most.
        TooFar = "too_far",
    }
}

/// The end after an extension by six months, for any reason that it may have.
pub fn extension(
    roles: &[DirectoryRole],
    state: State,
    ends_at: Moment,
    relationship_ends: Option<Moment>,
    now: Moment,
) -> Result<Moment, NotExtended> {
    let over = !matches!(shown(state, effective_end(ends_at, relationship_ends), now), Shown::Active | Shown::Expiring);
    if over {
        return Err(NotExtended::Over);
    }
    if !may_extend_itself(roles) {
        return Err(NotExtended::GlobalAdmin);
    }
    if relationship_ends.is_some() {
        return Err(NotExtended::RelationshipEnds);
    }
    extended(state, ends_at, now).map_err(|Refused| NotExtended::TooFar)
}

/// Automatic extension happens within the last day, and never after the end.
pub fn extends_itself_now(auto_extend: bool, ends_at: Moment, now: Moment) -> bool {
    auto_extend && now < ends_at && ends_at.since(now) <= DAY
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
    use proptest::prelude::*;

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
    fn each_reason_against_an_extension_and_none() {
        let (plain, all) = (&[DirectoryRole::HelpdeskAdmin][..], DirectoryRole::ALL);
        for (roles, state, end, relationship, wanted) in [
            (plain, State::Active, day(10), None, Ok(day(190))),
            (plain, State::Active, day(550), None, Ok(day(730))),
            (plain, State::Active, day(551), None, Err(NotExtended::TooFar)),
            (plain, State::Active, day(0), None, Err(NotExtended::Over)),
            (plain, State::Ended, day(10), None, Err(NotExtended::Over)),
            (plain, State::Active, day(10), Some(day(0)), Err(NotExtended::Over)),
            (plain, State::Active, day(10), Some(day(99)), Err(NotExtended::RelationshipEnds)),
            (all, State::Active, day(10), None, Err(NotExtended::GlobalAdmin)),
        ] {
            assert_eq!(extension(roles, state, end, relationship, day(0)), wanted, "{state:?} {end:?} {relationship:?}");
        }
    }

    #[test]
    fn rights_end_with_the_time_or_the_relationship() {
        assert_eq!(effective_end(day(9), None), day(9));
        assert_eq!(effective_end(day(9), Some(day(3))), day(3));
        assert_eq!(effective_end(day(9), Some(day(30))), day(9));
        for &at in Shown::ALL {
            let holds = matches!(at, Shown::Active | Shown::Expiring);
            assert_eq!(rights(DirectoryRole::ALL, at).is_empty(), !holds, "{at:?}");
        }
    }

    #[test]
    fn an_automatic_extension_is_due_in_the_last_day_alone() {
        for (left, due) in [(DAY + 1, false), (DAY, true), (1, true), (0, false), (-1, false)] {
            assert_eq!(extends_itself_now(true, Moment::from_micros(left), day(0)), due, "{left}");
            assert!(!extends_itself_now(false, Moment::from_micros(left), day(0)));
        }
    }

    proptest! {
        /// However often it is extended, never past two years, never once over.
        #[test]
        fn extensions_stay_in_bounds(waits in prop::collection::vec(0i64..300, 1..20), first in 1i64..730) {
            let (mut now, mut end) = (day(0), day(first));
            for wait in waits {
                now = now.plus(wait * DAY);
                match extension(&[DirectoryRole::UserAdmin], State::Active, end, None, now) {
                    Ok(next) => {
                        prop_assert!(now < end && next == end.plus(EXTENSION_DAYS * DAY) && next.since(now) <= 730 * DAY);
                        end = next;
                    }
                    Err(NotExtended::Over) => prop_assert!(end <= now),
                    Err(why) => prop_assert!(why == NotExtended::TooFar && end.since(now) > 550 * DAY),
                }
            }
        }
    }

    #[test]
    fn roles_survive_being_stored_and_a_global_admin_never_extends_itself() {
        assert_eq!(roles(&roles_text(DirectoryRole::ALL)), DirectoryRole::ALL);
        assert_eq!(roles("root helpdesk_admin"), [DirectoryRole::HelpdeskAdmin]);
        assert!(may_extend_itself(&[DirectoryRole::HelpdeskAdmin]));
        assert!(!may_extend_itself(DirectoryRole::ALL));
    }
}
