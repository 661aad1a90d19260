//! What is deleted when it has been kept long enough.

use super::delivery::{DELIVERED_KEPT, FAILED_KEPT};
use super::{Error, Service};
use crate::domain::time::{DAY, HOUR};
use crate::policy::{Action, Actor, Resource};
use crate::store::{
    batch, child, delivery, draft, invite, login, offer, once, refusal, report, request, session, showing, token, wallet_ask,
    wallet_code,
};

const TOKENS_KEPT: i64 = 90 * DAY;
/// A client gets a new one every ten minutes.
const SHORT_KEPT: i64 = 2 * DAY;
/// Shown to their owner for so long after their end.
const SHOWINGS_KEPT: i64 = 90 * DAY;
const SESSIONS_KEPT: i64 = 2 * DAY;
const LOGINS_KEPT: i64 = 2 * HOUR;
const DRAFTS_KEPT: i64 = DAY;
/// After its end a request is listed for so long as unanswered.
const REQUESTS_KEPT: i64 = 14 * DAY;
/// For so long whoever comes too late is told that they do.
const OFFERS_KEPT: i64 = 14 * DAY;
/// Reports of barriers: whoever wrote one may have said how they are reached.
const REPORTS_KEPT: i64 = 365 * DAY;
/// Files that have been issued, or that nobody went on with.
const BATCHES_KEPT: i64 = 30 * DAY;

impl Service {
    /// Deletes ended tokens (90 days; short ones of clients 2 days), sessions (2 days), logins (2 hours), drafts (24 hours), old invites,
    /// requests and offers (14 days after their end), files of assessments (30 days after they were issued), refusals (90 days), what units
    /// were told (7 days) or could not be told (30 days), the marks of what was presented once, showings (90 days after their end; what
    /// they showed, at once), and reports of barriers (a year).
    pub async fn retain(&self) -> Result<(), Error> {
        let _permit = self.ask(Actor::Job, Action::Retain, Resource::System)?;
        let now = self.now();
        let mut tx = self.db.write().await?;
        token::delete_old(&mut tx, now.plus(-TOKENS_KEPT), now.plus(-SHORT_KEPT)).await?;
        child::delete_old(&mut tx, now).await?;
        session::delete_old(&mut tx, now.plus(-SESSIONS_KEPT)).await?;
        login::delete_old(&mut tx, now.plus(-LOGINS_KEPT)).await?;
        draft::delete_old(&mut tx, now.plus(-DRAFTS_KEPT)).await?;
        invite::delete_old(&mut tx, now).await?;
        request::delete_old(&mut tx, now.plus(-REQUESTS_KEPT)).await?;
        refusal::delete_old(&mut tx, now.plus(-super::answer::QUIET)).await?;
        delivery::delete_old(&mut tx, now.plus(-DELIVERED_KEPT), now.plus(-FAILED_KEPT)).await?;
        once::delete_old(&mut tx, now).await?;
        wallet_ask::delete_old(&mut tx, now).await?;
        wallet_code::delete_old(&mut tx, now).await?;
        showing::delete_old(&mut tx, now, now.plus(-SHOWINGS_KEPT)).await?;
        offer::delete_old(&mut tx, now.plus(-OFFERS_KEPT)).await?;
        batch::delete_old(&mut tx, now.plus(-BATCHES_KEPT)).await?;
        report::delete_old(&mut tx, now.plus(-REPORTS_KEPT)).await?;
        Ok(tx.commit().await?)
    }

    /// Folds what was written lately into the database's file, beside those who read and write.
    pub async fn fold(&self) -> Result<(), Error> {
        let _permit = self.ask(Actor::Job, Action::Retain, Resource::System)?;
        Ok(self.db.fold().await?)
    }
}
