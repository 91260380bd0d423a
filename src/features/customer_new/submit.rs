//! The wizard's end: the review, the one submit that creates, and the page after it.

use super::forms::{ReviewForm, Step};
use super::handlers::{Open, allows, frame, leave, open, save, step_page};
use super::{DonePage, Link, ReviewPage, acts, fields, new_href, queries, step_href, welcome_href};
use crate::access::Can;
use crate::access::identity::Purpose;
use crate::access::may::Action;
use crate::access::permissions::AddCustomer;
use crate::access::posted::Posted;
use crate::db::ids::CustomerId;
use crate::error::{Error, Result};
use crate::features::sign_in::handlers::Empty;
use crate::web::form::Errors;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};

/// The review of a draft; one that does not hold is shown at the step that does not.
pub(super) fn review_page(who: &Can<AddCustomer>, req: &HttpRequest, open: &Open, errors: Errors) -> Result<HttpResponse> {
    let draft = &open.draft;
    let whole = match draft.data.parse(&open.rules, &open.known.facts) {
        Ok(whole) => whole,
        Err((step, errors)) => return step_page(who, req, open, step, errors),
    };
    let page = Page::member(req, who, "customers", who.user.lang.t("customer-new-title-review"));
    let slug = &who.account.slug;
    let domain = format!("{}.{}", whole.account.domain, who.account.cloud.domain_suffix());
    let view = ReviewPage {
        frame: frame(&page, who, Some(draft), Some(Step::Review), open.next),
        company: whole.account.company_name.to_string(),
        version: draft.version,
        sections: fields::sections(&page, slug, draft.id, &whole, domain),
        statements: fields::statements(&page, &whole, &who.account.name),
        advice: fields::advice(&page, whole.account.company_name.as_str()),
        panel: fields::panel(&page, &errors, who, &draft.data, &open.known.duplicates),
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

/// `POST /p/{account}/customers/new/{draft}/review`: creates the customer.
pub async fn submit(
    who: Can<AddCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<ReviewForm>,
) -> Result<HttpResponse> {
    let mut open = open(&who, &path.1).await?;
    if let Some(done) = open.done() {
        return Ok(done);
    }
    let (form, id) = (posted.form, open.draft.id);
    let account = &mut open.draft.data.account;
    if !form.distinct_seen.is_empty() {
        (account.distinct, account.distinct_reason, account.distinct_seen) = (form.distinct, form.distinct_reason, form.distinct_seen);
    }
    if posted.review {
        return review_page(&who, &req, &open, Errors::default());
    }
    if form.action == "later" {
        let kept = account.clone();
        save(&who, id, move |data| data.account = kept.clone()).await?;
        return Ok(leave(&who, id, true, Step::Review));
    }
    if !form.version.is_empty() && form.version != open.draft.version.to_string() {
        return Ok(page::see(&step_href(&who.account.slug, id, Step::Review), Some("flash-draft-changed")));
    }
    let mut errors = Errors::default();
    let distinct = open.known.duplicates.judge(&open.draft.data.account, who.user.lang, &mut errors);
    let (whole, distinct) = match (open.draft.data.parse(&open.rules, &open.known.facts), distinct) {
        (Err((step, errors)), _) => return step_page(&who, &req, &open, step, errors),
        (Ok(_), None) => return review_page(&who, &req, &open, errors),
        (Ok(whole), Some(distinct)) => (whole, distinct),
    };
    let new = acts::New { draft: id, version: open.draft.version, whole, distinct, referral: open.draft.data.referral };
    create(&who, &req, &path.1, &posted.once, new).await
}

async fn create(
    who: &Can<AddCustomer>,
    req: &HttpRequest,
    draft: &str,
    once: &crate::access::posted::Once,
    new: acts::New,
) -> Result<HttpResponse> {
    let (user, slug, id) = (who.user.id, who.account.slug.clone(), new.draft);
    let location = who
        .write_once(once, move |scope, conn| match acts::create(scope, conn, user, &new)? {
            acts::Outcome::Created(customer) => Ok(welcome_href(&slug, customer)),
            // Nowhere to go: the same submit once more gets the same answer.
            acts::Outcome::Refused => Ok(String::new()),
        })
        .await?;
    if !location.is_empty() {
        return Ok(page::see(&location, None));
    }
    // Somebody was faster; what is true now says at which field.
    let open = open(who, draft).await?;
    match (open.done(), open.draft.data.parse(&open.rules, &open.known.facts)) {
        (Some(done), _) => Ok(done),
        (None, Err((step, errors))) => step_page(who, req, &open, step, errors),
        (None, Ok(_)) => Ok(page::see(&step_href(&who.account.slug, id, Step::Review), Some("flash-draft-changed"))),
    }
}

/// `GET /p/{account}/customers/{customer}/welcome`: for who added the customer.
pub async fn welcome(who: Can<AddCustomer>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id: CustomerId = path.1.parse().map_err(|()| Error::NotFound)?;
    done_page(&who, &req, id, None).await
}

/// `POST /p/{account}/customers/{customer}/welcome`: shows the administrator's link, once.
pub async fn reveal(
    who: Can<AddCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<Empty>,
) -> Result<HttpResponse> {
    let id: CustomerId = path.1.parse().map_err(|()| Error::NotFound)?;
    if posted.review {
        return done_page(&who, &req, id, None).await;
    }
    let user = who.user.id;
    let token = who.write(move |scope, conn| acts::reveal(scope, conn, user, id)).await?;
    done_page(&who, &req, id, token).await
}

async fn done_page(who: &Can<AddCustomer>, req: &HttpRequest, id: CustomerId, token: Option<String>) -> Result<HttpResponse> {
    let user = who.user.id;
    let added = who.read(move |scope, conn| Ok(queries::added(scope, conn, user, id)?)).await?;
    let title = who.user.lang.ta("customer-new-done-title", &[("company", added.company_name.clone().into())]);
    let page = Page::member(req, who, "customers", title);
    let link = match token {
        Some(token) => Link::Shown {
            url: format!("{}/set-password/{token}", who.app().config.public_url.trim_end_matches('/')),
            ends: page.moment(who.now().plus(Purpose::SetPassword.life())),
        },
        None if added.shown => Link::Gone,
        None => Link::Ready,
    };
    let slug = &who.account.slug;
    let mut frame = frame(&page, who, None, None, Step::Review);
    frame.action = welcome_href(slug, id);
    page::ok(&DonePage {
        frame,
        company: added.company_name,
        id: id.to_string(),
        administrator: format!("admin@{}", added.domain),
        agreed: added.agreed_on.is_some(),
        link,
        open: allows(who, Action::ViewCustomers).then(|| format!("/p/{slug}/customers/{id}")),
        another: new_href(slug),
        page,
    })
}
