//! What the list and the forms read.

use super::list::{Row, asked, window};
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, InvitationId, UserId};
use crate::db::schema::{app_user, delegated_admin, invitation, partner_account};
use crate::db::search::Key;
use crate::db::search::invitations::{self as search, Asked, Order, Window};
use crate::db::{Conn, DbResult, any_of};
use crate::domain::relationship::invitation::{Kind, State as Stored};
use crate::web::list::State;
use crate::web::listing::{self, Beside};
use diesel::prelude::*;
use std::collections::HashMap;

/// Rows with the names of sender and provider, in their boxed form.
macro_rules! rows {
    ($tenant:expr) => {
        $tenant
            .all(invitation::table)
            .left_join(app_user::table.on(app_user::id.eq(invitation::created_by)))
            .left_join(partner_account::table.on(partner_account::id.nullable().eq(invitation::provider_id)))
            .select((
                invitation::id,
                invitation::number,
                invitation::kind,
                invitation::state,
                invitation::open_link,
                invitation::uses,
                invitation::recipient_name,
                invitation::recipient_email,
                invitation::company,
                invitation::company_key,
                invitation::language,
                invitation::purpose,
                invitation::note,
                invitation::generation,
                invitation::created_by,
                invitation::created_at,
                invitation::sent_at,
                invitation::reminded_at,
                invitation::opened_at,
                invitation::expires_at,
                invitation::answered_at,
                app_user::name.nullable(),
                partner_account::name.nullable(),
            ))
            .into_boxed()
    };
}

/// Rows of the plain list, straight from the index of the order.
fn plain(tenant: &Tenant, conn: &mut Conn, window: &Window) -> DbResult<Vec<Row>> {
    let rows = rows!(tenant).limit(window.limit);
    // `<= key and (< key or < number)`: the first condition is a range of the index.
    macro_rules! keyset {
        ($column:ident, $value:expr, $number:expr) => {
            if window.descending {
                rows.filter(invitation::$column.le($value))
                    .filter(invitation::$column.lt($value).or(invitation::number.lt($number)).assume_not_null())
            } else {
                rows.filter(invitation::$column.ge($value))
                    .filter(invitation::$column.gt($value).or(invitation::number.gt($number)).assume_not_null())
            }
        };
    }
    let rows = match (&window.after, window.order) {
        (Some((Some(Key::Time(at)), number)), Order::Expiry) => keyset!(expires_at, Some(*at), *number),
        (Some((Some(Key::Name(key)), number)), Order::Company) => keyset!(company_key, key, *number),
        (Some((None, number)), Order::Number) if window.descending => rows.filter(invitation::number.lt(*number)),
        (Some((None, number)), Order::Number) => rows.filter(invitation::number.gt(*number)),
        _ => rows,
    };
    macro_rules! ordered {
        ($column:ident) => {
            if window.descending {
                rows.order((invitation::$column.desc(), invitation::number.desc()))
            } else {
                rows.order((invitation::$column, invitation::number))
            }
        };
    }
    match window.order {
        Order::Number if window.descending => rows.order(invitation::number.desc()),
        Order::Number => rows.order(invitation::number),
        Order::Expiry => ordered!(expires_at),
        Order::Company => ordered!(company_key),
    }
    .load(conn)
}

/// Rows by number, in the order given.
fn numbered(tenant: &Tenant, conn: &mut Conn, numbers: &[i64]) -> DbResult<Vec<Row>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = rows!(tenant).filter(any_of(invitation::number, numbers)).load(conn)?;
    let mut found: HashMap<i64, Row> = rows.into_iter().map(|row| (row.number, row)).collect();
    Ok(numbers.iter().filter_map(|number| found.remove(number)).collect())
}

/// Rows of a window: of the whole list, or of what is asked for.
pub fn rows(tenant: &Tenant, conn: &mut Conn, asked: Option<&Asked>, window: &Window) -> DbResult<Vec<Row>> {
    let Some(asked) = asked else {
        return plain(tenant, conn, window);
    };
    let way = search::way(conn, tenant, asked)?;
    let matches = match search::enough(conn, asked, way, window.order) {
        0 => 0,
        cap => search::count(conn, tenant, asked, way, cap)?,
    };
    let numbers = search::page(conn, tenant, asked, way, window, matches)?;
    numbered(tenant, conn, &numbers)
}

/// One page of a view.
pub struct Found {
    pub rows: Vec<Row>,
    /// How many match, and whether counting stopped at the cap.
    pub count: i64,
    pub capped: bool,
    pub beside: Beside,
}

/// Counting stops here unless asked to go on.
pub const CAP: i64 = 1_000;

/// A page of the list.
pub fn page(tenant: &Tenant, conn: &mut Conn, state: &State, now: Moment) -> DbResult<Found> {
    let window = window(state, i64::from(state.size) + 1);
    let cap = if state.exact { i64::MAX } else { CAP + 1 };
    let (mut rows, count, may_stop) = match asked(state, now) {
        None => (plain(tenant, conn, &window)?, all(tenant, conn)?, false),
        Some(asked) => {
            // One count serves the title and the choice of the way.
            let way = search::way(conn, tenant, &asked)?;
            let matches = search::count(conn, tenant, &asked, way, cap.max(search::enough(conn, &asked, way, window.order)))?;
            let numbers = if matches == 0 { Vec::new() } else { search::page(conn, tenant, &asked, way, &window, matches)? };
            (numbered(tenant, conn, &numbers)?, matches, !state.exact)
        }
    };
    let beside = listing::cut(state, &mut rows);
    let capped = may_stop && count > CAP;
    Ok(Found { rows, count: if capped { CAP } else { count }, capped, beside })
}

/// How many there are: they are numbered from 1, and none is ever removed.
fn all(tenant: &Tenant, conn: &mut Conn) -> DbResult<i64> {
    let last = tenant.all(invitation::table).order(invitation::number.desc()).select(invitation::number).first(conn).optional()?;
    Ok(last.unwrap_or(0))
}

/// The invitations of one customer, newest first.
pub fn of_customer(tenant: &Tenant, conn: &mut Conn, customer: CustomerId, limit: i64) -> DbResult<Vec<Row>> {
    rows!(tenant).filter(invitation::customer_id.eq(customer)).order(invitation::number.desc()).limit(limit).load(conn)
}

/// The invitations that came from an open link, newest first.
pub fn from_link(tenant: &Tenant, conn: &mut Conn, link: InvitationId, limit: i64) -> DbResult<Vec<Row>> {
    rows!(tenant).filter(invitation::from_open_link.eq(link)).order(invitation::number.desc()).limit(limit).load(conn)
}

/// One of the same kind that waits for an answer from the same address.
pub fn waiting_for(tenant: &Tenant, conn: &mut Conn, kind: Kind, email: &str, now: Moment) -> DbResult<Option<(InvitationId, String)>> {
    tenant
        .all(invitation::table)
        .filter(invitation::recipient_email.eq(email))
        .filter(invitation::state.eq(Stored::Sent).or(invitation::state.eq(Stored::Opened)))
        .filter(invitation::expires_at.gt(Some(now)))
        .filter(invitation::kind.eq(kind))
        .order(invitation::number.desc())
        .select((invitation::id, invitation::company))
        .first(conn)
        .optional()
}

/// Is a name of delegated admin taken, by a relationship or by a request that is not over?
pub fn name_taken(tenant: &Tenant, conn: &mut Conn, name: &str, except: Option<InvitationId>) -> DbResult<bool> {
    let asked: Vec<InvitationId> = tenant
        .all(invitation::table)
        .filter(invitation::kind.eq(Kind::DelegatedAdmin))
        .filter(invitation::purpose.eq(name))
        .filter(invitation::state.eq_any([Stored::Draft, Stored::Sent, Stored::Opened]))
        .select(invitation::id)
        .load(conn)?;
    let granted: i64 = tenant.all(delegated_admin::table).filter(delegated_admin::name.eq(name)).count().get_result(conn)?;
    Ok(granted > 0 || asked.into_iter().any(|id| Some(id) != except))
}

/// The members who can be senders, by name.
pub fn senders(tenant: &Tenant, conn: &mut Conn) -> DbResult<Vec<(UserId, String)>> {
    Ok(crate::features::customers::model::colleagues(tenant, conn)?.into_iter().map(|one| (one.id, one.name)).collect())
}
