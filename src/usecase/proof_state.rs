//! How a proof stands, at each look: nothing of it is kept.

use super::Service;
use super::held::proof;
use super::verify::Outside;
use crate::credential::badge::baked;
use crate::credential::read;
use crate::domain::credential::Found;
use crate::domain::profile::Entry;

impl Service {
    /// Checks a proof: its signature, its time, whether it has been withdrawn, and whether its issuer is one that we know.
    pub async fn proof_state(&self, bytes: &[u8], outside: Outside<'_>) -> Found {
        let checked = self.verify(outside, bytes, None).await;
        checked.into()
    }

    /// The same of each entry in its order; nothing of what is no proof.
    pub async fn proof_states(&self, entries: Vec<&Entry>, outside: Outside<'_>) -> Vec<Option<Found>> {
        let mut all = Vec::with_capacity(entries.len());
        for entry in entries {
            all.push(match proof(entry) {
                Some(proof) => Some(self.proof_state(proof.as_bytes(), outside).await),
                None => None,
            });
        }
        all
    }
}

/// The proof in a file, in a picture or in what was pasted, as text; none where there is none that we know.
pub fn text_in(bytes: &[u8]) -> Option<String> {
    read(bytes).ok()?;
    if bytes.starts_with(&baked::PNG) {
        return baked::from_png(bytes).ok();
    }
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim();
    if text.starts_with('<') { baked::from_svg(text).ok() } else { Some(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::text_in;

    #[test]
    fn what_is_no_proof_is_none() {
        for bytes in [&b""[..], b"hej", b"{}", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"a.b.c", b"a~b~"] {
            assert_eq!(text_in(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
