//! What all handlers share: the site's state, sessions from cookies, layers, and what an error means in HTTP.

pub mod check;
pub mod client;
pub mod cookie;
pub mod download;
pub mod error;
pub mod fault;
pub mod layers;
pub mod measure;
pub mod params;
mod proof;
pub mod remote;
pub mod route;
pub mod session;
mod tries;

use std::sync::Arc;

use serde::Deserialize;
use url::Url;

use crate::domain::Fetch;
use crate::domain::organisation::Role;
use crate::domain::receipt::Publisher;
use crate::domain::recipient::Localised;
use crate::identity::RelyingParty;
use crate::taxonomy::{Frameworks, Outlines, Situations, Taxonomy};
use crate::usecase::Service;
use crate::usecase::delivery::Sender;

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
    /// Our public keys towards providers (RFC 7517), where one of them is shown who we are by a key.
    pub client_keys: Option<serde_json::Value>,
    /// By what requests leave the house.
    pub fetch: Arc<dyn Fetch>,
    /// The id of the issuer by which participants sign in.
    pub participants_issuer: String,
    pub base: Base,
    pub contacts: Contacts,
    /// Where "Lämna sidan" leads, where the operator has chosen.
    pub leave_to: Option<Url>,
    /// Whom one can be; empty but under `demo`.
    pub personas: Vec<Persona>,
    /// The code of an offer to try; under `demo`.
    pub offer: Option<String>,
    pub tries: Tries,
    /// A proxy of ours stands in front and says from where a request comes.
    pub proxied: bool,
    /// Renders the metrics, where the operator has turned them on.
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
}

impl Site {
    /// How units' own systems are told of their consents.
    pub fn sender(&self) -> Sender {
        Sender { fetch: Arc::clone(&self.fetch), issuer: self.base.origin().to_owned() }
    }

    /// Plain http to this machine: the demonstration, and tests.
    pub fn is_plain(&self) -> bool {
        !self.base.secure() && self.base.is_loopback()
    }

    /// Who publishes receipts.
    pub fn publisher(&self) -> Publisher {
        let us = self.contacts.clone();
        let (name, number, address) = (us.controller, us.number, us.address);
        Publisher { base: self.base.origin().to_owned(), name, number, address, email: us.email, phone: us.phone }
    }

    pub fn is_demo(&self) -> bool {
        !self.personas.is_empty()
    }
}

/// Under which a question of our verify page lies as `request/`, and its answer is posted as `response/` (OpenID4VP 1.0, 5.10, 8.2); the
/// secret of the question follows.
pub const WALLETS: &str = "/openid4vp/";

/// Openings of links that are heard from one address in five minutes.
const MOST_LINKS: usize = 60;

/// Counts a try at any link; `Err` with the seconds to wait.
pub fn link_tries(site: &Site, address: &str) -> Result<(), u32> {
    let key = site.service.keys.address(&format!("link {address}")).0;
    site.tries.count(key, MOST_LINKS, site.service.now())
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
    /// The organisation and its unit, and the role there, for staff.
    pub unit: Option<(String, String)>,
    pub role: Option<Role>,
    /// A live link of theirs, with its secret: anyone may try it.
    pub link: Option<String>,
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
