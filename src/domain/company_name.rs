//! The legal name of a customer's company.
//!
//! Source: Partner Center reference 3.2 name rules, since early 2024.

use super::fold::fold;
use super::rule::{Advice, Rule, length, text_value, tidy, unprintable};
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use std::str::FromStr;

/// Shortest company name, in characters.
pub const MIN: usize = 2;
/// Longest company name, in characters.
pub const MAX: usize = 255;

/// Abbreviations that may be part of a name but not all of it. With dots or blanks between their
/// letters they count as well; "CPA" does not, being a name in use.
pub const LEGAL_FORMS: &[&str] = &[
    "c p a",
    "c.p.a.",
    "c. p. a.",
    "l l p",
    "l.l.p.",
    "l. l. p.",
    "llp",
    "llp.",
    "l l c",
    "l.l.c.",
    "l. l. c.",
    "llc",
    "llc.",
    "inc",
    "incorporated",
    "corp",
    "corp.",
    "corporation",
    "plc",
    "ltd",
    "ltd.",
    "limited",
    "pty",
    "pty ltd",
    "pte ltd",
    "pvt",
    "pvt ltd",
    "private limited",
    "gmbh",
    "wll",
    "lda",
    "sarl",
    "kft",
    "zrt",
    "ooo",
    "sdn bhd",
];

/// Special characters allowed inside a name. The reference parts its list by blanks and leaves the
/// comma out; legal names ("Example, Inc.") need it.
pub const SPECIAL_CHARACTERS: &str = "~[]\\.*&=:\"<>^#/!'@+-?()%${}_;`,";

/// The same characters as other keyboards and scripts write them.
const TYPOGRAPHIC: &str = "’‘‚‛“”„«»‹›–—‐‑…·・（）［］｛｝＆，、。．：；！？／＂＇＋－＠＃％״׳־؛،№°ºª";

/// Endings that make a name look like an address in the internet.
const DOMAIN_ENDINGS: &[&str] = &[
    "com", "net", "org", "info", "biz", "edu", "gov", "app", "dev", "shop", "store", "online", "site", "cloud", "tech", "io", "ai", "co",
    "eu", "fr", "de", "uk", "be", "ch", "at", "nl", "lu", "es", "it", "pt", "pl", "cz", "se", "no", "dk", "fi", "ie", "us", "ca", "au",
    "nz", "br", "in", "cn", "jp", "ru", "ua", "tr", "za", "mx",
];

/// A company's name: 2 to 255 characters, trimmed, white space collapsed, accents and case kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CompanyName(String);

text_value!(CompanyName);

impl FromStr for CompanyName {
    type Err = Rule;

    /// Refuses one single character, only special characters, only white space, a stand-alone legal
    /// form, the same character three times or more and nothing else, and single characters parted
    /// by blanks.
    fn from_str(input: &str) -> Result<Self, Rule> {
        let name = tidy(input);
        length(&name, MIN, MAX)?;
        if let Some(character) = name.chars().find(|c| !allowed(*c)) {
            return Err(if unprintable(character) { Rule::Unprintable } else { Rule::ForbiddenCharacter { character } });
        }
        if !name.chars().any(char::is_alphanumeric) {
            return Err(Rule::OnlySpecialCharacters);
        }
        if is_legal_form(&name) {
            return Err(Rule::OnlyLegalForm);
        }
        if is_one_character_repeated(&name) {
            return Err(Rule::RepeatedCharacter);
        }
        if is_single_characters(&name) {
            return Err(Rule::SeparatedCharacters);
        }
        Ok(Self(name))
    }
}

impl CompanyName {
    /// What to tell about a name that holds but looks unusual.
    pub fn advice(&self) -> Option<Advice> {
        has_domain_ending(&self.0).then_some(Advice::CompanyNameHasDomainEnding)
    }
}

/// Letters, digits and marks of any script, blanks, and the special characters of the list.
fn allowed(c: char) -> bool {
    let mark = || CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0;
    c == ' '
        || c.is_alphanumeric()
        || SPECIAL_CHARACTERS.contains(c)
        || TYPOGRAPHIC.contains(c)
        || matches!(c, '\u{200c}' | '\u{200d}')
        || mark()
}

fn is_legal_form(name: &str) -> bool {
    let folded = fold(name);
    if LEGAL_FORMS.contains(&folded.as_str()) {
        return true;
    }
    let compact = |text: &str| text.replace(['.', ' ', ','], "");
    folded.contains(['.', ' ', ',']) && LEGAL_FORMS.iter().any(|form| compact(form) == compact(&folded))
}

fn is_one_character_repeated(name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let first = letters.next();
    let mut others = 0;
    letters.all(|letter| {
        others += 1;
        Some(letter) == first
    }) && others >= 2
}

/// "1 2 3" but not "B & Q", whose words a sign joins.
fn is_single_characters(name: &str) -> bool {
    name.contains(' ')
        && name.split(' ').all(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_alphanumeric) && letters.next().is_none()
        })
}

/// A word of at least two letters, a dot, and a known ending: "booking.com", "example.co.uk", not
/// "S.A.de C.V.".
fn has_domain_ending(name: &str) -> bool {
    fold(name).split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).any(|word| {
        word.trim_end_matches('.').rsplit_once('.').is_some_and(|(before, ending)| {
            before.chars().count() >= 2 && !before.contains("..") && {
                let label = before.rsplit('.').next().unwrap_or_default();
                label.chars().count() >= 2 && DOMAIN_ENDINGS.contains(&ending)
            }
        }) || word.starts_with('.') && DOMAIN_ENDINGS.contains(&word.trim_matches('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::{CompanyName, LEGAL_FORMS, SPECIAL_CHARACTERS};
    use crate::domain::rule::{Advice, Rule};
    use proptest::prelude::*;

    fn parse(input: &str) -> Result<String, Rule> {
        input.parse::<CompanyName>().map(CompanyName::into_string)
    }

    #[test]
    fn the_table_of_2024() {
        for (input, rule) in [
            ("a", Rule::TooShort { min: 2 }),
            ("中", Rule::TooShort { min: 2 }),
            ("!?-", Rule::OnlySpecialCharacters),
            ("--", Rule::OnlySpecialCharacters),
            ("", Rule::Required),
            (" \t \u{a0}", Rule::Required),
            ("LLC", Rule::OnlyLegalForm),
            ("999", Rule::RepeatedCharacter),
            ("aAaA", Rule::RepeatedCharacter),
            ("1 2 3", Rule::SeparatedCharacters),
            ("a  b", Rule::SeparatedCharacters),
            ("Con\u{0}toso", Rule::Unprintable),
            ("Con\u{202e}toso", Rule::Unprintable),
            ("Contoso 😀", Rule::ForbiddenCharacter { character: '😀' }),
            ("Con|toso", Rule::ForbiddenCharacter { character: '|' }),
        ] {
            assert_eq!(parse(input), Err(rule), "{input}");
        }
    }

    #[test]
    fn lengths() {
        assert_eq!(parse("ab"), Ok("ab".to_owned()));
        assert!(parse(&"ab".repeat(127)).is_ok());
        assert!(parse(&format!("{}c", "ab".repeat(127))).is_ok());
        assert_eq!(parse(&"ab".repeat(128)), Err(Rule::TooLong { max: 255 }));
        assert!(parse(&"éa".repeat(127)).is_ok());
    }

    #[test]
    fn a_legal_form_may_be_part_of_a_name_but_not_all_of_it() {
        for form in LEGAL_FORMS {
            assert_eq!(parse(form), Err(Rule::OnlyLegalForm), "{form}");
            assert_eq!(parse(&form.to_uppercase()), Err(Rule::OnlyLegalForm), "{form}");
            for name in [format!("Contoso {form}"), format!("{form} Contoso")] {
                assert_eq!(parse(&name), Ok(name.clone()));
            }
        }
        for form in ["S.à r.l.", "G.m.b.H.", "P. L. C.", "Pty. Ltd.", "Pvt Ltd."] {
            assert_eq!(parse(form), Err(Rule::OnlyLegalForm), "{form}");
        }
        assert!(parse("CPA").is_ok());
    }

    #[test]
    fn each_special_character_may_stand_inside() {
        assert_eq!(SPECIAL_CHARACTERS.chars().count(), 31);
        for character in SPECIAL_CHARACTERS.chars() {
            let name = format!("Con{character}toso");
            assert_eq!(parse(&name), Ok(name.clone()));
        }
    }

    #[test]
    fn names_of_all_scripts() {
        for name in [
            "Société Générale",
            "L’Oréal",
            "株式会社トヨタ",
            "華為",
            "ООО Ромашка",
            "บริษัท น้ำมัน จำกัด",
            "हिन्दुस्तान यूनिलीवर",
            "شركة الاتصالات",
            "חברה בע״מ",
            "Ευρώπη Α.Ε.",
            "삼성전자",
            "A",
            "H&M",
            "B & Q",
            "99",
            "3M",
            "7-Eleven",
            "aab",
        ] {
            assert_eq!(parse(name).is_ok(), name != "A", "{name}: {:?}", parse(name));
        }
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(parse("  Contoso \t  Paris\n"), Ok("Contoso Paris".to_owned()));
    }

    #[test]
    fn a_domain_ending_is_advised_against() {
        for (name, advised) in [
            ("Booking.com", true),
            ("Contoso.COM Ltd", true),
            ("Example.co.uk", true),
            ("Amazon .com", true),
            ("Contoso", false),
            ("Grupo S.A.de C.V.", false),
            ("St. Gallen", false),
            ("A. Datum Corp.", false),
            ("Dot Com", false),
        ] {
            let advice = name.parse::<CompanyName>().expect("a name that holds").advice();
            assert_eq!(advice, advised.then_some(Advice::CompanyNameHasDomainEnding), "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn reading_again_changes_nothing(input in "\\PC{0,40}") {
            if let Ok(name) = parse(&input) {
                prop_assert_eq!(parse(&name), Ok(name));
            }
        }
    }
}
