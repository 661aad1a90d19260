//! Against a provider that lies in every way, held in memory.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicUsize, Ordering};

use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::domain::Timestamp;
use crate::domain::fetch::{BoxFuture, FetchFault, FetchRequest, FetchResponse, Method};
use crate::domain::time::SECOND;

const ISSUER: &str = "https://idp.example";
const CALLBACK: &str = "https://egenkarta.example/login/callback";
const LEVEL: &str = "http://id.elegnamnden.se/loa/1.0/loa3";

struct StoppedClock(AtomicI64);

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Gives 1, 2, 3, ...
struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, out: &mut [u8]) {
        out.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

type Change = fn(&mut Value, &mut Value);
/// Changes the answer of the token endpoint and gives its status.
type Answer = fn(&mut Value) -> u16;
type Sent = fn(&mut Callback);

/// What the provider holds, and how it lies: `change` gets the ID token's header and claims.
struct Lying {
    key: Mutex<Ed25519KeyPair>,
    published: AtomicUsize,
    change: Change,
    discovery: fn(&mut Value),
    token: Answer,
    nonce: Mutex<String>,
    asked: Mutex<Vec<(String, String)>>,
}

fn key(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("a key")
}

fn encode(value: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}

impl Lying {
    fn id_token(&self) -> String {
        let now = 1_000_000;
        let mut header = json!({ "alg": "EdDSA", "kid": "k1", "typ": "JWT" });
        let mut claims = json!({
            "iss": ISSUER, "sub": "person-1", "aud": "egenkarta", "iat": now, "exp": now + 300, "auth_time": now - 5,
            "nonce": *self.nonce.lock().expect("a nonce"), "acr": LEVEL, "name": "Anna Andersson",
        });
        (self.change)(&mut header, &mut claims);
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let signature = self.key.lock().expect("a key").sign(signed.as_bytes());
        match header["alg"].as_str() {
            Some("none") => format!("{signed}."),
            // The classic confusion: the public key taken as a shared secret.
            Some("HS256") => {
                let public = self.key.lock().expect("a key").public_key().as_ref().to_vec();
                let secret = if header["kid"] == "secret" { b"shared".to_vec() } else { public };
                let mac = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &secret), signed.as_bytes());
                format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac))
            }
            _ => format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)),
        }
    }

    fn answer(&self, request: &FetchRequest) -> (u16, Value) {
        match request.url.strip_prefix(ISSUER) {
            Some("/.well-known/openid-configuration") => {
                let mut document = json!({
                    "issuer": ISSUER, "authorization_endpoint": format!("{ISSUER}/authorize"),
                    "token_endpoint": format!("{ISSUER}/token"), "jwks_uri": format!("{ISSUER}/jwks"),
                    "response_types_supported": ["code"], "subject_types_supported": ["pairwise"],
                    "id_token_signing_alg_values_supported": ["none", "HS256", "EdDSA", "ES256", "RS256"],
                    "authorization_response_iss_parameter_supported": true,
                });
                (self.discovery)(&mut document);
                (200, document)
            }
            Some("/jwks") => {
                // The first fetch after a key change still gives the old set to whoever accepts a kept one.
                let kept = self.published.fetch_add(1, Ordering::Relaxed) == 0 || request.max_age == Some(provider::KEPT);
                let x = BASE64_URL_SAFE_NO_PAD.encode(self.key.lock().expect("a key").public_key());
                let kid = if kept { "k1" } else { "k2" };
                (200, json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid, "use": "sig" }, { "kty": "odd" }] }))
            }
            Some("/token") => {
                let mut answer = json!({ "access_token": "unused", "token_type": "Bearer", "id_token": self.id_token() });
                ((self.token)(&mut answer), answer)
            }
            _ => (404, Value::Null),
        }
    }
}

impl Fetch for Lying {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        let (status, body) = self.answer(&request);
        if let Method::Post { body, .. } = request.method {
            let header = request.headers.iter().find(|(name, _)| name == "authorization").map(|(_, value)| value.clone());
            let body = String::from_utf8(body).expect("a form");
            self.asked.lock().expect("the list").push((header.unwrap_or_default(), body));
        }
        let body = body.to_string().into_bytes();
        Box::pin(async move { Ok(FetchResponse { status, content_type: Some("application/json".into()), body }) })
    }
}

struct Try {
    lying: Arc<Lying>,
    party: RelyingParty,
    clock: Arc<StoppedClock>,
}

fn issuer(id: &str, auth: ClientAuth) -> Issuer {
    Issuer {
        id: id.into(),
        issuer_url: ISSUER.into(),
        client_id: "egenkarta".into(),
        auth,
        acr: vec![LEVEL.into()],
        scopes: vec!["profile".into()],
        ask_name: id == "staff",
    }
}

fn secret() -> ClientAuth {
    ClientAuth::Secret(ClientSecret::new("shared"))
}

impl Lying {
    fn new(change: Change) -> Self {
        Self {
            key: Mutex::new(key(1)),
            published: AtomicUsize::new(0),
            change,
            discovery: |_| (),
            token: |_| 200,
            nonce: Mutex::default(),
            asked: Mutex::default(),
        }
    }

    fn with(self, issuers: Vec<Issuer>) -> Try {
        let (lying, clock) = (Arc::new(self), Arc::new(StoppedClock(AtomicI64::new(1_000_000 * SECOND))));
        let (fetch, time): (Arc<dyn Fetch>, Arc<dyn Clock>) = (Arc::<Self>::clone(&lying), Arc::<StoppedClock>::clone(&clock));
        Try { party: RelyingParty::new(issuers, fetch, time, Arc::new(Counting(AtomicU8::new(1)))), lying, clock }
    }
}

impl Try {
    async fn begin(&self, id: &str) -> (Pending, Callback) {
        let started = self.party.begin(id, CALLBACK, "sv").await.expect("a start");
        let url = Url::parse(&started.url).expect("a url");
        let given = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        *self.lying.nonce.lock().expect("a nonce") = given("nonce").expect("a nonce is sent");
        let callback = Callback { code: Some("code".into()), state: given("state"), iss: Some(ISSUER.into()), error: None };
        (started.pending, callback)
    }
}

async fn run(change: Change) -> Result<Login, LoginFault> {
    let t = Lying::new(change).with(vec![issuer("people", secret())]);
    let (pending, callback) = t.begin("people").await;
    t.party.finish(&pending, &callback).await
}

#[tokio::test]
async fn an_id_token_that_is_wrong_in_any_one_thing_is_refused() {
    let cases: Vec<(&str, Change, LoginFault)> = vec![
        ("alg none", |h, _| h["alg"] = "none".into(), LoginFault::Signature),
        ("hmac with the public key", |h, _| h["alg"] = "HS256".into(), LoginFault::Signature),
        ("hmac with our secret", |h, _| (h["alg"], h["kid"]) = ("HS256".into(), "secret".into()), LoginFault::Signature),
        ("another algorithm", |h, _| h["alg"] = "ES256".into(), LoginFault::UnknownKey),
        ("unknown algorithm", |h, _| h["alg"] = "XX256".into(), LoginFault::Malformed),
        ("unknown key", |h, _| h["kid"] = "k9".into(), LoginFault::UnknownKey),
        ("a critical header", |h, _| h["crit"] = json!(["b64"]), LoginFault::Malformed),
        ("another kind of token", |h, _| h["typ"] = "at+jwt".into(), LoginFault::Malformed),
        ("wrong issuer", |_, c| c["iss"] = "https://other.example".into(), LoginFault::Issuer),
        ("almost the issuer", |_, c| c["iss"] = format!("{ISSUER}/").into(), LoginFault::Issuer),
        ("wrong audience", |_, c| c["aud"] = "other".into(), LoginFault::Audience),
        ("an audience more", |_, c| c["aud"] = json!(["egenkarta", "other"]), LoginFault::Audience),
        ("for another party", |_, c| c["azp"] = "other".into(), LoginFault::Audience),
        ("expired", |_, c| c["exp"] = 1_000_000.into(), LoginFault::Expired),
        ("from the future", |_, c| c["iat"] = 1_000_061.into(), LoginFault::Expired),
        ("of long ago", |_, c| c["iat"] = 999_399.into(), LoginFault::Expired),
        ("shown tomorrow", |_, c| c["auth_time"] = 1_086_400.into(), LoginFault::Expired),
        ("wrong nonce", |_, c| c["nonce"] = "other".into(), LoginFault::Nonce),
        ("no nonce", |_, c| c["nonce"] = Value::Null, LoginFault::Nonce),
        ("lower level", |_, c| c["acr"] = LEVEL.replace("loa3", "loa2").into(), LoginFault::Level),
        ("no level", |_, c| c["acr"] = Value::Null, LoginFault::Level),
        ("empty subject", |_, c| c["sub"] = "".into(), LoginFault::Malformed),
        ("long subject", |_, c| c["sub"] = "x".repeat(256).into(), LoginFault::Malformed),
        ("no subject", |_, c| c["sub"] = Value::Null, LoginFault::Malformed),
    ];
    for (what, change, fault) in cases {
        assert_eq!(run(change).await, Err(fault), "{what}");
    }
}

#[tokio::test]
async fn a_signature_by_another_key_is_refused() {
    let t = Lying::new(|_, _| ()).with(vec![issuer("people", secret())]);
    let (pending, callback) = t.begin("people").await;
    // The published key differs from the signing one: take the token first, then change what is published.
    let stolen = t.lying.id_token();
    *t.lying.key.lock().expect("a key") = key(2);
    let fetch: Arc<dyn Fetch> = Arc::<Lying>::clone(&t.lying);
    let provider = Provider::discover(&issuer("people", secret()), &fetch, provider::KEPT).await.expect("a provider");
    let token = stolen.parse().expect("a token");
    let verified = token::verify(&token, &issuer("people", secret()), &pending, &provider, t.clock.now());
    assert_eq!(verified, Err(LoginFault::Signature));
    assert!(t.party.finish(&pending, &callback).await.is_ok(), "signed with the new key");
}

#[tokio::test]
async fn an_answer_that_belongs_to_another_login_is_refused() {
    let t = Lying::new(|_, _| ()).with(vec![issuer("people", secret())]);
    let (pending, good) = t.begin("people").await;
    let (other, _) = t.begin("people").await;
    let with = |change: fn(&mut Callback)| {
        let mut callback = good.clone();
        change(&mut callback);
        callback
    };
    let cases: Vec<(Sent, LoginFault)> = vec![
        (|c| c.state = None, LoginFault::State),
        (|c| c.state = Some(String::new()), LoginFault::State),
        (|c| c.state.as_mut().expect("a state").push('x'), LoginFault::State),
        (|c| c.iss = None, LoginFault::MixedUp),
        (|c| c.iss = Some("https://evil.example".into()), LoginFault::MixedUp),
        (|c| (c.iss, c.error) = (Some("https://evil.example".into()), Some("access_denied".into())), LoginFault::MixedUp),
        (|c| c.code = None, LoginFault::Malformed),
        (|c| c.error = Some("access_denied".into()), LoginFault::Cancelled),
        (|c| c.error = Some("unmet_authentication_requirements".into()), LoginFault::Level),
        (|c| c.error = Some("server_error".into()), LoginFault::Unavailable),
        (|c| c.error = Some("<script>".into()), LoginFault::Refused),
    ];
    for (n, (change, fault)) in cases.into_iter().enumerate() {
        assert_eq!(t.party.finish(&pending, &with(change)).await, Err(fault), "case {n}");
    }
    assert_eq!(t.party.finish(&other, &good).await, Err(LoginFault::State), "another login of the same browser");
    assert!(t.lying.asked.lock().expect("the list").is_empty(), "no code was sent anywhere");
    t.clock.0.fetch_add(MOST_MINUTES * MINUTE + 1, Ordering::Relaxed);
    assert_eq!(t.party.finish(&pending, &good).await, Err(LoginFault::TooLate));
}

#[tokio::test]
async fn what_the_token_endpoint_refuses_is_no_login() {
    let cases: Vec<(Answer, LoginFault)> = vec![
        (
            |a| {
                *a = json!({ "error": "invalid_grant" });
                400
            },
            LoginFault::Refused,
        ),
        (
            |a| {
                *a = json!({ "error": "invalid_client" });
                401
            },
            LoginFault::Client,
        ),
        (
            |a| {
                a["id_token"] = Value::Null;
                200
            },
            LoginFault::Malformed,
        ),
        (
            |a| {
                a["id_token"] = "a.b".into();
                200
            },
            LoginFault::Malformed,
        ),
        (
            |a| {
                *a = json!([]);
                200
            },
            LoginFault::Malformed,
        ),
        (|_| 500, LoginFault::Malformed),
    ];
    for (n, (token, fault)) in cases.into_iter().enumerate() {
        let t = Lying { token, ..Lying::new(|_, _| ()) }.with(vec![issuer("people", secret())]);
        let (pending, callback) = t.begin("people").await;
        assert_eq!(t.party.finish(&pending, &callback).await, Err(fault), "case {n}");
    }
}

#[tokio::test]
async fn a_provider_that_describes_another_one_is_unavailable() {
    let cases: [fn(&mut Value); 3] = [
        |d| d["issuer"] = "https://other.example".into(),
        |d| d["authorization_endpoint"] = "http://idp.example/authorize".into(),
        |d| d["jwks_uri"] = format!("{ISSUER}/nowhere").into(),
    ];
    for discovery in cases {
        let t = Lying { discovery, ..Lying::new(|_, _| ()) }.with(vec![issuer("people", secret())]);
        assert_eq!(t.party.begin("people", CALLBACK, "sv").await.err(), Some(LoginFault::Unavailable));
        assert_eq!(t.party.reach("people").await, Err(LoginFault::Unavailable));
        assert_eq!(t.party.begin("nobody", CALLBACK, "sv").await.err(), Some(LoginFault::UnknownIssuer));
    }
}

#[tokio::test]
async fn the_request_carries_state_nonce_pkce_and_the_level_as_essential() {
    let t = Lying::new(|_, _| ()).with(vec![issuer("people", secret())]);
    let started = t.party.begin("people", CALLBACK, "sv").await.expect("a start");
    let url = Url::parse(&started.url).expect("a url");
    let given = |name: &str| url.query_pairs().find(|(key, _)| key == name).expect(name).1.into_owned();
    let verifier = BASE64_URL_SAFE_NO_PAD.encode(ring::digest::digest(&ring::digest::SHA256, started.pending.verifier.as_bytes()));
    assert_eq!((given("code_challenge"), given("code_challenge_method")), (verifier, "S256".to_owned()));
    assert_eq!((given("response_type"), given("redirect_uri")), ("code".to_owned(), CALLBACK.to_owned()));
    assert_eq!((given("scope"), given("ui_locales")), ("openid profile".to_owned(), "sv".to_owned()));
    let claims: Value = serde_json::from_str(&given("claims")).expect("json");
    assert_eq!(claims["id_token"]["acr"], json!({ "essential": true, "values": [LEVEL] }));
    assert!(claims["id_token"].get("name").is_none(), "a participant's name is not asked for");
    assert!(given("state").len() == 43 && given("nonce").len() == 43 && given("state") != given("nonce"));
    assert!(!url.as_str().contains(&started.pending.verifier));
    assert_eq!(format!("{:?}", started.pending), "Pending");
    let kept: Pending = serde_json::from_str(&serde_json::to_string(&started.pending).expect("json")).expect("read back");
    assert!(kept == started.pending);
}

#[tokio::test]
async fn a_login_says_who_and_a_participants_name_is_not_taken() {
    let t = Lying::new(|_, _| ()).with(vec![issuer("people", secret()), issuer("staff", secret())]);
    let (pending, callback) = t.begin("people").await;
    let login = t.party.finish(&pending, &callback).await.expect("a login");
    let expected = Login {
        issuer: "people".into(),
        issuer_url: ISSUER.into(),
        subject: "person-1".into(),
        acr: Some(LEVEL.into()),
        auth_time: Some(Timestamp(999_995 * SECOND)),
        name: None,
    };
    assert!(login == expected);
    let (pending, callback) = t.begin("staff").await;
    assert_eq!(t.party.finish(&pending, &callback).await.expect("a login").name.as_deref(), Some("Anna Andersson"));
    let asked = t.lying.asked.lock().expect("the list");
    let (header, body) = &asked[0];
    assert!(header.starts_with("Basic ") && !body.contains("shared") && body.contains("code_verifier="));
}

#[tokio::test]
async fn a_changed_key_of_the_provider_is_fetched_anew() {
    let t = Lying::new(|h, _| h["kid"] = "k2".into()).with(vec![issuer("people", secret())]);
    let (pending, callback) = t.begin("people").await;
    assert!(t.party.finish(&pending, &callback).await.is_ok());
}

#[tokio::test]
async fn with_a_key_of_our_own_no_secret_is_sent() {
    let own = ClientKey::from_pkcs8(&ClientKey::generate().expect("a key")).expect("a key");
    let t = Lying::new(|_, _| ()).with(vec![issuer("people", ClientAuth::PrivateKeyJwt(Box::new(own)))]);
    let (pending, callback) = t.begin("people").await;
    assert!(t.party.finish(&pending, &callback).await.is_ok());
    let asked = t.lying.asked.lock().expect("the list");
    let (header, body) = &asked[0];
    assert!(header.is_empty() && body.contains("client_assertion=") && body.contains("client_id=egenkarta"));
}

#[test]
fn a_login_may_be_awaited_on_any_thread() {
    fn sendable<T: Send>(_: T) {}
    let t = Lying::new(|_, _| ()).with(Vec::new());
    sendable(t.party.begin("people", CALLBACK, "sv"));
    let (party, callback) = (&t.party, Callback::default());
    let pending: Pending =
        serde_json::from_value(json!({ "issuer": "", "state": "", "nonce": "", "verifier": "", "redirect": "", "at": 0 }))
            .expect("a pending login");
    sendable(party.finish(&pending, &callback));
}
