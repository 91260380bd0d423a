//! The platform's operators. They work outside any tenant, through the narrow functions here; to
//! anyone else none of it exists.

use super::audit::{self, Actor, Event, Fields};
use super::outbox::{self, Filter, Mail, Queues};
use super::schedule::{self, Row};
use super::store::Store;
use super::{App, Scope, SignedIn, User};
use crate::db::Conn;
use crate::db::ids::{MailId, ObjectId, PartnerId};
use crate::error::{Error, Result};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A user who operates the platform. Nobody signs in first; any other user finds nothing here.
pub struct Operator {
    pub user: User,
    app: Arc<App>,
    pub path: String,
}

impl FromRequest for Operator {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(req, payload);
        Box::pin(async move {
            let SignedIn { user, app, path } = signed_in.await?;
            if user.operator { Ok(Self { user, app, path }) } else { Err(Error::NotFound) }
        })
    }
}

impl Operator {
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Reads in one snapshot what is nobody's, or everybody's, outside any tenant.
    pub async fn look<T: Send + 'static>(&self, work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        self.app.block(move |store| store.read_system(work)).await
    }
    /// What waits, and what went wrong.
    pub async fn queues(&self) -> Result<Queues> {
        self.app.block(move |store| store.read_system(|conn| Ok(outbox::queues(conn)?))).await
    }
    /// Letters, newest first.
    pub async fn mail(&self, filter: Filter) -> Result<Vec<Mail>> {
        self.app.block(move |store| store.read_system(|conn| Ok(outbox::list(conn, &filter)?))).await
    }
    /// What runs again and again.
    pub async fn tasks(&self) -> Result<Vec<Row>> {
        self.app.block(move |store| store.read_system(schedule::list)).await
    }
    /// Runs a task at the next moment that a server has for it; [`Error::NotFound`] for an unknown
    /// one.
    pub async fn hurry(&self, task: &str) -> Result<()> {
        let (name, now) = (task.to_owned(), self.app.now());
        self.app.block(move |store| store.write_system(|conn| schedule::hurry(conn, &name, now))).await?;
        tracing::info!(operator = %self.user.id, task, "a task was hurried");
        Ok(())
    }

    /// Queues a dead letter again; [`Error::NotFound`] for any other.
    pub async fn retry(&self, id: MailId) -> Result<()> {
        let find = move |conn: &mut Conn| Ok(outbox::find_dead(conn, id)?);
        let (partner, recipient) = self.app.block(move |store| store.read_system(find)).await?;
        let fields = Fields::from_iter([("recipient".to_owned(), recipient.into())]);
        match self.queue_again(partner, vec![id], fields).await? {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        }
    }

    /// Queues every letter again that is dead now, one account after the other: each log tells of
    /// its own letters.
    pub async fn retry_all(&self) -> Result<usize> {
        let (now, mut done) = (self.app.now(), 0);
        while let Some((partner, ids)) = self.app.block(move |store| store.read_system(|conn| Ok(outbox::dead(conn, now)?))).await? {
            let fields = Fields::from_iter([("rows".to_owned(), ids.len().into())]);
            done += self.queue_again(partner, ids, fields).await?;
        }
        Ok(done)
    }

    /// It stands in the log of the partner account that the letters are from, in the same
    /// transaction; what is nobody's, in the server's log alone.
    async fn queue_again(&self, partner: Option<PartnerId>, ids: Vec<MailId>, after: Fields) -> Result<usize> {
        let (actor, now) = (Actor::Operator(self.user.id), self.app.now());
        let again = move |store: &Store| {
            let Some(partner) = partner else {
                return store.write_system(|conn| Ok(outbox::queue_again(conn, &ids, now)?));
            };
            let scope = Scope::of(store, partner, actor, now)?;
            store.write_as(&scope, |conn| {
                let done = outbox::queue_again(conn, &ids, now)?;
                let object = ids.first().filter(|_| ids.len() == 1).map(|id| ObjectId::from_uuid(id.uuid()));
                let event = Event { action: "mail.retry", object_kind: "mail", object, before: Fields::new(), after: after.clone() };
                if done > 0 {
                    audit::record(&scope, conn, &event)?;
                }
                Ok(done)
            })
        };
        let done = self.app.block(again).await?;
        tracing::info!(operator = %self.user.id, partner = partner.map(|id| id.to_string()), done, "letters queued again");
        Ok(done)
    }
}
