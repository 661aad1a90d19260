//! From where a request comes, for rate limits alone: used under a keyed hash, never stored or logged.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::Site;

/// The caller's network address; of an IPv6 address the 64 bits that one customer has.
pub struct Remote(pub String);

impl<S> FromRequestParts<S> for Remote
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let proxied = Arc::<Site>::from_ref(state).proxied;
        let address = if proxied { forwarded(&parts.headers).or(peer) } else { peer };
        Ok(Self(address.map(narrowed).unwrap_or_default()))
    }
}

/// What our own proxy saw: the last address of `X-Forwarded-For`. Whatever stands before it was written by the caller.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn narrowed(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => format!("{:x?}", &six.segments()[..4]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_forwarded_address_counts_and_neighbours_in_a_64_are_one() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded(&headers), None);
        headers.append("x-forwarded-for", "not an address".parse().expect("a header"));
        assert_eq!(forwarded(&headers), None);
        headers.append("x-forwarded-for", "10.0.0.1, 192.0.2.7".parse().expect("a header"));
        assert_eq!(forwarded(&headers), "192.0.2.7".parse().ok());
        let of = |text: &str| narrowed(text.parse().expect("an address"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
