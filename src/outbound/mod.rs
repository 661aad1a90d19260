//! The only place that asks other servers. Where it may reach is fixed when it is built; addresses are checked when they are
//! resolved and the connection goes to those very addresses, so that no name can turn inward between check and use.
//!
//! TLS by rustls with `ring`. The roots are the operating system's (package `ca-certificates`), because an operator adds an
//! authority of their own there, and removes one.

mod address;
mod cache;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, redirect};
use url::Url;

use crate::domain::fetch::{BoxFuture, Fetch, FetchFault, FetchRequest, FetchResponse, Method};
use crate::domain::{Clock, Timestamp};

use address::Resolver;
use cache::Cache;

/// Where requests may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses, by https. The hosts named (in lower case) may also lie on an inner network, but never on a link-local
    /// address, where clouds keep their credentials.
    Public { inner_hosts: BTreeSet<String> },
    /// This machine's loopback only; plain http allowed. For the demo and for tests: it cannot reach out.
    Loopback,
}

/// The HTTP client.
pub struct Outbound {
    client: Client,
    reach: Arc<Reach>,
    clock: Arc<dyn Clock>,
    cache: Mutex<Cache>,
}

/// The client cannot be built: the system has no root certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRoots;

impl fmt::Display for NoRoots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this system has no root certificates (package ca-certificates)")
    }
}

impl std::error::Error for NoRoots {}

/// For one request from connecting to the last byte.
const TOTAL: Duration = Duration::from_secs(5);
const CONNECT: Duration = Duration::from_secs(3);
/// No answer may be longer, whatever is asked.
const MOST_BYTES: usize = 1024 * 1024;

impl Outbound {
    /// # Errors
    /// [`NoRoots`], under `Public` only: loopback takes no certificates.
    pub fn new(reach: Reach, clock: Arc<dyn Clock>) -> Result<Self, NoRoots> {
        Self::within(TOTAL, reach, clock)
    }

    fn within(total: Duration, reach: Reach, clock: Arc<dyn Clock>) -> Result<Self, NoRoots> {
        // A second installation fails, and is right to: the first stands.
        _ = rustls::crypto::ring::default_provider().install_default();
        let reach = Arc::new(reach);
        let builder = Client::builder()
            .user_agent(concat!("egenkarta/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(total)
            .connect_timeout(CONNECT)
            // Requests are rare: a connection kept is most likely one that the other side has closed, and a code cannot be sent twice.
            .pool_max_idle_per_host(0)
            .dns_resolver(Resolver(Arc::clone(&reach)));
        let builder = match *reach {
            Reach::Public { .. } => builder.https_only(true),
            Reach::Loopback => builder.tls_certs_only([]),
        };
        let client = builder.build().map_err(|_| NoRoots)?;
        Ok(Self { client, reach, clock, cache: Mutex::default() })
    }

    async fn ask(&self, request: FetchRequest) -> Result<FetchResponse, FetchFault> {
        let url = self.allowed(&request.url)?;
        let Some(max_age) = request.max_age.filter(|_| matches!(request.method, Method::Get)) else {
            return self.send(url, request).await;
        };
        let now = self.clock.now();
        if let Some(kept) = self.cache(|cache| cache.get(&url, now, max_age)) {
            return Ok(kept);
        }
        let response = self.send(url.clone(), request).await?;
        if response.status == 200 {
            self.cache(|cache| cache.put(url, now, response.clone()));
        }
        Ok(response)
    }

    /// A literal address in the URL is never resolved, so it is checked here.
    fn allowed(&self, url: &str) -> Result<Url, FetchFault> {
        let url = Url::parse(url).map_err(|_| FetchFault::Refused)?;
        let scheme = url.scheme() == "https" || (*self.reach == Reach::Loopback && url.scheme() == "http");
        let bare = url.username().is_empty() && url.password().is_none();
        let host = match url.host() {
            Some(url::Host::Domain(_)) => true,
            Some(url::Host::Ipv4(ip)) => address::allowed(&self.reach, &ip.to_string(), ip.into()),
            Some(url::Host::Ipv6(ip)) => address::allowed(&self.reach, &ip.to_string(), ip.into()),
            None => false,
        };
        if scheme && bare && host { Ok(url) } else { Err(FetchFault::Refused) }
    }

    async fn send(&self, url: Url, request: FetchRequest) -> Result<FetchResponse, FetchFault> {
        let builder = match request.method {
            Method::Get => self.client.get(url),
            Method::Post { content_type, body } => self.client.post(url).header(CONTENT_TYPE, content_type).body(body),
        };
        let mut response = builder.headers(headers(request.headers)?).send().await.map_err(fault)?;
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let most = request.max_bytes.min(MOST_BYTES);
        if response.content_length().is_some_and(|length| length > most as u64) {
            return Err(FetchFault::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if body.len() + chunk.len() > most {
                return Err(FetchFault::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(FetchResponse { status: response.status().as_u16(), content_type, body })
    }

    fn cache<T>(&self, use_it: impl FnOnce(&mut Cache) -> T) -> T {
        // What a panicking thread left behind is at worst a missing answer.
        use_it(&mut self.cache.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Fetch for Outbound {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        Box::pin(self.ask(request))
    }
}

fn headers(pairs: Vec<(String, String)>) -> Result<HeaderMap, FetchFault> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::try_from(name).map_err(|_| FetchFault::Refused)?;
        let mut value = HeaderValue::try_from(value).map_err(|_| FetchFault::Refused)?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

fn fault(error: reqwest::Error) -> FetchFault {
    let refused =
        std::iter::successors(std::error::Error::source(&error), |cause| cause.source()).any(|cause| cause.is::<address::Inner>());
    match error {
        _ if refused => FetchFault::Refused,
        error if error.is_timeout() => FetchFault::TooSlow,
        _ => FetchFault::Unreachable,
    }
}

#[cfg(test)]
mod tests;
