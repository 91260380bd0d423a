//! Granted rights as rows, and where they stand at a moment.

use crate::access::Scope;
use crate::clock::Moment;
use crate::db::ids::{AdminId, CustomerId, InvitationId};
use crate::db::schema::{customer_account, delegated_admin};
use crate::db::{Conn, DbResult, any_of};
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

/// Which grants a list wants.
pub struct Wanted<'a> {
    /// Those that are over, rather than those that hold.
    pub over: bool,
    /// Only those that end by then.
    pub until: Option<Moment>,
    /// Only of these customers.
    pub customers: Option<&'a [CustomerId]>,
}

/// In the order of their end, from behind a row.
pub struct Order {
    pub descending: bool,
    pub after: Option<(Moment, AdminId)>,
    pub limit: i64,
}

/// The grants that a list wants, of each what `$select` says.
macro_rules! wanted {
    ($scope:expr, $wanted:expr, $select:expr) => {{
        use delegated_admin::ends_at;
        let mut rows = granted!($scope).select($select).into_boxed();
        // A relationship that is over takes its rights along, whatever their own end.
        let relationship = customer_account::ends_at;
        rows = if $wanted.over {
            rows.filter(ends_at.le($scope.now).or(relationship.le($scope.now).assume_not_null()))
        } else {
            rows.filter(ends_at.gt($scope.now)).filter(relationship.is_null().or(relationship.gt($scope.now).assume_not_null()))
        };
        if let Some(until) = $wanted.until {
            rows = rows.filter(ends_at.le(until));
        }
        if let Some(customers) = $wanted.customers {
            rows = rows.filter(any_of(delegated_admin::customer_id, customers));
        }
        rows
    }};
}

/// Grants as a list wants them.
pub fn list(scope: &Scope, conn: &mut Conn, wanted: &Wanted<'_>, order: &Order) -> DbResult<Vec<Granted>> {
    use delegated_admin::{ends_at, id};
    let mut rows = wanted!(scope, wanted, columns!()).limit(order.limit);
    rows = match (order.after, order.descending) {
        (Some((at, last)), false) => rows.filter(ends_at.ge(at)).filter(ends_at.gt(at).or(id.gt(last))),
        (Some((at, last)), true) => rows.filter(ends_at.le(at)).filter(ends_at.lt(at).or(id.lt(last))),
        (None, _) => rows,
    };
    if order.descending { rows.order((ends_at.desc(), id.desc())) } else { rows.order((ends_at, id)) }.load(conn)
}

/// The ids of the first so many, in the order of their end.
pub fn ids(scope: &Scope, conn: &mut Conn, wanted: &Wanted<'_>, limit: i64) -> DbResult<Vec<AdminId>> {
    wanted!(scope, wanted, delegated_admin::id).order((delegated_admin::ends_at, delegated_admin::id)).limit(limit).load(conn)
}

/// Several grants, in no order; ids of others are none.
pub fn of(scope: &Scope, conn: &mut Conn, ids: &[AdminId]) -> DbResult<Vec<Granted>> {
    granted!(scope).filter(any_of(delegated_admin::id, ids)).select(columns!()).load(conn)
}

/// Of these ids the tenant's own, in the order given.
pub fn own(scope: &Scope, conn: &mut Conn, ids: &[AdminId]) -> DbResult<Vec<AdminId>> {
    let own: Vec<AdminId> =
        scope.all(delegated_admin::table).filter(any_of(delegated_admin::id, ids)).select(delegated_admin::id).load(conn)?;
    Ok(ids.iter().filter(|id| own.contains(id)).copied().collect())
}

/// The name of the member who acts.
pub fn person(scope: &Scope, conn: &mut Conn) -> DbResult<String> {
    match scope.user() {
        Some(user) => Ok(crate::features::customers::model::member_name(scope, conn, user)?.unwrap_or_default()),
        None => Ok(String::new()),
    }
}
