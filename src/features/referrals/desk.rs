//! What one does on a referral's page beside its steps: favourites, notes, owner, team.

use super::answer::{finish, version};
use super::forms::{Form, Offer};
use super::handlers::reader;
use super::show::{self, owners};
use super::{href, id, model, people};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{AnswerReferrals, MarkReferrals};
use crate::access::posted::Posted;
use crate::access::{Can, Scope};
use crate::db::Conn;
use crate::db::ids::NoteId;
use crate::error::{Error, Result};
use crate::web::form::Errors;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

type Path = web::Path<(String, String)>;

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct MarkForm {
    favourite: String,
}

/// `POST …/favourite`
pub async fn favourite(who: Can<MarkReferrals>, path: Path, posted: Posted<MarkForm>) -> Result<HttpResponse> {
    let (id, sight, wanted) = (id(&path.1)?, reader(&who).sight, posted.form.favourite == "1");
    who.write(move |scope, conn| people::mark(scope, conn, sight, id, wanted)).await?;
    Ok(page::see(&href(&who.account.slug, id), None))
}

/// `POST …/notes`
pub async fn add_note(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    let (id, sight, mut errors) = (id(&path.1)?, reader(&who).sight, Errors::default());
    let note = posted.form.note(who.user.lang, &mut errors);
    let Some(note) = note.filter(|_| !posted.review) else {
        return show::again(&who, &req, id, &posted.form, errors).await;
    };
    let work = move |scope: &Scope, conn: &mut Conn| people::add_note(scope, conn, sight, id, &note);
    finish(&who, id, &posted.once, work, "flash-referral-noted").await
}

/// `POST …/notes/{note}/remove`
pub async fn remove_note(
    who: Can<AnswerReferrals>,
    path: web::Path<(String, String, String)>,
    posted: Posted<Form>,
) -> Result<HttpResponse> {
    let (id, sight) = (id(&path.1)?, reader(&who).sight);
    let note: NoteId = path.2.parse().map_err(|()| Error::NotFound)?;
    let work = move |scope: &Scope, conn: &mut Conn| people::remove_note(scope, conn, sight, id, note);
    finish(&who, id, &posted.once, work, "flash-referral-note-removed").await
}

/// `POST …/share`: a note that both sides read.
pub async fn share(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    let (id, sight, mut errors) = (id(&path.1)?, reader(&who).sight, Errors::default());
    let note = posted.form.shared(who.user.lang, &mut errors);
    let Some(note) = note.filter(|_| !posted.review) else {
        return show::again(&who, &req, id, &posted.form, errors).await;
    };
    let work = move |scope: &Scope, conn: &mut Conn| {
        model::find(scope, conn, sight, id)?;
        let came = model::incoming(scope, conn, id)?.ok_or(Error::NotFound)?;
        people::share_note(scope, conn, id, &came, &note)
    };
    finish(&who, id, &posted.once, work, "flash-referral-shared").await
}

/// `POST …/owner`
pub async fn assign(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    who.must(Action::AssignReferrals, Relationship::None)?;
    let (id, reader, form) = (id(&path.1)?, reader(&who), posted.form);
    let read = who.read(move |scope, conn| show::read(scope, conn, reader.sight, reader.user, id)).await?;
    let (page, owners) = (Page::member(&req, &who, "referrals", ""), owners(&who, &read));
    let offer = Offer { page: &page, now: who.now(), terms: &read.terms, owners: &owners, colleagues: &read.colleagues, locations: &[] };
    let Ok(owner) = form.owner(&offer) else { return Err(Error::BadRequest("an owner")) };
    if posted.review {
        return Ok(page::see(&href(&who.account.slug, id), None));
    }
    let shown = version(&form)?;
    let work = move |scope: &Scope, conn: &mut Conn| people::assign(scope, conn, reader.sight, id, shown, owner);
    finish(&who, id, &posted.once, work, "flash-referral-assigned").await
}

/// `POST …/team`
pub async fn team(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    let (id, reader, form) = (id(&path.1)?, reader(&who), posted.form);
    let read = who.read(move |scope, conn| show::read(scope, conn, reader.sight, reader.user, id)).await?;
    let page = Page::member(&req, &who, "referrals", "");
    let offer = Offer { page: &page, now: who.now(), terms: &read.terms, owners: &[], colleagues: &read.colleagues, locations: &[] };
    let mut errors = Errors::default();
    let Some(team) = form.team(&offer, &mut errors).filter(|_| !posted.review) else {
        return show::again(&who, &req, id, &form, errors).await;
    };
    let work = move |scope: &Scope, conn: &mut Conn| people::change_team(scope, conn, reader.sight, id, &team);
    finish(&who, id, &posted.once, work, "flash-referral-team").await
}
