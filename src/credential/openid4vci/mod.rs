//! OpenID for Verifiable Credential Issuance 1.0: as the issuer that serves a wallet (`metadata`, `authorization`, `request`, `proof`), and
//! as the wallet that takes a credential in (`offer`, `issuer`). Pure: what must be fetched is given.

mod authorization;
mod issuer;
mod metadata;
mod offer;
mod proof;
mod request;

pub use authorization::{ReturnAddress, asks_by_scope, details_asked, details_granted};
pub use issuer::{IssuerMetadata, LoginEndpoints, TokenEndpoint, as_address, credential_of, metadata_address, proof_for};
pub use metadata::{authorization_server, credential_issuer};
pub use offer::{Grant, Login, Offer, OfferSource, TxCode};
pub use proof::{Proven, proven};
pub use request::{Asked, Refused};

/// The one credential that a unit of ours gives to wallets: its id among the issuer's configurations (12.2.4).
pub const CONFIGURATION: &str = "competence";
/// `grant_type` of the code that an offer brings (4.1.1).
pub const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
/// `grant_type` of the code that a login gives (RFC 6749, 4.1.3).
pub const AUTHORIZATION_CODE: &str = "authorization_code";
/// The type of `authorization_details` that asks for a credential (5.1.1).
pub const DETAILS_TYPE: &str = "openid_credential";
/// Proofs, and so credentials, in one request at most.
pub const BATCH: usize = 5;
