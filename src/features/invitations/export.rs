//! The list as CSV, XLSX and JSON: the same query string as the page, streamed piece by piece.

use super::handlers::state;
use super::list::{self, Row};
use super::queries;
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::ExportCustomers;
use crate::clock::Moment;
use crate::db::search::invitations::Window;
use crate::error::Result;
use crate::web::export::{self, Format};
use actix_web::{HttpRequest, HttpResponse};

/// The columns, interfaces rather than texts, so the same in every language.
const HEAD: [&str; 16] = [
    "Number",
    "Recipient",
    "Email",
    "Company",
    "Kind",
    "Provider",
    "State",
    "Created",
    "By",
    "Sent",
    "Reminded",
    "Opened",
    "Expires",
    "Answered",
    "Language",
    "Purpose",
];

/// `GET /p/{account}/invitations.{csv,xlsx,json}`
pub async fn download(who: Can<ExportCustomers>, req: HttpRequest) -> Result<HttpResponse> {
    who.must(Action::ViewInvitations, Relationship::None)?;
    let format = Format::of(req.path(), req.query_string());
    let mut state = state(req.query_string(), &who.preferences);
    state.cursor = None;
    let (reader, now) = (who.reader(), who.now());
    let asked = list::asked(&state, now);
    let pieces = export::pieces(list::window(&state, 1_000), move |window| {
        let rows = reader.read(|scope, conn| Ok(queries::rows(scope, conn, asked.as_ref(), &window)?))?;
        let last = rows.last().filter(|_| rows.len() as i64 >= window.limit);
        let next = last.map(|last| Window { after: Some(last.place(window.order)), ..window });
        Ok((rows.iter().map(|row| line(row, now)).collect(), next))
    });
    export::stream("invitations", format, HEAD.to_vec(), pieces).await
}

fn line(row: &Row, now: Moment) -> Vec<String> {
    let at = |moment: Option<Moment>| moment.map(Moment::rfc3339).unwrap_or_default();
    vec![
        row.number.to_string(),
        row.recipient_name.clone(),
        row.recipient_email.clone(),
        row.company.clone(),
        if row.open_link { "open_link".to_owned() } else { row.kind.as_str().to_owned() },
        row.provider.clone().unwrap_or_default(),
        row.shown(now).as_str().to_owned(),
        row.created_at.rfc3339(),
        row.sender.clone().unwrap_or_default(),
        at(row.sent_at),
        at(row.reminded_at),
        at(row.opened_at),
        at(row.ends_at()),
        at(row.answered_at),
        row.language.clone(),
        row.purpose.clone(),
    ]
}
