//! Texts made comparable: for search without case and accents, and to find names that are nearly
//! the same.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use std::collections::HashMap;

const NORMALIZER: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();
const COMBINING: CanonicalCombiningClassMapBorrowed<'static> = CanonicalCombiningClassMapBorrowed::new();

/// Letters that have no decomposition but that people search by their plain neighbours.
const PLAIN: &[(char, &str)] = &[
    ('ß', "ss"),
    ('œ', "oe"),
    ('æ', "ae"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŧ', "t"),
    ('ς', "σ"),
    ('’', "'"),
    ('‘', "'"),
    ('ʼ', "'"),
];

/// Words that only tell the legal form, in their folded spelling without dots. Several words stand
/// together.
const LEGAL_FORMS: &[&[&str]] = &[
    &["private", "limited"],
    &["sociedad", "anonima"],
    &["societe", "anonyme"],
    &["sp", "z", "oo"],
    &["spolka", "akcyjna"],
    &["sa", "de", "cv"],
    &["sa", "rl"],
    &["ab"],
    &["ag"],
    &["aps"],
    &["as"],
    &["bhd"],
    &["bv"],
    &["bvba"],
    &["co"],
    &["company"],
    &["corp"],
    &["corporation"],
    &["doo"],
    &["eirl"],
    &["eood"],
    &["eurl"],
    &["gmbh"],
    &["inc"],
    &["incorporated"],
    &["kft"],
    &["kg"],
    &["kk"],
    &["lda"],
    &["limited"],
    &["llc"],
    &["llp"],
    &["lp"],
    &["ltd"],
    &["ltda"],
    &["mbh"],
    &["nv"],
    &["nyrt"],
    &["ood"],
    &["ooo"],
    &["oy"],
    &["oyj"],
    &["plc"],
    &["pte"],
    &["pty"],
    &["pvt"],
    &["sa"],
    &["sarl"],
    &["sas"],
    &["sasu"],
    &["sci"],
    &["sdn"],
    &["se"],
    &["sl"],
    &["slu"],
    &["snc"],
    &["spa"],
    &["spzoo"],
    &["sprl"],
    &["srl"],
    &["sro"],
    &["wll"],
    &["zrt"],
];

/// Folds a text for search: compatibility forms, accents and case gone, control characters dropped,
/// white space collapsed. Folding twice changes nothing. Marks that are letters of their own (the
/// Japanese voicing sign, the Indic virama and nukta) stay.
pub fn fold(text: &str) -> String {
    if text.is_ascii() { words_of(text, add_plain) } else { words_of(&NORMALIZER.normalize(text), add) }
}

/// Each word of a text as `letters` writes it, one space between them.
fn words_of(text: &str, letters: impl Fn(&str, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        letters(word, &mut out);
    }
    out.truncate(out.trim_end().len());
    out
}

fn add(word: &str, out: &mut String) {
    // Lower-casing may bring up new marks (the Turkish dotted I), hence the second filter.
    let letters = word.chars().filter(|c| !dropped(*c)).flat_map(char::to_lowercase).filter(|c| !dropped(*c));
    for letter in letters {
        match PLAIN.iter().find(|(special, _)| *special == letter) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(letter),
        }
    }
}

/// As [`add`], for letters that have no marks: most texts are of these alone.
fn add_plain(word: &str, out: &mut String) {
    out.extend(word.chars().filter(|c| !super::rule::unprintable(*c)).map(|c| c.to_ascii_lowercase()));
}

fn dropped(c: char) -> bool {
    // Classes 7, 8 and 9 are nukta, kana voicing and virama.
    super::rule::unprintable(c) || !matches!(COMBINING.get_u8(c), 0 | 7 | 8 | 9)
}

/// The folded words of a company name without its legal form, dots and punctuation; all its words
/// if nothing else is left. For the detection of duplicates (Partner Center reference 3.2).
pub fn significant_words(name: &str) -> Vec<String> {
    let words = words(&fold(name));
    let mut kept = Vec::new();
    let mut rest = words.as_slice();
    while let Some((first, others)) = rest.split_first() {
        match LEGAL_FORMS.iter().find(|form| starts_with(rest, form)) {
            Some(form) => rest = &rest[form.len()..],
            None => {
                kept.push(first.clone());
                rest = others;
            }
        }
    }
    if kept.is_empty() { words } else { kept }
}

fn starts_with(words: &[String], form: &[&str]) -> bool {
    words.len() >= form.len() && words.iter().zip(form).all(|(word, part)| word == part)
}

/// Splits folded text; an abbreviation with dots ("s.a.r.l.") becomes one word.
fn words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for chunk in folded.split(' ') {
        let parts: Vec<&str> = chunk.split('.').filter(|part| !part.is_empty()).collect();
        let abbreviation = parts.len() > 1 && parts.iter().all(|part| part.chars().count() <= 2);
        let text = if abbreviation { parts.concat() } else { chunk.to_owned() };
        words.extend(text.split(separates).filter(|word| !word.is_empty()).map(str::to_owned));
    }
    words
}

/// Marks that stayed in [`fold`] belong to their word.
fn separates(c: char) -> bool {
    !c.is_alphanumeric() && COMBINING.get_u8(c) == 0 && !matches!(c, '\u{200c}' | '\u{200d}')
}

/// How alike two names are, in percent: the share of letter triples in common (Dice), over the
/// significant words. 100 means the same significant words in the same order, 0 nothing in common.
pub fn similarity(a: &str, b: &str) -> u8 {
    let (a, b) = (significant_words(a).join(" "), significant_words(b).join(" "));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    if a == b {
        return 100;
    }
    let (left, right) = (trigrams(&a), trigrams(&b));
    let common: usize = left.iter().map(|(triple, count)| right.get(triple).map_or(0, |other| *count.min(other))).sum();
    let all: usize = left.values().sum::<usize>() + right.values().sum::<usize>();
    // Never more than 99, because the names differ.
    u8::try_from((200 * common / all).min(99)).unwrap_or(99)
}

/// Every three neighbours, with two blanks before and one after so that beginnings weigh more than
/// ends.
fn trigrams(text: &str) -> HashMap<[char; 3], usize> {
    let padded: Vec<char> = "  ".chars().chain(text.chars()).chain(" ".chars()).collect();
    let mut counts = HashMap::new();
    for triple in padded.windows(3) {
        *counts.entry([triple[0], triple[1], triple[2]]).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_removes_case_and_accents() {
        for (text, folded) in [
            ("Électricité  de\tFrance", "electricite de france"),
            ("STRASSE Straße ẞ", "strasse strasse ss"),
            ("Œuvre cœur ÆON", "oeuvre coeur aeon"),
            ("Ørsted Łódź Đorđe", "orsted lodz dorde"),
            ("İstanbul Iğdır ılık", "istanbul igdir ilik"),
            ("ＡＢＣ　ﬁn ②", "abc fin 2"),
            ("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ σισυφοσ"),
            ("Ёлка й", "елка и"),
            ("a\u{0}b\u{200b}c\u{202e}", "abc"),
            ("l’Oréal L'ORÉAL", "l'oreal l'oreal"),
            ("  \u{301} ", ""),
            ("東京ガス", "東京カ\u{3099}ス"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn legal_forms_do_not_count() {
        for (name, words) in [
            ("Contoso, Ltd.", "contoso"),
            ("CONTOSO S.à r.l.", "contoso"),
            ("Contoso Sp. z o.o.", "contoso"),
            ("ООО Ромашка", "ооо ромашка"),
            ("Fabrikam Private Limited", "fabrikam"),
            ("Private Bank plc", "private bank"),
            ("Litware GmbH & Co. KG", "litware"),
            ("Société Générale SA", "societe generale"),
            ("Limited", "limited"),
            ("A. Datum Corporation", "a datum"),
            ("Booking.com B.V.", "booking com"),
            ("Grupo México S.A. de C.V.", "grupo mexico"),
        ] {
            assert_eq!(significant_words(name).join(" "), words, "{name}");
        }
    }

    #[test]
    fn similar_names_are_close() {
        for (a, b, at_least, at_most) in [
            ("Contoso Ltd", "CONTOSO LIMITED", 100, 100),
            ("Société Générale", "Societe Generale S.A.", 100, 100),
            ("Contoso Paris", "Contoso Pariss", 80, 99),
            ("Contoso", "Contosso", 60, 99),
            ("Contoso", "Fabrikam", 0, 0),
            ("", "Fabrikam", 0, 0),
            ("Adventure Works", "Works Adventure", 40, 99),
        ] {
            let percent = similarity(a, b);
            assert!((at_least..=at_most).contains(&percent), "{a} / {b}: {percent}");
            assert_eq!(percent, similarity(b, a));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn texts_without_marks_are_folded_as_any_other(text in "[\\x00-\\x7f]{0,24}") {
            prop_assert_eq!(words_of(&text, add_plain), words_of(&NORMALIZER.normalize(&text), add));
        }

        #[test]
        fn a_name_is_like_itself(name in "[a-zA-Zé .]{1,20}[a-z]") {
            prop_assert_eq!(similarity(&name, &name), 100);
        }
    }
}
