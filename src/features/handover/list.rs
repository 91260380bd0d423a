//! `/p/{account}/referrals/handovers`: every hand-over of the account, newest first.

use super::panel::{self, HandoverView};
use super::queries::{self, Handover, Which, Window};
use super::{list_href, report_href};
use crate::access::Can;
use crate::access::permissions::HandOverReferrals;
use crate::clock::Moment;
use crate::db::ids::{HandoverId, ReferralId};
use crate::error::Result;
use crate::features::customers::queries::CAP;
use crate::features::referrals;
use crate::web::list::{Column, Cursor, Spec, State};
use crate::web::listing;
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use rustc_hash::FxHashMap;

/// The list, declared once; its filter is its tabs.
pub const SPEC: Spec = Spec {
    columns: &[Column { key: "referral", default: true, sort: None }],
    filters: &["state"],
    sorts: &[("created", true)],
    sizes: &[25, 50, 100, 200],
};

const TABS: [(&str, Which); 4] = [("all", Which::All), ("open", Which::Open), ("won", Which::Won), ("over", Which::Over)];

/// One row in words.
pub struct Row {
    pub name: String,
    pub one: HandoverView,
    /// The resellers, each with its state.
    pub resellers: Vec<(String, (&'static str, &'static str))>,
    /// How many more there are.
    pub others: Option<String>,
}

#[derive(Template)]
#[template(path = "handover/list.html")]
pub struct ListPage {
    pub page: Page,
    pub list: String,
    pub base: String,
    pub report: String,
    pub state: State,
    pub total: String,
    /// Address, label, and whether it is the present one.
    pub tabs: Vec<(String, &'static str, bool)>,
    pub rows: Vec<Row>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

fn which(state: &State) -> (&'static str, Which) {
    TABS.into_iter().find(|(key, _)| state.has("state", key)).unwrap_or(TABS[0])
}

fn window(state: &State) -> Window {
    let after = state.cursor.as_ref().and_then(|cursor| {
        let at = i64::from_be_bytes(cursor.value.as_slice().try_into().ok()?);
        Some((Moment::from_micros(at), HandoverId::from_uuid(cursor.id)))
    });
    let backwards = state.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    Window { descending: state.descending != backwards, after, limit: i64::from(state.size) + 1 }
}

/// Names and numbers of referrals, by id.
type Names = FxHashMap<ReferralId, (i64, String)>;

/// `GET /p/{account}/referrals/handovers`
pub async fn show(who: Can<HandOverReferrals>, req: HttpRequest) -> Result<HttpResponse> {
    let state = State::parse(&SPEC, req.query_string(), who.preferences.size, None);
    let asked = state.clone();
    let (rows, beside, count, names) = who
        .read(move |scope, conn| {
            let which = which(&asked).1;
            let mut rows = queries::list(scope, conn, which, &window(&asked))?;
            let beside = listing::cut(&asked, &mut rows);
            let count = if beside.whole { rows.len() as i64 } else { queries::count(scope, conn, which, CAP + 1)? };
            let ids: Vec<ReferralId> = rows.iter().map(|row| row.referral).collect();
            let names = queries::names(scope, conn, &ids)?.into_iter().map(|(id, number, company)| (id, (number, company)));
            let names: Names = names.collect();
            Ok((panel::with_offers(scope, conn, rows)?, beside, count, names))
        })
        .await?;
    let page = Page::member(&req, &who, "referrals", who.user.lang.t("handovers-title"));
    let (slug, base) = (&who.account.slug, list_href(&who.account.slug));
    let cursor = |row: Option<&(Handover, Vec<queries::Offer>)>, backwards| {
        let (row, _) = row?;
        let value = row.created_at.micros().to_be_bytes().to_vec();
        Some(format!("{base}{}", state.at(Cursor { backwards, value, id: row.id.uuid() })))
    };
    let current = which(&state).0;
    let tabs = TABS.iter().map(|(key, _)| {
        let query = if *key == "all" { state.cleared() } else { state.only("state", &[key]) };
        (format!("{base}{query}"), page.word("handovers-tab", key), current == *key)
    });
    page::ok(&ListPage {
        tabs: tabs.collect(),
        total: listing::total(&page, count.min(CAP), count > CAP),
        previous: cursor(rows.first().filter(|_| beside.previous), true),
        next: cursor(rows.last().filter(|_| beside.next), false),
        rows: rows.iter().map(|(one, offers)| row(&page, slug, who.now(), one, offers, &names)).collect(),
        list: referrals::list_href(slug),
        report: report_href(slug),
        base,
        state,
        page,
    })
}

/// Resellers named in one row.
const NAMED: usize = 3;

fn row(page: &Page, slug: &str, now: Moment, one: &Handover, offers: &[queries::Offer], names: &Names) -> Row {
    let name = match names.get(&one.referral) {
        Some((number, company)) if company.is_empty() => page.t1("handover-number", "number", page.number(*number)),
        Some((_, company)) => company.clone(),
        None => String::new(),
    };
    let view = panel::view(page, slug, now, one, offers);
    let resellers = view.offers.iter().take(NAMED).map(|offer| (offer.name.clone(), offer.badge)).collect();
    let others = view.offers.len().saturating_sub(NAMED) as i64;
    Row { name, resellers, others: (others > 0).then(|| page.tn("handovers-others", others)), one: view }
}
