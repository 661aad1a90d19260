//! What makes an SD-JWT a credential (draft-ietf-oauth-sd-jwt-vc, 2.2).

use super::path::Path;
use super::{Opened, SdJwt};
use crate::domain::credential::Wrong;

/// `typ` of a credential.
pub const TYP: &str = "dc+sd-jwt";
/// The same in drafts before November 2024: read, never written.
pub const TYP_OLDER: &str = "vc+sd-jwt";

/// Claims that must not be hidden, nor anything within them (2.2.2.3).
pub const ALWAYS_VISIBLE: [&str; 7] = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

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
    /// `Kind` for another `typ`, `Disclosure` where something is hidden that must be seen, `Claims` without a `vct`.
    pub fn vct(&self) -> Result<&str, Wrong> {
        if !self.typ.as_deref().is_some_and(is_type) {
            return Err(Wrong::Kind);
        }
        if self.disclosed.iter().any(must_be_visible) {
            return Err(Wrong::Disclosure);
        }
        self.claims.get("vct").and_then(|vct| vct.as_str()).filter(|vct| !vct.is_empty()).ok_or(Wrong::Claims)
    }
}
