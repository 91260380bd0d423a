//! The rules of the house that a reader can check by looking, checked by looking.

use std::fs;
use std::path::{Path, PathBuf};

pub fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).expect("a text file");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn pages_hold_no_inline_script_or_style_and_switch_no_escaping_off() {
    for (path, text) in files("templates", "html") {
        let name = path.display();
        // Mail programs load no stylesheet: a letter carries its own, in its head.
        let style = if name.to_string().contains("templates/mail/") { "<style " } else { "<style" };
        for banned in [" style=", style, " onclick", " onload", " onchange", "javascript:", "|safe", "| safe", "escape = \"none\""] {
            assert!(!text.contains(banned), "{name}: {banned}");
        }
        for script in text.match_indices("<script") {
            assert!(text[script.0..].starts_with("<script type=\"module\" src="), "{name}: a script that is not a file");
        }
        // Every attribute that holds a value is quoted.
        for (at, _) in text.match_indices("={{") {
            let before = text[..at].rsplit(['<', '>']).next().unwrap_or_default();
            assert!(before.matches('"').count() % 2 == 1, "{name}: an attribute without quotes: {before}");
        }
    }
}

#[test]
fn imports_go_down_only() {
    let layers = ["domain", "db", "access", "mail", "web", "features"];
    // Known and meant: ids, clock and errors are words that all layers share; the tenant's proof is
    // asked for by the search index, and a member's extractor knows the reader's language.
    let excepted = [("db", "access::tenant"), ("domain", "text_enum"), ("web", "features::sign_in::page_for_expired"), ("access", "web::")];
    for (at, layer) in layers.iter().enumerate() {
        for (path, text) in files(&format!("src/{layer}"), "rs") {
            for above in &layers[at + 1..] {
                for (number, line) in text.lines().enumerate().filter(|(_, line)| line.contains(&format!("crate::{above}::"))) {
                    let meant = excepted.iter().any(|(from, to)| from == layer && line.contains(to) && *from != "access");
                    assert!(meant, "{}:{}: {layer} reaches up to {above}: {line}", path.display(), number + 1);
                }
            }
        }
    }
}

#[test]
fn no_handler_reaches_for_a_pool_and_no_sql_is_put_together_from_values() {
    for (path, text) in files("src/features", "rs") {
        for banned in ["Store::", "read_system", "write_system", ".commands()", "sql_query(", "r2d2"] {
            assert!(!text.contains(banned), "{}: {banned}", path.display());
        }
    }
    for (path, text) in files("src", "rs") {
        let allowed = ["db/dialect.rs", "db/migrate.rs", "src/cli"].iter().any(|part| path.display().to_string().contains(part));
        assert!(allowed || !text.contains("sql_query(format!"), "{}: a statement put together from text", path.display());
    }
}
