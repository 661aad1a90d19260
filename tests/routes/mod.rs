//! A test is found by the URL that it tries.

mod api;
mod block;
mod copy;
mod entries;
mod exchange;
mod gap;
mod guide;
mod join;
mod link;
mod outlines;
mod reference;
mod sharing;
mod staff;
