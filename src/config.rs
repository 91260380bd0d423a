//! One checked configuration: a TOML file, then environment variables (`COMPTOIR_…`), each
//! mistake named by its key. `serve` starts on nothing insecure or contradictory.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// Settings of the server. Keys of the file are the field names; the environment variable of a
/// key is `COMPTOIR_` and the key in capitals, except `DATABASE_URL`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://…` with the server's own role.
    pub database_url: String,
    /// PostgreSQL: the owner's address, for `migrate` alone.
    pub migrate_database_url: Option<String>,
    pub listen: SocketAddr,
    /// Where Prometheus reads; loopback only.
    pub metrics_listen: Option<SocketAddr>,
    /// The address people type; its host is the only one answered, its scheme decides the cookies.
    pub public_url: String,
    /// At least 64 random bytes as hex: signs cookies and form tokens.
    pub secret: String,
    /// Read `secret` from this file instead.
    pub secret_file: Option<PathBuf>,
    /// The secret before this one: form tokens made with it still hold.
    pub previous_secret: Option<String>,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Domain that customers' contacts may not have: the operator's own.
    pub operator_domains: Vec<String>,
    /// argon2id: KiB, passes, lanes; and how many hashes at once.
    pub argon2_memory_kib: u32,
    pub argon2_passes: u32,
    pub argon2_lanes: u32,
    pub argon2_at_once: usize,
    /// The mail server; without one, mail stays in the outbox.
    pub smtp_host: Option<String>,
    /// 587, or 465 with `tls`, or 25 with `none`.
    pub smtp_port: Option<u16>,
    pub smtp_security: SmtpSecurity,
    pub smtp_user: Option<String>,
    pub smtp_password: Option<String>,
    /// Read `smtp_password` from this file instead.
    pub smtp_password_file: Option<PathBuf>,
    /// Certificates (PEM) to trust beside the system's: a mail server of one's own.
    pub smtp_ca_file: Option<PathBuf>,
    /// Who writes: `Comptoir <portal@example.com>`.
    pub mail_from: Option<String>,
    /// Sessions: minutes idle, hours in all.
    pub session_idle_minutes: i64,
    pub session_absolute_hours: i64,
    /// Readers on SQLite, connections on PostgreSQL; milliseconds to wait for one.
    pub pool_size: u32,
    pub pool_wait_ms: u64,
    pub workers: usize,
    /// Seconds a request may take, its body included.
    pub request_timeout_s: u64,
    /// Seconds that a connection lasts whose client takes nothing of its answer (Linux).
    pub stalled_reader_s: u32,
    /// Requests a second that the members of one partner account may make together, in the long
    /// run and on each server; 0: no limit.
    pub partner_requests_per_s: u32,
    /// Seconds that a stop waits for requests in flight, after `/readyz` has said no for
    /// `drain_s` seconds.
    pub shutdown_timeout_s: u64,
    pub drain_s: u64,
    pub log_level: String,
    /// Count SQL statements for `/metrics` (a few per cent slower).
    pub count_statements: bool,
    /// The demonstration: shows its sign-ins and accepts its own sample password.
    #[serde(skip)]
    pub demo: bool,
}

/// How the connection to the mail server is kept private. There is no "if it can".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// Plain first, then TLS or nothing.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// A server on this machine.
    None,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: String::new(),
            migrate_database_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            public_url: String::new(),
            secret: String::new(),
            secret_file: None,
            previous_secret: None,
            trusted_proxies: Vec::new(),
            operator_domains: Vec::new(),
            argon2_memory_kib: 19_456,
            argon2_passes: 2,
            argon2_lanes: 1,
            argon2_at_once: std::thread::available_parallelism().map_or(2, usize::from),
            smtp_host: None,
            smtp_port: None,
            smtp_security: SmtpSecurity::StartTls,
            smtp_user: None,
            smtp_password: None,
            smtp_password_file: None,
            smtp_ca_file: None,
            mail_from: None,
            session_idle_minutes: 30,
            session_absolute_hours: 12,
            pool_size: 8,
            pool_wait_ms: 2_000,
            workers: std::thread::available_parallelism().map_or(2, usize::from),
            request_timeout_s: 10,
            stalled_reader_s: 30,
            partner_requests_per_s: 50,
            shutdown_timeout_s: 30,
            drain_s: 5,
            log_level: "info".into(),
            count_statements: false,
            demo: false,
        }
    }
}

impl Config {
    /// The file, if any, then the environment. Checks nothing yet but the form of each value.
    pub fn load(file: Option<&Path>) -> Result<Self> {
        let mut table = match file {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).with_context(|| format!("cannot read the configuration file {}", path.display()))?;
                text.parse::<toml::Table>().with_context(|| format!("the configuration file {} is not valid TOML", path.display()))?
            }
            None => toml::Table::new(),
        };
        for (name, value) in std::env::vars() {
            let key = match name.as_str() {
                "DATABASE_URL" => "database_url".to_owned(),
                "MIGRATE_DATABASE_URL" => "migrate_database_url".to_owned(),
                other => match other.strip_prefix("COMPTOIR_") {
                    Some(key) => key.to_lowercase(),
                    None => continue,
                },
            };
            let parsed = if matches!(key.as_str(), "trusted_proxies" | "operator_domains") {
                toml::Value::Array(value.split(',').map(|part| toml::Value::String(part.trim().to_owned())).collect())
            } else if matches!(key.as_str(), "smtp_user" | "smtp_password" | "secret") {
                // Whatever it looks like.
                toml::Value::String(value)
            } else if let Ok(number) = value.parse::<i64>() {
                toml::Value::Integer(number)
            } else if let Ok(flag) = value.parse::<bool>() {
                toml::Value::Boolean(flag)
            } else {
                toml::Value::String(value)
            };
            table.insert(key, parsed);
        }
        let mut config: Self = table.try_into().context("the configuration does not hold")?;
        if let Some(path) = &config.secret_file {
            ensure!(config.secret.is_empty(), "secret and secret_file are both set; keep one");
            config.secret =
                std::fs::read_to_string(path).with_context(|| format!("cannot read secret_file {}", path.display()))?.trim().to_owned();
        }
        if let Some(path) = &config.smtp_password_file {
            ensure!(config.smtp_password.is_none(), "smtp_password and smtp_password_file are both set; keep one");
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read smtp_password_file {}", path.display()))?;
            config.smtp_password = Some(text.trim_end_matches(['\r', '\n']).to_owned());
        }
        Ok(config)
    }

    pub fn is_sqlite(&self) -> bool {
        crate::db::dialect::sqlite_path(&self.database_url).is_some()
    }
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
    /// Host and port as a browser sends them in `Host`.
    pub fn public_host(&self) -> &str {
        let rest = self.public_url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }

    /// What `serve` needs beyond [`Self::check_database`]; the sentence names the key.
    pub fn check(&self) -> Result<()> {
        self.check_database()?;
        ensure!(!self.public_url.is_empty(), "public_url is missing: the address people type, such as https://portal.example");
        let host = self.public_host();
        // Without the port; an address of IPv6 stands in brackets.
        let name = host.find(']').map_or_else(|| host.split(':').next().unwrap_or_default(), |end| &host[..=end]);
        let loopback_http = self.public_url.starts_with("http://") && matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        ensure!(self.is_https() || loopback_http, "public_url must be https (plain http is for loopback only): {}", self.public_url);
        ensure!(
            !self.public_host().is_empty() && !self.public_url.ends_with('/'),
            "public_url must be scheme and host, without a path: {}",
            self.public_url
        );
        check_secret("secret", &self.secret)?;
        if let Some(previous) = &self.previous_secret {
            check_secret("previous_secret", previous)?;
            ensure!(previous != &self.secret, "previous_secret is the same as secret");
        }
        // RFC 9106 and OWASP: the floor is m = 19 MiB, t = 2, or an equal trade of one for the other.
        let strong = match self.argon2_passes {
            0 => false,
            1 => self.argon2_memory_kib >= 47_104,
            2 => self.argon2_memory_kib >= 19_456,
            _ => self.argon2_memory_kib >= 12_288,
        };
        ensure!(
            strong && self.argon2_memory_kib <= 1 << 20,
            "argon2_memory_kib and argon2_passes are below 19456 KiB with 2 passes (or above 1 GiB)"
        );
        ensure!((1..=16).contains(&self.argon2_lanes), "argon2_lanes must be 1 to 16");
        ensure!((1..=64).contains(&self.argon2_at_once), "argon2_at_once must be 1 to 64");
        ensure!((5..=60).contains(&self.session_idle_minutes), "session_idle_minutes must be 5 to 60");
        ensure!((1..=24).contains(&self.session_absolute_hours), "session_absolute_hours must be 1 to 24");
        ensure!((1..=64).contains(&self.workers), "workers must be 1 to 64");
        ensure!(
            self.log_level.parse::<tracing::Level>().is_ok(),
            "log_level must be error, warn, info, debug or trace, not {:?}",
            self.log_level
        );
        ensure!((50..=60_000).contains(&self.pool_wait_ms), "pool_wait_ms must be 50 to 60000");
        ensure!(
            self.is_https() || self.listen.ip().is_loopback(),
            "listen: {} is open to the network while public_url is plain http; use https or a loopback address",
            self.listen
        );
        ensure!((1..=60).contains(&self.request_timeout_s), "request_timeout_s must be 1 to 60");
        ensure!((1..=600).contains(&self.stalled_reader_s), "stalled_reader_s must be 1 to 600");
        if let Some(metrics) = self.metrics_listen {
            ensure!(metrics.ip().is_loopback(), "metrics_listen must be a loopback address: {metrics}");
            ensure!(metrics != self.listen, "metrics_listen and listen are the same address");
        }
        ensure!(
            !(self.listen.ip().is_loopback() && !self.trusted_proxies.is_empty() && !self.is_https()),
            "trusted_proxies makes no sense with a plain http public_url"
        );
        self.check_mail()
    }

    /// The settings of mail: all of them, or none.
    pub fn check_mail(&self) -> Result<()> {
        let Some(host) = &self.smtp_host else {
            let alone = [
                ("smtp_port", self.smtp_port.is_some()),
                ("smtp_user", self.smtp_user.is_some()),
                ("smtp_password", self.smtp_password.is_some()),
                ("smtp_ca_file", self.smtp_ca_file.is_some()),
            ];
            let alone = alone.iter().find(|(_, set)| *set);
            ensure!(alone.is_none(), "{} is set without smtp_host", alone.map_or("", |(key, _)| key));
            return self.mail_from.as_ref().map_or(Ok(()), |_| self.sender().map(|_| ()));
        };
        let name = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c));
        ensure!(!host.is_empty() && name, "smtp_host must be a host name or an address, without a port: {host:?}");
        ensure!(self.smtp_port != Some(0), "smtp_port must be 1 to 65535");
        let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        ensure!(
            self.smtp_security != SmtpSecurity::None || loopback,
            "smtp_security is none, but smtp_host {host} is not this machine; use starttls or tls"
        );
        ensure!(
            self.smtp_security != SmtpSecurity::None || self.smtp_ca_file.is_none(),
            "smtp_ca_file makes no sense with smtp_security none"
        );
        match (&self.smtp_user, &self.smtp_password) {
            (Some(_), None) => bail!("smtp_password (or smtp_password_file) is missing: smtp_user is set"),
            (None, Some(_)) => bail!("smtp_user is missing: smtp_password is set"),
            _ => {}
        }
        self.sender().map(|_| ())
    }

    /// Who writes.
    pub fn sender(&self) -> Result<lettre::message::Mailbox> {
        let text = self.mail_from.as_deref().context("mail_from is missing: who writes, such as Comptoir <portal@example.com>")?;
        text.parse().map_err(|_| anyhow::anyhow!("mail_from is not an address such as Comptoir <portal@example.com>: {text:?}"))
    }

    /// Will letters leave, or at least arrive in the demonstration's own box?
    pub fn sends_mail(&self) -> bool {
        self.demo || self.smtp_host.is_some()
    }

    /// What every command needs that opens the database.
    pub fn check_database(&self) -> Result<()> {
        ensure!((1..=200).contains(&self.pool_size), "pool_size must be 1 to 200");
        if let Some(path) = crate::db::dialect::sqlite_path(&self.database_url) {
            ensure!(!path.is_empty() && path != ":memory:", "database_url names no file; write sqlite:/path/to/comptoir.db");
            let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
            if let Some(folder) = folder {
                ensure!(folder.is_dir(), "database_url: the folder {} does not exist", folder.display());
            }
        } else if self.database_url.starts_with("postgres://") || self.database_url.starts_with("postgresql://") {
            ensure!(
                cfg!(feature = "postgres"),
                "database_url names PostgreSQL, but this build knows SQLite alone; build with --features postgres"
            );
        } else if self.database_url.is_empty() {
            bail!("database_url is missing: set DATABASE_URL to sqlite:/path/to/comptoir.db or postgres://…");
        } else {
            bail!("database_url must begin with sqlite: or postgres://");
        }
        Ok(())
    }
}

fn check_secret(key: &str, value: &str) -> Result<()> {
    let bytes = unhex(value).unwrap_or_default();
    ensure!(bytes.len() >= 64, "{key} must be at least 64 random bytes as hex (128 digits); make one with: comptoir secret");
    let mut distinct = bytes.clone();
    distinct.sort_unstable();
    distinct.dedup();
    ensure!(distinct.len() >= 24, "{key} is not random; make one with: comptoir secret");
    Ok(())
}

/// Bytes of a hexadecimal text; `None` where it isn't one.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// So many bytes from the operating system's random source, as hex.
pub fn random_hex(bytes: usize) -> String {
    hex(&random_bytes(bytes))
}

/// So many bytes from the operating system's random source.
pub fn random_bytes(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Config {
        Config {
            database_url: "sqlite:/tmp/x.db".into(),
            public_url: "https://portal.example".into(),
            secret: random_hex(64),
            smtp_host: Some("mail.example".into()),
            mail_from: Some("Comptoir <portal@example.com>".into()),
            ..Config::default()
        }
    }

    #[test]
    fn each_broken_setting_is_refused_by_its_key() {
        good().check().expect("the good one holds");
        type Spoil = fn(&mut Config);
        let cases: [(&str, Spoil); 28] = [
            ("database_url", |c| c.database_url = String::new()),
            ("database_url", |c| c.database_url = "mysql://x".into()),
            ("database_url", |c| c.database_url = "sqlite:/no/such/folder/x.db".into()),
            ("public_url", |c| c.public_url = String::new()),
            ("public_url", |c| c.public_url = "http://portal.example".into()),
            ("public_url", |c| c.public_url = "http://localhost.portal.example".into()),
            ("listen", |c| {
                c.public_url = "http://127.0.0.1:8080".into();
                c.listen = "0.0.0.0:8080".parse().unwrap();
            }),
            ("log_level", |c| c.log_level = "loud".into()),
            ("secret", |c| c.secret = "short".into()),
            ("secret", |c| c.secret = "00".repeat(64)),
            ("previous_secret", |c| c.previous_secret = Some(c.secret.clone())),
            ("argon2", |c| c.argon2_memory_kib = 8_192),
            ("session_idle_minutes", |c| c.session_idle_minutes = 600),
            ("metrics_listen", |c| c.metrics_listen = Some("0.0.0.0:9000".parse().unwrap())),
            ("metrics_listen", |c| c.metrics_listen = Some(c.listen)),
            ("pool_size", |c| c.pool_size = 0),
            ("smtp_port", |c| (c.smtp_host, c.smtp_port) = (None, Some(25))),
            ("smtp_user", |c| (c.smtp_host, c.smtp_user) = (None, Some("portal".into()))),
            ("smtp_host", |c| c.smtp_host = Some("mail.example:25 x".into())),
            ("smtp_host", |c| c.smtp_host = Some(String::new())),
            ("smtp_security", |c| c.smtp_security = SmtpSecurity::None),
            ("smtp_password", |c| c.smtp_user = Some("portal".into())),
            ("smtp_user", |c| c.smtp_password = Some("secret".into())),
            ("smtp_ca_file", |c| {
                c.smtp_host = Some("127.0.0.1".into());
                c.smtp_security = SmtpSecurity::None;
                c.smtp_ca_file = Some("/ca.pem".into());
            }),
            ("mail_from", |c| c.mail_from = None),
            ("mail_from", |c| c.mail_from = Some("Comptoir".into())),
            ("mail_from", |c| c.mail_from = Some("Comptoir <a@b.example>\r\nBcc: <c@d.example>".into())),
            ("mail_from", |c| (c.smtp_host, c.mail_from) = (None, Some("@".into()))),
        ];
        for (key, spoil) in cases {
            let mut config = good();
            spoil(&mut config);
            let said = config.check().expect_err(key).to_string();
            assert!(said.contains(key), "{key}: {said}");
        }
    }
}
