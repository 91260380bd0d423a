//! `/p/{account}/resellers/invite`: a provider asks a reseller for a partnership. The form, the letter
//! and what becomes of it are those of every invitation.

use super::{invite_href, list_href, side};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::InvitePartner;
use crate::access::posted::Posted;
use crate::domain::relationship::invitation::Kind;
use crate::error::Result;
use crate::features::invitations::form::{Facts, InvitationForm, recipient};
use crate::features::invitations::write::{After, FormPage, preview, rules};
use crate::features::invitations::{self, acts, fields};
use crate::web::form::Errors;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Of this kind, whatever else was sent.
fn settled(form: InvitationForm) -> InvitationForm {
    InvitationForm {
        kind: Kind::Partnership.as_str().to_owned(),
        open: String::new(),
        customer: String::new(),
        provider: String::new(),
        ..form
    }
    .settled()
}

async fn look(who: &Can<InvitePartner>, form: &InvitationForm) -> Result<Facts> {
    let Ok(email) = recipient(&form.recipient_email, &rules(who)) else { return Ok(Facts::default()) };
    let waiting =
        who.read(move |scope, conn| Ok(invitations::queries::waiting_for(scope, conn, Kind::Partnership, &email, scope.now)?)).await?;
    Ok(Facts { waiting, ..Facts::default() })
}

/// `GET /p/{account}/resellers/invite`
pub async fn show(who: Can<InvitePartner>, req: HttpRequest) -> Result<HttpResponse> {
    let form = InvitationForm { language: who.user.lang.as_str().to_owned(), ..InvitationForm::default() };
    shown(&who, &req, settled(form), &Facts::default(), Errors::default())
}

fn shown(who: &Can<InvitePartner>, req: &HttpRequest, form: InvitationForm, facts: &Facts, errors: Errors) -> Result<HttpResponse> {
    let (slug, side) = (&who.account.slug, side(who)?);
    let page = Page::member(req, who, "resellers", who.user.lang.t("partnerships-invite"));
    let list = list_href(slug, side);
    let again = |id| (invitations::href(slug, id), fields::again(&page, &errors, &form));
    let failed = !errors.is_empty();
    let view = FormPage {
        crumbs: vec![(list.clone(), page.t("nav-resellers").to_owned())],
        action: invite_href(slug),
        back: list,
        intro: page.word("invite-kind-means", Kind::Partnership.as_str()).to_owned(),
        open: false,
        customer: None,
        recipient: fields::recipient(&page, &errors, &form, Kind::Partnership, facts),
        rights: Vec::new(),
        message: Some(fields::message(&page, &errors, &form.message)),
        internal: fields::internal(&page, &errors, &form, Kind::Partnership),
        waiting: facts.waiting.as_ref().map(|(id, _)| again(*id)),
        preview: Some(preview(who, &form, Kind::Partnership, facts)?),
        theirs: Vec::new(),
        form,
        errors,
        page,
    };
    page::form(&view, failed)
}

/// `POST /p/{account}/resellers/invite`: sends it, makes a link to hand over, or keeps a draft.
pub async fn send(who: Can<InvitePartner>, req: HttpRequest, posted: Posted<InvitationForm>) -> Result<HttpResponse> {
    let form = settled(posted.form);
    let facts = look(&who, &form).await?;
    let mut errors = Errors::default();
    if posted.review || form.action == "preview" {
        return shown(&who, &req, form, &facts, errors);
    }
    let Some(new) = form.parse(&rules(&who), &facts, &mut errors) else {
        return shown(&who, &req, form, &facts, errors);
    };
    let (user, slug, act) = (who.user.id, who.account.slug.clone(), After::of(&form.action));
    let (app, partner, list) = (Arc::clone(who.app()), who.account.name.clone(), list_href(&slug, side(&who)?));
    let reads = who.may(Action::ViewInvitations, Relationship::None).is_ok();
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            let id = acts::create(scope, conn, user, &new)?;
            act.run(scope, conn, id, &acts::From { partner: &partner, keys: &app.keys })?;
            Ok(if reads { invitations::href(&slug, id) } else { list.clone() })
        })
        .await?;
    Ok(page::see(&location, Some(act.flash())))
}
