//! How a consent ends: withdrawn by its owner, run out, or ended with its owner's map; one transaction each.

use super::{Error, Service, Session};
use crate::crypto::event::EventPlace;
use crate::domain::consent::State;
use crate::domain::delivery::Told;
use crate::domain::event::{Event, Outcome, What, Who};
use crate::domain::{ConsentId, OwnerId, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::{Tx, child, consent, inbox, link, token};

impl Service {
    /// Withdraws: one transaction ends the consent, its bundle, the inbox row and every token. Needs no opened keyring.
    pub async fn withdraw(&self, session: &Session, id: ConsentId) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        let row = consent::find(&mut tx, session.owner, id).await?.ok_or(Error::NotFound)?;
        let resource = Resource::Consent { owner: session.owner, consent: id, unit: row.unit };
        let permit = self.ask(session.participant(), Action::WithdrawConsent, resource)?;
        let state = State::Withdrawn { at: self.now() };
        if !self.end_consent(&mut tx, &permit, (session.owner, id), state, Who::Owner).await? {
            return Err(Error::Gone);
        }
        Ok(tx.commit().await?)
    }

    /// Ends a live consent; `false` where it was not live any more. Also for expiry and erasing.
    pub(super) async fn end_consent(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (owner, id): (OwnerId, ConsentId),
        state: State,
        who: Who,
    ) -> Result<bool, Error> {
        let Some((sequence, unit)) = consent::end(tx, permit, owner, id, state).await? else { return Ok(false) };
        let now = self.now();
        let tokens = token::end_of_consent(tx, permit, owner, id, now).await?;
        child::delete_of_consent(tx, permit, owner, id).await?;
        inbox::end(tx, permit, unit, id, state).await?;
        link::set_versions(tx, permit, (owner, id), None).await?;
        self.tell(tx, permit, unit, id, Told::end(state)).await?;
        let what = match state {
            State::Expired { .. } => What::ConsentExpired,
            State::Invalidated { .. } => What::ConsentInvalidated,
            _ => What::ConsentWithdrawn,
        };
        // A name for the line must not stand between a person and the end.
        let party = self.party_in(tx, unit).await.ok();
        let event = Event { who, unit: party, consent: Some(id), outcome: Outcome::Done, ..self.plain_event(what) };
        self.record_away(tx, permit, EventPlace { owner, stream: id.0, sequence, at: event.at }, &event).await?;
        // Expiry needs no line: the end stands in the row itself, wherever it is restored.
        if !matches!(state, State::Expired { .. }) {
            let lines = tokens.iter().map(|lookup| Ended::token(lookup, now));
            self.ended.append(lines.chain([Ended::new(EndedWhat::Consent, id.0, now)]).collect()).await?;
        }
        Ok(true)
    }

    /// Ends consents whose end has passed; how many. One that cannot be ended is told in the server's log, and keeps none of the others.
    pub async fn expire(&self) -> Result<usize, Error> {
        let mut tx = self.db.read().await?;
        let due = consent::due(&mut tx, self.now()).await?;
        tx.commit().await?;
        let mut ended = 0;
        for one in due {
            match self.expire_one(one).await {
                Ok(()) => ended += 1,
                Err(error) => tracing::error!(%error, consent = %one.1, "a consent could not be ended"),
            }
        }
        Ok(ended)
    }

    async fn expire_one(&self, (owner, consent, unit): (OwnerId, ConsentId, UnitId)) -> Result<(), Error> {
        let permit = self.ask(Actor::Job, Action::ExpireConsent, Resource::Consent { owner, consent, unit })?;
        let mut tx = self.db.write().await?;
        self.end_consent(&mut tx, &permit, (owner, consent), State::Expired { at: self.now() }, Who::Service).await?;
        Ok(tx.commit().await?)
    }
}
