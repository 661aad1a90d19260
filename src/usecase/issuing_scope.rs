//! Which units may issue: said by the operator alone, bound to this server, and asked of the policy with everything that is issued.
//!
//! A scope ends, or is taken back from its start. What was issued while an ended one stood is believed still; "while it stood" is never the
//! unit's word alone. Nobody signs past this service while the unit's key lies in its keyring, and no place on a status list is given
//! once the scope has ended; whoever has carried the key away can backdate a signature, but has no place of that time to name but one
//! that was given to another proof, which its own withdrawal ends. Against such a one the scope is taken back from its start.

use super::member::Member;
use super::{Error, Service, Session};
use crate::domain::issuing::{Assessment, Period, Published, Scope, Trades, level, level_name, rank};
use crate::domain::profile::Evidence;
use crate::domain::{Timestamp, UnitId};
use crate::policy::{Action, Actor, Issuing, Permit, Resource};
use crate::store::ended::Ended;
use crate::store::issuing_scope::{self, PastRow, ScopeRow};
use crate::store::{Tx, organisation};

impl Service {
    /// Lets a unit issue proofs within some trades, up to a level; in the place of what it might issue before, which ends now.
    pub async fn grant_issuing(&self, unit: UnitId, Trades(trades): Trades, level: Evidence) -> Result<(), Error> {
        let permit = self.ask(Actor::Operator, Action::GrantIssuing, Resource::System)?;
        self.unit(unit).await?;
        let (trades, level) = (trades.join(","), level_name(level).to_owned());
        let row = self.bound_scope(ScopeRow { unit, trades, level, created: self.now(), mac: Vec::new() });
        let mut tx = self.db.write().await?;
        if self.end_scopes(&mut tx, &permit, unit, row.created, false).await? {
            self.ended.append(vec![Ended::scope(unit, false, row.created)]).await?;
        }
        issuing_scope::put(&mut tx, &permit, row).await?;
        Ok(tx.commit().await?)
    }

    /// It issues nothing more. What it has issued stays good; where the scope is `withdrawn`, nothing that it ever issued is believed.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is nothing to end.
    pub async fn stop_issuing(&self, unit: UnitId, withdrawn: bool) -> Result<(), Error> {
        let permit = self.ask(Actor::Operator, Action::GrantIssuing, Resource::System)?;
        let mut tx = self.db.write().await?;
        if !self.end_scopes(&mut tx, &permit, unit, self.now(), withdrawn).await? {
            return Err(Error::NotFound);
        }
        self.ended.append(vec![Ended::scope(unit, withdrawn, self.now())]).await?;
        Ok(tx.commit().await?)
    }

    /// Ends the unit's scope where it began by `at`; where it is `withdrawn`, all that ended before with it. `false` where nothing was so.
    pub(super) async fn end_scopes(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        unit: UnitId,
        at: Timestamp,
        withdrawn: bool,
    ) -> Result<bool, Error> {
        let mut ended = Vec::new();
        if let Some(row) = issuing_scope::find(tx, unit).await?.filter(|row| row.created <= at) {
            issuing_scope::delete(tx, permit, unit).await?;
            // What somebody else wrote goes, and leaves nothing.
            if self.is_own_scope(&row) {
                let ScopeRow { unit, trades, level, created, .. } = row;
                ended.push(PastRow { unit, trades, level, created, ended: at, withdrawn, mac: Vec::new() });
            }
        }
        if withdrawn {
            let past = issuing_scope::past(tx, unit).await?;
            let earlier = past.into_iter().filter(|row| !row.withdrawn && row.created <= at && self.is_own_past_scope(row));
            ended.extend(earlier.map(|row| PastRow { withdrawn, ..row }));
        }
        let any = !ended.is_empty();
        for row in ended {
            issuing_scope::put_past(tx, permit, self.bound_past_scope(row)).await?;
        }
        Ok(any)
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

    /// Each scope that the unit has or had.
    pub(super) async fn periods_in(&self, tx: &mut Tx, unit: UnitId) -> Result<Vec<Period>, Error> {
        let (row, past) = (issuing_scope::find(tx, unit).await?, issuing_scope::past(tx, unit).await?);
        let standing = row.and_then(|row| Some((row.created, self.own_scope(row)?.1)));
        let standing = standing.map(|(from, scope)| Period { scope, from, until: None, withdrawn: false });
        let ended = past.iter().filter(|row| self.is_own_past_scope(row)).filter_map(|row| {
            let scope = scope(&row.trades, &row.level)?;
            Some(Period { scope, from: row.created, until: Some(row.ended), withdrawn: row.withdrawn })
        });
        Ok(standing.into_iter().chain(ended).collect())
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
        let own = self.is_own_scope(&row);
        Some((row.unit, scope(&row.trades, &row.level).filter(|_| own)?))
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

fn scope(trades: &str, most: &str) -> Option<Scope> {
    let Trades(trades) = trades.parse().ok()?;
    Some(Scope { trades, level: level(most)? })
}
