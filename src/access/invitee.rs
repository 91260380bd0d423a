//! The door of an invitation's link. Whoever holds the link may see that one invitation and answer
//! it, with an account or without: its token leads to the sender's tenant, and everything is read
//! and written there, behind the sender's wall. What else an answer changes needs a proof of its
//! own: the provider of a double invitation its partnership ([`Scope::for_provider`]), the
//! accepting partner its member ([`Can`](super::Can)).
//!
//! Whether the invitation can still be answered, and whether the link is its newest, is the row's
//! to say, in the transaction that claims it.

use super::audit::Actor;
use super::keys::link_hash;
use super::posted::Parked;
use super::tenant::Tenant;
use super::{App, Scope, Visitor, app, request_id};
use crate::db::Conn;
use crate::db::ids::{InvitationId, PartnerId};
use crate::db::schema::{invitation_link, partner_account};
use crate::domain::Cloud;
use crate::domain::letter::To;
use crate::error::{Error, Result};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use diesel::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// Where a link leads.
#[derive(Debug, Clone)]
pub struct Found {
    sender: Tenant,
    /// The sender's name, as its customers and partners know it.
    pub sender_name: String,
    pub invitation: InvitationId,
    /// Which of the invitation's links it is; older than the row's own, it is dead.
    pub generation: i64,
}

/// Where a token leads; [`Error::NotFound`] for one that was never given out, and while the sender's
/// account is not active.
pub fn find(conn: &mut Conn, token: &str) -> Result<Found> {
    type Row = (PartnerId, i64, Cloud, String, InvitationId, i64);
    let (partner, number, cloud, sender_name, invitation, generation): Row = invitation_link::table
        .find(link_hash(To::Connect.purpose(), token))
        .inner_join(partner_account::table.on(partner_account::id.eq(invitation_link::partner_id)))
        .filter(partner_account::status.eq("active"))
        .select((
            partner_account::id,
            partner_account::number,
            partner_account::cloud,
            partner_account::name,
            invitation_link::invitation_id,
            invitation_link::generation,
        ))
        .first(conn)?;
    Ok(Found { sender: Tenant::new(partner, number, cloud), sender_name, invitation, generation })
}

impl Found {
    pub fn sender(&self) -> PartnerId {
        self.sender.id()
    }
    pub fn cloud(&self) -> Cloud {
        self.sender.cloud()
    }
    /// Within a member's transaction, the same request in the sender's tenant: for a partner who
    /// answers from its own account.
    pub fn as_sender<R>(&self, scope: &Scope, conn: &mut Conn, work: impl FnOnce(&Scope, &mut Conn) -> Result<R>) -> Result<R> {
        scope.in_tenant(conn, self.sender, work)
    }
}

/// Anyone who holds the link in the path's `{token}`.
pub struct Invitee {
    pub visitor: Visitor,
    pub link: Found,
    scope: Scope,
}

impl Invitee {
    /// Reads as the sender, in one snapshot, on a connection that cannot write.
    pub async fn read<T: Send + 'static>(&self, work: impl FnOnce(&Scope, &mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let scope = self.scope;
        self.visitor.app.block(move |store| store.read_as(&scope, |conn| work(&scope, conn))).await
    }
    /// One transaction in the sender's tenant. The scope's actor is the system until the act knows
    /// who answers ([`Scope::by`]); the work may run again after a serialisation failure.
    pub async fn write<T: Send + 'static>(&self, mut work: impl FnMut(&Scope, &mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let scope = self.scope;
        self.visitor.app.block(move |store| store.write_as(&scope, |conn| work(&scope, conn))).await
    }
    pub fn app(&self) -> &std::sync::Arc<App> {
        &self.visitor.app
    }
    pub fn now(&self) -> crate::clock::Moment {
        self.scope.now
    }
}

impl Scope {
    /// The same request, done by somebody else: a contact that the act has just made or found.
    pub fn by(&self, actor: Actor) -> Self {
        Self { actor, ..*self }
    }
}

impl FromRequest for Invitee {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parked = Parked::park(req, payload);
        let req = req.clone();
        Box::pin(async move {
            let app = app(&req);
            let token = req.match_info().get("token").unwrap_or_default().to_owned();
            let link = app.block(move |store| store.ask_system(|conn| find(conn, &token))).await?;
            let visitor = Visitor::from_request(&req, &mut Payload::None).await?;
            parked.release();
            let scope = Scope { tenant: link.sender, actor: Actor::System, now: app.now(), request: request_id(&req) };
            Ok(Self { visitor, link, scope })
        })
    }
}
