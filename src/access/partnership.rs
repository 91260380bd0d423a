//! What a partnership proves: that one partner may for a moment write in the other's name.

use super::tenant::Tenant;
use super::{Scope, store};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{CustomerId, OrganisationId, PartnerId};
use crate::db::schema::{customer_account, partner_account, partnership};
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
    /// The same request on the other side of a shared customer, for that customer alone: the other
    /// partner is the one that this customer account names, their partnership holds now, and the
    /// other's account of the same organisation names this partner in turn; `work` gets the other's
    /// customer. `None` where any of these does not hold.
    pub fn for_counterpart<R>(
        &self,
        conn: &mut Conn,
        customer: CustomerId,
        work: impl FnOnce(&Self, &mut Conn, CustomerId) -> Result<R>,
    ) -> Result<Option<R>> {
        let (own, now) = (self.id(), self.now);
        let row = self.all(customer_account::table).filter(customer_account::id.eq(customer));
        let (organisation, other): (OrganisationId, Option<PartnerId>) =
            row.select((customer_account::organisation_id, customer_account::counterpart_id)).first(conn)?;
        let Some(other) = other else { return Ok(None) };
        let pair =
            |provider: PartnerId, reseller: PartnerId| partnership::provider_id.eq(provider).and(partnership::reseller_id.eq(reseller));
        let partner: Option<(i64, Cloud)> = partnership::table
            .inner_join(partner_account::table.on(partner_account::id.eq(other)))
            .filter(pair(own, other).or(pair(other, own)))
            .filter(holds(now))
            .select((partner_account::number, partner_account::cloud))
            .first(conn)
            .optional()?;
        let Some((number, cloud)) = partner.filter(|(_, cloud)| *cloud == self.cloud()) else { return Ok(None) };
        self.in_tenant(conn, Tenant::new(other, number, cloud), |scope, conn| {
            let theirs = scope.all(customer_account::table).filter(customer_account::organisation_id.eq(organisation));
            let theirs = theirs.filter(customer_account::counterpart_id.eq(own)).select(customer_account::id).first(conn).optional()?;
            theirs.map(|theirs| work(scope, conn, theirs)).transpose()
        })
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
        store::as_other(conn, Some(self.id()), other.id(), |conn| work(&Self { tenant: other, ..*self }, conn))
    }
}
