//! The locale files together: complete, without dead keys, and in plain words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::profile::{Kind, Section, Shape};
use crate::text::Lang;

mod plain;
mod plurals;
mod seeds;

/// The files that no participant reads: a language has each of them whole, or not at all.
const OF_STAFF: [&str; 5] = ["staff", "api", "receiver", "issuing", "staff-wallet"];

/// The first line of a file that a machine made.
const MARK: &str = "# Machine-made. Awaiting a native reader.";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            all.extend(files(&entry, extensions));
        } else if entry.extension().is_some_and(|e| extensions.iter().any(|one| e == *one)) {
            all.push(entry);
        }
    }
    all
}

/// Key to text, as written, of one language; a key that stands twice fails.
fn messages(lang: Lang, file: Option<&str>) -> BTreeMap<String, String> {
    let folder = root().join("text/locales").join(lang.tag());
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for path in files(&folder, &["ftl"]) {
        if file.is_some_and(|name| path.file_stem().is_some_and(|stem| stem != name)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a locale file");
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            match line.split_once(" = ").filter(|_| !line.starts_with([' ', '}'])) {
                Some((name, value)) => {
                    key = name.to_owned();
                    assert!(all.insert(key.clone(), value.to_owned()).is_none(), "{lang}: {key} stands twice");
                }
                None => all.get_mut(&key).expect("a line goes on").push_str(&format!("\n{line}")),
            }
        }
    }
    all
}

fn variables(text: &str) -> BTreeSet<&str> {
    text.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("")).collect()
}

/// Keys that the profile's kinds, fields and choices need.
fn of_the_profile() -> BTreeSet<String> {
    let mut keys: BTreeSet<String> =
        Section::ALL.iter().flat_map(|s| [format!("section-{}", s.code()), format!("about-{}", s.code())]).collect();
    for kind in Kind::ALL {
        keys.insert(format!("kind-{}", kind.name()));
        for field in kind.fields() {
            keys.insert(format!("field-{}-{}", kind.name(), field.name));
            if let Shape::Choice(all) | Shape::Choices(all) = field.shape {
                keys.extend(all.iter().map(|one| format!("choice-{}-{}-{one}", kind.name(), field.name)));
            }
        }
    }
    keys
}

/// The folders of locale files, and in each the names of its files.
fn folders() -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files(&root().join("text/locales"), &["ftl"]) {
        let name = |part: &Path| part.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        all.entry(name(path.parent().expect("a folder"))).or_default().insert(name(&path));
    }
    all
}

/// Everything that a language lacks, has too much or says with other variables, one line a file.
fn faults(lang: Lang, files: &BTreeSet<String>) -> Vec<String> {
    let own = &folders()[lang.tag()];
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| own.contains(*file) || !OF_STAFF.contains(&file.as_str())) {
        let (swedish, theirs) = (messages(Lang::SV, Some(file)), messages(lang, Some(file)));
        let missing: Vec<_> = swedish.keys().filter(|key| !theirs.contains_key(*key)).collect();
        let dead: Vec<_> = theirs.keys().filter(|key| !swedish.contains_key(*key)).collect();
        let differ: Vec<_> = theirs
            .iter()
            .filter(|(key, text)| swedish.get(*key).is_some_and(|swedish| variables(swedish) != variables(text)))
            .map(|(key, _)| key)
            .collect();
        for (what, keys) in [("lacks", missing), ("has, which Swedish has not:", dead), ("has other variables in", differ)] {
            if !keys.is_empty() {
                faults.push(format!("{lang}/{file}.ftl {what} {keys:?}"));
            }
        }
    }
    faults.extend(own.difference(files).map(|file| format!("{lang}/{file}.ftl is a file that Swedish has not")));
    faults
}

#[test]
fn each_key_stands_in_each_language_with_the_same_variables() {
    let all = folders();
    let faults: Vec<String> = Lang::all().iter().flat_map(|lang| faults(*lang, &all["sv"])).collect();
    assert!(faults.is_empty(), "to translate or take away:\n{}", faults.join("\n"));
}

#[test]
fn a_folder_is_offered_or_says_that_it_is_a_draft_and_the_mark_in_its_files_is_heeded() {
    for (tag, files) in folders() {
        let path = |file: &str| root().join(format!("text/locales/{tag}/{file}.ftl"));
        let read = |file: &str| std::fs::read_to_string(path(file)).expect("a locale file");
        let Some(lang) = Lang::tagged(&tag) else {
            assert!(
                read("time").contains("\nlanguage-review = draft\n"),
                "{tag} is not offered and does not say that it is a draft"
            );
            continue;
        };
        let marked: Vec<_> = files.iter().filter(|file| read(file).lines().next() == Some(MARK)).collect();
        assert_eq!(lang.awaits_reader(), !marked.is_empty(), "{tag} bears the mark in {marked:?}, and its language-review differs");
    }
}

#[test]
fn the_profile_has_all_its_words_and_no_others() {
    let have: BTreeSet<String> = messages(Lang::SV, None).into_keys().collect();
    let needed = of_the_profile();
    let missing: Vec<_> = needed.difference(&have).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let prefixes = ["kind-", "field-", "choice-", "about-"];
    let extra: Vec<_> =
        have.iter().filter(|key| prefixes.iter().any(|prefix| key.starts_with(prefix)) && !needed.contains(*key)).collect();
    assert!(extra.is_empty(), "{extra:?}");
    // Hints and short labels are for fields that exist.
    let general = ["hint-date", "hint-text", "hint-concept", "hint-number"];
    for key in have.iter().filter(|key| key.starts_with("hint-") && !general.contains(&key.as_str()) || key.starts_with("label-")) {
        let field = key.split_once('-').map(|(_, rest)| format!("field-{rest}")).unwrap_or_default();
        assert!(needed.contains(&field), "{key} is for no field");
    }
}

#[test]
fn no_key_is_unknown_and_none_is_dead() {
    let have: BTreeSet<String> = messages(Lang::SV, None).into_keys().collect();
    let sources: String = files(&root(), &["rs", "html"])
        .iter()
        .filter(|path| !path.ends_with("text/tests.rs") && !path.parent().is_some_and(|folder| folder.ends_with("text/tests")))
        .map(|path| std::fs::read_to_string(path).expect("a source"))
        .collect();
    for call in ["t.s(\"", "t.one(\"", "t.two(\"", "t.count(\"", "t.with(\"", "t.maybe(\""] {
        for (at, _) in sources.match_indices(call) {
            let key = sources[at + call.len()..].split('"').next().unwrap_or("");
            assert!(key.contains(['{', '}']) || have.contains(key), "no text for {key}");
        }
    }
    // Made of parts where they are used: the page tests render each of them.
    let made = [
        "kind-",
        "field-",
        "choice-",
        "hint-",
        "label-",
        "section-p",
        "about-p",
        "lang-",
        "country-",
        "month-",
        "number-",
        "error-",
        "help-",
        "data-",
        "example-",
        "once-",
        "unit-done-",
        "problem-",
        "reference-door-",
        "draft-",
        "progress-says-",
        "guide-ask-",
        "guide-hint-",
        "guide-part-",
        "guide-background-",
        "cefr-",
        "role-",
        "join-",
        "slip-",
        "assess-level-",
        "present-",
        "receive-",
        "format-",
    ];
    let ends = ["-title", "-text", "-question", "-yes"];
    let quoted: BTreeSet<&str> = sources.split('"').collect();
    let used = |key: &str| {
        quoted.contains(key)
            || made.iter().any(|prefix| key.starts_with(prefix))
            || ends.iter().any(|end| key.strip_suffix(end).is_some_and(|stem| quoted.contains(stem)))
    };
    // What handlers say: notices and faults that no page's sample can show.
    let said = ["done-", "wrong-", "remove-last"];
    let dead: Vec<_> = have.iter().filter(|key| !used(key) && !said.iter().any(|prefix| key.starts_with(prefix))).collect();
    assert!(dead.is_empty(), "{dead:?}");
}
