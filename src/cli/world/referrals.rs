//! What was asked and referred in the demonstration's world: inquiries of visitors in every state,
//! a provider's hand-overs, and opportunities of partners' own. Made by the same acts as on pages.

use super::Placed;
use super::cast::{DIRECT, PROVIDER, RESELLERS};
use super::company::{self, Company};
use super::random::Random;
use crate::access::audit::Actor;
use crate::access::directory::Inquiring;
use crate::access::referral::{Prospect, Sight};
use crate::access::{App, Scope};
use crate::clock::{DAY, HOUR, Moment};
use crate::db::Conn;
use crate::db::ids::{InquiryId, PartnerId, ReferralId, RequestId, UserId};
use crate::db::schema::{listing, referral};
use crate::domain::place;
use crate::domain::referral::{Reason, Stage, TimeFrame};
use crate::error::Result;
use crate::features::handover::acts as handover;
use crate::features::inquiry::forms::New;
use crate::features::inquiry::{queries, send};
use crate::features::referrals::acts::{self, Accept, Deal, Need, Own, Work};
use crate::i18n::Lang;
use diesel::prelude::*;

/// Seeds the stream of those who ask.
const SEED: u64 = 1_877;

/// What became of an inquiry.
#[derive(Clone, Copy)]
enum Then {
    Waits,
    Accepted(Stage),
    Won,
    Lost(Reason),
    Declined(Reason),
    /// It named nobody, and routing found somebody.
    Routed,
    /// Handed to both resellers; accepted by the first of them, or not yet.
    HandedOver(bool),
}

/// An inquiry: hours ago, to whom, where its sender is, trade, need, what became of it.
type Asked = (i64, usize, &'static str, (&'static str, &'static str, &'static str), &'static str, Then);

const CARE: (&str, &str, &str) = ("healthcare", "managed", "security");
const WORKSHOP: (&str, &str, &str) = ("manufacturing", "integration", "erp");
const SHOP: (&str, &str, &str) = ("retail", "deployment", "ecommerce");
const SCHOOL: (&str, &str, &str) = ("education", "training", "office");
const OFFICE: (&str, &str, &str) = ("finance", "consulting", "cloud");

const ASKED: [Asked; 18] = [
    (
        900,
        DIRECT,
        "GB",
        OFFICE,
        "Our server room is a cupboard, and it is warm in there. We want to be out of it before the summer.",
        Then::Won,
    ),
    (
        760,
        DIRECT,
        "GB",
        SCHOOL,
        "Two primary schools, 80 teachers, one shared calendar that nobody trusts any more.",
        Then::Lost(Reason::Budget),
    ),
    (
        700,
        PROVIDER,
        "FR",
        CARE,
        "Maison de santé, douze praticiens : postes partagés, dossiers protégés, et quelqu’un au téléphone.",
        Then::HandedOver(true),
    ),
    (420, DIRECT, "GB", SHOP, "Tills for three farm shops; they must go on when the line is down.", Then::Declined(Reason::OutsideRegion)),
    (400, DIRECT, "US", OFFICE, "Second opinion on our backup before the auditors come in March.", Then::Waits),
    (
        330,
        DIRECT,
        "GB",
        WORKSHOP,
        "From drawing to invoice without typing it twice. Forty people, two halls.",
        Then::Accepted(Stage::Proposed),
    ),
    (323, DIRECT, "GB", CARE, "A new practice for two vets. We open in eight weeks and have nothing but a domain.", Then::Waits),
    (
        180,
        DIRECT,
        "DE",
        OFFICE,
        "Umzug von zwei Standorten in eine gemeinsame Umgebung, ohne dass jemand einen Tag verliert.",
        Then::Accepted(Stage::Qualified),
    ),
    (
        150,
        PROVIDER,
        "FR",
        SHOP,
        "Cinq boutiques, une seule caisse qui marche. Nous cherchons un revendeur dans les Alpes.",
        Then::HandedOver(false),
    ),
    (
        90,
        RESELLERS[0],
        "FR",
        SCHOOL,
        "Lycée professionnel : former 60 enseignants avant la rentrée, par petits groupes.",
        Then::Accepted(Stage::Developed),
    ),
    (
        52,
        PROVIDER,
        "FR",
        WORKSHOP,
        "Atelier de décolletage, 25 personnes. Notre logiciel date de 1998 et son auteur est à la retraite.",
        Then::Waits,
    ),
    (30, DIRECT, "GB", SHOP, "Web shop and shop window with one stock. We sell bells and weathervanes.", Then::Waits),
    (
        20,
        RESELLERS[0],
        "FR",
        CARE,
        "Cabinet vétérinaire : sauvegarde qui marche vraiment, nous venons d’apprendre ce que cela veut dire.",
        Then::Waits,
    ),
    (6, DIRECT, "GB", WORKSHOP, "Spare parts for looms: 12,000 numbers in a spreadsheet that only Margaret can open.", Then::Waits),
    (2, PROVIDER, "FR", OFFICE, "Étude notariale, huit postes. Pouvez-vous nous rappeler cette semaine ?", Then::Waits),
    (120, DIRECT, "GB", SCHOOL, "A village school looks for somebody near who answers the telephone.", Then::Routed),
    (70, DIRECT, "FR", OFFICE, "Cabinet d’architectes, quinze postes, trois sites : qui peut nous suivre sur place ?", Then::Routed),
    (26, DIRECT, "DE", WORKSHOP, "Schreinerei, dreißig Leute, sucht jemanden für Angebote und Lager in einem System.", Then::Routed),
];

/// After the directory: its partners are asked.
pub fn write(app: &App, placed: &[Placed]) -> Result<()> {
    let now = app.now();
    for (number, asked) in (0..).zip(ASKED) {
        let mut random = Random::new(SEED, number);
        let company = company::invent(&mut random, company::land_of(asked.2));
        inquiry(app, placed, now, &company, &asked)?;
    }
    for (number, (who, title, need, value)) in (0..).zip(OWN) {
        let mut random = Random::new(SEED, 100 + number);
        let company = company::invent(&mut random, company::land_of(if who == DIRECT { "GB" } else { "FR" }));
        app.commands().write_as(placed[who].id, |scope, conn| {
            let scope = scope.by(Actor::User(seller(&placed[who])));
            acts::create_own(&scope, conn, &own(&scope, &placed[who], &company, title, need, value)).map(|_| ())
        })?;
    }
    Ok(())
}

/// Opportunities of partners' own: whose, title, need, value.
const OWN: [(usize, &str, &str, i64); 3] = [
    (DIRECT, "Telephony for the harbour office", "New telephones for 30 people, with the old numbers.", 1_850_000),
    (DIRECT, "Renewal with training", "They want to renew, and to know what they have.", 640_000),
    (PROVIDER, "Groupement d’achat des coopératives", "Licences communes pour onze coopératives.", 9_400_000),
];

fn inquiry(app: &App, placed: &[Placed], now: Moment, company: &Company, asked: &Asked) -> Result<()> {
    let (ago, who, .., then) = *asked;
    let at = now.plus(-ago * HOUR - 11 * 60_000_000);
    let slugs = app.commands().read(|conn| {
        let own = listing::table.filter(listing::partner_id.eq(placed[who].id));
        Ok(own.select(listing::slug).load::<String>(conn)?)
    })?;
    let slugs = if let Then::Routed = then { Vec::new() } else { slugs };
    let new = app.commands().read(|conn| Ok(form(company, asked, queries::targets(conn, &slugs, "")?)))?;
    let inquiring = Inquiring { now: at, request: RequestId::new() };
    app.commands().write(|conn| send::send(&inquiring, conn, &app.keys, &new).map(|_| ()))?;
    let place = &placed[who];
    match then {
        Then::Waits | Then::Routed => Ok(()),
        Then::HandedOver(accepted) => hand_over(app, placed, company, at, accepted),
        _ => app.commands().write_as(place.id, |scope, conn| {
            let (scope, id) = newest(scope, conn, seller(place), at.plus(9 * HOUR))?;
            become_(&scope, conn, seller(place), id, company, then)
        }),
    }
}

fn form(company: &Company, (_, _, _, (industry, service, product), need, _): &Asked, targets: Vec<queries::Target>) -> New {
    New {
        id: InquiryId::new(),
        lang: if company.language == "fr" { Lang::Fr } else { Lang::En },
        targets,
        several: false,
        need: (*need).to_owned(),
        services: vec![(*service).to_owned()],
        products: vec![(*product).to_owned()],
        time_frame: TimeFrame::Quarter,
        industry: (*industry).to_owned(),
        size: "10to50".to_owned(),
        company: company.name.clone(),
        first_name: company.first.clone(),
        last_name: company.last.clone(),
        email: format!("{}@{}.example", company.mailbox, company.ascii),
        phone: company.phone.clone(),
        wants_call: need.ends_with('?'),
        country: company.country.code.to_owned(),
        city: company.city.clone(),
        point: place::locate(company.country.code, &company.city),
        allow_next: false,
    }
}

/// The partner's newest referral, at a moment and in the name of one of its people.
fn newest(scope: &Scope, conn: &mut Conn, user: UserId, at: Moment) -> Result<(Scope, ReferralId)> {
    let mut scope = scope.by(Actor::User(user));
    scope.now = at;
    let id = scope.all(referral::table).order(referral::number.desc()).select(referral::id).first(conn)?;
    Ok((scope, id))
}

fn become_(scope: &Scope, conn: &mut Conn, user: UserId, id: ReferralId, company: &Company, then: Then) -> Result<()> {
    if let Then::Declined(reason) = then {
        return acts::decline(scope, conn, Sight::ALL, id, 1, reason, "Too far for a visit on the same day.");
    }
    let stage = if let Then::Accepted(stage) = then { stage } else { Stage::Negotiated };
    let work = Work { next_action: "Send the offer".to_owned(), ..Work::default() };
    let deal = deal(scope, &company.name, 1_240_000, stage);
    acts::accept(scope, conn, Sight::ALL, id, 1, &Accept { deal, work, owner: user, contacted: true })?;
    let mut later = *scope;
    later.now = scope.now.plus(6 * DAY);
    let shown = scope.all(referral::table).filter(referral::id.eq(id)).select(referral::version).first(conn)?;
    match then {
        Then::Won | Then::HandedOver(_) => acts::win(&later, conn, Sight::ALL, id, shown),
        Then::Lost(reason) => acts::lose(&later, conn, Sight::ALL, id, shown, reason, "They stay where they are for a year."),
        _ => Ok(()),
    }
}

fn deal(scope: &Scope, title: &str, value_minor: i64, stage: Stage) -> Deal {
    let close_on = scope.now.plus(60 * DAY).zoned("UTC").date().to_string();
    Deal { title: title.to_owned(), value_minor, currency: "EUR".to_owned(), close_on, stage }
}

/// The provider hands its newest referral to both resellers, and the first may accept and win.
fn hand_over(app: &App, placed: &[Placed], company: &Company, at: Moment, accepted: bool) -> Result<()> {
    let provider = &placed[PROVIDER];
    let resellers: Vec<PartnerId> = RESELLERS.iter().map(|reseller| placed[*reseller].id).collect();
    app.commands().write_as(provider.id, |scope, conn| {
        let (scope, id) = newest(scope, conn, seller(provider), at.plus(5 * HOUR))?;
        acts::accept(
            &scope,
            conn,
            Sight::ALL,
            id,
            1,
            &Accept {
                deal: deal(&scope, &company.name, 820_000, Stage::Qualified),
                work: Work::default(),
                owner: seller(provider),
                contacted: true,
            },
        )?;
        let new = handover::New {
            referral: id,
            resellers: resellers.clone(),
            message: "Un bon dossier, le client est prévenu de votre appel.".to_owned(),
            days: 14,
            allow_next: false,
        };
        handover::hand_over(&scope, conn, seller(provider), &new).map(|_| ())
    })?;
    if !accepted {
        return Ok(());
    }
    let reseller = &placed[RESELLERS[0]];
    app.commands().write_as(reseller.id, |scope, conn| {
        let (scope, id) = newest(scope, conn, seller(reseller), at.plus(30 * HOUR))?;
        become_(&scope, conn, seller(reseller), id, company, Then::Won)
    })
}

fn own(scope: &Scope, placed: &Placed, company: &Company, title: &str, need: &str, value_minor: i64) -> Own {
    Own {
        prospect: Prospect {
            company: company.name.clone(),
            country: company.country.code.to_owned(),
            city: company.city.clone(),
            first_name: company.first.clone(),
            last_name: company.last.clone(),
            email: format!("{}@{}.example", company.mailbox, company.ascii),
            phone: company.phone.clone(),
            address1: company.street.clone(),
            postal_code: company.postal_code.clone(),
            state: company.state.clone(),
            consent_at: Some(scope.now),
            ..Prospect::default()
        },
        deal: deal(scope, title, value_minor, Stage::Developed),
        work: Work::default(),
        need: Need {
            need: need.to_owned(),
            industry: "services".to_owned(),
            size: "10to50".to_owned(),
            services: "licensing".to_owned(),
            products: "telephony".to_owned(),
            time_frame: TimeFrame::Quarter.as_str().to_owned(),
        },
        language: company.language.clone(),
        owner: seller(placed),
        team: vec![seller(placed)],
        location: None,
    }
}

/// Who sells there.
fn seller(placed: &Placed) -> UserId {
    let seller = placed.people.iter().find(|(_, roles)| roles.contains("sales_agent"));
    seller.expect("each account has a sales agent").0
}
