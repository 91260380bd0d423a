//! The only door between a request and the data.
//!
//! A handler says in its first argument who may call it: [`Can<P>`] a member of the partner
//! account in the path with permission `P`, [`SignedIn`] any user, [`invitee::Invitee`] whoever holds
//! an invitation's link, [`Visitor`] anyone. There is no default, and no pool in sight: data comes through `read` and `write`, which exist only where
//! the permission allows them.

pub mod audit;
mod breached;
pub mod contact;
pub mod directory;
pub mod engagement;
pub mod identity;
pub mod inquiry;
pub mod insight;
pub mod invitation_links;
pub mod invitee;
pub mod jobs;
pub mod keys;
pub mod may;
pub mod moderation;
pub mod operator;
pub mod outbox;
mod pace;
pub mod partnership;
pub mod password;
pub mod permissions;
pub mod posted;
pub mod referral;
pub mod schedule;
pub mod session;
pub mod settings;
pub mod store;
pub mod sweep;
pub mod tenant;
pub mod terms;
pub mod throttle;
pub mod upload;
pub mod worker;

use crate::clock::Moment;
use crate::config::Config;
use crate::db::Conn;
use crate::db::ids::{PartnerId, RequestId, SessionId, UserId};
use crate::db::schema::partner_account;
use crate::domain::{AccountType, Cloud, Theme};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use diesel::prelude::*;
use keys::Keys;
use may::{Because, Relationship, Roles};
pub use operator::Operator;
use pace::Pace;
use password::Passwords;
use permissions::{Changes, Permission};
pub use posted::Held;
use posted::Parked;
use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use store::Store;
use tenant::Tenant;

/// What every request shares.
pub struct App {
    pub config: Config,
    pub keys: Keys,
    pub passwords: Passwords,
    pace: Pace,
    seen: insight::Counter,
    choices: directory::Choices,
    store: Store,
}

impl App {
    pub fn new(config: Config, store: Store) -> anyhow::Result<Self> {
        Ok(Self {
            keys: Keys::new(&config),
            passwords: Passwords::new(&config)?,
            pace: Pace::new(config.partner_requests_per_s),
            seen: insight::Counter::default(),
            choices: directory::Choices::default(),
            config,
            store,
        })
    }
    pub fn now(&self) -> Moment {
        self.store.clock().now()
    }
    /// SQL statements run so far, where they are counted.
    pub fn statements(&self) -> u64 {
        self.store.statements()
    }
    /// Off the request threads; a lost thread is an internal error.
    async fn block<T: Send + 'static>(self: &Arc<Self>, work: impl FnOnce(&Store) -> Result<T> + Send + 'static) -> Result<T> {
        let app = Arc::clone(self);
        web::block(move || work(&app.store)).await.map_err(Error::internal)?
    }
    /// One keyed statement outside any tenant, on the request's own thread where that never waits.
    async fn ask<T: Send + 'static>(self: &Arc<Self>, ask: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        match self.store.glance_system(ask) {
            Ok(answer) => answer,
            Err(ask) => self.block(move |store| store.ask_system(ask)).await,
        }
    }
    /// Notes that a session is in use, if it is to be noted.
    async fn note(self: &Arc<Self>, seen: Option<identity::Seen>) -> Result<()> {
        match seen {
            Some(seen) => self.block(move |store| seen.note(store)).await,
            None => Ok(()),
        }
    }
    /// Does the database answer?
    pub async fn ready(self: &Arc<Self>) -> Result<()> {
        self.block(Store::ping).await
    }
}

/// The person behind a session.
#[derive(Debug, Clone)]
pub struct User {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub lang: Lang,
    pub time_zone: String,
    pub theme: Theme,
    /// A platform administrator.
    pub operator: bool,
    pub session: SessionId,
    pub authenticated_at: Moment,
}

/// The partner account in the path, as its pages show it.
#[derive(Debug, Clone)]
pub struct Account {
    pub slug: String,
    pub name: String,
    pub account_type: AccountType,
    pub cloud: Cloud,
    pub country: String,
    /// The partner's own domain, which its customers' contacts may not have.
    pub domain: String,
}

/// What an act works with: whose data, in whose name, when, and in which request.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    tenant: Tenant,
    pub actor: audit::Actor,
    pub now: Moment,
    pub request: RequestId,
}

impl Deref for Scope {
    type Target = Tenant;
    fn deref(&self) -> &Tenant {
        &self.tenant
    }
}

impl Scope {
    /// A partner account's, for work that no member asks for in a request.
    fn of(store: &Store, partner: PartnerId, actor: audit::Actor, now: Moment) -> Result<Self> {
        let (number, cloud) = store.read_system(|conn| {
            Ok(partner_account::table.find(partner).select((partner_account::number, partner_account::cloud)).first(conn)?)
        })?;
        Ok(Self { tenant: Tenant::new(partner, number, cloud), actor, now, request: RequestId::new() })
    }
    /// The member who acts; `None` for a command, a customer or the system itself.
    pub fn user(&self) -> Option<UserId> {
        match self.actor {
            audit::Actor::User(id) | audit::Actor::Job(id) => Some(id),
            audit::Actor::Operator(_) | audit::Actor::Command | audit::Actor::Customer(_) | audit::Actor::System => None,
        }
    }
}

/// A member of the partner account in the path who may do `P`.
pub struct Can<P> {
    pub user: User,
    pub account: Account,
    pub roles: Roles,
    pub preferences: identity::Preferences,
    scope: Scope,
    app: Arc<App>,
    pub path: String,
    _permission: PhantomData<P>,
}

impl<P: Permission> Can<P> {
    /// Reads, in one snapshot, on a connection that cannot write.
    pub async fn read<T: Send + 'static>(&self, work: impl FnOnce(&Scope, &mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let scope = self.scope;
        self.app.block(move |store| store.read_as(&scope, |conn| work(&scope, conn))).await
    }
    /// As [`Self::read`], for a handful of keyed rows: on the request's own thread where that never
    /// waits. A read that may take milliseconds would hold up the other requests of the thread.
    pub async fn glance<T: Send + 'static>(&self, work: impl FnOnce(&Scope, &mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let scope = self.scope;
        match self.app.store.glance_as(&scope, move |conn| work(&scope, conn)) {
            Ok(answer) => answer,
            Err(work) => self.app.block(move |store| store.read_as(&scope, work)).await,
        }
    }
    /// May this member also do something else?
    pub fn may(&self, action: may::Action, relationship: Relationship) -> Result<(), Because> {
        may::may(self.roles, self.account.account_type, self.account.cloud, relationship, action)
    }
    /// As [`Self::may`], as the error that ends the request.
    pub fn must(&self, action: may::Action, relationship: Relationship) -> Result<()> {
        self.may(action, relationship).map_err(Error::NotAllowed)
    }
    pub fn now(&self) -> Moment {
        self.scope.now
    }
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }
    /// Reads in pieces, for streams that outlive the handler.
    pub fn reader(&self) -> Reader {
        Reader { app: Arc::clone(&self.app), scope: self.scope }
    }
}

/// Reads of one member that go on after the handler has answered: a streamed export.
#[derive(Clone)]
pub struct Reader {
    app: Arc<App>,
    scope: Scope,
}

impl Reader {
    /// One transaction; on the calling thread, which must be allowed to block.
    pub fn read<T>(&self, work: impl FnOnce(&Scope, &mut Conn) -> Result<T>) -> Result<T> {
        self.app.store.read_as(&self.scope, |conn| work(&self.scope, conn))
    }
}

impl<P: Changes> Can<P> {
    /// One transaction: everything or nothing. The work may run again after a serialisation
    /// failure, so it takes what it needs by reference.
    pub async fn write<T: Send + 'static>(&self, mut work: impl FnMut(&Scope, &mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        let scope = self.scope;
        self.app.block(move |store| store.write_as(&scope, |conn| work(&scope, conn))).await
    }
    /// As [`Self::write`], but two submits of one form make one object: the second is sent to
    /// where the first one led. [`Error::Conflict`] where the same form comes with other content.
    pub async fn write_once(
        &self,
        once: &posted::Once,
        mut work: impl FnMut(&Scope, &mut Conn) -> Result<String> + Send + 'static,
    ) -> Result<String> {
        let once = once.clone();
        let user = self.user.id;
        self.write(move |scope, conn| posted::run_once(scope, conn, user, &once, |conn| work(scope, conn))).await
    }
    /// Where this form led when it was acted upon before: for rules that its own first submit breaks.
    pub async fn done_before(&self, once: &posted::Once) -> Result<Option<String>> {
        let (once, user) = (once.clone(), self.user.id);
        self.read(move |scope, conn| posted::done_before(scope, conn, user, &once)).await
    }
    /// Remembers how this member likes the pages of this account.
    pub async fn save_preferences(&self, preferences: identity::Preferences) -> Result<()> {
        let (scope, user) = (self.scope, self.user.id);
        self.app.block(move |store| identity::save_preferences(store, &scope, user, &preferences)).await
    }
}

impl<P: Permission> FromRequest for Can<P> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parked = Parked::park(req, payload);
        let req = req.clone();
        Box::pin(async move {
            match resolve::<P>(&req).await {
                Err(Error::SignIn) => {
                    posted::hold(&req, parked.take()).await;
                    Err(Error::SignIn)
                }
                answer => {
                    parked.release();
                    answer
                }
            }
        })
    }
}

async fn resolve<P: Permission>(req: &HttpRequest) -> Result<Can<P>> {
    let app = app(req);
    let slug = req.match_info().get("account").unwrap_or_default().to_owned();
    let key = session::key(req).ok_or(Error::SignIn)?;
    let now = app.now();
    let (member, seen) = app.ask(move |conn| identity::resolve_member(conn, &key, &slug, now)).await?;
    app.note(seen).await?;
    remember(req, &member.user);
    app.pace.take(member.tenant.id(), now)?;
    may::may(member.roles, member.account.account_type, member.account.cloud, Relationship::None, P::ACTION).map_err(|why| {
        tracing::info!(user = %member.user.id, action = P::ACTION.as_str(), "refused");
        Error::NotAllowed(why)
    })?;
    let scope = Scope { tenant: member.tenant, actor: audit::Actor::User(member.user.id), now, request: request_id(req) };
    Ok(Can {
        user: member.user,
        account: member.account,
        roles: member.roles,
        preferences: member.preferences,
        scope,
        app,
        path: path(req),
        _permission: PhantomData,
    })
}

/// A signed-in user, whatever the account.
pub struct SignedIn {
    pub user: User,
    app: Arc<App>,
    pub path: String,
}

impl SignedIn {
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parked = Parked::park(req, payload);
        let req = req.clone();
        Box::pin(async move {
            let app = app(&req);
            let now = app.now();
            let found = match session::key(&req) {
                Some(key) => app.ask(move |conn| identity::resolve_user(conn, &key, now)).await,
                None => Err(Error::SignIn),
            };
            match found {
                Ok((user, seen)) => {
                    app.note(seen).await?;
                    remember(&req, &user);
                    parked.release();
                    Ok(Self { user, app, path: path(&req) })
                }
                Err(Error::SignIn) => {
                    posted::hold(&req, parked.take()).await;
                    Err(Error::SignIn)
                }
                Err(other) => Err(other),
            }
        })
    }
}

/// Anyone: the sign-in page, links from mails, the error pages.
pub struct Visitor {
    pub lang: Lang,
    app: Arc<App>,
    pub path: String,
    pub peer: String,
    pub user_agent: String,
    pub session: actix_session::Session,
}

impl Visitor {
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // Beside another actor's extractor, it is that one's to release the form.
        let second = req.extensions().contains::<Parked>();
        let parked = Parked::park(req, payload);
        if !second {
            parked.release();
        }
        let app = app(req);
        let header = |name| req.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        std::future::ready(Ok(Self {
            lang: language(req),
            path: path(req),
            peer: peer(req, &app.config),
            user_agent: header("user-agent").chars().take(200).collect(),
            session: req.get_session(),
            app,
        }))
    }
}

/// The reader's language: the signed-in user's, else the `lang` cookie's, else `Accept-Language`.
pub fn language(req: &HttpRequest) -> Lang {
    if let Some(known) = req.extensions().get::<Reading>() {
        return known.lang;
    }
    if let Some(lang) = req.cookie("lang").and_then(|cookie| Lang::from_text(cookie.value())) {
        return lang;
    }
    let accepted = req.headers().get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or_default();
    Lang::negotiate(accepted)
}

/// Kept with the request once its user is known, for the error pages.
#[derive(Clone)]
pub struct Reading {
    pub lang: Lang,
    pub theme: Theme,
    pub user: UserId,
}

fn remember(req: &HttpRequest, user: &User) {
    req.extensions_mut().insert(Reading { lang: user.lang, theme: user.theme, user: user.id });
}

/// The shared state; present in every app that `app::build` makes.
pub fn app(req: &HttpRequest) -> Arc<App> {
    Arc::clone(req.app_data::<web::Data<App>>().expect("the app is built with its state"))
}

fn path(req: &HttpRequest) -> String {
    req.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// The id of this request, also in its logs and on its error page.
pub fn request_id(req: &HttpRequest) -> RequestId {
    req.extensions().get::<RequestId>().copied().unwrap_or_else(RequestId::new)
}

/// The peer's address; the last entry of `X-Forwarded-For` only where the peer is a configured
/// proxy (ASVS 15.3.4).
pub fn peer(req: &HttpRequest, config: &Config) -> String {
    let Some(peer) = req.peer_addr() else {
        return "unknown".into();
    };
    if config.trusted_proxies.contains(&peer.ip()) {
        let forwarded = req.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
        if let Some(last) = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|ip| ip.trim().parse::<std::net::IpAddr>().ok()) {
            return last.to_string();
        }
    }
    peer.ip().to_string()
}
