//! Countries and what each asks of an address, a telephone number and a registration number.
//!
//! Source: Partner Center reference 3.2 (fields; countries that need registration number and
//! phone). The data come from [`table`], which scripts/countries generates.

pub mod pattern;
mod table;

use super::rule::Rule;

/// One country of ISO 3166-1. Everything here is data; there are no others than [`all`].
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2, upper case.
    pub code: &'static str,
    pub name_en: &'static str,
    pub name_fr: &'static str,
    /// Digits after the `+`.
    pub calling_code: &'static str,
    /// Possible numbers of digits after the calling code, ascending.
    pub national_number_lengths: &'static [u8],
    /// What is dialled before a national number inside the country, longest first.
    pub trunk_prefixes: &'static [&'static str],
    pub city_required: bool,
    pub state_required: bool,
    /// Code (the part of ISO 3166-2 after the hyphen) and name; empty where addresses name no
    /// state.
    pub states: &'static [(&'static str, &'static str)],
    pub postal_required: bool,
    /// See [`pattern`]; empty where there are no postal codes.
    pub postal_pattern: &'static str,
    pub postal_example: &'static str,
    /// Two letters each, the usual one first; never empty.
    pub languages: &'static [&'static str],
    /// Language and country, as in `fr-FR`.
    pub default_culture: &'static str,
    /// In the European Union: its 27 members, and their regions that have a code of their own (AX,
    /// GF, GP, MF, MQ, RE, YT).
    pub eu: bool,
}

/// Registration number and telephone are required (reference 3.2, 2020-21). The page of 2021 also
/// lists CN and US; for those two the number has its label and format but stays optional, because
/// the form never asked for it.
const NUMBER_AND_PHONE_REQUIRED: [&str; 24] = [
    "AE", "AM", "AZ", "BR", "BY", "HU", "IN", "IQ", "KG", "KZ", "MD", "MM", "PL", "RU", "SA", "SS", "TH", "TJ", "TR", "UA", "UZ", "VE",
    "VN", "ZA",
];

/// Codes that people write for a country though ISO 3166-1 gives it another.
const OTHER_CODES: [(&str, &str); 3] = [("UK", "GB"), ("EL", "GR"), ("SU", "RU")];

/// Every country, by code.
pub fn all() -> &'static [Country] {
    table::COUNTRIES
}

impl Country {
    /// The country of an upper-case alpha-2 code.
    pub fn from_code(code: &str) -> Option<&'static Self> {
        let countries = all();
        countries.binary_search_by(|country| country.code.cmp(code)).ok().and_then(|place| countries.get(place))
    }

    /// Reads a code from a form, a file or a request: any case, blanks around it. "UK" is answered
    /// with "GB".
    pub fn parse(input: &str) -> Result<&'static Self, Rule> {
        let code = input.trim().to_ascii_uppercase();
        if code.is_empty() {
            return Err(Rule::Required);
        }
        if let Some((_, code)) = OTHER_CODES.iter().find(|(other, _)| *other == code) {
            return Err(Rule::CountryCodeIs { code });
        }
        Self::from_code(&code).ok_or(Rule::UnknownCountry)
    }

    /// The name in a language of the portal; English for any other.
    pub fn name(&self, language: &str) -> &'static str {
        if language.starts_with("fr") { self.name_fr } else { self.name_en }
    }

    /// The name of a code, the code itself where it is none.
    pub fn name_of<'a>(code: &'a str, language: &str) -> &'a str {
        Self::from_code(code).map_or(code, |country| country.name(language))
    }

    /// Whether a customer there must give its registration number.
    pub fn registration_required(&self) -> bool {
        NUMBER_AND_PHONE_REQUIRED.contains(&self.code)
    }

    /// Whether a customer there must give a telephone number.
    pub fn phone_required(&self) -> bool {
        NUMBER_AND_PHONE_REQUIRED.contains(&self.code)
    }

    /// The Fluent key of what the registration number is called there.
    pub fn registration_label_key(&self) -> &'static str {
        super::registration_number::label_key(self.code)
    }

    /// In the EU or EFTA, where up to five additional resellers may be recorded (reference 3.2).
    pub fn eu_or_efta(&self) -> bool {
        self.eu || ["CH", "IS", "LI", "NO"].contains(&self.code)
    }
}

impl PartialEq for Country {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Country {}

#[cfg(test)]
mod tests {
    use super::{Country, all, pattern};
    use crate::domain::rule::Rule;

    #[test]
    fn the_table_is_whole_and_sorted() {
        assert_eq!(all().len(), 249);
        assert!(all().windows(2).all(|pair| pair[0].code < pair[1].code));
        for country in all() {
            let code = country.code;
            assert!(code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            assert!(!country.name_en.is_empty() && !country.name_fr.is_empty(), "{code}");
            assert!(!country.name_fr.contains('\''), "{code}");
            assert!(country.calling_code.bytes().all(|b| b.is_ascii_digit()), "{code}");
            let lengths = country.national_number_lengths;
            assert!(!lengths.is_empty() && lengths.is_sorted(), "{code}");
            assert!(usize::from(*lengths.last().unwrap()) + country.calling_code.len() <= 15, "{code}");
            assert!(country.languages.iter().all(|language| language.len() == 2), "{code}");
            assert_eq!(country.default_culture, format!("{}-{code}", country.languages[0]));
            assert_eq!(country.state_required, !country.states.is_empty(), "{code}");
            assert!(country.states.windows(2).all(|pair| pair[0].0 < pair[1].0), "{code}");
        }
    }

    #[test]
    fn every_postal_example_fits_its_pattern() {
        for country in all() {
            if country.postal_pattern.is_empty() {
                assert!(!country.postal_required && country.postal_example.is_empty(), "{}", country.code);
            } else {
                assert!(pattern::matches(country.postal_pattern, country.postal_example), "{}", country.code);
            }
        }
    }

    #[test]
    fn codes_are_read_leniently_but_uk_is_not_iso() {
        assert_eq!(Country::parse(" fr ").map(|country| country.code), Ok("FR"));
        assert_eq!(Country::parse("UK"), Err(Rule::CountryCodeIs { code: "GB" }));
        assert_eq!(Country::parse("uk"), Err(Rule::CountryCodeIs { code: "GB" }));
        assert_eq!(Country::parse(""), Err(Rule::Required));
        for unknown in ["XX", "France", "F", "ﬁ"] {
            assert_eq!(Country::parse(unknown), Err(Rule::UnknownCountry), "{unknown}");
        }
    }

    #[test]
    fn number_and_phone_are_required_in_24_countries() {
        assert_eq!(all().iter().filter(|country| country.registration_required()).count(), 24);
        assert_eq!(all().iter().filter(|country| country.phone_required()).count(), 24);
        for optional in ["CN", "US", "FR", "DE"] {
            assert!(!Country::from_code(optional).unwrap().registration_required(), "{optional}");
        }
    }

    #[test]
    fn some_countries_as_known() {
        let france = Country::from_code("FR").unwrap();
        assert_eq!((france.calling_code, france.default_culture, france.eu), ("33", "fr-FR", true));
        assert_eq!((france.name("fr-CA"), france.name("en")), ("France", "France"));
        let singapore = Country::from_code("SG").unwrap();
        assert!(!singapore.city_required && singapore.postal_required);
        assert!(!Country::from_code("IE").unwrap().postal_required);
        assert!(Country::from_code("US").unwrap().state_required);
        assert!(Country::from_code("CH").unwrap().eu_or_efta() && !Country::from_code("CH").unwrap().eu);
        assert_eq!(all().iter().filter(|country| country.eu).count(), 27 + 7);
    }
}
