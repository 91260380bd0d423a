//! Provider and reseller: invited, active, ended; ended with notice by either side.

use super::Refused;
use crate::clock::Moment;
use crate::domain::AccountType;
use crate::text_enum;

text_enum! {
    /// One of its two sides.
    pub enum Side {
        Provider = "provider",
        Reseller = "reseller",
    }
}

impl Side {
    /// The side on which an account of this type is; a direct reseller is on none.
    pub const fn of(account: AccountType) -> Option<Self> {
        match account {
            AccountType::IndirectProvider => Some(Self::Provider),
            AccountType::IndirectReseller => Some(Self::Reseller),
            AccountType::Direct => None,
        }
    }
}

text_enum! {
    /// The state as stored.
    pub enum State {
        Invited = "invited",
        Active = "active",
        Ended = "ended",
    }
}

text_enum! {
    /// The state as it is at a moment.
    pub enum Shown {
        Invited = "invited",
        Active = "active",
        /// Still active, until the moment of the notice.
        Notice = "notice",
        Ended = "ended",
    }
}

/// Days of notice to choose from, the usual one first: never less than a week, so that both sides
/// can settle what is under way.
pub const NOTICE_DAYS: [i64; 6] = [30, 7, 14, 60, 90, 180];

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

/// The state at `now`.
pub fn shown(state: State, ends_at: Option<Moment>, now: Moment) -> Shown {
    match (state, ends_at) {
        (State::Invited, _) => Shown::Invited,
        (State::Active, None) => Shown::Active,
        (State::Active, Some(end)) if now < end => Shown::Notice,
        (State::Active | State::Ended, _) => Shown::Ended,
    }
}

/// What is known of a partnership when its end is considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Who ends it.
    pub side: Side,
    pub in_common: i64,
    /// Unanswered invitations that ask for reseller and provider at once. Only the reseller, whose
    /// they are, knows how many.
    pub asking_for_both: i64,
}

text_enum! {
    /// What an end brings with it.
    pub enum Effect {
        /// Customers in common stay with both, each with its own account of them.
        CustomersStay = "customers_stay",
        /// Rights to administer are the customers' to give and take: they stay.
        AdminStays = "admin_stays",
        /// What both know of their own stays theirs: records, notes, activity.
        RecordsStay = "records_stay",
        /// None are created or invited together any more.
        NoNewCustomers = "no_new_customers",
        /// Unanswered invitations that ask for both are revoked.
        InvitationsRevoked = "invitations_revoked",
        /// The other side is told at once, and both again on the day.
        OtherTold = "other_told",
        /// Customers in common can be transferred, before and after.
        Transfer = "transfer",
    }
}

impl Effect {
    /// Does it say what stays, rather than what changes?
    pub const fn stays(self) -> bool {
        matches!(self, Self::CustomersStay | Self::AdminStays | Self::RecordsStay)
    }
}

/// Everything it brings with it, in the order in which a reader wants to know.
pub fn effects(facts: &Facts) -> Vec<Effect> {
    let shared = facts.in_common > 0;
    let revoked = facts.side == Side::Provider || facts.asking_for_both > 0;
    let all = [
        (shared, Effect::CustomersStay),
        (shared, Effect::AdminStays),
        (true, Effect::RecordsStay),
        (true, Effect::NoNewCustomers),
        (revoked, Effect::InvitationsRevoked),
        (shared, Effect::Transfer),
        (true, Effect::OtherTold),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, effect)| effect).collect()
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
    fn what_is_shown_agrees_with_what_holds() {
        let now = Moment::from_micros(10);
        for &state in State::ALL {
            for ends_at in [None, Some(9), Some(10), Some(11)].map(|end| end.map(Moment::from_micros)) {
                let holds = matches!(shown(state, ends_at, now), Shown::Active | Shown::Notice);
                assert_eq!(holds, is_active(state, ends_at, now), "{state:?} {ends_at:?}");
            }
        }
    }

    #[test]
    fn an_end_names_what_concerns_this_side_and_nothing_else() {
        use Effect::*;
        let ask = |side, in_common, asking_for_both| effects(&Facts { side, in_common, asking_for_both });
        assert_eq!(ask(Side::Reseller, 0, 0), [RecordsStay, NoNewCustomers, OtherTold]);
        assert_eq!(ask(Side::Reseller, 0, 2), [RecordsStay, NoNewCustomers, InvitationsRevoked, OtherTold]);
        assert_eq!(
            ask(Side::Provider, 3, 0),
            [CustomersStay, AdminStays, RecordsStay, NoNewCustomers, InvitationsRevoked, Transfer, OtherTold]
        );
        let stays = Effect::ALL.iter().filter(|effect| effect.stays()).count();
        assert_eq!(stays, 3);
    }

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
