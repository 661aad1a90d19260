//! The answers of the steps, carried along as hidden inputs.

use crate::domain::consent::Mode;
use crate::domain::profile::Section;
use crate::domain::{EntryId, Timestamp, UnitId};

/// What has been answered so far. Field names are those of the members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub unit: Option<UnitId>,
    pub purpose: Option<String>,
    /// Whole sections.
    pub section: Vec<Section>,
    /// Single entries; the sensitive ones too, each by its own tick.
    pub entry: Vec<EntryId>,
    pub keep_out: Vec<EntryId>,
    pub mode: Option<Mode>,
    /// `YYYY-MM-DD`, the last day; as typed.
    pub until: Option<String>,
    /// Whether the name to be called by may stand beside the code.
    pub name: bool,
    /// Since when the unit states what was shown on the last page; none where it states nothing.
    pub stated: Option<Timestamp>,
}

impl Answers {
    /// Reads the answers from a form's pairs. What is not an answer of ours is left out.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut answers = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "unit" => answers.unit = value.parse().ok(),
                "purpose" => answers.purpose = Some(value.clone()).filter(|text| !text.is_empty()),
                "section" => answers.section.extend(Section::coded(value)),
                "entry" => answers.entry.extend(value.parse::<EntryId>()),
                "keep_out" => answers.keep_out.extend(value.parse::<EntryId>()),
                "mode" => answers.mode = Mode::from_word(value),
                // The date field wins over a preset only where the preset says so.
                "until" if value != "other" => answers.until = Some(value.clone()).filter(|text| !text.is_empty()),
                "until_other" if answers.until.is_none() => {
                    answers.until = Some(value.clone()).filter(|text| !text.is_empty());
                }
                "name" => answers.name = value == "yes",
                "stated" => answers.stated = value.parse().ok().map(Timestamp),
                _ => {}
            }
        }
        answers
    }

    /// The answers as hidden inputs, without those that `step` asks for itself.
    pub fn hidden(&self, step: Step) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        all.extend(self.unit.map(|unit| ("unit", unit.to_string())));
        if step != Step::Purpose {
            all.extend(self.purpose.clone().map(|purpose| ("purpose", purpose)));
        }
        if step != Step::What {
            all.extend(self.section.iter().map(|section| ("section", section.code().to_owned())));
            all.extend(self.entry.iter().map(|entry| ("entry", entry.to_string())));
            all.extend(self.keep_out.iter().map(|entry| ("keep_out", entry.to_string())));
        }
        if step != Step::How {
            all.extend(self.mode.map(|mode| ("mode", mode.word().to_owned())));
            all.extend(self.until.clone().map(|until| ("until", until)));
            all.extend(self.name.then(|| ("name", "yes".to_owned())));
        }
        if step == Step::Summary {
            all.extend(self.stated.map(|since| ("stated", since.0.to_string())));
        }
        all
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Unit,
    Purpose,
    What,
    How,
    Summary,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_are_none_of_ours_are_left_out_and_ours_come_back() {
        let pairs = |all: &[(&str, &str)]| all.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
        let bad = pairs(&[
            ("unit", "x"),
            ("section", "p99"),
            ("entry", "1"),
            ("mode", "sell"),
            ("name", "no"),
            ("until", ""),
            ("stated", "nyss"),
            ("x", "y"),
        ]);
        assert_eq!(Answers::read(&bad), Answers::default());
        let id = "0191d5a0-0000-7000-8000-000000000001";
        let all = pairs(&[
            ("unit", id),
            ("purpose", "planning"),
            ("section", "p05"),
            ("section", "p07"),
            ("entry", id),
            ("keep_out", id),
            ("mode", "copy"),
            ("until", "other"),
            ("until_other", "2027-05-21"),
            ("name", "yes"),
            ("stated", "1767225600000000"),
        ]);
        let answers = Answers::read(&all);
        assert_eq!(answers.until.as_deref(), Some("2027-05-21"));
        let again: Vec<(String, String)> =
            answers.hidden(Step::Summary).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(Answers::read(&again), answers);
    }
}
