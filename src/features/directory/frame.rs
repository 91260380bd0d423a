//! The frame of the directory's pages: nobody's session is in them, so that a cache may keep them.
//! A page has one address a language, and one that follows the reader's.

use crate::access::Visitor;
use crate::error::Result;
use crate::i18n::Lang;
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// What the head of a public page says of it, and where it is in the other language.
pub struct Frame {
    pub page: Page,
    pub canonical: String,
    /// Language, absolute address.
    pub alternates: Vec<(&'static str, String)>,
    /// The other language, and this page in it.
    pub other: (Lang, String),
    pub description: String,
    pub index: bool,
    /// In the address.
    pub lang: Option<Lang>,
}

impl Frame {
    /// `here`: this page's path in a language, or in none.
    pub fn new(req: &HttpRequest, visitor: &Visitor, lang: Option<Lang>, title: &str, here: impl Fn(Option<Lang>) -> String) -> Self {
        let page = Page::public(req, visitor, lang.unwrap_or(visitor.lang), title);
        let public = |path: String| format!("{}{path}", visitor.app().config.public_url);
        let mut alternates: Vec<(&'static str, String)> =
            Lang::ALL.into_iter().map(|lang| (lang.as_str(), public(here(Some(lang))))).collect();
        alternates.push(("x-default", public(here(None))));
        let other = if page.lang == Lang::En { Lang::Fr } else { Lang::En };
        Self {
            canonical: public(here(lang)),
            alternates,
            other: (other, here(Some(other))),
            description: String::new(),
            index: true,
            lang,
            page,
        }
    }
    pub fn title(&mut self, title: String) {
        self.page.title = title;
    }
}

/// A public page. One whose address names its language is the same for everybody; another differs
/// by what the reader's browser prefers.
pub fn answer(status: StatusCode, lang: Option<Lang>, view: &impl Template) -> Result<HttpResponse> {
    let mut answer = page::html(status, view)?;
    let cache = if lang.is_some() && status == StatusCode::OK { "public, max-age=60" } else { "private, no-cache" };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if lang.is_none() {
        answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    Ok(answer)
}
