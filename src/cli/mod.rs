//! One file per command.

pub mod taxonomy;
