//! Every write of an owner is one transaction that begins with compare-and-set on the manifest's generation, and ends with the
//! manifest and the touched consents' bundles made anew.

use std::collections::{BTreeMap, BTreeSet};

use super::consent::consent_event;
use super::profile::entry_key;
use super::{Error, Service, Session};
use crate::crypto::bundle::{Bundle, BundleRow, ConsentSecret};
use crate::crypto::entry::{EntryKey, FreshEntryKey, wrap_ad};
use crate::crypto::link::{ListPlace, seal_list};
use crate::crypto::manifest::{EntryLine, Manifest};
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::consent::{Scope, State, Terms};
use crate::domain::event::What;
use crate::domain::profile::{Entry, Kind, MAX_VERSIONS};
use crate::domain::random::uuid_v4;
use crate::domain::{ConsentId, EntryId, VersionId};
use crate::policy::{Action, Actor, Permit};
use crate::store::consent::{ConsentRow, Remade};
use crate::store::entry::VersionRow;
use crate::store::{Tx, consent, entry, link, manifest, owner};

/// A write under way.
pub(super) struct OwnerWrite<'a> {
    pub service: &'a Service,
    /// Who writes.
    pub actor: Actor,
    pub keyring: &'a Keyring,
    pub permit: &'a Permit,
    pub tx: Tx,
    /// As it will be sealed.
    pub manifest: Manifest,
}

impl Service {
    /// Begins an owner's write. [`Error::Gone`] where another write came between.
    pub(super) async fn owner_write<'a>(&'a self, session: &'a Session, permit: &'a Permit) -> Result<OwnerWrite<'a>, Error> {
        let keyring = session.keyring()?;
        let mut tx = self.db.write().await?;
        let mut manifest = self.manifest(&mut tx, keyring).await?;
        manifest::claim(&mut tx, permit, keyring.owner, manifest.generation).await?;
        manifest.generation += 1;
        // The owner's own copy of the log's head: whoever drops lines later must contradict it.
        manifest.checkpoint = self.newer_head(&mut tx, manifest.checkpoint).await?;
        Ok(OwnerWrite { service: self, actor: session.participant(), keyring, permit, tx, manifest })
    }
}

impl OwnerWrite<'_> {
    /// Seals a new version of an entry and puts it into the manifest.
    pub async fn put_entry(&mut self, id: EntryId, content: &Entry) -> Result<VersionId, Error> {
        let version = VersionId(uuid_v4(&*self.service.random));
        self.put_version(id, version, content).await
    }

    /// The same, under an id that was drawn before.
    pub async fn put_version(&mut self, id: EntryId, version: VersionId, content: &Entry) -> Result<VersionId, Error> {
        let random = &*self.service.random;
        let owner = self.keyring.owner;
        let body = serde_json::to_vec(content).map_err(|_| Error::Unopened)?;
        let sealed = FreshEntryKey::random(random).seal(owner, id, version, &body);
        let key = self.keyring.wrap(&wrap_ad(owner, id, version), Padding::Fixed, sealed.key.bytes(), random);
        let line = EntryLine {
            entry: id,
            kind: content.kind,
            version,
            hash: sealed.hash,
            updated: content.updated,
            confirmed: content.confirmed,
        };
        let row = VersionRow { version, entry: id, key, sealed: sealed.record, created: content.updated };
        entry::insert(&mut self.tx, self.permit, owner, row).await?;
        entry::delete_older(&mut self.tx, self.permit, owner, (id, version), MAX_VERSIONS).await?;
        match self.manifest.entries.iter_mut().find(|held| held.entry == id) {
            Some(held) => *held = line,
            None => self.manifest.entries.push(line),
        }
        Ok(version)
    }

    /// Opens a live consent: its row, secret and terms.
    pub async fn consent(&mut self, id: ConsentId) -> Result<(ConsentRow, ConsentSecret, Terms), Error> {
        let row = consent::find(&mut self.tx, self.keyring.owner, id).await?.ok_or(Error::NotFound)?;
        let (secret, terms) = open_consent(self.keyring, &row)?;
        is_current(&self.manifest, &row)?;
        Ok((row, secret, terms))
    }

    /// Makes the bundle of each live consent anew whose scope covers one of `touched`, with its terms as `change` leaves them. Where they
    /// changed the unit gets a new record too: its own must say what the bundle says.
    pub async fn remake(&mut self, touched: &BTreeSet<EntryId>, change: impl Fn(&mut Terms)) -> Result<Vec<Anew>, Error> {
        let live: Vec<ConsentId> = self.manifest.consents.iter().map(|line| line.consent).collect();
        let mut remade = Vec::new();
        let mut keys = None;
        for id in live {
            let (row, secret, before) = self.consent(id).await?;
            if row.state != State::Given {
                // It ended without an opened keyring (a withdrawal, an expiry): this write tells the manifest.
                self.manifest.consents.retain(|line| line.consent != id);
                continue;
            }
            let mut terms = before.clone();
            change(&mut terms);
            if terms == before && !self.concerned(&row, &secret, &before, touched)? {
                continue;
            }
            self.keep_within(&mut terms).await?;
            if keys.is_none() {
                keys = Some(self.entry_keys().await?);
            }
            let keys = keys.as_ref().ok_or(Error::Unopened)?;
            let changed = terms != before;
            let terms = self.remake_one(&row, &secret, terms, keys).await?;
            if changed {
                let kinds = self.shared_kinds(&terms.scope);
                // That an entry was deleted is an event of its own; a link's stream counts its openings.
                if terms.link.is_none() && touched.iter().any(|id| self.manifest.entry(*id).is_some()) {
                    self.record_change(&terms, &kinds).await?;
                }
                let changes = self.service.changes(&mut self.tx, self.keyring, &secret, id).await?;
                self.service.put_record(&mut self.tx, self.permit, &secret, (&terms, &kinds, changes)).await?;
            }
            remade.push(Anew { consent: id, changed });
        }
        Ok(remade)
    }

    /// What the recipient may no longer have goes out of the terms: the operator may have lowered a ceiling since they were agreed on, which
    /// must keep nobody from writing in their map.
    async fn keep_within(&mut self, terms: &mut Terms) -> Result<(), Error> {
        let unit = match self.service.unit_listed(&mut self.tx, terms.unit).await {
            Ok(unit) => unit,
            Err(Error::Store(error)) => return Err(error.into()),
            // Its row has been spoilt: nothing is said of its ceiling, and it reads nothing (the gate looks at the same row).
            Err(_) => return Ok(()),
        };
        let kinds = self.shared_kinds(&terms.scope);
        match self.service.ask_sharing(self.actor, Action::RemakeBundle, terms, &unit, &kinds, false) {
            Ok(_permit) => {}
            Err(Error::Refused(_)) => {
                let ceiling = self.service.catalogue.kind(&unit.unit.kind).map(|kind| &kind.allowed);
                let allowed = |kind: &Kind| ceiling.is_some_and(|allowed| allowed.contains(kind));
                terms.scope.kinds.retain(allowed);
                terms.scope.entries.retain(|id| self.manifest.entry(*id).is_none_or(|line| allowed(&line.kind)));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    async fn record_change(&mut self, terms: &Terms, kinds: &BTreeSet<Kind>) -> Result<(), Error> {
        let unit = self.service.unit_in(&mut self.tx, terms.unit).await?;
        let event = consent_event(self.service.plain_event(What::ConsentChanged), terms, kinds, &unit);
        self.service.record_on_consent(&mut self.tx, self.permit, self.keyring, terms.consent, event).await
    }

    /// Whether a consent's scope covers, or its bundle still holds, a touched entry.
    fn concerned(
        &self,
        row: &ConsentRow,
        secret: &ConsentSecret,
        terms: &Terms,
        touched: &BTreeSet<EntryId>,
    ) -> Result<bool, Error> {
        let covered = |id: &EntryId| self.manifest.entry(*id).is_some_and(|line| terms.scope.covers(*id, line.kind));
        if touched.iter().any(covered) {
            return Ok(true);
        }
        let sealed = row.bundle.as_ref().ok_or(Error::Unopened)?;
        let bundle = secret.open_bundle(self.keyring.owner, row.id, row.generation, sealed)?;
        let aliaser = secret.aliaser();
        let held: BTreeSet<_> = bundle.rows.iter().map(|row| row.alias).collect();
        Ok(touched.iter().any(|id| held.contains(&aliaser.alias(*id))))
    }

    /// Seals terms and bundle of the consent's next generation.
    pub async fn remake_one(
        &mut self,
        row: &ConsentRow,
        secret: &ConsentSecret,
        mut terms: Terms,
        keys: &EntryKeys,
    ) -> Result<Terms, Error> {
        terms.generation = row.generation + 1;
        let bundle = self.bundle_of(secret, &terms, keys);
        let made = Remade {
            from_generation: row.generation,
            generation: terms.generation,
            terms: seal_terms(self.keyring, &terms, &*self.service.random),
            bundle: secret.seal_bundle(&bundle, &*self.service.random),
        };
        consent::change(&mut self.tx, self.permit, self.keyring.owner, row.id, terms.until, made).await?;
        // After the consent's row has been locked: none can be made between.
        self.remake_children(secret, bundle).await?;
        if terms.link.is_some() {
            let sealed = self.link_versions(&terms);
            link::set_versions(&mut self.tx, self.permit, (self.keyring.owner, row.id), sealed).await?;
        }
        let line = self.manifest.consents.iter_mut().find(|line| line.consent == row.id).ok_or(Error::Unopened)?;
        line.generation = terms.generation;
        Ok(terms)
    }

    /// The sealed bundle of all entries that the terms cover.
    pub fn bundle(&self, secret: &ConsentSecret, terms: &Terms, keys: &EntryKeys) -> Vec<u8> {
        secret.seal_bundle(&self.bundle_of(secret, terms, keys), &*self.service.random)
    }

    fn bundle_of(&self, secret: &ConsentSecret, terms: &Terms, keys: &EntryKeys) -> Bundle {
        let aliaser = secret.aliaser();
        let row = |line: &EntryLine| {
            let key = keys.get(&line.version)?.clone();
            Some(BundleRow { alias: aliaser.alias(line.entry), kind: line.kind, version: line.version, key, hash: line.hash })
        };
        let covered = self.manifest.entries.iter().filter(|line| terms.scope.covers(line.entry, line.kind));
        Bundle { terms: terms.clone(), rows: covered.filter_map(row).collect() }
    }

    /// Which versions a link's bundle opens, sealed to whoever has its proof.
    pub fn link_versions(&self, terms: &Terms) -> Option<Vec<u8>> {
        let link = terms.link.as_ref()?;
        let covered = self.manifest.entries.iter().filter(|line| terms.scope.covers(line.entry, line.kind));
        let versions: Vec<VersionId> = covered.map(|line| line.version).collect();
        let place = ListPlace { owner: terms.owner, consent: terms.consent, generation: terms.generation };
        Some(seal_list(&link.list, place, &versions, &*self.service.random))
    }

    pub fn of_kind(&self, kind: Kind) -> Vec<EntryId> {
        self.manifest.entries.iter().filter(|line| line.kind == kind).map(|line| line.entry).collect()
    }

    /// All kinds that a scope shares: its own, and those of the entries named singly.
    pub fn shared_kinds(&self, scope: &Scope) -> BTreeSet<Kind> {
        let single = self.manifest.entries.iter().filter(|line| scope.entries.contains(&line.entry)).map(|line| line.kind);
        scope.kinds.iter().copied().chain(single).collect()
    }

    /// The keys of all current versions.
    pub async fn entry_keys(&mut self) -> Result<EntryKeys, Error> {
        let rows = entry::keys(&mut self.tx, self.permit, self.keyring.owner).await?;
        let keys: BTreeMap<VersionId, Vec<u8>> = rows.into_iter().map(|(version, _, key)| (version, key)).collect();
        let open = |line: &EntryLine| {
            let key = keys.get(&line.version).ok_or(Error::Unopened)?;
            Ok((line.version, entry_key(self.keyring, line.entry, line.version, key)?))
        };
        self.manifest.entries.iter().map(open).collect()
    }

    /// Seals the manifest and commits.
    pub async fn commit(mut self) -> Result<(), Error> {
        let sealed = self.manifest.seal(self.keyring, &*self.service.random);
        manifest::seal(&mut self.tx, self.keyring.owner, self.manifest.generation, sealed).await?;
        Ok(self.tx.commit().await?)
    }
}

/// Keeps an owner's keys as they are until commit, for what is sealed under them beside the manifest. [`Error::Gone`] where they were made
/// anew since they were opened: it would open to nobody.
pub(super) async fn hold_keys(tx: &mut Tx, keyring: &Keyring) -> Result<(), Error> {
    if owner::hold(tx, keyring.owner, keyring.generation()).await? { Ok(()) } else { Err(Error::Gone) }
}

/// A consent whose bundle was made anew.
pub(super) struct Anew {
    pub consent: ConsentId,
    /// Its terms say something else than before.
    pub changed: bool,
}

pub(super) type EntryKeys = BTreeMap<VersionId, EntryKey>;

pub(super) fn open_consent(keyring: &Keyring, row: &ConsentRow) -> Result<(ConsentSecret, Terms), Error> {
    let secret = keyring.unwrap(&secret_ad(keyring, row.id), Padding::Fixed, &row.secret)?;
    let secret = ConsentSecret::from_slice(&secret).ok_or(Error::Unopened)?;
    let body = keyring.unwrap(&terms_ad(keyring, row.id), Padding::Steps, &row.terms)?;
    let terms: Terms = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
    // Older terms put back would widen what the next write shares. Ending raises the generation and leaves the terms.
    let current = terms.generation == row.generation || row.state != State::Given;
    let fits = terms.owner == keyring.owner && terms.consent == row.id && terms.unit == row.unit && current;
    if fits { Ok((secret, terms)) } else { Err(Error::Unopened) }
}

/// A live row must be the one that the manifest names: an older one put back is refused.
pub(super) fn is_current(manifest: &Manifest, row: &ConsentRow) -> Result<(), Error> {
    let named = manifest.consent(row.id).is_some_and(|line| line.generation == row.generation);
    if row.state != State::Given || named { Ok(()) } else { Err(Error::Unopened) }
}

pub(super) fn seal_terms(keyring: &Keyring, terms: &Terms, random: &dyn crate::domain::Random) -> Vec<u8> {
    let body = serde_json::to_vec(terms).expect("terms are plain data");
    keyring.wrap(&terms_ad(keyring, terms.consent), Padding::Steps, &body, random)
}

pub(super) fn seal_secret(keyring: &Keyring, id: ConsentId, secret: &ConsentSecret, random: &dyn crate::domain::Random) -> Vec<u8> {
    keyring.wrap(&secret_ad(keyring, id), Padding::Fixed, secret.bytes(), random)
}

fn secret_ad(keyring: &Keyring, id: ConsentId) -> Ad {
    Ad::new(Label::ConsentSecretWrap).bytes_field(b"consent").id(keyring.owner.0).id(id.0)
}

fn terms_ad(keyring: &Keyring, id: ConsentId) -> Ad {
    Ad::new(Label::ConsentTerms).bytes_field(b"consent").id(keyring.owner.0).id(id.0)
}
