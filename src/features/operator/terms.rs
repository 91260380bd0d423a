//! The vocabularies: words are added, renamed in both languages, ordered and no longer offered. None
//! is deleted, since profiles and referrals hold them.

use crate::access::Operator;
use crate::access::posted::Posted;
use crate::access::terms::{Term, Terms};
use crate::domain::profile::slug;
use crate::domain::rule::line;
use crate::domain::term::Kind;
use crate::error::{Error, Result};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

const BASE: &str = "/operator/terms";
/// Longest word, in characters.
const MAX: usize = 80;

/// `/operator/terms/{kind}`
#[derive(Template)]
#[template(path = "operator/terms.html")]
pub struct TermsPage {
    pub page: Page,
    pub errors: Errors,
    /// Address, name, and whether it is the one shown.
    pub kinds: Vec<(String, &'static str, bool)>,
    pub base: String,
    pub terms: Vec<Term>,
    /// The word that is being changed; `None` for a new one.
    pub editing: Option<Term>,
    pub heading: String,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TermForm {
    en: String,
    fr: String,
    place: String,
    active: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Editing {
    edit: Option<String>,
}

fn kind(text: &str) -> Result<Kind> {
    Kind::from_text(text).ok_or(Error::NotFound)
}

/// `GET /operator/terms`
pub async fn show_first(who: Operator, req: HttpRequest) -> Result<HttpResponse> {
    let terms = who.terms().await?;
    render(&who, &req, Kind::ALL[0], &terms, None, None, Errors::default())
}

/// `GET /operator/terms/{kind}`
pub async fn show(who: Operator, req: HttpRequest, path: web::Path<String>, query: web::Query<Editing>) -> Result<HttpResponse> {
    let (kind, terms) = (kind(&path)?, who.terms().await?);
    let editing = query.edit.as_deref().and_then(|key| terms.find(kind, key)).cloned();
    render(&who, &req, kind, &terms, editing, None, Errors::default())
}

fn render(
    who: &Operator,
    req: &HttpRequest,
    kind: Kind,
    terms: &Terms,
    editing: Option<Term>,
    form: Option<TermForm>,
    errors: Errors,
) -> Result<HttpResponse> {
    let page = Page::operator(req, who, BASE, who.user.lang.t("terms-title"));
    let words: Vec<Term> = terms.all(kind).cloned().collect();
    let form = form.unwrap_or_else(|| shown(&words, editing.as_ref()));
    let word = |name, value: &str| Field::text(name, page.word("terms", name), value).max(MAX as u32).errors(&errors);
    let mut fields = vec![word("en", &form.en), word("fr", &form.fr)];
    if editing.is_some() {
        fields.push(word("place", &form.place).max(4).width("narrow").hint(page.t("terms-place-hint")));
        fields.push(word("active", &form.active).kind("checkbox").hint(page.t("terms-active-hint")));
    }
    let all = Kind::ALL.iter().map(|one| (format!("{BASE}/{}", one.as_str()), page.word("terms-kind", one.as_str()), *one == kind));
    let heading = match &editing {
        Some(term) => page.t1("terms-edit-named", "name", term.label(page.lang)),
        None => page.t("terms-new").to_owned(),
    };
    let failed = !errors.is_empty();
    let view =
        TermsPage { kinds: all.collect(), base: format!("{BASE}/{}", kind.as_str()), terms: words, editing, heading, fields, errors, page };
    page::form(&view, failed)
}

/// The form of a word as it is.
fn shown(words: &[Term], editing: Option<&Term>) -> TermForm {
    let Some(term) = editing else { return TermForm::default() };
    let place = words.iter().position(|one| one.key == term.key).map_or(1, |at| at + 1);
    let active = if term.active { "1" } else { "" };
    TermForm { en: term.en.clone(), fr: term.fr.clone(), place: place.to_string(), active: active.to_owned() }
}

/// Both names, where they hold.
fn names(who: &Operator, form: &TermForm, errors: &mut Errors) -> Option<(String, String)> {
    let lang = who.user.lang;
    let (en, fr) = (errors.take(lang, "en", line(&form.en, 1, MAX)), errors.take(lang, "fr", line(&form.fr, 1, MAX)));
    Some((en?, fr?))
}

/// `POST /operator/terms/{kind}`
pub async fn add(who: Operator, req: HttpRequest, path: web::Path<String>, posted: Posted<TermForm>) -> Result<HttpResponse> {
    let (kind, mut errors) = (kind(&path)?, Errors::default());
    if let Some((en, fr)) = names(&who, &posted.form, &mut errors).filter(|_| !posted.review) {
        let key = slug(&en).replace('-', "_");
        if who.add_term(kind, key, en, fr).await? {
            return Ok(page::see(&format!("{BASE}/{}", kind.as_str()), Some("flash-term-saved")));
        }
        errors.message(who.user.lang, "en", "terms-taken");
    }
    render(&who, &req, kind, &who.terms().await?, None, Some(posted.form), errors)
}

/// `POST /operator/terms/{kind}/{term}`
pub async fn edit(who: Operator, req: HttpRequest, path: web::Path<(String, String)>, posted: Posted<TermForm>) -> Result<HttpResponse> {
    let (kind, terms, mut errors) = (kind(&path.0)?, who.terms().await?, Errors::default());
    let term = terms.find(kind, &path.1).cloned().ok_or(Error::NotFound)?;
    let place: Option<usize> = posted.form.place.trim().parse().ok().filter(|place| *place > 0);
    let names = names(&who, &posted.form, &mut errors);
    if place.is_none() {
        errors.message(who.user.lang, "place", "terms-place-wrong");
    }
    if let (Some((en, fr)), Some(place), false) = (names, place, posted.review) {
        who.change_term(kind, term.key, en, fr, place, posted.form.active == "1").await?;
        return Ok(page::see(&format!("{BASE}/{}", kind.as_str()), Some("flash-term-saved")));
    }
    render(&who, &req, kind, &terms, Some(term), Some(posted.form), errors)
}
