//! What was being typed when a session ended: sealed to its owner, given back after the next opening, for 24 hours.

use serde::{Deserialize, Serialize};

use super::{Error, Service, Session};
use crate::crypto::receive;
use crate::crypto::{Ad, Label, Padding};
use crate::domain::OwnerId;
use crate::domain::random::uuid_v7;
use crate::domain::time::DAY;
use crate::policy::{Action, Actor, Resource};
use crate::store::draft;

/// A form as it was posted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// Its address, a path of ours.
    pub path: String,
    pub fields: Vec<(String, String)>,
}

impl Service {
    /// Keeps a form for an owner whose session has ended; `false` where too many wait already.
    pub async fn keep_draft(&self, owner: OwnerId, form: &Draft) -> Result<bool, Error> {
        let actor = Actor::Participant { owner, opened: false, fresh: false };
        let _permit = self.ask(actor, Action::KeepDraft, Resource::Profile { owner })?;
        let body = serde_json::to_vec(form).map_err(|_| Error::Unopened)?;
        let id = uuid_v7(&*self.random, self.now());
        let mut tx = self.db.write().await?;
        let key = self.public_key_of(&mut tx, owner).await?;
        let sealed = receive::seal(&key, Label::DraftOrphan, &ad(owner, id), Padding::Steps, &body, &*self.random)?;
        let kept = draft::insert(&mut tx, owner, id, sealed, self.now()).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Takes what was kept, newest first; it is forgotten here.
    pub async fn take_drafts(&self, session: &Session) -> Result<Vec<Draft>, Error> {
        let _permit = self.ask(session.participant(), Action::TakeDraft, Resource::Profile { owner: session.owner })?;
        let keyring = session.keyring()?;
        let mut tx = self.db.write().await?;
        let rows = draft::take(&mut tx, session.owner).await?;
        tx.commit().await?;
        let fresh = rows.into_iter().rev().filter(|row| self.now().since(row.2) < DAY);
        // What no longer opens (the keys were rotated since) is lost, and must not keep anyone from their map.
        let open = |(id, sealed, _): (uuid::Uuid, Vec<u8>, _)| {
            let body = keyring.receive(Label::DraftOrphan, &ad(session.owner, id), Padding::Steps, &sealed).ok()?;
            serde_json::from_slice(&body).ok()
        };
        Ok(fresh.filter_map(open).collect())
    }
}

fn ad(owner: OwnerId, id: uuid::Uuid) -> Ad {
    Ad::new(Label::DraftOrphan).bytes_field(b"draft").id(owner.0).id(id)
}
