//! The page that ends a relationship: what happens, what stands in the way, when, why. To an
//! indirect reseller it is the page that asks the provider.

use super::acts::{self, Outcome};
use super::forms::{EndForm, NOTE, note};
use super::model::{self, EndRequest, Ending};
use super::{href, requests};
use crate::access::Can;
use crate::access::may::{Action, Because, Relationship};
use crate::access::permissions::{AskToEnd, EndRelationship, Permission, ViewCustomers};
use crate::access::posted::Posted;
use crate::db::ids::InvitationId;
use crate::domain::relationship::ending::{AskedBy, Blocker, Effect, Facts, blockers, effects};
use crate::domain::{AccountType, CustomerStatus};
use crate::error::{Error, Result};
use crate::features::customer::notes::NoFields;
use crate::features::customers::model::{self as customers, Customer};
use crate::features::{customer, delegated_admin, invitations};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

type Path = web::Path<(String, String)>;

/// `/p/{account}/customers/{id}/end`
#[derive(Template)]
#[template(path = "ending/end.html")]
pub struct EndPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub company: String,
    pub base: String,
    pub back: String,
    pub effects: Vec<EffectLine>,
    pub blockers: Vec<BlockerLine>,
    pub fields: Vec<Field>,
    /// Why this member may not.
    pub why: Option<String>,
}

/// An effect in words; of rights that end, each by name and where to see them.
pub struct EffectLine {
    pub text: String,
    pub details: Vec<String>,
    pub href: Option<String>,
}

/// A blocker in words: where to look at it, and the button that clears it.
pub struct BlockerLine {
    pub title: String,
    pub text: String,
    pub href: String,
    /// What the button says and sends: `scheduled`, or an invitation's id. `None` where only
    /// somebody else can clear it.
    pub clear: Option<(String, String)>,
}

/// The same page for an indirect reseller.
#[derive(Template)]
#[template(path = "ending/ask.html")]
pub struct AskPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub base: String,
    pub back: String,
    pub provider: String,
    /// What was asked before: title and text of its notice, and whether it was refused.
    pub asked: Option<(String, String, bool)>,
    pub field: Option<Field>,
    pub why: Option<String>,
}

/// What both pages read.
struct Loaded {
    customer: Customer,
    facts: Facts,
    counterpart: Option<String>,
    request: Option<EndRequest>,
}

async fn load<P: Permission>(who: &Can<P>, id: &str) -> Result<Loaded> {
    let id = customer::id(id)?;
    let asks = who.account.account_type == AccountType::IndirectReseller;
    who.must(Action::ViewCustomers, Relationship::None)?;
    who.read(move |scope, conn| {
        let customer = customers::find(scope, conn, id)?;
        let counterpart = customer.counterpart_id.map(|id| customers::counterpart_name(conn, id)).transpose()?.flatten();
        let request = if asks { model::own_request(scope, conn, id)? } else { None };
        Ok(Loaded { facts: model::facts(scope, conn, &customer)?, customer, counterpart, request })
    })
    .await
}

/// `GET /p/{account}/customers/{customer}/end`
pub async fn show(who: Can<ViewCustomers>, req: HttpRequest, path: Path) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    if who.account.account_type == AccountType::IndirectReseller {
        return ask_page(&who, &req, loaded, String::new(), Errors::default());
    }
    end_page(&who, &req, loaded, &EndForm { when: "now".into(), ..EndForm::default() }, Errors::default())
}

fn end_page<P: Permission>(who: &Can<P>, req: &HttpRequest, loaded: Loaded, form: &EndForm, errors: Errors) -> Result<HttpResponse> {
    let (slug, customer) = (&who.account.slug, &loaded.customer);
    let back = customer::href(slug, customer.id);
    if customer.status == CustomerStatus::Ended {
        return Ok(page::see(&back, Some("flash-ending-over")));
    }
    let page = Page::member(req, who, "customers", who.user.lang.ta("end-title", &[("company", customer.company_name.as_str().into())]));
    let tab = delegated_admin::tab_href(slug, customer.id);
    let failed = !errors.is_empty();
    let view = EndPage {
        crumbs: crumbs(&page, slug, customer),
        company: customer.company_name.clone(),
        base: href(slug, customer.id),
        effects: effects(&loaded.facts).iter().map(|effect| effect_line(&page, effect, &tab)).collect(),
        blockers: blockers(&loaded.facts).iter().map(|blocker| blocker_line(&page, slug, &back, blocker)).collect(),
        fields: form.fields(&page, &errors, &customer.company_name, &who.user.time_zone),
        why: page.why_not(who.may(Action::EndRelationship, customer.relationship())),
        back,
        errors,
        page,
    };
    page::form(&view, failed)
}

fn crumbs(page: &Page, slug: &str, customer: &Customer) -> Vec<(String, String)> {
    let list = (format!("/p/{slug}/customers"), page.t("nav-customers").to_owned());
    vec![list, (customer::href(slug, customer.id), customer.company_name.clone())]
}

fn effect_line(page: &Page, effect: &Effect, tab: &str) -> EffectLine {
    let plain = |key: &str| EffectLine { text: page.t(key).to_owned(), details: Vec::new(), href: None };
    let named = |key: &str, reseller: &str| EffectLine { text: page.t1(key, "reseller", reseller), ..plain("end-effect-list") };
    match effect {
        Effect::LeavesList => plain("end-effect-list"),
        Effect::NoPurchases => plain("end-effect-purchases"),
        Effect::NoSupport => plain("end-effect-support"),
        Effect::RightsEnd(rights) => EffectLine {
            details: rights
                .iter()
                .map(|one| page.ta("end-effect-right", &[("name", one.name.as_str().into()), ("date", page.date(one.ends_at).into())]))
                .collect(),
            href: Some(tab.to_owned()),
            ..plain("end-effect-rights")
        },
        Effect::ResellerToo(reseller) => named("end-effect-reseller", reseller),
        Effect::AnswersRequest(reseller) => named("end-effect-request", reseller),
        Effect::CustomerKeeps => plain("end-effect-keeps"),
        Effect::CustomerTold => plain("end-effect-told"),
    }
}

fn blocker_line(page: &Page, slug: &str, customer: &str, blocker: &Blocker) -> BlockerLine {
    match blocker {
        Blocker::Scheduled(one) => BlockerLine {
            title: page.t1("end-blocker-scheduled", "when", page.moment(one.ends_at)),
            text: page.word("end-blocker-scheduled-by", one.by.as_str()).to_owned(),
            href: customer.to_owned(),
            clear: (one.by == AskedBy::Partner).then(|| (page.t("end-clear-scheduled").to_owned(), "scheduled".to_owned())),
        },
        Blocker::Unanswered(one) => BlockerLine {
            title: page.t1("end-blocker-unanswered", "recipient", &one.recipient),
            text: page.t("end-blocker-unanswered-text").to_owned(),
            href: invitations::href(slug, InvitationId::from_uuid(one.id)),
            clear: Some((page.t("end-clear-unanswered").to_owned(), one.id.to_string())),
        },
    }
}

/// `POST /p/{account}/customers/{customer}/end`
pub async fn end(who: Can<EndRelationship>, req: HttpRequest, path: Path, posted: Posted<EndForm>) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    let (id, form) = (loaded.customer.id, posted.form);
    let page = Page::member(&req, &who, "customers", "");
    let mut errors = Errors::default();
    let new = form.parse(&page, who.now(), &loaded.customer.company_name, &who.user.name, &mut errors);
    let Some(new) = new.filter(|_| !posted.review) else {
        return end_page(&who, &req, loaded, &form, errors);
    };
    let (back, later) = (customer::href(&who.account.slug, id), new.ends_at.is_some());
    let done = who
        .write_once(&posted.once, move |scope, conn| {
            acts::settle(scope, conn, id)?;
            if customers::find(scope, conn, id)?.relationship() == Relationship::Ended {
                return Err(Error::NotAllowed(Because::Ended));
            }
            match acts::end(scope, conn, id, &new)? {
                Outcome::Done => Ok(back.clone()),
                Outcome::Refused => Err(Error::Conflict),
            }
        })
        .await;
    match done {
        Ok(location) => Ok(page::see(&location, Some(if later { "flash-relationship-scheduled" } else { "flash-relationship-ended" }))),
        // Something came in its way meanwhile: the page says what, and keeps what was typed.
        Err(Error::Conflict) => {
            let mut errors = Errors::default();
            errors.message(who.user.lang, "when", "end-blocked");
            end_page(&who, &req, load(&who, &path.1).await?, &form, errors)
        }
        Err(other) => Err(other),
    }
}

/// Which blocker to clear.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ClearForm {
    what: String,
}

/// `POST /p/{account}/customers/{customer}/end/clear`: does for the member what a blocker asks.
pub async fn clear(who: Can<EndRelationship>, path: Path, posted: Posted<ClearForm>) -> Result<HttpResponse> {
    let customer = load(&who, &path.1).await?.customer;
    let back = href(&who.account.slug, customer.id);
    who.must(Action::EndRelationship, customer.relationship())?;
    if posted.review {
        return Ok(page::see(&back, None));
    }
    let (id, person) = (customer.id, who.user.name.clone());
    let done = match posted.form.what.as_str() {
        "scheduled" => {
            who.write(move |scope, conn| match acts::take_back(scope, conn, id, AskedBy::Partner, &person)? {
                Outcome::Done => Ok(()),
                Outcome::Refused => Err(Error::Conflict),
            })
            .await
        }
        invitation => {
            who.must(Action::InviteCustomer, Relationship::None)?;
            let invitation: InvitationId = invitation.parse().map_err(|()| Error::NotFound)?;
            who.write(move |scope, conn| {
                let own = invitations::model::find(scope, conn, invitation)?.customer_id == Some(id);
                if own { invitations::acts::revoke(scope, conn, invitation) } else { Err(Error::NotFound) }
            })
            .await
        }
    };
    match done {
        Ok(()) => Ok(page::see(&back, Some("flash-blocker-cleared"))),
        // Somebody was faster; the page shows what is left.
        Err(Error::Conflict) => Ok(page::see(&back, None)),
        Err(other) => Err(other),
    }
}

/// `POST /p/{account}/customers/{customer}/end/undo`: an end is undone, or called off before its time.
pub async fn undo(who: Can<EndRelationship>, path: Path, posted: Posted<NoFields>) -> Result<HttpResponse> {
    let id = customer::id(&path.1)?;
    let back = customer::href(&who.account.slug, id);
    if posted.review {
        return Ok(page::see(&back, None));
    }
    let (target, person) = (back.clone(), who.user.name.clone());
    let done = who
        .write_once(&posted.once, move |scope, conn| match acts::take_back(scope, conn, id, AskedBy::Partner, &person)? {
            Outcome::Done => Ok(target.clone()),
            Outcome::Refused => Err(Error::Conflict),
        })
        .await;
    match done {
        Ok(location) => Ok(page::see(&location, Some("flash-relationship-kept"))),
        Err(Error::Conflict) => Ok(page::see(&back, Some("flash-ending-changed"))),
        Err(other) => Err(other),
    }
}

/// An open ending that this member may take back, as the customer's page offers it.
pub fn may_take_back<P: Permission>(who: &Can<P>, open: &Ending) -> bool {
    let allowed = who.may(Action::EndRelationship, Relationship::None).is_ok();
    allowed && open.asked_by == AskedBy::Partner && (!open.is_over(who.now()) || open.may_undo(who.now()))
}

/// What a reseller says to its provider.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct AskForm {
    reason: String,
}

fn ask_page<P: Permission>(who: &Can<P>, req: &HttpRequest, loaded: Loaded, reason: String, errors: Errors) -> Result<HttpResponse> {
    let (slug, customer) = (&who.account.slug, &loaded.customer);
    let back = customer::href(slug, customer.id);
    if customer.status == CustomerStatus::Ended {
        return Ok(page::see(&back, Some("flash-ending-over")));
    }
    let provider = loaded.counterpart.unwrap_or_default();
    let title =
        who.user.lang.ta("end-ask-title", &[("provider", provider.as_str().into()), ("company", customer.company_name.as_str().into())]);
    let page = Page::member(req, who, "customers", title);
    let open = loaded.request.as_ref().is_some_and(|request| request.state == "open");
    let field = Field::text("reason", page.t1("end-ask-reason", "provider", &provider), reason).kind("textarea").max(NOTE as u32);
    let failed = !errors.is_empty();
    let view = AskPage {
        crumbs: crumbs(&page, slug, customer),
        base: href(slug, customer.id),
        asked: loaded.request.as_ref().and_then(|request| asked(&page, &provider, request)),
        field: (!open && !provider.is_empty()).then(|| field.hint(page.t("end-ask-reason-hint")).errors(&errors)),
        why: page.why_not(who.may(Action::AskToEnd, customer.relationship())),
        provider,
        back,
        errors,
        page,
    };
    page::form(&view, failed)
}

/// What became of the latest request, where that still matters.
fn asked(page: &Page, provider: &str, request: &EndRequest) -> Option<(String, String, bool)> {
    let args = |person: &str, when| page.ta("end-asked-by", &[("person", person.to_owned().into()), ("when", page.moment(when).into())]);
    match request.state.as_str() {
        "open" => Some((page.t1("end-asked", "provider", provider), args(&request.person, request.created_at), false)),
        "refused" => {
            let when = request.answered_at.unwrap_or(request.created_at);
            let title = page.ta("end-asked-refused", &[("provider", provider.to_owned().into()), ("when", page.moment(when).into())]);
            Some((title, request.answer.clone(), true))
        }
        _ => None,
    }
}

/// `POST /p/{account}/customers/{customer}/end/ask`
pub async fn ask(who: Can<AskToEnd>, req: HttpRequest, path: Path, posted: Posted<AskForm>) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    who.must(Action::AskToEnd, loaded.customer.relationship())?;
    let mut errors = Errors::default();
    let reason = note(&posted.form.reason).filter(|text| !text.is_empty());
    if reason.is_none() {
        errors.message(who.user.lang, "reason", "end-ask-reason-missing");
    }
    let Some(reason) = reason.filter(|_| !posted.review) else {
        return ask_page(&who, &req, loaded, posted.form.reason, errors);
    };
    let (id, person) = (loaded.customer.id, who.user.name.clone());
    let back = href(&who.account.slug, id);
    let target = back.clone();
    let done = who
        .write_once(&posted.once, move |scope, conn| match requests::ask(scope, conn, id, &person, &reason)? {
            Outcome::Done => Ok(target.clone()),
            Outcome::Refused => Err(Error::Conflict),
        })
        .await;
    match done {
        Ok(location) => Ok(page::see(&location, Some("flash-end-asked"))),
        Err(Error::Conflict) => Ok(page::see(&back, Some("flash-ending-changed"))),
        Err(other) => Err(other),
    }
}
