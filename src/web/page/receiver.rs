//! Where a unit's own system is told of its consents, what it was told, and what it could not be told.

use askama::Template;

use super::form::Wrong;
use super::frame::{Body, Place};
use super::url;
use crate::domain::delivery::{NotTaken, Told};
use crate::domain::{ConsentId, Timestamp};
use crate::store::delivery::{DeliveryRow, DeliveryState};
use crate::text::T;

/// Field: `address`.
#[derive(Template)]
#[template(path = "receiver.html")]
pub struct ReceiverPage {
    pub t: T,
    /// The address, and since when.
    pub now: Option<(String, Timestamp)>,
    /// As typed, or as it stands.
    pub address: String,
    pub latest: Vec<Delivery>,
    pub failed: Vec<Delivery>,
    pub wrong: Vec<Wrong>,
}

/// One thing that was told, or was to be.
pub struct Delivery {
    pub at: Timestamp,
    pub what: String,
    pub consent: Option<ConsentId>,
    /// What became of it, in sentences.
    pub outcome: String,
}

impl ReceiverPage {
    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "address")
    }
}

impl Delivery {
    pub fn new(t: T, row: &DeliveryRow) -> Self {
        let when = |key: &str, at: &Timestamp| t.one(key, "when", t.when(at));
        let outcome = match row.state {
            DeliveryState::Waiting if row.tries == 0 => t.s("delivery-new"),
            DeliveryState::Waiting => when("delivery-waiting", &row.due),
            DeliveryState::Delivered { at } => when("delivery-delivered", &at),
            DeliveryState::Failed { at } => when("delivery-failed", &at),
        };
        let why = row.fault.map(|fault| why(t, fault));
        let outcome = why.map_or(outcome.clone(), |why| format!("{outcome} {why}"));
        Self { at: row.at, what: t.s(what(row.told)), consent: row.consent, outcome }
    }
}

const fn what(told: Told) -> &'static str {
    match told {
        Told::Given => "told-given",
        Told::Changed => "told-changed",
        Told::Withdrawn => "told-withdrawn",
        Told::Expired => "told-expired",
        Told::Invalidated => "told-invalidated",
        Told::Test => "told-test",
    }
}

fn why(t: T, fault: NotTaken) -> String {
    match fault {
        NotTaken::Address => t.s("not-taken-address"),
        NotTaken::Unreachable => t.s("not-taken-unreachable"),
        NotTaken::TooSlow => t.s("not-taken-too-slow"),
        NotTaken::Answer => t.s("not-taken-answer"),
        said => t.one("not-taken-said", "word", said.word()),
    }
}

impl Body for ReceiverPage {
    fn place(&self) -> Place {
        Place::Unit
    }
    fn title(&self) -> String {
        self.t.s("receiver-title")
    }
    fn typed(&self) -> bool {
        true
    }
}
