//! The handler of the list.

use super::list::{self, Reader};
use super::list_href;
use super::queries::{self, Found, Row};
use super::views::{self, ListPage, Words};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{Permission, ViewReferrals};
use crate::access::referral::Sight;
use crate::access::terms::Terms;
use crate::access::{Can, Scope};
use crate::db::Conn;
use crate::db::search::numbered::Asked;
use crate::error::Result;
use crate::features::customers::model::colleagues;
use crate::web::list::State;
use crate::web::listing;
use crate::web::page::{self, Page};
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse};

/// Who reads the inbox.
pub fn reader<P: Permission>(who: &Can<P>) -> Reader {
    Reader { sight: Sight::of(who), user: who.user.id, now: who.now() }
}

/// Ids and names.
type Named = Vec<(String, String)>;

/// What the page reads beside its rows: words, and the names of those that its filters name.
struct Around {
    terms: Terms,
    owners: Named,
    locations: Named,
}

fn around(scope: &Scope, conn: &mut Conn, asked: &State) -> Result<Around> {
    let names = |filter: &str| asked.open == Some(filter) || !asked.values(filter).is_empty();
    Ok(Around {
        terms: Terms::load(conn)?,
        owners: match names("owner") {
            true => colleagues(scope, conn)?.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
            false => Vec::new(),
        },
        locations: match names("location") {
            true => queries::locations(scope, conn, true)?.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
            false => Vec::new(),
        },
    })
}

/// `GET /p/{account}/referrals`
pub async fn show(who: Can<ViewReferrals>, req: HttpRequest) -> Result<HttpResponse> {
    let state = list::state(req.query_string(), who.preferences.size);
    let (wanted, reader) = (state.clone(), reader(&who));
    let asked = list::asked(&state, reader);
    // A search may take a while; states alone are ranges of an index.
    let keyed = matches!(asked, Asked::Ranges(_));
    let read =
        move |scope: &Scope, conn: &mut Conn| Ok((queries::page(scope, conn, &wanted, asked, reader)?, around(scope, conn, &wanted)?));
    let (found, around) = if keyed { who.glance(read).await? } else { who.read(read).await? };
    let mut answer = page::ok(&view(&who, &req, state, &found, &around))?;
    answer.headers_mut().insert(VARY, HeaderValue::from_static("x-fragment"));
    Ok(answer)
}

fn view(who: &Can<ViewReferrals>, req: &HttpRequest, state: State, found: &Found, around: &Around) -> ListPage {
    let base = list_href(&who.account.slug);
    let page = Page::member(req, who, "referrals", who.user.lang.t("referrals-title"));
    let total = listing::total(&page, found.count, found.capped);
    let cursor =
        |row: Option<&Row>, backwards| row.map(|row| format!("{base}{}", state.at(list::cursor(&row.referral, &state, backwards))));
    let words = Words { terms: &around.terms, owners: &around.owners, locations: &around.locations };
    let empty = views::empty(&state);
    ListPage {
        announce: page.ta("referrals-announce", &[("count", found.count.into()), ("shown", total.as_str().into())]),
        count_link: found.capped.then(|| format!("{base}{}", state.counted())),
        tabs: views::tabs(&page, &state, &base, &found.counts),
        closed: views::closed_tabs(&page, &state, &base, &found.counts),
        chips: listing::chips(&state, &base, |filter, value| {
            views::value_label(&page, &words, filter, value).unwrap_or_else(|| page.t1("filter-unknown", "value", value))
        }),
        filters: listing::filters(&state, &base, |filter| views::choices(&page, &words, filter)),
        heads: listing::heads(&state, &base),
        rows: found.rows.iter().map(|row| views::row(&page, words.terms, &state, &base, row, who.now())).collect(),
        columns: listing::columns(&state),
        previous: cursor(found.rows.first().filter(|_| found.beside.previous), true),
        next: cursor(found.rows.last().filter(|_| found.beside.next), false),
        new: page.why_not(who.may(Action::AnswerReferrals, Relationship::None)),
        export: page.why_not(who.may(Action::ImportReferrals, Relationship::None)),
        compact: who.preferences.compact,
        empty: (page.t(empty.0), page.t(empty.1)),
        nothing_at_all: views::is_tab(&state),
        total,
        base,
        state,
        page,
    }
}
