//! Demo people and units, and the demo identity provider. Mounted only by the command `demo`.

pub mod provider;
pub mod seeds;
