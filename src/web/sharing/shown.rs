//! Consents and units as their pages show them.

use std::collections::BTreeMap;

use crate::domain::consent::{Scope, State, Terms};
use crate::domain::event::{Event, Outcome, Party, What};
use crate::domain::profile::Section;
use crate::domain::recipient::RecipientKind;
use crate::domain::{ConsentId, Timestamp};
use crate::policy::Catalogue;
use crate::store::consent::ConsentRow as InClear;
use crate::store::organisation::UnitRow as Found;
use crate::text::T;
use crate::usecase::consent::Given;
use crate::usecase::event::Line;
use crate::usecase::link::is_link;
use crate::usecase::profile::{Held, Profile};
use crate::web::contents::{InScope, Sharing, contents};
use crate::web::page::reading::Contents;
use crate::web::page::sharing::{ConsentRow, ToldSection, UnitRow};
use crate::web::page::shown::Shown;

/// How often a consent has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    pub count: u64,
    pub last: Option<Timestamp>,
    /// A copy has left.
    pub delivered: bool,
}

/// The reads among some events, by consent.
pub fn reads(lines: &[Line]) -> BTreeMap<ConsentId, Reads> {
    let mut all: BTreeMap<ConsentId, Reads> = BTreeMap::new();
    for event in lines.iter().map(|line| &line.event).filter(|event| is_read(event)) {
        let Some(id) = event.consent else { continue };
        let reads = all.entry(id).or_default();
        reads.count += u64::from(event.count.max(1));
        reads.last = reads.last.max(Some(event.at));
        reads.delivered |= event.what == What::CopyDelivered;
    }
    all
}

fn is_read(event: &Event) -> bool {
    event.outcome == Outcome::Done && matches!(event.what, What::Read | What::CopyDelivered | What::LinkOpened | What::LinkRead)
}

pub fn purpose(t: T, catalogue: &Catalogue, id: &str) -> String {
    catalogue.purpose(id).map(|purpose| purpose.label.get(t.lang.tag()).to_owned()).unwrap_or_default()
}

pub fn unit_row(t: T, catalogue: &Catalogue, found: &Found) -> UnitRow {
    let kind = catalogue.kind(&found.unit.kind).map(|kind| kind.label.get(t.lang.tag()).to_owned());
    UnitRow {
        id: found.unit.id,
        name: found.unit.name.clone(),
        organisation: found.organisation.name.clone(),
        number: found.organisation.number.to_string(),
        kind: kind.unwrap_or_default(),
        municipality: found.unit.municipality.clone(),
    }
}

/// The entries that a scope covers.
pub fn covered<'a>(profile: &'a Profile, scope: &'a Scope) -> impl Iterator<Item = &'a Held> {
    profile.entries.iter().filter(|held| scope.covers(held.id, held.entry.kind))
}

/// The sections that a scope touches, as they are told before a yes and after it.
pub fn told_sections(t: T, profile: &Profile, scope: &Scope) -> Vec<ToldSection> {
    let kept = |held: &&Held| scope.kinds.contains(&held.entry.kind) && scope.kept_out.contains(&held.id);
    let kept: Vec<&Held> = profile.entries.iter().filter(kept).collect();
    let heading = |held: &&Held| Shown::new(t, &held.entry).heading.text;
    let told = |(section, count): (Section, usize)| ToldSection {
        section,
        count,
        whole: scope.kinds.iter().any(|kind| kind.section() == section),
        kept_out: kept.iter().filter(|held| held.entry.kind.section() == section).map(heading).collect(),
    };
    counted(profile, scope).into_iter().map(told).collect()
}

/// The sections that a scope touches, each with the number of entries that it covers now.
fn counted(profile: &Profile, scope: &Scope) -> Vec<(Section, usize)> {
    let mut counts: BTreeMap<Section, usize> = scope.sections().into_iter().map(|section| (section, 0)).collect();
    for held in covered(profile, scope) {
        *counts.entry(held.entry.kind.section()).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// The recipient's page inside another page.
pub fn preview(t: T, catalogue: &Catalogue, profile: &Profile, (terms, unit, code): (&Terms, &Found, &str)) -> Contents {
    let sharing = Sharing { terms, recipient: &unit.unit.kind, code, level: 3 };
    let entries = covered(profile, &terms.scope).map(|held| {
        let singly = terms.scope.entries.contains(&held.id);
        // Whoever reads it gets what is found then.
        InScope { entry: &held.entry, singly, alias: None, found: None }
    });
    contents(t, catalogue, &sharing, entries)
}

/// What stands for a unit in a link says in the reader's language for whom the link is.
pub fn named(t: T, catalogue: &Catalogue, mut found: Found) -> Found {
    if is_link(&found) {
        let kind = catalogue.kind(&found.unit.kind).map_or("", |kind| kind.label.get(t.lang.tag()));
        found.unit.name = t.one("link-name", "kind", kind);
    }
    found
}

/// The same for a party to an event: an event is sealed with the Swedish name of the recipient kind, and tells no unit from it.
pub fn name_kind(t: T, catalogue: &Catalogue, party: &mut Party) {
    let stands = |kind: &&RecipientKind| kind.link && party.organisation.is_empty() && kind.label.get("sv") == party.unit;
    if let Some(kind) = catalogue.kinds().iter().find(stands) {
        kind.label.get(t.lang.tag()).clone_into(&mut party.unit);
    }
}

pub fn consent_row(t: T, catalogue: &Catalogue, profile: &Profile, reads: Reads, given: &Given) -> ConsentRow {
    let terms = &given.terms;
    let unit = named(t, catalogue, given.unit.clone());
    ConsentRow {
        id: terms.consent,
        code: given.code.clone(),
        unit_id: unit.unit.id,
        unit: unit.unit.name,
        organisation: unit.organisation.name,
        opens: terms.link.as_ref().map(|link| link.opens),
        purpose: purpose(t, catalogue, &terms.purpose),
        until: terms.until,
        mode: terms.mode,
        state: state_at(given.state, terms.until, t.now),
        sections: told_sections(t, profile, &terms.scope),
        reads: reads.count,
        last_read: reads.last,
    }
}

/// What a closed map still knows of a live consent.
pub fn closed_row(t: T, catalogue: &Catalogue, row: &InClear, unit: &Found) -> ConsentRow {
    let unit = named(t, catalogue, unit.clone());
    ConsentRow {
        id: row.id,
        code: String::new(),
        unit_id: unit.unit.id,
        opens: is_link(&unit).then_some(0),
        unit: unit.unit.name,
        organisation: unit.organisation.name,
        purpose: String::new(),
        until: row.valid_until,
        mode: crate::domain::consent::Mode::View,
        state: state_at(row.state, row.valid_until, t.now),
        sections: Vec::new(),
        reads: 0,
        last_read: None,
    }
}

/// The end of a consent holds from its instant, also before the hourly sweep has written it down.
pub fn state_at(state: State, until: Timestamp, now: Timestamp) -> State {
    if state == State::Given && until <= now { State::Expired { at: until } } else { state }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Who;
    use uuid::Uuid;

    fn line(what: What, outcome: Outcome, consent: Option<ConsentId>, at: i64) -> Line {
        let (who, at) = (Who::Unknown, Timestamp(at));
        let (sections, entries, count, digest) = (Vec::new(), 0, 1, None);
        let event = Event {
            what,
            at,
            who,
            unit: None,
            consent,
            purpose: None,
            sections,
            entries,
            case: None,
            outcome,
            whom: None,
            count,
            digest,
        };
        Line { event, sequence: 1, leaf: None }
    }

    #[test]
    fn a_denied_try_is_no_read_and_a_delivered_copy_is_one() {
        let id = Some(ConsentId(Uuid::nil()));
        let lines = [
            line(What::Denied, Outcome::Denied, id, 9),
            line(What::Read, Outcome::Denied, id, 8),
            line(What::Read, Outcome::Done, None, 7),
            line(What::Read, Outcome::Done, id, 3),
            line(What::CopyDelivered, Outcome::Done, id, 2),
        ];
        let all = reads(&lines);
        assert_eq!(all.into_values().collect::<Vec<_>>(), [Reads { count: 2, last: Some(Timestamp(3)), delivered: true }]);
    }

    #[test]
    fn a_link_is_told_of_in_the_readers_language_and_a_unit_by_its_name() {
        let catalogue = Catalogue::embedded().expect("the seeds are whole");
        let kind = catalogue.kinds().iter().find(|kind| kind.link).expect("one");
        let swedish = kind.label.get("sv").to_owned();
        for lang in [crate::text::Lang::EN, crate::text::Lang::tagged("ar").expect("Arabic")] {
            let t = T::new(lang, Timestamp(0));
            let mut party = Party { unit: swedish.clone(), organisation: String::new() };
            name_kind(t, &catalogue, &mut party);
            assert!(party.unit == kind.label.get(lang.tag()) && party.unit != swedish, "{}", party.unit);
            for (unit, organisation) in [(swedish.as_str(), "Ett bolag"), ("Enheten", "")] {
                let mut other = Party { unit: unit.to_owned(), organisation: organisation.to_owned() };
                name_kind(t, &catalogue, &mut other);
                assert_eq!(other.unit, unit);
            }
        }
    }

    #[test]
    fn a_consent_past_its_end_is_expired_whatever_its_row_says() {
        assert_eq!(state_at(State::Given, Timestamp(5), Timestamp(5)), State::Expired { at: Timestamp(5) });
        assert_eq!(state_at(State::Given, Timestamp(5), Timestamp(4)), State::Given);
        let withdrawn = State::Withdrawn { at: Timestamp(1) };
        assert_eq!(state_at(withdrawn, Timestamp(5), Timestamp(9)), withdrawn);
    }
}
