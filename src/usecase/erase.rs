//! Erasing: every consent is withdrawn, then keyring, slots, manifest, entries and account look-up are destroyed, in one transaction.

use std::collections::BTreeSet;

use super::{Error, Service, Session, SessionKind};
use crate::crypto::event::EventPlace;
use crate::domain::consent::State;
use crate::domain::event::{What, Who};
use crate::domain::time::HOUR;
use crate::domain::{OwnerId, Timestamp};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::{
    Tx, account, block, card, checkpoint, child, consent, draft, entry, event, file, guide, held, inbox, link, manifest, owner,
    refusal, session, showing, slot, token,
};

/// Who has not opened their keyring waits so long, so that a stolen login alone destroys nothing at once.
pub const WAIT: i64 = 72 * HOUR;

impl Service {
    /// Erases at once, with an opened keyring; else in 72 hours. The time at which it will have happened.
    pub async fn erase(&self, session: &Session) -> Result<Timestamp, Error> {
        let resource = Resource::Profile { owner: session.owner };
        if !session.opened() {
            let permit = self.ask(session.participant(), Action::AskErase, resource)?;
            let mut tx = self.db.write().await?;
            let after = self.ask_erasure(&mut tx, &permit, session.owner).await?;
            tx.commit().await?;
            return Ok(after);
        }
        let permit = self.ask(session.participant(), Action::Erase, resource)?;
        let tx = self.db.write().await?;
        self.erase_owner(tx, session.owner, &permit, Who::Owner).await?;
        Ok(self.now())
    }

    pub async fn cancel_erase(&self, session: &Session) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::CancelErase, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        owner::cancel_erase(&mut tx, &permit, session.owner).await?;
        Ok(tx.commit().await?)
    }

    pub async fn erase_due(&self, session: &Session) -> Result<Option<Timestamp>, Error> {
        let mut tx = self.db.read().await?;
        let at = owner::erase_after(&mut tx, session.owner).await?;
        tx.commit().await?;
        Ok(at)
    }

    /// "Begin again": all consents end at once, the content is destroyed, and the next login starts an empty map. Where no way in is left to
    /// open with, the content is destroyed in 72 hours, unless one is found. The time at which it will have happened.
    pub async fn begin_again(&self, session: &Session) -> Result<Timestamp, Error> {
        let permit = self.ask(session.participant(), Action::BeginAgain, Resource::Profile { owner: session.owner })?;
        if session.opened() {
            let tx = self.db.write().await?;
            self.erase_owner(tx, session.owner, &permit, Who::Owner).await?;
            return Ok(self.now());
        }
        let mut tx = self.db.write().await?;
        manifest::hold(&mut tx, &permit, session.owner).await?;
        self.end_all(&mut tx, &permit, session.owner, &Who::Owner).await?;
        let after = self.ask_erasure(&mut tx, &permit, session.owner).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Whoever opens has more than a stolen login: what waits to be destroyed stays.
    pub(super) async fn call_off_erasure(&self, session: &Session) -> Result<(), Error> {
        if session.kind == SessionKind::Participant && self.erase_due(session).await?.is_some() {
            self.cancel_erase(session).await?;
        }
        Ok(())
    }

    /// Notes when all is to be destroyed, and that it was asked for, for whoever opens in time.
    async fn ask_erasure(&self, tx: &mut Tx, permit: &Permit, id: OwnerId) -> Result<Timestamp, Error> {
        let (now, after) = (self.now(), self.now().plus(WAIT));
        owner::ask_erase(tx, permit, id, after).await?;
        let sequence = owner::next_sequence(tx, id).await?;
        let place = EventPlace { owner: id, stream: id.0, sequence, at: now };
        self.record_away(tx, permit, place, &self.plain_event(What::EraseAsked)).await?;
        Ok(after)
    }

    async fn end_all(&self, tx: &mut Tx, permit: &Permit, id: OwnerId, who: &Who) -> Result<(), Error> {
        let state = State::Withdrawn { at: self.now() };
        for live in consent::live_of_owner(tx, id).await? {
            self.end_consent(tx, permit, (id, live), state, who.clone()).await?;
        }
        Ok(())
    }

    /// Erases those who asked 72 hours ago, and have not called it off since; how many.
    pub async fn erase_those_due(&self) -> Result<usize, Error> {
        let mut tx = self.db.read().await?;
        let due = owner::due_erasures(&mut tx, self.now()).await?;
        tx.commit().await?;
        let mut erased = 0;
        for id in due {
            match self.erase_if_due(id).await {
                Ok(gone) => erased += usize::from(gone),
                Err(error) => tracing::error!(%error, "someone could not be erased"),
            }
        }
        Ok(erased)
    }

    async fn erase_if_due(&self, id: OwnerId) -> Result<bool, Error> {
        let permit = self.ask(Actor::Job, Action::Erase, Resource::Profile { owner: id })?;
        let mut tx = self.db.write().await?;
        // In the order in which the owner's own writes lock them.
        manifest::hold(&mut tx, &permit, id).await?;
        // Whoever has opened their map since they were listed keeps it.
        let due = owner::hold_due(&mut tx, id, self.now()).await?;
        if due {
            self.erase_owner(tx, id, &permit, Who::Service).await?;
        }
        Ok(due)
    }

    pub(super) async fn erase_owner(&self, mut tx: Tx, id: OwnerId, permit: &Permit, who: Who) -> Result<(), Error> {
        // A consent given in this moment would be deleted without its unit being told.
        manifest::hold(&mut tx, permit, id).await?;
        self.end_all(&mut tx, permit, id, &who).await?;
        // Held from here on: a line that another server is numbering meanwhile would be deleted without its leaf being named.
        checkpoint::grow(&mut tx, 0).await?;
        let numbers: BTreeSet<u64> = event::leaves_of_owner(&mut tx, id).await?.into_iter().collect();
        self.append_erase_leaf(&mut tx, &numbers).await?;
        destroy(&mut tx, permit, id).await?;
        self.ended.append(vec![Ended::new(EndedWhat::Owner, id.0, self.now())]).await?;
        Ok(tx.commit().await?)
    }
}

/// Deletes every row of an owner. The unit's own records stay with the unit; the log keeps number and hash.
async fn destroy(tx: &mut Tx, permit: &Permit, id: OwnerId) -> Result<(), Error> {
    inbox::forget_owner(tx, permit, id, OwnerId(uuid::Uuid::nil())).await?;
    token::delete_owner(tx, permit, id).await?;
    child::delete_owner(tx, permit, id).await?;
    link::delete_owner(tx, permit, id).await?;
    consent::delete_all(tx, permit, id).await?;
    entry::delete_all(tx, permit, id).await?;
    file::delete_all(tx, permit, id).await?;
    manifest::delete(tx, permit, id).await?;
    slot::delete_all(tx, permit, id).await?;
    session::delete_owner(tx, id).await?;
    draft::delete_all(tx, id).await?;
    block::delete_owner(tx, permit, id).await?;
    refusal::delete_owner(tx, permit, id).await?;
    card::delete_owner(tx, permit, id).await?;
    guide::delete(tx, permit, id).await?;
    held::delete_owner(tx, permit, id).await?;
    showing::delete_owner(tx, permit, id).await?;
    account::delete(tx, permit, id).await?;
    checkpoint::erase_leaves(tx, id).await?;
    event::delete_owner(tx, permit, id).await?;
    Ok(owner::delete(tx, permit, id).await?)
}
