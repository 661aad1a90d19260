//! The store's contract: the same on both databases.

mod contract;
pub mod guard;
mod race;
mod schema;
