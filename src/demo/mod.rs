<<<<<<< HEAD
//! Demo people, organisations and units. Only the command `demo` uses this room.

pub mod seeds;
=======
//! What exists under the command `demo` alone: its people and units, and the identity provider that lets one be them.

pub mod provider;
>>>>>>> protocol
