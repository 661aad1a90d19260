//! A wallet of someone else's making: a credential bound to its key, and what it presents. Each part can be bent.

use egenkarta::credential::dcql::shown;
use egenkarta::credential::openid4vp::{Request, Source};
use egenkarta::credential::sd_jwt::{self, Path, bind};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::crypto::secret::Secret;
use egenkarta::domain::credential::VCT;
use egenkarta::domain::fetch::{BoxFuture, FetchFault, FetchResponse, Method as FetchMethod};
use egenkarta::domain::{EntryId, Fetch, FetchRequest, SystemRandom};
use egenkarta::usecase::Error;
use egenkarta::usecase::verify::Outside;
use egenkarta::usecase::wallet::Stand;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::BASE;
use super::TestApp;
use super::actor::Actor;
use super::http::Answer;
use super::people::Owner;
use axum::http::Method;

pub struct Wallet {
    pub key: SigningKey,
    pub credential: String,
}

pub fn signing_key() -> (Zeroizing<Vec<u8>>, SigningKey) {
    let pkcs8 = SigningKey::generate().unwrap();
    let key = SigningKey::from_pkcs8(&pkcs8).unwrap();
    (pkcs8, key)
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("no object: {other}"),
    }
}

/// A credential of an issuer that nobody knows, of our own type.
pub fn credential(holder: &SigningKey, bend: impl FnOnce(&mut Value)) -> String {
    let (_, issuer) = signing_key();
    let mut jwk = holder.public().members();
    jwk.remove("kid");
    let mut claims = json!({
        "iss": "https://issuer.example", "vct": VCT, "iat": 1_700_000_000, "cnf": { "jwk": jwk },
        "organisation": { "name": "Svets AB", "number": "556000-4615" }, "name": { "sv": "Svetsare" }, "level": "E4",
        "given_name": "Amina", "family_name": "Ali", "part": "whole",
    });
    bend(&mut claims);
    let hide = ["given_name", "family_name", "part"].map(Path::top);
    sd_jwt::issue(&issuer, sd_jwt::TYP, object(claims), &hide, &SystemRandom::default()).unwrap()
}

impl Wallet {
    pub fn new() -> Self {
        let (_, key) = signing_key();
        let credential = credential(&key, |_| {});
        Self { key, credential }
    }

    /// What it shows of its credential to a request, for this audience and nonce.
    pub fn presentation(&self, app: &TestApp, request: &Request, audience: &str, nonce: &str) -> String {
        let shown = shown(&request.query.credentials[0], &self.credential, true).expect("it answers");
        bind(&shown.text, &self.key, audience, nonce, app.service.now()).unwrap()
    }

    /// As it should be.
    pub fn answer(&self, app: &TestApp, request: &Request) -> String {
        self.presentation(app, request, &request.client_id, &request.nonce)
    }
}

/// A request by value, as a wallet reads it from a link.
pub fn read(link: &str) -> Request {
    let Ok(Source::Value(members)) = Source::read(link) else { panic!("by value: {link}") };
    Request::unsigned(&members).unwrap()
}

/// The path at ours of an address.
pub fn path(url: &str) -> String {
    url.strip_prefix(BASE).unwrap_or_else(|| panic!("not ours: {url}")).to_owned()
}

pub fn token(presentations: &[&str]) -> String {
    json!({ "proof": presentations }).to_string()
}

impl TestApp {
    /// JSON to an endpoint, as a program sends it: from no page.
    pub async fn send_json(&self, path: &str, headers: &[(&'static str, &str)], body: String) -> Answer {
        self.http().await.with_headers(&Actor::Anonymous, Method::POST, path, headers, Some(("application/json", body))).await
    }
}

/// Asks our own router, where someone would ask us over the network; nobody else is there.
pub struct Inward<'a>(pub &'a TestApp);

impl Fetch for Inward<'_> {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        Box::pin(async move {
            let ours = [BASE, self.0.config.base.origin()].into_iter().find_map(|base| request.url.strip_prefix(base));
            let path = ours.ok_or(FetchFault::Unreachable)?.to_owned();
            let (method, body) = match request.method {
                FetchMethod::Get => (Method::GET, None),
                FetchMethod::Post { content_type, body } => (Method::POST, Some((content_type, body))),
            };
            let body = body.map(|(kind, body)| (kind, String::from_utf8(body).unwrap()));
            let body = body.as_ref().map(|(kind, body)| (kind.as_str(), body.clone()));
            let token = request.headers.iter().find(|(name, _)| name == "authorization").map(|(_, value)| value.clone());
            let headers: Vec<(&'static str, &str)> = token.iter().map(|value| ("authorization", value.as_str())).collect();
            let answer = self.0.http().await.with_headers(&Actor::Anonymous, method, &path, &headers, body).await;
            let content_type = answer.header("content-type").map(str::to_owned);
            Ok(FetchResponse { status: answer.status.as_u16(), content_type, body: answer.body })
        })
    }
}

impl TestApp {
    /// What stands before `response/` and `request/` where wallets answer.
    pub fn wallets_at(&self) -> String {
        self.config.base.url("/openid4vp/")
    }

    /// How far a question has come, as the page that asked looks.
    pub async fn stand(&self, secret: &Secret) -> Result<Stand, Error> {
        let fetch = Inward(self);
        let outside = Outside { fetch: &fetch, base: self.config.base.origin() };
        self.service.wallet_answer(secret, &self.wallets_at(), outside).await
    }

    /// What a unit has issued to someone, in their map.
    pub async fn accepted(&self, code: &RecoveryCode, owner: &Owner) -> EntryId {
        let (session, fetch) = (owner.session(self).await, Inward(self));
        let outside = Outside { fetch: &fetch, base: BASE };
        self.service.accept_offer(&session, code, ("sv", &std::collections::BTreeSet::new()), outside).await.unwrap()
    }
}
