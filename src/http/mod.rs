//! What all handlers share: the site's state, sessions from cookies, layers, and what an error means in HTTP.

pub mod client;
pub mod cookie;
pub mod error;
pub mod fault;
pub mod layers;
pub mod measure;
pub mod params;
pub mod remote;
pub mod session;
mod tries;

use std::sync::Arc;

use serde::Deserialize;
use url::Url;

use crate::domain::Fetch;
use crate::domain::recipient::Localised;
use crate::identity::RelyingParty;
use crate::taxonomy::{Frameworks, Outlines, Situations, Taxonomy};
use crate::usecase::Service;

pub use session::{Guest, Lang, Person, StaffMember};
pub use tries::Tries;

/// What the handlers need. Built once.
pub struct Site {
    pub service: Arc<Service>,
    pub taxonomy: Arc<Taxonomy>,
    pub situations: Situations,
    pub frameworks: Frameworks,
    pub outlines: Outlines,
    pub login: RelyingParty,
    /// Asks other servers, within bounds: where clients keep their keys.
    pub fetch: Arc<dyn Fetch>,
    /// The id of the issuer by which participants sign in.
    pub participants_issuer: String,
    pub base: Base,
    pub contacts: Contacts,
    /// Where "Lämna sidan" leads, where the operator has chosen.
    pub leave_to: Option<Url>,
    /// Whom one can be; empty but under `demo`.
    pub personas: Vec<Persona>,
    pub tries: Tries,
    /// A proxy of ours stands in front and says from where a request comes.
    pub proxied: bool,
    /// Renders the metrics, where the operator has turned them on.
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
}

impl Site {
    pub fn is_demo(&self) -> bool {
        !self.personas.is_empty()
    }
}

/// Someone to be in the demonstration.
#[derive(Clone, Debug)]
pub struct Persona {
    /// At the demo's identity provider.
    pub subject: String,
    pub issuer: String,
    pub name: String,
    pub about: Localised,
    /// None where the account is still to be made.
    pub passphrase: Option<String>,
    /// The unit and the role, for staff.
    pub unit: Option<(String, String)>,
    pub administrator: bool,
}

/// The origin under which people reach the service.
#[derive(Clone, Debug)]
pub struct Base {
    origin: String,
    host: String,
    secure: bool,
}

impl Base {
    /// `None` for anything but an http or https origin. Plain http is for loopback alone.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let host = url.host_str()?.to_owned();
        let secure = url.scheme() == "https";
        let whole = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let origin = url.origin().ascii_serialization();
        (whole && (secure || url.scheme() == "http")).then_some(Self { origin, host, secure })
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub const fn secure(&self) -> bool {
        self.secure
    }

    /// Whether plain http is fit for it: nobody but this machine can listen.
    pub fn is_loopback(&self) -> bool {
        matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// Who answers for the service: law asks that it be said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contacts {
    /// The controller of personal data.
    pub controller: String,
    /// Its organisation number.
    pub number: String,
    pub address: String,
    pub email: String,
    pub phone: String,
    pub data_protection_officer: String,
}
