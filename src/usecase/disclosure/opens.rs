//! What a presented secret opens, and what decides whether it may.

use crate::crypto::bundle::ConsentSecret;
use crate::crypto::child::Child;
use crate::crypto::token::{TokenKind, TokenPlace, TokenSecret};
use crate::domain::consent::State;
use crate::domain::{ConsentId, OwnerId, Timestamp};
use crate::store::child::ChildRow;
use crate::store::consent::ToRead;
use crate::store::token::TokenRow;
use crate::usecase::Error;
use crate::usecase::child::{place, whole};
use crate::usecase::token::{TokenLabel, label_of};

/// A secret that was presented, and what it is of.
pub(in crate::usecase) struct Opens<'a> {
    pub owner: OwnerId,
    pub consent: ConsentId,
    /// The consent's own, or that of something narrower.
    pub secret: &'a ConsentSecret,
    /// None where it is staff who read.
    pub token: Option<&'a TokenRow>,
}

impl<'a> Opens<'a> {
    pub fn of(row: &'a TokenRow, secret: &'a ConsentSecret) -> Self {
        Self { owner: row.owner, consent: row.consent, secret, token: Some(row) }
    }

    /// By what its own bundle is found, where it is narrower than the consent.
    pub fn narrower(&self) -> Option<[u8; 32]> {
        self.token.filter(|row| !row.parent.is_empty()).map(|row| row.lookup)
    }
}

/// Opens the bundle of a live row, and checks that the clear columns say what it says.
pub(in crate::usecase) fn decide(
    row: &ToRead,
    child: Option<&ChildRow>,
    opens: &Opens<'_>,
    now: Timestamp,
) -> Result<Child, Error> {
    let sealed = row.bundle.as_ref().filter(|_| row.state == State::Given).ok_or(Error::Gone)?;
    let held = match child {
        Some(child) => opens.secret.open_child(&place(child), row.generation, &child.bundle)?,
        None => whole(opens.secret, opens.secret.open_bundle(opens.owner, row.id, row.generation, sealed)?),
    };
    let terms = &held.bundle.terms;
    let end = if child.is_some() { terms.until <= row.valid_until } else { terms.until == row.valid_until };
    let client = opens.token.is_none_or(|token| terms.client.as_ref().is_none_or(|bound| *bound == token.client));
    if terms.unit != row.unit || terms.from != row.valid_from || !end || !client {
        return Err(Error::Unopened);
    }
    if terms.holds_at(now) { Ok(held) } else { Err(Error::Gone) }
}

/// What a token's row wraps, and what the token is called: the person is told which program it was, and a row that no longer says it opens
/// nothing.
pub(in crate::usecase) fn open_token(secret: &TokenSecret, row: &TokenRow, now: Timestamp) -> Option<(ConsentSecret, TokenLabel)> {
    let sealed = row.sealed.as_ref().filter(|_| row.ended_at.is_none() && now < row.until)?;
    let opened = secret.open(&token_place(row)?, sealed).ok()?;
    let label = label_of(&opened, row)?;
    Some((opened, label))
}

fn token_place(row: &TokenRow) -> Option<TokenPlace> {
    Some(TokenPlace {
        kind: TokenKind::from_word(&row.kind)?,
        consent: row.consent,
        client: row.client.clone(),
        thumbprint: row.thumbprint.clone(),
        issued: row.issued,
        until: row.until,
        parent: row.parent.clone(),
    })
}
