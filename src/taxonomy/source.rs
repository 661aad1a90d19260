//! Where tables are read from: a folder, a zip, a folder of zips, or what the binary carries. Everything is bounded.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::error::Error;

/// What a source may hold. The largest official download (all languages) stays below half of each.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub files: usize,
    /// Bytes of one table, uncompressed.
    pub table: u64,
    /// Bytes of all tables read, uncompressed.
    pub total: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { files: 4_000, table: 256 << 20, total: 3 << 30 }
    }
}

/// The tables of a source by their path inside it, with `/` between folders.
pub struct Source {
    entries: Vec<(String, Origin)>,
    archives: Vec<ZipArchive<BufReader<File>>>,
    limits: Limits,
    read: u64,
}

enum Origin {
    File(PathBuf),
    Zipped { archive: usize, index: usize },
    Memory(Cow<'static, [u8]>),
}

/// Folders within folders that are looked into.
const DEPTH: usize = 5;

impl Source {
    pub fn open(path: &Path, limits: Limits) -> Result<Self, Error> {
        let meta = fs::metadata(path).map_err(|_| Error::Missing(path.to_owned()))?;
        let mut source = Self { entries: Vec::new(), archives: Vec::new(), limits, read: 0 };
        if meta.is_dir() {
            source.add_folder(path, "", DEPTH)?;
        } else {
            source.add_zip(path)?;
        }
        source.entries.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(source)
    }

    /// Tables that are in memory already.
    pub fn in_memory<N: Into<String>, B: Into<Cow<'static, [u8]>>>(tables: impl IntoIterator<Item = (N, B)>) -> Self {
        let entries = tables.into_iter().map(|(name, bytes)| (name.into(), Origin::Memory(bytes.into()))).collect();
        Self { entries, archives: Vec::new(), limits: Limits::default(), read: 0 }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.names().any(|n| n == name)
    }

    /// The bytes of a table. The bound holds for what comes out, whatever a zip's header claims.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        let Some((_, origin)) = self.entries.iter().find(|(n, _)| n == name) else {
            return Err(Error::Missing(name.into()));
        };
        let bound = self.limits.table.min(self.limits.total.saturating_sub(self.read));
        let bytes = match origin {
            Origin::Memory(bytes) => bytes.to_vec(),
            Origin::File(path) => drain(File::open(path).map_err(Error::disk("reading a table"))?, bound, name)?,
            Origin::Zipped { archive, index } => {
                let entry = self.archives[*archive].by_index(*index).map_err(|e| Error::Zip(e.to_string()))?;
                drain(entry, bound, name)?
            }
        };
        self.read += bytes.len() as u64;
        Ok(bytes)
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), Error> {
        for entry in fs::read_dir(folder).map_err(Error::disk("reading the folder"))? {
            let entry = entry.map_err(Error::disk("reading the folder"))?;
            let kind = entry.file_type().map_err(Error::disk("reading the folder"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let inner = format!("{prefix}{name}");
            // A symbolic link is neither file nor folder here: it could lead out of what the person named.
            if kind.is_dir() && depth > 0 {
                self.add_folder(&entry.path(), &format!("{inner}/"), depth - 1)?;
            } else if kind.is_file() && is_table(&name) {
                self.add(inner, Origin::File(entry.path()))?;
            } else if kind.is_file() && name.to_lowercase().ends_with(".zip") {
                self.add_zip(&entry.path())?;
            }
        }
        Ok(())
    }

    fn add_zip(&mut self, path: &Path) -> Result<(), Error> {
        let file = File::open(path).map_err(|_| Error::Missing(path.to_owned()))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|e| Error::Zip(e.to_string()))?;
        if archive.len() > self.limits.files {
            return Err(self.too_many());
        }
        let names: Vec<_> = archive.file_names().map(|name| name.map(|n| n.into_owned())).collect();
        let number = self.archives.len();
        self.archives.push(archive);
        for (index, name) in names.into_iter().enumerate() {
            let name = name.map_err(|e| Error::Zip(e.to_string()))?.replace('\\', "/");
            if name.starts_with('/') || name.split('/').any(|part| part == "..") {
                return Err(Error::Escapes(name));
            }
            if is_table(&name) {
                self.add(name, Origin::Zipped { archive: number, index })?;
            }
        }
        Ok(())
    }

    fn add(&mut self, name: String, origin: Origin) -> Result<(), Error> {
        if self.entries.len() >= self.limits.files {
            return Err(self.too_many());
        }
        self.entries.push((name, origin));
        Ok(())
    }

    fn too_many(&self) -> Error {
        Error::TooLarge(format!("it holds more than {} files", self.limits.files))
    }
}

fn is_table(name: &str) -> bool {
    name.to_lowercase().ends_with(".csv") && !name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

fn drain(from: impl Read, bound: u64, name: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    from.take(bound + 1).read_to_end(&mut bytes).map_err(|e| Error::Zip(format!("{name}: {e}")))?;
    if bytes.len() as u64 > bound {
        return Err(Error::TooLarge(format!("{name} is larger than {} MiB, or all tables together are too large", bound >> 20)));
    }
    Ok(bytes)
}
