//! The form of an invitation, and what it means once every rule holds.

use super::acts::New;
use super::text;
use crate::db::ids::{CustomerId, InvitationId, PartnerId};
use crate::domain::email::{ContactEmail, Email};
use crate::domain::relationship::delegated_admin::{DURATION_DAYS, DirectoryRole, may_extend_itself};
use crate::domain::relationship::invitation::Kind;
use crate::domain::rule::{Rule, line, prose};
use crate::features::customers::model::Customer;
use crate::i18n::Lang;
use crate::web::form::{Errors, FieldError};
use serde::Deserialize;

/// Longest values, in characters.
pub const NAME_MAX: usize = 80;
pub const COMPANY_MAX: usize = 120;
pub const PURPOSE_MAX: usize = 120;
/// Of a request for delegated admin: its name (reference 3.9).
pub const ADMIN_NAME_MAX: usize = 50;
pub const NOTE_MAX: usize = 1_000;
pub const MESSAGE_MAX: usize = 3_000;

/// A form as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InvitationForm {
    pub kind: String,
    /// `1`: an open link rather than a recipient.
    pub open: String,
    /// The customer that it is about, where it is one.
    pub customer: String,
    pub provider: String,
    pub recipient_name: String,
    pub recipient_email: String,
    pub company: String,
    pub language: String,
    pub purpose: String,
    pub note: String,
    pub message: String,
    pub roles: Vec<String>,
    pub duration_days: String,
    pub auto_extend: String,
    /// `1`: yes, although one waits for an answer from this address.
    pub again: String,
    /// `send`, `link`, `save` or `preview`.
    pub action: String,
    /// The version of the draft that is being edited.
    pub version: String,
}

/// What the rules need to know beside the form.
pub struct Rules {
    /// Of whoever fills it in.
    pub lang: Lang,
    pub operator_domains: Vec<String>,
    pub partner_domain: String,
}

/// What the database knows about what was typed.
#[derive(Default)]
pub struct Facts {
    /// The customer that the invitation is about.
    pub customer: Option<Customer>,
    /// Those that an indirect reseller may ask for together with itself.
    pub providers: Vec<(PartnerId, String)>,
    /// One that waits for an answer from the same address.
    pub waiting: Option<(InvitationId, String)>,
    /// The name of the request is taken.
    pub name_taken: bool,
}

/// The value, or its mistake; an empty field is named in its sentence, which stands alone in the
/// summary.
fn take<T>(errors: &mut Errors, lang: Lang, field: &'static str, value: Result<T, Rule>) -> Option<T> {
    match value {
        Err(Rule::Required) => {
            errors.0.push(FieldError { field, message: lang.word("invite-missing", field).to_owned() });
            None
        }
        other => errors.take(lang, field, other),
    }
}

/// An address that may be invited: neither the operator's nor the partner's own. Kept in lower
/// case, so that one person is one recipient.
pub fn recipient(input: &str, rules: &Rules) -> Result<String, Rule> {
    let email: Email = input.to_lowercase().parse()?;
    ContactEmail::check(&email, &rules.operator_domains, std::slice::from_ref(&rules.partner_domain))?;
    Ok(email.into_string())
}

impl InvitationForm {
    /// The kind, if it is one.
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_text(&self.kind)
    }
    pub fn is_open(&self) -> bool {
        self.open == "1" && self.kind() == Some(Kind::Reseller)
    }
    /// The recipient's language.
    pub fn lang(&self) -> Lang {
        Lang::from_text(&self.language).unwrap_or(Lang::En)
    }
    pub fn roles(&self) -> Vec<DirectoryRole> {
        DirectoryRole::ALL.iter().copied().filter(|role| self.roles.iter().any(|name| name == role.as_str())).collect()
    }
    /// With the usual words in the chosen language, where nobody has written others.
    pub fn settled(mut self) -> Self {
        if let Some(kind) = self.kind()
            && text::is_usual(kind, &self.message)
        {
            text::usual(kind, self.lang()).clone_into(&mut self.message);
        }
        self
    }

    /// The invitation, or every mistake.
    pub fn parse(&self, rules: &Rules, facts: &Facts, errors: &mut Errors) -> Option<New> {
        let lang = rules.lang;
        let (kind, open) = (self.kind()?, self.is_open());
        let provider = self.parse_provider(kind, lang, facts, errors);
        let name = take(errors, lang, "recipient_name", line(&self.recipient_name, 0, NAME_MAX));
        let email = match open {
            true => Some(String::new()),
            false => take(errors, lang, "recipient_email", recipient(&self.recipient_email, rules)),
        };
        let company = match &facts.customer {
            Some(customer) => Some(customer.company_name.clone()),
            None => take(errors, lang, "company", line(&self.company, usize::from(!open), COMPANY_MAX)),
        };
        let purpose = self.parse_purpose(kind, lang, facts, errors);
        let known = Lang::from_text(&self.language);
        if known.is_none() {
            take::<Lang>(errors, lang, "language", Err(Rule::Required));
        }
        let (roles, days) = match kind {
            Kind::DelegatedAdmin => (self.parse_roles(lang, errors), self.parse_days(lang, errors).map(Some)),
            _ => (Some(Vec::new()), Some(None)),
        };
        let message = take(errors, lang, "message", prose(&self.message, 0, MESSAGE_MAX));
        let note = take(errors, lang, "note", prose(&self.note, 0, NOTE_MAX));
        if facts.waiting.is_some() && self.again != "1" && self.action != "save" {
            errors.message(lang, "again", "invite-again-missing");
            return None;
        }
        Some(New {
            kind,
            open_link: open,
            recipient_name: name?,
            recipient_email: email?,
            company: company?,
            customer: facts.customer.as_ref().map(|one| one.id),
            provider: provider?,
            lang: known?,
            purpose: purpose?,
            note: note?,
            message: message?,
            roles: roles?,
            duration_days: days?,
            auto_extend: kind == Kind::DelegatedAdmin && self.auto_extend == "1",
        })
    }

    fn parse_provider(&self, kind: Kind, lang: Lang, facts: &Facts, errors: &mut Errors) -> Option<Option<PartnerId>> {
        if kind != Kind::ResellerAndProvider {
            return Some(None);
        }
        let chosen = facts.providers.iter().map(|(id, _)| *id).find(|id| id.to_string() == self.provider);
        take(errors, lang, "provider", chosen.ok_or(Rule::Required)).map(Some)
    }

    /// What for; a request for delegated admin has a name of its own, an open link must be told
    /// from others.
    fn parse_purpose(&self, kind: Kind, lang: Lang, facts: &Facts, errors: &mut Errors) -> Option<String> {
        if kind != Kind::DelegatedAdmin {
            return take(errors, lang, "purpose", line(&self.purpose, usize::from(self.is_open()), PURPOSE_MAX));
        }
        let name = take(errors, lang, "purpose", line(&self.purpose, 1, ADMIN_NAME_MAX))?;
        if facts.name_taken {
            errors.message(lang, "purpose", "invite-name-taken");
            return None;
        }
        Some(name)
    }

    pub(super) fn parse_roles(&self, lang: Lang, errors: &mut Errors) -> Option<Vec<DirectoryRole>> {
        let roles = self.roles();
        if roles.is_empty() {
            return take(errors, lang, "roles", Err(Rule::Required));
        }
        if self.auto_extend == "1" && !may_extend_itself(&roles) {
            errors.message(lang, "auto_extend", "invite-global-admin-extends");
            return None;
        }
        Some(roles)
    }

    pub(super) fn parse_days(&self, lang: Lang, errors: &mut Errors) -> Option<i64> {
        let days = self.duration_days.trim().parse().ok().filter(|days| DURATION_DAYS.contains(days));
        take(errors, lang, "duration_days", days.ok_or(Rule::Required))
    }

    /// What the form says so far, whether it holds or not: for the preview.
    pub fn sketch(&self, kind: Kind, facts: &Facts) -> New {
        New {
            kind,
            open_link: self.is_open(),
            recipient_name: self.recipient_name.clone(),
            recipient_email: self.recipient_email.clone(),
            company: facts.customer.as_ref().map_or_else(|| self.company.clone(), |one| one.company_name.clone()),
            customer: None,
            provider: None,
            lang: self.lang(),
            purpose: self.purpose.clone(),
            note: String::new(),
            message: self.message.replace("\r\n", "\n"),
            roles: self.roles(),
            duration_days: self.duration_days.trim().parse().ok().filter(|_| kind == Kind::DelegatedAdmin),
            auto_extend: false,
        }
    }
    /// The form of a draft.
    pub fn of(row: &super::model::Invitation) -> Self {
        let tick = |on: bool| if on { "1".to_owned() } else { String::new() };
        Self {
            kind: row.kind.as_str().to_owned(),
            open: tick(row.open_link),
            customer: row.customer_id.map(|id| id.to_string()).unwrap_or_default(),
            provider: row.provider_id.map(|id| id.to_string()).unwrap_or_default(),
            recipient_name: row.recipient_name.clone(),
            recipient_email: row.recipient_email.clone(),
            company: row.company.clone(),
            language: row.lang().as_str().to_owned(),
            purpose: row.purpose.clone(),
            note: row.note.clone(),
            message: row.message.clone(),
            roles: row.roles().iter().map(|role| role.as_str().to_owned()).collect(),
            duration_days: row.duration_days.map(|days| days.to_string()).unwrap_or_default(),
            auto_extend: tick(row.auto_extend),
            version: row.version.to_string(),
            ..Self::default()
        }
    }
    /// The customer's id, if there is one.
    pub fn customer_id(&self) -> Option<CustomerId> {
        self.customer.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kind: Kind) -> InvitationForm {
        InvitationForm {
            kind: kind.as_str().into(),
            recipient_email: "Claire@Contoso.example".into(),
            company: "Contoso".into(),
            language: "fr".into(),
            purpose: "Helpdesk for Contoso".into(),
            roles: vec!["helpdesk_admin".into()],
            duration_days: "90".into(),
            action: "send".into(),
            ..InvitationForm::default()
        }
    }

    fn mistakes(form: &InvitationForm, facts: &Facts) -> Vec<&'static str> {
        let rules = Rules { lang: Lang::En, operator_domains: vec!["comptoir.test".into()], partner_domain: "north.test".into() };
        let mut errors = Errors::default();
        let new = form.parse(&rules, facts, &mut errors);
        assert_eq!(new.is_some(), errors.is_empty());
        errors.0.iter().map(|error| error.field).collect()
    }

    #[test]
    fn each_rule_is_told_at_its_field() {
        use Kind::{DelegatedAdmin as Admin, Reseller, ResellerAndProvider as Both};
        let set = |kind, change: &dyn Fn(&mut InvitationForm)| {
            let mut form = form(kind);
            change(&mut form);
            form
        };
        let none: &[&str] = &[];
        for (form, wanted) in [
            (form(Reseller), none),
            (form(Admin), none),
            (form(Both), &["provider"]),
            (set(Reseller, &|f| f.recipient_email.clear()), &["recipient_email"]),
            (set(Reseller, &|f| f.recipient_email = "me@north.test".into()), &["recipient_email"]),
            (set(Reseller, &|f| f.company = " ".into()), &["company"]),
            (set(Reseller, &|f| f.language = "de".into()), &["language"]),
            (set(Reseller, &|f| f.purpose = "x".repeat(PURPOSE_MAX + 1)), &["purpose"]),
            (set(Reseller, &|f| f.message = "x".repeat(MESSAGE_MAX + 1)), &["message"]),
            (set(Admin, &|f| f.purpose = "x".repeat(ADMIN_NAME_MAX + 1)), &["purpose"]),
            (set(Admin, &|f| f.roles = vec!["root".into()]), &["roles"]),
            (set(Admin, &|f| f.duration_days = "0".into()), &["duration_days"]),
            (set(Admin, &|f| f.duration_days = "731".into()), &["duration_days"]),
            (set(Admin, &|f| f.duration_days = "ten".into()), &["duration_days"]),
            (
                set(Admin, &|f| {
                    f.roles = vec!["global_admin".into()];
                    f.auto_extend = "1".into();
                }),
                &["auto_extend"],
            ),
        ] {
            assert_eq!(mistakes(&form, &Facts::default()), wanted, "{form:?}");
        }
    }

    #[test]
    fn an_open_link_has_no_recipient_but_a_purpose() {
        let open = InvitationForm { open: "1".into(), recipient_email: String::new(), company: String::new(), ..form(Kind::Reseller) };
        assert!(mistakes(&open, &Facts::default()).is_empty());
        assert_eq!(mistakes(&InvitationForm { purpose: String::new(), ..open }, &Facts::default()), ["purpose"]);
        // No other kind can be open: the field is not heard.
        let admin = InvitationForm { open: "1".into(), recipient_email: String::new(), ..form(Kind::DelegatedAdmin) };
        assert_eq!(mistakes(&admin, &Facts::default()), ["recipient_email"]);
    }

    #[test]
    fn a_second_invitation_to_one_address_is_asked_about_and_a_taken_name_refused() {
        let waiting = Facts { waiting: Some((InvitationId::new(), "Contoso".into())), ..Facts::default() };
        assert_eq!(mistakes(&form(Kind::Reseller), &waiting), ["again"]);
        assert!(mistakes(&InvitationForm { again: "1".into(), ..form(Kind::Reseller) }, &waiting).is_empty());
        assert!(mistakes(&InvitationForm { action: "save".into(), ..form(Kind::Reseller) }, &waiting).is_empty());
        let taken = Facts { name_taken: true, ..Facts::default() };
        assert_eq!(mistakes(&form(Kind::DelegatedAdmin), &taken), ["purpose"]);
        assert!(mistakes(&form(Kind::Reseller), &taken).is_empty());
    }

    #[test]
    fn the_usual_words_follow_the_language_and_ones_own_stay() {
        let english = form(Kind::Reseller).settled();
        assert_eq!(english.message, text::usual(Kind::Reseller, Lang::Fr));
        let again = InvitationForm { language: "en".into(), ..english }.settled();
        assert_eq!(again.message, text::usual(Kind::Reseller, Lang::En));
        let own = InvitationForm { language: "fr".into(), message: "My own words".into(), ..again }.settled();
        assert_eq!(own.message, "My own words");
    }
}
