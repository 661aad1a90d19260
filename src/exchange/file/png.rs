//! PNG (W3C, third edition): only the chunks by which the picture is drawn stay. Texts, times, EXIF, colour profiles with their names,
//! animations, makers' own chunks and whatever follows the end go; the way up is said anew.

use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF};

use super::{Refused, bounded, tiff};

/// Size, palette, points, end; transparency, and what the colours and their size on paper are.
const KEPT: [&[u8; 4]; 10] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"];

pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut picture = Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|_| Refused::Broken)?;
    let way = picture.exif().and_then(|exif| tiff::orientation(&exif));
    let (width, height) = picture.dimensions().ok_or(Refused::Broken)?;
    bounded(u64::from(width), u64::from(height))?;
    let chunks = picture.chunks_mut();
    let has = |chunks: &[PngChunk], kind: &[u8; 4]| chunks.iter().any(|chunk| chunk.kind() == *kind);
    let first = chunks.first().is_some_and(|chunk| chunk.kind() == *b"IHDR");
    let strange = |chunk: &PngChunk| chunk.kind()[0].is_ascii_uppercase() && !KEPT.contains(&&chunk.kind());
    if !first || !has(chunks, b"IDAT") || !has(chunks, b"IEND") || chunks.iter().any(strange) {
        return Err(Refused::Broken);
    }
    chunks.retain(|chunk| KEPT.contains(&&chunk.kind()));
    if let Some(way) = way.filter(|way| *way != 1) {
        picture.set_exif(Some(tiff::only_orientation(way).into()));
    }
    Ok(picture.encoder().bytes().to_vec())
}
