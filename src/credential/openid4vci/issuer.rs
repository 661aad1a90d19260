//! A foreign issuer, as a wallet meets it (OpenID4VCI 1.0, 6 to 8 and 12.2).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use url::Url;

use super::{AUTHORIZATION_CODE, ReturnAddress};
use crate::credential::dcql::SD_JWT_VC;
use crate::crypto::jws::SigningKey;
use crate::domain::Timestamp;
use crate::domain::time::SECOND;

/// What a wallet needs of an issuer's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerMetadata {
    pub credential_endpoint: String,
    pub nonce_endpoint: Option<String>,
    /// Its authorization servers; itself where it names none.
    pub servers: Vec<String>,
    /// The credentials that we could hold, by their id: SD-JWT VC, bound to a key by the `jwt` proof with ES256. Each with the scope by which
    /// it can be asked for, where it has one (5.1.2).
    pub holdable: BTreeMap<String, Option<String>>,
}

/// Where a code is given for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenEndpoint(pub String);

/// Where a login is begun, and where its code is given for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginEndpoints {
    /// Where the person is sent.
    pub authorization: String,
    /// Where the request is pushed to first (RFC 9126).
    pub push: Option<String>,
    pub token: String,
    /// Its answers say who answers (RFC 9207).
    pub says_iss: bool,
}

/// Where the metadata of an issuer lies (12.2.2): the well-known part stands between host and path. `None` where the identifier is no
/// plain address.
pub fn metadata_address(issuer: &str) -> Option<String> {
    well_known(issuer, "openid-credential-issuer")
}

/// The same for an authorization server (RFC 8414, 3).
pub fn as_address(issuer: &str) -> Option<String> {
    well_known(issuer, "oauth-authorization-server")
}

fn well_known(issuer: &str, name: &str) -> Option<String> {
    let mut url = Url::parse(issuer).ok()?;
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.has_host();
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("/.well-known/{name}{path}"));
    plain.then(|| url.into())
}

impl IssuerMetadata {
    /// `None` where it is not the metadata of `issuer`, or says too little.
    pub fn read(metadata: &Map<String, Value>, issuer: &str) -> Option<Self> {
        let text = |name: &str| metadata.get(name).and_then(Value::as_str).map(str::to_owned);
        // Sign by sign (12.2.4).
        if metadata.get("credential_issuer")?.as_str()? != issuer {
            return None;
        }
        let servers: Vec<String> = match metadata.get("authorization_servers") {
            None => vec![issuer.to_owned()],
            Some(all) => all.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<_>>()?,
        };
        let configurations = metadata.get("credential_configurations_supported")?.as_object()?;
        let scope = |one: &Value| one.get("scope").and_then(Value::as_str).map(str::to_owned);
        let holdable =
            configurations.iter().filter(|(_, one)| is_holdable(one)).map(|(id, one)| (id.clone(), scope(one))).collect();
        let (credential_endpoint, nonce_endpoint) = (text("credential_endpoint")?, text("nonce_endpoint"));
        Some(Self { credential_endpoint, nonce_endpoint, servers, holdable })
    }

    /// The authorization server that an offer names, where it is one of the issuer's; else the first.
    pub fn server(&self, named: Option<&str>) -> Option<&str> {
        let fits = |server: &&String| named.is_none_or(|named| *server == named);
        self.servers.iter().find(fits).map(String::as_str)
    }
}

fn is_holdable(configuration: &Value) -> bool {
    let proofs = configuration.get("proof_types_supported").and_then(|types| types.get("jwt"));
    let algorithms = proofs.and_then(|jwt| jwt.get("proof_signing_alg_values_supported")).and_then(Value::as_array);
    let attested = proofs.is_some_and(|jwt| jwt.get("key_attestations_required").is_some());
    let es256 = algorithms.is_some_and(|all| all.iter().any(|one| one == "ES256"));
    configuration.get("format").is_some_and(|format| format == SD_JWT_VC) && es256 && !attested
}

impl TokenEndpoint {
    /// From the metadata of `server`; `None` where it is another's (RFC 8414, 3.3).
    pub fn read(metadata: &Map<String, Value>, server: &str) -> Option<Self> {
        let own = metadata.get("issuer")?.as_str()? == server;
        metadata.get("token_endpoint")?.as_str().filter(|_| own).map(|address| Self(address.to_owned()))
    }
}

impl LoginEndpoints {
    /// From the metadata of `server`; `None` where it is another's, has no login of this kind, or no PKCE with S256 (RFC 7636).
    pub fn read(metadata: &Map<String, Value>, server: &str) -> Option<Self> {
        let TokenEndpoint(token) = TokenEndpoint::read(metadata, server)?;
        let text = |name: &str| metadata.get(name).and_then(Value::as_str).map(str::to_owned);
        let holds = |name: &str| metadata.get(name).is_some_and(|flag| flag == true);
        let of = |name: &str, one: &str| metadata.get(name)?.as_array().map(|all| all.iter().any(|known| known == one));
        // A server that says nothing of grants knows this one (RFC 8414, 2); one that says nothing of PKCE does not have it.
        let known = of("grant_types_supported", AUTHORIZATION_CODE).unwrap_or(true);
        let proven = of("code_challenge_methods_supported", "S256").unwrap_or(false);
        let push = text("pushed_authorization_request_endpoint");
        let begins = push.is_some() || !holds("require_pushed_authorization_requests");
        let authorization = text("authorization_endpoint").filter(|address| is_page(address))?;
        let says_iss = holds("authorization_response_iss_parameter_supported");
        (known && proven && begins).then_some(Self { authorization, push, token, says_iss })
    }
}

/// Whether a person's browser may be sent there: by `https`, or to their own machine.
fn is_page(address: &str) -> bool {
    ReturnAddress::read(address, "").is_some_and(|address| address.of_web())
}

/// The proof that a fresh key is held (F.1), for `issuer`.
pub fn proof_for(key: &SigningKey, issuer: &str, nonce: Option<&str>, now: Timestamp) -> String {
    let mut jwk = key.public().members();
    jwk.remove("kid");
    let mut claims = json!({ "aud": issuer, "iat": now.0 / SECOND });
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    let header = [("typ".to_owned(), "openid4vci-proof+jwt".into()), ("jwk".to_owned(), jwk.into())].into_iter().collect();
    key.compact_unnamed(header, claims.to_string().as_bytes())
}

/// The first credential of a Credential Response (8.3), where it was given at once.
pub fn credential_of(response: &Map<String, Value>) -> Option<String> {
    response.get("credentials")?.as_array()?.first()?.get("credential")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::openid4vci::{CONFIGURATION, authorization_server, credential_issuer, proven};

    const ISSUER: &str = "https://a.example/issuer/1";

    #[test]
    fn metadata_of_another_is_none() {
        let own = credential_issuer(ISSUER, "Vetlanda", &[("sv", "Bevis".into())]);
        let members = |value: &Value| value.as_object().expect("an object").clone();
        assert_eq!(IssuerMetadata::read(&members(&own), "https://a.example/issuer/2"), None);
        assert_eq!(IssuerMetadata::read(&members(&own), "https://a.example/issuer/1/"), None);
        let server = members(&authorization_server(ISSUER));
        assert_eq!(TokenEndpoint::read(&server, "https://b.example"), None);
        let read = IssuerMetadata::read(&members(&own), ISSUER).expect("ours");
        assert_eq!((read.server(None), read.server(Some("https://b.example"))), (Some(ISSUER), None));
        assert_eq!(read.holdable, BTreeMap::from([(CONFIGURATION.to_owned(), Some(CONFIGURATION.to_owned()))]));
        assert_eq!(TokenEndpoint::read(&server, ISSUER), Some(TokenEndpoint(format!("{ISSUER}/token"))));
        assert_eq!(metadata_address(ISSUER).as_deref(), Some("https://a.example/.well-known/openid-credential-issuer/issuer/1"));
        assert_eq!(as_address("https://a.example").as_deref(), Some("https://a.example/.well-known/oauth-authorization-server"));
        for no in ["", "mailto:x", "https://a.example/?x", "https://a.example/#x"] {
            assert_eq!(metadata_address(no), None, "{no}");
        }
        let mut attested = own;
        attested["credential_configurations_supported"][CONFIGURATION]["proof_types_supported"]["jwt"]["key_attestations_required"] =
            json!({});
        assert_eq!(IssuerMetadata::read(&members(&attested), ISSUER).map(|read| read.holdable.len()), Some(0));
    }

    #[test]
    fn a_login_is_begun_where_it_is_safe_to_send_a_person_and_in_no_other_place() {
        let own = authorization_server(ISSUER);
        let read = |value: &Value| LoginEndpoints::read(value.as_object().expect("an object"), ISSUER);
        for (name, value) in [
            ("issuer", json!("https://b.example")),
            ("authorization_endpoint", Value::Null),
            ("authorization_endpoint", json!("javascript:alert(1)")),
            ("authorization_endpoint", json!("http://a.example/authorize")),
            ("authorization_endpoint", json!("example.app:/authorize")),
            ("code_challenge_methods_supported", json!(["plain"])),
            ("code_challenge_methods_supported", Value::Null),
            ("grant_types_supported", json!(["implicit"])),
            ("pushed_authorization_request_endpoint", Value::Null),
            ("token_endpoint", Value::Null),
        ] {
            let mut bent = own.clone();
            bent[name] = value;
            assert_eq!(read(&bent), None, "{name} {}", bent[name]);
        }
        let ours = read(&own).expect("ours");
        assert_eq!((ours.push, ours.says_iss), (Some(format!("{ISSUER}/par")), true));
    }

    #[test]
    fn a_proof_is_of_its_own_key_for_its_own_issuer_and_now() {
        let key = || SigningKey::from_pkcs8(&SigningKey::generate().expect("a key")).expect("a key");
        let (key, other, now) = (key(), key(), Timestamp(1_000_000 * SECOND));
        let sign = |signer: &SigningKey, typ: &str, claims: &Value| {
            let mut jwk = key.public().members();
            jwk.remove("kid");
            let header = [("typ".to_owned(), typ.into()), ("jwk".to_owned(), jwk.into())].into_iter().collect();
            signer.compact_unnamed(header, claims.to_string().as_bytes())
        };
        let typ = "openid4vci-proof+jwt";
        let good = json!({ "aud": ISSUER, "iat": 1_000_000, "nonce": "n" });
        let with = |name: &str, value: Value| {
            let mut claims = good.clone();
            claims[name] = value;
            claims
        };
        for (name, jwt) in [
            ("another's signature", sign(&other, typ, &good)),
            ("another type", sign(&key, "dpop+jwt", &good)),
            ("no type", sign(&key, "", &good)),
            ("another issuer", sign(&key, typ, &with("aud", json!("https://b.example")))),
            ("several issuers", sign(&key, typ, &with("aud", json!([ISSUER])))),
            ("no nonce", sign(&key, typ, &with("nonce", Value::Null))),
            ("an endless nonce", sign(&key, typ, &with("nonce", json!("n".repeat(257))))),
            ("no time", sign(&key, typ, &with("iat", Value::Null))),
            ("old", sign(&key, typ, &with("iat", json!(999_600)))),
            ("from a time to come", sign(&key, typ, &with("iat", json!(1_000_100)))),
            ("a key by name", key.compact([("typ".to_owned(), typ.into())].into_iter().collect(), good.to_string().as_bytes())),
        ] {
            assert!(proven(&jwt, ISSUER, now).is_err(), "{name}");
        }
        let read = proven(&proof_for(&key, ISSUER, Some("n"), now), ISSUER, now).expect("a proof");
        assert_eq!((read.key.thumbprint(), read.nonce.as_str()), (key.public().thumbprint(), "n"));
    }
}
