//! `egenkarta log`: the whole log recomputed and held against checkpoints.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::operator;
use super::out::{self, say, tell};
use crate::app::Unbuilt;
use crate::app::config::Shared;
use crate::domain::Timestamp;
use crate::log::{Checkpoint, Fault, LogKey, Report};
use crate::text::{Arg, Lang, T};

#[derive(Subcommand)]
pub enum Log {
    /// Recompute the log from all its lines and hold it against its newest checkpoint, and one that left the house
    Verify(Verify),
    /// Print the newest checkpoint and the key that signed it: keep both outside this machine
    Checkpoint(Newest),
}

#[derive(Args)]
pub struct Newest {
    #[command(flatten)]
    shared: Shared,
}

#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    shared: Shared,
    #[command(flatten)]
    held: Held,

    /// The language to print in
    #[arg(long, default_value = "en")]
    lang: String,
}

/// The checkpoint to hold the log against.
#[derive(Args)]
struct Held {
    /// A checkpoint that left the house earlier: a file with the signed note, from a receipt, an export or a print
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,

    /// The log's public key (`name+id+key`) as printed beside the checkpoint; without it, the key of this installation
    #[arg(long, value_name = "KEY", requires = "checkpoint")]
    key: Option<String>,
}

impl Log {
    pub async fn run(self) -> Result<(), Unbuilt> {
        match self {
            Self::Verify(verify) => verify.run().await,
            Self::Checkpoint(newest) => newest.run().await,
        }
    }
}

impl Newest {
    async fn run(self) -> Result<(), Unbuilt> {
        let (_, built) = operator::open(&self.shared).await?;
        let newest = built.service.newest_checkpoint().await.map_err(operator::failed)?;
        let (_, _, note) = newest.ok_or_else(|| Unbuilt("The log is still empty.".to_owned()))?;
        out::bytes(note.as_bytes());
        tell!("Key: {}", built.service.signer.key());
        built.service.db.close().await;
        Ok(())
    }
}

impl Verify {
    async fn run(self) -> Result<(), Unbuilt> {
        let verify = self;
        let t = T::new(Lang::negotiate(Some(&verify.lang)), Timestamp(0));
        let (_, built) = operator::open(&verify.shared).await?;
        let held = verify.held.read(built.service.signer.key()).map_err(|fault| Unbuilt(t.s(fault.key())))?;
        let result = built.service.verify_log(&held).await.map_err(operator::failed)?;
        built.service.db.close().await;
        let sentence = told(&t, &result);
        result.map_err(|_| Unbuilt(sentence.clone()))?;
        say!("{sentence}");
        Ok(())
    }
}

/// Why there is nothing to hold the log against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeldFault {
    Unreadable,
    BadKey,
    /// No checkpoint, or not signed by the key.
    BadCheckpoint,
}

impl HeldFault {
    const fn key(self) -> &'static str {
        match self {
            Self::Unreadable => "log-fault-unreadable",
            Self::BadKey => "log-fault-key",
            Self::BadCheckpoint => "log-fault-checkpoint",
        }
    }
}

impl fmt::Display for HeldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// No checkpoint is longer.
const LONGEST: u64 = 64 * 1024;

impl Held {
    /// The checkpoint, its signature verified; none where none was given.
    fn read(&self, own: &LogKey) -> Result<Vec<Checkpoint>, HeldFault> {
        let Some(path) = &self.checkpoint else { return Ok(Vec::new()) };
        let key = match &self.key {
            Some(text) => LogKey::parse(text).ok_or(HeldFault::BadKey)?,
            None => own.clone(),
        };
        let note = read(path).map_err(|_| HeldFault::Unreadable)?;
        Ok(vec![Checkpoint::verify(&note, &key).map_err(|_| HeldFault::BadCheckpoint)?])
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// The check's result in sentences. The marks that isolate arguments on a page's mixed directions are no use on a terminal.
fn told(t: &T, result: &Result<Report, Fault>) -> String {
    let sentence = match result {
        Err(fault) => {
            let arguments: Vec<(&'static str, Arg)> =
                fault.arguments().into_iter().map(|(name, number)| (name, number.into())).collect();
            t.with(fault.key(), &arguments)
        }
        Ok(report) => {
            let sound = t.two("log-sound", "size", report.size, "erased", report.erased);
            let sizes: Vec<String> = report.held.iter().map(u64::to_string).collect();
            if sizes.is_empty() { sound } else { format!("{sound}\n{}", t.one("log-held", "sizes", t.list(&sizes))) }
        }
    };
    sentence.replace(['\u{2068}', '\u{2069}'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Hash, LogSigner};

    fn signer(seed: u8) -> LogSigner {
        LogSigner::from_seed("egenkarta.example", &[seed; 32]).expect("a key")
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: "egenkarta.example".into(), size: 3, root: Hash([1; 32]) }
    }

    /// A file of its own, gone with the value.
    struct Kept(PathBuf);

    impl Kept {
        fn new(name: &str, text: &str) -> Self {
            let path = std::env::temp_dir().join(format!("egenkarta-log-{name}-{}", std::process::id()));
            std::fs::write(&path, text).expect("a writable folder");
            Self(path)
        }
    }

    impl Drop for Kept {
        fn drop(&mut self) {
            _ = std::fs::remove_file(&self.0);
        }
    }

    fn held(file: &Kept, key: Option<String>) -> Result<Vec<Checkpoint>, HeldFault> {
        Held { checkpoint: Some(file.0.clone()), key }.read(signer(1).key())
    }

    #[test]
    fn what_is_no_checkpoint_of_this_log_is_refused() {
        let good = Kept::new("good", &checkpoint().sign(&signer(1)).expect("a note"));
        let absent = Held { checkpoint: Some("/nowhere/at/all".into()), key: None };
        assert_eq!(absent.read(signer(1).key()), Err(HeldFault::Unreadable));
        assert_eq!(held(&Kept::new("text", "hello"), None), Err(HeldFault::BadCheckpoint));
        assert_eq!(held(&good, Some("x".into())), Err(HeldFault::BadKey));
        assert_eq!(held(&good, Some(signer(2).key().to_string())), Err(HeldFault::BadCheckpoint));
        assert_eq!(held(&good, Some(signer(1).key().to_string())), Ok(vec![checkpoint()]));
        assert_eq!(held(&good, None), Ok(vec![checkpoint()]));
    }

    #[test]
    fn each_result_is_told_in_each_language() {
        let faults = [
            Fault::Gap { number: 7 },
            Fault::Altered { number: 7 },
            Fault::Missing { number: 7 },
            Fault::Premature { number: 7 },
            Fault::Short { size: 7, checkpoint: 9 },
            Fault::Rewritten { checkpoint: 7 },
            Fault::Unsigned { checkpoint: 7 },
        ];
        let sound = Report { size: 7, root: Hash([0; 32]), erased: 1, held: vec![3, 7] };
        for lang in Lang::all() {
            let t = T::new(*lang, Timestamp(0));
            for result in faults.iter().cloned().map(Err).chain([Ok(sound.clone())]) {
                let sentence = told(&t, &result);
                assert!(sentence.contains('7') && !sentence.contains('⟦') && !sentence.contains('{'), "{sentence}");
            }
            for fault in [HeldFault::Unreadable, HeldFault::BadKey, HeldFault::BadCheckpoint] {
                assert!(t.maybe(fault.key()).is_some(), "{fault} in {lang}");
            }
        }
    }
}
