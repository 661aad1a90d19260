//! Public keys as JSON Web Keys (RFC 7517; RFC 7518, 6; RFC 8037): P-256, Ed25519 and RSA, nothing symmetric, nothing private.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::signature::{ECDSA_P256_SHA256_FIXED, ED25519, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::{Map, Value};

use super::json;

/// What a signature is made by (RFC 7518, 3.1; RFC 8037, 3.1): the three that FAPI 2.0 takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alg {
    Es256,
    /// Ed25519; also by its newer name (RFC 9864).
    EdDsa,
    Ps256,
}

impl Alg {
    /// As metadata tells them.
    pub const NAMES: [&'static str; 4] = ["ES256", "EdDSA", "Ed25519", "PS256"];

    /// `None` for everything else: `none`, symmetric ones, and those with PKCS #1 v1.5.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            "PS256" => Some(Self::Ps256),
            _ => None,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
            Self::Ps256 => "PS256",
        }
    }
}

/// A public key, checked for shape. Its point or modulus is checked when it verifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicJwk {
    pub(super) kind: Kind,
    /// `kid`, where it has one.
    pub kid: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// P-256: 0x04, x, y (SEC 1, 2.3.3).
    P256([u8; 65]),
    Ed25519([u8; 32]),
    /// Modulus and exponent, big-endian, without leading zeros.
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
}

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// No JSON object, or a member is missing or ill-formed.
    Shape,
    /// A private or symmetric part lies in it.
    Private,
    /// Of a sort, curve, length or use that we do not take.
    Kind,
    /// No keys, or too many.
    Number,
}

/// Members that only a private or symmetric key has (RFC 7518, 6).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/// Bytes of an RSA modulus: 2048 to 4096 bits.
const RSA: std::ops::RangeInclusive<usize> = 256..=512;
const MAX_KEYS: usize = 10;
const MAX_SET: usize = 16 * 1024;
const MAX_KID: usize = 200;

impl PublicJwk {
    pub fn from_members(members: &Map<String, Value>) -> Result<Self, KeyFault> {
        if PRIVATE.iter().any(|name| members.contains_key(*name)) {
            return Err(KeyFault::Private);
        }
        let text = |name: &str| members.get(name).map(|value| value.as_str().ok_or(KeyFault::Shape)).transpose();
        let bytes = |name: &str| decoded(text(name)?.ok_or(KeyFault::Shape)?).ok_or(KeyFault::Shape);
        let kind = match (text("kty")?.ok_or(KeyFault::Shape)?, text("crv")?) {
            ("EC", Some("P-256")) => Kind::P256(point(&bytes("x")?, &bytes("y")?)?),
            ("OKP", Some("Ed25519")) => Kind::Ed25519(bytes("x")?.try_into().map_err(|_| KeyFault::Shape)?),
            ("RSA", None) => rsa(bytes("n")?, bytes("e")?)?,
            ("oct", _) => return Err(KeyFault::Private),
            _ => return Err(KeyFault::Kind),
        };
        let kid = text("kid")?.map(str::to_owned);
        if kid.as_ref().is_some_and(|kid| kid.len() > MAX_KID) {
            return Err(KeyFault::Shape);
        }
        let key = Self { kind, kid };
        let used = text("use")?.is_none_or(|word| word == "sig");
        let fits = text("alg")?.is_none_or(|name| Alg::named(name) == Some(key.alg()));
        let verifies =
            members.get("key_ops").is_none_or(|ops| ops.as_array().is_some_and(|ops| ops.iter().any(|op| op == "verify")));
        if used && fits && verifies { Ok(key) } else { Err(KeyFault::Kind) }
    }

    /// The one algorithm that goes with it.
    pub const fn alg(&self) -> Alg {
        match self.kind {
            Kind::P256(_) => Alg::Es256,
            Kind::Ed25519(_) => Alg::EdDsa,
            Kind::Rsa { .. } => Alg::Ps256,
        }
    }

    /// A point of P-256 as SEC 1 writes it (2.3.3), with its thumbprint as `kid`.
    pub(in crate::crypto) fn from_point(point: [u8; 65]) -> Self {
        let mut key = Self { kind: Kind::P256(point), kid: None };
        key.kid = Some(URL_SAFE_NO_PAD.encode(key.thumbprint()));
        key
    }

    /// The members that make the key, and `kid` where it has one: what `cnf` and key sets hold.
    pub fn members(&self) -> Map<String, Value> {
        let coded = |bytes: &[u8]| Value::from(URL_SAFE_NO_PAD.encode(bytes));
        let all = match &self.kind {
            Kind::P256(point) => {
                vec![("kty", "EC".into()), ("crv", "P-256".into()), ("x", coded(&point[1..33])), ("y", coded(&point[33..]))]
            }
            Kind::Ed25519(x) => vec![("kty", "OKP".into()), ("crv", "Ed25519".into()), ("x", coded(x))],
            Kind::Rsa { n, e } => vec![("kty", "RSA".into()), ("n", coded(n)), ("e", coded(e))],
        };
        let kid = self.kid.iter().map(|kid| ("kid", kid.as_str().into()));
        all.into_iter().chain(kid).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// As a key set publishes it: with `use` and `alg` (RFC 7517, 4.2, 4.4).
    pub fn published(&self) -> Map<String, Value> {
        let mut members = self.members();
        members.insert("use".to_owned(), "sig".into());
        members.insert("alg".to_owned(), self.alg().name().into());
        members
    }

    /// SHA-256 over the members that make the key, in their order (RFC 7638, 3).
    pub fn thumbprint(&self) -> [u8; 32] {
        let coded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let members = match &self.kind {
            Kind::P256(point) => {
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, coded(&point[1..33]), coded(&point[33..]))
            }
            Kind::Ed25519(x) => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, coded(x)),
            Kind::Rsa { n, e } => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, coded(e), coded(n)),
        };
        let mut out = [0; 32];
        out.copy_from_slice(digest(&SHA256, members.as_bytes()).as_ref());
        out
    }

    pub(super) fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        match &self.kind {
            Kind::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok(),
            Kind::Ed25519(x) => UnparsedPublicKey::new(&ED25519, x).verify(signed, signature).is_ok(),
            Kind::Rsa { n, e } => RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, signed, signature).is_ok(),
        }
    }
}

/// A key set (RFC 7517, 5) as its owner registers it: each key can be used, and none is secret.
pub fn strict_set(text: &str) -> Result<Vec<PublicJwk>, KeyFault> {
    read_set(text, Err)
}

/// A key set as it was fetched: keys of other sorts are passed over, as RFC 7517, 5 asks; a secret one spoils the set.
pub fn fetched_set(text: &str) -> Result<Vec<PublicJwk>, KeyFault> {
    read_set(text, |fault| if fault == KeyFault::Private { Err(fault) } else { Ok(()) })
}

fn read_set(text: &str, pass_over: impl Fn(KeyFault) -> Result<(), KeyFault>) -> Result<Vec<PublicJwk>, KeyFault> {
    if text.len() > MAX_SET {
        return Err(KeyFault::Number);
    }
    let members = json::object(text.as_bytes()).ok_or(KeyFault::Shape)?;
    let all = members.get("keys").and_then(Value::as_array).ok_or(KeyFault::Shape)?;
    let mut keys = Vec::new();
    for one in all {
        match PublicJwk::from_members(one.as_object().ok_or(KeyFault::Shape)?) {
            Ok(key) => keys.push(key),
            Err(fault) => pass_over(fault)?,
        }
    }
    if (1..=MAX_KEYS).contains(&keys.len()) { Ok(keys) } else { Err(KeyFault::Number) }
}

fn point(x: &[u8], y: &[u8]) -> Result<[u8; 65], KeyFault> {
    let bytes = [&[4], x, y].concat();
    let whole = x.len() == 32;
    bytes.try_into().ok().filter(|_| whole).ok_or(KeyFault::Shape)
}

fn rsa(n: Vec<u8>, e: Vec<u8>) -> Result<Kind, KeyFault> {
    let led = |bytes: &[u8]| bytes.first().is_none_or(|first| *first == 0);
    // The highest bit must be set: of 256 bytes that begin with 0x01 hardly 2041 bits are left.
    let long = RSA.contains(&n.len()) && (n.len() > *RSA.start() || n.first().is_some_and(|first| first & 0x80 != 0));
    match (led(&n) || led(&e) || e.len() > 4, long) {
        (true, _) => Err(KeyFault::Shape),
        (_, false) => Err(KeyFault::Kind),
        _ => Ok(Kind::Rsa { n, e }),
    }
}

/// Base64url without padding, and no bit that hangs over (RFC 7515, 2).
pub(in crate::crypto) fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
