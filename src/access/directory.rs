//! The door of the public directory. Anybody reads what is published; an inquiry enters the tenant
//! of each partner that it goes to, which its published listing allows, and does nothing there but
//! leave a referral.

use super::audit::Actor;
use super::tenant::Tenant;
use super::{Scope, Visitor, store};
use crate::clock::{MINUTE, Moment};
use crate::db::Conn;
use crate::db::ids::{PartnerId, ProfileId, RequestId};
use crate::db::schema::{listing, partner_account};
use crate::domain::Cloud;
use crate::error::Result;
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How often each filter value occurs in a whole cloud, by the value's text in `listing.facets`.
pub type Counts = Arc<BTreeMap<String, i64>>;

/// What this process remembers of each cloud's filter values: to count them takes longer than a page.
#[derive(Default)]
pub struct Choices(Mutex<BTreeMap<Cloud, Known>>);

struct Known {
    counts: Counts,
    at: Moment,
    change: u64,
}

/// Listings changed by this process; those that others change are counted a minute later.
static CHANGES: AtomicU64 = AtomicU64::new(0);
const STALE: i64 = MINUTE;

/// Notes that a listing has changed; the number of changes so far.
pub fn changed() -> u64 {
    CHANGES.fetch_add(1, Ordering::Relaxed)
}

impl Visitor {
    /// The counts of a whole cloud, if they are known and not old.
    pub fn known_choices(&self, cloud: Cloud) -> Option<Counts> {
        let known = self.app.choices.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |known: &&Known| known.change == Self::changes() && self.app.now().since(known.at) < STALE;
        known.get(&cloud).filter(fresh).map(|known| Arc::clone(&known.counts))
    }
    /// Keeps what was counted after so many changes.
    pub fn know_choices(&self, cloud: Cloud, change: u64, counts: Counts) {
        let known = Known { counts, at: self.app.now(), change };
        self.app.choices.0.lock().unwrap_or_else(PoisonError::into_inner).insert(cloud, known);
    }
    /// The number of changes so far, to be asked before one counts.
    pub fn changes() -> u64 {
        CHANGES.load(Ordering::Relaxed)
    }
}

impl Visitor {
    /// Reads what is public, in one snapshot, outside any tenant.
    pub async fn look<T: Send + 'static>(&self, work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        self.app.block(move |store| store.read_system(work)).await
    }
    /// As [`Self::look`], for a single keyed statement.
    pub async fn look_at<T: Send + 'static>(&self, work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static) -> Result<T> {
        self.app.ask(work).await
    }
    /// One transaction in which an inquiry is written and reaches its partners. The work may run
    /// again after a serialisation failure.
    pub async fn inquire<T: Send + 'static>(
        &self,
        request: RequestId,
        mut work: impl FnMut(&Inquiring, &mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let inquiring = Inquiring { now: self.app.now(), request };
        self.app.block(move |store| store.write_system(|conn| work(&inquiring, conn))).await
    }
}

/// A visitor's inquiry on its way.
#[derive(Debug, Clone, Copy)]
pub struct Inquiring {
    pub now: Moment,
    pub request: RequestId,
}

impl Inquiring {
    /// In the tenant of a partner that lists this profile; [`NotFound`](crate::error::Error::NotFound) for one that does not.
    pub fn at<R>(
        &self,
        conn: &mut Conn,
        partner: PartnerId,
        profile: ProfileId,
        work: impl FnOnce(&Scope, &mut Conn) -> Result<R>,
    ) -> Result<R> {
        let tenant = listed(conn, partner, profile)?;
        let scope = Scope { tenant, actor: Actor::System, now: self.now, request: self.request };
        store::as_other(conn, None, partner, |conn| work(&scope, conn))
    }
}

impl Scope {
    /// As [`Inquiring::at`], where a referral moves on to the next partner.
    pub fn for_listed<R>(
        &self,
        conn: &mut Conn,
        partner: PartnerId,
        profile: ProfileId,
        work: impl FnOnce(&Self, &mut Conn) -> Result<R>,
    ) -> Result<R> {
        let tenant = listed(conn, partner, profile)?;
        self.in_tenant(conn, tenant, work)
    }
}

fn listed(conn: &mut Conn, partner: PartnerId, profile: ProfileId) -> Result<Tenant> {
    let (number, cloud): (i64, Cloud) = listing::table
        .find((partner, profile))
        .inner_join(partner_account::table.on(partner_account::id.eq(listing::partner_id)))
        .filter(listing::listed.eq(true))
        .filter(partner_account::status.eq("active"))
        .select((partner_account::number, partner_account::cloud))
        .first(conn)?;
    Ok(Tenant::new(partner, number, cloud))
}
