//! For how long an answer may be used again.

use super::Times;
use crate::domain::Timestamp;
use crate::domain::time::{DAY, HOUR};

/// No answer is used for longer, whatever its issuer allows: a withdrawal shall show.
pub const MOST: i64 = HOUR;
/// Nor is a list that someone keeps in a file, without a word of its issuer about when it ends.
const KEPT: i64 = DAY;

/// Until when what was fetched at `fetched` answers without being fetched again (draft-ietf-oauth-status-list, 8.3 and 13.7): the earliest of
/// its end, its `ttl` from when it was fetched, and `MOST`.
pub fn usable_until(fetched: Timestamp, times: &Times) -> Timestamp {
    let kept = fetched.plus(times.ttl.map_or(MOST, |ttl| ttl.clamp(0, MOST)));
    times.exp.map_or(kept, |exp| exp.min(kept))
}

/// Until when a list counts that was kept in a file: its end, else its `ttl` from when it was made, else a day.
pub fn in_force_until(times: &Times) -> Timestamp {
    times.exp.unwrap_or_else(|| times.iat.plus(times.ttl.unwrap_or(KEPT)))
}
