//! The file that a document holds: what it is, and what opens it. The bytes lie apart, sealed in chunks.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::domain::random::bytes;
use crate::domain::{Random, VersionId};

/// No file is larger, in bytes.
pub const MOST_BYTES: usize = 10 << 20;
/// What one person may keep in files, in bytes as they lie in the database.
pub const MOST_OF_ONE: u64 = 100 << 20;

/// The field that names the entry which a document stands beside.
pub const ATTACHED: &str = "attached_to";

/// A file, as the sealed content of its entry names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The version of the entry with which it came; its chunks are sealed under this one, whatever is written later.
    pub version: VersionId,
    pub media: Media,
    /// Its length in bytes.
    pub bytes: u64,
    pub chunks: u32,
    /// SHA-256 of the whole, in hexadecimal.
    pub sha256: String,
    #[serde(skip_serializing_if = "FileKey::is_untold")]
    pub key: FileKey,
}

impl File {
    /// What may be said of it, without what opens it.
    pub fn told(&self) -> Self {
        Self { key: FileKey::untold(), ..self.clone() }
    }
}

/// What a file is, recognised by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    Pdf,
    Jpeg,
    Png,
}

impl Media {
    /// By the first bytes, never by a name.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            _ => None,
        }
    }

    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// As people call it, and how the name of a file ends.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// The key of one file's chunks. It lies in the sealed content of the entry: whoever may open the entry opens the file, nobody else.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct FileKey([u8; 32]);

impl FileKey {
    pub fn random(random: &dyn Random) -> Self {
        Self(bytes(random))
    }

    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// In place of one that is not told: opens nothing.
    pub const fn untold() -> Self {
        Self([0; 32])
    }

    fn is_untold(&self) -> bool {
        *self == Self::untold()
    }
}

impl PartialEq for FileKey {
    fn eq(&self, other: &Self) -> bool {
        subtle::ConstantTimeEq::ct_eq(&self.0[..], &other.0[..]).into()
    }
}

impl Eq for FileKey {}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl Serialize for FileKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0)))
    }
}

impl<'de> Deserialize<'de> for FileKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text.as_bytes()).map_err(|_| de::Error::custom("no key"))?);
        bytes.as_slice().try_into().map(Self).map_err(|_| de::Error::custom("no key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn a_file_is_known_by_what_it_holds_and_a_key_prints_nothing() {
        for other in [&b""[..], b"%PD", b"GIF89a", b"\xff\xd8", b" %PDF-1.7", b"<svg", b"PK\x03\x04"] {
            assert_eq!(Media::of(other), None, "{other:?}");
        }
        assert_eq!(Media::of(b"%PDF-1.7"), Some(Media::Pdf));
        let key = FileKey::random(&SystemRandom::default());
        assert_eq!(format!("{key:?}"), "FileKey(…)");
        let text = serde_json::to_string(&key).expect("text");
        assert!(serde_json::from_str::<FileKey>(&text).is_ok_and(|read| read == key));
        assert!(serde_json::from_str::<FileKey>("\"AAAA\"").is_err() && key != FileKey::untold());
    }
}
