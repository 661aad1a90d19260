//! Certificates towards wallets, as they lie where the operator says.

use std::path::Path;

use zeroize::Zeroizing;

use super::Unbuilt;
use super::config::Config;
use super::trust::bounded;
use crate::crypto::x509::{Anchors, Certified, PemFault};
use crate::usecase::wallet::Certificates;

const MOST_BYTES: u64 = 1 << 20;

/// What is configured, read and checked.
pub fn read(config: &Config) -> Result<Certificates, Unbuilt> {
    Ok(Certificates { anchors: anchors(config)?, own: own(config)? })
}

/// Those who may vouch for whoever asks; none where no file is named.
pub fn anchors(config: &Config) -> Result<Anchors, Unbuilt> {
    let Some(path) = &config.wallet_anchors else { return Ok(Anchors::default()) };
    Anchors::from_pem(&bounded(path, MOST_BYTES)?).map_err(|fault| unread(path, fault))
}

/// By what our own requests are signed. The key must be the certificate's: else every wallet would refuse them.
pub fn own(config: &Config) -> Result<Option<Certified>, Unbuilt> {
    let Some((certificate, key)) = &config.wallet_certificate else { return Ok(None) };
    let read = Certified::from_pem(&bounded(certificate, MOST_BYTES)?, &Zeroizing::new(bounded(key, MOST_BYTES)?));
    read.map(Some).map_err(|fault| match fault {
        PemFault::Key | PemFault::Fit => unread(key, fault),
        _ => unread(certificate, fault),
    })
}

fn unread(path: &Path, fault: PemFault) -> Unbuilt {
    let why = match fault {
        PemFault::Form => "holds no certificate that can be read. Give them as PEM, from -----BEGIN CERTIFICATE----- on",
        PemFault::Many => "holds more certificates, or larger ones, than are taken",
        PemFault::SelfSigned => "begins with a certificate that signed itself. Give one that somebody vouches for, then theirs",
        PemFault::Key => {
            "holds no key that can be used: unencrypted PKCS #8 of P-256, as `openssl pkcs8 -topk8 -nocrypt` writes it"
        }
        PemFault::Fit => "holds another key than the one in the certificate. Give the two that belong together",
    };
    Unbuilt(format!("{} {why}.", path.display()))
}
