//! `comptoir audit verify`: recomputes the chains.

use super::queries::{self, Named};
use crate::access::App;
use crate::access::audit::{self, Verified};
use crate::config::Config;
use anyhow::{Result, bail, ensure};
use clap::Subcommand;

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub enum Act {
    /// Recompute the hash chain of each partner account and name the first broken event.
    Verify {
        /// This partner account alone, by the name in its addresses.
        #[arg(long, value_name = "SLUG")]
        partner: Option<String>,
    },
}

/// Runs it.
pub fn run(config: &Config, act: &Act) -> Result<()> {
    let Act::Verify { partner } = act;
    let app = super::open(config)?;
    let mut partners = app.commands().read(|conn| Ok(queries::partners(conn)?))?;
    if let Some(slug) = partner {
        partners.retain(|one| one.slug == *slug);
        ensure!(!partners.is_empty(), "--partner {slug}: there is no such partner account");
    }
    let mut broken = 0;
    for one in &partners {
        match verify(&app, one)? {
            Verified::Holds(events) => println!("OK    {}: {events} events", one.slug),
            Verified::Broken(number) => {
                println!("FAIL  {}: the chain is broken at event {number}", one.slug);
                broken += 1;
            }
        }
    }
    match broken {
        0 => Ok(()),
        _ => bail!("the audit log of {broken} of {} partner accounts does not hold", partners.len()),
    }
}

/// The chain of one partner account, in one snapshot.
pub fn verify(app: &App, partner: &Named) -> Result<Verified> {
    Ok(app.commands().read_as(partner.id, audit::verify)?)
}
