//! The shape of the tree, as its plan draws it: which room may use which, how long files and functions get, what no source may hold.

mod extractors;
mod face;
mod licences;
mod rooms;
mod scan;
mod sizes;
mod tree;

use std::path::{Path, PathBuf};

/// A broken rule: where, and what is wrong, in a sentence.
type Fault = String;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under `folder` with this extension, as (path from the top, text), in order.
pub(crate) fn sources(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut |path| {
        if path.extension().is_some_and(|e| e == extension) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(path).unwrap()));
        }
    });
    found.sort();
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "node_modules") {
                walk(&path, visit);
            }
        } else {
            visit(&path);
        }
    }
}

#[track_caller]
fn none(faults: &[Fault]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
