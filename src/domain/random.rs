//! The seam through which randomness enters.

use ring::rand::SecureRandom;
use uuid::Uuid;

use super::time::Timestamp;

/// A source of unpredictable bytes. Object-safe, so that it is built once and handed on.
pub trait Random: Send + Sync {
    fn fill(&self, out: &mut [u8]);
}

/// The operating system's generator.
pub struct SystemRandom(ring::rand::SystemRandom);

impl Default for SystemRandom {
    fn default() -> Self {
        Self(ring::rand::SystemRandom::new())
    }
}

impl Random for SystemRandom {
    fn fill(&self, out: &mut [u8]) {
        // A machine whose generator fails must not go on: every secret would be guessable.
        self.0.fill(out).expect("the operating system gives random bytes");
    }
}

/// `N` fresh random bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut out = [0; N];
    random.fill(&mut out);
    out
}

/// A random id (version 4), for whatever someone outside may see.
pub fn uuid_v4(random: &dyn Random) -> Uuid {
    uuid::Builder::from_random_bytes(bytes(random)).into_uuid()
}

/// An id that sorts by time (version 7), for rows that only we see.
pub fn uuid_v7(random: &dyn Random, now: Timestamp) -> Uuid {
    let millis = u64::try_from(now.0 / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes(random)).into_uuid()
}
