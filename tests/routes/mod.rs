//! A test is found by the URL that it tries.

mod api;
mod entries;
mod exchange;
mod sharing;
mod staff;
