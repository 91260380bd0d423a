//! The inbox as CSV, XLSX and JSON: the same query string as the page, streamed piece by piece. The
//! columns are those that an import reads again (reference 3.7, *Bulk*); what is masked is empty.

use super::handlers::reader;
use super::list::{self, order, place};
use super::queries::{self, Exported};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::ImportReferrals;
use crate::clock::Moment;
use crate::db::search::numbered::Window;
use crate::domain::money;
use crate::error::Result;
use crate::web::export::{self, Format};
use actix_web::{HttpRequest, HttpResponse};

/// The columns, interfaces rather than texts, so the same in every language.
pub const HEAD: [&str; 39] = [
    "Errors",
    "Engagement ID",
    "Referral ID",
    "Deal name",
    "Customer name",
    "Address line 1",
    "Address line 2",
    "City",
    "State",
    "Postal code",
    "Country",
    "Registration number",
    "Contact first name",
    "Contact last name",
    "Contact phone",
    "Contact email",
    "Partner status",
    "Partner substatus",
    "Reason",
    "Sales stage",
    "Estimated value",
    "Currency",
    "Close date",
    "CRM ID",
    "Campaign ID",
    "Next action",
    "Consent",
    "Need",
    "Industry",
    "Size",
    "Time frame",
    "Services",
    "Products",
    "Team members",
    "Owner",
    "Location",
    "Source",
    "Sender",
    "Received",
];

/// `GET /p/{account}/referrals.{csv,xlsx,json}`
pub async fn download(who: Can<ImportReferrals>, req: HttpRequest) -> Result<HttpResponse> {
    who.must(Action::ViewReferrals, Relationship::None)?;
    let format = Format::of(req.path(), req.query_string());
    let mut state = list::state(req.query_string(), who.preferences.size);
    state.cursor = None;
    let (asking, reader, order) = (reader(&who), who.reader(), order(&state));
    let asked = list::asked(&state, asking);
    let pieces = export::pieces(list::window(&state, 1_000), move |window| {
        let rows = reader.read(|scope, conn| queries::exported(scope, conn, &asked, &window, asking.user))?;
        let last = rows.last().filter(|_| rows.len() as i64 >= window.limit);
        let next = last.map(|last| Window { after: Some(place(&last.row.referral, order)), ..window });
        Ok((rows.iter().map(|row| line(row, asking.now)).collect(), next))
    });
    export::stream("referrals", format, HEAD.to_vec(), pieces).await
}

fn line(one: &Exported, now: Moment) -> Vec<String> {
    let (row, known) = (&one.row.referral, &one.known);
    let shown = row.shown(now);
    let value = row.value_minor.map(|value| money::plain(value, &row.currency)).unwrap_or_default();
    vec![
        String::new(),
        one.engagement.map(|id| id.to_string()).unwrap_or_default(),
        row.id.to_string(),
        row.title.clone(),
        row.company.clone(),
        known.address1.clone(),
        known.address2.clone(),
        row.city.clone(),
        known.state.clone(),
        known.postal_code.clone(),
        row.country.clone(),
        known.registration_number.clone(),
        known.first_name.clone(),
        known.last_name.clone(),
        known.phone.clone(),
        known.email.clone(),
        shown.status().as_str().to_owned(),
        shown.as_str().to_owned(),
        row.reason.clone(),
        row.stage.clone(),
        value,
        row.currency.clone(),
        row.close_on.clone(),
        one.crm_id.clone(),
        one.campaign_id.clone(),
        one.next_action.clone(),
        if known.consent_at.is_some() { "Yes".to_owned() } else { String::new() },
        row.need.clone(),
        row.industry.clone(),
        row.size.clone(),
        row.time_frame.clone(),
        row.services.clone(),
        row.products.clone(),
        one.team.join(", "),
        one.row.owner.clone().unwrap_or_default(),
        one.row.location.clone().unwrap_or_default(),
        row.source.as_str().to_owned(),
        row.sender_name.clone(),
        row.received_at.rfc3339(),
    ]
}
