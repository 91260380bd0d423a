//! Posted forms: limited, timed, with a token of this session, unknown and double fields refused;
//! and the key that makes two submits one.

use super::keys::sha256;
use super::{App, Scope, app, session};
use crate::db::ids::UserId;
use crate::db::schema::idempotency;
use crate::db::{Conn, DbError};
use crate::error::{Error, Result};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::Notify;

/// Longest form, in bytes.
pub const LIMIT: usize = 64 * 1024;
/// Longest wait for a body, in seconds: a slower client is not a person.
const BODY_TIMEOUT_S: u64 = 15;

/// Fields that every form may carry beside its own.
pub(super) const TOKEN: &str = "_token";
pub(super) const KEY: &str = "_key";
const REVIEW: &str = "_review";

/// The body, parked by the actor's extractor. Extractors start together, but a form is read only
/// once the actor is known: a stranger's body is not even parsed.
#[derive(Clone)]
pub(super) struct Parked(Rc<(RefCell<Option<Payload>>, Notify)>);

impl Parked {
    /// Parks a request's body; called by the first actor's extractor, at once.
    pub(super) fn park(req: &HttpRequest, payload: &mut Payload) -> Self {
        if let Some(parked) = req.extensions().get::<Self>() {
            return parked.clone();
        }
        let parked = Self(Rc::new((RefCell::new(Some(payload.take())), Notify::new())));
        req.extensions_mut().insert(parked.clone());
        parked
    }
    /// The actor is known: the form may be read.
    pub(super) fn release(&self) {
        self.0.1.notify_one();
    }
    pub(super) async fn released(&self) {
        self.0.1.notified().await;
    }
    pub(super) fn take(&self) -> Payload {
        self.0.0.borrow_mut().take().unwrap_or(Payload::None)
    }
}

/// A form as posted; a list that is pasted into one says that it may be longer.
#[derive(Debug)]
pub struct Posted<F, const MOST: usize = LIMIT> {
    pub form: F,
    pub once: Once,
    /// Sent again after signing in: to be shown with its values, not acted upon.
    pub review: bool,
}

/// What makes a second submit of the same form recognisable.
#[derive(Debug, Clone)]
pub struct Once {
    key: String,
    fingerprint: Vec<u8>,
}

impl Once {
    /// Names what this submit makes: the same for the same form sent again, so that whoever is
    /// nobody's member makes one of it too.
    pub fn id(&self) -> uuid::Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&sha256(&[b"once", self.key.as_bytes(), &[0], &self.fingerprint])[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// A form whose session had ended when it was sent; its fields come back after signing in.
#[derive(Debug, Clone)]
pub struct Held {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl<F: DeserializeOwned + 'static, const MOST: usize> FromRequest for Posted<F, MOST> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parked = Parked::park(req, payload);
        let req = req.clone();
        Box::pin(async move {
            parked.released().await;
            let fields = fields(&req, parked.take(), MOST).await?;
            let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default();
            if !token_holds(&req, field(TOKEN)) {
                tracing::info!(path = %req.path(), "refused a form without its token");
                return Err(Error::Forged);
            }
            let (key, review) = (field(KEY).to_owned(), field(REVIEW) == "1");
            if key.len() > 64 {
                return Err(Error::BadRequest("form key"));
            }
            let own: Vec<&(String, String)> = fields.iter().filter(|(name, _)| ![TOKEN, KEY, REVIEW].contains(&name.as_str())).collect();
            let encoded = serde_html_form::to_string(&own).map_err(Error::internal)?;
            let form = serde_html_form::from_str(&encoded).map_err(|error| {
                tracing::info!(path = %req.path(), %error, "refused a form with unexpected fields");
                Error::BadRequest("form fields")
            })?;
            Ok(Self { form, review, once: Once { key, fingerprint: sha256(&[req.path().as_bytes(), &[0], encoded.as_bytes()]) } })
        })
    }
}

/// Reads the fields of an urlencoded body, within limit and time.
async fn fields(req: &HttpRequest, payload: Payload, most: usize) -> Result<Vec<(String, String)>> {
    let content_type = req.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.starts_with("application/x-www-form-urlencoded") {
        return Err(Error::BadRequest("content type"));
    }
    let body = tokio::time::timeout(Duration::from_secs(BODY_TIMEOUT_S), collect(payload, most))
        .await
        .map_err(|_| Error::BadRequest("the body took too long"))??;
    let text = std::str::from_utf8(&body).map_err(|_| Error::BadRequest("not UTF-8"))?;
    let fields: Vec<(String, String)> = serde_html_form::from_str(text).map_err(|_| Error::BadRequest("form encoding"))?;
    if fields.iter().any(|(_, value)| value.contains('\0')) {
        return Err(Error::BadRequest("a NUL character"));
    }
    Ok(fields)
}

/// Reads a body, within a limit.
pub(super) async fn collect(mut payload: Payload, most: usize) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::BadRequest("broken body"))?;
        if body.len() + chunk.len() > most {
            return Err(Error::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Keeps what was posted without a session, for the sign-in page to give back. Only urlencoded
/// forms from this site get here: the same-origin check ran before.
pub(super) async fn hold(req: &HttpRequest, payload: Payload) {
    if req.method() != Method::POST {
        return;
    }
    if let Ok(mut fields) = fields(req, payload, LIMIT).await {
        fields.retain(|(name, _)| name != TOKEN && name != REVIEW && !name.contains("password"));
        req.extensions_mut().insert(Held { action: req.path().to_owned(), fields });
    }
}

/// Whom a form's token is bound to: the session, or before one the visitor's own cookie.
fn subject(req: &HttpRequest) -> Option<String> {
    session::key(req).or_else(|| req.cookie(VISITOR).map(|cookie| cookie.value().to_owned())).filter(|subject| !subject.is_empty())
}

/// The cookie that stands in for a session on the forms before one.
pub const VISITOR: &str = "visitor";

/// Was this form made for this session?
pub(super) fn token_holds(req: &HttpRequest, token: &str) -> bool {
    subject(req).is_some_and(|subject| app(req).keys.holds("form", &subject, token))
}

/// A new visitor's cookie value, to be set with the page that carries a form.
pub struct NewVisitor(pub String);

/// The token for the forms of a page; for a visitor without session or cookie, one is made and
/// left in the request's extensions for the middleware to set.
pub fn form_token(req: &HttpRequest) -> String {
    let app: std::sync::Arc<App> = app(req);
    let subject = subject(req).unwrap_or_else(|| {
        let known = req.extensions().get::<NewVisitor>().map(|visitor| visitor.0.clone());
        known.unwrap_or_else(|| {
            let fresh = crate::config::random_hex(16);
            req.extensions_mut().insert(NewVisitor(fresh.clone()));
            fresh
        })
    });
    app.keys.token("form", &subject)
}

/// Where this form led when it was acted upon before; [`Error::Conflict`] where it said something
/// else.
pub(super) fn done_before(scope: &Scope, conn: &mut Conn, user: UserId, once: &Once) -> Result<Option<String>> {
    if once.key.is_empty() {
        return Ok(None);
    }
    let before: Option<(Vec<u8>, String)> = scope
        .all(idempotency::table)
        .filter(idempotency::user_id.eq(user))
        .filter(idempotency::key.eq(&once.key))
        .select((idempotency::fingerprint, idempotency::location))
        .first(conn)
        .optional()?;
    match before {
        Some((fingerprint, _)) if fingerprint != once.fingerprint => Err(Error::Conflict),
        before => Ok(before.map(|(_, location)| location)),
    }
}

/// Runs `work` unless this form was already acted upon; either way answers where to go.
pub(super) fn run_once(
    scope: &Scope,
    conn: &mut Conn,
    user: UserId,
    once: &Once,
    work: impl FnOnce(&mut Conn) -> Result<String>,
) -> Result<String> {
    if let Some(location) = done_before(scope, conn, user, once)? {
        return Ok(location);
    }
    let location = work(conn)?;
    if once.key.is_empty() {
        return Ok(location);
    }
    let insert = diesel::insert_into(idempotency::table)
        .values((
            idempotency::partner_id.eq(scope.id()),
            idempotency::user_id.eq(user),
            idempotency::key.eq(&once.key),
            idempotency::fingerprint.eq(&once.fingerprint),
            idempotency::location.eq(&location),
            idempotency::created_at.eq(scope.now),
        ))
        .execute(conn);
    match insert {
        Ok(_) => Ok(location),
        // The other submit was faster (PostgreSQL): run again, and find its answer.
        Err(DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Err(Error::overtaken()),
        Err(other) => Err(other.into()),
    }
}
