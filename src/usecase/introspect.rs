//! What a token is now, for the unit that it was given to (RFC 7662).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::child::details;
use super::disclosure::{Opens, open_token};
use super::grant::fault;
use super::{Error, Service};
use crate::crypto::token::{TokenKind, TokenSecret};
use crate::domain::Timestamp;
use crate::domain::oauth::{Client, Fault};
use crate::domain::time::SECOND;
use crate::store::token::{self, TokenRow};

/// The answer of RFC 7662, 2.2.
#[derive(Clone, Debug, PartialEq)]
pub enum Introspected {
    /// Unknown, ended, another unit's, or of no use here: all alike.
    Inactive,
    Active(Active),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Active {
    /// None for a token that an administrator minted.
    pub client_id: Option<String>,
    pub issued: Timestamp,
    pub until: Timestamp,
    /// The thumbprint of the key that it is bound to (RFC 7638).
    pub thumbprint: Vec<u8>,
    pub refresh: bool,
    pub details: Value,
}

impl Introspected {
    /// As it goes over the wire.
    pub fn json(&self) -> Value {
        let Self::Active(active) = self else { return json!({ "active": false }) };
        let mut json = json!({
            "active": true,
            "iat": active.issued.0 / SECOND,
            "exp": active.until.0 / SECOND,
            "authorization_details": active.details,
        });
        if let Some(client) = &active.client_id {
            json["client_id"] = json!(client);
        }
        if !active.thumbprint.is_empty() {
            json["cnf"] = json!({ "jkt": URL_SAFE_NO_PAD.encode(&active.thumbprint) });
        }
        if !active.refresh {
            json["token_type"] = json!(if active.thumbprint.is_empty() { "Bearer" } else { "DPoP" });
        }
        json
    }
}

impl Service {
    /// What a token of the client's unit gives now. No entry is opened and nothing is told to the person: it says no more than the answer
    /// that the token came with.
    pub async fn introspect(&self, client: &Client, presented: &str) -> Result<Introspected, Fault> {
        match self.active(client, presented).await {
            Ok(active) => Ok(Introspected::Active(active)),
            Err(error) => match fault(error) {
                Fault::Grant => Ok(Introspected::Inactive),
                fault => Err(fault),
            },
        }
    }

    async fn active(&self, client: &Client, presented: &str) -> Result<Active, Error> {
        let secret = TokenSecret::parse(presented).ok_or(Error::NotFound)?;
        let mut look = self.db.look().await?;
        let row = token::find(&mut look, secret.lookup().0).await?.filter(|row| row.unit == client.unit).ok_or(Error::NotFound)?;
        let refresh = row.kind == TokenKind::Refresh.word();
        if !refresh && row.kind != TokenKind::Access.word() {
            return Err(Error::NotFound);
        }
        let (secret, _) = open_token(&secret, &row, self.now()).ok_or(Error::Gone)?;
        let (held, _) = self.held(&mut look, &Opens::of(&row, &secret)).await?;
        let _permit = self.may_grant(client, &held.bundle.terms)?;
        let TokenRow { client, thumbprint, issued, until, .. } = row;
        Ok(Active {
            client_id: Some(client).filter(|client| !client.is_empty()),
            issued,
            until: until.min(held.bundle.terms.until),
            thumbprint,
            refresh,
            details: details(&held),
        })
    }
}
