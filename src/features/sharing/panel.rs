//! On a referral's page: the partners that were asked about it, or the one that asks.

use super::{href, queries};
use crate::access::Scope;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::ReferralId;
use crate::error::Result;
use crate::features::handover::badge;
use crate::features::referrals::model::Engagement;
use crate::web::page::Page;

/// One partner, where the shared part is, and where it stands.
pub struct Line {
    pub name: String,
    pub href: String,
    pub badge: (&'static str, &'static str),
}

/// The partners that were asked; none for what came from another partner.
pub fn load(scope: &Scope, conn: &mut Conn, referral: ReferralId) -> Result<Vec<(Engagement, String)>> {
    Ok(queries::asked(scope, conn, referral)?)
}

pub fn lines(page: &Page, slug: &str, now: Moment, asked: &[(Engagement, String)]) -> Vec<Line> {
    let line = |(one, name): &(Engagement, String)| {
        let state = one.state.at(one.expires_at, now);
        Line { name: name.clone(), href: href(slug, one.id), badge: (badge(state), page.word("shared-state", state.as_str())) }
    };
    asked.iter().map(line).collect()
}
