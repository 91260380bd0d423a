//! Who is who: members, users, their sessions, passwords and single-use links. Everything here
//! runs outside any tenant and is reached through the extractors or the command line alone.

use super::keys::{Keys, sha256};
use super::may::Roles;
use super::outbox::{self, Outgoing};
use super::store::Store;
use super::tenant::Tenant;
use super::{Account, App, SignedIn, User, Visitor, session};
use crate::access::password::Verdict;
use crate::clock::{HOUR, MINUTE, Moment};
use crate::config::{Config, hex, random_bytes, unhex};
use crate::db::ids::{PartnerId, SessionId, UserId};
use crate::db::schema::*;
use crate::db::{Conn, direct};
use crate::domain::letter::{self, Letter, To};
use crate::domain::{AccountType, Cloud, PartnerStatus, Theme};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::text_enum;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// How a member likes the pages of one account; stored with the membership.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Preferences {
    /// Rows a page.
    pub size: Option<u16>,
    /// Columns of the customer list, by key.
    pub columns: Option<Vec<String>>,
    pub compact: bool,
}

/// What [`resolve_member`] finds in one query.
pub(super) struct Member {
    pub user: User,
    pub account: Account,
    pub tenant: Tenant,
    pub roles: Roles,
    pub preferences: Preferences,
}

type UserRow = (UserId, String, String, String, String, Theme, bool, SessionId, Moment, Moment, Moment, Option<PartnerId>);

/// Idle and absolute limits of sessions in microseconds; set once at the start.
static IDLE: AtomicI64 = AtomicI64::new(30 * MINUTE);
static ABSOLUTE: AtomicI64 = AtomicI64::new(12 * HOUR);

/// Sets the limits of sessions from the configuration.
pub fn set_session_limits(config: &Config) {
    IDLE.store(config.session_idle_minutes * MINUTE, Ordering::Relaxed);
    ABSOLUTE.store(config.session_absolute_hours * HOUR, Ordering::Relaxed);
}

/// Of an operator's sessions, wherever they are used (S-05).
const OPERATOR_IDLE: i64 = 15 * MINUTE;
const OPERATOR_ABSOLUTE: i64 = 8 * HOUR;

fn holds(created: Moment, seen: Moment, now: Moment, operator: bool) -> bool {
    let (mut longest_idle, mut longest) = (IDLE.load(Ordering::Relaxed), ABSOLUTE.load(Ordering::Relaxed));
    if operator {
        (longest_idle, longest) = (longest_idle.min(OPERATOR_IDLE), longest.min(OPERATOR_ABSOLUTE));
    }
    // A clock that jumped back closes sessions too: they were made "in the future".
    let (age, idle) = (now.since(created), now.since(seen));
    (-MINUTE..longest).contains(&age) && (-MINUTE..longest_idle).contains(&idle)
}

/// The row of a session that holds, and what touching it needs.
fn row_holds(row: &UserRow, now: Moment) -> bool {
    let (.., operator, _, created, seen, _, _) = row;
    holds(*created, *seen, now, *operator)
}

macro_rules! user_columns {
    () => {
        (
            app_user::id,
            app_user::email,
            app_user::name,
            app_user::language,
            app_user::time_zone,
            app_user::theme,
            app_user::operator,
            user_session::id,
            user_session::created_at,
            user_session::seen_at,
            user_session::authenticated_at,
            user_session::partner_id,
        )
    };
}

fn user(row: UserRow) -> User {
    let (id, email, name, language, time_zone, theme, operator, session, _, _, authenticated_at, _) = row;
    let lang = Lang::from_text(&language).unwrap_or(Lang::En);
    User { id, email, name, lang, time_zone, theme, operator, session, authenticated_at }
}

/// Session, user, membership and partner account in one statement. [`Error::SignIn`] without a
/// session that holds, [`Error::NotFound`] for an account the user is not an active member of:
/// the answer for one that does not exist.
pub(super) fn resolve_member(conn: &mut Conn, key: &str, slug: &str, now: Moment) -> Result<(Member, Option<Seen>)> {
    type Row = (UserRow, (PartnerId, i64, String, String, AccountType, Cloud, String, String), String, String);
    let hash = session::key_hash(key);
    let found: Option<Row> = direct!(conn, |conn| user_session::table
        .inner_join(app_user::table.on(app_user::id.eq(user_session::user_id)))
        .inner_join(membership::table.on(membership::user_id.eq(user_session::user_id)))
        .inner_join(partner_account::table.on(partner_account::id.eq(membership::partner_id)))
        .filter(user_session::key_hash.eq(&hash))
        .filter(user_session::revoked_at.is_null())
        .filter(app_user::status.eq("active"))
        .filter(membership::status.eq("active"))
        .filter(partner_account::slug.eq(slug))
        .filter(partner_account::status.eq("active"))
        .select((
            user_columns!(),
            (
                partner_account::id,
                partner_account::number,
                partner_account::slug,
                partner_account::name,
                partner_account::account_type,
                partner_account::cloud,
                partner_account::country,
                partner_account::domain,
            ),
            membership::roles,
            membership::preferences,
        ))
        .first(conn)
        .optional())?;
    let Some((row, (id, number, slug, name, account_type, cloud, country, domain), roles, preferences)) = found else {
        // Signed in, but not here: nothing tells an unknown account from another's.
        resolve_user(conn, key, now)?;
        return Err(Error::NotFound);
    };
    if !row_holds(&row, now) {
        return Err(Error::SignIn);
    }
    let seen = Seen::of(hash, row.9, row.11, Some(id), now);
    let member = Member {
        user: user(row),
        tenant: Tenant::new(id, number, cloud),
        account: Account { slug, name, account_type, cloud, country, domain },
        roles: Roles::parse(&roles),
        preferences: serde_json::from_str(&preferences).unwrap_or_default(),
    };
    Ok((member, seen))
}

/// The user of a session that holds, else [`Error::SignIn`].
pub(super) fn resolve_user(conn: &mut Conn, key: &str, now: Moment) -> Result<(User, Option<Seen>)> {
    let hash = session::key_hash(key);
    let row: Option<UserRow> = direct!(conn, |conn| user_session::table
        .inner_join(app_user::table.on(app_user::id.eq(user_session::user_id)))
        .filter(user_session::key_hash.eq(&hash))
        .filter(user_session::revoked_at.is_null())
        .filter(app_user::status.eq("active"))
        .select(user_columns!())
        .first(conn)
        .optional())?;
    let row = row.filter(|row| row_holds(row, now)).ok_or(Error::SignIn)?;
    let seen = Seen::of(hash, row.9, row.11, row.11, now);
    Ok((user(row), seen))
}

/// A session in use, and for which account: written down once a minute at most.
pub(super) struct Seen {
    hash: Vec<u8>,
    partner: Option<PartnerId>,
    now: Moment,
}

impl Seen {
    fn of(hash: Vec<u8>, seen: Moment, last: Option<PartnerId>, partner: Option<PartnerId>, now: Moment) -> Option<Self> {
        (now.since(seen) >= MINUTE || last != partner).then_some(Self { hash, partner, now })
    }
    pub(super) fn note(&self, store: &Store) -> Result<()> {
        store.write_system(|conn| {
            diesel::update(user_session::table.filter(user_session::key_hash.eq(&self.hash)).filter(user_session::revoked_at.is_null()))
                .set((user_session::seen_at.eq(self.now), user_session::partner_id.eq(self.partner)))
                .execute(conn)?;
            Ok(())
        })
    }
}

pub(super) fn save_preferences(store: &Store, tenant: &Tenant, user: UserId, preferences: &Preferences) -> Result<()> {
    let text = serde_json::to_string(preferences).map_err(Error::internal)?;
    store.write_system(|conn| {
        diesel::update(membership::table.find((tenant.id(), user))).set(membership::preferences.eq(&text)).execute(conn)?;
        Ok(())
    })
}

/// One partner account that a user belongs to.
#[derive(Debug, Clone, Queryable)]
pub struct Membership {
    pub slug: String,
    pub name: String,
    pub account_type: AccountType,
    pub cloud: Cloud,
    pub status: PartnerStatus,
    pub roles: String,
}

/// One session of the user's own.
#[derive(Debug, Clone, Queryable)]
pub struct OwnSession {
    pub id: SessionId,
    pub created_at: Moment,
    pub seen_at: Moment,
    pub user_agent: String,
}

impl SignedIn {
    /// The accounts to switch between, by name; 200 at most.
    pub async fn memberships(&self) -> Result<Vec<Membership>> {
        let id = self.user.id;
        self.app.block(move |store| store.read_system(|conn| memberships(conn, id))).await
    }

    /// Where `/customers` and its like lead: the account used last, else the first by name.
    pub async fn last_account(&self) -> Result<Option<String>> {
        let (id, session) = (self.user.id, self.user.session);
        self.app
            .block(move |store| {
                store.read_system(|conn| {
                    let last: Option<String> = user_session::table
                        .inner_join(partner_account::table.on(partner_account::id.nullable().eq(user_session::partner_id)))
                        .inner_join(membership::table.on(membership::partner_id.eq(partner_account::id)))
                        .filter(user_session::id.eq(session))
                        .filter(membership::user_id.eq(id))
                        .filter(membership::status.eq("active"))
                        .filter(partner_account::status.eq("active"))
                        .select(partner_account::slug)
                        .first(conn)
                        .optional()?;
                    match last {
                        Some(slug) => Ok(Some(slug)),
                        None => Ok(memberships(conn, id)?.into_iter().find(|m| m.status == PartnerStatus::Active).map(|m| m.slug)),
                    }
                })
            })
            .await
    }

    /// The user's own sessions that still hold, newest first.
    pub async fn sessions(&self) -> Result<Vec<OwnSession>> {
        let (id, operator, now) = (self.user.id, self.user.operator, self.app.now());
        self.app
            .block(move |store| {
                store.read_system(|conn| {
                    let all: Vec<OwnSession> = user_session::table
                        .filter(user_session::user_id.eq(id))
                        .filter(user_session::revoked_at.is_null())
                        .order(user_session::seen_at.desc())
                        .limit(100)
                        .select((user_session::id, user_session::created_at, user_session::seen_at, user_session::user_agent))
                        .load(conn)?;
                    Ok(all.into_iter().filter(|one| holds(one.created_at, one.seen_at, now, operator)).collect())
                })
            })
            .await
    }

    /// Ends one own session, or all but this one. Another user's id ends nothing.
    pub async fn end_sessions(&self, one: Option<SessionId>) -> Result<()> {
        let (user, current, now) = (self.user.id, self.user.session, self.app.now());
        self.app
            .block(move |store| {
                store.write_system(|conn| {
                    let own = user_session::table.filter(user_session::user_id.eq(user)).filter(user_session::revoked_at.is_null());
                    let set = user_session::revoked_at.eq(Some(now));
                    match one {
                        Some(id) => match diesel::update(own.filter(user_session::id.eq(id))).set(set).execute(conn)? {
                            0 => Err(Error::NotFound),
                            _ => Ok(()),
                        },
                        None => Ok(diesel::update(own.filter(user_session::id.ne(current))).set(set).execute(conn).map(|_| ())?),
                    }
                })
            })
            .await
    }

    /// Checks the user's current password.
    pub async fn check_password(&self, password: String) -> Result<bool> {
        let id = self.user.id;
        let stored: Option<String> = self
            .app
            .block(move |store| store.read_system(|conn| Ok(app_user::table.find(id).select(app_user::password_hash).first(conn)?)))
            .await?;
        Ok(self.app.passwords.verify(password, stored).await? != Verdict::Wrong)
    }

    /// Sets a new password, already checked, and ends every session of the user.
    pub async fn change_password(&self, new: String) -> Result<()> {
        let hash = self.app.passwords.hash(new).await?;
        let (id, now) = (self.user.id, self.app.now());
        let changed = move |conn: &mut Conn| {
            set_password(conn, id, &hash, now)?;
            tell_of_new_password(conn, id, now)
        };
        self.app.block(move |store| store.write_system(&changed)).await
    }

    /// Name, language, time zone and theme.
    pub async fn save_profile(&self, name: String, lang: Lang, time_zone: String, theme: Theme) -> Result<()> {
        let id = self.user.id;
        self.app
            .block(move |store| {
                store.write_system(|conn| {
                    diesel::update(app_user::table.find(id))
                        .set((
                            app_user::name.eq(&name),
                            app_user::language.eq(lang.as_str()),
                            app_user::time_zone.eq(&time_zone),
                            app_user::theme.eq(theme),
                        ))
                        .execute(conn)?;
                    Ok(())
                })
            })
            .await
    }
}

fn memberships(conn: &mut Conn, user: UserId) -> Result<Vec<Membership>> {
    Ok(membership::table
        .inner_join(partner_account::table.on(partner_account::id.eq(membership::partner_id)))
        .filter(membership::user_id.eq(user))
        .filter(membership::status.eq("active"))
        .order(partner_account::name)
        .limit(200)
        .select((
            partner_account::slug,
            partner_account::name,
            partner_account::account_type,
            partner_account::cloud,
            partner_account::status,
            membership::roles,
        ))
        .load(conn)?)
}

/// Someone who gets mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub email: String,
    pub name: String,
    pub lang: Lang,
}

/// A member of a partner account, active or not; [`Error::NotFound`] for anyone else.
pub fn member(conn: &mut Conn, partner: PartnerId, user: UserId) -> Result<Recipient> {
    let row: (String, String, String) = membership::table
        .inner_join(app_user::table.on(app_user::id.eq(membership::user_id)))
        .filter(membership::partner_id.eq(partner))
        .filter(membership::user_id.eq(user))
        .select((app_user::email, app_user::name, app_user::language))
        .first(conn)?;
    Ok(recipient(row))
}

/// As [`member`], unless the person has left or is stopped.
pub fn active_member(conn: &mut Conn, partner: PartnerId, user: UserId) -> Result<Option<Recipient>> {
    let row: Option<(String, String, String)> = membership::table
        .inner_join(app_user::table.on(app_user::id.eq(membership::user_id)))
        .filter(membership::partner_id.eq(partner))
        .filter(membership::user_id.eq(user))
        .filter(membership::status.eq("active"))
        .filter(app_user::status.eq("active"))
        .select((app_user::email, app_user::name, app_user::language))
        .first(conn)
        .optional()?;
    Ok(row.map(recipient))
}

/// The active members of a partner account with one of these roles: whom a notice to the account
/// goes to; 20 at most, the longest there first.
pub fn members_with(conn: &mut Conn, partner: PartnerId, roles: &[super::may::Role]) -> Result<Vec<Recipient>> {
    let rows: Vec<(String, (String, String, String))> = membership::table
        .inner_join(app_user::table.on(app_user::id.eq(membership::user_id)))
        .filter(membership::partner_id.eq(partner))
        .filter(membership::status.eq("active"))
        .filter(app_user::status.eq("active"))
        .order((membership::created_at, membership::user_id))
        .limit(500)
        .select((membership::roles, (app_user::email, app_user::name, app_user::language)))
        .load(conn)?;
    let wanted = rows.into_iter().filter(|(has, _)| roles.iter().any(|role| Roles::parse(has).has(*role)));
    Ok(wanted.take(20).map(|(_, row)| recipient(row)).collect())
}

/// The name and the domain of a partner account.
pub fn name_and_domain(conn: &mut Conn, partner: PartnerId) -> Result<(String, String)> {
    Ok(partner_account::table.find(partner).select((partner_account::name, partner_account::domain)).first(conn)?)
}

/// The address and the name of a partner account.
pub fn slug_and_name(conn: &mut Conn, partner: PartnerId) -> Result<(String, String)> {
    Ok(partner_account::table.find(partner).select((partner_account::slug, partner_account::name)).first(conn)?)
}

fn recipient((email, name, language): (String, String, String)) -> Recipient {
    Recipient { email, name, lang: Lang::from_text(&language).unwrap_or(Lang::En) }
}

fn set_password(conn: &mut Conn, user: UserId, hash: &str, now: Moment) -> Result<()> {
    diesel::update(app_user::table.find(user)).set(app_user::password_hash.eq(hash)).execute(conn)?;
    end_all_sessions(conn, user, now)
}

/// The notice after the fact: whoever did not do it learns of it.
fn tell_of_new_password(conn: &mut Conn, user: UserId, now: Moment) -> Result<()> {
    let columns = (app_user::email, app_user::name, app_user::language);
    let to = recipient(app_user::table.find(user).select(columns).first(conn)?);
    let letter = Letter::PasswordChanged { at: now.micros() };
    let mail = Outgoing { partner: None, subject: None, to: &to.email, to_name: &to.name, lang: to.lang, letter: &letter };
    outbox::post(conn, now, &mail).map(|_| ())
}

fn end_all_sessions(conn: &mut Conn, user: UserId, now: Moment) -> Result<()> {
    diesel::update(user_session::table.filter(user_session::user_id.eq(user)).filter(user_session::revoked_at.is_null()))
        .set(user_session::revoked_at.eq(Some(now)))
        .execute(conn)?;
    Ok(())
}

text_enum! {
    /// What a single-use link is for.
    pub enum Purpose {
        SetPassword = "set_password",
        ResetPassword = "reset_password",
    }
}

impl Purpose {
    /// How long a link lives, in microseconds.
    pub const fn life(self) -> i64 {
        match self {
            Self::SetPassword => 7 * 24 * HOUR,
            Self::ResetPassword => 30 * MINUTE,
        }
    }
}

fn token_hash(purpose: Purpose, token: &[u8]) -> Vec<u8> {
    sha256(&[b"single-use", purpose.as_str().as_bytes(), token])
}

/// What is stored of a reset link's token.
pub(super) fn reset_hash(token: &str) -> Vec<u8> {
    token_hash(Purpose::ResetPassword, &unhex(token).unwrap_or_default())
}

/// Makes a link's token, 256 bits, of which only a hash is stored; older ones of the same purpose
/// die. The caller shows it once.
pub fn issue_token(conn: &mut Conn, user: UserId, purpose: Purpose, now: Moment) -> Result<String> {
    let token = random_bytes(32);
    keep_token(conn, user, purpose, token_hash(purpose, &token), now)?;
    Ok(hex(&token))
}

/// As [`issue_token`], for a letter: the token is made again when the letter is sent.
fn issue_reset_link(conn: &mut Conn, keys: &Keys, user: UserId, now: Moment) -> Result<letter::Link> {
    let link = letter::Link { to: To::ResetPassword, subject: uuid::Uuid::now_v7(), generation: 1 };
    let token = keys.link(link.to.purpose(), link.subject, link.generation);
    keep_token(conn, user, Purpose::ResetPassword, reset_hash(&token), now)?;
    Ok(link)
}

fn keep_token(conn: &mut Conn, user: UserId, purpose: Purpose, hash: Vec<u8>, now: Moment) -> Result<()> {
    diesel::update(
        single_use_token::table
            .filter(single_use_token::user_id.eq(user))
            .filter(single_use_token::purpose.eq(purpose.as_str()))
            .filter(single_use_token::used_at.is_null()),
    )
    .set(single_use_token::used_at.eq(Some(now)))
    .execute(conn)?;
    diesel::insert_into(single_use_token::table)
        .values((
            single_use_token::hash.eq(hash),
            single_use_token::purpose.eq(purpose.as_str()),
            single_use_token::user_id.eq(user),
            single_use_token::created_at.eq(now),
            single_use_token::expires_at.eq(now.plus(purpose.life())),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whom an open link belongs to.
#[derive(Debug, Clone)]
pub struct Link {
    pub user: UserId,
    pub email: String,
    pub name: String,
    pub purpose: Purpose,
    hash: Vec<u8>,
}

fn find_token(conn: &mut Conn, token: &str, now: Moment) -> Result<Link> {
    let token = unhex(token).filter(|token| token.len() == 32).ok_or(Error::NotFound)?;
    for &purpose in Purpose::ALL {
        let hash = token_hash(purpose, &token);
        let found: Option<(UserId, String, String)> = single_use_token::table
            .inner_join(app_user::table.on(app_user::id.eq(single_use_token::user_id)))
            .filter(single_use_token::hash.eq(&hash))
            .filter(single_use_token::used_at.is_null())
            .filter(single_use_token::expires_at.gt(now))
            .filter(app_user::status.eq("active"))
            .select((app_user::id, app_user::email, app_user::name))
            .first(conn)
            .optional()?;
        if let Some((user, email, name)) = found {
            return Ok(Link { user, email, name, purpose, hash });
        }
    }
    Err(Error::NotFound)
}

impl Visitor {
    /// The user behind e-mail and password. Unknown, disabled and wrong cost the same and look
    /// the same: `None`.
    pub async fn authenticate(&self, email: &str, password: String) -> Result<Option<UserId>> {
        let email = email.trim().to_lowercase();
        let found: Option<(UserId, Option<String>)> = self
            .app
            .block(move |store| {
                store.read_system(|conn| {
                    Ok(app_user::table
                        .filter(app_user::email.eq(&email))
                        .filter(app_user::status.eq("active"))
                        .select((app_user::id, app_user::password_hash))
                        .first(conn)
                        .optional()?)
                })
            })
            .await?;
        let (id, stored) = found.map_or((None, None), |(id, stored)| (Some(id), stored));
        let verdict = self.app.passwords.verify(password.clone(), stored).await?;
        if let (Verdict::RightButWeak, Some(id)) = (verdict, id) {
            let hash = self.app.passwords.hash(password).await?;
            self.app
                .block(move |store| {
                    store.write_system(|conn| {
                        diesel::update(app_user::table.find(id)).set(app_user::password_hash.eq(&hash)).execute(conn)?;
                        Ok(())
                    })
                })
                .await?;
        }
        Ok(id.filter(|_| verdict != Verdict::Wrong))
    }

    /// Posts a link for a new password, if an active user has this address; the caller learns
    /// nothing of it.
    pub async fn ask_for_new_password(&self, email: &str) -> Result<()> {
        let (email, app, now) = (email.trim().to_lowercase(), Arc::clone(&self.app), self.app.now());
        let post = move |conn: &mut Conn| {
            let known = app_user::table.filter(app_user::email.eq(&email)).filter(app_user::status.eq("active"));
            let columns = (app_user::id, (app_user::email, app_user::name, app_user::language));
            let Some((user, row)) = known.select(columns).first(conn).optional()? else { return Ok(()) };
            let to = recipient(row);
            let letter = Letter::ResetPassword { link: issue_reset_link(conn, &app.keys, user, now)? };
            let mail = Outgoing { partner: None, subject: None, to: &to.email, to_name: &to.name, lang: to.lang, letter: &letter };
            outbox::post(conn, now, &mail).map(|_| ())
        };
        self.app.block(move |store| store.write_system(&post)).await
    }

    /// Whom a link in a mail or on a done page belongs to; [`Error::NotFound`] once it is used,
    /// replaced or expired.
    pub async fn open_link(&self, token: &str) -> Result<Link> {
        let (token, now) = (token.to_owned(), self.app.now());
        self.app.block(move |store| store.read_system(|conn| find_token(conn, &token, now))).await
    }

    /// Uses the link up, sets the password (already checked) and ends all sessions. Of two at the
    /// same moment one wins; the other gets [`Error::NotFound`].
    pub async fn use_link(&self, link: &Link, password: String) -> Result<()> {
        let hash = self.app.passwords.hash(password).await?;
        let (link, now) = (link.clone(), self.app.now());
        self.app
            .block(move |store| {
                store.write_system(|conn| {
                    let claimed = diesel::update(
                        single_use_token::table
                            .find(&link.hash)
                            .filter(single_use_token::used_at.is_null())
                            .filter(single_use_token::expires_at.gt(now)),
                    )
                    .set(single_use_token::used_at.eq(Some(now)))
                    .execute(conn)?;
                    if claimed != 1 {
                        return Err(Error::NotFound);
                    }
                    set_password(conn, link.user, &hash, now)?;
                    match link.purpose {
                        // The first password is no news.
                        Purpose::SetPassword => Ok(()),
                        Purpose::ResetPassword => tell_of_new_password(conn, link.user, now),
                    }
                })
            })
            .await
    }
}

/// A user to create; the password comes later, by a single-use link.
pub struct NewUser<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub lang: Lang,
    pub time_zone: &'a str,
    pub operator: bool,
    pub password_hash: Option<&'a str>,
}

/// Creates a user; `None` where the address is taken.
pub fn create_user(conn: &mut Conn, new: &NewUser<'_>, now: Moment) -> Result<Option<UserId>> {
    let id = UserId::new();
    let created = crate::db::dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(app_user::table)
            .values((
                app_user::id.eq(id),
                app_user::email.eq(new.email.trim().to_lowercase()),
                app_user::name.eq(new.name),
                app_user::password_hash.eq(new.password_hash),
                app_user::language.eq(new.lang.as_str()),
                app_user::time_zone.eq(new.time_zone),
                app_user::operator.eq(new.operator),
                app_user::status.eq("active"),
                app_user::created_at.eq(now),
            ))
            .execute(conn)
    })?;
    Ok(created.then_some(id))
}

/// The command line's door: acts outside any tenant, and on one named partner account.
pub struct Commands<'a>(&'a App);

impl App {
    /// For commands run by whoever can already read the database's address.
    pub fn commands(&self) -> Commands<'_> {
        Commands(self)
    }
}

impl Commands<'_> {
    pub fn read<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        self.0.store.read_system(work)
    }
    pub fn write<T>(&self, work: impl FnMut(&mut Conn) -> Result<T>) -> Result<T> {
        self.0.store.write_system(work)
    }
    /// One transaction for a partner account.
    pub fn write_as<T>(&self, partner: PartnerId, mut work: impl FnMut(&super::Scope, &mut Conn) -> Result<T>) -> Result<T> {
        let scope = self.scope(partner)?;
        self.0.store.write_as(&scope, |conn| work(&scope, conn))
    }
    /// One snapshot of a partner account.
    pub fn read_as<T>(&self, partner: PartnerId, work: impl FnOnce(&super::Scope, &mut Conn) -> Result<T>) -> Result<T> {
        let scope = self.scope(partner)?;
        self.0.store.read_as(&scope, |conn| work(&scope, conn))
    }
    fn scope(&self, partner: PartnerId) -> Result<super::Scope> {
        super::Scope::of(&self.0.store, partner, super::audit::Actor::Command, self.0.now())
    }
}
