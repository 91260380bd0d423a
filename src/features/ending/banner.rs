//! What a customer's page says above its tabs about an end: scheduled, done, asked for.

use super::end::may_take_back;
use super::model::{EndRequest, Ending};
use super::{href, requests_href};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::Permission;
use crate::domain::CustomerStatus;
use crate::domain::relationship::ending::AskedBy;
use crate::features::customers::model::Customer;
use crate::features::invitations;
use crate::web::page::Page;

/// A notice with what can be done about it.
pub struct Banner {
    /// `warn` or `info`.
    pub kind: &'static str,
    pub title: String,
    pub lines: Vec<String>,
    /// The button that takes the end back, and where it posts to.
    pub undo: Option<(String, String)>,
    pub links: Vec<(String, String)>,
}

/// What there is to say, most important first.
pub fn banners<P: Permission>(
    page: &Page,
    who: &Can<P>,
    customer: &Customer,
    open: Option<&Ending>,
    request: Option<(&EndRequest, &str)>,
) -> Vec<Banner> {
    let slug = &who.account.slug;
    let mut found = Vec::new();
    if customer.status == CustomerStatus::Ended {
        found.push(ended(page, who, customer, open));
    } else if let Some(open) = open {
        found.push(scheduled(page, who, open));
    }
    if let Some((request, reseller)) = request.filter(|_| customer.status != CustomerStatus::Ended) {
        let links = match who.may(Action::EndRelationship, customer.relationship()) {
            Ok(()) => vec![
                (page.t("banner-asked-end").to_owned(), href(slug, customer.id)),
                (page.t("banner-asked-refuse").to_owned(), format!("{}?refuse={}", requests_href(slug), request.id)),
            ],
            Err(_) => Vec::new(),
        };
        let title = page.t1("banner-asked", "reseller", reseller);
        let by = page.ta("end-asked-by", &[("person", request.person.as_str().into()), ("when", page.moment(request.created_at).into())]);
        found.push(Banner { kind: "warn", title, lines: vec![request.reason.clone(), by], undo: None, links });
    }
    found
}

/// Who ended it, in words.
pub fn by(page: &Page, open: &Ending) -> String {
    page.t1(
        match open.asked_by {
            AskedBy::Partner => "ended-by-partner",
            AskedBy::Provider => "ended-by-provider",
            AskedBy::Customer => "ended-by-customer",
        },
        "person",
        &open.person,
    )
}

fn why(page: &Page, open: &Ending) -> Vec<String> {
    let reason = page.t1("banner-reason", "reason", page.word("end-reason", open.reason.as_str()));
    [reason, open.note.clone()].into_iter().filter(|line| !line.is_empty()).collect()
}

fn scheduled<P: Permission>(page: &Page, who: &Can<P>, open: &Ending) -> Banner {
    let title = page.ta("banner-scheduled", &[("when", page.moment(open.ends_at).into()), ("by", by(page, open).into())]);
    let action = format!("{}/undo", href(&who.account.slug, open.customer_id));
    let undo = may_take_back(who, open).then(|| (page.t("banner-call-off").to_owned(), action));
    Banner { kind: "warn", title, lines: why(page, open), undo, links: Vec::new() }
}

fn ended<P: Permission>(page: &Page, who: &Can<P>, customer: &Customer, open: Option<&Ending>) -> Banner {
    let slug = &who.account.slug;
    let again = format!("{}?customer={}", invitations::new_href(slug), customer.id);
    let links = match who.may(Action::InviteCustomer, Relationship::None) {
        Ok(()) => vec![(page.t("banner-invite").to_owned(), again)],
        Err(_) => Vec::new(),
    };
    let Some(open) = open else {
        let title = page.t("why-ended").to_owned();
        return Banner { kind: "info", title, lines: Vec::new(), undo: None, links };
    };
    let mut lines = why(page, open);
    let until = open.undo_until();
    lines.push(match open.asked_by {
        AskedBy::Partner if who.now() < until => page.t1("banner-undo-until", "when", page.moment(until)),
        AskedBy::Partner => page.t1("banner-undo-over", "when", page.moment(until)),
        AskedBy::Provider => page.t("banner-undo-provider").to_owned(),
        AskedBy::Customer => page.t("banner-undo-customer").to_owned(),
    });
    lines.push(page.t("banner-read-only").to_owned());
    let action = format!("{}/undo", href(slug, customer.id));
    let undo = may_take_back(who, open).then(|| (page.t("banner-undo").to_owned(), action));
    let title = page.ta("banner-ended", &[("when", page.moment(open.ends_at).into()), ("by", by(page, open).into())]);
    Banner { kind: "info", title, lines, undo, links }
}
