//! What tells of issuing.

use super::{ME, OTHER, unit};
use crate::policy::{Issuing, Resource};

/// An assessment of someone else's, at the unit's highest level and within its trades; each case changes one thing.
pub(super) fn rows(mut each: impl FnMut(&str, Resource<'_>)) {
    let plain = Issuing { unit: unit(ME), within: true, level: 4, most: 4, second: true };
    let mut row = |case: &str, issuing| each(case, Resource::Issuing(issuing));
    row("validated, by two", plain);
    row("validated, by one", Issuing { second: false, ..plain });
    row("assessed, by one", Issuing { level: 3, second: false, ..plain });
    row("above its level", Issuing { level: 5, ..plain });
    row("one's own word", Issuing { level: 1, ..plain });
    row("outside its trades", Issuing { within: false, ..plain });
    row("may issue nothing", Issuing { most: 0, ..plain });
    row("another unit's", Issuing { unit: unit(OTHER), ..plain });
}
