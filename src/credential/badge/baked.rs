//! Badges baked into pictures (Open Badges 3.0, 5.3): a text chunk of a PNG, an element of an SVG. Written as read.

use img_parts::Bytes;
use img_parts::png::{Png, PngChunk};
use roxmltree::{Document, Node, ParsingOptions};

use crate::domain::credential::Wrong;

pub const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
const ITXT: [u8; 4] = *b"iTXt";
/// Keyword, its end, and an empty way of compression, language and translated keyword (PNG, 11.3.3.4).
const HEAD: &[u8] = b"openbadgecredential\0\0\0\0\0";
const KEYWORD: &[u8] = b"openbadgecredential\0";
const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
/// A picture has fewer.
const MOST_CHUNKS: usize = 100_000;
const MOST_NODES: u32 = 50_000;
const MOST_DEEP: usize = 100;
const MOST_ATTRIBUTES: usize = 200;
const MOST_NAMES: usize = 500;

/// The one credential in a PNG.
///
/// # Errors
/// `Form` where there is none, more than one, a compressed one (5.3.1.1 forbids it), or the file is broken.
pub fn from_png(file: &[u8]) -> Result<String, Wrong> {
    if file.windows(4).filter(|four| *four == ITXT).take(MOST_CHUNKS + 1).count() > MOST_CHUNKS {
        return Err(Wrong::Size);
    }
    let png = Png::from_bytes(Bytes::copy_from_slice(file)).map_err(|_| Wrong::Form)?;
    let mut found = png.chunks_by_type(ITXT).filter(|chunk| chunk.contents().starts_with(KEYWORD));
    let (one, more) = (found.next().ok_or(Wrong::Form)?, found.next());
    if more.is_some() {
        return Err(Wrong::Form);
    }
    let text = one.contents().strip_prefix(HEAD).ok_or(Wrong::Form)?;
    String::from_utf8(text.to_vec()).map_err(|_| Wrong::Form)
}

/// A PNG with the credential in it, before its end.
///
/// # Errors
/// `Form` where it is no PNG, or bears one already.
pub fn into_png(file: Vec<u8>, credential: &str) -> Result<Vec<u8>, Wrong> {
    let mut png = Png::from_bytes(file.into()).map_err(|_| Wrong::Form)?;
    if png.chunks_by_type(ITXT).any(|chunk| chunk.contents().starts_with(KEYWORD)) {
        return Err(Wrong::Form);
    }
    let chunk = PngChunk::new(ITXT, [HEAD, credential.as_bytes()].concat().into());
    let end = png.chunks().len().saturating_sub(1);
    png.chunks_mut().insert(end, chunk);
    Ok(png.encoder().bytes().to_vec())
}

/// The one credential in an SVG: in the attribute `verify` (a JWT), or as text (JSON).
///
/// # Errors
/// `Form` as above, also for a document type that declares anything; `Size` where it is deeper or has more parts than a picture.
pub fn from_svg(text: &str) -> Result<String, Wrong> {
    let text = without_doctype(text)?;
    // Checking that no attribute stands twice costs its number squared, names of namespaces likewise.
    if deep(&text).is_none_or(|deep| deep > MOST_DEEP) || text.matches("xmlns").count() > MOST_NAMES {
        return Err(Wrong::Size);
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached => Wrong::Size,
        _ => Wrong::Form,
    })?;
    let of_badge = |node: &Node<'_, '_>| node.has_tag_name((NAMESPACE, "credential"));
    let mut found = document.descendants().filter(of_badge);
    let (one, more) = (found.next().ok_or(Wrong::Form)?, found.next());
    if more.is_some() {
        return Err(Wrong::Form);
    }
    let written: String = one.children().filter_map(|kid| kid.text()).collect();
    match (one.attribute("verify"), written.trim()) {
        (Some(jwt), "") => Ok(jwt.to_owned()),
        (None, json) if !json.is_empty() => Ok(json.to_owned()),
        _ => Err(Wrong::Form),
    }
}

/// An SVG with the credential in it, right behind its first tag. The picture is one of ours.
///
/// # Errors
/// `Form` where it has no first tag.
pub fn into_svg(picture: &str, jwt: &str) -> Result<String, Wrong> {
    let start = picture.find("<svg").ok_or(Wrong::Form)?;
    let end = start + picture[start..].find('>').ok_or(Wrong::Form)? + 1;
    let plain = jwt.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if !plain {
        return Err(Wrong::Form);
    }
    let element = format!("<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\" verify=\"{jwt}\"/>");
    Ok(format!("{}{element}{}", &picture[..end], &picture[end..]))
}

/// A document type that only names one, as drawing programs write it, says nothing and is passed over. One that declares is refused.
fn without_doctype(text: &str) -> Result<String, Wrong> {
    const OPEN: &str = "<!DOCTYPE";
    let Some(start) = text.find(OPEN) else { return Ok(text.to_owned()) };
    let end = start + text[start..].find('>').ok_or(Wrong::Form)? + 1;
    let first = text[..start].contains("<svg");
    let declares = text[start..end].contains('[') || text[end..].contains(OPEN);
    if first || declares { Err(Wrong::Form) } else { Ok(format!("{}{}", &text[..start], &text[end..])) }
}

/// How deep the tags go at most: counted before a tree is built. `None` where a tag has more attributes than any that means something.
fn deep(text: &str) -> Option<usize> {
    let (mut now, mut most, mut rest) = (0_usize, 0, text);
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let marks = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        let (open, close) = marks.into_iter().find(|(open, _)| rest.starts_with(open)).unwrap_or(("<", ">"));
        let end = rest[open.len()..].find(close).map_or(rest.len(), |end| open.len() + end + close.len());
        let tag = &rest[..end];
        if open == "<" && tag.bytes().filter(|byte| *byte == b'=').count() > MOST_ATTRIBUTES {
            return None;
        }
        if tag.starts_with("</") {
            now = now.saturating_sub(1);
        } else if open == "<" && !tag.ends_with("/>") {
            now += 1;
            most = most.max(now);
        }
        rest = &rest[end..];
    }
    Some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>"#;

    fn png() -> Vec<u8> {
        let mut file = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(1, 1).write_to(&mut file, image::ImageFormat::Png).expect("a picture");
        file.into_inner()
    }

    #[test]
    fn a_picture_without_a_badge_with_two_or_with_a_squeezed_one_is_refused() {
        assert_eq!(from_png(&png()), Err(Wrong::Form));
        let mut twice = Png::from_bytes(png().into()).expect("a picture");
        let chunk = |text: &[u8]| PngChunk::new(ITXT, [HEAD, text].concat().into());
        twice.chunks_mut().insert(1, chunk(b"a"));
        assert_eq!(from_png(&twice.clone().encoder().bytes()), Ok("a".to_owned()));
        twice.chunks_mut().insert(1, chunk(b"a"));
        assert_eq!(from_png(&twice.encoder().bytes()), Err(Wrong::Form));
        let mut squeezed = Png::from_bytes(png().into()).expect("a picture");
        squeezed.chunks_mut().insert(1, PngChunk::new(ITXT, [KEYWORD, b"\x01\0\0\0", b"a"].concat().into()));
        assert_eq!(from_png(&squeezed.encoder().bytes()), Err(Wrong::Form));
        let mut cut = into_png(png(), "a.b.c").expect("baked");
        cut.truncate(cut.len() - 30);
        assert_eq!(from_png(&cut), Err(Wrong::Form));
    }

    #[test]
    fn a_drawing_that_declares_nests_or_says_twice_is_refused() {
        let badge = format!(r#"<b:credential xmlns:b="{NAMESPACE}" verify="a.b.c"/>"#);
        let with = |inner: &str| PICTURE.replace("<path", &format!("{inner}<path"));
        for (text, wrong) in [
            (PICTURE.to_owned(), Wrong::Form),
            (with(&badge.repeat(2)), Wrong::Form),
            (with(&badge.replace("/p/", "/").replace(NAMESPACE, "urn:x")), Wrong::Form),
            (with(&badge.replace("/>", ">{}</b:credential>")), Wrong::Form),
            (format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{}", with(&badge)), Wrong::Form),
            (format!("<!DOCTYPE svg><!DOCTYPE svg>{}", with(&badge)), Wrong::Form),
            (with(&format!("{}{badge}{}", "<g>".repeat(200), "</g>".repeat(200))), Wrong::Size),
            (with(&format!("<g {}/>{badge}", "a=\"\" ".repeat(300))), Wrong::Size),
            ("<".repeat(1_000_000), Wrong::Form),
        ] {
            assert_eq!(from_svg(&text), Err(wrong), "{:.200}", text);
        }
        assert_eq!(from_svg(&format!("<!DOCTYPE svg PUBLIC \"a\" \"b\">{}", with(&badge))), Ok("a.b.c".to_owned()));
    }

    #[test]
    fn what_is_baked_is_read() {
        assert_eq!(from_svg(&into_svg(PICTURE, "a.b-_.c").expect("baked")), Ok("a.b-_.c".to_owned()));
        assert_eq!(from_png(&into_png(png(), "a.b.c").expect("baked")), Ok("a.b.c".to_owned()));
        assert_eq!(into_svg(PICTURE, "a\"b"), Err(Wrong::Form));
    }
}
