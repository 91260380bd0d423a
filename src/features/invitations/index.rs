//! What the search index knows of an invitation: which fields are searched, which filters exist.

use super::model::{self, Invitation};
use crate::access::tenant::Tenant;
use crate::db::ids::InvitationId;
use crate::db::search::{self, Doc, Facet};
use crate::db::{Conn, DbResult};

/// The filters of the list and the number of each in the index; numbers never change their
/// meaning once an index holds them.
pub const FILTERS: &[&str] = &["state", "kind", "sender", "language", "link"];

/// A filter's facet.
pub fn facet(filter: &str, value: impl Into<String>) -> Facet {
    let number = FILTERS.iter().position(|known| *known == filter).expect("a declared filter");
    Facet::new(number as u8 + 1, value)
}

/// Recipient, address, company and purpose are what the one search box looks in.
pub fn doc(row: &Invitation) -> Doc {
    let facets = vec![
        facet("state", row.stored().as_str()),
        facet("kind", row.kind.as_str()),
        facet("sender", row.created_by.to_string()),
        facet("language", row.lang().as_str()),
        facet("link", if row.open_link { "open" } else { "personal" }),
    ];
    Doc::new(&[&row.recipient_name, &row.company], &[&row.recipient_email, &row.purpose], facets)
}

/// Brings the index up to date with an invitation's row; every act that changes its state or its
/// content calls this.
pub fn refresh(tenant: &Tenant, conn: &mut Conn, id: InvitationId) -> DbResult<()> {
    let row = model::find(tenant, conn, id)?;
    search::invitations::put(conn, tenant, row.number, &doc(&row))
}
