//! Rotation of a participant's keyring: a new generation, everything rewrapped, the old one retired.

use super::owner_write::{hold_keys, open_consent, seal_secret, seal_terms};
use super::profile::entry_key;
use super::{Error, Service, Session};
use crate::crypto::entry::wrap_ad;
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::secret::Secret;
use crate::crypto::slot::SlotKind;
use crate::crypto::{Keyring, Padding, passphrase};
use crate::domain::event::What;
use crate::policy::{Action, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::owner::OwnerKind;
use crate::store::{Tx, consent, entry, owner, session, slot};

impl Service {
    /// Gives the keyring a new generation. The passphrase's slot is replaced, since its secret is presented; a new sheet is printed, and
    /// every other way in and every session ends. One transaction: it happens wholly or not at all.
    pub async fn rotate(&self, session: &Session, phrase: &str) -> Result<(Secret, RecoveryCode), Error> {
        passphrase::judge(phrase)?;
        self.reauthenticate(session, phrase).await?;
        let fresh = Session { fresh: Some(session.at), ..session.clone() };
        let permit = self.ask(fresh.participant(), Action::RotateKeys, Resource::Account { owner: session.owner })?;
        let old = session.keyring()?;
        let both = old.rotated(&*self.random);
        let new = both.retire_keeping_events();
        let words = self.passphrase_slot(&new, phrase).await?;
        let (sheet, printed) = self.sheet_slot(&new);
        let opened = Session { keyring: Some(both.clone()), ..fresh.clone() };
        let mut write = self.owner_write(&opened, &permit).await?;
        hold_keys(&mut write.tx, old).await?;
        self.rewrap_entries(&mut write.tx, &permit, &both, &new).await?;
        self.rewrap_consents(&mut write.tx, &permit, &both, &new).await?;
        self.rewrap_guide(&mut write.tx, &permit, &both, &new).await?;
        self.rewrap_held(&mut write.tx, &permit, &both, &new).await?;
        self.rewrap_showings(&mut write.tx, &permit, &both, &new).await?;
        let mut gone = Vec::new();
        for kind in SlotKind::ALL {
            gone.extend(slot::delete_kind(&mut write.tx, &permit, session.owner, kind.word()).await?);
        }
        write.manifest.ways = Some(vec![words.id, printed.id]);
        self.end_cards(&mut write.tx, &permit, session.owner).await?;
        slot::insert(&mut write.tx, &permit, session.owner, words).await?;
        slot::insert(&mut write.tx, &permit, session.owner, printed).await?;
        let key = self.stored_key(session.owner, OwnerKind::Participant, new.public_key());
        owner::set_key(&mut write.tx, &permit, session.owner, key).await?;
        session::end_all(&mut write.tx, session.owner, self.now()).await?;
        self.record_own(&mut write.tx, &permit, &new, self.plain_event(What::KeysRotated)).await?;
        self.ended.append(gone.iter().map(|id| Ended::new(EndedWhat::Slot, *id, self.now())).collect()).await?;
        write.commit().await?;
        Ok((self.begin_session(session.owner, session.kind, session.shared, Some(&new)).await?, sheet))
    }

    /// The key of every version, old ones too.
    async fn rewrap_entries(&self, tx: &mut Tx, permit: &Permit, both: &Keyring, new: &Keyring) -> Result<(), Error> {
        for (version, entry, key) in entry::keys(tx, permit, both.owner).await? {
            let key = entry_key(both, entry, version, &key)?;
            let ad = wrap_ad(both.owner, entry, version);
            let wrapped = new.wrap(&ad, Padding::Fixed, key.bytes(), &*self.random);
            entry::rewrap(tx, permit, both.owner, version, wrapped).await?;
        }
        Ok(())
    }

    /// Secret and terms of every consent, ended ones too.
    async fn rewrap_consents(&self, tx: &mut Tx, permit: &Permit, both: &Keyring, new: &Keyring) -> Result<(), Error> {
        for row in consent::of_owner(tx, permit, both.owner).await? {
            let (secret, terms) = open_consent(both, &row)?;
            let secret = seal_secret(new, row.id, &secret, &*self.random);
            consent::rewrap(tx, permit, both.owner, row.id, secret, seal_terms(new, &terms, &*self.random)).await?;
        }
        Ok(())
    }
}
