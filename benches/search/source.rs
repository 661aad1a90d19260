//! A copy of a taxonomy in the compact layout, without some labels.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

/// Labels to leave out, by language and key.
pub type Taken = HashMap<String, HashMap<String, HashSet<String>>>;

/// A row by the names of its columns.
pub fn rows(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    reader.deserialize().map(|row| row.expect("a sound table")).collect()
}

pub fn copy_without(from: &Path, to: &Path, taken: &Taken) {
    fs::create_dir_all(to).expect("a temporary folder");
    for entry in fs::read_dir(from).expect("the source").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let lang = name.strip_prefix("labels-").and_then(|rest| rest.strip_suffix(".csv"));
        if path.is_dir() {
            copy_without(&path, &to.join(name), &Taken::new());
        } else if let Some(labels) = lang.and_then(|lang| taken.get(lang)) {
            without(&path, &to.join(&name), labels);
        } else if name.ends_with(".csv") {
            // Not `copy`: the source may be read-only, and so would be the copy.
            fs::write(to.join(&name), fs::read(&path).expect("a table")).expect("room for a copy");
        }
    }
}

fn without(from: &Path, to: &Path, labels: &HashMap<String, HashSet<String>>) {
    let mut writer = csv::Writer::from_path(to).expect("room for a copy");
    writer.write_record(["key", "preferred", "alternatives"]).expect("room");
    for row in rows(from) {
        let out = labels.get(&row["key"]);
        let kept: Vec<&str> = row["alternatives"].split('|').filter(|label| out.is_none_or(|out| !out.contains(*label))).collect();
        writer.write_record([&row["key"], &row["preferred"], &kept.join("|")]).expect("room");
    }
}

/// Bytes of all files below.
pub fn size(folder: &Path) -> u64 {
    let of = |path: &Path| if path.is_dir() { size(path) } else { fs::metadata(path).map_or(0, |meta| meta.len()) };
    fs::read_dir(folder).map_or(0, |entries| entries.flatten().map(|entry| of(&entry.path())).sum())
}
