//! Our own.
