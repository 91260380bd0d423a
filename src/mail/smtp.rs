//! The conversation with the mail server, on the worker's own thread. One connection serves the
//! letters of one run and is closed when none is due.

use super::message;
use crate::config::{Config, SmtpSecurity};
use anyhow::{Context, Result};
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use std::fmt;
use std::time::Duration;

/// Longest wait for one answer.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Why the mail server did not take a letter.
#[derive(Debug)]
pub enum Refused {
    /// It cannot be reached or does not let us in: no letter's fault.
    Unreachable(String),
    Later(String),
    Never(String),
}

pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    login: Option<Credentials>,
    hello: ClientId,
    open: Option<SmtpConnection>,
}

enum Security {
    StartTls(TlsParameters),
    Tls(TlsParameters),
    /// `Config::check` allows it on loopback alone.
    None,
}

impl Smtp {
    /// `None` where no mail server is named.
    pub fn new(config: &Config) -> Result<Option<Self>> {
        let Some(host) = config.smtp_host.clone() else { return Ok(None) };
        let tls = || tls(config, &host);
        let (security, port) = match config.smtp_security {
            SmtpSecurity::StartTls => (Security::StartTls(tls()?), 587),
            SmtpSecurity::Tls => (Security::Tls(tls()?), 465),
            SmtpSecurity::None => (Security::None, 25),
        };
        let login = config.smtp_user.clone().zip(config.smtp_password.clone());
        Ok(Some(Self {
            port: config.smtp_port.unwrap_or(port),
            security,
            login: login.map(|(user, password)| Credentials::new(user, password)),
            hello: ClientId::Domain(message::host(config).to_owned()),
            host,
            open: None,
        }))
    }

    /// Connects, signs in, and goes: for `comptoir check`.
    pub fn try_out(&mut self) -> Result<(), Error> {
        self.open = Some(self.connect()?);
        self.close();
        Ok(())
    }

    fn connect(&self) -> Result<SmtpConnection, Error> {
        let wrapper = if let Security::Tls(tls) = &self.security { Some(tls) } else { None };
        let mut conn = SmtpConnection::connect((self.host.as_str(), self.port), Some(TIMEOUT), &self.hello, wrapper, None)?;
        if let Security::StartTls(tls) = &self.security {
            conn.starttls(tls, &self.hello)?;
        }
        if let Some(login) = &self.login {
            conn.auth(DEFAULT_MECHANISMS, login)?;
        }
        Ok(conn)
    }

    /// Hands a letter over. Once this answers `Ok`, delivering it is the mail server's duty.
    pub fn send(&mut self, message: &Message) -> Result<(), Refused> {
        // A server may have closed a connection that was idle for a moment.
        let open = self.open.take().and_then(|mut conn| conn.test_connected().then_some(conn));
        let mut conn = match open {
            Some(conn) => conn,
            None => self.connect().map_err(|error| Refused::Unreachable(error.to_string()))?,
        };
        match hand_over(&mut conn, message) {
            Ok(()) => {
                self.open = Some(conn);
                Ok(())
            }
            // 530: it wants a sign-in that the configuration does not have.
            Err(error) if error.is_permanent() && error.status().is_none_or(|code| u16::from(code) != 530) => {
                Err(Refused::Never(error.to_string()))
            }
            Err(error) => Err(Refused::Later(error.to_string())),
        }
    }

    /// Ends the connection, if there is one.
    pub fn close(&mut self) {
        if let Some(mut conn) = self.open.take() {
            let _ = conn.quit();
        }
    }
}

fn hand_over(conn: &mut SmtpConnection, message: &Message) -> Result<(), Error> {
    let envelope = message.envelope();
    conn.command(Mail::new(envelope.from().cloned(), Vec::new()))?;
    for to in envelope.to() {
        conn.command(Rcpt::new(to.clone(), Vec::new()))?;
    }
    conn.command(Data)?;
    conn.command(Body(&message.formatted())).map(|_| ())
}

/// A letter with its closing dot, written at once. The library writes the dot apart, which then
/// waits for the other side's delayed acknowledgement of the rest: 40 ms a letter.
struct Body<'a>(&'a [u8]);

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Encoded by the library: ASCII, its lines ended by CR LF.
        for line in String::from_utf8_lossy(self.0).split_inclusive("\r\n") {
            // RFC 5321, 4.5.2.
            if line.starts_with('.') {
                f.write_str(".")?;
            }
            f.write_str(line)?;
        }
        f.write_str("\r\n.\r\n")
    }
}

fn tls(config: &Config, host: &str) -> Result<TlsParameters> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(path) = &config.smtp_ca_file {
        let pem = std::fs::read(path).with_context(|| format!("cannot read smtp_ca_file {}", path.display()))?;
        let certificate = Certificate::from_pem(&pem).with_context(|| format!("smtp_ca_file {} is no certificate", path.display()))?;
        tls = tls.add_root_certificate(certificate);
    }
    tls.build_rustls().context("smtp_host: TLS")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_a_dot_does_not_end_the_letter() {
        assert_eq!(Body(b"a\r\n.\r\n..b\r\nc.\r\n").to_string(), "a\r\n..\r\n...b\r\nc.\r\n\r\n.\r\n");
    }
}
