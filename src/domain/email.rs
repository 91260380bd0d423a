//! An e-mail address, and the address of a customer's contact.
//!
//! Source: Partner Center reference 3.2 (fields: syntax; not the operator's domain; not the
//! partner's own domain).

use super::rule::{Rule, text_value, unprintable};
use std::str::FromStr;

/// Longest address, in bytes of its stored form (RFC 5321, less the angle brackets).
pub const MAX: usize = 254;
/// Longest part before the @, in bytes.
pub const LOCAL_MAX: usize = 64;

/// An address `local@domain`: the part before the @ as typed, the domain lower-cased and in its
/// ASCII form. Quoted local parts, comments, address literals and domains without a dot are
/// refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

text_value!(Email);

impl FromStr for Email {
    type Err = Rule;

    fn from_str(input: &str) -> Result<Self, Rule> {
        let input = input.trim();
        if input.is_empty() {
            return Err(Rule::Required);
        }
        if let Some(character) = input.chars().find(|c| c.is_whitespace() || unprintable(*c)) {
            return Err(if character == ' ' { Rule::EmailFormat } else { Rule::Unprintable });
        }
        let (local, domain) = input.rsplit_once('@').ok_or(Rule::EmailFormat)?;
        check_local(local)?;
        let email = format!("{local}@{}", read_domain(domain)?);
        if email.len() > MAX { Err(Rule::TooLong { max: MAX }) } else { Ok(Self(email)) }
    }
}

impl Email {
    /// The domain, lower-cased, international names in their ASCII form ("xn--…").
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// Whether the address lies in the domain or in one below it. The domain may be written in any
    /// case and script.
    pub fn is_in(&self, domain: &str) -> bool {
        let domain = domain.trim().trim_start_matches('@').trim_end_matches('.');
        let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
        !domain.is_empty() && self.domain().strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}

/// Words of letters, digits and the signs that RFC 5322 allows, parted by single dots.
fn check_local(local: &str) -> Result<(), Rule> {
    if local.len() > LOCAL_MAX {
        return Err(Rule::EmailLocalPartTooLong { max: LOCAL_MAX });
    }
    if local.contains('@') || local.split('.').any(str::is_empty) {
        return Err(Rule::EmailFormat);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    match local.chars().find(|c| !allowed(*c)) {
        Some(character) => Err(Rule::ForbiddenCharacter { character }),
        None => Ok(()),
    }
}

/// The name of a host as mail and the web write it.
pub(super) fn read_domain(domain: &str) -> Result<String, Rule> {
    if domain.starts_with('[') || domain.parse::<std::net::IpAddr>().is_ok() {
        return Err(Rule::EmailIpAddress);
    }
    let ascii = idna::domain_to_ascii_cow(domain.as_bytes(), idna::AsciiDenyList::STD3).map_err(|_| Rule::EmailDomain)?.into_owned();
    let labels: Vec<&str> = ascii.split('.').collect();
    let label_holds = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let ending = labels.last().copied().unwrap_or_default();
    let ending_holds = ending.len() >= 2 && (ending.starts_with("xn--") || ending.bytes().all(|b| b.is_ascii_alphabetic()));
    if labels.len() < 2 || ascii.len() > 253 || !labels.iter().all(label_holds) || !ending_holds {
        return Err(Rule::EmailDomain);
    }
    Ok(ascii)
}

/// The address of a customer's primary contact.
pub struct ContactEmail;

impl ContactEmail {
    /// Refuses addresses of the operator and of the partner itself, subdomains included: the first
    /// administrator of a customer must be one of its own people.
    pub fn check(email: &Email, operator_domains: &[String], partner_domains: &[String]) -> Result<(), Rule> {
        if operator_domains.iter().any(|domain| email.is_in(domain)) {
            return Err(Rule::EmailOfOperator);
        }
        if partner_domains.iter().any(|domain| email.is_in(domain)) {
            return Err(Rule::EmailOfPartner);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{ContactEmail, Email};
    use crate::domain::rule::Rule;
    use proptest::prelude::*;

    fn parse(input: &str) -> Result<String, Rule> {
        input.parse::<Email>().map(Email::into_string)
    }

    #[test]
    fn what_holds() {
        for (input, stored) in [
            ("anna@contoso.com", "anna@contoso.com"),
            (" Anna.Maria+tag@Contoso.COM ", "Anna.Maria+tag@contoso.com"),
            ("o'brien@example.co.uk", "o'brien@example.co.uk"),
            ("anna@bücher.example", "anna@xn--bcher-kva.example"),
            ("anna@例え.テスト", "anna@xn--r8jz45g.xn--zckzah"),
            ("1@2.example", "1@2.example"),
        ] {
            assert_eq!(parse(input), Ok(stored.to_owned()));
        }
    }

    #[test]
    fn what_does_not_hold() {
        let long_local = format!("{}@contoso.com", "a".repeat(65));
        let long_domain = format!("anna@{}.com", vec!["a".repeat(60); 5].join("."));
        let long = format!("{}@{}.com", "a".repeat(64), vec!["b".repeat(61); 3].join("."));
        assert_eq!(long.len(), 254);
        assert!(parse(&long).is_ok());
        let too_long = format!("{}@{}.comm", "a".repeat(64), vec!["b".repeat(61); 3].join("."));
        for (input, rule) in [
            ("", Rule::Required),
            ("anna", Rule::EmailFormat),
            ("@contoso.com", Rule::EmailFormat),
            (".anna@contoso.com", Rule::EmailFormat),
            ("anna.@contoso.com", Rule::EmailFormat),
            ("an..na@contoso.com", Rule::EmailFormat),
            ("anna@maria@contoso.com", Rule::EmailFormat),
            ("anna maria@contoso.com", Rule::EmailFormat),
            ("\"anna\"@contoso.com", Rule::ForbiddenCharacter { character: '"' }),
            ("anné@contoso.com", Rule::ForbiddenCharacter { character: 'é' }),
            ("anna@contoso", Rule::EmailDomain),
            ("anna@", Rule::EmailDomain),
            ("anna@localhost", Rule::EmailDomain),
            ("anna@.com", Rule::EmailDomain),
            ("anna@contoso.com.", Rule::EmailDomain),
            ("anna@contoso.c", Rule::EmailDomain),
            ("anna@contoso.123", Rule::EmailDomain),
            ("anna@-contoso.com", Rule::EmailDomain),
            ("anna@con_toso.com", Rule::EmailDomain),
            ("anna@[192.0.2.1]", Rule::EmailIpAddress),
            ("anna@192.0.2.1", Rule::EmailIpAddress),
            ("anna@\u{202e}contoso.com", Rule::Unprintable),
            ("an\nna@contoso.com", Rule::Unprintable),
            (&long_local, Rule::EmailLocalPartTooLong { max: 64 }),
            (&long_domain, Rule::EmailDomain),
            (&too_long, Rule::TooLong { max: 254 }),
        ] {
            assert_eq!(parse(input), Err(rule), "{input}");
        }
    }

    #[test]
    fn a_contact_is_not_of_the_operator_nor_of_the_partner() {
        let operators = ["comptoir.example".to_owned()];
        let partners = ["Fabrikam.com".to_owned(), "bücher.example".to_owned(), String::new()];
        for (input, answer) in [
            ("anna@contoso.com", Ok(())),
            ("anna@notfabrikam.com", Ok(())),
            ("anna@fabrikam.com.example", Ok(())),
            ("anna@comptoir.example", Err(Rule::EmailOfOperator)),
            ("anna@mail.comptoir.example", Err(Rule::EmailOfOperator)),
            ("anna@FABRIKAM.com", Err(Rule::EmailOfPartner)),
            ("anna@paris.fabrikam.com", Err(Rule::EmailOfPartner)),
            ("anna@xn--bcher-kva.example", Err(Rule::EmailOfPartner)),
        ] {
            let email: Email = input.parse().expect("an address");
            assert_eq!(ContactEmail::check(&email, &operators, &partners), answer, "{input}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn reading_again_changes_nothing(input in "[a-zA-Z.+]{1,8}@[a-zA-Zéü.-]{1,12}\\.[a-z]{2,4}") {
            if let Ok(email) = parse(&input) {
                prop_assert_eq!(parse(&email), Ok(email));
            }
        }
    }
}
