//! A held credential offered to another wallet of the same person (OpenID4VCI 1.0, 4.1): a code, and the token that is given for it. What
//! is to be signed lies sealed under each. A code comes in an offer, or of a login (`authorize`).

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::credential::openid4vci;
use crate::credential::sd_jwt::{Opened, SdJwt};
use crate::crypto::secret::Secret;
use crate::crypto::{Ad, Label, Padding, record};
use crate::domain::event::{Event, What};
use crate::domain::oauth::Fault;
use crate::domain::profile::Kind;
use crate::domain::random::bytes;
use crate::domain::time::{MINUTE, SECOND};
use crate::domain::{EntryId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Resource};
use crate::store::wallet_code::{self, CodeKind, CodeRow};
use crate::usecase::grant::is_verifier_of;
use crate::usecase::{Error, Service, Session};

/// An offer just made: the only time that it is seen.
#[derive(Clone, Debug)]
pub struct Offered {
    pub link: String,
    /// A further code to type into the wallet, where one was wanted.
    pub tx_code: Option<String>,
    pub until: Timestamp,
}

/// How a wallet comes by what was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whoever has the offer takes it.
    Code,
    /// With a further code, said on another way.
    CodeAndTxCode,
    /// The person signs in here and says yes.
    Login,
}

/// What a wallet shows with a code.
#[derive(Clone, Copy)]
pub enum Shown<'a> {
    /// To one of an offer.
    Offer { tx_code: Option<&'a str> },
    /// To one of a login (RFC 6749, 4.1.3; RFC 7636, 4.5).
    Login { client_id: &'a str, redirect_uri: &'a str, verifier: &'a str },
}

/// A token given for a code.
#[derive(Clone, Debug)]
pub struct Granted {
    pub token: String,
    /// Seconds.
    pub expires_in: i64,
    /// Bound to a key (RFC 9449).
    pub bound: bool,
    /// It was asked for by `authorization_details`, and is answered by them.
    pub details: bool,
}

/// What is sealed under a code or a token.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    /// The credential as it was issued, with all its disclosures.
    pub credential: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tx_code: Option<String>,
    /// Of the key that a token is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbprint: Option<[u8; 32]>,
    /// What a code of a login is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<Binding>,
}

/// To whom a login's code was given (RFC 6749, 4.1.2; RFC 7636, 4.4; RFC 9449, 10).
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Binding {
    pub client_id: String,
    pub redirect_uri: String,
    /// S256: base64url of the verifier's SHA-256.
    pub challenge: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbprint: Option<[u8; 32]>,
    pub details: bool,
}

pub(super) const OFFERED_FOR: i64 = 10 * MINUTE;
/// A login's code goes from the browser to the wallet, and no further.
const CODE_FOR: i64 = MINUTE;
const TOKEN_FOR: i64 = 5 * MINUTE;
/// Digits of a further code: five tries in a million.
const DIGITS: u64 = 6;
const MOST_TRIES: u64 = 5;
const PREFIX: &str = "egw_";

impl Service {
    /// Offers one's own credential to another wallet. `base`: our origin. [`Error::NotFound`] where it is none of a unit here,
    /// [`Error::Gone`] where it is withdrawn or has run out, [`Error::Busy`] where its unit does not serve wallets at once.
    pub async fn offer_to_wallet(&self, session: &Session, entry: EntryId, base: &str, by: By) -> Result<Offered, Error> {
        let permit = self.ask(session.participant(), Action::OfferToWallet, Resource::Profile { owner: session.owner })?;
        let credential = self.whole(session, entry).await?.credential;
        let unit = issuer_of(&credential, base).ok_or(Error::NotFound)?;
        self.good_own(unit, &credential).await?;
        if !self.serves_wallets(unit).await? {
            return Err(Error::Busy(0));
        }
        if by == By::Login {
            return self.offer_by_login((unit, entry), base).await;
        }
        let (code, tx_code) = (Secret::random(&*self.random), (by == By::CodeAndTxCode).then(|| self.digits()));
        let body = Body { credential, tx_code: tx_code.clone(), thumbprint: None, login: None };
        let row = self.code_row(&code, unit, CodeKind::Code, None, &body)?;
        let until = row.until;
        let mut tx = self.db.write().await?;
        wallet_code::insert(&mut tx, &permit, row).await?;
        let party = self.party_in(&mut tx, unit).await?;
        let event = Event {
            unit: Some(party),
            entries: 1,
            sections: vec![Kind::Credential.section()],
            ..self.plain_event(What::WalletOffered)
        };
        self.record_own(&mut tx, &permit, session.keyring()?, event).await?;
        tx.commit().await?;
        let digits = tx_code.as_ref().map(|_| DIGITS);
        let offer = openid4vci::Offer::new(issuer(base, unit), code.text().as_str().to_owned(), digits);
        Ok(Offered { link: offer.link(), tx_code, until })
    }

    /// A token for a code (6.1), once. A code that is brought twice ends what came of it (RFC 6749, 4.1.2).
    pub async fn redeem_wallet_code(
        &self,
        unit: UnitId,
        code: &str,
        shown: Shown<'_>,
        thumbprint: Option<[u8; 32]>,
    ) -> Result<Granted, Fault> {
        let secret = Secret::parse(code).ok_or(Fault::Grant)?;
        self.redeem_wallet(unit, &secret, shown, thumbprint).await.map_err(|error| match error {
            Error::Store(error) => {
                tracing::error!(%error, "a wallet's code could not be redeemed");
                Fault::Server
            }
            // One is asked for, and none came; or the other way round (6.3).
            Error::NothingChosen => Fault::Request("tx_code is missing, or was not asked for"),
            _ => Fault::Grant,
        })
    }

    async fn redeem_wallet(
        &self,
        unit: UnitId,
        code: &Secret,
        shown: Shown<'_>,
        thumbprint: Option<[u8; 32]>,
    ) -> Result<Granted, Error> {
        let permit = self.ask(Actor::Anonymous, Action::IssueToWallet, Resource::System)?;
        let lookup = code.lookup(Label::WalletCodeLookup).0;
        let row = wallet_code::find(&mut self.db.look().await?, lookup).await?;
        let row = row.filter(|row| row.unit == unit && row.kind == CodeKind::Code).ok_or(Error::NotFound)?;
        if row.sealed.is_none() {
            let mut tx = self.db.write().await?;
            wallet_code::end_children(&mut tx, lookup).await?;
            tx.commit().await?;
            return Err(Error::Gone);
        }
        let body = self.open_code(code, &row)?;
        match (&body.login, shown) {
            (None, Shown::Offer { tx_code }) => match (&body.tx_code, tx_code) {
                (None, None) => {}
                (Some(right), Some(said)) => self.hear_tx_code(lookup, right, said).await?,
                _ => return Err(Error::NothingChosen),
            },
            (Some(binding), shown) if binding.fits(shown, thumbprint) => {}
            _ => return Err(Error::NotFound),
        }
        let details = body.login.as_ref().is_some_and(|binding| binding.details);
        let token = Secret::random(&*self.random);
        let body = Body { tx_code: None, thumbprint, login: None, ..body };
        let fresh = self.code_row(&token, unit, CodeKind::Token, Some(lookup), &body)?;
        let mut tx = self.db.write().await?;
        if !wallet_code::take(&mut tx, lookup, self.now()).await? {
            return Err(Error::Gone);
        }
        wallet_code::insert(&mut tx, &permit, fresh).await?;
        tx.commit().await?;
        let token = format!("{PREFIX}{}", token.text().as_str());
        Ok(Granted { token, expires_in: TOKEN_FOR / SECOND, bound: thumbprint.is_some(), details })
    }

    /// A try is taken before it is looked at: five at once are five.
    async fn hear_tx_code(&self, lookup: [u8; 32], right: &str, said: &str) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        let heard = wallet_code::take_try(&mut tx, lookup, MOST_TRIES).await?;
        tx.commit().await?;
        if heard && bool::from(right.as_bytes().ct_eq(said.as_bytes())) { Ok(()) } else { Err(Error::Wrong) }
    }

    /// What a token opens, with its look-up hash: of this unit, with the key that it is bound to, in its time.
    pub(super) async fn wallet_token(&self, unit: UnitId, token: &str, proof: Option<[u8; 32]>) -> Result<(Body, [u8; 32]), Error> {
        let secret = token.strip_prefix(PREFIX).and_then(Secret::parse).ok_or(Error::NotFound)?;
        let lookup = secret.lookup(Label::WalletCodeLookup).0;
        let row = wallet_code::find(&mut self.db.look().await?, lookup).await?;
        let row = row.filter(|row| row.unit == unit && row.kind == CodeKind::Token).ok_or(Error::NotFound)?;
        let body = self.open_code(&secret, &row)?;
        if body.thumbprint == proof { Ok((body, lookup)) } else { Err(Error::NotFound) }
    }

    /// What a credential of a unit here says, where it is the unit's and still good. [`Error::Gone`] where it is not good any more.
    pub(super) async fn good_own(&self, unit: UnitId, credential: &str) -> Result<Opened, Error> {
        let opened = SdJwt::parse(credential).map_err(|_| Error::NotFound)?;
        let opened = opened.verify(&self.issuing_keys(unit).await?).map_err(|_| Error::NotFound)?;
        if self.is_good(unit, &opened).await? { Ok(opened) } else { Err(Error::Gone) }
    }

    fn open_code(&self, secret: &Secret, row: &CodeRow) -> Result<Body, Error> {
        let sealed = row.sealed.as_deref().filter(|_| self.now() < row.until).ok_or(Error::NotFound)?;
        let opened = record::open(&secret.key(Label::WalletCodeKey), &ad(row), Padding::Steps, sealed)?;
        serde_json::from_slice(&opened).map_err(|_| Error::Unopened)
    }

    pub(super) fn code_row(
        &self,
        secret: &Secret,
        unit: UnitId,
        kind: CodeKind,
        parent: Option<[u8; 32]>,
        body: &Body,
    ) -> Result<CodeRow, Error> {
        let created = self.now();
        let until = created.plus(match kind {
            CodeKind::Code if body.login.is_some() => CODE_FOR,
            CodeKind::Code => OFFERED_FOR,
            CodeKind::Token => TOKEN_FOR,
        });
        let lookup = secret.lookup(Label::WalletCodeLookup).0;
        let row = CodeRow { lookup, unit, kind, parent, sealed: None, created, until };
        let body = zeroize::Zeroizing::new(serde_json::to_vec(body).map_err(|_| Error::Unopened)?);
        let key = secret.key(Label::WalletCodeKey);
        let sealed = record::seal(&key, 0, &ad(&row), Padding::Steps, &body, &*self.random);
        Ok(CodeRow { sealed: Some(sealed), ..row })
    }

    fn digits(&self) -> String {
        let mut digits = String::new();
        while digits.len() < usize::try_from(DIGITS).unwrap_or_default() {
            // A byte above the last whole multiple of ten would make some digits likelier.
            let [byte] = bytes::<1>(&*self.random);
            if byte < 250 {
                digits.push(char::from(b'0' + byte % 10));
            }
        }
        digits
    }
}

impl Binding {
    /// The same wallet and address, sign by sign; the verifier that the challenge was made of; the key that was named, where one was.
    fn fits(&self, shown: Shown<'_>, proof: Option<[u8; 32]>) -> bool {
        let Shown::Login { client_id, redirect_uri, verifier } = shown else { return false };
        let same = self.client_id == client_id && self.redirect_uri == redirect_uri;
        same && is_verifier_of(&self.challenge, verifier) && self.thumbprint.is_none_or(|named| proof == Some(named))
    }
}

/// The identifier of a unit as an issuer.
pub(super) fn issuer(base: &str, unit: UnitId) -> String {
    format!("{base}/issuer/{unit}")
}

/// The unit here that a credential names as its issuer.
pub fn issuer_of(credential: &str, base: &str) -> Option<UnitId> {
    let held = SdJwt::parse(credential).ok()?;
    held.hint("iss")?.strip_prefix(base)?.strip_prefix("/issuer/")?.parse().ok()
}

fn ad(row: &CodeRow) -> Ad {
    let of = Ad::new(Label::WalletRecord).bytes_field(b"wallet_code").bytes_field(row.kind.word().as_bytes());
    of.bytes_field(&row.lookup).id(row.unit.0).time(row.created).time(row.until)
}
