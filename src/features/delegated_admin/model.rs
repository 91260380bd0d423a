//! Granted rights as rows, and where they stand at a moment.

use crate::access::Scope;
use crate::clock::Moment;
use crate::db::ids::{AdminId, CustomerId, InvitationId};
use crate::db::schema::{customer_account, delegated_admin};
use crate::db::{Conn, DbResult};
use crate::domain::relationship::delegated_admin::{self as states, DirectoryRole, NotExtended, Shown, State};
use diesel::prelude::*;

/// One grant of rights.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = delegated_admin)]
pub struct Admin {
    pub id: AdminId,
    pub customer_id: CustomerId,
    pub invitation_id: InvitationId,
    /// One partner's grants have different names.
    pub name: String,
    pub state: State,
    roles: String,
    pub auto_extend: bool,
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// `partner`, `customer`, `relationship`, or empty where time alone ended it or nothing has.
    pub ended_by: String,
    pub approved_by: String,
    pub reminded_days: i64,
    pub version: i64,
}

impl Admin {
    pub fn roles(&self) -> Vec<DirectoryRole> {
        states::roles(&self.roles)
    }
}

/// A grant with what its customer adds to it.
#[derive(Debug, Clone, Queryable)]
pub struct Granted {
    pub admin: Admin,
    pub company: String,
    /// When the relationship ends; the rights end with it.
    pub relationship_ends: Option<Moment>,
}

impl Granted {
    /// When the rights end, be it with the relationship.
    pub fn ends_at(&self) -> Moment {
        states::effective_end(self.admin.ends_at, self.relationship_ends)
    }
    /// Where they stand at `now`.
    pub fn shown(&self, now: Moment) -> Shown {
        states::shown(self.admin.state, self.ends_at(), now)
    }
    /// What the partner may do by them at `now`.
    pub fn rights(&self, now: Moment) -> Vec<DirectoryRole> {
        states::rights(&self.admin.roles(), self.shown(now)).to_vec()
    }
    /// Their end after an extension by six months, or why there is none.
    pub fn extension(&self, now: Moment) -> Result<Moment, NotExtended> {
        states::extension(&self.admin.roles(), self.admin.state, self.admin.ends_at, self.relationship_ends, now)
    }
}

/// The tenant's grants with their customers.
#[macro_export]
macro_rules! granted {
    ($scope:expr) => {
        $scope.all($crate::db::schema::delegated_admin::table).inner_join(
            $crate::db::schema::customer_account::table.on($crate::db::schema::customer_account::partner_id
                .eq($crate::db::schema::delegated_admin::partner_id)
                .and($crate::db::schema::customer_account::id.eq($crate::db::schema::delegated_admin::customer_id))),
        )
    };
}

/// What a [`Granted`] is read from.
macro_rules! columns {
    () => {
        (Admin::as_select(), customer_account::company_name, customer_account::ends_at)
    };
}

/// One grant of a customer; `NotFound` for any other id.
pub fn find(scope: &Scope, conn: &mut Conn, customer: CustomerId, id: AdminId) -> DbResult<Granted> {
    granted!(scope).filter(delegated_admin::customer_id.eq(customer)).filter(delegated_admin::id.eq(id)).select(columns!()).first(conn)
}

/// One grant, whoever's customer.
pub fn any(scope: &Scope, conn: &mut Conn, id: AdminId) -> DbResult<Granted> {
    granted!(scope).filter(delegated_admin::id.eq(id)).select(columns!()).first(conn)
}

/// All of a customer, the longest first; 100 at most.
pub fn of_customer(scope: &Scope, conn: &mut Conn, customer: CustomerId) -> DbResult<Vec<Granted>> {
    granted!(scope)
        .filter(delegated_admin::customer_id.eq(customer))
        .order((delegated_admin::ends_at.desc(), delegated_admin::id.desc()))
        .limit(100)
        .select(columns!())
        .load(conn)
}

/// When the last of a customer's rights that hold now ends, by its own time.
pub fn holds_until(scope: &Scope, conn: &mut Conn, customer: CustomerId) -> DbResult<Option<Moment>> {
    scope
        .all(delegated_admin::table)
        .filter(delegated_admin::customer_id.eq(customer))
        .filter(delegated_admin::state.eq("active"))
        .filter(delegated_admin::ends_at.gt(scope.now))
        .order(delegated_admin::ends_at.desc())
        .select(delegated_admin::ends_at)
        .first(conn)
        .optional()
}
