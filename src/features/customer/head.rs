//! What each tab of a customer's page begins with: name, state, relationship, labels, tabs, and
//! what may be edited, with the reason where not.

use super::queries::Frame;
use super::section::Section;
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::Permission;
use crate::clock::Moment;
use crate::domain::relationship::delegated_admin;
use crate::domain::{AccountType, CustomerStatus};
use crate::features::customers::model::{Customer, Tag};
use crate::features::ending::{
    self,
    banner::{Banner, banners},
};
use crate::web::page::Page;
use std::borrow::Cow;

/// The tabs there are; the others follow with their capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Overview,
    Account,
    Notes,
    Access,
    Activity,
}

/// The head of a customer's page.
pub struct Head {
    /// The customer's own address, and the list's.
    pub href: String,
    pub list: String,
    pub id: String,
    pub organisation: String,
    pub name: String,
    pub alias: String,
    pub domain: String,
    pub status: &'static str,
    pub badge: &'static str,
    pub agreement_missing: bool,
    pub relation: String,
    pub owner: Option<String>,
    pub tags: Vec<Tag>,
    pub tabs: Vec<Tab>,
    pub edits: Vec<Edit>,
    /// Recording that the customer accepted the agreement.
    pub attest: Edit,
    /// Ending the relationship, or asking the provider to.
    pub end: Edit,
    /// The badge of delegated admin: kind and words.
    pub admin: Option<(&'static str, String)>,
    pub banners: Vec<Banner>,
}

/// One tab; `why` where this member may not open it.
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    pub current: bool,
    pub count: Option<String>,
    pub why: Option<String>,
}

/// A section to edit; `why` where this member may not.
#[derive(Clone)]
pub struct Edit {
    pub label: Cow<'static, str>,
    pub href: String,
    pub why: Option<String>,
}

impl Head {
    pub fn of<P: Permission>(page: &Page, who: &Can<P>, frame: &Frame, at: At) -> Self {
        let customer = &frame.record.customer;
        let href = super::href(&who.account.slug, customer.id);
        Self {
            list: format!("/p/{}/customers", who.account.slug),
            id: customer.id.to_string(),
            organisation: customer.organisation_id.to_string(),
            name: customer.company_name.clone(),
            alias: customer.alias.clone(),
            domain: customer.domain.clone(),
            status: page.word("status", customer.status.as_str()),
            badge: badge(customer.status),
            agreement_missing: customer.agreed_on.is_none() && customer.status != CustomerStatus::Ended,
            relation: relation(page, who.account.account_type, customer, frame.counterpart.as_deref()),
            owner: frame.owner.clone(),
            tags: frame.record.tags.clone(),
            tabs: tabs(page, who, &href, frame.notes, at),
            edits: Section::ALL.iter().map(|section| edit(page, who, customer, &href, *section)).collect(),
            end: end(page, who, customer, frame.counterpart.as_deref()),
            admin: admin(page, who.now(), customer, frame.admin_until),
            banners: banners(page, who, customer, frame.ending.as_ref(), frame.request.as_ref().zip(frame.counterpart.as_deref())),
            attest: Edit {
                label: page.t("customer-agreement-record").into(),
                href: format!("{href}/agreement"),
                why: page.why_not(who.may(Action::AttestAgreement, customer.relationship())),
            },
            href,
        }
    }
    /// The link that edits a section.
    pub fn edit(&self, section: Section) -> Edit {
        self.edits[section as usize].clone()
    }
}

/// The page that ends the relationship; an indirect reseller's asks its provider.
fn end<P: Permission>(page: &Page, who: &Can<P>, customer: &Customer, counterpart: Option<&str>) -> Edit {
    let asks = who.account.account_type == AccountType::IndirectReseller;
    let (action, label) = match counterpart {
        Some(provider) if asks => (Action::AskToEnd, page.t1("customer-end-ask", "provider", provider)),
        _ => (Action::EndRelationship, page.t("customer-end").to_owned()),
    };
    Edit {
        label: label.into(),
        href: ending::href(&who.account.slug, customer.id),
        why: page.why_not(who.may(action, customer.relationship())),
    }
}

/// The badge of delegated admin, while it holds.
fn admin(page: &Page, now: Moment, customer: &Customer, until: Option<Moment>) -> Option<(&'static str, String)> {
    let until = delegated_admin::effective_end(until?, customer.ends_at);
    match delegated_admin::shown(delegated_admin::State::Active, until, now) {
        delegated_admin::Shown::Active => Some(("info", page.t1("customer-admin-until", "date", page.date(until)))),
        delegated_admin::Shown::Expiring => Some(("warn", page.t1("customer-admin-until", "date", page.date(until)))),
        delegated_admin::Shown::Expired | delegated_admin::Shown::Ended => None,
    }
}

const fn badge(status: CustomerStatus) -> &'static str {
    match status {
        CustomerStatus::Active => "ok",
        CustomerStatus::Pending => "info",
        CustomerStatus::Ended => "ended",
    }
}

/// "Through provider P", "through reseller R", or direct; since when.
pub fn relation(page: &Page, account: AccountType, customer: &Customer, counterpart: Option<&str>) -> String {
    let key = match (counterpart, account) {
        (None, _) => "customer-relation-direct",
        (Some(_), AccountType::IndirectProvider) => "customer-relation-reseller",
        (Some(_), _) => "customer-relation-provider",
    };
    page.ta(key, &[("partner", counterpart.unwrap_or_default().into()), ("date", page.date(customer.created_at).into())])
}

fn tabs<P: Permission>(page: &Page, who: &Can<P>, href: &str, notes: i64, at: At) -> Vec<Tab> {
    let why = page.why_not(who.may(Action::ViewActivity, Relationship::None));
    let tab =
        |key, path: &str, this, count, why| Tab { label: page.t(key), href: format!("{href}{path}"), current: at == this, count, why };
    vec![
        tab("customer-tab-overview", "", At::Overview, None, None),
        tab("customer-tab-account", "/account", At::Account, None, None),
        tab("customer-tab-notes", "/notes", At::Notes, (notes > 0).then(|| page.number(notes)), None),
        tab("customer-tab-access", "/access", At::Access, None, None),
        tab("customer-tab-activity", "/activity", At::Activity, None, why),
    ]
}

fn edit<P: Permission>(page: &Page, who: &Can<P>, customer: &Customer, href: &str, section: Section) -> Edit {
    Edit {
        label: page.word("customer-edit", section.as_str()).into(),
        href: format!("{href}/edit/{}", section.as_str()),
        why: page.why_not(who.may(section.action(), customer.relationship())),
    }
}
