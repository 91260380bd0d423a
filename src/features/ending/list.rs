//! What a provider's resellers ask it to end.

use super::acts::Outcome;
use super::forms::{NOTE, note};
use super::model::{self, Listed};
use super::{href, requests, requests_href};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::EndRelationship;
use crate::access::posted::Posted;
use crate::error::{Error, Result};
use crate::features::customer;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// `/p/{account}/requests`
#[derive(Template)]
#[template(path = "ending/requests.html")]
pub struct RequestsPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub base: String,
    pub lines: Vec<Line>,
    /// The answer's control, for the request being refused.
    pub field: Field,
}

/// A request in words.
pub struct Line {
    pub id: String,
    pub company: String,
    pub customer: String,
    pub end: String,
    /// Who asked, for whom, when.
    pub asked: String,
    pub reason: String,
    pub refusing: bool,
}

/// Which request is being refused.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Refusing {
    refuse: String,
}

/// `GET /p/{account}/requests`
pub async fn show(who: Can<EndRelationship>, req: HttpRequest, query: web::Query<Refusing>) -> Result<HttpResponse> {
    render(&who, &req, &query.refuse, "", Errors::default()).await
}

async fn render(who: &Can<EndRelationship>, req: &HttpRequest, refusing: &str, answer: &str, errors: Errors) -> Result<HttpResponse> {
    who.must(Action::ViewCustomers, Relationship::None)?;
    let rows = who.read(|scope, conn| Ok(model::open_requests(scope, conn)?)).await?;
    let slug = &who.account.slug;
    let page = Page::member(req, who, "customers", who.user.lang.t("requests-title"));
    let field = Field::text("answer", page.t("requests-answer"), answer).kind("textarea").max(NOTE as u32);
    let field = field.hint(page.t("requests-answer-hint")).errors(&errors);
    let failed = !errors.is_empty();
    let view = RequestsPage {
        crumbs: vec![(format!("/p/{slug}/customers"), page.t("nav-customers").to_owned())],
        base: requests_href(slug),
        lines: rows.into_iter().map(|row| line(&page, slug, row, refusing)).collect(),
        field,
        errors,
        page,
    };
    page::form(&view, failed)
}

fn line(page: &Page, slug: &str, (request, reseller, company): Listed, refusing: &str) -> Line {
    let id = request.id.to_string();
    let args =
        [("person", request.person.as_str().into()), ("reseller", reseller.into()), ("when", page.moment(request.created_at).into())];
    Line {
        refusing: id == refusing,
        asked: page.ta("requests-asked", &args),
        customer: customer::href(slug, request.customer_id),
        end: href(slug, request.customer_id),
        reason: request.reason,
        company,
        id,
    }
}

/// Why not.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct RefuseForm {
    answer: String,
}

/// `POST /p/{account}/requests/{request}/refuse`
pub async fn refuse(
    who: Can<EndRelationship>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<RefuseForm>,
) -> Result<HttpResponse> {
    let id = requests::id(&path.1)?;
    let mut errors = Errors::default();
    let answer = note(&posted.form.answer).filter(|text| !text.is_empty());
    if answer.is_none() {
        errors.message(who.user.lang, "answer", "requests-answer-missing");
        // Another's id is no page, whatever was typed.
        who.read(move |scope, conn| model::request(scope, conn, id).map_err(Error::from)).await?;
    }
    let Some(answer) = answer.filter(|_| !posted.review) else {
        return render(&who, &req, &path.1, &posted.form.answer, errors).await;
    };
    let back = requests_href(&who.account.slug);
    let target = back.clone();
    let done = who
        .write_once(&posted.once, move |scope, conn| match requests::refuse(scope, conn, id, &answer)? {
            Outcome::Done => Ok(target.clone()),
            Outcome::Refused => Err(Error::Conflict),
        })
        .await;
    match done {
        Ok(location) => Ok(page::see(&location, Some("flash-request-refused"))),
        Err(Error::Conflict) => Ok(page::see(&back, Some("flash-ending-changed"))),
        Err(other) => Err(other),
    }
}
