//! `comptoir sample`: the same synthetic customers for the same seed, as many as wanted, as fast
//! as the database takes them.

mod invitations;
mod load;
mod make;
mod profiles;
mod referrals;

use super::queries;
use crate::access::password::{Passwords, check_new};
use crate::access::{App, Scope};
use crate::config::Config;
use crate::db::ids::PartnerId;
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use std::io::Write;
use std::sync::mpsc::{channel, sync_channel};
use std::time::Instant;

/// What to make.
#[derive(Debug, Args)]
pub struct Options {
    /// Partner accounts to create, `sample-SEED-1` and so on.
    #[arg(long, default_value_t = 1, value_name = "N")]
    partners: u64,
    /// Customers to create, spread evenly over the partner accounts.
    #[arg(long, value_name = "M")]
    customers: u64,
    /// Invitations to create, all of the first partner account.
    #[arg(long, default_value_t = 0, value_name = "N")]
    invitations: i64,
    /// Referrals to create, all of the first partner account.
    #[arg(long, default_value_t = 0, value_name = "N")]
    referrals: i64,
    /// Published business profiles to create, each account with one in each of 40 countries.
    #[arg(long, default_value_t = 0, value_name = "N")]
    profiles: i64,
    /// The same seed makes the same rows.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// Password of each partner account's user `admin@sample-SEED-N.example`; none by default.
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// SQLite: leave the search index in several pieces instead of merging them at the end.
    #[arg(long)]
    no_optimize: bool,
}

/// Makes the rows and says how many and how fast.
pub fn run(config: &Config, options: &Options) -> Result<()> {
    ensure!((1..=100_000).contains(&options.partners), "--partners must be 1 to 100,000");
    ensure!((0..=10_000_000).contains(&options.invitations), "--invitations must be 0 to 10,000,000");
    ensure!((0..=1_000_000).contains(&options.profiles), "--profiles must be 0 to 1,000,000");
    ensure!((1..=10_000_000).contains(&options.customers), "--customers must be 1 to 10,000,000");
    ensure!(options.customers / options.partners <= 4_000_000, "--customers: at most 4,000,000 a partner account");
    ensure!((0..=10_000_000).contains(&options.referrals), "--referrals must be 0 to 10,000,000");
    config.check_database()?;
    let _lock = super::lock::take(config)?;
    let password = hash(config, options)?;
    let app = super::open(config)?;
    let started = Instant::now();
    let partners = partners(&app, options, password.as_deref())?;
    let share = |place: u64| options.customers / options.partners + u64::from(place < options.customers % options.partners);
    let batches: Vec<make::Batch> =
        (0..options.partners).map(|place| make::Batch { seed: options.seed, partner: place + 1, customers: share(place) }).collect();
    let mut loader = load::Loader::open(&config.database_url)?;
    let maker = load::Maker { scopes: &partners, batches: &batches, sqlite: loader.is_sqlite() };
    let count = std::thread::scope(|threads| {
        let (sender, receiver) = sync_channel(4);
        let (give_back, used) = channel();
        let maker = &maker;
        threads.spawn(move || maker.run(&sender, &used));
        loader.write(maker, &receiver, &give_back, |count| progress(count, started))
    })?;
    invitations::write(&mut loader, &partners[0], &batches[0], options.invitations)?;
    referrals::write(&mut loader, &partners[0], &batches[0], options.referrals)?;
    profiles::write(&app, &mut loader, options.seed, options.profiles)?;
    let loaded = started.elapsed();
    loader.finish(!options.no_optimize)?;
    let all = started.elapsed();
    eprintln!();
    println!(
        "{} rows in {:.1} s: {:.0} rows/s ({:.1} s of it merging the search index).",
        count.rows(),
        all.as_secs_f64(),
        count.rows() as f64 / all.as_secs_f64(),
        (all - loaded).as_secs_f64()
    );
    println!("{count}");
    if options.invitations > 0 {
        println!("And {} invitations of the first partner account.", options.invitations);
    }
    if options.profiles > 0 {
        println!("And {} profiles in the directory.", options.profiles);
    }
    if options.referrals > 0 {
        println!("And {} referrals of the first partner account.", options.referrals);
    }
    Ok(())
}

fn progress(count: &load::Count, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    eprint!("\r{} customers, {:.0} rows/s  ", count.customers, count.rows() as f64 / seconds.max(0.001));
    let _ = std::io::stderr().flush();
}

/// One hash for all users: each costs as much as a sign-in.
fn hash(config: &Config, options: &Options) -> Result<Option<String>> {
    let Some(password) = &options.password else {
        return Ok(None);
    };
    check_new(password, password, &[]).map_err(|refused| anyhow::anyhow!("--password: {}", crate::i18n::Lang::En.t(refused.key())))?;
    Ok(Some(Passwords::new(config)?.hash_now(password)))
}

/// Creates the partner accounts with one user each, in one transaction, and opens them.
fn partners(app: &App, options: &Options, password: Option<&str>) -> Result<Vec<Scope>> {
    let ids: Option<Vec<PartnerId>> = app.commands().write(|conn| {
        if queries::partner(conn, &make::slug(options.seed, 1))?.is_some() {
            return Ok(None);
        }
        let first = queries::next_number(conn)?;
        Ok(Some(load::partners(conn, options.seed, options.partners, first, password)?))
    })?;
    let Some(ids) = ids else {
        bail!("--seed {}: its partner accounts are there already; choose another", options.seed);
    };
    ids.into_iter().map(|id| app.commands().read_as(id, |scope, _| Ok(*scope)).context("cannot read a new partner account")).collect()
}
