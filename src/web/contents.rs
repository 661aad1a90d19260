//! What a recipient sees of the entries in scope: the reading page of staff, and the preview before sharing.

use std::collections::BTreeMap;

use super::page::reading::{Contents, Group};
use super::page::shown::Shown;
use crate::crypto::bundle::Alias;
use crate::domain::consent::Terms;
use crate::domain::credential::Found;
use crate::domain::profile::{Entry, Kind, Section};
use crate::policy::Catalogue;
use crate::text::T;
use crate::usecase::disclosure::Disclosed;

/// A consent as it lets entries out.
#[derive(Clone, Copy)]
pub struct Sharing<'a> {
    pub terms: &'a Terms,
    /// The id of the recipient kind of the unit.
    pub recipient: &'a str,
    /// The spoken code; empty in a preview, which has none yet.
    pub code: &'a str,
    /// Heading level of the groups: 2 on a page of its own, 3 inside another page.
    pub level: u8,
}

/// One entry in scope. `singly`: the consent names this very entry, so that it stands open where its kind is folded.
#[derive(Clone, Copy)]
pub struct InScope<'a> {
    pub entry: &'a Entry,
    pub singly: bool,
    /// By what name its reader asks for its file; none in a preview.
    pub alias: Option<Alias>,
    /// Of a proof: what a look at it found just now, where someone looked.
    pub found: Option<&'a Found>,
}

/// What was let out, with what was found of the proofs in it.
pub fn in_scope<'a>(disclosed: &'a Disclosed, found: &'a [Option<Found>]) -> impl Iterator<Item = InScope<'a>> {
    let pairs = disclosed.entries.iter().zip(found);
    pairs.map(|(held, found)| InScope { entry: &held.entry, singly: held.singly, alias: Some(held.alias), found: found.as_ref() })
}

/// Groups what is in scope by section, those that the recipient kind is shown first before the others, what stays folded last.
/// A section without entries is left out, whether it is empty or withheld.
pub fn contents<'a>(
    t: T,
    catalogue: &Catalogue,
    sharing: &Sharing<'_>,
    entries: impl IntoIterator<Item = InScope<'a>>,
) -> Contents {
    let kind = catalogue.kind(sharing.recipient);
    let first = |section: Section| {
        kind.and_then(|kind| kind.shown_first.iter().position(|one| *one == section)).unwrap_or(Section::ALL.len())
    };
    let hidden = |kind_of: Kind| kind.is_some_and(|kind| kind.hidden_until_opened.contains(&kind_of));
    let mut groups: BTreeMap<(bool, usize, Section), Vec<Shown>> = BTreeMap::new();
    for InScope { entry, singly, alias, found } in entries {
        // The name that the person lets stand beside the code is no secret below it.
        let named = entry.kind == Kind::PreferredName && sharing.terms.name.is_some();
        let folded = hidden(entry.kind) && !singly && !named;
        let section = entry.kind.section();
        let mut shown = Shown::new(t, entry).found(found);
        if let Some(file) = &mut shown.file {
            file.alias = alias.map(hex::encode);
        }
        groups.entry((folded, first(section), section)).or_default().push(shown);
    }
    let group = |((folded, _, section), items)| Group { section, items, folded };
    let terms = sharing.terms;
    let purpose = catalogue.purpose(&terms.purpose).map(|purpose| purpose.label.get(t.lang.tag()).to_owned());
    Contents {
        t,
        name: terms.name.clone(),
        code: sharing.code.to_owned(),
        purpose: purpose.unwrap_or_default(),
        mode: terms.mode,
        until: terms.until,
        groups: groups.into_iter().map(group).collect(),
        level: sharing.level,
        outline: None,
        fetch: None,
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::domain::consent::{Mode, Scope};
    use crate::domain::profile::{ConceptRef, Evidence, Source, Value};
    use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
    use crate::text::Lang;
    use uuid::Uuid;

    pub fn terms(name: Option<&str>) -> Terms {
        Terms {
            owner: OwnerId(Uuid::nil()),
            consent: ConsentId(Uuid::nil()),
            generation: 1,
            unit: UnitId(Uuid::nil()),
            client: None,
            purpose: "recruitment".into(),
            scope: Scope::default(),
            mode: Mode::View,
            from: Timestamp(0),
            until: Timestamp(1),
            name: name.map(str::to_owned),
            lang: "sv".into(),
            text_version: 1,
            original: None,
            basis: None,
            stated: None,
            link: None,
        }
    }

    fn entry(kind: Kind, field: &str, value: Value) -> Entry {
        Entry {
            kind,
            lang: "sv".into(),
            source: Source::Own,
            evidence: Evidence::E1,
            fields: [(field.to_owned(), value)].into(),
            created: Timestamp(0),
            updated: Timestamp(0),
            confirmed: Timestamp(0),
            file: None,
        }
    }

    fn shown(recipient: &str, name: Option<&str>, singly: bool) -> Vec<(Section, bool, usize)> {
        let catalogue = Catalogue::embedded().expect("the seeds are whole");
        let all = [
            entry(Kind::PreferredName, "name", Value::Text("Amal".into())),
            entry(Kind::Goal, "motivation", Value::Text("Laga mat".into())),
            entry(Kind::Work, "occupation", Value::Concept(ConceptRef::free("Kock"))),
        ];
        let (t, terms) = (T::new(Lang::SV, Timestamp(0)), terms(name));
        let sharing = Sharing { terms: &terms, recipient, code: "", level: 3 };
        let contents =
            contents(t, &catalogue, &sharing, all.iter().map(|entry| InScope { entry, singly, alias: None, found: None }));
        contents.groups.iter().map(|group| (group.section, group.folded, group.items.len())).collect()
    }

    #[test]
    fn an_employer_sees_work_first_and_opens_the_name_on_purpose() {
        let folded = [(Section::P05, false, 1), (Section::P10, false, 1), (Section::P01, true, 1)];
        assert_eq!(shown("employer_apply", None, false), folded);
    }

    #[test]
    fn what_the_person_opened_by_name_is_not_folded() {
        assert_eq!(shown("employer_apply", None, true).iter().filter(|group| group.1).count(), 0);
        assert_eq!(shown("employer_apply", Some("Amal"), false).iter().filter(|group| group.1).count(), 0);
        let authority = [(Section::P01, false, 1), (Section::P05, false, 1), (Section::P10, false, 1)];
        assert_eq!(shown("af", None, false), authority, "an authority is shown the person first, and nothing folded");
    }
}
