//! Passwords: argon2id, hashed off the request threads, so many at once and no more.

use super::breached;
use crate::config::{Config, random_bytes};
use crate::error::{Error, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// Shortest password of an account without a second factor (NIST SP 800-63B-4), in characters.
pub const MIN_CHARS: usize = 15;
/// Longest, in bytes; nothing is ever cut off.
pub const MAX_BYTES: usize = 256;
/// Hashes that may wait for a turn; one more is told to come back.
const QUEUE: usize = 32;

/// What a check of a password says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed with weaker parameters than today's.
    RightButWeak,
}

/// Hashes and checks, with the configured parameters and bounded concurrency.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    params: Params,
    turns: Semaphore,
    waiting: Semaphore,
    /// Buffers used again: glibc keeps freed blocks of this size, gigabytes of them in a storm.
    buffers: Mutex<Vec<Vec<Block>>>,
    /// Verified when the account is unknown, so that both cases take the same time.
    dummy: String,
}

impl Passwords {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let params = Params::new(config.argon2_memory_kib, config.argon2_passes, config.argon2_lanes, Some(32))
            .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
        let mut inner = Inner {
            params,
            turns: Semaphore::new(config.argon2_at_once),
            waiting: Semaphore::new(config.argon2_at_once + QUEUE),
            buffers: Mutex::default(),
            dummy: String::new(),
        };
        inner.dummy = inner.hash(&random_bytes(16));
        Ok(Self(Arc::new(inner)))
    }

    /// The PHC string of a password, made off the request threads.
    pub async fn hash(&self, password: String) -> Result<String> {
        self.with_turn(move |inner| inner.hash(password.as_bytes())).await
    }

    /// As [`Self::hash`], for commands: on the calling thread.
    pub fn hash_now(&self, password: &str) -> String {
        self.0.hash(password.as_bytes())
    }

    /// Checks a password against a stored PHC string; `None` costs the same and is wrong.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<Verdict> {
        self.with_turn(move |inner| match stored {
            Some(stored) => inner.verify(password.as_bytes(), &stored),
            None => {
                inner.verify(password.as_bytes(), &inner.dummy);
                Verdict::Wrong
            }
        })
        .await
    }

    async fn with_turn<T: Send + 'static>(&self, work: impl FnOnce(&Inner) -> T + Send + 'static) -> Result<T> {
        let _place = self.0.waiting.try_acquire().map_err(|_| Error::Unavailable("too many sign-ins at once".into()))?;
        let _turn = self.0.turns.acquire().await.map_err(Error::internal)?;
        let inner = self.0.clone();
        actix_web::web::block(move || work(&inner)).await.map_err(Error::internal)
    }
}

impl Inner {
    fn raw(&self, params: &Params, password: &[u8], salt: &[u8], out: &mut [u8]) -> Result<(), argon2::Error> {
        let mut blocks = self.buffers.lock().ok().and_then(|mut free| free.pop()).unwrap_or_default();
        blocks.resize(params.block_count(), Block::default());
        let answer = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone()).hash_password_into_with_memory(
            password,
            salt,
            out,
            &mut blocks,
        );
        if let Ok(mut free) = self.buffers.lock() {
            free.push(blocks);
        }
        answer
    }

    fn hash(&self, password: &[u8]) -> String {
        let salt = random_bytes(16);
        let mut out = [0; 32];
        self.raw(&self.params, password, &salt, &mut out).expect("the parameters were checked");
        let (m, t, p) = (self.params.m_cost(), self.params.t_cost(), self.params.p_cost());
        format!("$argon2id$v=19$m={m},t={t},p={p}${}${}", base64_nopad(&salt), base64_nopad(&out))
    }

    /// With the parameters *stored* in the hash, then told whether those are still enough.
    fn verify(&self, password: &[u8], stored: &str) -> Verdict {
        let Ok(parsed) = PasswordHash::new(stored) else {
            return Verdict::Wrong;
        };
        let (Ok(params), Some(salt), Some(expected)) = (Params::try_from(&parsed), parsed.salt, parsed.hash) else {
            return Verdict::Wrong;
        };
        let mut out = vec![0; expected.as_bytes().len()];
        if self.raw(&params, password, salt.as_ref(), &mut out).is_err() || !equal(&out, expected.as_bytes()) {
            return Verdict::Wrong;
        }
        let weak =
            params.m_cost() < self.params.m_cost() || params.t_cost() < self.params.t_cost() || params.p_cost() < self.params.p_cost();
        if weak { Verdict::RightButWeak } else { Verdict::Right }
    }
}

/// Compares without telling by its time where two values differ.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |diff, (x, y)| diff | (x ^ y)) == 0
}

/// Base64 without padding, the alphabet of PHC strings.
fn base64_nopad(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            text.push(ALPHABET[(word >> (18 - 6 * i)) as usize & 63] as char);
        }
    }
    text
}

/// Why a new password is refused; each has one sentence a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    TooShort,
    TooLong,
    Breached,
    Guessable,
    Different,
}

impl Refused {
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Breached => "password-breached",
            Self::Guessable => "password-guessable",
            Self::Different => "password-different",
        }
    }
}

/// May this be a new password? Length, then whether it is known from breaches, and how hard it is to guess, knowing the person's own
/// words (NIST SP 800-63B-4: no rules about its composition, no expiry).
pub fn check_new(password: &str, repeated: &str, own_words: &[&str]) -> Result<(), Refused> {
    if password.chars().count() < MIN_CHARS {
        return Err(Refused::TooShort);
    }
    if password.len() > MAX_BYTES {
        return Err(Refused::TooLong);
    }
    if breached::contains(password) {
        return Err(Refused::Breached);
    }
    let mut words: Vec<&str> = own_words.iter().flat_map(|word| word.split(['@', '.', ' '])).filter(|word| word.len() > 2).collect();
    words.push("comptoir");
    // zxcvbn's time grows with the square of the length; beyond 100 characters it learns nothing.
    let head: String = password.chars().take(100).collect();
    if zxcvbn::zxcvbn(&head, &words).score() < zxcvbn::Score::Three {
        return Err(Refused::Guessable);
    }
    if password != repeated {
        return Err(Refused::Different);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords(passes: u32) -> Passwords {
        Passwords::new(&Config { argon2_memory_kib: 64, argon2_passes: passes, ..Config::default() }).expect("parameters")
    }

    #[test]
    fn a_hash_verifies_its_password_alone() {
        let p = passwords(1);
        let stored = p.hash_now("correct horse battery");
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert_eq!(p.0.verify(b"correct horse battery", &stored), Verdict::Right);
        assert_eq!(p.0.verify(b"correct horse batterz", &stored), Verdict::Wrong);
        assert_eq!(p.0.verify(b"x", "not a hash"), Verdict::Wrong);
    }

    #[test]
    fn weaker_parameters_are_noticed() {
        let stored = passwords(1).hash_now("correct horse battery");
        assert_eq!(passwords(2).0.verify(b"correct horse battery", &stored), Verdict::RightButWeak);
    }

    #[test]
    fn the_rules_of_a_new_password() {
        let ask = |password: &str| check_new(password, password, &["maria.silva@northwind.example", "Maria Silva"]);
        assert_eq!(ask("short"), Err(Refused::TooShort));
        assert_eq!(ask(&"é".repeat(129)), Err(Refused::TooLong));
        assert_eq!(ask("zQjphsyf6ctifgu"), Err(Refused::Breached));
        assert_eq!(ask("mariasilvamariasilva"), Err(Refused::Guessable));
        assert_eq!(ask(" seven quiet otters rowing"), Ok(()));
        assert_eq!(
            ask(
                "\u{1f680}\u{1f9c0}\u{1f984}\u{1fa82}\u{1f9ed}\u{1f9ff}\u{1fab5}\u{1f9a9}\u{1f9f2}\u{1fa81}\u{1f9c3}\u{1f996}\u{1f9f6}\u{1f6f8}\u{1f9ea}\u{1f9a5}"
            ),
            Ok(())
        );
        assert_eq!(check_new("seven quiet otters rowing", "another", &[]), Err(Refused::Different));
    }
}
