//! Selective disclosure for JWTs (RFC 9901) in compact form, with key binding, and as a credential (draft-ietf-oauth-sd-jwt-vc).
//!
//! Stricter than the RFC where it leaves a choice: JSON members stand once, everything is bounded, what is hidden twice, belongs nowhere or
//! bears a reserved name is refused as a whole.

mod binding;
mod disclosure;
mod issue;
mod path;
mod process;
mod vc;

use std::fmt;

use serde_json::{Map, Value};

pub use binding::bind;
pub use issue::{issue, issue_with_decoys};
pub use path::{Path, Step};
pub use vc::{ALWAYS_VISIBLE, TYP, TYP_OLDER};

use crate::crypto::jws::{PublicJwk, Unread, Unverified};
use crate::domain::credential::Wrong;
use disclosure::{Disclosure, Hash};
use process::Found;

/// Bytes of one SD-JWT, all disclosures and the proof of its holder included.
pub const MAX: usize = 64 * 1024;
/// Disclosures in one SD-JWT.
pub const MAX_DISCLOSURES: usize = 300;

/// An SD-JWT of which the form is right and the signature is yet to be checked: until then its content cannot be had. Prints
/// nothing of it.
#[derive(Clone)]
pub struct SdJwt<'t> {
    issuer: Unverified<'t>,
    /// The issuer-signed JWT as it stands.
    jwt: &'t str,
    /// It and the disclosures, with the last `~`: what its holder signs.
    shown: &'t str,
    hash: Hash,
    disclosures: Vec<Disclosure<'t>>,
    found: Vec<Found>,
    claims: Map<String, Value>,
    proof: Option<&'t str>,
}

/// What an issuer vouches for, as far as it was shown. Prints nothing of it.
#[derive(Clone, PartialEq)]
pub struct Opened {
    /// `typ` in lower case, without `application/`.
    pub typ: Option<String>,
    /// The processed payload (RFC 9901, 7.1, 3): what was hidden and shown stands in its place, what is still hidden is gone.
    pub claims: Map<String, Value>,
    /// What was hidden and is shown. Steps into arrays count the places as signed, those still hidden included.
    pub disclosed: Vec<Path>,
    /// Digest of what its holder must have signed, and the proof as it came.
    shown: String,
    proof: Option<String>,
}

impl<'t> SdJwt<'t> {
    /// Takes apart `JWT~disclosure~...~` or the same with a key binding JWT at its end.
    ///
    /// # Errors
    /// `Size` beyond the bounds, `Algorithm`, `Disclosure`, else `Form`.
    pub fn parse(text: &'t str) -> Result<Self, Wrong> {
        if text.len() > MAX {
            return Err(Wrong::Size);
        }
        let (head, proof) = text.rsplit_once('~').ok_or(Wrong::Form)?;
        let mut parts = head.split('~');
        let jwt = parts.next().ok_or(Wrong::Form)?;
        let issuer = Unverified::parse_within(jwt, MAX).map_err(unread)?;
        let hash = Hash::of(issuer.unchecked())?;
        let parts: Vec<&str> = parts.collect();
        if parts.len() > MAX_DISCLOSURES {
            return Err(Wrong::Size);
        }
        let disclosures = parts.into_iter().map(Disclosure::read).collect::<Result<Vec<_>, _>>()?;
        let (claims, found) = process::process(issuer.unchecked(), &disclosures, hash)?;
        let proof = (!proof.is_empty()).then_some(proof);
        Ok(Self { issuer, jwt, shown: &text[..=head.len()], hash, disclosures, found, claims, proof })
    }

    /// Its content, where one of `keys` made the signature: the one that it names, where it names one.
    ///
    /// # Errors
    /// `Key` where none of `keys` is the one that it names, `Signature` where none made it.
    pub fn verify(self, keys: &[PublicJwk]) -> Result<Opened, Wrong> {
        let typ = self.issuer.typ();
        if !self.issuer.names_one_of(keys) {
            return Err(Wrong::Key);
        }
        self.issuer.verify_any(keys).ok_or(Wrong::Signature)?;
        Ok(Opened {
            typ,
            claims: self.claims,
            disclosed: self.found.into_iter().map(|found| found.path).collect(),
            shown: self.hash.digest(self.shown),
            proof: self.proof.map(str::to_owned),
        })
    }

    /// The same SD-JWT with only those disclosures that `keep` wants. What lies within something left out is left out with it, so
    /// nothing is ever shown that `keep` refused. Ends in `~`, without a proof of its holder.
    pub fn present(&self, keep: impl Fn(&Path) -> bool) -> String {
        let mut wanted = vec![false; self.found.len()];
        let mut out = format!("{}~", self.jwt);
        // What lies within something comes after it in `found`.
        for (at, found) in self.found.iter().enumerate() {
            wanted[at] = found.within.is_none_or(|outer| wanted[outer]) && keep(&found.path);
        }
        let mut kept: Vec<usize> =
            self.found.iter().zip(&wanted).filter(|(_, on)| **on).map(|(found, _)| found.disclosure).collect();
        kept.sort_unstable();
        for at in kept {
            out.push_str(self.disclosures[at].text());
            out.push('~');
        }
        out
    }

    /// What its holder may show or leave out, in the order in which it is found.
    pub fn disclosable(&self) -> impl Iterator<Item = &Path> {
        self.found.iter().map(|found| &found.path)
    }

    /// All that it says before its signature is checked: to choose by, never to believe.
    pub const fn unchecked(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// Whether a key binding JWT stands at its end.
    pub const fn is_bound(&self) -> bool {
        self.proof.is_some()
    }

    pub fn typ(&self) -> Option<String> {
        self.issuer.typ()
    }

    pub fn kid(&self) -> Option<&str> {
        self.issuer.kid()
    }

    /// A claim before its signature is checked: to find the key, never to allow.
    pub fn hint(&self, name: &str) -> Option<&str> {
        self.issuer.hint(name)
    }
}

impl fmt::Debug for SdJwt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SdJwt")
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

pub(super) const fn unread(why: Unread) -> Wrong {
    match why {
        Unread::Long => Wrong::Size,
        Unread::Form => Wrong::Form,
        Unread::Algorithm => Wrong::Algorithm,
    }
}
