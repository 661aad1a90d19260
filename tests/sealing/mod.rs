//! What is stored opens nothing, and whatever is changed, swapped or put back is refused.

mod broken;
pub mod columns;
mod granted;
mod link;
mod narrower;
mod proofs;
mod put_back;
mod scene;
pub mod search;
mod tamper;
mod thief;
mod vectors;
mod wallets;
