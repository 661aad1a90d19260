//! X.509 certificates (RFC 5280) that vouch for whoever signs a request: read from `x5c` (RFC 7515, 4.1.6) or PEM (RFC 7468), their path
//! checked by `webpki` on `ring`. Whether one was revoked is not asked.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use rustls::pki_types::pem::{PemObject, SectionKind};
use rustls::pki_types::{CertificateDer, DnsName, ServerName, TrustAnchor, UnixTime};
use serde_json::Value;
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, anchor_from_trusted_cert};
use zeroize::Zeroizing;

use super::jws::{PublicJwk, SigningKey};
use crate::domain::Timestamp;
use crate::domain::time::SECOND;

/// Certificates of one chain, and bytes of each: more cost whoever checks them.
const MOST: usize = 5;
const MOST_BYTES: usize = 8 * 1024;
const MOST_ANCHORS: usize = 200;
/// A public key of P-256 that is not compressed, up to its point (RFC 5480, 2.1.1, 2.2).
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
    0x01, 0x07, 0x03, 0x42, 0x00,
];

/// Why a file of certificates or its key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PemFault {
    /// No certificate in it, or one that cannot be read.
    Form,
    /// More or larger ones than are taken.
    Many,
    /// The first certificate signed itself: nobody vouches for it.
    SelfSigned,
    /// No unencrypted PKCS #8 key of P-256.
    Key,
    /// The key is another than the first certificate's.
    Fit,
}

/// Those whom an operator believes when they vouch for somebody.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    trusted: Vec<TrustAnchor<'static>>,
    certificates: Vec<CertificateDer<'static>>,
}

impl Anchors {
    pub fn from_pem(pem: &[u8]) -> Result<Self, PemFault> {
        let certificates = certificates(pem, MOST_ANCHORS)?;
        let trusted = certificates.iter().map(|one| anchor_from_trusted_cert(one).map(|anchor| anchor.to_owned()));
        let trusted = trusted.collect::<Result<_, _>>().map_err(|_| PemFault::Form)?;
        Ok(Self { trusted, certificates })
    }

    pub fn is_empty(&self) -> bool {
        self.trusted.is_empty()
    }

    pub fn len(&self) -> usize {
        self.trusted.len()
    }
}

/// A certificate and those that vouch for it, each by the next. Nothing of it is checked but its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    leaf: CertificateDer<'static>,
    above: Vec<CertificateDer<'static>>,
}

impl Chain {
    /// From the header `x5c`: DER in base64, with padding.
    pub fn from_x5c(x5c: &Value) -> Option<Self> {
        let all = x5c.as_array().filter(|all| all.len() <= MOST)?;
        let one = |text: &Value| {
            let text = text.as_str().filter(|text| text.len() <= MOST_BYTES / 3 * 4)?;
            STANDARD.decode(text).ok().map(CertificateDer::from)
        };
        let mut all = all.iter().map(one).collect::<Option<Vec<_>>>()?.into_iter();
        let chain = Self { leaf: all.next()?, above: all.collect() };
        chain.end().map(|_| ())?;
        Some(chain)
    }

    /// From a file, the leaf first. What vouches for itself is left out: an anchor is known to whoever believes it (HAIP 1.0, 5).
    pub fn from_pem(pem: &[u8]) -> Result<Self, PemFault> {
        let mut all = certificates(pem, MOST)?.into_iter();
        let leaf = all.next().filter(|leaf| EndEntityCert::try_from(leaf).is_ok()).ok_or(PemFault::Form)?;
        if vouches_for_itself(&leaf) {
            return Err(PemFault::SelfSigned);
        }
        Ok(Self { leaf, above: all.filter(|one| !vouches_for_itself(one)).collect() })
    }

    pub fn x5c(&self) -> Value {
        std::iter::once(&self.leaf).chain(&self.above).map(|one| Value::from(STANDARD.encode(one))).collect()
    }

    /// SHA-256 of the leaf in base64url: what stands behind `x509_hash:` (OpenID4VP 1.0, 5.9.3).
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest(&SHA256, &self.leaf))
    }

    /// Whether the leaf is for this host, by a DNS name among its alternative names (RFC 9525); what stands in its subject says nothing.
    pub fn is_for(&self, host: &str) -> bool {
        let (Some(end), Ok(name)) = (self.end(), DnsName::try_from(host)) else { return false };
        end.verify_is_valid_for_subject_name(&ServerName::DnsName(name)).is_ok()
    }

    /// The leaf's key, of P-256, where an anchor vouches for it at this time. Never where the leaf vouches for itself, or is the anchor
    /// (HAIP 1.0, 5).
    pub fn vouched(&self, anchors: &Anchors, now: Timestamp) -> Option<PublicJwk> {
        if anchors.certificates.contains(&self.leaf) || vouches_for_itself(&self.leaf) {
            return None;
        }
        let end = self.end()?;
        let path = end.verify_for_usage(ALL_VERIFICATION_ALGS, &anchors.trusted, &self.above, time(now), AnyUse, None, None);
        path.ok()?;
        key_of(&end)
    }

    /// When the first of its certificates to end ends, where that is not after `at`.
    pub fn ends_before(&self, at: Timestamp) -> Option<Timestamp> {
        let ends = |one| match at_time(one, at) {
            Some(Error::CertExpired { not_after, .. }) => i64::try_from(not_after.as_secs()).ok(),
            _ => None,
        };
        let all = std::iter::once(&self.leaf).chain(&self.above);
        all.filter_map(ends).min().map(|seconds| Timestamp(seconds.saturating_mul(SECOND)))
    }

    /// Whether one of its certificates is not valid yet.
    pub fn begins_after(&self, now: Timestamp) -> bool {
        let mut all = std::iter::once(&self.leaf).chain(&self.above);
        all.any(|one| matches!(at_time(one, now), Some(Error::CertNotValidYet { .. })))
    }

    fn end(&self) -> Option<EndEntityCert<'_>> {
        EndEntityCert::try_from(&self.leaf).ok()
    }
}

/// A chain with its leaf's key: what signs in its name. Prints nothing of the key.
#[derive(Debug)]
pub struct Certified {
    pub chain: Chain,
    pub key: SigningKey,
}

impl Certified {
    /// From a file of certificates and one with the key.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, PemFault> {
        let chain = Chain::from_pem(chain)?;
        let key = signing_key(key).ok_or(PemFault::Key)?;
        let of_leaf = chain.end().and_then(|end| key_of(&end));
        if of_leaf.is_some_and(|of_leaf| of_leaf == key.public()) { Ok(Self { chain, key }) } else { Err(PemFault::Fit) }
    }
}

fn signing_key(pem: &[u8]) -> Option<SigningKey> {
    let (kind, der) = <(SectionKind, Vec<u8>)>::from_pem_slice(pem).ok()?;
    let der = Zeroizing::new(der);
    if kind == SectionKind::PrivateKey { SigningKey::from_pkcs8(&der) } else { None }
}

fn certificates(pem: &[u8], most: usize) -> Result<Vec<CertificateDer<'static>>, PemFault> {
    let mut all = Vec::new();
    for one in CertificateDer::pem_slice_iter(pem) {
        let one = one.map_err(|_| PemFault::Form)?;
        if all.len() == most || one.len() > MOST_BYTES {
            return Err(PemFault::Many);
        }
        all.push(one);
    }
    if all.is_empty() { Err(PemFault::Form) } else { Ok(all) }
}

fn key_of(end: &EndEntityCert<'_>) -> Option<PublicJwk> {
    let info = end.subject_public_key_info();
    let point: [u8; 65] = info.strip_prefix(&P256)?.try_into().ok()?;
    (point[0] == 4).then(|| PublicJwk::from_point(point))
}

/// By its names: a signature that fits them is what makes it an anchor, and none vouches for another of its own name.
fn vouches_for_itself(one: &CertificateDer<'_>) -> bool {
    EndEntityCert::try_from(one).is_ok_and(|one| one.issuer() == one.subject())
}

/// What is wrong with one certificate by itself at a time. Its validity is looked at before anyone who vouches for it is.
fn at_time(one: &CertificateDer<'_>, at: Timestamp) -> Option<Error> {
    let end = EndEntityCert::try_from(one).ok()?;
    end.verify_for_usage(ALL_VERIFICATION_ALGS, &[], &[], time(at), AnyUse, None, None).err()
}

fn time(at: Timestamp) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_micros(u64::try_from(at.0).unwrap_or_default()))
}

/// No extended use is agreed on for those who ask wallets: trust frameworks name their own, and others none. Whom an operator believes is
/// said by the anchors.
struct AnyUse;

impl ExtendedKeyUsageValidator for AnyUse {
    fn validate(&self, _uses: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}
