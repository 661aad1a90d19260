//! A provider as its own documents describe it, and the one request made of it.

use std::sync::Arc;

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreGrantType,
    CoreIdToken, CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::http::{Method as HttpMethod, Response};
use openidconnect::{
    AdditionalProviderMetadata, AsyncHttpClient, AuthType, AuthorizationCode, ClientId, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, PkceCodeVerifier, ProviderMetadata, RedirectUrl, RequestTokenError,
};
use serde::{Deserialize, Serialize};

use super::issuer::{ClientAuth, Issuer};
use super::login::{Callback, LoginFault, Pending};
use crate::domain::fetch::{BoxFuture, Method};
use crate::domain::{Fetch, FetchFault, FetchRequest};

/// How old, in seconds, the provider's documents may be.
pub(super) const KEPT: u32 = 3600;
/// How old when a key was not found in them. Not 0: false key names must not make us ask at each try.
pub(super) const FRESH: u32 = 30;

type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Extra {
    /// RFC 9207 section 3.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

pub(super) struct Provider(Metadata);

impl Provider {
    /// Discovery document and keys, at most `max_age` seconds old.
    pub(super) async fn discover(issuer: &Issuer, fetch: &Arc<dyn Fetch>, max_age: u32) -> Result<Self, LoginFault> {
        let url = IssuerUrl::new(issuer.issuer_url.clone()).map_err(|_| LoginFault::Unavailable)?;
        let http = Http { fetch: Arc::clone(fetch), max_age: Some(max_age) };
        let metadata = Metadata::discover_async(url, &http).await.map_err(|_| LoginFault::Unavailable)?;
        // An https issuer that sends people to a plain page is not one to follow.
        let plain = metadata.authorization_endpoint().url().scheme() != "https";
        if plain && issuer.issuer_url.starts_with("https:") { Err(LoginFault::Unavailable) } else { Ok(Self(metadata)) }
    }

    /// Whether the answer comes from the provider that was asked (RFC 9207 section 2.4).
    pub(super) fn check_sender(&self, issuer: &Issuer, callback: &Callback) -> Result<(), LoginFault> {
        match &callback.iss {
            Some(sender) if *sender == issuer.issuer_url => Ok(()),
            None if !self.0.additional_metadata().authorization_response_iss_parameter_supported => Ok(()),
            _ => Err(LoginFault::MixedUp),
        }
    }

    pub(super) fn keys(&self) -> CoreJsonWebKeySet {
        self.0.jwks().clone()
    }

    pub(super) fn client(&self, issuer: &Issuer) -> Client {
        let id = ClientId::new(issuer.client_id.clone());
        let secret = match &issuer.auth {
            ClientAuth::Secret(secret) => Some(openidconnect::ClientSecret::new(secret.reveal().to_owned())),
            ClientAuth::PrivateKeyJwt(_) => None,
        };
        CoreClient::from_provider_metadata(self.0.clone(), id, secret).set_auth_type(self.secret_method())
    }

    /// Basic, which is the default (RFC 8414 section 2), unless the provider lists only the body.
    fn secret_method(&self) -> AuthType {
        let methods = self.0.token_endpoint_auth_methods_supported();
        let lists = |method| methods.is_some_and(|methods| methods.contains(&method));
        if lists(CoreClientAuthMethod::ClientSecretPost) && !lists(CoreClientAuthMethod::ClientSecretBasic) {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        }
    }

    /// Exchanges the code for an ID token. The access token is let go unused.
    pub(super) async fn exchange(
        &self,
        issuer: &Issuer,
        pending: &Pending,
        code: &str,
        assertion: Option<String>,
        fetch: &Arc<dyn Fetch>,
    ) -> Result<CoreIdToken, LoginFault> {
        let redirect = RedirectUrl::new(pending.redirect.clone()).map_err(|_| LoginFault::Malformed)?;
        let client = self.client(issuer).set_redirect_uri(redirect);
        let mut request = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|_| LoginFault::Unavailable)?;
        request = request.set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone()));
        if let Some(assertion) = assertion {
            request = request
                .add_extra_param("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .add_extra_param("client_assertion", assertion);
        }
        let http = Http { fetch: Arc::clone(fetch), max_age: None };
        let response = request.request_async(&http).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(said) => match said.error() {
                CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => LoginFault::Client,
                _ => LoginFault::Refused,
            },
            RequestTokenError::Request(_) => LoginFault::Unavailable,
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => LoginFault::Malformed,
        })?;
        response.extra_fields().id_token().cloned().ok_or(LoginFault::Malformed)
    }
}

/// Carries requests of the protocol crate through our seam.
struct Http {
    fetch: Arc<dyn Fetch>,
    max_age: Option<u32>,
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = FetchFault;
    type Future = BoxFuture<'c, Result<HttpResponse, FetchFault>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = self.fetch.fetch(outgoing(request, self.max_age)?).await?;
            let mut response = Response::builder().status(answer.status);
            if let Some(content_type) = answer.content_type {
                response = response.header("content-type", content_type);
            }
            response.body(answer.body).map_err(|_| FetchFault::Unreachable)
        })
    }
}

fn outgoing(request: HttpRequest, max_age: Option<u32>) -> Result<FetchRequest, FetchFault> {
    let (parts, body) = request.into_parts();
    let mut content_type = String::new();
    let mut headers = Vec::new();
    for (name, value) in &parts.headers {
        let value = value.to_str().map_err(|_| FetchFault::Refused)?.to_owned();
        match name.as_str() {
            "content-type" => content_type = value,
            name => headers.push((name.to_owned(), value)),
        }
    }
    let method = if parts.method == HttpMethod::POST { Method::Post { content_type, body } } else { Method::Get };
    Ok(FetchRequest { method, headers, max_age, ..FetchRequest::get(parts.uri.to_string()) })
}
