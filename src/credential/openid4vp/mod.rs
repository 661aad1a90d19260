//! OpenID for Verifiable Presentations 1.0: as the one who asks another wallet (`ask`), and as the wallet that is asked (`request`,
//! `answer`). Pure: what must be fetched is given.
//!
//! Of the High Assurance profile (HAIP 1.0) hold: SD-JWT VC with ES256, key binding, DCQL, `direct_post`, and as a wallet
//! `direct_post.jwt`. What it asks beyond that rests on X.509 certificates of a trust framework, which nobody has given us yet.

mod answer;
mod ask;
mod certified;
mod did;
mod request;

pub use answer::{Answer, Answered, presentations};
pub use ask::Asking;
pub use certified::Named;
pub use did::{DidWeb, key_of};
pub use request::{Client, Refused, Request, Source};

/// The `typ` of a Request Object (5; RFC 9101, 10.8).
pub const REQUEST_TYPE: &str = "oauth-authz-req+jwt";
