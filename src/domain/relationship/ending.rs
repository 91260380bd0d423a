//! The end of a reseller relationship: scheduled or at once, undone within 30 days, or closed by
//! the customer's return.

use super::Refused;
use crate::clock::{DAY, Moment};
use crate::text_enum;

/// How long an end can be undone: 30 days of 24 hours, in microseconds.
pub const UNDO: i64 = 30 * DAY;

text_enum! {
    /// The state as stored.
    pub enum State {
        Scheduled = "scheduled",
        Ended = "ended",
        Undone = "undone",
        CalledOff = "called_off",
        Returned = "returned",
    }
}

/// What can be done with an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The scheduled moment has come, or is now.
    End,
    /// Before it has ended.
    CallOff,
    /// Within [`UNDO`] of the end.
    Undo,
    /// The customer accepted a new invitation.
    Return,
}

impl Act {
    pub const ALL: [Self; 4] = [Self::End, Self::CallOff, Self::Undo, Self::Return];
}

/// Is the relationship over at `now`, whether or not a job has said so?
pub fn is_over(state: State, ends_at: Moment, now: Moment) -> bool {
    match state {
        State::Scheduled => ends_at <= now,
        State::Ended => true,
        State::Undone | State::CalledOff | State::Returned => false,
    }
}

/// The state after an act at `now`; `ends_at` is when it ends or ended.
pub fn after(state: State, ends_at: Moment, act: Act, now: Moment) -> Result<State, Refused> {
    let over = is_over(state, ends_at, now);
    match (state, act) {
        (State::Scheduled, Act::End) if over => Ok(State::Ended),
        (State::Scheduled, Act::CallOff) if !over => Ok(State::CalledOff),
        (State::Ended, Act::Undo) if now.since(ends_at) < UNDO => Ok(State::Undone),
        (State::Ended, Act::Return) => Ok(State::Returned),
        _ => Err(Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_every_act() {
        let end = Moment::from_micros(0);
        for &state in State::ALL {
            for act in Act::ALL {
                for now in [-1, 0, UNDO - 1, UNDO] {
                    let wanted = match (state, act) {
                        (State::Scheduled, Act::End) if now >= 0 => Ok(State::Ended),
                        (State::Scheduled, Act::CallOff) if now < 0 => Ok(State::CalledOff),
                        (State::Ended, Act::Undo) if now < UNDO => Ok(State::Undone),
                        (State::Ended, Act::Return) => Ok(State::Returned),
                        _ => Err(Refused),
                    };
                    assert_eq!(after(state, end, act, Moment::from_micros(now)), wanted, "{state:?} {act:?} {now}");
                }
            }
        }
    }
}
