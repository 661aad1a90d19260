//! What a unit's own system is told of its consents, where, and when it is told again.

use url::{Host, Url};

use super::Timestamp;
use super::consent::State;
use super::time::{DAY, HOUR, MINUTE};

/// What is told. Its word stands in the database, its URI in the Security Event Token (RFC 8417, 2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Given,
    Changed,
    Withdrawn,
    Expired,
    Invalidated,
    /// Of no consent: whether the receiver listens.
    Test,
}

/// Before the name of each event type. URIs of our own: what they mean stands in the API's description.
const EVENT: &str = "urn:egenkarta:event:";

impl Told {
    pub const ALL: [Self; 6] = [Self::Given, Self::Changed, Self::Withdrawn, Self::Expired, Self::Invalidated, Self::Test];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Invalidated => "invalidated",
            Self::Test => "test",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.word() == word)
    }

    /// How a consent ended.
    pub const fn end(state: State) -> Self {
        match state {
            State::Expired { .. } => Self::Expired,
            State::Invalidated { .. } => Self::Invalidated,
            _ => Self::Withdrawn,
        }
    }

    pub fn uri(self) -> String {
        match self {
            Self::Test => format!("{EVENT}receiver-test"),
            told => format!("{EVENT}consent-{}", told.word()),
        }
    }
}

/// Why a receiver has not taken what it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The address may not be asked: it lies on an inner network, or is not as it was written here.
    Address,
    Unreachable,
    TooSlow,
    /// Neither accepted (202) nor one of the errors below.
    Answer,
    // The receiver's own words (RFC 8935, 2.4).
    InvalidRequest,
    InvalidKey,
    InvalidIssuer,
    InvalidAudience,
    AuthenticationFailed,
    AccessDenied,
}

impl NotTaken {
    pub const ALL: [Self; 10] = [
        Self::Address,
        Self::Unreachable,
        Self::TooSlow,
        Self::Answer,
        Self::InvalidRequest,
        Self::InvalidKey,
        Self::InvalidIssuer,
        Self::InvalidAudience,
        Self::AuthenticationFailed,
        Self::AccessDenied,
    ];

    /// As the database and the API hold it; for the receiver's own words, as RFC 8935 registers them.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::Answer => "answer",
            Self::InvalidRequest => "invalid_request",
            Self::InvalidKey => "invalid_key",
            Self::InvalidIssuer => "invalid_issuer",
            Self::InvalidAudience => "invalid_audience",
            Self::AuthenticationFailed => "authentication_failed",
            Self::AccessDenied => "access_denied",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.word() == word)
    }

    /// A receiver's `err`. What it says beside is its own text and is not kept.
    pub fn said(err: &str) -> Self {
        let ours = [Self::Address, Self::Unreachable, Self::TooSlow];
        Self::from_word(err).filter(|fault| !ours.contains(fault)).unwrap_or(Self::Answer)
    }
}

/// Told again for so long after it happened.
const LONGEST: i64 = 3 * DAY;
const LONGEST_PAUSE: i64 = 6 * HOUR;

/// When to try again what was tried `tries` times, of something that happened `at`: twice the pause each time, from one minute to six
/// hours. `None` once three days are over.
pub fn next_try(at: Timestamp, now: Timestamp, tries: u64) -> Option<Timestamp> {
    let doublings = u32::try_from(tries.saturating_sub(1)).unwrap_or(u32::MAX).min(9);
    let due = now.plus((MINUTE << doublings).min(LONGEST_PAUSE));
    (due.since(at) <= LONGEST).then_some(due)
}

/// An address that a unit may have its events sent to: https, without a name, a password, a query or a fragment, since it stands in
/// clear. `plain`: also http to this machine, as in the demonstration.
pub fn receiver(text: &str, plain: bool) -> Option<Url> {
    let text = text.trim();
    let url = Url::parse(text).ok().filter(|_| text.len() <= MAX_ADDRESS)?;
    let here = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    let scheme = url.scheme() == "https" || (plain && here && url.scheme() == "http");
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    (scheme && bare).then_some(url)
}

/// At most so many characters in a receiver's address.
pub const MAX_ADDRESS: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_https_address_is_taken() {
        let long = format!("https://a.example/{}", "x".repeat(MAX_ADDRESS));
        let refused = [
            "",
            "a.example",
            "http://a.example/",
            "ftp://a.example/",
            "https://someone@a.example/",
            "https://a:b@a.example/",
            "https://a.example/?key=1",
            "https://a.example/#x",
            "javascript:alert(1)",
            "data:text/html,x",
            &long,
        ];
        for text in refused {
            assert!(receiver(text, false).is_none() && receiver(text, true).is_none(), "{text}");
        }
        assert!(receiver("http://localhost:9/", false).is_none());
        assert!(receiver(" https://a.example/in ", false).is_some());
        for text in ["http://localhost:9/in", "http://127.0.0.1:9/", "http://[::1]:9/"] {
            assert!(receiver(text, true).is_some(), "{text}");
        }
    }

    #[test]
    fn the_pause_doubles_and_ends_after_three_days() {
        let at = Timestamp(0);
        assert_eq!(next_try(at, Timestamp(3 * DAY), 1), None);
        assert_eq!(next_try(at, Timestamp(3 * DAY - HOUR), 20), None, "it would be too late");
        let (mut now, mut tries, mut pauses) = (at, 0, Vec::new());
        while let Some(due) = next_try(at, now, tries + 1) {
            pauses.push(due.since(now) / MINUTE);
            (now, tries) = (due, tries + 1);
        }
        assert_eq!(pauses[..10], [1, 2, 4, 8, 16, 32, 64, 128, 256, 360]);
        assert!(now.since(at) > 2 * DAY && tries < 30, "{tries}");
        assert!(next_try(at, at, u64::MAX).is_some());
    }

    #[test]
    fn words_are_read_back_and_a_receiver_says_none_of_ours() {
        assert!(Told::from_word("revoked").is_none() && NotTaken::from_word("").is_none());
        assert!(Told::ALL.iter().all(|told| Told::from_word(told.word()) == Some(*told)));
        assert!(NotTaken::ALL.iter().all(|fault| NotTaken::from_word(fault.word()) == Some(*fault)));
        assert_eq!(
            ["too_slow", "<script>", "invalid_key"].map(NotTaken::said),
            [NotTaken::Answer, NotTaken::Answer, NotTaken::InvalidKey]
        );
        assert_eq!(Told::Withdrawn.uri(), "urn:egenkarta:event:consent-withdrawn");
    }
}
