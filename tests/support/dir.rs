//! A folder of one's own, removed when it is dropped.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Dir(PathBuf);

static NEXT: AtomicUsize = AtomicUsize::new(0);

/// A name that no other test of this machine has now.
pub fn unique(what: &str) -> String {
    format!("egenkarta_{what}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst))
}

impl Dir {
    pub fn new() -> Self {
        // In a folder of its own: the doctor looks for backups beside it, and other tests make some.
        let path = std::env::temp_dir().join(unique("test")).join("data");
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Every file below, with its bytes.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let (mut found, mut folders) = (Vec::new(), vec![self.0.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).unwrap();
                    found.push((path, bytes));
                }
            }
        }
        found
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(self.0.parent().unwrap_or(&self.0));
    }
}
