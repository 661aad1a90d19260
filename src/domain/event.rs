//! An event: one line of the log. Who, for whom, what, when, why, outcome.

use serde::{Deserialize, Serialize};

use super::profile::Section;
use super::{ConsentId, Timestamp};

/// What is sealed in an event's body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub what: What,
    pub at: Timestamp,
    pub who: Who,
    /// The other side: whom it was for, where it was for anyone.
    pub unit: Option<Party>,
    pub consent: Option<ConsentId>,
    /// The purpose's id.
    pub purpose: Option<String>,
    /// Sections touched.
    pub sections: Vec<Section>,
    /// Number of entries touched.
    pub entries: u32,
    /// The unit's own case reference, as stated at the read.
    pub case: Option<String>,
    pub outcome: Outcome,
    /// Whom at the unit it was done to, where it was done to anyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
    /// How many alike this one line stands for (repeated denied tries within a minute).
    pub count: u32,
    /// Of a read: the digest over what was returned, in base64url. Absent from lines before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// Names as they stood when it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub unit: String,
    pub organisation: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    Owner,
    Staff {
        name: String,
    },
    /// A program with a consent token that this member of staff made.
    Token {
        label: String,
        by: String,
    },
    /// The service itself: expiry, retention.
    Service,
    /// Presented something that opens nothing any more.
    Unknown,
    /// A program of the unit's that has shown whose it is.
    Program {
        name: String,
    },
}

/// Its locale key is `event-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    AccountCreated,
    Opened,
    SlotAdded,
    SlotRemoved,
    KeysRotated,
    EntryAdded,
    EntryChanged,
    EntryConfirmed,
    EntryDeleted,
    ConsentGiven,
    ConsentChanged,
    ConsentWithdrawn,
    ConsentExpired,
    ConsentInvalidated,
    TokenMinted,
    TokenRevoked,
    Read,
    CopyDelivered,
    Denied,
    Exported,
    EraseAsked,
    LoginBound,
    UnitBlocked,
    UnitUnblocked,
    /// A request was answered with no; nobody else is told.
    RequestRefused,
    CardPrinted,
    // Of a unit's own stream.
    StaffInvited,
    StaffJoined,
    StaffRemoved,
    UnitSheetPrinted,
    UnitKeysRotated,
    // Of a consent's stream: the unit has said that it knows of the end.
    EndAcknowledged,
    // Of a unit's own stream.
    ReceiverSet,
    ReceiverRemoved,
    // Of links.
    LinkMade,
    /// Opened in the opener's own program: what was read, the service does not know.
    LinkOpened,
    /// Opened by the service, since the opener's browser could not.
    LinkRead,
    // Of a unit's own stream.
    ClientAdded,
    ClientChanged,
    ClientEnded,
    // Of proofs.
    ProofAccepted,
    /// A proof that the person had already was put into the map.
    ProofAdded,
    ShowingMade,
    /// Someone came with the code of a showing. In the showing's own stream.
    ShowingOpened,
    ShowingEnded,
    // Of a unit's own stream: what it issues.
    IssuingKeyMade,
    FrameworkPublished,
    FrameworkEnded,
    Assessed,
    AssessmentReturned,
    CredentialIssued,
    CredentialWithdrawn,
    /// A document was fetched by whom it was shared with.
    FileFetched,
    // Of wallets.
    WalletOffered,
    ProofPresented,
    WalletsServed,
    WalletsNotServed,
    /// Someone came with the code of a showing that shows nothing any more.
    ShowingDenied,
    /// Of a unit's own stream: what it states of what it does with what it reads.
    StatementMade,
    /// Signed in, the person said yes to a wallet.
    WalletGiven,
}

impl What {
    pub const fn key(self) -> &'static str {
        match self {
            Self::AccountCreated => "event-account-created",
            Self::Opened => "event-opened",
            Self::SlotAdded => "event-slot-added",
            Self::SlotRemoved => "event-slot-removed",
            Self::KeysRotated => "event-keys-rotated",
            Self::EntryAdded => "event-entry-added",
            Self::EntryChanged => "event-entry-changed",
            Self::EntryConfirmed => "event-entry-confirmed",
            Self::EntryDeleted => "event-entry-deleted",
            Self::ConsentGiven => "event-consent-given",
            Self::ConsentChanged => "event-consent-changed",
            Self::ConsentWithdrawn => "event-consent-withdrawn",
            Self::ConsentExpired => "event-consent-expired",
            Self::ConsentInvalidated => "event-consent-invalidated",
            Self::TokenMinted => "event-token-minted",
            Self::TokenRevoked => "event-token-revoked",
            Self::Read => "event-read",
            Self::CopyDelivered => "event-copy-delivered",
            Self::Denied => "event-denied",
            Self::Exported => "event-exported",
            Self::EraseAsked => "event-erase-asked",
            Self::LoginBound => "event-login-bound",
            Self::UnitBlocked => "event-unit-blocked",
            Self::UnitUnblocked => "event-unit-unblocked",
            Self::RequestRefused => "event-request-refused",
            Self::CardPrinted => "event-card-printed",
            Self::StaffInvited => "event-staff-invited",
            Self::StaffJoined => "event-staff-joined",
            Self::StaffRemoved => "event-staff-removed",
            Self::UnitSheetPrinted => "event-unit-sheet-printed",
            Self::UnitKeysRotated => "event-unit-keys-rotated",
            Self::EndAcknowledged => "event-end-acknowledged",
            Self::ReceiverSet => "event-receiver-set",
            Self::ReceiverRemoved => "event-receiver-removed",
            Self::LinkMade => "event-link-made",
            Self::LinkOpened => "event-link-opened",
            Self::LinkRead => "event-link-read",
            Self::ClientAdded => "event-client-added",
            Self::ClientChanged => "event-client-changed",
            Self::ClientEnded => "event-client-ended",
            Self::ProofAccepted => "event-proof-accepted",
            Self::ProofAdded => "event-proof-added",
            Self::ShowingMade => "event-showing-made",
            Self::ShowingOpened => "event-showing-opened",
            Self::ShowingEnded => "event-showing-ended",
            Self::IssuingKeyMade => "event-issuing-key-made",
            Self::FrameworkPublished => "event-framework-published",
            Self::FrameworkEnded => "event-framework-ended",
            Self::Assessed => "event-assessed",
            Self::AssessmentReturned => "event-assessment-returned",
            Self::CredentialIssued => "event-credential-issued",
            Self::CredentialWithdrawn => "event-credential-withdrawn",
            Self::FileFetched => "event-file-fetched",
            Self::WalletOffered => "event-wallet-offered",
            Self::ProofPresented => "event-proof-presented",
            Self::WalletsServed => "event-wallets-served",
            Self::WalletsNotServed => "event-wallets-not-served",
            Self::ShowingDenied => "event-showing-denied",
            Self::StatementMade => "event-statement-made",
            Self::WalletGiven => "event-wallet-given",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    Denied,
}
