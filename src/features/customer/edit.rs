//! Editing one section, choosing between two versions of it, and putting earlier values back: one
//! way to save, whatever the page it began on.

use super::acts::{self, Saved};
use super::forms::{DetailsForm, LabelsForm, Rules, Submission, number, write_base};
use super::handlers::page_of;
use super::merge::{self, Difference, Keep};
use super::queries::{self, Frame};
use super::section::{Section, Values};
use super::{facts, href};
use crate::access::Can;
use crate::access::audit::{self, Shown};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{Changes, EditCustomer, LabelCustomers, Permission, RestoreCustomer};
use crate::access::posted::Posted;
use crate::db::ids::CustomerId;
use crate::error::{Error, Result};
use crate::features::customers::model::{self, Colleague, Tag};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// `/p/{account}/customers/{id}/edit/{section}`
#[derive(Template)]
#[template(path = "customer/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub errors: Errors,
    pub crumbs: Vec<(String, String)>,
    pub heading: &'static str,
    pub action: String,
    pub back: String,
    pub version: i64,
    pub base: String,
    pub fields: Vec<Field>,
    /// The account's tags and whether the customer has them; `None` in the other sections.
    pub tags: Option<Vec<(Tag, bool)>>,
    /// Where tags are made.
    pub all_tags: String,
    /// What cannot be changed here.
    pub fixed: Option<&'static str>,
}

/// The two versions of a stale save, side by side.
#[derive(Template)]
#[template(path = "customer/conflict.html")]
pub struct ConflictPage {
    pub page: Page,
    pub crumbs: Vec<(String, String)>,
    pub heading: &'static str,
    /// Who saved first, and when.
    pub text: String,
    pub action: String,
    pub back: String,
    pub hidden: Vec<(&'static str, String)>,
    pub rows: Vec<Row>,
}

/// A field in which the versions differ.
pub struct Row {
    pub field: &'static str,
    pub label: String,
    pub mine: String,
    pub theirs: String,
    pub keep_mine: bool,
}

impl Row {
    /// A difference; the values are shown as `shown` says them.
    pub fn of(difference: &Difference, label: String, shown: impl Fn(&str) -> String) -> Self {
        Self {
            field: difference.field,
            label,
            mine: shown(&difference.mine),
            theirs: shown(&difference.theirs),
            keep_mine: difference.keep == Keep::Mine,
        }
    }
}

/// Everything that the pages of this file know about the customer.
struct Loaded {
    frame: Frame,
    colleagues: Vec<Colleague>,
    tags: Vec<Tag>,
    last: Option<Shown>,
}

/// Which section of which customer.
#[derive(Clone, Copy)]
struct Target {
    id: CustomerId,
    section: Section,
}

impl Target {
    fn details(id: &str, section: &str) -> Result<Self> {
        let section = Section::from_text(section).filter(|section| *section != Section::Labels).ok_or(Error::NotFound)?;
        Ok(Self { id: super::id(id)?, section })
    }
    fn labels(id: &str) -> Result<Self> {
        Ok(Self { id: super::id(id)?, section: Section::Labels })
    }
    /// Reads the customer, and whether this member may edit the section.
    async fn load<P: Permission>(self, who: &Can<P>) -> Result<Loaded> {
        who.must(Action::ViewCustomers, Relationship::None)?;
        let labels = self.section == Section::Labels;
        let loaded = who
            .read(move |scope, conn| {
                let frame = queries::frame(scope, conn, self.id)?;
                let colleagues = if labels { model::colleagues(scope, conn)? } else { Vec::new() };
                let tags = if labels { model::all_tags(scope, conn)? } else { Vec::new() };
                let last = queries::last_change(scope, conn, self.id, self.section.fields())?;
                Ok(Loaded { frame, colleagues, tags, last })
            })
            .await?;
        who.must(self.section.action(), loaded.frame.record.customer.relationship())?;
        Ok(loaded)
    }
    fn action(self, slug: &str) -> String {
        format!("{}/edit/{}", href(slug, self.id), self.section.as_str())
    }
}

impl Loaded {
    fn rules<'a, P: Permission>(&'a self, who: &'a Can<P>) -> Result<Rules<'a>> {
        let record = &self.frame.record;
        Ok(Rules {
            lang: who.user.lang,
            country: facts::country(&record.customer).ok_or_else(|| Error::internal("a customer of no known country"))?,
            operator_domains: &who.app().config.operator_domains,
            partner_domain: &who.account.domain,
            current: record,
            colleagues: &self.colleagues,
            tags: &self.tags,
        })
    }
    fn crumbs(&self, page: &Page, slug: &str) -> Vec<(String, String)> {
        let customer = &self.frame.record.customer;
        vec![(format!("/p/{slug}/customers"), page.t("nav-customers").to_owned()), (href(slug, customer.id), customer.company_name.clone())]
    }
}

/// `GET /p/{account}/customers/{id}/edit/{section}`
pub async fn show(who: Can<EditCustomer>, req: HttpRequest, path: web::Path<(String, String, String)>) -> Result<HttpResponse> {
    first(&who, &req, Target::details(&path.1, &path.2)?).await
}

/// `GET /p/{account}/customers/{id}/edit/labels`
pub async fn show_labels(who: Can<LabelCustomers>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    first(&who, &req, Target::labels(&path.1)?).await
}

async fn first<P: Permission>(who: &Can<P>, req: &HttpRequest, target: Target) -> Result<HttpResponse> {
    let loaded = target.load(who).await?;
    let values = loaded.frame.record.values(target.section);
    let sent = Submission { version: loaded.frame.record.customer.version, base: Some(values.clone()), ..Submission::default() };
    form(who, req, target, &loaded, &sent, &values, Errors::default())
}

/// `POST /p/{account}/customers/{id}/edit/{section}`
pub async fn save(
    who: Can<EditCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String, String)>,
    posted: Posted<DetailsForm>,
) -> Result<HttpResponse> {
    let target = Target::details(&path.1, &path.2)?;
    let sent = posted.form.submission(target.section, posted.review)?;
    submit(&who, &req, target, sent, ("account", "flash-saved")).await
}

/// `POST /p/{account}/customers/{id}/edit/labels`
pub async fn save_labels(
    who: Can<LabelCustomers>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<LabelsForm>,
) -> Result<HttpResponse> {
    let target = Target::labels(&path.1)?;
    let sent = posted.form.submission(posted.review)?;
    submit(&who, &req, target, sent, ("account", "flash-saved")).await
}

/// Which event's earlier values, and the version of the customer that the page showed.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct RestoreForm {
    seq: String,
    version: String,
}

/// `POST /p/{account}/customers/{id}/restore`
pub async fn restore(
    who: Can<RestoreCustomer>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<RestoreForm>,
) -> Result<HttpResponse> {
    who.must(Action::EditCustomer, Relationship::None)?;
    let (id, seq) = (super::id(&path.1)?, number(&posted.form.seq)?);
    let event = who.read(move |scope, conn| audit::find(scope, conn, acts::object(id), seq)).await?;
    let (section, typed) = Section::before(&event).ok_or(Error::NotFound)?;
    let sent = Submission { version: number(&posted.form.version)?, typed, review: posted.review, ..Submission::default() };
    submit(&who, &req, Target { id, section }, sent, ("activity", "flash-customer-restored")).await
}

/// Saves, or shows what is in the way: mistakes, or another's version.
async fn submit<P: Changes>(
    who: &Can<P>,
    req: &HttpRequest,
    target: Target,
    sent: Submission,
    (tab, flash): (&str, &'static str),
) -> Result<HttpResponse> {
    let loaded = target.load(who).await?;
    let current = loaded.frame.record.values(target.section);
    let mut errors = Errors::default();
    let mine = loaded.rules(who)?.check(target.section, sent.mixture(target.section, &current), &mut errors);
    if sent.review || !errors.is_empty() {
        return form(who, req, target, &loaded, &sent, &mine, errors);
    }
    // A section that nobody else touched is not stale, whatever became of the others.
    let fresh = sent.base.as_ref() == Some(&current);
    let shown = if fresh { loaded.frame.record.customer.version } else { sent.version };
    let (Target { id, section }, values) = (target, mine.clone());
    let back = format!("{}/{tab}", href(&who.account.slug, id));
    match who.write(move |scope, conn| acts::save(scope, conn, id, shown, section, &values)).await? {
        Saved::Changed => Ok(page::see(&back, Some(flash))),
        Saved::Unchanged => Ok(page::see(&back, Some("flash-customer-unchanged"))),
        Saved::Stale => conflict(who, req, target, &sent, &mine).await,
    }
}

fn form<P: Permission>(
    who: &Can<P>,
    req: &HttpRequest,
    target: Target,
    loaded: &Loaded,
    sent: &Submission,
    values: &Values,
    errors: Errors,
) -> Result<HttpResponse> {
    let (slug, section) = (&who.account.slug, target.section);
    let heading = who.user.lang.t(&format!("customer-edit-{}", section.as_str()));
    let page = page_of(req, who, &format!("customer-edit-{}", section.as_str()), &loaded.frame.record.customer.company_name);
    let fields = loaded.rules(who)?.controls(&page, section, values, loaded.frame.owner.as_deref(), &errors);
    let ticked: Vec<&str> = values.get("tags").map(|ids| ids.split(' ').collect()).unwrap_or_default();
    let tick = |tag: &Tag| (tag.clone(), ticked.contains(&tag.id.to_string().as_str()));
    let view = EditPage {
        crumbs: loaded.crumbs(&page, slug),
        heading,
        action: target.action(slug),
        back: format!("{}/account", href(slug, target.id)),
        version: sent.version,
        base: sent.base.as_ref().map(write_base).unwrap_or_default(),
        fields,
        tags: (section == Section::Labels).then(|| loaded.tags.iter().map(tick).collect()),
        all_tags: format!("/p/{slug}/tags"),
        fixed: (section == Section::Company).then(|| page.t("customer-fixed-company")),
        page,
        errors,
    };
    let failed = !view.errors.is_empty();
    page::form(&view, failed)
}

async fn conflict<P: Permission>(
    who: &Can<P>,
    req: &HttpRequest,
    target: Target,
    sent: &Submission,
    mine: &Values,
) -> Result<HttpResponse> {
    let (slug, section) = (&who.account.slug, target.section);
    let loaded = target.load(who).await?;
    let record = &loaded.frame.record;
    let theirs = record.values(section);
    let back = format!("{}/account", href(slug, target.id));
    let differences = merge::differences(section.fields(), sent.base.as_ref(), mine, &theirs);
    if differences.is_empty() {
        return Ok(page::see(&back, Some("flash-customer-unchanged")));
    }
    let page = page_of(req, who, "customer-conflict-title", &record.customer.company_name);
    let rules = loaded.rules(who)?;
    let owner = loaded.frame.owner.as_deref();
    let row = |one: &Difference| Row::of(one, rules.label(one.field).to_owned(), |value| rules.shown(&page, one.field, value, owner));
    let rows = differences.iter().map(row).collect();
    let mut hidden = vec![("version", record.customer.version.to_string()), ("base", write_base(&theirs))];
    for (&field, value) in mine {
        let values: Vec<&str> = if field == "tags" { value.split_whitespace().collect() } else { vec![value] };
        hidden.extend(values.into_iter().map(|value| (field, value.to_owned())));
    }
    let view = ConflictPage {
        crumbs: loaded.crumbs(&page, slug),
        heading: who.user.lang.t(&format!("customer-edit-{}", section.as_str())),
        text: saved_first(&page, loaded.last.as_ref()),
        action: target.action(slug),
        back,
        hidden,
        rows,
        page,
    };
    page::html(StatusCode::CONFLICT, &view)
}

/// Who saved first, and when, as far as the log says.
pub fn saved_first(page: &Page, last: Option<&Shown>) -> String {
    match last.and_then(|event| Some((event.actor_name.as_deref()?, event.at))) {
        Some((who, at)) => page.ta("customer-conflict-who", &[("who", who.into()), ("when", page.moment(at).into())]),
        None => page.t("customer-conflict-somebody").to_owned(),
    }
}
