//! The parts of a postal address.
//!
//! Source: Partner Center reference 3.2 (fields: address, city, state, postal code; what a country
//! asks for is in the country table).

use super::country::{Country, pattern};
use super::fold::fold;
use super::rule::{Rule, length, text_value, tidy, unprintable};
use std::str::FromStr;

/// Longest line of an address and longest city, in characters.
pub const LINE_MAX: usize = 200;
/// Longest postal code in a country without a known pattern, in characters.
const POSTAL_CODE_MAX: usize = 10;

/// One line of an address: 1 to 200 characters, white space collapsed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressLine(String);

text_value!(AddressLine);

impl FromStr for AddressLine {
    type Err = Rule;

    fn from_str(input: &str) -> Result<Self, Rule> {
        text(input).map(Self)
    }
}

impl AddressLine {
    /// A line that may stay empty, as the second one: 0 to 200 characters.
    pub fn optional(input: &str) -> Result<Option<Self>, Rule> {
        if input.trim().is_empty() { Ok(None) } else { input.parse().map(Some) }
    }
}

/// A city: 1 to 200 characters, with at least one letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct City(String);

text_value!(City);

impl City {
    /// Empty is `None` unless the country's addresses name a city.
    pub fn parse(input: &str, country: &Country) -> Result<Option<Self>, Rule> {
        if input.trim().is_empty() {
            return if country.city_required { Err(Rule::Required) } else { Ok(None) };
        }
        let city = text(input)?;
        if city.chars().any(char::is_alphabetic) { Ok(Some(Self(city))) } else { Err(Rule::OnlySpecialCharacters) }
    }
}

fn text(input: &str) -> Result<String, Rule> {
    let line = tidy(input);
    length(&line, 1, LINE_MAX)?;
    if line.chars().any(unprintable) { Err(Rule::Unprintable) } else { Ok(line) }
}

/// A state, province, prefecture or emirate, as the code in the country's list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StateCode(String);

text_value!(StateCode);

impl StateCode {
    /// Reads a code ("CA", "US-CA") or a name ("California", any case and accents) of the country's
    /// list. Where the country has no list, one to three letters and digits are kept as they are,
    /// for clients that send them.
    pub fn parse(input: &str, country: &Country) -> Result<Option<Self>, Rule> {
        let input = tidy(input);
        if input.is_empty() {
            return if country.state_required { Err(Rule::Required) } else { Ok(None) };
        }
        let upper = input.to_uppercase();
        let code = upper.strip_prefix(country.code).and_then(|rest| rest.strip_prefix('-')).unwrap_or(&upper);
        if country.states.is_empty() {
            let holds = code.len() <= 3 && code.bytes().all(|b| b.is_ascii_alphanumeric());
            return if holds { Ok(Some(Self(code.to_owned()))) } else { Err(Rule::UnknownState) };
        }
        let folded = fold(&input);
        let by_code = country.states.iter().find(|(known, _)| *known == code);
        let found = by_code.or_else(|| country.states.iter().find(|(_, name)| fold(name) == folded));
        found.map(|(known, _)| Some(Self((*known).to_owned()))).ok_or(Rule::UnknownState)
    }
}

/// A postal code, upper case, in the spelling of its country.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PostalCode(String);

text_value!(PostalCode);

impl PostalCode {
    /// Reads a code with or without its blanks, hyphens and country prefix ("F-75008", "sw1a1aa",
    /// "00950"). Empty is `None` unless the country requires one. Where the country has no known
    /// codes, up to ten letters, digits, blanks and hyphens are kept.
    pub fn parse(input: &str, country: &Country) -> Result<Option<Self>, Rule> {
        let code = tidy(input).to_uppercase();
        if code.is_empty() {
            return if country.postal_required { Err(Rule::Required) } else { Ok(None) };
        }
        if country.postal_pattern.is_empty() {
            length(&code, 1, POSTAL_CODE_MAX)?;
            let holds = code.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
            return if holds { Ok(Some(Self(code))) } else { Err(Rule::PostalCodeCharacters) };
        }
        // Longer than any code; also keeps the matcher's work small.
        if code.len() > 2 * POSTAL_CODE_MAX {
            return Err(Rule::PostalCodeFormat { example: country.postal_example });
        }
        let without_country = code
            .strip_prefix(country.code)
            .or_else(|| code.strip_prefix(&country.code[..1]))
            .and_then(|rest| rest.strip_prefix(['-', ' ']));
        [Some(code.as_str()), without_country]
            .into_iter()
            .flatten()
            .find_map(|code| spelling(code, country))
            .map(|code| Some(Self(code)))
            .ok_or(Rule::PostalCodeFormat { example: country.postal_example })
    }
}

/// The usual spelling: separators as in the country's example, else as typed, else without any.
fn spelling(code: &str, country: &Country) -> Option<String> {
    let compact: String = code.chars().filter(|c| !is_separator(*c)).collect();
    let usual = if ["GB", "GG", "IM", "JE"].contains(&country.code) { british(&compact) } else { like(&compact, country.postal_example) };
    let candidates = [usual, Some(code.to_owned()), Some(compact)];
    candidates.into_iter().flatten().find(|code| pattern::matches(country.postal_pattern, code))
}

/// Puts the example's separators in where the lengths agree.
fn like(compact: &str, example: &str) -> Option<String> {
    let letters = example.chars().filter(|c| !is_separator(*c)).count();
    if letters != compact.chars().count() {
        return None;
    }
    let mut rest = compact.chars();
    example.chars().map(|c| if is_separator(c) { Some(c) } else { rest.next() }).collect()
}

/// The second half of a British code has three characters.
fn british(compact: &str) -> Option<String> {
    let split = compact.len().checked_sub(3)?;
    let (outward, inward) = compact.split_at_checked(split)?;
    Some(format!("{outward} {inward}"))
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{2010}'..='\u{2013}')
}

#[cfg(test)]
mod tests {
    use super::{AddressLine, City, PostalCode, StateCode};
    use crate::domain::country::{Country, all};
    use crate::domain::rule::Rule;

    fn country(code: &str) -> &'static Country {
        Country::from_code(code).expect("a country")
    }

    fn postal(input: &str, code: &str) -> Result<Option<String>, Rule> {
        PostalCode::parse(input, country(code)).map(|value| value.map(PostalCode::into_string))
    }

    fn state(input: &str, code: &str) -> Result<Option<String>, Rule> {
        StateCode::parse(input, country(code)).map(|value| value.map(StateCode::into_string))
    }

    #[test]
    fn lines() {
        assert_eq!("  1,  rue\tX ".parse::<AddressLine>().map(AddressLine::into_string), Ok("1, rue X".to_owned()));
        assert_eq!("".parse::<AddressLine>(), Err(Rule::Required));
        assert_eq!("a\u{1}".parse::<AddressLine>(), Err(Rule::Unprintable));
        assert!("é".repeat(200).parse::<AddressLine>().is_ok());
        assert_eq!("é".repeat(201).parse::<AddressLine>(), Err(Rule::TooLong { max: 200 }));
        assert_eq!(AddressLine::optional(" "), Ok(None));
        assert_eq!(AddressLine::optional(&"é".repeat(201)), Err(Rule::TooLong { max: 200 }));
    }

    #[test]
    fn cities() {
        let city = |input, code| City::parse(input, country(code)).map(|city| city.map(City::into_string));
        assert_eq!(city(" Paris  La Défense", "FR"), Ok(Some("Paris La Défense".to_owned())));
        assert_eq!(city("", "FR"), Err(Rule::Required));
        assert_eq!(city("", "SG"), Ok(None));
        assert_eq!(city("123", "FR"), Err(Rule::OnlySpecialCharacters));
        assert_eq!(city("東京", "JP"), Ok(Some("東京".to_owned())));
    }

    #[test]
    fn states() {
        for (input, code, answer) in [
            ("CA", "US", Ok(Some("CA"))),
            ("ca", "US", Ok(Some("CA"))),
            ("US-CA", "US", Ok(Some("CA"))),
            ("california", "US", Ok(Some("CA"))),
            ("AE", "US", Ok(Some("AE"))),
            ("sao paulo", "BR", Ok(Some("SP"))),
            ("Roma", "IT", Ok(Some("RM"))),
            ("13", "JP", Ok(Some("13"))),
            ("ON", "CA", Ok(Some("ON"))),
            ("", "US", Err(Rule::Required)),
            ("ZZ", "US", Err(Rule::UnknownState)),
            ("", "FR", Ok(None)),
            ("idf", "FR", Ok(Some("IDF"))),
            ("FR-IDF", "FR", Ok(Some("IDF"))),
            ("Normandie", "FR", Err(Rule::UnknownState)),
        ] {
            assert_eq!(state(input, code), answer.map(|value| value.map(str::to_owned)), "{input} {code}");
        }
    }

    #[test]
    fn postal_codes() {
        for (input, code, stored) in [
            ("75008", "FR", "75008"),
            ("75 008", "FR", "75008"),
            ("F-75008", "FR", "75008"),
            ("FR-75008", "FR", "75008"),
            ("D-10115", "DE", "10115"),
            ("sw1a1aa", "GB", "SW1A 1AA"),
            ("M1  1AE", "GB", "M1 1AE"),
            ("k1a0b1", "CA", "K1A 0B1"),
            ("00950", "PL", "00-950"),
            ("98052", "US", "98052"),
            ("98052-1234", "US", "98052-1234"),
            ("1012js", "NL", "1012 JS"),
            ("11122", "SE", "111 22"),
            ("1000001", "JP", "100-0001"),
            ("1100148", "PT", "1100-148"),
            ("LV1050", "LV", "LV-1050"),
            ("110 001", "IN", "110001"),
            ("01310100", "BR", "01310-100"),
            ("d02x285", "IE", "D02 X285"),
            ("00000", "AE", "00000"),
        ] {
            assert_eq!(postal(input, code), Ok(Some(stored.to_owned())), "{input} {code}");
        }
    }

    #[test]
    fn postal_codes_that_do_not_hold() {
        for (input, code, rule) in [
            ("", "FR", Rule::Required),
            ("7500", "FR", Rule::PostalCodeFormat { example: "75008" }),
            ("750081", "FR", Rule::PostalCodeFormat { example: "75008" }),
            ("ABCDE", "DE", Rule::PostalCodeFormat { example: "10115" }),
            ("12345678901234567890123", "US", Rule::PostalCodeFormat { example: "98052" }),
            ("１２３４５", "US", Rule::PostalCodeFormat { example: "98052" }),
            ("12345678901", "AE", Rule::TooLong { max: 10 }),
            ("1/2", "AE", Rule::PostalCodeCharacters),
        ] {
            assert_eq!(postal(input, code), Err(rule), "{input} {code}");
        }
        assert_eq!(postal("", "AE"), Ok(None));
        assert_eq!(postal("", "IE"), Ok(None));
    }

    #[test]
    fn every_example_is_its_own_spelling() {
        for country in all().iter().filter(|country| !country.postal_example.is_empty()) {
            let example = country.postal_example;
            assert_eq!(postal(example, country.code), Ok(Some(example.to_owned())), "{}", country.code);
        }
    }
}
