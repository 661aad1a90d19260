//! What a file's makers wrote about people and machines is gone, and what is seen stays. All files here are made by code.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF};
use lopdf::{Document, Object, Stream, dictionary};

use super::*;
use crate::domain::profile::file::MOST_BYTES;

/// What a camera, a scanner or an office program may have written.
const TOLD: &str = "Zebulonia Quillfeather 57.1 N";

fn picture(format: ImageFormat) -> Vec<u8> {
    let drawn = RgbImage::from_fn(40, 24, |x, y| image::Rgb([(x * 6) as u8, (y * 10) as u8, 90]));
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(drawn).write_to(&mut out, format).expect("encodes");
    out.into_inner()
}

fn points(bytes: &[u8]) -> Vec<u8> {
    image::load_from_memory(bytes).expect("still a picture").to_rgb8().into_raw()
}

/// EXIF with a maker's name and the way up.
fn exif(way: u8, little: bool) -> Vec<u8> {
    let short = |number: u16| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let long = |number: u32| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let mut out = if little { b"II\x2a\0".to_vec() } else { b"MM\0\x2a".to_vec() };
    out.extend(long(8));
    out.extend(short(2));
    out.extend([&short(0x010f)[..], &short(2), &long(TOLD.len() as u32), &long(38)].concat());
    out.extend([&short(0x0112)[..], &short(3), &long(1), &short(u16::from(way)), &short(0)].concat());
    out.extend(long(0));
    out.extend(TOLD.bytes());
    out
}

fn photo(way: u8, little: bool) -> Vec<u8> {
    let mut photo = Jpeg::from_bytes(picture(ImageFormat::Jpeg).into()).expect("a JPEG");
    photo.set_exif(Some(exif(way, little).into()));
    let told = |prefix: &str| Bytes::from(format!("{prefix}{TOLD}"));
    let more = [
        (markers::APP1, told("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>")),
        (markers::APP2, told("ICC_PROFILE\0\x01\x01")),
        (markers::APP13, told("Photoshop 3.0\0")),
        (markers::APP15, told("")),
        (markers::COM, told("")),
    ];
    for (marker, contents) in more {
        photo.segments_mut().insert(1, JpegSegment::new_with_contents(marker, contents));
    }
    [photo.encoder().bytes().to_vec(), format!("a film behind the picture: {TOLD}").into_bytes()].concat()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let packed = bytes.windows(2).enumerate().filter(|(_, two)| *two == [0x78, 0x9c]).any(|(at, _)| {
        let mut out = Vec::new();
        let _end = std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&bytes[at..]), &mut out);
        out.windows(text.len()).any(|window| window == text.as_bytes())
    });
    packed || bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn what_is_no_such_file_or_a_broken_one_is_refused_with_its_reason() {
    let (jpeg, png, pdf) = (picture(ImageFormat::Jpeg), picture(ImageFormat::Png), document(|_| ()));
    let large = [&jpeg[..], &vec![0; MOST_BYTES]].concat();
    let cases: [(&[u8], Refused); 13] = [
        (b"", Refused::Empty),
        (&large, Refused::TooLarge),
        (b"GIF89a", Refused::Unknown),
        (b"<svg onload=\"x\"/>", Refused::Unknown),
        (b"PK\x03\x04", Refused::Unknown),
        (&jpeg[..jpeg.len() - 2], Refused::Broken),
        (&jpeg[..30], Refused::Broken),
        (&png[..png.len() - 12], Refused::Broken),
        (&png[..40], Refused::Broken),
        (b"%PDF-1.7\n%%EOF", Refused::Broken),
        (&pdf[..pdf.len() / 2], Refused::Broken),
        (&pdf.replace(b"/Type/Catalog", b"/Type/Catalug").replace(b"/Pages", b"/Pagos"), Refused::Broken),
        (&[&pdf[..], b"\ntrailer\n<</Encrypt 9 0 R>>"].concat(), Refused::Locked),
    ];
    for (number, (file, why)) in cases.into_iter().enumerate() {
        assert_eq!(clean(file).err(), Some(why), "case {number}");
    }
}

trait Replace {
    fn replace(&self, from: &[u8], to: &[u8]) -> Vec<u8>;
}

impl Replace for Vec<u8> {
    fn replace(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
        let mut out = self.clone();
        while let Some(at) = out.windows(from.len()).position(|window| window == from) {
            out.splice(at..at + from.len(), to.iter().copied());
        }
        out
    }
}

#[test]
fn a_picture_of_more_points_than_any_paper_is_refused_before_it_is_drawn() {
    let mut png = Png::from_bytes(picture(ImageFormat::Png).into()).expect("a PNG");
    let mut head = png.chunks()[0].contents().to_vec();
    head[..8].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    png.chunks_mut()[0] = PngChunk::new(*b"IHDR", head.into());
    assert_eq!(clean(&png.encoder().bytes()).err(), Some(Refused::TooMuch));
}

#[test]
fn a_photograph_keeps_its_points_and_its_way_up_and_nothing_else() {
    let plain = points(&picture(ImageFormat::Jpeg));
    for (way, little) in [(6, true), (8, false), (1, true)] {
        let photo = photo(way, little);
        assert!(holds(&photo, TOLD));
        let kept = clean(&photo).map_err(|why| format!("{why:?}")).expect("kept");
        assert_eq!((kept.media, kept.pages), (Media::Jpeg, 1));
        assert!(!holds(&kept.bytes, "Quillfeather") && !holds(&kept.bytes, "xmpmeta") && !holds(&kept.bytes, "ICC_PROFILE"));
        assert_eq!(points(&kept.bytes), plain);
        let exif = Jpeg::from_bytes(kept.bytes.into()).expect("a JPEG").exif();
        let said = exif.as_ref().and_then(|exif| tiff::orientation(exif));
        assert_eq!(said, (way != 1).then_some(way), "the way up");
        assert!(exif.is_none_or(|exif| exif.len() == 26), "and nothing beside it");
    }
}

#[test]
fn what_stands_between_the_scans_goes_and_the_thumbnail_of_the_first_segment() {
    let jpeg = picture(ImageFormat::Jpeg);
    let comment = [&[0xff, 0xfe, 0, 2 + TOLD.len() as u8][..], TOLD.as_bytes()].concat();
    let behind = [&jpeg[..jpeg.len() - 2], &comment, &jpeg[jpeg.len() - 2..]].concat();
    let mut first = Jpeg::from_bytes(behind.into()).expect("a JPEG");
    let jfif = [b"JFIF\0\x01\x02\0\0\x01\0\x01\x03\x03".as_slice(), TOLD.as_bytes()].concat();
    first.segments_mut().retain(|segment| segment.marker() != markers::APP0);
    first.segments_mut().insert(0, JpegSegment::new_with_contents(markers::APP0, jfif.into()));
    let kept = clean(&first.encoder().bytes()).map_err(|why| format!("{why:?}")).expect("kept").bytes;
    assert!(!holds(&kept, "Quillfeather") && kept.windows(4).any(|four| four == b"JFIF"));
    assert_eq!(points(&kept), points(&jpeg));
}

#[test]
fn a_drawing_keeps_its_points_and_its_way_up_and_nothing_else() {
    let mut png = Png::from_bytes(picture(ImageFormat::Png).into()).expect("a PNG");
    let packed = {
        let mut packer = flate2::write::ZlibEncoder::new(b"Author\0\0".to_vec(), flate2::Compression::default());
        std::io::Write::write_all(&mut packer, TOLD.as_bytes()).expect("in memory");
        packer.finish().expect("in memory")
    };
    let told = Bytes::from(format!("Author\0{TOLD}"));
    let more = [
        (*b"tEXt", told.clone()),
        (*b"iTXt", told.clone()),
        (*b"zTXt", packed.into()),
        (*b"tIME", Bytes::from_static(&[7, 0xea, 1, 2, 3, 4, 5])),
        (*b"eXIf", exif(6, false).into()),
        (*b"prVt", told.clone()),
        (*b"iCCP", told),
    ];
    for (kind, contents) in more {
        png.chunks_mut().insert(1, PngChunk::new(kind, contents));
    }
    let file = [png.encoder().bytes().to_vec(), TOLD.as_bytes().to_vec()].concat();
    assert!(holds(&file, TOLD));
    let kept = clean(&file).map_err(|why| format!("{why:?}")).expect("kept").bytes;
    assert!(!holds(&kept, "Quillfeather") && !holds(&kept, "tIME") && !holds(&kept, "prVt"));
    assert_eq!(points(&kept), points(&picture(ImageFormat::Png)));
    let exif = Png::from_bytes(kept.into()).expect("a PNG").exif().expect("the way up");
    assert_eq!((tiff::orientation(&exif), exif.len()), (Some(6), 26));
}

/// A document of one page that says "Svetsning 4" and shows a photograph, with `more` put into its catalog.
fn document(more: impl Fn(&mut Document)) -> Vec<u8> {
    let mut made = Document::with_version("1.6");
    let pages = made.new_object_id();
    let photo = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 40, "Height" => 24, "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8, "Filter" => "DCTDecode" },
        photo(6, true),
    );
    let photo = made.add_object(photo);
    let drawn = made.add_object(Stream::new(dictionary! {}, b"BT /F1 12 Tf (Svetsning 4) Tj ET /I1 Do".to_vec()));
    let web = dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.org/kursen") };
    let run = dictionary! { "S" => "Launch", "F" => Object::string_literal(TOLD) };
    let rect = || Object::Array(vec![0.into(), 0.into(), 9.into(), 9.into()]);
    let attached = made
        .add_object(dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "Rect" => rect(), "FS" => dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal(TOLD) } });
    let annots = vec![
        dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect(), "A" => web }.into(),
        dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect(), "A" => run }.into(),
        dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => rect(), "T" => Object::string_literal(TOLD),
        "Contents" => Object::string_literal("Se sidan 2") }
        .into(),
        attached.into(),
    ];
    let page = made.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => drawn,
    "Resources" => dictionary! { "XObject" => dictionary! { "I1" => photo } }, "MediaBox" => rect(), "Annots" => annots,
    "PieceInfo" => dictionary! { "Maker" => Object::string_literal(TOLD) } });
    made.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let root = made.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    made.trailer.set("Root", root);
    more(&mut made);
    let mut out = Vec::new();
    made.save_to(&mut out).expect("in memory");
    out
}

#[test]
fn a_pdf_keeps_what_its_pages_show_and_nothing_of_its_makers() {
    let file = document(|made| {
        let told = || Object::string_literal(TOLD);
        let info = made.add_object(dictionary! { "Author" => told(), "Producer" => told(), "CreationDate" => told() });
        let xmp = made.add_object(Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, TOLD.into()));
        let inside = made.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, TOLD.into()));
        let script = dictionary! { "S" => "JavaScript", "JS" => told() };
        let _unused = made.add_object(Stream::new(dictionary! {}, format!("an earlier version: {TOLD}").into()));
        let spec = dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => inside } };
        made.trailer.set("Info", info);
        made.trailer.set("ID", vec![told(), told()]);
        let root = made.catalog_mut().expect("made above");
        root.set("Metadata", xmp);
        root.set("OpenAction", script.clone());
        root.set("AA", dictionary! { "WC" => script.clone() });
        root.set(
            "Names",
            dictionary! {
            "JavaScript" => dictionary! { "Names" => vec![told(), script.into()] },
            "EmbeddedFiles" => dictionary! { "Names" => vec![told(), spec.into()] } },
        );
        root.set("AcroForm", dictionary! { "XFA" => told(), "Fields" => Vec::<Object>::new() });
    });
    assert!(holds(&file, TOLD) && holds(&file, "JavaScript"));
    let kept = clean(&file).map_err(|why| format!("{why:?}")).expect("kept");
    assert_eq!((kept.media, kept.pages), (Media::Pdf, 1));
    for gone in
        ["Quillfeather", "JavaScript", "Launch", "EmbeddedFile", "FileAttachment", "Metadata", "Producer", "Exif", "an earlier"]
    {
        assert!(!holds(&kept.bytes, gone), "{gone}");
    }
    for seen in ["Svetsning 4", "https://example.org/kursen", "Se sidan 2"] {
        assert!(holds(&kept.bytes, seen), "{seen}");
    }
    let again = Document::load_mem(&kept.bytes).expect("a PDF");
    let photo = again.objects.values().filter_map(|object| object.as_stream().ok()).find(|stream| stream.dict.has(b"Width"));
    assert_eq!(points(&photo.expect("the photograph").content), points(&picture(ImageFormat::Jpeg)));
    assert_eq!(clean(&kept.bytes).map(|twice| twice.bytes).ok(), Some(kept.bytes), "what is clean stays as it is");
}

#[test]
fn a_pdf_that_unpacks_to_more_than_it_may_is_refused() {
    let bomb = document(|made| {
        let mut stream = Stream::new(
            dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 },
            [b"9 0 ".to_vec(), vec![b' '; 8 << 20]].concat(),
        );
        stream.compress().expect("in memory");
        stream.dict.set("Type", "ObjSim");
        made.add_object(stream);
    });
    assert!(bomb.len() < 100_000);
    assert_eq!(clean(&bomb.replace(b"ObjSim", b"ObjStm")).err(), Some(Refused::TooMuch));
}

#[test]
fn a_pdf_whose_packed_parts_hold_too_much_together_is_refused() {
    let bomb = document(|made| {
        for n in 0..40 {
            // Each within its own bound, and each of them a text of 3 MB.
            let text = [format!("{} 0 (", 1000 + n).into_bytes(), vec![b'a'; 3 << 20], b")".to_vec()].concat();
            let mut stream = Stream::new(dictionary! { "Type" => "ObjSim", "N" => 1, "First" => 7 }, text);
            stream.compress().expect("in memory");
            made.add_object(stream);
        }
    });
    assert!(bomb.len() < 400_000);
    assert_eq!(clean(&bomb.replace(b"ObjSim", b"ObjStm")).err(), Some(Refused::TooMuch));
}

proptest::proptest! {
    #[test]
    fn no_file_makes_it_fall(at in 0usize..4000, byte: u8, cut in 0usize..4000) {
        for whole in [photo(6, true), document(|_| ())] {
            let mut file = whole;
            let at = at % file.len();
            file[at] = byte;
            file.truncate(file.len().saturating_sub(cut % 700));
            let _either = clean(&file);
        }
    }
}
