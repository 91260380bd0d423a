//! How fast letters leave: through the worker to a mail server that takes everything, as a ratio to
//! as many bare transactions in the same run. The database is the configuration's, migrated.
//!
//! `outbox [LETTERS]`

use anyhow::{Context, Result, ensure};
use comptoir::access::App;
use comptoir::access::outbox::{self, Outgoing};
use comptoir::clock::Clock;
use comptoir::config::{Config, SmtpSecurity, random_hex};
use comptoir::db::ids::MailId;
use comptoir::db::schema::outbox as table;
use comptoir::domain::letter::Letter;
use comptoir::i18n::Lang;
use comptoir::mail::Carrier;
use diesel::prelude::*;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Instant;

/// A letter is two transactions and a conversation. Where a transaction waits for the disk (SQLite),
/// that is what a letter costs; on the benchmark's PostgreSQL, which waits for none, the many short
/// messages of both conversations are.
const AT_LEAST: [f64; 2] = [0.2, 0.05];

fn main() -> Result<()> {
    let count: usize = std::env::args().nth(1).map_or(Ok(1_000), |text| text.parse()).context("usage: outbox [LETTERS]")?;
    let sink = sink()?;
    let config = Config {
        public_url: "http://127.0.0.1:1".into(),
        secret: random_hex(64),
        smtp_host: Some(sink.ip().to_string()),
        smtp_port: Some(sink.port()),
        smtp_security: SmtpSecurity::None,
        mail_from: Some("Comptoir <portal@bench.example>".into()),
        ..Config::load(None)?
    };
    let mut carrier = Carrier::of(&config)?.context("a mail server")?;
    let app = comptoir::app::state(config, Clock::system())?;
    let ids = post(&app, count)?;
    let bare = rate(count, || {
        for id in &ids {
            // Something has to change, or SQLite writes nothing.
            let text = id.to_string();
            app.commands().write(|conn| Ok(diesel::update(table::table.find(id)).set(table::last_error.eq(&text)).execute(conn)?))?;
        }
        Ok(())
    })?;
    let letters = rate(count, || {
        while carrier.deliver_one(&app)? {}
        Ok(())
    })?;
    let left: i64 = app.commands().read(|conn| Ok(table::table.filter(table::state.ne("sent")).count().get_result(conn)?))?;
    ensure!(left == 0, "{left} letters have not left");
    let ratio = letters / bare;
    let (backend, at_least) = if app.config.is_sqlite() { ("SQLite", AT_LEAST[0]) } else { ("PostgreSQL", AT_LEAST[1]) };
    println!("outbox, {backend}: {letters:.0} letters/s, {bare:.0} bare transactions/s, ratio {ratio:.2} (at least {at_least})");
    ensure!(ratio >= at_least, "the outbox is too slow");
    Ok(())
}

fn rate(count: usize, work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let began = Instant::now();
    work()?;
    Ok(count as f64 / began.elapsed().as_secs_f64())
}

fn post(app: &App, count: usize) -> Result<Vec<MailId>> {
    let now = app.now();
    let letter = Letter::PasswordChanged { at: now.micros() };
    let mail = Outgoing { partner: None, subject: None, to: "zoe@contoso.example", to_name: "Zoé", lang: Lang::Fr, letter: &letter };
    Ok(app.commands().write(|conn| (0..count).map(|_| outbox::post(conn, now, &mail)).collect())?)
}

/// A mail server that takes everything and keeps nothing.
fn sink() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(take(stream))));
    Ok(address)
}

fn take(mut out: TcpStream) -> Result<()> {
    out.set_nodelay(true)?;
    let mut lines = BufReader::new(out.try_clone()?).lines();
    out.write_all(b"220 sink\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let answer = match line.get(..4) {
            Some("DATA") => {
                out.write_all(b"354 go on\r\n")?;
                lines.by_ref().map_while(Result::ok).find(|line| line == ".");
                "250 taken\r\n"
            }
            Some("QUIT") => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        out.write_all(answer.as_bytes())?;
    }
    Ok(())
}
