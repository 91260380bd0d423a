//! The moderation of business profiles, on or off per cloud. What waits is in a queue outside any
//! tenant; a row of it is an operator's proof that it may enter that tenant, for that profile.

use super::audit::Actor;
use super::{Operator, Scope, settings};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{LogoId, PartnerId, ProfileId};
use crate::db::schema::{listing, logo, moderation_queue, partner_account};
use crate::domain::Cloud;
use crate::error::{Error, Result};
use diesel::prelude::*;

/// The name of a cloud's switch.
fn switch(cloud: Cloud) -> String {
    format!("moderation.{}", cloud.as_str())
}

/// Does an operator look at profiles of this cloud before they are public?
pub fn is_on(conn: &mut Conn, cloud: Cloud) -> Result<bool> {
    Ok(settings::get(conn, &switch(cloud))?.as_deref() == Some("on"))
}

/// Puts a profile's revision into the queue.
pub fn enqueue(scope: &Scope, conn: &mut Conn, profile: ProfileId, number: i64) -> Result<()> {
    diesel::insert_into(moderation_queue::table)
        .values((
            moderation_queue::partner_id.eq(scope.id()),
            moderation_queue::profile_id.eq(profile),
            moderation_queue::number.eq(number),
            moderation_queue::cloud.eq(scope.cloud()),
            moderation_queue::submitted_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a profile out of it.
pub fn dequeue(scope: &Scope, conn: &mut Conn, profile: ProfileId) -> Result<()> {
    diesel::delete(moderation_queue::table.find((scope.id(), profile))).execute(conn)?;
    Ok(())
}

/// A profile that waits for an operator.
#[derive(Debug, Clone, Queryable)]
pub struct Waiting {
    pub partner: PartnerId,
    pub profile: ProfileId,
    pub number: i64,
    pub cloud: Cloud,
    pub submitted_at: Moment,
    /// The partner account's name.
    pub name: String,
}

fn waiting(conn: &mut Conn, limit: i64) -> Result<Vec<Waiting>> {
    Ok(moderation_queue::table
        .inner_join(partner_account::table.on(partner_account::id.eq(moderation_queue::partner_id)))
        .order((moderation_queue::submitted_at, moderation_queue::partner_id, moderation_queue::profile_id))
        .limit(limit)
        .select((
            moderation_queue::partner_id,
            moderation_queue::profile_id,
            moderation_queue::number,
            moderation_queue::cloud,
            moderation_queue::submitted_at,
            partner_account::name,
        ))
        .load(conn)?)
}

/// The revision that waits; [`Error::NotFound`] where none does.
fn queued(conn: &mut Conn, partner: PartnerId, profile: ProfileId) -> Result<i64> {
    Ok(moderation_queue::table.find((partner, profile)).select(moderation_queue::number).first(conn)?)
}

impl Operator {
    /// The profiles that have waited longest.
    pub async fn waiting_profiles(&self, limit: i64) -> Result<Vec<Waiting>> {
        self.app().block(move |store| store.read_system(|conn| waiting(conn, limit))).await
    }
    /// How many wait.
    pub async fn count_waiting_profiles(&self) -> Result<i64> {
        self.app().ask(|conn| Ok(moderation_queue::table.count().get_result(conn)?)).await
    }
    /// The switch of each cloud.
    pub async fn moderated(&self) -> Result<Vec<(Cloud, bool)>> {
        let all = |conn: &mut Conn| Cloud::ALL.iter().map(|cloud| Ok((*cloud, is_on(conn, *cloud)?))).collect();
        self.app().block(move |store| store.read_system(all)).await
    }
    pub async fn moderate(&self, cloud: Cloud, on: bool) -> Result<()> {
        self.set_setting(switch(cloud), if on { "on" } else { "off" }.to_owned()).await
    }
    /// Looks at a profile that waits, in its tenant; `work` gets the number of the revision.
    pub async fn review<T: Send + 'static>(
        &self,
        partner: PartnerId,
        profile: ProfileId,
        work: impl FnOnce(&Scope, &mut Conn, i64) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (actor, now) = (Actor::Operator(self.user.id), self.app().now());
        let look = move |store: &super::store::Store| {
            let scope = Scope::of(store, partner, actor, now)?;
            store.read_as(&scope, |conn| {
                let number = queued(conn, partner, profile)?;
                work(&scope, conn, number)
            })
        };
        self.app().block(look).await
    }
    /// Decides about the revision that was shown, in its tenant and in its log;
    /// [`Error::Conflict`] where it does not wait any more.
    pub async fn decide<T: Send + 'static>(
        &self,
        partner: PartnerId,
        profile: ProfileId,
        number: i64,
        mut work: impl FnMut(&Scope, &mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (actor, now) = (Actor::Operator(self.user.id), self.app().now());
        let decide = move |store: &super::store::Store| {
            let scope = Scope::of(store, partner, actor, now)?;
            store.write_as(&scope, |conn| match queued(conn, partner, profile) {
                Ok(waits) if waits == number => work(&scope, conn),
                Ok(_) | Err(Error::NotFound) => Err(Error::Conflict),
                Err(other) => Err(other),
            })
        };
        self.app().block(decide).await
    }
    /// A logo of a profile that waits or is public.
    pub async fn logo(&self, id: LogoId) -> Result<Vec<u8>> {
        let find = move |conn: &mut Conn| Ok(logo::table.filter(logo::id.eq(id)).select(logo::bytes).first(conn)?);
        self.app().block(move |store| store.read_system(find)).await
    }
}

/// A logo that a listed profile shows: anybody's to see.
pub fn public_logo(conn: &mut Conn, id: LogoId) -> Result<Vec<u8>> {
    let listed = listing::partner_id.eq(logo::partner_id).and(listing::logo_id.eq(logo::id.nullable())).and(listing::listed.eq(true));
    Ok(logo::table.inner_join(listing::table.on(listed)).filter(logo::id.eq(id)).select(logo::bytes).first(conn)?)
}
