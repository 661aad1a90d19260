//! Accounts: from a login to a session, and the first keyring.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Error, Service, SessionKind};
use crate::crypto::manifest::Manifest;
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::secret::Secret;
use crate::crypto::slot::{SlotKind, SlotPlace};
use crate::crypto::{Ad, Keyring, Label, Padding, passphrase, record};
use crate::domain::event::What;
use crate::domain::random::uuid_v7;
use crate::domain::time::MINUTE;
use crate::domain::{OwnerId, Timestamp};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::owner::OwnerKind;
use crate::store::slot::SlotRow;
use crate::store::{Tx, account, login, manifest, owner, slot};

/// Someone who has shown who they are, and has no keyring yet. Sealed under the login cookie's secret.
#[derive(Clone, Serialize, Deserialize)]
pub struct Newcomer {
    lookup: [u8; 32],
    pub staff: bool,
    pub shared: bool,
    /// The name that the issuer told, for staff, who act by name.
    pub name: Option<String>,
    /// The secret of the invite that a member of staff came with.
    pub invite: Option<String>,
}

/// What a login led to.
pub enum Arrival {
    /// An account: a session that has opened nothing yet.
    Known(Secret),
    /// None yet: the secret of a login cookie that holds the newcomer.
    Newcomer(Secret),
}

/// A new account.
pub struct Created {
    pub owner: OwnerId,
    pub session: Secret,
    /// Shown once, to be printed.
    pub sheet: RecoveryCode,
}

/// A login under way is forgotten after this; a newcomer has this long to think of a passphrase.
const LOGIN_LASTS: i64 = 60 * MINUTE;

impl Service {
    /// Keeps what a login must remember, sealed under the cookie's secret.
    pub async fn keep_login<T: Serialize>(&self, state: &T) -> Result<Secret, Error> {
        let secret = Secret::random(&*self.random);
        let body = Zeroizing::new(serde_json::to_vec(state).map_err(|_| Error::Unopened)?);
        let lookup = secret.lookup(Label::LoginLookup).0;
        let now = self.now();
        let sealed = record::seal(&secret.key(Label::LoginState), 0, &login_ad(&lookup, now), Padding::Steps, &body, &*self.random);
        let mut tx = self.db.write().await?;
        login::insert(&mut tx, lookup, sealed, now).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Takes it back; it serves once.
    pub async fn take_login<T: for<'de> Deserialize<'de>>(&self, secret: &Secret) -> Result<Option<T>, Error> {
        let lookup = secret.lookup(Label::LoginLookup).0;
        let mut tx = self.db.write().await?;
        let row = login::take(&mut tx, lookup).await?;
        tx.commit().await?;
        self.open_login(secret, row)
    }

    /// Reads it and leaves it: a newcomer may need more than one try at a passphrase.
    pub async fn peek_login<T: for<'de> Deserialize<'de>>(&self, secret: &Secret) -> Result<Option<T>, Error> {
        let mut tx = self.db.read().await?;
        let row = login::find(&mut tx, secret.lookup(Label::LoginLookup).0).await?;
        tx.commit().await?;
        self.open_login(secret, row)
    }

    fn open_login<T: for<'de> Deserialize<'de>>(
        &self,
        secret: &Secret,
        row: Option<(Vec<u8>, Timestamp)>,
    ) -> Result<Option<T>, Error> {
        let Some((sealed, begun)) = row.filter(|row| self.now().since(row.1) < LOGIN_LASTS) else { return Ok(None) };
        let ad = login_ad(&secret.lookup(Label::LoginLookup).0, begun);
        let body = record::open(&secret.key(Label::LoginState), &ad, Padding::Steps, &sealed)?;
        Ok(serde_json::from_slice(&body).ok())
    }

    /// After the provider has said who it is.
    pub async fn arrive(&self, issuer: &str, subject: &str, mut newcomer: Newcomer) -> Result<Arrival, Error> {
        newcomer.lookup = self.account_lookup(issuer, subject, newcomer.staff);
        let mut tx = self.db.read().await?;
        let owner = account::find(&mut tx, newcomer.lookup).await?;
        tx.commit().await?;
        let kind = if newcomer.staff { SessionKind::Staff } else { SessionKind::Participant };
        match owner.map(|found| self.bound_account(&newcomer.lookup, found)).transpose()? {
            Some(owner) => Ok(Arrival::Known(self.begin_session(owner, kind, newcomer.shared, None).await?)),
            None => Ok(Arrival::Newcomer(self.keep_login(&newcomer).await?)),
        }
    }

    /// Makes a participant's account with its keyring, the passphrase slot, the sheet and an empty map.
    pub async fn create_participant(&self, newcomer: &Newcomer, phrase: &str) -> Result<Created, Error> {
        let owner = OwnerId(uuid_v7(&*self.random, self.now()));
        let keyring = Keyring::new(owner, &*self.random);
        let permit = self.ask(Actor::Newcomer { invited_to: None }, Action::CreateAccount, Resource::Account { owner })?;
        let ways = self.first_ways_in(&keyring, phrase).await?;
        let slots = ways.rows.iter().map(|row| row.id).collect();
        let mut tx = self.db.write().await?;
        self.insert_owner(&mut tx, &permit, newcomer, &keyring, OwnerKind::Participant, ways.rows).await?;
        let empty = Manifest { generation: 1, ways: Some(slots), ..Manifest::default() };
        manifest::insert(&mut tx, &permit, owner, 1, empty.seal(&keyring, &*self.random)).await?;
        self.record_own(&mut tx, &permit, &keyring, self.plain_event(What::AccountCreated)).await?;
        tx.commit().await?;
        let session = self.begin_session(owner, SessionKind::Participant, newcomer.shared, Some(&keyring)).await?;
        Ok(Created { owner, session, sheet: ways.sheet })
    }

    pub(super) async fn insert_owner(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        newcomer: &Newcomer,
        keyring: &Keyring,
        kind: OwnerKind,
        ways: Vec<SlotRow>,
    ) -> Result<(), Error> {
        let (key, now) = (keyring.public_key(), self.now());
        // Two tabs may both have come this far; the second finds the account.
        if account::find(tx, newcomer.lookup).await?.is_some() {
            return Err(Error::Gone);
        }
        let key = self.stored_key(keyring.owner, kind, key);
        owner::insert(tx, permit, keyring.owner, kind, key, now).await?;
        let mac = self.account_mac(&newcomer.lookup, keyring.owner);
        account::insert(tx, permit, newcomer.lookup, keyring.owner, mac, now).await?;
        for row in ways {
            slot::insert(tx, permit, keyring.owner, row).await?;
        }
        Ok(())
    }

    /// A passphrase slot and a sheet for a keyring.
    pub(super) async fn first_ways_in(&self, keyring: &Keyring, phrase: &str) -> Result<WaysIn, Error> {
        passphrase::judge(phrase)?;
        let words = self.passphrase_slot(keyring, phrase).await?;
        let (sheet, printed) = self.sheet_slot(keyring);
        Ok(WaysIn { rows: vec![words, printed], sheet })
    }

    pub(super) async fn passphrase_slot(&self, keyring: &Keyring, phrase: &str) -> Result<SlotRow, Error> {
        let parameters = self.cost.parameters(&*self.random);
        let key = self.costly_key(phrase, &parameters).await?;
        Ok(self.slot_row(keyring, SlotKind::Passphrase, parameters, &key))
    }

    pub(super) fn sheet_slot(&self, keyring: &Keyring) -> (RecoveryCode, SlotRow) {
        let sheet = RecoveryCode::random(&*self.random);
        let row = self.slot_row(keyring, SlotKind::Recovery, Vec::new(), &sheet.slot_key());
        (sheet, row)
    }

    fn slot_row(&self, keyring: &Keyring, kind: SlotKind, parameters: Vec<u8>, key: &crate::crypto::slot::SlotKey) -> SlotRow {
        let id = uuid_v7(&*self.random, self.now());
        let place = SlotPlace { table: "slot", owner: keyring.owner, slot: id, kind, parameters: &parameters };
        let sealed = keyring.seal_into(&place, key, &*self.random);
        let (kind, generation, created) = (kind.word().to_owned(), keyring.generation(), self.now());
        SlotRow { id, kind, parameters, generation, sealed, created }
    }

    fn account_lookup(&self, issuer: &str, subject: &str, staff: bool) -> [u8; 32] {
        // One person at one issuer may be a participant and a member of staff: two accounts.
        let kind = if staff { "staff" } else { "participant" };
        self.keys.account(&format!("{kind} {issuer}"), subject).0
    }
}

impl Newcomer {
    pub const fn new(staff: bool, shared: bool, name: Option<String>, invite: Option<String>) -> Self {
        Self { lookup: [0; 32], staff, shared, name, invite }
    }

    /// Who they are, in one keyed number.
    pub const fn lookup(&self) -> &[u8; 32] {
        &self.lookup
    }
}

pub(super) struct WaysIn {
    pub rows: Vec<SlotRow>,
    pub sheet: RecoveryCode,
}

/// With the time at which it began: else whoever writes the database makes it last.
fn login_ad(lookup: &[u8; 32], begun: Timestamp) -> Ad {
    Ad::new(Label::LoginState).bytes_field(b"login").bytes_field(lookup).time(begun)
}

/// The place of a slot row of an owner.
pub(super) fn slot_place(owner: OwnerId, row: &SlotRow) -> Option<SlotPlace<'_>> {
    let kind = SlotKind::from_word(&row.kind)?;
    Some(SlotPlace { table: "slot", owner, slot: row.id, kind, parameters: &row.parameters })
}
