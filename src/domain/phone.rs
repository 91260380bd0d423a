//! A telephone number in its international form.
//!
//! Source: Partner Center reference 3.2 (fields: phone, by country) and ITU-T E.164.

use super::country::Country;
use super::rule::{Rule, text_value};

/// A number in E.164: `+`, calling code, national number; at most 15 digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone(String);

text_value!(Phone);

impl Phone {
    /// Reads a number of the country as people write it: `+33 (0)1 23 45 67 89`, `0033…`,
    /// `01.23.45.67.89`. Empty is `None` unless the country requires a number. The number of digits
    /// must be one that the country uses.
    pub fn parse(input: &str, country: &Country) -> Result<Option<Self>, Rule> {
        let input = input.trim();
        if input.is_empty() {
            return if country.phone_required() { Err(Rule::Required) } else { Ok(None) };
        }
        let digits = digits(input)?;
        let international = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00"));
        let national = match international {
            Some(number) => {
                number.strip_prefix(country.calling_code).ok_or(Rule::PhoneCallingCode { calling_code: country.calling_code })?
            }
            None => &digits,
        };
        let national = without_trunk_prefix(national, country, international.is_some());
        if fits(national, country) {
            Ok(Some(Self(format!("+{}{national}", country.calling_code))))
        } else {
            let lengths = country.national_number_lengths;
            let bound = |length: Option<&u8>| length.copied().unwrap_or_default();
            Err(Rule::PhoneLength { min: bound(lengths.first()), max: bound(lengths.last()) })
        }
    }
}

/// The digits, with a leading `+` if there is one; the `(0)` that people put after the calling code
/// is left out.
fn digits(input: &str) -> Result<String, Rule> {
    let input = input.strip_prefix("tel:").unwrap_or(input);
    let bracketed = if input.starts_with(['+', '＋']) || input.starts_with("00") { "(0)" } else { "" };
    let input = if bracketed.is_empty() { input.to_owned() } else { input.replacen(bracketed, "", 1) };
    let mut out = String::new();
    for (place, c) in input.chars().enumerate() {
        match c {
            '0'..='9' => out.push(c),
            '０'..='９' => out.extend(char::from_digit(u32::from(c) - u32::from('０'), 10)),
            '+' | '＋' if place == 0 => out.push('+'),
            '.' | '-' | '(' | ')' | '/' | '\u{2010}'..='\u{2013}' => {}
            c if c.is_whitespace() => {}
            _ => return Err(Rule::PhoneCharacters),
        }
    }
    Ok(out)
}

/// Takes the prefix away where the rest is a possible number. After a calling code it does not
/// belong there, so that it goes only if the number is not possible with it.
fn without_trunk_prefix<'a>(national: &'a str, country: &Country, international: bool) -> &'a str {
    if international && fits(national, country) {
        return national;
    }
    let rest = country.trunk_prefixes.iter().filter_map(|prefix| national.strip_prefix(prefix));
    rest.into_iter().find(|rest| fits(rest, country)).unwrap_or(national)
}

fn fits(national: &str, country: &Country) -> bool {
    country.national_number_lengths.iter().any(|length| usize::from(*length) == national.len())
}

#[cfg(test)]
mod tests {
    use super::Phone;
    use crate::domain::country::{Country, all};
    use crate::domain::rule::Rule;

    fn parse(input: &str, country: &str) -> Result<Option<String>, Rule> {
        let country = Country::from_code(country).expect("a country");
        Phone::parse(input, country).map(|phone| phone.map(Phone::into_string))
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (input, country, stored) in [
            ("01 23 45 67 89", "FR", "+33123456789"),
            ("01.23.45.67.89", "FR", "+33123456789"),
            ("+33 1 23 45 67 89", "FR", "+33123456789"),
            ("+33 (0)1 23 45 67 89", "FR", "+33123456789"),
            ("+33 01 23 45 67 89", "FR", "+33123456789"),
            ("0033 1 23 45 67 89", "FR", "+33123456789"),
            ("0033 (0)1-23-45-67-89", "FR", "+33123456789"),
            ("(425) 555-0100", "US", "+14255550100"),
            ("1-425-555-0100", "US", "+14255550100"),
            ("+1 425 555 0100", "US", "+14255550100"),
            ("020 7946 0000", "GB", "+442079460000"),
            ("030/123456", "DE", "+4930123456"),
            ("06 1234 5678", "IT", "+390612345678"),
            ("8 (495) 123-45-67", "RU", "+74951234567"),
            ("812 345-67-89", "RU", "+78123456789"),
            ("06 1 234 5678", "HU", "+3612345678"),
            ("8 017 123-45-67", "BY", "+375171234567"),
            ("11 91234-5678", "BR", "+5511912345678"),
            ("010-1234-5678", "KR", "+821012345678"),
            ("０３-１２３４-５６７８", "JP", "+81312345678"),
            ("27 21 23 45 67", "CI", "+2252721234567"),
        ] {
            assert_eq!(parse(input, country), Ok(Some(stored.to_owned())), "{input}");
        }
    }

    #[test]
    fn what_does_not_hold() {
        for (input, country, rule) in [
            ("01 23 45 67", "FR", Rule::PhoneLength { min: 9, max: 9 }),
            ("01 23 45 67 89 0", "FR", Rule::PhoneLength { min: 9, max: 9 }),
            ("+49 30 123456", "FR", Rule::PhoneCallingCode { calling_code: "33" }),
            ("01 23 45 67 8x", "FR", Rule::PhoneCharacters),
            ("call me", "FR", Rule::PhoneCharacters),
            ("01+23456789", "FR", Rule::PhoneCharacters),
            ("+", "FR", Rule::PhoneCallingCode { calling_code: "33" }),
            ("", "BR", Rule::Required),
            ("  ", "PL", Rule::Required),
        ] {
            assert_eq!(parse(input, country), Err(rule), "{input}");
        }
        assert_eq!(parse(" ", "FR"), Ok(None));
    }

    #[test]
    fn the_stored_form_is_read_back_in_every_country() {
        for country in all() {
            let national = "212345678901234";
            for length in country.national_number_lengths {
                let stored = format!("+{}{}", country.calling_code, &national[..usize::from(*length)]);
                assert_eq!(parse(&stored, country.code), Ok(Some(stored.clone())));
                assert!(stored.len() <= 16, "{}", country.code);
            }
        }
    }
}
