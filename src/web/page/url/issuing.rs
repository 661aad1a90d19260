//! Addresses of a unit that issues.

use std::borrow::Borrow;

use uuid::Uuid;

/// The desk of a unit that issues: GET, with `before` for what was issued longer ago.
pub const STAFF_ISSUING: &str = "/staff/issuing";
/// GET shows by what the unit signs, POST makes a new key.
pub const STAFF_ISSUING_KEYS: &str = "/staff/issuing/keys";
/// GET lists, POST with `body` publishes.
pub const STAFF_FRAMEWORKS: &str = "/staff/issuing/frameworks";
/// POST (multipart) with `file` publishes.
pub const STAFF_FRAMEWORKS_FILE: &str = "/staff/issuing/frameworks/file";
pub const STAFF_ASSESS: &str = "/staff/issuing/assess";
pub const STAFF_WAITING: &str = "/staff/issuing/waiting";
pub const STAFF_ISSUED: &str = "/staff/issuing/issued";
/// GET lists, POST (multipart) with `file` checks one.
pub const STAFF_BATCHES: &str = "/staff/issuing/files";

pub fn staff_framework(id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_FRAMEWORKS}/{}", id.borrow())
}

/// GET asks, POST ends.
pub fn staff_framework_end(id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_FRAMEWORKS}/{}/end", id.borrow())
}

/// GET: the form for an assessment against a framework; POST assesses.
pub fn staff_assess(framework: impl Borrow<Uuid>) -> String {
    format!("{STAFF_ASSESS}/{}", framework.borrow())
}

/// The same, filled in with what was sent back.
pub fn staff_assess_again(framework: impl Borrow<Uuid>, id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_ASSESS}/{}?of={}", framework.borrow(), id.borrow())
}

/// GET shows what waits, POST with `word` sends it back.
pub fn staff_waiting(id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_WAITING}/{}", id.borrow())
}

/// POST: approves and issues; answers with the offer's page.
pub fn staff_waiting_approve(id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_WAITING}/{}/approve", id.borrow())
}

/// POST.
pub fn staff_waiting_drop(id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_WAITING}/{}/drop", id.borrow())
}

/// GET shows one, POST with `reason` withdraws it.
pub fn staff_issued(id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_ISSUED}/{}", id.borrow())
}

/// GET shows a file, POST with `word` sends it back.
pub fn staff_batch(id: impl Borrow<Uuid>) -> String {
    format!("{STAFF_BATCHES}/{}", id.borrow())
}

/// One step with a file: `begin`, `approve`, `go-on`, `printed`, `drop` (POST), `sheet`, `codes.csv` (GET).
pub fn staff_batch_step(id: impl Borrow<Uuid>, step: &str) -> String {
    format!("{STAFF_BATCHES}/{}/{step}", id.borrow())
}
