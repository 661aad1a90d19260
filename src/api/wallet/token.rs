//! The token endpoint for wallets (OpenID4VCI 1.0, 6): an offer's code or a login's for a token, without client authentication, bound to a
//! key where the wallet proves one (RFC 9449).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::metadata::identified;
use super::none;
use super::sent::{MAX_CLIENT, Sent, proof, unknown_details, with_nonce};
use crate::api::body::Named;
use crate::api::par::{MAX_ADDRESS, MAX_DETAILS};
use crate::credential::openid4vci::{AUTHORIZATION_CODE, PRE_AUTHORIZED, details_asked, details_granted};
use crate::domain::UnitId;
use crate::domain::oauth::Fault;
use crate::http::Site;
use crate::http::fault::unstored;
use crate::http::params::Params;
use crate::usecase::wallet::Shown;

const MAX_CODE: usize = 128;
const MAX_TX_CODE: usize = 64;
/// RFC 7636, 4.1.
const MAX_VERIFIER: usize = 128;

pub async fn token(State(site): State<Arc<Site>>, Named(unit): Named<String>, request: Request) -> Response {
    let Some((id, _)) = identified(&site, &unit) else { return none() };
    let response = match granted(&site, id, &unit, request).await {
        Ok(body) => unstored(Json(body).into_response()),
        Err(fault) => fault.into_response(),
    };
    with_nonce(&site, response)
}

async fn granted(site: &Arc<Site>, id: UnitId, unit: &str, request: Request) -> Result<Value, Fault> {
    let Sent { form, headers } = Sent::read(site, request).await?;
    let code = match form.required("grant_type", 128)? {
        PRE_AUTHORIZED => form.required("pre-authorized_code", MAX_CODE)?,
        AUTHORIZATION_CODE => form.required("code", MAX_CODE)?,
        _ => return Err(Fault::GrantType),
    };
    let shown = shown(&form)?;
    let asked = match form.optional("authorization_details", MAX_DETAILS)? {
        Some(text) if details_asked(text, &site.base.url(&format!("/issuer/{unit}"))) => true,
        Some(_) => return Err(unknown_details()),
        None => false,
    };
    let proof = proof(site, &format!("/issuer/{unit}/token"), &headers).await?;
    let granted = site.service.redeem_wallet_code(id, code, shown, proof).await?;
    let mut body = json!({
        "access_token": granted.token,
        "token_type": if granted.bound { "DPoP" } else { "Bearer" },
        "expires_in": granted.expires_in,
    });
    if asked || granted.details {
        body["authorization_details"] = details_granted();
    }
    Ok(body)
}

/// What goes with a code of either kind.
fn shown(form: &Params) -> Result<Shown<'_>, Fault> {
    if form.required("grant_type", 128)? == PRE_AUTHORIZED {
        return Ok(Shown::Offer { tx_code: form.optional("tx_code", MAX_TX_CODE)? });
    }
    Ok(Shown::Login {
        client_id: form.required("client_id", MAX_CLIENT)?,
        redirect_uri: form.required("redirect_uri", MAX_ADDRESS)?,
        verifier: form.required("code_verifier", MAX_VERIFIER)?,
    })
}
