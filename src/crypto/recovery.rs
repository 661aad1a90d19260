//! The recovery sheet's code: 26 random characters of 32 signs (130 bits) and 2 check characters.

use zeroize::Zeroizing;

use super::label::{Ad, Label};
use super::secret::{Key, LookupHash, Secret};
use super::slot::{SlotKey, SlotKind};
use crate::domain::Random;
use crate::domain::random::bytes;

/// No I, L, O or U: they are misread, or make words.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_SIGNS: usize = 26;
const GROUP: usize = 4;

/// A code as it is printed, 28 signs without the dashes.
pub struct RecoveryCode(Zeroizing<String>);

/// What a code is printed on. A card's opens no sheet's slot, and a sheet's no card's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    Sheet,
    Card,
}

/// What was typed is no code; the check characters tell a slip from a wrong sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotACode {
    Length,
    Check,
}

impl RecoveryCode {
    pub fn random(random: &dyn Random) -> Self {
        Self::of(&Zeroizing::new(bytes(random)))
    }

    /// The `number`th of the codes that a secret makes: whoever holds the secret can print them all again.
    pub fn derived(secret: &Key, label: Label, number: u64) -> Self {
        let mut drawn = Zeroizing::new([0; RANDOM_SIGNS]);
        super::secret::expand(secret.expose(), &[], Ad::new(label).num(number).bytes(), drawn.as_mut());
        Self::of(&drawn)
    }

    fn of(drawn: &[u8; RANDOM_SIGNS]) -> Self {
        let mut text: Zeroizing<String> = Zeroizing::new(drawn.iter().map(|b| char::from(SIGNS[usize::from(b % 32)])).collect());
        let check = check(&text);
        text.push_str(&check);
        Self(text)
    }

    /// Reads what someone typed from paper: case, spaces and dashes do not matter; O is 0, I and L are 1.
    pub fn parse(typed: &str) -> Result<Self, NotACode> {
        if typed.len() > 200 {
            return Err(NotACode::Length);
        }
        let mut text = Zeroizing::new(String::with_capacity(RANDOM_SIGNS + 2));
        for c in typed.chars().filter(|c| c.is_alphanumeric()) {
            text.push(match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            });
        }
        if text.chars().count() != RANDOM_SIGNS + 2 || !text.bytes().all(|b| SIGNS.contains(&b)) {
            return Err(NotACode::Length);
        }
        if check(&text[..RANDOM_SIGNS]) != text[RANDOM_SIGNS..] {
            return Err(NotACode::Check);
        }
        Ok(Self(text))
    }

    /// In groups of four.
    pub fn printed(&self) -> Zeroizing<String> {
        let groups: Vec<&str> = (0..self.0.len()).step_by(GROUP).map(|at| &self.0[at..(at + GROUP).min(self.0.len())]).collect();
        Zeroizing::new(groups.join("-"))
    }

    pub fn slot_key(&self) -> SlotKey {
        self.key_of(Paper::Sheet)
    }

    pub fn key_of(&self, paper: Paper) -> SlotKey {
        let kind = if paper == Paper::Card { SlotKind::Card } else { SlotKind::Recovery };
        SlotKey::from_key(Key::from_bytes(*self.wide(kind.label())))
    }

    /// Finds a card's row: whoever comes with one has not signed in.
    pub fn lookup(&self) -> LookupHash {
        LookupHash(*self.wide(Label::CardLookup))
    }

    /// Finds the row of what waits for this code, by a label of its own.
    pub fn lookup_by(&self, label: Label) -> LookupHash {
        LookupHash(*self.wide(label))
    }

    /// Opens what waits for this code, by a label of its own.
    pub fn key_by(&self, label: Label) -> Key {
        Key::from_bytes(*self.wide(label))
    }

    /// 26 signs are 130 random bits; HKDF makes them a key of full length.
    fn wide(&self, label: Label) -> Zeroizing<[u8; 32]> {
        let mut wide = Zeroizing::new([0; 32]);
        super::secret::expand(self.0.as_bytes(), &[], label.text().as_bytes(), wide.as_mut());
        wide
    }
}

/// Two check signs: the weighted sum modulo 1,021 (a prime below 32 squared), which catches each single slip and each swap of neighbours.
fn check(text: &str) -> String {
    let value = |b: u8| SIGNS.iter().position(|sign| *sign == b).unwrap_or(0);
    let sum = text.bytes().enumerate().map(|(at, b)| (at + 1) * value(b)).sum::<usize>() % 1021;
    [sum / 32, sum % 32].into_iter().map(|at| char::from(SIGNS[at])).collect()
}

/// A short code that people say to each other, `K7M-2QF`. It names, it opens nothing.
pub fn spoken_code(bits: &[u8; 32]) -> String {
    let signs: String = bits[..6].iter().map(|b| char::from(SIGNS[usize::from(b % 32)])).collect();
    format!("{}-{}", &signs[..3], &signs[3..])
}

/// A secret that travels in a link, in the same place as the sheet's code for staff invites.
pub fn invite_key(secret: &Secret) -> SlotKey {
    SlotKey::from_secret(secret, SlotKind::Invite)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn each_single_slip_and_each_swap_of_neighbours_is_caught() {
        let code = RecoveryCode::random(&SystemRandom::default());
        let signs = code.0.as_bytes();
        for at in 0..RANDOM_SIGNS {
            for sign in SIGNS {
                let mut typed = signs.to_vec();
                typed[at] = *sign;
                let right = typed == signs;
                assert_eq!(RecoveryCode::parse(std::str::from_utf8(&typed).expect("ascii")).is_ok(), right);
            }
            let mut typed = signs.to_vec();
            typed.swap(at, at + 1);
            if at + 1 < RANDOM_SIGNS && typed != signs {
                assert!(RecoveryCode::parse(std::str::from_utf8(&typed).expect("ascii")).is_err());
            }
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = RecoveryCode::random(&SystemRandom::default());
        let typed = code.printed().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        let read = RecoveryCode::parse(&typed).expect("the same code");
        assert!(read.slot_key().key() == code.slot_key().key());
        assert_eq!(RecoveryCode::parse("ABCD").err(), Some(NotACode::Length));
    }
}
