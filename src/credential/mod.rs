//! Proofs of competence in the formats that others read and write: bytes to what they say, and back. Pure: keys and status lists are given.

pub mod badge;
mod check;
pub mod competence;
pub mod did;
pub mod elm;
pub mod eudi;
mod foreign;
pub mod keys;
pub mod lists;
pub mod portion;
pub mod sd_jwt;
pub mod status;
pub mod times;

#[cfg(test)]
mod tests;

pub use check::{Checked, Given, IssuerKeys, Occasion, check, examine, settle};
pub use foreign::{Foreign, MOST_BYTES, read};
