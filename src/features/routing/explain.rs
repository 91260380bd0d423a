//! A decision in the words of its two readers: its receiver reads its own points, an operator all.

use crate::domain::routing::{Criterion, Measure, Setting};
use crate::error::{Error, Result};
use crate::web::page::Page;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A receiver's own part, kept with its referral: nothing of anybody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Weight and points of each criterion.
    pub criteria: BTreeMap<Criterion, (u32, u32)>,
    pub km: Option<i64>,
}

impl Own {
    pub fn of(setting: &Setting, measure: &Measure) -> Self {
        let criteria = measure.points.iter().map(|(criterion, points)| (*criterion, (setting.weight(*criterion), *points)));
        Self { criteria: criteria.collect(), km: measure.km }
    }
    pub fn to_text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::internal)
    }
    /// As stored with a referral; `None` where its sender chose.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
    pub fn total(&self) -> u32 {
        self.criteria.values().map(|(weight, points)| weight * points).sum()
    }
    /// Points in a hundred of what there was to have.
    pub fn percent(&self) -> u32 {
        let most: u32 = self.criteria.values().map(|(weight, _)| weight * 100).sum();
        (self.total() * 100).checked_div(most).unwrap_or(0)
    }
    /// A line for each criterion that counts, the most important first.
    pub fn lines(&self, page: &Page) -> Vec<Line> {
        let mut counted: Vec<_> = self.criteria.iter().filter(|(_, (weight, _))| *weight > 0).collect();
        counted.sort_by_key(|(criterion, (weight, _))| (std::cmp::Reverse(*weight), **criterion));
        counted
            .into_iter()
            .map(|(criterion, (weight, points))| Line {
                name: page.word("criterion", criterion.as_str()),
                weight: page.number((*weight).into()),
                points: page.number((*points).into()),
                note: self.km.filter(|_| *criterion == Criterion::Place).map(|km| page.t1("routing-km", "km", page.number(km))),
            })
            .collect()
    }
}

/// One criterion, as a page shows it.
pub struct Line {
    pub name: &'static str,
    pub weight: String,
    /// Of 100.
    pub points: String,
    pub note: Option<String>,
}
