//! Proof of tenancy. A [`Tenant`] is made only while a member is resolved, or for a job from the
//! row that enqueued it; every query about tenant data takes one and starts with [`Tenant::all`].

use crate::db::dialect::Walls;
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
    /// Of a table between two partners, the rows that this one sent.
    pub fn sent<T: Between>(&self, _table: T) -> T::Sent {
        T::sent_by(self.id)
    }
    /// Of a table between two partners, the rows that this one received.
    pub fn received<T: Between>(&self, _table: T) -> T::Received {
        T::received_by(self.id)
    }
}

/// A table whose rows belong to one partner account each.
pub trait Owned {
    type All;
    fn of(partner: PartnerId) -> Self::All;
}

/// A table whose rows belong to two partner accounts: the one that sent, and the one that received.
pub trait Between {
    type Sent;
    type Received;
    fn sent_by(partner: PartnerId) -> Self::Sent;
    fn received_by(partner: PartnerId) -> Self::Received;
}

macro_rules! own {
    ($($table:ident),+ $(,)?) => {
        $(impl Owned for $table::table {
            type All = Filter<$table::table, Eq<$table::partner_id, PartnerId>>;
            fn of(partner: PartnerId) -> Self::All {
                $table::table.filter($table::partner_id.eq(partner))
            }
        })+
    };
}

macro_rules! owned {
    ($($table:ident),+ $(,)?) => {
        own!($($table),+);
        /// Every tenant table, for the walls inside the databases and the tests that count them.
        pub const TENANT_TABLES: &[&str] = &[$(stringify!($table)),+];
    };
}

/// Anybody reads them, their partner alone writes them.
macro_rules! public {
    ($($table:ident),+ $(,)?) => {
        own!($($table),+);
        /// Every table that the public sees.
        pub const PUBLIC_TABLES: &[&str] = &[$(stringify!($table)),+];
    };
}

/// Their partner reads them, the server alone writes them, outside any tenant.
macro_rules! counted {
    ($($table:ident),+ $(,)?) => {
        own!($($table),+);
        /// Every table that the server counts into.
        pub const COUNTED_TABLES: &[&str] = &[$(stringify!($table)),+];
    };
}

macro_rules! between {
    ($($table:ident),+ $(,)?) => {
        $(impl Between for $table::table {
            type Sent = Filter<$table::table, Eq<$table::from_partner_id, PartnerId>>;
            type Received = Filter<$table::table, Eq<$table::to_partner_id, PartnerId>>;
            fn sent_by(partner: PartnerId) -> Self::Sent {
                $table::table.filter($table::from_partner_id.eq(partner))
            }
            fn received_by(partner: PartnerId) -> Self::Received {
                $table::table.filter($table::to_partner_id.eq(partner))
            }
        })+
        /// Every table between two partners.
        pub const BETWEEN_TABLES: &[&str] = &[$(stringify!($table)),+];
    };
}

owned!(
    customer_account,
    customer_total,
    referral_total,
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
    business_profile,
    profile_revision,
    profile_location,
    referral,
    referral_detail,
    referral_prospect,
    referral_note,
    referral_member,
    referral_favourite,
    handover,
    referral_import,
);
public!(listing, listing_location, logo);
counted!(insight);
between!(engagement, engagement_entry);

/// Every wall, for the databases.
pub const WALLS: Walls = Walls { tenant: TENANT_TABLES, public: PUBLIC_TABLES, counted: COUNTED_TABLES, between: BETWEEN_TABLES };
