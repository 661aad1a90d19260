//! A request that reaches us as a wallet (OpenID4VP 1.0, 5). Only such are taken of which it can be checked who asks.

use serde_json::{Map, Value};
use url::Url;

use super::certified::Named;
use super::did::DidWeb;
use crate::credential::dcql::{Query, SD_JWT_VC};
use crate::crypto::jwe::{Enc, SealKey};
use crate::crypto::jws::object;

/// How a request came.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// Its parameters stand in the link.
    Value(Map<String, Value>),
    /// As a signed Request Object (RFC 9101), in the link.
    Object { client_id: String, jwt: String },
    /// It is fetched (RFC 9101, 5.2; OpenID4VP 1.0, 5.10): by POST where that was asked.
    Reference { client_id: String, uri: String, post: bool },
}

/// Who asks, and how that is checked (5.9.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Client {
    /// `redirect_uri`: whoever holds the address to which the answer goes.
    Address(Url),
    /// `decentralized_identifier`: who holds a key that the document at this address names.
    Did(DidWeb),
    /// `x509_hash`, `x509_san_dns`: who holds the key of a certificate that someone whom we believe vouches for.
    Certificate(Named),
}

/// A request that can be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub client: Client,
    /// The whole identifier: the presentation's audience (14.8).
    pub client_id: String,
    pub response_uri: Url,
    pub nonce: String,
    pub state: Option<String>,
    pub query: Query,
    /// `direct_post.jwt`: to whom the answer is sealed (8.3).
    pub seal: Option<(SealKey, Enc)>,
}

/// Why a request is not answered. The person is told; whoever asks hears nothing, since nobody has agreed to that (15.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing that we know as a request.
    Form,
    /// It cannot be checked who asks: another prefix, unsigned where it must be signed, or the answer would go to someone else.
    Client,
    /// They come with a certificate, and the operator has named nobody who may vouch for certificates.
    Anchorless,
    /// Nobody whom we believe vouches for the certificate, at this time and for the host that the answer goes to; or it is not the one
    /// that was named.
    Certificate,
    /// It asks for something that we cannot do: another response type or mode, transaction data, another format.
    Unsupported,
    /// It has a time, and that is over or yet to come.
    Time,
}

const LONGEST: usize = 16 * 1024;
const LONGEST_WORD: usize = 1024;
/// Static Discovery (5.8).
pub(super) const AUDIENCE: &str = "https://self-issued.me/v2";
/// How far clocks may differ, seconds.
const SKEW: i64 = 60;

impl Source {
    /// From a link that someone pasted, scanned or followed: whatever its scheme, what counts stands in its query.
    pub fn read(link: &str) -> Result<Self, Refused> {
        let link = link.trim();
        let url = Url::parse(link).ok().filter(|_| link.len() <= LONGEST).ok_or(Refused::Form)?;
        let mut members = Map::new();
        for (name, value) in url.query_pairs() {
            let value = match name.as_ref() {
                "dcql_query" | "client_metadata" => object(value.as_bytes()).ok_or(Refused::Form)?.into(),
                _ => Value::from(value.as_ref()),
            };
            if members.insert(name.into_owned(), value).is_some() {
                return Err(Refused::Form);
            }
        }
        let take = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        let client_id = take("client_id").ok_or(Refused::Form)?;
        match (take("request"), take("request_uri"), take("request_uri_method").as_deref()) {
            (None, None, None) => Ok(Self::Value(members)),
            (Some(jwt), None, None) => Ok(Self::Object { client_id, jwt }),
            (None, Some(uri), None | Some("get")) => Ok(Self::Reference { client_id, uri, post: false }),
            (None, Some(uri), Some("post")) => Ok(Self::Reference { client_id, uri, post: true }),
            _ => Err(Refused::Form),
        }
    }
}

impl Client {
    /// By its prefix; the first colon ends it (5.9.1).
    pub fn parse(client_id: &str) -> Result<Self, Refused> {
        let (prefix, rest) = client_id.split_once(':').ok_or(Refused::Client)?;
        match prefix {
            "redirect_uri" => Url::parse(rest).map(Self::Address).map_err(|_| Refused::Client),
            "decentralized_identifier" => DidWeb::parse(rest).map(Self::Did).ok_or(Refused::Client),
            "x509_hash" => Named::by_hash(rest).map(Self::Certificate).ok_or(Refused::Client),
            "x509_san_dns" => Named::by_name(rest).map(Self::Certificate).ok_or(Refused::Client),
            _ => Err(Refused::Client),
        }
    }
}

impl Request {
    /// What can be shown of who asks: the host to which the answer goes. Of each kind of client it is checked that it is theirs.
    pub fn host(&self) -> &str {
        self.response_uri.host_str().unwrap_or_default()
    }

    /// Whether a certificate vouches for that host.
    pub const fn vouched(&self) -> bool {
        matches!(self.client, Client::Certificate(_))
    }

    /// Parameters that nobody signed: only by a prefix that needs no signature.
    pub fn unsigned(members: &Map<String, Value>) -> Result<Self, Refused> {
        let client = Client::parse(text(members, "client_id")?.ok_or(Refused::Form)?)?;
        if matches!(client, Client::Address(_)) { Self::of(client, members) } else { Err(Refused::Client) }
    }

    /// The claims of a Request Object whose signature holds by a key of `client`. `named`: the identifier in the link, which must be
    /// the same (5.10.1); `sent`: our own nonce, where we sent one; `now`: seconds.
    pub fn signed(
        client: Client,
        members: &Map<String, Value>,
        named: &str,
        sent: Option<&str>,
        now: i64,
    ) -> Result<Self, Refused> {
        // By this prefix nobody can have signed (5.9.3).
        if matches!(client, Client::Address(_)) || text(members, "client_id")? != Some(named) {
            return Err(Refused::Client);
        }
        if sent.is_some() && text(members, "wallet_nonce")? != sent {
            return Err(Refused::Client);
        }
        if members.get("aud").is_some_and(|audience| audience != AUDIENCE) {
            return Err(Refused::Client);
        }
        let time = |name: &str| match members.get(name) {
            None => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or(Refused::Form),
        };
        let over = time("exp")?.is_some_and(|until| until <= now - SKEW);
        let early = [time("nbf")?, time("iat")?].into_iter().flatten().any(|from| from > now + SKEW);
        if over || early { Err(Refused::Time) } else { Self::of(client, members) }
    }

    /// Parameters that have been found sound before, signed or not.
    pub fn again(members: &Map<String, Value>) -> Result<Self, Refused> {
        Self::of(Client::parse(text(members, "client_id")?.ok_or(Refused::Form)?)?, members)
    }

    fn of(client: Client, members: &Map<String, Value>) -> Result<Self, Refused> {
        let word = |name| text(members, name);
        if word("response_type")?.ok_or(Refused::Form)? != "vp_token" {
            return Err(Refused::Unsupported);
        }
        // Who sends transaction data must be refused by whoever cannot show it (5.1); a scope names no query that we know.
        if members.contains_key("transaction_data") || members.contains_key("scope") || members.contains_key("redirect_uri") {
            return Err(Refused::Unsupported);
        }
        let metadata = members.get("client_metadata").map(|value| value.as_object().ok_or(Refused::Form)).transpose()?;
        let seal = match word("response_mode")? {
            Some("direct_post") => None,
            Some("direct_post.jwt") => Some(metadata.and_then(sealing).ok_or(Refused::Unsupported)?),
            _ => return Err(Refused::Unsupported),
        };
        let nonce = word("nonce")?.filter(|nonce| is_plain(nonce)).ok_or(Refused::Form)?.to_owned();
        let state =
            word("state")?.map(|state| if is_plain(state) { Ok(state.to_owned()) } else { Err(Refused::Form) }).transpose()?;
        let response_uri = address(&client, word("response_uri")?)?;
        let query = members.get("dcql_query").and_then(Value::as_object).ok_or(Refused::Unsupported)?;
        let query = Query::read(query).map_err(|_| Refused::Form)?;
        if !query.credentials.iter().any(|one| one.format == SD_JWT_VC) {
            return Err(Refused::Unsupported);
        }
        let client_id = word("client_id")?.ok_or(Refused::Form)?.to_owned();
        Ok(Self { client, client_id, response_uri, nonce, state, query, seal })
    }
}

/// Where the answer goes: to whoever asks, and to nobody else.
fn address(client: &Client, said: Option<&str>) -> Result<Url, Refused> {
    let said = said.map(|said| Url::parse(said).map_err(|_| Refused::Form)).transpose()?;
    match (client, said) {
        (Client::Address(own), None) => Ok(own.clone()),
        (Client::Address(own), Some(said)) if said == *own => Ok(said),
        (Client::Did(did), Some(said)) if said.scheme() == "https" && said.host_str() == Some(did.host()) => Ok(said),
        // That its certificate is for this host was checked where the certificate was at hand.
        (Client::Certificate(named), Some(said))
            if said.scheme() == "https" && said.host_str().is_some_and(|host| named.allows(host)) =>
        {
            Ok(said)
        }
        _ => Err(Refused::Client),
    }
}

/// A key and a way of sealing that we have too (8.3); A128GCM where nothing else is said (5.1).
fn sealing(metadata: &Map<String, Value>) -> Option<(SealKey, Enc)> {
    let keys = metadata.get("jwks")?.get("keys")?.as_array()?;
    let key = keys.iter().filter_map(Value::as_object).find_map(SealKey::from_members)?;
    let enc = match metadata.get("encrypted_response_enc_values_supported") {
        None => Enc::A128Gcm,
        Some(values) => values.as_array()?.iter().filter_map(Value::as_str).find_map(Enc::named)?,
    };
    Some((key, enc))
}

fn text<'m>(members: &'m Map<String, Value>, name: &str) -> Result<Option<&'m str>, Refused> {
    members.get(name).map(|value| value.as_str().filter(|text| text.len() <= LONGEST_WORD).ok_or(Refused::Form)).transpose()
}

/// Signs that need no coding in an address (5.2, 5.3).
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Map<String, Value> {
        let members = json!({
            "response_type": "vp_token", "response_mode": "direct_post", "client_id": "redirect_uri:https://v.example/cb",
            "response_uri": "https://v.example/cb", "nonce": "n-0S6_WzA2Mj", "state": "x~.",
            "dcql_query": { "credentials": [{ "id": "a", "format": SD_JWT_VC, "meta": {} }] },
        });
        members.as_object().expect("an object").clone()
    }

    fn with(name: &str, value: Value) -> Map<String, Value> {
        let mut members = good();
        if value.is_null() {
            members.remove(name)
        } else {
            members.insert(name.to_owned(), value)
        };
        members
    }

    #[test]
    fn what_we_cannot_answer_or_check_is_refused() {
        for (name, value, why) in [
            ("response_type", json!("code"), Refused::Unsupported),
            ("response_type", Value::Null, Refused::Form),
            ("response_mode", Value::Null, Refused::Unsupported),
            ("response_mode", json!("fragment"), Refused::Unsupported),
            ("response_mode", json!("direct_post.jwt"), Refused::Unsupported),
            ("client_id", json!("redirect_uri:https://other.example/cb"), Refused::Client),
            ("client_id", json!("redirect_uri:"), Refused::Client),
            ("client_id", json!("x509_san_dns:v.example"), Refused::Client),
            ("client_id", json!(format!("x509_hash:{}", "A".repeat(43))), Refused::Client),
            ("client_id", json!("decentralized_identifier:did:web:v.example"), Refused::Client),
            ("client_id", json!("origin:https://v.example"), Refused::Client),
            ("client_id", json!("v.example"), Refused::Client),
            ("client_id", Value::Null, Refused::Form),
            ("response_uri", json!("https://other.example/cb"), Refused::Client),
            ("redirect_uri", json!("https://v.example/cb"), Refused::Unsupported),
            ("transaction_data", json!(["e30"]), Refused::Unsupported),
            ("scope", json!("x"), Refused::Unsupported),
            ("nonce", Value::Null, Refused::Form),
            ("nonce", json!("a b"), Refused::Form),
            ("nonce", json!("n".repeat(1025)), Refused::Form),
            ("state", json!("å"), Refused::Form),
            ("dcql_query", Value::Null, Refused::Unsupported),
            ("dcql_query", json!({ "credentials": [] }), Refused::Form),
            ("dcql_query", json!({ "credentials": [{ "id": "a", "format": "mso_mdoc", "meta": {} }] }), Refused::Unsupported),
            ("client_metadata", json!("x"), Refused::Form),
        ] {
            assert_eq!(Request::unsigned(&with(name, value.clone())), Err(why), "{name} {value}");
        }
        let read = Request::unsigned(&with("response_uri", Value::Null)).expect("it may be left out");
        assert_eq!((read.response_uri.as_str(), read.host()), ("https://v.example/cb", "v.example"));
    }

    #[test]
    fn a_signed_request_is_of_its_own_client_for_us_and_now() {
        let did = "decentralized_identifier:did:web:v.example";
        let client = || Client::parse(did).expect("a client");
        let with = |name: &str, value: Value| {
            let mut members = with("client_id", json!(did));
            members.insert("wallet_nonce".into(), json!("w"));
            members.insert(name.to_owned(), value);
            members
        };
        let read = |members: &Map<String, Value>| Request::signed(client(), members, did, Some("w"), 1000);
        for (name, value, why) in [
            ("client_id", json!("decentralized_identifier:did:web:w.example"), Refused::Client),
            ("wallet_nonce", json!("v"), Refused::Client),
            ("aud", json!("https://other.example"), Refused::Client),
            ("response_uri", json!("https://other.example/cb"), Refused::Client),
            ("response_uri", json!("http://v.example/cb"), Refused::Client),
            ("exp", json!(900), Refused::Time),
            ("nbf", json!(1100), Refused::Time),
            ("iat", json!("now"), Refused::Form),
        ] {
            assert_eq!(read(&with(name, value.clone())), Err(why), "{name} {value}");
        }
        let address = Client::parse("redirect_uri:https://v.example/cb").expect("a client");
        assert_eq!(Request::signed(address, &good(), "redirect_uri:https://v.example/cb", None, 0), Err(Refused::Client));
        assert!(read(&with("aud", json!(AUDIENCE))).is_ok());
    }

    #[test]
    fn a_sealed_answer_needs_a_key_and_a_way_that_we_have() {
        let jwk = json!({
            "kty": "EC", "kid": "ac", "use": "enc", "crv": "P-256", "alg": "ECDH-ES",
            "x": "YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk", "y": "Hekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk",
        });
        let read = |metadata: Value| {
            let mut members = with("response_mode", json!("direct_post.jwt"));
            members.insert("client_metadata".into(), metadata);
            Request::unsigned(&members).map(|request| request.seal.map(|(_, enc)| enc))
        };
        let other = json!({ "kty": "OKP", "crv": "X25519", "alg": "ECDH-ES", "x": "AA" });
        let enc = |values: Value| json!({ "jwks": { "keys": [other, jwk] }, "encrypted_response_enc_values_supported": values });
        assert_eq!(read(json!({ "jwks": { "keys": [other] } })), Err(Refused::Unsupported));
        assert_eq!(read(enc(json!(["A128CBC-HS256"]))), Err(Refused::Unsupported));
        assert_eq!(read(enc(json!(["A128CBC-HS256", "A256GCM"]))), Ok(Some(Enc::A256Gcm)));
        assert_eq!(read(json!({ "jwks": { "keys": [jwk] } })), Ok(Some(Enc::A128Gcm)));
    }

    #[test]
    fn a_link_says_one_way_only_and_each_thing_once() {
        for link in [
            "",
            "openid4vp://?request_uri=https://v.example/r",
            "openid4vp://?client_id=a&client_id=a",
            "openid4vp://?client_id=a&request=x&request_uri=y",
            "openid4vp://?client_id=a&request_uri=y&request_uri_method=put",
            "openid4vp://?client_id=a&request_uri_method=post",
            "openid4vp://?client_id=a&dcql_query=[]",
        ] {
            assert_eq!(Source::read(link), Err(Refused::Form), "{link}");
        }
        let by = |link: &str| Source::read(link).expect("a request");
        let reference = |post| Source::Reference { client_id: "a".into(), uri: "y".into(), post };
        assert_eq!(by("haip-vp://?client_id=a&request_uri=y&request_uri_method=post"), reference(true));
        assert_eq!(by("https://w.example/present?client_id=a&request_uri=y"), reference(false));
    }
}
