//! What is allowed: Cedar policies, the typed question asked of them, and the [`Permit`] that only an answer makes.
//!
//! The comparison with the ceiling and the absolute prohibitions stand in `policies/`, not here; this room turns a question into
//! what Cedar reads, and its answer into a value that `store` demands.

mod cases;
pub mod ceilings;
mod decide;
mod entities;
mod load;
mod memo;
mod permit;
mod question;

pub use ceilings::{Catalogue, CatalogueFault};
pub use decide::Policy;
pub use load::PolicyFault;
pub use permit::{Permit, Refused, Why};
pub use question::{Action, Actor, Issuing, On, Question, Resource, Sharing};

#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
