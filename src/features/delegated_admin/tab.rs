//! A customer's tab *Access*: the rights that it granted, what is asked for, and what can be done.

use super::acts::{self, By};
use super::model::{self, Granted};
use super::words::{self, Right};
use super::{id, request_href, tab_href};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{EndAdmin, Permission, RequestAdmin, ViewCustomers};
use crate::access::posted::Posted;
use crate::clock::Moment;
use crate::db::ids::{AdminId, CustomerId};
use crate::domain::relationship::delegated_admin::{DirectoryRole, NotExtended, may_extend_itself};
use crate::domain::relationship::invitation::Kind;
use crate::error::{Error, Result};
use crate::features::customer::handlers::page_of;
use crate::features::customer::head::{At, Edit, Head};
use crate::features::customer::notes::NoFields;
use crate::features::customer::queries;
use crate::features::{customer, invitations};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// `/p/{account}/customers/{id}/access`
#[derive(Template)]
#[template(path = "delegated_admin/tab.html")]
pub struct TabPage {
    pub page: Page,
    pub head: Head,
    pub request: Edit,
    /// Requests that the customer has not answered: text and page.
    pub pending: Vec<(String, String)>,
    pub current: Vec<Item>,
    pub past: Vec<Past>,
}

/// Rights that hold.
pub struct Item {
    pub id: String,
    pub name: String,
    pub badge: (&'static str, &'static str),
    pub left: String,
    pub facts: Vec<(&'static str, String)>,
    pub rights: Vec<Right>,
    /// Why it is not extended by six months; `None` where it can be.
    pub extend_why: Option<String>,
    pub auto_extend: bool,
    /// Why it does not extend by itself.
    pub auto_why: Option<String>,
    pub end_why: Option<String>,
}

/// Rights that are over.
pub struct Past {
    pub name: String,
    pub roles: String,
    pub since: String,
    pub ended: String,
}

/// `GET /p/{account}/customers/{customer}/access`
pub async fn show(who: Can<ViewCustomers>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id = customer::id(&path.1)?;
    let (frame, all, asked) = who
        .read(move |scope, conn| {
            let frame = queries::frame(scope, conn, id)?;
            let asked = crate::features::ending::model::unanswered(scope, conn, id)?;
            Ok((frame, model::of_customer(scope, conn, id)?, asked))
        })
        .await?;
    let customer = &frame.record.customer;
    let slug = &who.account.slug;
    let page = page_of(&req, &who, "customer-tab-access", &customer.company_name);
    let head = Head::of(&page, &who, &frame, At::Access);
    let (current, past): (Vec<_>, Vec<_>) = all.iter().partition(|one| !one.rights(who.now()).is_empty());
    let pending = asked.iter().filter(|one| one.kind == Kind::DelegatedAdmin).map(|one| {
        (page.t1("admin-pending", "recipient", &one.recipient), invitations::href(slug, crate::db::ids::InvitationId::from_uuid(one.id)))
    });
    let view = TabPage {
        request: Edit {
            label: page.t("admin-request").into(),
            href: request_href(slug, id),
            why: page.why_not(who.may(Action::RequestAdmin, customer.relationship())),
        },
        pending: pending.collect(),
        current: current.into_iter().map(|one| item(&page, &who, one, customer.relationship())).collect(),
        past: past.into_iter().map(|one| gone(&page, one)).collect(),
        head,
        page,
    };
    page::ok(&view)
}

/// Why rights are not extended, in a sentence.
pub fn why_not(page: &Page, why: NotExtended) -> &'static str {
    page.word("admin-not-extended", why.as_str())
}

fn item<P: Permission>(page: &Page, who: &Can<P>, one: &Granted, relationship: Relationship) -> Item {
    let now = who.now();
    let asks = page.why_not(who.may(Action::RequestAdmin, relationship));
    let roles = one.admin.roles();
    let auto = if one.admin.auto_extend { "admin-auto-on" } else { "admin-auto-off" };
    let mut facts = vec![
        (page.t("admin-since"), page.date(one.admin.starts_at)),
        (page.t("admin-until"), page.moment(one.ends_at())),
        (page.t("admin-approved-by"), one.admin.approved_by.clone()),
        (page.t("admin-auto"), page.t(auto).to_owned()),
    ];
    if one.ends_at() < one.admin.ends_at {
        facts.push((page.t("admin-note"), page.t("admin-with-relationship").to_owned()));
    }
    Item {
        id: one.admin.id.to_string(),
        name: one.admin.name.clone(),
        badge: words::badge(page, one.shown(now)),
        left: words::left(page, one.ends_at(), now),
        facts,
        rights: words::rights(page.lang, &one.rights(now)),
        extend_why: asks.clone().or_else(|| one.extension(now).err().map(|why| why_not(page, why).to_owned())),
        auto_extend: one.admin.auto_extend,
        auto_why: asks.or_else(|| (!may_extend_itself(&roles)).then(|| why_not(page, NotExtended::GlobalAdmin).to_owned())),
        end_why: page.why_not(who.may(Action::EndAdmin, relationship)),
    }
}

fn gone(page: &Page, one: &Granted) -> Past {
    Past {
        name: one.admin.name.clone(),
        roles: words::names(page.lang, &one.admin.roles()),
        since: page.date(one.admin.starts_at),
        ended: words::ended(page, one),
    }
}

type Path = web::Path<(String, String, String)>;

/// The customer and the grant of an address, of which this member may do something.
async fn load<P: Permission>(who: &Can<P>, path: &Path, action: Action) -> Result<(CustomerId, AdminId, Granted)> {
    let (customer, id) = (customer::id(&path.1)?, id(&path.2)?);
    who.must(Action::ViewCustomers, Relationship::None)?;
    let (record, granted) =
        who.read(move |scope, conn| Ok((queries::record(scope, conn, customer)?, model::find(scope, conn, customer, id)?))).await?;
    who.must(action, record.customer.relationship())?;
    Ok((customer, id, granted))
}

/// `POST /p/{account}/customers/{customer}/access/{admin}/extend`
pub async fn extend(who: Can<RequestAdmin>, path: Path, posted: Posted<NoFields>) -> Result<HttpResponse> {
    let (customer, id, _) = load(&who, &path, Action::RequestAdmin).await?;
    let back = tab_href(&who.account.slug, customer);
    if posted.review {
        return Ok(page::see(&back, None));
    }
    let (target, person) = (back.clone(), who.user.name.clone());
    let done = who
        .write_once(&posted.once, move |scope, conn| {
            acts::extend(scope, conn, id, &person)?.map(|_| target.clone()).map_err(|_| Error::Conflict)
        })
        .await;
    answer(done, &back, "flash-admin-extended")
}

/// Where to go after an act; somebody else may have been faster.
fn answer(done: Result<String>, back: &str, flash: &'static str) -> Result<HttpResponse> {
    match done {
        Ok(location) => Ok(page::see(&location, Some(flash))),
        Err(Error::Conflict) => Ok(page::see(back, Some("flash-admin-changed"))),
        Err(other) => Err(other),
    }
}

/// On or off.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct AutoForm {
    /// `1`: on.
    on: String,
}

/// `POST /p/{account}/customers/{customer}/access/{admin}/auto`
pub async fn auto(who: Can<RequestAdmin>, path: Path, posted: Posted<AutoForm>) -> Result<HttpResponse> {
    let (customer, id, _) = load(&who, &path, Action::RequestAdmin).await?;
    let back = tab_href(&who.account.slug, customer);
    if posted.review {
        return Ok(page::see(&back, None));
    }
    let (target, on) = (back.clone(), posted.form.on == "1");
    let done = who
        .write(move |scope, conn| if acts::extend_itself(scope, conn, id, on)? { Ok(target.clone()) } else { Err(Error::Conflict) })
        .await;
    answer(done, &back, "flash-saved")
}

/// `/p/{account}/customers/{id}/access/{admin}/end`
#[derive(Template)]
#[template(path = "delegated_admin/end.html")]
pub struct EndPage {
    pub page: Page,
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub back: String,
    pub company: String,
    pub name: String,
    pub until: String,
    pub rights: Vec<Right>,
}

/// `GET /p/{account}/customers/{customer}/access/{admin}/end`
pub async fn confirm(who: Can<EndAdmin>, req: HttpRequest, path: Path) -> Result<HttpResponse> {
    let (customer, id, granted) = load(&who, &path, Action::EndAdmin).await?;
    let slug = &who.account.slug;
    let back = tab_href(slug, customer);
    let roles: Vec<DirectoryRole> = granted.rights(who.now());
    if roles.is_empty() {
        return Ok(page::see(&back, Some("flash-admin-changed")));
    }
    let page = Page::member(&req, &who, "customers", who.user.lang.ta("admin-end-title", &[("name", granted.admin.name.as_str().into())]));
    let ends_at: Moment = granted.ends_at();
    let view = EndPage {
        crumbs: vec![
            (format!("/p/{slug}/customers"), page.t("nav-customers").to_owned()),
            (customer::href(slug, customer), granted.company.clone()),
            (back.clone(), page.t("customer-tab-access").to_owned()),
        ],
        action: format!("{back}/{id}/end"),
        back,
        until: page.date(ends_at),
        rights: words::rights(page.lang, &roles),
        company: granted.company,
        name: granted.admin.name,
        page,
    };
    page::ok(&view)
}

/// `POST /p/{account}/customers/{customer}/access/{admin}/end`
pub async fn end(who: Can<EndAdmin>, path: Path, posted: Posted<NoFields>) -> Result<HttpResponse> {
    let (customer, id, _) = load(&who, &path, Action::EndAdmin).await?;
    let back = tab_href(&who.account.slug, customer);
    if posted.review {
        return Ok(page::see(&back, None));
    }
    let (target, person) = (back.clone(), who.user.name.clone());
    let done = who
        .write_once(&posted.once, move |scope, conn| match acts::end(scope, conn, id, By::Partner, &person)? {
            true => Ok(target.clone()),
            false => Err(Error::Conflict),
        })
        .await;
    answer(done, &back, "flash-admin-ended")
}
