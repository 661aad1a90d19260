//! Every derivation has its own label; associated data is a fixed list of length-prefixed fields.

use uuid::Uuid;

macro_rules! labels {
    ($($(#[$doc:meta])* $variant:ident => $text:literal),* $(,)?) => {
        /// What a key or a record is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Label { $($(#[$doc])* $variant),* }

        impl Label {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => concat!("egenkarta/v1/", $text)),* }
            }
        }
    };
}

labels! {
    // From an owner's root.
    WrapKey => "root/wrap",
    OwnerLogKey => "root/owner-log",
    ReceivingKey => "root/receiving",
    IssuerKey => "root/issuer",
    // Slots.
    SlotPassphrase => "slot/passphrase",
    SlotRecovery => "slot/recovery",
    SlotSession => "slot/session",
    SlotPasskey => "slot/passkey",
    SlotInvite => "slot/invite",
    SlotHelper => "slot/helper",
    SlotKeyring => "slot/keyring",
    // What a browser session holds.
    SessionLookup => "session/lookup",
    SessionFields => "session/fields",
    LoginLookup => "login/lookup",
    LoginState => "login/state",
    StepAnswers => "session/step-answers",
    DraftOrphan => "session/draft-orphan",
    // Invites of staff.
    InviteLookup => "invite/lookup",
    InviteFields => "invite/fields",
    // The owner's records.
    EntryRecord => "record/entry",
    EntryKeyWrap => "record/entry-key",
    ManifestRecord => "record/manifest",
    ConsentSecretWrap => "record/consent-secret",
    ConsentTerms => "record/consent-terms",
    // From a consent's secret.
    BundleKey => "consent/bundle",
    ConsentLogKey => "consent/log",
    ConsentAlias => "consent/alias",
    ConsentChild => "consent/child",
    ConsentCode => "consent/spoken-code",
    BundleRecord => "record/bundle",
    // Tokens.
    TokenLookup => "token/lookup",
    TokenKey => "token/key",
    TokenRecord => "record/token",
    TokenLabel => "record/token-label",
    // A unit's rows.
    InboxSecret => "unit/inbox-secret",
    InboxRecord => "unit/inbox-record",
    InboxCase => "unit/inbox-case",
    UnitRootToStaff => "unit/root-to-staff",
    UnitRootWrap => "unit/root-wrap",
    UnitField => "unit/field",
    StaffName => "unit/staff-name",
    // Links.
    LinkProof => "link/proof",
    LinkOpening => "link/opening",
    LinkList => "link/list",
    LinkVersions => "record/link-versions",
    LinkWord => "link/word",
    LinkUnit => "link/recipient",
    // Events.
    EventByReader => "event/reader",
    EventByOwner => "event/owner",
    EventToOwner => "event/to-owner",
    // Server keys.
    AccountLookup => "server/account-lookup",
    MailboxMac => "server/mailbox-mac",
    AddressLookup => "server/address-lookup",
    BarrierReport => "server/barrier-report",
    /// Says that this server wrote a row whose clear columns would else grant something.
    RowMac => "server/row-mac",
    BlockMark => "server/block-mark",
    // How far someone has come in the guided mapping.
    GuideRecord => "record/guide",
    // Requests that wait for an answer, and the cards that answer one.
    RequestLookup => "request/lookup",
    RequestKey => "request/key",
    RequestRecord => "record/request",
    RequestAnswer => "request/answer",
    UserCodeLookup => "server/user-code",
    DeviceCodeLookup => "request/device-code",
    CollectorKey => "request/collector",
    RefusalMark => "server/refusal-mark",
    CardLookup => "card/lookup",
    SlotCard => "slot/card",
    // Narrower tokens.
    ChildTerms => "record/child-terms",
    ChildBundle => "record/child-bundle",
    /// What a read returned.
    ReadDigest => "receipt/read",
    // Protocols.
    DpopNonce => "server/dpop-nonce",
    /// Tells a key of the server from another of the same name.
    KeyMark => "server/key-mark",
    /// Marks what may be presented once: assertions and proofs.
    OnceMark => "server/once-mark",
    ProgramToken => "server/program-token",
    // Credentials: what a unit issues by, and what it keeps of what it issued.
    IssuingKeyWrap => "unit/issuing-key",
    IssuedRecord => "unit/issued",
    AssessmentRecord => "unit/assessment",
    // An offer waits for whoever has its code.
    OfferLookup => "offer/lookup",
    OfferKey => "offer/key",
    OfferRecord => "record/offer",
    // What its owner holds: the whole credential and the key that it is bound to.
    HeldRecord => "record/held",
    // One or more competences shown to whoever has the code.
    ShowingLookup => "showing/lookup",
    ShowingKey => "showing/key",
    ShowingRecord => "record/showing",
    ShowingSecret => "record/showing-secret",
    // Documents, sealed in chunks.
    DocumentKeyWrap => "record/document-key",
    DocumentChunk => "record/document-chunk",
    // Wallets.
    WalletCodeLookup => "wallet/code-lookup",
    WalletCodeKey => "wallet/code-key",
    WalletRecord => "record/wallet",
    /// Under which a unit's second issuing key lies, where its administrator lets wallets be served at once.
    IssuingService => "server/issuing-service",
    // Many assessments from one file, and what their codes are made from.
    BatchRecord => "unit/batch",
    BatchSecret => "unit/batch-secret",
    BatchCode => "offer/batch-code",
    // What is asked of another wallet: by whoever has the address, answered to whoever asked.
    WalletAskAddress => "wallet/ask-address",
    WalletAskLookup => "wallet/ask-lookup",
    WalletAskKey => "wallet/ask-key",
    WalletAskRecord => "record/wallet-ask",
    WalletAskCollector => "wallet/ask-collector",
    WalletAnswer => "wallet/answer",
    /// To which a wallet seals its answer, where that was asked for.
    WalletAskSeal => "wallet/ask-seal",
    /// Where the sealed answers to one question lie, each place made from the one before.
    WalletAskPlace => "wallet/ask-place",
    // A key of P-256 from a secret.
    AgreementKey => "agreement/p256",
}

/// Associated data: a fixed list of fields, each with a 4-byte big-endian length; the label is the first. Ids are 16 bytes, numbers
/// 8 bytes big-endian. Never text made for reading, never JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ad(Vec<u8>);

impl Ad {
    pub fn new(label: Label) -> Self {
        Self(Vec::with_capacity(128)).bytes_field(label.text().as_bytes())
    }

    pub fn id(self, id: Uuid) -> Self {
        self.bytes_field(id.as_bytes())
    }

    pub fn num(self, number: u64) -> Self {
        self.bytes_field(&number.to_be_bytes())
    }

    /// A time in microseconds.
    pub fn time(self, time: crate::domain::Timestamp) -> Self {
        self.bytes_field(&time.0.to_be_bytes())
    }

    /// A name of ours (a table, a kind) or foreign bytes (parameters, an issuer).
    pub fn bytes_field(mut self, bytes: &[u8]) -> Self {
        let length = u32::try_from(bytes.len()).expect("a field is far shorter than 4 GiB");
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_labels_are_alike() {
        let mut texts: Vec<_> = Label::ALL.iter().map(|label| label.text()).collect();
        texts.sort_unstable();
        let all = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), all);
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let ad = |a: &[u8], b: &[u8]| Ad::new(Label::WrapKey).bytes_field(a).bytes_field(b);
        assert_ne!(ad(b"ab", b"c"), ad(b"a", b"bc"));
        assert_ne!(ad(b"", b"ab"), ad(b"ab", b""));
    }
}
