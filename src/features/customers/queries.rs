//! What the list reads: at most four statements beside the actor's own.

use super::list::{Detail, Row, shows_detail, window};
use super::model::Tag;
use crate::access::Scope;
use crate::access::tenant::Tenant;
use crate::db::ids::{CustomerId, PartnerId, UserId, ViewId};
use crate::db::schema::{app_user, customer_account, customer_tag, customer_total, partner_account, partnership, saved_view, tag};
use crate::db::search::{self, Key, Order, Query, Window};
use crate::db::{Conn, DbResult, any_of, direct, nullif};
use crate::domain::relationship::ending;
use crate::features::ending::model::Ending;
use crate::web::list::State;
use crate::web::listing::{self, Beside};
use diesel::prelude::*;
use rustc_hash::FxHashMap;

macro_rules! row {
    () => {
        (
            customer_account::id,
            customer_account::organisation_id,
            customer_account::status,
            customer_account::counterpart_id,
            customer_account::company_name,
            customer_account::name_key,
            customer_account::alias,
            customer_account::domain,
            customer_account::owner_id,
            customer_account::agreed_on.is_not_null(),
            customer_account::tag_count,
            customer_account::created_at,
            customer_account::activity_at,
            customer_account::ends_at,
            app_user::name.nullable(),
            partner_account::name.nullable(),
        )
    };
}

macro_rules! detail {
    () => {
        (
            customer_account::source,
            customer_account::country,
            customer_account::registration_number,
            customer_account::contact_first,
            customer_account::contact_last,
            customer_account::contact_email,
            customer_account::agreed_on,
        )
    };
}

/// Customers with the names that their rows refer to; an owner who is known is not looked up.
macro_rules! named {
    ($tenant:expr, $known:expr) => {
        $tenant
            .all(customer_account::table)
            .left_join(app_user::table.on(app_user::id.nullable().eq(nullif(customer_account::owner_id, $known))))
            .left_join(partner_account::table.on(partner_account::id.nullable().eq(customer_account::counterpart_id)))
    };
}

/// Rows of the plain list, straight from the index of the order.
fn plain(tenant: &Tenant, conn: &mut Conn, window: &Window, known: Option<UserId>) -> DbResult<Vec<Row>> {
    direct!(conn, |conn| {
        let mut rows = named!(tenant, known).filter(customer_account::listed.eq(true)).limit(window.limit).select(row!()).into_boxed();
        // `>= key and (> key or > id)`: the first condition is a range of the index; a plain
        // `> key or (= key and > id)` would read it from its beginning.
        macro_rules! keyset {
            ($column:ident, $value:expr, $id:expr) => {
                if window.descending {
                    rows.filter(customer_account::$column.le($value))
                        .filter(customer_account::$column.lt($value).or(customer_account::id.lt($id)))
                } else {
                    rows.filter(customer_account::$column.ge($value))
                        .filter(customer_account::$column.gt($value).or(customer_account::id.gt($id)))
                }
            };
        }
        rows = match (&window.after, window.order) {
            (Some((Key::Name(key), id)), Order::Name) => keyset!(name_key, key, *id),
            (Some((Key::Time(at), id)), Order::Created) => keyset!(created_at, *at, *id),
            (Some((Key::Time(at), id)), Order::Activity) => keyset!(activity_at, *at, *id),
            _ => rows,
        };
        macro_rules! ordered {
            ($column:ident) => {
                if window.descending {
                    rows.order((customer_account::$column.desc(), customer_account::id.desc()))
                } else {
                    rows.order((customer_account::$column, customer_account::id))
                }
            };
        }
        match window.order {
            Order::Name => ordered!(name_key),
            Order::Created => ordered!(created_at),
            Order::Activity => ordered!(activity_at),
        }
        .load(conn)
    })
}

/// Rows by id.
macro_rules! by_ids {
    ($tenant:expr, $conn:expr, $ids:expr, $known:expr, $columns:expr) => {
        direct!($conn, |conn| named!($tenant, $known).filter(any_of(customer_account::id, $ids)).select($columns).load(conn))
    };
}

/// Puts rows in the order of their ids.
fn in_order<R>(ids: &[CustomerId], mut rows: Vec<R>, id_of: impl Fn(&R) -> CustomerId) -> Vec<R> {
    let place: FxHashMap<CustomerId, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    rows.sort_unstable_by_key(|row| place.get(&id_of(row)).copied());
    rows
}

/// Rows by id, in the order given.
fn found(tenant: &Tenant, conn: &mut Conn, ids: &[CustomerId], known: Option<UserId>) -> DbResult<Vec<Row>> {
    let rows: Vec<Row> = if ids.is_empty() { Vec::new() } else { by_ids!(tenant, conn, ids, known, row!())? };
    Ok(in_order(ids, rows, |row| row.id))
}

/// Says of each row where it stands now: a scheduled end that has come holds before the schedule
/// has taken the row off the list.
fn settle(scope: &Scope, rows: &mut [Row]) {
    for row in rows {
        row.status = ending::status(row.status, row.ends_at, scope.now);
    }
}

/// The same with their details.
fn whole(tenant: &Tenant, conn: &mut Conn, ids: &[CustomerId], known: Option<UserId>) -> DbResult<(Vec<Row>, Vec<Detail>)> {
    let rows: Vec<(Row, Detail)> = if ids.is_empty() { Vec::new() } else { by_ids!(tenant, conn, ids, known, (row!(), detail!()))? };
    Ok(in_order(ids, rows, |(row, _)| row.id).into_iter().unzip())
}

/// Rows of a window with their details: of the whole list, or of what a query finds.
pub fn rows(scope: &Scope, conn: &mut Conn, query: Option<&Query>, window: &Window) -> DbResult<(Vec<Row>, Vec<Detail>)> {
    let ids = match query {
        None => ids_of(&plain(scope, conn, window, None)?),
        Some(query) => ids(scope, conn, query, window)?,
    };
    let (mut rows, details) = whole(scope, conn, &ids, None)?;
    settle(scope, &mut rows);
    Ok((rows, details))
}

fn ids_of(rows: &[Row]) -> Vec<CustomerId> {
    rows.iter().map(|row| row.id).collect()
}

/// The ids alone, for work on all that match.
pub fn ids(tenant: &Tenant, conn: &mut Conn, query: &Query, window: &Window) -> DbResult<Vec<CustomerId>> {
    let matches = match search::enough(conn, window.order) {
        0 => 0,
        cap => search::count(conn, tenant, query, cap)?,
    };
    search::page(conn, tenant, query, window, matches)
}

/// What a search finds for one window, and how many match, counted up to `cap`.
fn matches(tenant: &Tenant, conn: &mut Conn, query: &Query, window: &Window, cap: i64) -> DbResult<(Vec<CustomerId>, i64)> {
    let enough = search::enough(conn, window.order);
    if enough > 0 || window.after.is_some() {
        let matches = search::count(conn, tenant, query, cap.max(enough))?;
        let ids = if matches == 0 { Vec::new() } else { search::page(conn, tenant, query, window, matches)? };
        return Ok((ids, matches));
    }
    // The index has this order, and a first page that is not full is the count too.
    let ids = search::page(conn, tenant, query, window, 0)?;
    let full = ids.len() as i64 == window.limit;
    let matches = if full { search::count(conn, tenant, query, cap)? } else { ids.len() as i64 };
    Ok((ids, matches))
}

/// One page of a view.
pub struct Found {
    pub rows: Vec<Row>,
    /// One a row, or none at all where no column shows any.
    pub details: Vec<Detail>,
    pub tags: Tags,
    /// How many match, and whether counting stopped at the cap.
    pub count: i64,
    pub capped: bool,
    pub beside: Beside,
    pub views: Vec<SavedView>,
    /// How relationships ended, where the view shows that.
    pub endings: FxHashMap<CustomerId, Ending>,
}

/// Counting stops here unless asked to go on.
pub const CAP: i64 = 1_000;

/// A page of the list with all it shows.
pub fn page(scope: &Scope, conn: &mut Conn, state: &State, user: UserId) -> DbResult<Found> {
    let query = super::list::query(state);
    let size = i64::from(state.size);
    let window = window(state, size + 1);
    let cap = if state.exact { i64::MAX } else { CAP + 1 };
    let (detail, reader) = (shows_detail(state), Some(user));
    // One count serves the title and, for a search, the choice of its way.
    let (ids, counted) = match &query {
        None => (None, None),
        Some(query) => {
            let (ids, matches) = matches(scope, conn, query, &window, cap)?;
            (Some(ids), Some(matches))
        }
    };
    let (mut rows, mut details) = match ids {
        None if detail => {
            let ids = ids_of(&plain(scope, conn, &window, reader)?);
            whole(scope, conn, &ids, reader)?
        }
        None => (plain(scope, conn, &window, reader)?, Vec::new()),
        Some(ids) if detail => whole(scope, conn, &ids, reader)?,
        Some(ids) => (found(scope, conn, &ids, reader)?, Vec::new()),
    };
    let beside = listing::cut(state, &mut rows);
    listing::cut(state, &mut details);
    settle(scope, &mut rows);
    let count = match counted {
        Some(count) => count,
        None if beside.whole => rows.len() as i64,
        None => listed(scope, conn)?,
    };
    Ok(Found {
        tags: if state.shows("tags") { tags_for(scope, conn, &rows)? } else { Tags::default() },
        capped: query.is_some() && !state.exact && count > CAP,
        count: if state.exact || query.is_none() { count } else { count.min(CAP) },
        beside,
        views: saved_views(scope, conn, user)?,
        endings: endings(scope, conn, state, &rows)?,
        rows,
        details,
    })
}

/// How many customers the plain list has.
fn listed(tenant: &Tenant, conn: &mut Conn) -> DbResult<i64> {
    let listed = direct!(conn, |conn| tenant.all(customer_total::table).select(customer_total::listed).first(conn).optional())?;
    Ok(listed.unwrap_or(0))
}

fn endings(tenant: &Tenant, conn: &mut Conn, state: &State, rows: &[Row]) -> DbResult<FxHashMap<CustomerId, Ending>> {
    if !state.shows("ended") || rows.is_empty() {
        return Ok(FxHashMap::default());
    }
    let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
    Ok(crate::features::ending::model::open_of(tenant, conn, &ids)?.into_iter().collect())
}

/// Tags by customer.
pub type Tags = FxHashMap<CustomerId, Vec<Tag>>;

/// The tags of several customers, each by name.
pub fn tags_for(tenant: &Tenant, conn: &mut Conn, rows: &[Row]) -> DbResult<Tags> {
    let ids: Vec<CustomerId> = rows.iter().filter(|row| row.tag_count > 0).map(|row| row.id).collect();
    let mut found = Tags::default();
    if ids.is_empty() {
        return Ok(found);
    }
    let lines: Vec<(CustomerId, Tag)> = direct!(conn, |conn| tenant
        .all(customer_tag::table)
        .inner_join(tag::table.on(tag::partner_id.eq(customer_tag::partner_id).and(tag::id.eq(customer_tag::tag_id))))
        .filter(any_of(customer_tag::customer_id, &ids))
        .select((customer_tag::customer_id, (tag::id, tag::name, tag::colour)))
        .load(conn))?;
    for (customer, tag) in lines {
        found.entry(customer).or_default().push(tag);
    }
    for tags in found.values_mut() {
        tags.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(found)
}

/// A named view of the list.
#[derive(Debug, Clone, Queryable)]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    pub query: String,
    pub shared: bool,
    pub user_id: UserId,
}

/// The user's own views and those shared with the account; 30 at most.
pub fn saved_views(tenant: &Tenant, conn: &mut Conn, user: UserId) -> DbResult<Vec<SavedView>> {
    direct!(conn, |conn| tenant
        .all(saved_view::table)
        .filter(saved_view::list.eq("customers"))
        .filter(saved_view::shared.eq(true).or(saved_view::user_id.eq(user)))
        .order((saved_view::name, saved_view::id))
        .limit(30)
        .select((saved_view::id, saved_view::name, saved_view::query, saved_view::shared, saved_view::user_id))
        .load(conn))
}

/// The partners that this account shares customers with, by name; 200 at most.
pub fn counterparts(tenant: &Tenant, conn: &mut Conn) -> DbResult<Vec<(PartnerId, String)>> {
    partnership::table
        .inner_join(
            partner_account::table.on(partner_account::id
                .eq(partnership::reseller_id)
                .and(partnership::provider_id.eq(tenant.id()))
                .or(partner_account::id.eq(partnership::provider_id).and(partnership::reseller_id.eq(tenant.id())))),
        )
        .filter(partnership::provider_id.eq(tenant.id()).or(partnership::reseller_id.eq(tenant.id())))
        .order(partner_account::name)
        .limit(200)
        .select((partner_account::id, partner_account::name))
        .load(conn)
}

/// Customers in common with each of these partners: listed ones, counted up to [`CAP`] and one more.
pub fn in_common(tenant: &Tenant, conn: &mut Conn, partners: &[PartnerId]) -> DbResult<FxHashMap<PartnerId, i64>> {
    use diesel::dsl::sql;
    use diesel::sql_types::BigInt;
    if partners.is_empty() {
        return Ok(FxHashMap::default());
    }
    // A count with a limit, once for each row: the query builder has no words for that.
    let count = sql::<BigInt>("(select count(*) from (select 1 from customer_account c where c.partner_id = ")
        .bind::<crate::db::types::Guid, _>(tenant.id())
        .sql(" and c.counterpart_id = partner_account.id and c.listed limit ")
        .bind::<BigInt, _>(CAP + 1)
        .sql(") few)");
    let rows = partner_account::table.filter(any_of(partner_account::id, partners)).select((partner_account::id, count));
    Ok(rows.load::<(PartnerId, i64)>(conn)?.into_iter().collect())
}
