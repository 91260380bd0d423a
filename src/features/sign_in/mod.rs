//! Signing in and out, and the single-use links that set a password.

pub mod handlers;

pub use handlers::page_for_expired;

use crate::access::Held;
use crate::web::form::{Errors, Field};
use crate::web::page::Page;
use askama::Template;

/// The sign-in page; also where a form lands whose session had ended.
#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
pub struct SignInPage {
    pub page: Page,
    pub errors: Errors,
    pub fields: Vec<Field>,
    /// Where to go afterwards.
    pub to: String,
    /// What was posted without a session, to be given back.
    pub held: Option<Held>,
    /// Seconds to wait before the next try.
    pub wait: Option<i64>,
    /// Why the page is shown: a session ended.
    pub ended: bool,
}

/// After signing in again: the form as it was, one press from where it was.
#[derive(Template)]
#[template(path = "sign_in/resume.html")]
pub struct ResumePage {
    pub page: Page,
    pub held: Held,
}

/// What to do about a forgotten password: a letter, or where none can be sent, whom to ask.
#[derive(Template)]
#[template(path = "sign_in/forgotten.html")]
pub struct ForgottenPage {
    pub page: Page,
    pub errors: Errors,
    pub field: Field,
    /// The letter was asked for.
    pub asked: bool,
    /// Seconds to wait before the next try.
    pub wait: Option<i64>,
}

/// A new password, by a single-use link.
#[derive(Template)]
#[template(path = "sign_in/set_password.html")]
pub struct SetPasswordPage {
    pub page: Page,
    pub errors: Errors,
    pub fields: Vec<Field>,
    pub email: String,
    pub token: String,
}
