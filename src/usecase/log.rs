//! The log: leaf numbers, checkpoints, and the checks that people and operators make.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Error, Service, Session};
use crate::crypto::event::{self as seal, EventPlace};
use crate::domain::Timestamp;
use crate::log::{
    Checkpoint, Fault, Hash, Leaf, LeafBody, LeafHash, Report, Stored, Tile, append, consistency_needs, erase_header, frontier,
    inclusion_needs, leaf_hash, prove_consistency, prove_inclusion, root, verify_all, verify_consistency, verify_inclusion,
};
use crate::policy::{Action, Actor, Resource};
use crate::store::append::{Hashes, Tree};
use crate::store::checkpoint::{self, LeafRow};
use crate::store::event::{self, Place};
use crate::store::{self, Tx};

/// What a check of one's own lines found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCheck {
    /// Lines that stand in the newest checkpoint.
    pub lines: usize,
    /// Lines so new that they have no number yet.
    pub waiting: usize,
    pub whole: bool,
    /// The number of the first line that does not stand where it must, where one does not.
    pub broken: Option<u64>,
    /// The newest checkpoint's signed note.
    pub note: String,
}

/// Lines that get their numbers in one transaction. So long the one writer is kept from those who read: with 250 the slowest reads took a
/// quarter longer.
pub const BATCH: usize = 64;
/// Leaves that a check of the whole log fetches at a time.
const PAGE: u64 = 250;

/// Size and root hash of the tree.
type Head = (u64, [u8; 32]);

/// The tree of the log, for those who append to it.
pub struct LogTree;

impl Tree for LogTree {
    fn leaf(&self, place: &Place, sealed: &[u8]) -> [u8; 32] {
        leaf_of_line(place, sealed).0.0
    }

    fn edge(&self, size: u64) -> Vec<u64> {
        frontier(size)
    }

    fn grow(&self, size: u64, leaves: &[[u8; 32]], edge: &Hashes) -> Option<Hashes> {
        let leaves: Vec<_> = leaves.iter().map(|leaf| LeafHash(Hash(*leaf))).collect();
        let appended = append(size, &leaves, &stored(edge)).ok()?;
        Some(appended.hashes.iter().map(|(index, hash)| (*index, hash.0)).collect())
    }
}

impl Service {
    /// Gives waiting lines their numbers, how many, and signs a checkpoint of all that have come since the last. Fetched and hashed before
    /// the transaction, lest everyone who writes wait for it.
    pub async fn sequence_log(&self) -> Result<usize, Error> {
        let _permit = self.ask(Actor::Job, Action::SequenceLog, Resource::System)?;
        let waiting = event::waiting(&mut self.db.look().await?, BATCH as u64).await?;
        if waiting.is_empty() {
            self.sign_log().await?;
            return Ok(0);
        }
        let leaves: Vec<LeafHash> = waiting.iter().map(|(place, body)| leaf_of_line(place, body)).collect();
        let places = waiting.iter().map(|(place, _)| place);
        let mut tx = self.db.write().await?;
        let first = self.append_leaves(&mut tx, &leaves).await?;
        checkpoint::insert_leaves(&mut tx, first, places.clone().zip(leaves.iter().map(|leaf| leaf.0.0))).await?;
        // Erased or numbered by another server since it was fetched: the round begins anew, and no leaf is without its line.
        if event::set_leaves(&mut tx, first, places).await? != waiting.len() as u64 {
            return Ok(0);
        }
        tx.commit().await?;
        Ok(leaves.len())
    }

    /// Signs the tree as it stands, where lines have been appended since the newest checkpoint.
    async fn sign_log(&self) -> Result<(), Error> {
        let mut tx = self.db.read().await?;
        let size = checkpoint::size(&mut tx).await?;
        let newest = checkpoint::newest(&mut tx).await?.map_or(0, |(size, ..)| size);
        if size == newest {
            return Ok(());
        }
        let root = root(size, &load(&mut tx, frontier(size)).await?).map_err(|_| Error::Unopened)?;
        tx.commit().await?;
        let mut tx = self.db.write().await?;
        self.sign(&mut tx, size, root).await?;
        Ok(tx.commit().await?)
    }

    async fn sign(&self, tx: &mut Tx, size: u64, root: Hash) -> Result<(), Error> {
        let signed = Checkpoint { origin: self.signer.key().name().to_owned(), size, root };
        let note = signed.sign(&self.signer).map_err(|_| Error::Unopened)?;
        Ok(checkpoint::insert(tx, (size, root.0, note, self.now())).await?)
    }

    /// A leaf that names the numbers whose bodies an erase has deleted.
    pub(super) async fn append_erase_leaf(&self, tx: &mut Tx, numbers: &BTreeSet<u64>) -> Result<(), Error> {
        if numbers.is_empty() {
            return Ok(());
        }
        let header = erase_header(numbers);
        let leaf = leaf_hash(&header, &[]);
        let number = self.append_leaves(tx, &[leaf]).await?;
        let row = LeafRow { number, owner: None, stream: None, sequence: None, erased: false, body: Some(header), hash: leaf.0.0 };
        Ok(checkpoint::insert_leaf(tx, row).await?)
    }

    /// Appends leaf hashes to the tree and signs the checkpoint after them; the first one's number.
    async fn append_leaves(&self, tx: &mut Tx, leaves: &[LeafHash]) -> Result<u64, Error> {
        let size = checkpoint::grow(tx, u64::try_from(leaves.len()).unwrap_or(u64::MAX)).await?;
        let stored = load(tx, frontier(size)).await?;
        let appended = append(size, leaves, &stored).map_err(|_| Error::Unopened)?;
        checkpoint::insert_hashes(tx, appended.hashes.iter().map(|(index, hash)| (*index, hash.0))).await?;
        self.sign(tx, appended.size, appended.root).await?;
        Ok(size)
    }

    /// The newest checkpoint's size, root and signed note.
    pub async fn newest_checkpoint(&self) -> Result<Option<(u64, [u8; 32], String)>, Error> {
        let mut tx = self.db.read().await?;
        let row = checkpoint::newest(&mut tx).await?;
        tx.commit().await?;
        Ok(row.map(|(size, root, note, _)| (size, root, note)))
    }

    /// The newest checkpoint's size and root, if it continues the one that an owner holds; else that one stays, so that a check of
    /// one's own lines still finds the break.
    pub(super) async fn newer_head(&self, tx: &mut Tx, held: Option<Head>) -> Result<Option<Head>, Error> {
        let Some((size, root, ..)) = checkpoint::newest(tx).await? else { return Ok(held) };
        let follows = match held {
            Some(held) if held != (size, root) => continues(tx, (size, root), held).await?,
            _ => true,
        };
        Ok(if follows { Some((size, root)) } else { held })
    }

    /// A tile of hashes, as `c2sp.org/tlog-tiles` names them, and whether it is full; `None` where there is no such tile yet.
    pub async fn tile(&self, path: &str) -> Result<Option<(Vec<u8>, bool)>, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadLog, Resource::System)?;
        let mut tx = self.db.read().await?;
        let size = checkpoint::size(&mut tx).await?;
        let Some(tile) = Tile::parse(path, size) else { return Ok(None) };
        let stored = load(&mut tx, tile.needs()).await?;
        tx.commit().await?;
        let bytes = tile.bytes(&stored).map_err(|_| Error::Unopened)?;
        Ok(Some((bytes, tile.is_full())))
    }

    /// Checks that each of the owner's lines stands in the newest checkpoint, and that this one continues the one that the owner's
    /// manifest holds.
    pub async fn check_own(&self, session: &Session) -> Result<OwnCheck, Error> {
        let profile = self.profile(session).await?;
        let permit = self.ask(session.participant(), Action::ReadEvents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let newest = checkpoint::newest(&mut tx).await?;
        let rows = event::of_owner(&mut tx, &permit, session.owner, Timestamp(i64::MAX), 1_000_000).await?;
        let Some((size, root, note, _)) = newest else {
            return Ok(OwnCheck {
                lines: 0,
                waiting: rows.len(),
                whole: profile.manifest.checkpoint.is_none(),
                broken: None,
                note: String::new(),
            });
        };
        let mut whole = self.signed_head(&note, (size, root)).is_some();
        // A line taken away with its number leaves a leaf without a line, or a gap in its stream.
        let numbered = rows.iter().filter(|row| row.leaf.is_some()).count();
        whole &= checkpoint::count_of_owner(&mut tx, session.owner).await? == u64::try_from(numbered).unwrap_or(u64::MAX);
        whole &= without_gaps(&rows);
        let (mut lines, mut waiting, mut broken) = (0, 0, None::<u64>);
        for row in rows {
            // One whose number no checkpoint has signed yet waits like one that has none.
            let (Some(number), Some(sealed)) = (row.leaf.filter(|number| *number < size), row.sealed.as_ref()) else {
                waiting += 1;
                continue;
            };
            let place = EventPlace { owner: session.owner, stream: row.stream, sequence: row.sequence, at: row.at };
            if !included(&mut tx, (size, root), number, leaf_hash(&seal::header(&place), sealed)).await? {
                broken = Some(broken.map_or(number, |first| first.min(number)));
            }
            lines += 1;
        }
        if let Some(held) = profile.manifest.checkpoint {
            whole &= continues(&mut tx, (size, root), held).await?;
        }
        tx.commit().await?;
        Ok(OwnCheck { lines, waiting, whole: whole && broken.is_none(), broken, note })
    }

    /// The checkpoint that a stored note says, where this log's key has signed it and it is of this size and root.
    fn signed_head(&self, note: &str, (size, root): Head) -> Option<Checkpoint> {
        Checkpoint::verify(note, self.signer.key()).ok().filter(|own| own.size == size && own.root.0 == root)
    }

    /// Recomputes the whole log from its bodies and holds it against checkpoints that left the house. The inner result is the log's.
    pub async fn verify_log(&self, held: &[Checkpoint]) -> Result<Result<Report, Fault>, Error> {
        let mut tx = self.db.read().await?;
        let (mut leaves, mut from) = (Vec::new(), 0);
        loop {
            let rows = checkpoint::leaves(&mut tx, from, PAGE).await?;
            let Some(last) = rows.last() else { break };
            from = last.number + 1;
            for row in rows {
                leaves.push(leaf_of(&mut tx, row).await?);
            }
        }
        let newest = checkpoint::newest(&mut tx).await?;
        tx.commit().await?;
        let mut held = held.to_vec();
        if let Some((size, root, note, _)) = newest {
            // What others are given is the signed note, so that is what must be right.
            match self.signed_head(&note, (size, root)) {
                Some(own) => held.push(own),
                None => return Ok(Err(Fault::Unsigned { checkpoint: size })),
            }
        }
        Ok(verify_all(leaves, &held))
    }
}

/// Whether each stream's lines are numbered from 1 on, none missing.
fn without_gaps(rows: &[event::EventRow]) -> bool {
    let mut streams: BTreeMap<Uuid, (u64, u64)> = BTreeMap::new();
    for row in rows {
        let (count, highest) = streams.entry(row.stream).or_default();
        *count += 1;
        *highest = row.sequence.max(*highest);
    }
    streams.values().all(|(count, highest)| count == highest)
}

async fn leaf_of(tx: &mut Tx, row: LeafRow) -> Result<Leaf, Error> {
    let body = match (&row.body, row.owner, row.stream, row.sequence) {
        (Some(header), ..) => LeafBody::Sealed { header: header.clone(), ciphertext: Vec::new() },
        (None, Some(owner), Some(stream), Some(sequence)) => match event::body(tx, owner, stream, sequence).await? {
            Some(line) => {
                let place = EventPlace { owner, stream, sequence, at: line.at };
                let ciphertext = line.sealed.unwrap_or_default();
                LeafBody::Sealed { header: seal::header(&place), ciphertext }
            }
            None => LeafBody::Erased,
        },
        _ => LeafBody::Erased,
    };
    Ok(Leaf { number: row.number, hash: LeafHash(Hash(row.hash)), body })
}

async fn included(tx: &mut Tx, (size, root): (u64, [u8; 32]), number: u64, leaf: LeafHash) -> Result<bool, Error> {
    let Ok(needs) = inclusion_needs(size, number) else { return Ok(false) };
    let Some(stored) = load_all(tx, needs).await? else { return Ok(false) };
    let proof = prove_inclusion(size, number, &stored);
    Ok(proof.is_ok_and(|proof| verify_inclusion(&proof, size, Hash(root), number, leaf).is_ok()))
}

async fn continues(tx: &mut Tx, (size, root): (u64, [u8; 32]), (old, old_root): (u64, [u8; 32])) -> Result<bool, Error> {
    let Ok(needs) = consistency_needs(size, old) else { return Ok(false) };
    let Some(stored) = load_all(tx, needs).await? else { return Ok(false) };
    let proof = prove_consistency(size, old, &stored);
    Ok(proof.is_ok_and(|proof| verify_consistency(&proof, (size, Hash(root)), (old, Hash(old_root))).is_ok()))
}

/// `None` where a hash is missing: then nothing can be shown.
async fn load_all(tx: &mut Tx, indexes: Vec<u64>) -> Result<Option<Stored>, Error> {
    match load(tx, indexes).await {
        Err(Error::Store(store::Error::Missing)) => Ok(None),
        stored => stored.map(Some),
    }
}

async fn load(tx: &mut Tx, indexes: Vec<u64>) -> Result<Stored, Error> {
    Ok(stored(&checkpoint::hashes(tx, &indexes).await?))
}

fn stored(hashes: &Hashes) -> Stored {
    Stored(hashes.iter().map(|(index, hash)| (*index, Hash(*hash))).collect())
}

fn leaf_of_line((owner, stream, sequence, at): &Place, sealed: &[u8]) -> LeafHash {
    leaf_hash(&seal::header(&EventPlace { owner: *owner, stream: *stream, sequence: *sequence, at: *at }), sealed)
}
