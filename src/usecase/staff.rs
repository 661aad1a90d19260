//! Staff: persons of a unit, who open its keyring through their own.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::account::Newcomer;
use super::{Error, Service, Session, SessionKind};
use crate::crypto::receive;
use crate::crypto::recovery::{RecoveryCode, invite_key};
use crate::crypto::secret::Secret;
use crate::crypto::slot::{SlotKind, SlotPlace};
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::organisation::Role;
use crate::domain::profile::Fault;
use crate::domain::random::uuid_v7;
use crate::domain::time::DAY;
use crate::domain::{OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::invite::{self, InviteRow};
use crate::store::organisation::{self, UnitRow};
use crate::store::owner::{self, OwnerKind};
use crate::store::staff::{self, StaffRow};
use crate::store::{Tx, inbox, session, slot, token};

/// A member of staff at work: their unit, and its opened keyring.
pub struct Member {
    pub id: StaffId,
    pub unit: UnitRow,
    pub role: Role,
    pub name: String,
    pub keyring: Keyring,
}

/// A colleague as the unit's page shows them.
#[derive(Clone, Debug)]
pub struct Colleague {
    pub id: StaffId,
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

/// What accepting an invite gave.
pub struct Joined {
    pub session: Secret,
    pub sheet: RecoveryCode,
    /// The unit's own sheet, for its first administrator.
    pub unit_sheet: Option<RecoveryCode>,
}

/// What the unit's colleagues know of a member: sealed under the unit's wrap key. The role in clear beside it decides nothing.
#[derive(Serialize, Deserialize)]
struct Known {
    name: String,
    role: Role,
}

const MAX_NAME: usize = 80;
const INVITE_DAYS: i64 = 7;

impl Service {
    /// The member whose session it is, with the unit's keyring opened.
    pub async fn member(&self, session: &Session) -> Result<Member, Error> {
        if session.kind != SessionKind::Staff {
            return Err(Error::NotFound);
        }
        let id = StaffId(session.owner.0);
        let mut tx = self.db.read().await?;
        let row = staff::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let unit = self.unit_in(&mut tx, row.unit).await?;
        tx.commit().await?;
        // Until the row is opened it counts for the least.
        let _permit = self.ask(session.staff(row.unit, Role::Reader), Action::ReadUnit, Resource::Unit { unit: row.unit })?;
        self.check_staff(&row)?;
        let (keyring, sent) = open_root(session.keyring()?, &row)?;
        let Known { name, role } = open_known(&keyring, row.unit, id, &row.name)?;
        if sent {
            let root = wrap_root(session.keyring()?, row.unit, &keyring, &*self.random);
            let sealed = self.bound_staff(row.unit, id, root, row.name);
            let mut tx = self.db.write().await?;
            staff::set_root(&mut tx, row.unit, id, sealed).await?;
            tx.commit().await?;
        }
        Ok(Member { id, unit, role, name, keyring })
    }

    /// Whose invite it is: the unit and the role; `None` where it is used up or too old.
    pub async fn invited(&self, secret: &Secret) -> Result<Option<(UnitRow, Role)>, Error> {
        let mut tx = self.db.read().await?;
        let row = invite::find(&mut tx, secret.lookup(Label::InviteLookup).0).await?;
        let row = row.filter(|row| row.until > self.now() && self.is_own_invite(row));
        let found = match row {
            Some(row) => Some((self.unit_in(&mut tx, row.unit).await?, row.role)),
            None => None,
        };
        tx.commit().await?;
        Ok(found)
    }

    /// Accepts an invite: makes the member's account, and, for a unit's first administrator, its keyring. An administrator whom the
    /// operator invited to a unit that has one brings the unit's sheet.
    pub async fn join(&self, newcomer: &Newcomer, name: &str, phrase: &str, unit_sheet: Option<&str>) -> Result<Joined, Error> {
        let secret = newcomer.invite.as_deref().and_then(Secret::parse).ok_or(Error::NotFound)?;
        let lookup = secret.lookup(Label::InviteLookup).0;
        let mut tx = self.db.read().await?;
        let row = invite::find(&mut tx, lookup).await?.filter(|row| row.until > self.now()).ok_or(Error::Gone)?;
        if !self.is_own_invite(&row) {
            return Err(Error::Unopened);
        }
        let unit = self.unit_in(&mut tx, row.unit).await?;
        tx.commit().await?;
        let (unit_keyring, printed) = self.unit_keyring(&unit, &row, &secret, unit_sheet).await?;
        let name = self.joining_name(&unit_keyring, &row, name)?;
        let staff = OwnerId(uuid_v7(&*self.random, self.now()));
        let keyring = Keyring::new(staff, &*self.random);
        let ways = self.first_ways_in(&keyring, phrase).await?;
        let actor = Actor::Newcomer { invited_to: Some(row.unit) };
        let own = self.ask(actor, Action::CreateAccount, Resource::Account { owner: staff })?;
        let joins = self.ask(actor, Action::AcceptInvite, Resource::Unit { unit: row.unit })?;
        let mut tx = self.db.write().await?;
        if !invite::take(&mut tx, lookup, self.now()).await? {
            return Err(Error::Gone);
        }
        if let Some((_, sheet_row)) = &printed {
            self.open_unit(&mut tx, &joins, &unit_keyring, sheet_row.clone()).await?;
        }
        self.insert_owner(&mut tx, &own, newcomer, &keyring, OwnerKind::Staff, ways.rows).await?;
        let member = self.staff_row(&row, StaffId(staff.0), &name, &keyring, &unit_keyring);
        staff::insert(&mut tx, &joins, member).await?;
        tx.commit().await?;
        let session = self.begin_session(staff, SessionKind::Staff, newcomer.shared, Some(&keyring)).await?;
        Ok(Joined { session, sheet: ways.sheet, unit_sheet: printed.map(|(sheet, _)| sheet) })
    }

    /// Colleagues and open invites.
    pub async fn colleagues(&self, session: &Session) -> Result<(Member, Vec<Colleague>, Vec<OpenInvite>), Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let permit = self.ask(session.staff(unit, member.role), Action::ReadUnit, Resource::Unit { unit })?;
        let mut tx = self.db.read().await?;
        let rows = staff::of_unit(&mut tx, unit).await?;
        let invites = invite::of_unit(&mut tx, &permit, unit).await?;
        tx.commit().await?;
        let colleague = |row: StaffRow| {
            let Known { name, role } = open_known(&member.keyring, unit, row.id, &row.name)?;
            Ok(Colleague { id: row.id, name, role, since: row.created })
        };
        let colleagues = rows.into_iter().map(colleague).collect::<Result<_, Error>>()?;
        let open = |row: InviteRow| {
            let known = row.name.as_ref().map(|sealed| open_known(&member.keyring, unit, StaffId(row.id), sealed)).transpose()?;
            let name = known.map(|known| known.name).unwrap_or_default();
            Ok(OpenInvite { id: row.id, name, role: row.role, until: row.until })
        };
        let invites = invites.into_iter().filter(|row| row.until > self.now()).map(open).collect::<Result<_, Error>>()?;
        Ok((member, colleagues, invites))
    }

    /// Invites someone; the secret of a link that works once, within a week.
    pub async fn invite(&self, session: &Session, name: &str, role: Role) -> Result<Secret, Error> {
        let name = checked_name(name)?;
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let _permit = self.ask(session.staff(unit, member.role), Action::InviteStaff, Resource::Unit { unit })?;
        let secret = Secret::random(&*self.random);
        let id = uuid_v7(&*self.random, self.now());
        let sealed = member.keyring.seal_into(&invite_place(unit, id), &invite_key(&secret), &*self.random);
        let name = wrap_known(&member.keyring, unit, StaffId(id), &Known { name, role }, &*self.random);
        let row = self.invite_row(&secret, (unit, id), role, Some(sealed), Some(name));
        let mut tx = self.db.write().await?;
        invite::insert(&mut tx, row).await?;
        tx.commit().await?;
        Ok(secret)
    }

    pub async fn cancel_invite(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let permit = self.ask(session.staff(unit, member.role), Action::InviteStaff, Resource::Unit { unit })?;
        let mut tx = self.db.write().await?;
        invite::delete_one(&mut tx, &permit, unit, id).await?;
        Ok(tx.commit().await?)
    }

    /// Removes a colleague: their row, sessions and tokens end at once, and the unit's keyring rotates.
    pub async fn remove_staff(&self, session: &Session, id: StaffId) -> Result<(), Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let permit = self.ask(session.staff(unit, member.role), Action::RemoveStaff, Resource::Unit { unit })?;
        if id == member.id {
            return Err(Error::NotFound);
        }
        let now = self.now();
        let mut tx = self.db.write().await?;
        if !staff::leave(&mut tx, &permit, unit, id).await? {
            return Err(Error::NotFound);
        }
        session::end_all(&mut tx, id.into(), now).await?;
        let tokens = token::end_of_staff(&mut tx, &permit, unit, id, now).await?;
        organisation::ask_rotate(&mut tx, &permit, unit, true).await?;
        let lines = tokens.iter().map(|lookup| Ended::token(lookup, now));
        self.ended.append(lines.chain([Ended::new(EndedWhat::Staff, id.0, now)]).collect()).await?;
        Ok(tx.commit().await?)
    }

    pub(super) fn invite_row(
        &self,
        secret: &Secret,
        (unit, id): (UnitId, Uuid),
        role: Role,
        sealed: Option<Vec<u8>>,
        name: Option<Vec<u8>>,
    ) -> InviteRow {
        let (created, lookup) = (self.now(), secret.lookup(Label::InviteLookup).0);
        let (until, mac) = (created.plus(INVITE_DAYS * DAY), Vec::new());
        self.bound_invite(InviteRow { lookup, unit, id, role, sealed, name, created, until, mac })
    }

    /// The unit's keyring: from the invite, made new with a sheet, or opened by the sheet.
    async fn unit_keyring(
        &self,
        unit: &UnitRow,
        row: &InviteRow,
        secret: &Secret,
        sheet: Option<&str>,
    ) -> Result<(Keyring, Option<(RecoveryCode, slot::SlotRow)>), Error> {
        let id = row.unit;
        if let Some(sealed) = &row.sealed {
            return Ok((Keyring::open_slot(&invite_place(id, row.id), &invite_key(secret), sealed)?, None));
        }
        if !unit.open {
            let keyring = Keyring::new(id.into(), &*self.random);
            let printed = self.sheet_slot(&keyring);
            return Ok((keyring, Some(printed)));
        }
        let code = RecoveryCode::parse(sheet.unwrap_or_default())?;
        let mut tx = self.db.read().await?;
        let rows = slot::of_owner(&mut tx, id.into()).await?;
        tx.commit().await?;
        let place = |row: &slot::SlotRow| SlotPlace {
            table: "slot",
            owner: id.into(),
            slot: row.id,
            kind: SlotKind::Recovery,
            parameters: &[],
        };
        let open = |row: &slot::SlotRow| Keyring::open_slot(&place(row), &code.slot_key(), &row.sealed).ok();
        Ok((rows.iter().find_map(open).ok_or(Error::Wrong)?, None))
    }

    /// The name that the issuer told, or the one that the administrator wrote on the invite.
    fn joining_name(&self, keyring: &Keyring, row: &InviteRow, told: &str) -> Result<String, Error> {
        let meant = row.name.as_ref().map(|sealed| open_known(keyring, row.unit, StaffId(row.id), sealed)).transpose()?;
        let meant = meant.map(|known| known.name).unwrap_or_default();
        checked_name(if told.trim().is_empty() { &meant } else { told })
    }

    async fn open_unit(&self, tx: &mut Tx, permit: &Permit, keyring: &Keyring, sheet: slot::SlotRow) -> Result<(), Error> {
        let unit = UnitId(keyring.owner.0);
        let key = self.stored_key(keyring.owner, OwnerKind::Unit, keyring.public_key());
        owner::set_first_key(tx, permit, keyring.owner, key).await?;
        slot::insert(tx, permit, keyring.owner, sheet).await?;
        Ok(organisation::open_unit(tx, permit, unit).await?)
    }

    fn staff_row(&self, invite: &InviteRow, id: StaffId, name: &str, own: &Keyring, unit: &Keyring) -> StaffRow {
        let known = Known { name: name.to_owned(), role: invite.role };
        let name = wrap_known(unit, invite.unit, id, &known, &*self.random);
        let root = wrap_root(own, invite.unit, unit, &*self.random);
        let (unit, role, created) = (invite.unit, invite.role, self.now());
        let (root, name, mac) = self.bound_staff(unit, id, root, name);
        StaffRow { unit, id, role, active: true, created, name, root: Some(root), mac }
    }

    /// Gives the unit's keyring a new generation if someone has left: everything is rewrapped, invites end, and a new sheet is printed.
    pub async fn rotate_unit_if_due(&self, session: &Session) -> Result<Option<RecoveryCode>, Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let mut tx = self.db.read().await?;
        let due = organisation::must_rotate(&mut tx, unit).await?;
        tx.commit().await?;
        if !due || member.role != Role::Administrator || !session.fresh() {
            return Ok(None);
        }
        let permit = self.ask(session.staff(unit, member.role), Action::RotateUnit, Resource::Unit { unit })?;
        let both = member.keyring.rotated(&*self.random);
        let new = both.retire();
        let mut tx = self.db.write().await?;
        let rows = inbox::of_unit(&mut tx, &permit, unit, u64::from(u32::MAX)).await?;
        for row in rows {
            self.rewrap_row(&mut tx, &permit, (&both, &new), unit, row).await?;
        }
        for colleague in staff::of_unit(&mut tx, unit).await? {
            self.send_root(&mut tx, (&both, &new), colleague).await?;
        }
        invite::delete_of_unit(&mut tx, &permit, unit).await?;
        let gone = slot::delete_kind(&mut tx, &permit, unit.into(), SlotKind::Recovery.word()).await?;
        let (sheet, row) = self.sheet_slot(&new);
        slot::insert(&mut tx, &permit, unit.into(), row).await?;
        let key = self.stored_key(unit.into(), OwnerKind::Unit, new.public_key());
        owner::set_key(&mut tx, &permit, unit.into(), key).await?;
        organisation::ask_rotate(&mut tx, &permit, unit, false).await?;
        self.ended.append(gone.iter().map(|id| Ended::new(EndedWhat::Slot, *id, self.now())).collect()).await?;
        tx.commit().await?;
        Ok(Some(sheet))
    }

    /// A new printed sheet of the unit; the old one ends.
    pub async fn unit_sheet(&self, session: &Session) -> Result<RecoveryCode, Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let permit = self.ask(session.staff(unit, member.role), Action::PrintUnitSheet, Resource::Unit { unit })?;
        let (sheet, row) = self.sheet_slot(&member.keyring);
        let mut tx = self.db.write().await?;
        let gone = slot::delete_kind(&mut tx, &permit, unit.into(), SlotKind::Recovery.word()).await?;
        slot::insert(&mut tx, &permit, unit.into(), row).await?;
        self.ended.append(gone.iter().map(|id| Ended::new(EndedWhat::Slot, *id, self.now())).collect()).await?;
        tx.commit().await?;
        Ok(sheet)
    }

    /// When the unit's sheet was printed.
    pub async fn unit_sheet_made(&self, session: &Session) -> Result<Option<Timestamp>, Error> {
        let member = self.member(session).await?;
        let mut tx = self.db.read().await?;
        let rows = slot::of_owner(&mut tx, member.unit.unit.id.into()).await?;
        tx.commit().await?;
        Ok(rows.iter().filter(|row| row.kind == SlotKind::Recovery.word()).map(|row| row.created).max())
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

fn open_root(own: &Keyring, row: &StaffRow) -> Result<(Keyring, bool), Error> {
    let sealed = row.root.as_ref().ok_or(Error::Unopened)?;
    let sent = sealed.first() == Some(&receive::FORMAT);
    let bytes = if sent {
        let ad = root_ad(Label::UnitRootToStaff, row.unit, row.id);
        own.receive(Label::UnitRootToStaff, &ad, Padding::Steps, sealed)?
    } else {
        own.unwrap(&root_ad(Label::UnitRootWrap, row.unit, row.id), Padding::Steps, sealed)?
    };
    Ok((Keyring::decode(row.unit.into(), &bytes)?, sent))
}

fn wrap_root(own: &Keyring, unit: UnitId, keyring: &Keyring, random: &dyn crate::domain::Random) -> Vec<u8> {
    let ad = root_ad(Label::UnitRootWrap, unit, StaffId(own.owner.0));
    own.wrap(&ad, Padding::Steps, &keyring.encode(), random)
}

fn open_known(keyring: &Keyring, unit: UnitId, id: StaffId, sealed: &[u8]) -> Result<Known, Error> {
    let bytes = keyring.unwrap(&name_ad(unit, id), Padding::Steps, sealed)?;
    serde_json::from_slice(&bytes).map_err(|_| Error::Unopened)
}

fn wrap_known(keyring: &Keyring, unit: UnitId, id: StaffId, known: &Known, random: &dyn crate::domain::Random) -> Vec<u8> {
    let body = serde_json::to_vec(known).expect("a name and a role are plain data");
    keyring.wrap(&name_ad(unit, id), Padding::Steps, &body, random)
}

fn checked_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let fault = match name.chars().count() {
        0 => Fault::Missing,
        n if n > MAX_NAME => Fault::TooLong { max: MAX_NAME },
        _ => return Ok(name.to_owned()),
    };
    Err(Error::Faults(vec![("name".to_owned(), fault)]))
}

const fn invite_place(unit: UnitId, id: Uuid) -> SlotPlace<'static> {
    SlotPlace { table: "invite", owner: OwnerId(unit.0), slot: id, kind: SlotKind::Invite, parameters: &[] }
}

fn root_ad(label: Label, unit: UnitId, id: StaffId) -> Ad {
    Ad::new(label).bytes_field(b"staff").id(unit.0).id(id.0)
}

fn name_ad(unit: UnitId, id: StaffId) -> Ad {
    Ad::new(Label::StaffName).bytes_field(b"staff").id(unit.0).id(id.0)
}
