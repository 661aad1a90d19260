//! Criteria frameworks that units publish: offered to people beside the seeds' own, and what proofs are issued against.

use uuid::Uuid;

use super::{Error, Service, Session};
use crate::domain::event::{Event, What};
use crate::domain::framework::{Framework, FrameworkKind};
use crate::domain::issuing::{Published, Scope, isco_code, rank};
use crate::domain::random::uuid_v4;
use crate::domain::{Timestamp, UnitId};
use crate::policy::{Action, Actor, Issuing, Refused, Resource, Why};
use crate::store::Tx;
use crate::store::framework::{self, FrameworkRow};
use crate::taxonomy::Taxonomy;

/// A published framework as its unit's page lists it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub published: Published,
    pub created: Timestamp,
    pub ended: Option<Timestamp>,
    /// The file, as it was published.
    pub body: String,
}

/// Why a framework was not published.
#[derive(Debug)]
pub enum NotPublished {
    /// The file does not hold; a sentence for whoever wrote it.
    Unfit(String),
    /// It names no occupation, so that nobody can say in which trade it lies.
    NoOccupation,
    /// This occupation (URI) lies outside the unit's trades, or is unknown.
    Outside(String),
    /// This version of it has been published already.
    Stands,
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotPublished {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Longer files are refused unread.
pub const MAX_BODY: usize = 128 * 1024;
/// At most so many of one unit, ended ones too.
pub const MOST: usize = 200;

impl Service {
    /// Publishes a framework for the unit that the session works at.
    pub async fn publish_framework(&self, session: &Session, taxonomy: &Taxonomy, body: &str) -> Result<Uuid, NotPublished> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let framework = fit(body)?;
        let mut tx = self.unit_write(&member).await?;
        let scope = self.scope_in(&mut tx, unit).await?;
        let outside = framework.occupations.iter().find(|uri| !scope.as_ref().is_some_and(|scope| lies_in(scope, taxonomy, uri)));
        let most = scope.as_ref().map_or(0, |scope| rank(scope.level));
        let issuing = Issuing { unit, within: outside.is_none(), level: most, most, second: false };
        let permit = self.ask(session.staff(unit, member.role), Action::PublishFramework, Resource::Issuing(issuing));
        let permit = match (permit, outside) {
            (Err(Error::Refused(Refused { why: Why::AboveCeiling, .. })), Some(uri)) if scope.is_some() => {
                return Err(NotPublished::Outside(uri.clone()));
            }
            (permit, _) => permit?,
        };
        if framework::of_unit(&mut tx, unit).await?.len() >= MOST {
            return Err(Error::TooMany(MOST).into());
        }
        let whom = Some(framework.name.get("sv").to_owned());
        let row = self.bound_framework(FrameworkRow {
            unit,
            id: uuid_v4(&*self.random),
            name: framework.id,
            version: framework.version,
            body: body.to_owned(),
            created: self.now(),
            ended: None,
            mac: Vec::new(),
        });
        let id = row.id;
        if !framework::insert(&mut tx, &permit, row).await? {
            return Err(NotPublished::Stands);
        }
        let event = member.event(Event { whom, ..self.plain_event(What::FrameworkPublished) });
        self.record_own(&mut tx, &permit, &member.keyring, event).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Ends it: nothing more is issued against it, and nobody new meets it. What was issued stays.
    pub async fn end_framework(&self, session: &Session, taxonomy: &Taxonomy, id: Uuid) -> Result<(), Error> {
        let listed = self.unit_frameworks(session, taxonomy).await?;
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let one = listed.into_iter().find(|one| one.published.id == id && one.ended.is_none()).ok_or(Error::NotFound)?;
        // Ending is less than publishing: also what lies outside a scope that has shrunk can be ended.
        let issuing = Issuing { unit, within: true, level: 2, most: 2, second: false };
        let permit = self.ask(session.staff(unit, member.role), Action::PublishFramework, Resource::Issuing(issuing))?;
        let framework = one.published.framework;
        let whom = Some(framework.name.get("sv").to_owned());
        let row = FrameworkRow {
            unit,
            id,
            name: framework.id,
            version: framework.version,
            body: one.body,
            created: one.created,
            ended: Some(self.now()),
            mac: Vec::new(),
        };
        let mut tx = self.unit_write(&member).await?;
        if !framework::end(&mut tx, &permit, &self.bound_framework(row)).await? {
            return Err(Error::Gone);
        }
        let event = member.event(Event { whom, ..self.plain_event(What::FrameworkEnded) });
        self.record_own(&mut tx, &permit, &member.keyring, event).await?;
        Ok(tx.commit().await?)
    }

    /// The unit's frameworks, the newest first, ended ones too.
    pub async fn unit_frameworks(&self, session: &Session, taxonomy: &Taxonomy) -> Result<Vec<Listed>, Error> {
        let (_, unit, _permit) = self.member_may(session, Action::ReadIssued).await?;
        let mut tx = self.db.read().await?;
        let scope = self.scope_in(&mut tx, unit).await?;
        let all = self.listed(&mut tx, (unit, scope.as_ref()), taxonomy).await?;
        tx.commit().await?;
        Ok(all)
    }

    /// Those against which the unit may assess: live, criteria of a trade; the newest first.
    pub(super) async fn assessable(
        &self,
        tx: &mut Tx,
        (unit, scope): (UnitId, Option<&Scope>),
        taxonomy: &Taxonomy,
    ) -> Result<Vec<Published>, Error> {
        let all = self.listed(tx, (unit, scope), taxonomy).await?;
        let live = all.into_iter().filter(|one| one.ended.is_none()).map(|one| one.published);
        Ok(live.filter(|one| one.framework.kind == FrameworkKind::Criteria).collect())
    }

    async fn listed(
        &self,
        tx: &mut Tx,
        (unit, scope): (UnitId, Option<&Scope>),
        taxonomy: &Taxonomy,
    ) -> Result<Vec<Listed>, Error> {
        let rows = framework::of_unit(tx, unit).await?;
        let listed = |row: FrameworkRow| {
            let framework = self.own_framework(&row)?;
            let within = scope.is_some_and(|scope| framework.occupations.iter().all(|uri| lies_in(scope, taxonomy, uri)));
            let within = within && !framework.occupations.is_empty();
            let published = Published { id: row.id, framework, within };
            Some(Listed { published, created: row.created, ended: row.ended, body: row.body })
        };
        Ok(rows.into_iter().filter_map(listed).collect())
    }

    /// Everything that is published now, of every unit, for whoever compares themselves; each under the id of its address.
    pub async fn published_frameworks(&self) -> Result<Vec<Framework>, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        let rows = framework::live(&mut self.db.look().await?).await?;
        Ok(rows.iter().filter_map(|row| self.addressed(row)).collect())
    }

    /// The one at this address, while it is published.
    pub async fn published_framework(&self, id: Uuid) -> Result<Option<Framework>, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        let row = framework::find(&mut self.db.look().await?, id).await?;
        Ok(row.filter(|row| row.ended.is_none()).and_then(|row| self.addressed(&row)))
    }

    /// Two units may name theirs alike: in addresses each bears the id of its row.
    fn addressed(&self, row: &FrameworkRow) -> Option<Framework> {
        Some(Framework { id: row.id.to_string(), ..self.own_framework(row)? })
    }

    /// `None` for one that somebody else wrote.
    fn own_framework(&self, row: &FrameworkRow) -> Option<Framework> {
        self.is_own_framework(row).then(|| Framework::parse(&row.body).ok()).flatten()
    }
}

fn fit(body: &str) -> Result<Framework, NotPublished> {
    if body.len() > MAX_BODY {
        return Err(NotPublished::Unfit(format!("it is longer than {MAX_BODY} bytes")));
    }
    let framework = Framework::parse(body).map_err(NotPublished::Unfit)?;
    if framework.version.chars().count() > 40 || framework.version.contains('/') {
        return Err(NotPublished::Unfit("the version is longer than 40 characters, or holds a \"/\"".to_owned()));
    }
    if framework.occupations.is_empty() { Err(NotPublished::NoOccupation) } else { Ok(framework) }
}

/// Whether an occupation's ISCO-08 group lies in a trade of the scope. What the taxonomy does not know lies nowhere.
fn lies_in(scope: &Scope, taxonomy: &Taxonomy, occupation: &str) -> bool {
    let Some(relations) = taxonomy.relations(occupation) else { return false };
    relations.broader.iter().filter_map(|uri| isco_code(uri)).any(|code| scope.holds(code))
}
