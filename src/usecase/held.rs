//! What a person holds of their proofs. The entry says what may be shared; the whole credential, and the key that it is bound to, lie
//! beside it and leave only as their person shows or exports them.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::entry::{adjust, room_for};
use super::owner_write::OwnerWrite;
use super::{Error, Service, Session};
use crate::credential::portion;
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::consent::Terms;
use crate::domain::credential::{Part, Proof};
use crate::domain::date::PartialDate;
use crate::domain::event::{Event, Party, What};
use crate::domain::profile::entry::check;
use crate::domain::profile::text::sound;
use crate::domain::profile::{Entry, Evidence, Fields, Kind, MAX_PROOF, Source, Value};
use crate::domain::random::uuid_v7;
use crate::domain::{ConsentId, EntryId, OwnerId, Random, Timestamp};
use crate::policy::{Action, Permit, Resource};
use crate::store::{Tx, held};

/// A credential as it was issued.
#[derive(Clone)]
pub struct Whole {
    /// An SD-JWT with all its disclosures, or an Open Badge.
    pub credential: String,
    /// PKCS #8 of the key that it is bound to, where the person has it.
    pub holder: Option<Zeroizing<Vec<u8>>>,
    /// The same as an Open Badge (JWT), where its issuer made one.
    pub badge: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    credential: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    holder: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    badge: Option<String>,
}

impl Whole {
    /// The record beside the entry, under its owner's wrap key.
    pub fn seal(&self, keyring: &Keyring, entry: EntryId, random: &dyn Random) -> Result<Vec<u8>, Error> {
        let holder = self.holder.as_ref().map(|key| URL_SAFE_NO_PAD.encode(key));
        let body = Body { credential: self.credential.clone(), holder, badge: self.badge.clone() };
        let body = Zeroizing::new(serde_json::to_vec(&body).map_err(|_| Error::Unopened)?);
        Ok(keyring.wrap(&ad(keyring.owner, entry), Padding::Steps, &body, random))
    }

    pub fn open(keyring: &Keyring, entry: EntryId, sealed: &[u8]) -> Result<Self, Error> {
        let body = keyring.unwrap(&ad(keyring.owner, entry), Padding::Steps, sealed)?;
        let body: Body = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        let key = |text: String| URL_SAFE_NO_PAD.decode(Zeroizing::new(text).as_bytes()).map(Zeroizing::new);
        let holder = body.holder.map(key).transpose().map_err(|_| Error::Unopened)?;
        Ok(Self { credential: body.credential, holder, badge: body.badge })
    }
}

fn ad(owner: OwnerId, entry: EntryId) -> Ad {
    Ad::new(Label::HeldRecord).bytes_field(b"held").id(owner.0).id(entry.0)
}

/// What is put into the map: a credential, and what it says.
pub struct Taken<'a> {
    pub whole: &'a Whole,
    pub proof: &'a Proof,
    /// How it came here.
    pub what: What,
    pub lang: &'a str,
    /// Live consents that must not get it.
    pub keep_out: &'a BTreeSet<ConsentId>,
}

impl Service {
    /// Adds a credential's entry and, beside it, the credential itself, to a write under way.
    pub(super) async fn put_credential(&self, write: &mut OwnerWrite<'_>, taken: &Taken<'_>) -> Result<EntryId, Error> {
        let (now, kind) = (self.now(), Kind::Credential);
        let fields = fields(taken)?;
        room_for(&write.manifest.entries, kind)?;
        let id = EntryId(uuid_v7(&*self.random, now));
        let source = if taken.what == What::ProofAccepted { Source::Organisation } else { Source::Import };
        // The level stands in the credential, and counts for as long as that verifies: none is kept here.
        let (lang, evidence) = (taken.lang.to_owned(), Evidence::E1);
        let content = Entry { kind, lang, source, evidence, fields, created: now, updated: now, confirmed: now, file: None };
        write.put_entry(id, &content).await?;
        let sealed = taken.whole.seal(write.keyring, id, &*self.random)?;
        held::insert(&mut write.tx, write.permit, write.keyring.owner, id, sealed, now).await?;
        let change = |terms: &mut Terms| adjust(terms, id, false, taken.keep_out, &BTreeSet::new());
        let remade = write.remake(&[id].into(), change).await?;
        let issuer = &taken.proof.issuer;
        let name = issuer.name.clone().unwrap_or_else(|| issuer.id.clone());
        let unit = Some(Party { unit: name, organisation: String::new() });
        let event = Event { unit, sections: vec![kind.section()], entries: 1, ..self.plain_event(taken.what) };
        self.record_own(&mut write.tx, write.permit, write.keyring, event).await?;
        let narrowed = remade.iter().filter(|anew| anew.changed && taken.keep_out.contains(&anew.consent));
        self.ended.append(narrowed.map(|anew| self.narrowed(anew)).collect()).await?;
        Ok(id)
    }

    /// Puts a credential that the person has already into the map. Its form has been found sound; what it proves is found at each look.
    pub async fn add_credential(&self, session: &Session, taken: &Taken<'_>) -> Result<EntryId, Error> {
        let permit = self.ask(session.participant(), Action::TakeCredential, Resource::Profile { owner: session.owner })?;
        let proof = fields(taken)?.remove("proof");
        let profile = self.profile(session).await?;
        // What stands there already is not added again.
        if let Some(same) = profile.of_kind(Kind::Credential).find(|held| held.entry.fields.get("proof") == proof.as_ref()) {
            return Ok(same.id);
        }
        let mut write = self.owner_write(session, &permit).await?;
        let id = self.put_credential(&mut write, taken).await?;
        write.commit().await?;
        Ok(id)
    }

    /// A credential of one's own, whole. [`Error::Unopened`] where it is not the one that its entry speaks of.
    pub async fn whole(&self, session: &Session, id: EntryId) -> Result<Whole, Error> {
        let permit = self.ask(session.participant(), Action::ReadProfile, Resource::Profile { owner: session.owner })?;
        let profile = self.profile(session).await?;
        let entry = profile.entry(id).filter(|held| held.entry.kind == Kind::Credential).ok_or(Error::NotFound)?;
        let mut tx = self.db.read().await?;
        let sealed = held::find(&mut tx, &permit, session.owner, id).await?.ok_or(Error::Unopened)?;
        tx.commit().await?;
        let whole = Whole::open(session.keyring()?, id, &sealed)?;
        let speaks = portion::shareable(&whole.credential).is_ok_and(|shared| proof(&entry.entry) == Some(&shared));
        if speaks { Ok(whole) } else { Err(Error::Unopened) }
    }

    /// A file of a proof has left, as its person asked.
    pub async fn record_proof_export(&self, session: &Session) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::Export, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        let event = Event { entries: 1, sections: vec![Kind::Credential.section()], ..self.plain_event(What::Exported) };
        self.record_own(&mut tx, &permit, session.keyring()?, event).await?;
        Ok(tx.commit().await?)
    }

    /// Under the new generation of its owner's keys.
    pub(super) async fn rewrap_held(&self, tx: &mut Tx, permit: &Permit, both: &Keyring, new: &Keyring) -> Result<(), Error> {
        for (entry, sealed) in held::of_owner(tx, permit, both.owner).await? {
            let sealed = Whole::open(both, entry, &sealed)?.seal(new, entry, &*self.random)?;
            held::rewrap(tx, permit, both.owner, entry, sealed).await?;
        }
        Ok(())
    }
}

/// The proof that an entry holds.
pub fn proof(entry: &Entry) -> Option<&String> {
    match entry.fields.get("proof") {
        Some(Value::Text(proof)) if entry.kind == Kind::Credential => Some(proof),
        _ => None,
    }
}

pub(super) fn name(entry: &Entry) -> String {
    match entry.fields.get("name") {
        Some(Value::Text(name)) => name.clone(),
        _ => String::new(),
    }
}

/// The entry's fields: what the credential says to everyone, and the credential without the person's name.
fn fields(taken: &Taken<'_>) -> Result<Fields, Error> {
    let shared = portion::shareable(&taken.whole.credential).map_err(|_| Error::Unopened)?;
    let Proof { issuer, competence, issued, until, .. } = taken.proof;
    let day = |at: &Timestamp| at.day().to_string().parse::<PartialDate>().ok().map(Value::Date);
    // Whoever issued it may have written anything.
    let line = |text: &str, max: usize| {
        let cut: String = text.trim().chars().take(max).collect();
        Some(sound(&cut, false)).filter(|text| !text.trim().is_empty()).map(Value::Text)
    };
    let given = [
        ("name", line(competence.name(taken.lang), 200)),
        ("issuer", line(issuer.name.as_deref().unwrap_or(&issuer.id), 200)),
        ("number", issuer.number.as_deref().and_then(|number| line(number, 20))),
        ("issued", issued.as_ref().and_then(day)),
        ("expires", until.as_ref().and_then(day)),
        ("seqf", competence.seqf.map(|level| Value::Choice(level.to_string()))),
        ("part", competence.part.map(part)),
        ("proof", Some(Value::Text(shared)).filter(|_| taken.whole.credential.len() <= MAX_PROOF)),
    ];
    let fields: Fields = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    check(Kind::Credential, &fields).map_err(Error::Faults)?;
    Ok(fields)
}

fn part(part: Part) -> Value {
    let word = match part {
        Part::Whole => "whole",
        Part::Part => "part",
    };
    Value::Choice(word.to_owned())
}
