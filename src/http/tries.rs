//! Counts tries per key in memory, so that guessing is slow. Keys are keyed hashes, never addresses.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::Timestamp;
use crate::domain::time::MINUTE;

/// Tries of the last minutes.
#[derive(Default)]
pub struct Tries(Mutex<Counted>);

type Counts = HashMap<[u8; 32], Vec<Timestamp>>;

/// Two halves: whoever tries again moves into the young one, and the old one is dropped whole. So each count costs the same, however
/// many knock.
#[derive(Default)]
struct Counted {
    young: Counts,
    old: Counts,
    /// When the young half was begun.
    begun: Option<Timestamp>,
}

const WINDOW: i64 = 5 * MINUTE;
/// Beyond so many keys those that tried longest ago are forgotten: memory is bounded, whoever knocks.
const KEYS: usize = 50_000;

impl Tries {
    /// Counts a try; `Err` with the seconds to wait where `most` within five minutes are exceeded.
    pub fn count(&self, key: [u8; 32], most: usize, now: Timestamp) -> Result<(), u32> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = all.of(key, now);
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
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.young.remove(key);
        all.old.remove(key);
    }
}

impl Counted {
    fn of(&mut self, key: [u8; 32], now: Timestamp) -> &mut Vec<Timestamp> {
        let begun = *self.begun.get_or_insert(now);
        let before = self.old.remove(&key);
        // What lies in the old half after a window of the young one is past counting.
        let full = self.young.len() >= KEYS / 2 && !self.young.contains_key(&key);
        if full || now.since(begun) >= WINDOW {
            self.old = std::mem::take(&mut self.young);
            self.begun = Some(now);
        }
        self.young.entry(key).or_insert_with(|| before.unwrap_or_default())
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

    #[test]
    fn a_count_outlives_the_halves_and_however_many_knock_only_so_many_are_held() {
        let (tries, key, now) = (Tries::default(), [255; 32], Timestamp(0));
        assert!(tries.count(key, 2, now).is_ok());
        for n in 0..3 * KEYS as u64 {
            let mut other = [0; 32];
            other[..8].copy_from_slice(&n.to_be_bytes());
            assert!(tries.count(other, 1, now).is_ok());
            // Somebody who goes on trying is not forgotten for the many.
            if n == 1 {
                assert!(tries.count(key, 2, now).is_ok());
            } else if n % 10_000 == 0 && n > 1 {
                assert!(tries.count(key, 2, now).is_err(), "{n}");
            }
        }
        let all = tries.0.lock().expect("nobody panicked");
        assert!(all.young.len() + all.old.len() <= KEYS + 1, "{} and {}", all.young.len(), all.old.len());
        drop(all);
        let late = |m: i64| Timestamp(4 * MINUTE + m);
        assert!(tries.count([7; 32], 1, late(0)).is_ok());
        assert!(tries.count([8; 32], 1, late(2 * MINUTE)).is_ok());
        assert_eq!(tries.count([7; 32], 1, late(2 * MINUTE)), Err(180), "a half that time ends keeps what still counts");
    }
}
