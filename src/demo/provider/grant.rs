//! Codes that were given out and not yet used.

use std::collections::HashMap;

use crate::domain::Timestamp;
use crate::domain::time::SECOND;

/// What a code stands for.
#[derive(Clone)]
pub(super) struct Grant {
    pub issuer: String,
    pub subject: String,
    pub name: Option<String>,
    pub acr: Option<String>,
    pub redirect_uri: String,
    pub challenge: String,
    pub nonce: Option<String>,
    pub at: Timestamp,
}

#[derive(Default)]
pub(super) struct Grants(HashMap<String, Grant>);

/// A code's life.
const LIFE: i64 = 60 * SECOND;
/// More at once than any demo has.
const MOST: usize = 1000;

impl Grants {
    /// Keeps `grant` under `code`; false where too many are waiting.
    pub(super) fn put(&mut self, code: String, grant: Grant) -> bool {
        let now = grant.at;
        self.0.retain(|_, grant| lives(grant, now));
        if self.0.len() >= MOST {
            return false;
        }
        self.0.insert(code, grant);
        true
    }

    /// Takes the grant out: a code serves once, whether or not the rest of the request is right.
    pub(super) fn take(&mut self, code: &str, now: Timestamp) -> Option<Grant> {
        self.0.remove(code).filter(|grant| lives(grant, now))
    }
}

fn lives(grant: &Grant, now: Timestamp) -> bool {
    (0..=LIFE).contains(&now.since(grant.at))
}
