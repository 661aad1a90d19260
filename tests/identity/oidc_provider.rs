//! Login end to end against an OpenID provider that we did not write (tests/oidc), through our own `identity` and `outbound`,
//! with a browser that follows redirects and fills in forms.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;

use egenkarta::domain::{SystemClock, SystemRandom};
use egenkarta::identity::{Callback, ClientAuth, ClientKey, ClientSecret, Issuer, Login, LoginFault, Pending, RelyingParty};
use egenkarta::outbound::{Outbound, Reach};
use reqwest::{Client, Method, StatusCode, header, redirect};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use url::Url;

/// Nobody listens there: the browser stops before it.
const CALLBACK: &str = "http://127.0.0.1:1/login/callback";
const LEVEL: &str = "http://id.elegnamnden.se/loa/1.0/loa3";
const LOWER: &str = "http://id.elegnamnden.se/loa/1.0/loa2";
const ALGORITHMS: [&str; 4] = ["ES256", "RS256", "PS256", "EdDSA"];

struct Provider {
    party: RelyingParty,
    /// Ends with this value.
    _process: Child,
}

/// The provider's folder; `None` where it may be left out.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("EGENKARTA_OIDC_SCRIPT_DIR").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/oidc"));
    if folder.join("node_modules/oidc-provider").is_dir() {
        return Some(folder);
    }
    let full = std::env::var_os("EGENKARTA_FULL").is_some();
    assert!(!full, "the foreign OpenID provider is not installed: run `npm ci` in tests/oidc");
    println!("skipped: the foreign OpenID provider is not installed (npm ci in tests/oidc)");
    None
}

async fn start() -> Option<Provider> {
    let folder = folder()?;
    let key = ClientKey::from_pkcs8(&ClientKey::generate().expect("a key")).expect("a key");
    let with_secret = |alg: &str| json!({ "client_id": format!("by-{alg}"), "alg": alg, "secret": "not-so-secret" });
    let mut clients: Vec<Value> = ALGORITHMS.iter().map(|alg| with_secret(alg)).collect();
    clients.push(json!({ "client_id": "by-key", "alg": "ES256", "jwks": key.jwks() }));
    clients.push(json!({ "client_id": "by-wrong-secret", "alg": "ES256", "secret": "another" }));
    let wanted = json!({ "redirect_uri": CALLBACK, "acr": [LEVEL, LOWER], "clients": clients });
    let (process, url) = spawn(&folder, &wanted).await;

    let secret = || ClientAuth::Secret(ClientSecret::new("not-so-secret"));
    let mut issuers: Vec<Issuer> = ALGORITHMS.iter().map(|alg| issuer(&url, &format!("by-{alg}"), secret())).collect();
    issuers.push(issuer(&url, "by-key", ClientAuth::PrivateKeyJwt(Box::new(key))));
    issuers.push(issuer(&url, "by-wrong-secret", secret()));
    let outbound = Outbound::new(Reach::Loopback, Arc::new(SystemClock)).expect("a client");
    let party = RelyingParty::new(issuers, Arc::new(outbound), Arc::new(SystemClock), Arc::new(SystemRandom::default()));
    Some(Provider { party, _process: process })
}

async fn spawn(folder: &PathBuf, wanted: &Value) -> (Child, String) {
    let mut process = Command::new("node")
        .arg("provider.mjs")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Its warnings about development settings are not ours.
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("node is needed to run the foreign OpenID provider");
    let stdin = process.stdin.as_mut().expect("a pipe");
    stdin.write_all(format!("{wanted}\n").as_bytes()).await.expect("the provider reads");
    let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
    let found = async {
        while let Some(line) = lines.next_line().await.expect("text") {
            if let Ok(ready) = serde_json::from_str::<Value>(&line) {
                return ready["issuer"].as_str().expect("an issuer").to_owned();
            }
        }
        panic!("the foreign OpenID provider ended before it was ready: try `node provider.mjs` in tests/oidc")
    };
    let url = tokio::time::timeout(std::time::Duration::from_secs(30), found).await.expect("ready within 30 s");
    (process, url)
}

fn issuer(url: &str, client: &str, auth: ClientAuth) -> Issuer {
    Issuer {
        id: client.to_owned(),
        issuer_url: url.to_owned(),
        client_id: client.to_owned(),
        auth,
        acr: vec![LEVEL.to_owned()],
        scopes: Vec::new(),
        ask_name: client == "by-key",
    }
}

/// A browser with nothing but cookies, redirects and one form.
struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().tls_certs_only([]).build();
        Self { client: client.expect("a client"), cookies: BTreeMap::new() }
    }

    async fn ask(&mut self, method: Method, url: &Url, form: &[(&str, &str)]) -> reqwest::Response {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, url.clone()).header(header::COOKIE, cookies.join("; "));
        let request = if form.is_empty() { request } else { request.form(form) };
        let response = request.send().await.expect("an answer");
        for set in response.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str().expect("text").split(';').next().unwrap_or("");
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }

    /// Goes from `start` until it is sent to our callback; fills each form on the way with `form`. `None` where the provider keeps
    /// asking.
    async fn walk(&mut self, start: &str, form: &[(&str, &str)]) -> Option<Callback> {
        let mut url = Url::parse(start).expect("a url");
        let mut response = self.ask(Method::GET, &url, &[]).await;
        for _ in 0..12 {
            if let Some(location) = response.headers().get(header::LOCATION) {
                url = url.join(location.to_str().expect("text")).expect("a url");
                if url.as_str().starts_with(CALLBACK) {
                    return Some(callback(&url));
                }
                response = self.ask(Method::GET, &url, &[]).await;
                continue;
            }
            let status = response.status();
            let page = response.text().await.expect("a page");
            assert!(status == StatusCode::OK && page.contains("<form"), "{status} {page}");
            response = self.ask(Method::POST, &url, form).await;
        }
        None
    }
}

fn callback(url: &Url) -> Callback {
    let given = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    Callback { code: given("code"), state: given("state"), iss: given("iss"), error: given("error") }
}

impl Provider {
    async fn walk(&self, id: &str, form: &[(&str, &str)]) -> (Pending, Callback) {
        let started = self.party.begin(id, CALLBACK, "sv").await.expect("a start");
        let callback = Browser::new().walk(&started.url, form).await.expect("sent back to us");
        (started.pending, callback)
    }

    async fn login(&self, id: &str, subject: &str) -> Result<Login, LoginFault> {
        let (pending, callback) = self.walk(id, &[("subject", subject), ("acr", LEVEL)]).await;
        self.party.finish(&pending, &callback).await
    }
}

#[tokio::test]
async fn login_ends_well_with_every_algorithm_and_both_ways_of_proving_who_we_are() {
    let Some(provider) = start().await else { return };
    for client in ["by-ES256", "by-RS256", "by-PS256", "by-EdDSA", "by-key"] {
        let login = provider.login(client, "anna").await.unwrap_or_else(|fault| panic!("{client}: {fault}"));
        assert_eq!((login.subject.as_str(), login.acr.as_deref()), ("anna", Some(LEVEL)), "{client}");
        assert!(login.auth_time.is_some(), "{client}");
        assert_eq!(login.name.as_deref(), (client == "by-key").then_some("Name of anna"), "{client}");
    }
}

#[tokio::test]
async fn what_must_fail_fails_against_a_foreign_provider_too() {
    let Some(provider) = start().await else { return };
    let party = &provider.party;
    let form = [("subject", "anna"), ("acr", LEVEL)];

    let (pending, callback) = provider.walk("by-ES256", &form).await;
    assert!(callback.iss.is_some(), "the provider says who answers");
    assert!(party.finish(&pending, &callback).await.is_ok());
    assert_eq!(party.finish(&pending, &callback).await, Err(LoginFault::Refused), "a code used twice");

    let (mine, mut crossed) = provider.walk("by-ES256", &form).await;
    crossed.code = provider.walk("by-ES256", &form).await.1.code;
    assert_eq!(party.finish(&mine, &crossed).await, Err(LoginFault::Refused), "another login's code");

    let (pending, mut callback) = provider.walk("by-ES256", &form).await;
    callback.iss = None;
    assert_eq!(party.finish(&pending, &callback).await, Err(LoginFault::MixedUp));

    assert_eq!(provider.login("by-wrong-secret", "anna").await, Err(LoginFault::Client));
    for (error, fault) in [("access_denied", LoginFault::Cancelled), ("unmet_authentication_requirements", LoginFault::Level)] {
        let (pending, callback) = provider.walk("by-ES256", &[("error", error)]).await;
        assert_eq!(party.finish(&pending, &callback).await, Err(fault));
    }
}

#[tokio::test]
async fn a_level_asked_as_essential_binds_the_foreign_provider() {
    let Some(provider) = start().await else { return };
    let started = provider.party.begin("by-ES256", CALLBACK, "sv").await.expect("a start");
    let lower = [("subject", "anna"), ("acr", LOWER)];
    // It asks again and again, and never sends a lower level.
    assert!(Browser::new().walk(&started.url, &lower).await.is_none());
}
