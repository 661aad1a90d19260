//! A credential for which the person signs in with its issuer (OpenID4VCI 1.0, 5): they leave for the issuer's authorization server and come
//! back with a code. What must be remembered meanwhile lies sealed under the secret of a cookie of the browser that left.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;
use url::{Url, form_urlencoded};

use super::receive::{FORM, NotReceived, granted, holdable, issuer, offer, posted, sent, server};
use crate::credential::openid4vci::{AUTHORIZATION_CODE, DETAILS_TYPE, Grant, LoginEndpoints};
use crate::crypto::jws::object;
use crate::crypto::secret::Secret;
use crate::domain::random::bytes;
use crate::domain::{EntryId, Fetch, OwnerId};
use crate::policy::{Action, Resource};
use crate::usecase::verify::Outside;
use crate::usecase::{Service, Session};

/// On the way to the issuer.
#[derive(Clone, Debug)]
pub struct Left {
    /// For the cookie.
    pub secret: Secret,
    /// Where the person signs in: the address, and its host.
    pub on: (String, String),
}

/// What the person came back with (RFC 6749, 4.1.2; RFC 9207).
#[derive(Clone, Copy, Default)]
pub struct Back<'a> {
    pub code: Option<&'a str>,
    pub state: Option<&'a str>,
    pub iss: Option<&'a str>,
}

/// As it is remembered.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Under {
    receiving: OwnerId,
    issuer: String,
    configuration: String,
    server: String,
    token_endpoint: String,
    says_iss: bool,
    /// Ours: who we say we are, and where the code comes.
    client_id: String,
    redirect_uri: String,
    state: String,
    verifier: String,
}

const LONGEST_CODE: usize = 4096;
const LONGEST_URI: usize = 2048;

impl Service {
    /// Begins a login for what is offered. `base`: our origin; `back`: where the person comes back to. Where the server has PAR, the request
    /// is pushed, and nothing of it stands in the address.
    pub async fn leave_to_receive(
        &self,
        session: &Session,
        ticket: &str,
        (base, back): (&str, &str),
        fetch: &dyn Fetch,
    ) -> Result<Left, NotReceived> {
        let _permit = self.ask(session.participant(), Action::TakeCredential, Resource::Profile { owner: session.owner })?;
        let offer = offer(ticket)?;
        let Grant::Login(login) = &offer.grant else { return Err(NotReceived::Offer) };
        let metadata = issuer(&offer.issuer, fetch).await?;
        let (configuration, scope) = holdable(&offer, &metadata)?;
        let name = metadata.server(login.server.as_deref()).ok_or(NotReceived::Offer)?;
        let ends = LoginEndpoints::read(&server(name, fetch).await?, name).ok_or(NotReceived::Unreached)?;
        let word = || URL_SAFE_NO_PAD.encode(bytes::<32>(&*self.random));
        let under = Under {
            receiving: session.owner,
            issuer: offer.issuer.clone(),
            configuration: configuration.to_owned(),
            server: name.to_owned(),
            token_endpoint: ends.token.clone(),
            says_iss: ends.says_iss,
            client_id: base.to_owned(),
            redirect_uri: back.to_owned(),
            state: word(),
            verifier: word(),
        };
        let asked = under.request(scope, login.issuer_state.as_deref());
        let on = begun(&ends, &under.client_id, asked, fetch).await?;
        let secret = self.keep_login(&under).await?;
        Ok(Left { secret, on })
    }

    /// The person is back: what their code gives goes into the map. What they left with serves once, but for a `state` that is not theirs:
    /// whoever sends them here with another takes nothing from them.
    pub async fn back_to_receive(
        &self,
        session: &Session,
        secret: Option<&Secret>,
        back: Back<'_>,
        lang: &str,
        outside: Outside<'_>,
    ) -> Result<EntryId, NotReceived> {
        let _permit = self.ask(session.participant(), Action::TakeCredential, Resource::Profile { owner: session.owner })?;
        let secret = secret.ok_or(NotReceived::Late)?;
        let under: Under = self.peek_login(secret).await?.ok_or(NotReceived::Late)?;
        let state = back.state.is_some_and(|state| bool::from(state.as_bytes().ct_eq(under.state.as_bytes())));
        if !state || under.receiving != session.owner {
            return Err(NotReceived::Late);
        }
        // A closed map could not take it: the code is kept until it is open.
        session.keyring()?;
        let under: Under = self.take_login(secret).await?.ok_or(NotReceived::Late)?;
        // From another server than they were sent to, it is not to be brought to this one (RFC 9207, 2.4).
        let from = back.iss.map_or(!under.says_iss, |iss| iss == under.server);
        let code = back.code.filter(|code| from && (1..=LONGEST_CODE).contains(&code.len())).ok_or(NotReceived::Login)?;
        let (token, said) = granted(&under.token_endpoint, under.token_form(code), outside.fetch).await?;
        let metadata = issuer(&under.issuer, outside.fetch).await?;
        let named = identifier(&said);
        let which = match &named {
            Some(identifier) => ("credential_identifier", identifier.as_str()),
            None => ("credential_configuration_id", under.configuration.as_str()),
        };
        self.take_by_token(session, (&under.issuer, &metadata), (&token, which), lang, outside).await
    }
}

impl Under {
    /// The authorization request (5.1): by scope where the credential has one, else by details.
    fn request(&self, scope: Option<&str>, issuer_state: Option<&str>) -> Vec<(&'static str, String)> {
        let mut all = vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.client_id.clone()),
            ("redirect_uri", self.redirect_uri.clone()),
            ("state", self.state.clone()),
            ("code_challenge", URL_SAFE_NO_PAD.encode(digest(&SHA256, self.verifier.as_bytes()))),
            ("code_challenge_method", "S256".to_owned()),
        ];
        all.push(match scope {
            Some(scope) => ("scope", scope.to_owned()),
            None => ("authorization_details", self.details().to_string()),
        });
        all.extend(issuer_state.map(|state| ("issuer_state", state.to_owned())));
        all
    }

    fn details(&self) -> Value {
        let mut one = json!({ "type": DETAILS_TYPE, "credential_configuration_id": self.configuration });
        if self.server != self.issuer {
            one["locations"] = json!([self.issuer]);
        }
        json!([one])
    }

    fn token_form(&self, code: &str) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", AUTHORIZATION_CODE).append_pair("code", code);
        form.append_pair("redirect_uri", &self.redirect_uri).append_pair("client_id", &self.client_id);
        form.append_pair("code_verifier", &self.verifier).finish()
    }
}

/// Where the person is sent: with the address of what was pushed, or with all that is asked.
async fn begun(
    ends: &LoginEndpoints,
    client: &str,
    asked: Vec<(&'static str, String)>,
    fetch: &dyn Fetch,
) -> Result<(String, String), NotReceived> {
    let mut url = Url::parse(&ends.authorization).map_err(|_| NotReceived::Unreached)?;
    match &ends.push {
        None => {
            url.query_pairs_mut().extend_pairs(asked);
        }
        Some(at) => {
            let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
            let uri = pushed(at, form, fetch).await?;
            url.query_pairs_mut().append_pair("client_id", client).append_pair("request_uri", &uri);
        }
    }
    let host = url.host_str().ok_or(NotReceived::Unreached)?.to_owned();
    Ok((url.into(), host))
}

/// A request pushed (RFC 9126, 2.1): its `request_uri`.
async fn pushed(at: &str, form: String, fetch: &dyn Fetch) -> Result<String, NotReceived> {
    let told = sent(posted(at, FORM, form), fetch).await?;
    if told.status == 400 {
        return Err(NotReceived::Code);
    }
    let members = object(&told.body).filter(|_| matches!(told.status, 200 | 201)).ok_or(NotReceived::Unreached)?;
    let uri = members.get("request_uri").and_then(Value::as_str).filter(|uri| uri.len() <= LONGEST_URI);
    uri.map(str::to_owned).ok_or(NotReceived::Unreached)
}

/// The name by which the credential is asked for, where the token's answer gives one (6.2).
fn identifier(said: &Map<String, Value>) -> Option<String> {
    let details = said.get("authorization_details")?.as_array()?;
    let ours = details.iter().find(|one| one["type"] == DETAILS_TYPE)?;
    ours.get("credential_identifiers")?.as_array()?.first()?.as_str().map(str::to_owned)
}
