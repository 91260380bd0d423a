//! What a row of the file would do, under the same rules as the pages.

use super::columns::{Cells, Line, column};
use crate::access::Scope;
use crate::access::referral::{Prospect, Sight, of_referral};
use crate::access::terms::Terms;
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{ReferralId, UserId};
use crate::db::schema::{app_user, membership};
use crate::domain::company_name::CompanyName;
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::money;
use crate::domain::referral::{DECLINE, LOSE, Reason, Stage, State, TimeFrame};
use crate::domain::rule::{Rule, line, prose};
use crate::domain::term::Kind;
use crate::error::Result;
use crate::features::handover::claim;
use crate::features::referrals::acts::{Deal, Need, Own, Section, Work};
use crate::features::referrals::model::{self, Detail, Referral};
use crate::i18n::Lang;
use crate::web::form::Errors;
use diesel::prelude::*;
use std::collections::HashSet;

/// Fields of each section, which are changed together.
const DEAL: [&str; 8] = ["title", "value", "currency", "close_on", "stage", "next_action", "crm_id", "campaign_id"];
const PROSPECT: [&str; 13] = [
    "company",
    "country",
    "city",
    "address1",
    "address2",
    "postal_code",
    "state",
    "registration_number",
    "first_name",
    "last_name",
    "phone",
    "email",
    "consent",
];
const NEED: [&str; 6] = ["need", "industry", "size", "time_frame", "services", "products"];

/// Where a row moves a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Accept,
    Decline(Reason),
    Win,
    Lose(Reason),
}

/// What an update does.
#[derive(Debug, Clone)]
pub struct Plan {
    pub row: Referral,
    pub sections: Vec<Section>,
    pub to: Option<Move>,
    /// What an acceptance says.
    pub deal: Option<(Deal, Work)>,
    /// What was there before, of the fields that change.
    pub before: Cells,
}

/// What a row would do.
#[derive(Debug, Clone)]
pub enum Verdict {
    Create(Box<Own>),
    Update(Box<Plan>),
    Same,
    /// Columns and what is wrong with each.
    Wrong(Vec<(String, String)>),
}

/// Whose import it is, and what its rules ask.
pub struct Judge {
    pub lang: Lang,
    pub sight: Sight,
    pub user: UserId,
    pub terms: Terms,
}

impl Judge {
    /// What a row does; `seen` are the ids of the rows before it.
    pub fn verdict(&self, scope: &Scope, conn: &mut Conn, line: &Line, seen: &mut HashSet<String>) -> Result<Verdict> {
        let id = line.cells.get("id").map(String::as_str).unwrap_or_default();
        if id.is_empty() {
            return self.create(scope, conn, &line.cells);
        }
        let mut errors = Errors::default();
        let found = match id.parse::<ReferralId>() {
            Ok(id) => model::find(scope, conn, self.sight, id).optional()?,
            Err(()) => None,
        };
        let Some(row) = found else {
            errors.message(self.lang, "id", "import-not-found");
            return Ok(wrong(errors));
        };
        if !seen.insert(id.to_owned()) {
            errors.message(self.lang, "id", "import-twice");
            return Ok(wrong(errors));
        }
        let detail = model::detail(scope, conn, row.id)?;
        let known = of_referral(scope, conn, row.id)?;
        let now = cells_of(&row, &detail, &known, row.shown(scope.now));
        let verdict = self.update(scope, row, &now, &known, &line.cells);
        self.allowed(scope, conn, verdict)
    }

    /// The verdict, unless what was handed over cannot be accepted any more.
    fn allowed(&self, scope: &Scope, conn: &mut Conn, verdict: Verdict) -> Result<Verdict> {
        let Verdict::Update(plan) = &verdict else { return Ok(verdict) };
        if plan.to != Some(Move::Accept) {
            return Ok(verdict);
        }
        let refusal = match model::incoming(scope, conn, plan.row.id)? {
            Some(came) => claim::refusal(scope, conn, &came)?,
            None => None,
        };
        let Some(why) = refusal else { return Ok(verdict) };
        let mut errors = Errors::default();
        errors.message(self.lang, "substatus", if why == "apart" { "handover-refused-apart" } else { "import-state" });
        Ok(wrong(errors))
    }

    fn create(&self, scope: &Scope, conn: &mut Conn, cells: &Cells) -> Result<Verdict> {
        let mut errors = Errors::default();
        if !matches!(text(cells, "substatus"), "" | "accepted") {
            errors.message(self.lang, "substatus", "import-new-state");
        }
        let prospect = self.prospect(scope.now, cells, None, &mut errors);
        let deal = self.deal(cells, &mut errors);
        let need = self.need(cells, &mut errors);
        let team = self.team(scope, conn, cells, &mut errors)?;
        let (Some(prospect), Some((deal, work)), Some(need), true) = (prospect, deal, need, errors.is_empty()) else {
            return Ok(wrong(errors));
        };
        let language = self.lang.as_str().to_owned();
        Ok(Verdict::Create(Box::new(Own { prospect, deal, work, need, language, owner: self.user, team, location: None })))
    }

    fn update(&self, scope: &Scope, row: Referral, now: &Cells, known: &Prospect, file: &Cells) -> Verdict {
        let changed: Vec<&String> = file.keys().filter(|field| now.get(*field).is_some_and(|value| *value != file[*field])).collect();
        let changed: Vec<&str> = changed.into_iter().map(String::as_str).filter(|field| *field != "status").collect();
        if changed.is_empty() {
            return Verdict::Same;
        }
        let mut errors = Errors::default();
        let state = row.shown(scope.now);
        let moved = changed.contains(&"substatus").then(|| text(file, "substatus"));
        let to = self.moves(state, moved, file, &mut errors);
        let merged: Cells = now.iter().map(|(field, value)| (field.clone(), file.get(field).unwrap_or(value).clone())).collect();
        let any = |fields: &[&str]| changed.iter().any(|field| fields.contains(field));
        let (mut sections, mut deal) = (Vec::new(), None);
        match state {
            State::Accepted => sections = self.parsed(scope.now, &merged, known.consent_at, any, &mut errors),
            State::Received if to == Some(Move::Accept) && !any(&PROSPECT) && !any(&NEED) => deal = self.deal(&merged, &mut errors),
            State::Received if matches!(to, Some(Move::Decline(_))) && !any(&PROSPECT) && !any(&NEED) && !any(&DEAL) => {}
            State::Received => self.refuse(&changed, "import-masked", &mut errors),
            _ => self.refuse(&changed, "import-closed", &mut errors),
        }
        if !errors.is_empty() {
            return wrong(errors);
        }
        if sections.is_empty() && to.is_none() {
            return Verdict::Same;
        }
        let before = changed.iter().map(|field| ((*field).to_owned(), now[*field].clone())).collect();
        Verdict::Update(Box::new(Plan { row, sections, to, deal, before }))
    }

    /// The sections of which some field is meant, as the cells say them.
    fn parsed(
        &self,
        now: Moment,
        cells: &Cells,
        consented: Option<Moment>,
        any: impl Fn(&[&str]) -> bool,
        errors: &mut Errors,
    ) -> Vec<Section> {
        let mut sections = Vec::new();
        if any(&DEAL) {
            sections.extend(self.deal(cells, errors).map(|(deal, work)| Section::Deal(deal, work)));
        }
        if any(&PROSPECT) {
            sections.extend(self.prospect(now, cells, consented, errors).map(Section::Prospect));
        }
        if any(&NEED) {
            sections.extend(self.need(cells, errors).map(Section::Need));
        }
        sections
    }

    /// The same of cells that were in the database.
    pub fn sections(&self, cells: &Cells, consented: Option<Moment>, any: impl Fn(&[&str]) -> bool) -> Vec<Section> {
        self.parsed(consented.unwrap_or(Moment::from_micros(0)), cells, consented, any, &mut Errors::default())
    }

    /// Where the row moves it, if that can be.
    fn moves(&self, state: State, to: Option<&str>, file: &Cells, errors: &mut Errors) -> Option<Move> {
        let to = to?;
        let mut reason = |among: &[Reason]| {
            let reason = Reason::from_text(text(file, "reason")).filter(|reason| among.contains(reason));
            if reason.is_none() {
                errors.message(self.lang, "reason", "import-reason");
            }
            reason
        };
        match (state, to) {
            (State::Received, "accepted") => Some(Move::Accept),
            (State::Received, "declined") => reason(DECLINE).map(Move::Decline),
            (State::Accepted, "won") => Some(Move::Win),
            (State::Accepted, "lost") => reason(LOSE).map(Move::Lose),
            _ => {
                errors.message(self.lang, "substatus", "import-state");
                None
            }
        }
    }

    fn refuse(&self, changed: &[&str], key: &str, errors: &mut Errors) {
        for field in changed {
            errors.message(self.lang, field_name(field), key);
        }
    }

    fn deal(&self, cells: &Cells, errors: &mut Errors) -> Option<(Deal, Work)> {
        let short = |field: &str, min: usize, max: usize| line(text(cells, field), min, max);
        let title = errors.take(self.lang, "title", short("title", 1, 120));
        let currency = text(cells, "currency");
        if !money::is_currency(currency) {
            errors.rule(self.lang, "currency", &Rule::Required);
        }
        let value = errors.take(self.lang, "value", money::parse(text(cells, "value"), currency));
        let day = text(cells, "close_on").parse::<jiff::civil::Date>().ok().filter(|day| (2000..=2100).contains(&day.year()));
        let close_on = errors.take(self.lang, "close_on", day.ok_or(Rule::DateFormat));
        let stage = match text(cells, "stage") {
            "" => Some(Stage::Accepted),
            stage => Stage::from_text(stage),
        };
        let stage = errors.take(self.lang, "stage", stage.ok_or(Rule::Required));
        let next_action = errors.take(self.lang, "next_action", short("next_action", 0, 120));
        let crm_id = errors.take(self.lang, "crm_id", short("crm_id", 0, 100));
        let campaign_id = errors.take(self.lang, "campaign_id", short("campaign_id", 0, 100));
        let deal =
            Deal { title: title?, value_minor: value?, currency: currency.to_owned(), close_on: close_on?.to_string(), stage: stage? };
        Some((deal, Work { next_action: next_action?, crm_id: crm_id?, campaign_id: campaign_id? }))
    }

    fn prospect(&self, now: Moment, cells: &Cells, consented: Option<Moment>, errors: &mut Errors) -> Option<Prospect> {
        let company = errors.take(self.lang, "company", text(cells, "company").parse::<CompanyName>());
        let country = Country::from_code(text(cells, "country")).ok_or(Rule::UnknownCountry);
        let country = errors.take(self.lang, "country", country);
        let mut short = |field: &'static str| errors.take(self.lang, field, line(text(cells, field), 0, 100));
        let (city, address1, address2, postal_code) = (short("city"), short("address1"), short("address2"), short("postal_code"));
        let (state, registration_number) = (short("state"), short("registration_number"));
        let (first_name, last_name, phone) = (short("first_name"), short("last_name"), short("phone"));
        let email = match text(cells, "email") {
            "" => Some(String::new()),
            email => errors.take(self.lang, "email", email.parse::<Email>()).map(Email::into_string),
        };
        let person = ["first_name", "last_name", "phone", "email"].iter().any(|field| !text(cells, field).is_empty());
        let consent = text(cells, "consent") == "Yes";
        if person && !consent {
            errors.message(self.lang, "consent", "import-consent");
        }
        Some(Prospect {
            company: company?.into_string(),
            country: country?.code.to_owned(),
            city: city?,
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            phone: phone?,
            address1: address1?,
            address2: address2?,
            postal_code: postal_code?,
            state: state?,
            registration_number: registration_number?,
            consent_at: consent.then(|| consented.unwrap_or(now)),
        })
    }

    fn need(&self, cells: &Cells, errors: &mut Errors) -> Option<Need> {
        let need = errors.take(self.lang, "need", prose(text(cells, "need"), 0, 4_000));
        for (field, kind) in [("industry", Kind::Industry), ("size", Kind::Size), ("services", Kind::Service), ("products", Kind::Product)]
        {
            let known = text(cells, field).split(' ').filter(|key| !key.is_empty()).all(|key| self.terms.find(kind, key).is_some());
            if !known {
                errors.message(self.lang, field, "import-term");
            }
        }
        let frame = text(cells, "time_frame");
        if !frame.is_empty() && TimeFrame::from_text(frame).is_none() {
            errors.message(self.lang, "time_frame", "import-term");
        }
        let of = |field: &str| text(cells, field).to_owned();
        Some(Need {
            need: need?,
            industry: of("industry"),
            size: of("size"),
            services: of("services"),
            products: of("products"),
            time_frame: of("time_frame"),
        })
    }

    /// Colleagues, by their addresses; whoever imports where none is named.
    fn team(&self, scope: &Scope, conn: &mut Conn, cells: &Cells, errors: &mut Errors) -> Result<Vec<UserId>> {
        let wanted: Vec<&str> = text(cells, "team").split(", ").filter(|email| !email.is_empty()).collect();
        if wanted.is_empty() {
            return Ok(vec![self.user]);
        }
        let found: Vec<UserId> = membership::table
            .inner_join(app_user::table.on(app_user::id.eq(membership::user_id)))
            .filter(membership::partner_id.eq(scope.id()))
            .filter(membership::status.eq("active"))
            .filter(app_user::email.eq_any(&wanted))
            .limit(50)
            .select(app_user::id)
            .load(conn)?;
        if found.len() != wanted.len() {
            errors.message(self.lang, "team", "import-team");
        }
        Ok(found)
    }
}

fn text<'a>(cells: &'a Cells, field: &str) -> &'a str {
    cells.get(field).map_or("", String::as_str)
}

/// A field as errors name it.
fn field_name(field: &str) -> &'static str {
    super::columns::COLUMNS.iter().map(|(_, known)| *known).find(|known| *known == field).unwrap_or("id")
}

fn wrong(errors: Errors) -> Verdict {
    Verdict::Wrong(errors.0.into_iter().map(|error| (column(error.field).to_owned(), error.message)).collect())
}

/// A referral as the export writes it, in the fields that an import reads.
pub(super) fn cells_of(row: &Referral, detail: &Detail, known: &Prospect, shown: State) -> Cells {
    let value = row.value_minor.map(|minor| money::plain(minor, &row.currency)).unwrap_or_default();
    let consent = if known.consent_at.is_some() { "Yes" } else { "" };
    let pairs: [(&str, &str); 29] = [
        ("title", &row.title),
        ("company", &row.company),
        ("address1", &known.address1),
        ("address2", &known.address2),
        ("city", &row.city),
        ("state", &known.state),
        ("postal_code", &known.postal_code),
        ("country", &row.country),
        ("registration_number", &known.registration_number),
        ("first_name", &known.first_name),
        ("last_name", &known.last_name),
        ("phone", &known.phone),
        ("email", &known.email),
        ("substatus", shown.as_str()),
        ("reason", &row.reason),
        ("stage", &row.stage),
        ("value", &value),
        ("currency", &row.currency),
        ("close_on", &row.close_on),
        ("crm_id", &detail.crm_id),
        ("campaign_id", &detail.campaign_id),
        ("next_action", &detail.next_action),
        ("consent", consent),
        ("need", &row.need),
        ("industry", &row.industry),
        ("size", &row.size),
        ("time_frame", &row.time_frame),
        ("services", &row.services),
        ("products", &row.products),
    ];
    pairs.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect()
}
