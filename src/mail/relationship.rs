//! Letters about the end of relationships and about delegated admin.

use super::compose::{Button, Composed, Links, moment, one_line, quote, unknown};
use crate::domain::letter::{Letter, Sender};
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::ending::Reason;
use crate::error::Result;
use crate::i18n::Arg;

/// What to write into a letter that names a partner and a company.
fn about(partner: &str, company: &str) -> [Arg<'static>; 2] {
    [("partner", one_line(partner).into()), ("company", one_line(company).into())]
}

/// To the customer: the relationship ends or has ended; what that means, and whom to ask.
pub fn ended(out: &mut Composed, letter: &Letter) -> Result<()> {
    let Letter::RelationshipEnded { sender, company, ends_at, over, reason, note, by_customer } = letter else {
        return Err(unknown("letter"));
    };
    let (lang, about) = (out.lang, about(&sender.partner, company));
    let reason = Reason::from_text(reason).ok_or_else(|| unknown(reason))?;
    let (subject, text) = match (by_customer, over) {
        (true, true) => ("mail-left-subject", "mail-left-text"),
        (true, false) => ("mail-leaving-subject", "mail-leaving-text"),
        (false, true) => ("mail-ended-subject", "mail-ended-text"),
        (false, false) => ("mail-ending-subject", "mail-ending-text"),
    };
    out.subject = lang.ta(subject, &about);
    out.paragraphs.push(lang.ta(text, &about));
    out.paragraphs.push(lang.ta(if *over { "mail-ended-effects" } else { "mail-ending-effects" }, &about));
    out.paragraphs.push(lang.t("mail-ended-keeps").to_owned());
    out.fact(lang.t("mail-fact-end"), moment(lang, *ends_at));
    out.fact(lang.t("mail-fact-reason"), lang.word("end-reason", reason.as_str()).to_owned());
    out.quote = quote(lang, note, &one_line(&sender.person)).filter(|_| !by_customer);
    from(out, sender);
    out.why = lang.ta("mail-ended-why", &about);
    Ok(())
}

/// To the customer: the relationship goes on.
pub fn kept(out: &mut Composed, letter: &Letter) -> Result<()> {
    let Letter::RelationshipKept { sender, company, undone } = letter else { return Err(unknown("letter")) };
    let (lang, about) = (out.lang, about(&sender.partner, company));
    out.subject = lang.ta("mail-kept-subject", &about);
    out.paragraphs.push(lang.ta(if *undone { "mail-kept-undone" } else { "mail-kept-called-off" }, &about));
    from(out, sender);
    out.why = lang.ta("mail-ended-why", &about);
    Ok(())
}

/// To a partner's people: what somebody else did to one of their relationships.
pub fn notice(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let Letter::RelationshipNotice { what, who, company, ends_at, note, path } = letter else { return Err(unknown("letter")) };
    let lang = out.lang;
    let about = [("who", one_line(who).into()), ("company", one_line(company).into())];
    let (subject, text) = match what.as_str() {
        "ended_by_customer" => ("mail-notice-left-subject", "mail-notice-left"),
        "ended_by_provider" => ("mail-notice-provider-subject", "mail-notice-provider"),
        "kept_by_customer" => ("mail-notice-kept-subject", "mail-notice-kept-customer"),
        "kept_by_provider" => ("mail-notice-kept-subject", "mail-notice-kept-provider"),
        "end_asked" => ("mail-notice-asked-subject", "mail-notice-asked"),
        "end_refused" => ("mail-notice-refused-subject", "mail-notice-refused"),
        "reseller_left" => ("mail-notice-reseller-left-subject", "mail-notice-reseller-left"),
        other => return Err(unknown(other)),
    };
    out.subject = lang.ta(subject, &about);
    out.paragraphs.push(lang.ta(text, &about));
    if let Some(ends_at) = ends_at {
        out.fact(lang.t("mail-fact-end"), moment(lang, *ends_at));
    }
    out.quote = quote(lang, note, &one_line(who));
    out.button = Some(Button { label: lang.t("mail-notice-button").to_owned(), href: links.page(path) });
    out.why = lang.t("mail-notice-why").to_owned();
    Ok(())
}

/// To both sides: delegated admin ends soon, or today.
pub fn access_ending(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let Letter::AccessEnding { partner, company, name, roles, ends_at, days, auto_extend, path } = letter else {
        return Err(unknown("letter"));
    };
    let (lang, about) = (out.lang, about(partner, company));
    let count: [Arg<'_>; 4] = [("count", (*days).into()), ("shown", lang.number(*days).into()), about[0].clone(), about[1].clone()];
    out.subject = lang.ta(if *days == 0 { "mail-access-over-subject" } else { "mail-access-ending-subject" }, &count);
    let text = match (*days, auto_extend, path.is_some()) {
        (0, _, true) => "mail-access-over-partner",
        (0, _, false) => "mail-access-over-customer",
        (_, true, _) => "mail-access-extends-itself",
        (_, false, true) => "mail-access-ending-partner",
        (_, false, false) => "mail-access-ending-customer",
    };
    out.paragraphs.push(lang.ta(text, &count));
    rights(out, name, roles, *ends_at)?;
    access(out, path.as_deref(), &about, links);
    Ok(())
}

/// To both sides: what became of delegated admin.
pub fn access_changed(out: &mut Composed, letter: &Letter, links: &Links<'_>) -> Result<()> {
    let Letter::AccessChanged { what, partner, company, name, roles, ends_at, person, path } = letter else {
        return Err(unknown("letter"));
    };
    let (lang, [partner, company]) = (out.lang, about(partner, company));
    let (subject, text) = match what.as_str() {
        "granted" => ("mail-access-granted-subject", "mail-access-granted"),
        "extended" if person.is_empty() => ("mail-access-extended-subject", "mail-access-extended-itself"),
        "extended" => ("mail-access-extended-subject", "mail-access-extended"),
        "ended_by_partner" => ("mail-access-ended-subject", "mail-access-ended-partner"),
        "ended_by_customer" => ("mail-access-ended-subject", "mail-access-ended-customer"),
        other => return Err(unknown(other)),
    };
    let args = [partner.clone(), company.clone(), ("person", one_line(person).into())];
    out.subject = lang.ta(subject, &args);
    out.paragraphs.push(lang.ta(text, &args));
    rights(out, name, roles, *ends_at)?;
    access(out, path.as_deref(), &[partner, company], links);
    Ok(())
}

/// Name, rights and end of delegated admin.
fn rights(out: &mut Composed, name: &str, roles: &[String], ends_at: i64) -> Result<()> {
    let lang = out.lang;
    let word = |name: &String| {
        let role = DirectoryRole::from_text(name).ok_or_else(|| unknown(name))?;
        Ok(lang.word("directory-role", role.as_str()).to_owned())
    };
    let roles = roles.iter().map(word).collect::<Result<Vec<_>>>()?;
    out.fact(lang.t("mail-fact-name"), one_line(name));
    out.fact(lang.t("mail-fact-roles"), lang.all_of(&roles));
    out.fact(lang.t("mail-fact-end"), moment(lang, ends_at));
    Ok(())
}

/// Where to go from a letter about delegated admin: partner's people to their page, the customer to
/// its access page.
fn access(out: &mut Composed, path: Option<&str>, about: &[Arg<'_>], links: &Links<'_>) {
    let lang = out.lang;
    let (label, href, why) = match path {
        Some(path) => ("mail-notice-button", links.page(path), lang.t("mail-notice-why").to_owned()),
        None => ("mail-access-button", links.page("/access"), lang.ta("mail-rights-why", about)),
    };
    out.button = Some(Button { label: lang.t(label).to_owned(), href });
    out.why = why;
}

/// A person to ask, where there is one.
fn from(out: &mut Composed, sender: &Sender) {
    if sender.email.is_empty() {
        out.writer = one_line(&sender.partner);
    } else {
        out.from(sender);
    }
}

#[cfg(test)]
mod tests {
    use super::super::compose::compose;
    use super::*;
    use crate::access::identity::Recipient;
    use crate::i18n::Lang;

    fn written(letter: &Letter, lang: Lang) -> (String, String) {
        let to = Recipient { email: "reader@contoso.example".into(), name: "Claire".into(), lang };
        let links = Links { public_url: "https://portal.example", token: &|_| Ok(String::new()) };
        let letter = compose(letter, &to, &links).expect("words");
        let text = letter.text().expect("a text");
        letter.html().expect("a page");
        (letter.subject, text)
    }

    fn sender() -> Sender {
        Sender { partner: "Northwind".into(), person: "Sam Sale".into(), email: "sam@north.example".into() }
    }

    #[test]
    fn a_customer_reads_when_and_why_it_ends_what_that_means_and_whom_to_ask() {
        for lang in Lang::ALL {
            for &reason in Reason::ALL {
                for (over, by_customer) in [(false, false), (true, false), (false, true), (true, true)] {
                    let (note, reason) = ("As we said.".to_owned(), reason.as_str().to_owned());
                    let letter = Letter::RelationshipEnded {
                        sender: sender(),
                        company: "Contoso".into(),
                        ends_at: 0,
                        over,
                        reason,
                        note,
                        by_customer,
                    };
                    let (subject, text) = written(&letter, lang);
                    assert!(subject.contains("Northwind"), "{subject}");
                    for word in ["1970", "sam@north.example", "Contoso"] {
                        assert!(text.contains(word), "{lang:?} {word}: {text}");
                    }
                    assert_eq!(text.contains("As we said."), !by_customer);
                }
            }
        }
    }

    #[test]
    fn every_notice_and_every_letter_about_rights_has_words() {
        for lang in Lang::ALL {
            for what in [
                "ended_by_customer",
                "ended_by_provider",
                "kept_by_customer",
                "kept_by_provider",
                "end_asked",
                "end_refused",
                "reseller_left",
            ] {
                let (who, company, note) = ("Somebody".to_owned(), "Contoso".to_owned(), "A note.".to_owned());
                let letter =
                    Letter::RelationshipNotice { what: what.into(), who, company, ends_at: Some(0), note, path: "/p/x/customers/y".into() };
                let (subject, text) = written(&letter, lang);
                assert!(subject.contains("Contoso") && text.contains("https://portal.example/p/x/customers/y") && text.contains("A note."));
            }
            for path in [None, Some("/p/x".to_owned())] {
                for what in ["granted", "extended", "ended_by_partner", "ended_by_customer"] {
                    for person in ["", "Sam"] {
                        let letter = Letter::AccessChanged {
                            what: what.into(),
                            partner: "Northwind".into(),
                            company: "Contoso".into(),
                            name: "Support".into(),
                            roles: vec!["helpdesk_admin".into()],
                            ends_at: 0,
                            person: person.into(),
                            path: path.clone(),
                        };
                        assert!(written(&letter, lang).1.contains("Support"));
                    }
                }
                for (days, auto_extend) in [(30, false), (7, true), (1, false), (0, false)] {
                    let letter = Letter::AccessEnding {
                        partner: "Northwind".into(),
                        company: "Contoso".into(),
                        name: "Support".into(),
                        roles: vec!["helpdesk_admin".into()],
                        ends_at: 0,
                        days,
                        auto_extend,
                        path: path.clone(),
                    };
                    let (subject, text) = written(&letter, lang);
                    assert!(!subject.is_empty() && text.contains("Support"));
                }
            }
        }
    }
}
