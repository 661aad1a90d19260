//! What a narrower token may use of the one that it came from (RFC 8693; RFC 9396, 6).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Asked;
use crate::domain::Timestamp;
use crate::domain::consent::{Mode, Right, Scope, Terms};
use crate::domain::profile::{Kind, Section};

/// At most so many narrowings of narrowings.
pub const MAX_DEPTH: u8 = 3;

/// Sections, and entries by the names that the consent gives them. An unknown member is refused when it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its secret is made from the one above with this.
    pub id: Uuid,
    pub sections: BTreeSet<Section>,
    pub entries: BTreeSet<String>,
    pub rights: BTreeSet<Right>,
    pub mode: Mode,
    pub until: Timestamp,
}

impl Part {
    /// `until`: the end, once it has been found within what it comes from.
    pub fn new(id: Uuid, asked: Asked, until: Timestamp) -> Self {
        Self { id, sections: asked.sections, entries: asked.entries, rights: asked.actions, mode: asked.mode, until }
    }

    /// Whether an entry above belongs to it. `name`: what the consent calls it.
    pub fn holds(&self, kind: Kind, name: &str) -> bool {
        self.sections.contains(&kind.section()) || self.entries.contains(name)
    }

    /// The terms above, narrowed to this part: never more than stands there. No entry is named, since the rows beside them say which.
    pub fn terms(&self, above: &Terms) -> Terms {
        let kinds = above.scope.kinds.iter().filter(|kind| self.sections.contains(&kind.section())).copied().collect();
        let rights = above.scope.rights.intersection(&self.rights).copied().collect();
        let mode = if self.mode == Mode::View { Mode::View } else { above.mode };
        let scope = Scope { kinds, rights, ..Scope::default() };
        Terms { scope, mode, until: above.until.min(self.until), name: None, ..above.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ConsentId, OwnerId, UnitId};

    fn above() -> Terms {
        let rights = [Right::Read].into();
        Terms {
            owner: OwnerId(Uuid::nil()),
            consent: ConsentId(Uuid::nil()),
            generation: 1,
            unit: UnitId(Uuid::nil()),
            client: None,
            purpose: "job_matching".into(),
            scope: Scope { kinds: [Kind::Skill, Kind::Work].into(), rights, ..Scope::default() },
            mode: Mode::View,
            from: Timestamp(1),
            until: Timestamp(10),
            name: Some("Amina".into()),
            lang: "sv".into(),
            text_version: 1,
            original: None,
            basis: None,
            stated: None,
            link: None,
        }
    }

    #[test]
    fn a_part_that_says_more_than_stands_above_is_given_no_more() {
        let part = Part {
            id: Uuid::nil(),
            sections: Section::ALL.into_iter().collect(),
            entries: BTreeSet::new(),
            rights: [Right::Read, Right::Propose].into(),
            mode: Mode::Copy,
            until: Timestamp(99),
        };
        let terms = part.terms(&above());
        assert_eq!(terms, Terms { name: None, ..above() });
        let less = Part { sections: [Kind::Skill.section()].into(), until: Timestamp(5), ..part }.terms(&above());
        assert_eq!((less.scope.kinds, less.until), ([Kind::Skill].into(), Timestamp(5)));
    }

    #[test]
    fn an_unknown_restriction_is_refused() {
        let part = Part::new(Uuid::nil(), Asked::parse(ASKED).expect("reads"), Timestamp(5));
        let json = serde_json::to_string(&part).expect("plain data");
        assert_eq!(serde_json::from_str::<Part>(&json).expect("as written"), part);
        assert!(serde_json::from_str::<Part>(&json.replacen('{', r#"{"hours":"9-17","#, 1)).is_err());
    }

    const ASKED: &str = r#"[{"type":"egenkarta_consent","unit":"00000000-0000-0000-0000-000000000001","purpose":"job_matching","sections":["P07"],"actions":["read"],"mode":"view","legal_basis":"6.1.e","until":"2027-05-31"}]"#;
}
