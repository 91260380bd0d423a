//! The two databases behind one query code: the connection, the schema, the column types, the
//! migrations and every statement that differs ([`dialect`], [`search`]).

mod any_of;
pub mod dialect;
pub mod ids;
pub mod migrate;
pub mod schema;
pub mod search;
pub mod types;

/// One connection to whichever database `DATABASE_URL` names. Only `access` opens one.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(diesel::sqlite::SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(diesel::pg::PgConnection),
}

pub use any_of::any_of;
pub use diesel::result::Error as DbError;
/// What a query answers.
pub type DbResult<T> = Result<T, DbError>;
