//! `…/{partner}/end`: what ends and what stays, notice given or taken back, by either side's global
//! admin.

use super::accept::REASON_MAX;
use super::queries::{self, Partnership};
use super::{act_href, acts, list_href, member, partner, side};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::EndPartnership;
use crate::access::posted::Posted;
use crate::clock::DAY;
use crate::db::ids::PartnerId;
use crate::db::search::{self, Order, Query, Window};
use crate::domain::fold::fold;
use crate::domain::relationship::partnership::{Effect, Facts, NOTICE_DAYS, Shown, Side, effects};
use crate::domain::rule::{Rule, prose};
use crate::error::{Error, Result};
use crate::features::customers::queries::CAP;
use crate::features::customers::{self, index};
use crate::features::sign_in::handlers::Empty;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Customers named on the page.
pub const NAMED: i64 = 10;

#[derive(Template)]
#[template(path = "partnerships/end.html")]
pub struct EndPage {
    pub page: Page,
    pub errors: Errors,
    pub list: String,
    pub action: String,
    pub name: String,
    /// What stays and what changes, in plain words.
    pub stays: Vec<String>,
    pub changes: Vec<String>,
    /// How many customers are concerned, the first of them by name, and where all are listed.
    pub customers: String,
    pub named: String,
    pub more: bool,
    pub customers_href: Option<String>,
    pub transfer_href: Option<String>,
    /// Title and text, where notice was given or has run out.
    pub noticed: Option<(String, String)>,
    /// Where this side takes its own notice back.
    pub take_back: Option<String>,
    pub fields: Vec<Field>,
}

/// What is decided about an end.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EndForm {
    days: String,
    reason: String,
    name: String,
}

/// A partnership on its way to the page.
struct Loaded {
    side: Side,
    row: Partnership,
    in_common: i64,
    named: Vec<String>,
    asking_for_both: i64,
}

async fn load(who: &Can<EndPartnership>, id: &str) -> Result<Loaded> {
    let (side, id) = (side(who)?, partner(id)?);
    who.read(move |scope, conn| {
        let row = queries::one(scope, conn, side, id)?;
        let query = in_common_with(id);
        let in_common = search::count(conn, scope, &query, CAP + 1)?;
        let window = Window { order: Order::Name, descending: false, after: None, limit: NAMED };
        let named = customers::queries::rows(scope, conn, Some(&query), &window)?.0.into_iter().map(|row| row.company_name).collect();
        let asking_for_both = match side {
            Side::Reseller => queries::asking_for_both(scope, conn, id)?.len() as i64,
            Side::Provider => 0,
        };
        Ok(Loaded { side, row, in_common, named, asking_for_both })
    })
    .await
}

/// The listed customers that this account has in common with a partner.
pub fn in_common_with(partner: PartnerId) -> Query {
    let ended = index::facet("status", crate::domain::CustomerStatus::Ended.as_str());
    Query::new("", vec![vec![index::facet("relationship", partner.to_string())]]).without(ended)
}

/// `GET …/{partner}/end`
pub async fn show(who: Can<EndPartnership>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    let form = EndForm { days: NOTICE_DAYS[0].to_string(), ..EndForm::default() };
    shown(&who, &req, &loaded, &form, Errors::default())
}

fn shown(who: &Can<EndPartnership>, req: &HttpRequest, loaded: &Loaded, form: &EndForm, errors: Errors) -> Result<HttpResponse> {
    let (slug, row, side) = (&who.account.slug, &loaded.row, loaded.side);
    let segment = if side == Side::Provider { "resellers" } else { "providers" };
    let mut page = Page::member(req, who, segment, "");
    page.title = page.t1("partnership-end-title", "partner", &row.name);
    let facts = Facts { side, in_common: loaded.in_common, asking_for_both: loaded.asking_for_both };
    let (stays, changes): (Vec<Effect>, Vec<Effect>) = effects(&facts).into_iter().partition(|effect| effect.stays());
    let words = |list: Vec<Effect>| list.into_iter().map(|effect| in_words(&page, side, &row.name, effect)).collect();
    let may = |action| who.may(action, Relationship::None).is_ok();
    let transfer = if side == Side::Provider { Action::TransferCustomers } else { Action::InviteCustomer };
    let base = customers::handlers::base(slug);
    let own = row.shown(who.now()) == Shown::Notice && row.ended_by != Some(row.partner);
    let count = loaded.in_common;
    let view = EndPage {
        list: list_href(slug, side),
        action: act_href(slug, side, row.partner, "end"),
        stays: words(stays),
        changes: words(changes),
        customers: if count > CAP {
            page.t1("partnership-customers-many", "shown", page.number(CAP))
        } else {
            page.tn("partnership-customers", count)
        },
        more: count > loaded.named.len() as i64,
        named: page.lang.all_of(&loaded.named),
        customers_href: may(Action::ViewCustomers).then(|| format!("{base}?relationship={}", row.partner)),
        transfer_href: (may(transfer) && count > 0).then(|| act_href(slug, side, row.partner, "transfer")),
        noticed: noticed(who, &page, row),
        take_back: own.then(|| act_href(slug, side, row.partner, "take-back")),
        fields: fields(who, &page, row, form, &errors),
        name: row.name.clone(),
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

fn in_words(page: &Page, side: Side, partner: &str, effect: Effect) -> String {
    let key = format!("partnership-effect-{}-{}", side.as_str(), effect.as_str().replace('_', "-"));
    page.t1(&key, "partner", partner)
}

/// What is known of a notice, once there is one.
fn noticed(who: &Can<EndPartnership>, page: &Page, row: &Partnership) -> Option<(String, String)> {
    let name = match row.shown(who.now()) {
        Shown::Active | Shown::Invited => return None,
        Shown::Ended => "ended",
        Shown::Notice if row.ended_by == Some(row.partner) => "theirs",
        Shown::Notice => "ours",
    };
    let when = row.ends_at.map(|end| page.moment(end)).unwrap_or_default();
    let title = page.ta(&format!("partnership-noticed-{name}"), &[("partner", row.name.as_str().into()), ("when", when.into())]);
    let reason = if row.end_reason.is_empty() { String::new() } else { page.t1("partnerships-notice-reason", "reason", &row.end_reason) };
    Some((title, reason))
}

fn fields(who: &Can<EndPartnership>, page: &Page, row: &Partnership, form: &EndForm, errors: &Errors) -> Vec<Field> {
    let days = NOTICE_DAYS.iter().map(|days| {
        let when = page.date(who.now().plus(days * DAY));
        let label = page.ta("partnership-notice-days", &[("count", (*days).into()), ("when", when.into())]);
        Choice::new(days.to_string(), label)
    });
    vec![
        Field::text("days", page.t("partnership-notice"), &form.days).choices("select", days.collect()).width("medium").errors(errors),
        Field::text("reason", page.t("partnership-reason"), &form.reason)
            .kind("textarea")
            .max(REASON_MAX as u32)
            .hint(page.t1("partnership-reason-hint", "partner", &row.name))
            .errors(errors),
        Field::text("name", page.t1("partnership-type-name", "partner", &row.name), &form.name).errors(errors),
    ]
}

/// `POST …/{partner}/end`: gives notice.
pub async fn end(
    who: Can<EndPartnership>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<EndForm>,
) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    let (form, mut errors) = (posted.form, Errors::default());
    let parsed = if loaded.row.shown(who.now()) == Shown::Active { parse(&who, &loaded.row, &form, &mut errors) } else { None };
    let Some((days, reason)) = parsed.filter(|_| !posted.review) else {
        return shown(&who, &req, &loaded, &form, errors);
    };
    let (side, id, member) = (loaded.side, loaded.row.partner, member(&who));
    let done = who.write(move |scope, conn| acts::give_notice(scope, conn, side, id, days, &reason, &member)).await;
    finish(&who, side, id, done, "flash-partnership-noticed")
}

fn parse(who: &Can<EndPartnership>, row: &Partnership, form: &EndForm, errors: &mut Errors) -> Option<(i64, String)> {
    let lang = who.user.lang;
    let days = form.days.parse().ok().filter(|days| NOTICE_DAYS.contains(days));
    if days.is_none() {
        errors.message(lang, "days", "partnership-notice-missing");
    }
    let reason = match prose(&form.reason, 1, REASON_MAX) {
        Err(Rule::Required) => {
            errors.message(lang, "reason", "partnership-reason-missing");
            None
        }
        other => errors.take(lang, "reason", other),
    };
    if fold(&form.name) != fold(&row.name) {
        errors.message(lang, "name", "partnership-name-wrong");
    }
    errors.is_empty().then_some((days?, reason?))
}

/// `POST …/{partner}/take-back`: takes this side's notice back.
pub async fn take_back(who: Can<EndPartnership>, path: web::Path<(String, String)>, _posted: Posted<Empty>) -> Result<HttpResponse> {
    let (side, id, member) = (side(&who)?, partner(&path.1)?, member(&who));
    let done = who.write(move |scope, conn| acts::take_back(scope, conn, side, id, &member)).await;
    finish(&who, side, id, done, "flash-partnership-kept")
}

/// To the list; to the page that says what holds now, where somebody was faster.
fn finish(who: &Can<EndPartnership>, side: Side, id: PartnerId, done: Result<()>, flash: &'static str) -> Result<HttpResponse> {
    let slug = &who.account.slug;
    match done {
        Ok(()) => Ok(page::see(&list_href(slug, side), Some(flash))),
        Err(Error::Conflict) => Ok(page::see(&act_href(slug, side, id, "end"), Some("flash-partnership-changed"))),
        Err(other) => Err(other),
    }
}
