//! A file's bytes: how large, which letters, which syntax. Whatever is hostile is refused before it costs anything.

use std::fmt;

use super::tree::{MOST_DEEP, MOST_NODES, Tree};
use super::{json, xml};

/// At most so many bytes: a mapping with a picture in it has less.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;

/// Why a file is not read. Its locale key is `refused-…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    Empty,
    /// More than `MOST_BYTES`.
    TooLarge,
    /// Deeper or with more parts than a file about a person has.
    TooNested,
    /// Letters in a way that we do not read, by its name or the place of the first wrong byte.
    Encoding(String),
    /// A document type or entities of its own (XML 1.0, 2.8 and 4): nothing that we read needs them, and they can be made to swell.
    Doctype,
    /// Neither JSON nor XML, or broken: what the parser says, with line and column.
    Broken(String),
    /// An older Europass (before 3.0).
    OldEuropass,
    /// Sound, but none of the formats.
    Unknown,
}

impl Refused {
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "refused-empty",
            Self::TooLarge => "refused-too-large",
            Self::TooNested => "refused-too-nested",
            Self::Encoding(_) => "refused-encoding",
            Self::Doctype => "refused-doctype",
            Self::Broken(_) => "refused-broken",
            Self::OldEuropass => "refused-old-europass",
            Self::Unknown => "refused-unknown",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::TooLarge => write!(f, "the file is larger than {} MiB", MOST_BYTES / 1024 / 1024),
            Self::TooNested => write!(f, "the file has more than {MOST_NODES} parts, or more than {MOST_DEEP} levels"),
            Self::Encoding(what) => write!(f, "the file's letters cannot be read ({what}); save it as UTF-8"),
            Self::Doctype => f.write_str("the file has a document type or entities of its own (DOCTYPE), which are never read"),
            Self::Broken(what) => write!(f, "the file is broken: {what}"),
            Self::OldEuropass => f.write_str("the file is from a Europass older than 3.0, which is not read"),
            Self::Unknown => f.write_str(
                "the file is none of the formats: JSON Resume, Europass SkillsPassport XML, Europass Candidate XML, \
                 HR Open candidate (also in Arbetsförmedlingen's envelope), European Learning Model JSON-LD",
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// The file as a tree.
pub fn tree(file: &[u8]) -> Result<Tree, Refused> {
    if file.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let text = letters(file)?;
    let start = text.trim_start();
    match start.chars().next() {
        None => Err(Refused::Empty),
        Some('<') => xml::read(&text),
        Some(_) => signed(json::read(start)?),
    }
}

/// What a signature stands around (RFC 7515, 7.2, with the payload in clear); the signature is not looked at.
fn signed(tree: Tree) -> Result<Tree, Refused> {
    let payload = tree.root().says("payload").filter(|text| text.starts_with('{') && tree.root().at("signatures").is_some());
    match payload.map(json::read) {
        Some(inner) => inner,
        None => Ok(tree),
    }
}

/// UTF-8, or UTF-16 that says so by its first two bytes, or what an XML declaration names and we know.
fn letters(file: &[u8]) -> Result<String, Refused> {
    let (text, known) = match file {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (utf8(rest)?, &["utf-8", "utf8"][..]),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Err(Refused::Encoding("UTF-32".to_owned())),
        [0xFF, 0xFE, rest @ ..] => (utf16(rest, u16::from_le_bytes)?, &["utf-16", "utf-16le"][..]),
        [0xFE, 0xFF, rest @ ..] => (utf16(rest, u16::from_be_bytes)?, &["utf-16", "utf-16be"][..]),
        [0, b'<' | b'{', ..] | [b'<' | b'{', 0, ..] => {
            return Err(Refused::Encoding("UTF-16 without a byte order mark".to_owned()));
        }
        _ if said(file).is_some_and(|name| LATIN_1.contains(&name.as_str())) => {
            return Ok(file.iter().map(|byte| char::from(*byte)).collect());
        }
        _ => (utf8(file)?, &["utf-8", "utf8", "us-ascii", "ascii"][..]),
    };
    match said(text.as_bytes()) {
        Some(name) if !known.contains(&name.as_str()) => Err(Refused::Encoding(format!("it says {name}, and is not"))),
        _ => Ok(text),
    }
}

/// Each of its bytes is the character of that number (ISO 8859-1, 1).
const LATIN_1: [&str; 3] = ["iso-8859-1", "iso8859-1", "latin1"];

/// The encoding that an XML declaration names (XML 1.0, 4.3.3), in small letters.
fn said(file: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&file[..file.len().min(200)]).to_ascii_lowercase();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(|name| name.trim().chars().take(40).collect())
}

fn utf8(file: &[u8]) -> Result<String, Refused> {
    match std::str::from_utf8(file) {
        Ok(text) => Ok(text.to_owned()),
        Err(wrong) => Err(Refused::Encoding(format!("not UTF-8 at byte {}", wrong.valid_up_to()))),
    }
}

fn utf16(file: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Refused> {
    let odd = || Refused::Encoding("not UTF-16".to_owned());
    let (pairs, rest) = file.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(odd());
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().map_err(|_| odd())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(file: &[u8]) -> Refused {
        tree(file).map(|_| ()).expect_err("refused")
    }

    #[test]
    fn letters_that_are_not_what_they_say_are_refused() {
        assert_eq!(refused(b""), Refused::Empty);
        assert_eq!(refused(b"\xEF\xBB\xBF \n"), Refused::Empty);
        for file in [
            &b"{\"basics\":{\"name\":\"\xE5\"}}"[..],
            b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>",
            b"<?xml version='1.0' encoding='KOI8-R'?><a/>",
            b"\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
            b"\xFF\xFE{",
            b"\xFF\xFE\x00\xD8",
            b"{\0\"\0",
            b"\xFF\xFE\0\0{\0\0\0",
        ] {
            assert!(matches!(refused(file), Refused::Encoding(_)), "{file:?}");
        }
    }

    #[test]
    fn letters_that_say_what_they_are_are_read() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>r\xE4ksm\xF6rg\xE5s</a>";
        assert_eq!(tree(latin).expect("read").root().raw(), "räksmörgås");
        let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain("{\"a\":\"å\"}".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(tree(&little).expect("read").root().says("a"), Some("å"));
        assert_eq!(tree("\u{feff}<a>å</a>".as_bytes()).expect("read").root().raw(), "å");
    }

    #[test]
    fn what_is_too_large_or_too_deep_is_refused_without_being_built() {
        assert_eq!(refused(&vec![b' '; MOST_BYTES + 1]), Refused::TooLarge);
        assert_eq!(refused("[".repeat(MOST_BYTES).as_bytes()), Refused::TooNested);
        assert_eq!(refused("<a>".repeat(MOST_BYTES / 3).as_bytes()), Refused::TooNested);
        assert_eq!(refused(format!("[{}1]", "1,".repeat(MOST_NODES)).as_bytes()), Refused::TooNested);
        assert_eq!(refused(format!("<a>{}</a>", "<b/>".repeat(MOST_NODES)).as_bytes()), Refused::TooNested);
        assert_eq!(
            refused(format!("<a {}/>", (0..MOST_NODES).map(|n| format!("a{n}='' ")).collect::<String>()).as_bytes()),
            Refused::TooNested
        );
    }
}
