//! The handlers of signing in.

use super::{ForgottenPage, ResumePage, SetPasswordPage, SignInPage};
use crate::access::password::{self, MIN_CHARS};
use crate::access::posted::Posted;
use crate::access::throttle::{Guess, Request};
use crate::access::{Held, SignedIn, Visitor, session};
use crate::domain::email::Email;
use crate::error::{Error, Result};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page, local};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Deserialize;
use std::time::Duration;

/// Query of the sign-in page.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct To {
    to: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct SignInForm {
    email: String,
    password: String,
    to: String,
    held_action: String,
    held_fields: String,
}

/// `GET /sign-in`
pub async fn show(who: Visitor, req: HttpRequest, query: web::Query<To>) -> Result<HttpResponse> {
    let page = Page::visitor(&req, &who, who.lang.t("sign-in-title"));
    page::ok(&view(page, Errors::default(), "", local(&query.to).to_owned(), None))
}

/// In place of a page that needs a session, when a form came without one: 401, and the form is
/// kept in the page.
pub fn page_for_expired(req: &HttpRequest, held: Option<Held>) -> Result<HttpResponse> {
    let lang = crate::access::language(req);
    let page = Page::error(req, lang.t("sign-in-title"));
    let to = held.as_ref().map_or("/", |_| "/").to_owned();
    let mut view = view(page, Errors::default(), "", to, held);
    view.ended = true;
    page::html(StatusCode::UNAUTHORIZED, &view)
}

fn view(page: Page, errors: Errors, email: &str, to: String, held: Option<Held>) -> SignInPage {
    let fields = vec![
        Field::text("email", page.t("sign-in-email"), email).kind("email").autocomplete("username").errors(&errors),
        Field::text("password", page.t("sign-in-password"), "").kind("password").autocomplete("current-password").errors(&errors),
    ];
    SignInPage { page, errors, fields, to, held, wait: None, ended: false }
}

/// `POST /sign-in`
pub async fn sign_in(who: Visitor, req: HttpRequest, posted: Posted<SignInForm>) -> Result<HttpResponse> {
    let form = posted.form;
    let held = held_from(&form);
    let mut errors = Errors::default();
    for (field, value) in [("email", &form.email), ("password", &form.password)] {
        if value.is_empty() {
            errors.message(who.lang, field, &format!("sign-in-{field}-missing"));
        }
    }
    let app = who.app().clone();
    let device = req.cookie("device").is_some_and(|cookie| app.keys.holds("device", &form.email.trim().to_lowercase(), cookie.value()));
    let guess = Guess { email: &form.email, peer: &who.peer, known_device: device };
    let again = |errors: Errors, wait: Option<i64>, held: Option<Held>| {
        let page = Page::visitor(&req, &who, who.lang.t("sign-in-title"));
        let status = if wait.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
        let mut view = view(page, errors, &form.email, local(&form.to).to_owned(), held);
        view.wait = wait;
        page::html(status, &view)
    };
    if !errors.is_empty() {
        return again(errors, None, held);
    }
    match guess.check(&app).await {
        Err(Error::TooMany(seconds)) => {
            tracing::info!(outcome = "delayed", "sign-in");
            return again(Errors::default(), Some(seconds), held);
        }
        other => other?,
    }
    let Some(user) = who.authenticate(&form.email, form.password.clone()).await? else {
        guess.failed(&app).await?;
        tracing::info!(outcome = "refused", "sign-in");
        errors.message(who.lang, "email", "sign-in-wrong");
        return again(errors, None, held);
    };
    guess.succeeded(&app).await?;
    tracing::info!(outcome = "accepted", %user, "sign-in");
    session::start(&who.session, user, &who.user_agent);
    let known = Cookie::build("device", app.keys.token("device", &form.email.trim().to_lowercase()))
        .path("/sign-in")
        .http_only(true)
        .secure(app.config.is_https())
        .same_site(SameSite::Lax)
        .max_age(actix_web::cookie::time::Duration::days(365))
        .finish();
    let mut answer = match held {
        // The form goes on by itself as soon as the new session's token is in it.
        Some(held) => page::see(&format!("/sign-in/resume?to={}", crate::web::shell::encode(&pack(&held))), None),
        None => page::see(local(&form.to), None),
    };
    answer.add_cookie(&known).map_err(Error::internal)?;
    Ok(answer)
}

/// A held form as one text, for a hidden field.
fn pack(held: &Held) -> String {
    serde_html_form::to_string([
        ("action", held.action.as_str()),
        ("fields", serde_html_form::to_string(&held.fields).unwrap_or_default().as_str()),
    ])
    .unwrap_or_default()
}

impl Held {
    /// The fields as one text, for a hidden field of the sign-in form.
    pub fn packed(&self) -> String {
        serde_html_form::to_string(&self.fields).unwrap_or_default()
    }
}

fn held_from(form: &SignInForm) -> Option<Held> {
    let fields = serde_html_form::from_str(&form.held_fields).ok()?;
    let action = local(&form.held_action);
    (action != "/" && !form.held_action.is_empty()).then(|| Held { action: action.to_owned(), fields })
}

#[derive(Deserialize)]
struct Packed {
    action: String,
    fields: String,
}

/// `GET /sign-in/resume`: the held form with the new session's token.
pub async fn resume(who: SignedIn, req: HttpRequest, query: web::Query<To>) -> Result<HttpResponse> {
    let packed: Packed = serde_html_form::from_str(&query.to).map_err(|_| Error::NotFound)?;
    let fields = serde_html_form::from_str(&packed.fields).map_err(|_| Error::NotFound)?;
    let held = Held { action: local(&packed.action).to_owned(), fields };
    let page = Page::user(&req, &who, who.user.lang.t("resume-title"));
    page::ok(&ResumePage { page, held })
}

/// `POST /sign-out`
pub async fn sign_out(who: Visitor, _posted: Posted<Empty>) -> Result<HttpResponse> {
    who.session.purge();
    let mut answer = page::see("/sign-in", Some("flash-signed-out"));
    answer
        .headers_mut()
        .insert(header::HeaderName::from_static("clear-site-data"), header::HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(answer)
}

/// A form without fields of its own.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ForgottenForm {
    email: String,
}

/// `GET /sign-in/forgotten`
pub async fn forgotten(who: Visitor, req: HttpRequest) -> Result<HttpResponse> {
    page::ok(&forgotten_view(Page::visitor(&req, &who, who.lang.t("forgotten-title")), Errors::default(), ""))
}

fn forgotten_view(page: Page, errors: Errors, email: &str) -> ForgottenPage {
    let field = Field::text("email", page.t("sign-in-email"), email).kind("email").autocomplete("username").max(254).errors(&errors);
    ForgottenPage { page, errors, field, asked: false, wait: None }
}

/// How long an answer takes, whatever is behind it: whether an address is known cannot be timed
///
const ANSWER: Duration = Duration::from_millis(250);

/// `POST /sign-in/forgotten`: the same words for known and unknown addresses.
pub async fn ask_for_new_password(who: Visitor, req: HttpRequest, posted: Posted<ForgottenForm>) -> Result<HttpResponse> {
    let answer_at = tokio::time::Instant::now() + ANSWER;
    let mut errors = Errors::default();
    let email: Option<Email> = errors.take(who.lang, "email", posted.form.email.parse());
    let mut view = forgotten_view(Page::visitor(&req, &who, who.lang.t("forgotten-title")), errors, &posted.form.email);
    let Some(email) = email.filter(|_| view.page.sends_mail) else { return page::form(&view, !view.errors.is_empty()) };
    match (Request { kind: "new password", email: email.as_str(), peer: &who.peer }).count(who.app()).await {
        Err(Error::TooMany(seconds)) => {
            view.wait = Some(seconds);
            return page::html(StatusCode::TOO_MANY_REQUESTS, &view);
        }
        other => other?,
    }
    who.ask_for_new_password(email.as_str()).await?;
    tokio::time::sleep_until(answer_at).await;
    view.asked = true;
    page::ok(&view)
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct NewPassword {
    password: String,
    repeated: String,
}

/// `GET /set-password/{token}`: only shows; scanners open links.
pub async fn show_set_password(who: Visitor, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    let link = who.open_link(&token).await?;
    page::ok(&set_password_view(
        Page::visitor(&req, &who, who.lang.t("set-password-title")),
        Errors::default(),
        link.email,
        token.into_inner(),
    ))
}

/// `POST /set-password/{token}`
pub async fn set_password(who: Visitor, req: HttpRequest, token: web::Path<String>, posted: Posted<NewPassword>) -> Result<HttpResponse> {
    let link = who.open_link(&token).await?;
    let NewPassword { password: new, repeated } = posted.form;
    if let Err(refused) = password::check_new(&new, &repeated, &[&link.email, &link.name]) {
        let errors = refusal(who.lang, refused);
        return page::form(
            &set_password_view(Page::visitor(&req, &who, who.lang.t("set-password-title")), errors, link.email, token.into_inner()),
            true,
        );
    }
    who.use_link(&link, new).await?;
    tracing::info!(user = %link.user, purpose = link.purpose.as_str(), "password set by link");
    Ok(page::see("/sign-in", Some("flash-password-set")))
}

/// The refusal of a new password, at its field.
pub fn refusal(lang: crate::i18n::Lang, refused: password::Refused) -> Errors {
    let field = if refused == password::Refused::Different { "repeated" } else { "password" };
    let mut errors = Errors::default();
    errors.message(lang, field, refused.key());
    errors
}

/// The two fields of a new password.
pub fn new_password_fields(page: &Page, errors: &Errors) -> Vec<Field> {
    vec![
        Field::text("password", page.t("set-password-new"), "")
            .kind("password")
            .autocomplete("new-password")
            .hint(page.t1("set-password-hint", "min", MIN_CHARS))
            .max(256)
            .errors(errors),
        Field::text("repeated", page.t("set-password-repeated"), "").kind("password").autocomplete("new-password").max(256).errors(errors),
    ]
}

fn set_password_view(page: Page, errors: Errors, email: String, token: String) -> SetPasswordPage {
    SetPasswordPage { fields: new_password_fields(&page, &errors), page, errors, email, token }
}

/// `POST /language`: the visitor's language, in a cookie; a signed-in user's is in `/me`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Language {
    lang: String,
    to: String,
}

pub async fn language(_who: Visitor, req: HttpRequest, posted: Posted<Language>) -> Result<HttpResponse> {
    let lang = crate::i18n::Lang::from_text(&posted.form.lang).ok_or(Error::BadRequest("language"))?;
    if let Ok(user) = SignedIn::extract(&req).await {
        user.save_profile(user.user.name.clone(), lang, user.user.time_zone.clone(), user.user.theme).await?;
    }
    let mut answer = page::see(local(&posted.form.to), None);
    let cookie = Cookie::build("lang", lang.as_str())
        .path("/")
        .max_age(actix_web::cookie::time::Duration::days(365))
        .same_site(SameSite::Lax)
        .finish();
    answer.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(answer)
}
