//! The one gate: the only way from a token to plaintext. What is decided lies inside the bundle; clear columns find rows and may end an
//! access, never grant one. No event, no read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::event::Denial;
use super::inbox::Received;
use super::token::label_of;
use super::{Error, Service, Session};
use crate::crypto::bundle::{Alias, Bundle, BundleRow, ConsentSecret};
use crate::crypto::event::{self as seal, EventPlace};
use crate::crypto::token::{TokenKind, TokenPlace, TokenSecret};
use crate::domain::consent::{State, Terms};
use crate::domain::event::{Event, Outcome, Party, What, Who};
use crate::domain::profile::{Entry, Kind, Section};
use crate::domain::{ConsentId, EntryId, OwnerId, Timestamp, VersionId};
use crate::policy::{Action, Actor, Permit, Resource, Sharing};
use crate::store::consent::ToRead;
use crate::store::event::Guarded;
use crate::store::organisation::UnitRow;
use crate::store::token::TokenRow;
use crate::store::{consent, entry, token};

/// What a reader gets: exactly the scope.
#[derive(Clone, Debug)]
pub struct Disclosed {
    pub terms: Terms,
    pub unit: UnitRow,
    pub code: String,
    pub entries: Vec<DisclosedEntry>,
    pub at: Timestamp,
    /// The number of this read among the consent's events.
    pub sequence: u64,
}

/// One entry under the name that this consent gives it.
#[derive(Clone, Debug)]
pub struct DisclosedEntry {
    pub alias: Alias,
    pub version: VersionId,
    pub entry: Entry,
    /// The consent names this very entry, not only its kind.
    pub singly: bool,
}

/// Why nothing was disclosed. To whoever presents a token all reasons but a fault look alike.
#[derive(Debug)]
pub enum Denied {
    /// Unknown, expired, refused or withdrawn.
    Denied,
    Fault(Error),
}

impl From<Error> for Denied {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(_) | Error::Busy(_) => Self::Fault(error),
            _ => Self::Denied,
        }
    }
}

impl From<crate::store::Error> for Denied {
    fn from(error: crate::store::Error) -> Self {
        Error::from(error).into()
    }
}

/// Who reads, as the gate needs it.
struct Reader {
    actor: Actor,
    who: Who,
    case: Option<String>,
    what: What,
}

impl Service {
    /// Reads with a consent token. `proof`: the thumbprint of the key that the request was proven by (RFC 9449).
    pub async fn read_by_token(&self, presented: &str, proof: Option<&[u8; 32]>) -> Result<Disclosed, Denied> {
        self.disclose_by_token(presented, proof, What::Read).await
    }

    /// Reads as a member of staff whose unit it was given to, for a case that has been stated.
    pub async fn read_by_staff(&self, session: &Session, id: ConsentId) -> Result<(Received, Disclosed), Error> {
        self.disclose_to_staff(session, id, What::Read).await
    }

    /// `what`: a read, or the delivery of a copy.
    pub(super) async fn disclose_by_token(
        &self,
        presented: &str,
        proof: Option<&[u8; 32]>,
        what: What,
    ) -> Result<Disclosed, Denied> {
        let secret = TokenSecret::parse(presented).ok_or(Denied::Denied)?;
        let row = token::find(&mut self.db.look().await?, secret.lookup().0).await?.ok_or(Denied::Denied)?;
        // Bound to a key, it is used with that key alone; bound to none, it shows none.
        let bound = row.thumbprint == proof.map_or(&[][..], |thumb| &thumb[..]);
        let read = if bound { self.read_with(&secret, &row, what).await } else { Err(Denied::Denied) };
        if matches!(read, Err(Denied::Denied)) {
            self.deny(Denial { owner: row.owner, consent: row.consent, unit: row.unit, at: self.now() });
        }
        read
    }

    pub(super) async fn disclose_to_staff(
        &self,
        session: &Session,
        id: ConsentId,
        what: What,
    ) -> Result<(Received, Disclosed), Error> {
        let (member, received, opened) = self.received(session, id).await?;
        let unit = member.unit.unit.id;
        if received.case.is_none() {
            return Err(Error::Faults(vec![("case".to_owned(), crate::domain::profile::Fault::Missing)]));
        }
        let reader = Reader {
            actor: session.staff(unit, member.role),
            who: Who::Staff { name: member.name.clone() },
            case: received.case.clone(),
            what,
        };
        let read = match opened.secret {
            Some(secret) => self.disclose((received.owner, id), &secret, &reader).await,
            None => Err(Error::Gone),
        };
        if matches!(read, Err(Error::Gone | Error::Refused(_))) {
            self.deny(Denial { owner: received.owner, consent: id, unit, at: self.now() });
        }
        Ok((received, read?))
    }

    async fn read_with(&self, secret: &TokenSecret, row: &TokenRow, what: What) -> Result<Disclosed, Denied> {
        let now = self.now();
        let sealed = row.sealed.as_ref().filter(|_| row.ended_at.is_none() && now < row.until).ok_or(Denied::Denied)?;
        let place = token_place(row).ok_or(Denied::Denied)?;
        let consent_secret = secret.open(&place, sealed).map_err(|_| Denied::Denied)?;
        // The person is told which program read; a row that no longer says it reads nothing.
        let label = label_of(&consent_secret, row).ok_or(Denied::Denied)?;
        let who = Who::Token { label: label.name, by: label.by };
        let actor = Actor::Token { consent: row.consent, unit: row.unit };
        let reader = Reader { actor, who, case: None, what };
        Ok(self.disclose((row.owner, row.consent), &consent_secret, &reader).await?)
    }

    /// Opens the bundle, decides by it, asks the policy, opens the entries, and appends the event under guard. Where the consent was
    /// written anew in between it opens anew once, then denies: the guard and the hashes in the bundle hold it together, no snapshot.
    async fn disclose(
        &self,
        (owner, id): (OwnerId, ConsentId),
        secret: &ConsentSecret,
        reader: &Reader,
    ) -> Result<Disclosed, Error> {
        for last in [false, true] {
            let (decided, unit, entries) = match self.open_all((owner, id), secret, reader).await {
                // A version that the bundle named went away before it was fetched.
                Err(Error::Unopened) if !last => continue,
                opened => opened?,
            };
            let line = self.line(&decided, &unit, secret, &entries, reader);
            let at = line.at;
            if let Some(sequence) = self.appender.append(&decided.permit, line).await? {
                return Ok(Disclosed { code: secret.code(), terms: decided.terms, unit, entries, at, sequence });
            }
        }
        Err(Error::Gone)
    }

    /// Gives the connection back before anything is opened or appended: who waits for the writer must not keep readers waiting.
    async fn open_all(
        &self,
        (owner, id): (OwnerId, ConsentId),
        secret: &ConsentSecret,
        reader: &Reader,
    ) -> Result<(Decided, UnitRow, Vec<DisclosedEntry>), Error> {
        let mut look = self.db.look().await?;
        let (row, unit) = consent::to_read(&mut look, owner, id).await?.ok_or(Error::Gone)?;
        let bundle = decide(&row, owner, secret, self.now())?;
        let permit = self.ask_reader(reader, &bundle, &unit)?;
        let rows = entry::sealed(&mut look, &permit, owner, bundle.rows.iter().map(|row| row.version)).await?;
        drop(look);
        let entries = open_entries(owner, &bundle, rows)?;
        Ok((Decided { terms: bundle.terms, permit }, unit, entries))
    }

    fn ask_reader(&self, reader: &Reader, bundle: &Bundle, unit: &UnitRow) -> Result<Permit, Error> {
        let terms = &bundle.terms;
        let kinds: BTreeSet<Kind> = terms.scope.kinds.iter().copied().chain(bundle.rows.iter().map(|row| row.kind)).collect();
        let sharing = Sharing {
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            recipient: &unit.unit.kind,
            purpose: &terms.purpose,
            kinds: &kinds,
            rights: &terms.scope.rights,
            mode: terms.mode,
            days: super::consent::days_between(terms.from, terms.until),
            given: true,
            in_time: terms.holds_at(self.now()),
            protected: false,
        };
        let action = if reader.what == What::CopyDelivered { Action::DeliverCopy } else { Action::Disclose };
        self.ask(reader.actor, action, Resource::Sharing(&sharing))
    }

    /// The read's line in the log, sealed once its number is known.
    fn line(
        &self,
        decided: &Decided,
        unit: &UnitRow,
        secret: &ConsentSecret,
        entries: &[DisclosedEntry],
        reader: &Reader,
    ) -> Guarded {
        let terms = &decided.terms;
        let (owner, id, at) = (terms.owner, terms.consent, self.now());
        let sections: BTreeSet<Section> = entries.iter().map(|held| held.entry.kind.section()).collect();
        let event = Event {
            what: reader.what,
            at,
            who: reader.who.clone(),
            unit: Some(Party { unit: unit.unit.name.clone(), organisation: unit.organisation.name.clone() }),
            consent: Some(id),
            purpose: Some(terms.purpose.clone()),
            sections: sections.into_iter().collect(),
            entries: u32::try_from(entries.len()).unwrap_or(u32::MAX),
            case: reader.case.clone(),
            outcome: Outcome::Done,
            whom: None,
            count: 1,
        };
        let (key, random) = (secret.log_key(), Arc::clone(&self.random));
        let seal = move |sequence| {
            let place = EventPlace { owner, stream: id.0, sequence, at };
            seal::by_reader(&place, &key, &event, &*random)
        };
        Guarded { owner, consent: id, generation: terms.generation, at, seal: Box::new(seal) }
    }
}

/// Opens the bundle of a live row, and checks that the clear columns say what it says.
fn decide(row: &ToRead, owner: OwnerId, secret: &ConsentSecret, now: Timestamp) -> Result<Bundle, Error> {
    let sealed = row.bundle.as_ref().filter(|_| row.state == State::Given).ok_or(Error::Gone)?;
    let bundle = secret.open_bundle(owner, row.id, row.generation, sealed)?;
    let terms = &bundle.terms;
    let fits = terms.unit == row.unit && terms.from == row.valid_from && terms.until == row.valid_until;
    if !fits {
        return Err(Error::Unopened);
    }
    if terms.holds_at(now) { Ok(bundle) } else { Err(Error::Gone) }
}

fn open_entries(owner: OwnerId, bundle: &Bundle, sealed: Vec<(VersionId, EntryId, Vec<u8>)>) -> Result<Vec<DisclosedEntry>, Error> {
    let by_version: BTreeMap<VersionId, (EntryId, Vec<u8>)> = sealed.into_iter().map(|(v, e, s)| (v, (e, s))).collect();
    let open = |row: &BundleRow| {
        let (entry_id, record) = by_version.get(&row.version).ok_or(Error::Unopened)?;
        let body = row.key.open(owner, *entry_id, row.version, &row.hash, record)?;
        let entry: Entry = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        // What the bundle says of the kind decided; the content must not say otherwise.
        let fits = entry.kind == row.kind && !entry.kind.never_shared();
        let singly = bundle.terms.scope.entries.contains(entry_id);
        if fits { Ok(DisclosedEntry { alias: row.alias, version: row.version, entry, singly }) } else { Err(Error::Unopened) }
    };
    bundle.rows.iter().map(open).collect()
}

/// What the gate decided by.
struct Decided {
    terms: Terms,
    permit: Permit,
}

fn token_place(row: &TokenRow) -> Option<TokenPlace> {
    Some(TokenPlace {
        kind: TokenKind::from_word(&row.kind)?,
        consent: row.consent,
        client: row.client.clone(),
        thumbprint: row.thumbprint.clone(),
        issued: row.issued,
        until: row.until,
    })
}
