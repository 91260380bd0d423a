//! One invitation's page, and what its sender does there.

use super::acts::{self, From};
use super::handlers::link;
use super::list::Row;
use super::model::{self, Answer, Invitation};
use super::views::{self, ActView, badge};
use super::{action, fields, href, id, list_href, queries, text};
use crate::access::audit::{self, Shown as Event};
use crate::access::identity::{self, Recipient};
use crate::access::may::{Action, Relationship};
use crate::access::outbox::{self, Fate};
use crate::access::permissions::{ChangeInvitations, ViewInvitations};
use crate::access::posted::Posted;
use crate::access::{Can, Scope, invitation_links};
use crate::db::Conn;
use crate::db::ids::{InvitationId, ObjectId};
use crate::domain::letter::{Letter, Sender, To};
use crate::domain::relationship::invitation::{Kind, Shown};
use crate::domain::rule::prose;
use crate::error::{Error, Result};
use crate::features::audit::Entry;
use crate::features::connect::acts::{Decision, confirm};
use crate::features::customers::model::counterpart_name;
use crate::mail::compose::Composed;
use crate::web::form::{Errors, Field};
use crate::web::page::{self, Page, local};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::sync::Arc;

/// `/p/{account}/invitations/{invitation}`
#[derive(Template)]
#[template(path = "invitations/show.html")]
pub struct ShowPage {
    pub page: Page,
    pub list: String,
    pub href: String,
    pub name: String,
    pub badge: (&'static str, &'static str),
    /// What became of it: word, moment.
    pub steps: Vec<(&'static str, String)>,
    /// Label, value, and where the value leads.
    pub facts: Vec<(&'static str, String, Option<String>)>,
    /// Why this member does nothing with it.
    pub why: Option<String>,
    pub draft: bool,
    pub acts: Vec<ActView>,
    pub link: Option<String>,
    pub mailto: Option<String>,
    pub letter: Option<Composed>,
    pub answer: Option<AnswerView>,
    pub note: Field,
    /// Letters about it: what, to whom, when, what became of it (badge, word).
    pub fates: Vec<(&'static str, String, String, &'static str, &'static str)>,
    /// Personal invitations that came from an open link: address, name, badge, state.
    pub uses: Vec<(String, String, &'static str, &'static str)>,
    pub open_link: bool,
    pub entries: Vec<Entry>,
}

/// What was answered.
pub struct AnswerView {
    pub title: &'static str,
    pub facts: Vec<(&'static str, String)>,
    /// Another company than expected, and nothing is decided.
    pub undecided: bool,
    pub decided: Option<&'static str>,
    pub customer: Option<String>,
}

/// All that the page reads.
struct Read {
    row: Invitation,
    person: Recipient,
    provider: Option<String>,
    answer: Option<Answer>,
    hash: Option<Vec<u8>>,
    fates: Vec<Fate>,
    uses: Vec<Row>,
    events: Vec<Event>,
}

fn read(scope: &Scope, conn: &mut Conn, id: InvitationId, activity: bool) -> Result<Read> {
    let row = model::find(scope, conn, id)?;
    let waits = matches!(row.shown(scope.now), Shown::Sent | Shown::Opened);
    Ok(Read {
        person: identity::member(conn, scope.id(), row.created_by)?,
        provider: row.provider_id.map(|id| counterpart_name(conn, id)).transpose()?.flatten(),
        answer: model::answer(scope, conn, id)?,
        hash: if waits { Some(invitation_links::hash(scope, conn, id, row.generation)?) } else { None },
        fates: outbox::about(scope, conn, id.uuid())?,
        uses: if row.open_link { queries::from_link(scope, conn, id, 50)? } else { Vec::new() },
        events: if activity { audit::list(scope, conn, Some(ObjectId::from_uuid(id.uuid())), None, 50)? } else { Vec::new() },
        row,
    })
}

/// `GET /p/{account}/invitations/{invitation}`
pub async fn show(who: Can<ViewInvitations>, req: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let id = id(&path.1)?;
    let activity = who.may(Action::ViewActivity, Relationship::None).is_ok();
    let read = who.read(move |scope, conn| read(scope, conn, id, activity)).await?;
    page::ok(&view(&who, &req, read)?)
}

fn view(who: &Can<ViewInvitations>, req: &HttpRequest, read: Read) -> Result<ShowPage> {
    let Read { row, person, provider, answer, hash, fates, uses, events } = read;
    let (now, slug) = (who.now(), &who.account.slug);
    let page = Page::member(req, who, "invitations", who.user.lang.t("invite-one"));
    let why = page.why_not(who.may(action(row.kind), Relationship::None));
    let standing = row.standing(now);
    let token =
        hash.filter(|_| why.is_none()).and_then(|hash| who.app().keys.link_of(To::Connect.purpose(), row.id.uuid(), row.generation, &hash));
    let sender = Sender { partner: who.account.name.clone(), person: person.name.clone(), email: person.email.clone() };
    let letter = match row.open_link {
        true => None,
        false => Some(text::composed(&row, sender, provider.clone(), &who.app().config.public_url, token.as_deref())?),
    };
    let over = matches!(standing.shown, Shown::Accepted | Shown::Declined | Shown::Revoked);
    Ok(ShowPage {
        list: list_href(slug),
        href: href(slug, row.id),
        name: name(&page, &row),
        badge: (badge(standing.shown), page.word("invite-state", standing.shown.as_str())),
        steps: steps(&page, &row, standing.shown),
        facts: facts(&page, &row, &person, provider.as_deref(), slug),
        draft: standing.shown == Shown::Draft,
        acts: if over { Vec::new() } else { views::acts(&page, standing, now) },
        mailto: letter.as_ref().filter(|_| token.is_some()).map(|letter| text::mailto(letter, &row.recipient_email)),
        link: token.map(|token| link(&who.app().config.public_url, &token)),
        letter,
        answer: answer.map(|answer| answered(&page, &row, &answer, slug)),
        note: fields::note(&page, &Errors::default(), &row.note),
        fates: fates.iter().map(|fate| told(&page, fate)).collect(),
        uses: uses.iter().map(|one| used(&page, one, slug, now)).collect(),
        open_link: row.open_link,
        entries: events.iter().map(|event| Entry::of(&page, event, slug)).collect(),
        why,
        page,
    })
}

fn name(page: &Page, row: &Invitation) -> String {
    match (row.open_link, row.company.is_empty()) {
        (true, _) => page.t1("invite-open-link-for", "purpose", &row.purpose),
        (false, true) => row.recipient_email.clone(),
        (false, false) => row.company.clone(),
    }
}

/// What happened so far, and what will, with its moments.
fn steps(page: &Page, row: &Invitation, shown: Shown) -> Vec<(&'static str, String)> {
    let answered = page.word("invite-state", shown.as_str());
    let (ends, over) = match shown {
        Shown::Expired => (page.word("invite-state", "expired"), true),
        Shown::Sent | Shown::Opened => (page.t("invite-step-expires"), true),
        _ => ("", false),
    };
    [
        (page.t("invite-step-created"), Some(row.created_at)),
        (page.t("invite-step-sent"), row.sent_at),
        (page.t("invite-step-reminded"), row.reminded_at),
        (page.t("invite-step-opened"), row.opened_at),
        (answered, row.answered_at),
        (ends, row.expires_at.filter(|_| over)),
    ]
    .into_iter()
    .filter_map(|(word, at)| Some((word, page.moment(at?))))
    .collect()
}

fn facts(
    page: &Page,
    row: &Invitation,
    person: &Recipient,
    provider: Option<&str>,
    slug: &str,
) -> Vec<(&'static str, String, Option<String>)> {
    let customer = row.customer_id.map(|id| format!("/p/{slug}/customers/{id}"));
    let from = row.from_open_link.map(|id| href(slug, id));
    let roles: Vec<String> = row.roles().iter().map(|role| page.word("directory-role", role.as_str()).to_owned()).collect();
    let purpose = if row.kind == Kind::DelegatedAdmin { "invite-field-name" } else { "invite-field-purpose" };
    let extend = page.t(if row.auto_extend { "invite-extends" } else { "invite-extends-not" });
    [
        (page.t("invite-field-recipient-name"), row.recipient_name.clone(), None),
        (page.t("invite-field-recipient-email"), row.recipient_email.clone(), None),
        (page.t("invite-field-company"), row.company.clone(), customer),
        (page.t("column-kind"), views::kind(page, row.kind, provider), None),
        (page.t(purpose), row.purpose.clone(), None),
        (page.t("invite-field-roles"), if roles.is_empty() { String::new() } else { page.lang.all_of(&roles) }, None),
        (
            page.t("invite-field-duration-days"),
            row.duration_days.map(|days| format!("{} {extend}", page.tn("invite-days-count", days))).unwrap_or_default(),
            None,
        ),
        (page.t("invite-field-language"), page.word("tongue", row.lang().as_str()).to_owned(), None),
        (page.t("column-sender"), person.name.clone(), None),
        (page.t("invite-from-link"), from.as_ref().map(|_| page.t("invite-open-link").to_owned()).unwrap_or_default(), from),
    ]
    .into_iter()
    .filter(|(_, value, _)| !value.is_empty())
    .collect()
}

fn answered(page: &Page, row: &Invitation, answer: &Answer, slug: &str) -> AnswerView {
    let word = |part: &str| {
        let admin = row.kind == Kind::DelegatedAdmin;
        if admin { page.word("directory-role", part) } else { page.word("invite-part", part) }.to_owned()
    };
    let parts: Vec<String> = answer.parts.split(' ').filter(|part| !part.is_empty()).map(word).collect();
    // A reason is its word and, where there is one, what was written.
    let (reason, written) = answer.reason.split_once(": ").unwrap_or((&answer.reason, ""));
    let reason = if reason.is_empty() { String::new() } else { page.word("declined", reason).to_owned() };
    let facts = [
        (page.t("field-person"), answer.name.clone()),
        (page.t("field-role"), answer.role.clone()),
        (page.t("field-email"), answer.email.clone()),
        (page.t("invite-step-answered"), row.answered_at.map(|at| page.moment(at)).unwrap_or_default()),
        (page.t("invite-accepted-parts"), if parts.is_empty() { String::new() } else { page.lang.all_of(&parts) }),
        (page.t("field-declined"), reason),
        (page.t("invite-written"), written.to_owned()),
    ];
    AnswerView {
        title: page.word("invite-state", if answer.accepted { "accepted" } else { "declined" }),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        undecided: answer.mismatch && answer.accepted && answer.decision.is_empty(),
        decided: (answer.mismatch && !answer.decision.is_empty()).then(|| page.word("invite-decision", &answer.decision)),
        customer: answer.result_id.map(|id| format!("/p/{slug}/customers/{id}")),
    }
}

fn told(page: &Page, fate: &Fate) -> (&'static str, String, String, &'static str, &'static str) {
    let what = match fate.letter() {
        Some(Letter::Invitation { reminder: false, .. }) => "invite-letter-invitation",
        Some(Letter::Invitation { .. }) => "invite-letter-reminder",
        Some(Letter::InvitationAnswered { .. }) => "invite-letter-answered",
        _ => "invite-letter-other",
    };
    let (badge, at) = match fate.state.as_str() {
        "sent" => ("ok", fate.sent_at.unwrap_or(fate.created_at)),
        "dead" => ("bad", fate.created_at),
        _ => ("info", fate.created_at),
    };
    (page.t(what), fate.to.clone(), page.moment(at), badge, page.word("invite-fate", &fate.state))
}

fn used(page: &Page, one: &Row, slug: &str, now: crate::clock::Moment) -> (String, String, &'static str, &'static str) {
    let shown = one.shown(now);
    (href(slug, one.id), views::name(page, one), badge(shown), page.word("invite-state", shown.as_str()))
}

/// A button's form: where to go afterwards, if not to the invitation.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ActForm {
    back: String,
}

/// The invitation in the address, with which this member may do something.
async fn load(who: &Can<ChangeInvitations>, path: &str) -> Result<Invitation> {
    let id = id(path)?;
    let row = who.read(move |scope, conn| Ok(model::find(scope, conn, id)?)).await?;
    who.must(action(row.kind), Relationship::None)?;
    Ok(row)
}

fn target(who: &Can<ChangeInvitations>, row: &Invitation, back: &str) -> String {
    if back.is_empty() { href(&who.account.slug, row.id) } else { local(back).to_owned() }
}

/// After an act: it is done, or somebody or time was faster.
fn told_after(outcome: Result<()>, to: &str, flash: &'static str) -> Result<HttpResponse> {
    match outcome {
        Ok(()) => Ok(page::see(to, Some(flash))),
        Err(Error::Conflict) => Ok(page::see(to, Some("flash-invite-changed"))),
        Err(Error::TooMany(_)) => Ok(page::see(to, Some("flash-invite-too-soon"))),
        Err(other) => Err(other),
    }
}

/// What an act of this page does.
type Act = fn(&Scope, &mut Conn, InvitationId, &From<'_>) -> Result<()>;

async fn run(who: Can<ChangeInvitations>, path: &str, posted: Posted<ActForm>, act: Act, flash: &'static str) -> Result<HttpResponse> {
    let row = load(&who, path).await?;
    let (id, to) = (row.id, target(&who, &row, &posted.form.back));
    let (app, partner, after) = (Arc::clone(who.app()), who.account.name.clone(), to.clone());
    // Once for each form: a second press must not make a second link.
    let outcome = who
        .write_once(&posted.once, move |scope, conn| {
            act(scope, conn, id, &From { partner: &partner, keys: &app.keys })?;
            Ok(after.clone())
        })
        .await;
    told_after(outcome.map(|_| ()), &to, flash)
}

/// `POST …/send`: also again, with a new link.
pub async fn send(who: Can<ChangeInvitations>, path: web::Path<(String, String)>, posted: Posted<ActForm>) -> Result<HttpResponse> {
    run(who, &path.1, posted, acts::send, "flash-invite-sent").await
}

/// `POST …/link`: a new link that the sender delivers.
pub async fn make_link(who: Can<ChangeInvitations>, path: web::Path<(String, String)>, posted: Posted<ActForm>) -> Result<HttpResponse> {
    run(who, &path.1, posted, acts::make_link, "flash-invite-link").await
}

/// `POST …/remind`
pub async fn remind(who: Can<ChangeInvitations>, path: web::Path<(String, String)>, posted: Posted<ActForm>) -> Result<HttpResponse> {
    run(who, &path.1, posted, acts::remind, "flash-invite-reminded").await
}

/// `POST …/revoke`
pub async fn revoke(who: Can<ChangeInvitations>, path: web::Path<(String, String)>, posted: Posted<ActForm>) -> Result<HttpResponse> {
    run(who, &path.1, posted, |scope, conn, id, _| acts::revoke(scope, conn, id), "flash-invite-revoked").await
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct NoteForm {
    note: String,
}

/// `POST …/note`
pub async fn annotate(who: Can<ChangeInvitations>, path: web::Path<(String, String)>, posted: Posted<NoteForm>) -> Result<HttpResponse> {
    let row = load(&who, &path.1).await?;
    let note = prose(&posted.form.note, 0, super::form::NOTE_MAX).map_err(|_| Error::BadRequest("note"))?;
    let id = row.id;
    who.write(move |scope, conn| acts::annotate(scope, conn, id, &note)).await?;
    Ok(page::see(&href(&who.account.slug, id), Some("flash-saved")))
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct DecisionForm {
    decision: String,
}

/// `POST …/confirm`: another company than expected has accepted; does it join?
pub async fn decide(who: Can<ChangeInvitations>, path: web::Path<(String, String)>, posted: Posted<DecisionForm>) -> Result<HttpResponse> {
    let row = load(&who, &path.1).await?;
    let (decision, flash) = match posted.form.decision.as_str() {
        "confirm" => (Decision::Confirm, "flash-invite-confirmed"),
        "refuse" => (Decision::Refuse, "flash-invite-refused"),
        _ => return Err(Error::BadRequest("decision")),
    };
    let id = row.id;
    let outcome = who.write(move |scope, conn| confirm(scope, conn, id, decision)).await;
    told_after(outcome, &href(&who.account.slug, id), flash)
}
