//! The demo's identity provider: OpenID Connect as far as our own login needs it, with persons to choose instead of proofs to
//! give. It exists under the command `demo` alone, and a `serve` never mounts it.
//!
//! Several issuers come of the same code: one for participants, one for each organisation's staff. All it keeps is in memory.

mod authorize;
mod document;
mod grant;
mod page;
mod token;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::routing::{get, post};
use ring::signature::{Ed25519KeyPair, KeyPair};

use crate::domain::recipient::Localised;
use crate::domain::{Clock, Random, random};
use crate::identity::{ClientAuth, ClientSecret, Issuer};

use grant::Grants;
pub use page::{Texts, Words};

/// Where its routes begin.
pub const PATH: &str = "/demo-idp";

/// Someone to be.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// Unique within its issuer.
    pub subject: String,
    pub name: String,
    /// What one can try as this person.
    pub description: Localised,
}

/// One issuer, with the one client it knows: us.
#[derive(Debug)]
pub struct DemoIssuer {
    /// A path segment, and the id that [`Issuer`] bears.
    pub id: String,
    pub persons: Vec<DemoPerson>,
    /// The levels it can reach; the first is given where none is asked for.
    pub acr: Vec<String>,
    /// Our callback, exactly.
    pub redirect_uri: String,
    pub ask_name: bool,
}

/// The provider. Built once, at the origin (`http://localhost:8080`) where browsers find it.
pub struct Provider {
    origin: String,
    issuers: BTreeMap<String, DemoIssuer>,
    key: Ed25519KeyPair,
    secret: ClientSecret,
    grants: Mutex<Grants>,
    words: Words,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

const CLIENT: &str = "egenkarta";

impl Provider {
    /// Makes a fresh signing key and client secret. `words` gives the page's texts in a language.
    pub fn new(origin: &str, issuers: Vec<DemoIssuer>, words: Words, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Arc<Self> {
        let key = Ed25519KeyPair::from_seed_unchecked(&random::bytes::<32>(&*random)).expect("any 32 bytes are a seed");
        Arc::new(Self {
            origin: origin.trim_end_matches('/').to_owned(),
            issuers: issuers.into_iter().map(|issuer| (issuer.id.clone(), issuer)).collect(),
            key,
            secret: ClientSecret::new(hex::encode(random::bytes::<32>(&*random))),
            grants: Mutex::default(),
            words,
            clock,
            random,
        })
    }

    /// The issuers as our login is to be configured for them.
    pub fn issuers(&self) -> Vec<Issuer> {
        let one = |issuer: &DemoIssuer| Issuer {
            id: issuer.id.clone(),
            issuer_url: self.issuer_url(issuer),
            client_id: CLIENT.to_owned(),
            auth: ClientAuth::Secret(self.secret.clone()),
            acr: issuer.acr.clone(),
            scopes: Vec::new(),
            ask_name: issuer.ask_name,
        };
        self.issuers.values().map(one).collect()
    }

    /// Its routes, with their full paths.
    pub fn router(self: Arc<Self>) -> Router {
        let path = |end: &str| format!("{PATH}/{{issuer}}/{end}");
        Router::new()
            .route(&path(".well-known/openid-configuration"), get(document::discovery))
            .route(&path("jwks"), get(document::jwks))
            .route(&path("authorize"), get(authorize::get).post(authorize::post))
            .route(&path("token"), post(token::post))
            .with_state(self)
    }

    fn issuer_url(&self, issuer: &DemoIssuer) -> String {
        format!("{}{PATH}/{}", self.origin, issuer.id)
    }

    fn public_key(&self) -> &[u8] {
        self.key.public_key().as_ref()
    }

    fn grants<T>(&self, use_them: impl FnOnce(&mut Grants) -> T) -> T {
        // Whatever a panicking thread left behind is whole: each change is one insertion or removal.
        use_them(&mut self.grants.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests;
