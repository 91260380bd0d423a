//! The handlers of the list, its display and its saved views.

use super::list::{self, SPEC};
use super::model::{self, Tag};
use super::queries::{self, Found};
use super::views::{self, ListPage, Names};
use crate::access::identity::Preferences;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{ArrangeList, ViewCustomers};
use crate::access::posted::Posted;
use crate::access::tenant::Tenant;
use crate::access::{Can, Scope};
use crate::db::Conn;
use crate::db::ids::{UserId, ViewId};
use crate::db::schema::saved_view;
use crate::domain::AccountType;
use crate::error::{Error, Result};
use crate::web::list::State;
use crate::web::listing;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use diesel::prelude::*;
use serde::Deserialize;

/// The list's address.
pub fn base(slug: &str) -> String {
    format!("/p/{slug}/customers")
}

/// The view in a request's query string, with the member's own size and columns as defaults.
pub fn state(query: &str, preferences: &Preferences) -> State {
    State::parse(&SPEC, query, preferences.size, preferences.columns.as_deref())
}

/// What the chips and the open filter need beyond the rows.
#[derive(Default)]
struct Known {
    tags: Vec<Tag>,
    owners: Vec<(String, String)>,
    partners: Vec<(String, String)>,
}

impl Known {
    fn of(tenant: &Tenant, conn: &mut Conn, state: &State, found: &Found, (reader, name): (UserId, String)) -> Result<Self> {
        if state.filters.is_empty() && state.open.is_none() {
            return Ok(Self::default());
        }
        let mut known = Self::from_rows(found);
        known.owners.push((reader.to_string(), name));
        known.complete(tenant, conn, state)?;
        Ok(known)
    }
    /// The names that the rows already carry; most chips need no more.
    fn from_rows(found: &Found) -> Self {
        let mut known = Self::default();
        for row in &found.rows {
            known.owners.extend(row.owner_id.map(|id| id.to_string()).zip(row.owner.clone()));
            known.partners.extend(row.counterpart_id.map(|id| id.to_string()).zip(row.counterpart.clone()));
            known.tags.extend(found.tags.get(&row.id).into_iter().flatten().cloned());
        }
        known
    }
    /// Reads what an open filter offers, and what a chosen value is called where no row says so.
    fn complete(&mut self, tenant: &Tenant, conn: &mut Conn, state: &State) -> Result<()> {
        let open = |filter| state.open == Some(filter);
        let unnamed = |filter: &str, known: &dyn Fn(&str) -> bool| state.values(filter).iter().any(|value| !known(value));
        if open("tag") || unnamed("tag", &|value| self.tags.iter().any(|tag| tag.id.to_string() == value)) {
            self.tags = model::all_tags(tenant, conn)?;
        }
        if open("owner") || unnamed("owner", &|value| value == super::index::NOBODY || self.owners.iter().any(|(id, _)| id == value)) {
            self.owners = model::colleagues(tenant, conn)?.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
        }
        let static_value = |value: &str| matches!(value, "direct" | "through");
        if open("relationship") || unnamed("relationship", &|value| static_value(value) || self.partners.iter().any(|(id, _)| id == value))
        {
            self.partners = queries::counterparts(tenant, conn)?.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        }
        Ok(())
    }
    fn names(&self) -> Names<'_> {
        Names { tags: &self.tags, owners: &self.owners, partners: &self.partners }
    }
}

/// `GET /p/{account}/customers`
pub async fn show(who: Can<ViewCustomers>, req: HttpRequest) -> Result<HttpResponse> {
    let state = state(req.query_string(), &who.preferences);
    let (asked, user, name) = (drawn(&state), who.user.id, who.user.name.clone());
    let read = move |scope: &Scope, conn: &mut Conn| {
        let found = queries::page(scope, conn, &asked, user)?;
        let known = Known::of(scope, conn, &asked, &found, (user, name))?;
        Ok((found, known))
    };
    // A search may take a while; the list as it comes is a range of an index.
    let (found, known) = if state.is_plain() { who.glance(read).await? } else { who.read(read).await? };
    let mut answer = page::ok(&view(&who, &req, state, found, &known))?;
    answer.headers_mut().insert(actix_web::http::header::VARY, actix_web::http::header::HeaderValue::from_static("x-fragment"));
    Ok(answer)
}

/// The view with the columns that are drawn.
fn drawn(state: &State) -> State {
    let mut drawn = state.clone();
    if list::is_former(state) {
        drawn.columns = list::FORMER.to_vec();
    }
    drawn
}

fn view(who: &Can<ViewCustomers>, req: &HttpRequest, state: State, found: Found, known: &Known) -> ListPage {
    let base = base(&who.account.slug);
    let page = Page::member(req, who, "customers", who.user.lang.t("customers-title"));
    let total = listing::total(&page, found.count, found.capped);
    let names = known.names();
    let why = |action| page.why_not(who.may(action, Relationship::None));
    let cursor = |row: Option<&super::list::Row>, backwards| row.map(|row| format!("{base}{}", state.at(row.cursor(&state, backwards))));
    let previous = cursor(found.rows.first().filter(|_| found.beside.previous), true);
    let next = cursor(found.rows.last().filter(|_| found.beside.next), false);
    let here = state.view_query();
    let (drawn, provides) = (drawn(&state), who.account.account_type == AccountType::IndirectProvider);
    let own = found.views.iter().find(|view| view.user_id == who.user.id && view.query == here);
    ListPage {
        own_view: own.map(|view| (view.id, view.name.clone())),
        announce: page.ta("customers-announce", &[("count", found.count.into()), ("shown", total.as_str().into())]),
        count_link: found.capped.then(|| format!("{base}{}", state.counted())),
        tabs: views::tabs(
            &page,
            &state,
            &base,
            &who.user.id.to_string(),
            &found.views,
            views::Also {
                drafts: who.may(Action::AddCustomer, Relationship::None).is_ok(),
                requests: provides && who.may(Action::EndRelationship, Relationship::None).is_ok(),
            },
        ),
        chips: listing::chips(&state, &base, |filter, value| {
            views::value_label(&page, filter, value, &names).unwrap_or_else(|| page.t1("filter-unknown", "value", value))
        }),
        filters: listing::filters(&state, &base, |filter| views::choices(&page, filter, &names)),
        heads: listing::heads(&drawn, &base),
        empty: found.rows.is_empty(),
        rows: views::rows(who.now(), found.rows, found.details, found.tags, found.endings),
        shown: views::shown(&page, &drawn),
        words: views::Words::of(&page, who.user.id, &who.user.name),
        // Two belong to the view of former customers alone.
        columns: listing::columns(&state).into_iter().filter(|column| !matches!(column.key, "ended" | "undo")).collect(),
        previous,
        next,
        add: why(Action::AddCustomer),
        invite: crate::features::invitations::kinds(who).err().map(|because| page.why(&because)),
        invitations: crate::features::invitations::list_href(&who.account.slug),
        export: why(Action::ExportCustomers),
        label: why(Action::LabelCustomers),
        compact: who.preferences.compact,
        view_query: here,
        total,
        base,
        state,
        page,
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Display {
    columns: Vec<String>,
    size: String,
    compact: String,
    view: String,
}

/// `POST /p/{account}/customers/display`: columns, rows a page and density, remembered.
pub async fn display(who: Can<ArrangeList>, posted: Posted<Display>) -> Result<HttpResponse> {
    let form = posted.form;
    let columns: Vec<String> = SPEC
        .columns
        .iter()
        .map(|column| column.key)
        .filter(|key| *key == "company" || form.columns.iter().any(|one| one == key))
        .map(str::to_owned)
        .collect();
    let size = form.size.parse().ok().filter(|size| SPEC.sizes.contains(size));
    who.save_preferences(Preferences { size, columns: Some(columns), compact: form.compact == "1" }).await?;
    // The view goes on without the size and columns that its address may have carried.
    let state = State::parse(&SPEC, form.view.trim_start_matches('?'), None, None);
    let pairs = state.pairs_without(&["size", "columns"]);
    let query = serde_html_form::to_string(&pairs).map_err(Error::internal)?;
    let mark = if query.is_empty() { "" } else { "?" };
    Ok(page::see(&format!("{}{mark}{query}", base(&who.account.slug)), Some("flash-display-saved")))
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct SaveView {
    name: String,
    shared: String,
    view: String,
}

/// `POST /p/{account}/customers/views`: the present view under a name.
pub async fn save_view(who: Can<ArrangeList>, posted: Posted<SaveView>) -> Result<HttpResponse> {
    let form = posted.form;
    let name = form.name.trim().to_owned();
    let state = State::parse(&SPEC, form.view.trim_start_matches('?'), None, None);
    let (query, shared, user) = (state.view_query(), form.shared == "1", who.user.id);
    let target = format!("{}{query}", base(&who.account.slug));
    if name.is_empty() || name.chars().count() > 60 {
        return Ok(page::see(&target, Some("flash-view-unnamed")));
    }
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            diesel::insert_into(saved_view::table)
                .values((
                    saved_view::partner_id.eq(scope.id()),
                    saved_view::id.eq(ViewId::new()),
                    saved_view::user_id.eq(user),
                    saved_view::shared.eq(shared),
                    saved_view::list.eq("customers"),
                    saved_view::name.eq(&name),
                    saved_view::query.eq(&query),
                    saved_view::created_at.eq(scope.now),
                ))
                .execute(conn)?;
            Ok(target.clone())
        })
        .await?;
    Ok(page::see(&location, Some("flash-view-saved")))
}

/// `POST /p/{account}/customers/views/{view}/remove`: one's own; a shared one by its maker alone.
pub async fn remove_view(
    who: Can<ArrangeList>,
    path: web::Path<(String, String)>,
    _posted: Posted<crate::features::sign_in::handlers::Empty>,
) -> Result<HttpResponse> {
    let id: ViewId = path.1.parse().map_err(|()| Error::NotFound)?;
    let user = who.user.id;
    who.write(move |scope, conn| {
        match diesel::delete(scope.all(saved_view::table).filter(saved_view::id.eq(id)).filter(saved_view::user_id.eq(user)))
            .execute(conn)?
        {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        }
    })
    .await?;
    Ok(page::see(&base(&who.account.slug), Some("flash-view-removed")))
}
