//! The demonstration's directory beside the cast ([`super::profiles`]): partners who are nothing but
//! listed, so that there is something to find.

use super::cast::PARTNERS;
use super::company::{self, Company};
use super::random::Random;
use crate::access::{App, Scope};
use crate::cli::rows;
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::PartnerId;
use crate::domain::place;
use crate::domain::profile::{Content, Location};
use crate::domain::{AccountType, Cloud, PartnerStatus};
use crate::error::Result;
use crate::features::profile::{acts, draft, model, publish};

/// Partners who are nothing but listed.
const LISTED: u64 = 44;
/// Seeds their stream of inventions, apart from that of customers.
const SEED: u64 = 1_876;

/// A trade that a profile is about: industries, services, products, solutions, and a description
/// in English and French with the first sentence for the card.
struct Trade {
    industries: &'static [&'static str],
    services: &'static [&'static str],
    products: &'static [&'static str],
    solutions: &'static [&'static str],
    en: &'static str,
    fr: &'static str,
}

const TRADES: [Trade; 6] = [
    Trade {
        industries: &["healthcare", "services"],
        services: &["managed", "deployment", "consulting"],
        products: &["security", "devices", "mail"],
        solutions: &["Shared workstations", "Medical practices"],
        en: "We look after the computers of medical practices, so that doctors can look after people. Every patient file stays where the law wants it.\n\n\
            ## What we do\n- Set up and guard workstations that several people share\n- Answer the telephone within two rings, on Saturdays too\n- Move practices from the server in the cupboard",
        fr: "Nous prenons soin de l’informatique des cabinets médicaux pour que les soignants prennent soin des gens. Chaque dossier reste là où la loi l’exige.\n\n\
            ## Notre métier\n- Installer et protéger des postes partagés\n- Décrocher en deux sonneries, samedi compris\n- Remplacer le serveur du placard",
    },
    Trade {
        industries: &["manufacturing", "wholesale"],
        services: &["integration", "project", "consulting"],
        products: &["erp", "analytics", "database"],
        solutions: &["Shop-floor terminals", "Spare parts"],
        en: "From the drawing to the invoice in one system: we bring ERP to workshops of ten to three hundred people. Our consultants have stood at a lathe.\n\n\
            ## How we work\n1. A week in your workshop\n2. A plan with a fixed price\n3. Go-live at a stocktaking, never in between",
        fr: "Du plan à la facture dans un seul système : nous équipons d’un ERP des ateliers de dix à trois cents personnes. Nos consultants ont tenu un tour.\n\n\
            ## Notre méthode\n1. Une semaine dans votre atelier\n2. Un projet à prix ferme\n3. Un démarrage à l’inventaire, jamais entre deux",
    },
    Trade {
        industries: &["retail", "hospitality"],
        services: &["deployment", "training", "licensing"],
        products: &["ecommerce", "accounting", "telephony"],
        solutions: &["Tills", "Seasonal staff"],
        en: "Shops, hotels and the people behind the counter. Tills that still sell when the line is down, and a shop on the web that knows the same stock.",
        fr: "Boutiques, hôtels et celles et ceux qui tiennent le comptoir. Des caisses qui encaissent même sans réseau, et une boutique en ligne qui connaît le même stock.",
    },
    Trade {
        industries: &["education", "government"],
        services: &["managed", "training", "licensing"],
        products: &["office", "identity", "documents"],
        solutions: &["School administration", "Accessibility"],
        en: "Schools and town halls deserve tools that everybody can use. We set them up, train those who use them, and stay.",
        fr: "Écoles et mairies méritent des outils que tout le monde sait utiliser. Nous les installons, nous formons, et nous restons.",
    },
    Trade {
        industries: &["finance", "services"],
        services: &["consulting", "managed", "ip_services"],
        products: &["cloud", "security", "identity", "storage"],
        solutions: &["Audit preparation", "Backup you have tried"],
        en: "Security that an auditor reads with pleasure. We prepare accountants, insurers and banks for the questions, and for the night when nothing works.",
        fr: "Une sécurité qu’un auditeur lit avec plaisir. Nous préparons cabinets, assureurs et banques aux questions, et à la nuit où plus rien ne marche.",
    },
    Trade {
        industries: &["agriculture", "wholesale", "travel"],
        services: &["custom_solution", "hardware", "integration"],
        products: &["network", "virtualisation", "ai"],
        solutions: &["Remote sites", "Sensors"],
        en: "Networks where others see none: farms, harbours, mountain huts. We build what the catalogue does not have.",
        fr: "Du réseau là où d’autres n’en voient pas : fermes, ports, refuges. Nous construisons ce que le catalogue n’a pas.",
    },
];

/// Writes partners and profiles; what is public is what a *Publish* made so.
pub fn write(app: &App, opened: Moment) -> Result<()> {
    for number in 0..LISTED {
        let mut random = Random::new(SEED, 100 + number);
        let land = ["FR", "FR", "GB", "DE", "ES", "IT", "CH"][number as usize % 7];
        let company = company::invent(&mut random, company::land_of(land));
        let id = account(app, &company, number, opened, &mut random)?;
        let trade = &TRADES[random.below(TRADES.len() as u64) as usize];
        list(app, id, &company, trade, &mut random)?;
    }
    Ok(())
}

/// A partner account without people.
fn account(app: &App, company: &Company, number: u64, opened: Moment, random: &mut Random) -> Result<PartnerId> {
    let created_at = opened.plus(random.below(700) as i64 * DAY);
    let id = PartnerId::from_uuid(random.id(created_at));
    let slug = format!("{}-{}", company.ascii, number + 1);
    let partner = rows::Partner {
        id,
        number: (PARTNERS.len() as u64 + 1 + number) as i64,
        domain: format!("{slug}.example"),
        slug,
        name: company.name.clone(),
        account_type: if random.chance(80) { AccountType::Direct } else { AccountType::IndirectReseller },
        status: PartnerStatus::Active,
        cloud: Cloud::Worldwide,
        country: company.country.code.to_owned(),
        created_at,
    };
    app.commands().write(|conn| Ok(rows::partners(conn, std::slice::from_ref(&partner))?))?;
    Ok(id)
}

fn list(app: &App, partner: PartnerId, company: &Company, trade: &Trade, random: &mut Random) -> Result<()> {
    let content = content(company, trade, random);
    app.commands().write_as(partner, |scope, conn| publish_it(scope, conn, company.country.code, &content))
}

fn publish_it(scope: &Scope, conn: &mut Conn, country: &str, content: &Content) -> Result<()> {
    let Some(id) = acts::start(scope, conn, country)? else { return Ok(()) };
    draft::change(scope, conn, id, "profile.edit", |draft| {
        draft.content = content.clone();
        Ok(true)
    })?;
    let version = model::find(scope, conn, id)?.version;
    publish::publish(scope, conn, id, version).map(|_| ())
}

fn content(company: &Company, trade: &Trade, random: &mut Random) -> Content {
    let keys = |list: &[&str]| list.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let mut languages = vec![company.language.clone()];
    languages.extend(Some("en".to_owned()).filter(|en| *en != company.language && random.chance(70)));
    let sizes = ["1to9", "10to50", "51to250", "251to1000"];
    let from = random.below(3) as usize;
    Content {
        name: company.name.clone(),
        text_en: trade.en.to_owned(),
        text_fr: trade.fr.to_owned(),
        website: format!("https://www.{}.example/", company.ascii),
        linkedin: String::new(),
        industries: keys(trade.industries),
        services: keys(trade.services),
        products: keys(trade.products),
        languages,
        sizes: keys(&sizes[from..from + 2]),
        any_size: false,
        solutions: keys(trade.solutions),
        locations: location(company, random).into_iter().collect(),
    }
}

fn location(company: &Company, random: &mut Random) -> Option<Location> {
    let point = place::locate(company.country.code, &company.city)?;
    Some(Location {
        id: random.id(Moment::from_micros(0)),
        name: company.city.clone(),
        address1: company.street.clone(),
        city: company.city.clone(),
        state: company.state.clone(),
        postal_code: company.postal_code.clone(),
        country: company.country.code.to_owned(),
        phone: company.phone.clone(),
        lead_email: format!("{}@{}.example", company.mailbox, company.ascii),
        latitude: point.latitude,
        longitude: point.longitude,
    })
}
