//! Layers around every route: bounds, same origin for what changes anything, and headers that forbid storing and framing.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, LOCATION, ORIGIN, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use super::{Site, cookie};

/// No body of ours is larger.
const MOST_BYTES: usize = 256 * 1024;
const LONGEST_PATH: usize = 2048;
const LONGEST: Duration = Duration::from_secs(30);
/// Bytes that come at once over any connection; where more are sent, it is the sending that takes long.
const SMALL: u64 = 64 * 1024;
/// Seconds after which whoever was not answered in time may ask again.
const AGAIN: u32 = 60;

pub fn wrap(router: Router, site: &Site) -> Router {
    let headers = headers(site);
    // One stack, since a router boxes each layer of its own around each route, and clones all of them for each request.
    let layers = ServiceBuilder::new()
        .layer(CompressionLayer::new().gzip(true))
        .map_response(move |response: Response<_>| with(response, &headers))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn(bounds))
        .layer(CsrfLayer::new());
    let mut router = router.layer(layers);
    if site.metrics.is_some() {
        router = router.layer(middleware::from_fn(super::measure::measure));
    }
    if site.base.host() == "localhost" {
        router = router.layer(middleware::from_fn_with_state(site.base.origin().to_owned(), to_localhost));
    }
    router
}

/// What every answer says, unless it says otherwise itself (a style sheet may be stored).
fn headers(site: &Site) -> Vec<(HeaderName, HeaderValue)> {
    let said = |name: &'static str, value| (HeaderName::from_static(name), HeaderValue::from_static(value));
    let mut headers = vec![
        said("cache-control", "no-store"),
        (CONTENT_SECURITY_POLICY, content_policy(site, None)),
        said("x-content-type-options", "nosniff"),
        said("referrer-policy", "same-origin"),
        said("cross-origin-opener-policy", "same-origin"),
        said("cross-origin-resource-policy", "same-origin"),
        said("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ];
    if site.base.secure() {
        headers.push(said("strict-transport-security", "max-age=31536000; includeSubDomains"));
    }
    headers
}

fn with<B>(mut response: Response<B>, headers: &[(HeaderName, HeaderValue)]) -> Response<B> {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}

/// No script, style or frame but our own. Forms also lead to the identity providers: a browser holds the redirect that answers a form
/// against this list. `also`: an origin to which this page's own form leads.
pub fn content_policy(site: &Site, also: Option<&str>) -> HeaderValue {
    let origin = |url: &str| url::Url::parse(url).ok().map(|url| url.origin().ascii_serialization());
    let mut forms: Vec<String> = site.login.issuers().filter_map(|issuer| origin(&issuer.issuer_url)).collect();
    forms.extend(also.map(str::to_owned));
    forms.sort();
    forms.dedup();
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        forms.join(" ")
    );
    HeaderValue::from_str(&policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// Long paths, and what changes something for whoever has a cookie without saying where it comes from, are refused before anything
/// looks at them.
async fn bounds(request: Request, next: Next) -> Response {
    if request.uri().path().len() > LONGEST_PATH || request.uri().query().is_some_and(|q| q.len() > 4 * LONGEST_PATH) {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    if unsaid(&request) {
        return StatusCode::FORBIDDEN.into_response();
    }
    timed(request, LONGEST, |request| next.run(request)).await
}

/// Nobody waits longer than `longest`: 408 where much was to be sent, else 503 (RFC 9110, 15.5.9 and 15.6.4).
async fn timed<F: Future<Output = Response>>(request: Request, longest: Duration, run: impl FnOnce(Request) -> F) -> Response {
    let much = much(&request);
    match tokio::time::timeout(longest, run(request)).await {
        Ok(response) => response,
        Err(_) if much => StatusCode::REQUEST_TIMEOUT.into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, HeaderValue::from(AGAIN))]).into_response(),
    }
}

/// Whether a request's body is large, or says no size.
fn much(request: &Request) -> bool {
    let size = request.headers().get(CONTENT_LENGTH).and_then(|size| size.to_str().ok()?.parse::<u64>().ok());
    !request.method().is_safe() && size.map_or_else(|| !request.body().is_end_stream(), |size| size > SMALL)
}

/// The layer inside judges what a browser says of a request's origin, and lets through what says nothing: old programs do. Every browser
/// says it with each form and script; so whatever bears a cookie of ours and says nothing is not sent by a page of ours.
fn unsaid(request: &Request) -> bool {
    let headers = request.headers();
    let said = headers.contains_key(ORIGIN) || headers.contains_key("sec-fetch-site");
    !request.method().is_safe() && !said && cookie::any(headers)
}

/// 127.0.0.1 leads to localhost: cookies and the login's return address are of one host.
async fn to_localhost(axum::extract::State(origin): axum::extract::State<String>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if request.method().is_safe() && host.starts_with("127.0.0.1") {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        // Path and query came through the parser; a header value that fails is none of ours.
        if let Ok(to) = HeaderValue::from_str(&format!("{origin}{path}")) {
            return (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, to)]).into_response();
        }
    }
    next.run(request).await
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    // What panicked may hold what someone typed: the program's panic hook has said where, never what.
    tracing::error!("a handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    async fn late(size: Option<&str>, body: Body) -> Response {
        let mut request = Request::post("/").body(body).expect("a request");
        if let Some(size) = size {
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_str(size).expect("a number"));
        }
        timed(request, Duration::from_millis(1), |_| pending()).await
    }

    #[tokio::test]
    async fn what_takes_long_says_whether_to_come_again_or_to_send_less() {
        for (size, body) in [(None, Body::empty()), (Some("7"), Body::from("what=ab"))] {
            let busy = late(size, body).await;
            assert_eq!((busy.status(), &busy.headers()[RETRY_AFTER]), (StatusCode::SERVICE_UNAVAILABLE, &HeaderValue::from(60)));
        }
        for size in [Some("5000000"), None] {
            assert_eq!(late(size, Body::from("much")).await.status(), StatusCode::REQUEST_TIMEOUT, "{size:?}");
        }
    }
}
