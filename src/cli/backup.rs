//! `comptoir backup` and `comptoir restore`, for SQLite. A copy counts only after it was opened
//! and looked through. Copying the file by hand instead would miss what is still in its log.

use super::{lock, queries, serve};
use crate::config::Config;
use crate::db::migrate::{self, State};
use crate::db::{Conn, dialect};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Where the copy goes.
#[derive(Debug, Args)]
pub struct Options {
    /// File to write.
    file: PathBuf,
    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,
}

/// Where the copy comes from.
#[derive(Debug, Args)]
pub struct RestoreOptions {
    /// File that `comptoir backup` wrote.
    file: PathBuf,
}

/// The database's own file; PostgreSQL has tools of its own for this.
fn database<'a>(config: &'a Config, instead: &str) -> Result<&'a Path> {
    config.check_database()?;
    let path = dialect::sqlite_path(&config.database_url);
    Ok(Path::new(path.with_context(|| format!("database_url: this command is for SQLite; with PostgreSQL use {instead}"))?))
}

/// A name beside another, in the same folder, so that renaming is one step.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// `comptoir backup`
pub fn backup(config: &Config, options: &Options) -> Result<()> {
    let path = database(config, "pg_dump")?;
    ensure!(path.is_file(), "database_url: there is no database {}", path.display());
    ensure!(options.force || !options.file.exists(), "{} is there already; --force replaces it", options.file.display());
    let mut conn = serve::connect(&config.database_url)?;
    serve::must_be_current(&mut conn)?;
    let before = queries::all_customers(&mut conn)?;
    let partial = beside(&options.file, ".partial");
    remove(&partial)?;
    let copied = copy(&mut conn, &partial).and_then(|()| {
        let after = verify(&partial)?;
        ensure!(after >= before, "the copy has {after} customer accounts, the database had {before}");
        Ok(after)
    });
    let customers = copied.inspect_err(|_| {
        let _ = fs::remove_file(&partial);
    })?;
    put_in_place(&partial, &options.file)?;
    println!("{}: verified, {customers} customer accounts.", options.file.display());
    Ok(())
}

/// One snapshot, whoever writes meanwhile.
fn copy(conn: &mut Conn, to: &Path) -> Result<()> {
    let name = to.to_str().with_context(|| format!("{} is not a name in UTF-8", to.display()))?;
    let Conn::Sqlite(conn) = conn else { bail!("not SQLite") };
    diesel::sql_query("vacuum into ?").bind::<Text, _>(name).execute(conn).with_context(|| format!("cannot write {}", to.display()))?;
    Ok(())
}

/// Opens a copy, for reading alone, and looks through all of it; how many customer accounts.
fn verify(file: &Path) -> Result<i64> {
    ensure!(file.is_file(), "{} is not a file", file.display());
    let said = || format!("{} is not a sound copy", file.display());
    let mut conn = dialect::connect(&format!("sqlite:{}", file.display()), true).with_context(said)?;
    let answer: String = integrity(&mut conn).with_context(said)?;
    ensure!(answer == "ok", "{}: {}", said(), answer);
    match migrate::state(&mut conn).with_context(said)? {
        State::Current => {}
        State::Behind(names) if names.iter().any(|name| name.starts_with("0001")) => {
            bail!("{} is not a database of comptoir", file.display())
        }
        State::Behind(_) => {}
        State::Newer(name) => bail!("{} comes from a newer version ({name}); use that version", file.display()),
    }
    Ok(queries::all_customers(&mut conn)?)
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// What SQLite says of its own file: `ok`, or the first fault.
pub fn integrity(conn: &mut Conn) -> Result<String> {
    let answer: Answer = diesel::sql_query("pragma integrity_check(1)").get_result(conn)?;
    Ok(answer.integrity_check)
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// On the disk first, under its name after.
fn put_in_place(from: &Path, to: &Path) -> Result<()> {
    let cannot = || format!("cannot write {}", to.display());
    File::open(from).and_then(|file| file.sync_all()).with_context(cannot)?;
    fs::rename(from, to).with_context(cannot)?;
    sync_folder(to)
}

fn sync_folder(of: &Path) -> Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(|| format!("cannot write the folder {}", folder.display()))
}

/// `comptoir restore`
pub fn restore(config: &Config, options: &RestoreOptions) -> Result<()> {
    let path = database(config, "pg_restore")?;
    let _lock = lock::take(config)?;
    let customers = verify(&options.file)?;
    let partial = beside(path, ".restoring");
    remove(&partial)?;
    fs::copy(&options.file, &partial).with_context(|| format!("cannot write {}", partial.display()))?;
    File::open(&partial).and_then(|file| file.sync_all()).with_context(|| format!("cannot write {}", partial.display()))?;
    let kept = if path.exists() { Some(set_aside(config, path)?) } else { None };
    put_in_place(&partial, path)?;
    println!("{} is restored from {}: {customers} customer accounts.", path.display(), options.file.display());
    if let Some(kept) = kept {
        println!("The database before it is kept as {}; remove it when it is no longer needed.", kept.display());
    }
    let mut conn = serve::connect(&config.database_url)?;
    if let State::Behind(names) = migrate::state(&mut conn)? {
        println!("It lacks {} of this version's migrations; run: comptoir migrate", names.len());
    }
    Ok(())
}

/// Renames the database, its log included, to `.before-restore`.
fn set_aside(config: &Config, path: &Path) -> Result<PathBuf> {
    let kept = beside(path, ".before-restore");
    ensure!(!kept.exists(), "{} is still there from an earlier restore; move it away first", kept.display());
    // Puts the log into the file. One that cannot be opened keeps its log beside it.
    if let Ok(mut conn) = serve::connect(&config.database_url) {
        let _ = conn.batch_execute("pragma wal_checkpoint(truncate)");
    }
    for ending in ["-wal", "-shm"] {
        let log = beside(path, ending);
        if log.exists() {
            fs::rename(&log, beside(&kept, ending)).with_context(|| format!("cannot move {}", log.display()))?;
        }
    }
    fs::rename(path, &kept).with_context(|| format!("cannot move {}", path.display()))?;
    Ok(kept)
}
