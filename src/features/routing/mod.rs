//! Routing: which partners get an inquiry that names none, and why. `domain::routing` has the rules;
//! here are the setting, the candidates, and what is kept of each decision.

pub mod decide;
pub mod explain;
pub mod gather;
pub mod setting;
