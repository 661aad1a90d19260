//! Taxonomies kept in the data folder: `DATA/taxonomy/<version>/`, and `CURRENT` that names the one in use.
//!
//! A new one is written beside, flushed to disk and renamed; then `CURRENT` is replaced. Whoever is killed between leaves the old
//! one in use and a folder that the next import removes.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::Error;

pub struct Store {
    folder: PathBuf,
}

impl Store {
    pub fn in_data(data: &Path) -> Self {
        Self { folder: data.join("taxonomy") }
    }

    /// Whether the data folder itself is there.
    pub fn has_data(&self) -> bool {
        self.folder.parent().is_some_and(Path::is_dir)
    }

    /// The version in use; `None` where none was imported.
    pub fn current(&self) -> Option<String> {
        let name = fs::read_to_string(self.folder.join(CURRENT)).ok()?;
        let name = name.trim();
        is_version(name).then(|| name.to_owned())
    }

    pub fn folder(&self, version: &str) -> PathBuf {
        self.folder.join(version)
    }

    /// Held by one import at a time; the system lets go of it when the process ends, however it ends.
    pub fn lock(&self) -> Result<File, Error> {
        let failed = || Error::disk("locking the taxonomy folder");
        fs::create_dir_all(&self.folder).map_err(failed())?;
        let file = File::create(self.folder.join(LOCK)).map_err(failed())?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(Error::Busy),
            Err(TryLockError::Error(why)) => Err(failed()(why)),
        }
    }

    /// An empty folder to write into; leftovers of an import that was killed are removed.
    pub fn fresh(&self) -> Result<PathBuf, Error> {
        let at = self.folder.join(BEING_WRITTEN);
        if at.exists() {
            fs::remove_dir_all(&at).map_err(Error::disk("removing an unfinished import"))?;
        }
        fs::create_dir_all(&at).map_err(Error::disk("making the taxonomy folder"))?;
        Ok(at)
    }

    /// Makes what stands in the fresh folder the version in use.
    pub fn switch(&self, version: &str) -> Result<(), Error> {
        self.place(version)?;
        self.point(version)
    }

    /// Keeps what stands in the fresh folder under this name, in use or not.
    pub fn place(&self, version: &str) -> Result<(), Error> {
        let (from, to) = (self.folder.join(BEING_WRITTEN), self.folder(version));
        flush_all(&from)?;
        if to.exists() {
            fs::remove_dir_all(&to).map_err(Error::disk("replacing the same version"))?;
        }
        fs::rename(&from, &to).map_err(Error::disk("moving the index to its place"))?;
        flush(&self.folder)
    }

    /// Removes the kept versions of which only `keep` is still wanted. Who reads one of them goes on reading.
    pub fn remove_others(&self, prefix: &str, keep: &str) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let named = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        for name in named.filter(|name| name.starts_with(prefix) && name != keep) {
            // What cannot be removed only takes room.
            let _left = fs::remove_dir_all(self.folder.join(name));
        }
    }

    /// Makes a version that is there the one in use.
    pub fn point(&self, version: &str) -> Result<(), Error> {
        let failed = || Error::disk("switching to the new taxonomy");
        let beside = self.folder.join("CURRENT.new");
        let mut file = File::create(&beside).map_err(failed())?;
        file.write_all(version.as_bytes()).and_then(|()| file.sync_all()).map_err(failed())?;
        fs::rename(&beside, self.folder.join(CURRENT)).map_err(failed())?;
        flush(&self.folder)
    }
}

const CURRENT: &str = "CURRENT";
const LOCK: &str = ".lock";
const BEING_WRITTEN: &str = ".new";

/// A name that stays inside the folder.
fn is_version(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.len() <= 100
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
}

fn flush_all(folder: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(Error::disk("flushing the index"))? {
        flush(&entry.map_err(Error::disk("flushing the index"))?.path())?;
    }
    flush(folder)
}

fn flush(path: &Path) -> Result<(), Error> {
    File::open(path).and_then(|file| file.sync_all()).map_err(Error::disk("flushing the index"))
}
