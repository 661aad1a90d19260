//! The check of a whole log: everything recomputed from its leaves, and held against checkpoints that left the house earlier.

use std::collections::BTreeSet;
use std::fmt;

use tlog_tiles::tlog;

use super::checkpoint::Checkpoint;
use super::hash::{Hash, LeafHash};
use super::leaf::{LeafBody, erased_numbers, leaf_hash};

/// A leaf as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub number: u64,
    pub hash: LeafHash,
    pub body: LeafBody,
}

/// What a sound log holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub size: u64,
    pub root: Hash,
    /// Leaves of which only number and hash are left, each named by an erase leaf.
    pub erased: u64,
    /// Sizes of the checkpoints that it was held against.
    pub held: Vec<u64>,
}

/// The first thing found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The leaf that should follow is not there; another number came.
    Gap { number: u64 },
    /// Header or body of this leaf is not what its hash was made of.
    Altered { number: u64 },
    /// This leaf's body is gone, and no later erase leaf names it.
    Missing { number: u64 },
    /// This erase leaf names itself or a leaf after it.
    Premature { number: u64 },
    /// The checkpoint counts more leaves than there are.
    Short { size: u64, checkpoint: u64 },
    /// Among the first `checkpoint` leaves something was altered, dropped or put in since the checkpoint was made.
    Rewritten { checkpoint: u64 },
    /// The log's own newest checkpoint is not signed by its key, or says something else than the row it stands in.
    Unsigned { checkpoint: u64 },
}

impl Fault {
    /// Its locale key; `number`, `size` and `checkpoint` are the message's arguments.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Gap { .. } => "log-fault-gap",
            Self::Altered { .. } => "log-fault-altered",
            Self::Missing { .. } => "log-fault-missing",
            Self::Premature { .. } => "log-fault-premature",
            Self::Short { .. } => "log-fault-short",
            Self::Rewritten { .. } => "log-fault-rewritten",
            Self::Unsigned { .. } => "log-fault-unsigned",
        }
    }

    pub fn arguments(&self) -> Vec<(&'static str, u64)> {
        match *self {
            Self::Gap { number } | Self::Altered { number } | Self::Missing { number } | Self::Premature { number } => {
                vec![("number", number)]
            }
            Self::Short { size, checkpoint } => vec![("size", size), ("checkpoint", checkpoint)],
            Self::Rewritten { checkpoint } | Self::Unsigned { checkpoint } => vec![("checkpoint", checkpoint)],
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())?;
        self.arguments().into_iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for Fault {}

/// Recomputes the log from `leaves` (in order, from number 0) and holds it against `held`, checkpoints whose signatures have been
/// verified. The numbers that erase leaves name are read from those leaves themselves, so they are under the same tree.
///
/// # Errors
/// The first fault. An altered leaf is found at once; a missing body, a short log and a rewritten one at the end or at the
/// checkpoint's size.
pub fn verify_all(leaves: impl IntoIterator<Item = Leaf>, held: &[Checkpoint]) -> Result<Report, Fault> {
    let mut check = Check::new(held)?;
    for leaf in leaves {
        check.take(leaf)?;
    }
    check.end()
}

struct Check<'a> {
    held: Vec<&'a Checkpoint>,
    next: usize,
    tree: Compact,
    gone: BTreeSet<u64>,
    erased: u64,
}

impl<'a> Check<'a> {
    fn new(held: &'a [Checkpoint]) -> Result<Self, Fault> {
        let mut held: Vec<_> = held.iter().collect();
        held.sort_by_key(|checkpoint| checkpoint.size);
        let mut check = Self { held, next: 0, tree: Compact::default(), gone: BTreeSet::new(), erased: 0 };
        check.compare()?;
        Ok(check)
    }

    fn take(&mut self, leaf: Leaf) -> Result<(), Fault> {
        let number = self.tree.size;
        if leaf.number != number {
            return Err(Fault::Gap { number });
        }
        match leaf.body {
            LeafBody::Erased => _ = self.gone.insert(number),
            LeafBody::Sealed { header, ciphertext } => {
                if leaf_hash(&header, &ciphertext) != leaf.hash {
                    return Err(Fault::Altered { number });
                }
                self.name(number, erased_numbers(&header, &ciphertext).unwrap_or_default())?;
            }
        }
        self.tree.push(leaf.hash);
        self.compare()
    }

    fn name(&mut self, at: u64, numbers: BTreeSet<u64>) -> Result<(), Fault> {
        if numbers.last().is_some_and(|last| *last >= at) {
            return Err(Fault::Premature { number: at });
        }
        for number in numbers {
            self.erased += u64::from(self.gone.remove(&number));
        }
        Ok(())
    }

    fn compare(&mut self) -> Result<(), Fault> {
        while let Some(checkpoint) = self.held.get(self.next).filter(|checkpoint| checkpoint.size == self.tree.size) {
            if checkpoint.root != self.tree.root() {
                return Err(Fault::Rewritten { checkpoint: checkpoint.size });
            }
            self.next += 1;
        }
        Ok(())
    }

    fn end(self) -> Result<Report, Fault> {
        if let Some(longer) = self.held.get(self.next) {
            return Err(Fault::Short { size: self.tree.size, checkpoint: longer.size });
        }
        if let Some(number) = self.gone.first() {
            return Err(Fault::Missing { number: *number });
        }
        let held = self.held.iter().map(|checkpoint| checkpoint.size).collect();
        Ok(Report { size: self.tree.size, root: self.tree.root(), erased: self.erased, held })
    }
}

/// The right edge of a growing tree: the roots of its full subtrees, from the largest. Written apart from `tree`, so that each
/// checks the other.
#[derive(Default)]
struct Compact {
    size: u64,
    peaks: Vec<tlog::Hash>,
}

impl Compact {
    fn push(&mut self, leaf: LeafHash) {
        let mut hash = leaf.0.into();
        for _ in 0..self.size.trailing_ones() {
            let left = self.peaks.pop().expect("a full subtree stands for each one bit of the size");
            hash = tlog::node_hash(left, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    fn root(&self) -> Hash {
        let join = |right, left: &tlog::Hash| tlog::node_hash(*left, right);
        let (last, rest) = match self.peaks.split_last() {
            None => return tlog::EMPTY_HASH.into(),
            Some((last, rest)) => (*last, rest),
        };
        rest.iter().rev().fold(last, join).into()
    }
}

#[cfg(test)]
mod tests;
