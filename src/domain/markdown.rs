//! The small Markdown of descriptions: headings, lists, paragraphs, emphasis and links. It is read
//! into blocks and spans that a template writes (`ui/prose.html`), so no text can become a tag.
//! What is not understood stays text.

use super::web_address::link_target;

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `sub` is one below another heading.
    Heading {
        sub: bool,
        spans: Vec<Span>,
    },
    Paragraph(Vec<Span>),
    List {
        numbered: bool,
        items: Vec<Vec<Span>>,
    },
}

/// A run of text, set in one way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// Parsed: `http`, `https` or `mailto`.
    pub href: Option<String>,
}

/// Reads a text.
pub fn parse(text: &str) -> Vec<Block> {
    let (mut blocks, mut open, mut top) = (Vec::new(), Vec::new(), usize::MAX);
    for line in text.lines().map(str::trim) {
        let line = Line::read(line);
        if !matches!(line, Line::Text(_)) {
            close(&mut blocks, &mut open);
        }
        match line {
            Line::Blank => {}
            Line::Text(text) => open.push(text),
            Line::Heading(marks, text) => {
                // Where a text begins with a small heading, that is its first level.
                top = top.min(marks);
                blocks.push(Block::Heading { sub: marks > top, spans: spans(text) });
            }
            Line::Item(numbered, text) => match blocks.last_mut() {
                Some(Block::List { numbered: same, items }) if *same == numbered => items.push(spans(text)),
                _ => blocks.push(Block::List { numbered, items: vec![spans(text)] }),
            },
        }
    }
    close(&mut blocks, &mut open);
    blocks
}

/// Ends the paragraph of the lines read so far.
fn close(blocks: &mut Vec<Block>, open: &mut Vec<&str>) {
    if !open.is_empty() {
        blocks.push(Block::Paragraph(spans(&open.join("\n"))));
        open.clear();
    }
}

/// What a line is by its first characters.
enum Line<'a> {
    Blank,
    Heading(usize, &'a str),
    Item(bool, &'a str),
    Text(&'a str),
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Self {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let after = |marks: usize, ends: &[&str]| ends.iter().find_map(|end| line[marks..].strip_prefix(end)).map(str::trim);
        if line.is_empty() {
            return Self::Blank;
        }
        if let Some(text) = after(marks, &[" "]).filter(|_| (1..=6).contains(&marks)) {
            return Self::Heading(marks, text);
        }
        if let Some(text) = after(0, &["- ", "* ", "+ ", "• "]) {
            return Self::Item(false, text);
        }
        match after(digits, &[". ", ") "]).filter(|_| (1..=3).contains(&digits)) {
            Some(text) => Self::Item(true, text),
            None => Self::Text(line),
        }
    }
}

/// The runs of one text; a mark that is never closed is text.
fn spans(text: &str) -> Vec<Span> {
    let mut out = Runs::default();
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                out.push(&rest[1..2]);
                2
            }
            '*' if rest.starts_with("**") && out.toggles(true, &rest[2..], "**", before) => {
                out.strong = !out.strong;
                2
            }
            '*' | '_' if out.toggles(false, &rest[1..], &rest[..1], before) => {
                out.emphasis = if out.emphasis.is_some() { None } else { Some(c) };
                1
            }
            '[' => match link(rest) {
                Some((label, href, length)) => {
                    out.link(label, href);
                    length
                }
                None => out.push(&rest[..1]),
            },
            _ => out.push(&rest[..c.len_utf8()]),
        };
        before = rest[..taken].chars().next_back().unwrap_or(' ');
        rest = &rest[taken..];
    }
    out.done
}

/// Label, target and length of a link at the beginning of a text.
fn link(text: &str) -> Option<(&str, String, usize)> {
    let middle = text.find("](")?;
    let end = middle + text[middle..].find(')')?;
    let label = &text[1..middle];
    if label.trim().is_empty() || label.contains(['[', ']', '\n']) {
        return None;
    }
    link_target(text[middle + 2..end].trim()).map(|href| (label, href, end + 1))
}

#[derive(Default)]
struct Runs {
    done: Vec<Span>,
    strong: bool,
    /// The mark that began it.
    emphasis: Option<char>,
}

impl Runs {
    /// Adds text to the run that is set the same way; its length.
    fn push(&mut self, text: &str) -> usize {
        let (strong, emphasis) = (self.strong, self.emphasis.is_some());
        match self.done.last_mut() {
            Some(last) if last.href.is_none() && last.strong == strong && last.emphasis == emphasis => last.text.push_str(text),
            _ => self.done.push(Span { text: text.to_owned(), strong, emphasis, href: None }),
        }
        text.len()
    }
    fn link(&mut self, label: &str, href: String) {
        let span = Span { text: label.to_owned(), strong: self.strong, emphasis: self.emphasis.is_some(), href: Some(href) };
        self.done.push(span);
    }
    /// Does a mark begin or end something here? `rest` follows it.
    fn toggles(&self, strong: bool, rest: &str, mark: &str, before: char) -> bool {
        let is_open = if strong { self.strong } else { self.emphasis.is_some_and(|open| mark.starts_with(open)) };
        let after = rest.chars().next().unwrap_or(' ');
        // Underlines within words are names of things.
        let within_word = mark == "_" && before.is_alphanumeric() && after.is_alphanumeric();
        if is_open {
            return !before.is_whitespace() && !within_word;
        }
        let may_begin = strong || self.emphasis.is_none();
        may_begin && !after.is_whitespace() && !within_word && rest.find(mark).is_some_and(|end| end > 0)
    }
}

/// The text alone, without any marks; what results and structured data show.
pub fn plain(text: &str) -> String {
    let flat = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let lines = parse(text).into_iter().map(|block| match block {
        Block::Heading { spans, .. } | Block::Paragraph(spans) => flat(&spans),
        Block::List { items, .. } => items.iter().map(|item| flat(item)).collect::<Vec<_>>().join(" · "),
    });
    lines.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(text: &str) -> Span {
        Span { text: text.to_owned(), ..Span::default() }
    }
    fn strong(text: &str) -> Span {
        Span { strong: true, ..run(text) }
    }
    fn emphasis(text: &str) -> Span {
        Span { emphasis: true, ..run(text) }
    }

    #[test]
    fn headings_lists_and_paragraphs() {
        let text = "### Who we are\nTwo lines\r\nof one\n\nAnother\n# What we do\n## More\n- one\n* two\n\n1. first\n2) second";
        assert_eq!(
            parse(text),
            [
                Block::Heading { sub: false, spans: vec![run("Who we are")] },
                Block::Paragraph(vec![run("Two lines\nof one")]),
                Block::Paragraph(vec![run("Another")]),
                Block::Heading { sub: false, spans: vec![run("What we do")] },
                Block::Heading { sub: true, spans: vec![run("More")] },
                Block::List { numbered: false, items: vec![vec![run("one")], vec![run("two")]] },
                Block::List { numbered: true, items: vec![vec![run("first")], vec![run("second")]] },
            ]
        );
    }

    #[test]
    fn emphasis_and_links() {
        for (text, expected) in [
            ("a **b** c", vec![run("a "), strong("b"), run(" c")]),
            ("*a* _b_", vec![emphasis("a"), run(" "), emphasis("b")]),
            ("snake_case_name", vec![run("snake_case_name")]),
            ("2 * 3 * 4", vec![run("2 * 3 * 4")]),
            ("**never closed", vec![run("**never closed")]),
            ("\\*stars\\*", vec![run("*stars*")]),
            ("#nohead", vec![run("#nohead")]),
            ("<b>x</b> & <script>", vec![run("<b>x</b> & <script>")]),
            ("[x](javascript:alert(1))", vec![run("[x](javascript:alert(1))")]),
            ("[x](/sign-out)", vec![run("[x](/sign-out)")]),
            (
                "see [us](https://contoso.example/a)!",
                vec![run("see "), Span { href: Some("https://contoso.example/a".into()), ..run("us") }, run("!")],
            ),
            ("[mail](mailto:anna@contoso.example)", vec![Span { href: Some("mailto:anna@contoso.example".into()), ..run("mail") }]),
        ] {
            assert_eq!(parse(text), [Block::Paragraph(expected)], "{text}");
        }
        assert_eq!(plain("# Us\n- **a**\n- [b](https://c.example)"), "Us a · b");
    }

    fn all(blocks: &[Block]) -> Vec<&Span> {
        blocks
            .iter()
            .flat_map(|block| match block {
                Block::Heading { spans, .. } | Block::Paragraph(spans) => spans.iter().collect::<Vec<_>>(),
                Block::List { items, .. } => items.iter().flatten().collect(),
            })
            .collect()
    }

    proptest! {
        #[test]
        fn no_link_leads_elsewhere_and_no_letter_is_lost(
            text in "\\PC{0,60}|([#*_\\\\\\[\\]()<>a-z 1.\n-]|javascript:|https://c.example|mailto:a@b.example|data:){0,40}"
        ) {
            let blocks = parse(&text);
            for span in all(&blocks) {
                if let Some(href) = &span.href {
                    prop_assert!(["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme)), "{}", href);
                }
            }
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let kept: usize = all(&blocks).iter().map(|span| letters(&span.text) + span.href.as_deref().map_or(0, letters)).sum();
            prop_assert!(kept >= letters(&text), "{:?} of {:?}", blocks, text);
        }
    }
}
