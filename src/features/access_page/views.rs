//! What the access page shows, in words.

use super::queries::Account;
use super::{leave_href, partner_href, stay_href, withdraw_href};
use crate::access::contact::Connection;
use crate::clock::Moment;
use crate::domain::relationship::delegated_admin::Shown;
use crate::domain::{AccountType, CustomerStatus};
use crate::features::audit::Entry;
use crate::features::delegated_admin::model::Granted;
use crate::web::form::{Errors, Field};
use crate::web::page::Page;
use askama::Template;

/// Where a link is asked for.
#[derive(Template)]
#[template(path = "access_page/ask.html")]
pub struct AskPage {
    pub page: Page,
    pub errors: Errors,
    pub fields: Vec<Field>,
}

/// What a link opens: one press away, as scanners of mail open links.
#[derive(Template)]
#[template(path = "access_page/enter.html")]
pub struct EnterPage {
    pub page: Page,
    pub action: String,
}

/// `/access`
#[derive(Template)]
#[template(path = "access_page/page.html")]
pub struct AccessPage {
    pub page: Page,
    pub company: String,
    pub name: String,
    pub partners: Vec<PartnerCard>,
    pub former: Vec<PartnerCard>,
}

/// One partner, as its customer sees it.
#[derive(Debug, Clone)]
pub struct PartnerCard {
    pub name: String,
    /// What kind of partner, and through or with whom.
    pub kind: String,
    pub since: String,
    pub badge: &'static str,
    pub status: &'static str,
    /// When it ends or ended.
    pub ends: Option<String>,
    pub rights: Vec<RightsLine>,
    pub activity: String,
    /// Empty where it is over or ending already.
    pub leave: Option<String>,
    /// Where an end that the customer itself asked for is taken back.
    pub stay: Option<String>,
}

/// One grant of rights.
#[derive(Debug, Clone)]
pub struct RightsLine {
    pub name: String,
    pub roles: String,
    pub until: String,
    pub extends_itself: bool,
    /// Where they are withdrawn, while they hold.
    pub withdraw: Option<String>,
}

/// One partner in words.
pub fn card(page: &Page, connection: &Connection, account: &Account, now: Moment) -> PartnerCard {
    let customer = &account.customer;
    let ended = customer.status == CustomerStatus::Ended;
    let scheduled = customer.ends_at.filter(|_| !ended);
    let own = account.ending.as_ref().filter(|ending| ending.asked_by == crate::domain::relationship::ending::AskedBy::Customer);
    let (badge, status) = match (ended, scheduled) {
        (true, _) => ("ended", "access-status-ended"),
        (_, Some(_)) => ("warn", "access-status-ending"),
        _ => ("ok", "access-status-active"),
    };
    let ends = account.ending.as_ref().map(|ending| ending.ends_at).or(scheduled);
    PartnerCard {
        name: connection.name.clone(),
        kind: kind(page, connection.account_type, account.counterpart.as_deref()),
        since: page.date(customer.created_at),
        badge,
        status: page.t(status),
        ends: ends.map(|end| page.moment(end)),
        rights: account
            .rights
            .iter()
            .filter(|granted| !ended || granted.shown(now) == Shown::Active)
            .map(|granted| rights(page, granted, customer.id, now))
            .collect(),
        activity: partner_href(customer.id),
        leave: (!ended && scheduled.is_none()).then(|| leave_href(customer.id)),
        stay: own.filter(|ending| !ending.is_over(now)).map(|_| stay_href(customer.id)),
    }
}

/// "Reseller, supplied by P"; "Provider of R"; "Reseller".
fn kind(page: &Page, account: AccountType, counterpart: Option<&str>) -> String {
    let key = match (account, counterpart) {
        (AccountType::IndirectProvider, Some(_)) => "access-kind-provider-of",
        (AccountType::IndirectProvider, None) => "access-kind-provider",
        (_, Some(_)) => "access-kind-reseller-with",
        (_, None) => "access-kind-reseller",
    };
    page.t1(key, "partner", counterpart.unwrap_or_default())
}

fn rights(page: &Page, granted: &Granted, customer: crate::db::ids::CustomerId, now: Moment) -> RightsLine {
    let roles: Vec<String> = granted.admin.roles().iter().map(|role| page.word("directory-role", role.as_str()).to_owned()).collect();
    let holds = !granted.rights(now).is_empty();
    RightsLine {
        name: granted.admin.name.clone(),
        roles: page.lang.all_of(&roles),
        until: page
            .ta(if holds { "access-rights-until" } else { "access-rights-ended" }, &[("date", page.moment(granted.ends_at()).into())]),
        extends_itself: holds && granted.admin.auto_extend,
        withdraw: holds.then(|| withdraw_href(customer, granted.admin.id)),
    }
}

/// `/access/partners/{customer}`: what the partner did.
#[derive(Template)]
#[template(path = "access_page/partner.html")]
pub struct PartnerPage {
    pub page: Page,
    pub card: PartnerCard,
    pub entries: Vec<Entry>,
    pub older: Option<String>,
}

/// `/access/partners/{customer}/leave`
#[derive(Template)]
#[template(path = "access_page/leave.html")]
pub struct LeavePage {
    pub page: Page,
    pub errors: Errors,
    pub partner: String,
    pub action: String,
    pub effects: Vec<String>,
    pub fields: Vec<Field>,
}

/// `/access/partners/{customer}/rights/{admin}`
#[derive(Template)]
#[template(path = "access_page/withdraw.html")]
pub struct WithdrawPage {
    pub page: Page,
    pub partner: String,
    pub action: String,
    pub rights: RightsLine,
}
