//! Staff: persons of a unit, who open its keyring through their own.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event::Line;
use super::member::{Member, at_work};
use super::{Error, Service, Session, SessionKind};
use crate::crypto::event::{self as seal, EventPlace};
use crate::crypto::receive;
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::slot::SlotKind;
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::event::{Event, What};
use crate::domain::organisation::Role;
use crate::domain::profile::Fault;
use crate::domain::{OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::{Action, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::inbox::Place;
use crate::store::invite::{self, InviteRow};
use crate::store::organisation::{Standing, UnitRow};
use crate::store::owner::{self, OwnerKind};
use crate::store::staff::{self, StaffRow};
use crate::store::{Tx, event, inbox, session, slot, token};

/// A colleague as the unit's page shows them.
#[derive(Clone, Debug)]
pub struct Colleague {
    pub id: StaffId,
    /// Empty where what is stored of them does not open: they can still be removed.
    pub name: String,
    pub role: Role,
    pub since: Timestamp,
}

/// An invite that has not been used yet.
#[derive(Clone, Debug)]
pub struct OpenInvite {
    pub id: Uuid,
    pub name: String,
    pub role: Role,
    pub until: Timestamp,
}

/// What the unit's colleagues know of a member: sealed under the unit's wrap key. The role in clear beside it decides nothing.
#[derive(Serialize, Deserialize)]
pub(super) struct Known {
    pub name: String,
    pub role: Role,
}

const MAX_NAME: usize = 80;

impl Service {
    /// The units that a member of staff belongs to, the first one joined first.
    pub async fn units_of(&self, session: &Session) -> Result<Vec<UnitRow>, Error> {
        let _permit = self.ask(self.actor(session), Action::ReadAccount, Resource::Account { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let mut units = Vec::new();
        for row in staff::of_person(&mut tx, StaffId(session.owner.0)).await? {
            units.push(self.unit_in(&mut tx, row.unit).await?);
        }
        tx.commit().await?;
        Ok(units)
    }

    /// The unit at which a session works: the one chosen, else the first, and then that one stays, whatever other unit is joined or left.
    pub(super) async fn unit_from_now_on(
        &self,
        owner: OwnerId,
        kind: SessionKind,
        chosen: Option<UnitId>,
    ) -> Result<Option<UnitId>, Error> {
        if kind != SessionKind::Staff {
            return Ok(None);
        }
        let mut tx = self.db.read().await?;
        let rows = staff::of_person(&mut tx, StaffId(owner.0)).await?;
        tx.commit().await?;
        Ok(at_work(rows, chosen).map(|row| row.unit))
    }

    /// From now on the session works at this unit, one that its holder belongs to.
    pub async fn choose_unit(&self, session: &Session, unit: UnitId) -> Result<(), Error> {
        let chosen = Session { unit: Some(unit), ..session.clone() };
        if self.member(&chosen).await?.unit.unit.id != unit {
            return Err(Error::NotFound);
        }
        self.keep_unit(&chosen).await
    }

    /// Colleagues and open invites.
    pub async fn colleagues(&self, session: &Session) -> Result<(Member, Vec<Colleague>, Vec<OpenInvite>), Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadUnit).await?;
        let unit = member.unit.unit.id;
        let rows = staff::of_unit(&mut tx, unit).await?;
        let invites = invite::of_unit(&mut tx, &permit, unit).await?;
        tx.commit().await?;
        let colleague = |row: StaffRow| {
            let unreadable = |_| Known { name: String::new(), role: row.role };
            let Known { name, role } = open_known(&member.keyring, unit, row.id, &row.name).unwrap_or_else(unreadable);
            Colleague { id: row.id, name, role, since: row.created }
        };
        let colleagues = rows.into_iter().map(colleague).collect();
        let open = |row: InviteRow| {
            let known = row.name.as_ref().and_then(|sealed| open_known(&member.keyring, unit, StaffId(row.id), sealed).ok());
            let name = known.map(|known| known.name).unwrap_or_default();
            OpenInvite { id: row.id, name, role: row.role, until: row.until }
        };
        let invites = invites.into_iter().filter(|row| row.until > self.now()).map(open).collect();
        Ok((member, colleagues, invites))
    }

    /// Removes a colleague: their row, sessions and tokens and all open invites end at once, and the unit's keyring rotates.
    pub async fn remove_staff(&self, session: &Session, id: StaffId) -> Result<(), Error> {
        let (member, unit, permit) = self.member_may(session, Action::RemoveStaff).await?;
        if id == member.id {
            return Err(Error::NotFound);
        }
        let now = self.now();
        let mut tx = self.unit_write(&member).await?;
        if !staff::leave(&mut tx, &permit, unit, id).await? {
            return Err(Error::NotFound);
        }
        let whom = staff::find(&mut tx, unit, id).await?.map(|row| open_known(&member.keyring, unit, id, &row.name)).transpose();
        // A name that does not open must not keep anyone in.
        let whom = whom.ok().flatten().map(|known| known.name);
        session::end_all(&mut tx, id.into(), now).await?;
        let tokens = token::end_of_staff(&mut tx, &permit, unit, id, now).await?;
        // They hold the unit's keyring, and whoever leaves may have written one for themselves.
        invite::delete_of_unit(&mut tx, &permit, unit).await?;
        self.set_standing(&mut tx, &permit, unit, |now| Standing { rotate: true, ..now }).await?;
        let event = member.event(Event { whom, ..self.plain_event(What::StaffRemoved) });
        self.record_own(&mut tx, &permit, &member.keyring, event).await?;
        let lines = tokens.iter().map(|lookup| Ended::token(lookup, now));
        self.ended.append(lines.chain([Ended::staff(id, unit, now)]).collect()).await?;
        Ok(tx.commit().await?)
    }

    /// Gives the unit's keyring a new generation if someone has left: everything is rewrapped, invites end, and a new sheet is printed.
    pub async fn rotate_unit_if_due(&self, session: &Session) -> Result<Option<RecoveryCode>, Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let mut tx = self.db.read().await?;
        let due = self.standing(&mut tx, unit).await?.1.rotate;
        tx.commit().await?;
        if !due || member.role != Role::Administrator || !session.fresh() {
            return Ok(None);
        }
        let permit = self.ask(session.staff(unit, member.role), Action::RotateUnit, Resource::Unit { unit })?;
        let both = member.keyring.rotated(&*self.random);
        let new = both.retire_keeping_events();
        let mut tx = self.unit_write(&member).await?;
        for row in inbox::of_unit(&mut tx, &permit, unit, Place::START, u64::from(u32::MAX)).await? {
            readable(self.rewrap_row(&mut tx, &permit, (&both, &new), unit, row).await)?;
        }
        for colleague in staff::of_unit(&mut tx, unit).await? {
            readable(self.send_root(&mut tx, (&both, &new), colleague).await)?;
        }
        self.rewrap_issuing(&mut tx, &permit, (&both, &new), unit).await?;
        invite::delete_of_unit(&mut tx, &permit, unit).await?;
        let gone = slot::delete_kind(&mut tx, &permit, unit.into(), SlotKind::Recovery.word()).await?;
        let (sheet, row) = self.sheet_slot(&new);
        slot::insert(&mut tx, &permit, unit.into(), row).await?;
        let key = self.stored_key(unit.into(), OwnerKind::Unit, new.public_key());
        owner::set_key(&mut tx, &permit, unit.into(), key).await?;
        self.set_standing(&mut tx, &permit, unit, |now| Standing { rotate: false, ..now }).await?;
        self.record_own(&mut tx, &permit, &new, member.event(self.plain_event(What::UnitKeysRotated))).await?;
        self.ended.append(gone.iter().map(|id| Ended::new(EndedWhat::Slot, *id, self.now())).collect()).await?;
        tx.commit().await?;
        Ok(Some(sheet))
    }

    /// A new printed sheet of the unit; the old one ends.
    pub async fn unit_sheet(&self, session: &Session) -> Result<RecoveryCode, Error> {
        let (member, unit, permit) = self.member_may(session, Action::PrintUnitSheet).await?;
        let (sheet, row) = self.sheet_slot(&member.keyring);
        let mut tx = self.unit_write(&member).await?;
        let gone = slot::delete_kind(&mut tx, &permit, unit.into(), SlotKind::Recovery.word()).await?;
        slot::insert(&mut tx, &permit, unit.into(), row).await?;
        self.record_own(&mut tx, &permit, &member.keyring, member.event(self.plain_event(What::UnitSheetPrinted))).await?;
        self.ended.append(gone.iter().map(|id| Ended::new(EndedWhat::Slot, *id, self.now())).collect()).await?;
        tx.commit().await?;
        Ok(sheet)
    }

    /// What has happened at the unit, newest first; for its administrators.
    pub async fn unit_events(&self, session: &Session, most: u64) -> Result<Vec<Line>, Error> {
        let (member, _permit, mut tx) = self.member_looks(session, Action::ReadUnitEvents).await?;
        let unit = member.unit.unit.id;
        let rows = event::of_stream(&mut tx, unit.into(), unit.0, Timestamp(i64::MAX), most).await?;
        tx.commit().await?;
        let open = |row: event::EventRow| {
            let place = EventPlace { owner: unit.into(), stream: row.stream, sequence: row.sequence, at: row.at };
            let event = seal::open(&place, &member.keyring, None, row.sealed.as_ref().ok_or(Error::Unopened)?)?;
            Ok(Line { event, sequence: row.sequence, leaf: row.leaf })
        };
        rows.into_iter().map(open).collect()
    }

    /// When the unit's sheet was printed.
    pub async fn unit_sheet_made(&self, session: &Session) -> Result<Option<Timestamp>, Error> {
        let member = self.member(session).await?;
        let mut tx = self.db.read().await?;
        let rows = slot::of_owner(&mut tx, member.unit.unit.id.into()).await?;
        tx.commit().await?;
        Ok(rows.iter().filter(|row| row.kind == SlotKind::Recovery.word()).map(|row| row.created).max())
    }

    /// All that issuing keeps under the unit's wrap key.
    async fn rewrap_issuing(&self, tx: &mut Tx, permit: &Permit, keys: (&Keyring, &Keyring), unit: UnitId) -> Result<(), Error> {
        self.rewrap_issuing_keys(tx, permit, keys, unit).await?;
        self.rewrap_assessments(tx, permit, keys, unit).await?;
        self.rewrap_batches(tx, permit, keys, unit).await?;
        self.rewrap_issued(tx, permit, keys, unit).await
    }

    /// Seals the unit's new keyring to a colleague, and their name under it.
    async fn send_root(&self, tx: &mut Tx, (both, new): (&Keyring, &Keyring), row: StaffRow) -> Result<(), Error> {
        self.check_staff(&row)?;
        let key = self.public_key_of(tx, row.id.into()).await?;
        let ad = root_ad(Label::UnitRootToStaff, row.unit, row.id);
        let root = receive::seal(&key, Label::UnitRootToStaff, &ad, Padding::Steps, &new.encode(), &*self.random)?;
        let known = open_known(both, row.unit, row.id, &row.name)?;
        let name = wrap_known(new, row.unit, row.id, &known, &*self.random);
        let sealed = self.bound_staff(row.unit, row.id, root, name);
        Ok(staff::set_root(tx, row.unit, row.id, sealed).await?)
    }
}

/// From a unit's old keyring to its new one; `None` for what [`readable`] passes over.
pub(super) fn rewrapped(
    (both, new): (&Keyring, &Keyring),
    ad: &Ad,
    sealed: &[u8],
    random: &dyn crate::domain::Random,
) -> Option<Vec<u8>> {
    let Ok(body) = both.unwrap(ad, Padding::Steps, sealed) else {
        metrics::counter!("rows_unreadable").increment(1);
        return None;
    };
    Some(new.wrap(ad, Padding::Steps, &body, random))
}

/// A row that someone has spoilt opens to nobody any more: it must not keep the keys of whoever has left.
pub(super) fn readable(rewrapped: Result<(), Error>) -> Result<(), Error> {
    if matches!(rewrapped, Err(Error::Unopened)) {
        metrics::counter!("rows_unreadable").increment(1);
        return Ok(());
    }
    rewrapped
}

/// Those of a list that open, and how many do not: one that somebody has spoilt does not hide the others.
pub(super) fn those_readable<T>(opened: impl Iterator<Item = Result<T, Error>>) -> Result<(Vec<T>, usize), Error> {
    let (mut read, mut unreadable) = (Vec::new(), 0);
    for one in opened {
        match one {
            Ok(one) => read.push(one),
            Err(Error::Unopened) => unreadable += 1,
            Err(error) => return Err(error),
        }
    }
    Ok((read, unreadable))
}

pub(super) fn open_known(keyring: &Keyring, unit: UnitId, id: StaffId, sealed: &[u8]) -> Result<Known, Error> {
    let bytes = keyring.unwrap(&name_ad(unit, id), Padding::Steps, sealed)?;
    serde_json::from_slice(&bytes).map_err(|_| Error::Unopened)
}

pub(super) fn wrap_known(
    keyring: &Keyring,
    unit: UnitId,
    id: StaffId,
    known: &Known,
    random: &dyn crate::domain::Random,
) -> Vec<u8> {
    let body = serde_json::to_vec(known).expect("a name and a role are plain data");
    keyring.wrap(&name_ad(unit, id), Padding::Steps, &body, random)
}

pub(super) fn checked_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let fault = match name.chars().count() {
        0 => Fault::Missing,
        n if n > MAX_NAME => Fault::TooLong { max: MAX_NAME },
        _ => return Ok(name.to_owned()),
    };
    Err(Error::Faults(vec![("name".to_owned(), fault)]))
}

pub(super) fn root_ad(label: Label, unit: UnitId, id: StaffId) -> Ad {
    Ad::new(label).bytes_field(b"staff").id(unit.0).id(id.0)
}

pub(super) fn name_ad(unit: UnitId, id: StaffId) -> Ad {
    Ad::new(Label::StaffName).bytes_field(b"staff").id(unit.0).id(id.0)
}
