//! Changes one section of an active referral. Who saves second is told, sees what was saved first
//! beside what was typed, and loses nothing.

use super::acts::{self, Section};
use super::answer::version;
use super::forms::{Form, Offer};
use super::handlers::reader;
use super::show::{self, Read, Steps};
use super::views::name;
use super::{href, id, list_href};
use crate::access::Can;
use crate::access::permissions::AnswerReferrals;
use crate::access::posted::Posted;
use crate::error::{Error, Result};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

/// `/p/{account}/referrals/{referral}/edit/{section}`
#[derive(Template)]
#[template(path = "referrals/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub crumbs: Vec<(String, String)>,
    pub heading: &'static str,
    pub action: String,
    pub back: String,
    pub version: String,
    pub fields: Vec<Field>,
    /// Somebody else saved meanwhile.
    pub stale: bool,
    pub errors: Errors,
}

type Path = web::Path<(String, String, String)>;

async fn load(who: &Can<AnswerReferrals>, path: &Path) -> Result<Read> {
    if !["deal", "company", "need"].contains(&path.2.as_str()) {
        return Err(Error::NotFound);
    }
    let (id, reader) = (id(&path.1)?, reader(who));
    who.read(move |scope, conn| show::read(scope, conn, reader.sight, reader.user, id)).await
}

fn offer<'a>(who: &Can<AnswerReferrals>, page: &'a Page, read: &'a Read) -> Offer<'a> {
    Offer { page, now: who.now(), terms: &read.terms, owners: &[], colleagues: &[], locations: &[] }
}

fn fields(form: &Form, section: &str, offer: &Offer<'_>, errors: &Errors) -> Vec<Field> {
    match section {
        "deal" => form.deal_fields(offer, true, errors),
        "company" => form.prospect_fields(offer.page, errors),
        _ => form.need_fields(offer, errors),
    }
}

fn view(
    who: &Can<AnswerReferrals>,
    req: &HttpRequest,
    read: &Read,
    section: &str,
    form: &Form,
    stale: bool,
    errors: Errors,
) -> Result<HttpResponse> {
    let slug = &who.account.slug;
    let back = href(slug, read.row.id);
    if !Steps::of(&read.row, false, who.now()).edit {
        return Ok(page::see(&back, Some("flash-referral-changed")));
    }
    let heading = who.user.lang.word("referral-edit", section);
    let named = name(who.user.lang, &read.terms, &read.row);
    let page = Page::member(req, who, "referrals", format!("{heading} · {named}"));
    let offer = offer(who, &page, read);
    let mut fields = fields(form, section, &offer, &errors);
    if stale {
        // Beside each value that differs, what the other saved.
        let theirs = Form::of(&read.row, &read.detail, &read.known);
        for (mine, theirs) in fields.iter_mut().zip(self::fields(&theirs, section, &offer, &Errors::default())) {
            if mine.value != theirs.value {
                mine.hint = Some(page.t1("referral-saved-meanwhile", "value", in_words(&page, &theirs)));
            }
        }
    }
    let status = match (stale, errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    };
    let view = EditPage {
        crumbs: vec![(list_href(slug), page.t("referrals-title").to_owned()), (back.clone(), named)],
        heading,
        action: format!("{back}/edit/{section}"),
        back,
        version: form.version.clone(),
        fields,
        stale,
        errors,
        page,
    };
    page::html(status, &view)
}

/// A field's value as it is read.
fn in_words(page: &Page, field: &Field) -> String {
    let chosen: Vec<&str> = field.choices.iter().filter(|choice| field.has(&choice.value)).map(|choice| choice.label.as_str()).collect();
    match (field.value.as_str(), chosen.as_slice()) {
        ("", _) => page.t("audit-nothing").to_owned(),
        (value, []) => value.to_owned(),
        (_, chosen) => chosen.join(", "),
    }
}

/// `GET …/edit/{section}`
pub async fn show(who: Can<AnswerReferrals>, req: HttpRequest, path: Path) -> Result<HttpResponse> {
    let read = load(&who, &path).await?;
    let form = Form::of(&read.row, &read.detail, &read.known);
    view(&who, &req, &read, &path.2, &form, false, Errors::default())
}

/// `POST …/edit/{section}`
pub async fn save(who: Can<AnswerReferrals>, req: HttpRequest, path: Path, posted: Posted<Form>) -> Result<HttpResponse> {
    let read = load(&who, &path).await?;
    let (form, lang, mut errors) = (posted.form, who.user.lang, Errors::default());
    let section = match path.2.as_str() {
        "deal" => form.deal_section(lang, &mut errors).map(|(deal, work)| Section::Deal(deal, work)),
        "company" => form.prospect(lang, read.known.consent_at.unwrap_or(who.now()), &mut errors).map(Section::Prospect),
        _ => form.need(&read.terms, lang, &mut errors).map(Section::Need),
    };
    let section = section.filter(|_| errors.is_empty() && !posted.review);
    let Some(section) = section else {
        return view(&who, &req, &read, &path.2, &form, false, errors);
    };
    let (id, sight, shown) = (read.row.id, reader(&who).sight, version(&form)?);
    match who.write(move |scope, conn| acts::edit(scope, conn, sight, id, shown, &section)).await {
        Ok(()) => Ok(page::see(&href(&who.account.slug, id), Some("flash-saved"))),
        Err(Error::Conflict) => {
            let read = load(&who, &path).await?;
            let form = form.at_version(read.row.version);
            view(&who, &req, &read, &path.2, &form, true, Errors::default())
        }
        Err(other) => Err(other),
    }
}
