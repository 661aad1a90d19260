//! What a field may hold.

/// One field of a kind of entry. Its locale key is `field-KIND-NAME`, its hint, where it has one, `hint-KIND-NAME`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line of at most `max` characters.
    Line {
        max: usize,
    },
    /// Free text of at most `max` characters.
    Text {
        max: usize,
    },
    /// A whole number, bounds included.
    Number {
        min: i64,
        max: i64,
    },
    /// One of these; locale key `choice-KIND-FIELD-NAME`.
    Choice(&'static [&'static str]),
    /// Any of these.
    Choices(&'static [&'static str]),
    /// A year, month or day.
    Date,
    /// Yes or no.
    Flag,
    /// A concept of the taxonomy, or free text in its place.
    Concept(ConceptKind),
    /// BCP 47 primary language subtag, two or three letters.
    Language,
    /// ISO 3166-1 alpha-2.
    Country,
    /// The name of a Swedish municipality.
    Municipality,
    Phone,
    Email,
    /// A proof as it was issued, at most `max` characters: for programs to check, not for people to read.
    Proof {
        max: usize,
    },
    /// Another entry of the same map, by its id. A reader sees the name that their consent gives it, where they may see it at all.
    Entry,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConceptKind {
    Occupation,
    Skill,
}
