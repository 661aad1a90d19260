//! The locale files together: complete, without dead keys, and in plain words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::profile::{Kind, Section, Shape};
use crate::text::Lang;

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

#[test]
fn each_key_stands_in_each_language_with_the_same_variables() {
    let swedish = messages(Lang::SV, None);
    for lang in Lang::all() {
        let theirs = messages(*lang, None);
        let missing: Vec<_> = swedish.keys().filter(|key| !theirs.contains_key(*key)).collect();
        let extra: Vec<_> = theirs.keys().filter(|key| !swedish.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{lang}: missing {missing:?}, unknown {extra:?}");
        for (key, text) in &swedish {
            assert_eq!(variables(text), variables(&theirs[key]), "{lang}: {key}");
        }
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
        .filter(|path| !path.ends_with("text/tests.rs"))
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
        "draft-",
        "format-",
    ];
    let ends = ["-title", "-text", "-question", "-yes"];
    let used = |key: &str| {
        sources.contains(&format!("\"{key}\""))
            || made.iter().any(|prefix| key.starts_with(prefix))
            || ends.iter().any(|end| key.strip_suffix(end).is_some_and(|stem| sources.contains(&format!("\"{stem}\""))))
    };
    // What handlers say: notices and faults that no page's sample can show.
    let said = ["done-", "wrong-", "remove-last"];
    let dead: Vec<_> = have.iter().filter(|key| !used(key) && !said.iter().any(|prefix| key.starts_with(prefix))).collect();
    assert!(dead.is_empty(), "{dead:?}");
}

/// LIX: words per sentence, and the share of words longer than six letters.
fn lix(texts: &[String]) -> f64 {
    let (mut words, mut long, mut sentences) = (0.0, 0.0, 0.0);
    for text in texts {
        sentences += text.matches(['.', '?', '!', ':']).count().max(1) as f64;
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()) {
            words += 1.0;
            long += f64::from(u8::from(word.chars().count() > 6));
        }
    }
    words / sentences + 100.0 * long / words
}

#[test]
fn people_read_plain_swedish() {
    for file in ["public", "sharing", "keys", "map", "events", "frame", "exchange"] {
        let texts: Vec<String> = messages(Lang::SV, Some(file))
            .into_values()
            .filter(|text| !text.contains("->"))
            .map(|text| text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect())
            .collect();
        let lix = lix(&texts);
        assert!(lix <= 35.0, "{file}.ftl has LIX {lix:.0}");
        let mut lengths: Vec<usize> = texts
            .iter()
            .flat_map(|text| text.split(['.', '?', '!']))
            .map(|s| s.split_whitespace().count())
            .filter(|n| *n > 0)
            .collect();
        lengths.sort_unstable();
        assert!(lengths[lengths.len() / 2] <= 12 && lengths.last().is_some_and(|n| *n <= 26), "{file}: {lengths:?}");
    }
    let technical = ["kryptera", "token", "session", "autentis", "hash", "server", "API", "samtycke", "autentiser", "cookie"];
    // What the API says is for those who write programs.
    for (key, text) in messages(Lang::SV, None).into_iter().filter(|(key, _)| !key.starts_with("problem-")) {
        assert!(!technical.iter().any(|word| text.contains(word)), "{key} speaks of machinery: {text}");
    }
}
