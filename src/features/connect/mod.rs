//! What an invited customer sees and answers, by the link of its mail and without an account: who
//! asks, what for, what accepting allows and what it does not; accept, decline, *not me*. What
//! comes of an acceptance is in [`acts`]; the sender's side is `features::invitations`.

pub mod acts;
pub mod fields;
pub mod forms;
pub mod handlers;
pub mod join;
pub mod open_link;
pub mod queries;

use crate::web::form::{Errors, Field};
use crate::web::page::Page;
use askama::Template;

/// What an invited customer or reseller opens.
pub fn href(token: &str) -> String {
    format!("/connect/{token}")
}

/// One part of what is asked, in plain words.
#[derive(Debug, Clone)]
pub struct Asked {
    pub title: String,
    pub allows: Vec<String>,
    pub denies: Vec<String>,
}

/// Who asks, for whom and until when: the head of each page of an invitation.
#[derive(Debug, Clone)]
pub struct Head {
    pub href: String,
    pub sender: String,
    pub person: String,
    pub email: String,
    pub provider: Option<String>,
    pub company: String,
    pub message: String,
    pub until: String,
    pub asked: Vec<Asked>,
}

/// Where an invitation that can't be answered any more stands, and the way on.
#[derive(Debug, Clone)]
pub struct Over {
    pub title: String,
    pub text: String,
    /// The badge's kind.
    pub kind: &'static str,
    /// The sender can be asked for another link.
    pub may_ask: bool,
}

/// `/connect/{token}`
#[derive(Template)]
#[template(path = "connect/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub head: Head,
    pub over: Option<Over>,
    /// A partnership is answered by a member of the reseller's account.
    pub partnership: Option<String>,
    /// Why it cannot be accepted as things are, such as rights over a customer that is none.
    pub hindrance: Option<String>,
    /// Looking is noted once: not again for who has looked before.
    pub note_opening: bool,
}

/// `/connect/{token}/accept`
#[derive(Template)]
#[template(path = "connect/accept.html")]
pub struct AcceptPage {
    pub page: Page,
    pub errors: Errors,
    pub head: Head,
    /// Which of the asked, where there is a choice.
    pub parts: Vec<Field>,
    pub parts_error: Option<String>,
    pub person: Vec<Field>,
    /// Known organisations to choose from; none where it is settled.
    pub known: Option<Field>,
    /// The one organisation that it is about.
    pub settled: Option<String>,
    /// A new organisation's own fields.
    pub country: Option<Field>,
    pub company: Vec<Field>,
    pub address: Vec<Field>,
    pub rules: String,
    pub authority: Field,
}

/// `/connect/{token}/decline`
#[derive(Template)]
#[template(path = "connect/decline.html")]
pub struct DeclinePage {
    pub page: Page,
    pub errors: Errors,
    pub head: Head,
    pub fields: Vec<Field>,
}

/// `/connect/{token}` of an open link.
#[derive(Template)]
#[template(path = "connect/open_link.html")]
pub struct OpenLinkPage {
    pub page: Page,
    pub errors: Errors,
    pub head: Head,
    pub fields: Vec<Field>,
}
