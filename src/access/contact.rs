//! The door of the access page. A contact of an organisation comes in by a single-use mailed link,
//! which opens a visit; from there each partner that has an account of the organisation is reached
//! behind that partner's own wall, for this one customer alone.

use super::audit::Actor;
use super::keys::{Keys, link_hash, sha256};
use super::outbox::{self, Outgoing};
use super::posted::Parked;
use super::tenant::Tenant;
use super::{Scope, Visitor, app, request_id};
use crate::clock::{DAY, HOUR, Moment};
use crate::config::random_hex;
use crate::db::Conn;
use crate::db::ids::{ContactId, CustomerId, OrganisationId, PartnerId};
use crate::db::schema::{access_link, access_visit, connection, organisation, organisation_contact, partner_account};
use crate::domain::letter::{Letter, Link, To};
use crate::domain::{AccountType, Cloud};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use diesel::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// How long a mailed link works, and how long a visit lasts, in microseconds.
pub const LINK: i64 = 7 * DAY;
pub const VISIT: i64 = 2 * HOUR;
/// Links mailed at once, and partners of one organisation read, at most.
const LINKS: i64 = 20;
const PARTNERS: i64 = 200;

/// The cookie of a visit: `__Host-` where there is https.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-visit" } else { "visit" }
}

fn visit_hash(key: &str) -> Vec<u8> {
    sha256(&[b"visit", key.as_bytes()])
}

/// A new single-use link for a contact, to go into a letter; the token is made when that is sent.
pub fn new_link(conn: &mut Conn, keys: &Keys, organisation: OrganisationId, contact: ContactId, now: Moment) -> Result<Link> {
    let link = Link { to: To::Access, subject: uuid::Uuid::now_v7(), generation: 1 };
    let token = keys.link(link.to.purpose(), link.subject, link.generation);
    diesel::insert_into(access_link::table)
        .values((
            access_link::hash.eq(link_hash(link.to.purpose(), &token)),
            access_link::organisation_id.eq(organisation),
            access_link::contact_id.eq(contact),
            access_link::created_at.eq(now),
            access_link::expires_at.eq(now.plus(LINK)),
        ))
        .execute(conn)?;
    Ok(link)
}

impl Visitor {
    /// Posts a link for each organisation that knows this address; the caller learns nothing of it.
    pub async fn ask_for_access(&self, email: &str) -> Result<()> {
        type Row = (OrganisationId, ContactId, String, String, String);
        let (email, app, now) = (email.trim().to_lowercase(), Arc::clone(&self.app), self.app.now());
        let post = move |conn: &mut Conn| {
            let rows: Vec<Row> = organisation_contact::table
                .inner_join(organisation::table.on(organisation::id.eq(organisation_contact::organisation_id)))
                .filter(organisation_contact::email.eq(&email))
                .order(organisation_contact::organisation_id)
                .limit(LINKS)
                .select((
                    organisation_contact::organisation_id,
                    organisation_contact::id,
                    organisation_contact::name,
                    organisation_contact::language,
                    organisation::legal_name,
                ))
                .load(conn)?;
            for (organisation, contact, name, language, company) in rows {
                let letter = Letter::Access { company, link: new_link(conn, &app.keys, organisation, contact, now)? };
                let lang = Lang::from_text(&language).unwrap_or(Lang::En);
                let mail = Outgoing { partner: None, subject: None, to: &email, to_name: &name, lang, letter: &letter };
                outbox::post(conn, now, &mail)?;
            }
            Ok(())
        };
        self.app.block(move |store| store.write_system(&post)).await
    }

    /// The organisation that a link opens; [`Error::NotFound`] once it is used or over.
    pub async fn open_access(&self, token: &str) -> Result<String> {
        let (hash, now) = (link_hash(To::Access.purpose(), token), self.app.now());
        let find = move |conn: &mut Conn| {
            Ok(access_link::table
                .find(hash)
                .inner_join(organisation::table.on(organisation::id.eq(access_link::organisation_id)))
                .filter(access_link::used_at.is_null())
                .filter(access_link::expires_at.gt(now))
                .select(organisation::legal_name)
                .first(conn)?)
        };
        self.app.block(move |store| store.ask_system(find)).await
    }

    /// Uses the link up and begins a visit: its key, for the cookie. Of two at the same moment one
    /// wins; the other gets [`Error::NotFound`].
    pub async fn begin_visit(&self, token: &str) -> Result<String> {
        let (hash, now, key) = (link_hash(To::Access.purpose(), token), self.app.now(), random_hex(32));
        let kept = visit_hash(&key);
        let begin = move |conn: &mut Conn| {
            let link = access_link::table.find(&hash);
            let live = link.filter(access_link::used_at.is_null()).filter(access_link::expires_at.gt(now));
            if diesel::update(live).set(access_link::used_at.eq(Some(now))).execute(conn)? != 1 {
                return Err(Error::NotFound);
            }
            let (organisation, contact): (OrganisationId, ContactId) =
                access_link::table.find(&hash).select((access_link::organisation_id, access_link::contact_id)).first(conn)?;
            diesel::insert_into(access_visit::table)
                .values((
                    access_visit::key_hash.eq(&kept),
                    access_visit::organisation_id.eq(organisation),
                    access_visit::contact_id.eq(contact),
                    access_visit::created_at.eq(now),
                    access_visit::expires_at.eq(now.plus(VISIT)),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.app.block(move |store| store.write_system(&begin)).await?;
        Ok(key)
    }
}

/// A contact of an organisation, on a visit.
pub struct Contact {
    pub visitor: Visitor,
    pub id: ContactId,
    pub organisation: OrganisationId,
    /// The organisation's legal name, and the contact's own.
    pub company: String,
    pub name: String,
    pub email: String,
    key: Vec<u8>,
    request: crate::db::ids::RequestId,
    pub now: Moment,
}

/// A partner that has an account of the organisation.
#[derive(Debug, Clone)]
pub struct Connection {
    tenant: Tenant,
    pub name: String,
    pub account_type: AccountType,
    /// The partner's account of the organisation.
    pub customer: CustomerId,
}

impl Contact {
    fn scope(&self, connection: &Connection) -> Scope {
        Scope { tenant: connection.tenant, actor: Actor::Customer(self.id), now: self.now, request: self.request }
    }

    /// Asks each partner in turn, by name; a read-only snapshot each.
    pub async fn read_each<T: Send + 'static>(
        &self,
        work: impl Fn(&Scope, &mut Conn, &Connection) -> Result<T> + Send + 'static,
    ) -> Result<Vec<(Connection, T)>> {
        let (organisation, contact, now, request) = (self.organisation, self.id, self.now, self.request);
        let read = move |store: &super::store::Store| {
            let all = store.read_system(|conn| connections(conn, organisation, None))?;
            let scope = |one: &Connection| Scope { tenant: one.tenant, actor: Actor::Customer(contact), now, request };
            let ask = |one: Connection| {
                let scope = scope(&one);
                let found = store.read_as(&scope, |conn| work(&scope, conn, &one))?;
                Ok((one, found))
            };
            all.into_iter().map(ask).collect()
        };
        self.visitor.app.block(read).await
    }

    /// The partner whose account of this organisation has this id; [`Error::NotFound`] for any
    /// other.
    pub async fn connection(&self, customer: CustomerId) -> Result<Connection> {
        let organisation = self.organisation;
        let find = move |conn: &mut Conn| connections(conn, organisation, Some(customer))?.pop().ok_or(Error::NotFound);
        self.visitor.app.block(move |store| store.read_system(find)).await
    }

    /// Reads as that partner.
    pub async fn read_in<T: Send + 'static>(
        &self,
        connection: &Connection,
        work: impl FnOnce(&Scope, &mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let scope = self.scope(connection);
        self.visitor.app.block(move |store| store.read_as(&scope, |conn| work(&scope, conn))).await
    }

    /// One transaction as that partner, in the contact's name.
    pub async fn write_in<T: Send + 'static>(
        &self,
        connection: &Connection,
        mut work: impl FnMut(&Scope, &mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let scope = self.scope(connection);
        self.visitor.app.block(move |store| store.write_as(&scope, |conn| work(&scope, conn))).await
    }

    /// What is held about the organisation beside the partners' accounts: itself and its contacts.
    pub async fn identity(&self) -> Result<Identity> {
        let id = self.organisation;
        let read = move |conn: &mut Conn| {
            let columns = (
                organisation::legal_name,
                organisation::domain,
                organisation::country,
                organisation::registration_number,
                organisation::created_at,
            );
            let own = organisation::table.find(id).select(columns).first(conn)?;
            let people = organisation_contact::table
                .filter(organisation_contact::organisation_id.eq(id))
                .order((organisation_contact::created_at, organisation_contact::id))
                .limit(PARTNERS)
                .select((
                    organisation_contact::name,
                    organisation_contact::email,
                    organisation_contact::role,
                    organisation_contact::created_at,
                ))
                .load(conn)?;
            Ok(Identity { own, people })
        };
        self.visitor.app.block(move |store| store.read_system(read)).await
    }

    /// Ends the visit.
    pub async fn leave(&self) -> Result<()> {
        let key = self.key.clone();
        let end = move |conn: &mut Conn| Ok(diesel::delete(access_visit::table.find(&key)).execute(conn).map(|_| ())?);
        self.visitor.app.block(move |store| store.write_system(&end)).await
    }
}

/// An organisation and its contacts: name, domain, country, number, since; name, address, role,
/// since.
#[derive(Debug, Clone)]
pub struct Identity {
    pub own: (String, String, String, String, Moment),
    pub people: Vec<(String, String, String, Moment)>,
}

fn connections(conn: &mut Conn, organisation: OrganisationId, only: Option<CustomerId>) -> Result<Vec<Connection>> {
    type Row = (PartnerId, i64, Cloud, String, AccountType, CustomerId);
    let rows = connection::table
        .inner_join(partner_account::table.on(partner_account::id.eq(connection::partner_id)))
        .filter(connection::organisation_id.eq(organisation))
        .order((partner_account::name, partner_account::id))
        .limit(PARTNERS)
        .select((
            partner_account::id,
            partner_account::number,
            partner_account::cloud,
            partner_account::name,
            partner_account::account_type,
            connection::customer_id,
        ))
        .into_boxed();
    let rows: Vec<Row> = match only {
        Some(customer) => rows.filter(connection::customer_id.eq(customer)).load(conn)?,
        None => rows.load(conn)?,
    };
    let connection = |(id, number, cloud, name, account_type, customer)| Connection {
        tenant: Tenant::new(id, number, cloud),
        name,
        account_type,
        customer,
    };
    Ok(rows.into_iter().map(connection).collect())
}

impl FromRequest for Contact {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parked = Parked::park(req, payload);
        let req = req.clone();
        Box::pin(async move {
            let app = app(&req);
            let now = app.now();
            let key = req.cookie(cookie_name(app.config.is_https())).map(|cookie| visit_hash(cookie.value())).ok_or(Error::NoVisit)?;
            let hash = key.clone();
            type Row = (ContactId, OrganisationId, String, String, String);
            let find = move |conn: &mut Conn| -> Result<Option<Row>> {
                Ok(access_visit::table
                    .find(hash)
                    .inner_join(organisation::table.on(organisation::id.eq(access_visit::organisation_id)))
                    .inner_join(
                        organisation_contact::table.on(organisation_contact::organisation_id
                            .eq(access_visit::organisation_id)
                            .and(organisation_contact::id.eq(access_visit::contact_id))),
                    )
                    .filter(access_visit::expires_at.gt(now))
                    // A clock that jumped back closes visits: they were begun "in the future" (F17).
                    .filter(access_visit::created_at.le(now.plus(crate::clock::MINUTE)))
                    .select((
                        organisation_contact::id,
                        organisation::id,
                        organisation::legal_name,
                        organisation_contact::name,
                        organisation_contact::email,
                    ))
                    .first(conn)
                    .optional()?)
            };
            let found = app.block(move |store| store.ask_system(find)).await?;
            let (id, organisation, company, name, email) = found.ok_or(Error::NoVisit)?;
            let visitor = Visitor::from_request(&req, &mut Payload::None).await?;
            parked.release();
            Ok(Self { visitor, id, organisation, company, name, email, key, request: request_id(&req), now })
        })
    }
}
