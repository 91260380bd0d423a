//! One referral's page.

use super::acts;
use super::forms::{Form, Offer};
use super::handlers::reader;
use super::model::{self, Detail, Engagement, Referral};
use super::people;
use super::queries;
use super::views::{badge, day, flame, left, name};
use super::{href, id, list_href};
use crate::access::audit::{self, Shown as Event};
use crate::access::may::{Action, Relationship};
use crate::access::permissions::{MarkReferrals, Permission};
use crate::access::referral::{Prospect, Sight, of_referral};
use crate::access::terms::Terms;
use crate::access::{Can, Scope};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{LocationId, ObjectId, PartnerId, ReferralId, UserId};
use crate::domain::country::Country;
use crate::domain::referral::{Shared, Source, State as Shown, Step, step};
use crate::domain::term::Kind;
use crate::error::Result;
use crate::features::audit::Entry;
use crate::features::conversion::queries::Won;
use crate::features::conversion::show::Panel;
use crate::features::customers::model::{colleagues, member_name};
use crate::features::handover::panel::HandoverView;
use crate::features::routing::explain::{Line, Own};
use crate::features::sharing::panel::Line as Asked;
use crate::features::{conversion, handover, sharing};
use crate::web::form::{Choice, Errors, Field};
use crate::web::page::{self, Page};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

/// `/p/{account}/referrals/{referral}`
#[derive(Template)]
#[template(path = "referrals/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub list: String,
    pub href: String,
    pub name: String,
    pub number: i64,
    pub badge: (&'static str, &'static str),
    pub left: Option<(String, &'static str)>,
    pub expires: Option<String>,
    pub flame: bool,
    pub favourite: bool,
    pub owner: Option<String>,
    pub masked: bool,
    /// What the other side did with it: taken, withdrawn.
    pub notice: Option<&'static str>,
    /// Why this member does nothing with it.
    pub why: Option<String>,
    pub can: Steps,
    /// Until when it can be reopened.
    pub reopen_until: Option<String>,
    /// When it was reopened, if that is why it cannot be again.
    pub reopened: Option<String>,
    /// Sections: title, address to edit it, facts.
    pub sections: Vec<Section>,
    pub need: String,
    pub need_edit: Option<String>,
    /// What the sender says with it, and who that is.
    pub message: Option<(String, String)>,
    /// Why it came here.
    pub routing: Vec<String>,
    pub customer: Option<String>,
    /// How it becomes one, once it is won.
    pub conversion: Option<Panel>,
    /// Why a reseller cannot accept what its provider handed over.
    pub refusal: Option<&'static str>,
    /// What goes on between partners: where it is handed over, shared.
    pub next: Vec<(String, &'static str)>,
    pub handovers: Vec<HandoverView>,
    pub partners: Vec<Asked>,
    /// The part that its sender shares with this account.
    pub shared_part: Option<String>,
    pub why_closed: Option<(String, String)>,
    pub timeline: Vec<Moved>,
    pub notes: Vec<NoteLine>,
    pub note: Option<Field>,
    pub shared: Option<SharedNotes>,
    pub team: Vec<String>,
    pub team_field: Option<Field>,
    pub owner_field: Option<Field>,
    pub assign_why: Option<String>,
    pub version: i64,
    pub errors: Errors,
}

/// A card of facts.
pub struct Section {
    pub key: &'static str,
    pub title: &'static str,
    pub edit: Option<String>,
    pub facts: Vec<(&'static str, String)>,
}

/// Which steps are possible now.
#[derive(Debug, Clone, Copy, Default)]
pub struct Steps {
    pub accept: bool,
    pub decline: bool,
    pub edit: bool,
    pub win: bool,
    pub lose: bool,
    pub reopen: bool,
}

impl Steps {
    pub fn of(row: &Referral, followed: bool, now: Moment) -> Self {
        let can = |what| step(&row.facts(followed), what, now).is_ok();
        Self {
            accept: can(Step::Accept),
            decline: can(Step::Decline),
            edit: can(Step::Edit),
            win: can(Step::Win),
            lose: can(Step::Lose),
            reopen: can(Step::Reopen),
        }
    }
    pub const fn any(&self) -> bool {
        self.accept || self.win || self.reopen
    }
}

/// One thing that happened.
pub struct Moved {
    pub at: Moment,
    pub when: String,
    pub who: String,
    pub what: String,
    pub icon: &'static str,
    /// What both sides read.
    pub text: Option<String>,
}

/// A private note.
pub struct NoteLine {
    pub id: String,
    pub author: String,
    pub when: String,
    pub body: String,
    pub own: bool,
}

/// The notes that the other side reads too.
pub struct SharedNotes {
    pub partner: String,
    /// Who, of which partner, when, what.
    pub lines: Vec<(String, String, String)>,
    pub field: Option<Field>,
}

/// All that the page and its forms read.
pub(super) struct Read {
    pub row: Referral,
    pub detail: Detail,
    pub known: Prospect,
    pub came: Option<Engagement>,
    pub terms: Terms,
    followed: bool,
    favourite: bool,
    owner: Option<String>,
    opened_by: Option<String>,
    location: Option<String>,
    team: Vec<(UserId, String)>,
    pub colleagues: Vec<(UserId, String)>,
    notes: Vec<people::Note>,
    entries: Vec<people::Line>,
    events: Vec<Event>,
    own: PartnerId,
    handovers: handover::panel::Loaded,
    asked: Vec<(Engagement, String)>,
    refusal: Option<&'static str>,
    won: Option<Won>,
}

pub(super) fn read(scope: &Scope, conn: &mut Conn, sight: Sight, user: UserId, id: ReferralId) -> Result<Read> {
    let row = model::find(scope, conn, sight, id)?;
    let detail = model::detail(scope, conn, id)?;
    let came = model::incoming(scope, conn, id)?;
    let locations = if row.location_id.is_some() { queries::locations(scope, conn, true)? } else { Vec::new() };
    let refusal = came.as_ref().map(|came| handover::claim::refusal(scope, conn, came)).transpose()?.flatten();
    let location = |wanted: LocationId| locations.iter().find(|(id, _)| *id == wanted).map(|(_, name)| name.clone());
    Ok(Read {
        known: of_referral(scope, conn, id)?,
        terms: Terms::load(conn)?,
        followed: model::has_followed(scope, conn, &row, came.as_ref())?,
        favourite: queries::is_favourite(scope, conn, user, id)?,
        owner: row.owner_id.map(|owner| member_name(scope, conn, owner)).transpose()?.flatten(),
        opened_by: detail.opened_by.map(|user| member_name(scope, conn, user)).transpose()?.flatten(),
        location: row.location_id.and_then(location),
        team: people::team(scope, conn, id)?,
        colleagues: colleagues(scope, conn)?.into_iter().map(|one| (one.id, one.name)).collect(),
        notes: people::notes(scope, conn, id)?,
        entries: match &came {
            Some(came) => people::entries(scope, conn, came)?,
            None => Vec::new(),
        },
        events: audit::list(scope, conn, Some(ObjectId::from_uuid(id.uuid())), None, 100)?,
        own: scope.id(),
        handovers: handover::panel::load(scope, conn, id)?,
        asked: sharing::panel::load(scope, conn, id)?,
        refusal,
        won: None,
        row,
        detail,
        came,
    })
}

/// What the page reads: with how it becomes a customer, where that is due.
async fn load<P: Permission>(who: &Can<P>, id: ReferralId) -> Result<Read> {
    let (reader, answers) = (reader(who), who.may(Action::AnswerReferrals, Relationship::None).is_ok());
    let customers = conversion::show::sees_customers(who);
    who.read(move |scope, conn| {
        let mut all = read(scope, conn, reader.sight, reader.user, id)?;
        if answers && all.row.substatus == Shown::Won && all.detail.customer_id.is_none() {
            let known = (all.detail.clone(), all.known.clone(), all.came.clone());
            all.won = Some(conversion::queries::judge(scope, conn, all.row.clone(), known, customers)?);
        }
        Ok(all)
    })
    .await
}

/// `GET /p/{account}/referrals/{referral}`; that it was opened is noted once.
pub async fn show(who: Can<MarkReferrals>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (id, reader) = (id(&path.1)?, reader(&who));
    let mut read_ = load(&who, id).await?;
    if read_.detail.opened_at.is_none() && read_.came.is_some() {
        who.write(move |scope, conn| acts::open(scope, conn, reader.sight, id)).await?;
        read_ = load(&who, id).await?;
    }
    page::ok(&view(&who, &req, read_, &Form::default(), Errors::default()))
}

/// The page with a note that did not hold.
pub(super) async fn again<P: Permission>(
    who: &Can<P>,
    req: &HttpRequest,
    id: ReferralId,
    form: &Form,
    errors: Errors,
) -> Result<HttpResponse> {
    let read = load(who, id).await?;
    let failed = !errors.is_empty();
    page::form(&view(who, req, read, form, errors), failed)
}

fn view<P: Permission>(who: &Can<P>, req: &HttpRequest, read: Read, form: &Form, errors: Errors) -> ShowPage {
    let (now, slug) = (who.now(), &who.account.slug);
    let row = &read.row;
    let title = name(who.user.lang, &read.terms, row);
    let page = Page::member(req, who, "referrals", title.clone());
    let why = page.why_not(who.may(Action::AnswerReferrals, Relationship::None));
    let shown = row.shown(now);
    let can = if why.is_some() { Steps::default() } else { Steps::of(row, read.followed, now) };
    let would_reopen = Steps::of(row, false, now).reopen;
    let href = href(slug, row.id);
    let shared = read.came.as_ref().map(|came| came.state.at(came.expires_at, now));
    let assign_why = page.why_not(who.may(Action::AssignReferrals, Relationship::None));
    let owners = owners(who, &read);
    let offer = Offer { page: &page, now, terms: &read.terms, owners: &owners, colleagues: &read.colleagues, locations: &[] };
    let writes = why.is_none();
    let current = Form::of(row, &read.detail, &read.known).with_team(read.team.iter().map(|(id, _)| *id));
    ShowPage {
        list: list_href(slug),
        name: title,
        number: row.number,
        badge: (badge(shown), page.word("referral-state", shown.as_str())),
        left: left(&page, row, now),
        expires: row.expires_at.filter(|_| shown == Shown::Received).map(|at| page.moment(at)),
        flame: flame(row, now),
        favourite: read.favourite,
        owner: read.owner.clone(),
        masked: row.is_masked(),
        notice: shared.filter(|one| matches!(one, Shared::Taken | Shared::Withdrawn)).map(|one| page.word("referral-shared", one.as_str())),
        can,
        reopen_until: row.closed_at.filter(|_| can.reopen).map(|at| page.moment(at.plus(crate::domain::referral::REOPEN))),
        reopened: read.detail.reopened_at.filter(|_| would_reopen && why.is_none()).map(|at| page.moment(at)),
        sections: sections(&page, &read, can.edit, &href),
        need: row.need.clone(),
        need_edit: can.edit.then(|| format!("{href}/edit/need")),
        message: read.came.as_ref().filter(|came| !came.message.is_empty()).map(|came| (came.message.clone(), row.sender_name.clone())),
        routing: why_here(&page, &read.detail.routing),
        refusal: read.refusal.filter(|why| *why == "apart").map(|why| page.word("handover-refused", why)),
        next: next(who, &page, &read),
        handovers: read.handovers.iter().map(|(one, offers)| handover::panel::view(&page, slug, now, one, offers)).collect(),
        partners: sharing::panel::lines(&page, slug, now, &read.asked),
        shared_part: read.came.as_ref().filter(|came| came.kind == "partner").map(|came| sharing::href(slug, came.id)),
        customer: read.detail.customer_id.map(|id| format!("/p/{slug}/customers/{id}")),
        conversion: read.won.as_ref().map(|won| conversion::show::panel(&page, who, won)),
        why_closed: (!row.reason.is_empty())
            .then(|| (page.word("referral-reason", &row.reason).to_owned(), read.detail.reason_note.clone())),
        timeline: timeline(&page, &read, slug),
        notes: read.notes.iter().map(|note| note_line(&page, note, who.user.id)).collect(),
        note: writes.then(|| {
            form.note_field(&page, "referral-note-new", &errors).hint(page.t1("referral-note-hint", "account", &who.account.name))
        }),
        shared: shared_notes(&page, &read, now, writes, form, &errors),
        team: read.team.iter().map(|(_, name)| name.clone()).collect(),
        team_field: writes.then(|| current.team_field(&offer, &errors)),
        owner_field: assign_why.is_none().then(|| {
            let mut field = current.owner_field(&offer, &errors).optional();
            field.choices.insert(0, Choice::new("", page.t("referral-nobody")));
            field
        }),
        assign_why,
        version: row.version,
        why,
        href,
        errors,
        page,
    }
}

/// Where it goes on from here, as far as this member may.
fn next<P: Permission>(who: &Can<P>, page: &Page, read: &Read) -> Vec<(String, &'static str)> {
    let (slug, row) = (&who.account.slug, &read.row);
    let shown = row.shown(who.now());
    let may = |action| who.may(action, Relationship::None).is_ok();
    let mut next = Vec::new();
    let open = matches!(shown, Shown::Received | Shown::Accepted);
    if open && !matches!(row.source, Source::Partner | Source::Provider) && may(Action::HandOverReferrals) {
        next.push((handover::new_href(slug, row.id), page.t("handover-title")));
    }
    if sharing::queries::may_share(row, who.now()).is_ok() && may(Action::AnswerReferrals) {
        next.push((sharing::new_href(slug, row.id), page.t("sharing-title")));
    }
    next
}

/// Whom this member may give it to.
pub(super) fn owners<P: Permission>(who: &Can<P>, read: &Read) -> Vec<(UserId, String)> {
    if who.may(Action::AssignReferrals, Relationship::None).is_ok() {
        return read.colleagues.clone();
    }
    let mine = |id: UserId| id == who.user.id || Some(id) == read.row.owner_id;
    read.colleagues.iter().filter(|(id, _)| mine(*id)).cloned().collect()
}

fn sections(page: &Page, read: &Read, edit: bool, href: &str) -> Vec<Section> {
    let edit = |section: &str| edit.then(|| format!("{href}/edit/{section}"));
    let mut sections = Vec::new();
    if !read.row.title.is_empty() {
        sections.push(Section { key: "deal", title: page.t("referral-deal"), edit: edit("deal"), facts: deal(page, read) });
    }
    sections.push(Section { key: "prospect", title: page.t("referral-prospect"), edit: edit("company"), facts: prospect(page, read) });
    sections.push(Section { key: "wanted", title: page.t("referral-wanted"), edit: edit("need"), facts: wanted(page, read) });
    sections.push(Section { key: "about", title: page.t("referral-about"), edit: None, facts: about(page, read) });
    sections
}

fn filled(facts: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn deal(page: &Page, read: &Read) -> Vec<(&'static str, String)> {
    let (row, detail) = (&read.row, &read.detail);
    let stage = if row.stage.is_empty() { String::new() } else { page.word("referral-stage", &row.stage).to_owned() };
    filled(vec![
        (page.t("field-title"), row.title.clone()),
        (page.t("field-value"), row.value_minor.map(|value| page.lang.money(value, &row.currency)).unwrap_or_default()),
        (page.t("field-close-on"), day(page, &row.close_on)),
        (page.t("field-stage"), stage),
        (page.t("field-next-action"), detail.next_action.clone()),
        (page.t("field-crm-id"), detail.crm_id.clone()),
        (page.t("field-campaign-id"), detail.campaign_id.clone()),
        (page.t("field-help"), read.came.as_ref().map(|came| sharing::show::in_words(page, "help", &came.help)).unwrap_or_default()),
    ])
}

fn prospect(page: &Page, read: &Read) -> Vec<(&'static str, String)> {
    let (row, known) = (&read.row, &read.known);
    let country = Country::name_of(&row.country, page.lang.as_str()).to_owned();
    let person = format!("{} {}", known.first_name, known.last_name).trim().to_owned();
    if row.is_masked() {
        return filled(vec![(page.t("field-city"), row.city.clone()), (page.t("field-country"), country)]);
    }
    filled(vec![
        (page.t("field-company-name"), row.company.clone()),
        (page.t("field-address1"), known.address1.clone()),
        (page.t("field-address2"), known.address2.clone()),
        (page.t("field-postal-code"), known.postal_code.clone()),
        (page.t("field-city"), row.city.clone()),
        (page.t("field-state"), known.state.clone()),
        (page.t("field-country"), country),
        (page.t("field-registration-number"), known.registration_number.clone()),
        (page.t("field-person"), person),
        (page.t("field-email"), known.email.clone()),
        (page.t("field-phone"), known.phone.clone()),
        (page.t("field-consent"), known.consent_at.map(|at| page.date(at)).unwrap_or_default()),
    ])
}

fn wanted(page: &Page, read: &Read) -> Vec<(&'static str, String)> {
    let (row, terms, lang) = (&read.row, &read.terms, page.lang);
    let keys = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let frame = if row.time_frame.is_empty() { String::new() } else { page.word("time-frame", &row.time_frame).to_owned() };
    filled(vec![
        (page.t("field-industry"), terms.name(Kind::Industry, &row.industry, lang).to_owned()),
        (page.t("field-size"), terms.name(Kind::Size, &row.size, lang).to_owned()),
        (page.t("field-services"), terms.names(Kind::Service, &keys(&row.services), lang).join(", ")),
        (page.t("field-products"), terms.names(Kind::Product, &keys(&row.products), lang).join(", ")),
        (page.t("field-time-frame"), frame),
    ])
}

fn about(page: &Page, read: &Read) -> Vec<(&'static str, String)> {
    let (row, detail) = (&read.row, &read.detail);
    let opened = match (&read.opened_by, detail.opened_at) {
        (Some(who), Some(at)) => page.ta("referral-opened-by", &[("who", who.as_str().into()), ("when", page.moment(at).into())]),
        (None, Some(at)) => page.moment(at),
        _ => String::new(),
    };
    let contacted = if detail.contacted { "referral-contacted-yes" } else { "referral-contacted-no" };
    let answered = row.answered_at.filter(|_| read.came.is_some());
    filled(vec![
        (page.t("field-source"), page.word("referral-source", row.source.as_str()).to_owned()),
        (page.t("referral-sender"), row.sender_name.clone()),
        (page.t("field-location"), read.location.clone().unwrap_or_default()),
        (page.t("referral-received"), page.moment(row.received_at)),
        (page.t("referral-opened"), opened),
        (page.t("referral-answered"), answered.map(|at| page.moment(at)).unwrap_or_default()),
        (page.t("field-contacted"), answered.map(|_| page.t(contacted).to_owned()).unwrap_or_default()),
        (page.t("referral-closed"), row.closed_at.map(|at| page.moment(at)).unwrap_or_default()),
        (
            page.t("field-language"),
            if detail.language.is_empty() { String::new() } else { page.word("tongue", &detail.language).to_owned() },
        ),
    ])
}

/// Why it came here, a line each.
fn why_here(page: &Page, text: &str) -> Vec<String> {
    let lines = Own::from_text(text).map(|own| own.lines(page)).unwrap_or_default();
    let said = |line: Line| {
        let args = [("name", line.name.into()), ("points", line.points.into()), ("weight", line.weight.into())];
        let text = page.ta("referral-routing-line", &args);
        line.note.map_or(text.clone(), |note| format!("{text} ({note})"))
    };
    lines.into_iter().map(said).collect()
}

/// What happened here, and what both sides wrote, the newest first.
fn timeline(page: &Page, read: &Read, slug: &str) -> Vec<Moved> {
    let event = |event: &Event| {
        let entry = Entry::of(page, event, slug);
        Moved { at: event.at, when: entry.when, who: entry.who, what: entry.what, icon: "history", text: None }
    };
    let line = |line: &people::Line| Moved {
        at: line.at,
        when: page.moment(line.at),
        who: line.person.clone(),
        what: page.word("referral-entry", &line.kind).to_owned(),
        icon: if line.kind == "note" { "note" } else { "edit" },
        text: Some(if line.kind == "note" { line.body.clone() } else { sharing::show::changed_in_words(page, &line.body) }),
    };
    let others = read.entries.iter().filter(|one| one.by != read.own || one.kind != "note");
    let mut all: Vec<Moved> = read.events.iter().map(event).chain(others.map(line)).collect();
    all.sort_by_key(|moved| std::cmp::Reverse(moved.at));
    all
}

fn note_line(page: &Page, note: &people::Note, user: UserId) -> NoteLine {
    NoteLine {
        id: note.id.to_string(),
        author: note.author.clone(),
        when: page.moment(note.at),
        body: note.body.clone(),
        own: note.author_id == user,
    }
}

fn shared_notes(page: &Page, read: &Read, now: Moment, writes: bool, form: &Form, errors: &Errors) -> Option<SharedNotes> {
    let came = read.came.as_ref().filter(|came| came.from_partner_id.is_some())?;
    let partner = read.row.sender_name.clone();
    let open = matches!(came.state.at(came.expires_at, now), Shared::Received | Shared::Accepted | Shared::Won);
    let lines = read.entries.iter().filter(|line| line.kind == "note");
    let field = || form.shared_field(page, errors).hint(page.t1("referral-shared-hint", "partner", &partner));
    Some(SharedNotes {
        lines: lines.map(|line| (line.person.clone(), page.moment(line.at), line.body.clone())).collect(),
        field: (writes && open).then(field),
        partner: partner.clone(),
    })
}
