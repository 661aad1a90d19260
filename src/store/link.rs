//! Links: what finds one, how often it opens, and which sealed versions go with it. What they open lies in consent and token rows.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::consent::State;
use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO link (id, owner, consent, lookup, word, opens, versions, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "SELECT id, owner, consent, lookup, word, opens, tries, versions, mac FROM link WHERE id = $1";
    OF_OWNER = "SELECT l.consent, l.opens, c.event_seq FROM link l JOIN consent c ON c.owner = l.owner AND c.id = l.consent WHERE l.owner = $1 AND c.owner = $1";
    TO_OPEN = "SELECT unit, state, ended_at, generation, valid_from, valid_until, event_seq, bundle FROM consent WHERE owner = $1 AND id = $2";
    GUARD = "UPDATE consent SET event_seq = event_seq + 1 WHERE owner = $1 AND id = $2 AND state = 'given' AND generation = $3 AND valid_from <= $4 AND valid_until > $4 AND event_seq <= $5 RETURNING event_seq";
    TRY = "UPDATE link SET tries = tries + 1 WHERE owner = $1 AND id = $2 AND tries < $3 RETURNING tries";
    SET_VERSIONS = "UPDATE link SET versions = $3 WHERE owner = $1 AND consent = $2";
    DELETE_OWNER = "DELETE FROM link WHERE owner = $1";
    ENSURE_UNIT = "INSERT INTO owner (id, kind, public_key, key_generation, created) VALUES ($1, 'unit', $2, 0, $3) ON CONFLICT (id) DO NOTHING";
}

#[derive(Clone, Debug)]
pub struct LinkRow {
    /// In the address.
    pub id: Uuid,
    pub owner: OwnerId,
    pub consent: ConsentId,
    /// Of its token row: the hash of the proof.
    pub lookup: [u8; 32],
    /// HMAC over proof and code word, where one is asked for.
    pub word: Option<Vec<u8>>,
    pub opens: u64,
    /// Wrong words so far.
    pub tries: u64,
    /// Which versions the bundle opens, sealed to whoever has the proof; none once it has ended.
    pub versions: Option<Vec<u8>>,
    /// That this server wrote what never changes in the row.
    pub mac: Vec<u8>,
}

type Full = (Uuid, OwnerId, ConsentId, [u8; 32], Option<Vec<u8>>, u64, u64, Option<Vec<u8>>, Vec<u8>);

/// A link's consent as its clear columns show it: they may end it, never open it.
#[derive(Clone, Debug)]
pub struct ToOpen {
    pub unit: UnitId,
    pub state: State,
    pub generation: u64,
    pub valid_from: Timestamp,
    pub valid_until: Timestamp,
    /// One for the making, one for each opening.
    pub events: u64,
    pub bundle: Option<Vec<u8>>,
}

type ToOpenCells = (UnitId, String, Option<Timestamp>, u64, Timestamp, Timestamp, u64, Option<Vec<u8>>);

pub async fn insert(tx: &mut Tx, permit: &Permit, row: LinkRow) -> Result<(), Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let query = tx.query(&INSERT).bind(row.id).bind(row.owner).bind(row.consent).bind(row.lookup).bind(row.word);
    query.bind(row.opens).bind(row.versions).bind(row.mac).execute().await?;
    Ok(())
}

/// The row that stands for a recipient kind where a consent names its unit. Without a keyring: nothing can be sealed to it.
pub async fn ensure_unit(tx: &mut Tx, unit: UnitId, now: Timestamp) -> Result<(), Error> {
    tx.query(&ENSURE_UNIT).bind(unit).bind(Vec::new()).bind(now).execute().await?;
    Ok(())
}

pub async fn find(look: &mut Look, id: Uuid) -> Result<Option<LinkRow>, Error> {
    let row = |(id, owner, consent, lookup, word, opens, tries, versions, mac): Full| LinkRow {
        id,
        owner,
        consent,
        lookup,
        word,
        opens,
        tries,
        versions,
        mac,
    };
    Ok(look.query(&FIND).bind(id).optional::<Full>().await?.map(row))
}

/// Of each of the owner's links: its consent, how often it opens, and how often it has been opened.
pub async fn of_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Vec<(ConsentId, u64, u64)>, Error> {
    super::for_owner(permit, owner)?;
    let rows = tx.query(&OF_OWNER).bind(owner).all::<(ConsentId, u64, u64)>().await?;
    // The end is an event too.
    Ok(rows.into_iter().map(|(consent, opens, events)| (consent, opens, events.saturating_sub(1).min(opens))).collect())
}

pub async fn to_open(look: &mut Look, owner: OwnerId, consent: ConsentId) -> Result<Option<ToOpen>, Error> {
    let Some(row) = look.query(&TO_OPEN).bind(owner).bind(consent).optional::<ToOpenCells>().await? else { return Ok(None) };
    let (unit, state, ended, generation, valid_from, valid_until, events, bundle) = row;
    let state = State::from_word(&state, ended).ok_or(Error::Corrupt)?;
    Ok(Some(ToOpen { unit, state, generation, valid_from, valid_until, events, bundle }))
}

/// The guard of an opening: as that of every read, and only while openings are left. The number of the event: the making was the
/// first, so the last opening's is `opens + 1`.
pub async fn guard(
    tx: &mut Tx,
    (owner, consent): (OwnerId, ConsentId),
    generation: u64,
    now: Timestamp,
    opens: u64,
) -> Result<Option<u64>, Error> {
    let query = tx.query(&GUARD).bind(owner).bind(consent).bind(generation).bind(now).bind(opens);
    Ok(query.optional::<(u64,)>().await?.map(|row| row.0))
}

/// Takes a try of the code word, before the word is looked at: however many come at once, no more than `most` are heard.
pub async fn take_try(tx: &mut Tx, owner: OwnerId, id: Uuid, most: u64) -> Result<Option<u64>, Error> {
    Ok(tx.query(&TRY).bind(owner).bind(id).bind(most).optional::<(u64,)>().await?.map(|row| row.0))
}

/// The list of a remade bundle; none at its end.
pub async fn set_versions(
    tx: &mut Tx,
    permit: &Permit,
    (owner, consent): (OwnerId, ConsentId),
    sealed: Option<Vec<u8>>,
) -> Result<(), Error> {
    super::for_consent(permit, owner, consent)?;
    tx.query(&SET_VERSIONS).bind(owner).bind(consent).bind(sealed).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}
