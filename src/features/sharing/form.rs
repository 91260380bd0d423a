//! `/p/{account}/referrals/{referral}/invite`: which partner, what help, what both will know.

use super::acts::{self, New};
use super::deal::Typed;
use super::queries::{self, Candidate, LETTERS, Problem};
use super::{href, new_href};
use crate::access::Can;
use crate::access::permissions::AnswerReferrals;
use crate::access::posted::Posted;
use crate::access::referral::{Sight, of_referral};
use crate::db::ids::ReferralId;
use crate::domain::country::Country;
use crate::domain::fold::fold;
use crate::domain::rule::prose;
use crate::error::{Error, Result};
use crate::features::referrals::model::{self, Referral};
use crate::features::referrals::{self, views::called};
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Longest message, in characters.
const MESSAGE_MAX: usize = 1_000;

#[derive(Template)]
#[template(path = "sharing/form.html")]
pub struct FormPage {
    pub page: Page,
    pub errors: Errors,
    pub list: String,
    pub back: String,
    pub action: String,
    pub name: String,
    /// Why it is not shared now.
    pub problem: Option<&'static str>,
    pub search: Field,
    pub to: Field,
    /// Something was looked for, and nobody found.
    pub nobody: bool,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShareForm {
    search: String,
    to: String,
    title: String,
    value: String,
    currency: String,
    close_on: String,
    help: Vec<String>,
    message: String,
    consent: String,
    /// `search`, else it is sent.
    action: String,
}

impl ShareForm {
    fn typed(&self) -> Typed {
        let Self { title, value, currency, close_on, help, .. } = self.clone();
        Typed { title, value, currency, close_on, help, stage: String::new() }
    }
}

/// A referral on its way to the page.
struct Loaded {
    row: Referral,
    verdict: std::result::Result<(), Problem>,
    /// The prospect has agreed before.
    consented: bool,
    found: Vec<Candidate>,
    chosen: Option<Candidate>,
}

async fn load(who: &Can<AnswerReferrals>, id: &str, form: &ShareForm) -> Result<Loaded> {
    let (id, sight, form): (ReferralId, _, _) = (id.parse().map_err(|()| Error::NotFound)?, Sight::of(who), form.clone());
    who.read(move |scope, conn| {
        let row = model::find(scope, conn, sight, id)?;
        let consented = of_referral(scope, conn, id)?.consent_at.is_some();
        let chosen = match queries::candidate(scope, conn, &form.to) {
            Err(Error::NotFound) => None,
            other => Some(other?),
        };
        let found = queries::candidates(scope, conn, &form.search)?;
        Ok(Loaded { verdict: queries::may_share(&row, scope.now), row, consented, found, chosen })
    })
    .await
}

/// `GET /p/{account}/referrals/{referral}/invite`
pub async fn show(who: Can<AnswerReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1, &ShareForm::default()).await?;
    let row = &loaded.row;
    let value = row.value_minor.map(|minor| crate::domain::money::plain(minor, &row.currency)).unwrap_or_default();
    let form = ShareForm { value, currency: row.currency.clone(), close_on: row.close_on.clone(), ..ShareForm::default() };
    shown(&who, &req, &loaded, &form, Errors::default())
}

fn shown(who: &Can<AnswerReferrals>, req: &HttpRequest, loaded: &Loaded, form: &ShareForm, errors: Errors) -> Result<HttpResponse> {
    let page = Page::member(req, who, "referrals", who.user.lang.t("sharing-title"));
    let (slug, row) = (&who.account.slug, &loaded.row);
    let choice = |one: &Candidate| {
        let choice = Choice::new(one.value(), one.name.as_str());
        match Country::from_code(&one.country) {
            Some(country) => choice.hint(country.name(page.lang.as_str())),
            None => choice.hint(page.t("sharing-own-partner")),
        }
    };
    let others = loaded.found.iter().filter(|one| loaded.chosen.as_ref() != Some(*one));
    let choices: Vec<Choice> = loaded.chosen.iter().chain(others).map(choice).collect();
    let mut fields = form.typed().fields(&page, &errors, false);
    fields.push(
        Field::text("message", page.t("sharing-message"), &form.message)
            .kind("textarea")
            .max(MESSAGE_MAX as u32)
            .hint(page.t("sharing-message-hint"))
            .optional()
            .errors(&errors),
    );
    if !loaded.consented {
        fields.push(Field::text("consent", page.t("sharing-consent"), &form.consent).kind("checkbox").errors(&errors));
    }
    let view = FormPage {
        list: referrals::list_href(slug),
        back: referrals::href(slug, row.id),
        action: new_href(slug, row.id),
        name: called(&page, row),
        problem: loaded.verdict.err().map(|problem| page.word("sharing-problem", problem)),
        search: Field::text("search", page.t("sharing-search"), &form.search).max(100).hint(page.t("sharing-search-hint")).optional(),
        nobody: choices.is_empty() && fold(&form.search).chars().count() >= LETTERS,
        to: Field::text("to", page.t("field-partner"), &form.to).choices("radios", choices).errors(&errors),
        fields,
        errors,
        page,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

/// `POST /p/{account}/referrals/{referral}/invite`
pub async fn save(
    who: Can<AnswerReferrals>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<ShareForm>,
) -> Result<HttpResponse> {
    if let Some(location) = who.done_before(&posted.once).await? {
        return Ok(page::see(&location, None));
    }
    let form = posted.form;
    let loaded = load(&who, &path.1, &form).await?;
    let mut errors = Errors::default();
    if posted.review || form.action == "search" || loaded.verdict.is_err() {
        return shown(&who, &req, &loaded, &form, errors);
    }
    let Some(new) = parse(&who, &loaded, &form, &mut errors) else {
        return shown(&who, &req, &loaded, &form, errors);
    };
    let (sight, slug) = (Sight::of(&who), who.account.slug.clone());
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            // Nowhere to go where it was refused: the page says why.
            Ok(acts::ask(scope, conn, sight, &new)?.map_or_else(|_| String::new(), |id| href(&slug, id)))
        })
        .await?;
    if location.is_empty() {
        errors.message(who.user.lang, "to", "sharing-problem-asked");
        return shown(&who, &req, &loaded, &form, errors);
    }
    Ok(page::see(&location, Some("flash-sharing-asked")))
}

/// The question that a form says, or every mistake.
fn parse(who: &Can<AnswerReferrals>, loaded: &Loaded, form: &ShareForm, errors: &mut Errors) -> Option<New> {
    let lang = who.user.lang;
    if loaded.chosen.is_none() {
        errors.message(lang, "to", "sharing-to-missing");
    }
    let part = form.typed().parse(lang, errors);
    let message = errors.take(lang, "message", prose(&form.message, 0, MESSAGE_MAX));
    if !loaded.consented && form.consent != "1" {
        errors.message(lang, "consent", "sharing-consent-missing");
    }
    let part = part.filter(|_| errors.is_empty())?;
    Some(New { referral: loaded.row.id, to: loaded.chosen.clone()?, deal: part.deal, help: part.help, message: message? })
}
