//! An authority that a test believes, and certificates of its and of others.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use egenkarta::app::config::Shared;
use egenkarta::crypto::jws::SigningKey;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PKCS_ECDSA_P256_SHA256, date_time_ymd};
use serde_json::{Value, json};

/// The host for which our own certificate is.
pub const HOST: &str = "verifier.example";
/// Believed by the apps that [`anchored`] and [`certified`] make.
pub static BELIEVED: LazyLock<Authority> = LazyLock::new(|| Authority::new("Believed"));
/// Our own in [`certified`].
pub static OWN: LazyLock<Leaf> = LazyLock::new(|| BELIEVED.leaf(HOST));

/// Named as an authority, though it is a certificate for a host that nobody else vouches for.
pub static PINNED: LazyLock<Leaf> = LazyLock::new(|| Leaf::self_signed("asks.example"));

/// Who may vouch for others.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub der: Vec<u8>,
}

/// A certificate for a host, with its key.
pub struct Leaf {
    pub der: Vec<u8>,
    pub pkcs8: Vec<u8>,
    pub key: SigningKey,
}

fn fresh() -> KeyPair {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap()
}

fn named(name: &str, host: Option<&str>) -> CertificateParams {
    let mut params = CertificateParams::new(host.map(str::to_owned).into_iter().collect::<Vec<_>>()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    (params.not_before, params.not_after) = (date_time_ymd(2026, 1, 1), date_time_ymd(2036, 1, 1));
    params
}

fn authority(name: &str) -> CertificateParams {
    let mut params = named(name, None);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let (params, key) = (authority(name), fresh());
        let der = params.self_signed(&key).unwrap().der().to_vec();
        Self { issuer: Issuer::new(params, key), der }
    }

    /// One for which this one vouches.
    pub fn below(&self, name: &str) -> Self {
        let (params, key) = (authority(name), fresh());
        let der = params.signed_by(&key, &self.issuer).unwrap().der().to_vec();
        Self { issuer: Issuer::new(params, key), der }
    }

    pub fn leaf(&self, host: &str) -> Leaf {
        self.leaf_with(host, |_| {})
    }

    /// From 2026 to the end of this day.
    pub fn leaf_until(&self, host: &str, (year, month, day): (i32, u8, u8)) -> Leaf {
        self.leaf_with(host, |params| {
            params.not_before = date_time_ymd(2025, 1, 1);
            params.not_after = date_time_ymd(year, month, day);
        })
    }

    pub fn leaf_with(&self, host: &str, bend: impl FnOnce(&mut CertificateParams)) -> Leaf {
        let (mut params, key) = (named("Verifier", Some(host)), fresh());
        bend(&mut params);
        Leaf::of(params.signed_by(&key, &self.issuer).unwrap().der(), &key)
    }
}

impl Leaf {
    fn of(der: &[u8], key: &KeyPair) -> Self {
        let pkcs8 = key.serialize_der();
        Self { der: der.to_vec(), key: SigningKey::from_pkcs8(&pkcs8).unwrap(), pkcs8 }
    }

    pub fn self_signed(host: &str) -> Self {
        let key = fresh();
        Self::of(named("Verifier", Some(host)).self_signed(&key).unwrap().der(), &key)
    }

    /// `x509_hash:…`, reckoned by other means than the service's own.
    pub fn client_id(&self) -> String {
        let hash = ring::digest::digest(&ring::digest::SHA256, &self.der);
        format!("x509_hash:{}", URL_SAFE_NO_PAD.encode(hash))
    }

    /// A Request Object.
    pub fn sign(&self, x5c: &[&[u8]], claims: &Value) -> String {
        let x5c: Vec<String> = x5c.iter().map(|der| STANDARD.encode(der)).collect();
        let header = json!({ "typ": "oauth-authz-req+jwt", "x5c": x5c });
        self.key.compact_unnamed(header.as_object().unwrap().clone(), claims.to_string().as_bytes())
    }
}

pub fn pem(kind: &str, der: &[u8]) -> String {
    let coded = STANDARD.encode(der);
    let lines: Vec<&str> = (0..coded.len()).step_by(64).map(|at| &coded[at..coded.len().min(at + 64)]).collect();
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", lines.join("\n"))
}

pub fn write(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Settings by which [`BELIEVED`] may vouch for whoever asks, and [`PINNED`].
pub fn anchored(shared: &mut Shared) {
    let anchors = pem("CERTIFICATE", &BELIEVED.der) + &pem("CERTIFICATE", &PINNED.der);
    shared.wallet_anchors = Some(write(&data_of(shared), "anchors.pem", &anchors));
}

/// Settings by which we also ask by [`OWN`]; the file holds the anchor too, which is not to be sent.
pub fn certified(shared: &mut Shared) {
    anchored(shared);
    let chain = pem("CERTIFICATE", &OWN.der) + &pem("CERTIFICATE", &BELIEVED.der);
    shared.wallet_certificate = Some(write(&data_of(shared), "chain.pem", &chain));
    shared.wallet_key = Some(write(&data_of(shared), "key.pem", &pem("PRIVATE KEY", &OWN.pkcs8)));
    shared.base = Some(format!("https://{HOST}"));
}

/// The same at the address where tests listen.
pub fn certified_here(shared: &mut Shared) {
    certified(shared);
    shared.base = Some(super::BASE.to_owned());
}

fn data_of(shared: &Shared) -> PathBuf {
    shared.data.clone().expect("a test's own")
}
