//! Looks for a text in bytes, however it may have been written down.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use unicode_normalization::UnicodeNormalization;

/// The texts that are looked for, in all the ways that they may have been written. Made once, since much is searched by it.
pub struct Search {
    texts: Vec<String>,
    /// Ways that the case of ASCII letters does not matter to, and those that it does.
    ways: [Ways; 2],
    packed: AhoCorasick,
}

struct Ways {
    automaton: AhoCorasick,
    /// Of each pattern, the number of its text and how it is written.
    of: Vec<(usize, &'static str)>,
}

impl Search {
    pub fn of(texts: &[&str]) -> Self {
        let each = |way: fn(&str) -> Vec<Written>| {
            let all = texts.iter().enumerate().flat_map(|(number, text)| way(text).into_iter().map(move |way| (number, way)));
            all.collect::<Vec<_>>()
        };
        Self {
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
            ways: [Ways::of(each(in_any_case), true), Ways::of(each(in_base64), false)],
            packed: AhoCorasick::new([[0x1f, 0x8b, 8]]).unwrap(),
        }
    }

    /// Which of the texts stand in the bytes, and how.
    pub fn find(&self, haystack: &[u8]) -> Vec<(&str, &'static str)> {
        let mut found = self.find_plain(haystack);
        for at in self.packed.find_iter(haystack).map(|found| found.start()) {
            let mut out = Vec::new();
            // Cut short or followed by something else: what came out before that counts too.
            let _end = flate2::read::GzDecoder::new(&haystack[at..]).take(1 << 24).read_to_end(&mut out);
            found.extend(self.find_plain(&out).into_iter().map(|(text, _)| (text, "compressed")));
        }
        found
    }

    /// The first way of each text.
    fn find_plain(&self, haystack: &[u8]) -> Vec<(&str, &'static str)> {
        let mut found = BTreeMap::new();
        for ways in &self.ways {
            for (number, how) in ways.find(haystack) {
                found.entry(number).or_insert(how);
            }
        }
        found.into_iter().map(|(number, how)| (self.texts[number].as_str(), how)).collect()
    }
}

impl Ways {
    fn of(all: Vec<(usize, Written)>, any_case: bool) -> Self {
        let (of, patterns): (Vec<_>, Vec<_>) = all.into_iter().map(|(number, (how, bytes))| ((number, how), bytes)).unzip();
        let automaton = AhoCorasick::builder().ascii_case_insensitive(any_case).build(patterns).unwrap();
        Self { automaton, of }
    }

    /// Each text that stands there, by the first of the ways that it has here.
    fn find(&self, haystack: &[u8]) -> BTreeMap<usize, &'static str> {
        let patterns: BTreeSet<_> =
            self.automaton.find_overlapping_iter(haystack).map(|found| found.pattern().as_usize()).collect();
        let mut found = BTreeMap::new();
        for pattern in patterns {
            let (number, how) = self.of[pattern];
            found.entry(number).or_insert(how);
        }
        found
    }
}

/// A way to write a text, and how it looks in it.
type Written = (&'static str, Vec<u8>);

fn in_any_case(text: &str) -> Vec<Written> {
    // Letters beyond ASCII stay as they are where only those of ASCII are made small.
    let (small, all_small) = (text.to_ascii_lowercase(), text.to_lowercase());
    let wide = |unit: fn(u16) -> [u8; 2]| small.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let mut all = vec![
        ("plain", small.clone().into_bytes()),
        ("hexadecimal", hex::encode(text).into_bytes()),
        ("UTF-16, little end first", wide(u16::to_le_bytes)),
        ("UTF-16, big end first", wide(u16::to_be_bytes)),
        ("all small", all_small.into_bytes()),
        ("all large", text.to_uppercase().to_ascii_lowercase().into_bytes()),
        ("decomposed", text.nfd().collect::<String>().to_ascii_lowercase().into_bytes()),
    ];
    all.extend(escaped(&small));
    all
}

/// As JSON, an address or a page escapes what is not ASCII; nothing for a text that is none of it but letters.
fn escaped(small: &str) -> Vec<Written> {
    let each = |one: &dyn Fn(char) -> String| small.chars().map(one).collect::<String>().to_ascii_lowercase().into_bytes();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let units = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
    let bytes = |c: char| c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    let entity = |c: char, written: String| if c.is_ascii_alphanumeric() || " -._~".contains(c) { c.to_string() } else { written };
    let named = |c: char| match c {
        'å' | 'Å' => "&aring;".to_owned(),
        'ä' | 'Ä' => "&auml;".to_owned(),
        'ö' | 'Ö' => "&ouml;".to_owned(),
        c => c.to_string(),
    };
    let mut all = vec![
        ("escaped as in JSON", each(&|c| if c.is_ascii() { c.to_string() } else { units(c) })),
        ("escaped as in an address", each(&|c| if plain(c) { c.to_string() } else { bytes(c) })),
        (
            "escaped as in a form",
            each(&|c| {
                if plain(c) {
                    c.to_string()
                } else if c == ' ' {
                    "+".to_owned()
                } else {
                    bytes(c)
                }
            }),
        ),
        ("escaped as in a page", each(&|c| entity(c, format!("&#{};", c as u32)))),
        ("escaped as in a page, in hexadecimal", each(&|c| entity(c, format!("&#x{:x};", c as u32)))),
        ("escaped as in a page, by name", each(&named)),
    ];
    if small.chars().all(|c| (c as u32) < 256) {
        all.push(("Latin-1", small.chars().map(|c| c as u8).collect()));
    }
    all.retain(|(_, shape)| shape != small.as_bytes());
    all
}

/// The characters that the text makes in base64 wherever it stands in a longer text, without those it shares with its neighbours.
fn in_base64(text: &str) -> Vec<Written> {
    let shifted = |shift: usize| {
        let padded = [vec![0; shift], text.as_bytes().to_vec()].concat();
        let (first, last) = ((shift * 8).div_ceil(6), padded.len() * 8 / 6);
        [STANDARD.encode(&padded), URL_SAFE.encode(&padded)].map(|encoded| ("base64", encoded.as_bytes()[first..last].to_vec()))
    };
    (0..3).flat_map(shifted).collect()
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
        assert!(!Search::of(&[text]).find(&around(bytes)).is_empty(), "way {n}");
    }
    assert_eq!(Search::of(&[text]).find(&around(b"Fikonlovsgata")), []);
    let (swedish, arabic) = ("Åsa från Öster", "مخبز الزيتونة");
    let written = [
        (swedish, "ÅSA FRÅN ÖSTER".as_bytes()),
        (swedish, "åsa från öster".as_bytes()),
        (swedish, "A\u{30a}sa fra\u{30a}n O\u{308}ster".as_bytes()),
        (swedish, br"\u00c5sa fr\u00e5n \u00d6ster"),
        (swedish, br"\u00C5sa fr\u00E5n \u00D6ster"),
        (swedish, b"%C3%85sa%20fr%C3%A5n%20%C3%96ster"),
        (swedish, b"%c3%85sa+fr%c3%a5n+%c3%96ster"),
        (swedish, b"&#197;sa fr&#229;n &#214;ster"),
        (swedish, b"&#xC5;sa fr&#xE5;n &#xD6;ster"),
        (swedish, b"&Aring;sa fr&aring;n &Ouml;ster"),
        (swedish, b"\xc5sa fr\xe5n \xd6ster"),
        (arabic, arabic.as_bytes()),
        (arabic, br"\u0645\u062E\u0628\u0632 \u0627\u0644\u0632\u064a\u062a\u0648\u0646\u0629"),
        (arabic, b"%D9%85%D8%AE%D8%A8%D8%B2+%D8%A7%D9%84%D8%B2%D9%8A%D8%AA%D9%88%D9%86%D8%A9"),
    ];
    for (text, bytes) in written {
        assert!(!Search::of(&[text]).find(&around(bytes)).is_empty(), "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(Search::of(&[swedish]).find(&around("Asa fran Oster".as_bytes())), []);
    assert_eq!(Search::of(&[text]).find(&[]), []);
}
