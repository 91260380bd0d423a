//! What operators set of routing: one row of the platform's settings.

use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::UserId;
use crate::db::schema::platform_setting;
use crate::domain::routing::Setting;
use crate::error::{Error, Result};
use diesel::prelude::*;

const NAME: &str = "routing";

/// The setting in force; the default where nobody has set one.
pub fn load(conn: &mut Conn) -> Result<Setting> {
    let stored: Option<String> = platform_setting::table.find(NAME).select(platform_setting::value).first(conn).optional()?;
    stored.map_or_else(|| Ok(Setting::default()), |text| serde_json::from_str(&text).map_err(Error::internal))
}

/// Sets it, for every decision from now on.
pub fn save(conn: &mut Conn, setting: &Setting, by: UserId, now: Moment) -> Result<()> {
    let value = serde_json::to_string(setting).map_err(Error::internal)?;
    let values = (platform_setting::value.eq(&value), platform_setting::updated_at.eq(now), platform_setting::updated_by.eq(Some(by)));
    if diesel::update(platform_setting::table.find(NAME)).set(values).execute(conn)? == 0 {
        diesel::insert_into(platform_setting::table).values((platform_setting::name.eq(NAME), values)).execute(conn)?;
    }
    Ok(())
}
