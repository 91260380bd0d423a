//! The handler of the list.

use super::list::{Row, SPEC};
use super::queries::{self, Found};
use super::views::{self, ListPage};
use super::{action, kinds, list_href};
use crate::access::identity::Preferences;
use crate::access::keys::Keys;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::ViewInvitations;
use crate::access::{Can, invitation_links};
use crate::clock::Moment;
use crate::domain::letter::To;
use crate::domain::relationship::invitation::Shown;
use crate::error::Result;
use crate::web::list::State;
use crate::web::listing;
use crate::web::page::{self, Page};
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse};
use std::collections::HashMap;

/// The view in a request's query string, with the member's own size as default.
pub fn state(query: &str, preferences: &Preferences) -> State {
    State::parse(&SPEC, query, preferences.size, None)
}

/// The hashes of the links of a page's rows.
type Hashes = HashMap<(crate::db::ids::InvitationId, i64), Vec<u8>>;

/// `GET /p/{account}/invitations`
pub async fn show(who: Can<ViewInvitations>, req: HttpRequest) -> Result<HttpResponse> {
    let state = state(req.query_string(), &who.preferences);
    let asked = state.clone();
    let (found, hashes, senders) = who
        .read(move |scope, conn| {
            let found = queries::page(scope, conn, &asked, scope.now)?;
            let live: Vec<_> = found.rows.iter().filter(|row| waits(row, scope.now)).map(|row| (row.id, row.generation)).collect();
            let hashes = invitation_links::hashes(scope, conn, &live)?;
            let mut senders: Vec<(String, String)> =
                found.rows.iter().filter_map(|row| Some((row.created_by.to_string(), row.sender.clone()?))).collect();
            let unnamed = asked.values("sender").iter().any(|value| !senders.iter().any(|(id, _)| id == value));
            if asked.open == Some("sender") || unnamed {
                senders = queries::senders(scope, conn)?.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
            }
            Ok((found, hashes, senders))
        })
        .await?;
    let mut answer = page::ok(&view(&who, &req, state, &found, &hashes, &senders))?;
    answer.headers_mut().insert(VARY, HeaderValue::from_static("x-fragment"));
    Ok(answer)
}

/// Does its link still lead to an answer?
pub fn waits(row: &Row, now: Moment) -> bool {
    matches!(row.shown(now), Shown::Sent | Shown::Opened)
}

/// The address that a link's token leads to.
pub fn link(public_url: &str, token: &str) -> String {
    format!("{public_url}{}{token}", To::Connect.path())
}

fn view(
    who: &Can<ViewInvitations>,
    req: &HttpRequest,
    state: State,
    found: &Found,
    hashes: &Hashes,
    senders: &[(String, String)],
) -> ListPage {
    let base = list_href(&who.account.slug);
    let page = Page::member(req, who, "invitations", who.user.lang.t("invites-title"));
    let total = listing::total(&page, found.count, found.capped);
    let cursor = |row: Option<&Row>, backwards| row.map(|row| format!("{base}{}", state.at(row.cursor(&state, backwards))));
    let (now, keys): (Moment, &Keys) = (who.now(), &who.app().keys);
    let row = |row: &Row| {
        let may = who.may(action(row.kind), Relationship::None).is_ok();
        let hash = hashes.get(&(row.id, row.generation)).filter(|_| may);
        let token = hash.and_then(|hash| keys.link_of(To::Connect.purpose(), row.id.uuid(), row.generation, hash));
        views::row(&page, &state, &base, row, now, may, token.map(|token| link(&who.app().config.public_url, &token)))
    };
    ListPage {
        announce: page.ta("invites-announce", &[("count", found.count.into()), ("shown", total.as_str().into())]),
        count_link: found.capped.then(|| format!("{base}{}", state.counted())),
        tabs: views::tabs(&page, &state, &base),
        chips: listing::chips(&state, &base, |filter, value| {
            views::value_label(&page, filter, value, senders).unwrap_or_else(|| page.t1("filter-unknown", "value", value))
        }),
        filters: listing::filters(&state, &base, |filter| views::choices(&page, filter, senders)),
        heads: listing::heads(&state, &base),
        rows: found.rows.iter().map(row).collect(),
        columns: listing::columns(&state),
        previous: cursor(found.rows.first().filter(|_| found.beside.previous), true),
        next: cursor(found.rows.last().filter(|_| found.beside.next), false),
        invite: kinds(who).err().map(|because| page.why(&because)),
        export: page.why_not(who.may(Action::ExportCustomers, Relationship::None)),
        compact: who.preferences.compact,
        total,
        base,
        state,
        page,
    }
}
