//! What a unit states of what it does with what it reads: kept by its administrators, shown to everyone whom it asks, and kept with the
//! consent as it was shown.

use super::member::Member;
use super::{Error, Service, Session};
use crate::domain::event::What;
use crate::domain::statement::{Statement, Typed};
use crate::domain::{Timestamp, UnitId};
use crate::policy::{Action, Resource};
use crate::store::Tx;
use crate::store::statement::{self, StatementRow};

impl Service {
    /// What the unit has stated, for its administrators.
    pub async fn statement(&self, session: &Session) -> Result<(Member, Option<Statement>), Error> {
        let (member, unit, _permit) = self.member_may(session, Action::KeepStatement).await?;
        let mut tx = self.db.read().await?;
        let stated = self.stated_in(&mut tx, unit).await?;
        tx.commit().await?;
        Ok((member, stated))
    }

    /// States it anew, in the place of what was stated before. Consents given already keep what was shown with them.
    pub async fn state(&self, session: &Session, typed: &Typed) -> Result<(), Error> {
        let (member, unit, permit) = self.member_may(session, Action::KeepStatement).await?;
        let stated = typed.read(self.now()).map_err(Error::Faults)?;
        let body = serde_json::to_string(&stated).map_err(|_| Error::Unopened)?;
        let row = self.bound_statement(StatementRow { unit, body, created: stated.since, mac: Vec::new() });
        let mut tx = self.unit_write(&member).await?;
        statement::put(&mut tx, &permit, row).await?;
        self.record_own(&mut tx, &permit, &member.keyring, member.event(self.plain_event(What::StatementMade))).await?;
        Ok(tx.commit().await?)
    }

    /// What a unit has stated, for a person who may share with it.
    pub async fn stated_to(&self, session: &Session, unit: UnitId) -> Result<Option<Statement>, Error> {
        let _permit = self.ask(session.participant(), Action::SearchUnits, Resource::System)?;
        self.unit_on_offer(session, unit).await?;
        self.stated(unit).await
    }

    /// What a unit has stated; nothing of anybody.
    pub async fn stated(&self, unit: UnitId) -> Result<Option<Statement>, Error> {
        let mut tx = self.db.read().await?;
        let stated = self.stated_in(&mut tx, unit).await?;
        tx.commit().await?;
        Ok(stated)
    }

    async fn stated_in(&self, tx: &mut Tx, unit: UnitId) -> Result<Option<Statement>, Error> {
        let Some(row) = statement::find(tx, unit).await? else { return Ok(None) };
        self.check_statement(&row)?;
        serde_json::from_str(&row.body).map(Some).map_err(|_| Error::Unopened)
    }
}

/// Whether what was shown is what is stated now: nobody says yes to words that they have not read.
pub(super) fn as_shown(stated: Option<&Statement>, shown: Option<Timestamp>) -> Result<(), Error> {
    if stated.map(|stated| stated.since) == shown { Ok(()) } else { Err(Error::Restated) }
}
