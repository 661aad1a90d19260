//! What makes an SD-JWT a credential (draft-ietf-oauth-sd-jwt-vc, 2.2).

use serde_json::Value;

use super::path::Path;
use super::{Opened, SdJwt};
use crate::domain::credential::Wrong;

/// `typ` of a credential.
pub const TYP: &str = "dc+sd-jwt";
/// The same in drafts before November 2024: read, never written.
pub const TYP_OLDER: &str = "vc+sd-jwt";

/// Claims that must not be hidden, nor anything within them (2.2.2.3).
pub const ALWAYS_VISIBLE: [&str; 8] = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"];

pub(super) fn is_type(typ: &str) -> bool {
    [TYP, TYP_OLDER].contains(&typ)
}

pub(super) fn must_be_visible(path: &Path) -> bool {
    ALWAYS_VISIBLE.iter().any(|name| path.is_in(name))
}

impl SdJwt<'_> {
    /// Whether it says of itself that it is a credential.
    pub fn is_credential(&self) -> bool {
        self.typ().is_some_and(|typ| is_type(&typ))
    }
}

impl Opened {
    /// Its type (`vct`), where it is a credential.
    ///
    /// # Errors
    /// `Kind` for another `typ`, `Disclosure` where something is hidden that must be seen, `Claims` without a `vct` or with other names of
    /// it (`aka_vcts`, 2.2.2.2) that are none, `Audience` where it is for certain readers only (RFC 7519, 4.1.3): we are never one.
    pub fn vct(&self) -> Result<&str, Wrong> {
        if !self.typ.as_deref().is_some_and(is_type) {
            return Err(Wrong::Kind);
        }
        if self.disclosed.iter().any(must_be_visible) {
            return Err(Wrong::Disclosure);
        }
        if self.claims.contains_key("aud") {
            return Err(Wrong::Audience);
        }
        let vct = self.text("vct").ok_or(Wrong::Claims)?;
        let others = self.claims.get("aka_vcts").map(|others| others.as_array().map_or(&[][..], Vec::as_slice));
        let named = |other: &Value| other.as_str().is_some_and(|other| !other.is_empty() && other != vct);
        if others.is_some_and(|others| others.is_empty() || !others.iter().all(named)) {
            return Err(Wrong::Claims);
        }
        Ok(vct)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str().filter(|text| !text.is_empty())
    }
}
