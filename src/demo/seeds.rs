//! Who stands in `seeds/demo.toml`: typed, and checked against everything that a real person's input is checked against.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use crate::domain::consent::Mode;
use crate::domain::organisation::{OrganisationNumber, Role};
use crate::domain::profile::{ConceptRef, Fault, Fields, Kind, Section, Shape, Value, entry};
use crate::domain::recipient::{Localised, RecipientKind};
use crate::domain::statement;
use crate::http::Contacts;
use crate::policy::Catalogue;

/// All of the demo.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seeds {
    /// Who answers for the demonstration: as invented as its people.
    pub contacts: Contacts,
    #[serde(rename = "organisation")]
    pub organisations: Vec<OrganisationSeed>,
    #[serde(rename = "person")]
    pub people: Vec<PersonSeed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationSeed {
    pub number: OrganisationNumber,
    pub name: String,
    /// The id of its recipient kind; a unit may be of another.
    pub kind: String,
    #[serde(rename = "unit")]
    pub units: Vec<UnitSeed>,
    /// Who works there and can be invited: they can sign in, and have no account.
    #[serde(default, rename = "newcomer")]
    pub newcomers: Vec<NewcomerSeed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewcomerSeed {
    /// Their subject id at the demo identity provider.
    pub subject: String,
    pub name: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitSeed {
    /// What the consents below call it.
    pub key: String,
    pub name: String,
    pub municipality: String,
    /// The id of its recipient kind, where it is not its organisation's.
    #[serde(default)]
    pub kind: Option<String>,
    /// What it may issue, where it issues.
    #[serde(default)]
    pub issuing: Option<IssuingSeed>,
    /// What it states of what it does with what it reads, where it has.
    #[serde(default)]
    pub statement: Option<statement::Typed>,
    pub staff: Vec<StaffSeed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuingSeed {
    /// ISCO-08 groups with commas between.
    pub trades: String,
    /// `E2` to `E5`.
    pub level: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffSeed {
    /// Their subject id at the demo identity provider.
    pub subject: String,
    pub name: String,
    pub role: Role,
    pub passphrase: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonSeed {
    /// Their subject id at the demo identity provider.
    pub subject: String,
    pub name: String,
    /// The language in which they use the service.
    pub lang: String,
    /// Six words; `None` for who has no account yet.
    #[serde(default)]
    pub passphrase: Option<String>,
    /// What one can try as them.
    pub about: Localised,
    #[serde(default, rename = "entry")]
    pub entries: Vec<EntrySeed>,
    #[serde(default, rename = "consent")]
    pub consents: Vec<ConsentSeed>,
    /// A live link, made anew in each run.
    #[serde(default)]
    pub link: Option<LinkSeed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkSeed {
    /// The id of the recipient kind whose ceiling holds.
    pub recipient: String,
    pub purpose: String,
    pub sections: BTreeSet<Section>,
    pub days: u16,
    /// How many times it opens.
    pub opens: u16,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntrySeed {
    /// What the consents of this person call it.
    #[serde(default)]
    pub key: Option<String>,
    pub kind: Kind,
    /// The language it is written in; the person's, where none is said.
    #[serde(default)]
    pub lang: Option<String>,
    /// Written and confirmed so many days ago.
    #[serde(default)]
    pub age_days: u16,
    fields: BTreeMap<String, Typed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentSeed {
    /// The key of a unit.
    pub unit: String,
    pub purpose: String,
    pub sections: BTreeSet<Section>,
    /// Keys of entries shared singly.
    #[serde(default)]
    pub entries: Vec<String>,
    /// Keys of entries kept out.
    #[serde(default)]
    pub kept_out: Vec<String>,
    pub mode: Mode,
    pub days: u16,
    /// The name to be called by stands beside the code.
    pub name: bool,
}

/// A field as typed, or a concept as chosen.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Typed {
    One(String),
    Several(Vec<String>),
    Concept(ConceptRef),
}

impl EntrySeed {
    /// Its fields, read and checked as from a form; faults name their field.
    pub fn fields(&self) -> Result<Fields, Vec<(String, Fault)>> {
        let mut fields = Fields::new();
        for (name, typed) in &self.fields {
            let fault = |fault| vec![(name.clone(), fault)];
            let shape = self.kind.field(name).ok_or_else(|| fault(Fault::Unknown))?.shape;
            let value = typed.read(shape).map_err(fault)?;
            fields.extend(value.map(|value| (name.clone(), value)));
        }
        entry::check(self.kind, &fields)?;
        Ok(fields)
    }
}

impl Typed {
    fn read(&self, shape: Shape) -> Result<Option<Value>, Fault> {
        match (self, shape) {
            (Self::One(text), _) => entry::read(shape, std::slice::from_ref(text)),
            (Self::Several(texts), _) => entry::read(shape, texts),
            (Self::Concept(concept), Shape::Concept(_)) => Ok(Some(Value::Concept(concept.clone()))),
            (Self::Concept(_), _) => Err(Fault::NotAChoice),
        }
    }
}

/// What is wrong with the demo's file; it names what, since nothing in it is anyone's.
#[derive(Debug)]
pub struct SeedFault(String);

impl fmt::Display for SeedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "demo.toml: {}", self.0)
    }
}

impl std::error::Error for SeedFault {}

impl Seeds {
    /// The demo that the binary carries.
    pub fn embedded(catalogue: &Catalogue) -> Result<Self, SeedFault> {
        Self::parse(include_str!("../../seeds/demo.toml"), catalogue)
    }

    /// Reads the file and checks every entry, unit, purpose, ceiling and duration in it.
    pub fn parse(text: &str, catalogue: &Catalogue) -> Result<Self, SeedFault> {
        let seeds: Self = toml::from_str(text).map_err(|fault| SeedFault(fault.to_string()))?;
        seeds.check_units(catalogue)?;
        seeds.people.iter().try_for_each(|person| seeds.check_person(person, catalogue))?;
        Ok(seeds)
    }

    /// A unit by its key, with its organisation.
    pub fn unit(&self, key: &str) -> Option<(&OrganisationSeed, &UnitSeed)> {
        self.units().find(|(_, unit)| unit.key == key)
    }

    pub fn units(&self) -> impl Iterator<Item = (&OrganisationSeed, &UnitSeed)> {
        self.organisations.iter().flat_map(|organisation| organisation.units.iter().map(move |unit| (organisation, unit)))
    }

    /// The recipient kind of a unit.
    pub fn kind<'c>(&self, key: &str, catalogue: &'c Catalogue) -> Option<&'c RecipientKind> {
        let (organisation, unit) = self.unit(key)?;
        catalogue.kind(unit.kind.as_ref().unwrap_or(&organisation.kind))
    }

    fn check_units(&self, catalogue: &Catalogue) -> Result<(), SeedFault> {
        let mut keys = BTreeSet::new();
        for (_, unit) in self.units() {
            only_if(keys.insert(&unit.key), || format!("the unit {} stands twice", unit.key))?;
            only_if(self.kind(&unit.key, catalogue).is_some(), || format!("{} is of an unknown kind", unit.key))?;
        }
        let staff = self.units().flat_map(|(_, unit)| unit.staff.iter().map(|staff| &staff.subject));
        let newcomers = self.organisations.iter().flat_map(|organisation| &organisation.newcomers).map(|one| &one.subject);
        let mut subjects = BTreeSet::new();
        let twice = staff
            .chain(newcomers)
            .chain(self.people.iter().map(|person| &person.subject))
            .find(|subject| !subjects.insert(*subject));
        only_if(twice.is_none(), || format!("the subject {} stands twice", twice.map_or("", String::as_str)))
    }

    fn check_person(&self, person: &PersonSeed, catalogue: &Catalogue) -> Result<(), SeedFault> {
        for lang in ["sv", "en"] {
            only_if(person.about.0.contains_key(lang), || format!("{} lacks the language {lang}", person.subject))?;
        }
        only_if(person.passphrase.is_some() || person.entries.is_empty(), || format!("{} has no key", person.subject))?;
        for seed in &person.entries {
            seed.fields().map_err(|faults| SeedFault(format!("{}, {}: {faults:?}", person.subject, seed.kind.name())))?;
        }
        person.link.iter().try_for_each(|link| check_link(person, link, catalogue))?;
        person.consents.iter().try_for_each(|consent| self.check_consent(person, consent, catalogue))
    }

    fn check_consent(&self, person: &PersonSeed, consent: &ConsentSeed, catalogue: &Catalogue) -> Result<(), SeedFault> {
        let wrong = |what: &str| format!("{} to {}: {what}", person.subject, consent.unit);
        let kind = self.kind(&consent.unit, catalogue).ok_or_else(|| SeedFault(wrong("unknown unit")))?;
        only_if(kind.purposes.contains(&consent.purpose), || wrong("not its purpose"))?;
        only_if((1..=kind.max_days).contains(&consent.days), || wrong("too long"))?;
        for key in consent.entries.iter().chain(&consent.kept_out) {
            let named = person.entries.iter().find(|entry| entry.key.as_ref() == Some(key));
            let named = named.ok_or_else(|| SeedFault(wrong(&format!("no entry is called {key}"))))?;
            only_if(kind.allowed.contains(&named.kind), || wrong(&format!("{key} lies above the ceiling")))?;
        }
        Ok(())
    }
}

fn check_link(person: &PersonSeed, link: &LinkSeed, catalogue: &Catalogue) -> Result<(), SeedFault> {
    let wrong = |what: &str| format!("{}, link to {}: {what}", person.subject, link.recipient);
    let kind = catalogue.kind(&link.recipient).filter(|kind| kind.link);
    let kind = kind.ok_or_else(|| SeedFault(wrong("no link can be made for it")))?;
    only_if(kind.purposes.contains(&link.purpose), || wrong("not its purpose"))?;
    only_if((1..=kind.max_days).contains(&link.days), || wrong("too long"))?;
    only_if((1..=crate::domain::link::MOST_OPENS).contains(&link.opens), || wrong("opens too often"))
}

fn only_if(holds: bool, what: impl FnOnce() -> String) -> Result<(), SeedFault> {
    if holds { Ok(()) } else { Err(SeedFault(what())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::passphrase;
    use std::path::Path;

    fn catalogue() -> Catalogue {
        Catalogue::embedded().expect("ours")
    }

    fn seeds() -> Seeds {
        Seeds::embedded(&catalogue()).map_err(|fault| fault.to_string()).expect("ours")
    }

    #[test]
    fn what_a_form_would_refuse_is_refused() {
        let ours = include_str!("../../seeds/demo.toml");
        let fault = |from: &str, to: &str| {
            assert!(ours.contains(from), "{from} is gone");
            Seeds::parse(&ours.replacen(from, to, 1), &catalogue()).err().map(|f| f.to_string()).unwrap_or_default()
        };
        assert!(fault("year = \"1988\"", "year = \"1788\"").contains("birth_year"));
        assert!(fault("year = \"1988\"", "age = \"38\"").contains("Unknown"));
        assert!(fault("level = \"alone\"", "level = \"very well\"").contains("NotAChoice"));
        assert!(fault("recipient = \"employer_apply\"", "recipient = \"af\"").contains("no link"));
        assert!(fault("opens = 50", "opens = 500").contains("opens"));
        assert!(fault("entries = [\"needs\"", "entries = [\"wishes\"").contains("wishes"));
        assert!(fault("purpose = \"integration_planning\"", "purpose = \"recruitment\"").contains("purpose"));
        assert!(fault("days = 120", "days = 184").contains("too long"));
        assert!(fault("212000-0571", "212000-0572").contains("demo.toml"));
        assert!(fault("key = \"fk\"", "key = \"af\"").contains("twice"));
    }

    #[test]
    fn each_unit_has_an_administrator_and_a_reader_or_two_who_issue() {
        let seeds = seeds();
        for (_, unit) in seeds.units() {
            let roles: Vec<Role> = unit.staff.iter().map(|staff| staff.role).collect();
            match &unit.issuing {
                Some(_) => assert_eq!(roles, [Role::Administrator, Role::Issuer, Role::Issuer], "{}", unit.key),
                None => assert_eq!(roles, [Role::Administrator, Role::Reader], "{}", unit.key),
            }
        }
        assert_eq!(seeds.organisations.len(), 7);
    }

    #[test]
    fn every_passphrase_is_six_words_and_nobody_shares_one() {
        let seeds = seeds();
        let staff = seeds.units().flat_map(|(_, unit)| unit.staff.iter().map(|staff| &staff.passphrase));
        let mut seen = BTreeSet::new();
        for phrase in staff.chain(seeds.people.iter().filter_map(|person| person.passphrase.as_ref())) {
            assert!(passphrase::judge(phrase).is_ok() && phrase.split(' ').count() == 6, "{phrase}");
            assert!(seen.insert(phrase), "{phrase} stands twice");
        }
    }

    #[test]
    fn one_has_nothing_one_an_empty_map_and_one_shares_with_two_units() {
        let seeds = seeds();
        assert!(seeds.people.iter().any(|person| person.passphrase.is_none()));
        assert!(seeds.people.iter().any(|person| person.passphrase.is_some() && person.entries.is_empty()));
        let full = seeds.people.iter().find(|person| person.consents.len() == 2).expect("someone shares");
        assert!(full.entries.len() >= 25);
        let sections: BTreeSet<Section> = full.entries.iter().map(|entry| entry.kind.section()).collect();
        assert!(sections.len() >= 12);
        for kind in Kind::ALL.iter().copied() {
            assert!(full.entries.iter().filter(|entry| entry.kind == kind).count() <= kind.max(), "{}", kind.name());
        }
    }

    #[test]
    fn concepts_exist_and_bear_their_labels() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/taxonomy");
        let Ok(occupations) = std::fs::read_to_string(folder.join("occupations.csv")) else {
            println!("skipped: no taxonomy beside the repository");
            return;
        };
        let skills = std::fs::read_to_string(folder.join("skills.csv")).expect("skills beside occupations");
        for seed in seeds().people.iter().flat_map(|person| &person.entries) {
            for value in seed.fields().expect("checked").values() {
                let Value::Concept(ConceptRef { uri: Some(uri), sv, en, .. }) = value else { continue };
                let known = |file: &str| file.contains(&format!(",{uri},"));
                assert!(known(&occupations) || known(&skills), "{uri}");
                assert!(sv.is_some() && en.is_some(), "{uri}");
            }
        }
    }
}
