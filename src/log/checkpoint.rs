//! Checkpoints: size and root of the tree, signed as a C2SP signed note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note).

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use signed_note::{Note, Signature, Verifier, VerifierList};
use tlog_tiles::Checkpoint as Body;

use super::hash::Hash;

/// The tree at one moment. `origin` names the log; it is the name of its key too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

/// The text is no checkpoint, of another log, or not signed by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCheckpoint;

impl fmt::Display for BadCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a checkpoint of this log")
    }
}

impl std::error::Error for BadCheckpoint {}

impl Checkpoint {
    /// The signed note: three lines, an empty one, and the signature.
    pub fn sign(&self, signer: &LogSigner) -> Result<String, BadCheckpoint> {
        let body = Body::new(&self.origin, self.size, self.root.into(), "").map_err(|_| BadCheckpoint)?;
        let text = body.to_bytes();
        if self.origin != signer.key.name {
            return Err(BadCheckpoint);
        }
        let note = Note::new(&text, &[signer.signature(&text)]).map_err(|_| BadCheckpoint)?;
        String::from_utf8(note.to_bytes()).map_err(|_| BadCheckpoint)
    }

    /// Reads a note and demands the signature of `key` on it. Signatures of others (witnesses) may stand beside.
    ///
    /// # Errors
    /// [`BadCheckpoint`] for whatever fails.
    pub fn verify(note: &str, key: &LogKey) -> Result<Self, BadCheckpoint> {
        let note = Note::from_bytes(note.as_bytes()).map_err(|_| BadCheckpoint)?;
        note.verify(&VerifierList::new(vec![Box::new(key.clone())])).map_err(|_| BadCheckpoint)?;
        let body = Body::from_bytes(note.text()).map_err(|_| BadCheckpoint)?;
        if body.origin() != key.name {
            return Err(BadCheckpoint);
        }
        Ok(Self { origin: key.name.clone(), size: body.size(), root: Hash(body.hash().0) })
    }
}

/// A log's public key with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogKey {
    name: String,
    public: [u8; 32],
}

impl LogKey {
    /// `None` where the name is empty or holds spaces or a plus sign.
    pub fn new(name: &str, public: [u8; 32]) -> Option<Self> {
        signed_note::is_key_name_valid(name).then(|| Self { name: name.to_owned(), public })
    }

    /// Reads `name+id+key` (c2sp.org/signed-note, verifier keys).
    pub fn parse(vkey: &str) -> Option<Self> {
        let (name, rest) = vkey.trim().split_once('+')?;
        let (_, key) = rest.split_once('+')?;
        let key = BASE64_STANDARD.decode(key).ok()?;
        let public = key.strip_prefix(&[ALG_ED25519])?.try_into().ok()?;
        Self::new(name, public).filter(|key| key.to_string() == vkey.trim())
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    fn encoded(&self) -> Vec<u8> {
        [&[ALG_ED25519], self.public.as_slice()].concat()
    }

    fn id(&self) -> u32 {
        signed_note::key_id(&self.name, &self.encoded())
    }
}

impl fmt::Display for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.id(), BASE64_STANDARD.encode(self.encoded()))
    }
}

impl Verifier for LogKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id()
    }

    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public).verify(text, signature).is_ok()
    }
}

/// The log's signing key. Prints its public half only.
pub struct LogSigner {
    key: LogKey,
    pair: Ed25519KeyPair,
}

impl LogSigner {
    /// From the 32-byte seed of an Ed25519 key (RFC 8032); `None` where the name is no key name.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let public = pair.public_key().as_ref().try_into().ok()?;
        Some(Self { key: LogKey::new(name, public)?, pair })
    }

    pub fn key(&self) -> &LogKey {
        &self.key
    }

    /// The signature line's content for a note of this text.
    pub(super) fn signature(&self, text: &[u8]) -> Signature {
        Signature::new(self.key.name.clone(), self.key.id(), self.pair.sign(text).as_ref().to_vec())
            .expect("the name was checked when the key was made")
    }
}

impl fmt::Debug for LogSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogSigner({})", self.key)
    }
}

const ALG_ED25519: u8 = 1;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signer(name: &str, seed: u8) -> LogSigner {
        LogSigner::from_seed(name, &[seed; 32]).expect("a key")
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: "egenkarta.example/log".to_owned(), size: 7, root: Hash([9; 32]) }
    }

    #[test]
    fn another_key_name_or_a_changed_line_is_refused() {
        let ours = signer("egenkarta.example/log", 1);
        let note = checkpoint().sign(&ours).expect("a note");
        assert_eq!(Checkpoint::verify(&note, ours.key()), Ok(checkpoint()));
        assert_eq!(Checkpoint::verify(&note, signer("egenkarta.example/log", 2).key()), Err(BadCheckpoint));
        assert_eq!(Checkpoint::verify(&note, signer("other.example/log", 1).key()), Err(BadCheckpoint));
        assert!(checkpoint().sign(&signer("other.example/log", 1)).is_err());
        let changed = [
            note.replace("\n7\n", "\n8\n"),
            note.replace("CQkJ", "CQkK"),
            note.replace("egenkarta.example", "egenkarta.exampel"),
            note.trim_end().to_owned(),
            note.split_once("\n\n").expect("a note").0.to_owned(),
            String::new(),
        ];
        for text in changed {
            assert_eq!(Checkpoint::verify(&text, ours.key()), Err(BadCheckpoint), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_passes_for_a_signed_checkpoint(text in "(?s).{0,200}", at in any::<prop::sample::Index>(), to in any::<char>()) {
            let ours = signer("egenkarta.example/log", 1);
            prop_assert!(Checkpoint::verify(&text, ours.key()).is_err() && LogKey::parse(&text).is_none());
            let mut note: Vec<char> = checkpoint().sign(&ours).expect("a note").chars().collect();
            let at = at.index(note.len());
            if note[at] != to {
                note[at] = to;
                let changed = Checkpoint::verify(&note.into_iter().collect::<String>(), ours.key());
                prop_assert!(changed.is_err());
            }
        }
    }

    #[test]
    fn a_witness_may_sign_beside() {
        let ours = signer("egenkarta.example/log", 1);
        let witness = signer("witness.example", 3);
        let note = checkpoint().sign(&ours).expect("a note");
        let text = note.split_once("\n\n").expect("a note").0.to_owned() + "\n";
        let line = String::from_utf8(witness.signature(text.as_bytes()).to_bytes()).expect("text");
        assert_eq!(Checkpoint::verify(&format!("{note}{line}"), ours.key()), Ok(checkpoint()));
        assert_eq!(Checkpoint::verify(&format!("{text}\n{line}"), ours.key()), Err(BadCheckpoint), "the witness alone");
    }

    #[test]
    fn keys_are_read_back_and_wrong_ones_refused() {
        let key = signer("egenkarta.example/log", 1).key().clone();
        assert_eq!(LogKey::parse(&key.to_string()), Some(key.clone()));
        for text in ["", "a+b+c", "+00000000+AQ==", &key.to_string().replace("example", "exampel"), &key.to_string()[1..]] {
            assert_eq!(LogKey::parse(text), None, "{text}");
        }
        assert!(LogKey::new("two words", [0; 32]).is_none() && LogKey::new("", [0; 32]).is_none());
    }

    #[test]
    fn frozen() {
        let note = checkpoint().sign(&signer("egenkarta.example/log", 1)).expect("a note");
        let text = "egenkarta.example/log\n7\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n";
        let line = "lk/BLC9IJ1NtEJx9zTNXjgik13WKfF7S716MZmC5iH31zk6dvYXEu86WQH9thVD2OM7H2rN1e+AYia6SO7NnKcp/yQ0=";
        assert_eq!(note, format!("{text}\n— egenkarta.example/log {line}\n"));
    }
}
