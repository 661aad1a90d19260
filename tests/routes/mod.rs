//! A test is found by the URL that it tries.

mod api;
mod entries;
mod gap;
mod outlines;
mod sharing;
mod staff;
