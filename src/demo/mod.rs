//! Demo people, organisations and units. Only the command `demo` uses this room.

pub mod seeds;
