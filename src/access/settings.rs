//! What operators set for the whole platform. Everybody may read; an operator alone writes.

use super::Operator;
use crate::clock::Moment;
use crate::db::ids::UserId;
use crate::db::schema::platform_setting;
use crate::db::{Conn, dialect};
use crate::error::Result;
use diesel::prelude::*;

/// The value of a setting; `None` where nobody has set it.
pub fn get(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    Ok(platform_setting::table.find(name).select(platform_setting::value).first(conn).optional()?)
}

fn set(conn: &mut Conn, name: &str, value: &str, now: Moment, by: UserId) -> Result<()> {
    let values = (platform_setting::value.eq(value), platform_setting::updated_at.eq(now), platform_setting::updated_by.eq(Some(by)));
    dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(platform_setting::table).values((platform_setting::name.eq(name), values)).execute(conn)
    })?;
    diesel::update(platform_setting::table.find(name)).set(values).execute(conn)?;
    Ok(())
}

impl Operator {
    /// The value of a setting.
    pub async fn setting(&self, name: String) -> Result<Option<String>> {
        self.app().ask(move |conn| get(conn, &name)).await
    }
    /// Sets it; the server's log says who.
    pub async fn set_setting(&self, name: String, value: String) -> Result<()> {
        let (now, by) = (self.app().now(), self.user.id);
        tracing::info!(operator = %by, setting = name, value, "a setting was changed");
        self.app().block(move |store| store.write_system(|conn| set(conn, &name, &value, now, by))).await
    }
}
