//! Owners: whoever has a keyring.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO owner (id, kind, public_key, key_generation, created, mac) VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_UNIT = "INSERT INTO owner (id, kind, public_key, key_generation, created) VALUES ($1, $2, $3, 0, $4)";
    SET_FIRST_KEY = "UPDATE owner SET public_key = $2, key_generation = $3, mac = $4 WHERE id = $1 AND key_generation = 0";
    PUBLIC_KEY = "SELECT public_key, key_generation, mac, kind FROM owner WHERE id = $1";
    SET_KEY = "UPDATE owner SET public_key = $2, key_generation = $3, mac = $4 WHERE id = $1 AND key_generation < $3";
    HOLD = "UPDATE owner SET key_generation = key_generation WHERE id = $1 AND key_generation = $2";
    NEXT_SEQ = "UPDATE owner SET event_seq = event_seq + 1 WHERE id = $1 RETURNING event_seq";
    ASK_ERASE = "UPDATE owner SET erase_after = $2 WHERE id = $1 AND erase_after IS NULL";
    CANCEL_ERASE = "UPDATE owner SET erase_after = NULL WHERE id = $1";
    ERASE_AFTER = "SELECT erase_after, id FROM owner WHERE id = $1";
    DUE_ERASURES = "SELECT id FROM owner WHERE kind = 'participant' AND erase_after <= $1 LIMIT 100";
    HOLD_DUE = "UPDATE owner SET erase_after = erase_after WHERE id = $1 AND erase_after <= $2";
    DELETE = "DELETE FROM owner WHERE id = $1";
    UNBOUND = "SELECT id FROM owner WHERE key_generation > 0 AND length(mac) = 0 UNION ALL SELECT id FROM unit WHERE length(mac) = 0 UNION ALL SELECT id FROM organisation WHERE length(mac) = 0 LIMIT 1";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerKind {
    Participant,
    Unit,
    Staff,
}

impl OwnerKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Unit => "unit",
            Self::Staff => "staff",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Participant, Self::Unit, Self::Staff].into_iter().find(|kind| kind.word() == word)
    }
}

/// A receiving key as stored. Whoever seals to it must first see that the HMAC is this server's: else what is given to an owner could be
/// sealed to someone else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    pub bytes: Vec<u8>,
    pub generation: u32,
    pub mac: Vec<u8>,
}

pub async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    kind: OwnerKind,
    key: StoredKey,
    now: Timestamp,
) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&INSERT).bind(owner).bind(kind.word()).bind(key.bytes).bind(key.generation).bind(now).bind(key.mac).execute().await?;
    Ok(())
}

/// A unit without a keyring yet: its key generation is 0.
pub async fn insert_unit(tx: &mut Tx, _permit: &Permit, owner: OwnerId, kind: OwnerKind, now: Timestamp) -> Result<(), Error> {
    tx.query(&INSERT_UNIT).bind(owner).bind(kind.word()).bind(Vec::new()).bind(now).execute().await?;
    Ok(())
}

/// The first keyring of a unit; a second one finds it taken.
pub async fn set_first_key(tx: &mut Tx, permit: &Permit, owner: OwnerId, key: StoredKey) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    let changed = tx.query(&SET_FIRST_KEY).bind(owner).bind(key.bytes).bind(key.generation).bind(key.mac).execute().await?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// The key and the kind of its owner.
pub async fn public_key(tx: &mut Tx, owner: OwnerId) -> Result<Option<(StoredKey, OwnerKind)>, Error> {
    let row: Option<(Vec<u8>, u32, Vec<u8>, String)> = tx.query(&PUBLIC_KEY).bind(owner).optional().await?;
    let Some((bytes, generation, mac, kind)) = row else { return Ok(None) };
    Ok(Some((StoredKey { bytes, generation, mac }, OwnerKind::from_word(&kind).ok_or(Error::Corrupt)?)))
}

pub async fn set_key(tx: &mut Tx, permit: &Permit, owner: OwnerId, key: StoredKey) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    let changed = tx.query(&SET_KEY).bind(owner).bind(key.bytes).bind(key.generation).bind(key.mac).execute().await?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Locks the row until commit, where the keys are still of this generation.
pub async fn hold(tx: &mut Tx, owner: OwnerId, generation: u32) -> Result<bool, Error> {
    Ok(tx.query(&HOLD).bind(owner).bind(generation).execute().await? == 1)
}

/// The next number in the owner's own stream of events.
pub async fn next_sequence(tx: &mut Tx, owner: OwnerId) -> Result<u64, Error> {
    Ok(tx.query(&NEXT_SEQ).bind(owner).one::<(u64,)>().await?.0)
}

pub async fn ask_erase(tx: &mut Tx, permit: &Permit, owner: OwnerId, after: Timestamp) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&ASK_ERASE).bind(owner).bind(after).execute().await?;
    Ok(())
}

pub async fn cancel_erase(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&CANCEL_ERASE).bind(owner).execute().await?;
    Ok(())
}

pub async fn erase_after(tx: &mut Tx, owner: OwnerId) -> Result<Option<Timestamp>, Error> {
    let row: Option<(Option<Timestamp>, OwnerId)> = tx.query(&ERASE_AFTER).bind(owner).optional().await?;
    Ok(row.and_then(|row| row.0))
}

pub async fn due_erasures(tx: &mut Tx, now: Timestamp) -> Result<Vec<OwnerId>, Error> {
    Ok(tx.query(&DUE_ERASURES).bind(now).all::<(OwnerId,)>().await?.into_iter().map(|row| row.0).collect())
}

/// Locks the row until commit, where the erasure that was asked for is still due.
pub async fn hold_due(tx: &mut Tx, owner: OwnerId, now: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&HOLD_DUE).bind(owner).bind(now).execute().await? == 1)
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).execute().await?;
    Ok(())
}

/// Whether some owner's key, unit or organisation was stored before such rows were bound to the server.
pub async fn any_unbound(tx: &mut Tx) -> Result<bool, Error> {
    Ok(tx.query(&UNBOUND).optional::<(OwnerId,)>().await?.is_some())
}
