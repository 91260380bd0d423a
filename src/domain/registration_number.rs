//! A company's registration number: what a country calls it, how it looks, and whether its check
//! digits are right.
//!
//! Source: Partner Center reference 3.2 (countries that need a registration number; labels). It is
//! a business number, never a personal one: where the label names both, only the business form is
//! accepted. The check digits follow each country's published rule.

mod check_digits;

use super::country::Country;
use super::rule::{Rule, text_value, tidy};

/// How the number of one country looks.
struct Format {
    country: &'static str,
    label_key: &'static str,
    /// Shown when the number does not fit.
    example: &'static str,
    /// Whether separators gone, the number has the right length and kinds of characters.
    looks: fn(&str) -> bool,
    /// Whether the check digits agree; asked only of what looks right.
    checks: fn(&str) -> bool,
}

const fn format(
    country: &'static str,
    label_key: &'static str,
    example: &'static str,
    looks: fn(&str) -> bool,
    checks: fn(&str) -> bool,
) -> Format {
    Format { country, label_key, example, looks, checks }
}

/// No check digit is published.
fn unchecked(_: &str) -> bool {
    true
}

const ANY_LABEL: &str = "registration-label-any";

#[rustfmt::skip]
const FORMATS: &[Format] = &[
    format("AE", "registration-label-trn-vat", "100123456700003", |n| digits(n, &[15]) && n.starts_with('1'), unchecked),
    format("AM", "registration-label-tin-vat-psn", "12345678", |n| digits(n, &[8, 10]), unchecked),
    format("AZ", "registration-label-tin", "1234567891", |n| digits(n, &[10]), unchecked),
    format("BR", "registration-label-cnpj", "11.222.333/0001-81", check_digits::looks_like_cnpj, check_digits::cnpj),
    format("BY", "registration-label-unp", "123456783", |n| digits(n, &[9]), check_digits::unp),
    format("CN", "registration-label-tin", "91110000123456789Q", check_digits::looks_like_uscc, check_digits::uscc),
    format("FR", "registration-label-siren", "123 456 782", |n| digits(n, &[9, 14]), check_digits::siren),
    format("HU", "registration-label-tin", "12345676-2-41", |n| digits(n, &[8, 11]), check_digits::hungarian),
    format("IN", "registration-label-tin-pan", "AAACC1234D", looks_like_pan_or_tin, unchecked),
    format("IQ", "registration-label-tin", "123456789", |n| digits(n, &[6, 7, 8, 9, 10, 11, 12]), unchecked),
    format("KG", "registration-label-inn", "01234567890123", |n| digits(n, &[14]), unchecked),
    format("KZ", "registration-label-bin-iin", "120340001230", |n| digits(n, &[12]), check_digits::bin),
    format("MD", "registration-label-idno", "1000123456781", |n| digits(n, &[13]), check_digits::idno),
    format("MM", "registration-label-tin", "123456789", |n| digits(n, &[9, 10]), unchecked),
    format("PL", "registration-label-nip", "123-456-78-02", |n| digits(n, &[10]), check_digits::nip),
    format("RU", "registration-label-inn", "1234567894", |n| digits(n, &[10, 12]), check_digits::inn),
    format("SA", "registration-label-tin", "3012345678", |n| digits(n, &[10, 15]), unchecked),
    format("SS", "registration-label-tin", "123456789", |n| digits(n, &[6, 7, 8, 9, 10, 11, 12]), unchecked),
    format("TH", "registration-label-tin", "0-1234-56789-01-6", |n| digits(n, &[13]), check_digits::thai),
    format("TJ", "registration-label-inn-ein-kpp", "123456789", |n| digits(n, &[9, 10]), unchecked),
    format("TR", "registration-label-tin", "1234567890", |n| digits(n, &[10]), check_digits::vkn),
    format("UA", "registration-label-edrpou", "12345678", |n| digits(n, &[8]), check_digits::edrpou),
    format("US", "registration-label-ein", "12-3456789", |n| digits(n, &[9]), check_digits::ein),
    format("UZ", "registration-label-inn", "300123456", |n| digits(n, &[9]), unchecked),
    format("VE", "registration-label-rif", "J-12345678-4", check_digits::looks_like_rif, check_digits::rif),
    format("VN", "registration-label-tin", "0123456787", |n| digits(n, &[10, 13]), check_digits::vietnamese),
    format("ZA", "registration-label-trn", "0123456782", |n| digits(n, &[10]), check_digits::south_african),
];

/// The Fluent key of what the number is called in a country; the general one where nothing special
/// is known.
pub fn label_key(country: &str) -> &'static str {
    find(country).map_or(ANY_LABEL, |format| format.label_key)
}

fn find(country: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.country == country)
}

/// A registration number. Where the country's form is known it holds letters and digits only, else
/// what was typed, in upper case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RegistrationNumber(String);

text_value!(RegistrationNumber);

impl RegistrationNumber {
    /// Empty is `None` unless the country requires a number. Blanks, dots, hyphens and slashes do
    /// not matter. Where no form is known: 2 to 30 letters and digits, at least one of them a
    /// digit.
    pub fn parse(input: &str, country: &Country) -> Result<Option<Self>, Rule> {
        let typed = tidy(input).to_uppercase();
        if typed.is_empty() {
            return if country.registration_required() { Err(Rule::Required) } else { Ok(None) };
        }
        let compact = compact(&typed);
        let Some(format) = find(country.code) else {
            return general(&typed, &compact).map(Some);
        };
        let prefix = format.country;
        let compact = match compact.strip_prefix(prefix) {
            Some(rest) if !(format.looks)(&compact) => rest.to_owned(),
            _ => compact,
        };
        if !(format.looks)(&compact) {
            return Err(Rule::RegistrationNumberFormat { example: format.example });
        }
        if !(format.checks)(&compact) || all_same(&compact) {
            return Err(Rule::RegistrationNumberCheckDigit);
        }
        Ok(Some(Self(compact)))
    }

    /// Letters and digits only, to find the same number typed in another way.
    pub fn comparable(&self) -> String {
        compact(&self.0)
    }
}

fn general(typed: &str, compact: &str) -> Result<RegistrationNumber, Rule> {
    if !typed.chars().all(|c| c.is_ascii_alphanumeric() || is_separator(c)) || !compact.bytes().any(|b| b.is_ascii_digit()) {
        return Err(Rule::RegistrationNumberCharacters);
    }
    super::rule::length(compact, 2, 30)?;
    if typed.len() > 40 {
        return Err(Rule::TooLong { max: 30 });
    }
    Ok(RegistrationNumber(typed.to_owned()))
}

fn compact(typed: &str) -> String {
    typed.chars().filter(|c| !is_separator(*c)).collect()
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '/' | '\u{2010}'..='\u{2013}')
}

fn digits(number: &str, lengths: &[usize]) -> bool {
    lengths.contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

fn all_same(number: &str) -> bool {
    let mut bytes = number.bytes();
    let first = bytes.next();
    bytes.all(|byte| Some(byte) == first)
}

/// PAN: five letters (the fourth tells the kind of holder), four digits, a letter. TIN: eleven
/// digits.
fn looks_like_pan_or_tin(number: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase());
    let pan = number.is_ascii()
        && number.len() == 10
        && letters(&number[..5])
        && b"ABCFGHJLPT".contains(&number.as_bytes()[3])
        && digits(&number[5..9], &[4])
        && letters(&number[9..]);
    pan || digits(number, &[11])
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, RegistrationNumber, label_key};
    use crate::domain::country::{Country, all};
    use crate::domain::rule::Rule;

    fn parse(input: &str, country: &str) -> Result<Option<String>, Rule> {
        let country = Country::from_code(country).expect("a country");
        RegistrationNumber::parse(input, country).map(|number| number.map(RegistrationNumber::into_string))
    }

    #[test]
    fn the_reference_has_a_label_for_each_required_country() {
        for country in all().iter().filter(|country| country.registration_required()) {
            assert_ne!(label_key(country.code), super::ANY_LABEL, "{}", country.code);
        }
        for labelled in ["CN", "US", "FR"] {
            assert_ne!(label_key(labelled), super::ANY_LABEL);
        }
        assert_eq!(label_key("DE"), super::ANY_LABEL);
    }

    #[test]
    fn every_example_holds() {
        for format in FORMATS {
            assert!(parse(format.example, format.country).is_ok(), "{} {}", format.country, format.example);
        }
    }

    #[test]
    fn labels_are_in_both_catalogues() {
        for language in ["en", "fr"] {
            let path = format!("{}/locales/{language}/rules.ftl", env!("CARGO_MANIFEST_DIR"));
            let catalogue = std::fs::read_to_string(path).expect("a catalogue");
            for key in FORMATS.iter().map(|format| format.label_key).chain([super::ANY_LABEL]) {
                assert_eq!(catalogue.matches(&format!("\n{key} = ")).count(), 1, "{key} in {language}");
            }
        }
    }

    #[test]
    fn numbers_that_hold() {
        for (input, country, stored) in [
            ("11.222.333/0001-81", "BR", "11222333000181"),
            ("12.abc.345/01de-35", "BR", "12ABC34501DE35"),
            ("PL 856-734-62-15", "PL", "8567346215"),
            ("200988541", "BY", "200988541"),
            ("12892312-2-41", "HU", "12892312241"),
            ("12892312", "HU", "12892312"),
            ("aaacr5055k", "IN", "AAACR5055K"),
            ("12345678901", "IN", "12345678901"),
            ("7707083893", "RU", "7707083893"),
            ("500100732259", "RU", "500100732259"),
            ("4540536920", "TR", "4540536920"),
            ("32855961", "UA", "32855961"),
            ("100123456700003", "AE", "100123456700003"),
            ("0001339050", "ZA", "0001339050"),
            ("0105536000313", "TH", "0105536000313"),
            ("12-3456789", "US", "123456789"),
            ("732 829 320", "FR", "732829320"),
            ("FR 732 829 320 00074", "FR", "73282932000074"),
            ("356 000 000 09075", "FR", "35600000009075"),
            ("V-11470283-4", "VE", "V114702834"),
            ("0314409058-002", "VN", "0314409058002"),
            ("91110000600037341L", "CN", "91110000600037341L"),
            ("HRB 12345", "DE", "HRB 12345"),
            ("0123.456.789", "BE", "0123.456.789"),
        ] {
            assert_eq!(parse(input, country), Ok(Some(stored.to_owned())), "{input} {country}");
        }
    }

    #[test]
    fn wrong_check_digits() {
        for (input, country) in [
            ("11222333000182", "BR"),
            ("00000000000000", "BR"),
            ("11111111111111", "BR"),
            ("8567346216", "PL"),
            ("200988542", "BY"),
            ("12892313", "HU"),
            ("12892312-6-41", "HU"),
            ("7707083894", "RU"),
            ("500100732258", "RU"),
            ("4540536921", "TR"),
            ("32855968", "UA"),
            ("2449494160", "ZA"),
            ("0105536000316", "TH"),
            ("732829321", "FR"),
            ("73282932000075", "FR"),
            ("V114702833", "VE"),
            ("0100233480", "VN"),
            ("1008600038412", "MD"),
            ("941140000003", "KZ"),
            ("91110000600037341M", "CN"),
            ("00-1234567", "US"),
            ("111111111111111", "AE"),
        ] {
            assert_eq!(parse(input, country), Err(Rule::RegistrationNumberCheckDigit), "{input} {country}");
        }
    }

    #[test]
    fn wrong_forms() {
        for (input, country) in [
            ("1122233300018", "BR"),
            ("44051401458", "PL"),
            ("AAAXR5055K", "IN"),
            ("10012345670000", "AE"),
            ("12345678", "FR"),
            ("1234567890", "UA"),
            ("X-11470283-4", "VE"),
            ("twelve", "RU"),
        ] {
            assert!(matches!(parse(input, country), Err(Rule::RegistrationNumberFormat { .. })), "{input} {country}");
        }
        for (input, rule) in [
            ("1", Rule::TooShort { min: 2 }),
            ("ABC", Rule::RegistrationNumberCharacters),
            ("12#4", Rule::RegistrationNumberCharacters),
            ("１２３４", Rule::RegistrationNumberCharacters),
            ("1234567890123456789012345678901", Rule::TooLong { max: 30 }),
        ] {
            assert_eq!(parse(input, "DE"), Err(rule), "{input}");
        }
        assert_eq!(parse("", "DE"), Ok(None));
        assert_eq!(parse("", "US"), Ok(None));
        assert_eq!(parse(" ", "BR"), Err(Rule::Required));
    }

    #[test]
    fn the_same_number_compares_equal() {
        let germany = Country::from_code("DE").unwrap();
        let number = |input| RegistrationNumber::parse(input, germany).unwrap().unwrap().comparable();
        assert_eq!(number("HRB 12345"), number("hrb-12345"));
    }
}
