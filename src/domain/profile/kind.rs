//! Sections P01-P17 and P20, and the kinds of entry that each holds.

use serde::{Deserialize, Serialize};

use super::shape::{ConceptKind, Field, Shape};
use super::{MAX_ENTRIES_PER_SECTION, MAX_FREE_TEXT, MAX_PROOF};

/// A section of the mapping. Its locale keys are `section-p01` and so on. Read in capitals and in small letters, wherever one is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Section {
    #[serde(alias = "p01")]
    P01,
    #[serde(alias = "p02")]
    P02,
    #[serde(alias = "p03")]
    P03,
    #[serde(alias = "p04")]
    P04,
    #[serde(alias = "p05")]
    P05,
    #[serde(alias = "p06")]
    P06,
    #[serde(alias = "p07")]
    P07,
    #[serde(alias = "p08")]
    P08,
    #[serde(alias = "p09")]
    P09,
    #[serde(alias = "p10")]
    P10,
    #[serde(alias = "p11")]
    P11,
    #[serde(alias = "p12")]
    P12,
    #[serde(alias = "p13")]
    P13,
    #[serde(alias = "p14")]
    P14,
    #[serde(alias = "p15")]
    P15,
    #[serde(alias = "p16")]
    P16,
    #[serde(alias = "p17")]
    P17,
    #[serde(alias = "p20")]
    P20,
}

/// How sensitive a kind of entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Normal,
    /// Not GDPR Article 9, but treated as sensitive.
    Sensitive,
    /// GDPR Article 9: special category.
    Special,
}

macro_rules! kinds {
    ($($variant:ident $name:literal $section:ident $class:ident $max:expr => [$($field:expr),* $(,)?];)*) => {
        /// What an entry is. The ceiling, the scopes and the policies speak of these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($variant),* }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in data, URLs, policies and locale keys (`kind-NAME`).
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            pub const fn section(self) -> Section {
                match self { $(Self::$variant => Section::$section),* }
            }

            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class),* }
            }

            /// At most so many entries of this kind.
            pub const fn max(self) -> usize {
                match self { $(Self::$variant => $max),* }
            }

            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$variant => const { &[$($field),*] }),* }
            }
        }
    };
}

const MANY: usize = MAX_ENTRIES_PER_SECTION;
/// Each look back is an entry for each track: every third month for five years.
const MANY_RATINGS: usize = 160;
const LINE: Shape = Shape::Line { max: 120 };
const TEXT: Shape = Shape::Text { max: MAX_FREE_TEXT };
const DATE: Shape = Shape::Date;
const LEVELS: Shape = Shape::Choice(&["none", "a1", "a2", "b1", "b2", "c1", "c2"]);
const ONE_TO_FIVE: Shape = Shape::Choice(&["1", "2", "3", "4", "5"]);
/// The tracks of one's progress, in the order in which they are asked and shown.
pub const AREAS: &[&str] = &["everyday", "strength", "direction", "belief", "workplace", "search", "together", "swedish"];

const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

kinds! {
    PreferredName "preferred_name" P01 Normal 1 => [must("name", LINE)];
    LegalName "legal_name" P01 Normal 1 => [must("given", LINE), must("family", LINE)];
    // Nobody maps what they can before they go to school.
    BirthYear "birth_year" P01 Normal 1 => [must("year", Shape::Number { min: 1900, max: 2020 })];
    Home "home" P01 Normal 1 => [must("municipality", Shape::Municipality), may("address", LINE)];
    Contact "contact" P01 Normal 3 => [may("phone", Shape::Phone), may("email", Shape::Email)];
    SafeContact "safe_contact" P01 Sensitive 1 => [must("how", TEXT)];
    ProtectedIdentity "protected_identity" P01 Sensitive 1 => [must("protected", Shape::Flag)];
    Communication "communication" P02 Normal 1 => [
        may("interpreter", Shape::Language),
        may("channel", Shape::Choices(&["phone", "text_message", "email", "letter", "meeting"])),
        may("support", Shape::Choices(&["read_aloud", "easy_read", "sign_language", "large_text", "someone_with_me"])),
        may("other", TEXT),
    ];
    Language "language" P03 Normal MANY => [
        must("language", Shape::Language),
        may("mother_tongue", Shape::Flag),
        may("listening", LEVELS),
        may("reading", LEVELS),
        may("spoken_interaction", LEVELS),
        may("spoken_production", LEVELS),
        may("writing", LEVELS),
        may("sfi", Shape::Choice(&["1a", "1b", "1c", "1d", "2b", "2c", "2d", "3c", "3d"])),
    ];
    Education "education" P04 Normal MANY => [
        must("title", LINE),
        may("level", Shape::Choice(&["0", "1", "2", "3", "4", "5", "6", "7", "8"])),
        may("school", LINE),
        may("country", Shape::Country),
        may("years", Shape::Number { min: 0, max: 30 }),
        may("completed", Shape::Flag),
        may("from", DATE),
        may("to", DATE),
        may("recognition", LINE),
    ];
    Work "work" P05 Normal MANY => [
        must("occupation", Shape::Concept(ConceptKind::Occupation)),
        may("employer", LINE),
        may("country", Shape::Country),
        may("from", DATE),
        may("to", DATE),
        may("ongoing", Shape::Flag),
        may("extent", Shape::Number { min: 1, max: 100 }),
        may("form", Shape::Choice(&["employed", "subsidised", "practice", "self_employed", "unpaid"])),
        may("tasks", TEXT),
    ];
    Informal "informal" P06 Normal MANY => [
        must("what", LINE),
        may("context", Shape::Choice(&["home_care", "association", "farming", "migration", "hobby", "community", "other"])),
        may("skill", Shape::Concept(ConceptKind::Skill)),
        may("hours_per_week", Shape::Number { min: 1, max: 168 }),
        may("from", DATE),
        may("to", DATE),
        may("more", TEXT),
    ];
    Skill "skill" P07 Normal MANY => [
        must("skill", Shape::Concept(ConceptKind::Skill)),
        may("level", Shape::Choice(&["with_help", "alone", "fast", "can_teach"])),
        may("last_used", DATE),
        may("months_used", Shape::Number { min: 1, max: 720 }),
    ];
    Qualification "qualification" P08 Normal MANY => [
        must("name", LINE),
        may("issuer", LINE),
        may("seqf", Shape::Choice(&["1", "2", "3", "4", "5", "6", "7", "8"])),
        may("part", Shape::Choice(&["whole", "part"])),
        may("issued", DATE),
        may("expires", DATE),
    ];
    Licence "licence" P09 Normal MANY => [
        must("licence", Shape::Choice(&[
            "am", "a1", "a2", "a", "b", "b_extended", "be", "c1", "c1e", "c", "ce", "d1", "d1e", "d", "de",
            "ykb", "taxi", "truck_a", "truck_b", "truck_c", "hot_work", "food_hygiene", "id06", "first_aid", "adr",
            "travers", "lift", "regulated", "other",
        ])),
        may("name", LINE),
        may("issued", DATE),
        may("expires", DATE),
    ];
    Goal "goal" P10 Normal MANY => [
        may("occupation", Shape::Concept(ConceptKind::Occupation)),
        may("education", LINE),
        may("motivation", TEXT),
    ];
    Conditions "conditions" P11 Normal MANY => [
        may("available_from", DATE),
        may("hours_per_week", Shape::Number { min: 0, max: 60 }),
        may("times", Shape::Choices(&["day", "evening", "night", "weekend"])),
        may("commute_minutes", Shape::Number { min: 0, max: 240 }),
        may("car", Shape::Flag),
        may("region", Shape::Municipality),
        may("more", TEXT),
    ];
    Needs "needs" P12 Special MANY => [
        must("need", TEXT),
        may("capacity", Shape::Choice(&["25", "50", "75", "100"])),
    ];
    Health "health" P13 Special MANY => [
        may("wellbeing", ONE_TO_FIVE),
        may("coping", ONE_TO_FIVE),
        may("more", TEXT),
    ];
    Situation "situation" P14 Sensitive MANY => [
        must("area", Shape::Choice(&["housing", "economy", "childcare", "debts", "network", "care", "other"])),
        may("more", TEXT),
    ];
    Safety "safety" P15 Special MANY => [must("more", TEXT)];
    RightToWork "right_to_work" P16 Sensitive 1 => [must("may_work", Shape::Flag), may("until", DATE)];
    Progress "progress" P17 Sensitive MANY_RATINGS => [
        must("area", Shape::Choice(AREAS)),
        must("value", ONE_TO_FIVE),
        must("on", DATE),
        must("rater", Shape::Choice(&["self", "coach"])),
        may("more", TEXT),
    ];
    Credential "credential" P08 Normal MANY => [
        must("name", Shape::Line { max: 200 }),
        may("issuer", Shape::Line { max: 200 }),
        may("number", Shape::Line { max: 20 }),
        may("issued", DATE),
        may("expires", DATE),
        may("seqf", Shape::Choice(&["1", "2", "3", "4", "5", "6", "7", "8"])),
        may("part", Shape::Choice(&["whole", "part"])),
        must("proof", Shape::Proof { max: MAX_PROOF }),
    ];
    // A scan may show anything: it goes into a scope only by its own tick, and into no link.
    Document "document" P20 Sensitive MANY => [
        must("title", LINE),
        must("what", Shape::Choice(&["certificate", "grade", "letter", "other"])),
        may("date", DATE),
        may("pages", Shape::Number { min: 1, max: 5000 }),
        may("attached_to", Shape::Entry),
    ];
}

impl Kind {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether no scope may ever contain it, whoever asks: safety, safe contact, protected identity.
    pub const fn never_shared(self) -> bool {
        matches!(self, Self::Safety | Self::SafeContact | Self::ProtectedIdentity)
    }

    /// Whether a person writes it. A credential is taken as it was issued: what is typed proves nothing.
    pub const fn written(self) -> bool {
        !matches!(self, Self::Credential)
    }

    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}

impl Section {
    pub const ALL: [Self; 18] = [
        Self::P01,
        Self::P02,
        Self::P03,
        Self::P04,
        Self::P05,
        Self::P06,
        Self::P07,
        Self::P08,
        Self::P09,
        Self::P10,
        Self::P11,
        Self::P12,
        Self::P13,
        Self::P14,
        Self::P15,
        Self::P16,
        Self::P17,
        Self::P20,
    ];

    /// `p01` to `p17`, and `p20`, as in URLs, data and locale keys (`section-p01`).
    pub fn code(self) -> &'static str {
        const CODES: [&str; 18] = [
            "p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p11", "p12", "p13", "p14", "p15", "p16", "p17",
            "p20",
        ];
        CODES[self as usize]
    }

    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |kind| kind.section() == self)
    }

    /// At most so many entries of all its kinds.
    pub const fn max(self) -> usize {
        match self {
            Self::P17 => MANY_RATINGS,
            _ => MAX_ENTRIES_PER_SECTION,
        }
    }

    /// Kept in the vault: shown apart, opened on purpose.
    pub const fn vault(self) -> bool {
        matches!(self, Self::P13 | Self::P14 | Self::P15)
    }

    /// Whether any of its kinds is more than normal.
    pub fn sensitive(self) -> bool {
        self.kinds().any(|kind| kind.class() != Class::Normal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_unique_and_lead_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(*kind));
            assert_eq!(serde_json::to_value(kind).expect("json"), kind.name());
        }
        for section in Section::ALL {
            assert_eq!(Section::coded(section.code()), Some(section));
            assert!(section.kinds().next().is_some(), "{section:?} is empty");
        }
    }

    #[test]
    fn safety_is_never_shared_and_skills_may_be() {
        assert!(Kind::Safety.never_shared() && Kind::SafeContact.never_shared() && Kind::ProtectedIdentity.never_shared());
        assert!(!Kind::Skill.never_shared());
    }

    #[test]
    fn a_proof_is_never_written_by_hand_and_all_else_is() {
        assert!(Kind::ALL.iter().filter(|kind| !kind.written()).eq([&Kind::Credential]));
    }
}
