//! Amounts: integer minor units of an ISO 4217 currency.

use super::rule::Rule;

/// Currencies of the forms and their decimal places.
pub const CURRENCIES: &[(&str, u32)] = &[
    ("EUR", 2),
    ("USD", 2),
    ("GBP", 2),
    ("CHF", 2),
    ("AUD", 2),
    ("BRL", 2),
    ("CAD", 2),
    ("CNY", 2),
    ("CZK", 2),
    ("DKK", 2),
    ("HUF", 2),
    ("INR", 2),
    ("JPY", 0),
    ("KRW", 0),
    ("MAD", 2),
    ("MXN", 2),
    ("NOK", 2),
    ("NZD", 2),
    ("PLN", 2),
    ("RON", 2),
    ("SEK", 2),
    ("SGD", 2),
    ("TND", 3),
    ("TRY", 2),
    ("XOF", 0),
    ("ZAR", 2),
];

/// How many decimals an amount of this currency has.
pub fn decimals(currency: &str) -> u32 {
    CURRENCIES.iter().find(|(code, _)| *code == currency).map_or(2, |(_, decimals)| *decimals)
}

/// Is it a currency of the forms?
pub fn is_currency(code: &str) -> bool {
    CURRENCIES.iter().any(|(known, _)| *known == code)
}

/// Largest amount, in whole units: beyond it nobody means it.
const MAX: i64 = 1_000_000_000_000;

/// An amount as people type it, in either language: `12 500`, `12,500.50`, `12.500,50`. The last
/// point or comma separates decimals, unless exactly three digits follow it.
///
/// # Errors
/// [`Rule::Amount`] for what is no amount, is negative, or has more decimals than its currency.
pub fn parse(text: &str, currency: &str) -> Result<i64, Rule> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}')).collect();
    if text.is_empty() {
        return Err(Rule::Required);
    }
    let places = decimals(currency);
    let (whole, part) = split(&text, places);
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(&whole) || !all_digits(&part) || part.len() > places as usize {
        return Err(Rule::Amount);
    }
    let units: i64 = whole.parse().map_err(|_| Rule::Amount)?;
    let minor: i64 = format!("0{part:0<width$}", width = places as usize).parse().map_err(|_| Rule::Amount)?;
    if units > MAX { Err(Rule::Amount) } else { Ok(units * 10_i64.pow(places) + minor) }
}

/// Whole and decimal digits.
fn split(text: &str, places: u32) -> (String, String) {
    let signs: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let Some((at, last)) = signs.last().copied() else { return (text.to_owned(), String::new()) };
    let follows = text.len() - at - 1;
    let other = signs.iter().any(|(_, sign)| *sign != last);
    let repeated = signs.iter().filter(|(_, sign)| *sign == last).count() > 1;
    // `1.500` is a thousand and a half of nothing unless the currency has three decimals.
    let thousands = repeated || (follows == 3 && !other && places != 3);
    if thousands { (text.to_owned(), String::new()) } else { (text[..at].to_owned(), text[at + 1..].to_owned()) }
}

/// An amount as forms and exports hold it: `12500.50`.
pub fn plain(minor: i64, currency: &str) -> String {
    let places = decimals(currency);
    let unit = 10_i64.pow(places);
    match places {
        0 => minor.to_string(),
        _ => format!("{}.{:0width$}", minor / unit, minor % unit, width = places as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_either_language_writes_them() {
        for (text, currency, wanted) in [
            ("0", "EUR", Ok(0)),
            ("12500", "EUR", Ok(1_250_000)),
            ("12 500,50", "EUR", Ok(1_250_050)),
            ("12\u{202f}500,5", "EUR", Ok(1_250_050)),
            ("12,500.50", "USD", Ok(1_250_050)),
            ("12.500,50", "EUR", Ok(1_250_050)),
            ("12,500", "USD", Ok(1_250_000)),
            ("1,234,567", "USD", Ok(123_456_700)),
            ("1.5", "TND", Ok(1_500)),
            ("1.500", "TND", Ok(1_500)),
            ("500", "JPY", Ok(500)),
            ("1,500", "JPY", Ok(1_500)),
            ("1.5", "JPY", Err(Rule::Amount)),
            ("1.505", "EUR", Ok(150_500)),
            ("1.5055", "EUR", Err(Rule::Amount)),
            ("-1", "EUR", Err(Rule::Amount)),
            ("", "EUR", Err(Rule::Required)),
            ("1e9", "EUR", Err(Rule::Amount)),
            ("9999999999999999999999", "EUR", Err(Rule::Amount)),
        ] {
            assert_eq!(parse(text, currency), wanted, "{text} {currency}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(minor in 0_i64..=1_000_000_000_000, which in 0_usize..CURRENCIES.len()) {
            let currency = CURRENCIES[which].0;
            prop_assert_eq!(parse(&plain(minor, currency), currency), Ok(minor));
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,20}|[0-9., ]{0,12}") {
            if let Ok(minor) = parse(&text, "EUR") {
                prop_assert!(minor >= 0);
            }
        }
    }
}
