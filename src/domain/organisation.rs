//! Organisations, their units and their staff.

use serde::{Deserialize, Serialize};

use super::{OrganisationId, UnitId};

/// A Swedish organisation number: ten digits of which the last checks the rest (Luhn). Written `212000-0555`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationNumber(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl std::fmt::Display for NotANumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an organisation number: ten digits, the last one a check digit")
    }
}

impl std::error::Error for NotANumber {}

impl std::str::FromStr for OrganisationNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let digits: Vec<u32> =
            text.trim().chars().filter(|c| *c != '-').map(|c| c.to_digit(10)).collect::<Option<_>>().ok_or(NotANumber)?;
        let doubled = |(i, d): (usize, &u32)| if i % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { *d };
        // The third digit is at least two; below that it would be a person's number.
        if digits.len() != 10 || digits[2] < 2 || digits.iter().enumerate().map(doubled).sum::<u32>() % 10 != 0 {
            return Err(NotANumber);
        }
        let text: String = digits.iter().filter_map(|d| char::from_digit(*d, 10)).collect();
        Ok(Self(format!("{}-{}", &text[..6], &text[6..])))
    }
}

impl TryFrom<String> for OrganisationNumber {
    type Error = NotANumber;
    fn try_from(text: String) -> Result<Self, NotANumber> {
        text.parse()
    }
}

impl From<OrganisationNumber> for String {
    fn from(number: OrganisationNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub number: OrganisationNumber,
    pub name: String,
    /// The id of a recipient kind.
    pub kind: String,
    /// The OpenID Connect issuer by which its staff sign in.
    pub issuer: String,
}

/// A recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    pub organisation: OrganisationId,
    pub name: String,
    /// The id of its recipient kind: its organisation's, or a narrower one of its own.
    pub kind: String,
    /// Where it works; empty for the whole country.
    pub municipality: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    Reader,
    /// Assesses people and issues proofs; reads nothing that is shared.
    Issuer,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Reader, Self::Issuer];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Reader => "reader",
            Self::Issuer => "issuer",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Lower case, without diacritics, single spaces: how names are compared when searched.
pub fn fold(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let plain: String = text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_numbers_are_refused() {
        for text in ["", "212000-0556", "2120000555 1", "abcdef-ghij", "810101-0005"] {
            assert_eq!(text.parse::<OrganisationNumber>(), Err(NotANumber), "{text}");
        }
        assert_eq!("2021002114".parse::<OrganisationNumber>().expect("AF's number").to_string(), "202100-2114");
    }

    #[test]
    fn folding_forgets_case_and_diacritics() {
        assert_eq!(fold("  Region JÖNKÖPINGS  län"), "region jonkopings lan");
    }
}
