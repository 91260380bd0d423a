//! The controls of the form.

use super::form::{ADMIN_NAME_MAX, COMPANY_MAX, Facts, InvitationForm, MESSAGE_MAX, NAME_MAX, NOTE_MAX, PURPOSE_MAX};
use crate::db::ids::PartnerId;
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::invitation::Kind;
use crate::i18n::Lang;
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::Page;

fn field(page: &Page, errors: &Errors, name: &'static str, value: &str) -> Field {
    Field::text(name, page.word("invite-field", name), value).errors(errors)
}

/// Who is invited: provider, recipient, company, language.
pub fn recipient(page: &Page, errors: &Errors, form: &InvitationForm, kind: Kind, facts: &Facts) -> Vec<Field> {
    let field = |name, value: &str| field(page, errors, name, value);
    let mut fields = Vec::new();
    if kind == Kind::ResellerAndProvider {
        fields.push(provider(page, errors, &form.provider, &facts.providers));
    }
    if !form.is_open() {
        fields.push(field("recipient_email", &form.recipient_email).kind("email").max(254).width("medium"));
        fields.push(field("recipient_name", &form.recipient_name).max(NAME_MAX as u32).width("medium").optional());
    }
    // Of a customer of the list the name is known.
    if facts.customer.is_none() {
        let company = field("company", &form.company).max(COMPANY_MAX as u32).hint(page.t("invite-company-hint"));
        fields.push(company.required(!form.is_open()));
    }
    fields.push(language(page, errors, &form.language));
    fields
}

/// The provider that the customer gets too.
pub fn provider(page: &Page, errors: &Errors, value: &str, providers: &[(PartnerId, String)]) -> Field {
    let mut choices = vec![Choice::new("", page.t("invite-choose"))];
    choices.extend(providers.iter().map(|(id, name)| Choice::new(id.to_string(), name)));
    field(page, errors, "provider", value).choices("select", choices).width("medium").hint(page.t("invite-provider-hint"))
}

/// Name, roles and duration of a request for delegated admin.
pub fn rights(page: &Page, errors: &Errors, form: &InvitationForm) -> Vec<Field> {
    let mut fields = vec![admin_name(page, errors, &form.purpose).hint(page.t("invite-name-hint"))];
    fields.extend(admin(page, errors, form));
    fields
}

/// The name of a request for delegated admin.
pub fn admin_name(page: &Page, errors: &Errors, value: &str) -> Field {
    Field::text("purpose", page.t("invite-field-name"), value).max(ADMIN_NAME_MAX as u32).width("medium").errors(errors)
}

/// Roles and duration alone: a request to many gives each its own name.
pub fn admin(page: &Page, errors: &Errors, form: &InvitationForm) -> [Field; 3] {
    let role = |role: &DirectoryRole| {
        Choice::new(role.as_str(), page.word("directory-role", role.as_str())).hint(page.word("role-means", role.as_str()))
    };
    let roles = field(page, errors, "roles", &form.roles.join(" ")).hint(page.t("invite-roles-hint"));
    let mut days = field(page, errors, "duration_days", &form.duration_days).max(3).width("narrow").hint(page.t("invite-days-hint"));
    days.suffix = page.t("invite-days").to_owned();
    [
        roles.choices("checkboxes", DirectoryRole::ALL.iter().map(role).collect()),
        days,
        field(page, errors, "auto_extend", &form.auto_extend).kind("checkbox").hint(page.t("invite-auto-extend-hint")).optional(),
    ]
}

/// The sender's own words.
pub fn message(page: &Page, errors: &Errors, value: &str) -> Field {
    field(page, errors, "message", value).kind("textarea").max(MESSAGE_MAX as u32).hint(page.t("invite-message-hint")).optional()
}

/// What the recipient does not see: what for, and a note.
pub fn internal(page: &Page, errors: &Errors, form: &InvitationForm, kind: Kind) -> Vec<Field> {
    let mut fields = Vec::new();
    if kind != Kind::DelegatedAdmin {
        let hint = if form.is_open() { "invite-purpose-open-hint" } else { "invite-purpose-hint" };
        let purpose = field(page, errors, "purpose", &form.purpose).max(PURPOSE_MAX as u32).hint(page.t(hint));
        fields.push(purpose.required(form.is_open()));
    }
    fields.push(note(page, errors, &form.note));
    fields
}

pub fn note(page: &Page, errors: &Errors, value: &str) -> Field {
    field(page, errors, "note", value).kind("textarea").max(NOTE_MAX as u32).optional().hint(page.t("invite-note-hint"))
}

/// The recipient's language.
pub fn language(page: &Page, errors: &Errors, value: &str) -> Field {
    let choices = Lang::ALL.iter().map(|lang| Choice::new(lang.as_str(), page.word("tongue", lang.as_str()))).collect();
    field(page, errors, "language", value).choices("select", choices).width("medium").hint(page.t("invite-language-hint"))
}

/// Yes, a second one.
pub fn again(page: &Page, errors: &Errors, form: &InvitationForm) -> Field {
    field(page, errors, "again", &form.again).kind("checkbox")
}
