//! A test is found by the URL that it tries.

mod api;
mod block;
mod case_system;
mod copy;
mod document;
mod entries;
mod exchange;
mod faults;
mod gap;
mod guide;
mod issuing;
mod join;
mod layers;
mod link;
mod outlines;
mod passphrase;
mod progress;
mod proof;
mod reference;
mod renamed;
mod request;
mod sharing;
mod staff;
mod statement;
mod verify;
