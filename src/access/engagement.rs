//! What an engagement proves: that its sender and its receiver may for a moment work in each
//! other's name, on the two referrals that it links and nothing else.

use super::Scope;
use super::tenant::Tenant;
use crate::db::Conn;
use crate::db::ids::{EngagementId, PartnerId, ReferralId};
use crate::db::schema::{engagement, partner_account};
use crate::domain::Cloud;
use crate::error::{Error, Result};
use diesel::prelude::*;

impl Scope {
    /// The same request on the other side of an engagement that this partner sent or received;
    /// `work` gets the other's referral. [`NotFound`](Error::NotFound) for anybody else's, and for a
    /// visitor's inquiry, which has no other side.
    pub fn for_engagement<R>(
        &self,
        conn: &mut Conn,
        id: EngagementId,
        work: impl FnOnce(&Self, &mut Conn, ReferralId) -> Result<R>,
    ) -> Result<R> {
        type Row = (Option<PartnerId>, Option<ReferralId>, PartnerId, ReferralId);
        let columns = (engagement::from_partner_id, engagement::from_referral_id, engagement::to_partner_id, engagement::to_referral_id);
        let received: Option<Row> =
            self.received(engagement::table).filter(engagement::id.eq(id)).select(columns).first(conn).optional()?;
        let row = match received {
            Some(row) => row,
            None => self.sent(engagement::table).filter(engagement::id.eq(id)).select(columns).first(conn)?,
        };
        let (other, referral) = match row {
            (Some(from), Some(referral), to, _) if to == self.id() => (from, referral),
            (_, _, to, referral) if to != self.id() => (to, referral),
            _ => return Err(Error::NotFound),
        };
        let (number, cloud): (i64, Cloud) =
            partner_account::table.find(other).select((partner_account::number, partner_account::cloud)).first(conn)?;
        self.in_tenant(conn, Tenant::new(other, number, cloud), |scope, conn| work(scope, conn, referral))
    }
}
