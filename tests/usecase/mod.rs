//! What people and systems do, over the whole app and both databases.

mod backup;
mod journey;
