//! How the proofs among some entries stand, found at each look: what was withdrawn a minute ago is withdrawn here.

use super::Site;
use crate::domain::EntryId;
use crate::domain::credential::Found;
use crate::domain::gap::Proofs;
use crate::domain::profile::Entry;
use crate::usecase::held::proof;
use crate::usecase::verify::Outside;

impl Site {
    /// By what issuers are asked, and under which address we are one ourselves.
    pub fn outside(&self) -> Outside<'_> {
        Outside { fetch: &*self.fetch, base: self.base.origin() }
    }

    /// Of each entry in its order; nothing of what is no proof.
    pub async fn found_each(&self, entries: Vec<&Entry>) -> Vec<Option<Found>> {
        self.service.proof_states(entries, self.outside()).await
    }

    /// Of the proofs among one's own entries, by their ids.
    pub async fn found(&self, entries: impl Iterator<Item = (EntryId, &Entry)>) -> Proofs {
        let (ids, entries): (Vec<EntryId>, Vec<&Entry>) = entries.filter(|(_, entry)| proof(entry).is_some()).unzip();
        let found = self.found_each(entries).await;
        ids.into_iter().zip(found).filter_map(|(id, found)| Some((id, found?))).collect()
    }
}
