//! Everything held about an organisation, as one archive: itself and its contacts, and of each
//! partner the account, the agreement, the rights, the ends and what was done. A partner's own
//! working notes, tags and owners are the partner's and not in it (docs/decisions/0005).

use super::queries::{self, Account};
use crate::access::Scope;
use crate::access::audit::Shown;
use crate::access::contact::{Contact, Identity};
use crate::access::tenant::Tenant;
use crate::db::Conn;
use crate::db::ids::CustomerId;
use crate::db::schema::{agreement_acceptance, invitation, invitation_answer};
use crate::error::{Error, Result};
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Events of one partner at most: the archive is made in memory.
const EVENTS: i64 = 10_000;

/// What one partner holds.
struct Held {
    account: Account,
    agreements: Vec<Value>,
    invitations: Vec<Value>,
    events: Vec<Shown>,
}

fn held(scope: &Scope, conn: &mut Conn, id: CustomerId) -> Result<Held> {
    Ok(Held {
        account: queries::account(scope, conn, id)?,
        agreements: agreements(scope, conn, id)?,
        invitations: invitations(scope, conn, id)?,
        events: queries::activity(scope, conn, id, None, EVENTS)?,
    })
}

fn agreements(tenant: &Tenant, conn: &mut Conn, id: CustomerId) -> Result<Vec<Value>> {
    type Row = (String, String, String, String, String, String, crate::clock::Moment);
    let rows: Vec<Row> = tenant
        .all(agreement_acceptance::table)
        .filter(agreement_acceptance::customer_id.eq(id))
        .select((
            agreement_acceptance::template,
            agreement_acceptance::agreed_on,
            agreement_acceptance::first_name,
            agreement_acceptance::last_name,
            agreement_acceptance::email,
            agreement_acceptance::phone,
            agreement_acceptance::attested_at,
        ))
        .load(conn)?;
    let value = |(template, agreed_on, first, last, email, phone, at): Row| {
        json!({ "template": template, "agreed_on": agreed_on, "first_name": first, "last_name": last, "email": email, "phone": phone,
            "recorded_at": at.rfc3339() })
    };
    Ok(rows.into_iter().map(value).collect())
}

/// What was asked of the organisation and answered.
fn invitations(tenant: &Tenant, conn: &mut Conn, id: CustomerId) -> Result<Vec<Value>> {
    type Row = (String, String, String, Option<crate::clock::Moment>, bool, String, String, String, crate::clock::Moment);
    let rows: Vec<Row> = tenant
        .all(invitation::table)
        .inner_join(
            invitation_answer::table
                .on(invitation_answer::partner_id.eq(invitation::partner_id).and(invitation_answer::invitation_id.eq(invitation::id))),
        )
        .filter(invitation_answer::result_id.eq(crate::db::ids::ObjectId::from_uuid(id.uuid())))
        .order(invitation_answer::answered_at)
        .limit(1_000)
        .select((
            invitation::kind,
            invitation::recipient_email,
            invitation::message,
            invitation::sent_at,
            invitation_answer::accepted,
            invitation_answer::name,
            invitation_answer::role,
            invitation_answer::parts,
            invitation_answer::answered_at,
        ))
        .load(conn)?;
    let value = |(kind, email, message, sent, accepted, name, role, parts, at): Row| {
        json!({ "kind": kind, "recipient": email, "message": message, "sent_at": sent.map(|at| at.rfc3339()), "accepted": accepted,
            "person": name, "role": role, "parts": parts, "answered_at": at.rfc3339() })
    };
    Ok(rows.into_iter().map(value).collect())
}

impl Held {
    fn json(&self, partner: &str) -> Value {
        let customer = &self.account.customer;
        let rights: Vec<Value> = self
            .account
            .rights
            .iter()
            .map(|granted| {
                let roles: Vec<&str> = granted.admin.roles().iter().map(|role| role.as_str()).collect();
                json!({ "name": granted.admin.name, "roles": roles, "from": granted.admin.starts_at.rfc3339(),
                    "until": granted.ends_at().rfc3339(), "approved_by": granted.admin.approved_by, "ended_by": granted.admin.ended_by })
            })
            .collect();
        let events: Vec<Value> = self
            .events
            .iter()
            .map(|event| {
                json!({ "at": event.at.rfc3339(), "by": event.actor_name, "action": event.action, "before": event.before, "after": event.after })
            })
            .collect();
        json!({
            "partner": partner,
            "shared_with": self.account.counterpart,
            "account": {
                "status": customer.status.as_str(), "source": customer.source.as_str(), "since": customer.created_at.rfc3339(),
                "company_name": customer.company_name, "domain": customer.domain, "country": customer.country,
                "address1": customer.address1, "address2": customer.address2, "city": customer.city, "state": customer.state,
                "postal_code": customer.postal_code, "phone": customer.phone, "registration_number": customer.registration_number,
                "contact": { "name": customer.contact_name(), "email": customer.contact_email, "language": customer.language },
                "agreed_on": customer.agreed_on, "ends_at": customer.ends_at.map(|end| end.rfc3339()),
            },
            "ending": self.account.ending.as_ref().map(|ending| json!({ "ends_at": ending.ends_at.rfc3339(), "by": ending.asked_by.as_str(),
                "person": ending.person, "reason": ending.reason.as_str(), "note": ending.note })),
            "agreements": self.agreements,
            "invitations": self.invitations,
            "delegated_admin": rights,
            "activity": events,
        })
    }
}

fn identity(found: &Identity) -> Value {
    let (name, domain, country, number, since) = &found.own;
    let people: Vec<Value> = found
        .people
        .iter()
        .map(|(name, email, role, since)| json!({ "name": name, "email": email, "role": role, "since": since.rfc3339() }))
        .collect();
    json!({ "legal_name": name, "domain": domain, "country": country, "registration_number": number, "since": since.rfc3339(), "contacts": people })
}

/// `GET /access/archive.zip`
pub async fn download(who: Contact) -> Result<HttpResponse> {
    let own = who.identity().await?;
    let partners = who.read_each(|scope, conn, one| held(scope, conn, one.customer)).await?;
    let readme =
        who.visitor.lang.ta("access-archive-readme", &[("company", who.company.clone().into()), ("date", who.now.rfc3339().into())]);
    let made = web::block(move || {
        let mut files = vec![("README.txt".to_owned(), readme + "\n"), ("organisation.json".to_owned(), format!("{:#}\n", identity(&own)))];
        // Numbered: two partners may have one name, and a name is no safe file name.
        let partner = |(number, (connection, held)): (usize, &(crate::access::contact::Connection, Held))| {
            (format!("partners/{:03}.json", number + 1), format!("{:#}\n", held.json(&connection.name)))
        };
        files.extend(partners.iter().enumerate().map(partner));
        pack(&files)
    });
    let bytes = made.await.map_err(Error::internal)??;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename("comptoir-archive.zip".into())],
    };
    Ok(HttpResponse::Ok().content_type("application/zip").insert_header(disposition).body(bytes))
}

fn pack(files: &[(String, String)]) -> Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).map_err(Error::internal)?;
        archive.write_all(text.as_bytes()).map_err(Error::internal)?;
    }
    Ok(archive.finish().map_err(Error::internal)?.into_inner())
}
