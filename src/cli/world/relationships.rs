//! What became of relationships in the demonstration's world: rights that hold, end soon and have
//! ended; ends that are done, scheduled and asked for.

use super::Placed;
use super::cast::{DIRECT, PROVIDER, RESELLERS};
use crate::access::audit::Actor;
use crate::access::{App, Scope};
use crate::clock::{DAY, HOUR, Moment};
use crate::db::Conn;
use crate::db::ids::{AdminId, CustomerId, EndingId, InvitationId, UserId};
use crate::db::schema::{customer_account, delegated_admin, ending, invitation, invitation_answer};
use crate::domain::CustomerStatus;
use crate::domain::relationship::delegated_admin::{DirectoryRole, roles_text};
use crate::domain::relationship::ending::{Reason, UNDO};
use crate::error::Result;
use crate::features::customers::model::Customer;
use crate::features::ending::acts::{self, New};
use crate::features::ending::requests;
use diesel::prelude::*;

/// A grant: name, rights, days it was granted for, days until its end, whether it extends itself.
type Grant = (&'static str, &'static [DirectoryRole], i64, i64, bool);

use DirectoryRole::{BillingAdmin, ExchangeAdmin, GlobalAdmin, GlobalReader, HelpdeskAdmin, LicenceAdmin, SecurityAdmin, UserAdmin};

const GRANTS: [Grant; 9] = [
    ("Service desk", &[GlobalReader, HelpdeskAdmin], 365, 240, true),
    ("Mailbox migration", &[ExchangeAdmin, UserAdmin], 60, 5, false),
    ("Licences and billing", &[LicenceAdmin, BillingAdmin], 365, 19, false),
    ("Security review", &[SecurityAdmin, GlobalReader], 90, 27, true),
    ("Emergency access", &[GlobalAdmin], 30, 12, false),
    ("Second-line support", &[HelpdeskAdmin, UserAdmin, LicenceAdmin], 730, 700, false),
    ("Onboarding", &[UserAdmin, LicenceAdmin], 90, 61, false),
    ("Tenant assessment", &[GlobalReader], 30, -14, false),
    ("Holiday cover", &[HelpdeskAdmin], 45, -95, false),
];

/// After the customers: some of them, by the order in which they came.
pub fn write(app: &App, placed: &[Placed]) -> Result<()> {
    for place in [DIRECT, PROVIDER] {
        app.commands().write_as(placed[place].id, |scope, conn| {
            let user = agent(&placed[place]);
            let active = active(scope, conn)?;
            for (grant, customer) in GRANTS.iter().zip(active.iter().step_by(3)) {
                granted(scope, conn, user, customer, grant)?;
            }
            left(scope, conn, user)
        })?;
    }
    app.commands().write_as(placed[DIRECT].id, |scope, conn| ends(scope, conn, agent(&placed[DIRECT])))?;
    app.commands().write_as(placed[RESELLERS[0]].id, |scope, conn| {
        let scope = scope.by(Actor::User(agent(&placed[RESELLERS[0]])));
        let Some(customer) = active(&scope, conn)?.into_iter().next() else { return Ok(()) };
        let person = name(&scope, conn, agent(&placed[RESELLERS[0]]))?;
        let reason = "Le client ferme son agence à la fin du mois et n’a plus besoin de nos services. Merci de mettre fin à la relation.";
        requests::ask(&scope, conn, customer.id, &person, reason).map(|_| ())
    })
}

/// The one of the partner's people who does all this.
fn agent(placed: &Placed) -> UserId {
    let agent = placed.people.iter().find(|(_, roles)| roles.contains("admin_agent"));
    agent.expect("each account has an admin agent").0
}

fn name(scope: &Scope, conn: &mut Conn, user: UserId) -> Result<String> {
    Ok(crate::features::customers::model::member_name(scope, conn, user)?.unwrap_or_default())
}

fn active(scope: &Scope, conn: &mut Conn) -> Result<Vec<Customer>> {
    let active = scope.all(customer_account::table).filter(customer_account::status.eq(CustomerStatus::Active));
    Ok(active.order((customer_account::created_at, customer_account::id)).limit(40).select(Customer::as_select()).load(conn)?)
}

/// A grant with its request and the customer's answer.
fn granted(scope: &Scope, conn: &mut Conn, user: UserId, customer: &Customer, (purpose, roles, days, left, auto): &Grant) -> Result<()> {
    let (id, ends_at) = (InvitationId::new(), scope.now.plus(left * DAY + 3 * HOUR));
    let starts_at = ends_at.plus(-days * DAY);
    let asked = starts_at.plus(-2 * DAY);
    let last: Option<i64> =
        scope.all(invitation::table).order(invitation::number.desc()).select(invitation::number).first(conn).optional()?;
    diesel::insert_into(invitation::table)
        .values((
            (
                invitation::partner_id.eq(scope.id()),
                invitation::id.eq(id),
                invitation::cloud.eq(scope.cloud()),
                invitation::number.eq(last.unwrap_or(0) + 1),
                invitation::kind.eq("delegated_admin"),
                invitation::state.eq("accepted"),
                invitation::open_link.eq(false),
                invitation::recipient_name.eq(customer.contact_name()),
                invitation::recipient_email.eq(&customer.contact_email),
                invitation::company.eq(&customer.company_name),
                invitation::company_key.eq(&customer.name_key),
                invitation::customer_id.eq(Some(customer.id)),
                invitation::language.eq(if customer.language == "fr" { "fr" } else { "en" }),
            ),
            (
                invitation::purpose.eq(purpose),
                invitation::note.eq(""),
                invitation::message.eq(""),
                invitation::roles.eq(roles_text(roles)),
                invitation::duration_days.eq(Some(days)),
                invitation::auto_extend.eq(auto),
                invitation::generation.eq(1),
                invitation::created_by.eq(user),
                invitation::created_at.eq(asked),
                invitation::sent_at.eq(Some(asked)),
                invitation::expires_at.eq(Some(asked.plus(90 * DAY))),
                invitation::answered_at.eq(Some(starts_at)),
            ),
        ))
        .execute(conn)?;
    let admin = AdminId::new();
    diesel::insert_into(invitation_answer::table)
        .values((
            invitation_answer::partner_id.eq(scope.id()),
            invitation_answer::invitation_id.eq(id),
            invitation_answer::accepted.eq(true),
            invitation_answer::name.eq(customer.contact_name()),
            invitation_answer::role.eq(""),
            invitation_answer::email.eq(&customer.contact_email),
            invitation_answer::reason.eq(""),
            invitation_answer::parts.eq(roles_text(roles)),
            invitation_answer::mismatch.eq(false),
            invitation_answer::facts.eq(""),
            invitation_answer::organisation_id.eq(Some(customer.organisation_id)),
            invitation_answer::result_id.eq(Some(crate::db::ids::ObjectId::from_uuid(admin.uuid()))),
            invitation_answer::answered_at.eq(starts_at),
        ))
        .execute(conn)?;
    // What is over, or was told before today, is not told again.
    let reminded: i64 = match left {
        ..=0 => 0,
        1..=7 => 7,
        8..=30 => 30,
        _ => 999,
    };
    diesel::insert_into(delegated_admin::table)
        .values((
            delegated_admin::partner_id.eq(scope.id()),
            delegated_admin::id.eq(admin),
            delegated_admin::customer_id.eq(customer.id),
            delegated_admin::invitation_id.eq(id),
            delegated_admin::name.eq(purpose),
            delegated_admin::state.eq("active"),
            delegated_admin::roles.eq(roles_text(roles)),
            delegated_admin::duration_days.eq(days),
            delegated_admin::auto_extend.eq(auto),
            delegated_admin::starts_at.eq(starts_at),
            delegated_admin::ends_at.eq(ends_at),
            delegated_admin::approved_by.eq(customer.contact_name()),
            delegated_admin::reminded_days.eq(reminded),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whoever had left before today did so for a reason, on a day.
fn left(scope: &Scope, conn: &mut Conn, user: UserId) -> Result<()> {
    let gone: Vec<(CustomerId, Moment)> = scope
        .all(customer_account::table)
        .filter(customer_account::status.eq(CustomerStatus::Ended))
        .order(customer_account::id)
        .select((customer_account::id, customer_account::activity_at))
        .load(conn)?;
    let person = name(scope, conn, user)?;
    for ((id, at), reason) in gone.into_iter().zip(Reason::ALL.iter().filter(|reason| **reason != Reason::Other).cycle()) {
        diesel::insert_into(ending::table)
            .values((
                ending::partner_id.eq(scope.id()),
                ending::id.eq(EndingId::new()),
                ending::customer_id.eq(id),
                ending::state.eq("ended"),
                ending::asked_by.eq("partner"),
                ending::person.eq(&person),
                ending::user_id.eq(Some(user)),
                ending::reason.eq(reason),
                ending::note.eq(""),
                ending::was.eq(CustomerStatus::Active),
                ending::created_at.eq(at),
                ending::ends_at.eq(at),
                ending::ended_at.eq(Some(at)),
                ending::undo_until.eq(Some(at.plus(UNDO))),
            ))
            .execute(conn)?;
        diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(id)))
            .set(customer_account::ends_at.eq(Some(at)))
            .execute(conn)?;
    }
    Ok(())
}

/// One end from today, and one that is scheduled.
fn ends(scope: &Scope, conn: &mut Conn, user: UserId) -> Result<()> {
    let scope = scope.by(Actor::User(user));
    let person = name(&scope, conn, user)?;
    let mut last = active(&scope, conn)?.into_iter().rev();
    let decided = [
        (Reason::MovesOn, "Thank you for four good years. Your new partner may call us at any time.", None),
        (Reason::CompanyClosed, "", Some(scope.now.plus(18 * DAY))),
    ];
    for (reason, note, ends_at) in decided {
        let Some(customer) = last.next() else { continue };
        acts::end(&scope, conn, customer.id, &New { person: person.clone(), reason, note: note.into(), ends_at })?;
    }
    Ok(())
}
