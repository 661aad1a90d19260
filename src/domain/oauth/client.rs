//! A program that a unit has registered.

use serde::{Deserialize, Serialize};

use crate::domain::{ClientId, Timestamp, UnitId};

/// A confidential client (RFC 6749, 2.1) of one unit. It proves who it is by a key (RFC 7523), never by a shared secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub id: ClientId,
    pub unit: UnitId,
    /// What people are told that asks and reads: the name of a system, never of a person.
    pub name: String,
    /// Compared sign by sign (RFC 9700, 2.1); empty for a client of the desk alone.
    pub redirects: Vec<String>,
    pub keys: ClientKeys,
    pub created: Timestamp,
}

/// Where a client's public keys are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientKeys {
    /// A JSON Web Key Set (RFC 7517), public parts only.
    Set(String),
    /// Where it is fetched from: https.
    Url(String),
}

/// A program that has proven which client of which unit it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub client: ClientId,
    pub unit: UnitId,
    pub name: String,
}

impl Client {
    pub fn program(&self) -> Program {
        Program { client: self.id, unit: self.unit, name: self.name.clone() }
    }
}
