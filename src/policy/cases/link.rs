//! What tells of links.

use super::{ME, Terms, consent, owner, unit};
use crate::domain::consent::Mode;
use crate::domain::profile::Kind;
use crate::policy::Resource;

/// A link as it stands in clear.
pub(super) fn rows(mut each: impl FnMut(&str, Resource<'_>)) {
    let (owner, consent, unit) = (owner(ME), consent(ME), unit(ME));
    let link = |given, in_time, left, tries| Resource::Link { owner, consent, unit, given, in_time, left, tries };
    each("in force", link(true, true, 1, 5));
    each("not given, or withdrawn", link(false, true, 1, 5));
    each("before or after its time", link(true, false, 1, 5));
    each("used up", link(true, true, 0, 5));
    each("too many wrong words", link(true, true, 1, 0));
}

/// What tells while one is made.
pub(super) fn proposed() -> Vec<(&'static str, Terms)> {
    let link = |terms| Terms { link: true, mode: Mode::View, ..terms };
    let employer = || Terms::to("employer_apply", "recruitment", 90, &[Kind::Work]);
    vec![
        ("by link, work", link(employer())),
        ("by link, as a copy", Terms { link: true, ..employer() }),
        ("by link, needs", link(Terms::to("ngo", "mentoring", 30, &[Kind::Needs]))),
        ("by link, to an authority", link(Terms::plain())),
    ]
}

/// What tells while it is opened.
pub(super) fn held() -> Vec<(&'static str, Terms)> {
    vec![
        ("by link, work", Terms { link: true, ..Terms::to("employer_apply", "recruitment", 90, &[Kind::Work]) }),
        ("by link, health", Terms { link: true, ..Terms::to("ngo", "mentoring", 30, &[Kind::Health]) }),
    ]
}
