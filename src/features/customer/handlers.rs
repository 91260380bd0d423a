//! Overview, account and activity: what is read of a customer.

use super::acts;
use super::facts::{self, Card, Todo};
use super::head::{At, Head};
use super::queries;
use super::section::Section;
use crate::access::Can;
use crate::access::audit::{self, Shown};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{Permission, ViewActivity, ViewCustomers};
use crate::access::referral::Sight;
use crate::domain::Source;
use crate::error::Result;
use crate::features::audit::{Before, Entry, SIZE};
use crate::features::{conversion, referrals};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

/// Activities on the overview.
const LATEST: i64 = 10;

/// `/p/{account}/customers/{id}`
#[derive(Template)]
#[template(path = "customer/overview.html")]
pub struct OverviewPage {
    pub page: Page,
    pub head: Head,
    pub todo: Vec<Todo>,
    pub cards: Vec<Card>,
    /// The referral that it came from: address and words.
    pub origin: Option<(String, String)>,
    /// Author, moment and text of the latest note.
    pub note: Option<(String, String, String)>,
    pub entries: Vec<Entry>,
    /// Why this member doesn't see the activity.
    pub activity_why: Option<String>,
}

/// `/p/{account}/customers/{id}/account`
#[derive(Template)]
#[template(path = "customer/account.html")]
pub struct AccountPage {
    pub page: Page,
    pub head: Head,
    pub cards: Vec<Card>,
}

/// An event, and the form that puts its earlier values back.
pub struct Event {
    pub entry: Entry,
    pub restorable: bool,
}

/// `/p/{account}/customers/{id}/activity`
#[derive(Template)]
#[template(path = "customer/activity.html")]
pub struct ActivityPage {
    pub page: Page,
    pub head: Head,
    pub version: i64,
    pub events: Vec<Event>,
    /// Why nothing can be put back.
    pub restore_why: Option<String>,
    pub older: Option<String>,
}

/// A page of a customer: its title leads with the tab.
pub fn page_of<P: Permission>(req: &HttpRequest, who: &Can<P>, tab: &str, name: &str) -> Page {
    Page::member(req, who, "customers", format!("{} · {name}", who.user.lang.t(tab)))
}

/// An event on its customer's own page, where it need not lead to itself.
fn entry(page: &Page, event: &Shown, slug: &str) -> Entry {
    Entry { href: None, ..Entry::of(page, event, slug) }
}

/// `GET /p/{account}/customers/{id}`
pub async fn overview(who: Can<ViewCustomers>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id = super::id(&path.1)?;
    let activity = who.may(Action::ViewActivity, Relationship::None);
    let sight = who.may(Action::ViewReferrals, Relationship::None).is_ok().then(|| Sight::of(&who));
    let (frame, origin, note, events) = who
        .read(move |scope, conn| {
            let frame = queries::frame(scope, conn, id)?;
            let sight =
                sight.filter(|_| frame.record.customer.source == Source::Referral || frame.record.customer.source == Source::Invited);
            let origin = sight.map(|sight| conversion::queries::origin(scope, conn, sight, id)).transpose()?.flatten();
            let note = queries::notes(scope, conn, id, None, 1)?.pop();
            let events = match activity {
                Ok(()) => audit::list(scope, conn, Some(acts::object(id)), None, LATEST)?,
                Err(_) => Vec::new(),
            };
            Ok((frame, origin, note, events))
        })
        .await?;
    let customer = &frame.record.customer;
    let page = Page::member(&req, &who, "customers", customer.company_name.clone());
    let head = Head::of(&page, &who, &frame, At::Overview);
    let origin =
        origin.map(|(id, number)| (referrals::href(&who.account.slug, id), page.t1("handover-number", "number", page.number(number))));
    let entries = events.iter().map(|event| entry(&page, event, &who.account.slug)).collect();
    let note = note.map(|note| (note.author, page.moment(note.created_at), note.body));
    let (todo, cards) = (facts::todo(&page, &head, customer), facts::overview(&page, &head, &frame));
    page::ok(&OverviewPage { activity_why: page.why_not(activity), todo, cards, origin, note, entries, page, head })
}

/// `GET /p/{account}/customers/{id}/account`
pub async fn account(who: Can<ViewCustomers>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id = super::id(&path.1)?;
    let (frame, agreement) =
        who.read(move |scope, conn| Ok((queries::frame(scope, conn, id)?, queries::agreement(scope, conn, id)?))).await?;
    let page = page_of(&req, &who, "customer-tab-account", &frame.record.customer.company_name);
    let head = Head::of(&page, &who, &frame, At::Account);
    let cards = facts::account(&page, &head, &frame, agreement.as_ref());
    page::ok(&AccountPage { page, head, cards })
}

/// `GET /p/{account}/customers/{id}/activity`
pub async fn activity(
    who: Can<ViewActivity>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    query: web::Query<Before>,
) -> Result<HttpResponse> {
    who.must(Action::ViewCustomers, Relationship::None)?;
    let (id, before) = (super::id(&path.1)?, query.before);
    let (frame, mut events) = who
        .read(move |scope, conn| {
            let frame = queries::frame(scope, conn, id)?;
            Ok((frame, audit::list(scope, conn, Some(acts::object(id)), before, SIZE + 1)?))
        })
        .await?;
    let more = events.len() as i64 > SIZE;
    events.truncate(SIZE as usize);
    let customer = &frame.record.customer;
    let page = page_of(&req, &who, "customer-tab-activity", &customer.company_name);
    let restore_why = page.why_not(who.may(Action::EditCustomer, customer.relationship()));
    let version = customer.version;
    let older = events.last().filter(|_| more).map(|last| format!("?before={}", last.seq));
    let event = |event: &Shown| Event { entry: entry(&page, event, &who.account.slug), restorable: Section::before(event).is_some() };
    let events = events.iter().map(event).collect();
    let head = Head::of(&page, &who, &frame, At::Activity);
    page::ok(&ActivityPage { page, head, version, events, restore_why, older })
}
