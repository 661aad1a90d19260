//! Files of documents: added once, fetched by their owner, and through the gate by whom the document was shared with.

use tokio::sync::{Semaphore, SemaphorePermit};
use zeroize::Zeroizing;

use super::disclosure::{Asked, Denied, Released};
use super::entry::Save;
use super::owner_write::OwnerWrite;
use super::{Error, Service, Session};
use crate::crypto::bundle::Alias;
use crate::crypto::file::{self as seal, FilePlace};
use crate::domain::event::What;
use crate::domain::profile::file::MOST_OF_ONE;
use crate::domain::profile::{Entry, Fault, Fields, File, FileKey, Kind, Media, Source, Value};
use crate::domain::{ConsentId, EntryId, OwnerId, VersionId};
use crate::exchange::file::{Clean, Refused, clean};
use crate::policy::{Action, Permit, Resource};
use crate::store::file::{self, FileRow};

/// A document to be added.
pub struct NewDocument {
    pub lang: String,
    pub fields: Fields,
    /// The file as it was sent.
    pub bytes: Vec<u8>,
}

/// Why a document was not added.
#[derive(Debug)]
pub enum NotAdded {
    File(Refused),
    Error(Error),
}

impl From<Error> for NotAdded {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// A file, opened.
pub struct Fetched {
    pub media: Media,
    /// What its owner calls it.
    pub title: String,
    pub bytes: Zeroizing<Vec<u8>>,
}

/// So many files are held in memory at once, on their way in or out.
static ROOM: Semaphore = Semaphore::const_new(8);
/// Reading what a file holds takes a few times its length.
static CLEANING: Semaphore = Semaphore::const_new(2);
/// When to come back, in seconds.
const SOON: u32 = 10;

/// A place in memory for one file; [`Error::Busy`] where none is free. Asked for before a file is received.
pub fn room() -> Result<SemaphorePermit<'static>, Error> {
    ROOM.try_acquire().map_err(|_| Error::Busy(SOON))
}

impl Service {
    /// Frees a file of what nobody sees, seals it, and adds the document that holds it: one's own copy, confirmed by nobody (E1).
    pub async fn add_document(&self, session: &Session, new: NewDocument) -> Result<EntryId, NotAdded> {
        // Before any work: whoever may write nothing has nothing read either.
        let _permit = self.ask(session.participant(), Action::WriteEntry, Resource::Profile { owner: session.owner })?;
        session.keyring()?;
        let (bytes, mut fields) = (new.bytes, new.fields);
        let cleaning = CLEANING.acquire().await.map_err(|_| Error::Busy(SOON))?;
        let cleaned = tokio::task::spawn_blocking(move || clean(&bytes)).await.map_err(|_| NotAdded::File(Refused::Broken))?;
        drop(cleaning);
        let cleaned = cleaned.map_err(NotAdded::File)?;
        fields.insert("pages".to_owned(), Value::Number(i64::from(cleaned.pages)));
        let (keep_out, let_in) = Default::default();
        let save = Save { id: None, kind: Kind::Document, lang: new.lang, fields, keep_out, let_in };
        Ok(self.write_with_file(session, save, Source::Own, Some(&cleaned)).await?)
    }

    /// How many bytes one's files take, of [`MOST_OF_ONE`].
    pub async fn files_used(&self, session: &Session) -> Result<u64, Error> {
        let permit = self.ask(session.participant(), Action::ReadProfile, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let used = file::used(&mut tx, &permit, session.owner).await?;
        tx.commit().await?;
        Ok(used)
    }

    /// One's own file. No event: the owner's own look is none.
    pub async fn own_file(&self, session: &Session, id: EntryId) -> Result<Fetched, Error> {
        let permit = self.ask(session.participant(), Action::ReadProfile, Resource::Profile { owner: session.owner })?;
        let profile = self.profile(session).await?;
        let held = profile.entry(id).ok_or(Error::NotFound)?;
        self.fetched(&permit, session.owner, id, &held.entry).await
    }

    /// A file of what was shared with the unit, for the case that was stated. The event stands before a byte is fetched.
    pub async fn file_by_staff(&self, session: &Session, consent: ConsentId, alias: Alias) -> Result<Fetched, Error> {
        let (_, released) = self.release_to_staff(session, consent, Asked { what: What::FileFetched, only: Some(alias) }).await?;
        self.released_file(&released).await
    }

    /// The same with a consent token. Refused alike for every reason.
    pub async fn file_by_token(&self, presented: &str, proof: Option<&[u8; 32]>, alias: Alias) -> Result<Fetched, Denied> {
        let released = self.release_by_token(presented, proof, Asked { what: What::FileFetched, only: Some(alias) }).await?;
        self.released_file(&released).await.map_err(Denied::Fault)
    }

    async fn released_file(&self, released: &Released) -> Result<Fetched, Error> {
        let (Some(held), Some(id)) = (released.disclosed.entries.first(), released.ids.first()) else {
            return Err(Error::NotFound);
        };
        self.fetched(&released.permit, released.disclosed.terms.owner, *id, &held.entry).await
    }

    /// Opens every chunk in its place, and holds the whole against what the entry says of it.
    async fn fetched(&self, permit: &Permit, owner: OwnerId, id: EntryId, entry: &Entry) -> Result<Fetched, Error> {
        let file = entry.file.as_ref().ok_or(Error::NotFound)?;
        let _room = room()?;
        let (row, place) = places(owner, id, file.version);
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(file.bytes).unwrap_or_default()));
        let mut look = self.db.look().await?;
        for number in 0..file.chunks {
            let sealed = match file::one(&mut look, permit, row, number).await {
                Err(crate::store::Error::Missing) => return Err(Error::Unopened),
                sealed => sealed?,
            };
            bytes.extend_from_slice(&seal::open(&file.key, place, number, file.chunks, &sealed)?);
        }
        drop(look);
        if u64::try_from(bytes.len()) != Ok(file.bytes) || digest(&bytes) != file.sha256 {
            return Err(Error::Unopened);
        }
        let title = match entry.fields.get("title") {
            Some(Value::Text(title)) => title.clone(),
            _ => String::new(),
        };
        Ok(Fetched { media: file.media, title, bytes })
    }
}

impl OwnerWrite<'_> {
    /// Seals a file under a key of its own, beside the version of the entry that will name it.
    pub(super) async fn put_file(&mut self, id: EntryId, version: VersionId, clean: &Clean) -> Result<File, Error> {
        let owner = self.keyring.owner;
        let random = &*self.service.random;
        let (row, place) = places(owner, id, version);
        let key = FileKey::random(random);
        let sealed = seal::seal(&key, place, &clean.bytes, random);
        let more: usize = sealed.iter().map(Vec::len).sum();
        if file::used(&mut self.tx, self.permit, owner).await? + more as u64 > MOST_OF_ONE {
            return Err(Error::Faults(vec![("file".to_owned(), Fault::NoRoom)]));
        }
        let chunks = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
        for (number, sealed) in (0..).zip(sealed) {
            file::insert(&mut self.tx, self.permit, row, number, sealed).await?;
        }
        Ok(File { version, media: clean.media, bytes: clean.bytes.len() as u64, chunks, sha256: digest(&clean.bytes), key })
    }
}

fn places(owner: OwnerId, entry: EntryId, version: VersionId) -> (FileRow, FilePlace) {
    (FileRow { owner, entry, version }, FilePlace { owner, entry, version })
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(crate::crypto::entry::hash(bytes))
}
