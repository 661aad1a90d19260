//! Client authentication by `private_key_jwt` (RFC 7523, 3; FAPI 2.0 security profile, 5.3.2.1): a statement that only the holder of the
//! client's key can make, for us alone, for a short time, once.

use super::{Error, Service};
use crate::crypto::jws::{Claims, PublicJwk, Unverified, fetched_set, strict_set};
use crate::domain::oauth::{Client, ClientKeys, Fault};
use crate::domain::time::{MINUTE, SECOND};
use crate::domain::{ClientId, Fetch, FetchRequest, Timestamp};

/// How long a statement may last, from now.
const LIFE: i64 = 5 * MINUTE;
/// How far clocks may differ (FAPI 2.0 security profile, 5.3.2.1: at least 10 seconds, at most 60).
pub(super) const SKEW: i64 = MINUTE;
const MAX_NAME: usize = 256;
/// How old, in seconds, a fetched key set may be; and how old when the key was not in it.
const KEPT: u32 = 300;
const FRESH: u32 = 15;

impl Service {
    /// The client whose key signed `assertion` for `issuer`, which is us. Every reason to refuse looks the same.
    pub async fn authenticate(
        &self,
        issuer: &str,
        said: Option<&str>,
        assertion: &str,
        fetch: &dyn Fetch,
    ) -> Result<Client, Fault> {
        let read = || Unverified::parse(assertion).map_err(|_| Fault::Client);
        let jws = read()?;
        // A statement of another sort, made by the same key, must not pass for this one (RFC 8725, 3.11).
        let own = !jws.is_typed() || matches!(jws.typ().as_deref(), Some("jwt" | "client-authentication+jwt"));
        let id = jws.hint("sub").filter(|id| own && said.is_none_or(|said| said == *id)).ok_or(Fault::Client)?;
        let id: ClientId = id.parse().map_err(|_| Fault::Client)?;
        let client = self.find_client(id).await.map_err(|error| fault(&error))?.ok_or(Fault::Client)?;
        let claims = match &client.keys {
            ClientKeys::Set(text) => jws.verify_any(&strict_set(text).map_err(|_| Fault::Client)?),
            ClientKeys::Url(url) => match jws.verify_any(&fetched(fetch, url, KEPT).await?) {
                // The client may have changed its keys since.
                None => read()?.verify_any(&fetched(fetch, url, FRESH).await?),
                found => found,
            },
        };
        let claims = claims.ok_or(Fault::Client)?;
        let until = self.checked(&client, issuer, &claims).ok_or(Fault::Client)?;
        let name = claims.text("jti").filter(|jti| (1..=MAX_NAME).contains(&jti.len())).ok_or(Fault::Client)?;
        let mark = self.keys.once_mark("assertion", client.id.0.as_bytes(), name);
        let fresh = self.appender.once(mark, until).await.map_err(|error| fault(&error.into()))?;
        if fresh { Ok(client) } else { Err(Fault::Client) }
    }

    /// Until when it must be remembered, where its claims are as they must be.
    fn checked(&self, client: &Client, issuer: &str, claims: &Claims) -> Option<Timestamp> {
        let now = self.now();
        let id = client.id.to_string();
        let who = [claims.text("iss"), claims.text("sub")] == [Some(id.as_str()); 2];
        // The issuer identifier as one text: a list, or another address of ours, would let a statement serve elsewhere too.
        let to_us = claims.text("aud") == Some(issuer);
        let time = |name: &str| Some(claims.seconds(name).ok()?.map(|seconds| Timestamp(seconds.saturating_mul(SECOND))));
        let (until, issued, from) = (time("exp")??, time("iat")?, time("nbf")?);
        let in_time = until > now && until <= now.plus(LIFE + SKEW);
        let begun = [issued, from].into_iter().flatten().all(|at| at <= now.plus(SKEW));
        let young = issued.is_none_or(|at| at >= now.plus(-LIFE - SKEW));
        (who && to_us && in_time && begun && young).then_some(until)
    }
}

async fn fetched(fetch: &dyn Fetch, url: &str, max_age: u32) -> Result<Vec<PublicJwk>, Fault> {
    let response = fetch.fetch(FetchRequest::get(url).max_age(max_age)).await.map_err(|_| Fault::Client)?;
    let text = String::from_utf8(response.body).ok().filter(|_| response.status == 200).ok_or(Fault::Client)?;
    fetched_set(&text).map_err(|_| Fault::Client)
}

/// What a use case's fault is to a protocol: told in the log, not to the client.
pub(super) fn fault(error: &Error) -> Fault {
    tracing::error!(%error, "a protocol request failed");
    Fault::Server
}
