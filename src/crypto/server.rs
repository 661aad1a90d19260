//! The server's own keys. They sign and find; none opens anything of a person. One opens the second issuing keys of units that have
//! switched on that wallets are served at once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::signature::{Ed25519KeyPair, KeyPair};

use super::label::{Ad, Label};
use super::secret::{Key, LookupHash};

/// All of the server's keys, each read from its own file.
pub struct ServerKeys {
    pub lookup: Key,
    pub pepper: Key,
    /// Ed25519 seed with which log checkpoints are signed.
    pub checkpoint: Key,
    /// Ed25519 seed with which receipts and copies are signed.
    pub document: Key,
    /// Under which the second issuing keys of units lie.
    pub issuing: Key,
    /// The public key to which reports of barriers are sealed, once the operator has made one. Its private half is on paper.
    pub report: Option<Vec<u8>>,
}

/// Tells a key of the server from another; says nothing of it (HMAC under the key itself).
pub fn key_mark(name: &str, key: &Key) -> [u8; 32] {
    let ad = Ad::new(Label::KeyMark).bytes_field(name.as_bytes());
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.expose());
    hmac::sign(&key, ad.bytes()).as_ref().try_into().expect("HMAC-SHA-256 gives 32 bytes")
}

impl ServerKeys {
    pub fn random(random: &dyn crate::domain::Random) -> Self {
        let key = || Key::random(random);
        Self { lookup: key(), pepper: key(), checkpoint: key(), document: key(), issuing: key(), report: None }
    }

    /// By what an account is found: HMAC over issuer and subject, each with its length.
    pub fn account(&self, issuer: &str, subject: &str) -> LookupHash {
        let ad = Ad::new(Label::AccountLookup).bytes_field(issuer.as_bytes()).bytes_field(subject.as_bytes());
        LookupHash(self.mac(&ad))
    }

    /// Under which a network address is counted for rate limits; it changes with the server's key only.
    pub fn address(&self, address: &str) -> LookupHash {
        LookupHash(self.mac(&Ad::new(Label::AddressLookup).bytes_field(address.as_bytes())))
    }

    /// Says that a row sealed to a public key was written by this server.
    pub fn mailbox_mac(&self, sealed: &[u8], ad: &Ad) -> [u8; 32] {
        self.mac(&Ad::new(Label::MailboxMac).bytes_field(ad.bytes()).bytes_field(sealed))
    }

    /// Constant-time check of [`ServerKeys::mailbox_mac`].
    pub fn mailbox_mac_fits(&self, sealed: &[u8], ad: &Ad, mac: &[u8]) -> bool {
        let data = Ad::new(Label::MailboxMac).bytes_field(ad.bytes()).bytes_field(sealed);
        hmac::verify(&self.hmac_key(), data.bytes(), mac).is_ok()
    }

    /// What proofs made in this span of time must hold (RFC 9449, 8): every node gives the same, and nothing is stored.
    pub fn dpop_nonce(&self, span: u64) -> String {
        URL_SAFE_NO_PAD.encode(&self.mac(&Ad::new(Label::DpopNonce).num(span))[..18])
    }

    /// By what it is known that something was presented before: `what` it was, whose, and its own name for itself.
    pub fn once_mark(&self, what: &str, whose: &[u8], name: &str) -> [u8; 32] {
        self.mac(&Ad::new(Label::OnceMark).bytes_field(what.as_bytes()).bytes_field(whose).bytes_field(name.as_bytes()))
    }

    /// Signs with the document key; 64 bytes (RFC 8032).
    pub fn sign_document(&self, bytes: &[u8]) -> Vec<u8> {
        self.document_pair().sign(bytes).as_ref().to_vec()
    }

    pub fn document_public(&self) -> Vec<u8> {
        self.document_pair().public_key().as_ref().to_vec()
    }

    pub fn checkpoint_seed(&self) -> &[u8; 32] {
        self.checkpoint.expose()
    }

    fn document_pair(&self) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(self.document.expose()).expect("a seed of 32 bytes")
    }

    fn mac(&self, ad: &Ad) -> [u8; 32] {
        hmac::sign(&self.hmac_key(), ad.bytes()).as_ref().try_into().expect("HMAC-SHA-256 gives 32 bytes")
    }

    fn hmac_key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, self.lookup.expose())
    }
}
