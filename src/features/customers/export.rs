//! The list as CSV, XLSX and JSON: the same query string as the page, streamed piece by piece,
//! each piece a transaction of its own.

use super::handlers::{base, state};
use super::list::{self, Detail, Row, SPEC};
use super::queries::{self, Tags};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::ExportCustomers;
use crate::db::ids::CustomerId;
use crate::db::search::{Key, Order, Query, Window};
use crate::domain::CustomerStatus;
use crate::error::Result;
use crate::web::export::{self, Format};
use crate::web::list::State;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// `/p/{account}/customers/export`: what, in which form.
#[derive(Template)]
#[template(path = "customers/export.html")]
pub struct ExportPage {
    pub page: Page,
    pub base: String,
    pub pairs: Vec<(&'static str, String)>,
    pub back: String,
    pub plain: bool,
}

/// `GET /p/{account}/customers/export`
pub async fn show(who: Can<ExportCustomers>, req: HttpRequest) -> Result<HttpResponse> {
    who.must(Action::ViewCustomers, Relationship::None)?;
    let state = state(req.query_string(), &who.preferences);
    let page = Page::member(&req, &who, "customers", who.user.lang.t("export-title"));
    let base = base(&who.account.slug);
    page::ok(&ExportPage { back: format!("{base}{}", state.view_query()), pairs: state.pairs(), plain: state.is_plain(), base, page })
}

/// How an export differs from the view it is of.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Options {
    /// `everything`: all customers, whatever is searched and filtered.
    scope: String,
    /// `all`: every column.
    which: String,
}

/// The columns that the reference's `Customers.csv` has, in its order; interfaces, not texts, so
/// the same in every language.
const REFERENCE: [&str; 5] = ["Microsoft ID", "Company name", "Primary domain name", "Relationship", "Tags"];

/// The others, by the list's column.
const OTHERS: [(&str, &str); 11] = [
    ("status", "Status"),
    ("owner", "Owner"),
    ("agreement", "Agreement date"),
    ("activity", "Last activity"),
    ("created", "Created"),
    ("country", "Country"),
    ("source", "Source"),
    ("registration", "Registration number"),
    ("contact", "Contact"),
    ("ended", "Ended"),
    ("company", "Alias"),
];

/// `GET /p/{account}/customers.{csv,xlsx,json}`
pub async fn download(who: Can<ExportCustomers>, req: HttpRequest, options: web::Query<Options>) -> Result<HttpResponse> {
    who.must(Action::ViewCustomers, Relationship::None)?;
    let format = Format::of(req.path(), req.query_string());
    let mut state = state(req.query_string(), &who.preferences);
    state.cursor = None;
    let (columns, names): (Vec<&'static str>, Vec<&'static str>) =
        OTHERS.into_iter().filter(|(key, _)| options.which == "all" || state.shows(key)).unzip();
    let everything = options.scope == "everything";
    let (reader, asked) = (who.reader(), list::query(&state));
    let pieces = export::pieces(list::window(&state, 1_000), move |window| {
        let (rows, details, tags) = reader.read(|scope, conn| {
            let query = if everything { Some(list::everything(scope)) } else { asked.clone() };
            let (rows, details) = queries::rows(scope, conn, query.as_ref(), &window)?;
            let tags = queries::tags_for(scope, conn, &rows)?;
            Ok((rows, details, tags))
        })?;
        let last = rows.last().filter(|_| rows.len() as i64 >= window.limit);
        let next = last.map(|last| Window { after: Some(place(last, window.order)), ..window });
        Ok((rows.iter().zip(&details).map(|(row, detail)| line(&columns, row, detail, &tags)).collect(), next))
    });
    export::stream("customers", format, [&REFERENCE[..], &names].concat(), pieces).await
}

/// A row's place in an order.
fn place(row: &Row, order: Order) -> (Key, CustomerId) {
    let key = match order {
        Order::Name => Key::Name(row.name_key.clone()),
        Order::Created => Key::Time(row.created_at),
        Order::Activity => Key::Time(row.activity_at),
    };
    (key, row.id)
}

fn line(columns: &[&str], row: &Row, detail: &Detail, tags: &Tags) -> Vec<String> {
    let tags: Vec<&str> = tags.get(&row.id).into_iter().flatten().map(|tag| tag.name.as_str()).collect();
    let relationship = match &row.counterpart {
        Some(name) => format!("Cloud Reseller through {name}"),
        None => "Cloud Reseller".to_owned(),
    };
    let mut line = vec![row.organisation_id.to_string(), row.company_name.clone(), row.domain.clone(), relationship, tags.join("; ")];
    line.extend(columns.iter().map(|key| match *key {
        "status" => row.status.as_str().to_owned(),
        "owner" => row.owner.clone().unwrap_or_default(),
        "agreement" => detail.agreed_on.clone().unwrap_or_default(),
        "activity" => row.activity_at.rfc3339(),
        "created" => row.created_at.rfc3339(),
        "country" => detail.country.clone(),
        "source" => detail.source.as_str().to_owned(),
        "registration" => detail.registration_number.clone(),
        "ended" => row.ends_at.filter(|_| row.status == CustomerStatus::Ended).map(|end| end.rfc3339()).unwrap_or_default(),
        "contact" => format!("{} {} <{}>", detail.contact_first, detail.contact_last, detail.contact_email),
        _ => row.alias.clone(),
    }));
    line
}

/// Reads a view's query string as the list does, for work on all that match.
pub fn query_of(text: &str) -> (State, Query) {
    let state = State::parse(&SPEC, text.trim_start_matches('?'), None, None);
    let query = list::query(&state).unwrap_or_else(|| {
        Query::new("", vec![["active", "pending"].iter().map(|status| super::index::facet("status", *status)).collect()])
    });
    (state, query)
}
