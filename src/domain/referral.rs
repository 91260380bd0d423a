//! Referrals: their states, what each step demands, and their clock (reference 3.7; product.md).

use crate::clock::{DAY, HOUR, Moment};
use crate::text_enum;

text_enum! {
    /// Where a referral comes from.
    pub enum Source {
        /// A visitor of the directory.
        Directory = "directory",
        /// A provider handed it over.
        Provider = "provider",
        /// Another partner invited.
        Partner = "partner",
        /// An opportunity of one's own.
        Own = "own",
    }
}

text_enum! {
    /// The state as stored; expiry follows from the clock, whatever is stored.
    pub enum State {
        Received = "received",
        Accepted = "accepted",
        Won = "won",
        Lost = "lost",
        Declined = "declined",
        Expired = "expired",
    }
}

text_enum! {
    /// The tab of a state.
    pub enum Status {
        New = "new",
        Active = "active",
        Closed = "closed",
    }
}

impl State {
    pub const fn status(self) -> Status {
        match self {
            Self::Received => Status::New,
            Self::Accepted => Status::Active,
            Self::Won | Self::Lost | Self::Declined | Self::Expired => Status::Closed,
        }
    }
    /// The state at `now`: nobody answered in time.
    pub fn at(self, expires_at: Option<Moment>, now: Moment) -> Self {
        if self == Self::Received && expires_at.is_some_and(|end| end <= now) { Self::Expired } else { self }
    }
}

text_enum! {
    /// Where an engagement stands, as both its sides see it.
    pub enum Shared {
        Received = "received",
        Accepted = "accepted",
        Won = "won",
        Lost = "lost",
        Declined = "declined",
        Expired = "expired",
        /// Another reseller accepted first.
        Taken = "taken",
        /// Its sender took it back.
        Withdrawn = "withdrawn",
    }
}

impl Shared {
    /// As [`State::at`].
    pub fn at(self, expires_at: Moment, now: Moment) -> Self {
        if self == Self::Received && expires_at <= now { Self::Expired } else { self }
    }
}

text_enum! {
    /// What is done to a referral.
    pub enum Step {
        Accept = "accept",
        Decline = "decline",
        Edit = "edit",
        Win = "win",
        Lose = "lose",
        Reopen = "reopen",
    }
}

/// Days until an unanswered referral expires (reference 3.7, *Time rules*).
pub const ANSWER_DAYS: i64 = 14;
/// Days on which its receiver is reminded (reference 3.7, *Rebuild*).
pub const REMINDERS: [i64; 3] = [1, 7, 12];
/// A closed referral is reopened within 7 days: 168 hours (product.md, rule 8).
pub const REOPEN: i64 = 7 * DAY;
/// How long the flame stands for a sender who wants to be called.
pub const FLAME: i64 = 72 * HOUR;

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Not from this state.
    State,
    /// The time to answer, or to reopen, is over.
    TooLate,
}

/// What a step needs to know of a referral.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub state: State,
    pub source: Source,
    pub expires_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    /// A customer came of it, it has moved on to another partner or was taken back, or it was reopened
    /// once already.
    pub has_followed: bool,
}

/// Where a step leads, or why it is refused.
///
/// # Errors
/// [`Refused::State`] where the state at `now` allows no such step, [`Refused::TooLate`] after the
/// time to answer or to reopen.
pub fn step(facts: &Facts, step: Step, now: Moment) -> Result<State, Refused> {
    let state = facts.state.at(facts.expires_at, now);
    match (state, step) {
        (State::Received, Step::Accept) => Ok(State::Accepted),
        (State::Received, Step::Decline) => Ok(State::Declined),
        (State::Expired, Step::Accept | Step::Decline) => Err(Refused::TooLate),
        (State::Accepted, Step::Edit) => Ok(State::Accepted),
        (State::Accepted, Step::Win) => Ok(State::Won),
        (State::Accepted, Step::Lose) => Ok(State::Lost),
        // Closed by mistake. What has moved on to somebody else, or become a customer, stays.
        (State::Won | State::Lost | State::Declined, Step::Reopen) if facts.has_followed => Err(Refused::State),
        (State::Won | State::Lost | State::Declined, Step::Reopen) => {
            if facts.closed_at.is_some_and(|closed| now.since(closed) < REOPEN) {
                let back = if state == State::Declined { State::Received } else { State::Accepted };
                // A declined one whose time to answer is over would come back expired.
                let over = back == State::Received && facts.expires_at.is_some_and(|end| end <= now);
                if over { Err(Refused::TooLate) } else { Ok(back) }
            } else {
                Err(Refused::TooLate)
            }
        }
        _ => Err(Refused::State),
    }
}

text_enum! {
    /// Why a referral was declined or lost: the reference's eight codes, and those that its users
    /// know from other portals (ux.md, section 7).
    pub enum Reason {
        Budget = "budget",
        NoResponse = "no_response",
        OtherVendor = "other_vendor",
        CannotMeet = "cannot_meet",
        NotACustomer = "not_a_customer",
        TooShort = "too_short",
        Abuse = "abuse",
        NoCapacity = "no_capacity",
        OutsideRegion = "outside_region",
        OutsideSkills = "outside_skills",
        TooSmall = "too_small",
        Conflict = "conflict",
        Other = "other",
    }
}

impl Reason {
    /// The reference's code, 1 to 8; those that it does not know are 4 (cannot meet requirements)
    /// or 8 (other).
    pub const fn code(self) -> u8 {
        match self {
            Self::Budget => 1,
            Self::NoResponse => 2,
            Self::OtherVendor => 3,
            Self::CannotMeet | Self::NoCapacity | Self::OutsideRegion | Self::OutsideSkills => 4,
            Self::NotACustomer => 5,
            Self::TooShort => 6,
            Self::Abuse => 7,
            Self::TooSmall | Self::Conflict | Self::Other => 8,
        }
    }
}

/// Reasons to decline, in the order of the form.
pub const DECLINE: &[Reason] = &[
    Reason::NoCapacity,
    Reason::OutsideRegion,
    Reason::OutsideSkills,
    Reason::TooSmall,
    Reason::CannotMeet,
    Reason::TooShort,
    Reason::Conflict,
    Reason::NotACustomer,
    Reason::Abuse,
    Reason::Other,
];
/// Reasons for a loss, in the order of the form.
pub const LOSE: &[Reason] = &[
    Reason::Budget,
    Reason::NoResponse,
    Reason::OtherVendor,
    Reason::CannotMeet,
    Reason::TooShort,
    Reason::NotACustomer,
    Reason::Abuse,
    Reason::Other,
];

text_enum! {
    /// Sales stages; won is a state (reference 3.7).
    pub enum Stage {
        Accepted = "accepted",
        Qualified = "qualified",
        Developed = "developed",
        Proposed = "proposed",
        Negotiated = "negotiated",
    }
}

impl Stage {
    /// The chance to win, in percent.
    pub const fn weight(self) -> u8 {
        match self {
            Self::Accepted => 10,
            Self::Qualified => 20,
            Self::Developed => 40,
            Self::Proposed => 60,
            Self::Negotiated => 80,
        }
    }
}

text_enum! {
    /// When a visitor wants to begin.
    pub enum TimeFrame {
        Now = "now",
        Month = "month",
        Quarter = "quarter",
        Later = "later",
    }
}

/// How urgent the time left is shown (ux.md, section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Calm,
    /// Under 24 hours.
    Soon,
    /// Under 4 hours.
    Now,
}

/// The urgency of `left`, in microseconds.
pub const fn urgency(left: i64) -> Urgency {
    if left < 4 * HOUR {
        Urgency::Now
    } else if left < 24 * HOUR {
        Urgency::Soon
    } else {
        Urgency::Calm
    }
}

/// Which reminder is due, in days since it was received: the latest that has passed and was not sent.
pub fn reminder(received_at: Moment, reminded: i64, now: Moment) -> Option<i64> {
    let days = now.since(received_at) / DAY;
    REMINDERS.iter().copied().rev().find(|day| *day <= days).filter(|day| *day > reminded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(state: State) -> Facts {
        let at = Moment::from_micros(1_000 * DAY);
        Facts { state, source: Source::Directory, expires_at: Some(at.plus(ANSWER_DAYS * DAY)), closed_at: Some(at), has_followed: false }
    }

    #[test]
    fn a_referral_goes_where_the_reference_says_and_nowhere_else() {
        let now = Moment::from_micros(1_000 * DAY + HOUR);
        let allowed = [
            (State::Received, Step::Accept, State::Accepted),
            (State::Received, Step::Decline, State::Declined),
            (State::Accepted, Step::Edit, State::Accepted),
            (State::Accepted, Step::Win, State::Won),
            (State::Accepted, Step::Lose, State::Lost),
            (State::Won, Step::Reopen, State::Accepted),
            (State::Lost, Step::Reopen, State::Accepted),
            (State::Declined, Step::Reopen, State::Received),
        ];
        for &state in State::ALL {
            for &step_ in Step::ALL {
                let wanted = allowed.iter().find(|(from, what, _)| (*from, *what) == (state, step_)).map(|(_, _, to)| *to);
                assert_eq!(step(&facts(state), step_, now).ok(), wanted, "{state:?} {step_:?}");
            }
        }
    }

    #[test]
    fn fourteen_days_after_nobody_answered_it_has_expired_whatever_is_stored() {
        let facts = facts(State::Received);
        let end = facts.expires_at.expect("a clock");
        assert_eq!(step(&facts, Step::Accept, end.plus(-1)), Ok(State::Accepted));
        assert_eq!(step(&facts, Step::Accept, end), Err(Refused::TooLate));
        assert_eq!(State::Received.at(facts.expires_at, end), State::Expired);
    }

    #[test]
    fn it_is_reopened_for_exactly_168_hours_unless_something_followed() {
        let facts = facts(State::Won);
        let closed = facts.closed_at.expect("closed");
        assert!(step(&facts, Step::Reopen, closed.plus(168 * HOUR - 1)).is_ok());
        assert_eq!(step(&facts, Step::Reopen, closed.plus(168 * HOUR)), Err(Refused::TooLate));
        assert_eq!(step(&Facts { has_followed: true, ..facts }, Step::Reopen, closed), Err(Refused::State));
    }

    #[test]
    fn each_reminder_goes_out_once_and_a_late_one_only_as_the_latest() {
        let from = Moment::from_micros(0);
        for (day, reminded, wanted) in [(0, 0, None), (1, 0, Some(1)), (6, 1, None), (8, 0, Some(7)), (13, 7, Some(12)), (13, 12, None)] {
            assert_eq!(reminder(from, reminded, from.plus(day * DAY)), wanted, "day {day}, reminded {reminded}");
        }
    }

    #[test]
    fn every_reason_has_a_code_of_the_reference() {
        let codes: std::collections::BTreeSet<u8> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes, (1..=8).collect());
        assert!(Reason::ALL.iter().all(|reason| DECLINE.contains(reason) || LOSE.contains(reason)));
    }

    proptest! {
        #[test]
        fn no_step_leads_out_of_expiry(after in 0_i64..1_000 * DAY, which in 0_usize..Step::ALL.len()) {
            let facts = facts(State::Received);
            let now = facts.expires_at.expect("a clock").plus(after);
            prop_assert!(step(&facts, Step::ALL[which], now).is_err());
        }
    }
}
