//! The middleware that every request passes, outermost: request id, host and same-origin checks,
//! deadline, panics, security headers, error pages, the log line and the counters.

use super::metrics;
use super::page::{self, Page};
use crate::access::{self, App, Held, Reading, posted};
use crate::db::ids::RequestId;
use crate::error::Error;
use crate::i18n::Lang;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;
use futures_util::FutureExt;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// No inline script or style anywhere, nothing from elsewhere, no framing.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// Runs the rest of the app for one request.
pub async fn serve(req: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (started, id) = (Instant::now(), RequestId::new());
    let in_flight = metrics::InFlight::begin();
    req.extensions_mut().insert(id);
    let app = req.app_data::<web::Data<App>>().expect("the app is built with its state").clone();
    let (method, path) = (req.method().clone(), logged_path(&req));
    let lang = access::language(req.request());
    let refused = check(&req, &app).err();
    let answer = match refused {
        Some(error) => Ok(req.error_response(error)),
        None => {
            let deadline = Duration::from_secs(app.config.request_timeout_s.max(1) + 10 * u64::from(method == Method::POST));
            match tokio::time::timeout(deadline, AssertUnwindSafe(next.call(req)).catch_unwind()).await {
                Ok(Ok(answer)) => answer,
                // A panic or the deadline has taken the request with it: a page without it.
                Ok(Err(_)) => Err(Lost { error: Error::Internal("panic".into()), id, lang }.into()),
                Err(_) => Err(Lost { error: Error::Unavailable("deadline".into()), id, lang }.into()),
            }
        }
    };
    drop(in_flight);
    let (status, user, answer) = match answer {
        Ok(response) => {
            let user = response.request().extensions().get::<Reading>().map(|reading| reading.user.to_string());
            let response = finish(response, &app, id);
            (response.status(), user, Ok(response))
        }
        Err(error) => {
            let lost = match error.as_error::<Lost>() {
                Some(_) => error,
                None => Lost { error: Error::Unavailable(error.to_string()), id, lang }.into(),
            };
            tracing::error!(request = %id, error = %lost, "lost request");
            (lost.as_response_error().status_code(), None, Err(lost))
        }
    };
    let took = started.elapsed();
    metrics::count(status.as_u16(), took);
    if !path.starts_with("/static/") && !path.ends_with("z") {
        tracing::info!(request = %id, method = %method, path, status = status.as_u16(), micros = took.as_micros() as u64, user, "request");
    }
    answer
}

/// The path without what must not be in a log: query strings (searches name people) and tokens.
fn logged_path(req: &ServiceRequest) -> String {
    let path = req.path();
    let shown = path.chars().filter(|c| !c.is_control()).take(200);
    match token_at(path) {
        Some(at) => format!("{}…", &path[..at]),
        None => shown.collect(),
    }
}

/// Where the token of a mailed link begins in a path that has one.
fn token_at(path: &str) -> Option<usize> {
    const ACCEPT: &str = "/providers/accept/";
    let opened =
        ["/set-password/", "/connect/", "/access/", "/inquiries/"].iter().find(|start| path.starts_with(**start)).map(|start| start.len());
    opened.or_else(|| path.find(ACCEPT).map(|at| at + ACCEPT.len()))
}

fn check(req: &ServiceRequest, app: &App) -> Result<(), Error> {
    let header = |name: HeaderName| req.headers().get(name).and_then(|value| value.to_str().ok());
    let host = header(header::HOST).unwrap_or_default();
    // Probes come by address, from inside.
    let probe = matches!(req.path(), "/healthz" | "/readyz");
    if !probe && !host.eq_ignore_ascii_case(app.config.public_host()) {
        return Err(Error::Misdirected);
    }
    match *req.method() {
        Method::GET | Method::HEAD => Ok(()),
        Method::POST => {
            // Same origin alone; what neither header says, the form's token must (Posted).
            let site = req.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
            let same = match (site, header(header::ORIGIN)) {
                (Some(site), _) => matches!(site, "same-origin" | "none"),
                (None, Some(origin)) => origin.eq_ignore_ascii_case(&app.config.public_url),
                (None, None) => true,
            };
            if same { Ok(()) } else { Err(Error::Forged) }
        }
        _ => Err(Error::NotFound),
    }
}

fn finish(mut response: ServiceResponse<BoxBody>, app: &App, id: RequestId) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let empty = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    if status.is_client_error() || status.is_server_error() {
        if let Some(error) = response.response().error().and_then(|error| error.as_error::<Error>()) {
            match error {
                Error::Internal(_) => tracing::error!(request = %id, error = %error, "failed"),
                Error::Unavailable(_) => {
                    tracing::warn!(request = %id, error = %error, "unavailable")
                }
                _ => {}
            }
        }
        if empty && response.request().method() != Method::HEAD {
            response = with_page(response, id);
        }
    }
    let req = response.request().clone();
    let secure = app.config.is_https();
    let mut cookies: Vec<Cookie<'static>> = Vec::new();
    if let Some(visitor) = req.extensions().get::<posted::NewVisitor>() {
        let cookie = Cookie::build(posted::VISITOR, visitor.0.clone()).path("/").http_only(true).secure(secure).same_site(SameSite::Lax);
        cookies.push(cookie.finish());
    }
    if req.cookie("flash").is_some()
        && response.status() != StatusCode::SEE_OTHER
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    {
        let mut gone = Cookie::build("flash", "").path("/").finish();
        gone.make_removal();
        cookies.push(gone);
    }
    for cookie in cookies {
        // A cookie of our own making is always a valid header.
        let _ = response.response_mut().add_cookie(&cookie);
    }
    set_headers(response.response_mut(), secure, req.path());
    response
}

fn set_headers(response: &mut HttpResponse<BoxBody>, secure: bool, path: &str) {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, if token_at(path).is_some() { "no-referrer" } else { "same-origin" });
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    // A mailed letter shown as a page brings its own, which allows less.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// An error page; says what happened, what to do, and for faults the number to quote.
#[derive(Template)]
#[template(path = "errors/error.html")]
pub struct ErrorPage {
    pub page: Page,
    pub status: u16,
    pub text: String,
    pub reason: Option<String>,
    pub retry: bool,
    pub reference: Option<String>,
}

/// The sign-in page in place of a page that needs one; gives back what was posted.
fn with_page(response: ServiceResponse<BoxBody>, id: RequestId) -> ServiceResponse<BoxBody> {
    let (req, response) = response.into_parts();
    let status = response.status();
    if let Some(Error::NoVisit) = response.error().and_then(|error| error.as_error::<Error>()) {
        return ServiceResponse::new(req, page::see("/access", Some("flash-access-over")));
    }
    let mut rendered = render_page(&req, &response, id).unwrap_or_else(|_| HttpResponse::build(status).finish());
    *rendered.status_mut() = if rendered.status() == StatusCode::OK { status } else { rendered.status() };
    if status == StatusCode::UNAUTHORIZED && req.method() == Method::GET {
        let to = format!("/sign-in?to={}", encode(&req.uri().to_string()));
        rendered = page::see(&to, None);
    }
    for cookie in response.cookies() {
        let _ = rendered.add_cookie(&cookie);
    }
    if let Some(Error::TooMany(seconds)) = response.error().and_then(|error| error.as_error::<Error>()) {
        rendered.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    } else if status == StatusCode::SERVICE_UNAVAILABLE {
        rendered.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    ServiceResponse::new(req, rendered)
}

/// A text for a query string (RFC 3986, unreserved characters kept).
pub fn encode(text: &str) -> String {
    use fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
        out
    })
}

fn render_page(req: &HttpRequest, response: &HttpResponse<BoxBody>, id: RequestId) -> crate::error::Result<HttpResponse> {
    let status = response.status();
    if status == StatusCode::UNAUTHORIZED {
        let held = req.extensions().get::<Held>().cloned();
        return crate::features::sign_in::page_for_expired(req, held);
    }
    let cause = response.error().and_then(|error| error.as_error::<Error>());
    let lang = access::language(req);
    let reason = match cause {
        Some(Error::NotAllowed(because)) => Some(page::why(lang, because)),
        _ => None,
    };
    let page = Page::error(req, lang.t(&key(status, "title")));
    page::html(status, &error_page(page, status, cause, reason, id))
}

fn error_page(page: Page, status: StatusCode, cause: Option<&Error>, reason: Option<String>, id: RequestId) -> ErrorPage {
    let text = match cause {
        Some(Error::TooMany(seconds)) => page.tn("error-429-text", *seconds),
        Some(Error::Forged) => page.t("error-forged-text").to_owned(),
        _ => page.t(&key(status, "text")).to_owned(),
    };
    ErrorPage {
        text,
        reason,
        retry: status.is_server_error(),
        reference: status.is_server_error().then(|| id.to_string()),
        status: status.as_u16(),
        page,
    }
}

/// The message key of a status; those without a page of their own share one.
fn key(status: StatusCode, part: &str) -> String {
    let code = match status.as_u16() {
        known @ (400 | 403 | 404 | 409 | 413 | 421 | 429 | 503) => known,
        server if server >= 500 => 500,
        _ => 400,
    };
    format!("error-{code}-{part}")
}

/// An error that lost its request on the way: rendered without it, headers and all.
#[derive(Debug)]
struct Lost {
    error: Error,
    id: RequestId,
    lang: Lang,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl ResponseError for Lost {
    fn status_code(&self) -> StatusCode {
        self.error.status_code()
    }
    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let page = Page::bare(self.lang, self.lang.t(&key(status, "title")));
        let view = error_page(page, status, Some(&self.error), None, self.id);
        let mut response = page::html(status, &view).unwrap_or_else(|_| HttpResponse::build(status).finish());
        set_headers(&mut response, true, "");
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::token_at;

    #[test]
    fn tokens_are_found_wherever_a_letter_leads() {
        for (path, shown) in [
            ("/set-password/0a1b", Some("/set-password/")),
            ("/connect/0a1b", Some("/connect/")),
            ("/connect/0a1b/accept", Some("/connect/")),
            ("/access/0a1b", Some("/access/")),
            ("/p/petit/providers/accept/0a1b", Some("/p/petit/providers/accept/")),
            ("/p/petit/customers", None),
            ("/inquiries/0a1b/withdraw", Some("/inquiries/")),
            ("/access", None),
        ] {
            assert_eq!(token_at(path).map(|at| &path[..at]), shown, "{path}");
        }
    }
}
