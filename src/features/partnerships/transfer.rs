//! `…/{partner}/transfer`: customers in common go on without this partner. A provider moves them to
//! another of its resellers, at once. A reseller can bind neither another provider nor a customer:
//! it invites the customers, each asked for both, and they decide.

use super::moving::{self, MOST, Transfer};
use super::queries::{self, Partnership};
use super::{act_href, end, list_href, partner, side};
use crate::access::permissions::{Changes, InviteCustomer, Permission, TransferCustomers};
use crate::access::posted::{Once, Posted};
use crate::access::{Can, Scope, jobs};
use crate::db::Conn;
use crate::db::ids::{CustomerId, JobId, PartnerId};
use crate::db::schema::{customer_account, invitation};
use crate::db::search::{Order, Query, Window};
use crate::domain::fold::fold;
use crate::domain::relationship::invitation::{Kind, State};
use crate::domain::relationship::partnership::Side;
use crate::error::{Error, Result};
use crate::features::customers::list::Row;
use crate::features::customers::{self, index};
use crate::features::invitations;
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// Customers and partners offered at once.
const OFFERED: i64 = 200;
const PARTNERS: usize = 20;
/// Customers that a reseller may ask at once: each gets a letter.
const MOST_ASKED: usize = 100;

/// The transfer as it is chosen; the search fields come by the address.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TransferForm {
    /// Looks for customers, and for partners.
    q: String,
    partners: String,
    id: Vec<String>,
    /// `1`: all that `q` finds.
    all: String,
    to: String,
    /// `run` after the review.
    step: String,
}

#[derive(Template)]
#[template(path = "partnerships/transfer.html")]
pub struct TransferPage {
    pub page: Page,
    pub errors: Errors,
    pub side: Side,
    pub list: String,
    pub action: String,
    pub form: TransferForm,
    pub name: String,
    pub rows: Vec<(CustomerId, String, String, bool)>,
    pub more: bool,
    /// Nobody to transfer to.
    pub nobody: bool,
    pub to: Field,
    pub all: Field,
}

#[derive(Template)]
#[template(path = "partnerships/transfer_review.html")]
pub struct ReviewPage {
    pub page: Page,
    pub list: String,
    pub action: String,
    pub form: TransferForm,
    pub from: String,
    pub to: String,
    pub count: String,
    pub named: Vec<String>,
    pub more: bool,
    pub effects: Vec<String>,
    /// The button, which names what it does.
    pub run: String,
}

/// All that the page needs.
struct Loaded {
    from: Partnership,
    rows: Vec<Row>,
    others: Vec<Partnership>,
}

fn found(form: &TransferForm, partner: PartnerId) -> Query {
    let ended = index::facet("status", crate::domain::CustomerStatus::Ended.as_str());
    Query::new(&form.q, vec![vec![index::facet("relationship", partner.to_string())]]).without(ended)
}

async fn load<P: Permission>(who: &Can<P>, side: Side, id: PartnerId, form: &TransferForm) -> Result<Loaded> {
    let (form, now) = (form.clone(), who.now());
    who.read(move |scope, conn| {
        let from = queries::one(scope, conn, side, id)?;
        let window = Window { order: Order::Name, descending: false, after: None, limit: OFFERED + 1 };
        let (rows, _) = customers::queries::rows(scope, conn, Some(&found(&form, id)), &window)?;
        let mut others = queries::all(scope, conn, side)?;
        others.retain(|one| one.partner != id && one.is_active(now));
        others.sort_by_cached_key(|one| (fold(&one.name), one.partner));
        Ok(Loaded { from, rows, others })
    })
    .await
}

/// `GET …/resellers/{partner}/transfer`
pub async fn show(who: Can<TransferCustomers>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    first(&who, &req, &path.1).await
}

/// `GET …/providers/{partner}/transfer`
pub async fn show_ask(who: Can<InviteCustomer>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    first(&who, &req, &path.1).await
}

async fn first<P: Permission>(who: &Can<P>, req: &HttpRequest, id: &str) -> Result<HttpResponse> {
    let (side, id) = (side(who)?, partner(id)?);
    let form: TransferForm = serde_html_form::from_str(req.query_string()).unwrap_or_default();
    let loaded = load(who, side, id, &form).await?;
    page::form(&view(who, req, side, loaded, form, Errors::default()), false)
}

fn view<P: Permission>(who: &Can<P>, req: &HttpRequest, side: Side, loaded: Loaded, form: TransferForm, errors: Errors) -> TransferPage {
    let page = titled(who, req, side, &loaded.from);
    let wanted = fold(&form.partners);
    let offered = loaded.others.iter().filter(|one| one.partner.to_string() == form.to || fold(&one.name).contains(&wanted));
    let choices = offered.take(PARTNERS).map(|one| Choice::new(one.partner.to_string(), one.name.as_str())).collect();
    let ticked = |row: &Row| form.id.iter().any(|id| *id == row.id.to_string());
    TransferPage {
        list: list_href(&who.account.slug, side),
        action: act_href(&who.account.slug, side, loaded.from.partner, "transfer"),
        rows: loaded
            .rows
            .iter()
            .take(OFFERED as usize)
            .map(|row| (row.id, row.company_name.clone(), row.domain.clone(), ticked(row)))
            .collect(),
        more: loaded.rows.len() as i64 > OFFERED,
        nobody: loaded.others.is_empty(),
        to: Field::text("to", page.word("transfer-to", side.as_str()), &form.to).choices("radios", choices).errors(&errors),
        all: Field::text("all", page.t("transfer-all"), &form.all).kind("checkbox").optional(),
        name: loaded.from.name,
        side,
        form,
        errors,
        page,
    }
}

fn titled<P: Permission>(who: &Can<P>, req: &HttpRequest, side: Side, from: &Partnership) -> Page {
    let segment = if side == Side::Provider { "resellers" } else { "providers" };
    let mut page = Page::member(req, who, segment, "");
    page.title = page.t1(&format!("transfer-title-{}", side.as_str()), "partner", &from.name);
    page
}

/// What was chosen, once it holds.
struct Chosen {
    ids: Vec<CustomerId>,
    to: Partnership,
}

/// The chosen customers and partner, or every mistake.
async fn chosen<P: Permission>(
    who: &Can<P>,
    side: Side,
    loaded: &Loaded,
    form: &TransferForm,
    errors: &mut Errors,
) -> Result<Option<Chosen>> {
    let lang = who.user.lang;
    let most = if side == Side::Provider { MOST } else { MOST_ASKED };
    let to = loaded.others.iter().find(|one| one.partner.to_string() == form.to).cloned();
    let ids: Vec<CustomerId> = match form.all.as_str() {
        "1" => {
            let query = found(form, loaded.from.partner);
            let window = Window { order: Order::Name, descending: false, after: None, limit: most as i64 };
            who.read(move |scope, conn| Ok(customers::queries::ids(scope, conn, &query, &window)?)).await?
        }
        _ => form.id.iter().map(|id| id.parse().map_err(|()| Error::NotFound)).collect::<Result<_>>()?,
    };
    if ids.is_empty() {
        errors.message(lang, "id", "transfer-none");
    } else if ids.len() > most {
        errors.message(lang, "id", "transfer-too-many");
    }
    if to.is_none() {
        errors.message(lang, "to", &format!("transfer-nobody-{}", side.as_str()));
    }
    Ok(to.filter(|_| errors.is_empty()).map(|to| Chosen { ids, to }))
}

/// `POST …/resellers/{partner}/transfer`: the review, and then the job.
pub async fn submit(
    who: Can<TransferCustomers>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<TransferForm>,
) -> Result<HttpResponse> {
    let (from, chosen) = match reviewed(&who, &req, &path.1, &posted).await? {
        Ok(chosen) => chosen,
        Err(answer) => return Ok(answer),
    };
    let base = act_href(&who.account.slug, Side::Provider, from, "transfer");
    let transfer = Transfer { from, to: chosen.to.partner, ids: chosen.ids };
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            let payload = serde_json::to_value(&transfer).map_err(Error::internal)?;
            let job = jobs::enqueue(scope, conn, "partnership.transfer", &payload)?;
            Ok(format!("{base}/{job}"))
        })
        .await?;
    Ok(page::see(&location, None))
}

/// `POST …/providers/{partner}/transfer`: the review, and then the invitations.
pub async fn submit_ask(
    who: Can<InviteCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<TransferForm>,
) -> Result<HttpResponse> {
    let (_, chosen) = match reviewed(&who, &req, &path.1, &posted).await? {
        Ok(chosen) => chosen,
        Err(answer) => return Ok(answer),
    };
    let location = ask(&who, &posted.once, chosen).await?;
    Ok(page::see(&location, Some("flash-transfer-asked")))
}

/// What was chosen and looked at once more; else the page to show.
async fn reviewed<P: Changes>(
    who: &Can<P>,
    req: &HttpRequest,
    id: &str,
    posted: &Posted<TransferForm>,
) -> Result<Result<(PartnerId, Chosen), HttpResponse>> {
    let (side, id) = (side(who)?, partner(id)?);
    let (form, mut errors) = (posted.form.clone(), Errors::default());
    let loaded = load(who, side, id, &form).await?;
    let chosen = chosen(who, side, &loaded, &form, &mut errors).await?.filter(|_| !posted.review);
    let Some(chosen) = chosen else {
        let failed = !errors.is_empty();
        return Ok(Err(page::form(&view(who, req, side, loaded, form, errors), failed)?));
    };
    if form.step != "run" {
        return Ok(Err(review(who, req, side, &loaded, &chosen, form).await?));
    }
    Ok(Ok((id, chosen)))
}

async fn review<P: Permission>(
    who: &Can<P>,
    req: &HttpRequest,
    side: Side,
    loaded: &Loaded,
    chosen: &Chosen,
    form: TransferForm,
) -> Result<HttpResponse> {
    let some: Vec<CustomerId> = chosen.ids.iter().take(end::NAMED as usize).copied().collect();
    let named = who.read(move |scope, conn| names(scope, conn, &some)).await?;
    let page = titled(who, req, side, &loaded.from);
    let args = [("from", loaded.from.name.clone().into()), ("to", chosen.to.name.clone().into())];
    const EFFECTS: [&str; 5] = ["sell", "record", "hidden", "rights", "told"];
    page::ok(&ReviewPage {
        list: list_href(&who.account.slug, side),
        action: act_href(&who.account.slug, side, loaded.from.partner, "transfer"),
        effects: EFFECTS.iter().map(|effect| page.ta(&format!("transfer-effect-{}-{effect}", side.as_str()), &args)).collect(),
        count: page.tn("transfer-count", chosen.ids.len() as i64),
        more: chosen.ids.len() > named.len(),
        named,
        from: loaded.from.name.clone(),
        to: chosen.to.name.clone(),
        run: page.t1(&format!("transfer-run-{}", side.as_str()), "to", &chosen.to.name),
        form,
        page,
    })
}

fn names(scope: &Scope, conn: &mut Conn, ids: &[CustomerId]) -> Result<Vec<String>> {
    let rows = scope.all(customer_account::table).filter(crate::db::any_of(customer_account::id, ids));
    Ok(rows.order(customer_account::name_key).select(customer_account::company_name).load(conn)?)
}

/// Invites each customer to go on with this reseller and the other provider.
async fn ask(who: &Can<InviteCustomer>, once: &Once, chosen: Chosen) -> Result<String> {
    let (app, user, slug, name) = (std::sync::Arc::clone(who.app()), who.user.id, who.account.slug.clone(), who.account.name.clone());
    who.write_once(once, move |scope, conn| {
        for id in &chosen.ids {
            let customer = customers::model::find(scope, conn, *id)?;
            if customer.contact_email.is_empty() || is_asked(scope, conn, *id)? {
                continue;
            }
            let lang = Lang::from_text(&customer.language).unwrap_or(Lang::En);
            let message = lang.ta("transfer-message", &[("partner", chosen.to.name.as_str().into())]);
            let new = invitations::acts::New {
                kind: Kind::ResellerAndProvider,
                open_link: false,
                recipient_name: customer.contact_name(),
                recipient_email: customer.contact_email.clone(),
                company: customer.company_name.clone(),
                customer: Some(*id),
                provider: Some(chosen.to.partner),
                lang,
                purpose: String::new(),
                note: String::new(),
                message,
                roles: Vec::new(),
                duration_days: None,
                auto_extend: false,
            };
            let made = invitations::acts::create(scope, conn, user, &new)?;
            invitations::acts::send(scope, conn, made, &invitations::acts::From { partner: &name, keys: &app.keys })?;
        }
        Ok(invitations::list_href(&slug))
    })
    .await
}

/// Does an invitation that asks this customer for both wait for an answer?
fn is_asked(scope: &Scope, conn: &mut Conn, id: CustomerId) -> Result<bool> {
    let waiting = scope
        .all(invitation::table)
        .filter(invitation::customer_id.eq(id))
        .filter(invitation::kind.eq(Kind::ResellerAndProvider))
        .filter(invitation::state.eq_any([State::Sent, State::Opened]))
        .filter(invitation::expires_at.gt(scope.now));
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(conn)?)
}

#[derive(Template)]
#[template(path = "partnerships/transfer_result.html")]
pub struct ResultPage {
    pub page: Page,
    pub list: String,
    pub running: bool,
    pub stopped: bool,
    pub to: String,
    pub done: i64,
    pub failed: i64,
    /// Customers that were not moved, each with the reason.
    pub problems: Vec<(String, &'static str)>,
    pub customers_href: String,
}

/// `GET …/resellers/{partner}/transfer/{job}`: what became of each customer.
pub async fn result(who: Can<TransferCustomers>, req: HttpRequest, path: web::Path<(String, String, String)>) -> Result<HttpResponse> {
    let (side, id) = (side(&who)?, partner(&path.1)?);
    let job: JobId = path.2.parse().map_err(|()| Error::NotFound)?;
    let (job, from, to, problems) = who
        .read(move |scope, conn| {
            let job = jobs::find(scope, conn, job)?;
            let transfer: Transfer = serde_json::from_str(&job.payload).map_err(|_| Error::NotFound)?;
            if job.kind != "partnership.transfer" || transfer.from != id {
                return Err(Error::NotFound);
            }
            let (from, to) = (queries::one(scope, conn, side, id)?, queries::one(scope, conn, side, transfer.to)?);
            let problems = jobs::results(scope, conn, job.id, true)?;
            Ok((job, from, to, problems))
        })
        .await?;
    let page = titled(&who, &req, side, &from);
    page::ok(&ResultPage {
        list: list_href(&who.account.slug, side),
        running: matches!(job.state.as_str(), "queued" | "running"),
        stopped: job.state == "failed",
        customers_href: format!("{}?relationship={}", customers::handlers::base(&who.account.slug), to.partner),
        problems: problems.into_iter().map(|line| (line.subject, page.word("transfer-problem", &line.problem))).collect(),
        to: to.name,
        done: job.done,
        failed: job.failed,
        page,
    })
}

/// The kind of job, for the list of them.
pub const JOB: (&str, jobs::Run) = ("partnership.transfer", moving::run);
