//! Keys derived from the configured secret, and what is made with them.

use crate::config::{Config, hex, unhex};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The secret of today and, while keys are being rotated, the one before.
pub struct Keys {
    now: Vec<u8>,
    before: Option<Vec<u8>>,
}

impl Keys {
    pub fn new(config: &Config) -> Self {
        let bytes = |text: &str| unhex(text).unwrap_or_default();
        Self { now: bytes(&config.secret), before: config.previous_secret.as_deref().map(bytes) }
    }
    /// The key that signs the session cookie (64 bytes).
    pub fn cookie(&self) -> actix_web::cookie::Key {
        actix_web::cookie::Key::derive_from(&[b"cookie".as_slice(), &self.now].concat())
    }
    /// A token that only this server can have made for these words, in 128 bits of hex.
    pub fn token(&self, purpose: &str, subject: &str) -> String {
        mac(&self.now, purpose, subject)
    }
    /// The token of a mailed link: 256 bits in hex that only this server can make, the same each time,
    /// so that none has to be kept anywhere. What is stored of it is [`link_hash`].
    pub fn link(&self, purpose: &str, subject: uuid::Uuid, generation: i64) -> String {
        link(&self.now, purpose, subject, generation)
    }
    /// What [`Self::link`] makes with today's secret, and with the one before.
    pub fn links(&self, purpose: &str, subject: uuid::Uuid, generation: i64) -> Vec<String> {
        let secrets = std::iter::once(&self.now).chain(&self.before);
        secrets.map(|key| link(key, purpose, subject, generation)).collect()
    }
    /// As [`Self::link`] with today's secret or the one before, whichever made the link of this hash.
    pub fn link_of(&self, purpose: &str, subject: uuid::Uuid, generation: i64, hash: &[u8]) -> Option<String> {
        self.links(purpose, subject, generation).into_iter().find(|token| link_hash(purpose, token) == hash)
    }
    /// Was this token made here, with today's secret or the one before?
    pub fn holds(&self, purpose: &str, subject: &str, token: &str) -> bool {
        let made = |key: &[u8]| super::password::equal(mac(key, purpose, subject).as_bytes(), token.as_bytes());
        made(&self.now) || self.before.as_deref().is_some_and(made)
    }
}

fn mac(key: &[u8], purpose: &str, subject: &str) -> String {
    hex(&whole_mac(key, &[purpose.as_bytes(), &[0], subject.as_bytes()])[..16])
}

fn link(key: &[u8], purpose: &str, subject: uuid::Uuid, generation: i64) -> String {
    hex(&whole_mac(key, &[b"link", &[0], purpose.as_bytes(), &[0], subject.as_bytes(), &generation.to_be_bytes()]))
}

fn whole_mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("any length is a key");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// What is stored of a link's token. Anything that is no such token has the hash of no link.
pub fn link_hash(purpose: &str, token: &str) -> Vec<u8> {
    sha256(&[b"link", purpose.as_bytes(), &[0], token.as_bytes()])
}

/// SHA-256: what is stored of a token or session key.
pub fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().to_vec()
}
