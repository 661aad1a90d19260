//! Consent tokens: a row that wraps a consent's secret under a key from the token's own secret. Tokens are opaque.

use zeroize::Zeroizing;

use super::bundle::ConsentSecret;
use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use super::secret::{LookupHash, Secret};
use crate::domain::{ConsentId, Random, Timestamp};

/// Marks our tokens in scanners and logs of others.
const PREFIX: &str = "egk_";

#[derive(Clone, Debug)]
pub struct TokenSecret(Secret);

/// What a token row is bound to. All of it stands in clear beside the sealed part and is associated data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPlace {
    pub kind: TokenKind,
    pub consent: ConsentId,
    /// The client that it was issued to; empty for a unit's own.
    pub client: String,
    /// RFC 9449 key thumbprint; empty for a bearer token.
    pub thumbprint: Vec<u8>,
    pub issued: Timestamp,
    pub until: Timestamp,
    /// The look-up hash of the token that this one is narrower than; empty for any other.
    pub parent: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Access,
    Refresh,
    Code,
    Link,
}

impl TokenKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Code => "code",
            Self::Link => "link",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Access, Self::Refresh, Self::Code, Self::Link].into_iter().find(|kind| kind.word() == word)
    }
}

impl TokenSecret {
    pub fn random(random: &dyn Random) -> Self {
        Self(Secret::random(random))
    }

    /// `egk_` and 43 characters of base64url.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{PREFIX}{}", self.0.text().as_str()))
    }

    pub fn parse(text: &str) -> Option<Self> {
        text.strip_prefix(PREFIX).and_then(Secret::parse).map(Self)
    }

    pub fn lookup(&self) -> LookupHash {
        self.0.lookup(Label::TokenLookup)
    }

    pub fn seal(&self, place: &TokenPlace, secret: &ConsentSecret, random: &dyn Random) -> Vec<u8> {
        record::seal(&self.0.key(Label::TokenKey), 0, &ad(place), Padding::Fixed, secret.bytes(), random)
    }

    pub fn open(&self, place: &TokenPlace, sealed: &[u8]) -> Result<ConsentSecret, Unopened> {
        let bytes = record::open(&self.0.key(Label::TokenKey), &ad(place), Padding::Fixed, sealed)?;
        ConsentSecret::from_slice(&bytes).ok_or(Unopened)
    }
}

pub(super) fn ad(place: &TokenPlace) -> Ad {
    let ad = Ad::new(Label::TokenRecord)
        .bytes_field(b"token")
        .bytes_field(place.kind.word().as_bytes())
        .id(place.consent.0)
        .bytes_field(place.client.as_bytes())
        .bytes_field(&place.thumbprint)
        .time(place.issued)
        .time(place.until);
    // A field more, and none where there is no parent: other tokens stay as they always were.
    if place.parent.is_empty() { ad } else { ad.bytes_field(&place.parent) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;
    use uuid::Uuid;

    #[test]
    fn a_token_row_with_any_clear_column_changed_does_not_open() {
        let random = SystemRandom::default();
        let place = TokenPlace {
            kind: TokenKind::Access,
            consent: ConsentId(Uuid::from_u128(1)),
            client: String::new(),
            thumbprint: Vec::new(),
            issued: Timestamp(1),
            until: Timestamp(2),
            parent: Vec::new(),
        };
        let token = TokenSecret::random(&random);
        let sealed = token.seal(&place, &ConsentSecret::random(&random), &random);
        for other in [
            TokenPlace { kind: TokenKind::Refresh, ..place.clone() },
            TokenPlace { consent: ConsentId(Uuid::nil()), ..place.clone() },
            TokenPlace { client: "x".into(), ..place.clone() },
            TokenPlace { thumbprint: vec![1], ..place.clone() },
            TokenPlace { issued: Timestamp(0), ..place.clone() },
            TokenPlace { until: Timestamp(3), ..place.clone() },
            TokenPlace { parent: vec![1], ..place.clone() },
        ] {
            assert!(token.open(&other, &sealed).is_err());
        }
        assert!(TokenSecret::random(&random).open(&place, &sealed).is_err());
        assert!(token.open(&place, &sealed).is_ok());
    }

    #[test]
    fn text_without_our_prefix_is_no_token() {
        let token = TokenSecret::random(&SystemRandom::default());
        assert!(TokenSecret::parse(&token.text()[4..]).is_none());
        assert!(TokenSecret::parse("egk_").is_none());
        assert_eq!(TokenSecret::parse(&token.text()).expect("reads").lookup(), token.lookup());
    }
}
