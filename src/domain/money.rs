//! Money: whole minor units with an ISO 4217 currency (product.md, rule 8).

use super::rule::Rule;

/// The currencies that forms offer, the usual ones first.
pub const CURRENCIES: [&str; 22] = [
    "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "BRL", "CNY", "CZK", "DKK", "HUF", "INR", "JPY", "MAD", "MXN", "NOK", "NZD", "PLN", "RON",
    "SEK", "TND", "ZAR",
];
/// The largest amount, in minor units: a million million.
const MOST: i64 = 1_000_000_000_000_000;

/// Digits behind the decimal sign.
pub fn digits(currency: &str) -> usize {
    match currency {
        "JPY" => 0,
        "TND" => 3,
        _ => 2,
    }
}

/// Does a form offer it?
pub fn is_currency(code: &str) -> bool {
    CURRENCIES.contains(&code)
}

/// What a person typed, in minor units: 12500, 12 500.50, 12,500.50 or 12.500,50. The last dot or comma is the
/// decimal sign, unless three digits follow it and the currency has not three.
///
/// # Errors
/// [`Rule::Amount`] where it is no amount, or none that the currency has.
pub fn parse(text: &str, currency: &str) -> Result<i64, Rule> {
    let decimals = digits(currency);
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{202f}' | '\u{a0}')).collect();
    let sign = text.rfind(['.', ',']).filter(|at| (1..=decimals).contains(&(text.len() - at - 1)));
    let (whole, part) = sign.map_or((text.as_str(), ""), |at| (&text[..at], &text[at + 1..]));
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let digits_of = format!("{}{part:0<decimals$}", groups.concat());
    let plain = !groups[0].is_empty() && grouped && digits_of.bytes().all(|byte| byte.is_ascii_digit());
    let minor = digits_of.parse().ok().filter(|minor| plain && *minor <= MOST);
    minor.ok_or(Rule::Amount)
}

/// As files and form fields hold it: 12500 or 12500.50.
pub fn plain(minor: i64, currency: &str) -> String {
    let unit = 10_i64.pow(digits(currency) as u32);
    match minor % unit {
        0 => (minor / unit).to_string(),
        part => format!("{}.{part:0width$}", minor / unit, width = digits(currency)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, currency, wanted) in [
            ("12500", "EUR", 1_250_000),
            ("12 500,50", "EUR", 1_250_050),
            ("12,500.50", "USD", 1_250_050),
            ("12.500", "EUR", 1_250_000),
            ("12’500.5", "CHF", 1_250_050),
            ("1,234,567", "JPY", 1_234_567),
            ("1.234", "TND", 1_234),
            ("0", "EUR", 0),
        ] {
            assert_eq!(parse(text, currency), Ok(wanted), "{text} {currency}");
        }
        for text in ["", "-5", "1.2.3", "12,50,00", "ten", "5 EUR", ".5", "99999999999999999999"] {
            assert_eq!(parse(text, "EUR"), Err(Rule::Amount), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(minor in 0..=MOST, which in 0..CURRENCIES.len()) {
            let currency = CURRENCIES[which];
            prop_assert_eq!(parse(&plain(minor, currency), currency), Ok(minor));
        }
    }
}
