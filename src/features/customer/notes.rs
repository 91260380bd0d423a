//! What colleagues write about a customer, newest first.

use super::acts::{self, Saved};
use super::edit::{ConflictPage, Row, saved_first};
use super::forms::{number, read_base, write_base};
use super::handlers::page_of;
use super::head::{At, Head};
use super::href;
use super::merge::{self, Keep};
use super::queries::{self, Note};
use super::section::Values;
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{LabelCustomers, Permission, ViewCustomers};
use crate::access::posted::Posted;
use crate::db::ids::{CustomerId, NoteId};
use crate::domain::rule::{Rule, prose};
use crate::error::{Error, Result};
use crate::features::customers::model::Customer;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Notes a page.
const SIZE: i64 = 50;
/// Longest note, in characters.
const MAX: usize = 4_000;
const FIELDS: &[&str] = &["body"];

/// `/p/{account}/customers/{id}/notes`
#[derive(Template)]
#[template(path = "customer/notes.html")]
pub struct NotesPage {
    pub page: Page,
    pub head: Head,
    pub errors: Errors,
    /// The control of the new note, or of the one being edited; `None` for who may not write.
    pub body: Option<Field>,
    pub write_why: Option<String>,
    pub notes: Vec<Line>,
    pub older: Option<String>,
}

impl NotesPage {
    /// Whether one of the notes is a form; then there is none for a new one.
    pub fn is_editing(&self) -> bool {
        self.notes.iter().any(|line| line.editing.is_some())
    }
}

/// One note.
pub struct Line {
    pub id: String,
    pub author: String,
    pub when: String,
    /// When it was last changed, if it was.
    pub edited: Option<String>,
    pub body: String,
    /// Whether this member may change and remove it.
    pub own: bool,
    /// Version and base of the form, where this is the note being edited.
    pub editing: Option<(i64, String)>,
}

/// Where a page of notes begins, and the note to edit.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    before: Option<String>,
    edit: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct NoteForm {
    body: String,
    version: String,
    base: String,
    choose_body: String,
}

/// No fields beside the token and the key.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct NoFields {}

/// What a form in the list shows: the typed text, and the note that it changes.
#[derive(Default)]
struct Typed {
    body: Option<String>,
    edit: Option<NoteId>,
    version: Option<i64>,
    base: Option<Values>,
    errors: Errors,
}

fn note_id(text: &str) -> Result<NoteId> {
    text.parse().map_err(|()| Error::NotFound)
}

fn values(body: &str) -> Values {
    Values::from([("body", body.to_owned())])
}

fn check<P: Permission>(who: &Can<P>, input: &str, errors: &mut Errors) -> String {
    match prose(input, 1, MAX) {
        Ok(text) => text,
        Err(Rule::Required) => {
            errors.message(who.user.lang, "body", "customer-note-empty");
            input.to_owned()
        }
        Err(rule) => {
            errors.rule(who.user.lang, "body", &rule);
            input.to_owned()
        }
    }
}

/// Its author may change a note, and whoever may edit the customer.
fn own<P: Permission>(who: &Can<P>, customer: &Customer, note: &Note) -> bool {
    let label = who.may(Action::LabelCustomers, customer.relationship()).is_ok();
    label && (note.author_id == who.user.id || who.may(Action::EditCustomer, customer.relationship()).is_ok())
}

/// `GET /p/{account}/customers/{id}/notes`
pub async fn show(
    who: Can<ViewCustomers>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    query: web::Query<Asked>,
) -> Result<HttpResponse> {
    let before = query.before.as_deref().map(note_id).transpose()?;
    let edit = query.edit.as_deref().map(note_id).transpose()?;
    render(&who, &req, super::id(&path.1)?, before, Typed { edit, ..Typed::default() }).await
}

async fn render<P: Permission>(
    who: &Can<P>,
    req: &HttpRequest,
    id: CustomerId,
    before: Option<NoteId>,
    typed: Typed,
) -> Result<HttpResponse> {
    let edit = typed.edit;
    let (frame, mut notes) = who
        .read(move |scope, conn| {
            let frame = queries::frame(scope, conn, id)?;
            let mut notes = queries::notes(scope, conn, id, before, SIZE + 1)?;
            // A note to edit is on the page, wherever the list stands.
            if let Some(edit) = edit.filter(|edit| notes.iter().all(|note| note.id != *edit)) {
                notes = vec![queries::note(scope, conn, id, edit)?];
            }
            Ok((frame, notes))
        })
        .await?;
    let more = notes.len() as i64 > SIZE;
    notes.truncate(SIZE as usize);
    let customer = &frame.record.customer;
    let page = page_of(req, who, "customer-tab-notes", &customer.company_name);
    let head = Head::of(&page, who, &frame, At::Notes);
    let write_why = page.why_not(who.may(Action::LabelCustomers, customer.relationship()));
    let older = notes.last().filter(|_| more).map(|last| format!("?before={}", last.id));
    let mut value = typed.body.clone().unwrap_or_default();
    let mut lines = Vec::with_capacity(notes.len());
    for note in &notes {
        let own = own(who, customer, note);
        let editing = (edit == Some(note.id) && own).then(|| {
            let (version, base) = (typed.version.unwrap_or(note.version), typed.base.clone().unwrap_or_else(|| values(&note.body)));
            value = typed.body.clone().unwrap_or_else(|| note.body.clone());
            (version, write_base(&base))
        });
        lines.push(line(&page, note, own, editing));
    }
    let label = page.t(if lines.iter().any(|line| line.editing.is_some()) { "customer-note-edit" } else { "customer-note-new" });
    let control = Field::text("body", label, value).kind("textarea").max(MAX as u32).errors(&typed.errors);
    let body = write_why.is_none().then(|| control.hint(page.t1("customer-note-hint", "account", &who.account.name)));
    let failed = !typed.errors.is_empty();
    page::form(&NotesPage { page, head, errors: typed.errors, body, write_why, notes: lines, older }, failed)
}

fn line(page: &Page, note: &Note, own: bool, editing: Option<(i64, String)>) -> Line {
    Line {
        id: note.id.to_string(),
        author: note.author.clone(),
        when: page.moment(note.created_at),
        edited: (note.version > 1).then(|| page.moment(note.updated_at)),
        body: note.body.clone(),
        own,
        editing,
    }
}

/// `POST /p/{account}/customers/{id}/notes`
pub async fn add(
    who: Can<LabelCustomers>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<NoteForm>,
) -> Result<HttpResponse> {
    who.must(Action::ViewCustomers, Relationship::None)?;
    let id = super::id(&path.1)?;
    let mut errors = Errors::default();
    let body = check(&who, &posted.form.body, &mut errors);
    if posted.review || !errors.is_empty() {
        return render(&who, &req, id, None, Typed { body: Some(body), errors, ..Typed::default() }).await;
    }
    let back = format!("{}/notes", href(&who.account.slug, id));
    let work = move |scope: &_, conn: &mut _| acts::add_note(scope, conn, id, &body).map(|()| back.clone());
    let location = who.write_once(&posted.once, work).await?;
    Ok(page::see(&location, Some("flash-customer-note-added")))
}

/// `POST /p/{account}/customers/{id}/notes/{note}`
pub async fn edit(
    who: Can<LabelCustomers>,
    req: HttpRequest,
    path: web::Path<(String, String, String)>,
    posted: Posted<NoteForm>,
) -> Result<HttpResponse> {
    let (id, note) = (super::id(&path.1)?, note_id(&path.2)?);
    let current = may_change(&who, id, note).await?;
    let form = posted.form;
    let (version, base) = (number(&form.version)?, read_base(FIELDS, &form.base));
    let choice = Keep::from_text(&form.choose_body);
    let mixed = merge::mixture(FIELDS, base.as_ref(), &values(&form.body), &values(&current.body), |_| choice);
    let mut errors = Errors::default();
    let body = check(&who, mixed.get("body").map(String::as_str).unwrap_or_default(), &mut errors);
    if posted.review || !errors.is_empty() {
        let typed = Typed { body: Some(body), edit: Some(note), version: Some(version), base, errors };
        return render(&who, &req, id, None, typed).await;
    }
    let back = format!("{}/notes", href(&who.account.slug, id));
    let text = body.clone();
    match who.write(move |scope, conn| acts::edit_note(scope, conn, id, note, version, &text)).await? {
        Saved::Changed | Saved::Unchanged => Ok(page::see(&back, Some("flash-saved"))),
        Saved::Stale => conflict(&who, &req, id, note, base.as_ref(), &values(&body)).await,
    }
}

/// The note, for who may change it.
async fn may_change<P: Permission>(who: &Can<P>, id: CustomerId, note: NoteId) -> Result<Note> {
    who.must(Action::ViewCustomers, Relationship::None)?;
    let (record, note) =
        who.read(move |scope, conn| Ok((queries::record(scope, conn, id)?, queries::note(scope, conn, id, note)?))).await?;
    if !own(who, &record.customer, &note) {
        who.must(Action::EditCustomer, record.customer.relationship())?;
    }
    Ok(note)
}

async fn conflict<P: Permission>(
    who: &Can<P>,
    req: &HttpRequest,
    id: CustomerId,
    note: NoteId,
    base: Option<&Values>,
    mine: &Values,
) -> Result<HttpResponse> {
    let (record, note, last) = who
        .read(move |scope, conn| {
            let last = queries::last_change(scope, conn, id, FIELDS)?;
            Ok((queries::record(scope, conn, id)?, queries::note(scope, conn, id, note)?, last))
        })
        .await?;
    let slug = &who.account.slug;
    let (name, theirs) = (&record.customer.company_name, values(&note.body));
    let page = page_of(req, who, "customer-conflict-title", name);
    let differences = merge::differences(FIELDS, base, mine, &theirs);
    let rows = differences.iter().map(|one| Row::of(one, page.t("field-body").to_owned(), str::to_owned)).collect();
    let back = format!("{}/notes", href(slug, id));
    let view = ConflictPage {
        crumbs: vec![(format!("/p/{slug}/customers"), page.t("nav-customers").to_owned()), (href(slug, id), name.clone())],
        heading: page.t("customer-note-edit"),
        text: saved_first(&page, last.as_ref()),
        action: format!("{back}/{}", note.id),
        back,
        hidden: vec![
            ("version", note.version.to_string()),
            ("base", write_base(&theirs)),
            ("body", mine.get("body").cloned().unwrap_or_default()),
        ],
        rows,
        page,
    };
    page::html(StatusCode::CONFLICT, &view)
}

/// `POST /p/{account}/customers/{id}/notes/{note}/remove`
pub async fn remove(who: Can<LabelCustomers>, path: web::Path<(String, String, String)>, posted: Posted<NoFields>) -> Result<HttpResponse> {
    let (id, note) = (super::id(&path.1)?, note_id(&path.2)?);
    let back = format!("{}/notes", href(&who.account.slug, id));
    if posted.review {
        return Ok(page::see(&back, None));
    }
    match may_change(&who, id, note).await {
        // Gone: perhaps by the first of two presses, whose answer the second one gets.
        Ok(_) | Err(Error::NotFound) => {}
        Err(other) => return Err(other),
    }
    let work = move |scope: &_, conn: &mut _| acts::remove_note(scope, conn, id, note).map(|()| back.clone());
    let location = who.write_once(&posted.once, work).await?;
    Ok(page::see(&location, Some("flash-customer-note-removed")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_keeps_its_lines_and_nothing_else() {
        assert_eq!(prose("  a\r\nb\n ", 1, MAX), Ok("a\nb".into()));
        assert_eq!(prose(" \r\n ", 1, MAX), Err(Rule::Required));
        assert_eq!(prose("a\u{202e}b", 1, MAX), Err(Rule::Unprintable));
        assert_eq!(prose(&"é".repeat(MAX + 1), 1, MAX), Err(Rule::TooLong { max: MAX }));
    }
}
