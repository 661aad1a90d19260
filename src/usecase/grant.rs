//! Tokens that clients get by the protocol: for a code (RFC 6749, 4.1.3; RFC 7636), for an answered device code (RFC 8628), by refreshing,
//! and narrower ones by exchange (RFC 8693). Each is bound to the client and to the key of its proofs (RFC 9449).
//!
//! One yes of a person gives one client one code, so whatever a client holds of a consent came from that code: a code that is presented
//! twice, and a refresh token that is given back, end all of it (RFC 6749, 4.1.2; RFC 7009, 2.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::child::{details, narrow, within};
use super::consent::days_between;
use super::disclosure::{Opens, decide, open_token};
use super::event::Denial;
use super::token::{CodeBinding, TokenLabel, TokenTo};
use super::{Error, Service};
use crate::crypto::bundle::ConsentSecret;
use crate::crypto::child::{Child, ChildPlace};
use crate::crypto::token::{TokenKind, TokenSecret};
use crate::domain::consent::Terms;
use crate::domain::event::What;
use crate::domain::oauth::{Asked, Client, Fault, Part};
use crate::domain::random::uuid_v4;
use crate::domain::time::{MINUTE, SECOND};
use crate::domain::{ConsentId, OwnerId, Timestamp};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::child::ChildRow;
use crate::store::token::{MOST_HELD, TokenRow};
use crate::store::{Tx, child, consent, token};

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
/// Ends with its consent, also where that is made shorter or longer.
const WHILE_IT_HOLDS: Timestamp = Timestamp(i64::MAX);

/// A token that opened, with what it is of.
pub(super) struct Presented {
    pub row: TokenRow,
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
        self.tell(&row, done)
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
        self.tell(&row, done)
    }

    /// A narrower access token for an access token: its bundle holds just the keys that were asked for.
    pub async fn exchange(&self, client: &Client, thumb: &[u8], subject_token: &str, asked: Asked) -> Result<Tokens, Fault> {
        let (secret, row) = self.find_token(subject_token).await?;
        let done = match self.presented(client, thumb, TokenKind::Access, (&secret, &row)) {
            Ok(presented) => self.narrower(client, thumb, &presented, asked).await,
            Err(fault) => Err(fault),
        };
        self.tell(&row, done)
    }

    async fn find_token(&self, presented: &str) -> Result<(TokenSecret, TokenRow), Fault> {
        let secret = TokenSecret::parse(presented).ok_or(Fault::Grant)?;
        let found = async { Ok(token::find(&mut self.db.look().await?, secret.lookup().0).await?) };
        let row = found.await.map_err(fault)?.ok_or(Fault::Grant)?;
        Ok((secret, row))
    }

    /// A refused try stands among the consent's events.
    fn tell<T>(&self, row: &TokenRow, done: Result<T, Fault>) -> Result<T, Fault> {
        if matches!(done, Err(Fault::Grant)) {
            self.deny(Denial { owner: row.owner, consent: row.consent, unit: row.unit, at: self.now() });
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

    async fn refreshed(&self, client: &Client, thumb: &[u8], from: &Presented) -> Result<Tokens, Error> {
        let mut tx = self.db.write().await?;
        let held = self.held_in(&mut tx, &Opens::of(&from.row, &from.secret)).await?;
        let permit = self.may_grant(client, &held.bundle.terms)?;
        self.room_for(&mut tx, client, &from.row).await?;
        let until = self.until(&held.bundle.terms);
        let to = self.to(&Holder { client, thumb, label: from.label.clone() }, &held.bundle.terms, until);
        let (access, row) = self.seal_token(TokenKind::Access, &from.secret, &from.label, to);
        token::insert(&mut tx, &permit, row).await?;
        tx.commit().await?;
        Ok(self.answer(access, None, until, &held))
    }

    async fn narrower(&self, client: &Client, thumb: &[u8], from: &Presented, asked: Asked) -> Result<Tokens, Fault> {
        let mut tx = self.db.write().await.map_err(Error::from).map_err(fault)?;
        let held = self.held_in(&mut tx, &Opens::of(&from.row, &from.secret)).await.map_err(fault)?;
        // Refused for what was asked before anything is said of the rest.
        let end = within(&held, &asked, self.now())?.min(self.until(&held.bundle.terms)).min(from.row.until);
        let part = Part::new(uuid_v4(&*self.random), asked, end);
        let holder = Holder { client, thumb, label: from.label.clone() };
        self.put_narrower(tx, &holder, from, &held, &part).await.map_err(fault)
    }

    async fn put_narrower(
        &self,
        mut tx: Tx,
        holder: &Holder<'_>,
        from: &Presented,
        held: &Child,
        part: &Part,
    ) -> Result<Tokens, Error> {
        let permit = self.may_grant(holder.client, &held.bundle.terms)?;
        self.room_for(&mut tx, holder.client, &from.row).await?;
        let (own, narrower) = (from.secret.child(part.id), narrow(held, part));
        let to = self.to(holder, &narrower.bundle.terms, part.until);
        let (access, row) = self.seal_narrower(TokenKind::Access, &own, &holder.label, to, from.row.lookup.to_vec());
        // What it came from, where that is not the consent itself.
        let parent = if from.row.parent.is_empty() { Vec::new() } else { from.row.lookup.to_vec() };
        let place = ChildPlace { owner: row.owner, consent: row.consent, token: &row.lookup, parent: &parent };
        let terms = from.secret.seal_child_terms(&place, part, &*self.random);
        let bundle = own.seal_child(&place, &narrower, &*self.random);
        let (owner, consent, of) = (row.owner, row.consent, row.lookup);
        child::insert(&mut tx, &permit, ChildRow { owner, consent, token: of, parent, until: part.until, terms, bundle }).await?;
        token::insert(&mut tx, &permit, row).await?;
        self.tell_minted(&mut tx, &permit, holder, held).await?;
        tx.commit().await?;
        Ok(self.answer(access, None, part.until, &narrower))
    }

    /// The first access token and what it is refreshed by.
    async fn first(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        holder: &Holder<'_>,
        secret: &ConsentSecret,
        held: &Child,
    ) -> Result<Tokens, Error> {
        let terms = &held.bundle.terms;
        let until = self.until(terms);
        let (access, row) = self.seal_token(TokenKind::Access, secret, &holder.label, self.to(holder, terms, until));
        self.room_for(tx, holder.client, &row).await?;
        token::insert(tx, permit, row).await?;
        let to = self.to(holder, terms, WHILE_IT_HOLDS);
        let (refresh, row) = self.seal_token(TokenKind::Refresh, secret, &holder.label, to);
        token::insert(tx, permit, row).await?;
        self.tell_minted(tx, permit, holder, held).await?;
        Ok(self.answer(access, Some(refresh), until, held))
    }

    /// What a secret opens now. The consent's row stays locked until commit, so that nothing is made of one that ends or narrows meanwhile.
    async fn held_in(&self, tx: &mut Tx, opens: &Opens<'_>) -> Result<Child, Error> {
        let now = self.now();
        if !consent::hold(tx, opens.owner, opens.consent, now).await? {
            return Err(Error::Gone);
        }
        let row = consent::find(tx, opens.owner, opens.consent).await?.ok_or(Error::Gone)?;
        let child = match opens.narrower() {
            Some(token) => Some(child::find(tx, opens.owner, opens.consent, token).await?.ok_or(Error::Gone)?),
            None => None,
        };
        decide(&row.into(), child.as_ref(), opens, now)
    }

    pub(super) fn may_grant(&self, client: &Client, terms: &Terms) -> Result<Permit, Error> {
        if terms.client.as_ref().is_some_and(|bound| *bound != client.id.to_string()) {
            return Err(Error::Unopened);
        }
        let now = self.now();
        let resource = Resource::Token {
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            given: true,
            in_time: terms.holds_at(now),
            days: days_between(now, terms.until),
        };
        self.ask(Actor::Client { unit: client.unit }, Action::GrantToken, resource)
    }

    async fn room_for(&self, tx: &mut Tx, client: &Client, row: &TokenRow) -> Result<(), Error> {
        let held = token::count_held(tx, row.owner, row.consent, client.id, self.now()).await?;
        if held < MOST_HELD { Ok(()) } else { Err(Error::TooOften(60)) }
    }

    fn until(&self, terms: &Terms) -> Timestamp {
        self.now().plus(ACCESS).min(terms.until)
    }

    fn to(&self, holder: &Holder<'_>, terms: &Terms, until: Timestamp) -> TokenTo {
        TokenTo {
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            client: holder.client.id.to_string(),
            thumbprint: holder.thumb.to_vec(),
            minted_by: None,
            issued: self.now(),
            until,
        }
    }

    /// The person is told that a program has got something; that it is refreshed is not told, since each read is.
    async fn tell_minted(&self, tx: &mut Tx, permit: &Permit, holder: &Holder<'_>, held: &Child) -> Result<(), Error> {
        let terms = &held.bundle.terms;
        let party = self.party_in(tx, terms.unit).await?;
        let event = self.token_event(What::TokenMinted, terms.consent, party, holder.label.clone());
        self.record_under(tx, permit, (terms.owner, terms.consent), &held.log_key, event).await
    }

    fn answer(&self, access: TokenSecret, refresh: Option<TokenSecret>, until: Timestamp, held: &Child) -> Tokens {
        Tokens { access, refresh, expires_in: until.since(self.now()) / SECOND, details: details(held) }
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

/// Same redirect, sign by sign; and S256: the challenge is the verifier's hash, compared in constant time.
fn fits(binding: &CodeBinding, (redirect_uri, verifier): (&str, &str)) -> bool {
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    let same = bool::from(challenge.as_bytes().ct_eq(binding.challenge.as_bytes()));
    same && (43..=128).contains(&verifier.len()) && binding.redirect_uri == redirect_uri
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
