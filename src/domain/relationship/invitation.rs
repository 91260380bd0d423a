//! The states of an invitation (product.md): draft, sent, opened, accepted, declined, expired,
//! revoked.

use super::Refused;
use crate::clock::Moment;
use crate::domain::fold::{significant_words, similarity};
use crate::text_enum;

text_enum! {
    /// What is asked for (reference 3.8, *Variants*; 3.9; 3.10).
    pub enum Kind {
        Reseller = "reseller",
        ResellerAndProvider = "reseller_and_provider",
        DelegatedAdmin = "delegated_admin",
        Partnership = "partnership",
    }
}

impl Kind {
    /// Days until an invitation of this kind expires: 30, and 90 for delegated admin (reference 3.9).
    pub const fn life_days(self) -> i64 {
        match self {
            Self::DelegatedAdmin => 90,
            _ => 30,
        }
    }
}

text_enum! {
    /// What of an invitation can be accepted apart from the rest.
    pub enum Part {
        Reseller = "reseller",
        Provider = "provider",
        Admin = "admin",
        Partnership = "partnership",
    }
}

impl Kind {
    /// What is asked for, in the order of the page.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Reseller => &[Part::Reseller],
            Self::ResellerAndProvider => &[Part::Reseller, Part::Provider],
            Self::DelegatedAdmin => &[Part::Admin],
            Self::Partnership => &[Part::Partnership],
        }
    }
}

/// What accepting a part allows, and what it does not, as the ends of the message keys `allows-…`
/// and `denies-…`: said to the customer before it answers, on its access page after, and to the
/// partner.
pub const fn rights(part: Part) -> (&'static [&'static str], &'static [&'static str]) {
    match part {
        Part::Reseller => (&["sell", "bill", "support", "contacts"], &["admin", "exclusive", "others"]),
        Part::Provider => (&["supply", "bill-reseller", "contacts"], &["admin", "exclusive", "others"]),
        Part::Admin => (&["roles", "until"], &["sell", "more-roles", "others"]),
        Part::Partnership => (&["create", "order"], &["customers", "end", "others"]),
    }
}

text_enum! {
    /// Why a recipient declines.
    pub enum Declined {
        NotMe = "not_me",
        Unknown = "unknown",
        NoNeed = "no_need",
        OtherPartner = "other_partner",
        Other = "other",
    }
}

/// From this share of common letter triples on, in percent, the company that answers counts as the
/// one that was expected.
const SAME_COMPANY: u8 = 60;

/// Is the company that answers the expected one? A sender who expected none is never surprised.
/// A name that is part of the other ("Contoso" and "Contoso Holding") is the same company.
pub fn is_expected(expected: &str, answers: &str) -> bool {
    let (one, other) = (significant_words(expected), significant_words(answers));
    let within = |few: &[String], many: &[String]| few.iter().all(|word| many.contains(word));
    expected.trim().is_empty() || within(&one, &other) || within(&other, &one) || similarity(expected, answers) >= SAME_COMPANY
}

text_enum! {
    /// The state as stored.
    pub enum State {
        Draft = "draft",
        Sent = "sent",
        Opened = "opened",
        Accepted = "accepted",
        Declined = "declined",
        Revoked = "revoked",
    }
}

text_enum! {
    /// The state as it is at a moment.
    pub enum Shown {
        Draft = "draft",
        Sent = "sent",
        Opened = "opened",
        Accepted = "accepted",
        Declined = "declined",
        Expired = "expired",
        Revoked = "revoked",
    }
}

/// The state at `now`.
pub fn shown(state: State, expires_at: Option<Moment>, now: Moment) -> Shown {
    let over = expires_at.is_some_and(|end| end <= now);
    match state {
        State::Draft => Shown::Draft,
        State::Sent | State::Opened if over => Shown::Expired,
        State::Sent => Shown::Sent,
        State::Opened => Shown::Opened,
        State::Accepted => Shown::Accepted,
        State::Declined => Shown::Declined,
        State::Revoked => Shown::Revoked,
    }
}

/// What can be done with an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// By the sender; again with a new link that kills the old one.
    Send,
    /// By the sender: the same link once more.
    Remind,
    /// By the sender.
    Revoke,
    /// By the recipient, by looking.
    Open,
    /// By the recipient.
    Accept,
    /// By the recipient: also *not me*.
    Decline,
}

impl Act {
    pub const ALL: [Self; 6] = [Self::Send, Self::Remind, Self::Revoke, Self::Open, Self::Accept, Self::Decline];
}

/// The stored state after an act, or [`Refused`]. Accepting an open link is not an act of the
/// link: each visitor gets an invitation of their own from it.
pub fn after(shown: Shown, act: Act) -> Result<State, Refused> {
    use Shown::{Draft, Expired, Opened, Sent};
    match (shown, act) {
        (Draft | Sent | Opened | Expired, Act::Send) => Ok(State::Sent),
        (Sent, Act::Remind) => Ok(State::Sent),
        (Opened, Act::Remind) | (Sent | Opened, Act::Open) => Ok(State::Opened),
        (Draft | Sent | Opened | Expired, Act::Revoke) => Ok(State::Revoked),
        (Sent | Opened, Act::Accept) => Ok(State::Accepted),
        (Sent | Opened, Act::Decline) => Ok(State::Declined),
        _ => Err(Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every state and every act: what is not in this table is refused.
    #[test]
    fn the_whole_machine() {
        let table: &[(Shown, &[(Act, State)])] = &[
            (Shown::Draft, &[(Act::Send, State::Sent), (Act::Revoke, State::Revoked)]),
            (
                Shown::Sent,
                &[
                    (Act::Send, State::Sent),
                    (Act::Remind, State::Sent),
                    (Act::Revoke, State::Revoked),
                    (Act::Open, State::Opened),
                    (Act::Accept, State::Accepted),
                    (Act::Decline, State::Declined),
                ],
            ),
            (
                Shown::Opened,
                &[
                    (Act::Send, State::Sent),
                    (Act::Remind, State::Opened),
                    (Act::Revoke, State::Revoked),
                    (Act::Open, State::Opened),
                    (Act::Accept, State::Accepted),
                    (Act::Decline, State::Declined),
                ],
            ),
            (Shown::Expired, &[(Act::Send, State::Sent), (Act::Revoke, State::Revoked)]),
            (Shown::Accepted, &[]),
            (Shown::Declined, &[]),
            (Shown::Revoked, &[]),
        ];
        assert_eq!(table.len(), Shown::ALL.len());
        for (from, allowed) in table {
            for act in Act::ALL {
                let wanted = allowed.iter().find(|(one, _)| *one == act).map(|(_, state)| *state).ok_or(Refused);
                assert_eq!(after(*from, act), wanted, "{from:?} {act:?}");
            }
        }
    }

    #[test]
    fn another_company_than_expected_is_noticed_and_another_spelling_is_not() {
        for (expected, answers, same) in [
            ("", "Anyone Ltd", true),
            ("Boulangerie Moreau", "BOULANGERIE MOREAU SARL", true),
            ("Café Lumière", "Cafe Lumiere", true),
            ("Contoso", "Contoso Holding", true),
            ("Boulangerie Moreau", "Garage Dupont", false),
            ("Northwind", "Southridge", false),
        ] {
            assert_eq!(is_expected(expected, answers), same, "{expected} / {answers}");
        }
    }

    #[test]
    fn every_part_says_what_it_allows_and_what_it_does_not() {
        for &part in Part::ALL {
            let (allows, denies) = rights(part);
            assert!(!allows.is_empty() && !denies.is_empty(), "{part:?}");
        }
        assert!(Kind::ALL.iter().all(|kind| !kind.parts().is_empty()));
    }

    #[test]
    fn time_alone_expires_what_waits_for_an_answer_and_nothing_else() {
        let now = Moment::from_micros(1_000);
        for &state in State::ALL {
            let waits = matches!(state, State::Sent | State::Opened);
            for (end, over) in [(999, true), (1_000, true), (1_001, false)] {
                let at = shown(state, Some(Moment::from_micros(end)), now);
                assert_eq!(at == Shown::Expired, waits && over, "{state:?} {end}");
                assert!(at == Shown::Expired || at.as_str() == state.as_str());
            }
        }
    }
}
