//! Every write of a unit's member, under the unit's opened keyring, begins by holding that keyring: what is sealed under keys that were
//! made anew meanwhile would open to nobody, and who was removed meanwhile writes nothing more.

use super::member::Member;
use super::owner_write::hold_keys;
use super::{Error, Service};
use crate::store::{Tx, staff};

impl Service {
    /// Begins a member's write. [`Error::Gone`] where the unit's keys were made anew, or the member has left, since they were looked up.
    pub(super) async fn unit_write(&self, member: &Member) -> Result<Tx, Error> {
        let unit = member.unit.unit.id;
        let mut tx = self.db.write().await?;
        hold_keys(&mut tx, &member.keyring).await?;
        let at_work = staff::find(&mut tx, unit, member.id).await?.is_some_and(|row| row.active);
        if at_work { Ok(tx) } else { Err(Error::Gone) }
    }
}
