//! Many at once: a file is read and checked whole, waits for a second person where anything in it was validated, and is issued in steps
//! that may stop anywhere. Its codes are made from one secret, which is destroyed when they have been printed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::assessment::{AtDesk, MAX_WORD, NotIssued, of};
use super::issued::{Desk, Ready};
use super::member::Member;
use super::staff::rewrapped;
use super::{Error, Service, Session};
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::{Ad, Key, Keyring, Label, Padding};
use crate::domain::event::{Event, What};
use crate::domain::issuing::{self, Assessment, FileFault, Slip, rank};
use crate::domain::random::uuid_v7;
use crate::domain::{StaffId, UnitId};
use crate::policy::{Action, Permit, Resource};
use crate::store::Tx;
use crate::store::batch::{self, BatchRow, BatchState, MOST};

/// What is wrong with one field of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineSlip {
    pub line: u64,
    pub field: &'static str,
    pub slip: Slip,
}

/// What reading a file found.
#[derive(Debug)]
pub enum NotRead {
    /// The whole of it.
    File(FileFault),
    /// Some of its lines.
    Lines {
        rows: usize,
        slips: Vec<LineSlip>,
    },
    Failed(NotIssued),
}

impl<E: Into<Error>> From<E> for NotRead {
    fn from(error: E) -> Self {
        Self::Failed(NotIssued::Failed(error.into()))
    }
}

/// As it is sealed: its rows, and who stands behind them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Body {
    pub rows: Vec<Assessment>,
    pub by: StaffId,
    pub name: String,
    /// The second person, once they have approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    /// Why it was sent back, and by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<(String, String)>,
}

/// A file as the unit sees it.
#[derive(Clone, Debug)]
pub struct Batch {
    pub row: BatchRow,
    pub body: Body,
    /// Its codes have not been printed yet.
    pub has_codes: bool,
    /// Not brought by the one who looks.
    pub of_another: bool,
}

/// A code, and what the unit calls whom it is for.
pub struct Labelled {
    pub label: String,
    pub code: RecoveryCode,
}

/// So many are issued in one transaction, and so many of those in one request.
pub const STEP: usize = 250;
pub const STEPS: usize = 4;

impl Body {
    pub fn wants_second(&self) -> bool {
        self.rows.iter().any(Assessment::wants_second)
    }

    /// The row that is hardest to be allowed.
    fn highest(&self) -> Option<&Assessment> {
        self.rows.iter().max_by_key(|row| rank(row.level))
    }
}

impl Service {
    /// Reads a file and checks every line. One without a fault is kept, sealed, until somebody says that it is to be issued; its id.
    pub async fn read_file(&self, session: &Session, desk: Desk<'_>, bytes: &[u8]) -> Result<Uuid, NotRead> {
        let member = self.member(session).await?;
        let mut tx = self.db.read().await?;
        let at = self.at_desk(&mut tx, session, member, desk).await.map_err(NotRead::Failed)?;
        tx.commit().await?;
        let rows = issuing::read(bytes).map_err(NotRead::File)?;
        let today = self.now().day();
        let (mut good, mut slips) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in &rows {
            match row.typed.checked(&at.frameworks, at.scope.level, today) {
                Ok(assessment) => good.push(assessment),
                Err(found) => slips.extend(found.into_iter().map(|(field, slip)| LineSlip { line: row.line, field, slip })),
            }
        }
        if !slips.is_empty() {
            return Err(NotRead::Lines { rows: rows.len(), slips });
        }
        let AtDesk { member, .. } = &at;
        let body = Body { rows: good, by: member.id, name: member.name.clone(), second: None, returned: None };
        let permit = self.may_batch((session, &at), Action::Assess, &body, false).map_err(NotRead::Failed)?;
        let unit = member.unit.unit.id;
        let mut tx = self.unit_write(member).await?;
        if batch::of_unit(&mut tx, &permit, unit).await?.len() >= MOST {
            return Err(Error::TooMany(MOST).into());
        }
        let (id, now) = (uuid_v7(&*self.random, self.now()), self.now());
        let total = u64::try_from(body.rows.len()).unwrap_or(u64::MAX);
        let row = BatchRow { unit, id, member: member.id, state: BatchState::Checked, total, done: 0, created: now, changed: now };
        batch::insert(&mut tx, &permit, row, self.seal_body(&member.keyring, (unit, id), &body)).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The unit's files, the newest first.
    pub async fn batches(&self, session: &Session) -> Result<Vec<BatchRow>, Error> {
        let (_, unit, permit) = self.member_may(session, Action::ReadIssued).await?;
        let mut tx = self.db.read().await?;
        let rows = batch::of_unit(&mut tx, &permit, unit).await?;
        tx.commit().await?;
        Ok(rows)
    }

    pub async fn batch(&self, session: &Session, id: Uuid) -> Result<Batch, Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadIssued).await?;
        let found = self.open_batch(&mut tx, &permit, &member, id).await?;
        tx.commit().await?;
        Ok(found.0)
    }

    /// Says that a checked file is to be issued: it begins, or waits for a second person.
    pub async fn begin_batch(&self, session: &Session, desk: Desk<'_>, id: Uuid) -> Result<(), NotIssued> {
        let member = self.member(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        let (found, _) = self.batch_at(&mut tx, session, &at, id, &[BatchState::Checked, BatchState::Returned]).await?;
        // Whoever says it stands behind it: the second person must be another than that one.
        let body = Body { by: at.member.id, name: at.member.name.clone(), second: None, returned: None, ..found.body };
        let waits = body.wants_second();
        let action = if waits { Action::Assess } else { Action::Issue };
        let permit = self.may_batch((session, &at), action, &body, false)?;
        let to = if waits { BatchState::Waiting } else { BatchState::Issuing };
        self.move_batch(&mut tx, &permit, &at.member, &found.row, to, &body).await?;
        let event = Event { count: count(&body), ..self.plain_event(What::Assessed) };
        self.record_own(&mut tx, &permit, &at.member.keyring, at.member.event(event)).await?;
        Ok(tx.commit().await?)
    }

    /// Approves a file that somebody else brought.
    pub async fn approve_batch(&self, session: &Session, desk: Desk<'_>, id: Uuid) -> Result<(), NotIssued> {
        let member = self.member(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        let (found, _) = self.batch_at(&mut tx, session, &at, id, &[BatchState::Waiting]).await?;
        let permit = self.may_batch((session, &at), Action::ApproveAssessment, &found.body, found.of_another)?;
        let body = Body { second: Some(at.member.name.clone()), ..found.body };
        self.move_batch(&mut tx, &permit, &at.member, &found.row, BatchState::Issuing, &body).await?;
        Ok(tx.commit().await?)
    }

    /// Sends it back, with a word.
    pub async fn send_batch_back(&self, session: &Session, desk: Desk<'_>, id: Uuid, word: &str) -> Result<(), NotIssued> {
        let word = word.trim().to_owned();
        if word.is_empty() || word.chars().count() > MAX_WORD {
            let slip = if word.is_empty() { Slip::Missing } else { Slip::TooLong { max: MAX_WORD } };
            return Err(NotIssued::Slips(vec![("word", slip)]));
        }
        let member = self.member(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        let (found, _) = self.batch_at(&mut tx, session, &at, id, &[BatchState::Waiting]).await?;
        let permit = self.may_batch((session, &at), Action::ApproveAssessment, &found.body, found.of_another)?;
        let body = Body { returned: Some((word, at.member.name.clone())), ..found.body };
        self.move_batch(&mut tx, &permit, &at.member, &found.row, BatchState::Returned, &body).await?;
        let event = Event { count: count(&body), ..self.plain_event(What::AssessmentReturned) };
        self.record_own(&mut tx, &permit, &at.member.keyring, at.member.event(event)).await?;
        Ok(tx.commit().await?)
    }

    /// Issues some more of a file: [`STEP`] in each transaction, [`STEPS`] transactions. How it stands then.
    pub async fn go_on(&self, session: &Session, desk: Desk<'_>, id: Uuid) -> Result<BatchRow, NotIssued> {
        let mut row = None;
        for _ in 0..STEPS {
            let done = self.step(session, desk, id).await?;
            let over = done.state != BatchState::Issuing;
            row = Some(done);
            if over {
                break;
            }
        }
        row.ok_or(NotIssued::Failed(Error::Gone))
    }

    /// What is printed for whom, from the `from`th on, at most so many.
    pub async fn batch_codes(&self, session: &Session, id: Uuid, from: usize, most: usize) -> Result<Vec<Labelled>, Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadIssued).await?;
        let (found, secret) = self.open_batch(&mut tx, &permit, &member, id).await?;
        tx.commit().await?;
        let secret = secret.filter(|_| found.row.state == BatchState::Issued).ok_or(Error::Gone)?;
        let rows = found.body.rows.iter().enumerate().skip(from).take(most);
        Ok(rows.map(|(at, row)| Labelled { label: row.label.clone(), code: code(&secret, at) }).collect())
    }

    /// The codes are on paper: what they are made from is destroyed.
    pub async fn batch_printed(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let (_, unit, permit) = self.member_may(session, Action::WithdrawCredential).await?;
        let mut tx = self.db.write().await?;
        batch::printed(&mut tx, &permit, unit, id).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets a file; what was issued from it stays.
    pub async fn drop_batch(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let (_, unit, permit) = self.member_may(session, Action::WithdrawCredential).await?;
        let mut tx = self.db.write().await?;
        if !batch::delete(&mut tx, &permit, unit, id).await? {
            return Err(Error::NotFound);
        }
        Ok(tx.commit().await?)
    }

    async fn step(&self, session: &Session, desk: Desk<'_>, id: Uuid) -> Result<BatchRow, NotIssued> {
        let member = self.member(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let at = self.at_desk(&mut tx, session, member, desk).await?;
        let (found, secret) = self.batch_at(&mut tx, session, &at, id, &[BatchState::Issuing]).await?;
        let (body, row) = (&found.body, &found.row);
        let permit = self.may_batch((session, &at), Action::Issue, body, body.second.is_some())?;
        let secret = secret.ok_or(Error::Unopened)?;
        let signing = self.signing(&mut tx, &permit, &at.member, desk.base).await?.ok_or(NotIssued::NoKey)?;
        let mut places = self.places(&mut tx, &permit, &signing).await?;
        let from = usize::try_from(row.done).map_err(|_| Error::Unopened)?;
        let some = body.rows.iter().enumerate().skip(from).take(STEP);
        let mut done = row.done;
        for (n, assessment) in some {
            let framework = &of(&at.frameworks, assessment)?.framework;
            let (by, code) = (body.name.as_str(), code(&secret, n));
            let id = uuid_v7(&*self.random, self.now());
            let ready =
                Ready { id, assessment, framework, by, second: body.second.as_deref(), code: &code, taxonomy: desk.taxonomy };
            self.issue_one(&mut tx, &permit, (&at.member, &signing, &mut places), &ready).await?;
            done += 1;
        }
        let now = self.now().max(row.changed.plus(1));
        if !batch::advance(&mut tx, &permit, row, done, now).await? {
            return Err(Error::Gone.into());
        }
        if done == row.total {
            let event = Event { count: count(body), ..self.plain_event(What::CredentialIssued) };
            self.record_own(&mut tx, &permit, &at.member.keyring, at.member.event(event)).await?;
        }
        tx.commit().await?;
        let state = if done == row.total { BatchState::Issued } else { BatchState::Issuing };
        Ok(BatchRow { done, state, changed: now, ..row.clone() })
    }

    /// A file in one of these states, opened; [`Error::Gone`] where it stands otherwise.
    async fn batch_at(
        &self,
        tx: &mut Tx,
        session: &Session,
        at: &AtDesk,
        id: Uuid,
        states: &[BatchState],
    ) -> Result<(Batch, Option<Key>), Error> {
        let unit = at.member.unit.unit.id;
        let reads = self.ask(session.staff(unit, at.member.role), Action::ReadIssued, Resource::Unit { unit })?;
        let found = self.open_batch(tx, &reads, &at.member, id).await?;
        if states.contains(&found.0.row.state) { Ok(found) } else { Err(Error::Gone) }
    }

    async fn open_batch(&self, tx: &mut Tx, permit: &Permit, member: &Member, id: Uuid) -> Result<(Batch, Option<Key>), Error> {
        let unit = member.unit.unit.id;
        let row = batch::find(tx, permit, unit, id).await?.ok_or(Error::NotFound)?;
        let (sealed, secret) = batch::sealed(tx, permit, unit, id).await?.ok_or(Error::NotFound)?;
        let body = member.keyring.unwrap(&ad(Label::BatchRecord, unit, id), Padding::Steps, &sealed)?;
        let body: Body = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        let secret = secret.map(|sealed| member.keyring.unwrap_key(&ad(Label::BatchSecret, unit, id), &sealed)).transpose()?;
        let of_another = body.by != member.id;
        Ok((Batch { row, body, has_codes: secret.is_some(), of_another }, secret))
    }

    /// Into its next state. What its codes are made from is drawn when it begins to be issued.
    async fn move_batch(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        member: &Member,
        row: &BatchRow,
        to: BatchState,
        body: &Body,
    ) -> Result<(), Error> {
        let place = (row.unit, row.id);
        let secret = (to == BatchState::Issuing).then(|| {
            let ad = ad(Label::BatchSecret, row.unit, row.id);
            member.keyring.wrap_key(&ad, &Key::random(&*self.random), &*self.random)
        });
        let sealed = self.seal_body(&member.keyring, place, body);
        let at = self.now().max(row.changed.plus(1));
        if batch::move_on(tx, permit, row, (to, at), (sealed, secret)).await? { Ok(()) } else { Err(Error::Gone) }
    }

    /// Asked once for the whole file, with the row that is hardest to be allowed and a framework outside the trades where there is one.
    fn may_batch(
        &self,
        (session, at): (&Session, &AtDesk),
        action: Action,
        body: &Body,
        second: bool,
    ) -> Result<Permit, NotIssued> {
        let highest = body.highest().ok_or(Error::NotFound)?;
        let mut framework = of(&at.frameworks, highest)?;
        for row in &body.rows {
            let one = of(&at.frameworks, row)?;
            if !one.within {
                framework = one;
            }
        }
        Ok(self.may_issue((session, &at.member), action, Some(&at.scope), (highest, framework, second))?)
    }

    /// From the unit's old keyring to its new one.
    pub(super) async fn rewrap_batches(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (both, new): (&Keyring, &Keyring),
        unit: UnitId,
    ) -> Result<(), Error> {
        for row in batch::of_unit(tx, permit, unit).await? {
            let (sealed, secret) = batch::sealed(tx, permit, unit, row.id).await?.ok_or(Error::Unopened)?;
            let place = ad(Label::BatchRecord, unit, row.id);
            let Some(sealed) = rewrapped((both, new), &place, &sealed, &*self.random) else { continue };
            let place = ad(Label::BatchSecret, unit, row.id);
            let Ok(secret) = secret.map(|secret| both.unwrap_key(&place, &secret)).transpose() else { continue };
            let secret = secret.map(|secret| new.wrap_key(&place, &secret, &*self.random));
            batch::rewrap(tx, permit, unit, row.id, (sealed, secret)).await?;
        }
        Ok(())
    }

    fn seal_body(&self, keyring: &Keyring, (unit, id): (UnitId, Uuid), body: &Body) -> Vec<u8> {
        let bytes = serde_json::to_vec(body).expect("texts are plain data");
        keyring.wrap(&ad(Label::BatchRecord, unit, id), Padding::Steps, &bytes, &*self.random)
    }
}

fn code(secret: &Key, at: usize) -> RecoveryCode {
    RecoveryCode::derived(secret, Label::BatchCode, u64::try_from(at).unwrap_or(u64::MAX))
}

fn count(body: &Body) -> u32 {
    u32::try_from(body.rows.len()).unwrap_or(u32::MAX)
}

fn ad(label: Label, unit: UnitId, id: Uuid) -> Ad {
    Ad::new(label).bytes_field(b"batch").id(unit.0).id(id)
}
