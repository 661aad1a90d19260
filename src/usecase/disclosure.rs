//! The one gate: the only way from a token to plaintext. What is decided lies inside the bundle; clear columns find rows and may end an
//! access, never grant one. No event, no read.

mod entries;
mod opens;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::event::Denial;
use super::inbox::Received;
use super::link::{Knocked, NotOpened, Opening};
use super::{Error, Service, Session};
use crate::crypto::bundle::{Alias, Bundle, LogKey, read_digest};
use crate::crypto::child::Child;
use crate::crypto::entry::RecordHash;
use crate::crypto::event::{self as seal, EventPlace};
use crate::crypto::link::LinkSecret;
use crate::crypto::token::{TokenKind, TokenSecret};
use crate::domain::consent::{State, Terms};
use crate::domain::event::{Event, Outcome, Party, What, Who};
use crate::domain::profile::{Entry, File, Kind, Section};
use crate::domain::{ConsentId, EntryId, Timestamp, VersionId};
use crate::policy::{Action, Actor, Permit, Resource, Sharing};
use crate::store::append::Guarded;
use crate::store::consent::ToRead;
use crate::store::entry::Versions;
use crate::store::link::ToOpen;
use crate::store::organisation::{StoredUnit, UnitRow};
use crate::store::token::TokenRow;
use crate::store::{Look, child, consent, link, token};
use uuid::Uuid;

use entries::open_entries;
pub(super) use opens::{Opens, decide, open_token};

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
    /// Of the sealed record, as the bundle names it.
    pub hash: RecordHash,
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

/// What is asked of the gate.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// A read, the delivery of a copy, a file.
    pub what: What,
    /// One document alone, for its file.
    pub only: Option<Alias>,
}

/// What the gate lets out, with what is needed to fetch a file beside.
pub(super) struct Released {
    pub disclosed: Disclosed,
    /// Of each entry, its owner's own id.
    pub ids: Vec<EntryId>,
    pub permit: Permit,
}

impl Released {
    /// What a reader gets: of a file what may be said, never what opens it.
    fn told(mut self) -> Disclosed {
        for held in &mut self.disclosed.entries {
            held.entry.file = held.entry.file.as_ref().map(File::told);
        }
        self.disclosed
    }
}

/// A token's consent, and the unit that it is for, as they were found with it.
type Found = (ToRead, StoredUnit);

/// Who reads, as the gate needs it.
struct Reader {
    actor: Actor,
    who: Who,
    case: Option<String>,
    asked: Asked,
    /// The link by which it is read, where it is one.
    link: Option<Knocked>,
}

impl Service {
    /// Reads with a consent token. `proof`: the thumbprint of the key that the request was proven with (RFC 9449); a token that is bound to
    /// a key is used with that proof only, and one that is not with none.
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
        self.release_by_token(presented, proof, Asked { what, only: None }).await.map(Released::told)
    }

    pub(super) async fn disclose_to_staff(
        &self,
        session: &Session,
        id: ConsentId,
        what: What,
    ) -> Result<(Received, Disclosed), Error> {
        let (received, released) = self.release_to_staff(session, id, Asked { what, only: None }).await?;
        Ok((received, released.told()))
    }

    pub(super) async fn release_by_token(
        &self,
        presented: &str,
        proof: Option<&[u8; 32]>,
        asked: Asked,
    ) -> Result<Released, Denied> {
        let secret = TokenSecret::parse(presented).ok_or(Denied::Denied)?;
        let (row, consent, unit) = self.lookups.tokens.ask(token::Lookup(secret.lookup().0)).await?.ok_or(Denied::Denied)?;
        let proven = row.thumbprint == proof.map_or(&[][..], |proof| proof);
        let read = if proven { self.read_with(&secret, &row, (consent, unit), asked).await } else { Err(Denied::Denied) };
        if matches!(read, Err(Denied::Denied)) {
            self.deny(Denial::of_consent(row.owner, row.consent, row.unit, self.now()));
        }
        read
    }

    pub(super) async fn release_to_staff(
        &self,
        session: &Session,
        id: ConsentId,
        asked: Asked,
    ) -> Result<(Received, Released), Error> {
        let (member, received, opened) = self.received(session, id).await?;
        let unit = member.unit.unit.id;
        if received.case.is_none() {
            if received.state == State::Given && received.terms.holds_at(self.now()) {
                return Err(Error::Faults(vec![("case".to_owned(), crate::domain::profile::Fault::Missing)]));
            }
            // What ended unread can be filed under no case any more: it was tried all the same.
            self.deny(Denial::of_consent(received.owner, id, unit, self.now()));
            return Err(Error::Gone);
        }
        let reader = Reader {
            actor: session.staff(unit, member.role),
            who: Who::Staff { name: member.name.clone() },
            case: received.case.clone(),
            asked,
            link: None,
        };
        let read = match opened.secret {
            Some(secret) => {
                self.disclose(&Opens { owner: received.owner, consent: id, secret: &secret, token: None }, &reader, None).await
            }
            None => Err(Error::Gone),
        };
        if matches!(read, Err(Error::Gone | Error::Refused(_))) {
            self.deny(Denial::of_consent(received.owner, id, unit, self.now()));
        }
        Ok((received, read?))
    }

    /// Opens a link here, for whom their own browser could not: one gate for that too.
    pub async fn read_by_link(&self, id: Uuid, secret: &LinkSecret, word: Option<&str>) -> Result<Disclosed, NotOpened> {
        let knocked = self.knock(id, &secret.proof(), word).await?;
        let (row, unit) = (knocked.row.clone(), knocked.unit.unit.id);
        let read = async {
            let sealed = knocked.token.sealed.as_ref().ok_or(Error::Gone)?;
            let consent_secret = secret.open(&knocked.place, sealed)?;
            let actor = Actor::Token { consent: row.consent, unit };
            let asked = Asked { what: What::LinkRead, only: None };
            let reader = Reader { actor, who: Who::Unknown, case: None, asked, link: Some(knocked) };
            let opens = Opens { owner: row.owner, consent: row.consent, secret: &consent_secret, token: None };
            self.disclose(&opens, &reader, None).await.map(Released::told)
        };
        let read = read.await.map_err(NotOpened::from);
        if matches!(read, Err(NotOpened::Closed)) {
            self.deny(Denial::of_consent(row.owner, row.consent, unit, self.now()));
        }
        read
    }

    async fn read_with(&self, secret: &TokenSecret, row: &TokenRow, found: Found, asked: Asked) -> Result<Released, Denied> {
        if row.kind != TokenKind::Access.word() {
            // What is redeemed or refreshed by, and a link, reads nothing here.
            return Err(Denied::Denied);
        }
        let (secret, label) = open_token(secret, row, self.now()).ok_or(Denied::Denied)?;
        let who = Who::Token { label: label.name, by: label.by };
        let actor = Actor::Token { consent: row.consent, unit: row.unit };
        let reader = Reader { actor, who, case: None, asked, link: None };
        Ok(self.disclose(&Opens::of(row, &secret), &reader, Some(found)).await?)
    }

    /// Opens the bundle, decides by it, asks the policy, opens the entries, and appends the event under guard. Where the consent was
    /// written anew in between it opens anew once, then denies: the guard and the hashes in the bundle hold it together, no snapshot.
    /// `found`: what was found with the token that is read by; it stands for the first look.
    async fn disclose(&self, opens: &Opens<'_>, reader: &Reader, mut found: Option<Found>) -> Result<Released, Error> {
        for last in [false, true] {
            let (decided, unit, entries) = match self.open_all(opens, reader, found.take()).await {
                // A version that the bundle named went away before it was fetched.
                Err(Error::Unopened) if !last => continue,
                opened => opened?,
            };
            let line = self.line(&decided, &unit, &entries, reader);
            let at = line.at;
            if let Some(sequence) = self.append(&decided, line, reader).await? {
                let Decided { terms, code, permit, ids, .. } = decided;
                return Ok(Released { disclosed: Disclosed { code, terms, unit, entries, at, sequence }, ids, permit });
            }
        }
        Err(Error::Gone)
    }

    /// Under the guard of every read; of a link's, also while openings are left.
    async fn append(&self, decided: &Decided, line: Guarded, reader: &Reader) -> Result<Option<u64>, Error> {
        let Some(knocked) = &reader.link else { return Ok(self.appender.append(&decided.permit, line).await?) };
        let opening = Opening { knocked, generation: line.generation, at: line.at };
        let tx = self.db.write().await?;
        self.append_opening(tx, &decided.permit, &opening, |sequence| Ok((line.seal)(sequence))).await
    }

    /// What a read decides by, and the unit that it is for; of a link what stands for one, once the policy lets it open.
    async fn to_read(&self, look: &mut Look, opens: &Opens<'_>, knocked: Option<&Knocked>) -> Result<(ToRead, UnitRow), Error> {
        let (owner, id) = (opens.owner, opens.consent);
        let Some(knocked) = knocked else {
            let (row, unit) = consent::to_read(look, owner, id).await?.ok_or(Error::Gone)?;
            return Ok((row, self.bound_unit(unit)?));
        };
        let held = link::to_open(look, owner, id).await?.ok_or(Error::Gone)?;
        let _permit = self.ask_open(knocked, &held)?;
        let ToOpen { unit, state, generation, valid_from, valid_until, bundle, .. } = held;
        Ok((ToRead { id, unit, state, generation, valid_from, valid_until, bundle }, knocked.unit.clone()))
    }

    /// Gives the connection back before anything is opened or appended: who waits for the writer must not keep readers waiting.
    async fn open_all(
        &self,
        opens: &Opens<'_>,
        reader: &Reader,
        found: Option<Found>,
    ) -> Result<(Decided, UnitRow, Vec<DisclosedEntry>), Error> {
        let (held, unit) = match found {
            Some((row, unit)) if opens.narrower().is_none() => (decide(&row, None, opens, self.now())?, self.bound_unit(unit)?),
            _ => self.held_by(&mut self.db.look().await?, opens, reader.link.as_ref()).await?,
        };
        let Child { mut bundle, log_key, code, .. } = held;
        if let Some(only) = reader.asked.only {
            bundle.rows.retain(|row| row.alias == only && row.kind == Kind::Document);
        }
        if !fits_link(&bundle.terms, reader) {
            return Err(Error::Unopened);
        }
        let permit = self.ask_reader(reader, &bundle, &unit)?;
        let versions = Versions::of(&permit, opens.owner, bundle.rows.iter().map(|row| row.version))?;
        let rows = self.lookups.versions.ask(versions).await?;
        let (ids, entries): (Vec<_>, Vec<_>) = open_entries(opens.owner, &bundle, rows)?.into_iter().unzip();
        // One document was asked for: not in scope and not there look alike.
        if reader.asked.only.is_some() && !entries.iter().any(|held| held.entry.file.is_some()) {
            return Err(Error::NotFound);
        }
        Ok((Decided { terms: bundle.terms, log_key, code, permit, ids }, unit, entries))
    }

    /// What a token's secret opens now, and whose it is.
    pub(super) async fn held(&self, look: &mut Look, opens: &Opens<'_>) -> Result<(Child, UnitRow), Error> {
        self.held_by(look, opens, None).await
    }

    async fn held_by(&self, look: &mut Look, opens: &Opens<'_>, knocked: Option<&Knocked>) -> Result<(Child, UnitRow), Error> {
        let (row, unit) = self.to_read(look, opens, knocked).await?;
        let child = match opens.narrower() {
            Some(token) => Some(child::look(look, opens.owner, opens.consent, token).await?.ok_or(Error::Gone)?),
            None => None,
        };
        Ok((decide(&row, child.as_ref(), opens, self.now())?, unit))
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
            link: terms.link.is_some(),
        };
        let action = if reader.asked.what == What::CopyDelivered { Action::DeliverCopy } else { Action::Disclose };
        self.ask(reader.actor, action, Resource::Sharing(&sharing))
    }

    /// The read's line in the log, sealed once its number is known.
    fn line(&self, decided: &Decided, unit: &UnitRow, entries: &[DisclosedEntry], reader: &Reader) -> Guarded {
        let terms = &decided.terms;
        let (owner, id, at) = (terms.owner, terms.consent, self.now());
        let sections: BTreeSet<Section> = entries.iter().map(|held| held.entry.kind.section()).collect();
        let event = Event {
            what: reader.asked.what,
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
            digest: Some(read_digest(entries.iter().map(|held| (held.alias, held.version, held.hash)))),
        };
        let (key, random) = (decided.log_key.clone(), Arc::clone(&self.random));
        let seal = move |sequence| {
            let place = EventPlace { owner, stream: id.0, sequence, at };
            seal::by_reader(&place, &key, &event, &*random)
        };
        Guarded { owner, consent: id, generation: terms.generation, at, seal: Box::new(seal) }
    }
}

/// A link's terms are read by that link alone, and say what its row says.
fn fits_link(terms: &Terms, reader: &Reader) -> bool {
    match (&terms.link, &reader.link) {
        (None, None) => true,
        (Some(said), Some(knocked)) => {
            said.recipient == knocked.unit.unit.kind
                && u64::from(said.opens) == knocked.row.opens
                && said.word == knocked.row.word.is_some()
        }
        _ => false,
    }
}

/// What the gate decided by.
struct Decided {
    terms: Terms,
    log_key: LogKey,
    code: String,
    permit: Permit,
    ids: Vec<EntryId>,
}
