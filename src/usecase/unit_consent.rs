//! What a unit's own programs see of its consents without a keyring: ids, states and times. Terms are sealed, and stay so.

use super::{Error, Service, Session};
use crate::crypto::event::EventPlace;
use crate::domain::consent::State;
use crate::domain::event::{Event, What, Who};
use crate::domain::oauth::Program;
use crate::domain::{ConsentId, OwnerId, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::inbox::{self, ClearRow};
use crate::store::{Tx, consent};

/// Who acts for a unit.
#[derive(Clone, Copy)]
pub enum For<'a> {
    Staff(&'a Session),
    Program(&'a Program),
}

/// A unit's consents that changed after a change of some number.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The oldest change first.
    pub consents: Vec<ClearRow>,
    /// The number to ask from next.
    pub next: u64,
    /// There are more after it.
    pub more: bool,
}

/// At most so many in one answer.
pub const MOST: u64 = 500;

struct AtWork {
    unit: UnitId,
    actor: Actor,
    who: Who,
}

impl Service {
    /// The unit's consents, the longest unchanged first; `since`: only those that changed after that number.
    pub async fn unit_consents(&self, by: For<'_>, since: u64, most: u64) -> Result<Changed, Error> {
        let at_work = self.at_work(by).await?;
        let permit = self.may_list(&at_work)?;
        let most = most.clamp(1, MOST);
        let mut tx = self.db.read().await?;
        let mut consents = inbox::since(&mut tx, &permit, at_work.unit, since, most + 1).await?;
        let last = inbox::changes(&mut tx, at_work.unit).await?;
        tx.commit().await?;
        let more = u64::try_from(consents.len()).is_ok_and(|found| found > most);
        consents.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let next = consents.last().filter(|_| more).map_or(last, |row| row.change);
        Ok(Changed { consents, next, more })
    }

    /// One of them.
    pub async fn unit_consent(&self, by: For<'_>, id: ConsentId) -> Result<ClearRow, Error> {
        let at_work = self.at_work(by).await?;
        let permit = self.may_list(&at_work)?;
        let mut tx = self.db.read().await?;
        let row = inbox::clear(&mut tx, &permit, at_work.unit, id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(row)
    }

    /// The unit says that it knows of a consent's end; the person sees it. Said again, it changes nothing.
    pub async fn acknowledge_end(&self, by: For<'_>, id: ConsentId) -> Result<ClearRow, Error> {
        let at_work = self.at_work(by).await?;
        let (unit, listing) = (at_work.unit, self.may_list(&at_work)?);
        let mut tx = self.db.write().await?;
        let row = inbox::clear(&mut tx, &listing, unit, id).await?.filter(|row| row.state != State::Given);
        let row = row.ok_or(Error::NotFound)?;
        let resource = Resource::Consent { owner: row.owner, consent: id, unit };
        let permit = self.ask(at_work.actor, Action::AcknowledgeEnd, resource)?;
        if !inbox::acknowledge(&mut tx, &permit, unit, id, self.now()).await? {
            return Ok(row);
        }
        inbox::touch(&mut tx, unit, id, self.now()).await?;
        self.tell_owner(&mut tx, &permit, (row.owner, id), at_work).await?;
        let row = inbox::clear(&mut tx, &listing, unit, id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(row)
    }

    /// Writes the acknowledgement into the person's log; who has erased themselves has none.
    async fn tell_owner(&self, tx: &mut Tx, permit: &Permit, (owner, id): (OwnerId, ConsentId), by: AtWork) -> Result<(), Error> {
        if consent::find(tx, owner, id).await?.is_none_or(|row| row.unit != by.unit) {
            return Ok(());
        }
        let sequence = consent::next_sequence(tx, owner, id).await?;
        let party = self.party_in(tx, by.unit).await?;
        let event = Event { who: by.who, unit: Some(party), consent: Some(id), ..self.plain_event(What::EndAcknowledged) };
        self.record_away(tx, permit, EventPlace { owner, stream: id.0, sequence, at: event.at }, &event).await
    }

    async fn at_work(&self, by: For<'_>) -> Result<AtWork, Error> {
        match by {
            For::Staff(session) => {
                let member = self.member(session).await?;
                let unit = member.unit.unit.id;
                Ok(AtWork { unit, actor: session.staff(unit, member.role), who: Who::Staff { name: member.name } })
            }
            For::Program(program) => {
                let who = Who::Program { name: program.name.clone() };
                Ok(AtWork { unit: program.unit, actor: Actor::Client { unit: program.unit }, who })
            }
        }
    }

    fn may_list(&self, at_work: &AtWork) -> Result<Permit, Error> {
        self.ask(at_work.actor, Action::ListUnitConsents, Resource::Unit { unit: at_work.unit })
    }
}
