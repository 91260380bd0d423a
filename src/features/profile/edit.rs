//! The editor, with card and page beside it.

use super::draft::{self, Saved};
use super::form::{self, Group, ProfileForm, Rules};
use super::model::{self, Profile};
use super::preview::Preview;
use super::words::{self, Difference};
use super::{edit_href, href, id, list_href, logo_href};
use crate::access::Can;
use crate::access::permissions::EditProfile;
use crate::access::posted::Posted;
use crate::access::terms::Terms;
use crate::domain::profile::Content;
use crate::error::Result;
use crate::web::form::Errors;
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

/// Longest form, in bytes: two whole descriptions, whatever their script.
const LIMIT: usize = 128 * 1024;

/// `/p/{account}/profile/{profile}/edit`
#[derive(Template)]
#[template(path = "profile/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub back: String,
    pub base: String,
    pub groups: Vec<Group>,
    pub preview: Preview,
    /// What somebody else saved meanwhile, where that differs from what is typed here.
    pub theirs: Vec<Difference>,
}

struct Loaded {
    profile: Profile,
    terms: Terms,
}

async fn load(who: &Can<EditProfile>, text: &str) -> Result<Loaded> {
    let id = id(text)?;
    who.read(move |scope, conn| Ok(Loaded { profile: model::find(scope, conn, id)?, terms: Terms::load(conn)? })).await
}

/// `GET /p/{account}/profile/{profile}/edit`
pub async fn show(who: Can<EditProfile>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    let form = ProfileForm::of(&loaded.profile.draft);
    let content = loaded.profile.draft.clone();
    page::ok(&view(&who, &req, &loaded, &form, &content, Errors::default()))
}

/// `POST /p/{account}/profile/{profile}/edit`: saves, or only shows how it would look.
pub async fn save(
    who: Can<EditProfile>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<ProfileForm, LIMIT>,
) -> Result<HttpResponse> {
    let loaded = load(&who, &path.1).await?;
    let (form, mut errors) = (posted.form, Errors::default());
    let rules = Rules { lang: who.user.lang, terms: &loaded.terms, current: &loaded.profile.draft };
    let content = form.read(&rules, &mut errors);
    if posted.review || form.action == "preview" {
        return page::ok(&view(&who, &req, &loaded, &form, &content, Errors::default()));
    }
    if !errors.is_empty() {
        return page::form(&view(&who, &req, &loaded, &form, &content, errors), true);
    }
    let (id, base, typed) = (loaded.profile.id, form.base.clone(), content.clone());
    let saved = who
        .write(move |scope, conn| {
            draft::change(scope, conn, id, "profile.edit", |draft| {
                let fresh = form::mark(&draft.content) == base;
                draft.content = Content { locations: draft.content.locations.clone(), ..typed.clone() };
                Ok(fresh)
            })
        })
        .await?;
    match saved {
        Saved::Changed => Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-saved"))),
        Saved::Unchanged => Ok(page::see(&href(&who.account.slug, id), Some("flash-profile-unchanged"))),
        Saved::Stale => conflict(&who, &req, &path.1, form, &content).await,
    }
}

/// Both versions: what was typed stays in the form, what somebody else saved stands above it.
async fn conflict(who: &Can<EditProfile>, req: &HttpRequest, id: &str, mut form: ProfileForm, mine: &Content) -> Result<HttpResponse> {
    let loaded = load(who, id).await?;
    form.base = form::mark(&loaded.profile.draft);
    let mut view = view(who, req, &loaded, &form, mine, Errors::default());
    let mine = Content { locations: loaded.profile.draft.locations.clone(), ..mine.clone() };
    view.theirs = words::differences(&view.page, &loaded.terms, &loaded.profile.draft, &mine);
    page::html(StatusCode::CONFLICT, &view)
}

fn view(who: &Can<EditProfile>, req: &HttpRequest, loaded: &Loaded, form: &ProfileForm, content: &Content, errors: Errors) -> EditPage {
    let (slug, profile) = (&who.account.slug, &loaded.profile);
    let mut page = Page::member(req, who, "profile", "");
    let country = words::country(&page, &profile.country);
    page.title = page.t1("profile-edit-title", "country", &country);
    let rules = Rules { lang: page.lang, terms: &loaded.terms, current: &profile.draft };
    EditPage {
        crumbs: vec![(list_href(slug), page.t("nav-profile").to_owned()), (href(slug, profile.id), country)],
        action: edit_href(slug, profile.id),
        back: href(slug, profile.id),
        base: form.base.clone(),
        groups: form::groups(&page, form, &rules, &errors),
        preview: Preview::of(&page, &loaded.terms, content, profile.logo.map(|logo| logo_href(slug, logo)), Some(who.account.account_type)),
        theirs: Vec::new(),
        errors,
        page,
    }
}
