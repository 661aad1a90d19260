//! Times in what others sign, in seconds there and in microseconds here; and whether something is in force.

use serde_json::{Map, Value};

use crate::crypto::jws;
use crate::domain::Timestamp;
use crate::domain::credential::{Verdict, Wrong};
use crate::domain::time::SECOND;

/// By how much two clocks may differ (RFC 7519, 4.1.4: "no more than a few minutes").
pub const LEEWAY: i64 = 60 * SECOND;

/// A time in a claim; `None` where the claim is absent.
pub fn read(claims: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, Wrong> {
    let seconds = jws::seconds(claims, name).map_err(|_| Wrong::Claims)?;
    Ok(seconds.map(|seconds| Timestamp(seconds * SECOND)))
}

/// A time as a claim: whole seconds since 1970.
pub fn claim(time: Timestamp) -> Value {
    time.0.div_euclid(SECOND).into()
}

/// `NotYet` before `from`, `Expired` from `until` on (RFC 7519, 4.1.4, 4.1.5), both with a leeway; `None` between.
pub fn verdict(from: Option<Timestamp>, until: Option<Timestamp>, now: Timestamp) -> Option<Verdict> {
    match (from, until) {
        (Some(from), _) if now.plus(LEEWAY) < from => Some(Verdict::NotYet),
        (_, Some(until)) if now >= until.plus(LEEWAY) => Some(Verdict::Expired),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_holds_from_its_first_second_to_its_last_with_a_minutes_grace() {
        let at = |seconds: i64| Timestamp(seconds * SECOND);
        let (from, until) = (Some(at(1_000)), Some(at(2_000)));
        for (now, found) in [
            (939, Some(Verdict::NotYet)),
            (940, None),
            (1_500, None),
            (2_059, None),
            (2_060, Some(Verdict::Expired)),
            (9_000, Some(Verdict::Expired)),
        ] {
            assert_eq!(verdict(from, until, at(now)), found, "{now}");
        }
        assert_eq!(verdict(None, None, at(0)), None);
    }

    #[test]
    fn a_time_is_a_number_of_seconds() {
        let read = |value: Value| read(&[("exp".to_owned(), value)].into_iter().collect(), "exp");
        for wrong in ["12".into(), Value::Null, true.into(), 1e300.into(), i64::MAX.into()] {
            assert_eq!(read(wrong), Err(Wrong::Claims));
        }
        assert_eq!(read(claim(Timestamp(7 * SECOND + 5))), Ok(Some(Timestamp(7 * SECOND))));
    }
}
