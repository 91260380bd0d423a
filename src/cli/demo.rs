//! `comptoir demo`: a small invented world, made on the first start and served from then on.

use super::queries::{self, SignIn};
use super::{lock, serve, world};
use crate::access::App;
use crate::access::store::Store;
use crate::clock::Clock;
use crate::config::{Config, random_hex};
use crate::db::migrate;
use crate::domain::{AccountType, Cloud};
use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::json;
use std::fs;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

/// Where the demonstration lives and listens.
#[derive(Debug, Args)]
pub struct Options {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// Folder of the database; one that is there is served again.
    #[arg(long, default_value = "./comptoir-demo", value_name = "DIR")]
    data: PathBuf,
    /// Write the sign-ins to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
}

/// Makes what is missing, prints where and as whom to sign in, and serves.
pub fn run(options: &Options) -> Result<()> {
    fs::create_dir_all(&options.data).with_context(|| format!("--data: cannot make the folder {}", options.data.display()))?;
    // Bound before the rest, so that a taken port costs nothing, and a free one is known.
    let listener = TcpListener::bind(options.listen).with_context(|| format!("--listen: cannot listen on {}", options.listen))?;
    let mut config = config(options, listener.local_addr()?)?;
    let _lock = lock::take(&config)?;
    let database = options.data.join("comptoir.db");
    if !database.exists() {
        create(&config, &database)?;
    }
    config.database_url = url(&database)?;
    serve::must_be_current(&mut serve::connect(&config.database_url)?)?;
    serve::init_logs(&config);
    let public_url = config.public_url.clone();
    let app = crate::app::state(config, Clock::system())?;
    let sign_ins = app.commands().read(|conn| Ok([queries::sign_ins(conn)?, queries::operators(conn)?].concat()))?;
    if let Some(file) = &options.accounts {
        fs::write(file, as_json(&sign_ins)).with_context(|| format!("--accounts: cannot write {}", file.display()))?;
    }
    print!("{}", table(&sign_ins));
    println!("\nComptoir is at {public_url} (Ctrl+C stops it); its letters arrive at {public_url}/demo/mail");
    let _ = std::io::stdout().flush();
    serve::run(app, listener)
}

fn url(path: &Path) -> Result<String> {
    Ok(format!("sqlite:{}", path.to_str().context("--data: not a name in UTF-8")?))
}

fn config(options: &Options, listen: SocketAddr) -> Result<Config> {
    // Nobody types 0.0.0.0; from this machine it is reached by its own name.
    let host = match listen.ip() {
        ip if ip.is_unspecified() => format!("127.0.0.1:{}", listen.port()),
        _ => listen.to_string(),
    };
    Ok(Config {
        database_url: url(&options.data.join("comptoir.db"))?,
        listen,
        public_url: format!("http://{host}"),
        secret: secret(&options.data.join("secret"))?,
        log_level: "warn".into(),
        drain_s: 0,
        demo: true,
        ..Config::default()
    })
}

/// The folder's own secret, for this user's eyes alone.
fn secret(path: &Path) -> Result<String> {
    if let Ok(text) = fs::read_to_string(path) {
        let secret = text.trim().to_owned();
        ensure!(secret.len() >= 128, "--data: {} is damaged; remove it", path.display());
        return Ok(secret);
    }
    let secret = random_hex(64);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| writeln!(file, "{secret}"));
    written.with_context(|| format!("--data: cannot write {}", path.display()))?;
    Ok(secret)
}

/// Fills a database under another name, and gives it its own when it is whole: a start that was
/// interrupted leaves nothing that looks like a world.
fn create(config: &Config, database: &Path) -> Result<()> {
    let filling = database.with_extension("filling");
    for ending in ["", "-wal", "-shm"] {
        let mut name = filling.clone().into_os_string();
        name.push(ending);
        let _ = fs::remove_file(name);
    }
    let config = Config { database_url: url(&filling)?, pool_size: 1, ..config.clone() };
    migrate::run(&mut serve::connect(&config.database_url)?, None)?;
    let app = App::new(config.clone(), Store::open(&config, Clock::system())?)?;
    world::fill(&app)?;
    drop(app);
    // Everything into the one file before it moves.
    let mut conn = serve::connect(&config.database_url)?;
    diesel::connection::SimpleConnection::batch_execute(&mut conn, "pragma wal_checkpoint(truncate); pragma journal_mode=delete;")
        .context("cannot finish the database")?;
    drop(conn);
    fs::rename(&filling, database).with_context(|| format!("--data: cannot write {}", database.display()))
}

fn as_json(sign_ins: &[SignIn]) -> String {
    let list: Vec<_> = sign_ins
        .iter()
        .map(|one| {
            json!({
                "email": one.email,
                "password": world::PASSWORD,
                "partner": one.partner,
                "account_type": one.account_type.map(AccountType::as_str),
                "cloud": one.cloud.map(Cloud::as_str),
                "roles": one.roles.split(' ').collect::<Vec<_>>(),
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(list))
}

/// The sign-ins in columns as wide as their widest.
fn table(sign_ins: &[SignIn]) -> String {
    let mut lines = vec![["E-MAIL", "PASSWORD", "PARTNER ACCOUNT", "TYPE", "CLOUD", "ROLES"].map(str::to_owned)];
    lines.extend(sign_ins.iter().map(|one| {
        let words = |text: &str| text.replace('_', " ");
        [
            one.email.clone(),
            world::PASSWORD.to_owned(),
            one.partner.clone(),
            words(one.account_type.map_or("", AccountType::as_str)),
            words(one.cloud.map_or("", Cloud::as_str)),
            words(&one.roles.replace(' ', ", ")),
        ]
    }));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..6).map(width).collect();
    lines.iter().fold(String::new(), |mut text, line| {
        let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_password_satisfies_the_rules() {
        let own = ["sales.agent@halden-thorne.example", "Imogen Ashgrove"];
        assert_eq!(crate::access::password::check_new(world::PASSWORD, world::PASSWORD, &own), Ok(()));
    }
}
