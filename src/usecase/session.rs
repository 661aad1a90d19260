//! Sessions: who a browser is, and the keyring that it has opened. The cookie holds the secret, the row its hash.

mod facts;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::facts::{Facts, FactsKey};
use super::{Error, Service};
use crate::crypto::secret::Secret;
use crate::crypto::slot::{SlotKey, SlotKind, SlotPlace};
use crate::crypto::{Keyring, Label};
use crate::domain::organisation::Role;
use crate::domain::random::uuid_v7;
use crate::domain::time::{HOUR, MINUTE};
use crate::domain::{OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Resource};
use crate::store::card::{self, CardRow};
use crate::store::session::{self, SessionRow};
use crate::store::slot;

/// A person and a member of staff are two cookies and two sessions: one browser can be both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    Participant,
    Staff,
}

impl SessionKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Staff => "staff",
        }
    }
}

/// A live session, for one request.
#[derive(Clone, Debug)]
pub struct Session {
    pub lookup: [u8; 32],
    pub id: Uuid,
    pub owner: OwnerId,
    pub kind: SessionKind,
    pub shared: bool,
    pub created: Timestamp,
    pub seen: Timestamp,
    pub fresh: Option<Timestamp>,
    /// Where it has been opened.
    pub keyring: Option<Keyring>,
    pub at: Timestamp,
    /// The unit at which a member of staff works, where they have chosen one.
    pub unit: Option<UnitId>,
    /// Opened by a card: the one request that it may answer.
    pub only: Option<Uuid>,
    /// Seals anew what decides.
    pub facts: FactsKey,
}

/// Whose session a cookie is, where it opens nothing: it has ended, or its holder has signed in and opened nothing yet.
#[derive(Clone, Copy, Debug)]
pub struct ClosedSession {
    pub owner: OwnerId,
    pub kind: SessionKind,
    /// The unit at which a member of staff works.
    pub unit: Option<UnitId>,
    /// It has not ended.
    pub live: bool,
}

impl ClosedSession {
    /// As the policy sees whoever has nothing opened.
    pub(super) fn actor(self) -> Actor {
        match self.kind {
            SessionKind::Participant => Actor::Participant { owner: self.owner, opened: false, fresh: false },
            SessionKind::Staff => {
                let (staff, unit) = (StaffId(self.owner.0), self.unit.unwrap_or(UnitId(Uuid::nil())));
                Actor::Staff { staff, unit, role: Role::Reader, opened: false, fresh: false }
            }
        }
    }
}

/// How long a passphrase counts as just given.
const FRESH: i64 = 5 * MINUTE;
/// The row's last-seen time is written at most this often.
const TOUCH_AFTER: i64 = MINUTE;

impl Session {
    pub fn opened(&self) -> bool {
        self.keyring.is_some()
    }

    pub fn fresh(&self) -> bool {
        self.fresh.is_some_and(|at| self.at.since(at) < FRESH)
    }

    pub fn keyring(&self) -> Result<&Keyring, Error> {
        self.keyring.as_ref().ok_or(Error::Closed)
    }

    /// As the policy sees a participant.
    pub fn participant(&self) -> Actor {
        match self.only {
            Some(_) => Actor::Card { owner: self.owner },
            None => Actor::Participant { owner: self.owner, opened: self.opened(), fresh: self.fresh() },
        }
    }

    /// As the policy sees a member of staff.
    pub fn staff(&self, unit: UnitId, role: Role) -> Actor {
        Actor::Staff { staff: StaffId(self.owner.0), unit, role, opened: self.opened(), fresh: self.fresh() }
    }

    /// When it ends if nothing more is done: counted from what stands in its row, which is not written anew for each request.
    pub fn ends(&self) -> Timestamp {
        let (idle, whole) = limits(self.shared);
        let seen = if self.at.since(self.seen) > TOUCH_AFTER { self.at } else { self.seen };
        seen.plus(idle).min(self.created.plus(whole))
    }
}

/// Idle and whole length: 30 minutes and 12 hours; on a shared device 10 minutes and 1 hour.
const fn limits(shared: bool) -> (i64, i64) {
    if shared { (10 * MINUTE, HOUR) } else { (30 * MINUTE, 12 * HOUR) }
}

impl Service {
    /// Begins a session after a login; `keyring` where something was opened at once.
    pub async fn begin_session(
        &self,
        owner: OwnerId,
        kind: SessionKind,
        shared: bool,
        keyring: Option<&Keyring>,
    ) -> Result<Secret, Error> {
        let now = self.now();
        let unit = self.unit_from_now_on(owner, kind, None).await?;
        let facts = Facts { kind, shared, created: now, seen: now, fresh: None, unit, only: None };
        self.begin(owner, facts, keyring).await
    }

    /// Begins a session that can answer one request and nothing else, on a device that others use too. [`Error::Wrong`] where the card has
    /// been ended meanwhile.
    pub(super) async fn begin_session_for(&self, card: &CardRow, keyring: &Keyring, request: Uuid) -> Result<Secret, Error> {
        let (kind, now) = (SessionKind::Participant, self.now());
        let facts = Facts { kind, shared: true, created: now, seen: now, fresh: None, unit: None, only: Some(request) };
        let secret = Secret::random(&*self.random);
        let (lookup, row) = self.session_row(&secret, card.owner, facts, Some(keyring));
        let mut tx = self.db.write().await?;
        if !card::hold(&mut tx, card.owner, card.id).await? {
            return Err(Error::Wrong);
        }
        session::insert(&mut tx, lookup, row).await?;
        tx.commit().await?;
        Ok(secret)
    }

    async fn begin(&self, owner: OwnerId, facts: Facts, keyring: Option<&Keyring>) -> Result<Secret, Error> {
        let secret = Secret::random(&*self.random);
        let (lookup, row) = self.session_row(&secret, owner, facts, keyring);
        let mut tx = self.db.write().await?;
        session::insert(&mut tx, lookup, row).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// The live session of a cookie, touched. `None` where there is none any more.
    pub async fn resume(&self, secret: &Secret) -> Result<Option<Session>, Error> {
        let lookup = secret.lookup(Label::SessionLookup).0;
        let mut tx = self.db.read().await?;
        let row = session::find(&mut tx, lookup).await?;
        tx.commit().await?;
        let now = self.now();
        let Some(row) = row.filter(|row| row.ended.is_none() && is_live(row.shared, row.seen, row.created, now)) else {
            return Ok(None);
        };
        let Some((key, facts)) = self.facts(secret, &row)? else { return Ok(None) };
        if !is_live(facts.shared, facts.seen, facts.created, now) {
            return Ok(None);
        }
        let session = opened(secret, lookup, row, (key, facts), now)?;
        if now.since(session.seen) > TOUCH_AFTER {
            self.touch_session(&session).await?;
        }
        Ok(Some(session))
    }

    /// What decides about a row, and what opened it; `None` in a row from before it was kept.
    fn facts(&self, secret: &Secret, row: &SessionRow) -> Result<Option<(FactsKey, Facts)>, Error> {
        let Some(sealed) = &row.fields else { return Ok(None) };
        let key = self.facts_key(secret, row.owner, row.id);
        let facts = key.open(sealed)?;
        Ok(Some((key, facts)))
    }

    /// Whose session a cookie is, where it opens nothing: to seal a draft to its owner, nothing else. A card's is for one request.
    pub async fn closed(&self, secret: &Secret) -> Result<Option<ClosedSession>, Error> {
        if let Some(session) = self.resume(secret).await? {
            let Session { owner, kind, unit, .. } = session;
            let closed = !session.opened() && session.only.is_none();
            return Ok(closed.then_some(ClosedSession { owner, kind, unit, live: true }));
        }
        let mut tx = self.db.read().await?;
        let row = session::find(&mut tx, secret.lookup(Label::SessionLookup).0).await?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(None) };
        // Bound to its owner: nobody else's key may seal what was typed.
        let facts = self.facts(secret, &row)?.map(|(_, facts)| facts).filter(|facts| facts.only.is_none());
        Ok(facts.map(|Facts { kind, unit, .. }| ClosedSession { owner: row.owner, kind, unit, live: false }))
    }

    /// Puts an opened session in the place of `old`: the cookie changes at opening. [`Error::Wrong`] where the slot that opened it has been
    /// replaced meanwhile: whoever knew the old passphrase opens nothing by it any more.
    pub(super) async fn replace_session(&self, old: &Session, keyring: &Keyring, slot: Uuid) -> Result<Secret, Error> {
        let secret = Secret::random(&*self.random);
        let unit = self.unit_from_now_on(old.owner, old.kind, old.unit).await?;
        let facts = Facts { seen: self.now(), unit, ..old.facts() };
        let (lookup, row) = self.session_row(&secret, old.owner, facts, Some(keyring));
        let mut tx = self.db.write().await?;
        if !slot::hold(&mut tx, old.owner, slot).await? {
            return Err(Error::Wrong);
        }
        // Ended from elsewhere while the passphrase was being weighed, it stays so: the new cookie then opens nothing.
        if session::end(&mut tx, old.lookup, self.now()).await? {
            session::insert(&mut tx, lookup, row).await?;
        }
        tx.commit().await?;
        Ok(secret)
    }

    /// Keeps a session alive by being asked to.
    pub async fn touch_session(&self, session: &Session) -> Result<(), Error> {
        let now = self.now();
        let fields = session.facts.seal(&Facts { seen: now, ..session.facts() }, &*self.random);
        let mut tx = self.db.write().await?;
        session::touch(&mut tx, session.lookup, now, session.fresh, fields).await?;
        Ok(tx.commit().await?)
    }

    /// The passphrase has been given just now.
    pub(super) async fn freshen_session(&self, session: &Session) -> Result<(), Error> {
        let now = self.now();
        let fields = session.facts.seal(&Facts { seen: now, fresh: Some(now), ..session.facts() }, &*self.random);
        let mut tx = self.db.write().await?;
        session::freshen(&mut tx, session.lookup, now, fields).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps the unit that a session works at.
    pub(super) async fn keep_unit(&self, session: &Session) -> Result<(), Error> {
        let fields = session.facts.seal(&session.facts(), &*self.random);
        let mut tx = self.db.write().await?;
        session::keep(&mut tx, session.lookup, fields).await?;
        Ok(tx.commit().await?)
    }

    pub async fn end_session(&self, session: &Session) -> Result<(), Error> {
        let resource = Resource::Account { owner: session.owner };
        if session.kind == SessionKind::Participant {
            let _permit = self.ask(session.participant(), Action::EndSession, resource)?;
        }
        let mut tx = self.db.write().await?;
        session::end(&mut tx, session.lookup, self.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    fn session_row(&self, secret: &Secret, owner: OwnerId, facts: Facts, keyring: Option<&Keyring>) -> ([u8; 32], SessionRow) {
        let (now, id) = (self.now(), uuid_v7(&*self.random, self.now()));
        let key = SlotKey::from_secret(secret, SlotKind::Session);
        let sealed = keyring.map(|keyring| keyring.seal_into(&place(owner, id), &key, &*self.random));
        let fresh = keyring.is_some().then_some(now);
        let facts = Facts { fresh, ..facts };
        let fields = Some(self.facts_key(secret, owner, id).seal(&facts, &*self.random));
        let Facts { kind, shared, created, seen, .. } = facts;
        let row = SessionRow { id, owner, kind: kind.word().to_owned(), shared, created, seen, fresh, ended: None, sealed, fields };
        (secret.lookup(Label::SessionLookup).0, row)
    }
}

fn is_live(shared: bool, seen: Timestamp, created: Timestamp, now: Timestamp) -> bool {
    let (idle, whole) = limits(shared);
    now.since(seen) < idle && now.since(created) < whole
}

fn opened(
    secret: &Secret,
    lookup: [u8; 32],
    row: SessionRow,
    (facts_key, facts): (FactsKey, Facts),
    now: Timestamp,
) -> Result<Session, Error> {
    let key = SlotKey::from_secret(secret, SlotKind::Session);
    let open = |sealed: &Vec<u8>| Keyring::open_slot(&place(row.owner, row.id), &key, sealed);
    let keyring = row.sealed.as_ref().map(open).transpose()?;
    let SessionRow { id, owner, .. } = row;
    let Facts { kind, shared, created, seen, fresh, unit, only } = facts;
    // Fresh only counts while there is something opened to be fresh about.
    let fresh = fresh.filter(|_| keyring.is_some());
    Ok(Session { lookup, id, owner, kind, shared, created, seen, fresh, keyring, at: now, unit, only, facts: facts_key })
}

const fn place(owner: OwnerId, id: Uuid) -> SlotPlace<'static> {
    SlotPlace { table: "session", owner, slot: id, kind: SlotKind::Session, parameters: &[] }
}
