//! Business profiles: what a visitor of the demonstration finds in the directory.

use super::Placed;
use super::cast::{DIRECT, PARTNERS, PROVIDER, RESELLERS};
use crate::access::App;
use crate::db::ids::LocationId;
use crate::domain::profile::{Content, Location};
use crate::error::{Error, Result};
use crate::features::profile::{acts, draft, publish};

/// A location: name, street, postal code, town, and its point in millionths of a degree.
struct Town(&'static str, &'static str, &'static str, &'static str, (i64, i64));

/// What a partner says of itself: English, French, and the keys of its words in the vocabularies' order.
struct Told {
    partner: usize,
    text: [&'static str; 2],
    services: &'static [&'static str],
    industries: &'static [&'static str],
    products: &'static [&'static str],
    languages: &'static [&'static str],
    sizes: &'static [&'static str],
    solutions: &'static [&'static str],
    towns: &'static [Town],
}

const TOLD: [Told; 4] = [
    Told {
        partner: DIRECT,
        text: [
            "We move companies of up to a thousand people to the cloud, and stay with them afterwards.\n\n## What we do\n- Migration in **six weeks**, by people you can call\n- Operation around the clock\n- Training where your people work",
            "",
        ],
        services: &["deployment", "training", "managed"],
        industries: &["manufacturing", "retail", "services"],
        products: &["mail", "office", "cloud", "security"],
        languages: &["en"],
        sizes: &["51to250", "251to1000"],
        solutions: &["Shop floor tablets", "Zero trust"],
        towns: &[
            Town("Head office", "14 Park Row", "LS1 5HD", "Leeds", (53_799_000, -1_549_000)),
            Town("London", "2 Finsbury Square", "EC2A 1AE", "London", (51_508_000, -128_000)),
        ],
    },
    Told {
        partner: PROVIDER,
        text: [
            "A distributor with 40 specialist resellers from Lille to Marseille. Tell us what you need: we know who does it best near you.",
            "Un distributeur et 40 revendeurs spécialisés, de Lille à Marseille. Dites-nous ce qu’il vous faut : nous savons qui le fait le mieux près de chez vous.",
        ],
        services: &["consulting", "integration", "licensing"],
        industries: &["healthcare", "wholesale"],
        products: &["erp", "cloud", "storage"],
        languages: &["en", "fr", "es"],
        sizes: &[],
        solutions: &[],
        towns: &[Town("Siège", "12 quai Rambaud", "69002", "Lyon", (45_748_000, 4_846_000))],
    },
    Told {
        partner: RESELLERS[0],
        text: [
            "",
            "L’informatique des petites entreprises, avec patience.\n\n## Ce que nous faisons\n1. Un diagnostic sur place\n2. Un devis en une page\n3. Une personne qui vous connaît",
        ],
        services: &["hardware", "managed"],
        industries: &["agriculture", "hospitality", "retail"],
        products: &["mail", "accounting", "network"],
        languages: &["fr"],
        sizes: &["1to9", "10to50"],
        solutions: &["Caisse enregistreuse"],
        towns: &[Town("Atelier", "3 rue des Teinturiers", "84000", "Avignon", (43_949_000, 4_806_000))],
    },
    Told {
        partner: RESELLERS[1],
        text: ["Networks and devices for schools and councils in the north of England.", ""],
        services: &["hardware", "managed", "project"],
        industries: &["education", "government"],
        products: &["identity", "devices", "network"],
        languages: &["en"],
        sizes: &["51to250"],
        solutions: &[],
        towns: &[Town("York", "21 Micklegate", "YO1 6JH", "York", (53_958_000, -1_082_000))],
    },
];

/// Publishes a profile for each of them.
pub fn publish(app: &App, placed: &[Placed]) -> Result<()> {
    for told in &TOLD {
        app.commands().write_as(placed[told.partner].id, |scope, conn| {
            let country = PARTNERS[told.partner].country;
            let id = acts::start(scope, conn, country)?.ok_or_else(|| Error::internal("a world with profiles"))?;
            draft::change(scope, conn, id, "profile.edit", |draft| {
                draft.content = told.content();
                Ok(true)
            })?;
            publish::publish(scope, conn, id, 2)
        })?;
    }
    Ok(())
}

impl Told {
    fn content(&self) -> Content {
        let partner = &PARTNERS[self.partner];
        let list = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        Content {
            name: partner.name.into(),
            text_en: self.text[0].into(),
            text_fr: self.text[1].into(),
            website: format!("https://{}.example", partner.slug),
            linkedin: String::new(),
            industries: list(self.industries),
            services: list(self.services),
            products: list(self.products),
            languages: list(self.languages),
            sizes: list(self.sizes),
            any_size: self.sizes.is_empty(),
            solutions: list(self.solutions),
            locations: self.towns.iter().map(|town| town.location(partner.slug, partner.country)).collect(),
        }
    }
}

impl Town {
    fn location(&self, slug: &str, country: &str) -> Location {
        let Self(name, address1, postal_code, city, (latitude, longitude)) = *self;
        Location {
            id: LocationId::new().uuid(),
            name: name.into(),
            address1: address1.into(),
            city: city.into(),
            state: String::new(),
            postal_code: postal_code.into(),
            country: country.into(),
            phone: String::new(),
            lead_email: format!("leads@{slug}.example"),
            latitude,
            longitude,
        }
    }
}
