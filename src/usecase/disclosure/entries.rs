//! The entries that a bundle opens, as its reader gets them.

use std::collections::BTreeMap;

use super::DisclosedEntry;
use crate::crypto::bundle::{Alias, Bundle, BundleRow};
use crate::domain::profile::file::ATTACHED;
use crate::domain::profile::{Entry, Value};
use crate::domain::{EntryId, OwnerId, VersionId};
use crate::usecase::Error;

/// Version, entry and sealed record.
type Sealed = (VersionId, EntryId, Vec<u8>);

pub(super) fn open_entries(owner: OwnerId, bundle: &Bundle, sealed: Vec<Sealed>) -> Result<Vec<(EntryId, DisclosedEntry)>, Error> {
    let by_version: BTreeMap<VersionId, (EntryId, Vec<u8>)> = sealed.into_iter().map(|(v, e, s)| (v, (e, s))).collect();
    let aliases = |id: EntryId| {
        bundle.rows.iter().find(|row| by_version.get(&row.version).is_some_and(|held| held.0 == id)).map(|row| row.alias)
    };
    let open = |row: &BundleRow| {
        let (entry_id, record) = by_version.get(&row.version).ok_or(Error::Unopened)?;
        let body = row.key.open(owner, *entry_id, row.version, &row.hash, record)?;
        let mut entry: Entry = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        name_attached(&mut entry, aliases);
        // What the bundle says of the kind decided; the content must not say otherwise.
        let fits = entry.kind == row.kind && !entry.kind.never_shared();
        let scope = &bundle.terms.scope;
        // A narrower token names none: what its sections do not bring stands singly.
        let singly = scope.entries.contains(entry_id) || !scope.kinds.contains(&row.kind);
        if fits {
            Ok((*entry_id, DisclosedEntry { alias: row.alias, version: row.version, hash: row.hash, entry, singly }))
        } else {
            Err(Error::Unopened)
        }
    };
    bundle.rows.iter().map(open).collect()
}

/// An entry that names another names it as the consent does; one that is not in scope is not named.
fn name_attached(entry: &mut Entry, alias: impl Fn(EntryId) -> Option<Alias>) {
    let Some(Value::Text(to)) = entry.fields.get(ATTACHED) else { return };
    match to.parse().ok().and_then(alias) {
        Some(alias) => entry.fields.insert(ATTACHED.to_owned(), Value::Text(hex::encode(alias))),
        None => entry.fields.remove(ATTACHED),
    };
}
