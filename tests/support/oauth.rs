//! A registered program with its keys: what it signs, and what it sends. Each part can be bent.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use egenkarta::domain::oauth::Client;
use egenkarta::domain::random::uuid_v4;
use egenkarta::domain::time::SECOND;
use egenkarta::usecase::client::Metadata;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::TestApp;
use super::actor::Actor;
use super::http::Answer;
use super::people::TestUnit;

pub const ISSUER: &str = "http://localhost:8080";
pub const REDIRECT: &str = "https://case.example/back";
pub const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
pub const REVOKE: &str = "/oauth/revoke";
pub const TOKEN: &str = "/oauth/token";
pub const PAR: &str = "/oauth/par";
pub const DISCLOSURE: &str = "/api/v1/disclosure";

/// A P-256 key.
pub struct Signer(std::sync::Arc<EcdsaKeyPair>);

/// A program of a unit: its registration, the key that says who it is, and the key of its proofs.
pub struct Registered {
    pub client: Client,
    pub key: Signer,
    pub proofs: Signer,
}

impl Signer {
    pub fn new() -> Self {
        let rng = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &rng).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &rng).unwrap();
        Self(std::sync::Arc::new(pair))
    }

    pub fn jwk(&self) -> Value {
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        json!({ "kty": "EC", "crv": "P-256", "x": B64.encode(x), "y": B64.encode(y) })
    }

    pub fn jwks(&self) -> String {
        json!({ "keys": [self.jwk()] }).to_string()
    }

    pub fn sign(&self, header: &Value, claims: &str) -> String {
        let signed = format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims));
        format!("{signed}.{}", B64.encode(self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap()))
    }
}

impl TestApp {
    pub async fn registered(&self, unit: &TestUnit) -> Registered {
        let key = Signer::new();
        self.registered_with(unit, key.jwks(), key).await
    }

    pub async fn registered_with(&self, unit: &TestUnit, keys: String, key: Signer) -> Registered {
        let session = unit.administrator.session(self).await;
        let said = Metadata { name: "Ärendesystemet".into(), redirects: REDIRECT.into(), keys };
        let client = self.service.register_client(&session, &said).await.unwrap();
        Registered { client, key, proofs: Signer::new() }
    }

    /// The same program in another process.
    pub fn registered_again(&self, program: &Registered) -> Registered {
        let same = |signer: &Signer| Signer(std::sync::Arc::clone(&signer.0));
        Registered { client: program.client.clone(), key: same(&program.key), proofs: same(&program.proofs) }
    }

    pub fn seconds(&self) -> i64 {
        self.service.now().0 / SECOND
    }

    pub fn once(&self) -> String {
        uuid_v4(&*self.service.random).to_string()
    }

    /// A form to a protocol endpoint, as a program would send it.
    pub async fn form(&self, path: &str, headers: &[(&'static str, &str)], form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let body = Some(("application/x-www-form-urlencoded", body));
        self.http().await.with_headers(&Actor::Anonymous, Method::POST, path, headers, body).await
    }

    /// A read with a token and a proof.
    pub async fn read_with(&self, scheme: &str, token: &str, proof: Option<&str>) -> Answer {
        let authorization = format!("{scheme} {token}");
        let mut headers = vec![("authorization", authorization.as_str())];
        headers.extend(proof.map(|proof| ("dpop", proof)));
        self.http().await.get_with(&Actor::Anonymous, DISCLOSURE, &headers).await
    }
}

impl Registered {
    pub fn id(&self) -> String {
        self.client.id.to_string()
    }

    /// The claims of an assertion that is as it should be.
    pub fn claims(&self, app: &TestApp) -> Value {
        let (id, now) = (self.id(), app.seconds());
        json!({ "iss": id, "sub": id, "aud": ISSUER, "jti": app.once(), "iat": now, "exp": now + 60 })
    }

    pub fn assertion(&self, app: &TestApp) -> String {
        self.key.sign(&json!({ "alg": "ES256", "typ": "JWT" }), &self.claims(app).to_string())
    }

    /// The claims of a proof that is as it should be; `path` at ours.
    pub fn proof_claims(&self, app: &TestApp, method: &str, path: &str, token: Option<&str>) -> Value {
        let mut claims = json!({
            "jti": app.once(), "htm": method, "htu": format!("{ISSUER}{path}"), "iat": app.seconds(),
            "nonce": app.service.dpop_nonce(),
        });
        if let Some(token) = token {
            claims["ath"] = B64.encode(digest(&SHA256, token.as_bytes())).into();
        }
        claims
    }

    pub fn proof_header(&self) -> Value {
        json!({ "alg": "ES256", "typ": "dpop+jwt", "jwk": self.proofs.jwk() })
    }

    pub fn proof(&self, app: &TestApp, method: &str, path: &str, token: Option<&str>) -> String {
        self.proofs.sign(&self.proof_header(), &self.proof_claims(app, method, path, token).to_string())
    }

    /// A request with a sound assertion, and a sound proof where `proven`.
    pub async fn post(&self, app: &TestApp, path: &str, proven: bool, form: &[(&str, &str)]) -> Answer {
        let (assertion, proof) = (self.assertion(app), self.proof(app, "POST", path, None));
        let headers = [("dpop", proof.as_str())];
        let mut all = vec![("client_assertion_type", ASSERTION), ("client_assertion", &assertion)];
        all.extend(form);
        app.form(path, if proven { &headers } else { &[] }, &all).await
    }
}

/// The error of a protocol endpoint, which must be JSON that nobody keeps.
pub fn error(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{}", answer.text());
    (answer.status.as_u16(), json_of(answer)["error"].as_str().unwrap_or_default().to_owned())
}

pub fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or(Value::Null)
}

/// `claims` with one of them changed; removed where `value` is null.
pub fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    match (claims.as_object_mut(), value) {
        (Some(members), Value::Null) => drop(members.remove(name)),
        (Some(members), value) => drop(members.insert(name.to_owned(), value)),
        (None, _) => panic!("no object"),
    }
    claims
}
