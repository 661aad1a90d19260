//! Who of a unit's staff is at work, with their unit's keyring opened through their own.

use super::staff::{Known, open_known, root_ad};
use super::{Error, Service, Session, SessionKind};
use crate::crypto::receive;
use crate::crypto::{Keyring, Label, Padding};
use crate::domain::event::{Event, Who};
use crate::domain::organisation::Role;
use crate::domain::{StaffId, UnitId};
use crate::policy::{Action, Permit, Resource};
use crate::store::Tx;
use crate::store::organisation::UnitRow;
use crate::store::staff::{self, StaffRow};

/// A member of staff at work: their unit, and its opened keyring.
pub struct Member {
    pub id: StaffId,
    pub unit: UnitRow,
    pub role: Role,
    pub name: String,
    pub keyring: Keyring,
}

impl Service {
    /// The member whose session it is, the unit, and the permit to do `action` to it.
    pub(super) async fn member_may(&self, session: &Session, action: Action) -> Result<(Member, UnitId, Permit), Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let permit = self.ask(session.staff(unit, member.role), action, Resource::Unit { unit })?;
        Ok((member, unit, permit))
    }

    /// The member who may do `action`, and the snapshot that they were found in: what is read in it opens by the keyring that they have
    /// there, also while the unit's keys are made anew.
    pub(super) async fn member_looks(&self, session: &Session, action: Action) -> Result<(Member, Permit, Tx), Error> {
        let mut tx = self.db.read().await?;
        let (mut member, sent) = self.member_in(&mut tx, session).await?;
        if let Some(row) = sent {
            // Whoever waits for the writer holds no snapshot.
            tx.commit().await?;
            self.keep_root(session, &member, row).await?;
            tx = self.db.read().await?;
            (member, _) = self.member_in(&mut tx, session).await?;
        }
        let unit = member.unit.unit.id;
        let permit = self.ask(session.staff(unit, member.role), action, Resource::Unit { unit })?;
        Ok((member, permit, tx))
    }

    /// The member whose session it is, with the unit's keyring opened.
    pub async fn member(&self, session: &Session) -> Result<Member, Error> {
        let mut tx = self.db.read().await?;
        let (member, sent) = self.member_in(&mut tx, session).await?;
        tx.commit().await?;
        if let Some(row) = sent {
            self.keep_root(session, &member, row).await?;
        }
        Ok(member)
    }

    /// Their row beside them where the unit's keyring was sent to them, and is not under their own yet.
    async fn member_in(&self, tx: &mut Tx, session: &Session) -> Result<(Member, Option<StaffRow>), Error> {
        if session.kind != SessionKind::Staff {
            return Err(Error::NotFound);
        }
        let id = StaffId(session.owner.0);
        let rows = staff::of_person(tx, id).await?;
        let row = at_work(rows, session.unit).ok_or(Error::NotFound)?;
        let unit = self.unit_in(tx, row.unit).await?;
        let newest = self.public_key_of(tx, row.unit.into()).await?.generation;
        // Until the row is opened it counts for the least.
        let _permit = self.ask(session.staff(row.unit, Role::Reader), Action::ReadUnit, Resource::Unit { unit: row.unit })?;
        self.check_staff(&row)?;
        let (keyring, sent) = open_root(session.keyring()?, &row)?;
        // An old row put back, of the member or of the unit's key: what is given to the unit would be sealed to whoever has left.
        if keyring.generation() != newest {
            return Err(Error::Unopened);
        }
        let Known { name, role } = open_known(&keyring, row.unit, id, &row.name)?;
        Ok((Member { id, unit, role, name, keyring }, sent.then_some(row)))
    }

    /// Puts the unit's keyring under the member's own, so that later looks cost AES only.
    async fn keep_root(&self, session: &Session, member: &Member, row: StaffRow) -> Result<(), Error> {
        let root = wrap_root(session.keyring()?, row.unit, &member.keyring, &*self.random);
        let sealed = self.bound_staff(row.unit, member.id, root, row.name);
        let mut tx = self.db.write().await?;
        // Sent anew by another rotation meanwhile, it is rewrapped at the next look.
        if staff::rewrap_root(&mut tx, row.unit, member.id, &row.mac, sealed).await? {
            tx.commit().await?;
        }
        Ok(())
    }
}

impl Member {
    /// An event that this member did at their unit.
    pub(super) fn event(&self, event: Event) -> Event {
        Event { who: Who::Staff { name: self.name.clone() }, ..event }
    }
}

/// The membership that a session works by: the one chosen, else the first.
pub(super) fn at_work(mut rows: Vec<StaffRow>, chosen: Option<UnitId>) -> Option<StaffRow> {
    let at = rows.iter().position(|row| Some(row.unit) == chosen).unwrap_or(0);
    (at < rows.len()).then(|| rows.swap_remove(at))
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

pub(super) fn wrap_root(own: &Keyring, unit: UnitId, keyring: &Keyring, random: &dyn crate::domain::Random) -> Vec<u8> {
    let ad = root_ad(Label::UnitRootWrap, unit, StaffId(own.owner.0));
    own.wrap(&ad, Padding::Steps, &keyring.encode(), random)
}
