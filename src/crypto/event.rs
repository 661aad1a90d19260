//! Sealing of events: under the consent's log key by a reader, under the owner-log key by the owner, to the owner's public key by
//! anyone else. All bodies have one size.

use super::bundle::LogKey;
use super::keyring::Keyring;
use super::label::{Ad, Label};
use super::receive::{self, PublicKey};
use super::record::{self, Padding, Unopened};
use crate::domain::event::Event;
use crate::domain::{OwnerId, Random, Timestamp};
use uuid::Uuid;

/// Where an event stands. `stream` is the consent's id, or the owner's for what concerns no consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventPlace {
    pub owner: OwnerId,
    pub stream: Uuid,
    pub sequence: u64,
    pub at: Timestamp,
}

const BODY: Padding = Padding::Multiple(1024);

/// Seals as a reader of the consent.
pub fn by_reader(place: &EventPlace, key: &LogKey, event: &Event, random: &dyn Random) -> Vec<u8> {
    record::seal(key.key(), 0, &ad(Label::EventByReader, place), BODY, &json(event), random)
}

/// Seals as the owner, with an open keyring.
pub fn by_owner(place: &EventPlace, keyring: &Keyring, event: &Event, random: &dyn Random) -> Vec<u8> {
    let generation = keyring.generation();
    let key = keyring.owner_log_key(generation).expect("its own generation");
    record::seal(&key, generation, &ad(Label::EventByOwner, place), BODY, &json(event), random)
}

/// Seals for an owner who is away.
pub fn to_owner(place: &EventPlace, key: &PublicKey, event: &Event, random: &dyn Random) -> Result<Vec<u8>, Unopened> {
    receive::seal(key, Label::EventToOwner, &ad(Label::EventToOwner, place), BODY, &json(event), random)
}

/// Opens any of the owner's events; `log_key` is that of the stream's consent, where it has one.
pub fn open(place: &EventPlace, keyring: &Keyring, log_key: Option<&LogKey>, sealed: &[u8]) -> Result<Event, Unopened> {
    if sealed.first() == Some(&receive::FORMAT) {
        let body = keyring.receive(Label::EventToOwner, &ad(Label::EventToOwner, place), BODY, sealed)?;
        return parse(&body);
    }
    match record::generation(sealed)? {
        // Generation 0 is the consent's own key; an owner's generations start at 1.
        0 => open_as_reader(place, log_key.ok_or(Unopened)?, sealed),
        generation => {
            let key = keyring.owner_log_key(generation)?;
            parse(&record::open(&key, &ad(Label::EventByOwner, place), BODY, sealed)?)
        }
    }
}

/// Opens what a reader of the consent sealed: the unit's own audit.
pub fn open_as_reader(place: &EventPlace, key: &LogKey, sealed: &[u8]) -> Result<Event, Unopened> {
    parse(&record::open(key.key(), &ad(Label::EventByReader, place), BODY, sealed)?)
}

fn ad(label: Label, place: &EventPlace) -> Ad {
    Ad::new(label).bytes_field(b"event").id(place.owner.0).id(place.stream).num(place.sequence).time(place.at)
}

/// The header that goes into the log's leaf beside the ciphertext.
pub fn header(place: &EventPlace) -> Vec<u8> {
    Ad::new(Label::EventByReader).id(place.owner.0).id(place.stream).num(place.sequence).time(place.at).bytes().to_vec()
}

fn json(event: &Event) -> Vec<u8> {
    serde_json::to_vec(event).expect("an event is plain data")
}

fn parse(body: &[u8]) -> Result<Event, Unopened> {
    serde_json::from_slice(body).map_err(|_| Unopened)
}
