//! The list as CSV, XLSX and JSON: the same query string as the page, streamed piece by piece.

use super::handlers::state;
use super::list::{self, Row};
use super::queries;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::ExportCustomers;
use crate::access::{Can, Reader};
use crate::clock::Moment;
use crate::db::search::invitations::{Asked, Window};
use crate::error::Result;
use crate::web::export::{self, Format, Table};
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
    let now = who.now();
    let pieces = Pieces { reader: who.reader(), asked: list::asked(&state, now), window: list::window(&state, 1_000), now, done: false };
    export::stream("invitations", format, pieces).await
}

/// The pieces of one export, each after the last row of the one before.
struct Pieces {
    reader: Reader,
    asked: Option<Asked>,
    window: Window,
    now: Moment,
    done: bool,
}

impl Table for Pieces {
    fn head(&self) -> Vec<String> {
        HEAD.map(str::to_owned).to_vec()
    }

    fn piece(&mut self) -> Result<Vec<Vec<String>>> {
        if self.done {
            return Ok(Vec::new());
        }
        let (asked, window) = (self.asked.clone(), self.window.clone());
        let rows = self.reader.read(move |scope, conn| Ok(queries::rows(scope, conn, asked.as_ref(), &window)?))?;
        self.done = (rows.len() as i64) < self.window.limit;
        self.window.after = rows.last().map(|last| last.place(self.window.order));
        Ok(rows.iter().map(|row| line(row, self.now)).collect())
    }
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
