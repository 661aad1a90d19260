//! The formats, how each is known, and what each cannot hold.

use super::bytes::Refused;
use super::tree::{Syntax, Tree};
use super::{candidate, elm, hropen, resume, skillspassport};
use crate::domain::profile::Kind;

/// A format. Its locale keys are `format-NAME` and `format-NAME-about`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// JSON Resume 1.0 (jsonresume.org/schema).
    JsonResume,
    /// Europass SkillsPassport XML 3.x.
    SkillsPassport,
    /// The newer Europass profile, "Candidate" XML 4.0 after HR-XML 3.
    Candidate,
    /// HR Open Standards 4.2 candidate, bare or in Arbetsförmedlingen's portability envelope.
    HrOpen,
    /// European Learning Model 3, JSON-LD.
    Elm,
}

/// Something that a format cannot hold: a whole kind of entry, or one of its fields, always or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lose {
    pub kind: Kind,
    pub field: Option<&'static str>,
    /// `exchange-lose-…`, a sentence; none where it is left out, always.
    pub partly: Option<&'static str>,
}

impl Lose {
    /// The whole kind is left out.
    pub const fn kind(kind: Kind) -> Self {
        Self { kind, field: None, partly: None }
    }

    pub const fn field(kind: Kind, field: &'static str) -> Self {
        Self { kind, field: Some(field), partly: None }
    }

    /// Sometimes, as the text `key` says.
    pub const fn partly(kind: Kind, field: Option<&'static str>, key: &'static str) -> Self {
        Self { kind, field, partly: Some(key) }
    }
}

/// In no file of any format: they are nobody's business who is given one; a proof leaves in formats of its own, signed as it is.
pub const NEVER: [Kind; 12] = [
    Kind::SafeContact,
    Kind::ProtectedIdentity,
    Kind::Communication,
    Kind::Conditions,
    Kind::Needs,
    Kind::Health,
    Kind::Situation,
    Kind::Safety,
    Kind::RightToWork,
    Kind::Progress,
    Kind::Credential,
    Kind::Document,
];

impl Format {
    pub const ALL: [Self; 5] = [Self::JsonResume, Self::SkillsPassport, Self::Candidate, Self::HrOpen, Self::Elm];

    /// The name in data, addresses and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonResume => "json-resume",
            Self::SkillsPassport => "europass-skillspassport",
            Self::Candidate => "europass-candidate",
            Self::HrOpen => "hr-open",
            Self::Elm => "elm",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonResume | Self::HrOpen => "json",
            Self::SkillsPassport | Self::Candidate => "xml",
            Self::Elm => "jsonld",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::JsonResume | Self::HrOpen => "application/json",
            Self::SkillsPassport | Self::Candidate => "application/xml",
            Self::Elm => "application/ld+json",
        }
    }

    /// What it cannot hold, beside `NEVER`, and beside who wrote an entry, when, and how it is proven.
    pub const fn loses(self) -> &'static [Lose] {
        match self {
            Self::JsonResume => resume::LOSES,
            Self::SkillsPassport => skillspassport::LOSES,
            Self::Candidate => candidate::LOSES,
            Self::HrOpen => hropen::LOSES,
            Self::Elm => elm::LOSES,
        }
    }

    /// The format of a file, by what stands at its top.
    pub fn of(tree: &Tree) -> Option<Self> {
        let root = tree.root();
        if tree.syntax == Syntax::Xml {
            return match root.name() {
                "SkillsPassport" => Some(Self::SkillsPassport),
                "Candidate" => Some(Self::Candidate),
                _ => None,
            };
        }
        let has = |name: &str| root.at(name).is_some();
        let known = ["work", "volunteer", "education", "skills", "languages"].into_iter().filter(|name| has(name)).count();
        if has("transferObject") || (has("person") && has("profiles")) {
            Some(Self::HrOpen)
        } else if has("credentialSubject")
            || has("hasClaim")
            || root.all("@context").any(|at| at.raw().contains("data.europa.eu/snb"))
        {
            Some(Self::Elm)
        } else if has("basics") || known >= 2 || root.says("$schema").is_some_and(|at| at.contains("resume")) {
            Some(Self::JsonResume)
        } else {
            None
        }
    }

    /// Why a sound file is none of them.
    pub fn unknown(tree: &Tree) -> Refused {
        if tree.syntax == Syntax::Xml && tree.root().name() == "learnerinfo" { Refused::OldEuropass } else { Refused::Unknown }
    }
}
