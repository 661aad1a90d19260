//! The sealed formats, keys and slots. No I/O: bytes in, bytes out.

pub mod bundle;
pub mod child;
mod document;
pub mod entry;
pub mod event;
pub mod file;
pub mod jwe;
pub mod jws;
pub mod keyring;
pub mod label;
pub mod link;
pub mod manifest;
pub mod passphrase;
pub mod receive;
pub mod record;
pub mod recovery;
pub mod secret;
pub mod server;
pub mod slot;
pub mod step;
pub mod token;
pub mod x509;

pub use keyring::Keyring;
pub use label::{Ad, Label};
pub use record::{Padding, Unopened};
pub use secret::{Key, Secret};
