//! Issuing: a proof is signed, bound to a fresh key of its holder's, and waits as an offer. What the unit keeps of it is sealed; withdrawing
//! it sets its bit and signs the list, at once.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::issuing_key::Signing;
use super::member::Member;
use super::offer::{Offered, Place};
use super::staff::{rewrapped, those_readable};
use super::status_list::{Places, revocation_uri, status_uri};
use super::{Error, Service, Session};
use crate::credential::badge::issue as badge;
use crate::credential::competence::claims_of;
use crate::credential::sd_jwt::{TYP, issue};
use crate::crypto::jws::SigningKey;
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::credential::{Format, Issuer, Proof, StatusKind, StatusRef, Subject, VCT};
use crate::domain::event::{Event, What};
use crate::domain::framework::Framework;
use crate::domain::issuing::Assessment;
use crate::domain::profile::Fault;
use crate::domain::time::DAY;
use crate::domain::{Timestamp, UnitId};
use crate::policy::{Action, Permit};
use crate::store::ended::Ended;
use crate::store::issued::{self, IssuedRow, IssuedState};
use crate::store::{Tx, offer, status_list};
use crate::taxonomy::Taxonomy;

/// From where a unit issues.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The origin under which people reach the service.
    pub base: &'a str,
    pub taxonomy: &'a Taxonomy,
}

/// What a unit keeps of a proof that it issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    pub assessment: Assessment,
    /// The framework's name in Swedish, and its version, as they stood.
    pub framework: String,
    pub version: String,
    /// Who assessed it, and who approved it.
    pub by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// A page of what a unit has issued.
pub struct IssuedPage {
    pub issued: Vec<Issued>,
    /// So many more of this page do not open.
    pub unreadable: usize,
    /// Before which the next page begins, where there may be one.
    pub next: Option<Uuid>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Withdrawn {
    pub reason: String,
    pub by: String,
    pub at: Timestamp,
}

/// How a proof stands that a unit issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Offered,
    /// Nobody took it in time.
    Expired,
    Taken,
    Withdrawn,
}

#[derive(Clone, Debug)]
pub struct Issued {
    pub id: Uuid,
    pub standing: Standing,
    pub created: Timestamp,
    /// Until then it waits for whoever has its code.
    pub until: Timestamp,
    pub kept: Kept,
}

/// What is about to be issued.
pub(super) struct Ready<'a> {
    pub id: Uuid,
    pub assessment: &'a Assessment,
    pub framework: &'a Framework,
    pub by: &'a str,
    pub second: Option<&'a str>,
    pub code: &'a RecoveryCode,
    pub taxonomy: &'a Taxonomy,
}

/// An offer waits so long, or until the proof ends.
pub const OFFER_DAYS: i64 = 90;
pub const MAX_REASON: usize = 300;
/// So many are rewrapped at a time.
const PAGE: u64 = 500;

impl Service {
    /// What the unit has issued before `before`, at most so many, the newest first.
    pub async fn issued(&self, session: &Session, before: Option<Uuid>, most: usize) -> Result<IssuedPage, Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadIssued).await?;
        let one_more = u64::try_from(most.saturating_add(1)).unwrap_or(u64::MAX);
        let mut rows = issued::page(&mut tx, &permit, member.unit.unit.id, before.unwrap_or(Uuid::max()), one_more).await?;
        tx.commit().await?;
        let more = rows.len() > most;
        rows.truncate(most);
        let next = rows.last().filter(|_| more).map(|row| row.id);
        let (issued, unreadable) = those_readable(rows.iter().map(|row| self.opened_issued(&member.keyring, row)))?;
        Ok(IssuedPage { issued, unreadable, next })
    }

    pub async fn issued_one(&self, session: &Session, id: Uuid) -> Result<Issued, Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadIssued).await?;
        let row = issued::find(&mut tx, &permit, member.unit.unit.id, id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        self.opened_issued(&member.keyring, &row)
    }

    /// Withdraws a proof: its offer ends, its bit is set, and the list is signed anew, in one transaction. The reason stays with the unit.
    pub async fn withdraw_credential(&self, session: &Session, base: &str, id: Uuid, reason: &str) -> Result<(), Error> {
        let reason = checked_reason(reason)?;
        let (member, unit, permit) = self.member_may(session, Action::WithdrawCredential).await?;
        let mut tx = self.unit_write(&member).await?;
        let row = issued::find(&mut tx, &permit, unit, id).await?.ok_or(Error::NotFound)?;
        self.check_issued(&row)?;
        let mut kept = self.opened_issued(&member.keyring, &row)?.kept;
        let signing = self.signing(&mut tx, &permit, &member, base).await?.ok_or(Error::Gone)?;
        let whom = Some(kept.assessment.label.clone());
        kept.withdrawn = Some(Withdrawn { reason, by: member.name.clone(), at: self.now() });
        let sealed = self.seal_kept(&member.keyring, (unit, id), &kept);
        if !issued::withdraw(&mut tx, &permit, unit, id, sealed).await? {
            return Err(Error::Gone);
        }
        offer::delete(&mut tx, &permit, unit, id).await?;
        self.mark_withdrawn(&mut tx, &permit, &signing, (row.list, row.place)).await?;
        let event = member.event(Event { whom, ..self.plain_event(What::CredentialWithdrawn) });
        self.record_own(&mut tx, &permit, &member.keyring, event).await?;
        self.ended.append(vec![Ended::credential(id, unit, self.now())]).await?;
        Ok(tx.commit().await?)
    }

    /// Signs lists that a restore has left unsigned; whoever comes by to issue does it.
    pub async fn mend_lists(&self, session: &Session, base: &str) -> Result<(), Error> {
        let (member, unit, permit) = self.member_may(session, Action::WithdrawCredential).await?;
        let mut tx = self.db.read().await?;
        let unsigned = status_list::of_unit(&mut tx, unit).await?.iter().any(|row| row.token.is_none());
        tx.commit().await?;
        if !unsigned {
            return Ok(());
        }
        let mut tx = self.unit_write(&member).await?;
        if let Some(signing) = self.signing(&mut tx, &permit, &member, base).await? {
            self.sign_lists(&mut tx, &permit, &signing, false).await?;
        }
        Ok(tx.commit().await?)
    }

    /// After a restore: what had been withdrawn since its backup. Its list stays unsigned until someone of the unit comes by.
    pub(super) async fn withdraw_again(&self, tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<(), Error> {
        let Some(row) = issued::find(tx, permit, unit, id).await? else { return Ok(()) };
        if issued::withdraw_again(tx, permit, unit, id).await? {
            offer::delete(tx, permit, unit, id).await?;
            self.mark_unsigned(tx, permit, unit, (row.list, row.place)).await?;
        }
        Ok(())
    }

    /// Issues one: the proof is signed for a fresh key, sealed under its code, and written down.
    pub(super) async fn issue_one(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (member, signing, places): (&Member, &Signing, &mut Places),
        ready: &Ready<'_>,
    ) -> Result<(), Error> {
        let (unit, now) = (signing.unit, self.now());
        let place = match places.draw(&*self.random) {
            Some(place) => place,
            None => {
                *places = self.places(tx, permit, signing).await?;
                places.draw(&*self.random).ok_or(Error::Unopened)?
            }
        };
        let holder = SigningKey::generate().ok_or(Error::Unopened)?;
        let bound = SigningKey::from_pkcs8(&holder).ok_or(Error::Unopened)?.public();
        let proof = Proof { holder: Some(bound.thumbprint()), ..proof(member, signing, (places.number, place), ready, now) };
        let (claims, hidden) = claims_of(&proof, &bound);
        let credential = issue(&signing.key, TYP, claims, &hidden, &*self.random).map_err(|_| Error::Unopened)?;
        let until = now.plus(OFFER_DAYS * DAY).min(proof.until.unwrap_or(Timestamp(i64::MAX)));
        let kept = Kept {
            assessment: ready.assessment.clone(),
            framework: ready.framework.name.get("sv").to_owned(),
            version: ready.framework.version.clone(),
            by: ready.by.to_owned(),
            second: ready.second.map(str::to_owned),
            withdrawn: None,
        };
        let row = self.bound_issued(IssuedRow {
            unit,
            id: ready.id,
            list: places.number,
            place,
            state: IssuedState::Offered,
            created: now,
            until,
            sealed: self.seal_kept(&member.keyring, (unit, ready.id), &kept),
            mac: Vec::new(),
        });
        issued::insert(tx, permit, row).await?;
        let waits = Place { unit, issued: ready.id, created: now, until };
        let badge = Some(as_badge(signing, &proof, (places.number, place), ready));
        let offered = Offered { credential, holder, badge };
        Ok(offer::insert(tx, permit, self.offer_row(waits, ready.code, offered)).await?)
    }

    /// From the unit's old keyring to its new one: all that it keeps of what it issued.
    pub(super) async fn rewrap_issued(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (both, new): (&Keyring, &Keyring),
        unit: UnitId,
    ) -> Result<(), Error> {
        let mut before = Uuid::max();
        loop {
            let rows = issued::page(tx, permit, unit, before, PAGE).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            before = last.id;
            for row in &rows {
                let Some(sealed) = rewrapped((both, new), &ad(unit, row.id), &row.sealed, &*self.random) else { continue };
                issued::rewrap(tx, permit, unit, row.id, sealed).await?;
            }
        }
    }

    fn opened_issued(&self, keyring: &Keyring, row: &IssuedRow) -> Result<Issued, Error> {
        let body = keyring.unwrap(&ad(row.unit, row.id), Padding::Steps, &row.sealed)?;
        let kept: Kept = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        let standing = match row.state {
            IssuedState::Offered if row.until <= self.now() => Standing::Expired,
            IssuedState::Offered => Standing::Offered,
            IssuedState::Taken => Standing::Taken,
            IssuedState::Withdrawn => Standing::Withdrawn,
        };
        Ok(Issued { id: row.id, standing, created: row.created, until: row.until, kept })
    }

    fn seal_kept(&self, keyring: &Keyring, (unit, id): (UnitId, Uuid), kept: &Kept) -> Vec<u8> {
        let body = serde_json::to_vec(kept).expect("texts are plain data");
        keyring.wrap(&ad(unit, id), Padding::Steps, &body, &*self.random)
    }
}

/// What is said, by whom, until when, and where it stands whether it is withdrawn.
fn proof(member: &Member, signing: &Signing, (number, place): (u64, u64), ready: &Ready<'_>, now: Timestamp) -> Proof {
    let organisation = &member.unit.organisation;
    let assessment = ready.assessment;
    let status = StatusRef { list: StatusKind::Token, uri: status_uri(signing, number), index: place };
    Proof {
        format: Format::SdJwtVc,
        kind: VCT.to_owned(),
        issuer: Issuer {
            id: signing.issuer(),
            name: Some(organisation.name.clone()),
            number: Some(organisation.number.to_string()),
        },
        subject: Subject { given: assessment.given.clone(), family: assessment.family.clone() },
        competence: assessment.competence(ready.framework),
        issued: Some(now),
        from: None,
        until: assessment.until.map(Timestamp::end_of_day),
        status: Some(status),
        holder: None,
    }
}

/// The same as an Open Badge, with the same place on the list in its other form.
fn as_badge(signing: &Signing, proof: &Proof, (number, place): (u64, u64), ready: &Ready<'_>) -> String {
    let status = StatusRef { list: StatusKind::Revocation, uri: revocation_uri(signing, number), index: place };
    let (_, lang) = badge::said(&proof.competence);
    // As ESCO calls it, in the language that the badge is in; a concept that the taxonomy here does not know, as its criterion does.
    let label = |(uri, name): (String, String)| {
        let known = ready.taxonomy.concept(&uri).and_then(|concept| concept.labels.get(lang).cloned());
        (uri, known.unwrap_or(name))
    };
    let labels: Vec<(String, String)> = ready.assessment.labels(ready.framework).into_iter().map(label).collect();
    let (id, criteria) = (format!("urn:uuid:{}", ready.id), ready.framework.about.get("sv"));
    let more = badge::More { id: &id, criteria, status: Some(&status), labels: &labels };
    badge::issue(proof, &more, &signing.key)
}

fn checked_reason(reason: &str) -> Result<String, Error> {
    let reason = reason.trim();
    let fault = match reason.chars().count() {
        0 => Fault::Missing,
        n if n > MAX_REASON => Fault::TooLong { max: MAX_REASON },
        _ => return Ok(reason.to_owned()),
    };
    Err(Error::Faults(vec![("reason".to_owned(), fault)]))
}

fn ad(unit: UnitId, id: Uuid) -> Ad {
    Ad::new(Label::IssuedRecord).bytes_field(b"issued").id(unit.0).id(id)
}
