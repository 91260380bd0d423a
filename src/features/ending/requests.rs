//! An indirect reseller asks its provider to end; the provider answers by ending or with a reason.

use super::acts::{Outcome, record};
use super::letters::{self, Notice};
use super::model;
use crate::access::Scope;
use crate::access::audit::Fields;
use crate::db::ids::{CustomerId, EndRequestId};
use crate::db::schema::end_request;
use crate::db::{Conn, dialect};
use crate::domain::CustomerStatus;
use crate::error::{Error, Result};
use crate::features::customers::model as customers;
use diesel::prelude::*;

/// Asks the provider of a shared customer to end the relationship: a row of the provider's, and a
/// letter to its people. Refused where there is no such provider or the same is asked already.
pub fn ask(scope: &Scope, conn: &mut Conn, id: CustomerId, person: &str, reason: &str) -> Result<Outcome> {
    let (reseller, name) = (scope.id(), letters::own(scope, conn)?.1);
    let fields = || Fields::from_iter([("person".to_owned(), person.into()), ("note".to_owned(), reason.into())]);
    // The provider's side first, so that both take the two logs in the same order.
    let asked = scope.for_counterpart(conn, id, |scope, conn, theirs| {
        let customer = customers::find(scope, conn, theirs)?;
        if customer.status == CustomerStatus::Ended {
            return Ok(false);
        }
        let written = dialect::insert_unless_there(conn, |conn| {
            diesel::insert_into(end_request::table)
                .values((
                    end_request::partner_id.eq(scope.id()),
                    end_request::id.eq(EndRequestId::new()),
                    end_request::reseller_id.eq(reseller),
                    end_request::customer_id.eq(theirs),
                    end_request::person.eq(person),
                    end_request::reason.eq(reason),
                    end_request::state.eq("open"),
                    end_request::created_at.eq(scope.now),
                ))
                .execute(conn)
        })?;
        if written {
            let mut after = fields();
            after.insert("reseller".into(), name.as_str().into());
            record(scope, conn, "relationship.asked", theirs, Fields::new(), after)?;
            letters::notice(scope, conn, &customer, &Notice { what: "end_asked", who: &name, ends_at: None, note: reason })?;
        }
        Ok(written)
    })?;
    if asked != Some(true) {
        return Ok(Outcome::Refused);
    }
    record(scope, conn, "relationship.ask", id, Fields::new(), fields())?;
    Ok(Outcome::Done)
}

/// Answers a request: done by an end, or refused with a reason. Compare-and-set.
fn answer(scope: &Scope, conn: &mut Conn, request: EndRequestId, state: &str, text: &str) -> Result<bool> {
    let row = scope.all(end_request::table).filter(end_request::id.eq(request)).filter(end_request::state.eq("open"));
    let set = (end_request::state.eq(state), end_request::answer.eq(text), end_request::answered_at.eq(Some(scope.now)));
    Ok(diesel::update(row).set(set).execute(conn)? == 1)
}

/// The provider ends what its reseller asked it to end.
pub fn answered(scope: &Scope, conn: &mut Conn, id: CustomerId) -> Result<()> {
    let Some(reseller) = customers::find(scope, conn, id)?.counterpart_id else { return Ok(()) };
    if let Some(open) = model::open_request(scope, conn, id, reseller)? {
        answer(scope, conn, open.id, "done", "")?;
    }
    Ok(())
}

/// The provider refuses, and the reseller is told why.
pub fn refuse(scope: &Scope, conn: &mut Conn, request: EndRequestId, text: &str) -> Result<Outcome> {
    let row = model::request(scope, conn, request)?;
    if !answer(scope, conn, request, "refused", text)? {
        return Ok(Outcome::Refused);
    }
    let note = || Fields::from_iter([("note".to_owned(), text.into())]);
    record(scope, conn, "relationship.refuse", row.customer_id, Fields::new(), note())?;
    let provider = letters::own(scope, conn)?.1;
    scope.for_counterpart(conn, row.customer_id, |scope, conn, theirs| {
        let customer = customers::find(scope, conn, theirs)?;
        let mut after = note();
        after.insert("person".into(), provider.as_str().into());
        record(scope, conn, "relationship.refused", theirs, Fields::new(), after)?;
        letters::notice(scope, conn, &customer, &Notice { what: "end_refused", who: &provider, ends_at: None, note: text })
    })?;
    Ok(Outcome::Done)
}

/// A request of an address; what is no id is no page.
pub fn id(text: &str) -> Result<EndRequestId> {
    text.parse().map_err(|()| Error::NotFound)
}
