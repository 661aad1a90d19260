//! What is hashed into a leaf.

use std::collections::BTreeSet;

use tlog_tiles::tlog;

use super::hash::LeafHash;

/// What is still kept of a leaf besides its number and hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeafBody {
    /// Header (the clear associated data) and sealed body. Of an erase leaf, [`erase_header`] and nothing.
    Sealed { header: Vec<u8>, ciphertext: Vec<u8> },
    /// Header and body were deleted. Only right where a later erase leaf names this number.
    Erased,
}

/// The hash of a leaf: SHA-256(0x00, length, header, length, ciphertext), lengths as 4 bytes big-endian (RFC 6962 section 2.1).
pub fn leaf_hash(header: &[u8], ciphertext: &[u8]) -> LeafHash {
    let mut data = Vec::with_capacity(header.len() + ciphertext.len() + 8);
    for part in [header, ciphertext] {
        let length = u32::try_from(part.len()).expect("a part of a leaf is bounded far below 4 GiB");
        data.extend_from_slice(&length.to_be_bytes());
        data.extend_from_slice(part);
    }
    LeafHash(tlog::record_hash(&data).into())
}

const ERASE: &[u8] = b"egenkarta/v1/log-erase";

/// The header of an erase leaf: it names the leaves whose header and body were deleted. Its ciphertext is empty, which no sealed
/// body ever is, so no event passes for an erase leaf.
pub fn erase_header(numbers: &BTreeSet<u64>) -> Vec<u8> {
    ERASE.iter().copied().chain(numbers.iter().flat_map(|number| number.to_be_bytes())).collect()
}

/// The numbers that a leaf names as erased; `None` where it is no erase leaf.
pub fn erased_numbers(header: &[u8], ciphertext: &[u8]) -> Option<BTreeSet<u64>> {
    let numbers = header.strip_prefix(ERASE).filter(|_| ciphertext.is_empty())?;
    let (numbers, rest) = numbers.as_chunks::<8>();
    rest.is_empty().then(|| numbers.iter().map(|number| u64::from_be_bytes(*number)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_between_header_and_ciphertext_changes_the_leaf() {
        assert_ne!(leaf_hash(b"ab", b"c"), leaf_hash(b"a", b"bc"));
        assert_ne!(leaf_hash(b"", b"abc"), leaf_hash(b"abc", b""));
    }

    #[test]
    fn a_sealed_body_is_never_read_as_an_erase_leaf() {
        let header = erase_header(&[7, 8].into());
        assert_eq!(erased_numbers(&header, b"x"), None);
        assert_eq!(erased_numbers(&header[..header.len() - 1], b""), None, "half a number");
        assert_eq!(erased_numbers(b"egenkarta/v1/event", b""), None);
        assert_eq!(erased_numbers(&header, b""), Some([7, 8].into()));
    }

    #[test]
    fn frozen() {
        assert_eq!(leaf_hash(b"header", b"ciphertext").0.to_string(), "psJDEDaDISO1i1zvGLPlp7DLC3rVKGZeNn2Fd3PcwhM=");
        assert_eq!(leaf_hash(&erase_header(&[7, 258].into()), b"").0.to_string(), "RuPg42+7S8H5k9SoMClzMubOSwaQt4CygKKc4Wjdys8=");
    }
}
