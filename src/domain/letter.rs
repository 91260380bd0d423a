//! The letters that the portal writes: what each says, as data. Texts are in the catalogues
//! (`mail.ftl`), layouts in `templates/mail`. A letter never holds a token: a [`Link`] names what
//! its token is derived from, and the token is made when the letter is sent.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A link with a token; see `access::keys::Keys::link`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads.
    pub to: To,
    /// What the token is derived from: the invitation's id, or a random one.
    pub subject: Uuid,
    /// Counts the links of one subject; a later one kills the earlier.
    pub generation: i64,
}

/// The pages that are opened by a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum To {
    /// `/connect/{token}`: an invitation.
    Connect,
    /// `/access/{token}`: the customer's access page.
    Access,
    /// `/set-password/{token}`: a new password.
    ResetPassword,
    /// `/inquiries/{token}`: what became of an inquiry.
    Inquiry,
}

impl To {
    /// The address before the token.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Connect => "/connect/",
            Self::Access => "/access/",
            Self::ResetPassword => "/set-password/",
            Self::Inquiry => "/inquiries/",
        }
    }
    /// Keeps tokens of different pages apart.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Access => "access",
            Self::ResetPassword => "reset_password",
            Self::Inquiry => "inquiry",
        }
    }
}

/// Who asks, as the letter and the page show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub partner: String,
    pub person: String,
    pub email: String,
}

/// What is sent. Moments are microseconds since 1970; enumerations are their stored texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Whoever asked for a new password.
    ResetPassword { link: Link },
    /// A notice after the fact.
    PasswordChanged { at: i64 },
    /// An invitation, or (`reminder`) the same once more.
    Invitation {
        sender: Sender,
        kind: String,
        company: String,
        message: String,
        provider: Option<String>,
        roles: Vec<String>,
        days: Option<i64>,
        expires_at: i64,
        reminder: bool,
        link: Link,
    },
    /// To the sender: what was answered. `path` is the page to look at.
    InvitationAnswered {
        company: String,
        person: String,
        kind: String,
        accepted: bool,
        mismatch: bool,
        declined: String,
        reason: String,
        path: String,
    },
    /// To who accepted: what holds now, or (`waiting`) that the sender still has to confirm.
    RelationshipAccepted { sender: Sender, kind: String, company: String, provider: Option<String>, waiting: bool, access: Option<Link> },
    /// To who accepted for another company than the sender expected: the sender said no.
    AcceptanceRefused { sender: Sender, company: String },
    /// To the sender: a recipient whose link is dead asks for another.
    NewLinkAsked { company: String, person: String, path: String },
    /// The way back to the access page, to an organisation's contact.
    Access { company: String, link: Link },
    /// To the known contacts of an organisation for which somebody else accepted.
    AcceptedElsewhere { sender: Sender, company: String, person: String, email: String },
    /// To the other side of a partnership: it ends, or (`taken_back`) it goes on after all.
    PartnershipNotice { partner: String, person: String, reason: String, ends_at: i64, taken_back: bool, path: String },
    /// To both sides, on the day.
    PartnershipEnded { partner: String, path: String },
    /// To a customer: its provider sells to it through another reseller.
    ResellerChanged { company: String, provider: String, before: String, after: String },
    /// To a reseller: its provider moved so many customers to it (`gained`) or away from it.
    CustomersMoved { provider: String, customers: i64, gained: bool, path: String },
    /// To the customer: the relationship ends at a moment (`over`: has ended). `reason` is a
    /// `domain::relationship::ending::Reason`; `by_customer` confirms its own wish.
    RelationshipEnded { sender: Sender, company: String, ends_at: i64, over: bool, reason: String, note: String, by_customer: bool },
    /// To the customer: a scheduled end was called off, or (`undone`) an end was undone.
    RelationshipKept { sender: Sender, company: String, undone: bool },
    /// To a partner's people: what somebody else did to one of their relationships; `what` is one
    /// of `ended_by_customer`, `ended_by_provider`, `kept_by_customer`, `kept_by_provider`, `end_asked`,
    /// `end_done`, `end_refused`, `reseller_left`. `who` did it; `path` is the page to look at.
    RelationshipNotice { what: String, who: String, company: String, ends_at: Option<i64>, note: String, path: String },
    /// To both sides: delegated admin ends in so many days (0: today it has). `path` for the
    /// partner's people alone.
    AccessEnding {
        partner: String,
        company: String,
        name: String,
        roles: Vec<String>,
        ends_at: i64,
        days: i64,
        auto_extend: bool,
        path: Option<String>,
    },
    /// To both sides: delegated admin was `granted`, `extended`, `ended_by_partner` or
    /// `ended_by_customer`; `person` did it, where somebody did.
    AccessChanged {
        what: String,
        partner: String,
        company: String,
        name: String,
        roles: Vec<String>,
        ends_at: i64,
        person: String,
        path: Option<String>,
    },
    /// To a partner's people: a referral waits for their answer (`days` is 0), or still does after so
    /// many days. `about` is what may be said of the prospect before it is accepted.
    ReferralWaits { about: String, from: String, need: String, wants_call: bool, days: i64, expires_at: i64, path: String },
    /// To the people of the partner that sent a referral: what its receiver made of it; `what` is a
    /// `domain::referral::Shared`.
    ReferralMoved { what: String, partner: String, company: String, path: String },
    /// To a member to whom a colleague gave a referral, as its owner or into its team.
    ReferralAssigned { about: String, by: String, owner: bool, path: String },
    /// To who keeps a business profile: is it still right? Nobody has said so for six months.
    ProfileReminder { name: String, confirmed_at: i64, path: String },
    /// To who submitted a business profile: an operator approved it, or says why not.
    ProfileDecided { name: String, approved: bool, reason: String, path: String },
    /// To a visitor of the directory: the inquiry is on its way to these partners (none: nobody
    /// was found). The way to its page.
    InquirySent { partners: Vec<String>, link: Link },
    /// To the same: `what` became of it with a partner (`accepted`, `declined`, `expired`), who has it
    /// next, and whether others still may answer.
    InquiryAnswered { partner: String, what: String, next: Option<String>, waiting: bool, link: Link },
    /// To a partner's people: a visitor took an inquiry back that they had not answered.
    InquiryWithdrawn { city: String, path: String },
    /// To a partner's people: another partner offers a referral, without saying whom it is about.
    ReferralOffered { from: String, need: String, city: String, message: String, expires_at: i64, path: String },
    /// To a partner's people: another asks for `help` (`features::sharing`) with an opportunity.
    HelpAsked { from: String, title: String, help: Vec<String>, message: String, expires_at: i64, path: String },
    /// To a provider's people: nobody accepted what it handed over; it is offered to `next`, if to anybody.
    HandoverOver { company: String, number: i64, next: Option<String>, path: String },
    /// To a provider's people: a reseller that won what was handed to it asks for the customer account.
    CustomerAsked { reseller: String, person: String, company: String, path: String },
    /// To a reseller's people: what its provider had offered is another's, or (`withdrawn`) taken back.
    ReferralGone { from: String, withdrawn: bool, path: String },
}
