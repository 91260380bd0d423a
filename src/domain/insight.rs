//! What the directory counts of a listing, and how fast a partner answers. No visitor is in it.

use crate::clock::{DAY, HOUR};
use crate::text_enum;

text_enum! {
    /// What happened, from being found to being asked.
    pub enum Seen {
        Appearance = "appearance",
        View = "view",
        Contact = "contact",
        Lead = "lead",
    }
}

/// Words in the names of programs that read pages for nobody, in lower case.
const PROGRAMS: [&str; 14] =
    ["bot", "crawl", "spider", "slurp", "preview", "curl", "wget", "python", "java/", "go-http", "libwww", "monitor", "fetch", "scrap"];

/// Is this an obvious program rather than somebody's browser?
pub fn is_program(user_agent: &str) -> bool {
    let name = user_agent.to_lowercase();
    name.is_empty() || PROGRAMS.iter().any(|word| name.contains(word))
}

/// How far back answers count.
pub const ANSWERS: i64 = 90 * DAY;
/// The score of a partner of whom nothing is known, and how many answers that knowledge weighs.
pub const NEUTRAL: i64 = 50;
const WEIGHT: i64 = 3;

/// What a referral adds: answered after so long (microseconds), or never.
const fn points(answered: Option<i64>) -> i64 {
    match answered {
        Some(time) if time <= DAY => 100,
        Some(time) if time <= 3 * DAY => 80,
        Some(time) if time <= 7 * DAY => 60,
        Some(_) => 40,
        None => 0,
    }
}

/// The response score, 0 to 100, and the hours that an answer usually takes (the median), where
/// there was one.
pub fn response(answers: &[Option<i64>]) -> (i64, Option<i64>) {
    let sum: i64 = NEUTRAL * WEIGHT + answers.iter().map(|answer| points(*answer)).sum::<i64>();
    let score = (sum + (WEIGHT + answers.len() as i64) / 2) / (WEIGHT + answers.len() as i64);
    let mut times: Vec<i64> = answers.iter().flatten().copied().collect();
    times.sort_unstable();
    (score, times.get(times.len() / 2).map(|time| (time + HOUR - 1).max(HOUR) / HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE;
    use proptest::prelude::*;

    #[test]
    fn fast_answers_raise_and_missing_ones_lower() {
        for (answers, score, hours) in [
            (vec![], 50, None),
            (vec![Some(20 * MINUTE)], 63, Some(1)),
            (vec![Some(2 * DAY)], 58, Some(48)),
            (vec![Some(10 * DAY)], 48, Some(240)),
            (vec![None], 38, None),
            (vec![None; 10], 12, None),
            (vec![Some(HOUR); 27], 95, Some(1)),
            (vec![Some(HOUR), None, Some(5 * HOUR)], 58, Some(5)),
        ] {
            assert_eq!(response(&answers), (score, hours), "{answers:?}");
        }
    }

    #[test]
    fn programs_are_known_by_their_names() {
        for program in ["", "Googlebot/2.1", "curl/8", "python-requests/2", "Mozilla/5.0 (compatible; bingbot/2.0)"] {
            assert!(is_program(program), "{program}");
        }
        assert!(!is_program("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
    }

    proptest! {
        #[test]
        fn a_score_stays_in_its_range_and_a_fast_answer_never_lowers_it(times in proptest::collection::vec(proptest::option::of(0..30 * DAY), 0..40)) {
            let (score, _) = response(&times);
            prop_assert!((0..=100).contains(&score));
            let more: Vec<_> = times.iter().copied().chain([Some(HOUR)]).collect();
            prop_assert!(response(&more).0 >= score);
        }
    }
}
