//! Files that people keep beside an entry: recognised by content, and freed of what their makers wrote about the person and the machine.
//! What is seen on the page stays as it was.

mod jpeg;
mod pdf;
mod png;
#[cfg(test)]
mod tests;
mod tiff;

use crate::domain::profile::Media;
use crate::domain::profile::file::MOST_BYTES;

/// A file as it may be kept.
pub struct Clean {
    pub media: Media,
    pub bytes: Vec<u8>,
    pub pages: u32,
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No file, or nothing in it.
    Empty,
    /// Longer than [`MOST_BYTES`].
    TooLarge,
    /// Neither PDF, JPEG nor PNG.
    Unknown,
    /// It does not hold together.
    Broken,
    /// It wants a password.
    Locked,
    /// More pages, parts or points than any document of a person has, or more packed into it than we unpack.
    TooMuch,
}

impl Refused {
    /// Its locale key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::TooLarge => "file-too-large",
            Self::Unknown => "file-unknown",
            Self::Broken => "file-broken",
            Self::Locked => "file-locked",
            Self::TooMuch => "file-too-much",
        }
    }
}

/// A picture has no more points than this: a page of A3 in 1200 points an inch, nearly.
const MOST_POINTS: u64 = 250_000_000;

/// Reads a file and leaves out what nobody sees. Takes memory of a few times its length, whatever it says of itself.
pub fn clean(bytes: &[u8]) -> Result<Clean, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let media = Media::of(bytes).ok_or(Refused::Unknown)?;
    let (bytes, pages) = match media {
        Media::Pdf => pdf::clean(bytes)?,
        Media::Jpeg => (jpeg::clean(bytes, jpeg::Whole::Must, jpeg::Turn::Keep)?, 1),
        Media::Png => (png::clean(bytes)?, 1),
    };
    if bytes.len() > MOST_BYTES { Err(Refused::TooLarge) } else { Ok(Clean { media, bytes, pages }) }
}

fn bounded(width: u64, height: u64) -> Result<(), Refused> {
    match width * height {
        0 => Err(Refused::Broken),
        points if points > MOST_POINTS => Err(Refused::TooMuch),
        _ => Ok(()),
    }
}
