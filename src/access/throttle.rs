//! Limits on guessing, kept in the database so that they survive a restart and hold on every
//! server. Failures are counted for the account *and address*, so a stranger elsewhere locks
//! nobody out; a wider count slows attacks from many addresses, and does not concern a browser
//! that has signed in to this account before.

use super::App;
use super::keys::sha256;
use crate::clock::{HOUR, MINUTE, Moment, SECOND};
use crate::db::schema::attempt;
use crate::db::{Conn, dialect};
use crate::error::{Error, Result};
use diesel::prelude::*;
use std::sync::Arc;

/// What is being guessed, by whom.
pub struct Guess<'a> {
    pub email: &'a str,
    pub peer: &'a str,
    /// This browser has signed in to this account before (a signed cookie says so).
    pub known_device: bool,
}

/// Failures that cost nothing, then the first delay and the longest, in microseconds.
struct Rule {
    free: i64,
    first: i64,
    longest: i64,
}

const ACCOUNT_AND_ADDRESS: Rule = Rule { free: 4, first: SECOND, longest: 15 * MINUTE };
const ACCOUNT_FROM_ANYWHERE: Rule = Rule { free: 50, first: SECOND, longest: 15 * MINUTE };
const ADDRESS: Rule = Rule { free: 60, first: SECOND, longest: 5 * MINUTE };

/// Delay after so many failures: none up to `free`, then the first, doubling.
fn delay(rule: &Rule, failures: i64) -> i64 {
    match failures - rule.free {
        over if over <= 0 => 0,
        over => (rule.first << (over - 1).min(20)).min(rule.longest),
    }
}

/// What is counted, hashed, and under which rule.
type Counted = Vec<(Vec<u8>, Rule)>;

fn key(kind: &str, a: &str, b: &str) -> Vec<u8> {
    sha256(&[kind.as_bytes(), &[0], a.as_bytes(), &[0], b.as_bytes()])
}

/// An IPv6 customer owns a /64; counting single addresses would count nothing.
fn network(peer: &str) -> String {
    match peer.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V6(ip)) => format!("{:x?}", &ip.segments()[..4]),
        _ => peer.to_owned(),
    }
}

impl Guess<'_> {
    fn keys(&self) -> Counted {
        let (email, network) = (self.email.trim().to_lowercase(), network(self.peer));
        let device = if self.known_device { "known" } else { "" };
        let mut keys = vec![(key("account+address", &email, &(network.clone() + device)), ACCOUNT_AND_ADDRESS)];
        if !self.known_device {
            keys.push((key("account", &email, ""), ACCOUNT_FROM_ANYWHERE));
            keys.push((key("address", &network, ""), ADDRESS));
        }
        keys
    }

    /// [`Error::TooMany`] with the seconds to wait, or nothing.
    pub async fn check(&self, app: &Arc<App>) -> Result<()> {
        check(app, self.keys()).await
    }

    /// Counts a failure. A count is forgotten a day after its last failure.
    pub async fn failed(&self, app: &Arc<App>) -> Result<()> {
        let (now, keys) = (app.now(), self.keys());
        app.block(move |store| {
            store.write_system(|conn| {
                let before = lock(conn, &keys, now)?;
                count(conn, &keys, &before, now)
            })
        })
        .await
    }

    /// Forgets the failures of this account at this address.
    pub async fn succeeded(&self, app: &Arc<App>) -> Result<()> {
        let Some((key, _)) = self.keys().into_iter().next() else {
            return Ok(());
        };
        app.block(move |store| {
            store.write_system(|conn| {
                diesel::delete(attempt::table.find(&key)).execute(conn)?;
                Ok(())
            })
        })
        .await
    }
}

/// A letter asked for by somebody who is not signed in: each request counts, whoever is known.
pub struct Request<'a> {
    /// What for: each kind is counted apart.
    pub kind: &'static str,
    pub email: &'a str,
    pub peer: &'a str,
}

const LETTERS_TO_ONE: Rule = Rule { free: 3, first: SECOND, longest: 15 * MINUTE };
const LETTERS_FROM_ADDRESS: Rule = Rule { free: 20, first: SECOND, longest: 5 * MINUTE };

/// An inquiry by somebody who is not signed in: several partners get work with each.
const INQUIRIES_OF_ONE: Rule = Rule { free: 5, first: 10 * MINUTE, longest: 4 * HOUR };
const INQUIRIES_FROM_ADDRESS: Rule = Rule { free: 10, first: MINUTE, longest: HOUR };

/// Counts an inquiry; as [`Request::count`].
pub async fn count_inquiry(app: &Arc<App>, email: &str, peer: &str) -> Result<()> {
    let keys = vec![
        (key("inquiry", &email.trim().to_lowercase(), "of"), INQUIRIES_OF_ONE),
        (key("inquiry", &network(peer), "from"), INQUIRIES_FROM_ADDRESS),
    ];
    admit(app, keys).await
}

impl Request<'_> {
    /// Counts it; [`Error::TooMany`] with the seconds to wait where there were too many before.
    pub async fn count(&self, app: &Arc<App>) -> Result<()> {
        let email = self.email.trim().to_lowercase();
        admit(
            app,
            vec![(key(self.kind, &email, "to"), LETTERS_TO_ONE), (key(self.kind, &network(self.peer), "from"), LETTERS_FROM_ADDRESS)],
        )
        .await
    }
}

async fn check(app: &Arc<App>, keys: Counted) -> Result<()> {
    let now = app.now();
    let until: Option<Moment> = app
        .block(move |store| {
            store.read_system(|conn| {
                let keys: Vec<_> = keys.into_iter().map(|(key, _)| key).collect();
                let until = attempt::table.filter(attempt::key.eq_any(keys)).select(attempt::blocked_until);
                Ok(until.load::<Moment>(conn)?.into_iter().max())
            })
        })
        .await?;
    is_over(until, now)
}

fn is_over(until: Option<Moment>, now: Moment) -> Result<()> {
    match until {
        Some(until) if until > now => Err(Error::TooMany(until.since(now).div_euclid(SECOND) + 1)),
        _ => Ok(()),
    }
}

/// Counts, unless there were too many before. One transaction that has locked what it counts: of
/// many that come at the same moment, no more get through than one after the other.
async fn admit(app: &Arc<App>, keys: Counted) -> Result<()> {
    let now = app.now();
    app.block(move |store| {
        store.write_system(|conn| {
            let before = lock(conn, &keys, now)?;
            is_over(before.iter().map(|one| one.until).max(), now)?;
            count(conn, &keys, &before, now)
        })
    })
    .await
}

/// What is counted under a key, when that was last, and until when it blocks.
#[derive(Queryable)]
struct Before {
    failures: i64,
    last: Moment,
    until: Moment,
}

/// What was counted before. The rows are locked by their updates until the end of the transaction.
fn lock(conn: &mut Conn, keys: &Counted, now: Moment) -> Result<Vec<Before>> {
    keys.iter().map(|(key, _)| lock_one(conn, key, now)).collect()
}

fn lock_one(conn: &mut Conn, key: &[u8], now: Moment) -> Result<Before> {
    let lock = |conn: &mut Conn| {
        let same = diesel::update(attempt::table.find(key)).set(attempt::failures.eq(attempt::failures));
        same.returning((attempt::failures, attempt::last_at, attempt::blocked_until)).get_result(conn).optional()
    };
    if let Some(row) = lock(conn)? {
        return Ok(row);
    }
    // The first of its kind; another server may be at the same point.
    dialect::insert_unless_there(conn, |conn| {
        let row = (attempt::key.eq(key), attempt::failures.eq(0), attempt::last_at.eq(now), attempt::blocked_until.eq(now));
        diesel::insert_into(attempt::table).values(row).execute(conn)
    })?;
    lock(conn)?.ok_or_else(|| Error::internal("a count of attempts"))
}

fn count(conn: &mut Conn, keys: &Counted, before: &[Before], now: Moment) -> Result<()> {
    for ((key, rule), before) in keys.iter().zip(before) {
        let failures = if now.since(before.last) < crate::clock::DAY { before.failures + 1 } else { 1 };
        let values = (attempt::failures.eq(failures), attempt::last_at.eq(now), attempt::blocked_until.eq(now.plus(delay(rule, failures))));
        diesel::update(attempt::table.find(key)).set(values).execute(conn)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_from_the_fifth_failure_and_stays_under_its_limit() {
        let seconds: Vec<_> = (1..=9).map(|n| delay(&ACCOUNT_AND_ADDRESS, n) / SECOND).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 1, 2, 4, 8, 16]);
        assert_eq!(delay(&ACCOUNT_AND_ADDRESS, 1_000), 15 * MINUTE);
    }

    #[test]
    fn a_known_device_is_not_slowed_by_strangers() {
        let stranger = Guess { email: "a@b.example", peer: "203.0.113.9", known_device: false };
        let owner = Guess { email: "A@b.example ", peer: "203.0.113.9", known_device: true };
        let strangers: Vec<_> = stranger.keys().into_iter().map(|(key, _)| key).collect();
        assert!(owner.keys().iter().all(|(key, _)| !strangers.contains(key)));
    }
}
