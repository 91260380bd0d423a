//! Changing a draft: one way, whatever is changed, and nothing that another editor saved is lost.

use super::model::{self, Profile};
use crate::access::Scope;
use crate::access::audit::Fields;
use crate::access::keys::sha256;
use crate::config::hex;
use crate::db::Conn;
use crate::db::ids::{LogoId, ProfileId};
use crate::db::schema::business_profile;
use crate::domain::profile::Content;
use crate::error::{Error, Result};
use diesel::prelude::*;
use serde::Serialize;

/// What an editor changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub content: Content,
    pub logo: Option<LogoId>,
}

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Changed,
    Unchanged,
    /// Somebody else has changed the same part since the form was shown.
    Stale,
}

/// What a part of a draft was when a form showed it: one that comes back with another mark is
/// stale. So two editors get in each other's way only where they edit the same part.
pub fn mark(part: &impl Serialize) -> String {
    hex(&sha256(&[serde_json::to_string(part).unwrap_or_default().as_bytes()])[..12])
}

/// Changes the draft; `change` answers whether it may, knowing what is there now.
pub fn change(
    scope: &Scope,
    conn: &mut Conn,
    id: ProfileId,
    action: &str,
    change: impl FnOnce(&mut Draft) -> Result<bool>,
) -> Result<Saved> {
    let profile = model::find(scope, conn, id)?;
    let before = Draft { content: profile.draft.clone(), logo: profile.logo };
    let mut after = before.clone();
    if !change(&mut after)? {
        return Ok(Saved::Stale);
    }
    if before == after {
        return Ok(Saved::Unchanged);
    }
    save(scope, conn, &profile, &after)?;
    let (was, is) = changes(&before, &after);
    model::record(scope, conn, action, &profile, was, is)?;
    Ok(Saved::Changed)
}

/// Writes the draft where its version is still the one that was read.
fn save(scope: &Scope, conn: &mut Conn, profile: &Profile, draft: &Draft) -> Result<()> {
    let own = scope.all(business_profile::table).filter(business_profile::id.eq(profile.id));
    let changed = diesel::update(own.filter(business_profile::version.eq(profile.version)))
        .set((
            business_profile::draft.eq(model::write(&draft.content)?),
            business_profile::logo_id.eq(draft.logo),
            business_profile::updated_at.eq(scope.now),
            business_profile::updated_by.eq(scope.user()),
            business_profile::version.eq(profile.version + 1),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::overtaken()) }
}

/// The changed fields, before and after, for the log.
fn changes(before: &Draft, after: &Draft) -> (Fields, Fields) {
    let (mut was, mut is) = (Fields::new(), Fields::new());
    for (name, old, new) in before.content.differences(&after.content) {
        was.insert(name.to_owned(), old.replace('\n', "; ").into());
        is.insert(name.to_owned(), new.replace('\n', "; ").into());
    }
    if before.logo != after.logo {
        let shown = |logo: Option<LogoId>| logo.map(|logo| logo.to_string()).unwrap_or_default();
        was.insert("logo".to_owned(), shown(before.logo).into());
        is.insert("logo".to_owned(), shown(after.logo).into());
    }
    (was, is)
}
