//! The Digital Credentials Query Language (OpenID for Verifiable Presentations 1.0, 6 and 7): what a verifier asks a wallet for, and
//! whether credentials answer it. Pure; both as the one who asks and as the one who is asked.

mod held;
mod path;
mod query;
mod select;
#[cfg(test)]
mod tests;

pub use held::{Shown, answers, shown};
pub use path::{Component, Path, Spot, Step};
pub use query::{Claim, Credential, Malformed, Options, Query};
pub use select::{Candidate, Found, Wants};

/// The Credential Format Identifier of SD-JWT VC (OpenID4VP 1.0, B.3.1).
pub const SD_JWT_VC: &str = "dc+sd-jwt";
