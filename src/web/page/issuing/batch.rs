//! Many at once: the file, what is wrong with it, how far it has come, and the codes on paper.

use askama::Template;
use uuid::Uuid;

use crate::domain::Timestamp;
use crate::domain::issuing::COLUMNS;
use crate::store::batch::{BatchRow, BatchState};
use crate::text::T;
use crate::usecase::batch::Batch;
use crate::web::page::form::Wrong;
use crate::web::page::frame::{Body, Place, bodies};
use crate::web::page::qr::Qr;
use crate::web::page::url;

/// What is wrong with one line.
pub struct Fault {
    pub line: u64,
    pub field: &'static str,
    pub text: String,
}

/// Files that were brought, and the form for another. Field: `file`.
#[derive(Template)]
#[template(path = "batches.html")]
pub struct BatchesPage {
    pub t: T,
    pub all: Vec<BatchRow>,
    /// What is wrong with the file that was just sent, line by line, and of how many rows.
    pub faults: Vec<Fault>,
    pub rows: usize,
    pub wrong: Vec<Wrong>,
}

/// Its locale key is `batch-…`.
const fn state(state: BatchState) -> &'static str {
    match state {
        BatchState::Checked => "batch-checked",
        BatchState::Waiting => "batch-waiting",
        BatchState::Returned => "batch-returned",
        BatchState::Issuing => "batch-issuing",
        BatchState::Issued => "batch-issued",
    }
}

impl BatchesPage {
    /// So many faults are listed.
    pub const MOST_FAULTS: usize = 200;

    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }

    fn columns(&self) -> String {
        COLUMNS.join(",")
    }

    fn said(&self, row: &BatchRow) -> String {
        self.t.s(state(row.state))
    }

    fn listed(&self) -> &[Fault] {
        &self.faults[..self.faults.len().min(Self::MOST_FAULTS)]
    }

    fn unlisted(&self) -> usize {
        self.faults.len().saturating_sub(Self::MOST_FAULTS)
    }
}

/// One file. Field where it waits: `word`.
#[derive(Template)]
#[template(path = "batch.html")]
pub struct BatchPage {
    pub t: T,
    pub batch: Batch,
    pub word: String,
    pub wrong: Vec<Wrong>,
}

impl BatchPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }

    fn is(&self, wanted: &str) -> bool {
        self.batch.row.state.word() == wanted
    }

    fn said(&self) -> String {
        self.t.s(state(self.batch.row.state))
    }

    /// The first rows, as a look at what the file holds: label and level.
    fn look(&self) -> Vec<(&str, &'static str)> {
        let rows = self.batch.body.rows.iter().take(10);
        rows.map(|row| (row.label.as_str(), crate::domain::issuing::level_name(row.level))).collect()
    }

    /// How many rows bear each level.
    fn levels(&self) -> Vec<(&'static str, usize)> {
        let count = |level| self.batch.body.rows.iter().filter(|row| row.level == level).count();
        let all = crate::domain::issuing::LEVELS.into_iter().map(|(name, level)| (name, count(level)));
        all.filter(|(_, count)| *count > 0).collect()
    }

    /// Where each part of the print begins.
    fn sheets(&self) -> Vec<(usize, usize)> {
        let all = self.batch.body.rows.len();
        (0..all).step_by(BatchSheet::MOST).map(|from| (from, (from + BatchSheet::MOST).min(all))).collect()
    }
}

/// One code on paper.
pub struct Printed {
    pub label: String,
    pub code: String,
    pub qr: Option<Qr>,
}

/// Codes to print and cut apart.
#[derive(Template)]
#[template(path = "batch_sheet.html")]
pub struct BatchSheet {
    pub t: T,
    pub id: Uuid,
    pub organisation: String,
    pub address: String,
    pub until: Timestamp,
    pub all: Vec<Printed>,
}

impl BatchSheet {
    /// Codes on one page of the browser: a code is some kilobytes.
    pub const MOST: usize = 200;
}

bodies! {
    BatchesPage Issuing "batches-title" false;
    BatchPage Issuing "batches-title" true;
    BatchSheet Issuing "batches-title" false;
}
