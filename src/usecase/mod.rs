//! What a person or a system does, one file per noun, each act in one transaction. Every act asks the policy first.

pub mod accept;
pub mod account;
pub mod answer;
pub mod assertion;
pub mod assessment;
pub mod backup;
pub mod batch;
pub mod block;
mod bound;
pub mod card;
pub mod check;
mod child;
pub mod client;
pub mod concept;
pub mod consent;
pub mod copy;
pub mod delivery;
pub mod disclosure;
pub mod dpop;
pub mod draft;
pub mod entry;
pub mod erase;
pub mod event;
pub mod export;
pub mod file;
pub mod framework;
pub mod gap;
pub mod give_back;
pub mod grant;
pub mod guide;
pub mod held;
pub mod inbox;
pub mod introspect;
pub mod invite;
pub mod issued;
pub mod issuing_key;
pub mod issuing_scope;
pub mod link;
pub mod log;
pub mod member;
pub mod offer;
pub mod organisation;
pub mod owner_write;
pub mod portable;
pub mod profile;
pub mod program;
pub mod proof_file;
pub mod proof_state;
pub mod receipt;
pub mod receiver;
pub mod report;
pub mod request;
pub mod retention;
pub mod rotate;
pub mod session;
pub mod showing;
pub mod staff;
pub mod statement;
pub mod status_list;
pub mod token;
pub mod unit_consent;
mod unit_write;
pub mod verify;
pub mod wallet;
pub mod ways_in;
mod withdrawal;

use std::fmt;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};

use crate::crypto::Unopened;
use crate::crypto::passphrase::{Cost, Weak};
use crate::crypto::recovery::NotACode;
use crate::crypto::server::ServerKeys;
use crate::domain::profile::Fault;
use crate::domain::{Clock, Random, Timestamp};
use crate::log::LogSigner;
use crate::policy::{Action, Actor, Catalogue, Permit, Policy, Question, Refused, Resource};
use crate::store::append::Appender;
use crate::store::ended::EndedList;
use crate::store::entry::Versions;
use crate::store::token::Lookup;
use crate::store::{self, Db, Gather};

pub use session::{Session, SessionKind};

/// Everything long-lived that use cases need. Built once.
pub struct Service {
    pub db: Db,
    pub appender: Appender,
    pub lookups: Lookups,
    pub policy: Policy,
    pub catalogue: Catalogue,
    pub keys: ServerKeys,
    pub signer: LogSigner,
    pub ended: EndedList,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    /// What a new passphrase slot costs whoever tries phrases on it.
    pub cost: Cost,
    /// As many Argon2 computations at once as there are permits.
    pub costly: Semaphore,
    /// Denied tries on their way into the log.
    pub denials: mpsc::Sender<event::Denial>,
    /// Whom we believe, and what checking keeps.
    pub verifier: verify::Verifier,
    /// Whom we believe when they vouch for those who ask wallets.
    pub certificates: wallet::Certificates,
}

/// The look-ups of every read.
pub struct Lookups {
    pub tokens: Gather<Lookup>,
    pub versions: Gather<Versions>,
}

impl Lookups {
    pub fn start(db: &Db) -> Self {
        Self { tokens: Gather::start(db), versions: Gather::start(db) }
    }
}

/// Why a use case did not do what it was asked.
#[derive(Debug)]
pub enum Error {
    Store(store::Error),
    /// A sealed record does not open where it must: altered, or put back.
    Unopened,
    Refused(Refused),
    /// There is no such thing, or not for this actor.
    NotFound,
    /// Fields that do not hold what they must.
    Faults(Vec<(String, Fault)>),
    /// A limit is reached: at most so many.
    TooMany(usize),
    Weak(Weak),
    NotACode(NotACode),
    /// The passphrase or the sheet's code opens nothing.
    Wrong,
    /// Too much costly work at once: come back after so many seconds.
    Busy(u32),
    /// This one has tried too often: come back after so many seconds.
    TooOften(u32),
    /// What was to be changed has ended or changed meanwhile.
    Gone,
    /// The unit states something else by now than what was shown.
    Restated,
    /// The session has no opened keyring.
    Closed,
    /// Nothing was chosen that could be shared.
    NothingChosen,
    /// The chosen end is not after now, or too late.
    BadEnd,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Refused(refused) => refused.fmt(f),
            other => write!(f, "{}", other.name()),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// A fixed word for logs; nothing that was typed.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Store(_) => "store",
            Self::Unopened => "unopened",
            Self::Refused(_) => "refused",
            Self::NotFound => "not-found",
            Self::Faults(_) => "faults",
            Self::TooMany(_) => "too-many",
            Self::Weak(_) => "weak",
            Self::NotACode(_) => "not-a-code",
            Self::Wrong => "wrong",
            Self::Busy(_) => "busy",
            Self::TooOften(_) => "too-often",
            Self::Gone => "gone",
            Self::Restated => "restated",
            Self::Closed => "closed",
            Self::NothingChosen => "nothing-chosen",
            Self::BadEnd => "bad-end",
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict => Self::Gone,
            error => Self::Store(error),
        }
    }
}

impl From<Unopened> for Error {
    fn from(_: Unopened) -> Self {
        Self::Unopened
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<NotACode> for Error {
    fn from(fault: NotACode) -> Self {
        Self::NotACode(fault)
    }
}

impl From<Weak> for Error {
    fn from(weak: Weak) -> Self {
        Self::Weak(weak)
    }
}

impl Service {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Asks the policy.
    pub fn ask(&self, actor: Actor, action: Action, resource: Resource<'_>) -> Result<Permit, Error> {
        Ok(self.policy.decide(&Question { actor, action, resource })?)
    }
}
