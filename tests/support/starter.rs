//! The starter taxonomy as a first start indexes it. A debug build takes some seconds for that, so it is done once for all programs that
//! tests start: `tests/lib/house.sh` does the same.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static MADE: LazyLock<PathBuf> = LazyLock::new(|| {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("starter");
    std::fs::create_dir_all(&data).unwrap();
    let shown = Command::new(env!("CARGO_BIN_EXE_egenkarta")).args(["taxonomy", "show", "--data"]).arg(&data).output().unwrap();
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    data.join("taxonomy")
});

/// Puts it where an earlier start of the program would have left it, unless one did: whoever has its files mapped may read on.
pub fn place(data: &Path) {
    let place = data.join("taxonomy");
    if !place.exists() {
        copy(&MADE, &place);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}
