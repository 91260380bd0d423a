//! The invitations of the demonstration's world: a few of each state, written and sent by the same
//! acts as any other, at the moments at which they happened.

use super::cast::PARTNERS;
use super::company;
use super::customers::{Life, Then};
use super::random::Random;
use super::{Placed, SEED};
use crate::access::audit::{self, Actor, Event, Fields};
use crate::access::{App, Scope};
use crate::clock::{DAY, HOUR, MINUTE, Moment};
use crate::db::Conn;
use crate::db::ids::{ContactId, InvitationId, ObjectId, PartnerId, UserId};
use crate::db::schema::{invitation, invitation_answer};
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::invitation::{Declined, Kind, State};
use crate::domain::{Cloud, CustomerStatus};
use crate::error::Result;
use crate::features::customers::model::Customer;
use crate::features::invitations::acts::{self, From, New};
use crate::features::invitations::{index, text};
use crate::i18n::Lang;
use diesel::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// What becomes of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Draft,
    Sent,
    Reminded,
    Opened,
    Accepted,
    Declined(Declined),
    Revoked,
    OpenLink,
}

/// How many days ago, of which kind, and what became of it. What was sent and is older than its
/// kind's life has expired by itself.
const LIVES: [(i64, Kind, Fate); 18] = [
    (95, Kind::Reseller, Fate::Accepted),
    (71, Kind::Reseller, Fate::Sent),
    (58, Kind::Reseller, Fate::Accepted),
    (52, Kind::Reseller, Fate::Declined(Declined::OtherPartner)),
    (44, Kind::Reseller, Fate::OpenLink),
    (41, Kind::Reseller, Fate::Opened),
    (33, Kind::DelegatedAdmin, Fate::Declined(Declined::NoNeed)),
    (27, Kind::Reseller, Fate::Accepted),
    (24, Kind::Reseller, Fate::Revoked),
    (19, Kind::DelegatedAdmin, Fate::Reminded),
    (16, Kind::Reseller, Fate::Reminded),
    (12, Kind::Reseller, Fate::OpenLink),
    (9, Kind::Reseller, Fate::Opened),
    (8, Kind::Reseller, Fate::Declined(Declined::NotMe)),
    (6, Kind::DelegatedAdmin, Fate::Opened),
    (4, Kind::Reseller, Fate::Sent),
    (2, Kind::Reseller, Fate::Sent),
    (1, Kind::Reseller, Fate::Draft),
];

/// What people write down, in English and in French.
const PURPOSES: [[&str; 2]; 4] = [
    ["Trade fair in the spring", "Salon du printemps"],
    ["Recommended by a customer", "Recommandé par un client"],
    ["Leaves another reseller", "Quitte un autre revendeur"],
    ["Called us about licences", "A appelé pour des licences"],
];
const LINKS: [[&str; 2]; 2] = [["our website", "notre site"], ["flyer of the autumn fair", "dépliant du salon d’automne"]];

/// What happened to one partner account's invitations, for its customers' story.
pub fn story<'a>(
    app: &'a App,
    partner: usize,
    placed: &'a Placed,
    lives: &[Life],
    provider: Option<PartnerId>,
    today: Moment,
) -> Vec<Then<'a>> {
    let mut random = Random::new(SEED, 200 + partner as u64);
    let senders: Vec<UserId> = placed.people.iter().filter(|(_, roles)| roles.contains("admin_agent")).map(|one| one.0).collect();
    let mut joined: Vec<&Customer> = lives
        .iter()
        .map(|life| &life.customer)
        .filter(|one| one.source == crate::domain::Source::Invited && one.status == CustomerStatus::Active)
        .collect();
    joined.sort_by_key(|one| std::cmp::Reverse(one.created_at));
    let mut joined = joined.into_iter();
    let mut active = lives.iter().map(|life| &life.customer).filter(|one| one.status == CustomerStatus::Active).skip(5).step_by(7);
    let allowed = |kind: Kind| PARTNERS[partner].cloud == Cloud::Worldwide || kind == Kind::DelegatedAdmin;
    let mut story = Vec::new();
    for (place, (days, kind, fate)) in LIVES.into_iter().filter(|(_, kind, _)| allowed(*kind)).enumerate() {
        let about = match (kind, fate) {
            (Kind::DelegatedAdmin, _) => active.next(),
            (_, Fate::Accepted) => joined.next(),
            _ => None,
        };
        if about.is_none() && (kind == Kind::DelegatedAdmin || fate == Fate::Accepted) {
            continue;
        }
        let at = today.plus(-days * DAY + 9 * HOUR + random.below(8 * HOUR as u64) as i64);
        // An indirect reseller asks for its provider too, every other time.
        let provider = provider.filter(|_| kind == Kind::Reseller && fate != Fate::OpenLink && place % 2 == 0);
        let kind = if provider.is_some() { Kind::ResellerAndProvider } else { kind };
        let new = New { provider, ..written(&mut random, partner, kind, fate, about) };
        let one = One { app, partner: PARTNERS[partner].name, by: *random.pick(&senders), new, about: about.cloned(), id: Rc::default() };
        one.tell(fate, at, today, &mut random, &mut story);
    }
    story
}

/// What stands in it.
fn written(random: &mut Random, partner: usize, kind: Kind, fate: Fate, about: Option<&Customer>) -> New {
    let open_link = fate == Fate::OpenLink;
    let company = company::invent(random, company::land_of(PARTNERS[partner].country));
    let (name, email, company_name, language) = match about {
        Some(one) => (one.contact_name(), one.contact_email.clone(), one.company_name.clone(), one.language.clone()),
        None => {
            let email = format!("{}@{}.example", company.mailbox, company.ascii.trim_matches('-'));
            (format!("{} {}", company.first, company.last), email, company.name, company.language)
        }
    };
    let lang = Lang::from_text(&language).unwrap_or(Lang::En);
    let admin = kind == Kind::DelegatedAdmin;
    let roles =
        if random.chance(50) { vec![DirectoryRole::HelpdeskAdmin] } else { vec![DirectoryRole::GlobalReader, DirectoryRole::LicenceAdmin] };
    let tongue = usize::from(PARTNERS[partner].language == "fr");
    let purpose = match (admin, open_link) {
        (true, _) => format!("Helpdesk {company_name}").chars().take(50).collect(),
        (_, true) => random.pick(&LINKS)[tongue].to_owned(),
        _ => random.pick(&PURPOSES)[tongue].to_owned(),
    };
    let plain = |text: String| if open_link { String::new() } else { text };
    New {
        kind,
        open_link,
        recipient_name: plain(name),
        recipient_email: plain(email.to_lowercase()),
        company: plain(company_name),
        customer: about.filter(|_| admin).map(|one| one.id),
        provider: None,
        lang,
        purpose,
        note: String::new(),
        message: text::usual(kind, lang).to_owned(),
        roles: if admin { roles } else { Vec::new() },
        duration_days: admin.then_some(180),
        auto_extend: false,
    }
}

/// One invitation on its way.
#[derive(Clone)]
struct One<'a> {
    app: &'a App,
    partner: &'static str,
    by: UserId,
    new: New,
    about: Option<Customer>,
    /// Known once it is written.
    id: Rc<Cell<Option<InvitationId>>>,
}

impl<'a> One<'a> {
    fn id(&self) -> InvitationId {
        self.id.get().expect("what happens first is that it is written")
    }

    /// Its own story, each event at its moment.
    fn tell(self, fate: Fate, at: Moment, today: Moment, random: &mut Random, story: &mut Vec<Then<'a>>) {
        let later = |days: i64, random: &mut Random| {
            at.plus(days * DAY + random.below(3 * HOUR as u64) as i64).clamp(at.plus(MINUTE), today.plus(20 * HOUR).max(at.plus(MINUTE)))
        };
        let mut then = |at: Moment, act: fn(&Self, &Scope, &mut Conn, Fate) -> Result<()>| {
            let (one, actor) = (self.clone(), Actor::User(self.by));
            story.push(Then { at, actor, run: Box::new(move |scope, conn| act(&one, scope, conn, fate)) });
        };
        then(at, Self::write);
        if fate == Fate::Draft {
            return;
        }
        then(at.plus(2 * MINUTE), Self::send);
        match fate {
            Fate::Reminded => then(later(3, random), Self::remind),
            Fate::Revoked => then(later(2, random), Self::revoke),
            Fate::Opened => then(later(1, random), Self::open),
            Fate::Accepted | Fate::Declined(_) => {
                let opened = later(1, random);
                then(opened, Self::open);
                then(opened.plus(7 * MINUTE), Self::answer);
            }
            Fate::Draft | Fate::Sent | Fate::OpenLink => {}
        }
    }

    fn from(&self) -> From<'_> {
        From { partner: self.partner, keys: &self.app.keys }
    }
    fn write(&self, scope: &Scope, conn: &mut Conn, _: Fate) -> Result<()> {
        self.id.set(Some(acts::create(scope, conn, self.by, &self.new)?));
        Ok(())
    }
    fn send(&self, scope: &Scope, conn: &mut Conn, _: Fate) -> Result<()> {
        acts::send(scope, conn, self.id(), &self.from())
    }
    fn remind(&self, scope: &Scope, conn: &mut Conn, _: Fate) -> Result<()> {
        acts::remind(scope, conn, self.id(), &self.from())
    }
    fn revoke(&self, scope: &Scope, conn: &mut Conn, _: Fate) -> Result<()> {
        acts::revoke(scope, conn, self.id())
    }

    /// What a recipient does leaves the same rows as its page does.
    fn open(&self, scope: &Scope, conn: &mut Conn, _: Fate) -> Result<()> {
        diesel::update(scope.all(invitation::table).filter(invitation::id.eq(self.id())))
            .set((invitation::state.eq(State::Opened), invitation::opened_at.eq(Some(scope.now))))
            .execute(conn)?;
        self.by_recipient(scope, conn, "invitation.open", Fields::new())
    }

    fn answer(&self, scope: &Scope, conn: &mut Conn, fate: Fate) -> Result<()> {
        let (accepted, reason) = match fate {
            Fate::Declined(reason) => (false, reason.as_str()),
            _ => (true, ""),
        };
        let state = if accepted { State::Accepted } else { State::Declined };
        diesel::update(scope.all(invitation::table).filter(invitation::id.eq(self.id())))
            .set((invitation::state.eq(state), invitation::answered_at.eq(Some(scope.now))))
            .execute(conn)?;
        let parts: Vec<&str> = self.new.kind.parts().iter().map(|part| part.as_str()).collect();
        diesel::insert_into(invitation_answer::table)
            .values((
                invitation_answer::partner_id.eq(scope.id()),
                invitation_answer::invitation_id.eq(self.id()),
                invitation_answer::accepted.eq(accepted),
                invitation_answer::name.eq(&self.new.recipient_name),
                invitation_answer::role.eq(if accepted { "Managing director" } else { "" }),
                invitation_answer::email.eq(&self.new.recipient_email),
                invitation_answer::reason.eq(reason),
                invitation_answer::parts.eq(if accepted { parts.join(" ") } else { String::new() }),
                invitation_answer::mismatch.eq(false),
                invitation_answer::facts.eq(""),
                invitation_answer::organisation_id.eq(self.about.as_ref().filter(|_| accepted).map(|one| one.organisation_id)),
                invitation_answer::result_id.eq(self.about.as_ref().filter(|_| accepted).map(|one| ObjectId::from_uuid(one.id.uuid()))),
                invitation_answer::answered_at.eq(scope.now),
            ))
            .execute(conn)?;
        let person = [("person", self.new.recipient_name.as_str()), ("email", &self.new.recipient_email), ("declined", reason)];
        let fields =
            person.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value.into())).collect();
        self.by_recipient(scope, conn, if accepted { "invitation.accept" } else { "invitation.decline" }, fields)
    }

    fn by_recipient(&self, scope: &Scope, conn: &mut Conn, action: &str, after: Fields) -> Result<()> {
        index::refresh(scope, conn, self.id())?;
        let object = Some(ObjectId::from_uuid(self.id().uuid()));
        let by = scope.by(Actor::Customer(ContactId::new()));
        audit::record(&by, conn, &Event { action, object_kind: "invitation", object, before: Fields::new(), after }).map(|_| ())
    }
}
