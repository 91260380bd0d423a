//! `/p/{account}/resellers` and `/p/{account}/providers`: the other side of each partnership, by
//! name, with the customers in common.

use super::queries::{self, Partnership};
use super::{act_href, invite_href, list_href, side};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::ViewPartnerships;
use crate::clock::Moment;
use crate::db::ids::PartnerId;
use crate::domain::fold::fold;
use crate::domain::relationship::partnership::{Shown, Side};
use crate::error::Result;
use crate::features::customers::queries::{CAP, in_common};
use crate::features::invitations::model::Invitation;
use crate::features::{customers, invitations};
use crate::web::list::{Column, Cursor, Spec, State};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// The list, declared once.
pub const SPEC: Spec = Spec {
    columns: &[Column { key: "name", default: true, sort: Some("name") }],
    filters: &["state"],
    sorts: &[("name", false)],
    sizes: &[25, 50, 100, 200],
};

/// The tabs: what holds, what ends, what has ended.
const TABS: [(&str, &[Shown]); 3] =
    [("current", &[Shown::Active, Shown::Notice]), ("notice", &[Shown::Notice]), ("ended", &[Shown::Ended])];

/// What the page reads.
struct Read {
    cut: Cut,
    /// There is no partnership at all.
    none: bool,
    /// Those that the other side ends.
    noticed: Vec<Partnership>,
    in_common: FxHashMap<PartnerId, i64>,
    pending: Vec<Invitation>,
}

/// One page of the list, cut out of all partnerships.
struct Cut {
    rows: Vec<Partnership>,
    count: usize,
    previous: bool,
    next: bool,
}

/// A row's place: its name as people compare names, then its id.
fn place(row: &Partnership) -> (Vec<u8>, uuid::Uuid) {
    let mut key = fold(&row.name).into_bytes();
    key.truncate(64);
    (key, row.partner.uuid())
}

fn tab(state: &State) -> &'static str {
    TABS.iter().map(|(key, _)| *key).find(|key| state.has("state", key)).unwrap_or("current")
}

fn cut(all: Vec<Partnership>, state: &State, now: Moment) -> Cut {
    let wanted = fold(&state.search);
    let states = TABS.iter().find(|(key, _)| *key == tab(state)).map_or(TABS[0].1, |(_, states)| *states);
    let mut rows: Vec<((Vec<u8>, uuid::Uuid), Partnership)> = all
        .into_iter()
        .filter(|row| states.contains(&row.shown(now)) && fold(&row.name).contains(&wanted))
        .map(|row| (place(&row), row))
        .collect();
    let turned = |order: Ordering| if state.descending { order.reverse() } else { order };
    rows.sort_by(|a, b| turned(a.0.cmp(&b.0)));
    let size = usize::from(state.size);
    let count = rows.len();
    let (from, to) = match &state.cursor {
        None => (0, size),
        Some(cursor) => {
            let at = (cursor.value.clone(), cursor.id);
            if cursor.backwards {
                let end = rows.partition_point(|row| turned(row.0.cmp(&at)) == Ordering::Less);
                (end.saturating_sub(size), end)
            } else {
                let start = rows.partition_point(|row| turned(row.0.cmp(&at)) != Ordering::Greater);
                (start, start + size)
            }
        }
    };
    let rows: Vec<Partnership> = rows.into_iter().map(|(_, row)| row).skip(from).take(to - from).collect();
    Cut { rows, count, previous: from > 0, next: to < count }
}

/// One row in words.
pub struct RowView {
    pub name: String,
    pub since: String,
    /// The badge's kind, and the state.
    pub badge: (&'static str, &'static str),
    /// When it ends or ended.
    pub detail: Option<String>,
    pub customers: String,
    pub customers_href: String,
    /// Where a customer in common is made: added by the provider, invited by the reseller.
    pub add_href: Option<String>,
    /// Its end: the page to give notice, or to see and take back one that was given.
    pub end_href: String,
    pub ending: bool,
    /// Where its customers go elsewhere.
    pub transfer_href: Option<String>,
}

/// An unanswered invitation.
pub struct PendingView {
    pub company: String,
    pub recipient: String,
    pub href: String,
    pub badge: (&'static str, &'static str),
    pub until: String,
}

#[derive(Template)]
#[template(path = "partnerships/list.html")]
pub struct ListPage {
    pub page: Page,
    pub side: Side,
    pub base: String,
    pub state: State,
    pub total: String,
    /// Address, label, and whether it is the present one.
    pub tabs: Vec<(String, &'static str, bool)>,
    pub rows: Vec<RowView>,
    /// Nothing at all, rather than nothing that matches.
    pub none: bool,
    /// Notices that the other side has given.
    pub notices: Vec<String>,
    pub pending: Vec<PendingView>,
    pub pending_more: bool,
    pub invite_href: String,
    pub invite: Option<String>,
    pub may_view: bool,
    pub may_end: bool,
    /// Acts that this member may not do, and why.
    pub why: Vec<(&'static str, String)>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// `GET /p/{account}/resellers` and `GET /p/{account}/providers`
pub async fn show(who: Can<ViewPartnerships>, req: HttpRequest) -> Result<HttpResponse> {
    let side = match side(&who) {
        Ok(side) => side,
        // Somebody typed the other side's address.
        Err(error) => {
            let own = Side::of(who.account.account_type).ok_or(error)?;
            return Ok(page::see(&list_href(&who.account.slug, own), None));
        }
    };
    let state = State::parse(&SPEC, req.query_string(), who.preferences.size, None);
    let (asked, now) = (state.clone(), who.now());
    let read = who
        .read(move |scope, conn| {
            let all = queries::all(scope, conn, side)?;
            let none = all.is_empty();
            let noticed = |row: &&Partnership| row.shown(now) == Shown::Notice && row.ended_by == Some(row.partner);
            let noticed = all.iter().filter(noticed).take(5).cloned().collect();
            let cut = cut(all, &asked, now);
            let ids: Vec<PartnerId> = cut.rows.iter().map(|row| row.partner).collect();
            let in_common = in_common(scope, conn, &ids)?;
            let pending = if side == Side::Provider { queries::pending(scope, conn)? } else { Vec::new() };
            Ok(Read { cut, none, noticed, in_common, pending })
        })
        .await?;
    let page = Page::member(&req, &who, segment(side), who.user.lang.t(title(side)));
    page::ok(&view(&who, page, side, state, read))
}

const fn segment(side: Side) -> &'static str {
    match side {
        Side::Provider => "resellers",
        Side::Reseller => "providers",
    }
}

const fn title(side: Side) -> &'static str {
    match side {
        Side::Provider => "nav-resellers",
        Side::Reseller => "nav-providers",
    }
}

fn view(who: &Can<ViewPartnerships>, page: Page, side: Side, state: State, read: Read) -> ListPage {
    let slug = &who.account.slug;
    let base = list_href(slug, side);
    let (make, transfer) = match side {
        Side::Provider => (Action::AddCustomer, Action::TransferCustomers),
        Side::Reseller => (Action::InviteCustomer, Action::InviteCustomer),
    };
    let may = |action| who.may(action, Relationship::None).is_ok();
    let rows = Rows { page: &page, slug, side, now: who.now(), may_make: may(make), may_transfer: may(transfer) };
    let acts = [("partnerships-why-customers", make), ("partnerships-why-end", Action::EndPartnership)];
    let cursor = |row: Option<&Partnership>, backwards| {
        let (value, id) = place(row?);
        Some(format!("{base}{}", state.at(Cursor { backwards, value, id })))
    };
    let tabs = TABS.iter().map(|(key, _)| {
        let query = if *key == "current" { state.cleared() } else { state.only("state", &[key]) };
        (format!("{base}{query}"), *key, tab(&state) == *key)
    });
    ListPage {
        tabs: tabs.collect(),
        previous: cursor(read.cut.rows.first().filter(|_| read.cut.previous), true),
        next: cursor(read.cut.rows.last().filter(|_| read.cut.next), false),
        total: page.number(read.cut.count as i64),
        rows: read.cut.rows.iter().map(|row| rows.view(row, read.in_common.get(&row.partner).copied().unwrap_or(0))).collect(),
        none: read.none,
        notices: read.noticed.iter().map(|row| notice(&page, row)).collect(),
        pending: read.pending.iter().take(queries::PENDING as usize).map(|row| pending_view(&page, slug, who.now(), row)).collect(),
        pending_more: read.pending.len() as i64 > queries::PENDING,
        invite_href: invite_href(slug),
        invite: page.why_not(who.may(Action::InvitePartner, Relationship::None)),
        may_view: may(Action::ViewCustomers),
        may_end: may(Action::EndPartnership),
        why: acts.iter().filter_map(|(key, action)| Some((*key, page.why_not(who.may(*action, Relationship::None))?))).collect(),
        side,
        base,
        state,
        page,
    }
}

/// What all rows have in common.
struct Rows<'a> {
    page: &'a Page,
    slug: &'a str,
    side: Side,
    now: Moment,
    may_make: bool,
    may_transfer: bool,
}

impl Rows<'_> {
    fn view(&self, row: &Partnership, in_common: i64) -> RowView {
        let Self { page, slug, side, now, .. } = *self;
        let (shown, active) = (row.shown(now), row.is_active(now));
        let customers = customers::handlers::base(slug);
        let badge = match shown {
            Shown::Active | Shown::Invited => ("ok", page.t("partnership-state-active")),
            Shown::Notice => ("warn", page.t("partnership-state-notice")),
            Shown::Ended => ("ended", page.t("partnership-state-ended")),
        };
        let when = if active { "partnerships-until" } else { "partnerships-ended-on" };
        let add_href = match side {
            Side::Provider => format!("{customers}/new?reseller={}", row.slug),
            Side::Reseller => format!("{}?kind=reseller_and_provider&provider={}", invitations::new_href(slug), row.partner),
        };
        // While all is well, it is found on the page about the end.
        let transfer = self.may_transfer && in_common > 0 && shown != Shown::Active;
        RowView {
            name: row.name.clone(),
            since: page.date(row.since),
            badge,
            detail: row.ends_at.map(|end| page.t1(when, "when", page.date(end))),
            customers: if in_common > CAP { format!("{}+", page.number(CAP)) } else { page.number(in_common) },
            customers_href: format!("{customers}?relationship={}", row.partner),
            add_href: Some(add_href).filter(|_| active && self.may_make),
            end_href: act_href(slug, side, row.partner, "end"),
            ending: shown != Shown::Active,
            transfer_href: transfer.then(|| act_href(slug, side, row.partner, "transfer")),
        }
    }
}

/// What the other side's notice says.
fn notice(page: &Page, row: &Partnership) -> String {
    let when = row.ends_at.map(|end| page.moment(end)).unwrap_or_default();
    let text = page.ta("partnerships-notice-given", &[("partner", row.name.as_str().into()), ("when", when.into())]);
    if row.end_reason.is_empty() { text } else { format!("{text} {}", page.t1("partnerships-notice-reason", "reason", &row.end_reason)) }
}

fn pending_view(page: &Page, slug: &str, now: Moment, row: &Invitation) -> PendingView {
    use crate::domain::relationship::invitation::Shown as Invited;
    let badge = match row.shown(now) {
        Invited::Opened => ("info", page.t("partnerships-invited-opened")),
        Invited::Expired => ("ended", page.t("partnerships-invited-expired")),
        _ => ("info", page.t("partnerships-invited-sent")),
    };
    PendingView {
        company: row.company.clone(),
        recipient: row.recipient_email.clone(),
        href: invitations::href(slug, row.id),
        badge,
        until: row.expires_at.map(|end| page.date(end)).unwrap_or_default(),
    }
}
