//! The log's attacker: alters, drops, puts in, rebuilds with the signing key in hand.

use proptest::prelude::*;

use super::super::checkpoint::LogSigner;
use super::super::leaf::erase_header;
use super::super::tree::{append, frontier};
use super::super::{Stored, prove_consistency, verify_consistency};
use super::*;

const ORIGIN: &str = "egenkarta.example/log";

fn sealed(header: Vec<u8>, ciphertext: Vec<u8>) -> LeafBody {
    LeafBody::Sealed { header, ciphertext }
}

/// Numbers and hashes given anew, as whoever can write everything would.
fn rebuilt(bodies: Vec<(LeafBody, Option<LeafHash>)>) -> Vec<Leaf> {
    let one = |(number, (body, hash)): (usize, (LeafBody, Option<LeafHash>))| {
        let hash = match &body {
            LeafBody::Sealed { header, ciphertext } => leaf_hash(header, ciphertext),
            LeafBody::Erased => hash.expect("an erased leaf keeps its hash"),
        };
        Leaf { number: number as u64, hash, body }
    };
    bodies.into_iter().enumerate().map(one).collect()
}

fn log(n: u64) -> Vec<Leaf> {
    rebuilt((0..n).map(|i| (sealed(i.to_be_bytes().to_vec(), vec![i as u8; 40]), None)).collect())
}

fn parts(leaves: &[Leaf]) -> Vec<(LeafBody, Option<LeafHash>)> {
    leaves.iter().map(|leaf| (leaf.body.clone(), Some(leaf.hash))).collect()
}

fn checkpoint(leaves: &[Leaf]) -> Checkpoint {
    let hashes: Vec<_> = leaves.iter().map(|leaf| leaf.hash).collect();
    let appended = append(0, &hashes, &Stored::default()).expect("a tree");
    Checkpoint { origin: ORIGIN.to_owned(), size: appended.size, root: appended.root }
}

/// Erases leaf `number` rightly: body deleted, an erase leaf appended.
fn erase(leaves: &[Leaf], number: u64) -> Vec<Leaf> {
    let mut parts = parts(leaves);
    parts[number as usize].0 = LeafBody::Erased;
    parts.push((sealed(erase_header(&[number].into()), Vec::new()), None));
    rebuilt(parts)
}

#[test]
fn a_body_that_no_erase_leaf_names_is_missing() {
    let mut leaves = log(9);
    leaves[4].body = LeafBody::Erased;
    assert_eq!(verify_all(leaves, &[]), Err(Fault::Missing { number: 4 }));
    let mut other = erase(&log(9), 5);
    other[4].body = LeafBody::Erased;
    assert_eq!(verify_all(other, &[]), Err(Fault::Missing { number: 4 }));
}

#[test]
fn an_erase_leaf_cannot_name_what_is_still_to_come_nor_be_erased_itself() {
    let mut parts = parts(&log(3));
    parts.insert(0, (sealed(erase_header(&[2].into()), Vec::new()), None));
    assert_eq!(verify_all(rebuilt(parts), &[]), Err(Fault::Premature { number: 0 }));
    let mut erased = erase(&log(3), 1);
    erased[3].body = LeafBody::Erased;
    assert_eq!(verify_all(erased, &[]), Err(Fault::Missing { number: 1 }), "the erase leaf went with what it names");
}

#[test]
fn an_erased_leaf_keeps_its_hash_and_older_checkpoints_hold() {
    let leaves = log(9);
    let (older, erased) = (checkpoint(&leaves), erase(&leaves, 4));
    let report = verify_all(erased.clone(), &[older.clone(), checkpoint(&erased)]).expect("a sound log");
    assert_eq!((report.size, report.erased, report.held), (10, 1, vec![9, 10]));
    let mut forged = erased;
    forged[4].hash = leaves[5].hash;
    assert_eq!(verify_all(forged, &[older]), Err(Fault::Rewritten { checkpoint: 9 }));
}

#[test]
fn a_gap_and_a_shortened_log_are_named() {
    let mut leaves = log(6);
    let all = checkpoint(&leaves);
    leaves.pop();
    assert_eq!(verify_all(leaves.clone(), &[all]), Err(Fault::Short { size: 5, checkpoint: 6 }));
    leaves.remove(2);
    assert_eq!(verify_all(leaves, &[]), Err(Fault::Gap { number: 2 }));
    let empty = Checkpoint { origin: ORIGIN.to_owned(), size: 0, root: Hash([1; 32]) };
    assert_eq!(verify_all(log(1), &[empty]), Err(Fault::Rewritten { checkpoint: 0 }));
}

#[test]
fn who_holds_the_signing_key_drops_one_line_and_rebuilds_everything_is_caught() {
    let signer = LogSigner::from_seed(ORIGIN, &[7; 32]).expect("a key");
    let leaves = log(20);
    let receipt = checkpoint(&leaves[..12]).sign(&signer).expect("a note that left the house");
    let mut parts = parts(&leaves);
    parts.remove(3);
    let forged = rebuilt(parts);
    let fresh = checkpoint(&forged).sign(&signer).expect("signed anew with the stolen key");
    let read = |note: &str| Checkpoint::verify(note, signer.key()).expect("the signature holds");
    assert!(verify_all(forged.clone(), &[read(&fresh)]).is_ok(), "by itself the forged log is sound");
    assert_eq!(verify_all(forged, &[read(&fresh), read(&receipt)]), Err(Fault::Rewritten { checkpoint: 12 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_change_before_the_checkpoint_is_found(n in 1u64..60, at in any::<prop::sample::Index>(), how in 0u8..6, old in any::<prop::sample::Index>()) {
        let leaves = log(n);
        let at = at.index(n as usize);
        // A checkpoint at least as large as what is changed.
        let size = at + 1 + old.index(n as usize - at);
        let held = [checkpoint(&leaves[..size])];
        prop_assert!(verify_all(leaves.clone(), &held).is_ok());
        let mut parts = parts(&leaves);
        match how {
            0 => _ = parts.remove(at),
            1 => parts[at].0 = sealed(vec![1], vec![2]),
            2 => parts.insert(at, (sealed(vec![1], vec![2]), None)),
            3 if n > 1 => parts.swap(at, (at + 1) % n as usize),
            4 => parts.truncate(at),
            _ => parts[at].0 = LeafBody::Erased,
        }
        if how == 3 && n == 1 {
            return Ok(());
        }
        prop_assert!(verify_all(rebuilt(parts), &held).is_err());
    }

    #[test]
    fn no_consistency_proof_joins_a_rebuilt_tree_to_an_older_checkpoint(n in 2u64..40, at in any::<prop::sample::Index>()) {
        let (leaves, at) = (log(n), at.index(n as usize - 1));
        let older = checkpoint(&leaves[..=at]);
        let mut parts = parts(&leaves);
        parts[at].0 = sealed(vec![0], vec![0]);
        let hashes: Vec<_> = rebuilt(parts).into_iter().map(|leaf| leaf.hash).collect();
        let forged = append(0, &hashes, &Stored::default()).expect("a tree");
        let stored: Stored = forged.hashes.into_iter().collect();
        let proof = prove_consistency(n, older.size, &stored).expect("a proof of the forged tree");
        prop_assert!(verify_consistency(&proof, (n, forged.root), (older.size, older.root)).is_err());
        prop_assert!(!frontier(n).is_empty());
    }
}
