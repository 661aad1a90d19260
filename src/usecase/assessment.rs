//! Assessing: what was observed or assessed is issued at once; what was validated or certified waits until a second person has seen all of
//! it, and approves it or sends it back with a word.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::issued::{Desk, Ready};
use super::member::Member;
use super::staff::{rewrapped, those_readable};
use super::{Error, Service, Session};
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::event::{Event, What};
use crate::domain::issuing::{Assessment, Published, Scope, Slip, Typed};
use crate::domain::{StaffId, Timestamp, UnitId};
use crate::policy::{Action, Permit, Resource};
use crate::store::Tx;
use crate::store::assessment::{self, AssessmentRow, MOST};

/// Why nothing was assessed or issued.
#[derive(Debug)]
pub enum NotIssued {
    /// What is wrong, each beside its field.
    Slips(Vec<(&'static str, Slip)>),
    /// No administrator of the unit has made a key to sign by.
    NoKey,
    /// The operator has not let the unit issue.
    NoScope,
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotIssued {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What became of an assessment.
pub enum Assessed {
    /// Issued: the code of its offer, to be shown once.
    Issued(RecoveryCode),
    /// It waits for a second person.
    Waits,
}

/// As it is sealed. Whose it is decides who may approve it; the column beside it is for lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub assessment: Assessment,
    pub by: StaffId,
    pub name: String,
    /// Why it was sent back, and by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<(String, String)>,
}

/// An assessment that waits, as the unit sees it.
#[derive(Clone, Debug)]
pub struct Waits {
    pub id: Uuid,
    pub waiting: Waiting,
    pub changed: Timestamp,
    /// The one who looks has not made it, so that they may approve it.
    pub of_another: bool,
    /// What it is against; `None` where that has ended since.
    pub framework: Option<Published>,
}

pub const MAX_WORD: usize = 300;

/// The member, what their unit may issue, and against what.
pub(super) struct AtDesk {
    pub member: Member,
    pub scope: Scope,
    pub frameworks: Vec<Published>,
}

impl Service {
    /// What the unit may issue, and the frameworks it may assess against.
    pub async fn desk(&self, session: &Session, desk: Desk<'_>) -> Result<(Scope, Vec<Published>), NotIssued> {
        let member = self.member(session).await?;
        let mut tx = self.db.read().await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        tx.commit().await?;
        Ok((at.scope, at.frameworks))
    }

    /// Assesses a person. `id` is new, or that of an assessment which was sent back.
    pub async fn assess(&self, session: &Session, desk: Desk<'_>, id: Uuid, typed: &Typed) -> Result<Assessed, NotIssued> {
        let member = self.member(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        let checked = typed.checked(&at.frameworks, at.scope.level, self.now().day()).map_err(NotIssued::Slips)?;
        let framework = of(&at.frameworks, &checked)?;
        let permit = self.may_issue((session, &at.member), Action::Assess, Some(&at.scope), (&checked, framework, false))?;
        if checked.wants_second() {
            self.let_wait(&mut tx, &permit, &at.member, id, checked).await?;
            tx.commit().await?;
            return Ok(Assessed::Waits);
        }
        let found = assessment::find(&mut tx, &permit, at.member.unit.unit.id, id).await?;
        if let Some(row) = found {
            self.taken_back(&mut tx, &permit, &row).await?;
        }
        let may = self.may_issue((session, &at.member), Action::Issue, Some(&at.scope), (&checked, framework, false))?;
        let code = self.issue_now(&mut tx, &may, &at.member, desk, (id, &checked, framework), None).await?;
        tx.commit().await?;
        Ok(Assessed::Issued(code))
    }

    /// What waits at the unit, or was sent back, the oldest first; and how many more do not open.
    pub async fn waiting(&self, session: &Session, desk: Desk<'_>) -> Result<(Vec<Waits>, usize), Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadIssued).await?;
        let unit = member.unit.unit.id;
        let rows = assessment::of_unit(&mut tx, &permit, unit).await?;
        let scope = self.scope_in(&mut tx, unit).await?;
        let frameworks = self.assessable(&mut tx, (unit, scope.as_ref()), desk.taxonomy).await?;
        tx.commit().await?;
        those_readable(rows.iter().map(|row| waits(&member, row, &frameworks)))
    }

    pub async fn waiting_one(&self, session: &Session, desk: Desk<'_>, id: Uuid) -> Result<Waits, Error> {
        self.waiting(session, desk).await?.0.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
    }

    /// Approves what somebody else has assessed, and issues it.
    pub async fn approve(&self, session: &Session, desk: Desk<'_>, id: Uuid) -> Result<RecoveryCode, NotIssued> {
        let member = self.member(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        let unit = at.member.unit.unit.id;
        let reads = self.ask(session.staff(unit, at.member.role), Action::ReadIssued, Resource::Unit { unit })?;
        let row = assessment::find(&mut tx, &reads, unit, id).await?.ok_or(Error::NotFound)?;
        let found = waits(&at.member, &row, &at.frameworks)?;
        let assessed = &found.waiting.assessment;
        let framework = of(&at.frameworks, assessed)?;
        if row.returned || found.waiting.returned.is_some() {
            return Err(Error::Gone.into());
        }
        let about = (assessed, framework, found.of_another);
        let permit = self.may_issue((session, &at.member), Action::ApproveAssessment, Some(&at.scope), about)?;
        let may = self.may_issue((session, &at.member), Action::Issue, Some(&at.scope), about)?;
        if assessed.until.is_some_and(|day| day < self.now().day()) {
            return Err(NotIssued::Slips(vec![("until", Slip::Past)]));
        }
        if !assessment::delete(&mut tx, &permit, unit, id, row.changed).await? {
            return Err(Error::Gone.into());
        }
        let by = Some(found.waiting.name.as_str());
        let code = self.issue_now(&mut tx, &may, &at.member, desk, (id, assessed, framework), by).await?;
        tx.commit().await?;
        Ok(code)
    }

    /// Sends it back to whoever assessed it, with a word.
    pub async fn send_back(&self, session: &Session, desk: Desk<'_>, id: Uuid, word: &str) -> Result<(), NotIssued> {
        let word = word.trim().to_owned();
        match word.chars().count() {
            0 => return Err(NotIssued::Slips(vec![("word", Slip::Missing)])),
            n if n > MAX_WORD => return Err(NotIssued::Slips(vec![("word", Slip::TooLong { max: MAX_WORD })])),
            _ => {}
        }
        let member = self.member(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        let unit = at.member.unit.unit.id;
        let reads = self.ask(session.staff(unit, at.member.role), Action::ReadIssued, Resource::Unit { unit })?;
        let row = assessment::find(&mut tx, &reads, unit, id).await?.filter(|row| !row.returned).ok_or(Error::NotFound)?;
        let Waits { waiting, of_another, framework, .. } = waits(&at.member, &row, &at.frameworks)?;
        // Also what is against a framework that has ended since can be sent back.
        let framework = framework.ok_or(Error::Gone)?;
        let about = (&waiting.assessment, &framework, of_another);
        let permit = self.may_issue((session, &at.member), Action::ApproveAssessment, Some(&at.scope), about)?;
        let whom = Some(waiting.assessment.label.clone());
        let waiting = Waiting { returned: Some((word, at.member.name.clone())), ..waiting };
        let sealed = self.seal_waiting(&at.member.keyring, (unit, id), &waiting);
        let seen = row.changed;
        let row = AssessmentRow { returned: true, changed: self.now().max(seen.plus(1)), sealed, ..row };
        if !assessment::change(&mut tx, &permit, row, seen).await? {
            return Err(Error::Gone.into());
        }
        let event = at.member.event(Event { whom, ..self.plain_event(What::AssessmentReturned) });
        self.record_own(&mut tx, &permit, &at.member.keyring, event).await?;
        Ok(tx.commit().await?)
    }

    /// Drops an assessment that nobody has approved.
    pub async fn drop_assessment(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let (_, unit, permit) = self.member_may(session, Action::WithdrawCredential).await?;
        let mut tx = self.db.write().await?;
        let row = assessment::find(&mut tx, &permit, unit, id).await?.ok_or(Error::NotFound)?;
        self.taken_back(&mut tx, &permit, &row).await?;
        Ok(tx.commit().await?)
    }

    /// `member` is opened before the transaction begins: opening one may write.
    pub(super) async fn at_desk(
        &self,
        tx: &mut Tx,
        session: &Session,
        member: Member,
        desk: Desk<'_>,
    ) -> Result<AtDesk, NotIssued> {
        let unit = member.unit.unit.id;
        let _permit = self.ask(session.staff(unit, member.role), Action::ReadIssued, Resource::Unit { unit })?;
        let scope = self.scope_in(tx, unit).await?.ok_or(NotIssued::NoScope)?;
        let frameworks = self.assessable(tx, (unit, Some(&scope)), desk.taxonomy).await?;
        Ok(AtDesk { member, scope, frameworks })
    }

    async fn issue_now(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        member: &Member,
        desk: Desk<'_>,
        (id, assessment, framework): (Uuid, &Assessment, &Published),
        assessed_by: Option<&str>,
    ) -> Result<RecoveryCode, NotIssued> {
        let signing = self.signing(tx, permit, member, desk.base).await?.ok_or(NotIssued::NoKey)?;
        let mut places = self.places(tx, permit, &signing).await?;
        let code = RecoveryCode::random(&*self.random);
        let by = assessed_by.unwrap_or(&member.name);
        let second = assessed_by.is_some().then_some(member.name.as_str());
        let ready = Ready { id, assessment, framework: &framework.framework, by, second, code: &code, taxonomy: desk.taxonomy };
        self.issue_one(tx, permit, (member, &signing, &mut places), &ready).await?;
        let event = Event { whom: Some(assessment.label.clone()), ..self.plain_event(What::CredentialIssued) };
        self.record_own(tx, permit, &member.keyring, member.event(event)).await?;
        Ok(code)
    }

    /// Writes it down for a second person: new, or in the place of what was sent back.
    async fn let_wait(&self, tx: &mut Tx, permit: &Permit, member: &Member, id: Uuid, assessment: Assessment) -> Result<(), Error> {
        let (unit, now) = (member.unit.unit.id, self.now());
        let whom = Some(assessment.label.clone());
        let waiting = Waiting { assessment, by: member.id, name: member.name.clone(), returned: None };
        let sealed = self.seal_waiting(&member.keyring, (unit, id), &waiting);
        let row = AssessmentRow { unit, id, member: member.id, returned: false, created: now, changed: now, sealed };
        match assessment::find(tx, permit, unit, id).await? {
            // Twice sent, or changed by somebody else meanwhile.
            Some(found) if !found.returned => return Err(Error::Gone),
            Some(found) => {
                let row = AssessmentRow { created: found.created, changed: now.max(found.changed.plus(1)), ..row };
                if !assessment::change(tx, permit, row, found.changed).await? {
                    return Err(Error::Gone);
                }
            }
            None if assessment::of_unit(tx, permit, unit).await?.len() >= MOST => return Err(Error::TooMany(MOST)),
            None => assessment::insert(tx, permit, row).await?,
        }
        let event = member.event(Event { whom, ..self.plain_event(What::Assessed) });
        self.record_own(tx, permit, &member.keyring, event).await
    }

    async fn taken_back(&self, tx: &mut Tx, permit: &Permit, row: &AssessmentRow) -> Result<(), Error> {
        if assessment::delete(tx, permit, row.unit, row.id, row.changed).await? { Ok(()) } else { Err(Error::Gone) }
    }

    /// From the unit's old keyring to its new one.
    pub(super) async fn rewrap_assessments(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (both, new): (&Keyring, &Keyring),
        unit: UnitId,
    ) -> Result<(), Error> {
        for row in assessment::of_unit(tx, permit, unit).await? {
            let Some(sealed) = rewrapped((both, new), &ad(unit, row.id), &row.sealed, &*self.random) else { continue };
            assessment::rewrap(tx, permit, unit, row.id, sealed).await?;
        }
        Ok(())
    }

    fn seal_waiting(&self, keyring: &Keyring, (unit, id): (UnitId, Uuid), waiting: &Waiting) -> Vec<u8> {
        let body = serde_json::to_vec(waiting).expect("texts are plain data");
        keyring.wrap(&ad(unit, id), Padding::Steps, &body, &*self.random)
    }
}

/// What an assessment is against, while that is published.
pub(super) fn of<'p>(frameworks: &'p [Published], assessment: &Assessment) -> Result<&'p Published, NotIssued> {
    let found = frameworks.iter().find(|one| one.id == assessment.framework);
    found.ok_or_else(|| NotIssued::Slips(vec![("framework", Slip::Framework)]))
}

fn waits(member: &Member, row: &AssessmentRow, frameworks: &[Published]) -> Result<Waits, Error> {
    let body = member.keyring.unwrap(&ad(row.unit, row.id), Padding::Steps, &row.sealed)?;
    let waiting: Waiting = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
    let framework = frameworks.iter().find(|one| one.id == waiting.assessment.framework).cloned();
    let of_another = waiting.by != member.id;
    Ok(Waits { id: row.id, waiting, changed: row.changed, of_another, framework })
}

fn ad(unit: UnitId, id: Uuid) -> Ad {
    Ad::new(Label::AssessmentRecord).bytes_field(b"assessment").id(unit.0).id(id)
}
