//! What the directory counts: for its own pages, and for the contact form. A lead is
//! counted where it is left (`access::insight::note`).

use crate::access::Visitor;
pub use crate::access::insight::Listed;
pub use crate::domain::insight::Seen;
use crate::domain::insight::is_program;

/// Counts what somebody saw of listings or did with them; what an obvious program reads is not
/// counted.
pub fn count(visitor: &Visitor, seen: Seen, listed: impl IntoIterator<Item = Listed>) {
    if !is_program(&visitor.user_agent) {
        visitor.app().count_seen(seen, listed);
    }
}
