//! What requests and grants give the endpoints. Whoever builds them replaces this file by `use crate::usecase::{grant, request}`: methods
//! of `Service` itself are taken before those of a trait, so that no call changes.

use crate::crypto::bundle::ConsentSecret;
use crate::crypto::token::TokenSecret;
use crate::domain::oauth::{Asked, Client, Fault};
use crate::domain::{ConsentId, OwnerId};
use crate::usecase::Service;

#[expect(dead_code, reason = "whoever keeps requests reads it")]
pub struct Redirect {
    pub redirect_uri: String,
    pub state: Option<String>,
    pub challenge: String,
    pub thumbprint: Option<Vec<u8>>,
}

pub struct DeviceStarted {
    pub device_code: String,
    pub user_code: String,
    pub expires_in: i64,
    pub interval: u32,
    pub key_hash: String,
}

#[expect(dead_code, reason = "whoever gives tokens reads it")]
pub struct Approved {
    pub owner: OwnerId,
    pub consent: ConsentId,
    pub secret: ConsentSecret,
}

pub struct Tokens {
    pub access: TokenSecret,
    pub refresh: Option<TokenSecret>,
    pub expires_in: i64,
    pub details: serde_json::Value,
}

pub struct Introspected;

impl Introspected {
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({ "active": false })
    }
}

pub trait Flows {
    async fn push_request(&self, _client: &Client, _asked: Asked, _redirect: Redirect) -> Result<(String, i64), Fault> {
        Err(Fault::Server)
    }

    async fn begin_device(&self, _client: &Client, _asked: Asked) -> Result<DeviceStarted, Fault> {
        Err(Fault::Server)
    }

    async fn collect(&self, _client: &Client, _device_code: &str) -> Result<Approved, Fault> {
        Err(Fault::Server)
    }

    async fn redeem_code(
        &self,
        _client: &Client,
        _thumb: &[u8],
        _code: &str,
        _redirect_uri: &str,
        _verifier: &str,
    ) -> Result<Tokens, Fault> {
        Err(Fault::Grant)
    }

    async fn refresh(&self, _client: &Client, _thumb: &[u8], _token: &str, _narrower: Option<Asked>) -> Result<Tokens, Fault> {
        Err(Fault::Grant)
    }

    async fn exchange(&self, _client: &Client, _thumb: &[u8], _subject: &str, _asked: Asked) -> Result<Tokens, Fault> {
        Err(Fault::Grant)
    }

    async fn collected(&self, _client: &Client, _thumb: &[u8], _approved: Approved) -> Result<Tokens, Fault> {
        Err(Fault::Grant)
    }

    async fn revoke_presented(&self, _client: &Client, _token: &str) -> Result<(), Fault> {
        Ok(())
    }

    async fn introspect(&self, _client: &Client, _token: &str) -> Result<Introspected, Fault> {
        Ok(Introspected)
    }
}

impl Flows for Service {}
