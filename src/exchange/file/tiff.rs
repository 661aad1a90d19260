//! The one thing of EXIF that is seen: which way up the picture is (Exif 2.3, 4.6.4, tag 0x0112). Read from what a camera wrote, and written
//! by itself.

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// Which way up a picture is, 1 to 8, where its first directory says so. 1 is as it lies.
pub fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        b"II\x2a\0" => true,
        b"MM\0\x2a" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let first = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(first)?);
    let entry = |number: usize| first.checked_add(2 + 12 * number);
    let at = (0..entries).filter_map(entry).find(|at| short(*at) == Some(ORIENTATION) && short(*at + 2) == Some(SHORT))?;
    u8::try_from(short(at + 8)?).ok().filter(|way| (1..=8).contains(way))
}

/// A directory with that one tag.
pub fn only_orientation(way: u8) -> Vec<u8> {
    // Big end first · directory at 8 · one entry: tag, SHORT, one value, the value and its filling · no other directory.
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([way, 0, 0, 0, 0, 0, 0]);
    tiff
}
