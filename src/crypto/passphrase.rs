//! Passphrases: what is good enough, six generated words, and the slot key made from one.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::secret::{Key, expand};
use super::slot::{SlotKey, SlotKind};
use crate::domain::Random;
use crate::domain::random::bytes;

/// An own passphrase has at least so many characters.
pub const MIN_CHARS: usize = 14;
/// More is refused before Argon2 sees it.
pub const MAX_BYTES: usize = 512;
const WORDS: &str = include_str!("../../seeds/words/sv.txt");
const COMMON: &str = include_str!("../../seeds/words/common.txt");
const GENERATED_WORDS: usize = 6;

/// Version 1 of the stored parameters: `1` · memory in KiB, 4 bytes · passes, 4 bytes · lanes, 4 bytes · salt, 16 bytes.
const PARAMETERS: usize = 29;
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// What a new passphrase slot costs whoever tries phrases on it. Only code can choose another than [`Cost::STRONG`]: no setting does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

/// Why a passphrase of one's own is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    TooShort,
    TooLong,
    Common,
}

/// Judges a passphrase that someone chose.
pub fn judge(passphrase: &str) -> Result<(), Weak> {
    let normal = normalise(passphrase);
    if passphrase.len() > MAX_BYTES {
        return Err(Weak::TooLong);
    }
    if normal.chars().count() < MIN_CHARS {
        return Err(Weak::TooShort);
    }
    let letters: String = normal.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let few = letters.chars().collect::<std::collections::BTreeSet<_>>().len() < 6;
    if few || COMMON.lines().any(|line| letters == line) { Err(Weak::Common) } else { Ok(()) }
}

/// Six words drawn evenly from our list, joined by spaces.
pub fn generate(random: &dyn Random) -> Zeroizing<String> {
    let words: Vec<&str> = WORDS.lines().collect();
    let picked: Vec<&str> = (0..GENERATED_WORDS).map(|_| words[below(words.len(), random)]).collect();
    Zeroizing::new(picked.join(" "))
}

impl Cost {
    /// 64 MiB and three passes.
    pub const STRONG: Self = Self { memory_kib: MEMORY_KIB, passes: PASSES };
    /// Next to nothing, for people who live as long as a test; nothing in the program names it (`tests/structure/sizes.rs`).
    pub const NONE: Self = Self { memory_kib: 8, passes: 1 };

    /// Fresh parameters for a new passphrase slot.
    pub fn parameters(self, random: &dyn Random) -> Vec<u8> {
        let mut out = vec![1];
        for number in [self.memory_kib, self.passes, 1] {
            out.extend_from_slice(&number.to_be_bytes());
        }
        out.extend_from_slice(&bytes::<16>(random));
        out
    }
}

/// The slot key: HKDF-SHA-256 of Argon2id's output with the pepper as salt. Costs 64 MiB and about a fifth of a second: the caller
/// bounds how many run at once. `None` where the parameters are not ours.
pub fn slot_key(passphrase: &str, parameters: &[u8], pepper: &Key) -> Option<SlotKey> {
    if parameters.len() != PARAMETERS || parameters[0] != 1 || passphrase.len() > MAX_BYTES {
        return None;
    }
    let number = |at: usize| parameters[at..at + 4].try_into().ok().map(u32::from_be_bytes);
    let (memory, passes, lanes) = (number(1)?, number(5)?, number(9)?);
    // A row that asks for more was not written by us.
    if memory > 4 * MEMORY_KIB || passes > 16 || lanes != 1 {
        return None;
    }
    let params = Params::new(memory, passes, lanes, Some(32)).ok()?;
    let mut strong = Zeroizing::new([0; 32]);
    let normal = normalise(passphrase);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(normal.as_bytes(), &parameters[13..], strong.as_mut()).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    expand(strong.as_ref(), pepper.expose(), SlotKind::Passphrase.label().text().as_bytes(), key.as_mut());
    Some(SlotKey::from_key(Key::from_bytes(*key)))
}

/// NFKC with single spaces, so that a phrase typed on another keyboard or pasted with a line end is the same phrase.
fn normalise(passphrase: &str) -> Zeroizing<String> {
    use unicode_normalization::UnicodeNormalization;
    let composed: Zeroizing<String> = Zeroizing::new(passphrase.nfkc().collect());
    Zeroizing::new(composed.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An even draw from `0..bound`, by rejection.
fn below(bound: usize, random: &dyn Random) -> usize {
    let bound = u32::try_from(bound).expect("a word list is short");
    let limit = u32::MAX - u32::MAX % bound;
    loop {
        let drawn = u32::from_be_bytes(bytes(random));
        if drawn < limit {
            return usize::try_from(drawn % bound).expect("below the bound");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn short_common_and_monotonous_passphrases_are_refused() {
        for (text, why) in [
            ("", Weak::TooShort),
            ("kort mening", Weak::TooShort),
            ("a             b", Weak::TooShort),
            ("aaaaaaaaaaaaaaaaaaaa", Weak::Common),
            ("Lösenord lösenord", Weak::Common),
            ("12345678901234567890", Weak::Common),
        ] {
            assert_eq!(judge(text), Err(why), "{text}");
        }
        assert_eq!(judge(&"ab ".repeat(200)), Err(Weak::TooLong));
        assert_eq!(judge("min gamla moped heter Greta"), Ok(()));
    }

    #[test]
    fn the_word_list_is_long_enough_and_has_no_doubles() {
        let words: Vec<&str> = WORDS.lines().collect();
        let unique: std::collections::BTreeSet<_> = words.iter().collect();
        assert_eq!(words.len(), unique.len());
        assert!(words.len() >= 1296, "six words of {} give under 62 bits", words.len());
        assert!(words.iter().all(|word| word.chars().all(char::is_lowercase) && word.chars().count() >= 3));
        assert_eq!(judge(&generate(&SystemRandom::default())), Ok(()));
    }

    #[test]
    fn another_pepper_another_salt_another_phrase_give_another_key_and_spaces_do_not_matter() {
        let random = SystemRandom::default();
        let cheap = |salt: u8| [&[1][..], &8u32.to_be_bytes(), &1u32.to_be_bytes(), &1u32.to_be_bytes(), &[salt; 16]].concat();
        let (p, q) = (Key::random(&random), Key::random(&random));
        let key = |phrase: &str, salt, pepper: &Key| slot_key(phrase, &cheap(salt), pepper).expect("parameters").key().clone();
        let base = key("en fras", 1, &p);
        assert!(base != key("en fras", 1, &q) && base != key("en fras", 2, &p) && base != key("en frас", 1, &p));
        assert!(base == key(" en  fras\n", 1, &p));
        assert!(slot_key("x", &[1; 29], &p).is_none() && slot_key("x", &[], &p).is_none());
    }
}
