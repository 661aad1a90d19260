//! Who sends a request.

use egenkarta::crypto::secret::Secret;
use egenkarta::usecase::SessionKind;

#[derive(Clone, Debug)]
pub enum Actor {
    Anonymous,
    /// With the cookie of a participant's session.
    Participant(Secret),
    /// With the cookie of a staff session.
    Staff(Secret),
    /// A program that presents a consent token.
    Token(String),
}

impl Actor {
    pub fn of(kind: SessionKind, secret: Secret) -> Self {
        match kind {
            SessionKind::Participant => Self::Participant(secret),
            SessionKind::Staff => Self::Staff(secret),
        }
    }

    /// The header that says who it is.
    pub fn header(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Anonymous => None,
            Self::Participant(secret) => Some(("cookie", format!("egenkarta={}", secret.text().as_str()))),
            Self::Staff(secret) => Some(("cookie", format!("egenkarta-staff={}", secret.text().as_str()))),
            Self::Token(token) => Some(("authorization", format!("Bearer {token}"))),
        }
    }
}
