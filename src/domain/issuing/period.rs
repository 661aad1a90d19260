//! From when to when a unit was let issue, and which of its proofs are believed for that.

use super::Scope;
use crate::domain::Timestamp;
use crate::domain::profile::Evidence;
use crate::domain::time::SECOND;

/// A scope, and how long it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub scope: Scope,
    pub from: Timestamp,
    /// `None` while it stands.
    pub until: Option<Timestamp>,
    /// Taken back from its start: nothing that was issued in it is believed.
    pub withdrawn: bool,
}

impl Period {
    /// Whether it stood at a time that is known to the microsecond, or to the second where a proof says it.
    fn stood(&self, at: Timestamp) -> bool {
        !self.withdrawn && whole(self.from) <= at && self.until.is_none_or(|until| at <= until)
    }

    pub const fn stands(&self) -> bool {
        self.until.is_none() && !self.withdrawn
    }
}

/// The scope for which a proof is believed; the newest where several stood. `said`: when it was issued, by its own word. `placed`: when
/// its place on the status list was given, by this server's. Whoever holds the unit's key can say any time, but no place is given once
/// the scope has ended: so what has no place of its own is believed for a scope that still stands, and nothing is older than its place.
pub fn believed(periods: &[Period], said: Option<Timestamp>, placed: Option<Timestamp>) -> Option<&Period> {
    let said = said.filter(|said| periods.iter().any(|one| one.stood(*said)))?;
    let at = match placed {
        Some(placed) if said < whole(placed) => return None,
        Some(placed) => placed,
        None => said,
    };
    let fits = |one: &&Period| one.stood(at) && (placed.is_some() || one.stands());
    periods.iter().filter(fits).max_by_key(|one| one.from)
}

/// The highest level that the unit may issue still; `None` where it may issue nothing.
pub fn still(periods: &[Period]) -> Option<Evidence> {
    periods.iter().find(|one| one.stands()).map(|one| one.scope.level)
}

/// Proofs say whole seconds.
const fn whole(at: Timestamp) -> Timestamp {
    Timestamp(at.0.div_euclid(SECOND) * SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: i64, until: Option<i64>, withdrawn: bool) -> Period {
        let scope = Scope { trades: vec!["83".to_owned()], level: Evidence::E4 };
        Period { scope, from: at(from).plus(7), until: until.map(|until| at(until).plus(9)), withdrawn }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp(second * SECOND)
    }

    #[test]
    fn what_was_not_issued_while_a_scope_stood_is_not_believed() {
        let ended = [period(100, Some(200), false)];
        for (said, placed) in [
            (None, None),
            (None, Some(at(150))),
            (Some(99), Some(at(99))),
            (Some(201), Some(at(201))),
            (Some(150), None),
            (Some(150), Some(at(201))),
            (Some(150), Some(at(160))),
            (Some(201), Some(at(150))),
        ] {
            assert_eq!(believed(&ended, said.map(at), placed), None, "{said:?} {placed:?}");
        }
        let gone = [period(100, Some(200), true)];
        assert_eq!(believed(&gone, Some(at(150)), Some(at(150))), None, "taken back");
        assert_eq!(believed(&[period(100, None, true)], Some(at(150)), None), None);
        assert_eq!(believed(&[], Some(at(150)), Some(at(150))), None);
        let again = [period(100, Some(200), true), period(300, None, false)];
        assert_eq!(believed(&again, Some(at(150)), Some(at(150))), None, "a new scope brings nothing old back");
        assert_eq!(believed(&again, Some(at(350)), Some(at(150))), None, "nor by a new date");
    }

    #[test]
    fn what_was_issued_while_a_scope_stood_stays_believed() {
        let ended = [period(100, Some(200), false)];
        for second in [100, 150, 200] {
            assert_eq!(believed(&ended, Some(at(second)), Some(at(second).plus(8))), Some(&ended[0]), "{second}");
        }
        let both = [period(100, Some(200), false), period(200, None, false)];
        assert_eq!(
            believed(&both, Some(at(250)), Some(at(150))),
            Some(&both[0]),
            "taken to a wallet later: as its place was given"
        );
        assert_eq!(believed(&both, Some(at(250)), None), Some(&both[1]), "a restore has lost its place");
        assert_eq!((still(&both), still(&ended)), (Some(Evidence::E4), None));
    }
}
