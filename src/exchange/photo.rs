//! A photograph of a QR code, read in memory: turned, small, askew, light on dark. The picture is bounded before it is unpacked, and nothing
//! of it is kept.

use std::io::Cursor;

use image::imageops::{self, FilterType};
use image::{GrayImage, ImageReader, Limits};

/// Bytes of a photograph.
pub const MOST_BYTES: usize = 10 << 20;
/// Points of one side, and of the whole: what cameras make.
const MOST_SIDE: u32 = 10_000;
const MOST_POINTS: u64 = 34_000_000;
/// Bytes that unpacking may take.
const MOST_UNPACKED: u64 = 160 << 20;
/// A code has no more letters (ISO/IEC 18004, version 40).
const MOST_TEXT: usize = 7_100;
/// The longer side at which a code is looked for, one after the other: fine ones first, then those that a fine look loses in noise.
const SIDES: [u32; 4] = [1600, 1000, 640, 2600];

/// Why there is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// No picture that we read.
    NoPicture,
    /// More points than we unpack.
    TooLarge,
    /// Nothing that reads as a code.
    NoCode,
}

/// Whether the bytes begin as a picture that we read: JPEG, PNG or WebP.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8, 0xff])
        || bytes.starts_with(b"\x89PNG\r\n\x1a\n")
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()))
}

/// What the QR code in a photograph says.
pub fn text(bytes: &[u8]) -> Result<String, NoText> {
    if bytes.len() > MOST_BYTES {
        return Err(NoText::TooLarge);
    }
    let points = gray(bytes)?;
    let (width, height) = points.dimensions();
    let longer = width.max(height);
    let mut tried = Vec::new();
    for side in SIDES.map(|side| side.min(longer)) {
        if tried.contains(&side) {
            continue;
        }
        tried.push(side);
        let scaled = scaled(&points, side);
        if let Some(found) = in_points(&scaled).or_else(|| in_points(&inverted(scaled))) {
            return Ok(found);
        }
    }
    Err(NoText::NoCode)
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, NoText> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NoText::NoPicture)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_UNPACKED);
    reader.limits(limits);
    Ok(reader)
}

fn gray(bytes: &[u8]) -> Result<GrayImage, NoText> {
    if !is_picture(bytes) {
        return Err(NoText::NoPicture);
    }
    let (width, height) = reader(bytes)?.into_dimensions().map_err(|_| NoText::NoPicture)?;
    if width > MOST_SIDE || height > MOST_SIDE || u64::from(width) * u64::from(height) > MOST_POINTS {
        return Err(NoText::TooLarge);
    }
    Ok(reader(bytes)?.decode().map_err(|_| NoText::NoPicture)?.into_luma8())
}

fn scaled(points: &GrayImage, side: u32) -> GrayImage {
    let (width, height) = points.dimensions();
    let longer = width.max(height);
    if side >= longer {
        return points.clone();
    }
    let to = |length: u32| (u64::from(length) * u64::from(side) / u64::from(longer)).max(1).try_into().unwrap_or(1);
    imageops::resize(points, to(width), to(height), FilterType::Triangle)
}

fn inverted(mut points: GrayImage) -> GrayImage {
    imageops::invert(&mut points);
    points
}

fn in_points(points: &GrayImage) -> Option<String> {
    let (width, height) = (points.width() as usize, points.height() as usize);
    let shade =
        |x: usize, y: usize| u32::try_from(x).ok().zip(u32::try_from(y).ok()).map_or(255, |(x, y)| points.get_pixel(x, y).0[0]);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    let texts = prepared.detect_grids().into_iter().filter_map(|grid| grid.decode().ok().map(|(_, text)| text));
    texts.into_iter().find(|text| !text.is_empty() && text.len() <= MOST_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat, Luma, Rgb, RgbImage};
    use qrcode::QrCode;

    const LINK: &str = "https://egenkarta.example/verify#ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345";

    /// A code with so many points a module, and quiet around it.
    fn code(module: u32) -> GrayImage {
        let code = QrCode::new(LINK).expect("short enough");
        let (width, colors) = (u32::try_from(code.width()).expect("small"), code.to_colors());
        let side = (width + 8) * module;
        GrayImage::from_fn(side, side, |x, y| {
            let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
            let dark = x < width && y < width && colors[(y * width + x) as usize] == qrcode::Color::Dark;
            Luma([if dark { 25 } else { 235 }])
        })
    }

    fn file(points: GrayImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::ImageLuma8(points).write_to(&mut out, format).expect("encodes");
        out.into_inner()
    }

    /// The code on a desk: turned by so many degrees, with a shadow across and some noise.
    fn photographed(module: u32, degrees: f32) -> Vec<u8> {
        let (code, side) = (code(module), 1400.0_f32);
        let (sin, cos) = degrees.to_radians().sin_cos();
        let half = code.width() as f32 / 2.0;
        let desk = RgbImage::from_fn(1400, 1400, |x, y| {
            let (dx, dy) = (x as f32 - side / 2.0, y as f32 - side / 2.0);
            let (u, v) = (dx * cos + dy * sin + half, dy * cos - dx * sin + half);
            let inside = u >= 0.0 && v >= 0.0 && (u as u32) < code.width() && (v as u32) < code.height();
            let shade = if inside { f32::from(code.get_pixel(u as u32, v as u32).0[0]) } else { 180.0 };
            let noise = ((x * 7919 + y * 104_729) % 23) as f32;
            let lit = shade * (0.65 + 0.35 * x as f32 / side) - noise;
            Rgb([lit as u8; 3])
        });
        let mut out = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(desk).write_to(&mut out, ImageFormat::Jpeg).expect("encodes");
        out.into_inner()
    }

    #[test]
    fn what_is_no_picture_or_has_no_code_says_so() {
        assert_eq!(text(b"").err(), Some(NoText::NoPicture));
        assert_eq!(text(b"GIF89a").err(), Some(NoText::NoPicture));
        assert_eq!(text(&[0xff, 0xd8, 0xff, 0]).err(), Some(NoText::NoPicture));
        assert_eq!(text(&vec![0; MOST_BYTES + 1]).err(), Some(NoText::TooLarge));
        let empty = GrayImage::from_pixel(300, 200, Luma([200]));
        assert_eq!(text(&file(empty, ImageFormat::Png)).err(), Some(NoText::NoCode));
        let wide = GrayImage::new(MOST_SIDE + 1, 1);
        assert_eq!(text(&file(wide, ImageFormat::Png)).err(), Some(NoText::TooLarge));
    }

    #[test]
    fn a_code_is_read_from_a_screen_small_large_and_light_on_dark() {
        for module in [3, 8, 60] {
            assert_eq!(text(&file(code(module), ImageFormat::Png)).as_deref(), Ok(LINK), "{module} points a module");
        }
        assert_eq!(text(&file(inverted(code(8)), ImageFormat::Png)).as_deref(), Ok(LINK), "light on dark");
    }

    #[test]
    fn a_photograph_is_read_however_it_is_turned() {
        for (module, degrees) in [(12, 0.0), (12, 90.0), (16, 180.0), (14, 17.0), (9, 200.0)] {
            assert_eq!(text(&photographed(module, degrees)).as_deref(), Ok(LINK), "{module} points a module, {degrees}°");
        }
    }
}
