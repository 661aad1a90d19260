//! Taking what was offered into the sealed map: entry, credential and the offer's end in one transaction.

use std::collections::BTreeSet;

use super::held::{Taken, Whole};
use super::verify::Outside;
use super::{Error, Service, Session};
use crate::crypto::jws::SigningKey;
use crate::crypto::recovery::RecoveryCode;
use crate::domain::credential::{Found, Verdict};
use crate::domain::event::What;
use crate::domain::{ConsentId, EntryId};
use crate::policy::{Action, Resource};

impl Service {
    /// What waits for a code, and how it stands; changes nothing. All reasons for nothing are [`Error::NotFound`].
    pub async fn offered(&self, code: &RecoveryCode, outside: Outside<'_>) -> Result<(Whole, Found), Error> {
        let offered = match self.offer_preview(code).await {
            Ok(offered) => offered,
            Err(Error::Store(error)) => return Err(Error::Store(error)),
            Err(_) => return Err(Error::NotFound),
        };
        let found = self.proof_state(offered.credential.as_bytes(), outside).await;
        Ok((Whole { credential: offered.credential, holder: Some(offered.holder), badge: offered.badge }, found))
    }

    /// Takes it. [`Error::NotFound`] where nothing waits any more; [`Error::Unopened`] where it is not what its issuer signed, or is bound to
    /// another key than the one that came with it.
    pub async fn accept_offer(
        &self,
        session: &Session,
        code: &RecoveryCode,
        (lang, keep_out): (&str, &BTreeSet<ConsentId>),
        outside: Outside<'_>,
    ) -> Result<EntryId, Error> {
        let permit = self.ask(session.participant(), Action::TakeCredential, Resource::Profile { owner: session.owner })?;
        let (whole, found) = self.offered(code, outside).await?;
        let proof = found.proof.as_ref().filter(|_| !matches!(found.verdict, Verdict::NotValid(_))).ok_or(Error::Unopened)?;
        let key = whole.holder.as_ref().and_then(|holder| SigningKey::from_pkcs8(holder)).ok_or(Error::Unopened)?;
        if proof.holder != Some(key.public().thumbprint()) {
            return Err(Error::Unopened);
        }
        let mut write = self.owner_write(session, &permit).await?;
        let taken = Taken { whole: &whole, proof, what: What::ProofAccepted, lang, keep_out };
        let id = self.put_credential(&mut write, &taken).await?;
        self.take_offer(&mut write.tx, &permit, code).await?;
        write.commit().await?;
        Ok(id)
    }
}
