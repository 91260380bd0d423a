//! The day on which a customer accepted the agreement.
//!
//! Source: Partner Center reference 3.3 (date of acceptance, not in the future).

use super::rule::Rule;

/// A day of the Gregorian calendar, not after the day on which it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcceptanceDate {
    year: i16,
    month: i8,
    day: i8,
}

impl AcceptanceDate {
    /// Reads `YYYY-MM-DD`, as date fields send it. `today` is year, month (1 to 12) and day where
    /// the user is.
    pub fn parse(input: &str, today: (i16, i8, i8)) -> Result<Self, Rule> {
        let input = input.trim();
        if input.is_empty() {
            return Err(Rule::Required);
        }
        let date = Self::read(input).ok_or(Rule::DateFormat)?;
        if (date.year, date.month, date.day) > today { Err(Rule::DateInFuture) } else { Ok(date) }
    }

    fn read(input: &str) -> Option<Self> {
        let parts: Vec<&str> = input.split('-').collect();
        let [year, month, day] = parts.as_slice() else {
            return None;
        };
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return None;
        }
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        let holds = date.year >= 1900 && (1..=12).contains(&date.month) && (1..=date.days_of_month()).contains(&date.day);
        holds.then_some(date)
    }

    fn days_of_month(self) -> i8 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Year, month (1 to 12) and day.
    pub const fn parts(self) -> (i16, i8, i8) {
        (self.year, self.month, self.day)
    }
}

impl std::fmt::Display for AcceptanceDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::AcceptanceDate;
    use crate::domain::rule::Rule;

    #[test]
    fn a_day_that_has_come() {
        for (input, answer) in [
            ("2026-11-23", Ok("2026-11-23")),
            (" 2019-10-01 ", Ok("2019-10-01")),
            ("2024-02-29", Ok("2024-02-29")),
            ("2000-02-29", Ok("2000-02-29")),
            ("2026-11-24", Err(Rule::DateInFuture)),
            ("2027-01-01", Err(Rule::DateInFuture)),
            ("2026-02-29", Err(Rule::DateFormat)),
            ("1900-02-29", Err(Rule::DateFormat)),
            ("2026-13-01", Err(Rule::DateFormat)),
            ("2026-04-31", Err(Rule::DateFormat)),
            ("2026-00-10", Err(Rule::DateFormat)),
            ("0202-01-01", Err(Rule::DateFormat)),
            ("23/11/2026", Err(Rule::DateFormat)),
            ("2026-1-1", Err(Rule::DateFormat)),
            ("2026-11-23-", Err(Rule::DateFormat)),
            ("", Err(Rule::Required)),
        ] {
            let date = AcceptanceDate::parse(input, (2026, 11, 23)).map(|date| date.to_string());
            assert_eq!(date, answer.map(str::to_owned), "{input}");
        }
    }
}
