//! What a business profile says (reference 3.6). Stored as JSON in drafts, revisions and listings.

use super::fold::fold;
use super::place::Point;
use super::term::Kind;
use crate::clock::{DAY, Moment};
use crate::i18n::Lang;
use crate::text_enum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest description, in characters (reference 3.6).
pub const MAX_TEXT: usize = 2_500;
/// Most locations of one country (reference 3.6).
pub const MAX_LOCATIONS: usize = 5;
/// Most industries: fewer, precise tags rank better (reference 3.6).
pub const MAX_INDUSTRIES: usize = 5;
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

text_enum! {
    /// Where a profile stands, as stored.
    pub enum State {
        Draft = "draft",
        Published = "published",
        Unpublished = "unpublished",
    }
}

text_enum! {
    /// What became of a revision.
    pub enum RevisionState {
        Published = "published",
        Waiting = "waiting",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What makes a profile worth finding, the most important first.
    pub enum Step {
        Text = "text",
        Location = "location",
        Services = "services",
        Confirm = "confirm",
        Industries = "industries",
        Products = "products",
        Logo = "logo",
        Languages = "languages",
        Sizes = "sizes",
        Website = "website",
    }
}

impl Step {
    /// What it adds to the score; all together 100.
    pub const fn points(self) -> i64 {
        match self {
            Self::Text | Self::Location | Self::Confirm => 15,
            Self::Services | Self::Industries | Self::Products | Self::Logo => 10,
            Self::Languages | Self::Sizes | Self::Website => 5,
        }
    }
    /// Nothing is published without it.
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Text | Self::Location | Self::Services)
    }
    fn is_done(self, content: &Content, has_logo: bool, fresh: bool) -> bool {
        match self {
            Self::Text => !content.text_en.is_empty() || !content.text_fr.is_empty(),
            Self::Location => !content.locations.is_empty(),
            Self::Services => !content.services.is_empty(),
            Self::Confirm => fresh,
            Self::Industries => !content.industries.is_empty(),
            Self::Products => !content.products.is_empty(),
            Self::Logo => has_logo,
            Self::Languages => !content.languages.is_empty(),
            Self::Sizes => content.any_size || !content.sizes.is_empty(),
            Self::Website => !content.website.is_empty(),
        }
    }
}

/// Was a profile confirmed within six months?
pub const fn is_fresh(confirmed: Moment, now: Moment) -> bool {
    now.since(confirmed) < FRESH_DAYS * DAY
}

/// How complete and fresh a profile is, 0 to 100, and what is missing, the next step first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub score: i64,
    pub missing: Vec<Step>,
}

impl Standing {
    pub fn of(content: &Content, has_logo: bool, fresh: bool) -> Self {
        let (done, missing): (Vec<Step>, Vec<Step>) = Step::ALL.iter().partition(|step| step.is_done(content, has_logo, fresh));
        Self { score: done.into_iter().map(Step::points).sum(), missing }
    }
    /// What stands in the way of publishing.
    pub fn required(&self) -> Vec<Step> {
        self.missing.iter().copied().filter(|step| step.is_required()).collect()
    }
}

/// Words that are addresses of the directory itself.
const RESERVED: [&str; 8] = ["logo", "contact", "inquiry", "status", "search", "sitemap", "en", "fr"];

/// A name as part of an address: letters and digits of ASCII, hyphens between words.
pub fn slug(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.fold(String::new(), |slug, word| match slug.len() + word.len() {
        0..=60 if slug.is_empty() => word.to_owned(),
        0..=60 => slug + "-" + word,
        _ => slug,
    });
    if slug.is_empty() { "partner".to_owned() } else { slug }
}

/// The addresses that a profile of this name may have, the best first: company, company and
/// country, then with numbers.
pub fn slugs(name: &str, country: &str) -> impl Iterator<Item = String> {
    let (plain, country) = (slug(name), country.to_lowercase());
    let long = format!("{plain}-{country}");
    let free = Some(plain).filter(|slug| !RESERVED.contains(&slug.as_str()));
    free.into_iter().chain([long.clone()]).chain((2..).map(move |number: i64| format!("{long}-{number}")))
}

impl Location {
    pub const fn point(&self) -> Point {
        Point { latitude: self.latitude, longitude: self.longitude }
    }
}

impl Content {
    /// The location nearest to a point, or the first where nobody knows one.
    pub fn nearest(&self, here: Option<Point>) -> Option<&Location> {
        self.locations.iter().min_by_key(|location| here.map_or(0, |here| here.km_to(location.point())))
    }
    /// The chosen words of one vocabulary.
    pub fn terms(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Industry => &self.industries,
            Kind::Service => &self.services,
            Kind::Product => &self.products,
            Kind::Language => &self.languages,
            Kind::Size => &self.sizes,
        }
    }
    /// Every field as text, in the order of the form, to compare two versions; a list holds its
    /// keys one a line, a location its parts.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let list = |list: &[String]| list.join("\n");
        let locations: Vec<String> = self.locations.iter().map(Location::line).collect();
        vec![
            ("name", self.name.clone()),
            ("text_en", self.text_en.clone()),
            ("text_fr", self.text_fr.clone()),
            ("website", self.website.clone()),
            ("linkedin", self.linkedin.clone()),
            ("industries", list(&self.industries)),
            ("services", list(&self.services)),
            ("products", list(&self.products)),
            ("languages", list(&self.languages)),
            ("sizes", list(&self.sizes)),
            ("any_size", if self.any_size { "true".to_owned() } else { String::new() }),
            ("solutions", list(&self.solutions)),
            ("locations", list(&locations)),
        ]
    }
    /// The fields in which two versions differ: name, this one's value, the other's.
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        let pairs = self.fields().into_iter().zip(other.fields());
        pairs.filter(|((_, mine), (_, theirs))| mine != theirs).map(|((name, mine), (_, theirs))| (name, mine, theirs)).collect()
    }
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

impl Location {
    /// All of it in one line.
    pub fn line(&self) -> String {
        format!("{}, {}", self.name, self.address())
    }
    /// Address, telephone and where leads go, in one line.
    pub fn address(&self) -> String {
        let town = format!("{} {}", self.postal_code, self.city);
        let parts = [self.address1.as_str(), town.trim(), &self.state, &self.phone, &self.lead_email];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Content {
        let some = || vec!["x".to_owned()];
        Content {
            name: "Contoso".into(),
            text_en: "We help.".into(),
            website: "https://contoso.example".into(),
            industries: some(),
            services: some(),
            products: some(),
            languages: some(),
            any_size: true,
            locations: vec![Location {
                id: Uuid::nil(),
                name: "Paris".into(),
                address1: "1 rue du Port".into(),
                city: "Paris".into(),
                state: String::new(),
                postal_code: "75008".into(),
                country: "FR".into(),
                phone: String::new(),
                lead_email: "leads@contoso.example".into(),
                latitude: 0,
                longitude: 0,
            }],
            ..Content::default()
        }
    }

    #[test]
    fn a_whole_and_fresh_profile_scores_a_hundred_and_each_gap_its_points() {
        assert_eq!(Step::ALL.iter().map(|step| step.points()).sum::<i64>(), 100);
        assert_eq!(Standing::of(&full(), true, true), Standing { score: 100, missing: vec![] });
        let old = Standing::of(&full(), false, false);
        assert_eq!(old, Standing { score: 75, missing: vec![Step::Confirm, Step::Logo] });
        let empty = Standing::of(&Content::default(), false, true);
        assert_eq!((empty.score, empty.missing[0]), (15, Step::Text));
        assert_eq!(empty.required(), [Step::Text, Step::Location, Step::Services]);
    }

    #[test]
    fn a_profile_stays_fresh_for_six_months() {
        let confirmed = Moment::from_micros(0);
        assert!(is_fresh(confirmed, confirmed.plus(FRESH_DAYS * DAY - 1)));
        assert!(!is_fresh(confirmed, confirmed.plus(FRESH_DAYS * DAY)));
    }

    #[test]
    fn addresses_are_readable() {
        for (name, expected) in [
            ("Contoso SARL", "contoso-sarl"),
            ("  Éléphant & Fils (Lyon)", "elephant-fils-lyon"),
            ("株式会社", "partner"),
            ("../../etc/passwd", "etc-passwd"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert!(slug(&"wort ".repeat(50)).len() <= 61);
        let three: Vec<String> = slugs("Contoso", "FR").take(3).collect();
        assert_eq!(three, ["contoso", "contoso-fr", "contoso-fr-2"]);
        assert_eq!(slugs("Logo", "FR").next().as_deref(), Some("logo-fr"));
    }

    #[test]
    fn what_is_public_holds_no_address_for_leads() {
        let public = serde_json::to_string(&full().public()).expect("JSON");
        assert!(!public.contains("leads@"), "{public}");
    }

    #[test]
    fn versions_differ_by_field() {
        let other = Content { text_fr: "Nous aidons.".into(), ..full() };
        assert_eq!(full().differences(&other), [("text_fr", String::new(), "Nous aidons.".to_owned())]);
        assert!(full().differences(&full()).is_empty());
    }
}
