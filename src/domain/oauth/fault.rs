//! Errors as the RFCs name them, without detail that helps an attacker.

/// Why a protocol endpoint refused. The words in brackets are what goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// [`invalid_request`] RFC 6749, 5.2: a parameter is missing, given twice, too long or unknown. Says which.
    Request(&'static str),
    /// [`invalid_client`] RFC 6749, 5.2.
    Client,
    /// [`invalid_grant`] RFC 6749, 5.2: unknown, used, ended, another's. All alike.
    Grant,
    /// [`unauthorized_client`] RFC 6749, 5.2.
    Unauthorized,
    /// [`unsupported_grant_type`] RFC 6749, 5.2.
    GrantType,
    /// [`unsupported_response_type`] RFC 6749, 4.1.2.1.
    ResponseType,
    /// [`invalid_scope`] RFC 6749, 5.2.
    Scope,
    /// [`invalid_target`] RFC 8693, 2.2.2.
    Target,
    /// [`invalid_authorization_details`] RFC 9396, 5: what was asked for, and why it may not be.
    Details(String),
    /// [`authorization_pending`] RFC 8628, 3.5.
    Pending,
    /// [`slow_down`] RFC 8628, 3.5.
    SlowDown,
    /// [`expired_token`] RFC 8628, 3.5.
    ExpiredToken,
    /// [`invalid_dpop_proof`] RFC 9449, 5.
    Proof,
    /// [`use_dpop_nonce`] RFC 9449, 8: with this one.
    Nonce(String),
    /// [`invalid_token`] RFC 6750, 3.1.
    Token,
    /// [`slow_down`] of ours for who asks too often: 429 with Retry-After, seconds.
    TooOften(u32),
    /// [`server_error`].
    Server,
}

impl Fault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Request(_) => "invalid_request",
            Self::Client => "invalid_client",
            Self::Grant => "invalid_grant",
            Self::Unauthorized => "unauthorized_client",
            Self::GrantType => "unsupported_grant_type",
            Self::ResponseType => "unsupported_response_type",
            Self::Scope => "invalid_scope",
            Self::Target => "invalid_target",
            Self::Details(_) => "invalid_authorization_details",
            Self::Pending => "authorization_pending",
            Self::SlowDown | Self::TooOften(_) => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::Proof => "invalid_dpop_proof",
            Self::Nonce(_) => "use_dpop_nonce",
            Self::Token => "invalid_token",
            Self::Server => "server_error",
        }
    }
}
