//! The server's own keys: each its own file with its generation in the name, readable by the service alone.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use zeroize::Zeroizing;

use crate::crypto::Key;
use crate::crypto::secret::Secret;
use crate::crypto::server::{ServerKeys, key_mark};
use crate::domain::Random;
use crate::domain::random::bytes;
use crate::usecase::report;

/// `issuing.1` opens the second issuing keys of the units that have switched them on, and nothing else.
pub const NAMES: [&str; 5] = ["lookup.1", "pepper.1", "checkpoint.1", "document.1", "issuing.1"];

/// The public key for reports of barriers; absent until the operator makes it.
pub const REPORT: &str = "report.1.public";

/// Each key's mark, by the name of its file.
pub type Marks = Vec<(&'static str, [u8; 32])>;

/// What the database says of the keys by which it was written.
pub struct Known {
    /// By the names of their files.
    pub marks: BTreeMap<String, Vec<u8>>,
    /// Someone has written in it.
    pub peopled: bool,
}

impl Known {
    /// A key may be made only where nothing was written by one that is lost. (The key for second issuing keys came later than people did.)
    fn may_make(&self, name: &str) -> bool {
        !self.marks.contains_key(name) && (!self.peopled || name == "issuing.1")
    }
}

/// The keys, with the mark of each. Refuses others than those by which the database was written: with them nobody would find their
/// account, and what was signed would be by nobody.
pub fn load_or_make(folder: &Path, known: &Known, random: &dyn Random) -> io::Result<(ServerKeys, Marks)> {
    std::fs::create_dir_all(folder)?;
    private(folder, 0o700)?;
    let (mut keys, mut marks) = (Vec::with_capacity(NAMES.len()), Vec::with_capacity(NAMES.len()));
    for name in NAMES {
        let file = folder.join(name);
        let key = match read(&file)? {
            Some(key) => key,
            None if known.may_make(name) => make(&file, random)?,
            None => return Err(lost(&file, "is missing")),
        };
        let mark = key_mark(name, &key);
        if known.marks.get(name).is_some_and(|held| *held != mark) {
            return Err(lost(&file, "is another than the one by which the database was written"));
        }
        keys.push(key);
        marks.push((name, mark));
    }
    let [lookup, pepper, checkpoint, document, issuing] = <[Key; 5]>::try_from(keys).map_err(|_| io::ErrorKind::InvalidData)?;
    let report = std::fs::read(folder.join(REPORT)).ok();
    Ok((ServerKeys { lookup, pepper, checkpoint, document, issuing, report }, marks))
}

fn lost(file: &Path, what: &str) -> io::Error {
    let text = format!("{} {what}. Put the saved one back: with a new one every account would be lost", file.display());
    io::Error::new(io::ErrorKind::NotFound, text)
}

/// The keys that are there, all of them; none is made.
pub fn load(folder: &Path, known: &Known, random: &dyn Random) -> io::Result<ServerKeys> {
    match NAMES.iter().map(|name| folder.join(name)).find(|file| !file.is_file()) {
        Some(file) => Err(lost(&file, "is missing")),
        None => load_or_make(folder, known, random).map(|(keys, _)| keys),
    }
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

fn read(file: &Path) -> io::Result<Option<Key>> {
    match std::fs::read(file) {
        Ok(found) => {
            let found = Zeroizing::new(found);
            let none = || io::Error::new(io::ErrorKind::InvalidData, format!("{} is no key", file.display()));
            Key::from_slice(&found).ok_or_else(none).map(Some)
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
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
