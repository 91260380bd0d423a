//! Every text is in the catalogues, in both languages, and used.

use crate::house::files;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of one language: key, and the arguments each takes.
fn catalogue(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for (_, text) in files(&format!("locales/{lang}"), "ftl") {
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase())) {
                assert!(messages.insert(key.to_owned(), BTreeSet::new()).is_none(), "{lang}: {key} twice");
                last = key.to_owned();
            }
            for argument in line.split('$').skip(1) {
                let name: String = argument.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                messages.get_mut(&last).expect("an argument belongs to a message").insert(name);
            }
        }
    }
    messages
}

/// Families of keys made from a value, such as `format!("role-{}")` or `page.word("role", …)`: a
/// family is used as a whole.
fn families(text: &str) -> BTreeSet<String> {
    let is_key = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let made =
        text.match_indices("-{").filter_map(|(at, _)| text[..at + 1].rsplit('"').next().filter(|part| is_key(part)).map(str::to_owned));
    let words =
        text.match_indices(".word(\"").filter_map(|(at, call)| text[at + call.len()..].split('"').next().map(|word| format!("{word}-")));
    made.chain(words).collect()
}

#[test]
fn english_and_french_have_the_same_messages_with_the_same_arguments() {
    let (english, french) = (catalogue("en"), catalogue("fr"));
    let keys = |catalogue: &BTreeMap<String, BTreeSet<String>>| catalogue.keys().cloned().collect::<BTreeSet<_>>();
    let missing: Vec<_> = keys(&english).symmetric_difference(&keys(&french)).cloned().collect();
    assert!(missing.is_empty(), "in one language alone: {missing:?}");
    for (key, arguments) in &english {
        // A plural form may print its number or spell it out.
        let strip =
            |set: &BTreeSet<String>| set.iter().filter(|name| *name != "shown" && *name != "count").cloned().collect::<BTreeSet<_>>();
        assert_eq!(strip(arguments), strip(&french[key]), "{key}");
    }
}

/// What looks like a key of the catalogue in a text: quoted, lower case, with a hyphen.
fn quoted_keys(text: &str) -> BTreeSet<String> {
    text.split('"')
        .filter(|part| {
            part.contains('-') && part.len() < 60 && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn no_message_is_unused_and_none_is_missing() {
    let english = catalogue("en");
    let (mut used, mut families_used) = (BTreeSet::new(), BTreeSet::new());
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in files("src", "rs").into_iter().chain(files("templates", "html")).chain(files("templates", "txt")) {
        used.extend(quoted_keys(&text));
        families_used.extend(families(&text));
        for call in [".t(\"", ".ta(\"", ".t1(\"", ".tn(\"", ".message(who.user.lang, \"", "Some(\"flash-"] {
            for (at, _) in text.match_indices(call) {
                let rest = &text[at + call.len()..];
                let key = rest.split('"').next().unwrap_or_default();
                let key = if call.starts_with("Some") { format!("flash-{key}") } else { key.to_owned() };
                if !call.starts_with(".message") && !key.contains('{') {
                    asked.insert(key, path.display().to_string());
                }
            }
        }
    }
    for (key, place) in &asked {
        assert!(english.contains_key(key), "{place}: no message {key}");
    }
    // Read by `i18n` itself.
    used.insert("months-short".into());
    let unused: Vec<_> = english
        .keys()
        .filter(|key| !used.contains(*key) && !families_used.iter().any(|family: &String| key.starts_with(family.as_str())))
        .collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}

#[test]
fn templates_hold_no_literal_text() {
    for (path, text) in files("templates", "html") {
        let mut plain = String::new();
        let mut rest = text.as_str();
        // Class names and attributes that a block or macro puts into a tag are not text. Without tags, expressions and comments, nothing with two letters in a row may be left.
        while let Some(at) = rest.find(['<', '{']) {
            plain.push_str(&rest[..at]);
            let tail = &rest[at..];
            let end = if tail.starts_with("{{") {
                tail.find("}}").map(|end| end + 2)
            } else if tail.starts_with("{%") {
                tail.find("%}").map(|end| end + 2)
            } else if tail.starts_with("{#") {
                tail.find("#}").map(|end| end + 2)
            } else if tail.starts_with('<') {
                Some(tag_end(tail))
            } else {
                Some(1)
            };
            plain.push(' ');
            rest = &tail[end.unwrap_or(tail.len())..];
        }
        plain.push_str(rest);
        let plain = plain.replace("Comptoir", "").replace("&nbsp;", "");
        let words: Vec<&str> = plain
            .split_whitespace()
            .filter(|word| !word.contains("__") && !word.contains("--") && !word.contains('=') && !word.starts_with('-'))
            .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
            .collect();
        assert!(words.is_empty(), "{}: {words:?}", path.display());
    }
}

/// The end of a tag, expressions with quotes and brackets inside it skipped.
fn tag_end(text: &str) -> usize {
    let (bytes, mut at, mut depth) = (text.as_bytes(), 1, 0);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'{', Some(b'{' | b'%')) => depth += 1,
            (b'}', Some(b'}')) | (b'%', Some(b'}')) => depth -= 1,
            (b'>', _) if depth == 0 => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
