//! A visitor's inquiry, from its two ends. Its sender has no account: whoever holds its link may
//! look and take it back, outside any tenant, where the walls show what became of it and nothing
//! else of anybody's. A partner that received it may for a moment stand at the sender's end, for
//! it to move on.

use super::directory::Inquiring;
use super::keys::link_hash;
use super::tenant::Tenant;
use super::{Scope, Visitor, store};
use crate::access::audit::Actor;
use crate::db::Conn;
use crate::db::ids::{EngagementId, InquiryId, PartnerId, ReferralId};
use crate::db::schema::{engagement, inquiry, partner_account};
use crate::domain::Cloud;
use crate::domain::letter::{Link, To};
use crate::error::{Error, Result};
use diesel::prelude::*;

/// The link to an inquiry's page, the same in each of its letters.
pub fn link(id: InquiryId) -> Link {
    Link { to: To::Inquiry, subject: id.uuid(), generation: 1 }
}

impl Visitor {
    /// The inquiry of a link; [`NotFound`](Error::NotFound) for a token that was never given out.
    pub async fn inquiry(&self, token: &str) -> Result<InquiryId> {
        let hash = link_hash(To::Inquiry.purpose(), token);
        self.look_at(move |conn| Ok(inquiry::table.filter(inquiry::link_hash.eq(hash)).select(inquiry::id).first(conn)?)).await
    }
}

impl Inquiring {
    /// In the tenant of a partner that received this inquiry, for the referral that it left there.
    pub fn received<R>(
        &self,
        conn: &mut Conn,
        inquiry: InquiryId,
        id: EngagementId,
        work: impl FnOnce(&Scope, &mut Conn, ReferralId) -> Result<R>,
    ) -> Result<R> {
        let (partner, referral, number, cloud): (PartnerId, ReferralId, i64, Cloud) = engagement::table
            .inner_join(partner_account::table.on(partner_account::id.eq(engagement::to_partner_id)))
            .filter(engagement::inquiry_id.eq(inquiry))
            .filter(engagement::id.eq(id))
            .select((engagement::to_partner_id, engagement::to_referral_id, partner_account::number, partner_account::cloud))
            .first(conn)?;
        let tenant = Tenant::new(partner, number, cloud);
        let scope = Scope { tenant, actor: Actor::System, now: self.now, request: self.request };
        store::as_other(conn, None, partner, |conn| work(&scope, conn, referral))
    }
}

impl Scope {
    /// The same request at the sender's end of an inquiry that this partner received.
    pub fn at_sender<R>(&self, conn: &mut Conn, inquiry: InquiryId, work: impl FnOnce(&Inquiring, &mut Conn) -> Result<R>) -> Result<R> {
        let own = self.received(engagement::table).filter(engagement::inquiry_id.eq(inquiry)).select(engagement::id);
        if own.first::<EngagementId>(conn).optional()?.is_none() {
            return Err(Error::NotFound);
        }
        let inquiring = Inquiring { now: self.now, request: self.request };
        store::as_other(conn, Some(self.id()), None, |conn| work(&inquiring, conn))
    }
}
