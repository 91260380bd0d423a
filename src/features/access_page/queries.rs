//! What the access page reads of one partner, behind that partner's wall.

use crate::access::Scope;
use crate::access::audit::{self, Shown};
use crate::db::Conn;
use crate::db::ids::{CustomerId, ObjectId};
use crate::error::Result;
use crate::features::customers::model::{self as customers, Customer, counterpart_name};
use crate::features::delegated_admin::model::{self as admins, Granted};
use crate::features::ending::model::{self as endings, Ending};

/// One partner's account of the organisation.
#[derive(Debug, Clone)]
pub struct Account {
    pub customer: Customer,
    /// The provider or reseller that shares it.
    pub counterpart: Option<String>,
    pub rights: Vec<Granted>,
    pub ending: Option<Ending>,
}

pub fn account(scope: &Scope, conn: &mut Conn, id: CustomerId) -> Result<Account> {
    let customer = customers::find(scope, conn, id)?;
    Ok(Account {
        counterpart: customer.counterpart_id.map(|id| counterpart_name(conn, id)).transpose()?.flatten(),
        rights: admins::of_customer(scope, conn, id)?,
        ending: endings::open(scope, conn, id)?,
        customer,
    })
}

/// Events of a partner's log that concern the organisation: what was done with its account and its
/// rights. How the partner organises its own work (tags, notes, owner, exports) is not among them.
const TOLD: &[&str] = &[
    "customer.add",
    "customer.join",
    "customer.edit",
    "customer.agreement",
    "customer.password_link",
    "relationship.schedule",
    "relationship.end",
    "relationship.call_off",
    "relationship.undo",
    "relationship.return",
    "admin.grant",
    "admin.extend",
    "admin.auto_extend",
    "admin.end",
];

/// The partner's own name for the customer stays with the partner.
const OWN_FIELDS: &[&str] = &["alias", "owner", "tags", "note"];

/// What this partner did, newest first, before a number.
pub fn activity(scope: &Scope, conn: &mut Conn, id: CustomerId, before: Option<i64>, limit: i64) -> Result<Vec<Shown>> {
    let mut events = audit::about(scope, conn, ObjectId::from_uuid(id.uuid()), TOLD, before, limit)?;
    for event in &mut events {
        for field in OWN_FIELDS {
            event.before.remove(*field);
            event.after.remove(*field);
        }
    }
    Ok(events)
}
