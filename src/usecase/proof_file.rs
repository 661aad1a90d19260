//! A proof of one's own as a file, in the formats that others read.

use super::{Error, Service, Session};
use crate::domain::{EntryId, Fetch};

/// A file to keep.
pub struct ProofFile {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    pub extension: &'static str,
}

impl Service {
    /// `format`: its name in `web::page::proof::FILES`. [`Error::NotFound`] where this proof has no such form.
    pub async fn proof_file(&self, session: &Session, id: EntryId, format: &str, _fetch: &dyn Fetch) -> Result<ProofFile, Error> {
        let whole = self.whole(session, id).await?;
        let file = match format {
            "sd-jwt" => ProofFile { bytes: whole.credential.into_bytes(), media_type: "application/dc+sd-jwt", extension: "sd-jwt" },
            "badge" => {
                let badge = whole.badge.ok_or(Error::NotFound)?;
                ProofFile { bytes: badge.into_bytes(), media_type: "application/vc+jwt", extension: "jwt" }
            }
            _ => return Err(Error::NotFound),
        };
        self.record_proof_export(session).await?;
        Ok(file)
    }
}
