//! Who gets an inquiry that names no partner: rules that a candidate must hold, and criteria that
//! give points, weighted. No I/O and no chance: the same facts give the same order.

use super::place::Point;
use crate::text_enum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

text_enum! {
    /// What a candidate gets points for, 0 to 100 each.
    pub enum Criterion {
        /// How near its nearest location is.
        Place = "place",
        /// Does it speak the sender's language?
        Language = "language",
        Industry = "industry",
        /// How many of the products and services that are wanted it offers.
        Product = "product",
        /// How few inquiries it has open.
        Load = "load",
        /// How fast it answered so far.
        Speed = "speed",
    }
}

/// How much each criterion counts, 0 to [`MAX_WEIGHT`].
pub type Weights = BTreeMap<Criterion, u32>;
pub const MAX_WEIGHT: u32 = 100;

/// What operators set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setting {
    pub weights: Weights,
    /// A partner of another country must have a location so near, in kilometres; 0: the country's alone.
    pub abroad_km: i64,
    /// Only who speaks the sender's language.
    pub language_required: bool,
    /// A partner with so many open inquiries gets no more.
    pub most_open: i64,
}

impl Default for Setting {
    fn default() -> Self {
        use Criterion::*;
        let weights = BTreeMap::from([(Place, 30), (Language, 15), (Industry, 15), (Product, 20), (Load, 10), (Speed, 10)]);
        Self { weights, abroad_km: 50, language_required: false, most_open: 20 }
    }
}

/// What is looked for. Lists hold keys of terms.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub country: String,
    /// Where the sender is, if that is known.
    pub point: Option<Point>,
    pub language: String,
    pub industry: String,
    /// Products and services.
    pub offers: Vec<String>,
}

/// What is known of a candidate.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub country: String,
    pub points: Vec<Point>,
    pub languages: Vec<String>,
    pub industries: Vec<String>,
    pub offers: Vec<String>,
    /// Open inquiries.
    pub open: i64,
    /// How long it takes to answer, in hours; `None` while that is not known.
    pub answer_hours: Option<i64>,
    /// It had this inquiry already.
    pub asked: bool,
    /// It gets no more inquiries today.
    pub full: bool,
    /// Its place in the directory, the lower the better: what decides between equals.
    pub rank: i64,
}

/// A candidate as it was measured: enough to order it again under another setting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub points: BTreeMap<Criterion, u32>,
    /// To its nearest location, where both places are known.
    pub km: Option<i64>,
    pub same_country: bool,
    pub open: i64,
    pub asked: bool,
    pub full: bool,
    pub rank: i64,
}

text_enum! {
    /// The rule that keeps a candidate out.
    pub enum Bar {
        Asked = "asked",
        Far = "far",
        Language = "language",
        Busy = "busy",
        Full = "full",
    }
}

/// So near a partner gets all points for its place, and so far none, in kilometres.
const NEAR_KM: i64 = 20;
const FAR_KM: i64 = 500;
/// The load that gets no points.
const LOAD_MOST: i64 = 20;
/// Hours in which an answer is recommended (reference 3.7), and in which an inquiry expires.
const FAST_HOURS: i64 = 24;
const SLOW_HOURS: i64 = 336;

/// Measures a candidate.
pub fn measure(wanted: &Wanted, facts: &Facts) -> Measure {
    let same_country = facts.country == wanted.country;
    let km = wanted.point.and_then(|here| facts.points.iter().map(|there| here.km_to(*there)).min());
    let points = Criterion::ALL.iter().map(|criterion| {
        let points = match criterion {
            Criterion::Place => match km {
                Some(km) => falling(km, NEAR_KM, FAR_KM),
                None => 50 * u32::from(same_country),
            },
            Criterion::Language => 100 * u32::from(facts.languages.contains(&wanted.language)),
            Criterion::Industry => industry(wanted, facts),
            Criterion::Product => share(&wanted.offers, &facts.offers),
            Criterion::Load => falling(facts.open, 0, LOAD_MOST),
            Criterion::Speed => facts.answer_hours.map_or(50, |hours| falling(hours, FAST_HOURS, SLOW_HOURS)),
        };
        (*criterion, points)
    });
    let points = points.collect();
    Measure { points, km, same_country, open: facts.open, asked: facts.asked, full: facts.full, rank: facts.rank }
}

/// All points up to `best`, none from `worst` on, and evenly fewer between.
fn falling(value: i64, best: i64, worst: i64) -> u32 {
    let left = (worst - value).clamp(0, worst - best);
    u32::try_from(100 * left / (worst - best)).unwrap_or(0)
}

/// Who names no industry serves them all, if none in particular.
fn industry(wanted: &Wanted, facts: &Facts) -> u32 {
    match () {
        () if wanted.industry.is_empty() => 0,
        () if facts.industries.contains(&wanted.industry) => 100,
        () if facts.industries.is_empty() => 50,
        () => 0,
    }
}

/// The share of what is wanted that is offered.
fn share(wanted: &[String], offered: &[String]) -> u32 {
    let found = wanted.iter().filter(|one| offered.contains(one)).count();
    u32::try_from(100 * found / wanted.len().max(1)).unwrap_or(0)
}

impl Setting {
    pub fn weight(&self, criterion: Criterion) -> u32 {
        self.weights.get(&criterion).copied().unwrap_or(0)
    }
    /// The points of a candidate, weighted.
    pub fn total(&self, measure: &Measure) -> u32 {
        measure.points.iter().map(|(criterion, points)| self.weight(*criterion) * points).sum()
    }
    /// The most points that anybody can have.
    pub fn most(&self) -> u32 {
        Criterion::ALL.iter().map(|criterion| self.weight(*criterion) * 100).sum()
    }
    /// The first rule that keeps a candidate out.
    pub fn bar(&self, measure: &Measure) -> Option<Bar> {
        let near = measure.same_country || measure.km.is_some_and(|km| km <= self.abroad_km);
        let speaks = measure.points.get(&Criterion::Language).is_some_and(|points| *points > 0);
        match () {
            () if measure.asked => Some(Bar::Asked),
            () if measure.full => Some(Bar::Full),
            () if !near => Some(Bar::Far),
            () if self.language_required && !speaks => Some(Bar::Language),
            () if measure.open >= self.most_open => Some(Bar::Busy),
            () => None,
        }
    }
    /// Places in `measures`, best first, without those that a rule keeps out. Between equals the
    /// directory's order decides, and at last their order here.
    pub fn order(&self, measures: &[Measure]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..measures.len()).filter(|at| self.bar(&measures[*at]).is_none()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(self.total(&measures[*at])), measures[*at].rank, *at));
        order
    }
}

/// Most partners that one inquiry is offered to, one after the other, and at once.
pub const MOST_ROUNDS: usize = 3;
pub const MOST_AT_ONCE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NANTES: Point = Point { latitude: 47_218_000, longitude: -1_553_000 };
    const RENNES: Point = Point { latitude: 48_117_000, longitude: -1_677_000 };
    const BRUSSELS: Point = Point { latitude: 50_850_000, longitude: 4_352_000 };

    fn wanted() -> Wanted {
        Wanted {
            country: "FR".into(),
            point: Some(NANTES),
            language: "fr".into(),
            industry: "retail".into(),
            offers: vec!["mail".into(), "telephony".into()],
        }
    }
    fn facts() -> Facts {
        Facts {
            country: "FR".into(),
            points: vec![NANTES],
            languages: vec!["fr".into()],
            industries: vec!["retail".into()],
            offers: vec!["mail".into(), "telephony".into()],
            answer_hours: Some(3),
            ..Facts::default()
        }
    }
    fn first(setting: &Setting, all: &[Facts]) -> Option<usize> {
        let measures: Vec<Measure> = all.iter().map(|facts| measure(&wanted(), facts)).collect();
        setting.order(&measures).first().copied()
    }

    #[test]
    fn who_fits_in_everything_has_all_points() {
        let setting = Setting::default();
        assert_eq!(setting.total(&measure(&wanted(), &facts())), setting.most());
    }

    #[test]
    fn each_criterion_decides_where_all_else_is_equal() {
        let worse = [
            (Criterion::Place, Facts { points: vec![RENNES], ..facts() }),
            (Criterion::Language, Facts { languages: vec!["en".into()], ..facts() }),
            (Criterion::Industry, Facts { industries: vec!["energy".into()], ..facts() }),
            (Criterion::Product, Facts { offers: vec!["mail".into()], ..facts() }),
            (Criterion::Load, Facts { open: 3, ..facts() }),
            (Criterion::Speed, Facts { answer_hours: Some(100), ..facts() }),
        ];
        assert_eq!(worse.len(), Criterion::ALL.len());
        for (criterion, other) in worse {
            // Its rank is better, which only decides between equals.
            let all = [Facts { rank: 1, ..other }, Facts { rank: 2, ..facts() }];
            assert_eq!(first(&Setting::default(), &all), Some(1), "{criterion:?}");
            let blind = Setting {
                weights: Setting::default().weights.into_iter().filter(|(one, _)| *one != criterion).collect(),
                ..Setting::default()
            };
            assert_eq!(first(&blind, &all), Some(0), "without {criterion:?} they are equal, and the rank decides");
        }
    }

    #[test]
    fn each_rule_keeps_out_whom_it_is_about() {
        let setting = Setting { language_required: true, ..Setting::default() };
        for (facts, bar) in [
            (facts(), None),
            (Facts { asked: true, ..facts() }, Some(Bar::Asked)),
            (Facts { full: true, ..facts() }, Some(Bar::Full)),
            (Facts { country: "BE".into(), points: vec![BRUSSELS], ..facts() }, Some(Bar::Far)),
            (Facts { country: "BE".into(), points: vec![BRUSSELS, NANTES], ..facts() }, None),
            (Facts { languages: vec!["nl".into()], ..facts() }, Some(Bar::Language)),
            (Facts { open: 20, ..facts() }, Some(Bar::Busy)),
            (Facts { open: 19, ..facts() }, None),
        ] {
            assert_eq!(setting.bar(&measure(&wanted(), &facts)), bar, "{facts:?}");
        }
    }

    #[test]
    fn a_place_that_is_not_known_counts_half_in_the_country() {
        let unknown = Wanted { point: None, ..wanted() };
        assert_eq!(measure(&unknown, &facts()).points[&Criterion::Place], 50);
        assert_eq!(measure(&unknown, &Facts { country: "BE".into(), ..facts() }).points[&Criterion::Place], 0);
    }

    fn measures() -> impl Strategy<Value = Vec<Measure>> {
        let one = (prop::collection::vec(0_u32..=100, 6), 0_i64..30, any::<bool>(), any::<bool>(), 0_i64..5).prop_map(
            |(points, open, same_country, asked, rank)| Measure {
                points: Criterion::ALL.iter().copied().zip(points).collect(),
                km: None,
                same_country,
                open,
                asked,
                full: false,
                rank,
            },
        );
        prop::collection::vec(one, 0..20)
    }

    proptest! {
        #[test]
        fn the_order_holds_every_candidate_that_may_and_never_rises(all in measures()) {
            let setting = Setting::default();
            let order = setting.order(&all);
            prop_assert_eq!(order.len(), all.iter().filter(|one| setting.bar(one).is_none()).count());
            prop_assert!(order.windows(2).all(|pair| setting.total(&all[pair[0]]) >= setting.total(&all[pair[1]])));
            prop_assert!(order.iter().all(|at| !all[*at].asked));
        }
        #[test]
        fn more_points_never_make_a_place_worse(mut all in measures(), at in any::<prop::sample::Index>(), which in 0..Criterion::ALL.len()) {
            prop_assume!(!all.is_empty());
            let (setting, at) = (Setting::default(), at.index(all.len()));
            let place = |all: &[Measure]| setting.order(all).iter().position(|one| *one == at);
            let before = place(&all);
            all[at].points.insert(Criterion::ALL[which], 100);
            prop_assert!(before.is_none() || place(&all) <= before);
        }
        #[test]
        fn nobody_has_more_points_than_there_are(points in prop::collection::vec(0_u32..=100, 6)) {
            let measure = Measure { points: Criterion::ALL.iter().copied().zip(points).collect(), ..Measure::default() };
            prop_assert!(Setting::default().total(&measure) <= Setting::default().most());
        }
    }
}
