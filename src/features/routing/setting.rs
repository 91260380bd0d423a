//! What operators set of routing: one of the platform's settings.

use crate::access::settings;
use crate::db::Conn;
use crate::domain::routing::Setting;
use crate::error::{Error, Result};

/// Its name there.
pub const NAME: &str = "routing";

/// The setting in force; the default where nobody has set one.
pub fn load(conn: &mut Conn) -> Result<Setting> {
    settings::get(conn, NAME)?.map_or_else(|| Ok(Setting::default()), |text| serde_json::from_str(&text).map_err(Error::internal))
}
