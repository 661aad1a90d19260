//! Showing one thing: proofs to whoever has a code, until a day, so many times. What is shown lies sealed under the code; the code lies
//! once more under its owner's key, so that the link can be shown again.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use ring::digest::{SHA256, digest};
use uuid::Uuid;

pub use super::disclosure::Denied;
use super::event::Denial;
use super::held::Whole;
use super::owner_write::hold_keys;
use super::{Error, Service, Session};
use crate::credential::portion;
use crate::crypto::event::EventPlace;
use crate::crypto::record::{open as open_record, seal as seal_record};
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::event::{Event, What, Who};
use crate::domain::profile::{Fault, Kind, Section};
use crate::domain::random::uuid_v4;
use crate::domain::showing::{Kept, MOST_DAYS, MOST_OPENS, MOST_PROOFS, MOST_WHOM, Portion, Sealed};
use crate::domain::time::DAY;
use crate::domain::{EntryId, OwnerId, Timestamp};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::showing::{self, MOST_LIVE, ShowingRow};
use crate::store::{Tx, event, held};

/// What a person has chosen to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub portions: Vec<Portion>,
    /// Whom it is for, in the owner's own words; may be empty.
    pub whom: String,
    /// The last day.
    pub until: NaiveDate,
    pub opens: u16,
}

/// A showing as its owner sees it.
#[derive(Clone, Debug)]
pub struct Showing {
    pub id: Uuid,
    pub created: Timestamp,
    pub until: Timestamp,
    pub opens: u64,
    pub opened: u64,
    pub ended: Option<Timestamp>,
    /// What is shown and by which code; none where no keyring is open.
    pub kept: Option<Kept>,
    /// When it was opened, newest first. Of a single one only.
    pub openings: Vec<Timestamp>,
}

/// What a code showed.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Presentations to check: SD-JWT with or without key binding, or an Open Badge.
    pub credentials: Vec<String>,
    pub until: Timestamp,
    pub made: Timestamp,
    /// What the key binding of each must say as `aud` and `nonce`; it was made at `made`.
    pub audience: String,
    pub nonce: String,
}

impl Showing {
    /// Whether its code opens it now.
    pub fn live(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.until && self.opened < self.opens
    }
}

impl Service {
    /// Shows proofs by a new code. `verify`: the address of the page that checks them. [`Error::Faults`] names `portions`, `whom`, `opens`;
    /// [`Error::BadEnd`] where the last day has passed or lies too far away.
    pub async fn make_showing(&self, session: &Session, wanted: &Wanted, verify: &str) -> Result<Showing, Error> {
        let permit = self.ask(session.participant(), Action::ShowCredential, Resource::Profile { owner: session.owner })?;
        let (keyring, now) = (session.keyring()?, self.now());
        check(wanted)?;
        let until = Timestamp::end_of_day(wanted.until);
        if until <= now || until.since(now) > i64::from(MOST_DAYS) * DAY {
            return Err(Error::BadEnd);
        }
        let profile = self.profile(session).await?;
        let (id, code) = (uuid_v4(&*self.random), RecoveryCode::random(&*self.random));
        let place = Place { owner: session.owner, id, opens: u64::from(wanted.opens), created: now, until };
        let mut tx = self.db.write().await?;
        hold_keys(&mut tx, keyring).await?;
        if showing::count_live(&mut tx, session.owner, now).await? >= MOST_LIVE {
            return Err(Error::TooMany(MOST_LIVE));
        }
        let (mut credentials, mut names) = (Vec::new(), Vec::new());
        for one in &wanted.portions {
            let entry = profile.entry(one.entry).filter(|held| held.entry.kind == Kind::Credential).ok_or(Error::NotFound)?;
            let row = held::find(&mut tx, &permit, session.owner, one.entry).await?.ok_or(Error::Unopened)?;
            let whole = Whole::open(keyring, one.entry, &row)?;
            credentials.push(presented(&whole, one, &place, verify)?);
            names.push(super::held::name(&entry.entry));
        }
        let kept = Kept {
            code: code.printed().to_string(),
            whom: wanted.whom.trim().to_owned(),
            portions: wanted.portions.clone(),
            names,
        };
        let sealed = place.seal(&code, &Sealed { credentials, audience: verify.to_owned() }, &*self.random)?;
        let secret = place.keep(keyring, &kept, &*self.random)?;
        let row = self.bound_showing(&place, code.lookup_by(Label::ShowingLookup).0, sealed, secret);
        showing::insert(&mut tx, &permit, row.clone()).await?;
        let event = self.showing_event(What::ShowingMade, &kept, Who::Owner);
        self.record_own(&mut tx, &permit, keyring, event).await?;
        tx.commit().await?;
        Ok(seen(row, Some(kept), Vec::new()))
    }

    /// All that one has shown, newest first. Without an open keyring: only what stands in clear.
    pub async fn showings(&self, session: &Session) -> Result<Vec<Showing>, Error> {
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = showing::of_owner(&mut tx, &permit, session.owner).await?;
        tx.commit().await?;
        rows.into_iter().map(|row| self.own(session, row, Vec::new())).collect()
    }

    /// One of them, with the times at which it was opened.
    pub async fn showing(&self, session: &Session, id: Uuid) -> Result<Showing, Error> {
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let row = showing::one(&mut tx, &permit, session.owner, id).await?.ok_or(Error::NotFound)?;
        let lines = event::of_stream(&mut tx, session.owner, id, Timestamp(i64::MAX), u64::from(MOST_OPENS) + 1).await?;
        tx.commit().await?;
        let openings = lines.iter().filter(|line| line.sequence <= row.opens).map(|line| line.at).collect();
        self.own(session, row, openings)
    }

    fn own(&self, session: &Session, row: ShowingRow, openings: Vec<Timestamp>) -> Result<Showing, Error> {
        self.check_showing(&row)?;
        let kept = match session.keyring() {
            Ok(keyring) => Some(Place::of(&row).kept(keyring, &row.secret)?),
            Err(_) => None,
        };
        Ok(seen(row, kept, openings))
    }

    /// Ends one at once and destroys what it showed. No keyring has to be open.
    pub async fn end_showing(&self, session: &Session, id: Uuid) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::EndShowing, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        let row = showing::one(&mut tx, &permit, session.owner, id).await?.ok_or(Error::NotFound)?;
        self.end_one_showing(&mut tx, &permit, &row, Who::Owner).await?;
        Ok(tx.commit().await?)
    }

    /// Ends whatever shows an entry that is being deleted.
    pub(super) async fn end_showings_of(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        keyring: &Keyring,
        entry: EntryId,
    ) -> Result<(), Error> {
        for row in showing::of_owner(tx, permit, keyring.owner).await? {
            let kept = Place::of(&row).kept(keyring, &row.secret)?;
            if row.ended.is_none() && kept.portions.iter().any(|one| one.entry == entry) {
                self.end_one_showing(tx, permit, &row, Who::Owner).await?;
            }
        }
        Ok(())
    }

    async fn end_one_showing(&self, tx: &mut Tx, permit: &Permit, row: &ShowingRow, who: Who) -> Result<(), Error> {
        let at = self.now();
        if !showing::end(tx, permit, row.owner, row.id, at).await? {
            return Ok(());
        }
        // Under a number that no opening bears: whoever puts the row back as it was finds that it has ended.
        let place = EventPlace { owner: row.owner, stream: row.id, sequence: row.opens + 1, at };
        let event = Event { who, sections: vec![Section::P08], ..self.plain_event(What::ShowingEnded) };
        self.record_away(tx, permit, place, &event).await?;
        Ok(self.ended.append(vec![Ended::new(EndedWhat::Showing, row.id, at)]).await?)
    }

    /// Opens what a code shows. The opening is counted and stands in the log before the answer. Unknown, expired, ended, used up and altered
    /// look alike to whoever comes; of a try at what shows nothing any more its owner is told.
    pub async fn open_showing(&self, typed: &str) -> Result<Shown, Denied> {
        let code = RecoveryCode::parse(typed).map_err(|_| Denied::Denied)?;
        let lookup = code.lookup_by(Label::ShowingLookup).0;
        let row = showing::find(&mut self.db.look().await?, lookup).await?.ok_or(Denied::Denied)?;
        // What somebody else wrote tells nobody anything.
        self.check_showing(&row)?;
        let denial = Denial::of_showing(row.owner, row.id, self.now());
        let opened = self.let_see(&code, row).await.map_err(Denied::from);
        if matches!(opened, Err(Denied::Denied)) {
            self.deny(denial);
        }
        opened
    }

    async fn let_see(&self, code: &RecoveryCode, row: ShowingRow) -> Result<Shown, Error> {
        let (place, now) = (Place::of(&row), self.now());
        let resource = Resource::Showing {
            owner: row.owner,
            given: row.ended.is_none() && row.sealed.is_some(),
            in_time: now < row.until,
            left: u16::try_from(row.opens.saturating_sub(row.opened)).unwrap_or(u16::MAX),
        };
        let permit = self.ask(Actor::Anonymous, Action::OpenShowing, resource)?;
        let shown = place.open(code, row.sealed.as_deref().ok_or(Error::Gone)?)?;
        let mut tx = self.db.write().await?;
        let number = showing::open(&mut tx, &permit, row.owner, row.id, now).await?.ok_or(Error::Gone)?;
        for taken in [number, row.opens + 1] {
            // A count put back, or an end undone: its event stands.
            if event::body(&mut tx, row.owner, row.id, taken).await?.is_some() {
                return Err(Error::Gone);
            }
        }
        let opened = Event { who: Who::Unknown, at: now, sections: vec![Section::P08], ..self.plain_event(What::ShowingOpened) };
        let opened = Event { entries: u32::try_from(shown.credentials.len()).unwrap_or(u32::MAX), ..opened };
        let at = EventPlace { owner: row.owner, stream: row.id, sequence: number, at: now };
        self.record_away(&mut tx, &permit, at, &opened).await?;
        if number >= row.opens {
            showing::end(&mut tx, &permit, row.owner, row.id, now).await?;
            self.ended.append(vec![Ended::new(EndedWhat::Showing, row.id, now)]).await?;
        }
        tx.commit().await?;
        let (credentials, audience) = (shown.credentials, shown.audience);
        Ok(Shown { credentials, until: row.until, made: row.created, audience, nonce: place.nonce() })
    }

    fn showing_event(&self, what: What, kept: &Kept, who: Who) -> Event {
        Event {
            who,
            sections: vec![Section::P08],
            entries: u32::try_from(kept.portions.len()).unwrap_or(u32::MAX),
            whom: Some(kept.whom.clone()).filter(|whom| !whom.is_empty()),
            ..self.plain_event(what)
        }
    }

    /// Under the new generation of its owner's keys.
    pub(super) async fn rewrap_showings(&self, tx: &mut Tx, permit: &Permit, both: &Keyring, new: &Keyring) -> Result<(), Error> {
        for row in showing::of_owner(tx, permit, both.owner).await? {
            let place = Place::of(&row);
            let secret = place.keep(new, &place.kept(both, &row.secret)?, &*self.random)?;
            showing::rewrap(tx, permit, both.owner, row.id, secret).await?;
        }
        Ok(())
    }

    fn bound_showing(&self, place: &Place, lookup: [u8; 32], sealed: Vec<u8>, secret: Vec<u8>) -> ShowingRow {
        let Place { owner, id, opens, created, until } = *place;
        let (ended, sealed, mac) = (None, Some(sealed), Vec::new());
        let row = ShowingRow { lookup, owner, id, opens, opened: 0, created, until, ended, sealed, secret, mac };
        ShowingRow { mac: self.keys.mailbox_mac(&[], &bound(&row)).to_vec(), ..row }
    }

    /// What never changes in the row, as this server wrote it.
    fn check_showing(&self, row: &ShowingRow) -> Result<(), Error> {
        if self.keys.mailbox_mac_fits(&[], &bound(row), &row.mac) { Ok(()) } else { Err(Error::Unopened) }
    }
}

fn bound(row: &ShowingRow) -> Ad {
    let ad = Ad::new(Label::RowMac).bytes_field(b"showing").bytes_field(&row.lookup).id(row.owner.0).id(row.id);
    ad.num(row.opens).time(row.created).time(row.until)
}

fn seen(row: ShowingRow, kept: Option<Kept>, openings: Vec<Timestamp>) -> Showing {
    let ShowingRow { id, created, until, opens, opened, ended, .. } = row;
    Showing { id, created, until, opens, opened, ended, kept, openings }
}

/// What of a proof is shown, bound to this showing where the holder's key lies beside it.
fn presented(whole: &Whole, portion: &Portion, place: &Place, verify: &str) -> Result<String, Error> {
    let shown = portion::shown(&whole.credential, &portion.claims).map_err(|_| Error::Unopened)?;
    match &whole.holder {
        Some(holder) => portion::bound(&shown, holder, verify, &place.nonce(), place.created).ok_or(Error::Unopened),
        None => Ok(shown),
    }
}

fn check(wanted: &Wanted) -> Result<(), Error> {
    let mut faults = BTreeMap::new();
    if wanted.portions.is_empty() {
        return Err(Error::NothingChosen);
    }
    if wanted.portions.len() > MOST_PROOFS {
        return Err(Error::TooMany(MOST_PROOFS));
    }
    if wanted.whom.trim().chars().count() > MOST_WHOM {
        faults.insert("whom".to_owned(), Fault::TooLong { max: MOST_WHOM });
    }
    if !(1..=MOST_OPENS).contains(&wanted.opens) {
        faults.insert("opens".to_owned(), Fault::NotANumber { min: 1, max: MOST_OPENS.into() });
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Faults(faults.into_iter().collect())) }
}

/// Where a showing stands, and what its records are bound to.
#[derive(Clone, Copy)]
pub struct Place {
    pub owner: OwnerId,
    pub id: Uuid,
    pub opens: u64,
    pub created: Timestamp,
    pub until: Timestamp,
}

impl Place {
    const fn of(row: &ShowingRow) -> Self {
        Self { owner: row.owner, id: row.id, opens: row.opens, created: row.created, until: row.until }
    }

    /// What each presentation's key binding says as `nonce`: another showing's is refused.
    pub fn nonce(&self) -> String {
        let of = Ad::new(Label::ShowingRecord).bytes_field(b"nonce").id(self.id);
        URL_SAFE_NO_PAD.encode(digest(&SHA256, of.bytes()))
    }

    /// What is shown, under the code's key.
    pub fn seal(&self, code: &RecoveryCode, what: &Sealed, random: &dyn crate::domain::Random) -> Result<Vec<u8>, Error> {
        let body = serde_json::to_vec(what).map_err(|_| Error::Unopened)?;
        Ok(seal_record(&code.key_by(Label::ShowingKey), 0, &self.ad(Label::ShowingRecord), Padding::Steps, &body, random))
    }

    pub fn open(&self, code: &RecoveryCode, sealed: &[u8]) -> Result<Sealed, Error> {
        let body = open_record(&code.key_by(Label::ShowingKey), &self.ad(Label::ShowingRecord), Padding::Steps, sealed)?;
        serde_json::from_slice(&body).map_err(|_| Error::Unopened)
    }

    /// What its owner chose, with the code, under their wrap key.
    pub fn keep(&self, keyring: &Keyring, kept: &Kept, random: &dyn crate::domain::Random) -> Result<Vec<u8>, Error> {
        let body = serde_json::to_vec(kept).map_err(|_| Error::Unopened)?;
        Ok(keyring.wrap(&self.ad(Label::ShowingSecret), Padding::Steps, &body, random))
    }

    pub fn kept(&self, keyring: &Keyring, sealed: &[u8]) -> Result<Kept, Error> {
        let body = keyring.unwrap(&self.ad(Label::ShowingSecret), Padding::Steps, sealed)?;
        serde_json::from_slice(&body).map_err(|_| Error::Unopened)
    }

    fn ad(&self, label: Label) -> Ad {
        let ad = Ad::new(label).bytes_field(b"showing").id(self.owner.0).id(self.id);
        ad.num(self.opens).time(self.created).time(self.until)
    }
}
