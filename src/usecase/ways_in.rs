//! Ways in: opening a keyring, and adding, changing and removing what opens it.

use std::time::Duration;

use uuid::Uuid;

use super::account::slot_place;
use super::owner_write::OwnerWrite;
use super::profile::load_manifest;
use super::{Error, Service, Session, SessionKind};
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::secret::Secret;
use crate::crypto::slot::{SlotKey, SlotKind};
use crate::crypto::{Keyring, passphrase};
use crate::domain::Timestamp;
use crate::domain::event::What;
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::session::LiveSession;
use crate::store::slot::SlotRow;
use crate::store::{Tx, session, slot};

/// A way in, as it stands in clear.
#[derive(Clone, Debug)]
pub struct WayIn {
    pub id: Uuid,
    pub kind: SlotKind,
    pub created: Timestamp,
}

/// Who waits longer than this for one of the costly places is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
const RETRY_AFTER: u32 = 5;

impl Service {
    /// Computes a passphrase's slot key. As many at once as there are places; who waits too long gets [`Error::Busy`].
    pub(super) async fn costly_key(&self, phrase: &str, parameters: &[u8]) -> Result<SlotKey, Error> {
        let place = tokio::time::timeout(PATIENCE, self.costly.acquire()).await;
        let _place = place.ok().and_then(Result::ok).ok_or(Error::Busy(RETRY_AFTER))?;
        // The runtime's other tasks go on on other threads; nothing that was typed leaves this stack.
        let key = tokio::task::block_in_place(|| passphrase::slot_key(phrase, parameters, &self.keys.pepper));
        key.ok_or(Error::Wrong)
    }

    /// Opens the session's keyring by passphrase; the new session's secret.
    pub async fn unlock(&self, session: &Session, phrase: &str) -> Result<Secret, Error> {
        let (keyring, slot) = self.open_by_passphrase(session, phrase).await?;
        self.call_off_erasure(session).await?;
        self.replace_session(session, &keyring, slot).await
    }

    /// The passphrase again: this session counts as fresh for five minutes.
    pub async fn reauthenticate(&self, session: &Session, phrase: &str) -> Result<(), Error> {
        self.open_by_passphrase(session, phrase).await?;
        self.freshen_session(session).await
    }

    /// Opens the session's keyring by its sheet. A new passphrase and a new sheet are to follow: [`Service::change_passphrase`].
    pub async fn unlock_by_sheet(&self, session: &Session, typed: &str) -> Result<Secret, Error> {
        let (keyring, slot) = self.open_by_sheet(session, &RecoveryCode::parse(typed)?.slot_key()).await?;
        self.call_off_erasure(session).await?;
        self.replace_session(session, &keyring, slot).await
    }

    /// A new passphrase and with it a new sheet; the old ones end, and so do all other sessions.
    pub async fn change_passphrase(&self, session: &Session, phrase: &str) -> Result<RecoveryCode, Error> {
        passphrase::judge(phrase)?;
        let _permit = self.ask(self.actor(session), Action::AddWayIn, Resource::Account { owner: session.owner })?;
        let words = self.passphrase_slot(session.keyring()?, phrase).await?;
        let (sheet, printed) = self.sheet_slot(session.keyring()?);
        self.replace_ways(session, vec![(SlotKind::Passphrase, words), (SlotKind::Recovery, printed)]).await?;
        Ok(sheet)
    }

    /// A new printed sheet; the old one ends.
    pub async fn new_sheet(&self, session: &Session) -> Result<RecoveryCode, Error> {
        let (sheet, row) = self.sheet_slot(session.keyring()?);
        let _permit = self.ask(self.actor(session), Action::PrintSheet, Resource::Account { owner: session.owner })?;
        self.replace_ways(session, vec![(SlotKind::Recovery, row)]).await?;
        Ok(sheet)
    }

    /// Ways in and live sessions.
    pub async fn ways_in(&self, session: &Session) -> Result<(Vec<WayIn>, Vec<LiveSession>), Error> {
        let _permit = self.ask(self.actor(session), Action::ReadAccount, Resource::Account { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = slot::of_owner(&mut tx, session.owner).await?;
        let sessions = session::live(&mut tx, session.owner).await?;
        tx.commit().await?;
        let way = |row: SlotRow| Some(WayIn { id: row.id, kind: SlotKind::from_word(&row.kind)?, created: row.created });
        Ok((rows.into_iter().filter_map(way).collect(), sessions))
    }

    /// Ends one session, or removes one way in while another is left.
    pub async fn remove_way_or_session(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let resource = Resource::Account { owner: session.owner };
        let (ways, sessions) = self.ways_in(session).await?;
        if sessions.iter().any(|live| live.0 == id) {
            let _permit = self.ask(self.actor(session), Action::EndSession, resource)?;
            let mut tx = self.db.write().await?;
            session::end_one(&mut tx, session.owner, id, self.now()).await?;
            return Ok(tx.commit().await?);
        }
        if !ways.iter().any(|way| way.id == id) {
            return Err(Error::NotFound);
        }
        if ways.len() < 2 {
            return Err(Error::TooMany(1));
        }
        let permit = self.ask(self.actor(session), Action::RemoveWayIn, resource)?;
        let mut write = self.ways_write(session, &permit).await?;
        slot::delete(write.tx(), &permit, session.owner, id).await?;
        // Two removals at once must not take the last two: counted again where only one can write.
        if slot::of_owner(write.tx(), session.owner).await?.is_empty() {
            return Err(Error::TooMany(1));
        }
        // A session keeps what opened it: one that was opened by this way in would go on.
        session::end_others(write.tx(), session.owner, session.id, self.now()).await?;
        self.record_own(write.tx(), &permit, session.keyring()?, self.plain_event(What::SlotRemoved)).await?;
        self.ended.append(vec![Ended::new(EndedWhat::Slot, id, self.now())]).await?;
        write.commit(&[id], &[]).await
    }

    pub async fn end_other_sessions(&self, session: &Session) -> Result<(), Error> {
        let _permit = self.ask(self.actor(session), Action::EndSession, Resource::Account { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        session::end_others(&mut tx, session.owner, session.id, self.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// As the policy sees the holder of a session, for what concerns their own account. A member of staff's unit does not matter there.
    pub(super) fn actor(&self, session: &Session) -> Actor {
        match session.kind {
            SessionKind::Participant => session.participant(),
            SessionKind::Staff => session.staff(crate::domain::UnitId(Uuid::nil()), crate::domain::organisation::Role::Reader),
        }
    }

    /// The keyring, and the slot that opened it.
    async fn open_by_passphrase(&self, session: &Session, phrase: &str) -> Result<(Keyring, Uuid), Error> {
        let _permit = self.ask(self.actor(session), Action::OpenKeyring, Resource::Account { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = slot::of_owner(&mut tx, session.owner).await?;
        tx.commit().await?;
        let row = rows.into_iter().find(|row| row.kind == SlotKind::Passphrase.word()).ok_or(Error::Wrong)?;
        let key = self.costly_key(phrase, &row.parameters).await?;
        let place = slot_place(session.owner, &row).ok_or(Error::Unopened)?;
        let keyring = Keyring::open_slot(&place, &key, &row.sealed).map_err(|_| Error::Wrong)?;
        self.admit(session, &keyring, row.id).await.map(|()| (keyring, row.id))
    }

    async fn open_by_sheet(&self, session: &Session, key: &SlotKey) -> Result<(Keyring, Uuid), Error> {
        let _permit = self.ask(self.actor(session), Action::OpenKeyring, Resource::Account { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = slot::of_owner(&mut tx, session.owner).await?;
        tx.commit().await?;
        for row in rows.iter().filter(|row| row.kind == SlotKind::Recovery.word()) {
            let place = slot_place(session.owner, row).ok_or(Error::Unopened)?;
            if let Ok(keyring) = Keyring::open_slot(&place, key, &row.sealed) {
                return self.admit(session, &keyring, row.id).await.map(|()| (keyring, row.id));
            }
        }
        Err(Error::Wrong)
    }

    /// Puts new slots in the place of all old ones of their kinds, tells the ended list, and ends all other sessions.
    async fn replace_ways(&self, session: &Session, rows: Vec<(SlotKind, SlotRow)>) -> Result<(), Error> {
        let keyring = session.keyring()?;
        let permit = self.ask(self.actor(session), Action::AddWayIn, Resource::Account { owner: session.owner })?;
        let mut write = self.ways_write(session, &permit).await?;
        let (mut gone, added) = (Vec::new(), rows.iter().map(|(_, row)| row.id).collect::<Vec<_>>());
        for (kind, row) in rows {
            gone.extend(slot::delete_kind(write.tx(), &permit, session.owner, kind.word()).await?);
            slot::insert(write.tx(), &permit, session.owner, row).await?;
        }
        session::end_others(write.tx(), session.owner, session.id, self.now()).await?;
        if session.kind == SessionKind::Participant {
            self.record_own(write.tx(), &permit, keyring, self.plain_event(What::SlotAdded)).await?;
        }
        self.ended.append(gone.iter().map(|id| Ended::new(EndedWhat::Slot, *id, self.now())).collect()).await?;
        write.commit(&gone, &added).await
    }

    async fn ways_write<'a>(&'a self, session: &'a Session, permit: &'a Permit) -> Result<WaysWrite<'a>, Error> {
        Ok(match session.kind {
            SessionKind::Participant => WaysWrite::Listed(Box::new(self.owner_write(session, permit).await?)),
            SessionKind::Staff => WaysWrite::Unlisted(self.db.write().await?),
        })
    }

    /// An old slot put back opens the keyring, whose manifest knows it no more; an old public key put back is not the keyring's.
    async fn admit(&self, session: &Session, keyring: &Keyring, slot: Uuid) -> Result<(), Error> {
        let mut tx = self.db.read().await?;
        if self.public_key_of(&mut tx, keyring.owner).await?.generation != keyring.generation() {
            return Err(Error::Unopened);
        }
        if session.kind == SessionKind::Staff {
            return Ok(());
        }
        let manifest = load_manifest(&mut tx, keyring).await?;
        tx.commit().await?;
        if manifest.admits(slot) { Ok(()) } else { Err(Error::Wrong) }
    }
}

/// A change of ways in. A participant's manifest lists them; a member of staff has none.
enum WaysWrite<'a> {
    Listed(Box<OwnerWrite<'a>>),
    Unlisted(Tx),
}

impl WaysWrite<'_> {
    fn tx(&mut self) -> &mut Tx {
        match self {
            Self::Listed(write) => &mut write.tx,
            Self::Unlisted(tx) => tx,
        }
    }

    /// Commits, with the list brought up to what went and what came. One from before there were lists begins with the rows as they are.
    async fn commit(self, gone: &[Uuid], added: &[Uuid]) -> Result<(), Error> {
        match self {
            Self::Listed(mut write) => {
                let mut ways = match write.manifest.ways.take() {
                    Some(ways) => ways,
                    None => slot::of_owner(&mut write.tx, write.keyring.owner).await?.into_iter().map(|row| row.id).collect(),
                };
                ways.retain(|id| !gone.contains(id) && !added.contains(id));
                ways.extend(added);
                write.manifest.ways = Some(ways);
                write.commit().await
            }
            Self::Unlisted(tx) => Ok(tx.commit().await?),
        }
    }
}
