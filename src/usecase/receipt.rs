//! Receipts: of a consent, for its giver and for its unit, also after its end; and of each read, for the giver. Signed by the document
//! key, with the log's newest checkpoint inside.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::event::{LINES, Line};
use super::owner_write::open_consent;
use super::profile::Profile;
use super::{Error, Service, Session};
use crate::crypto::bundle::{ConsentSecret, read_digest};
use crate::crypto::entry::hash;
use crate::domain::consent::{Mode, State, Terms};
use crate::domain::event::{Event, What, Who};
use crate::domain::profile::{Kind, Section};
use crate::domain::random::uuid_v4;
use crate::domain::receipt::{Facts, Happened, Publisher, Recipient, Said, To, Words};
use crate::domain::statement::choose;
use crate::domain::{ConsentId, EntryId, Timestamp, VersionId};
use crate::policy::{Action, Permit, Resource};
use crate::store::consent;
use crate::store::entry::{self, VersionRow};
use crate::store::organisation::UnitRow;
use crate::text::{Lang, T};

/// A receipt of a consent: JSON-LD of type `dpv:ConsentReceipt`, as the payload of a JWS in compact form.
pub const TYPE: &str = "egenkarta-receipt+jws";
/// A receipt of a read: JSON of the format below.
pub const READ_TYPE: &str = "egenkarta-read-receipt+jws";
pub const READ_FORMAT: &str = "egenkarta/read-receipt/1";

/// What was signed, and its signature.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The spoken code of its consent.
    pub code: String,
    pub document: serde_json::Value,
    pub jws: String,
}

#[derive(Serialize)]
struct ReadReceipt<'a> {
    format: &'static str,
    made: String,
    /// The name of the log that holds the read's event, the event's number among those of its consent, and its leaf.
    log: &'a str,
    consent: ConsentId,
    code: &'a str,
    event: u64,
    leaf: Option<u64>,
    /// `read` or `copy_delivered`.
    what: What,
    at: String,
    who: &'a Who,
    unit: Option<&'a str>,
    organisation: Option<&'a str>,
    purpose: Option<&'a str>,
    case: Option<&'a str>,
    sections: Vec<&'static str>,
    /// How many entries were returned.
    count: u32,
    /// Over all that was returned, as the event holds it.
    digest: Option<&'a str>,
    /// What was returned, as far as it can still be named.
    entries: Vec<Returned>,
    /// The entries give the event's digest: they are what was returned, all of it and nothing else.
    complete: bool,
    checkpoint: Option<String>,
}

#[derive(Serialize)]
struct Returned {
    /// The name that the consent gives the entry.
    id: String,
    version: VersionId,
    /// Of the sealed record, in hexadecimal.
    sha256: String,
}

impl Service {
    /// The giver's receipt of a consent.
    pub async fn receipt(&self, session: &Session, id: ConsentId, publisher: &Publisher) -> Result<Receipt, Error> {
        let given = self.consent(session, id).await?;
        let profile = self.profile(session).await?;
        let lines = self.consent_lines(session, id).await?;
        let mut happened = vec![(Happened::Given, given.created)];
        let changes = lines.iter().filter(|line| line.event.what == What::ConsentChanged);
        happened.extend(changes.map(|line| (Happened::Changed, line.event.at)));
        happened.extend(end(given.state));
        let terms = &given.terms;
        let told = lines.iter().rev().find(|line| matches!(line.event.what, What::ConsentGiven | What::ConsentChanged));
        let told = told.map(|line| line.event.sections.clone()).unwrap_or_default();
        let sections = sections(&shared_kinds(&profile, terms)).chain(told).collect();
        self.made(publisher, (To::Person, &given.unit, &given.code), terms, sections, happened).await
    }

    /// The unit's receipt, from its own record: also when the person has erased everything.
    pub async fn unit_receipt(&self, session: &Session, id: ConsentId, publisher: &Publisher) -> Result<Receipt, Error> {
        let ((member, received, opened), _) = self.found(session, id).await?;
        let mut happened = vec![(Happened::Given, received.arrived)];
        happened.extend(opened.record.changed.iter().map(|at| (Happened::Changed, *at)));
        happened.extend(end(received.state));
        let terms = &received.terms;
        let kinds = terms.scope.kinds.union(&opened.record.kinds).copied().collect();
        let sections = sections(&kinds).collect();
        self.made(publisher, (To::Unit, &member.unit, &received.code), terms, sections, happened).await
    }

    /// The giver's receipt of one read: the event of that number among the consent's.
    pub async fn read_receipt(&self, session: &Session, id: ConsentId, sequence: u64) -> Result<Receipt, Error> {
        let lines = self.consent_lines(session, id).await?;
        let line = lines.into_iter().find(|line| line.sequence == sequence && is_read(&line.event)).ok_or(Error::NotFound)?;
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let keyring = session.keyring()?;
        let mut tx = self.db.read().await?;
        let row = consent::find(&mut tx, session.owner, id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        let (secret, terms) = open_consent(keyring, &row)?;
        let named = self.versions_at(session, &permit, &terms, line.event.at).await?;
        let returned = name_them(&secret, &named);
        let digest = read_digest(returned.iter().copied());
        let complete = line.event.digest.as_ref() == Some(&digest);
        let entries = returned.into_iter().map(|(alias, version, hash)| Returned {
            id: hex::encode(alias),
            version,
            sha256: hex::encode(hash),
        });
        let checkpoint = self.newest_checkpoint().await?.map(|(_, _, note)| note);
        let code = secret.code();
        let content = ReadReceipt { complete, checkpoint, ..self.told(&line, id, &code, entries.collect()) };
        let mut document = serde_json::to_value(content).map_err(|_| Error::Unopened)?;
        document.sort_all_objects();
        let jws = self.keys.signed_document(READ_TYPE, document.to_string().as_bytes());
        Ok(Receipt { code, document, jws })
    }

    fn told<'a>(&'a self, line: &'a Line, id: ConsentId, code: &'a str, entries: Vec<Returned>) -> ReadReceipt<'a> {
        let event = &line.event;
        ReadReceipt {
            format: READ_FORMAT,
            made: self.now().rfc3339(),
            log: self.signer.key().name(),
            consent: id,
            code,
            event: line.sequence,
            leaf: line.leaf,
            what: event.what,
            at: event.at.rfc3339(),
            who: &event.who,
            unit: event.unit.as_ref().map(|party| party.unit.as_str()),
            organisation: event.unit.as_ref().map(|party| party.organisation.as_str()),
            purpose: event.purpose.as_deref(),
            case: event.case.as_deref(),
            sections: event.sections.iter().map(|section| section.code()).collect(),
            count: event.entries,
            digest: event.digest.as_deref(),
            entries,
            complete: false,
            checkpoint: None,
        }
    }

    /// A consent's own lines, the oldest first.
    async fn consent_lines(&self, session: &Session, id: ConsentId) -> Result<Vec<Line>, Error> {
        let mut lines = self.events_of(session, id, LINES).await?;
        lines.sort_by_key(|line| line.sequence);
        Ok(lines)
    }

    /// Of each entry that the terms cover, the version that was current then, where it is kept still.
    async fn versions_at(
        &self,
        session: &Session,
        permit: &Permit,
        terms: &Terms,
        at: Timestamp,
    ) -> Result<BTreeMap<EntryId, VersionRow>, Error> {
        let profile = self.profile(session).await?;
        let covered = |id: EntryId| profile.entry(id).is_some_and(|held| terms.scope.covers(id, held.entry.kind));
        let mut tx = self.db.read().await?;
        let rows = entry::all_of_owner(&mut tx, permit, session.owner).await?;
        tx.commit().await?;
        // Oldest first: the last one that stands is the one that was current.
        let then = rows.into_iter().filter(|row| row.created <= at && covered(row.entry));
        Ok(then.map(|row| (row.entry, row)).collect())
    }

    async fn made(
        &self,
        publisher: &Publisher,
        (to, row, code): (To, &UnitRow, &str),
        terms: &Terms,
        sections: BTreeSet<Section>,
        happened: Vec<(Happened, Timestamp)>,
    ) -> Result<Receipt, Error> {
        let langs = languages(&terms.lang);
        let kind = self.catalogue.kind(&row.unit.kind);
        let kept = if terms.mode == Mode::Copy { "receipt-kept-copy" } else { "receipt-kept-view" };
        let words = Words {
            method: in_all(&langs, "receipt-method"),
            withdraw: in_all(&langs, "receipt-withdraw"),
            right: in_all(&langs, "receipt-right"),
            kept: in_all(&langs, kept),
            automated: in_all(&langs, choose(terms.stated.as_ref().and_then(|stated| stated.automated.as_ref()), AUTOMATED)),
            transfers: in_all(&langs, choose(terms.stated.as_ref().and_then(|stated| stated.transfers.as_ref()), TRANSFERS)),
        };
        let named = |section: Section| (section, in_all(&langs, &format!("section-{}", section.code())));
        let facts = Facts {
            id: uuid_v4(&*self.random),
            made: self.now(),
            to,
            publisher,
            recipient: recipient(row),
            code,
            terms,
            purpose: self.catalogue.purpose(&terms.purpose),
            basis: kind.map(|kind| &kind.basis),
            sections: sections.into_iter().map(named).collect(),
            words,
            happened,
            checkpoint: self.newest_checkpoint().await?.map(|(_, _, note)| note),
        };
        let document = facts.document();
        let text = serde_json::to_string_pretty(&document).map_err(|_| Error::Unopened)?;
        let jws = self.keys.signed_document(TYPE, text.as_bytes());
        Ok(Receipt { code: code.to_owned(), document, jws })
    }
}

const AUTOMATED: [&str; 3] = ["stated-automated-none", "stated-automated-no", "stated-automated-yes"];
const TRANSFERS: [&str; 3] = ["stated-transfers-none", "stated-transfers-no", "stated-transfers-yes"];

fn recipient(row: &UnitRow) -> Recipient {
    Recipient {
        unit: row.unit.id,
        name: row.unit.name.clone(),
        municipality: row.unit.municipality.clone(),
        organisation: row.organisation.name.clone(),
        number: row.organisation.number.clone(),
    }
}

/// All kinds that terms share: those of the scope, and of each entry named singly that the map still holds.
pub(super) fn shared_kinds(profile: &Profile, terms: &Terms) -> BTreeSet<Kind> {
    let single = terms.scope.entries.iter().filter_map(|id| profile.entry(*id)).map(|held| held.entry.kind);
    terms.scope.kinds.iter().copied().chain(single).collect()
}

fn sections(kinds: &BTreeSet<Kind>) -> impl Iterator<Item = Section> {
    kinds.iter().map(|kind| kind.section())
}

pub fn is_read(event: &Event) -> bool {
    matches!(event.what, What::Read | What::CopyDelivered)
}

fn end(state: State) -> Option<(Happened, Timestamp)> {
    match state {
        State::Withdrawn { at } => Some((Happened::Withdrawn, at)),
        State::Expired { at } => Some((Happened::Expired, at)),
        State::Invalidated { at } => Some((Happened::Invalidated, at)),
        State::Requested | State::Given | State::Refused => None,
    }
}

type Named = ([u8; 16], VersionId, [u8; 32]);

fn name_them(secret: &ConsentSecret, versions: &BTreeMap<EntryId, VersionRow>) -> Vec<Named> {
    let aliaser = secret.aliaser();
    let mut all: Vec<Named> = versions.iter().map(|(entry, row)| (aliaser.alias(*entry), row.version, hash(&row.sealed))).collect();
    all.sort_unstable();
    all
}

/// The language in which the consent was given, Swedish and English; each once.
fn languages(given: &str) -> Vec<Lang> {
    let mut all: Vec<Lang> = Lang::tagged(given).into_iter().collect();
    for lang in [Lang::SV, Lang::EN] {
        if !all.contains(&lang) {
            all.push(lang);
        }
    }
    all
}

fn in_all(langs: &[Lang], key: &str) -> Said {
    langs.iter().map(|lang| (lang.tag().to_owned(), T::new(*lang, Timestamp(0)).s(key))).collect()
}
