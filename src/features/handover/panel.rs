//! The hand-overs of a referral, on its own page and on theirs: one row a reseller.

use super::queries::{self, Handover, Offer};
use super::{badge, href};
use crate::access::Scope;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::ReferralId;
use crate::domain::referral::Shared;
use crate::error::Result;
use crate::web::page::Page;

/// One reseller's answer in words.
pub struct OfferView {
    pub name: String,
    /// The badge's kind, and the state.
    pub badge: (&'static str, &'static str),
    /// When it was opened and answered, or why it was declined.
    pub detail: String,
    pub value: String,
    pub close_on: String,
}

/// One hand-over in words.
pub struct HandoverView {
    pub href: String,
    pub badge: (&'static str, &'static str),
    pub when: String,
    pub until: String,
    pub offers: Vec<OfferView>,
}

/// Hand-overs with what became of each offer.
pub type Loaded = Vec<(Handover, Vec<Offer>)>;

/// What a referral's page shows of its hand-overs.
pub fn load(scope: &Scope, conn: &mut Conn, referral: ReferralId) -> Result<Loaded> {
    let all = queries::of_referral(scope, conn, referral)?;
    Ok(with_offers(scope, conn, all)?)
}

/// The hand-overs with their offers.
pub fn with_offers(scope: &Scope, conn: &mut Conn, all: Vec<Handover>) -> crate::db::DbResult<Loaded> {
    let ids: Vec<_> = all.iter().map(|one| one.id).collect();
    let mut offers = if ids.is_empty() { Vec::new() } else { queries::offers(scope, conn, &ids)? };
    Ok(all
        .into_iter()
        .map(|one| {
            let (own, others) = std::mem::take(&mut offers).into_iter().partition(|offer| offer.handover == Some(one.id));
            offers = others;
            (one, own)
        })
        .collect())
}

/// One hand-over as its page and the referral's show it.
pub fn view(page: &Page, slug: &str, now: Moment, one: &Handover, offers: &[Offer]) -> HandoverView {
    // Whether anybody is left to answer is not stored.
    let waits = offers.iter().any(|offer| offer.state(now) == Shared::Received);
    let shown = if one.is_open(now) && !waits { "over" } else { one.shown(now) };
    let kind = match shown {
        "open" => "info",
        "won" => "ok",
        _ => "ended",
    };
    HandoverView {
        href: href(slug, one.id),
        badge: (kind, page.word("handover-state", shown)),
        when: page.moment(one.created_at),
        until: page.moment(one.expires_at),
        offers: offers.iter().map(|offer| offer_view(page, now, offer)).collect(),
    }
}

fn offer_view(page: &Page, now: Moment, offer: &Offer) -> OfferView {
    let state = offer.state(now);
    let detail = match state {
        Shared::Declined | Shared::Lost => {
            let key = format!("referral-reason-{}", offer.reason.replace('_', "-"));
            if page.lang.has(&key) { page.t(&key).to_owned() } else { String::new() }
        }
        Shared::Received => match offer.opened_at {
            Some(when) => page.t1("handover-opened", "when", page.moment(when)),
            None => page.t("handover-unopened").to_owned(),
        },
        Shared::Accepted | Shared::Won => offer.answered_at.map(|when| page.moment(when)).unwrap_or_default(),
        _ => offer.closed_at.map(|when| page.moment(when)).unwrap_or_default(),
    };
    // What a reseller expects to earn is the shared part's once it has accepted.
    let accepted = matches!(state, Shared::Accepted | Shared::Won | Shared::Lost);
    OfferView {
        name: offer.name.clone(),
        badge: (badge(state), page.word("shared-state", state.as_str())),
        detail,
        value: offer.value_minor.filter(|_| accepted).map(|minor| page.lang.money(minor, &offer.currency)).unwrap_or_default(),
        close_on: offer.close_on.parse().ok().filter(|_| accepted).map(|day| page.lang.day(day)).unwrap_or_default(),
    }
}
