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

/// Runs a query that may be asked a thousand times a second on the database's own connection.
/// Through [`Conn`] diesel writes a query's text anew for each of its three passes, which takes
/// longer than the query; built for one database, a kept statement is found by its type.
macro_rules! direct {
    ($conn:expr, |$own:ident| $work:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($own) => $work,
            #[cfg(feature = "postgres")]
            $crate::db::Conn::Postgres($own) => $work,
        }
    };
}
pub(crate) use direct;

#[diesel::declare_sql_function]
extern "SQL" {
    /// The first, unless it is the second.
    fn nullif(
        value: diesel::sql_types::Nullable<types::Guid>,
        other: diesel::sql_types::Nullable<types::Guid>,
    ) -> diesel::sql_types::Nullable<types::Guid>;
}

pub use any_of::any_of;
pub use diesel::result::Error as DbError;
/// What a query answers.
pub type DbResult<T> = Result<T, DbError>;
