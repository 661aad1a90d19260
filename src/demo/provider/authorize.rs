//! The authorization endpoint (OpenID Connect Core 1.0 section 3.1.2): GET shows the choice, POST makes it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::grant::Grant;
use super::{CLIENT, DemoIssuer, DemoPerson, Provider, page};
use crate::domain::random;

/// What our login sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Request {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: String,
    nonce: String,
    code_challenge: String,
    code_challenge_method: String,
    claims: String,
    ui_locales: String,
    login_hint: String,
}

/// The same, carried on by the page, and the button pressed.
#[derive(Deserialize)]
pub(super) struct Choice {
    #[serde(flatten)]
    request: Request,
    person: Option<String>,
    cancel: Option<String>,
}

/// SHA-256 in base64url.
const CHALLENGE: usize = 43;
const LONGEST: usize = 2000;

pub(super) async fn get(State(provider): State<Arc<Provider>>, Path(id): Path<String>, Query(request): Query<Request>) -> Response {
    let texts = (provider.words)(request.lang());
    let Some(issuer) = provider.issuers.get(&id).filter(|issuer| request.is_ours(issuer)) else {
        return page::wrong(&texts);
    };
    match request.level(issuer) {
        Err(error) => provider.back(issuer, &request, &[("error", error)]),
        Ok(_) => page::choose(&texts, &request.likely(issuer), request.fields()),
    }
}

pub(super) async fn post(State(provider): State<Arc<Provider>>, Path(id): Path<String>, Form(choice): Form<Choice>) -> Response {
    let request = choice.request;
    let Some(issuer) = provider.issuers.get(&id).filter(|issuer| request.is_ours(issuer)) else {
        return page::wrong(&(provider.words)(request.lang()));
    };
    let chosen = choice.person.and_then(|subject| issuer.persons.iter().find(|person| person.subject == subject));
    let result = match (request.level(issuer), chosen) {
        (Err(error), _) => Err(error),
        (Ok(_), None) => Err("access_denied"),
        (Ok(_), Some(_)) if choice.cancel.is_some() => Err("access_denied"),
        (Ok(level), Some(person)) => provider.grant(issuer, person, &request, level),
    };
    match result {
        Ok(code) => provider.back(issuer, &request, &[("code", &code)]),
        Err(error) => provider.back(issuer, &request, &[("error", error)]),
    }
}

impl Provider {
    fn grant(
        &self,
        issuer: &DemoIssuer,
        person: &DemoPerson,
        request: &Request,
        acr: Option<String>,
    ) -> Result<String, &'static str> {
        let code = BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<32>(&*self.random));
        let grant = Grant {
            issuer: issuer.id.clone(),
            subject: person.subject.clone(),
            name: request.asks("name").then(|| person.name.clone()),
            acr,
            redirect_uri: request.redirect_uri.clone(),
            challenge: request.code_challenge.clone(),
            nonce: Some(request.nonce.clone()).filter(|nonce| !nonce.is_empty()),
            at: self.clock.now(),
        };
        if self.grants(|grants| grants.put(code.clone(), grant)) { Ok(code) } else { Err("temporarily_unavailable") }
    }

    /// Back to our callback, with state and with who answers (RFC 9207).
    fn back(&self, issuer: &DemoIssuer, request: &Request, result: &[(&str, &str)]) -> Response {
        let Ok(mut url) = Url::parse(&issuer.redirect_uri) else {
            return page::wrong(&(self.words)(request.lang()));
        };
        url.query_pairs_mut()
            .extend_pairs(result)
            .append_pair("state", &request.state)
            .append_pair("iss", &self.issuer_url(issuer));
        ([(header::CACHE_CONTROL, "no-store")], Redirect::to(url.as_str())).into_response()
    }
}

impl Request {
    /// Whether an answer may be sent to where the request says.
    fn is_ours(&self, issuer: &DemoIssuer) -> bool {
        let bounded = self.fields().iter().all(|(_, value)| value.len() <= LONGEST);
        bounded && self.client_id == CLIENT && self.redirect_uri == issuer.redirect_uri
    }

    /// Whom to offer: who the hint says, where it says one of them, else everyone.
    fn likely<'a>(&self, issuer: &'a DemoIssuer) -> Vec<&'a DemoPerson> {
        let hinted: Vec<_> = issuer.persons.iter().filter(|person| person.subject == self.login_hint).collect();
        if hinted.is_empty() { issuer.persons.iter().collect() } else { hinted }
    }

    /// The level that will be reached, or the error to send back. PKCE is demanded.
    fn level(&self, issuer: &DemoIssuer) -> Result<Option<String>, &'static str> {
        if self.response_type != "code" {
            return Err("unsupported_response_type");
        }
        if !self.scope.split(' ').any(|scope| scope == "openid") {
            return Err("invalid_scope");
        }
        if self.code_challenge_method != "S256" || self.code_challenge.len() != CHALLENGE {
            return Err("invalid_request");
        }
        let claims = self.claims().ok_or("invalid_request")?;
        let acr = &claims["id_token"]["acr"];
        let wanted: Vec<&str> =
            acr["values"].as_array().map(|all| all.iter().filter_map(Value::as_str).collect()).unwrap_or_default();
        if wanted.is_empty() {
            return Ok(issuer.acr.first().cloned());
        }
        match issuer.acr.iter().find(|level| wanted.contains(&level.as_str())) {
            None if acr["essential"] == true => Err("unmet_authentication_requirements"),
            None => Ok(issuer.acr.first().cloned()),
            reached => Ok(reached.cloned()),
        }
    }

    /// The parameter `claims`; an empty object where it was not sent, `None` where it is not one.
    fn claims(&self) -> Option<Value> {
        if self.claims.is_empty() {
            return Some(Value::Object(serde_json::Map::new()));
        }
        serde_json::from_str(&self.claims).ok().filter(Value::is_object)
    }

    fn asks(&self, claim: &str) -> bool {
        self.claims().is_some_and(|claims| claims["id_token"].get(claim).is_some())
    }

    fn lang(&self) -> &str {
        self.ui_locales.split(' ').next().unwrap_or("")
    }

    fn fields(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("response_type", &self.response_type),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &self.scope),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", &self.code_challenge_method),
            ("claims", &self.claims),
            ("ui_locales", &self.ui_locales),
            ("login_hint", &self.login_hint),
        ]
    }
}
