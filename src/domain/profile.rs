//! What a business profile says (reference 3.6). Stored as JSON in drafts, revisions and listings.

use crate::i18n::Lang;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest description, in characters (reference 3.6).
pub const MAX_TEXT: usize = 2_500;
/// Most locations of one country (reference 3.6).
pub const MAX_LOCATIONS: usize = 5;
/// Most free-form tags, and the length of one, in characters.
pub const MAX_SOLUTIONS: usize = 20;
pub const MAX_SOLUTION: usize = 40;
/// A profile is confirmed every six months (reference 3.6, *Rebuild*), in days.
pub const FRESH_DAYS: i64 = 182;

/// What a profile says. Lists hold the keys of terms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The name that the public sees.
    pub name: String,
    /// Descriptions in a small Markdown.
    pub text_en: String,
    pub text_fr: String,
    pub website: String,
    pub linkedin: String,
    pub industries: Vec<String>,
    pub services: Vec<String>,
    pub products: Vec<String>,
    pub languages: Vec<String>,
    pub sizes: Vec<String>,
    /// Customers of any size: the sizes are not told.
    pub any_size: bool,
    /// Solutions, skills and capabilities, in one's own words.
    pub solutions: Vec<String>,
    pub locations: Vec<Location>,
}

/// A location, which has a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Stays, whatever is edited: referrals name it.
    pub id: Uuid,
    pub name: String,
    pub address1: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub country: String,
    pub phone: String,
    /// Gets the location's leads; never public.
    pub lead_email: String,
    /// Millionths of a degree.
    pub latitude: i64,
    pub longitude: i64,
}

impl Content {
    /// The description in a language, else in the other.
    pub fn text(&self, lang: Lang) -> &str {
        let (own, other) = match lang {
            Lang::En => (&self.text_en, &self.text_fr),
            Lang::Fr => (&self.text_fr, &self.text_en),
        };
        if own.is_empty() { other } else { own }
    }
    /// Without what the public must not see.
    pub fn public(mut self) -> Self {
        self.locations.iter_mut().for_each(|location| location.lead_email.clear());
        self
    }
}
