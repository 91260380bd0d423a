//! The command line: what an operator runs.

mod admin;
mod audit;
mod backup;
mod check;
mod demo;
pub mod lock;
mod queries;
mod rows;
mod sample;
mod serve;
mod world;

use crate::access::App;
use crate::access::store::Store;
use crate::clock::Clock;
use crate::config::Config;
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Comptoir, a self-hosted partner portal.
#[derive(Parser)]
#[command(name = "comptoir", version)]
struct Cli {
    /// Configuration file (TOML); environment variables win over it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal.
    Serve,
    /// Serve a small invented world from a database of its own.
    Demo(demo::Options),
    /// Bring the database up to this version.
    Migrate,
    /// Create the operator, a partner account or a user, or start a password reset.
    #[command(subcommand)]
    Admin(admin::Act),
    /// Look at the configuration and the database, and say what is wrong.
    Check(check::Options),
    /// The audit log.
    #[command(subcommand)]
    Audit(audit::Act),
    /// Write a verified copy of the SQLite database, while it is being served or not.
    Backup(backup::Options),
    /// Put a verified copy in the SQLite database's place; the server must be stopped.
    Restore(backup::RestoreOptions),
    /// Fill the database with synthetic customers, for measurements.
    Sample(sample::Options),
    /// Print a new random secret for the configuration.
    Secret,
}

/// Runs the command of this process; an error is one sentence and exit code 1.
pub fn run() -> i32 {
    let cli = Cli::parse();
    let load = || Config::load(cli.config.as_deref());
    let answer = match &cli.command {
        // These two need no configuration.
        Command::Demo(options) => demo::run(options),
        Command::Secret => {
            println!("{}", crate::config::random_hex(64));
            Ok(())
        }
        Command::Serve => load().and_then(serve::serve),
        Command::Migrate => load().and_then(|config| serve::migrate(&config)),
        Command::Admin(act) => load().and_then(|config| admin::run(&config, act)),
        Command::Check(options) => check::run(load(), options),
        Command::Audit(act) => load().and_then(|config| audit::run(&config, act)),
        Command::Backup(options) => load().and_then(|config| backup::backup(&config, options)),
        Command::Restore(options) => load().and_then(|config| backup::restore(&config, options)),
        Command::Sample(options) => load().and_then(|config| sample::run(&config, options)),
    };
    match answer {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("comptoir: {}", sentence(&error));
            1
        }
    }
}

/// The whole chain in one line: what was being done, and why it failed.
fn sentence(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        // Parsers show the place in a drawing of several lines; their words are enough here.
        let text = cause.to_string();
        let lines = text.lines().map(str::trim).filter(|line| {
            !line.is_empty() && !line.split_once('|').is_some_and(|(n, _)| n.trim().parse::<u32>().is_ok() || n.trim().is_empty())
        });
        let line = lines.collect::<Vec<_>>().join(", ");
        // Some errors repeat their source.
        if !line.is_empty() && parts.last().is_none_or(|last| !last.ends_with(&line)) {
            parts.push(line);
        }
    }
    parts.join(": ")
}

/// The shared state for a command, on a database that must be migrated: no server, few
/// connections.
fn open(config: &Config) -> Result<App> {
    config.check_database()?;
    serve::must_be_current(&mut serve::connect(&config.database_url)?)?;
    let config = Config { pool_size: 1, ..config.clone() };
    let store = Store::open(&config, Clock::system())?;
    App::new(config, store)
}
