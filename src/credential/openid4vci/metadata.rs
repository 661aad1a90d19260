//! What a unit says of itself to wallets (OpenID4VCI 1.0, 12.2 and 12.3).

use serde_json::{Value, json};

use super::{AUTHORIZATION_CODE, BATCH, CONFIGURATION, DETAILS_TYPE, PRE_AUTHORIZED};
use crate::credential::dcql::SD_JWT_VC;
use crate::crypto::jws::Alg;
use crate::domain::credential::VCT;

/// Credential Issuer Metadata (12.2.4). `issuer`: its identifier, under which its endpoints lie; `name`: what the unit is called;
/// `display`: what the credential is called, by language.
pub fn credential_issuer(issuer: &str, name: &str, display: &[(&str, String)]) -> Value {
    let display: Vec<Value> = display.iter().map(|(lang, name)| json!({ "name": name, "locale": lang })).collect();
    json!({
        "credential_issuer": issuer,
        "credential_endpoint": format!("{issuer}/credential"),
        "nonce_endpoint": format!("{issuer}/nonce"),
        "batch_credential_issuance": { "batch_size": BATCH },
        "display": [{ "name": name }],
        "credential_configurations_supported": {
            CONFIGURATION: {
                "format": SD_JWT_VC,
                "vct": VCT,
                "scope": CONFIGURATION,
                "cryptographic_binding_methods_supported": ["jwk"],
                "credential_signing_alg_values_supported": ["ES256"],
                "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["ES256"] } },
                "credential_metadata": { "display": display },
            },
        },
    })
}

/// Metadata of the authorization server that goes with it (RFC 8414; OpenID4VCI 1.0, 12.3): an issuer without `authorization_servers` is
/// its own. Wallets are no registered clients, so they have nothing to do with the server of those; a request to authorize is pushed
/// (RFC 9126), proven by PKCE (RFC 7636), and answered with who answers (RFC 9207).
pub fn authorization_server(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "pushed_authorization_request_endpoint": format!("{issuer}/par"),
        "require_pushed_authorization_requests": true,
        "token_endpoint": format!("{issuer}/token"),
        "grant_types_supported": [AUTHORIZATION_CODE, PRE_AUTHORIZED],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "scopes_supported": [CONFIGURATION],
        "authorization_details_types_supported": [DETAILS_TYPE],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": true,
        "dpop_signing_alg_values_supported": Alg::NAMES,
    })
}
