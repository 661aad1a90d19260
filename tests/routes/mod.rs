//! A test is found by the URL that it tries.

mod api;
mod entries;
mod guide;
mod sharing;
mod staff;
