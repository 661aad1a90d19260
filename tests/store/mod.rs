//! The store's contract: the same on both databases.

mod append;
mod contract;
mod fold;
mod gather;
pub mod guard;
mod race;
mod schema;
mod spoilt;
