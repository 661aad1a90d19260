//! Addresses of what staff do with one thing.

use std::borrow::Borrow;

use super::{STAFF_CLIENTS, STAFF_INBOX, STAFF_UNIT};
use crate::domain::{ClientId, ConsentId, StaffId};
use crate::store::inbox::Place;

pub fn staff_consent(id: impl Borrow<ConsentId>) -> String {
    format!("{STAFF_INBOX}/{}", id.borrow())
}

/// GET: the unit's receipt, as a file.
pub fn staff_receipt(id: impl Borrow<ConsentId>) -> String {
    format!("{STAFF_INBOX}/{}/receipt", id.borrow())
}

/// POST with `case`.
pub fn staff_read(id: impl Borrow<ConsentId>) -> String {
    format!("{STAFF_INBOX}/{}/read", id.borrow())
}

/// POST: the unit knows that a consent has ended.
pub fn staff_acknowledge(id: impl Borrow<ConsentId>) -> String {
    format!("{STAFF_INBOX}/{}/acknowledge", id.borrow())
}

/// POST with `case`; answers with the signed copy as a file.
pub fn staff_copy(id: impl Borrow<ConsentId>) -> String {
    format!("{STAFF_INBOX}/{}/copy", id.borrow())
}

/// POST with `case`; answers with the file of one document.
pub fn staff_files(id: impl Borrow<ConsentId>) -> String {
    format!("{STAFF_INBOX}/{}/files", id.borrow())
}

/// GET asks, POST removes.
pub fn staff_remove(id: impl Borrow<StaffId>) -> String {
    format!("{STAFF_UNIT}/staff/{}/remove", id.borrow())
}

/// GET shows a program, POST changes its addresses and keys.
pub fn staff_client(id: impl Borrow<ClientId>) -> String {
    format!("{STAFF_CLIENTS}/{}", id.borrow())
}

/// GET asks, POST ends.
pub fn staff_client_end(id: impl Borrow<ClientId>) -> String {
    format!("{STAFF_CLIENTS}/{}/end", id.borrow())
}

/// A later page of the inbox.
pub fn staff_inbox_after(place: impl Borrow<Place>) -> String {
    format!("{STAFF_INBOX}?after={}", place.borrow())
}
