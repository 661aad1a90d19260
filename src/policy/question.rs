//! The typed question: who wants to do what with which thing.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::domain::consent::{Mode, Right};
use crate::domain::organisation::Role;
use crate::domain::profile::Kind;
use crate::domain::{ConsentId, OwnerId, StaffId, UnitId};

pub struct Question<'a> {
    pub actor: Actor,
    pub action: Action,
    pub resource: Resource<'a>,
}

/// Who asks. `opened`: a keyring was opened for this request. `fresh`: its passphrase or passkey was given within five minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Actor {
    /// Has not said who they are.
    Anonymous,
    /// Has signed in, and has no account yet; holds an invite of this unit, where it has one.
    Newcomer {
        invited_to: Option<UnitId>,
    },
    Participant {
        owner: OwnerId,
        opened: bool,
        fresh: bool,
    },
    /// Holds a printed card, which has opened their keyring for the answer to one request.
    Card {
        owner: OwnerId,
    },
    Staff {
        staff: StaffId,
        unit: UnitId,
        role: Role,
        opened: bool,
        fresh: bool,
    },
    /// A program that presents a consent token.
    Token {
        consent: ConsentId,
        unit: UnitId,
    },
    /// A program that has proven, by its key, which client of which unit it is.
    Client {
        unit: UnitId,
    },
    /// The service itself, without a request.
    Job,
    /// Whoever runs the service, at its command line.
    Operator,
}

/// What an action is done to. The policies see no more of it than stands here.
#[derive(Clone, Copy)]
pub enum Resource<'a> {
    /// The service.
    System,
    /// The keyring and ways in of a participant or a member of staff.
    Account { owner: OwnerId },
    /// A participant's entries, events and consents.
    Profile { owner: OwnerId },
    /// A unit of a recipient: its inbox, staff and keyring.
    Unit { unit: UnitId },
    /// A consent as its clear columns show it. Enough to end it, never to read by it.
    Consent { owner: OwnerId, consent: ConsentId, unit: UnitId },
    /// A token to be made for a consent.
    Token {
        owner: OwnerId,
        consent: ConsentId,
        unit: UnitId,
        /// The consent's state is `given`.
        given: bool,
        /// Now lies between its from and until.
        in_time: bool,
        /// How long the token would last, in whole days, begun ones counted.
        days: u16,
    },
    /// A link as its clear columns show it, without anything opened.
    Link {
        owner: OwnerId,
        consent: ConsentId,
        unit: UnitId,
        /// The consent's state is `given`.
        given: bool,
        /// Now lies between its from and until.
        in_time: bool,
        /// Openings that are left.
        left: u16,
        /// Wrong code words that are left.
        tries: u16,
    },
    /// A showing of proofs as its clear columns show it, without anything opened.
    Showing {
        owner: OwnerId,
        /// Its person has not ended it, and it has not been used up.
        given: bool,
        /// Now lies before its end.
        in_time: bool,
        /// Openings that are left.
        left: u16,
    },
    /// What a unit is about to issue, or to let be issued.
    Issuing(Issuing),
    /// A consent with its terms: as proposed, or as its opened bundle holds them.
    Sharing(&'a Sharing<'a>),
}

/// A framework to be published, or a proof to be assessed, approved or issued by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issuing {
    pub unit: UnitId,
    /// Every occupation of the framework lies in a trade of the unit's.
    pub within: bool,
    /// How it is proven, 2 to 5 for E2 to E5. Of no weight for a framework.
    pub level: u16,
    /// The highest that the unit may issue; 0 where it may issue nothing.
    pub most: u16,
    /// Someone else has assessed it, or has approved it.
    pub second: bool,
}

/// The terms of one consent.
#[derive(Clone, Copy, Serialize)]
pub struct Sharing<'a> {
    pub owner: OwnerId,
    pub consent: ConsentId,
    pub unit: UnitId,
    /// The id of the recipient kind of the unit's organisation.
    pub recipient: &'a str,
    pub purpose: &'a str,
    /// Of all that is shared: the kinds of the scope, and the kinds of each entry named singly.
    pub kinds: &'a BTreeSet<Kind>,
    pub rights: &'a BTreeSet<Right>,
    pub mode: Mode,
    /// From now, or from its beginning where that is yet to come, to its end; in whole days, begun ones counted.
    pub days: u16,
    /// The state is `given`. Of no weight while giving.
    pub given: bool,
    /// Now lies between from and until. Of no weight while giving.
    pub in_time: bool,
    /// The person's identity is protected: where they live then goes into no scope. Known while giving and changing only.
    pub protected: bool,
    /// It is a link: whoever has its address reads it.
    pub link: bool,
}

/// Which sort of [`Resource`] an action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum On {
    System,
    Account,
    Profile,
    Unit,
    Consent,
    Token,
    Link,
    Showing,
    Issuing,
    Sharing,
}

macro_rules! actions {
    ($($on:ident { $($(#[$doc:meta])* $name:ident),* $(,)? })*) => {
        /// What is done. There is none that searches among people.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum Action { $($($(#[$doc])* $name,)*)* }

        impl Action {
            pub const ALL: &'static [Self] = &[$($(Self::$name,)*)*];

            /// As in the policies.
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$name => stringify!($name),)*)* }
            }

            pub const fn on(self) -> On {
                match self { $($(Self::$name)|* => On::$on,)* }
            }
        }
    };
}

actions! {
    System {
        SignIn,
        /// Tell the service that something cannot be used: the accessibility statement's form.
        ReportBarrier,
        SearchTaxonomy,
        SearchUnits,
        /// Hashes and checkpoints of the log, and proofs over them.
        ReadLog,
        SequenceLog,
        /// Tell units' own systems of their consents.
        Deliver,
        /// Delete what has been kept long enough.
        Retain,
        AddOrganisation,
        ImportTaxonomy,
        BackUp,
        Restore,
        /// Let a unit issue proofs, of some trades and up to some level; or no more.
        GrantIssuing,
        /// Issuers' public keys, their frameworks, and which of their proofs are withdrawn.
        ReadIssuers,
        /// See what waits for whoever holds its code.
        OpenOffer,
        /// Have a proof checked that one has been shown. A showing's code is asked about besides.
        CheckCredential,
        /// Ask another wallet for a proof, to check it.
        AskWallet,
        AnswerWallet,
        /// Give a wallet what its code or token was made for.
        IssueToWallet,
    }
    Account {
        CreateAccount,
        /// Ways in and sessions, as they stand in clear.
        ReadAccount,
        EndSession,
        OpenKeyring,
        AddWayIn,
        RemoveWayIn,
        PrintSheet,
        RotateKeys,
        /// Seal what was being typed when the session ended.
        KeepDraft,
        TakeDraft,
        /// After a restore: end again what had ended since the backup.
        EndAgain,
    }
    Profile {
        ReadProfile,
        WriteEntry,
        DeleteEntry,
        ReadEvents,
        /// Which consents there are: unit, state and times in clear, the rest where the keyring is open.
        ListConsents,
        Export,
        Block,
        Unblock,
        /// Say no to a request, hear of its unit again, say that one felt pressed.
        RefuseRequest,
        /// End all consents and start an empty map, when every way in is lost.
        BeginAgain,
        /// Start the 72 hours after which a job erases.
        AskErase,
        CancelErase,
        Erase,
        Remind,
        /// Take what someone has issued to them into the map.
        TakeCredential,
        /// Show one or more proofs to whoever has a code.
        ShowCredential,
        EndShowing,
        /// Take a proof into another wallet too.
        OfferToWallet,
        /// Show a proof to whoever asks by the protocol.
        PresentCredential,
        /// Write the event of a try at a showing that was denied.
        RecordDeniedOpening,
    }
    Unit {
        ReadUnit,
        ReadInbox,
        /// The unit's own record of what it read.
        ReadUnitEvents,
        AcceptInvite,
        InviteStaff,
        RemoveStaff,
        RotateUnit,
        PrintUnitSheet,
        /// Which consents the unit was given, as they stand in clear: ids, states and times.
        ListUnitConsents,
        /// Where the unit's own system is told of its consents, and what could not be told.
        KeepReceiver,
        /// What the unit states, to everyone it asks, of what it does with what it reads.
        KeepStatement,
        /// Register a program, change its keys, end it.
        KeepClients,
        /// What the unit has issued and what waits; its frameworks.
        ReadIssued,
        /// By what the unit signs.
        KeepIssuing,
        WithdrawCredential,
        /// Let wallets be served while the unit's keyring is closed.
        ServeWallets,
    }
    Consent {
        WithdrawConsent,
        /// Write the case reference that the unit files it under.
        StateCase,
        RevokeToken,
        /// Say, for the unit, that it knows of the end.
        AcknowledgeEnd,
        ExpireConsent,
        /// Write the event of a try that was denied.
        RecordDenial,
    }
    Token {
        MintToken,
        /// Give a client, by the protocol, a token of a consent that it was given.
        GrantToken,
    }
    Link {
        /// Let out what a link opens, whether or not the server can open it.
        OpenLink,
    }
    Showing {
        /// Let out the proofs that a code shows.
        OpenShowing,
    }
    Issuing {
        PublishFramework,
        Assess,
        /// As the second person.
        ApproveAssessment,
        Issue,
    }
    Sharing {
        /// Ask people for a part of their map: nobody's yet.
        AskConsent,
        GiveConsent,
        /// More of it, for longer, or by another mode.
        ChangeConsent,
        /// Less of it or for shorter, as the use case has shown: nothing is shared anew, so nothing is asked again.
        NarrowConsent,
        /// Seal the bundle anew after the owner wrote an entry that it covers.
        RemakeBundle,
        Disclose,
        DeliverCopy,
    }
}

impl Resource<'_> {
    pub const fn on(&self) -> On {
        match self {
            Self::System => On::System,
            Self::Account { .. } => On::Account,
            Self::Profile { .. } => On::Profile,
            Self::Unit { .. } => On::Unit,
            Self::Consent { .. } => On::Consent,
            Self::Token { .. } => On::Token,
            Self::Link { .. } => On::Link,
            Self::Showing { .. } => On::Showing,
            Self::Issuing(_) => On::Issuing,
            Self::Sharing(_) => On::Sharing,
        }
    }

    /// Whose data it is, which consent and which unit, as the permit carries them.
    pub(super) fn of(&self) -> (Option<OwnerId>, Option<ConsentId>, Option<UnitId>) {
        match *self {
            Self::System => (None, None, None),
            Self::Account { owner } | Self::Profile { owner } | Self::Showing { owner, .. } => (Some(owner), None, None),
            Self::Unit { unit } => (Some(unit.into()), None, Some(unit)),
            Self::Consent { owner, consent, unit }
            | Self::Token { owner, consent, unit, .. }
            | Self::Link { owner, consent, unit, .. } => (Some(owner), Some(consent), Some(unit)),
            Self::Issuing(Issuing { unit, .. }) => (Some(unit.into()), None, Some(unit)),
            Self::Sharing(sharing) => (Some(sharing.owner), Some(sharing.consent), Some(sharing.unit)),
        }
    }
}
