//! What was typed where nothing is opened (any more): sealed to its owner, given back after the next opening, for 24 hours.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::session::ClosedSession;
use super::{Error, Service, Session, SessionKind};
use crate::crypto::receive;
use crate::crypto::{Ad, Label, Padding};
use crate::domain::random::uuid_v7;
use crate::domain::time::DAY;
use crate::domain::{OwnerId, UnitId};
use crate::policy::{Action, Resource};
use crate::store::draft;

/// A form as it was posted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// Its address, a path of ours.
    pub path: String,
    pub fields: Vec<(String, String)>,
    /// The unit at which a member of staff worked.
    #[serde(default)]
    pub unit: Option<UnitId>,
}

impl Service {
    /// Keeps a form for whoever has nothing opened; `false` where too many wait already.
    pub async fn keep_draft(&self, closed: ClosedSession, form: Draft) -> Result<bool, Error> {
        let ClosedSession { owner, unit, .. } = closed;
        let _permit = self.ask(closed.actor(), Action::KeepDraft, Resource::Account { owner })?;
        let body = serde_json::to_vec(&Draft { unit, ..form }).map_err(|_| Error::Unopened)?;
        let id = uuid_v7(&*self.random, self.now());
        let mut tx = self.db.write().await?;
        let key = self.public_key_of(&mut tx, owner).await?;
        let sealed = receive::seal(&key, Label::DraftOrphan, &ad(owner, id), Padding::Steps, &body, &*self.random)?;
        let kept = draft::insert(&mut tx, owner, id, sealed, self.now()).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Takes what was kept: the newest that can be gone on with, which is forgotten here; others wait for the next opening. Staff work again
    /// at the unit where they typed it, and what was typed at a unit that they have left is given to nobody.
    pub async fn take_draft(&self, session: &Session) -> Result<Option<Draft>, Error> {
        let _permit = self.ask(self.actor(session), Action::TakeDraft, Resource::Account { owner: session.owner })?;
        let keyring = session.keyring()?;
        let mut tx = self.db.read().await?;
        let rows = draft::of_owner(&mut tx, session.owner).await?;
        tx.commit().await?;
        let fresh = rows.into_iter().rev().filter(|row| self.now().since(row.2) < DAY);
        // What no longer opens (the keys were rotated since) is lost, and must not keep anyone from their map.
        let open = |(id, sealed, _): (Uuid, Vec<u8>, _)| {
            let body = keyring.receive(Label::DraftOrphan, &ad(session.owner, id), Padding::Steps, &sealed).ok()?;
            Some((id, serde_json::from_slice::<Draft>(&body).ok()?))
        };
        let opened: Vec<(Uuid, Draft)> = fresh.filter_map(open).collect();
        for (id, draft) in &opened {
            if self.at_its_unit(session, draft).await? {
                // Sent more than once, the same form is gone on with as it was last.
                let same = opened.iter().filter(|(_, other)| (&other.path, other.unit) == (&draft.path, draft.unit));
                let was_there = self.forget_drafts(session.owner, *id, same.map(|(id, _)| *id)).await?;
                return Ok(was_there.then(|| draft.clone()));
            }
        }
        Ok(None)
    }

    /// `false` where another request has taken it meanwhile.
    async fn forget_drafts(&self, owner: OwnerId, taken: Uuid, same: impl Iterator<Item = Uuid> + Send) -> Result<bool, Error> {
        let mut tx = self.db.write().await?;
        let was_there = draft::delete(&mut tx, owner, taken).await?;
        for id in same {
            draft::delete(&mut tx, owner, id).await?;
        }
        tx.commit().await?;
        Ok(was_there)
    }

    /// Whether the session works at the draft's unit from now on; a person's draft has none.
    async fn at_its_unit(&self, session: &Session, draft: &Draft) -> Result<bool, Error> {
        let Some(unit) = draft.unit else { return Ok(session.kind == SessionKind::Participant) };
        match self.choose_unit(session, unit).await {
            Ok(()) => Ok(true),
            Err(Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn ad(owner: OwnerId, id: Uuid) -> Ad {
    Ad::new(Label::DraftOrphan).bytes_field(b"draft").id(owner.0).id(id)
}
