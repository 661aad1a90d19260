//! Recipient kinds with their ceilings, and purposes: read once, checked whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::domain::profile::Kind;
use crate::domain::recipient::{Localised, Purpose, RecipientKind};

const KINDS: &str = "recipient_kinds.toml";
const PURPOSES: &str = "purposes.toml";
const LANGUAGES: [&str; 2] = ["sv", "en"];

/// All recipient kinds and purposes, in the order of their files.
pub struct Catalogue {
    kinds: Vec<RecipientKind>,
    purposes: Vec<Purpose>,
    dpv_version: String,
}

/// Why the two files cannot be used.
#[derive(Debug)]
pub enum CatalogueFault {
    Unreadable {
        file: &'static str,
        cause: io::Error,
    },
    NotToml {
        file: &'static str,
        cause: toml::de::Error,
    },
    /// Two with the same id, or an id that is not lower case letters, digits and `_`.
    Id {
        id: String,
    },
    /// A text lacks a language.
    Text {
        id: String,
        lang: &'static str,
    },
    /// A ceiling holds a kind that no scope may contain.
    NeverShared {
        id: String,
        kind: Kind,
    },
    /// What is hidden until opened lies outside the ceiling.
    HiddenOutside {
        id: String,
        kind: Kind,
    },
    /// No days at all, or the usual duration is longer than the longest.
    Days {
        id: String,
    },
    /// It names a purpose that does not exist, or none.
    Purpose {
        id: String,
    },
    /// A term that is neither `dpv:` nor a `kart:` which says what it refines.
    Term {
        id: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindsFile {
    kind: Vec<RecipientKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposesFile {
    dpv_version: String,
    purpose: Vec<Purpose>,
}

impl Catalogue {
    /// Reads both files from their texts.
    pub fn parse(kinds_toml: &str, purposes_toml: &str) -> Result<Self, CatalogueFault> {
        let kinds: KindsFile = toml::from_str(kinds_toml).map_err(|cause| CatalogueFault::NotToml { file: KINDS, cause })?;
        let purposes: PurposesFile =
            toml::from_str(purposes_toml).map_err(|cause| CatalogueFault::NotToml { file: PURPOSES, cause })?;
        let catalogue = Self { kinds: kinds.kind, purposes: purposes.purpose, dpv_version: purposes.dpv_version };
        catalogue.check()?;
        Ok(catalogue)
    }

    /// Recipient kinds that `parse` would refuse: to show that the policies hold without it.
    #[cfg(test)]
    pub(super) fn unchecked(kinds: Vec<RecipientKind>, like: &Self) -> Self {
        Self { kinds, purposes: like.purposes.clone(), dpv_version: like.dpv_version.clone() }
    }

    /// The ones that the binary carries.
    pub fn embedded() -> Result<Self, CatalogueFault> {
        Self::load(None)
    }

    /// Those in the data folder where a file of the name stands there, else the binary's own.
    pub fn load(data: Option<&Path>) -> Result<Self, CatalogueFault> {
        let kinds = text(data, KINDS, include_str!("../../seeds/recipient_kinds.toml"))?;
        let purposes = text(data, PURPOSES, include_str!("../../seeds/purposes.toml"))?;
        Self::parse(&kinds, &purposes)
    }

    pub fn kinds(&self) -> &[RecipientKind] {
        &self.kinds
    }

    pub fn purposes(&self) -> &[Purpose] {
        &self.purposes
    }

    /// The version of the Data Privacy Vocabulary to which the terms belong; receipts name it.
    pub fn dpv_version(&self) -> &str {
        &self.dpv_version
    }

    pub fn kind(&self, id: &str) -> Option<&RecipientKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == id)
    }

    /// What a unit of this kind may ask for, in the order of the kind's own list.
    pub fn purposes_of<'a>(&'a self, kind: &'a RecipientKind) -> impl Iterator<Item = &'a Purpose> {
        kind.purposes.iter().filter_map(|id| self.purpose(id))
    }

    fn check(&self) -> Result<(), CatalogueFault> {
        check_ids(self.kinds.iter().map(|kind| &kind.id))?;
        check_ids(self.purposes.iter().map(|purpose| &purpose.id))?;
        self.purposes.iter().try_for_each(check_purpose)?;
        self.kinds.iter().try_for_each(|kind| self.check_kind(kind))
    }

    fn check_kind(&self, kind: &RecipientKind) -> Result<(), CatalogueFault> {
        let id = || kind.id.clone();
        for text in [&kind.label, &kind.basis, &kind.if_no] {
            check_text(&kind.id, text)?;
        }
        if let Some(never) = kind.allowed.iter().find(|allowed| allowed.never_shared()) {
            return Err(CatalogueFault::NeverShared { id: id(), kind: *never });
        }
        if let Some(outside) = kind.hidden_until_opened.difference(&kind.allowed).next() {
            return Err(CatalogueFault::HiddenOutside { id: id(), kind: *outside });
        }
        if kind.default_days == 0 || kind.default_days > kind.max_days {
            return Err(CatalogueFault::Days { id: id() });
        }
        if kind.purposes.is_empty() || !kind.purposes.iter().all(|purpose| self.purpose(purpose).is_some()) {
            return Err(CatalogueFault::Purpose { id: id() });
        }
        Ok(())
    }
}

fn text(data: Option<&Path>, file: &'static str, embedded: &str) -> Result<String, CatalogueFault> {
    let Some(folder) = data else { return Ok(embedded.to_owned()) };
    match std::fs::read_to_string(folder.join(file)) {
        Ok(text) => Ok(text),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(embedded.to_owned()),
        Err(cause) => Err(CatalogueFault::Unreadable { file, cause }),
    }
}

fn check_ids<'a>(ids: impl Iterator<Item = &'a String>) -> Result<(), CatalogueFault> {
    let mut seen = BTreeSet::new();
    for id in ids {
        let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if id.is_empty() || !plain || !seen.insert(id) {
            return Err(CatalogueFault::Id { id: id.clone() });
        }
    }
    Ok(())
}

fn check_purpose(purpose: &Purpose) -> Result<(), CatalogueFault> {
    check_text(&purpose.id, &purpose.label)?;
    let refines = purpose.refines.as_deref();
    let known = match purpose.dpv.split_once(':') {
        Some(("dpv", term)) => !term.is_empty() && refines.is_none(),
        Some(("kart", term)) => !term.is_empty() && refines.is_some_and(|parent| parent.starts_with("dpv:")),
        _ => false,
    };
    if known { Ok(()) } else { Err(CatalogueFault::Term { id: purpose.id.clone() }) }
}

fn check_text(id: &str, Localised(texts): &Localised) -> Result<(), CatalogueFault> {
    let said = |texts: &BTreeMap<String, String>, lang: &str| texts.get(lang).is_some_and(|text| !text.trim().is_empty());
    match LANGUAGES.into_iter().find(|lang| !said(texts, lang)) {
        Some(lang) => Err(CatalogueFault::Text { id: id.to_owned(), lang }),
        None => Ok(()),
    }
}

impl fmt::Display for CatalogueFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, cause } => write!(f, "{file} cannot be read: {cause}"),
            Self::NotToml { file, cause } => write!(f, "{file} is not as it should be: {cause}"),
            Self::Id { id } => write!(f, "the id \"{id}\" stands twice or is not plain"),
            Self::Text { id, lang } => write!(f, "a text of \"{id}\" lacks the language {lang}"),
            Self::NeverShared { id, kind } => write!(f, "\"{id}\" is allowed {}, which nobody may be given", kind.name()),
            Self::HiddenOutside { id, kind } => write!(f, "\"{id}\" hides {}, which it is not allowed", kind.name()),
            Self::Days { id } => write!(f, "the durations of \"{id}\" do not fit each other"),
            Self::Purpose { id } => write!(f, "\"{id}\" names a purpose that does not exist, or none"),
            Self::Term { id } => write!(f, "the term of \"{id}\" is neither dpv: nor a kart: that refines one"),
        }
    }
}

impl std::error::Error for CatalogueFault {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::{Class, Section};

    const KIND: &str = r#"
        [[kind]]
        id = "a"
        label = { sv = "A", en = "A" }
        allowed = ["skill"]
        shown_first = ["P07"]
        default_days = 30
        max_days = 90
        basis = { sv = "B", en = "B" }
        if_no = { sv = "C", en = "C" }
        purposes = ["p"]
    "#;
    const PURPOSE: &str = r#"
        dpv_version = "2.2"
        [[purpose]]
        id = "p"
        label = { sv = "P", en = "P" }
        dpv = "dpv:PersonnelHiring"
    "#;

    #[test]
    fn what_contradicts_itself_is_refused() {
        let fault = |from: &str, to: &str| {
            let (kind, purpose) = (KIND.replace(from, to), PURPOSE.replace(from, to));
            assert!(kind != KIND || purpose != PURPOSE, "{from} stands in neither");
            Catalogue::parse(&kind, &purpose).err().map(|fault| fault.to_string()).unwrap_or_default()
        };
        assert!(fault(r#"["skill"]"#, r#"["skill", "safety"]"#).contains("safety"));
        assert!(fault(r#"["skill"]"#, r#"["telepathy"]"#).contains("recipient_kinds.toml"));
        assert!(
            fault(
                r#"shown_first"#,
                r#"hidden_until_opened = ["work"]
        shown_first"#
            )
            .contains("work")
        );
        assert!(fault("default_days = 30", "default_days = 91").contains("durations"));
        assert!(fault("default_days = 30", "default_days = 0").contains("durations"));
        assert!(fault(r#"purposes = ["p"]"#, r#"purposes = ["q"]"#).contains("purpose"));
        assert!(fault(r#"purposes = ["p"]"#, "purposes = []").contains("purpose"));
        assert!(fault(r#", en = "C""#, "").contains("lacks the language en"));
        assert!(fault(r#"sv = "P""#, r#"sv = " ""#).contains("lacks the language sv"));
        assert!(fault("dpv:PersonnelHiring", "kart:Hiring").contains("refines"));
        assert!(fault(r#"id = "a""#, r#"id = "A a""#).contains("plain"));
        assert!(Catalogue::parse(&format!("{KIND}{KIND}"), PURPOSE).is_err());
        assert!(Catalogue::parse(KIND, PURPOSE).is_ok());
    }

    #[test]
    fn a_file_in_the_data_folder_takes_the_place_of_ours() {
        let folder = std::env::temp_dir().join(format!("egenkarta-ceilings-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        assert!(Catalogue::load(Some(&folder)).expect("ours").kinds().len() > 1);
        std::fs::write(folder.join(KINDS), KIND.replace(r#""p""#, r#""recruitment""#)).expect("written");
        assert_eq!(Catalogue::load(Some(&folder)).expect("theirs").kinds().len(), 1);
        std::fs::write(folder.join(KINDS), "kind = 1").expect("written");
        assert!(Catalogue::load(Some(&folder)).is_err(), "a broken file is not passed over");
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn an_employer_one_applies_to_is_given_nothing_sensitive_and_no_age() {
        let catalogue = Catalogue::embedded().expect("ours");
        let employer = catalogue.kind("employer_apply").expect("there");
        for kind in Kind::ALL.iter().filter(|kind| kind.section() >= Section::P12 || kind.class() != Class::Normal) {
            assert!(!employer.allowed.contains(kind), "{kind:?}");
        }
        assert!(!employer.allowed.contains(&Kind::BirthYear) && !employer.allowed.contains(&Kind::Home));
        assert!(employer.hidden_until_opened.contains(&Kind::PreferredName));
    }

    #[test]
    fn every_purpose_is_asked_for_by_someone_and_no_section_is_offered_that_is_wholly_refused() {
        let catalogue = Catalogue::embedded().expect("ours");
        for purpose in catalogue.purposes() {
            assert!(catalogue.kinds().iter().any(|kind| kind.purposes.contains(&purpose.id)), "{}", purpose.id);
        }
        for kind in catalogue.kinds() {
            for section in &kind.shown_first {
                assert!(section.kinds().any(|k| kind.allowed.contains(&k)), "{} {}", kind.id, section.code());
            }
        }
    }
}
