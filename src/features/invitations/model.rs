//! An invitation's row, as its sender reads it.

use super::acts::New;
use super::views::Standing;
use crate::access::tenant::Tenant;
use crate::clock::{DAY, Moment};
use crate::db::ids::{CustomerId, InvitationId, PartnerId, UserId};
use crate::db::schema::{invitation, invitation_answer};
use crate::db::{Conn, DbResult};
use crate::domain::relationship::delegated_admin::{self, DirectoryRole};
use crate::domain::relationship::invitation::{self as states, Kind, Shown, State};
use crate::i18n::Lang;
use diesel::prelude::*;

/// One invitation, whole.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = invitation)]
pub struct Invitation {
    pub id: InvitationId,
    /// Counts the invitations of one partner, from 1.
    pub number: i64,
    pub kind: Kind,
    state: State,
    /// A link for whoever needs it, rather than for one recipient.
    pub open_link: bool,
    pub from_open_link: Option<InvitationId>,
    /// Invitations made by an open link.
    pub uses: i64,
    pub recipient_name: String,
    pub recipient_email: String,
    /// The expected company.
    pub company: String,
    pub customer_id: Option<CustomerId>,
    pub provider_id: Option<PartnerId>,
    language: String,
    /// What for; of a request for delegated admin its name.
    pub purpose: String,
    /// For colleagues.
    pub note: String,
    pub message: String,
    roles: String,
    pub duration_days: Option<i64>,
    pub auto_extend: bool,
    /// Counts the links, from 1; 0 before the first.
    pub generation: i64,
    pub created_by: UserId,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub reminded_at: Option<Moment>,
    pub opened_at: Option<Moment>,
    pub expires_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub version: i64,
}

impl Invitation {
    /// The row of an invitation that is only being written, to show what its letter will say.
    pub fn sketched(new: &New, user: UserId, now: Moment) -> Self {
        Self {
            id: InvitationId::new(),
            number: 0,
            kind: new.kind,
            state: State::Draft,
            open_link: new.open_link,
            from_open_link: None,
            uses: 0,
            recipient_name: new.recipient_name.clone(),
            recipient_email: new.recipient_email.clone(),
            company: new.company.clone(),
            customer_id: new.customer,
            provider_id: new.provider,
            language: new.lang.as_str().to_owned(),
            purpose: new.purpose.clone(),
            note: new.note.clone(),
            message: new.message.clone(),
            roles: delegated_admin::roles_text(&new.roles),
            duration_days: new.duration_days,
            auto_extend: new.auto_extend,
            generation: 0,
            created_by: user,
            created_at: now,
            sent_at: None,
            reminded_at: None,
            opened_at: None,
            expires_at: Some(now.plus(new.kind.life_days() * DAY)),
            answered_at: None,
            version: 1,
        }
    }
    /// The language of letter and page.
    pub fn lang(&self) -> Lang {
        Lang::from_text(&self.language).unwrap_or(Lang::En)
    }
    pub fn roles(&self) -> Vec<DirectoryRole> {
        delegated_admin::roles(&self.roles)
    }
    /// The state at `now`.
    pub fn shown(&self, now: Moment) -> Shown {
        states::shown(self.state, self.expires_at, now)
    }
    /// How it stands.
    pub fn standing(&self, now: Moment) -> Standing {
        let last = self.reminded_at.max(self.sent_at);
        Standing { shown: self.shown(now), open_link: self.open_link, generation: self.generation, last }
    }
    /// The state as stored, for compare-and-set.
    pub const fn stored(&self) -> State {
        self.state
    }
}

/// An invitation of this tenant; `NotFound` for any other id.
pub fn find(tenant: &Tenant, conn: &mut Conn, id: InvitationId) -> DbResult<Invitation> {
    tenant.all(invitation::table).filter(invitation::id.eq(id)).select(Invitation::as_select()).first(conn)
}

/// What the recipient answered.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = invitation_answer)]
pub struct Answer {
    pub accepted: bool,
    pub name: String,
    pub role: String,
    pub email: String,
    pub reason: String,
    /// Which of the asked were accepted, separated by blanks.
    pub parts: String,
    /// Another organisation than expected answered.
    pub mismatch: bool,
    /// What the account is made from while the sender has not decided about a mismatch.
    pub facts: String,
    /// About a mismatch: empty, `confirmed` or `refused`.
    pub decision: String,
    /// The customer account that came of it.
    pub result_id: Option<CustomerId>,
}

/// The answer to an invitation of this tenant, once there is one.
pub fn answer(tenant: &Tenant, conn: &mut Conn, id: InvitationId) -> DbResult<Option<Answer>> {
    tenant.all(invitation_answer::table).filter(invitation_answer::invitation_id.eq(id)).select(Answer::as_select()).first(conn).optional()
}
