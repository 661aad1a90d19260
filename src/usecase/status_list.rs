//! Lists that say which of a unit's proofs are withdrawn: a bit for each, in places drawn at random so that none tells of its neighbour.
//! The unit's key signs them, in two forms with the same places, whenever a bit changes.

use std::collections::BTreeSet;

use super::issuing_key::Signing;
use super::{Error, Service};
use crate::credential::status::{self, MIN_ENTRIES, Order, StatusList, Times, bitstring_token};
use crate::domain::credential::StatusKind;
use crate::domain::random::bytes;
use crate::domain::time::MINUTE;
use crate::domain::{Random, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::Tx;
use crate::store::status_list::{self, ListRow, Served};

/// Places of one list.
const SIZE: u64 = MIN_ENTRIES as u64;
/// Beyond this a place that is free takes long to draw: the next list is begun.
const FULL: usize = MIN_ENTRIES / 2;
/// A checker may keep a list so long.
pub const TTL: i64 = 5 * MINUTE;

/// What is free on the list that is being filled.
pub(super) struct Places {
    pub number: u64,
    taken: BTreeSet<u64>,
}

impl Places {
    /// A place nobody has; `None` where the list is full.
    pub(super) fn draw(&mut self, random: &dyn Random) -> Option<u64> {
        if self.taken.len() >= FULL {
            return None;
        }
        loop {
            let place = u64::from(u32::from_be_bytes(bytes(random))) % SIZE;
            if self.taken.insert(place) {
                return Some(place);
            }
        }
    }
}

/// Of the list in either form.
pub(super) fn status_uri(signing: &Signing, number: u64) -> String {
    format!("{}/status/{number}", signing.issuer())
}

pub(super) fn revocation_uri(signing: &Signing, number: u64) -> String {
    format!("{}/revocation/{number}", signing.issuer())
}

impl Service {
    /// The list as it is served, signed, as a status list token; its text is `None` while the unit has yet to sign it anew.
    pub async fn status_token(&self, unit: UnitId, number: u64) -> Result<Served, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        status_list::token(&mut self.db.look().await?, unit, number).await?.ok_or(Error::NotFound)
    }

    /// The same as a bitstring status list credential.
    pub async fn revocation_list(&self, unit: UnitId, number: u64) -> Result<Served, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        status_list::revocation(&mut self.db.look().await?, unit, number).await?.ok_or(Error::NotFound)
    }

    /// The list with room for more; begun where there is none.
    pub(super) async fn places(&self, tx: &mut Tx, permit: &Permit, signing: &Signing) -> Result<Places, Error> {
        let newest = status_list::newest(tx, signing.unit).await?;
        if let Some(row) = &newest {
            let taken: BTreeSet<u64> = status_list::taken(tx, permit, signing.unit, row.number).await?.into_iter().collect();
            if taken.len() < FULL {
                return Ok(Places { number: row.number, taken });
            }
        }
        let number = newest.map_or(1, |row| row.number + 1);
        let bits = vec![0; MIN_ENTRIES / 8];
        let (unit, changed) = (signing.unit, self.now());
        let row = ListRow { unit, number, size: SIZE, bits, token: None, revocation: None, changed };
        status_list::insert(tx, permit, self.signed_list(signing, row)?).await?;
        Ok(Places { number, taken: BTreeSet::new() })
    }

    /// Says of a place that its proof is withdrawn, signed.
    pub(super) async fn mark_withdrawn(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        signing: &Signing,
        (number, place): (u64, u64),
    ) -> Result<(), Error> {
        let row = status_list::find(tx, signing.unit, number).await?.ok_or(Error::Unopened)?;
        let seen = row.changed;
        let row = self.signed_list(signing, self.marked(row, place)?)?;
        if status_list::set(tx, permit, row, seen).await? { Ok(()) } else { Err(Error::Gone) }
    }

    /// The same without the unit's key: nobody can say whether anything on it holds, until someone who issues has come by.
    pub(super) async fn mark_unsigned(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        unit: UnitId,
        (number, place): (u64, u64),
    ) -> Result<(), Error> {
        let Some(row) = status_list::find(tx, unit, number).await? else { return Ok(()) };
        let seen = row.changed;
        let row = ListRow { token: None, revocation: None, ..self.marked(row, place)? };
        if status_list::set(tx, permit, row, seen).await? { Ok(()) } else { Err(Error::Gone) }
    }

    /// Signs the lists anew: all, or those that are unsigned.
    pub(super) async fn sign_lists(&self, tx: &mut Tx, permit: &Permit, signing: &Signing, all: bool) -> Result<(), Error> {
        for row in status_list::of_unit(tx, signing.unit).await? {
            if all || row.token.is_none() || row.revocation.is_none() {
                let seen = row.changed;
                let changed = later(self.now(), seen);
                let row = self.signed_list(signing, ListRow { changed, ..row })?;
                if !status_list::set(tx, permit, row, seen).await? {
                    return Err(Error::Gone);
                }
            }
        }
        Ok(())
    }

    fn marked(&self, row: ListRow, place: u64) -> Result<ListRow, Error> {
        let (at, bit) = (usize::try_from(place / 8).map_err(|_| Error::Unopened)?, place % 8);
        let mut bits = row.bits;
        *bits.get_mut(at).ok_or(Error::Unopened)? |= 1 << bit;
        let changed = later(self.now(), row.changed);
        Ok(ListRow { bits, changed, ..row })
    }

    fn signed_list(&self, signing: &Signing, row: ListRow) -> Result<ListRow, Error> {
        let times = Times { iat: self.now(), exp: None, ttl: Some(TTL) };
        let list = |order| filled(order, &row.bits).ok_or(Error::Unopened);
        let token = status::token(&signing.key, &status_uri(signing, row.number), &list(Order::Token)?, &times);
        let (issuer, uri) = (signing.issuer(), revocation_uri(signing, row.number));
        let kind = StatusKind::Revocation;
        let revocation = bitstring_token(&signing.key, &issuer, &uri, kind, &list(Order::Bitstring)?, &times);
        Ok(ListRow { token: Some(token), revocation: Some(revocation.ok_or(Error::Unopened)?), ..row })
    }
}

/// What tells one state of a list from the next: two changes within one tick of the clock are two.
fn later(now: crate::domain::Timestamp, seen: crate::domain::Timestamp) -> crate::domain::Timestamp {
    now.max(seen.plus(1))
}

fn filled(order: Order, bits: &[u8]) -> Option<StatusList> {
    let mut list = StatusList::new(order, 1, bits.len() * 8)?;
    let set = bits.iter().enumerate().filter(|(_, byte)| **byte != 0);
    let places = set.flat_map(|(at, byte)| (0..8).filter(move |bit| byte >> bit & 1 == 1).map(move |bit| at * 8 + bit));
    for place in places {
        if !list.set(u64::try_from(place).ok()?, status::INVALID) {
            return None;
        }
    }
    Some(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn no_place_is_given_twice_and_a_list_is_full_before_it_is() {
        let random = SystemRandom::default();
        let mut places = Places { number: 1, taken: BTreeSet::new() };
        let drawn: BTreeSet<u64> = (0..500).filter_map(|_| places.draw(&random)).collect();
        assert_eq!(drawn.len(), 500);
        assert!(drawn.iter().all(|place| *place < SIZE) && drawn.iter().any(|place| *place > SIZE / 2), "from all of the list");
        let mut full = Places { number: 1, taken: (0..FULL as u64).collect() };
        assert_eq!(full.draw(&random), None);
    }

    #[test]
    fn a_bit_means_the_same_place_in_both_forms() {
        let mut bits = vec![0; 4];
        bits[2] = 0b0000_0101;
        for order in [Order::Token, Order::Bitstring] {
            let list = filled(order, &bits).expect("short");
            let set: Vec<u64> = (0..32).filter(|place| list.get(*place) == Some(1)).collect();
            assert_eq!(set, [16, 18]);
        }
    }
}
