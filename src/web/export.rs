//! Files of lists, streamed: rows are read in pieces and written as they come, so that a million
//! of them need no more memory than a thousand.

use crate::error::{Error, Result};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::stream;
use rust_xlsxwriter::{Workbook, Worksheet};
use std::io::{Read, Write};
use tokio::sync::{Semaphore, mpsc};

/// The form of a file.
#[derive(Debug, Clone, Copy)]
pub enum Format {
    Csv { bom: bool, separator: u8 },
    Xlsx,
    Json,
}

/// How a CSV differs from the usual.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Options {
    /// `1`: a byte order mark, for spreadsheets that need one.
    bom: String,
    /// `semicolon` instead of comma.
    separator: String,
}

impl Format {
    /// As the ending of the path and the query string say.
    pub fn of(path: &str, query: &str) -> Self {
        let options: Options = serde_html_form::from_str(query).unwrap_or_default();
        match path.rsplit('.').next() {
            Some("csv") => Self::Csv { bom: options.bom == "1", separator: if options.separator == "semicolon" { b';' } else { b',' } },
            Some("xlsx") => Self::Xlsx,
            _ => Self::Json,
        }
    }
}

/// Some rows, each a text for every column.
pub type Piece = Vec<Vec<String>>;

/// The pieces of a list, read a window at a time on a thread that may block: `read` answers with
/// a window's rows and the window after it, none at the end.
pub fn pieces<W>(first: W, mut read: impl FnMut(W) -> Result<(Piece, Option<W>)>) -> impl Iterator<Item = Result<Piece>> {
    let mut next = Some(first);
    std::iter::from_fn(move || {
        let piece = read(next.take()?);
        Some(piece.map(|(rows, after)| {
            next = after;
            rows
        }))
    })
}

/// Exports at once; one more is told to come back.
static AT_ONCE: Semaphore = Semaphore::const_new(4);
/// Rows of one sheet; a spreadsheet has 1,048,576 and the head is one.
const SHEET_ROWS: u32 = 1_000_000;

/// A cell that no spreadsheet takes for a formula: one that begins with `=`, `+`, `-`, `@`, their
/// full-width twins, a tab or a line break, blanks and byte order marks before it aside, gets an
/// apostrophe in front (ASVS 1.2.10).
pub fn neutral(cell: &str) -> String {
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\u{3000}', '\0']).chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'));
    if formula || cell.starts_with('\0') { format!("'{cell}") } else { cell.to_owned() }
}

/// A list that is short, as one piece.
pub fn whole(rows: Piece) -> impl Iterator<Item = Result<Piece>> {
    std::iter::once(Ok(rows))
}

/// Answers with a file: the names of its columns, then the rows.
pub async fn stream(
    name: &str,
    format: Format,
    head: Vec<&'static str>,
    pieces: impl Iterator<Item = Result<Piece>> + Send + 'static,
) -> Result<HttpResponse> {
    let permit = AT_ONCE.try_acquire().map_err(|_| Error::TooMany(10))?;
    let (send, receive) = mpsc::channel::<Result<web::Bytes, std::io::Error>>(4);
    actix_web::rt::task::spawn_blocking(move || {
        let _permit = permit;
        let mut out = Out { send, buffer: Vec::with_capacity(64 * 1024) };
        let written = match format {
            Format::Csv { bom, separator } => csv(&head, pieces, bom, separator, &mut out),
            Format::Xlsx => xlsx(&head, pieces, &mut out),
            Format::Json => json(&head, pieces, &mut out),
        };
        // A fault in the middle must not look like the end of the file: the connection breaks.
        let last = match written.and_then(|()| out.flush().map_err(Error::internal)) {
            Ok(()) => return,
            Err(error) => error,
        };
        tracing::warn!(error = %last, "export broken off");
        let _ = out.send.blocking_send(Err(std::io::Error::other("export broken off")));
    });
    let (ending, content_type) = match format {
        Format::Csv { .. } => ("csv", "text/csv; charset=utf-8"),
        Format::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Format::Json => ("json", "application/json"),
    };
    let body = stream::unfold(receive, |mut receive| async move { receive.recv().await.map(|chunk| (chunk, receive)) });
    let mut answer = HttpResponse::Ok();
    answer.content_type(content_type);
    if !matches!(format, Format::Json) {
        answer.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")));
    }
    Ok(answer.streaming(body))
}

/// Hands what is written to the connection; writing fails once the reader has gone.
struct Out {
    send: mpsc::Sender<Result<web::Bytes, std::io::Error>>,
    buffer: Vec<u8>,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= 48 * 1024 {
            self.flush()?;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = web::Bytes::from(std::mem::take(&mut self.buffer));
        self.send.blocking_send(Ok(chunk)).map_err(|_| std::io::Error::other("the reader has gone"))
    }
}

fn csv(head: &[&str], pieces: impl Iterator<Item = Result<Piece>>, bom: bool, separator: u8, out: &mut Out) -> Result<()> {
    if bom {
        out.write_all("\u{feff}".as_bytes()).map_err(Error::internal)?;
    }
    let mut writer = csv::WriterBuilder::new().delimiter(separator).terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(head).map_err(Error::internal)?;
    for rows in pieces {
        for row in rows? {
            writer.write_record(row.iter().map(|cell| neutral(cell))).map_err(Error::internal)?;
        }
    }
    writer.flush().map_err(Error::internal)
}

fn json(head: &[&str], pieces: impl Iterator<Item = Result<Piece>>, out: &mut Out) -> Result<()> {
    let keys: Vec<String> = head.iter().map(|name| name.to_lowercase().replace(' ', "_")).collect();
    let mut first = true;
    out.write_all(b"{\"items\":[").map_err(Error::internal)?;
    for rows in pieces {
        for row in rows? {
            let item: serde_json::Map<String, serde_json::Value> = keys.iter().cloned().zip(row.into_iter().map(Into::into)).collect();
            let line = serde_json::to_string(&item).map_err(Error::internal)?;
            out.write_all(if first { b"\n" } else { b",\n" }).and_then(|()| out.write_all(line.as_bytes())).map_err(Error::internal)?;
            first = false;
        }
    }
    out.write_all(b"\n]}\n").map_err(Error::internal)
}

/// The next sheet of a workbook, with its head.
fn sheet<'a>(book: &'a mut Workbook, head: &[&str]) -> Result<&'a mut Worksheet> {
    let fresh = book.add_worksheet_with_constant_memory().map_err(Error::internal)?;
    for (column, name) in head.iter().enumerate() {
        fresh.write_string(0, column as u16, *name).map_err(Error::internal)?;
    }
    Ok(fresh)
}

/// The workbook is written to temporary files in constant memory, then sent. Texts are written
/// as texts, so no cell is a formula whatever it begins with.
fn xlsx(head: &[&str], pieces: impl Iterator<Item = Result<Piece>>, out: &mut Out) -> Result<()> {
    let mut book = Workbook::new();
    let (mut target, mut row) = (sheet(&mut book, head)?, 1);
    for rows in pieces {
        for line in rows? {
            if row > SHEET_ROWS {
                (target, row) = (sheet(&mut book, head)?, 1);
            }
            for (column, cell) in line.iter().enumerate() {
                target.write_string(row, column as u16, cell).map_err(Error::internal)?;
            }
            row += 1;
        }
    }
    let mut file = tempfile::tempfile().map_err(Error::internal)?;
    book.save_to_writer(&mut file).map_err(Error::internal)?;
    std::io::Seek::rewind(&mut file).map_err(Error::internal)?;
    let mut buffer = vec![0; 48 * 1024];
    loop {
        match file.read(&mut buffer).map_err(Error::internal)? {
            0 => return Ok(()),
            read => out.write_all(&buffer[..read]).map_err(Error::internal)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_neutralised() {
        for cell in ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\u{feff}=1", "\u{ff1d}1", "\u{3000}@x", "\0=1", "\r=1"] {
            assert_eq!(neutral(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "Contoso", "a=b", "1-2", "d'Arc"] {
            assert_eq!(neutral(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn no_cell_ever_begins_like_a_formula(cell in "\\PC{0,20}|[ =+@\t\r\u{feff}\u{ff1d}-]{0,6}") {
            let made = neutral(&cell);
            let first = made.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\u{3000}', '\0']).chars().next();
            prop_assert!(!matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n')) || made.starts_with('\''));
        }
    }
}
