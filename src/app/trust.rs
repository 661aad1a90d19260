//! The trust list and the pinned contexts, as they lie in the data folder.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Unbuilt;
use crate::credential::badge::Contexts;
use crate::credential::badge::context;
use crate::credential::keys::pinned;
use crate::domain::trust::{MOST_BYTES, TrustList};
use crate::usecase::verify::Verifier;

const OURS: &str = include_str!("../../seeds/trust.toml");

/// Where an operator's trust list lies; it takes the place of ours.
pub fn list_in(data: &Path) -> PathBuf {
    data.join("trust.toml")
}

/// Where imported contexts lie, one file each.
pub fn contexts_in(data: &Path) -> PathBuf {
    data.join("contexts")
}

/// What checking needs, read.
pub fn verifier(data: &Path) -> Result<Verifier, Unbuilt> {
    Ok(Verifier::new(list(data)?, contexts(data)?))
}

/// The trust list in use.
pub fn list(data: &Path) -> Result<TrustList, Unbuilt> {
    let path = list_in(data);
    if path.is_file() { read_list(&path) } else { parse(OURS).map_err(|wrong| Unbuilt(format!("The trust list: {wrong}."))) }
}

/// A trust list, checked.
pub fn read_list(path: &Path) -> Result<TrustList, Unbuilt> {
    let bytes = bounded(path, MOST_BYTES)?;
    let text = String::from_utf8(bytes).map_err(|_| Unbuilt(format!("{}: the letters are not UTF-8.", path.display())))?;
    let wrong = |wrong: String| Unbuilt(format!("{}: {}.", path.display(), wrong.trim_end().trim_end_matches('.')));
    parse(&text).map_err(wrong)
}

fn parse(text: &str) -> Result<TrustList, String> {
    let list = TrustList::parse(text)?;
    match list.issuers.iter().find(|issuer| pinned(issuer).is_none()) {
        Some(issuer) => Err(format!("issuer \"{}\": a key is none that we take: public, P-256, Ed25519 or RSA", issuer.id)),
        None => Ok(list),
    }
}

/// The imported contexts. A file that is none of them is passed over, with a word in the log.
pub fn contexts(data: &Path) -> Result<Contexts, Unbuilt> {
    let mut contexts = Contexts::default();
    let Ok(files) = std::fs::read_dir(contexts_in(data)) else { return Ok(contexts) };
    for file in files.flatten() {
        let bytes = bounded(&file.path(), u64::try_from(context::MOST).unwrap_or(u64::MAX))?;
        if contexts.add(&bytes).is_err() {
            tracing::warn!(file = %file.path().display(), "no context that we know, passed over");
        }
    }
    Ok(contexts)
}

/// A file's bytes; never more in memory than may be.
pub fn bounded(path: &Path, most: u64) -> Result<Vec<u8>, Unbuilt> {
    let unread = |e: std::io::Error| Unbuilt(format!("{} cannot be read: {e}.", path.display()));
    let mut bytes = Vec::new();
    File::open(path).map_err(unread)?.take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= most);
    if fits { Ok(bytes) } else { Err(Unbuilt(format!("{} is larger than {most} bytes.", path.display()))) }
}
