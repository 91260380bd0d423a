//! The moderation of business profiles: what waits, beside what is public, approved or refused with
//! a reason; and the switch of each cloud. What is public stays until an operator has decided.

use crate::access::moderation::Waiting;
use crate::access::posted::Posted;
use crate::access::terms::Terms;
use crate::access::{Operator, Scope};
use crate::db::Conn;
use crate::db::ids::{LogoId, PartnerId, ProfileId};
use crate::domain::Cloud;
use crate::domain::rule::prose;
use crate::error::{Error, Result};
use crate::features::profile::model::{self, Profile, Revision};
use crate::features::profile::preview::Preview;
use crate::features::profile::words::{self, Difference};
use crate::features::profile::{letters, logo as logos, publish};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

const BASE: &str = "/operator/profiles";
/// Profiles of the queue that are shown.
const SHOWN: i64 = 100;
/// Longest reason of a refusal, in characters.
const REASON_MAX: usize = 1_000;

/// A profile in the queue.
pub struct Line {
    pub href: String,
    pub partner: String,
    pub cloud: &'static str,
    pub submitted: String,
}

/// `/operator/profiles`
#[derive(Template)]
#[template(path = "operator/profiles.html")]
pub struct ProfilesPage {
    pub page: Page,
    pub lines: Vec<Line>,
    /// Address of the switch, the cloud's name, and whether it is on.
    pub clouds: Vec<(String, &'static str, bool)>,
}

/// `/operator/profiles/{partner}/{profile}`
#[derive(Template)]
#[template(path = "operator/review.html")]
pub struct ReviewPage {
    pub page: Page,
    pub errors: Errors,
    pub base: &'static str,
    pub href: String,
    pub number: i64,
    pub waiting: Preview,
    pub public: Option<Preview>,
    pub changes: Vec<Difference>,
    pub reason: Field,
}

/// `GET /operator/profiles`
pub async fn show(who: Operator, req: HttpRequest) -> Result<HttpResponse> {
    let (waiting, clouds) = (who.waiting_profiles(SHOWN).await?, who.moderated().await?);
    let page = Page::operator(&req, &who, BASE, who.user.lang.t("moderation-title"));
    let line = |one: Waiting| Line {
        href: format!("{BASE}/{}/{}", one.partner, one.profile),
        partner: one.name,
        cloud: page.word("cloud", one.cloud.as_str()),
        submitted: page.moment(one.submitted_at),
    };
    let clouds = clouds.into_iter().filter(|(cloud, _)| cloud.has_profiles());
    let switch = |(cloud, on): (Cloud, bool)| (format!("{BASE}/moderation/{}", cloud.as_str()), page.word("cloud", cloud.as_str()), on);
    page::ok(&ProfilesPage { lines: waiting.into_iter().map(line).collect(), clouds: clouds.map(switch).collect(), page })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SwitchForm {
    on: String,
}

/// `POST /operator/profiles/moderation/{cloud}`. What waits already waits on.
pub async fn moderate(who: Operator, path: web::Path<String>, posted: Posted<SwitchForm>) -> Result<HttpResponse> {
    let cloud = Cloud::from_text(&path).ok_or(Error::NotFound)?;
    who.moderate(cloud, posted.form.on == "1").await?;
    Ok(page::see(BASE, Some("flash-saved")))
}

/// What an operator decides about.
struct Loaded {
    profile: Profile,
    waiting: Revision,
    public: Option<Revision>,
    terms: Terms,
}

fn load(scope: &Scope, conn: &mut Conn, id: ProfileId, number: i64) -> Result<Loaded> {
    let profile = model::find(scope, conn, id)?;
    let public = match (profile.published, model::public_slug(scope, conn, id)?) {
        (Some(number), Some(_)) => Some(model::revision(scope, conn, id, number)?),
        _ => None,
    };
    Ok(Loaded { waiting: model::revision(scope, conn, id, number)?, public, profile, terms: Terms::load(conn)? })
}

fn ids((partner, profile): &(String, String)) -> Result<(PartnerId, ProfileId)> {
    Ok((partner.parse().map_err(|()| Error::NotFound)?, profile.parse().map_err(|()| Error::NotFound)?))
}

/// `GET /operator/profiles/{partner}/{profile}`
pub async fn review(who: Operator, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (partner, profile) = ids(&path)?;
    let loaded = who.review(partner, profile, move |scope, conn, number| load(scope, conn, profile, number)).await?;
    shown(&who, &req, partner, &loaded, &DecisionForm::default(), Errors::default())
}

fn shown(
    who: &Operator,
    req: &HttpRequest,
    partner: PartnerId,
    loaded: &Loaded,
    form: &DecisionForm,
    errors: Errors,
) -> Result<HttpResponse> {
    let mut page = Page::operator(req, who, BASE, "");
    let (waiting, public) = (&loaded.waiting, loaded.public.as_ref());
    page.title = page.t1("moderation-review-title", "name", &waiting.content.name);
    let preview =
        |one: &Revision| Preview::of(&page, &loaded.terms, &one.content, one.logo.map(|logo| format!("{BASE}/logo/{logo}")), None);
    let before = public.map(|one| one.content.clone()).unwrap_or_default();
    let reason = Field::text("reason", page.t("field-reason"), &form.reason).kind("textarea").max(REASON_MAX as u32);
    let view = ReviewPage {
        base: BASE,
        href: format!("{BASE}/{partner}/{}", loaded.profile.id),
        number: waiting.number,
        waiting: preview(waiting),
        public: public.map(preview),
        changes: words::differences(&page, &loaded.terms, &before, &waiting.content),
        reason: reason.hint(page.t("moderation-reason-hint")).errors(&errors),
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

/// A decision about the revision that was shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DecisionForm {
    number: String,
    reason: String,
}

impl DecisionForm {
    fn number(&self) -> i64 {
        self.number.parse().unwrap_or(0)
    }
}

/// `POST …/approve`
pub async fn approve(who: Operator, path: web::Path<(String, String)>, posted: Posted<DecisionForm>) -> Result<HttpResponse> {
    let ((partner, id), number) = (ids(&path)?, posted.form.number());
    let done = who.decide(partner, id, number, move |scope, conn| {
        if publish::approve(scope, conn, id, number)? {
            let (profile, revision) = (model::find(scope, conn, id)?, model::revision(scope, conn, id, number)?);
            letters::decided(scope, conn, &profile, &revision, true, "")?;
        }
        Ok(())
    });
    finish(done.await, "flash-moderation-approved")
}

/// `POST …/reject`
pub async fn reject(
    who: Operator,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<DecisionForm>,
) -> Result<HttpResponse> {
    let ((partner, id), form, mut errors) = (ids(&path)?, posted.form, Errors::default());
    let reason = errors.take(who.user.lang, "reason", prose(&form.reason, 1, REASON_MAX));
    let Some(reason) = reason.filter(|_| !posted.review) else {
        let loaded = who.review(partner, id, move |scope, conn, number| load(scope, conn, id, number)).await?;
        return shown(&who, &req, partner, &loaded, &form, errors);
    };
    let number = form.number();
    let done = who.decide(partner, id, number, move |scope, conn| {
        if publish::reject(scope, conn, id, number, &reason)? {
            let (profile, revision) = (model::find(scope, conn, id)?, model::revision(scope, conn, id, number)?);
            letters::decided(scope, conn, &profile, &revision, false, &reason)?;
        }
        Ok(())
    });
    finish(done.await, "flash-moderation-rejected")
}

/// To the queue; where the partner or a colleague was faster, with a word about that.
fn finish(done: Result<()>, flash: &'static str) -> Result<HttpResponse> {
    match done {
        Ok(()) => Ok(page::see(BASE, Some(flash))),
        Err(Error::Conflict) => Ok(page::see(BASE, Some("flash-moderation-settled"))),
        Err(other) => Err(other),
    }
}

/// `GET /operator/profiles/logo/{logo}`
pub async fn logo(who: Operator, path: web::Path<String>) -> Result<HttpResponse> {
    let id: LogoId = path.parse().map_err(|()| Error::NotFound)?;
    Ok(logos::answer(who.logo(id).await?, "private"))
}
