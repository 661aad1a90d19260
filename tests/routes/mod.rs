//! A test is found by the URL that it tries.

mod api;
mod block;
mod copy;
mod entries;
mod reference;
mod join;
mod guide;
mod gap;
mod outlines;
mod exchange;
mod sharing;
mod staff;
