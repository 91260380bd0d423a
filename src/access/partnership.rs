//! What a partnership proves: that one partner may for a moment write in the other's name.

use super::tenant::Tenant;
use super::{Scope, store};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::PartnerId;
use crate::db::schema::{partner_account, partnership};
use crate::domain::Cloud;
use crate::error::Result;
use diesel::prelude::*;

/// Does a partnership hold at `now`? `domain::relationship::partnership::is_active`, as a condition
/// of queries.
#[diesel::dsl::auto_type]
pub fn holds(now: Moment) -> _ {
    partnership::status.eq("active").and(partnership::ends_at.is_null().or(partnership::ends_at.gt(now)))
}

impl Scope {
    /// The same request in the name of one of this provider's active resellers: the reseller's
    /// side of a customer that the provider creates on its behalf. [`NotFound`](crate::error::Error::NotFound) without a
    /// partnership that holds now (of one cloud: the database's constraint).
    pub fn for_reseller<R>(&self, conn: &mut Conn, reseller: PartnerId, work: impl FnOnce(&Self, &mut Conn) -> Result<R>) -> Result<R> {
        self.for_partner(conn, (self.id(), reseller), reseller, work)
    }
    /// The same request in the name of one of this reseller's active providers: the provider's
    /// side of a customer that accepts both at once. [`NotFound`](crate::error::Error::NotFound) as above.
    pub fn for_provider<R>(&self, conn: &mut Conn, provider: PartnerId, work: impl FnOnce(&Self, &mut Conn) -> Result<R>) -> Result<R> {
        self.for_partner(conn, (provider, self.id()), provider, work)
    }

    /// The same request in the name of the other side of a partnership, whether it still holds or
    /// has ended: for what both have to know, and for taking apart what they had in common.
    pub fn for_other_side<R>(&self, conn: &mut Conn, other: PartnerId, work: impl FnOnce(&Self, &mut Conn) -> Result<R>) -> Result<R> {
        let pair = partnership::provider_id
            .eq(self.id())
            .and(partnership::reseller_id.eq(other))
            .or(partnership::provider_id.eq(other).and(partnership::reseller_id.eq(self.id())));
        let (number, cloud) = partnership::table
            .inner_join(partner_account::table.on(partner_account::id.eq(other)))
            .filter(pair)
            .filter(partnership::status.ne("invited"))
            .select((partner_account::number, partner_account::cloud))
            .first::<(i64, Cloud)>(conn)?;
        self.in_tenant(conn, Tenant::new(other, number, cloud), work)
    }

    fn for_partner<R>(
        &self,
        conn: &mut Conn,
        pair: (PartnerId, PartnerId),
        other: PartnerId,
        work: impl FnOnce(&Self, &mut Conn) -> Result<R>,
    ) -> Result<R> {
        let (number, cloud) = partnership::table
            .find(pair)
            .inner_join(partner_account::table.on(partner_account::id.eq(other)))
            .filter(holds(self.now))
            .filter(partner_account::status.eq("active"))
            .select((partner_account::number, partner_account::cloud))
            .first::<(i64, Cloud)>(conn)?;
        self.in_tenant(conn, Tenant::new(other, number, cloud), work)
    }

    /// The same request in another tenant, which the caller has proved that it may enter.
    pub(super) fn in_tenant<R>(&self, conn: &mut Conn, other: Tenant, work: impl FnOnce(&Self, &mut Conn) -> Result<R>) -> Result<R> {
        store::as_other(conn, self.id(), other.id(), |conn| work(&Self { tenant: other, ..*self }, conn))
    }
}
