//! What an OAuth client is, what it may ask for, and how it is refused. Pure.

mod asked;
mod client;
mod fault;

pub use asked::{Asked, AskedFault, Basis, DETAILS_TYPE};
pub use client::{Client, ClientKeys, Program};
pub use fault::Fault;
