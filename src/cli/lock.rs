//! One server at a time on a SQLite file: `FILE.lock`, locked by the operating system for as long
//! as the process lives, with its number inside. A lock of the database file itself would be
//! dropped whenever any part of the process closes it.

use crate::config::Config;
use crate::db::dialect;
use anyhow::{Context, Result, bail};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Held while a process has the database to itself. Dropping it, or dying, gives it back.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code)] Option<File>);

/// Takes the database for this process; refuses where another has it, or where the file lies on
/// a network. Nothing to do for PostgreSQL, which has servers by the dozen.
pub fn take(config: &Config) -> Result<Lock> {
    let Some(path) = dialect::sqlite_path(&config.database_url) else {
        return Ok(Lock(None));
    };
    refuse_network(Path::new(path))?;
    let name = format!("{path}.lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&name)
        .with_context(|| format!("database_url: cannot write the lock file {name}"))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut owner = String::new();
            let _ = file.read_to_string(&mut owner);
            bail!("database_url: another comptoir (process {}) is using {path}; stop it first", owner.trim());
        }
        Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("database_url: cannot lock {name}")),
    }
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())?;
    Ok(Lock(Some(file)))
}

/// File locks do not hold over NFS and CIFS, and a database without locks is lost.
#[cfg(target_os = "linux")]
fn refuse_network(path: &Path) -> Result<()> {
    const NETWORK: [(i64, &str); 4] = [(0x6969, "NFS"), (0xff53_4d42, "CIFS"), (0xfe53_4d42, "SMB"), (0x0102_1997, "9P")];
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(system) = rustix::fs::statfs(folder) else {
        return Ok(());
    };
    let kind = i64::from(system.f_type) & 0xffff_ffff;
    if let Some((_, name)) = NETWORK.iter().find(|(known, _)| *known == kind) {
        bail!("database_url: {} is on a network file system ({name}); use a local disk", path.display());
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn refuse_network(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_taker_is_told_who_has_it() {
        let folder = std::env::temp_dir().join(format!("comptoir-lock-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let config = Config { database_url: format!("sqlite:{}/x.db", folder.display()), ..Config::default() };
        let first = take(&config).expect("free");
        let said = take(&config).expect_err("taken").to_string();
        assert!(said.contains(&std::process::id().to_string()), "{said}");
        drop(first);
        take(&config).expect("free again");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
