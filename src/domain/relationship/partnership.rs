//! Provider and reseller: invited, active, ended; ended with notice by either side.

use super::Refused;
use crate::clock::Moment;
use crate::text_enum;

text_enum! {
    /// The state as stored.
    pub enum State {
        Invited = "invited",
        Active = "active",
        Ended = "ended",
    }
}

/// What can be done with a partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// By the reseller, also after an end.
    Accept,
    /// By either side, with the moment at which it ends.
    GiveNotice,
    /// By the side that gave it, before it has ended.
    TakeBackNotice,
    /// The moment of the notice has come.
    End,
}

impl Act {
    pub const ALL: [Self; 4] = [Self::Accept, Self::GiveNotice, Self::TakeBackNotice, Self::End];
}

/// Does it hold at `now`, whether or not a job has said so?
pub fn is_active(state: State, ends_at: Option<Moment>, now: Moment) -> bool {
    state == State::Active && ends_at.is_none_or(|end| now < end)
}

/// The state after an act.
pub fn after(state: State, ends_at: Option<Moment>, act: Act, now: Moment) -> Result<State, Refused> {
    let (active, noticed) = (is_active(state, ends_at, now), ends_at.is_some());
    match act {
        Act::Accept if !active => Ok(State::Active),
        Act::GiveNotice if active && !noticed => Ok(State::Active),
        Act::TakeBackNotice if active && noticed => Ok(State::Active),
        Act::End if state == State::Active && !active => Ok(State::Ended),
        _ => Err(Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_every_act() {
        let now = Moment::from_micros(10);
        let (past, future) = (Some(Moment::from_micros(10)), Some(Moment::from_micros(11)));
        for &state in State::ALL {
            for ends_at in [None, past, future] {
                for act in Act::ALL {
                    let active = state == State::Active;
                    let wanted = match act {
                        Act::Accept if !active || ends_at == past => Ok(State::Active),
                        Act::GiveNotice if active && ends_at.is_none() => Ok(State::Active),
                        Act::TakeBackNotice if active && ends_at == future => Ok(State::Active),
                        Act::End if active && ends_at == past => Ok(State::Ended),
                        _ => Err(Refused),
                    };
                    assert_eq!(after(state, ends_at, act, now), wanted, "{state:?} {ends_at:?} {act:?}");
                }
            }
        }
    }
}
