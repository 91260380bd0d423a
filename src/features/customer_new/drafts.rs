//! The user's own drafts: where they are listed, resumed and discarded.

use super::forms::Step;
use super::queries::{self, Draft};
use super::{DraftLine, DraftsPage, acts, drafts_href, new_href, step_href};
use crate::access::Can;
use crate::access::permissions::AddCustomer;
use crate::access::posted::Posted;
use crate::db::ids::DraftId;
use crate::error::{Error, Result};
use crate::features::sign_in::handlers::Empty;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};

/// `GET /p/{account}/customers/drafts`
pub async fn show(who: Can<AddCustomer>, req: HttpRequest) -> Result<HttpResponse> {
    let user = who.user.id;
    let drafts = who.read(move |scope, conn| queries::drafts(scope, conn, user)).await?;
    let page = Page::member(&req, &who, "customers", who.user.lang.t("customer-new-drafts"));
    let slug = &who.account.slug;
    let line = |draft: Draft| {
        let name = draft.data.account.company_name.trim();
        DraftLine {
            title: if name.is_empty() { page.t("customer-new-draft-nameless").to_owned() } else { name.to_owned() },
            country: draft.data.country().map_or("", |country| country.name(page.lang.as_str())),
            saved: page.moment(draft.updated_at),
            // The review leads to the first step that does not hold yet.
            resume: step_href(slug, draft.id, Step::Review),
            discard: format!("{}/{}/discard", new_href(slug), draft.id),
        }
    };
    let drafts = drafts.into_iter().map(line).collect();
    page::ok(&DraftsPage { drafts, new: new_href(slug), page })
}

/// `POST /p/{account}/customers/new/{draft}/discard`
pub async fn discard(who: Can<AddCustomer>, path: web::Path<(String, String)>, posted: Posted<Empty>) -> Result<HttpResponse> {
    let id: DraftId = path.1.parse().map_err(|()| Error::NotFound)?;
    let drafts = drafts_href(&who.account.slug);
    if posted.review {
        return Ok(page::see(&drafts, None));
    }
    let user = who.user.id;
    who.write(move |scope, conn| acts::discard(scope, conn, user, id)).await?;
    Ok(page::see(&drafts, Some("flash-draft-discarded")))
}
