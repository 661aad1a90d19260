//! JPEG (ITU-T T.81): only the segments by which the picture is drawn stay. EXIF, XMP, colour profiles, comments, thumbnails, makers' own
//! segments and whatever follows the end go; the way up is said anew.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::{Bytes, ImageEXIF};

use super::{Refused, bounded, tiff};

/// Whether the end of the picture must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Must,
    /// A picture in a PDF is drawn without.
    May,
}

/// What becomes of the way up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Keep,
    /// A PDF draws its pictures as they lie.
    Drop,
}

pub fn clean(bytes: &[u8], whole: Whole, turn: Turn) -> Result<Vec<u8>, Refused> {
    let mut picture = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|_| Refused::Broken)?;
    let way = picture.exif().and_then(|exif| tiff::orientation(&exif));
    // Without a frame, or with its height said later, its size is not known.
    let (width, height) = picture.dimensions().ok_or(Refused::Broken)?;
    bounded(u64::from(width), u64::from(height))?;
    let segments: Vec<JpegSegment> = picture.segments_mut().drain(..).filter_map(kept).collect();
    if !segments.last().is_some_and(JpegSegment::has_entropy) {
        return Err(Refused::Broken);
    }
    *picture.segments_mut() = segments;
    if let Some(way) = way.filter(|way| *way != 1 && turn == Turn::Keep) {
        picture.set_exif(Some(tiff::only_orientation(way).into()));
    }
    // The first scan's segment holds all that follows it.
    let head = 2 + picture.segments().iter().map(JpegSegment::len).sum::<usize>();
    let written = picture.encoder().bytes();
    let (head, scanned) = written.split_at_checked(head).ok_or(Refused::Broken)?;
    Ok([head, &scans(scanned, whole)?].concat())
}

/// What the picture is drawn by, without what else such a segment may carry.
fn kept(segment: JpegSegment) -> Option<JpegSegment> {
    let cut = |length: usize| Some(JpegSegment::new_with_contents(segment.marker(), segment.contents().slice(..length)));
    match segment.marker() {
        // JFIF: version, density; a thumbnail may follow, of which we say that there is none.
        markers::APP0 => {
            let mut head = segment.contents().get(..14).filter(|head| head.starts_with(b"JFIF\0"))?.to_vec();
            head[12..].fill(0);
            Some(JpegSegment::new_with_contents(markers::APP0, head.into()))
        }
        // Adobe's: how the colours were turned; without it the picture has others.
        markers::APP14 => segment.contents().starts_with(b"Adobe").then(|| cut(segment.contents().len().min(12)))?,
        marker if draws(marker) => Some(segment),
        _ => None,
    }
}

/// Frames, tables, restarts and scans.
const fn draws(marker: u8) -> bool {
    matches!(marker, markers::SOF0..=markers::SOF15 | markers::SOS | markers::DQT | markers::DNL | markers::DRI)
        && marker != markers::JPG
}

/// The scans to the end of the picture, without what stands between them and draws nothing.
fn scans(mut rest: &[u8], whole: Whole) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::with_capacity(rest.len());
    loop {
        let Some(at) = rest.iter().position(|byte| *byte == markers::P).filter(|at| at + 1 < rest.len()) else {
            return ended(out, rest, whole);
        };
        out.extend_from_slice(&rest[..at]);
        let marker = rest[at + 1];
        match marker {
            markers::Z | markers::RST0..=markers::RST7 => {
                out.extend([markers::P, marker]);
                rest = &rest[at + 2..];
            }
            // Filling.
            markers::P => rest = &rest[at + 1..],
            markers::EOI => {
                out.extend([markers::P, markers::EOI]);
                return Ok(out);
            }
            _ => {
                let length: [u8; 2] = rest.get(at + 2..at + 4).and_then(|two| two.try_into().ok()).ok_or(Refused::Broken)?;
                let end = at + 2 + usize::from(u16::from_be_bytes(length));
                let segment = rest.get(at..end).filter(|segment| segment.len() >= 4).ok_or(Refused::Broken)?;
                if draws(marker) {
                    out.extend_from_slice(segment);
                }
                rest = &rest[end..];
            }
        }
    }
}

fn ended(mut out: Vec<u8>, rest: &[u8], whole: Whole) -> Result<Vec<u8>, Refused> {
    if whole == Whole::Must {
        return Err(Refused::Broken);
    }
    out.extend(rest.iter().filter(|byte| **byte != markers::P));
    out.extend([markers::P, markers::EOI]);
    Ok(out)
}
