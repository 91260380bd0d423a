//! Writing an invitation: a new one, or a draft once more.

use super::acts::{self, From, New};
use super::form::{Facts, InvitationForm, Rules, recipient};
use super::model::{self, Invitation};
use super::{action, fields, href, id, kinds, list_href, new_href, queries, text};
use crate::access::may::Relationship;
use crate::access::permissions::{ChangeInvitations, Permission};
use crate::access::posted::Posted;
use crate::access::{Can, Scope};
use crate::db::Conn;
use crate::db::ids::InvitationId;
use crate::domain::CustomerStatus;
use crate::domain::letter::Sender;
use crate::domain::relationship::invitation::{Kind, Shown};
use crate::error::{Error, Result};
use crate::features::customers::model as customers;
use crate::features::partnerships::queries::active_providers;
use crate::i18n::Lang;
use crate::mail::compose::Composed;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::sync::Arc;

/// Which kind? Where there is a choice.
#[derive(Template)]
#[template(path = "invitations/choose.html")]
pub struct ChoosePage {
    pub page: Page,
    pub list: String,
    /// Address, name, meaning.
    pub choices: Vec<(String, &'static str, &'static str)>,
    /// The customer that it will be about.
    pub customer: Option<String>,
}

/// `/p/{account}/invitations/new` and `/p/{account}/invitations/{invitation}/edit`
#[derive(Template)]
#[template(path = "invitations/form.html")]
pub struct FormPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub back: String,
    pub form: InvitationForm,
    /// What is asked for, in a sentence.
    pub intro: String,
    pub open: bool,
    pub customer: Option<String>,
    pub recipient: Vec<Field>,
    pub rights: Vec<Field>,
    pub message: Option<Field>,
    pub internal: Vec<Field>,
    /// One that waits for an answer from this address: its page, and the box that says *again*.
    pub waiting: Option<(String, Field)>,
    pub preview: Option<Composed>,
    /// What somebody else saved meanwhile, where that differs: label and value.
    pub theirs: Vec<(&'static str, String)>,
}

/// How the form is entered: from a customer, from the wizard's panel, from the list.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Start {
    kind: String,
    open: String,
    customer: String,
    provider: String,
    company: String,
    email: String,
    name: String,
}

/// `GET /p/{account}/invitations/new`
pub async fn new(who: Can<ChangeInvitations>, req: HttpRequest, start: web::Query<Start>) -> Result<HttpResponse> {
    let start = start.into_inner();
    let allowed = kinds(&who).map_err(Error::NotAllowed)?;
    let mut form = InvitationForm {
        kind: start.kind,
        open: start.open,
        customer: start.customer,
        provider: start.provider,
        company: start.company,
        recipient_email: start.email,
        recipient_name: start.name,
        language: who.user.lang.as_str().to_owned(),
        duration_days: "90".to_owned(),
        ..InvitationForm::default()
    };
    let facts = look(&who, &form, None).await?;
    if let Some(customer) = &facts.customer {
        form.recipient_email = customer.contact_email.clone();
        form.recipient_name = customer.contact_name();
        form.language = Lang::from_text(&customer.language).unwrap_or(who.user.lang).as_str().to_owned();
    }
    let offered: Vec<Kind> = allowed.into_iter().filter(|kind| fits(*kind, &facts)).collect();
    if form.kind().is_none()
        && let [only] = offered[..]
        && facts.customer.is_some()
    {
        form.kind = only.as_str().to_owned();
    }
    match form.kind() {
        Some(kind) => {
            who.must(action(kind), relationship(&facts))?;
            form_page(&who, &req, kind, Writing::new(form.settled()), &facts, Errors::default())
        }
        None => choose(&who, &req, &offered, &facts),
    }
}

/// Does a kind make sense for the customer? Whoever is one already needs no reseller relationship;
/// whoever has left grants no rights.
fn fits(kind: Kind, facts: &Facts) -> bool {
    let Some(customer) = &facts.customer else {
        return kind != Kind::ResellerAndProvider || !facts.providers.is_empty();
    };
    match kind {
        Kind::DelegatedAdmin => customer.status != CustomerStatus::Ended,
        Kind::Reseller => customer.status != CustomerStatus::Active,
        Kind::ResellerAndProvider => customer.status != CustomerStatus::Active && !facts.providers.is_empty(),
        Kind::Partnership => false,
    }
}

fn relationship(facts: &Facts) -> Relationship {
    facts.customer.as_ref().map_or(Relationship::None, customers::Customer::relationship)
}

fn choose(who: &Can<ChangeInvitations>, req: &HttpRequest, offered: &[Kind], facts: &Facts) -> Result<HttpResponse> {
    let page = Page::member(req, who, "invitations", who.user.lang.t("invite-title"));
    let new = new_href(&who.account.slug);
    let customer = facts.customer.as_ref().map(|one| format!("&customer={}", one.id)).unwrap_or_default();
    // What else the address says is kept.
    let kept: String = ["company", "email", "name"]
        .iter()
        .filter_map(|name| {
            let pairs: Vec<(String, String)> = serde_html_form::from_str(req.query_string()).unwrap_or_default();
            pairs.into_iter().find(|(key, _)| key == name).map(|(key, value)| format!("&{key}={}", crate::web::shell::encode(&value)))
        })
        .collect();
    let choice = |kind: &Kind| {
        let word = kind.as_str();
        (format!("{new}?kind={word}{customer}{kept}"), page.word("invite-kind", word), page.word("invite-kind-means", word))
    };
    let mut choices: Vec<_> = offered.iter().map(choice).collect();
    if offered.contains(&Kind::Reseller) && facts.customer.is_none() {
        choices.push((format!("{new}?kind=reseller&open=1"), page.t("invite-open-link"), page.t("invite-open-link-means")));
    }
    let customer = facts.customer.as_ref().map(|one| one.company_name.clone());
    page::ok(&ChoosePage { list: list_href(&who.account.slug), choices, customer, page })
}

/// What the rules need to know of this member.
pub fn rules<P: Permission>(who: &Can<P>) -> Rules {
    Rules { lang: who.user.lang, operator_domains: who.app().config.operator_domains.clone(), partner_domain: who.account.domain.clone() }
}

async fn look(who: &Can<ChangeInvitations>, form: &InvitationForm, editing: Option<InvitationId>) -> Result<Facts> {
    let (form, email) = (form.clone(), recipient(&form.recipient_email, &rules(who)).ok());
    who.read(move |scope, conn| facts(scope, conn, &form, email.as_deref(), editing)).await
}

fn facts(scope: &Scope, conn: &mut Conn, form: &InvitationForm, email: Option<&str>, editing: Option<InvitationId>) -> Result<Facts> {
    let customer = match (form.customer.as_str(), form.customer_id()) {
        ("", _) => None,
        (_, Some(id)) => Some(customers::find(scope, conn, id)?),
        _ => return Err(Error::NotFound),
    };
    let kind = form.kind();
    let waiting = match (kind, email) {
        (Some(kind), Some(email)) if !form.is_open() => queries::waiting_for(scope, conn, kind, email, scope.now)?,
        _ => None,
    };
    let name = form.purpose.trim();
    Ok(Facts {
        customer,
        providers: if matches!(kind, None | Some(Kind::ResellerAndProvider)) { active_providers(scope, conn)? } else { Vec::new() },
        waiting,
        name_taken: kind == Some(Kind::DelegatedAdmin) && !name.is_empty() && queries::name_taken(scope, conn, name, editing)?,
    })
}

/// What is being written: a new invitation, or a draft.
struct Writing {
    form: InvitationForm,
    draft: Option<InvitationId>,
    theirs: Vec<(&'static str, String)>,
    status: StatusCode,
}

impl Writing {
    fn new(form: InvitationForm) -> Self {
        Self { form, draft: None, theirs: Vec::new(), status: StatusCode::OK }
    }
}

fn form_page(
    who: &Can<ChangeInvitations>,
    req: &HttpRequest,
    kind: Kind,
    writing: Writing,
    facts: &Facts,
    errors: Errors,
) -> Result<HttpResponse> {
    let Writing { form, draft, theirs, status } = writing;
    let open = form.is_open();
    let title = match (draft, open) {
        (Some(_), _) => "invite-title-edit",
        (None, true) => "invite-title-open",
        (None, false) => "invite-title",
    };
    let page = Page::member(req, who, "invitations", who.user.lang.t(title));
    let slug = &who.account.slug;
    let list = list_href(slug);
    let admin = kind == Kind::DelegatedAdmin;
    let waiting = facts.waiting.as_ref().map(|(id, _)| (href(slug, *id), fields::again(&page, &errors, &form)));
    let status = if errors.is_empty() { status } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = FormPage {
        crumbs: vec![(list.clone(), page.t("invites-title").to_owned())],
        action: draft.map_or_else(|| new_href(slug), |id| format!("{}/edit", href(slug, id))),
        back: draft.map_or(list, |id| href(slug, id)),
        intro: if open { page.t("invite-open-link-means") } else { page.word("invite-kind-means", kind.as_str()) }.to_owned(),
        open,
        customer: facts.customer.as_ref().map(|one| one.company_name.clone()),
        recipient: fields::recipient(&page, &errors, &form, kind, facts),
        rights: if admin { fields::rights(&page, &errors, &form) } else { Vec::new() },
        message: Some(fields::message(&page, &errors, &form.message)),
        internal: fields::internal(&page, &errors, &form, kind),
        waiting,
        preview: if open { None } else { Some(preview(who, &form, kind, facts)?) },
        theirs,
        form,
        errors,
        page,
    };
    page::html(status, &view)
}

/// The letter as it would be sent now.
pub fn preview<P: Permission>(who: &Can<P>, form: &InvitationForm, kind: Kind, facts: &Facts) -> Result<Composed> {
    let sender = Sender { partner: who.account.name.clone(), person: who.user.name.clone(), email: who.user.email.clone() };
    let provider = facts.providers.iter().find(|(id, _)| id.to_string() == form.provider).map(|(_, name)| name.clone());
    let row = Invitation::sketched(&form.sketch(kind, facts), who.user.id, who.now());
    text::composed(&row, sender, provider, &who.app().config.public_url, None)
}

/// `POST /p/{account}/invitations/new`
pub async fn create(who: Can<ChangeInvitations>, req: HttpRequest, posted: Posted<InvitationForm>) -> Result<HttpResponse> {
    let allowed = kinds(&who).map_err(Error::NotAllowed)?;
    let form = posted.form.settled();
    let kind = form.kind().ok_or(Error::BadRequest("kind"))?;
    let facts = look(&who, &form, None).await?;
    who.must(action(kind), relationship(&facts))?;
    if !allowed.contains(&kind) {
        return Err(Error::BadRequest("kind"));
    }
    let mut errors = Errors::default();
    if posted.review || form.action == "preview" {
        return form_page(&who, &req, kind, Writing::new(form), &facts, errors);
    }
    let Some(new) = parse(&who, &form, kind, &facts, &mut errors) else {
        // A second press finds its own first invitation waiting.
        return match who.done_before(&posted.once).await? {
            Some(location) => Ok(page::see(&location, None)),
            None => form_page(&who, &req, kind, Writing::new(form), &facts, errors),
        };
    };
    let (user, slug, act) = (who.user.id, who.account.slug.clone(), After::of(&form.action));
    let (app, partner) = (Arc::clone(who.app()), who.account.name.clone());
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            let id = acts::create(scope, conn, user, &new)?;
            act.run(scope, conn, id, &From { partner: &partner, keys: &app.keys })?;
            Ok(href(&slug, id))
        })
        .await?;
    Ok(page::see(&location, Some(act.flash())))
}

/// The invitation, or every mistake: also one of a customer that this kind does not fit.
fn parse(who: &Can<ChangeInvitations>, form: &InvitationForm, kind: Kind, facts: &Facts, errors: &mut Errors) -> Option<New> {
    let new = form.parse(&rules(who), facts, errors);
    if facts.customer.is_some() && !fits(kind, facts) {
        errors.message(who.user.lang, "recipient_email", "invite-already-customer");
        return None;
    }
    new
}

/// What follows once it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    Send,
    Link,
    Keep,
}

impl After {
    pub fn of(button: &str) -> Self {
        match button {
            "send" => Self::Send,
            "link" => Self::Link,
            _ => Self::Keep,
        }
    }
    pub fn run(self, scope: &Scope, conn: &mut Conn, id: InvitationId, from: &From<'_>) -> Result<()> {
        match self {
            Self::Send => acts::send(scope, conn, id, from),
            Self::Link => acts::make_link(scope, conn, id, from),
            Self::Keep => Ok(()),
        }
    }
    pub const fn flash(self) -> &'static str {
        match self {
            Self::Send => "flash-invite-sent",
            Self::Link => "flash-invite-link",
            Self::Keep => "flash-invite-saved",
        }
    }
}

/// The draft in the address, which this member may write.
async fn draft(who: &Can<ChangeInvitations>, path: &str) -> Result<Invitation> {
    let id = id(path)?;
    let row = who.read(move |scope, conn| Ok(model::find(scope, conn, id)?)).await?;
    who.must(action(row.kind), Relationship::None)?;
    Ok(row)
}

/// Where an invitation leads that is no draft any more.
fn sent(who: &Can<ChangeInvitations>, row: &Invitation) -> Option<HttpResponse> {
    let gone = row.shown(who.now()) != Shown::Draft;
    gone.then(|| page::see(&href(&who.account.slug, row.id), Some("flash-invite-no-draft")))
}

/// `GET /p/{account}/invitations/{invitation}/edit`
pub async fn show_edit(who: Can<ChangeInvitations>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let row = draft(&who, &path.1).await?;
    if let Some(away) = sent(&who, &row) {
        return Ok(away);
    }
    let form = InvitationForm::of(&row);
    let facts = look(&who, &form, Some(row.id)).await?;
    form_page(&who, &req, row.kind, Writing { draft: Some(row.id), ..Writing::new(form) }, &facts, Errors::default())
}

/// `POST /p/{account}/invitations/{invitation}/edit`
pub async fn save_edit(
    who: Can<ChangeInvitations>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<InvitationForm>,
) -> Result<HttpResponse> {
    let row = draft(&who, &path.1).await?;
    if let Some(away) = sent(&who, &row) {
        return Ok(away);
    }
    // What a draft is about stays.
    let stays = InvitationForm::of(&row);
    let form = InvitationForm { kind: stays.kind, open: stays.open, customer: stays.customer, ..posted.form }.settled();
    let facts = look(&who, &form, Some(row.id)).await?;
    let mut errors = Errors::default();
    let writing = |form| Writing { draft: Some(row.id), ..Writing::new(form) };
    if posted.review || form.action == "preview" {
        return form_page(&who, &req, row.kind, writing(form), &facts, errors);
    }
    let shown: i64 = form.version.parse().map_err(|_| Error::BadRequest("version"))?;
    let Some(new) = parse(&who, &form, row.kind, &facts, &mut errors) else {
        return form_page(&who, &req, row.kind, writing(form), &facts, errors);
    };
    let (id, act) = (row.id, After::of(&form.action));
    let (app, partner) = (Arc::clone(who.app()), who.account.name.clone());
    let saved = who
        .write(move |scope, conn| {
            acts::edit(scope, conn, id, shown, &new)?;
            act.run(scope, conn, id, &From { partner: &partner, keys: &app.keys })
        })
        .await;
    match saved {
        Ok(()) => Ok(page::see(&href(&who.account.slug, id), Some(act.flash()))),
        // Somebody was faster: both versions are shown, and saving again is a decision.
        Err(Error::Conflict) => {
            let row = draft(&who, &path.1).await?;
            if let Some(away) = sent(&who, &row) {
                return Ok(away);
            }
            let theirs = differences(&form, &InvitationForm::of(&row), who.user.lang);
            let form = InvitationForm { version: row.version.to_string(), ..form };
            let writing = Writing { theirs, status: StatusCode::CONFLICT, ..writing(form) };
            form_page(&who, &req, row.kind, writing, &facts, Errors::default())
        }
        Err(other) => Err(other),
    }
}

/// What the saved draft says otherwise than the form.
fn differences(mine: &InvitationForm, theirs: &InvitationForm, lang: Lang) -> Vec<(&'static str, String)> {
    let texts = |form: &InvitationForm| {
        [
            ("recipient_email", form.recipient_email.to_lowercase()),
            ("recipient_name", form.recipient_name.clone()),
            ("company", form.company.clone()),
            ("language", form.language.clone()),
            ("purpose", form.purpose.clone()),
            ("message", form.message.replace("\r\n", "\n")),
            ("note", form.note.replace("\r\n", "\n")),
            ("roles", form.roles().iter().map(|role| lang.word("directory-role", role.as_str())).collect::<Vec<_>>().join(", ")),
            ("duration_days", form.duration_days.clone()),
        ]
    };
    let pairs = texts(mine).into_iter().zip(texts(theirs));
    pairs
        .filter(|((_, mine), (_, theirs))| mine.trim() != theirs.trim())
        .map(|(_, (name, theirs))| (lang.word("invite-field", name), theirs))
        .collect()
}
