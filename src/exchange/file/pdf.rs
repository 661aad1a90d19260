//! PDF (ISO 32000-2): written anew from what the pages are drawn by. Authors, programs, times, XMP, scripts, embedded files, actions that
//! start something, comments' authors, signatures, earlier versions and whatever else no page leads to go.

use std::cell::Cell;
use std::collections::HashSet;

use lopdf::xref::XrefType;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId, Stream};

use super::{Refused, jpeg};

const MOST_OBJECTS: usize = 200_000;
const MOST_PAGES: usize = 1000;
/// What one packed part may unpack to while the file is read, in bytes.
const MOST_UNPACKED: usize = 4 << 20;
/// What all packed parts may hold together, in bytes, as [`weight`] counts them.
const MOST_HELD: usize = 48 << 20;
/// What a value weighs besides its bytes, and a packed part besides its values: to unpack one that holds nothing costs too.
const VALUE: usize = 96;
const PART: usize = 32 << 10;

/// Members that go wherever they stand: who made it, when and with what; what starts by itself; what lies beside the pages.
const GONE: &[&[u8]] = &[
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"Thumb",
    b"AA",
    b"OpenAction",
    b"JavaScript",
    b"JS",
    b"EmbeddedFiles",
    b"EF",
    b"RF",
    b"AF",
    b"XFA",
    b"Collection",
    b"SpiderInfo",
    b"Perms",
    b"DSS",
    b"Legal",
    b"Requirements",
    b"Renditions",
    b"AlternatePresentations",
];
/// Actions that leave the page, run or send something. A link to a web address stays: it does nothing until someone follows it.
const ACTIONS: &[&[u8]] = &[
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"GoTo3DView",
];
/// Comments that carry or play a file.
const CARRIERS: &[&[u8]] = &[b"FileAttachment", b"Sound", b"Movie", b"Screen", b"3D", b"RichMedia"];
/// Of a comment: who made it, when, and by what name.
const OF_COMMENT: &[&[u8]] = &[b"T", b"M", b"CreationDate", b"NM"];

/// The file anew, and how many pages it has.
pub fn clean(bytes: &[u8]) -> Result<(Vec<u8>, u32), Refused> {
    let mut document = load(bytes)?;
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(|_| Refused::Broken)?;
    document.catalog().map_err(|_| Refused::Broken)?;
    let pages = document.page_iter().take(MOST_PAGES + 1).count();
    match pages {
        0 => return Err(Refused::Broken),
        pages if pages > MOST_PAGES => return Err(Refused::TooMuch),
        _ => {}
    }
    document.trailer = Dictionary::new();
    document.trailer.set("Root", root);
    strip(&mut document)?;
    document.prune_objects();
    document.renumber_objects();
    document.version = version(&document.version).to_owned();
    document.binary_mark = vec![0xe2, 0xe3, 0xcf, 0xd3];
    document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    let mut out = Vec::with_capacity(bytes.len());
    document.save_to(&mut out).map_err(|_| Refused::Broken)?;
    Ok((out, u32::try_from(pages).unwrap_or(u32::MAX)))
}

thread_local! {
    /// How many objects the file that this thread reads has shown.
    static SEEN: Cell<usize> = const { Cell::new(0) };
    /// What they weigh.
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// Counts what a file holds, also in its object streams, and keeps none beyond the bounds: a part beyond them is not even unpacked.
fn counted(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    SEEN.set(SEEN.get() + 1);
    HELD.set(HELD.get().saturating_add(weight(object)));
    if too_much() {
        return None;
    }
    // What is given back is taken only of what lay in an object stream, which holds no streams; of others, that it may stay.
    Some((id, if matches!(object, Object::Stream(_)) { Object::Null } else { object.clone() }))
}

fn too_much() -> bool {
    SEEN.get() > MOST_OBJECTS || HELD.get() > MOST_HELD
}

/// About what a value takes in memory. What a stream itself holds stays packed: it is no longer than the file.
fn weight(object: &Object) -> usize {
    let inside = match object {
        Object::String(bytes, _) | Object::Name(bytes) => bytes.len(),
        Object::Array(items) => items.iter().map(weight).sum(),
        Object::Dictionary(dict) => of_dict(dict),
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => PART,
        Object::Stream(stream) => of_dict(&stream.dict),
        _ => 0,
    };
    inside.saturating_add(VALUE)
}

fn of_dict(dict: &Dictionary) -> usize {
    dict.iter().map(|(name, value)| name.len() + weight(value)).sum()
}

fn load(bytes: &[u8]) -> Result<Document, Refused> {
    // Before anything is unpacked: whoever locked it did so with a name in clear, and we could only guess at what it holds.
    if bytes.windows(8).any(|window| window == b"/Encrypt") {
        return Err(Refused::Locked);
    }
    SEEN.set(0);
    HELD.set(0);
    let options = LoadOptions { filter: Some(counted), max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Refused::TooMuch,
        _ => Refused::Broken,
    })?;
    if too_much() {
        return Err(Refused::TooMuch);
    }
    if document.is_encrypted() || document.was_encrypted() { Err(Refused::Locked) } else { Ok(document) }
}

/// The version as digits; the header may say anything.
fn version(said: &str) -> &'static str {
    const KNOWN: [&str; 9] = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"];
    KNOWN.into_iter().find(|known| *known == said).unwrap_or("1.7")
}

fn strip(document: &mut Document) -> Result<(), Refused> {
    let carries = |(id, object): (&ObjectId, &Object)| object.as_dict().is_ok_and(carries).then_some(*id);
    let dropped: HashSet<ObjectId> = document.objects.iter().filter_map(carries).collect();
    document.objects.values_mut().try_for_each(|object| strip_object(object, &dropped))
}

fn strip_object(object: &mut Object, dropped: &HashSet<ObjectId>) -> Result<(), Refused> {
    match object {
        Object::Dictionary(dict) => strip_dict(dict, dropped),
        Object::Array(items) => {
            items.retain(|item| match item {
                Object::Reference(id) => !dropped.contains(id),
                Object::Dictionary(dict) => !carries(dict),
                _ => true,
            });
            items.iter_mut().try_for_each(|item| strip_object(item, dropped))
        }
        Object::Stream(stream) => strip_stream(stream, dropped),
        _ => Ok(()),
    }
}

fn strip_dict(dict: &mut Dictionary, dropped: &HashSet<ObjectId>) -> Result<(), Refused> {
    if starts_something(dict) || dict.has(b"ByteRange") || carries(dict) {
        *dict = Dictionary::new();
        return Ok(());
    }
    for name in GONE {
        dict.remove(name);
    }
    if is_comment(dict) {
        for name in OF_COMMENT {
            dict.remove(name);
        }
    }
    dict.iter_mut().try_for_each(|(_, value)| strip_object(value, dropped))
}

fn strip_stream(stream: &mut Stream, dropped: &HashSet<ObjectId>) -> Result<(), Refused> {
    let named = |name: &[u8]| stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == name);
    if named(b"Metadata") || named(b"EmbeddedFile") {
        stream.dict = Dictionary::new();
        stream.set_content(Vec::new());
        return Ok(());
    }
    // Its bytes would be fetched from elsewhere.
    for name in [&b"F"[..], b"FFilter", b"FDecodeParms"] {
        stream.dict.remove(name);
    }
    // A photograph lies in it as the camera wrote it.
    if stream.filters().is_ok_and(|filters| filters == [b"DCTDecode"]) {
        let drawn = jpeg::clean(&stream.content, jpeg::Whole::May, jpeg::Turn::Drop)?;
        stream.set_content(drawn);
    }
    strip_dict(&mut stream.dict, dropped)
}

fn name<'a>(dict: &'a Dictionary, member: &[u8]) -> &'a [u8] {
    dict.get(member).and_then(Object::as_name).unwrap_or_default()
}

/// An action, but not a part of the structure tree, which names its parts under the same member.
fn starts_something(dict: &Dictionary) -> bool {
    ACTIONS.contains(&name(dict, b"S")) && !dict.has(b"P") && !dict.has(b"K")
}

fn carries(dict: &Dictionary) -> bool {
    CARRIERS.contains(&name(dict, b"Subtype")) && dict.has(b"Rect")
}

fn is_comment(dict: &Dictionary) -> bool {
    dict.has(b"Rect") && dict.has(b"Subtype") && name(dict, b"Subtype") != b"Widget"
}
