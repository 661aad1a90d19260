//! A QR code as one SVG path: ours to draw, so that it is black on white in print and has its text alternative beside it.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// A code of `size` modules, quiet zone included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    pub size: usize,
    pub path: String,
}

/// Modules of white around the code (ISO/IEC 18004, 5.3.8).
const QUIET: usize = 4;

impl Qr {
    /// `None` where the text is too long for a code.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let (width, colors) = (code.width(), code.to_colors());
        let mut path = String::new();
        for (row, modules) in colors.chunks(width).enumerate() {
            let mut at = 0;
            for run in modules.chunk_by(|a, b| a == b) {
                if run[0] == Color::Dark {
                    let length = run.len();
                    let _ = write!(path, "M{} {}h{length}v1h-{length}z", at + QUIET, row + QUIET);
                }
                at += run.len();
            }
        }
        Some(Self { size: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the path back as a camera would, four pixels to a module.
    fn read(qr: &Qr) -> String {
        const SCALE: usize = 4;
        let mut dark = std::collections::BTreeSet::new();
        for run in qr.path.split_terminator('z') {
            let numbers: Vec<usize> =
                run.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(|n| n.parse().expect("a number")).collect();
            let [x, y, length, one, back] = numbers[..] else { panic!("no run: {run}") };
            assert_eq!((one, back), (1, length), "each run is one module high and closed");
            dark.extend((x..x + length).map(|x| (x, y)));
        }
        let side = qr.size * SCALE;
        let mut image = rqrr::PreparedImage::prepare_from_bitmap(side, side, |x, y| dark.contains(&(x / SCALE, y / SCALE)));
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code");
        grids[0].decode().expect("readable").1
    }

    #[test]
    fn too_long_a_text_gives_none_and_what_is_drawn_is_read_back() {
        assert_eq!(Qr::of(&"x".repeat(8000)), None);
        for text in ["https://egenkarta.example/staff/inbox/0191d5a0-0000-4000-8000-000000000001", "å"] {
            assert_eq!(read(&Qr::of(text).expect("a code")), text);
        }
    }
}
