//! Many invitations at once: from a pasted list, shown line by line before anything is sent, or to
//! customers of the list. The work is a job, and its page tells what became of each line.

use super::acts::{self, From, New};
use super::form::{InvitationForm, MESSAGE_MAX, PURPOSE_MAX, Rules};
use super::pasted::{self, Line, MOST, Problem};
use super::{action, fields, href, kinds, list_href, queries, text, write};
use crate::access::identity;
use crate::access::jobs::{self, Told};
use crate::access::may::Relationship;
use crate::access::permissions::{ChangeInvitations, ViewInvitations};
use crate::access::posted::Posted;
use crate::access::{App, Can, Scope};
use crate::db::Conn;
use crate::db::ids::{CustomerId, InvitationId, JobId, ObjectId, PartnerId};
use crate::domain::CustomerStatus;
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::invitation::Kind;
use crate::domain::rule::{line, prose};
use crate::error::{Error, Result};
use crate::features::customers::{self, model::Customer};
use crate::features::partnerships::queries::active_providers;
use crate::i18n::Lang;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Longest pasted form, in bytes: a thousand lines of usual length.
const PASTE: usize = 256 * 1024;
/// Invitations a piece of a job.
const PIECE: usize = 50;

/// What all invitations of one job have in common.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Common {
    kind: String,
    language: String,
    provider: Option<PartnerId>,
    purpose: String,
    message: String,
    roles: Vec<String>,
    days: Option<i64>,
    auto_extend: bool,
}

/// The form of a pasted list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PasteForm {
    kind: String,
    provider: String,
    language: String,
    purpose: String,
    message: String,
    roles: Vec<String>,
    duration_days: String,
    auto_extend: String,
    lines: String,
    /// `check` or `send`.
    action: String,
}

impl PasteForm {
    /// As the form of one invitation, whose rules and controls are the same.
    fn one(&self) -> InvitationForm {
        let form = InvitationForm {
            kind: self.kind.clone(),
            provider: self.provider.clone(),
            language: self.language.clone(),
            purpose: self.purpose.clone(),
            message: self.message.clone(),
            roles: self.roles.clone(),
            duration_days: self.duration_days.clone(),
            auto_extend: self.auto_extend.clone(),
            ..InvitationForm::default()
        };
        form.settled()
    }
}

/// One line of the list, and what would become of it.
pub struct LineView {
    pub number: usize,
    pub email: String,
    pub name: String,
    pub company: String,
    pub problem: Option<&'static str>,
}

/// `/p/{account}/invitations/bulk`
#[derive(Template)]
#[template(path = "invitations/bulk.html")]
pub struct BulkPage {
    pub page: Page,
    pub errors: Errors,
    pub list: String,
    pub action: String,
    pub kind: &'static str,
    /// Address, name, whether it is this one.
    pub kinds: Vec<(String, &'static str, bool)>,
    pub common: Vec<Field>,
    pub lines: Field,
    /// The dry run, once there was one.
    pub checked: Vec<LineView>,
    /// How many would be sent, in words; none before the dry run.
    pub ready: Option<String>,
    pub good: i64,
}

/// Which kind.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Start {
    kind: String,
}

/// `GET /p/{account}/invitations/bulk`
pub async fn show(who: Can<ChangeInvitations>, req: HttpRequest, start: web::Query<Start>) -> Result<HttpResponse> {
    let allowed = kinds(&who).map_err(Error::NotAllowed)?;
    let kind = Kind::from_text(&start.kind).filter(|kind| allowed.contains(kind)).unwrap_or(allowed[0]);
    let form = PasteForm {
        kind: kind.as_str().to_owned(),
        language: who.user.lang.as_str().to_owned(),
        duration_days: "90".to_owned(),
        ..PasteForm::default()
    };
    let providers = providers(&who, kind).await?;
    render(&who, &req, kind, &form, &providers, Vec::new(), Errors::default())
}

async fn providers(who: &Can<ChangeInvitations>, kind: Kind) -> Result<Vec<(PartnerId, String)>> {
    match kind {
        Kind::ResellerAndProvider => who.read(|scope, conn| Ok(active_providers(scope, conn)?)).await,
        _ => Ok(Vec::new()),
    }
}

/// The lines with what is wrong with each, and what each says.
type Judged = Vec<(Line, Result<Line, Problem>)>;

fn render(
    who: &Can<ChangeInvitations>,
    req: &HttpRequest,
    kind: Kind,
    form: &PasteForm,
    providers: &[(PartnerId, String)],
    judged: Judged,
    errors: Errors,
) -> Result<HttpResponse> {
    let page = Page::member(req, who, "invitations", who.user.lang.t("invites-bulk"));
    let list = list_href(&who.account.slug);
    let action = format!("{list}/bulk");
    let allowed = kinds(who).unwrap_or_default();
    let tab = |one: &Kind| (format!("{action}?kind={}", one.as_str()), page.word("invite-kind", one.as_str()), *one == kind);
    let good = judged.iter().filter(|(_, verdict)| verdict.is_ok()).count() as i64;
    let lines = Field::text("lines", page.t("invite-bulk-lines"), form.lines.as_str()).kind("textarea").max(200_000);
    let view = BulkPage {
        kind: kind.as_str(),
        kinds: allowed.iter().map(tab).collect(),
        common: common_fields(&page, &errors, kind, &form.one(), providers),
        lines: lines.hint(page.t("invite-bulk-lines-hint")).errors(&errors),
        ready: (!judged.is_empty()).then(|| page.tn("invite-bulk-ready", good)),
        checked: judged.iter().enumerate().map(|(place, (line, verdict))| line_view(&page, place + 1, line, verdict)).collect(),
        good,
        list,
        action,
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

fn line_view(page: &Page, number: usize, line: &Line, verdict: &Result<Line, Problem>) -> LineView {
    let problem = verdict.as_ref().err().map(|problem| page.word("invite-line", problem));
    LineView { number, email: line.email.clone(), name: line.name.clone(), company: line.company.clone(), problem }
}

/// What is said once for all.
fn common_fields(page: &Page, errors: &Errors, kind: Kind, form: &InvitationForm, providers: &[(PartnerId, String)]) -> Vec<Field> {
    let mut all = Vec::new();
    if kind == Kind::ResellerAndProvider {
        all.push(fields::provider(page, errors, &form.provider, providers));
    }
    if kind == Kind::DelegatedAdmin {
        all.push(fields::admin_name(page, errors, &form.purpose).hint(page.t("invite-bulk-name-hint")));
        all.extend(fields::admin(page, errors, form));
    }
    all.push(fields::language(page, errors, &form.language));
    all.push(fields::message(page, errors, &form.message));
    all
}

/// What all have in common, or every mistake.
fn common(form: &InvitationForm, kind: Kind, lang: Lang, providers: &[(PartnerId, String)], errors: &mut Errors) -> Option<Common> {
    let admin = kind == Kind::DelegatedAdmin;
    let provider = providers.iter().map(|(id, _)| *id).find(|id| id.to_string() == form.provider);
    if kind == Kind::ResellerAndProvider && provider.is_none() {
        errors.message(lang, "provider", "invite-missing-provider");
    }
    let purpose = line(&form.purpose, usize::from(admin), if admin { NAME_LEFT } else { PURPOSE_MAX });
    if purpose.is_err() {
        errors.message(lang, "purpose", "invite-bulk-name-wrong");
    }
    let message = errors.take(lang, "message", prose(&form.message, 0, MESSAGE_MAX));
    let (roles, days) = if admin { (form.parse_roles(lang, errors)?, Some(form.parse_days(lang, errors)?)) } else { (Vec::new(), None) };
    errors.is_empty().then_some(Common {
        kind: kind.as_str().to_owned(),
        language: form.lang().as_str().to_owned(),
        provider,
        purpose: purpose.ok()?,
        message: message?,
        roles: roles.iter().map(|role| role.as_str().to_owned()).collect(),
        days,
        auto_extend: admin && form.auto_extend == "1",
    })
}

/// `POST /p/{account}/invitations/bulk`: the dry run, and from its page the job.
pub async fn paste(who: Can<ChangeInvitations>, req: HttpRequest, posted: Posted<PasteForm, PASTE>) -> Result<HttpResponse> {
    kinds(&who).map_err(Error::NotAllowed)?;
    let form = posted.form;
    let kind = Kind::from_text(&form.kind).ok_or(Error::BadRequest("kind"))?;
    who.must(action(kind), Relationship::None)?;
    let providers = providers(&who, kind).await?;
    let mut errors = Errors::default();
    let lang = who.user.lang;
    let common = common(&form.one(), kind, lang, &providers, &mut errors);
    let lines = pasted::lines(&form.lines);
    if lines.is_empty() || lines.len() > MOST {
        errors.message(lang, "lines", if lines.is_empty() { "invite-bulk-empty" } else { "invite-bulk-too-many" });
    }
    let Some(common) = common.filter(|_| errors.is_empty() && !posted.review) else {
        return render(&who, &req, kind, &form, &providers, Vec::new(), errors);
    };
    if form.action != "send" {
        let judged = judge(&who, kind, lines).await?;
        return render(&who, &req, kind, &form, &providers, judged, errors);
    }
    enqueue(&who, &posted.once, "invitations.send", json!({ "common": common, "lines": lines })).await
}

async fn enqueue(
    who: &Can<ChangeInvitations>,
    once: &crate::access::posted::Once,
    kind: &'static str,
    payload: Value,
) -> Result<HttpResponse> {
    let list = list_href(&who.account.slug);
    let location = who
        .write_once(once, move |scope, conn| {
            let job = jobs::enqueue(scope, conn, kind, &payload)?;
            Ok(format!("{list}/jobs/{job}"))
        })
        .await?;
    Ok(page::see(&location, None))
}

/// What would become of each line; the job asks again when it comes to it.
async fn judge(who: &Can<ChangeInvitations>, kind: Kind, lines: Vec<Line>) -> Result<Judged> {
    let rules = write::rules(who);
    who.read(move |scope, conn| {
        let mut seen = HashSet::new();
        let mut judged = Judged::with_capacity(lines.len());
        for line in lines {
            let mut verdict = pasted::check(&line, &rules, &mut seen);
            if let Ok(good) = &verdict
                && queries::waiting_for(scope, conn, kind, &good.email, scope.now)?.is_some()
            {
                verdict = Err("waiting");
            }
            judged.push((line, verdict));
        }
        Ok(judged)
    })
    .await
}

/// Whom the letters of a job come from, and what its addresses may not be.
struct Sending<'a> {
    partner: String,
    rules: Rules,
    app: &'a App,
}

impl<'a> Sending<'a> {
    fn of(app: &'a App, scope: &Scope, conn: &mut Conn) -> Result<Self> {
        let (partner, partner_domain) = identity::name_and_domain(conn, scope.id())?;
        let rules = Rules { lang: Lang::En, operator_domains: app.config.operator_domains.clone(), partner_domain };
        Ok(Self { partner, rules, app })
    }

    /// Writes and sends one, or says why not.
    fn send(
        &self,
        scope: &Scope,
        conn: &mut Conn,
        common: &Common,
        line: &Line,
        customer: Option<&Customer>,
    ) -> Result<Result<InvitationId, Problem>> {
        let kind = Kind::from_text(&common.kind).ok_or_else(|| Error::internal("kind"))?;
        if queries::waiting_for(scope, conn, kind, &line.email, scope.now)?.is_some() {
            return Ok(Err("waiting"));
        }
        let purpose = match kind {
            Kind::DelegatedAdmin => match free_name(scope, conn, &common.purpose, &line.company)? {
                Some(name) => name,
                None => return Ok(Err("named")),
            },
            _ => common.purpose.clone(),
        };
        let lang =
            customer.and_then(|one| Lang::from_text(&one.language)).or_else(|| Lang::from_text(&common.language)).unwrap_or(Lang::En);
        let usual = text::is_usual(kind, &common.message);
        let new = New {
            kind,
            open_link: false,
            recipient_name: line.name.clone(),
            recipient_email: line.email.clone(),
            company: line.company.clone(),
            customer: customer.map(|one| one.id),
            provider: common.provider,
            lang,
            purpose,
            note: String::new(),
            message: if usual { text::usual(kind, lang).to_owned() } else { common.message.clone() },
            roles: common.roles.iter().filter_map(|role| DirectoryRole::from_text(role)).collect(),
            duration_days: common.days,
            auto_extend: common.auto_extend,
        };
        let user = scope.user().ok_or_else(|| Error::internal("a job needs a member"))?;
        let id = acts::create(scope, conn, user, &new)?;
        acts::send(scope, conn, id, &From { partner: &self.partner, keys: &self.app.keys })?;
        Ok(Ok(id))
    }
}

/// What of a name is left for a part that all requests of a job share.
const NAME_LEFT: usize = 30;

/// A name that no other request has: what was typed, and the company.
fn free_name(scope: &Scope, conn: &mut Conn, typed: &str, company: &str) -> Result<Option<String>> {
    for attempt in 1..=9 {
        let end = if attempt == 1 { String::new() } else { format!(" {attempt}") };
        let room = super::form::ADMIN_NAME_MAX - end.chars().count();
        let name: String = format!("{typed} · {company}").chars().take(room).collect();
        let name = format!("{}{end}", name.trim_end());
        if !queries::name_taken(scope, conn, &name, None)? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn told(subject: &str, outcome: Result<InvitationId, Problem>) -> Told {
    let (problem, object) = match outcome {
        Ok(id) => ("", Some(ObjectId::from_uuid(id.uuid()))),
        Err(problem) => (problem, None),
    };
    Told { subject: subject.to_owned(), problem, object }
}

fn step(told: Vec<Told>, next: Option<Value>) -> jobs::Step {
    let failed = told.iter().filter(|one| !one.problem.is_empty()).count() as i64;
    jobs::Step { done: told.len() as i64 - failed, failed, next, told }
}

/// The job behind [`paste`]: one piece.
pub fn run_lines(app: &App, scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<jobs::Step> {
    let common: Common = serde_json::from_value(payload["common"].clone()).map_err(Error::internal)?;
    let lines: Vec<Line> = serde_json::from_value(payload["lines"].clone()).map_err(Error::internal)?;
    let sending = Sending::of(app, scope, conn)?;
    let from = progress.as_u64().unwrap_or(0) as usize;
    let to = (from + PIECE).min(lines.len());
    // The lines before count too: an address is invited once.
    let mut seen = HashSet::new();
    let verdicts: Vec<_> = lines[..to].iter().map(|line| pasted::check(line, &sending.rules, &mut seen)).collect();
    let mut results = Vec::with_capacity(PIECE);
    for (line, verdict) in lines[..to].iter().zip(verdicts).skip(from) {
        let outcome = match verdict {
            Ok(good) => sending.send(scope, conn, &common, &good, None)?,
            Err(problem) => Err(problem),
        };
        results.push(told(&line.email, outcome));
    }
    Ok(step(results, (to < lines.len()).then(|| to.into())))
}

/// Which of the customer list, and what to ask them for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CustomersForm {
    id: Vec<String>,
    /// `yes`: all that match `view`, not only the ticked.
    all: String,
    view: String,
    /// The list's button; says nothing here.
    act: String,
    kind: String,
    purpose: String,
    roles: Vec<String>,
    duration_days: String,
    auto_extend: String,
    /// `send`: not only shown.
    action: String,
}

/// `/p/{account}/invitations/customers`
#[derive(Template)]
#[template(path = "invitations/customers.html")]
pub struct CustomersPage {
    pub page: Page,
    pub errors: Errors,
    pub back: String,
    pub action: String,
    pub ids: Vec<String>,
    pub all: bool,
    pub view: String,
    pub count: String,
    pub names: Vec<String>,
    pub kind: Field,
    pub rights: Vec<Field>,
}

/// `POST /p/{account}/invitations/customers`: chosen in the customer list. Shown first; then a job.
pub async fn customers(who: Can<ChangeInvitations>, req: HttpRequest, posted: Posted<CustomersForm>) -> Result<HttpResponse> {
    let allowed = kinds(&who).map_err(Error::NotAllowed)?;
    let mut form = posted.form;
    let chosen = customers::bulk::Chosen::of(&form.id, &form.all, &form.view)?;
    let list = customers::handlers::base(&who.account.slug);
    let (state, _) = customers::export::query_of(&form.view);
    let back = format!("{list}{}", state.view_query());
    if chosen.is_empty() {
        return Ok(page::see(&back, Some("flash-bulk-none")));
    }
    // Both kinds make sense for customers, each for some of them; the job says which it left out.
    let offered: Vec<Kind> = allowed.into_iter().filter(|kind| matches!(kind, Kind::Reseller | Kind::DelegatedAdmin)).collect();
    let mut errors = Errors::default();
    if form.action == "send" && !posted.review {
        let kind = Kind::from_text(&form.kind).filter(|kind| offered.contains(kind)).ok_or(Error::BadRequest("kind"))?;
        let one = InvitationForm {
            kind: form.kind.clone(),
            purpose: form.purpose.clone(),
            roles: form.roles.clone(),
            duration_days: form.duration_days.clone(),
            auto_extend: form.auto_extend.clone(),
            ..InvitationForm::default()
        };
        if let Some(common) = common(&one, kind, who.user.lang, &[], &mut errors) {
            let mut payload = chosen.payload();
            payload["common"] = json!(common);
            return enqueue(&who, &posted.once, "invitations.customers", payload).await;
        }
    } else if form.kind.is_empty() {
        form.kind = offered.first().map(|kind| kind.as_str().to_owned()).unwrap_or_default();
        form.duration_days = "90".to_owned();
    }
    let wanted = chosen.clone();
    let (names, count) = who.read(move |scope, conn| wanted.names_and_count(scope, conn)).await?;
    let page = Page::member(&req, &who, "customers", who.user.lang.t("invite-customers-title"));
    let choices = offered.iter().map(|kind| {
        let word = kind.as_str();
        crate::web::form::Choice::new(word, page.word("invite-kind", word)).hint(page.word("invite-customers-means", word))
    });
    let admin = InvitationForm {
        purpose: form.purpose,
        roles: form.roles,
        duration_days: form.duration_days,
        auto_extend: form.auto_extend,
        ..InvitationForm::default()
    };
    let mut rights = Vec::new();
    if offered.contains(&Kind::DelegatedAdmin) {
        rights.push(fields::admin_name(&page, &errors, &admin.purpose).hint(page.t("invite-bulk-name-hint")));
        rights.extend(fields::admin(&page, &errors, &admin));
    }
    let view = CustomersPage {
        kind: Field::text("kind", page.t("invite-which"), form.kind).choices("radios", choices.collect()),
        count: customers::bulk::count_words(&page, count),
        action: format!("{}/customers", list_href(&who.account.slug)),
        ids: form.id,
        all: form.all == "yes",
        view: form.view,
        rights,
        names,
        back,
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

/// The job behind [`customers`]: one piece.
pub fn run_customers(app: &App, scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<jobs::Step> {
    let common: Common = serde_json::from_value(payload["common"].clone()).map_err(Error::internal)?;
    let sending = Sending::of(app, scope, conn)?;
    let (ids, next) = customers::bulk::piece(scope, conn, payload, progress)?;
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        results.push(to_customer(&sending, scope, conn, &common, id)?);
    }
    Ok(step(results, next))
}

fn to_customer(sending: &Sending<'_>, scope: &Scope, conn: &mut Conn, common: &Common, id: CustomerId) -> Result<Told> {
    let customer = match customers::model::find(scope, conn, id) {
        Err(diesel::result::Error::NotFound) => return Ok(told(&id.to_string(), Err("gone"))),
        other => other?,
    };
    let admin = common.kind == Kind::DelegatedAdmin.as_str();
    let fits = if admin { customer.status != CustomerStatus::Ended } else { customer.status != CustomerStatus::Active };
    let line = Line { email: customer.contact_email.clone(), name: customer.contact_name(), company: customer.company_name.clone() };
    let outcome = match pasted::check(&line, &sending.rules, &mut HashSet::new()) {
        _ if !fits => Err(if admin { "ended" } else { "active" }),
        Ok(good) => sending.send(scope, conn, common, &good, Some(&customer))?,
        Err(problem) => Err(problem),
    };
    Ok(told(&customer.company_name, outcome))
}

/// `/p/{account}/invitations/jobs/{job}`
#[derive(Template)]
#[template(path = "invitations/job.html")]
pub struct JobPage {
    pub page: Page,
    pub list: String,
    pub job: jobs::Job,
    pub running: bool,
    /// Line, what it was about, why not.
    pub failed: Vec<(i64, String, &'static str)>,
    /// Line, what it was about, the invitation's page.
    pub sent: Vec<(i64, String, Option<String>)>,
    pub more: bool,
}

/// `GET /p/{account}/invitations/jobs/{job}`
pub async fn show_job(who: Can<ViewInvitations>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id: JobId = path.1.parse().map_err(|()| Error::NotFound)?;
    let (job, failed, sent) = who
        .read(move |scope, conn| {
            let job = jobs::find(scope, conn, id)?;
            Ok((job, jobs::results(scope, conn, id, true)?, jobs::results(scope, conn, id, false)?))
        })
        .await?;
    let page = Page::member(&req, &who, "invitations", who.user.lang.t("invite-job"));
    let slug = &who.account.slug;
    let to = |object: ObjectId| href(slug, InvitationId::from_uuid(object.uuid()));
    let more = failed.len() as i64 == jobs::SHOWN || sent.len() as i64 == jobs::SHOWN;
    page::ok(&JobPage {
        list: list_href(slug),
        running: matches!(job.state.as_str(), "queued" | "running"),
        failed: failed.into_iter().map(|one| (one.line, one.subject, page.word("invite-line", &one.problem))).collect(),
        sent: sent.into_iter().map(|one| (one.line, one.subject, one.object.map(to))).collect(),
        more,
        job,
        page,
    })
}
