//! What changes a customer: each act with its audit event and the search index, in one transaction.

use super::queries;
use super::section::{self, Record, Section, Values};
use crate::access::Scope;
use crate::access::audit::{self, Event, Fields};
use crate::access::may::Because;
use crate::db::Conn;
use crate::db::ids::{CustomerId, NoteId, ObjectId, TagId, UserId};
use crate::db::schema::{customer_account, customer_note, customer_tag};
use crate::domain::{CustomerStatus, collation};
use crate::error::{Error, Result};
use crate::features::customer_new::{self, forms::Attestation};
use crate::features::customers::model::Customer;
use crate::features::customers::{index, model};
use diesel::prelude::*;

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Changed,
    /// Everything already was as wanted; nothing was written.
    Unchanged,
    /// Somebody else saved first; nothing was written.
    Stale,
}

/// What an audit event about this customer names.
pub fn object(id: CustomerId) -> ObjectId {
    ObjectId::from_uuid(id.uuid())
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, id: CustomerId, before: Fields, after: Fields) -> Result<()> {
    let event = Event { action, object_kind: "customer", object: Some(object(id)), before, after };
    audit::record(scope, conn, &event).map(|_| ())
}

/// Records that the customer accepted the agreement.
pub fn attest(scope: &Scope, conn: &mut Conn, user: UserId, id: CustomerId, attestation: &Attestation) -> Result<()> {
    use customer_account as c;
    let before = changeable(queries::record(scope, conn, id)?)?.customer.agreed_on.unwrap_or_default();
    let day = attestation.agreed_on.to_string();
    diesel::update(scope.all(c::table).filter(c::id.eq(id)))
        .set((c::agreed_on.eq(Some(&day)), c::activity_at.eq(scope.now), c::version.eq(c::version + 1)))
        .execute(conn)?;
    customer_new::acts::attest(scope, conn, user, id, attestation)?;
    let fields = |value: String| Fields::from_iter([("agreed_on".to_owned(), value.into())]);
    record(scope, conn, "customer.agreement", id, fields(before), fields(day))?;
    Ok(index::refresh(scope, conn, id)?)
}

/// Saves a section whose values are checked, if the customer is still the version shown.
pub fn save(scope: &Scope, conn: &mut Conn, id: CustomerId, shown: i64, section: Section, values: &Values) -> Result<Saved> {
    let before = changeable(queries::record(scope, conn, id)?)?;
    let changed: Vec<(&'static str, &String)> = section
        .fields()
        .iter()
        .filter_map(|field| Some((*field, values.get(field)?)))
        .filter(|(field, value)| before.value(field) != **value)
        .collect();
    if changed.is_empty() {
        return Ok(Saved::Unchanged);
    }
    let mut after = before.customer.clone();
    for (field, value) in &changed {
        section::put(&mut after, field, value);
    }
    if before.customer.version != shown || !replace(scope, conn, shown, &after)? {
        return Ok(Saved::Stale);
    }
    match section {
        Section::Labels => label(scope, conn, &before, &after, values)?,
        _ => {
            let was = changed.iter().map(|(field, _)| ((*field).to_owned(), before.value(field).into())).collect();
            let now = changed.iter().map(|(field, value)| ((*field).to_owned(), (*value).clone().into())).collect();
            record(scope, conn, "customer.edit", id, was, now)?;
        }
    }
    index::refresh(scope, conn, id)?;
    Ok(Saved::Changed)
}

/// Compare and set: whether the row still was the version shown.
fn replace(scope: &Scope, conn: &mut Conn, shown: i64, after: &Customer) -> Result<bool> {
    use customer_account as c;
    let row = scope.all(c::table).filter(c::id.eq(after.id)).filter(c::version.eq(shown));
    let rows = diesel::update(row)
        .set((
            c::company_name.eq(&after.company_name),
            c::name_key.eq(collation::sort_key(&after.company_name)),
            c::registration_number.eq(&after.registration_number),
            c::phone.eq(&after.phone),
            c::address1.eq(&after.address1),
            c::address2.eq(&after.address2),
            c::city.eq(&after.city),
            c::state.eq(&after.state),
            c::postal_code.eq(&after.postal_code),
            c::contact_first.eq(&after.contact_first),
            c::contact_middle.eq(&after.contact_middle),
            c::contact_last.eq(&after.contact_last),
            c::contact_email.eq(&after.contact_email),
            c::language.eq(&after.language),
            c::alias.eq(&after.alias),
            c::owner_id.eq(after.owner_id),
            c::activity_at.eq(scope.now),
            c::version.eq(shown + 1),
        ))
        .execute(conn)?;
    Ok(rows == 1)
}

/// The tags' rows, and the events of what changed; owner and tags are logged by their names.
fn label(scope: &Scope, conn: &mut Conn, before: &Record, after: &Customer, values: &Values) -> Result<()> {
    let id = after.id;
    let (mut was, mut now) = (Fields::new(), Fields::new());
    if before.customer.alias != after.alias {
        was.insert("alias".into(), before.customer.alias.clone().into());
        now.insert("alias".into(), after.alias.clone().into());
    }
    if before.customer.owner_id != after.owner_id {
        was.insert("owner".into(), member(scope, conn, before.customer.owner_id)?.into());
        now.insert("owner".into(), member(scope, conn, after.owner_id)?.into());
    }
    if !was.is_empty() {
        record(scope, conn, "customer.labels", id, was, now)?;
    }
    let Some(wanted) = values.get("tags") else {
        return Ok(());
    };
    let (removed, added) = tag(scope, conn, before, id, wanted)?;
    if removed.is_empty() && added.is_empty() {
        return Ok(());
    }
    let one = |names: Vec<String>| Fields::from_iter([("tags".to_owned(), names.join(", ").into())]);
    record(scope, conn, "customer.tags", id, one(removed), one(added))
}

/// A member's name for the log; nobody is the empty text.
fn member(scope: &Scope, conn: &mut Conn, id: Option<UserId>) -> Result<String> {
    match id {
        Some(id) => model::member_name(scope, conn, id)?.ok_or(Error::NotFound),
        None => Ok(String::new()),
    }
}

/// Brings the tags to those wanted; the names taken off and put on.
fn tag(scope: &Scope, conn: &mut Conn, before: &Record, id: CustomerId, wanted: &str) -> Result<(Vec<String>, Vec<String>)> {
    let wanted: Vec<TagId> = wanted.split(' ').filter_map(|one| one.parse().ok()).collect();
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for tag in before.tags.iter().filter(|tag| !wanted.contains(&tag.id)) {
        let row = scope.all(customer_tag::table).filter(customer_tag::customer_id.eq(id)).filter(customer_tag::tag_id.eq(tag.id));
        diesel::delete(row).execute(conn)?;
        removed.push(tag.name.clone());
    }
    let known = model::all_tags(scope, conn)?;
    for tag in known.into_iter().filter(|tag| wanted.contains(&tag.id) && !before.tags.iter().any(|one| one.id == tag.id)) {
        let values = (customer_tag::partner_id.eq(scope.id()), customer_tag::customer_id.eq(id), customer_tag::tag_id.eq(tag.id));
        diesel::insert_into(customer_tag::table).values(values).execute(conn)?;
        added.push(tag.name);
    }
    Ok((removed, added))
}

/// A former customer's record is for reading: asked once more in the transaction of the change.
fn changeable(record: Record) -> Result<Record> {
    if record.customer.status == CustomerStatus::Ended { Err(Error::NotAllowed(Because::Ended)) } else { Ok(record) }
}

/// Something happened to the customer beside its own fields. `NotFound` where it isn't the tenant's.
fn touch(scope: &Scope, conn: &mut Conn, id: CustomerId) -> Result<()> {
    changeable(queries::record(scope, conn, id)?)?;
    diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(id)))
        .set(customer_account::activity_at.eq(scope.now))
        .execute(conn)?;
    Ok(index::refresh(scope, conn, id)?)
}

fn body(text: &str) -> Fields {
    Fields::from_iter([("body".to_owned(), text.into())])
}

/// Writes a note.
pub fn add_note(scope: &Scope, conn: &mut Conn, id: CustomerId, text: &str) -> Result<()> {
    use customer_note as n;
    touch(scope, conn, id)?;
    let author = scope.user().ok_or_else(|| Error::internal("a note needs an author"))?;
    diesel::insert_into(n::table)
        .values((
            n::partner_id.eq(scope.id()),
            n::id.eq(NoteId::new()),
            n::customer_id.eq(id),
            n::author_id.eq(author),
            n::body.eq(text),
            n::created_at.eq(scope.now),
            n::updated_at.eq(scope.now),
            n::version.eq(1),
        ))
        .execute(conn)?;
    record(scope, conn, "note.add", id, Fields::new(), body(text))
}

/// Changes a note, if it still is the version shown.
pub fn edit_note(scope: &Scope, conn: &mut Conn, id: CustomerId, note: NoteId, shown: i64, text: &str) -> Result<Saved> {
    use customer_note as n;
    let before = queries::note(scope, conn, id, note)?;
    if before.body == text {
        return Ok(Saved::Unchanged);
    }
    let row = scope.all(n::table).filter(n::customer_id.eq(id)).filter(n::id.eq(note)).filter(n::version.eq(shown));
    let rows = diesel::update(row).set((n::body.eq(text), n::updated_at.eq(scope.now), n::version.eq(shown + 1))).execute(conn)?;
    if rows == 0 {
        return Ok(Saved::Stale);
    }
    touch(scope, conn, id)?;
    record(scope, conn, "note.edit", id, body(&before.body), body(text))?;
    Ok(Saved::Changed)
}

/// Removes a note.
pub fn remove_note(scope: &Scope, conn: &mut Conn, id: CustomerId, note: NoteId) -> Result<()> {
    let before = queries::note(scope, conn, id, note)?;
    let row = scope.all(customer_note::table).filter(customer_note::customer_id.eq(id)).filter(customer_note::id.eq(note));
    diesel::delete(row).execute(conn)?;
    touch(scope, conn, id)?;
    record(scope, conn, "note.remove", id, body(&before.body), Fields::new())
}
