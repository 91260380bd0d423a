//! The customers of the demonstration's world, and what happened to them.

use super::cast::{ALIASES, LONG_NAMES, NOTES, PARTNERS, PROVIDER, TAGS};
use super::company::{self, Company};
use super::random::Random;
use super::{Placed, SEED};
use crate::access::audit::{self, Actor, Event, Fields};
use crate::access::{App, Scope};
use crate::cli::rows::{self, Account, Agreement, CustomerTag, Note, Organisation, Tag};
use crate::clock::{DAY, HOUR, MINUTE, Moment};
use crate::db::Conn;
use crate::db::ids::{AgreementId, CustomerId, NoteId, ObjectId, OrganisationId, RequestId, TagId, UserId};
use crate::domain::domain_prefix::{DomainPrefix, MAX};
use crate::domain::{CustomerStatus, Source, collation, fold::fold};
use crate::error::Result;
use crate::features::customers::create::{self, Person};
use crate::features::customers::index;
use crate::features::customers::model::Customer;
use serde_json::Value;
use std::collections::BTreeSet;

/// A customer and all that hangs on it.
pub struct Life {
    pub customer: Customer,
    /// Written once; the reseller's side of a shared one finds it there.
    owns_organisation: bool,
    tags: Vec<usize>,
    note: Option<(Moment, UserId, &'static str)>,
    /// Who added it, and who attested its agreement, when.
    added_by: UserId,
    attested: Option<(Moment, UserId)>,
}

/// Makes customers, none like another.
pub struct Maker {
    random: Random,
    today: Moment,
    names: BTreeSet<String>,
    prefixes: BTreeSet<String>,
}

impl Maker {
    pub fn new(today: Moment) -> Self {
        Self { random: Random::new(SEED, 1), today, names: BTreeSet::new(), prefixes: BTreeSet::new() }
    }

    /// So many customers of one partner account's own; of one land, or of all in turn.
    pub fn own(&mut self, placed: &Placed, partner: usize, count: usize, land: Option<usize>) -> Vec<Life> {
        let mut lives = Vec::with_capacity(count);
        for number in 0..count {
            // The last land is the government's.
            let land = land.unwrap_or(number % (company::lands() - 1));
            let mut company = self.company(land);
            if let Some((_, name, ascii)) = LONG_NAMES.iter().find(|long| partner == 0 && number < 24 && company::land_of(long.0) == land)
                && self.names.insert((*name).to_owned())
            {
                (company.name, company.ascii) = ((*name).to_owned(), (*ascii).to_owned());
            }
            let life = self.life(company, placed, partner);
            lives.push(life);
        }
        lives
    }

    fn company(&mut self, land: usize) -> Company {
        loop {
            let company = company::invent(&mut self.random, land);
            if self.names.insert(company.name.clone()) {
                return company;
            }
        }
    }

    /// A prefix nobody has yet.
    fn prefix(&mut self, ascii: &str) -> String {
        for number in 1.. {
            let mut prefix: String = ascii.chars().take(MAX - 3).collect();
            prefix.truncate(prefix.trim_end_matches('-').len());
            if number > 1 {
                prefix += &format!("-{number}");
            }
            if prefix.parse::<DomainPrefix>().is_ok() && self.prefixes.insert(prefix.clone()) {
                return prefix;
            }
        }
        unreachable!("numbers do not end")
    }

    /// One of the partner's people with one of these roles.
    fn one_of(&mut self, placed: &Placed, roles: &[&str]) -> UserId {
        let fit: Vec<UserId> =
            placed.people.iter().filter(|(_, has)| roles.iter().any(|role| has.contains(role))).map(|one| one.0).collect();
        *self.random.pick(&fit)
    }

    /// A moment in office hours of a day.
    fn during(&mut self, day: Moment) -> Moment {
        day.plus(8 * HOUR + self.random.below(9 * HOUR as u64) as i64)
    }

    /// Up to so many days later, but never after yesterday.
    fn later(&mut self, from: Moment, days: u64) -> Moment {
        let until = self.today.plus(-DAY);
        let room = (until.since(from) / DAY).clamp(0, days as i64) as u64;
        let moved = from.plus(self.random.below(room + 1) as i64 * DAY + 20 * MINUTE);
        if moved > self.today { from.plus(MINUTE) } else { moved }
    }

    fn status_and_source(&mut self) -> (CustomerStatus, Source) {
        let source = match self.random.below(100) {
            0..42 => Source::Added,
            42..60 => Source::Imported,
            60..76 => Source::Invited,
            76..86 => Source::Referral,
            86..94 => Source::Api,
            _ => Source::Connector,
        };
        match self.random.below(100) {
            0..6 => (CustomerStatus::Ended, source),
            6..12 => (CustomerStatus::Pending, Source::Invited),
            _ => (CustomerStatus::Active, source),
        }
    }

    fn life(&mut self, company: Company, placed: &Placed, partner: usize) -> Life {
        let (status, source) = self.status_and_source();
        // More of them lately: business grows.
        let ago = self.random.below(727).min(self.random.below(900)) as i64 + 2;
        let created = if status == CustomerStatus::Pending { 2 + ago % 25 } else { ago };
        let created_at = self.during(self.today.plus(-created * DAY));
        let lately = self.today.plus(-(self.random.below(120) as i64 + 1) * DAY).plus(10 * HOUR);
        let added_by = self.one_of(placed, &["admin_agent", "sales_agent"]);
        let attested = (status != CustomerStatus::Pending && self.random.chance(88))
            .then(|| (self.later(created_at, 14), self.one_of(placed, &["admin_agent", "sales_agent"])));
        let note = self.random.chance(45).then(|| {
            let author = self.one_of(placed, &["admin_agent", "sales_agent", "helpdesk_agent"]);
            (self.later(created_at, 300), author, *self.random.pick(&NOTES))
        });
        let tags = if self.random.chance(55) { self.tags() } else { Vec::new() };
        let mut customer = self.customer(company, partner, status, source, created_at);
        customer.activity_at = [Some(created_at), attested.map(|one| one.0), note.as_ref().map(|one| one.0), Some(lately)]
            .into_iter()
            .flatten()
            .max()
            .unwrap_or(created_at);
        customer.owner_id = self.random.chance(75).then(|| self.one_of(placed, &["admin_agent", "sales_agent", "helpdesk_agent"]));
        customer.agreed_on = attested.map(|(at, _)| at.rfc3339()[..10].to_owned());
        Life { customer, owns_organisation: true, tags, note, added_by, attested }
    }

    fn tags(&mut self) -> Vec<usize> {
        let mut tags: Vec<usize> = (0..=self.random.below(2)).map(|_| self.random.below(TAGS.len() as u64) as usize).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn customer(&mut self, company: Company, partner: usize, status: CustomerStatus, source: Source, created_at: Moment) -> Customer {
        let prefix = self.prefix(&company.ascii);
        Customer {
            id: CustomerId::from_uuid(self.random.id(created_at)),
            organisation_id: OrganisationId::from_uuid(self.random.id(created_at)),
            status,
            source,
            counterpart_id: None,
            name_key: collation::sort_key(&company.name),
            alias: if self.random.chance(18) { (*self.random.pick(&ALIASES)).to_owned() } else { String::new() },
            domain: format!("{prefix}.{}", PARTNERS[partner].cloud.domain_suffix()),
            country: company.country.code.to_owned(),
            address1: company.street,
            address2: String::new(),
            city: company.city,
            state: company.state,
            postal_code: company.postal_code,
            phone: company.phone,
            registration_number: company.registration_number,
            contact_email: format!("{}@{prefix}.example", company.mailbox),
            contact_first: company.first,
            contact_middle: String::new(),
            contact_last: company.last,
            language: company.language,
            owner_id: None,
            agreed_on: None,
            created_at,
            activity_at: created_at,
            version: 1,
            ends_at: None,
            company_name: company.name,
        }
    }

    /// The reseller's side of some of the provider's customers; both sides then name each other.
    pub fn shared(&mut self, provider: &mut [Life], placed: &[Placed], reseller: usize, count: usize) -> Vec<Life> {
        let free =
            provider.iter_mut().filter(|life| life.customer.counterpart_id.is_none() && life.customer.status != CustomerStatus::Ended);
        let mut lives = Vec::with_capacity(count);
        for life in free.take(count) {
            life.customer.counterpart_id = Some(placed[reseller].id);
            let mut customer = life.customer.clone();
            customer.id = CustomerId::from_uuid(self.random.id(customer.created_at));
            customer.counterpart_id = Some(placed[PROVIDER].id);
            customer.owner_id = Some(self.one_of(&placed[reseller], &["sales_agent", "helpdesk_agent"]));
            customer.alias.clear();
            customer.source = Source::Added;
            let tags = if self.random.chance(50) { self.tags() } else { Vec::new() };
            lives.push(Life { customer, owns_organisation: false, tags, note: None, added_by: life.added_by, attested: life.attested });
        }
        lives
    }
}

/// What happens: run at its moment, in the name of whoever did it.
pub type Happening<'a> = Box<dyn Fn(&Scope, &mut Conn) -> Result<()> + 'a>;

/// Something that happened at a moment, by somebody.
pub struct Then<'a> {
    pub at: Moment,
    pub actor: Actor,
    pub run: Happening<'a>,
}

/// Writes one partner account's customers, in one transaction, and their story in the order in
/// which it happened.
pub fn write(app: &App, placed: &Placed, lives: &[Life], mut more: Vec<Then<'_>>) -> Result<()> {
    app.commands().write_as(placed.id, |scope, conn| {
        let mut random = Random::new(SEED, 100 + scope.number() as u64);
        let opened = scope.now.plus(-790 * DAY);
        let tags: Vec<Tag> = TAGS
            .iter()
            .map(|(name, colour)| Tag {
                partner_id: scope.id(),
                id: TagId::from_uuid(random.id(opened)),
                name: (*name).to_owned(),
                name_folded: fold(name),
                colour: *colour,
                created_at: opened,
            })
            .collect();
        rows::tags(conn, &tags)?;
        let organisations: Vec<_> =
            lives.iter().filter(|life| life.owns_organisation).map(|life| Organisation::of(&life.customer, scope.cloud())).collect();
        rows::organisations(conn, &organisations)?;
        for life in lives.iter().filter(|life| life.owns_organisation) {
            create::contact(conn, life.customer.organisation_id, &contact(&life.customer), life.customer.created_at)?;
        }
        let accounts: Vec<_> = lives.iter().map(|life| Account::of(&life.customer, scope.id(), scope.cloud())).collect();
        rows::accounts(conn, &accounts)?;
        attach(scope, conn, &mut random, lives, &tags)?;
        for life in lives {
            index::refresh(scope, conn, life.customer.id)?;
        }
        tell(scope, conn, &mut random, lives, std::mem::take(&mut more))
    })
}

/// Who may open the access page: the customer's contact, as the wizard would have it.
fn contact(customer: &Customer) -> Person {
    Person {
        first: customer.contact_first.clone(),
        middle: customer.contact_middle.clone(),
        last: customer.contact_last.clone(),
        email: customer.contact_email.clone(),
        language: customer.language.clone(),
        role: String::new(),
    }
}

/// Tags, notes and agreements.
fn attach(scope: &Scope, conn: &mut Conn, random: &mut Random, lives: &[Life], tags: &[Tag]) -> Result<()> {
    let partner_id = scope.id();
    let (mut labels, mut notes, mut agreements) = (Vec::new(), Vec::new(), Vec::new());
    for life in lives {
        let (customer, customer_id) = (&life.customer, life.customer.id);
        labels.extend(life.tags.iter().map(|place| CustomerTag { partner_id, customer_id, tag_id: tags[*place].id }));
        notes.extend(life.note.map(|(at, author_id, body)| Note {
            partner_id,
            id: NoteId::from_uuid(random.id(at)),
            customer_id,
            author_id,
            body: body.to_owned(),
            created_at: at,
            updated_at: at,
        }));
        agreements.extend(life.attested.map(|(at, by)| Agreement {
            partner_id,
            id: AgreementId::from_uuid(random.id(at)),
            customer_id,
            template: "customer-agreement-1",
            agreed_on: at.rfc3339()[..10].to_owned(),
            first_name: customer.contact_first.clone(),
            last_name: customer.contact_last.clone(),
            email: customer.contact_email.clone(),
            phone: customer.phone.clone(),
            attested_by: by,
            attested_at: at,
        }));
    }
    rows::customer_tags(conn, &labels)?;
    rows::notes(conn, &notes)?;
    rows::agreements(conn, &agreements)?;
    Ok(())
}

/// The audit log and what else happened, oldest first, each in the name of who did it.
fn tell<'a>(scope: &Scope, conn: &mut Conn, random: &mut Random, lives: &[Life], more: Vec<Then<'a>>) -> Result<()> {
    let fields = |pairs: &[(&str, &str)]| -> Fields {
        pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
    };
    let mut story = more;
    for life in lives {
        let one = &life.customer;
        let object = Some(ObjectId::from_uuid(one.id.uuid()));
        let mut told = |at, by, action: &'static str, after: Fields| {
            let run = move |scope: &Scope, conn: &mut Conn| {
                let event = Event { action, object_kind: "customer", object, before: Fields::new(), after: after.clone() };
                audit::record(scope, conn, &event).map(|_| ())
            };
            story.push(Then { at, actor: Actor::User(by), run: Box::new(run) });
        };
        let added = [
            ("company_name", one.company_name.as_str()),
            ("alias", &one.alias),
            ("domain", &one.domain),
            ("country", &one.country),
            ("city", &one.city),
            ("contact_email", &one.contact_email),
            ("source", one.source.as_str()),
        ];
        told(one.created_at, life.added_by, "customer.add", fields(&added));
        if let (Some((at, by)), Some(on)) = (life.attested, one.agreed_on.as_deref()) {
            told(at, by, "customer.agreement", fields(&[("agreed_on", on)]));
        }
        if let Some((at, by, body)) = life.note {
            told(at, by, "note.add", fields(&[("body", body)]));
        }
    }
    story.sort_by_key(|told| told.at);
    for told in story {
        let mut then = *scope;
        (then.actor, then.now, then.request) = (told.actor, told.at, RequestId::from_uuid(random.id(told.at)));
        (told.run)(&then, conn)?;
    }
    Ok(())
}
