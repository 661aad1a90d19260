//! Which units may issue: said by the operator alone, bound to this server, and asked of the policy with everything that is issued.

use super::staff::Member;
use super::{Error, Service, Session};
use crate::domain::UnitId;
use crate::domain::issuing::{Assessment, Published, Scope, Trades, level, level_name, rank};
use crate::domain::profile::Evidence;
use crate::policy::{Action, Actor, Issuing, Permit, Resource};
use crate::store::issuing_scope::{self, ScopeRow};
use crate::store::{Tx, organisation};

impl Service {
    /// Lets a unit issue proofs within some trades, up to a level; in the place of what it might issue before.
    pub async fn grant_issuing(&self, unit: UnitId, Trades(trades): Trades, level: Evidence) -> Result<(), Error> {
        let permit = self.ask(Actor::Operator, Action::GrantIssuing, Resource::System)?;
        self.unit(unit).await?;
        let (trades, level) = (trades.join(","), level_name(level).to_owned());
        let row = self.bound_scope(ScopeRow { unit, trades, level, created: self.now(), mac: Vec::new() });
        let mut tx = self.db.write().await?;
        issuing_scope::put(&mut tx, &permit, row).await?;
        Ok(tx.commit().await?)
    }

    /// It issues nothing more. What it has issued stays as it is.
    pub async fn stop_issuing(&self, unit: UnitId) -> Result<(), Error> {
        let permit = self.ask(Actor::Operator, Action::GrantIssuing, Resource::System)?;
        let mut tx = self.db.write().await?;
        if !issuing_scope::delete(&mut tx, &permit, unit).await? {
            return Err(Error::NotFound);
        }
        Ok(tx.commit().await?)
    }

    /// Each unit that may issue, and what.
    pub async fn issuers(&self) -> Result<Vec<(UnitId, Scope)>, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        let mut tx = self.db.read().await?;
        let rows = issuing_scope::all(&mut tx).await?;
        tx.commit().await?;
        Ok(rows.into_iter().filter_map(|row| self.own_scope(row)).collect())
    }

    /// What the unit that the session works at may issue; `None` where it may issue nothing.
    pub async fn issuing_scope(&self, session: &Session) -> Result<Option<Scope>, Error> {
        let (_, unit, _permit) = self.member_may(session, Action::ReadUnit).await?;
        let mut tx = self.db.read().await?;
        let scope = self.scope_in(&mut tx, unit).await?;
        tx.commit().await?;
        Ok(scope)
    }

    pub(super) async fn scope_in(&self, tx: &mut Tx, unit: UnitId) -> Result<Option<Scope>, Error> {
        Ok(issuing_scope::find(tx, unit).await?.and_then(|row| self.own_scope(row)).map(|(_, scope)| scope))
    }

    /// Asks whether a member may do this with an assessment. `second`: somebody else stands behind it too.
    pub(super) fn may_issue(
        &self,
        (session, member): (&Session, &Member),
        action: Action,
        scope: Option<&Scope>,
        (assessment, framework, second): (&Assessment, &Published, bool),
    ) -> Result<Permit, Error> {
        let unit = member.unit.unit.id;
        let (level, most) = (rank(assessment.level), scope.map_or(0, |scope| rank(scope.level)));
        let issuing = Issuing { unit, within: framework.within, level, most, second };
        self.ask(session.staff(unit, member.role), action, Resource::Issuing(issuing))
    }

    /// A row that somebody else wrote grants nothing.
    fn own_scope(&self, row: ScopeRow) -> Option<(UnitId, Scope)> {
        let Trades(trades) = row.trades.parse().ok().filter(|_| self.is_own_scope(&row))?;
        Some((row.unit, Scope { trades, level: level(&row.level)? }))
    }

    /// The organisation and name of a unit that issues, as anyone may know them. [`Error::NotFound`] for a unit that never did.
    pub async fn issuing_unit(&self, unit: UnitId) -> Result<organisation::UnitRow, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        let mut tx = self.db.read().await?;
        let row = self.unit_in(&mut tx, unit).await?;
        tx.commit().await?;
        Ok(row)
    }
}
