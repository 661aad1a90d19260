//! Entries: written, confirmed, deleted by their owner.

use std::collections::BTreeSet;

use super::consent::is_protected;
use super::owner_write::{Anew, OwnerWrite};
use super::profile::Held;
use super::{Error, Service, Session};
use crate::crypto::manifest::Manifest;
use crate::domain::consent::Terms;
use crate::domain::event::What;
use crate::domain::profile::entry::check;
use crate::domain::profile::file::ATTACHED;
use crate::domain::profile::{Class, Entry, Evidence, Fault, Fields, Kind, Source, Value};
use crate::domain::random::{uuid_v4, uuid_v7};
use crate::domain::{ConsentId, EntryId, UnitId, VersionId};
use crate::exchange::file::Clean;
use crate::policy::{Action, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::{consent, entry, file, held};

/// What someone wants saved.
pub struct Save {
    /// An existing entry, or a new one.
    pub id: Option<EntryId>,
    pub kind: Kind,
    pub lang: String,
    pub fields: Fields,
    /// Live consents that must not get it.
    pub keep_out: BTreeSet<ConsentId>,
    /// Live consents that get it though it is sensitive, by a tick of its own.
    pub let_in: BTreeSet<ConsentId>,
}

/// A live consent that covers, or could cover, an entry.
#[derive(Clone, Debug)]
pub struct Seer {
    pub consent: ConsentId,
    pub unit: UnitId,
    /// Would see the entry without anything being ticked.
    pub sees: bool,
}

impl Service {
    /// Saves an entry; its id. Nothing is kept where a field is faulty.
    pub async fn save_entry(&self, session: &Session, save: Save) -> Result<EntryId, Error> {
        self.write_entry(session, save, Source::Own).await
    }

    pub(super) async fn write_entry(&self, session: &Session, save: Save, source: Source) -> Result<EntryId, Error> {
        self.write_with_file(session, save, source, None).await
    }

    /// `file`: what a new document holds.
    pub(super) async fn write_with_file(
        &self,
        session: &Session,
        save: Save,
        source: Source,
        file: Option<&Clean>,
    ) -> Result<EntryId, Error> {
        if !save.kind.written() {
            // Whoever typed it would be its issuer.
            return Err(Error::Faults(vec![("kind".to_owned(), Fault::NotAChoice)]));
        }
        check(save.kind, &save.fields).map_err(Error::Faults)?;
        let permit = self.ask(session.participant(), Action::WriteEntry, Resource::Profile { owner: session.owner })?;
        let before = match save.id {
            Some(id) => Some(self.profile(session).await?.entry(id).cloned().ok_or(Error::NotFound)?),
            None => None,
        };
        let protects = save.kind == Kind::ProtectedIdentity && save.fields.get("protected") == Some(&Value::Flag(true));
        let (now, what) = (self.now(), if before.is_some() { What::EntryChanged } else { What::EntryAdded });
        if before.as_ref().is_some_and(|held| held.entry.kind != save.kind) {
            return Err(Error::NotFound);
        }
        // Read before anything is locked: it goes another way to the database.
        let protected = !save.let_in.is_empty() && is_protected(&self.profile(session).await?);
        let mut write = self.owner_write(session, &permit).await?;
        if save.id.is_none() {
            room_for(&write.manifest.entries, save.kind)?;
        }
        let id = save.id.unwrap_or_else(|| EntryId(uuid_v7(&*self.random, now)));
        let created = before.as_ref().map_or(now, |held| held.entry.created);
        let fields = attached(&write.manifest, save.fields, before.as_ref())?;
        let version = VersionId(uuid_v4(&*self.random));
        let file = match (file, &before) {
            (Some(file), None) => Some(write.put_file(id, version, file).await?),
            (_, Some(held)) => held.entry.file.clone(),
            (None, None) if save.kind == Kind::Document => return Err(fault("file", Fault::Missing)),
            (None, None) => None,
        };
        let content = Entry {
            kind: save.kind,
            lang: save.lang,
            source,
            evidence: Evidence::E1,
            fields,
            created,
            updated: now,
            confirmed: now,
            file,
        };
        write.put_version(id, version, &content).await?;
        let kind = save.kind;
        let sensitive = kind.class() != Class::Normal;
        if sensitive && !save.let_in.is_empty() {
            self.ask_let_in(session, &mut write, (kind, protected), &save.let_in).await?;
        }
        let homes: Vec<EntryId> = if protects { write.of_kind(Kind::Home) } else { Vec::new() };
        let change = |terms: &mut Terms| {
            adjust(terms, id, sensitive, &save.keep_out, &save.let_in);
            if protects {
                hide_home(terms, &homes);
            }
        };
        let remade = write.remake(&[id].into(), change).await?;
        let mut event = self.plain_event(what);
        event.sections = vec![kind.section()];
        event.entries = 1;
        self.record_own(&mut write.tx, &permit, write.keyring, event).await?;
        let narrowed = |anew: &&Anew| anew.changed && (protects || save.keep_out.contains(&anew.consent));
        self.ended.append(remade.iter().filter(narrowed).map(|anew| self.narrowed(anew)).collect()).await?;
        write.commit().await?;
        Ok(id)
    }

    /// The owner says that it still holds: a new version with the same content.
    pub async fn confirm_entry(&self, session: &Session, id: EntryId) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::WriteEntry, Resource::Profile { owner: session.owner })?;
        let held = self.profile(session).await?.entry(id).cloned().ok_or(Error::NotFound)?;
        let mut write = self.owner_write(session, &permit).await?;
        let content = Entry { confirmed: self.now(), ..held.entry };
        write.put_entry(id, &content).await?;
        write.remake(&[id].into(), |_| ()).await?;
        let mut event = self.plain_event(What::EntryConfirmed);
        event.sections = vec![content.kind.section()];
        event.entries = 1;
        self.record_own(&mut write.tx, &permit, write.keyring, event).await?;
        write.commit().await
    }

    /// Destroys all versions of an entry and their keys; no bundle names it any more.
    pub async fn delete_entry(&self, session: &Session, id: EntryId) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::DeleteEntry, Resource::Profile { owner: session.owner })?;
        let mut write = self.owner_write(session, &permit).await?;
        let line = write.manifest.entry(id).cloned().ok_or(Error::NotFound)?;
        let remade = {
            write.manifest.entries.retain(|held| held.entry != id);
            write.remake(&[id].into(), |terms| forget(terms, id)).await?
        };
        entry::delete(&mut write.tx, &permit, session.owner, id).await?;
        file::delete(&mut write.tx, &permit, session.owner, id).await?;
        if line.kind == Kind::Credential {
            held::delete(&mut write.tx, &permit, session.owner, id).await?;
            self.end_showings_of(&mut write.tx, &permit, write.keyring, id).await?;
        }
        let mut event = self.plain_event(What::EntryDeleted);
        event.sections = vec![line.kind.section()];
        event.entries = 1;
        self.record_own(&mut write.tx, &permit, write.keyring, event).await?;
        let narrowed = remade.iter().map(|anew| self.narrowed(anew));
        self.ended.append(narrowed.chain([Ended::new(EndedWhat::Entry, id.0, self.now())]).collect()).await?;
        write.commit().await
    }

    /// No older, wider bundle of it may come back with a backup.
    pub(super) fn narrowed(&self, anew: &Anew) -> Ended {
        Ended::new(EndedWhat::Narrowed, anew.consent.0, self.now())
    }

    /// A sensitive entry goes into a live consent as a change of that consent: the policy is asked as for any other.
    async fn ask_let_in(
        &self,
        session: &Session,
        write: &mut OwnerWrite<'_>,
        (kind, protected): (Kind, bool),
        let_in: &BTreeSet<ConsentId>,
    ) -> Result<(), Error> {
        for id in let_in {
            let (_, _, terms) = write.consent(*id).await?;
            let unit = self.unit_in(&mut write.tx, terms.unit).await?;
            let mut kinds = write.shared_kinds(&terms.scope);
            kinds.insert(kind);
            let _permit = self.ask_sharing(session.participant(), Action::ChangeConsent, &terms, &unit, &kinds, protected)?;
        }
        Ok(())
    }

    /// Which live consents see, or could be let see, an entry of this kind. `id` where it exists.
    pub async fn seers(&self, session: &Session, id: Option<EntryId>, kind: Kind) -> Result<Vec<Seer>, Error> {
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        if kind.never_shared() {
            return Ok(Vec::new());
        }
        let mut tx = self.db.read().await?;
        let rows = consent::of_owner(&mut tx, &permit, session.owner).await?;
        let mut seers = Vec::new();
        for row in rows.iter().filter(|row| row.bundle.is_some() && row.valid_until > self.now()) {
            let (_, terms) = super::owner_write::open_consent(session.keyring()?, row)?;
            let unit = self.unit_in(&mut tx, row.unit).await?;
            let allowed = self.catalogue.kind(&unit.unit.kind).is_some_and(|kind_of| kind_of.allowed.contains(&kind));
            let id = id.unwrap_or(EntryId(uuid::Uuid::nil()));
            let sees = terms.scope.covers(id, kind);
            let could = kind.class() != Class::Normal && allowed && terms.link.is_none();
            if sees || could {
                seers.push(Seer { consent: row.id, unit: row.unit, sees });
            }
        }
        tx.commit().await?;
        Ok(seers)
    }
}

/// The fields, where what the entry is attached to is another of the map. What has been deleted meanwhile is no longer named.
fn attached(manifest: &Manifest, mut fields: Fields, before: Option<&Held>) -> Result<Fields, Error> {
    let Some(Value::Text(to)) = fields.get(ATTACHED) else { return Ok(fields) };
    let stands = to.parse().is_ok_and(|to| manifest.entry(to).is_some_and(|line| line.kind.class() == Class::Normal));
    if stands {
        return Ok(fields);
    }
    if before.is_some_and(|held| held.entry.fields.get(ATTACHED) == fields.get(ATTACHED)) {
        fields.remove(ATTACHED);
        return Ok(fields);
    }
    Err(fault(ATTACHED, Fault::NotAChoice))
}

fn fault(field: &str, fault: Fault) -> Error {
    Error::Faults(vec![(field.to_owned(), fault)])
}

/// Limits of a section and of a kind.
pub(super) fn room_for(lines: &[crate::crypto::manifest::EntryLine], kind: Kind) -> Result<(), Error> {
    let of_kind = lines.iter().filter(|line| line.kind == kind).count();
    let of_section = lines.iter().filter(|line| line.kind.section() == kind.section()).count();
    if of_kind >= kind.max() {
        return Err(Error::TooMany(kind.max()));
    }
    if of_section >= kind.section().max() {
        return Err(Error::TooMany(kind.section().max()));
    }
    Ok(())
}

/// Keeps an entry out of a consent, or lets a sensitive one in, as the person ticked.
pub(super) fn adjust(
    terms: &mut Terms,
    id: EntryId,
    sensitive: bool,
    keep_out: &BTreeSet<ConsentId>,
    let_in: &BTreeSet<ConsentId>,
) {
    if keep_out.contains(&terms.consent) {
        terms.scope.entries.remove(&id);
        terms.scope.kept_out.insert(id);
    } else if sensitive && let_in.contains(&terms.consent) {
        terms.scope.kept_out.remove(&id);
        terms.scope.entries.insert(id);
    }
}

/// Where a protected person lives goes out of every scope, at once.
fn hide_home(terms: &mut Terms, homes: &[EntryId]) {
    terms.scope.kinds.remove(&Kind::Home);
    terms.scope.entries.retain(|id| !homes.contains(id));
}

fn forget(terms: &mut Terms, id: EntryId) {
    terms.scope.entries.remove(&id);
    terms.scope.kept_out.remove(&id);
}
