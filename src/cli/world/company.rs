//! Invents companies: a name in its country's language, an address there, a contact. Built from
//! word lists ([`lands.txt`](./lands.txt)); the demonstration and `comptoir sample` share it.

use super::random::Random;
use crate::domain::country::Country;
use crate::domain::fold::fold;
use crate::domain::registration_number::RegistrationNumber;
use std::sync::LazyLock;

/// A word as it is written, and in plain letters for domains and addresses.
struct Word {
    written: String,
    ascii: String,
}

impl Word {
    fn new(text: &str) -> Self {
        let (written, ascii) = text.split_once('=').unwrap_or((text, text));
        Self { written: written.to_owned(), ascii: plain(ascii) }
    }
}

/// Small letters, digits and single hyphens alone.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            out.push(letter);
        } else if matches!(letter, ' ' | '-' | '.' | '&') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

struct Town {
    name: String,
    state: String,
    postal_code: String,
}

/// The words of one country.
struct Land {
    country: &'static Country,
    language: String,
    firsts: Vec<Word>,
    lasts: Vec<Word>,
    /// Heads with tails, or whole stems with no tails.
    heads: Vec<Word>,
    tails: Vec<Word>,
    work: Vec<Word>,
    forms: Vec<Word>,
    names: Vec<String>,
    towns: Vec<Town>,
    streets: Vec<String>,
    phone: String,
}

static LANDS: LazyLock<Vec<Land>> = LazyLock::new(|| include_str!("lands.txt").split("\n= ").skip(1).map(read).collect());

/// Reads one country's block; the file is part of the program, so a mistake in it is one here.
fn read(block: &str) -> Land {
    let (head, lines) = block.split_once('\n').expect("a block has lines");
    let (code, language) = head.split_once(' ').expect("country and language");
    let get = |key: &str| lines.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).unwrap_or_default();
    let list = |key: &str| get(key).split(", ").filter(|word| !word.is_empty()).map(Word::new).collect::<Vec<_>>();
    let town = |text: &str| {
        let mut parts = text.split('|').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Town { name: next(), state: next(), postal_code: next() }
    };
    let heads = if get("stem").is_empty() { list("head") } else { list("stem") };
    Land {
        country: Country::from_code(code).expect("a country"),
        language: language.to_owned(),
        firsts: list("first"),
        lasts: list("last"),
        heads,
        tails: list("tail"),
        work: list("work"),
        forms: list("form"),
        names: get("name").split(" | ").map(str::to_owned).collect(),
        towns: get("town").split(", ").map(town).collect(),
        streets: get("street").split(", ").map(str::to_owned).collect(),
        phone: get("phone").to_owned(),
    }
}

/// How many countries companies come from.
pub fn lands() -> usize {
    LANDS.len()
}

/// The place of a country in the list of those companies come from.
pub fn land_of(code: &str) -> usize {
    LANDS.iter().position(|land| land.country.code == code).expect("a country of lands.txt")
}

/// An invented company.
#[derive(Debug, Clone)]
pub struct Company {
    pub name: String,
    /// What its domain begins with, in plain letters.
    pub ascii: String,
    pub country: &'static Country,
    pub language: String,
    pub street: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub phone: String,
    pub registration_number: String,
    pub first: String,
    pub last: String,
    /// The contact's address before the `@`.
    pub mailbox: String,
}

/// Invents the next company of a country.
pub fn invent(random: &mut Random, land: usize) -> Company {
    let land = &LANDS[land];
    let town = random.pick(&land.towns);
    let (name, ascii) = name(random, land, town);
    let (first, last) = (random.pick(&land.firsts), random.pick(&land.lasts));
    Company {
        name,
        ascii,
        country: land.country,
        language: land.language.clone(),
        street: street(random, land),
        city: town.name.clone(),
        state: town.state.clone(),
        postal_code: town.postal_code.clone(),
        phone: phone(random, land),
        registration_number: registration_number(random, land.country),
        first: first.written.clone(),
        last: last.written.clone(),
        mailbox: format!("{}.{}", first.ascii, last.ascii),
    }
}

/// The name alone of the company that [`invent`] would make of the same numbers.
pub fn invent_name(random: &mut Random, land: usize) -> String {
    let land = &LANDS[land];
    let town = random.pick(&land.towns);
    name(random, land, town).0
}

/// A name after one of the country's patterns; its plain form begins with the first word that
/// sets it apart.
fn name(random: &mut Random, land: &Land, town: &Town) -> (String, String) {
    let (mut name, mut ascii) = (String::with_capacity(48), String::new());
    let mut rest = random.pick(&land.names).as_str();
    while let Some((before, after)) = rest.split_once('{') {
        name.push_str(before);
        let (key, after) = after.split_once('}').expect("a closed brace");
        let word = match key {
            "stem" => random.pick(&land.heads),
            "work" => random.pick(&land.work),
            "last" => random.pick(&land.lasts),
            "form" => random.pick(&land.forms),
            _ => {
                name.push_str(&town.name);
                rest = after;
                continue;
            }
        };
        name.push_str(&word.written);
        let mut plain = word.ascii.clone();
        if key == "stem" && !land.tails.is_empty() {
            let tail = random.pick(&land.tails);
            name.push_str(&tail.written);
            plain.push_str(&tail.ascii);
        }
        if key != "form" && (ascii.is_empty() || ascii.len() + plain.len() < 20) {
            if !ascii.is_empty() {
                ascii.push('-');
            }
            ascii.push_str(&plain);
        }
        rest = after;
    }
    name.push_str(rest);
    (name, ascii)
}

fn street(random: &mut Random, land: &Land) -> String {
    let (street, number) = (random.pick(&land.streets), 1 + random.below(180));
    match land.country.code {
        "FR" | "GB" | "US" | "CA" => format!("{number} {street}"),
        "JP" => format!("{street}{}-{}-{}", 1 + number % 5, 1 + number % 19, 1 + number % 7),
        "IT" | "ES" | "UA" => format!("{street}, {number}"),
        _ => format!("{street} {number}"),
    }
}

/// In international form, as long as numbers of the country usually are.
fn phone(random: &mut Random, land: &Land) -> String {
    let usual = match land.country.code {
        "FR" | "ES" | "UA" | "PL" | "CH" | "JP" => 9,
        _ => 10,
    };
    let mut number = format!("+{}{}", land.country.calling_code, land.phone);
    for _ in land.phone.len()..usual {
        number.push(char::from(b'0' + random.below(10) as u8));
    }
    number
}

/// A number whose check digits hold, drawn until one does; empty for countries that name none and
/// for about half where it is optional.
fn registration_number(random: &mut Random, country: &Country) -> String {
    let length = match country.code {
        "PL" => 10,
        "UA" => 8,
        "FR" | "US" => 9,
        _ => return String::new(),
    };
    if !country.registration_required() && random.chance(50) {
        return String::new();
    }
    loop {
        let digits: String = (0..length).map(|_| char::from(b'0' + random.below(10) as u8)).collect();
        if let Ok(Some(number)) = RegistrationNumber::parse(&digits, country) {
            return number.into_string();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::address::{AddressLine, City, PostalCode, StateCode};
    use crate::domain::company_name::CompanyName;
    use crate::domain::person_name::PersonName;
    use crate::domain::phone::Phone;

    /// What the product would refuse to take, it must not invent.
    #[test]
    fn every_invented_company_passes_the_rules_of_the_form() {
        assert_eq!(lands(), 13, "twelve, and the government's");
        let mut names = std::collections::BTreeSet::new();
        for number in 0..6_000 {
            let company = invent(&mut Random::new(5, number), number as usize % lands());
            let country = company.country;
            company.name.parse::<CompanyName>().unwrap_or_else(|rule| panic!("{}: {rule:?}", company.name));
            company.street.parse::<AddressLine>().unwrap_or_else(|rule| panic!("{}: {rule:?}", company.street));
            for person in [&company.first, &company.last] {
                person.parse::<PersonName>().unwrap_or_else(|rule| panic!("{person}: {rule:?}"));
            }
            City::parse(&company.city, country).unwrap_or_else(|rule| panic!("{}: {rule:?}", company.city));
            StateCode::parse(&company.state, country).unwrap_or_else(|rule| panic!("{} {}: {rule:?}", country.code, company.state));
            PostalCode::parse(&company.postal_code, country).unwrap_or_else(|rule| panic!("{}: {rule:?}", company.postal_code));
            let phone = Phone::parse(&company.phone, country).unwrap_or_else(|rule| panic!("{}: {rule:?}", company.phone));
            assert_eq!(phone.map(Phone::into_string).as_deref(), Some(company.phone.as_str()));
            assert!(!company.ascii.is_empty() && company.ascii == plain(&company.ascii), "{}", company.ascii);
            names.insert(company.name);
        }
        assert!(names.len() > 4_000, "{} different names", names.len());
    }
}
