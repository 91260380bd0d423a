//! The file: which columns it may have, and what its cells say.

use crate::domain::money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most rows of one file (reference 3.7, *Bulk*).
pub const MOST: usize = 1_000;

/// Columns that are read, as the export names them, and the field of each.
pub const COLUMNS: [(&str, &str); 32] = [
    ("Referral ID", "id"),
    ("Deal name", "title"),
    ("Customer name", "company"),
    ("Address line 1", "address1"),
    ("Address line 2", "address2"),
    ("City", "city"),
    ("State", "state"),
    ("Postal code", "postal_code"),
    ("Country", "country"),
    ("Registration number", "registration_number"),
    ("Contact first name", "first_name"),
    ("Contact last name", "last_name"),
    ("Contact phone", "phone"),
    ("Contact email", "email"),
    ("Partner status", "status"),
    ("Partner substatus", "substatus"),
    ("Reason", "reason"),
    ("Sales stage", "stage"),
    ("Estimated value", "value"),
    ("Currency", "currency"),
    ("Close date", "close_on"),
    ("CRM ID", "crm_id"),
    ("Campaign ID", "campaign_id"),
    ("Next action", "next_action"),
    ("Consent", "consent"),
    ("Need", "need"),
    ("Industry", "industry"),
    ("Size", "size"),
    ("Time frame", "time_frame"),
    ("Services", "services"),
    ("Products", "products"),
    ("Team members", "team"),
];
/// Columns of the export that say what an import cannot change; the rest of what is unknown is told.
const READ_ONLY: [&str; 7] = ["Errors", "Engagement ID", "Owner", "Location", "Source", "Sender", "Received"];

/// The column of a field.
pub fn column(field: &str) -> &'static str {
    COLUMNS.iter().find(|(_, known)| *known == field).map_or("", |(column, _)| *column)
}

/// Values by field; a column that the file has not is not there.
pub type Cells = BTreeMap<String, String>;

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Counted as a spreadsheet does: the head is 1.
    pub number: usize,
    pub cells: Cells,
}

/// A file as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    pub lines: Vec<Line>,
    /// Columns that nobody knows.
    pub unknown: Vec<String>,
    /// None of the columns is there.
    pub headless: bool,
}

/// Reads a CSV with a head, separated by commas, semicolons or tabs. Empty rows are none.
pub fn read(text: &str) -> File {
    // A form sends every line break as two characters.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = *b"\t;,".iter().find(|sign| first.contains(char::from(**sign))).unwrap_or(&b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).delimiter(delimiter).from_reader(text.as_bytes());
    let mut records = reader.records().filter_map(Result::ok);
    let head: Vec<String> = records.next().map(|head| head.iter().map(|name| raw(name).to_owned()).collect()).unwrap_or_default();
    let field = |name: &str| COLUMNS.iter().find(|(column, _)| column.eq_ignore_ascii_case(name)).map(|(_, field)| *field);
    let fields: Vec<Option<&str>> = head.iter().map(|name| field(name)).collect();
    let known = |name: &&String| field(name).is_some() || name.is_empty() || READ_ONLY.iter().any(|one| one.eq_ignore_ascii_case(name));
    let lines = (2..).zip(records).filter(|(_, record)| record.iter().any(|cell| !cell.is_empty()));
    let line = |(number, record): (usize, csv::StringRecord)| {
        let cells = fields.iter().zip(record.iter()).filter_map(|(field, cell)| Some(((*field)?.to_owned(), raw(cell).to_owned())));
        Line { number, cells: tidy(cells.collect()) }
    };
    File {
        headless: fields.iter().all(Option::is_none),
        unknown: head.iter().filter(|name| !known(name)).cloned().collect(),
        lines: lines.map(line).collect(),
    }
}

/// Without the apostrophe that an export puts before what a spreadsheet would run.
fn raw(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if crate::web::export::neutral(rest) == cell => rest,
        _ => cell,
    }
}

/// Each cell in the one form that the export writes, where it can be read.
fn tidy(mut cells: Cells) -> Cells {
    for (field, cell) in &mut cells {
        *cell = match field.as_str() {
            "close_on" => date(cell),
            "consent" => {
                if is_yes(cell) {
                    "Yes".to_owned()
                } else {
                    String::new()
                }
            }
            "country" | "currency" => cell.to_uppercase(),
            "status" | "substatus" | "reason" | "stage" | "time_frame" => cell.to_lowercase(),
            "services" | "products" => words(cell, " "),
            "team" => words(&cell.to_lowercase(), ", "),
            _ => cell.clone(),
        };
    }
    let currency = cells.get("currency").cloned().unwrap_or_default();
    if let Some(value) = cells.get_mut("value")
        && let Ok(minor) = money::parse(value, &currency)
    {
        *value = money::plain(minor, &currency);
    }
    cells
}

fn is_yes(cell: &str) -> bool {
    ["yes", "oui", "true", "1"].contains(&cell.to_lowercase().as_str())
}

fn words(cell: &str, between: &str) -> String {
    let words: Vec<&str> = cell.split([',', ';', ' ', '\n']).filter(|word| !word.is_empty()).collect();
    words.join(between)
}

/// 2026-11-26 or 11/26/2026, as 2026-11-26; anything else as it is, for its rule to refuse.
fn date(cell: &str) -> String {
    let parts: Vec<&str> = cell.split('/').collect();
    match parts[..] {
        [month, day, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell<'a>(file: &'a File, row: usize, field: &str) -> &'a str {
        file.lines[row].cells.get(field).map_or("-", String::as_str)
    }

    #[test]
    fn commas_semicolons_tabs_both_dates_and_guarded_cells_are_read() {
        for text in [
            "Deal name,Close date,Contact phone,Team members\nMove,11/26/2026,'+33240123456,\"A@x.example, b@x.example\"",
            "\u{feff}Deal name;Close date;Contact phone;Team members\r\nMove;2026-11-26;+33240123456;a@x.example;\r\n\r\n",
            "deal name\tclose date\tcontact phone\tteam members\nMove\t11/26/2026\t'+33240123456\ta@x.example",
        ] {
            let file = read(text);
            assert_eq!((cell(&file, 0, "title"), cell(&file, 0, "close_on")), ("Move", "2026-11-26"), "{text}");
            assert_eq!((cell(&file, 0, "phone"), cell(&file, 0, "city"), file.lines[0].number), ("+33240123456", "-", 2));
            assert!(cell(&file, 0, "team").starts_with("a@x.example"));
        }
    }

    #[test]
    fn what_is_unknown_is_told_and_what_is_read_only_is_not() {
        let file = read("Deal name,Solution 1,Received\nMove,x,y");
        assert_eq!((file.unknown, file.headless), (vec!["Solution 1".to_owned()], false));
        assert!(read("one,two\nthree,four").headless);
        assert!(read("").lines.is_empty());
    }
}
