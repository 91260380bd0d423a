//! The contact form of the directory: to named partners, or to whom routing finds.

use super::forms::{ContactForm, New};
use super::queries::{self, Target};
use super::send::{self, Outcome};
use super::{HREF, SENT, fields};
use crate::access::posted::Posted;
use crate::access::terms::Terms;
use crate::access::throttle::count_inquiry;
use crate::access::{Visitor, request_id};
use crate::db::ids::InquiryId;
use crate::domain::routing::MOST_AT_ONCE;
use crate::error::{Error, Result};
use crate::features::directory::in_lang;
use crate::features::directory::insights::{self, Listed, Seen};
use crate::i18n::Lang;
use crate::web::form::{Errors, Field, FieldError};
use crate::web::page::{self, Page};
use crate::web::shell::encode;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;
use std::sync::Arc;

/// `/directory/contact`
#[derive(Template)]
#[template(path = "inquiry/contact.html")]
pub struct ContactPage {
    pub page: Page,
    pub errors: Errors,
    pub targets: Vec<Target>,
    pub location: String,
    pub lang: String,
    /// The other language, and this form in it.
    pub other: (Lang, String),
    pub need: Vec<Field>,
    pub company: Vec<Field>,
    pub person: Vec<Field>,
    pub terms: Vec<Field>,
    /// Seconds until another inquiry is taken, where there were too many.
    pub wait: Option<i64>,
}

/// `/directory/contact/sent`
#[derive(Template)]
#[template(path = "inquiry/sent.html")]
pub struct SentPage {
    pub page: Page,
}

/// Whom the address names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Named {
    partner: Vec<String>,
    location: String,
    lang: String,
}

/// What the form is about: whom it names, and the words to choose from.
struct Shown {
    targets: Vec<Target>,
    terms: Terms,
}

async fn shown(who: &Visitor, partner: &[String], location: &str) -> Result<Shown> {
    let (partner, location) = (partner.to_vec(), location.to_owned());
    who.look(move |conn| Ok(Shown { targets: queries::targets(conn, &partner, &location)?, terms: Terms::load(conn)? })).await
}

/// `GET /directory/contact`
pub async fn show(who: Visitor, req: HttpRequest) -> Result<HttpResponse> {
    let named = named(&req);
    let who = speaking(who, &named.lang);
    let shown = shown(&who, &named.partner, &named.location).await?;
    let listed = |target: &Target| Listed { partner: target.partner, profile: target.profile, location: target.location };
    insights::count(&who, Seen::Contact, shown.targets.iter().map(listed));
    let usual = if who.lang == Lang::Fr { "FR" } else { "" };
    let form = ContactForm {
        country: shown.targets.first().map_or(usual, |target| target.country.as_str()).to_owned(),
        location: named.location,
        lang: named.lang,
        ..ContactForm::default()
    };
    let mut errors = Errors::default();
    if named.partner.len() > MOST_AT_ONCE {
        errors.message(who.lang, "partner", "inquiry-partner-most");
    }
    contact_page(&who, &req, &form, shown, errors, None)
}

fn named(req: &HttpRequest) -> Named {
    serde_html_form::from_str(req.query_string()).unwrap_or_default()
}

/// Somebody who came by a link in a language is answered in it.
fn speaking(mut who: Visitor, lang: &str) -> Visitor {
    who.lang = Lang::from_text(lang).unwrap_or(who.lang);
    who
}

/// This form in another language.
fn in_other(lang: Lang, targets: &[Target], location: &str) -> (Lang, String) {
    let other = if lang == Lang::En { Lang::Fr } else { Lang::En };
    let partners: String = targets.iter().map(|target| format!("&partner={}", encode(&target.slug))).collect();
    (other, format!("{HREF}?lang={}{partners}&location={}", other.as_str(), encode(location)))
}

fn contact_page(
    who: &Visitor,
    req: &HttpRequest,
    form: &ContactForm,
    shown: Shown,
    errors: Errors,
    wait: Option<i64>,
) -> Result<HttpResponse> {
    let names: Vec<String> = shown.targets.iter().map(|target| target.name.clone()).collect();
    let title = match names.is_empty() {
        true => who.lang.t("inquiry-title").to_owned(),
        false => who.lang.ta("inquiry-title-partners", &[("partners", who.lang.all_of(&names).into())]),
    };
    let page = Page::visitor(req, who, title);
    let status = match wait {
        Some(_) => StatusCode::TOO_MANY_REQUESTS,
        None if errors.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = ContactPage {
        need: fields::need(&page, &shown.terms, form, &errors),
        company: fields::company(&page, &shown.terms, form, &errors),
        person: fields::person(&page, form, &errors),
        terms: fields::terms(&page, form, &shown.targets, &errors),
        location: form.location.clone(),
        lang: form.lang.clone(),
        other: in_other(who.lang, &shown.targets, &form.location),
        targets: shown.targets,
        errors,
        wait,
        page,
    };
    page::html(status, &view)
}

/// `POST /directory/contact`
pub async fn send(who: Visitor, req: HttpRequest, posted: Posted<ContactForm>) -> Result<HttpResponse> {
    let mut form = posted.form;
    let who = speaking(who, &form.lang);
    let sent = in_lang(SENT.to_owned(), Lang::from_text(&form.lang));
    if !form.website.is_empty() {
        tracing::info!("an inquiry filled the field that nobody sees");
        return Ok(page::see(&sent, None));
    }
    if !form.remove.is_empty() {
        form.partner.retain(|slug| *slug != form.remove);
        let shown = shown(&who, &form.partner, &form.location).await?;
        return contact_page(&who, &req, &form, shown, Errors::default(), None);
    }
    let shown = shown(&who, &form.partner, &form.location).await?;
    let mut errors = Errors::default();
    if form.partner.len() > MOST_AT_ONCE {
        errors.message(who.lang, "partner", "inquiry-partner-most");
    } else if form.partner.iter().any(|slug| !shown.targets.iter().any(|target| target.slug == *slug)) {
        errors.message(who.lang, "partner", "inquiry-partner-gone");
    }
    let id = InquiryId::from_uuid(posted.once.id());
    let new = form.parse(id, who.lang, &shown.terms, &shown.targets, &mut errors).filter(|_| !posted.review);
    let Some(new) = new else { return contact_page(&who, &req, &form, shown, errors, None) };
    if who.look_at(move |conn| queries::is_known(conn, id)).await? {
        return Ok(page::see(&sent, None));
    }
    match count_inquiry(who.app(), &new.email, &who.peer).await {
        Err(Error::TooMany(seconds)) => return contact_page(&who, &req, &form, shown, errors, Some(seconds)),
        other => other?,
    }
    carry_out(&who, &req, &form, shown, new, &sent).await
}

async fn carry_out(who: &Visitor, req: &HttpRequest, form: &ContactForm, shown: Shown, new: New, sent: &str) -> Result<HttpResponse> {
    let app = Arc::clone(who.app());
    match who.inquire(request_id(req), move |inquiring, conn| send::send(inquiring, conn, &app.keys, &new)).await? {
        Outcome::Sent => Ok(page::see(sent, None)),
        Outcome::Full(names) => {
            let message = who.lang.ta("inquiry-partner-full", &[("partners", who.lang.all_of(&names).into())]);
            contact_page(who, req, form, shown, Errors(vec![FieldError { field: "partner", message }]), None)
        }
    }
}

/// `GET /directory/contact/sent`: the same, whoever asks and whatever was sent. No link is here: the
/// address may be mistyped.
pub async fn sent(who: Visitor, req: HttpRequest) -> Result<HttpResponse> {
    let who = speaking(who, &named(&req).lang);
    page::ok(&SentPage { page: Page::visitor(&req, &who, who.lang.t("forgotten-asked-title")) })
}

impl ContactPage {
    pub fn href(&self) -> &'static str {
        HREF
    }
    pub fn partner_error(&self) -> Option<&str> {
        self.errors.of("partner")
    }
}
