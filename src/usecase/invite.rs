//! Invites of staff: made by an administrator or by the operator, accepted once, by a newcomer or by who is staff of another unit.

use uuid::Uuid;

use super::account::Newcomer;
use super::member::wrap_root;
use super::owner_write::hold_keys;
use super::staff::{Known, checked_name, open_known, wrap_known};
use super::{Error, Service, Session, SessionKind};
use crate::crypto::recovery::{RecoveryCode, invite_key};
use crate::crypto::secret::Secret;
use crate::crypto::slot::{SlotKind, SlotPlace};
use crate::crypto::{Keyring, Label};
use crate::domain::event::{Event, What, Who};
use crate::domain::organisation::Role;
use crate::domain::random::uuid_v7;
use crate::domain::time::DAY;
use crate::domain::{OwnerId, StaffId, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::invite::{self, InviteRow};
use crate::store::organisation::{Standing, UnitRow};
use crate::store::owner::{self, OwnerKind};
use crate::store::staff::{self, StaffRow};
use crate::store::{Tx, slot};

/// What accepting an invite gave a newcomer.
pub struct Joined {
    pub session: Secret,
    pub sheet: RecoveryCode,
    /// The unit's own sheet, for its first administrator.
    pub unit_sheet: Option<RecoveryCode>,
}

/// What an invite leads to.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub unit: UnitRow,
    pub role: Role,
    /// It holds no key: whoever accepts it brings the code of the unit's printed sheet.
    pub wants_sheet: bool,
}

/// An invite that has been found, with its secret and unit.
struct Found {
    secret: Secret,
    row: InviteRow,
    unit: UnitRow,
}

/// The unit's keyring as the invite gave it; the sheet and its slot where it was made just now.
type UnitKeys = (Keyring, Option<(RecoveryCode, slot::SlotRow)>);

const INVITE_DAYS: i64 = 7;

impl Service {
    /// What an invite leads to; `None` where it is used up or too old.
    pub async fn invited(&self, secret: &Secret) -> Result<Option<Invitation>, Error> {
        let mut tx = self.db.read().await?;
        let row = invite::find(&mut tx, secret.lookup(Label::InviteLookup).0).await?;
        let row = row.filter(|row| row.until > self.now() && self.is_own_invite(row));
        let Some(row) = row else { return Ok(None) };
        let unit = self.unit_in(&mut tx, row.unit).await?;
        tx.commit().await?;
        let wants_sheet = unit.open && row.sealed.is_none();
        Ok(Some(Invitation { unit, role: row.role, wants_sheet }))
    }

    /// The same, for who has come with it.
    pub async fn invited_with(&self, newcomer: &Newcomer) -> Result<Option<Invitation>, Error> {
        match newcomer.invite.as_deref().and_then(Secret::parse) {
            Some(secret) => self.invited(&secret).await,
            None => Ok(None),
        }
    }

    /// Accepts an invite: makes the member's account, and, for a unit's first administrator, its keyring. An administrator whom the
    /// operator invited to a unit that has one brings the unit's sheet.
    pub async fn join(&self, newcomer: &Newcomer, name: &str, phrase: &str, unit_sheet: Option<&str>) -> Result<Joined, Error> {
        let found = self.found_invite(newcomer).await?;
        let keys = self.unit_keyring(&found, unit_sheet).await?;
        let staff = OwnerId(uuid_v7(&*self.random, self.now()));
        let keyring = Keyring::new(staff, &*self.random);
        let member = self.joining(&found, &keys.0, &keyring, name)?;
        let ways = self.first_ways_in(&keyring, phrase).await?;
        let actor = Actor::Newcomer { invited_to: Some(found.row.unit) };
        let own = self.ask(actor, Action::CreateAccount, Resource::Account { owner: staff })?;
        let mut tx = self.db.write().await?;
        let joins = self.take_invite(&mut tx, &found, &keys).await?;
        self.insert_owner(&mut tx, &own, newcomer, &keyring, OwnerKind::Staff, ways.rows).await?;
        self.insert_member(&mut tx, &joins, &keys.0, member).await?;
        tx.commit().await?;
        let session = self.begin_session(staff, SessionKind::Staff, newcomer.shared, Some(&keyring)).await?;
        Ok(Joined { session, sheet: ways.sheet, unit_sheet: keys.1.map(|(sheet, _)| sheet) })
    }

    /// Accepts an invite as someone who has a staff account already: one person may be staff of several units. The session works at the
    /// new one from now on. The unit's own sheet, for its first administrator. [`Error::TooMany`] where they belong to it already.
    pub async fn join_too(
        &self,
        session: &Session,
        newcomer: &Newcomer,
        unit_sheet: Option<&str>,
    ) -> Result<Option<RecoveryCode>, Error> {
        if session.kind != SessionKind::Staff {
            return Err(Error::NotFound);
        }
        let own = session.keyring()?;
        let found = self.found_invite(newcomer).await?;
        let unit = found.row.unit;
        if self.units_of(session).await?.iter().any(|row| row.unit.id == unit) {
            return Err(Error::TooMany(1));
        }
        let keys = self.unit_keyring(&found, unit_sheet).await?;
        let member = self.joining(&found, &keys.0, own, newcomer.name.as_deref().unwrap_or_default())?;
        let mut tx = self.db.write().await?;
        let joins = self.take_invite(&mut tx, &found, &keys).await?;
        self.insert_member(&mut tx, &joins, &keys.0, member).await?;
        tx.commit().await?;
        self.choose_unit(session, unit).await?;
        Ok(keys.1.map(|(sheet, _)| sheet))
    }

    /// Invites someone; the secret of a link that works once, within a week. [`Error::TooMany`] where an invite to the same name and role is
    /// open: a form that a reload sends again must not make a second way in.
    pub async fn invite(&self, session: &Session, name: &str, role: Role) -> Result<Secret, Error> {
        let name = checked_name(name)?;
        let (member, unit, permit) = self.member_may(session, Action::InviteStaff).await?;
        let (_, _, open) = self.colleagues(session).await?;
        if open.iter().any(|one| one.name == name && one.role == role) {
            return Err(Error::TooMany(1));
        }
        let secret = Secret::random(&*self.random);
        let id = uuid_v7(&*self.random, self.now());
        let sealed = member.keyring.seal_into(&invite_place(unit, id), &invite_key(&secret), &*self.random);
        let event = member.event(Event { whom: Some(name.clone()), ..self.plain_event(What::StaffInvited) });
        let name = wrap_known(&member.keyring, unit, StaffId(id), &Known { name, role }, &*self.random);
        let row = self.invite_row(&secret, (unit, id), role, Some(sealed), Some(name));
        let mut tx = self.unit_write(&member).await?;
        invite::insert(&mut tx, row).await?;
        self.record_own(&mut tx, &permit, &member.keyring, event).await?;
        tx.commit().await?;
        Ok(secret)
    }

    pub async fn cancel_invite(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let (_, unit, permit) = self.member_may(session, Action::InviteStaff).await?;
        let mut tx = self.db.write().await?;
        invite::delete_one(&mut tx, &permit, unit, id).await?;
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

    async fn found_invite(&self, newcomer: &Newcomer) -> Result<Found, Error> {
        let secret = newcomer.invite.as_deref().and_then(Secret::parse).ok_or(Error::NotFound)?;
        let mut tx = self.db.read().await?;
        let row = invite::find(&mut tx, secret.lookup(Label::InviteLookup).0).await?;
        let row = row.filter(|row| row.until > self.now()).ok_or(Error::Gone)?;
        if !self.is_own_invite(&row) {
            return Err(Error::Unopened);
        }
        let unit = self.unit_in(&mut tx, row.unit).await?;
        tx.commit().await?;
        Ok(Found { secret, row, unit })
    }

    /// Uses the invite up, and opens the unit where this is its first administrator.
    async fn take_invite(&self, tx: &mut Tx, found: &Found, keys: &UnitKeys) -> Result<Permit, Error> {
        let unit = found.row.unit;
        // Who holds an invite is new to the unit that it is for, whether or not they have an account.
        let actor = Actor::Newcomer { invited_to: Some(unit) };
        let permit = self.ask(actor, Action::AcceptInvite, Resource::Unit { unit })?;
        if !invite::take(tx, found.row.lookup, self.now()).await? {
            return Err(Error::Gone);
        }
        let (keyring, made) = keys;
        if let Some((_, sheet)) = made {
            let key = self.stored_key(keyring.owner, OwnerKind::Unit, keyring.public_key());
            owner::set_first_key(tx, &permit, keyring.owner, key).await?;
            slot::insert(tx, &permit, keyring.owner, sheet.clone()).await?;
            self.set_standing(tx, &permit, unit, |now| Standing { open: true, ..now }).await?;
        }
        hold_keys(tx, keyring).await?;
        Ok(permit)
    }

    async fn insert_member(&self, tx: &mut Tx, permit: &Permit, unit: &Keyring, member: Joining) -> Result<(), Error> {
        staff::insert(tx, permit, member.row).await?;
        let event = Event { who: Who::Staff { name: member.name }, ..self.plain_event(What::StaffJoined) };
        self.record_own(tx, permit, unit, event).await
    }

    /// The unit's keyring: from the invite, made new with a sheet, or opened by the sheet.
    async fn unit_keyring(&self, found: &Found, sheet: Option<&str>) -> Result<UnitKeys, Error> {
        let Found { secret, row, unit } = found;
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

    /// The member's row, under the name that the issuer told, or the one that the administrator wrote on the invite.
    fn joining(&self, found: &Found, unit: &Keyring, own: &Keyring, told: &str) -> Result<Joining, Error> {
        let row = &found.row;
        let id = StaffId(own.owner.0);
        let meant = row.name.as_ref().map(|sealed| open_known(unit, row.unit, StaffId(row.id), sealed)).transpose()?;
        let meant = meant.map(|known| known.name).unwrap_or_default();
        let name = checked_name(if told.trim().is_empty() { &meant } else { told })?;
        let known = Known { name: name.clone(), role: row.role };
        let sealed = wrap_known(unit, row.unit, id, &known, &*self.random);
        let root = wrap_root(own, row.unit, unit, &*self.random);
        let (unit, role, created) = (row.unit, row.role, self.now());
        let (root, known, mac) = self.bound_staff(unit, id, root, sealed);
        let row = StaffRow { unit, id, role, active: true, created, name: known, root: Some(root), mac };
        Ok(Joining { name, row })
    }
}

struct Joining {
    name: String,
    row: StaffRow,
}

const fn invite_place(unit: UnitId, id: Uuid) -> SlotPlace<'static> {
    SlotPlace { table: "invite", owner: OwnerId(unit.0), slot: id, kind: SlotKind::Invite, parameters: &[] }
}
