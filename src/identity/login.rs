//! The values of a login: what starts it, what comes back, and what it says.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::domain::Timestamp;

pub struct Started {
    /// At the provider. Sent to the browser as a redirect.
    pub url: String,
    pub pending: Pending,
}

/// What is remembered between leaving and coming back. All of it is secret: it is sealed under the login cookie's secret, and
/// prints nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Pending {
    pub issuer: String,
    pub(super) state: String,
    pub(super) nonce: String,
    /// PKCE (RFC 7636).
    pub(super) verifier: String,
    pub(super) redirect: String,
    #[zeroize(skip)]
    pub(super) at: Timestamp,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

/// The query of the callback.
#[derive(Clone, Default, Deserialize)]
pub struct Callback {
    pub code: Option<String>,
    pub state: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
    pub error: Option<String>,
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}

/// Who has logged in. It says who; it opens nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// Our name of the issuer.
    pub issuer: String,
    /// The issuer's own identifier: together with `subject` it names the account.
    pub issuer_url: String,
    pub subject: String,
    /// The level reached, where the provider says it.
    pub acr: Option<String>,
    /// When the person last showed who they are.
    pub auth_time: Option<Timestamp>,
    /// Only where the issuer's configuration asks for it.
    pub name: Option<String>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Why no login came of it. Says nothing of what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginFault {
    UnknownIssuer,
    /// The provider cannot be reached, or its documents cannot be read.
    Unavailable,
    /// The answer belongs to no login that this browser began.
    State,
    /// The person was away too long.
    TooLate,
    /// The answer comes from another provider than the one asked.
    MixedUp,
    /// The person turned back at the provider.
    Cancelled,
    /// The level of assurance demanded was not reached.
    Level,
    /// The provider refused the code: used before, too old, or not ours.
    Refused,
    /// The provider does not accept our client: an operator's matter.
    Client,
    /// The answer or the ID token cannot be read.
    Malformed,
    /// The ID token is signed with a key that the provider does not publish.
    UnknownKey,
    Signature,
    Issuer,
    Audience,
    Expired,
    Nonce,
}

impl LoginFault {
    /// The locale key of what the person is told. Everything that only an attack or a broken provider causes sounds the same.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cancelled => "login-cancelled",
            Self::TooLate | Self::State => "login-too-late",
            Self::Level => "login-level",
            Self::Unavailable | Self::UnknownIssuer | Self::Client => "login-unavailable",
            Self::MixedUp
            | Self::Refused
            | Self::Malformed
            | Self::UnknownKey
            | Self::Signature
            | Self::Issuer
            | Self::Audience
            | Self::Expired
            | Self::Nonce => "login-failed",
        }
    }

    /// From the callback's `error` (RFC 6749 section 4.1.2.1; OpenID Connect Core 1.0 section 3.1.2.6; Unmet Authentication
    /// Requirements 1.0).
    pub(super) fn of_callback(error: &str) -> Self {
        match error {
            "access_denied" | "login_required" | "interaction_required" | "consent_required" => Self::Cancelled,
            "unmet_authentication_requirements" => Self::Level,
            "temporarily_unavailable" | "server_error" => Self::Unavailable,
            "unauthorized_client" | "invalid_request" | "invalid_scope" | "unsupported_response_type" => Self::Client,
            _ => Self::Refused,
        }
    }
}

impl fmt::Display for LoginFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for LoginFault {}
