//! Tiles: the published form of the tree's hashes (c2sp.org/tlog-tiles). Tiles of entries are never published.

use tlog_tiles::{Tile as Inner, tlog};

use super::hash::Stored;
use super::tree::ProofFault;

/// 256 hashes a full tile.
pub const TILE_HEIGHT: u8 = 8;

/// Level 7 is the last that a tree of fewer than 2^64 leaves has.
const MAX_LEVEL: u8 = 7;

/// One tile of hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile(Inner);

impl Tile {
    /// Reads what follows `tile/` in the path, as in `0/x001/067` or `0/x001/067.p/8`, in a tree of `size` leaves. `None` where
    /// the path is no tile of hashes, or one that this tree has not filled yet.
    pub fn parse(path: &str, size: u64) -> Option<Self> {
        // The crate panics on a level or a width out of range, and a path comes from outside.
        let level: u8 = path.split('/').next()?.parse().ok()?;
        if level > MAX_LEVEL || path.ends_with(".p/0") {
            return None;
        }
        let tile = Inner::from_path(&format!("tile/{TILE_HEIGHT}/{path}")).ok().filter(|tile| !tile.is_data())?;
        let shift = u32::from(TILE_HEIGHT) * u32::from(tile.level());
        let nodes = size.checked_shr(shift).unwrap_or(0);
        let end = tile.level_index().checked_mul(1 << TILE_HEIGHT)?.checked_add(u64::from(tile.width()))?;
        (end <= nodes).then_some(Self(tile))
    }

    /// The stored hashes that it holds.
    pub fn needs(&self) -> Vec<u64> {
        let first = self.0.level_index() << TILE_HEIGHT;
        let level = TILE_HEIGHT * self.0.level();
        (0..u64::from(self.0.width())).map(|n| tlog::stored_hash_index(level, first + n)).collect()
    }

    /// Its bytes: the hashes one after another.
    ///
    /// # Errors
    /// `Missing` where `stored` lacks one of [`Tile::needs`].
    pub fn bytes(&self, stored: &Stored) -> Result<Vec<u8>, ProofFault> {
        Ok(self.0.read_data(stored)?)
    }

    /// Whether it will never change: a full tile may be cached for ever.
    pub fn is_full(&self) -> bool {
        self.0.width() == 1 << TILE_HEIGHT
    }
}

#[cfg(test)]
mod tests {
    use super::super::leaf::leaf_hash;
    use super::super::tree::append;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_path_makes_the_parser_panic(path in "[0-9x/.pdat]{0,50}|\\PC{0,40}", size in any::<u64>()) {
            if let Some(tile) = Tile::parse(&path, size) {
                prop_assert!(!tile.needs().is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_filled_tile_of_hashes_is_refused() {
        for path in [
            "",
            "0",
            "data/000",
            "0/001",
            "1/000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/201",
            "0/0",
            "9/000",
            "64/000",
            "255/000",
            "256/000",
            "0/../000",
        ] {
            assert_eq!(Tile::parse(path, 200), None, "{path}");
        }
        assert_eq!(Tile::parse("0/000.p/200", 200).map(|tile| tile.needs().len()), Some(200));
        assert!(Tile::parse("63/x999/x999/x999/x999/x999/999", u64::MAX).is_none());
    }

    #[test]
    fn a_tile_holds_the_hashes_of_its_leaves() {
        let leaves: Vec<_> = (0..300u32).map(|n| leaf_hash(&n.to_be_bytes(), b"x")).collect();
        let stored: Stored = append(0, &leaves, &Stored::default()).expect("a tree").hashes.into_iter().collect();
        let tile = Tile::parse("0/001.p/44", 300).expect("a tile");
        assert_eq!(tile.bytes(&stored).expect("bytes"), leaves[256..].iter().flat_map(|leaf| leaf.0.0).collect::<Vec<_>>());
        let upper = Tile::parse("1/000.p/1", 300).expect("the tile above");
        assert!(!upper.is_full() && upper.bytes(&stored).expect("bytes").len() == 32);
        assert!(Tile::parse("0/000", 300).expect("a full tile").is_full());
    }
}
