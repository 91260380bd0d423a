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
    /// Was this token made here, with today's secret or the one before?
    pub fn holds(&self, purpose: &str, subject: &str, token: &str) -> bool {
        let made = |key: &[u8]| super::password::equal(mac(key, purpose, subject).as_bytes(), token.as_bytes());
        made(&self.now) || self.before.as_deref().is_some_and(made)
    }
}

fn mac(key: &[u8], purpose: &str, subject: &str) -> String {
    let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("any length is a key");
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(subject.as_bytes());
    hex(&mac.finalize().into_bytes()[..16])
}

/// SHA-256: what is stored of a token or session key.
pub fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().to_vec()
}
