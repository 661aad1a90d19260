//! Events: written with what they tell of, read by the owner and by the unit's own audit.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::owner_write::open_consent;
use super::{Error, Service, Session};
use crate::crypto::Keyring;
use crate::crypto::bundle::{ConsentSecret, LogKey};
use crate::crypto::event::{self as seal, EventPlace};
use crate::domain::event::{Event, Outcome, What, Who};
use crate::domain::profile::Section;
use crate::domain::time::MINUTE;
use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::{Tx, checkpoint, consent, event, owner};

/// Lines of one consent at most.
pub(super) const LINES: u64 = 100_000;

/// A denied try, on its way into the log. Ids only: what was presented opens nothing.
#[derive(Clone, Copy, Debug)]
pub struct Denial {
    pub owner: OwnerId,
    pub tried: Tried,
    pub at: Timestamp,
}

/// What somebody wanted to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tried {
    Consent(ConsentId, UnitId),
    /// By its code, which shows nothing any more.
    Showing(Uuid),
}

impl Denial {
    pub const fn of_consent(owner: OwnerId, consent: ConsentId, unit: UnitId, at: Timestamp) -> Self {
        Self { owner, tried: Tried::Consent(consent, unit), at }
    }

    pub const fn of_showing(owner: OwnerId, showing: Uuid, at: Timestamp) -> Self {
        Self { owner, tried: Tried::Showing(showing), at }
    }
}

/// An event as its owner reads it.
#[derive(Clone, Debug)]
pub struct Line {
    pub event: Event,
    /// Its number in its stream.
    pub sequence: u64,
    /// Its number in the log, once it has one.
    pub leaf: Option<u64>,
}

/// Counts denied tries: the first of a minute is written at once, its repeats as one line at the minute's end.
#[derive(Default)]
pub struct Denials(BTreeMap<(OwnerId, Tried), (Denial, u32)>);

impl Denials {
    /// Takes a try in; what is to be written now.
    pub fn take(&mut self, denial: Denial) -> Option<Denial> {
        let key = (denial.owner, denial.tried);
        match self.0.get_mut(&key) {
            Some((_, repeats)) => {
                *repeats = repeats.saturating_add(1);
                None
            }
            None => {
                self.0.insert(key, (denial, 0));
                Some(denial)
            }
        }
    }

    /// What has waited a minute, with the number of repeats.
    pub fn due(&mut self, now: Timestamp) -> Vec<(Denial, u32)> {
        let old: Vec<_> = self.0.iter().filter(|(_, (first, _))| now.since(first.at) >= MINUTE).map(|(id, _)| *id).collect();
        let take = |id| self.0.remove(&id).filter(|(_, repeats)| *repeats > 0);
        old.into_iter().filter_map(take).collect()
    }
}

impl Service {
    /// An event that its owner did, concerning nobody else.
    pub(super) fn plain_event(&self, what: What) -> Event {
        Event {
            what,
            at: self.now(),
            who: Who::Owner,
            unit: None,
            consent: None,
            purpose: None,
            sections: Vec::new(),
            entries: 0,
            case: None,
            outcome: Outcome::Done,
            whom: None,
            count: 1,
            digest: None,
        }
    }

    /// Appends to the owner's own stream, with an open keyring.
    pub(super) async fn record_own(&self, tx: &mut Tx, permit: &Permit, keyring: &Keyring, event: Event) -> Result<(), Error> {
        let sequence = owner::next_sequence(tx, keyring.owner).await?;
        let place = EventPlace { owner: keyring.owner, stream: keyring.owner.0, sequence, at: event.at };
        let sealed = seal::by_owner(&place, keyring, &event, &*self.random);
        Ok(event::insert(tx, permit, stored(&place), sealed).await?)
    }

    /// Appends to a consent's stream, with the owner's open keyring.
    pub(super) async fn record_on_consent(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        keyring: &Keyring,
        id: ConsentId,
        event: Event,
    ) -> Result<(), Error> {
        let sequence = consent::next_sequence(tx, keyring.owner, id).await?;
        let place = EventPlace { owner: keyring.owner, stream: id.0, sequence, at: event.at };
        let sealed = seal::by_owner(&place, keyring, &event, &*self.random);
        Ok(event::insert(tx, permit, stored(&place), sealed).await?)
    }

    /// When a consent's owner changed it, the oldest first, as its own events say.
    pub(super) async fn changes(
        &self,
        tx: &mut Tx,
        keyring: &Keyring,
        secret: &ConsentSecret,
        id: ConsentId,
    ) -> Result<Vec<Timestamp>, Error> {
        let rows = event::of_stream(tx, keyring.owner, id.0, Timestamp(i64::MAX), LINES).await?;
        let key = secret.log_key();
        let mut changes = Vec::new();
        for row in rows.into_iter().filter(|row| row.sealed.is_some()) {
            let event = opened(keyring, Some(&key), row)?.event;
            changes.extend((event.what == What::ConsentChanged).then_some(event.at));
        }
        changes.sort_unstable();
        Ok(changes)
    }

    /// Appends for an owner who is away, under a number already taken.
    pub(super) async fn record_away(&self, tx: &mut Tx, permit: &Permit, place: EventPlace, event: &Event) -> Result<(), Error> {
        let key = self.public_key_of(tx, place.owner).await?;
        let sealed = seal::to_owner(&place, &key, event, &*self.random)?;
        Ok(event::insert(tx, permit, stored(&place), sealed).await?)
    }

    /// Puts a denied try on its way. Never waits: a full queue drops it, since a try that lets nothing out must cost us least.
    pub(super) fn deny(&self, denial: Denial) {
        if self.denials.try_send(denial).is_err() {
            metrics::counter!("denials_dropped").increment(1);
        }
    }

    /// Writes a denied try, with the number of times it stands for.
    pub async fn record_denial(&self, denial: Denial, count: u32) -> Result<(), Error> {
        let event = Event { who: Who::Unknown, outcome: Outcome::Denied, count, at: denial.at, ..self.plain_event(What::Denied) };
        match denial.tried {
            Tried::Consent(consent, unit) => self.record_denied_read(denial, (consent, unit), event).await,
            Tried::Showing(_) => self.record_denied_opening(denial, event).await,
        }
    }

    async fn record_denied_read(&self, denial: Denial, (id, unit): (ConsentId, UnitId), event: Event) -> Result<(), Error> {
        let Denial { owner, at, .. } = denial;
        let permit = self.ask(Actor::Job, Action::RecordDenial, Resource::Consent { owner, consent: id, unit })?;
        let mut tx = self.db.write().await?;
        // A link's own stream counts its openings: a denied try at one stands in its owner's.
        let (stream, sequence) = match self.link_unit(unit) {
            Some(_) => (owner.0, owner::next_sequence(&mut tx, owner).await?),
            None => (id.0, consent::next_sequence(&mut tx, owner, id).await?),
        };
        let party = self.party_in(&mut tx, unit).await?;
        let event = Event { unit: Some(party), consent: Some(id), ..event };
        self.record_away(&mut tx, &permit, EventPlace { owner, stream, sequence, at }, &event).await?;
        Ok(tx.commit().await?)
    }

    /// In the owner's stream: the showing's own counts its openings.
    async fn record_denied_opening(&self, Denial { owner, at, .. }: Denial, event: Event) -> Result<(), Error> {
        let permit = self.ask(Actor::Job, Action::RecordDeniedOpening, Resource::Profile { owner })?;
        let mut tx = self.db.write().await?;
        let sequence = owner::next_sequence(&mut tx, owner).await?;
        let event = Event { what: What::ShowingDenied, sections: vec![Section::P08], ..event };
        self.record_away(&mut tx, &permit, EventPlace { owner, stream: owner.0, sequence, at }, &event).await?;
        Ok(tx.commit().await?)
    }

    /// The owner's events before `before`, newest first. A line that does not open is a fault.
    pub async fn events(&self, session: &Session, before: Timestamp, most: u64) -> Result<Vec<Line>, Error> {
        let keyring = session.keyring()?;
        let permit = self.ask(session.participant(), Action::ReadEvents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let consents = consent::of_owner(&mut tx, &permit, session.owner).await?;
        let rows = event::of_owner(&mut tx, &permit, session.owner, before, most).await?;
        let rows = signed(&mut tx, rows).await?;
        tx.commit().await?;
        let mut keys: BTreeMap<Uuid, LogKey> = BTreeMap::new();
        for row in &consents {
            keys.insert(row.id.0, open_consent(keyring, row)?.0.log_key());
        }
        rows.into_iter().map(|row| opened(keyring, keys.get(&row.stream), row)).collect()
    }

    /// What has happened with one of the owner's consents, newest first: however much has happened with others since.
    pub async fn events_of(&self, session: &Session, id: ConsentId, most: u64) -> Result<Vec<Line>, Error> {
        let keyring = session.keyring()?;
        let _permit = self.ask(session.participant(), Action::ReadEvents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let row = consent::find(&mut tx, session.owner, id).await?.ok_or(Error::NotFound)?;
        let rows = event::of_stream(&mut tx, session.owner, id.0, Timestamp(i64::MAX), most).await?;
        let rows = signed(&mut tx, rows).await?;
        tx.commit().await?;
        let key = open_consent(keyring, &row)?.0.log_key();
        rows.into_iter().map(|row| opened(keyring, Some(&key), row)).collect()
    }
}

/// The same lines without the leaves that no checkpoint has signed yet: nothing could be shown of them.
pub(super) async fn signed(tx: &mut Tx, mut rows: Vec<event::EventRow>) -> Result<Vec<event::EventRow>, Error> {
    let size = checkpoint::newest(tx).await?.map_or(0, |(size, ..)| size);
    for row in &mut rows {
        row.leaf = row.leaf.filter(|leaf| *leaf < size);
    }
    Ok(rows)
}

/// A line of the keyring's owner. One that does not open is a fault.
pub(super) fn opened(keyring: &Keyring, log_key: Option<&LogKey>, row: event::EventRow) -> Result<Line, Error> {
    let place = EventPlace { owner: keyring.owner, stream: row.stream, sequence: row.sequence, at: row.at };
    let sealed = row.sealed.as_ref().ok_or(Error::Unopened)?;
    let event = seal::open(&place, keyring, log_key, sealed)?;
    Ok(Line { event, sequence: row.sequence, leaf: row.leaf })
}

pub(super) const fn stored(place: &EventPlace) -> event::Place {
    (place.owner, place.stream, place.sequence, place.at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_within_a_minute_are_one_line_with_a_count() {
        let (owner, id) = (OwnerId(Uuid::nil()), Uuid::nil());
        let denial = |at| Denial::of_consent(owner, ConsentId(id), UnitId(id), Timestamp(at));
        let mut denials = Denials::default();
        assert!(denials.take(denial(0)).is_some());
        assert!(denials.take(denial(1)).is_none() && denials.take(denial(2)).is_none());
        assert!(denials.due(Timestamp(MINUTE - 1)).is_empty());
        assert_eq!(denials.due(Timestamp(MINUTE)).iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2]);
        assert!(denials.due(Timestamp(10 * MINUTE)).is_empty());
        assert!(denials.take(denial(MINUTE)).is_some());
        assert!(denials.take(Denial::of_showing(owner, id, Timestamp(MINUTE))).is_some(), "a showing is no consent of that id");
    }
}
