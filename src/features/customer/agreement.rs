//! Recording that a customer accepted the agreement, after it was added (reference 3.3): the
//! wizard's step of the same name, on the customer's page.

use super::edit::EditPage;
use super::handlers::page_of;
use super::{acts, queries};
use crate::access::Can;
use crate::access::may::{Action, Relationship};
use crate::access::permissions::AttestAgreement;
use crate::access::posted::Posted;
use crate::domain::country::Country;
use crate::error::Result;
use crate::features::customer_new::fields::agreement_fields;
use crate::features::customer_new::forms::{AgreementForm, Attestation};
use crate::features::customer_new::handlers::rules;
use crate::features::customers::model::Customer;
use crate::web::form::Errors;
use crate::web::page;
use actix_web::{HttpRequest, HttpResponse, web};

/// The customer, of which this member may record it.
async fn load(who: &Can<AttestAgreement>, id: &str) -> Result<Customer> {
    let id = super::id(id)?;
    who.must(Action::ViewCustomers, Relationship::None)?;
    let customer = who.read(move |scope, conn| Ok(queries::record(scope, conn, id)?)).await?.customer;
    who.must(Action::AttestAgreement, customer.relationship())?;
    Ok(customer)
}

/// `GET /p/{account}/customers/{customer}/agreement`
pub async fn show(who: Can<AttestAgreement>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let customer = load(&who, &path.1).await?;
    let form = AgreementForm {
        first_name: customer.contact_first.clone(),
        last_name: customer.contact_last.clone(),
        email: customer.contact_email.clone(),
        phone: customer.phone.clone(),
        ..AgreementForm::default()
    };
    shown(&who, &req, &customer, &form, Errors::default())
}

fn shown(who: &Can<AttestAgreement>, req: &HttpRequest, customer: &Customer, form: &AgreementForm, errors: Errors) -> Result<HttpResponse> {
    let heading = who.user.lang.t("customer-agreement-record");
    let page = page_of(req, who, "customer-agreement-record", &customer.company_name);
    let href = super::href(&who.account.slug, customer.id);
    let failed = !errors.is_empty();
    // What is on this page at all is that it was accepted.
    let fields = agreement_fields(&page, &errors, form).into_iter().filter(|field| field.name != "accepted").collect();
    let view = EditPage {
        crumbs: vec![
            (format!("/p/{}/customers", who.account.slug), page.t("nav-customers").to_owned()),
            (href.clone(), customer.company_name.clone()),
        ],
        heading,
        action: format!("{href}/agreement"),
        back: format!("{href}/account"),
        version: customer.version,
        base: String::new(),
        fields,
        tags: None,
        all_tags: String::new(),
        fixed: Some(page.t("customer-agreement-fixed")),
        errors,
        page,
    };
    page::form(&view, failed)
}

/// `POST /p/{account}/customers/{customer}/agreement`
pub async fn save(
    who: Can<AttestAgreement>,
    req: HttpRequest,
    path: web::Path<(String, String)>,
    posted: Posted<AgreementForm>,
) -> Result<HttpResponse> {
    let customer = load(&who, &path.1).await?;
    let form = AgreementForm { accepted: "yes".into(), ..posted.form };
    let mut errors = Errors::default();
    let attestation: Option<Attestation> = form.parse(&rules(&who), Country::parse(&customer.country).ok(), &mut errors).flatten();
    let Some(attestation) = attestation.filter(|_| !posted.review) else {
        return shown(&who, &req, &customer, &form, errors);
    };
    let (id, user) = (customer.id, who.user.id);
    let target = format!("{}/account", super::href(&who.account.slug, id));
    let location = who
        .write_once(&posted.once, move |scope, conn| {
            acts::attest(scope, conn, user, id, &attestation)?;
            Ok(target.clone())
        })
        .await?;
    Ok(page::see(&location, Some("flash-agreement-recorded")))
}
