//! `/p/{account}/referrals/handovers/{handover}`: what became of it with each reseller.

use super::panel::{self, HandoverView};
use super::queries::{Note, Offer};
use super::{acts, href, list_href, queries};
use crate::access::Can;
use crate::access::permissions::HandOverReferrals;
use crate::access::posted::Posted;
use crate::access::referral::Sight;
use crate::error::{Error, Result};
use crate::features::referrals::{self, model, views::called};
use crate::features::sign_in::handlers::Empty;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "handover/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub list: String,
    pub all: String,
    pub name: String,
    pub referral: String,
    pub one: HandoverView,
    pub message: String,
    pub allow_next: bool,
    /// Where it is taken back, while it can be.
    pub withdraw: Option<String>,
    /// Where the referral is handed to others, once nobody has it.
    pub again: Option<String>,
    /// What resellers wrote for their provider: who, when, what.
    pub notes: Vec<(String, String, String)>,
}

/// `GET /p/{account}/referrals/handovers/{handover}`
pub async fn show(who: Can<HandOverReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id = queries::id(&path.1)?;
    let (one, offers, notes, row, again) = who
        .read(move |scope, conn| {
            let one = queries::one(scope, conn, id)?;
            let offers = queries::offers(scope, conn, &[id])?;
            let notes = queries::notes(scope, conn, &offers)?;
            let row = model::find(scope, conn, Sight::ALL, one.referral)?;
            let again = queries::may_hand_over(scope, conn, &row)?.is_ok();
            Ok((one, offers, notes, row, again))
        })
        .await?;
    let page = Page::member(&req, &who, "referrals", who.user.lang.t("handover-show-title"));
    let (slug, now) = (&who.account.slug, who.now());
    page::ok(&ShowPage {
        list: referrals::list_href(slug),
        all: list_href(slug),
        name: called(&page, &row),
        referral: referrals::href(slug, one.referral),
        one: panel::view(&page, slug, now, &one, &offers),
        withdraw: acts::may_withdraw(&one, now).then(|| format!("{}/withdraw", href(slug, id))),
        again: again.then(|| super::new_href(slug, one.referral)),
        notes: notes.iter().map(|note| line(&page, &offers, note)).collect(),
        message: one.message,
        allow_next: one.allow_next,
        page,
    })
}

fn line(page: &Page, offers: &[Offer], note: &Note) -> (String, String, String) {
    let partner = offers.iter().find(|offer| offer.partner == note.partner).map_or("", |offer| offer.name.as_str());
    let who = page.ta("sharing-who", &[("person", note.person.as_str().into()), ("partner", partner.into())]);
    (who, page.moment(note.at), note.body.clone())
}

/// `POST /p/{account}/referrals/handovers/{handover}/withdraw`
pub async fn withdraw(who: Can<HandOverReferrals>, path: web::Path<(String, String)>, posted: Posted<Empty>) -> Result<HttpResponse> {
    let id = queries::id(&path.1)?;
    let back = href(&who.account.slug, id);
    if posted.review {
        return Ok(page::see(&back, None));
    }
    match who.write(move |scope, conn| acts::withdraw(scope, conn, id)).await {
        Ok(()) => Ok(page::see(&back, Some("flash-handover-withdrawn"))),
        Err(Error::Conflict) => Ok(page::see(&back, Some("flash-handover-decided"))),
        Err(other) => Err(other),
    }
}
