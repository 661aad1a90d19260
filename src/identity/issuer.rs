//! An issuer as it is configured, and how we prove to it who we are.

use std::fmt;

use serde_json::json;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::client_key::ClientKey;

/// One provider. Participants have one, each organisation's staff have their organisation's.
#[derive(Debug)]
pub struct Issuer {
    /// Our own name for it, as organisations and configuration refer to it.
    pub id: String,
    /// Its issuer identifier (OpenID Connect Discovery 1.0 section 3), compared exactly.
    pub issuer_url: String,
    pub client_id: String,
    pub auth: ClientAuth,
    /// The levels of assurance of which one is demanded; empty where the operator demands none.
    pub acr: Vec<String>,
    /// Besides `openid`.
    pub scopes: Vec<String>,
    /// Whether to ask for the person's name: for staff, who act by name; not for participants.
    pub ask_name: bool,
}

impl Issuer {
    /// The key by which we show who we are, where it is a key.
    pub fn client_key(&self) -> Option<&ClientKey> {
        match &self.auth {
            ClientAuth::PrivateKeyJwt(key) => Some(key),
            ClientAuth::Secret(_) => None,
        }
    }
}

pub enum ClientAuth {
    /// `client_secret_basic` (or `_post`, where the provider knows nothing else).
    Secret(ClientSecret),
    /// `private_key_jwt` (RFC 7523), with ES256.
    PrivateKeyJwt(Box<ClientKey>),
}

impl fmt::Debug for ClientAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secret(_) => "Secret",
            Self::PrivateKeyJwt(_) => "PrivateKeyJwt",
        })
    }
}

/// A secret shared with a provider. Prints nothing, and is wiped.
#[derive(Clone)]
pub struct ClientSecret(Zeroizing<String>);

impl ClientSecret {
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Zeroizing::new(secret.into()))
    }

    /// Whether `given` is this secret; compared in constant time.
    pub fn is(&self, given: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(given).into()
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret")
    }
}

impl Issuer {
    /// The `claims` parameter (OpenID Connect Core 1.0 section 5.5). Only a level asked as essential binds the provider; the
    /// parameter `acr_values` would be a wish.
    pub(super) fn claims_request(&self) -> String {
        let mut claims = json!({ "auth_time": { "essential": true } });
        if !self.acr.is_empty() {
            claims["acr"] = json!({ "essential": true, "values": self.acr });
        }
        if self.ask_name {
            claims["name"] = json!({ "essential": true });
        }
        json!({ "id_token": claims }).to_string()
    }
}
