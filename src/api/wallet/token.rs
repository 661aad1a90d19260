//! The token endpoint for wallets (OpenID4VCI 1.0, 6): an offer's code for a token, without client authentication, bound to a key where
//! the wallet proves one (RFC 9449).

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::metadata::identified;
use super::none;
use crate::credential::openid4vci::{CONFIGURATION, PRE_AUTHORIZED};
use crate::domain::UnitId;
use crate::domain::oauth::Fault;
use crate::http::Site;
use crate::http::client::dpop_header;
use crate::http::fault::{DPOP_NONCE, unstored};
use crate::http::params::Params;
use crate::http::remote::Remote;
use crate::usecase::dpop::Sent;

const MAX_CODE: usize = 128;
const MAX_TX_CODE: usize = 64;
const MAX_DETAILS: usize = 8 * 1024;
/// In five minutes from one address.
const MOST: usize = 60;

pub async fn token(State(site): State<Arc<Site>>, Path(unit): Path<String>, request: Request) -> Response {
    let Some((id, _)) = identified(&site, &unit) else { return none() };
    let mut response = match granted(&site, id, &unit, request).await {
        Ok(body) => unstored(Json(body).into_response()),
        Err(fault) => fault.into_response(),
    };
    // Letters and digits of base64url (RFC 9449, 8.2).
    if let Ok(nonce) = site.service.dpop_nonce().parse() {
        response.headers_mut().insert(DPOP_NONCE, nonce);
    }
    response
}

async fn granted(site: &Arc<Site>, id: UnitId, unit: &str, request: Request) -> Result<Value, Fault> {
    let (mut parts, body) = request.into_parts();
    let Ok(Remote(address)) = Remote::from_request_parts(&mut parts, site).await;
    let counted = site.service.keys.once_mark("wallet-address", address.as_bytes(), "");
    site.tries.count(counted, MOST, site.service.now()).map_err(Fault::TooOften)?;
    let headers = parts.headers.clone();
    let form = Params::read(Request::from_parts(parts, body)).await?;
    if form.required("grant_type", 128)? != PRE_AUTHORIZED {
        return Err(Fault::GrantType);
    }
    let code = form.required("pre-authorized_code", MAX_CODE)?;
    let tx_code = form.optional("tx_code", MAX_TX_CODE)?;
    let details = form.optional("authorization_details", MAX_DETAILS)?.map(details).transpose()?;
    let proof = match dpop_header(&headers)? {
        Some(proof) => {
            let url = site.base.url(&format!("/issuer/{unit}/token"));
            let held = site.service.dpop_proof(proof, Sent { method: "POST", url: &url, token: None })?;
            Some(site.service.dpop_present(held).await?)
        }
        None => None,
    };
    let granted = site.service.redeem_wallet_code(id, code, tx_code, proof).await?;
    let mut body = json!({
        "access_token": granted.token,
        "token_type": if granted.bound { "DPoP" } else { "Bearer" },
        "expires_in": granted.expires_in,
    });
    if let Some(details) = details {
        body["authorization_details"] = details;
    }
    Ok(body)
}

/// `authorization_details` (5.1.1): for what there is, and answered with its one data set (6.2).
fn details(text: &str) -> Result<Value, Fault> {
    let fault = || Fault::Details("an array of one openid_credential with a known credential_configuration_id".to_owned());
    let all: Vec<Value> = serde_json::from_str(text).map_err(|_| fault())?;
    let [one] = all.as_slice() else { return Err(fault()) };
    if one["type"] != "openid_credential" || one["credential_configuration_id"] != CONFIGURATION {
        return Err(fault());
    }
    Ok(json!([{
        "type": "openid_credential", "credential_configuration_id": CONFIGURATION, "credential_identifiers": [CONFIGURATION],
    }]))
}
