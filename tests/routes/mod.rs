//! A test is found by the URL that it tries.

mod api;
mod staff;
