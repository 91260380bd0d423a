//! `/p/{account}/referrals/{referral}/hand-over`: which resellers, with what message, and until when.

use super::acts::{self, New};
use super::queries::{self, Problem};
use super::{href, new_href};
use crate::access::Can;
use crate::access::permissions::HandOverReferrals;
use crate::access::posted::Posted;
use crate::access::referral::Sight;
use crate::db::ids::{PartnerId, ReferralId};
use crate::domain::PartnerStatus;
use crate::domain::fold::fold;
use crate::domain::referral::ANSWER_DAYS;
use crate::domain::relationship::partnership::Side;
use crate::domain::rule::prose;
use crate::error::{Error, Result};
use crate::features::partnerships::queries::{self as partnerships, Partnership};
use crate::features::referrals::model::{self, Referral};
use crate::features::referrals::{self, views::called};
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Resellers of one hand-over, and how many are offered beside those chosen.
const MOST: usize = 20;
const OFFERED: usize = 20;
/// Longest message, in characters.
pub const MESSAGE_MAX: usize = 1_000;

#[derive(Template)]
#[template(path = "handover/form.html")]
pub struct FormPage {
    pub page: Page,
    pub errors: Errors,
    pub list: String,
    pub back: String,
    pub action: String,
    pub name: String,
    /// Why it cannot be handed over now.
    pub problem: Option<&'static str>,
    /// There is no reseller to hand it to.
    pub nobody: bool,
    pub search: Field,
    pub resellers: Field,
    pub fields: Vec<Field>,
    pub more: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HandoverForm {
    search: String,
    resellers: Vec<String>,
    message: String,
    days: String,
    allow_next: String,
    /// `search`, else it is sent.
    action: String,
}

/// A referral on its way to the page.
struct Loaded {
    row: Referral,
    verdict: std::result::Result<(), Problem>,
    /// Active resellers, by name.
    resellers: Vec<Partnership>,
}

async fn load(who: &Can<HandOverReferrals>, id: &str) -> Result<Loaded> {
    let id: ReferralId = id.parse().map_err(|()| Error::NotFound)?;
    who.read(move |scope, conn| {
        let row = model::find(scope, conn, Sight::ALL, id)?;
        let verdict = queries::may_hand_over(scope, conn, &row)?;
        let mut resellers = partnerships::all(scope, conn, Side::Provider)?;
        resellers.retain(|one| one.is_active(scope.now) && one.status == PartnerStatus::Active);
        resellers.sort_by_cached_key(|one| (fold(&one.name), one.partner));
        Ok(Loaded { row, verdict, resellers })
    })
    .await
}

/// `GET /p/{account}/referrals/{referral}/hand-over`
pub async fn show(who: Can<HandOverReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    let form = HandoverForm { days: ANSWER_DAYS.to_string(), ..HandoverForm::default() };
    shown(&who, &req, &loaded, &form, Errors::default())
}

fn shown(who: &Can<HandOverReferrals>, req: &HttpRequest, loaded: &Loaded, form: &HandoverForm, errors: Errors) -> Result<HttpResponse> {
    let page = Page::member(req, who, "referrals", who.user.lang.t("handover-title"));
    let slug = &who.account.slug;
    let (chosen, others) = choices(&page, loaded, form);
    let more = others.len() > OFFERED;
    let days = (1..=ANSWER_DAYS).rev().map(|days| Choice::new(days.to_string(), page.tn("invite-days-count", days))).collect();
    let view = FormPage {
        list: referrals::list_href(slug),
        back: referrals::href(slug, loaded.row.id),
        action: new_href(slug, loaded.row.id),
        name: called(&page, &loaded.row),
        problem: loaded.verdict.err().map(|problem| page.word("handover-problem", problem)),
        nobody: loaded.resellers.is_empty(),
        search: Field::text("search", page.t("handover-search"), &form.search).max(100).optional(),
        resellers: Field::text("resellers", page.t("handover-resellers"), form.resellers.join(" "))
            .choices("checkboxes", chosen.into_iter().chain(others.into_iter().take(OFFERED)).collect())
            .hint(page.t("handover-resellers-hint"))
            .errors(&errors),
        fields: vec![
            Field::text("message", page.t("handover-message"), &form.message)
                .kind("textarea")
                .max(MESSAGE_MAX as u32)
                .hint(page.t("handover-message-hint"))
                .optional()
                .errors(&errors),
            Field::text("days", page.t("handover-time"), &form.days).choices("select", days).width("medium").errors(&errors),
            Field::text("allow_next", page.t("handover-next"), &form.allow_next)
                .kind("checkbox")
                .hint(page.t("handover-next-hint"))
                .optional(),
        ],
        more,
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

/// The resellers chosen so far, and others that the search finds.
fn choices(page: &Page, loaded: &Loaded, form: &HandoverForm) -> (Vec<Choice>, Vec<Choice>) {
    let wanted = fold(&form.search);
    let is_chosen = |one: &Partnership| form.resellers.contains(&one.partner.to_string());
    let choice = |one: &Partnership| Choice::new(one.partner.to_string(), one.name.as_str());
    let chosen = loaded.resellers.iter().filter(|one| is_chosen(one)).map(choice).collect();
    let others = loaded.resellers.iter().filter(|one| !is_chosen(one) && fold(&one.name).contains(&wanted));
    let since = |one: &Partnership| choice(one).hint(page.t1("handover-since", "when", page.date(one.since)));
    (chosen, others.map(since).collect())
}

/// `POST /p/{account}/referrals/{referral}/hand-over`
pub async fn save(
    who: Can<HandOverReferrals>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<HandoverForm>,
) -> Result<HttpResponse> {
    if let Some(location) = who.done_before(&posted.once).await? {
        return Ok(page::see(&location, None));
    }
    let loaded = load(&who, &path.1).await?;
    let form = posted.form;
    let mut errors = Errors::default();
    if posted.review || form.action == "search" || loaded.verdict.is_err() {
        return shown(&who, &req, &loaded, &form, errors);
    }
    let Some(new) = parse(&who, &loaded, &form, &mut errors) else {
        return shown(&who, &req, &loaded, &form, errors);
    };
    let (user, slug, back) = (who.user.id, who.account.slug.clone(), referrals::href(&who.account.slug, loaded.row.id));
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            Ok(acts::hand_over(scope, conn, user, &new)?.map_or_else(|_| back.clone(), |id| href(&slug, id)))
        })
        .await?;
    Ok(page::see(&location, Some("flash-handover-made")))
}

/// The hand-over that a form says, or every mistake.
fn parse(who: &Can<HandOverReferrals>, loaded: &Loaded, form: &HandoverForm, errors: &mut Errors) -> Option<New> {
    let lang = who.user.lang;
    let known = |id: &String| loaded.resellers.iter().map(|one| one.partner).find(|partner| partner.to_string() == *id);
    let resellers: Vec<PartnerId> = form.resellers.iter().filter_map(known).collect();
    if resellers.is_empty() {
        errors.message(lang, "resellers", "handover-resellers-missing");
    } else if resellers.len() > MOST {
        errors.message(lang, "resellers", "handover-resellers-many");
    }
    let message = errors.take(lang, "message", prose(&form.message, 0, MESSAGE_MAX));
    let days = form.days.parse().ok().filter(|days| (1..=ANSWER_DAYS).contains(days));
    if days.is_none() {
        errors.message(lang, "days", "handover-days-missing");
    }
    let allow_next = form.allow_next == "1";
    errors.is_empty().then_some(New { referral: loaded.row.id, resellers, message: message?, days: days?, allow_next })
}
