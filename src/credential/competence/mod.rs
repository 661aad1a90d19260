//! What a proof says, as claims of our own credential (`vct` of `domain::credential::VCT`), and back; of foreign ones what can be read.

mod claims;
mod read;

pub use claims::claims_of;
pub use read::{proof_of, status_of};
