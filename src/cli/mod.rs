//! The command line: what an operator runs.

mod serve;

use crate::config::Config;
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
    /// Bring the database up to this version.
    Migrate,
    /// Print a new random secret for the configuration.
    Secret,
}

/// Runs the command of this process; an error is one sentence and exit code 1.
pub fn run() -> i32 {
    let cli = Cli::parse();
    let answer = Config::load(cli.config.as_deref()).and_then(|config| match cli.command {
        Command::Serve => serve::serve(config),
        Command::Migrate => serve::migrate(&config),
        Command::Secret => {
            println!("{}", crate::config::random_hex(64));
            Ok(())
        }
    });
    match answer {
        Ok(()) => 0,
        Err(error) => {
            // The chain in one line: what was being done, and why it failed.
            eprintln!("comptoir: {}", error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": "));
            1
        }
    }
}
