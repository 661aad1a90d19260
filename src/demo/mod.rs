//! What exists under the command `demo` alone: its people and units, and the identity provider that lets one be them.

pub mod provider;
