//! The end of a reseller relationship: scheduled or at once, undone within 30 days, or closed by
//! the customer's return. What stands in its way and what it brings with it are one function each.

use super::Refused;
use super::invitation::Kind;
use crate::clock::{DAY, Moment};
use crate::domain::CustomerStatus;
use crate::text_enum;
use uuid::Uuid;

/// How long an end can be undone: 30 days of 24 hours, in microseconds.
pub const UNDO: i64 = 30 * DAY;

/// How far ahead an end can be scheduled, in days.
pub const AHEAD_DAYS: i64 = 730;

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

text_enum! {
    /// Who ends it.
    pub enum AskedBy {
        Partner = "partner",
        /// The provider, for its reseller too.
        Provider = "provider",
        Customer = "customer",
    }
}

text_enum! {
    /// Why. The other side reads it.
    pub enum Reason {
        NotNeeded = "not_needed",
        MovesOn = "moves_on",
        CustomerAsked = "customer_asked",
        Unpaid = "unpaid",
        CompanyClosed = "company_closed",
        Other = "other",
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

/// Where a customer account stands at `now`: what is stored, until the moment of its end.
pub fn status(stored: CustomerStatus, ends_at: Option<Moment>, now: Moment) -> CustomerStatus {
    if ends_at.is_some_and(|end| end <= now) { CustomerStatus::Ended } else { stored }
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

/// An invitation or a request for rights that the customer has not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    pub id: Uuid,
    pub kind: Kind,
    pub recipient: String,
}

/// An end that is scheduled already, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduled {
    pub ends_at: Moment,
    pub by: AskedBy,
}

/// Rights that end too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    pub name: String,
    pub ends_at: Moment,
}

/// What is known of a relationship when its end is considered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub scheduled: Option<Scheduled>,
    pub unanswered: Vec<Unanswered>,
    pub rights: Vec<Rights>,
    /// The reseller that this provider shares the customer with.
    pub reseller: Option<String>,
    /// That reseller asked for the end.
    pub asked: bool,
}

/// What stands in the way of an end, each to be cleared first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocker {
    /// An end is scheduled already; who scheduled it can call it off.
    Scheduled(Scheduled),
    /// The customer could still accept it; it can be revoked.
    Unanswered(Unanswered),
}

/// What an end brings with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The customer leaves lists, searches and exports; its record stays, for reading.
    LeavesList,
    /// No orders and no new subscriptions.
    NoPurchases,
    /// The partner is no longer among the customer's contacts for support.
    NoSupport,
    /// These rights end too, and an undo does not bring them back.
    RightsEnd(Vec<Rights>),
    /// It ends for this reseller at the same moment.
    ResellerToo(String),
    /// The reseller's request is answered by it.
    AnswersRequest(String),
    /// Users, data and subscriptions elsewhere stay the customer's.
    CustomerKeeps,
    /// The customer is told by mail.
    CustomerTold,
}

/// Everything that stands in the way.
pub fn blockers(facts: &Facts) -> Vec<Blocker> {
    let scheduled = facts.scheduled.map(Blocker::Scheduled);
    scheduled.into_iter().chain(facts.unanswered.iter().cloned().map(Blocker::Unanswered)).collect()
}

/// Everything it brings with it, in the order in which a reader wants to know.
pub fn effects(facts: &Facts) -> Vec<Effect> {
    let mut found = vec![Effect::LeavesList, Effect::NoPurchases, Effect::NoSupport];
    if !facts.rights.is_empty() {
        found.push(Effect::RightsEnd(facts.rights.clone()));
    }
    if let Some(reseller) = &facts.reseller {
        found.push(Effect::ResellerToo(reseller.clone()));
        if facts.asked {
            found.push(Effect::AnswersRequest(reseller.clone()));
        }
    }
    found.extend([Effect::CustomerKeeps, Effect::CustomerTold]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[test]
    fn a_scheduled_end_holds_from_its_moment_on() {
        for &stored in CustomerStatus::ALL {
            for (ends_at, over) in [(None, false), (Some(11), false), (Some(10), true), (Some(9), true)] {
                let now = status(stored, ends_at.map(Moment::from_micros), Moment::from_micros(10));
                assert_eq!(now, if over { CustomerStatus::Ended } else { stored }, "{stored:?} {ends_at:?}");
            }
        }
    }

    fn unanswered() -> Unanswered {
        Unanswered { id: Uuid::nil(), kind: Kind::DelegatedAdmin, recipient: "a@b.example".into() }
    }

    #[test]
    fn each_blocker_stands_alone_and_all_are_named_at_once() {
        let end = Moment::from_micros(7);
        let scheduled = Scheduled { ends_at: end, by: AskedBy::Partner };
        let (one, two) = (Some(scheduled), vec![unanswered(), unanswered()]);
        assert_eq!(blockers(&Facts::default()), []);
        assert_eq!(blockers(&Facts { scheduled: one, ..Facts::default() }), [Blocker::Scheduled(scheduled)]);
        assert_eq!(blockers(&Facts { unanswered: two.clone(), ..Facts::default() }).len(), 2);
        assert_eq!(blockers(&Facts { scheduled: one, unanswered: two, ..Facts::default() }).len(), 3);
        let others =
            Facts { rights: vec![Rights { name: "x".into(), ends_at: end }], reseller: Some("R".into()), asked: true, ..Facts::default() };
        assert_eq!(blockers(&others), [], "what ends with it does not stand in its way");
    }

    #[test]
    fn each_effect_follows_from_its_fact() {
        let always = [Effect::LeavesList, Effect::NoPurchases, Effect::NoSupport, Effect::CustomerKeeps, Effect::CustomerTold];
        assert_eq!(effects(&Facts::default()), always);
        let rights = vec![Rights { name: "Support".into(), ends_at: Moment::from_micros(1) }];
        let reseller = || Some("R".to_owned());
        for (facts, wanted) in [
            (Facts { rights: rights.clone(), ..Facts::default() }, vec![Effect::RightsEnd(rights)]),
            (Facts { reseller: reseller(), ..Facts::default() }, vec![Effect::ResellerToo("R".into())]),
            (
                Facts { reseller: reseller(), asked: true, ..Facts::default() },
                vec![Effect::ResellerToo("R".into()), Effect::AnswersRequest("R".into())],
            ),
            (Facts { unanswered: vec![unanswered()], ..Facts::default() }, vec![]),
        ] {
            let more: Vec<Effect> = effects(&facts).into_iter().filter(|effect| !always.contains(effect)).collect();
            assert_eq!(more, wanted);
        }
    }

    proptest! {
        /// Whatever is tried, in whatever order: once closed nothing happens, and nothing is undone late.
        #[test]
        fn a_closed_ending_stays_closed(acts in prop::collection::vec((0usize..4, 0i64..2 * UNDO), 0..12), end in 0i64..UNDO) {
            let (mut state, mut now, ends_at) = (State::Scheduled, Moment::from_micros(0), Moment::from_micros(end));
            for (act, wait) in acts {
                now = now.plus(wait);
                if let Ok(next) = after(state, ends_at, Act::ALL[act], now) {
                    prop_assert!(matches!(state, State::Scheduled | State::Ended));
                    prop_assert!(next != State::Undone || now.since(ends_at) < UNDO);
                    prop_assert!(next != State::Ended || ends_at <= now);
                    state = next;
                }
            }
        }
    }
}
