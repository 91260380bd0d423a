//! A first, middle or last name of a contact.
//!
//! Source: Partner Center reference 3.2, contact names (2024).

use super::fold::fold;
use super::rule::{Rule, length, text_value, tidy, unprintable};
use std::str::FromStr;

/// Longest name, in characters.
pub const MAX: usize = 40;

/// Words that people type to get past the field, folded. Names in use (Null, Na, Foo, Sample) are
/// not among them.
const PLACEHOLDERS: &[&str] = &[
    "admin",
    "administrateur",
    "administrator",
    "anonymous",
    "asdf",
    "azerty",
    "dummy",
    "example",
    "exemple",
    "first name",
    "firstname",
    "inconnu",
    "last name",
    "lastname",
    "n/a",
    "nobody",
    "none",
    "not applicable",
    "placeholder",
    "prenom",
    "qwerty",
    "root",
    "test",
    "testing",
    "unknown",
    "user",
    "utilisateur",
    "xxx",
    "xxxx",
];

/// A person's name: 1 to 40 characters, trimmed, white space collapsed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PersonName(String);

text_value!(PersonName);

impl FromStr for PersonName {
    type Err = Rule;

    /// Refuses one single character unless it is Chinese, placeholders, and names without any
    /// letter.
    fn from_str(input: &str) -> Result<Self, Rule> {
        let name = tidy(input);
        let count = length(&name, 1, MAX)?;
        if name.chars().any(unprintable) {
            return Err(Rule::Unprintable);
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err(Rule::PersonNameWithoutLetters);
        }
        if count == 1 && !name.chars().all(is_han) {
            return Err(Rule::PersonNameOneCharacter);
        }
        if is_placeholder(&name) {
            return Err(Rule::PersonNamePlaceholder);
        }
        Ok(Self(name))
    }
}

/// The word itself, also with digits or signs around it ("test1", "[admin]").
fn is_placeholder(name: &str) -> bool {
    let folded = fold(name);
    PLACEHOLDERS.contains(&folded.as_str()) || PLACEHOLDERS.contains(&folded.trim_matches(|c: char| !c.is_alphabetic()))
}

/// The blocks of Han characters, the zero-stroke mark 々 and the number 〇 included.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' | '\u{30000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::{PLACEHOLDERS, PersonName};
    use crate::domain::rule::Rule;

    fn parse(input: &str) -> Result<String, Rule> {
        input.parse::<PersonName>().map(PersonName::into_string)
    }

    #[test]
    fn what_does_not_hold() {
        for (input, rule) in [
            ("", Rule::Required),
            (" \t", Rule::Required),
            ("J", Rule::PersonNameOneCharacter),
            ("é", Rule::PersonNameOneCharacter),
            ("한", Rule::PersonNameOneCharacter),
            ("12345", Rule::PersonNameWithoutLetters),
            ("--!!", Rule::PersonNameWithoutLetters),
            ("😀😀", Rule::PersonNameWithoutLetters),
            ("1", Rule::PersonNameWithoutLetters),
            ("\u{200b}\u{200b}", Rule::Unprintable),
            ("Ma\u{7}rie", Rule::Unprintable),
            ("TEST", Rule::PersonNamePlaceholder),
            ("test1", Rule::PersonNamePlaceholder),
            ("[Admin]", Rule::PersonNamePlaceholder),
            ("Nobody", Rule::PersonNamePlaceholder),
            ("Prénom", Rule::PersonNamePlaceholder),
        ] {
            assert_eq!(parse(input), Err(rule), "{input}");
        }
        for placeholder in PLACEHOLDERS {
            assert_eq!(parse(placeholder), Err(Rule::PersonNamePlaceholder), "{placeholder}");
        }
        assert_eq!(parse(&"a".repeat(41)), Err(Rule::TooLong { max: 40 }));
    }

    #[test]
    fn names_in_use() {
        for name in [
            "Jo",
            "中",
            "李",
            "Marie-Hélène",
            "O'Brien",
            "D’Arcy",
            "van der Berg",
            "Null",
            "Na",
            "Foo",
            "J.",
            "Ng",
            "Тест-Иванов",
            "नरेन्द्र",
            "María José",
            "Testa",
            "Roots",
            "Björk 2",
        ] {
            assert_eq!(parse(name), Ok(name.to_owned()));
        }
        assert_eq!(parse("  Anna   Maria "), Ok("Anna Maria".to_owned()));
        assert!(parse(&"é".repeat(40)).is_ok());
    }
}
