//! Adding a customer: a wizard of account, contact, agreement and review, kept as a draft at each
//! step; and the page after it, which shows the administrator's link once. The step for
//! subscriptions is a later capability; its place among the steps is shown.

pub mod acts;
pub mod drafts;
pub mod duplicates;
pub mod fields;
pub mod forms;
pub mod handlers;
pub mod queries;
pub mod submit;

use crate::db::ids::{CustomerId, DraftId};
use crate::web::form::{Errors, Field};
use crate::web::page::Page;
use askama::Template;
use forms::Step;

/// Where the wizard begins.
pub fn new_href(slug: &str) -> String {
    format!("/p/{slug}/customers/new")
}
/// One step of a draft.
pub fn step_href(slug: &str, draft: DraftId, step: Step) -> String {
    format!("/p/{slug}/customers/new/{draft}/{}", step.as_str())
}
/// The user's own drafts.
pub fn drafts_href(slug: &str) -> String {
    format!("/p/{slug}/customers/drafts")
}
/// The page after a customer was added.
pub fn welcome_href(slug: &str, customer: CustomerId) -> String {
    format!("/p/{slug}/customers/{customer}/welcome")
}

/// One entry of the wizard's header.
#[derive(Debug, Clone)]
pub struct StepLink {
    /// What stands in the circle.
    pub number: &'static str,
    pub label: &'static str,
    pub href: Option<String>,
    pub done: bool,
    pub current: bool,
    /// A step of a later capability.
    pub off: bool,
}

/// What every step's page shows around its form.
#[derive(Debug, Clone)]
pub struct Frame {
    pub steps: Vec<StepLink>,
    /// Where the form goes.
    pub action: String,
    /// The step before.
    pub back: Option<String>,
    /// Where the customers, or for who may not see them the drafts, are listed.
    pub list: String,
    pub list_label: &'static str,
    /// When the draft was saved; none on the first page before it.
    pub saved: Option<String>,
    /// Where the draft is thrown away.
    pub discard: Option<String>,
}

/// A customer that the new one may be already.
#[derive(Debug, Clone)]
pub struct DupeItem {
    /// Its name, for who may see customers.
    pub name: Option<String>,
    pub detail: String,
    pub reason: &'static str,
    pub open: Option<String>,
}

/// The panel of possible duplicates.
#[derive(Debug, Clone)]
pub struct Panel {
    pub items: Vec<DupeItem>,
    pub count: i64,
    pub elsewhere: bool,
    /// The candidates shown, for the form to send back.
    pub seen: String,
    pub confirm: Vec<Field>,
    /// Where an invitation is written instead, or why this member writes none.
    pub invite: String,
    pub invite_why: Option<String>,
}

/// A provider's choice of reseller.
#[derive(Debug, Clone)]
pub struct ResellerChoice {
    pub search: Field,
    pub choice: Field,
}

/// Step 1: country, company, domain, address.
#[derive(Template)]
#[template(path = "customer_new/account.html")]
pub struct AccountPage {
    pub page: Page,
    pub errors: Errors,
    pub frame: Frame,
    pub country: Field,
    /// The country whose fields are shown.
    pub rules: String,
    pub company: Vec<Field>,
    pub address: Vec<Field>,
    pub reseller: Option<ResellerChoice>,
    pub advice: Option<&'static str>,
    pub panel: Option<Panel>,
}

/// Step 2: the primary contact.
#[derive(Template)]
#[template(path = "customer_new/contact.html")]
pub struct ContactPage {
    pub page: Page,
    pub errors: Errors,
    pub frame: Frame,
    pub fields: Vec<Field>,
}

/// Step 3: has the customer accepted the agreement?
#[derive(Template)]
#[template(path = "customer_new/agreement.html")]
pub struct AgreementPage {
    pub page: Page,
    pub errors: Errors,
    pub frame: Frame,
    pub fields: Vec<Field>,
    /// Why this user may not attest; then there are no fields.
    pub why_not: Option<String>,
}

/// One block of the review.
#[derive(Debug, Clone)]
pub struct Section {
    pub title: &'static str,
    pub edit: String,
    pub facts: Vec<(String, String)>,
}

/// Step 4: everything once more.
#[derive(Template)]
#[template(path = "customer_new/review.html")]
pub struct ReviewPage {
    pub page: Page,
    pub errors: Errors,
    pub frame: Frame,
    pub company: String,
    pub version: i64,
    pub sections: Vec<Section>,
    /// What creating the customer declares.
    pub statements: Vec<String>,
    pub advice: Option<&'static str>,
    pub panel: Option<Panel>,
}

/// The administrator's link on the last page.
#[derive(Debug, Clone)]
pub enum Link {
    /// It can be shown, once.
    Ready,
    /// Here it is, until when.
    Shown { url: String, ends: String },
    /// It was shown before.
    Gone,
}

/// After the last step.
#[derive(Template)]
#[template(path = "customer_new/done.html")]
pub struct DonePage {
    pub page: Page,
    pub frame: Frame,
    pub company: String,
    pub id: String,
    pub administrator: String,
    pub agreed: bool,
    pub link: Link,
    /// The customer's page, for who may see it.
    pub open: Option<String>,
    pub another: String,
}

/// A draft of the user's own.
#[derive(Debug, Clone)]
pub struct DraftLine {
    pub title: String,
    pub country: &'static str,
    pub saved: String,
    pub resume: String,
    pub discard: String,
}

/// `/customers/drafts`
#[derive(Template)]
#[template(path = "customer_new/drafts.html")]
pub struct DraftsPage {
    pub page: Page,
    pub drafts: Vec<DraftLine>,
    pub new: String,
}

/// In place of the form for an indirect reseller: why not, and whom to ask.
#[derive(Template)]
#[template(path = "customer_new/denied.html")]
pub struct DeniedPage {
    pub page: Page,
    pub why: String,
    pub providers: Vec<String>,
    pub list: String,
}
