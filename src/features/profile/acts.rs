//! Starting a profile, and saying that it is still right.

use super::model;
use crate::access::Scope;
use crate::access::audit::Fields;
use crate::db::Conn;
use crate::db::dialect;
use crate::db::ids::ProfileId;
use crate::db::schema::{business_profile, partner_account};
use crate::domain::profile::{Content, State};
use crate::error::{Error, Result};
use diesel::prelude::*;

/// Starts the profile of a country with the account's name; `None` where there is one.
pub fn start(scope: &Scope, conn: &mut Conn, country: &str) -> Result<Option<ProfileId>> {
    let id = ProfileId::new();
    let name: String = partner_account::table.find(scope.id()).select(partner_account::name).first(conn)?;
    let draft = model::write(&Content { name, ..Content::default() })?;
    let made = dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(business_profile::table)
            .values((
                business_profile::partner_id.eq(scope.id()),
                business_profile::id.eq(id),
                business_profile::cloud.eq(scope.cloud()),
                business_profile::country.eq(country),
                business_profile::state.eq(State::Draft),
                business_profile::draft.eq(&draft),
                business_profile::created_at.eq(scope.now),
                business_profile::updated_at.eq(scope.now),
                business_profile::updated_by.eq(scope.user()),
                business_profile::confirmed_at.eq(scope.now),
            ))
            .execute(conn)
    })?;
    if !made {
        return Ok(None);
    }
    let profile = model::find(scope, conn, id)?;
    let after = Fields::from_iter([("country".to_owned(), country.into())]);
    model::record(scope, conn, "profile.start", &profile, Fields::new(), after)?;
    Ok(Some(id))
}

/// Somebody has looked, and it is still right.
pub fn confirm(scope: &Scope, conn: &mut Conn, id: ProfileId) -> Result<()> {
    let own = scope.all(business_profile::table).filter(business_profile::id.eq(id));
    let changed = diesel::update(own).set(business_profile::confirmed_at.eq(scope.now)).execute(conn)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let profile = model::find(scope, conn, id)?;
    model::record(scope, conn, "profile.confirm", &profile, Fields::new(), Fields::new())
}
