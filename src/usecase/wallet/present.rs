//! A verifier asks (OpenID4VP 1.0); the person shows a proof from their map, or does not. What is sent leaves through the guarded door,
//! from the server: the verifier sees nothing of the person's own device.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;
use url::Url;

use super::resolve::LONGEST_OBJECT;
use crate::credential::dcql::{self, Options, Shown};
use crate::credential::openid4vp::{Answer, Answered, Refused, Request};
use crate::credential::sd_jwt::bind;
use crate::crypto::jws::{SigningKey, object};
use crate::domain::event::{Event, Party, What};
use crate::domain::fetch::Method;
use crate::domain::profile::Kind;
use crate::domain::{EntryId, Fetch, FetchRequest};
use crate::policy::{Action, Resource};
use crate::store::held;
use crate::usecase::held::Whole;
use crate::usecase::{Error, Service, Session};

/// A request as the person meets it.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Who asks, as far as it could be checked: the host that answers there.
    pub host: String,
    /// A certificate vouches for that host.
    pub vouched: bool,
    /// The combinations that can be given, each by credential queries; the verifier's order.
    pub sets: Vec<Options>,
    /// For each credential query: what of one's own answers it.
    pub fitting: Vec<Vec<Fitting>>,
    /// The request, to be brought back with the answer.
    pub ticket: String,
}

/// A credential of one's own that answers, and what of it would be shown.
#[derive(Clone, Debug)]
pub struct Fitting {
    pub entry: EntryId,
    pub shown: Shown,
}

/// What the person chose: for each credential query that is answered, by which entry.
pub type Chosen = BTreeMap<usize, EntryId>;

/// Why a request was not answered.
#[derive(Debug)]
pub enum Unanswered {
    Refused(Refused),
    /// Nothing was chosen, or not all that one of the combinations needs.
    Choice,
    /// Whoever asks could not be reached.
    Unreached,
    /// They did not take it.
    NotTaken,
    Fault(Error),
}

impl From<Refused> for Unanswered {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self::Fault(error)
    }
}

impl From<crate::store::Error> for Unanswered {
    fn from(error: crate::store::Error) -> Self {
        Self::Fault(error.into())
    }
}

/// A request that has been checked, until it is answered.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ticket {
    request: Map<String, Value>,
    mac: String,
}

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

impl Service {
    /// Reads a request that someone pasted, scanned or followed, and finds what of theirs answers it. Tells the verifier nothing but that
    /// its request was fetched, where it is one to fetch.
    pub async fn asked_to_present(&self, session: &Session, link: &str, fetch: &dyn Fetch) -> Result<Invitation, Unanswered> {
        let _permit = self.ask(session.participant(), Action::PresentCredential, Resource::Profile { owner: session.owner })?;
        let members = self.resolved(link, fetch).await?;
        let request = Request::again(&members)?;
        let ticket = Ticket { mac: self.ticket_mac(session, &members), request: members };
        let ticket = serde_json::to_string(&ticket).map_err(|_| Error::Unopened)?;
        self.invitation_of(session, &request, ticket).await
    }

    /// The same again, from what was brought back.
    pub async fn invitation(&self, session: &Session, ticket: &str) -> Result<Invitation, Unanswered> {
        let _permit = self.ask(session.participant(), Action::PresentCredential, Resource::Profile { owner: session.owner })?;
        let request = self.ticket(session, ticket)?;
        self.invitation_of(session, &request, ticket.to_owned()).await
    }

    async fn invitation_of(&self, session: &Session, request: &Request, ticket: String) -> Result<Invitation, Unanswered> {
        let fitting = self.fitting(session, request).await?;
        let held: BTreeSet<usize> = (0..fitting.len()).filter(|at| !fitting[*at].is_empty()).collect();
        let sets = request.query.wants().within(&held).unwrap_or_default();
        Ok(Invitation { host: request.host().to_owned(), vouched: request.vouched(), sets, fitting, ticket })
    }

    /// Shows what was chosen. Where the person goes on, if the verifier says so. The event stands before anything leaves.
    pub async fn present(
        &self,
        session: &Session,
        ticket: &str,
        chosen: &Chosen,
        fetch: &dyn Fetch,
    ) -> Result<Option<Url>, Unanswered> {
        let permit = self.ask(session.participant(), Action::PresentCredential, Resource::Profile { owner: session.owner })?;
        let request = self.ticket(session, ticket)?;
        if chosen.is_empty() || !request.query.wants().answered_by(&chosen.keys().copied().collect()) {
            return Err(Unanswered::Choice);
        }
        let own = self.own_credentials(session).await?;
        let mut given = Answered::new();
        for (at, entry) in chosen {
            let whole = own.iter().find(|(id, _)| id == entry).map(|(_, whole)| whole).ok_or(Unanswered::Choice)?;
            given.insert(*at, vec![self.presentation(&request, *at, whole)?]);
        }
        let body = Answer::Given(given).body(&request, &*self.random).ok_or(Refused::Unsupported)?;
        let party = Party { unit: request.host().to_owned(), organisation: String::new() };
        let entries = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
        let sections = vec![Kind::Credential.section()];
        let event = Event { unit: Some(party), entries, sections, ..self.plain_event(What::ProofPresented) };
        let mut tx = self.db.write().await?;
        self.record_own(&mut tx, &permit, session.keyring()?, event).await?;
        tx.commit().await?;
        post(&request, body, fetch).await
    }

    /// Tells the verifier no. (To say nothing is to close the page.)
    pub async fn decline(&self, session: &Session, ticket: &str, fetch: &dyn Fetch) -> Result<Option<Url>, Unanswered> {
        let _permit = self.ask(session.participant(), Action::PresentCredential, Resource::Profile { owner: session.owner })?;
        let request = self.ticket(session, ticket)?;
        let body = Answer::Denied.body(&request, &*self.random).ok_or(Refused::Unsupported)?;
        post(&request, body, fetch).await
    }

    fn presentation(&self, request: &Request, at: usize, whole: &Whole) -> Result<String, Unanswered> {
        let asked = &request.query.credentials[at];
        let key = whole.holder.as_ref().and_then(|key| SigningKey::from_pkcs8(key));
        let shown = dcql::shown(asked, &whole.credential, key.is_some()).ok_or(Unanswered::Choice)?;
        let Some(key) = key else { return Ok(shown.text) };
        let bound = bind(&shown.text, &key, &request.client_id, &request.nonce, self.now());
        bound.map_err(|_| Unanswered::Fault(Error::Unopened))
    }

    async fn fitting(&self, session: &Session, request: &Request) -> Result<Vec<Vec<Fitting>>, Error> {
        let own = self.own_credentials(session).await?;
        let of = |asked| {
            let shown = |(entry, whole): &(EntryId, Whole)| {
                let shown = dcql::shown(asked, &whole.credential, whole.holder.is_some())?;
                Some(Fitting { entry: *entry, shown })
            };
            own.iter().filter_map(shown).collect()
        };
        Ok(request.query.credentials.iter().map(of).collect())
    }

    pub(super) async fn own_credentials(&self, session: &Session) -> Result<Vec<(EntryId, Whole)>, Error> {
        let permit = self.ask(session.participant(), Action::ReadProfile, Resource::Profile { owner: session.owner })?;
        let keyring = session.keyring()?;
        let mut tx = self.db.read().await?;
        let rows = held::of_owner(&mut tx, &permit, session.owner).await?;
        tx.commit().await?;
        rows.into_iter().map(|(id, sealed)| Ok((id, Whole::open(keyring, id, &sealed)?))).collect()
    }

    fn ticket(&self, session: &Session, ticket: &str) -> Result<Request, Unanswered> {
        let read = Some(ticket).filter(|text| text.len() <= 2 * LONGEST_OBJECT);
        let Ticket { request, mac } = read.and_then(|text| serde_json::from_str(text).ok()).ok_or(Refused::Form)?;
        if !bool::from(mac.as_bytes().ct_eq(self.ticket_mac(session, &request).as_bytes())) {
            return Err(Refused::Form.into());
        }
        Ok(Request::again(&request)?)
    }

    /// That this server found a request sound, for this person.
    fn ticket_mac(&self, session: &Session, members: &Map<String, Value>) -> String {
        let text = Value::from(members.clone()).to_string();
        URL_SAFE_NO_PAD.encode(self.keys.once_mark("wallet request", session.owner.0.as_bytes(), &text))
    }
}

/// Sends the answer; where the person goes on (8.2).
async fn post(request: &Request, body: String, fetch: &dyn Fetch) -> Result<Option<Url>, Unanswered> {
    let method = Method::Post { content_type: FORM.to_owned(), body: body.into_bytes() };
    let request = FetchRequest { method, ..FetchRequest::get(request.response_uri.as_str()) };
    let response = fetch.fetch(request).await.map_err(|_| Unanswered::Unreached)?;
    if response.status != 200 {
        return Err(Unanswered::NotTaken);
    }
    let told = object(&response.body).unwrap_or_default();
    let on = told.get("redirect_uri").and_then(Value::as_str).and_then(|url| Url::parse(url).ok());
    Ok(on.filter(|url| matches!(url.scheme(), "https" | "http")))
}
