//! Looks for a text in bytes, however it may have been written down.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// Which of the texts stand in the bytes, and how.
pub fn find<'t>(haystack: &[u8], texts: &[&'t str]) -> Vec<(&'t str, &'static str)> {
    let mut found = find_plain(haystack, texts);
    let packed = haystack.windows(3).enumerate().filter(|(_, window)| *window == [0x1f, 0x8b, 8]).map(|(at, _)| at);
    for at in packed {
        let mut out = Vec::new();
        // Cut short or followed by something else: what came out before that counts too.
        let _end = flate2::read::GzDecoder::new(&haystack[at..]).take(1 << 24).read_to_end(&mut out);
        found.extend(find_plain(&out, texts).into_iter().map(|(text, _)| (text, "compressed")));
    }
    found
}

fn find_plain<'t>(haystack: &[u8], texts: &[&'t str]) -> Vec<(&'t str, &'static str)> {
    let (exact, lower) = (latin(haystack), latin(&haystack.to_ascii_lowercase()));
    texts.iter().filter_map(|text| Some((*text, shape_of(&exact, &lower, text)?))).collect()
}

fn shape_of(exact: &str, lower: &str, text: &str) -> Option<&'static str> {
    let small = text.to_ascii_lowercase();
    let wide = |unit: fn(u16) -> [u8; 2]| small.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let shapes = [
        ("plain", small.clone().into_bytes()),
        ("hexadecimal", hex::encode(text).into_bytes()),
        ("UTF-16, little end first", wide(u16::to_le_bytes)),
        ("UTF-16, big end first", wide(u16::to_be_bytes)),
    ];
    if let Some((how, _)) = shapes.iter().find(|(_, shape)| lower.contains(&latin(shape))) {
        return Some(how);
    }
    (0..3).flat_map(|shift| in_base64(text, shift)).any(|shape| exact.contains(&latin(&shape))).then_some("base64")
}

/// One character for each byte: searching in text is fast.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The characters that the text makes in base64 wherever it stands in a longer text, without those it shares with its neighbours.
fn in_base64(text: &str, shift: usize) -> [Vec<u8>; 2] {
    let padded = [vec![0; shift], text.as_bytes().to_vec()].concat();
    let (first, last) = ((shift * 8).div_ceil(6), padded.len() * 8 / 6);
    [STANDARD.encode(&padded), URL_SAFE.encode(&padded)].map(|encoded| encoded.as_bytes()[first..last].to_vec())
}

#[test]
fn a_text_is_found_however_it_is_written_down() {
    use std::io::Write;
    let text = "Fikonlovsgatan";
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(format!("brus {text} brus").as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let around = |bytes: &[u8]| [&[0xff, 0x00, 0x1f][..], bytes, &[0x80, 0x1f]].concat();
    let written = [
        text.as_bytes().to_vec(),
        text.to_lowercase().into_bytes(),
        text.to_uppercase().into_bytes(),
        hex::encode(text).into_bytes(),
        hex::encode_upper(text).into_bytes(),
        STANDARD.encode(text).into_bytes(),
        STANDARD.encode(format!("?{text}?")).into_bytes(),
        URL_SAFE.encode(format!("??{text}~")).into_bytes(),
        utf16,
        packed,
    ];
    for (n, bytes) in written.iter().enumerate() {
        assert!(!find(&around(bytes), &[text]).is_empty(), "way {n}");
    }
    assert_eq!(find(&around(b"Fikonlovsgata"), &[text]), []);
    assert_eq!(find(&[], &[text]), []);
}
