//! Certificates towards wallets: whom an operator believes when they vouch for somebody who asks, and by what we ask ourselves.

use crate::crypto::x509::{Anchors, Certified};

#[derive(Debug, Default)]
pub struct Certificates {
    /// Empty, where nobody is named: then requests that rest on certificates are refused.
    pub anchors: Anchors,
    /// By what our own requests are signed; `None`: they are not.
    pub own: Option<Certified>,
}

impl Certificates {
    /// As whom we ask (OpenID4VP 1.0, 5.9.3).
    pub fn client_id(&self) -> Option<String> {
        self.own.as_ref().map(|own| format!("x509_hash:{}", own.chain.hash()))
    }
}
