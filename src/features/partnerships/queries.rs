//! What the pages of partnerships read. A partnership belongs to both sides, so each query says from
//! which it asks.

use crate::access::Scope;
use crate::access::invitee::{self, Found};
use crate::access::partnership::holds;
use crate::clock::Moment;
use crate::db::ids::PartnerId;
use crate::db::schema::{invitation, partner_account, partnership};
use crate::db::{Conn, DbResult};
use crate::domain::PartnerStatus;
use crate::domain::relationship::invitation::{Kind, State as Invited};
use crate::domain::relationship::partnership::{self as states, Shown, Side, State};
use crate::error::{Error, Result};
use crate::features::connect::queries::{self as connect, Live};
use crate::features::invitations::model::Invitation;
use diesel::prelude::*;

/// The active providers of an indirect reseller, by name; 200 at most.
pub fn active_providers(scope: &Scope, conn: &mut Conn) -> DbResult<Vec<(PartnerId, String)>> {
    partnership::table
        .inner_join(partner_account::table.on(partner_account::id.eq(partnership::provider_id)))
        .filter(partnership::reseller_id.eq(scope.id()))
        .filter(holds(scope.now))
        .filter(partner_account::status.eq("active"))
        .order((partner_account::name, partner_account::id))
        .limit(200)
        .select((partner_account::id, partner_account::name))
        .load(conn)
}

/// One partnership, as one side sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Partnership {
    pub partner: PartnerId,
    pub slug: String,
    pub name: String,
    pub status: PartnerStatus,
    stored: State,
    pub since: Moment,
    pub ends_at: Option<Moment>,
    pub ended_by: Option<PartnerId>,
    pub end_reason: String,
    pub version: i64,
}

impl Partnership {
    pub fn shown(&self, now: Moment) -> Shown {
        states::shown(self.stored, self.ends_at, now)
    }
    pub fn is_active(&self, now: Moment) -> bool {
        states::is_active(self.stored, self.ends_at, now)
    }
    /// The state as stored, for compare-and-set.
    pub const fn stored(&self) -> State {
        self.stored
    }
}

/// The partnerships of one side; what follows the brackets goes on with the query.
macro_rules! of_side {
    ($scope:ident, $side:ident, |$rows:ident, $other:ident| $query:expr) => {
        match $side {
            Side::Provider => of_side!(@ $scope, provider_id, reseller_id, $rows, $other, $query),
            Side::Reseller => of_side!(@ $scope, reseller_id, provider_id, $rows, $other, $query),
        }
    };
    (@ $scope:ident, $own:ident, $theirs:ident, $rows:ident, $other:ident, $query:expr) => {{
        let $other = partnership::$theirs;
        let $rows = partnership::table
            .inner_join(partner_account::table.on(partner_account::id.eq($other)))
            .filter(partnership::$own.eq($scope.id()))
            .filter(partnership::status.ne(State::Invited))
            .select((
                partner_account::id,
                partner_account::slug,
                partner_account::name,
                partner_account::status,
                partnership::status,
                partnership::created_at,
                partnership::ends_at,
                partnership::ended_by,
                partnership::end_reason,
                partnership::version,
            ));
        $query
    }};
}

/// All of them, ended ones too, in no order. A provider has thousands at most, and the list sorts
/// and searches their names as people read them: one statement, whichever page.
pub fn all(scope: &Scope, conn: &mut Conn, side: Side) -> DbResult<Vec<Partnership>> {
    of_side!(scope, side, |rows, _other| rows.load(conn))
}

/// One of them; `NotFound` for any other partner.
pub fn one(scope: &Scope, conn: &mut Conn, side: Side, partner: PartnerId) -> DbResult<Partnership> {
    of_side!(scope, side, |rows, other| rows.filter(other.eq(partner)).first(conn))
}

/// Those of a provider whose notice has run out and that nobody has noted yet.
pub fn run_out(scope: &Scope, conn: &mut Conn) -> DbResult<Vec<PartnerId>> {
    partnership::table
        .filter(partnership::provider_id.eq(scope.id()))
        .filter(partnership::status.eq(State::Active))
        .filter(partnership::ends_at.le(scope.now))
        .order(partnership::reseller_id)
        .limit(100)
        .select(partnership::reseller_id)
        .load(conn)
}

/// Unanswered invitations shown beside the list.
pub const PENDING: i64 = 10;

/// A provider's invitations to a partnership that wait for an answer, newest first; one more than
/// are shown.
pub fn pending(scope: &Scope, conn: &mut Conn) -> DbResult<Vec<Invitation>> {
    scope
        .all(invitation::table)
        .filter(invitation::kind.eq(Kind::Partnership))
        .filter(invitation::state.eq_any([Invited::Sent, Invited::Opened]))
        .order(invitation::number.desc())
        .limit(PENDING + 1)
        .select(Invitation::as_select())
        .load(conn)
}

/// A reseller's unanswered invitations that ask for this provider too; 500 at most.
pub fn asking_for_both(scope: &Scope, conn: &mut Conn, provider: PartnerId) -> DbResult<Vec<Invitation>> {
    scope
        .all(invitation::table)
        .filter(invitation::provider_id.eq(provider))
        .filter(invitation::state.eq_any([Invited::Draft, Invited::Sent, Invited::Opened]))
        .order(invitation::number.desc())
        .limit(500)
        .select(Invitation::as_select())
        .load(conn)
}

/// An invitation to a partnership, as the account that would answer it sees it.
#[derive(Debug, Clone)]
pub struct Open {
    pub link: Found,
    pub invitation: connect::Open,
    /// With the same provider, whatever became of it.
    pub known: Option<Partnership>,
    /// Provider and reseller are in different clouds.
    pub other_cloud: bool,
}

impl Open {
    pub fn connected(&self, now: Moment) -> bool {
        self.known.as_ref().is_some_and(|one| one.is_active(now))
    }
    /// Can it be answered?
    pub fn is_open(&self, now: Moment) -> bool {
        self.invitation.live == Live::Open && !self.other_cloud && !self.connected(now)
    }
}

/// The invitation behind a link; one of another kind is not found.
pub fn open(scope: &Scope, conn: &mut Conn, token: &str) -> Result<Open> {
    let link = invitee::find(conn, token)?;
    let known = one(scope, conn, Side::Reseller, link.sender()).optional()?;
    let invitation = link.as_sender(scope, conn, |scope, conn| connect::open(scope, conn, &link))?;
    if invitation.row.kind != Kind::Partnership {
        return Err(Error::NotFound);
    }
    Ok(Open { other_cloud: link.cloud() != scope.cloud(), link, invitation, known })
}
