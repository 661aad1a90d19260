//! Wallets of others: asked by whoever checks a proof, shown to from the map, given a proof, and taken from.

use askama::Template;

use super::form::{Choice, Wrong};
use super::frame::{Body, Place, bodies};
use super::proof::Proven;
use super::qr::Qr;
use super::url;
use crate::domain::{EntryId, Timestamp};
use crate::text::T;

/// A proof asked of another wallet, at the page that checks proofs. Field of the first form: `name`.
#[derive(Template)]
#[template(path = "wallet_ask.html")]
pub struct WalletAsk {
    pub t: T,
    pub stand: Stand,
}

/// How far it has come.
pub enum Stand {
    Begin,
    Waiting { link: String, qr: Option<Qr>, until: Timestamp },
    Answered(Vec<Proven>),
}

impl WalletAsk {
    fn waiting(&self) -> Option<(&str, Option<&Qr>, Timestamp)> {
        match &self.stand {
            Stand::Waiting { link, qr, until } => Some((link, qr.as_ref(), *until)),
            _ => None,
        }
    }

    fn answered(&self) -> Option<&[Proven]> {
        if let Stand::Answered(all) = &self.stand { Some(all) } else { None }
    }
}

/// The field for a request, or for an offer. Field: `link`.
#[derive(Template)]
#[template(path = "wallet_link.html")]
pub struct WalletLink {
    pub t: T,
    pub what: What,
    pub link: String,
    pub wrong: Vec<Wrong>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Present,
    Receive,
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Receive => "receive",
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::Present => url::PRESENT,
            Self::Receive => url::RECEIVE,
        }
    }
}

impl WalletLink {
    /// `WHAT-PART`.
    fn word(&self, part: &str) -> String {
        self.t.s(format!("{}-{part}", self.what.key()))
    }

    fn action(&self) -> &'static str {
        self.what.action()
    }

    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "link")
    }
}

/// Who asks, for what, and yes and no alike. Fields: `ticket`, `set-N` (an option's number; `no` for an optional set), `proof-N`
/// (an entry), `say` = `yes`, `no` or nothing.
#[derive(Template)]
#[template(path = "present.html")]
pub struct PresentPage {
    pub t: T,
    pub host: String,
    /// A certificate vouches for the host.
    pub vouched: bool,
    pub ticket: String,
    /// Combinations to choose between, where there is a choice: each by its number.
    pub sets: Vec<(usize, Vec<Choice>)>,
    pub asked: Vec<AskedProof>,
    pub wrong: Vec<Wrong>,
}

/// One of the proofs that are asked for, with one's own that answer it.
pub struct AskedProof {
    pub number: usize,
    pub own: Vec<OwnProof>,
}

pub struct OwnProof {
    pub entry: EntryId,
    pub name: String,
    pub issuer: String,
    /// What of the rest is shown.
    pub shown: Vec<String>,
    pub chosen: bool,
}

impl PresentPage {
    fn nothing(&self) -> bool {
        self.asked.is_empty()
    }

    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "proofs")
    }
}

/// What came of it, and the way on.
#[derive(Template)]
#[template(path = "wallet_done.html")]
pub struct WalletDone {
    pub t: T,
    pub heading: String,
    pub text: String,
    /// Where whoever asked wants the person to go on: the address and its host.
    pub on: Option<(String, String)>,
}

/// Taking a proof into another wallet. Field: `by` = `plain`, `code` or `login`.
#[derive(Template)]
#[template(path = "wallet_offer.html")]
pub struct WalletOffer {
    pub t: T,
    pub entry: EntryId,
    pub name: String,
    /// Why it cannot be done now.
    pub told: Option<String>,
}

/// The offer, shown once.
#[derive(Template)]
#[template(path = "wallet_offered.html")]
pub struct WalletOffered {
    pub t: T,
    pub entry: EntryId,
    pub link: String,
    pub qr: Option<Qr>,
    pub tx_code: Option<String>,
    /// Whoever takes it signs in as its person.
    pub login: bool,
    pub until: Timestamp,
}

/// How far the person is from answering a wallet.
#[derive(Clone, Debug)]
pub enum Answering {
    /// Not signed in: the issuer by which participants sign in.
    Out { issuer: String },
    /// Signed in, and the map is closed.
    Closed,
    /// What of their own fits.
    Open(Vec<Choice>),
}

/// A wallet asks for a proof, and the person answers: yes and no alike. Fields: `say` = `yes`, `no` or `open`; `proof`, an entry.
#[derive(Template)]
#[template(path = "wallet_login.html")]
pub struct WalletLogin {
    pub t: T,
    pub key: String,
    pub unit: String,
    /// Where the proof would go: a host, or an app's own scheme.
    pub to: String,
    pub answering: Answering,
    pub wrong: Vec<Wrong>,
}

impl WalletLogin {
    fn issuer(&self) -> Option<&str> {
        if let Answering::Out { issuer } = &self.answering { Some(issuer) } else { None }
    }

    fn closed(&self) -> bool {
        matches!(self.answering, Answering::Closed)
    }

    fn fitting(&self) -> &[Choice] {
        if let Answering::Open(fitting) = &self.answering { fitting } else { &[] }
    }

    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "proof")
    }
}

/// An offer from another issuer. Fields: `ticket`, `tx_code`.
#[derive(Template)]
#[template(path = "receive_code.html")]
pub struct ReceiveCode {
    pub t: T,
    pub host: String,
    /// The person signs in there first.
    pub login: bool,
    pub ticket: String,
    /// A further code is asked for; with the issuer's words on it.
    pub tx_code: Option<Option<String>>,
    pub typed: String,
    pub wrong: Vec<Wrong>,
}

impl ReceiveCode {
    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "tx-code")
    }
}

/// Staff: whether wallets are served while the unit's keys are closed.
#[derive(Template)]
#[template(path = "wallet_served.html")]
pub struct WalletServed {
    pub t: T,
    pub on: bool,
}

bodies! {
    WalletAsk Public "wallet-ask-title" false;
    PresentPage Map "present-title" false;
    WalletOffer Map "wallet-offer-title" false;
    WalletOffered Map "wallet-offered-title" false;
    WalletLogin Alone "wallet-login-title" false;
    ReceiveCode Map "receive-title" true;
    WalletServed Unit "wallet-served-title" false;
}

impl Body for WalletLink {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.word("title")
    }
    fn typed(&self) -> bool {
        true
    }
}

impl Body for WalletDone {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.heading.clone()
    }
}
