//! A clock that stands still until it is moved.

use std::sync::atomic::{AtomicI64, Ordering};

use egenkarta::domain::{Clock, Timestamp};

pub struct TestClock(AtomicI64);

impl TestClock {
    /// Noon of 1 June 2026 in Sweden.
    pub fn new() -> Self {
        Self(AtomicI64::new(Timestamp::parse_rfc3339("2026-06-01T10:00:00Z").unwrap().0))
    }

    /// To the machine's own time, where a program that we did not write takes part.
    pub fn to_system(&self) {
        self.0.store(egenkarta::domain::SystemClock.now().0, Ordering::SeqCst);
    }

    pub fn forward(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
