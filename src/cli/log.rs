//! `egenkarta log verify`: the whole log recomputed and held against checkpoints.

use std::fmt;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::log::{Checkpoint, Fault, Leaf, LogKey, Report, verify_all};

#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Recompute the log from all its leaves and hold it against its checkpoints.
    Verify(VerifyArgs),
}

#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// A checkpoint that left the house earlier: a file with the signed note, from a receipt, an export or a print.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,

    /// The log's public key, as printed on the receipt (`name+id+key`). Without it, the key of this installation.
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
}

/// What the check takes of the store.
pub struct Loaded<I> {
    /// All leaves in order.
    pub leaves: I,
    /// The checkpoints that the service itself keeps, as signed notes.
    pub notes: Vec<String>,
    /// The key of this installation.
    pub key: LogKey,
}

/// Why the check failed.
#[derive(Debug)]
pub enum VerifyFault {
    /// The file cannot be read.
    Unreadable(std::io::Error),
    /// The text after `--key` is no key.
    BadKey,
    /// The file holds no checkpoint, or one that the key did not sign.
    BadCheckpoint,
    /// A checkpoint that the service keeps is not signed by its key. Counted from 0 as they were given.
    BadKept(usize),
    Log(Fault),
}

impl VerifyFault {
    /// Its locale key; the arguments of `Log` are the fault's own.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "log-fault-unreadable",
            Self::BadKey => "log-fault-key",
            Self::BadCheckpoint => "log-fault-checkpoint",
            Self::BadKept(_) => "log-fault-kept",
            Self::Log(fault) => fault.key(),
        }
    }
}

impl fmt::Display for VerifyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Log(fault) => fault.fmt(f),
            other => f.write_str(other.key()),
        }
    }
}

impl std::error::Error for VerifyFault {}

impl From<Fault> for VerifyFault {
    fn from(fault: Fault) -> Self {
        Self::Log(fault)
    }
}

/// No checkpoint is longer.
const LONGEST: u64 = 64 * 1024;

/// Checks the log.
///
/// # Errors
/// The first thing found wrong, of what was given or of the log.
pub fn verify<I: IntoIterator<Item = Leaf>>(args: &VerifyArgs, loaded: Loaded<I>) -> Result<Report, VerifyFault> {
    let key = match &args.key {
        Some(text) => LogKey::parse(text).ok_or(VerifyFault::BadKey)?,
        None => loaded.key.clone(),
    };
    let mut held = Vec::new();
    for (n, note) in loaded.notes.iter().enumerate() {
        held.push(Checkpoint::verify(note, &loaded.key).map_err(|_| VerifyFault::BadKept(n))?);
    }
    if let Some(path) = &args.checkpoint {
        let note = read(path).map_err(VerifyFault::Unreadable)?;
        held.push(Checkpoint::verify(&note, &key).map_err(|_| VerifyFault::BadCheckpoint)?);
    }
    Ok(verify_all(loaded.leaves, &held)?)
}

fn read(path: &PathBuf) -> std::io::Result<String> {
    use std::io::Read;
    let mut text = String::new();
    std::fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{LeafBody, LogSigner, Stored, append, leaf_hash};

    fn leaves(n: u8) -> Vec<Leaf> {
        let leaf = |number: u8| {
            let (header, ciphertext) = (vec![number], vec![number; 9]);
            Leaf { number: number.into(), hash: leaf_hash(&header, &ciphertext), body: LeafBody::Sealed { header, ciphertext } }
        };
        (0..n).map(leaf).collect()
    }

    fn note(leaves: &[Leaf], signer: &LogSigner) -> String {
        let hashes: Vec<_> = leaves.iter().map(|leaf| leaf.hash).collect();
        let tree = append(0, &hashes, &Stored::default()).expect("a tree");
        let checkpoint = Checkpoint { origin: signer.key().name().into(), size: tree.size, root: tree.root };
        checkpoint.sign(signer).expect("a note")
    }

    fn signer(seed: u8) -> LogSigner {
        LogSigner::from_seed("egenkarta.example/log", &[seed; 32]).expect("a key")
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

    fn run(name: &str, text: &str, key: Option<String>, leaves: Vec<Leaf>, notes: Vec<String>) -> Result<Report, VerifyFault> {
        let file = Kept::new(name, text);
        let args = VerifyArgs { checkpoint: Some(file.0.clone()), key };
        verify(&args, Loaded { leaves, notes, key: signer(1).key().clone() })
    }

    #[test]
    fn what_is_given_wrongly_is_told_apart_from_a_wrong_log() {
        let good = note(&leaves(3), &signer(1));
        let absent = VerifyArgs { checkpoint: Some("/nowhere/at/all".into()), key: None };
        let loaded = || Loaded { leaves: leaves(3), notes: Vec::new(), key: signer(1).key().clone() };
        assert_eq!(verify(&absent, loaded()).expect_err("no file").key(), "log-fault-unreadable");
        assert_eq!(run("text", "hello", None, leaves(3), vec![]).expect_err("no note").key(), "log-fault-checkpoint");
        assert_eq!(run("key", &good, Some("x".into()), leaves(3), vec![]).expect_err("no key").key(), "log-fault-key");
        let other = Some(signer(2).key().to_string());
        assert_eq!(run("other", &good, other, leaves(3), vec![]).expect_err("another key").key(), "log-fault-checkpoint");
        let kept = note(&leaves(3), &signer(2));
        assert_eq!(run("kept", &good, None, leaves(3), vec![kept]).expect_err("forged").key(), "log-fault-kept");
    }

    #[test]
    fn a_shortened_log_is_found_by_the_checkpoint_of_a_receipt() {
        let receipt = note(&leaves(3), &signer(1));
        assert_eq!(
            run("short", &receipt, None, leaves(2), vec![]).expect_err("short").to_string(),
            "log-fault-short size=2 checkpoint=3"
        );
        let report = run("sound", &receipt, None, leaves(5), vec![note(&leaves(4), &signer(1))]).expect("a sound log");
        assert_eq!((report.size, report.held), (5, vec![3, 4]));
    }
}
