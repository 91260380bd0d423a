//! The first label of an organisation's domain in its cloud: `contoso` of
//! `contoso.comptoir.example`.
//!
//! Source: Partner Center reference 3.2 (fields: domain prefix) and the rules of host names.

use super::rule::{Rule, length, text_value};
use std::str::FromStr;

/// Shortest prefix, in characters.
pub const MIN: usize = 2;
/// Longest prefix, in characters.
pub const MAX: usize = 27;

/// Names that hosts of the portal itself use or that would mislead.
const RESERVED: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "api",
    "app",
    "assets",
    "autodiscover",
    "billing",
    "cdn",
    "comptoir",
    "connect",
    "demo",
    "dev",
    "dns",
    "docs",
    "ftp",
    "gov",
    "help",
    "hostmaster",
    "imap",
    "internal",
    "localhost",
    "login",
    "mail",
    "metrics",
    "mx",
    "noreply",
    "ns",
    "ns1",
    "ns2",
    "operator",
    "pop",
    "pop3",
    "portal",
    "postmaster",
    "root",
    "security",
    "signin",
    "smtp",
    "sso",
    "staging",
    "static",
    "status",
    "support",
    "system",
    "test",
    "webhooks",
    "webmail",
    "webmaster",
    "www",
    "de",
];

/// A domain prefix: 2 to 27 of a-z, 0-9 and single hyphens inside, lower-cased.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DomainPrefix(String);

text_value!(DomainPrefix);

impl FromStr for DomainPrefix {
    type Err = Rule;

    fn from_str(input: &str) -> Result<Self, Rule> {
        let prefix = input.trim().to_ascii_lowercase();
        length(&prefix, MIN, MAX)?;
        if !prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(Rule::DomainPrefixCharacters);
        }
        if prefix.starts_with('-') || prefix.ends_with('-') || prefix.contains("--") {
            return Err(Rule::DomainPrefixHyphens);
        }
        if RESERVED.contains(&prefix.as_str()) {
            return Err(Rule::DomainPrefixReserved);
        }
        Ok(Self(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::{DomainPrefix, RESERVED};
    use crate::domain::rule::Rule;

    fn parse(input: &str) -> Result<String, Rule> {
        input.parse::<DomainPrefix>().map(DomainPrefix::into_string)
    }

    #[test]
    fn what_holds() {
        for (input, stored) in [
            ("contoso", "contoso"),
            (" Contoso ", "contoso"),
            ("a1", "a1"),
            ("3m", "3m"),
            ("con-to-so", "con-to-so"),
            ("abcdefghijklmnopqrstuvwxyz1", "abcdefghijklmnopqrstuvwxyz1"),
        ] {
            assert_eq!(parse(input), Ok(stored.to_owned()));
        }
    }

    #[test]
    fn what_does_not_hold() {
        for (input, rule) in [
            ("", Rule::Required),
            ("a", Rule::TooShort { min: 2 }),
            ("abcdefghijklmnopqrstuvwxyz12", Rule::TooLong { max: 27 }),
            ("con toso", Rule::DomainPrefixCharacters),
            ("contoso.com", Rule::DomainPrefixCharacters),
            ("société", Rule::DomainPrefixCharacters),
            ("con_toso", Rule::DomainPrefixCharacters),
            ("-contoso", Rule::DomainPrefixHyphens),
            ("contoso-", Rule::DomainPrefixHyphens),
            ("xn--contoso", Rule::DomainPrefixHyphens),
            ("WWW", Rule::DomainPrefixReserved),
        ] {
            assert_eq!(parse(input), Err(rule), "{input}");
        }
        for word in RESERVED {
            assert_eq!(parse(word), Err(Rule::DomainPrefixReserved), "{word}");
        }
    }
}
