//! What people and systems do, over the whole app and both databases.

mod account;
mod backup;
mod change;
mod denial;
mod erase;
mod file;
mod grant;
mod held;
mod installation;
mod issuing;
mod journey;
mod limits;
pub mod link;
mod log;
mod operator;
mod receipt;
mod request;
mod rotate;
pub mod scope;
mod session;
mod showing;
mod staff;
mod statement;
mod token;
mod unit_consent;
mod verify;
mod withdrawn;
