//! What would have been: decisions as they were kept, ordered again under another setting. Pure, so
//! it changes nothing.

use super::decide::Kept;
use super::queries::Decision;
use crate::clock::Moment;
use crate::db::ids::{InquiryId, PartnerId};
use crate::domain::routing::{Measure, Setting};
use std::collections::BTreeMap;

/// One round of an inquiry: who got it, and who would get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub inquiry: InquiryId,
    pub at: Moment,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

impl Case {
    pub fn changes(&self) -> bool {
        let sorted = |names: &[String]| {
            let mut names = names.to_vec();
            names.sort();
            names
        };
        sorted(&self.before) != sorted(&self.after)
    }
}

/// Orders again; decisions of one moment on one inquiry are one round.
pub fn again(setting: &Setting, decisions: &[Decision]) -> Vec<Case> {
    let rounds = decisions.chunk_by(|a, b| (a.inquiry, a.at) == (b.inquiry, b.at));
    let case = |round: &[Decision]| {
        let first = &round[0];
        let chosen: Vec<PartnerId> = round.iter().filter_map(|decision| decision.chosen).collect();
        let measures: Vec<Measure> = first.candidates.iter().map(|kept| kept.measure.clone()).collect();
        let name = |kept: &Kept| kept.name.clone();
        let after = setting.order(&measures).into_iter().take(round.len()).map(|at| name(&first.candidates[at]));
        let before = first.candidates.iter().filter(|kept| chosen.contains(&kept.partner)).map(name);
        Case { inquiry: first.inquiry, at: first.at, before: before.collect(), after: after.collect() }
    };
    rounds.map(case).collect()
}

/// How many each partner got, and would get; the most changed first.
pub fn totals(cases: &[Case]) -> Vec<(String, i64, i64)> {
    let mut totals: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for case in cases {
        case.before.iter().for_each(|name| totals.entry(name).or_default().0 += 1);
        case.after.iter().for_each(|name| totals.entry(name).or_default().1 += 1);
    }
    let mut totals: Vec<(String, i64, i64)> = totals.into_iter().map(|(name, (before, after))| (name.to_owned(), before, after)).collect();
    totals.sort_by_key(|(_, before, after)| std::cmp::Reverse((before - after).abs()));
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::routing::Criterion;

    fn kept(name: &str, place: u32, speed: u32) -> Kept {
        let points = BTreeMap::from([(Criterion::Place, place), (Criterion::Speed, speed)]);
        Kept { partner: PartnerId::new(), name: name.into(), measure: Measure { points, same_country: true, ..Measure::default() } }
    }
    fn only(criterion: Criterion) -> Setting {
        Setting { weights: BTreeMap::from([(criterion, 10)]), ..Setting::default() }
    }

    #[test]
    fn the_same_weights_change_nothing_and_others_what_they_say() {
        let candidates = vec![kept("near", 100, 0), kept("fast", 0, 100)];
        let decision = Decision {
            inquiry: InquiryId::new(),
            number: 1,
            at: Moment::from_micros(0),
            setting: only(Criterion::Place),
            chosen: Some(candidates[0].partner),
            candidates,
        };
        let same = again(&only(Criterion::Place), std::slice::from_ref(&decision));
        assert!(!same[0].changes());
        let other = again(&only(Criterion::Speed), &[decision]);
        assert!(other[0].changes());
        assert_eq!(totals(&other), [("fast".to_owned(), 0, 1), ("near".to_owned(), 1, 0)]);
    }
}
