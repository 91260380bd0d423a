//! The handlers of the user's own page.

use super::{AccountsPage, MePage};
use crate::access::password;
use crate::access::posted::Posted;
use crate::access::{SignedIn, Visitor};
use crate::db::ids::SessionId;
use crate::domain::Theme;
use crate::error::{Error, Result};
use crate::features::sign_in::handlers::{Empty, new_password_fields, refusal};
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

/// `GET /me`
pub async fn show(who: SignedIn, req: HttpRequest) -> Result<HttpResponse> {
    render(&who, &req, Errors::default(), Profile::of(&who)).await
}

async fn render(who: &SignedIn, req: &HttpRequest, errors: Errors, values: Profile) -> Result<HttpResponse> {
    let sessions = who.sessions().await?;
    let page = Page::user(req, who, who.user.lang.t("me-title"));
    let choice = |key: &str, value: &str| Choice::new(value, page.t(key));
    let themes = vec![choice("theme-auto", "auto"), choice("theme-light", "light"), choice("theme-dark", "dark")];
    let languages = vec![choice("language-en", "en"), choice("language-fr", "fr")];
    let profile = vec![
        Field::text("name", page.t("me-name"), values.name).autocomplete("name").max(100).errors(&errors),
        Field::text("language", page.t("me-language"), values.language).choices("select", languages).errors(&errors),
        Field::text("time_zone", page.t("me-time-zone"), values.time_zone).hint(page.t("me-time-zone-hint")).max(64).errors(&errors),
        Field::text("theme", page.t("me-theme"), values.theme).choices("radios", themes).errors(&errors),
    ];
    let mut password = vec![
        Field::text("current", page.t("me-password-current"), "")
            .kind("password")
            .autocomplete("current-password")
            .max(256)
            .errors(&errors),
    ];
    password.extend(new_password_fields(&page, &errors));
    let failed = !errors.is_empty();
    page::form(&MePage { page, errors, email: who.user.email.clone(), profile, password, sessions, current: who.user.session }, failed)
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    name: String,
    language: String,
    time_zone: String,
    theme: String,
}

impl Profile {
    fn of(who: &SignedIn) -> Self {
        let user = &who.user;
        Self {
            name: user.name.clone(),
            language: user.lang.as_str().into(),
            time_zone: user.time_zone.clone(),
            theme: user.theme.as_str().into(),
        }
    }
}

/// `POST /me`
pub async fn save(who: SignedIn, req: HttpRequest, posted: Posted<Profile>) -> Result<HttpResponse> {
    let form = posted.form;
    let mut errors = Errors::default();
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        errors.message(who.user.lang, "name", "me-name-missing");
    }
    if jiff::tz::TimeZone::get(&form.time_zone).is_err() {
        errors.message(who.user.lang, "time_zone", "me-time-zone-unknown");
    }
    let lang = Lang::from_text(&form.language).ok_or(Error::BadRequest("language"))?;
    let theme = Theme::from_text(&form.theme).ok_or(Error::BadRequest("theme"))?;
    if posted.review || !errors.is_empty() {
        return render(&who, &req, errors, form).await;
    }
    who.save_profile(name.to_owned(), lang, form.time_zone, theme).await?;
    Ok(page::see("/me", Some("flash-saved")))
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ChangePassword {
    current: String,
    password: String,
    repeated: String,
}

/// `POST /me/password`: asks for the current one, ends every session, this one too.
pub async fn change_password(who: SignedIn, visitor: Visitor, req: HttpRequest, posted: Posted<ChangePassword>) -> Result<HttpResponse> {
    let form = posted.form;
    let lang = who.user.lang;
    let guess = crate::access::throttle::Guess { email: &who.user.email, peer: &visitor.peer, known_device: true };
    guess.check(who.app()).await?;
    let mut errors = Errors::default();
    if !who.check_password(form.current).await? {
        guess.failed(who.app()).await?;
        errors.message(lang, "current", "me-password-wrong");
    } else if let Err(refused) = password::check_new(&form.password, &form.repeated, &[&who.user.email, &who.user.name]) {
        errors = refusal(lang, refused);
    }
    if !errors.is_empty() {
        return render(&who, &req, errors, Profile::of(&who)).await;
    }
    who.change_password(form.password).await?;
    visitor.session.purge();
    tracing::info!(user = %who.user.id, "password changed");
    Ok(page::see("/sign-in", Some("flash-password-changed")))
}

/// `POST /me/sessions/{id}/end`
pub async fn end_session(who: SignedIn, id: web::Path<String>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let id: SessionId = id.parse().map_err(|()| Error::NotFound)?;
    who.end_sessions(Some(id)).await?;
    Ok(page::see("/me#sessions", Some("flash-session-ended")))
}

/// `POST /me/sessions/end`: all but this one.
pub async fn end_other_sessions(who: SignedIn, _posted: Posted<Empty>) -> Result<HttpResponse> {
    who.end_sessions(None).await?;
    Ok(page::see("/me#sessions", Some("flash-sessions-ended")))
}

/// `GET /accounts`
pub async fn accounts(who: SignedIn, req: HttpRequest) -> Result<HttpResponse> {
    let memberships = who.memberships().await?;
    page::ok(&AccountsPage { page: Page::user(&req, &who, who.user.lang.t("accounts-title")), memberships })
}
