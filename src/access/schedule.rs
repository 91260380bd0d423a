//! What time does: small tasks that run again and again, each on one server at a time. A task only
//! tells and tidies; whether something is over follows from the moments in its row, whenever it
//! is looked at.

use super::audit::Actor;
use super::keys::Keys;
use super::tenant::Tenant;
use super::{App, Scope};
use crate::clock::Moment;
use crate::config::Config;
use crate::db::Conn;
use crate::db::ids::{PartnerId, RequestId};
use crate::db::schema::partner_account;
use crate::domain::Cloud;
use crate::error::Result;
use diesel::prelude::*;

/// One task: its name in the database and on the operator's page, how often it runs
/// (microseconds), and one run, which answers how much it did. A run may be repeated at any time.
pub struct Task {
    pub name: &'static str,
    pub every: i64,
    pub run: fn(&Tick<'_>) -> Result<i64>,
}

/// One run of a task.
pub struct Tick<'a> {
    app: &'a App,
    pub now: Moment,
}

/// Partner accounts walked through at once.
const PIECE: i64 = 200;

impl<'a> Tick<'a> {
    pub const fn new(app: &'a App, now: Moment) -> Self {
        Self { app, now }
    }
    pub fn keys(&self) -> &Keys {
        &self.app.keys
    }
    pub fn config(&self) -> &Config {
        &self.app.config
    }
    /// The portal's own rows: outside any tenant.
    pub fn system<T>(&self, work: impl FnMut(&mut Conn) -> Result<T>) -> Result<T> {
        self.app.store.write_system(work)
    }
    /// For every partner account in turn: asks (read-only) whether there is anything to do, and
    /// only then does it, in a transaction of its own. One account's failure is logged and does
    /// not hold up the others.
    pub fn each_partner(
        &self,
        due: impl Fn(&Scope, &mut Conn) -> Result<bool>,
        mut work: impl FnMut(&Scope, &mut Conn) -> Result<i64>,
    ) -> Result<i64> {
        let (mut done, mut after) = (0, None::<PartnerId>);
        loop {
            let piece: Vec<(PartnerId, i64, Cloud)> = self.app.store.read_system(|conn| {
                let rows = partner_account::table.select((partner_account::id, partner_account::number, partner_account::cloud));
                let rows = rows.order(partner_account::id).limit(PIECE).into_boxed();
                Ok(match after {
                    Some(id) => rows.filter(partner_account::id.gt(id)).load(conn)?,
                    None => rows.load(conn)?,
                })
            })?;
            let Some((last, ..)) = piece.last() else { return Ok(done) };
            after = Some(*last);
            for (id, number, cloud) in piece {
                let tenant = Tenant::new(id, number, cloud);
                let scope = Scope { tenant, actor: Actor::System, now: self.now, request: RequestId::new() };
                if !self.app.store.read_as(&scope, |conn| due(&scope, conn))? {
                    continue;
                }
                match self.app.store.write_as(&scope, |conn| work(&scope, conn)) {
                    Ok(count) => done += count,
                    Err(error) => tracing::error!(partner = %id, error = %error, "a task failed for one account"),
                }
            }
        }
    }
}
