use std::path::PathBuf;

use super::*;

/// A data folder of its own, gone with the value.
struct Data(PathBuf);

impl Data {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("egenkarta-seeds-{name}-{}", std::process::id()));
        for (file, text) in files {
            let file = folder.join(file);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            std::fs::write(file, text).expect("written");
        }
        Self(folder)
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("removed");
    }
}

const VALIDATION: &str = include_str!("../../../seeds/outlines/validation.toml");
const WAREHOUSE: &str = include_str!("../../../seeds/frameworks/warehouse-forklift.toml");

fn outlines(data: &Data) -> Result<Outlines, Unfit> {
    Outlines::load(Some(&data.0), &Catalogue::embedded().expect("ours"))
}

#[test]
fn a_broken_file_is_named_and_never_passed_over() {
    for (name, file, text, wrong) in [
        ("toml", "outlines/mine.toml", "format = ", "mine.toml"),
        ("twice", "outlines/mine.toml", VALIDATION, "stands in"),
        (
            "recipient",
            "outlines/validation.toml",
            &VALIDATION.replace("\"validator\", \"adult_education\"", "\"nobody\""),
            "nobody",
        ),
        (
            "ceiling",
            "outlines/validation.toml",
            &VALIDATION.replace("kind = \"preferred_name\"", "kind = \"health\""),
            "health, which validator and adult_education may not be given",
        ),
    ] {
        let said = outlines(&Data::with(name, &[(file, text)])).map(|_| ()).expect_err(name).to_string();
        assert!(said.contains(wrong), "{name}: {said}");
    }
    let data = Data::with("framework", &[("frameworks/mine.toml", "format = 1")]);
    assert!(Frameworks::load(Some(&data.0)).map(|_| ()).expect_err("broken").file.ends_with("mine.toml"));
}

#[test]
fn an_operator_replaces_one_adds_one_and_leaves_other_files_alone() {
    let ours = Outlines::load(None, &Catalogue::embedded().expect("ours")).expect("ours").all().len();
    let replaced = VALIDATION.replacen("version = \"2026-2\"", "version = \"mine\"", 1);
    let added = VALIDATION.replacen("id = \"validation\"", "id = \"mine\"", 1);
    let files = [("outlines/validation.toml", replaced.as_str()), ("outlines/a.toml", &added), ("outlines/README.md", "# no")];
    let outlines = outlines(&Data::with("added", &files)).expect("sound");
    assert_eq!(outlines.all().len(), ours + 1);
    assert_eq!(outlines.find("validation").expect("there").version, "mine");
    assert!(outlines.find("mine").is_some() && outlines.find("none").is_none());
    let theirs = WAREHOUSE.replacen("example = true", "example = false", 1);
    let data = Data::with("replaced", &[("frameworks/warehouse-forklift.toml", theirs.as_str())]);
    let frameworks = Frameworks::load(Some(&data.0)).expect("sound");
    assert!(!frameworks.find("warehouse-forklift").expect("there").example);
}

#[test]
fn ours_are_whole_marked_as_examples_and_known_to_the_starter() {
    let frameworks = Frameworks::load(None).expect("ours");
    assert!(frameworks.all().len() >= 4 && frameworks.all().iter().all(|framework| framework.example));
    let starter = Taxonomy::starter().expect("ours");
    assert_eq!(frameworks.unknown(&starter), BTreeSet::new());
    for framework in frameworks.all() {
        let found = framework.occupations.iter().all(|uri| frameworks.of_occupation(uri).any(|one| one.id == framework.id));
        assert!(found, "{}", framework.id);
    }
    assert_eq!(frameworks.of_occupation("http://data.europa.eu/esco/occupation/none").count(), 0);
    let outlines = Outlines::load(None, &Catalogue::embedded().expect("ours")).expect("ours");
    assert_eq!(outlines.all().len(), 6);
    for outline in outlines.all() {
        assert!(outline.law.get("sv").contains('§'), "{} names its paragraph", outline.id);
    }
}
