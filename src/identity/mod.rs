//! OpenID Connect, our side of it: authorization code with PKCE, state and nonce, a demanded level of assurance, several issuers.
//! Pure protocol: what must be fetched comes through [`Fetch`], time and randomness through their seams, and what must be
//! remembered between the two steps is a value ([`Pending`]) that the caller seals under the login cookie's secret.
//!
//! Login says who; it never opens anything.

mod client_key;
mod issuer;
mod login;
mod provider;
mod token;

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::{CoreAuthenticationFlow, CoreResponseType};
use openidconnect::{AuthenticationFlow, CsrfToken, LanguageTag, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use subtle::ConstantTimeEq;

use crate::domain::time::MINUTE;
use crate::domain::{Clock, Fetch, Random, random};

pub use client_key::ClientKey;
pub use issuer::{ClientAuth, ClientSecret, Issuer};
pub use login::{Callback, Login, LoginFault, Pending, Started};
use provider::Provider;

/// Between leaving for the provider and coming back.
pub const MOST_MINUTES: i64 = 15;

/// The relying party with its issuers. Built once.
pub struct RelyingParty {
    issuers: BTreeMap<String, Issuer>,
    fetch: Arc<dyn Fetch>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl RelyingParty {
    pub fn new(issuers: Vec<Issuer>, fetch: Arc<dyn Fetch>, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        let issuers = issuers.into_iter().map(|issuer| (issuer.id.clone(), issuer)).collect();
        Self { issuers, fetch, clock, random }
    }

    pub fn issuers(&self) -> impl Iterator<Item = &Issuer> {
        self.issuers.values()
    }

    /// Whether the issuer's documents can be had and read, for whoever checks the installation.
    ///
    /// # Errors
    /// `UnknownIssuer` or `Unavailable`.
    pub async fn reach(&self, issuer: &str) -> Result<(), LoginFault> {
        let issuer = self.issuers.get(issuer).ok_or(LoginFault::UnknownIssuer)?;
        Provider::discover(issuer, &self.fetch, provider::FRESH).await.map(drop)
    }

    /// Where to send the person, and what to remember. `redirect` is our callback's URL, exactly as registered; `lang` a BCP 47
    /// tag for the provider's pages.
    ///
    /// # Errors
    /// `UnknownIssuer`, or `Unavailable` where its discovery document cannot be had.
    pub async fn begin(&self, issuer: &str, redirect: &str, lang: &str) -> Result<Started, LoginFault> {
        let issuer = self.issuers.get(issuer).ok_or(LoginFault::UnknownIssuer)?;
        let provider = Provider::discover(issuer, &self.fetch, provider::KEPT).await?;
        let pending = Pending {
            issuer: issuer.id.clone(),
            state: self.secret(),
            nonce: self.secret(),
            verifier: self.secret(),
            redirect: redirect.to_owned(),
            at: self.clock.now(),
        };
        Ok(Started { url: authorization_url(issuer, &provider, &pending, lang)?, pending })
    }

    /// Ends a login with what the provider sent back.
    ///
    /// # Errors
    /// As [`LoginFault`] says. `pending` serves once: the caller forgets it whatever comes out.
    pub async fn finish(&self, pending: &Pending, callback: &Callback) -> Result<Login, LoginFault> {
        let issuer = self.issuers.get(&pending.issuer).ok_or(LoginFault::UnknownIssuer)?;
        self.check_state(pending, callback)?;
        let provider = Provider::discover(issuer, &self.fetch, provider::KEPT).await?;
        provider.check_sender(issuer, callback)?;
        if let Some(error) = &callback.error {
            return Err(LoginFault::of_callback(error));
        }
        let code = callback.code.as_deref().ok_or(LoginFault::Malformed)?;
        let assertion = self.assertion(issuer)?;
        let id_token = provider.exchange(issuer, pending, code, assertion, &self.fetch).await?;
        let now = self.clock.now();
        match token::verify(&id_token, issuer, pending, &provider, now) {
            // The provider may have changed its key since we last asked.
            Err(LoginFault::UnknownKey) => {
                let provider = Provider::discover(issuer, &self.fetch, provider::FRESH).await?;
                token::verify(&id_token, issuer, pending, &provider, now)
            }
            done => done,
        }
    }

    fn check_state(&self, pending: &Pending, callback: &Callback) -> Result<(), LoginFault> {
        let state = callback.state.as_deref().unwrap_or("");
        if !bool::from(state.as_bytes().ct_eq(pending.state.as_bytes())) {
            return Err(LoginFault::State);
        }
        if !(0..=MOST_MINUTES * MINUTE).contains(&self.clock.now().since(pending.at)) {
            return Err(LoginFault::TooLate);
        }
        Ok(())
    }

    fn assertion(&self, issuer: &Issuer) -> Result<Option<String>, LoginFault> {
        match &issuer.auth {
            ClientAuth::Secret(_) => Ok(None),
            ClientAuth::PrivateKeyJwt(key) => {
                let signed = key.assertion(&issuer.client_id, &issuer.issuer_url, &self.secret(), self.clock.now());
                signed.map(Some).ok_or(LoginFault::Client)
            }
        }
    }

    /// 256 random bits as text.
    fn secret(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<32>(&*self.random))
    }
}

fn authorization_url(issuer: &Issuer, provider: &Provider, pending: &Pending, lang: &str) -> Result<String, LoginFault> {
    let client = provider.client(issuer);
    let redirect = RedirectUrl::new(pending.redirect.clone()).map_err(|_| LoginFault::Malformed)?;
    let (state, nonce) = (pending.state.clone(), pending.nonce.clone());
    let flow: CoreAuthenticationFlow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let verifier = PkceCodeVerifier::new(pending.verifier.clone());
    let request = client
        .authorize_url(flow, move || CsrfToken::new(state), move || Nonce::new(nonce))
        .set_redirect_uri(std::borrow::Cow::Owned(redirect))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scopes(issuer.scopes.iter().cloned().map(Scope::new))
        .add_ui_locale(LanguageTag::new(lang.to_owned()))
        .add_extra_param("claims", issuer.claims_request());
    let (url, _, _) = request.url();
    Ok(url.into())
}

#[cfg(test)]
mod tests;
