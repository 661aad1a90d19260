//! A wallet's authorization request (OpenID4VCI 1.0, 5.1), as its issuer reads it: what is asked for, and where the answer may go. Wallets
//! are registered nowhere, so an address is taken by its form, and the person sees it before they answer.

use serde_json::{Value, json};
use url::{Host, Url};

use super::{CONFIGURATION, DETAILS_TYPE};

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnAddress(Url);

/// Bytes of an address, and of `authorization_details`.
const LONGEST: usize = 500;

impl ReturnAddress {
    /// An address of the web by `https`; of a program on the person's own machine by loopback (RFC 8252, 7.3); or of an app by a scheme of
    /// its own, which is a domain name turned round (RFC 8252, 7.1). `None` for every other, and where `client` is an address of the web
    /// and of another place: who asks and where the answer goes must not be two.
    pub fn read(address: &str, client: &str) -> Option<Self> {
        let url = Url::parse(address).ok().filter(|_| address.len() <= LONGEST)?;
        let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        let taken = match url.scheme() {
            "https" => url.has_host(),
            "http" => loopback(&url),
            own => own.contains('.'),
        };
        let named = Url::parse(client).ok().filter(|client| matches!(client.scheme(), "https" | "http"));
        let same = named.is_none_or(|client| client.origin() == url.origin());
        (plain && taken && same).then_some(Self(url))
    }

    /// What a person recognises: the host, or an app's own scheme.
    pub fn shown(&self) -> &str {
        self.0.host_str().filter(|_| self.of_web()).unwrap_or_else(|| self.0.scheme())
    }

    /// As a source of a Content-Security-Policy.
    pub fn source(&self) -> String {
        if self.of_web() { self.0.origin().ascii_serialization() } else { format!("{}:", self.0.scheme()) }
    }

    /// With an answer (RFC 6749, 4.1.2).
    pub fn with(&self, answer: &[(&str, &str)]) -> String {
        let mut url = self.0.clone();
        url.query_pairs_mut().extend_pairs(answer);
        url.into()
    }

    /// Of the web, or a program on the person's own machine; not of an app's own scheme.
    pub fn of_web(&self) -> bool {
        matches!(self.0.scheme(), "https" | "http")
    }
}

fn loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether `scope` asks for the one credential that there is (5.1.2), and for nothing else.
pub fn asks_by_scope(scope: &str) -> bool {
    scope == CONFIGURATION
}

/// Whether `authorization_details` ask `issuer` for the one credential that there is (5.1.1), and for nothing else.
pub fn details_asked(text: &str, issuer: &str) -> bool {
    let Ok(all) = serde_json::from_str::<Vec<Value>>(text) else { return false };
    let [one] = all.as_slice() else { return false };
    let here = match one.get("locations") {
        None => true,
        Some(places) => places.as_array().is_some_and(|places| places.iter().any(|place| place == issuer)),
    };
    here && one["type"] == DETAILS_TYPE && one["credential_configuration_id"] == CONFIGURATION
}

/// What is answered to them: its one data set (6.2).
pub fn details_granted() -> Value {
    json!([{ "type": DETAILS_TYPE, "credential_configuration_id": CONFIGURATION, "credential_identifiers": [CONFIGURATION] }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_goes_to_no_address_that_could_be_another_than_it_says() {
        for (address, client) in [
            ("", "wallet"),
            ("/back", "wallet"),
            ("javascript:alert(1)", "wallet"),
            ("data:text/html,x", "wallet"),
            ("wallet://back", "wallet"),
            ("http://wallet.example/back", "wallet"),
            ("http://localhost.wallet.example/back", "wallet"),
            ("https://wallet.example/back#x", "wallet"),
            ("https://bank.example@wallet.example/back", "wallet"),
            ("https://wallet.example/back", "https://bank.example/client"),
            ("https://wallet.example/back", "http://wallet.example"),
            ("example.wallet:/back", "https://bank.example"),
            (&format!("https://wallet.example/{}", "x".repeat(500)), "wallet"),
        ] {
            assert_eq!(ReturnAddress::read(address, client), None, "{address}");
        }
        for (address, client, shown, source) in [
            ("https://wallet.example/back?a=1", "wallet", "wallet.example", "https://wallet.example"),
            ("https://wallet.example:8443/back", "https://wallet.example:8443/", "wallet.example", "https://wallet.example:8443"),
            ("http://127.0.0.1:4000/back", "wallet", "127.0.0.1", "http://127.0.0.1:4000"),
            ("http://localhost:4000/back", "", "localhost", "http://localhost:4000"),
            ("http://[::1]/back", "wallet", "[::1]", "http://[::1]"),
            ("example.wallet:/back", "wallet", "example.wallet", "example.wallet:"),
            ("example.wallet://bank.example/back", "wallet", "example.wallet", "example.wallet:"),
        ] {
            let read = ReturnAddress::read(address, client).unwrap_or_else(|| panic!("{address}"));
            assert_eq!((read.shown(), read.source().as_str()), (shown, source), "{address}");
        }
        let read = ReturnAddress::read("https://wallet.example/back?a=1", "wallet").expect("an address");
        assert_eq!(read.with(&[("code", "a&b")]), "https://wallet.example/back?a=1&code=a%26b");
    }

    #[test]
    fn details_ask_this_issuer_for_what_there_is_and_nothing_else() {
        let good =
            json!({ "type": DETAILS_TYPE, "credential_configuration_id": CONFIGURATION, "locations": ["https://i.example"] });
        let asked = |value: &Value| details_asked(&value.to_string(), "https://i.example");
        let with = |name: &str, value: Value| {
            let mut one = good.clone();
            one[name] = value;
            json!([one])
        };
        for bad in [
            json!([]),
            good.clone(),
            json!([good, good]),
            json!([1]),
            with("type", json!("egenkarta")),
            with("credential_configuration_id", json!("other")),
            with("locations", json!(["https://other.example"])),
            with("locations", json!("https://i.example")),
        ] {
            assert!(!asked(&bad), "{bad}");
        }
        assert!(!details_asked("[", "https://i.example") && !asks_by_scope("openid competence") && !asks_by_scope(""));
        assert!(asked(&json!([good])) && asks_by_scope(CONFIGURATION));
    }
}
