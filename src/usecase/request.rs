//! Requests: a unit asks people for a part of their map, by a program or on its own page. Nobody is named in one; who answers it is
//! known only when they do.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::member::Member;
use super::{Error, Service, Session};
use crate::crypto::secret::Secret;
use crate::crypto::{Ad, Key, Label, Padding, receive, record};
use crate::domain::consent::Right;
use crate::domain::oauth::{Asked, Basis, Client, Fault};
use crate::domain::random::{bytes, uuid_v4};
use crate::domain::time::{DAY, MINUTE, SECOND};
use crate::domain::{ClientId, ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource, Sharing};
use crate::store::organisation::UnitRow;
use crate::store::request::{self, RequestRow};

/// Where the answer of a pushed request goes (RFC 6749, 4.1; RFC 9126).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    pub redirect_uri: String,
    pub state: Option<String>,
    /// S256: base64url of the verifier's SHA-256 (RFC 7636).
    pub challenge: String,
    /// The DPoP key to which the code is bound (RFC 9449, 10), where one was named.
    pub thumbprint: Option<Vec<u8>>,
}

/// What a request says: sealed under the secret of a pushed one, in clear at the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub asked: Asked,
    /// What the program is called.
    pub client: Option<String>,
    pub redirect: Option<Redirect>,
}

/// A request as the person meets it.
#[derive(Clone, Debug)]
pub struct Open {
    pub id: Uuid,
    pub unit: UnitRow,
    pub asked: Asked,
    /// The program that asks; none where staff ask on their own page.
    pub client: Option<String>,
    pub redirect: Option<Redirect>,
    pub until: Timestamp,
    pub(super) row: RequestRow,
}

/// What a program gets for a device or a screen at the desk (RFC 8628, 3.2).
#[derive(Clone, Debug)]
pub struct DeviceStarted {
    pub device_code: String,
    pub user_code: String,
    /// Seconds.
    pub expires_in: i64,
    pub interval: u32,
    /// Of the public key to which the answer will be sealed: the QR code carries it.
    pub key_hash: String,
}

/// What staff asked on their own page.
#[derive(Clone, Debug)]
pub struct Sent {
    pub id: Uuid,
    pub asked: Option<Asked>,
    pub created: Timestamp,
    pub until: Timestamp,
    pub given: bool,
}

/// By which a person finds a request: a secret in a link, or the short code of a screen or a paper.
enum Found {
    Secret(Box<Secret>),
    UserCode(String),
}

/// A pushed request can be begun for less than ten minutes (FAPI 2.0, 5.3.2.2) and answered within the hour.
pub const PUSHED_FOR: i64 = 590 * SECOND;
const ANSWERED_WITHIN: i64 = 60 * MINUTE;
/// A code on a screen.
const DEVICE_FOR: i64 = 30 * MINUTE;
/// A code on paper, taken home; and how long a no cannot be told from silence.
pub const DESK_FOR: i64 = 14 * DAY;
/// Seconds between two polls.
pub(super) const INTERVAL: u32 = 5;
pub(super) const URN: &str = "urn:ietf:params:oauth:request_uri:";
const DEVICE_PREFIX: &str = "egd_";
/// Consonants that make no words (RFC 8628, 6.1): 20^8 codes, 34 bits. It finds a row, and opens nothing.
const SIGNS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const CODE: usize = 8;

impl Service {
    /// Keeps a pushed request (RFC 9126). The `request_uri`, and for how many seconds it can be begun.
    pub async fn push_request(&self, client: &Client, asked: Asked, redirect: Redirect) -> Result<(String, i64), Fault> {
        let (_, permit) = self.may_ask(Actor::Client { unit: client.unit }, client.unit, &asked).await?;
        let secret = Secret::random(&*self.random);
        let lookup = secret.lookup(Label::RequestLookup).0;
        let body = Body { asked, client: Some(client.name.clone()), redirect: Some(redirect) };
        let bytes = serde_json::to_vec(&body).map_err(|_| Fault::Server)?;
        let sealed = record::seal(&secret.key(Label::RequestKey), 0, &record_ad(&lookup), Padding::Steps, &bytes, &*self.random);
        let row = self.request_row(lookup, client.unit, Some(client.id), ANSWERED_WITHIN);
        self.keep(&permit, RequestRow { sealed: Some(sealed), ..row }).await?;
        Ok((format!("{URN}{}", secret.text().as_str()), PUSHED_FOR / SECOND))
    }

    /// Begins a device authorization (RFC 8628): the answer will be sealed to a key that only the device code makes.
    pub async fn begin_device(&self, client: &Client, asked: Asked) -> Result<DeviceStarted, Fault> {
        let (_, permit) = self.may_ask(Actor::Client { unit: client.unit }, client.unit, &asked).await?;
        let (device, user_code) = (Secret::random(&*self.random), self.user_code());
        let (_, public) = collector(&device);
        let body = Body { asked, client: Some(client.name.clone()), redirect: None };
        let row = self.request_row(self.user_code_lookup(&user_code), client.unit, Some(client.id), DEVICE_FOR);
        let key_hash = key_hash(&public.bytes);
        let row = RequestRow {
            taker: Some(device.lookup(Label::DeviceCodeLookup).0),
            collector: Some(public.bytes),
            asked: Some(serde_json::to_string(&body).map_err(|_| Fault::Server)?),
            ..row
        };
        self.keep(&permit, row).await?;
        let device_code = format!("{DEVICE_PREFIX}{}", device.text().as_str());
        Ok(DeviceStarted { device_code, user_code, expires_in: DEVICE_FOR / SECOND, interval: INTERVAL, key_hash })
    }

    /// Staff ask on their own page; the short code, shown once. What is given comes to the unit's inbox.
    pub async fn ask_at_desk(&self, session: &Session, asked: Asked) -> Result<(String, Timestamp), Error> {
        let Member { unit, role, .. } = self.member(session).await?;
        let actor = session.staff(unit.unit.id, role);
        let permit = self.permit_to_ask(actor, &unit, &asked)?;
        let user_code = self.user_code();
        let row = self.request_row(self.user_code_lookup(&user_code), unit.unit.id, None, DESK_FOR);
        let body = Body { asked, client: None, redirect: None };
        let asked = serde_json::to_string(&body).map_err(|_| Error::Unopened)?;
        let until = row.until;
        self.keep(&permit, RequestRow { asked: Some(asked), ..row }).await?;
        Ok((user_code, until))
    }

    /// What the unit's staff have asked, newest first. A no looks like silence.
    pub async fn asked_at_desk(&self, session: &Session) -> Result<(Member, Vec<Sent>), Error> {
        let (member, unit, permit) = self.member_may(session, Action::ReadInbox).await?;
        let mut tx = self.db.read().await?;
        let rows = request::of_unit(&mut tx, &permit, unit).await?;
        tx.commit().await?;
        let sent = |row: &RequestRow| Sent {
            id: row.id,
            asked: row.asked.as_deref().and_then(|text| serde_json::from_str(text).ok()).map(|body: Body| body.asked),
            created: row.created,
            until: row.until,
            given: row.state != "waiting",
        };
        Ok((member, rows.iter().map(sent).collect()))
    }

    /// The request that a link's secret or a short code finds, while it can be answered. [`Error::NotFound`] for every other reason.
    pub async fn request(&self, key: &str) -> Result<Open, Error> {
        let found = Found::read(key).ok_or(Error::NotFound)?;
        let lookup = match &found {
            Found::Secret(secret) => secret.lookup(Label::RequestLookup).0,
            Found::UserCode(code) => self.user_code_lookup(code),
        };
        let mut tx = self.db.read().await?;
        let row = request::find(&mut tx, lookup).await?;
        let row = row.filter(|row| row.state == "waiting" && self.now() < row.until).ok_or(Error::NotFound)?;
        let unit = self.unit_in(&mut tx, row.unit).await?;
        tx.commit().await?;
        self.check_request(&row)?;
        let body = open_body(&found, &row)?;
        let Body { asked, client, redirect } = body;
        Ok(Open { id: row.id, unit, asked, client, redirect, until: row.until, row })
    }

    /// A pushed request, for the client that pushed it and while it can be begun (RFC 9126, 4). The path under which it is answered.
    pub async fn begin_pushed(&self, client: ClientId, request_uri: &str) -> Result<String, Error> {
        let key = request_uri.strip_prefix(URN).ok_or(Error::NotFound)?;
        let open = self.request(key).await?;
        let fits = open.row.client == Some(client) && self.now() < open.row.created.plus(PUSHED_FOR) && open.redirect.is_some();
        if fits { Ok(key.to_owned()) } else { Err(Error::NotFound) }
    }

    async fn may_ask(&self, actor: Actor, unit: UnitId, asked: &Asked) -> Result<(UnitRow, Permit), Fault> {
        if asked.unit != unit {
            return Err(Fault::Details("unit: a program asks for its own unit".to_owned()));
        }
        if !asked.entries.is_empty() {
            return Err(Fault::Details("entries: a first request cannot name any; ask for sections".to_owned()));
        }
        let mut tx = self.db.read().await.map_err(|_| Fault::Server)?;
        let row = self.unit_in(&mut tx, unit).await?;
        tx.commit().await.map_err(|_| Fault::Server)?;
        let permit = self.permit_to_ask(actor, &row, asked)?;
        Ok((row, permit))
    }

    fn permit_to_ask(&self, actor: Actor, unit: &UnitRow, asked: &Asked) -> Result<Permit, Error> {
        let kind = self.catalogue.kind(&unit.unit.kind).ok_or(Error::NotFound)?;
        let (from, until) = (self.now(), Timestamp::end_of_day(asked.until));
        if until <= from {
            return Err(Error::BadEnd);
        }
        if asked.sections.is_empty() || !asked.actions.contains(&Right::Read) {
            return Err(Error::NothingChosen);
        }
        let nobody = Uuid::nil();
        let sharing = Sharing {
            owner: OwnerId(nobody),
            consent: ConsentId(nobody),
            unit: unit.unit.id,
            recipient: &unit.unit.kind,
            purpose: &asked.purpose,
            kinds: &asked.kinds(&kind.allowed),
            rights: &asked.actions,
            mode: asked.mode,
            days: super::consent::days_between(from, until),
            given: false,
            in_time: true,
            protected: false,
            link: false,
        };
        self.ask(actor, Action::AskConsent, Resource::Sharing(&sharing))
    }

    async fn keep(&self, permit: &Permit, row: RequestRow) -> Result<(), Error> {
        let row = self.bound_request(row);
        let mut tx = self.db.write().await?;
        if request::count_waiting(&mut tx, row.unit, self.now()).await? >= request::MOST_WAITING {
            return Err(Error::TooMany(usize::try_from(request::MOST_WAITING).unwrap_or(usize::MAX)));
        }
        request::insert(&mut tx, permit, row).await?;
        Ok(tx.commit().await?)
    }

    fn request_row(&self, lookup: [u8; 32], unit: UnitId, client: Option<ClientId>, length: i64) -> RequestRow {
        RequestRow {
            lookup,
            id: uuid_v4(&*self.random),
            unit,
            client,
            taker: None,
            collector: None,
            state: "waiting".to_owned(),
            asked: None,
            sealed: None,
            answer: None,
            answer_mac: None,
            created: self.now(),
            until: self.now().plus(length),
            polled: Timestamp(0),
            pace: INTERVAL,
            mac: Vec::new(),
        }
    }

    /// `BCDF-GHJK`.
    fn user_code(&self) -> String {
        let mut signs = String::with_capacity(CODE);
        while signs.len() < CODE {
            // A byte above the last whole multiple would make some signs likelier than others.
            let [byte] = bytes::<1>(&*self.random);
            if byte < 240 {
                signs.push(char::from(SIGNS[usize::from(byte) % SIGNS.len()]));
            }
        }
        format!("{}-{}", &signs[..4], &signs[4..])
    }

    fn user_code_lookup(&self, code: &str) -> [u8; 32] {
        self.keys.mailbox_mac(&[], &Ad::new(Label::UserCodeLookup).bytes_field(code.as_bytes()))
    }
}

impl Open {
    /// What the consent will say of the request it answers.
    pub fn origin(&self) -> super::consent::Origin {
        let Asked { legal_basis: basis, ref actions, .. } = self.asked;
        super::consent::Origin { client: self.row.client, basis, rights: actions.clone() }
    }

    /// Whether the key in a QR code is the one to which the answer would be sealed (sealing.md, 6).
    pub fn key_is(&self, hash: &str) -> bool {
        use subtle::ConstantTimeEq;
        let own = self.row.collector.as_deref().map(key_hash).unwrap_or_default();
        own.as_bytes().ct_eq(hash.as_bytes()).into()
    }

    pub fn basis(&self) -> Basis {
        self.asked.legal_basis
    }
}

impl Found {
    fn read(key: &str) -> Option<Self> {
        Secret::parse(key).map(|secret| Self::Secret(Box::new(secret))).or_else(|| folded(key).map(Self::UserCode))
    }
}

/// A request's key as it is written in addresses, from what someone typed or followed; `None` for what can be no key.
pub fn key_of(typed: &str) -> Option<String> {
    if Secret::parse(typed).is_some() { Some(typed.to_owned()) } else { folded(typed) }
}

/// A short code as it is typed: case, spaces and dashes of any kind do not matter.
fn folded(typed: &str) -> Option<String> {
    if typed.len() > 40 {
        return None;
    }
    let signs: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let ours = signs.len() == CODE && signs.bytes().all(|sign| SIGNS.contains(&sign));
    ours.then(|| format!("{}-{}", &signs[..4], &signs[4..]))
}

fn open_body(found: &Found, row: &RequestRow) -> Result<Body, Error> {
    let bytes = match (found, &row.sealed, &row.asked) {
        (Found::Secret(secret), Some(sealed), None) => {
            record::open(&secret.key(Label::RequestKey), &record_ad(&row.lookup), Padding::Steps, sealed)?.to_vec()
        }
        (Found::UserCode(_), None, Some(asked)) => asked.clone().into_bytes(),
        _ => return Err(Error::Unopened),
    };
    serde_json::from_slice(&bytes).map_err(|_| Error::Unopened)
}

/// The device code that a program presents.
pub(super) fn device_secret(device_code: &str) -> Option<Secret> {
    device_code.strip_prefix(DEVICE_PREFIX).and_then(Secret::parse)
}

/// The key pair by which an answer is collected: of the device code alone.
pub(super) fn collector(device: &Secret) -> (receive::PrivateKey, receive::PublicKey) {
    let seed: Key = device.key(Label::CollectorKey);
    receive::key_pair_of(&seed)
}

/// 22 signs of base64url: 128 bits of SHA-256.
fn key_hash(public: &[u8]) -> String {
    use base64::Engine;
    let hash = ring::digest::digest(&ring::digest::SHA256, public);
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16])
}

fn record_ad(lookup: &[u8; 32]) -> Ad {
    Ad::new(Label::RequestRecord).bytes_field(b"request").bytes_field(lookup)
}

impl From<Error> for Fault {
    /// What a program is told: of its own request, never of a person.
    fn from(error: Error) -> Self {
        use crate::policy::Why;
        let details = |text: &str| Self::Details(text.to_owned());
        match error {
            Error::Refused(refused) => match refused.why {
                Why::TooLong => details("until: later than this kind of recipient may have it"),
                Why::AboveCeiling if refused.by.iter().any(|id| id == "for-its-own-purposes") => {
                    details("purpose: not one of this kind of recipient")
                }
                Why::AboveCeiling => details("sections: more than this kind of recipient may have"),
                _ => Self::Unauthorized,
            },
            Error::BadEnd => details("until: this day is over"),
            Error::NothingChosen => details("name at least one section, and the action read"),
            Error::TooMany(_) => Self::TooOften(60),
            Error::TooOften(seconds) | Error::Busy(seconds) => Self::TooOften(seconds),
            Error::NotFound | Error::Gone => Self::Grant,
            _ => Self::Server,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_code_is_read_as_it_is_typed_and_nothing_else_is_one() {
        for typed in ["", "BCDFGHJ", "BCDF-GHJKL", "ACDF-GHJK", "BCDF-GHJ1", &"B".repeat(50)] {
            assert_eq!(folded(typed), None, "{typed}");
        }
        for typed in ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "bcdf–ghjk"] {
            assert_eq!(folded(typed).as_deref(), Some("BCDF-GHJK"));
        }
    }
}
