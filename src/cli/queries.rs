//! What commands ask the database, and the few rows that they write one at a time.

use crate::access::tenant::Tenant;
use crate::db::ids::{PartnerId, UserId};
use crate::db::schema::*;
use crate::db::types::Guid;
use crate::db::{Conn, DbResult};
use crate::domain::{AccountType, Cloud};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// A partner account as commands name it.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    pub id: PartnerId,
    pub slug: String,
}

/// All partner accounts, in the order they were made.
pub fn partners(conn: &mut Conn) -> DbResult<Vec<Named>> {
    partner_account::table.order(partner_account::number).select((partner_account::id, partner_account::slug)).load(conn)
}

/// A partner account by the name in its addresses.
pub fn partner(conn: &mut Conn, slug: &str) -> DbResult<Option<PartnerId>> {
    partner_account::table.filter(partner_account::slug.eq(slug)).select(partner_account::id).first(conn).optional()
}

/// The number of the next partner account; hold the write lock.
pub fn next_number(conn: &mut Conn) -> DbResult<i64> {
    let last: Option<i64> = partner_account::table.select(diesel::dsl::max(partner_account::number)).first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// A user by address, and whether a password is set.
pub fn user(conn: &mut Conn, email: &str) -> DbResult<Option<(UserId, bool)>> {
    app_user::table
        .filter(app_user::email.eq(email.trim().to_lowercase()))
        .select((app_user::id, app_user::password_hash.is_not_null()))
        .first(conn)
        .optional()
}

/// Lets an existing user operate the platform.
pub fn make_operator(conn: &mut Conn, user: UserId) -> DbResult<usize> {
    diesel::update(app_user::table.find(user)).set(app_user::operator.eq(true)).execute(conn)
}

/// The roles a user has in a partner account, as stored.
pub fn roles(conn: &mut Conn, partner: PartnerId, user: UserId) -> DbResult<Option<String>> {
    membership::table.find((partner, user)).select(membership::roles).first(conn).optional()
}

/// One way to sign in, as the demonstration prints it.
#[derive(Debug, Clone, Queryable)]
pub struct SignIn {
    pub email: String,
    /// The partner account's name in addresses; empty for an operator.
    pub partner: String,
    pub account_type: Option<AccountType>,
    pub cloud: Option<Cloud>,
    pub roles: String,
}

/// Every active operator who has a password.
pub fn operators(conn: &mut Conn) -> DbResult<Vec<SignIn>> {
    let operators = app_user::table.filter(app_user::operator.eq(true)).filter(app_user::status.eq("active"));
    let emails: Vec<String> =
        operators.filter(app_user::password_hash.is_not_null()).order(app_user::email).select(app_user::email).load(conn)?;
    let sign_in = |email| SignIn { email, partner: String::new(), account_type: None, cloud: None, roles: "operator".into() };
    Ok(emails.into_iter().map(sign_in).collect())
}

/// Every active member who has a password, by partner account.
pub fn sign_ins(conn: &mut Conn) -> DbResult<Vec<SignIn>> {
    membership::table
        .inner_join(app_user::table.on(app_user::id.eq(membership::user_id)))
        .inner_join(partner_account::table.on(partner_account::id.eq(membership::partner_id)))
        .filter(membership::status.eq("active"))
        .filter(app_user::status.eq("active"))
        .filter(app_user::password_hash.is_not_null())
        .order((partner_account::number, app_user::created_at, app_user::email))
        .select((
            app_user::email,
            partner_account::slug,
            partner_account::account_type.nullable(),
            partner_account::cloud.nullable(),
            membership::roles,
        ))
        .load(conn)
}

/// How many customer accounts there are, over all partners; on a connection without walls.
pub fn all_customers(conn: &mut Conn) -> DbResult<i64> {
    customer_account::table.count().get_result(conn)
}

/// How many customer accounts a partner has, and how many of them the search index knows.
pub fn index_counts(tenant: &Tenant, conn: &mut Conn) -> DbResult<(i64, i64)> {
    let customers = tenant.all(customer_account::table).count().get_result(conn)?;
    // One row a customer on both: of ranks, or of the index itself.
    let table = if matches!(conn, Conn::Sqlite(_)) { "customer_rank" } else { "customer_search" };
    let sql = format!("(select count(*) from {table} where partner_id = ");
    let index = diesel::select(diesel::dsl::sql::<BigInt>(&sql).bind::<Guid, _>(tenant.id()).sql(")")).get_result(conn)?;
    Ok((customers, index))
}
