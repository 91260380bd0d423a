//! The wizard's steps as drafts: each is shown, checked and kept; [`super::submit`] ends it.

use super::fields;
use super::forms::{AccountForm, AgreementForm, ContactForm, Data, Rules, Step};
use super::queries::{self, Draft, Known};
use super::{AccountPage, AgreementPage, ContactPage, DeniedPage, Frame, acts, drafts_href, new_href, step_href, welcome_href};
use crate::access::Can;
use crate::access::may::{Action, Because, Relationship};
use crate::access::permissions::{AddCustomer, Permission, ViewRoles};
use crate::access::posted::Posted;
use crate::db::ids::DraftId;
use crate::domain::AccountType;
use crate::domain::country::Country;
use crate::domain::domain_prefix::DomainPrefix;
use crate::error::{Error, Result};
use crate::features::partnerships::queries::active_providers;
use crate::web::form::Errors;
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};

/// May this member?
pub(super) fn allows<P: Permission>(who: &Can<P>, action: Action) -> bool {
    who.may(action, Relationship::None).is_ok()
}

/// What the rules need to know of who asks.
/// What the rules need to know of this member.
pub fn rules<P: Permission>(who: &Can<P>) -> Rules {
    let today = who.now().zoned(&who.user.time_zone).date();
    Rules {
        lang: who.user.lang,
        operator_domains: who.app().config.operator_domains.clone(),
        partner_domain: who.account.domain.clone(),
        provider: who.account.account_type == AccountType::IndirectProvider,
        may_attest: allows(who, Action::AttestAgreement),
        today: (today.year(), today.month(), today.day()),
    }
}

/// A draft with all that its pages need.
pub(super) struct Open {
    pub draft: Draft,
    pub known: Known,
    pub rules: Rules,
    /// The first step that does not hold yet.
    pub next: Step,
    slug: String,
}

impl Open {
    /// Where a draft leads that has become a customer.
    pub fn done(&self) -> Option<HttpResponse> {
        self.draft.customer.map(|customer| page::see(&welcome_href(&self.slug, customer), None))
    }
}

/// One of the user's own drafts.
pub(super) async fn open(who: &Can<AddCustomer>, id: &str) -> Result<Open> {
    let id: DraftId = id.parse().map_err(|()| Error::NotFound)?;
    let (user, rules) = (who.user.id, rules(who));
    let provider = rules.provider;
    let (draft, known) = who
        .read(move |scope, conn| {
            let draft = queries::draft(scope, conn, user, id)?;
            let known = queries::known(scope, conn, &draft.data.account, provider)?;
            Ok((draft, known))
        })
        .await?;
    let next = draft.data.parse(&rules, &known.facts).map_or_else(|(step, _)| step, |_| Step::Review);
    Ok(Open { draft, known, rules, next, slug: who.account.slug.clone() })
}

pub(super) async fn save(who: &Can<AddCustomer>, id: DraftId, change: impl Fn(&mut Data) + Send + 'static) -> Result<()> {
    let user = who.user.id;
    who.write(move |scope, conn| acts::save_draft(scope, conn, user, id, &change)).await
}

/// Where drafts and customers are found: the list, for who may see it.
fn home<P: Permission>(who: &Can<P>) -> String {
    let slug = &who.account.slug;
    if allows(who, Action::ViewCustomers) { format!("/p/{slug}/customers") } else { drafts_href(slug) }
}

/// After a step was kept: on to the next, or out for now.
pub(super) fn leave(who: &Can<AddCustomer>, id: DraftId, later: bool, next: Step) -> HttpResponse {
    if later {
        return page::see(&home(who), Some("flash-draft-saved"));
    }
    page::see(&step_href(&who.account.slug, id, next), None)
}

pub(super) fn frame<P: Permission>(page: &Page, who: &Can<P>, draft: Option<&Draft>, current: Option<Step>, next: Step) -> Frame {
    let slug = &who.account.slug;
    let id = draft.map(|draft| draft.id);
    let back = match current {
        Some(Step::Contact) => Some(Step::Account),
        Some(Step::Agreement) => Some(Step::Contact),
        Some(Step::Review) => Some(Step::Agreement),
        _ => None,
    };
    Frame {
        steps: fields::steps(page, slug, id, current, next),
        action: id.zip(current).map_or_else(|| new_href(slug), |(id, step)| step_href(slug, id, step)),
        back: id.zip(back).map(|(id, step)| step_href(slug, id, step)),
        list: home(who),
        list_label: page.t(if allows(who, Action::ViewCustomers) { "customer-new-list" } else { "customer-new-drafts" }),
        saved: draft.map(|draft| page.moment(draft.updated_at)),
        discard: id.map(|id| format!("{}/{id}/discard", new_href(slug))),
    }
}

/// How the wizard is entered.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Start {
    country: String,
    reseller: String,
}

/// `GET /p/{account}/customers/new`: the first step, before there is a draft. Open to every member
/// so that who may not is told why; the form itself is not.
pub async fn start(who: Can<ViewRoles>, req: HttpRequest, query: web::Query<Start>) -> Result<HttpResponse> {
    if let Err(because) = who.may(Action::AddCustomer, Relationship::None) {
        return denied(&who, &req, because).await;
    }
    let country = Country::parse(&query.country).map_or(who.account.country.clone(), |country| country.code.to_owned());
    let form = AccountForm { country, reseller: query.reseller.clone(), ..AccountForm::default() };
    let known = look(&who, &form).await?;
    account_page(&who, &req, None, form, &known, Errors::default())
}

/// An indirect reseller is told whom to ask; everybody else which role it takes.
async fn denied(who: &Can<ViewRoles>, req: &HttpRequest, because: Because) -> Result<HttpResponse> {
    let Because::AccountType(_) = because else {
        return Err(Error::NotAllowed(because));
    };
    let providers = who.read(|scope, conn| Ok(active_providers(scope, conn)?)).await?.into_iter().map(|(_, name)| name).collect();
    let page = Page::member(req, who, "customers", who.user.lang.t("customer-new-denied-title"));
    let why = page.why(&because);
    page::html(StatusCode::FORBIDDEN, &DeniedPage { page, why, providers, list: format!("/p/{}/customers", who.account.slug) })
}

async fn look<P: Permission>(who: &Can<P>, form: &AccountForm) -> Result<Known> {
    let (form, provider) = (form.clone(), who.account.account_type == AccountType::IndirectProvider);
    who.read(move |scope, conn| Ok(queries::known(scope, conn, &form, provider)?)).await
}

pub(super) fn account_page<P: Permission>(
    who: &Can<P>,
    req: &HttpRequest,
    open: Option<&Open>,
    form: AccountForm,
    known: &Known,
    errors: Errors,
) -> Result<HttpResponse> {
    let page = Page::member(req, who, "customers", who.user.lang.t("customer-new-title"));
    let (slug, cloud) = (&who.account.slug, who.account.cloud);
    let provider = who.account.account_type == AccountType::IndirectProvider;
    let next = open.map_or(Step::Account, |open| open.next);
    let said = Data { account: form.clone(), ..open.map(|open| open.draft.data.clone()).unwrap_or_default() };
    let view = AccountPage {
        frame: frame(&page, who, open.map(|open| &open.draft), Some(Step::Account), next),
        country: fields::country_field(&page, &errors, &form),
        company: fields::company_fields(&page, &errors, &form, cloud, slug),
        address: fields::address_fields(&page, &errors, &form),
        reseller: provider.then(|| fields::reseller_choice(&page, &errors, &form, known)),
        advice: fields::advice(&page, &form.company_name),
        panel: fields::panel(&page, &errors, who, &said, &known.duplicates),
        rules: form.country,
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

/// `POST /p/{account}/customers/new`
pub async fn begin(who: Can<AddCustomer>, req: HttpRequest, posted: Posted<AccountForm>) -> Result<HttpResponse> {
    account_step(&who, &req, None, posted).await
}

/// `POST /p/{account}/customers/new/{draft}/account`
pub async fn save_account(
    who: Can<AddCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<AccountForm>,
) -> Result<HttpResponse> {
    let open = open(&who, &path.1).await?;
    match open.done() {
        Some(done) => Ok(done),
        None => account_step(&who, &req, Some(open), posted).await,
    }
}

async fn account_step(who: &Can<AddCustomer>, req: &HttpRequest, open: Option<Open>, posted: Posted<AccountForm>) -> Result<HttpResponse> {
    let form = posted.form.settled();
    let known = look(who, &form).await?;
    let mut errors = Errors::default();
    if posted.review || matches!(form.action.as_str(), "country" | "resellers") {
        return account_page(who, req, open.as_ref(), form, &known, errors);
    }
    let later = form.action == "later";
    if !later {
        form.parse(&rules(who), &known.facts, &mut errors);
        known.duplicates.judge(&form, who.user.lang, &mut errors);
    }
    if !errors.is_empty() {
        return account_page(who, req, open.as_ref(), form, &known, errors);
    }
    if let Some(open) = open {
        let id = open.draft.id;
        save(who, id, move |data| data.account = form.clone()).await?;
        return Ok(leave(who, id, later, Step::Contact));
    }
    let (user, slug) = (who.user.id, who.account.slug.clone());
    let data = Data { account: form, ..Data::default() };
    let begun = move |scope: &crate::access::Scope, conn: &mut crate::db::Conn| {
        let id = acts::start_draft(scope, conn, user, &data)?;
        Ok(step_href(&slug, id, Step::Contact))
    };
    let location = who.write_once(&posted.once, begun).await?;
    Ok(if later { page::see(&home(who), Some("flash-draft-saved")) } else { page::see(&location, None) })
}

/// `GET /p/{account}/customers/new/{draft}/{step}`: a step whose turn has not come leads to the
/// one whose has.
pub async fn show(who: Can<AddCustomer>, req: HttpRequest, path: web::Path<(String, String, String)>) -> Result<HttpResponse> {
    let steps = [Step::Account, Step::Contact, Step::Agreement, Step::Review];
    let step = steps.into_iter().find(|step| step.as_str() == path.2).ok_or(Error::NotFound)?;
    let open = open(&who, &path.1).await?;
    if let Some(done) = open.done() {
        return Ok(done);
    }
    if step > open.next {
        return Ok(page::see(&step_href(&who.account.slug, open.draft.id, open.next), None));
    }
    step_page(&who, &req, &open, step, Errors::default())
}

/// The page of a step with what the draft holds.
pub(super) fn step_page(who: &Can<AddCustomer>, req: &HttpRequest, open: &Open, step: Step, errors: Errors) -> Result<HttpResponse> {
    let page = || Page::member(req, who, "customers", who.user.lang.t(&format!("customer-new-title-{}", step.as_str())));
    let data = &open.draft.data;
    let failed = !errors.is_empty();
    match step {
        Step::Account => account_page(who, req, Some(open), data.account.clone(), &open.known, errors),
        Step::Contact => {
            let page = page();
            let frame = frame(&page, who, Some(&open.draft), Some(step), open.next);
            let fields = fields::contact_fields(&page, &errors, &data.contact, data.country());
            page::form(&ContactPage { frame, fields, errors, page }, failed)
        }
        Step::Agreement => {
            let page = page();
            let frame = frame(&page, who, Some(&open.draft), Some(step), open.next);
            let why_not = page.why_not(who.may(Action::AttestAgreement, Relationship::None));
            let form = data.agreement.clone().or_contact(&data.contact, &data.account.phone);
            let fields = if why_not.is_none() { fields::agreement_fields(&page, &errors, &form) } else { Vec::new() };
            page::form(&AgreementPage { frame, fields, why_not, errors, page }, failed)
        }
        Step::Review => super::submit::review_page(who, req, open, errors),
    }
}

/// `POST /p/{account}/customers/new/{draft}/contact`
pub async fn save_contact(
    who: Can<AddCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<ContactForm>,
) -> Result<HttpResponse> {
    let mut open = open(&who, &path.1).await?;
    if let Some(done) = open.done() {
        return Ok(done);
    }
    let form = posted.form;
    let later = form.action == "later";
    let mut errors = Errors::default();
    if !later && !posted.review {
        form.parse(&open.rules, open.draft.data.country(), &mut errors);
    }
    if posted.review || !errors.is_empty() {
        open.draft.data.contact = form;
        return step_page(&who, &req, &open, Step::Contact, errors);
    }
    save(&who, open.draft.id, move |data| data.contact = form.clone()).await?;
    Ok(leave(&who, open.draft.id, later, Step::Agreement))
}

/// `POST /p/{account}/customers/new/{draft}/agreement`
pub async fn save_agreement(
    who: Can<AddCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<AgreementForm>,
) -> Result<HttpResponse> {
    let mut open = open(&who, &path.1).await?;
    if let Some(done) = open.done() {
        return Ok(done);
    }
    let form = posted.form;
    let later = form.action == "later";
    let mut errors = Errors::default();
    if !later && !posted.review {
        form.parse(&open.rules, open.draft.data.country(), &mut errors);
    }
    if posted.review || !errors.is_empty() {
        open.draft.data.agreement = form;
        return step_page(&who, &req, &open, Step::Agreement, errors);
    }
    save(&who, open.draft.id, move |data| data.agreement = form.clone()).await?;
    Ok(leave(&who, open.draft.id, later, Step::Review))
}

/// What is asked while a prefix is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Prefix {
    value: String,
}

/// The answer to it: `free`, `taken` or `invalid`, and what to show.
#[derive(Serialize)]
struct Checked {
    state: &'static str,
    message: String,
}

/// `GET /p/{account}/customers/new/check?value=`
pub async fn check(who: Can<AddCustomer>, query: web::Query<Prefix>) -> Result<HttpResponse> {
    let lang = who.user.lang;
    let prefix: DomainPrefix = match query.value.parse() {
        Ok(prefix) => prefix,
        Err(rule) => {
            let mut errors = Errors::default();
            errors.rule(lang, "domain", &rule);
            let message = errors.0.pop().map(|error| error.message).unwrap_or_default();
            return Ok(HttpResponse::Ok().json(Checked { state: "invalid", message }));
        }
    };
    let (asked, whole) = (prefix.clone(), format!("{prefix}.{}", who.account.cloud.domain_suffix()));
    let taken = who.read(move |scope, conn| Ok(queries::domain_taken(scope, conn, &asked)?)).await?;
    let (state, key) = if taken { ("taken", "customer-new-domain-is-taken") } else { ("free", "customer-new-domain-is-free") };
    Ok(HttpResponse::Ok().json(Checked { state, message: lang.ta(key, &[("domain", whole.into())]) }))
}
