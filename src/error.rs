//! The one error of a request. A form that doesn't hold is not among them: it is an answer.

use crate::access::may::Because;
use crate::db::DbError;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use diesel::result::DatabaseErrorKind;
use std::fmt;

#[derive(Debug)]
pub enum Error {
    /// Unknown, or not this actor's to know of: the two must look the same.
    NotFound,
    /// Nobody is signed in, or the session has ended.
    SignIn,
    /// A customer's contact without a visit that holds: the access page says how to come back.
    NoVisit,
    /// Known, but not allowed: the page says why, and who could.
    NotAllowed(Because),
    /// Refused as coming from another site, or without the form's token.
    Forged,
    /// The request itself is broken: unknown or double fields, a body that does not parse.
    BadRequest(&'static str),
    TooLarge,
    /// Another request already used this form's key with other content.
    Conflict,
    /// Try again after so many seconds.
    TooMany(i64),
    /// The database is away or the pool exhausted; nothing was written.
    Unavailable(String),
    /// Not a host name of this portal.
    Misdirected,
    Internal(String),
}

/// What a handler answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }
    /// Another transaction made meanwhile what this one had looked for and was about to make.
    pub fn overtaken() -> Self {
        Self::Unavailable(RETRY.into())
    }
    /// Worth running the whole transaction again: serialisation failure, deadlock, or overtaken
    /// (PostgreSQL).
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Unavailable(cause) if cause == RETRY)
    }
}

const RETRY: &str = "serialisation failure";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internal(cause) | Self::Unavailable(cause) => f.write_str(cause),
            Self::BadRequest(what) => f.write_str(what),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn | Self::NoVisit => StatusCode::UNAUTHORIZED,
            Self::NotAllowed(_) | Self::Forged => StatusCode::FORBIDDEN,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
    /// Empty: `web::error_pages` fills it, in the reader's language, and logs the cause once.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => Self::NotFound,
            DbError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Self::Unavailable(RETRY.into()),
            DbError::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, info) => {
                Self::Unavailable(info.message().to_owned())
            }
            DbError::DatabaseError(_, info) => match info.message() {
                "deadlock detected" => Self::Unavailable(RETRY.into()),
                text if is_outage(text) => Self::Unavailable(text.to_owned()),
                text => Self::Internal(text.to_owned()),
            },
            DbError::BrokenTransactionManager => Self::Unavailable("broken connection".into()),
            other => Self::Internal(other.to_string()),
        }
    }
}

/// What the databases say when the fault is around them rather than in the statement. Only the
/// message tells: neither library gives these a kind of their own.
fn is_outage(message: &str) -> bool {
    const SIGNS: [&str; 11] = [
        "database is locked",
        "database or disk is full",
        "disk I/O error",
        "unable to open database",
        "server closed the connection",
        "terminating connection",
        "canceling statement",
        "could not connect",
        "the database system is",
        "connection to server",
        "no connection to the server",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}
