//! What is deleted when it has been kept long enough.

use super::{Error, Service};
use crate::domain::time::{DAY, HOUR};
use crate::policy::{Action, Actor, Resource};
use crate::store::{draft, invite, login, once, session, token};

const TOKENS_KEPT: i64 = 90 * DAY;
const SESSIONS_KEPT: i64 = 2 * DAY;
const LOGINS_KEPT: i64 = 2 * HOUR;
const DRAFTS_KEPT: i64 = DAY;

impl Service {
    /// Deletes ended tokens (90 days), sessions (2 days), logins (2 hours), drafts (24 hours), old invites, and the marks of
    /// what was presented once.
    pub async fn retain(&self) -> Result<(), Error> {
        let _permit = self.ask(Actor::Job, Action::Retain, Resource::System)?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        token::delete_old(&mut tx, now.plus(-TOKENS_KEPT)).await?;
        session::delete_old(&mut tx, now.plus(-SESSIONS_KEPT)).await?;
        login::delete_old(&mut tx, now.plus(-LOGINS_KEPT)).await?;
        draft::delete_old(&mut tx, now.plus(-DRAFTS_KEPT)).await?;
        invite::delete_old(&mut tx, now).await?;
        once::delete_old(&mut tx, now).await?;
        Ok(tx.commit().await?)
    }
}
