//! A pasted list: one line each, address, name and company, separated by tabs, semicolons or
//! commas, quoted as in CSV files.

use super::form::{COMPANY_MAX, NAME_MAX, Rules, recipient};
use crate::domain::rule::{Rule, line};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most lines of one list.
pub const MOST: usize = 1_000;

/// One line as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub email: String,
    pub name: String,
    pub company: String,
}

/// The lines of a text; the first is left out where it names columns. Empty lines are none.
pub fn lines(text: &str) -> Vec<Line> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = *b"\t;,".iter().find(|sign| first.contains(char::from(**sign))).unwrap_or(&b',');
    // Whoever types a list puts a blank before the quotation mark; CSV knows none there.
    let (loose, tight) = (format!("{} \"", char::from(delimiter)), format!("{}\"", char::from(delimiter)));
    let text = text.replace(&loose, &tight);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).delimiter(delimiter).from_reader(text.as_bytes());
    let records = reader.records().filter_map(Result::ok).filter(|record| record.iter().any(|field| !field.is_empty()));
    let mut lines: Vec<Line> = records.map(|record| read(&record)).collect();
    if lines.len() > 1 && !lines[0].email.contains('@') && lines[1].email.contains('@') {
        lines.remove(0);
    }
    lines
}

/// The address is wherever the `@` is, in the first column by default.
fn read(record: &csv::StringRecord) -> Line {
    let at = record.iter().position(|field| field.contains('@')).unwrap_or(0);
    let mut others = record.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, field)| field.to_owned());
    Line {
        email: record.get(at).unwrap_or_default().to_owned(),
        name: others.next().unwrap_or_default(),
        company: others.next().unwrap_or_default(),
    }
}

/// Why a line is left out: the end of its message key.
pub type Problem = &'static str;

/// What a line says once its rules hold. `seen` are the addresses of the lines before.
pub fn check(one: &Line, rules: &Rules, seen: &mut HashSet<String>) -> Result<Line, Problem> {
    let email = recipient(&one.email, rules).map_err(|rule| match rule {
        Rule::EmailOfOperator | Rule::EmailOfPartner => "own",
        _ => "email",
    })?;
    let name = line(&one.name, 0, NAME_MAX).map_err(|_| "name")?;
    let company = line(&one.company, 1, COMPANY_MAX).map_err(|_| "company")?;
    if seen.insert(email.clone()) { Ok(Line { email, name, company }) } else { Err("twice") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use proptest::prelude::*;

    fn rules() -> Rules {
        Rules { lang: Lang::En, operator_domains: vec!["comptoir.test".into()], partner_domain: "north.test".into() }
    }

    fn one(email: &str, name: &str, company: &str) -> Line {
        Line { email: email.into(), name: name.into(), company: company.into() }
    }

    #[test]
    fn tabs_semicolons_commas_quotes_and_a_head_are_read() {
        let wanted = [one("a@x.example", "Anna", "X, Ltd"), one("b@y.example", "", "Y")];
        for text in [
            "a@x.example\tAnna\tX, Ltd\nb@y.example\t\tY",
            "Email;Name;Company\r\na@x.example;Anna;X, Ltd\r\n\r\nb@y.example;;Y\r\n",
            "a@x.example, Anna, \"X, Ltd\"\n b@y.example,,Y",
            "Anna,a@x.example,\"X, Ltd\"\n,b@y.example,Y",
        ] {
            assert_eq!(lines(text), wanted, "{text}");
        }
        assert!(lines(" \n\n").is_empty());
        assert_eq!(lines("only@x.example"), [one("only@x.example", "", "")]);
    }

    #[test]
    fn each_line_is_judged_by_itself_and_an_address_counts_once() {
        let mut seen = HashSet::new();
        let mut judge = |line: &Line| check(line, &rules(), &mut seen).map(|line| line.email);
        assert_eq!(judge(&one("Anna@X.example", "Anna", "X")), Ok("anna@x.example".into()));
        assert_eq!(judge(&one("anna@x.EXAMPLE", "Anna again", "X")), Err("twice"));
        assert_eq!(judge(&one("anna", "Anna", "X")), Err("email"));
        assert_eq!(judge(&one("me@north.test", "Me", "X")), Err("own"));
        assert_eq!(judge(&one("b@x.example", "B", "")), Err("company"));
        assert_eq!(judge(&one("c@x.example", &"n".repeat(NAME_MAX + 1), "X")), Err("name"));
        // A line that was left out does not claim its address.
        assert_eq!(judge(&one("b@x.example", "B", "X")), Ok("b@x.example".into()));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "[a-z@;,\t\"\n .]{0,80}") {
            let read = lines(&text);
            prop_assert!(read.len() <= text.lines().count().max(1));
        }
    }
}
