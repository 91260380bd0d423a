//! An opportunity of one's own.

use super::forms::{Form, Offer};
use super::{acts, href, list_href, queries};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::AnswerReferrals;
use crate::access::posted::Posted;
use crate::access::terms::Terms;
use crate::db::ids::{LocationId, UserId};
use crate::error::Result;
use crate::features::customers::model::colleagues;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// `/p/{account}/referrals/new`
#[derive(Template)]
#[template(path = "referrals/new.html")]
pub struct NewPage {
    pub page: Page,
    pub list: String,
    pub action: String,
    /// Title and controls of each part.
    pub parts: Vec<(&'static str, Vec<Field>)>,
    pub errors: Errors,
}

/// What the form offers.
struct Loaded {
    terms: Terms,
    colleagues: Vec<(UserId, String)>,
    owners: Vec<(UserId, String)>,
    locations: Vec<(LocationId, String)>,
}

async fn load(who: &Can<AnswerReferrals>) -> Result<Loaded> {
    let all = who.may(Action::AssignReferrals, Relationship::None).is_ok();
    let user = who.user.id;
    who.read(move |scope, conn| {
        let colleagues: Vec<_> = colleagues(scope, conn)?.into_iter().map(|one| (one.id, one.name)).collect();
        let owners = colleagues.iter().filter(|(id, _)| all || *id == user).cloned().collect();
        Ok(Loaded { terms: Terms::load(conn)?, locations: queries::locations(scope, conn, false)?, owners, colleagues })
    })
    .await
}

fn view(who: &Can<AnswerReferrals>, req: &HttpRequest, loaded: &Loaded, form: &Form, errors: Errors) -> Result<HttpResponse> {
    let page = Page::member(req, who, "referrals", who.user.lang.t("referrals-new"));
    let list = list_href(&who.account.slug);
    let offer = Offer {
        page: &page,
        now: who.now(),
        terms: &loaded.terms,
        owners: &loaded.owners,
        colleagues: &loaded.colleagues,
        locations: &loaded.locations,
    };
    let parts = vec![
        (page.t("referral-prospect"), form.prospect_fields(&page, &errors)),
        (page.t("referral-deal"), form.deal_fields(&offer, true, &errors)),
        (page.t("referral-people"), form.people_fields(&offer, &errors)),
        (page.t("referral-wanted"), form.need_fields(&offer, &errors)),
    ];
    let failed = !errors.is_empty();
    page::form(&NewPage { action: format!("{list}/new"), list, parts, errors, page }, failed)
}

/// `GET /p/{account}/referrals/new`
pub async fn show(who: Can<AnswerReferrals>, req: HttpRequest) -> Result<HttpResponse> {
    let loaded = load(&who).await?;
    view(&who, &req, &loaded, &Form::blank(&who.account.country, who.user.id), Errors::default())
}

/// `POST /p/{account}/referrals/new`
pub async fn create(who: Can<AnswerReferrals>, req: HttpRequest, posted: Posted<Form>) -> Result<HttpResponse> {
    let loaded = load(&who).await?;
    let (form, mut errors) = (posted.form, Errors::default());
    let page = Page::member(&req, &who, "referrals", "");
    let offer = Offer {
        page: &page,
        now: who.now(),
        terms: &loaded.terms,
        owners: &loaded.owners,
        colleagues: &loaded.colleagues,
        locations: &loaded.locations,
    };
    let new = form.own(&offer, &mut errors);
    let Some(new) = new.filter(|_| !posted.review) else {
        return view(&who, &req, &loaded, &form, errors);
    };
    let slug = who.account.slug.clone();
    let work = move |scope: &_, conn: &mut _| acts::create_own(scope, conn, &new).map(|id| href(&slug, id));
    let location = who.write_once(&posted.once, work).await?;
    Ok(page::see(&location, Some("flash-referral-created")))
}
