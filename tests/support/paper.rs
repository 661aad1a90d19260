//! Files as people bring them, made by code.

use std::io::Cursor;

use egenkarta::crypto::file::CHUNK;
use egenkarta::domain::EntryId;
use egenkarta::domain::profile::{Fields, Value};
use egenkarta::usecase::Session;
use egenkarta::usecase::file::NewDocument;
use image::{DynamicImage, ImageFormat, RgbImage};
use lopdf::{Document, Object, Stream, dictionary};

use super::TestApp;
use super::people::{fields, text};

/// A page that says `seen`, by a maker who calls themselves `told`, of several chunks.
pub fn pdf(seen: &str, told: &str) -> Vec<u8> {
    let mut made = Document::with_version("1.6");
    let pages = made.new_object_id();
    let filling: Vec<u8> = (0..2 * CHUNK).map(|at| b"0123456789 \n"[at * 7 % 12]).collect();
    let drawn = [format!("BT /F1 12 Tf ({seen}) Tj ET % ").into_bytes(), filling].concat();
    let drawn = made.add_object(Stream::new(dictionary! {}, drawn).with_compression(false));
    let size = vec![0.into(), 0.into(), 595.into(), 842.into()];
    let page = made.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => drawn, "MediaBox" => size });
    made.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let root = made.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    let info = made.add_object(dictionary! { "Author" => Object::string_literal(told) });
    made.trailer.set("Root", root);
    made.trailer.set("Info", info);
    let mut out = Vec::new();
    made.save_to(&mut out).unwrap();
    out
}

pub fn png() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(8, 8)).write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

pub fn about(title: &str, beside: Option<EntryId>) -> Fields {
    let mut about = fields([("title", text(title)), ("what", Value::Choice("certificate".to_owned()))]);
    about.extend(beside.map(|id| ("attached_to".to_owned(), text(&id.to_string()))));
    about
}

/// Adds a document with this file.
pub async fn keep(app: &TestApp, session: &Session, title: &str, beside: Option<EntryId>, bytes: Vec<u8>) -> EntryId {
    let new = NewDocument { lang: "sv".to_owned(), fields: about(title, beside), bytes };
    app.service.add_document(session, new).await.unwrap_or_else(|error| panic!("{error:?}"))
}
