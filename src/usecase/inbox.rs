//! A unit's inbox: what was given to it, sealed to its public key and rewrapped at first use.

use std::collections::{BTreeMap, BTreeSet};

use super::consent::Record;
use super::member::Member;
use super::staff::those_readable;
use super::{Error, Service, Session};
use crate::crypto::bundle::ConsentSecret;
use crate::crypto::receive::{self, PublicKey};
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::consent::{State, Terms};
use crate::domain::delivery::Told;
use crate::domain::profile::Kind;
use crate::domain::spoken::folded;
use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::{Action, Permit, Resource};
use crate::store::Tx;
use crate::store::consent::{self, ConsentRow};
pub use crate::store::inbox::Place;
use crate::store::inbox::{self, InboxRow};
use crate::store::organisation::UnitRow;

/// One consent in a unit's inbox.
#[derive(Clone, Debug)]
pub struct Received {
    pub consent: ConsentId,
    pub owner: OwnerId,
    pub state: State,
    pub arrived: Timestamp,
    pub terms: Terms,
    pub code: String,
    /// The unit's own case reference.
    pub case: Option<String>,
    /// When the unit said that it knows of the end.
    pub acknowledged: Option<Timestamp>,
}

/// A unit's inbox, as one of its members sees it.
pub struct Inbox {
    pub member: Member,
    /// Live ones first, then the newest first.
    pub received: Vec<Received>,
    /// So many more do not open: spoilt, or spoilt when the unit's keys were made anew.
    pub unreadable: usize,
    /// After which the next page begins, where there may be one.
    pub next: Option<Place>,
}

/// So many stand on a page.
const PAGE: usize = 200;
/// So many are looked through at a time.
const AT_A_TIME: usize = 1000;

impl Service {
    /// Puts a fresh consent into the unit's inbox: its secret and its record, sealed to the unit.
    pub(super) async fn put_inbox(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        secret: &ConsentSecret,
        (terms, kinds, changed): Shared<'_>,
    ) -> Result<(), Error> {
        let key = self.public_key_of(tx, terms.unit.into()).await?;
        let ad = secret_ad(terms.unit, terms.consent);
        let sealed = receive::seal(&key, Label::InboxSecret, &ad, Padding::Fixed, secret.bytes(), &*self.random)?;
        let record = self.seal_record(&key, secret, (terms, kinds, changed))?;
        let mac = self.mac(terms.unit, terms.consent, &sealed, &record);
        let (unit, now) = (terms.unit, self.now());
        let row = InboxRow {
            consent: terms.consent,
            owner: terms.owner,
            state: State::Given,
            arrived: now,
            secret: Some(sealed),
            record,
            mac,
            label: None,
            acknowledged: None,
        };
        inbox::insert(tx, permit, unit, row).await?;
        self.tell(tx, permit, unit, terms.consent, Told::Given).await
    }

    /// A new record after a change of the terms. The secret stays.
    pub(super) async fn put_record(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        secret: &ConsentSecret,
        (terms, kinds, changed): Shared<'_>,
    ) -> Result<(), Error> {
        if terms.link.is_some() {
            // Nobody keeps a record of a link.
            return Ok(());
        }
        let key = self.public_key_of(tx, terms.unit.into()).await?;
        let ad = secret_ad(terms.unit, terms.consent);
        let sealed = receive::seal(&key, Label::InboxSecret, &ad, Padding::Fixed, secret.bytes(), &*self.random)?;
        let record = self.seal_record(&key, secret, (terms, kinds, changed))?;
        let mac = self.mac(terms.unit, terms.consent, &sealed, &record);
        inbox::replace(tx, permit, terms.unit, terms.consent, Some(sealed), record, mac).await?;
        self.tell(tx, permit, terms.unit, terms.consent, Told::Changed).await
    }

    /// A page of the inbox.
    pub async fn inbox(&self, session: &Session, after: Option<Place>) -> Result<Inbox, Error> {
        self.inbox_page(session, after, PAGE).await
    }

    /// Whose spoken code begins so, wherever in the inbox they lie: what is said is sealed, so each row is opened. `next` says that more
    /// than a page begin so, and that the rest was not looked at.
    pub async fn by_code(&self, session: &Session, code: &str) -> Result<Inbox, Error> {
        let sought = folded(code);
        let mut found = self.inbox_page(session, None, AT_A_TIME).await?;
        let fits = |one: &Received| folded(&one.code).starts_with(&sought);
        found.received.retain(fits);
        while found.next.is_some() && found.received.len() <= PAGE {
            let Inbox { received, unreadable, next, .. } = self.inbox_page(session, found.next, AT_A_TIME).await?;
            // What ended since the last look comes once more, among the ended.
            let known = |one: &Received| found.received.iter().any(|known| known.consent == one.consent);
            let fresh: Vec<_> = received.into_iter().filter(|one| fits(one) && !known(one)).collect();
            found.received.extend(fresh);
            found.unreadable += unreadable;
            found.next = next;
        }
        Ok(found)
    }

    /// At most so many after a place. Rows that came since the last look are rewrapped, so that later looks cost AES only.
    pub async fn inbox_page(&self, session: &Session, after: Option<Place>, most: usize) -> Result<Inbox, Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadInbox).await?;
        let unit = member.unit.unit.id;
        let one_more = u64::try_from(most.saturating_add(1)).unwrap_or(u64::MAX);
        let mut rows = inbox::of_unit(&mut tx, &permit, unit, after.unwrap_or(Place::START), one_more).await?;
        tx.commit().await?;
        let more = rows.len() > most;
        rows.truncate(most);
        let next = rows.last().filter(|_| more).map(InboxRow::place);
        let mut fresh = BTreeMap::new();
        let opened = rows.into_iter().map(|row| {
            let (consent, sent) = (row.consent, (!row.mac.is_empty()).then(|| row.record.clone()));
            let opened = self.open_row(&member.keyring, unit, &row)?;
            let one = received_of(&member.keyring, unit, row, opened.clone())?;
            fresh.extend(sent.map(|was| (consent, (was, opened))));
            Ok(one)
        });
        let (received, unreadable) = those_readable(opened)?;
        self.rewrap(&permit, &member, fresh).await?;
        Ok(Inbox { member, received, unreadable, next })
    }

    /// One row, as the inbox shows it.
    pub async fn in_inbox(&self, session: &Session, id: ConsentId) -> Result<(Member, Received), Error> {
        self.received(session, id).await.map(|(member, received, _)| (member, received))
    }

    /// The other unit of the member's to which this was given, where it was.
    pub async fn given_elsewhere(&self, session: &Session, id: ConsentId) -> Result<Option<UnitRow>, Error> {
        let here = self.member(session).await?.unit.unit.id;
        for unit in self.units_of(session).await?.into_iter().filter(|unit| unit.unit.id != here) {
            let there = Session { unit: Some(unit.unit.id), ..session.clone() };
            match self.found(&there, id).await {
                Ok(_) => return Ok(Some(unit)),
                Err(Error::NotFound | Error::Unopened | Error::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// One row, with the consent's secret where it still lives; a fault where the unit's record is not the one of the present terms.
    pub(super) async fn received(&self, session: &Session, id: ConsentId) -> Result<(Member, Received, Opened), Error> {
        let (found, live) = self.found(session, id).await?;
        is_latest(live.as_ref(), &found.2)?;
        Ok(found)
    }

    /// The same for who ends something, which no altered row must hinder. Beside it the consent as it stands.
    pub(super) async fn found(&self, session: &Session, id: ConsentId) -> Result<(Found, Option<ConsentRow>), Error> {
        let (member, permit, mut tx) = self.member_looks(session, Action::ReadInbox).await?;
        let unit = member.unit.unit.id;
        let row = inbox::find(&mut tx, &permit, unit, id).await?.ok_or(Error::NotFound)?;
        let live = consent::find(&mut tx, row.owner, id).await?;
        tx.commit().await?;
        let opened = self.open_row(&member.keyring, unit, &row)?;
        let received = received_of(&member.keyring, unit, row, opened.clone())?;
        Ok(((member, received, opened), live))
    }

    /// Files a consent under the unit's own case reference.
    pub async fn state_case(&self, session: &Session, id: ConsentId, case: &str) -> Result<(), Error> {
        let case = crate::domain::profile::text::sound(case, false);
        let case = case.trim();
        crate::domain::case::check(case).map_err(|fault| Error::Faults(vec![("case".to_owned(), fault)]))?;
        let (member, received, _) = self.received(session, id).await?;
        let unit = member.unit.unit.id;
        let resource = Resource::Consent { owner: received.owner, consent: id, unit };
        let permit = self.ask(session.staff(unit, member.role), Action::StateCase, resource)?;
        let sealed = member.keyring.wrap(&case_ad(unit, id), Padding::Steps, case.as_bytes(), &*self.random);
        let mut tx = self.unit_write(&member).await?;
        inbox::set_label(&mut tx, &permit, unit, id, sealed).await?;
        Ok(tx.commit().await?)
    }

    fn seal_record(&self, key: &PublicKey, secret: &ConsentSecret, (terms, kinds, changed): Shared<'_>) -> Result<Vec<u8>, Error> {
        let signed = serde_json::to_vec(terms).map_err(|_| Error::Unopened)?;
        let record = Record {
            terms: terms.clone(),
            code: secret.code(),
            log_key: *secret.log_key().expose(),
            signature: self.keys.sign_document(&signed),
            kinds: kinds.clone(),
            changed,
        };
        let body = serde_json::to_vec(&record).map_err(|_| Error::Unopened)?;
        let ad = record_ad(terms.unit, terms.consent);
        Ok(receive::seal(key, Label::InboxRecord, &ad, Padding::Steps, &body, &*self.random)?)
    }

    /// Says that each sealed part was written by this server: without it a row sealed to a public key is not used. Two HMACs side by
    /// side, record first, since the secret goes when the consent ends.
    fn mac(&self, unit: UnitId, id: ConsentId, secret: &[u8], record: &[u8]) -> Vec<u8> {
        let record = self.keys.mailbox_mac(record, &record_ad(unit, id));
        [record, self.keys.mailbox_mac(secret, &secret_ad(unit, id))].concat()
    }

    fn mac_fits(&self, unit: UnitId, row: &InboxRow) -> bool {
        let Some((of_record, of_secret)) = row.mac.split_at_checked(32) else { return false };
        let record = self.keys.mailbox_mac_fits(&row.record, &record_ad(unit, row.consent), of_record);
        let ad = secret_ad(unit, row.consent);
        record && row.secret.as_ref().is_none_or(|secret| self.keys.mailbox_mac_fits(secret, &ad, of_secret))
    }

    pub(super) fn open_row(&self, keyring: &Keyring, unit: UnitId, row: &InboxRow) -> Result<Opened, Error> {
        let sent = !row.mac.is_empty();
        if sent && !self.mac_fits(unit, row) {
            return Err(Error::Unopened);
        }
        let open = |label, ad: &Ad, padding, bytes: &[u8]| match bytes.first() {
            Some(&receive::FORMAT) if sent => keyring.receive(label, ad, padding, bytes),
            _ if sent => Err(crate::crypto::Unopened),
            _ => keyring.unwrap(ad, padding, bytes),
        };
        let record = open(Label::InboxRecord, &record_ad(unit, row.consent), Padding::Steps, &row.record)?;
        let record: Record = serde_json::from_slice(&record).map_err(|_| Error::Unopened)?;
        let secret = match &row.secret {
            Some(sealed) => {
                let bytes = open(Label::InboxSecret, &secret_ad(unit, row.consent), Padding::Fixed, sealed)?;
                Some(ConsentSecret::from_slice(&bytes).ok_or(Error::Unopened)?)
            }
            None => None,
        };
        let fits = record.terms.consent == row.consent && record.terms.unit == unit;
        if fits { Ok(Opened { record, secret }) } else { Err(Error::Unopened) }
    }

    pub(super) async fn rewrap(&self, permit: &Permit, member: &Member, fresh: Fresh) -> Result<(), Error> {
        if fresh.is_empty() {
            return Ok(());
        }
        let mut tx = match self.unit_write(member).await {
            Ok(tx) => tx,
            // The keys were made anew meanwhile, and with them these rows.
            Err(Error::Gone) => return Ok(()),
            Err(error) => return Err(error),
        };
        for (id, (was, opened)) in fresh {
            self.rewrap_one(&mut tx, permit, &member.keyring, (member.unit.unit.id, id), (&was, &opened)).await?;
        }
        Ok(tx.commit().await?)
    }
}

impl Service {
    /// From the unit's old keyring to its new one: secret, record and case reference.
    pub(super) async fn rewrap_row(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        keyrings: (&Keyring, &Keyring),
        unit: UnitId,
        row: InboxRow,
    ) -> Result<(), Error> {
        let id = row.consent;
        if self.rewrapped(tx, permit, keyrings, unit, row).await? {
            return Ok(());
        }
        // The person has changed or ended it since it was listed: nothing may stay under the old keys.
        let row = inbox::find(tx, permit, unit, id).await?.ok_or(Error::NotFound)?;
        if self.rewrapped(tx, permit, keyrings, unit, row).await? { Ok(()) } else { Err(crate::store::Error::Conflict.into()) }
    }

    async fn rewrapped(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (both, new): (&Keyring, &Keyring),
        unit: UnitId,
        row: InboxRow,
    ) -> Result<bool, Error> {
        let opened = self.open_row(both, unit, &row)?;
        let case = row.label.as_ref().map(|sealed| both.unwrap(&case_ad(unit, row.consent), Padding::Steps, sealed)).transpose()?;
        if !self.rewrap_one(tx, permit, new, (unit, row.consent), (&row.record, &opened)).await? {
            return Ok(false);
        }
        if let Some(case) = case {
            let sealed = new.wrap(&case_ad(unit, row.consent), Padding::Steps, &case, &*self.random);
            inbox::set_label(tx, permit, unit, row.consent, sealed).await?;
        }
        Ok(true)
    }

    async fn rewrap_one(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        keyring: &Keyring,
        (unit, id): (UnitId, ConsentId),
        (was, opened): (&[u8], &Opened),
    ) -> Result<bool, Error> {
        let secret = opened.secret.as_ref();
        let secret = secret.map(|s| keyring.wrap(&secret_ad(unit, id), Padding::Fixed, s.bytes(), &*self.random));
        let body = serde_json::to_vec(&opened.record).map_err(|_| Error::Unopened)?;
        let record = keyring.wrap(&record_ad(unit, id), Padding::Steps, &body, &*self.random);
        Ok(inbox::rewrap(tx, permit, (unit, id), was, secret, record).await?)
    }
}

/// Terms, all kinds of entry that they share, and when the person changed them.
pub(super) type Shared<'a> = (&'a Terms, &'a BTreeSet<Kind>, Vec<Timestamp>);

/// What came since the last look: its record as it was read, and what opened it.
type Fresh = BTreeMap<ConsentId, (Vec<u8>, Opened)>;

/// Who looks, what they see, and what opened it.
pub(super) type Found = (Member, Received, Opened);

/// The record must say what the live consent's own bundle says, but for its generation, which each write of the owner raises.
fn is_latest(live: Option<&ConsentRow>, opened: &Opened) -> Result<(), Error> {
    let sealed = live.and_then(|live| Some((live, live.bundle.as_ref()?)));
    let (Some((live, sealed)), Some(secret)) = (sealed, &opened.secret) else { return Ok(()) };
    let noted = &opened.record.terms;
    let bundle = secret.open_bundle(noted.owner, live.id, live.generation, sealed)?;
    let same = bundle.terms == Terms { generation: live.generation, ..noted.clone() };
    if same { Ok(()) } else { Err(Error::Unopened) }
}

/// What a unit's keyring opens of a row.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub record: Record,
    pub secret: Option<ConsentSecret>,
}

fn received_of(keyring: &Keyring, unit: UnitId, row: InboxRow, opened: Opened) -> Result<Received, Error> {
    let case = match &row.label {
        Some(sealed) => {
            let bytes = keyring.unwrap(&case_ad(unit, row.consent), Padding::Steps, sealed)?;
            Some(String::from_utf8(bytes.to_vec()).map_err(|_| Error::Unopened)?)
        }
        None => None,
    };
    let Record { terms, code, .. } = opened.record;
    let InboxRow { consent, owner, state, arrived, acknowledged, .. } = row;
    Ok(Received { consent, owner, state, arrived, terms, code, case, acknowledged })
}

fn secret_ad(unit: UnitId, id: ConsentId) -> Ad {
    Ad::new(Label::InboxSecret).bytes_field(b"inbox").id(unit.0).id(id.0)
}

fn record_ad(unit: UnitId, id: ConsentId) -> Ad {
    Ad::new(Label::InboxRecord).bytes_field(b"inbox").id(unit.0).id(id.0)
}

fn case_ad(unit: UnitId, id: ConsentId) -> Ad {
    Ad::new(Label::InboxCase).bytes_field(b"inbox").id(unit.0).id(id.0)
}
