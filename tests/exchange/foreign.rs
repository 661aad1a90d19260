//! Files that we did not write.

use std::path::{Path, PathBuf};

use egenkarta::domain::profile::Kind;
use egenkarta::domain::profile::entry::check;
use egenkarta::exchange::{Format, Import, Refused, read, write};

use super::beside;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    all.sort();
    all
}

fn load(path: &Path) -> Result<Import, Refused> {
    read(&std::fs::read(path).expect("readable"), "und")
}

/// What must hold of any file that is read.
fn sound(path: &Path, import: &Import, format: Format) {
    assert_eq!(import.format, format, "{path:?}");
    assert!(!import.entries.is_empty(), "{path:?} says something");
    assert!(import.entries.iter().all(|item| check(item.kind, &item.fields).is_ok() && !item.source.is_empty()), "{path:?}");
    for to in Format::ALL {
        let first = write(to, &import.entries, "und");
        let again = read(&first, "und").unwrap_or_else(|why| panic!("{path:?} as {to:?}: {why}"));
        assert_eq!(
            String::from_utf8_lossy(&first),
            String::from_utf8_lossy(&write(to, &again.entries, "und")),
            "{path:?} as {to:?}"
        );
    }
}

#[test]
fn json_resumes() {
    let Some(folder) = beside("jsonresume") else { return };
    for path in files(&folder).into_iter().filter(|path| path.to_string_lossy().ends_with(".resume.json")) {
        let import = load(&path).expect("read");
        sound(&path, &import, Format::JsonResume);
        for kind in [Kind::PreferredName, Kind::Contact, Kind::Work, Kind::Education, Kind::Skill] {
            assert!(import.entries.iter().any(|item| item.kind == kind), "{path:?} has a {kind:?}");
        }
    }
}

#[test]
fn skills_passports() {
    let Some(folder) = beside("europass/skillspassport-xml") else { return };
    for path in files(&folder) {
        sound(&path, &load(&path).expect("read"), Format::SkillsPassport);
    }
}

#[test]
fn older_and_broken_europass_files_are_refused_for_what_they_are() {
    let Some(folder) = beside("europass/legacy-and-broken") else { return };
    for path in files(&folder) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        match load(&path) {
            Ok(import) => {
                assert!(name.contains("3.0") && import.format == Format::SkillsPassport || name == "profile_full.json", "{name}")
            }
            Err(why) => assert!(matches!(why, Refused::OldEuropass | Refused::Unknown | Refused::Broken(_)), "{name}: {why}"),
        }
    }
}

#[test]
fn the_newer_europass_profile() {
    let Some(folder) = beside("europass/candidate-xml") else { return };
    for path in files(&folder) {
        let import = load(&path).expect("read");
        sound(&path, &import, Format::Candidate);
        let linked =
            import.entries.iter().filter(|item| format!("{:?}", item.fields).contains("data.europa.eu/esco/occupation")).count();
        assert_eq!(linked, 2, "occupations with their addresses");
    }
}

#[test]
fn candidates_of_hr_open_and_the_envelope() {
    let Some(folder) = beside("af-portability") else { return };
    let path = folder.join("example_WithHROpen421JSON.json");
    sound(&path, &load(&path).expect("read"), Format::HrOpen);
    let Some(folder) = beside("hropen/HROpen-v4.2-1/recruiting/json/samples") else { return };
    let mut read = 0;
    for path in files(&folder).into_iter().filter(|path| path.to_string_lossy().contains("/Candidate_")) {
        match load(&path) {
            Ok(import) => {
                sound(&path, &import, Format::HrOpen);
                read += 1;
            }
            Err(why) => assert!(matches!(why, Refused::Unknown | Refused::Broken(_)), "{path:?}: {why}"),
        }
    }
    assert!(read >= 5, "{read} candidates");
}

#[test]
fn credentials_of_the_learning_model() {
    let Some(folder) = beside("elm") else { return };
    for name in ["credential-sample.jsonld", "Sample-CertOfPart-unsigned.jsonld", "Sample-CertOfPart-signed.jsonld"] {
        let path = folder.join(name);
        sound(&path, &load(&path).expect("read"), Format::Elm);
    }
}
