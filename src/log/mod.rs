//! The log's arithmetic: a Merkle tree in the format of C2SP tlog-tiles, with signed checkpoints. Values in, values out.
//!
//! A leaf is the hash of a header and a ciphertext. The tree keeps *stored hashes*, numbered densely; whoever wants a root, an
//! append or a proof first asks which numbers it takes (`frontier`, `inclusion_needs`, `consistency_needs`), loads them as
//! [`Stored`], and then calls. Only hashes and checkpoints are ever published; they tell nothing about what was logged.
//!
//! What it shows: whoever holds an earlier checkpoint sees any line altered or dropped before it, even if the log's key is stolen
//! and everything rebuilt. What it cannot show: a line that a dishonest running server never appended.

mod checkpoint;
mod hash;
mod leaf;
mod tile;
mod tree;
mod verify;

#[cfg(test)]
mod foreign_vectors;

pub use checkpoint::{BadCheckpoint, Checkpoint, LogKey, LogSigner};
pub use hash::{Hash, LeafHash, Stored};
pub use leaf::{LeafBody, erase_header, erased_numbers, leaf_hash};
pub use tile::{TILE_HEIGHT, Tile};
pub use tree::{
    Appended, ProofFault, append, consistency_needs, frontier, inclusion_needs, prove_consistency, prove_inclusion, root,
    verify_consistency, verify_inclusion,
};
pub use verify::{Fault, Leaf, Report, verify_all};
