//! The picture that our badges lie in: a disc with a tick, our own drawing, in both forms.

use std::io::Cursor;

use image::{ImageFormat, Rgba, RgbaImage};

/// A hundred units wide and high; the colours are those of the pages.
pub const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="400" height="400"><circle cx="50" cy="50" r="46" fill="#1f5f4a"/><path d="M28 52 44 68 74 34" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/></svg>
"##;

const SIDE: u32 = 400;
const FOREST: [u8; 3] = [0x1f, 0x5f, 0x4a];

/// The same as a PNG; `None` where it cannot be written, which in memory it can.
pub fn png() -> Option<Vec<u8>> {
    let scale = SIDE as f32 / 100.0;
    let picture = RgbaImage::from_fn(SIDE, SIDE, |x, y| {
        let at = ((x as f32 + 0.5) / scale, (y as f32 + 0.5) / scale);
        let tick = [((28.0, 52.0), (44.0, 68.0)), ((44.0, 68.0), (74.0, 34.0))].into_iter().map(|(from, to)| off(at, from, to));
        // How much of the dot lies within, over the width of a dot.
        let within = |distance: f32| (0.5 - distance * scale).clamp(0.0, 1.0);
        let white = within(tick.fold(f32::MAX, f32::min) - 4.5);
        let disc = within((at.0 - 50.0).hypot(at.1 - 50.0) - 46.0);
        let mixed = FOREST.map(|part| (f32::from(part) + (255.0 - f32::from(part)) * white) as u8);
        Rgba([mixed[0], mixed[1], mixed[2], (disc * 255.0) as u8])
    });
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).ok()?;
    Some(file.into_inner())
}

/// How far a point lies from a line between two others.
fn off(at: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let along = (((at.0 - from.0) * dx + (at.1 - from.1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (at.0 - from.0 - along * dx).hypot(at.1 - from.1 - along * dy)
}
