//! Proof of tenancy. A [`Tenant`] is made only while a member is resolved, or for a job from the
//! row that enqueued it; every query about tenant data takes one and starts with [`Tenant::all`].

use crate::db::Conn;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, OrganisationId, PartnerId};
use crate::db::schema::*;
use crate::domain::Cloud;
use crate::error::{Error, Result};
use diesel::dsl::{Eq, Filter};
use diesel::prelude::*;

/// Whose data this request may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenant {
    id: PartnerId,
    number: i64,
    cloud: Cloud,
}

impl Tenant {
    pub(super) const fn new(id: PartnerId, number: i64, cloud: Cloud) -> Self {
        Self { id, number, cloud }
    }
    /// For the columns of rows to insert; the database's wall checks it once more.
    pub const fn id(&self) -> PartnerId {
        self.id
    }
    /// The partner's small number (1 to 4,000,000), which leads its keys in the search index.
    pub const fn number(&self) -> i64 {
        self.number
    }
    pub const fn cloud(&self) -> Cloud {
        self.cloud
    }
    /// The rows of a table that are this tenant's: the only way a query starts.
    pub fn all<T: Owned>(&self, _table: T) -> T::All {
        T::of(self.id)
    }

    /// Runs `work` in the name of one of this provider's active resellers: the reseller's side of
    /// a customer that the provider creates on its behalf. [`Error::NotFound`] without an active
    /// partnership.
    pub fn for_reseller<R>(&self, conn: &mut Conn, reseller: PartnerId, work: impl FnOnce(&Tenant, &mut Conn) -> Result<R>) -> Result<R> {
        let (number, cloud) = partnership::table
            .inner_join(partner_account::table.on(partner_account::id.eq(partnership::reseller_id)))
            .filter(partnership::provider_id.eq(self.id))
            .filter(partnership::reseller_id.eq(reseller))
            .filter(partnership::status.eq("active"))
            .filter(partner_account::status.eq("active"))
            .select((partner_account::number, partner_account::cloud))
            .first::<(i64, Cloud)>(conn)?;
        if cloud != self.cloud {
            return Err(Error::NotFound);
        }
        super::store::as_other(conn, self.id, reseller, |conn| work(&Tenant::new(reseller, number, cloud), conn))
    }

    /// Runs `work` on the other side of a shared customer, for that customer alone: the other
    /// partner is the one that this customer account names, their partnership holds at `now`, and
    /// the other's account of the same organisation names this partner in turn. `None` where any
    /// of these does not hold.
    pub fn for_counterpart<R>(
        &self,
        conn: &mut Conn,
        customer: CustomerId,
        now: Moment,
        work: impl FnOnce(&Tenant, &mut Conn, CustomerId) -> Result<R>,
    ) -> Result<Option<R>> {
        let own = self.all(customer_account::table).filter(customer_account::id.eq(customer));
        let (organisation, other): (OrganisationId, Option<PartnerId>) =
            own.select((customer_account::organisation_id, customer_account::counterpart_id)).first(conn)?;
        let Some(other) = other else { return Ok(None) };
        let between = |provider: PartnerId, reseller: PartnerId| partnership::provider_id.eq(provider).and(partnership::reseller_id.eq(reseller));
        let partner: Option<(i64, Cloud)> = partnership::table
            .inner_join(partner_account::table.on(partner_account::cloud.eq(partnership::cloud)))
            .filter(partner_account::id.eq(other))
            .filter(between(self.id, other).or(between(other, self.id)))
            .filter(partnership::status.eq("active"))
            .filter(partnership::ends_at.is_null().or(partnership::ends_at.gt(now)))
            .select((partner_account::number, partner_account::cloud))
            .first(conn)
            .optional()?;
        let Some((number, cloud)) = partner.filter(|(_, cloud)| *cloud == self.cloud) else { return Ok(None) };
        super::store::as_other(conn, self.id, other, |conn| {
            let tenant = Tenant::new(other, number, cloud);
            let theirs = tenant.all(customer_account::table).filter(customer_account::organisation_id.eq(organisation));
            let theirs = theirs.filter(customer_account::counterpart_id.eq(self.id)).select(customer_account::id).first(conn).optional()?;
            theirs.map(|theirs| work(&tenant, conn, theirs)).transpose()
        })
    }
}

/// A table whose rows belong to one partner account each.
pub trait Owned {
    type All;
    fn of(partner: PartnerId) -> Self::All;
}

macro_rules! owned {
    ($($table:ident),+ $(,)?) => {
        $(impl Owned for $table::table {
            type All = Filter<$table::table, Eq<$table::partner_id, PartnerId>>;
            fn of(partner: PartnerId) -> Self::All {
                $table::table.filter($table::partner_id.eq(partner))
            }
        })+
        /// Every tenant table, for the walls inside the databases and the tests that count them.
        pub const TENANT_TABLES: &[&str] = &[$(stringify!($table)),+];
    };
}

owned!(
    customer_account,
    customer_total,
    agreement_acceptance,
    customer_note,
    tag,
    customer_tag,
    saved_view,
    customer_draft,
    audit_event,
    audit_detail,
    audit_head,
    idempotency,
    job,
    invitation,
    invitation_answer,
    delegated_admin,
    ending,
    end_request,
);
