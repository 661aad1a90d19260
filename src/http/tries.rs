//! Counts tries per key in memory, so that guessing is slow. Keys are keyed hashes, never addresses.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::Timestamp;
use crate::domain::time::MINUTE;

/// Tries of the last minutes.
#[derive(Default)]
pub struct Tries(Mutex<HashMap<[u8; 32], Vec<Timestamp>>>);

const WINDOW: i64 = 5 * MINUTE;
/// Beyond so many keys the oldest are forgotten: memory is bounded, whoever knocks.
const KEYS: usize = 50_000;

impl Tries {
    /// Counts a try; `Err` with the seconds to wait where `most` within five minutes are exceeded.
    pub fn count(&self, key: [u8; 32], most: usize, now: Timestamp) -> Result<(), u32> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() > KEYS {
            all.retain(|_, tries| tries.last().is_some_and(|at| now.since(*at) < WINDOW));
        }
        let tries = all.entry(key).or_default();
        tries.retain(|at| now.since(*at) < WINDOW);
        if tries.len() >= most {
            let wait = tries.first().map_or(WINDOW, |first| WINDOW - now.since(*first));
            return Err(u32::try_from(wait / crate::domain::time::SECOND).unwrap_or(1).max(1));
        }
        tries.push(now);
        Ok(())
    }

    /// A right answer forgets the wrong ones.
    pub fn forget(&self, key: &[u8; 32]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_tries_wait_and_time_or_success_forgives() {
        let (tries, key, at) = (Tries::default(), [1; 32], |m: i64| Timestamp(m * MINUTE));
        for _ in 0..3 {
            assert!(tries.count(key, 3, at(0)).is_ok());
        }
        assert_eq!(tries.count(key, 3, at(1)), Err(240));
        assert!(tries.count([2; 32], 3, at(1)).is_ok(), "another key is another count");
        assert!(tries.count(key, 3, at(6)).is_ok());
        tries.forget(&key);
        assert!(tries.count(key, 1, at(6)).is_ok());
    }
}
