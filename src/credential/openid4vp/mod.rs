//! OpenID for Verifiable Presentations 1.0: as the one who asks another wallet (`ask`), and as the wallet that is asked (`request`,
//! `answer`). Pure: what must be fetched is given.
//!
//! Of the High Assurance profile (HAIP 1.0) hold: SD-JWT VC with ES256, key binding, DCQL, requests signed by a certificate (`x509_hash`)
//! and fetched by reference, and answers by `direct_post.jwt`; asking and asked, where an operator has named authorities or has a
//! certificate. Where neither is, what the profile does not know stands beside: `redirect_uri` without a signature, and `did:web`.

mod answer;
mod ask;
mod certified;
mod did;
mod request;

pub use answer::{Answer, Answered, presentations};
pub use ask::{Asking, Signed};
pub use certified::Named;
pub use did::{DidWeb, key_of};
pub use request::{Client, Refused, Request, Source};

/// The `typ` of a Request Object (5; RFC 9101, 10.8).
pub const REQUEST_TYPE: &str = "oauth-authz-req+jwt";
