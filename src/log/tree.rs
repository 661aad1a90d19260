//! Append, root, and proofs that a leaf is in a tree or a tree is the beginning of another (RFC 6962 sections 2.1.1 and 2.1.2).

use std::cell::RefCell;
use std::fmt;

use tlog_tiles::tlog;

use super::hash::{Hash, LeafHash, Stored};

/// The computation or the proof failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofFault {
    /// A stored hash that the computation takes was not among those given.
    Missing,
    /// Numbers or sizes are outside the tree.
    Range,
    /// The proof does not hold.
    Wrong,
}

impl fmt::Display for ProofFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "a stored hash is missing",
            Self::Range => "outside the tree",
            Self::Wrong => "the proof does not hold",
        })
    }
}

impl std::error::Error for ProofFault {}

impl From<tlog::Error> for ProofFault {
    fn from(error: tlog::Error) -> Self {
        match error {
            tlog::Error::IndexesNotInTree => Self::Missing,
            tlog::Error::InvalidInput(_) => Self::Range,
            _ => Self::Wrong,
        }
    }
}

/// What an append gives: the stored hashes to be saved, and the tree after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    pub hashes: Vec<(u64, Hash)>,
    pub size: u64,
    pub root: Hash,
}

/// The numbers of the stored hashes (at most 64) that [`root`] and [`append`] take for a tree of `size` leaves.
pub fn frontier(size: u64) -> Vec<u64> {
    if size == 0 || size > MAX_SIZE {
        return Vec::new();
    }
    tlog::sub_tree_index(0, size, Vec::new())
}

/// Appends `leaves`, numbered from `size` on.
///
/// # Errors
/// `Missing` where `stored` lacks one of [`frontier`]`(size)`; `Range` above 2^48 leaves.
pub fn append(size: u64, leaves: &[LeafHash], stored: &Stored) -> Result<Appended, ProofFault> {
    let mut known = stored.clone();
    let mut hashes = Vec::with_capacity(leaves.len() * 2);
    let mut size = bounded(size)?;
    for leaf in leaves {
        let first = tlog::stored_hash_index(0, size);
        let new = tlog::stored_hashes_for_record_hash(bounded(size)?, leaf.0.into(), &known)?;
        let new = (first..).zip(new.into_iter().map(Hash::from));
        for (index, hash) in new {
            known.0.insert(index, hash);
            hashes.push((index, hash));
        }
        size += 1;
    }
    Ok(Appended { hashes, size, root: root(size, &known)? })
}

/// The root of the tree of `size` leaves.
///
/// # Errors
/// `Missing` where `stored` lacks one of [`frontier`]`(size)`.
pub fn root(size: u64, stored: &Stored) -> Result<Hash, ProofFault> {
    Ok(tlog::tree_hash(bounded(size)?, stored)?.into())
}

/// The stored hashes that [`prove_inclusion`] takes.
///
/// # Errors
/// `Range` where the leaf is not in the tree.
pub fn inclusion_needs(size: u64, number: u64) -> Result<Vec<u64>, ProofFault> {
    needs(|asked| tlog::prove_record(bounded(size)?, number, asked).map_err(ProofFault::from))
}

/// The proof that leaf `number` is in the tree of `size` leaves.
///
/// # Errors
/// `Range`, or `Missing` where `stored` lacks one of [`inclusion_needs`].
pub fn prove_inclusion(size: u64, number: u64, stored: &Stored) -> Result<Vec<Hash>, ProofFault> {
    Ok(outer(tlog::prove_record(bounded(size)?, number, stored)?))
}

/// Whether `proof` shows that the tree of `size` leaves under `root` holds `leaf` as its leaf `number`.
///
/// # Errors
/// `Range`, or `Wrong` where it does not.
pub fn verify_inclusion(proof: &[Hash], size: u64, root: Hash, number: u64, leaf: LeafHash) -> Result<(), ProofFault> {
    Ok(tlog::check_record(&inner(proof), bounded(size)?, root.into(), number, leaf.0.into())?)
}

/// The stored hashes that [`prove_consistency`] takes.
///
/// # Errors
/// `Range` where `old` is larger than `size`.
pub fn consistency_needs(size: u64, old: u64) -> Result<Vec<u64>, ProofFault> {
    if old == 0 {
        return Ok(Vec::new());
    }
    needs(|asked| tlog::prove_tree(bounded(size)?, old, asked).map_err(ProofFault::from))
}

/// The proof that the tree of `size` leaves begins with the tree of `old` leaves. Empty for the empty tree, with which all begin.
///
/// # Errors
/// `Range`, or `Missing` where `stored` lacks one of [`consistency_needs`].
pub fn prove_consistency(size: u64, old: u64, stored: &Stored) -> Result<Vec<Hash>, ProofFault> {
    if old == 0 {
        return Ok(Vec::new());
    }
    Ok(outer(tlog::prove_tree(bounded(size)?, old, stored)?))
}

/// Whether `proof` shows that the tree `(size, root)` begins with the tree `(old, old_root)`.
///
/// # Errors
/// `Range`, or `Wrong` where it does not.
pub fn verify_consistency(proof: &[Hash], (size, root): (u64, Hash), (old, old_root): (u64, Hash)) -> Result<(), ProofFault> {
    if old == 0 {
        let empty = proof.is_empty() && old_root == tlog::EMPTY_HASH.into();
        return if empty { Ok(()) } else { Err(ProofFault::Wrong) };
    }
    Ok(tlog::check_tree(&inner(proof), bounded(size)?, root.into(), old, old_root.into())?)
}

/// Far above any log, and low enough that no index overflows.
const MAX_SIZE: u64 = 1 << 48;

fn bounded(size: u64) -> Result<u64, ProofFault> {
    if size > MAX_SIZE { Err(ProofFault::Range) } else { Ok(size) }
}

/// Notes which hashes a computation reads, and gives it nothing of worth.
#[derive(Default)]
struct Asked(RefCell<Vec<u64>>);

impl tlog::HashReader for Asked {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        self.0.borrow_mut().extend_from_slice(indexes);
        Ok(vec![tlog::Hash::default(); indexes.len()])
    }
}

fn needs<T>(run: impl FnOnce(&Asked) -> Result<T, ProofFault>) -> Result<Vec<u64>, ProofFault> {
    let asked = Asked::default();
    run(&asked)?;
    Ok(asked.0.into_inner())
}

fn outer(hashes: Vec<tlog::Hash>) -> Vec<Hash> {
    hashes.into_iter().map(Hash::from).collect()
}

fn inner(hashes: &[Hash]) -> Vec<tlog::Hash> {
    hashes.iter().map(|hash| (*hash).into()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::leaf::leaf_hash;
    use super::*;
    use proptest::prelude::*;

    pub fn leaf(n: u64) -> LeafHash {
        leaf_hash(&n.to_be_bytes(), b"sealed")
    }

    /// All stored hashes of a tree of `n` leaves, and the root at each size from 0 to `n`.
    fn grown(n: u64) -> (Stored, Vec<Hash>) {
        let mut stored = Stored::default();
        let mut roots = vec![root(0, &stored).expect("the empty root")];
        for number in 0..n {
            let only: Stored = frontier(number).into_iter().map(|i| (i, stored.0[&i])).collect();
            let appended = append(number, &[leaf(number)], &only).expect("an append from the frontier alone");
            stored.0.extend(appended.hashes);
            roots.push(appended.root);
        }
        (stored, roots)
    }

    fn only(needs: Vec<u64>, stored: &Stored) -> Stored {
        needs.into_iter().map(|i| (i, stored.0[&i])).collect()
    }

    #[test]
    fn what_lies_outside_the_tree_is_refused() {
        let (stored, roots) = grown(5);
        assert_eq!(prove_inclusion(5, 5, &stored), Err(ProofFault::Range));
        assert_eq!(prove_consistency(5, 6, &stored), Err(ProofFault::Range));
        assert_eq!(verify_inclusion(&[], u64::MAX, roots[5], 0, leaf(0)), Err(ProofFault::Range));
        assert_eq!(append(u64::MAX, &[leaf(0)], &stored), Err(ProofFault::Range));
        assert_eq!(append(5, &[leaf(5)], &Stored::default()), Err(ProofFault::Missing));
        assert_eq!(verify_consistency(&[], (5, roots[5]), (0, roots[5])), Err(ProofFault::Wrong));
        assert_eq!(verify_consistency(&[], (5, roots[5]), (0, roots[0])), Ok(()));
    }

    #[test]
    fn many_at_once_give_the_same_tree_as_one_by_one() {
        let (stored, roots) = grown(37);
        for (size, end) in [(0, 37), (1, 2), (5, 21), (16, 32), (31, 37)] {
            let leaves: Vec<_> = (size..end).map(leaf).collect();
            let appended = append(size, &leaves, &only(frontier(size), &stored)).expect("an append");
            assert_eq!((appended.size, appended.root), (end, roots[end as usize]));
            assert!(appended.hashes.iter().all(|(i, hash)| stored.0[i] == *hash));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn every_proof_holds_and_no_other_does(n in 1u64..70) {
            let (stored, roots) = grown(n);
            for number in 0..n {
                let proof = prove_inclusion(n, number, &only(inclusion_needs(n, number).expect("needs"), &stored)).expect("a proof");
                let verify = |number, leaf| verify_inclusion(&proof, n, roots[n as usize], number, leaf);
                prop_assert_eq!(verify(number, leaf(number)), Ok(()));
                prop_assert!(verify(number, leaf(number + 1)).is_err());
                prop_assert!(n == 1 || verify((number + 1) % n, leaf(number)).is_err());
            }
            for old in 0..=n {
                let proof = prove_consistency(n, old, &only(consistency_needs(n, old).expect("needs"), &stored)).expect("a proof");
                let whole = (n, roots[n as usize]);
                prop_assert_eq!(verify_consistency(&proof, whole, (old, roots[old as usize])), Ok(()));
                let other = leaf(n + 1).0;
                prop_assert!(verify_consistency(&proof, whole, (old, other)).is_err());
                prop_assert!(old == n || old == 0 || verify_consistency(&proof, (n, other), (old, roots[old as usize])).is_err());
            }
        }
    }

    #[test]
    fn frozen() {
        let (_, roots) = grown(7);
        assert_eq!(roots[0].to_string(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(roots[7].to_string(), "Mza3+NMiq93Gvu97IaPrJxoQVENCMLirPSzXZ02yPM4=");
    }
}
