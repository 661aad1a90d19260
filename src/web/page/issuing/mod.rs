//! Pages of a unit that issues: what it has issued and what waits, its frameworks and keys.

mod assess;
mod batch;
mod framework;

use askama::Template;
use uuid::Uuid;

use super::form::Wrong;
use super::frame::{Body, Place, bodies};
use super::qr::Qr;
use super::url;
use crate::domain::Timestamp;
use crate::domain::issuing::level_name;
use crate::text::T;
use crate::usecase::issued::{Issued, Standing};
use crate::usecase::issuing_key::KeptKey;

pub use assess::{AssessPage, Facts, WaitingPage, slip};
pub use batch::{BatchPage, BatchSheet, BatchesPage, Fault, Printed};
pub use framework::{FrameworkPage, FrameworkRow, FrameworksPage};

/// The way in: what waits, what was issued, and where to go from here.
#[derive(Template)]
#[template(path = "issuing.html")]
pub struct IssuingPage {
    pub t: T,
    pub unit: String,
    /// The highest level, and the codes of its trades; `None` where the operator has not let it issue.
    pub scope: Option<(String, String)>,
    pub has_key: bool,
    pub administrator: bool,
    pub waiting: Vec<WaitingRow>,
    pub frameworks: Vec<(Uuid, String)>,
    pub issued: Vec<IssuedRow>,
    /// There are more: before this one.
    pub more: Option<Uuid>,
    /// So many more on this page do not open.
    pub unreadable: usize,
}

pub struct WaitingRow {
    pub id: Uuid,
    pub label: String,
    pub framework: String,
    pub level: &'static str,
    pub by: String,
    pub returned: bool,
    /// Whoever looks may approve it.
    pub of_another: bool,
}

pub struct IssuedRow {
    pub id: Uuid,
    pub label: String,
    pub framework: String,
    pub level: &'static str,
    pub created: Timestamp,
    pub standing: Standing,
}

/// Its locale key is `issued-…`.
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Offered => "issued-offered",
        Standing::Expired => "issued-expired",
        Standing::Taken => "issued-taken",
        Standing::Withdrawn => "issued-withdrawn",
    }
}

impl IssuedRow {
    pub fn new(one: &Issued) -> Self {
        let assessment = &one.kept.assessment;
        let (label, framework) = (assessment.label.clone(), one.kept.framework.clone());
        let (level, created, standing) = (level_name(assessment.level), one.created, one.standing);
        Self { id: one.id, label, framework, level, created, standing }
    }

    fn state(&self) -> &'static str {
        standing(self.standing)
    }
}

/// The code of an offer, shown once: to be printed, or given by its link. Nothing of it can be had again.
#[derive(Template)]
#[template(path = "offer_made.html")]
pub struct OfferMade {
    pub t: T,
    pub framework: String,
    pub organisation: String,
    pub level: &'static str,
    pub label: String,
    pub link: String,
    pub address: String,
    pub code: String,
    pub qr: Option<Qr>,
    pub until: Timestamp,
}

/// One proof that was issued, and the form that withdraws it. Field: `reason`.
#[derive(Template)]
#[template(path = "issued.html")]
pub struct IssuedPage {
    pub t: T,
    pub one: Issued,
    pub facts: Facts,
    pub reason: String,
    pub wrong: Vec<Wrong>,
}

impl IssuedPage {
    fn state(&self) -> &'static str {
        standing(self.one.standing)
    }

    fn is_withdrawn(&self) -> bool {
        self.one.standing == Standing::Withdrawn
    }

    fn is_offered(&self) -> bool {
        self.one.standing == Standing::Offered
    }

    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// By what the unit signs.
#[derive(Template)]
#[template(path = "issuing_keys.html")]
pub struct IssuingKeysPage {
    pub t: T,
    pub keys: Vec<KeptKey>,
    /// Where whoever checks finds them.
    pub address: String,
    pub administrator: bool,
}

impl IssuingKeysPage {
    fn has_key(&self) -> bool {
        self.keys.iter().any(|key| key.retired.is_none())
    }
}

bodies! {
    IssuingPage Issuing "issuing-title" false;
    OfferMade Issuing "claim-title" false;
    IssuedPage Issuing "issuing-title" true;
    IssuingKeysPage Issuing "issuing-keys" false;
}
