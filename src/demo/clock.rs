//! A clock that can be set back while the demo's people are made, so that some of their entries are old.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::{Clock, SystemClock, Timestamp};

/// The system's clock, less what it is set back by.
#[derive(Default)]
pub struct ShiftableClock(AtomicI64);

impl ShiftableClock {
    /// Microseconds into the past; zero for the present.
    pub fn set_back(&self, by: i64) {
        self.0.store(by, Ordering::Relaxed);
    }
}

impl Clock for ShiftableClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(-self.0.load(Ordering::Relaxed))
    }
}
