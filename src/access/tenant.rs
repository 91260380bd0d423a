//! Proof of tenancy. A [`Tenant`] is made only while a member is resolved, or for a job from the
//! row that enqueued it; every query about tenant data takes one and starts with [`Tenant::all`].

use crate::db::ids::PartnerId;
use crate::db::schema::*;
use crate::domain::Cloud;
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
    job_result,
    invitation,
    invitation_answer,
    delegated_admin,
    ending,
    end_request,
);
