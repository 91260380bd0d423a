//! The page around a view: who reads it, in which language, and what its frame shows.

use super::assets::{ASSETS, Assets};
use crate::access::may::{Action, Because, Relationship};
use crate::access::permissions::Permission;
use crate::access::{Account, App, Can, Operator, Reading, SignedIn, User, Visitor, posted};
use crate::clock::Moment;
use crate::db::ids::{CustomerId, OrganisationId, TagId};
use crate::domain::Theme;
use crate::domain::relationship::partnership::Side;
use crate::error::{Error, Result};
use crate::i18n::{Arg, Lang};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;
use jiff::tz::TimeZone;

/// Everything that `layout.html` needs; each view has one.
#[derive(Clone)]
pub struct Page {
    pub lang: Lang,
    pub theme: Theme,
    /// Title without the product's name; an error in the form puts its word before it.
    pub title: String,
    /// Where this page is, to come back to.
    pub path: String,
    /// The token of this session for forms, and a fresh key for one form.
    pub token: String,
    pub form_key: String,
    pub flash: Option<&'static str>,
    pub user: Option<String>,
    /// The reader operates the platform.
    pub operator: bool,
    pub shell: Option<Shell>,
    zone: TimeZone,
    pub demo: bool,
    /// Letters leave, or arrive in the demonstration's box.
    pub sends_mail: bool,
}

/// The frame of a partner account, or of the platform.
#[derive(Clone)]
pub struct Shell {
    /// `None` on the platform's own pages.
    pub account: Option<Account>,
    pub nav: Vec<Nav>,
}

/// One entry of the navigation.
#[derive(Clone)]
pub struct Nav {
    pub key: &'static str,
    pub icon: &'static str,
    pub href: String,
    pub current: bool,
}

impl Page {
    /// For a member of a partner account.
    pub fn member<P: Permission>(req: &HttpRequest, who: &Can<P>, section: &str, title: impl Into<String>) -> Self {
        let slug = &who.account.slug;
        let mut nav = Vec::new();
        let mut entry = |key: &'static str, icon, path: &str, action| {
            if who.may(action, Relationship::None).is_ok() {
                nav.push(Nav { key, icon, href: format!("/p/{slug}/{path}"), current: section == path });
            }
        };
        entry("nav-customers", "building", "customers", Action::ViewCustomers);
        entry("nav-invitations", "mail", "invitations", Action::ViewInvitations);
        entry("nav-referrals", "inbox", "referrals", Action::ViewReferrals);
        match Side::of(who.account.account_type) {
            Some(Side::Provider) => entry("nav-resellers", "handshake", "resellers", Action::ViewPartnerships),
            Some(Side::Reseller) => entry("nav-providers", "handshake", "providers", Action::ViewPartnerships),
            None => {}
        }
        entry("nav-delegated-admin", "clock", "delegated-admin", Action::ViewCustomers);
        entry("nav-profile", "globe", "profile", Action::ViewInsights);
        entry("nav-audit", "history", "audit", Action::ViewActivity);
        entry("nav-roles", "shield", "roles", Action::ViewRoles);
        let shell = Shell { account: Some(who.account.clone()), nav };
        Self::of(req, who.app(), &who.user, Some(shell), title.into())
    }
    /// For a signed-in user outside any account.
    pub fn user(req: &HttpRequest, who: &SignedIn, title: impl Into<String>) -> Self {
        Self::of(req, who.app(), &who.user, None, title.into())
    }
    /// For an operator, on the platform's own pages.
    pub fn operator(req: &HttpRequest, who: &Operator, section: &str, title: impl Into<String>) -> Self {
        let entry = |key, icon, path: &str| Nav { key, icon, href: path.to_owned(), current: section == path };
        let nav = vec![
            entry("nav-operator", "home", "/operator"),
            entry("nav-operator-profiles", "globe", "/operator/profiles"),
            entry("nav-operator-terms", "tag", "/operator/terms"),
            entry("nav-operator-mail", "mail", "/operator/mail"),
            entry("nav-operator-routing", "handshake", "/operator/routing"),
            entry("nav-operator-schedule", "clock", "/operator/schedule"),
        ];
        Self::of(req, who.app(), &who.user, Some(Shell { account: None, nav }), title.into())
    }
    fn of(req: &HttpRequest, app: &App, user: &User, shell: Option<Shell>, title: String) -> Self {
        let page = Self::build(req, app, user.lang, user.theme, &user.time_zone, Some(user.name.clone()), shell, title);
        Self { operator: user.operator, ..page }
    }
    /// For anyone.
    pub fn visitor(req: &HttpRequest, who: &Visitor, title: impl Into<String>) -> Self {
        Self::build(req, who.app(), who.lang, Theme::Auto, "UTC", None, None, title.into())
    }
    /// For anyone, without forms and without anything of the reader's own: a page that may be kept.
    pub fn public(req: &HttpRequest, who: &Visitor, lang: Lang, title: impl Into<String>) -> Self {
        let title = title.into();
        Self { path: req.uri().to_string(), demo: who.app().config.demo, ..Self::bare(lang, &title) }
    }
    /// For an error, whoever met it.
    pub fn error(req: &HttpRequest, title: impl Into<String>) -> Self {
        let app = crate::access::app(req);
        let theme = req.extensions().get::<Reading>().map_or(Theme::Auto, |reading| reading.theme);
        Self::build(req, &app, crate::access::language(req), theme, "UTC", None, None, title.into())
    }

    #[allow(clippy::too_many_arguments)]
    fn build(
        req: &HttpRequest,
        app: &App,
        lang: Lang,
        theme: Theme,
        zone: &str,
        user: Option<String>,
        shell: Option<Shell>,
        title: String,
    ) -> Self {
        let flash = req.cookie("flash").and_then(|cookie| cookie.value().starts_with("flash-").then(|| cookie.value().to_owned()));
        Self {
            lang,
            theme,
            title,
            path: req.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            token: posted::form_token(req),
            form_key: crate::config::random_hex(12),
            flash: flash.filter(|key| lang.has(key)).map(|key| lang.t(&key)),
            user,
            operator: false,
            shell,
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            demo: app.config.demo,
            sends_mail: app.config.sends_mail(),
        }
    }

    /// A page of nobody in particular, without forms: for an error that lost its request.
    pub fn bare(lang: Lang, title: &str) -> Self {
        Self {
            lang,
            theme: Theme::Auto,
            title: title.to_owned(),
            path: "/".into(),
            token: String::new(),
            form_key: String::new(),
            flash: None,
            user: None,
            operator: false,
            shell: None,
            zone: TimeZone::UTC,
            demo: false,
            sends_mail: false,
        }
    }

    /// One of the platform's own pages.
    pub fn is_platform(&self) -> bool {
        self.shell.as_ref().is_some_and(|shell| shell.account.is_none())
    }
    pub fn assets(&self) -> &'static Assets {
        &ASSETS
    }
    pub fn t(&self, key: &str) -> &'static str {
        self.lang.t(key)
    }
    /// A word of a family of messages: `word("role", "global_admin")` is `role-global-admin`.
    pub fn word(&self, family: &str, value: &str) -> &'static str {
        self.lang.word(family, value)
    }
    /// A message with one text in it.
    pub fn t1(&self, key: &str, name: &'static str, value: impl ToString) -> String {
        self.lang.ta(key, &[(name, value.to_string().into())])
    }
    /// A message with a count: `$count` chooses the form, `$shown` is what to print.
    pub fn tn(&self, key: &str, count: i64) -> String {
        self.lang.ta(key, &[("count", count.into()), ("shown", self.lang.number(count).into())])
    }
    pub fn ta(&self, key: &str, args: &[Arg<'_>]) -> String {
        self.lang.ta(key, args)
    }
    pub fn number(&self, value: i64) -> String {
        self.lang.number(value)
    }
    pub fn date(&self, moment: Moment) -> String {
        self.lang.date(moment, &self.zone)
    }
    pub fn moment(&self, moment: Moment) -> String {
        self.lang.moment(moment, &self.zone)
    }
    /// Today, where the reader is.
    pub fn today(&self, now: Moment) -> jiff::civil::Date {
        jiff::Timestamp::from_microsecond(now.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone()).date()
    }
    /// The beginning of a day, where the reader is.
    pub fn start_of(&self, day: jiff::civil::Date) -> Moment {
        let start = day.to_zoned(self.zone.clone());
        Moment::from_micros(start.map_or(0, |start| start.timestamp().as_microsecond()))
    }
    /// The sentence that says why something is not allowed, and who could.
    pub fn why(&self, because: &Because) -> String {
        why(self.lang, because)
    }
    /// The same, for a button: empty where it is allowed.
    pub fn why_not(&self, verdict: Result<(), Because>) -> Option<String> {
        verdict.err().map(|because| self.why(&because))
    }
}

/// The sentence of a refusal.
pub fn why(lang: Lang, because: &Because) -> String {
    let key = because.key();
    match because {
        Because::Roles(roles) => {
            let names: Vec<String> =
                roles.iter().map(|role| lang.t(&format!("role-{}", role.as_str().replace('_', "-"))).to_owned()).collect();
            lang.ta(key, &[("roles", lang.any_of(&names).into())])
        }
        Because::AccountType(kind) | Because::OtherType(kind) => {
            lang.ta(key, &[("type", lang.t(&format!("account-type-{}", kind.as_str().replace('_', "-"))).into())])
        }
        Because::Cloud(cloud) => lang.ta(key, &[("cloud", lang.t(&format!("cloud-{}", cloud.as_str().replace('_', "-"))).into())]),
        Because::Ended => lang.t(key).to_owned(),
    }
}

/// Ids have no character that HTML would escape, and lists are full of them.
macro_rules! plain_in_html {
    ($($id:ident),+) => {$(
        impl askama::filters::HtmlSafe for $id {}
        impl askama::FastWritable for $id {
            fn write_into(&self, out: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
                Ok(out.write_str(self.uuid().hyphenated().encode_lower(&mut [0; 36]))?)
            }
        }
    )+};
}
plain_in_html!(CustomerId, OrganisationId, TagId);

/// A text that rows repeat, escaped once for all of them.
#[derive(Debug, Clone)]
pub struct Escaped(String);

impl Escaped {
    /// A piece of a page, rendered ahead.
    pub fn of(piece: &impl Template) -> Self {
        Self(piece.render().unwrap_or_default())
    }
    pub fn text(text: &str) -> Self {
        Self(askama::filters::escape(text, askama::filters::Html).map(|escaped| escaped.to_string()).unwrap_or_default())
    }
}
impl std::fmt::Display for Escaped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl askama::filters::HtmlSafe for Escaped {}
impl askama::FastWritable for Escaped {
    fn write_into(&self, out: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(out.write_str(&self.0)?)
    }
}

/// A rendered page with its status.
pub fn html(status: StatusCode, view: &impl Template) -> Result<HttpResponse> {
    let mut body = String::with_capacity(64 * 1024);
    view.render_into(&mut body).map_err(Error::internal)?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body))
}

/// 200 with a page.
pub fn ok(view: &impl Template) -> Result<HttpResponse> {
    html(StatusCode::OK, view)
}

/// The page of a form: 422 where it did not hold, 200 where it is shown for the first time or
/// given back after signing in.
pub fn form(view: &impl Template, errors: bool) -> Result<HttpResponse> {
    html(if errors { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, view)
}

/// 303 to a path of this portal, with a message for the next page (a key that begins `flash-`).
pub fn see(location: &str, flash: Option<&'static str>) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((header::LOCATION, local(location)));
    if let Some(key) = flash {
        let cookie =
            actix_web::cookie::Cookie::build("flash", key).path("/").http_only(true).same_site(actix_web::cookie::SameSite::Lax).finish();
        answer.cookie(cookie);
    }
    answer.finish()
}

/// A path on this portal, or `/`: one slash, not two, no backslash, no control characters
/// (ASVS 3.7.2).
pub fn local(path: &str) -> &str {
    let safe =
        path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && path.chars().all(|c| !c.is_control() && c.is_ascii());
    if safe { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_redirect_never_leaves_the_portal(path in "\\PC*|[/\\\\a-z:.@\t\n]{0,12}") {
            let location = local(&path);
            prop_assert!(location.starts_with('/') && !location.starts_with("//") && !location.contains('\\'));
        }
    }
}
