//! Demo people and units, and the demo identity provider. Mounted only by the command `demo`.

mod clock;
mod issuing;
mod link;
mod people;
pub mod provider;
pub mod seeds;

pub use clock::ShiftableClock;
pub use people::{People, issuer_of, issuers, personas};
