//! The inbox: its orders, and what it asks of states and of time.

use super::Bind;
use super::numbered::{Condition, Numbered};
use crate::clock::Moment;
use crate::domain::referral::State;

/// Where it is.
pub const INBOX: Numbered = Numbered { table: "referral", index: "referral_search" };

/// The order of the list; the second key is always the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Number,
    /// Time left to answer.
    Expiry,
    Company,
    Value,
    Close,
}

impl Order {
    /// The column that leads. Without a value comes before any value.
    pub const fn column(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Expiry => Some("i.expires_at"),
            Self::Company => Some("i.company_key"),
            Self::Value => Some("coalesce(i.value_minor, -1)"),
            Self::Close => Some("i.close_on"),
        }
    }
}

/// Of those that nobody answered: only those that can still be (`open`), or only those whose time is
/// over, whether or not that was noted.
pub fn at(now: Moment, open: bool) -> Condition {
    let sql = if open { "(i.substatus <> 'received' or i.expires_at > ?)" } else { "(i.substatus <> 'received' or i.expires_at <= ?)" };
    Condition::default().and(sql, [Bind::Time(now)])
}

/// The rows in these states, in no order: where all are meant, all that there are.
pub fn ranges(states: &[State], now: Moment) -> Vec<Condition> {
    let has = |state: State| states.contains(&state);
    if State::ALL.iter().all(|state| has(*state)) {
        return vec![Condition::default()];
    }
    let one = |state: State| Condition::default().and("i.substatus = ?", [Bind::Text(state.as_str().to_owned())]);
    let mut found: Vec<Condition> = states.iter().filter(|state| **state != State::Received).map(|state| one(*state)).collect();
    match (has(State::Received), has(State::Expired)) {
        (true, true) => found.push(one(State::Received)),
        // Not to be taken for the range of an index: whichever the order, few are over.
        (true, false) => found.push(one(State::Received).and("(i.expires_at > ?) is true", [Bind::Time(now)])),
        (false, true) => found.push(one(State::Received).and("i.expires_at <= ?", [Bind::Time(now)])),
        (false, false) => {}
    }
    found
}
