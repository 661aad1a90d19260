//! Blocking a unit: what it was given ends, and it cannot be chosen until it is unblocked. Needs no opened keyring; undoing it does.

use std::collections::BTreeSet;

use super::{Error, Service, Session};
use crate::crypto::event::EventPlace;
use crate::crypto::{Ad, Label};
use crate::domain::consent::State;
use crate::domain::event::{Event, What, Who};
use crate::domain::{ConsentId, OwnerId, UnitId};
use crate::policy::{Action, Permit, Resource};
use crate::store::block::{self, Mark};
use crate::store::organisation::{self, UnitRow};
use crate::store::{Tx, consent, owner};

impl Service {
    /// Blocks a unit and ends all that it was given, in one transaction. A second time it does nothing.
    pub async fn block(&self, session: &Session, unit: UnitId) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::Block, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        let party = self.party_in(&mut tx, unit).await?;
        self.end_all_of_unit(&mut tx, &permit, session.owner, unit).await?;
        if block::insert(&mut tx, &permit, session.owner, self.block_mark(session.owner, unit), self.now()).await? {
            let event = Event { unit: Some(party), ..self.plain_event(What::UnitBlocked) };
            let sequence = owner::next_sequence(&mut tx, session.owner).await?;
            let place = EventPlace { owner: session.owner, stream: session.owner.0, sequence, at: event.at };
            // Whether or not the keyring is open: the line is sealed to the person's public key.
            self.record_away(&mut tx, &permit, place, &event).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Lets a unit be chosen again. What had ended stays so.
    pub async fn unblock(&self, session: &Session, unit: UnitId) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::Unblock, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        let party = self.party_in(&mut tx, unit).await?;
        if block::delete(&mut tx, &permit, session.owner, self.block_mark(session.owner, unit)).await? {
            let event = Event { unit: Some(party), ..self.plain_event(What::UnitUnblocked) };
            self.record_own(&mut tx, &permit, session.keyring()?, event).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The units that the person has blocked, by name.
    pub async fn blocked(&self, session: &Session) -> Result<Vec<UnitRow>, Error> {
        let _permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let marks = self.marks(&mut tx, session.owner).await?;
        let mut found = Vec::new();
        if !marks.is_empty() {
            for organisation in self.all_organisations(&mut tx).await? {
                for unit in organisation::units_of(&mut tx, organisation.id).await? {
                    found.push(self.bound_unit(unit)?);
                }
            }
            // The marks name no unit: each is asked for its own.
            found.retain(|row| marks.contains(&self.block_mark(session.owner, row.unit.id)));
        }
        tx.commit().await?;
        Ok(found)
    }

    /// A unit that the person can share with now; [`Error::NotFound`] where it has no keyring or is blocked.
    pub async fn unit_on_offer(&self, session: &Session, id: UnitId) -> Result<UnitRow, Error> {
        let mut tx = self.db.read().await?;
        let unit = self.unit_in(&mut tx, id).await?;
        let marks = self.marks(&mut tx, session.owner).await?;
        tx.commit().await?;
        let offered = unit.open && !marks.contains(&self.block_mark(session.owner, id));
        if offered { Ok(unit) } else { Err(Error::NotFound) }
    }

    pub(super) async fn without_blocked(&self, tx: &mut Tx, owner: OwnerId, units: &mut Vec<UnitRow>) -> Result<(), Error> {
        let marks = self.marks(tx, owner).await?;
        units.retain(|row| !marks.contains(&self.block_mark(owner, row.unit.id)));
        Ok(())
    }

    async fn end_all_of_unit(&self, tx: &mut Tx, permit: &Permit, owner: OwnerId, unit: UnitId) -> Result<(), Error> {
        let state = State::Withdrawn { at: self.now() };
        let rows = consent::of_owner(tx, permit, owner).await?;
        let live = rows.iter().filter(|row| row.unit == unit && row.state == State::Given).map(|row| row.id);
        for id in live.collect::<Vec<ConsentId>>() {
            self.end_consent(tx, permit, (owner, id), state, Who::Owner).await?;
        }
        Ok(())
    }

    async fn marks(&self, tx: &mut Tx, owner: OwnerId) -> Result<BTreeSet<Mark>, Error> {
        Ok(block::of_owner(tx, owner).await?.into_iter().collect())
    }

    fn block_mark(&self, owner: OwnerId, unit: UnitId) -> Mark {
        self.keys.mailbox_mac(&[], &Ad::new(Label::BlockMark).bytes_field(b"block").id(owner.0).id(unit.0))
    }
}
