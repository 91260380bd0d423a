//! Why a value does not hold, and what to think twice about. One case, one Fluent key, one sentence
//! a language (`locales/*/rules.ftl`). Values know their rules; this file only names them.

/// Why a value does not hold. A form shows the sentence at its field; the API sends the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    Required,
    /// Fewer characters than `min`.
    TooShort {
        min: usize,
    },
    /// More characters than `max`.
    TooLong {
        max: usize,
    },
    /// Control characters and other invisible marks.
    Unprintable,
    /// A character that this value may not hold.
    ForbiddenCharacter {
        character: char,
    },

    OnlySpecialCharacters,
    OnlyLegalForm,
    RepeatedCharacter,
    SeparatedCharacters,

    PersonNameOneCharacter,
    PersonNamePlaceholder,
    PersonNameWithoutLetters,

    EmailFormat,
    EmailDomain,
    EmailIpAddress,
    /// The part before the @ has more than `max` characters.
    EmailLocalPartTooLong {
        max: usize,
    },
    EmailOfOperator,
    EmailOfPartner,

    DomainPrefixCharacters,
    DomainPrefixHyphens,
    DomainPrefixReserved,

    UnknownCountry,
    /// A code in common use that is not the country's ISO code, and the one that is.
    CountryCodeIs {
        code: &'static str,
    },

    UnknownState,
    /// A code of the country looks like `example`.
    PostalCodeFormat {
        example: &'static str,
    },
    PostalCodeCharacters,

    PhoneCharacters,
    /// The number belongs to another country than the one chosen.
    PhoneCallingCode {
        calling_code: &'static str,
    },
    /// Digits after the calling code, shortest and longest.
    PhoneLength {
        min: u8,
        max: u8,
    },

    /// A number of the country looks like `example`.
    RegistrationNumberFormat {
        example: &'static str,
    },
    RegistrationNumberCheckDigit,
    RegistrationNumberCharacters,

    WebAddress,
    LinkedInPage,

    DateFormat,
    DateInFuture,

    /// Not an amount of money, or less than nothing.
    Amount,
}

impl Rule {
    /// The key of the sentence that says what to do.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Required => "rule-required",
            Self::TooShort { .. } => "rule-too-short",
            Self::TooLong { .. } => "rule-too-long",
            Self::Unprintable => "rule-unprintable",
            Self::ForbiddenCharacter { .. } => "rule-forbidden-character",
            Self::OnlySpecialCharacters => "rule-only-special-characters",
            Self::OnlyLegalForm => "rule-only-legal-form",
            Self::RepeatedCharacter => "rule-repeated-character",
            Self::SeparatedCharacters => "rule-separated-characters",
            Self::PersonNameOneCharacter => "rule-person-name-one-character",
            Self::PersonNamePlaceholder => "rule-person-name-placeholder",
            Self::PersonNameWithoutLetters => "rule-person-name-without-letters",
            Self::EmailFormat => "rule-email-format",
            Self::EmailDomain => "rule-email-domain",
            Self::EmailIpAddress => "rule-email-ip-address",
            Self::EmailLocalPartTooLong { .. } => "rule-email-local-part-too-long",
            Self::EmailOfOperator => "rule-email-of-operator",
            Self::EmailOfPartner => "rule-email-of-partner",
            Self::DomainPrefixCharacters => "rule-domain-prefix-characters",
            Self::DomainPrefixHyphens => "rule-domain-prefix-hyphens",
            Self::DomainPrefixReserved => "rule-domain-prefix-reserved",
            Self::UnknownCountry => "rule-unknown-country",
            Self::CountryCodeIs { .. } => "rule-country-code-is",
            Self::UnknownState => "rule-unknown-state",
            Self::PostalCodeFormat { .. } => "rule-postal-code-format",
            Self::PostalCodeCharacters => "rule-postal-code-characters",
            Self::PhoneCharacters => "rule-phone-characters",
            Self::PhoneCallingCode { .. } => "rule-phone-calling-code",
            Self::PhoneLength { .. } => "rule-phone-length",
            Self::RegistrationNumberFormat { .. } => "rule-registration-number-format",
            Self::RegistrationNumberCheckDigit => "rule-registration-number-check-digit",
            Self::RegistrationNumberCharacters => "rule-registration-number-characters",
            Self::WebAddress => "rule-web-address",
            Self::LinkedInPage => "rule-linkedin-page",
            Self::DateFormat => "rule-date-format",
            Self::DateInFuture => "rule-date-in-future",
            Self::Amount => "rule-amount",
        }
    }

    /// What the sentence fills in, by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooShort { min } => vec![("min", min.to_string())],
            Self::TooLong { max } | Self::EmailLocalPartTooLong { max } => {
                vec![("max", max.to_string())]
            }
            Self::ForbiddenCharacter { character } => vec![("character", character.to_string())],
            Self::CountryCodeIs { code } => vec![("code", (*code).to_owned())],
            Self::PostalCodeFormat { example } | Self::RegistrationNumberFormat { example } => {
                vec![("example", (*example).to_owned())]
            }
            Self::PhoneCallingCode { calling_code } => vec![("code", (*calling_code).to_owned())],
            Self::PhoneLength { min, max } if min == max => vec![("digits", min.to_string())],
            Self::PhoneLength { min, max } => vec![("digits", format!("{min}–{max}"))],
            _ => Vec::new(),
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for Rule {}

/// What is accepted but worth a second look; never blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Advice {
    /// A company name that holds an internet domain ending.
    CompanyNameHasDomainEnding,
}

impl Advice {
    /// The key of the sentence.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::CompanyNameHasDomainEnding => "advice-company-name-has-domain-ending",
        }
    }
}

/// Gives a newtype around a `String` its reading side: `as_str`, `into_string`, `Display`,
/// `AsRef<str>`.
macro_rules! text_value {
    ($name:ident) => {
        impl $name {
            /// The value as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The value as text, given away.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(crate) use text_value;

/// Length in characters, or the rule that it breaks. Both ends are allowed.
pub(crate) fn length(value: &str, min: usize, max: usize) -> Result<usize, Rule> {
    match value.chars().count() {
        0 if min > 0 => Err(Rule::Required),
        count if count < min => Err(Rule::TooShort { min }),
        count if count > max => Err(Rule::TooLong { max }),
        count => Ok(count),
    }
}

/// Trims, and makes one blank of every run of white space.
pub(crate) fn tidy(input: &str) -> String {
    let mut out = String::with_capacity(input.len());
    for word in input.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A free text of one line: tidied, printable, of a length.
pub(crate) fn line(input: &str, min: usize, max: usize) -> Result<String, Rule> {
    let text = tidy(input);
    length(&text, min, max)?;
    if text.chars().any(unprintable) { Err(Rule::Unprintable) } else { Ok(text) }
}

/// A free text of several lines: line breaks stay, white space at the ends goes.
pub(crate) fn prose(input: &str, min: usize, max: usize) -> Result<String, Rule> {
    let text = input.replace("\r\n", "\n").trim().to_owned();
    length(&text, min, max)?;
    if text.chars().any(|c| unprintable(c) && c != '\n' && c != '\t') { Err(Rule::Unprintable) } else { Ok(text) }
}

/// Whether a character shows nothing or turns the text's direction. The joiners that some scripts
/// need are not meant.
pub(crate) fn unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::{Advice, Rule, length, tidy, unprintable};

    #[test]
    fn every_sentence_is_in_both_catalogues() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/locales");
        let source = include_str!("rule.rs");
        let keys: Vec<&str> =
            source.split('"').filter(|text| (text.starts_with("rule-") || text.starts_with("advice-")) && text.len() > 8).collect();
        assert!(keys.len() > 30);
        for language in ["en", "fr"] {
            let catalogue = std::fs::read_to_string(format!("{root}/{language}/rules.ftl")).expect("a catalogue");
            for key in &keys {
                let line = format!("\n{key} = ");
                assert_eq!(catalogue.matches(&line).count(), 1, "{key} in {language}");
            }
        }
    }

    #[test]
    fn arguments_carry_the_figures() {
        assert_eq!(Rule::TooShort { min: 2 }.args(), [("min", "2".to_owned())]);
        assert_eq!(Rule::PhoneLength { min: 9, max: 9 }.args(), [("digits", "9".to_owned())]);
        assert_eq!(Rule::PhoneLength { min: 7, max: 10 }.args(), [("digits", "7–10".to_owned())]);
        assert!(Rule::Required.args().is_empty());
        assert_eq!(Rule::Required.to_string(), "rule-required");
        assert_eq!(Advice::CompanyNameHasDomainEnding.key(), "advice-company-name-has-domain-ending");
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert_eq!(length("é", 1, 1), Ok(1));
        assert_eq!(length("", 1, 5), Err(Rule::Required));
        assert_eq!(length("", 0, 5), Ok(0));
        assert_eq!(length("a", 2, 5), Err(Rule::TooShort { min: 2 }));
        assert_eq!(length("abcdef", 2, 5), Err(Rule::TooLong { max: 5 }));
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(tidy(" \t a\u{a0}\n b\u{3000}c "), "a b c");
        assert_eq!(tidy("\t \n"), "");
    }

    #[test]
    fn joiners_are_printable_and_overrides_are_not() {
        assert!(!unprintable('\u{200c}') && !unprintable('\u{200d}') && !unprintable('é'));
        assert!(unprintable('\0') && unprintable('\u{202e}') && unprintable('\u{200b}'));
    }
}
