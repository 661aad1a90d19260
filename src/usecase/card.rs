//! Printed cards: for who has neither phone nor e-mail. A card opens a session that can answer one request, and nothing else.

use uuid::Uuid;

use super::{Error, Service, Session};
use crate::crypto::Keyring;
use crate::crypto::recovery::{Paper, RecoveryCode};
use crate::crypto::secret::Secret;
use crate::crypto::slot::{SlotKind, SlotPlace};
use crate::domain::event::What;
use crate::domain::random::uuid_v4;
use crate::domain::{OwnerId, Timestamp};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::Tx;
use crate::store::card::{self, CardRow};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::session;

/// A card as "Nycklar" lists it.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    pub id: Uuid,
    pub created: Timestamp,
}

impl Service {
    /// A fresh card, to be printed. It asks for the passphrase like every new way in.
    pub async fn make_card(&self, session: &Session) -> Result<RecoveryCode, Error> {
        let permit = self.ask(session.participant(), Action::AddWayIn, Resource::Account { owner: session.owner })?;
        let keyring = session.keyring()?;
        let code = RecoveryCode::random(&*self.random);
        let id = uuid_v4(&*self.random);
        let sealed = keyring.seal_into(&place(session.owner, id), &code.key_of(Paper::Card), &*self.random);
        let row = CardRow {
            lookup: code.lookup().0,
            owner: session.owner,
            id,
            key_generation: keyring.generation(),
            sealed,
            created: self.now(),
        };
        let mut tx = self.db.write().await?;
        if card::of_owner(&mut tx, session.owner).await?.len() >= card::MOST {
            return Err(Error::TooMany(card::MOST));
        }
        card::insert(&mut tx, &permit, row).await?;
        self.record_own(&mut tx, &permit, keyring, self.plain_event(What::CardPrinted)).await?;
        tx.commit().await?;
        Ok(code)
    }

    pub async fn cards(&self, session: &Session) -> Result<Vec<Card>, Error> {
        let _permit = self.ask(session.participant(), Action::ReadAccount, Resource::Account { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = card::of_owner(&mut tx, session.owner).await?;
        tx.commit().await?;
        Ok(rows.iter().map(|row| Card { id: row.id, created: row.created }).collect())
    }

    /// Ends a card at once.
    pub async fn end_card(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::RemoveWayIn, Resource::Account { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        if !card::delete(&mut tx, &permit, session.owner, id).await? {
            return Err(Error::NotFound);
        }
        // A session keeps what opened it: one that was opened by this card would go on.
        session::end_others(&mut tx, session.owner, session.id, self.now()).await?;
        self.record_own(&mut tx, &permit, session.keyring()?, self.plain_event(What::SlotRemoved)).await?;
        self.ended.append(vec![Ended::new(EndedWhat::Slot, id, self.now())]).await?;
        Ok(tx.commit().await?)
    }

    /// Ends a session, a way in or a card, whichever bears the id.
    pub async fn remove_any(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        match self.cards(session).await?.iter().any(|card| card.id == id) {
            true => self.end_card(session, id).await,
            false => self.remove_way_or_session(session, id).await,
        }
    }

    /// Opens a session by card, for one request. [`Error::Wrong`] where there is no such card.
    pub async fn open_by_card(&self, typed: &str, key: &str) -> Result<Secret, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::SignIn, Resource::System)?;
        let code = RecoveryCode::parse(typed)?;
        let open = self.request(key).await?;
        let mut tx = self.db.read().await?;
        let row = card::find(&mut tx, code.lookup().0).await?;
        tx.commit().await?;
        let row = row.ok_or(Error::Wrong)?;
        let opened = Keyring::open_slot(&place(row.owner, row.id), &code.key_of(Paper::Card), &row.sealed);
        let keyring = opened.map_err(|_| Error::Wrong)?;
        self.begin_session_for(&row, &keyring, open.id).await
    }

    /// Ends all cards of an owner: they hold the old root.
    pub(super) async fn end_cards(&self, tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
        let gone = card::delete_owner(tx, permit, owner).await?;
        let lines = gone.iter().map(|id| Ended::new(EndedWhat::Slot, *id, self.now()));
        Ok(self.ended.append(lines.collect()).await?)
    }
}

const fn place(owner: OwnerId, id: Uuid) -> SlotPlace<'static> {
    SlotPlace { table: "card", owner, slot: id, kind: SlotKind::Card, parameters: &[] }
}
