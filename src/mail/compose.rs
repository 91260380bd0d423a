//! What a letter says: one arm a letter, texts in `mail.ftl`, in its reader's language. Both parts
//! are drawn from the same [`Composed`] by `templates/mail`.

use super::relationship;
use crate::access::identity::Recipient;
use crate::clock::Moment;
use crate::domain::letter::{Letter, Link, Sender};
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::invitation::Kind;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use askama::Template;
use jiff::tz::TimeZone;

/// Where links lead: they begin with the configured address, whatever a request said, and their
/// tokens are made now (R-03, F21).
pub struct Links<'a> {
    pub public_url: &'a str,
    pub token: &'a dyn Fn(&Link) -> Result<String>,
}

impl Links<'_> {
    pub(super) fn opened_by(&self, link: &Link) -> Result<String> {
        Ok(format!("{}{}{}", self.public_url, link.to.path(), (self.token)(link)?))
    }
    pub(super) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}

/// A letter in words.
#[derive(Debug, Clone)]
pub struct Composed {
    pub lang: Lang,
    pub subject: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    /// The sender's own words, and whose they are.
    pub quote: Option<Quote>,
    /// Label and value, each a line.
    pub facts: Vec<(String, String)>,
    pub button: Option<Button>,
    /// What comes after the button.
    pub notes: Vec<String>,
    /// Who writes.
    pub writer: String,
    /// Whom an answer goes to, where it is a person.
    pub reply_to: Option<Sender>,
    /// Why the reader gets it.
    pub why: String,
    pub public_url: String,
}

#[derive(Debug, Clone)]
pub struct Quote {
    pub by: String,
    pub lines: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Button {
    pub label: String,
    pub href: String,
}

/// Puts a letter into words. An error means that it never can be.
pub fn compose(letter: &Letter, to: &Recipient, links: &Links<'_>) -> Result<Composed> {
    let lang = to.lang;
    let mut out = Composed::blank(to, links);
    match letter {
        Letter::ResetPassword { link } => {
            out.subject = lang.t("mail-reset-subject").to_owned();
            out.paragraphs.push(lang.ta("mail-reset-text", &[("email", one_line(&to.email).into())]));
            out.button = Some(Button { label: lang.t("mail-reset-button").to_owned(), href: links.opened_by(link)? });
            out.notes = vec![lang.t("mail-reset-life").to_owned(), lang.t("mail-reset-not-you").to_owned()];
            out.why = lang.ta("mail-reset-why", &[("email", one_line(&to.email).into())]);
        }
        Letter::PasswordChanged { at } => {
            out.subject = lang.t("mail-changed-subject").to_owned();
            out.paragraphs.push(lang.ta("mail-changed-text", &[("email", one_line(&to.email).into()), ("when", moment(lang, *at).into())]));
            out.paragraphs.push(lang.t("mail-changed-not-you").to_owned());
            out.button = Some(Button { label: lang.t("mail-changed-button").to_owned(), href: links.page("/sign-in/forgotten") });
            out.why = lang.ta("mail-changed-why", &[("email", one_line(&to.email).into())]);
        }
        Letter::Invitation { .. } => invitation(&mut out, letter, to, links)?,
        Letter::InvitationAnswered { .. } => answered(&mut out, letter, links)?,
        Letter::RelationshipAccepted { sender, kind, company, provider, waiting, access } => {
            let about = [("partner", one_line(&sender.partner).into()), ("company", one_line(company).into())];
            out.subject = lang.ta("mail-joined-subject", &about);
            out.paragraphs.push(lang.ta(if *waiting { "mail-joined-waiting" } else { "mail-joined-text" }, &about));
            out.fact(lang.t("mail-fact-asked"), lang.word("mail-asked", kind).to_owned());
            if let Some(provider) = provider {
                out.fact(lang.t("mail-fact-provider"), one_line(provider));
            }
            if let Some(link) = access {
                out.button = Some(Button { label: lang.t("mail-access-button").to_owned(), href: links.opened_by(link)? });
                out.notes = vec![lang.t("mail-access-life").to_owned()];
            }
            out.from(sender);
            out.why = lang.ta("mail-joined-why", &about);
        }
        Letter::AcceptanceRefused { sender, company } => {
            let about = [("partner", one_line(&sender.partner).into()), ("company", one_line(company).into())];
            out.subject = lang.ta("mail-refused-subject", &about);
            out.paragraphs.push(lang.ta("mail-refused-text", &about));
            out.from(sender);
            out.why = lang.ta("mail-joined-why", &about);
        }
        Letter::NewLinkAsked { company, person, path } => {
            let about = [("company", one_line(company).into()), ("person", one_line(person).into())];
            out.subject = lang.ta("mail-again-subject", &about);
            out.paragraphs.push(lang.ta("mail-again-text", &about));
            out.button = Some(Button { label: lang.t("mail-answered-button").to_owned(), href: links.page(path) });
            out.why = lang.t("mail-answered-why").to_owned();
        }
        Letter::Access { company, link } => {
            let about = [("company", one_line(company).into())];
            out.subject = lang.ta("mail-access-subject", &about);
            out.paragraphs.push(lang.ta("mail-access-text", &about));
            out.button = Some(Button { label: lang.t("mail-access-button").to_owned(), href: links.opened_by(link)? });
            out.notes = vec![lang.t("mail-access-life").to_owned(), lang.t("mail-access-not-you").to_owned()];
            out.why = lang.ta("mail-access-why", &about);
        }
        Letter::AcceptedElsewhere { sender, company, person, email } => {
            let about = [
                ("partner", one_line(&sender.partner).into()),
                ("company", one_line(company).into()),
                ("person", one_line(person).into()),
                ("email", one_line(email).into()),
            ];
            out.subject = lang.ta("mail-joined-subject", &about[..2]);
            out.paragraphs.push(lang.ta("mail-elsewhere-text", &about));
            out.button = Some(Button { label: lang.t("mail-access-button").to_owned(), href: links.page("/access") });
            out.from(sender);
            out.why = lang.ta("mail-access-why", &about[1..2]);
        }
        Letter::PartnershipNotice { .. }
        | Letter::PartnershipEnded { .. }
        | Letter::ResellerChanged { .. }
        | Letter::CustomersMoved { .. } => super::partnership::compose(&mut out, letter, links)?,
        Letter::ReferralOffered { .. }
        | Letter::ReferralGone { .. }
        | Letter::HelpAsked { .. }
        | Letter::CustomerAsked { .. }
        | Letter::HandoverOver { .. } => super::handover::compose(&mut out, letter, links)?,
        Letter::ReferralWaits { .. } | Letter::ReferralMoved { .. } | Letter::ReferralAssigned { .. } => {
            super::referral::compose(&mut out, letter, links)?
        }
        Letter::ProfileReminder { .. } | Letter::ProfileDecided { .. } => super::profile::compose(&mut out, letter, links)?,
        Letter::InquirySent { .. } | Letter::InquiryAnswered { .. } | Letter::InquiryWithdrawn { .. } => {
            super::inquiry::compose(&mut out, letter, links)?
        }
        Letter::RelationshipEnded { .. } => relationship::ended(&mut out, letter)?,
        Letter::RelationshipKept { .. } => relationship::kept(&mut out, letter)?,
        Letter::RelationshipNotice { .. } => relationship::notice(&mut out, letter, links)?,
        Letter::AccessEnding { .. } => relationship::access_ending(&mut out, letter, links)?,
        Letter::AccessChanged { .. } => relationship::access_changed(&mut out, letter, links)?,
    }
    Ok(out)
}

impl Composed {
    fn blank(to: &Recipient, links: &Links<'_>) -> Self {
        let lang = to.lang;
        let name = one_line(&to.name);
        Self {
            lang,
            subject: String::new(),
            greeting: match name.is_empty() {
                true => lang.t("mail-greeting").to_owned(),
                false => lang.ta("mail-greeting-name", &[("name", name.into())]),
            },
            paragraphs: Vec::new(),
            quote: None,
            facts: Vec::new(),
            button: None,
            notes: Vec::new(),
            writer: lang.t("mail-writer-portal").to_owned(),
            reply_to: None,
            why: String::new(),
            public_url: links.public_url.to_owned(),
        }
    }
    pub(super) fn fact(&mut self, label: &'static str, value: String) {
        self.facts.push((label.to_owned(), value));
    }
    /// A person writes, and gets the answer.
    pub(super) fn from(&mut self, sender: &Sender) {
        let writer = [
            ("person", one_line(&sender.person).into()),
            ("partner", one_line(&sender.partner).into()),
            ("email", one_line(&sender.email).into()),
        ];
        self.writer = self.lang.ta("mail-writer-person", &writer);
        self.reply_to = Some(sender.clone());
    }
    /// The plain text part.
    pub fn text(&self) -> Result<String> {
        LetterText { letter: self }.render().map_err(Error::internal)
    }
    /// The HTML part.
    pub fn html(&self) -> Result<String> {
        LetterHtml { letter: self, css: include_str!("../../templates/mail/letter.css") }.render().map_err(Error::internal)
    }
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct LetterText<'a> {
    letter: &'a Composed,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct LetterHtml<'a> {
    letter: &'a Composed,
    css: &'static str,
}

fn invitation(out: &mut Composed, letter: &Letter, to: &Recipient, links: &Links<'_>) -> Result<()> {
    let Letter::Invitation { sender, kind, company, message, provider, roles, days, expires_at, reminder, link } = letter else {
        return Err(unknown("letter"));
    };
    let lang = out.lang;
    let kind = Kind::from_text(kind).ok_or_else(|| unknown(kind))?;
    let (partner, person) = (one_line(&sender.partner), one_line(&sender.person));
    let company = match one_line(company) {
        name if name.is_empty() => lang.t("mail-your-organisation").to_owned(),
        name => name,
    };
    let about = [("partner", partner.clone().into()), ("company", company.clone().into())];
    let (subject, text) = match kind {
        Kind::Reseller => ("mail-invitation-subject-reseller", "mail-invitation-text-reseller"),
        Kind::ResellerAndProvider => ("mail-invitation-subject-reseller", "mail-invitation-text-reseller-and-provider"),
        Kind::DelegatedAdmin => ("mail-invitation-subject-delegated-admin", "mail-invitation-text-delegated-admin"),
        Kind::Partnership => ("mail-invitation-subject-partnership", "mail-invitation-text-partnership"),
    };
    out.subject = lang.ta(subject, &about);
    if *reminder {
        out.subject = lang.ta("mail-invitation-reminder-subject", &[("subject", out.subject.clone().into())]);
        out.paragraphs.push(lang.t("mail-invitation-reminder").to_owned());
    }
    out.paragraphs.push(lang.ta(text, &about));
    out.quote = quote(lang, message, &person);
    if let Some(provider) = provider {
        out.fact(lang.t("mail-fact-provider"), one_line(provider));
    }
    if kind == Kind::DelegatedAdmin {
        let names = roles.iter().map(|name| DirectoryRole::from_text(name).ok_or_else(|| unknown(name)));
        let words = names.map(|role| role.map(|role| lang.word("directory-role", role.as_str()).to_owned())).collect::<Result<Vec<_>>>()?;
        out.fact(lang.t("mail-fact-roles"), lang.all_of(&words));
    }
    if let Some(days) = days {
        let value = lang.ta("mail-fact-days-value", &[("count", (*days).into()), ("shown", lang.number(*days).into())]);
        out.fact(lang.t("mail-fact-days"), value);
    }
    out.fact(lang.t("mail-fact-until"), moment(lang, *expires_at));
    out.button = Some(Button { label: lang.t("mail-invitation-button").to_owned(), href: links.opened_by(link)? });
    out.notes = vec![lang.t("mail-invitation-reading").to_owned(), lang.t("mail-invitation-keep").to_owned()];
    out.from(sender);
    out.why = lang.ta("mail-invitation-why", &[("person", person.into()), ("email", one_line(&to.email).into())]);
    Ok(())
}

fn answered(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let Letter::InvitationAnswered { company, person, kind, accepted, mismatch, declined, reason, path } = letter else {
        return Err(unknown("letter"));
    };
    let lang = out.lang;
    let kind = Kind::from_text(kind).ok_or_else(|| unknown(kind))?;
    let about = [("company", one_line(company).into()), ("person", one_line(person).into())];
    let (subject, text) = match accepted {
        true => ("mail-answered-accepted-subject", "mail-answered-accepted"),
        false => ("mail-answered-declined-subject", "mail-answered-declined"),
    };
    out.subject = lang.ta(subject, &about);
    out.paragraphs.push(lang.ta(text, &about));
    if *mismatch {
        out.paragraphs.push(lang.t("mail-answered-mismatch").to_owned());
    }
    out.quote = quote(lang, reason, &one_line(person));
    out.fact(lang.t("mail-fact-asked"), lang.word("mail-asked", kind.as_str()).to_owned());
    if !declined.is_empty() {
        out.fact(lang.t("mail-fact-reason"), lang.word("declined", declined).to_owned());
    }
    out.button = Some(Button { label: lang.t("mail-answered-button").to_owned(), href: links.page(path) });
    out.why = lang.t("mail-answered-why").to_owned();
    Ok(())
}

/// Somebody's own words, kept apart from the portal's; nothing where there are none.
pub(super) fn quote(lang: Lang, text: &str, person: &str) -> Option<Quote> {
    let lines: Vec<String> = text.lines().map(one_line).collect();
    let written = lines.iter().any(|line| !line.is_empty());
    written.then(|| Quote { by: lang.ta("mail-quote-by", &[("person", person.to_owned().into())]), lines })
}

/// Whatever a name holds, it stays within its line: of the text, and of a header (N-02).
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// In UTC, named: a letter does not know where it is read.
pub(super) fn moment(lang: Lang, micros: i64) -> String {
    lang.moment(Moment::from_micros(micros), &TimeZone::UTC)
}

pub(super) fn unknown(what: &str) -> Error {
    Error::internal(format!("a letter that cannot be put into words: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::To;

    fn written(letter: &Letter, lang: Lang) -> (String, String, String) {
        let to = Recipient { email: "reader@contoso.example".into(), name: "Claire <b> Dubois".into(), lang };
        let links = Links { public_url: "https://portal.example", token: &|link| Ok(format!("t{}", link.generation)) };
        let letter = compose(letter, &to, &links).expect("words");
        let parts = (letter.text().expect("a text"), letter.html().expect("a page"));
        (letter.subject, parts.0, parts.1)
    }

    fn invitation(kind: Kind) -> Letter {
        Letter::Invitation {
            sender: Sender { partner: "Northwind".into(), person: "Sam Sale".into(), email: "sam@north.example".into() },
            kind: kind.as_str().into(),
            company: "Contoso & Sons".into(),
            message: "Dear Claire,\n\nas we said <on the phone>.\r\nSam".into(),
            provider: (kind == Kind::ResellerAndProvider).then(|| "Grand Comptoir".into()),
            roles: if kind == Kind::DelegatedAdmin { vec!["helpdesk_admin".into(), "user_admin".into()] } else { vec![] },
            days: (kind == Kind::DelegatedAdmin).then_some(90),
            expires_at: 1_793_883_900_000_000,
            reminder: false,
            link: Link { to: To::Connect, subject: uuid::Uuid::nil(), generation: 3 },
        }
    }

    #[test]
    fn every_kind_of_invitation_says_who_asks_what_for_how_long_and_why_one_gets_it() {
        for &kind in Kind::ALL {
            for lang in Lang::ALL {
                let (subject, text, html) = written(&invitation(kind), lang);
                assert!(subject.contains("Northwind"), "{subject}");
                for part in [&text, &html] {
                    for word in
                        ["https://portal.example/connect/t3", "Sam Sale", "sam@north.example", "reader@contoso.example", "13:05\u{a0}UTC"]
                    {
                        assert!(part.contains(word), "{kind:?} {lang:?}: {word} in {part}");
                    }
                }
                assert_eq!(text.contains("90"), kind == Kind::DelegatedAdmin);
            }
        }
    }

    #[test]
    fn the_senders_words_are_marked_as_theirs_and_are_text_alone() {
        let (_, text, html) = written(&invitation(Kind::Reseller), Lang::En);
        assert!(text.contains("> Dear Claire,\n>\n> as we said <on the phone>.\n> Sam\n"), "{text}");
        assert!(html.contains("as we said &#60;on the phone&#62;.") && !html.contains("<on the"), "{html}");
        assert!(text.contains("Claire <b> Dubois") && !html.contains("<b> Dubois"));
    }

    #[test]
    fn a_reminder_says_that_it_is_one() {
        let mut letter = invitation(Kind::Reseller);
        let plain = written(&letter, Lang::Fr).0;
        if let Letter::Invitation { reminder, .. } = &mut letter {
            *reminder = true;
        }
        assert_eq!(written(&letter, Lang::Fr).0, format!("Rappel : {plain}").replace("Rappel :", "Rappel\u{a0}:"));
    }

    #[test]
    fn a_stylesheet_is_not_escaped_away() {
        let (_, _, html) = written(&Letter::PasswordChanged { at: 0 }, Lang::En);
        assert!(html.contains(include_str!("../../templates/mail/letter.css")));
    }

    #[test]
    fn what_has_no_words_is_an_error() {
        let to = Recipient { email: "a@b.example".into(), name: String::new(), lang: Lang::En };
        let links = Links { public_url: "", token: &|_| Ok(String::new()) };
        let mut letter = invitation(Kind::Reseller);
        if let Letter::Invitation { kind, .. } = &mut letter {
            *kind = "marriage".into();
        }
        assert!(compose(&letter, &to, &links).is_err());
    }
}
