//! The pages of an invitation. A GET only shows: scanners of mail open links.

use super::acts::{self, Acceptance};
use super::fields;
use super::forms::{AcceptForm, DeclineForm, OpenLinkForm};
use super::open_link;
use super::queries::{self, Live, Open};
use super::{AcceptPage, DeclinePage, OpenLinkPage, ShowPage, href};
use crate::access::invitee::Invitee;
use crate::access::posted::Posted;
use crate::access::throttle::Guess;
use crate::domain::domain_prefix::DomainPrefix;
use crate::domain::letter::Letter;
use crate::domain::relationship::invitation::Kind;
use crate::error::{Error, Result};
use crate::features::customer_new::forms::{Facts, Rules};
use crate::features::customer_new::queries::domain_taken;
use crate::features::sign_in::handlers::Empty;
use crate::i18n::Lang;
use crate::web::form::Errors;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::Arc;

/// An invitation on its way to a page, which speaks its language unless its reader has chosen
/// another.
struct Shown {
    who: Invitee,
    open: Open,
    href: String,
}

async fn shown(mut who: Invitee, req: &HttpRequest, token: &str) -> Result<Shown> {
    let link = who.link.clone();
    let open = who.read(move |scope, conn| queries::open(scope, conn, &link)).await?;
    let chosen = req.cookie("lang").and_then(|cookie| Lang::from_text(cookie.value()));
    who.visitor.lang = chosen.unwrap_or(open.row.lang());
    Ok(Shown { who, open, href: href(token) })
}

impl Shown {
    fn page(&self, req: &HttpRequest) -> Page {
        let mut page = Page::visitor(req, &self.who.visitor, "");
        page.title = fields::title(&page, &self.open);
        page
    }
    /// Answered, over or an open link: its first page says so.
    fn elsewhere(&self) -> Option<HttpResponse> {
        let answerable = self.open.live == Live::Open && !self.open.row.open_link && self.open.row.kind != Kind::Partnership;
        (!answerable).then(|| page::see(&self.href, None))
    }
    /// What the rules need to know of who answers.
    fn rules(&self) -> Rules {
        let today = self.who.now().zoned("UTC").date();
        Rules {
            lang: self.who.visitor.lang,
            operator_domains: self.who.app().config.operator_domains.clone(),
            partner_domain: String::new(),
            provider: false,
            may_attest: false,
            today: (today.year(), today.month(), today.day()),
        }
    }
}

/// `GET /connect/{token}`
pub async fn show(who: Invitee, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    let shown = shown(who, &req, &token).await?;
    if shown.open.row.open_link && shown.open.live == Live::Open {
        return open_link_page(&shown, &req, &OpenLinkForm::default(), Errors::default());
    }
    let page = shown.page(&req);
    let open = &shown.open;
    let lost_ground = open.live == Live::Open && open.row.kind == Kind::DelegatedAdmin && open.organisations.is_empty();
    let hindrance = (lost_ground || open.parts.is_empty()).then(|| page.t1("connect-no-customer", "partner", &open.sender));
    page::ok(&ShowPage {
        head: fields::head(&page, open, &shown.href),
        over: fields::over(&page, open),
        partnership: (open.row.kind == Kind::Partnership).then(|| format!("{}/partner", shown.href)),
        note_opening: open.live == Live::Open && open.row.opened_at.is_none(),
        hindrance,
        page,
    })
}

/// `POST /connect/{token}/opened`: a browser shows the page.
pub async fn opened(who: Invitee, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let link = who.link.clone();
    who.write(move |scope, conn| acts::opened(scope, conn, &link)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /connect/{token}/accept`
pub async fn show_accept(who: Invitee, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    let shown = shown(who, &req, &token).await?;
    if let Some(answer) = shown.elsewhere() {
        return Ok(answer);
    }
    let form = AcceptForm::first(&shown.open, fields::country_of(&shown.page(&req)));
    accept_page(&shown, &req, &form, Errors::default())
}

fn accept_page(shown: &Shown, req: &HttpRequest, form: &AcceptForm, errors: Errors) -> Result<HttpResponse> {
    let (page, open) = (shown.page(req), &shown.open);
    let (mut country, mut company, mut address) = (None, Vec::new(), Vec::new());
    if form.is_new(open) {
        let (one, two, three) = fields::company(&page, &errors, form, shown.who.link.cloud());
        (country, company, address) = (Some(one), two, three);
    }
    let failed = !errors.is_empty();
    let view = AcceptPage {
        head: fields::head(&page, open, &shown.href),
        parts: fields::parts(&page, &errors, form, open),
        parts_error: errors.of("part_reseller").map(str::to_owned),
        person: fields::person(&page, &errors, form),
        known: fields::known(&page, &errors, form, open),
        settled: open.settled.as_ref().map(|one| one.legal_name.clone()),
        country,
        company,
        address,
        rules: form.country.clone(),
        authority: fields::authority(&page, &errors, form, open),
        errors,
        page,
    };
    page::form(&view, failed)
}

/// `POST /connect/{token}/accept`
pub async fn accept(who: Invitee, req: HttpRequest, token: web::Path<String>, posted: Posted<AcceptForm>) -> Result<HttpResponse> {
    let shown = shown(who, &req, &token).await?;
    if let Some(answer) = shown.elsewhere() {
        return Ok(answer);
    }
    let form = posted.form;
    let mut errors = Errors::default();
    if posted.review || matches!(form.action.as_str(), "country" | "organisation") {
        return accept_page(&shown, &req, &form, errors);
    }
    match parse(&shown, &form, &mut errors).await? {
        Some(acceptance) => carry_out(shown, &req, &form, acceptance).await,
        None => accept_page(&shown, &req, &form, errors),
    }
}

async fn parse(shown: &Shown, form: &AcceptForm, errors: &mut Errors) -> Result<Option<Acceptance>> {
    let (form, open, rules) = (form.clone(), shown.open.clone(), shown.rules());
    let work = move |scope: &crate::access::Scope, conn: &mut crate::db::Conn| {
        let mut errors = Errors::default();
        let prefix: Option<DomainPrefix> = form.domain.parse().ok().filter(|_| form.is_new(&open));
        let domain_taken = prefix.map(|prefix| domain_taken(scope, conn, &prefix)).transpose()?.unwrap_or(false);
        let mut acceptance = form.parse(&open, scope, &rules, &Facts { domain_taken, reseller: None }, &mut errors);
        if domain_taken {
            acceptance = None;
            // A known domain is a known organisation: its own contacts can answer for it.
            errors.0.iter_mut().filter(|error| error.field == "domain").for_each(|error| {
                error.message = rules.lang.ta("connect-domain-known", &[("email", open.person.email.clone().into())]);
            });
        }
        Ok((acceptance, errors))
    };
    let (acceptance, found) = shown.who.read(work).await?;
    *errors = found;
    Ok(acceptance)
}

async fn carry_out(shown: Shown, req: &HttpRequest, form: &AcceptForm, acceptance: Acceptance) -> Result<HttpResponse> {
    let (app, link) = (Arc::clone(shown.who.app()), shown.who.link.clone());
    let done = shown.who.write(move |scope, conn| acts::accept(scope, conn, &link, &app.keys, &acceptance)).await;
    match done {
        Ok(()) => Ok(page::see(&shown.href, Some("flash-connect-accepted"))),
        // Somebody was faster: with this link, or with the domain.
        Err(Error::Conflict) => {
            let mut errors = Errors::default();
            match parse(&shown, form, &mut errors).await? {
                None => accept_page(&shown, req, form, errors),
                Some(_) => Ok(page::see(&shown.href, Some("flash-connect-too-late"))),
            }
        }
        Err(other) => Err(other),
    }
}

/// `GET /connect/{token}/decline`
pub async fn show_decline(who: Invitee, req: HttpRequest, token: web::Path<String>) -> Result<HttpResponse> {
    let shown = shown(who, &req, &token).await?;
    if let Some(answer) = shown.elsewhere() {
        return Ok(answer);
    }
    let form = DeclineForm { name: shown.open.row.recipient_name.clone(), ..DeclineForm::default() };
    decline_page(&shown, &req, &form, Errors::default())
}

fn decline_page(shown: &Shown, req: &HttpRequest, form: &DeclineForm, errors: Errors) -> Result<HttpResponse> {
    let mut page = shown.page(req);
    page.title = page.t1("connect-decline-title", "partner", &shown.open.sender);
    let failed = !errors.is_empty();
    let (head, fields) = (fields::head(&page, &shown.open, &shown.href), fields::decline(&page, &errors, form));
    page::form(&DeclinePage { head, fields, errors, page }, failed)
}

/// `POST /connect/{token}/decline`
pub async fn decline(who: Invitee, req: HttpRequest, token: web::Path<String>, posted: Posted<DeclineForm>) -> Result<HttpResponse> {
    let shown = shown(who, &req, &token).await?;
    if let Some(answer) = shown.elsewhere() {
        return Ok(answer);
    }
    let mut errors = Errors::default();
    let parsed = posted.form.parse(shown.who.visitor.lang, &mut errors).filter(|_| !posted.review);
    let Some((name, reason, note)) = parsed else {
        return decline_page(&shown, &req, &posted.form, errors);
    };
    let link = shown.who.link.clone();
    match shown.who.write(move |scope, conn| acts::decline(scope, conn, &link, &name, reason, &note)).await {
        Ok(()) => Ok(page::see(&shown.href, Some("flash-connect-declined"))),
        Err(Error::Conflict) => Ok(page::see(&shown.href, Some("flash-connect-too-late"))),
        Err(other) => Err(other),
    }
}

/// `POST /connect/{token}/again`: asks the sender for another link.
pub async fn again(who: Invitee, req: HttpRequest, token: web::Path<String>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let shown = shown(who, &req, &token).await?;
    let guess = Guess { email: &format!("again {}", shown.open.row.id), peer: &shown.who.visitor.peer, known_device: false };
    if shown.open.live != Live::Open && guess.check(shown.who.app()).await.is_ok() {
        guess.failed(shown.who.app()).await?;
        let row = shown.open.row.clone();
        let ask = move |scope: &crate::access::Scope, conn: &mut crate::db::Conn| {
            let path = acts::page_of(scope, conn, &row)?;
            let letter = Letter::NewLinkAsked { company: row.company.clone(), person: row.recipient_name.clone(), path };
            acts::tell_member(scope, conn, &row, &letter)
        };
        shown.who.write(ask).await?;
    }
    Ok(page::see(&shown.href, Some("flash-connect-asked")))
}

fn open_link_page(shown: &Shown, req: &HttpRequest, form: &OpenLinkForm, errors: Errors) -> Result<HttpResponse> {
    let page = shown.page(req);
    let failed = !errors.is_empty();
    let (head, fields) = (fields::head(&page, &shown.open, &shown.href), fields::open_link(&page, &errors, form));
    page::form(&OpenLinkPage { head, fields, errors, page }, failed)
}

/// `POST /connect/{token}/ask`: an open link sends a personal invitation. The answer is the same
/// whether it was sent or waits in the mail box already.
pub async fn ask(who: Invitee, req: HttpRequest, token: web::Path<String>, posted: Posted<OpenLinkForm>) -> Result<HttpResponse> {
    let shown = shown(who, &req, &token).await?;
    if shown.open.live != Live::Open || !shown.open.row.open_link {
        return Ok(page::see(&shown.href, None));
    }
    let mut errors = Errors::default();
    let parsed = posted.form.parse(shown.who.visitor.lang, &mut errors).filter(|_| !posted.review);
    let Some((name, email, company)) = parsed else {
        return open_link_page(&shown, &req, &posted.form, errors);
    };
    let asked = (name, email.to_string().to_lowercase(), company);
    let guess = Guess { email: &format!("open link {}", asked.1), peer: &shown.who.visitor.peer, known_device: false };
    guess.check(shown.who.app()).await?;
    guess.failed(shown.who.app()).await?;
    let (app, link, lang) = (Arc::clone(shown.who.app()), shown.who.link.clone(), shown.who.visitor.lang);
    match shown.who.write(move |scope, conn| open_link::invite(scope, conn, &link, &app.keys, lang, &asked)).await {
        Ok(()) => Ok(page::see(&shown.href, Some("flash-connect-mailed"))),
        Err(Error::Conflict) => Ok(page::see(&shown.href, None)),
        Err(other) => Err(other),
    }
}
