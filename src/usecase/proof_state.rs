//! How a proof stands, at each look.

use super::Service;
use crate::domain::Fetch;
use crate::domain::credential::{Found, Unchecked, Verdict};

impl Service {
    /// Checks a proof: its signature, its time, whether it has been withdrawn, and whether its issuer is one that we know.
    pub async fn proof_state(&self, _bytes: &[u8], _fetch: &dyn Fetch) -> Found {
        Found { verdict: Verdict::CannotBeChecked(Unchecked::Key), proof: None }
    }
}

/// The proof in a file or in what was pasted; none where there is none.
pub fn text_in(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(|text| text.trim().to_owned())
}
