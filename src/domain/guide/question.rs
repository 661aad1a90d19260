//! The questions, in the order in which they are asked.

use serde::{Deserialize, Serialize};

use crate::domain::profile::Kind;

/// What is asked. The order of the variants is the order of the way. Its locale keys are `guide-ask-NAME` and `guide-hint-NAME`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    Name,
    Background,
    /// What one has done without pay, in pictures.
    Situations,
    /// The skills of those situations.
    HomeSkills,
    Work,
    Business,
    /// The skills of one occupation: one part for each.
    WorkSkills,
    /// How well one can what was ticked.
    Levels,
    Languages,
    /// One of [`LANGUAGE_FIELDS`] (the page) of one language (the part).
    Language,
    Schooling,
    Studies,
    Licences,
    Goals,
    Conditions,
}

/// A part of the way, as progress is told: "Part 2 of 6". Its locale key is `guide-part-NAME`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    You,
    Done,
    Level,
    Language,
    School,
    Ahead,
}

/// What one has done most; decides which questions are asked. Its locale key is `guide-background-NAME`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    Paid,
    Home,
    Own,
    Study,
    /// Little or no school: pictures, few words.
    Short,
}

/// The skills of a language, in the order in which they are asked; short schooling is asked the first three.
pub const LANGUAGE_FIELDS: [&str; 5] = ["listening", "spoken_interaction", "reading", "spoken_production", "writing"];

impl Question {
    pub const ALL: [Self; 15] = [
        Self::Name,
        Self::Background,
        Self::Situations,
        Self::HomeSkills,
        Self::Work,
        Self::Business,
        Self::WorkSkills,
        Self::Levels,
        Self::Languages,
        Self::Language,
        Self::Schooling,
        Self::Studies,
        Self::Licences,
        Self::Goals,
        Self::Conditions,
    ];

    /// The name in addresses and locale keys: letters alone.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Background => "background",
            Self::Situations => "situations",
            Self::HomeSkills => "homeskills",
            Self::Work => "work",
            Self::Business => "business",
            Self::WorkSkills => "workskills",
            Self::Levels => "levels",
            Self::Languages => "languages",
            Self::Language => "language",
            Self::Schooling => "schooling",
            Self::Studies => "studies",
            Self::Licences => "licences",
            Self::Goals => "goals",
            Self::Conditions => "conditions",
        }
    }

    pub const fn chapter(self) -> Chapter {
        match self {
            Self::Name | Self::Background => Chapter::You,
            Self::Situations | Self::HomeSkills | Self::Work | Self::Business | Self::WorkSkills => Chapter::Done,
            Self::Levels => Chapter::Level,
            Self::Languages | Self::Language => Chapter::Language,
            Self::Schooling | Self::Studies | Self::Licences => Chapter::School,
            Self::Goals | Self::Conditions => Chapter::Ahead,
        }
    }

    /// The kind of entry that an answer becomes; none where it only decides the way.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Name => Some(Kind::PreferredName),
            Self::Background => None,
            Self::Situations => Some(Kind::Informal),
            Self::HomeSkills | Self::WorkSkills | Self::Levels => Some(Kind::Skill),
            Self::Work | Self::Business => Some(Kind::Work),
            Self::Languages | Self::Language => Some(Kind::Language),
            Self::Schooling | Self::Studies => Some(Kind::Education),
            Self::Licences => Some(Kind::Licence),
            Self::Goals => Some(Kind::Goal),
            Self::Conditions => Some(Kind::Conditions),
        }
    }

    /// The fields of [`Question::kind`] that are asked for as in the entry's own form.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["name"],
            Self::Work | Self::Business | Self::Goals => &["occupation"],
            Self::Languages => &["language", "mother_tongue"],
            Self::Studies => &["title", "completed"],
            Self::Conditions => &["times", "car"],
            _ => &[],
        }
    }

    /// Whether it offers more than one page holds, page by page.
    pub const fn offers(self) -> bool {
        matches!(self, Self::HomeSkills | Self::WorkSkills)
    }

    /// Whether one may answer more than once.
    pub const fn again(self) -> bool {
        matches!(self, Self::Work | Self::Business | Self::Languages | Self::Studies | Self::Goals)
    }
}

impl Chapter {
    pub const ALL: [Self; 6] = [Self::You, Self::Done, Self::Level, Self::Language, Self::School, Self::Ahead];

    pub const fn name(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Done => "done",
            Self::Level => "level",
            Self::Language => "language",
            Self::School => "school",
            Self::Ahead => "ahead",
        }
    }

    /// From 1.
    pub const fn number(self) -> usize {
        self as usize + 1
    }
}

impl Background {
    pub const ALL: [Self; 5] = [Self::Paid, Self::Home, Self::Own, Self::Study, Self::Short];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Home => "home",
            Self::Own => "own",
            Self::Study => "study",
            Self::Short => "short",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_fits_its_kind_and_nothing_sensitive_is_asked() {
        use crate::domain::profile::Class;
        for question in Question::ALL {
            let fields = question.fields();
            assert!(fields.is_empty() || question.kind().is_some(), "{question:?}");
            let Some(kind) = question.kind() else { continue };
            assert_eq!(kind.class(), Class::Normal, "{question:?} would enter what a consent must not silently get");
            assert!(fields.iter().all(|field| kind.field(field).is_some()), "{question:?}");
        }
        assert!(LANGUAGE_FIELDS.iter().all(|field| Kind::Language.field(field).is_some()));
    }

    #[test]
    fn names_differ_and_the_order_of_asking_is_the_order_of_the_list() {
        assert!(Question::ALL.is_sorted() && Chapter::ALL.is_sorted());
        assert!(Question::ALL.map(Question::chapter).is_sorted(), "a later question never stands in an earlier chapter");
        let names: std::collections::BTreeSet<_> = Question::ALL.map(Question::name).into();
        assert_eq!(names.len(), Question::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())));
        assert!(Background::ALL.iter().all(|one| Background::named(one.name()) == Some(*one)));
    }
}
