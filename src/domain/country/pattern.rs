//! Postal code patterns: a small language, a subset of regular expressions, always matched as a
//! whole.
//!
//! `\d` is a digit, `[A-C\d]` one of a set, `(…)` a group, `|` an alternative, and `?`, `{2}`,
//! `{1,2}` say how often. Everything else stands for itself. Patterns come from the country table
//! only; a test reads each of them.

/// What may stand at one place, and how often.
struct Part {
    what: What,
    least: usize,
    most: usize,
}

enum What {
    /// One character out of these ranges, ends included.
    Set(Vec<(char, char)>),
    Group(Vec<Vec<Part>>),
}

/// Whether the whole text fits the pattern. Both are short (a postal code has at most ten
/// characters).
pub fn matches(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    ends(&read(pattern), &text, 0).contains(&text.len())
}

/// The first text that the pattern allows, digits counting up from 1; separators that may be left
/// out are left in.
pub fn example(pattern: &str) -> String {
    let mut out = String::new();
    let mut next_digit = 1;
    write_example(&read(pattern)[0], &mut out, &mut next_digit);
    out
}

fn write_example(parts: &[Part], out: &mut String, next_digit: &mut u32) {
    for part in parts {
        let separator = matches!(&part.what, What::Set(ranges) if matches!(ranges[0].0, ' ' | '-'));
        let times = if separator { part.most } else { part.least };
        for _ in 0..times {
            match &part.what {
                What::Group(alternatives) => write_example(&alternatives[0], out, next_digit),
                What::Set(ranges) if ranges[0] == ('0', '9') => {
                    out.extend(char::from_digit(*next_digit % 10, 10));
                    *next_digit += 1;
                }
                What::Set(ranges) => out.push(ranges[0].0),
            }
        }
    }
}

/// Every place where the alternatives, begun at `start`, may end.
fn ends(alternatives: &[Vec<Part>], text: &[char], start: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for parts in alternatives {
        let mut places = vec![start];
        for part in parts {
            places = places.into_iter().flat_map(|place| part_ends(part, text, place)).collect();
        }
        found.extend(places);
    }
    found
}

fn part_ends(part: &Part, text: &[char], start: usize) -> Vec<usize> {
    let mut places = vec![start];
    let mut found = if part.least == 0 { places.clone() } else { Vec::new() };
    for times in 1..=part.most {
        places = match &part.what {
            What::Group(alternatives) => places.into_iter().flat_map(|place| ends(alternatives, text, place)).collect(),
            What::Set(ranges) => {
                let fits = |place: &usize| text.get(*place).is_some_and(|c| ranges.iter().any(|(from, to)| (from..=to).contains(&c)));
                places.into_iter().filter(fits).map(|place| place + 1).collect()
            }
        };
        if times >= part.least {
            found.extend(&places);
        }
    }
    found
}

fn read(pattern: &str) -> Vec<Vec<Part>> {
    read_group(&mut pattern.chars().peekable())
}

type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads alternatives up to the closing parenthesis or the end.
fn read_group(rest: &mut Characters) -> Vec<Vec<Part>> {
    let mut alternatives = vec![Vec::new()];
    while let Some(c) = rest.next() {
        let what = match c {
            ')' => break,
            '|' => {
                alternatives.push(Vec::new());
                continue;
            }
            '(' => What::Group(read_group(rest)),
            '[' => What::Set(read_set(rest)),
            '\\' => What::Set(vec![escaped(rest)]),
            _ => What::Set(vec![(c, c)]),
        };
        let (least, most) = read_times(rest);
        if let Some(parts) = alternatives.last_mut() {
            parts.push(Part { what, least, most });
        }
    }
    alternatives
}

fn read_set(rest: &mut Characters) -> Vec<(char, char)> {
    let mut ranges: Vec<(char, char)> = Vec::new();
    while let Some(c) = rest.next() {
        match (c, rest.peek().copied()) {
            (']', _) => break,
            ('\\', _) => ranges.push(escaped(rest)),
            ('-', Some(to)) if to != ']' && !ranges.is_empty() => {
                rest.next();
                if let Some(last) = ranges.last_mut() {
                    last.1 = to;
                }
            }
            _ => ranges.push((c, c)),
        }
    }
    ranges
}

fn escaped(rest: &mut Characters) -> (char, char) {
    match rest.next() {
        Some('d') => ('0', '9'),
        Some(c) => (c, c),
        None => ('\\', '\\'),
    }
}

fn read_times(rest: &mut Characters) -> (usize, usize) {
    match rest.peek() {
        Some('?') => {
            rest.next();
            (0, 1)
        }
        Some('{') => {
            rest.next();
            let times: String = rest.by_ref().take_while(|c| *c != '}').collect();
            let (least, most) = times.split_once(',').unwrap_or((&times, &times));
            (least.parse().unwrap_or(1), most.parse().unwrap_or(1))
        }
        _ => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{example, matches};

    #[test]
    fn patterns_match_the_whole_text() {
        for (pattern, text, holds) in [
            (r"\d{5}", "12345", true),
            (r"\d{5}", "1234", false),
            (r"\d{5}", "123456", false),
            (r"\d{4,5}|\d{3}-\d{4}", "123-4567", true),
            (r"\d{4,5}|\d{3}-\d{4}", "1234", true),
            (r"\d{4,5}|\d{3}-\d{4}", "123", false),
            (r"(\d{5})([ -](\d{4}))?", "98052-1234", true),
            (r"(\d{5})([ -](\d{4}))?", "98052 1234", true),
            (r"(\d{5})([ -](\d{4}))?", "98052-", false),
            (r"[ABC-E]\d[\dX] ?Z", "D19Z", true),
            (r"[ABC-E]\d[\dX] ?Z", "D1X Z", true),
            (r"[ABC-E]\d[\dX] ?Z", "F1X Z", false),
            (r"(AI-)?2640", "AI-2640", true),
            (r"(AI-)?2640", "2640", true),
        ] {
            assert_eq!(matches(pattern, text), holds, "{pattern} {text}");
        }
    }

    #[test]
    fn an_example_fits_its_pattern() {
        for pattern in [r"\d{5}", r"[A-Z]{2} ?\d{4}", r"(AI-)?2640", r"948[5-9]|949[0-8]"] {
            assert!(matches(pattern, &example(pattern)), "{pattern}");
        }
    }
}
