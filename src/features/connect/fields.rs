//! What the pages of an invitation are made of.

use super::forms::{AcceptForm, DeclineForm, NEW, OpenLinkForm, TEXT_MAX};
use super::queries::{Live, Open};
use super::{Asked, Head, Over};
use crate::domain::Cloud;
use crate::domain::country::Country;
use crate::domain::person_name;
use crate::domain::relationship::invitation::{Declined, Kind, Part, rights};
use crate::features::customer_new::fields as wizard;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::Page;

fn field(page: &Page, errors: &Errors, name: &'static str, value: &str) -> Field {
    Field::text(name, page.t(&format!("connect-{}", name.replace('_', "-"))), value).max(TEXT_MAX as u32).errors(errors)
}

/// The title of an invitation's pages: who asks for what.
pub fn title(page: &Page, open: &Open) -> String {
    page.ta(
        &format!("connect-title-{}", open.row.kind.as_str().replace('_', "-")),
        &[("partner", open.sender.clone().into()), ("provider", open.provider.clone().unwrap_or_default().into())],
    )
}

/// The head of an invitation's pages.
pub fn head(page: &Page, open: &Open, href: &str) -> Head {
    Head {
        href: href.to_owned(),
        sender: open.sender.clone(),
        person: open.person.name.clone(),
        email: open.person.email.clone(),
        provider: open.provider.clone(),
        company: open.settled.as_ref().map_or_else(|| open.row.company.clone(), |one| one.legal_name.clone()),
        message: open.row.message.clone(),
        until: open.row.expires_at.map(|end| page.moment(end)).unwrap_or_default(),
        asked: open.parts.iter().map(|part| asked(page, open, *part)).collect(),
    }
}

/// One part in plain words: what accepting allows, and what it does not.
fn asked(page: &Page, open: &Open, part: Part) -> Asked {
    let partner = if part == Part::Provider { open.provider.as_deref().unwrap_or_default() } else { open.sender.as_str() };
    let roles: Vec<String> = open.row.roles().iter().map(|role| page.word("directory-role", role.as_str()).to_owned()).collect();
    let args = [
        ("partner", partner.to_owned().into()),
        ("reseller", open.sender.clone().into()),
        ("roles", page.lang.all_of(&roles).into()),
        ("days", open.row.duration_days.unwrap_or_default().into()),
    ];
    let (allows, denies) = rights(part);
    Asked {
        title: page.ta(&format!("asked-{}", part.as_str()), &args),
        allows: allows.iter().map(|right| page.ta(&format!("allows-{right}"), &args)).collect(),
        denies: denies.iter().map(|right| page.ta(&format!("denies-{right}"), &args)).collect(),
    }
}

/// How an invitation stands that can't be answered any more.
pub fn over(page: &Page, open: &Open) -> Option<Over> {
    let (name, kind, may_ask) = match open.live {
        Live::Open => return None,
        Live::Replaced => ("replaced", "draft", false),
        Live::Expired => ("expired", "warn", true),
        Live::Revoked => ("revoked", "ended", true),
        Live::Declined => ("declined", "ended", true),
        Live::Accepted => match &open.answer {
            Some(answer) if answer.mismatch && answer.decision.is_empty() => ("waiting", "info", false),
            Some(answer) if answer.decision == "refused" => ("refused", "ended", true),
            _ => ("accepted", "ok", false),
        },
    };
    let answered = open.row.answered_at.map(|at| page.moment(at)).unwrap_or_default();
    let args = [("partner", open.sender.clone().into()), ("date", answered.into()), ("email", open.person.email.clone().into())];
    Some(Over {
        title: page.ta(&format!("connect-over-{name}"), &args),
        text: page.ta(&format!("connect-over-{name}-text"), &args),
        kind,
        may_ask: may_ask && !open.row.open_link,
    })
}

/// Which of the asked, where there is a choice: the two partners, or the roles.
pub fn parts(page: &Page, errors: &Errors, form: &AcceptForm, open: &Open) -> Vec<Field> {
    let tick = |name, partner: &str, value: &str| {
        let mut field = Field::text(name, page.t1("connect-part", "partner", partner), value).kind("checkbox").errors(errors);
        field.required = false;
        field
    };
    match open.row.kind {
        Kind::ResellerAndProvider if open.parts.len() > 1 => vec![
            tick("part_reseller", &open.sender, &form.part_reseller),
            tick("part_provider", open.provider.as_deref().unwrap_or_default(), &form.part_provider),
        ],
        Kind::DelegatedAdmin => {
            let role = |role: &crate::domain::relationship::delegated_admin::DirectoryRole| {
                Choice::new(role.as_str(), page.word("directory-role", role.as_str()))
                    .hint(page.t(&format!("directory-role-{}-means", role.as_str().replace('_', "-"))))
            };
            let choices = open.row.roles().iter().map(role).collect();
            vec![field(page, errors, "roles", &form.roles.join(" ")).choices("checkboxes", choices).hint(page.t("connect-roles-hint"))]
        }
        _ => Vec::new(),
    }
}

/// Who accepts.
pub fn person(page: &Page, errors: &Errors, form: &AcceptForm) -> Vec<Field> {
    let name = |name, value: &str, token| field(page, errors, name, value).max(person_name::MAX as u32).width("medium").autocomplete(token);
    vec![
        name("first_name", &form.first_name, "given-name"),
        name("last_name", &form.last_name, "family-name"),
        field(page, errors, "role", &form.role).hint(page.t("connect-role-hint")).autocomplete("organization-title").width("medium"),
    ]
}

/// The organisations to choose from, where there is anything to choose.
pub fn known(page: &Page, errors: &Errors, form: &AcceptForm, open: &Open) -> Option<Field> {
    if open.settled.is_some() || open.organisations.is_empty() {
        return None;
    }
    let mut choices: Vec<Choice> =
        open.organisations.iter().map(|one| Choice::new(one.id.to_string(), &one.legal_name).hint(one.domain.as_str())).collect();
    if open.row.kind != Kind::DelegatedAdmin {
        choices.push(Choice::new(NEW, page.t("connect-organisation-new")));
    }
    let mut field = field(page, errors, "organisation", &form.organisation).choices("radios", choices);
    field.autosubmit = "organisation-apply";
    Some(field)
}

/// A new organisation's own fields: the wizard's, without what is the partner's business.
pub fn company(page: &Page, errors: &Errors, form: &AcceptForm, cloud: Cloud) -> (Field, Vec<Field>, Vec<Field>) {
    let account = form.account();
    let mut company = wizard::company_fields(page, errors, &account, cloud, "");
    company.retain(|field| field.name != "alias");
    for field in &mut company {
        field.check_url.clear();
    }
    (wizard::country_field(page, errors, &account), company, wizard::address_fields(page, errors, &account))
}

/// The tick without which nothing is accepted.
pub fn authority(page: &Page, errors: &Errors, form: &AcceptForm, open: &Open) -> Field {
    let label = page.t1("connect-authority", "partner", &open.sender);
    Field::text("authority", label, form.authority.as_str()).kind("checkbox").errors(errors)
}

/// The form of a refusal.
pub fn decline(page: &Page, errors: &Errors, form: &DeclineForm) -> Vec<Field> {
    let reasons = Declined::ALL.iter().map(|reason| Choice::new(reason.as_str(), page.word("declined", reason.as_str()))).collect();
    vec![
        field(page, errors, "reason", &form.reason).choices("radios", reasons),
        field(page, errors, "name", &form.name).hint(page.t("connect-name-hint")).optional().width("medium").autocomplete("name"),
        field(page, errors, "note", &form.note).kind("textarea").optional(),
    ]
}

/// The form of an open link.
pub fn open_link(page: &Page, errors: &Errors, form: &OpenLinkForm) -> Vec<Field> {
    vec![
        field(page, errors, "name", &form.name).width("medium").autocomplete("name"),
        field(page, errors, "email", &form.email).kind("email").hint(page.t("connect-email-hint")).autocomplete("email"),
        field(page, errors, "company", &form.company).autocomplete("organization"),
    ]
}

/// The country that a new organisation's form begins with: where the language is most spoken.
pub fn country_of(page: &Page) -> &'static str {
    let guess = if page.lang.as_str() == "fr" { "FR" } else { "US" };
    Country::from_code(guess).map_or("FR", |country| country.code)
}
