//! The list itself: entries of 1, 2, 4 or 8 bits, compressed. Whatever is read is inflated into bounded memory.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::bufread::{GzDecoder, ZlibDecoder};
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::domain::credential::Wrong;

/// Bytes of an inflated list: 16 million entries of 2 bits.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Where in a byte the first entry stands, and with it how the list is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// At the least significant bits, ZLIB (draft-ietf-oauth-status-list, 4.1).
    Token,
    /// At the most significant bit, GZIP behind a multibase `u` (Bitstring Status List, 2.2 and 3.3).
    Bitstring,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    order: Order,
    bits: u8,
    bytes: Vec<u8>,
}

impl StatusList {
    /// All valid. `None` where `bits` is not 1, 2, 4 or 8 (1 for a bitstring), or more than `MAX_BYTES` would be needed.
    pub fn new(order: Order, bits: u8, entries: usize) -> Option<Self> {
        let bytes = entries.checked_mul(usize::from(bits))?.div_ceil(8);
        (fits(order, bits) && bytes <= MAX_BYTES).then(|| Self { order, bits, bytes: vec![0; bytes] })
    }

    /// From its compressed form, inflated to at most `most_bytes`.
    ///
    /// # Errors
    /// `Size` where it would be larger, `Status` where it cannot be read.
    pub fn decode(order: Order, text: &str, bits: u8, most_bytes: usize) -> Result<Self, Wrong> {
        if !fits(order, bits) {
            return Err(Wrong::Status);
        }
        let text = match order {
            Order::Token => text,
            Order::Bitstring => text.strip_prefix('u').ok_or(Wrong::Status)?,
        };
        let packed = URL_SAFE_NO_PAD.decode(text).map_err(|_| Wrong::Status)?;
        let most = u64::try_from(most_bytes).unwrap_or(u64::MAX);
        let (bytes, rest) = match order {
            Order::Token => inflated(ZlibDecoder::new(packed.as_slice()), most, ZlibDecoder::into_inner)?,
            Order::Bitstring => inflated(GzDecoder::new(packed.as_slice()), most, GzDecoder::into_inner)?,
        };
        if rest == 0 { Ok(Self { order, bits, bytes }) } else { Err(Wrong::Status) }
    }

    /// Compressed as it is published.
    pub fn encode(&self) -> String {
        let best = Compression::best();
        let packed = match self.order {
            Order::Token => packed(ZlibEncoder::new(Vec::new(), best), &self.bytes, ZlibEncoder::finish),
            Order::Bitstring => packed(GzEncoder::new(Vec::new(), best), &self.bytes, GzEncoder::finish),
        };
        let text = URL_SAFE_NO_PAD.encode(packed);
        if self.order == Order::Bitstring { format!("u{text}") } else { text }
    }

    /// The status at `index`; `None` beyond the list's end.
    pub fn get(&self, index: u64) -> Option<u8> {
        let (at, shift) = self.place(index)?;
        Some(self.bytes[at] >> shift & self.mask())
    }

    /// Whether it was set: not beyond the end, nor to a number that the entry cannot hold.
    #[must_use]
    pub fn set(&mut self, index: u64, status: u8) -> bool {
        let mask = self.mask();
        let Some((at, shift)) = self.place(index).filter(|_| status <= mask) else { return false };
        self.bytes[at] = self.bytes[at] & !(mask << shift) | status << shift;
        true
    }

    /// Entries that it has room for.
    pub fn entries(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX).saturating_mul(u64::from(8 / self.bits))
    }

    pub const fn bits(&self) -> u8 {
        self.bits
    }

    /// What it takes in memory.
    pub const fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The byte in which an entry stands, and by how much it is shifted there.
    fn place(&self, index: u64) -> Option<(usize, u8)> {
        let each = u64::from(8 / self.bits);
        let at = usize::try_from(index / each).ok().filter(|at| *at < self.bytes.len())?;
        let within = u8::try_from(index % each).ok()? * self.bits;
        Some((at, if self.order == Order::Bitstring { 7 - within } else { within }))
    }

    const fn mask(&self) -> u8 {
        0xff >> (8 - self.bits)
    }
}

const fn fits(order: Order, bits: u8) -> bool {
    match order {
        Order::Token => matches!(bits, 1 | 2 | 4 | 8),
        Order::Bitstring => bits == 1,
    }
}

/// What a decoder gives, up to `most`, and how much stands behind its end.
fn inflated<'p, D: Read>(mut from: D, most: u64, rest: impl Fn(D) -> &'p [u8]) -> Result<(Vec<u8>, usize), Wrong> {
    let mut bytes = Vec::new();
    // One byte more tells a list of the largest size from one that is larger.
    from.by_ref().take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Wrong::Status)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) { Ok((bytes, rest(from).len())) } else { Err(Wrong::Size) }
}

/// Compressing into memory cannot fail.
fn packed<E: Write>(mut into: E, bytes: &[u8], finish: impl Fn(E) -> std::io::Result<Vec<u8>>) -> Vec<u8> {
    into.write_all(bytes).and_then(|()| finish(into)).expect("memory takes what is written")
}
