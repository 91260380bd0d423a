//! Tags: made, renamed, coloured, removed; and put on customers.

use super::index;
use super::model::{self, Tag};
use crate::access::audit::{self, Event, Fields};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::LabelCustomers;
use crate::access::posted::Posted;
use crate::access::{App, Can, Scope, jobs};
use crate::db::ids::{CustomerId, ObjectId, TagId, UserId};
use crate::db::schema::{customer_account, customer_tag, tag};
use crate::db::{Conn, dialect};
use crate::domain::fold::fold;
use crate::error::{Error, Result};
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

/// `/p/{account}/tags`
#[derive(Template)]
#[template(path = "customers/tags.html")]
pub struct TagsPage {
    pub page: Page,
    pub errors: Errors,
    pub base: String,
    pub list: String,
    pub tags: Vec<Tag>,
    pub name: Field,
    pub colour: i64,
    /// The tag being edited; `None` for a new one.
    pub editing: Option<Tag>,
}

/// The hues a tag may have.
pub const COLOURS: i64 = 10;
/// Most tags of one account.
const MOST: usize = 500;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Editing {
    edit: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct TagForm {
    name: String,
    colour: String,
}

/// `GET /p/{account}/tags`
pub async fn show(who: Can<LabelCustomers>, req: HttpRequest, query: web::Query<Editing>) -> Result<HttpResponse> {
    who.must(Action::ViewCustomers, Relationship::None)?;
    let editing = query.edit.as_deref().and_then(|id| id.parse::<TagId>().ok());
    render(&who, &req, Errors::default(), editing, None).await
}

async fn render(
    who: &Can<LabelCustomers>,
    req: &HttpRequest,
    errors: Errors,
    editing: Option<TagId>,
    form: Option<TagForm>,
) -> Result<HttpResponse> {
    let tags = who.read(|scope, conn| Ok(model::all_tags(scope, conn)?)).await?;
    let editing = editing.and_then(|id| tags.iter().find(|tag| tag.id == id).cloned());
    let form = form.unwrap_or_else(|| {
        editing.as_ref().map_or_else(TagForm::default, |tag| TagForm { name: tag.name.clone(), colour: tag.colour.to_string() })
    });
    let page = Page::member(req, who, "customers", who.user.lang.t("tags-title"));
    let name = Field::text("name", page.t("tags-name"), form.name).max(40).width("medium").errors(&errors);
    let failed = !errors.is_empty();
    let slug = &who.account.slug;
    let (base, list) = (format!("/p/{slug}/tags"), super::handlers::base(slug));
    page::form(&TagsPage { page, errors, base, list, tags, name, colour: form.colour.parse().unwrap_or(0), editing }, failed)
}

/// The tag of a form: name of 1 to 40 characters, colour 0 to 9.
fn parse(who: &Can<LabelCustomers>, form: &TagForm, errors: &mut Errors) -> (String, i64) {
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 40 || name.contains(';') {
        errors.message(who.user.lang, "name", "tags-name-wrong");
    }
    (name, form.colour.parse().unwrap_or(0).clamp(0, COLOURS - 1))
}

/// `POST /p/{account}/tags`
pub async fn add(who: Can<LabelCustomers>, req: HttpRequest, posted: Posted<TagForm>) -> Result<HttpResponse> {
    let mut errors = Errors::default();
    let (name, colour) = parse(&who, &posted.form, &mut errors);
    if posted.review || !errors.is_empty() {
        return render(&who, &req, errors, None, Some(posted.form)).await;
    }
    let target = format!("/p/{}/tags", who.account.slug);
    let made = who
        .write_once(&posted.once, move |scope, conn| Ok(if create(scope, conn, &name, colour)? { target.clone() } else { String::new() }))
        .await?;
    if made.is_empty() {
        errors.message(who.user.lang, "name", "tags-name-taken");
        return render(&who, &req, errors, None, Some(posted.form)).await;
    }
    Ok(page::see(&made, Some("flash-tag-saved")))
}

fn fields(name: &str, colour: i64) -> Fields {
    Fields::from_iter([("name".to_owned(), name.into()), ("colour".to_owned(), colour.into())])
}

fn create(scope: &Scope, conn: &mut Conn, name: &str, colour: i64) -> Result<bool> {
    if model::all_tags(scope, conn)?.len() >= MOST {
        return Ok(false);
    }
    let id = TagId::new();
    let created = dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(tag::table)
            .values((
                tag::partner_id.eq(scope.id()),
                tag::id.eq(id),
                tag::name.eq(name),
                tag::name_folded.eq(fold(name)),
                tag::colour.eq(colour),
                tag::created_at.eq(scope.now),
            ))
            .execute(conn)
    })?;
    if created {
        record(scope, conn, "tag.add", "tag", ObjectId::from_uuid(id.uuid()), Fields::new(), fields(name, colour))?;
    }
    Ok(created)
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, kind: &str, object: ObjectId, before: Fields, after: Fields) -> Result<()> {
    audit::record(scope, conn, &Event { action, object_kind: kind, object: Some(object), before, after }).map(|_| ())
}

/// `POST /p/{account}/tags/{tag}`: name and colour.
pub async fn edit(
    who: Can<LabelCustomers>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<TagForm>,
) -> Result<HttpResponse> {
    let id: TagId = path.1.parse().map_err(|()| Error::NotFound)?;
    let mut errors = Errors::default();
    let (name, colour) = parse(&who, &posted.form, &mut errors);
    if posted.review || !errors.is_empty() {
        return render(&who, &req, errors, Some(id), Some(posted.form)).await;
    }
    let saved = who
        .write(move |scope, conn| {
            let before: Tag = scope.all(tag::table).filter(tag::id.eq(id)).select((tag::id, tag::name, tag::colour)).first(conn)?;
            let changed = dialect::insert_unless_there(conn, |conn| {
                diesel::update(scope.all(tag::table).filter(tag::id.eq(id)))
                    .set((tag::name.eq(&name), tag::name_folded.eq(fold(&name)), tag::colour.eq(colour)))
                    .execute(conn)
            })?;
            if changed {
                let (was, now) = (fields(&before.name, before.colour), fields(&name, colour));
                record(scope, conn, "tag.edit", "tag", ObjectId::from_uuid(id.uuid()), was, now)?;
            }
            Ok(changed)
        })
        .await?;
    if !saved {
        errors.message(who.user.lang, "name", "tags-name-taken");
        return render(&who, &req, errors, Some(id), Some(posted.form)).await;
    }
    Ok(page::see(&format!("/p/{}/tags", who.account.slug), Some("flash-tag-saved")))
}

/// `POST /p/{account}/tags/{tag}/remove`: from every customer, as a job, then altogether.
pub async fn remove(
    who: Can<LabelCustomers>,
    path: web::Path<(String, String)>,
    posted: Posted<crate::features::sign_in::handlers::Empty>,
) -> Result<HttpResponse> {
    let id: TagId = path.1.parse().map_err(|()| Error::NotFound)?;
    let slug = who.account.slug.clone();
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            let _: TagId = scope.all(tag::table).filter(tag::id.eq(id)).select(tag::id).first(conn)?;
            let job = jobs::enqueue(scope, conn, "tag.remove", &json!({ "tag": id }))?;
            Ok(format!("/p/{slug}/jobs/{job}"))
        })
        .await?;
    Ok(page::see(&location, None))
}

/// Customers a piece of a job.
pub const PIECE: i64 = 200;

/// The job behind [`remove`].
pub fn run_remove(_: &App, scope: &Scope, conn: &mut Conn, payload: &Value, _progress: &Value) -> Result<jobs::Step> {
    let id: TagId = serde_json::from_value(payload["tag"].clone()).map_err(Error::internal)?;
    let customers: Vec<CustomerId> =
        scope.all(customer_tag::table).filter(customer_tag::tag_id.eq(id)).limit(PIECE).select(customer_tag::customer_id).load(conn)?;
    for customer in &customers {
        put(scope, conn, *customer, id, false)?;
    }
    let done = customers.len() as i64;
    if done == PIECE {
        return Ok(jobs::Step { done, next: Some(Value::Bool(true)), ..jobs::Step::default() });
    }
    let gone: Option<Tag> =
        scope.all(tag::table).filter(tag::id.eq(id)).select((tag::id, tag::name, tag::colour)).first(conn).optional()?;
    if let Some(gone) = gone {
        diesel::delete(scope.all(tag::table).filter(tag::id.eq(id))).execute(conn)?;
        record(scope, conn, "tag.remove", "tag", ObjectId::from_uuid(id.uuid()), fields(&gone.name, gone.colour), Fields::new())?;
    }
    Ok(jobs::Step { done, ..jobs::Step::default() })
}

/// Puts a tag on a customer or takes it off; whether that changed anything.
/// [`Error::NotFound`] where the customer or the tag isn't this tenant's.
pub fn put(scope: &Scope, conn: &mut Conn, customer: CustomerId, id: TagId, on: bool) -> Result<bool> {
    let name: String = scope.all(tag::table).filter(tag::id.eq(id)).select(tag::name).first(conn)?;
    let _: CustomerId =
        scope.all(customer_account::table).filter(customer_account::id.eq(customer)).select(customer_account::id).first(conn)?;
    let row = || scope.all(customer_tag::table).filter(customer_tag::customer_id.eq(customer)).filter(customer_tag::tag_id.eq(id));
    let there = row().select(customer_tag::tag_id).first::<TagId>(conn).optional()?.is_some();
    if there == on {
        return Ok(false);
    }
    if on {
        let values = (customer_tag::partner_id.eq(scope.id()), customer_tag::customer_id.eq(customer), customer_tag::tag_id.eq(id));
        diesel::insert_into(customer_tag::table).values(values).execute(conn)?;
    } else {
        diesel::delete(row()).execute(conn)?;
    }
    changed(scope, conn, customer, "customer.tags", "tags", (!on).then(|| name.clone()), on.then_some(name))?;
    Ok(true)
}

/// Gives a customer an owner, or none; whether that changed anything.
pub fn assign(scope: &Scope, conn: &mut Conn, customer: CustomerId, owner: Option<UserId>) -> Result<bool> {
    let own = || scope.all(customer_account::table).filter(customer_account::id.eq(customer));
    let before: Option<UserId> = own().select(customer_account::owner_id).first(conn)?;
    if before == owner {
        return Ok(false);
    }
    diesel::update(own()).set(customer_account::owner_id.eq(owner)).execute(conn)?;
    let name = |conn: &mut Conn, id: Option<UserId>| -> Result<Option<String>> {
        Ok(match id {
            Some(id) => Some(model::member_name(scope, conn, id)?.ok_or(Error::NotFound)?),
            None => None,
        })
    };
    let (was, now) = (name(conn, before)?, name(conn, owner)?);
    changed(scope, conn, customer, "customer.labels", "owner", was, now)?;
    Ok(true)
}

/// What every change of a customer's labels brings with it: version, time, index, audit event.
fn changed(
    scope: &Scope,
    conn: &mut Conn,
    customer: CustomerId,
    action: &str,
    field: &str,
    before: Option<String>,
    after: Option<String>,
) -> Result<()> {
    diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(customer)))
        .set((customer_account::version.eq(customer_account::version + 1), customer_account::activity_at.eq(scope.now)))
        .execute(conn)?;
    index::refresh(scope, conn, customer)?;
    let one = |value: Option<String>| value.map(|value| (field.to_owned(), Value::from(value))).into_iter().collect::<Fields>();
    record(scope, conn, action, "customer", ObjectId::from_uuid(customer.uuid()), one(before), one(after))
}
