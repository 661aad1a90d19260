//! Consent tokens for programs: minted by a unit's administrator, shown once, told to the person.

use serde::{Deserialize, Serialize};

use super::event::stored;
use super::owner_write::open_consent;
use super::{Error, Service, Session};
use crate::crypto::bundle::{ConsentSecret, LogKey};
use crate::crypto::event::{self as seal, EventPlace};
use crate::crypto::token::{TokenKind, TokenPlace, TokenSecret};
use crate::crypto::{Ad, Label, Padding, record};
use crate::domain::event::{Event, Party, What, Who};
use crate::domain::profile::Fault;
use crate::domain::profile::text::sound;
use crate::domain::time::DAY;
use crate::domain::{ConsentId, OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::{Action, Permit, Resource, Why};
use crate::store::ended::Ended;
use crate::store::token::TokenRow;
use crate::store::{Tx, consent, event, token};

/// What a unit calls a token, and who made it. Sealed under a key of the consent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TokenLabel {
    pub name: String,
    pub by: String,
    /// Whose leaving ends it: the row's clear column must say the same. None for what a client got by the protocol.
    pub minter: Option<StaffId>,
    /// What an authorization code is bound to. Absent otherwise, so that the bytes of other labels are as they always were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CodeBinding>,
}

/// What whoever redeems a code must show (RFC 6749, 4.1.3; RFC 7636).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeBinding {
    pub redirect_uri: String,
    /// S256: base64url of the verifier's SHA-256.
    pub challenge: String,
}

/// To whom a token goes, and for how long.
#[derive(Clone, Debug)]
pub(super) struct TokenTo {
    pub owner: OwnerId,
    pub consent: ConsentId,
    pub unit: UnitId,
    /// Empty for a unit's own.
    pub client: String,
    /// Of the DPoP key (RFC 9449); empty for a bearer token.
    pub thumbprint: Vec<u8>,
    pub minted_by: Option<StaffId>,
    pub issued: Timestamp,
    pub until: Timestamp,
}

/// A live token as its unit's administrator sees it.
#[derive(Clone, Debug)]
pub struct Live {
    pub lookup: [u8; 32],
    pub consent: ConsentId,
    pub code: String,
    pub label: TokenLabel,
    pub issued: Timestamp,
    pub until: Timestamp,
}

pub const MAX_DAYS: u16 = 30;
const MAX_NAME: usize = 60;

impl Service {
    /// Mints a token for a live consent; the only time that its secret is seen.
    pub async fn mint(&self, session: &Session, id: ConsentId, days: u16, name: &str) -> Result<(TokenSecret, Timestamp), Error> {
        let name = checked_name(name)?;
        let (member, received, opened) = self.received(session, id).await?;
        if received.terms.client.is_some() {
            // Given to one program that asked for it: to no other.
            return Err(Error::NotFound);
        }
        let (unit, now) = (member.unit.unit.id, self.now());
        let until = now.plus(i64::from(days) * DAY).min(received.terms.until);
        let resource = Resource::Token {
            owner: received.owner,
            consent: id,
            unit,
            given: received.state == crate::domain::consent::State::Given,
            in_time: received.terms.holds_at(now),
            days,
        };
        let permit = match (self.ask(session.staff(unit, member.role), Action::MintToken, resource), &opened.secret) {
            // Whoever may mint none is told that, also of a consent that has ended.
            (Err(Error::Refused(refused)), None) if refused.why != Why::Never => return Err(Error::Gone),
            (permit, _) => permit?,
        };
        let secret = opened.secret.ok_or(Error::Gone)?;
        let label = TokenLabel { name, by: member.name.clone(), minter: Some(member.id), code: None };
        let to = TokenTo {
            owner: received.owner,
            consent: id,
            unit,
            client: String::new(),
            thumbprint: Vec::new(),
            minted_by: label.minter,
            issued: now,
            until,
        };
        let (minted, row) = self.seal_token(TokenKind::Access, &secret, &label, to);
        let mut tx = self.unit_write(&member).await?;
        // Locked until commit: no token is made of a consent that ends meanwhile.
        if !consent::hold(&mut tx, received.owner, id, now).await? {
            return Err(Error::Gone);
        }
        if token::count_live(&mut tx, received.owner, id).await? >= token::MOST_LIVE {
            return Err(Error::TooMany(20));
        }
        token::insert(&mut tx, &permit, row).await?;
        let party = Party { unit: member.unit.unit.name.clone(), organisation: member.unit.organisation.name.clone() };
        let event = self.token_event(What::TokenMinted, id, party, label);
        self.record_as_reader(&mut tx, &permit, (received.owner, id), &secret, event).await?;
        tx.commit().await?;
        Ok((minted, until))
    }

    /// The unit's live tokens.
    pub async fn tokens(&self, session: &Session) -> Result<Vec<Live>, Error> {
        let (_, unit, permit) = self.member_may(session, Action::ReadUnit).await?;
        let mut tx = self.db.read().await?;
        let rows = token::of_unit(&mut tx, &permit, unit, self.now()).await?;
        tx.commit().await?;
        let mut live = Vec::with_capacity(rows.len());
        for row in rows {
            let ((_, received, opened), _) = self.found(session, row.consent).await?;
            // Ended between the two looks; else a label that does not open is a fault, never a token that nobody sees.
            let Some(secret) = &opened.secret else { continue };
            let label = label_of(secret, &row).ok_or(Error::Unopened)?;
            let (issued, until) = (row.issued, row.until.min(received.terms.until));
            live.push(Live { lookup: row.lookup, consent: row.consent, code: received.code, label, issued, until });
        }
        Ok(live)
    }

    /// What programs hold of a consent, for its giver: what each is called, who made it, and until when.
    pub async fn tokens_of(&self, session: &Session, id: ConsentId) -> Result<Vec<(TokenLabel, Timestamp)>, Error> {
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let row = consent::find(&mut tx, session.owner, id).await?.ok_or(Error::NotFound)?;
        let tokens = token::of_consent(&mut tx, &permit, session.owner, id, self.now()).await?;
        tx.commit().await?;
        let (secret, terms) = open_consent(session.keyring()?, &row)?;
        Ok(tokens.iter().filter_map(|token| Some((label_of(&secret, token)?, token.until.min(terms.until)))).collect())
    }

    /// Ends one token at once.
    pub async fn revoke(&self, session: &Session, lookup: [u8; 32]) -> Result<(), Error> {
        let member = self.member(session).await?;
        let unit = member.unit.unit.id;
        let found = token::find(&mut self.db.look().await?, lookup).await?;
        let row = found.filter(|row| row.unit == unit && row.ended_at.is_none()).ok_or(Error::NotFound)?;
        let resource = Resource::Consent { owner: row.owner, consent: row.consent, unit };
        let permit = self.ask(session.staff(unit, member.role), Action::RevokeToken, resource)?;
        let ((_, _, opened), _) = self.found(session, row.consent).await?;
        let mut tx = self.unit_write(&member).await?;
        // The consent's row before its tokens', as a withdrawal locks them.
        let _lives = consent::hold(&mut tx, row.owner, row.consent, self.now()).await?;
        let lines = match row.client.is_empty() {
            true => vec![token::end_one(&mut tx, &permit, unit, lookup, self.now()).await?.ok_or(Error::Gone)?.0],
            // What a client refreshes by ends with all that came from it.
            false => token::end_of_holder(&mut tx, &permit, &row, self.now()).await?,
        };
        if let Some(secret) = &opened.secret {
            let label = TokenLabel { by: member.name.clone(), ..label_of(secret, &row).ok_or(Error::Unopened)? };
            let party = Party { unit: member.unit.unit.name.clone(), organisation: member.unit.organisation.name.clone() };
            let event = self.token_event(What::TokenRevoked, row.consent, party, label);
            self.record_as_reader(&mut tx, &permit, (row.owner, row.consent), secret, event).await?;
        }
        self.ended.append(lines.iter().map(|lookup| Ended::token(lookup, self.now())).collect()).await?;
        Ok(tx.commit().await?)
    }

    /// A fresh token of a consent, and its row.
    pub(super) fn seal_token(
        &self,
        kind: TokenKind,
        secret: &ConsentSecret,
        label: &TokenLabel,
        to: TokenTo,
    ) -> (TokenSecret, TokenRow) {
        self.seal_narrower(kind, secret, label, to, Vec::new())
    }

    /// The same for one that is narrower than the token whose look-up hash is `parent`; `secret` is then the child's own.
    pub(super) fn seal_narrower(
        &self,
        kind: TokenKind,
        secret: &ConsentSecret,
        label: &TokenLabel,
        to: TokenTo,
        parent: Vec<u8>,
    ) -> (TokenSecret, TokenRow) {
        let made = TokenSecret::random(&*self.random);
        let lookup = made.lookup().0;
        let TokenTo { owner, consent, unit, client, thumbprint, minted_by, issued, until } = to;
        let place = TokenPlace { kind, consent, client, thumbprint, issued, until, parent };
        let sealed = made.seal(&place, secret, &*self.random);
        let body = serde_json::to_vec(label).expect("a label is plain data");
        let label = record::seal(&secret.label_key(), 0, &label_ad(&lookup), Padding::Steps, &body, &*self.random);
        let row = TokenRow {
            lookup,
            owner,
            consent,
            unit,
            minted_by,
            kind: kind.word().to_owned(),
            client: place.client,
            thumbprint: place.thumbprint,
            issued,
            until,
            ended_at: None,
            sealed: Some(sealed),
            label: Some(label),
            parent: place.parent,
        };
        (made, row)
    }

    pub(super) fn token_event(&self, what: What, id: ConsentId, party: Party, label: TokenLabel) -> Event {
        let who = Who::Token { label: label.name, by: label.by };
        Event { who, unit: Some(party), consent: Some(id), ..self.plain_event(what) }
    }

    /// Appends to a consent's stream as one of its readers.
    pub(super) async fn record_as_reader(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        of: (OwnerId, ConsentId),
        secret: &ConsentSecret,
        event: Event,
    ) -> Result<(), Error> {
        self.record_under(tx, permit, of, &secret.log_key(), event).await
    }

    pub(super) async fn record_under(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (owner, id): (OwnerId, ConsentId),
        key: &LogKey,
        event: Event,
    ) -> Result<(), Error> {
        let sequence = consent::next_sequence(tx, owner, id).await?;
        let place = EventPlace { owner, stream: id.0, sequence, at: event.at };
        let sealed = seal::by_reader(&place, key, &event, &*self.random);
        Ok(event::insert(tx, permit, stored(&place), sealed).await?)
    }
}

/// What a token is called; `None` where its row has been ended.
pub(super) fn label_of(secret: &ConsentSecret, row: &TokenRow) -> Option<TokenLabel> {
    let body = record::open(&secret.label_key(), &label_ad(&row.lookup), Padding::Steps, row.label.as_ref()?).ok()?;
    let label: TokenLabel = serde_json::from_slice(&body).ok()?;
    Some(label).filter(|label| row.minted_by == label.minter)
}

fn label_ad(lookup: &[u8; 32]) -> Ad {
    Ad::new(Label::TokenLabel).bytes_field(b"token").bytes_field(lookup)
}

fn checked_name(name: &str) -> Result<String, Error> {
    let name = sound(name, false);
    let name = name.trim();
    let fault = match name.chars().count() {
        0 => Fault::Missing,
        n if n > MAX_NAME => Fault::TooLong { max: MAX_NAME },
        _ => return Ok(name.to_owned()),
    };
    Err(Error::Faults(vec![("name".to_owned(), fault)]))
}
