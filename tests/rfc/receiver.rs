//! A receiver on this machine's loopback that answers as it is told, and remembers what it was sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use egenkarta::outbound::{Outbound, Reach};
use egenkarta::usecase::delivery::Sender;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::support::TestApp;

/// What it answers, one request after the other; then always 202.
#[derive(Clone, Debug)]
pub enum Answers {
    Status(u16),
    /// 400 with this `err`.
    Err(&'static str),
    /// Never.
    Nothing,
}

#[derive(Clone, Debug)]
pub struct Sent {
    pub content_type: String,
    pub accept: String,
    pub body: String,
}

#[derive(Clone, Default)]
struct Memory {
    answers: Arc<Mutex<Vec<Answers>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

pub struct Receiver {
    pub address: String,
    memory: Memory,
}

impl Receiver {
    pub async fn start(answers: &[Answers]) -> Self {
        let memory = Memory::default();
        memory.answers.lock().unwrap().extend(answers.iter().rev().cloned());
        let router = Router::new().route("/events", post(take)).with_state(memory.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address: format!("http://localhost:{port}/events"), memory }
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.memory.sent.lock().unwrap().clone()
    }
}

async fn take(State(memory): State<Memory>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let sent =
        Sent { content_type: header("content-type"), accept: header("accept"), body: String::from_utf8(body.to_vec()).unwrap() };
    memory.sent.lock().unwrap().push(sent);
    let answer = memory.answers.lock().unwrap().pop();
    match answer {
        None => StatusCode::ACCEPTED.into_response(),
        Some(Answers::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Answers::Err(err)) => {
            (StatusCode::BAD_REQUEST, axum::Json(json!({"err": err, "description": "hemligt"}))).into_response()
        }
        Some(Answers::Nothing) => {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            StatusCode::ACCEPTED.into_response()
        }
    }
}

/// As `demo` sends: to this machine alone.
pub fn sender(app: &TestApp) -> Sender {
    let outbound = Outbound::new(Reach::Loopback, app.seams.clock.clone()).unwrap();
    Sender { fetch: Arc::new(outbound), issuer: crate::support::BASE.to_owned() }
}

/// Header and claims of a token whose signature the service's key fits; `None` where it does not.
pub fn checked(app: &TestApp, token: &str) -> Option<(Value, Value)> {
    let (input, signature) = token.rsplit_once('.')?;
    let (head, claims) = input.split_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let key = UnparsedPublicKey::new(&ED25519, app.service.keys.document_public());
    key.verify(input.as_bytes(), &signature).ok()?;
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    Some((read(head)?, read(claims)?))
}
