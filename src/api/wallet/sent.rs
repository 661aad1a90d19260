//! What a wallet sends to an endpoint of the authorization server, counted before it is looked at.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::domain::oauth::Fault;
use crate::http::Site;
use crate::http::client::dpop_header;
use crate::http::fault::nonced;
use crate::http::params::Params;
use crate::http::remote::Remote;
use crate::usecase::dpop;

pub(super) struct Sent {
    pub form: Params,
    pub headers: HeaderMap,
}

pub(super) const MAX_CLIENT: usize = 500;
/// In five minutes from one address.
const MOST: usize = 60;

impl Sent {
    pub async fn read(site: &Arc<Site>, request: Request) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let Ok(Remote(address)) = Remote::from_request_parts(&mut parts, site).await;
        let counted = site.service.keys.once_mark("wallet-address", address.as_bytes(), "");
        site.tries.count(counted, MOST, site.service.now()).map_err(Fault::TooOften)?;
        let headers = parts.headers.clone();
        Ok(Self { form: Params::read(Request::from_parts(parts, body)).await?, headers })
    }
}

/// The thumbprint of the key of its proof (RFC 9449), where it sent one; from here on that proof has served.
pub(super) async fn proof(site: &Site, path: &str, headers: &HeaderMap) -> Result<Option<[u8; 32]>, Fault> {
    let Some(proof) = dpop_header(headers)? else { return Ok(None) };
    let url = site.base.url(path);
    let held = site.service.dpop_proof(proof, dpop::Sent { method: "POST", url: &url, token: None })?;
    Ok(Some(site.service.dpop_present(held).await?))
}

pub(super) fn unknown_details() -> Fault {
    Fault::Details("an array of one openid_credential with a known credential_configuration_id".to_owned())
}

/// With the nonce for the next proof.
pub(super) fn with_nonce(site: &Site, response: Response) -> Response {
    nonced(response, &site.service.dpop_nonce())
}
