//! The demonstration's mailbox: every letter, whoever it is for. Elsewhere it does not exist.

use crate::access::Visitor;
use crate::access::outbox::{BoxLetter, BoxLine};
use crate::db::ids::MailId;
use crate::error::{Error, Result};
use crate::web::page::{self, Page};
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Letters a page.
const SIZE: i64 = 50;

/// `/demo/mail`
#[derive(Template)]
#[template(path = "demo/mail.html")]
pub struct BoxPage {
    pub page: Page,
    pub letters: Vec<BoxLine>,
    pub older: Option<String>,
}

/// A run of a letter's text; a link leads to the portal.
pub struct Piece<'a> {
    pub text: &'a str,
    pub link: bool,
}

/// `/demo/mail/{mail}`
#[derive(Template)]
#[template(path = "demo/letter.html")]
pub struct LetterPage<'a> {
    pub page: Page,
    pub letter: &'a BoxLetter,
    pub pieces: Vec<Piece<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Before {
    before: Option<String>,
}

/// `GET /demo/mail`
pub async fn show(who: Visitor, req: HttpRequest, query: web::Query<Before>) -> Result<HttpResponse> {
    let before = query.before.as_deref().and_then(|id| id.parse().ok());
    let mut letters = who.demo_mail(before, SIZE + 1).await?;
    let more = letters.len() as i64 > SIZE;
    letters.truncate(SIZE as usize);
    let older = letters.last().filter(|_| more).map(|last| format!("?before={}", last.id));
    page::ok(&BoxPage { page: Page::visitor(&req, &who, who.lang.t("demo-mail-title")), letters, older })
}

async fn letter(who: &Visitor, id: &str) -> Result<BoxLetter> {
    let id: MailId = id.parse().map_err(|()| Error::NotFound)?;
    who.demo_letter(id).await
}

/// `GET /demo/mail/{mail}`: the text, its links to be followed.
pub async fn show_letter(who: Visitor, req: HttpRequest, id: web::Path<String>) -> Result<HttpResponse> {
    let letter = letter(&who, &id).await?;
    let page = Page::visitor(&req, &who, letter.subject.clone());
    page::ok(&LetterPage { page, pieces: pieces(&letter.text, &who.app().config.public_url), letter: &letter })
}

/// A letter is a document of its own: nothing in it runs, loads or is sent; its style is inside.
const CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// `GET /demo/mail/{mail}/page`: the HTML part, as a mail program shows it.
pub async fn show_page(who: Visitor, id: web::Path<String>) -> Result<HttpResponse> {
    let letter = letter(&who, &id).await?;
    let policy = (CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header(policy).body(letter.html))
}

/// The text, cut where an address of the portal begins and ends.
fn pieces<'a>(text: &'a str, base: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(base) {
        let end = rest[at..].find(char::is_whitespace).map_or(rest.len(), |length| at + length);
        pieces.push(Piece { text: &rest[..at], link: false });
        pieces.push(Piece { text: &rest[at..end], link: true });
        rest = &rest[end..];
    }
    pieces.push(Piece { text: rest, link: false });
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_portal_are_links_and_nothing_is_lost() {
        let text = "Open\nhttp://p.example/a/b\n\nnot http://q.example/ but http://p.example";
        let pieces = pieces(text, "http://p.example");
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        let links: Vec<&str> = pieces.iter().filter(|piece| piece.link).map(|piece| piece.text).collect();
        assert_eq!(links, ["http://p.example/a/b", "http://p.example"]);
    }
}
