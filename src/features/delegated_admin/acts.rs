//! Granting, extending and ending rights. Each act is compare-and-set, stands in the log, and
//! tells both sides, in one transaction.

use super::model::{self, Granted};
use crate::access::Scope;
use crate::access::audit::{self, Event, Fields};
use crate::access::may::Role;
use crate::access::outbox::{self, Outgoing};
use crate::clock::{DAY, Moment};
use crate::db::ids::{AdminId, CustomerId, InvitationId, ObjectId};
use crate::db::schema::delegated_admin;
use crate::db::{Conn, dialect};
use crate::domain::letter::Letter;
use crate::domain::relationship::delegated_admin::{DirectoryRole, NotExtended, State, may_extend_itself, roles_text};
use crate::domain::relationship::invitation::Kind;
use crate::error::{Error, Result};
use crate::features::customers::model as customers;
use crate::features::ending::letters as mail;
use crate::features::invitations;
use crate::i18n::Lang;
use diesel::prelude::*;

/// The roles whose bearers hold delegated admin, and are told of it.
pub const PEOPLE: &[Role] = &[Role::AdminAgent];

/// Longest name, and most attempts to find a free one.
const NAME: usize = 50;
const NAMES: usize = 1_000;

/// What the customer approved.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The request, an invitation of [`Kind::DelegatedAdmin`].
    pub invitation: InvitationId,
    pub customer: CustomerId,
    /// Of the requested roles those that the customer grants: all, or some.
    pub roles: Vec<DirectoryRole>,
    /// Who approved, by name.
    pub approved_by: String,
}

/// Grants what the customer approved, from now on for the days that were asked. Once for each
/// request: asked again, it answers the same grant. [`Error::Conflict`] where nothing, or more than
/// was requested, is to be granted, or the relationship is over. Tells both sides.
pub fn grant(scope: &Scope, conn: &mut Conn, grant: &Grant) -> Result<AdminId> {
    let made = scope.all(delegated_admin::table).filter(delegated_admin::invitation_id.eq(grant.invitation));
    if let Some(id) = made.select(delegated_admin::id).first(conn).optional()? {
        return Ok(id);
    }
    let request = invitations::model::find(scope, conn, grant.invitation)?;
    let customer = customers::find(scope, conn, grant.customer)?;
    let asked = request.roles();
    let fits = request.kind == Kind::DelegatedAdmin && grant.roles.iter().all(|role| asked.contains(role)) && !grant.roles.is_empty();
    let Some(days) = request.duration_days.filter(|_| fits && customer.status != crate::domain::CustomerStatus::Ended) else {
        return Err(Error::Conflict);
    };
    let id = AdminId::new();
    let wanted = if request.purpose.trim().is_empty() { &customer.company_name } else { &request.purpose };
    let ends_at = scope.now.plus(days * DAY);
    for number in 1..NAMES {
        let name = numbered(wanted, number);
        let written = dialect::insert_unless_there(conn, |conn| {
            diesel::insert_into(delegated_admin::table)
                .values((
                    delegated_admin::partner_id.eq(scope.id()),
                    delegated_admin::id.eq(id),
                    delegated_admin::customer_id.eq(grant.customer),
                    delegated_admin::invitation_id.eq(grant.invitation),
                    delegated_admin::name.eq(&name),
                    delegated_admin::state.eq(State::Active),
                    delegated_admin::roles.eq(roles_text(&grant.roles)),
                    delegated_admin::duration_days.eq(days),
                    delegated_admin::auto_extend.eq(request.auto_extend && may_extend_itself(&grant.roles)),
                    delegated_admin::starts_at.eq(scope.now),
                    delegated_admin::ends_at.eq(ends_at),
                    delegated_admin::approved_by.eq(&grant.approved_by),
                ))
                .execute(conn)
        })?;
        if written {
            let granted = model::any(scope, conn, id)?;
            tell(scope, conn, &granted, "granted", &grant.approved_by)?;
            let mut after = described(&granted);
            after.insert("roles".into(), roles_text(&grant.roles).into());
            record(scope, conn, "admin.grant", &granted, Fields::new(), after)?;
            return Ok(id);
        }
        // The name is taken, or (PostgreSQL) the same request was granted at this moment.
        let made = scope.all(delegated_admin::table).filter(delegated_admin::invitation_id.eq(grant.invitation));
        if let Some(id) = made.select(delegated_admin::id).first(conn).optional()? {
            return Ok(id);
        }
    }
    Err(Error::Conflict)
}

/// A name of at most [`NAME`] characters; from the second on with its number.
fn numbered(name: &str, number: usize) -> String {
    let tail = if number == 1 { String::new() } else { format!(" {number}") };
    let head: String = name.trim().chars().take(NAME - tail.len()).collect();
    format!("{}{tail}", head.trim_end())
}

/// Extends by six months. Says why not, where not; [`Error::Conflict`] where somebody was faster.
pub fn extend(scope: &Scope, conn: &mut Conn, id: AdminId, person: &str) -> Result<Result<Moment, NotExtended>> {
    let before = model::any(scope, conn, id)?;
    let ends_at = match before.extension(scope.now) {
        Ok(ends_at) => ends_at,
        Err(why) => return Ok(Err(why)),
    };
    // A new end, and so new reminders.
    let row = unchanged(scope, &before);
    let set = (
        delegated_admin::ends_at.eq(ends_at),
        delegated_admin::reminded_days.eq(999),
        delegated_admin::version.eq(before.admin.version + 1),
    );
    only_one(diesel::update(row).set(set).execute(conn)?)?;
    let after = model::any(scope, conn, id)?;
    tell(scope, conn, &after, "extended", person)?;
    record(scope, conn, "admin.extend", &after, described(&before), described(&after))?;
    Ok(Ok(ends_at))
}

/// Switches automatic extension; whether that is allowed and the rights still hold.
pub fn extend_itself(scope: &Scope, conn: &mut Conn, id: AdminId, on: bool) -> Result<bool> {
    let before = model::any(scope, conn, id)?;
    if before.admin.auto_extend == on {
        return Ok(true);
    }
    if before.rights(scope.now).is_empty() || (on && !may_extend_itself(&before.admin.roles())) {
        return Ok(false);
    }
    let set = (delegated_admin::auto_extend.eq(on), delegated_admin::version.eq(before.admin.version + 1));
    only_one(diesel::update(unchanged(scope, &before)).set(set).execute(conn)?)?;
    let fields =
        |on: bool| Fields::from_iter([("name".to_owned(), before.admin.name.as_str().into()), ("auto_extend".to_owned(), on.into())]);
    record(scope, conn, "admin.auto_extend", &before, fields(!on), fields(on))?;
    Ok(true)
}

/// Who ends rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Partner,
    Customer,
}

/// Ends rights now; whether they still held. The relationship goes on.
pub fn end(scope: &Scope, conn: &mut Conn, id: AdminId, by: By, person: &str) -> Result<bool> {
    let before = model::any(scope, conn, id)?;
    if before.rights(scope.now).is_empty() {
        return Ok(false);
    }
    let (ended_by, what) = match by {
        By::Partner => ("partner", "ended_by_partner"),
        By::Customer => ("customer", "ended_by_customer"),
    };
    let row = unchanged(scope, &before);
    only_one(diesel::update(row).set(ended(scope, scope.now, ended_by)).execute(conn)?)?;
    let after = model::any(scope, conn, id)?;
    tell(scope, conn, &after, what, person)?;
    let mut fields = described(&after);
    fields.insert("ended_by".into(), ended_by.into());
    fields.insert("person".into(), person.into());
    record(scope, conn, "admin.end", &after, described(&before), fields)?;
    Ok(true)
}

/// The customer withdraws rights at once: one grant, or all that hold. How many.
pub fn withdraw_by_customer(scope: &Scope, conn: &mut Conn, customer: CustomerId, only: Option<AdminId>, person: &str) -> Result<i64> {
    let all = model::of_customer(scope, conn, customer)?;
    let mut done = 0;
    for granted in all.iter().filter(|granted| only.is_none_or(|id| id == granted.admin.id)) {
        done += i64::from(end(scope, conn, granted.admin.id, By::Customer, person)?);
    }
    Ok(done)
}

/// Rights end with their relationship, at its moment; its letter says so. What time had ended
/// before stays as it was.
pub fn end_with_relationship(scope: &Scope, conn: &mut Conn, customer: CustomerId, at: Moment) -> Result<()> {
    for before in model::of_customer(scope, conn, customer)? {
        if before.admin.state == State::Ended || before.admin.ends_at <= at {
            continue;
        }
        only_one(diesel::update(unchanged(scope, &before)).set(ended(scope, at, "relationship")).execute(conn)?)?;
        let after = model::any(scope, conn, before.admin.id)?;
        let mut fields = described(&after);
        fields.insert("ended_by".into(), "relationship".into());
        record(scope, conn, "admin.end", &after, described(&before), fields)?;
    }
    Ok(())
}

/// What an end at a moment writes.
#[derive(AsChangeset)]
#[diesel(table_name = delegated_admin)]
struct Ended {
    state: State,
    ends_at: Moment,
    ended_at: Option<Moment>,
    ended_by: &'static str,
    auto_extend: bool,
}

fn ended(scope: &Scope, at: Moment, ended_by: &'static str) -> Ended {
    Ended { state: State::Ended, ends_at: at, ended_at: Some(scope.now), ended_by, auto_extend: false }
}

type Unchanged = diesel::dsl::Filter<
    diesel::dsl::Filter<
        diesel::dsl::Filter<delegated_admin::table, diesel::dsl::Eq<delegated_admin::partner_id, crate::db::ids::PartnerId>>,
        diesel::dsl::Eq<delegated_admin::id, AdminId>,
    >,
    diesel::dsl::Eq<delegated_admin::version, i64>,
>;

/// The row, if nobody has changed it since it was read.
fn unchanged(scope: &Scope, granted: &Granted) -> Unchanged {
    let row = scope.all(delegated_admin::table).filter(delegated_admin::id.eq(granted.admin.id));
    row.filter(delegated_admin::version.eq(granted.admin.version))
}

fn only_one(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// A letter to both sides: to whoever approved, and to this partner's people, whose letter has
/// the path of the page.
pub(super) fn both_sides(
    scope: &Scope,
    conn: &mut Conn,
    granted: &Granted,
    letter: impl Fn(String, Option<String>) -> Letter,
) -> Result<()> {
    let (slug, partner) = mail::own(scope, conn)?;
    let request = invitations::model::find(scope, conn, granted.admin.invitation_id)?;
    let answer = invitations::model::answer(scope, conn, granted.admin.invitation_id)?;
    let customer = customers::find(scope, conn, granted.admin.customer_id)?;
    // The person who approved; without an answer on record, whom the customer account names.
    let (to, to_name, lang) = match &answer {
        Some(answer) if !answer.email.is_empty() => (answer.email.clone(), answer.name.clone(), request.lang()),
        _ => (customer.contact_email.clone(), customer.contact_name(), Lang::from_text(&customer.language).unwrap_or(Lang::En)),
    };
    if !to.is_empty() {
        let letter = letter(partner.clone(), None);
        let subject = Some(granted.admin.id.uuid());
        let mail = Outgoing { partner: Some(scope.id()), subject, to: &to, to_name: &to_name, lang, letter: &letter };
        outbox::post(conn, scope.now, &mail)?;
    }
    let path = super::tab_href(&slug, granted.admin.customer_id);
    mail::to_people(scope, conn, &customer, PEOPLE, &letter(partner, Some(path)))
}

fn tell(scope: &Scope, conn: &mut Conn, granted: &Granted, what: &str, person: &str) -> Result<()> {
    both_sides(scope, conn, granted, |partner, path| Letter::AccessChanged {
        what: what.to_owned(),
        partner,
        company: granted.company.clone(),
        name: granted.admin.name.clone(),
        roles: granted.admin.roles().iter().map(|role| role.as_str().to_owned()).collect(),
        ends_at: granted.ends_at().micros(),
        person: person.to_owned(),
        path,
    })
}

/// What the log says of a grant.
fn described(granted: &Granted) -> Fields {
    Fields::from_iter([
        ("name".to_owned(), granted.admin.name.as_str().into()),
        ("ends_at".to_owned(), granted.admin.ends_at.rfc3339().into()),
    ])
}

/// An event on the customer's page.
fn record(scope: &Scope, conn: &mut Conn, action: &str, granted: &Granted, before: Fields, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(granted.admin.customer_id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "customer", object, before, after }).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn a_second_grant_of_one_name_gets_a_number_and_stays_short_enough() {
        assert_eq!(numbered(" Support ", 1), "Support");
        assert_eq!(numbered("Support", 2), "Support 2");
        let long = "é".repeat(80);
        assert_eq!(numbered(&long, 1).chars().count(), 50);
        assert_eq!(numbered(&long, 12).chars().count(), 50);
        assert!(numbered(&long, 12).ends_with(" 12"));
    }
}
