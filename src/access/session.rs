//! Sessions live in the database, reached through actix-session's store trait. `load` does not
//! ask the database: whether a session holds is decided, with its user and member, by the one
//! query of the extractor (`identity`). The state holds nothing but the key.

use super::App;
use super::keys::sha256;
use crate::db::ids::{SessionId, UserId};
use crate::db::schema::user_session;
use crate::error::Error;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_session::{Session, SessionExt};
use actix_web::body::BoxBody;
use actix_web::cookie::time::Duration;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest};
use anyhow::anyhow;
use diesel::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

const KEY: &str = "key";
const USER: &str = "user";
const AGENT: &str = "agent";

/// The key of the request's session cookie; says nothing about whether it still holds.
pub fn key(req: &HttpRequest) -> Option<String> {
    req.extensions().get::<SessionCookie>().and_then(|cookie| cookie.0.clone())
}

/// Kept with the request: the session itself is gone by the time an error page is made.
struct SessionCookie(Option<String>);

/// Middleware just inside the session's: notes the key.
pub async fn note_key(req: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let key = req.get_session().get::<String>(KEY).ok().flatten();
    req.extensions_mut().insert(SessionCookie(key));
    next.call(req).await
}

/// Starts a session for a user whose password was just checked: a new key (against fixation), the
/// old session removed.
pub fn start(session: &Session, user: UserId, user_agent: &str) {
    session.clear();
    session.renew();
    // Strings always serialise.
    let _ = session.insert(USER, user.to_string());
    let _ = session.insert(AGENT, user_agent);
}

/// What is stored of a session key.
pub fn key_hash(key: &str) -> Vec<u8> {
    sha256(&[b"session", key.as_bytes()])
}

/// The store behind `SessionMiddleware`.
#[derive(Clone)]
pub struct DatabaseSessions(pub Arc<App>);

impl SessionStore for DatabaseSessions {
    async fn load(&self, key: &SessionKey) -> Result<Option<HashMap<String, String>>, LoadError> {
        Ok(Some(HashMap::from([(KEY.to_owned(), serde_json::Value::from(key.as_ref()).to_string())])))
    }

    async fn save(&self, state: HashMap<String, String>, _ttl: &Duration) -> Result<SessionKey, SaveError> {
        let other = |error: Error| SaveError::Other(anyhow!("{error}"));
        let text = |name: &str| state.get(name).and_then(|json| serde_json::from_str::<String>(json).ok());
        let new_key = crate::config::random_hex(32);
        let Some(user) = text(USER).and_then(|id| id.parse::<UserId>().ok()) else {
            return Err(SaveError::Other(anyhow!("a session without a user")));
        };
        let (hash, agent, now) = (key_hash(&new_key), text(AGENT).unwrap_or_default(), self.0.now());
        let insert = move |store: &super::store::Store| {
            store.write_system(|conn| {
                diesel::insert_into(user_session::table)
                    .values((
                        user_session::id.eq(SessionId::new()),
                        user_session::key_hash.eq(&hash),
                        user_session::user_id.eq(user),
                        user_session::created_at.eq(now),
                        user_session::seen_at.eq(now),
                        user_session::authenticated_at.eq(now),
                        user_session::user_agent.eq(&agent),
                    ))
                    .execute(conn)?;
                Ok(())
            })
        };
        self.0.block(insert).await.map_err(other)?;
        new_key.try_into().map_err(|_| SaveError::Other(anyhow!("session key")))
    }

    /// Nothing in the state ever changes after `save`; in particular, a request in flight during
    /// a sign-out cannot bring the session back.
    async fn update(&self, key: SessionKey, _state: HashMap<String, String>, _ttl: &Duration) -> Result<SessionKey, UpdateError> {
        Ok(key)
    }

    async fn update_ttl(&self, _key: &SessionKey, _ttl: &Duration) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let (hash, now) = (key_hash(key.as_ref()), self.0.now());
        let revoke = move |store: &super::store::Store| {
            store.write_system(|conn| {
                diesel::update(user_session::table.filter(user_session::key_hash.eq(&hash)))
                    .set(user_session::revoked_at.eq(Some(now)))
                    .execute(conn)?;
                Ok(())
            })
        };
        self.0.block(revoke).await.map_err(|error| anyhow!("{error}"))
    }
}
