//! Programs of a unit: those that ask people for a part of their map.

use askama::Template;

use super::form::Wrong;
use super::frame::{Body, Place};
use super::url;
use crate::domain::oauth::Client;
use crate::domain::{ClientId, Timestamp};
use crate::text::T;

/// As typed. Fields: `name`, `redirects` (one address a line), `keys` (a key set, or its address).
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub name: String,
    pub redirects: String,
    pub keys: String,
    pub wrong: Vec<Wrong>,
}

/// The unit's programs, and the form for another.
#[derive(Template)]
#[template(path = "clients.html")]
pub struct ClientsPage {
    pub t: T,
    pub clients: Vec<(ClientId, String, Timestamp)>,
    pub typed: Typed,
}

/// One program: how it begins, its addresses and keys, and the way to stop it.
#[derive(Template)]
#[template(path = "client.html")]
pub struct ClientPage {
    pub t: T,
    pub client: Client,
    /// Where the program finds all else: the issuer identifier (RFC 8414).
    pub issuer: String,
    pub typed: Typed,
}

impl ClientsPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.typed.wrong, id)
    }
}

impl ClientPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.typed.wrong, id)
    }
}

impl Body for ClientsPage {
    fn place(&self) -> Place {
        Place::Unit
    }
    fn title(&self) -> String {
        self.t.s("clients-title")
    }
    fn typed(&self) -> bool {
        true
    }
}

impl Body for ClientPage {
    fn place(&self) -> Place {
        Place::Unit
    }
    fn title(&self) -> String {
        self.t.s("clients-title")
    }
    fn typed(&self) -> bool {
        true
    }
}
