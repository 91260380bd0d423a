//! The steps of a referral: accept, decline, win, lose, reopen. Those that demand something have a
//! page of their own.

use super::acts;
use super::forms::{Form, Offer};
use super::handlers::reader;
use super::show::{self, Read, Steps, owners};
use super::views::{left, name};
use super::{href, id, list_href, people};
use crate::access::permissions::AnswerReferrals;
use crate::access::posted::Posted;
use crate::access::{Can, Scope};
use crate::db::Conn;
use crate::db::ids::ReferralId;
use crate::domain::referral::Step;
use crate::error::{Error, Result};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

/// `/p/{account}/referrals/{referral}/accept`, `/decline`, `/lose`
#[derive(Template)]
#[template(path = "referrals/step.html")]
pub struct StepPage {
    pub page: Page,
    pub crumbs: Vec<(String, String)>,
    pub heading: String,
    /// What it does, and to whom it is told.
    pub text: &'static str,
    pub left: Option<(String, &'static str)>,
    pub action: String,
    pub back: String,
    pub version: String,
    pub fields: Vec<Field>,
    pub button: String,
    pub danger: bool,
    pub errors: Errors,
}

type Path = web::Path<(String, String)>;

async fn load(who: &Can<AnswerReferrals>, path: &str) -> Result<Read> {
    let (id, reader) = (id(path)?, reader(who));
    who.read(move |scope, conn| show::read(scope, conn, reader.sight, reader.user, id)).await
}

fn is_possible(who: &Can<AnswerReferrals>, read: &Read, step: Step) -> bool {
    let can = Steps::of(&read.row, false, who.now());
    match step {
        Step::Accept => can.accept,
        Step::Decline => can.decline,
        Step::Lose => can.lose,
        _ => false,
    }
}

fn step_page(who: &Can<AnswerReferrals>, req: &HttpRequest, read: &Read, step: Step, form: &Form, errors: Errors) -> Result<HttpResponse> {
    let (slug, lang) = (&who.account.slug, who.user.lang);
    let back = href(slug, read.row.id);
    if !is_possible(who, read, step) {
        return Ok(page::see(&back, Some("flash-referral-changed")));
    }
    let named = name(lang, &read.terms, &read.row);
    let heading = lang.ta(&format!("referral-{}-title", step.as_str()), &[("name", named.as_str().into())]);
    let page = Page::member(req, who, "referrals", heading.clone());
    let owners = owners(who, read);
    let offer = Offer { page: &page, now: who.now(), terms: &read.terms, owners: &owners, colleagues: &read.colleagues, locations: &[] };
    let fields = match step {
        Step::Accept => form.accept_fields(&offer, &errors),
        _ => form.why_fields(&page, step, &errors),
    };
    let inquiry = read.came.as_ref().is_some_and(|came| came.inquiry_id.is_some());
    let text = match step {
        Step::Accept => "referral-accept-text",
        Step::Decline if inquiry => "referral-decline-text-visitor",
        Step::Decline => "referral-decline-text-partner",
        _ => "referral-lose-text",
    };
    let failed = !errors.is_empty();
    let view = StepPage {
        crumbs: vec![(list_href(slug), page.t("referrals-title").to_owned()), (back.clone(), named.clone())],
        heading,
        text: page.t(text),
        left: left(&page, &read.row, who.now()),
        action: format!("{back}/{}", step.as_str()),
        back,
        version: if form.version.is_empty() { read.row.version.to_string() } else { form.version.clone() },
        fields,
        button: page.t1(&format!("referral-{}-go", step.as_str()), "name", &named),
        danger: step != Step::Accept,
        errors,
        page,
    };
    page::form(&view, failed)
}

/// `GET …/accept`
pub async fn show_accept(who: Can<AnswerReferrals>, req: HttpRequest, path: Path) -> Result<HttpResponse> {
    let read = load(&who, &path.1).await?;
    let form = Form::accepting(&read.row, &read.detail, who.user.id);
    step_page(&who, &req, &read, Step::Accept, &form, Errors::default())
}

/// `GET …/decline`
pub async fn show_decline(who: Can<AnswerReferrals>, req: HttpRequest, path: Path) -> Result<HttpResponse> {
    let read = load(&who, &path.1).await?;
    step_page(&who, &req, &read, Step::Decline, &Form::default(), Errors::default())
}

/// `GET …/lose`
pub async fn show_lose(who: Can<AnswerReferrals>, req: HttpRequest, path: Path) -> Result<HttpResponse> {
    let read = load(&who, &path.1).await?;
    step_page(&who, &req, &read, Step::Lose, &Form::default(), Errors::default())
}

/// `POST …/accept`
pub async fn accept(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    let read = load(&who, &path.1).await?;
    let (form, mut errors) = (posted.form, Errors::default());
    let page = Page::member(&req, &who, "referrals", "");
    let owners = owners(&who, &read);
    let offer = Offer { page: &page, now: who.now(), terms: &read.terms, owners: &owners, colleagues: &read.colleagues, locations: &[] };
    let new = form.accept(&offer, &mut errors);
    let Some((new, note)) = new.filter(|_| !posted.review) else {
        return step_page(&who, &req, &read, Step::Accept, &form, errors);
    };
    let (id, sight, shown) = (read.row.id, reader(&who).sight, version(&form)?);
    let work = move |scope: &Scope, conn: &mut Conn| {
        acts::accept(scope, conn, sight, id, shown, &new)?;
        if note.is_empty() { Ok(()) } else { people::add_note(scope, conn, crate::access::referral::Sight::ALL, id, &note) }
    };
    finish(&who, id, &posted.once, work, "flash-referral-accepted").await
}

/// `POST …/decline`
pub async fn decline(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    close(who, req, path, posted, Step::Decline).await
}

/// `POST …/lose`
pub async fn lose(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    close(who, req, path, posted, Step::Lose).await
}

async fn close(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>, step: Step) -> Result<HttpResponse> {
    let read = load(&who, &path.1).await?;
    let (form, mut errors) = (posted.form, Errors::default());
    let why = form.why(who.user.lang, step, &mut errors);
    let Some((reason, note)) = why.filter(|_| !posted.review) else {
        return step_page(&who, &req, &read, step, &form, errors);
    };
    let (id, sight, shown) = (read.row.id, reader(&who).sight, version(&form)?);
    let flash = if step == Step::Decline { "flash-referral-declined" } else { "flash-referral-lost" };
    let work = move |scope: &Scope, conn: &mut Conn| match step {
        Step::Decline => acts::decline(scope, conn, sight, id, shown, reason, &note),
        _ => acts::lose(scope, conn, sight, id, shown, reason, &note),
    };
    finish(&who, id, &posted.once, work, flash).await
}

/// `POST …/win`
pub async fn win(who: Can<AnswerReferrals>, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    let (id, sight, shown) = (id(&path.1)?, reader(&who).sight, version(&posted.form)?);
    let work = move |scope: &Scope, conn: &mut Conn| acts::win(scope, conn, sight, id, shown);
    finish(&who, id, &posted.once, work, "flash-referral-won").await
}

/// `POST …/reopen`
pub async fn reopen(who: Can<AnswerReferrals>, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    let (id, sight, shown) = (id(&path.1)?, reader(&who).sight, version(&posted.form)?);
    let work = move |scope: &Scope, conn: &mut Conn| acts::reopen(scope, conn, sight, id, shown);
    finish(&who, id, &posted.once, work, "flash-referral-reopened").await
}

/// The version that a form was shown with.
pub(super) fn version(form: &Form) -> Result<i64> {
    form.version.parse().map_err(|_| Error::BadRequest("a version"))
}

/// Does it, once for each form, and goes back to the referral: it is done, or somebody or time was
/// faster, which the page then shows.
pub(super) async fn finish(
    who: &Can<AnswerReferrals>,
    id: ReferralId,
    once: &crate::access::posted::Once,
    mut work: impl FnMut(&Scope, &mut Conn) -> Result<()> + Send + 'static,
    flash: &'static str,
) -> Result<HttpResponse> {
    let back = href(&who.account.slug, id);
    let target = back.clone();
    let done = who.write_once(once, move |scope, conn| work(scope, conn).map(|()| target.clone())).await;
    match done {
        Ok(location) => Ok(page::see(&location, Some(flash))),
        Err(Error::Conflict) => Ok(page::see(&back, Some("flash-referral-changed"))),
        Err(other) => Err(other),
    }
}
