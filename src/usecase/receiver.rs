//! A unit's receiver: the address at which its own system is told of consents, kept by the unit's administrators.

use super::member::Member;
use super::{Error, Service, Session};
use crate::domain::delivery::{MAX_ADDRESS, Told, receiver};
use crate::domain::event::What;
use crate::domain::profile::Fault;
use crate::domain::{Timestamp, UnitId};
use crate::policy::{Action, Permit};
use crate::store::delivery::{self, DeliveryRow, ReceiverRow};
use crate::store::ended::Ended;

/// As its unit's administrators see it.
#[derive(Clone, Debug)]
pub struct Receiver {
    pub address: String,
    pub since: Timestamp,
}

/// What was lately told, and what could not be.
#[derive(Clone, Debug, Default)]
pub struct Deliveries {
    /// The newest, whatever became of them.
    pub latest: Vec<DeliveryRow>,
    pub failed: Vec<DeliveryRow>,
}

const LATEST: u64 = 10;
const MOST_FAILED: u64 = 100;

impl Service {
    /// Where the unit is told, if anywhere.
    pub async fn receiver(&self, session: &Session) -> Result<(Member, Option<Receiver>), Error> {
        let (member, _permit) = self.keeper(session).await?;
        let mut tx = self.db.read().await?;
        let row = delivery::receiver(&mut tx, member.unit.unit.id).await?;
        tx.commit().await?;
        let row = row.map(|row| if self.is_own_receiver(member.unit.unit.id, &row) { Ok(row) } else { Err(Error::Unopened) });
        let row = row.transpose()?.map(|row| Receiver { address: row.url, since: row.created });
        Ok((member, row))
    }

    /// The latest deliveries and those that failed.
    pub async fn deliveries(&self, session: &Session) -> Result<Deliveries, Error> {
        let (member, permit) = self.keeper(session).await?;
        let unit = member.unit.unit.id;
        let mut tx = self.db.read().await?;
        let latest = delivery::of_unit(&mut tx, &permit, unit, LATEST).await?;
        let failed = delivery::failed_of_unit(&mut tx, &permit, unit, MOST_FAILED).await?;
        tx.commit().await?;
        Ok(Deliveries { latest, failed })
    }

    /// From now on the unit is told here. `plain`: http to this machine is allowed too, as in the demonstration.
    pub async fn set_receiver(&self, session: &Session, address: &str, plain: bool) -> Result<(), Error> {
        let fault = |fault| Error::Faults(vec![("address".to_owned(), fault)]);
        let address = match address.trim() {
            "" => return Err(fault(Fault::Missing)),
            long if long.len() > MAX_ADDRESS => return Err(fault(Fault::TooLong { max: MAX_ADDRESS })),
            text => receiver(text, plain).ok_or_else(|| fault(Fault::NotAnAddress))?,
        };
        let (member, permit) = self.keeper(session).await?;
        let unit = member.unit.unit.id;
        let row = self.bound_receiver(unit, address.to_string(), self.now());
        let mut tx = self.unit_write(&member).await?;
        let before = delivery::receiver(&mut tx, unit).await?;
        delivery::set_receiver(&mut tx, &permit, unit, row).await?;
        self.record_own(&mut tx, &permit, &member.keyring, member.event(self.plain_event(What::ReceiverSet))).await?;
        if let Some(before) = before {
            self.ended.append(vec![Ended::receiver(unit, before.created)]).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The unit is told no more, and what waited is forgotten.
    pub async fn drop_receiver(&self, session: &Session) -> Result<(), Error> {
        let (member, permit) = self.keeper(session).await?;
        let unit = member.unit.unit.id;
        let mut tx = self.unit_write(&member).await?;
        if !delivery::drop_receiver(&mut tx, &permit, unit).await? {
            return Err(Error::NotFound);
        }
        self.record_own(&mut tx, &permit, &member.keyring, member.event(self.plain_event(What::ReceiverRemoved))).await?;
        self.ended.append(vec![Ended::receiver(unit, self.now())]).await?;
        Ok(tx.commit().await?)
    }

    /// Sends an event of no consent, to see whether the receiver takes it.
    pub async fn test_receiver(&self, session: &Session) -> Result<(), Error> {
        let (member, permit) = self.keeper(session).await?;
        let mut tx = self.unit_write(&member).await?;
        if !self.put_delivery(&mut tx, &permit, member.unit.unit.id, None, Told::Test).await? {
            return Err(Error::NotFound);
        }
        Ok(tx.commit().await?)
    }

    /// Tries again all that could not be delivered; how many.
    pub async fn retry_deliveries(&self, session: &Session) -> Result<u64, Error> {
        let (member, permit) = self.keeper(session).await?;
        let mut tx = self.unit_write(&member).await?;
        let count = delivery::retry(&mut tx, &permit, member.unit.unit.id, self.now()).await?;
        tx.commit().await?;
        Ok(count)
    }

    async fn keeper(&self, session: &Session) -> Result<(Member, Permit), Error> {
        let (member, _, permit) = self.member_may(session, Action::KeepReceiver).await?;
        Ok((member, permit))
    }

    fn bound_receiver(&self, unit: UnitId, url: String, created: Timestamp) -> ReceiverRow {
        let mac = self.receiver_mac(unit, &url, created);
        ReceiverRow { url, created, mac }
    }
}
