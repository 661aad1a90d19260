//! The provider by itself, and our login against it.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt;
use url::Url;
use url::form_urlencoded::Serializer;

use super::*;
use crate::domain::fetch::{BoxFuture, Fetch, FetchFault, FetchRequest, FetchResponse, Method};
use crate::domain::time::SECOND;
use crate::domain::{SystemRandom, Timestamp};
use crate::identity::{Callback, Login, LoginFault, Pending, RelyingParty};

const ORIGIN: &str = "http://localhost:8080";
const CALLBACK: &str = "http://localhost:8080/login/callback";

struct StoppedClock(AtomicI64);

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Brings requests to the router without a network.
struct Straight(Router);

impl Fetch for Straight {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        let router = self.0.clone();
        Box::pin(async move {
            let builder =
                request.headers.into_iter().fold(Request::builder().uri(request.url), |b, (name, value)| b.header(name, value));
            let request = match request.method {
                Method::Get => builder.body(Body::empty()),
                Method::Post { content_type, body } => {
                    builder.method("POST").header("content-type", content_type).body(body.into())
                }
            };
            let (status, headers, body) = ask(&router, request.expect("a request")).await;
            let content_type = headers.get("content-type").map(|value| value.to_str().expect("text").to_owned());
            Ok(FetchResponse { status: status.as_u16(), content_type, body: body.into_bytes() })
        })
    }
}

async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, axum::http::HeaderMap, String) {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).expect("text"))
}

struct Demo {
    router: Router,
    party: RelyingParty,
    clock: Arc<StoppedClock>,
}

fn issuer(id: &str, acr: &str) -> DemoIssuer {
    let description = Localised([("sv".to_owned(), "Har en <karta>".to_owned()), ("en".to_owned(), "Has a map".to_owned())].into());
    let person =
        |subject: &str, name: &str| DemoPerson { subject: subject.into(), name: name.into(), description: description.clone() };
    DemoIssuer {
        id: id.into(),
        persons: vec![person("one", "Anna"), person("two", "Bo & Co")],
        acr: vec![acr.into()],
        redirect_uri: CALLBACK.into(),
        ask_name: id == "staff",
    }
}

fn demo() -> Demo {
    let clock = Arc::new(StoppedClock(AtomicI64::new(1_000_000 * SECOND)));
    let (time, random): (Arc<dyn Clock>, Arc<dyn Random>) = (Arc::<StoppedClock>::clone(&clock), Arc::new(SystemRandom::default()));
    let words: Words = Arc::new(|lang| Texts { lang: lang.into(), title: format!("title-{lang}"), ..Texts::default() });
    let issuers = vec![issuer("people", "loa3"), issuer("staff", "loa2")];
    let provider = Provider::new(ORIGIN, issuers, words, Arc::clone(&time), Arc::clone(&random));
    let configured = provider.issuers();
    let router = provider.router();
    let party = RelyingParty::new(configured, Arc::new(Straight(router.clone())), time, random);
    Demo { router, party, clock }
}

impl Demo {
    async fn get(&self, url: &str) -> (StatusCode, axum::http::HeaderMap, String) {
        ask(&self.router, Request::builder().uri(url).body(Body::empty()).expect("a request")).await
    }

    async fn send(&self, url: &str, fields: &[(String, String)]) -> (StatusCode, axum::http::HeaderMap, String) {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let builder = Request::builder().method("POST").uri(url).header("content-type", "application/x-www-form-urlencoded");
        ask(&self.router, builder.body(body.into()).expect("a request")).await
    }

    /// Begins a login and presses a button of the page.
    async fn choose(&self, id: &str, button: (&str, &str)) -> (Pending, Callback) {
        let started = self.party.begin(id, CALLBACK, "en").await.expect("a start");
        let (status, _, page) = self.get(&started.url).await;
        assert_eq!(status, StatusCode::OK);
        let mut fields = hidden(&page);
        fields.push((button.0.into(), button.1.into()));
        let (status, headers, _) = self.send(started.url.split('?').next().expect("a path"), &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        (started.pending, callback(headers[header::LOCATION].to_str().expect("text")))
    }

    async fn login(&self, id: &str, subject: &str) -> Result<Login, LoginFault> {
        let (pending, callback) = self.choose(id, ("person", subject)).await;
        self.party.finish(&pending, &callback).await
    }
}

/// The hidden fields of the page's form, as a browser reads them.
fn hidden(page: &str) -> Vec<(String, String)> {
    let unescape = |text: &str| text.replace("&#34;", "\"").replace("&#38;", "&").replace("&quot;", "\"").replace("&amp;", "&");
    let field = |part: &str| {
        let (name, rest) = part.split_once("\" value=\"")?;
        Some((name.to_owned(), unescape(rest.split('"').next()?)))
    };
    page.split("<input type=\"hidden\" name=\"").skip(1).filter_map(field).collect()
}

fn callback(location: &str) -> Callback {
    let url = Url::parse(location).expect("a url");
    assert!(location.starts_with(CALLBACK));
    let given = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    Callback { code: given("code"), state: given("state"), iss: given("iss"), error: given("error") }
}

#[tokio::test]
async fn a_request_that_is_not_ours_is_sent_nowhere() {
    let demo = demo();
    let url = demo.party.begin("people", CALLBACK, "sv").await.expect("a start").url;
    let long = "x".repeat(2001);
    for (from, to) in [
        ("client_id=egenkarta", "client_id=other"),
        ("login%2Fcallback", "evil"),
        ("people", "nobody"),
        ("nonce=", &format!("nonce={long}")),
    ] {
        let (status, headers, body) = demo.get(&url.replace(from, to)).await;
        assert!(status.is_client_error() && !headers.contains_key(header::LOCATION), "{from} {to}");
        assert!(!body.contains("<form"));
    }
}

#[tokio::test]
async fn what_the_protocol_forbids_goes_back_as_an_error() {
    let demo = demo();
    let url = demo.party.begin("people", CALLBACK, "sv").await.expect("a start").url;
    let cases = [
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("scope=openid", "scope=profile", "invalid_scope"),
        ("S256", "plain", "invalid_request"),
        ("code_challenge=", "code_challenge=x", "invalid_request"),
        ("loa3", "loa4", "unmet_authentication_requirements"),
        ("claims=%7B", "claims=", "invalid_request"),
    ];
    for (from, to, error) in cases {
        let (status, headers, _) = demo.get(&url.replace(from, to)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        let callback = callback(headers[header::LOCATION].to_str().expect("text"));
        assert_eq!(
            (callback.error.as_deref(), callback.iss.as_deref()),
            (Some(error), Some("http://localhost:8080/demo-idp/people"))
        );
    }
}

#[tokio::test]
async fn turning_back_or_naming_nobody_is_no_login() {
    let demo = demo();
    for button in [("cancel", "yes"), ("person", "nobody"), ("other", "")] {
        let (pending, callback) = demo.choose("people", button).await;
        assert_eq!(demo.party.finish(&pending, &callback).await, Err(LoginFault::Cancelled));
    }
}

#[tokio::test]
async fn a_code_serves_once_within_a_minute_and_for_its_own_login() {
    let demo = demo();
    let (pending, first) = demo.choose("people", ("person", "one")).await;
    assert!(demo.party.finish(&pending, &first).await.is_ok());
    assert_eq!(demo.party.finish(&pending, &first).await, Err(LoginFault::Refused), "used before");
    let (pending, late) = demo.choose("people", ("person", "one")).await;
    demo.clock.0.fetch_add(61 * SECOND, Ordering::Relaxed);
    assert_eq!(demo.party.finish(&pending, &late).await, Err(LoginFault::Refused), "too old");
    let (mine, mut stolen) = demo.choose("people", ("person", "one")).await;
    let (_, theirs) = demo.choose("people", ("person", "two")).await;
    stolen.code = theirs.code;
    assert_eq!(demo.party.finish(&mine, &stolen).await, Err(LoginFault::Refused), "another login's code fails at PKCE");
    let (mine, mut crossed) = demo.choose("people", ("person", "one")).await;
    let (_, staff) = demo.choose("staff", ("person", "one")).await;
    crossed.iss = staff.iss;
    assert_eq!(demo.party.finish(&mine, &crossed).await, Err(LoginFault::MixedUp));
}

#[tokio::test]
async fn the_token_endpoint_wants_our_secret() {
    let demo = demo();
    let (_, callback) = demo.choose("people", ("person", "one")).await;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let fields = [
        pair("grant_type", "authorization_code"),
        pair("code", &callback.code.expect("a code")),
        pair("redirect_uri", CALLBACK),
        pair("code_verifier", "x"),
    ];
    let (status, _, body) = demo.send("/demo-idp/people/token", &fields).await;
    assert_eq!((status, body.as_str()), (StatusCode::UNAUTHORIZED, r#"{"error":"invalid_client"}"#));
}

#[tokio::test]
async fn each_issuer_has_its_own_people_and_level() {
    let demo = demo();
    let person = demo.login("people", "two").await.expect("a login");
    assert_eq!((person.subject.as_str(), person.acr.as_deref(), person.name), ("two", Some("loa3"), None));
    let staff = demo.login("staff", "two").await.expect("a login");
    assert_eq!((staff.acr.as_deref(), staff.name.as_deref()), (Some("loa2"), Some("Bo & Co")));
    assert_ne!(person.issuer_url, staff.issuer_url);
}

#[tokio::test]
async fn the_page_speaks_the_language_asked_for_and_escapes_what_it_shows() {
    let demo = demo();
    let url = demo.party.begin("people", CALLBACK, "sv").await.expect("a start").url;
    let (_, headers, page) = demo.get(&url).await;
    assert!(page.contains("<html lang=\"sv\"") && page.contains("title-sv"));
    assert!(page.contains("Har en &#60;karta&#62;") && page.contains("Bo &#38; Co"), "{page}");
    assert!(!page.contains("<script") && !page.contains("style="));
    assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text").starts_with("default-src 'none'; style-src 'self'"));
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    let english: Value =
        serde_json::from_str(&demo.get("/demo-idp/people/.well-known/openid-configuration").await.2).expect("json");
    assert_eq!(english["issuer"], "http://localhost:8080/demo-idp/people");
}
