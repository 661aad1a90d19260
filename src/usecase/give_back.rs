//! Tokens that clients give back (RFC 7009), and those that end because a code was presented twice.

use super::event::Denial;
use super::grant::{fault, is_of};
use super::{Error, Service};
use crate::crypto::event::EventPlace;
use crate::crypto::token::{TokenKind, TokenSecret};
use crate::domain::event::{Event, What, Who};
use crate::domain::oauth::{Client, Fault};
use crate::policy::{Action, Actor, Resource};
use crate::store::ended::Ended;
use crate::store::token::TokenRow;
use crate::store::{consent, token};

impl Service {
    /// Ends a token, and what is narrower than it; with a refresh token all that the client holds of the consent. One that is unknown or
    /// has ended is fine; another client's is refused.
    pub async fn revoke_presented(&self, client: &Client, presented: &str) -> Result<(), Fault> {
        let Some(secret) = TokenSecret::parse(presented) else { return Ok(()) };
        let found = async { Ok(token::find(&mut self.db.look().await?, secret.lookup().0).await?) };
        match found.await.map_err(fault)? {
            Some(row) if !is_of(client, &row) => {
                self.deny(Denial::of_consent(row.owner, row.consent, row.unit, self.now()));
                Err(Fault::Unauthorized)
            }
            Some(row) if row.ended_at.is_none() => {
                let all = row.kind != TokenKind::Access.word();
                self.end_held(client, &row, all).await.map_err(fault)
            }
            _ => Ok(()),
        }
    }

    /// A code came twice: whoever has its first answer may not be who it was made for (RFC 6749, 4.1.2).
    pub(super) async fn end_what_came_of(&self, client: &Client, row: &TokenRow) -> Result<(), Fault> {
        self.end_held(client, row, true).await.map_err(fault)
    }

    /// Needs no secret of the consent: its event goes to the person's own key.
    async fn end_held(&self, client: &Client, row: &TokenRow, all: bool) -> Result<(), Error> {
        let (owner, id, now) = (row.owner, row.consent, self.now());
        let resource = Resource::Consent { owner, consent: id, unit: row.unit };
        let permit = self.ask(Actor::Client { unit: client.unit }, Action::RevokeToken, resource)?;
        let mut tx = self.db.write().await?;
        // The consent's row before its tokens', as a withdrawal locks them.
        let _lives = consent::hold(&mut tx, owner, id, now).await?;
        let ended = match all {
            true => token::end_of_holder(&mut tx, &permit, row, now).await?,
            false => token::end_tree(&mut tx, &permit, row, now).await?,
        };
        if ended.is_empty() {
            return Ok(());
        }
        let party = self.party_in(&mut tx, row.unit).await?;
        let who = Who::Token { label: client.name.clone(), by: party.unit.clone() };
        let event = Event { who, unit: Some(party), consent: Some(id), ..self.plain_event(What::TokenRevoked) };
        let sequence = consent::next_sequence(&mut tx, owner, id).await?;
        self.record_away(&mut tx, &permit, EventPlace { owner, stream: id.0, sequence, at: event.at }, &event).await?;
        self.ended.append(ended.iter().map(|lookup| Ended::token(lookup, now)).collect()).await?;
        Ok(tx.commit().await?)
    }
}
