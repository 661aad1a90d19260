//! Against a server on this machine's loopback.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Redirect;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::domain::time::SECOND;

#[derive(Default)]
struct StoppedClock(AtomicI64);

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

fn outbound(reach: Reach) -> (Outbound, Arc<StoppedClock>) {
    let clock = Arc::new(StoppedClock::default());
    let shared: Arc<dyn Clock> = Arc::<StoppedClock>::clone(&clock);
    (Outbound::new(reach, shared).expect("a client"), clock)
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://localhost:{}", address.port())
}

#[tokio::test]
async fn inward_urls_and_other_schemes_are_refused_without_a_connection() {
    let base = serve(Router::new().route("/", get(|| async { "inner" }))).await;
    // Without root certificates on the machine there is no public client to try.
    let Ok(public) = Outbound::new(Reach::Public { inner_hosts: BTreeSet::new() }, Arc::<StoppedClock>::default()) else {
        println!("skipped: no root certificates on this system");
        return;
    };
    let port = base.rsplit(':').next().expect("a port");
    let inward = [
        base.clone(),
        format!("https://localhost:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("https://[::1]:{port}/"),
        "https://2130706433/".into(),
        "https://0x7f.1/".into(),
        "https://169.254.169.254/".into(),
        "https://someone:secret@idp.example/".into(),
        "file:///etc/passwd".into(),
        "data:text/plain,x".into(),
        String::new(),
    ];
    for url in inward {
        assert_eq!(public.fetch(FetchRequest::get(&url)).await.expect_err(&url), FetchFault::Refused, "{url}");
    }
    let (local, _) = outbound(Reach::Loopback);
    for url in ["http://192.0.2.1/", "http://[2001:db8::1]/", "ftp://localhost/"] {
        assert_eq!(local.fetch(FetchRequest::get(url)).await.expect_err(url), FetchFault::Refused, "{url}");
    }
    assert_eq!(local.fetch(FetchRequest::get("http://localhost:1/")).await.expect_err("closed"), FetchFault::Unreachable);
    assert_eq!(local.fetch(FetchRequest::get(base)).await.expect("an answer").body, b"inner");
}

/// Answers once with `length` bytes and tells no length beforehand.
async fn unannounced(length: usize) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a connection");
        _ = socket.read(&mut [0; 4096]).await;
        _ = socket.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
        _ = socket.write_all(&vec![b'x'; length]).await;
    });
    format!("http://127.0.0.1:{port}/")
}

#[tokio::test]
async fn too_large_answers_are_refused_whether_announced_or_not() {
    let base = serve(Router::new().route("/", get(|| async { "x".repeat(70_000) }))).await;
    let (local, _) = outbound(Reach::Loopback);
    for url in [base, unannounced(70_000).await] {
        assert_eq!(local.fetch(FetchRequest::get(&url)).await.expect_err(&url), FetchFault::TooLarge, "{url}");
    }
    let larger = FetchRequest { max_bytes: 200_000, ..FetchRequest::get(unannounced(70_000).await) };
    assert_eq!(local.fetch(larger).await.expect("within the bound").body.len(), 70_000);
}

#[tokio::test]
async fn who_answers_too_slowly_is_not_waited_for() {
    // It takes the connection and says nothing.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let short = Duration::from_millis(100);
    let local = Outbound::within(short, Reach::Loopback, Arc::<StoppedClock>::default()).expect("a client");
    let fault = local.fetch(FetchRequest::get(format!("http://127.0.0.1:{port}/"))).await.expect_err("silence");
    assert_eq!(fault, FetchFault::TooSlow);
}

#[tokio::test]
async fn a_redirect_is_given_back_and_never_followed() {
    let base = serve(Router::new().route("/", get(|| async { Redirect::to("http://192.0.2.1/") }))).await;
    let (local, _) = outbound(Reach::Loopback);
    assert_eq!(local.fetch(FetchRequest::get(base)).await.expect("an answer").status, 303);
}

#[tokio::test]
async fn only_good_answers_to_get_are_kept_and_only_for_their_time() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let answer = move || {
        let n = counted.fetch_add(1, Ordering::Relaxed);
        async move { if n == 0 { (StatusCode::NOT_FOUND, n.to_string()) } else { (StatusCode::OK, n.to_string()) } }
    };
    let base = serve(Router::new().route("/", get(answer))).await;
    let (local, clock) = outbound(Reach::Loopback);
    let ask = |age| local.fetch(FetchRequest::get(&base).max_age(age));
    assert_eq!(ask(60).await.expect("an answer").status, 404);
    assert_eq!(ask(60).await.expect("an answer").body, b"1");
    assert_eq!(ask(60).await.expect("an answer").body, b"1", "kept");
    clock.0.store(61 * SECOND, Ordering::Relaxed);
    assert_eq!(ask(60).await.expect("an answer").body, b"2", "too old");
    assert_eq!(ask(600).await.expect("an answer").body, b"2");
    assert_eq!(local.fetch(FetchRequest::get(&base)).await.expect("an answer").body, b"3", "asked without the cache");
}

#[tokio::test]
async fn a_post_carries_body_type_and_headers() {
    let echo = |headers: HeaderMap, body: String| async move {
        format!("{:?} {:?} {body}", headers.get("content-type"), headers.get("authorization"))
    };
    let base = serve(Router::new().route("/", post(echo))).await;
    let (local, _) = outbound(Reach::Loopback);
    let request = FetchRequest {
        method: Method::Post { content_type: "application/x-www-form-urlencoded".into(), body: b"a=b".to_vec() },
        headers: vec![("authorization".into(), "Basic eA==".into())],
        ..FetchRequest::get(base)
    };
    assert!(!format!("{request:?}").contains("Basic"));
    let body = local.fetch(request).await.expect("an answer").body;
    let text = String::from_utf8(body).expect("text");
    assert!(text.contains("x-www-form-urlencoded") && text.contains("Basic eA==") && text.ends_with("a=b"), "{text}");
}
