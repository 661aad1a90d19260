//! Pages: each context is a type, its template beside in `templates/`; one test renders all of them in all languages.

pub mod asset;
pub mod client;
pub mod codes;
pub mod confirm;
pub mod entry;
pub mod events;
pub mod exchange;
pub mod file;
pub mod form;
pub mod frame;
pub mod gap;
pub mod guide;
pub mod inbox;
pub mod issuing;
pub mod keys;
pub mod link;
pub mod map;
pub mod map_svg;
pub mod outline;
pub mod passphrase;
pub mod progress;
pub mod proof;
pub mod public;
pub mod qr;
pub mod reading;
pub mod receiver;
pub mod reference;
pub mod request;
pub mod sharing;
pub mod showing;
pub mod shown;
pub mod statement;
pub mod unit;
pub mod url;
pub mod verify;
pub mod wallet;

pub use frame::{Body, Frame, Notice, Place};

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
