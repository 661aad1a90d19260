//! A file sealed in chunks. Each chunk is a record of the one format under the file's own key, equally long; its place (owner, entry, the
//! version with which the file came, number and total) is associated data, so that a chunk swapped, dropped, doubled or put back denies.

use zeroize::Zeroizing;

use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use super::secret::Key;
use crate::domain::profile::FileKey;
use crate::domain::{EntryId, OwnerId, Random, VersionId};

/// What a chunk is padded to; its length takes four bytes of it.
const STEP: usize = 64 * 1024;
/// So many bytes of the file lie in one chunk.
pub const CHUNK: usize = STEP - 4;

/// Where a file lies.
#[derive(Clone, Copy, Debug)]
pub struct FilePlace {
    pub owner: OwnerId,
    pub entry: EntryId,
    pub version: VersionId,
}

/// The sealed chunks of a file, in order; at least one.
pub fn seal(key: &FileKey, place: FilePlace, file: &[u8], random: &dyn Random) -> Vec<Vec<u8>> {
    let key = Key::from_bytes(*key.expose());
    let total = chunks_of(file.len());
    let part = |number: u32| {
        let from = number as usize * CHUNK;
        let part = &file[from..file.len().min(from + CHUNK)];
        record::seal(&key, 0, &ad(place, number, total), Padding::Multiple(STEP), part, random)
    };
    (0..total).map(part).collect()
}

/// Opens one chunk of `total`.
pub fn open(key: &FileKey, place: FilePlace, number: u32, total: u32, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    record::open(&Key::from_bytes(*key.expose()), &ad(place, number, total), Padding::Multiple(STEP), sealed)
}

/// How many chunks a file of so many bytes has.
pub fn chunks_of(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(CHUNK).max(1)).unwrap_or(u32::MAX)
}

fn ad(place: FilePlace, number: u32, total: u32) -> Ad {
    let of = Ad::new(Label::DocumentChunk).bytes_field(b"file").id(place.owner.0).id(place.entry.0).id(place.version.0);
    of.num(u64::from(number)).num(u64::from(total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;
    use uuid::Uuid;

    fn place(entry: u128) -> FilePlace {
        FilePlace { owner: OwnerId(Uuid::from_u128(1)), entry: EntryId(Uuid::from_u128(entry)), version: VersionId(Uuid::nil()) }
    }

    #[test]
    fn a_chunk_opens_in_its_own_place_only_and_all_are_equally_long() {
        let random = SystemRandom::default();
        let key = FileKey::random(&random);
        let file: Vec<u8> = (0..2 * CHUNK + 3).map(|at| u8::try_from(at % 251).expect("small")).collect();
        let sealed = seal(&key, place(2), &file, &random);
        assert_eq!((sealed.len(), chunks_of(file.len()), chunks_of(0), chunks_of(CHUNK)), (3, 3, 1, 1));
        assert!(sealed.iter().all(|chunk| chunk.len() == sealed[0].len()));
        let opens = |key: &FileKey, entry, number, total, chunk: &[u8]| open(key, place(entry), number, total, chunk).ok();
        for (number, total) in [(1, 3), (0, 2), (0, 4), (2, 3)] {
            assert!(opens(&key, 2, number, total, &sealed[0]).is_none(), "{number} of {total}");
        }
        assert!(opens(&key, 3, 0, 3, &sealed[0]).is_none(), "another entry's");
        assert!(opens(&FileKey::random(&random), 2, 0, 3, &sealed[0]).is_none(), "another file's key");
        let whole = (0..3u32).map(|n| opens(&key, 2, n, 3, &sealed[n as usize]).expect("its own place").to_vec());
        assert_eq!(whole.collect::<Vec<_>>().concat(), file);
    }
}
