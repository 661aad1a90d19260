//! The server's own keys: each its own file with its generation in the name, readable by the service alone.

use std::io::{self, Write};
use std::path::Path;

use zeroize::Zeroizing;

use crate::crypto::Key;
use crate::crypto::secret::Secret;
use crate::crypto::server::ServerKeys;
use crate::domain::Random;
use crate::domain::random::bytes;
use crate::usecase::report;

/// `issuing.1` opens the second issuing keys of the units that have switched them on, and nothing else.
pub const NAMES: [&str; 5] = ["lookup.1", "pepper.1", "checkpoint.1", "document.1", "issuing.1"];

/// The public key for reports of barriers; absent until the operator makes it.
pub const REPORT: &str = "report.1.public";

pub fn load_or_make(folder: &Path, random: &dyn Random) -> io::Result<ServerKeys> {
    std::fs::create_dir_all(folder)?;
    private(folder, 0o700)?;
    let mut keys = Vec::with_capacity(NAMES.len());
    for name in NAMES {
        keys.push(load_or_make_one(&folder.join(name), random)?);
    }
    let [lookup, pepper, checkpoint, document, issuing] = <[Key; 5]>::try_from(keys).map_err(|_| io::ErrorKind::InvalidData)?;
    let report = std::fs::read(folder.join(REPORT)).ok();
    Ok(ServerKeys { lookup, pepper, checkpoint, document, issuing, report })
}

/// Makes the operator's key for reports of barriers, and keeps its public half; the secret is for paper. `None` where there is one.
pub fn make_report_key(folder: &Path, random: &dyn Random) -> io::Result<Option<Secret>> {
    std::fs::create_dir_all(folder)?;
    private(folder, 0o700)?;
    let file = folder.join(REPORT);
    if file.exists() {
        return Ok(None);
    }
    let secret = Secret::random(random);
    let (_, public) = report::key_pair(&secret);
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).open(&file)?;
    private(&file, 0o600)?;
    out.write_all(&public.bytes)?;
    out.sync_all()?;
    Ok(Some(secret))
}

fn load_or_make_one(file: &Path, random: &dyn Random) -> io::Result<Key> {
    match std::fs::read(file) {
        Ok(found) => {
            let found = Zeroizing::new(found);
            Key::from_slice(&found)
                .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, format!("{} is no key", file.display())))
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => make(file, random),
        Err(e) => Err(e),
    }
}

fn make(file: &Path, random: &dyn Random) -> io::Result<Key> {
    let fresh = Zeroizing::new(bytes::<32>(random));
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).open(file)?;
    private(file, 0o600)?;
    out.write_all(fresh.as_ref())?;
    out.sync_all()?;
    Ok(Key::from_bytes(*fresh))
}

#[cfg(unix)]
pub(super) fn private(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(super) fn private(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
