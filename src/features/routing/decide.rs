//! A decision, and what is kept of it: the setting and every candidate with its points, for
//! operators to read, and to order again under other weights.

use super::explain::Own;
use super::gather::{self, Candidate};
use super::setting;
use crate::clock::Moment;
use crate::db::ids::{InquiryId, PartnerId, ProfileId};
use crate::db::schema::routing_decision;
use crate::db::{Conn, dialect};
use crate::domain::Cloud;
use crate::domain::routing::{Measure, Setting, Wanted};
use crate::error::{Error, Result};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// Candidates kept with a decision, the best first.
const KEPT: usize = 100;

/// Candidates, measured and in order.
#[derive(Debug, Clone)]
pub struct Routed {
    pub setting: Setting,
    pub candidates: Vec<Candidate>,
    /// Places in `candidates`, best first; whom a rule keeps out is not among them.
    pub order: Vec<usize>,
}

/// A candidate as a decision keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub partner: PartnerId,
    pub name: String,
    pub measure: Measure,
}

/// Orders the candidates for what is wanted; `asked` had it already.
pub fn route(conn: &mut Conn, cloud: Cloud, wanted: &Wanted, asked: &[PartnerId], now: Moment) -> Result<Routed> {
    let setting = setting::load(conn)?;
    let candidates = gather::candidates(conn, cloud, wanted, asked, now)?;
    Ok(Routed::of(setting, candidates))
}

impl Routed {
    /// Orders candidates from anywhere: a provider's resellers as well as the directory's.
    pub fn of(setting: Setting, candidates: Vec<Candidate>) -> Self {
        let measures: Vec<Measure> = candidates.iter().map(|one| one.measure.clone()).collect();
        Self { order: setting.order(&measures), setting, candidates }
    }
    /// The best, so many at most.
    pub fn best(&self, most: usize) -> impl Iterator<Item = &Candidate> {
        self.order.iter().take(most).map(|at| &self.candidates[*at])
    }
    /// What a candidate may read of why it was chosen.
    pub fn own(&self, candidate: &Candidate) -> Result<String> {
        Own::of(&self.setting, &candidate.measure).to_text()
    }
    /// Keeps the decision for the offer of this number, which nobody (`None`) or somebody got;
    /// `false` where another transaction has decided on this offer.
    pub fn keep(&self, conn: &mut Conn, inquiry: InquiryId, number: i64, chosen: Option<&Candidate>, now: Moment) -> Result<bool> {
        let out = (0..self.candidates.len()).filter(|at| !self.order.contains(at));
        let kept = self.order.iter().copied().chain(out).take(KEPT).map(|at| {
            let one = &self.candidates[at];
            Kept { partner: one.partner, name: one.name.clone(), measure: one.measure.clone() }
        });
        let kept: Vec<Kept> = kept.collect();
        let chosen: (Option<PartnerId>, Option<ProfileId>) = chosen.map(|one| (one.partner, one.profile)).unzip();
        let values = (
            routing_decision::inquiry_id.eq(inquiry),
            routing_decision::number.eq(number),
            routing_decision::decided_at.eq(now),
            routing_decision::weights.eq(serde_json::to_string(&self.setting).map_err(Error::internal)?),
            routing_decision::candidates.eq(serde_json::to_string(&kept).map_err(Error::internal)?),
            routing_decision::chosen_partner_id.eq(chosen.0),
            routing_decision::chosen_profile_id.eq(chosen.1),
        );
        Ok(dialect::insert_unless_there(conn, |conn| diesel::insert_into(routing_decision::table).values(values).execute(conn))?)
    }
}
