//! Tokens that clients get by the protocol: for a code (RFC 6749, 4.1.3; RFC 7636), for an answered device code (RFC 8628), by refreshing,
//! and narrower ones by exchange (RFC 8693). Each is bound to the client and to the key of its proofs (RFC 9449).
//!
//! One yes of a person gives one client one code, so whatever a client holds of a consent came from that code: a code that is presented
//! twice, and a refresh token that is given back, end all of it (RFC 6749, 4.1.2; RFC 7009, 2.1).

mod issue;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::disclosure::{Opens, open_token};
use super::event::Denial;
use super::token::{CodeBinding, TokenLabel};
use super::{Error, Service};
use crate::crypto::bundle::ConsentSecret;
use crate::crypto::token::{TokenKind, TokenSecret};
use crate::domain::oauth::{Asked, Client, Fault};
use crate::domain::time::MINUTE;
use crate::domain::{ConsentId, OwnerId};
use crate::store::token::{self, TokenRow};

/// What a person's yes gives to a waiting device code.
#[derive(Clone, Debug)]
pub struct Approved {
    pub owner: OwnerId,
    pub consent: ConsentId,
    pub secret: ConsentSecret,
}

/// What the token endpoint answers.
#[derive(Debug)]
pub struct Tokens {
    pub access: TokenSecret,
    /// Not rotated (FAPI 2.0, 5.3.2.1): given once, with the first access token.
    pub refresh: Option<TokenSecret>,
    /// Seconds.
    pub expires_in: i64,
    /// `authorization_details` as granted (RFC 9396, 7).
    pub details: Value,
}

/// An access token lasts so long, and no longer than its consent.
pub const ACCESS: i64 = 10 * MINUTE;

/// A token that opened, with what it is of.
struct Presented {
    row: TokenRow,
    secret: ConsentSecret,
    label: TokenLabel,
}

/// Who is given something, and what they are called.
struct Holder<'a> {
    client: &'a Client,
    thumb: &'a [u8],
    label: TokenLabel,
}

impl Service {
    /// Tokens for a code: once, by the client that it was made for, with the verifier that its challenge was made of.
    pub async fn redeem_code(
        &self,
        client: &Client,
        thumb: &[u8],
        code: &str,
        redirect_uri: &str,
        verifier: &str,
    ) -> Result<Tokens, Fault> {
        let (secret, row) = self.find_token(code).await?;
        let done = self.redeem(client, thumb, (&secret, &row), (redirect_uri, verifier)).await;
        self.noted(&row, done)
    }

    /// Tokens for an answered device code.
    pub async fn collected(&self, client: &Client, thumb: &[u8], approved: Approved) -> Result<Tokens, Fault> {
        is_bound(thumb)?;
        let Approved { owner, consent, secret } = approved;
        let done = async {
            let mut tx = self.db.write().await?;
            let opens = Opens { owner, consent, secret: &secret, token: None };
            let held = self.held_in(&mut tx, &opens).await?;
            let by = self.unit_in(&mut tx, client.unit).await?.unit.name;
            let label = TokenLabel { name: client.name.clone(), by, minter: None, code: None };
            let permit = self.may_grant(client, &held.bundle.terms)?;
            let tokens = self.first(&mut tx, &permit, &Holder { client, thumb, label }, &secret, &held).await?;
            tx.commit().await?;
            Ok(tokens)
        };
        done.await.map_err(fault)
    }

    /// A fresh access token, or one that is narrower, for a refresh token.
    pub async fn refresh(
        &self,
        client: &Client,
        thumb: &[u8],
        refresh_token: &str,
        narrower: Option<Asked>,
    ) -> Result<Tokens, Fault> {
        let (secret, row) = self.find_token(refresh_token).await?;
        let done = match self.presented(client, thumb, TokenKind::Refresh, (&secret, &row)) {
            Ok(presented) => match narrower {
                None => self.refreshed(client, thumb, &presented).await.map_err(fault),
                Some(asked) => self.narrower(client, thumb, &presented, asked).await,
            },
            Err(fault) => Err(fault),
        };
        self.noted(&row, done)
    }

    /// A narrower access token for an access token: its bundle holds just the keys that were asked for.
    pub async fn exchange(&self, client: &Client, thumb: &[u8], subject_token: &str, asked: Asked) -> Result<Tokens, Fault> {
        let (secret, row) = self.find_token(subject_token).await?;
        let done = match self.presented(client, thumb, TokenKind::Access, (&secret, &row)) {
            Ok(presented) => self.narrower(client, thumb, &presented, asked).await,
            Err(fault) => Err(fault),
        };
        self.noted(&row, done)
    }

    async fn find_token(&self, presented: &str) -> Result<(TokenSecret, TokenRow), Fault> {
        let secret = TokenSecret::parse(presented).ok_or(Fault::Grant)?;
        let found = async { Ok(token::find(&mut self.db.look().await?, secret.lookup().0).await?) };
        let row = found.await.map_err(fault)?.ok_or(Fault::Grant)?;
        Ok((secret, row))
    }

    /// A refused try stands among the consent's events.
    fn noted<T>(&self, row: &TokenRow, done: Result<T, Fault>) -> Result<T, Fault> {
        if matches!(done, Err(Fault::Grant)) {
            self.deny(Denial::of_consent(row.owner, row.consent, row.unit, self.now()));
        }
        done
    }

    fn presented(
        &self,
        client: &Client,
        thumb: &[u8],
        kind: TokenKind,
        (secret, row): (&TokenSecret, &TokenRow),
    ) -> Result<Presented, Fault> {
        is_bound(thumb)?;
        if row.kind != kind.word() || !is_of(client, row) || row.thumbprint != thumb {
            return Err(Fault::Grant);
        }
        let (secret, label) = open_token(secret, row, self.now()).ok_or(Fault::Grant)?;
        Ok(Presented { row: row.clone(), secret, label })
    }

    async fn redeem(
        &self,
        client: &Client,
        thumb: &[u8],
        (secret, row): (&TokenSecret, &TokenRow),
        shown: (&str, &str),
    ) -> Result<Tokens, Fault> {
        is_bound(thumb)?;
        if row.kind != TokenKind::Code.word() || !is_of(client, row) {
            return Err(Fault::Grant);
        }
        if row.ended_at.is_some() {
            self.end_what_came_of(client, row).await?;
            return Err(Fault::Grant);
        }
        let bound = row.thumbprint.is_empty() || row.thumbprint == thumb;
        let (secret, mut label) = open_token(secret, row, self.now()).filter(|_| bound).ok_or(Fault::Grant)?;
        label.code.take().filter(|binding| fits(binding, shown)).ok_or(Fault::Grant)?;
        match self.redeem_once(&Holder { client, thumb, label }, &secret, row).await.map_err(fault)? {
            Some(tokens) => Ok(tokens),
            // Another request took it at the same time.
            None => {
                self.end_what_came_of(client, row).await?;
                Err(Fault::Grant)
            }
        }
    }

    /// The code ends in the transaction that makes its tokens; `None` where it had ended.
    async fn redeem_once(&self, holder: &Holder<'_>, secret: &ConsentSecret, row: &TokenRow) -> Result<Option<Tokens>, Error> {
        let mut tx = self.db.write().await?;
        let held = self.held_in(&mut tx, &Opens::of(row, secret)).await?;
        let permit = self.may_grant(holder.client, &held.bundle.terms)?;
        if !token::end_lookup(&mut tx, &permit, row, self.now()).await? {
            return Ok(None);
        }
        let tokens = self.first(&mut tx, &permit, holder, secret, &held).await?;
        tx.commit().await?;
        Ok(Some(tokens))
    }
}

/// The row says so, and is bound to it.
pub(super) fn is_of(client: &Client, row: &TokenRow) -> bool {
    row.client == client.id.to_string() && row.unit == client.unit
}

/// Every token of ours is bound to a key: a request without a proof gets none.
const fn is_bound(thumb: &[u8]) -> Result<(), Fault> {
    if thumb.len() == 32 { Ok(()) } else { Err(Fault::Proof) }
}

/// Same redirect, sign by sign, and the verifier.
fn fits(binding: &CodeBinding, (redirect_uri, verifier): (&str, &str)) -> bool {
    is_verifier_of(&binding.challenge, verifier) && binding.redirect_uri == redirect_uri
}

/// S256 (RFC 7636, 4.6): the challenge is the verifier's hash, compared in constant time.
pub(super) fn is_verifier_of(challenge: &str, verifier: &str) -> bool {
    let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    bool::from(hash.as_bytes().ct_eq(challenge.as_bytes())) && (43..=128).contains(&verifier.len())
}

/// A fault of ours, or the one refusal that says no more.
pub(super) fn fault(error: Error) -> Fault {
    match error {
        Error::Store(error) => {
            tracing::error!(%error, "a grant could not be made");
            Fault::Server
        }
        Error::TooOften(seconds) | Error::Busy(seconds) => Fault::TooOften(seconds),
        _ => Fault::Grant,
    }
}
